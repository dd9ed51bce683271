//! Keys of programs (مفاتيح البرامج): another system that acts as a member of staff.
//!
//! A key gives no right of its own. It is bound to an account, whose assignments say what it may do and
//! where; its scopes say which parts of the interface it opens at all. It is shown once, and only its
//! digest is kept. Who closes the account, withdraws the role or revokes the key stops it at once.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use foundation::clock::Micros;
use foundation::db::{Db, DbError, Query};
use foundation::ids::Ids;
use foundation::params;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::store;
use crate::days;
use crate::site::Site;
use crate::viewer::Viewer;

/// How a key begins, so that one that was published by mistake is found.
const PREFIX: &str = "shb_";
/// Most requests a minute that a key may be given.
pub const FASTEST: u32 = 600;
/// A use is written down this often.
const SEEN_EVERY: i64 = Micros::MINUTE;

/// A part of the interface for programs that a key opens (نطاق المفتاح).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyScope {
    /// See what lies at the account's desks (الوارد).
    Inbox,
    /// Send requests in (تقديم الطلبات).
    Submit,
    /// Act on requests (الإجراءات).
    Act,
}

impl KeyScope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::Inbox, Self::Submit, Self::Act];

    /// The stored word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Submit => "submit",
            Self::Act => "act",
        }
    }

    /// The scope with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// The key that a program came with (المفتاح المستخدم).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its id.
    pub id: Uuid,
    /// What it opens.
    pub scopes: Vec<KeyScope>,
    /// Requests a minute.
    pub per_minute: u32,
}

/// A key to be given.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// What it is called: the system that gets it.
    pub label: String,
    /// What it opens.
    pub scopes: Vec<KeyScope>,
    /// Requests a minute.
    pub per_minute: u32,
    /// Last day.
    pub last_day: Date,
}

/// A key in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedKey {
    /// Its id.
    pub id: Uuid,
    /// Login name of its account.
    pub login: String,
    /// What it is called.
    pub label: String,
    /// What it opens.
    pub scopes: Vec<KeyScope>,
    /// Requests a minute.
    pub per_minute: u32,
    /// When it was given.
    pub given_at: Micros,
    /// Last day.
    pub last_day: Option<Date>,
    /// Whether it was revoked.
    pub revoked: bool,
    /// When it was last used.
    pub used_at: Option<Micros>,
}

/// A fresh key, and its digest as the record keeps it.
pub(super) fn fresh(ids: &Ids) -> (String, String) {
    let secret = ids.random_bytes::<32>();
    let key = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(secret));
    let digest = digest(&key);
    (key, digest)
}

fn digest(key: &str) -> String {
    Sha256::digest(key.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Scopes as they lie in their column.
pub(super) fn words(scopes: &[KeyScope]) -> String {
    scopes.iter().map(|scope| scope.code()).collect::<Vec<_>>().join(" ")
}

pub(super) fn scopes(words: &str) -> Vec<KeyScope> {
    words.split_ascii_whitespace().filter_map(KeyScope::from_code).collect()
}

/// What a program came with.
pub(crate) enum Came {
    /// No key at all.
    Without,
    /// A key that is none, or no more.
    Unknown,
    /// A key in force.
    With(Viewer),
}

/// Who a program acts as: the account of the key in `Authorization: Bearer`.
pub(crate) async fn viewer(site: &Site, headers: &HeaderMap, now: Micros) -> Result<Came, DbError> {
    let Some(given) = headers.get(header::AUTHORIZATION) else { return Ok(Came::Without) };
    let given = given.to_str().ok().and_then(|text| text.split_once(' '));
    let Some((scheme, key)) = given else { return Ok(Came::Unknown) };
    if !scheme.eq_ignore_ascii_case("bearer") || !key.starts_with(PREFIX) {
        return Ok(Came::Unknown);
    }
    let today = days::today(now).to_string();
    let digest = digest(key.trim());
    let found = store::of_key(&mut site.db.reader(), &digest, now, &today, &site.units.now()).await?;
    let Some((viewer, used_at)) = found else { return Ok(Came::Unknown) };
    if let Some(id) = viewer.key().map(|key| key.id)
        && used_at.is_none_or(|used| now.since(used) > SEEN_EVERY)
    {
        let db = site.db.clone();
        // The request does not wait for it: a lost note makes a key look idle, no more.
        tokio::spawn(async move {
            if let Err(error) = used(&db, id, now).await {
                tracing::warn!(%error, "the last use of a key was not written down");
            }
        });
    }
    Ok(Came::With(viewer))
}

async fn used(db: &Db, key: Uuid, now: Micros) -> Result<(), DbError> {
    db.write(move |tx| {
        Box::pin(async move {
            let sql = "INSERT INTO staff_key_uses (key_id, used_at) VALUES ($1, $2) \
                       ON CONFLICT (key_id) DO UPDATE SET used_at = excluded.used_at";
            tx.execute(sql, params![key, now]).await.map(drop)
        })
    })
    .await
}

/// All keys of an account, or of all accounts: for the node's owner.
///
/// # Errors
/// The database's own.
pub async fn list(q: &mut impl Query, staff: Option<Uuid>) -> Result<Vec<ListedKey>, DbError> {
    let sql = "SELECT k.key_id, p.login, k.label, k.scopes, k.per_minute, k.given_at, k.last_day, k.revoked, u.used_at \
               FROM staff_keys k JOIN staff p ON p.staff = k.staff LEFT JOIN staff_key_uses u ON u.key_id = k.key_id";
    let rows = match staff {
        Some(staff) => q.query(&format!("{sql} WHERE k.staff = $1 ORDER BY k.key_id"), params![staff]).await?,
        None => q.query(&format!("{sql} ORDER BY k.key_id"), params![]).await?,
    };
    rows.iter()
        .map(|row| {
            Ok(ListedKey {
                id: row.get("key_id")?,
                login: row.get("login")?,
                label: row.get("label")?,
                scopes: scopes(&row.get::<String>("scopes")?),
                per_minute: u32::try_from(row.get::<i64>("per_minute")?).unwrap_or(1),
                given_at: row.get("given_at")?,
                last_day: foundation::dates::parse_iso(&row.get::<String>("last_day")?),
                revoked: row.get("revoked")?,
                used_at: row.get("used_at")?,
            })
        })
        .collect()
}
