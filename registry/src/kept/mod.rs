//! Kept forms (النماذج المحفوظة): what somebody was typing when their session ended.
//!
//! A form that arrives without a session is not lost: the guard of the routes keeps what was
//! typed, for the person whose browser it is and nobody else, sends to the login, and after it the
//! form's own page comes back filled ([`foundation::web::refill`]). One mechanism for all pages. What
//! was typed is encrypted under a key of the form's own and forgotten after a day, or as soon as the
//! form has been sent for good. Files are not kept: the page says so.
//!
//! A page that can do better than filling controls (rows of a table, stored scans) takes the
//! [`Kept`] as an extension of its request.

mod job;
mod store;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest as _, Request};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use foundation::clock::Micros;
use foundation::web::messages;
use foundation::web::{Flash, FormData, PageError, RequestInfo, csrf, refill, see_other};
use record::RecordError;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::job::KeptJob;
use crate::accounts;
use crate::sessions::{self, FORM_COOKIES, escape};
use crate::site::Site;
use crate::viewer::Viewer;

/// Name of the parameter that brings a kept form back.
const PARAMETER: &str = "kept";
/// Largest page that is filled.
const PAGE: usize = 8 * 1024 * 1024;

/// A form as it was sent. No `Debug`: personal values are in it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Kept {
    /// The page that it was on.
    page: String,
    /// Where it was sent to.
    action: String,
    /// Names and values as typed.
    typed: Vec<(String, String)>,
    /// Whether files came with it.
    files: bool,
}

impl Kept {
    /// What was typed, as the page's own handler reads a form.
    pub fn data(&self) -> FormData {
        FormData::from_pairs(self.typed.iter().cloned())
    }
}

/// Keeps a form that came without a session, and leads to the login and from there back to its
/// page. `None` if it is no form of a browser that somebody of ours was signed in at.
pub(crate) async fn instead(site: &Site, request: Request, login: &str) -> Result<Option<Response>, PageError> {
    let headers = request.headers();
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let Some(info) = request.extensions().get::<RequestInfo>().cloned() else { return Ok(None) };
    // A script that asks in the background can follow no login.
    if !accepts.contains("text/html") {
        return Ok(None);
    }
    let now = site.clock.now();
    let mut owner = None;
    for secret in FORM_COOKIES.iter().filter_map(|name| csrf::cookie(headers, name)) {
        let secret = sessions::digest(secret);
        owner = owner.or(store::owner(&mut site.db.reader(), &secret, now).await?);
        owner = owner.or(accounts::owner(&mut site.db.reader(), &secret, now).await?);
    }
    let Some(owner) = owner else { return Ok(None) };
    let action = info.path().to_owned();
    let page = came_from(headers, &site.settings.public_url).unwrap_or_else(|| action.clone());
    let data = FormData::from_request(request, &()).await?;
    let kept = Kept {
        page: page.clone(),
        action,
        typed: data.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        files: data.has_files(),
    };
    let text = serde_json::to_string(&kept).map_err(PageError::internal)?;
    let (id, keyring) = (site.ids.next(), site.record.keyring().clone());
    site.db
        .write(move |tx| {
            let (owner, text, keyring) = (owner.clone(), text.clone(), keyring.clone());
            Box::pin(async move { store::keep(tx, &keyring, &owner, id, &text, now).await })
        })
        .await
        .map_err(|error: RecordError| PageError::from_error(&error))?;
    let next = escape(&with_id(&page, id));
    let said = messages::text(info.lang(), info.site().digits, "registry-kept-login", &[]);
    Ok(Some(see_other(format!("{login}?next={next}")).with_flash(Flash::warn(said)).into_response()))
}

fn with_id(page: &str, id: Uuid) -> String {
    let sign = if page.contains('?') { '&' } else { '?' };
    format!("{page}{sign}{PARAMETER}={id}")
}

/// A kept form in its author's list.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// When it was sent.
    pub kept_at: Micros,
    /// The page that brings it back.
    pub page: String,
}

/// The viewer's own kept forms, newest first: for whoever did not go the way from the login.
pub async fn waiting(site: &Site, viewer: &Viewer) -> Result<Vec<Waiting>, RecordError> {
    let Some(staff) = viewer.actor() else { return Ok(Vec::new()) };
    let found = store::list(&mut site.db.reader(), site.record.keyring(), staff, viewer.at()).await?;
    Ok(found.into_iter().map(|(id, kept_at, kept)| Waiting { kept_at, page: with_id(&kept.page, id) }).collect())
}

/// The form that the address asks for, if it is the viewer's own.
pub(crate) async fn asked(site: &Site, viewer: &Viewer, uri: &Uri) -> Result<Option<Kept>, PageError> {
    let (Some(id), Some(staff)) = (parameter(uri.query().unwrap_or("")), viewer.actor()) else { return Ok(None) };
    store::open(&mut site.db.reader(), site.record.keyring(), staff, id, viewer.at())
        .await
        .map_err(|error| PageError::from_error(&error))
}

/// Fills the form of a page's answer with what was kept.
pub(crate) async fn back(info: Option<&RequestInfo>, kept: &Kept, response: Response) -> Response {
    let html =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let Some(info) = info.filter(|_| response.status() == StatusCode::OK && html) else { return response };
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, PAGE).await else {
        return PageError::internal("a page is too large to be filled").into_response();
    };
    let page = String::from_utf8_lossy(&bytes);
    let filled = refill(&page, &kept.action, &kept.typed, |left| note(info, kept, left));
    parts.headers.remove(header::CONTENT_LENGTH);
    let page = match filled {
        Some(filled) => filled.html,
        // The form is not there any more: what was typed still is.
        None => page.replacen("<h1", &format!("{}<h1", note(info, kept, &kept.typed)), 1),
    };
    Response::from_parts(parts, Body::from(page))
}

/// What the page says above the form.
fn note(info: &RequestInfo, kept: &Kept, left: &[(String, String)]) -> String {
    let say = |key: &str| messages::text(info.lang(), info.site().digits, key, &[]);
    let mut words = format!("<div class=\"note info\" role=\"status\"><p>{}</p>", say("registry-kept-back"));
    if kept.files {
        words.push_str(&format!("<p>{}</p>", say("registry-kept-files")));
    }
    // What nobody typed: which button it was, ids, names of stored files.
    let typed = |(name, value): &&(String, String)| {
        !["command", "seen", "do"].contains(&name.as_str())
            && !value.is_empty()
            && !value.contains('|')
            && value.parse::<Uuid>().is_err()
    };
    let left: Vec<&str> = left.iter().filter(typed).map(|(_, value)| value.as_str()).collect();
    if !left.is_empty() {
        let lines: String = left.iter().map(|value| format!("<li>{}</li>", html(value))).collect();
        words.push_str(&format!("<p>{}</p><ul>{lines}</ul>", say("registry-kept-left")));
    }
    words.push_str("</div>");
    words
}

fn html(text: &str) -> String {
    askama::filters::escape(text, askama::filters::Html).map_or_else(|_| String::new(), |text| text.to_string())
}

/// Forgets the form that brought this one back, once it has been sent for good.
pub(crate) async fn sent(site: &Site, viewer: &Viewer, headers: &HeaderMap) {
    let from = came_from_with(headers, &site.settings.public_url);
    let query = from.as_deref().and_then(|page| page.split_once('?')).map_or("", |(_, query)| query);
    let (Some(id), Some(staff)) = (parameter(query), viewer.actor()) else { return };
    let (keyring, now) = (site.record.keyring().clone(), viewer.at());
    let outcome = site
        .db
        .write(move |tx| {
            let keyring = keyring.clone();
            Box::pin(async move { store::discard(tx, &keyring, staff, id, now).await })
        })
        .await;
    if let Err(error) = outcome {
        // It ends by itself within the day.
        tracing::warn!(%error, "a kept form was not forgotten");
    }
}

/// Whether the form came from a page that was filled.
pub(crate) fn brought_back(headers: &HeaderMap) -> bool {
    headers.get(header::REFERER).is_some_and(|page| page.to_str().is_ok_and(|page| page.contains("kept=")))
}

fn parameter(query: &str) -> Option<Uuid> {
    query.split('&').find_map(|pair| pair.strip_prefix("kept=")).and_then(|id| id.parse().ok())
}

/// The page that a form was on, as the browser tells, without what brought an earlier form back.
fn came_from(headers: &HeaderMap, public_url: &str) -> Option<String> {
    let page = came_from_with(headers, public_url)?;
    let Some((path, query)) = page.split_once('?') else { return Some(page) };
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("kept=")).collect();
    Some(if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) })
}

fn came_from_with(headers: &HeaderMap, public_url: &str) -> Option<String> {
    let text = headers.get(header::REFERER)?.to_str().ok()?;
    let (scheme, rest) = text.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let ours = headers.get(header::HOST).is_some_and(|name| name.as_bytes() == host.as_bytes())
        || format!("{scheme}://{host}").eq_ignore_ascii_case(public_url);
    let ours = ours && !path.starts_with("//");
    ours.then(|| path.split('#').next().unwrap_or(path).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_form_is_one_of_ours() {
        let from = |referer: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "127.0.0.1:8080".parse().expect("a host"));
            headers.insert(header::REFERER, referer.parse().expect("an address"));
            came_from(&headers, "https://shubbak.example")
        };
        assert_eq!(from("http://127.0.0.1:8080/a?b=1#c").as_deref(), Some("/a?b=1"));
        assert_eq!(from("https://shubbak.example/a?kept=x&b=1").as_deref(), Some("/a?b=1"));
        assert_eq!(from("https://shubbak.example/a?kept=x").as_deref(), Some("/a"));
        for away in
            ["https://evil.example/a", "https://shubbak.example//evil.example/a", "/a", "x", "https://evil.example"]
        {
            assert_eq!(from(away), None, "{away}");
        }
    }
}
