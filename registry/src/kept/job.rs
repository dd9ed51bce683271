//! Forgets kept forms whose day is over; runs each hour.

use record::jobs::Job;
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
        Box::pin(async move { self.run_now().await.map(|_| ()).map_err(|error| error.to_string()) })
    }

    fn is_hourly(&self) -> bool {
        true
    }
}
