//! الختم: numbering, chaining and signing what was committed.
//!
//! One sealer works per node. It gives each event a number, without gaps and with the versions
//! of each stream rising, chains `hash = SHA-256(1 ‖ previous ‖ number ‖ digest)`, and signs the
//! last hash of each batch. An event that no process with the node's keys wrote gets no number: its
//! stream stands still, loudly, and every other goes on. On SQLite it runs inside the commit that holds the events; on
//! PostgreSQL as a background task under a lease, woken by each commit.

mod background;
mod batch;
mod head;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use foundation::clock::SharedClock;
use foundation::db::{BeforeCommit, Db, DbError, Engine, Tx, Value};
use parking_lot::Mutex;
use sha2::{Digest as _, Sha256};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

pub use self::background::Sealing;
pub use self::head::Head;
use crate::{BoxFuture, Epoch, Keyring, RecordError, Setup};

/// How long [`Sealer::wait`] waits before it says that no sealer is at work.
const PATIENCE: Duration = Duration::from_secs(15);
/// How many sealed ids are remembered, so that waiting seldom asks the database.
const REMEMBERED: usize = 32_768;

/// The next hash of the chain.
pub(crate) fn link(previous: &[u8; 32], number: i64, digest: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix([1]);
    hash.update(previous);
    hash.update(number.to_be_bytes());
    hash.update(digest);
    hash.finalize().into()
}

/// A signed batch: what its signature covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seal {
    pub(crate) epoch: i64,
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) head: [u8; 32],
    pub(crate) at: i64,
    pub(crate) fence: i64,
}

impl Seal {
    /// The bytes signed.
    pub(crate) fn message(&self, node: &str) -> Vec<u8> {
        let mut message = b"shubbak seal 1\n".to_vec();
        for number in [self.epoch, self.first, self.last, self.at, self.fence] {
            message.extend(number.to_be_bytes());
        }
        message.extend(self.head);
        message.extend(node.as_bytes());
        message
    }
}

/// The node's sealer and those who wait for it.
pub(crate) struct Sealer {
    keyring: Keyring,
    clock: SharedClock,
    epoch: Epoch,
    epoch_hash: [u8; 32],
    /// This process, for the lease.
    holder: Uuid,
    wake: Arc<Notify>,
    sealed: watch::Sender<u64>,
    recent: Mutex<Recent>,
    /// Unsealed events that this process has refused to seal: each is told once.
    refused: Mutex<HashSet<Uuid>>,
    /// How many unsealed events the last look left, because they were refused or wait for such.
    left: AtomicUsize,
}

/// The ids sealed last, in two generations.
#[derive(Default)]
struct Recent {
    young: HashSet<Uuid>,
    old: HashSet<Uuid>,
}

impl Recent {
    fn add(&mut self, ids: &[Uuid]) {
        if self.young.len() >= REMEMBERED {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.extend(ids);
    }

    fn holds(&self, id: &Uuid) -> bool {
        self.young.contains(id) || self.old.contains(id)
    }
}

impl Sealer {
    pub(crate) fn new(setup: &Setup, epoch: Epoch) -> Self {
        Sealer {
            keyring: setup.keyring.clone(),
            clock: setup.clock.clone(),
            epoch_hash: epoch.hash(),
            epoch,
            holder: setup.ids.next(),
            wake: Arc::default(),
            sealed: watch::channel(0).0,
            recent: Mutex::default(),
            refused: Mutex::default(),
            left: AtomicUsize::new(0),
        }
    }

    /// Hooks the sealer into the commits of the database.
    pub(crate) fn attach(self: &Arc<Self>, db: &Db) {
        match db.engine() {
            Engine::Sqlite => {
                db.set_before_commit(Arc::new(InCommit(self.clone())));
                let sealed = self.sealed.clone();
                db.on_marked_commit(Arc::new(move || sealed.send_modify(|n| *n += 1)));
            }
            Engine::Postgres => {
                let wake = self.wake.clone();
                db.on_marked_commit(Arc::new(move || wake.notify_one()));
            }
        }
    }

    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.sealed.subscribe()
    }

    /// Waits until none of these events lies unsealed.
    pub(crate) async fn wait(&self, db: &Db, events: &[Uuid]) -> Result<(), RecordError> {
        let known = || {
            let recent = self.recent.lock();
            events.iter().all(|id| recent.holds(id))
        };
        let mut sealed = self.watch();
        let waiting = async {
            loop {
                if known() {
                    return Ok(());
                }
                // Another process may be the sealer: then nothing wakes us, and the table tells.
                let woken = tokio::time::timeout(Duration::from_millis(50), sealed.changed()).await;
                if woken.is_err() && unsealed(db, events).await?.is_empty() {
                    return Ok(());
                }
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(outcome) => outcome,
            Err(_) => Err(RecordError::Broken("events wait for their seal: no sealer is at work".into())),
        }
    }
}

/// Those of the events that lie unsealed.
pub(crate) async fn unsealed(db: &Db, events: &[Uuid]) -> Result<HashSet<Uuid>, RecordError> {
    let mut found = HashSet::new();
    for some in events.chunks(500) {
        let places: Vec<String> = (1..=some.len()).map(|n| format!("${n}")).collect();
        let sql = format!("SELECT id FROM events WHERE number IS NULL AND id IN ({})", places.join(", "));
        for row in db.query(&sql, some.iter().map(Value::from).collect()).await? {
            found.insert(row.get("id")?);
        }
    }
    Ok(found)
}

/// The sealer inside SQLite's group commit.
struct InCommit(Arc<Sealer>);

impl BeforeCommit for InCommit {
    fn run<'a>(&'a self, tx: &'a mut Tx) -> BoxFuture<'a, Result<(), DbError>> {
        Box::pin(async move {
            while self.0.seal(tx, 0).await.map_err(plain)?.full {}
            Ok(())
        })
    }
}

fn plain(error: RecordError) -> DbError {
    match error {
        RecordError::Db(error) => error,
        other => DbError::Statement(other.to_string()),
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}
