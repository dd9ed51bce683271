//! The exact text of a version, and what changed between two.

use askama::Template;
use axum::extract::{Path, Query};
use foundation::web::{Crumb, Ctx, Html, PageError};
use serde::Deserialize;

use super::{Known, LIST};
use crate::Office;
use crate::services::diff::{Diff, diff};
use crate::services::store;

/// Which version; the newest where none is named.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    version: Option<u32>,
}

#[derive(Template)]
#[template(path = "services/text.html")]
pub(super) struct TextPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    title: String,
    hash: String,
    lines: usize,
    text: String,
}

/// The text, to read and to copy.
pub(super) async fn text(
    office: Office,
    c: Ctx,
    Path(code): Path<String>,
    Query(which): Query<Which>,
) -> Result<Html<TextPage>, PageError> {
    let known = Known::read(&office, &code).await?.ok_or(PageError::NotFound)?;
    let version = match which.version {
        Some(wanted) => known.versions.iter().find(|version| version.version == wanted),
        None => known.versions.last(),
    };
    let version = version.ok_or(PageError::NotFound)?;
    let text = store::text(&mut office.db.reader(), &code, version.version).await?.ok_or(PageError::NotFound)?;
    let title = c
        .ta("services-text-title", &[("version", &version.version.to_string()), ("name", &known.service.name(c.lang))]);
    Ok(Html(TextPage {
        crumbs: super::crumbs(&c, Some(&known.service), Some(c.t("services-text"))),
        title,
        hash: version.hash.clone(),
        lines: text.lines().count(),
        text,
        c: c.dense(),
    }))
}

/// Which two versions; the last two where none are named.
#[derive(Debug, Deserialize)]
pub(super) struct Between {
    a: Option<u32>,
    b: Option<u32>,
}

#[derive(Template)]
#[template(path = "services/diff.html")]
pub(super) struct DiffPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    title: String,
    action: String,
    /// Versions to choose from.
    versions: Vec<u32>,
    a: u32,
    b: u32,
    diff: Diff,
}

/// Two versions side by side, in lines.
pub(super) async fn compare(
    office: Office,
    c: Ctx,
    Path(code): Path<String>,
    Query(between): Query<Between>,
) -> Result<Html<DiffPage>, PageError> {
    let known = Known::read(&office, &code).await?.ok_or(PageError::NotFound)?;
    let last = known.versions.last().map(|version| version.version).ok_or(PageError::NotFound)?;
    let b = between.b.unwrap_or(last);
    let a = between.a.unwrap_or_else(|| b.saturating_sub(1).max(1));
    let mut reader = office.db.reader();
    let old = store::text(&mut reader, &code, a).await?.ok_or(PageError::NotFound)?;
    let new = store::text(&mut reader, &code, b).await?.ok_or(PageError::NotFound)?;
    let title = c.ta(
        "services-diff-title",
        &[("a", &a.to_string()), ("b", &b.to_string()), ("name", &known.service.name(c.lang))],
    );
    Ok(Html(DiffPage {
        crumbs: super::crumbs(&c, Some(&known.service), Some(c.t("services-diff"))),
        title,
        action: format!("{LIST}/{code}/diff"),
        versions: known.versions.iter().map(|version| version.version).collect(),
        a,
        b,
        diff: diff(&old, &new),
        c: c.dense(),
    }))
}
