//! دليل التشغيل: the pages of the guide, its search, and what a browser keeps of it for the days without a network.
//!
//! The chapters are the crate `manual`'s. Without JavaScript the server searches; with it the page does
//! (`assets/js/help.js`), and after the first visit both work without a network (`assets/js/help-sw.js`).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use foundation::web::messages::Lang;
use foundation::web::{ClientIp, Crumb, Ctx, Html, PageError, assets};
use http::{HeaderName, HeaderValue, header};
use manual::{Chapter, Hit, Part};
use registry::{Role, Viewer};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::desk::{Asked, SEARCH};
use crate::office::Office;

/// The first day of each role.
const FIRST_DAYS: [(Role, &str); 15] = [
    (Role::Clerk, "clerk"),
    (Role::Cashier, "cashier"),
    (Role::Reviewer, "officer"),
    (Role::Decider, "decider"),
    (Role::Inspector, "inspector"),
    (Role::TitleChecker, "titles"),
    (Role::CommitteeSecretary, "secretary"),
    (Role::BodyOfficer, "body"),
    (Role::UnitHead, "head"),
    (Role::CentreManager, "manager"),
    (Role::FollowUp, "follow-up"),
    (Role::Supervisor, "supervisor"),
    (Role::CatalogueEditor, "editor"),
    (Role::Auditor, "auditor"),
    (Role::Operator, "operator"),
];

/// Contents, and the answers of a search.
#[derive(Template)]
#[template(path = "public/help.html")]
pub(super) struct HelpPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub guide: Guide,
    pub q: String,
    pub searched: bool,
    /// «بحثنا عن …»: what was meant by the keys.
    pub meant: Option<String>,
    pub hits: Vec<Hit>,
    /// First days of the reader's roles.
    pub own: Vec<&'static Chapter>,
    pub parts: &'static [Part],
}

/// One chapter.
#[derive(Template)]
#[template(path = "public/help_page.html")]
pub(super) struct ChapterPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub guide: Guide,
    pub chapter: &'static Chapter,
    pub before: Option<&'static Chapter>,
    pub after: Option<&'static Chapter>,
    pub parts: &'static [Part],
}

impl ChapterPage {
    /// Whether the contents show this part opened.
    fn opens(&self, part: &Part) -> bool {
        part.chapters.iter().any(|one| one.slug == self.chapter.slug)
    }
}

/// What every page of the guide needs.
#[derive(Debug)]
pub(super) struct Guide {
    /// The interface is not in Arabic, and the guide is.
    pub only_arabic: bool,
    /// Address of the index for the search in the page.
    pub index: String,
}

impl Guide {
    fn of(c: &Ctx) -> Self {
        Self { only_arabic: c.lang != Lang::Ar, index: index_address() }
    }
}

fn crumbs(c: &Ctx, chapter: Option<&Chapter>) -> Vec<Crumb> {
    let home = Crumb::new("/", c.t("common-home"));
    match chapter {
        None => vec![home, Crumb::here(c.t("help-title"))],
        Some(chapter) => vec![home, Crumb::new("/help", c.t("help-title")), Crumb::here(chapter.title)],
    }
}

/// The contents, or what a search finds.
pub(super) async fn show(
    c: Ctx,
    viewer: Viewer,
    office: Office,
    client: ClientIp,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let q = asked.get("q").trim().to_owned();
    let searched = !q.is_empty();
    let (hits, meant) = if searched {
        office.limits.take("search", client, SEARCH)?;
        manual::search(&q)
    } else {
        (Vec::new(), None)
    };
    let roles: BTreeSet<Role> = viewer.assignments().iter().map(|held| held.role).collect();
    let own = FIRST_DAYS.iter().filter(|(role, _)| roles.contains(role));
    let page = HelpPage {
        crumbs: crumbs(&c, None),
        guide: Guide::of(&c),
        own: own.filter_map(|(_, slug)| manual::chapter(slug)).collect(),
        q,
        searched,
        meant,
        hits,
        parts: manual::parts(),
        c,
    };
    Ok(Html(page).into_response())
}

/// One chapter.
pub(super) async fn page(c: Ctx, Path(slug): Path<String>) -> Result<Response, PageError> {
    let chapter = manual::chapter(&slug).ok_or(PageError::NotFound)?;
    let (before, after) = manual::neighbours(&slug);
    let crumbs = crumbs(&c, Some(chapter));
    Ok(Html(ChapterPage { crumbs, guide: Guide::of(&c), chapter, before, after, parts: manual::parts(), c })
        .into_response())
}

/// Chapters with their parts as lists: address, title, and of each part its anchor, heading and text.
static INDEX: LazyLock<Bytes> = LazyLock::new(|| {
    let chapters = manual::chapters().map(|chapter| {
        let sections: Vec<_> = chapter.sections.iter().map(|s| json!([s.id, s.heading, s.text])).collect();
        json!([chapter.slug, chapter.title, sections])
    });
    Bytes::from(serde_json::Value::Array(chapters.collect()).to_string())
});

fn index_address() -> String {
    format!("/help/index.json?v={}", manual::VERSION)
}

/// The index for the search in the page.
pub(super) async fn index(Asked(asked): Asked) -> Response {
    let cache = if asked.get("v") == manual::VERSION { FOR_EVER } else { "no-cache" };
    typed("application/json", cache, INDEX.clone())
}

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A picture of a screen: under the name with its hash, which pages use, or under its own.
pub(super) async fn picture(Path(file): Path<String>) -> Result<Response, PageError> {
    let mut pictures = manual::pictures().iter();
    let picture = pictures.find(|one| one.file == file || one.name == file).ok_or(PageError::NotFound)?;
    let cache = if picture.file == file { FOR_EVER } else { "no-cache" };
    Ok(typed("image/webp", cache, picture.bytes))
}

/// The worker with the names of all that it keeps.
static WORKER: LazyLock<Option<Bytes>> = LazyLock::new(|| {
    let text = std::str::from_utf8(assets::bytes("help-sw.js")?).ok()?;
    let mut files = page_files();
    files.insert(index_address());
    let pages: Vec<String> =
        std::iter::once("/help".to_owned()).chain(manual::chapters().map(|c| format!("/help/{}", c.slug))).collect();
    let pictures: Vec<String> = manual::pictures().iter().map(|one| format!("/help/pictures/{}", one.file)).collect();
    let lists = [json!(files).to_string(), json!(pages).to_string(), json!(pictures).to_string()];
    let mut hash = Sha256::new();
    lists.iter().for_each(|list| hash.update(list));
    hash.update(manual::VERSION);
    hash.update(text);
    let version: String = hash.finalize().iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    let [files, pages, pictures] = lists;
    let filled = text
        .replace("/* FILES */ []", &files)
        .replace("/* PAGES */ []", &pages)
        .replace("/* PICTURES */ []", &pictures)
        .replace("/* VERSION */ 'dev'", &format!("'{version}'"));
    Some(Bytes::from(filled))
});

/// Addresses of what a page of the guide loads: style, fonts, and the modules with what they import.
fn page_files() -> BTreeSet<String> {
    let mut waiting = vec!["page.js".to_owned(), "help.js".to_owned()];
    let mut files: BTreeSet<String> =
        ["app.css", "cairo-arabic.woff2", "cairo-latin.woff2", "favicon.svg"].map(assets::asset).into();
    while let Some(name) = waiting.pop() {
        if files.insert(assets::asset(&name)) {
            let text = assets::bytes(&name).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
            let imported = text
                .split("from '")
                .skip(1)
                .filter_map(|rest| rest.strip_prefix("./")?.split_once('\''))
                .map(|(file, _)| file);
            let named = |file: &str| assets::names().find(|name| assets::asset(name) == format!("/assets/{file}"));
            waiting.extend(imported.filter_map(named).map(str::to_owned));
        }
    }
    files
}

/// The worker that keeps the guide. Its address lies below `/help/`; the header lets it keep `/help` itself.
pub(super) async fn worker() -> Result<Response, PageError> {
    let text = WORKER.clone().ok_or(PageError::NotFound)?;
    let mut response = typed("text/javascript; charset=utf-8", "no-cache", text);
    let allowed = HeaderName::from_static("service-worker-allowed");
    response.headers_mut().insert(allowed, HeaderValue::from_static("/help"));
    Ok(response)
}

fn typed(mime: &'static str, cache: &'static str, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_its_first_day() {
        for role in Role::ALL {
            let slug = FIRST_DAYS.iter().find(|(one, _)| *one == role).map(|(_, slug)| *slug);
            assert!(slug.and_then(manual::chapter).is_some(), "{role:?}");
        }
    }

    #[test]
    fn with_the_english_interface_the_guide_says_that_it_is_arabic() {
        let c = Ctx { lang: Lang::En, ..Ctx::sample() };
        let chapter = manual::chapter("clerk").expect("a chapter");
        let page = ChapterPage {
            crumbs: crumbs(&c, Some(chapter)),
            guide: Guide::of(&c),
            chapter,
            before: None,
            after: None,
            parts: manual::parts(),
            c,
        };
        let html = page.render().expect("a page");
        assert!(html.contains("The operating guide is written in Arabic"), "{html}");
        assert!(
            html.contains("<html lang=\"en\" dir=\"ltr\">")
                && html.contains("<article class=\"guide\" lang=\"ar\" dir=\"rtl\" data-arabic>")
        );
    }

    #[test]
    fn the_worker_names_all_that_a_page_loads() {
        let text = WORKER.clone().expect("a worker");
        let text = std::str::from_utf8(&text).expect("text");
        for part in [
            "/assets/app.",
            "/assets/page.",
            "/assets/keys.",
            "/assets/help.",
            "/help/index.json?v=",
            "/help/troubles",
            "/help/pictures/",
        ] {
            assert!(text.contains(part), "{part}");
        }
        assert!(!text.contains("/* ") || !text.contains("*/ []"), "a list was not filled in");
        assert!(INDEX.len() < 400_000, "{}", INDEX.len());
    }
}
