//! Work on the steps (سير المراحل): acceptance, completion, consults, visits, sittings, limits.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::effect::{Effect, LegalLimit, Opinion, StepNo};
use super::intake::{Answers, FileRef};

/// موافقة على مرحلة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepAccepted {
    /// The step.
    pub step: StepNo,
    /// Opinion.
    pub opinion: Opinion,
    /// Words of the officer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Points of the checklist that hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<String>,
    /// Written decision, where one was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// What followed.
    pub effect: Effect,
}

/// قرار: number and date of a written decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Number as written, with its year if it has one.
    pub number: String,
    /// Day.
    pub date: Date,
}

/// بند استيفاء: one thing that the applicant has to bring, mend or answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Missing {
    /// A completion item of the service, by code.
    Item {
        /// Code.
        code: String,
    },
    /// A document of the service.
    Document {
        /// Code.
        doc: String,
    },
    /// A field of the form to be corrected.
    Field {
        /// Field id.
        field: String,
    },
    /// Something else, in words.
    Text {
        /// Words.
        text: String,
    },
}

/// طلب استيفاء: the step's clock stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionAsked {
    /// The step that asks.
    pub step: StepNo,
    /// What is missing.
    pub items: Vec<Missing>,
    /// Words to the applicant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Last day for the applicant.
    pub until: Date,
    /// What followed.
    pub effect: Effect,
}

/// Answer to one thing that was missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplied {
    /// Index in the list that was asked, from 0.
    pub item: u16,
    /// Words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Scans.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
}

/// استيفاء
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionAnswered {
    /// The step that asked.
    pub step: StepNo,
    /// What came.
    pub items: Vec<Supplied>,
    /// Corrected public answers.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub answers: Answers,
    /// Corrected personal answers, encrypted; they replace the earlier ones.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub personal: Value,
    /// Whether nothing is missing any more.
    pub complete: bool,
    /// What followed.
    pub effect: Effect,
}

/// سؤال إدارة أخرى
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultAsked {
    /// The step that asks.
    pub step: StepNo,
    /// Number of the question in the request, from 1.
    pub consult: u16,
    /// The question.
    pub question: String,
    /// Whether the asking step stands still meanwhile.
    pub halts: bool,
    /// What followed.
    pub effect: Effect,
}

/// رد الإدارة المسؤولة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultAnswered {
    /// The step that asked.
    pub step: StepNo,
    /// The question.
    pub consult: u16,
    /// Opinion.
    pub opinion: Opinion,
    /// Words.
    pub answer: String,
    /// Files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
    /// What followed.
    pub effect: Effect,
}

/// العدول عن سؤال إدارة أخرى
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultRecalled {
    /// The step that asked.
    pub step: StepNo,
    /// The question.
    pub consult: u16,
    /// What followed.
    pub effect: Effect,
}

/// مد المدة بقرار
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extended {
    /// The step; the whole request gets the same days.
    pub step: StepNo,
    /// Working days added.
    pub days: u16,
    /// Why.
    pub reason: String,
    /// The decision.
    pub decision: Decision,
    /// What followed.
    pub effect: Effect,
}

/// إعادة حساب المواعيد بعد تعديل أيام العمل
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redated {
    /// What followed.
    pub effect: Effect,
}

/// انقضت مدة قانونية: the law's day passed without what it asked for; written by the machine, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitPassed {
    /// The limit as it stood, with its legal ground and what its passing means.
    pub limit: LegalLimit,
    /// What followed.
    pub effect: Effect,
}

/// تحديد موعد المعاينة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitScheduled {
    /// The inspection.
    pub step: StepNo,
    /// Day of the visit.
    pub date: Date,
    /// Hour in words, as told to the applicant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hour: String,
    /// Who goes.
    pub inspector: Uuid,
    /// What followed.
    pub effect: Effect,
}

/// توصية المعاين
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recommendation {
    /// الموافقة
    Accept,
    /// عدم الموافقة
    Refuse,
    /// تعذرت المعاينة: another visit is needed.
    Again,
}

/// تقرير المعاينة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitReported {
    /// The inspection.
    pub step: StepNo,
    /// Day on which the inspector was there.
    pub date: Date,
    /// Answers to the report form.
    pub answers: Answers,
    /// Personal answers, encrypted.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub personal: Value,
    /// What the inspector recommends.
    pub recommendation: Recommendation,
    /// Words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
    /// What followed.
    pub effect: Effect,
}

/// جلسة لجنة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    /// Number of the sitting.
    pub number: String,
    /// Day.
    pub date: Date,
    /// Members who sat.
    pub members: Vec<Uuid>,
}

/// ما انتهت إليه الجلسة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum Resolution {
    /// موافقة
    Accept {
        /// Number of the committee's decision.
        decision: String,
        /// Whether conditions stand in the note.
        #[serde(default)]
        opinion: Opinion,
    },
    /// رفض
    Refuse {
        /// Number of the committee's decision.
        decision: String,
        /// Reasons of the service's list.
        reasons: Vec<String>,
        /// Reasons in words.
        text: String,
    },
    /// تأجيل
    Postpone {
        /// Why.
        reason: String,
    },
}

/// انعقاد جلسة اللجنة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SittingHeld {
    /// The step.
    pub step: StepNo,
    /// The sitting.
    pub sitting: Sitting,
    /// What it resolved.
    pub resolution: Resolution,
    /// Words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What followed.
    pub effect: Effect,
}

/// إعادة لمرحلة سابقة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReworkAsked {
    /// The step that sends back; it comes again afterwards.
    pub step: StepNo,
    /// The step that opens again.
    pub to: StepNo,
    /// Why.
    pub reason: String,
    /// What followed.
    pub effect: Effect,
}

/// استلام المرحلة: an officer takes a step, or gives it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The step.
    pub step: StepNo,
    /// Number of the consult, or 0.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub consult: u16,
    /// Who has it now.
    pub by: Option<Uuid>,
    /// What followed.
    pub effect: Effect,
}

/// إعادة توزيع: somebody entitled gives a step to an officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reassigned {
    /// The step.
    pub step: StepNo,
    /// Number of the consult, or 0.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub consult: u16,
    /// To whom; nobody = back to the department.
    pub to: Option<Uuid>,
    /// Why.
    pub reason: String,
    /// What followed.
    pub effect: Effect,
}

/// إرفاق ملفات
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileAttached {
    /// The step at which it was added, if by an officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepNo>,
    /// The document that it is; a pending one is presented by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// Files.
    pub files: Vec<FileRef>,
    /// What followed.
    pub effect: Effect,
}

/// بيانات الجهة: fields of the form that the department fills in, not the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeFilled {
    /// The step at which they were filled in.
    pub step: StepNo,
    /// Public answers.
    pub answers: Answers,
    /// What followed.
    pub effect: Effect,
}

/// ملاحظة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteAdded {
    /// The step to which it belongs, if to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepNo>,
    /// Words.
    pub text: String,
    /// What followed.
    pub effect: Effect,
}
