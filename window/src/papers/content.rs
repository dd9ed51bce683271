//! What a paper says of its holder, as it lies encrypted in the record.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use record::{Cipher, RecordError, SubjectKey};
use serde::{Deserialize, Serialize};

use crate::requests::events::Answers;

/// Field under which a paper's content is encrypted, so that it opens nowhere else.
fn field(number: &str) -> String {
    format!("paper {number}")
}

/// صاحب المحرر
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Name as printed.
    pub name: String,
    /// National id or other identifying number, whole; papers print it masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// Whether the number is a national id.
    #[serde(default)]
    pub national_id: bool,
}

impl Holder {
    /// The last four digits of a national id, which a verifier compares with the card.
    #[must_use]
    pub fn last_four(&self) -> Option<u16> {
        let number = self.identity.as_deref().filter(|_| self.national_id)?;
        number.get(number.len().checked_sub(4)?..)?.parse().ok()
    }
}

/// What lies encrypted beside an issued paper (محتوى المحرر).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Whose it is.
    pub holder: Holder,
    /// Place as printed.
    pub place: String,
    /// Personal fields that are printed, by id.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub values: Answers,
    /// The signed bytes of the QR, base64url.
    pub signed: String,
}

impl Content {
    /// Encrypts it for the event.
    ///
    /// # Errors
    /// [`RecordError::Shape`], never for content of ours.
    pub fn encrypt(&self, key: &SubjectKey, number: &str) -> Result<serde_json::Value, RecordError> {
        let text = serde_json::to_string(self)?;
        Ok(serde_json::to_value(key.encrypt(&field(number), &text))?)
    }

    /// Opens what [`Self::encrypt`] made.
    ///
    /// # Errors
    /// [`RecordError`] if it is no such content, or the key is another's.
    pub fn decrypt(key: &SubjectKey, number: &str, personal: &serde_json::Value) -> Result<Self, RecordError> {
        let cipher: Cipher = serde_json::from_value(personal.clone())?;
        let text = key.decrypt(&field(number), &cipher)?;
        Ok(serde_json::from_str(&text)?)
    }

    /// The signed bytes.
    #[must_use]
    pub fn signed_bytes(&self) -> Vec<u8> {
        BASE64.decode(&self.signed).unwrap_or_default()
    }

    /// The same with signed bytes.
    #[must_use]
    pub fn with_signed(self, bytes: &[u8]) -> Self {
        Self { signed: BASE64.encode(bytes), ..self }
    }
}
