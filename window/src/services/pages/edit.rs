//! A new text: given, checked, previewed, published from a day.

use std::path::Path as FilePath;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use catalogue::check::Finding;
use foundation::dates;
use foundation::web::forms::FieldKind;
use foundation::web::{Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use jiff::civil::Date;
use registry::Viewer;
use registry::staff::By;
use serde::Deserialize;

use super::{Known, LIST, NEW, sample};
use crate::Office;
use crate::services::diff::{Diff, diff};
use crate::services::{Checked, GuideError, Publication, publish as publishing, store};

/// Whether the form begins with the program's own text.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    proposal: bool,
}

#[derive(Template)]
#[template(path = "services/edit.html")]
struct EditPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    title: String,
    action: String,
    errors: FormErrors,
    text: String,
    findings: Vec<FindingLine>,
    file: FieldView,
}

/// A finding with the line that it is about.
struct FindingLine {
    line: usize,
    message: String,
    text: String,
}

#[derive(Template)]
#[template(path = "services/preview.html")]
struct PreviewPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    title: String,
    check: String,
    publish: String,
    command: String,
    errors: FormErrors,
    code: String,
    name: String,
    text: String,
    /// Whether the guide has no text of this service yet.
    is_new: bool,
    changes: Diff,
    samples: FieldView,
    /// Fees, steps and dates under the new text.
    told: String,
    /// How they differ from those under the text before.
    told_changes: Diff,
    from: FieldView,
}

/// What a page is about: a service that the guide has, or a new one.
struct About {
    known: Option<Known>,
    /// The text published last; empty for a new service.
    last: String,
}

impl About {
    async fn read(office: &Office, code: &str) -> Result<Self, PageError> {
        if code == NEW {
            return Ok(Self { known: None, last: String::new() });
        }
        let known = Known::read(office, code).await?.ok_or(PageError::NotFound)?;
        let last = match known.versions.last() {
            Some(version) => store::text(&mut office.db.reader(), code, version.version).await?,
            None => None,
        };
        Ok(Self { known: Some(known), last: last.unwrap_or_default() })
    }

    fn crumbs(&self, c: &Ctx, here: &str) -> Vec<Crumb> {
        super::crumbs(c, self.known.as_ref().map(|known| &*known.service), Some(c.t(here)))
    }

    fn code(&self) -> Option<String> {
        self.known.as_ref().map(|known| known.service.code.clone())
    }
}

fn edit_page(c: Ctx, code: &str, about: &About, text: String, findings: &[Finding], errors: FormErrors) -> EditPage {
    let mut file =
        FieldView::new(FieldKind::File, "file", c.t("services-edit-file")).hint(c.t("services-edit-file-hint"));
    file.accept = ".toml,text/plain";
    let line = |found: &Finding| FindingLine {
        line: found.line,
        message: found.message.clone(),
        text: text.lines().nth(found.line.saturating_sub(1)).unwrap_or_default().to_owned(),
    };
    EditPage {
        crumbs: about.crumbs(&c, "services-edit"),
        title: match &about.known {
            Some(known) => c.t1("services-edit-title", "name", known.service.name(c.lang)),
            None => c.t("services-new-title"),
        },
        action: format!("{LIST}/{code}/check"),
        findings: findings.iter().map(line).collect(),
        text,
        file,
        c: c.failed(errors.any()).dense(),
        errors,
    }
}

/// The form, filled with the text published last or with the program's own.
pub(super) async fn form(
    office: Office,
    c: Ctx,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let about = About::read(&office, &code).await?;
    let own = office.catalogue().entry(&code).map(|entry| entry.text.to_string());
    let text = match own {
        Some(own) if asked.proposal || about.last.is_empty() => own,
        _ => about.last.clone(),
    };
    Ok(Html(edit_page(c, &code, &about, text, &[], FormErrors::new())).into_response())
}

/// Checks a text: back to the form with findings, or on to the preview.
pub(super) async fn check(
    office: Office,
    c: Ctx,
    Path(code): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    let about = About::read(&office, &code).await?;
    let mut errors = FormErrors::new();
    let text = given(&c, &data, &mut errors).await;
    let checked = match checked(&office, &c, &about, &text, &mut errors) {
        Ok(checked) => checked,
        Err(findings) => return Ok(Html(edit_page(c, &code, &about, text, &findings, errors)).unprocessable()),
    };
    let page = preview(&office, c, &code, &about, &checked, &data, errors);
    Ok(if page.errors.any() { Html(page).unprocessable() } else { Html(page).into_response() })
}

/// The text of the form: the file, if one was chosen, else what stands in the box.
async fn given(c: &Ctx, data: &FormData, errors: &mut FormErrors) -> String {
    let typed = data.get("text").to_owned();
    let Some(file) = data.file("file") else { return typed };
    match read_file(file.path()).await {
        Some(text) => text,
        None => {
            errors.add("file", c.t("services-edit-file-wrong"));
            typed
        }
    }
}

async fn read_file(path: &FilePath) -> Option<String> {
    String::from_utf8(tokio::fs::read(path).await.ok()?).ok()
}

fn checked(
    office: &Office,
    c: &Ctx,
    about: &About,
    text: &str,
    errors: &mut FormErrors,
) -> Result<Checked, Vec<Finding>> {
    if errors.any() {
        return Err(Vec::new());
    }
    if text.trim().is_empty() {
        errors.add("text", c.t("services-edit-empty"));
        return Err(Vec::new());
    }
    let findings = match publishing::preview(office, text) {
        Ok(checked) => match about.code() {
            Some(code) if code != checked.service().code => {
                errors.add(
                    "text",
                    c.ta("services-edit-other", &[("code", &checked.service().code), ("expected", &code)]),
                );
                return Err(Vec::new());
            }
            _ => return Ok(checked),
        },
        Err(GuideError::Unsound(findings)) => findings,
        Err(_) => Vec::new(),
    };
    for found in &findings {
        errors.add("text", super::finding(c, found.line, &found.message));
    }
    Err(findings)
}

fn preview(
    office: &Office,
    c: Ctx,
    code: &str,
    about: &About,
    checked: &Checked,
    data: &FormData,
    mut errors: FormErrors,
) -> PreviewPage {
    let service = checked.service();
    let today = super::today(office);
    let samples = if data.has("samples") { data.get("samples").to_owned() } else { sample::defaults(service) };
    let (mut told, mut told_changes) = (String::new(), Diff::default());
    match sample::pairs(&samples) {
        Ok(sets) => match sample::told(office, service, &sets, today, false) {
            Ok(new) => {
                let before = about.known.as_ref().filter(|_| !about.last.is_empty());
                let old = before.and_then(|known| sample::told(office, &known.service, &sets, today, true).ok());
                told_changes = old.map(|old| diff(&old, &new)).unwrap_or_default();
                told = new;
            }
            Err(words) => errors.add("samples", words),
        },
        Err(line) => errors.add("samples", c.t1("services-samples-line", "line", line)),
    }
    let from = FieldView::new(FieldKind::Date, "from", c.t("services-from")).required().hint(c.t("services-from-hint"));
    let from = if data.date_parts("from").is_some() || errors.of("from").is_some() {
        from.filled(data, &errors)
    } else {
        with_date(from, today)
    };
    let mut field =
        FieldView::textarea("samples", c.t("services-samples")).hint(c.t("services-samples-hint")).value(samples);
    field.error = errors.of("samples").map(str::to_owned);
    PreviewPage {
        crumbs: about.crumbs(&c, "services-preview"),
        title: c.t1("services-preview-title", "name", service.name(c.lang)),
        check: format!("{LIST}/{code}/check"),
        publish: format!("{LIST}/{code}/publish"),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        code: service.code.clone(),
        name: service.name(c.lang).to_owned(),
        is_new: about.last.is_empty(),
        changes: diff(&about.last, checked.text()),
        text: checked.text().to_owned(),
        samples: field,
        told,
        told_changes,
        from,
        c: c.failed(errors.any()).dense(),
        errors,
    }
}

fn with_date(field: FieldView, day: Date) -> FieldView {
    field.part("day", day.day().to_string()).part("month", day.month().to_string()).part("year", day.year().to_string())
}

/// Publishes the previewed text.
pub(super) async fn publish(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(code): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    let about = About::read(&office, &code).await?;
    let mut errors = FormErrors::new();
    let text = data.get("text").to_owned();
    let from = date(&c, &data, "from", &mut errors);
    if let Some(from) = from {
        let command = data.command().ok_or(PageError::BadRequest(None))?;
        let publication = Publication { command, text: text.clone(), from, code: about.code() };
        let result = crate::services::publish_file(&office, &By::Viewer(viewer), publication).await;
        if let Some(now) = super::outcome(&c, &mut errors, result)? {
            let words =
                c.ta("services-published", &[("version", &now.version.to_string()), ("day", &c.date(now.from))]);
            return Ok(see_other(format!("{LIST}/{}", now.code)).with_flash(Flash::ok(words)).into_response());
        }
    }
    let refused = errors.clone();
    match checked(&office, &c, &about, &text, &mut FormErrors::new()) {
        Ok(checked) => Ok(Html(preview(&office, c, &code, &about, &checked, &data, refused)).unprocessable()),
        Err(findings) => Ok(Html(edit_page(c, &code, &about, text, &findings, refused)).unprocessable()),
    }
}

/// A day in three boxes that must be there.
pub(super) fn date(c: &Ctx, data: &FormData, name: &str, errors: &mut FormErrors) -> Option<Date> {
    let day = optional_date(c, data, name, errors);
    if day.is_none() && errors.of(name).is_none() {
        errors.add(name, c.t("services-date-missing"));
    }
    day
}

/// A day in three boxes, all of which may be empty.
pub(super) fn optional_date(c: &Ctx, data: &FormData, name: &str, errors: &mut FormErrors) -> Option<Date> {
    let [day, month, year] = data.date_parts(name)?;
    let read = dates::parse_boxes(day, month, year);
    if read.is_err() {
        errors.add(name, c.t("services-date-wrong"));
    }
    read.ok().flatten()
}
