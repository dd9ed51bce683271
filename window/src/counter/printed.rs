//! What stands on the printed papers (بيانات المطبوعات), made of the request and its service.

use catalogue::Service;
use catalogue::model::{Field, FieldType};
use documents::papers::{FeeLine, Head, MissingPaper, Row, Slip, Value};
use documents::sign;
use foundation::arabic::digits::Digits;
use foundation::clock::Micros;
use foundation::money::Piastres;
use foundation::web::{Ctx, PageError};
use foundation::{dates, governorates};
use http::StatusCode;
use registry::citizens::{self, Citizen};
use registry::place::WINDOW;
use registry::units::Tree;
use registry::{Place, Viewer};
use serde_json::Value as Json;
use uuid::Uuid;

use super::intake::fields::unit_word;
use super::seat::window_number;
use super::words;
use crate::Office;
use crate::requests::act::slip_pin;
use crate::requests::events::{FeeLine as Charge, PaperState};
use crate::requests::state::State;

/// How long a print is the original: then it is a copy.
pub(crate) const FRESH: i64 = 15 * Micros::MINUTE;

/// The windows that serve a request.
pub(crate) fn windows(tree: &Tree, state: &State) -> Vec<Place> {
    let units = [&state.file.unit, &state.file.taken_in.unit];
    units.into_iter().filter_map(|unit| Some(Place::department(tree.path(unit)?, WINDOW))).collect()
}

/// Whether a slip printed now is a copy: the first one is for the clerk who registered, at once.
pub(crate) fn is_copy(office: &Office, viewer: &Viewer, state: &State) -> bool {
    let mine = state.file.registered_by == viewer.staff();
    !mine || office.clock.now().0 > state.file.registered_at.0 + FRESH
}

pub(crate) fn without_scheme(url: &str) -> String {
    url.split_once("://").map_or(url, |(_, rest)| rest).to_owned()
}

/// Text of the slip's QR.
pub(crate) fn slip_link(office: &Office, state: &State) -> Result<String, PageError> {
    let token = state.file.slip.token.parse().map_err(|_| PageError::internal("a slip with a damaged code"))?;
    Ok(sign::slip_link(&office.settings.public_url, token))
}

/// Who issues.
pub(crate) fn head(c: &Ctx, tree: &Tree, unit: &str) -> Head {
    let tenant = tree.unit(unit).map(|unit| unit.tenant.clone()).unwrap_or_default();
    let name = tenant.parse().ok().and_then(governorates::name).unwrap_or_default();
    Head {
        governorate: if name.is_empty() { String::new() } else { c.t1("counter-governorate", "name", name.to_owned()) },
        unit: tree.name(unit).to_owned(),
        centre: tree.centres(unit).first().map_or_else(|| c.t("counter-centre"), |centre| centre.name.clone()),
    }
}

/// The applicant, for a paper made out to them.
pub(crate) async fn citizen(office: &Office, tenant: &str, subject: Uuid) -> Result<Citizen, PageError> {
    let found = citizens::find(&mut office.db.reader(), &office.record, tenant, subject).await;
    let found = found.map_err(|error| PageError::from_error(&error))?;
    found.filter(|citizen| !citizen.erased).ok_or_else(erased)
}

/// Nothing is printed of somebody whose data were erased.
pub(crate) fn erased() -> PageError {
    PageError::Say(StatusCode::GONE, "counter-erased-print")
}

pub(crate) fn fees(lines: &[Charge]) -> (Vec<FeeLine>, String) {
    let total: Piastres = lines.iter().map(|line| line.amount).sum();
    let rows = lines.iter().map(|line| FeeLine::new(line.label.clone(), line.amount.number(Digits::Latn))).collect();
    (rows, if lines.is_empty() { String::new() } else { total.number(Digits::Latn) })
}

/// «شباك 3» or the centre's name.
pub(crate) fn window(c: &Ctx, tree: &Tree, state: &State) -> String {
    let taken = &state.file.taken_in;
    match window_number(tree, taken) {
        Some(number) => c.t1("counter-window-number", "n", number),
        None => taken.centre.and_then(|id| tree.centre(id)).map(|centre| centre.name.clone()).unwrap_or_default(),
    }
}

/// The request slip.
pub(crate) fn slip(
    c: &Ctx,
    office: &Office,
    state: &State,
    id: Uuid,
    service: &Service,
    holder: &Citizen,
) -> Result<Slip, PageError> {
    let tree = office.units.now();
    let catalogue = office.catalogue();
    let (fees, total) = fees(&state.course.charges);
    let name = |doc: &str| words::document(c, catalogue, doc);
    let presented = state.file.papers.iter().filter(|paper| paper.state == PaperState::Presented);
    Ok(Slip {
        head: head(c, &tree, &state.file.taken_in.unit),
        number: state.file.number.clone(),
        pin: slip_pin(office.record.keyring(), id),
        link: slip_link(office, state)?,
        service: service.name_ar.clone(),
        applicant: holder.name.onto_paper().clone(),
        received: c.instant(state.file.registered_at),
        due: state.course.expected().map(|due| c.date(due)).unwrap_or_default(),
        window: window(c, &tree, state),
        papers: presented.map(|paper| name(&paper.doc)).collect(),
        missing: state
            .file
            .pending()
            .map(|paper| MissingPaper {
                name: name(&paper.doc),
                by: paper.until.map(|day| c.date(day)).unwrap_or_default(),
            })
            .collect(),
        fees,
        total,
        help: c.t1("counter-slip-help", "phone", c.site.phone.clone()),
        track_at: without_scheme(&c.absolute("/track")),
    })
}

/// An answer as a line of a paper.
pub(crate) fn row(c: &Ctx, office: &Office, field: &Field, value: &Json) -> Row {
    Row { label: field.label(c.lang).to_owned(), value: value_of(c, office, field, value) }
}

fn value_of(c: &Ctx, office: &Office, field: &Field, value: &Json) -> Value {
    if field.kind == FieldType::RepeatedGroup {
        let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let cells = |row: &Json| {
            field.fields.iter().map(|cell| text(c, office, cell, row.get(&cell.id).unwrap_or(&Json::Null))).collect()
        };
        return Value::Table {
            heads: field.fields.iter().map(|cell| cell.label(c.lang).to_owned()).collect(),
            rows: rows.iter().map(cells).collect(),
        };
    }
    let words = text(c, office, field, value);
    let unit = match field.kind {
        FieldType::AreaM2 => Some("m2"),
        FieldType::LengthM => Some("m"),
        FieldType::Money => Some("EGP"),
        FieldType::Number | FieldType::Integer => field.unit.as_deref(),
        _ => None,
    };
    match (unit, field.kind) {
        (Some(unit), _) if !words.is_empty() => Value::Measure(words, unit_word(c, unit)),
        (
            _,
            FieldType::Integer
            | FieldType::Number
            | FieldType::Mobile
            | FieldType::NationalId
            | FieldType::Email
            | FieldType::Point,
        ) => Value::Ltr(words),
        _ => Value::Text(words),
    }
}

/// An answer in words.
pub(crate) fn text(c: &Ctx, office: &Office, field: &Field, value: &Json) -> String {
    let choice = |value: &str| {
        let activity = field.choices_ref.as_ref().and_then(|_| office.catalogue().activity(value));
        activity
            .map(|activity| activity.name(c.lang).to_owned())
            .or_else(|| field.choice(value, c.lang).map(str::to_owned))
            .unwrap_or_else(|| value.to_owned())
    };
    match (field.kind, value) {
        (_, Json::Null) => String::new(),
        (FieldType::YesNo, Json::Bool(yes)) => c.t(if *yes { "common-yes" } else { "common-no" }),
        (FieldType::Choice, Json::String(value)) => choice(value),
        (FieldType::MultiChoice, Json::Array(list)) => {
            list.iter().filter_map(Json::as_str).map(choice).collect::<Vec<_>>().join(c.comma())
        }
        (FieldType::File, Json::Array(list)) => c.t1("counter-files-kept", "n", list.len()),
        (FieldType::Money, Json::Number(number)) => {
            number.as_i64().map(|piastres| Piastres(piastres).number(Digits::Latn)).unwrap_or_default()
        }
        (FieldType::Date, Json::String(day)) => dates::parse_iso(day).map_or_else(|| day.clone(), |day| c.date(day)),
        (FieldType::Point, Json::Array(pair)) => {
            // Stored longitude first, read latitude first.
            pair.iter().rev().filter_map(Json::as_str).collect::<Vec<_>>().join(", ")
        }
        (FieldType::Line | FieldType::Polygon, Json::Array(points)) => c.t1("counter-points", "n", points.len()),
        (FieldType::RepeatedGroup, Json::Array(rows)) => c.t1("counter-rows", "n", rows.len()),
        (_, Json::String(text)) => text.clone(),
        (_, Json::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
