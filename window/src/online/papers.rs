//! The papers of an application (مستندات الطلب): photographed, or taken again from an earlier request.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use catalogue::model::{FieldType, Need, Service};
use foundation::web::forms::FieldKind;
use foundation::web::{Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError, see_other};
use registry::Viewer;
use uuid::Uuid;

use super::apply::crumbs;
use super::open::{self, Found, Opened};
use super::steps::{self, LATER};
use super::store::SaveError;
use crate::Office;
use crate::counter::intake::files;
use crate::counter::words;
use crate::requests::queries::{self, GivenPaper};
use crate::uploads;

/// Files of one document, at most.
pub(super) const MOST_FILES: usize = 10;

/// A document or a field with its files.
struct Line {
    title: String,
    hint: String,
    field: FieldView,
    /// Value of the button that takes a file away, and what it is.
    have: Vec<(String, String)>,
    /// Value and label of files that were given before.
    given: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "online/papers.html")]
struct PapersPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    service: String,
    action: String,
    /// Where large files go piece by piece.
    pieces: String,
    back: String,
    lines: Vec<Line>,
    later: FieldView,
}

/// Name of the boxes that take a file of an earlier request.
fn given_name(code: &str) -> String {
    format!("given.{code}")
}

fn size(c: &Ctx, media: &str, bytes: i64) -> String {
    let kind = if media == "application/pdf" { "PDF".to_owned() } else { c.t("online-picture") };
    c.ta("online-file-size", &[("kind", &kind), ("n", &((bytes + 1023) / 1024))])
}

async fn given(office: &Office, viewer: &Viewer) -> Result<Vec<GivenPaper>, PageError> {
    let mut reader = office.db.reader();
    let keyring = office.record.keyring();
    let requests = queries::of_holder(&mut reader, viewer, keyring).await;
    let requests = requests.map_err(|error| PageError::from_error(&error))?;
    queries::given_papers(&mut reader, &requests).await.map_err(|error| PageError::from_error(&error))
}

fn page(office: &Office, c: Ctx, opened: &Opened, given: &[GivenPaper], errors: FormErrors) -> PapersPage {
    let c = c.failed(errors.any());
    let reading = opened.reading(office);
    let answers = reading.so_far();
    let line = |code: &str, title: String, hint: String, needed: bool| {
        let name = files::control(code);
        let mut field = FieldView::new(FieldKind::File, name.clone(), c.t1("online-file-of", "paper", title.clone()));
        field.multiple = true;
        field.required = needed;
        field.error = errors.of(&name).map(str::to_owned);
        let have = reading.files(code);
        Line {
            hint,
            field,
            given: given
                .iter()
                .filter(|paper| paper.doc == code && have.is_empty())
                .take(3)
                .map(|paper| {
                    let number = c.reference_inline(&paper.number);
                    let label = c.ta("online-given", &[("number", &number), ("date", &c.day_of(paper.at))]);
                    (format!("{}/{}/{}", paper.tenant, paper.request, paper.file.hash), label)
                })
                .collect(),
            have: have.iter().map(|file| (format!("{code}|{}", file.hash), size(&c, &file.media, file.size))).collect(),
            title,
        }
    };
    let fields = reading.file_fields(&answers).into_iter();
    let mut lines: Vec<Line> = fields
        .map(|field| {
            let hint = field.hint_ar.clone().unwrap_or_default();
            line(&steps::file_code(field), field.label(c.lang).to_owned(), hint, field.required != Need::Optional)
        })
        .collect();
    lines.extend(reading.documents(&answers).into_iter().map(|(doc, needed)| {
        let document = opened.service.documents.iter().find(|document| document.doc == doc);
        let hint = document.and_then(|document| document.hint_ar.clone()).unwrap_or_default();
        line(doc, words::document(&c, office.catalogue(), doc), hint, needed)
    }));
    let later = FieldView::checkbox(LATER, c.t("online-later")).hint(c.t("online-later-hint"));
    PapersPage {
        crumbs: crumbs(&c, opened, c.t("online-task-papers")),
        service: opened.service.name(c.lang).to_owned(),
        action: opened.path("papers"),
        pieces: opened.path("pieces"),
        back: opened.path(""),
        later: later.filled(&opened.data, &errors),
        lines,
        errors,
        c,
    }
}

/// Codes of everything that takes files: documents, and fields of the form.
pub(super) fn codes(service: &Service) -> Vec<String> {
    let fields = service.fields.iter().filter(|field| field.kind == FieldType::File);
    service.documents.iter().map(|document| document.doc.clone()).chain(fields.map(steps::file_code)).collect()
}

/// The list of papers.
pub(super) async fn show(office: Office, viewer: Viewer, c: Ctx, Path(id): Path<Uuid>) -> Result<Response, PageError> {
    match open::open(&office, &viewer, &c, id).await? {
        Found::Here(opened) => {
            let given = given(&office, &viewer).await?;
            Ok(Html(page(&office, c, &opened, &given, FormErrors::new())).into_response())
        }
        Found::Gone(answer) => Ok(answer),
    }
}

/// Takes files in, takes one away, takes one of an earlier request; goes on when asked to.
pub(super) async fn save(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    mut data: FormData,
) -> Result<Response, PageError> {
    let mut opened = match open::open(&office, &viewer, &c, id).await? {
        Found::Here(opened) => opened,
        Found::Gone(answer) => return Ok(answer),
    };
    let service = opened.service.clone();
    let codes = codes(&service);
    let given = given(&office, &viewer).await?;
    let mut errors = FormErrors::new();
    // Which files are there already, the application knows and not the form.
    for code in &codes {
        let kept = opened.data.get(&files::stored(code)).to_owned();
        data.remove(|name| name == files::stored(code));
        data.set(&files::stored(code), &kept);
    }
    again(&office, &viewer, &opened, &given, &codes, &mut data, &mut errors, &c).await?;
    let place = (opened.application.tenant.clone(), opened.application.unit.clone());
    let place = (place.0.as_str(), place.1.as_str(), id);
    files::take(&office, &viewer, &c, place, &mut data, &codes, &mut errors).await?;
    let take_away = data.opt("remove").map(str::to_owned);
    for code in &codes {
        let mut have = files::had(&data, code);
        if let Some((of, hash)) = take_away.as_deref().and_then(|text| text.split_once('|'))
            && of == code
        {
            have.retain(|file| file.hash != hash);
        }
        if have.len() > MOST_FILES {
            errors.add(files::control(code), c.t1("online-too-many-files", "n", MOST_FILES));
            have.truncate(MOST_FILES);
        }
        opened.data.remove(|name| name == files::stored(code));
        if !have.is_empty() {
            opened.data.set(&files::stored(code), &files::written(&have));
        }
    }
    opened.data.remove(|name| name == LATER);
    if data.get(LATER) == "yes" {
        opened.data.set(LATER, "yes");
    }
    match open::save(&office, &viewer, &opened).await {
        Ok(version) => opened.application.version = version,
        // What another device has saved stays; only the files are put to it.
        Err(SaveError::Elsewhere) => return Err(PageError::Conflict(c.t("online-elsewhere"))),
        Err(error) => return Err(open::save_error(&c, error)),
    }
    if data.get("do") != "next" && !errors.any() {
        return Ok(see_other(opened.path("papers")).into_response());
    }
    let reading = opened.reading(&office);
    let answers = reading.so_far();
    if !errors.any() {
        let later = opened.data.get(LATER) == "yes";
        for (doc, needed) in reading.documents(&answers) {
            if needed && !later && reading.files(doc).is_empty() {
                let paper = words::document(&c, office.catalogue(), doc);
                errors.add(files::control(doc), c.t1("online-paper-missing", "paper", paper));
            }
        }
        for field in reading.file_fields(&answers) {
            let code = steps::file_code(field);
            if field.required != Need::Optional && reading.files(&code).is_empty() {
                errors
                    .add(files::control(&code), c.t1("online-paper-missing", "paper", field.label(c.lang).to_owned()));
            }
        }
    }
    if errors.any() {
        return Ok(Html(page(&office, c, &opened, &given, errors)).unprocessable());
    }
    Ok(see_other(opened.path("check")).into_response())
}

/// Files of earlier requests, ticked to be given again: copied under the key of this application.
#[expect(clippy::too_many_arguments, reason = "one page's parts, used once")]
async fn again(
    office: &Office,
    viewer: &Viewer,
    opened: &Opened,
    given: &[GivenPaper],
    codes: &[String],
    data: &mut FormData,
    errors: &mut FormErrors,
    c: &Ctx,
) -> Result<(), PageError> {
    for code in codes {
        let wanted: Vec<String> = data.all(&given_name(code)).into_iter().map(str::to_owned).collect();
        for wanted in wanted {
            // Only what is the viewer's own is in the list.
            let paper = given.iter().find(|paper| {
                paper.doc == *code && format!("{}/{}/{}", paper.tenant, paper.request, paper.file.hash) == wanted
            });
            let Some(paper) = paper else { continue };
            let found = uploads::fetch(office, &paper.tenant, paper.request, &paper.file.hash).await?;
            let Some((media, bytes)) = found else {
                errors.add(files::control(code), c.t("online-given-gone"));
                continue;
            };
            let (tenant, unit, id) = (&opened.application.tenant, &opened.application.unit, opened.application.id);
            let file = uploads::keep(office, tenant, unit, id, viewer.staff(), media, bytes).await?;
            let mut have = files::had(data, code);
            if !have.contains(&file) {
                have.push(file);
            }
            data.set(&files::stored(code), &files::written(&have));
        }
    }
    Ok(())
}
