//! Intake (قيد الطلب): a number, a promise, the first desk.

use catalogue::model::{Field, Need, Service};
use jiff::civil::Date;
use serde_json::Value;

use super::clock;
use super::command::Register;
use super::conditions::Known;
use super::facts::Facts;
use super::refusal::Refusal;
use super::turn::Turn;
use crate::requests::events::*;

/// Registers a request and opens its first steps.
pub(super) fn register(register: &Register, facts: &Facts<'_>) -> Result<RequestEvent, Refusal> {
    let service = facts.service;
    let applicant = &register.applicant;
    accepting(service, clock::day(facts.now))?;
    if !service.applicants.contains(&applicant.kind) {
        return Err(Refusal::WrongApplicant);
    }
    if !service.channels.contains(&register.taken_in.channel) {
        return Err(Refusal::WrongChannel);
    }
    in_clear(&service.fields, &register.answers)?;
    if let Some(freeze) = facts.freeze {
        return Err(Refusal::Frozen { decision: freeze.decision.clone(), dated: freeze.dated, until: freeze.until });
    }
    let known = Known::told(service, applicant, &register.answers);
    let parent = match (&register.parent, facts.parent) {
        (None, _) => None,
        (Some(number), None) => return Err(Refusal::ParentUnknown { number: number.clone() }),
        (Some(_), Some(parent)) => {
            Some(super::lineage::accept(&known, parent, applicant.subject, clock::day(facts.now))?)
        }
    };
    let papers = papers(service, &known, &register.papers)?;
    let number = facts.number.ok_or(Refusal::NotProvided { what: "number" })?;
    let slip = facts.slip.ok_or(Refusal::NotProvided { what: "slip" })?;

    let calendar = clock::calendar(facts, &register.unit)?;
    let received_on = calendar.received_day(facts.now);
    let days = days(service, &known)?;
    let total = clock::deadline(calendar, received_on, days, &[], received_on);
    let statutory = super::law::statutory(service, calendar, received_on);

    let mut turn = Turn::fresh(&register.tenant, &register.unit, known, facts);
    let at_window = if register.checked {
        let docs = papers.iter().filter(|paper| paper.state == PaperState::Pending);
        let docs: Vec<String> = docs.map(|paper| paper.doc.clone()).collect();
        if !docs.is_empty() {
            return Err(Refusal::PapersPending { docs });
        }
        Some(turn.check_at_window()?)
    } else {
        None
    };
    turn.advance()?;
    Ok(RequestEvent::Registered(Box::new(Registered {
        number: number.to_owned(),
        service: ServiceRef { code: service.code.clone(), version: service.hash.clone() },
        tenant: register.tenant.clone(),
        unit: register.unit.clone(),
        taken_in: register.taken_in.clone(),
        parent,
        applicant: applicant.clone(),
        answers: register.answers.clone(),
        personal: register.personal.clone(),
        papers,
        at_window,
        slip: slip.clone(),
        received_on,
        days,
        total,
        statutory,
        effect: turn.finish()?,
    })))
}

/// The service takes requests on this day.
fn accepting(service: &Service, today: Date) -> Result<(), Refusal> {
    if today < service.from {
        return Err(Refusal::NotAccepting { from: service.from, to: None });
    }
    match &service.application_window {
        Some(window) if today < window.from || today > window.to => {
            Err(Refusal::NotAccepting { from: window.from, to: Some(window.to) })
        }
        _ => Ok(()),
    }
}

/// Working days of the whole request: the first variant whose condition holds.
fn days(service: &Service, known: &Known<'_>) -> Result<u16, Refusal> {
    let limit = &service.time_limit;
    for variant in &limit.variants {
        if known.holds(&variant.when, "time_limit")? {
            return Ok(u16::try_from(variant.working_days).unwrap_or(u16::MAX));
        }
    }
    Ok(u16::try_from(limit.working_days).unwrap_or(u16::MAX))
}

/// What was handed in, and every other document that the service demands, as still to come.
fn papers(service: &Service, known: &Known<'_>, handed_in: &[Paper]) -> Result<Vec<Paper>, Refusal> {
    let declared = |doc: &str| service.documents.iter().any(|other| other.doc == doc);
    if let Some(paper) = handed_in.iter().find(|paper| !declared(&paper.doc)) {
        return Err(Refusal::Unknown { code: paper.doc.clone() });
    }
    let mut papers = handed_in.to_vec();
    for document in &service.documents {
        let listed = papers.iter().any(|paper| paper.doc == document.doc);
        let needed = match &document.required {
            Need::Always => true,
            Need::Optional => false,
            Need::When(when) => known.holds(when, &document.doc)?,
        };
        if needed && !listed {
            papers.push(Paper {
                doc: document.doc.clone(),
                state: PaperState::Pending,
                until: None,
                files: Vec::new(),
            });
        }
    }
    Ok(papers)
}

/// Whether a field, or a column of it, tells who a person is: then all of it is encrypted.
#[must_use]
pub(super) fn is_personal(field: &Field) -> bool {
    field.personal || field.fields.iter().any(is_personal)
}

/// Answers that may lie open in the record: fields of the form, nothing personal, nothing inexact.
pub(super) fn in_clear(fields: &[Field], answers: &Answers) -> Result<(), Refusal> {
    for (id, value) in answers {
        let Some(field) = fields.iter().find(|field| field.id == *id) else {
            return Err(Refusal::Unknown { code: id.clone() });
        };
        if is_personal(field) {
            return Err(Refusal::PersonalInClear { field: id.clone() });
        }
        if !is_exact(value) {
            return Err(Refusal::NotExact { field: id.clone() });
        }
    }
    Ok(())
}

fn is_exact(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_i64(),
        Value::Array(items) => items.iter().all(is_exact),
        Value::Object(members) => members.values().all(is_exact),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}
