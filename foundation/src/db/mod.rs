//! The database: SQLite (the embedded default) and PostgreSQL behind one small facade.
//!
//! Callers write one SQL text with `$1…$n` and never name an engine. Reads go to a reader;
//! writes are closures that run inside a transaction and may run again, so they hold nothing
//! but their own copies. A caller who hangs up cancels nothing: the work is already on its way.

mod error;
mod migrate;
mod postgres;
mod roles;
mod sqlite;
mod tx;
mod value;

use std::path::PathBuf;
use std::sync::Arc;

use futures::future::BoxFuture;
use tokio::sync::oneshot;

pub use self::error::DbError;
pub use self::migrate::{Migration, Pending, migrations};
pub use self::roles::{Powers, Rights, Roles, TableGrant, grants, role_of};
pub use self::tx::{Query, Tx};
pub use self::value::{FromValue, Row, Value};

/// Which engine answers; for `doctor`, `migrate` and tests, never for a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded: demo, single offices, vans.
    Sqlite,
    /// The national server.
    Postgres,
}

/// Runs once in each transaction that appended to the record, just before its commit.
/// Only on SQLite, where all writes of the node pass one thread.
pub trait BeforeCommit: Send + Sync {
    /// Does its work in the same transaction; an error undoes the whole batch.
    fn run<'a>(&'a self, tx: &'a mut Tx) -> BoxFuture<'a, Result<(), DbError>>;
}

type AfterCommit = Arc<dyn Fn() + Send + Sync>;

/// A database. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

enum Inner {
    Sqlite { sqlite: sqlite::Sqlite, path: PathBuf },
    Postgres { postgres: postgres::Postgres, url: String },
}

impl Db {
    /// Opens `sqlite:PATH` (the file is made when missing) or `postgres://…`, with at most
    /// `connections` to a PostgreSQL server (they are made when needed).
    pub fn open(url: &str, connections: usize) -> Result<Db, DbError> {
        let inner = if let Some(path) = url.strip_prefix("sqlite:") {
            let path = PathBuf::from(path);
            Inner::Sqlite { sqlite: sqlite::Sqlite::open(&path)?, path }
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Inner::Postgres { postgres: postgres::Postgres::open(url, connections)?, url: url.to_owned() }
        } else {
            return Err(DbError::Unreachable("the address must begin with sqlite: or postgres://".into()));
        };
        Ok(Db(Arc::new(inner)))
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match &*self.0 {
            Inner::Sqlite { .. } => Engine::Sqlite,
            Inner::Postgres { .. } => Engine::Postgres,
        }
    }

    /// The file of a SQLite database.
    pub fn path(&self) -> Option<&std::path::Path> {
        match &*self.0 {
            Inner::Sqlite { path, .. } => Some(path),
            Inner::Postgres { .. } => None,
        }
    }

    /// The address it was opened with; it may hold a password, so it is never logged.
    pub fn url(&self) -> String {
        match &*self.0 {
            Inner::Sqlite { path, .. } => format!("sqlite:{}", path.display()),
            Inner::Postgres { url, .. } => url.clone(),
        }
    }

    /// Sets the work done just before a commit that touched the record (SQLite only). Once.
    pub fn set_before_commit(&self, hook: Arc<dyn BeforeCommit>) {
        if let Inner::Sqlite { sqlite, .. } = &*self.0 {
            let _already = sqlite.before_commit.set(hook);
        }
    }

    /// Sets what is called after each commit that touched the record. Once.
    pub fn on_marked_commit(&self, hook: Arc<dyn Fn() + Send + Sync>) {
        let _already = match &*self.0 {
            Inner::Sqlite { sqlite, .. } => sqlite.after_commit.set(hook),
            Inner::Postgres { postgres, .. } => postgres.after_commit.set(hook),
        };
    }

    /// A cheap handle for single reads.
    pub fn reader(&self) -> Reader {
        Reader(self.clone())
    }

    /// All rows of the answer.
    pub async fn query(&self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        self.reader().query(sql, params).await
    }

    /// The first row, if there is one.
    pub async fn query_opt(&self, sql: &str, params: Vec<Value>) -> Result<Option<Row>, DbError> {
        self.reader().query_opt(sql, params).await
    }

    /// The first row; no row is a defect of the statement.
    pub async fn query_one(&self, sql: &str, params: Vec<Value>) -> Result<Row, DbError> {
        self.reader().query_one(sql, params).await
    }

    /// Several reads on one snapshot.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'a> Fn(&'a mut Tx) -> BoxFuture<'a, Result<T, E>> + Send + Sync + 'static,
    {
        match &*self.0 {
            Inner::Sqlite { .. } => {
                let db = self.clone();
                blocking(move || match &*db.0 {
                    Inner::Sqlite { sqlite, .. } => sqlite.snapshot(|tx| futures::executor::block_on(work(tx))),
                    Inner::Postgres { .. } => Err(DbError::Unreachable("another engine".into()).into()),
                })
                .await?
            }
            Inner::Postgres { postgres, .. } => postgres.run(work, true).await,
        }
    }

    /// Runs a command in a transaction and waits until it is durable. The closure may run
    /// again after meeting another writer. Dropping the returned future cancels nothing.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'a> Fn(&'a mut Tx) -> BoxFuture<'a, Result<T, E>> + Send + Sync + 'static,
    {
        let (reply, answer) = oneshot::channel();
        match &*self.0 {
            Inner::Sqlite { sqlite, .. } => {
                sqlite.submit(Box::new(Task { work, outcome: None, reply }));
            }
            Inner::Postgres { .. } => {
                let db = self.clone();
                tokio::spawn(async move {
                    if let Inner::Postgres { postgres, .. } = &*db.0 {
                        let _hung_up = reply.send(postgres.run(work, false).await);
                    }
                });
            }
        }
        answer.await.unwrap_or_else(|_| Err(DbError::Statement("the command broke off".into()).into()))
    }

    /// Copies a SQLite database into `target` while it is in use (an online backup).
    pub async fn copy_to(&self, target: PathBuf) -> Result<(), DbError> {
        let db = self.clone();
        blocking(move || match &*db.0 {
            Inner::Sqlite { sqlite, .. } => sqlite.copy_to(&target),
            Inner::Postgres { .. } => Err(DbError::Statement("PostgreSQL is copied with its own tools".into())),
        })
        .await?
    }
}

/// Reads outside a transaction.
#[derive(Clone)]
pub struct Reader(Db);

impl Query for Reader {
    async fn query(&mut self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        match &*self.0.0 {
            Inner::Sqlite { .. } => {
                let (db, sql) = (self.0.clone(), sql.to_owned());
                blocking(move || match &*db.0 {
                    Inner::Sqlite { sqlite, .. } => {
                        sqlite.with_reader(|tx| futures::executor::block_on(tx.query(&sql, params)))
                    }
                    Inner::Postgres { .. } => Err(DbError::Unreachable("another engine".into())),
                })
                .await?
            }
            Inner::Postgres { postgres, .. } => {
                let mut tx = postgres.plain().await?;
                let rows = tx.query(sql, params).await;
                postgres::release(tx);
                rows
            }
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, DbError> {
    tokio::task::spawn_blocking(work).await.map_err(|e| DbError::Statement(e.to_string()))
}

/// A command waiting for the SQLite writer, with the way back to its caller.
struct Task<T, E, F> {
    work: F,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> sqlite::Job for Task<T, E, F>
where
    T: Send,
    E: From<DbError> + Send,
    F: for<'a> Fn(&'a mut Tx) -> BoxFuture<'a, Result<T, E>> + Send,
{
    fn run(&mut self, tx: &mut Tx) -> bool {
        self.outcome = None;
        let outcome = futures::executor::block_on((self.work)(tx));
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        keep
    }

    fn settle(self: Box<Self>, committed: Result<(), DbError>) {
        let answer = match (committed, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            // A refusal of the command itself stands whatever became of the batch.
            (Err(_), Some(Err(refusal))) => Err(refusal),
            (Err(error), _) => Err(error.into()),
            (Ok(()), None) => Err(DbError::Statement("the command broke off".into()).into()),
        };
        let _hung_up = self.reply.send(answer);
    }
}
