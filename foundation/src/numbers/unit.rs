//! A unit's code and its three digits.

use super::number::NumberError;
use crate::governorates;

/// Kind letter of a unit's code and the first of its hundred; the letter of the governorate
/// itself is not in the list, its digits are 000.
const HUNDREDS: [(char, u16); 5] = [('M', 100), ('C', 200), ('D', 300), ('N', 400), ('B', 500)];

/// Governorate and unit digits of a unit's code: `01-D07` → (1, 307), `00` → (0, 0). The
/// governorate itself (`01-G00`) is 000, markaz 101–199, cities 201–299, districts 301–399, new
/// cities 401–499; villages and outside bodies 501–999, their code carrying the number as it is
/// (`01-B501`) or counted (`01-B01`). `None` if the code has another shape.
#[must_use]
pub fn unit_digits(code: &str) -> Option<(u8, u16)> {
    let (governorate, local) = match code.split_once('-') {
        Some((governorate, local)) => (governorate, Some(local)),
        None => (code, None),
    };
    let number = |text: &str| -> Option<u16> {
        let plain = (2..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if plain { text.parse().ok() } else { None }
    };
    let governorate = number(governorate).filter(|_| governorate.len() == 2).and_then(|n| u8::try_from(n).ok())?;
    if governorate != governorates::NATIONAL {
        governorates::name(governorate)?;
    }
    let Some(local) = local else {
        return (governorate == governorates::NATIONAL).then_some((governorate, 0));
    };
    let mut letters = local.chars();
    let kind = letters.next()?;
    let order = number(letters.as_str())?;
    let unit = match (kind, order) {
        ('G', 0) => 0,
        ('B', 501..=999) => order,
        ('B', 1..=499) => 500 + order,
        (_, 1..=99) => HUNDREDS.iter().find(|(letter, _)| *letter == kind && kind != 'B')?.1 + order,
        _ => return None,
    };
    Some((governorate, unit))
}

/// The code of a unit from its digits: (1, 307) → `01-D07`, (0, 0) → `00`, (1, 501) →
/// `01-B501`.
///
/// # Errors
/// [`NumberError::Governorate`] or [`NumberError::Unit`] where nothing can have these digits.
pub fn unit_code(governorate: u8, unit: u16) -> Result<String, NumberError> {
    if governorate != governorates::NATIONAL && governorates::name(governorate).is_none() {
        return Err(NumberError::Governorate);
    }
    match (governorate, unit) {
        (governorates::NATIONAL, 0) => Ok("00".to_owned()),
        (_, 0) => Ok(format!("{governorate:02}-G00")),
        (_, 501..=999) => Ok(format!("{governorate:02}-B{unit}")),
        (_, 101..=499) if !unit.is_multiple_of(100) => {
            let kind = HUNDREDS.iter().rev().find(|(_, first)| unit > *first).map(|(letter, _)| *letter);
            kind.map(|kind| format!("{governorate:02}-{kind}{:02}", unit % 100)).ok_or(NumberError::Unit)
        }
        _ => Err(NumberError::Unit),
    }
}
