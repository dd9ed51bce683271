//! How the consequences of an act are carried out: desks, clocks, fees, status.

use super::fold::Detail;
use super::*;

impl Course {
    /// Carries out the consequences.
    pub(super) fn follow(&mut self, meta: Meta, effect: &Effect, mut detail: Detail) -> Result<(), Broken> {
        for closing in &effect.closed {
            if closing.consult == 0 {
                // The details belong to the step that was acted on: the first that is closed.
                let detail = std::mem::take(&mut detail);
                self.close_step(meta, effect.on, closing, detail)?;
            } else if let Some(consult) = self.consult_mut(closing.consult) {
                consult.outcome = Some(closing.outcome);
                consult.closed_at = Some(meta.at);
            }
        }
        for step in &effect.skipped {
            self.steps.insert(*step, StepState::new(Phase::Skipped));
        }
        for opening in effect.opened.iter().filter(|opening| opening.consult == 0) {
            self.open(meta, opening);
        }
        for halt in &effect.halted {
            let step = self.reached(meta, halt.step)?;
            step.phase = Phase::Halted;
            if let Some(clock) = &mut step.clock {
                clock.pauses.push(Pause { from: effect.on, to: None, reason: halt.reason });
            }
        }
        for redate in &effect.resumed {
            let step = self.reached(meta, redate.step)?;
            step.phase = Phase::Open;
            if let Some(clock) = &mut step.clock {
                end_pause(&mut clock.pauses, effect.on);
                clock.set(redate);
            }
        }
        for redate in &effect.redated {
            if redate.consult == 0 {
                if let Some(clock) = &mut self.reached(meta, redate.step)?.clock {
                    clock.set(redate);
                }
            } else if let Some(consult) = self.consult_mut(redate.consult) {
                consult.clock.set(redate);
            }
        }
        self.turn(effect);
        Ok(())
    }

    /// Status, total clock, fees.
    fn turn(&mut self, effect: &Effect) {
        if self.status.pause() != effect.status.pause() {
            end_pause(&mut self.total.pauses, effect.on);
            if let Some(reason) = effect.status.pause() {
                self.total.pauses.push(Pause { from: effect.on, to: None, reason });
            }
        }
        self.status = effect.status;
        if let Some(Deadline { due, due_at }) = effect.total {
            self.total.due = due;
            self.total.due_at = due_at;
        }
        if let Some(Deadline { due, due_at }) = effect.statutory {
            self.move_limit(STATUTORY, due, due_at);
        }
        for turn in &effect.limits {
            match turn {
                LimitTurn::Started(limit) => {
                    self.limits.retain(|clock| clock.limit.code != limit.code);
                    self.limits.push(LegalClock::begun(limit.clone()));
                }
                LimitTurn::Moved { code, due, due_at } => self.move_limit(code, *due, *due_at),
                LimitTurn::Answered { code } => self.end_limit(code, LimitEnd::Answered { on: effect.on }),
            }
        }
        self.charges.extend_from_slice(&effect.charged);
        self.decided |= effect.decided;
        if self.status.is_final() {
            let waited = std::mem::take(&mut self.reworks);
            if let Some(ending) = &mut self.ending {
                ending.reworks.extend(waited);
            }
            for step in self.steps.values_mut().filter(|step| step.phase == Phase::Waiting) {
                step.phase = Phase::Ended;
            }
        }
    }

    fn move_limit(&mut self, code: &str, due: Date, due_at: Micros) {
        if let Some(clock) = self.limits.iter_mut().find(|clock| clock.limit.code == code) {
            (clock.limit.due, clock.limit.due_at) = (due, due_at);
        }
    }

    pub(super) fn end_limit(&mut self, code: &str, end: LimitEnd) {
        if let Some(clock) = self.limits.iter_mut().find(|clock| clock.limit.code == code && clock.runs()) {
            clock.end = Some(end);
        }
    }

    fn close_step(&mut self, meta: Meta, on: Date, closing: &Closing, detail: Detail) -> Result<(), Broken> {
        let step = self.reached(meta, closing.step)?;
        // A step that sent another back and waits for it is on no desk: its run has ended already.
        let waited = step.phase == Phase::Waiting;
        step.phase = match closing.outcome {
            Outcome::SentBack => Phase::Waiting,
            Outcome::Refused | Outcome::Dropped => Phase::Ended,
            _ => Phase::Done,
        };
        let finished = step.phase == Phase::Done;
        if let Some(clock) = step.clock.as_mut().filter(|_| !waited) {
            end_pause(&mut clock.pauses, on);
            step.runs.push(Run {
                opened_at: clock.opened_at,
                closed_at: meta.at,
                closed_on: on,
                due: clock.due,
                outcome: closing.outcome,
                by: meta.actor,
                opinion: detail.opinion,
                note: detail.note,
                decision: detail.decision,
                checklist: detail.checklist,
                sitting: detail.sitting,
                worked: closing.worked,
                paused: closing.paused,
            });
        }
        if finished {
            self.reworks.retain(|rework| rework.to != closing.step && !(waited && rework.from == closing.step));
        }
        let asked = self.completions.iter_mut();
        for asked in asked.filter(|asked| asked.step == closing.step && asked.is_open()) {
            asked.closed_at = Some(meta.at);
        }
        Ok(())
    }

    /// Lays a step on its desk.
    pub(super) fn open(&mut self, meta: Meta, opening: &Opening) {
        let step = self.steps.entry(opening.step).or_insert_with(|| StepState::new(Phase::Open));
        step.phase = Phase::Open;
        step.kind = Some(opening.kind);
        step.holder = Some(opening.holder.clone());
        step.clock = Some(StepClock::started(meta, opening));
        step.taken_by = None;
    }
}

impl StepState {
    const fn new(phase: Phase) -> Self {
        Self { phase, kind: None, holder: None, clock: None, taken_by: None, runs: Vec::new() }
    }
}

impl StepClock {
    pub(super) const fn started(meta: Meta, opening: &Opening) -> Self {
        Self {
            opened_at: meta.at,
            opened_on: opening.opened_on,
            days: opening.days,
            due: opening.due,
            due_at: opening.due_at,
            pauses: Vec::new(),
        }
    }

    const fn set(&mut self, redate: &Redate) {
        self.due = redate.due;
        self.due_at = redate.due_at;
    }
}

fn end_pause(pauses: &mut [Pause], on: Date) {
    if let Some(pause) = pauses.last_mut()
        && pause.to.is_none()
    {
        pause.to = Some(on);
    }
}
