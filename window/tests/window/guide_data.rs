//! The guide for machines: every service in it, a governorate's figures in its own file and in no other.

use axum::http::StatusCode;
use catalogue::fees::{LocalFigure, slots};
use foundation::testing::sqlite;
use registry::testing::Browser;
use rust_decimal::Decimal;
use serde_json::Value;
use window::requests::rules::day;

use crate::common::Bureau;

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_guide_is_there_with_each_governorates_own_figures() {
    let b = Bureau::open_in(sqlite().await, &["01", "21"]).await;
    let today = day(b.office.clock.now());
    let guide = b.office.guide_today();
    let (service, slot) = guide
        .services()
        .find_map(|service| slots(service).into_iter().find(|slot| !slot.percent).map(|slot| (service.clone(), slot)))
        .expect("some service leaves a figure to governorates");
    let mut who = Browser::on(b.router(Bureau::tables()));
    let before = who.get("/guide/01.json").await;
    b.office.set_figures(
        "01",
        vec![LocalFigure {
            service: service.code.clone(),
            figure: slot.code.clone(),
            value: Decimal::from(98_765),
            decision_ar: "قرار 4321 لسنة 2026".into(),
            from: today,
            to: None,
        }],
    );
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let own = who.get("/guide/01.json").await;
    assert_eq!(own.status, StatusCode::OK);
    assert_ne!(own.headers["etag"], before.headers["etag"], "new figures are a new file");
    let (own, other, country) = (own.text, who.get("/guide/21.json").await.text, who.get("/guide.json").await.text);
    assert!(own.contains("قرار 4321") && !other.contains("قرار 4321") && !country.contains("قرار 4321"));
    for text in [&own, &other, &country] {
        let file = read(text);
        assert_eq!(file["format"], "shubbak-guide/1");
        let codes: Vec<&str> =
            file["services"].as_array().expect("a list").iter().filter_map(|s| s["code"].as_str()).collect();
        let all: Vec<&str> = guide.services().map(|service| service.code.as_str()).collect();
        assert_eq!(codes, all, "every service, once");
        assert_eq!(file["versions"], read(&country)["versions"]);
        for one in file["services"].as_array().expect("a list") {
            assert!(one["name"]["ar"].as_str().is_some_and(|name| !name.is_empty()), "{}", one["code"]);
            assert!(one["name"]["en"].as_str().is_some_and(|name| !name.is_empty()), "{}", one["code"]);
            assert_eq!(one["hash"].as_str().map(str::len), Some(64));
        }
    }
    assert!(read(&country)["governorate"].is_null() && read(&country)["units"].as_array().is_some_and(Vec::is_empty));
    assert!(read(&own)["units"].as_array().is_some_and(|units| !units.is_empty()));
    println!("the guide of a governorate: {} bytes", own.len());
    for nowhere in ["/guide/99.json", "/guide/00.json", "/guide/01", "/guide/01.txt"] {
        assert_eq!(who.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_booklet_of_a_governorate_holds_every_service_and_its_own_centres() {
    let b = Bureau::open_in(sqlite().await, &["01"]).await;
    let mut who = Browser::on(b.router(Bureau::tables()));
    let made = who.get("/guide/01.pdf").await;
    assert_eq!(made.status, StatusCode::OK);
    assert_eq!(made.headers["content-type"], "application/pdf");
    let text = foundation::testing::pdf_text(&made.bytes);
    for service in b.office.guide_today().services() {
        assert!(text.contains(&service.code), "{} is missing", service.code);
    }
    assert!(text.contains("محافظة القاهرة") && text.contains("المراكز ومواعيدها"));
    let again = who.get("/guide/01.pdf").await;
    assert_eq!((again.bytes, &again.headers["etag"]), (made.bytes, &made.headers["etag"]), "made once");
    let page = who.get("/centres?gov=01").await;
    assert!(page.text.contains("href=\"/guide/01.pdf\""));
}
