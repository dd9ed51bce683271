//! Removes codes that are over.

use record::BoxFuture;
use record::jobs::Job;

use super::codes;
use crate::site::Site;

/// Removes login codes whose time is over, with their keys; runs each hour.
pub struct CodesJob(Site);

impl CodesJob {
    /// The job of this site.
    pub const fn new(site: Site) -> Self {
        Self(site)
    }
}

impl Job for CodesJob {
    fn kind(&self) -> &'static str {
        "accounts.codes"
    }

    fn run<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { codes::sweep(&self.0).await.map(|_| ()).map_err(|error| error.to_string()) })
    }

    fn is_hourly(&self) -> bool {
        true
    }
}
