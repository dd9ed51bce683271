//! Forgets kept forms whose day is over; runs each hour.

use foundation::clock::Micros;
use foundation::db::DbError;
use record::jobs::{self, Job};
use record::{BoxFuture, RecordError};

use super::store;
use crate::site::Site;

const JOB: &str = "registry.kept";

/// The job.
pub struct KeptJob(Site);

impl KeptJob {
    /// The job of this site.
    pub const fn new(site: Site) -> Self {
        Self(site)
    }

    /// Plans the next hour's run, unless it is planned; at each start.
    ///
    /// # Errors
    /// The database's own.
    pub async fn plan(site: &Site) -> Result<(), DbError> {
        let now = site.clock.now();
        let hour = now.0.div_euclid(Micros::HOUR) + 1;
        let id = record::follow::derived_id(JOB, &hour.to_string());
        let due = Micros(hour * Micros::HOUR);
        site.db.write(move |tx| Box::pin(async move { jobs::enqueue(tx, id, JOB, "", due, now).await })).await
    }

    /// Removes what is over; gives how many.
    ///
    /// # Errors
    /// The database's own.
    pub async fn run_now(&self) -> Result<u64, RecordError> {
        let (now, record) = (self.0.clock.now(), self.0.record.clone());
        self.0
            .db
            .write(move |tx| {
                let record = record.clone();
                Box::pin(async move { store::sweep(tx, record.keyring(), now).await })
            })
            .await
    }
}

impl Job for KeptJob {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn run<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            self.run_now().await.map_err(|error| error.to_string())?;
            Self::plan(&self.0).await.map_err(|error| error.to_string())
        })
    }
}
