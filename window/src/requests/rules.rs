//! What may happen to a request, and what follows from it (قواعد سير الطلب).
//!
//! [`decide`] is pure: it sees a state, a command and the [`Facts`] that the node knows, and gives the
//! event, with all its consequences, or a [`Refusal`] that a page can say in Arabic. It follows exactly
//! the steps that the service declares; who holds which right is judged elsewhere, before.

mod clock;
mod command;
mod completion;
mod conditions;
mod consult;
mod decision;
mod facts;
mod guard;
mod intake;
mod journey;
mod law;
mod limits;
mod lineage;
mod money;
mod objection;
mod papers;
mod plan;
mod refusal;
mod steps;
mod turn;
mod visits;

#[cfg(test)]
mod tests;

use super::events::{ParentRef, RequestEvent};
use super::state::State;

pub use clock::{day, so_far};
pub use command::{Command, Register};
pub use conditions::Known;
pub use facts::{DrawnPaper, DrawnReceipt, Facts, Fees, Frozen, Seat, World};
pub use journey::{Journey, JourneyLine, Moment, ObjectionLine, journey};
pub use lineage::{
    ParentFacts, accept as accept_parent, act as parent_act, named as named_parent, point as public_point,
};
pub use objection::{last_day as objection_until, may_object};
pub use papers::{last_day, paper_kind, printed_values};
pub use refusal::{Arg, QUORUM, Refusal, VOID_MINUTES};
pub use visits::{WISHES, may_wish};

/// Judges a command: the events that it makes (one, as things are), or why it may not be.
///
/// # Errors
/// [`Refusal`], with the message that a page shows.
pub fn decide(state: Option<&State>, command: &Command, facts: &Facts<'_>) -> Result<Vec<RequestEvent>, Refusal> {
    let event = match (state, command) {
        (None, Command::Register(register)) => intake::register(register, facts),
        (Some(_), Command::Register(_)) => Err(Refusal::AlreadyRegistered),
        (None, _) => Err(Refusal::NotFound),
        (Some(state), command) => act(state, command, facts),
    }?;
    Ok(vec![event])
}

/// What becomes of the paper that a request is about, when the request's own paper is issued: an event
/// of the parent's request. `facts` are the parent's, `child` the request's number and id.
///
/// # Errors
/// [`Refusal`].
pub fn follow_parent(
    state: &State,
    facts: &Facts<'_>,
    parent: &ParentRef,
    child: (&str, uuid::Uuid),
    number: &str,
) -> Result<Option<RequestEvent>, Refusal> {
    lineage::follow(&guard::Case { state, facts }, parent, child, number)
}

fn act(state: &State, command: &Command, facts: &Facts<'_>) -> Result<RequestEvent, Refusal> {
    guard::unchanged(state, command, facts)?;
    let case = guard::Case { state, facts };
    match command {
        Command::Register(_) => Err(Refusal::AlreadyRegistered),
        Command::Accept { step, opinion, note, checklist, decision, papers_later } => {
            let words = steps::Words { opinion: *opinion, note, checklist, decision: decision.as_ref() };
            steps::accept(&case, *step, &words, *papers_later)
        }
        Command::Take { step, consult } => steps::take(&case, *step, *consult),
        Command::Reassign { step, consult, to, reason } => steps::reassign(&case, *step, *consult, *to, reason),
        Command::AskRework { step, to, reason } => steps::ask_rework(&case, *step, *to, reason),
        Command::FillIn { step, answers } => steps::fill_in(&case, *step, answers),
        Command::AddNote { step, text } => steps::add_note(&case, *step, text),
        Command::AskCompletion { step, items, note, until } => completion::ask(&case, *step, items, note, *until),
        Command::AnswerCompletion { step, items, answers, personal } => {
            completion::answer(&case, *step, items, answers, personal)
        }
        Command::Attach { step, doc, files } => completion::attach(&case, *step, doc.as_deref(), files),
        Command::AskConsult { step, department, question, days, halts } => {
            consult::ask(&case, *step, department, question, *days, *halts)
        }
        Command::AnswerConsult { consult, opinion, answer, files } => {
            consult::answer(&case, *consult, *opinion, answer, files)
        }
        Command::RecallConsult { consult } => consult::recall(&case, *consult),
        Command::Extend { step, days, reason, decision } => limits::extend(&case, *step, *days, reason, decision),
        Command::Redate => limits::redate(&case),
        Command::PassLimit { limit } => law::pass(&case, limit),
        Command::ScheduleVisit { step, date, hour, inspector } => {
            visits::schedule(&case, *step, *date, hour, *inspector)
        }
        Command::ReportVisit { step, date, answers, personal, recommendation, note, files } => {
            let report = visits::Report { answers, personal, recommendation: *recommendation, note, files };
            visits::report(&case, *step, *date, &report)
        }
        Command::WishVisit { step, days, personal } => visits::wish(&case, *step, days, personal),
        Command::Object { personal, files } => objection::object(&case, personal, files),
        Command::DecideObjection { objection, upheld, reasons, decision } => {
            objection::decide(&case, *objection, *upheld, (reasons, decision))
        }
        Command::HoldSitting { step, sitting, resolution, note } => {
            decision::hold_sitting(&case, *step, sitting, resolution, note)
        }
        Command::Refuse { step, reasons, text, decision } => {
            decision::refuse(&case, *step, reasons, text, decision.as_ref())
        }
        Command::Withdraw { reason } => decision::withdraw(&case, reason),
        Command::Void { reason } => decision::void(&case, reason),
        Command::AssessFees { step, assessed, sitting, note } => {
            money::assess(&case, *step, assessed, sitting.as_ref(), note)
        }
        Command::Collect { step, amount, slip } => money::collect(&case, *step, *amount, slip),
        Command::Issue { step } => papers::issue(&case, *step),
        Command::HandOver { to, checked } => papers::hand_over(&case, *to, checked),
        Command::RulePaper { number, standing, reason, decision, until } => {
            papers::rule(&case, number, *standing, (reason, decision), *until)
        }
        Command::EndSuspension { number } => papers::end_suspension(&case, number),
        Command::RemindExpiry { number } => papers::remind(&case, number),
    }
}
