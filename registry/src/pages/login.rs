//! Login and logout.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{RETRY_AFTER, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use foundation::web::forms::FieldKind;
use foundation::web::{ClientIp, Ctx, FieldView, FormData, FormErrors, Html, PageError, see_other};
use serde::Deserialize;

use super::parts::safe_path;
use crate::sessions::{self, Attempt, Outcome};
use crate::site::{DemoAccount, Site};
use crate::viewer::Viewer;

#[derive(Template)]
#[template(path = "registry/login.html")]
struct LoginPage {
    c: Ctx,
    next: String,
    errors: FormErrors,
    fields: Vec<FieldView>,
    demo: Vec<DemoAccount>,
}

/// Where to go after the login.
#[derive(Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    pub next: String,
}

fn page(site: &Site, c: Ctx, data: &FormData, errors: FormErrors, next: &str) -> LoginPage {
    let login =
        FieldView::new(FieldKind::Code, "login", c.t("registry-login-name")).required().autocomplete("username");
    let login = FieldView { kind: FieldKind::Text, ..login };
    let password = FieldView::new(FieldKind::Password, "password", c.t("registry-login-password")).required();
    LoginPage {
        next: safe_path(next).unwrap_or_default().to_owned(),
        fields: vec![
            login.autofocus().filled(data, &errors),
            password.autocomplete("current-password").filled(data, &errors),
        ],
        demo: site.settings.demo_accounts.clone(),
        c: c.failed(errors.any()),
        errors,
    }
}

/// The login page; who is signed in already goes on.
pub(super) async fn form(State(site): State<Site>, viewer: Viewer, c: Ctx, Query(query): Query<Next>) -> Response {
    if viewer.person().is_some() {
        let home = (site.settings.home)(&viewer);
        return see_other(safe_path(&query.next).unwrap_or(home)).into_response();
    }
    Html(page(&site, c, &FormData::default(), FormErrors::new(), &query.next)).into_response()
}

/// Signs in.
pub(super) async fn enter(
    State(site): State<Site>,
    c: Ctx,
    ClientIp(address): ClientIp,
    headers: HeaderMap,
    data: FormData,
) -> Result<Response, PageError> {
    let mut errors = FormErrors::new();
    let login = data.required("login", &mut errors, || c.t("registry-login-name-missing"));
    let password = data.required("password", &mut errors, || c.t("registry-login-password-missing"));
    let next = data.get("next").to_owned();
    if errors.any() {
        return Ok(Html(page(&site, c, &data, errors, &next)).unprocessable());
    }
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    match sessions::login(&site, Attempt { login, password, address, agent }).await? {
        Outcome::In(login) => {
            let home = sessions::home(&site, &login).await?;
            let mut response = see_other(safe_path(&next).unwrap_or(home)).into_response();
            for cookie in sessions::cookies(&login, site.settings.secure()).get_all(SET_COOKIE) {
                response.headers_mut().append(SET_COOKIE, cookie.clone());
            }
            Ok(response)
        }
        Outcome::Wrong => {
            errors.add("login", c.t("registry-login-wrong"));
            Ok(Html(page(&site, c, &data, errors, &next)).unprocessable())
        }
        Outcome::Wait { seconds } => {
            let n = i64::try_from(seconds).unwrap_or(i64::MAX);
            errors.add("login", c.ta("registry-login-wait", &[("n", &n)]));
            let mut response = Html(page(&site, c, &data, errors, &next)).status(StatusCode::TOO_MANY_REQUESTS);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
    }
}

/// Signs out whoever is signed in.
pub(super) async fn leave(State(site): State<Site>, viewer: Viewer) -> Result<Response, PageError> {
    sessions::logout(&site, &viewer).await?;
    let mut response = see_other("/login").into_response();
    response.headers_mut().append(SET_COOKIE, sessions::forget_cookie());
    Ok(response)
}
