//! The shipped catalogue is sound; a fault of each sort is found where it stands.

use std::sync::Arc;

use super::*;

#[test]
fn the_shipped_catalogue_has_no_finding() {
    let catalogue = Catalogue::embedded().unwrap();
    let findings = check(&catalogue);
    let told: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{}", told.join("\n"));
}

/// One fault: the service, what to write instead of what, and what is found.
struct Planted(&'static str, &'static str, &'static str, Fault);

const PLANTED: &[Planted] = &[
    Planted("OCC-01", "group = \"occupancy\"", "group = \"streets\"", Fault::UnknownGroup),
    Planted("OCC-01", "code = \"OCC-01\"", "code = \"OCC-99\"", Fault::Misplaced),
    Planted("OCC-01", "name_ar = \"ترخيص إشغال طريق لمحل (جديد)\"", "name_ar = \"licence\"", Fault::MissingArabic),
    Planted("OCC-01", "law = \"L140-1956\"", "law = \"L1-1900\"", Fault::UnknownLaw),
    Planted("OCC-01", "doc = \"SKETCH\"", "doc = \"SKETSH\"", Fault::UnknownDocument),
    Planted("OCC-01", "doc = \"SKETCH\"", "doc = \"NID\"", Fault::Duplicate),
    Planted("OCC-01", "\"R_THIRD\"", "\"R_FOURTH\"", Fault::UnknownReason),
    Planted("OCC-01", "\"H-OC01\"", "\"H-OC99\"", Fault::UnknownPage),
    Planted("OCC-01", "\"road_class_found\",", "\"road_kind\",", Fault::UnknownField),
    Planted("OCC-01", "when = \"!within_frontage\"", "when = \"!inside\"", Fault::UnknownField),
    Planted("OCC-01", "when = \"!within_frontage\"", "when = \"occupancy_area_m2\"", Fault::BadExpression),
    Planted("OCC-01", "when = \"street_width_m < 10\"", "when = \"street_width_m <\"", Fault::BadExpression),
    Planted("OCC-01", "when = \"street_width_m < 10\"", "when = \"street_width_m < 0\"", Fault::UnreachableStep),
    Planted("OCC-01", "department = \"ROAD\"", "department = \"ROADS\"", Fault::UnknownDepartment),
    Planted("OCC-01", "id = \"road-review\"", "id = \"occu-inspect\"", Fault::Duplicate),
    Planted("OCC-01", "kind = \"check\"", "kind = \"review\"", Fault::StepOrder),
    Planted("OCC-01", "kind = \"issue\"", "kind = \"handover\"", Fault::UnreachableStep),
    Planted("OCC-01", "kind = \"inspect\"", "kind = \"review\"", Fault::InspectionMissing),
    Planted("OCC-01", "pay_step = \"tech-pay\"", "pay_step = \"rev-pay\"", Fault::EmptyPayStep),
    Planted("OCC-01", "pay_step = \"tech-pay\"", "pay_step = \"cash\"", Fault::UnknownStep),
    Planted("OCC-01", "due = \"with_application\"", "due = \"after_approval\"", Fault::DueTooEarly),
    Planted("OCC-01", "amount_egp = 20\n", "amount_egp = 0\n", Fault::FeeAmount),
    Planted("OCC-01", "otherwise = 10", "otherwise = 10\nunused = 7", Fault::FeeAmount),
    Planted("OCC-01", "working_days = 10\n", "working_days = 3\n", Fault::TimeLimit),
    Planted(
        "OCC-01",
        "id = \"street_width_m\"\ntype = \"length_m\"",
        "id = \"street_width_m\"\ntype = \"integer\"",
        Fault::FieldTypeDiffers,
    ),
    Planted("ADV-01", "{ up_to = 12, amount_egp = 2000 }", "{ up_to = 1, amount_egp = 2000 }", Fault::FeeBands),
    Planted("ADV-01", "  { amount_egp = 10000 },\n", "", Fault::FeeBands),
    Planted("ADV-01", "min_egp = 300", "min_egp = 300\nmax_egp = 200", Fault::FeeRange),
    Planted("SHP-01", "premium = [", "luxury = [", Fault::FeeBands),
    Planted("SHP-01", "percent_max = 65", "percent_max = 165", Fault::FeeRange),
    Planted("OCC-12", "max_egp = 2000\n", "", Fault::FeeRange),
    Planted("OCC-12", "default_egp = 1000", "default_egp = 9000", Fault::FeeRange),
    Planted("BLD-02", "of = \"works_value_egp\"", "of = \"deed_type\"", Fault::BadExpression),
    Planted("BLD-01", "when = \"locality_type == 'village'\"", "when = \"allowed_floors > 2\"", Fault::NotYetKnown),
    Planted(
        "BLD-01",
        "when = \"locality_type == 'village'\"",
        "when = \"locality_type == 'town'\"",
        Fault::BadExpression,
    ),
    Planted("OCC-13", "services = [\"OCC-12\"", "services = [\"OCC-99\"", Fault::Parent),
    Planted("OCC-13", "services = [\"OCC-12\"", "services = [\"OCC-14\"", Fault::Parent),
    Planted("OCC-13", "field = \"licence_number\"\nlate", "field = \"licence_date\"\nlate", Fault::Parent),
    Planted("SHP-19", "act = \"renew\", when = \"kiosk_case == 'renew'\"", "act = \"renew\"", Fault::Parent),
    Planted("SHP-19", "when = \"kiosk_case == 'renew'\" }", "when = \"kiosk_case == 'old'\" }", Fault::BadExpression),
];

#[test]
fn a_fault_of_each_sort_is_found_with_its_line() {
    let catalogue = Catalogue::embedded().unwrap();
    for Planted(code, sound, faulty, fault) in PLANTED {
        let entry = catalogue.entry(code).unwrap();
        let at = entry.text.find(sound).unwrap_or_else(|| panic!("{code} no longer says {sound}"));
        let text = entry.text.replacen(sound, faulty, 1);
        let service = Service::parse(&text, &entry.path).unwrap_or_else(|error| panic!("{error}"));
        let planted = Entry { path: entry.path.clone(), text: Arc::from(text), service: Arc::new(service) };
        let findings = check_entry(&catalogue, &planted);
        let line = entry.text[..at].matches('\n').count() + 1;
        let nearest = |finding: &&Finding| finding.line.abs_diff(line);
        let found = findings.iter().filter(|finding| finding.kind == *fault).min_by_key(nearest);
        let told: Vec<_> = findings.iter().map(ToString::to_string).collect();
        let found = found.unwrap_or_else(|| panic!("{code}: {faulty} is not found as {fault:?}: {told:?}"));
        assert!(is_arabic(&found.message), "{found}");
        // Faults of a whole list stand at its first line; the others where they were written.
        let general = [Fault::TimeLimit, Fault::InspectionMissing, Fault::StepOrder, Fault::EmptyPayStep];
        if !general.contains(fault) {
            assert!(found.line.abs_diff(line) <= 14, "{found} but written at {line}");
        }
    }
    let sorts: std::collections::BTreeSet<_> = PLANTED.iter().map(|planted| planted.3).collect();
    assert_eq!(sorts.len(), 24, "every sort but the shape of a field, which has its own test");
}

#[test]
fn a_field_out_of_shape_is_found() {
    let catalogue = Catalogue::embedded().unwrap();
    let entry = catalogue.entry("OCC-01").unwrap();
    let mut service = (*entry.service).clone();
    service.fields[0].id = "Licence Number".into();
    service.fields[1].min = Some(9.into());
    service.fields[1].max = Some(3.into());
    let planted = Entry { service: Arc::new(service), ..entry.clone() };
    let shapes = check_entry(&catalogue, &planted).into_iter().filter(|finding| finding.kind == Fault::FieldShape);
    assert_eq!(shapes.count(), 2);
}

/// The page that shows how to add a service adds one that works.
#[test]
fn the_service_of_the_docs_is_sound() {
    let page = include_str!("../../../docs/adding-a-service.md");
    let text = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let path = "services/occupancy/OCC-17.toml";
    let catalogue = (*Catalogue::embedded().unwrap()).clone().with_service(path, text);
    let catalogue = catalogue.unwrap_or_else(|error| panic!("{error}"));
    let told: Vec<_> = check(&catalogue).iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// Who adds a service whose name says that it renews, moves or replaces a licence says of which.
#[test]
fn services_about_an_earlier_licence_say_which() {
    let catalogue = Catalogue::embedded().unwrap();
    let of_a_licence =
        ["تجديد ترخيص", "تجديد رخصة", "تجديد عقد", "نقل ترخيص", "تعديل ترخيص", "إلغاء ترخيص", "بدل فاقد", "بدل تالف"];
    let mut told = 0;
    for service in catalogue.services() {
        told += usize::from(service.parent.is_some());
        let named = of_a_licence.iter().any(|words| service.name_ar.contains(words));
        assert!(!named || service.parent.is_some(), "{} names no parent", service.code);
    }
    assert_eq!(told, 25);
}
