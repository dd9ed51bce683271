//! A citizen's way in (دخول المواطن): national id and mobile, the code, and for the first time the name.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::{RETRY_AFTER, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use foundation::arabic::digits;
use foundation::identity::{Mobile, NationalId, NationalIdError};
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{ClientIp, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, Rate, see_other};
use uuid::Uuid;

use super::login::Next;
use super::own::{LoginLine, login_line};
use super::parts::{self, FormPage, safe_path};
use crate::accounts::{self, AccountError, Asked, Checked, Credentials, Details, Holder};
use crate::days;
use crate::sessions;
use crate::site::{DemoCitizen, Site};
use crate::viewer::Viewer;

/// How often one address may ask for codes: families, cafés and schools share one.
const CODES: Rate = Rate::new(30, 1);
/// Where one goes after the login who did not come from a page.
const HOME: &str = "/account";

#[derive(Template)]
#[template(path = "registry/account_login.html")]
struct LoginPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    next: String,
    errors: FormErrors,
    fields: Vec<FieldView>,
    demo: Vec<DemoCitizen>,
}

#[derive(Template)]
#[template(path = "registry/account_code.html")]
struct CodePage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    field: FieldView,
    action: String,
    next: String,
    /// The last digits of the mobile.
    sent_to: String,
}

#[derive(Template)]
#[template(path = "registry/account_settings.html")]
struct SettingsPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    command: String,
    fields: Vec<FieldView>,
    national_id: String,
    mobile: String,
    confirmed: bool,
    logins: Vec<LoginLine>,
}

fn crumbs(c: &Ctx, here: &str) -> Vec<Crumb> {
    vec![Crumb::new("/", c.t("common-home")), Crumb::here(c.t(here))]
}

fn login_page(site: &Site, c: Ctx, data: &FormData, errors: FormErrors, next: &str) -> LoginPage {
    let c = c.failed(errors.any());
    let nid = FieldView::new(FieldKind::NationalId, "nid", c.t("account-nid")).required().hint(c.t("account-nid-hint"));
    let mobile = FieldView::new(FieldKind::Mobile, "mobile", c.t("account-mobile"));
    let mobile = mobile.required().hint(c.t("account-mobile-hint"));
    LoginPage {
        crumbs: crumbs(&c, "account-login-title"),
        next: safe_path(next).unwrap_or_default().to_owned(),
        fields: vec![nid.filled(data, &errors), mobile.filled(data, &errors)],
        demo: site.settings.demo_citizens.clone(),
        errors,
        c,
    }
}

/// The login page; who is signed in already goes on.
pub(super) async fn form(State(site): State<Site>, viewer: Viewer, c: Ctx, Query(query): Query<Next>) -> Response {
    if viewer.holder().is_some() {
        return see_other(safe_path(&query.next).unwrap_or(HOME)).into_response();
    }
    Html(login_page(&site, c, &FormData::default(), FormErrors::new(), &query.next)).into_response()
}

/// National id and mobile as typed, with the message for each that is wrong.
fn credentials(site: &Site, c: &Ctx, data: &FormData, errors: &mut FormErrors) -> Option<Credentials> {
    let today = days::today(site.clock.now());
    let national_id = NationalId::parse(data.get("nid"), today).map_err(|error| {
        errors.add("nid", c.t(nid_wrong(&error)));
    });
    let mobile = Mobile::parse(data.get("mobile")).map_err(|_| {
        let key = if data.get("mobile").is_empty() { "account-mobile-missing" } else { "common-mobile-hint" };
        errors.add("mobile", c.t(key));
    });
    Some(Credentials { national_id: national_id.ok()?, mobile: mobile.ok()? })
}

fn nid_wrong(error: &NationalIdError) -> &'static str {
    match error {
        NationalIdError::Empty => "account-nid-missing",
        NationalIdError::Characters | NationalIdError::Length { .. } => "common-nid-length",
        NationalIdError::Century
        | NationalIdError::BirthDate
        | NationalIdError::Future
        | NationalIdError::Governorate => "common-nid-wrong",
    }
}

/// Sends a code.
pub(super) async fn ask(
    State(site): State<Site>,
    c: Ctx,
    client: ClientIp,
    data: FormData,
) -> Result<Response, PageError> {
    site.limits.take("account-codes", client, CODES)?;
    let mut errors = FormErrors::new();
    let next = data.get("next").to_owned();
    if let Some(login) = credentials(&site, &c, &data, &mut errors) {
        match accounts::ask_code(&site, login, client.0, c.lang).await.map_err(super::record_error)? {
            Asked::Sent { id } => return Ok(see_other(code_path(id, &next)).into_response()),
            Asked::Wait { seconds } => {
                return Ok(wait(&c, seconds, |c, errors| {
                    Html(login_page(&site, c, &data, errors, &next)).status(StatusCode::TOO_MANY_REQUESTS)
                }));
            }
        }
    }
    Ok(Html(login_page(&site, c, &data, errors, &next)).unprocessable())
}

fn code_path(id: Uuid, next: &str) -> String {
    match safe_path(next) {
        Some(next) => format!("/account/login/{id}?next={}", sessions::escape(next)),
        None => format!("/account/login/{id}"),
    }
}

fn wait(c: &Ctx, seconds: u64, page: impl FnOnce(Ctx, FormErrors) -> Response) -> Response {
    let mut errors = FormErrors::new();
    errors.add("", c.t1("account-wait", "n", seconds));
    let mut response = page(c.clone(), errors);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

async fn code_page(
    site: &Site,
    c: Ctx,
    id: Uuid,
    errors: FormErrors,
    next: &str,
) -> Result<Option<CodePage>, PageError> {
    let typed = accounts::code_typed(site, id, false).await.map_err(super::record_error)?;
    let Some(login) = typed else { return Ok(None) };
    let c = c.failed(errors.any());
    let mobile = login.mobile.as_str();
    let mut field = FieldView::new(FieldKind::Code, "code", c.t("account-code")).required().width(Width::W6);
    field = field.autocomplete("one-time-code").max_length(12).autofocus().hint(c.t("account-code-hint"));
    field.error = errors.of("code").map(str::to_owned);
    Ok(Some(CodePage {
        crumbs: crumbs(&c, "account-code-title"),
        field,
        action: code_path(id, next),
        next: safe_path(next).unwrap_or_default().to_owned(),
        sent_to: mobile.get(mobile.len().saturating_sub(3)..).unwrap_or_default().to_owned(),
        errors,
        c,
    }))
}

/// Where the code is typed.
pub(super) async fn code_form(
    State(site): State<Site>,
    c: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<Next>,
) -> Result<Response, PageError> {
    match code_page(&site, c.clone(), id, FormErrors::new(), &query.next).await? {
        Some(page) => Ok(Html(page).into_response()),
        None => Ok(over(&c, &query.next)),
    }
}

/// Back to the beginning: the code is used up or too old.
fn over(c: &Ctx, next: &str) -> Response {
    let next = safe_path(next).map(|next| format!("?next={}", sessions::escape(next))).unwrap_or_default();
    see_other(format!("/account/login{next}")).with_flash(Flash::warn(c.t("account-code-over"))).into_response()
}

/// Checks the code, and signs in or asks for the name.
pub(super) async fn give(
    State(site): State<Site>,
    c: Ctx,
    ClientIp(address): ClientIp,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
    Query(query): Query<Next>,
    data: FormData,
) -> Result<Response, PageError> {
    let next = query.next;
    let code = digits::identifier(data.get("code"));
    let mut errors = FormErrors::new();
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        errors.add("code", c.t(if code.is_empty() { "account-code-missing" } else { "account-code-six" }));
    } else {
        match accounts::give_code(&site, id, &code, address).await.map_err(super::record_error)? {
            Checked::Known(account) => return entered(&site, account, address, &headers, &next).await,
            Checked::New => return Ok(see_other(open_path(id, &next)).into_response()),
            Checked::Wrong { left } => errors.add("code", c.t1("account-code-wrong", "n", left)),
            Checked::Over => return Ok(over(&c, &next)),
            Checked::Wait { seconds } => {
                return Ok(wait(&c, seconds, |c, errors| {
                    let page = login_page(&site, c, &FormData::default(), errors, &next);
                    Html(page).status(StatusCode::TOO_MANY_REQUESTS)
                }));
            }
        }
    }
    match code_page(&site, c.clone(), id, errors, &next).await? {
        Some(page) => Ok(Html(page).unprocessable()),
        None => Ok(over(&c, &next)),
    }
}

/// Opens a session and goes on.
async fn entered(
    site: &Site,
    account: Uuid,
    address: std::net::IpAddr,
    headers: &HeaderMap,
    next: &str,
) -> Result<Response, PageError> {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let login = accounts::enter(site, account, address, agent).await?;
    let mut response = see_other(safe_path(next).unwrap_or(HOME)).into_response();
    for cookie in sessions::cookies(&login, site.settings.secure()).get_all(SET_COOKIE) {
        response.headers_mut().append(SET_COOKIE, cookie.clone());
    }
    Ok(response)
}

fn open_path(id: Uuid, next: &str) -> String {
    code_path(id, next).replacen("/account/login/", "/account/open/", 1)
}

fn detail_fields(c: &Ctx, data: &FormData, errors: &FormErrors, known: Option<&Holder>) -> Vec<FieldView> {
    let account = known.map(|holder| &holder.account);
    let name = FieldView::text("name", c.t("account-name")).required().hint(c.t("account-name-hint"));
    let email = FieldView::new(FieldKind::Email, "email", c.t("account-email")).hint(c.t("account-email-hint"));
    let value = |value: Option<String>| value.unwrap_or_default();
    vec![
        name.autocomplete("name").max_length(200).value(value(account.map(|a| a.name.clone()))).filled(data, errors),
        email.max_length(200).value(value(account.and_then(|a| a.email.clone()))).filled(data, errors),
    ]
}

fn details(c: &Ctx, data: &FormData, errors: &mut FormErrors) -> Details {
    let name = data.required("name", errors, || c.t("account-name-missing"));
    let email = data.opt("email").map(str::to_owned);
    if let Some(email) = &email
        && catalogue::answers::email_address(email).is_none()
    {
        errors.add("email", c.t("account-email-wrong"));
    }
    Details { name, email, language: c.lang.tag().to_owned() }
}

fn open_page(c: Ctx, data: &FormData, errors: FormErrors, id: Uuid, next: &str) -> FormPage {
    let c = c.failed(errors.any());
    FormPage {
        crumbs: crumbs(&c, "account-open-title"),
        title: c.t("account-open-title"),
        intro: c.t("account-open-intro"),
        method: "post",
        action: open_path(id, next),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        fields: detail_fields(&c, data, &errors, None),
        button: c.t("account-open-submit"),
        back: String::new(),
        errors,
        c,
    }
}

/// Asks for the name, for the first time.
pub(super) async fn open_form(
    State(site): State<Site>,
    c: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<Next>,
) -> Result<Response, PageError> {
    match accounts::code_typed(&site, id, true).await.map_err(super::record_error)? {
        Some(_) => Ok(Html(open_page(c, &FormData::default(), FormErrors::new(), id, &query.next)).into_response()),
        None => Ok(over(&c, &query.next)),
    }
}

/// Opens the account and signs in.
pub(super) async fn open(
    State(site): State<Site>,
    c: Ctx,
    ClientIp(address): ClientIp,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
    Query(query): Query<Next>,
    data: FormData,
) -> Result<Response, PageError> {
    let mut errors = FormErrors::new();
    let details = details(&c, &data, &mut errors);
    if !errors.any() {
        match accounts::open(&site, id, details).await {
            Ok(account) => return entered(&site, account, address, &headers, &query.next).await,
            Err(AccountError::Refused(accounts::Refusal::NoAccount)) => return Ok(over(&c, &query.next)),
            Err(AccountError::Refused(refusal)) => errors.add("name", c.t(refusal.message())),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Html(open_page(c, &data, errors, id, &query.next)).unprocessable())
}

/// Signs in with an account of the demonstration.
pub(super) async fn demo(
    State(site): State<Site>,
    ClientIp(address): ClientIp,
    headers: HeaderMap,
    data: FormData,
) -> Result<Response, PageError> {
    let wanted = data.uuid("account");
    let known = site.settings.demo_citizens.iter().find(|citizen| Some(citizen.account) == wanted);
    let Some(known) = known else { return Ok(see_other("/account/login").into_response()) };
    entered(&site, known.account, address, &headers, data.get("next")).await
}

/// Signs out.
pub(super) async fn leave(State(site): State<Site>, viewer: Viewer) -> Result<Response, PageError> {
    accounts::logout(&site, &viewer).await?;
    Ok(left("/"))
}

/// Signs out at every device.
pub(super) async fn leave_everywhere(State(site): State<Site>, viewer: Viewer) -> Result<Response, PageError> {
    accounts::logout_everywhere(&site, &viewer).await?;
    Ok(left("/account/login"))
}

fn left(to: &'static str) -> Response {
    let mut response = see_other(to).into_response();
    response.headers_mut().append(SET_COOKIE, sessions::forget_cookie());
    response
}

fn holder(viewer: &Viewer) -> Result<&Holder, PageError> {
    viewer.holder().ok_or(PageError::SignIn)
}

async fn settings_page(
    site: &Site,
    viewer: &Viewer,
    c: Ctx,
    data: &FormData,
    errors: FormErrors,
) -> Result<SettingsPage, PageError> {
    let me = holder(viewer)?;
    let c = c.failed(errors.any());
    let logins = accounts::own(&mut site.db.reader(), viewer).await?;
    Ok(SettingsPage {
        crumbs: vec![
            Crumb::new("/", c.t("common-home")),
            Crumb::new(HOME, c.t("account-title")),
            Crumb::here(c.t("account-settings-title")),
        ],
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        fields: detail_fields(&c, data, &errors, Some(me)),
        national_id: me.account.login.national_id.as_str().to_owned(),
        mobile: me.account.login.mobile.as_str().to_owned(),
        confirmed: me.account.confirmed,
        logins: logins.into_iter().map(|login| login_line(&c, login)).collect(),
        errors,
        c,
    })
}

/// Name, e-mail, own logins.
pub(super) async fn settings(State(site): State<Site>, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let page = settings_page(&site, &viewer, c, &FormData::default(), FormErrors::new()).await?;
    Ok(Html(page).into_response())
}

/// Changes name or e-mail.
pub(super) async fn change(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    data: FormData,
) -> Result<Response, PageError> {
    let mut errors = FormErrors::new();
    let details = details(&c, &data, &mut errors);
    if !errors.any() {
        match accounts::change(&site, &viewer, parts::command(&data)?, details).await {
            Ok(()) => {
                let flash = Flash::ok(c.t("account-changed"));
                return Ok(see_other("/account/settings").with_flash(flash).into_response());
            }
            Err(AccountError::Refused(refusal)) => errors.add("name", c.t(refusal.message())),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Html(settings_page(&site, &viewer, c, &data, errors).await?).unprocessable())
}
