//! سجل الاطلاع: who opened which person's file.
//!
//! Views are many and each is small, so they are buffered for at most a second and written
//! together. Each hour's rows of a tenant are counted and hashed into an event, so that a row
//! deleted or added later is found by the same check that compares counters with the record.

use std::sync::Arc;
use std::time::Duration;

use foundation::clock::Micros;
use foundation::db::{Db, DbError, Query, Row, Tx, Value};
use foundation::params;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::append::places;
use crate::follow::derived_id;
use crate::jobs::{self, Job};
use crate::seal::hex;
use crate::{BoxFuture, Command, Draft, Event, Record, RecordError, Slice, Stream, Table};

/// How long a view may wait in memory.
const BUFFERED: Duration = Duration::from_secs(1);
/// The most rows of one statement.
const ROWS: usize = 256;
/// How long after its end an hour is digested: later than the last buffered row.
const SETTLED: i64 = 2 * Micros::MINUTE;
/// The kind of the streams of digests: one small stream for each tenant and hour.
const STREAM: &str = "views";
/// The kind of event.
const DIGESTED: &str = "ViewsDigested";
/// The kind of job that digests.
const JOB: &str = "views-digest";

/// اطلاع: someone opened a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The tenant of the file.
    pub tenant: String,
    /// When.
    pub at: Micros,
    /// Who looked.
    pub viewer: Uuid,
    /// The assignment under which.
    pub assignment: Option<Uuid>,
    /// What was opened.
    pub stream: Stream,
    /// On which page or for which purpose: a short word of the code, no personal data.
    pub purpose: &'static str,
}

/// Takes views and writes them soon. Cheap to clone.
#[derive(Clone)]
pub struct ViewLog(Arc<Inner>);

struct Inner {
    record: Record,
    buffer: Mutex<Vec<(Uuid, View)>>,
}

/// A running log; dropping it stops the writing (call [`ViewLog::flush`] before).
#[derive(Debug)]
pub struct Logging(JoinHandle<()>);

impl Drop for Logging {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl ViewLog {
    /// A log of this record's database.
    pub fn new(record: &Record) -> Self {
        ViewLog(Arc::new(Inner { record: record.clone(), buffer: Mutex::default() }))
    }

    /// Notes a view; it is written within a second.
    pub fn note(&self, view: View) {
        let id = self.0.record.ids().next();
        self.0.buffer.lock().push((id, view));
    }

    /// Starts writing in the background.
    pub fn start(&self) -> Logging {
        let log = self.clone();
        Logging(tokio::spawn(async move {
            loop {
                tokio::time::sleep(BUFFERED).await;
                if let Err(error) = log.flush().await {
                    tracing::error!(%error, "views could not be written; they are kept for the next try");
                }
            }
        }))
    }

    /// Writes what is buffered, now: at shutdown.
    pub async fn flush(&self) -> Result<(), DbError> {
        let views: Arc<[(Uuid, View)]> = std::mem::take(&mut *self.0.buffer.lock()).into();
        if views.is_empty() {
            return Ok(());
        }
        let rows = views.clone();
        let written = self
            .0
            .record
            .db()
            .write(move |tx| {
                let rows = rows.clone();
                Box::pin(async move { insert(tx, &rows).await })
            })
            .await;
        if written.is_err() {
            self.0.buffer.lock().extend(views.iter().cloned());
        }
        written
    }
}

async fn insert(tx: &mut Tx, rows: &[(Uuid, View)]) -> Result<(), DbError> {
    for some in rows.chunks(ROWS) {
        let mut params: Vec<Value> = Vec::with_capacity(some.len() * 8);
        for (id, view) in some {
            params.extend(params![
                view.tenant.as_str(),
                view.at,
                *id,
                view.viewer,
                view.assignment,
                &*view.stream.kind,
                view.stream.id,
                view.purpose
            ]);
        }
        let sql = format!(
            "INSERT INTO views (tenant, at, id, viewer, assignment, stream_kind, stream_id, purpose) VALUES {} ON CONFLICT DO NOTHING",
            places(some.len(), 8)
        );
        tx.execute(&sql, params).await?;
    }
    Ok(())
}

/// A look at a stream, for the one whom the file is about: under which assignment and when, not by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Micros,
    /// The assignment under which.
    pub assignment: Option<Uuid>,
    /// On which page or for which purpose.
    pub purpose: String,
}

/// The last looks at a stream, newest first, at most `most`.
pub async fn of_stream(q: &mut impl Query, tenant: &str, stream: &Stream, most: usize) -> Result<Vec<Look>, DbError> {
    let sql = format!(
        "SELECT at, assignment, purpose FROM views WHERE tenant = $1 AND stream_id = $2 AND stream_kind = $3 \
         ORDER BY at DESC LIMIT {most}"
    );
    let rows = q.query(&sql, params![tenant, stream.id, &*stream.kind]).await?;
    rows.iter()
        .map(|row| Ok(Look { at: row.get("at")?, assignment: row.get("assignment")?, purpose: row.get("purpose")? }))
        .collect()
}

/// What the record says about an hour's views.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digested {
    /// The hour's beginning.
    pub from: Micros,
    /// Its end, not included.
    pub to: Micros,
    /// How many views.
    pub count: i64,
    /// SHA-256 over their rows in order of time and id, in hexadecimal.
    pub sha256: String,
}

async fn digest(q: &mut impl Query, tenant: &str, from: Micros, to: Micros) -> Result<Digested, DbError> {
    let sql = "SELECT at, id, viewer, assignment, stream_kind, stream_id, purpose FROM views \
         WHERE tenant = $1 AND at >= $2 AND at < $3 ORDER BY at, id";
    let rows = q.query(sql, params![tenant, from, to]).await?;
    let mut hash = Sha256::new_with_prefix(b"shubbak views 1\n");
    for row in &rows {
        hash_row(&mut hash, row)?;
    }
    Ok(Digested { from, to, count: rows.len() as i64, sha256: hex(&hash.finalize()) })
}

fn hash_row(hash: &mut Sha256, row: &Row) -> Result<(), DbError> {
    hash.update(row.get::<i64>("at")?.to_be_bytes());
    for id in ["id", "viewer", "stream_id"] {
        hash.update(row.get::<Uuid>(id)?);
    }
    hash.update(row.get::<Option<Uuid>>("assignment")?.unwrap_or_default());
    for text in ["stream_kind", "purpose"] {
        let text: String = row.get(text)?;
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    Ok(())
}

/// The slice of the digests; its check compares the views with them.
#[derive(Clone, Copy, Debug, Default)]
pub struct ViewsSlice;

impl Slice for ViewsSlice {
    fn name(&self) -> &'static str {
        "views"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &[STREAM]
    }

    fn tables(&self) -> &'static [Table] {
        &[]
    }

    fn apply<'a>(&'a self, _: &'a mut Tx, _: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(async { Ok(()) })
    }

    fn counters_check<'a>(&'a self, tx: &'a mut Tx) -> BoxFuture<'a, Result<Vec<String>, RecordError>> {
        Box::pin(async move {
            let mut lines = Vec::new();
            let sql = "SELECT tenant, data FROM events WHERE stream_kind = $1 ORDER BY tenant, stream_id, version";
            for row in tx.query(sql, params![STREAM]).await? {
                let tenant: String = row.get("tenant")?;
                let said: Digested = serde_json::from_slice(&row.get::<Vec<u8>>("data")?)?;
                let found = digest(tx, &tenant, said.from, said.to).await?;
                if found != said {
                    let hour = said.from;
                    lines.push(format!(
                        "views {tenant}/{hour}: {} rows, the record counted {}, or they were changed",
                        found.count, said.count
                    ));
                }
            }
            Ok(lines)
        })
    }
}

/// Digests an hour's views of every tenant, then plans the next hour.
pub struct DigestJob(Record);

impl DigestJob {
    /// The job of this record.
    pub fn new(record: &Record) -> Self {
        DigestJob(record.clone())
    }

    /// Plans the current hour, unless it is planned; at each start.
    pub async fn plan(db: &Db, now: Micros) -> Result<(), DbError> {
        db.write(move |tx| {
            Box::pin(async move {
                let planned = tx.query_opt("SELECT 1 AS one FROM jobs WHERE kind = $1 LIMIT 1", params![JOB]).await?;
                if planned.is_none() {
                    plan_hour(tx, Micros(now.0 - now.0.rem_euclid(Micros::HOUR)), now).await?;
                }
                Ok::<_, DbError>(())
            })
        })
        .await
    }

    async fn digest(&self, from: Micros) -> Result<(), RecordError> {
        let to = from.plus(Micros::HOUR);
        let sql = "SELECT DISTINCT tenant FROM views WHERE at >= $1 AND at < $2 ORDER BY tenant";
        for row in self.0.db().query(sql, params![from, to]).await? {
            let tenant: String = row.get("tenant")?;
            let (db, record) = (self.0.db(), self.0.clone());
            let work = db.write(move |tx| {
                let (record, tenant) = (record.clone(), tenant.clone());
                Box::pin(async move {
                    let id = derived_id("views", &format!("{tenant}/{}", from.0));
                    let drafts = [Draft::of(DIGESTED, &digest(tx, &tenant, from, to).await?)?];
                    let command =
                        Command { id, tenant, actor: None, assignment: None, on_behalf: None, occurred_at: to };
                    record.append(tx, &command, Stream::new(STREAM, id), 0, &drafts).await
                })
            });
            match work.await {
                Ok(_) | Err(RecordError::Repeated(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let now = self.0.clock().now();
        self.0.db().write(move |tx| Box::pin(async move { plan_hour(tx, to, now).await })).await?;
        Ok(())
    }
}

async fn plan_hour(tx: &mut Tx, from: Micros, now: Micros) -> Result<(), DbError> {
    let id = derived_id(JOB, &from.0.to_string());
    jobs::enqueue(tx, id, JOB, &from.0.to_string(), from.plus(Micros::HOUR + SETTLED), now).await
}

impl Job for DigestJob {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn run<'a>(&'a self, data: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            let from = data.parse().map_err(|_| format!("{data} is no hour"))?;
            self.digest(Micros(from)).await.map_err(|e| e.to_string())
        })
    }

    fn attempts(&self) -> i64 {
        i64::MAX
    }
}
