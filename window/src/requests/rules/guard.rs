//! What every act asks first: is the ground still the same, is the step on the desk, is it mine.

use catalogue::model::{Step, StepKind};
use jiff::civil::Date;
use uuid::Uuid;

use super::clock;
use super::command::Command;
use super::facts::{Facts, Seat};
use super::plan::Plan;
use super::refusal::Refusal;
use super::turn::Turn;
use crate::requests::events::*;
use crate::requests::state::{Consult, Mark, Phase, State, StepState};

/// A request under way and the facts of the command.
pub(super) struct Case<'a> {
    pub state: &'a State,
    pub facts: &'a Facts<'a>,
}

/// A step on its desk, as declared and as it stands.
pub(super) struct Desk<'a> {
    pub no: StepNo,
    pub step: &'a Step,
    pub stands: &'a StepState,
    pub seat: Seat,
}

/// Refuses if somebody acted meanwhile in a way that matters to the command.
pub(super) fn unchanged(state: &State, command: &Command, facts: &Facts<'_>) -> Result<(), Refusal> {
    let Some(seen) = facts.expected else { return Ok(()) };
    let subject = match command {
        Command::AnswerConsult { consult, .. } | Command::RecallConsult { consult } => {
            state.course.consult(*consult).map(|consult| consult.step)
        }
        command => command.step(),
    };
    // An end anywhere takes the ground from under every form.
    let subject = if state.course.status.is_final() { None } else { subject };
    let since: Vec<Mark> = state.course.since(seen, subject).into_iter().cloned().collect();
    if since.is_empty() { Ok(()) } else { Err(Refusal::Changed { since }) }
}

impl<'a> Case<'a> {
    /// The service's steps.
    pub const fn plan(&self) -> Plan<'a> {
        Plan(self.facts.service)
    }

    /// A turn to be filled.
    pub fn turn(&self) -> Turn<'a> {
        Turn::of(self.state, self.facts)
    }

    /// Today in Cairo.
    pub fn today(&self) -> Date {
        clock::day(self.facts.now)
    }

    /// The request has not ended.
    pub const fn going(&self) -> Result<(), Refusal> {
        let status = self.state.course.status;
        if status.is_final() { Err(Refusal::Over { status }) } else { Ok(()) }
    }

    /// The step lies on a desk, its clock running or not, and no other officer has it.
    pub fn desk(&self, no: StepNo) -> Result<Desk<'a>, Refusal> {
        self.going()?;
        let missing = Refusal::NotReached { step: no };
        let step = self.plan().step(no).ok_or_else(|| missing.clone())?;
        let stands = self.state.course.step(no).ok_or(missing)?;
        if !stands.is_open() {
            return Err(Refusal::NotOpen { step: no, phase: stands.phase });
        }
        self.mine(stands.taken_by)?;
        let file = &self.state.file;
        let seat = self.facts.world.seat(&file.tenant, &file.unit, &step.department);
        let mut seat = seat.ok_or(Refusal::NotProvided { what: "seat" })?;
        if let Some(holder) = &stands.holder {
            seat.holder = holder.clone();
        }
        Ok(Desk { no, step, stands, seat })
    }

    /// The same, with the clock running.
    pub fn running(&self, no: StepNo) -> Result<Desk<'a>, Refusal> {
        let desk = self.desk(no)?;
        if desk.stands.phase == Phase::Halted {
            let pauses = desk.stands.clock.iter().flat_map(|clock| clock.pauses.last());
            let reason = pauses.map(|pause| pause.reason).next_back();
            return Err(Refusal::Halted { reason: reason.unwrap_or(PauseReason::Completion) });
        }
        Ok(desk)
    }

    /// The question awaits its answer.
    pub fn question(&self, no: u16) -> Result<&'a Consult, Refusal> {
        self.going()?;
        let consult = self.state.course.consult(no);
        consult.filter(|consult| consult.is_open()).ok_or(Refusal::NoConsult)
    }

    /// No other officer has it; a manager may take over.
    pub fn mine(&self, taken_by: Option<Uuid>) -> Result<(), Refusal> {
        match taken_by {
            Some(by) if self.facts.actor != Some(by) && !self.facts.by_manager => Err(Refusal::TakenByOther { by }),
            _ => Ok(()),
        }
    }

    /// A decision has a number and a day that is not to come.
    pub fn decision(&self, decision: &Decision) -> Result<(), Refusal> {
        words(&decision.number, "decision")?;
        self.past(decision.date)
    }

    /// A day that is not to come.
    pub fn past(&self, date: Date) -> Result<(), Refusal> {
        let today = self.today();
        if date > today {
            return Err(Refusal::DateOutside { from: Date::MIN, to: Some(today) });
        }
        Ok(())
    }
}

impl Desk<'_> {
    /// The step is of one of these kinds.
    pub fn kind(&self, kinds: &[StepKind]) -> Result<(), Refusal> {
        if kinds.contains(&self.step.kind) { Ok(()) } else { Err(Refusal::WrongKind { kind: self.step.kind }) }
    }

    /// The step needs judgment.
    pub fn judgment(&self) -> Result<(), Refusal> {
        if Plan::is_judgment(self.step.kind) { Ok(()) } else { Err(Refusal::WrongKind { kind: self.step.kind }) }
    }

    /// Whether the step is decided in a sitting.
    pub fn sits(&self) -> bool {
        self.seat.committee && matches!(self.step.kind, StepKind::Check | StepKind::Review | StepKind::Approve)
    }

    /// No question of this step is open.
    pub fn no_questions(&self, case: &Case<'_>) -> Result<(), Refusal> {
        match case.state.course.open_consults(self.no).next() {
            Some(open) => Err(Refusal::ConsultOpen { department: open.holder.department.clone() }),
            None => Ok(()),
        }
    }
}

/// Words that may not be empty.
pub(super) fn words(text: &str, field: &'static str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(Refusal::TextMissing { field }) } else { Ok(()) }
}
