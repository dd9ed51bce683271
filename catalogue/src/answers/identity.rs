//! National ids and telephones among the answers.

use foundation::arabic::digits;
use jiff::civil::Date;

use super::Answer;

/// Eleven digits of a mobile, with or without the country's code.
pub(super) fn mobile(text: &str) -> Result<Answer, String> {
    let ascii: String = digits::to_ascii(text).chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
    let local = ascii.strip_prefix("+20").or_else(|| ascii.strip_prefix("0020")).map(|rest| format!("0{rest}"));
    let number = local.unwrap_or(ascii);
    let known = ["010", "011", "012", "015"].iter().any(|prefix| number.starts_with(prefix));
    if known && number.len() == 11 && number.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(Answer::Text(number))
    } else {
        Err("رقم المحمول أحد عشر رقمًا يبدأ بـ 010 أو 011 أو 012 أو 015".into())
    }
}

/// Fourteen digits: century, real birth date not in the future, governorate. The check digit is
/// not published, so it never refuses.
pub(super) fn national_id(text: &str, today: Date) -> Result<Answer, String> {
    let ascii: String = digits::to_ascii(text).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    if ascii.len() != 14 || !ascii.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("الرقم القومي أربعة عشر رقمًا".into());
    }
    let two = |at: usize| ascii.get(at..at + 2).and_then(|part| part.parse::<i16>().ok()).unwrap_or(0);
    let century = match ascii.as_bytes().first() {
        Some(b'2') => 1900,
        Some(b'3') => 2000,
        _ => return Err("الرقم القومي يبدأ بـ 2 أو 3".into()),
    };
    let month = i8::try_from(two(3)).unwrap_or(0);
    let day = i8::try_from(two(5)).unwrap_or(0);
    match Date::new(century + two(1), month, day) {
        Ok(born) if born <= today => {}
        _ => return Err("تاريخ الميلاد في الرقم القومي غير صحيح".into()),
    }
    const GOVERNORATES: [i16; 28] =
        [1, 2, 3, 4, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 31, 32, 33, 34, 35, 88];
    if GOVERNORATES.contains(&two(7)) {
        Ok(Answer::Text(ascii))
    } else {
        Err("كود المحافظة في الرقم القومي غير صحيح".into())
    }
}
