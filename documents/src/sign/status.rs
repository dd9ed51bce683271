//! Status lists (قوائم حالة المحررات): two bits per paper say whether it still holds.
//!
//! Form and numbers follow the IETF token status list (CWT form), so that its libraries can
//! read ours: `{2: uri, 6: issued, 4: expires, 65533: {"bits": 2, "lst": zlib(bits)}}` with the
//! type `application/statuslist+cwt`. A paper's index names list `index / 131072` of its issuer
//! and the entry `index % 131072` in it. Indexes are drawn at random, so that they tell neither
//! how many papers were issued nor which ones belong together.

use std::io::{Read, Write};

use coset::cbor::{ser::into_writer, value::Value};
use ed25519_dalek::SigningKey;
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use rand::RngCore;
use serde::{Deserialize, Serialize};

use super::{
    claims::{self, ClaimsError},
    cose::{self, Unverified},
    keys::KeyList,
};

/// Entries of one list; two bits each make 32 KiB before compression.
pub const ENTRIES_PER_LIST: u32 = 131_072;

const BYTES: usize = ENTRIES_PER_LIST as usize / 4;
const TYP: &str = "application/statuslist+cwt";
const SUBJECT: i64 = 2;
const EXPIRES: i64 = 4;
const ISSUED: i64 = 6;
const ISSUER: i64 = 1;
const LIST: i64 = 65_533;
const DRAWS: usize = 64;

/// State of a paper (حالة المحرر). The numbers are those of the token status list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Status {
    /// سارية
    #[default]
    Valid = 0,
    /// ملغاة
    Revoked = 1,
    /// موقوفة
    Suspended = 2,
    /// حلّ محلها محرر أحدث
    Superseded = 3,
}

impl Status {
    fn from_bits(bits: u8) -> Self {
        match bits & 3 {
            0 => Self::Valid,
            1 => Self::Revoked,
            2 => Self::Suspended,
            _ => Self::Superseded,
        }
    }
}

/// Why a status list is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatusError {
    /// Not a signed status list.
    #[error("this is not a signed status list")]
    Malformed,
    /// None of the issuer's keys signed it.
    #[error("the status list is not signed by its issuer")]
    BadSignature,
    /// The index lies in another list.
    #[error("index {0} lies in another list")]
    OtherList(u32),
    /// A field is missing or has an impossible value.
    #[error("the status list has an unreadable field")]
    Field(#[from] ClaimsError),
}

/// One list of an issuer (قائمة حالة).
#[derive(Clone, PartialEq, Eq)]
pub struct StatusList {
    /// Governorate code of the issuer.
    pub issuer: String,
    /// Which of the issuer's lists: 0, 1, 2 …
    pub list: u32,
    /// As of: seconds since 1970.
    pub issued: i64,
    /// After this second a verifier asks for a newer one.
    pub expires: Option<i64>,
    bits: Vec<u8>,
}

impl std::fmt::Debug for StatusList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StatusList({}/{} as of {})", self.issuer, self.list, self.issued)
    }
}

impl StatusList {
    /// A list in which every paper is valid.
    pub fn new(issuer: impl Into<String>, list: u32, issued: i64) -> Self {
        Self { issuer: issuer.into(), list, issued, expires: None, bits: vec![0; BYTES] }
    }

    /// The list that an index lies in.
    pub fn of_index(index: u32) -> u32 {
        index / ENTRIES_PER_LIST
    }

    /// Draws an index of this list that is not taken. `None` after 64 draws in vain: the list
    /// is nearly full and the issuer opens the next one.
    pub fn draw(list: u32, rng: &mut impl RngCore, mut taken: impl FnMut(u32) -> bool) -> Option<u32> {
        let first = list.checked_mul(ENTRIES_PER_LIST)?;
        (0..DRAWS).map(|_| first + rng.next_u32() % ENTRIES_PER_LIST).find(|index| !taken(*index))
    }

    /// The state at an index; `None` where the index lies in another list.
    pub fn get(&self, index: u32) -> Option<Status> {
        let (byte, shift) = self.position(index)?;
        self.bits.get(byte).map(|bits| Status::from_bits(bits >> shift))
    }

    /// Sets the state at an index.
    pub fn set(&mut self, index: u32, status: Status) -> Result<(), StatusError> {
        let (byte, shift) = self.position(index).ok_or(StatusError::OtherList(index))?;
        let bits = self.bits.get_mut(byte).ok_or(StatusError::OtherList(index))?;
        *bits = (*bits & !(3 << shift)) | ((status as u8) << shift);
        Ok(())
    }

    fn position(&self, index: u32) -> Option<(usize, u32)> {
        let entry = index % ENTRIES_PER_LIST;
        let byte = usize::try_from(entry / 4).ok()?;
        (Self::of_index(index) == self.list).then_some((byte, entry % 4 * 2))
    }

    /// Address of a list below the public address.
    pub fn uri(public_url: &str, issuer: &str, list: u32) -> String {
        format!("{}/status/{issuer}/{list}", public_url.trim_end_matches('/'))
    }

    /// Signs the list with an issuing key. `public_url` becomes part of its subject, so that
    /// one list never passes for another.
    pub fn encode(&self, public_url: &str, key: &SigningKey) -> Result<Vec<u8>, StatusError> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&self.bits).map_err(|_| StatusError::Malformed)?;
        let packed = packed.finish().map_err(|_| StatusError::Malformed)?;
        let inner = Value::Map(vec![(Value::from("lst"), Value::Bytes(packed)), (Value::from("bits"), Value::from(2))]);
        let uri = Self::uri(public_url, &self.issuer, self.list);
        let mut map =
            vec![(Value::from(ISSUER), Value::from(self.issuer.as_str())), (Value::from(SUBJECT), Value::from(uri))];
        if let Some(expires) = self.expires {
            map.push((Value::from(EXPIRES), Value::from(expires)));
        }
        map.push((Value::from(ISSUED), Value::from(self.issued)));
        map.push((Value::from(LIST), inner));
        let mut payload = Vec::new();
        into_writer(&Value::Map(map), &mut payload).map_err(|_| StatusError::Malformed)?;
        cose::sign(payload, Some(TYP), key).ok_or(StatusError::Malformed)
    }

    /// Reads a list that one of the issuer's keys signed.
    pub fn decode(bytes: &[u8], keys: &KeyList) -> Result<Self, StatusError> {
        let message = Unverified::read(bytes, Some(TYP)).ok_or(StatusError::Malformed)?;
        let signer = keys
            .with_id(message.key_id)
            .find(|key| message.payload_signed_by(&key.public).is_some())
            .ok_or(StatusError::BadSignature)?;
        let map = claims::read_map(message.payload())?;
        let issuer = claims::text(&map, ISSUER, "issuer")?.ok_or(ClaimsError::Missing("issuer"))?;
        let issued = claims::integer(&map, ISSUED, "issued")?.ok_or(ClaimsError::Missing("issued"))?;
        if !signer.speaks_for(&issuer, issued) {
            return Err(StatusError::BadSignature);
        }
        let subject = claims::text(&map, SUBJECT, "subject")?.ok_or(ClaimsError::Missing("subject"))?;
        let list = subject
            .rsplit_once('/')
            .filter(|(rest, _)| rest.ends_with(&format!("/status/{issuer}")))
            .and_then(|(_, list)| list.parse().ok())
            .ok_or(ClaimsError::Value("subject"))?;
        Ok(Self {
            issuer,
            list,
            issued,
            expires: claims::integer(&map, EXPIRES, "expires")?,
            bits: read_bits(claims::get(&map, LIST))?,
        })
    }
}

/// Unpacks the bits and refuses any other length, so that a small message cannot unpack
/// without end.
fn read_bits(value: Option<&Value>) -> Result<Vec<u8>, StatusError> {
    let Some(Value::Map(inner)) = value else {
        return Err(StatusError::Malformed);
    };
    let by_name = |name: &str| {
        let name = Value::from(name);
        inner.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let Some(Value::Bytes(packed)) = by_name("lst") else {
        return Err(StatusError::Malformed);
    };
    if by_name("bits") != Some(&Value::from(2)) {
        return Err(StatusError::Malformed);
    }
    let mut bits = Vec::with_capacity(BYTES + 1);
    let limit = u64::try_from(BYTES + 1).unwrap_or(u64::MAX);
    ZlibDecoder::new(packed.as_slice()).take(limit).read_to_end(&mut bits).map_err(|_| StatusError::Malformed)?;
    if bits.len() != BYTES {
        return Err(StatusError::Malformed);
    }
    Ok(bits)
}
