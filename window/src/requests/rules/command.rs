//! What somebody may want (الإجراءات): every act on a request, with the words typed for it.
//!
//! A command holds what a form or a caller sent, checked for form already (fields typed, amounts parsed).
//! What the node knows besides is in [`super::Facts`].

use std::collections::BTreeMap;

use foundation::money::Piastres;
use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;

use crate::requests::events::*;

/// إجراء على الطلب
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// قيد طلب
    Register(Box<Register>),
    /// إنجاز مرحلة فحص أو مراجعة أو اعتماد (وإصدار ما لا محرر له)
    Accept {
        /// The step.
        step: StepNo,
        /// Opinion.
        opinion: Opinion,
        /// Words.
        note: String,
        /// Points of the checklist that hold.
        checklist: Vec<String>,
        /// Written decision, where one was made.
        decision: Option<Decision>,
        /// At a check: go on although papers are still to come (they are asked for again before issue).
        papers_later: bool,
    },
    /// طلب استيفاء
    AskCompletion {
        /// The step.
        step: StepNo,
        /// What is missing.
        items: Vec<Missing>,
        /// Words to the applicant.
        note: String,
        /// Last day for the applicant.
        until: Date,
    },
    /// استيفاء
    AnswerCompletion {
        /// The step that asked.
        step: StepNo,
        /// What came.
        items: Vec<Supplied>,
        /// Corrected public answers.
        answers: Answers,
        /// Corrected personal answers, encrypted, all of them; null = unchanged.
        personal: Value,
    },
    /// سؤال إدارة أخرى
    AskConsult {
        /// The step that asks.
        step: StepNo,
        /// Department asked.
        department: String,
        /// The question.
        question: String,
        /// Working days for the answer.
        days: u16,
        /// Whether nothing can be done before the answer: the clock of the asking step stops.
        halts: bool,
    },
    /// رد على سؤال
    AnswerConsult {
        /// The question.
        consult: u16,
        /// Opinion.
        opinion: Opinion,
        /// The answer.
        answer: String,
        /// Files.
        files: Vec<FileRef>,
    },
    /// العدول عن السؤال
    RecallConsult {
        /// The question.
        consult: u16,
    },
    /// مد المدة
    Extend {
        /// The step.
        step: StepNo,
        /// Working days added.
        days: u16,
        /// Why.
        reason: String,
        /// The dated decision.
        decision: Decision,
    },
    /// إعادة حساب المواعيد: the calendar changed.
    Redate,
    /// انقضاء مدة قانونية: the machine's word that the law's day passed.
    PassLimit {
        /// Code of the limit.
        limit: String,
    },
    /// تحديد موعد معاينة
    ScheduleVisit {
        /// The inspection.
        step: StepNo,
        /// Day.
        date: Date,
        /// Hour in words.
        hour: String,
        /// Who goes.
        inspector: Uuid,
    },
    /// تقرير معاينة
    ReportVisit {
        /// The inspection.
        step: StepNo,
        /// Day on which the inspector was there.
        date: Date,
        /// Answers to the report form.
        answers: Answers,
        /// Personal answers, encrypted, or null.
        personal: Value,
        /// Recommendation.
        recommendation: Recommendation,
        /// Words.
        note: String,
        /// Photos.
        files: Vec<FileRef>,
    },
    /// إبداء ما يناسب من مواعيد المعاينة
    WishVisit {
        /// The inspection.
        step: StepNo,
        /// Days that suit.
        days: Vec<WishedDay>,
        /// A note, encrypted, or null.
        personal: Value,
    },
    /// تظلم من الرفض
    Object {
        /// The words, encrypted.
        personal: Value,
        /// Papers that go with it.
        files: Vec<FileRef>,
    },
    /// البت في تظلم
    DecideObjection {
        /// Number of the objection.
        objection: u16,
        /// Whether the refusal falls.
        upheld: bool,
        /// Why.
        reasons: String,
        /// The dated decision.
        decision: Decision,
    },
    /// انعقاد جلسة
    HoldSitting {
        /// The step.
        step: StepNo,
        /// The sitting.
        sitting: Sitting,
        /// What it resolved.
        resolution: Resolution,
        /// Words.
        note: String,
    },
    /// تقدير الرسوم; the lines come with the facts.
    AssessFees {
        /// The step.
        step: StepNo,
        /// Amounts that the officer set, by fee part; the facts' fees are reckoned with them.
        assessed: BTreeMap<String, Piastres>,
        /// Sitting of a pricing committee.
        sitting: Option<Sitting>,
        /// Words.
        note: String,
    },
    /// تحصيل
    Collect {
        /// The payment step.
        step: StepNo,
        /// Amount taken.
        amount: Piastres,
        /// Number of the slip or bank paper.
        slip: String,
    },
    /// إعادة لمرحلة سابقة
    AskRework {
        /// The step that sends back.
        step: StepNo,
        /// The step to be done again.
        to: StepNo,
        /// Why.
        reason: String,
    },
    /// رفض
    Refuse {
        /// The step.
        step: StepNo,
        /// Reasons of the service's list.
        reasons: Vec<String>,
        /// Reasons in words.
        text: String,
        /// Written decision.
        decision: Option<Decision>,
    },
    /// سحب الطلب
    Withdraw {
        /// Why, if told.
        reason: String,
    },
    /// إلغاء القيد
    Void {
        /// Why.
        reason: String,
    },
    /// إصدار; number, token and printed values come with the facts.
    Issue {
        /// The step.
        step: StepNo,
    },
    /// تسليم
    HandOver {
        /// To whom.
        to: Receiver,
        /// Code of the identity paper that was looked at.
        checked: String,
    },
    /// إلغاء المحرر أو إيقافه أو إعادته
    RulePaper {
        /// Number of the paper.
        number: String,
        /// What it is to be.
        standing: crate::requests::state::Standing,
        /// Why.
        reason: String,
        /// The decision.
        decision: Decision,
        /// Last day of a suspension that ends by itself.
        until: Option<Date>,
    },
    /// انتهاء الإيقاف بانقضاء مدته: the machine's word.
    EndSuspension {
        /// Number of the paper.
        number: String,
    },
    /// التذكير بقرب انتهاء المحرر: the machine's word.
    RemindExpiry {
        /// Number of the paper.
        number: String,
    },
    /// إرفاق ملفات
    Attach {
        /// The step at which an officer adds them.
        step: Option<StepNo>,
        /// The document that they are.
        doc: Option<String>,
        /// Files.
        files: Vec<FileRef>,
    },
    /// استكمال بيانات الجهة: fields of the form that the department fills in.
    FillIn {
        /// The step.
        step: StepNo,
        /// Public answers to fields of the office.
        answers: Answers,
    },
    /// ملاحظة
    AddNote {
        /// The step.
        step: Option<StepNo>,
        /// Words.
        text: String,
    },
    /// استلام مرحلة أو سؤال
    Take {
        /// The step.
        step: StepNo,
        /// The question, or 0.
        consult: u16,
    },
    /// إعادة توزيع
    Reassign {
        /// The step.
        step: StepNo,
        /// The question, or 0.
        consult: u16,
        /// To whom; nobody = back to the department.
        to: Option<Uuid>,
        /// Why.
        reason: String,
    },
}

/// قيد طلب
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// Governorate of the competent unit.
    pub tenant: String,
    /// Competent unit.
    pub unit: String,
    /// Where it is taken in.
    pub taken_in: TakenIn,
    /// Who asks.
    pub applicant: Applicant,
    /// Number of the paper that it is about, if one of this system was named.
    pub parent: Option<String>,
    /// Public answers.
    pub answers: Answers,
    /// Personal answers, encrypted.
    pub personal: Value,
    /// Documents, presented or to come.
    pub papers: Vec<Paper>,
    /// Whether the clerk checked completeness at the window: the first step, a check by the window, is
    /// done with the registration. Only if nothing is to come.
    pub checked: bool,
}

impl Command {
    /// The step that the command is about; none = the whole request (or a question, see there).
    #[must_use]
    pub const fn step(&self) -> Option<StepNo> {
        match self {
            Self::Accept { step, .. }
            | Self::AskCompletion { step, .. }
            | Self::AnswerCompletion { step, .. }
            | Self::AskConsult { step, .. }
            | Self::Extend { step, .. }
            | Self::ScheduleVisit { step, .. }
            | Self::ReportVisit { step, .. }
            | Self::WishVisit { step, .. }
            | Self::HoldSitting { step, .. }
            | Self::AssessFees { step, .. }
            | Self::Collect { step, .. }
            | Self::AskRework { step, .. }
            | Self::Refuse { step, .. }
            | Self::Issue { step }
            | Self::FillIn { step, .. }
            | Self::Take { step, .. }
            | Self::Reassign { step, .. } => Some(*step),
            Self::Attach { step, .. } | Self::AddNote { step, .. } => *step,
            Self::Register(_)
            | Self::AnswerConsult { .. }
            | Self::RecallConsult { .. }
            | Self::Redate
            | Self::PassLimit { .. }
            | Self::Withdraw { .. }
            | Self::Void { .. }
            | Self::Object { .. }
            | Self::DecideObjection { .. }
            | Self::HandOver { .. }
            | Self::RulePaper { .. }
            | Self::EndSuspension { .. }
            | Self::RemindExpiry { .. } => None,
        }
    }
}
