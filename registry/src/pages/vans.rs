//! Mobile centres of a unit: put into service, stopped, sent to places.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Choice, Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError};

use super::change::{Change, Form, at};
use super::parts;
use super::units::crumbs;
use crate::rights::Right;
use crate::site::Site;
use crate::units::{self, CentreKind, UnitChange, VanChange};
use crate::viewer::Viewer;

const PAGE: &str = "vans";

#[derive(Template)]
#[template(path = "registry/vans.html")]
struct VansPage {
    c: Ctx,
    unit: String,
    crumbs: Vec<Crumb>,
    action: String,
    windows: String,
    errors: FormErrors,
    vans: Vec<VanLine>,
    plan: Vec<FieldView>,
    add: Vec<FieldView>,
}

struct VanLine {
    id: String,
    name: String,
    windows: String,
    works: bool,
    stops: Vec<StopLine>,
}

struct StopLine {
    id: String,
    day: String,
    place: String,
    times: String,
}

async fn page(
    site: &Site,
    viewer: &Viewer,
    c: Ctx,
    unit: &str,
    data: &FormData,
    errors: FormErrors,
) -> Result<VansPage, PageError> {
    let tree = site.units.now();
    let stops = units::stops(&mut site.db.reader(), unit, crate::days::today(viewer.at())).await?;
    let vans: Vec<VanLine> = tree
        .centres(unit)
        .iter()
        .filter(|centre| centre.kind == CentreKind::Mobile)
        .map(|van| VanLine {
            id: van.id.to_string(),
            name: tree.centre_name(c.lang, van),
            windows: super::units::windows_in_words(&c, van),
            works: units::is_working(van),
            stops: stops
                .iter()
                .filter(|stop| stop.centre == van.id)
                .map(|stop| StopLine {
                    id: stop.id.to_string(),
                    day: c.table_style().weekday_date(stop.day),
                    place: stop.place.clone(),
                    times: c.times(stop.opens_minute, stop.closes_minute),
                })
                .collect(),
        })
        .collect();
    let choices: Vec<Choice> = vans.iter().map(|van| Choice::new(van.id.clone(), van.name.clone())).collect();
    let only = if let [only] = choices.as_slice() { only.value.clone() } else { String::new() };
    let clock = |name: &str, label: &str| {
        FieldView::text(name, c.t(label))
            .required()
            .width(Width::W6)
            .hint(c.t("registry-hours-time-hint"))
            .filled(data, &errors)
    };
    let plan = vec![
        FieldView::select("centre", c.t("registry-van"), choices).required().value(only).filled(data, &errors),
        FieldView::new(FieldKind::Date, "day", c.t("registry-stop-day")).required().filled(data, &errors),
        FieldView::text("place", c.t("registry-stop-place"))
            .required()
            .max_length(120)
            .hint(c.t("registry-stop-place-hint"))
            .filled(data, &errors),
        clock("opens", "registry-hours-opens"),
        clock("closes", "registry-hours-closes"),
    ];
    let add = vec![
        FieldView::text("name", c.t("registry-van-name"))
            .required()
            .max_length(120)
            .hint(c.t("registry-van-name-hint"))
            .filled(data, &errors),
    ];
    Ok(VansPage {
        unit: tree.name_in(c.lang, unit).to_owned(),
        crumbs: crumbs(&c, viewer, &tree, unit, Some(c.t("registry-vans-title"))),
        action: at(unit, PAGE),
        windows: at(unit, "windows"),
        vans,
        plan,
        add,
        c: c.failed(errors.any()).dense(),
        errors,
    })
}

/// The vans of a unit with what they are to do.
pub(super) async fn show(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(unit): Path<String>,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageWindows)?;
    Ok(Html(page(&site, &viewer, c, &unit, &FormData::default(), FormErrors::new()).await?).into_response())
}

/// Adds or stops a van, plans or cancels a stop; the button says which.
pub(super) async fn change(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(unit): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageWindows)?;
    let mut errors = FormErrors::new();
    let centre = || data.uuid("centre").ok_or(PageError::BadRequest(None));
    let (change, word) = match data.get("do") {
        "add" => {
            let name = data.required("name", &mut errors, || c.t("registry-van-name-missing"));
            (Some(Change::Unit(UnitChange::OpenVan { name })), "registry-van-added")
        }
        "open" => (Some(Change::Vans(VanChange::SetOpen { centre: centre()?, open: true })), "registry-van-opened"),
        "close" => (Some(Change::Vans(VanChange::SetOpen { centre: centre()?, open: false })), "registry-van-closed"),
        "cancel" => {
            let stop = data.uuid("stop").ok_or(PageError::BadRequest(None))?;
            (Some(Change::Vans(VanChange::CancelStop { stop })), "registry-stop-cancelled")
        }
        "plan" => (plan(&c, &data, &mut errors).map(Change::Vans), "registry-stop-planned"),
        _ => return Err(PageError::BadRequest(None)),
    };
    if let (Some(change), false) = (change, errors.any()) {
        let form = Form { site: &site, viewer: &viewer, c: &c, unit: &unit, page: PAGE, data: &data };
        if let Some(done) = form.carry_out(change, c.t(word), &mut errors).await? {
            return Ok(done);
        }
    }
    Ok(Html(page(&site, &viewer, c, &unit, &data, errors).await?).unprocessable())
}

fn plan(c: &Ctx, data: &FormData, errors: &mut FormErrors) -> Option<VanChange> {
    let centre = data.uuid("centre");
    if centre.is_none() {
        errors.add("centre", c.t("registry-van-missing"));
    }
    let day = parts::required_date(c, data, "day", errors);
    let place = data.required("place", errors, || c.t("registry-refused-stop-place"));
    let (opens, closes) = (parts::clock(c, data, "opens", errors), parts::clock(c, data, "closes", errors));
    let (centre, day, opens_minute, closes_minute) = (centre?, day?, opens?, closes?);
    Some(VanChange::PlanStop { centre, day, place, opens_minute, closes_minute })
}
