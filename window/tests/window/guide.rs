//! One guide for everybody: what is published holds from its day on in the public pages, at the counter
//! and at the desks; a governorate's figures enter the fees that citizens read. Both engines.

use crate::common::{Bureau, UNIT};
use foundation::clock::Micros;
use foundation::testing::engines;
use foundation::web::{ShellSettings, SiteInfo, serve_pages};
use http::StatusCode;
use jiff::civil::{Date, date};
use registry::Role;
use registry::staff::By;
use registry::testing::Browser;
use rust_decimal::Decimal;
use window::requests::act;
use window::services::rules::NewFigure;
use window::services::{Publication, load, publish_file, publish_shipped, set_figure};
use window::{Office, OfficeParts, papers::Issuers};

const TODAY: Date = Date::constant(2026, 11, 22);
const TOMORROW: Date = Date::constant(2026, 11, 23);
/// A word that stands in no shipped service.
const WORD: &str = "تلسكوبات";

fn pages(b: &Bureau, office: &Office) -> Browser {
    let tables = [registry::pages::routes()].into_iter().chain(window::route_tables()).collect();
    let info = SiteInfo { public_url: b.office.settings.public_url.clone(), ..SiteInfo::default() };
    let pages = registry::routes::mount(tables, b.office.site().clone()).layer(office.layer());
    Browser::on(serve_pages(pages, ShellSettings::new(info)))
}

async fn signed_in(b: &Bureau, login: &str, role: Role, unit: &str, department: Option<&str>) -> Browser {
    b.town.person(login, role, unit, department).await;
    let mut browser = pages(b, &b.office);
    browser.login(login).await;
    browser
}

/// Publishes a text made from a shipped one by `changes`.
async fn publish(b: &Bureau, code: &str, changes: &[(&str, &str)], from: Date) -> u32 {
    let shipped = b.office.catalogue().entry(code).expect("shipped").text.to_string();
    let text = changes.iter().fold(shipped, |text, (before, after)| {
        assert!(text.contains(before), "{code} has no «{before}»");
        text.replace(before, after)
    });
    let publication = Publication { command: b.office.ids.next(), text, from, code: None };
    publish_file(&b.office, &By::Machine, publication).await.expect("published").version
}

fn escape(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

const NAME: &str = "name_ar = \"ترخيص محل عام (نشاط ذو مخاطر كبيرة)\"";

#[tokio::test(flavor = "multi_thread")]
async fn a_service_published_anew_is_in_every_guide_from_its_day_on() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        publish_shipped(&b.office).await.expect("published");
        let name = format!("name_ar = \"ترخيص محل {WORD}\"");
        publish(&b, "SHP-01", &[("code = \"SHP-01\"", "code = \"SHP-90\""), (NAME, &name)], TOMORROW).await;
        let mut citizen = pages(&b, &b.office);
        let mut clerk = signed_in(&b, "clerk", Role::Clerk, UNIT, None).await;
        let search = format!("/services?q={}", escape(WORD));
        let link = "href=\"/services/SHP-90\"";

        // The day before: nowhere.
        assert_eq!(citizen.get("/services/SHP-90").await.status, StatusCode::NOT_FOUND, "{}", b.name());
        assert!(!citizen.get(&search).await.text.contains(link));
        assert!(!citizen.get("/services").await.text.contains(link));
        assert!(citizen.get("/").await.text.contains("168 خدمة"), "the home page counts what is in force");
        let asked = clerk.get("/counter/new?service=SHP-90").await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);

        b.town.pass(Micros::DAY);
        let mut clerk = signed_in(&b, "clerk2", Role::Clerk, UNIT, None).await;
        let card = citizen.get("/services/SHP-90").await;
        assert_eq!(card.status, StatusCode::OK);
        assert!(card.text.contains(WORD));
        assert_eq!(citizen.get("/services/shp-90").await.location(), "/services/SHP-90");
        for address in [search.as_str(), "/services", "/services?group=shops"] {
            let page = citizen.get(address).await;
            assert!(page.text.contains(link) && page.text.contains(WORD), "{address} lacks it: {}", b.name());
        }
        assert!(citizen.get("/services/SHP-90/print").await.text.contains(WORD));
        assert!(citizen.get("/").await.text.contains("169 خدمة"));
        for asked in ["SHP-90".to_owned(), escape(WORD)] {
            let form = clerk.get(&format!("/counter/new?service={asked}")).await;
            assert_eq!(form.status, StatusCode::OK, "{asked}");
            assert!(form.text.contains("name=\"service\" value=\"SHP-90\""), "the counter takes it in by {asked}");
        }

        // A request of it bears its name everywhere.
        let form = act::Intake { service: "SHP-90".into(), ..b.shop() };
        let id = form.request;
        let taker = b.clerk().await;
        act::register(&b.office, &taker, form).await.expect("registered");
        let list = clerk.get("/desk").await;
        assert!(list.text.contains(&format!("<option value=\"SHP-90\">ترخيص محل {WORD}")), "{}", list.text);
        assert!(clerk.get("/desk?service=SHP-90").await.text.contains(&id.to_string()));
        let token = b.state(id).await.file.slip.token.clone();
        assert!(citizen.get(&format!("/T/{token}")).await.text.contains(WORD));

        // Another process reads the same out of the record alone.
        let other = Office::new(OfficeParts { site: b.town.site.clone(), issuers: Issuers::of([]) });
        load(&other).await.expect("loaded");
        assert!(pages(&b, &other).get(&search).await.text.contains(link));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_is_what_the_guide_shows_from_its_day_on() {
    for test in engines().await {
        let b = Bureau::open(test).await;
        publish_shipped(&b.office).await.expect("published");
        let name = format!("name_ar = \"ترخيص محل عام بلا {WORD}\"");
        let changes = [(NAME, name.as_str()), ("working_days = 60\n", "working_days = 45\n")];
        assert_eq!(publish(&b, "SHP-01", &changes, TOMORROW).await, 2);
        let mut citizen = pages(&b, &b.office);
        let search = format!("/services?q={}", escape(WORD));
        let addresses = ["/", "/services", "/services?q=SHP-01", "/services/SHP-01", "/services/SHP-01/print"];
        for address in addresses {
            let page = citizen.get(address).await;
            assert!(page.text.contains("نشاط ذو مخاطر كبيرة") && !page.text.contains(WORD), "{address} is early");
        }
        let nothing = "لم نجد خدمة";
        assert!(citizen.get(&search).await.text.contains(nothing));

        b.town.pass(Micros::DAY);
        for address in addresses {
            let page = citizen.get(address).await;
            assert!(page.text.contains(WORD), "{address} shows the version of yesterday: {}", b.name());
            assert!(!page.text.contains("ترخيص محل عام (نشاط ذو مخاطر كبيرة)"), "{address}");
        }
        let found = citizen.get(&search).await;
        assert!(found.text.contains("href=\"/services/SHP-01\"") && !found.text.contains(nothing));
        assert!(citizen.get("/services/SHP-01").await.text.contains("45 يوم عمل"));
        let mut clerk = signed_in(&b, "clerk", Role::Clerk, UNIT, None).await;
        assert!(clerk.get("/counter/new?service=SHP-01").await.text.contains(WORD));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_program_carries_is_only_proposed() {
    for test in engines().await {
        let b = Bureau::open(test).await;
        publish(&b, "SHP-01", &[], TODAY).await;
        let mut citizen = pages(&b, &b.office);
        assert_eq!(citizen.get("/services/SHP-01").await.status, StatusCode::OK);
        assert_eq!(citizen.get("/services/SHP-02").await.status, StatusCode::NOT_FOUND);
        let mut editor = signed_in(&b, "editor", Role::CatalogueEditor, "00", None).await;
        let page = editor.get("/admin/services/SHP-02").await;
        assert_eq!(page.status, StatusCode::OK, "the editor sees what is proposed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_governorates_figures_enter_the_fees_that_citizens_read() {
    for test in engines().await {
        let b = Bureau::open_in(test, &["01", "21"]).await;
        publish_shipped(&b.office).await.expect("published");
        let new = NewFigure {
            figure: "inspection.band.1".into(),
            value: Decimal::from(650),
            decision: "412".into(),
            decided_on: TODAY,
            from: TOMORROW,
            to: Some(date(2026, 12, 31)),
        };
        set_figure(&b.office, &By::Machine, b.office.ids.next(), "01", "SHP-01", new).await.expect("set");
        let mut citizen = pages(&b, &b.office);
        let values = "calc=yes&v.shop_area_m2=45&v.fee_zone=city_district";
        let decision = "قرار محافظة القاهرة رقم 412 بتاريخ 22 نوفمبر 2026";

        let early = citizen.get(&format!("/services/SHP-01?{values}&v.gov=01")).await;
        assert!(early.text.contains("2,520.00") && !early.text.contains("412"), "not before its first day");

        b.town.pass(Micros::DAY);
        // Nothing chosen: the published fees, and a way to the governorate's own.
        let nowhere = citizen.get(&format!("/services/SHP-01?{values}")).await;
        assert!(nowhere.text.contains("2,520.00") && nowhere.text.contains("الفئات المعلنة لكل المحافظات"));
        assert!(nowhere.text.contains("href=\"/services/SHP-01?gov=01#fees\""), "who differs is named");
        for place in ["v.gov=01", "gov=01", "unit=01-D07", "unit=21-C01&v.gov=01"] {
            let page = citizen.get(&format!("/services/SHP-01?{values}&{place}")).await;
            assert_eq!(page.status, StatusCode::OK);
            for words in ["2,670.00", "محسوبة بالفئات السارية في محافظة القاهرة", decision, "فئات محافظة القاهرة"]
            {
                assert!(page.text.contains(words), "{place} does not say «{words}»: {}", b.name());
            }
            assert!(page.text.contains("سارية من 23 نوفمبر 2026 إلى 31 ديسمبر 2026"));
            assert!(page.text.contains("<option value=\"01\" selected"), "{place}: the choice is kept");
        }
        let giza = citizen.get(&format!("/services/SHP-01?{values}&v.gov=21")).await;
        assert!(giza.text.contains("2,520.00") && !giza.text.contains("412"));
        assert!(giza.text.contains("تسري في محافظة الجيزة الفئات المعلنة"));
        let print = citizen.get("/services/SHP-01/print?gov=01").await;
        assert!(print.text.contains(decision), "the printed list says it too");
        for nonsense in ["v.gov=99", "gov=00", "unit=XX", "v.gov=%3Cscript%3E"] {
            let page = citizen.get(&format!("/services/SHP-01?{values}&{nonsense}")).await;
            assert!(page.status == StatusCode::OK && page.text.contains("2,520.00"), "{nonsense}");
        }

        b.town.pass(60 * Micros::DAY);
        let after = citizen.get(&format!("/services/SHP-01?{values}&gov=01")).await;
        assert!(after.text.contains("2,520.00") && !after.text.contains("412"), "not after its last day");
    }
}
