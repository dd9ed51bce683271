//! What every handler shares.

use std::ops::Deref;
use std::sync::Arc;

use foundation::clock::SharedClock;
use foundation::db::Db;
use foundation::ids::Ids;

use crate::sessions::Sessions;

/// Settings that pages read.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address as citizens type it and QR codes carry it: `https://host[:port]`, without a slash at the end.
    pub public_url: String,
    /// Whether this is a demo with one-click logins, marked on every page.
    pub demo: bool,
    /// Proxies' header to take the visitor's address from, if requests come through trusted ones.
    pub trusted_proxy_header: Option<String>,
}

impl Settings {
    /// Scheme, host and port of the public address.
    pub fn public_origin(&self) -> String {
        let (scheme, rest) = self.public_url.split_once("://").unwrap_or(("https", &self.public_url));
        format!("{scheme}://{}", rest.split('/').next().unwrap_or(rest))
    }
}

/// The parts of [`Site`].
pub struct SiteParts {
    /// The node's database.
    pub db: Db,
    /// The clock; nothing else tells the time.
    pub clock: SharedClock,
    /// Maker of ids, tokens and PINs.
    pub ids: Arc<Ids>,
    /// Sessions' cache.
    pub sessions: Sessions,
    /// Settings that pages read.
    pub settings: Settings,
}

/// The site, axum's state for all pages. Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<SiteParts>);

impl Site {
    /// Puts the parts together; once, in `app` or in a test.
    pub fn new(parts: SiteParts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for Site {
    type Target = SiteParts;

    fn deref(&self) -> &SiteParts {
        &self.0
    }
}
