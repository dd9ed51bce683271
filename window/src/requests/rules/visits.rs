//! Inspections (المعاينات): an appointment, a visit, a report.

use catalogue::model::StepKind;
use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;

use super::clock;
use super::conditions::Known;
use super::guard::{Case, words};
use super::intake;
use super::refusal::Refusal;
use crate::requests::events::*;

/// What an inspector hands in.
pub(super) struct Report<'a> {
    pub answers: &'a Answers,
    pub personal: &'a Value,
    pub recommendation: Recommendation,
    pub note: &'a str,
    pub files: &'a [FileRef],
}

/// Sets, or moves, the day of a visit.
pub(super) fn schedule(
    case: &Case<'_>,
    no: StepNo,
    date: Date,
    hour: &str,
    inspector: Uuid,
) -> Result<RequestEvent, Refusal> {
    let desk = case.desk(no)?;
    desk.kind(&[StepKind::Inspect])?;
    let today = case.today();
    if date < today {
        return Err(Refusal::DateOutside { from: today, to: None });
    }
    let calendar = clock::calendar(case.facts, &desk.seat.holder.unit)?;
    if !calendar.is_working_day(date) {
        return Err(Refusal::NotWorkingDay { date });
    }
    Ok(RequestEvent::VisitScheduled(VisitScheduled {
        step: no,
        date,
        hour: hour.trim().to_owned(),
        inspector,
        effect: case.turn().finish()?,
    }))
}

/// Takes a report in; it ends the step unless another visit is needed.
pub(super) fn report(case: &Case<'_>, no: StepNo, date: Date, report: &Report<'_>) -> Result<RequestEvent, Refusal> {
    let desk = case.running(no)?;
    desk.kind(&[StepKind::Inspect])?;
    desk.no_questions(case)?;
    let (from, today) = (clock::day(case.state.file.registered_at), case.today());
    if date < from || date > today {
        return Err(Refusal::DateOutside { from, to: Some(today) });
    }
    intake::in_clear(case.facts.service.inspection_report.as_slice(), report.answers)?;
    if report.recommendation != Recommendation::Accept {
        words(report.note, "note")?;
    }

    let mut found = case.state.course.report.clone();
    found.extend(report.answers.clone());
    let mut turn = case.turn();
    turn.known = Known::of(case.state, case.facts.service).with_report(&found);
    if report.recommendation == Recommendation::Refuse {
        turn.happened(super::law::Sign::Unfulfilled);
    }
    if report.recommendation != Recommendation::Again {
        turn.close(no, Outcome::Reported)?;
        turn.advance()?;
    }
    Ok(RequestEvent::VisitReported(Box::new(VisitReported {
        step: no,
        date,
        answers: report.answers.clone(),
        personal: report.personal.clone(),
        recommendation: report.recommendation,
        note: report.note.trim().to_owned(),
        files: report.files.to_vec(),
        effect: turn.finish()?,
    })))
}
