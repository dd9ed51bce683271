//! Questions to another department (سؤال إدارة أخرى): a desk beside the step that asks.

use super::guard::{Case, words};
use super::refusal::Refusal;
use crate::requests::events::*;
use crate::requests::state::Consult;

/// Most working days for an answer.
const MOST_DAYS: u16 = 60;

/// Asks another department.
pub(super) fn ask(
    case: &Case<'_>,
    no: StepNo,
    department: &str,
    question: &str,
    days: u16,
    halts: bool,
) -> Result<RequestEvent, Refusal> {
    let desk = case.running(no)?;
    desk.judgment()?;
    words(question, "question")?;
    if days == 0 || days > MOST_DAYS {
        return Err(Refusal::DaysOutside { most: MOST_DAYS });
    }
    let nobody = || Refusal::NoDepartment { department: department.to_owned() };
    let mut turn = case.turn();
    let seat = turn.seat(department).filter(|seat| seat.holder != desk.seat.holder);
    let seat = seat.ok_or_else(nobody)?;
    let course = &case.state.course;
    if course.open_consults(no).any(|open| open.holder == seat.holder) {
        return Err(Refusal::ConsultOpen { department: department.to_owned() });
    }
    let count = course.consults.iter().map(|consult| consult.no).max().unwrap_or(0);
    let consult = count.checked_add(1).ok_or(Refusal::NothingChanged)?;

    let opening = turn.opening(no, consult, desk.step, seat, days)?;
    turn.open_consult(opening);
    if halts {
        turn.halt(no, PauseReason::Consult);
    }
    let question = question.trim().to_owned();
    let effect = turn.finish()?;
    Ok(RequestEvent::ConsultAsked(ConsultAsked { step: no, consult, question, halts, effect }))
}

/// The other department answers.
pub(super) fn answer(
    case: &Case<'_>,
    no: u16,
    opinion: Opinion,
    answer: &str,
    files: &[FileRef],
) -> Result<RequestEvent, Refusal> {
    let consult = case.question(no)?;
    case.mine(consult.taken_by)?;
    words(answer, "answer")?;
    Ok(RequestEvent::ConsultAnswered(ConsultAnswered {
        step: consult.step,
        consult: no,
        opinion,
        answer: answer.trim().to_owned(),
        files: files.to_vec(),
        effect: end(case, consult, Outcome::Answered)?,
    }))
}

/// The asking officer does without the answer.
pub(super) fn recall(case: &Case<'_>, no: u16) -> Result<RequestEvent, Refusal> {
    let consult = case.question(no)?;
    case.desk(consult.step)?;
    let effect = end(case, consult, Outcome::Recalled)?;
    Ok(RequestEvent::ConsultRecalled(ConsultRecalled { step: consult.step, consult: no, effect }))
}

/// Clears the desk; the step that stood still for it runs again.
fn end(case: &Case<'_>, consult: &Consult, outcome: Outcome) -> Result<Effect, Refusal> {
    let mut turn = case.turn();
    turn.close_consult(consult.no, outcome)?;
    if consult.halts {
        turn.resume(consult.step)?;
    }
    turn.finish()
}
