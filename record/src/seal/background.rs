//! The sealer on PostgreSQL: a task that holds a lease.
//!
//! The lease's row is touched in the transaction of each seal with the holder's fencing number,
//! so that a process which lost the lease without noticing writes nothing.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use foundation::clock::Micros;
use foundation::db::{Db, Engine, Query as _, Tx};
use foundation::params;
use tokio::task::JoinHandle;

use super::Sealer;
use crate::RecordError;

/// How long a lease lasts without being touched.
const LEASE: i64 = 5 * Micros::SECOND;
/// How often the sealer looks for what other processes committed.
const LOOK: Duration = Duration::from_millis(200);
/// After a batch of several events, others are likely on their way: so long it waits for their company,
/// since a batch costs the same whatever it holds.
const COMPANY: Duration = Duration::from_millis(1);
/// How long it rests after a failure, or while another process holds the lease.
const REST: Duration = Duration::from_secs(1);

/// The running sealer; dropping it ends the task after the batch at hand.
#[derive(Debug)]
pub struct Sealing(Option<JoinHandle<()>>);

impl Drop for Sealing {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}

impl Sealer {
    pub(crate) fn start(self: Arc<Self>, db: &Db) -> Sealing {
        if db.engine() == Engine::Sqlite {
            return Sealing(None);
        }
        let db = db.clone();
        Sealing(Some(tokio::spawn(async move {
            let mut fence = None;
            let mut touched = Micros(0);
            loop {
                match self.round(&db, &mut fence, &mut touched).await {
                    Ok(()) if fence.is_some() => self.rest_until_needed(&db, touched).await,
                    Ok(()) => tokio::time::sleep(REST).await,
                    Err(error) => {
                        tracing::error!(%error, "sealing failed; trying again");
                        tokio::time::sleep(REST).await;
                    }
                }
            }
        })))
    }

    /// Waits for a commit of this process, one of another, or the time to touch the lease.
    async fn rest_until_needed(&self, db: &Db, touched: Micros) {
        loop {
            if tokio::time::timeout(LOOK, self.wake.notified()).await.is_ok() {
                return;
            }
            // What was refused stays unsealed and wakes nobody.
            let left = self.left.load(Ordering::Relaxed) as i64;
            let sql = "SELECT id FROM events WHERE number IS NULL ORDER BY id LIMIT 1 OFFSET $1";
            let waiting = db.query_opt(sql, params![left]).await;
            if !matches!(waiting, Ok(None)) || self.clock.now().since(touched) > LEASE / 3 {
                return;
            }
        }
    }

    /// Takes the lease if it must, then seals until nothing waits.
    async fn round(
        self: &Arc<Self>,
        db: &Db,
        fence: &mut Option<i64>,
        touched: &mut Micros,
    ) -> Result<(), RecordError> {
        loop {
            let sealer = self.clone();
            let held = *fence;
            let (now_held, sealed) = db
                .write(move |tx| {
                    let sealer = sealer.clone();
                    Box::pin(async move {
                        let Some(fence) = sealer.lease(tx, held).await? else {
                            return Ok::<_, RecordError>((None, None));
                        };
                        Ok((Some(fence), Some(sealer.seal(tx, fence).await?)))
                    })
                })
                .await?;
            *fence = now_held;
            *touched = self.clock.now();
            let Some(sealed) = sealed else { return Ok(()) };
            if !sealed.ids.is_empty() {
                self.recent.lock().add(&sealed.ids);
                self.sealed.send_modify(|n| *n += 1);
            }
            if sealed.ids.len() > 1 {
                tokio::time::sleep(COMPANY).await;
            }
            if !sealed.full {
                // Whoever commits now wakes the next round.
                return Ok(());
            }
        }
    }

    /// Touches the lease, or takes it when it has run out; `None` while another process has it.
    async fn lease(&self, tx: &mut Tx, held: Option<i64>) -> Result<Option<i64>, RecordError> {
        let now = self.clock.now();
        let until = now.plus(LEASE);
        if let Some(fence) = held {
            let touched = tx
                .execute(
                    "UPDATE leases SET held_until = $1 WHERE name = 'sealer' AND holder = $2 AND fence = $3",
                    params![until, self.holder, fence],
                )
                .await?;
            if touched == 1 {
                return Ok(Some(fence));
            }
        }
        let taken = tx
            .query_opt(
                "INSERT INTO leases (name, holder, fence, held_until) VALUES ('sealer', $1, 1, $2) \
                 ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = leases.fence + 1, held_until = excluded.held_until \
                 WHERE leases.held_until < $3 OR leases.holder = excluded.holder RETURNING fence",
                params![self.holder, until, now],
            )
            .await?;
        Ok(taken.map(|row| row.get("fence")).transpose()?)
    }
}
