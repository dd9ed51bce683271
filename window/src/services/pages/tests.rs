//! Pages of the guide's editor and of a governorate's supervisor, in a browser without JavaScript.

use std::sync::Arc;

use axum::http::StatusCode;
use foundation::testing::sqlite;
use foundation::web::{ShellSettings, SiteInfo, serve_pages};
use registry::Role;
use registry::testing::{Browser, TestSite, site};

use crate::papers::Issuers;
use crate::services::{ServiceSlice, publish_shipped, routes};
use crate::{Office, OfficeParts};

struct Town {
    town: TestSite,
    office: Office,
}

impl Town {
    async fn open() -> Self {
        let town = site(sqlite().await, vec![Arc::new(ServiceSlice)]).await;
        let office = Office::new(OfficeParts { site: town.site.clone(), issuers: Issuers::of([]) });
        publish_shipped(&office).await.unwrap();
        Self { town, office }
    }

    async fn browser(&self, login: &str, role: Role, unit: &str) -> Browser {
        self.town.person(login, role, unit, None).await;
        let mut browser = self.stranger();
        browser.login(login).await;
        browser
    }

    fn stranger(&self) -> Browser {
        let tables = vec![registry::pages::routes(), routes()];
        let pages = registry::routes::mount(tables, self.town.site.clone()).layer(self.office.layer());
        let info = SiteInfo { public_url: self.town.site.settings.public_url.clone(), ..SiteInfo::default() };
        Browser::on(serve_pages(pages, ShellSettings::new(info)))
    }

    async fn editor(&self) -> Browser {
        self.browser("editor", Role::CatalogueEditor, "00").await
    }

    fn text(&self, code: &str) -> String {
        self.office.catalogue().entry(code).unwrap().text.to_string()
    }
}

#[tokio::test]
async fn the_editor_sees_every_part_with_its_source() {
    let town = Town::open().await;
    let mut editor = town.editor().await;
    let list = editor.get("/admin/services").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.text.contains("SHP-01") && list.text.contains("168"), "{}", list.text);
    let page = editor.get("/admin/services/SHP-01").await;
    assert_eq!(page.status, StatusCode::OK);
    let source = town.office.catalogue().page("H-S04").unwrap();
    for part in [source.title.as_str(), "تقدير يُعتمد", "قانون", "shop_area_m2", "R_FIRE", "civdef-review", "الإصدار 1"]
    {
        assert!(page.text.contains(part), "{part}");
    }
    assert_eq!(editor.get("/admin/services/XXX-01").await.status, StatusCode::NOT_FOUND);
    assert_ne!(town.stranger().get("/admin/services").await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_service_has_its_page() {
    let town = Town::open().await;
    let mut editor = town.editor().await;
    for service in town.office.catalogue().services() {
        let page = editor.get(&format!("/admin/services/{}", service.code)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", service.code);
        assert!(!page.text.contains("services-"), "a message is missing on the page of {}", service.code);
    }
}

#[tokio::test]
async fn a_text_is_checked_previewed_and_published() {
    let town = Town::open().await;
    let mut editor = town.editor().await;
    let form = editor.get("/admin/services/SHP-01/edit").await;
    assert!(form.text.contains("[[fee.parts]]"), "{}", form.text);

    let wrong = town.text("SHP-01").replace("{ doc = \"NID\", required", "{ doc = \"NOPE\", required");
    let refused = editor.post("/admin/services/SHP-01/check", &[("text", &wrong)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let line = wrong.lines().position(|line| line.contains("NOPE")).unwrap() + 1;
    assert!(refused.text.contains(&format!("السطر {line}")) && refused.text.contains("NOPE"), "{}", refused.text);
    let other = town.text("SHP-02");
    assert_eq!(
        editor.post("/admin/services/SHP-01/check", &[("text", &other)]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let nothing = editor.post("/admin/services/SHP-01/check", &[("text", "")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);

    let text = town.text("SHP-01").replace("{ up_to = 90, amount_egp = 500 }", "{ up_to = 90, amount_egp = 700 }");
    let preview = editor.post("/admin/services/SHP-01/check", &[("text", &text)]).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(preview.text.contains("<ins>") && preview.text.contains("amount_egp = 700"), "{}", preview.text);
    let sampled = editor.post("/admin/services/SHP-01/check", &[("text", &text), ("samples", "shop_area_m2=80")]).await;
    assert!(sampled.text.contains("700.00"), "{}", sampled.text);
    let unknown = editor.post("/admin/services/SHP-01/check", &[("text", &text), ("samples", "nothing=80")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);

    let past = [("text", text.as_str()), ("from.day", "1"), ("from.month", "11"), ("from.year", "2026")];
    let refused = editor.post("/admin/services/SHP-01/publish", &past).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("amount_egp = 700"), "the text is kept");
    let ahead = [("text", text.as_str()), ("from.day", "١"), ("from.month", "12"), ("from.year", "2026")];
    let done = editor.post("/admin/services/SHP-01/publish", &ahead).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/admin/services/SHP-01"), "{}", done.text);
    let page = editor.get("/admin/services/SHP-01").await;
    assert!(page.text.contains("لم يبدأ بعد") && page.text.contains("1 ديسمبر 2026"), "{}", page.text);
    let diff = editor.get("/admin/services/SHP-01/diff?a=1&b=2").await;
    assert!(diff.text.contains("<del>") && diff.text.contains("amount_egp = 700"));
    assert!(editor.get("/admin/services/SHP-01/text?version=2").await.text.contains("amount_egp = 700"));
    assert_eq!(editor.get("/admin/services/SHP-01/text?version=9").await.status, StatusCode::NOT_FOUND);
    // The program's own text is among the published ones still, so nothing is proposed.
    assert!(!editor.get("/admin/services").await.text.contains("proposal=true"));
}

#[tokio::test]
async fn a_supervisor_sets_figures_of_the_own_governorate_only() {
    let town = Town::open().await;
    let mut cairo = town.browser("cairo", Role::Supervisor, "01-G00").await;
    let home = "/admin/services/SHP-01/figures/01";
    let straight = cairo.get("/admin/services/SHP-01/figures").await;
    assert_eq!((straight.status, straight.location()), (StatusCode::SEE_OTHER, home));
    assert_eq!(cairo.get(home).await.status, StatusCode::OK);
    let fields = |value: &'static str| {
        vec![
            ("figure", "inspection.band.1"),
            ("value", value),
            ("decision", "412"),
            ("decided_on.day", "20"),
            ("decided_on.month", "11"),
            ("decided_on.year", "2026"),
            ("from.day", "1"),
            ("from.month", "12"),
            ("from.year", "2026"),
        ]
    };
    let high = cairo.post(home, &fields("5000")).await;
    assert_eq!(high.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(high.text.contains("من 500 إلى 1,000") && high.text.contains("value=\"5000\""), "{}", high.text);
    assert_eq!(cairo.post(home, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(cairo.post(home, &fields("٦٥٠")).await.status, StatusCode::SEE_OTHER);
    let page = cairo.get(home).await;
    assert!(page.text.contains("650 جنيه") && page.text.contains("412"), "{}", page.text);
    assert_eq!(cairo.post(home, &fields("700")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "the days are taken");

    for other in ["/admin/services/SHP-01/figures/21", "/admin/services/SHP-01/figures/21/1/withdraw"] {
        assert_eq!(cairo.get(other).await.status, StatusCode::FORBIDDEN, "{other}");
        assert_eq!(cairo.post(other, &fields("650")).await.status, StatusCode::FORBIDDEN, "{other}");
    }
    assert_eq!(cairo.get("/admin/services/SHP-01/figures/99").await.status, StatusCode::NOT_FOUND);
    assert_eq!(cairo.get("/admin/services/SHP-01/figures/00").await.status, StatusCode::NOT_FOUND);
    // Nor may they publish.
    for path in ["/admin/services/SHP-01/check", "/admin/services/SHP-01/publish"] {
        assert_eq!(cairo.post(path, &[("text", "x")]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(cairo.get("/admin/services/SHP-01/edit").await.status, StatusCode::FORBIDDEN);
    let mut district = town.browser("district", Role::Supervisor, "01-D01").await;
    assert_eq!(district.get(home).await.status, StatusCode::FORBIDDEN);

    let withdraw = format!("{home}/1/withdraw");
    assert_eq!(cairo.get(&withdraw).await.status, StatusCode::OK);
    assert_eq!(cairo.post(&withdraw, &[]).await.status, StatusCode::SEE_OTHER);
    assert!(town.office.figures("01").is_empty());
    assert_eq!(cairo.get(&withdraw).await.status, StatusCode::NOT_FOUND);
}
