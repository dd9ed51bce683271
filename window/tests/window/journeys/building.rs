//! Building: the site statement, a new building, added storeys, demolition.

use axum::http::StatusCode;
use foundation::testing::engines;
use jiff::civil::date;
use registry::Role;
use serde_json::json;
use window::requests::events::{Outcome, STATUTORY, Status};

use super::house::{House, Journey, blind, charged, paid, skipped};
use super::steps::{open, send};
use crate::common::PERSON;
use crate::common::http::errors;

/// The project's engineer, whom no reviewer may know.
const ENGINEER: [(&str, &str); 3] = [
    ("project_team.0.role", "architect"),
    ("project_team.0.name", "المهندسة تحتمس المعمارية"),
    ("project_team.0.syndicate_number", "778899"),
];

fn site_statement() -> Journey {
    Journey {
        service: "BLD-01",
        answers: vec![
            ("applicant_capacity", "owner"),
            ("property_address", "12 شارع الوحدة"),
            ("site_point", "30.1130, 31.2900"),
            ("locality_type", "city"),
            ("plot_number", "44"),
            ("plot_area_m2", "٢١٠"),
            ("frontage_m", "14"),
            ("street_width_m", "12"),
            ("is_corner", "no"),
            ("land_status", "vacant"),
            ("building_use", "residential"),
            ("floors_requested", "5"),
            ("deed_type", "registered"),
            ("statement_purpose", "new"),
        ],
        papers: vec!["NID", "OWN", "SURVEY_MAP", "SKETCH"],
        report: vec![
            ("inside_boundary_found", "inside"),
            ("plan_zone", "سكني متوسط الكثافة"),
            ("allowed_uses", "residential"),
            ("allowed_uses", "mixed"),
            ("allowed_floors", "5"),
            ("allowed_height_m", "18"),
            ("allowed_coverage_percent", "60"),
            ("setback_front_m", "2"),
            ("street_width_measured_m", "11.5"),
            ("restrictions_seen", "none"),
            ("freeze_in_force", "no"),
        ],
        bills: vec![("tech-pay", vec![("رسم فحص الطلب", 20), ("رسم استخراج البيان", 200)])],
        ..Journey::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_statement_says_what_may_be_built() {
    for test in engines().await {
        let mut house = House::open(test).await;
        let journey = site_statement();
        let mut case = house.register(&journey).await;
        let state = house.b.state(case.id).await;
        // Five working days after Sunday: 23, 24, 25, 26, and after the weekend 29. No law sets a limit.
        assert_eq!((state.course.total.due, state.course.limit(STATUTORY)), (date(2026, 11, 29), None));
        assert_eq!(state.course.status, Status::WaitingPayment, "both fees are due with the application");

        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "tech-pay 01-D07 TECH cashier",
                "surv-inspect 01-D07 SURV inspector",
                "plan-review 01-D07 PLAN reviewer",
                "eng-review 01-D07 ENG reviewer",
                "head-approve 01-D07 HEAD unit_head",
                "tech-issue 01-D07 TECH reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        assert_eq!(charged(&state), [("exam", 20), ("statement", 200)]);
        assert_eq!((paid(&state), state.course.status), (220, Status::Closed));
        assert!(skipped(&house.b, &state).is_empty());

        let paper = house.verify(&state, &["بيان صلاحية موقع", "12 شارع الوحدة", "سكني متوسط الكثافة", "11.5"]).await;
        assert_eq!(paper.kind, "certificate");
        // Issued on the day of the visit, valid for twelve months.
        assert_eq!((paper.issued_on, paper.expires), (date(2026, 11, 23), Some(date(2027, 11, 22))));
        assert_eq!(paper.values.get("allowed_uses"), Some(&json!(["residential", "mixed"])));
        assert_eq!(paper.values.get("street_width_measured_m"), Some(&json!("11.5")), "as measured, not as asked");
        assert!(!paper.values.contains_key("setback_side_m"), "what nobody measured is not printed");
        assert!(!paper.values.contains_key("deed_type"), "nor what the statement does not say");
        house.track(&case, &["انتهى وسُلّم"]).await;
        house.sound().await;
    }
}

fn new_building() -> Journey {
    let mut answers = vec![
        ("applicant_capacity", "owner"),
        ("property_address", "8 شارع النصر"),
        ("site_point", "30.1130, 31.2900"),
        ("site_polygon", "30.1130, 31.2900; 30.1131, 31.2900; 30.1131, 31.2902; 30.1130, 31.2902"),
        ("site_validity_number", "201301072600001"),
        ("deed_type", "registered"),
        ("plot_area_m2", "200"),
        ("street_width_m", "12"),
        ("building_use", "residential"),
        ("floors_requested", "4"),
        ("basements_requested", "0"),
        ("ground_area_m2", "120"),
        ("built_area_total_m2", "480"),
        ("building_height_m", "15"),
        ("units_count", "8"),
        ("parking_spaces", "4"),
        ("lifts_count", "1"),
        ("works_value_egp", "1,200,000"),
        ("insurance_policy_number", "55110026"),
    ];
    answers.extend(ENGINEER);
    Journey {
        service: "BLD-02",
        answers,
        papers: vec![
            "NID",
            "OWN",
            "SITE_VALID",
            "SURVEY_MAP",
            "ARCH",
            "STRUCT",
            "MEP",
            "SOIL",
            "ENG_FIT",
            "ENG_CONTRACT",
            "COST",
            "INSUR",
            "NEIGH",
            "UNDERTAKE",
        ],
        report: vec![
            ("visit_point.lat", "30.1130"),
            ("visit_point.lng", "31.2900"),
            ("plot_area_measured_m2", "198.5"),
            ("boundaries_match", "yes"),
            ("street_width_measured_m", "12"),
            ("site_status_found", "vacant"),
            ("works_started_found", "no"),
            ("encroaches_line", "no"),
            ("adjoining_state", "good"),
            ("restrictions_seen", "none"),
            ("inspector_opinion", "accept"),
        ],
        photos: vec!["visit_photos"],
        bills: vec![
            ("tech-pay", vec![("رسم فحص الطلب", 50)]),
            ("rev-pay", vec![("رسم الترخيص عن مسطح المباني", 4_800), ("نسبة من قيمة الأعمال", 2_400)]),
        ],
        secrets: vec!["تحتمس", "778899"],
        ..Journey::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_building_is_permitted_without_civil_protection_below_28_metres() {
    for test in engines().await {
        let mut house = House::open(test).await;
        let journey = new_building();
        let mut case = house.register(&journey).await;
        let state = house.b.state(case.id).await;
        // A million and four storeys need a policy: 40 working days, the 7th of January being free; the
        // law's thirty calendar days run beside.
        assert_eq!(state.course.total.due, date(2027, 1, 18));
        let law = state.course.limit(STATUTORY).expect("a statutory limit");
        assert_eq!((law.due, law.days), (date(2026, 12, 22), 30));

        let (state, lies) = house.until(&mut case, &journey, "eng-review").await;
        assert_eq!(skipped(&house.b, &state), ["civdef-review"], "residential and 15 metres high");
        assert!(!state.course.decided);
        house.step(&mut case, &journey, &state, &lies).await;
        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "tech-pay 01-D07 TECH cashier",
                "surv-inspect 01-D07 SURV inspector",
                "plan-review 01-D07 PLAN reviewer",
                "eng-review 01-D07 ENG reviewer",
                "leg-review 01-D07 LEG reviewer",
                "eng-assess-fee 01-D07 ENG reviewer",
                "rev-pay 01-D07 REV cashier",
                "head-approve 01-D07 HEAD unit_head",
                "tech-issue 01-D07 TECH reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        // 480 m² at 10 pounds, and 0.2 per cent of 1,200,000.
        assert_eq!(charged(&state), [("exam", 50), ("licence", 4_800), ("works_share", 2_400)]);
        assert_eq!(paid(&state), 7_250);

        let paper = house.verify(&state, &["رخصة بناء", "8 شارع النصر", "480", "1,200,000", "55110026"]).await;
        assert_eq!((paper.issued_on, paper.expires), (date(2026, 11, 23), Some(date(2029, 11, 22))));
        let content = house.content(&state, &paper).await;
        assert!(
            content.values.contains_key("project_team"),
            "the engineers stand on the permit, encrypted in the record"
        );
        assert!(!paper.values.contains_key("project_team"));
        house.sound().await;
    }
}

fn added_storey() -> Journey {
    let mut answers = vec![
        ("applicant_capacity", "owner"),
        ("property_address", "3 شارع الجلاء"),
        ("site_point", "30.1130, 31.2900"),
        ("licence_number", "201301071900015"),
        ("licence_date", "5/3/2019"),
        ("licensed_floors", "3"),
        ("existing_floors", "3"),
        ("floors_to_add", "1"),
        ("floor_area_m2", "120.5"),
        ("added_area_m2", "120.5"),
        ("building_height_m", "13"),
        ("street_width_m", "10"),
        ("building_use", "residential"),
        ("structure_type", "skeleton"),
        ("foundation_type", "isolated"),
        ("units_added", "2"),
        ("previous_addition", "no"),
        ("works_value_egp", "150000"),
    ];
    answers.extend(ENGINEER);
    Journey {
        service: "BLD-03",
        answers,
        papers: vec![
            "NID",
            "OWN",
            "OLD_LICENCE",
            "SITE_VALID",
            "SOIL",
            "STRUCT",
            "STRUCT_REPORT",
            "ARCH",
            "COST",
            "NEIGH",
            "ENG_FIT",
            "ENG_CONTRACT",
            "UNDERTAKE",
        ],
        report: vec![
            ("visit_point.lat", "30.1130"),
            ("visit_point.lng", "31.2900"),
            ("existing_floors_found", "3"),
            ("matches_licence", "yes"),
            ("structural_state", "good"),
            ("damage_found", "other"),
            ("height_measured_m", "9.8"),
            ("street_width_measured_m", "10"),
            ("occupied_units_found", "6"),
            ("inspector_opinion", "accept"),
        ],
        photos: vec!["visit_photos"],
        bills: vec![
            ("tech-pay", vec![("رسم فحص الطلب", 50)]),
            ("rev-pay", vec![("رسم الترخيص عن المسطح المضاف", 1_205), ("نسبة من قيمة الأعمال", 300)]),
        ],
        secrets: vec!["تحتمس", "778899"],
        ..Journey::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_added_storey_of_little_value_takes_the_short_way() {
    for test in engines().await {
        let mut house = House::open(test).await;
        let journey = added_storey();
        let mut case = house.register(&journey).await;
        let state = house.b.state(case.id).await;
        // One storey below 200,000 pounds needs no policy: 26 days instead of 40, and no such paper.
        assert_eq!(state.course.total.due, date(2026, 12, 28));
        assert!(state.file.papers.iter().all(|paper| paper.doc != "INSUR"));

        // The engineer sends the plan back: it is reviewed again, and the file comes back to the engineer.
        let (state, lies) = house.until(&mut case, &journey, "eng-review").await;
        let plan = state
            .course
            .steps
            .iter()
            .find(|(_, step)| step.holder.as_ref().is_some_and(|holder| holder.department == "PLAN"));
        let plan = *plan.expect("the planners had it").0;
        let engineer = house.at(Role::Reviewer, "01-D07", Some("ENG")).await;
        let page = open(engineer, &case, lies.no).await;
        let to = plan.to_string();
        let fields = [("rework-to", to.as_str()), ("rework-reason", "راجع الارتداد الخلفي")];
        let done = send(engineer, &page, &case, "rework", lies.no, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
        let planner = house.at(Role::Reviewer, "01-D07", Some("PLAN")).await;
        let page = open(planner, &case, plan).await;
        assert!(page.text.contains("راجع الارتداد الخلفي"), "the planner reads why");
        blind(&page, &journey, "the planner's page");

        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "tech-pay 01-D07 TECH cashier",
                "surv-review 01-D07 SURV reviewer",
                "eng-inspect 01-D07 ENG inspector",
                "plan-review 01-D07 PLAN reviewer",
                "plan-review 01-D07 PLAN reviewer",
                "eng-review 01-D07 ENG reviewer",
                "leg-review 01-D07 LEG reviewer",
                "eng-assess-fee 01-D07 ENG reviewer",
                "rev-pay 01-D07 REV cashier",
                "head-approve 01-D07 HEAD unit_head",
                "tech-issue 01-D07 TECH reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        // 120.5 m² at 10 pounds, and 0.2 per cent of 150,000.
        assert_eq!(charged(&state), [("exam", 50), ("licence", 1_205), ("works_share", 300)]);
        assert_eq!(paid(&state), 1_555);
        let paper = house.verify(&state, &["رخصة تعلية", "3 شارع الجلاء", "201301071900015", "120.5"]).await;
        assert!(!paper.values.contains_key("insurance_policy_number"));
        assert_eq!(paper.values.get("floors_to_add"), Some(&json!(1)));
        house.sound().await;
    }
}

fn demolition() -> Journey {
    Journey {
        service: "BLD-12",
        answers: vec![
            ("applicant_capacity", "owner"),
            ("property_address", "27 شارع بورسعيد"),
            ("site_point", "30.1130, 31.2900"),
            ("deed_type", "registered"),
            ("licence_exists", "yes"),
            ("licence_number", "77/1961"),
            ("building_year", "1961"),
            ("existing_floors", "2"),
            ("building_footprint_m2", "160"),
            ("existing_area_m2", "320"),
            ("building_use", "residential"),
            ("occupied_units", "0"),
            ("heritage_listed", "no"),
            ("utilities_connected", "none"),
            ("demolition_reason", "rebuild"),
            ("demolition_method", "mixed"),
            ("works_duration_days", "45"),
            ("engineer_name", "المهندس أحمس الهادم"),
            ("engineer_syndicate_number", "665544"),
        ],
        papers: vec!["NID", "OWN", "OLD_LICENCE", "HERITAGE", "DEMO_METHOD", "PHOTO_BLDG", "SURVEY_MAP"],
        report: vec![
            ("visit_point.lat", "30.1130"),
            ("visit_point.lng", "31.2900"),
            ("existing_floors_found", "2"),
            ("structural_state", "fair"),
            ("occupied_units_found", "0"),
            ("utilities_found", "none"),
            ("adjoining_state", "good"),
            ("architectural_value", "no"),
            ("inspector_opinion", "accept"),
        ],
        photos: vec!["visit_photos"],
        bills: vec![("tech-pay", vec![("رسم فحص الطلب", 50)]), ("rev-pay", vec![("رسم الهدم عن المسطح", 1_600)])],
        secrets: vec!["أحمس", "665544"],
        ..Journey::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demolition_passes_heritage_committee_and_governorate_or_is_refused_with_a_reason() {
    for test in engines().await {
        let mut house = House::open(test).await;
        house.seat_committee("01-G00", "C_DEMO").await;
        let journey = demolition();
        let mut case = house.register(&journey).await;
        let state = house.b.state(case.id).await;
        // Thirty working days: 24 until Christmas Eve, then 27 to 31 December, and Sunday 3 January.
        assert_eq!(state.course.total.due, date(2027, 1, 3));
        let asked: Vec<&str> = state.file.papers.iter().map(|paper| paper.doc.as_str()).collect();
        assert!(!asked.contains(&"VACANT") && !asked.contains(&"UTIL_CUT"), "empty and cut off already: {asked:?}");

        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "tech-pay 01-D07 TECH cashier",
                "eng-inspect 01-D07 ENG inspector",
                "herit-review 01-B511 HERIT body_officer",
                "c-demo-review 01-G00 C_DEMO committee_secretary",
                "gov-approve 01-G00 GOV decider",
                "rev-pay 01-D07 REV cashier",
                "head-approve 01-D07 HEAD unit_head",
                "tech-issue 01-D07 TECH reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        assert_eq!(charged(&state), [("exam", 50), ("licence", 1_600)], "320 m² at 5 pounds");
        let sat = state.course.steps.values().flat_map(|step| &step.runs).find_map(|run| run.sitting.as_ref());
        assert_eq!(sat.map(|sitting| sitting.members.len()), Some(3));
        let paper = house.verify(&state, &["رخصة هدم", "27 شارع بورسعيد", "320", "المهندس أحمس الهادم"]).await;
        assert_eq!(paper.expires, Some(date(2027, 11, 22)));
        assert_eq!(paper.values.get("demolition_method"), Some(&json!("mixed")));

        // Another house has value: the body refuses, and the citizen reads why.
        let mut second = house.register(&journey).await;
        let (_, lies) = house.until(&mut second, &journey, "herit-review").await;
        let body = house.at(Role::BodyOfficer, "01-B511", Some("HERIT")).await;
        let page = open(body, &second, lies.no).await;
        let empty = send(body, &page, &second, "refuse", lies.no, &[]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "without a reason nothing is refused");
        let why = "واجهة المبنى من الطراز المتميز ومقيدة بالسجل";
        let fields = [("refuse-reasons", "B_HERITAGE"), ("refuse-text", why)];
        let refused = send(body, &page, &second, "refuse", lies.no, &fields).await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", errors(&refused));
        let state = house.b.state(second.id).await;
        assert_eq!(state.course.status, Status::Refused);
        assert_eq!(
            state.course.step(lies.no).and_then(|step| step.runs.last()).map(|run| run.outcome),
            Some(Outcome::Refused)
        );
        let reason = house.b.office.catalogue().reason("B_HERITAGE").expect("a reason").name_ar.clone();
        house.track(&second, &["مرفوض", &reason]).await;
        // Nobody goes on with it, and the clerk tells the applicant.
        let head = house.at(Role::UnitHead, "01-D07", None).await;
        assert!(!head.get("/desk/approvals").await.text.contains(&second.id.to_string()));
        let clerk = house.clerk().await;
        assert!(clerk.get(&format!("/counter/requests/{}", second.id)).await.text.contains(PERSON));
        assert!(state.course.issued.is_empty());
        assert_eq!(paid(&state), 50, "the examination was paid and made");
        house.sound().await;
    }
}
