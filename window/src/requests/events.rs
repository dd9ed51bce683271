//! Events of a request (أحداث الطلب): stream `request`, one event per act, each with its consequences.
//!
//! An event tells what was done and, in its [`Effect`], everything that followed from it: steps opened,
//! closed or skipped, clocks moved, fees charged, the status after it. Nobody who reads the record needs
//! the service file, a calendar or a tree of units to know where the request stood. Amounts are piastres,
//! dates ISO text, decimals text; personal values are opaque ciphers. Kinds are never edited.

mod course;
mod effect;
mod intake;
mod outcome;
mod voice;

use serde_json::Value;

pub use course::*;
pub use effect::*;
pub use intake::*;
pub use outcome::*;
pub use voice::*;

/// Kind of the stream in which a request lives.
pub const STREAM: &str = "request";

/// An event that this program cannot read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// No event of a request has this kind.
    #[error("unknown kind of event: {0}")]
    Kind(String),
    /// The data does not fit the kind.
    #[error("event {kind} does not read")]
    Data {
        /// The kind.
        kind: String,
        /// What the reader says.
        #[source]
        source: serde_json::Error,
    },
}

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident($data:ty) = $kind:literal),+ $(,)?) => {
        /// An event of a request (حدث).
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum RequestEvent {
            $($(#[$doc])* $name($data),)+
        }

        impl RequestEvent {
            /// Every kind that there is.
            pub const KINDS: &'static [&'static str] = &[$($kind),+];

            /// The kind, as the record keeps it.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$name(_) => $kind,)+ }
            }

            /// What followed from the act.
            #[must_use]
            pub fn effect(&self) -> &Effect {
                match self { $(Self::$name(data) => &data.effect,)+ }
            }

            /// The data, as the record keeps it.
            ///
            /// # Errors
            /// Never for events that `decide` makes; the serialiser's own error otherwise.
            pub fn data(&self) -> Result<Value, serde_json::Error> {
                match self { $(Self::$name(data) => serde_json::to_value(data),)+ }
            }

            /// Reads an event back from its kind and bytes.
            ///
            /// # Errors
            /// [`Unreadable`] for an unknown kind or data that do not fit it.
            pub fn read(kind: &str, data: &[u8]) -> Result<Self, Unreadable> {
                let unfit = |source| Unreadable::Data { kind: kind.to_owned(), source };
                match kind {
                    $($kind => Ok(Self::$name(serde_json::from_slice(data).map_err(unfit)?)),)+
                    other => Err(Unreadable::Kind(other.to_owned())),
                }
            }
        }
    };
}

events! {
    /// قُيد الطلب
    Registered(Box<Registered>) = "request.registered",
    /// أُنجزت مرحلة
    StepAccepted(StepAccepted) = "request.step-accepted",
    /// طُلب استيفاء
    CompletionAsked(CompletionAsked) = "request.completion-asked",
    /// استُوفي
    CompletionAnswered(CompletionAnswered) = "request.completion-answered",
    /// سُئلت إدارة أخرى
    ConsultAsked(ConsultAsked) = "request.consult-asked",
    /// ردت الإدارة
    ConsultAnswered(ConsultAnswered) = "request.consult-answered",
    /// عُدل عن السؤال
    ConsultRecalled(ConsultRecalled) = "request.consult-recalled",
    /// مُدت المدة
    Extended(Extended) = "request.extended",
    /// أُعيد حساب المواعيد
    Redated(Redated) = "request.redated",
    /// انقضت مدة قانونية
    LimitPassed(LimitPassed) = "request.limit-passed",
    /// حُدد موعد معاينة
    VisitScheduled(VisitScheduled) = "request.visit-scheduled",
    /// قُدم تقرير معاينة
    VisitReported(Box<VisitReported>) = "request.visit-reported",
    /// انعقدت جلسة
    SittingHeld(SittingHeld) = "request.sitting-held",
    /// قُدرت الرسوم
    FeesAssessed(FeesAssessed) = "request.fees-assessed",
    /// سُدد
    PaymentCollected(PaymentCollected) = "request.payment-collected",
    /// أُعيد لمرحلة سابقة
    ReworkAsked(ReworkAsked) = "request.rework-asked",
    /// رُفض
    Refused(Refused) = "request.refused",
    /// سُحب
    Withdrawn(Withdrawn) = "request.withdrawn",
    /// أُلغي القيد
    Voided(Voided) = "request.voided",
    /// صدر المحرر
    Issued(Box<Issued>) = "request.issued",
    /// سُلّم
    HandedOver(HandedOver) = "request.handed-over",
    /// أُلغي المحرر
    PaperRevoked(PaperRuling) = "request.paper-revoked",
    /// أُوقف المحرر
    PaperSuspended(PaperRuling) = "request.paper-suspended",
    /// أُعيد المحرر
    PaperRestored(PaperRuling) = "request.paper-restored",
    /// حل محرر آخر محله
    PaperSuperseded(PaperSuperseded) = "request.paper-superseded",
    /// ذُكّر بقرب الانتهاء
    ExpiryReminded(ExpiryReminded) = "request.expiry-reminded",
    /// أُرفقت ملفات
    FileAttached(FileAttached) = "request.file-attached",
    /// استُكملت بيانات الجهة
    OfficeFilled(OfficeFilled) = "request.office-filled",
    /// أُضيفت ملاحظة
    NoteAdded(NoteAdded) = "request.note-added",
    /// أبدى مقدمه ما يناسبه من مواعيد المعاينة
    VisitWished(VisitWished) = "request.visit-wished",
    /// تُظلم من الرفض
    Objected(Objected) = "request.objected",
    /// بُت في التظلم
    ObjectionDecided(ObjectionDecided) = "request.objection-decided",
    /// استُلمت المرحلة
    Taken(Taken) = "request.taken",
    /// أُعيد توزيع المرحلة
    Reassigned(Reassigned) = "request.reassigned",
}

impl RequestEvent {
    /// The step that the event is about; none = the whole request.
    #[must_use]
    pub fn step(&self) -> Option<StepNo> {
        match self {
            Self::StepAccepted(data) => Some(data.step),
            Self::CompletionAsked(data) => Some(data.step),
            Self::CompletionAnswered(data) => Some(data.step),
            Self::ConsultAsked(data) => Some(data.step),
            Self::ConsultAnswered(data) => Some(data.step),
            Self::ConsultRecalled(data) => Some(data.step),
            Self::Extended(data) => Some(data.step),
            Self::VisitScheduled(data) => Some(data.step),
            Self::VisitReported(data) => Some(data.step),
            Self::VisitWished(data) => Some(data.step),
            Self::SittingHeld(data) => Some(data.step),
            Self::FeesAssessed(data) => Some(data.step),
            Self::PaymentCollected(data) => Some(data.step),
            Self::ReworkAsked(data) => Some(data.step),
            Self::Refused(data) => Some(data.step),
            Self::Issued(data) => Some(data.step),
            Self::HandedOver(data) => data.step,
            Self::FileAttached(data) => data.step,
            Self::OfficeFilled(data) => Some(data.step),
            Self::NoteAdded(data) => data.step,
            Self::Taken(data) => Some(data.step),
            Self::Reassigned(data) => Some(data.step),
            Self::LimitPassed(data) => data.limit.step,
            Self::Registered(_)
            | Self::Redated(_)
            | Self::Withdrawn(_)
            | Self::Voided(_)
            | Self::Objected(_)
            | Self::ObjectionDecided(_)
            | Self::PaperRevoked(_)
            | Self::PaperSuspended(_)
            | Self::PaperRestored(_)
            | Self::PaperSuperseded(_)
            | Self::ExpiryReminded(_) => None,
        }
    }

    /// Whether the event changes the limits of the law under which the desks stand.
    #[must_use]
    pub fn moves_limits(&self) -> bool {
        let effect = self.effect();
        matches!(self, Self::LimitPassed(_)) || effect.statutory.is_some() || !effect.limits.is_empty()
    }

    /// Whether the event changes what was handed in; all others leave [`super::state::File`] as it is.
    #[must_use]
    pub const fn touches_file(&self) -> bool {
        matches!(
            self,
            Self::Registered(_) | Self::CompletionAnswered(_) | Self::FileAttached(_) | Self::OfficeFilled(_)
        )
    }
}

const fn is_zero(value: &u16) -> bool {
    *value == 0
}

const fn is_false(value: &bool) -> bool {
    !*value
}
