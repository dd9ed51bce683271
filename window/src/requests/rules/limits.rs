//! Time limits moved (تعديل المدد): by a dated decision, or because the calendar changed.

use super::clock;
use super::guard::{Case, words};
use super::refusal::Refusal;
use crate::requests::events::*;
use crate::requests::state::{Phase, StepClock};

/// Most working days that one decision adds.
const MOST_DAYS: u16 = 90;

/// Gives a step, and the whole request, more working days.
pub(super) fn extend(
    case: &Case<'_>,
    no: StepNo,
    days: u16,
    reason: &str,
    decision: &Decision,
) -> Result<RequestEvent, Refusal> {
    // Whoever decides on limits need not be the officer who has the step.
    case.going()?;
    let stands = case.state.course.step(no).ok_or(Refusal::NotReached { step: no })?;
    if !stands.is_open() {
        return Err(Refusal::NotOpen { step: no, phase: stands.phase });
    }
    if days == 0 || days > MOST_DAYS {
        return Err(Refusal::DaysOutside { most: MOST_DAYS });
    }
    words(reason, "reason")?;
    case.decision(decision)?;

    let mut turn = case.turn();
    turn.extend(no, days)?;
    Ok(RequestEvent::Extended(Extended {
        step: no,
        days,
        reason: reason.trim().to_owned(),
        decision: decision.clone(),
        effect: turn.finish()?,
    }))
}

/// Computes all running clocks anew.
pub(super) fn redate(case: &Case<'_>) -> Result<RequestEvent, Refusal> {
    case.going()?;
    let mut turn = case.turn();
    let course = &case.state.course;
    let mut moved = Vec::new();
    // A clock that stands still is computed when it runs again.
    for (no, step) in course.open_steps().filter(|(_, step)| step.phase == Phase::Open) {
        let again = turn.due_again(no, 0)?;
        moved.extend(again.filter(|new| step.clock.as_ref().is_some_and(|old| differs(old, new))));
    }
    for consult in course.consults.iter().filter(|consult| consult.is_open()) {
        let calendar = clock::calendar(case.facts, &consult.holder.unit)?;
        let run = &consult.clock;
        let Deadline { due, due_at } = clock::deadline(calendar, run.opened_on, run.days, &run.pauses, case.today());
        let new = Redate { step: consult.step, consult: consult.no, due, due_at };
        moved.extend(Some(new).filter(|new| differs(run, new)));
    }
    turn.redate(moved);
    let total = turn.total(&course.total, 0)?;
    let moves = super::law::redated(case)?;
    let mut effect = turn.finish()?;
    if course.status == Status::InProgress && (total.due, total.due_at) != (course.total.due, course.total.due_at) {
        effect.total = Some(total);
    }
    effect.limits.extend(moves);
    if effect.redated.is_empty() && effect.total.is_none() && effect.limits.is_empty() {
        return Err(Refusal::NothingChanged);
    }
    Ok(RequestEvent::Redated(Redated { effect }))
}

fn differs(old: &StepClock, new: &Redate) -> bool {
    (old.due, old.due_at) != (new.due, new.due_at)
}
