//! A site for tests: a small tree, people with roles, logins and a browser that keeps cookies.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use catalogue::Catalogue;
use foundation::clock::{FixedClock, Micros};
use foundation::files::Files;
use foundation::ids::Ids;
use foundation::testing::TestDb;
use foundation::web::{RateLimits, ShellSettings, SiteInfo, serve_pages};
use jiff::civil::date;
use record::{Keyring, Record, Setup, Slice};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::accounts::AccountSlice;
use crate::citizens::CitizenSlice;
use crate::imports::ImportSlice;
use crate::mandates::MandateSlice;
use crate::rights::Role;
use crate::routes::{self, RouteTable};
use crate::sessions::Sessions;
use crate::site::{Settings, Site, SiteParts};
use crate::staff::rules::Asked;
use crate::staff::{self, By, Cost, Grant, NewPerson, StaffSlice};
use crate::units::{self, Seeding, UnitSlice, Units};

/// Password of everybody in tests.
pub const PASSWORD: &str = "correct horse battery";

/// A site on a test database with a clock that stands until it is moved.
pub struct TestSite {
    /// The site.
    pub site: Site,
    /// Its clock: Sunday 22 November 2026, ten in the morning in Cairo.
    pub clock: Arc<FixedClock>,
    /// The database; it goes away with this value.
    pub test: TestDb,
}

/// A site whose tree has Cairo and Giza, with the registry's slices and `more`.
pub async fn site(test: TestDb, more: Vec<Arc<dyn Slice>>) -> TestSite {
    site_with(test, more, &["01", "21"]).await
}

/// The same with other governorates.
pub async fn site_with(test: TestDb, more: Vec<Arc<dyn Slice>>, only: &[&str]) -> TestSite {
    let start = foundation::dates::instant(date(2026, 11, 22), jiff::civil::time(10, 0, 0, 0));
    let clock = Arc::new(FixedClock::new(start));
    let ids = Arc::new(Ids::seeded(7, clock.clone()));
    let keyring = Keyring::seeded(7);
    let mut slices: Vec<Arc<dyn Slice>> = vec![
        Arc::new(UnitSlice),
        Arc::new(StaffSlice),
        Arc::new(ImportSlice),
        Arc::new(CitizenSlice::new(keyring.clone())),
        Arc::new(AccountSlice::new(keyring.clone())),
        Arc::new(MandateSlice::new(keyring.clone())),
    ];
    slices.extend(more);
    let setup = Setup { clock: clock.clone(), ids: ids.clone(), keyring, node: "test".into(), slices };
    let installed = test.as_installed().await;
    let db = installed.application;
    let record = Record::open_sealed_by(&db, &installed.sealer, setup).await.expect("the record opens");
    let catalogue = Catalogue::embedded().expect("the catalogue is sound");
    let (governorates, all) = (catalogue::governorates().expect("governorates"), catalogue::units().expect("units"));
    let holidays = catalogue::holidays().expect("holidays");
    let what = Seeding {
        governorates: &governorates,
        units: &all,
        departments: &catalogue.registers().departments,
        holidays: &holidays,
        only: Some(only),
    };
    units::seed(&record, what).await.expect("the tree is loaded");
    let site = Site::new(SiteParts {
        units: Units::open(&db).await.expect("the tree is read"),
        sessions: Sessions::new(ids.clone(), Cost::Tests),
        files: Files::local(&test.folder().join("files")).expect("a folder for files"),
        limits: RateLimits::new(clock.clone(), 1_000),
        settings: Settings::new("http://127.0.0.1:8080"),
        db,
        clock: clock.clone(),
        ids,
        catalogue,
        record,
    });
    TestSite { site, clock, test }
}

impl TestSite {
    /// Moves the clock.
    pub fn pass(&self, micros: i64) {
        self.clock.advance(Duration::from_micros(micros.unsigned_abs()));
    }

    /// Adds somebody with the test password and a role; gives the person's id.
    pub async fn person(&self, login: &str, role: Role, unit: &str, department: Option<&str>) -> Uuid {
        let new = NewPerson {
            command: self.site.ids.next(),
            login: login.into(),
            name: "منى عبد الرحمن علي".into(),
            unit: unit.into(),
            password: Some(PASSWORD.into()),
        };
        let staff = staff::add(&self.site, &By::Machine, new).await.expect("the person is added").staff;
        self.give(staff, role, unit, department).await;
        staff
    }

    /// Gives a role from today on; gives the assignment's id.
    pub async fn give(&self, staff: Uuid, role: Role, unit: &str, department: Option<&str>) -> Uuid {
        let first_day = foundation::dates::day_of(self.site.clock.now());
        let asked =
            Asked { role, unit: unit.into(), department: department.map(Into::into), first_day, last_day: None };
        let grant = Grant { command: self.site.ids.next(), staff, asked };
        staff::grant(&self.site, &By::Machine, grant).await.expect("the role is given")
    }

    /// Who is signed in at a browser.
    pub async fn viewer(&self, browser: &Browser) -> crate::Viewer {
        let token = browser.cookies.get(crate::sessions::COOKIE).cloned().unwrap_or_default();
        let mut headers = axum::http::HeaderMap::new();
        let cookie = format!("{}={token}", crate::sessions::COOKIE).parse().expect("a header");
        headers.insert(header::COOKIE, cookie);
        crate::sessions::viewer(&self.site, &headers, self.site.clock.now()).await.expect("a viewer")
    }

    /// The router of these tables in the shell that `app` puts around it.
    pub fn router(&self, tables: Vec<RouteTable>) -> Router {
        let info = SiteInfo { public_url: self.site.settings.public_url.clone(), ..SiteInfo::default() };
        serve_pages(routes::mount(tables, self.site.clone()), ShellSettings::new(info))
    }

    /// A browser on the registry's pages.
    pub fn browser(&self) -> Browser {
        Browser::on(self.router(vec![crate::pages::routes()]))
    }
}

/// A browser that keeps cookies and sends forms with their token.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    /// Cookies by name.
    pub cookies: BTreeMap<String, String>,
    /// Token of the last page's forms.
    pub token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// Status.
    pub status: StatusCode,
    /// `Location`, `Set-Cookie` and the others.
    pub headers: axum::http::HeaderMap,
    /// The page.
    pub text: String,
    /// What came, byte for byte: a paper is no text.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// Where it redirects to.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The value of the first hidden field of this name.
    pub fn hidden(&self, name: &str) -> Option<String> {
        let (_, rest) = self.text.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split('"').next().map(str::to_owned)
    }
}

impl Browser {
    /// A browser without cookies.
    pub fn on(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), token: String::new() }
    }

    /// Opens a page; remembers the token of its forms.
    pub async fn get(&mut self, path: &str) -> Reply {
        let reply = self.send(Method::GET, path, None, &[]).await;
        if let Some(token) = reply.hidden("csrf") {
            self.token = token;
        }
        reply
    }

    /// Sends a form with the token of the last page and a fresh command.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = self.body(fields);
        self.send(Method::POST, path, Some(body), &[]).await
    }

    /// The same as a person at a browser does it, who wants a page for an answer: from the page `from`.
    pub async fn submit(&mut self, path: &str, from: &str, fields: &[(&str, &str)]) -> Reply {
        let (body, from) = (self.body(fields), format!("http://127.0.0.1:8080{from}"));
        let told = [("accept", "text/html,application/xhtml+xml"), ("referer", from.as_str())];
        self.send(Method::POST, path, Some(body), &told).await
    }

    fn body(&self, fields: &[(&str, &str)]) -> String {
        let command = uuid::Builder::from_random_bytes(rand::random()).into_uuid().to_string();
        let mut all = vec![("csrf", self.token.clone()), ("command", command)];
        if fields.iter().any(|(name, _)| *name == "command") {
            all.pop();
        }
        all.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let body: Vec<String> = all
            .iter()
            .map(|(name, value)| format!("{name}={}", crate::sessions::escape(value).replace('/', "%2F")))
            .collect();
        body.join("&")
    }

    /// Sends anything.
    pub async fn send(&mut self, method: Method, path: &str, body: Option<String>, extra: &[(&str, &str)]) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:8080");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in extra {
            request = request.header(*name, *value);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request.body(body.map_or_else(Body::empty, Body::from)).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap_or_default();
            let Some((name, value)) = text.split(';').next().and_then(|pair| pair.split_once('=')) else { continue };
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Reply { status: parts.status, headers: parts.headers, text, bytes: bytes.to_vec() }
    }

    /// Signs in with the test password and opens a page, so that forms have their token.
    pub async fn login(&mut self, login: &str) -> Reply {
        self.get("/login").await;
        let reply = self.post("/login", &[("login", login), ("password", PASSWORD)]).await;
        self.get("/me").await;
        reply
    }
}

/// One second, one minute: for moving the clock.
pub const SECOND: i64 = Micros::SECOND;
/// One minute.
pub const MINUTE: i64 = Micros::MINUTE;
