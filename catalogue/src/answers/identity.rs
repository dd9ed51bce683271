//! National ids and telephones among the answers, and what to say when they are wrong.

use foundation::identity::{Mobile, NationalId, NationalIdError};
use jiff::civil::Date;

use super::Answer;

pub(super) fn mobile(text: &str) -> Result<Answer, String> {
    let number = Mobile::parse(text).map_err(|_| "رقم المحمول أحد عشر رقمًا يبدأ بـ 010 أو 011 أو 012 أو 015")?;
    Ok(Answer::Text(number.as_str().to_owned()))
}

pub(super) fn national_id(text: &str, today: Date) -> Result<Answer, String> {
    let id = NationalId::parse(text, today).map_err(|error| refusal(error).to_owned())?;
    Ok(Answer::Text(id.as_str().to_owned()))
}

/// What the clerk is told where the check digit does not fit: how it is made is not published,
/// so it never refuses.
pub(super) fn doubt(text: &str, today: Date) -> Option<&'static str> {
    let id = NationalId::parse(text, today).ok()?;
    (!id.check_digit_ok()).then_some("راجع الرقم القومي على البطاقة: رقم التحقق الأخير غير مطابق للمعتاد")
}

fn refusal(error: NationalIdError) -> &'static str {
    match error {
        NationalIdError::Empty | NationalIdError::Characters | NationalIdError::Length { .. } => {
            "الرقم القومي أربعة عشر رقمًا"
        }
        NationalIdError::Century => "الرقم القومي يبدأ بـ 2 أو 3",
        NationalIdError::BirthDate => "تاريخ الميلاد في الرقم القومي غير صحيح",
        NationalIdError::Future => "تاريخ الميلاد في الرقم القومي لم يأتِ بعد",
        NationalIdError::Governorate => "كود المحافظة في الرقم القومي غير صحيح",
    }
}
