//! Why something may not happen (أسباب عدم القبول), each with the message that a page shows.

use foundation::money::Piastres;
use jiff::civil::Date;
use uuid::Uuid;

use crate::requests::events::{PauseReason, Status, StepNo};
use crate::requests::state::{Mark, Phase, Standing};
use catalogue::model::StepKind;

/// Minutes in which the clerk who registered a request may void it.
pub const VOID_MINUTES: i64 = 15;

/// Fewest members of a committee who make a sitting.
pub const QUORUM: usize = 3;

/// سبب عدم القبول: message key `refusal-…` by [`Refusal::key`], with [`Refusal::args`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("refused: {}", self.key())]
pub enum Refusal {
    /// No such request.
    NotFound,
    /// The request was registered already.
    AlreadyRegistered,
    /// Somebody did something meanwhile that changes the ground.
    Changed {
        /// What, oldest first.
        since: Vec<Mark>,
    },
    /// The request has ended.
    Over {
        /// How.
        status: Status,
    },
    /// The service has no such step, or the request has not come to it.
    NotReached {
        /// The step.
        step: StepNo,
    },
    /// The step is not on a desk any more.
    NotOpen {
        /// The step.
        step: StepNo,
        /// Where it stands.
        phase: Phase,
    },
    /// The step stands still.
    Halted {
        /// Why.
        reason: PauseReason,
    },
    /// Another officer has it.
    TakenByOther {
        /// Who.
        by: Uuid,
    },
    /// This is not done at a step of this kind.
    WrongKind {
        /// The kind of the step.
        kind: StepKind,
    },
    /// A visit has to be reported first.
    NeedsReport,
    /// A committee decides in a sitting.
    NeedsSitting,
    /// Nobody sits in this department: it is no committee.
    NoCommittee,
    /// Too few members.
    NoQuorum {
        /// Members named.
        members: usize,
    },
    /// A day that cannot be.
    DateOutside {
        /// First possible day.
        from: Date,
        /// Last possible day, if there is one.
        to: Option<Date>,
    },
    /// Nobody works on that day there.
    NotWorkingDay {
        /// The day.
        date: Date,
    },
    /// Words are missing.
    TextMissing {
        /// Field of the form.
        field: &'static str,
    },
    /// A number of days that cannot be.
    DaysOutside {
        /// Most that can be.
        most: u16,
    },
    /// Documents are still to come.
    PapersPending {
        /// Their codes.
        docs: Vec<String>,
    },
    /// A question to another department is not answered.
    ConsultOpen {
        /// The department.
        department: String,
    },
    /// No such question.
    NoConsult,
    /// No such department, or the same one.
    NoDepartment {
        /// The code.
        department: String,
    },
    /// Nothing was named that is missing.
    NothingMissing,
    /// The service has no such item, document, reason or field.
    Unknown {
        /// The code.
        code: String,
    },
    /// Nothing was asked of the applicant here.
    NothingAsked,
    /// The applicant still has time.
    WaitingForApplicant {
        /// Until this day.
        until: Date,
    },
    /// The law spoke because the office did not: that stands.
    ByLaw {
        /// Last day of the limit.
        due: Date,
    },
    /// The law's day has not passed.
    LimitRuns {
        /// Last day of the limit.
        due: Date,
    },
    /// An approval cannot stand against itself.
    OpinionAgainst,
    /// No reason of the service's list.
    ReasonMissing,
    /// An earlier, finished step has to be named.
    NotEarlier {
        /// The step that was named.
        step: StepNo,
    },
    /// Money was taken on this assessment.
    PaidAlready,
    /// Fees cannot be computed: parts without the values they need.
    FeesUnknown {
        /// Their codes.
        parts: Vec<String>,
    },
    /// Not the sum that is due.
    WrongAmount {
        /// Due.
        due: Piastres,
        /// Given.
        given: Piastres,
    },
    /// Fees are not paid.
    Unpaid {
        /// How much.
        due: Piastres,
    },
    /// The paper is not issued.
    NotIssued,
    /// The paper, or the result, was handed over.
    AlreadyHandedOver,
    /// The request has no agent.
    NoAgent,
    /// No such paper.
    NoPaper {
        /// The number.
        number: String,
    },
    /// A paper in this standing cannot be ruled so.
    PaperStands {
        /// Its standing.
        standing: Standing,
    },
    /// A paper cannot be valid longer.
    ValidTooLong {
        /// The last possible day.
        most: Date,
    },
    /// A paper is issued: too late to withdraw or void.
    TooLateIssued,
    /// Work has begun: the clerk can no longer void.
    VoidWorked,
    /// The clerk's time is over; the manager may.
    VoidLate,
    /// Only the clerk who registered it may, or the manager.
    VoidNotYours,
    /// Money was taken: a void would lose it.
    VoidPaid,
    /// The service takes no requests on this day.
    NotAccepting {
        /// First day.
        from: Date,
        /// Last day.
        to: Option<Date>,
    },
    /// The service is not for such applicants.
    WrongApplicant,
    /// The service is not offered this way.
    WrongChannel,
    /// A value that must not lie open in the record.
    PersonalInClear {
        /// The field.
        field: String,
    },
    /// No paper of this governorate has the number.
    ParentUnknown {
        /// The number.
        number: String,
    },
    /// The service is not about papers of that service.
    ParentService {
        /// Code of the paper's service.
        service: String,
    },
    /// The paper is suspended or revoked.
    ParentStands {
        /// Its standing.
        standing: Standing,
    },
    /// Another paper took its place.
    ParentSuperseded {
        /// Number of that one.
        by: String,
    },
    /// Its term ended too long ago.
    ParentExpired {
        /// Its last day.
        on: Date,
    },
    /// Only its holder may ask for this.
    ParentNotHolder,
    /// It is the applicant's already: nothing is to be transferred.
    ParentSameHolder,
    /// Another request about it is under way.
    ParentBusy {
        /// Number of that request.
        number: String,
    },
    /// Licensing is frozen here.
    Frozen {
        /// Number of the decision.
        decision: String,
        /// Its day.
        dated: Date,
        /// Last day.
        until: Date,
    },
    /// A number that is neither whole nor text.
    NotExact {
        /// The field.
        field: String,
    },
    /// A condition of the service cannot be evaluated.
    Condition {
        /// The step or part.
        at: String,
    },
    /// Only a refusal is objected to.
    NotRefused,
    /// An objection is being looked at.
    ObjectionOpen,
    /// An objection to this refusal was decided.
    ObjectionHeard,
    /// The days for an objection are over.
    ObjectionLate {
        /// The last of them.
        until: Date,
    },
    /// No such objection waits.
    NoObjection,
    /// Who refused does not decide on the objection.
    ObjectionOwn,
    /// The visit is today, or was.
    VisitNear {
        /// Its day.
        date: Date,
    },
    /// Another day was asked for already.
    WishedAgain,
    /// More days than can be named.
    TooManyDays,
    /// Nothing would change.
    NothingChanged,
    /// A number, token or desk that the node has to provide is not there.
    NotProvided {
        /// What.
        what: &'static str,
    },
}

impl Refusal {
    /// Key of the message.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotFound => "refusal-not-found",
            Self::AlreadyRegistered => "refusal-already-registered",
            Self::Changed { .. } => "refusal-changed",
            Self::Over { .. } => "refusal-over",
            Self::NotReached { .. } => "refusal-not-reached",
            Self::NotOpen { .. } => "refusal-not-open",
            Self::Halted { .. } => "refusal-halted",
            Self::TakenByOther { .. } => "refusal-taken-by-other",
            Self::WrongKind { .. } => "refusal-wrong-kind",
            Self::NeedsReport => "refusal-needs-report",
            Self::NeedsSitting => "refusal-needs-sitting",
            Self::NoCommittee => "refusal-no-committee",
            Self::NoQuorum { .. } => "refusal-no-quorum",
            Self::DateOutside { from: Date::MIN, .. } => "refusal-date-to",
            Self::DateOutside { to: None, .. } => "refusal-date-from",
            Self::DateOutside { .. } => "refusal-date-between",
            Self::NotWorkingDay { .. } => "refusal-not-working-day",
            Self::TextMissing { .. } => "refusal-text-missing",
            Self::DaysOutside { .. } => "refusal-days-outside",
            Self::PapersPending { .. } => "refusal-papers-pending",
            Self::ConsultOpen { .. } => "refusal-consult-open",
            Self::NoConsult => "refusal-no-consult",
            Self::NoDepartment { .. } => "refusal-no-department",
            Self::NothingMissing => "refusal-nothing-missing",
            Self::Unknown { .. } => "refusal-unknown",
            Self::NothingAsked => "refusal-nothing-asked",
            Self::WaitingForApplicant { .. } => "refusal-waiting-for-applicant",
            Self::ByLaw { .. } => "refusal-by-law",
            Self::LimitRuns { .. } => "refusal-limit-runs",
            Self::OpinionAgainst => "refusal-opinion-against",
            Self::ReasonMissing => "refusal-reason-missing",
            Self::NotEarlier { .. } => "refusal-not-earlier",
            Self::PaidAlready => "refusal-paid-already",
            Self::FeesUnknown { .. } => "refusal-fees-unknown",
            Self::WrongAmount { .. } => "refusal-wrong-amount",
            Self::Unpaid { .. } => "refusal-unpaid",
            Self::NotIssued => "refusal-not-issued",
            Self::AlreadyHandedOver => "refusal-already-handed-over",
            Self::NoAgent => "refusal-no-agent",
            Self::NoPaper { .. } => "refusal-no-paper",
            Self::PaperStands { .. } => "refusal-paper-stands",
            Self::ValidTooLong { .. } => "refusal-valid-too-long",
            Self::TooLateIssued => "refusal-too-late-issued",
            Self::VoidWorked => "refusal-void-worked",
            Self::VoidLate => "refusal-void-late",
            Self::VoidNotYours => "refusal-void-not-yours",
            Self::VoidPaid => "refusal-void-paid",
            Self::NotAccepting { to: None, .. } => "refusal-not-accepting-from",
            Self::NotAccepting { .. } => "refusal-not-accepting-between",
            Self::WrongApplicant => "refusal-wrong-applicant",
            Self::WrongChannel => "refusal-wrong-channel",
            Self::PersonalInClear { .. } => "refusal-personal-in-clear",
            Self::ParentUnknown { .. } => "refusal-parent-unknown",
            Self::ParentService { .. } => "refusal-parent-service",
            Self::ParentStands { .. } => "refusal-parent-stands",
            Self::ParentSuperseded { .. } => "refusal-parent-superseded",
            Self::ParentExpired { .. } => "refusal-parent-expired",
            Self::ParentNotHolder => "refusal-parent-not-holder",
            Self::ParentSameHolder => "refusal-parent-same-holder",
            Self::ParentBusy { .. } => "refusal-parent-busy",
            Self::Frozen { .. } => "refusal-frozen",
            Self::NotExact { .. } => "refusal-not-exact",
            Self::Condition { .. } => "refusal-condition",
            Self::NotRefused => "refusal-not-refused",
            Self::ObjectionOpen => "refusal-objection-open",
            Self::ObjectionHeard => "refusal-objection-heard",
            Self::ObjectionLate { .. } => "refusal-objection-late",
            Self::NoObjection => "refusal-no-objection",
            Self::ObjectionOwn => "refusal-objection-own",
            Self::VisitNear { .. } => "refusal-visit-near",
            Self::WishedAgain => "refusal-wished-again",
            Self::TooManyDays => "refusal-too-many-days",
            Self::NothingChanged => "refusal-nothing-changed",
            Self::NotProvided { .. } => "refusal-not-provided",
        }
    }

    /// Arguments of the message, as the page formats them.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, Arg)> {
        match self {
            Self::Over { status } => vec![("status", Arg::Word(status.word()))],
            Self::NotReached { step } | Self::NotEarlier { step } => {
                vec![("step", Arg::Number(i64::from(*step)))]
            }
            Self::NotOpen { step, phase } => {
                vec![("step", Arg::Number(i64::from(*step))), ("phase", Arg::Word(phase.word()))]
            }
            Self::Halted { reason } => vec![("reason", Arg::Word(reason.word()))],
            Self::TakenByOther { by } => vec![("by", Arg::Staff(*by))],
            Self::WrongKind { kind } => vec![("kind", Arg::Word(kind.code()))],
            Self::NoQuorum { members } => {
                vec![("members", Arg::Number(i64::try_from(*members).unwrap_or(i64::MAX))), ("quorum", Arg::Number(3))]
            }
            Self::DateOutside { from, to } | Self::NotAccepting { from, to } => {
                let mut args = vec![("from", Arg::Date(*from))];
                args.extend(to.map(|to| ("to", Arg::Date(to))));
                args
            }
            Self::NotWorkingDay { date } | Self::VisitNear { date } => vec![("date", Arg::Date(*date))],
            Self::TextMissing { field } => vec![("field", Arg::Word(field))],
            Self::DaysOutside { most } => vec![("most", Arg::Number(i64::from(*most)))],
            Self::PapersPending { docs } => vec![("docs", Arg::Codes(docs.clone()))],
            Self::ConsultOpen { department } | Self::NoDepartment { department } => {
                vec![("department", Arg::Codes(vec![department.clone()]))]
            }
            Self::Unknown { code } => vec![("code", Arg::Text(code.clone()))],
            Self::ByLaw { due } | Self::LimitRuns { due } => vec![("due", Arg::Date(*due))],
            Self::WaitingForApplicant { until } | Self::ObjectionLate { until } => vec![("until", Arg::Date(*until))],
            Self::FeesUnknown { parts } => vec![("parts", Arg::Codes(parts.clone()))],
            Self::WrongAmount { due, given } => {
                vec![("due", Arg::Money(*due)), ("given", Arg::Money(*given))]
            }
            Self::ParentUnknown { number } | Self::ParentBusy { number } => {
                vec![("number", Arg::Text(number.clone()))]
            }
            Self::ParentService { service } => vec![("service", Arg::Service(service.clone()))],
            Self::ParentStands { standing } => vec![("standing", Arg::Word(standing.word()))],
            Self::ParentSuperseded { by } => vec![("by", Arg::Text(by.clone()))],
            Self::ParentExpired { on } => vec![("on", Arg::Date(*on))],
            Self::Frozen { decision, dated, until } => vec![
                ("decision", Arg::Text(decision.clone())),
                ("dated", Arg::Date(*dated)),
                ("until", Arg::Date(*until)),
            ],
            Self::Unpaid { due } => vec![("due", Arg::Money(*due))],
            Self::NoPaper { number } => vec![("number", Arg::Text(number.clone()))],
            Self::PaperStands { standing } => vec![("standing", Arg::Word(standing.word()))],
            Self::ValidTooLong { most } => vec![("most", Arg::Date(*most))],
            Self::VoidLate => vec![("minutes", Arg::Number(VOID_MINUTES))],
            Self::PersonalInClear { field } | Self::NotExact { field } => {
                vec![("field", Arg::Text(field.clone()))]
            }
            Self::Condition { at } => vec![("at", Arg::Text(at.clone()))],
            Self::NotProvided { what } => vec![("what", Arg::Word(what))],
            _ => Vec::new(),
        }
    }

    /// Whether the page answers 409: the form is right, the world has moved.
    #[must_use]
    pub const fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Changed { .. }
                | Self::Over { .. }
                | Self::NotOpen { .. }
                | Self::TakenByOther { .. }
                | Self::AlreadyRegistered
                | Self::AlreadyHandedOver
                | Self::ObjectionOpen
                | Self::ObjectionHeard
                | Self::NoObjection
        )
    }
}

/// One argument of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A whole number.
    Number(i64),
    /// A day.
    Date(Date),
    /// An amount.
    Money(Piastres),
    /// A word of ours, for a selector in the message.
    Word(&'static str),
    /// A person of the staff.
    Staff(Uuid),
    /// Codes of documents, departments or fee parts, to be named from the catalogue.
    Codes(Vec<String>),
    /// Code of a service, to be named.
    Service(String),
    /// As it is.
    Text(String),
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_refusal_can_be_said_in_arabic() {
        let texts = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../messages/ar/refusal.ftl"));
        let said: BTreeSet<&str> = texts
            .lines()
            .filter(|line| line.starts_with("refusal-"))
            .filter_map(|line| line.split(' ').next())
            .collect();
        let keys: BTreeSet<&str> = include_str!("refusal.rs")
            .split('"')
            .filter(|word| word.starts_with("refusal-") && !word.contains('.'))
            .filter(|word| word.len() > "refusal-".len())
            .collect();
        assert_eq!(keys, said);
    }
}
