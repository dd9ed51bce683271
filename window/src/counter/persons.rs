//! A person at the window (بيانات شخص): seen, corrected, erased. Each look is noted.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::web::forms::FieldKind;
use foundation::web::{Choice, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use registry::citizens::{self, Citizen, CitizenError, Correction, Erasure, PersonKind, Refusal};
use registry::privacy::{Case as Glance, Field, FieldClass};
use registry::{Place, Right, Viewer};
use uuid::Uuid;

use super::intake::who;
use super::open::{self, Person, Views};
use super::search::{RequestLine, lines};
use super::words::{self, Tag};
use crate::Office;
use crate::requests::act::{self, ActError};
use crate::requests::queries;

const NAME: &str = "name";
const MOBILE: &str = "mobile";
const EMAIL: &str = "email";
const ADDRESS: &str = "address";
const REASON: &str = "reason";
/// Grounds of an erasure. Words of one's own could name the person, and the record keeps them.
const GROUNDS: [&str; 3] = ["asked", "mistake", "decision"];

/// A person whom the viewer may correct.
struct Known {
    citizen: Citizen,
    place: Place,
    glance: Glance,
}

impl Known {
    fn path(&self) -> String {
        format!("/counter/persons/{}", self.citizen.id)
    }
}

/// Finds a person in the governorates whose persons the viewer may correct, and notes the look.
async fn known(
    office: &Office,
    viewer: &Viewer,
    views: &Views,
    id: Uuid,
    purpose: &'static str,
) -> Result<Known, PageError> {
    for tenant in open::tenants(viewer) {
        let Some(held) = viewer.holding(Right::CorrectPersons).find(|held| held.tenant == tenant) else { continue };
        let found = citizens::find(&mut office.db.reader(), &office.record, &tenant, id).await;
        let Some(citizen) = found.map_err(|error| PageError::from_error(&error))? else { continue };
        open::note_person(office, viewer, views, held, &citizen, purpose);
        let place = Place::department(held.path.clone(), registry::place::WINDOW);
        let glance = open::at_intake(office, &place, Right::CorrectPersons);
        return Ok(Known { citizen, place, glance });
    }
    Err(PageError::NotFound)
}

struct PaperLine {
    number: String,
    service: String,
    standing: Tag,
    issued: String,
}

#[derive(Template)]
#[template(path = "counter/person.html")]
struct PersonPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    erased: bool,
    person: Person,
    email: String,
    address: String,
    path: String,
    requests: Vec<RequestLine>,
    papers: Vec<PaperLine>,
}

fn crumbs(c: &Ctx, known: &Known, here: Option<&str>) -> Vec<Crumb> {
    let mut list =
        vec![Crumb::new("/counter", c.t("counter-nav-desk")), Crumb::new("/counter/search", c.t("counter-nav-search"))];
    match here {
        None => list.push(Crumb::here(c.t("counter-person-title"))),
        Some(here) => {
            list.push(Crumb::new(known.path(), c.t("counter-person-title")));
            list.push(Crumb::here(here));
        }
    }
    list
}

/// Everything kept of a person, with their requests and papers.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let known = known(&office, &viewer, &views, id, "person").await?;
    let mut reader = office.db.reader();
    let tenant = known.citizen.tenant.clone();
    let requests = queries::of_subject(&mut reader, &viewer, &tenant, id).await?;
    let papers = queries::papers_of_subject(&mut reader, &viewer, &tenant, id).await?;
    let [_, email, address] = contact(&viewer, &known);
    let page = PersonPage {
        crumbs: crumbs(&c, &known, None),
        erased: known.citizen.erased,
        path: known.path(),
        email,
        address,
        requests: lines(&c, &office, requests),
        papers: papers
            .into_iter()
            .map(|paper| PaperLine {
                service: office.service_name(&paper.service, c.lang),
                standing: words::standing(&c, &paper.standing),
                issued: paper.issued_on.map(|day| c.date(day)).unwrap_or_default(),
                number: paper.number,
            })
            .collect(),
        person: open::shown(&c, &viewer, known.citizen, &known.glance, ""),
        c: c.clone().dense(),
    };
    Ok(Html(page).into_response())
}

/// Mobile, e-mail and address as this viewer may see them.
fn contact(viewer: &Viewer, known: &Known) -> [String; 3] {
    let Citizen { mobile, email, address, .. } = &known.citizen;
    [mobile, email, address].map(|value| {
        let shown = value.clone().map(|value| value.show(viewer, &Field::of(FieldClass::Contact, ""), &known.glance));
        shown.and_then(|value| value.open().cloned()).unwrap_or_default()
    })
}

fn name(viewer: &Viewer, known: &Known) -> String {
    known.citizen.name.clone().show(viewer, &Field::name(""), &known.glance).to_string()
}

#[derive(Template)]
#[template(path = "counter/correct.html")]
struct CorrectPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    person: Person,
    action: String,
    back: String,
    command: String,
    seen: String,
    fields: Vec<FieldView>,
}

fn correct_page(
    viewer: &Viewer,
    c: Ctx,
    known: Known,
    data: &FormData,
    errors: FormErrors,
    command: String,
) -> CorrectPage {
    let [mobile, email, address] = contact(viewer, &known);
    let is_person = known.citizen.kind == PersonKind::Person;
    let mut reason = FieldView::textarea(REASON, c.t("counter-reason"))
        .required()
        .hint(c.t("counter-correct-reason-hint"))
        .max_length(300)
        .filled(data, &errors);
    reason.rows = 2;
    let fields = vec![
        FieldView::text(NAME, c.t("counter-name"))
            .required()
            .max_length(200)
            .value(name(viewer, &known))
            .filled(data, &errors)
            .autofocus(),
        FieldView::new(FieldKind::Mobile, MOBILE, c.t("counter-mobile"))
            .required_if(is_person)
            .value(mobile)
            .filled(data, &errors),
        FieldView::new(FieldKind::Email, EMAIL, c.t("counter-email")).value(email).filled(data, &errors),
        FieldView::text(ADDRESS, c.t("counter-residence")).max_length(300).value(address).filled(data, &errors),
        reason,
    ];
    let seen = if data.has("seen") { data.get("seen").to_owned() } else { known.citizen.version.to_string() };
    CorrectPage {
        crumbs: crumbs(&c, &known, Some(&c.t("counter-correct-title"))),
        action: format!("{}/correct", known.path()),
        back: known.path(),
        command,
        seen,
        fields,
        person: open::shown(&c, viewer, known.citizen, &known.glance, ""),
        c: c.dense().failed(errors.any()),
        errors,
    }
}

/// The values as they are, to be corrected.
pub(super) async fn correct_form(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let known = known(&office, &viewer, &views, id, "correct").await?;
    if known.citizen.erased {
        return Err(PageError::Gone(Some(c.t(Refusal::Erased.message()))));
    }
    let command = c.command();
    Ok(Html(correct_page(&viewer, c, known, &FormData::default(), FormErrors::new(), command)).into_response())
}

/// Corrects a person's values.
pub(super) async fn correct(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let known = known(&office, &viewer, &views, id, "correct").await?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let seen = data.get("seen").parse().map_err(|_| PageError::BadRequest(None))?;
    let mut errors = FormErrors::new();
    let needs_mobile = known.citizen.kind == PersonKind::Person;
    let correction = Correction {
        name: data.required(NAME, &mut errors, || c.t("counter-name-missing")),
        mobile: who::mobile(&c, &data, MOBILE, needs_mobile, &mut errors),
        email: who::email(&c, &data, EMAIL, &mut errors),
        address: data.opt(ADDRESS).map(str::to_owned),
        reason: data.required(REASON, &mut errors, || c.t("counter-reason-missing")),
    };
    if !errors.any() {
        match citizens::correct(&office, &viewer, known.place.clone(), command, id, seen, correction).await {
            Ok(()) => return Ok(done(&c, &known, "counter-correct-done")),
            // Somebody else has changed them since, or the database is away: no form mends that.
            Err(error @ CitizenError::Record(_)) => return Err(error.into()),
            Err(error) => told(&c, &office, error.into(), &mut errors)?,
        }
    }
    let command = data.get("command").to_owned();
    Ok(Html(correct_page(&viewer, c, known, &data, errors, command)).unprocessable())
}

/// Says a refusal at its field; what no form can mend is a page.
fn told(c: &Ctx, office: &Office, error: ActError, errors: &mut FormErrors) -> Result<(), PageError> {
    let field = match &error {
        ActError::Applicant(Refusal::Name) => NAME,
        ActError::Applicant(Refusal::NoGround) => REASON,
        ActError::Applicant(Refusal::NoPerson) => return Err(PageError::NotFound),
        ActError::Erased => return Err(PageError::Gone(Some(c.t(Refusal::Erased.message())))),
        _ => "",
    };
    errors.add(field, words::told(c, office, error)?);
    Ok(())
}

fn done(c: &Ctx, known: &Known, key: &str) -> Response {
    see_other(known.path()).with_flash(Flash::ok(c.t(key))).into_response()
}

#[derive(Template)]
#[template(path = "counter/erase.html")]
struct ErasePage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    title: String,
    effect: String,
    remains: [String; 2],
    action: String,
    back: String,
    ground: FieldView,
}

async fn erase_page(
    office: &Office,
    viewer: &Viewer,
    c: Ctx,
    known: Known,
    data: &FormData,
    errors: FormErrors,
) -> Result<ErasePage, PageError> {
    let mut reader = office.db.reader();
    let (tenant, id) = (known.citizen.tenant.clone(), known.citizen.id);
    let requests = queries::of_subject(&mut reader, viewer, &tenant, id).await?.len();
    let papers = queries::papers_of_subject(&mut reader, viewer, &tenant, id).await?.len();
    let grounds = GROUNDS.map(|ground| Choice::new(ground, c.t(&format!("counter-erase-ground-{ground}"))));
    let title = c.t1("counter-erase-title", "name", name(viewer, &known));
    Ok(ErasePage {
        crumbs: crumbs(&c, &known, Some(&title)),
        title,
        effect: c.t("counter-erase-effect"),
        remains: [c.t1("counter-erase-remains", "n", requests), c.t1("counter-erase-papers", "n", papers)],
        action: format!("{}/erase", known.path()),
        back: known.path(),
        ground: FieldView::radios("ground", c.t("counter-erase-ground"), grounds.to_vec())
            .required()
            .filled(data, &errors),
        c: c.dense().failed(errors.any()),
        errors,
    })
}

/// Asks before a person is erased: what goes, and what remains.
pub(super) async fn erase_form(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let known = known(&office, &viewer, &views, id, "erase").await?;
    if known.citizen.erased {
        return Err(PageError::Gone(Some(c.t(Refusal::Erased.message()))));
    }
    Ok(Html(erase_page(&office, &viewer, c, known, &FormData::default(), FormErrors::new()).await?).into_response())
}

/// Erases a person's data.
pub(super) async fn erase(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let known = known(&office, &viewer, &views, id, "erase").await?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let mut errors = FormErrors::new();
    match GROUNDS.iter().find(|ground| **ground == data.get("ground")) {
        None => errors.add("ground", c.t("counter-erase-ground-missing")),
        Some(ground) => {
            let erasure = Erasure {
                viewer: Some(viewer.clone()),
                place: known.place.clone(),
                command,
                person: id,
                ground: c.t(&format!("counter-erase-ground-{ground}")),
            };
            match act::erase_person(&office, erasure).await {
                Ok(()) => return Ok(done(&c, &known, "counter-erase-done")),
                Err(error) => told(&c, &office, error, &mut errors)?,
            }
        }
    }
    Ok(Html(erase_page(&office, &viewer, c, known, &data, errors).await?).unprocessable())
}
