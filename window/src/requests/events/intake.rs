//! Registration (قيد الطلب): what an applicant hands in.

pub use catalogue::model::{Act, ApplicantKind, Channel};
use catalogue::model::{DayKind, Expiry, StageEnd};
use foundation::clock::Micros;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::effect::{Deadline, Effect, LegalLimit, Opening, STATUTORY};

/// Values by field id: whole numbers, booleans, text and lists of these; decimals are text.
pub type Answers = Map<String, Value>;

/// The service, in the version under which the request was registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRef {
    /// Code, as in `BLD-02`.
    pub code: String,
    /// Hash of the published text.
    pub version: String,
}

/// Where and how a request was taken in (مكان وقناة التقديم).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenIn {
    /// Unit whose centre took it in; the competent unit is another matter.
    pub unit: String,
    /// Centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub centre: Option<Uuid>,
    /// Window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Uuid>,
    /// Way in.
    pub channel: Channel,
    /// The citizen's account from which it was sent in, over the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Uuid>,
    /// The mandate under which the account's holder acts for the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<Uuid>,
}

/// مقدم الطلب: who asks, without a single personal word; what is known lies under the subject's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// Subject of the personal values.
    pub subject: Uuid,
    /// Person, company, body.
    pub kind: ApplicantKind,
    /// Subject of the agent who came in the applicant's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Uuid>,
    /// Whether a foreigner, for the conditions of the service.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub foreign: bool,
    /// `male` or `female` where a condition of the service asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
}

/// مستند: a document of the service's list, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Code of the document.
    pub doc: String,
    /// Presented, or to come.
    pub state: PaperState,
    /// Day until which a pending paper is to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Scans.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
}

/// موقف المستند
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    /// مقدم
    Presented,
    /// يستوفى لاحقًا
    Pending,
}

/// ملف مرفق: a stored file by the hash of its bytes. The name it had is not kept (it may name a person).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// SHA-256 of the stored bytes, hexadecimal.
    pub hash: String,
    /// Media type by content.
    pub media: String,
    /// Bytes.
    pub size: i64,
}

/// What opens the tracking page (إيصال استلام الطلب).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// 80 random bits of the QR, Base32.
    pub token: String,
    /// Keyed digest of the 4-digit PIN.
    pub pin: String,
}

/// مدة قانونية: what the law allows, and what its passing means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statutory {
    /// Days of the law.
    pub days: u16,
    /// Calendar or working days.
    pub day_kind: DayKind,
    /// Whether pauses are taken out.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub pauses: bool,
    /// What silence means.
    pub on_expiry: Expiry,
    /// The law, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// Its articles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub articles: Option<String>,
    /// Last day.
    pub due: Date,
    /// End of back-office hours on it.
    pub due_at: Micros,
}

impl Statutory {
    /// The same as a limit among others, running from day 0 of the request.
    #[must_use]
    pub fn limit(&self, received_on: Date) -> LegalLimit {
        LegalLimit {
            code: STATUTORY.to_owned(),
            label: String::new(),
            step: None,
            from: received_on,
            days: self.days,
            day_kind: self.day_kind,
            pauses: self.pauses,
            on_expiry: self.on_expiry,
            ends: StageEnd::of(self.on_expiry),
            law: self.law.clone(),
            articles: self.articles.clone(),
            due: self.due,
            due_at: self.due_at,
        }
    }
}

/// الترخيص الأصل: the paper that a request is about, as it was when the request was registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParentRef {
    /// 15 digits, kind 2.
    pub number: String,
    /// The request that it came out of.
    pub request: Uuid,
    /// Code of the service that it came out of.
    pub service: String,
    /// Code of the service of the first paper of the chain.
    pub origin: String,
    /// What is to become of it; none = the request only refers to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
    /// Its last day of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// Which issue of the chain it is, from 1.
    pub issue: u16,
    /// Last day of a suspension that is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// قيد الطلب
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
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
    /// The paper that it is about; requests of before had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<ParentRef>,
    /// Who asks.
    pub applicant: Applicant,
    /// Answers that tell nothing about a person.
    pub answers: Answers,
    /// The others, encrypted; opaque here.
    pub personal: Value,
    /// Documents.
    pub papers: Vec<Paper>,
    /// The completeness check, if the clerk made it at the window in the same act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_window: Option<Opening>,
    /// Tracking.
    pub slip: Slip,
    /// Day 0 of the whole request.
    pub received_on: Date,
    /// Working days of the whole request.
    pub days: u16,
    /// Last day of the whole request.
    pub total: Deadline,
    /// What the law adds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<Statutory>,
    /// What followed.
    pub effect: Effect,
}
