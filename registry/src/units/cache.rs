//! The tree in memory, read again when it has changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use foundation::clock::Micros;
use foundation::db::{Db, DbError};
use parking_lot::RwLock;

use super::store;
use super::tree::Tree;

/// How old the picture may be in a process that did not make the change itself.
const STALE: i64 = Micros::SECOND;

/// The tree as this process knows it (الوحدات في الذاكرة). Cheap to clone.
#[derive(Clone, Default)]
pub struct Units(Arc<Inner>);

#[derive(Default)]
struct Inner {
    tree: RwLock<Arc<Tree>>,
    /// Changes counted when the tree was read; 0 = never read.
    seen: AtomicI64,
    /// When the count was last asked for.
    checked: AtomicI64,
}

impl Units {
    /// Reads the tree.
    pub async fn open(db: &Db) -> Result<Self, DbError> {
        let units = Self::default();
        units.reload(db).await?;
        Ok(units)
    }

    /// The tree as known now.
    pub fn now(&self) -> Arc<Tree> {
        self.0.tree.read().clone()
    }

    /// Asks at most once a second whether another process has changed the tree.
    pub async fn refresh(&self, db: &Db, now: Micros) -> Result<(), DbError> {
        let checked = self.0.checked.load(Ordering::Relaxed);
        if now.0.saturating_sub(checked).abs() < STALE {
            return Ok(());
        }
        // One request asks; the others go on with what is known.
        if self.0.checked.compare_exchange(checked, now.0, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return Ok(());
        }
        if store::changes(&mut db.reader()).await? != self.0.seen.load(Ordering::Relaxed) {
            self.reload(db).await?;
        }
        Ok(())
    }

    /// Reads the tree again: at once after a change made by this process.
    pub async fn reload(&self, db: &Db) -> Result<(), DbError> {
        let (changes, parts) = db
            .read(|tx| {
                Box::pin(async move {
                    let changes = store::changes(tx).await?;
                    Ok::<_, DbError>((changes, store::load(tx).await?))
                })
            })
            .await?;
        let tree = Arc::new(Tree::of(parts));
        let mut known = self.0.tree.write();
        // Two may read at once: the older picture never takes the place of the newer.
        if changes >= self.0.seen.load(Ordering::Relaxed) {
            *known = tree;
            self.0.seen.store(changes, Ordering::Relaxed);
        }
        Ok(())
    }
}
