//! The list of issuing keys (قائمة مفاتيح الإصدار), signed by the root key.
//!
//! Verifiers carry the root's public key and fetch this list whenever they are online.

use coset::cbor::{ser::into_writer, value::Value};
use ed25519_dalek::{SigningKey, VerifyingKey};

use super::{
    claims::{self, ClaimsError, OURS},
    cose::{self, KeyId, Unverified, key_id},
};

const TYP: &str = "shubbak-keys";
const EXPIRES: i64 = 4;
const ISSUED: i64 = 6;

/// One issuing key and what it speaks for (مفتاح إصدار).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The Ed25519 public key.
    pub public: VerifyingKey,
    /// Governorate code, `00` for the ministry.
    pub governorate: String,
    /// Papers issued from this second on (since 1970, UTC).
    pub from: i64,
    /// Papers issued before this second; none = the key is in use. A key that leaked gets the
    /// second of its loss here.
    pub to: Option<i64>,
}

impl Key {
    /// The four bytes by which papers name this key.
    pub fn id(&self) -> KeyId {
        key_id(&self.public)
    }

    /// Whether this key spoke for the issuer at that second.
    pub fn speaks_for(&self, issuer: &str, issued: i64) -> bool {
        self.governorate == issuer && self.from <= issued && self.to.is_none_or(|to| issued < to)
    }
}

/// All keys that papers may be signed with, past and present (قائمة المفاتيح).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyList {
    /// Signed at: seconds since 1970.
    pub issued: i64,
    /// After this second a verifier asks for a newer list and says that its own is old.
    pub expires: Option<i64>,
    /// The keys.
    pub keys: Vec<Key>,
}

/// Why a key list is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyListError {
    /// Not a signed key list.
    #[error("this is not a signed key list")]
    Malformed,
    /// Not signed by the root key that is trusted here.
    #[error("the key list is not signed by the trusted root key")]
    NotByRoot,
    /// A field is missing or has an impossible value.
    #[error("the key list has an unreadable entry")]
    Entry(#[from] ClaimsError),
}

impl KeyList {
    /// Keys that papers name by these four bytes; nearly always one.
    pub fn with_id(&self, id: KeyId) -> impl Iterator<Item = &Key> {
        self.keys.iter().filter(move |key| key.id() == id)
    }

    /// Signs the list with the root key: a COSE_Sign1 message of type `shubbak-keys`.
    pub fn sign(&self, root: &SigningKey) -> Result<Vec<u8>, KeyListError> {
        let entries = self.keys.iter().map(|key| {
            let mut entry = vec![
                (Value::from(1), Value::Bytes(key.public.as_bytes().to_vec())),
                (Value::from(2), Value::from(key.governorate.as_str())),
                (Value::from(3), Value::from(key.from)),
            ];
            if let Some(to) = key.to {
                entry.push((Value::from(4), Value::from(to)));
            }
            Value::Map(entry)
        });
        let mut map = Vec::new();
        if let Some(expires) = self.expires {
            map.push((Value::from(EXPIRES), Value::from(expires)));
        }
        map.push((Value::from(ISSUED), Value::from(self.issued)));
        map.push((Value::from(OURS), Value::Array(entries.collect())));
        let mut payload = Vec::new();
        into_writer(&Value::Map(map), &mut payload).map_err(|_| KeyListError::Malformed)?;
        cose::sign(payload, Some(TYP), root).ok_or(KeyListError::Malformed)
    }

    /// Reads a list that the trusted root signed.
    pub fn verify(bytes: &[u8], root: &VerifyingKey) -> Result<Self, KeyListError> {
        let message = Unverified::read(bytes, Some(TYP)).ok_or(KeyListError::Malformed)?;
        let payload = message.payload_signed_by(root).ok_or(KeyListError::NotByRoot)?;
        let map = claims::read_map(payload)?;
        let issued = claims::integer(&map, ISSUED, "issued")?;
        let entries = match claims::get(&map, OURS) {
            Some(Value::Array(entries)) => entries,
            _ => return Err(KeyListError::Malformed),
        };
        let keys = entries.iter().map(read_key).collect::<Result<_, _>>()?;
        Ok(Self {
            issued: issued.ok_or(ClaimsError::Missing("issued"))?,
            expires: claims::integer(&map, EXPIRES, "expires")?,
            keys,
        })
    }
}

fn read_key(entry: &Value) -> Result<Key, ClaimsError> {
    let Value::Map(entry) = entry else {
        return Err(ClaimsError::Unreadable);
    };
    let public = match claims::get(entry, 1) {
        Some(Value::Bytes(bytes)) => bytes.as_slice().try_into().ok(),
        _ => None,
    };
    Ok(Key {
        public: public.and_then(|bytes| VerifyingKey::from_bytes(bytes).ok()).ok_or(ClaimsError::Value("public"))?,
        governorate: claims::text(entry, 2, "governorate")?.ok_or(ClaimsError::Missing("governorate"))?,
        from: claims::integer(entry, 3, "from")?.ok_or(ClaimsError::Missing("from"))?,
        to: claims::integer(entry, 4, "to")?,
    })
}
