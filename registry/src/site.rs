//! What every handler shares.

use std::ops::Deref;
use std::sync::Arc;

use catalogue::Catalogue;
use foundation::clock::SharedClock;
use foundation::db::Db;
use foundation::files::Files;
use foundation::ids::Ids;
use foundation::web::RateLimits;
use record::Record;

use crate::sessions::Sessions;
use crate::units::Units;
use crate::viewer::Viewer;

/// Settings that pages read.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address as citizens type it and QR codes carry it: `https://host[:port]`, without a slash at the end.
    pub public_url: String,
    /// Accounts with one-click login, of a demo; empty outside one.
    pub demo_accounts: Vec<DemoAccount>,
    /// Accounts of citizens with one-click login, of a demo; empty outside one.
    pub demo_citizens: Vec<DemoCitizen>,
    /// Where somebody goes after the login who did not come from a page.
    pub home: fn(&Viewer) -> &'static str,
    /// Whether a unit has something that the registry does not know: requests.
    pub unit_in_use: crate::imports::InUse,
}

impl Settings {
    /// Settings of a site at this address, without demo accounts.
    pub fn new(public_url: impl Into<String>) -> Self {
        Self {
            public_url: public_url.into(),
            demo_accounts: Vec::new(),
            demo_citizens: Vec::new(),
            home: |_| "/me",
            unit_in_use: |_, _| Box::pin(async { Ok(false) }),
        }
    }

    /// Whether public links are HTTPS; decides the names and flags of the shell's cookies.
    pub fn secure(&self) -> bool {
        self.public_url.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
    }
}

/// An account of the demo (حساب تجريبي), shown on the login page with its password.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    /// Login name.
    pub login: String,
    /// Password.
    pub password: String,
    /// Role and place in words.
    pub label: String,
}

/// A citizen of the demo (مواطن تجريبي), shown on the citizens' login page.
#[derive(Debug, Clone)]
pub struct DemoCitizen {
    /// The account.
    pub account: uuid::Uuid,
    /// Who it is, in words.
    pub label: String,
}

/// The parts of [`Site`].
pub struct SiteParts {
    /// The node's database.
    pub db: Db,
    /// The event record, with its keyring.
    pub record: Record,
    /// The clock; nothing else tells the time.
    pub clock: SharedClock,
    /// Maker of ids, tokens and PINs.
    pub ids: Arc<Ids>,
    /// The service guide.
    pub catalogue: Arc<Catalogue>,
    /// The store of uploads and papers.
    pub files: Files,
    /// The tree, hours and holidays, in memory.
    pub units: Units,
    /// Sessions read within the last second, and the hasher of passwords.
    pub sessions: Sessions,
    /// How often one address may do one thing.
    pub limits: RateLimits,
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
