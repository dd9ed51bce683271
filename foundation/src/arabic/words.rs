//! التفقيط: amounts in Arabic words with full agreement of number and noun, as receipts carry
//! them: «فقط ألف ومائتان وأربعة وثلاثون جنيهًا وخمسون قرشًا لا غير».
//!
//! All counted nouns here are masculine (جنيه، قرش، ألف، مليون…). The grammar of one group of
//! three digits serves thousands and pounds alike, since «ألف» is itself a counted noun:
//! 3–10 take the plural, 11–99 the singular accusative, hundreds the singular genitive; a dual
//! or a hundred before its noun loses its nūn («مائتا ألف», «ألفا جنيه»); a remainder of 1 or 2
//! repeats the noun («مائة جنيه وجنيه واحد», «ألف جنيه وجنيهان»).

use crate::money::Piastres;

/// A masculine noun in the forms that counting asks for.
#[derive(Clone, Copy, Debug)]
pub struct Noun {
    /// «جنيه»
    pub one: &'static str,
    /// The single one said alone: «جنيه واحد»
    pub single: &'static str,
    /// «جنيهان»
    pub two: &'static str,
    /// Before a noun: «جنيها»
    pub two_of: &'static str,
    /// «جنيهات»
    pub few: &'static str,
    /// «جنيهًا»
    pub many: &'static str,
}

/// جنيه
pub const POUND: Noun =
    Noun {
        one: "جنيه", single: "جنيه واحد", two: "جنيهان", two_of: "جنيها", few: "جنيهات", many: "جنيهًا"
    };

/// قرش
pub const PIASTRE: Noun =
    Noun {
        one: "قرش", single: "قرش واحد", two: "قرشان", two_of: "قرشا", few: "قروش", many: "قرشًا"
    };

/// Powers of a thousand from 10¹⁸ (the most that a `u64` holds) down.
const SCALES: [(u64, Noun); 6] = [
    (1_000_000_000_000_000_000, scale("كوينتليون", "كوينتليونان", "كوينتليونا", "كوينتليونات", "كوينتليونًا")),
    (1_000_000_000_000_000, scale("كوادريليون", "كوادريليونان", "كوادريليونا", "كوادريليونات", "كوادريليونًا")),
    (1_000_000_000_000, scale("تريليون", "تريليونان", "تريليونا", "تريليونات", "تريليونًا")),
    (1_000_000_000, scale("مليار", "ملياران", "مليارا", "مليارات", "مليارًا")),
    (1_000_000, scale("مليون", "مليونان", "مليونا", "ملايين", "مليونًا")),
    (1_000, scale("ألف", "ألفان", "ألفا", "آلاف", "ألفًا")),
];

const fn scale(
    one: &'static str,
    two: &'static str,
    two_of: &'static str,
    few: &'static str,
    many: &'static str,
) -> Noun {
    Noun { one, single: one, two, two_of, few, many }
}

const UNITS: [&str; 20] = [
    "صفر",
    "واحد",
    "اثنان",
    "ثلاثة",
    "أربعة",
    "خمسة",
    "ستة",
    "سبعة",
    "ثمانية",
    "تسعة",
    "عشرة",
    "أحد عشر",
    "اثنا عشر",
    "ثلاثة عشر",
    "أربعة عشر",
    "خمسة عشر",
    "ستة عشر",
    "سبعة عشر",
    "ثمانية عشر",
    "تسعة عشر",
];

const TENS: [&str; 10] = ["", "عشرة", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"];

const HUNDREDS: [&str; 10] =
    ["", "مائة", "مائتان", "ثلاثمائة", "أربعمائة", "خمسمائة", "ستمائة", "سبعمائة", "ثمانمائة", "تسعمائة"];

/// An amount as receipts say it: «فقط … لا غير»; below zero «سالب» stands before it.
#[must_use]
pub fn receipt(amount: Piastres) -> String {
    format!("فقط {} لا غير", money(amount))
}

/// An amount in words without the receipt's frame.
#[must_use]
pub fn money(amount: Piastres) -> String {
    let magnitude = amount.0.unsigned_abs();
    let (pounds, piastres) = (magnitude / 100, magnitude % 100);
    let words = match (pounds, piastres) {
        (pounds, 0) => count(pounds, &POUND),
        (0, piastres) => count(piastres, &PIASTRE),
        (pounds, piastres) => format!("{} و{}", count(pounds, &POUND), count(piastres, &PIASTRE)),
    };
    if amount.is_negative() { format!("سالب {words}") } else { words }
}

/// A number with its noun: «ثلاثة جنيهات», «ألف ومائتان وأربعة وثلاثون جنيهًا».
#[must_use]
pub fn count(n: u64, noun: &Noun) -> String {
    if n == 0 {
        return format!("صفر {}", noun.one);
    }
    let mut groups: Vec<(u64, &Noun)> =
        SCALES.iter().map(|(size, scale)| (n / size % 1_000, scale)).filter(|(group, _)| *group > 0).collect();
    let rest = n % 1_000;
    // «ألف جنيه وجنيه واحد»: 1 and 2 do not count the noun, so the scale before them does.
    let scale_counts = matches!(rest, 0..=2);
    let last = if scale_counts { groups.pop() } else { None };
    let mut parts: Vec<String> = groups.iter().map(|(group, scale)| group_of(*group, scale, false)).collect();
    if let Some((group, scale)) = last {
        parts.push(format!("{} {}", group_of(group, scale, true), noun.one));
    }
    if rest > 0 {
        parts.push(group_of(rest, noun, false));
    }
    parts.join(" و")
}

/// 1 to 999 of a noun; `before_noun` if another noun follows directly, which takes the endings
/// off («ألفا جنيه», «أحد عشر ألف جنيه»).
fn group_of(n: u64, noun: &Noun, before_noun: bool) -> String {
    let (hundred, rest) = (n / 100, n % 100);
    let two = if before_noun { noun.two_of } else { noun.two };
    let many = if before_noun { noun.one } else { noun.many };
    let word = |table: &[&'static str], at: u64| {
        usize::try_from(at).ok().and_then(|at| table.get(at).copied()).unwrap_or_default()
    };
    let hundreds = word(&HUNDREDS, hundred);
    // «مائتان» loses its nūn before the noun that it counts.
    let hundreds_of = if hundred == 2 { "مائتا" } else { hundreds };
    let counted = match rest {
        0 => return format!("{hundreds_of} {}", noun.one),
        1 => noun.single.to_owned(),
        2 => two.to_owned(),
        3..=10 => format!("{} {}", word(&UNITS, rest), noun.few),
        11..=19 => format!("{} {many}", word(&UNITS, rest)),
        _ if rest % 10 == 0 => format!("{} {many}", word(&TENS, rest / 10)),
        _ => format!("{} و{} {many}", word(&UNITS, rest % 10), word(&TENS, rest / 10)),
    };
    match (hundred, rest) {
        (0, _) => counted,
        (_, 1 | 2) => format!("{hundreds_of} {} و{counted}", noun.one),
        _ => format!("{hundreds} و{counted}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn agreement() {
        for (n, text) in [
            (0, "صفر جنيه"),
            (1, "جنيه واحد"),
            (2, "جنيهان"),
            (3, "ثلاثة جنيهات"),
            (10, "عشرة جنيهات"),
            (11, "أحد عشر جنيهًا"),
            (12, "اثنا عشر جنيهًا"),
            (20, "عشرون جنيهًا"),
            (21, "واحد وعشرون جنيهًا"),
            (99, "تسعة وتسعون جنيهًا"),
            (100, "مائة جنيه"),
            (101, "مائة جنيه وجنيه واحد"),
            (102, "مائة جنيه وجنيهان"),
            (103, "مائة وثلاثة جنيهات"),
            (111, "مائة وأحد عشر جنيهًا"),
            (200, "مائتا جنيه"),
            (201, "مائتا جنيه وجنيه واحد"),
            (203, "مائتان وثلاثة جنيهات"),
            (300, "ثلاثمائة جنيه"),
            (1_000, "ألف جنيه"),
            (1_001, "ألف جنيه وجنيه واحد"),
            (1_002, "ألف جنيه وجنيهان"),
            (1_100, "ألف ومائة جنيه"),
            (1_234, "ألف ومائتان وأربعة وثلاثون جنيهًا"),
            (2_000, "ألفا جنيه"),
            (2_001, "ألفا جنيه وجنيه واحد"),
            (2_003, "ألفان وثلاثة جنيهات"),
            (2_200, "ألفان ومائتا جنيه"),
            (3_000, "ثلاثة آلاف جنيه"),
            (11_000, "أحد عشر ألف جنيه"),
            (11_500, "أحد عشر ألفًا وخمسمائة جنيه"),
            (25_000, "خمسة وعشرون ألف جنيه"),
            (100_000, "مائة ألف جنيه"),
            (101_000, "مائة ألف وألف جنيه"),
            (102_000, "مائة ألف وألفا جنيه"),
            (200_000, "مائتا ألف جنيه"),
            (200_050, "مائتا ألف وخمسون جنيهًا"),
            (1_000_000, "مليون جنيه"),
            (2_000_000, "مليونا جنيه"),
            (2_000_100, "مليونان ومائة جنيه"),
            (3_000_003, "ثلاثة ملايين وثلاثة جنيهات"),
            (12_345_678, "اثنا عشر مليونًا وثلاثمائة وخمسة وأربعون ألفًا وستمائة وثمانية وسبعون جنيهًا"),
            (2_000_000_000, "مليارا جنيه"),
            (7_000_000_001, "سبعة مليارات جنيه وجنيه واحد"),
        ] {
            assert_eq!(count(n, &POUND), text, "{n}");
        }
    }

    #[test]
    fn receipts() {
        assert_eq!(receipt(Piastres(123_450)), "فقط ألف ومائتان وأربعة وثلاثون جنيهًا وخمسون قرشًا لا غير");
        assert_eq!(receipt(Piastres(50)), "فقط خمسون قرشًا لا غير");
        assert_eq!(receipt(Piastres(101)), "فقط جنيه واحد وقرش واحد لا غير");
        assert_eq!(receipt(Piastres(0)), "فقط صفر جنيه لا غير");
        assert_eq!(receipt(Piastres(-300)), "فقط سالب ثلاثة جنيهات لا غير");
        assert_eq!(receipt(Piastres(1_000_000_000_005)), "فقط عشرة مليارات جنيه وخمسة قروش لا غير");
    }

    /// Reads words back to a number, by sums and scales alone.
    fn read(text: &str) -> Option<u64> {
        let (mut total, mut group, mut scaled) = (0_u64, 0_u64, 0_u64);
        let strip = |word: &str| -> String {
            if matches!(word, "واحد") {
                word.to_owned()
            } else {
                word.strip_prefix('و').unwrap_or(word).to_owned()
            }
        };
        for word in text.split(' ') {
            let word = strip(word);
            let find = |table: &[&str]| table.iter().position(|w| *w == word && !w.is_empty()).map(|i| i as u64);
            if word == "عشر" {
                group += 10;
            } else if word == "أحد" {
                group += 1;
            } else if word == "اثنا" {
                group += 2;
            } else if word == "واحد" && scaled == 1 && group == 0 {
                // «جنيه واحد» was counted at its noun.
            } else if let Some(v) = find(&UNITS) {
                group += v;
            } else if let Some(v) = find(&TENS) {
                group += v * 10;
            } else if let Some(v) = find(&HUNDREDS) {
                group += v * 100;
            } else if word == "مائتا" {
                group += 200;
            } else if let Some((size, noun)) =
                SCALES.iter().find(|(_, n)| [n.one, n.two, n.two_of, n.few, n.many].contains(&word.as_str()))
            {
                let own = if word == noun.two || word == noun.two_of { 2 } else { 1 };
                total += size * if group == 0 { own } else { group };
                group = 0;
                scaled = 2;
            } else if [POUND.one, POUND.few, POUND.many].contains(&word.as_str()) {
                total += if group > 0 { group } else { u64::from(scaled != 2) };
                group = 0;
                scaled = 1;
            } else if word == POUND.two {
                total += 2;
                scaled = 1;
            } else {
                return None;
            }
        }
        (group == 0).then_some(total)
    }

    proptest! {
        #[test]
        fn words_read_back(n in prop_oneof![1_u64..2_000, 1_u64..1_000_000, 1_u64..1_000_000_000_000, 1..=u64::MAX]) {
            let text = count(n, &POUND);
            prop_assert_eq!(read(&text), Some(n), "{}", text);
        }

        #[test]
        fn the_noun_has_the_form_of_the_last_two_digits(n in 1_u64..1_000_000_000_000) {
            let text = count(n, &POUND);
            let last = text.rsplit(' ').next().map(|w| w.strip_prefix('و').filter(|_| w != "واحد").unwrap_or(w));
            let expected = match n % 100 {
                0 => "جنيه",
                1 => "واحد",
                2 => "جنيهان",
                3..=10 => "جنيهات",
                _ => "جنيهًا",
            };
            prop_assert_eq!(last, Some(expected), "{}", text);
            prop_assert!(!text.contains("  ") && !text.contains("وو") || text.contains("وواحد"));
            // A nūn of the dual never stands before its noun.
            prop_assert!(!text.contains("ان جنيه") && !text.contains("مائتان ألف"));
        }
    }
}
