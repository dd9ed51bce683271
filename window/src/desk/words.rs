//! Why something did not come about, in the words of the page and at the field concerned.

use catalogue::model::Service;
use foundation::web::messages::ToArg;
use foundation::web::{Ctx, FormErrors, PageError};

use super::forms::Action;
use super::parts;
use crate::Office;
use crate::requests::act::ActError;
use crate::requests::rules::{Arg, Refusal};
use crate::requests::state::Mark;
use crate::uploads::UploadError;

/// What a page makes of a command that did not come about.
pub(super) enum Failed {
    /// The form, with words at the field; 422.
    Form,
    /// The world has moved: the file again with what changed; 409.
    Moved(Vec<Mark>),
}

/// Sorts an error: words go to the form's errors, the rest is a page of its own.
///
/// # Errors
/// What is no matter of the form.
pub(super) fn sort(
    c: &Ctx,
    office: &Office,
    service: &Service,
    prefix: &str,
    error: ActError,
    errors: &mut FormErrors,
) -> Result<Failed, PageError> {
    match error {
        ActError::Changed { since } => {
            errors.add("", c.t("refusal-changed"));
            Ok(Failed::Moved(since))
        }
        ActError::Refused(refusal) => {
            let text = refused(c, office, service, &refusal);
            errors.add(field_of(prefix, &refusal), text);
            Ok(if refusal.is_conflict() { Failed::Moved(Vec::new()) } else { Failed::Form })
        }
        ActError::UnknownFile => {
            errors.add("", c.t("desk-file-unknown"));
            Ok(Failed::Form)
        }
        ActError::NoIssuingKey(_) => {
            errors.add("", c.t("desk-no-key"));
            Ok(Failed::Form)
        }
        error => Err(error.into()),
    }
}

/// A refusal in words.
pub(super) fn refused(c: &Ctx, office: &Office, service: &Service, refusal: &Refusal) -> String {
    let said: Vec<(&str, Box<dyn ToArg>)> = refusal
        .args()
        .into_iter()
        .map(|(name, arg)| {
            let value: Box<dyn ToArg> = match arg {
                Arg::Number(number) => Box::new(number),
                Arg::Date(day) => Box::new(c.date(day)),
                Arg::Money(amount) => Box::new(c.money(amount)),
                Arg::Word(word) => Box::new(word.to_owned()),
                Arg::Staff(_) => Box::new(String::new()),
                Arg::Codes(codes) => {
                    let names: Vec<String> = codes.iter().map(|code| name_of(c, office, service, code)).collect();
                    Box::new(names.join(c.comma()))
                }
                Arg::Service(code) => Box::new(office.service_name(&code, c.lang)),
                Arg::Text(text) => Box::new(text),
            };
            (name, value)
        })
        .collect();
    let args: Vec<(&str, &dyn ToArg)> = said.iter().map(|(name, value)| (*name, value.as_ref())).collect();
    c.ta(refusal.key(), &args)
}

/// The name behind a code of a document, fee part, field or department.
fn name_of(c: &Ctx, office: &Office, service: &Service, code: &str) -> String {
    if let Some(document) = office.catalogue().document(code) {
        return document.name(c.lang).to_owned();
    }
    if let Some(part) = service.fee.parts.iter().find(|part| part.code == code) {
        return part.label(c.lang).to_owned();
    }
    parts::department(c, office, code)
}

/// The field of a form to which a refusal belongs; empty for the form as a whole.
fn field_of(prefix: &str, refusal: &Refusal) -> String {
    let field = match refusal {
        Refusal::TextMissing { field } => field,
        Refusal::DateOutside { .. } | Refusal::NotWorkingDay { .. } => "date",
        Refusal::DaysOutside { .. } => "days",
        Refusal::ReasonMissing => "reasons",
        Refusal::NothingMissing => "items",
        Refusal::NoQuorum { .. } => "members",
        Refusal::NotEarlier { .. } => "to",
        Refusal::NoDepartment { .. } => "department",
        Refusal::OpinionAgainst => "opinion",
        Refusal::PapersPending { .. } => "papers_later",
        Refusal::NothingChanged if prefix == Action::Reassign.code() => "to",
        _ => return String::new(),
    };
    format!("{prefix}-{field}")
}

/// Why a file was not taken.
///
/// # Errors
/// Faults of ours.
pub(super) fn upload(c: &Ctx, error: UploadError) -> Result<String, PageError> {
    match error.key() {
        Some(_) if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => Ok(c.t("desk-file-large")),
        Some(_) if error.status() == axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE => Ok(c.t("desk-file-kind")),
        Some(_) => Ok(c.t("desk-file-damaged")),
        None => Err(error.into()),
    }
}
