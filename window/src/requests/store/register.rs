//! The public register's rows (السجل العام), made of what an event lets everybody read.

use std::collections::BTreeSet;

use foundation::arabic::fold;
use foundation::arabic::search::search_tokens;
use foundation::db::{Tx, Value};
use foundation::params;
use record::RecordError;

use super::Key;
use crate::requests::events::Published;
use crate::requests::state::{IssuedPaper, State};

/// Letters of a word that are compared: what is longer is found by its beginning.
const LETTERS: usize = 8;
/// The fewest letters by which a word is found.
const LEAST: usize = 2;
/// The most words of an address that are kept.
const MOST: usize = 24;

/// The words under which a text is found: each with all its beginnings.
fn words_of(text: &str) -> BTreeSet<String> {
    let tokens = search_tokens(text).into_iter().take(MOST);
    tokens.flat_map(|token| beginnings(&token.text)).collect()
}

fn beginnings(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().take(LETTERS).collect();
    let least = LEAST.min(letters.len());
    (least..=letters.len()).filter(|len| *len > 0).map(|len| letters.iter().take(len).collect()).collect()
}

/// The words that a query asks for, each as it is stored.
pub(crate) fn asked_words(text: &str) -> Vec<String> {
    let folded = fold::fold(text);
    let cut = |word: &str| word.chars().take(LETTERS).collect::<String>();
    folded.split(' ').filter(|word| !word.is_empty()).map(cut).take(6).collect()
}

/// The word for everything of a kind, year, standing or activity.
pub(crate) fn mark(of: char, what: &str) -> String {
    format!("#{of}{what}")
}

fn standing(paper: &IssuedPaper) -> String {
    mark('s', paper.standing.word())
}

/// Enters an issued paper.
pub(super) async fn insert(
    tx: &mut Tx,
    key: Key<'_>,
    after: &State,
    paper: &IssuedPaper,
    published: &Published,
) -> Result<(), RecordError> {
    let unit = unit(after, paper);
    tx.queue(
        "INSERT INTO licences (number, tenant, unit, kind, service, activity, place, lon_e6, lat_e6, issued_at, issued_on, \
         expires, standing, replaces, issue) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        params![
            paper.number.as_str(),
            key.tenant,
            unit,
            published.group.as_str(),
            after.file.service.code.as_str(),
            published.activity.clone().unwrap_or_default(),
            published.place.as_str(),
            published.point.map(|[east, _]| east),
            published.point.map(|[_, north]| north),
            paper.issued_at,
            paper.issued_on.to_string(),
            paper.expires.map(|day| day.to_string()),
            paper.standing.word(),
            paper.replaces.as_ref().map(|replaced| replaced.number.clone()),
            i64::from(paper.issue()),
        ],
    )
    .await?;
    let mut words = words_of(&published.place);
    words.insert(mark('g', &published.group));
    words.insert(mark('y', &paper.issued_on.year().to_string()));
    words.insert(mark('t', key.tenant));
    words.insert(standing(paper));
    words.extend(published.activity.as_ref().map(|code| mark('a', code)));
    add(tx, unit, paper, words).await
}

/// Tells that the standing of a paper changed.
pub(super) async fn update(tx: &mut Tx, after: &State, paper: &IssuedPaper) -> Result<(), RecordError> {
    tx.queue(
        "UPDATE licences SET standing = $2, replaced_by = $3 WHERE number = $1",
        params![paper.number.as_str(), paper.standing.word(), paper.superseded.as_ref().map(|by| by.number.clone())],
    )
    .await?;
    // Between «#s» and the next word that no standing begins with.
    tx.queue(
        "DELETE FROM licence_words WHERE number = $1 AND word >= '#s' AND word < '#t'",
        params![paper.number.as_str()],
    )
    .await?;
    add(tx, unit(after, paper), paper, BTreeSet::from([standing(paper)])).await
}

async fn add(tx: &mut Tx, unit: &str, paper: &IssuedPaper, words: BTreeSet<String>) -> Result<(), RecordError> {
    let mut params: Vec<Value> = Vec::with_capacity(words.len() * 4);
    for word in &words {
        params.extend(params![word.as_str(), unit, paper.issued_at, paper.number.as_str()]);
    }
    let places = super::rows::places(words.len(), 4);
    let sql = format!("INSERT INTO licence_words (word, unit, issued_at, number) VALUES {places}");
    Ok(tx.queue(&sql, params).await?)
}

/// The unit that issued it.
fn unit<'a>(after: &'a State, paper: &IssuedPaper) -> &'a str {
    let holder = after.course.step(paper.step).and_then(|step| step.holder.as_ref());
    holder.map_or(&after.file.unit, |holder| &holder.unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_place_is_found_by_what_is_remembered_of_it() {
        let words = words_of("15 شارع المدرسة الثانوية، شبرا");
        for asked in ["شارع", "المدرسه", "مدرسة", "شب", "شبرا", "15", "الثانوية"] {
            let asked = asked_words(asked);
            assert!(asked.iter().all(|word| words.contains(word)), "{asked:?} in {words:?}");
        }
        assert!(!words.contains("طنطا"));
    }

    proptest! {
        #[test]
        fn every_beginning_finds(word in "[ء-ي]{2,12}", len in 2..12_usize) {
            let words = words_of(&word);
            for asked in asked_words(&word) {
                prop_assert!(words.contains(&asked));
                let begun: String = asked.chars().take(len).collect();
                prop_assert!(words.contains(&begun));
            }
        }
    }
}
