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
use registry::units::Tree;
use serde_json::json;

use super::open::{path, save_error};
use super::store::{self, Begin};
use crate::Office;
use crate::public::{Asked, places};
use crate::requests::rules;

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
    field: FieldView,
    command: String,
    days: String,
}

fn current(office: &Office, code: &str) -> Result<Arc<Service>, PageError> {
    let today = rules::day(office.clock.now());
    office.service(&code.to_ascii_uppercase(), today).ok_or(PageError::NotFound)
}

/// Why a service cannot be asked for from home by a person.
fn closed(c: &Ctx, service: &Service, today: jiff::civil::Date) -> String {
    if !service.channels.contains(&Channel::Online) {
        return c.t("online-not-online");
    }
    if !service.applicants.contains(&ApplicantKind::Person) {
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
        closed: closed(&c, &service, dates::day_of(now)),
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
    let why = closed(&c, &service, rules::day(office.clock.now()));
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
    let begin = Begin {
        id,
        tenant: unit.tenant.clone(),
        unit: unit.code.clone(),
        mandate: None,
        service: service.code.clone(),
        hash: service.hash.clone(),
        typed: json!([["command", office.ids.next().to_string()]]),
    };
    store::begin(&office, &viewer, begin).await.map_err(|error| save_error(&c, error))?;
    Ok(see_other(path(id, "")).into_response())
}
