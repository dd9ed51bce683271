//! Personal answers: split from the public ones, encrypted under the applicant's key, opened again.

use catalogue::model::Field;
use record::{Cipher, RecordError, SubjectKey};
use registry::Private;
use serde_json::Value;

use crate::requests::events::Answers;
use crate::requests::rules::Command;

/// Names under which they are encrypted, so that one never opens as the other.
const ANSWERS: &str = "request answers";
const REPORT: &str = "request report";
const WORDS: &str = "words of the applicant";

/// Field under which words of the applicant lie in what is encrypted.
pub const TEXT: &str = "text";

/// Personal answers, to be opened only through the field matrix.
pub type PersonalAnswers = Private<Answers>;

/// Whether a field, or a column of it, tells who a person is: then all of it is encrypted.
fn is_personal(field: &Field) -> bool {
    field.personal || field.fields.iter().any(is_personal)
}

/// Splits answers into public and personal ones by the service's fields. What no field declares
/// goes with the public ones, where the rules refuse it.
#[must_use]
pub fn split(fields: &[Field], answers: Answers) -> (Answers, Answers) {
    let personal = |id: &str| fields.iter().any(|field| field.id == id && is_personal(field));
    answers.into_iter().partition(|(id, _)| !personal(id))
}

pub(super) fn field_of(what: &Command) -> &'static str {
    match what {
        Command::ReportVisit { .. } => REPORT,
        Command::WishVisit { .. } | Command::Object { .. } => WORDS,
        _ => ANSWERS,
    }
}

/// Encrypts personal answers; null if there are none.
pub(super) fn encrypt(key: &SubjectKey, field: &str, answers: &Answers) -> Result<Value, RecordError> {
    if answers.is_empty() {
        return Ok(Value::Null);
    }
    Ok(serde_json::to_value(key.encrypt(field, &serde_json::to_string(answers)?))?)
}

/// The same for the answers of a registration.
pub(crate) fn encrypt_answers(key: &SubjectKey, answers: &Answers) -> Result<Value, RecordError> {
    encrypt(key, ANSWERS, answers)
}

/// Opens the personal answers of a request's form.
///
/// # Errors
/// [`RecordError`] if the key is another's or the value is none of ours.
pub fn open_answers(key: &SubjectKey, personal: &Value) -> Result<PersonalAnswers, RecordError> {
    open(key, ANSWERS, personal).map(Private::new)
}

/// Opens the personal answers of an inspector's report.
///
/// # Errors
/// [`RecordError`] if the key is another's or the value is none of ours.
pub fn open_report(key: &SubjectKey, personal: &Value) -> Result<PersonalAnswers, RecordError> {
    open(key, REPORT, personal).map(Private::new)
}

/// Words that the applicant typed, as what is to be encrypted; nothing for none.
#[must_use]
pub fn words(text: &str) -> Answers {
    let text = text.trim();
    let pair = (!text.is_empty()).then(|| (TEXT.to_owned(), Value::from(text)));
    pair.into_iter().collect()
}

/// Opens words of the applicant: an objection, a note about a visit.
///
/// # Errors
/// [`RecordError`] if the key is another's or the value is none of ours.
pub fn open_words(key: &SubjectKey, personal: &Value) -> Result<Private<String>, RecordError> {
    let text = open(key, WORDS, personal)?;
    Ok(Private::new(text.get(TEXT).and_then(Value::as_str).unwrap_or_default().to_owned()))
}

fn open(key: &SubjectKey, field: &str, personal: &Value) -> Result<Answers, RecordError> {
    if personal.is_null() {
        return Ok(Answers::new());
    }
    let cipher: Cipher = serde_json::from_value(personal.clone())?;
    Ok(serde_json::from_str(&key.decrypt(field, &cipher)?)?)
}
