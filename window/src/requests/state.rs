//! State of a request (موقف الطلب): what its events add up to.
//!
//! Two halves, stored apart: the [`File`] is what was handed in and changes seldom; the [`Course`] is how
//! far the departments have come and changes with every act. Both are plain data: `fold(events)` gives
//! the same state on any node, without the service file or a calendar.

mod effects;
mod fold;
mod views;
mod voice;

use std::collections::BTreeMap;

use foundation::clock::Micros;
use foundation::money::Piastres;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::events::*;
pub use fold::{Broken, Meta, fold};
pub use voice::{Objection, ObjectionRuling, Wish};

/// موقف الطلب
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Version of the stream: number of its last event, from 1.
    pub version: i64,
    /// What was handed in.
    pub file: File,
    /// How far it has come.
    pub course: Course,
}

/// ملف الطلب: what the applicant handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// 15 digits.
    pub number: String,
    /// Service and version.
    pub service: ServiceRef,
    /// Governorate of the competent unit.
    pub tenant: String,
    /// Competent unit.
    pub unit: String,
    /// Where it was taken in.
    pub taken_in: TakenIn,
    /// Clerk who registered it; nobody for a request over the web.
    pub registered_by: Option<Uuid>,
    /// When.
    pub registered_at: Micros,
    /// The paper that it is about.
    #[serde(default)]
    pub parent: Option<ParentRef>,
    /// Who asks.
    pub applicant: Applicant,
    /// Public answers.
    pub answers: Answers,
    /// Personal answers, encrypted.
    pub personal: Value,
    /// Documents.
    pub papers: Vec<Paper>,
    /// Other files, with the step at which they were added.
    pub attachments: Vec<Attachment>,
    /// Tracking.
    pub slip: Slip,
}

/// مرفق
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The step at which it was added, if by an officer.
    pub step: Option<StepNo>,
    /// When.
    pub at: Micros,
    /// The file.
    pub file: FileRef,
}

/// مسار الطلب: what the departments did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Status.
    pub status: Status,
    /// Every step that was reached, by its number.
    pub steps: BTreeMap<StepNo, StepState>,
    /// Questions to other departments.
    pub consults: Vec<Consult>,
    /// Clock of the whole request.
    pub total: TotalClock,
    /// Limits of the law, in the order in which they began.
    #[serde(default)]
    pub limits: Vec<LegalClock>,
    /// Whether everything that needs judgment is over.
    pub decided: bool,
    /// Inspection reports, newest answers first.
    pub report: Answers,
    /// Personal answers of the newest report, encrypted.
    pub report_personal: Value,
    /// Visits planned and made.
    pub visits: Vec<Visit>,
    /// Completions asked and answered.
    pub completions: Vec<Completion>,
    /// Steps sent back, that wait for another.
    pub reworks: Vec<Rework>,
    /// Amounts that officers set, by fee part.
    pub assessed: BTreeMap<String, Piastres>,
    /// Fees charged.
    pub charges: Vec<FeeLine>,
    /// Payments.
    pub payments: Vec<Payment>,
    /// Papers issued.
    pub issued: Vec<IssuedPaper>,
    /// How it ended, if it ended without a paper.
    pub ending: Option<Ending>,
    /// Days that suit the applicant for a visit, the newest of each step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<Wish>,
    /// Objections to refusals, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<Objection>,
    /// When paper or result was handed over.
    pub handed_over: Option<HandOver>,
    /// Words that officers left.
    pub notes: Vec<Note>,
    /// Everything that happened, one line each.
    pub trail: Vec<Mark>,
}

/// موقف المرحلة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepState {
    /// Where it stands.
    pub phase: Phase,
    /// Kind; nothing is known of a step that was skipped before it opened.
    pub kind: Option<StepKind>,
    /// On whose desk it is, or was.
    pub holder: Option<Holder>,
    /// Clock of the present or last run.
    pub clock: Option<StepClock>,
    /// Officer who took it.
    pub taken_by: Option<Uuid>,
    /// Runs that came to an end; more than one after a rework.
    pub runs: Vec<Run>,
}

/// حال المرحلة
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// On the desk.
    Open,
    /// On the desk, the clock stands still.
    Halted,
    /// Sent an earlier step back and waits for it.
    Waiting,
    /// Done.
    Done,
    /// Does not apply.
    Skipped,
    /// The request ended at it or elsewhere.
    Ended,
}

/// Clock of a step (مدة المرحلة).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepClock {
    /// When it arrived.
    pub opened_at: Micros,
    /// Day 0.
    pub opened_on: Date,
    /// Working days allowed, extensions included.
    pub days: u16,
    /// Last day.
    pub due: Date,
    /// End of back-office hours on it.
    pub due_at: Micros,
    /// Times of standing still.
    pub pauses: Vec<Pause>,
}

/// توقف المدة
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Day on which it began; that day still counts.
    pub from: Date,
    /// Day on which it ended; that day no longer counts.
    pub to: Option<Date>,
    /// Why.
    pub reason: PauseReason,
}

/// Clock of the whole request (المدة الكلية), on the calendar of the competent unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalClock {
    /// Day 0.
    pub received_on: Date,
    /// Working days allowed, extensions included.
    pub days: u16,
    /// Last day.
    pub due: Date,
    /// End of back-office hours on it.
    pub due_at: Micros,
    /// Times of standing still.
    pub pauses: Vec<Pause>,
}

/// A limit of the law as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalClock {
    /// The limit.
    pub limit: LegalLimit,
    /// How it ended; it runs while it has not.
    pub end: Option<LimitEnd>,
}

/// How a limit of the law ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum LimitEnd {
    /// In time, or because the request ended.
    Answered {
        /// Day.
        on: Date,
    },
    /// Its day passed in silence.
    Passed {
        /// Day on which that was recorded.
        on: Date,
    },
}

/// One run of a step from desk to outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// When it arrived.
    pub opened_at: Micros,
    /// When it left.
    pub closed_at: Micros,
    /// Day on which it left.
    pub closed_on: Date,
    /// Last day it had.
    pub due: Date,
    /// How it ended.
    pub outcome: Outcome,
    /// Who did it.
    pub by: Option<Uuid>,
    /// Opinion, where one was given.
    pub opinion: Option<Opinion>,
    /// Words.
    pub note: String,
    /// Written decision.
    pub decision: Option<Decision>,
    /// Points of the checklist that hold.
    pub checklist: Vec<String>,
    /// Sitting of a committee.
    pub sitting: Option<Sitting>,
    /// Working days held.
    pub worked: u16,
    /// Working days stood still.
    pub paused: u16,
}

/// سؤال لإدارة أخرى
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consult {
    /// Number, from 1.
    pub no: u16,
    /// The step that asks.
    pub step: StepNo,
    /// Who asked.
    pub asked_by: Option<Uuid>,
    /// The question.
    pub question: String,
    /// Whether the asking step stands still.
    pub halts: bool,
    /// Who answers.
    pub holder: Holder,
    /// Its clock.
    pub clock: StepClock,
    /// Officer who took it.
    pub taken_by: Option<Uuid>,
    /// How it ended, once it did.
    pub outcome: Option<Outcome>,
    /// Opinion of the one who answered.
    pub opinion: Option<Opinion>,
    /// The answer.
    pub answer: String,
    /// Files that came with it.
    pub files: Vec<FileRef>,
    /// When it ended.
    pub closed_at: Option<Micros>,
    /// Who answered.
    pub answered_by: Option<Uuid>,
}

/// معاينة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The inspection step.
    pub step: StepNo,
    /// Day planned, or of the visit.
    pub date: Date,
    /// Hour in words.
    pub hour: String,
    /// Who goes.
    pub inspector: Option<Uuid>,
    /// What came of it, once it was made.
    pub report: Option<Recommendation>,
    /// Words of the report.
    pub note: String,
    /// Photos.
    pub files: Vec<FileRef>,
}

/// استيفاء
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// The step that asks.
    pub step: StepNo,
    /// When.
    pub asked_at: Micros,
    /// Day.
    pub asked_on: Date,
    /// Last day for the applicant.
    pub until: Date,
    /// Words to the applicant.
    pub note: String,
    /// What is missing, with what came.
    pub items: Vec<CompletionItem>,
    /// When it was complete, or fell away.
    pub closed_at: Option<Micros>,
}

/// One thing missing, and what came for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionItem {
    /// What was asked.
    pub asked: Missing,
    /// What came.
    pub supplied: Option<Supplied>,
}

/// إعادة لمرحلة سابقة
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rework {
    /// The step that asked, and waits.
    pub from: StepNo,
    /// The step that was opened again.
    pub to: StepNo,
}

/// سداد
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The payment step.
    pub step: StepNo,
    /// Amount.
    pub amount: Piastres,
    /// Number of the receipt.
    pub receipt: String,
    /// Slip in hand.
    pub slip: String,
    /// When.
    pub at: Micros,
    /// Day.
    pub on: Date,
    /// Who collected.
    pub by: Option<Uuid>,
    /// Lines paid.
    pub lines: Vec<FeeLine>,
    /// The receipt as a signed paper; those of before were none.
    #[serde(default)]
    pub paper: Option<IssuedPaper>,
}

/// محرر صادر
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedPaper {
    /// 15 digits, kind 2.
    pub number: String,
    /// Word of the service file.
    pub kind: String,
    /// The step that issued it.
    pub step: StepNo,
    /// Random part of its QR.
    pub token: String,
    /// Place in the status list; a receipt has none.
    pub status_index: Option<i64>,
    /// What is printed, without the person.
    pub values: Answers,
    /// The person and the signed bytes, encrypted.
    pub personal: Value,
    /// When.
    pub issued_at: Micros,
    /// Day.
    pub issued_on: Date,
    /// Last day of validity.
    pub expires: Option<Date>,
    /// Who signed.
    pub by: Option<Uuid>,
    /// Validity.
    pub standing: Standing,
    /// Rulings on it, oldest first.
    pub rulings: Vec<Ruling>,
    /// The paper in whose place it came.
    #[serde(default)]
    pub replaces: Option<Replaced>,
    /// The paper that came in its place.
    #[serde(default)]
    pub superseded: Option<Succession>,
    /// Last day of the suspension, if that ends by itself.
    #[serde(default)]
    pub suspended_until: Option<Date>,
    /// Days before the end on which the holder is still to be reminded, most first.
    #[serde(default = "usual_reminders")]
    pub reminders: Vec<u16>,
    /// What the public register tells of it.
    #[serde(default)]
    pub published: Option<Published>,
}

/// ما حل محل المحرر
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// Number of the new paper.
    pub number: String,
    /// The request that it came out of.
    pub request: Uuid,
    /// Why.
    pub act: Act,
    /// When.
    pub at: Micros,
}

/// سريان المحرر
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// سارٍ
    Valid,
    /// موقوف
    Suspended,
    /// ملغى
    Revoked,
    /// حل محله غيره
    Superseded,
}

/// قرار بشأن محرر
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// What it is afterwards.
    pub standing: Standing,
    /// Why.
    pub reason: String,
    /// The decision.
    pub decision: Decision,
    /// Last day, of a suspension that ends by itself.
    #[serde(default)]
    pub until: Option<Date>,
    /// When.
    pub at: Micros,
    /// Number of the paper by which the holder asked for it.
    #[serde(default)]
    pub paper: Option<String>,
    /// Who; nobody when a suspension ended by itself.
    #[serde(default)]
    pub by: Option<Uuid>,
}

/// How a request ended without its paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// The step, for a refusal.
    pub step: Option<StepNo>,
    /// Reasons of the service's list.
    pub reasons: Vec<String>,
    /// Words.
    pub text: String,
    /// Written decision.
    pub decision: Option<Decision>,
    /// When.
    pub at: Micros,
    /// Day.
    pub on: Date,
    /// By whom.
    pub by: Option<Uuid>,
    /// Steps that waited for another when the request ended: an objection may bring them back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reworks: Vec<Rework>,
}

/// تسليم
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// To whom.
    pub to: Receiver,
    /// Identity paper that was looked at.
    pub checked: String,
    /// When.
    pub at: Micros,
    /// Day.
    pub on: Date,
    /// By whom.
    pub by: Option<Uuid>,
}

/// ملاحظة
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The step.
    pub step: Option<StepNo>,
    /// Words.
    pub text: String,
    /// When.
    pub at: Micros,
    /// By whom.
    pub by: Option<Uuid>,
}

/// One line of the history (سجل الطلب), enough to tell a second officer what changed meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Version that it made.
    pub version: i64,
    /// Kind of the event.
    pub kind: String,
    /// The step it was about; none = the whole request.
    pub step: Option<StepNo>,
    /// When.
    pub at: Micros,
    /// Who.
    pub by: Option<Uuid>,
}
