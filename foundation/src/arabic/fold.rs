//! مفتاح البحث: one key for the many spellings of the same Arabic text.
//!
//! The rules are the platform's own (eight points; stored text and query pass the same ones);
//! what was typed is stored and printed unchanged, only the key is folded. The letters follow
//! the habits of Egyptian typing: hamza seats, ى/ي, ة/ه, and the Persian letters of some phone
//! keyboards.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::digits;

/// The text letter by letter (points 1 to 3): compatibility forms composed, marks and
/// invisible characters dropped, hamzas and look-alikes folded, ASCII digits, lower case;
/// punctuation and runs of space become one space. A point stays between two digits.
#[must_use]
pub fn letters(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !is_dropped(*c)).collect();
    // Composing may bring marks back (isolated forms), so they are dropped on both sides of it.
    let composed = ComposingNormalizerBorrowed::new_nfkc().normalize(&bare);
    let folded: Vec<char> = composed.chars().filter(|c| !is_dropped(*c)).flat_map(fold_letter).collect();
    let mut key = String::with_capacity(text.len());
    let is_digit = |at: Option<usize>| at.and_then(|i| folded.get(i)).is_some_and(char::is_ascii_digit);
    for (index, letter) in folded.iter().copied().enumerate() {
        let decimal = letter == '.' && is_digit(index.checked_sub(1)) && is_digit(Some(index + 1));
        if letter.is_alphanumeric() || decimal {
            key.push(letter);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The search key of any text (points 1 to 4): [`letters`], with compounds joined, so that
/// «عبد الله» and «عبدالله» are one word.
#[must_use]
pub fn fold(text: &str) -> String {
    compounds(&words(text)).join(" ")
}

/// The search key of a person's name (points 1 to 5): [`fold`] without the titles before it.
#[must_use]
pub fn name(text: &str) -> String {
    compounds(without_titles(&words(text))).join(" ")
}

/// The search key of a place (points 1 to 4 and 7): without «حي», «مركز ومدينة», «محافظة» and
/// the like, and with «أول», «ثان» as numerals.
#[must_use]
pub fn place(text: &str) -> String {
    let folded = words(text);
    let numbered: Vec<&str> = folded.split(' ').map(|word| ordinal(word).unwrap_or(word)).collect();
    let kept: Vec<&str> = numbered.iter().copied().filter(|word| !is_place_word(word)).collect();
    // A name that is nothing but such words («المركز») keeps them.
    let words = if kept.is_empty() { numbered } else { kept };
    compounds(&words.join(" ")).join(" ")
}

/// [`letters`], with an article that stands alone put to its word («ال دين»), so that every
/// later rule sees whole words.
pub(super) fn words(text: &str) -> String {
    let folded = letters(text);
    let mut joined = String::with_capacity(folded.len());
    let mut after_article = true;
    for word in folded.split(' ') {
        if !after_article {
            joined.push(' ');
        }
        joined.push_str(word);
        after_article = word == "ال";
    }
    joined
}

/// The folded text without its leading titles; a text of titles only («السيد», which is a name
/// too) keeps them.
pub(super) fn without_titles(folded: &str) -> &str {
    let mut rest = folded;
    while let Some((first, more)) = rest.split_once(' ') {
        if !is_title(first) {
            break;
        }
        rest = more;
    }
    rest
}

/// The words of a folded text, compounds joined (point 4).
pub(super) fn compounds(folded: &str) -> Vec<String> {
    let mut joined = Vec::new();
    let mut words = folded.split(' ').filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let mut compound = String::new();
        let mut word = word;
        // «أبو عبد الله»: every opening word takes what follows it.
        while let (Some(opening), true) = (opening(word), words.peek().is_some()) {
            compound.push_str(opening);
            word = words.next().unwrap_or_default();
        }
        compound.push_str(word);
        while let Some(closing) = words.next_if(|next| matches!(*next, "الدين" | "الله")) {
            compound.push_str(closing);
        }
        joined.push(compound);
    }
    joined
}

/// A word that belongs to the next one, in its one spelling.
pub(super) fn opening(word: &str) -> Option<&'static str> {
    Some(match word {
        "عبد" => "عبد",
        "ابو" | "ابي" => "ابو",
        "ام" => "ام",
        "بن" | "ابن" => "بن",
        _ => return None,
    })
}

/// Bidi controls, joiners, tatweel, vowel marks and Quranic marks; the thousands mark, which
/// is written inside a number.
const fn is_dropped(letter: char) -> bool {
    digits::is_invisible(letter)
        || matches!(
            letter,
            '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}'
                | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{08D3}'..='\u{08FF}' | '٬' | 'ء'
        )
}

fn fold_letter(letter: char) -> impl Iterator<Item = char> {
    let folded = match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' | 'ی' | 'ې' | 'ے' => 'ي',
        'ؤ' | 'ۇ' => 'و',
        'ة' | 'ہ' | 'ۀ' | 'ۃ' | 'ە' | 'ھ' => 'ه',
        'ک' | 'گ' | 'ڪ' => 'ك',
        'پ' => 'ب',
        'ڤ' | 'ڥ' => 'ف',
        'چ' | 'ڇ' => 'ج',
        '٫' => '.',
        other => digits::value(other).map_or(other, |v| char::from(b'0' + v)),
    };
    folded.to_lowercase()
}

fn is_title(word: &str) -> bool {
    matches!(
        word,
        "السيد"
            | "السيده"
            | "الانسه"
            | "الاستاذ"
            | "الاستاذه"
            | "استاذ"
            | "استاذه"
            | "ا"
            | "المهندس"
            | "المهندسه"
            | "مهندس"
            | "مهندسه"
            | "م"
            | "الدكتور"
            | "الدكتوره"
            | "دكتور"
            | "دكتوره"
            | "د"
            | "الحاج"
            | "الحاجه"
            | "حاج"
            | "حاجه"
            | "الشيخ"
            | "المستشار"
            | "المستشاره"
            | "اللوا"
            | "العميد"
            | "العقيد"
    )
}

fn is_place_word(word: &str) -> bool {
    matches!(
        word,
        "حي" | "مركز"
            | "مدينه"
            | "ومدينه"
            | "قسم"
            | "محافظه"
            | "قريه"
            | "عزبه"
            | "وحده"
            | "الوحده"
            | "المحليه"
    )
}

/// Ordinals of districts and sheyakhas, as numerals.
fn ordinal(word: &str) -> Option<&'static str> {
    Some(match word.strip_prefix("ال").unwrap_or(word) {
        "اول" | "اولي" => "1",
        "ثان" | "ثاني" | "ثانيه" => "2",
        "ثالث" | "ثالثه" => "3",
        "رابع" | "رابعه" => "4",
        "خامس" | "خامسه" => "5",
        "سادس" | "سادسه" => "6",
        "سابع" | "سابعه" => "7",
        "ثامن" | "ثامنه" => "8",
        "تاسع" | "تاسعه" => "9",
        "عاشر" | "عاشره" => "10",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(keys: fn(&str) -> String, spellings: &[&str], key: &str) {
        for text in spellings {
            assert_eq!(keys(text), key, "{text}");
        }
    }

    #[test]
    fn point_1_marks_and_invisible_characters_go() {
        same(letters, &["محـــمد", "مُحَمَّد", "محمد\u{200F}", "\u{202B}مح\u{200D}مد\u{202C}", "ﻣﺤﻤﺪ"], "محمد");
        same(letters, &["رحمٰن", "رحمن"], "رحمن");
    }

    #[test]
    fn point_2_letters_of_one_sound_are_one() {
        same(letters, &["أحمد", "إحمد", "آحمد", "ٱحمد", "احمد"], "احمد");
        same(letters, &["مصطفى", "مصطفي", "مصطفی"], "مصطفي");
        same(letters, &["فاطمة", "فاطمه", "فاطمہ"], "فاطمه");
        same(letters, &["فؤاد", "فواد"], "فواد");
        same(letters, &["هناء", "هنا"], "هنا");
        same(letters, &["ڤيلا", "فيلا"], "فيلا");
        same(letters, &["گيلاني", "کيلاني"], "كيلاني");
        same(letters, &["چيهان", "جيهان"], "جيهان");
        same(letters, &["شئون", "شيون"], "شيون");
    }

    #[test]
    fn point_3_digits_and_punctuation() {
        assert_eq!(letters("قطعة ١٢/۳ - حوض «الغفارة»"), "قطعه 12 3 حوض الغفاره");
        assert_eq!(letters("١٬٢٣٤٫٥ متر."), "1234.5 متر");
        assert_eq!(letters("  .5.  A-B "), "5 a b");
    }

    #[test]
    fn point_4_compounds_are_one_word() {
        same(fold, &["عبد الله", "عبدالله", "عبد ال له"], "عبدالله");
        same(fold, &["نصر الدين", "نصرالدين"], "نصرالدين");
        same(fold, &["هبة الله", "هبه الله"], "هبهالله");
        same(fold, &["أبو زيد", "ابوزيد", "أبي زيد"], "ابوزيد");
        same(fold, &["بن لادن", "ابن لادن"], "بنلادن");
        assert_eq!(fold("أبو عبد الله محمد"), "ابوعبدالله محمد");
        assert_eq!(fold("محمد عبد"), "محمد عبد");
    }

    #[test]
    fn point_5_titles_before_a_name_go() {
        same(name, &["م. أحمد علي", "المهندس أحمد على", "د / أحمد علي", "أ.د. أحمد علي", "أحمد علي"], "احمد علي");
        assert_eq!(name("السيد"), "السيد");
        assert_eq!(name("علي السيد محمد"), "علي السيد محمد");
    }

    #[test]
    fn point_7_places() {
        same(place, &["مركز ومدينة المنصورة", "مركز المنصورة", "المنصورة"], "المنصوره");
        same(place, &["حي أول", "حي الأول", "أول", "1"], "1");
        same(place, &["ثان المحلة", "حي ثان المحلة", "2 المحلة", "ثاني المحله"], "2 المحله");
        assert_eq!(place("مركز"), "مركز");
    }

    fn typed() -> impl Strategy<Value = String> {
        "[\u{0600}-\u{06FF}\u{FE70}-\u{FEFC}\u{200B}-\u{200F} a-zA-Z0-9./_-]{0,24}"
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in typed()) {
            for keys in [letters, fold, name, place] {
                let once = keys(&text);
                prop_assert_eq!(keys(&once), once.clone(), "{:?}", text);
            }
        }

        #[test]
        fn keys_are_tidy(text in typed()) {
            let key = fold(&text);
            prop_assert_eq!(key.trim(), &key);
            prop_assert!(!key.contains("  "));
            prop_assert!(!key.chars().any(is_dropped));
        }

        #[test]
        fn marks_never_matter(word in "[ابتثجحخدذرزسشصضطظعغفقكلمنهوي]{1,10}", at in 0_usize..10, mark in "[\u{064B}-\u{0652}ـ\u{200F}]") {
            let mut marked: Vec<char> = word.chars().collect();
            let at = at.min(marked.len());
            marked.splice(at..at, mark.chars());
            prop_assert_eq!(fold(&marked.into_iter().collect::<String>()), fold(&word));
        }
    }
}
