//! The guard before every handler: who is it, may they open this, is the form their own.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use foundation::web::{NavItem, PageError, RequestInfo, SignedIn, csrf, see_other};

use super::{NavLink, Need};
use crate::sessions;
use crate::site::Site;
use crate::viewer::Viewer;

/// Page on which the first password is changed.
const PASSWORD_PAGE: &str = "/me/password";
/// Logout.
const LOGOUT: &str = "/logout";

/// What the guard of one route knows.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) site: Site,
    pub(super) need: Need,
    pub(super) nav: std::sync::Arc<[NavLink]>,
}

/// Puts the guard before a handler.
pub(super) fn before(handler: MethodRouter<Site>, guard: Guard) -> MethodRouter<Site> {
    handler.route_layer(from_fn_with_state(guard, check))
}

async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    match admit(&guard, request).await {
        Ok(Some(request)) => next.run(request).await,
        Ok(None) => see_other(PASSWORD_PAGE).into_response(),
        Err(error) => error.into_response(),
    }
}

/// The request with its viewer; none if the first password is to be changed before anything else.
async fn admit(guard: &Guard, mut request: Request) -> Result<Option<Request>, PageError> {
    let site = &guard.site;
    let now = site.clock.now();
    site.units.refresh(&site.db, now).await?;
    let viewer = sessions::viewer(site, request.headers(), now).await?;
    if let (Some(person), Some(info)) = (viewer.person(), request.extensions().get::<RequestInfo>()) {
        info.sign_in(SignedIn {
            name: person.name.clone(),
            roles: roles_in_words(site, &viewer, info),
            nav: nav(&guard.nav, &viewer, info),
        });
    }
    if let Some(person) = viewer.person()
        && person.must_change_password
        && ![PASSWORD_PAGE, LOGOUT].contains(&request.uri().path())
    {
        return Ok(None);
    }
    if !guard.need.met_by(&viewer) {
        return Err(match viewer.person() {
            None => PageError::SignIn,
            Some(_) => PageError::forbidden(),
        });
    }
    // The shell has checked origin and token against the browser's secret; here the secret is
    // checked against the session, so that a planted cookie is of no use.
    if changes(request.method()) && !own_secret(&viewer, request.headers()) {
        return Err(PageError::forbidden());
    }
    request.extensions_mut().insert(viewer);
    Ok(Some(request))
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn own_secret(viewer: &Viewer, headers: &HeaderMap) -> bool {
    let Some(person) = viewer.person() else { return true };
    sessions::FORM_COOKIES
        .iter()
        .filter_map(|name| csrf::cookie(headers, name))
        .any(|secret| sessions::digest(secret) == person.form_secret)
}

/// «موظف الشباك، حي شبرا»: the first assignment, and how many more there are.
fn roles_in_words(site: &Site, viewer: &Viewer, info: &RequestInfo) -> String {
    let say = |key: &str| foundation::web::messages::text(info.lang(), info.site().digits, key, &[]);
    let units = site.units.now();
    let mut places: Vec<String> = Vec::new();
    for held in viewer.assignments() {
        let words = format!("{}، {}", say(&held.role.message()), units.name(&held.unit));
        if !places.contains(&words) {
            places.push(words);
        }
    }
    match places.len() {
        0 => say("registry-no-role"),
        1 | 2 => places.join(" · "),
        _ => format!("{} …", places.into_iter().take(2).collect::<Vec<_>>().join(" · ")),
    }
}

fn nav(links: &[NavLink], viewer: &Viewer, info: &RequestInfo) -> Vec<NavItem> {
    links
        .iter()
        .filter(|link| link.need.met_by(viewer))
        .map(|link| NavItem {
            href: link.href.to_owned(),
            label: foundation::web::messages::text(info.lang(), info.site().digits, link.label, &[]),
            count: None,
            key: link.key,
        })
        .collect()
}
