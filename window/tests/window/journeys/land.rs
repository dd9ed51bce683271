//! Utilities, land of the unit, copies of records, and reconciliation.

use axum::http::StatusCode;
use foundation::testing::engines;
use jiff::civil::date;
use registry::Role;
use registry::testing::{Browser, Reply};
use serde_json::json;
use window::requests::events::{Missing, STATUTORY, Status};
use window::requests::state::Phase;

use super::house::{House, Journey, blind, charged, paid, skipped};
use super::steps::{open, send};
use crate::common::http::errors;

fn utilities() -> Journey {
    Journey {
        service: "UTL-01",
        answers: vec![
            ("property_address", "5 شارع ترعة الجبل"),
            ("location_point", "30.1130, 31.2900"),
            ("utilities_requested", "water"),
            ("utilities_requested", "sewer"),
            ("utilities_requested", "electricity"),
            ("connection_scope", "units"),
            ("units_to_connect.0.floor_number", "1"),
            ("units_to_connect.0.unit_number", "3"),
            ("units_to_connect.0.unit_use", "residential"),
            ("building_licence_number", "301/1998"),
            ("building_licence_date", "12/6/1998"),
            ("building_use", "residential"),
            ("floors_licensed", "4"),
            ("floors_existing", "4"),
            ("units_count", "8"),
            ("on_farm_land", "no"),
            ("violation_record_exists", "no"),
            ("restoration_order_exists", "no"),
        ],
        papers: vec!["NID", "OWN_OR_LEASE", "BLD_LICENCE", "UNITS_LIST", "FIT_UTIL"],
        report: vec![
            ("floors_found", "4"),
            ("units_found", "8"),
            ("matches_licence", "yes"),
            ("structural_defects", "none"),
            ("networks_available", "water"),
            ("networks_available", "sewer"),
            ("networks_available", "electricity"),
            ("site_point.lat", "30.1130"),
            ("site_point.lng", "31.2900"),
            ("inspector_opinion", "accept"),
        ],
        photos: vec!["site_photos"],
        bills: vec![("tech-pay", vec![("رسم معاينة", 100)]), ("tech-pay-2", vec![("رسم إصدار الموافقة", 300)])],
        ..Journey::default()
    }
}

/// A return for completion: the clock of the step and of the whole request stand still.
#[tokio::test(flavor = "multi_thread")]
async fn a_utilities_letter_waits_for_the_applicant_and_the_clock_with_it() {
    for test in engines().await {
        let mut house = House::open(test).await;
        let journey = utilities();
        let mut case = house.register(&journey).await;
        assert_eq!(house.b.state(case.id).await.course.total.due, date(2026, 12, 6), "ten working days");

        // Paid on the same day, so nothing is lost to waiting. The engineers look at the papers first.
        let (state, lies) = house.until(&mut case, &journey, "eng-inspect").await;
        let clock = |state: &window::requests::state::State| {
            state.course.step(lies.no).and_then(|step| step.clock.clone()).expect("a clock")
        };
        assert_eq!(clock(&state).due, date(2026, 11, 26), "four working days");
        let engineer = house.at(Role::Reviewer, "01-D07", Some("ENG")).await;
        let page = open(engineer, &case, lies.no).await;
        blind(&page, &journey, "the engineer's page");
        let fields = [
            ("completion-items", "X_02"),
            ("completion-text", "صورة لمدخل العقار"),
            ("completion-date.day", "10"),
            ("completion-date.month", "12"),
            ("completion-date.year", "2026"),
        ];
        let asked = send(engineer, &page, &case, "completion", lies.no, &fields).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", errors(&asked));
        let state = house.b.state(case.id).await;
        assert_eq!(state.course.status, Status::WaitingCompletion);
        assert_eq!(state.course.step(lies.no).map(|step| step.phase), Some(Phase::Halted));
        assert_eq!(state.course.expected(), None, "while it waits nothing is promised");
        assert!(matches!(&state.course.completions[0].items[0].asked, Missing::Item { code } if code == "X_02"));
        let page = house
            .track(&case, &["مطلوب منك استيفاء", "تقرير الاستشاري غير مختوم", "صورة لمدخل العقار", "المدة موقوفة"])
            .await;
        assert!(page.text.contains("10 ديسمبر 2026"), "until when");
        let engineer = house.at(Role::Reviewer, "01-D07", Some("ENG")).await;
        let page = open(engineer, &case, lies.no).await;
        let refused = send(
            engineer,
            &page,
            &case,
            "refuse",
            lies.no,
            &[("refuse-reasons", "G_ARREARS"), ("refuse-text", "متأخرات")],
        )
        .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "the applicant has time");

        // Asked on Sunday, complete on Wednesday: Monday to Wednesday do not count. First half of it comes.
        house.go_to(date(2026, 11, 25));
        let supplied = supply(&mut house, case.id, &[("text.0", "قدم تقريرًا مختومًا")]).await;
        assert_eq!(supplied.status, StatusCode::SEE_OTHER, "{}", errors(&supplied));
        assert_eq!(house.b.state(case.id).await.course.status, Status::WaitingCompletion, "one thing is still missing");
        let supplied = supply(&mut house, case.id, &[("text.1", "قدم الصورة")]).await;
        assert_eq!(supplied.status, StatusCode::SEE_OTHER, "{}", errors(&supplied));
        let state = house.b.state(case.id).await;
        assert_eq!(state.course.status, Status::InProgress);
        // Thursday 26, Sunday 29, Monday 30 November, Tuesday 1 December.
        assert_eq!(clock(&state).due, date(2026, 12, 1));
        assert_eq!(state.course.expected(), Some(date(2026, 12, 9)), "three days on top of 6 December");

        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "tech-pay 01-D07 TECH cashier",
                "eng-inspect 01-D07 ENG inspector",
                "spat-review 01-D07 SPAT reviewer",
                "rev-assess-fee 01-D07 REV reviewer",
                "head-approve 01-D07 HEAD unit_head",
                "tech-pay-2 01-D07 TECH cashier",
                "tech-issue 01-D07 TECH reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        let run = state.course.step(lies.no).and_then(|step| step.runs.last()).expect("it ended");
        // Held on Thursday, the day of the visit; stood still Monday, Tuesday, Wednesday.
        assert_eq!((run.worked, run.paused), (1, 3));
        assert_eq!(charged(&state), [("inspection", 100), ("issue", 300)], "three utilities at 100 pounds");
        assert_eq!(paid(&state), 400);
        let paper = house.verify(&state, &["موافقة توصيل مرافق", "5 شارع ترعة الجبل", "301/1998"]).await;
        assert_eq!((paper.issued_on, paper.expires), (date(2026, 11, 26), Some(date(2027, 5, 25))), "six months");
        assert_eq!(paper.values.get("utilities_requested"), Some(&json!(["water", "sewer", "electricity"])));
        house.sound().await;
    }
}

/// The clerk takes in what was missing.
async fn supply(house: &mut House, id: uuid::Uuid, came: &[(&str, &str)]) -> Reply {
    let path = format!("/counter/requests/{id}/supply");
    let clerk = house.clerk().await;
    let form = clerk.get(&path).await;
    let (step, seen) = (form.hidden("step").expect("a step"), form.hidden("seen").expect("a version"));
    let mut fields = vec![("step", step.as_str()), ("seen", seen.as_str())];
    fields.extend_from_slice(came);
    clerk.post(&path, &fields).await
}

fn lease() -> Journey {
    Journey {
        service: "LND-04",
        answers: vec![
            ("asset_kind", "shop"),
            ("property_code", "أ-17"),
            ("property_address", "سوق الأميرية، باكية 17"),
            ("location_point", "30.1130, 31.2900"),
            ("land_area_m2", "24"),
            ("intended_use", "بيع أدوات منزلية"),
            ("requested_term_years", "3"),
            ("award_route", "auction"),
            ("tender_number", "5/2026"),
            ("offered_rent_egp", "40,000"),
            ("works_planned", "no"),
        ],
        papers: vec!["NID", "STATE_LAND_LOC", "SKETCH", "BROCHURE", "BID_BOND"],
        report: vec![
            ("asset_free", "yes"),
            ("measured_area_m2", "24"),
            ("asset_condition", "good"),
            ("utilities_found", "electricity"),
            ("use_allowed", "yes"),
            ("site_point.lat", "30.1130"),
            ("site_point.lng", "31.2900"),
            ("inspector_opinion", "accept"),
        ],
        photos: vec!["site_photos"],
        office: vec![("committee_price_egp", "٣٦٠٠٠")],
        bills: vec![
            ("tech-pay", vec![("رسم معاينة ورفع", 200)]),
            ("rev-pay", vec![("القيمة الإيجارية السنوية", 40_000), ("تأمين نهائي", 12_000)]),
        ],
        ..Journey::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn land_of_the_unit_is_leased_at_the_committees_price_or_better() {
    for test in engines().await {
        let mut house = House::open(test).await;
        house.seat_committee("01-G00", "C_PRICE").await;
        let journey = lease();
        let mut case = house.register(&journey).await;
        assert_eq!(house.b.state(case.id).await.course.total.due, date(2027, 1, 3), "thirty working days");
        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "prop-review 01-D07 PROP reviewer",
                "tech-pay 01-D07 TECH cashier",
                "eng-inspect 01-D07 ENG inspector",
                "c-price-assess-fee 01-G00 C_PRICE committee_secretary",
                "leg-review 01-D07 LEG reviewer",
                "gov-approve 01-G00 GOV decider",
                "rev-pay 01-D07 REV cashier",
                "prop-issue 01-D07 PROP reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        // The committee says 36,000, the bid 40,000: the bid counts; a tenth of three years as a deposit.
        assert_eq!(charged(&state), [("survey", 200), ("rent", 40_000), ("final_deposit", 12_000)]);
        assert_eq!(paid(&state), 52_200);
        assert_eq!(
            state.file.answers.get("committee_price_egp"),
            Some(&json!(3_600_000)),
            "filled in by the committee"
        );
        let paper = house.verify(&state, &["عقد إيجار", "سوق الأميرية، باكية 17", "5/2026", "40,000"]).await;
        assert_eq!((paper.kind.as_str(), paper.expires), ("approval", Some(date(2029, 11, 22))), "three years");
        assert!(!paper.values.contains_key("activity_code"), "nobody named an activity");
        house.sound().await;
    }
}

fn certified_copy() -> Journey {
    Journey {
        service: "CER-07",
        answers: vec![
            ("document_kind", "removal"),
            ("document_number", "118/2019"),
            ("property_address", "14 شارع الشركات"),
            ("person_concerned", "حورمحب الكاتب"),
            ("applicant_capacity", "concerned"),
            ("purpose", "تقديمها للنيابة"),
            ("copies_count", "٢"),
            ("certified", "yes"),
        ],
        papers: vec!["NID"],
        bills: vec![("tech-pay", vec![("رسم الصورة", 100)])],
        secrets: vec!["حورمحب"],
        ..Journey::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certified_copy_comes_from_the_archive_without_a_visit() {
    for test in engines().await {
        let mut house = House::open(test).await;
        let journey = certified_copy();
        // The identity card is to come: the window does not finish the check by itself.
        let mut case = house.register(&Journey { papers: Vec::new(), ..journey.clone() }).await;
        let state = house.b.state(case.id).await;
        assert_eq!(state.course.total.due, date(2026, 11, 25), "three working days");
        let (_, lies) = house.lie(&case).await;
        assert_eq!(lies[0].id, "tech-check");
        let path = format!("/counter/requests/{}/check", case.id);
        let clerk = house.clerk().await;
        let form = clerk.get(&path).await;
        let seen = form.hidden("seen").expect("a version");
        let early = clerk.post(&path, &[("seen", &seen), ("outcome", "accept")]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "a paper is missing: {}", errors(&early));
        let fields = [("seen", seen.as_str()), ("outcome", "ask"), ("until", "1/12/2026")];
        let asked = clerk.post(&path, &fields).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", errors(&asked));
        house.track(&case, &["مطلوب منك استيفاء", "المدة موقوفة"]).await;
        let supplied = supply(&mut house, case.id, &[("text.0", "قدم أصل البطاقة")]).await;
        assert_eq!(supplied.status, StatusCode::SEE_OTHER, "{}", errors(&supplied));
        assert_eq!(house.b.state(case.id).await.course.total.due, date(2026, 11, 25), "asked and brought on one day");

        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "tech-check 01-D07 TECH clerk",
                "tech-pay 01-D07 TECH cashier",
                "archive-review 01-D07 ARCHIVE reviewer",
                "leg-review 01-D07 LEG reviewer",
                "tech-issue 01-D07 TECH reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        assert_eq!((charged(&state), paid(&state)), (vec![("copy", 100)], 100), "two copies at fifty pounds");
        assert!(state.course.visits.is_empty());
        let paper = house.verify(&state, &["صورة رسمية", "118/2019", "14 شارع الشركات", "حورمحب الكاتب"]).await;
        assert_eq!(paper.expires, None, "a copy has no end");
        assert!(!paper.values.contains_key("document_date"), "no date was given");
        house.sound().await;
    }
}

fn reconciliation() -> Journey {
    Journey {
        service: "REC-01",
        answers: vec![
            ("applicant_capacity", "owner"),
            ("property_address", "21 شارع الزهراء"),
            ("site_point", "30.1130, 31.2900"),
            ("locality_type", "city"),
            ("violation_kinds", "extra_floors"),
            ("violation_scope", "floor"),
            ("unit_floor", "الدور الرابع"),
            ("violation_area_m2", "120"),
            ("violation_date", "1/2/2018"),
            ("existing_floors", "4"),
            ("building_footprint_m2", "130"),
            ("building_use", "residential"),
            ("licence_exists", "no"),
            ("land_jurisdiction", "private"),
            ("violation_declared", "yes"),
            ("violation_report_number", "44/2018"),
            ("court_filed", "no"),
        ],
        papers: vec!["NID", "OWN", "REC_ARCH", "ENG_REPORT", "ENG_REG", "VIOL_PROOF", "PHOTO_BLDG", "REC_DECL"],
        report: vec![
            ("desk_or_visit", "visit"),
            ("existing_floors_found", "4"),
            ("violation_area_measured_m2", "118.5"),
            ("triple_rate", "no"),
            ("violation_kinds_found", "extra_floors"),
            ("date_proved", "report"),
            ("structural_state", "good"),
            ("facade_painted_found", "yes"),
            ("prohibited_case", "none"),
            ("fire_ok", "yes"),
            ("inspector_opinion", "accept"),
        ],
        photos: vec!["visit_photos"],
        office: vec![("price_per_m2_egp", "800")],
        bills: vec![("rev-pay", vec![("رسم فحص طلب التصالح", 500), ("مقابل جدية التصالح", 24_000)])],
        ..Journey::default()
    }
}

/// The editor's own form: the text with the longer window, checked, previewed, published from today.
async fn extend_window(editor: &mut Browser) -> Reply {
    let form = editor.get("/admin/services/REC-01/edit").await;
    let (_, text) = form.text.split_once("<textarea").expect("the text");
    let (_, text) = text.split_once('>').expect("the text");
    let (text, _) = text.split_once("</textarea>").expect("the text");
    let text = text.replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<").replace("&#62;", ">");
    let text = text.replace("&#38;", "&").trim_start_matches('\n').to_owned();
    assert!(text.contains("to = 2026-05-05"), "the window as shipped: {text}");
    let text = text
        .replace("to = 2026-05-05", "to = 2027-05-05")
        .replace("قرار رئيس مجلس الوزراء 3766 لسنة 2025", "قرار رئيس مجلس الوزراء بمد مدة التصالح");
    let preview = editor.post("/admin/services/REC-01/check", &[("text", &text)]).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", errors(&preview));
    let fields = [("text", text.as_str()), ("from.day", "22"), ("from.month", "11"), ("from.year", "2026")];
    editor.post("/admin/services/REC-01/publish", &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn reconciliation_opens_again_by_decision_and_is_settled_by_the_committee() {
    for test in engines().await {
        let mut house = House::open(test).await;
        house.seat_committee("01-D07", "C_REC").await;
        let journey = reconciliation();
        // The law's window closed in May: the counter says so, keeps what was typed, and writes nothing.
        let refused = house.send_in(&journey).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in ["5 نوفمبر 2025", "5 مايو 2026"] {
            assert!(errors(&refused).contains(words), "the reason names «{words}»: {}", errors(&refused));
        }
        assert!(refused.text.contains("value=\"21 شارع الزهراء\""));
        let clerk = house.clerk().await;
        assert!(clerk.get("/counter").await.text.contains("لم تقيد طلبًا اليوم"));

        let editor = house.at(Role::CatalogueEditor, "00", None).await;
        let published = extend_window(editor).await;
        assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", errors(&published));
        let shown = house.citizen().get("/services/REC-01").await;
        assert!(shown.text.contains("5 مايو 2027"), "the guide tells the new last day");

        let mut case = house.register(&journey).await;
        assert!(
            case.number.ends_with(|digit: char| digit.is_ascii_digit()) && case.number.get(8..14) == Some("000001")
        );
        let state = house.b.state(case.id).await;
        assert_eq!(state.course.total.due, date(2027, 2, 24), "66 working days, 7 January free");
        assert_eq!(state.course.limit(STATUTORY).map(|law| law.due), Some(date(2027, 2, 20)), "ninety of the calendar");
        assert!(state.file.papers.iter().all(|paper| paper.doc != "BLD_LICENCE"), "there is no licence to bring");

        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "rev-assess-fee 01-D07 REV reviewer",
                "rev-pay 01-D07 REV cashier",
                "eng-inspect 01-D07 ENG inspector",
                "eng-review 01-D07 ENG reviewer",
                "spat-review 01-D07 SPAT reviewer",
                "leg-review 01-D07 LEG reviewer",
                "c-rec-review 01-D07 C_REC committee_secretary",
                "c-rec-approve 01-D07 C_REC committee_secretary",
                "head-approve 01-D07 HEAD unit_head",
                "tech-issue 01-D07 TECH reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        // Up to 250 m² in a city: 500. A quarter of 120 m² at 800 pounds; the rest is REC-04's.
        assert_eq!(charged(&state), [("exam", 500), ("seriousness", 24_000)]);
        assert_eq!((paid(&state), skipped(&house.b, &state).len()), (24_500, 0));
        let paper = house.verify(&state, &["قبول التصالح", "21 شارع الزهراء", "118.5", "الدور الرابع"]).await;
        assert_eq!(
            paper.values.get("violation_area_measured_m2"),
            Some(&json!("118.5")),
            "as the committee accepted it"
        );
        assert_eq!(paper.values.get("price_per_m2_egp"), Some(&json!(80_000)));
        house.sound().await;
    }
}
