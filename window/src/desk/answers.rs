//! Answers of a form as an officer reads them (بيانات الطلب).

use std::collections::BTreeSet;

use catalogue::Catalogue;
use catalogue::model::{Field, FieldType};
use foundation::dates;
use foundation::money::Piastres;
use foundation::web::{Answer, Ctx};
use registry::FieldClass;
use serde_json::Value;

/// The value of a field in words.
pub(super) fn shown(c: &Ctx, catalogue: &Catalogue, field: &Field, value: &Value) -> Answer {
    let text = words(c, catalogue, field, value);
    let latin = matches!(
        field.kind,
        FieldType::Integer
            | FieldType::Number
            | FieldType::NationalId
            | FieldType::Mobile
            | FieldType::Email
            | FieldType::Point
            | FieldType::ServiceNumber
    );
    if latin && field.unit.is_none() {
        Answer::latin(field.label(c.lang), text)
    } else {
        Answer::text(field.label(c.lang), text)
    }
}

fn words(c: &Ctx, catalogue: &Catalogue, field: &Field, value: &Value) -> String {
    match (field.kind, value) {
        (FieldType::YesNo, Value::Bool(yes)) => c.t(if *yes { "common-yes" } else { "common-no" }),
        (FieldType::Money, value) => value.as_i64().map(|amount| c.money(Piastres(amount))).unwrap_or_default(),
        (FieldType::AreaM2, value) => format!("{} {}", plain(c, value), c.t("common-square-metres")),
        (FieldType::LengthM, value) => format!("{} {}", plain(c, value), c.t("common-metres")),
        (FieldType::Date, Value::String(day)) => dates::parse_iso(day).map_or_else(|| day.clone(), |day| c.date(day)),
        (FieldType::Choice, Value::String(code)) => choice(c, catalogue, field, code),
        (FieldType::MultiChoice, Value::Array(codes)) => {
            let names: Vec<String> =
                codes.iter().filter_map(Value::as_str).map(|code| choice(c, catalogue, field, code)).collect();
            names.join(c.comma())
        }
        (FieldType::Point, Value::Array(pair)) => {
            let degrees: Vec<String> = pair.iter().rev().map(|value| plain(c, value)).collect();
            degrees.join(", ")
        }
        (FieldType::Line | FieldType::Polygon, Value::Array(points)) => c.t1("desk-points", "n", points.len()),
        (FieldType::File, Value::Array(files)) => c.t1("desk-files-count", "n", files.len()),
        (FieldType::RepeatedGroup, Value::Array(rows)) => {
            let rows: Vec<String> = rows
                .iter()
                .map(|row| {
                    let cells = field.fields.iter().filter_map(|cell| {
                        let value = row.get(&cell.id)?;
                        Some(format!("{}: {}", cell.label(c.lang), words(c, catalogue, cell, value)))
                    });
                    cells.collect::<Vec<_>>().join(c.comma())
                })
                .collect();
            rows.join(c.lang.semicolon())
        }
        (_, value) => plain(c, value),
    }
}

fn plain(c: &Ctx, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().map(|value| plain(c, value)).collect::<Vec<_>>().join(c.comma()),
        Value::Object(cells) => cells.values().map(|value| plain(c, value)).collect::<Vec<_>>().join(c.comma()),
    }
}

fn choice(c: &Ctx, catalogue: &Catalogue, field: &Field, code: &str) -> String {
    if let Some(name) = field.choice(code, c.lang) {
        return name.to_owned();
    }
    catalogue.activity(code).map_or_else(|| code.to_owned(), |activity| activity.name(c.lang).to_owned())
}

/// Whether a field, or a cell of it, tells who somebody is.
pub(super) fn is_personal(field: &Field) -> bool {
    field.personal || field.fields.iter().any(is_personal)
}

/// What classes of personal values a field holds.
pub(super) fn classes(field: &Field) -> BTreeSet<u8> {
    let own = field.personal.then(|| class_no(class(field.kind)));
    own.into_iter().chain(field.fields.iter().flat_map(classes)).collect()
}

/// The class by its place in [`FieldClass::ALL`].
pub(super) fn class_of(no: u8) -> FieldClass {
    FieldClass::ALL.get(usize::from(no)).copied().unwrap_or(FieldClass::IdentityPaper)
}

fn class_no(class: FieldClass) -> u8 {
    let at = FieldClass::ALL.iter().position(|one| *one == class);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

const fn class(kind: FieldType) -> FieldClass {
    match kind {
        FieldType::NationalId | FieldType::ServiceNumber | FieldType::Integer | FieldType::Number => {
            FieldClass::Identity
        }
        FieldType::Mobile | FieldType::Email | FieldType::Address | FieldType::Point => FieldClass::Contact,
        FieldType::File => FieldClass::IdentityPaper,
        _ => FieldClass::Name,
    }
}
