//! Fees as the catalogue computes them today, for the rules.

use catalogue::model::{Service, StepKind};
use foundation::clock::Micros;

use crate::Office;
use crate::requests::events::{Answers, Applicant};
use crate::requests::rules::{Command, Fees, Known, day};
use crate::requests::state::State;

/// Fees for a command on a request; none where the command cannot come to a payment.
pub(super) fn of(office: &Office, service: &Service, state: &State, what: &Command, now: Micros) -> Option<Fees> {
    let harmless = matches!(
        what,
        Command::Take { .. }
            | Command::Reassign { .. }
            | Command::AddNote { .. }
            | Command::Attach { .. }
            | Command::AskCompletion { .. }
            | Command::AskConsult { .. }
            | Command::AnswerConsult { .. }
            | Command::RecallConsult { .. }
            | Command::Extend { .. }
            | Command::Redate
            | Command::ScheduleVisit { .. }
            | Command::WishVisit { .. }
            | Command::Object { .. }
            | Command::DecideObjection { upheld: false, .. }
            | Command::RulePaper { .. }
            | Command::EndSuspension { .. }
            | Command::RemindExpiry { .. }
            | Command::Withdraw { .. }
            | Command::Void { .. }
    );
    if harmless || !charges(service) {
        return None;
    }
    let figures = office.figures(&state.file.tenant);
    let known = Known::of(state, service);
    let mut assessed = state.course.assessed.clone();
    Some(match what {
        Command::AnswerCompletion { answers, .. } | Command::FillIn { answers, .. } => {
            let mut corrected = state.file.answers.clone();
            corrected.extend(answers.clone());
            Fees::reckon(&known.with_answers(&corrected), &figures, &assessed, day(now))
        }
        Command::ReportVisit { answers, .. } => {
            let mut report = state.course.report.clone();
            report.extend(answers.clone());
            Fees::reckon(&known.with_report(&report), &figures, &assessed, day(now))
        }
        Command::AssessFees { assessed: set, .. } => {
            assessed.extend(set.clone());
            Fees::reckon(&known, &figures, &assessed, day(now))
        }
        _ => Fees::reckon(&known, &figures, &assessed, day(now)),
    })
}

/// Fees of a request as the rules give them today, for the page of a payment or an assessment; none
/// if its service charges nothing or is not known here. What is charged already stands in its course.
#[must_use]
pub fn today(office: &Office, state: &State) -> Option<Fees> {
    let service = office.version(&state.file.service)?;
    let figures = office.figures(&state.file.tenant);
    let known = Known::of(state, &service);
    charges(&service).then(|| Fees::reckon(&known, &figures, &state.course.assessed, day(office.clock.now())))
}

/// Fees at registration.
pub(super) fn at_intake(
    office: &Office,
    service: &Service,
    tenant: &str,
    applicant: &Applicant,
    answers: &Answers,
    now: Micros,
) -> Option<Fees> {
    let known = Known::told(service, applicant, answers);
    charges(service).then(|| Fees::reckon(&known, &office.figures(tenant), &Default::default(), day(now)))
}

fn charges(service: &Service) -> bool {
    service.steps.iter().any(|step| step.kind == StepKind::Pay)
}
