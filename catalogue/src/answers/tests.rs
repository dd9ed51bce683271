//! Forms as people fill them, and the way answers travel through JSON.

use proptest::prelude::*;

use super::*;
use crate::Catalogue;
use crate::model::{FieldType, Service};

fn service(code: &str) -> std::sync::Arc<Service> {
    Catalogue::embedded().unwrap().service(code).unwrap().clone()
}

fn raw(pairs: &[(&str, &str)]) -> Raw {
    let mut raw = Raw::new();
    for (name, value) in pairs {
        raw.entry((*name).to_owned()).or_default().push((*value).to_owned());
    }
    raw
}

fn read(service: &Service, sheet: Sheet, pairs: &[(&str, &str)]) -> Result<Validated, Vec<FieldError>> {
    let context =
        Context { applicant: &Applicant::default(), known: &Answers::new(), today: Date::constant(2026, 11, 22) };
    validate(service, sheet, &raw(pairs), &context)
}

const SITE: &[(&str, &str)] = &[
    ("applicant_capacity", "owner"),
    ("property_address", "١٢ شارع شبرا"),
    ("site_point", "٣٠٫٠٨٤٤، ٣١٫٢٤٥٧"),
    ("locality_type", "city"),
    ("plot_number", "٧"),
    ("plot_area_m2", "١٬٢٠٠٫٥"),
    ("frontage_m", "12.50"),
    ("street_width_m", "10"),
    ("is_corner", "لا"),
    ("land_status", "vacant"),
    ("building_use", "residential"),
    ("deed_type", "registered"),
    ("statement_purpose", "new"),
];

#[test]
fn a_form_in_arabic_digits_is_read_exactly() {
    let read = read(&service("BLD-01"), Sheet::Intake, SITE).unwrap();
    assert_eq!(read.answers.get("plot_area_m2"), Some(&Answer::Number("1200.5".parse().unwrap())));
    assert_eq!(read.answers.get("is_corner"), Some(&Answer::YesNo(false)));
    let json = read.answers.to_json();
    assert_eq!(json["site_point"], serde_json::json!(["31.245700", "30.084400"]));
    assert_eq!(json["plot_area_m2"], "1200.5");
    let service = service("BLD-01");
    assert_eq!(Answers::from_json(&service.fields, &json), read.answers);
}

#[test]
fn every_fault_is_told_at_its_field_in_the_order_of_the_form() {
    let mut pairs = SITE.to_vec();
    pairs.retain(|(name, _)| *name != "plot_number" && *name != "plot_area_m2" && *name != "deed_type");
    pairs.extend([("plot_area_m2", "كبيرة"), ("deed_type", "verbal")]);
    let errors = read(&service("BLD-01"), Sheet::Intake, &pairs).unwrap_err();
    let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["plot_number", "plot_area_m2", "deed_type"]);
    assert!(errors.iter().all(|error| error.said.ar.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c))));
}

#[test]
fn an_area_that_crosses_itself_or_lies_abroad_says_where() {
    let field = Catalogue::embedded()
        .unwrap()
        .services()
        .flat_map(|service| service.fields.iter())
        .find(|field| field.kind == FieldType::Polygon)
        .unwrap()
        .clone();
    let read = |text: &str| read_one(&field, vec![text.to_owned()], Date::constant(2026, 11, 22));
    let said = |text: &str| read(text).unwrap_err().en;
    assert!(read("30.05, 31.36\n30.05, 31.37\n30.06, 31.37\n30.06, 31.36").is_ok());
    assert!(said("30.05, 31.36\n30.06, 31.37\n30.06, 31.36\n30.05, 31.37").contains("cross"));
    assert!(said("30.05, 31.36\n30.06, 31.37\n30.05, 31.36\n30.05, 31.38").contains("twice"));
    assert!(said("30.05, 31.36\n30.06, 31.37\n30.07, 31.38").contains("one line"));
    assert!(said("48.85, 2.35\n48.86, 2.35\n48.86, 2.36").contains("outside Egypt"));
}

#[test]
fn a_field_that_is_not_asked_is_not_answered() {
    let mut pairs = SITE.to_vec();
    pairs.push(("basin_name", "حوض البركة"));
    let city = read(&service("BLD-01"), Sheet::Intake, &pairs).unwrap();
    assert_eq!(city.answers.get("basin_name"), None);
    pairs.retain(|(name, _)| *name != "locality_type" && *name != "basin_name");
    pairs.push(("locality_type", "village"));
    let errors = read(&service("BLD-01"), Sheet::Intake, &pairs).unwrap_err();
    assert_eq!(errors.iter().map(|e| e.field.as_str()).collect::<Vec<_>>(), ["basin_name"]);
}

#[test]
fn telephones_and_national_ids_are_judged_softly_where_the_law_is_silent() {
    let today = Date::constant(2026, 11, 22);
    assert_eq!(identity::mobile("+20 101 234 5678"), Ok(Answer::Text("01012345678".into())));
    assert!(identity::mobile("01312345678").is_err());
    assert!(identity::national_id("29001010100001", today).is_ok());
    assert!(identity::national_id("٢٩٠٠١٠١٠١٠٠٠٠٩", today).is_ok());
    assert!(identity::national_id("29013010100001", today).is_err());
    assert!(identity::national_id("33001010100001", today).is_err());
    assert!(identity::national_id("29001019900001", today).is_err());
    let doubted = (0..10).filter(|k| identity::doubt(&format!("2900101010000{k}"), today).is_some()).count();
    assert!(doubted >= 8, "at most two check digits are usual, and none is refused");
}

proptest! {
    /// Whatever is typed, reading ends in answers that survive JSON, or in messages.
    #[test]
    fn nothing_typed_breaks_the_reader(text in "\\PC{0,40}", at in 0_usize..13) {
        let service = service("BLD-01");
        let mut pairs = SITE.to_vec();
        pairs[at].1 = &text;
        if let Ok(read) = read(&service, Sheet::Intake, &pairs) {
            prop_assert_eq!(Answers::from_json(&service.fields, &read.answers.to_json()), read.answers);
        }
    }
}
