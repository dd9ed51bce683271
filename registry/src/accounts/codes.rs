//! Codes sent to a mobile (رمز الدخول): six digits, good for ten minutes and five tries.
//!
//! Asking and guessing both count against the person and against the address, with the growing delays
//! of every login, so that a hundred guesses take hours and meet a hundred other codes.

use std::net::IpAddr;

use foundation::clock::Micros;
use foundation::db::{DbError, Query, Tx};
use foundation::identity::{Mobile, NationalId};
use foundation::params;
use foundation::web::messages::Lang;
use jiff::civil::Date;
use record::{Cipher, Keyring, RecordError};
use uuid::Uuid;

use super::rules::Credentials;
use super::{TENANT, message, store};
use crate::sessions::{Subject, attempts, forgive};
use crate::site::Site;

/// How long a code is good.
pub(super) const GOOD: i64 = 10 * Micros::MINUTE;
/// Wrong tries of one code.
const TRIES: i64 = 5;
/// Field under which what was typed is encrypted.
const FIELD: &str = "login code";

/// What became of asking for a code.
pub enum Asked {
    /// It is on its way; the page of this id takes it.
    Sent {
        /// Id of the code: only this browser knows it.
        id: Uuid,
    },
    /// Too often; try again after these seconds.
    Wait {
        /// Seconds.
        seconds: u64,
    },
}

/// What became of typing a code.
pub enum Checked {
    /// Right, and the account is there.
    Known(Uuid),
    /// Right, and nobody has opened an account with this national id and mobile.
    New,
    /// Wrong; so many tries are left.
    Wrong {
        /// Tries left.
        left: i64,
    },
    /// Used up, too old, or never sent.
    Over,
    /// Too many wrong tries; after these seconds.
    Wait {
        /// Seconds.
        seconds: u64,
    },
}

/// Makes a code and sends it, in one transaction.
///
/// # Errors
/// The database's own, or the record's keys.
pub async fn ask(site: &Site, login: Credentials, address: IpAddr, lang: Lang) -> Result<Asked, RecordError> {
    let now = site.clock.now();
    if let Some(seconds) = attempts(site, &subjects(site, &login, address), now).await? {
        return Ok(Asked::Wait { seconds });
    }
    let keyring = site.record.keyring().clone();
    let id = Uuid::from_bytes(site.ids.random_bytes::<16>());
    let code = format!("{:06}", u64::from_be_bytes(site.ids.random_bytes::<8>()) % 1_000_000);
    site.db
        .write(move |tx| {
            let (keyring, login, code) = (keyring.clone(), login.clone(), code.clone());
            Box::pin(async move {
                let key = keyring.new_subject(tx, TENANT, id, now).await?;
                tx.execute(
                    "INSERT INTO login_codes (id, code, content, tries, passed, sent_at, expires_at) \
                     VALUES ($1, $2, $3, 0, 0, $4, $5)",
                    params![id, digest(&keyring, id, &code), key.encrypt(FIELD, &login.lookup()), now, now.plus(GOOD)],
                )
                .await?;
                message::send_code(tx, &keyring, id, &login, &code, lang, now).await
            })
        })
        .await?;
    Ok(Asked::Sent { id })
}

fn subjects(site: &Site, login: &Credentials, address: IpAddr) -> [(Subject, [u8; 16]); 2] {
    let keyring = site.record.keyring();
    [
        (Subject::Account, store::login_digest(keyring, login)),
        (Subject::Address, keyring.digest("login-address", &crate::sessions::network(address))),
    ]
}

fn digest(keyring: &Keyring, id: Uuid, code: &str) -> [u8; 16] {
    keyring.digest("login-code", &format!("{id}/{code}"))
}

/// National id and mobile to which a code was sent, while it is good; `passed` asks for one that was
/// typed rightly already.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn typed(site: &Site, id: Uuid, passed: bool) -> Result<Option<Credentials>, RecordError> {
    let mut reader = site.db.reader();
    let sql = "SELECT content FROM login_codes WHERE id = $1 AND expires_at > $2 AND passed >= $3";
    let Some(row) = reader.query_opt(sql, params![id, site.clock.now(), i64::from(passed)]).await? else {
        return Ok(None);
    };
    let Some(key) = site.record.keyring().open(&mut reader, TENANT, id).await? else { return Ok(None) };
    Ok(read(&key.decrypt(FIELD, &row.get::<Cipher>("content")?)?))
}

fn read(text: &str) -> Option<Credentials> {
    let (national_id, mobile) = text.split_once('/')?;
    Some(Credentials {
        national_id: NationalId::parse(national_id, Date::MAX).ok()?,
        mobile: Mobile::parse(mobile).ok()?,
    })
}

/// Checks what was typed as the code. A right one is used up: for an account that is known at once, for a
/// new one when it is opened.
///
/// # Errors
/// The database's own, or the record's keys.
pub async fn give(site: &Site, id: Uuid, code: &str, address: IpAddr) -> Result<Checked, RecordError> {
    let now = site.clock.now();
    let Some(login) = typed(site, id, false).await? else { return Ok(Checked::Over) };
    let keyring = site.record.keyring().clone();
    let right = digest(&keyring, id, code);
    let left = site
        .db
        .write(move |tx| {
            Box::pin(async move {
                // Counted before it is looked at, so that guesses sent at once count too.
                let sql = "UPDATE login_codes SET tries = tries + 1, passed = CASE WHEN code = $2 THEN 1 ELSE 0 END \
                           WHERE id = $1 AND tries < $3 AND passed = 0 AND expires_at > $4 RETURNING tries, passed";
                let row = tx.query_opt(sql, params![id, right, TRIES, now]).await?;
                row.map(|row| Ok::<_, DbError>((TRIES - row.get::<i64>("tries")?, row.get::<bool>("passed")?)))
                    .transpose()
            })
        })
        .await?;
    match left {
        None => Ok(Checked::Over),
        Some((left, false)) => match attempts(site, &subjects(site, &login, address), now).await? {
            Some(seconds) if left == 0 => Ok(Checked::Wait { seconds }),
            _ if left == 0 => Ok(Checked::Over),
            _ => Ok(Checked::Wrong { left }),
        },
        Some((_, true)) => {
            let [(_, account), (_, place)] = subjects(site, &login, address);
            forgive(site, account, place).await?;
            let known = store::by_login(&mut site.db.reader(), site.record.keyring(), &login).await?;
            match known {
                Some(known) => {
                    forget(site, id).await?;
                    Ok(Checked::Known(known.account.id))
                }
                None => Ok(Checked::New),
            }
        }
    }
}

async fn forget(site: &Site, id: Uuid) -> Result<(), RecordError> {
    let (keyring, now) = (site.record.keyring().clone(), site.clock.now());
    site.db
        .write(move |tx| {
            let keyring = keyring.clone();
            Box::pin(async move { forget_in(tx, &keyring, id, now).await })
        })
        .await
        .map_err(Into::into)
}

/// Removes a code with its key.
pub(super) async fn forget_in(tx: &mut Tx, keyring: &Keyring, id: Uuid, now: Micros) -> Result<(), DbError> {
    if tx.execute("DELETE FROM login_codes WHERE id = $1", params![id]).await? == 1 {
        keyring.erase(tx, TENANT, id, now).await?;
    }
    Ok(())
}

/// Removes every code whose time is over; gives how many.
pub(super) async fn sweep(site: &Site) -> Result<u64, RecordError> {
    let (keyring, now) = (site.record.keyring().clone(), site.clock.now());
    site.db
        .write(move |tx| {
            let keyring = keyring.clone();
            Box::pin(async move {
                let over =
                    tx.query("DELETE FROM login_codes WHERE expires_at <= $1 RETURNING id", params![now]).await?;
                for row in &over {
                    keyring.erase(tx, TENANT, row.get("id")?, now).await?;
                }
                Ok::<_, DbError>(over.len() as u64)
            })
        })
        .await
        .map_err(Into::into)
}
