//! الأرقام: digits of the three sets that Egyptians type (0–9, ٠–٩, ۰–۹), and the one place
//! that writes a number for a page or a paper.

use serde::{Deserialize, Serialize};

/// Which digits prose and printed documents show (setting `digits`). Identifiers, money,
/// tables and inputs are always [`Digits::Latn`]. The names are those of Unicode CLDR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Digits {
    /// 0123456789, `,` and `.`
    #[default]
    Latn,
    /// ٠١٢٣٤٥٦٧٨٩, `٬` and `٫`
    Arab,
}

/// The value of a digit of any of the three sets.
#[must_use]
pub const fn value(letter: char) -> Option<u8> {
    let zero = match letter {
        '0'..='9' => '0' as u32,
        '\u{0660}'..='\u{0669}' => 0x0660,
        '\u{06F0}'..='\u{06F9}' => 0x06F0,
        _ => return None,
    };
    Some((letter as u32 - zero) as u8)
}

/// The text with its digits as ASCII, nothing else changed.
#[must_use]
pub fn to_ascii(text: &str) -> String {
    text.chars().map(|c| value(c).map_or(c, |v| char::from(b'0' + v))).collect()
}

/// The text with its digits as Arabic-Indic, nothing else changed.
#[must_use]
pub fn to_arabic(text: &str) -> String {
    text.chars().map(|c| value(c).and_then(|v| char::from_u32(0x0660 + u32::from(v))).unwrap_or(c)).collect()
}

/// The text with its digits in the chosen set.
#[must_use]
pub fn show(text: &str, digits: Digits) -> String {
    match digits {
        Digits::Latn => to_ascii(text),
        Digits::Arab => to_arabic(text),
    }
}

/// A whole number with its thousands parted: `1,234,567` or `١٬٢٣٤٬٥٦٧`.
#[must_use]
pub fn grouped(number: i64, digits: Digits) -> String {
    let plain = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(plain.len() * 4 / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index).is_multiple_of(3) {
            text.push(if digits == Digits::Latn { ',' } else { '٬' });
        }
        text.push(digit);
    }
    show(&text, digits)
}

/// What nobody means when typing a number and pasting brings along: bidi controls, zero-width
/// characters, soft hyphens and tatweel.
#[must_use]
pub const fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{00AD}' | '\u{0640}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// Dashes of every length, as phones and word processors put them.
#[must_use]
pub const fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// An identifier as typed, reduced to what counts: ASCII digits for all digits; spaces, dashes
/// and invisible characters gone. Other characters stay, so that the caller can refuse them.
#[must_use]
pub fn identifier(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !is_dash(*c) && !is_invisible(*c))
        .map(|c| value(c).map_or(c, |v| char::from(b'0' + v)))
        .collect()
}

/// A whole number as typed, in any digits, with thousands marks, spaces and invisible
/// characters; `None` if it is not one or does not fit.
#[must_use]
pub fn parse_int(text: &str) -> Option<i64> {
    let plain: String = to_ascii(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c) && !matches!(c, ',' | '٬' | '،'))
        .map(|c| if is_dash(c) { '-' } else { c })
        .collect();
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_and_writes() {
        assert_eq!(to_ascii("رقم ٠١٢۳٤ 5"), "رقم 01234 5");
        assert_eq!(to_arabic("7 ۸ 9"), "٧ ٨ ٩");
        assert_eq!(grouped(1_234_567, Digits::Latn), "1,234,567");
        assert_eq!(grouped(-123, Digits::Latn), "-123");
        assert_eq!(grouped(1_000, Digits::Arab), "١٬٠٠٠");
        assert_eq!(identifier("\u{202B}٢٩٠ 01-01–01\u{200F}ـ۲x"), "29001010 12x".replace(' ', ""));
        assert_eq!(parse_int(" ١٬٢٣٤ "), Some(1_234));
        assert_eq!(parse_int("−5"), Some(-5));
        assert_eq!(parse_int("١٢ م"), None);
        assert_eq!(parse_int("99999999999999999999"), None);
    }

    proptest! {
        #[test]
        fn every_form_reads_back(number: i64) {
            for digits in [Digits::Latn, Digits::Arab] {
                prop_assert_eq!(parse_int(&grouped(number, digits)), Some(number));
            }
        }

        #[test]
        fn folding_is_stable(text in "\\PC*") {
            let once = to_ascii(&text);
            prop_assert_eq!(to_ascii(&once), once.clone());
            prop_assert_eq!(to_ascii(&to_arabic(&text)), once);
        }
    }
}
