//! The paper a request is about (الترخيص الأصل), and what becomes of it.

use serde::{Deserialize, Serialize};

/// Relation to an earlier paper (علاقة الطلب بترخيص سابق): which papers, where their number is typed,
/// and what the request does to them when its own paper is issued.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parent {
    /// Codes of the services whose papers are meant: those under which the first paper of the chain came out.
    pub services: Vec<String>,
    /// The field of the form that takes the number. A number of this system is looked up; an older one stays text.
    pub field: String,
    /// Days after the last day of validity in which the request is still taken.
    #[serde(default)]
    pub late_days: u16,
    /// The first whose condition holds is done; none of them = the request only refers to the paper.
    #[serde(default)]
    pub acts: Vec<ParentAct>,
}

/// One act on the parent, under a condition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParentAct {
    pub act: Act,
    /// Applies only when true.
    #[serde(default)]
    pub when: Option<String>,
    /// A date field: last day of a suspension.
    #[serde(default)]
    pub until: Option<String>,
}

/// What a request does to an earlier paper (أثر الطلب في الترخيص الأصل).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// تجديد: a new term for the same holder.
    Renew,
    /// تعديل: other contents, the same term.
    Amend,
    /// نقل: another holder, the same term.
    Transfer,
    /// بدل فاقد أو تالف: the same contents on a new paper.
    Duplicate,
    /// إيقاف
    Suspend,
    /// إلغاء
    Cancel,
}

impl Act {
    pub const ALL: [Self; 6] = [Self::Renew, Self::Amend, Self::Transfer, Self::Duplicate, Self::Suspend, Self::Cancel];

    /// The word used in files, in the record and in message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Renew => "renew",
            Self::Amend => "amend",
            Self::Transfer => "transfer",
            Self::Duplicate => "duplicate",
            Self::Suspend => "suspend",
            Self::Cancel => "cancel",
        }
    }

    /// The act with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// Whether the new paper takes the place of the old one.
    pub const fn replaces(self) -> bool {
        matches!(self, Self::Renew | Self::Amend | Self::Transfer | Self::Duplicate)
    }
}
