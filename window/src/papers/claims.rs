//! What stands in the QR of a paper (بيانات التوقيع), taken from the request and its service.

use catalogue::model::{FieldType, Service};
use documents::sign::{Claims, Figure, FigureKind, MAX_FIGURES, PaperType};
use foundation::clock::Micros;
use foundation::dates;
use foundation::money::Piastres;
use jiff::civil::Date;
use serde_json::Value;

use super::Holder;
use crate::requests::events::{Answers, RECEIPT};

/// Group of building works in the guide.
const BUILDING: &str = "building";

/// Fields of the forms whose values stand in the QR, by id, with what they measure.
const FIGURES: &[(&str, FigureKind)] = &[
    ("measured_area_m2", FigureKind::Area),
    ("shop_area_m2", FigureKind::Area),
    ("occupancy_area_m2", FigureKind::Area),
    ("advert_area_m2", FigureKind::Area),
    ("plot_area_m2", FigureKind::Area),
    ("land_area_m2", FigureKind::Area),
    ("unit_area_m2", FigureKind::Area),
    ("floors_requested", FigureKind::Floors),
    ("floors_licensed", FigureKind::Floors),
    ("building_height_m", FigureKind::Height),
    ("works_value_egp", FigureKind::Amount),
    ("amount_due_egp", FigureKind::Amount),
    ("committee_price_egp", FigureKind::Amount),
    ("units_count", FigureKind::Units),
    ("basements_requested", FigureKind::Basements),
    ("built_area_total_m2", FigureKind::BuiltArea),
];

/// Type of paper by the word of the event and the service's group.
#[must_use]
pub fn paper_type(kind: &str, service: &Service) -> PaperType {
    match kind {
        "licence" if service.group == BUILDING => PaperType::BuildingPermit,
        "licence" => PaperType::Licence,
        "approval" => PaperType::Approval,
        "certificate" => PaperType::Certificate,
        RECEIPT => PaperType::Receipt,
        _ => PaperType::Notice,
    }
}

/// What is known of a paper when it is signed.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// Governorate.
    pub tenant: &'a str,
    /// Unit that issues it.
    pub unit: &'a str,
    /// 15 digits.
    pub number: &'a str,
    /// Word of the event.
    pub kind: &'a str,
    /// Place in the status lists.
    pub status_index: i64,
    /// When.
    pub at: Micros,
    /// Last day.
    pub expires: Option<Date>,
    /// Printed values.
    pub values: &'a Answers,
    /// All public answers, the report's before the form's, for place and figures.
    pub answers: [&'a Answers; 2],
}

/// The claims of a paper.
#[must_use]
pub fn claims(service: &Service, holder: &Holder, paper: &Signed<'_>) -> Claims {
    Claims {
        issuer: paper.tenant.to_owned(),
        issued: paper.at.seconds(),
        // Valid to the end of its last day in Cairo.
        expires: paper.expires.map(|day| dates::end_of_day(day).seconds() + 1),
        kind: paper_type(paper.kind, service),
        service: service.code.clone(),
        number: paper.number.parse().unwrap_or_default(),
        unit: paper.unit.to_owned(),
        holder: holder.name.clone(),
        nid_last4: holder.last_four(),
        place: place(service, paper.values, paper.answers),
        figures: figures(service, paper.values, paper.answers),
        status: u32::try_from(paper.status_index).ok(),
        request: None,
        slip: String::new(),
    }
}

/// What is known of a payment when its receipt is signed.
#[derive(Debug, Clone, Copy)]
pub struct Receipt<'a> {
    /// Governorate.
    pub tenant: &'a str,
    /// Unit that collects.
    pub unit: &'a str,
    /// 15 digits, kind 3.
    pub number: &'a str,
    /// 15 digits of the request.
    pub request: &'a str,
    /// What was taken.
    pub amount: Piastres,
    /// Number of the slip in hand.
    pub slip: &'a str,
    /// When.
    pub at: Micros,
}

/// Characters of a slip's number that a receipt signs; the receipt prints it whole.
const SLIP_CHARACTERS: usize = 40;

/// The claims of a receipt: its own type, so that it never passes for a licence.
#[must_use]
pub fn receipt_claims(service: &Service, payer: &Holder, receipt: &Receipt<'_>) -> Claims {
    Claims {
        issuer: receipt.tenant.to_owned(),
        issued: receipt.at.seconds(),
        expires: None,
        kind: PaperType::Receipt,
        service: service.code.clone(),
        number: receipt.number.parse().unwrap_or_default(),
        unit: receipt.unit.to_owned(),
        holder: payer.name.clone(),
        nid_last4: payer.last_four(),
        place: String::new(),
        figures: vec![Figure { kind: FigureKind::Amount, value: receipt.amount.0 }],
        status: None,
        request: receipt.request.parse().ok(),
        slip: receipt.slip.chars().take(SLIP_CHARACTERS).collect(),
    }
}

/// The address that the paper is about: a printed one before any other of the form.
#[must_use]
pub fn place(service: &Service, values: &Answers, answers: [&Answers; 2]) -> String {
    let addresses = || service.fields.iter().filter(|field| field.kind == FieldType::Address && !field.personal);
    let printed = addresses().find_map(|field| values.get(&field.id));
    let found = printed.or_else(|| addresses().find_map(|field| answers.iter().find_map(|a| a.get(&field.id))));
    found.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn figures(service: &Service, values: &Answers, answers: [&Answers; 2]) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    for (id, kind) in FIGURES {
        let value = values.get(*id).or_else(|| answers.iter().find_map(|answers| answers.get(*id)));
        let scaled = value.and_then(|value| scaled(service.field(id)?.kind, value));
        if let Some(value) = scaled
            && !figures.iter().any(|figure| figure.kind == *kind)
        {
            figures.push(Figure { kind: *kind, value });
        }
    }
    figures.sort_by_key(|figure| figure.kind);
    figures.truncate(MAX_FIGURES);
    figures
}

/// Hundredths of square metres and of metres; piastres and counts as they are.
fn scaled(kind: FieldType, value: &Value) -> Option<i64> {
    match kind {
        FieldType::Integer | FieldType::Money => value.as_i64(),
        FieldType::AreaM2 | FieldType::LengthM => {
            let exact: rust_decimal::Decimal = value.as_str()?.parse().ok()?;
            let hundredths = exact.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)?.round();
            i64::try_from(hundredths.trunc()).ok()
        }
        _ => None,
    }
}
