//! الترتيب الأبجدي: a key for lists, stored beside the text and compared byte by byte, so that
//! both database engines and the program sort alike.
//!
//! Folded Arabic letters stand in Unicode in the order of the alphabet (ا ب ت … ه و ي), so the
//! folded text is its own key. As in the Arabic order of Unicode CLDR, Arabic comes before
//! Latin and marks decide nothing; unlike it, numbers sort by value («شياخة 2» before
//! «شياخة 10») and, as lists of services want, the article «ال» is passed over.

use std::fmt::Write as _;

use super::fold::letters;

/// The sort key of a text; equal for spellings that fold alike.
#[must_use]
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 8);
    for word in letters(text).split(' ') {
        if !key.is_empty() {
            key.push(' ');
        }
        push_word(&mut key, without_article(word));
    }
    key
}

/// A folded word without «ال», if enough of it remains to be a word.
#[must_use]
pub fn without_article(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(rest) if rest.chars().nth(1).is_some() && rest != "له" => rest,
        _ => word,
    }
}

fn push_word(key: &mut String, word: &str) {
    let mut number = String::new();
    for letter in word.chars() {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        push_number(key, &mut number);
        // Latin letters after Arabic ones: their full-width doubles lie above the Arabic block.
        let shifted = u32::from(letter) + 0xFEE0;
        key.push(if letter.is_ascii_lowercase() { char::from_u32(shifted).unwrap_or(letter) } else { letter });
    }
    push_number(key, &mut number);
}

/// Writes the length before the digits: `9` becomes `0019`, `10` becomes `00210`.
fn push_number(key: &mut String, number: &mut String) {
    if !number.is_empty() {
        let digits = number.trim_start_matches('0');
        let _ = write!(key, "{:03}{digits}", digits.len());
        number.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn alphabet_article_numbers_scripts() {
        let sorted = ["أسوان", "الإسكندرية", "بورسعيد", "شياخة 2", "شياخة 10", "القاهرة", "مرسى مطروح", "Zamalek"];
        let mut shuffled = sorted;
        shuffled.reverse();
        shuffled.sort_by_key(|text| key(text));
        assert_eq!(
            shuffled,
            ["الإسكندرية", "أسوان", "بورسعيد", "شياخة 2", "شياخة 10", "القاهرة", "مرسى مطروح", "Zamalek"]
        );
        assert_eq!(key("إيصالٌ"), key("ايصال"));
        assert_eq!(without_article("الله"), "الله");
        assert_eq!(without_article("القاهره"), "قاهره");
    }

    proptest! {
        #[test]
        fn numbers_sort_by_value(a: u32, b: u32) {
            prop_assert_eq!(key(&format!("حي {a}")).cmp(&key(&format!("حي {b}"))), a.cmp(&b));
        }

        #[test]
        fn letters_sort_by_alphabet(a in "[ابتثجحخدذرزسشصضطظعغفقكلمنهوي]{1,6}", b in "[ابتثجحخدذرزسشصضطظعغفقكلمنهوي]{1,6}") {
            const ALPHABET: &str = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
            let rank = |text: &str| -> Vec<Option<usize>> {
                without_article(text).chars().map(|c| ALPHABET.chars().position(|l| l == c)).collect()
            };
            prop_assert_eq!(key(&a).cmp(&key(&b)), rank(&a).cmp(&rank(&b)));
        }
    }
}
