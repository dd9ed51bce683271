//! المعاينات: an inspector's days, and the report that is filled in on the spot.

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use catalogue::answers::{Context, Sheet, is_asked, validate};
use catalogue::model::{Field, FieldType, StepKind};
use foundation::web::forms::FieldKind;
use foundation::web::{
    Answer, Choice, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, Opens, PageError, see_other,
};
use jiff::ToSpan as _;
use record::views::ViewLog;
use registry::Viewer;
use serde_json::Value;
use uuid::Uuid;

use super::open::{self, Opened};
use super::parts::{self, FormPage};
use super::trail::Change;
use super::words::{self, Failed};
use super::{act as desk_act, fieldset, file};
use crate::Office;
use crate::requests::act::{self, split};
use crate::requests::events::{Answers, FileRef, Recommendation, StepNo};
use crate::requests::queries;
use crate::requests::rules::{Command, Known, day};

/// Days behind today that are still listed: visits that were missed.
const BEHIND: i64 = 30;
/// Days ahead.
const AHEAD: i64 = 14;
/// Inspections listed that have no day yet.
const WAITING: usize = 40;
/// Hidden fields that name files kept with an earlier try.
const KEPT: &str = "kept";
/// The field of photos, where the service's form has none of its own.
const PHOTOS: &str = "visit-photos";

#[derive(Template)]
#[template(path = "desk/visits.html")]
struct VisitsPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    days: Vec<Day>,
    /// Inspections at the viewer's desks without a day.
    unplanned: Vec<VisitCard>,
}

struct Day {
    title: String,
    class: &'static str,
    word: String,
    visits: Vec<VisitCard>,
}

struct VisitCard {
    href: String,
    file: String,
    number: String,
    service: String,
    place: String,
    hour: String,
    name: String,
    map: String,
}

/// A report with nothing in it, to ask who may hand one in.
pub(super) fn probe(opened: &Opened) -> Command {
    Command::ReportVisit {
        step: opened.step,
        date: opened.today,
        answers: Answers::new(),
        personal: Value::Null,
        recommendation: Recommendation::Accept,
        note: String::new(),
        files: Vec::new(),
    }
}

/// The viewer's visits by day.
pub(super) async fn list(office: Office, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let c = c.outdoors();
    let today = day(office.clock.now());
    let from = today.checked_sub(BEHIND.days()).unwrap_or(today);
    let to = today.checked_add(AHEAD.days()).unwrap_or(today);
    let due = queries::visits(&mut office.db.reader(), &viewer, from, to).await?;
    let mut days: Vec<Day> = Vec::new();
    let mut last = None;
    for visit in &due {
        let Some(on) = visit.on else { continue };
        let asked = FormData::from_pairs([("step", visit.step.to_string())]);
        let opened = match open::open(&office, &viewer, visit.request, &asked).await {
            Ok(opened) => opened,
            // Planned for somebody whose role in that department has ended since: it is for the department to see.
            Err(PageError::Forbidden(_)) => continue,
            Err(error) => return Err(error),
        };
        if last != Some(on) {
            let (class, word) = match on {
                on if on < today => ("err", c.t("desk-day-missed")),
                on if on == today => ("ok", c.t("desk-day-today")),
                _ => ("info", c.t("desk-day-ahead")),
            };
            days.push(Day { title: c.weekday(on), class, word, visits: Vec::new() });
            last = Some(on);
        }
        let card = card(&office, &viewer, &c, &opened).await?;
        if let Some(day) = days.last_mut() {
            day.visits.push(card);
        }
    }
    let tree = office.units.now();
    let desks = super::inbox::own_desks(&viewer, &tree);
    let filter = queries::InboxFilter { kind: Some(StepKind::Inspect.code().to_owned()), ..Default::default() };
    let marks = queries::Marks::at(office.clock.now());
    let waiting = queries::inbox(&mut office.db.reader(), &desks, &filter, &marks, None, WAITING).await?.rows;
    let unplanned = waiting.iter().filter(|line| line.visit_on.is_none() && line.consult == 0);
    let unplanned = unplanned.map(|line| VisitCard {
        href: String::new(),
        file: format!("/desk/requests/{}?step={}", line.request, line.step),
        number: c.reference(&line.number),
        service: office.service_name(&line.service, c.lang),
        place: tree.name_in(c.lang, &line.holder.unit).to_owned(),
        hour: String::new(),
        name: String::new(),
        map: String::new(),
    });
    let page =
        VisitsPage { crumbs: vec![Crumb::here(c.t("desk-visits-title"))], unplanned: unplanned.collect(), days, c };
    Ok(Html(page).into_response())
}

async fn card(office: &Office, viewer: &Viewer, c: &Ctx, opened: &Opened) -> Result<VisitCard, PageError> {
    let looked = opened.looked(viewer);
    let head = file::head(office, viewer, c, opened, &looked).await?;
    let hour = opened.state().course.next_visit(opened.step).map(|visit| visit.hour.clone());
    let (place, map) = spot(opened);
    Ok(VisitCard {
        href: format!("/desk/visits/{}/{}", opened.case.id, opened.step),
        file: format!("/desk/requests/{}?step={}", opened.case.id, opened.step),
        number: c.reference(&opened.state().file.number),
        service: opened.service.name(c.lang).to_owned(),
        place: if place.is_empty() { opened.tree.name_in(c.lang, &opened.state().file.unit).to_owned() } else { place },
        hour: hour.unwrap_or_default(),
        name: head.first().map(|line| line.value.clone()).unwrap_or_default(),
        map,
    })
}

/// Address and point of the place, from the form's public answers.
fn spot(opened: &Opened) -> (String, String) {
    let fields = opened.service.fields.iter().filter(|field| !field.personal);
    let answers = &opened.state().file.answers;
    let mut place = String::new();
    let mut map = String::new();
    for field in fields {
        match (field.kind, answers.get(&field.id)) {
            (FieldType::Address, Some(Value::String(text))) if place.is_empty() => place.clone_from(text),
            (FieldType::Point, Some(Value::Array(pair))) if map.is_empty() => {
                let degrees: Vec<&str> = pair.iter().rev().filter_map(Value::as_str).collect();
                if degrees.len() == 2 {
                    map = format!("geo:{}", degrees.join(","));
                }
            }
            _ => {}
        }
    }
    (place, map)
}

/// The report form.
pub(super) async fn form(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((id, step)): Path<(Uuid, StepNo)>,
    log: Option<Extension<ViewLog>>,
) -> Result<Response, PageError> {
    let opened = at(&office, &viewer, id, step).await?;
    open::note(log, &office, &viewer, &opened, "desk-visit");
    let (data, errors) = (FormData::default(), FormErrors::new());
    let page = page(&office, &viewer, c, &opened, &data, &errors, Vec::new()).await?;
    Ok((Extension(Opens::geolocation()), Html(page)).into_response())
}

async fn at(office: &Office, viewer: &Viewer, id: Uuid, step: StepNo) -> Result<Opened, PageError> {
    let asked = FormData::from_pairs([("step", step.to_string())]);
    let opened = open::open(office, viewer, id, &asked).await?;
    if opened.step != step || opened.kind() != Some(StepKind::Inspect) {
        return Err(PageError::NotFound);
    }
    if !opened.may(viewer, &probe(&opened)) {
        return Err(PageError::forbidden());
    }
    Ok(opened)
}

async fn page(
    office: &Office,
    viewer: &Viewer,
    c: Ctx,
    opened: &Opened,
    data: &FormData,
    errors: &FormErrors,
    changes: Vec<Change>,
) -> Result<FormPage, PageError> {
    let c = c.outdoors().failed(errors.any());
    let looked = opened.looked(viewer);
    let mut facts = file::head(office, viewer, &c, opened, &looked).await?;
    let (place, _) = spot(opened);
    if !place.is_empty() {
        facts.push(Answer::text(c.t("desk-place"), place));
    }
    let planned = opened.state().course.next_visit(opened.step);
    if let Some(visit) = planned {
        facts.push(Answer::text(
            c.t("desk-visit-appointed"),
            format!("{}{}{}", c.date(visit.date), c.comma(), visit.hour),
        ));
    }
    let mut fields = fieldset::views(&c, office.catalogue(), asked(opened), data, errors);
    for field in &mut fields {
        field.when = condition(opened, &field.name);
        field.required &= field.when.is_none();
    }
    let kept = data.all(KEPT).len();
    for field in fields.iter_mut().filter(|field| field.kind == FieldKind::File) {
        field.hint = Some(photo_hint(&c, kept));
    }
    if !opened.service.inspection_report.iter().any(|field| field.kind == FieldType::File) {
        let mut photos = FieldView::new(FieldKind::File, PHOTOS, c.t("desk-f-photos")).hint(photo_hint(&c, kept));
        photos.multiple = true;
        photos.accept = "image/*";
        fields.push(photos.filled(data, errors));
    }
    let advice = ["accept", "refuse", "again"].map(|word| Choice::new(word, c.t(&format!("desk-recommend-{word}"))));
    let own = [
        parts::with_date(FieldView::new(FieldKind::Date, "visit-date", c.t("desk-f-visited")), opened.today).required(),
        FieldView::radios("visit-recommendation", c.t("desk-f-recommend"), advice.to_vec()).required(),
        FieldView::textarea("visit-note", c.t("desk-f-visit-note")).max_length(2_000),
    ];
    fields.extend(own.map(|field| field.filled(data, errors)));
    let over = opened.stands().is_none_or(|step| !step.is_open());
    Ok(FormPage {
        crumbs: vec![
            Crumb::new("/desk/visits", c.t("desk-visits-title")),
            Crumb::here(c.reference_inline(&opened.state().file.number)),
        ],
        title: c.t1("desk-report-title", "number", c.reference_inline(&opened.state().file.number)),
        facts,
        effect: String::new(),
        blocked: if over { c.t("desk-visit-over") } else { String::new() },
        changes,
        errors: errors.clone(),
        action: format!("/desk/visits/{}/{}", opened.case.id, opened.step),
        command: data.command().map_or_else(|| c.command(), |command| command.to_string()),
        version: opened.state().version,
        multipart: true,
        kept: data.all(KEPT).into_iter().map(str::to_owned).collect(),
        fields,
        button: c.t("desk-button-report"),
        danger: false,
        back: format!("/desk/requests/{}?step={}", opened.case.id, opened.step),
        c,
    })
}

/// Fields of the report that can be asked: those that the form's own answers rule out are left out.
fn asked(opened: &Opened) -> Vec<&Field> {
    let known = Known::of(opened.state(), &opened.service);
    let case = known.case();
    let fields = opened.service.inspection_report.iter();
    fields.filter(|field| !names(opened, field).is_empty() || is_asked(&opened.service, field, &case)).collect()
}

/// Fields of the report on which a field of it depends.
fn names(opened: &Opened, field: &Field) -> Vec<String> {
    let program = field.required.when().and_then(|when| opened.service.program(when).ok());
    let names = program.map(|program| program.names()).unwrap_or_default();
    names.into_iter().filter(|name| opened.service.inspection_report.iter().any(|other| other.id == *name)).collect()
}

/// The condition as a script reads it, where the report alone decides.
fn condition(opened: &Opened, id: &str) -> Option<String> {
    let field = opened.service.inspection_report.iter().find(|field| field.id == id)?;
    let program = opened.service.program(field.required.when()?).ok()?;
    let own = names(opened, field).len();
    (own > 0 && own == program.names().len()).then(|| program.to_json().to_string())
}

fn photo_hint(c: &Ctx, kept: usize) -> String {
    if kept == 0 { c.t("desk-f-photos-hint") } else { c.t1("desk-f-photos-kept", "n", kept) }
}

/// A file as a hidden field names it, with the field that it belongs to.
fn keep(field: &str, file: &FileRef) -> String {
    format!("{field} {} {} {}", file.hash, file.media, file.size)
}

/// Reads what [`keep`] wrote; whether there is such a file is asked when it is named in an event.
fn kept_before(text: &str) -> Option<(String, FileRef)> {
    let mut parts = text.split(' ');
    let (field, hash, media) = (parts.next()?.to_owned(), parts.next()?.to_owned(), parts.next()?.to_owned());
    let size = parts.next()?.parse().ok()?;
    (hash.len() == 64).then_some((field, FileRef { hash, media, size }))
}

/// Takes the report in.
pub(super) async fn report(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((id, step)): Path<(Uuid, StepNo)>,
    data: FormData,
) -> Result<Response, PageError> {
    let opened = at(&office, &viewer, id, step).await?;
    let command = parts::command(&data)?;
    let mut errors = FormErrors::new();
    let form = &opened.service.inspection_report;
    let mut raw = fieldset::raw(form, &data);
    let mut brought: Vec<(String, FileRef)> = data.all(KEPT).into_iter().filter_map(kept_before).collect();
    let takes: Vec<&str> =
        form.iter().filter(|field| field.kind == FieldType::File).map(|field| field.id.as_str()).collect();
    for field in takes.iter().copied().chain([PHOTOS]) {
        let new = desk_act::kept(&c, &office, &viewer, &opened, &data, field, &mut errors).await?;
        brought.extend(new.into_iter().map(|file| (field.to_owned(), file)));
    }
    for field in takes {
        let hashes: Vec<String> =
            brought.iter().filter(|(of, _)| of == field).map(|(_, file)| file.hash.clone()).collect();
        if !hashes.is_empty() {
            raw.insert(field.to_owned(), hashes);
        }
    }
    let typed = data.pairs().filter(|(name, _)| *name != KEPT);
    let mut again: Vec<(String, String)> = typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    again.extend(brought.iter().map(|(field, file)| (KEPT.to_owned(), keep(field, file))));
    let data = FormData::from_pairs(again);
    let mut files: Vec<FileRef> = Vec::new();
    for (_, file) in brought {
        if !files.contains(&file) {
            files.push(file);
        }
    }
    let recommendation = match data.get("visit-recommendation") {
        "accept" => Some(Recommendation::Accept),
        "refuse" => Some(Recommendation::Refuse),
        "again" => Some(Recommendation::Again),
        _ => {
            errors.add("visit-recommendation", c.t("desk-recommend-missing"));
            None
        }
    };
    let date = parts::required_date(&c, &data, "visit-date", &mut errors);
    // Where nothing could be looked at, nothing need be answered.
    let answers = if recommendation == Some(Recommendation::Again) {
        Answers::new()
    } else {
        let known = Known::of(opened.state(), &opened.service);
        let known = known.case();
        let context = Context { applicant: known.applicant, known: known.answers, today: opened.today };
        match validate(&opened.service, Sheet::Inspection, &raw, &context) {
            Ok(read) => match read.answers.to_json() {
                Value::Object(answers) => answers,
                _ => Answers::new(),
            },
            Err(faults) => {
                for fault in faults {
                    errors.add(fault.field, fault.said.text(c.lang));
                }
                Answers::new()
            }
        }
    };
    let (Some(recommendation), Some(date), false) = (recommendation, date, errors.any()) else {
        let page = page(&office, &viewer, c, &opened, &data, &errors, Vec::new()).await?;
        return Ok((Extension(Opens::geolocation()), Html(page).unprocessable()).into_response());
    };
    let (answers, personal) = split(form, answers);
    let what = Command::ReportVisit {
        step,
        date,
        answers,
        personal: Value::Null,
        recommendation,
        note: data.get("visit-note").to_owned(),
        files,
    };
    let mut wanted = opened.case.act(command, parts::version(&data), what);
    wanted.personal = (!personal.is_empty()).then_some(personal);
    match act::act(&office, &viewer, wanted).await {
        Ok(_) => {
            let number = c.reference_inline(&opened.state().file.number);
            Ok(see_other("/desk/visits")
                .with_flash(Flash::ok(c.t1("desk-done-report", "number", number)))
                .into_response())
        }
        Err(error) => {
            let failed = words::sort(&c, &office, &opened.service, "visit", error, &mut errors)?;
            let opened = at(&office, &viewer, id, step).await?;
            let (changes, status) = match &failed {
                Failed::Form => (Vec::new(), StatusCode::UNPROCESSABLE_ENTITY),
                Failed::Moved(since) => {
                    (desk_act::moved(&c, &office, &opened, since, parts::version(&data)), StatusCode::CONFLICT)
                }
            };
            let page = page(&office, &viewer, c, &opened, &data, &errors, changes).await?;
            Ok((Extension(Opens::geolocation()), Html(page).status(status)).into_response())
        }
    }
}
