//! Mobile numbers, and the identifiers of companies and foreigners.

use std::fmt;

use crate::arabic::digits;

/// Why a typed number is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Nothing was typed.
    #[error("nothing was given")]
    Empty,
    /// A character that cannot stand in it.
    #[error("a character that cannot stand there")]
    Characters,
    /// Too many or too few characters.
    #[error("{found} characters are too many or too few")]
    Length {
        /// How many there are.
        found: usize,
    },
    /// A mobile number begins with 010, 011, 012 or 015.
    #[error("a mobile number begins with 010, 011, 012 or 015")]
    Prefix,
}

/// Gives a kind of number its text and a `Debug` that hides it.
macro_rules! hidden_text {
    ($name:ident, $shown:expr) => {
        impl $name {
            /// The canonical text. Personal where the holder is a person.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// All but the ends hidden.
            #[must_use]
            pub fn mask(&self) -> String {
                let (head, tail): (usize, usize) = $shown;
                let hidden = self.0.len().saturating_sub(head + tail);
                let tail = self.0.get(self.0.len().saturating_sub(tail)..).unwrap_or_default();
                format!("{}{}{tail}", self.0.get(..head).unwrap_or_default(), "*".repeat(hidden))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.mask())
            }
        }
    };
}

/// رقم المحمول: an Egyptian mobile number, `01[0125]` and eight digits. The prefix no longer
/// tells the operator, since numbers are portable.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mobile(String);

hidden_text!(Mobile, (3, 3));

impl Mobile {
    /// Reads a number in any digits, with spaces, dashes and brackets, national or after `+20`,
    /// `0020` or `20`.
    ///
    /// # Errors
    /// Names what is wrong; see [`IdentityError`].
    pub fn parse(typed: &str) -> Result<Self, IdentityError> {
        let plain: String = digits::identifier(typed).chars().filter(|c| !matches!(c, '(' | ')' | '.')).collect();
        if plain.is_empty() {
            return Err(IdentityError::Empty);
        }
        let (international, rest) = match plain.strip_prefix('+').or_else(|| plain.strip_prefix("00")) {
            Some(rest) => (true, rest),
            None => (false, plain.as_str()),
        };
        // On paper the plus of a right-to-left line may come last.
        let (international, rest) = rest.strip_suffix('+').map_or((international, rest), |rest| (true, rest));
        if rest.is_empty() || !rest.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdentityError::Characters);
        }
        let subscriber = rest.strip_prefix("20").filter(|s| international || s.len() >= 10);
        let national = match subscriber {
            Some(number) => format!("0{}", number.strip_prefix('0').unwrap_or(number)),
            None if international => return Err(IdentityError::Prefix),
            None => rest.to_owned(),
        };
        if national.len() != 11 {
            return Err(IdentityError::Length { found: national.len() });
        }
        if !["010", "011", "012", "015"].iter().any(|prefix| national.starts_with(prefix)) {
            return Err(IdentityError::Prefix);
        }
        Ok(Self(national))
    }

    /// `+201001234567` (E.164), for messages and links.
    #[must_use]
    pub fn international(&self) -> String {
        format!("+2{}", self.0)
    }
}

/// رقم التسجيل الضريبي: nine digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxNumber(String);

hidden_text!(TaxNumber, (0, 3));

impl TaxNumber {
    /// Reads a number in any digits, often written 3-3-3.
    ///
    /// # Errors
    /// Names what is wrong; see [`IdentityError`].
    pub fn parse(typed: &str) -> Result<Self, IdentityError> {
        only_digits(typed, 9, 9).map(Self)
    }

    /// `123-456-789`
    #[must_use]
    pub fn grouped(&self) -> String {
        let part = |from, to| self.0.get(from..to).unwrap_or_default();
        format!("{}-{}-{}", part(0, 3), part(3, 6), part(6, 9))
    }
}

/// رقم السجل التجاري: up to ten digits, unique within its registry office.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommercialRegister(String);

hidden_text!(CommercialRegister, (0, 2));

impl CommercialRegister {
    /// Reads a number in any digits; leading zeros say nothing and go.
    ///
    /// # Errors
    /// Names what is wrong; see [`IdentityError`].
    pub fn parse(typed: &str) -> Result<Self, IdentityError> {
        let text = only_digits(typed, 1, 10)?;
        let text = text.trim_start_matches('0');
        if text.is_empty() { Err(IdentityError::Length { found: 0 }) } else { Ok(Self(text.to_owned())) }
    }
}

/// رقم جواز السفر: 5 to 12 Latin letters and digits (ICAO 9303 gives nine in the machine-readable
/// zone; some states print more).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passport(String);

hidden_text!(Passport, (1, 2));

impl Passport {
    /// Reads a number, digits of any set, letters of either case.
    ///
    /// # Errors
    /// Names what is wrong; see [`IdentityError`].
    pub fn parse(typed: &str) -> Result<Self, IdentityError> {
        let text = digits::identifier(typed).to_ascii_uppercase();
        if text.is_empty() {
            return Err(IdentityError::Empty);
        }
        if !text.bytes().all(|b| b.is_ascii_alphanumeric()) || !text.bytes().any(|b| b.is_ascii_digit()) {
            return Err(IdentityError::Characters);
        }
        if (5..=12).contains(&text.len()) { Ok(Self(text)) } else { Err(IdentityError::Length { found: text.len() }) }
    }
}

fn only_digits(typed: &str, least: usize, most: usize) -> Result<String, IdentityError> {
    let text: String = digits::identifier(typed).replace('/', "");
    if text.is_empty() {
        return Err(IdentityError::Empty);
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(IdentityError::Characters);
    }
    if (least..=most).contains(&text.len()) { Ok(text) } else { Err(IdentityError::Length { found: text.len() }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn mobiles() {
        for text in [
            "01001234567",
            "٠١٠٠١٢٣٤٥٦٧",
            "+20 100 123 4567",
            "0020-100-123-4567",
            "201001234567",
            "+20 (0)100 123 4567",
            "\u{202A}+201001234567\u{202C}",
            "201001234567+",
        ] {
            let mobile = Mobile::parse(text);
            assert_eq!(mobile.as_ref().map(Mobile::as_str), Ok("01001234567"), "{text}");
        }
        let mobile = Mobile::parse("01512345678").unwrap();
        assert_eq!(mobile.mask(), "015*****678");
        assert_eq!(format!("{mobile:?}"), "015*****678");
        assert_eq!(mobile.international(), "+201512345678");
        for (text, error) in [
            ("", IdentityError::Empty),
            ("0100123456", IdentityError::Length { found: 10 }),
            ("010012345678", IdentityError::Length { found: 12 }),
            ("01301234567", IdentityError::Prefix),
            ("02212345678", IdentityError::Prefix),
            ("+966501234567", IdentityError::Prefix),
            ("0100123456O", IdentityError::Characters),
            ("+", IdentityError::Characters),
        ] {
            assert_eq!(Mobile::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn companies_and_foreigners() {
        let tax = TaxNumber::parse("١٢٣-٤٥٦-٧٨٩").unwrap();
        assert_eq!(
            (tax.as_str(), tax.grouped().as_str(), tax.mask().as_str()),
            ("123456789", "123-456-789", "******789")
        );
        assert_eq!(TaxNumber::parse("12345678"), Err(IdentityError::Length { found: 8 }));
        assert_eq!(CommercialRegister::parse(" 0012345 ").unwrap().as_str(), "12345");
        assert_eq!(CommercialRegister::parse("000"), Err(IdentityError::Length { found: 0 }));
        assert_eq!(Passport::parse("a ١٢٣٤٥٦٧٨").unwrap().as_str(), "A12345678");
        assert_eq!(Passport::parse("جواز 123"), Err(IdentityError::Characters));
        assert_eq!(Passport::parse("A123"), Err(IdentityError::Length { found: 4 }));
    }

    proptest! {
        #[test]
        fn every_mobile_is_read_in_every_form(operator in "[0125]", rest in "[0-9]{8}") {
            let mobile = Mobile::parse(&format!("01{operator}{rest}")).unwrap();
            for text in [mobile.international(), digits::to_arabic(mobile.as_str()), mobile.international().replace('+', "00")] {
                prop_assert_eq!(Mobile::parse(&text), Ok(mobile.clone()));
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,20}") {
            let _ = (Mobile::parse(&text), TaxNumber::parse(&text), CommercialRegister::parse(&text), Passport::parse(&text));
        }
    }
}
