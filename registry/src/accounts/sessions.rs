//! Sessions of accounts. They live in the same cookie as those of staff, with the same limits: at one
//! browser there is one person at a time.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use foundation::clock::Micros;
use foundation::db::{Db, DbError, Query, Tx};
use foundation::params;
use record::RecordError;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::store::{self, Account};
use crate::access::Refused;
use crate::sessions::{self, ABSOLUTE, IDLE, Login, OwnSession};
use crate::site::Site;
use crate::viewer::Viewer;

/// Own logins are listed for three months.
const LISTED: i64 = 90 * Micros::DAY;

/// Somebody signed in with an account (صاحب الحساب).
#[derive(Clone)]
pub struct Holder {
    /// The account.
    pub account: Account,
    /// Digest of the session's token.
    pub session: Vec<u8>,
    /// Digest of the secret that the browser's forms prove.
    pub form_secret: Vec<u8>,
}

impl std::fmt::Debug for Holder {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Holder({})", self.account.id)
    }
}

/// Opens a session of an account for a browser; gives the browser's new secrets.
///
/// # Errors
/// The database's own.
pub async fn enter(site: &Site, account: Uuid, address: std::net::IpAddr, agent: &str) -> Result<Login, DbError> {
    let token = site.ids.random_bytes::<32>();
    let form_secret = URL_SAFE_NO_PAD.encode(site.ids.random_bytes::<16>());
    let (digest, secret, at) = (Sha256::digest(token).to_vec(), sessions::digest(&form_secret), site.clock.now());
    let (address, agent) = (address.to_string(), agent.chars().take(200).collect::<String>());
    site.db
        .write(move |tx| {
            let (digest, secret, address, agent) = (digest.clone(), secret.clone(), address.clone(), agent.clone());
            Box::pin(async move {
                tx.execute(
                    "INSERT INTO account_sessions (token, account, form_secret, started_at, seen_at, ended_at, address, agent) \
                     VALUES ($1, $2, $3, $4, $4, NULL, $5, $6)",
                    params![digest, account, secret, at, address, agent],
                )
                .await?;
                let sql = "DELETE FROM account_sessions WHERE account = $1 AND started_at < $2";
                tx.execute(sql, params![account, at.minus(LISTED)]).await.map(drop)
            })
        })
        .await?;
    Ok(Login { who: account, token: URL_SAFE_NO_PAD.encode(token), form_secret })
}

/// The holder of a session, if the token is one of an account's.
pub(crate) async fn viewer(
    site: &Site,
    token: &[u8; 32],
    now: Micros,
) -> Result<Option<(Viewer, Micros)>, RecordError> {
    let mut reader = site.db.reader();
    let sql = "SELECT account, form_secret, seen_at FROM account_sessions \
               WHERE token = $1 AND ended_at IS NULL AND started_at > $2 AND seen_at > $3";
    let row = reader.query_opt(sql, params![token.as_slice(), now.minus(ABSOLUTE), now.minus(IDLE)]).await?;
    let Some(row) = row else { return Ok(None) };
    let found = store::by_id(&mut reader, site.record.keyring(), row.get("account")?).await?;
    let Some(found) = found else { return Ok(None) };
    let holder = Holder { account: found.account, session: token.to_vec(), form_secret: row.get("form_secret")? };
    Ok(Some((Viewer::holder_of(holder, now), row.get("seen_at")?)))
}

/// Writes down the last use of a session.
pub(crate) async fn seen(db: &Db, token: [u8; 32], now: Micros) -> Result<(), DbError> {
    db.write(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE account_sessions SET seen_at = $2 WHERE token = $1 AND seen_at < $2 AND ended_at IS NULL";
            tx.execute(sql, params![token.as_slice(), now]).await.map(drop)
        })
    })
    .await
}

/// Confirms session and account inside a write, so that who signed out elsewhere writes nothing.
///
/// # Errors
/// [`Refused`].
pub async fn confirm_signed_in(tx: &mut Tx, viewer: &Viewer) -> Result<Uuid, Refused> {
    let holder = viewer.holder().ok_or(Refused::NotSignedIn)?;
    let sql = "SELECT 1 AS yes FROM account_sessions s JOIN accounts a ON a.account = s.account AND a.closed = 0 \
               WHERE s.token = $1 AND s.ended_at IS NULL AND s.started_at > $2 AND s.seen_at > $3";
    let at = viewer.at();
    let params = params![holder.session.as_slice(), at.minus(ABSOLUTE), at.minus(IDLE)];
    tx.query_opt(sql, params).await?.map(|_| holder.account.id).ok_or(Refused::Ended)
}

/// Ends this session.
///
/// # Errors
/// The database's own.
pub async fn logout(site: &Site, viewer: &Viewer) -> Result<(), DbError> {
    let Some(holder) = viewer.holder() else { return Ok(()) };
    end(site, "token = $1", holder.session.clone().into()).await
}

/// Ends every session of the holder, this one included.
///
/// # Errors
/// The database's own.
pub async fn logout_everywhere(site: &Site, viewer: &Viewer) -> Result<(), DbError> {
    let Some(holder) = viewer.holder() else { return Ok(()) };
    end(site, "account = $1", holder.account.id.into()).await
}

async fn end(site: &Site, which: &'static str, value: foundation::db::Value) -> Result<(), DbError> {
    let now = site.clock.now();
    site.db
        .write(move |tx| {
            let value = value.clone();
            Box::pin(async move {
                let sql = format!("UPDATE account_sessions SET ended_at = $2 WHERE {which} AND ended_at IS NULL");
                tx.execute(&sql, vec![value, now.into()]).await.map(drop)
            })
        })
        .await?;
    site.sessions.forget_all();
    Ok(())
}

/// The last logins of the holder, newest first.
///
/// # Errors
/// The database's own.
pub async fn own(q: &mut impl Query, viewer: &Viewer) -> Result<Vec<OwnSession>, DbError> {
    let Some(holder) = viewer.holder() else { return Ok(Vec::new()) };
    let now = viewer.at();
    let sql = "SELECT token, started_at, seen_at, ended_at, address, agent FROM account_sessions \
               WHERE account = $1 ORDER BY started_at DESC LIMIT 20";
    let rows = q.query(sql, params![holder.account.id]).await?;
    rows.iter().map(|row| OwnSession::of(row, &holder.session, now)).collect()
}

/// Whose browser it is, as the session behind the forms' secret says: the account, kept for a form that
/// came after the session.
pub(crate) async fn owner(q: &mut impl Query, secret: &[u8], now: Micros) -> Result<Option<(Uuid, String)>, DbError> {
    let sql = "SELECT s.account FROM account_sessions s JOIN accounts a ON a.account = s.account AND a.closed = 0 \
               WHERE s.form_secret = $1 AND s.started_at > $2";
    let row = q.query_opt(sql, params![secret, now.minus(7 * Micros::DAY)]).await?;
    row.map(|row| Ok((row.get("account")?, super::TENANT.to_owned()))).transpose()
}
