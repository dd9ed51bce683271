//! المتابعون: followers read sealed events in order and react.
//!
//! A follower's position moves in the transaction of its writes, so that each event takes effect
//! once. It works in bounded batches and wakes on new seals. An event that it cannot handle stops
//! it: the error stands in its row for `doctor` and the operator's page, and it tries again with
//! growing delays. Rebuilding is starting again from position 0.

use std::sync::Arc;
use std::time::Duration;

use foundation::clock::Micros;
use foundation::db::{DbError, Query, Row, Tx};
use foundation::params;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::event::COLUMNS;
use crate::{BoxFuture, Command, Event, Part, Record, RecordError};

/// How many numbers a batch spans at most.
const BATCH: i64 = 256;
/// How long a follower sleeps when nothing wakes it (another process may be the sealer).
const LOOK: Duration = Duration::from_secs(1);
/// How long a follower lets seals come together after a look, so that a busy server does not pay for
/// a look and a write at each of its seals.
const GATHER: Duration = Duration::from_millis(100);
/// The longest delay after failures.
const LONGEST_DELAY: i64 = 10 * Micros::MINUTE;

/// متابع: something that follows the record: a rollup, a reaction, a notification, a feed.
pub trait Follower: Send + Sync {
    /// Its name, under which its position is kept. Never changed.
    fn name(&self) -> &'static str;

    /// The kinds of event it handles; empty means all.
    fn kinds(&self) -> &'static [&'static str];

    /// Handles one event in the transaction that moves the position.
    fn handle<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>>;

    /// Empties the follower's tables before it starts again from position 0.
    fn clear<'a>(&'a self, tx: &'a mut Tx) -> BoxFuture<'a, Result<(), RecordError>> {
        let _nothing_kept = tx;
        Box::pin(async { Ok(()) })
    }
}

/// Where a follower stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The follower's name.
    pub name: String,
    /// The last number it handled.
    pub position: i64,
    /// How many sealed events lie before it.
    pub lag: i64,
    /// When it last moved.
    pub moved_at: Micros,
    /// How often the event at hand failed.
    pub attempts: i64,
    /// Why it stands still, if it does.
    pub error: Option<String>,
}

/// The command under which a follower records its reaction to an event: the same each time, so
/// that a reaction is recorded once however often the event is handled.
pub fn reaction(follower: &str, event: &Event) -> Command {
    Command {
        id: derived_id("reaction", &format!("{follower}/{}", event.id)),
        tenant: event.tenant.clone(),
        actor: event.actor,
        assignment: event.assignment,
        on_behalf: event.on_behalf,
        occurred_at: event.recorded_at,
    }
}

impl Record {
    /// Records a follower's reaction to an event, once however often the event is handled.
    pub async fn react(
        &self,
        tx: &mut Tx,
        follower: &str,
        event: &Event,
        parts: &[Part],
    ) -> Result<Vec<Event>, RecordError> {
        let count: usize = parts.iter().map(|part| part.drafts.len()).sum();
        match self.append_all(tx, &reaction(follower, event), parts).await {
            // As many as now: then nothing of this append went in, and the transaction goes on.
            Err(RecordError::Repeated(before)) if before.len() == count => Ok(before),
            outcome => outcome,
        }
    }
}

/// Running followers; dropping it stops them after the batch at hand.
#[derive(Debug)]
pub struct Following(Vec<JoinHandle<()>>);

impl Drop for Following {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

/// What one step of a follower did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It moved on; more may be waiting.
    Moved,
    /// Nothing waits.
    Idle,
    /// It waits to try a failed event again.
    Waiting,
}

struct Position {
    number: i64,
    /// The last sealed event.
    head: i64,
    attempts: i64,
    retry_at: Micros,
}

impl Position {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Position {
            number: row.get("position")?,
            head: row.get("head")?,
            attempts: row.get("attempts")?,
            retry_at: row.get("retry_at")?,
        })
    }
}

impl Record {
    /// Runs the followers, each in a task of its own.
    pub fn start_followers(&self, followers: &[Arc<dyn Follower>]) -> Following {
        let run = |follower: &Arc<dyn Follower>| {
            let (record, follower) = (self.clone(), follower.clone());
            let mut seals = record.seals();
            tokio::spawn(async move {
                loop {
                    seals.mark_unchanged();
                    match record.step(&follower).await {
                        Ok(Step::Moved) => continue,
                        Ok(Step::Idle | Step::Waiting) => {}
                        Err(error) => {
                            tracing::error!(follower = follower.name(), %error, "a follower could not be moved")
                        }
                    }
                    tokio::time::sleep(GATHER).await;
                    let _woken_or_looking = tokio::time::timeout(LOOK, seals.changed()).await;
                }
            })
        };
        Following(followers.iter().map(run).collect())
    }

    /// Moves a follower until nothing waits or it fails: for commands, tests and rebuilding.
    pub async fn catch_up(&self, follower: &Arc<dyn Follower>) -> Result<Step, RecordError> {
        loop {
            let step = self.step(follower).await?;
            if step != Step::Moved {
                return Ok(step);
            }
        }
    }

    /// Moves a follower by one batch, or past one event after a failure.
    pub async fn step(&self, follower: &Arc<dyn Follower>) -> Result<Step, RecordError> {
        let position = self.position(follower.name()).await?;
        if position.retry_at > self.clock().now() {
            return Ok(Step::Waiting);
        }
        // After a failure the events are handled one by one, so that those before the bad one pass.
        let span = if position.attempts > 0 { 1 } else { BATCH };
        let to = position.head.min(position.number + span);
        if to <= position.number {
            return Ok(Step::Idle);
        }
        let events: Arc<[Event]> = self.between(follower.kinds(), position.number, to).await?.into();
        let outcome = self.handle(follower, &position, to, events).await;
        match outcome {
            Ok(()) => Ok(Step::Moved),
            Err(error) => {
                self.stopped(follower.name(), &position, &error).await?;
                // The first failure of a batch is tried again at once, event by event.
                Ok(if position.attempts == 0 { Step::Moved } else { Step::Waiting })
            }
        }
    }

    async fn handle(
        &self,
        follower: &Arc<dyn Follower>,
        from: &Position,
        to: i64,
        events: Arc<[Event]>,
    ) -> Result<(), RecordError> {
        let (follower, from, now) = (follower.clone(), from.number, self.clock().now());
        self.db()
            .write(move |tx| {
                let (follower, events) = (follower.clone(), events.clone());
                Box::pin(async move {
                    let moved = tx
                        .execute(
                            "UPDATE followers SET position = $1, moved_at = $2, attempts = 0, retry_at = 0, error = NULL \
                             WHERE name = $3 AND position = $4",
                            params![to, now, follower.name(), from],
                        )
                        .await?;
                    // Another process handled this batch.
                    if moved == 0 {
                        return Ok(());
                    }
                    for event in events.iter() {
                        follower.handle(tx, event).await?;
                    }
                    Ok::<_, RecordError>(())
                })
            })
            .await
    }

    async fn stopped(&self, name: &'static str, at: &Position, error: &RecordError) -> Result<(), RecordError> {
        let (number, attempts) = (at.number, at.attempts + 1);
        let delay =
            if attempts == 1 { 0 } else { Micros::SECOND.saturating_mul(1 << attempts.min(20)).min(LONGEST_DELAY) };
        let retry_at = self.clock().now().plus(delay);
        let text = error.to_string();
        if attempts > 1 {
            tracing::error!(follower = name, after = number, attempts, error = %text, "a follower stands still");
        }
        self.db()
            .write(move |tx| {
                let text = text.clone();
                Box::pin(async move {
                    tx.execute(
                        "UPDATE followers SET attempts = $1, retry_at = $2, error = $3 WHERE name = $4 AND position = $5",
                        params![attempts, retry_at, text, name, number],
                    )
                    .await
                })
            })
            .await?;
        Ok(())
    }

    async fn between(&self, kinds: &[&'static str], after: i64, to: i64) -> Result<Vec<Event>, RecordError> {
        let mut params = params![after, to];
        params.extend(kinds.iter().map(|kind| foundation::db::Value::from(*kind)));
        let places: Vec<String> = (3..kinds.len() + 3).map(|n| format!("${n}")).collect();
        let filter = if kinds.is_empty() { String::new() } else { format!("AND kind IN ({})", places.join(", ")) };
        let sql = format!(
            "SELECT {COLUMNS}, number, mac FROM events WHERE number > $1 AND number <= $2 {filter} ORDER BY number"
        );
        self.load(&mut self.db().reader(), &sql, params).await
    }

    async fn position(&self, name: &'static str) -> Result<Position, RecordError> {
        const FIND: &str = "SELECT position, attempts, retry_at, \
             CAST((SELECT COALESCE(MAX(last), 0) FROM seals) AS BIGINT) AS head FROM followers WHERE name = $1";
        if let Some(row) = self.db().query_opt(FIND, params![name]).await? {
            return Ok(Position::from_row(&row)?);
        }
        let now = self.clock().now();
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    tx.execute(
                        "INSERT INTO followers (name, position, moved_at, attempts, retry_at) VALUES ($1, 0, $2, 0, 0) ON CONFLICT DO NOTHING",
                        params![name, now],
                    )
                    .await
                })
            })
            .await?;
        Ok(Position::from_row(&self.db().query_one(FIND, params![name]).await?)?)
    }

    /// Empties a follower's tables and sets it to position 0; it then follows again.
    pub async fn restart_follower(&self, follower: &Arc<dyn Follower>) -> Result<(), RecordError> {
        let (follower, now) = (follower.clone(), self.clock().now());
        self.db()
            .write(move |tx| {
                let follower = follower.clone();
                Box::pin(async move {
                    tx.execute(
                        "UPDATE followers SET position = 0, moved_at = $1, attempts = 0, retry_at = 0, error = NULL WHERE name = $2",
                        params![now, follower.name()],
                    )
                    .await?;
                    follower.clear(tx).await
                })
            })
            .await
    }

    /// Where all followers stand.
    pub async fn progress(&self, q: &mut impl Query) -> Result<Vec<Progress>, RecordError> {
        let sql = "SELECT f.name, f.position, f.moved_at, f.attempts, f.error, \
             CAST((SELECT COALESCE(MAX(last), 0) FROM seals) AS BIGINT) AS head FROM followers f ORDER BY f.name";
        let row = |row: &Row| {
            let (head, position): (i64, i64) = (row.get("head")?, row.get("position")?);
            Ok(Progress {
                name: row.get("name")?,
                position,
                lag: head - position,
                moved_at: row.get("moved_at")?,
                attempts: row.get("attempts")?,
                error: row.get("error")?,
            })
        };
        Ok(q.query(sql, params![]).await?.iter().map(row).collect::<Result<_, DbError>>()?)
    }
}

/// An id that follows from a text: for streams and commands that the machine makes by rule.
pub fn derived_id(domain: &str, text: &str) -> Uuid {
    use sha2::{Digest as _, Sha256};
    let hash = Sha256::new_with_prefix(domain).chain_update([0]).chain_update(text).finalize();
    let mut id = [0; 16];
    id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    uuid::Builder::from_custom_bytes(id).into_uuid()
}
