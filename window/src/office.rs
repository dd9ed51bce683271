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
use catalogue::fees::{LocalFigure, in_force};
use catalogue::{Catalogue, Entry, Service};
use foundation::dates::day_of;
use foundation::files::Files;
use foundation::lang::Lang;
use foundation::web::PageError;
use jiff::civil::Date;
use parking_lot::RwLock;
use registry::Site;

use crate::papers::Issuers;
use crate::requests::events::ServiceRef;
use crate::services::guide::{Guide, Shelf};

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
    shelf: RwLock<Shelf>,
    figures: RwLock<HashMap<String, Arc<[LocalFigure]>>>,
}

/// The office. Cheap to clone.
#[derive(Clone)]
pub struct Office(Arc<Inner>);

impl Office {
    /// Puts the parts together; once, in `app` or in a test. Until versions are published here, the
    /// catalogue's own are in force.
    #[must_use]
    pub fn new(parts: OfficeParts) -> Self {
        let shelf = RwLock::new(Shelf::new(parts.site.catalogue.clone()));
        Self(Arc::new(Inner { parts, meter: Meter::default(), shelf, figures: RwLock::default() }))
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
    pub fn publish(&self, entry: Entry) {
        self.0.shelf.write().publish(entry);
    }

    /// The version under which a request was registered.
    #[must_use]
    pub fn version(&self, service: &ServiceRef) -> Option<Arc<Service>> {
        self.0.shelf.read().version(&service.code, &service.version)
    }

    /// The version in force on a day for new requests.
    #[must_use]
    pub fn service(&self, code: &str, day: Date) -> Option<Arc<Service>> {
        self.0.shelf.read().in_force(code, day).map(|entry| entry.service.clone())
    }

    /// The services in force on a day.
    #[must_use]
    pub fn guide(&self, day: Date) -> Arc<Guide> {
        let known = self.0.shelf.read().guide(day);
        known.unwrap_or_else(|| self.0.shelf.write().gather(day))
    }

    /// The services in force now.
    #[must_use]
    pub fn guide_today(&self) -> Arc<Guide> {
        self.guide(day_of(self.clock.now()))
    }

    /// Every version that a request may have been registered under.
    #[must_use]
    pub fn known_services(&self) -> Vec<Arc<Service>> {
        self.0.shelf.read().known()
    }

    /// What a new text may refer to.
    pub(crate) fn everything(&self) -> Catalogue {
        self.0.shelf.read().everything()
    }

    /// What a service is called today; its code if nobody knows it.
    #[must_use]
    pub fn service_name(&self, code: &str, lang: Lang) -> String {
        let name = self.0.shelf.read().name(code, day_of(self.clock.now()), lang);
        name.unwrap_or_else(|| code.to_owned())
    }

    /// A governorate's own figures; empty until some are set.
    #[must_use]
    pub fn figures(&self, tenant: &str) -> Arc<[LocalFigure]> {
        self.0.figures.read().get(tenant).cloned().unwrap_or_default()
    }

    /// The governorates that have a figure of their own for a service on a day, by code.
    #[must_use]
    pub fn governorates_with_figures(&self, service: &Service, day: Date) -> Vec<String> {
        let figures = self.0.figures.read();
        let own = figures.iter().filter(|(_, figures)| !in_force(service, figures, day).is_empty());
        let mut tenants: Vec<String> = own.map(|(tenant, _)| tenant.clone()).collect();
        tenants.sort();
        tenants
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
