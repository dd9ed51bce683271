//! What follows from an act: desks, clocks, fees, status.

pub use catalogue::model::StepKind;
use catalogue::model::{DayKind, Expiry, StageEnd};
use foundation::clock::Micros;
use foundation::money::Piastres;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// رقم المرحلة: place of a step in the service's list, from 1.
pub type StepNo = u16;

/// جهة المرحلة: the department, in its unit, that holds a step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Holder {
    /// Governorate code.
    pub tenant: String,
    /// Unit code.
    pub unit: String,
    /// Department code of the catalogue.
    pub department: String,
}

/// حالة الطلب
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// قيد الفحص
    #[default]
    InProgress,
    /// في انتظار استيفاء من مقدم الطلب
    WaitingCompletion,
    /// في انتظار السداد
    WaitingPayment,
    /// صدر، جاهز للتسليم
    Issued,
    /// انتهى وسُلّم
    Closed,
    /// مرفوض بقرار مسبب
    Refused,
    /// سحبه مقدمه
    Withdrawn,
    /// مُلغى قيده
    Voided,
}

impl Status {
    /// Every status, in the order of a request's life.
    pub const ALL: [Self; 8] = [
        Self::InProgress,
        Self::WaitingCompletion,
        Self::WaitingPayment,
        Self::Issued,
        Self::Closed,
        Self::Refused,
        Self::Withdrawn,
        Self::Voided,
    ];

    /// Whether nothing can be decided any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Refused | Self::Withdrawn | Self::Voided)
    }

    /// Whether the total clock stands still, and why.
    #[must_use]
    pub const fn pause(self) -> Option<PauseReason> {
        match self {
            Self::WaitingCompletion => Some(PauseReason::Completion),
            Self::WaitingPayment => Some(PauseReason::Payment),
            _ => None,
        }
    }

    /// The word used in the record and in message keys.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InProgress => "in_progress",
            Self::WaitingCompletion => "waiting_completion",
            Self::WaitingPayment => "waiting_payment",
            Self::Issued => "issued",
            Self::Closed => "closed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Voided => "voided",
        }
    }
}

/// سبب إيقاف المدة
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// The applicant was asked to complete papers.
    Completion,
    /// The applicant has to pay.
    Payment,
    /// Another department was asked and nothing can be done before it answers.
    Consult,
    /// The request was refused, and an objection brought it back.
    Objection,
}

impl PauseReason {
    /// The word used in the record and in message keys.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Completion => "completion",
            Self::Payment => "payment",
            Self::Consult => "consult",
            Self::Objection => "objection",
        }
    }
}

/// How a step, or a question to another department, came to its end (نتيجة المرحلة).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done, and the request moves on.
    Accepted,
    /// An inspection reported.
    Reported,
    /// Fees assessed.
    Assessed,
    /// Money collected.
    Collected,
    /// Paper issued.
    Issued,
    /// Handed over.
    HandedOver,
    /// The request was refused here.
    Refused,
    /// Sent back to an earlier step; comes again after it.
    SentBack,
    /// A question was answered.
    Answered,
    /// A question was taken back.
    Recalled,
    /// Left undone because the request ended elsewhere.
    Dropped,
    /// Over by force of law: a limit passed without a word of the office.
    ByLaw,
}

/// Opinion of an officer who does not decide (الرأي).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opinion {
    /// موافقة
    #[default]
    Favourable,
    /// موافقة بشروط
    Conditional,
    /// عدم موافقة
    Unfavourable,
}

/// A step, or a consult of a step, that lies on a desk from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The step.
    pub step: StepNo,
    /// Id of the step in the service file, kept across versions.
    pub id: String,
    /// Number of the consult if this is a question to another department, else 0.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub consult: u16,
    /// Kind of the step.
    pub kind: StepKind,
    /// On whose desk.
    pub holder: Holder,
    /// Working days allowed.
    pub days: u16,
    /// Day 0: the day of arrival, or the next working day.
    pub opened_on: Date,
    /// Last day.
    pub due: Date,
    /// End of back-office hours on that day.
    pub due_at: Micros,
}

/// A desk that is cleared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The step.
    pub step: StepNo,
    /// Number of the consult, or 0.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub consult: u16,
    /// How it ended.
    pub outcome: Outcome,
    /// Working days that the holder had it, pauses taken out.
    pub worked: u16,
    /// Working days that it stood still.
    pub paused: u16,
}

/// A step's clock that stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Halt {
    /// The step.
    pub step: StepNo,
    /// Why.
    pub reason: PauseReason,
}

/// A new last day for a step or consult.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redate {
    /// The step.
    pub step: StepNo,
    /// Number of the consult, or 0.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub consult: u16,
    /// Last day.
    pub due: Date,
    /// End of back-office hours on that day.
    pub due_at: Micros,
}

/// موعد: a last day and its closing hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Last day.
    pub due: Date,
    /// End of back-office hours on that day.
    pub due_at: Micros,
}

/// Code of the limit that the law gives the whole request.
pub const STATUTORY: &str = "statutory";

/// مدة قانونية: a limit that the law gives a request, or a part of its way, and what its passing means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalLimit {
    /// [`STATUTORY`], or the code of the service's stage.
    pub code: String,
    /// What has to be done in time, in words; empty for the whole request.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The one step that it times, if it times one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepNo>,
    /// Day 0.
    pub from: Date,
    /// Days of the law.
    pub days: u16,
    /// Calendar or working days.
    pub day_kind: DayKind,
    /// Whether pauses are taken out.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub pauses: bool,
    /// What silence means.
    pub on_expiry: Expiry,
    /// What answers it.
    pub ends: StageEnd,
    /// The law, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// Its articles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub articles: Option<String>,
    /// Last day.
    pub due: Date,
    /// Last instant in time.
    pub due_at: Micros,
}

/// What became of a limit of the law in an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "turn", rename_all = "snake_case")]
pub enum LimitTurn {
    /// It runs from now; one of the same code begins anew.
    Started(LegalLimit),
    /// It has a new last day.
    Moved {
        /// Code of the limit.
        code: String,
        /// Last day.
        due: Date,
        /// Last instant in time.
        due_at: Micros,
    },
    /// What it waited for was done, or there is nothing left to wait for.
    Answered {
        /// Code of the limit.
        code: String,
    },
}

/// One line of fees (بند رسم), due at a payment step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// Code of the fee part in the service file.
    pub part: String,
    /// What the receipt says.
    pub label: String,
    /// Who gets the money.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub beneficiary: String,
    /// The rule that gave the amount, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// The amount.
    pub amount: Piastres,
    /// Whether it goes back to the payer in the end.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub refundable: bool,
    /// The payment step at which it is collected.
    pub pay: StepNo,
}

/// What followed from an act. The rows of the inbox are exactly these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Day of the act in Cairo.
    pub on: Date,
    /// Status after it.
    pub status: Status,
    /// Desks cleared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<Closing>,
    /// Steps that do not apply to this request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<StepNo>,
    /// Desks that got it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opened: Vec<Opening>,
    /// Step clocks that stopped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub halted: Vec<Halt>,
    /// Step clocks that run again, with their new last day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resumed: Vec<Redate>,
    /// Steps and consults with a new last day for another reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redated: Vec<Redate>,
    /// New last day of the whole request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Deadline>,
    /// New last day of the statutory limit, in events of before [`Self::limits`] told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<Deadline>,
    /// Limits of the law that began, moved or were answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitTurn>,
    /// Fees now owed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charged: Vec<FeeLine>,
    /// Whether everything that needs judgment is over: from here officers may see the person.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub decided: bool,
}
