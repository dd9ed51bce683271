//! الهيكل حول كل الصفحات: the one middleware around the router.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};

use super::client::{self, Cidr};
use super::csrf::{self, Checked, Secret};
use super::ctx::{Ctx, Flash, SiteInfo};
use super::error::Detail;
use super::forms::parse;
use super::headers::{self, Opens};
use super::html::NextFlash;
use super::language;
use super::messages::Lang;
use super::request::RequestInfo;
use super::{PageError, access_log, random};

/// إعدادات الهيكل.
#[derive(Clone, Debug)]
pub struct ShellSettings {
    /// The deployment, as pages show it.
    pub site: Arc<SiteInfo>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Cidr>,
    /// How long a page may take.
    pub page_timeout: Duration,
    /// How long a request with files may take (slow uplinks).
    pub upload_timeout: Duration,
    /// Where [`PageError::SignIn`] sends a browser.
    pub login_path: String,
    /// Paths that take requests from programs and check them by other means (payment calls).
    pub without_token: Vec<String>,
    /// Where addresses for programs begin: they carry no cookie and no token, and what goes wrong is
    /// told as RFC 9457 writes it. Their routes let nobody in by a cookie.
    pub programs: &'static str,
}

impl ShellSettings {
    /// Usual settings for a deployment.
    #[must_use]
    pub fn new(site: SiteInfo) -> Self {
        Self {
            site: Arc::new(site),
            trusted_proxies: Vec::new(),
            page_timeout: Duration::from_secs(30),
            upload_timeout: Duration::from_secs(15 * 60),
            login_path: "/login".into(),
            without_token: Vec::new(),
            programs: "/api/",
        }
    }

    fn csrf_cookie(&self) -> &'static str {
        if self.site.secure() { "__Host-csrf" } else { "csrf" }
    }

    fn flash_cookie(&self) -> &'static str {
        if self.site.secure() { "__Host-flash" } else { "flash" }
    }
}

/// Puts the shell around a router: request id, [`RequestInfo`] for handlers, origin and token
/// checks, time-outs, error pages, security headers, access log and compression.
pub fn serve_pages<S: Clone + Send + Sync + 'static>(router: Router<S>, settings: ShellSettings) -> Router<S> {
    let small_enough = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("font/"));
    router
        .fallback(|| async { PageError::NotFound })
        .layer(CatchPanicLayer::custom(|_| PageError::internal("a handler panicked").into_response()))
        .layer(from_fn_with_state(Arc::new(settings), shell))
        .layer(CompressionLayer::new().compress_when(small_enough))
}

async fn shell(State(settings): State<Arc<ShellSettings>>, mut request: Request, next: Next) -> Response {
    let started = tokio::time::Instant::now();
    let method = request.method().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "(none)".to_owned(), |m| m.as_str().to_owned());
    let wants_json = wants_json(request.headers());
    let known = csrf::cookie(request.headers(), settings.csrf_cookie()).and_then(Secret::from_cookie);
    let new_secret = known.is_none();
    let flash_seen = csrf::cookie(request.headers(), settings.flash_cookie()).map(str::to_owned);
    let (Some(secret), Some(id)) = (known.or_else(Secret::fresh), request_id()) else {
        tracing::error!("the operating system gives no random bytes");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let program = request.uri().path().starts_with(settings.programs);
    let asked = if program {
        language::asked_by_program(request.uri(), request.headers())
    } else {
        language::asked(&method, request.uri(), request.headers())
    };
    let info = RequestInfo::new(
        id,
        request.uri().path().to_owned(),
        client::find(request.extensions(), request.headers(), &settings.trusted_proxies),
        asked,
        Arc::clone(&settings.site),
        secret,
        flash_seen.as_deref().and_then(Flash::from_cookie),
    );
    request.extensions_mut().insert(info.clone());
    let query = request.uri().query().map(str::to_owned);

    let mut response = match admit(&settings, &info, request).await {
        Ok(request) => {
            let limit = if is_upload(request.headers()) { settings.upload_timeout } else { settings.page_timeout };
            match tokio::time::timeout(limit, next.run(request)).await {
                Ok(response) => response,
                Err(_) => PageError::TimedOut.into_response(),
            }
        }
        Err(error) => error.into_response(),
    };

    if response.status().is_client_error() || response.status().is_server_error() {
        response = {
            let form = match (program, wants_json) {
                (true, _) => Form::Problem,
                (false, true) => Form::Json,
                (false, false) => Form::Page,
            };
            error_page(&settings, &info, response, form, &method, query.as_deref())
        };
    }
    if info.lang() != Lang::Ar && is_page(&response) {
        response = marked(response).await;
    }
    finish(&settings, &info, &mut response, new_secret, flash_seen.is_some());
    access_log::write(&method, &route, response.status(), started.elapsed(), info.id());
    response
}

fn is_page(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"text/html"))
}

/// The page with its Arabic marked as such; pages are made in memory, and none is near the limit.
async fn marked(response: Response) -> Response {
    const LIMIT: usize = 64 << 20;
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LIMIT).await else {
        return PageError::internal("a page could not be read").status().into_response();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    match std::str::from_utf8(&bytes) {
        Ok(page) => Response::from_parts(parts, Body::from(language::mark_arabic(page))),
        Err(_) => Response::from_parts(parts, Body::from(bytes)),
    }
}

/// Ten digits, easy to say on the telephone.
fn request_id() -> Option<String> {
    let number = u64::from_be_bytes(random::bytes()?);
    Some(format!("{:010}", number % 10_000_000_000))
}

fn is_upload(headers: &HeaderMap) -> bool {
    parse::content_type(headers).starts_with("multipart/form-data")
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or("");
    accept.contains("application/json") && !accept.contains("text/html")
}

/// Refuses what does not come from a page of ours. The token of a multipart form is checked by
/// [`super::FormData`], which reads it as a stream.
async fn admit(settings: &ShellSettings, info: &RequestInfo, request: Request) -> Result<Request, PageError> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
        || settings.without_token.iter().any(|p| p == info.path())
        || info.path().starts_with(settings.programs)
    {
        return Ok(request);
    }
    if !csrf::same_origin(request.headers(), &settings.site.public_url) {
        return Err(PageError::forbidden());
    }
    let by_header = request.headers().get(csrf::HEADER).and_then(|v| v.to_str().ok());
    if let Some(token) = by_header {
        return if info.secret().accepts(token) { Ok(checked(request)) } else { Err(PageError::forbidden()) };
    }
    if is_upload(request.headers()) {
        return Ok(request);
    }
    if !parse::is_urlencoded(parse::content_type(request.headers())) {
        return Err(PageError::forbidden());
    }
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, parse::TEXT_LIMIT).await.map_err(|_| PageError::TooLarge { megabytes: 1 })?;
    let accepted = form_urlencoded::parse(&bytes)
        .find(|(name, _)| name == csrf::FIELD)
        .is_some_and(|(_, token)| info.secret().accepts(&token));
    if accepted {
        Ok(checked(Request::from_parts(parts, Body::from(bytes))))
    } else {
        Err(PageError::Forbidden(Some(Ctx::of(info).t("error-form-expired"))))
    }
}

fn checked(mut request: Request) -> Request {
    request.extensions_mut().insert(Checked);
    request
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    c: Ctx,
    title: String,
    text: String,
    say: Option<String>,
    login: Option<String>,
}

/// How an error is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// To people.
    Page,
    /// To a module of our pages.
    Json,
    /// To a program: `application/problem+json`.
    Problem,
}

/// Gives a bare error response its page. Answers that already have one (422 forms) stay.
fn error_page(
    settings: &ShellSettings,
    info: &RequestInfo,
    response: Response,
    form: Form,
    method: &Method,
    query: Option<&str>,
) -> Response {
    let has_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|t| !t.starts_with("text/plain") || response.extensions().get::<Keep>().is_some());
    let detail = response.extensions().get::<Detail>().cloned();
    if has_page && detail.is_none() {
        return response;
    }
    let detail = detail.unwrap_or(Detail { status: response.status(), say: None, key: None, number: None, log: None });
    if let Some(log) = &detail.log {
        tracing::error!(id = info.id(), error = log, "internal error");
    }
    let c = Ctx::of(info);
    let say = detail.say.or_else(|| detail.key.map(|key| c.t(key)));
    let name = PageError::name(detail.status);
    let here = match query {
        Some(query) => format!("{}?{query}", info.path()),
        None => info.path().to_owned(),
    };
    let login = (detail.status == StatusCode::UNAUTHORIZED).then(|| {
        let next: String = form_urlencoded::byte_serialize(here.as_bytes()).collect();
        format!("{}?next={next}", settings.login_path)
    });
    let mut page = if form == Form::Problem {
        let number = detail.number.unwrap_or(0);
        let text = say.unwrap_or_else(|| c.ta(&format!("error-{name}-text"), &[("n", &number)]));
        problem(&c, detail.status, &text, &[])
    } else if form == Form::Json {
        let number = detail.number.unwrap_or(0);
        let message = say.unwrap_or_else(|| c.ta(&format!("error-{name}-text"), &[("n", &number)]));
        let body = serde_json::json!({
            "error": { "code": name, "message": message, "reference": info.id() }
        });
        (detail.status, axum::Json(body)).into_response()
    } else if let (Some(login), &Method::GET) = (&login, method) {
        super::see_other(login.as_str()).into_response()
    } else {
        let number = detail.number.unwrap_or(0);
        let page = ErrorPage {
            title: c.t(&format!("error-{name}-title")),
            text: c.ta(&format!("error-{name}-text"), &[("n", &number)]),
            say,
            login,
            c,
        };
        match page.render() {
            Ok(text) => (detail.status, axum::response::Html(text)).into_response(),
            Err(error) => {
                tracing::error!(id = info.id(), %error, "error page failed");
                detail.status.into_response()
            }
        }
    };
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    for value in response.headers().get_all(header::SET_COOKIE) {
        page.headers_mut().append(header::SET_COOKIE, value.clone());
    }
    page
}

/// مشكلة: an error as a program reads it (RFC 9457), with what is wrong at the fields of its body.
#[must_use]
pub fn problem(c: &Ctx, status: StatusCode, detail: &str, errors: &[(&str, &str)]) -> Response {
    let name = PageError::name(status);
    let mut body = serde_json::json!({
        "type": c.absolute(&format!("/api#problem-{name}")),
        "title": c.t(&format!("error-{name}-title")),
        "status": status.as_u16(),
        "detail": detail,
        "instance": c.path,
        "reference": c.request_id,
    });
    if let Some(body) = body.as_object_mut()
        && !errors.is_empty()
    {
        let list = errors.iter().map(|(field, text)| serde_json::json!({ "field": field, "detail": text }));
        body.insert("errors".to_owned(), list.collect());
    }
    let mut response = (status, axum::Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(c.lang.tag()));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// A plain-text error answer that is meant as it is (health checks put this on their response).
#[derive(Clone, Copy, Debug)]
pub struct Keep;

fn finish(settings: &ShellSettings, info: &RequestInfo, response: &mut Response, new_secret: bool, flash_seen: bool) {
    let opens = response.extensions().get::<Opens>().copied().unwrap_or_default();
    let next_flash = response.extensions().get::<NextFlash>().and_then(|f| f.0.to_cookie());
    let is_page = is_page(response);
    let secure = settings.site.secure();
    let headers = response.headers_mut();
    headers::add(headers, opens, info.is_signed_in(), secure);
    if let Ok(id) = HeaderValue::from_str(info.id()) {
        headers.insert("x-request-id", id);
    }
    if is_page {
        // The language and the token of its forms depend on cookies.
        headers.append(header::VARY, HeaderValue::from_static("cookie"));
    }
    if info.is_new_lang()
        && !info.path().starts_with(settings.programs)
        && let Some(cookie) = language::cookie(info.lang(), secure)
    {
        headers.append(header::SET_COOKIE, cookie);
    }
    let flags = if secure { "; Path=/; HttpOnly; SameSite=Lax; Secure" } else { "; Path=/; HttpOnly; SameSite=Lax" };
    let mut set = |name: &str, value: &str, age: u32| {
        if let Ok(cookie) = HeaderValue::from_str(&format!("{name}={value}{flags}; Max-Age={age}")) {
            headers.append(header::SET_COOKIE, cookie);
        }
    };
    if is_page && new_secret {
        set(settings.csrf_cookie(), &info.secret().to_cookie(), 7 * 24 * 3600);
    }
    if let Some(flash) = next_flash {
        set(settings.flash_cookie(), &flash, 60);
    } else if is_page && flash_seen {
        set(settings.flash_cookie(), "", 0);
    }
}
