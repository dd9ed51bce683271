//! The system supervisor's journeys over HTTP, and the same refused in another governorate.

use axum::http::StatusCode;
use uuid::Uuid;

use super::{on_both, small};
use crate::rights::Role;
use crate::testing::{Browser, PASSWORD, TestSite};
use crate::units::fixed_centre;

async fn supervisor(at: &TestSite) -> Browser {
    at.person("sup", Role::Supervisor, "01-G00", None).await;
    let mut browser = at.browser();
    browser.login("sup").await;
    browser
}

fn first_password(text: &str) -> String {
    let (_, rest) = text.split_once("<bdi class=\"code\">").expect("a password is shown");
    rest.split('<').next().unwrap_or_default().to_owned()
}

fn person_id(text: &str) -> Uuid {
    let (_, rest) = text.split_once("/admin/people/").expect("a link to the person");
    rest.get(..36).and_then(|id| id.parse().ok()).expect("an id")
}

#[tokio::test(flavor = "multi_thread")]
async fn adding_a_person_giving_a_role_and_the_first_login() {
    on_both(|at| async move {
        let mut sup = supervisor(&at).await;
        assert_eq!(sup.get("/admin/people/new").await.status, StatusCode::OK);
        let fields = [("name", "هناء سمير"), ("login", "hanaa.s"), ("unit", "01-D01")];
        let reply = sup.post("/admin/people/new", &fields).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        let (password, id) = (first_password(&reply.text), {
            let from = reply.text.rfind("/admin/people/").map(|at| &reply.text[at..]).unwrap_or_default();
            person_id(from)
        });
        let list = sup.get("/admin/people?q=%D9%87%D9%86%D8%A7%D8%A1").await;
        assert!(list.text.contains("هناء سمير"));

        let grant = format!("/admin/people/{id}/grant?unit=01-D01");
        let page = sup.get(&grant).await;
        assert!(page.text.contains("موظف الشباك") && !page.text.contains("مشغل النظام"), "roles above are not offered");
        let days = [("first_day.day", "٢٢"), ("first_day.month", "11"), ("first_day.year", "2026")];
        let with = |extra: &[(&'static str, &'static str)]| days.iter().chain(extra).copied().collect::<Vec<_>>();
        let reply = sup.post(&grant, &with(&[("role", "reviewer")])).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            reply.text.contains("اختر إدارة أو لجنة") && reply.text.contains("value=\"٢٢\""),
            "said at the field, typed values kept"
        );
        let reply = sup.post(&grant, &with(&[("role", "clerk")])).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
        let reply = sup.post(&grant, &with(&[("role", "operator")])).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN);

        let mut hanaa = at.browser();
        hanaa.get("/login").await;
        let reply = hanaa.post("/login", &[("login", "hanaa.s"), ("password", &password)]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
        for path in ["/me", "/admin/people", "/login"] {
            let reply = hanaa.get(path).await;
            assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/me/password"), "{path}");
        }
        let page = hanaa.get("/me/password").await;
        assert_eq!(page.status, StatusCode::OK);
        let new = "نخيل البلح في أسوان";
        for (fields, word) in [
            ([("old", "wrong wrong"), ("new", new), ("again", new)], "كلمة السر الحالية غير صحيحة"),
            ([("old", password.as_str()), ("new", "hanaa.s123"), ("again", "hanaa.s123")], "سهلة التخمين"),
            ([("old", password.as_str()), ("new", new), ("again", "x")], "غير متطابقتين"),
        ] {
            let reply = hanaa.post("/me/password", &fields).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(reply.text.contains(word), "{word}");
            assert!(!reply.text.contains(new), "a password is never shown again");
        }
        let reply = hanaa.post("/me/password", &[("old", &password), ("new", new), ("again", new)]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
        let me = hanaa.get("/me").await;
        assert!(me.status == StatusCode::OK && me.text.contains("موظف الشباك") && me.text.contains("شبرا"));
        assert_eq!(hanaa.get("/admin/people").await.status, StatusCode::FORBIDDEN, "a clerk administers nobody");
        super::units::rebuild_check(&at).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_is_refused_in_another_governorate() {
    let at = small().await;
    let mut sup = supervisor(&at).await;
    let other = at.person("giza", Role::Clerk, "21-G00", None).await;
    let boss = at.person("boss", Role::Supervisor, "00", None).await;
    for path in [
        format!("/admin/people/{other}"),
        format!("/admin/people/{other}/grant?unit=21-G00"),
        format!("/admin/people/{other}/disable"),
        format!("/admin/people/{other}/reset"),
        format!("/admin/people/{boss}/reset"),
        "/admin/units/21-G00".to_owned(),
        "/admin/units/21-G00/windows".to_owned(),
        "/admin/units/21-G00/hours".to_owned(),
        "/admin/units/21-G00/holidays".to_owned(),
        "/admin/units/00".to_owned(),
    ] {
        let reply = sup.get(&path).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{path}");
        assert!(reply.text.contains("ليس من صلاحيتك"), "a page of its own, with a way on");
    }
    sup.get("/me").await;
    let reply = sup.post("/admin/people/new", &[("name", "هناء سمير"), ("login", "x.giza"), ("unit", "21-G00")]).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    let holiday = [
        ("day.day", "25"),
        ("day.month", "11"),
        ("day.year", "2026"),
        ("name", "عطلة"),
        ("decision", "1"),
        ("decided_on.day", "20"),
        ("decided_on.month", "11"),
        ("decided_on.year", "2026"),
    ];
    assert_eq!(sup.post("/admin/units/21-G00/holidays", &holiday).await.status, StatusCode::FORBIDDEN);
    assert_eq!(sup.post("/admin/units/01-D01/holidays", &holiday).await.status, StatusCode::SEE_OTHER);
    let disable = sup.post(&format!("/admin/people/{other}/disable"), &[("reason", "بلا سبب")]).await;
    assert_eq!(disable.status, StatusCode::FORBIDDEN);
    let list = sup.get("/admin/people").await;
    assert!(list.text.contains("sup") && !list.text.contains(">giza<") && !list.text.contains(">boss<"));
    assert_eq!(sup.get("/admin/units/99-X99").await.status, StatusCode::NOT_FOUND);
    assert_eq!(sup.get(&format!("/admin/people/{}", Uuid::nil())).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn windows_hours_holidays_and_committees_over_http() {
    let at = small().await;
    let mut sup = supervisor(&at).await;
    let centre = fixed_centre("01-D01").to_string();
    let windows = "/admin/units/01-D01/windows";
    assert_eq!(sup.get(windows).await.status, StatusCode::OK);
    let reply = sup.post(windows, &[("centre", &centre), ("number", "2"), ("do", "close")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    assert!(!at.site.units.now().centre(fixed_centre("01-D01")).expect("a centre").windows[1].is_open);
    let reply = sup.post(windows, &[("centre", &centre), ("number", "2"), ("name", "x"), ("do", "add")]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "the number is taken");

    let hours = "/admin/units/01-D01/hours";
    sup.get(hours).await;
    let wrong = sup.post(hours, &[("kind", "window"), ("opens", "نصف"), ("closes", "15:00")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains("value=\"15:00\""));
    let reply = sup.post(hours, &[("kind", "window"), ("opens", "٩"), ("closes", "15:30")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    let tree = at.site.units.now();
    let row = tree.own_hours("01-D01").first().expect("own hours").id;
    let page = sup.get(&format!("{hours}/{row}/withdraw")).await;
    assert!(page.status == StatusCode::OK && page.text.contains("9:00\u{A0}ص – 3:30\u{A0}م"));
    assert_eq!(sup.post(&format!("{hours}/{row}/withdraw"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(at.site.units.now().own_hours("01-D01").is_empty());

    let committees = "/admin/units/01-G00/committees";
    assert_eq!(sup.get(committees).await.status, StatusCode::OK);
    let member = [("department", "C_HOUS"), ("name", "م. عادل رمزي"), ("capacity", "رئيس اللجنة"), ("do", "name")];
    assert_eq!(sup.post(committees, &member).await.status, StatusCode::SEE_OTHER);
    let tree = at.site.units.now();
    let id = tree.members("01-G00", "C_HOUS").next().expect("a member").id.to_string();
    assert_eq!(sup.post(committees, &[("member", &id), ("do", "release")]).await.status, StatusCode::SEE_OTHER);
    assert!(at.site.units.now().members("01-G00", "C_HOUS").next().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn disabling_asks_first_and_wants_a_reason() {
    let at = small().await;
    let mut sup = supervisor(&at).await;
    let clerk = at.person("mona", Role::Clerk, "01-D01", None).await;
    let mut mona = at.browser();
    mona.login("mona").await;
    let path = format!("/admin/people/{clerk}/disable");
    let page = sup.get(&path).await;
    assert!(page.status == StatusCode::OK && page.text.contains("ما الذي سيحدث"));
    let reply = sup.post(&path, &[("reason", "")]).await;
    assert!(reply.status == StatusCode::UNPROCESSABLE_ENTITY && reply.text.contains("اكتب السبب"));
    assert_eq!(mona.get("/me").await.status, StatusCode::OK, "nothing has happened yet");
    assert_eq!(sup.post(&path, &[("reason", "نقل إلى جهة أخرى")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(mona.get("/me").await.status, StatusCode::SEE_OTHER);
    mona.get("/login").await;
    assert_eq!(
        mona.post("/login", &[("login", "mona"), ("password", PASSWORD)]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(sup.post(&format!("/admin/people/{clerk}/enable"), &[]).await.status, StatusCode::SEE_OTHER);
    mona.get("/login").await;
    assert_eq!(mona.post("/login", &[("login", "mona"), ("password", PASSWORD)]).await.status, StatusCode::SEE_OTHER);
}
