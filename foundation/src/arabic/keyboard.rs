//! لوحة المفاتيح: text typed while the other layout was on (Arabic 101 ↔ US QWERTY, the two
//! layouts of Egyptian keyboards).

/// Keys without shift, in the rows of the keyboard; «لا» on B is one key and two letters.
const KEYS: [(char, &str); 33] = [
    ('`', "ذ"),
    ('q', "ض"),
    ('w', "ص"),
    ('e', "ث"),
    ('r', "ق"),
    ('t', "ف"),
    ('y', "غ"),
    ('u', "ع"),
    ('i', "ه"),
    ('o', "خ"),
    ('p', "ح"),
    ('[', "ج"),
    (']', "د"),
    ('a', "ش"),
    ('s', "س"),
    ('d', "ي"),
    ('f', "ب"),
    ('g', "ل"),
    ('h', "ا"),
    ('j', "ت"),
    ('k', "ن"),
    ('l', "م"),
    (';', "ك"),
    ('\'', "ط"),
    ('z', "ئ"),
    ('x', "ء"),
    ('c', "ؤ"),
    ('v', "ر"),
    ('b', "لا"),
    ('n', "ى"),
    ('m', "ة"),
    (',', "و"),
    ('.', "ز"),
];

/// Keys with shift that give letters, and `/`.
const SHIFTED: [(char, &str); 8] =
    [('/', "ظ"), ('Y', "إ"), ('H', "أ"), ('N', "آ"), ('T', "لإ"), ('G', "لأ"), ('B', "لآ"), ('~', "ّ")];

/// What the keys of a Latin text give on the Arabic layout: `lpl]` → «محمد». Characters of no
/// key stay.
#[must_use]
pub fn to_arabic(text: &str) -> String {
    let mut arabic = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let key = |table: &[(char, &'static str)], c| table.iter().find(|(k, _)| *k == c).map(|(_, a)| *a);
        match key(&SHIFTED, letter).or_else(|| key(&KEYS, letter.to_ascii_lowercase())) {
            Some(typed) => arabic.push_str(typed),
            None => arabic.push(letter),
        }
    }
    arabic
}

/// What the keys of an Arabic text give on the Latin layout, lower case: «حخس» → `pos`.
/// Characters of no key stay.
#[must_use]
pub fn to_latin(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        // Two letters of one key before one letter of another.
        let typed = KEYS.iter().chain(&SHIFTED).filter(|(_, arabic)| rest.starts_with(arabic));
        let (key, taken) =
            typed.max_by_key(|(_, arabic)| arabic.len()).map_or((letter, letter.len_utf8()), |(k, a)| (*k, a.len()));
        latin.push(key);
        rest = rest.get(taken..).unwrap_or_default();
    }
    latin
}

/// The text that was meant, if what was typed makes no sense and its keys on the other layout
/// do. `makes_sense` is asked about whole texts (it finds something, it is a known word).
#[must_use]
pub fn meant(typed: &str, makes_sense: impl Fn(&str) -> bool) -> Option<String> {
    let latin = typed.chars().any(|c| c.is_ascii_alphabetic());
    let arabic = typed.chars().any(|c| matches!(c, '\u{0620}'..='\u{064A}'));
    let other = match (latin, arabic) {
        (true, false) => to_arabic(typed),
        (false, true) => to_latin(typed),
        // Punctuation alone may be Arabic letters too: `;` is ك.
        (false, false) if typed.contains(|c: char| c.is_ascii_punctuation()) => to_arabic(typed),
        _ => return None,
    };
    (other != typed && !makes_sense(typed) && makes_sense(&other)).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_ways() {
        assert_eq!(to_arabic("lpl]"), "محمد");
        assert_eq!(to_arabic("vowm fkhx"), "رخصة بناء");
        assert_eq!(to_arabic("sbl"), "سلام", "one key, two letters");
        assert_eq!(to_latin("حخس"), "pos");
        assert_eq!(to_latin("لاشد"), "ba]");
        assert_eq!(to_arabic("2026"), "2026");
    }

    #[test]
    fn only_what_makes_sense_is_proposed() {
        let known = |text: &str| ["محمد", "رخصة", "shop"].contains(&text);
        assert_eq!(meant("lpl]", known).as_deref(), Some("محمد"));
        assert_eq!(meant("سافح", known), None);
        assert_eq!(meant("ساخح", known).as_deref(), Some("shop"));
        assert_eq!(meant("shop", known), None);
        assert_eq!(meant("محمد", known), None);
        assert_eq!(meant("xyz", known), None);
        assert_eq!(meant("محمد ali", known), None);
    }

    proptest! {
        #[test]
        fn there_and_back(text in "[a-z\\[\\];',. ]{0,20}") {
            // «ل» then «ا» is typed as two keys or one; the way back takes the one.
            prop_assume!(!text.contains("gh"));
            prop_assert_eq!(to_latin(&to_arabic(&text)), text);
        }
    }
}
