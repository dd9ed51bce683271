//! صفحة الخدمة: the card, the fee for one's own values, where and when, and the list to print.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use catalogue::Service;
use foundation::dates;
use foundation::web::{Choice, Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError, see_other};
use registry::place::NATIONAL;
use registry::units::{Tree, Unit};

use super::desk::Asked;
use super::fees::{self, Calculator, LocalView, PartView};
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
    pub local: LocalView,
    pub calculator: Calculator,
    pub place: WhereView,
    /// Freezes of licensing at the visitor's unit.
    pub frozen: Vec<String>,
}

#[derive(Template)]
#[template(path = "public/service_print.html")]
pub(super) struct PrintPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub s: ServiceView,
    pub fee: String,
    pub local: LocalView,
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
    let guide = office.guide(today);
    let tree = office.units.now();
    let chosen = Chosen::read(&tree, &asked);
    let local = fees::local(&c, &office, &service, chosen.tenant.as_deref(), today);
    // As its fees read where the visitor applies.
    let here = fees::localised(&office, &service, chosen.tenant.as_deref(), today);
    let s = ServiceView::of(&c, &guide, &service);
    let calculator = fees::calculator(&c, &office, &service, &asked, &chosen, today);
    let refused = calculator.errors.any();
    let page = ServicePage {
        crumbs: crumbs(&c, &s, None),
        fee: super::guide::fee(&c, &here),
        parts: fees::parts(&c, &guide, &here, today),
        local,
        calculator,
        frozen: chosen
            .unit()
            .map(|unit| crate::licences::frozen(&c, &office, &service, unit, None, false))
            .unwrap_or_else(|| of_governorate(&c, &office, &service, chosen.tenant.as_deref())),
        place: place(&c, &tree, &chosen, now),
        s,
        c: c.failed(refused),
    };
    Ok(if refused { Html(page).unprocessable() } else { Html(page).into_response() })
}

pub(super) async fn print(
    c: Ctx,
    office: Office,
    Path(code): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let today = dates::day_of(office.clock.now());
    let service = match service(&office, &code, today)? {
        Found::Here(service) => service,
        Found::Under(code) => return Ok(see_other(format!("/services/{code}/print")).into_response()),
    };
    let s = ServiceView::of(&c, &office.guide(today), &service);
    let chosen = Chosen::read(&office.units.now(), &asked);
    let here = c.t("public-print-list");
    let page = PrintPage {
        crumbs: crumbs(&c, &s, Some(here)),
        fee: super::guide::fee(&c, &fees::localised(&office, &service, chosen.tenant.as_deref(), today)),
        local: fees::local(&c, &office, &service, chosen.tenant.as_deref(), today),
        address: c.absolute(&format!("/services/{}", s.code)),
        s,
        c,
    };
    Ok(Html(page).into_response())
}

/// Freezes anywhere in the governorate that was chosen; all where none was.
fn of_governorate(c: &Ctx, office: &Office, service: &Service, tenant: Option<&str>) -> Vec<String> {
    let tree = office.units.now();
    let mut told = Vec::new();
    for freeze in tree.freezes().iter().filter(|freeze| tenant.is_none_or(|tenant| tenant == freeze.tenant)) {
        for line in crate::licences::frozen(c, office, service, &freeze.unit, None, false) {
            if !told.contains(&line) {
                told.push(line);
            }
        }
    }
    told
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

/// Where the visitor applies: a unit with a centre, or only its governorate.
pub(super) struct Chosen {
    pub tenant: Option<String>,
    unit: Option<Arc<Unit>>,
}

impl Chosen {
    /// The calculator's governorate goes before the unit of the page, and that before `gov`.
    fn read(tree: &Tree, asked: &FormData) -> Self {
        let known = |tenant: &&str| tree.governorate(tenant).is_some() && *tenant != NATIONAL;
        let wanted = asked.opt(fees::GOVERNORATE).filter(known).map(str::to_owned);
        let unit = asked.opt("unit").and_then(|code| tree.unit(code));
        let unit = unit.filter(|unit| !tree.centres(&unit.code).is_empty());
        let unit = unit.filter(|unit| wanted.as_ref().is_none_or(|wanted| *wanted == unit.tenant)).cloned();
        let of_unit = || unit.as_ref().map(|unit| unit.tenant.clone());
        let tenant = wanted.or_else(of_unit).or_else(|| asked.opt("gov").filter(known).map(str::to_owned));
        Self { tenant, unit }
    }

    /// Code of the unit.
    pub(super) fn unit(&self) -> Option<&str> {
        self.unit.as_ref().map(|unit| unit.code.as_str())
    }
}

fn place(c: &Ctx, tree: &Tree, chosen: &Chosen, now: foundation::clock::Micros) -> WhereView {
    let choices: Vec<Choice> = places::choices(c.lang, tree);
    let field = FieldView::select("gov", c.t("public-governorate"), choices).required();
    let field = field.value(chosen.tenant.clone().unwrap_or_default());
    let field = field.filled(&FormData::default(), &FormErrors::new());
    let units = match (&chosen.tenant, &chosen.unit) {
        (Some(tenant), None) => {
            places::served(tree, Some(tenant)).map(|unit| (unit.code.clone(), places::title(c, unit))).collect()
        }
        _ => Vec::new(),
    };
    let unit = chosen.unit.as_ref().map(|unit| UnitHours {
        code: unit.code.clone(),
        name: places::title(c, unit),
        hours: hours::of(c, tree, &unit.code, now),
    });
    WhereView { field, units, unit }
}
