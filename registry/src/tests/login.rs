//! Login: delays, rotation, return path, forms' tokens, first password.

use axum::http::{Method, StatusCode};

use super::{on_both, small};
use crate::rights::Role;
use crate::sessions::COOKIE;
use crate::testing::{MINUTE, PASSWORD, SECOND};

#[tokio::test(flavor = "multi_thread")]
async fn a_login_opens_the_session_and_rotates_every_secret() {
    on_both(|at| async move {
        at.person("mona", Role::Clerk, "01-D01", None).await;
        let mut browser = at.browser();
        let first = browser.get("/login").await;
        assert_eq!(first.status, StatusCode::OK);
        let before = browser.cookies.clone();
        assert!(!before.contains_key(COOKIE), "no session before the login");

        let reply =
            browser.post("/login", &[("login", " MONA "), ("password", PASSWORD), ("next", "/me/password")]).await;
        assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/me/password"), "{}", reply.text);
        let cookies: Vec<&str> = reply.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok()).collect();
        let session = cookies.iter().find(|c| c.starts_with(COOKIE)).expect("a session cookie");
        for flag in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(session.contains(flag), "{session}");
        }
        assert_ne!(before.get("csrf"), browser.cookies.get("csrf"), "the forms' secret is new");
        let token = browser.cookies.get(COOKIE).cloned();

        let stored = at.test.db.query("SELECT token FROM sessions", vec![]).await.expect("sessions");
        assert_eq!(stored.len(), 1);
        let digest: Vec<u8> = stored[0].get("token").expect("a digest");
        assert!(!token.clone().unwrap_or_default().as_bytes().windows(16).any(|w| digest.windows(16).any(|d| d == w)));

        let again = browser.post("/login", &[("login", "mona"), ("password", PASSWORD)]).await;
        assert_eq!(again.status, StatusCode::FORBIDDEN, "the token of a page from before the login is void");
        assert_eq!(browser.get("/me").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_wait_longer_and_longer_and_no_account_is_locked() {
    on_both(|at| async move {
        at.person("mona", Role::Clerk, "01-D01", None).await;
        let mut browser = at.browser();
        browser.get("/login").await;
        for name in ["mona", "nobody"] {
            for _ in 0..4 {
                let reply = browser.post("/login", &[("login", name), ("password", "wrong wrong")]).await;
                assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "the same for known and unknown names");
                assert!(reply.text.contains(&format!("value=\"{name}\"")) && !reply.text.contains("wrong wrong"));
            }
            let reply = browser.post("/login", &[("login", name), ("password", PASSWORD)]).await;
            assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
            let seconds: i64 =
                reply.headers["retry-after"].to_str().ok().and_then(|s| s.parse().ok()).expect("seconds");
            assert!((1..=3).contains(&seconds), "{seconds}");
            assert!(reply.text.contains("محاولات كثيرة"));
        }
        at.pass(2 * SECOND);
        let reply = browser.post("/login", &[("login", "mona"), ("password", "wrong wrong")]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        at.pass(3 * SECOND);
        let reply = browser.post("/login", &[("login", "mona"), ("password", PASSWORD)]).await;
        assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS, "four seconds this time");
        at.pass(2 * SECOND);
        let reply = browser.post("/login", &[("login", "mona"), ("password", PASSWORD)]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
        let rows =
            at.test.db.query("SELECT failures FROM login_failures WHERE kind = 'account'", vec![]).await.expect("rows");
        assert_eq!(rows.len(), 1, "a success clears its own account only");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_sent_at_once_count_too() {
    on_both(|at| async move {
        at.person("mona", Role::Clerk, "01-D01", None).await;
        let mut browser = at.browser();
        browser.get("/login").await;
        let tries = (0..12).map(|_| {
            let mut one = browser.clone();
            tokio::spawn(
                async move { one.post("/login", &[("login", "mona"), ("password", "wrong wrong")]).await.status },
            )
        });
        let mut checked = 0;
        for outcome in futures::future::join_all(tries).await {
            checked += usize::from(outcome.expect("an answer") == StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert!(checked <= 4, "{checked} guesses were checked");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_never_leads_away() {
    let at = small().await;
    at.person("mona", Role::Clerk, "01-D01", None).await;
    for (next, to) in [
        ("//evil.example", "/me"),
        ("https://evil.example/", "/me"),
        ("/\\evil.example", "/me"),
        ("/admin/units?x=1", "/admin/units?x=1"),
    ] {
        let mut browser = at.browser();
        browser.get("/login").await;
        let reply = browser.post("/login", &[("login", "mona"), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, to));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_goes_to_the_login_and_comes_back() {
    let at = small().await;
    let mut browser = at.browser();
    let reply = browser.get("/admin/people?q=%D9%85").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(reply.location(), "/login?next=%2Fadmin%2Fpeople%3Fq%3D%25D9%2585");
    browser.get("/login").await;
    let reply = browser.post("/admin/people/new", &[]).await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.get("/no/such/page").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_need_the_token_of_their_own_session() {
    let at = small().await;
    at.person("mona", Role::Clerk, "01-D01", None).await;
    at.person("ali", Role::Clerk, "01-D01", None).await;
    let (mut mona, mut ali) = (at.browser(), at.browser());
    mona.login("mona").await;
    ali.login("ali").await;
    let path = "/me/logout-everywhere";
    let bare = mona.send(Method::POST, path, Some("x=1".into()), &[]).await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN, "no token");
    // Planted cookie and matching token of another browser: the double submit agrees, the session does not.
    let own = mona.cookies.clone();
    mona.cookies.insert("csrf".into(), ali.cookies["csrf"].clone());
    mona.get("/me").await;
    assert_eq!(mona.post(path, &[]).await.status, StatusCode::FORBIDDEN, "the token of another session");
    mona.cookies = own;
    mona.get("/me").await;
    let foreign = mona.send(Method::POST, path, Some(String::new()), &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "another site");
    assert_eq!(mona.post(path, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(mona.get("/me").await.status, StatusCode::SEE_OTHER, "signed out everywhere");
    assert_eq!(ali.get("/me").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_end_when_idle_and_in_any_case() {
    on_both(|at| async move {
        at.person("mona", Role::Clerk, "01-D01", None).await;
        let mut browser = at.browser();
        browser.login("mona").await;
        at.pass(29 * MINUTE);
        assert_eq!(browser.get("/me").await.status, StatusCode::OK);
        // The note of this use is written beside the request.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        at.pass(29 * MINUTE);
        assert_eq!(browser.get("/me").await.status, StatusCode::OK, "it was used half an hour ago");
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        at.pass(31 * MINUTE);
        assert_eq!(browser.get("/me").await.status, StatusCode::SEE_OTHER, "idle");
        browser.login("mona").await;
        for _ in 0..25 {
            at.pass(29 * MINUTE);
            browser.get("/me").await;
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        }
        assert_eq!(browser.get("/me").await.status, StatusCode::SEE_OTHER, "twelve hours have passed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_ends_the_session_itself() {
    let at = small().await;
    at.person("mona", Role::Clerk, "01-D01", None).await;
    let mut browser = at.browser();
    browser.login("mona").await;
    let stolen = browser.clone();
    let reply = browser.post("/logout", &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert!(!browser.cookies.contains_key(COOKIE));
    let mut stolen = stolen;
    assert_eq!(stolen.get("/me").await.status, StatusCode::SEE_OTHER, "the cookie is worth nothing now");
}
