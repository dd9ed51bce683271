//! Rows of applications begun and not sent: every SQL statement about them.

use foundation::clock::Micros;
use foundation::db::{DbError, Query, Row, Tx};
use foundation::params;
use record::jobs::Job;
use record::{BoxFuture, Cipher, Event, Keyring, RecordError, Slice, Table};
use registry::{Viewer, accounts, mandates};
use serde_json::Value;
use uuid::Uuid;

use super::pieces;
use crate::Office;
use crate::requests::act::ActError;
use crate::requests::rules;

/// How long an application waits for its next save.
pub const KEPT: i64 = 30 * Micros::DAY;
/// Applications that an account may have at once.
pub const MOST: i64 = 20;
const FIELD: &str = "application";

/// The slice of applications: a working table, and no stream.
#[derive(Debug, Clone, Copy, Default)]
pub struct Applications;

impl Slice for Applications {
    fn name(&self) -> &'static str {
        "applications"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &[]
    }

    fn tables(&self) -> &'static [Table] {
        const TABLES: &[Table] = &[
            Table::working("applications", &["tenant", "id"]),
            Table::working("upload_pieces", &["tenant", "application", "upload", "starts"]),
        ];
        TABLES
    }

    fn apply<'a>(&'a self, _: &'a mut Tx, _: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(async { Ok(()) })
    }
}

/// An application in its owner's list, without what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its id: also the id that the request will have.
    pub id: Uuid,
    /// Governorate of the competent unit.
    pub tenant: String,
    /// Competent unit.
    pub unit: String,
    /// In whose place the account acts: a mandate; none for oneself.
    pub mandate: Option<Uuid>,
    /// Code of the service.
    pub service: String,
    /// Hash of the version under which it was last looked at.
    pub hash: String,
    /// Counts the saves.
    pub version: i64,
    /// When it was last saved.
    pub saved_at: Micros,
    /// When it ends by itself.
    pub expires_at: Micros,
}

/// Why an application was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Another device saved it meanwhile.
    #[error("saved from another device meanwhile")]
    Elsewhere,
    /// It is not there: another's, sent, thrown away, or over.
    #[error("no such application")]
    Gone,
    /// The mandate is over, or the service is outside it.
    #[error("the mandate does not cover this")]
    NoMandate,
    /// Nobody is signed in any more.
    #[error("not signed in")]
    SignIn,
    /// The account has [`MOST`] applications already.
    #[error("too many applications")]
    TooMany,
    /// The record's keys, or the database.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<DbError> for SaveError {
    fn from(error: DbError) -> Self {
        Self::Record(error.into())
    }
}

impl From<registry::access::Refused> for SaveError {
    fn from(refused: registry::access::Refused) -> Self {
        match refused {
            registry::access::Refused::Db(error) => error.into(),
            _ => Self::SignIn,
        }
    }
}

const COLUMNS: &str = "tenant, unit, id, mandate, service, service_hash, version, saved_at, expires_at";

fn read(row: &Row) -> Result<Application, DbError> {
    Ok(Application {
        id: row.get("id")?,
        tenant: row.get("tenant")?,
        unit: row.get("unit")?,
        mandate: row.get("mandate")?,
        service: row.get("service")?,
        hash: row.get("service_hash")?,
        version: row.get("version")?,
        saved_at: row.get("saved_at")?,
        expires_at: row.get("expires_at")?,
    })
}

/// An application to begin.
#[derive(Debug, Clone)]
pub struct Begin {
    /// Its id.
    pub id: Uuid,
    /// Governorate of the competent unit.
    pub tenant: String,
    /// Competent unit.
    pub unit: String,
    /// In whose place the account acts.
    pub mandate: Option<Uuid>,
    /// Code of the service.
    pub service: String,
    /// Hash of its version.
    pub hash: String,
    /// What is filled in already.
    pub typed: Value,
}

/// Begins an application; the same id twice is one.
///
/// # Errors
/// [`SaveError`].
pub async fn begin(office: &Office, viewer: &Viewer, begin: Begin) -> Result<(), SaveError> {
    let (keyring, viewer, now) = (office.record.keyring().clone(), viewer.clone(), office.clock.now());
    let text = serde_json::to_string(&begin.typed).map_err(RecordError::from)?;
    office
        .db
        .write(move |tx| {
            let (keyring, viewer, begin, text) = (keyring.clone(), viewer.clone(), begin.clone(), text.clone());
            Box::pin(async move {
                let account = accounts::confirm_signed_in(tx, &viewer).await?;
                if let Some(mandate) = begin.mandate {
                    let acting = mandates::acting(tx, &keyring, account, mandate, &begin.service, rules::day(now));
                    acting.await?.ok_or(SaveError::NoMandate)?;
                }
                let key = keyring.new_subject(tx, &begin.tenant, begin.id, now).await?;
                let begun = tx
                    .execute(
                        "INSERT INTO applications (tenant, unit, id, account, mandate, service, service_hash, version, begun_at, saved_at, expires_at, content) \
                         SELECT $1, $2, $3, $4, $5, $6, $7, 1, $8, $8, $9, $10 \
                         WHERE (SELECT COUNT(*) FROM applications WHERE account = $4 AND expires_at > $8) < $11 \
                         ON CONFLICT (tenant, id) DO NOTHING",
                        params![
                            begin.tenant.as_str(), begin.unit.as_str(), begin.id, account, begin.mandate,
                            begin.service.as_str(), begin.hash.as_str(), now, now.plus(KEPT), key.encrypt(FIELD, &text), MOST
                        ],
                    )
                    .await?;
                if begun == 1 {
                    return Ok(());
                }
                let own = "SELECT 1 AS one FROM applications WHERE tenant = $1 AND id = $2 AND account = $3";
                let there = tx.query_opt(own, params![begin.tenant.as_str(), begin.id, account]).await?;
                if there.is_some() { Ok(()) } else { Err(SaveError::TooMany) }
            })
        })
        .await
}

/// Saves an application that was read at `version`; gives the new version.
///
/// # Errors
/// [`SaveError`]; [`SaveError::Elsewhere`] if another device has saved it since.
pub async fn save(
    office: &Office,
    viewer: &Viewer,
    application: &Application,
    hash: &str,
    typed: Value,
) -> Result<i64, SaveError> {
    let (keyring, viewer, now) = (office.record.keyring().clone(), viewer.clone(), office.clock.now());
    let (application, hash) = (application.clone(), hash.to_owned());
    let text = serde_json::to_string(&typed).map_err(RecordError::from)?;
    office
        .db
        .write(move |tx| {
            let (keyring, viewer, text) = (keyring.clone(), viewer.clone(), text.clone());
            let (application, hash) = (application.clone(), hash.clone());
            Box::pin(async move {
                let account = accounts::confirm_signed_in(tx, &viewer).await?;
                let Application { tenant, id, version, .. } = &application;
                let key = keyring.open(tx, tenant, *id).await?.ok_or(SaveError::Gone)?;
                let sql = "UPDATE applications SET content = $5, service_hash = $6, saved_at = $7, expires_at = $8, version = version + 1 \
                           WHERE tenant = $1 AND id = $2 AND account = $3 AND version = $4 AND expires_at > $7";
                let params = params![
                    tenant.as_str(), *id, account, *version, key.encrypt(FIELD, &text), hash.as_str(), now, now.plus(KEPT)
                ];
                if tx.execute(sql, params).await? == 1 {
                    return Ok(version + 1);
                }
                let sql = "SELECT 1 AS one FROM applications WHERE tenant = $1 AND id = $2 AND account = $3 AND expires_at > $4";
                let there = tx.query_opt(sql, params![tenant.as_str(), *id, account, now]).await?;
                Err(if there.is_some() { SaveError::Elsewhere } else { SaveError::Gone })
            })
        })
        .await
}

/// The holder's own applications, last saved first.
///
/// # Errors
/// The database's own.
pub async fn list(q: &mut impl Query, viewer: &Viewer, now: Micros) -> Result<Vec<Application>, DbError> {
    let Some(account) = viewer.account() else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT {COLUMNS} FROM applications WHERE account = $1 AND expires_at > $2 ORDER BY saved_at DESC LIMIT {MOST}"
    );
    q.query(&sql, params![account, now]).await?.iter().map(read).collect()
}

/// One of the holder's own applications with what was typed.
///
/// # Errors
/// The database's own, or an application that does not open.
pub async fn open(office: &Office, viewer: &Viewer, id: Uuid) -> Result<Option<(Application, Value)>, RecordError> {
    let Some(account) = viewer.account() else { return Ok(None) };
    let mut reader = office.db.reader();
    let sql = format!("SELECT {COLUMNS}, content FROM applications WHERE id = $1 AND account = $2 AND expires_at > $3");
    let Some(row) = reader.query_opt(&sql, params![id, account, office.clock.now()]).await? else { return Ok(None) };
    let application = read(&row)?;
    let Some(key) = office.record.keyring().open(&mut reader, &application.tenant, id).await? else {
        return Ok(None);
    };
    let typed = serde_json::from_str(&key.decrypt(FIELD, &row.get::<Cipher>("content")?)?)?;
    Ok(Some((application, typed)))
}

/// What has become of an application that is not there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It was sent: the number of the request.
    Sent(String),
    /// Another's, thrown away, over, or never there: nobody is told which.
    Unknown,
}

/// What has become of an application of this account.
///
/// # Errors
/// The database's own.
pub async fn fate(q: &mut impl Query, viewer: &Viewer, id: Uuid) -> Result<Fate, DbError> {
    let Some(account) = viewer.account() else { return Ok(Fate::Unknown) };
    let sql = "SELECT number FROM requests WHERE account = $1 AND id = $2";
    let row = q.query_opt(sql, params![account, id]).await?;
    row.map_or(Ok(Fate::Unknown), |row| Ok(Fate::Sent(row.get("number")?)))
}

/// Throws one of the holder's own applications away, with its key.
///
/// # Errors
/// The database's own.
pub async fn discard(office: &Office, viewer: &Viewer, id: Uuid) -> Result<(), SaveError> {
    let (keyring, viewer, now) = (office.record.keyring().clone(), viewer.clone(), office.clock.now());
    office
        .db
        .write(move |tx| {
            let (keyring, viewer) = (keyring.clone(), viewer.clone());
            Box::pin(async move {
                let account = accounts::confirm_signed_in(tx, &viewer).await?;
                let sql = "DELETE FROM applications WHERE id = $1 AND account = $2 RETURNING tenant";
                if let Some(row) = tx.query_opt(sql, params![id, account]).await? {
                    forget(tx, &keyring, &row.get::<String>("tenant")?, id, now).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Deletes the key of an application, unless a request has come of it: its files lie under the same key.
async fn forget(tx: &mut Tx, keyring: &Keyring, tenant: &str, id: Uuid, now: Micros) -> Result<(), DbError> {
    let registered = "SELECT 1 AS one FROM requests WHERE tenant = $1 AND id = $2";
    if tx.query_opt(registered, params![tenant, id]).await?.is_none() {
        keyring.erase(tx, tenant, id, now).await?;
    }
    Ok(())
}

/// Removes the application of a request that came of it, in the same transaction.
pub(crate) async fn registered(tx: &mut Tx, tenant: &str, id: Uuid) -> Result<(), ActError> {
    tx.execute("DELETE FROM applications WHERE tenant = $1 AND id = $2", params![tenant, id]).await?;
    Ok(())
}

/// Removes applications whose time is over, and pieces of files whose rest never came; runs each hour.
pub struct ApplicationsJob(Office);

impl ApplicationsJob {
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
        let (now, keyring) = (self.0.clock.now(), self.0.record.keyring().clone());
        self.0
            .db
            .write(move |tx| {
                let keyring = keyring.clone();
                Box::pin(async move {
                    let sql = "DELETE FROM applications WHERE expires_at <= $1 RETURNING tenant, id";
                    let over = tx.query(sql, params![now]).await?;
                    for row in &over {
                        forget(tx, &keyring, &row.get::<String>("tenant")?, row.get("id")?, now).await?;
                    }
                    pieces::sweep(tx, now).await?;
                    Ok(over.len() as u64)
                })
            })
            .await
    }
}

impl Job for ApplicationsJob {
    fn kind(&self) -> &'static str {
        "online.applications"
    }

    fn run<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { self.run_now().await.map(|_| ()).map_err(|error| error.to_string()) })
    }

    fn is_hourly(&self) -> bool {
        true
    }
}
