//! الترخيص الأصل في الاستمارة: the paper that the request is about. Its number is typed or scanned into the
//! field that the service names; what its request said is offered again, and what differs is shown.

use catalogue::answers::read_one;
use catalogue::model::{Field, FieldType, FilledBy};
use documents::sign::Link;
use foundation::arabic::digits;
use foundation::dates;
use foundation::money::Piastres;
use foundation::numbers::{Kind, Number};
use foundation::web::{Ctx, FormData, FormErrors, PageError};
use registry::citizens::Citizen;
use serde_json::Value;
use uuid::Uuid;

use super::super::{printed, words};
use super::fields::PREFIX;
use super::{Work, read, who};
use crate::licences::{chain, queries as licences};
use crate::requests::act::split;
use crate::requests::events::{Answers, Applicant};
use crate::requests::queries;
use crate::requests::rules::{self, Known, Refusal};
use crate::requests::store;

/// The control that takes the number.
fn control(work: &Work<'_>) -> Option<String> {
    work.service.parent.as_ref().map(|parent| format!("{PREFIX}{}", parent.field))
}

/// Whether the form names an earlier paper.
pub(super) fn named(work: &Work<'_>, data: &FormData) -> bool {
    control(work).is_some_and(|control| !data.get(&control).is_empty())
}

/// Puts a number into the form that was opened for it.
pub(super) fn begin(work: &Work<'_>, data: &mut FormData, number: &str) {
    if let Some(control) = control(work).filter(|control| data.get(control).is_empty()) {
        data.set(&control, number);
    }
}

/// A scanned QR becomes the number that stands for it; a number in any form becomes its digits.
pub(super) async fn plain(work: &Work<'_>, data: &mut FormData) -> Result<(), PageError> {
    let Some(control) = control(work) else { return Ok(()) };
    let typed = digits::to_ascii(data.get(&control));
    let token = match typed.parse::<Link>() {
        Ok(Link::Paper { token, .. }) => Some(token.to_string()),
        _ => None,
    };
    if let Some(token) = token {
        let found = queries::paper_by_token(&mut work.office.db.reader(), &token).await;
        if let Some(found) = found.map_err(|error| PageError::from_error(&error))? {
            data.set(&control, &found.paper.number);
        }
    } else if let Some(number) = Number::parse(&typed).ok().filter(|number| number.kind() == Kind::Paper) {
        data.set(&control, &number.to_string());
    }
    Ok(())
}

/// Looks the paper up: refuses what cannot be, fills what is empty, says what differs. `people` is whether
/// the applicant is to be judged too.
pub(super) async fn look(
    work: &Work<'_>,
    c: &Ctx,
    data: &mut FormData,
    known: Option<&Citizen>,
    errors: &mut FormErrors,
    said: &mut Vec<String>,
) -> Result<(), PageError> {
    let (Some(control), Some(relation)) = (control(work), &work.service.parent) else { return Ok(()) };
    let typed = data.get(&control).to_owned();
    if typed.is_empty() {
        return Ok(());
    }
    let Some(number) = Number::parse(&typed).ok().filter(|number| number.kind() == Kind::Paper) else {
        said.push(c.t("licences-old-number"));
        return Ok(());
    };
    let number = number.to_string();
    let failed = |error: record::RecordError| PageError::from_error(&error);
    let mut q = work.office.db.reader();
    let parent = store::parent(&mut q, &work.seat.tenant, &number, work.request).await.map_err(failed)?;
    let Some(parent) = parent else {
        let refusal = Refusal::ParentUnknown { number: c.reference(&number) };
        errors.add(&control, words::refusal(c, work.office.catalogue(), &refusal));
        return Ok(());
    };
    let earlier = licences::earlier_answers(&mut q, &number).await.map_err(failed)?;
    fill(work, data, &earlier, &relation.field);
    let today = rules::day(work.office.clock.now());
    let told = who::known(&work.service, data, today);
    let answers = match read::so_far(&work.service, data, today).to_json() {
        Value::Object(answers) => split(&work.service.fields, answers).0,
        _ => Answers::new(),
    };
    // Nobody typed yet is judged as the one whom the act asks for.
    let subject = known.map(|citizen| citizen.id).or_else(|| who::identity(data, today).map(|_| Uuid::nil()));
    let applicant = Applicant {
        subject: Uuid::nil(),
        kind: told.kind,
        agent: None,
        foreign: told.is_foreign,
        sex: told.sex.map(str::to_owned),
    };
    let judged = Known::told(&work.service, &applicant, &answers);
    let accepted = rules::accept_parent(&judged, &parent.facts, subject.unwrap_or(parent.facts.holder), today);
    match accepted {
        Ok(parent) => {
            let about = chain::about(c, &parent, &c.reference_inline(&number));
            said.push(match parent.expires {
                Some(last) => c.ta("licences-parent-found", &[("about", &about), ("expires", &c.date(last))]),
                None => c.t1("licences-parent-found-no-end", "about", about),
            });
        }
        Err(Refusal::ParentSameHolder) if subject.is_none() => {}
        Err(refusal) => {
            errors.add(&control, words::refusal(c, work.office.catalogue(), &refusal));
        }
    }
    said.push(c.t1("licences-offered", "number", c.reference_inline(&number)));
    said.extend(changes(work, c, data, &earlier, &relation.field));
    Ok(())
}

/// Fields that are offered again.
fn offered<'a>(work: &'a Work<'_>, own: &'a str) -> impl Iterator<Item = &'a Field> {
    work.service
        .fields
        .iter()
        .filter(move |field| field.filled_by == FilledBy::Applicant && !field.personal && field.id != own)
}

fn fill(work: &Work<'_>, data: &mut FormData, earlier: &Answers, own: &str) {
    for field in offered(work, own) {
        let control = format!("{PREFIX}{}", field.id);
        if !data.get(&control).is_empty() {
            continue;
        }
        if let Some(text) = earlier.get(&field.id).and_then(|value| as_typed(field, value)) {
            data.set(&control, &text);
        }
    }
}

/// An answer as it would be typed into its one control; none for rows, files and shapes.
fn as_typed(field: &Field, value: &Value) -> Option<String> {
    match (field.kind, value) {
        (FieldType::YesNo, Value::Bool(yes)) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        (FieldType::Money, Value::Number(number)) => Some(Piastres(number.as_i64()?).plain()),
        (FieldType::Date, Value::String(day)) => {
            let day = dates::parse_iso(day)?;
            Some(format!("{}/{}/{}", day.day(), day.month(), day.year()))
        }
        (FieldType::Point, Value::Array(pair)) => {
            let parts: Vec<&str> = pair.iter().rev().filter_map(Value::as_str).collect();
            Some(parts.join(", "))
        }
        (FieldType::Choice, Value::String(code)) => {
            let known = field.choices_ref.is_some() || field.choices.iter().any(|choice| choice.value == *code);
            known.then(|| code.clone())
        }
        (FieldType::RepeatedGroup | FieldType::File | FieldType::MultiChoice, _) => None,
        (_, Value::String(text)) => Some(text.clone()),
        (_, Value::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}

/// What is typed now and was otherwise in the paper's own request.
fn changes(work: &Work<'_>, c: &Ctx, data: &FormData, earlier: &Answers, own: &str) -> Vec<String> {
    let today = rules::day(work.office.clock.now());
    let mut list = Vec::new();
    for field in offered(work, own) {
        let (Some(before), Some(typed)) = (earlier.get(&field.id), data.opt(&format!("{PREFIX}{}", field.id))) else {
            continue;
        };
        let Some(was) = as_typed(field, before) else { continue };
        let same = |text: &str| read_one(field, vec![text.to_owned()], today).ok();
        if same(typed) != same(&was) {
            let before = printed::text(c, work.office, field, before);
            list.push(c.ta("licences-changed", &[("field", &field.label_ar), ("before", &before)]));
        }
    }
    list
}
