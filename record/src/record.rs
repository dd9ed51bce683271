//! The record as the program holds it.

use std::collections::HashMap;
use std::sync::Arc;

use foundation::clock::SharedClock;
use foundation::db::{Db, Engine, Query};
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

/// السجل: appends events, applies them, waits for their seal. Cheap to clone.
#[derive(Clone)]
pub struct Record(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) db: Db,
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
        let epoch = epoch::current(db, &setup).await?;
        let upcasts = Upcasts::of(setup.slices.iter().map(AsRef::as_ref));
        let sealer = Arc::new(Sealer::new(&setup, epoch.clone()));
        sealer.attach(db);
        Ok(Record(Arc::new(Inner { db: db.clone(), setup, epoch, by_kind, upcasts, sealer })))
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
            "SELECT {COLUMNS} FROM events WHERE tenant = $1 AND stream_kind = $2 AND stream_id = $3 ORDER BY version"
        );
        self.load(q, &sql, params![tenant, &*stream.kind, stream.id]).await
    }

    /// The events of a command that was carried out before: its answer. Empty if it was not.
    pub async fn repeated(&self, q: &mut impl Query, tenant: &str, command: Uuid) -> Result<Vec<Event>, RecordError> {
        let sql = format!("SELECT {COLUMNS} FROM events WHERE tenant = $1 AND command = $2 ORDER BY ordinal");
        self.load(q, &sql, params![tenant, command]).await
    }

    /// Events in the newest format of their data.
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
            self.0.upcasts.lift(&mut event)?;
            events.push(event);
        }
        Ok(events)
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
        self.0.sealer.clone().start(&self.0.db)
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
