//! ما يحمله المتحقق معه: the key list, the status lists, and what makes the page installable.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use foundation::clock::Micros;
use foundation::web::{ClientIp, Ctx, PageError, Rate, see_other};
use http::{HeaderValue, header};
use parking_lot::Mutex;
use serde_json::json;

use super::desk::Desk;
use crate::office::Office;
use crate::papers::{StatusListError, newest_list, status_list};

/// Lists of one governorate that are ever asked for; each holds 131,072 papers.
const LISTS: u32 = 1_000;
/// How long a list is handed out before it is made again: a revocation shows after a minute.
const FRESH: i64 = Micros::MINUTE;
/// Lists kept in memory.
const KEPT: usize = 128;
/// Who prepares for the days without a network fetches a list of each governorate at once, and whole
/// quarters share the address of a mobile network. The lists lie ready in memory.
const FETCH: Rate = Rate::new(600, 1);

/// The installable page is the verify page.
pub(super) async fn show() -> Response {
    see_other("/verify").into_response()
}

pub(super) async fn manifest(c: Ctx) -> Response {
    let manifest = json!({
        "name": c.t("public-verifier-name"),
        "short_name": c.t("public-verifier-short"),
        "lang": c.lang_tag(),
        "dir": c.dir(),
        "id": "/verify",
        "start_url": "/verify",
        "scope": "/",
        "display": "standalone",
        "theme_color": "#0b5563",
        "background_color": "#ffffff",
        "description": c.t("public-verify-text"),
        "categories": ["government", "utilities"],
        "icons": [
            { "src": c.asset("icon-192.png"), "type": "image/png", "sizes": "192x192" },
            { "src": c.asset("icon-512.png"), "type": "image/png", "sizes": "512x512" },
            { "src": c.asset("icon-maskable.png"), "type": "image/png", "sizes": "512x512", "purpose": "maskable" },
            { "src": c.asset("favicon.svg"), "type": "image/svg+xml", "sizes": "any" },
        ],
    });
    typed("application/manifest+json", "public, max-age=86400", manifest.to_string())
}

/// The issuing keys as the root signed them.
pub(super) async fn keys(office: Office, desk: Desk, client: ClientIp) -> Result<Response, PageError> {
    office.limits.take("lists", client, FETCH)?;
    let signed = desk.keys().signed();
    if signed.is_empty() {
        return Err(PageError::NotFound);
    }
    let answer = typed("application/cose; cose-type=\"cose-sign1\"", "public, max-age=300", signed);
    Ok(dated(answer, office.clock.now()))
}

/// A status list as it is handed out.
#[derive(Clone)]
struct Made {
    at: Micros,
    bytes: Bytes,
    /// Whether the governorate has begun the list after it.
    followed: bool,
}

/// Lists made within the last minute, so that many verifiers cost the server one.
#[derive(Default)]
pub(super) struct Lists(Mutex<HashMap<(String, u32), Made>>);

impl Lists {
    fn get(&self, governorate: &str, list: u32, now: Micros) -> Option<Made> {
        let lists = self.0.lock();
        let made = lists.get(&(governorate.to_owned(), list))?;
        (now.since(made.at).abs() < FRESH).then(|| made.clone())
    }

    fn keep(&self, governorate: &str, list: u32, made: Made) {
        let mut lists = self.0.lock();
        if lists.len() >= KEPT {
            lists.retain(|_, old| made.at.since(old.at).abs() < FRESH);
        }
        if lists.len() < KEPT {
            lists.insert((governorate.to_owned(), list), made);
        }
    }
}

/// A signed status list of a governorate.
pub(super) async fn status(
    office: Office,
    desk: Desk,
    client: ClientIp,
    Path((governorate, list)): Path<(String, String)>,
) -> Result<Response, PageError> {
    office.limits.take("lists", client, FETCH)?;
    let list: u32 = list.parse().ok().filter(|list| *list < LISTS).ok_or(PageError::NotFound)?;
    if office.issuers().key(&governorate).is_none() {
        return Err(PageError::NotFound);
    }
    let now = office.clock.now();
    let made = match desk.lists().get(&governorate, list, now) {
        Some(made) => made,
        None => {
            let mut q = office.db.reader();
            let bytes =
                status_list(&mut q, office.issuers(), &office.settings.public_url, &governorate, list, now).await;
            let bytes = Bytes::from(bytes.map_err(failed)?);
            let followed = list < newest_list(&mut q, &governorate).await?;
            let made = Made { at: now, bytes, followed };
            desk.lists().keep(&governorate, list, made.clone());
            made
        }
    };
    let mut answer = dated(typed("application/statuslist+cwt", "public, max-age=60", made.bytes), now);
    if made.followed
        && let Ok(next) = HeaderValue::from_str(&format!("</status/{governorate}/{}>; rel=\"next\"", list + 1))
    {
        answer.headers_mut().insert(header::LINK, next);
    }
    Ok(answer)
}

/// With the office's own moment: a verifier compares it with the clock of its device.
fn dated(mut answer: Response, now: Micros) -> Response {
    let moment = httpdate(now);
    if let Ok(moment) = HeaderValue::from_str(&moment) {
        answer.headers_mut().insert(header::DATE, moment);
    }
    answer
}

/// A moment as HTTP writes it (RFC 9110, section 5.6.7).
fn httpdate(now: Micros) -> String {
    jiff::Timestamp::from_second(now.seconds())
        .map(|moment| moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
        .unwrap_or_default()
}

fn failed(error: StatusListError) -> PageError {
    match error {
        StatusListError::Db(error) => error.into(),
        other => PageError::from_error(&other),
    }
}

fn typed(mime: &'static str, cache: &'static str, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}
