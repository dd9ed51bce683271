//! The intake form and the end of the session: what was typed comes back, and is saved while it is typed.

use crate::common::{Bureau, NID, PERSON, UNIT};
use foundation::testing::engines;
use foundation::web::{ShellSettings, SiteInfo, serve_pages};
use http::StatusCode;
use registry::Role;
use registry::testing::{Browser, MINUTE, PASSWORD};
use window::counter;
use window::requests::drafts::MOST;

const FORM: &str = "/counter/new?service=SHP-01";

async fn signed_in(b: &Bureau, login: &str) -> Browser {
    let pages = registry::routes::mount(vec![registry::pages::routes(), counter::routes()], b.office.site().clone());
    let info = SiteInfo { public_url: b.office.settings.public_url.clone(), ..SiteInfo::default() };
    let mut browser = Browser::on(serve_pages(pages.layer(b.office.layer()), ShellSettings::new(info)));
    browser.login(login).await;
    browser
}

/// Half a form, with a second row of managers that the empty page has no place for.
const TYPED: [(&str, &str); 8] = [
    ("service", "SHP-01"),
    ("applicant.nid", NID),
    ("applicant.full_name", PERSON),
    ("a.shop_trade_name", "مقهى النيل"),
    ("a.manager.0.manager_name", "رمسيس حتشبسوت قظضغ"),
    ("a.manager.1.manager_name", "سنفرو خوفو قظضغ"),
    ("papers", "NID"),
    ("papers", "TAXCARD"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_after_the_session_comes_back_whole() {
    for engine in engines().await {
        let b = Bureau::open(engine).await;
        b.town.person("clerk", Role::Clerk, UNIT, None).await;
        b.town.person("second", Role::Clerk, UNIT, None).await;
        let mut clerk = signed_in(&b, "clerk").await;
        let page = clerk.get(FORM).await;
        let (command, request) = (page.hidden("command").expect("one"), page.hidden("request").expect("one"));
        b.town.pass(31 * MINUTE);
        let mut sent: Vec<(&str, &str)> = TYPED.to_vec();
        sent.extend([("command", command.as_str()), ("request", request.as_str()), ("do", "register")]);
        // From the form as it was opened, and from the form as it came back after an error.
        for from in [FORM, "/counter/new"] {
            let reply = clerk.submit("/counter/new", from, &sent).await;
            assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
            let login = reply.location().to_owned();
            let next = clerk.get(&login).await.hidden("next").expect("the way back").replace("&#38;", "&");
            let mut second = clerk.clone();
            let back = second.post("/login", &[("login", "second"), ("password", PASSWORD), ("next", &next)]).await;
            assert!(!second.get(back.location()).await.text.contains(PERSON), "never shown to another");

            let mut again = clerk.clone();
            let back = again.post("/login", &[("login", "clerk"), ("password", PASSWORD), ("next", &next)]).await;
            let page = again.get(back.location()).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text);
            for part in [PERSON, "مقهى النيل", "رمسيس حتشبسوت قظضغ", "سنفرو خوفو قظضغ", "عاد ما كتبته"]
            {
                assert!(page.text.contains(part), "{part} in {}", page.text);
            }
            assert_eq!(page.hidden("request").as_deref(), Some(request.as_str()), "the same request");
            assert_eq!(page.hidden("command").as_deref(), Some(command.as_str()), "the same submission");
            assert_eq!(page.text.matches("name=\"papers\" value=\"TAXCARD\" checked").count(), 1);
            assert!(!page.text.contains("ما لم نجد له مكانًا"), "everything has its place");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_saved_and_a_late_save_makes_no_draft_of_a_request() {
    for engine in engines().await {
        let mut b = Bureau::open(engine).await;
        b.town.person("clerk", Role::Clerk, UNIT, None).await;
        let mut clerk = signed_in(&b, "clerk").await;
        let page = clerk.get(FORM).await;
        let (command, request) = (page.hidden("command").expect("one"), page.hidden("request").expect("one"));
        let mut fields: Vec<(&str, &str)> = TYPED.to_vec();
        fields.extend([("command", command.as_str()), ("request", request.as_str()), ("do", "save")]);
        for _ in 0..2 {
            let saved = clerk.post("/counter/new", &fields).await;
            assert_eq!((saved.status, saved.text.as_str()), (StatusCode::NO_CONTENT, ""));
        }
        let stored = b.office.db.query("SELECT content FROM drafts", vec![]).await.expect("rows");
        assert_eq!(stored.len(), 1, "saved again in its place");
        let content: Vec<u8> = stored[0].get("content").expect("bytes");
        assert!(!content.windows(14).any(|bytes| bytes == NID.as_bytes()), "encrypted");
        // The power went: another browser, the same clerk.
        let mut later = signed_in(&b, "clerk").await;
        let desk = later.get("/counter").await;
        assert!(desk.text.contains(&format!("/counter/new?draft={request}")));
        let draft = later.get(&format!("/counter/new?draft={request}")).await;
        assert!(draft.text.contains(PERSON) && draft.text.contains("سنفرو خوفو قظضغ"));

        // A draft whose request is registered is none, however late the browser saves it.
        let viewer = b.clerk().await;
        let mut intake = b.shop();
        intake.request = request.parse().expect("an id");
        intake.parked = true;
        window::requests::act::register(&b.office, &viewer, intake).await.expect("registered");
        assert_eq!(clerk.post("/counter/new", &fields).await.status, StatusCode::NOT_FOUND);
        assert!(b.office.db.query("SELECT id FROM drafts", vec![]).await.expect("rows").is_empty());

        // One too many: the form stays, and says why.
        for n in 0..=MOST {
            let page = clerk.get(FORM).await;
            let (command, request) = (page.hidden("command").expect("one"), page.hidden("request").expect("one"));
            let fields = [
                ("service", "SHP-01"),
                ("command", command.as_str()),
                ("request", request.as_str()),
                ("a.shop_trade_name", "مقهى النيل"),
                ("do", "park"),
            ];
            let reply = clerk.post("/counter/new", &fields).await;
            if n < MOST {
                assert_eq!(reply.status, StatusCode::SEE_OTHER, "{n}");
            } else {
                assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
                assert!(reply.text.contains("وهذا أقصى ما يُحفظ") && reply.text.contains("value=\"مقهى النيل\""));
            }
        }
    }
}
