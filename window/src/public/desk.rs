//! What the public pages share in one process: limits, guesses of PINs, lists for verifiers.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use bytes::Bytes;
use documents::sign::{KeyList, KeyListError};
use ed25519_dalek::VerifyingKey;
use foundation::clock::Micros;
use foundation::web::{FormData, PageError, Rate};
use parking_lot::Mutex;

/// قائمة المفاتيح المنشورة: the list of issuing keys as the root signed it, and the root's public key.
/// `app` lays it around the router with [`PublishedKeys::layer`]; without it no list is handed out.
#[derive(Clone, Debug, Default)]
pub struct PublishedKeys {
    signed: Bytes,
    root: Option<[u8; 32]>,
    list: Arc<KeyList>,
}

impl PublishedKeys {
    /// A signed list, read and checked against the root key.
    ///
    /// # Errors
    /// [`KeyListError`] if the root did not sign it.
    pub fn read(signed: Vec<u8>, root: &VerifyingKey) -> Result<Self, KeyListError> {
        let list = Arc::new(KeyList::verify(&signed, root)?);
        Ok(Self { signed: signed.into(), root: Some(root.to_bytes()), list })
    }

    /// Puts the list within reach of the pages.
    pub fn layer(&self) -> Extension<Self> {
        Extension(self.clone())
    }

    /// The bytes that verifiers fetch; empty where this node publishes none.
    #[must_use]
    pub fn signed(&self) -> Bytes {
        self.signed.clone()
    }

    /// The root's public key, which the verifier page carries.
    #[must_use]
    pub fn root(&self) -> Option<[u8; 32]> {
        self.root
    }

    /// The keys.
    #[must_use]
    pub fn list(&self) -> &KeyList {
        &self.list
    }
}

/// How often one address may open codes of 80 bits: only against floods, since nobody guesses them and
/// whole quarters share the address of a mobile network.
pub(crate) const OPEN: Rate = Rate::new(200, 1);
/// How often one address may try a number and PIN.
pub(crate) const TRACK: Rate = Rate::new(30, 2);
/// How often one address may look a paper up by what was typed.
pub(crate) const VERIFY: Rate = Rate::new(40, 2);
/// How often one address may search the guide.
pub(crate) const SEARCH: Rate = Rate::new(200, 1);

/// Cheap to clone; one per process.
#[derive(Clone, Default)]
pub(crate) struct Desk {
    inner: Arc<Inner>,
    keys: PublishedKeys,
}

#[derive(Default)]
struct Inner {
    guesses: Guesses,
    lists: super::verifier::Lists,
}

impl Desk {
    pub(super) fn keys(&self) -> &PublishedKeys {
        &self.keys
    }

    pub(crate) fn guesses(&self) -> &Guesses {
        &self.inner.guesses
    }

    pub(super) fn lists(&self) -> &super::verifier::Lists {
        &self.inner.lists
    }
}

impl<S: Sync> FromRequestParts<S> for Desk {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let desk = parts.extensions.get::<Self>().cloned();
        let desk = desk.ok_or_else(|| PageError::internal("a public page outside its table"))?;
        Ok(Self { keys: parts.extensions.get::<PublishedKeys>().cloned().unwrap_or_default(), ..desk })
    }
}

/// محاولات الرقم السري: wrong PINs of a number make it wait, whoever asks. Four digits would not stand
/// an unhurried guesser; after a few tries a day of asking gets nowhere, and the holder waits minutes.
#[derive(Default)]
pub(crate) struct Guesses(Mutex<HashMap<String, (u32, Micros)>>);

/// Wrong PINs without a wait.
const FREE: u32 = 3;
/// Longest wait.
const LONGEST: i64 = 15 * Micros::MINUTE;
/// Guesses are forgotten after this time without another.
const FORGET: i64 = 24 * Micros::HOUR;
/// Numbers remembered.
const NUMBERS: usize = 20_000;

impl Guesses {
    /// Seconds to wait before this number may be asked for again.
    pub(crate) fn wait(&self, number: &str, now: Micros) -> Option<u64> {
        let guesses = self.0.lock();
        let (wrong, last) = guesses.get(number)?;
        let left = last.plus(wait_after(*wrong)).since(now);
        (left > 0).then(|| u64::try_from(left / Micros::SECOND + 1).unwrap_or(1))
    }

    /// Counts a wrong PIN.
    pub(crate) fn wrong(&self, number: &str, now: Micros) {
        let mut guesses = self.0.lock();
        if guesses.len() >= NUMBERS {
            guesses.retain(|_, (_, last)| now.since(*last) < FORGET);
        }
        if guesses.len() >= NUMBERS
            && let Some(oldest) = guesses.iter().min_by_key(|(_, (_, last))| *last).map(|(number, _)| number.clone())
        {
            guesses.remove(&oldest);
        }
        let entry = guesses.entry(number.to_owned()).or_insert((0, now));
        if now.since(entry.1) >= FORGET {
            entry.0 = 0;
        }
        *entry = (entry.0.saturating_add(1), now);
    }

    /// The right PIN was given.
    pub(crate) fn right(&self, number: &str) {
        self.0.lock().remove(number);
    }
}

/// None for three wrong PINs, then 5, 10, 20 … seconds.
fn wait_after(wrong: u32) -> i64 {
    let Some(beyond) = wrong.checked_sub(FREE) else { return 0 };
    let doubled = 5_i64.checked_shl(beyond.min(30)).and_then(|seconds| seconds.checked_mul(Micros::SECOND));
    doubled.unwrap_or(LONGEST).min(LONGEST)
}

/// What stands in the address after `?`.
pub(crate) struct Asked(pub FormData);

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map(|Query(pairs)| pairs);
        Ok(Self(FormData::from_pairs(pairs.unwrap_or_default())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_pins_make_a_number_wait_longer_and_longer() {
        let guesses = Guesses::default();
        let mut now = Micros(0);
        let mut waits = Vec::new();
        for _ in 0..12 {
            guesses.wrong("1", now);
            let wait = guesses.wait("1", now).unwrap_or(0);
            waits.push(wait);
            now = now.plus(i64::try_from(wait).unwrap() * Micros::SECOND);
        }
        assert_eq!(waits.get(..4), Some(&[0, 0, 6, 11][..]));
        assert_eq!(waits.last(), Some(&901));
        assert_eq!(guesses.wait("2", now), None);
        guesses.right("1");
        assert_eq!(guesses.wait("1", now), None);
    }

    #[test]
    fn memory_of_guesses_is_bounded() {
        let guesses = Guesses::default();
        for n in 0..NUMBERS + 100 {
            guesses.wrong(&n.to_string(), Micros(i64::try_from(n).unwrap()));
        }
        assert!(guesses.0.lock().len() <= NUMBERS);
    }
}
