//! The list of tasks of an application, and the pages of its form.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use catalogue::Service;
use catalogue::answers::FieldError;
use foundation::web::{Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, Lang, PageError, see_other};
use http::StatusCode;
use registry::Viewer;
use serde::Deserialize;
use uuid::Uuid;

use super::controls;
use super::open::{self, Found, Opened};
use super::steps::{self, State};
use super::store::{self, Application, SaveError};
use crate::Office;
use crate::counter::intake::fields::{Around, PREFIX};

/// A line of the list of tasks.
pub(super) struct Task {
    href: String,
    label: String,
    /// What is asked there.
    about: String,
    class: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "online/tasks.html")]
struct TasksPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    service: Arc<Service>,
    unit: String,
    /// When it was saved, and until when it is kept.
    kept: String,
    tasks: Vec<Task>,
    /// Questions that the service has changed since.
    again: Vec<String>,
    /// Where to go on.
    next: String,
    ready: bool,
    discard: String,
}

/// What stands above the pages of an application.
pub(super) fn crumbs(c: &Ctx, opened: &Opened, here: String) -> Vec<Crumb> {
    vec![
        Crumb::new("/account", c.t("account-title")),
        Crumb::new(opened.path(""), opened.service.name(c.lang).to_owned()),
        Crumb::here(here),
    ]
}

/// The list of tasks.
pub(super) async fn tasks(office: Office, viewer: Viewer, c: Ctx, Path(id): Path<Uuid>) -> Result<Response, PageError> {
    let opened = match open::open(&office, &viewer, &c, id).await? {
        Found::Here(opened) => opened,
        Found::Gone(answer) => return Ok(answer),
    };
    let reading = opened.reading(&office);
    let answers = reading.so_far();
    let errors = reading.judge().err().unwrap_or_default();
    let pages = steps::pages(&opened.service);
    let many = pages.len();
    let mut tasks: Vec<(State, Task)> = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let state = reading.state(page, &answers, &errors);
        if state == State::NotAsked {
            continue;
        }
        let names: Vec<&str> = reading.asked(page, &answers).iter().map(|field| field.label(c.lang)).collect();
        let label = if many > 1 { c.t1("online-task-form-n", "n", at + 1) } else { c.t("online-task-form") };
        let href = opened.path(&format!("form/{}", at + 1));
        tasks.push((state, task(&c, href, label, shortened(&c, &names), state)));
    }
    let papers = reading.papers_state(&answers);
    if !reading.documents(&answers).is_empty() || !reading.file_fields(&answers).is_empty() {
        let many = reading.documents(&answers).iter().filter(|(_, needed)| *needed).count();
        let about = c.t1("online-task-papers-about", "n", many);
        tasks.push((papers, task(&c, opened.path("papers"), c.t("online-task-papers"), about, papers)));
    }
    let next = tasks.iter().find(|(state, _)| *state != State::Done).map(|(_, task)| task.href.clone());
    let name = |id: &str| opened.service.field(id).map(|field| field.label(c.lang).to_owned());
    let page = TasksPage {
        crumbs: vec![Crumb::new("/account", c.t("account-title")), Crumb::here(opened.service.name(c.lang).to_owned())],
        unit: office.units.now().name(&opened.application.unit).to_owned(),
        kept: kept(&c, &opened.application),
        again: steps::again(&opened.data).into_iter().filter_map(name).collect(),
        ready: next.is_none(),
        next: next.unwrap_or_else(|| opened.path("check")),
        tasks: tasks.into_iter().map(|(_, task)| task).collect(),
        discard: opened.path("discard"),
        service: opened.service.clone(),
        c,
    };
    Ok(Html(page).into_response())
}

/// «آخر حفظ …، محفوظ حتى …».
pub(super) fn kept(c: &Ctx, application: &Application) -> String {
    let (at, until) = (c.instant(application.saved_at), c.day_of(application.expires_at));
    c.ta("online-kept-until", &[("at", &at), ("until", &until)])
}

fn task(c: &Ctx, href: String, label: String, about: String, state: State) -> Task {
    let (class, key) = match state {
        State::Done => ("ok", "online-state-done"),
        State::Open => ("warn", "online-state-open"),
        State::New | State::NotAsked => ("", "online-state-new"),
    };
    Task { href, label, about, class, state: c.t(key) }
}

/// The first questions of a page.
fn shortened(c: &Ctx, names: &[&str]) -> String {
    match names {
        [first, second, third, ..] => format!("{} …", c.list([first, second, third])),
        few => few.join(c.comma()),
    }
}

#[derive(Template)]
#[template(path = "online/step.html")]
struct FormPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    title: String,
    service: String,
    action: String,
    back: String,
    seen: i64,
    facts: String,
    fields: Vec<FieldView>,
    /// What another device has saved meanwhile, where it differs.
    elsewhere: Vec<(String, String)>,
    again: Vec<String>,
}

/// Where to go after a page.
#[derive(Debug, Default, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    back: String,
}

fn form_page(
    office: &Office,
    c: Ctx,
    opened: &Opened,
    no: usize,
    errors: FormErrors,
    back: &str,
    elsewhere: Vec<(String, String)>,
) -> Result<FormPage, PageError> {
    let pages = steps::pages(&opened.service);
    let page = no.checked_sub(1).and_then(|at| pages.get(at)).ok_or(PageError::NotFound)?;
    let reading = opened.reading(office);
    let answers = reading.so_far();
    let asked = reading.asked(page, &answers);
    let c = c.failed(errors.any());
    let around =
        Around { c: &c, catalogue: office.catalogue(), service: &opened.service, data: &opened.data, errors: &errors };
    let title = c.ta("online-form-title", &[("n", &no), ("of", &pages.len())]);
    let check = back == "check";
    let again = steps::again(&opened.data).into_iter();
    let again =
        again.filter_map(|id| page.iter().find(|field| field.id == id)).map(|field| field.label(c.lang).to_owned());
    Ok(FormPage {
        crumbs: crumbs(&c, opened, title.clone()),
        service: opened.service.name(c.lang).to_owned(),
        action: opened.path(&format!("form/{no}{}", if check { "?back=check" } else { "" })),
        back: if check { opened.path("check") } else { before(&reading, opened, &pages, no) },
        seen: opened.application.version,
        facts: controls::facts(&opened.acting.known, &answers, page),
        fields: controls::controls(&around, page, &asked),
        again: again.collect(),
        elsewhere,
        title,
        errors,
        c,
    })
}

/// The page before this one that asks something; the list of tasks before the first.
fn before(reading: &steps::Reading<'_>, opened: &Opened, pages: &[steps::Page<'_>], no: usize) -> String {
    let answers = reading.so_far();
    let earlier = pages.iter().enumerate().take(no.saturating_sub(1)).rev();
    let mut asking = earlier.filter(|(_, page)| !reading.asked(page, &answers).is_empty());
    asking.next().map_or_else(|| opened.path(""), |(at, _)| opened.path(&format!("form/{}", at + 1)))
}

/// The page after this one that asks something; the papers after the last.
fn after(reading: &steps::Reading<'_>, opened: &Opened, pages: &[steps::Page<'_>], no: usize) -> String {
    let answers = reading.so_far();
    let later = pages.iter().enumerate().skip(no);
    let mut asking = later.filter(|(_, page)| !reading.asked(page, &answers).is_empty());
    let papers = || {
        let none = reading.documents(&answers).is_empty() && reading.file_fields(&answers).is_empty();
        opened.path(if none { "check" } else { "papers" })
    };
    asking.next().map_or_else(papers, |(at, _)| opened.path(&format!("form/{}", at + 1)))
}

/// A page of the form.
pub(super) async fn page(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((id, no)): Path<(Uuid, usize)>,
    Query(after): Query<After>,
) -> Result<Response, PageError> {
    match open::open(&office, &viewer, &c, id).await? {
        Found::Here(opened) => {
            let page = form_page(&office, c, &opened, no, FormErrors::new(), &after.back, Vec::new())?;
            Ok(Html(page).into_response())
        }
        Found::Gone(answer) => Ok(answer),
    }
}

/// Takes a page: what is typed is kept in any case, and goes on if it is right.
pub(super) async fn save(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((id, no)): Path<(Uuid, usize)>,
    Query(then): Query<After>,
    data: FormData,
) -> Result<Response, PageError> {
    let mut opened = match open::open(&office, &viewer, &c, id).await? {
        Found::Here(opened) => opened,
        Found::Gone(answer) => return Ok(answer),
    };
    let service = opened.service.clone();
    let pages = steps::pages(&service);
    let page = no.checked_sub(1).and_then(|at| pages.get(at)).ok_or(PageError::NotFound)?;
    let seen: i64 = data.get("seen").parse().map_err(|_| PageError::BadRequest(None))?;
    let stored = opened.data.clone();
    steps::take_page(&mut opened.data, page, &data);
    if seen == opened.application.version {
        match open::save(&office, &viewer, &opened).await {
            Ok(version) => opened.application.version = version,
            Err(SaveError::Elsewhere) => return elsewhere(&office, &viewer, c, id, no, &then.back, &data).await,
            Err(error) => return Err(open::save_error(&c, error)),
        }
    } else if differs(&stored, &opened.data, page) {
        return elsewhere(&office, &viewer, c, id, no, &then.back, &data).await;
    }
    let reading = opened.reading(&office);
    let found = reading.judge().err().unwrap_or_default();
    let answers = reading.so_far();
    let asked = reading.asked(page, &answers);
    let mut errors = FormErrors::new();
    for error in found.iter().filter(|error| asked.iter().any(|field| is_of(error, &field.id))) {
        errors.add(format!("{PREFIX}{}", error.field), named(c.lang, &service, error));
    }
    if errors.any() {
        return Ok(Html(form_page(&office, c, &opened, no, errors, &then.back, Vec::new())?).unprocessable());
    }
    let next = if then.back == "check" { opened.path("check") } else { after(&reading, &opened, &pages, no) };
    Ok(see_other(next).into_response())
}

fn is_of(error: &FieldError, field: &str) -> bool {
    error.field.split('.').next() == Some(field)
}

/// The message with the field it is about, so that no two links of the summary say the same.
pub(super) fn named(lang: Lang, service: &Service, error: &FieldError) -> String {
    let mut parts = error.field.split('.');
    let group = parts.next().and_then(|id| service.field(id));
    let cell = parts.nth(1).and_then(|id| group?.fields.iter().find(|cell| cell.id == id));
    match cell.or(group) {
        Some(field) if !error.said.text(lang).contains(field.label(lang)) => {
            format!("{}: {}", field.label(lang), error.said.text(lang))
        }
        _ => error.said.text(lang).to_owned(),
    }
}

fn values<'d>(data: &'d FormData, field: &str) -> Vec<(&'d str, &'d str)> {
    let name = format!("{PREFIX}{field}");
    let below = format!("{name}.");
    data.pairs().filter(|(own, value)| (*own == name || own.starts_with(&below)) && !value.is_empty()).collect()
}

fn differs(stored: &FormData, typed: &FormData, page: &steps::Page<'_>) -> bool {
    page.iter().any(|field| values(stored, &field.id) != values(typed, &field.id))
}

/// Another device was faster: the page with what was typed here, and what was saved there. Sending it again
/// keeps what was typed here; nothing is lost without being shown.
async fn elsewhere(
    office: &Office,
    viewer: &Viewer,
    c: Ctx,
    id: Uuid,
    no: usize,
    back: &str,
    typed: &FormData,
) -> Result<Response, PageError> {
    let mut opened = match open::open(office, viewer, &c, id).await? {
        Found::Here(opened) => opened,
        Found::Gone(answer) => return Ok(answer),
    };
    let service = opened.service.clone();
    let pages = steps::pages(&service);
    let page = no.checked_sub(1).and_then(|at| pages.get(at)).ok_or(PageError::NotFound)?;
    let stored = opened.data.clone();
    steps::take_page(&mut opened.data, page, typed);
    let mut there = Vec::new();
    for field in page {
        let saved = values(&stored, &field.id);
        if saved != values(&opened.data, &field.id) {
            let words: Vec<&str> =
                saved.into_iter().map(|(_, value)| field.choice(value, c.lang).unwrap_or(value)).collect();
            there.push((field.label(c.lang).to_owned(), words.join(c.comma())));
        }
    }
    let page = form_page(office, c, &opened, no, FormErrors::new(), back, there)?;
    Ok(Html(page).status(StatusCode::CONFLICT))
}

#[derive(Template)]
#[template(path = "online/discard.html")]
struct DiscardPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    action: String,
    back: String,
    service: String,
}

/// Asks before an application is thrown away.
pub(super) async fn discard_form(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let opened = match open::open(&office, &viewer, &c, id).await? {
        Found::Here(opened) => opened,
        Found::Gone(answer) => return Ok(answer),
    };
    let page = DiscardPage {
        crumbs: crumbs(&c, &opened, c.t("online-discard")),
        action: opened.path("discard"),
        back: opened.path(""),
        service: opened.service.name(c.lang).to_owned(),
        c,
    };
    Ok(Html(page).into_response())
}

/// Throws an application away.
pub(super) async fn discard(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    store::discard(&office, &viewer, id).await.map_err(|error| open::save_error(&c, error))?;
    Ok(see_other("/account").with_flash(Flash::ok(c.t("online-discarded"))).into_response())
}
