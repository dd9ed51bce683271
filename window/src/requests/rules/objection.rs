//! Objections (التظلمات): against a refusal, once, in time; decided by somebody else than who refused.
//!
//! The days are the service's own or the general sixty (`catalogue::model::Objection`), of the calendar,
//! after the day of the refusal; a term that ends on a day off ends on the next working day. While the
//! objection waits the request stays refused. Where it is upheld the request goes on at every step that
//! the refusal took from a desk: a new run with a new clock each, the days in between not counted in the
//! whole. Limits of the law do not run again: the office was not silent, it refused.

use catalogue::model::Service;
use foundation::calendar::WorkCalendar;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::Value;

use super::clock;
use super::guard::{Case, words};
use super::refusal::Refusal;
use crate::requests::events::*;
use crate::requests::state::{Course, Ending, State};

/// Last day on which a refusal may be objected to.
#[must_use]
pub fn last_day(service: &Service, calendar: &WorkCalendar, ending: &Ending) -> Date {
    let last = ending.on.checked_add(i64::from(service.objection().days).days()).unwrap_or(Date::MAX);
    calendar.working_day_from(last)
}

/// The last day for an objection, if one may be filed today.
#[must_use]
pub fn may_object(state: &State, service: &Service, calendar: &WorkCalendar, today: Date) -> Option<Date> {
    let ending = refused(&state.course).ok()?;
    let until = last_day(service, calendar, ending);
    (fresh(&state.course, ending).is_ok() && today <= until).then_some(until)
}

fn refused(course: &Course) -> Result<&Ending, Refusal> {
    let ending = course.ending.as_ref().filter(|_| course.status == Status::Refused);
    ending.ok_or(Refusal::NotRefused)
}

/// Nobody has objected to this refusal.
fn fresh(course: &Course, ending: &Ending) -> Result<(), Refusal> {
    if course.open_objection().is_some() {
        return Err(Refusal::ObjectionOpen);
    }
    let heard = course.objections.iter().any(|objection| objection.against.at == ending.at);
    if heard { Err(Refusal::ObjectionHeard) } else { Ok(()) }
}

/// Takes an objection in.
pub(super) fn object(case: &Case<'_>, personal: &Value, files: &[FileRef]) -> Result<RequestEvent, Refusal> {
    let course = &case.state.course;
    let ending = refused(course)?;
    fresh(course, ending)?;
    let calendar = clock::calendar(case.facts, &case.state.file.unit)?;
    let until = last_day(case.facts.service, calendar, ending);
    if case.today() > until {
        return Err(Refusal::ObjectionLate { until });
    }
    if personal.is_null() {
        return Err(Refusal::TextMissing { field: "text" });
    }
    let objection = u16::try_from(course.objections.len()).unwrap_or(u16::MAX).saturating_add(1);
    Ok(RequestEvent::Objected(Objected {
        objection,
        until,
        personal: personal.clone(),
        files: files.to_vec(),
        effect: case.turn().finish()?,
    }))
}

/// Decides an objection; one that is upheld brings the request back.
pub(super) fn decide(
    case: &Case<'_>,
    no: u16,
    upheld: bool,
    (reasons, decision): (&str, &Decision),
) -> Result<RequestEvent, Refusal> {
    let course = &case.state.course;
    let objection = course.open_objection().filter(|open| open.no == no).ok_or(Refusal::NoObjection)?;
    if case.facts.actor.is_some() && case.facts.actor == objection.against.by {
        return Err(Refusal::ObjectionOwn);
    }
    words(reasons, "reasons")?;
    words(&decision.number, "decision")?;
    let today = case.today();
    if decision.date < objection.on || decision.date > today {
        return Err(Refusal::DateOutside { from: objection.on, to: Some(today) });
    }
    let mut turn = case.turn();
    if upheld {
        // The paper that the request is about may have another request by now.
        if let (Some(act), Some(parent)) =
            (case.state.file.parent.as_ref().and_then(|parent| parent.act), case.facts.parent)
            && let Some((number, _)) = parent.living.iter().find(|(_, other)| *other == act)
        {
            return Err(Refusal::ParentBusy { number: number.clone() });
        }
        turn.reopen(&objection.against)?;
    }
    Ok(RequestEvent::ObjectionDecided(ObjectionDecided {
        objection: no,
        upheld,
        reasons: reasons.trim().to_owned(),
        decision: decision.clone(),
        effect: turn.finish()?,
    }))
}
