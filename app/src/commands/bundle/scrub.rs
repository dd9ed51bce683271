//! Taking out of a text what names a person or opens a door.

use crate::config::Config;

/// Stands for what was taken out.
const GONE: &str = "•••";
/// Digits in a row that may be a telephone, a national id or a number of a paper. Byte counts of disks and
/// microseconds since 1970 have more or stand under names that tell; those are given up with them.
const DIGITS: usize = 9;
/// Letters and digits of a code in a QR.
const CODE: usize = 14;

/// Knows the secrets of one configuration.
pub struct Scrub {
    secrets: Vec<String>,
}

impl Scrub {
    /// Every secret value, and the passwords inside addresses.
    pub fn of(config: &Config) -> Scrub {
        let mut secrets = Vec::new();
        for value in config.secrets() {
            let password = value.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')).and_then(|(user, _)| {
                let (_, password) = user.split_once(':')?;
                Some(password.to_owned())
            });
            secrets.extend(password);
            // The whole address comes first where it is longer.
            secrets.push(value);
        }
        secrets.retain(|secret| secret.len() >= 4);
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Scrub { secrets }
    }

    /// Without secrets.
    pub fn secrets(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret, GONE))
    }

    /// Without secrets and without anything that has the shape of a name, an id, a telephone, an address
    /// or a code. Ids of the record (UUID) and hashes stay: they name nobody outside the node.
    pub fn text(&self, text: &str) -> String {
        let clean = self.secrets(text);
        clean
            .split_inclusive(|c: char| c.is_whitespace() || matches!(c, '"' | ',' | '(' | ')' | '=' | '<' | '>'))
            .map(word)
            .collect()
    }
}

/// A word with what ends it.
fn word(text: &str) -> String {
    let end = text.char_indices().next_back().filter(|(_, c)| !is_part(*c)).map_or(text.len(), |(at, _)| at);
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    if names_somebody(word) { format!("{GONE}{rest}") } else { text.to_owned() }
}

fn is_part(c: char) -> bool {
    !(c.is_whitespace() || matches!(c, '"' | ',' | '(' | ')' | '=' | '<' | '>'))
}

fn names_somebody(word: &str) -> bool {
    // The program speaks English to those who run it: Arabic in an error is somebody's own words.
    let arabic = word.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c) || ('\u{fe70}'..='\u{feff}').contains(&c));
    let runs = |is: fn(char) -> bool| word.split(move |c: char| !is(c)).map(str::len).max().unwrap_or(0);
    let hash = word
        .split([':', '/', '.'])
        .any(|part| part.len() >= 32 && part.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'));
    // As people type them, a telephone and an id have blanks or hyphens in them: ids of the record have letters.
    let spaced = word.bytes().filter(u8::is_ascii_digit).count() >= 11
        && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.'))
        && !word.contains('.')
        && !is_stamp(word);
    let digits = runs(|c| c.is_ascii_digit()) >= DIGITS || spaced;
    let code = word.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| {
        part.len() >= CODE
            && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && part.bytes().any(|b| b.is_ascii_digit())
    });
    let public_page = ["/T/", "/V/", "/t/", "/v/"].iter().any(|page| word.contains(page));
    arabic || public_page || word.contains('@') || (!hash && (digits || code))
}

/// The time in the name of a backup: `2026-11-27-190000` or `20261127-190000`. No national id has such a month.
fn is_stamp(word: &str) -> bool {
    let lengths: Vec<usize> = word.split('-').map(str::len).collect();
    word.starts_with("20") && matches!(lengths.as_slice(), [4, 2, 2, 6] | [8, 6])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_somebody_goes_and_the_rest_stays() {
        let scrub = Scrub { secrets: vec!["hunter2 hunter2".into()] };
        for gone in [
            "منى",
            "29001010100013",
            "01012345678",
            "+201012345678",
            "010-1234-5678",
            "MONA2345ABCDEF67",
            "mona@example.com",
            "http://x/T/ABCDEFGH23456789",
            "hunter2 hunter2",
        ] {
            let text = scrub.text(&format!("error: value \"{gone}\" at column 5\n"));
            assert_eq!(text, "error: value \"•••\" at column 5\n", "{gone}");
        }
        for kept in [
            "request/0196f3a2-1111-7222-8333-944444444444",
            "0095_imports",
            "15.18",
            "2026-11-27-190000",
            "PostgreSQL",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "20261127-190000",
            "WORKING",
        ] {
            assert_eq!(scrub.text(kept), kept);
        }
    }
}
