//! What was typed when the session ended comes back after the login, to its author only.

use axum::http::{Method, StatusCode};

use super::on_both;
use crate::kept::KeptJob;
use crate::rights::Role;
use crate::testing::{Browser, MINUTE, PASSWORD, TestSite};

const HOUR: i64 = 60 * MINUTE;
const PAGE: &str = "/admin/people/new";

async fn supervisor(at: &TestSite, login: &str) -> Browser {
    at.person(login, Role::Supervisor, "01-G00", None).await;
    let mut browser = at.browser();
    browser.login(login).await;
    browser.get(PAGE).await;
    browser
}

/// Types the password into the page that the form was led to.
async fn sign_in(browser: &mut Browser, login: &str, to: &str) -> String {
    let page = browser.get(to).await;
    assert!(page.text.contains("وهو محفوظ لك"), "the login page says so");
    let next = page.hidden("next").expect("where to go next").replace("&#38;", "&");
    let reply = browser.post("/login", &[("login", login), ("password", PASSWORD), ("next", &next)]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    reply.location().to_owned()
}

async fn rows(at: &TestSite) -> usize {
    at.test.db.query("SELECT id FROM kept_forms", vec![]).await.expect("rows").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_came_too_late_comes_back_after_the_login() {
    on_both(|at| async move {
        let mut sup = supervisor(&at, "sup").await;
        at.pass(31 * MINUTE);
        let typed = [("name", "هناء \"سمير\" <حسن>"), ("login", "hanaa.s"), ("unit", "01-D01")];
        let reply = sup.submit(PAGE, PAGE, &typed).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
        let to = reply.location().to_owned();
        assert!(to.starts_with("/login?next=/admin/people/new%3Fkept%3D"), "{to}");

        // Nothing of it lies in the database as it was typed.
        let stored = at.test.db.query("SELECT content FROM kept_forms", vec![]).await.expect("rows");
        let content: Vec<u8> = stored.first().expect("a row").get("content").expect("bytes");
        assert!(!content.windows(7).any(|bytes| bytes == b"hanaa.s"));

        let back = sign_in(&mut sup, "sup", &to).await;
        assert!(back.starts_with("/admin/people/new?kept="), "{back}");
        assert!(sup.get("/me").await.text.contains(&format!("href=\"{back}\"")), "and for whoever goes another way");
        let page = sup.get(&back).await;
        assert_eq!(page.status, StatusCode::OK);
        for part in [
            "عاد ما كتبته",
            "value=\"هناء &#34;سمير&#34; &#60;حسن&#62;\"",
            "value=\"hanaa.s\"",
            "<option selected value=\"01-D01\">",
        ] {
            assert!(page.text.contains(part), "{part} in {}", page.text);
        }
        assert_eq!(
            sup.get(&back).await.text.matches("عاد ما كتبته").count(),
            1,
            "and again when the page is loaded again"
        );
        assert_eq!(rows(&at).await, 1);
        let sent = sup.submit(PAGE, &back, &[("name", "هناء سمير"), ("login", "hanaa.s"), ("unit", "01-D01")]).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_sees_it_and_it_is_forgotten_after_a_day() {
    on_both(|at| async move {
        let mut sup = supervisor(&at, "sup").await;
        at.pass(31 * MINUTE);
        let reply = sup.submit(PAGE, PAGE, &[("name", "هناء سمير")]).await;
        let to = reply.location().to_owned();
        // Another person at the same browser.
        at.person("other", Role::Supervisor, "01-G00", None).await;
        let mut other = sup.clone();
        let back = sign_in(&mut other, "other", &to).await;
        let page = other.get(&back).await;
        assert!(
            page.status == StatusCode::OK && !page.text.contains("هناء سمير") && !page.text.contains("عاد ما كتبته")
        );

        let back = sign_in(&mut sup, "sup", &to).await;
        assert!(sup.get(&back).await.text.contains("value=\"هناء سمير\""));
        at.pass(24 * HOUR);
        sup.login("sup").await;
        assert!(!sup.get(&back).await.text.contains("هناء سمير"), "a day is over");
        assert_eq!(KeptJob::new(at.site.clone()).run_now().await.expect("swept"), 1);
        assert_eq!(rows(&at).await, 0);
        let keys = at.test.db.query("SELECT subject FROM subject_keys WHERE wrapped IS NOT NULL", vec![]).await;
        assert!(keys.expect("rows").is_empty(), "its key is gone with it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_forms_of_a_known_browser_are_kept_and_no_password() {
    on_both(|at| async move {
        let mut stranger = at.browser();
        stranger.get("/login").await;
        assert_eq!(stranger.submit(PAGE, PAGE, &[("name", "x")]).await.status, StatusCode::UNAUTHORIZED);
        let mut sup = supervisor(&at, "sup").await;
        // Whose session was ended: the browser still has the cookie of its forms.
        let mut elsewhere = at.browser();
        elsewhere.login("sup").await;
        assert_eq!(elsewhere.post("/me/logout-everywhere", &[]).await.status, StatusCode::SEE_OTHER);
        let password = [("old", PASSWORD), ("new", "نخيل البلح في أسوان"), ("again", "نخيل البلح في أسوان")];
        assert_eq!(sup.submit("/me/password", "/me/password", &password).await.status, StatusCode::UNAUTHORIZED);
        let background = sup.post(PAGE, &[("name", "x")]).await;
        assert_eq!(background.status, StatusCode::UNAUTHORIZED, "a script in the background follows no login");
        assert_eq!(rows(&at).await, 0);
        let cross = sup.send(Method::POST, PAGE, Some("name=x".into()), &[("accept", "text/html")]).await;
        assert_eq!(cross.status, StatusCode::FORBIDDEN, "no token, nothing kept");
        for n in 0..25 {
            at.pass(1);
            assert_eq!(sup.submit(PAGE, PAGE, &[("name", &n.to_string())]).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(rows(&at).await, 20, "the oldest go first");
    })
    .await;
}
