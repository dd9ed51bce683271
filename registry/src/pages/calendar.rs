//! Working hours and holidays of a unit.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Choice, Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError};
use uuid::Uuid;

use super::change::{Change, Form, at};
use super::parts::{self, ConfirmPage, day};
use super::units::crumbs;
use crate::rights::Right;
use crate::site::Site;
use crate::units::{CalendarChange, HoursKind};
use crate::viewer::Viewer;

fn kind(c: &Ctx, kind: HoursKind) -> String {
    c.t(match kind {
        HoursKind::BackOffice => "registry-hours-back-office",
        HoursKind::Window => "registry-hours-window",
    })
}

#[derive(Template)]
#[template(path = "registry/hours.html")]
struct HoursPage {
    c: Ctx,
    unit: String,
    crumbs: Vec<Crumb>,
    action: String,
    errors: FormErrors,
    rows: Vec<HoursLine>,
    fields: Vec<FieldView>,
    /// For hours of some days only.
    some: Vec<FieldView>,
}

struct HoursLine {
    kind: String,
    name: String,
    days: String,
    times: String,
    /// The unit that set them.
    from: String,
    /// Page to withdraw them; empty for inherited ones.
    withdraw: String,
}

fn hours_page(site: &Site, viewer: &Viewer, c: Ctx, unit: &str, data: &FormData, errors: FormErrors) -> HoursPage {
    let tree = site.units.now();
    let today = crate::days::today(viewer.at());
    let rows = HoursKind::ALL
        .iter()
        .flat_map(|kind| tree.hours(unit, *kind))
        .filter(|row| row.last_day.is_none_or(|last| last >= today))
        .map(|row| HoursLine {
            kind: kind(&c, row.kind),
            name: if row.name.is_empty() { c.t("registry-hours-usual") } else { row.name.clone() },
            days: match (row.first_day, row.last_day) {
                (Some(first), Some(last)) => {
                    c.ta("registry-hours-days", &[("first", &day(&c, first)), ("last", &day(&c, last))])
                }
                _ => c.t("registry-hours-always"),
            },
            times: c.times(row.opens_minute, row.closes_minute),
            from: tree.name_in(c.lang, &row.unit).to_owned(),
            withdraw: if row.unit == unit { at(unit, &format!("hours/{}/withdraw", row.id)) } else { String::new() },
        })
        .collect();
    let kinds = HoursKind::ALL.iter().map(|one| Choice::new(one.code(), kind(&c, *one))).collect();
    let clock = |name: &str, label: &str| {
        FieldView::text(name, c.t(label))
            .required()
            .width(Width::W6)
            .hint(c.t("registry-hours-time-hint"))
            .filled(data, &errors)
    };
    let fields = vec![
        FieldView::radios("kind", c.t("registry-hours-kind"), kinds).required().filled(data, &errors),
        clock("opens", "registry-hours-opens"),
        clock("closes", "registry-hours-closes"),
    ];
    let some = vec![
        FieldView::text("name", c.t("registry-hours-name")).hint(c.t("registry-hours-name-hint")).filled(data, &errors),
        FieldView::new(FieldKind::Date, "first_day", c.t("registry-hours-first-day")).filled(data, &errors),
        FieldView::new(FieldKind::Date, "last_day", c.t("registry-hours-last-day")).filled(data, &errors),
    ];
    HoursPage {
        unit: tree.name_in(c.lang, unit).to_owned(),
        crumbs: crumbs(&c, viewer, &tree, unit, Some(c.t("registry-hours-title"))),
        action: at(unit, "hours"),
        rows,
        fields,
        some,
        c: c.failed(errors.any()).dense(),
        errors,
    }
}

/// Hours in force for the unit, and a form for its own.
pub(super) async fn hours(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(unit): Path<String>,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageHours)?;
    Ok(Html(hours_page(&site, &viewer, c, &unit, &FormData::default(), FormErrors::new())).into_response())
}

/// Sets hours.
pub(super) async fn set_hours(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(unit): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageHours)?;
    let mut errors = FormErrors::new();
    let kind = HoursKind::from_code(data.get("kind"));
    if kind.is_none() {
        errors.add("kind", c.t("registry-hours-kind-missing"));
    }
    let (opens, closes) =
        (parts::clock(&c, &data, "opens", &mut errors), parts::clock(&c, &data, "closes", &mut errors));
    let first = parts::date(&c, &data, "first_day", &mut errors);
    let last = parts::date(&c, &data, "last_day", &mut errors);
    if first.is_some() != last.is_some() && errors.of("first_day").is_none() && errors.of("last_day").is_none() {
        let missing = if first.is_none() { "first_day" } else { "last_day" };
        errors.add(missing, c.t("registry-hours-both-days"));
    }
    let name = data.get("name").to_owned();
    if first.is_some() && name.is_empty() {
        errors.add("name", c.t("registry-hours-name-missing"));
    }
    if let (Some(kind), Some(opens_minute), Some(closes_minute), false) = (kind, opens, closes, errors.any()) {
        let change = CalendarChange::SetHours { kind, name, days: first.zip(last), opens_minute, closes_minute };
        let form = Form { site: &site, viewer: &viewer, c: &c, unit: &unit, page: "hours", data: &data };
        let set = c.t("registry-hours-set");
        if let Some(done) = form.carry_out(Change::Calendar(change), set, &mut errors).await? {
            return Ok(done);
        }
    }
    Ok(Html(hours_page(&site, &viewer, c, &unit, &data, errors)).unprocessable())
}

fn withdraw_page(
    site: &Site,
    viewer: &Viewer,
    c: Ctx,
    unit: &str,
    id: Uuid,
    errors: FormErrors,
) -> Result<ConfirmPage, PageError> {
    let tree = site.units.now();
    let row = tree.own_hours(unit).iter().find(|row| row.id == id).ok_or(PageError::NotFound)?;
    let times = c.times(row.opens_minute, row.closes_minute);
    let title = c.t("registry-hours-withdraw-title");
    Ok(ConfirmPage {
        crumbs: crumbs(&c, viewer, &tree, unit, Some(title.clone())),
        title,
        effect: c.ta("registry-hours-withdraw-effect", &[("kind", &kind(&c, row.kind)), ("times", &times)]),
        action: at(unit, &format!("hours/{id}/withdraw")),
        command: c.command(),
        fields: Vec::new(),
        button: c.t("registry-hours-withdraw-submit"),
        back: at(unit, "hours"),
        c: c.failed(errors.any()).dense(),
        errors,
    })
}

/// Asks before hours are withdrawn.
pub(super) async fn withdraw_form(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path((unit, id)): Path<(String, Uuid)>,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageHours)?;
    Ok(Html(withdraw_page(&site, &viewer, c, &unit, id, FormErrors::new())?).into_response())
}

/// Withdraws hours.
pub(super) async fn withdraw(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path((unit, id)): Path<(String, Uuid)>,
    data: FormData,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageHours)?;
    let mut errors = FormErrors::new();
    let form = Form { site: &site, viewer: &viewer, c: &c, unit: &unit, page: "hours", data: &data };
    let change = Change::Calendar(CalendarChange::WithdrawHours { hours: id });
    match form.carry_out(change, c.t("registry-hours-withdrawn"), &mut errors).await? {
        Some(done) => Ok(done),
        None => Ok(Html(withdraw_page(&site, &viewer, c, &unit, id, errors)?).unprocessable()),
    }
}

#[derive(Template)]
#[template(path = "registry/holidays.html")]
struct HolidaysPage {
    c: Ctx,
    unit: String,
    crumbs: Vec<Crumb>,
    action: String,
    errors: FormErrors,
    rows: Vec<HolidayLine>,
    fields: Vec<FieldView>,
}

struct HolidayLine {
    day: String,
    name: String,
    decision: String,
    confirmed: bool,
    from: String,
    /// Page to cancel it; empty for inherited ones.
    cancel: String,
}

fn holidays_page(
    site: &Site,
    viewer: &Viewer,
    c: Ctx,
    unit: &str,
    data: &FormData,
    errors: FormErrors,
) -> HolidaysPage {
    let tree = site.units.now();
    let today = crate::days::today(viewer.at());
    let rows = tree
        .holidays(unit)
        .into_iter()
        .filter(|holiday| holiday.day >= today)
        .map(|holiday| HolidayLine {
            day: c.table_style().weekday_date(holiday.day),
            name: holiday.name_in(c.lang).to_owned(),
            decision: match holiday.decided_on {
                Some(on) => {
                    c.ta("registry-holiday-decision-of", &[("number", &holiday.decision), ("day", &day(&c, on))])
                }
                None => String::new(),
            },
            confirmed: holiday.confirmed,
            from: tree.name_in(c.lang, &holiday.unit).to_owned(),
            cancel: if holiday.unit == unit {
                at(unit, &format!("holidays/{}/cancel", holiday.id))
            } else {
                String::new()
            },
        })
        .collect();
    let fields = vec![
        FieldView::new(FieldKind::Date, "day", c.t("registry-holiday-day")).required().filled(data, &errors),
        FieldView::text("name", c.t("registry-holiday-name"))
            .required()
            .hint(c.t("registry-holiday-name-hint"))
            .filled(data, &errors),
        FieldView::text("decision", c.t("registry-holiday-decision"))
            .required()
            .width(Width::W14)
            .filled(data, &errors),
        FieldView::new(FieldKind::Date, "decided_on", c.t("registry-holiday-decided-on"))
            .required()
            .filled(data, &errors),
    ];
    HolidaysPage {
        unit: tree.name_in(c.lang, unit).to_owned(),
        crumbs: crumbs(&c, viewer, &tree, unit, Some(c.t("registry-holidays-title"))),
        action: at(unit, "holidays"),
        rows,
        fields,
        c: c.failed(errors.any()).dense(),
        errors,
    }
}

/// Coming holidays of the unit, and a form for its own.
pub(super) async fn holidays(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(unit): Path<String>,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageHolidays)?;
    Ok(Html(holidays_page(&site, &viewer, c, &unit, &FormData::default(), FormErrors::new())).into_response())
}

/// Declares a holiday.
pub(super) async fn declare(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(unit): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageHolidays)?;
    let mut errors = FormErrors::new();
    let on = parts::required_date(&c, &data, "day", &mut errors);
    let name = data.required("name", &mut errors, || c.t("registry-holiday-name-missing"));
    let decision = data.required("decision", &mut errors, || c.t("registry-refused-no-decision"));
    let decided_on = parts::required_date(&c, &data, "decided_on", &mut errors);
    if let (Some(day), Some(decided_on), false) = (on, decided_on, errors.any()) {
        let change = CalendarChange::DeclareHoliday { day, name, decision, decided_on };
        let form = Form { site: &site, viewer: &viewer, c: &c, unit: &unit, page: "holidays", data: &data };
        let declared = c.ta("registry-holiday-declared", &[("day", &parts::day(&c, day))]);
        if let Some(done) = form.carry_out(Change::Calendar(change), declared, &mut errors).await? {
            return Ok(done);
        }
    }
    Ok(Html(holidays_page(&site, &viewer, c, &unit, &data, errors)).unprocessable())
}

fn cancel_page(
    site: &Site,
    viewer: &Viewer,
    c: Ctx,
    unit: &str,
    id: Uuid,
    data: &FormData,
    errors: FormErrors,
) -> Result<ConfirmPage, PageError> {
    let tree = site.units.now();
    let holiday = tree.own_holidays(unit).iter().find(|holiday| holiday.id == id).ok_or(PageError::NotFound)?;
    let title = c.t("registry-holiday-cancel-title");
    let decision = FieldView::text("decision", c.t("registry-holiday-decision")).required().width(Width::W14);
    Ok(ConfirmPage {
        crumbs: crumbs(&c, viewer, &tree, unit, Some(title.clone())),
        title,
        effect: c.ta("registry-holiday-cancel-effect", &[("name", &holiday.name), ("day", &day(&c, holiday.day))]),
        action: at(unit, &format!("holidays/{id}/cancel")),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        fields: vec![decision.filled(data, &errors)],
        button: c.t("registry-holiday-cancel-submit"),
        back: at(unit, "holidays"),
        c: c.failed(errors.any()).dense(),
        errors,
    })
}

/// Asks before a holiday is cancelled.
pub(super) async fn cancel_form(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path((unit, id)): Path<(String, Uuid)>,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageHolidays)?;
    Ok(Html(cancel_page(&site, &viewer, c, &unit, id, &FormData::default(), FormErrors::new())?).into_response())
}

/// Cancels a holiday.
pub(super) async fn cancel(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path((unit, id)): Path<(String, Uuid)>,
    data: FormData,
) -> Result<Response, PageError> {
    parts::unit_place(&site, &viewer, &unit, Right::ManageHolidays)?;
    let mut errors = FormErrors::new();
    let form = Form { site: &site, viewer: &viewer, c: &c, unit: &unit, page: "holidays", data: &data };
    let change = CalendarChange::CancelHoliday { holiday: id, decision: data.get("decision").to_owned() };
    match form.carry_out(Change::Calendar(change), c.t("registry-holiday-cancelled"), &mut errors).await? {
        Some(done) => Ok(done),
        None => Ok(Html(cancel_page(&site, &viewer, c, &unit, id, &data, errors)?).unprocessable()),
    }
}
