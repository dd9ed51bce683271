//! What can happen to an import. Kinds are never edited; the stream's id follows from its number.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// محتوى الملف: what a file brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// العاملون
    People,
    /// الوحدات
    Units,
    /// العطلات
    Holidays,
}

impl What {
    /// Every kind of file.
    pub const ALL: [What; 3] = [What::People, What::Units, What::Holidays];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            What::People => "people",
            What::Units => "units",
            What::Holidays => "holidays",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<What> {
        Self::ALL.into_iter().find(|what| what.code() == code)
    }

    /// Key of its name in the message files.
    pub fn message(self) -> &'static str {
        match self {
            What::People => "imports-what-people",
            What::Units => "imports-what-units",
            What::Holidays => "imports-what-holidays",
        }
    }
}

/// One thing that an import brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Tenant of its stream.
    pub tenant: String,
    /// The person, the unit's stream or the holiday.
    pub id: Uuid,
    /// Login name, unit code, or unit and day.
    pub label: String,
    /// Version of the stream after the import.
    pub version: i64,
}

/// An event of a stream `import`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum ImportEvent {
    /// A file was taken over.
    FileImported {
        /// Number of the batch.
        number: i64,
        /// What it brought.
        content: What,
        /// Name of the file, without its folder.
        file: String,
        /// SHA-256 of its bytes, hexadecimal.
        sha256: String,
        /// Rows of the file.
        rows: i64,
        /// What it brought, in order.
        items: Vec<Item>,
    },
    /// What it brought was taken back.
    ImportUndone {
        /// Number of the batch.
        number: i64,
        /// Why.
        reason: String,
    },
}
