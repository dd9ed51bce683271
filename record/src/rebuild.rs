//! إعادة البناء: the tables say what the record says, shown by writing them again.
//!
//! A trial rebuild replays every event through the slices into a scratch SQLite database and
//! compares each projection row by row with the live one, on one snapshot of it and on either
//! engine. It names table and key of each difference and which columns differ, never their
//! values. A true rebuild empties the live projections and replays into them in one transaction.

mod compare;

use std::collections::BTreeSet;
use std::sync::Arc;

use foundation::db::{Db, Query as _, Tx, Value};
use foundation::params;
use uuid::Uuid;

pub use self::compare::{Difference, What};
use crate::append::places;
use crate::event::COLUMNS;
use crate::{Class, Event, Record, RecordError, Table};

/// How many events or rows are read at once.
const PAGE: i64 = 500;
/// How many differences are kept.
const ENOUGH: usize = 1_000;

/// What a trial rebuild saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many events were replayed.
    pub events: i64,
    /// How many tables were compared.
    pub tables: i64,
    /// How many live rows were compared.
    pub rows: i64,
    /// Where the live tables differ from the record.
    pub differences: Vec<Difference>,
    /// What the slices found wrong with their counters.
    pub counters: Vec<String>,
}

impl Checked {
    /// Whether the tables say what the record says.
    pub fn sound(&self) -> bool {
        self.differences.is_empty() && self.counters.is_empty()
    }
}

impl Record {
    /// Replays the record into a scratch database in the system's temporary folder and compares.
    pub async fn rebuild_check(&self) -> Result<Checked, RecordError> {
        let folder = tempfile::Builder::new().prefix("shubbak-rebuild-").tempdir();
        let folder = folder.map_err(|e| RecordError::Broken(format!("no scratch folder: {e}")))?;
        let scratch = Db::open(&format!("sqlite:{}", folder.path().join("scratch.db").display()), 2)?;
        scratch.migrate(self.clock().now()).await?;
        let checked = self.rebuild_check_in(&scratch).await;
        drop(folder);
        checked
    }

    /// The same, in an empty database that has all tables.
    pub async fn rebuild_check_in(&self, scratch: &Db) -> Result<Checked, RecordError> {
        let (record, scratch) = (self.clone(), scratch.clone());
        self.db()
            .read(move |tx| {
                let (record, scratch) = (record.clone(), scratch.clone());
                Box::pin(async move { record.check_on(tx, &scratch).await })
            })
            .await
    }

    async fn check_on(&self, tx: &mut Tx, scratch: &Db) -> Result<Checked, RecordError> {
        let mut needed: BTreeSet<&str> = BTreeSet::from(["subject_keys"]);
        needed.extend(self.slices().iter().flat_map(|slice| slice.needs()));
        for table in crate::tables::declared(self.slices()).filter(|t| needed.contains(t.name)) {
            copy(tx, scratch, table).await?;
        }
        let mut checked = Checked::default();
        let mut replay = Replay::default();
        loop {
            let events: Arc<[Event]> = replay.next(self, tx).await?.into();
            if events.is_empty() {
                break;
            }
            checked.events += events.len() as i64;
            let record = self.clone();
            scratch
                .write(move |tx| {
                    let (record, events) = (record.clone(), events.clone());
                    Box::pin(async move { record.apply_all(tx, &events).await })
                })
                .await?;
        }
        for table in projections(self) {
            checked.tables += 1;
            checked.rows += compare::table(tx, scratch, table, &mut checked.differences).await?;
        }
        for slice in self.slices() {
            checked.counters.extend(slice.counters_check(tx).await?);
        }
        Ok(checked)
    }

    async fn apply_all(&self, tx: &mut Tx, events: &[Event]) -> Result<(), RecordError> {
        for event in events {
            let applied = self.slice(&event.stream.kind)?.apply(tx, event).await;
            applied.map_err(|e| {
                RecordError::Apply(format!("event {} ({}, {}): {e}", event.id, event.stream, event.kind))
            })?;
        }
        Ok(())
    }

    /// Empties the live projections and replays the whole record into them, all in one
    /// transaction; gives back how many events. Nobody should be writing meanwhile.
    pub async fn rebuild(&self) -> Result<i64, RecordError> {
        let record = self.clone();
        self.db()
            .write(move |tx| {
                let record = record.clone();
                Box::pin(async move {
                    let tables: Vec<_> = projections(&record).collect();
                    // Later tables may refer to earlier ones.
                    for table in tables.iter().rev() {
                        tx.execute(&format!("DELETE FROM {}", table.name), params![]).await?;
                    }
                    let mut replay = Replay::default();
                    let mut count = 0;
                    loop {
                        let events = replay.next(&record, tx).await?;
                        if events.is_empty() {
                            return Ok::<_, RecordError>(count);
                        }
                        count += events.len() as i64;
                        record.apply_all(tx, &events).await?;
                    }
                })
            })
            .await
    }
}

fn projections(record: &Record) -> impl Iterator<Item = &'static Table> {
    crate::tables::declared(record.slices()).filter(|table| table.class == Class::Projection)
}

/// Reads the record from its beginning: sealed events by number, then what is not sealed yet.
#[derive(Default)]
struct Replay {
    number: i64,
    beyond: bool,
}

impl Replay {
    async fn next(&mut self, record: &Record, tx: &mut Tx) -> Result<Vec<Event>, RecordError> {
        if self.beyond {
            return Ok(Vec::new());
        }
        let sql =
            format!("SELECT {COLUMNS}, number, mac FROM events WHERE number > $1 AND number <= $2 ORDER BY number");
        let top = tx.query_one("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) AS top FROM events", params![]).await?;
        let top: i64 = top.get("top")?;
        while self.number < top {
            // A window of numbers, so that a hole in a damaged record does not end the replay.
            let events = record.load(tx, &sql, params![self.number, self.number + PAGE]).await?;
            self.number += PAGE;
            if !events.is_empty() {
                return Ok(events);
            }
        }
        self.beyond = true;
        let sql = format!(
            "SELECT {COLUMNS}, number, mac FROM events WHERE number IS NULL ORDER BY tenant, stream_kind, stream_id, version"
        );
        record.load(tx, &sql, params![]).await
    }
}

async fn copy(tx: &mut Tx, scratch: &Db, table: &Table) -> Result<(), RecordError> {
    let mut pages = compare::Pages::new(table);
    loop {
        let rows = pages.next(tx).await?;
        let Some(first) = rows.first() else { return Ok(()) };
        let columns = first.names().join(", ");
        let width = first.names().len();
        for some in rows.chunks(PAGE as usize / 4) {
            let sql: Arc<str> = format!(
                "INSERT INTO {} ({columns}) VALUES {} ON CONFLICT DO NOTHING",
                table.name,
                places(some.len(), width)
            )
            .into();
            let params: Arc<[Value]> = some.iter().flat_map(|row| row.values().to_vec()).collect();
            scratch
                .write(move |tx| {
                    let (sql, params) = (sql.clone(), params.clone());
                    Box::pin(async move { tx.execute(&sql, params.to_vec()).await })
                })
                .await?;
        }
    }
}

/// How a key's value is shown: ids as ids, other bytes in hexadecimal.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "NULL".into(),
        Value::Int(v) => v.to_string(),
        Value::Text(v) => v.clone(),
        Value::Uuid(v) => v.to_string(),
        Value::Bytes(v) => Uuid::from_slice(v).map_or_else(|_| crate::seal::hex(v), |id| id.to_string()),
    }
}
