//! What is kept of a licensing freeze.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What becomes of a request inside a freeze (معاملة الطلب أثناء الوقف).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// It is not registered.
    Refuse,
    /// It is registered, and the applicant is told.
    Tell,
}

impl Treatment {
    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Tell => "tell",
        }
    }

    /// The treatment with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Refuse, Self::Tell].into_iter().find(|treatment| treatment.code() == code)
    }
}

/// An event of a freeze (حدث وقف ترخيص).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum FreezeEvent {
    /// صدر قرار الوقف
    FreezeOrdered {
        /// The unit, with all below it.
        unit: String,
        /// Number of the decision.
        decision: String,
        /// Its day.
        dated: Date,
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
        /// Codes of services.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        services: Vec<String>,
        /// Codes of groups: their new licences.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        groups: Vec<String>,
        /// The area, in millionths of a degree, east then north; none = the whole unit.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        ring: Vec<[i64; 2]>,
        /// Where, in words.
        place: String,
        /// Why.
        reason: String,
        /// What becomes of requests.
        treatment: Treatment,
    },
    /// رُفع الوقف قبل موعده
    FreezeLifted {
        /// Number of the decision.
        decision: String,
        /// Its day.
        dated: Date,
        /// The day from which on it no longer holds.
        on: Date,
    },
}
