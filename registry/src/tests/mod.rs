//! Tests across the slices, on both engines.

mod access;
mod accounts;
mod admin;
mod citizens;
mod grants;
mod imports;
mod kept;
mod login;
mod privacy;
mod routes;
mod units;
mod vans;

use std::sync::Arc;

use record::Slice;

use crate::testing::{TestSite, site};

/// The same test on SQLite and on PostgreSQL.
async fn on_both<F>(test: impl Fn(TestSite) -> F)
where
    F: Future<Output = ()>,
{
    for engine in foundation::testing::engines().await {
        test(site(engine, Vec::<Arc<dyn Slice>>::new()).await).await;
    }
}

/// On SQLite only, for what touches no SQL of its own.
async fn small() -> TestSite {
    site(foundation::testing::sqlite().await, Vec::new()).await
}
