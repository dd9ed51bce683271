//! Makes any text printable. What people type may hold letters that no font of ours has
//! (PDF/A forbids printing such) and marks that reorder the text around them.

use super::Fonts;

/// Replaces what cannot be printed by `؟`, control characters by spaces, and drops marks of
/// text direction: the templates isolate what they print.
pub(super) fn clean(text: &str, fonts: &Fonts) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{200e}'
            | '\u{200f}'
            | '\u{061c}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{00ad}'
            | '\u{200b}' => {}
            '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' => {}
            '\u{200c}' | '\u{200d}' => out.push(letter),
            letter if letter.is_control() || letter.is_whitespace() => out.push(' '),
            letter if fonts.covers(letter) => out.push(letter),
            _ => out.push('؟'),
        }
    }
    out
}

/// Cleans every text of a JSON value.
pub(super) fn clean_all(value: &mut serde_json::Value, fonts: &Fonts) {
    match value {
        serde_json::Value::String(text) => *text = clean(text, fonts),
        serde_json::Value::Array(list) => list.iter_mut().for_each(|value| clean_all(value, fonts)),
        serde_json::Value::Object(map) => map.values_mut().for_each(|value| clean_all(value, fonts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_printable() {
        let clean = |text| clean(text, Fonts::embedded());
        assert_eq!(clean("أحمد\tمحمود"), "أحمد محمود");
        assert_eq!(clean("\u{202e}10"), "10");
        assert_eq!(clean("王 😀"), "؟ ؟");
        assert_eq!(clean("م² – … «نص» ٪"), "م² – … «نص» ٪");
    }
}
