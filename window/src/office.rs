//! The window's office (مكتب الشباك): the site, and what the window needs besides it.
//!
//! `app` makes one and lays it around the router with [`Office::layer`]; handlers take it as an
//! argument. It derefs to the [`Site`].

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Extension;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use catalogue::Catalogue;
use catalogue::fees::LocalFigure;
use catalogue::model::Service;
use foundation::files::Files;
use foundation::web::PageError;
use parking_lot::RwLock;
use registry::Site;

use crate::papers::Issuers;
use crate::requests::events::ServiceRef;

/// What the office is made of.
pub struct OfficeParts {
    /// The site.
    pub site: Site,
    /// Keys with which papers are signed.
    pub issuers: Issuers,
}

/// What writing has cost so far (قياس الكتابة): for `/metrics`, and for the test that bounds it.
#[derive(Debug, Default)]
pub struct Meter {
    transactions: AtomicU64,
    statements: AtomicU64,
}

impl Meter {
    pub(crate) fn count(&self, statements: u64) {
        self.transactions.fetch_add(1, Ordering::Relaxed);
        self.statements.fetch_add(statements, Ordering::Relaxed);
    }

    /// Write transactions of requests so far, those given up included.
    #[must_use]
    pub fn transactions(&self) -> u64 {
        self.transactions.load(Ordering::Relaxed)
    }

    /// Statements in them, without BEGIN and COMMIT.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }
}

struct Inner {
    parts: OfficeParts,
    meter: Meter,
    published: RwLock<Published>,
    figures: RwLock<HashMap<String, Arc<[LocalFigure]>>>,
}

#[derive(Default)]
struct Published {
    /// By code and hash: requests keep the version of their registration.
    versions: HashMap<(String, String), Arc<Service>>,
    /// In force for new requests, by code.
    current: HashMap<String, Vec<Arc<Service>>>,
}

/// The office. Cheap to clone.
#[derive(Clone)]
pub struct Office(Arc<Inner>);

impl Office {
    /// Puts the parts together; once, in `app` or in a test. Until versions are published here, the
    /// catalogue's own are in force.
    #[must_use]
    pub fn new(parts: OfficeParts) -> Self {
        Self(Arc::new(Inner {
            parts,
            meter: Meter::default(),
            published: RwLock::default(),
            figures: RwLock::default(),
        }))
    }

    /// Puts the office within reach of handlers.
    pub fn layer(&self) -> Extension<Self> {
        Extension(self.clone())
    }

    /// The site.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.0.parts.site
    }

    /// The service guide that the program carries: registers of departments, documents, reasons.
    #[must_use]
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.site().catalogue
    }

    /// Scans and photos.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.site().files
    }

    /// Keys with which papers are signed.
    #[must_use]
    pub fn issuers(&self) -> &Issuers {
        &self.0.parts.issuers
    }

    /// What writing has cost so far.
    #[must_use]
    pub fn meter(&self) -> &Meter {
        &self.0.meter
    }

    /// Makes a published version known: at start for all of them, and by the follower of the guide.
    pub fn publish(&self, service: Arc<Service>) {
        let mut published = self.0.published.write();
        let key = (service.code.clone(), service.hash.clone());
        if published.versions.insert(key, service.clone()).is_none() {
            let versions = published.current.entry(service.code.clone()).or_default();
            versions.push(service);
            versions.sort_by_key(|version| (version.from, version.version));
        }
    }

    /// The version under which a request was registered.
    #[must_use]
    pub fn version(&self, service: &ServiceRef) -> Option<Arc<Service>> {
        let key = (service.code.clone(), service.version.clone());
        let published = self.0.published.read().versions.get(&key).cloned();
        published.or_else(|| {
            let carried = self.catalogue().service(&service.code);
            carried.filter(|carried| carried.hash == service.version).cloned()
        })
    }

    /// The version in force on a day for new requests.
    #[must_use]
    pub fn service(&self, code: &str, day: jiff::civil::Date) -> Option<Arc<Service>> {
        let published = self.0.published.read();
        let versions = published.current.get(code);
        let in_force = versions.and_then(|all| all.iter().rfind(|version| version.from <= day)).cloned();
        in_force.or_else(|| self.catalogue().service(code).cloned())
    }

    /// A governorate's own figures; empty until some are set.
    #[must_use]
    pub fn figures(&self, tenant: &str) -> Arc<[LocalFigure]> {
        self.0.figures.read().get(tenant).cloned().unwrap_or_default()
    }

    /// Sets a governorate's own figures, all of them.
    pub fn set_figures(&self, tenant: &str, figures: Vec<LocalFigure>) {
        self.0.figures.write().insert(tenant.to_owned(), figures.into());
    }
}

impl Deref for Office {
    type Target = Site;

    fn deref(&self) -> &Site {
        self.site()
    }
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Office")
    }
}

/// Handlers take the office as an argument.
impl<S: Sync> FromRequestParts<S> for Office {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let office = parts.extensions.get::<Self>().cloned();
        office.ok_or_else(|| PageError::internal("a handler outside the office's layer"))
    }
}
