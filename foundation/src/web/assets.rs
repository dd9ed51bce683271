//! الملفات الثابتة: style, scripts, fonts and icons, embedded when the program is built.
//!
//! `make assets` writes `assets/dist`: names with a hash of the content, and br and gzip forms
//! beside them. Hashed files are kept by browsers for a year; `sw.js` and the manifest keep their
//! names and are asked for again each time.

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::PageError;

/// One embedded file.
struct Asset {
    /// Name in templates, e.g. `app.css`.
    name: &'static str,
    /// Name on the wire, e.g. `app.3f2a91c0.css`.
    file: &'static str,
    mime: &'static str,
    plain: &'static [u8],
    br: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The address of the asset `name`; an unknown name (the tests refuse it) gives a 404 address.
#[must_use]
pub fn asset(name: &str) -> String {
    match ASSETS.iter().find(|a| a.name == name) {
        Some(asset) => format!("/assets/{}", asset.file),
        None => {
            tracing::error!(name, "unknown asset");
            format!("/assets/missing-{name}")
        }
    }
}

/// Names of every asset, as templates call them.
pub fn names() -> impl Iterator<Item = &'static str> {
    ASSETS.iter().map(|a| a.name)
}

/// The bytes of an asset by its template name (the licences list of the About page).
#[must_use]
pub fn bytes(name: &str) -> Option<&'static [u8]> {
    ASSETS.iter().find(|a| a.name == name).map(|a| a.plain)
}

/// The icon `name` as inline SVG; empty for an unknown one.
#[must_use]
pub fn icon(name: &str) -> &'static str {
    ICONS.iter().find(|(n, _)| *n == name).map_or_else(
        || {
            tracing::error!(name, "unknown icon");
            ""
        },
        |(_, svg)| svg,
    )
}

/// `/assets/{name}`, `/sw.js`, `/visits-sw.js` and `/favicon.ico`. These need no right and no session.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route(
            "/assets/{name}",
            get(|Path(name): Path<String>, headers: HeaderMap| async move { serve(&name, &headers) }),
        )
        .route("/sw.js", get(|headers: HeaderMap| async move { serve("sw.js", &headers) }))
        .route("/visits-sw.js", get(|headers: HeaderMap| async move { serve("visits-sw.js", &headers) }))
        .route("/favicon.ico", get(|headers: HeaderMap| async move { serve("favicon.svg", &headers) }))
}

/// The answer for one file name as it is on the wire.
fn serve(file: &str, headers: &HeaderMap) -> Response {
    let hashed = ASSETS.iter().find(|a| a.file == file);
    let Some(asset) = hashed.or_else(|| ASSETS.iter().find(|a| a.name == file && a.name == "favicon.svg")) else {
        return PageError::NotFound.into_response();
    };
    let accepts = |coding: &str| {
        headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok()).any(|line| {
            line.split(',').any(|part| {
                let mut words = part.split(';');
                let name = words.next().unwrap_or("").trim();
                let refused = words.any(|q| matches!(q.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
                name.eq_ignore_ascii_case(coding) && !refused
            })
        })
    };
    let (body, coding) = match (asset.br, asset.gzip) {
        (Some(br), _) if accepts("br") => (br, Some("br")),
        (_, Some(gzip)) if accepts("gzip") => (gzip, Some("gzip")),
        _ => (asset.plain, None),
    };
    let stable = asset.name == asset.file;
    // The wire name of a hashed file is its own validator; a stable one is named by its length and
    // first bytes' hash, made at build time and appended to the list as `tag`.
    let tag = format!("\"{}{}\"", etag_of(asset), coding.unwrap_or(""));
    let mut response = if headers.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Bytes::from_static(body).into_response()
    };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.mime));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(if stable || file == "favicon.svg" {
            "no-cache"
        } else {
            "public, max-age=31536000, immutable"
        }),
    );
    if let Some(coding) = coding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    response
}

fn etag_of(asset: &Asset) -> String {
    use sha2::{Digest as _, Sha256};
    if asset.name == asset.file {
        let hash = Sha256::digest(asset.plain);
        hash.iter().take(8).map(|b| format!("{b:02x}")).collect()
    } else {
        asset.file.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(file: &str, pairs: &[(&'static str, &str)]) -> Response {
        let headers = pairs.iter().map(|(k, v)| ((*k).parse().unwrap(), v.parse().unwrap())).collect();
        serve(file, &headers)
    }

    #[test]
    fn a_hashed_file_is_kept_for_a_year_and_compressed() {
        let file = asset("app.css").replace("/assets/", "");
        let br = ask(&file, &[("accept-encoding", "gzip, deflate, br")]);
        assert_eq!(br.headers()["content-encoding"], "br");
        assert_eq!(br.headers()["content-type"], "text/css; charset=utf-8");
        assert!(br.headers()["cache-control"].to_str().unwrap().contains("immutable"));
        assert_eq!(ask(&file, &[("accept-encoding", "gzip, br;q=0")]).headers()["content-encoding"], "gzip");
        assert!(ask(&file, &[]).headers().get("content-encoding").is_none());
        let tag = br.headers()["etag"].to_str().unwrap().to_owned();
        let again = ask(&file, &[("accept-encoding", "br"), ("if-none-match", &tag)]);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn the_service_worker_is_asked_for_again() {
        assert_eq!(ask("sw.js", &[]).headers()["cache-control"], "no-cache");
        assert_eq!(ask("app.css", &[]).status(), StatusCode::NOT_FOUND);
        assert_eq!(ask("../Cargo.toml", &[]).status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn fonts_stay_within_their_budget() {
        let fonts: usize = ASSETS.iter().filter(|a| a.mime == "font/woff2").map(|a| a.plain.len()).sum();
        assert!(fonts > 20_000 && fonts <= 46 * 1024, "{fonts}");
    }
}
