//! One service as its editor sees it, with its versions and its figures.

use askama::Template;
use axum::extract::Path;
use foundation::web::{Crumb, Ctx, Html, PageError};
use registry::{Right, Viewer};

use super::parts::{Reader, Section};
use super::{Known, LIST};
use crate::Office;
use crate::services::publish;

#[derive(Template)]
#[template(path = "services/service.html")]
pub(super) struct ServicePage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    code: String,
    name: String,
    editor_note: String,
    /// Address of this page.
    home: String,
    /// Version and first day; empty when none is published.
    shown: String,
    is_editor: bool,
    sets_figures: bool,
    /// Whether the program brought another text.
    is_proposed: bool,
    versions: Vec<VersionLine>,
    sections: Vec<Section>,
    refs: Vec<(String, String)>,
}

struct VersionLine {
    version: u32,
    from: String,
    at: String,
    hash: String,
    state: &'static str,
    state_class: &'static str,
    by_program: bool,
    /// The version before it, to compare with; 0 for the first.
    before: u32,
    compare: String,
}

/// The service in force today.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(code): Path<String>,
) -> Result<Html<ServicePage>, PageError> {
    let known = Known::read(&office, &code).await?.ok_or(PageError::NotFound)?;
    let today = super::today(&office);
    let (service, catalogue) = (&known.service, office.catalogue());
    let in_force = known.in_force(today).map(|version| version.version);
    let line = |version: &super::Version| {
        let (state, state_class) = match in_force {
            _ if version.from > today => ("services-state-coming", "info"),
            Some(now) if now == version.version => ("services-state-in-force", "ok"),
            _ => ("services-state-past", ""),
        };
        let before = version.version.saturating_sub(1);
        VersionLine {
            version: version.version,
            from: c.date(version.from),
            at: c.instant(version.at),
            hash: version.hash.get(..12).unwrap_or_default().to_owned(),
            state,
            state_class,
            by_program: version.by.is_none(),
            before,
            compare: c.ta("services-diff-from", &[("a", &before.to_string()), ("b", &version.version.to_string())]),
        }
    };
    let page = |code: &String| {
        let page = catalogue.page(code)?;
        let more = [Some(page.title.as_str()), page.site.as_deref(), page.date.as_deref()];
        Some((code.clone(), more.into_iter().flatten().collect::<Vec<_>>().join(c.comma())))
    };
    let words = |version: &super::Version| {
        c.ta("services-shown", &[("version", &version.version.to_string()), ("day", &c.date(version.from))])
    };
    let shown = known.versions.iter().find(|version| version.hash == service.hash);
    let sections = Reader { c: &c, catalogue, service }.sections();
    Ok(Html(ServicePage {
        crumbs: super::crumbs(&c, Some(service), None),
        code: service.code.clone(),
        name: service.name(c.lang).to_owned(),
        editor_note: service.editor_note.clone().unwrap_or_default(),
        home: format!("{LIST}/{}", service.code),
        shown: shown.map(words).unwrap_or_default(),
        is_editor: super::is_editor(&viewer),
        sets_figures: viewer.has_anywhere(Right::SetLocalFigures),
        is_proposed: publish::proposed(&office, &known.versions)
            .iter()
            .any(|proposal| proposal.entry.service.code == code),
        versions: known.versions.iter().rev().map(line).collect(),
        sections,
        refs: service.refs.iter().filter_map(page).collect(),
        c: c.dense(),
    }))
}
