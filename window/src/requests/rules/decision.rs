//! Decisions and ends (القرار): sittings, reasoned refusal, withdrawal, void.

use catalogue::model::StepKind;

use super::clock;
use super::guard::{Case, Desk, words};
use super::refusal::{QUORUM, Refusal, VOID_MINUTES};
use crate::requests::events::*;

/// A committee sat on a step that it holds.
pub(super) fn hold_sitting(
    case: &Case<'_>,
    no: StepNo,
    sitting: &Sitting,
    resolution: &Resolution,
    note: &str,
) -> Result<RequestEvent, Refusal> {
    let desk = case.running(no)?;
    if !desk.seat.committee {
        return Err(Refusal::NoCommittee);
    }
    if !desk.sits() {
        return Err(Refusal::WrongKind { kind: desk.step.kind });
    }
    convened(case, &desk, sitting)?;
    let mut turn = case.turn();
    match resolution {
        Resolution::Accept { decision, opinion } => {
            words(decision, "decision")?;
            desk.no_questions(case)?;
            match opinion {
                Opinion::Favourable => {}
                Opinion::Unfavourable if desk.step.kind == StepKind::Approve => {
                    return Err(Refusal::OpinionAgainst);
                }
                Opinion::Conditional | Opinion::Unfavourable => words(note, "note")?,
            }
            turn.close(no, Outcome::Accepted)?;
            turn.advance()?;
        }
        Resolution::Refuse { decision, reasons, text } => {
            super::law::unspoken(case)?;
            words(decision, "decision")?;
            reasoned(case, reasons, text)?;
            turn.close(no, Outcome::Refused)?;
            turn.end(Status::Refused)?;
        }
        Resolution::Postpone { reason } => words(reason, "reason")?,
    }
    Ok(RequestEvent::SittingHeld(SittingHeld {
        step: no,
        sitting: sitting.clone(),
        resolution: resolution.clone(),
        note: note.trim().to_owned(),
        effect: turn.finish()?,
    }))
}

/// A sitting with a number, on a day that was possible, with enough members.
pub(super) fn convened(case: &Case<'_>, desk: &Desk<'_>, sitting: &Sitting) -> Result<(), Refusal> {
    words(&sitting.number, "sitting")?;
    let opened = desk.stands.clock.as_ref().map(|run| clock::day(run.opened_at));
    let (from, today) = (opened.unwrap_or(jiff::civil::Date::MIN), case.today());
    if sitting.date < from || sitting.date > today {
        return Err(Refusal::DateOutside { from, to: Some(today) });
    }
    let mut members = sitting.members.clone();
    members.sort_unstable();
    members.dedup();
    if members.len() < QUORUM {
        return Err(Refusal::NoQuorum { members: members.len() });
    }
    Ok(())
}

/// Reasons of the service's list, and words.
fn reasoned(case: &Case<'_>, reasons: &[String], text: &str) -> Result<(), Refusal> {
    if reasons.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    let list = &case.facts.service.refusal_reasons;
    if let Some(code) = reasons.iter().find(|code| !list.contains(code)) {
        return Err(Refusal::Unknown { code: code.clone() });
    }
    words(text, "text")
}

/// Refuses the request by a reasoned decision.
pub(super) fn refuse(
    case: &Case<'_>,
    no: StepNo,
    reasons: &[String],
    text: &str,
    decision: Option<&Decision>,
) -> Result<RequestEvent, Refusal> {
    let desk = case.desk(no)?;
    desk.kind(&[StepKind::Check, StepKind::Review, StepKind::Inspect, StepKind::Approve])?;
    if desk.sits() {
        return Err(Refusal::NeedsSitting);
    }
    super::law::unspoken(case)?;
    if let Some(asked) = case.state.course.open_completion(no)
        && asked.until >= case.today()
    {
        return Err(Refusal::WaitingForApplicant { until: asked.until });
    }
    reasoned(case, reasons, text)?;
    decision.map_or(Ok(()), |decision| case.decision(decision))?;

    let mut turn = case.turn();
    turn.close(no, Outcome::Refused)?;
    turn.end(Status::Refused)?;
    Ok(RequestEvent::Refused(Refused {
        step: no,
        reasons: reasons.to_vec(),
        text: text.trim().to_owned(),
        decision: decision.cloned(),
        effect: turn.finish()?,
    }))
}

/// The applicant takes the request back, as long as no paper is ready.
pub(super) fn withdraw(case: &Case<'_>, reason: &str) -> Result<RequestEvent, Refusal> {
    case.going()?;
    if case.state.course.status == Status::Issued {
        return Err(Refusal::TooLateIssued);
    }
    let mut turn = case.turn();
    turn.end(Status::Withdrawn)?;
    let reason = reason.trim().to_owned();
    Ok(RequestEvent::Withdrawn(Withdrawn { reason, effect: turn.finish()? }))
}

/// Takes a wrong registration back: its clerk at once, a manager later, nobody once money was taken.
pub(super) fn void(case: &Case<'_>, reason: &str) -> Result<RequestEvent, Refusal> {
    case.going()?;
    let course = &case.state.course;
    if course.has_payment() {
        return Err(Refusal::VoidPaid);
    }
    if !course.issued.is_empty() {
        return Err(Refusal::TooLateIssued);
    }
    words(reason, "reason")?;
    let file = &case.state.file;
    let by_manager = case.facts.by_manager;
    if !by_manager {
        if case.facts.actor.is_none() || case.facts.actor != file.registered_by {
            return Err(Refusal::VoidNotYours);
        }
        if case.facts.now > file.registered_at.plus_minutes(VOID_MINUTES) {
            return Err(Refusal::VoidLate);
        }
        let mut later = course.trail.iter().skip(1);
        if later.any(|mark| mark.matters_to(None)) {
            return Err(Refusal::VoidWorked);
        }
    }
    let mut turn = case.turn();
    turn.end(Status::Voided)?;
    let reason = reason.trim().to_owned();
    Ok(RequestEvent::Voided(Voided { reason, by_manager, effect: turn.finish()? }))
}
