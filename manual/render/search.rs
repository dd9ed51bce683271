//! البحث في الدليل: every word asked for in one part of a chapter, as people write Arabic.
//!
//! The page does the same in the browser when there is no network (`assets/js/help.js`); a test holds the two
//! against the same questions.

use std::sync::LazyLock;

use foundation::arabic::search::{EDIT_FROM, within_one_edit};
use foundation::arabic::{fold, keyboard};

use crate::{Chapter, Section, chapters};

/// Most answers of one search.
const MOST: usize = 30;
/// Words of the text before the first hit, and in all.
const BEFORE: usize = 6;
const AROUND: usize = 28;

/// نتيجة: a part of a chapter that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Address of the chapter below `/help/`, with the anchor.
    pub address: String,
    /// Title of the chapter.
    pub title: &'static str,
    /// The heading; empty for the chapter's beginning.
    pub heading: &'static str,
    /// A piece of the text: words, and whether each was asked for.
    pub snippet: Vec<(bool, &'static str)>,
}

/// A word of the text with the forms under which it is found.
struct Word {
    text: &'static str,
    forms: Vec<String>,
}

/// A part of a chapter, ready to be searched.
struct Entry {
    chapter: &'static Chapter,
    section: &'static Section,
    title: Vec<Word>,
    heading: Vec<Word>,
    text: Vec<Word>,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let entry = |chapter: &'static Chapter, section: &'static Section| Entry {
        chapter,
        section,
        title: if section.level == 0 { words(chapter.title) } else { Vec::new() },
        heading: words(section.heading),
        text: words(section.text),
    };
    chapters().flat_map(|chapter| chapter.sections.iter().map(move |section| entry(chapter, section))).collect()
});

fn words(text: &'static str) -> Vec<Word> {
    text.split_whitespace().map(|text| Word { text, forms: forms(text) }).collect()
}

/// A word as it may be asked for: folded; without a particle that is written to it; without the article.
fn forms(word: &str) -> Vec<String> {
    let mut all = Vec::new();
    for part in fold::letters(word).split(' ').filter(|part| !part.is_empty()) {
        all.push(part.to_owned());
        let mut stem = part;
        if let Some(rest) = stem.strip_prefix(['و', 'ف'])
            && rest.chars().nth(2).is_some()
        {
            stem = rest;
            all.push(stem.to_owned());
        }
        if let Some(rest) = stem.strip_prefix("لل") {
            stem = rest;
            all.push(stem.to_owned());
        } else if let Some(rest) = stem.strip_prefix(['ب', 'ك', 'ل'])
            && rest.chars().nth(2).is_some()
        {
            stem = rest;
            all.push(stem.to_owned());
        }
        if let Some(rest) = stem.strip_prefix("ال")
            && rest.chars().nth(1).is_some()
        {
            all.push(rest.to_owned());
        }
    }
    all
}

/// The words of a question, each without the article.
fn asked(query: &str) -> Vec<String> {
    let folded = fold::letters(query);
    let bare =
        |word: &str| word.strip_prefix("ال").filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(word).to_owned();
    folded.split(' ').filter(|word| !word.is_empty()).map(bare).collect()
}

/// Whether a word of the text is meant: it begins so, or (`near`) one letter differs.
fn meant(word: &Word, asked: &str, near: bool) -> bool {
    word.forms.iter().any(|form| {
        let begins = if asked.chars().nth(1).is_some() { form.starts_with(asked) } else { form == asked };
        begins || near && asked.chars().nth(EDIT_FROM - 1).is_some() && within_one_edit(asked, form)
    })
}

/// The parts that hold every word of the question, best first, and the question that was meant if the keyboard
/// was left on the other layout.
#[must_use]
pub fn search(query: &str) -> (Vec<Hit>, Option<String>) {
    let typed = find(query);
    if !typed.is_empty() {
        return (typed, None);
    }
    match keyboard::meant(query, |other| !find(other).is_empty()) {
        Some(other) => (find(&other), Some(other)),
        None => (typed, None),
    }
}

fn find(query: &str) -> Vec<Hit> {
    let asked = asked(query);
    if asked.is_empty() {
        return Vec::new();
    }
    let exact = ranked(&asked, false);
    if exact.is_empty() { ranked(&asked, true) } else { exact }
}

fn ranked(asked: &[String], near: bool) -> Vec<Hit> {
    let mut found: Vec<(usize, usize, &Entry)> = Vec::new();
    for (at, entry) in ENTRIES.iter().enumerate() {
        let points = asked.iter().try_fold(0, |sum, word| {
            let in_any = |words: &[Word]| words.iter().any(|one| meant(one, word, near));
            let points = if in_any(&entry.title) {
                4
            } else if in_any(&entry.heading) {
                3
            } else if in_any(&entry.text) {
                1
            } else {
                return None;
            };
            Some(sum + points)
        });
        if let Some(points) = points {
            found.push((points, at, entry));
        }
    }
    found.sort_by_key(|(points, at, _)| (usize::MAX - points, *at));
    found.into_iter().take(MOST).map(|(_, _, entry)| hit(entry, asked, near)).collect()
}

fn hit(entry: &Entry, asked: &[String], near: bool) -> Hit {
    let marked = |word: &Word| asked.iter().any(|one| meant(word, one, near));
    let first = entry.text.iter().position(marked).unwrap_or(0);
    let snippet = entry.text.iter().skip(first.saturating_sub(BEFORE)).take(AROUND);
    Hit {
        address: match entry.section.id {
            "" => entry.chapter.slug.to_owned(),
            id => format!("{}#{id}", entry.chapter.slug),
        },
        title: entry.chapter.title,
        heading: entry.section.heading,
        snippet: snippet.map(|word| (marked(word), word.text)).collect(),
    }
}
