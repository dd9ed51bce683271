//! Words of the applicant (كلمة مقدم الطلب): days that suit for a visit, and the objection to a refusal.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::course::Decision;
use super::effect::{Effect, StepNo};
use super::intake::FileRef;

/// فترة من اليوم
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// الصباح
    Morning,
    /// الظهر
    Noon,
}

impl Part {
    /// Both, in the order of the day.
    pub const ALL: [Self; 2] = [Self::Morning, Self::Noon];

    /// The word used in the record and in message keys.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Noon => "noon",
        }
    }
}

/// يوم يناسب مقدم الطلب
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WishedDay {
    /// The day.
    pub date: Date,
    /// The part of it.
    pub part: Part,
}

/// رغبة مقدم الطلب في موعد المعاينة: told to whoever plans the visit; obliges nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitWished {
    /// The inspection, open or still to come.
    pub step: StepNo,
    /// One to three days, the earliest first.
    pub days: Vec<WishedDay>,
    /// The appointed day in whose place another is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<Date>,
    /// A note, encrypted; null = none.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub personal: Value,
    /// What followed: nothing.
    pub effect: Effect,
}

/// تظلم من الرفض
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objected {
    /// Number of the objection in the request, from 1.
    pub objection: u16,
    /// Last day on which it could be filed.
    pub until: Date,
    /// The words, encrypted; opaque here.
    pub personal: Value,
    /// Papers that go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
    /// What followed: the request stays refused until the objection is decided.
    pub effect: Effect,
}

/// البت في التظلم
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionDecided {
    /// Number of the objection.
    pub objection: u16,
    /// Whether the refusal fell, so that the request goes on where it was refused.
    pub upheld: bool,
    /// Why.
    pub reasons: String,
    /// The dated decision.
    pub decision: Decision,
    /// What followed.
    pub effect: Effect,
}
