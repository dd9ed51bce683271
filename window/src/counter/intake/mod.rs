//! One-screen intake (قيد طلب في شاشة واحدة): everything typed once, checked, registered, printed.
//!
//! The first submit button is «تحقق», so that a scanner's Enter never registers. A form sent twice is
//! one request: its command and the request's own id were drawn when it was opened.

pub(crate) mod fields;
pub(crate) mod files;
mod parent;
mod read;
mod side;
mod view;
pub(super) mod who;

pub(crate) use side::days;

use std::sync::Arc;

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use catalogue::Service;
use foundation::web::{Ctx, Flash, FormData, FormErrors, Html, PageError, see_other};
use registry::citizens::{self, Citizen, Identity, IdentityKind};
use registry::kept::Kept;
use registry::privacy::{Field, FieldClass};
use registry::{Right, Viewer};
use serde::Deserialize;
use uuid::Uuid;

use super::open::{self, Views};
use super::seat::{self, Seat};
use super::words;
use crate::Office;
use crate::requests::act::{self, Act};
use crate::requests::drafts;
use crate::requests::rules::{self, Command};
use view::Form;

/// Services offered for what was typed: as many as one key chooses from.
const CHOICES: usize = 9;

/// What the address of the form says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    service: String,
    #[serde(default)]
    draft: Option<Uuid>,
    /// Number of the paper that the request is to be about.
    #[serde(default)]
    parent: String,
}

/// The form as it is being worked on.
pub(super) struct Work<'a> {
    pub office: &'a Office,
    pub viewer: &'a Viewer,
    pub seat: &'a Seat,
    pub service: Arc<Service>,
    pub request: Uuid,
    pub command: Uuid,
    /// Whether it was parked before.
    pub parked: bool,
}

/// Opens an empty form, a parked one, or the choice of a service.
pub(super) async fn open(
    office: Office,
    viewer: Viewer,
    headers: HeaderMap,
    c: Ctx,
    kept: Option<Extension<Kept>>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let seat = seat::required(&office, &viewer, &headers, Right::TakeRequests)?;
    let kept = kept.map(|Extension(kept)| kept.data());
    if let Some(id) = asked.draft {
        return parked(&office, &viewer, &seat, c, id, kept).await;
    }
    if let Some(data) = kept
        && let (Some(service), Some(request)) = (current(&office, data.get("service")), data.uuid("request"))
    {
        return again(&office, &viewer, &seat, c, service, request, data).await;
    }
    match pick(&office, &asked.service) {
        Picked::One(service) => {
            let work = Work {
                office: &office,
                viewer: &viewer,
                seat: &seat,
                service,
                request: office.ids.next(),
                command: office.ids.next(),
                parked: false,
            };
            let mut data = FormData::default();
            let (mut errors, mut said) = (FormErrors::new(), frozen(&work, &c, &data));
            if !asked.parent.is_empty() {
                parent::begin(&work, &mut data, &asked.parent);
                parent::look(&work, &c, &mut data, None, &mut errors, &mut said).await?;
            }
            let side = side::side(&work, &c, &data, None).await?;
            Ok(Html(view::page(&work, c, Form { data: &data, errors, said, side })).into_response())
        }
        Picked::Several(found) => Ok(Html(view::choice(&office, c, &asked.service, &found)).into_response()),
        Picked::None if asked.service.trim().is_empty() => Ok(Html(view::choice(&office, c, "", &[])).into_response()),
        Picked::None => Ok(Html(view::choice(&office, c, &asked.service, &[])).unprocessable()),
    }
}

/// A form that was typed before: its rows, its scans and its numbers are as they were.
async fn again(
    office: &Office,
    viewer: &Viewer,
    seat: &Seat,
    c: Ctx,
    service: Arc<Service>,
    request: Uuid,
    data: FormData,
) -> Result<Response, PageError> {
    let command = data.command().unwrap_or_else(|| office.ids.next());
    let parked = data.get("parked") == "yes";
    let work = Work { office, viewer, seat, service, request, command, parked };
    let side = side::side(&work, &c, &data, None).await?;
    Ok(Html(view::page(&work, c, Form { data: &data, errors: FormErrors::new(), said: Vec::new(), side }))
        .into_response())
}

async fn parked(
    office: &Office,
    viewer: &Viewer,
    seat: &Seat,
    c: Ctx,
    id: Uuid,
    kept: Option<FormData>,
) -> Result<Response, PageError> {
    for tenant in open::tenants(viewer) {
        let found = drafts::open(office, viewer, &tenant, id).await.map_err(|error| PageError::from_error(&error))?;
        let Some((draft, typed)) = found else { continue };
        let service = current(office, &draft.service).ok_or(PageError::Gone(None))?;
        let pairs = typed
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .filter_map(|pair| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.as_str()?.to_owned())));
        let mut data = kept.unwrap_or_else(|| FormData::from_pairs(pairs));
        data.set("parked", "yes");
        return again(office, viewer, seat, c, service, id, data).await;
    }
    Err(PageError::NotFound)
}

/// Checks, parks or registers; the button says which.
pub(super) async fn submit(
    office: Office,
    viewer: Viewer,
    headers: HeaderMap,
    views: Views,
    c: Ctx,
    mut data: FormData,
) -> Result<Response, PageError> {
    let seat = seat::required(&office, &viewer, &headers, Right::TakeRequests)?;
    let service = current(&office, data.get("service")).ok_or(PageError::BadRequest(None))?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let request = data.uuid("request").ok_or(PageError::BadRequest(None))?;
    let parked = data.get("parked") == "yes";
    let work = Work { office: &office, viewer: &viewer, seat: &seat, service, request, command, parked };
    parent::plain(&work, &mut data).await?;
    if data.get("do") == "save" {
        save(&work, &data).await?;
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let known = known_person(&work, &views, &data).await?;
    if data.get("do") == "side" {
        let side = side::side(&work, &c, &data, known.as_ref()).await?;
        return Ok(Html(side::SidePart { c, side }).into_response());
    }
    let mut errors = FormErrors::new();
    let unit = read::unit(&work, &data).unwrap_or_else(|| seat.unit.clone());
    let place = (seat.tenant.as_str(), unit.as_str(), request);
    files::take(&office, &viewer, &c, place, &mut data, &read::file_codes(&work.service), &mut errors).await?;
    match data.get("do") {
        "park" => park(&work, c, &data, known.as_ref()).await,
        "register" => {
            let read = read::read(&work, &c, &data, &mut errors);
            if let Some(intake) = read.intake.filter(|_| !errors.any()) {
                match act::register(&office, &viewer, intake).await {
                    Ok(answer) => return registered(&work, &answer, read.answer_files).await,
                    Err(error) => errors.add("", words::told(&c, &office, error)?),
                }
            }
            let side = side::side(&work, &c, &data, known.as_ref()).await?;
            Ok(Html(view::page(&work, c, Form { data: &data, errors, said: read.said, side })).unprocessable())
        }
        _ => {
            let mut said = frozen(&work, &c, &data);
            parent::look(&work, &c, &mut data, known.as_ref(), &mut errors, &mut said).await?;
            let mut all = FormErrors::new();
            let read = read::read(&work, &c, &data, &mut all);
            said.extend(read.said);
            // What is not typed yet is not wrong yet.
            all.iter().filter(|(name, _)| data.opt(name).is_some()).for_each(|(name, text)| errors.add(name, text));
            fill(&work, &c, &mut data, known.as_ref(), &mut said);
            let side = side::side(&work, &c, &data, known.as_ref()).await?;
            let wrong = errors.any();
            let page = Html(view::page(&work, c, Form { data: &data, errors, said, side }));
            Ok(if wrong { page.unprocessable() } else { page.into_response() })
        }
    }
}

/// A request that a program sends in: what its body says goes through the same reading as the form of the
/// window. Nobody at a window has looked at the papers yet, so the first check is left to the office.
/// None: the errors say what is wrong, under the names of the form's controls.
///
/// # Errors
/// What is no matter of the body.
pub(crate) async fn by_program(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    (request, command): (Uuid, Uuid),
    mut data: FormData,
    errors: &mut FormErrors,
) -> Result<Option<act::Answer>, PageError> {
    let seat = seat::required(office, viewer, &HeaderMap::new(), Right::TakeRequests)?;
    let service = current(office, data.get("service")).ok_or(PageError::NotFound)?;
    let work = Work { office, viewer, seat: &seat, service, request, command, parked: false };
    parent::plain(&work, &mut data).await?;
    let read = read::read(&work, c, &data, errors);
    let Some(mut intake) = read.intake.filter(|_| !errors.any()) else { return Ok(None) };
    intake.checked = false;
    match act::register(office, viewer, intake).await {
        Ok(answer) => Ok(Some(answer)),
        Err(error) => {
            errors.add("", words::told(c, office, error)?);
            Ok(None)
        }
    }
}

async fn park(work: &Work<'_>, c: Ctx, data: &FormData, known: Option<&Citizen>) -> Result<Response, PageError> {
    match save(work, data).await {
        Ok(()) => Ok(see_other("/counter").with_flash(Flash::ok(c.t("counter-parked"))).into_response()),
        Err(act::ActError::NotFound) => {
            let mut errors = FormErrors::new();
            errors.add("", c.t1("counter-park-full", "n", drafts::MOST));
            let side = side::side(work, &c, data, known).await?;
            Ok(Html(view::page(work, c, Form { data, errors, said: Vec::new(), side })).unprocessable())
        }
        Err(error) => Err(error.into()),
    }
}

/// Keeps what is typed so far.
async fn save(work: &Work<'_>, data: &FormData) -> Result<(), act::ActError> {
    let typed: Vec<[&str; 2]> =
        data.pairs().filter(|(name, _)| *name != "do").map(|(name, value)| [name, value]).collect();
    let typed = serde_json::to_value(typed).map_err(record::RecordError::from)?;
    let place = work.seat.place.clone();
    drafts::park(work.office, work.viewer, place, work.request, &work.service.code, typed).await
}

/// Files that answer a field belong to the request from its first minute on.
async fn registered(
    work: &Work<'_>,
    answer: &act::Answer,
    files: Vec<crate::requests::events::FileRef>,
) -> Result<Response, PageError> {
    if !files.is_empty() {
        let attach = Act {
            tenant: answer.tenant.clone(),
            request: answer.request,
            command: record::follow::derived_id("intake-files", &work.command.to_string()),
            seen: None,
            what: Command::Attach { step: None, doc: None, files },
            personal: None,
            known: None,
        };
        act::act(work.office, work.viewer, attach).await?;
    }
    Ok(see_other(format!("/counter/done/{}?print=yes", answer.request)).into_response())
}

/// Freezes of licensing at the place, as far as it is known.
fn frozen(work: &Work<'_>, c: &Ctx, data: &FormData) -> Vec<String> {
    let unit = read::unit(work, data).unwrap_or_else(|| work.seat.unit.clone());
    let answers = read::so_far(&work.service, data, rules::day(work.office.clock.now()));
    let point = match answers.to_json() {
        serde_json::Value::Object(answers) => rules::public_point(&work.service.fields, &answers),
        _ => None,
    };
    crate::licences::frozen(c, work.office, &work.service, &unit, point, parent::named(work, data))
}

/// The service in force today.
fn current(office: &Office, code: &str) -> Option<Arc<Service>> {
    office.service(code, rules::day(office.clock.now()))
}

/// What was meant by a code or some words.
enum Picked {
    One(Arc<Service>),
    Several(Vec<Arc<Service>>),
    None,
}

fn pick(office: &Office, typed: &str) -> Picked {
    if typed.trim().is_empty() {
        return Picked::None;
    }
    if let Some(service) = current(office, typed.trim()) {
        return Picked::One(service);
    }
    let guide = office.guide_today();
    let mut hits = guide.find(typed).hits;
    if hits.is_empty() {
        // A code typed on the Arabic layout: «ساح-01».
        hits = guide.find(&foundation::arabic::keyboard::to_latin(typed)).hits;
    }
    let mut found: Vec<Arc<Service>> =
        hits.iter().take(CHOICES).filter_map(|hit| guide.service(&hit.code).cloned()).collect();
    if found.len() > 1 { Picked::Several(found) } else { found.pop().map_or(Picked::None, Picked::One) }
}

/// The applicant whose number was typed, if the governorate knows them.
async fn known_person(work: &Work<'_>, views: &Views, data: &FormData) -> Result<Option<Citizen>, PageError> {
    let Some(identity) = who::identity(data, rules::day(work.office.clock.now())) else { return Ok(None) };
    by_identity(work.office, work.viewer, views, work.seat, &identity).await
}

async fn by_identity(
    office: &Office,
    viewer: &Viewer,
    views: &Views,
    seat: &Seat,
    identity: &Identity,
) -> Result<Option<Citizen>, PageError> {
    let Some(held) = viewer.grant(Right::FindPersons, &seat.place) else { return Ok(None) };
    let found = citizens::find_by_identity(&mut office.db.reader(), &office.record, &seat.tenant, identity).await;
    let found = found.map_err(|error| PageError::from_error(&error))?.filter(|citizen| !citizen.erased);
    if let Some(citizen) = &found {
        open::note_person(office, viewer, views, held, citizen, "intake");
    }
    Ok(found)
}

/// Fills what is empty from what is known, and says what differs.
fn fill(work: &Work<'_>, c: &Ctx, data: &mut FormData, known: Option<&Citizen>, said: &mut Vec<String>) {
    let Some(citizen) = known else { return };
    let glance = open::at_intake(work.office, &work.seat.place, Right::FindPersons);
    let name = citizen.name.clone().show(work.viewer, &Field::name(""), &glance);
    let mobile =
        citizen.mobile.clone().map(|mobile| mobile.show(work.viewer, &Field::of(FieldClass::Contact, ""), &glance));
    said.push(c.t("counter-known"));
    let mut one = |control: &str, value: Option<&String>, key: &str| {
        let Some(value) = value else { return };
        if data.get(control).is_empty() {
            data.set(control, value);
        } else if data.get(control) != value {
            said.push(c.t1(key, "value", value));
        }
    };
    one(who::NAME, name.open(), "counter-known-name");
    one(who::MOBILE, mobile.as_ref().and_then(|mobile| mobile.open()), "counter-known-mobile");
}

/// The person of a typed national id, for the script that fills name and mobile.
pub(super) async fn known(
    office: Office,
    viewer: Viewer,
    headers: HeaderMap,
    views: Views,
    data: FormData,
) -> Result<Response, PageError> {
    let seat = seat::required(&office, &viewer, &headers, Right::FindPersons)?;
    let today = rules::day(office.clock.now());
    let id = foundation::identity::NationalId::parse(data.get("number"), today);
    let id = id.map_err(|_| PageError::BadRequest(None))?;
    let identity = Identity { kind: IdentityKind::NationalId, number: id.as_str().to_owned() };
    let found = by_identity(&office, &viewer, &views, &seat, &identity).await?;
    let glance = open::at_intake(&office, &seat.place, Right::FindPersons);
    let (mut name, mut mobile) = (None, None);
    if let Some(citizen) = found {
        name = citizen.name.show(&viewer, &Field::name(""), &glance).open().cloned();
        let shown = citizen.mobile.map(|mobile| mobile.show(&viewer, &Field::of(FieldClass::Contact, ""), &glance));
        mobile = shown.and_then(|mobile| mobile.open().cloned());
    }
    Ok(Json(serde_json::json!({ "name": name, "mobile": mobile })).into_response())
}
