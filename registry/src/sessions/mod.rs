//! Sessions (جلسات الدخول): who is signed in at this browser.
//!
//! A token of 256 bits lies in a `__Host-` cookie, its digest in the table. It is new at each login,
//! ends after half an hour without a request and after twelve hours in any case, and is read at most
//! once a second; every write asks again ([`crate::access`]). The secret behind the forms' tokens is
//! new at each login too and bound to the session.
//!
//! Verbs: [`viewer`], [`login`], [`logout`], [`logout_everywhere`], [`own`].

mod delays;
mod login;
mod store;

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use foundation::clock::Micros;
use foundation::db::DbError;
use foundation::ids::Ids;
use foundation::web::csrf;
use parking_lot::Mutex;
use record::RecordError;
use sha2::{Digest as _, Sha256};

pub(crate) use self::delays::Subject;
pub use self::delays::wait_after;
pub use self::login::{Attempt, Login, Outcome, cookies, forget_cookie, login, logout, logout_everywhere};
pub(crate) use self::login::{count as attempts, forgive, guess, guessed, network};
pub(crate) use self::store::assignment;
pub use self::store::{OwnSession, own};
use crate::accounts;
use crate::days;
use crate::site::Site;
use crate::staff::{Cost, Passwords};
use crate::viewer::Viewer;

/// Name of the session cookie.
pub const COOKIE: &str = "__Host-shubbak";
/// Names of the cookie behind the forms' tokens, over HTTPS and without.
pub(crate) const FORM_COOKIES: [&str; 2] = ["__Host-csrf", "csrf"];

/// A session ends this long after its last request.
pub const IDLE: i64 = 30 * Micros::MINUTE;
/// A session ends this long after the login.
pub const ABSOLUTE: i64 = 12 * Micros::HOUR;
/// A session read once is believed this long for reading.
const FRESH: i64 = Micros::SECOND;
/// The last request of a session is written down this often.
const SEEN_EVERY: i64 = Micros::MINUTE;
/// Most sessions kept in memory.
const CACHED: usize = 20_000;

/// What of sessions lies in memory (cheap to clone).
#[derive(Clone)]
pub struct Sessions(Arc<Inner>);

struct Inner {
    cache: Mutex<HashMap<[u8; 32], (Viewer, Micros)>>,
    passwords: Passwords,
}

impl Sessions {
    /// No session read yet.
    pub fn new(ids: Arc<Ids>, cost: Cost) -> Self {
        Self(Arc::new(Inner { cache: Mutex::default(), passwords: Passwords::new(cost, ids) }))
    }

    /// The hasher of passwords.
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// Forgets what was read: after a change of people, roles or sessions.
    pub fn forget_all(&self) {
        self.0.cache.lock().clear();
    }

    fn cached(&self, token: &[u8; 32], now: Micros) -> Option<Viewer> {
        let cache = self.0.cache.lock();
        let (viewer, read) = cache.get(token)?;
        (now.since(*read).abs() < FRESH).then(|| viewer.clone().at_moment(now))
    }

    fn keep(&self, token: [u8; 32], viewer: &Viewer, now: Micros) {
        let mut cache = self.0.cache.lock();
        if cache.len() >= CACHED {
            cache.retain(|_, (_, read)| now.since(*read).abs() < FRESH);
        }
        if cache.len() < CACHED {
            cache.insert(token, (viewer.clone(), now));
        }
    }
}

/// The viewer of a request: the member of staff or the holder of an account whose session it is, or an
/// anonymous visitor.
pub async fn viewer(site: &Site, headers: &HeaderMap, now: Micros) -> Result<Viewer, RecordError> {
    let Some(token) = csrf::cookie(headers, COOKIE).and_then(token_digest) else {
        return Ok(Viewer::anonymous(now));
    };
    if let Some(viewer) = site.sessions.cached(&token, now) {
        return Ok(viewer);
    }
    let today = days::today(now).to_string();
    let found = store::read(&mut site.db.reader(), &token, now, &today, &site.units.now()).await?;
    let (viewer, seen_at) = match found {
        Some(found) => (found.viewer, found.seen_at),
        None => match accounts::viewer(site, &token, now).await? {
            Some(found) => found,
            None => return Ok(Viewer::anonymous(now)),
        },
    };
    if now.since(seen_at) > SEEN_EVERY {
        let (db, is_staff) = (site.db.clone(), viewer.person().is_some());
        // The request does not wait for it: a lost note only ends an idle session a minute early.
        tokio::spawn(async move {
            let noted =
                if is_staff { store::seen(&db, token, now).await } else { accounts::seen(&db, token, now).await };
            if let Err(error) = noted {
                tracing::warn!(%error, "the last use of a session was not written down");
            }
        });
    }
    site.sessions.keep(token, &viewer, now);
    Ok(viewer)
}

/// Where somebody goes after this login who did not come from a page.
pub async fn home(site: &Site, login: &Login) -> Result<&'static str, DbError> {
    let now = site.clock.now();
    let today = days::today(now).to_string();
    let Some(token) = token_digest(&login.token) else { return Ok("/") };
    let found = store::read(&mut site.db.reader(), &token, now, &today, &site.units.now()).await?;
    Ok(found.map_or("/", |found| (site.settings.home)(&found.viewer)))
}

/// Digest of a token as it stands in the table; `None` if it is no token of ours.
fn token_digest(token: &str) -> Option<[u8; 32]> {
    let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
    Some(Sha256::digest(bytes).into())
}

/// Escapes a text for a query.
pub(crate) fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// Digest of the secret behind the forms' tokens.
pub(crate) fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}
