//! The guard before every handler: who is it, may they open this, is the form their own.

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;

use super::forms::{self, Foreign};
use super::Need;
use crate::sessions;
use crate::site::Site;
use crate::viewer::Viewer;

/// Page on which the first password is changed.
pub(crate) const PASSWORD_PAGE: &str = "/me/password";
/// Login page.
pub(crate) const LOGIN_PAGE: &str = "/login";
/// Logout.
pub(crate) const LOGOUT: &str = "/logout";

/// Puts the guard for `need` before a handler.
pub(super) fn before(handler: MethodRouter<Site>, need: Need, site: &Site) -> MethodRouter<Site> {
    handler.route_layer(from_fn_with_state((site.clone(), need), guard))
}

async fn guard(State((site, need)): State<(Site, Need)>, mut request: Request, next: Next) -> Response {
    let viewer = match sessions::viewer(&site, request.headers()).await {
        Ok(viewer) => viewer,
        Err(error) => return crate::pages::errors::unavailable(&error),
    };
    if let Some(person) = viewer.person()
        && person.must_change_password
        && ![PASSWORD_PAGE, LOGOUT].contains(&request.uri().path())
    {
        return to(PASSWORD_PAGE);
    }
    if !need.met_by(&viewer) {
        return match viewer.person() {
            None if request.method() == Method::GET => to(&login_from(&request)),
            None => crate::pages::errors::refused(StatusCode::UNAUTHORIZED, &viewer),
            Some(_) => crate::pages::errors::refused(StatusCode::FORBIDDEN, &viewer),
        };
    }
    if forms::changes(request.method()) {
        if !forms::same_origin(request.headers(), &site.settings.public_origin()) {
            return crate::pages::errors::refused(StatusCode::FORBIDDEN, &viewer);
        }
        if viewer.person().is_some() {
            request = match forms::with_token(request, viewer.csrf()).await {
                Ok(request) => request,
                Err(Foreign::NotOurs) => return crate::pages::errors::refused(StatusCode::FORBIDDEN, &viewer),
                Err(Foreign::TooLarge) => {
                    return crate::pages::errors::refused(StatusCode::PAYLOAD_TOO_LARGE, &viewer);
                }
            };
        }
    }
    let signed_in = viewer.person().is_some();
    request.extensions_mut().insert(viewer);
    let mut response = next.run(request).await;
    if signed_in {
        // A page of a signed-in person is kept by no cache, so that "back" after logout shows nothing.
        response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

/// Answer to an address that no table knows.
pub(super) async fn not_found(State(site): State<Site>, request: Request) -> Response {
    let viewer = sessions::viewer(&site, request.headers()).await.unwrap_or(Viewer::anonymous(site.clock.now()));
    crate::pages::errors::refused(StatusCode::NOT_FOUND, &viewer)
}

/// The login page with the way back to the page that was asked for.
fn login_from(request: &Request) -> String {
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
    format!("{LOGIN_PAGE}?next={}", sessions::escape(here))
}

fn to(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response(),
        Err(_) => StatusCode::SEE_OTHER.into_response(),
    }
}
