//! The street: a shop's goods on the pavement, a hoarding.

use axum::http::StatusCode;
use foundation::testing::engines;
use jiff::civil::date;
use serde_json::json;
use window::requests::events::{STATUTORY, Status};

use super::house::{House, Journey, charged, paid, skipped};
use crate::common::http::errors;

fn occupancy() -> Journey {
    Journey {
        service: "OCC-01",
        answers: vec![
            ("licence_number", "201301072600031"),
            ("shop_trade_name", "فاكهة الأميرية"),
            ("premises_address", "40 شارع السوق"),
            ("premises_location", "30.1130, 31.2900"),
            ("occupancy_items", "goods"),
            ("occupancy_items", "showcase"),
            ("occupancy_length_m", "3.2"),
            ("occupancy_width_m", "2"),
            ("occupancy_area_m2", "6.4"),
            ("within_frontage", "yes"),
            ("movable", "yes"),
            ("pavement_width_m", "6"),
            ("street_width_m", "8"),
            ("road_class", "paved_second"),
            ("occupancy_start", "1/12/2026"),
            ("occupancy_months", "6"),
            ("owner_attends", "yes"),
        ],
        papers: vec!["NID", "SHOP_LIC", "SKETCH", "TAXCARD", "PHOTO_BLDG"],
        report: vec![
            ("inspected_location.lat", "30.1130"),
            ("inspected_location.lng", "31.2900"),
            ("measured_length_m", "3.2"),
            ("measured_width_m", "2"),
            ("pavement_found_m", "6.1"),
            ("free_passage_found_m", "4.1"),
            ("road_class_found", "paved_second"),
            ("blocks_utilities", "no"),
            ("blocks_access", "no"),
            ("sight_line_ok", "yes"),
            ("recommendation", "accept"),
        ],
        photos: vec!["visit_photos"],
        bills: vec![
            ("tech-pay", vec![("رسم فحص الطلب", 20)]),
            ("rev-pay", vec![("مقابل إشغال الطريق", 1_152), ("تأمين يرد بعد رفع الإشغال", 200)]),
        ],
        ..Journey::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_in_a_narrow_street_need_the_traffic_police_and_a_request_is_withdrawn() {
    for test in engines().await {
        let mut house = House::open(test).await;
        let journey = occupancy();
        let mut case = house.register(&journey).await;
        let state = house.b.state(case.id).await;
        assert_eq!(state.course.total.due, date(2026, 12, 6), "ten working days");

        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "tech-pay 01-D07 TECH cashier",
                "occu-inspect 01-D07 OCCU inspector",
                "road-review 01-D07 ROAD reviewer",
                "traffic-review 01-B518 TRAFFIC body_officer",
                "occu-assess-fee 01-D07 OCCU reviewer",
                "rev-pay 01-D07 REV cashier",
                "head-approve 01-D07 HEAD unit_head",
                "occu-issue 01-D07 OCCU reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        // 6.4 m² for 6 months at 30 pounds; the deposit goes back in the end.
        assert_eq!(charged(&state), [("exam", 20), ("occupancy", 1_152), ("deposit", 200)]);
        let back: Vec<&str> =
            state.course.charges.iter().filter(|line| line.refundable).map(|line| line.part.as_str()).collect();
        assert_eq!((back, paid(&state)), (vec!["deposit"], 1_372));
        let paper =
            house.verify(&state, &["ترخيص إشغال طريق", "فاكهة الأميرية", "40 شارع السوق", "201301072600031"]).await;
        // Six months as asked, although a licence may have twelve.
        assert_eq!((paper.issued_on, paper.expires), (date(2026, 11, 23), Some(date(2027, 5, 22))));
        assert_eq!(paper.values.get("occupancy_items"), Some(&json!(["goods", "showcase"])));

        // In a wide street nobody asks the traffic police; the owner thinks better of it.
        let mut wide = occupancy();
        wide.answers.retain(|(id, _)| *id != "street_width_m");
        wide.answers.push(("street_width_m", "20"));
        let mut second = house.register(&wide).await;
        let (_, lies) = house.until(&mut second, &wide, "occu-inspect").await;
        let state = house.b.state(second.id).await;
        assert_eq!(skipped(&house.b, &state), ["traffic-review"]);
        let path = format!("/counter/requests/{}/withdraw", second.id);
        let clerk = house.clerk().await;
        let form = clerk.get(&path).await;
        let seen = form.hidden("seen").expect("a version");
        let done = clerk.post(&path, &[("seen", &seen), ("reason", "عدل عن الإشغال")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
        let state = house.b.state(second.id).await;
        assert_eq!((state.course.status, state.course.open_steps().count()), (Status::Withdrawn, 0));
        assert!(!state.course.decided, "a withdrawal opens no name");
        house.track(&second, &["مسحوب"]).await;
        let gone = house.at(registry::Role::Reviewer, "01-D07", Some("OCCU")).await;
        assert!(!gone.get("/desk").await.text.contains(&second.id.to_string()), "{} lies on no desk", lies.id);
        house.sound().await;
    }
}

fn advert() -> Journey {
    Journey {
        service: "ADV-01",
        answers: vec![
            ("advert_kind", "unipole"),
            ("site_owner", "unit"),
            ("premises_address", "ميدان الأميرية"),
            ("premises_location", "30.1130, 31.2900"),
            ("advertiser_name", "شركة إخناتون للمشروبات"),
            ("advert_width_m", "10"),
            ("advert_height_m", "4"),
            ("advert_area_m2", "40"),
            ("advert_faces", "2"),
            ("structure_height_m", "12"),
            ("illumination", "led"),
            ("advert_content", "إعلان عن مشروب غازي"),
            ("road_edge_distance_m", "3"),
            ("distance_next_advert_m", "250"),
            ("distance_signal_m", "120"),
            ("advert_start", "1/1/2027"),
            ("term_months", "12"),
        ],
        scans: vec!["content_file"],
        papers: vec!["NID", "AD_COMPANY", "AD_DESIGN", "AD_CONTENT", "AD_STRUCT", "ELEC_OK", "INSUR", "UNDERTAKE"],
        report: vec![
            ("inspected_location.lat", "30.1130"),
            ("inspected_location.lng", "31.2900"),
            ("measured_advert_area_m2", "40"),
            ("structure_sound", "yes"),
            ("near_signal_m", "118"),
            ("near_advert_m", "240"),
            ("sight_line_ok", "yes"),
            ("blocks_access", "no"),
            ("matches_standards", "yes"),
            ("recommendation", "accept"),
        ],
        photos: vec!["visit_photos"],
        bills: vec![
            ("tech-pay", vec![("رسم فحص الطلب", 20)]),
            (
                "rev-pay",
                vec![("رسم إصدار الترخيص", 5_000), ("مقابل استغلال المكان", 19_200), ("مقابل استغلال المكان", 4_800)],
            ),
        ],
        secrets: vec!["إخناتون"],
        ..Journey::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hoarding_on_public_ground_shares_its_price_with_the_treasury() {
    for test in engines().await {
        let mut house = House::open(test).await;
        let journey = advert();
        // Without the artwork there is no request, and what was typed stays.
        let refused = house.send_in(&Journey { scans: Vec::new(), ..journey.clone() }).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("href=\"#f-file-field-content_file\""), "{}", errors(&refused));
        assert!(refused.text.contains("value=\"شركة إخناتون للمشروبات\""));

        let mut case = house.register(&journey).await;
        let state = house.b.state(case.id).await;
        assert_eq!(state.course.total.due, date(2027, 1, 18), "forty working days, 7 January free");
        assert_eq!(state.course.limit(STATUTORY).map(|law| law.due), Some(date(2027, 1, 21)), "sixty of the calendar");
        assert!(state.file.answers.get("content_file").is_some_and(serde_json::Value::is_array));

        let state = house.walk(&mut case, &journey).await;
        assert_eq!(
            case.done,
            [
                "tech-pay 01-D07 TECH cashier",
                "adv-review 01-D07 ADV reviewer",
                "adv-inspect 01-D07 ADV inspector",
                "eng-review 01-D07 ENG reviewer",
                "road-review 01-D07 ROAD reviewer",
                "traffic-review 01-B518 TRAFFIC body_officer",
                "adagency-review 01-B501 ADAGENCY body_officer",
                "adv-assess-fee 01-D07 ADV reviewer",
                "rev-pay 01-D07 REV cashier",
                "head-approve 01-D07 HEAD unit_head",
                "adv-issue 01-D07 ADV reviewer",
                "tech-handover 01-D07 TECH clerk",
            ]
        );
        // Up to 50 m²: 5,000. The place: 40 m² × 2 faces × 12 months × 25 = 24,000, a fifth of it to the treasury.
        assert_eq!(
            charged(&state),
            [("exam", 20), ("licence", 5_000), ("exploitation", 19_200), ("exploitation.treasury", 4_800),]
        );
        assert_eq!(paid(&state), 29_020);
        let paper = house.verify(&state, &["ترخيص إعلان", "ميدان الأميرية", "شركة إخناتون للمشروبات"]).await;
        assert_eq!(paper.expires, Some(date(2027, 11, 22)), "the term asked for, not the longest");
        let content = house.content(&state, &paper).await;
        assert_eq!(content.values.get("advertiser_name"), Some(&json!("شركة إخناتون للمشروبات")));
        assert!(!paper.values.contains_key("advertiser_name"), "a name lies in the record only encrypted");
        house.sound().await;
    }
}
