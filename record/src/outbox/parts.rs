//! أجزاء الرسالة النصية: how a text is cut for the air (3GPP TS 23.040): 140 bytes a part, of which a header
//! takes six when there are several.

/// الأبجدية: how a text message is written on the air.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// The letters that ASCII and the GSM default alphabet write alike: 160 to a message, 153 to a part.
    Latin,
    /// UCS-2, for Arabic: 70 units to a message, 67 to a part.
    Ucs2,
}

/// The alphabet of a text.
pub fn alphabet(text: &str) -> Alphabet {
    let same = |c: char| c.is_ascii_alphanumeric() || " \n!\"#%&'()*+,-./:;<=>?".contains(c);
    if text.chars().all(same) { Alphabet::Latin } else { Alphabet::Ucs2 }
}

/// The parts of a text message, in order; no character is cut in two. An empty text is one empty part.
pub fn parts(text: &str) -> Vec<String> {
    let alphabet = alphabet(text);
    let (whole, part) = match alphabet {
        Alphabet::Latin => (160, 153),
        Alphabet::Ucs2 => (70, 67),
    };
    let length = |text: &str| text.encode_utf16().count();
    if length(text) <= whole {
        return vec![text.to_owned()];
    }
    let mut parts = vec![String::new()];
    let mut used = 0;
    for letter in text.chars() {
        if used + letter.len_utf16() > part {
            parts.push(String::new());
            used = 0;
        }
        used += letter.len_utf16();
        if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_texts_are_one_part() {
        assert_eq!(parts("").len(), 1);
        assert_eq!(parts(&"ا".repeat(70)).len(), 1);
        assert_eq!(parts(&"ا".repeat(71)).len(), 2);
        assert_eq!(parts(&"ا".repeat(134)).len(), 2);
        assert_eq!(parts(&"ا".repeat(135)).len(), 3);
        assert_eq!((parts(&"a".repeat(160)).len(), parts(&"a".repeat(161)).len()), (1, 2));
        assert_eq!(alphabet("a@b"), Alphabet::Ucs2);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_part_is_too_long(text in "[\\PC\u{10000}-\u{1ffff}]{0,300}") {
            let parts = parts(&text);
            prop_assert_eq!(parts.concat(), text.clone());
            let most = if alphabet(&text) == Alphabet::Latin { 160 } else { 70 };
            prop_assert!(parts.iter().all(|part| part.encode_utf16().count() <= most));
        }
    }
}
