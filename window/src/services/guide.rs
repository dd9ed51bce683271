//! دليل اليوم: which services are in force on a day. The one answer for the public guide, the
//! counter, the desks and the searches of all of them.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use catalogue::search::{Found, Index};
use catalogue::{Catalogue, Entry, Service};
use foundation::lang::Lang;
use jiff::civil::Date;

/// Services that are asked for most, by code.
pub const COMMON: [&str; 6] = ["SHP-01", "SHP-02", "BLD-01", "BLD-02", "REC-01", "UTL-02"];
/// What the index charges for a synonym and some words to spare.
const ANOTHER_WORD: u32 = 80;
/// Letters of a query that are looked at.
const LONGEST: usize = 120;

/// The guide of one day: it reads like a catalogue that holds what is in force, and finds services.
#[derive(Debug)]
pub struct Guide {
    day: Date,
    services: Catalogue,
    index: OnceLock<Index>,
}

impl Guide {
    /// Services that fit what was typed, best first. Among those with as many of the words, what most
    /// people come for goes before rarer services, even where its name says it with another word.
    pub fn find(&self, typed: &str) -> Found {
        let typed: String = typed.chars().take(LONGEST).collect();
        let mut found = self.index.get_or_init(|| Index::new(&self.services)).search(&typed, usize::MAX);
        let handicap = |code: &str| if COMMON.contains(&code) { ANOTHER_WORD } else { 0 };
        found.hits.sort_by_key(|hit| hit.cost.saturating_sub(handicap(&hit.code)));
        found
    }
}

impl Deref for Guide {
    type Target = Catalogue;

    fn deref(&self) -> &Catalogue {
        &self.services
    }
}

/// رف الإصدارات: every version that was published, and the guide of the day that was asked for last.
#[derive(Debug)]
pub(crate) struct Shelf {
    carried: Arc<Catalogue>,
    /// By code and hash: requests keep the version of their registration.
    versions: HashMap<(String, String), Arc<Service>>,
    /// By code, in the order in which they come into force.
    published: BTreeMap<String, Vec<Entry>>,
    guide: Option<Arc<Guide>>,
}

impl Shelf {
    /// A shelf without publications: until there are some, what the program carries is in force.
    pub fn new(carried: Arc<Catalogue>) -> Self {
        Self { carried, versions: HashMap::new(), published: BTreeMap::new(), guide: None }
    }

    /// Makes a version known; the same again changes nothing.
    pub fn publish(&mut self, entry: Entry) {
        let service = &entry.service;
        let key = (service.code.clone(), service.hash.clone());
        if self.versions.insert(key, service.clone()).is_none() {
            let versions = self.published.entry(service.code.clone()).or_default();
            versions.push(entry);
            versions.sort_by_key(|entry| (entry.service.from, entry.service.version));
            self.guide = None;
        }
    }

    /// The version of this text.
    pub fn version(&self, code: &str, hash: &str) -> Option<Arc<Service>> {
        let published = self.versions.get(&(code.to_owned(), hash.to_owned()));
        let carried = || self.carried.service(code).filter(|carried| carried.hash == hash);
        published.or_else(carried).cloned()
    }

    /// The version in force on a day.
    pub fn in_force(&self, code: &str, day: Date) -> Option<&Entry> {
        // What a newer program carries is only proposed: with publications, they alone are in force.
        if self.published.is_empty() {
            return self.carried.entry(code);
        }
        self.published.get(code)?.iter().rfind(|entry| entry.service.from <= day)
    }

    /// The guide of a day, if it was asked for before.
    pub fn guide(&self, day: Date) -> Option<Arc<Guide>> {
        self.guide.clone().filter(|guide| guide.day == day)
    }

    /// The guide of a day, put together and kept.
    pub fn gather(&mut self, day: Date) -> Arc<Guide> {
        if let Some(guide) = self.guide(day) {
            return guide;
        }
        let services = if self.published.is_empty() {
            Catalogue::clone(&self.carried)
        } else {
            self.carried.holding(self.published.keys().filter_map(|code| self.in_force(code, day)).cloned())
        };
        let guide = Arc::new(Guide { day, services, index: OnceLock::new() });
        self.guide = Some(guide.clone());
        guide
    }

    /// Everything that a text may refer to: what the program carries, and the last version published
    /// of each service.
    pub fn everything(&self) -> Catalogue {
        let last = self.published.values().filter_map(|versions| versions.last());
        self.carried.holding(self.carried.entries().chain(last).cloned())
    }

    /// Every version known, by code and in the order in which they come into force.
    pub fn known(&self) -> Vec<Arc<Service>> {
        if self.published.is_empty() {
            return self.carried.services().cloned().collect();
        }
        self.published.values().flatten().map(|entry| entry.service.clone()).collect()
    }

    /// What a service is called: as in force on a day, else as known first.
    pub fn name(&self, code: &str, day: Date, lang: Lang) -> Option<String> {
        let first =
            || self.published.get(code).and_then(|versions| versions.first()).or_else(|| self.carried.entry(code));
        self.in_force(code, day).or_else(first).map(|entry| entry.service.name(lang).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn shipped(code: &str) -> Entry {
        Catalogue::embedded().unwrap().entry(code).unwrap().clone()
    }

    /// The text with a change, as a later publication makes it.
    fn changed(entry: &Entry, change: (&str, &str), version: u32, from: Date) -> Entry {
        let text = entry.text.replace(change.0, change.1);
        let mut service = Service::parse(&text, &entry.path).unwrap();
        (service.version, service.from) = (version, from);
        Entry { path: entry.path.clone(), text: text.into(), service: Arc::new(service) }
    }

    #[test]
    fn before_any_publication_what_the_program_carries_is_in_force() {
        let mut shelf = Shelf::new(Catalogue::embedded().unwrap());
        let day = date(2026, 11, 22);
        assert_eq!(shelf.gather(day).services().count(), 168);
        shelf.publish(shipped("SHP-01"));
        let guide = shelf.gather(day);
        assert_eq!(guide.services().map(|service| &*service.code).collect::<Vec<_>>(), ["SHP-01"]);
        assert!(shelf.in_force("SHP-02", day).is_none(), "a file that nobody published is only proposed");
        assert_eq!(
            shelf.name("SHP-02", day, Lang::Ar).unwrap(),
            shipped("SHP-02").service.name_ar,
            "yet it has a name"
        );
    }

    #[test]
    fn a_guide_holds_what_is_in_force_on_its_day_and_finds_it() {
        let mut shelf = Shelf::new(Catalogue::embedded().unwrap());
        let first = shipped("LFT-01");
        let december = date(2026, 12, 1);
        shelf.publish(first.clone());
        shelf.publish(changed(&first, (&first.service.name_ar, "ترخيص تلسكوب"), 2, december));
        shelf.publish(changed(&first, ("code = \"LFT-01\"", "code = \"LFT-99\""), 1, december));
        let on = |shelf: &mut Shelf, day| {
            let guide = shelf.gather(day);
            let codes: Vec<String> = guide.services().map(|service| service.code.clone()).collect();
            (guide.service("LFT-01").unwrap().version, codes, guide.find("تلسكوب").hits.len())
        };
        assert_eq!(on(&mut shelf, date(2026, 11, 30)), (1, vec!["LFT-01".to_owned()], 0));
        assert_eq!(on(&mut shelf, december), (2, vec!["LFT-01".to_owned(), "LFT-99".to_owned()], 1));
        assert_eq!(shelf.known().len(), 3);
        let everything = shelf.everything();
        assert!(everything.service("LFT-99").is_some() && everything.service("SHP-02").is_some());
    }
}
