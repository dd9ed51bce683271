//! PostgreSQL: a pool of connections, each command in a transaction of its own.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, QueueMode, RecyclingMethod};
use futures::future::BoxFuture;
use rand::Rng as _;

use super::tx::Conn;
use super::{DbError, Tx};

/// How often a command runs again after meeting another writer.
const ATTEMPTS: u32 = 8;

pub(super) struct Postgres {
    pool: Pool,
    pub(super) after_commit: Arc<OnceLock<super::AfterCommit>>,
}

impl Postgres {
    pub(super) fn open(url: &str, connections: usize) -> Result<Self, DbError> {
        let mut config: tokio_postgres::Config =
            url.parse().map_err(|e: tokio_postgres::Error| DbError::Unreachable(e.to_string()))?;
        config.application_name("shubbak").connect_timeout(Duration::from_secs(10));
        // Every statement finds its rows by an index whatever its values are: planned once, never again.
        let options = config.get_options().unwrap_or_default().to_owned();
        config.options(format!("{options} -c plan_cache_mode=force_generic_plan"));
        let manager = Manager::from_config(
            config,
            tokio_postgres::NoTls,
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        // The connection used last is used next: its plans and caches are warm.
        let pool = Pool::builder(manager)
            .max_size(connections)
            .queue_mode(QueueMode::Lifo)
            .build()
            .map_err(|e| DbError::Unreachable(e.to_string()))?;
        Ok(Postgres { pool, after_commit: Arc::new(OnceLock::new()) })
    }

    /// A connection outside a transaction: each statement is one of its own.
    pub(super) async fn plain(&self) -> Result<Tx, DbError> {
        Ok(Tx::new(Conn::Postgres(self.pool.get().await?)))
    }

    pub(super) async fn run<T, E, F>(&self, work: F, read_only: bool) -> Result<T, E>
    where
        E: From<DbError>,
        F: for<'a> Fn(&'a mut Tx) -> BoxFuture<'a, Result<T, E>>,
    {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let mut tx = self.plain().await?;
            tx.begin(if read_only { "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" } else { "BEGIN" });
            tx.start();
            let mut outcome = work(&mut tx).await;
            let ended = match (&outcome, tx.has_begun()) {
                (Ok(_), true) if read_only => {
                    tx.end_reading();
                    Ok(())
                }
                (Ok(_), _) => tx.fly("COMMIT").await,
                (Err(_), true) => tx.batch("ROLLBACK").await,
                (Err(_), false) => Ok(()),
            };
            let met_others = tx.conflict;
            let marked = tx.marked;
            if let Err(error) = ended
                && outcome.is_ok()
            {
                outcome = Err(error.into());
            } else {
                release(tx);
            }
            match outcome {
                Ok(value) => {
                    if marked && let Some(hook) = self.after_commit.get() {
                        hook();
                    }
                    return Ok(value);
                }
                Err(_) if met_others && attempt < ATTEMPTS => {
                    let spread = rand::rng().random_range(1..=10u64 << attempt.min(5));
                    tokio::time::sleep(Duration::from_millis(spread)).await;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// Gives a connection that stands outside any transaction back to the pool.
pub(super) fn release(mut tx: Tx) {
    if let Conn::Postgres(client) = std::mem::replace(&mut tx.conn, Conn::Gone) {
        drop(client);
    }
}
