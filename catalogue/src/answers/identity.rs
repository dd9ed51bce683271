//! National ids and telephones among the answers, and what to say when they are wrong.

use foundation::identity::{Mobile, NationalId, NationalIdError};
use jiff::civil::Date;

use super::Answer;
use crate::words::Said;

pub(super) fn mobile(text: &str) -> Result<Answer, Said> {
    let number = Mobile::parse(text).map_err(|_| Said::of("field-mobile-wrong"))?;
    Ok(Answer::Text(number.as_str().to_owned()))
}

pub(super) fn national_id(text: &str, today: Date) -> Result<Answer, Said> {
    let id = NationalId::parse(text, today).map_err(|error| Said::of(refusal(error)))?;
    Ok(Answer::Text(id.as_str().to_owned()))
}

/// What the clerk is told where the check digit does not fit: how it is made is not published,
/// so it never refuses.
pub(super) fn doubt(text: &str, today: Date) -> Option<Said> {
    let id = NationalId::parse(text, today).ok()?;
    (!id.check_digit_ok()).then(|| Said::of("field-nid-doubt"))
}

fn refusal(error: NationalIdError) -> &'static str {
    match error {
        NationalIdError::Empty | NationalIdError::Characters | NationalIdError::Length { .. } => "field-nid-length",
        NationalIdError::Century => "field-nid-century",
        NationalIdError::BirthDate => "field-nid-birth",
        NationalIdError::Future => "field-nid-future",
        NationalIdError::Governorate => "field-nid-governorate",
    }
}
