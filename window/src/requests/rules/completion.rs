//! Completion (استيفاء): what is missing is asked once, the clock stands still until it has come.

use jiff::civil::Date;
use serde_json::Value;

use super::conditions::Known;
use super::guard::{Case, words};
use super::intake;
use super::refusal::Refusal;
use super::steps::reached;
use crate::requests::events::*;
use crate::requests::state::Completion;

/// Asks the applicant for what is missing.
pub(super) fn ask(
    case: &Case<'_>,
    no: StepNo,
    items: &[Missing],
    note: &str,
    until: Date,
) -> Result<RequestEvent, Refusal> {
    let desk = case.running(no)?;
    desk.judgment()?;
    if items.is_empty() {
        return Err(Refusal::NothingMissing);
    }
    items.iter().try_for_each(|item| known(case, item))?;
    let today = case.today();
    if until <= today {
        return Err(Refusal::DateOutside { from: super::clock::next(today), to: None });
    }

    let mut turn = case.turn();
    turn.halt(no, PauseReason::Completion);
    Ok(RequestEvent::CompletionAsked(CompletionAsked {
        step: no,
        items: items.to_vec(),
        note: note.trim().to_owned(),
        until,
        effect: turn.finish()?,
    }))
}

/// The service knows what is asked for.
fn known(case: &Case<'_>, item: &Missing) -> Result<(), Refusal> {
    let service = case.facts.service;
    let (code, found) = match item {
        Missing::Item { code } => (code, service.completion_items.iter().any(|item| item.code == *code)),
        Missing::Document { doc } => (doc, is_document(case, doc)),
        Missing::Field { field } => (field, service.fields.iter().any(|other| other.id == *field)),
        Missing::Text { text } => return words(text, "text"),
    };
    if found { Ok(()) } else { Err(Refusal::Unknown { code: code.clone() }) }
}

fn is_document(case: &Case<'_>, doc: &str) -> bool {
    case.facts.service.documents.iter().any(|other| other.doc == doc)
        || case.state.file.papers.iter().any(|paper| paper.doc == doc)
}

/// Takes in what came; the clock runs again when nothing is missing any more.
pub(super) fn answer(
    case: &Case<'_>,
    no: StepNo,
    items: &[Supplied],
    answers: &Answers,
    personal: &Value,
) -> Result<RequestEvent, Refusal> {
    case.going()?;
    let asked = case.state.course.open_completion(no).ok_or(Refusal::NothingAsked)?;
    if items.is_empty() {
        return Err(Refusal::NothingMissing);
    }
    intake::in_clear(case.facts.service.fields.as_slice(), answers)?;
    for (index, came) in items.iter().enumerate() {
        let twice = items.iter().take(index).any(|other| other.item == came.item);
        let item = asked.items.get(usize::from(came.item)).filter(|item| item.supplied.is_none());
        let item = item.filter(|_| !twice).ok_or(Refusal::NothingAsked)?;
        let corrected = matches!(&item.asked, Missing::Field { field }
            if answers.contains_key(field) || !personal.is_null());
        if !corrected && came.files.is_empty() {
            words(&came.text, "items")?;
        }
    }
    let complete = is_complete(asked, items);

    let mut file = case.state.file.answers.clone();
    file.extend(answers.clone());
    let mut turn = case.turn();
    if complete {
        turn.resume(no)?;
        turn.happened(super::law::Sign::Fulfilled(no));
    }
    if !answers.is_empty() {
        turn.known = Known::of(case.state, case.facts.service).with_answers(&file);
        turn.reconsider(&Known::of(case.state, case.facts.service))?;
        turn.advance()?;
    }
    Ok(RequestEvent::CompletionAnswered(CompletionAnswered {
        step: no,
        items: items.to_vec(),
        answers: answers.clone(),
        personal: personal.clone(),
        complete,
        effect: turn.finish()?,
    }))
}

fn is_complete(asked: &Completion, items: &[Supplied]) -> bool {
    (0..)
        .zip(&asked.items)
        .all(|(index, item): (u16, _)| item.supplied.is_some() || items.iter().any(|came| came.item == index))
}

/// Adds files; a document that was to come is there.
pub(super) fn attach(
    case: &Case<'_>,
    step: Option<StepNo>,
    doc: Option<&str>,
    files: &[FileRef],
) -> Result<RequestEvent, Refusal> {
    case.going()?;
    reached(case, step)?;
    if files.is_empty() {
        return Err(Refusal::NothingChanged);
    }
    if let Some(doc) = doc.filter(|doc| !is_document(case, doc)) {
        return Err(Refusal::Unknown { code: doc.to_owned() });
    }
    Ok(RequestEvent::FileAttached(FileAttached {
        step,
        doc: doc.map(str::to_owned),
        files: files.to_vec(),
        effect: case.turn().finish()?,
    }))
}
