//! SQLite: one writer thread that commits waiting commands together, and a pool of readers.
//!
//! A durable commit costs one wait for the disk. All commands that wait share it, each in a
//! savepoint of its own, and nobody is answered before it.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures::executor::block_on;
use parking_lot::Mutex;
use rusqlite::backup::StepResult;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::tx::Conn;
use super::{BeforeCommit, DbError, Tx};

/// The most commands that share one commit: bounds how long the first of them waits.
const BATCH: usize = 256;
/// How many readers stay open between uses.
const IDLE_READERS: usize = 8;

/// A command on its way through the writer thread.
pub(super) trait Job: Send {
    /// Runs inside the transaction; says whether its writes shall stay.
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Tells the caller, after the commit or its failure.
    fn settle(self: Box<Self>, committed: Result<(), DbError>);
}

pub(super) struct Sqlite {
    // Fields are dropped in this order: readers close before the writer, who then is the last and
    // folds the log into the file.
    idle: Mutex<Vec<Tx>>,
    jobs: Sender<Box<dyn Job>>,
    path: std::path::PathBuf,
    pub(super) before_commit: Arc<OnceLock<Arc<dyn BeforeCommit>>>,
    pub(super) after_commit: Arc<OnceLock<super::AfterCommit>>,
}

impl Sqlite {
    pub(super) fn open(path: &Path) -> Result<Self, DbError> {
        let writer = connect(path, false)?;
        let (jobs, inbox) = channel();
        let before_commit = Arc::new(OnceLock::new());
        let after_commit = Arc::new(OnceLock::new());
        let mut thread = Writer {
            tx: Tx::new(Conn::Sqlite(writer)),
            before_commit: before_commit.clone(),
            after_commit: after_commit.clone(),
        };
        std::thread::Builder::new()
            .name("db-writer".into())
            .spawn(move || thread.serve(&inbox))
            .map_err(|e| DbError::Unreachable(e.to_string()))?;
        Ok(Sqlite { jobs, path: path.to_owned(), idle: Mutex::default(), before_commit, after_commit })
    }

    pub(super) fn submit(&self, job: Box<dyn Job>) {
        if let Err(returned) = self.jobs.send(job) {
            returned.0.settle(Err(DbError::Unreachable("the writer has stopped".into())));
        }
    }

    /// Runs `work` on a reader, which is reused.
    pub(super) fn with_reader<T, E: From<DbError>>(&self, work: impl FnOnce(&mut Tx) -> Result<T, E>) -> Result<T, E> {
        let waiting = self.idle.lock().pop();
        let mut reader = match waiting {
            Some(reader) => reader,
            None => Tx::new(Conn::Sqlite(connect(&self.path, true)?)),
        };
        let outcome = work(&mut reader);
        let mut idle = self.idle.lock();
        if idle.len() < IDLE_READERS {
            idle.push(reader);
        }
        outcome
    }

    /// Runs `work` on one reader's snapshot.
    pub(super) fn snapshot<T, E: From<DbError>>(&self, work: impl FnOnce(&mut Tx) -> Result<T, E>) -> Result<T, E> {
        self.with_reader(|tx| {
            block_on(tx.batch("BEGIN"))?;
            let outcome = work(tx);
            block_on(tx.batch("ROLLBACK"))?;
            outcome
        })
    }

    /// Copies the whole database into `target` while it is in use.
    pub(super) fn copy_to(&self, target: &Path) -> Result<(), DbError> {
        self.with_reader(|tx| match &tx.conn {
            Conn::Sqlite(conn) => {
                let mut to = Connection::open(target)?;
                // All pages in one step are one snapshot, which writers do not wait for. In several
                // steps each commit of theirs would begin the copy anew.
                match rusqlite::backup::Backup::new(conn, &mut to)?.step(-1)? {
                    StepResult::Done => Ok(()),
                    _ => Err(DbError::Busy),
                }
            }
            _ => Err(DbError::Unreachable("the connection is gone".into())),
        })
    }
}

fn connect(path: &Path, read_only: bool) -> Result<Connection, DbError> {
    let flags = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX
    };
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(Duration::from_secs(10))?;
    if !read_only {
        conn.pragma_update(None, "journal_mode", "WAL")?;
        conn.pragma_update(None, "synchronous", "FULL")?;
    }
    conn.pragma_update(None, "foreign_keys", "ON")?;
    conn.pragma_update(None, "cache_size", if read_only { -2_000 } else { -8_000 })?;
    // What a savepoint must be able to undo is kept in memory.
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    // Plans never depend on bound values, so that no statement is prepared again for new ones.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(256);
    Ok(conn)
}

struct Writer {
    tx: Tx,
    before_commit: Arc<OnceLock<Arc<dyn BeforeCommit>>>,
    after_commit: Arc<OnceLock<super::AfterCommit>>,
}

/// What became of one job inside its savepoint.
enum Ran {
    Kept,
    Undone,
}

impl Writer {
    fn serve(&mut self, inbox: &Receiver<Box<dyn Job>>) {
        while let Ok(first) = inbox.recv() {
            let mut batch = vec![first];
            while batch.len() < BATCH
                && let Ok(next) = inbox.try_recv()
            {
                batch.push(next);
            }
            self.commit_together(batch);
        }
    }

    /// One durable commit for the whole batch. If the commit, or an error that closes the
    /// transaction (disk full), fails it, the commands run again one by one, so that one bad
    /// command cannot take the others with it.
    fn commit_together(&mut self, mut batch: Vec<Box<dyn Job>>) {
        match self.attempt(&mut batch) {
            Ok(()) => batch.into_iter().for_each(|job| job.settle(Ok(()))),
            Err(error) if batch.len() == 1 => batch.into_iter().for_each(|job| job.settle(Err(error.clone()))),
            Err(_) => {
                for mut job in batch {
                    let alone = self.attempt(std::slice::from_mut(&mut job));
                    job.settle(alone);
                }
            }
        }
    }

    fn attempt(&mut self, batch: &mut [Box<dyn Job>]) -> Result<(), DbError> {
        self.tx.marked = false;
        block_on(self.tx.batch("BEGIN IMMEDIATE"))?;
        let outcome = self.run_all(batch).and_then(|()| self.finish());
        if outcome.is_err() {
            self.rollback();
        } else if self.tx.marked
            && let Some(hook) = self.after_commit.get()
        {
            hook();
        }
        outcome
    }

    fn run_all(&mut self, batch: &mut [Box<dyn Job>]) -> Result<(), DbError> {
        for job in batch {
            block_on(self.tx.batch("SAVEPOINT job"))?;
            let marked_before = self.tx.marked;
            self.tx.start();
            let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job.run(&mut self.tx)));
            let ran = if matches!(ran, Ok(true)) { Ran::Kept } else { Ran::Undone };
            if self.closed() {
                return Err(DbError::Full);
            }
            match ran {
                Ran::Kept => block_on(self.tx.batch("RELEASE job"))?,
                Ran::Undone => {
                    self.tx.marked = marked_before;
                    block_on(self.tx.batch("ROLLBACK TO job; RELEASE job"))?;
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), DbError> {
        if self.tx.marked
            && let Some(hook) = self.before_commit.get()
        {
            block_on(hook.run(&mut self.tx))?;
        }
        block_on(self.tx.batch("COMMIT"))
    }

    /// Whether an error ended the transaction by itself.
    fn closed(&self) -> bool {
        matches!(&self.tx.conn, Conn::Sqlite(conn) if conn.is_autocommit())
    }

    fn rollback(&mut self) {
        if !self.closed()
            && let Err(error) = block_on(self.tx.batch("ROLLBACK"))
        {
            tracing::error!(%error, "rollback failed");
        }
    }
}
