//! Help for a mistyped number: the valid numbers that one slip away from what was typed.

use super::damm;
use super::number::Number;

/// زلة الكتابة: how the hand slipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slip {
    /// Two neighbours were swapped: the digit at the place and the one after it.
    Swap,
    /// The digit at the place is another.
    Digit,
}

/// A number that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The valid number.
    pub number: Number,
    /// What was done to come to it.
    pub slip: Slip,
    /// Where, counted from 0 in the fifteen digits.
    pub place: usize,
}

/// The valid numbers one slip away from fifteen typed digit values: swaps first, since a swap
/// that fits is rare, then single digits, both from the end, where hands tire. Numbers that no
/// unit can have are left out. Whether one exists is for the caller to look up.
#[must_use]
pub fn corrections(typed: &[u8]) -> Vec<Correction> {
    let mut found: Vec<Correction> = Vec::new();
    let mut consider = |values: &[u8], slip, place| {
        if let (true, Ok(number)) = (damm::is_valid(values), Number::from_values(values)) {
            found.push(Correction { number, slip, place });
        }
    };
    if typed.len() != Number::LENGTH {
        return found;
    }
    for place in (0..typed.len() - 1).rev() {
        let mut values = typed.to_vec();
        values.swap(place, place + 1);
        if values != typed {
            consider(&values, Slip::Swap, place);
        }
    }
    for place in (0..typed.len()).rev() {
        for digit in 0..10 {
            let mut values = typed.to_vec();
            if let Some(value) = values.get_mut(place).filter(|value| **value != digit) {
                *value = digit;
                consider(&values, Slip::Digit, place);
            }
        }
    }
    found
}
