//! السجل العام للتراخيص: what everybody may look up about licences that were given.
//!
//! Told are kind, number, activity, place, dates and standing. No name stands here, neither of the holder
//! nor of the shop, which often is one: the law wants a licence to hang where it is used, not a list of
//! who has what. Where a place alone would lead to a person (the file of a service says so) it is left
//! out. The numbers follow each other and may be counted up: that is why nothing else is told by number.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, Query as Asking};
use axum::response::{IntoResponse, Response};
use catalogue::model::OutputKind;
use foundation::arabic::search::{Order, score};
use foundation::geo;
use foundation::numbers::{Kind, Number};
use foundation::web::forms::Width;
use foundation::web::{
    Choice, ClientIp, Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError, PagerView, Rate,
};
use http::{HeaderValue, header};
use jiff::civil::Date;
use registry::units::UnitKind;
use serde_json::json;

use super::queries::{self, After, Filter, Holds, Public};
use crate::Office;
use crate::public::places;
use crate::requests::rules::day;

/// Licences of one page.
const PAGE: i64 = 30;
/// The most rows of an export.
const EXPORT: i64 = 5_000;
/// The most points of a map.
const POINTS: i64 = 500;
/// How often one address may ask: lists are cheap, whole exports are not.
const ASK: Rate = Rate::new(120, 1);
const EXPORTS: Rate = Rate::new(10, 1);
/// First year that can be asked for.
const FIRST_YEAR: i16 = 2000;

/// A line of the list.
struct Line {
    number: String,
    kind: String,
    activity: String,
    place: String,
    unit: String,
    issued: String,
    expires: String,
    class: &'static str,
    standing: String,
    replaced_by: String,
}

#[derive(Template)]
#[template(path = "licences/register.html")]
struct RegisterPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    title: String,
    action: String,
    errors: FormErrors,
    fields: Vec<FieldView>,
    more: Vec<FieldView>,
    more_open: bool,
    lines: Vec<Line>,
    points: String,
    export: String,
    pager: PagerView,
}

pub(super) async fn show(
    c: Ctx,
    office: Office,
    client: ClientIp,
    Asking(asked): Asking<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    page(c, office, client, None, FormData::from_pairs(asked)).await
}

pub(super) async fn of_unit(
    c: Ctx,
    office: Office,
    client: ClientIp,
    Path(unit): Path<String>,
    Asking(asked): Asking<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    page(c, office, client, Some(unit), FormData::from_pairs(asked)).await
}

async fn page(
    c: Ctx,
    office: Office,
    client: ClientIp,
    unit: Option<String>,
    asked: FormData,
) -> Result<Response, PageError> {
    office.limits.take("licences", client, ASK)?;
    let today = day(office.clock.now());
    let tree = office.units.now();
    let of = match &unit {
        Some(code) => {
            Some(tree.unit(code).filter(|unit| !tree.centres(&unit.code).is_empty()).ok_or(PageError::NotFound)?)
        }
        None => None,
    };
    let mut errors = FormErrors::new();
    let filter = read(&c, &office, unit.clone(), &asked, today, &mut errors);
    let after = asked.opt("after").and_then(After::decode);
    let mut found = match errors.any() {
        false => queries::licences(&mut office.db.reader(), &filter, after.as_ref(), PAGE + 1, false, today).await?,
        true => Vec::new(),
    };
    let more = found.len() > usize::try_from(PAGE).unwrap_or(0);
    if more {
        found.pop();
    }
    let next = found.last().filter(|_| more);
    let next = next.map(|last| After { issued_at: last.issued_at, number: last.number.clone() }.encode());
    let (action, title) = match of {
        Some(unit) => {
            (format!("/centres/{}/licences", unit.code), c.t1("licences-register-of", "unit", places::title(&c, unit)))
        }
        None => ("/licences".to_owned(), c.t("licences-register")),
    };
    let mut query = query(&asked);
    if let Some(unit) = &unit {
        query.push(("unit".to_owned(), unit.clone()));
    }
    let address = |path: &str, extra: Option<(&str, String)>| {
        let pairs = query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<String> = pairs
            .chain(extra.as_ref().map(|(name, value)| (*name, value.as_str())))
            .filter(|(name, _)| *name != "unit" || path.starts_with("/licences/"))
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    };
    let mut crumbs = vec![Crumb::new("/", c.t("common-home"))];
    if let Some(unit) = of {
        crumbs.push(Crumb::new(format!("/centres/{}", unit.code), places::title(&c, unit)));
    }
    crumbs.push(Crumb::here(c.t("licences-register")));
    let (fields, more_fields) = fields(&c, &office, of.is_some(), &asked, &errors, today);
    let more_open = ["group", "activity", "year", "standing", "gov"].iter().any(|name| asked.opt(name).is_some());
    let refused = errors.any();
    let page = RegisterPage {
        crumbs,
        title,
        points: address("/licences/points.json", None),
        export: address("/licences/export.csv", None),
        pager: PagerView {
            previous: after.map(|_| address(&action, None)),
            next: next.map(|next| address(&action, Some(("after", next)))),
            page: None,
        },
        action,
        lines: found.iter().map(|one| line(&c, &office, one, today)).collect(),
        fields,
        more: more_fields,
        more_open,
        errors,
        c: c.failed(refused),
    };
    Ok(if refused { Html(page).unprocessable() } else { Html(page).into_response() })
}

/// Names of what an address may ask for, besides the place of the page.
const NAMES: [&str; 6] = ["q", "gov", "group", "activity", "year", "standing"];

fn query(asked: &FormData) -> Vec<(String, String)> {
    let pairs = NAMES.iter().filter_map(|name| Some(((*name).to_owned(), asked.opt(name)?.to_owned())));
    pairs.collect()
}

/// For the query of an address.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn fields(
    c: &Ctx,
    office: &Office,
    of_unit: bool,
    asked: &FormData,
    errors: &FormErrors,
    today: Date,
) -> (Vec<FieldView>, Vec<FieldView>) {
    let catalogue = office.catalogue();
    let groups = catalogue
        .registers()
        .groups
        .iter()
        .filter(|group| catalogue.in_group(&group.code).any(|service| service.output.register.is_some()));
    let groups = groups.map(|group| Choice::new(group.code.clone(), group.name(c.lang))).collect();
    let standings = ["valid", "expired", "suspended", "revoked", "superseded"]
        .map(|word| Choice::new(word, c.t(&format!("licences-standing-{word}"))));
    let q = FieldView::text("q", c.t("licences-q")).hint(c.t("licences-q-hint")).max_length(120).width(Width::Full);
    let mut more = vec![
        FieldView::select("group", c.t("licences-kind"), groups),
        FieldView::text("activity", c.t("licences-activity")).hint(c.t("licences-activity-hint")).max_length(80),
        FieldView::text("year", c.t("licences-year")).width(Width::W6).hint(c.t1(
            "licences-year-hint",
            "year",
            today.year().to_string(),
        )),
        FieldView::select("standing", c.t("licences-standing"), standings.into()),
    ];
    if !of_unit {
        more.insert(
            0,
            FieldView::select("gov", c.t("public-governorate"), places::choices(c.lang, &office.units.now())),
        );
    }
    let filled = |field: FieldView| field.filled(asked, errors);
    (vec![filled(q)], more.into_iter().map(filled).collect())
}

/// Reads what is asked for; what makes no sense goes to the errors.
fn read(
    c: &Ctx,
    office: &Office,
    unit: Option<String>,
    asked: &FormData,
    today: Date,
    errors: &mut FormErrors,
) -> Filter {
    let mut filter = Filter { unit, ..Filter::default() };
    let q = asked.get("q");
    match Number::parse(q) {
        Ok(number) if number.kind() == Kind::Paper => filter.number = Some(number.to_string()),
        _ => q.clone_into(&mut filter.words),
    }
    let catalogue = office.catalogue();
    filter.tenant = asked.opt("gov").map(str::to_owned);
    filter.group = asked.opt("group").filter(|code| catalogue.group(code).is_some()).map(str::to_owned);
    if let Some(typed) = asked.opt("activity") {
        filter.activity = activity(office, typed);
        if filter.activity.is_none() {
            errors.add("activity", c.t("licences-activity-unknown"));
        }
    }
    if let Some(typed) = asked.opt("year") {
        let year = foundation::arabic::digits::to_ascii(typed).trim().parse().ok();
        filter.year = year.filter(|year| (FIRST_YEAR..=today.year()).contains(year));
        if filter.year.is_none() {
            errors.add(
                "year",
                c.ta("licences-year-wrong", &[("from", &FIRST_YEAR.to_string()), ("to", &today.year().to_string())]),
            );
        }
    }
    filter.holds = asked.opt("standing").and_then(Holds::read);
    filter
}

/// The activity that was meant by a code or some words.
fn activity(office: &Office, typed: &str) -> Option<String> {
    let catalogue = office.catalogue();
    if let Some(found) = catalogue.activity(typed.trim()) {
        return Some(found.code.clone());
    }
    let activities = catalogue.registers().activities.iter();
    let fits = activities.filter_map(|one| Some((score(typed, &one.name_ar, Order::Free)?, one)));
    fits.min_by_key(|(score, _)| *score).map(|(_, one)| one.code.clone())
}

/// Word of the standing on a day.
fn holds(licence: &Public, today: Date) -> &str {
    let over = licence.expires.is_some_and(|last| last < today);
    if licence.standing == "valid" && over { "expired" } else { &licence.standing }
}

fn activity_name(c: &Ctx, office: &Office, code: &str) -> String {
    office.catalogue().activity(code).map(|activity| activity.name(c.lang).to_owned()).unwrap_or_default()
}

/// What a licence is called: the output of its service.
fn kind(c: &Ctx, office: &Office, code: &str) -> String {
    let service = office.catalogue().service(code).filter(|service| service.output.kind != OutputKind::None);
    service.map_or_else(|| office.service_name(code, c.lang), |service| service.output.name(c.lang).to_owned())
}

fn line(c: &Ctx, office: &Office, licence: &Public, today: Date) -> Line {
    let word = holds(licence, today);
    let tree = office.units.now();
    let day = |day: Option<Date>| day.map(|day| c.date(day)).unwrap_or_default();
    Line {
        number: licence.number.clone(),
        kind: kind(c, office, &licence.service),
        activity: activity_name(c, office, &licence.activity),
        place: licence.place.clone(),
        unit: tree.unit(&licence.unit).map_or_else(|| licence.unit.clone(), |unit| places::title(c, unit)),
        issued: day(licence.issued_on),
        expires: licence.expires.map_or_else(|| c.t("licences-no-end"), |last| c.date(last)),
        class: match word {
            "valid" => "ok",
            "revoked" => "err",
            _ => "warn",
        },
        standing: c.t(&format!("licences-standing-{word}")),
        replaced_by: licence.replaced_by.clone().unwrap_or_default(),
    }
}

/// What an export or a map is asked for; their addresses are made by our pages, so there is nobody to correct them.
fn filter_of(c: &Ctx, office: &Office, asked: Vec<(String, String)>, today: Date) -> Result<Filter, PageError> {
    let asked = FormData::from_pairs(asked);
    let tree = office.units.now();
    let unit = asked.opt("unit").and_then(|code| tree.unit(code)).map(|unit| unit.code.clone());
    let mut errors = FormErrors::new();
    let filter = read(c, office, unit, &asked, today, &mut errors);
    if errors.any() { Err(PageError::BadRequest(None)) } else { Ok(filter) }
}

/// The same list for a spreadsheet.
pub(super) async fn export(
    c: Ctx,
    office: Office,
    client: ClientIp,
    Asking(asked): Asking<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    office.limits.take("licences-export", client, EXPORTS)?;
    let today = day(office.clock.now());
    let filter = filter_of(&c, &office, asked, today)?;
    let found = queries::licences(&mut office.db.reader(), &filter, None, EXPORT, false, today).await?;
    let heads = ["number", "kind", "activity", "place", "unit", "issued", "expires", "standing", "replaced-by"];
    // The mark by which spreadsheets know that it is UTF-8.
    let mut text = String::from("\u{feff}");
    row(&mut text, heads.map(|head| c.t(&format!("licences-col-{head}"))));
    let iso = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    for licence in &found {
        let shown = line(&c, &office, licence, today);
        row(
            &mut text,
            [
                c.reference(&licence.number),
                shown.kind,
                shown.activity,
                shown.place,
                shown.unit,
                iso(licence.issued_on),
                iso(licence.expires),
                shown.standing,
                if shown.replaced_by.is_empty() { String::new() } else { c.reference(&shown.replaced_by) },
            ],
        );
    }
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"licences.csv\""));
    Ok(response)
}

/// One line of CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe.
fn row(text: &mut String, cells: impl IntoIterator<Item = String>) {
    let cells: Vec<String> = cells.into_iter().map(|cell| csv_cell(&cell)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

fn csv_cell(cell: &str) -> String {
    let formula = cell
        .trim_start_matches([' ', '"', '\u{feff}', '\u{200f}', '\u{200e}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let safe = if formula { format!("'{cell}") } else { cell.to_owned() };
    if safe.contains([',', '"', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// The licences of a list that have a point, for the map beside it: GeoJSON.
pub(super) async fn points(
    c: Ctx,
    office: Office,
    client: ClientIp,
    Asking(asked): Asking<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    office.limits.take("licences", client, ASK)?;
    let today = day(office.clock.now());
    let filter = filter_of(&c, &office, asked, today)?;
    let found = queries::licences(&mut office.db.reader(), &filter, None, POINTS, true, today).await?;
    let features = found.iter().filter_map(|licence| {
        let [east, north] = licence.point?;
        let shown = line(&c, &office, licence, today);
        let number = c.reference(&licence.number);
        let text = [shown.activity, shown.place, shown.standing, number];
        let text: Vec<String> = text.into_iter().filter(|part| !part.is_empty()).collect();
        Some(json!({
            "type": "Feature",
            "properties": { "title": shown.kind, "text": text.join(c.comma()) },
            "geometry": { "type": "Point", "coordinates": [geo::to_degrees(east), geo::to_degrees(north)] },
        }))
    });
    Ok(geo_json(
        &json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() }).to_string(),
        "no-store",
    ))
}

/// Outlines of the governorates with their names: the ground of every map.
pub(super) async fn outlines(c: Ctx, office: Office) -> Result<Response, PageError> {
    let mut ground: serde_json::Value = serde_json::from_str(catalogue::outlines()).map_err(PageError::internal)?;
    let tree = office.units.now();
    let governorates = tree.units().iter().filter(|unit| unit.kind == UnitKind::Governorate);
    let names = governorates.filter_map(|unit| {
        let (east, north) = unit.point_e6?;
        Some(json!({
            "type": "Feature",
            "properties": { "name": places::governorate(c.lang, &unit.tenant) },
            "geometry": { "type": "Point", "coordinates": [geo::to_degrees(east), geo::to_degrees(north)] },
        }))
    });
    let names: Vec<serde_json::Value> = names.collect();
    if let Some(features) = ground.get_mut("features").and_then(serde_json::Value::as_array_mut) {
        features.extend(names);
    }
    Ok(geo_json(&ground.to_string(), "public, max-age=86400"))
}

fn geo_json(text: &str, cache: &'static str) -> Response {
    let mut response = Response::new(Body::from(text.to_owned()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/geo+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cell_is_no_formula() {
        assert_eq!(csv_cell("=1+1"), "'=1+1");
        assert_eq!(csv_cell(" @sum(a1)"), "' @sum(a1)");
        assert_eq!(csv_cell("15 شارع شبرا، القاهرة"), "15 شارع شبرا، القاهرة");
        assert_eq!(csv_cell("a,\"b\""), "\"a,\"\"b\"\"\"");
    }

    proptest! {
        #[test]
        fn no_cell_begins_a_formula(cell in "[=+@\\-\t\r\n \"a-z]{0,12}") {
            let cell = csv_cell(&cell);
            let inner = cell.strip_prefix('"').unwrap_or(&cell);
            prop_assert!(!inner.trim_start().starts_with(['=', '+', '-', '@']));
        }

        #[test]
        fn addresses_are_plain(text in ".{0,30}") {
            prop_assert!(encoded(&text).is_ascii());
        }
    }
}
