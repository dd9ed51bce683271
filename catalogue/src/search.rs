//! Search in the guide (البحث في الدليل): the words people use, misspelt or on the wrong keyboard.
//!
//! In memory: 168 services have some thousands of tokens, and a query is answered in well
//! under a millisecond without an index on disk.

use std::collections::BTreeMap;

use foundation::arabic::search::{Form, Rank, search_tokens, word_rank};
use foundation::arabic::{fold, keyboard};
use serde::Deserialize;

use crate::load::Catalogue;
use crate::model::Service;

/// Words of the people (مترادفات): sets of words that stand for each other, and phrases for a service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Synonyms {
    /// Each set means one thing.
    pub words: Vec<Vec<String>>,
    /// By code of service.
    #[serde(default)]
    pub services: BTreeMap<String, Vec<String>>,
}

/// Words that carry nothing in a question to the guide.
const IDLE: &[&str] = &[
    "عايز",
    "عاوز",
    "اريد",
    "محتاج",
    "ازاي",
    "كيف",
    "اعمل",
    "في",
    "من",
    "على",
    "عن",
    "الى",
    "او",
    "مع",
    "طلب",
    "خدمه",
    "ممكن",
    "لو",
    "سمحت",
    "ل",
    "و",
    "اي",
];

/// One service found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Code of the service.
    pub code: String,
    /// Smaller is better; equal hits keep the order of codes.
    pub cost: u32,
}

/// What a query found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// What was meant, if the query was typed on the other keyboard layout.
    pub meant: Option<String>,
}

/// Index of the guide: every word once, with the services it stands in.
#[derive(Debug, Clone, Default)]
pub struct Index {
    services: Vec<Entry>,
    words: BTreeMap<String, Vec<Place>>,
}

#[derive(Debug, Clone)]
struct Entry {
    code: String,
    words_in_name: u32,
}

/// Where a word stands: in which service, and at what cost it is found there.
#[derive(Debug, Clone, Copy)]
struct Place {
    service: usize,
    cost: u32,
}

/// Cost of a word by where it stands.
mod part {
    pub(super) const NAME: u32 = 0;
    pub(super) const PHRASE: u32 = 2;
    pub(super) const SYNONYM: u32 = 8;
    pub(super) const GROUP: u32 = 12;
    pub(super) const NOTES: u32 = 16;
}

impl Index {
    /// Reads the names, groups, notes and synonyms of every service.
    pub fn new(catalogue: &Catalogue) -> Self {
        let sets: Vec<Vec<String>> = catalogue.synonyms().words.iter().map(|set| folded(set)).collect();
        let mut index = Self::default();
        for service in catalogue.services() {
            index.add(catalogue, service, &sets);
        }
        index
    }

    fn add(&mut self, catalogue: &Catalogue, service: &Service, sets: &[Vec<String>]) {
        let at = self.services.len();
        let mut found: BTreeMap<String, u32> = BTreeMap::new();
        texts(catalogue, service, sets, &mut |text, cost| {
            for token in search_tokens(text) {
                found.entry(token.text).and_modify(|least| *least = cost.min(*least)).or_insert(cost);
            }
        });
        for (word, cost) in found {
            self.words.entry(word).or_default().push(Place { service: at, cost });
        }
        let words_in_name = search_tokens(&service.name_ar).iter().filter(|token| token.form == Form::Whole).count();
        let words_in_name = u32::try_from(words_in_name).unwrap_or(u32::MAX);
        self.services.push(Entry { code: service.code.clone(), words_in_name });
    }

    /// Services that fit a query, best first; at most `limit`.
    pub fn search(&self, query: &str, limit: usize) -> Found {
        let by_code = self.by_code(query);
        if !by_code.is_empty() {
            return Found { hits: cut(by_code, limit), meant: None };
        }
        let meant = keyboard::meant(query, |text| !self.by_words(text).is_empty());
        let hits = self.by_words(meant.as_deref().unwrap_or(query));
        Found { hits: cut(hits, limit), meant }
    }

    /// `SHP-01`, `shp1`, `shp 01`; the letters alone give the whole family.
    fn by_code(&self, query: &str) -> Vec<Hit> {
        let plain: String = foundation::arabic::digits::to_ascii(query)
            .chars()
            .filter(|c| c.is_ascii_alphanumeric())
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let foreign = query.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
        let (Some(letters), Some(digits)) = (plain.get(..3), plain.get(3..)) else { return Vec::new() };
        if foreign || !letters.bytes().all(|b| b.is_ascii_uppercase()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Vec::new();
        }
        let number = digits.parse::<u32>().ok();
        let fits = |code: &str| {
            code.starts_with(letters) && (digits.is_empty() || code.get(4..).and_then(|n| n.parse().ok()) == number)
        };
        let codes = self.services.iter().filter(|entry| fits(&entry.code));
        codes.map(|entry| Hit { code: entry.code.clone(), cost: 0 }).collect()
    }

    fn by_words(&self, query: &str) -> Vec<Hit> {
        let asked: Vec<String> = search_tokens(query)
            .into_iter()
            .filter(|token| token.form == Form::Whole && !IDLE.contains(&token.text.as_str()))
            .map(|token| token.text)
            .collect();
        if asked.is_empty() {
            return Vec::new();
        }
        let costs: Vec<BTreeMap<usize, u32>> = asked.iter().map(|word| self.costs(word)).collect();
        let found = |service: usize| costs.iter().filter(|word| word.contains_key(&service)).count();
        // A service that has every word hides those that lack one.
        let most = (0..self.services.len()).map(found).max().unwrap_or(0);
        if most == 0 || most * 2 <= asked.len() {
            return Vec::new();
        }
        let best = self.services.iter().enumerate().filter(|(at, _)| found(*at) == most);
        let mut hits: Vec<Hit> = best
            .map(|(at, entry)| {
                let cost: Vec<u32> = costs.iter().filter_map(|word| word.get(&at).copied()).collect();
                let in_name = u32::try_from(cost.iter().filter(|cost| **cost == part::NAME).count()).unwrap_or(0);
                let spare = entry.words_in_name.saturating_sub(in_name);
                Hit { code: entry.code.clone(), cost: cost.iter().sum::<u32>().saturating_mul(8).saturating_add(spare) }
            })
            .collect();
        hits.sort_by(|a, b| (a.cost, &a.code).cmp(&(b.cost, &b.code)));
        hits
    }

    /// Services that have a word, or one like it, with the least cost in each.
    fn costs(&self, asked: &str) -> BTreeMap<usize, u32> {
        let mut costs = BTreeMap::new();
        for (word, places) in &self.words {
            // One edit changes a word by one letter: others need not be compared letter by letter.
            let far = word.len().abs_diff(asked.len()) > 4;
            if far && !word.starts_with(asked) {
                continue;
            }
            let slip = match word_rank(asked, word) {
                Some(Rank::Exact | Rank::Normalised) => 0,
                Some(Rank::Prefix) => 3,
                Some(Rank::OneEdit) => 10,
                None => continue,
            };
            for place in places {
                // Notes hold every word of the language: no slips there.
                if slip == 10 && place.cost >= part::NOTES {
                    continue;
                }
                let cost = place.cost + slip;
                costs.entry(place.service).and_modify(|least: &mut u32| *least = cost.min(*least)).or_insert(cost);
            }
        }
        costs
    }
}

fn cut(mut hits: Vec<Hit>, limit: usize) -> Vec<Hit> {
    hits.truncate(limit);
    hits
}

fn folded(phrases: &[String]) -> Vec<String> {
    phrases.iter().map(|phrase| fold(phrase)).collect()
}

/// The texts of a service, each with the cost of finding a word in it.
fn texts(catalogue: &Catalogue, service: &Service, sets: &[Vec<String>], see: &mut dyn FnMut(&str, u32)) {
    let name = format!(" {} ", fold(&format!("{} {}", service.name_ar, service.output.name_ar)));
    see(&service.name_ar, part::NAME);
    see(&service.output.name_ar, part::PHRASE);
    see(&service.name_en, part::PHRASE);
    for phrase in catalogue.synonyms().services.get(&service.code).into_iter().flatten() {
        see(phrase, part::PHRASE);
    }
    for set in sets.iter().filter(|set| set.iter().any(|phrase| stands_in(phrase, &name))) {
        set.iter().for_each(|phrase| see(phrase, part::SYNONYM));
    }
    if let Some(group) = catalogue.group(&service.group) {
        see(&group.name_ar, part::GROUP);
    }
    see(&service.notes_ar, part::NOTES);
    service.conditions.iter().for_each(|condition| see(&condition.ar, part::NOTES));
}

/// Whole words of a folded phrase in a folded, padded text, with «ال» or without.
fn stands_in(phrase: &str, padded: &str) -> bool {
    padded.contains(&format!(" {phrase} ")) || padded.contains(&format!(" ال{phrase} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn top(query: &str) -> Vec<String> {
        let catalogue = Catalogue::embedded().unwrap();
        let found = Index::new(&catalogue).search(query, 8);
        found.hits.into_iter().map(|hit| hit.code).collect()
    }

    #[test]
    fn people_find_what_they_mean() {
        for (query, code) in [
            ("رخصة محل", "SHP-01"),
            ("عايز أفتح محل", "SHP-01"),
            ("ترخيص بناء", "BLD-02"),
            ("رخصه بنا", "BLD-02"),
            ("تعليه", "BLD-03"),
            ("هدم", "BLD-12"),
            ("اشغال طريق", "OCC-01"),
            ("إشغال الطريق", "OCC-01"),
            ("اعلان", "ADV-01"),
            ("يافطه", "ADV-03"),
            ("توصيل مرافق", "UTL-01"),
            ("التصالح", "REC-01"),
            ("نموذج 3", "REC-02"),
            ("تأجير أرض", "LND-04"),
            ("صورة محضر", "CER-07"),
            ("اسانسير", "LFT-01"),
            ("صلاحية الموقع", "BLD-01"),
        ] {
            let hits = top(query);
            assert!(hits.contains(&code.to_owned()), "{query} finds {hits:?}, not {code}");
        }
    }

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        for query in ["SHP-01", "shp1", "shp 01", "SHP٠١", " Shp-1 "] {
            assert_eq!(top(query), ["SHP-01"], "{query}");
        }
        assert!(top("lft").len() >= 3);
    }

    #[test]
    fn the_wrong_keyboard_is_understood() {
        let catalogue = Catalogue::embedded().unwrap();
        let index = Index::new(&catalogue);
        let found = index.search("jvodw fkhx", 5);
        assert_eq!(found.meant.as_deref(), Some("ترخيص بناء"));
        assert!(found.hits.iter().any(|hit| hit.code == "BLD-02"), "{found:?}");
    }

    #[test]
    fn one_slip_is_forgiven_and_nonsense_finds_nothing() {
        assert!(top("ترخيض هدم").contains(&"BLD-12".to_owned()));
        assert!(top("مصعذ").iter().any(|code| code.starts_with("LFT")));
        for query in ["", "   ", "قققققق", "؟", "زرافة بنفسجية"] {
            assert!(top(query).is_empty(), "{query}");
        }
    }
}
