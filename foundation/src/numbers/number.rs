//! The number itself.

use crate::lang::Lang;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::damm;
use super::help::{self, Correction};
use super::unit::{unit_code, unit_digits};
use crate::arabic::digits;

/// نوع الرقم: what a number names; its first digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// طلب
    Request = 1,
    /// محرر صادر: licence, certificate, notice, decision
    Paper = 2,
    /// إيصال سداد
    Receipt = 3,
    /// وارد
    Incoming = 4,
    /// صادر
    Outgoing = 5,
    /// متغير مكاني
    Change = 6,
    /// شكوى
    Complaint = 7,
    /// مكاتبة داخلية
    Internal = 8,
    /// مطالبة سداد
    Claim = 9,
}

impl Kind {
    /// All kinds, by their digit.
    pub const ALL: [Self; 9] = [
        Self::Request,
        Self::Paper,
        Self::Receipt,
        Self::Incoming,
        Self::Outgoing,
        Self::Change,
        Self::Complaint,
        Self::Internal,
        Self::Claim,
    ];

    /// The first digit of such a number.
    #[must_use]
    pub const fn digit(self) -> u8 {
        self as u8
    }

    /// The kind of a first digit; none has 0.
    #[must_use]
    pub fn from_digit(digit: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.digit() == digit)
    }

    /// The Arabic name, as pages say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "طلب",
            Self::Paper => "محرر صادر",
            Self::Receipt => "إيصال سداد",
            Self::Incoming => "وارد",
            Self::Outgoing => "صادر",
            Self::Change => "متغير مكاني",
            Self::Complaint => "شكوى",
            Self::Internal => "مكاتبة داخلية",
            Self::Claim => "مطالبة سداد",
        }
    }

    /// The name in a language.
    #[must_use]
    pub fn name_in(self, lang: Lang) -> &'static str {
        let english = match self {
            Self::Request => "request",
            Self::Paper => "issued document",
            Self::Receipt => "payment receipt",
            Self::Incoming => "incoming letter",
            Self::Outgoing => "outgoing letter",
            Self::Change => "spatial change",
            Self::Complaint => "complaint",
            Self::Internal => "internal letter",
            Self::Claim => "claim for payment",
        };
        lang.pick(self.name(), english)
    }
}

/// What is wrong with a typed number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("no number was given")]
    Empty,
    /// Something else than digits.
    #[error("a number has digits only")]
    Characters,
    /// Not fifteen digits.
    #[error("a number has 15 digits, not {found}")]
    Length {
        /// How many there are.
        found: usize,
    },
    /// The check digit does not fit: some digit is mistyped.
    #[error("a digit is mistyped")]
    Check {
        /// Valid numbers one slip away, likeliest first.
        help: Vec<Correction>,
    },
    /// The first digit is 0.
    #[error("the first digit names no kind of number")]
    Kind,
    /// Digits 2 and 3 are no governorate.
    #[error("digits 2 and 3 are not the code of a governorate")]
    Governorate,
    /// Digits 4 to 6 cannot be a unit's.
    #[error("digits 4 to 6 cannot be those of a unit")]
    Unit,
    /// The serial is 0, or has more than six digits.
    #[error("the serial is not between 1 and 999999")]
    Serial,
}

/// الرقم المرجعي: fifteen digits, the last one a check.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Number {
    kind: Kind,
    governorate: u8,
    unit: u16,
    year: u8,
    serial: u32,
}

impl Number {
    /// How many digits a number has.
    pub const LENGTH: usize = 15;
    /// The last serial of a book; the year's next request needs another book.
    pub const LAST_SERIAL: u32 = 999_999;

    /// A number for a unit of this code, in a calendar year of Cairo (of which the last two
    /// digits count).
    ///
    /// # Errors
    /// [`NumberError::Unit`] for a code of another shape, [`NumberError::Serial`] outside 1 to
    /// 999,999.
    pub fn new(kind: Kind, unit: &str, year: i16, serial: u32) -> Result<Self, NumberError> {
        let (governorate, unit) = unit_digits(unit).ok_or(NumberError::Unit)?;
        if !(1..=Self::LAST_SERIAL).contains(&serial) {
            return Err(NumberError::Serial);
        }
        let year = u8::try_from(year.rem_euclid(100)).unwrap_or(0);
        Ok(Self { kind, governorate, unit, year, serial })
    }

    /// Reads a number in any digits, with spaces, dashes and invisible characters.
    ///
    /// # Errors
    /// Says what is wrong; [`NumberError::Check`] brings the numbers that may be meant.
    pub fn parse(typed: &str) -> Result<Self, NumberError> {
        let text = digits::identifier(typed);
        if text.is_empty() {
            return Err(NumberError::Empty);
        }
        let values: Option<Vec<u8>> = text.chars().map(digits::value).collect();
        let values = values.ok_or(NumberError::Characters)?;
        if values.len() != Self::LENGTH {
            return Err(NumberError::Length { found: values.len() });
        }
        if !damm::is_valid(&values) {
            return Err(NumberError::Check { help: help::corrections(&values) });
        }
        Self::from_values(&values)
    }

    /// The number of fifteen digit values whose check digit fits.
    pub(super) fn from_values(values: &[u8]) -> Result<Self, NumberError> {
        let part = |from: usize, to: usize| -> u32 {
            values.get(from..to).unwrap_or_default().iter().fold(0, |sum, digit| sum * 10 + u32::from(*digit))
        };
        let small = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
        let kind = Kind::from_digit(small(part(0, 1))).ok_or(NumberError::Kind)?;
        let (governorate, unit) = (small(part(1, 3)), u16::try_from(part(3, 6)).map_err(|_| NumberError::Unit)?);
        unit_code(governorate, unit)?;
        let (year, serial) = (small(part(6, 8)), part(8, 14));
        if serial == 0 {
            return Err(NumberError::Serial);
        }
        Ok(Self { kind, governorate, unit, year, serial })
    }

    /// What it names.
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.kind
    }

    /// The governorate's digits; 0 for the ministry and national bodies.
    #[must_use]
    pub const fn governorate(self) -> u8 {
        self.governorate
    }

    /// The tenant in whose rows it is found: `01`.
    #[must_use]
    pub fn tenant(self) -> String {
        format!("{:02}", self.governorate)
    }

    /// The code of the unit: `01-D07`.
    #[must_use]
    pub fn unit(self) -> String {
        // Every number passed this check when it was made.
        unit_code(self.governorate, self.unit).unwrap_or_default()
    }

    /// The calendar year in Cairo: 2026.
    #[must_use]
    pub fn year(self) -> i16 {
        2000 + i16::from(self.year)
    }

    /// The serial within unit, kind and year, from 1.
    #[must_use]
    pub const fn serial(self) -> u32 {
        self.serial
    }

    /// As printed for reading: `1 01 301 26 000123 7`.
    #[must_use]
    pub fn grouped(self) -> String {
        let plain = self.to_string();
        let groups = [(0, 1), (1, 3), (3, 6), (6, 8), (8, 14), (14, 15)];
        groups.map(|(from, to)| plain.get(from..to).unwrap_or_default()).join(" ")
    }
}

/// The fifteen digits without spaces, as stored and sent.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, governorate, unit, year, serial } = self;
        let body = format!("{}{governorate:02}{unit:03}{year:02}{serial:06}", kind.digit());
        let values: Vec<u8> = body.bytes().map(|b| b.saturating_sub(b'0')).collect();
        write!(f, "{body}{}", damm::check_digit(&values).unwrap_or(0))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.grouped())
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Number {
    type Error = NumberError;

    fn try_from(text: String) -> Result<Self, NumberError> {
        Self::parse(&text)
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}
