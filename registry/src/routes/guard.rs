//! The guard before every handler: who is it, may they open this, is the form their own.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use foundation::web::{NavItem, PageError, RequestInfo, SignedIn, csrf, see_other};

use super::{Door, NavLink, Need};
use crate::kept::{self, Kept};
use crate::sessions;
use crate::site::Site;
use crate::staff::KeyScope;
use crate::staff::keys::{self, Came};
use crate::viewer::Viewer;

/// Page on which the first password is changed.
const PASSWORD_PAGE: &str = "/me/password";
/// Login of citizens.
const ACCOUNT_LOGIN: &str = "/account/login";
/// Logout.
const LOGOUT: &str = "/logout";

/// What the guard of one route knows.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) site: Site,
    pub(super) need: Need,
    pub(super) door: Door,
    pub(super) nav: std::sync::Arc<[NavLink]>,
}

/// Puts the guard before a handler.
pub(super) fn before(handler: MethodRouter<Site>, guard: Guard) -> MethodRouter<Site> {
    handler.route_layer(from_fn_with_state(guard, check))
}

async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    if let Door::Program(scope) = guard.door {
        return match admit_program(&guard, scope, request).await {
            Ok(request) => next.run(request).await,
            Err(error) => error.into_response(),
        };
    }
    let headers = kept::brought_back(request.headers()).then(|| request.headers().clone());
    let changing = changes(request.method());
    match admit(&guard, request).await {
        Ok(Admitted::In(request, viewer, kept)) => {
            let info = request.extensions().get::<RequestInfo>().cloned();
            let response = next.run(*request).await;
            match (kept, headers) {
                (Some(kept), _) => kept::back(info.as_ref(), &kept, response).await,
                (None, Some(headers)) if changing && response.status().is_redirection() => {
                    kept::sent(&guard.site, &viewer, &headers).await;
                    response
                }
                _ => response,
            }
        }
        Ok(Admitted::Elsewhere(response)) => response,
        Err(error) => error.into_response(),
    }
}

/// The request of a program with its viewer. Cookies are not looked at, so that no page of another site
/// can make a browser ask in somebody's name.
async fn admit_program(guard: &Guard, scope: Option<KeyScope>, mut request: Request) -> Result<Request, PageError> {
    let site = &guard.site;
    let now = site.clock.now();
    site.units.refresh(&site.db, now).await?;
    let viewer = match keys::viewer(site, request.headers(), now).await? {
        // A key that is wrong is told also where none is needed: nobody finds out too late.
        Came::Unknown => return Err(PageError::SignIn),
        Came::Without => Viewer::anonymous(now),
        Came::With(viewer) => viewer,
    };
    if let Some(key) = viewer.key() {
        site.limits.take_of_key("key", key.id, key.per_minute)?;
    }
    if guard.need != Need::Public {
        let key = viewer.key().ok_or(PageError::SignIn)?;
        if scope.is_some_and(|scope| !key.scopes.contains(&scope)) || !guard.need.met_by(&viewer) {
            return Err(PageError::forbidden());
        }
    }
    request.extensions_mut().insert(viewer);
    Ok(request)
}

/// What becomes of a request.
enum Admitted {
    /// Its handler answers, with the form that the page is to be filled with.
    In(Box<Request>, Viewer, Option<Kept>),
    /// Something else has to come first.
    Elsewhere(Response),
}

/// The request with its viewer, or where to go before anything else.
async fn admit(guard: &Guard, mut request: Request) -> Result<Admitted, PageError> {
    let site = &guard.site;
    let now = site.clock.now();
    site.units.refresh(&site.db, now).await?;
    let viewer = sessions::viewer(site, request.headers(), now).await.map_err(|error| PageError::from_error(&error))?;
    if let (Some(person), Some(info)) = (viewer.person(), request.extensions().get::<RequestInfo>()) {
        info.sign_in(SignedIn {
            name: person.name.clone(),
            roles: roles_in_words(site, &viewer, info),
            nav: nav(&guard.nav, &viewer, info),
            citizen: false,
        });
    } else if let (Some(holder), Some(info)) = (viewer.holder(), request.extensions().get::<RequestInfo>()) {
        info.sign_in(SignedIn {
            name: holder.account.name.clone(),
            roles: String::new(),
            nav: nav(&guard.nav, &viewer, info),
            citizen: true,
        });
    }
    let own = [PASSWORD_PAGE, LOGOUT].contains(&request.uri().path());
    if let Some(person) = viewer.person()
        && person.must_change_password
        && !own
    {
        return Ok(Admitted::Elsewhere(see_other(PASSWORD_PAGE).into_response()));
    }
    let changing = changes(request.method());
    if !guard.need.met_by(&viewer) {
        if viewer.person().is_some() || (viewer.holder().is_some() && guard.need != Need::SignedIn) {
            return Err(PageError::forbidden());
        }
        let login = if guard.need == Need::Account { ACCOUNT_LOGIN } else { "/login" };
        let elsewhere = account_login(&request);
        // What was typed is kept; passwords never are.
        if changing
            && !own
            && let Some(response) = kept::instead(site, request, login).await?
        {
            return Ok(Admitted::Elsewhere(response));
        }
        return match guard.need {
            Need::Account => Ok(Admitted::Elsewhere(elsewhere)),
            _ => Err(PageError::SignIn),
        };
    }
    // The shell has checked origin and token against the browser's secret; here the secret is
    // checked against the session, so that a planted cookie is of no use.
    if changing && !own_secret(&viewer, request.headers()) {
        return Err(PageError::forbidden());
    }
    let kept = if changing { None } else { kept::asked(site, &viewer, request.uri()).await? };
    if let Some(kept) = &kept {
        request.extensions_mut().insert(kept.clone());
    }
    request.extensions_mut().insert(viewer.clone());
    Ok(Admitted::In(Box::new(request), viewer, kept))
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// To the login of accounts, and from there back: to the page itself, or to the one that a form was on.
fn account_login(request: &Request) -> Response {
    let here = request.uri().path_and_query().map_or("/account", |path| path.as_str());
    let next = if changes(request.method()) { "/account" } else { here };
    see_other(format!("{ACCOUNT_LOGIN}?next={}", sessions::escape(next))).into_response()
}

fn own_secret(viewer: &Viewer, headers: &HeaderMap) -> bool {
    let Some(own) = viewer.form_secret() else { return true };
    sessions::FORM_COOKIES
        .iter()
        .filter_map(|name| csrf::cookie(headers, name))
        .any(|secret| sessions::digest(secret) == own)
}

/// «موظف الشباك، حي شبرا»: the first assignment, and how many more there are.
fn roles_in_words(site: &Site, viewer: &Viewer, info: &RequestInfo) -> String {
    let lang = info.lang();
    let say = |key: &str| foundation::web::messages::text(lang, info.site().digits, key, &[]);
    let units = site.units.now();
    let mut places: Vec<String> = Vec::new();
    for held in viewer.assignments() {
        let words = format!("{}{}{}", say(&held.role.message()), lang.comma(), units.name_in(lang, &held.unit));
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
