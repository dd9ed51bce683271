//! The Egyptian national id: `C YYMMDD GG SSSS K`.
//!
//! Shape as used by the Civil Registry (Law 143/1994 and its regulations); the registry has not
//! published how the last digit is made, and public code disagrees, so a wrong one only warns.

use std::fmt;

use jiff::civil::Date;

use crate::arabic::digits;
use crate::governorates;

/// ذكر أو أنثى, as the thirteenth digit tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// ذكر
    Male,
    /// أنثى
    Female,
}

impl Sex {
    /// «ذكر» or «أنثى»
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Male => "ذكر",
            Self::Female => "أنثى",
        }
    }
}

/// Which part of a typed national id is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NationalIdError {
    /// Nothing was typed.
    #[error("no national id was given")]
    Empty,
    /// Something else than digits.
    #[error("a national id has digits only")]
    Characters,
    /// Not fourteen digits.
    #[error("a national id has 14 digits, not {found}")]
    Length {
        /// How many there are.
        found: usize,
    },
    /// The first digit is neither 2 nor 3.
    #[error("a national id begins with 2 or 3")]
    Century,
    /// Digits 2 to 7 are no date.
    #[error("digits 2 to 7 are not a date of birth")]
    BirthDate,
    /// The date of birth lies ahead.
    #[error("the date of birth is in the future")]
    Future,
    /// Digits 8 and 9 are no governorate's code.
    #[error("digits 8 and 9 are not the code of a governorate")]
    Governorate,
}

/// الرقم القومي: fourteen ASCII digits whose date and governorate exist.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NationalId {
    text: String,
    born: Date,
}

/// Governorate digits of those born abroad.
const ABROAD: u8 = 88;

impl NationalId {
    /// Reads an id in any digits, with spaces and dashes. `today` is the Cairo day.
    ///
    /// # Errors
    /// Names the first part that is wrong. A wrong check digit is no error: ask
    /// [`check_digit_ok`](Self::check_digit_ok).
    pub fn parse(typed: &str, today: Date) -> Result<Self, NationalIdError> {
        let text = digits::identifier(typed);
        if text.is_empty() {
            return Err(NationalIdError::Empty);
        }
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NationalIdError::Characters);
        }
        if text.len() != 14 {
            return Err(NationalIdError::Length { found: text.len() });
        }
        let century = match number(&text, 0, 1) {
            Some(2) => 1900,
            Some(3) => 2000,
            _ => return Err(NationalIdError::Century),
        };
        let born = birth_date(&text, century).ok_or(NationalIdError::BirthDate)?;
        if born > today {
            return Err(NationalIdError::Future);
        }
        let code = number(&text, 7, 9).ok_or(NationalIdError::Governorate)?;
        if code != ABROAD && governorates::name(code).is_none() {
            return Err(NationalIdError::Governorate);
        }
        Ok(Self { text, born })
    }

    /// The fourteen digits. Personal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// تاريخ الميلاد
    #[must_use]
    pub const fn born(&self) -> Date {
        self.born
    }

    /// النوع
    #[must_use]
    pub fn sex(&self) -> Sex {
        if number(&self.text, 12, 13).is_some_and(|digit| digit % 2 == 1) { Sex::Male } else { Sex::Female }
    }

    /// The code of the governorate where the birth was registered; 88 abroad. Never where the
    /// person lives.
    #[must_use]
    pub fn governorate(&self) -> u8 {
        number(&self.text, 7, 9).unwrap_or(ABROAD)
    }

    /// محافظة الميلاد; «خارج الجمهورية» for births abroad.
    #[must_use]
    pub fn birthplace(&self) -> &'static str {
        governorates::name(self.governorate()).unwrap_or("خارج الجمهورية")
    }

    /// Whether the last digit is one that any form of the check in public use allows. `false`
    /// warns the clerk to look again and refuses nothing.
    #[must_use]
    pub fn check_digit_ok(&self) -> bool {
        const WEIGHTS: [u32; 13] = [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
        let values: Vec<u32> = self.text.bytes().map(|b| u32::from(b.saturating_sub(b'0'))).collect();
        let sum: u32 = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        let check = values.last().copied();
        match sum % 11 {
            0 => matches!(check, Some(0 | 1)),
            1 => check == Some(0),
            rest => check == Some(11 - rest),
        }
    }

    /// The last four digits, as papers carry them.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.text.get(10..).unwrap_or_default()
    }

    /// `2******…1234`
    #[must_use]
    pub fn mask(&self) -> String {
        format!("{}******…{}", self.text.get(..1).unwrap_or_default(), self.last_four())
    }
}

impl fmt::Debug for NationalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.mask())
    }
}

fn number(text: &str, from: usize, to: usize) -> Option<u8> {
    text.get(from..to)?.parse().ok()
}

fn birth_date(text: &str, century: i16) -> Option<Date> {
    let small = |from, to| number(text, from, to).and_then(|n| i8::try_from(n).ok());
    Date::new(century + i16::from(small(1, 3)?), small(3, 5)?, small(5, 7)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 22);

    fn parse(text: &str) -> Result<NationalId, NationalIdError> {
        NationalId::parse(text, TODAY)
    }

    #[test]
    fn reads_every_way_of_typing() {
        for text in
            ["29001010100011", "٢٩٠٠١٠١٠١٠٠٠١١", "۲۹۰۰۱۰۱۰۱۰۰۰۱۱", "2 900101 01 0001 1", "\u{200F}2-900101-01-0001-1"]
        {
            let id = parse(text).unwrap();
            assert_eq!(id.as_str(), "29001010100011");
            assert_eq!(id.born(), date(1990, 1, 1));
            assert_eq!((id.sex(), id.sex().name()), (Sex::Male, "ذكر"));
            assert_eq!(id.birthplace(), "القاهرة");
        }
        let abroad = parse("30001018800021").unwrap();
        assert_eq!((abroad.birthplace(), abroad.sex()), ("خارج الجمهورية", Sex::Female));
        assert_eq!(abroad.mask(), "3******…0021");
        assert_eq!(format!("{abroad:?}"), "3******…0021");
    }

    #[test]
    fn refuses_by_part() {
        use NationalIdError::{BirthDate, Century, Characters, Empty, Future, Governorate, Length};
        for (text, error) in [
            (" - ", Empty),
            ("2900101010001x", Characters),
            ("2900101010001", Length { found: 13 }),
            ("290010101000111", Length { found: 15 }),
            ("19001010100011", Century),
            ("49001010100011", Century),
            ("29002300100011", BirthDate),
            ("29013010100011", BirthDate),
            ("29902290100011", BirthDate),
            ("32611230100011", Future),
            ("29001012000011", Governorate),
            ("29001010000011", Governorate),
        ] {
            assert_eq!(parse(text), Err(error), "{text}");
        }
        assert!(parse("32611220100011").is_ok(), "born today");
        assert!(parse("30002290100011").is_ok(), "2000 is a leap year");
    }

    #[test]
    fn check_digit_warns() {
        // Weighted sums 0, 1 and 2…10 modulo 11; all serials are visibly synthetic.
        let good = |serial: u32| {
            (0..10).filter(|k| parse(&format!("290010101{serial:04}{k}")).unwrap().check_digit_ok()).count()
        };
        let counts: Vec<usize> = (0..200).map(good).collect();
        assert!(counts.iter().all(|count| matches!(count, 1 | 2)));
        assert!(counts.contains(&2));
    }

    fn valid() -> impl Strategy<Value = (String, Date, u8, u32)> {
        (1900_i16..2026, 1_i8..=12, 1_i8..=28, 0_usize..27, 0_u32..10_000, 0_u8..10).prop_map(|(y, m, d, g, s, k)| {
            let code = governorates::ALL[g].0;
            let text = format!("{}{:02}{m:02}{d:02}{code:02}{s:04}{k}", if y < 2000 { 2 } else { 3 }, y % 100);
            (text, date(y, m, d), code, s)
        })
    }

    proptest! {
        #[test]
        fn parts_come_back((text, born, code, serial) in valid()) {
            let id = parse(&text).unwrap();
            prop_assert_eq!((id.born(), id.governorate()), (born, code));
            prop_assert_eq!(id.sex() == Sex::Male, serial % 2 == 1);
            prop_assert_eq!(parse(&digits::to_arabic(&text)), Ok(id.clone()));
            // The mask gives away nothing between the first digit and the last four.
            prop_assert_eq!(id.mask().chars().filter(char::is_ascii_digit).count(), 5);
        }

        #[test]
        fn never_panics(text in "[0-9٠-٩ x-]{0,18}") {
            if let Ok(id) = parse(&text) {
                prop_assert!(id.born() <= TODAY && id.as_str().len() == 14);
            }
        }
    }
}
