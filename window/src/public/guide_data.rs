//! الدليل للآلات وللطباعة: the whole guide as a file, for the country or with a governorate's own figures.
//!
//! `/guide.pdf` and `/guide/{governorate}.pdf` are the booklet (`booklet.rs`). `/guide.json` and
//! `/guide/{governorate}.json`, the shape `docs/guide-json.md`: field names in English that
//! stay, every text in Arabic and English, and digests that change exactly when the texts or the figures do.
//! A file is made on first demand, off the threads that answer, and kept until its digest changes, one
//! at a time; of the booklets only a few.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use catalogue::Catalogue;
use catalogue::fees::in_force;
use catalogue::model::Service;
use foundation::clock::Micros;
use foundation::dates;
use foundation::lang::Lang;
use foundation::web::{Ctx, PageError};
use jiff::civil::Date;
use parking_lot::Mutex;
use registry::place::NATIONAL;
use registry::units::Tree;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::service_view::{DocumentLine, Line, ServiceView, StepLine};
use super::{booklet, fees, hours, places};
use crate::Office;

/// Booklets that are kept: each is some megabytes, and they are asked for rarely.
const BOOKLETS: usize = 4;
/// What the shape is called; it changes when a name in it does.
const FORMAT: &str = "shubbak-guide/1";

/// In what form the guide is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Json,
    Pdf,
}

impl Form {
    /// Of a file's name: its stem and form.
    fn of(file: &str) -> Option<(&str, Self)> {
        [(".json", Self::Json), (".pdf", Self::Pdf)]
            .into_iter()
            .find_map(|(end, form)| file.strip_suffix(end).map(|stem| (stem, form)))
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Pdf => "application/pdf",
        }
    }
}

/// Files by form and governorate, with their tags.
type Files = BTreeMap<(Form, String), (String, Bytes)>;

/// Files that were made.
#[derive(Clone, Default)]
pub(super) struct Made {
    files: Arc<Mutex<Files>>,
    /// A booklet takes seconds of a processor: whoever asks meanwhile waits.
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl Made {
    fn kept(&self, key: &(Form, String), tag: &str) -> Option<Bytes> {
        self.files.lock().get(key).filter(|(of, _)| of == tag).map(|(_, bytes)| bytes.clone())
    }

    fn keep(&self, key: (Form, String), file: (String, Bytes)) {
        let mut files = self.files.lock();
        let booklets: Vec<_> = files.keys().filter(|(form, _)| *form == Form::Pdf).cloned().collect();
        if key.0 == Form::Pdf && booklets.len() >= BOOKLETS {
            booklets.iter().take(booklets.len() + 1 - BOOKLETS).for_each(|old| drop(files.remove(old)));
        }
        files.insert(key, file);
    }
}

/// The guide of the country.
pub(super) async fn country(
    c: Ctx,
    office: Office,
    Extension(made): Extension<Made>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    answer(c, office, made, (None, Form::Json), &asked).await
}

/// The booklet of the country.
pub(super) async fn country_booklet(
    c: Ctx,
    office: Office,
    Extension(made): Extension<Made>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    answer(c, office, made, (None, Form::Pdf), &asked).await
}

/// The guide with a governorate's own figures and the hours of its windows.
pub(super) async fn governorate(
    c: Ctx,
    office: Office,
    Extension(made): Extension<Made>,
    Path(file): Path<String>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    let (code, form) = Form::of(&file).ok_or(PageError::NotFound)?;
    let known = code != NATIONAL && office.units.now().governorate(code).is_some();
    if !known {
        return Err(PageError::NotFound);
    }
    answer(c, office, made, (Some(code.to_owned()), form), &asked).await
}

async fn answer(
    c: Ctx,
    office: Office,
    made: Made,
    (governorate, form): (Option<String>, Form),
    asked: &HeaderMap,
) -> Result<Response, PageError> {
    let day = dates::day_of(office.clock.now());
    let around = Around { day, now: office.clock.now(), governorate, office, c };
    let versions = around.versions();
    let figures = around.figures();
    let edition = digest(&[&versions, &figures, &around.windows(), &dates::iso(day), FORMAT]);
    let tag = format!("\"{edition}\"");
    let key = (form, around.governorate.clone().unwrap_or_default());
    let same = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if same.is_some_and(|list| list.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)) {
        return Ok(headed(StatusCode::NOT_MODIFIED, form, &tag, Bytes::new()));
    }
    if let Some(bytes) = made.kept(&key, &tag) {
        return Ok(headed(StatusCode::OK, form, &tag, bytes));
    }
    let _turn = made.turn.lock().await;
    let bytes = match made.kept(&key, &tag) {
        Some(bytes) => bytes,
        None => {
            let work = move || match form {
                Form::Json => Ok(Bytes::from(around.whole(&versions, &figures).to_string())),
                Form::Pdf => {
                    let name = format!("{} / {}", dates::iso(around.day), edition.get(..8).unwrap_or_default());
                    documents::pdf(&booklet::document(&around, name), &booklet::options(&around)).map(Bytes::from)
                }
            };
            let bytes = tokio::task::spawn_blocking(work).await.map_err(PageError::internal)?;
            let bytes = bytes.map_err(|error| PageError::from_error(&error))?;
            made.keep(key, (tag.clone(), bytes.clone()));
            bytes
        }
    };
    Ok(headed(StatusCode::OK, form, &tag, bytes))
}

fn headed(status: StatusCode, form: Form, tag: &str, bytes: Bytes) -> Response {
    let mut response = (status, bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(form.content_type()));
    // Asked again each time, answered without a body while nothing changed.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Lower-case hex of the SHA-256 of lines.
fn digest(lines: &[&str]) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whose guide it is, and when.
pub(super) struct Around {
    pub c: Ctx,
    pub office: Office,
    /// A governorate's code; none for the country.
    pub governorate: Option<String>,
    pub day: Date,
    pub now: Micros,
}

impl Around {
    /// Digest of the versions in force.
    fn versions(&self) -> String {
        let guide = self.office.guide(self.day);
        let lines: Vec<String> = guide.services().map(|service| format!("{} {}", service.code, service.hash)).collect();
        digest(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Digest of the governorate's figures in force; empty for the country.
    fn figures(&self) -> String {
        let Some(tenant) = &self.governorate else { return String::new() };
        let figures = self.office.figures(tenant);
        let guide = self.office.guide(self.day);
        let mut lines = Vec::new();
        for service in guide.services() {
            for (_, figure) in in_force(service, &figures, self.day) {
                lines.push(format!("{} {} {} {}", figure.service, figure.figure, figure.value, figure.decision_ar));
            }
        }
        digest(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Digest of the governorate's windows and their calendars.
    fn windows(&self) -> String {
        let tree = self.office.units.now();
        let Some(tenant) = &self.governorate else { return String::new() };
        let served = places::served(&tree, Some(tenant));
        let lines: Vec<String> =
            served.map(|unit| format!("{} {} {}", unit.code, unit.name, tree.calendar_version(&unit.code))).collect();
        digest(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn whole(&self, versions: &str, figures: &str) -> Value {
        let guide = self.office.guide(self.day);
        let catalogue: &Catalogue = &guide;
        let tree = self.office.units.now();
        let speaks = Lang::ALL.map(|lang| self.c.clone().in_language(lang));
        let [ar, en] = &speaks;
        let groups: Vec<Value> = catalogue
            .registers()
            .groups
            .iter()
            .map(|group| json!({"code": group.code, "name": both(group.name(Lang::Ar), group.name(Lang::En))}))
            .collect();
        let services: Vec<Value> =
            catalogue.services().map(|service| self.service([ar, en], catalogue, service)).collect();
        let governorate = self.governorate.as_ref().map(|code| {
            let name = both(&places::governorate(Lang::Ar, code), &places::governorate(Lang::En, code));
            json!({"code": code, "name": name, "figures": figures})
        });
        json!({
            "format": FORMAT,
            "day": dates::iso(self.day),
            "versions": versions,
            "governorate": governorate,
            "groups": groups,
            "services": services,
            "units": self.governorate.as_ref().map(|code| units([ar, en], &tree, code, self.now)).unwrap_or_default(),
        })
    }

    fn service(&self, [ar, en]: [&Ctx; 2], catalogue: &Catalogue, service: &Service) -> Value {
        let localised = fees::localised(&self.office, service, self.governorate.as_deref(), self.day);
        let views = [ar, en].map(|c| ServiceView::of(c, catalogue, &localised));
        let fees = [ar, en].map(|c| fees::parts(c, catalogue, &localised, self.day));
        let own = [ar, en].map(|c| fees::local(c, &self.office, service, self.governorate.as_deref(), self.day).lines);
        let [view, view_en] = &views;
        let fees: Vec<Value> = fees[0]
            .iter()
            .zip(&fees[1])
            .map(|(one, other)| {
                let tables: Vec<Value> = one
                    .tables
                    .iter()
                    .zip(&other.tables)
                    .map(|(table, english)| {
                        let rows = table.rows.iter().zip(&english.rows);
                        let rows: Vec<Value> = rows
                            .map(|(row, english)| json!({"what": both(&row.0, &english.0), "amount": both(&row.1, &english.1)}))
                            .collect();
                        json!({"title": both(&table.title, &english.title), "rows": rows})
                    })
                    .collect();
                json!({
                    "label": both(&one.label, &other.label),
                    "amount": both(&one.rule, &other.rule),
                    "when": both(&one.when, &other.when),
                    "limits": both(&one.limits, &other.limits),
                    "due": both(&one.due, &other.due),
                    "payee": both(&one.payee, &other.payee),
                    "refundable": one.refundable,
                    "note_ar": one.note,
                    "tables": tables,
                })
            })
            .collect();
        let own: Vec<Value> = own[0]
            .iter()
            .zip(&own[1])
            .map(|(one, other)| {
                json!({
                    "label": both(&one.label, &other.label),
                    "value": both(&one.value, &other.value),
                    "national": both(&one.national, &other.national),
                    "decision_ar": one.decision,
                })
            })
            .collect();
        let documents = |view: &ServiceView| -> Vec<Value> {
            view.documents
                .iter()
                .flatten()
                .map(|line: &DocumentLine| json!([line.name, line.copies, line.need]))
                .collect()
        };
        let documents: Vec<Value> = view
            .documents
            .iter()
            .flatten()
            .zip(documents(view_en))
            .map(|(line, english)| {
                json!({
                    "name": {"ar": line.name, "en": english[0]},
                    "copies": {"ar": line.copies, "en": english[1]},
                    "need": {"ar": line.need, "en": english[2]},
                    "always": line.is_always,
                    "hint_ar": line.hint,
                })
            })
            .collect();
        let lines = |one: &[Line], other: &[Line]| -> Vec<Value> {
            let pairs = one.iter().zip(other);
            pairs
                .map(|(one, other)| json!({"text": both(&one.text, &other.text), "when": both(&one.when, &other.when)}))
                .collect()
        };
        let step = |(one, other): (&StepLine, &StepLine)| {
            json!({
                "label": both(&one.label, &other.label),
                "department": both(&one.department, &other.department),
                "days": both(&one.days, &other.days),
                "beside_the_one_before": one.together,
                "when": both(&one.when, &other.when),
            })
        };
        json!({
            "code": service.code,
            "version": service.version,
            "hash": service.hash,
            "group": service.group,
            "name": both(&view.name, &view_en.name),
            "applicants": pairs(&view.applicants, &view_en.applicants),
            "channels": pairs(&view.channels, &view_en.channels),
            "online": view.online,
            "notes_ar": view.notes,
            "documents": documents,
            "conditions": lines(&view.conditions, &view_en.conditions),
            "fees": fees,
            "own_figures": own,
            "working_days": service.time_limit.working_days,
            "law_days": both(view.law_days.as_deref().unwrap_or_default(), view_en.law_days.as_deref().unwrap_or_default()),
            "silence": both(&view.silence, &view_en.silence),
            "steps": view.steps.iter().zip(&view_en.steps).map(step).collect::<Vec<_>>(),
            "refusal_reasons": pairs(&view.reasons, &view_en.reasons),
            "legal_basis": pairs(&view.laws, &view_en.laws),
            "page": format!("/services/{}", service.code),
        })
    }
}

/// Units with a fixed centre, and when their windows are open.
fn units([ar, en]: [&Ctx; 2], tree: &Tree, tenant: &str, now: Micros) -> Vec<Value> {
    let served = places::served(tree, Some(tenant));
    let unit = |unit: &Arc<registry::units::Unit>| {
        let [one, other] = [ar, en].map(|c| hours::of(c, tree, &unit.code, now));
        json!({
            "code": unit.code,
            "name": both(&places::title(ar, unit), &places::title(en, unit)),
            "days": both(&one.week, &other.week),
            "hours": both(&one.span, &other.span),
            "evening": both(&one.evening, &other.evening),
            "page": format!("/centres/{}", unit.code),
        })
    };
    served.map(unit).collect()
}

fn both(ar: &str, en: &str) -> Value {
    json!({"ar": ar, "en": en})
}

fn pairs(ar: &[String], en: &[String]) -> Vec<Value> {
    ar.iter().zip(en).map(|(ar, en)| both(ar, en)).collect()
}
