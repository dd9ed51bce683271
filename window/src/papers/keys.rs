//! Issuing keys (مفاتيح الإصدار): one for each governorate this node issues for, each in a file.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use documents::sign::{Key, KeyList};
use ed25519_dalek::SigningKey;
use record::KeyError;

/// Why issuing keys cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum IssuersError {
    /// A key file.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The folder cannot be read.
    #[error("the folder of keys: {0}")]
    Folder(#[from] std::io::Error),
}

/// Keys by governorate. Cheap to clone.
#[derive(Clone, Default)]
pub struct Issuers(Arc<HashMap<String, SigningKey>>);

impl fmt::Debug for Issuers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Issuers {
    /// Keys from their bytes.
    #[must_use]
    pub fn of(keys: impl IntoIterator<Item = (String, [u8; 32])>) -> Self {
        Self(Arc::new(keys.into_iter().map(|(code, key)| (code, SigningKey::from_bytes(&key))).collect()))
    }

    /// Reads every `issuing-NN.key` of a folder, as [`Self::write`] made them.
    ///
    /// # Errors
    /// [`IssuersError`]: a file that others may read, or that holds no such key.
    pub fn load(folder: &Path) -> Result<Self, IssuersError> {
        let mut keys = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let name = entry?.file_name();
            let Some(code) = name.to_str().and_then(|name| name.strip_prefix("issuing-")?.strip_suffix(".key")) else {
                continue;
            };
            keys.push((code.to_owned(), record::read_key(folder, &label(code))?));
        }
        Ok(Self::of(keys))
    }

    /// Writes the key of a governorate; an existing one is never overwritten.
    ///
    /// # Errors
    /// [`KeyError`] if the file exists or cannot be written.
    pub fn write(folder: &Path, governorate: &str, key: &[u8; 32]) -> Result<(), KeyError> {
        record::write_key(folder, &label(governorate), key)
    }

    /// The key of a governorate.
    #[must_use]
    pub fn key(&self, governorate: &str) -> Option<&SigningKey> {
        self.0.get(governorate)
    }

    /// The public halves, in use since `from` (seconds since 1970), for the list that the root signs.
    #[must_use]
    pub fn list(&self, from: i64) -> KeyList {
        let mut keys: Vec<Key> = self
            .0
            .iter()
            .map(|(code, key)| Key { public: key.verifying_key(), governorate: code.clone(), from, to: None })
            .collect();
        keys.sort_by(|one, other| one.governorate.cmp(&other.governorate));
        KeyList { issued: from, expires: None, keys }
    }
}

fn label(governorate: &str) -> String {
    format!("issuing-{governorate}")
}
