//! Shops: by licence and by notification.

use axum::http::StatusCode;
use foundation::clock::Micros;
use foundation::numbers::Number;
use foundation::testing::engines;
use jiff::civil::date;
use serde_json::json;
use window::requests::events::{STATUTORY, Status};

use super::house::{House, Journey, charged, paid, skipped};
use crate::common::UNIT;
use crate::common::http::errors;

fn licence() -> Journey {
    Journey {
        service: "SHP-01",
        answers: vec![
            ("shop_trade_name", "مطعم الهدى"),
            ("activity_code", "5610"),
            ("activity_details", "وجبات ساخنة ومشروبات"),
            ("premises_address", "15 شارع شبرا"),
            ("premises_location", "30.0444, 31.2357"),
            ("fee_zone", "city_district"),
            ("premises_tenure", "own"),
            ("building_licence_status", "licensed"),
            ("floor_level", "ground"),
            ("shop_area_m2", "٤٥٫٥"),
            ("units_count", "1"),
            ("workers_count", "3"),
            ("has_motors", "no"),
            ("handles_food", "yes"),
            ("hazardous_materials", "no"),
            ("hours_class", "restaurant"),
            ("manager.0.manager_name", "رمسيس حتشبسوت"),
            ("manager.0.manager_national_id", "28501010112345"),
        ],
        papers: vec![
            "NID",
            "OWN_OR_LEASE",
            "RENTVAL",
            "SURVEY_MAP",
            "SKETCH",
            "TAXCARD",
            "COMREG",
            "SOCINS",
            "HEALTH",
            "BLD_LICENCE",
            "TANZIM",
        ],
        report: vec![
            ("inspected_location.lat", "30.0444"),
            ("inspected_location.lng", "31.2357"),
            ("found_activity_code", "5610"),
            ("measured_area_m2", "44.25"),
            ("ventilation", "good"),
            ("extinguishers_found", "2"),
            ("cameras_found", "ok"),
            ("food_findings", "المطبخ نظيف"),
            ("measured_height_m", "3.2"),
            ("recommendation", "accept"),
        ],
        photos: vec!["visit_photos"],
        bills: vec![
            ("tech-pay", vec![("رسم معاينة", 500)]),
            ("rev-pay", vec![("رسم الترخيص", 2_000), ("دمغة ونموذج", 20)]),
        ],
        secrets: vec!["رمسيس", "28501010112345"],
        ..Journey::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restaurant_is_licensed_with_the_bodies_for_food() {
    for test in engines().await {
        let mut house = House::open(test).await;
        let journey = licence();
        let mut case = house.register(&journey).await;
        let state = house.b.state(case.id).await;
        // Sixty working days with one holiday; the law's sixty calendar days.
        assert_eq!(state.course.total.due, date(2027, 2, 16));
        assert_eq!(state.course.limit(STATUTORY).map(|law| law.due), Some(date(2027, 1, 21)));

        // All seven of the stage lie on their desks together, whoever is first.
        house.until(&mut case, &journey, "lic-inspect").await;
        let (_, lies) = house.lie(&case).await;
        let stage: Vec<&str> = lies.iter().map(|step| step.id.as_str()).collect();
        let all = [
            "lic-inspect",
            "eng-review",
            "health-review",
            "food-review",
            "civdef-review",
            "env-review",
            "police-review",
        ];
        assert_eq!(stage, all);

        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "lic-review 01-D07 LIC reviewer",
                "tech-pay 01-D07 TECH cashier",
                "lic-inspect 01-D07 LIC inspector",
                "eng-review 01-D07 ENG reviewer",
                "health-review 01-B510 HEALTH body_officer",
                "food-review 01-B508 FOOD body_officer",
                "civdef-review 01-B504 CIVDEF body_officer",
                "env-review 01-D07 ENV reviewer",
                "police-review 01-B514 POLICE body_officer",
                "lic-approve 01-D07 LIC decider",
                "lic-assess-fee 01-D07 LIC reviewer",
                "rev-pay 01-D07 REV cashier",
                "head-approve 01-D07 HEAD unit_head",
                "lic-issue 01-D07 LIC reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        // Up to 90 m² the visit costs 500; up to 50 m² in a district the licence costs 2,000.
        assert_eq!(charged(&state), [("inspection", 500), ("licence", 2_000), ("temp_note", 20)]);
        assert_eq!(paid(&state), 2_520);
        let paper =
            house.verify(&state, &["رخصة محل عام", "مطعم الهدى", "15 شارع شبرا", "44.25", "رمسيس حتشبسوت"]).await;
        assert_eq!(paper.expires, None, "a licence of a shop has no end");
        assert_eq!(paper.values.get("measured_area_m2"), Some(&json!("44.25")), "as measured");
        house.sound().await;
    }
}

fn notification() -> Journey {
    Journey {
        service: "SHP-02",
        answers: vec![
            ("shop_trade_name", "مكتبة المعرفة"),
            ("activity_code", "4761"),
            ("premises_address", "9 شارع المدارس"),
            ("premises_location", "30.0444, 31.2357"),
            ("fee_zone", "capital_new_city"),
            ("premises_tenure", "lease"),
            ("contract_start", "1/11/2026"),
            ("contract_end", "31/10/2029"),
            ("building_licence_status", "licensed"),
            ("floor_level", "ground"),
            ("shop_area_m2", "95"),
            ("workers_count", "2"),
            ("handles_food", "no"),
            ("operation_start_date", "1/12/2026"),
            ("hours_class", "retail"),
            ("read_conditions", "yes"),
        ],
        papers: vec!["NID", "OWN_OR_LEASE", "SKETCH", "TAXCARD", "COMREG", "UNDERTAKE"],
        report: vec![
            ("inspected_location.lat", "30.0444"),
            ("inspected_location.lng", "31.2357"),
            ("address_matches", "yes"),
            ("found_activity_code", "4761"),
            ("operating_now", "no"),
            ("measured_area_m2", "94"),
            ("extinguishers_found", "1"),
            ("cameras_found", "not_required"),
            ("outside_limits", "no"),
            ("recommendation", "accept"),
        ],
        photos: vec!["visit_photos"],
        bills: vec![("rev-pay", vec![("رسم معاينة", 1_000), ("رسم الترخيص", 5_000)])],
        ..Journey::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_by_notification_pays_after_the_visit_and_a_wrong_entry_is_voided() {
    for test in engines().await {
        let mut house = House::open(test).await;
        let journey = notification();
        // The clerk took the wrong service, without its papers: within the minutes it is undone.
        let wrong = house.register(&Journey { papers: vec!["NID"], ..journey.clone() }).await;
        house.b.town.pass(14 * Micros::MINUTE);
        let path = format!("/counter/requests/{}/void", wrong.id);
        let clerk = house.clerk().await;
        let form = clerk.get(&path).await;
        let seen = form.hidden("seen").expect("a version");
        let fields = [("seen", seen.as_str()), ("reason", "قُيد بخدمة أخرى بالخطأ")];
        let voided = clerk.post(&path, &fields).await;
        assert_eq!(voided.status, StatusCode::SEE_OTHER, "{}", errors(&voided));
        assert_eq!(house.b.state(wrong.id).await.course.status, Status::Voided);
        house.track(&wrong, &["ملغى قيده"]).await;

        let mut case = house.register(&journey).await;
        let serial = |number: &str| Number::parse(number).expect("a number").serial();
        assert_eq!((serial(&wrong.number), serial(&case.number)), (1, 2), "a voided number is not given again");
        let state = house.b.state(case.id).await;
        assert_eq!(state.course.total.due, date(2026, 12, 20), "twenty working days");
        assert_eq!(state.course.limit(STATUTORY).map(|law| law.due), Some(date(2027, 2, 20)), "ninety of the calendar");

        let (state, _) = house.until(&mut case, &journey, "rev-pay").await;
        assert_eq!(state.course.status, Status::WaitingPayment);
        assert!(state.course.payments.is_empty(), "nothing was due before the visit");
        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "tech-review 01-D07 TECH reviewer",
                "lic-review 01-D07 LIC reviewer",
                "lic-inspect 01-D07 LIC inspector",
                "lic-assess-fee 01-D07 LIC reviewer",
                "rev-pay 01-D07 REV cashier",
                "lic-approve 01-D07 LIC decider",
                "lic-issue 01-D07 LIC reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        // Above 90 m²: the last bands of the visit and of a capital.
        assert_eq!(charged(&state), [("inspection", 1_000), ("licence", 5_000)]);
        assert_eq!((paid(&state), skipped(&house.b, &state).len()), (6_000, 0));
        let paper = house.verify(&state, &["رخصة محل بالإخطار", "مكتبة المعرفة", "9 شارع المدارس", "94"]).await;
        assert_eq!(paper.values.get("operation_start_date"), Some(&json!("2026-12-01")));
        assert_eq!(Number::parse(&paper.number).map(|number| number.unit()), Ok(UNIT.to_owned()));
        house.sound().await;
    }
}
