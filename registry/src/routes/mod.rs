//! Routes declared in tables: the only way to mount a page (جدول المسارات).
//!
//! Every slice has one table of [`Route`]s. A route cannot be made without saying what it needs, and
//! [`mount`] puts the same guard before each: who is it, may they open this, is the form their own.
//! Permission matrix, site map and accessibility list come from [`list`].
//!
//! A route says what it needs:
//!
//! ```
//! use registry::{Need, Right, Route};
//! let route = Route::get("/desk", Need::Right(Right::ReviewSteps), "/desk", || async { "" });
//! assert_eq!(route.listed().need, Need::Right(Right::ReviewSteps));
//! ```
//!
//! One that does not say it cannot be built, neither by its constructor nor by hand:
//!
//! ```compile_fail,E0061
//! use registry::Route;
//! let route = Route::get("/desk", "/desk", || async { "" });
//! ```
//!
//! ```compile_fail,E0451
//! use registry::{Need, Route};
//! let route = Route::get("/desk", Need::SignedIn, "/desk", || async { "" });
//! let other = Route { path: "/elsewhere", ..route };
//! ```
//!
//! and a bare handler has no place in a table, nor a table in a router but by [`mount`]:
//!
//! ```compile_fail,E0308
//! use registry::RouteTable;
//! use registry::site::Site;
//! let handler = axum::routing::get::<_, _, Site>(|| async { "" });
//! let table = RouteTable { slice: "desk", routes: vec![handler], nav: Vec::new() };
//! ```

mod guard;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::handler::Handler;
use axum::http::Method;
use axum::http::request::Parts;
use axum::routing::{MethodFilter, MethodRouter, on};
use foundation::web::PageError;

use crate::rights::{Right, Role};
use crate::site::Site;
use crate::staff::KeyScope;
use crate::viewer::Viewer;

/// What a route asks of the viewer before its handler runs (شرط الدخول).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: citizens' pages.
    Public,
    /// A login of somebody who works here.
    SignedIn,
    /// A citizen's account.
    Account,
    /// This right, somewhere in the tree; the handler asks again for the very place.
    Right(Right),
    /// One of these rights, somewhere in the tree.
    AnyOf(&'static [Right]),
}

impl Need {
    /// Whether this viewer passes.
    pub fn met_by(self, viewer: &Viewer) -> bool {
        match self {
            Need::Public => true,
            Need::SignedIn => viewer.person().is_some(),
            Need::Account => viewer.holder().is_some(),
            Need::Right(right) => viewer.has_anywhere(right),
            Need::AnyOf(rights) => rights.iter().any(|right| viewer.has_anywhere(*right)),
        }
    }

    /// Whether a holder of this role passes.
    pub fn met_by_role(self, role: Role) -> bool {
        match self {
            Need::Public | Need::SignedIn => true,
            Need::Account => false,
            Need::Right(right) => role.has(right),
            Need::AnyOf(rights) => rights.iter().any(|right| role.has(*right)),
        }
    }
}

/// Who comes through a route (باب المسار).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// People with a browser: a session in a cookie, a token in each form.
    Page,
    /// Programs, with a key or without. No cookie opens anything here. Where the route needs a right, the
    /// key's account has it, and the key opens this part.
    Program(Option<KeyScope>),
}

/// A page or a form's target, with what it needs.
pub struct Route {
    method: Method,
    path: &'static str,
    need: Need,
    door: Door,
    example: &'static str,
    handler: MethodRouter<Site>,
}

impl Route {
    /// A page: `path` in axum's notation, `example` an address that tests open (placeholders as the
    /// test's demo data names them).
    pub fn get<H, T>(path: &'static str, need: Need, example: &'static str, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        Self { method: Method::GET, path, need, door: Door::Page, example, handler: on(MethodFilter::GET, handler) }
    }

    /// A form's target.
    pub fn post<H, T>(path: &'static str, need: Need, example: &'static str, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        Self { method: Method::POST, path, need, door: Door::Page, example, handler: on(MethodFilter::POST, handler) }
    }

    /// The same for programs.
    #[must_use]
    pub fn for_programs(self, scope: Option<KeyScope>) -> Self {
        Self { door: Door::Program(scope), ..self }
    }

    /// What tests and the site map know of it.
    pub fn listed(&self) -> Listed {
        Listed { method: self.method.clone(), path: self.path, need: self.need, door: self.door, example: self.example }
    }
}

/// The routes of one slice.
pub struct RouteTable {
    /// Name of the slice.
    pub slice: &'static str,
    /// Its routes.
    pub routes: Vec<Route>,
    /// Its links in the navigation of signed-in people.
    pub nav: Vec<NavLink>,
}

/// A link of the navigation (رابط في شريط التنقل), shown to whom its page opens.
#[derive(Debug, Clone, Copy)]
pub struct NavLink {
    /// Where it leads.
    pub href: &'static str,
    /// Key of its text in the message files.
    pub label: &'static str,
    /// Who sees it.
    pub need: Need,
    /// The key that opens it, e.g. `F2`.
    pub key: Option<&'static str>,
}

/// A route without its handler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// GET or POST.
    pub method: Method,
    /// In axum's notation.
    pub path: &'static str,
    /// What it needs.
    pub need: Need,
    /// Who comes through it.
    pub door: Door,
    /// An address that tests open.
    pub example: &'static str,
}

/// All routes of the tables, for the permission matrix, the site map and the accessibility list.
pub fn list(tables: &[RouteTable]) -> Vec<Listed> {
    tables.iter().flat_map(|table| table.routes.iter().map(Route::listed)).collect()
}

/// Builds the router: each handler behind the guard for its need. `app` puts
/// [`foundation::web::serve_pages`] around it, which checks origin and token of every form.
pub fn mount(tables: Vec<RouteTable>, site: Site) -> Router {
    let nav: Arc<[NavLink]> = tables.iter().flat_map(|table| table.nav.iter().copied()).collect();
    let mut router = Router::new();
    for route in tables.into_iter().flat_map(|table| table.routes) {
        let guard = guard::Guard { site: site.clone(), need: route.need, door: route.door, nav: nav.clone() };
        router = router.route(route.path, guard::before(route.handler, guard));
    }
    router.with_state(site)
}

/// Handlers take the viewer as an argument; the guard has put it there.
impl<S: Sync> FromRequestParts<S> for Viewer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let viewer = parts.extensions.get::<Viewer>().cloned();
        viewer.ok_or_else(|| PageError::internal("a handler outside registry::routes::mount"))
    }
}
