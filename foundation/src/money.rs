//! المال: money in whole piastres, read from what people type and written for pages and papers.

use std::fmt;
use std::iter::Sum;

use serde::{Deserialize, Serialize};

use crate::arabic::digits::{self, Digits};
use crate::lang::Lang;

/// قروش: an amount of Egyptian money in piastres; 100 make a pound (جنيه).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Piastres(pub i64);

/// Why a typed amount is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Nothing was typed.
    #[error("no amount was given")]
    Empty,
    /// Something stands there that is no amount.
    #[error("this is not an amount of money")]
    NotANumber,
    /// Amounts are not negative.
    #[error("an amount cannot be negative")]
    Negative,
    /// More than two digits after the point.
    #[error("the amount has a fraction of a piastre")]
    FractionOfPiastre,
    /// Larger than the platform can hold (about 92 thousand million million pounds).
    #[error("the amount is too large")]
    TooLarge,
}

impl Piastres {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whole pounds.
    #[must_use]
    pub const fn from_pounds(pounds: i64) -> Option<Self> {
        match pounds.checked_mul(100) {
            Some(piastres) => Some(Self(piastres)),
            None => None,
        }
    }

    /// The sum, if it fits.
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// The difference, if it fits; it may be negative.
    #[must_use]
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(difference) => Some(Self(difference)),
            None => None,
        }
    }

    /// The amount `times` over, if it fits.
    #[must_use]
    pub const fn checked_mul(self, times: i64) -> Option<Self> {
        match self.0.checked_mul(times) {
            Some(product) => Some(Self(product)),
            None => None,
        }
    }

    /// The sum of many, if it fits.
    #[must_use]
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Whether this is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether this is below nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Reads an amount in pounds as typed: any digits, `,` or `٬` between thousands, `.` or
    /// `٫` before piastres, spaces, «جنيه», «ج.م», «EGP».
    ///
    /// # Errors
    /// Says which part is wrong; see [`MoneyError`].
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let plain = strip_currency(text);
        if plain.is_empty() {
            return Err(MoneyError::Empty);
        }
        if plain.starts_with('-') || plain.ends_with('-') {
            return Err(MoneyError::Negative);
        }
        let plain = plain.trim_start_matches('+');
        let (pounds, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let pounds = join_thousands(pounds).ok_or(MoneyError::NotANumber)?;
        if !is_number(fraction) || (pounds.is_empty() && fraction.is_empty()) {
            return Err(MoneyError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 2 {
            return Err(MoneyError::FractionOfPiastre);
        }
        let digits = format!("{pounds}{fraction:0<2}");
        digits.parse().map(Self).map_err(|_| MoneyError::TooLarge)
    }

    /// The number alone, two decimals, thousands parted: `1,256.90` or `١٬٢٥٦٫٩٠`.
    #[must_use]
    pub fn number(self, digits: Digits) -> String {
        let magnitude = self.0.unsigned_abs();
        // At most 2^63 / 100, so it fits.
        let pounds = i64::try_from(magnitude / 100).unwrap_or(i64::MAX);
        let sign = if self.0 < 0 { "-" } else { "" };
        let point = if digits == Digits::Latn { '.' } else { '٫' };
        let fraction = digits::show(&format!("{:02}", magnitude % 100), digits);
        format!("{sign}{}{point}{fraction}", digits::grouped(pounds, digits))
    }

    /// The amount as pages and papers show it: `1,256.90 جنيه`.
    #[must_use]
    pub fn format(self, digits: Digits) -> String {
        format!("{} جنيه", self.number(digits))
    }

    /// The amount as a page of this language shows it: `1,256.90 جنيه`, `EGP 1,256.90`; the sign and the
    /// number never part at the end of a line.
    #[must_use]
    pub fn written(self, lang: Lang) -> String {
        match lang {
            Lang::Ar => self.format(Digits::Latn),
            Lang::En => format!("EGP\u{A0}{}", self.number(Digits::Latn)),
        }
    }

    /// The amount in words as receipts say it: «فقط … جنيهًا و… قرشًا لا غير».
    #[must_use]
    pub fn words(self) -> String {
        crate::arabic::words::receipt(self)
    }

    /// The plain decimal for a typed field or a machine: `1256.90`.
    #[must_use]
    pub fn plain(self) -> String {
        let magnitude = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", magnitude / 100, magnitude % 100)
    }
}

/// The typed text in ASCII without currency, spaces and invisible characters.
fn strip_currency(text: &str) -> String {
    let plain: String = digits::to_ascii(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !digits::is_invisible(*c))
        .map(|c| match c {
            '٫' => '.',
            '٬' | '،' => ',',
            dash if digits::is_dash(dash) => '-',
            other => other,
        })
        .collect();
    let mut rest = plain.as_str();
    // Longest first, so that «جنيهًا مصريًا» goes as a whole.
    const WORDS: [&str; 14] = [
        "جنيهًامصريًا",
        "جنيهامصريا",
        "جنيهمصري",
        "جنيهات",
        "جنيهًا",
        "جنيها",
        "جنيه",
        "جم.",
        "ج.م.",
        "ج.م",
        "ج",
        "EGP",
        "LE",
        "L.E.",
    ];
    for word in WORDS {
        if let Some(shorter) = rest.strip_suffix(word).or_else(|| rest.strip_prefix(word)) {
            rest = shorter;
            break;
        }
    }
    rest.to_owned()
}

/// The digits of the whole part; `None` where a comma stands elsewhere than between thousands
/// (so that `12,5` is asked about instead of becoming 125).
fn join_thousands(text: &str) -> Option<String> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        joined.push_str(group);
    }
    joined.bytes().all(|b| b.is_ascii_digit()).then_some(joined)
}

impl fmt::Display for Piastres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(Digits::Latn))
    }
}

impl fmt::Debug for Piastres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} EGP", self.plain())
    }
}

/// Stops at the ends of `i64`; where an overflow must be told, use
/// [`Piastres::checked_sum`].
impl Sum for Piastres {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |sum, amount| Self(sum.0.saturating_add(amount.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for text in [
            "1,234.50",
            "١٬٢٣٤٫٥٠",
            "1234.5",
            " 1 234.500 ",
            "1234.50 جنيه",
            "١٢٣٤٫٥ ج.م",
            "EGP 1,234.50",
            "\u{200F}1,234.50\u{200E}",
            "۱۲۳۴٫۵۰ جنيهًا",
            "+1234.5",
            "١،٢٣٤.٥",
        ] {
            assert_eq!(Piastres::parse(text), Ok(Piastres(123_450)), "{text}");
        }
        assert_eq!(Piastres::parse("٫5"), Ok(Piastres(50)));
        assert_eq!(Piastres::parse("0"), Ok(Piastres::ZERO));
    }

    #[test]
    fn refuses_by_reason() {
        use MoneyError::{Empty, FractionOfPiastre, Negative, NotANumber, TooLarge};
        for (text, error) in [
            ("", Empty),
            ("  جنيه", Empty),
            ("-5", Negative),
            ("−٥", Negative),
            ("5-", Negative),
            ("1.005", FractionOfPiastre),
            ("12,5", NotANumber),
            ("1,2345", NotANumber),
            (".", NotANumber),
            ("1.2.3", NotANumber),
            ("مائة", NotANumber),
            ("1234,567", NotANumber),
            ("92233720368547758.08", TooLarge),
            ("9999999999999999999999", TooLarge),
        ] {
            assert_eq!(Piastres::parse(text), Err(error), "{text}");
        }
        assert_eq!(Piastres::parse("92233720368547758.07"), Ok(Piastres(i64::MAX)));
    }

    #[test]
    fn writes() {
        let amount = Piastres(125_690);
        assert_eq!(amount.to_string(), "1,256.90 جنيه");
        assert_eq!(amount.format(Digits::Arab), "١٬٢٥٦٫٩٠ جنيه");
        assert_eq!(amount.plain(), "1256.90");
        assert_eq!(Piastres(-5).number(Digits::Latn), "-0.05");
        assert_eq!(Piastres(i64::MIN).plain(), "-92233720368547758.08");
    }

    #[test]
    fn sums_tell_overflow() {
        let max = Piastres(i64::MAX);
        assert_eq!(Piastres::checked_sum([max, Piastres(1)]), None);
        assert_eq!(Piastres::checked_sum([Piastres(2), Piastres(3)]), Some(Piastres(5)));
        assert_eq!(Piastres::from_pounds(i64::MAX), None);
    }

    proptest! {
        #[test]
        fn every_form_reads_back(piastres in 0..=i64::MAX) {
            let amount = Piastres(piastres);
            for text in [amount.plain(), amount.format(Digits::Latn), amount.format(Digits::Arab)] {
                prop_assert_eq!(Piastres::parse(&text), Ok(amount));
            }
        }

        #[test]
        fn reading_never_panics(text in "[-0-9٠-٩,.٫٬ جنيهم]{0,24}") {
            if let Ok(amount) = Piastres::parse(&text) {
                prop_assert!(!amount.is_negative());
            }
        }
    }
}
