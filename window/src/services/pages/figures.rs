//! A governorate's own figures of one service: set by a decision, withdrawn.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use catalogue::fees::slots;
use foundation::arabic::digits::to_ascii;
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Choice, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use registry::staff::By;
use registry::{Place, Right, Viewer};
use rust_decimal::Decimal;

use super::edit::{date, optional_date};
use super::{Known, LIST, origin};
use crate::Office;
use crate::services::rules::{Figure, NewFigure, range};
use crate::services::{figures, set_figure, store, withdraw_figure};

#[derive(Template)]
#[template(path = "services/places.html")]
struct PlacesPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    title: String,
    /// Link and name of each governorate.
    places: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "services/figures.html")]
struct FiguresPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    title: String,
    governorate: String,
    action: String,
    command: String,
    errors: FormErrors,
    slots: Vec<SlotLine>,
    set: Vec<SetLine>,
    fields: Vec<FieldView>,
}

/// A number that the governorate may set.
struct SlotLine {
    label: String,
    code: String,
    national: String,
    range: String,
    /// The governorate's own value today; empty if it has none.
    own: String,
}

/// A figure that was set.
struct SetLine {
    label: String,
    code: String,
    value: String,
    decision: String,
    days: String,
    state: &'static str,
    state_class: &'static str,
    /// Page to withdraw it; empty once it has ended.
    withdraw: String,
}

#[derive(Template)]
#[template(path = "services/confirm.html")]
struct ConfirmPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    title: String,
    effect: String,
    action: String,
    errors: FormErrors,
    button: String,
    back: String,
}

fn at(code: &str, tenant: &str) -> String {
    format!("{LIST}/{code}/figures/{tenant}")
}

/// The governorate's place, if the viewer may set its figures: 404 for none, 403 for no right.
fn governorate(office: &Office, viewer: &Viewer, tenant: &str) -> Result<Place, PageError> {
    let place = figures::governorate(office, tenant).ok_or(PageError::NotFound)?;
    viewer.grant(Right::SetLocalFigures, &place).ok_or_else(PageError::forbidden)?;
    Ok(place)
}

/// The governorates whose figures the viewer may set; straight on where there is one.
pub(super) async fn places(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let known = Known::read(&office, &code).await?.ok_or(PageError::NotFound)?;
    let tree = office.units.now();
    let root = registry::UnitPath::root();
    let headquarters = tree.units().iter().filter(|unit| {
        unit.tenant != root.tenant() && tree.governorate(&unit.tenant).is_some_and(|own| own.code == unit.code)
    });
    let places: Vec<(String, String)> = headquarters
        .filter(|unit| viewer.grant(Right::SetLocalFigures, &unit.place()).is_some())
        .map(|unit| (at(&code, &unit.tenant), unit.name_in(c.lang).to_owned()))
        .collect();
    if let [(only, _)] = places.as_slice() {
        return Ok(see_other(only.clone()).into_response());
    }
    if places.is_empty() {
        return Err(PageError::forbidden());
    }
    Ok(Html(PlacesPage {
        crumbs: super::crumbs(&c, Some(&known.service), Some(c.t("services-figures"))),
        title: c.t1("services-figures-title", "name", known.service.name(c.lang)),
        places,
        c: c.dense(),
    })
    .into_response())
}

async fn page(
    office: &Office,
    c: Ctx,
    code: &str,
    tenant: &str,
    data: &FormData,
    errors: FormErrors,
) -> Result<FiguresPage, PageError> {
    let known = Known::read(office, code).await?.ok_or(PageError::NotFound)?;
    let (_, book) = store::book(&mut office.db.reader(), tenant, code).await?;
    let service = &known.service;
    let today = super::today(office);
    let all = slots(service);
    let own = |code: &str| book.iter().find(|held| held.figure == code && held.holds(today));
    let lines = all.iter().map(|slot| SlotLine {
        label: slot.label(c.lang).to_owned(),
        code: slot.code.clone(),
        national: slot.value.map_or_else(|| c.t("services-open"), |value| origin::amount(&c, value, slot.percent)),
        range: range(service, &slot.code).map(|range| super::range_words(&c, &range)).unwrap_or_default(),
        own: own(&slot.code).map(|held| origin::amount(&c, held.value, slot.percent)).unwrap_or_default(),
    });
    let line = |held: &Figure| {
        let slot = all.iter().find(|slot| slot.code == held.figure);
        let has_ended = held.to.is_some_and(|to| to < today);
        let (state, state_class) = match (slot, has_ended) {
            (_, true) => ("services-figure-past", ""),
            (None, _) => ("services-figure-unused", "warn"),
            _ if held.from > today => ("services-figure-coming", "info"),
            _ => ("services-figure-in-force", "ok"),
        };
        SetLine {
            label: slot.map_or(held.figure.as_str(), |slot| slot.label(c.lang)).to_owned(),
            code: held.figure.clone(),
            value: origin::amount(&c, held.value, slot.is_some_and(|slot| slot.percent)),
            decision: decision(&c, held),
            days: super::days(&c, held.from, held.to),
            state,
            state_class,
            withdraw: if has_ended { String::new() } else { format!("{}/{}/withdraw", at(code, tenant), held.entry) },
        }
    };
    let choices = all.iter().map(|slot| Choice::new(slot.code.clone(), slot.label(c.lang).to_owned())).collect();
    let day = |name: &str, label: &str| FieldView::new(FieldKind::Date, name, c.t(label));
    let fields = vec![
        FieldView::select("figure", c.t("services-figure"), choices).required(),
        FieldView::text("value", c.t("services-figure-value"))
            .required()
            .width(Width::W10)
            .hint(c.t("services-figure-value-hint")),
        FieldView::text("decision", c.t("services-figure-decision")).required().width(Width::W14),
        day("decided_on", "services-figure-decided-on").required(),
        day("from", "services-figure-from").required(),
        day("to", "services-figure-to").hint(c.t("services-figure-to-hint")),
    ];
    Ok(FiguresPage {
        crumbs: super::crumbs(&c, Some(service), Some(c.t("services-figures"))),
        title: c.t1("services-figures-title", "name", service.name(c.lang)),
        governorate: office
            .units
            .now()
            .governorate(tenant)
            .map(|unit| unit.name_in(c.lang).to_owned())
            .unwrap_or_default(),
        action: at(code, tenant),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        slots: lines.collect(),
        set: book.iter().rev().map(line).collect(),
        fields: fields.into_iter().map(|field| field.filled(data, &errors)).collect(),
        c: c.failed(errors.any()).dense(),
        errors,
    })
}

fn decision(c: &Ctx, held: &Figure) -> String {
    c.ta("services-decision", &[("number", &held.decision), ("day", &c.date(held.decided_on))])
}

/// The figures of a service in a governorate, and a form for a new one.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((code, tenant)): Path<(String, String)>,
) -> Result<Response, PageError> {
    governorate(&office, &viewer, &tenant)?;
    Ok(Html(page(&office, c, &code, &tenant, &FormData::default(), FormErrors::new()).await?).into_response())
}

/// Sets a figure.
pub(super) async fn set(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((code, tenant)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, PageError> {
    governorate(&office, &viewer, &tenant)?;
    let mut errors = FormErrors::new();
    let figure = data.required("figure", &mut errors, || c.t("services-figure-missing"));
    let value = decimal(data.get("value"));
    if value.is_none() {
        errors.add("value", c.t("services-refused-value"));
    }
    let number = data.required("decision", &mut errors, || c.t("services-refused-decision"));
    let decided_on = date(&c, &data, "decided_on", &mut errors);
    let from = date(&c, &data, "from", &mut errors);
    let to = optional_date(&c, &data, "to", &mut errors);
    if let (Some(value), Some(decided_on), Some(from), false) = (value, decided_on, from, errors.any()) {
        let command = data.command().ok_or(PageError::BadRequest(None))?;
        let new = NewFigure { figure, value, decision: number, decided_on, from, to };
        let result = set_figure(&office, &By::Viewer(viewer), command, &tenant, &code, new).await;
        if let Some(now) = super::outcome(&c, &mut errors, result)? {
            let flash = Flash::ok(c.t1("services-figure-set", "days", super::days(&c, now.from, now.to)));
            return Ok(see_other(at(&code, &tenant)).with_flash(flash).into_response());
        }
    }
    Ok(Html(page(&office, c, &code, &tenant, &data, errors).await?).unprocessable())
}

/// An amount or percentage as typed: any digits, a comma only groups thousands.
fn decimal(typed: &str) -> Option<Decimal> {
    let plain = to_ascii(typed).replace('٫', ".").replace(['٬', ',', ' ', '٪', '%', '\u{a0}'], "");
    let is_number =
        !plain.is_empty() && plain.len() <= 20 && plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number { plain.parse().ok() } else { None }
}

async fn confirm(
    office: &Office,
    c: Ctx,
    code: &str,
    tenant: &str,
    entry: i64,
    errors: FormErrors,
) -> Result<ConfirmPage, PageError> {
    let known = Known::read(office, code).await?.ok_or(PageError::NotFound)?;
    let (_, book) = store::book(&mut office.db.reader(), tenant, code).await?;
    let held = book.iter().find(|held| held.entry == entry).ok_or(PageError::NotFound)?;
    let slot = slots(&known.service).into_iter().find(|slot| slot.code == held.figure);
    let percent = slot.as_ref().is_some_and(|slot| slot.percent);
    let label = slot.map_or_else(|| held.figure.clone(), |slot| slot.label(c.lang).to_owned());
    let effect = c.ta(
        "services-withdraw-effect",
        &[("label", &label), ("value", &origin::amount(&c, held.value, percent)), ("decision", &decision(&c, held))],
    );
    Ok(ConfirmPage {
        crumbs: super::crumbs(&c, Some(&known.service), Some(c.t("services-withdraw-title"))),
        title: c.t("services-withdraw-title"),
        effect,
        action: format!("{}/{entry}/withdraw", at(code, tenant)),
        button: c.t("services-withdraw"),
        back: at(code, tenant),
        c: c.failed(errors.any()).dense(),
        errors,
    })
}

/// Asks before a figure is withdrawn.
pub(super) async fn withdraw_form(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((code, tenant, entry)): Path<(String, String, i64)>,
) -> Result<Response, PageError> {
    governorate(&office, &viewer, &tenant)?;
    Ok(Html(confirm(&office, c, &code, &tenant, entry, FormErrors::new()).await?).into_response())
}

/// Withdraws a figure.
pub(super) async fn withdraw(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((code, tenant, entry)): Path<(String, String, i64)>,
    data: FormData,
) -> Result<Response, PageError> {
    governorate(&office, &viewer, &tenant)?;
    let mut errors = FormErrors::new();
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let result = withdraw_figure(&office, &By::Viewer(viewer), command, &tenant, &code, entry).await;
    if super::outcome(&c, &mut errors, result)?.is_some() {
        return Ok(see_other(at(&code, &tenant)).with_flash(Flash::ok(c.t("services-withdrawn"))).into_response());
    }
    Ok(Html(confirm(&office, c, &code, &tenant, entry, errors).await?).unprocessable())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_in_any_digits() {
        assert_eq!(decimal("١٬٢٥٠٫٥"), Some(Decimal::new(12505, 1)));
        assert_eq!(decimal(" 1,000 "), Some(Decimal::from(1000)));
        assert_eq!(decimal("40٪"), Some(Decimal::from(40)));
        for wrong in ["", "x", "-5", "1.2.3", "1e9"] {
            assert_eq!(decimal(wrong), None, "{wrong}");
        }
    }
}
