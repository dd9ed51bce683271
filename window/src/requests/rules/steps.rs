//! Work on a step (العمل على المرحلة): accept, take, hand on, send back.

use catalogue::model::{FilledBy, StepKind};
use uuid::Uuid;

use super::conditions::Known;
use super::guard::{Case, words};
use super::intake;
use super::plan::Plan;
use super::refusal::Refusal;
use crate::requests::events::*;
use crate::requests::state::Phase;

/// What an officer says with an acceptance.
pub(super) struct Words<'a> {
    pub opinion: Opinion,
    pub note: &'a str,
    pub checklist: &'a [String],
    pub decision: Option<&'a Decision>,
}

/// Accepts a step that needs nothing but an officer's word.
pub(super) fn accept(
    case: &Case<'_>,
    no: StepNo,
    said: &Words<'_>,
    papers_later: bool,
) -> Result<RequestEvent, Refusal> {
    let desk = case.running(no)?;
    match desk.step.kind {
        StepKind::Inspect => return Err(Refusal::NeedsReport),
        StepKind::Check | StepKind::Review | StepKind::Approve => {}
        // A service without a paper has nothing to issue, and an approval may leave nothing to pay.
        StepKind::Issue if !case.plan().has_paper() => {}
        StepKind::Pay if super::money::nothing_due(case, no) => {}
        kind => return Err(Refusal::WrongKind { kind }),
    }
    if desk.sits() {
        return Err(Refusal::NeedsSitting);
    }
    desk.no_questions(case)?;
    if desk.step.kind == StepKind::Check && !papers_later {
        papers_here(case)?;
    }
    match said.opinion {
        Opinion::Favourable => {}
        Opinion::Unfavourable if desk.step.kind == StepKind::Approve => {
            return Err(Refusal::OpinionAgainst);
        }
        Opinion::Conditional | Opinion::Unfavourable => words(said.note, "note")?,
    }
    said.decision.map_or(Ok(()), |decision| case.decision(decision))?;

    let mut turn = case.turn();
    turn.close(no, Outcome::Accepted)?;
    turn.advance()?;
    Ok(RequestEvent::StepAccepted(StepAccepted {
        step: no,
        opinion: said.opinion,
        note: said.note.trim().to_owned(),
        checklist: said.checklist.to_vec(),
        decision: said.decision.cloned(),
        effect: turn.finish()?,
    }))
}

/// Every document is in the file.
pub(super) fn papers_here(case: &Case<'_>) -> Result<(), Refusal> {
    let docs: Vec<String> = case.state.file.pending().map(|paper| paper.doc.clone()).collect();
    if docs.is_empty() { Ok(()) } else { Err(Refusal::PapersPending { docs }) }
}

/// An officer takes a step, or a question, from the department's desk.
pub(super) fn take(case: &Case<'_>, no: StepNo, consult: u16) -> Result<RequestEvent, Refusal> {
    let holder = on_desk(case, no, consult)?;
    let by = case.facts.actor;
    if by.is_none() || holder == by {
        return Err(Refusal::NothingChanged);
    }
    let effect = case.turn().finish()?;
    Ok(RequestEvent::Taken(Taken { step: no, consult, by, effect }))
}

/// Somebody entitled gives a step, or a question, to an officer or back to the department.
pub(super) fn reassign(
    case: &Case<'_>,
    no: StepNo,
    consult: u16,
    to: Option<Uuid>,
    reason: &str,
) -> Result<RequestEvent, Refusal> {
    let holder = on_desk(case, no, consult)?;
    if holder == to {
        return Err(Refusal::NothingChanged);
    }
    words(reason, "reason")?;
    let reason = reason.trim().to_owned();
    let effect = case.turn().finish()?;
    Ok(RequestEvent::Reassigned(Reassigned { step: no, consult, to, reason, effect }))
}

/// Who has the step, or the question, that lies on a desk.
fn on_desk(case: &Case<'_>, no: StepNo, consult: u16) -> Result<Option<Uuid>, Refusal> {
    if consult == 0 {
        return Ok(case.desk(no)?.stands.taken_by);
    }
    let asked = case.question(consult)?;
    if asked.step != no {
        return Err(Refusal::NoConsult);
    }
    case.mine(asked.taken_by)?;
    Ok(asked.taken_by)
}

/// Sends the request back to an earlier step; this one comes again afterwards.
pub(super) fn ask_rework(case: &Case<'_>, no: StepNo, to: StepNo, reason: &str) -> Result<RequestEvent, Refusal> {
    let desk = case.running(no)?;
    if !(Plan::is_judgment(desk.step.kind) || desk.step.kind == StepKind::Issue) {
        return Err(Refusal::WrongKind { kind: desk.step.kind });
    }
    words(reason, "reason")?;
    let target = case.plan().step(to).filter(|_| to < no);
    let target = target.filter(|step| Plan::is_judgment(step.kind));
    let target = target.ok_or(Refusal::NotEarlier { step: to })?;
    if case.state.course.step(to).map(|step| step.phase) != Some(Phase::Done) {
        return Err(Refusal::NotEarlier { step: to });
    }
    if case.turn().is_waived(to) {
        return Err(super::law::taken(case));
    }
    let paid = case.state.course.payments.iter().any(|payment| payment.step > to);
    if target.kind == StepKind::AssessFee && paid {
        return Err(Refusal::PaidAlready);
    }

    let mut turn = case.turn();
    turn.close(no, Outcome::SentBack)?;
    turn.open(to)?;
    let reason = reason.trim().to_owned();
    let effect = turn.finish()?;
    Ok(RequestEvent::ReworkAsked(ReworkAsked { step: no, to, reason, effect }))
}

/// Fills in what the form leaves to the department: a price, a distance, a balance.
pub(super) fn fill_in(case: &Case<'_>, no: StepNo, answers: &Answers) -> Result<RequestEvent, Refusal> {
    let desk = case.running(no)?;
    desk.judgment()?;
    let fields = case.facts.service.fields.as_slice();
    let of_office = |id: &str| fields.iter().any(|field| field.id == id && field.filled_by == FilledBy::Office);
    if let Some((id, _)) = answers.iter().find(|(id, _)| !of_office(id)) {
        return Err(Refusal::Unknown { code: id.clone() });
    }
    intake::in_clear(fields, answers)?;
    let known = &case.state.file.answers;
    if answers.iter().all(|(id, value)| known.get(id) == Some(value)) {
        return Err(Refusal::NothingChanged);
    }
    let mut file = known.clone();
    file.extend(answers.clone());
    let mut turn = case.turn();
    turn.known = Known::of(case.state, case.facts.service).with_answers(&file);
    turn.reconsider(&Known::of(case.state, case.facts.service))?;
    turn.advance()?;
    Ok(RequestEvent::OfficeFilled(OfficeFilled { step: no, answers: answers.clone(), effect: turn.finish()? }))
}

/// Adds words to the file.
pub(super) fn add_note(case: &Case<'_>, step: Option<StepNo>, text: &str) -> Result<RequestEvent, Refusal> {
    words(text, "text")?;
    reached(case, step)?;
    let text = text.trim().to_owned();
    Ok(RequestEvent::NoteAdded(NoteAdded { step, text, effect: case.turn().finish()? }))
}

/// The step, if one is named, was reached.
pub(super) fn reached(case: &Case<'_>, step: Option<StepNo>) -> Result<(), Refusal> {
    match step {
        Some(no) if case.state.course.step(no).is_none() => Err(Refusal::NotReached { step: no }),
        _ => Ok(()),
    }
}
