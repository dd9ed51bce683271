//! What a service file says (نموذج الخدمة): plain types, read from TOML and never changed.
//!
//! One file describes one version of one service. Conditions and formulas are kept as
//! written; [`crate::expr`] compiles them. Amounts are exact decimals in pounds.

#![expect(missing_docs, reason = "a field is named as its key in the file; what is not plain is explained")]

mod fee;
mod fee_file;
mod field;
mod parent;
mod registers;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use fee::{Band, Beneficiary, Due, Fee, FeePart, FeeRule, Reduction, ReductionRate, Rounding};
pub use field::{Choice, Field, FieldType, FilledBy, Need};
pub use parent::{Act, Parent, ParentAct};
pub use registers::{
    Activity, ActivityClass, ActivityGroup, Department, DepartmentKind, DocumentKind, Governorate, Group, Holiday,
    HoursClass, Law, Page, Reason, Seat, Unit, UnitKind,
};

/// Service (خدمة): one dated version of one service of the guide.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// `BLD-01`: three letters, a dash, two digits.
    pub code: String,
    /// Counts the published texts of this service from 1.
    pub version: u32,
    /// First day on which requests are registered under this text.
    #[serde(with = "crate::day")]
    pub from: Date,
    /// Code of a [`Group`].
    pub group: String,
    pub name_ar: String,
    pub name_en: String,
    pub applicants: Vec<ApplicantKind>,
    pub channels: Vec<Channel>,
    /// Advice to the citizen, one paragraph a line.
    #[serde(default)]
    pub notes_ar: String,
    /// A remark for the catalogue's editor; never shown to citizens.
    #[serde(default)]
    pub editor_note: Option<String>,
    /// The law takes requests between these days; outside them the window asks for the decision
    /// that extended the term.
    #[serde(default)]
    pub application_window: Option<ApplicationWindow>,
    /// The paper that a request of this service renews, changes or ends.
    #[serde(default)]
    pub parent: Option<Parent>,
    pub legal_basis: Vec<LegalBasis>,
    pub conditions: Vec<Condition>,
    /// Checks on the answers as a whole.
    #[serde(default)]
    pub checks: Vec<Check>,
    pub documents: Vec<Document>,
    /// The intake form.
    pub fields: Vec<Field>,
    pub fee: Fee,
    pub time_limit: TimeLimit,
    /// In the order of work; neighbours with the same `parallel` letter run side by side.
    pub steps: Vec<Step>,
    /// The inspector's form; empty where nothing is inspected.
    #[serde(default)]
    pub inspection_report: Vec<Field>,
    /// Codes of [`Reason`]s.
    pub refusal_reasons: Vec<String>,
    /// How long a refusal may be objected to, where a law of its own says so.
    #[serde(default)]
    pub objection: Option<Objection>,
    pub completion_items: Vec<CompletionItem>,
    pub output: Output,
    /// Where each part comes from: `fee` or `fee.exam` → page, law or default.
    pub sources: BTreeMap<String, Source>,
    /// Pages behind this service: keys of `sources.toml`.
    #[serde(default)]
    pub refs: Vec<String>,
    /// Lower-case hex SHA-256 of the exact text; with the code, the identity of a version.
    #[serde(skip)]
    pub hash: String,
    #[serde(skip)]
    pub(crate) programs: crate::programs::Programs,
}

impl Service {
    /// The step with this id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// A field of the form, or of the inspector's report.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().chain(&self.inspection_report).find(|field| field.id == id)
    }

    /// How long a refusal may be objected to: the service's own term, else the general one.
    pub fn objection(&self) -> Objection {
        self.objection.clone().unwrap_or_else(Objection::general)
    }

    /// Whether any step is a visit to the place.
    pub fn inspects(&self) -> bool {
        self.steps.iter().any(|step| step.kind == StepKind::Inspect)
    }

    /// Where a part comes from: the exact key if it has its own source, else its parent's.
    pub fn source(&self, key: &str) -> &Source {
        let parent = key.split('.').next().unwrap_or(key);
        self.sources.get(key).or_else(|| self.sources.get(parent)).unwrap_or(&Source::Default)
    }
}

/// Kind of applicant (صفة مقدم الطلب القانونية).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantKind {
    Person,
    Company,
    Government,
    Association,
    OwnersUnion,
}

impl ApplicantKind {
    pub const ALL: [Self; 5] = [Self::Person, Self::Company, Self::Government, Self::Association, Self::OwnersUnion];

    /// The value that expressions compare `applicant.kind` with.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Company => "company",
            Self::Government => "government",
            Self::Association => "association",
            Self::OwnersUnion => "owners_union",
        }
    }

    pub fn label_ar(self) -> &'static str {
        match self {
            Self::Person => "فرد",
            Self::Company => "شركة أو منشأة",
            Self::Government => "جهة حكومية",
            Self::Association => "جمعية أو مؤسسة أهلية",
            Self::OwnersUnion => "اتحاد شاغلين",
        }
    }
}

/// Channel (قناة التقديم): where a request may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Window,
    Online,
    Mobile,
}

/// Application window (فترة قبول الطلبات), both days included.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationWindow {
    #[serde(with = "crate::day")]
    pub from: Date,
    #[serde(with = "crate::day")]
    pub to: Date,
    pub decision_ar: String,
    #[serde(default)]
    pub note_ar: Option<String>,
    pub source: Source,
}

/// Legal basis (السند القانوني).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// Code of a [`Law`].
    pub law: String,
    #[serde(default)]
    pub articles: Option<String>,
}

/// Condition (شرط) that the citizen reads; with a `check` it is also tested on the answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub ar: String,
    pub en: String,
    /// Must be true of the answers.
    #[serde(default)]
    pub check: Option<String>,
    /// Applies only when true.
    #[serde(default)]
    pub when: Option<String>,
}

/// Check (فحص البيانات): an expression over the answers with what to say when it is false.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub expr: String,
    pub level: Level,
    pub ar: String,
    pub en: String,
}

/// What a failed check does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Shown to the clerk; never refuses.
    Warning,
    /// Stops submission.
    Error,
}

/// Required document (مستند مطلوب).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Code of a [`DocumentKind`].
    pub doc: String,
    pub required: Need,
    #[serde(default = "one")]
    pub copies: u32,
    #[serde(default)]
    pub hint_ar: Option<String>,
}

fn one() -> u32 {
    1
}

/// Time limit (المدة المقررة).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeLimit {
    /// Working days of the whole path, on the competent unit's calendar.
    pub working_days: u32,
    /// The first variant whose condition holds replaces `working_days`.
    #[serde(default)]
    pub variants: Vec<LimitVariant>,
    #[serde(default)]
    pub statutory: Option<Statutory>,
    /// Clocks that the law gives to parts of the path.
    #[serde(default)]
    pub stages: Vec<Stage>,
    #[serde(default)]
    pub note_ar: Option<String>,
    #[serde(default)]
    pub note_source: Option<Source>,
}

/// Another limit under a condition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitVariant {
    pub when: String,
    pub working_days: u32,
}

/// Statutory limit (المدة القانونية) of the whole request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statutory {
    pub days: u32,
    pub day_kind: DayKind,
    pub on_expiry: Expiry,
    /// Whether a pause stops this clock too; by default it does not.
    #[serde(default)]
    pub pauses: bool,
    #[serde(default)]
    pub law: Option<String>,
    #[serde(default)]
    pub articles: Option<String>,
    #[serde(default)]
    pub note_ar: Option<String>,
    pub source: Source,
}

/// Term of an objection (ميعاد التظلم): days of the calendar after the refusal, with their ground.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// Days after the day of the refusal; one that ends on a day off ends on the next working day.
    pub days: u32,
    /// Code of the [`Law`].
    pub law: String,
    /// Articles, if known.
    #[serde(default)]
    pub articles: Option<String>,
}

impl Objection {
    /// The general term: sixty days, article 24 of the State Council Law 47/1972.
    pub fn general() -> Self {
        Self { days: 60, law: "L47-1972".to_owned(), articles: Some("24".to_owned()) }
    }
}

/// Stage (مهلة مرحلية): a clock that the law starts at some event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub code: String,
    pub ar: String,
    pub en: String,
    pub days: u32,
    pub day_kind: DayKind,
    /// What starts the clock.
    pub starts: StageStart,
    /// What answers it; by default what its expiry decides.
    #[serde(default)]
    pub ends: Option<StageEnd>,
    /// The step that it times, if it times one: it begins with `sent_to_agency` and ends with the step.
    #[serde(default)]
    pub step: Option<String>,
    pub on_expiry: Expiry,
    #[serde(default)]
    pub law: Option<String>,
    #[serde(default)]
    pub articles: Option<String>,
}

impl Stage {
    /// What answers the clock, told or by its effect.
    #[must_use]
    pub fn end(&self) -> StageEnd {
        self.ends.unwrap_or_else(|| StageEnd::of(self.on_expiry))
    }
}

/// What starts a clock of the law (بدء المهلة).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageStart {
    /// The request is received.
    Filing,
    /// The completeness check is passed.
    RequestComplete,
    /// The step named in `step` comes to its desk.
    SentToAgency,
    /// The applicant tells that what the inspection asked for is done.
    FulfilmentNotice,
    /// An inspection finds that something is not fulfilled.
    InspectionResult,
    /// A date field of the form.
    #[serde(untagged)]
    Field(String),
}

/// What answers a clock of the law (انتهاء المهلة): from here silence means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageEnd {
    /// The receipt itself.
    Filing,
    /// The checks and reviews before the first payment or visit: the decision in principle.
    Opening,
    /// Every inspection is reported.
    Inspection,
    /// Every payment is made.
    Payment,
    /// Everything that needs judgment is over.
    Decision,
}

impl StageEnd {
    /// What answers a limit with this effect, where nothing else is said.
    #[must_use]
    pub const fn of(effect: Expiry) -> Self {
        match effect {
            Expiry::PreliminaryAcceptance => Self::Opening,
            Expiry::Lapses => Self::Payment,
            Expiry::None | Expiry::DeemedApproved | Expiry::DeemedRefused | Expiry::AdministrativeClosure => {
                Self::Decision
            }
        }
    }
}

/// Kind of days a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    Calendar,
    Working,
}

/// What the law makes of silence (أثر انقضاء المدة).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expiry {
    None,
    DeemedApproved,
    DeemedRefused,
    PreliminaryAcceptance,
    AdministrativeClosure,
    /// The acceptance lapses.
    Lapses,
}

impl Expiry {
    /// Every effect.
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::DeemedApproved,
        Self::DeemedRefused,
        Self::PreliminaryAcceptance,
        Self::AdministrativeClosure,
        Self::Lapses,
    ];

    /// The word used in files, in the record and in message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::DeemedApproved => "deemed_approved",
            Self::DeemedRefused => "deemed_refused",
            Self::PreliminaryAcceptance => "preliminary_acceptance",
            Self::AdministrativeClosure => "administrative_closure",
            Self::Lapses => "lapses",
        }
    }

    pub fn label_ar(self) -> &'static str {
        match self {
            Self::None => "لا أثر قانونيًّا لانقضاء المدة",
            Self::DeemedApproved => "انقضاء المدة دون رد موافقة ضمنية",
            Self::DeemedRefused => "انقضاء المدة دون رد رفض ضمني",
            Self::PreliminaryAcceptance => "انقضاء المدة دون رد قبول مبدئي",
            Self::AdministrativeClosure => "انقضاء المدة يجيز الغلق الإداري",
            Self::Lapses => "انقضاء المدة يسقط القبول",
        }
    }
}

/// Step (مرحلة).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Unique within the service; kept across versions: `eng-review`.
    pub id: String,
    /// Code of a [`Department`].
    pub department: String,
    pub kind: StepKind,
    /// Working days of the unit that holds the step.
    pub working_days: u32,
    pub label_ar: String,
    #[serde(default)]
    pub label_en: Option<String>,
    /// Skipped when false.
    #[serde(default)]
    pub when: Option<String>,
    /// Neighbouring steps with the same letter open together.
    #[serde(default)]
    pub parallel: Option<String>,
}

/// Kind of step (نوع المرحلة).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Completeness check at the window.
    Check,
    Review,
    Inspect,
    AssessFee,
    Pay,
    Approve,
    Issue,
    Handover,
}

impl StepKind {
    pub const ALL: [Self; 8] = [
        Self::Check,
        Self::Review,
        Self::Inspect,
        Self::AssessFee,
        Self::Pay,
        Self::Approve,
        Self::Issue,
        Self::Handover,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Review => "review",
            Self::Inspect => "inspect",
            Self::AssessFee => "assess_fee",
            Self::Pay => "pay",
            Self::Approve => "approve",
            Self::Issue => "issue",
            Self::Handover => "handover",
        }
    }

    pub fn label_ar(self) -> &'static str {
        match self {
            Self::Check => "مراجعة الاكتمال",
            Self::Review => "مراجعة",
            Self::Inspect => "معاينة",
            Self::AssessFee => "تقدير الرسوم",
            Self::Pay => "سداد",
            Self::Approve => "اعتماد",
            Self::Issue => "إصدار",
            Self::Handover => "تسليم",
        }
    }
}

/// Completion item (بند استيفاء): a thing often missing, ready to be picked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompletionItem {
    /// Unique within the service.
    pub code: String,
    pub ar: String,
    pub en: String,
    #[serde(default)]
    pub when: Option<String>,
}

/// Output (مخرج الخدمة): what the citizen leaves with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    pub kind: OutputKind,
    pub name_ar: String,
    pub name_en: String,
    /// Open-ended when absent.
    #[serde(default)]
    pub validity_months: Option<u32>,
    /// The applicant's own term; `validity_months` is then its ceiling.
    #[serde(default)]
    pub validity_from: Option<ValidityField>,
    /// `validity_months` is a ceiling; the deciding officer may set less.
    #[serde(default)]
    pub validity_is_maximum: bool,
    #[serde(default)]
    pub renewable: bool,
    /// The permit lapses unless works start within this many months.
    #[serde(default)]
    pub start_within_months: Option<u32>,
    #[serde(default)]
    pub start_rule_ar: Option<String>,
    #[serde(default)]
    pub effect_ar: Option<String>,
    /// What the public register tells of the paper; it does not list it when absent.
    #[serde(default)]
    pub register: Option<Register>,
    /// Days before the end on which its holder is reminded, if it can be renewed.
    #[serde(default = "reminders")]
    pub reminders: Vec<u16>,
    /// Fields of the form or the report that stand on the paper, in this order.
    #[serde(default)]
    pub printed_fields: Vec<String>,
}

/// Days before the end of a paper on which its holder is reminded, where the file says nothing.
pub const REMINDERS: [u16; 3] = [60, 30, 7];

fn reminders() -> Vec<u16> {
    REMINDERS.to_vec()
}

/// What the public register (السجل العام للتراخيص) tells of a paper. No name, ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// Kind, number, dates, standing, and the place it is about.
    Place,
    /// The same without the place: it would lead to a person.
    Unit,
}

/// Kind of output (نوع المخرج).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutputKind {
    Licence,
    Approval,
    Certificate,
    /// Ends in an act, not in a paper.
    None,
}

/// A field that holds the term of validity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidityField {
    pub field: String,
    pub unit: TermUnit,
}

/// Unit of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermUnit {
    Day,
    Month,
    Year,
}

/// Source (مصدر البيان): where a part of a service file comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "String")]
pub enum Source {
    /// Read in a public page; the reference where one page carries it (a key of `sources.toml`).
    Page(Option<String>),
    /// Known law, not re-read article by article; the law or article where named.
    Law(Option<String>),
    /// Ours: a plausible value that a governorate must confirm.
    #[default]
    Default,
}

impl From<String> for Source {
    fn from(text: String) -> Self {
        let (kind, rest) = match text.split_once(':') {
            Some((kind, rest)) => (kind, Some(rest.to_owned())),
            None => (text.as_str(), None),
        };
        match kind {
            "page" => Self::Page(rest),
            "law" => Self::Law(rest),
            _ => Self::Default,
        }
    }
}

impl Source {
    pub fn label_ar(&self) -> &'static str {
        match self {
            Self::Page(_) => "منشور",
            Self::Law(_) => "قانون",
            Self::Default => "تقدير يُعتمد",
        }
    }
}
