//! Inspections (المعاينات): an appointment, a visit, a report.

use catalogue::model::{Service, StepKind};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;

use super::clock;
use super::conditions::Known;
use super::guard::{Case, words};
use super::intake;
use super::refusal::Refusal;
use crate::requests::events::*;
use crate::requests::state::{Phase, State};

/// Most days that an applicant may name for a visit.
pub const WISHES: usize = 3;

/// How far ahead they may lie, in days.
const AHEAD: i64 = 60;

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

/// The inspection about which the applicant may say which days suit: one that is under way or still to
/// come. After an appointment another day may be asked for once, until the day before.
#[must_use]
pub fn may_wish(state: &State, service: &Service, today: Date) -> Option<StepNo> {
    let open = super::plan::Plan(service).steps().filter(|(_, step)| step.kind == StepKind::Inspect);
    open.map(|(no, _)| no).find(|no| wishable(state, service, *no, today).is_ok())
}

/// Whether wishes may be told; gives the appointed day that is to be moved, if there is one.
fn wishable(state: &State, service: &Service, no: StepNo, today: Date) -> Result<Option<Date>, Refusal> {
    let course = &state.course;
    if course.status.is_final() {
        return Err(Refusal::Over { status: course.status });
    }
    let step = super::plan::Plan(service).step(no).ok_or(Refusal::NotReached { step: no })?;
    if step.kind != StepKind::Inspect {
        return Err(Refusal::WrongKind { kind: step.kind });
    }
    match course.step(no).map(|step| step.phase) {
        // Whether it comes may hang on what is not known yet.
        None => {
            let known = Known::of(state, service);
            let comes = step.when.as_deref().is_none_or(|when| known.holds(when, &step.id).unwrap_or(true));
            if !comes {
                return Err(Refusal::NotReached { step: no });
            }
        }
        Some(Phase::Open | Phase::Halted | Phase::Waiting) => {}
        Some(phase) => return Err(Refusal::NotOpen { step: no, phase }),
    }
    let Some(visit) = course.next_visit(no) else { return Ok(None) };
    if visit.date <= today {
        return Err(Refusal::VisitNear { date: visit.date });
    }
    if course.wish(no).is_some_and(|wish| wish.moved) {
        return Err(Refusal::WishedAgain);
    }
    Ok(Some(visit.date))
}

/// The applicant says which days suit.
pub(super) fn wish(case: &Case<'_>, no: StepNo, days: &[WishedDay], personal: &Value) -> Result<RequestEvent, Refusal> {
    let today = case.today();
    let instead_of = wishable(case.state, case.facts.service, no, today)?;
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    if days.is_empty() {
        return Err(Refusal::TextMissing { field: "days" });
    }
    if days.len() > WISHES {
        return Err(Refusal::TooManyDays);
    }
    let holder = case.state.course.step(no).and_then(|step| step.holder.as_ref()).map(|holder| holder.unit.clone());
    let department = case.plan().step(no).map(|step| step.department.as_str()).unwrap_or_default();
    let seat = || case.turn().seat(department).map(|seat| seat.holder.unit);
    let unit = holder.or_else(seat).ok_or(Refusal::NotProvided { what: "seat" })?;
    let calendar = clock::calendar(case.facts, &unit)?;
    let (from, to) = (clock::next(today), today.checked_add(AHEAD.days()).unwrap_or(Date::MAX));
    for WishedDay { date, .. } in &days {
        if *date < from || *date > to {
            return Err(Refusal::DateOutside { from, to: Some(to) });
        }
        if !calendar.is_working_day(*date) {
            return Err(Refusal::NotWorkingDay { date: *date });
        }
    }
    Ok(RequestEvent::VisitWished(VisitWished {
        step: no,
        days,
        instead_of,
        personal: personal.clone(),
        effect: case.turn().finish()?,
    }))
}
