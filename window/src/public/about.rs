//! عن الموقع: versions, sources of data, licences of third parties, accessibility, robots.

use askama::Template;
use axum::response::{IntoResponse, Response};
use foundation::web::{Crumb, Ctx, Html, PageError, assets};
use http::{HeaderValue, header};
use serde::Deserialize;

/// A package whose files browsers get from us.
#[derive(Debug, Deserialize)]
pub(super) struct Package {
    pub name: String,
    pub version: String,
    pub license: String,
}

#[derive(Template)]
#[template(path = "public/about.html")]
pub(super) struct AboutPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub packages: Vec<Package>,
}

#[derive(Template)]
#[template(path = "public/accessibility.html")]
pub(super) struct AccessibilityPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
}

fn crumbs(c: &Ctx, here: &str) -> Vec<Crumb> {
    vec![Crumb::new("/", c.t("common-home")), Crumb::here(c.t(here))]
}

pub(super) async fn about(c: Ctx) -> Result<Response, PageError> {
    let list = assets::bytes("licences.json").unwrap_or(b"[]");
    let packages = serde_json::from_slice(list).map_err(|error| PageError::from_error(&error))?;
    Ok(Html(AboutPage { crumbs: crumbs(&c, "common-about"), packages, c }).into_response())
}

/// The full texts of the licences.
pub(super) async fn licences() -> Result<Response, PageError> {
    let text = assets::bytes("licences.txt").ok_or(PageError::NotFound)?;
    Ok(plain(text, "text/plain; charset=utf-8"))
}

pub(super) async fn accessibility(c: Ctx) -> Response {
    Html(AccessibilityPage { crumbs: crumbs(&c, "common-accessibility"), c }).into_response()
}

/// What search engines leave alone: journeys, papers, and everything behind a login.
const ROBOTS: &str =
    "User-agent: *\nDisallow: /T/\nDisallow: /t/\nDisallow: /V/\nDisallow: /v/\nDisallow: /login\nDisallow: /me\n";

pub(super) async fn robots() -> Response {
    plain(ROBOTS.as_bytes(), "text/plain; charset=utf-8")
}

fn plain(bytes: &'static [u8], mime: &'static str) -> Response {
    let mut response = bytes.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}
