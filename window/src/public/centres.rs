//! أقرب مركز: the centres of a governorate, by name or by distance, and the page of each.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::arabic::digits;
use foundation::web::forms::FieldKind;
use foundation::web::{Crumb, Ctx, FieldView, FormErrors, Html, Opens, PageError, see_other};
use registry::units::{Centre, CentreKind, Tree, Unit};

use super::desk::Asked;
use super::hours::{self, HoursView};
use super::places;
use crate::office::Office;
use crate::queue::pages::{self as queue, LiveView};

/// Centres shown for a point.
const NEAR: usize = 8;
/// Egypt and its borders, in millionths of a degree: longitude, latitude.
const LON: (i64, i64) = (24_000_000, 38_000_000);
const LAT: (i64, i64) = (21_000_000, 33_000_000);

/// A unit in a list.
#[derive(Debug)]
pub(super) struct CentreLine {
    pub code: String,
    pub name: String,
    /// The governorate unless asked for by it, «3 كم» if asked by place, vans if there are some.
    pub hints: Vec<String>,
    pub is_open: bool,
    pub now: String,
}

#[derive(Template)]
#[template(path = "public/centres.html")]
pub(super) struct CentresPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub errors: FormErrors,
    pub q: String,
    pub governorate: FieldView,
    pub point: FieldView,
    /// What the list is; empty before anything was asked.
    pub heading: String,
    pub lines: Vec<CentreLine>,
    /// Open or closed in words, where all are alike; else each says its own.
    pub together: String,
    pub together_open: bool,
    pub asked: bool,
    pub all: Vec<(String, String, usize)>,
    /// The governorate asked for, whose booklet is offered: code and name.
    pub booklet: Option<(String, String)>,
}

pub(super) async fn show(c: Ctx, office: Office, Asked(asked): Asked) -> Result<Response, PageError> {
    let tree = office.units.now();
    let now = office.clock.now();
    let mut errors = FormErrors::new();
    let by_governorate = asked.opt("gov").is_some() && asked.opt("q").is_none();
    let line = |unit: &Arc<Unit>, distance: Option<f64>| {
        let hours = hours::of(&c, &tree, &unit.code, now);
        let governorate = (!by_governorate).then(|| places::governorate(c.lang, &unit.tenant));
        let vans = tree.centres(&unit.code).iter().filter(|centre| centre.kind == CentreKind::Mobile).count();
        let vans = (vans > 0).then(|| c.t1("public-vans", "n", vans));
        CentreLine {
            code: unit.code.clone(),
            name: places::title(&c, unit),
            hints: [governorate, distance.map(|km| far(&c, km)), vans].into_iter().flatten().collect(),
            is_open: hours.is_open,
            now: hours.now,
        }
    };
    let q = asked.get("q").to_owned();
    let (heading, lines): (String, Vec<CentreLine>) = if let Some(parts) = asked.point_parts("at") {
        match point(&c, parts) {
            Ok(point) => {
                let near = places::nearest(&tree, point, NEAR);
                (c.t("public-centres-near"), near.into_iter().map(|(unit, km)| line(unit, Some(km))).collect())
            }
            Err(message) => {
                errors.add("at", message);
                (String::new(), Vec::new())
            }
        }
    } else if !q.is_empty() {
        let found = places::named(&tree, &q);
        (c.t1("public-centres-named", "q", &q), found.into_iter().take(60).map(|unit| line(unit, None)).collect())
    } else if let Some(tenant) = asked.opt("gov") {
        let list: Vec<_> = places::served(&tree, Some(tenant)).map(|unit| line(unit, None)).collect();
        if list.is_empty() {
            return Err(PageError::NotFound);
        }
        (c.t1("public-centres-of", "governorate", places::governorate(c.lang, tenant)), list)
    } else {
        (String::new(), Vec::new())
    };
    let governorate = FieldView::select("gov", c.t("public-governorate"), places::choices(c.lang, &tree)).required();
    let point = FieldView::new(FieldKind::Point, "at", c.t("public-centres-point"))
        .hint(c.t("public-centres-point-hint"))
        .required();
    let mut lines = lines;
    waits(&c, &office, &mut lines).await?;
    let refused = errors.any();
    let alike = lines.windows(2).all(|pair| matches!(pair, [one, next] if one.now == next.now));
    let all_alike = lines.first().filter(|_| alike);
    let together = all_alike.map(|line| line.now.clone()).unwrap_or_default();
    let together_open = all_alike.is_some_and(|line| line.is_open);
    let booklet = asked.opt("gov").filter(|_| by_governorate && !refused);
    let page = CentresPage {
        booklet: booklet.map(|code| (code.to_owned(), places::governorate(c.lang, code))),
        together,
        together_open,
        crumbs: vec![Crumb::new("/", c.t("common-home")), Crumb::here(c.t("common-centres"))],
        governorate: governorate.filled(&asked, &errors),
        point: point.filled(&asked, &errors),
        asked: !heading.is_empty(),
        all: all(&c, &tree),
        errors,
        q,
        heading,
        lines,
        c: c.failed(refused),
    };
    let response = if refused { Html(page).unprocessable() } else { Html(page).into_response() };
    Ok((Extension(Opens::geolocation()), response).into_response())
}

/// Says of every hall that is open how long one waits there.
async fn waits(c: &Ctx, office: &Office, lines: &mut [CentreLine]) -> Result<(), PageError> {
    let tree = office.units.now();
    let mut known = std::collections::HashMap::new();
    for line in lines.iter_mut() {
        let Some(unit) = tree.unit(&line.code) else { continue };
        if !known.contains_key(&unit.tenant) {
            known.insert(unit.tenant.clone(), queue::of_governorate(office, &unit.tenant).await?);
        }
        let fixed = tree.centres(&unit.code).iter().find(|centre| centre.kind == CentreKind::Fixed);
        let live = fixed.and_then(|centre| known.get(&unit.tenant)?.get(&centre.id).copied());
        // Where nothing has been measured today, nothing is said.
        if let Some(live) = live.filter(|live| live.windows > 0 || line.is_open) {
            line.hints.push(queue::words(c, true, live));
        }
    }
    Ok(())
}

fn all(c: &Ctx, tree: &Tree) -> Vec<(String, String, usize)> {
    let count = |code: &str| places::served(tree, Some(code)).count();
    places::choices(c.lang, tree)
        .into_iter()
        .map(|choice| (choice.value.clone(), choice.label, count(&choice.value)))
        .collect()
}

/// A point as typed: degrees in any digits, in Egypt. Longitude and latitude in millionths.
fn point(c: &Ctx, [lat, lng]: [&str; 2]) -> Result<(i64, i64), String> {
    let e6 = |typed: &str| {
        let degrees: f64 = digits::to_ascii(typed).replace(['٫', ','], ".").trim().parse().ok()?;
        // Far outside is refused before it is rounded.
        (degrees.is_finite() && degrees.abs() <= 180.0).then(|| (degrees * 1e6).round() as i64)
    };
    let (Some(lat), Some(lon)) = (e6(lat), e6(lng)) else { return Err(c.t("public-centres-bad-point")) };
    let inside = |value: i64, (low, high): (i64, i64)| low <= value && value <= high;
    if inside(lon, LON) && inside(lat, LAT) { Ok((lon, lat)) } else { Err(c.t("public-centres-outside")) }
}

fn far(c: &Ctx, km: f64) -> String {
    if km < 1.0 {
        return c.t("public-less-than-km");
    }
    c.t1("public-km", "n", km.round() as i64)
}

/// Stops shown of a van.
const STOPS: usize = 10;

/// A van of a unit, with where it stands next.
#[derive(Debug)]
pub(super) struct VanView {
    pub name: String,
    pub works: bool,
    /// Day, place and hours.
    pub stops: Vec<(String, String, String)>,
}

/// A centre of a unit.
#[derive(Debug)]
pub(super) struct CentreView {
    pub name: String,
    pub windows: Vec<(String, String)>,
    pub closed: usize,
}

#[derive(Template)]
#[template(path = "public/centre.html")]
pub(super) struct CentrePage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub name: String,
    pub governorate: String,
    pub hours: HoursView,
    /// The hall at this moment, and where one books; none of a unit with vans alone.
    pub live: Option<LiveView>,
    pub code: String,
    pub centres: Vec<CentreView>,
    pub vans: Vec<VanView>,
    /// `geo:` address, and whether the point is only near.
    pub geo: Option<(String, bool)>,
}

pub(super) async fn one(c: Ctx, office: Office, Path(code): Path<String>) -> Result<Response, PageError> {
    let tree = office.units.now();
    let Some(unit) = tree.unit(&code).filter(|unit| !tree.centres(&unit.code).is_empty()) else {
        let upper = code.to_ascii_uppercase();
        let known = upper != code && tree.unit(&upper).is_some();
        return if known {
            Ok(see_other(format!("/centres/{upper}")).into_response())
        } else {
            Err(PageError::NotFound)
        };
    };
    let name = places::title(&c, unit);
    let governorate = places::governorate(c.lang, &unit.tenant);
    let centres = tree.centres(&unit.code);
    let vans = vans(&c, &office, centres, &unit.code).await?;
    let live = match centres.iter().find(|centre| centre.kind == CentreKind::Fixed) {
        Some(centre) => Some(queue::of_centre(&office, &c, centre).await?),
        None => None,
    };
    let fixed = centres.iter().filter(|centre| centre.kind == CentreKind::Fixed).map(|centre| CentreView {
        name: tree.centre_name(c.lang, centre),
        windows: centre
            .windows
            .iter()
            .filter(|window| window.is_open)
            .map(|window| (window.number.to_string(), window.name_in(c.lang).to_owned()))
            .collect(),
        closed: centre.windows.iter().filter(|window| !window.is_open).count(),
    });
    let page = CentrePage {
        crumbs: vec![
            Crumb::new("/", c.t("common-home")),
            Crumb::new("/centres", c.t("common-centres")),
            Crumb::new(format!("/centres?gov={}", unit.tenant), governorate.as_str()),
            Crumb::here(name.as_str()),
        ],
        hours: hours::of(&c, &tree, &unit.code, office.clock.now()),
        live,
        code: unit.code.clone(),
        centres: fixed.collect(),
        vans,
        geo: unit
            .point_e6
            .map(|(lon, lat)| (format!("{},{}", degrees(lat), degrees(lon)), unit.coord_source != "geonames")),
        name,
        governorate,
        c,
    };
    Ok(Html(page).into_response())
}

/// The vans among a unit's centres.
async fn vans(c: &Ctx, office: &Office, centres: &[Arc<Centre>], unit: &str) -> Result<Vec<VanView>, PageError> {
    let vans: Vec<_> = centres.iter().filter(|centre| centre.kind == CentreKind::Mobile).collect();
    if vans.is_empty() {
        return Ok(Vec::new());
    }
    let today = foundation::dates::day_of(office.clock.now());
    let stops = registry::units::stops(&mut office.db.reader(), unit, today).await?;
    let view = |van: &Arc<Centre>| VanView {
        name: van.name.clone(),
        works: registry::units::is_working(van),
        stops: stops
            .iter()
            .filter(|stop| stop.centre == van.id)
            .take(STOPS)
            .map(|stop| {
                let times = c.times(stop.opens_minute, stop.closes_minute);
                (c.weekday(stop.day), stop.place.clone(), times)
            })
            .collect(),
    };
    Ok(vans.into_iter().map(view).collect())
}

/// Millionths of a degree as a decimal.
fn degrees(e6: i64) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", e6.abs() / 1_000_000, e6.abs() % 1_000_000)
}
