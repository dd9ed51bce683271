//! صفحة الخدمة: the card, the fee for one's own values, where and when, and the list to print.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use catalogue::Service;
use foundation::dates;
use foundation::web::{Choice, Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError, see_other};
use registry::units::Tree;

use super::desk::Asked;
use super::fees::{self, Calculator, PartView};
use super::hours::{self, HoursView};
use super::places;
use super::service_view::ServiceView;
use crate::office::Office;

/// أين ومتى: the visitor's unit and its hours.
#[derive(Debug, Default)]
pub(super) struct WhereView {
    pub field: FieldView,
    /// Code and name of the units of the governorate that was chosen.
    pub units: Vec<(String, String)>,
    pub unit: Option<UnitHours>,
}

/// Hours of the unit that was chosen.
#[derive(Debug, Default)]
pub(super) struct UnitHours {
    pub code: String,
    pub name: String,
    pub hours: HoursView,
}

#[derive(Template)]
#[template(path = "public/service.html")]
pub(super) struct ServicePage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub s: ServiceView,
    pub fee: String,
    pub parts: Vec<PartView>,
    pub calculator: Calculator,
    pub place: WhereView,
}

#[derive(Template)]
#[template(path = "public/service_print.html")]
pub(super) struct PrintPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub s: ServiceView,
    pub fee: String,
    pub address: String,
}

pub(super) async fn show(
    c: Ctx,
    office: Office,
    Path(code): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let now = office.clock.now();
    let today = dates::day_of(now);
    let service = match service(&office, &code, today)? {
        Found::Here(service) => service,
        Found::Under(code) => return Ok(see_other(format!("/services/{code}")).into_response()),
    };
    let catalogue = office.catalogue();
    let s = ServiceView::of(&c, catalogue, &service);
    let calculator = fees::calculator(&c, &service, &asked, today);
    let place = place(&c, &office.units.now(), &asked, now);
    let refused = calculator.errors.any();
    let page = ServicePage {
        crumbs: crumbs(&c, &s, None),
        fee: super::guide::fee(&c, &service),
        parts: fees::parts(&c, catalogue, &service, today),
        calculator,
        place,
        s,
        c: c.failed(refused),
    };
    Ok(if refused { Html(page).unprocessable() } else { Html(page).into_response() })
}

pub(super) async fn print(c: Ctx, office: Office, Path(code): Path<String>) -> Result<Response, PageError> {
    let today = dates::day_of(office.clock.now());
    let service = match service(&office, &code, today)? {
        Found::Here(service) => service,
        Found::Under(code) => return Ok(see_other(format!("/services/{code}/print")).into_response()),
    };
    let s = ServiceView::of(&c, office.catalogue(), &service);
    let here = c.t("public-print-list");
    let page = PrintPage {
        crumbs: crumbs(&c, &s, Some(here)),
        fee: super::guide::fee(&c, &service),
        address: c.absolute(&format!("/services/{}", s.code)),
        s,
        c,
    };
    Ok(Html(page).into_response())
}

enum Found {
    Here(Arc<Service>),
    /// The address was typed in another form of the code.
    Under(String),
}

fn service(office: &Office, typed: &str, today: jiff::civil::Date) -> Result<Found, PageError> {
    let code = typed.to_ascii_uppercase();
    let service = office.service(&code, today).ok_or(PageError::NotFound)?;
    Ok(if code == typed { Found::Here(service) } else { Found::Under(service.code.clone()) })
}

fn crumbs(c: &Ctx, s: &ServiceView, below: Option<String>) -> Vec<Crumb> {
    let mut crumbs = vec![
        Crumb::new("/", c.t("common-home")),
        Crumb::new("/services", c.t("common-services")),
        Crumb::new(format!("/services?group={}", s.group_code), s.group.as_str()),
    ];
    match below {
        Some(here) => {
            crumbs.push(Crumb::new(format!("/services/{}", s.code), s.name.as_str()));
            crumbs.push(Crumb::here(here));
        }
        None => crumbs.push(Crumb::here(s.name.as_str())),
    }
    crumbs
}

fn place(c: &Ctx, tree: &Tree, asked: &FormData, now: foundation::clock::Micros) -> WhereView {
    let unit = asked.opt("unit").and_then(|code| tree.unit(code)).filter(|unit| !tree.centres(&unit.code).is_empty());
    let tenant = unit.map(|unit| unit.tenant.clone()).or_else(|| asked.opt("gov").map(str::to_owned));
    let choices: Vec<Choice> = places::choices(tree);
    let field = FieldView::select("gov", c.t("public-governorate"), choices).required();
    let field = field.value(tenant.clone().unwrap_or_default()).filled(&FormData::default(), &FormErrors::new());
    let units = match (&tenant, unit) {
        (Some(tenant), None) => {
            places::served(tree, Some(tenant)).map(|unit| (unit.code.clone(), places::title(c, unit))).collect()
        }
        _ => Vec::new(),
    };
    let unit = unit.map(|unit| UnitHours {
        code: unit.code.clone(),
        name: places::title(c, unit),
        hours: hours::of(c, tree, &unit.code, now),
    });
    WhereView { field, units, unit }
}
