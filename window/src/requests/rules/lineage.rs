//! The paper that a request is about (الترخيص الأصل): whether it may be renewed, changed, moved or
//! ended, and what becomes of it when the request's own paper is issued.
//!
//! A paper is replaced once: whoever issues in its place finds it as it stands at that moment, and the
//! event that ends it is appended together with the one that issues the new paper.

use catalogue::model::{Act, Field, FieldType, Parent, ParentAct, Register, Service};
use foundation::numbers::{Kind, Number};
use jiff::ToSpan as _;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde_json::Value;
use uuid::Uuid;

use super::conditions::Known;
use super::guard::Case;
use super::refusal::Refusal;
use crate::requests::events::*;
use crate::requests::state::{File, IssuedPaper, Standing, State};

/// الترخيص الأصل كما هو الآن
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParentFacts {
    /// The request that it came out of.
    pub request: Uuid,
    /// The service and version that it came out of.
    pub service: ServiceRef,
    /// The paper.
    pub paper: IssuedPaper,
    /// Whose it is.
    pub holder: Uuid,
    /// Requests under way that are to do something to it: number and act.
    pub living: Vec<(String, Act)>,
}

impl ParentFacts {
    /// Of a paper in the state of its request.
    #[must_use]
    pub fn of(request: Uuid, state: &State, number: &str, living: Vec<(String, Act)>) -> Option<Self> {
        let paper = state.course.issued.iter().find(|paper| paper.number == number)?.clone();
        let File { service, applicant, .. } = &state.file;
        Some(Self { request, service: service.clone(), holder: applicant.subject, paper, living })
    }

    /// Service of the first paper of the chain.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.paper.replaces.as_ref().map_or(&self.service.code, |replaced| &replaced.origin)
    }

    /// The service as whose paper it is printed: that of the original, where it is a duplicate itself.
    #[must_use]
    pub fn printed_as(&self) -> &ServiceRef {
        let original = self.paper.replaces.as_ref().and_then(|replaced| replaced.printed_as.as_ref());
        original.unwrap_or(&self.service)
    }
}

/// The number of the paper that a form names, if it is one of this system: an older number stays text.
#[must_use]
pub fn named(service: &Service, answers: &Answers) -> Option<String> {
    let parent = service.parent.as_ref()?;
    let typed = answers.get(&parent.field)?.as_str()?;
    let number = Number::parse(typed).ok().filter(|number| number.kind() == Kind::Paper)?;
    Some(number.to_string())
}

/// What a request does to its parent: the first act whose condition holds.
///
/// # Errors
/// [`Refusal::Condition`].
pub fn act<'a>(parent: &'a Parent, known: &Known<'_>) -> Result<Option<&'a ParentAct>, Refusal> {
    for act in &parent.acts {
        if act.when.as_ref().map_or(Ok(true), |when| known.holds(when, "parent"))? {
            return Ok(Some(act));
        }
    }
    Ok(None)
}

/// Judges whether a request of this service may be about the paper; gives what the event keeps of it.
///
/// # Errors
/// [`Refusal`].
pub fn accept(known: &Known<'_>, facts: &ParentFacts, applicant: Uuid, today: Date) -> Result<ParentRef, Refusal> {
    let unfit = || Refusal::ParentService { service: facts.service.code.clone() };
    let relation = known.service().parent.as_ref().ok_or_else(unfit)?;
    let listed = |code: &str| relation.services.iter().any(|service| service == code);
    if !listed(facts.origin()) && !listed(&facts.service.code) {
        return Err(unfit());
    }
    let wanted = act(relation, known)?;
    if let Some(wanted) = wanted {
        stands(facts, wanted.act)?;
        in_time(facts, relation.late_days, today)?;
        holder(facts, wanted.act, applicant)?;
        let meets = |other: &Act| *other == wanted.act || (other.replaces() && wanted.act.replaces());
        if let Some((number, _)) = facts.living.iter().find(|(_, other)| meets(other)) {
            return Err(Refusal::ParentBusy { number: number.clone() });
        }
    }
    Ok(ParentRef {
        number: facts.paper.number.clone(),
        request: facts.request,
        service: facts.service.code.clone(),
        origin: facts.origin().to_owned(),
        act: wanted.map(|wanted| wanted.act),
        expires: facts.paper.expires,
        issue: facts.paper.issue(),
        until: wanted.and_then(|wanted| known.day(wanted.until.as_ref()?)),
    })
}

/// A paper that is ended cannot be worked on; one that is suspended can only be given up.
fn stands(facts: &ParentFacts, act: Act) -> Result<(), Refusal> {
    match facts.paper.standing {
        Standing::Valid => Ok(()),
        Standing::Suspended if act == Act::Cancel => Ok(()),
        Standing::Superseded => {
            let by = facts.paper.superseded.as_ref().map(|by| by.number.clone()).unwrap_or_default();
            Err(Refusal::ParentSuperseded { by })
        }
        standing @ (Standing::Suspended | Standing::Revoked) => Err(Refusal::ParentStands { standing }),
    }
}

fn in_time(facts: &ParentFacts, late: u16, today: Date) -> Result<(), Refusal> {
    let Some(expires) = facts.paper.expires else { return Ok(()) };
    let last = expires.checked_add(i64::from(late).days()).unwrap_or(Date::MAX);
    if today > last { Err(Refusal::ParentExpired { on: expires }) } else { Ok(()) }
}

fn holder(facts: &ParentFacts, act: Act, applicant: Uuid) -> Result<(), Refusal> {
    match act {
        Act::Transfer if applicant == facts.holder => Err(Refusal::ParentSameHolder),
        Act::Transfer => Ok(()),
        _ if applicant == facts.holder => Ok(()),
        _ => Err(Refusal::ParentNotHolder),
    }
}

/// Judges once more when the paper is to be issued; gives what the new paper says of the old one.
pub(super) fn replaced(case: &Case<'_>) -> Result<Option<Replaced>, Refusal> {
    let Some(parent) = &case.state.file.parent else { return Ok(None) };
    let Some(act) = parent.act else { return Ok(None) };
    let facts = case.facts.parent.ok_or(Refusal::NotProvided { what: "parent" })?;
    stands(facts, act)?;
    if !act.replaces() {
        return Ok(None);
    }
    // Filed in time is in time, but a term that has ended is not handed on, unless the service takes it late.
    let late = case.facts.service.parent.as_ref().map_or(0, |parent| parent.late_days);
    if act != Act::Renew && late == 0 {
        in_time(facts, 0, case.today())?;
    }
    Ok(Some(Replaced {
        number: parent.number.clone(),
        act,
        issue: parent.issue.saturating_add(1),
        origin: parent.origin.clone(),
        printed_as: (act == Act::Duplicate).then(|| facts.printed_as().clone()),
    }))
}

/// What becomes of the parent when the request's own paper is issued, as an event of the parent's
/// request; `case` is the parent's.
///
/// # Errors
/// [`Refusal`].
pub(super) fn follow(
    case: &Case<'_>,
    parent: &ParentRef,
    child: (&str, Uuid),
    number: &str,
) -> Result<Option<RequestEvent>, Refusal> {
    let Some(act) = parent.act else { return Ok(None) };
    let effect = case.turn().finish()?;
    let (request_number, request) = child;
    if act.replaces() {
        let superseded = PaperSuperseded { number: parent.number.clone(), by: number.to_owned(), request, act, effect };
        return Ok(Some(RequestEvent::PaperSuperseded(superseded)));
    }
    let ruling = PaperRuling {
        number: parent.number.clone(),
        reason: String::new(),
        decision: Decision { number: request_number.to_owned(), date: case.today() },
        until: parent.until.filter(|_| act == Act::Suspend),
        by: Some(number.to_owned()),
        effect,
    };
    Ok(Some(match act {
        Act::Suspend => RequestEvent::PaperSuspended(ruling),
        _ => RequestEvent::PaperRevoked(ruling),
    }))
}

/// First day of the term of a paper issued on a day: a renewal goes on where the old term ends.
pub(super) fn begins(parent: Option<&ParentRef>, issued: Date) -> Date {
    let renewed = parent.filter(|parent| parent.act == Some(Act::Renew)).and_then(|parent| parent.expires);
    match renewed.and_then(|last| last.tomorrow().ok()) {
        Some(next) if next > issued => next,
        _ => issued,
    }
}

/// The last day of a paper that takes over the term of another: never later than that one's.
pub(super) fn bounded(parent: Option<&ParentRef>, own: Option<Date>) -> Option<Date> {
    let keeps = |act: &Act| matches!(act, Act::Amend | Act::Transfer | Act::Duplicate);
    let kept = parent.filter(|parent| parent.act.as_ref().is_some_and(keeps)).and_then(|parent| parent.expires);
    match (kept, own) {
        (Some(kept), Some(own)) => Some(kept.min(own)),
        (kept, own) => kept.or(own),
    }
}

/// What the public register tells of a paper (بيانات السجل العام): what the file of its service lets it
/// tell, from public answers alone; what the form does not ask comes from the paper it replaces.
pub(super) fn published(case: &Case<'_>, values: &Answers) -> Option<Published> {
    let service = case.facts.service;
    let level = service.output.register?;
    let answers = [values, &case.state.course.report, &case.state.file.answers];
    let before = case.facts.parent.and_then(|parent| parent.paper.published.clone());
    let before = before.filter(|_| case.state.file.parent.as_ref().is_some_and(|parent| parent.act.is_some()));
    let activity = service.field("activity_code").filter(|field| field.choices_ref.is_some() && !field.personal);
    let activity = activity.and_then(|field| answers.iter().find_map(|answers| answers.get(&field.id)?.as_str()));
    let before_activity = before.as_ref().and_then(|before| before.activity.clone());
    let mut published = Published {
        group: before.as_ref().map_or_else(|| service.group.clone(), |before| before.group.clone()),
        activity: activity.map(str::to_owned).or(before_activity),
        place: String::new(),
        point: None,
    };
    if level == Register::Place {
        published.place = crate::papers::place(service, values, [&case.state.course.report, &case.state.file.answers]);
        published.point = point(&service.fields, &case.state.file.answers);
        if let Some(before) = before {
            if published.place.is_empty() {
                published.place = before.place;
            }
            published.point = published.point.or(before.point);
        }
    }
    Some(published)
}

/// The first public point of a form, in millionths of a degree, east then north.
#[must_use]
pub fn point(fields: &[Field], answers: &Answers) -> Option<[i64; 2]> {
    let points = fields.iter().filter(|field| field.kind == FieldType::Point && !field.personal);
    points.into_iter().find_map(|field| micro_degrees(answers.get(&field.id)?))
}

fn micro_degrees(value: &Value) -> Option<[i64; 2]> {
    let [east, north] = value.as_array()?.as_slice() else { return None };
    let micro = |value: &Value| {
        let degrees: Decimal = value.as_str()?.parse().ok()?;
        degrees.checked_mul(Decimal::from(1_000_000))?.round().to_i64()
    };
    Some([micro(east)?, micro(north)?])
}
