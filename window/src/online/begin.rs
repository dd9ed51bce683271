//! Where an application begins (بدء الطلب): the service, the governorate and the unit that is competent.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use catalogue::Service;
use catalogue::model::{ApplicantKind, Channel};
use foundation::dates;
use foundation::web::{Choice, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use registry::Viewer;
use registry::mandates::{self, Mandate};
use registry::units::Tree;
use serde_json::json;

use super::open::{path, save_error};
use super::store::{self, Begin};
use crate::Office;
use crate::public::{Asked, places};
use crate::requests::rules;

/// Name of the field that says for whom, and its value for oneself.
const WHOM: &str = "whom";
const SELF: &str = "self";

/// An application of the same service that waits to be finished.
struct Waiting {
    href: String,
    saved: String,
    unit: String,
}

#[derive(Template)]
#[template(path = "online/begin.html")]
struct BeginPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    service: Arc<Service>,
    /// Why nothing can be begun here; empty if it can.
    closed: String,
    waiting: Vec<Waiting>,
    governorate: String,
    tenant: String,
    /// For whom, where there is a choice.
    whom: Option<FieldView>,
    field: FieldView,
    command: String,
    days: String,
}

fn current(office: &Office, code: &str) -> Result<Arc<Service>, PageError> {
    let today = rules::day(office.clock.now());
    office.service(&code.to_ascii_uppercase(), today).ok_or(PageError::NotFound)
}

/// The mandates under which the holder may send a request for a service today.
async fn usable(office: &Office, viewer: &Viewer, service: &Service) -> Result<Vec<Mandate>, PageError> {
    let Some(account) = viewer.account() else { return Ok(Vec::new()) };
    let found = mandates::of_account(office, account).await.map_err(|error| PageError::from_error(&error))?;
    let today = rules::day(office.clock.now());
    let usable = found.into_iter().filter(|mandate| {
        service.applicants.contains(&mandate.principal.kind)
            && mandate.terms.lets_send(mandate.state, account, &service.code, today)
    });
    Ok(usable.collect())
}

/// For whom: oneself, if the service takes persons, or a principal.
fn whom(c: &Ctx, service: &Service, usable: &[Mandate]) -> Option<FieldView> {
    if usable.is_empty() {
        return None;
    }
    let own = service.applicants.contains(&ApplicantKind::Person);
    let own = own.then(|| Choice::new(SELF, c.t("mandates-for-self")));
    let others = usable.iter().map(|mandate| {
        let capacity = c.t(&format!("mandates-capacity-{}", mandate.terms.capacity.code().replace('_', "-")));
        Choice::new(mandate.id.to_string(), mandate.principal.name.clone()).hint(capacity)
    });
    let choices: Vec<Choice> = own.into_iter().chain(others).collect();
    let first = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
    Some(FieldView::radios(WHOM, c.t("mandates-for-whom"), choices).required().value(first))
}

/// Why a service cannot be asked for from home by a person, or for the holder's principals.
fn closed(c: &Ctx, service: &Service, usable: &[Mandate], today: jiff::civil::Date) -> String {
    if !service.channels.contains(&Channel::Online) {
        return c.t("online-not-online");
    }
    if usable.is_empty() && !service.applicants.contains(&ApplicantKind::Person) {
        return c.t("online-not-for-persons");
    }
    match &service.application_window {
        Some(window) if today < window.from || today > window.to => {
            let (from, to) = (c.date(window.from), c.date(window.to));
            c.ta("online-only-between", &[("from", &from), ("to", &to)])
        }
        _ => String::new(),
    }
}

async fn page(
    office: &Office,
    viewer: &Viewer,
    c: Ctx,
    service: Arc<Service>,
    asked: &FormData,
    errors: FormErrors,
) -> Result<BeginPage, PageError> {
    let now = office.clock.now();
    let tree = office.units.now();
    let unit = asked.opt("unit").and_then(|code| tree.unit(code));
    let known = |tenant: &&str| tree.governorate(tenant).is_some() && *tenant != registry::place::NATIONAL;
    let tenant = asked.opt("gov").filter(known).map(str::to_owned);
    let tenant = tenant.or_else(|| unit.map(|unit| unit.tenant.clone())).unwrap_or_default();
    let field = if tenant.is_empty() {
        FieldView::select("gov", c.t("public-governorate"), places::choices(c.lang, &tree)).required()
    } else {
        let units = units(&c, &tree, &tenant);
        FieldView::select("unit", c.t("online-unit"), units).required().hint(c.t("online-unit-hint"))
    };
    let usable = usable(office, viewer, &service).await?;
    let own = store::list(&mut office.db.reader(), viewer, now).await?;
    let waiting = own.into_iter().filter(|one| one.service == service.code).map(|one| Waiting {
        href: path(one.id, ""),
        saved: c.instant(one.saved_at),
        unit: tree.name_in(c.lang, &one.unit).to_owned(),
    });
    let waiting: Vec<Waiting> = waiting.collect();
    let c = c.failed(errors.any());
    Ok(BeginPage {
        crumbs: vec![
            Crumb::new("/", c.t("common-home")),
            Crumb::new(format!("/services/{}", service.code), service.name(c.lang).to_owned()),
            Crumb::here(c.t("online-apply")),
        ],
        closed: closed(&c, &service, &usable, dates::day_of(now)),
        whom: whom(&c, &service, &usable).map(|field| field.filled(asked, &errors)),
        waiting,
        governorate: if tenant.is_empty() { String::new() } else { places::governorate(c.lang, &tenant) },
        field: field.filled(asked, &errors),
        command: office.ids.next().to_string(),
        days: c.t1("common-working-days", "n", service.time_limit.working_days),
        tenant,
        service,
        errors,
        c,
    })
}

fn units(c: &Ctx, tree: &Tree, tenant: &str) -> Vec<Choice> {
    let mut units: Vec<(String, String)> =
        places::served(tree, Some(tenant)).map(|unit| (places::title(c, unit), unit.code.clone())).collect();
    units.sort();
    units.into_iter().map(|(name, code)| Choice::new(code, name)).collect()
}

/// Chooses the place.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(code): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let service = current(&office, &code)?;
    let page = page(&office, &viewer, c, service, &asked, FormErrors::new()).await?;
    Ok(Html(page).into_response())
}

/// Begins an application.
pub(super) async fn begin(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(code): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    let service = current(&office, &code)?;
    let id = data.command().ok_or(PageError::BadRequest(None))?;
    let usable = usable(&office, &viewer, &service).await?;
    let why = closed(&c, &service, &usable, rules::day(office.clock.now()));
    if !why.is_empty() {
        let flash = Flash::warn(why);
        return Ok(see_other(format!("/services/{}", service.code)).with_flash(flash).into_response());
    }
    let tree = office.units.now();
    let unit = data.opt("unit").and_then(|code| tree.unit(code));
    let unit = unit.filter(|unit| !tree.centres(&unit.code).is_empty()).cloned();
    let Some(unit) = unit else {
        let mut errors = FormErrors::new();
        errors.add("unit", c.t("online-unit-missing"));
        let page = page(&office, &viewer, c, service, &data, errors).await?;
        return Ok(Html(page).unprocessable());
    };
    let mandate = usable.iter().find(|mandate| mandate.id.to_string() == data.get(WHOM)).map(|mandate| mandate.id);
    let own = matches!(data.get(WHOM), "" | SELF) && service.applicants.contains(&ApplicantKind::Person);
    if mandate.is_none() && !own {
        let mut errors = FormErrors::new();
        errors.add(WHOM, c.t("mandates-for-whom-missing"));
        let page = page(&office, &viewer, c, service, &data, errors).await?;
        return Ok(Html(page).unprocessable());
    }
    let begin = Begin {
        id,
        tenant: unit.tenant.clone(),
        unit: unit.code.clone(),
        mandate,
        service: service.code.clone(),
        hash: service.hash.clone(),
        typed: json!([["command", office.ids.next().to_string()]]),
    };
    store::begin(&office, &viewer, begin).await.map_err(|error| save_error(&c, error))?;
    Ok(see_other(path(id, "")).into_response())
}
