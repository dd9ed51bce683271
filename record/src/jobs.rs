//! أعمال الخلفية: work to do later: a table, a lease per job, growing delays.
//!
//! A job is put into the table in the transaction that wants it done, so that it is neither lost
//! nor done for a write that never happened. It may run again after a crash: its work must bear
//! that. What fails too often stays in the table with its error until someone decides.

use std::sync::Arc;
use std::time::Duration;

use foundation::clock::{Micros, SharedClock};
use foundation::db::{Db, DbError, Query, Row, Tx};
use foundation::params;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::follow::derived_id;
use crate::{BoxFuture, RecordError};

/// How long a job may run before another process may take it.
const LEASE: i64 = 10 * Micros::MINUTE;
/// How often the table is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// The delay after the first failure; it doubles with each further one.
const FIRST_DELAY: i64 = 5 * Micros::SECOND;
/// The longest delay.
const LONGEST_DELAY: i64 = 6 * Micros::HOUR;

/// A kind of job.
pub trait Job: Send + Sync {
    /// Its name in the table. Never changed.
    fn kind(&self) -> &'static str;

    /// Does the work. The error is shown to the operator: no personal data in it.
    fn run<'a>(&'a self, data: &'a str) -> BoxFuture<'a, Result<(), String>>;

    /// How often it is tried before it is given up.
    fn attempts(&self) -> i64 {
        12
    }

    /// Whether it returns each hour, without data: the runner plans it then.
    fn is_hourly(&self) -> bool {
        false
    }
}

/// A job that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// When it was given up.
    pub failed_at: Micros,
    /// Its last error.
    pub error: String,
}

/// Puts a job into the table, in the transaction that wants it done. The same id twice is one job.
pub async fn enqueue(tx: &mut Tx, id: Uuid, kind: &str, data: &str, due: Micros, now: Micros) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO jobs (id, kind, data, due_at, leased_until, attempts, made_at) VALUES ($1, $2, $3, $4, 0, 0, $5) \
         ON CONFLICT (id) DO NOTHING",
        params![id, kind, data, due, now],
    )
    .await?;
    Ok(())
}

/// Jobs that were given up, newest first.
pub async fn failed(q: &mut impl Query) -> Result<Vec<Failed>, DbError> {
    let sql =
        "SELECT id, kind, failed_at, error FROM jobs WHERE failed_at IS NOT NULL ORDER BY failed_at DESC LIMIT 100";
    let row = |row: &Row| {
        let error: Option<String> = row.get("error")?;
        Ok(Failed {
            id: row.get("id")?,
            kind: row.get("kind")?,
            failed_at: row.get("failed_at")?,
            error: error.unwrap_or_default(),
        })
    };
    q.query(sql, params![]).await?.iter().map(row).collect()
}

/// Runs jobs as they fall due.
#[derive(Clone)]
pub struct Runner {
    db: Db,
    clock: SharedClock,
    jobs: Arc<[Arc<dyn Job>]>,
}

/// A running runner; dropping it stops it.
#[derive(Debug)]
pub struct Running(JoinHandle<()>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

struct Claimed {
    id: Uuid,
    kind: String,
    data: String,
    attempts: i64,
}

impl Runner {
    /// A runner of these kinds of job.
    pub fn new(db: &Db, clock: SharedClock, jobs: Vec<Arc<dyn Job>>) -> Self {
        Runner { db: db.clone(), clock, jobs: jobs.into() }
    }

    /// Starts it in the background.
    pub fn start(&self) -> Running {
        let runner = self.clone();
        Running(tokio::spawn(async move {
            loop {
                if let Err(error) = runner.run_due().await {
                    tracing::error!(%error, "jobs could not be run");
                }
                tokio::time::sleep(LOOK).await;
            }
        }))
    }

    /// Plans the next hour of every job that returns each hour, unless it is planned; at each start.
    pub async fn plan(&self) -> Result<(), DbError> {
        for job in self.jobs.iter().filter(|job| job.is_hourly()) {
            self.plan_hour(job.kind()).await?;
        }
        Ok(())
    }

    async fn plan_hour(&self, kind: &'static str) -> Result<(), DbError> {
        let now = self.clock.now();
        let hour = now.0.div_euclid(Micros::HOUR) + 1;
        let (id, due) = (derived_id(kind, &hour.to_string()), Micros(hour * Micros::HOUR));
        self.db.write(move |tx| Box::pin(async move { enqueue(tx, id, kind, "", due, now).await })).await
    }

    /// Runs what is due, one by one; gives back how many ran.
    pub async fn run_due(&self) -> Result<u64, RecordError> {
        let mut count = 0;
        while self.is_due().await?
            && let Some(claimed) = self.claim().await?
        {
            self.run(claimed).await?;
            count += 1;
        }
        Ok(count)
    }

    /// A read first, so that an idle runner writes nothing.
    async fn is_due(&self) -> Result<bool, DbError> {
        let sql = "SELECT 1 AS one FROM jobs WHERE due_at <= $1 AND leased_until < $1 AND failed_at IS NULL LIMIT 1";
        Ok(self.db.query_opt(sql, params![self.clock.now()]).await?.is_some())
    }

    async fn claim(&self) -> Result<Option<Claimed>, DbError> {
        let now = self.clock.now();
        // The outer condition is checked again by PostgreSQL when two runners meet at one row.
        let sql = "UPDATE jobs SET leased_until = $1, attempts = attempts + 1 WHERE leased_until < $2 AND id = \
             (SELECT id FROM jobs WHERE due_at <= $2 AND leased_until < $2 AND failed_at IS NULL ORDER BY due_at, id LIMIT 1) \
             RETURNING id, kind, data, attempts";
        let row = self
            .db
            .write(move |tx| Box::pin(async move { tx.query_opt(sql, params![now.plus(LEASE), now]).await }))
            .await?;
        row.map(|row| {
            Ok(Claimed {
                id: row.get("id")?,
                kind: row.get("kind")?,
                data: row.get("data")?,
                attempts: row.get("attempts")?,
            })
        })
        .transpose()
    }

    async fn run(&self, job: Claimed) -> Result<(), RecordError> {
        let known = self.jobs.iter().find(|j| j.kind() == job.kind);
        let (outcome, most) = match known {
            Some(known) => (known.run(&job.data).await, known.attempts()),
            None => (Err(format!("this program knows no job of kind {}", job.kind)), i64::MAX),
        };
        // Whatever became of this hour's run, the next hour has its own.
        if let Some(hourly) = known.filter(|job| job.is_hourly()) {
            self.plan_hour(hourly.kind()).await?;
        }
        let (id, now) = (job.id, self.clock.now());
        let Err(error) = outcome else {
            self.db
                .write(move |tx| {
                    Box::pin(async move { tx.execute("DELETE FROM jobs WHERE id = $1", params![id]).await })
                })
                .await?;
            return Ok(());
        };
        tracing::warn!(kind = job.kind, %id, attempts = job.attempts, %error, "a job failed");
        let delay = FIRST_DELAY.saturating_mul(1 << (job.attempts - 1).clamp(0, 20)).min(LONGEST_DELAY);
        let given_up = (job.attempts >= most).then_some(now);
        self.db
            .write(move |tx| {
                let error = error.clone();
                Box::pin(async move {
                    tx.execute(
                        "UPDATE jobs SET due_at = $1, leased_until = 0, failed_at = $2, error = $3 WHERE id = $4",
                        params![now.plus(delay), given_up, error, id],
                    )
                    .await
                })
            })
            .await?;
        Ok(())
    }
}
