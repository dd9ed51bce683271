//! The record as the program holds it.

use std::collections::HashMap;
use std::sync::Arc;

use foundation::clock::SharedClock;
use foundation::db::{Db, Engine, Query, Row};
use foundation::ids::Ids;
use foundation::params;
use uuid::Uuid;

use crate::epoch::{self, Epoch};
use crate::event::COLUMNS;
use crate::seal::{Sealer, Sealing};
use crate::upcast::Upcasts;
use crate::{Event, Head, Keyring, RecordError, Slice, Stream};

/// What a record is made of.
#[derive(Clone)]
pub struct Setup {
    /// Where times come from.
    pub clock: SharedClock,
    /// Where event ids come from.
    pub ids: Arc<Ids>,
    /// The node's keys.
    pub keyring: Keyring,
    /// The node's name, which every event carries.
    pub node: String,
    /// The slices of the program.
    pub slices: Vec<Arc<dyn Slice>>,
}

/// The most unsealed events that are looked at: usually there are a few.
const ENOUGH: usize = 1_000;

/// What is not sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsealed {
    /// How many events wait for the sealer.
    pub waiting: usize,
    /// Events that no process of this node wrote as they stand there: planted beside the record or
    /// changed before their seal. The sealer refuses them.
    pub refused: Vec<Event>,
}

/// السجل: appends events, applies them, waits for their seal. Cheap to clone.
#[derive(Clone)]
pub struct Record(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) db: Db,
    /// Under the sealer's role, where it has one of its own.
    pub(crate) sealing: Db,
    pub(crate) setup: Setup,
    pub(crate) epoch: Epoch,
    pub(crate) by_kind: HashMap<&'static str, Arc<dyn Slice>>,
    pub(crate) upcasts: Upcasts,
    pub(crate) sealer: Arc<Sealer>,
}

impl Record {
    /// Opens the record of a migrated database; a new one gets its first epoch. On SQLite the
    /// sealer now runs inside each commit; on PostgreSQL start it with [`Self::start_sealer`].
    pub async fn open(db: &Db, setup: Setup) -> Result<Record, RecordError> {
        Self::open_sealed_by(db, db, setup).await
    }

    /// The same where numbers, seals and epochs are written through another connection: on
    /// PostgreSQL the sealer's role may do that, the application's may not.
    pub async fn open_sealed_by(db: &Db, sealing: &Db, setup: Setup) -> Result<Record, RecordError> {
        let mut by_kind: HashMap<&'static str, Arc<dyn Slice>> = HashMap::new();
        for slice in &setup.slices {
            for kind in slice.stream_kinds() {
                if let Some(other) = by_kind.insert(kind, slice.clone()) {
                    return Err(RecordError::Broken(format!(
                        "{} and {} both apply streams {kind}",
                        other.name(),
                        slice.name()
                    )));
                }
            }
        }
        let epoch = epoch::current(sealing, &setup).await?;
        let upcasts = Upcasts::of(setup.slices.iter().map(AsRef::as_ref));
        let sealer = Arc::new(Sealer::new(&setup, epoch.clone()));
        sealer.attach(db);
        Ok(Record(Arc::new(Inner { db: db.clone(), sealing: sealing.clone(), setup, epoch, by_kind, upcasts, sealer })))
    }

    /// The database it lies in.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The node's keys.
    pub fn keyring(&self) -> &Keyring {
        &self.0.setup.keyring
    }

    /// The clock that dates its events.
    pub fn clock(&self) -> &SharedClock {
        &self.0.setup.clock
    }

    /// Where its ids come from.
    pub fn ids(&self) -> &Arc<Ids> {
        &self.0.setup.ids
    }

    /// The slices registered.
    pub fn slices(&self) -> &[Arc<dyn Slice>] {
        &self.0.setup.slices
    }

    /// The epoch in which this process records.
    pub fn epoch(&self) -> &Epoch {
        &self.0.epoch
    }

    pub(crate) fn slice(&self, kind: &str) -> Result<&Arc<dyn Slice>, RecordError> {
        self.0.by_kind.get(kind).ok_or_else(|| RecordError::UnknownStream(kind.to_owned()))
    }

    /// The events of a stream, oldest first.
    pub async fn events(&self, q: &mut impl Query, tenant: &str, stream: &Stream) -> Result<Vec<Event>, RecordError> {
        let sql = format!(
            "SELECT {COLUMNS}, number, mac FROM events WHERE tenant = $1 AND stream_kind = $2 AND stream_id = $3 ORDER BY version"
        );
        self.load(q, &sql, params![tenant, &*stream.kind, stream.id]).await
    }

    /// The events of a command that was carried out before: its answer. Empty if it was not.
    pub async fn repeated(&self, q: &mut impl Query, tenant: &str, command: Uuid) -> Result<Vec<Event>, RecordError> {
        let sql =
            format!("SELECT {COLUMNS}, number, mac FROM events WHERE tenant = $1 AND command = $2 ORDER BY ordinal");
        self.load(q, &sql, params![tenant, command]).await
    }

    /// Events in the newest format of their data. The statement reads `number` and `mac` as well:
    /// an unsealed event that no process of this node wrote is none.
    pub(crate) async fn load(
        &self,
        q: &mut impl Query,
        sql: &str,
        params: Vec<foundation::db::Value>,
    ) -> Result<Vec<Event>, RecordError> {
        let rows = q.query(sql, params).await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in &rows {
            let mut event = Event::from_row(row)?;
            if row.get::<Option<i64>>("number")?.is_none() && !self.vouched(&event, row)? {
                continue;
            }
            self.0.upcasts.lift(&mut event)?;
            events.push(event);
        }
        Ok(events)
    }

    fn vouched(&self, event: &Event, row: &Row) -> Result<bool, RecordError> {
        Ok(self.keyring().vouches(&event.digest(), row.get::<Option<Vec<u8>>>("mac")?.as_deref()))
    }

    /// What is not sealed: what waits for the sealer, and what it refuses.
    pub async fn unsealed(&self, q: &mut impl Query) -> Result<Unsealed, RecordError> {
        let sql = format!("SELECT {COLUMNS}, mac FROM events WHERE number IS NULL ORDER BY id LIMIT {ENOUGH}");
        let mut found = Unsealed::default();
        for row in q.query(&sql, params![]).await? {
            let event = Event::from_row(&row)?;
            if self.vouched(&event, &row)? {
                found.waiting += 1;
            } else {
                found.refused.push(event);
            }
        }
        Ok(found)
    }

    /// Deletes an event that the sealer refuses, so that its stream can go on; false if it is
    /// sealed, vouched for or not there. On PostgreSQL only the owner may: `db` is its connection.
    pub async fn remove_refused(&self, db: &Db, id: Uuid) -> Result<bool, RecordError> {
        let record = self.clone();
        db.write(move |tx| {
            let record = record.clone();
            Box::pin(async move {
                if !record.unsealed(tx).await?.refused.iter().any(|event| event.id == id) {
                    return Ok(false);
                }
                let gone = tx.execute("DELETE FROM events WHERE id = $1 AND number IS NULL", params![id]).await?;
                Ok::<_, RecordError>(gone == 1)
            })
        })
        .await
    }

    /// Waits until these events are sealed: before a number, document or QR is shown. At once on
    /// SQLite, where the commit seals.
    pub async fn wait_sealed(&self, events: &[Uuid]) -> Result<(), RecordError> {
        match self.0.db.engine() {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => self.0.sealer.wait(&self.0.db, events).await,
        }
    }

    /// Starts the background sealer (PostgreSQL only); it ends when the handle is dropped.
    pub fn start_sealer(&self) -> Sealing {
        self.0.sealer.clone().start(&self.0.sealing)
    }

    /// The head to keep elsewhere, against which a cut or rolled-back record is found.
    pub async fn head(&self) -> Result<Head, RecordError> {
        Head::read(&mut self.0.db.reader()).await
    }

    /// A receiver that changes whenever events were sealed.
    pub fn seals(&self) -> tokio::sync::watch::Receiver<u64> {
        self.0.sealer.watch()
    }
}
