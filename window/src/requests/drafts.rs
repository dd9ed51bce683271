//! Parked intake forms (الطلبات المركونة): what a clerk typed and has not registered yet.
//!
//! A draft is no request: it has no number and is in no record. What was typed is encrypted under a
//! key of the draft's own, which is deleted with it; drafts end by themselves after a while.

use foundation::clock::Micros;
use foundation::db::{DbError, Query, Tx};
use foundation::params;
use record::jobs::Job;
use record::{BoxFuture, Cipher, Keyring, RecordError};
use registry::{Place, Right, Viewer, access};
use serde_json::Value;
use uuid::Uuid;

use super::act::ActError;
use crate::Office;

/// How long a draft is kept.
pub const KEPT: i64 = 3 * Micros::DAY;
/// Drafts that a clerk may have at once.
pub const MOST: i64 = 30;
const FIELD: &str = "intake draft";
const JOB: &str = "requests.drafts";

/// A draft in a clerk's list, without what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id: also the id that the request will have.
    pub id: Uuid,
    /// Unit whose window parked it.
    pub unit: String,
    /// Code of the service.
    pub service: String,
    /// When it was last saved.
    pub saved_at: Micros,
    /// When it ends by itself.
    pub expires_at: Micros,
}

/// Parks a form, or saves it again. `window` is where the clerk sits. What the browser saves by itself
/// may come late: a request that is registered has no draft any more.
///
/// # Errors
/// [`ActError`]; [`ActError::NotFound`] if the draft is another clerk's, its request is registered, or
/// the clerk has [`MOST`] drafts already.
pub async fn park(
    office: &Office,
    viewer: &Viewer,
    window: Place,
    id: Uuid,
    service: &str,
    typed: Value,
) -> Result<(), ActError> {
    let (keyring, viewer, service) = (office.record.keyring().clone(), viewer.clone(), service.to_owned());
    let now = office.clock.now();
    let text = serde_json::to_string(&typed).map_err(RecordError::from)?;
    office
        .db
        .write(move |tx| {
            let (keyring, viewer, service, window, text) =
                (keyring.clone(), viewer.clone(), service.clone(), window.clone(), text.clone());
            Box::pin(async move {
                access::confirm(tx, &viewer, Right::TakeRequests, &window).await?;
                let clerk = viewer.staff().ok_or(ActError::SignIn)?;
                let tenant = window.tenant();
                let key = keyring.new_subject(tx, tenant, id, now).await?;
                let saved = tx
                    .execute(
                        "INSERT INTO drafts (tenant, unit, id, clerk, service, saved_at, expires_at, content) \
                         SELECT $1, $2, $3, $4, $5, $6, $7, $8 \
                         WHERE (SELECT COUNT(*) FROM drafts WHERE tenant = $1 AND clerk = $4 AND id <> $3) < $9 \
                         AND NOT EXISTS (SELECT 1 FROM requests WHERE tenant = $1 AND id = $3) \
                         ON CONFLICT (tenant, id) DO UPDATE SET service = excluded.service, saved_at = excluded.saved_at, \
                         expires_at = excluded.expires_at, content = excluded.content WHERE drafts.clerk = excluded.clerk",
                        params![
                            tenant, window.path.unit(), id, clerk, service, now, now.plus(KEPT), key.encrypt(FIELD, &text), MOST
                        ],
                    )
                    .await?;
                if saved == 1 { Ok(()) } else { Err(ActError::NotFound) }
            })
        })
        .await
}

/// The viewer's own drafts, last saved first.
///
/// # Errors
/// The database's own.
pub async fn list(q: &mut impl Query, viewer: &Viewer, now: Micros) -> Result<Vec<Draft>, DbError> {
    let Some(clerk) = viewer.staff() else { return Ok(Vec::new()) };
    let mut tenants: Vec<&str> = viewer.holding(Right::TakeRequests).map(|held| held.tenant.as_str()).collect();
    tenants.sort_unstable();
    tenants.dedup();
    let mut drafts = Vec::new();
    for tenant in tenants {
        let sql = "SELECT id, unit, service, saved_at, expires_at FROM drafts \
                   WHERE tenant = $1 AND clerk = $2 AND expires_at > $3 ORDER BY saved_at DESC";
        for row in q.query(sql, params![tenant, clerk, now]).await? {
            drafts.push(Draft {
                id: row.get("id")?,
                unit: row.get("unit")?,
                service: row.get("service")?,
                saved_at: row.get("saved_at")?,
                expires_at: row.get("expires_at")?,
            });
        }
    }
    Ok(drafts)
}

/// One of the viewer's own drafts with what was typed.
///
/// # Errors
/// The database's own, or a draft that does not open.
pub async fn open(
    office: &Office,
    viewer: &Viewer,
    tenant: &str,
    id: Uuid,
) -> Result<Option<(Draft, Value)>, RecordError> {
    let Some(clerk) = viewer.staff() else { return Ok(None) };
    let mut reader = office.db.reader();
    let sql = "SELECT id, unit, service, saved_at, expires_at, content FROM drafts \
               WHERE tenant = $1 AND id = $2 AND clerk = $3 AND expires_at > $4";
    let Some(row) = reader.query_opt(sql, params![tenant, id, clerk, office.clock.now()]).await? else {
        return Ok(None);
    };
    let Some(key) = office.record.keyring().open(&mut reader, tenant, id).await? else { return Ok(None) };
    let typed = serde_json::from_str(&key.decrypt(FIELD, &row.get::<Cipher>("content")?)?)?;
    let draft = Draft {
        id: row.get("id")?,
        unit: row.get("unit")?,
        service: row.get("service")?,
        saved_at: row.get("saved_at")?,
        expires_at: row.get("expires_at")?,
    };
    Ok(Some((draft, typed)))
}

/// Throws one of the viewer's own drafts away, with its key.
///
/// # Errors
/// The database's own.
pub async fn discard(office: &Office, viewer: &Viewer, tenant: &str, id: Uuid) -> Result<(), RecordError> {
    let Some(clerk) = viewer.staff() else { return Ok(()) };
    let (tenant, record, now) = (tenant.to_owned(), office.record.clone(), office.clock.now());
    office
        .db
        .write(move |tx| {
            let (tenant, record) = (tenant.clone(), record.clone());
            Box::pin(async move {
                let sql = "DELETE FROM drafts WHERE tenant = $1 AND id = $2 AND clerk = $3";
                if tx.execute(sql, params![&tenant, id, clerk]).await? == 1 {
                    forget(tx, record.keyring(), &tenant, id, now).await?;
                }
                Ok::<_, RecordError>(())
            })
        })
        .await
}

/// Deletes the key of a draft, unless a request has come of it: its files lie under the same key.
async fn forget(tx: &mut Tx, keyring: &Keyring, tenant: &str, id: Uuid, now: Micros) -> Result<(), DbError> {
    let registered = "SELECT 1 AS one FROM requests WHERE tenant = $1 AND id = $2";
    if tx.query_opt(registered, params![tenant, id]).await?.is_none() {
        keyring.erase(tx, tenant, id, now).await?;
    }
    Ok(())
}

/// Removes the draft of a request that was registered from it, in the same transaction.
pub(super) async fn registered(tx: &mut Tx, tenant: &str, id: Uuid) -> Result<(), DbError> {
    tx.execute("DELETE FROM drafts WHERE tenant = $1 AND id = $2", params![tenant, id]).await?;
    Ok(())
}

/// Removes drafts whose time is over; runs each hour.
pub struct DraftsJob(Office);

impl DraftsJob {
    /// The job of this office.
    #[must_use]
    pub const fn new(office: Office) -> Self {
        Self(office)
    }

    /// Removes what is over; gives how many.
    ///
    /// # Errors
    /// The database's own.
    pub async fn run_now(&self) -> Result<u64, DbError> {
        let (now, record) = (self.0.clock.now(), self.0.record.clone());
        self.0
            .db
            .write(move |tx| {
                let record = record.clone();
                Box::pin(async move {
                    let sql = "DELETE FROM drafts WHERE expires_at <= $1 RETURNING tenant, id";
                    let over = tx.query(sql, params![now]).await?;
                    for row in &over {
                        let tenant: String = row.get("tenant")?;
                        forget(tx, record.keyring(), &tenant, row.get("id")?, now).await?;
                    }
                    Ok(over.len() as u64)
                })
            })
            .await
    }
}

impl Job for DraftsJob {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn run<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { self.run_now().await.map(|_| ()).map_err(|error| error.to_string()) })
    }

    fn is_hourly(&self) -> bool {
        true
    }
}
