//! What a paper's QR says (بيانات المحرر الموقّعة), as a CBOR map with integer keys.
//!
//! Issuer, expiry and day of issue are the registered CWT claims 1, 4 and 6 (RFC 8392);
//! everything of our own lies in one map under the private claim −65537.

use coset::cbor::{de::from_reader, ser::into_writer, value::Value};
use serde::{Deserialize, Serialize};

/// Figures that fit on one paper.
pub const MAX_FIGURES: usize = 8;

const ISSUER: i64 = 1;
const EXPIRES: i64 = 4;
const ISSUED: i64 = 6;
/// The private claim under which our map lies; private use is below −65536 (RFC 8392, 9.1).
pub(super) const OURS: i64 = -65_537;

const TYPE: i64 = 1;
const NUMBER: i64 = 2;
const UNIT: i64 = 3;
const HOLDER: i64 = 4;
const NID_LAST4: i64 = 5;
const PLACE: i64 = 6;
const FIGURES: i64 = 7;
const STATUS: i64 = 8;
const SERVICE: i64 = 9;
const REQUEST: i64 = 10;
const SLIP: i64 = 11;

/// Most bytes of a slip number.
const SLIP_BYTES: usize = 80;

/// One past the largest 15-digit number.
const NUMBER_END: u64 = 1_000_000_000_000_000;

/// Type of paper (نوع المحرر). It is part of what is signed, so that no paper passes for
/// another. The numbers are permanent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum PaperType {
    /// رخصة (محل، إعلان، إشغال …)
    Licence = 1,
    /// رخصة أعمال بناء (بناء، تعلية، هدم …)
    BuildingPermit = 2,
    /// شهادة أو بيان
    Certificate = 3,
    /// موافقة أو قرار
    Approval = 4,
    /// إيصال سداد
    Receipt = 5,
    /// خطاب
    Letter = 6,
    /// إخطار
    Notice = 7,
}

impl PaperType {
    /// All types, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Licence,
        Self::BuildingPermit,
        Self::Certificate,
        Self::Approval,
        Self::Receipt,
        Self::Letter,
        Self::Notice,
    ];

    /// The number that is signed.
    pub fn code(self) -> u8 {
        self as u8
    }

    fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| i64::from(kind.code()) == code)
    }

    /// What a person reads.
    pub fn arabic(self) -> &'static str {
        match self {
            Self::Licence => "رخصة",
            Self::BuildingPermit => "رخصة أعمال بناء",
            Self::Certificate => "شهادة",
            Self::Approval => "موافقة",
            Self::Receipt => "إيصال سداد",
            Self::Letter => "خطاب",
            Self::Notice => "إخطار",
        }
    }
}

/// What a figure measures (نوع الرقم). The numbers are permanent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum FigureKind {
    /// المساحة، بأجزاء من مائة من المتر المربع
    Area = 1,
    /// عدد الأدوار
    Floors = 2,
    /// الارتفاع بالسنتيمتر
    Height = 3,
    /// الطول أو العرض بالسنتيمتر
    Length = 4,
    /// المبلغ بالقرش
    Amount = 5,
    /// عدد الوحدات
    Units = 6,
    /// عدد أدوار البدروم
    Basements = 7,
    /// إجمالي مسطحات المباني، بأجزاء من مائة من المتر المربع
    BuiltArea = 8,
    /// عدد الأفراد (سعة المكان)
    Persons = 9,
}

impl FigureKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 9] = [
        Self::Area,
        Self::Floors,
        Self::Height,
        Self::Length,
        Self::Amount,
        Self::Units,
        Self::Basements,
        Self::BuiltArea,
        Self::Persons,
    ];

    /// The number that is signed.
    pub fn code(self) -> u8 {
        self as u8
    }
}

/// One figure on the paper that must not be changed by hand (رقم مثبت في المحرر).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What it measures, and with that its unit.
    pub kind: FigureKind,
    /// The value in that unit; never a fraction.
    pub value: i64,
}

/// Everything that a paper's QR says (بيانات المحرر).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Governorate code of the issuer, `01`…`35`, or `00` for the ministry.
    pub issuer: String,
    /// Issued at: seconds since 1970, UTC.
    pub issued: i64,
    /// Not valid from this second on; none = without end.
    pub expires: Option<i64>,
    /// Type of paper.
    pub kind: PaperType,
    /// Kind of paper in detail: the code of the service that it came from, e.g. `SHP-01`.
    pub service: String,
    /// The paper's 15-digit number.
    pub number: u64,
    /// Code of the issuing unit, e.g. `01-D07`.
    pub unit: String,
    /// Name of the holder as printed; shortened where the QR has no room.
    pub holder: String,
    /// Last four digits of the holder's national id.
    pub nid_last4: Option<u16>,
    /// Place as printed; shortened where the QR has no room.
    pub place: String,
    /// Up to [`MAX_FIGURES`] figures, each kind once, ordered by kind.
    pub figures: Vec<Figure>,
    /// Position in the issuer's status lists.
    pub status: Option<u32>,
    /// On a receipt: the 15-digit number of the request that was paid for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<u64>,
    /// On a receipt: number of the bank slip or machine slip that came with the money.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub slip: String,
}

/// Why claims cannot be written or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimsError {
    /// A value does not fit its field.
    #[error("the field {0} has a value that it cannot hold")]
    Value(&'static str),
    /// A field that every paper has is missing.
    #[error("the field {0} is missing")]
    Missing(&'static str),
    /// Not a CBOR map.
    #[error("the claims are not readable")]
    Unreadable,
    /// A type of paper that this program does not know.
    #[error("paper type {0} is not known")]
    UnknownType(i64),
}

fn entry(key: i64, value: impl Into<Value>) -> (Value, Value) {
    (Value::from(key), value.into())
}

impl Claims {
    /// Checks the fields against what the format can hold.
    pub fn check(&self) -> Result<(), ClaimsError> {
        let text = |text: &str, most: usize| !text.is_empty() && text.len() <= most && text.is_ascii();
        if self.issuer.len() != 2 || !self.issuer.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ClaimsError::Value("issuer"));
        }
        if self.issued < 0 {
            return Err(ClaimsError::Value("issued"));
        }
        if self.expires.is_some_and(|expires| expires <= self.issued) {
            return Err(ClaimsError::Value("expires"));
        }
        if self.number >= NUMBER_END {
            return Err(ClaimsError::Value("number"));
        }
        if !text(&self.unit, 12) {
            return Err(ClaimsError::Value("unit"));
        }
        if !text(&self.service, 16) {
            return Err(ClaimsError::Value("service"));
        }
        if self.request.is_some_and(|number| number >= NUMBER_END) {
            return Err(ClaimsError::Value("request"));
        }
        if self.slip.len() > SLIP_BYTES {
            return Err(ClaimsError::Value("slip"));
        }
        if self.nid_last4.is_some_and(|digits| digits > 9999) {
            return Err(ClaimsError::Value("nid_last4"));
        }
        let ascending = self.figures.is_sorted_by(|one, next| one.kind < next.kind);
        if self.figures.len() > MAX_FIGURES || !ascending {
            return Err(ClaimsError::Value("figures"));
        }
        Ok(())
    }

    /// The map that is signed, in the deterministic encoding of RFC 8949, 4.2.1.
    pub fn to_cbor(&self) -> Result<Vec<u8>, ClaimsError> {
        self.check()?;
        let mut ours = vec![entry(TYPE, self.kind.code()), entry(NUMBER, self.number), entry(UNIT, self.unit.as_str())];
        if !self.holder.is_empty() {
            ours.push(entry(HOLDER, self.holder.as_str()));
        }
        if let Some(digits) = self.nid_last4 {
            ours.push(entry(NID_LAST4, digits));
        }
        if !self.place.is_empty() {
            ours.push(entry(PLACE, self.place.as_str()));
        }
        if !self.figures.is_empty() {
            let figures = self.figures.iter();
            let figures = figures.map(|figure| entry(figure.kind.code().into(), figure.value));
            ours.push(entry(FIGURES, Value::Map(figures.collect())));
        }
        if let Some(index) = self.status {
            ours.push(entry(STATUS, index));
        }
        ours.push(entry(SERVICE, self.service.as_str()));
        if let Some(number) = self.request {
            ours.push(entry(REQUEST, number));
        }
        if !self.slip.is_empty() {
            ours.push(entry(SLIP, self.slip.as_str()));
        }

        let mut map = vec![entry(ISSUER, self.issuer.as_str())];
        if let Some(expires) = self.expires {
            map.push(entry(EXPIRES, expires));
        }
        map.push(entry(ISSUED, self.issued));
        map.push(entry(OURS, Value::Map(ours)));
        let mut bytes = Vec::with_capacity(256);
        into_writer(&Value::Map(map), &mut bytes).map_err(|_| ClaimsError::Unreadable)?;
        Ok(bytes)
    }

    /// Reads what [`Claims::to_cbor`] wrote. Keys and figures that are not known yet are
    /// skipped, so that later versions may add some.
    pub fn from_cbor(bytes: &[u8]) -> Result<Self, ClaimsError> {
        let map = read_map(bytes)?;
        let ours = match get(&map, OURS) {
            Some(Value::Map(ours)) => ours,
            Some(_) => return Err(ClaimsError::Value("claims")),
            None => return Err(ClaimsError::Missing("claims")),
        };
        let kind: i64 = integer(ours, TYPE, "type")?.ok_or(ClaimsError::Missing("type"))?;
        let claims = Self {
            issuer: text(&map, ISSUER, "issuer")?.ok_or(ClaimsError::Missing("issuer"))?,
            issued: integer(&map, ISSUED, "issued")?.ok_or(ClaimsError::Missing("issued"))?,
            expires: integer(&map, EXPIRES, "expires")?,
            kind: PaperType::from_code(kind).ok_or(ClaimsError::UnknownType(kind))?,
            service: text(ours, SERVICE, "service")?.ok_or(ClaimsError::Missing("service"))?,
            number: integer(ours, NUMBER, "number")?.ok_or(ClaimsError::Missing("number"))?,
            unit: text(ours, UNIT, "unit")?.ok_or(ClaimsError::Missing("unit"))?,
            holder: text(ours, HOLDER, "holder")?.unwrap_or_default(),
            nid_last4: integer(ours, NID_LAST4, "nid_last4")?,
            place: text(ours, PLACE, "place")?.unwrap_or_default(),
            figures: figures(ours)?,
            status: integer(ours, STATUS, "status")?,
            request: integer(ours, REQUEST, "request")?,
            slip: text(ours, SLIP, "slip")?.unwrap_or_default(),
        };
        claims.check()?;
        Ok(claims)
    }
}

pub(super) type Map = Vec<(Value, Value)>;

/// Reads one CBOR map and nothing after it; a key that stands twice is refused.
pub(super) fn read_map(bytes: &[u8]) -> Result<Map, ClaimsError> {
    let mut rest = bytes;
    let map = match from_reader(&mut rest) {
        Ok(Value::Map(map)) if rest.is_empty() => map,
        _ => return Err(ClaimsError::Unreadable),
    };
    if twice(&map) {
        return Err(ClaimsError::Unreadable);
    }
    Ok(map)
}

fn twice(map: &Map) -> bool {
    map.iter().enumerate().any(|(at, (key, _))| map.iter().skip(at + 1).any(|(other, _)| other == key))
        || map.iter().any(|(_, value)| matches!(value, Value::Map(inner) if twice(inner)))
}

pub(super) fn get(map: &Map, key: i64) -> Option<&Value> {
    let key = Value::from(key);
    map.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
}

pub(super) fn text(map: &Map, key: i64, name: &'static str) -> Result<Option<String>, ClaimsError> {
    match get(map, key) {
        None => Ok(None),
        Some(Value::Text(text)) => Ok(Some(text.clone())),
        Some(_) => Err(ClaimsError::Value(name)),
    }
}

pub(super) fn integer<T: TryFrom<i128>>(map: &Map, key: i64, name: &'static str) -> Result<Option<T>, ClaimsError> {
    match get(map, key) {
        None => Ok(None),
        Some(Value::Integer(value)) => T::try_from(i128::from(*value)).map(Some).map_err(|_| ClaimsError::Value(name)),
        Some(_) => Err(ClaimsError::Value(name)),
    }
}

fn figures(ours: &Map) -> Result<Vec<Figure>, ClaimsError> {
    let map = match get(ours, FIGURES) {
        None => return Ok(Vec::new()),
        Some(Value::Map(map)) => map,
        Some(_) => return Err(ClaimsError::Value("figures")),
    };
    let mut figures = Vec::with_capacity(map.len());
    for kind in FigureKind::ALL {
        if let Some(value) = integer(map, kind.code().into(), "figures")? {
            figures.push(Figure { kind, value });
        }
    }
    Ok(figures)
}
