//! One turn of a request (نقلة): collects the consequences of an act and moves the steps on.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::model::{Step, StepKind};
use foundation::money::Piastres;
use jiff::civil::Date;

use super::clock;
use super::conditions::Known;
use super::facts::{Facts, Seat};
use super::law::{self, Sign};
use super::plan::Plan;
use super::refusal::Refusal;
use crate::requests::events::*;
use crate::requests::state::{Ending, Pause, Phase, State, TotalClock};

/// The window's own department.
const WINDOW: &str = "TECH";

/// A state in motion: the phases as they will be, and the effect as it grows.
pub(super) struct Turn<'a> {
    facts: &'a Facts<'a>,
    plan: Plan<'a>,
    before: Option<&'a State>,
    tenant: &'a str,
    unit: &'a str,
    today: Date,
    /// Values that conditions see.
    pub known: Known<'a>,
    phases: BTreeMap<StepNo, Phase>,
    asked: Vec<StepNo>,
    charges: Vec<FeeLine>,
    papers: usize,
    handed_over: bool,
    ended: Option<Status>,
    /// The day of the refusal that falls in this turn.
    reopened: Option<Date>,
    extension: u16,
    /// Steps that the law took from the office.
    waived: BTreeSet<StepNo>,
    signs: Vec<Sign>,
    effect: Effect,
}

impl<'a> Turn<'a> {
    /// A turn of a request that is under way.
    pub fn of(state: &'a State, facts: &'a Facts<'a>) -> Self {
        let course = &state.course;
        let phases = course.steps.iter().map(|(no, step)| (*no, step.phase)).collect();
        let asked = course.completions.iter().filter(|asked| asked.is_open());
        Self {
            before: Some(state),
            phases,
            asked: asked.map(|asked| asked.step).collect(),
            charges: course.charges.clone(),
            papers: course.issued.len(),
            handed_over: course.handed_over.is_some(),
            ended: Some(course.status).filter(|status| status.is_final()),
            waived: law::waived(course, Plan(facts.service), facts),
            ..Self::fresh(&state.file.tenant, &state.file.unit, Known::of(state, facts.service), facts)
        }
    }

    /// The first turn.
    pub fn fresh(tenant: &'a str, unit: &'a str, known: Known<'a>, facts: &'a Facts<'a>) -> Self {
        let today = clock::day(facts.now);
        Self {
            facts,
            plan: Plan(facts.service),
            before: None,
            tenant,
            unit,
            today,
            known,
            phases: BTreeMap::new(),
            asked: Vec::new(),
            charges: Vec::new(),
            papers: 0,
            handed_over: false,
            ended: None,
            reopened: None,
            extension: 0,
            waived: BTreeSet::new(),
            signs: Vec::new(),
            effect: Effect { on: today, ..Effect::default() },
        }
    }

    /// The service's steps.
    pub(super) const fn plan(&self) -> Plan<'a> {
        self.plan
    }

    /// The desk of a department.
    pub fn seat(&self, department: &str) -> Option<Seat> {
        self.facts.world.seat(self.tenant, self.unit, department)
    }

    /// Clears a step's desk, and the questions that it asked with it.
    pub fn close(&mut self, no: StepNo, outcome: Outcome) -> Result<(), Refusal> {
        let (mut worked, mut paused) = (0, 0);
        if let Some(step) = self.before.and_then(|state| state.course.step(no))
            && step.phase != Phase::Waiting
            && let (Some(run), Some(holder)) = (&step.clock, &step.holder)
        {
            let calendar = clock::calendar(self.facts, &holder.unit)?;
            (worked, paused) = clock::spent(calendar, run.opened_on, self.today, &run.pauses);
        }
        self.effect.closed.push(Closing { step: no, consult: 0, outcome, worked, paused });
        let dropped = match outcome {
            Outcome::Refused | Outcome::Dropped => Outcome::Dropped,
            _ => Outcome::Recalled,
        };
        self.close_consults(no, dropped)?;
        match outcome {
            Outcome::SentBack => {
                self.phases.insert(no, Phase::Waiting);
            }
            Outcome::Refused | Outcome::Dropped => {
                self.phases.insert(no, Phase::Ended);
            }
            _ => {
                self.phases.insert(no, Phase::Done);
                self.return_to_askers(no)?;
            }
        }
        Ok(())
    }

    /// Steps that had sent `done` back come again.
    fn return_to_askers(&mut self, done: StepNo) -> Result<(), Refusal> {
        let sent = self.before.iter().flat_map(|state| &state.course.reworks);
        let back = sent.filter(|rework| rework.to == done);
        let back: Vec<StepNo> = back.map(|rework| rework.from).filter(|no| !self.waived.contains(no)).collect();
        back.into_iter().try_for_each(|asker| self.open(asker))
    }

    fn close_consults(&mut self, step: StepNo, outcome: Outcome) -> Result<(), Refusal> {
        let Some(before) = self.before else { return Ok(()) };
        before.course.open_consults(step).try_for_each(|open| self.close_consult(open.no, outcome))
    }

    /// Clears the desk of a question.
    pub fn close_consult(&mut self, no: u16, outcome: Outcome) -> Result<(), Refusal> {
        let asked = self.before.and_then(|state| state.course.consult(no));
        let consult = asked.ok_or(Refusal::NoConsult)?;
        let calendar = clock::calendar(self.facts, &consult.holder.unit)?;
        let (worked, paused) = clock::spent(calendar, consult.clock.opened_on, self.today, &consult.clock.pauses);
        let closing = Closing { step: consult.step, consult: no, outcome, worked, paused };
        self.effect.closed.push(closing);
        Ok(())
    }

    /// Lays a step on its desk.
    pub fn open(&mut self, no: StepNo) -> Result<(), Refusal> {
        let step = self.plan.step(no).ok_or(Refusal::NotReached { step: no })?;
        if step.kind == StepKind::Pay && !self.bill(no) {
            self.effect.skipped.push(no);
            self.phases.insert(no, Phase::Skipped);
            return Ok(());
        }
        let seat = self.seat(&step.department).ok_or(Refusal::NotProvided { what: "seat" })?;
        let days = u16::try_from(step.working_days).unwrap_or(u16::MAX);
        let opening = self.opening(no, 0, step, seat, days)?;
        self.effect.opened.push(opening);
        self.phases.insert(no, Phase::Open);
        Ok(())
    }

    /// The clerk made the completeness check, the first step, at the window.
    pub fn check_at_window(&mut self) -> Result<Opening, Refusal> {
        let first = 1;
        let step = self.plan.step(first).ok_or(Refusal::NotReached { step: first })?;
        if step.kind != StepKind::Check || step.department != WINDOW {
            return Err(Refusal::WrongKind { kind: step.kind });
        }
        let seat = self.seat(&step.department).ok_or(Refusal::NotProvided { what: "seat" })?;
        let days = u16::try_from(step.working_days).unwrap_or(u16::MAX);
        let opening = self.opening(first, 0, step, seat, days)?;
        self.close(first, Outcome::Accepted)?;
        Ok(opening)
    }

    /// A desk with its clock.
    pub fn opening(&self, no: StepNo, consult: u16, step: &Step, seat: Seat, days: u16) -> Result<Opening, Refusal> {
        let calendar = clock::calendar(self.facts, &seat.holder.unit)?;
        let opened_on = calendar.received_day(self.facts.now);
        let Deadline { due, due_at } = clock::deadline(calendar, opened_on, days, &[], self.today);
        Ok(Opening {
            step: no,
            id: step.id.clone(),
            consult,
            kind: step.kind,
            holder: seat.holder,
            days,
            opened_on,
            due,
            due_at,
        })
    }

    /// Opens a question to another department.
    pub fn open_consult(&mut self, opening: Opening) {
        self.effect.opened.push(opening);
    }

    /// Opens what comes next: the first stage that is not over, or nothing if one is under way.
    pub fn advance(&mut self) -> Result<(), Refusal> {
        for stage in self.plan.stages() {
            let phase = |no: &StepNo| self.phases.get(no).copied();
            let busy = stage.iter().any(|no| matches!(phase(no), Some(Phase::Open | Phase::Halted | Phase::Waiting)));
            let new: Vec<StepNo> = stage.iter().copied().filter(|no| phase(no).is_none()).collect();
            let mut opened = busy;
            for no in new {
                if self.applies(no)? {
                    self.open(no)?;
                    opened |= self.phases.get(&no) == Some(&Phase::Open);
                } else {
                    self.effect.skipped.push(no);
                    self.phases.insert(no, Phase::Skipped);
                }
            }
            if opened {
                return Ok(());
            }
        }
        Ok(())
    }

    pub(super) fn applies(&self, no: StepNo) -> Result<bool, Refusal> {
        if self.waived.contains(&no) {
            return Ok(false);
        }
        let Some(step) = self.plan.step(no) else { return Ok(false) };
        match &step.when {
            None => Ok(true),
            Some(when) => self.known.holds(when, &step.id),
        }
    }

    /// Corrected answers may bring back steps that did not apply.
    pub fn reconsider(&mut self, earlier: &Known<'_>) -> Result<(), Refusal> {
        for (no, step) in self.plan.steps() {
            let Some(when) = &step.when else { continue };
            if self.phases.get(&no) == Some(&Phase::Skipped)
                && !earlier.holds(when, &step.id)?
                && self.known.holds(when, &step.id)?
            {
                self.phases.remove(&no);
            }
        }
        Ok(())
    }

    /// Stops a step's clock.
    pub fn halt(&mut self, no: StepNo, reason: PauseReason) {
        self.effect.halted.push(Halt { step: no, reason });
        self.phases.insert(no, Phase::Halted);
        if reason == PauseReason::Completion {
            self.asked.push(no);
        }
    }

    /// Lets a step's clock run again; the days it stood still come on top.
    pub fn resume(&mut self, no: StepNo) -> Result<(), Refusal> {
        if let Some(redate) = self.due_again(no, 0)? {
            self.effect.resumed.push(redate);
            self.phases.insert(no, Phase::Open);
            self.asked.retain(|asked| *asked != no);
        }
        Ok(())
    }

    /// The last day of a step by its clock, with `more` working days.
    pub fn due_again(&self, no: StepNo, more: u16) -> Result<Option<Redate>, Refusal> {
        let Some(step) = self.before.and_then(|state| state.course.step(no)) else {
            return Ok(None);
        };
        let (Some(run), Some(holder)) = (&step.clock, &step.holder) else { return Ok(None) };
        let calendar = clock::calendar(self.facts, &holder.unit)?;
        let days = run.days.saturating_add(more);
        let Deadline { due, due_at } = clock::deadline(calendar, run.opened_on, days, &run.pauses, self.today);
        Ok(Some(Redate { step: no, consult: 0, due, due_at }))
    }

    /// Gives a step, and the whole request, more days.
    pub fn extend(&mut self, no: StepNo, days: u16) -> Result<(), Refusal> {
        self.effect.redated.extend(self.due_again(no, days)?);
        self.extension = days;
        Ok(())
    }

    /// The law takes these steps from the office: what lies on a desk is over, the rest is passed over.
    pub fn waive(&mut self, steps: &BTreeSet<StepNo>) -> Result<(), Refusal> {
        self.waived.extend(steps);
        for no in steps {
            if let Some(Phase::Open | Phase::Halted | Phase::Waiting) = self.phases.get(no) {
                self.close(*no, Outcome::ByLaw)?;
                self.asked.retain(|asked| asked != no);
            }
        }
        Ok(())
    }

    /// Whether the law took a step from the office.
    pub fn is_waived(&self, no: StepNo) -> bool {
        self.waived.contains(&no)
    }

    /// Something happened that may start a limit of the law.
    pub fn happened(&mut self, sign: Sign) {
        self.signs.push(sign);
    }

    /// New last days because the calendar changed.
    pub fn redate(&mut self, redates: Vec<Redate>) {
        self.effect.redated = redates;
    }

    /// Ends the request: every desk is cleared.
    pub fn end(&mut self, status: Status) -> Result<(), Refusal> {
        let open = self.phases.iter().filter(|(_, phase)| matches!(phase, Phase::Open | Phase::Halted));
        let open: Vec<StepNo> = open.map(|(no, _)| *no).collect();
        for no in open {
            self.close(no, Outcome::Dropped)?;
        }
        self.ended = Some(status);
        Ok(())
    }

    /// Takes a refusal back: what it took from a desk lies there again, what waited for another step waits.
    pub fn reopen(&mut self, refusal: &Ending) -> Result<(), Refusal> {
        self.ended = None;
        self.reopened = Some(refusal.on);
        let ended = self.phases.iter().filter(|(_, phase)| **phase == Phase::Ended).map(|(no, _)| *no);
        let ended: Vec<StepNo> = ended.collect();
        for no in ended {
            if refusal.reworks.iter().any(|rework| rework.from == no) {
                self.phases.insert(no, Phase::Waiting);
            } else {
                self.open(no)?;
            }
        }
        self.advance()
    }

    /// A paper is issued in this turn.
    pub const fn paper(&mut self) {
        self.papers += 1;
    }

    /// The paper or the result is handed over in this turn.
    pub const fn hand_over(&mut self) {
        self.handed_over = true;
    }

    /// Charges lines.
    pub fn charge(&mut self, lines: Vec<FeeLine>) {
        self.charges.extend_from_slice(&lines);
        self.effect.charged.extend(lines);
    }

    /// Forgets what was charged and not paid: it is assessed anew.
    pub fn reassess(&mut self) {
        let paid = self.paid();
        self.charges.retain(|line| paid.contains(&line.pay));
    }

    fn paid(&self) -> Vec<StepNo> {
        let payments = self.before.iter().flat_map(|state| &state.course.payments);
        payments.map(|payment| payment.step).collect()
    }

    /// Charges what a payment step collects; false if it is known that nothing is due there.
    fn bill(&mut self, pay: StepNo) -> bool {
        let assessed = self.plan.steps().any(|(no, step)| {
            step.kind == StepKind::AssessFee && no < pay && self.phases.get(&no) == Some(&Phase::Done)
        });
        let mut certain = assessed;
        if !assessed && let Some(fees) = self.facts.fees {
            let charged = |part: &str| self.charges.iter().any(|line| line.pay == pay && line.part == part);
            certain = !fees.unknown.iter().any(|(part, at)| *at == pay && !charged(part));
            let new = fees.lines.iter().filter(|line| line.pay == pay && !charged(&line.part));
            let new: Vec<FeeLine> = new.cloned().collect();
            self.charge(new);
        }
        let due: Piastres = self.charges.iter().filter(|line| line.pay == pay).map(|line| line.amount).sum();
        !certain || due > Piastres(0)
    }

    /// Status, totals and disclosure after everything else.
    pub fn finish(mut self) -> Result<Effect, Refusal> {
        let status = self.status()?;
        self.effect.status = status;
        let disclosed = self.reopened.is_none() && self.before.is_some_and(|state| state.course.decided);
        self.effect.decided = !disclosed
            && match status {
                Status::Refused | Status::Closed => true,
                Status::Withdrawn | Status::Voided => false,
                _ => self.is_decided()?,
            };
        if let Some(before) = self.before {
            let resumed = before.course.status.pause().is_some() && status.pause().is_none();
            if let Some(from) = self.reopened {
                let mut total = before.course.total.clone();
                total.pauses.push(Pause { from, to: Some(self.today), reason: PauseReason::Objection });
                self.effect.total = Some(self.total(&total, 0)?);
            } else if self.extension > 0 || (resumed && !status.is_final()) {
                let total = &before.course.total;
                self.effect.total = Some(self.total(total, self.extension)?);
            }
        }
        self.effect.limits = self.limits(status)?;
        Ok(self.effect)
    }

    /// The last day of the whole request, on the calendar of the competent unit.
    pub fn total(&self, total: &TotalClock, more: u16) -> Result<Deadline, Refusal> {
        let calendar = clock::calendar(self.facts, self.unit)?;
        let days = total.days.saturating_add(more);
        Ok(clock::deadline(calendar, total.received_on, days, &total.pauses, self.today))
    }

    /// What the turn makes of the limits of the law.
    fn limits(&self, status: Status) -> Result<Vec<LimitTurn>, Refusal> {
        let around = law::Around {
            facts: self.facts,
            unit: self.unit,
            today: self.today,
            before: self.before,
            opened: &self.effect.opened,
            signs: &self.signs,
            status,
        };
        law::turns(self, &around)
    }

    /// Whether nothing more is to come of the steps that are meant.
    pub(super) fn is_over(&self, meant: impl Fn(StepNo, &Step) -> bool) -> Result<bool, Refusal> {
        for (no, _) in self.plan.steps().filter(|(no, step)| meant(*no, step)) {
            let over = match self.phases.get(&no) {
                Some(Phase::Done | Phase::Skipped) => true,
                Some(_) => false,
                None => !self.applies(no)?,
            };
            if !over {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn status(&self) -> Result<Status, Refusal> {
        if let Some(status) = self.ended {
            return Ok(status);
        }
        let is = |phase: Phase| self.phases.values().any(|other| *other == phase);
        if !(is(Phase::Open) || is(Phase::Halted)) {
            // All steps are over: without a declared hand-over the paper still waits at the window.
            let waits = self.papers > 0 && !self.plan.has(StepKind::Handover) && !self.handed_over;
            return Ok(if waits { Status::Issued } else { Status::Closed });
        }
        if !self.asked.is_empty() {
            return Ok(Status::WaitingCompletion);
        }
        let live =
            self.phases.iter().filter(|(_, phase)| matches!(phase, Phase::Open | Phase::Halted | Phase::Waiting));
        let mut kinds = live.filter_map(|(no, _)| self.plan.step(*no)).map(|step| step.kind);
        let Some(first) = kinds.next() else { return Ok(Status::InProgress) };
        let same = kinds.all(|kind| kind == first);
        Ok(match first {
            StepKind::Pay if same => Status::WaitingPayment,
            StepKind::Handover if same => Status::Issued,
            _ => Status::InProgress,
        })
    }

    /// Whether no step that needs judgment is left.
    pub(super) fn is_decided(&self) -> Result<bool, Refusal> {
        self.is_over(|_, step| Plan::is_judgment(step.kind))
    }
}
