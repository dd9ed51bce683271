//! القيم الشخصية: personal values, encrypted under a key per subject.
//!
//! No clear personal text lies in the database: events and projections alike hold [`Cipher`]s,
//! and what must be found is found by keyed digests ([`crate::Keyring::digest`]). So deleting one
//! key erases a person from the tables, the record, its backups' copies and replicas at once,
//! while every hash, which covers the ciphertext, still holds.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

use crate::keyring::KeyError;

const NONCE: usize = 24;
const SUBJECT: usize = 16;

/// قيمة مشفرة: a personal value that only its subject's key opens, and only as the field it was
/// encrypted for.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct Cipher {
    /// Whose value it is (a person or company within a tenant).
    pub subject: Uuid,
    /// XChaCha20's nonce.
    pub nonce: [u8; NONCE],
    /// Ciphertext and tag.
    pub ct: Vec<u8>,
}

impl fmt::Debug for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cipher({}, {} bytes)", self.subject, self.ct.len())
    }
}

impl Cipher {
    /// For a column: subject (16 bytes), nonce (24), ciphertext and tag.
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.subject.as_bytes().as_slice(), &self.nonce, &self.ct].concat()
    }

    /// Reads what [`Self::to_bytes`] wrote; `None` if it is too short.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (subject, rest) = bytes.split_first_chunk::<SUBJECT>()?;
        let (nonce, ct) = rest.split_first_chunk::<NONCE>()?;
        Some(Cipher { subject: Uuid::from_bytes(*subject), nonce: *nonce, ct: ct.to_vec() })
    }
}

impl From<Cipher> for foundation::db::Value {
    fn from(cipher: Cipher) -> Self {
        foundation::db::Value::Bytes(cipher.to_bytes())
    }
}

impl From<&Cipher> for foundation::db::Value {
    fn from(cipher: &Cipher) -> Self {
        foundation::db::Value::Bytes(cipher.to_bytes())
    }
}

impl foundation::db::FromValue for Cipher {
    fn from_value(value: &foundation::db::Value) -> Option<Self> {
        if let foundation::db::Value::Bytes(bytes) = value { Cipher::from_bytes(bytes) } else { None }
    }
}

/// How a cipher stands in event data.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    subject: Uuid,
    nonce: String,
    ciphertext: String,
}

impl From<Cipher> for Written {
    fn from(cipher: Cipher) -> Self {
        Written { subject: cipher.subject, nonce: BASE64.encode(cipher.nonce), ciphertext: BASE64.encode(&cipher.ct) }
    }
}

impl TryFrom<Written> for Cipher {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let nonce = BASE64.decode(written.nonce).map_err(|_| "nonce is not base64url")?;
        let nonce = nonce.try_into().map_err(|_| "nonce is not 24 bytes long")?;
        let ct = BASE64.decode(written.ciphertext).map_err(|_| "ciphertext is not base64url")?;
        Ok(Cipher { subject: written.subject, nonce, ct })
    }
}

/// مفتاح صاحب البيانات: the key of one subject, open in memory.
#[derive(Clone)]
pub struct SubjectKey {
    tenant: String,
    subject: Uuid,
    key: [u8; 32],
}

impl fmt::Debug for SubjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SubjectKey({}/{})", self.tenant, self.subject)
    }
}

impl SubjectKey {
    pub(crate) fn new(tenant: &str, subject: Uuid, key: [u8; 32]) -> Self {
        SubjectKey { tenant: tenant.to_owned(), subject, key }
    }

    /// Whether it is this subject's.
    pub fn is_of(&self, tenant: &str, subject: Uuid) -> bool {
        self.tenant == tenant && self.subject == subject
    }

    /// Encrypts the value of a field. The nonce is a keyed digest of field and text (synthetic,
    /// in the manner of RFC 5297), so that encrypting needs no randomness and the same value of
    /// the same field of the same subject looks the same; nothing else does.
    pub fn encrypt(&self, field: &str, text: &str) -> Cipher {
        let context = self.context(field);
        let nonce_key = mac(&self.key, &[b"shubbak nonce 1"]);
        let mut nonce = [0; NONCE];
        nonce.iter_mut().zip(mac(&nonce_key, &[&context, text.as_bytes()])).for_each(|(to, from)| *to = from);
        let payload = Payload { msg: text.as_bytes(), aad: &context };
        // The cipher refuses only texts beyond 256 GiB, which cannot reach it.
        let ct = XChaCha20Poly1305::new(&self.key.into()).encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        Cipher { subject: self.subject, nonce, ct }
    }

    /// Opens the value of a field. A value of another field, subject or tenant does not open.
    pub fn decrypt(&self, field: &str, cipher: &Cipher) -> Result<String, KeyError> {
        let context = self.context(field);
        let payload = Payload { msg: &cipher.ct, aad: &context };
        let text = XChaCha20Poly1305::new(&self.key.into())
            .decrypt(&XNonce::from(cipher.nonce), payload)
            .map_err(|_| KeyError::Unfit)?;
        String::from_utf8(text).map_err(|_| KeyError::Unfit)
    }

    /// A key of its own for another purpose (the subject's files): gone with the subject's key.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let context = self.context(purpose);
        mac(&self.key, &[b"shubbak derived key 1", &context])
    }

    /// Binds a ciphertext to its place, so that none can be moved to another.
    fn context(&self, field: &str) -> Vec<u8> {
        let mut context = b"shubbak value 1\n".to_vec();
        for part in [self.tenant.as_bytes(), self.subject.as_bytes(), field.as_bytes()] {
            context.extend((part.len() as u64).to_be_bytes());
            context.extend(part);
        }
        context
    }
}

/// HMAC-SHA-256 over parts, each with its length before it.
pub(crate) fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length; this one has 32 bytes.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(tenant: &str, subject: u128) -> SubjectKey {
        SubjectKey::new(tenant, Uuid::from_u128(subject), [7; 32])
    }

    #[test]
    fn a_value_opens_only_in_its_place() {
        let cipher = key("01", 5).encrypt("name", "منى");
        assert_eq!(key("01", 5).decrypt("name", &cipher).expect("opens"), "منى");
        for (other, field) in [(key("01", 5), "phone"), (key("02", 5), "name"), (key("01", 6), "name")] {
            assert!(matches!(other.decrypt(field, &cipher), Err(KeyError::Unfit)));
        }
        assert!(!format!("{cipher:?}{:?}", key("01", 5)).contains("منى"));
    }

    #[test]
    fn same_value_same_bytes_other_value_other_nonce() {
        let k = key("01", 5);
        assert_eq!(k.encrypt("name", "منى"), k.encrypt("name", "منى"));
        assert_ne!(k.encrypt("name", "منى").nonce, k.encrypt("name", "مني").nonce);
        assert_ne!(k.encrypt("name", "منى").nonce, k.encrypt("alias", "منى").nonce);
    }

    proptest! {
        #[test]
        fn columns_and_json_give_it_back(text in any::<String>(), subject: u128) {
            let cipher = key("01", subject).encrypt("f", &text);
            prop_assert_eq!(Cipher::from_bytes(&cipher.to_bytes()), Some(cipher.clone()));
            let json = serde_json::to_string(&cipher).expect("is JSON");
            prop_assert_eq!(&serde_json::from_str::<Cipher>(&json).expect("reads"), &cipher);
            prop_assert_eq!(key("01", subject).decrypt("f", &cipher).expect("opens"), text);
        }

        #[test]
        fn a_flipped_bit_is_found(text in "\\PC{1,20}", at: prop::sample::Index, bit in 0u8..8) {
            let mut cipher = key("01", 1).encrypt("f", &text);
            let at = at.index(cipher.ct.len());
            if let Some(byte) = cipher.ct.get_mut(at) { *byte ^= 1 << bit; }
            prop_assert!(key("01", 1).decrypt("f", &cipher).is_err());
        }
    }
}
