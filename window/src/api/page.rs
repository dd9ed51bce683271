//! صفحة واجهة البرامج: the same document for people.

use askama::Template;
use axum::response::{IntoResponse, Response};
use foundation::web::{Crumb, Ctx, Html, PageError};
use http::StatusCode;
use registry::Need;

use super::document::{TAGS, all};

#[derive(Template)]
#[template(path = "api/index.html")]
struct ApiPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    parts: Vec<Part>,
    problems: Vec<(&'static str, String, String)>,
}

/// A part of the interface.
struct Part {
    about: String,
    lines: Vec<Line>,
}

/// An operation.
struct Line {
    what: String,
    method: String,
    path: &'static str,
    key: bool,
}

/// Statuses that the interface answers when something is wrong.
const PROBLEMS: [u16; 9] = [400, 401, 403, 404, 409, 415, 422, 429, 503];

pub(super) async fn show(c: Ctx) -> Result<Response, PageError> {
    let operations = all();
    let parts = TAGS.map(|tag| Part {
        about: c.t(&format!("api-tag-{tag}")),
        lines: operations
            .iter()
            .filter(|operation| operation.tag == tag)
            .map(|operation| Line {
                what: c.t(&format!("api-op-{}", operation.words)),
                method: operation.route.method.to_string(),
                path: operation.route.path,
                key: operation.route.need != Need::Public,
            })
            .collect(),
    });
    let problems = PROBLEMS.map(|status| {
        let name = StatusCode::from_u16(status).map_or("internal", PageError::name);
        (name, status.to_string(), c.t(&format!("error-{name}-title")))
    });
    let crumbs = vec![Crumb::new("/", c.t("common-home")), Crumb::here(c.t("api-title"))];
    Ok(Html(ApiPage { crumbs, parts: parts.into(), problems: problems.into(), c }).into_response())
}
