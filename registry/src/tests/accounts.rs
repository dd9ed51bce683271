//! Citizens' accounts: codes, guessing, opening, confirming, what an account opens.

use axum::http::StatusCode;
use foundation::identity::{Mobile, NationalId};
use jiff::civil::Date;
use record::outbox::{self, Content};

use super::on_both;
use crate::accounts::{self, Credentials};
use crate::citizens::{self, Applicant, Identity, IdentityKind, PersonKind};
use crate::rights::Role;
use crate::sessions::COOKIE;
use crate::testing::{Browser, MINUTE, TestSite};

const NID: &str = "29001010112345";
const MOBILE: &str = "01012345678";

/// The code in the newest message.
async fn code(at: &TestSite) -> String {
    let messages = outbox::opened(&mut at.test.db.reader(), at.site.record.keyring(), 1).await.expect("the outbox");
    let message = messages.first().and_then(|message| message.content.clone()).expect("a message");
    let Content::Sms { text, to } = message else { panic!("a text message") };
    assert_eq!(to, format!("+2{MOBILE}"));
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Asks for a code; gives the page where it is typed.
async fn ask(browser: &mut Browser, next: &str) -> String {
    browser.get("/account/login").await;
    // Digits of any keyboard, with spaces.
    let form = [("nid", "٢٩٠٠١٠١ ٠١١٢٣٤٥"), ("mobile", "+20 101 234 5678"), ("next", next)];
    let reply = browser.post("/account/login", &form).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    reply.location().to_owned()
}

async fn open(at: &TestSite, browser: &mut Browser) {
    let page = ask(browser, "/account/settings").await;
    let code = code(at).await;
    let reply = browser.post(&page, &[("code", &code)]).await;
    let page = reply.location().to_owned();
    assert!(page.starts_with("/account/open/"), "{page} {}", reply.text);
    let reply = browser.post(&page, &[("name", "منى عبد الرحمن علي"), ("email", ""), ("language", "ar")]).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/account/settings"), "{}", reply.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_opens_an_account_and_later_signs_in() {
    on_both(|at| async move {
        let mut browser = at.browser();
        open(&at, &mut browser).await;
        let reply = browser.get("/account/settings").await;
        assert_eq!(reply.status, StatusCode::OK);
        assert!(reply.text.contains("منى عبد الرحمن علي") && reply.text.contains("غير مؤكد"));
        assert!(!reply.text.contains("data-scan"), "no staff shell");
        assert_eq!(browser.get("/admin/people").await.status, StatusCode::FORBIDDEN);

        let mut other = at.browser();
        let page = ask(&mut other, "//evil.example").await;
        assert!(!page.contains("evil"), "only own paths are gone to");
        let wrong = other.post(&page, &[("code", "12345")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let code = code(&at).await;
        let reply = other.post(&page, &[("code", &code)]).await;
        assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/account"), "{}", reply.text);
        let again = at.browser().get(&page).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "a used code is over");

        other.get("/account/settings").await;
        let reply = other.post("/account/logout", &[]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
        assert!(other.cookies.get(COOKIE).is_none_or(|token| token.is_empty()), "the cookie is gone");
        assert_eq!(other.get("/account/settings").await.location(), "/account/login?next=/account/settings");
        assert_eq!(browser.get("/account/settings").await.status, StatusCode::OK, "the other device stays");

        // Nothing personal stands anywhere in the clear.
        for table in ["accounts", "login_codes", "outbox", "events"] {
            let rows = at.test.db.query(&format!("SELECT * FROM {table}"), vec![]).await.expect("rows");
            let dump = format!("{rows:?}");
            for secret in [NID, MOBILE, "منى", "1012345678"] {
                assert!(!dump.contains(secret), "{table}: {secret}");
            }
        }
        let left = at.test.db.query("SELECT 1 AS one FROM login_codes", vec![]).await.expect("rows").len();
        assert_eq!(left, 0, "used codes are removed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_guesses_do_not_find_a_code() {
    on_both(|at| async move {
        let mut browser = at.browser();
        let page = ask(&mut browser, "").await;
        let right = code(&at).await;
        let mut refused = 0;
        for guess in 0..100 {
            let guess = format!("{guess:06}");
            if guess == right {
                continue;
            }
            let reply = browser.post(&page, &[("code", &guess)]).await;
            if reply.status != StatusCode::UNPROCESSABLE_ENTITY {
                refused += 1;
            }
        }
        assert_eq!(refused, 96, "four wrong tries are told, the fifth and all others find the code used up");
        let reply = browser.post(&page, &[("code", &right)]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
        assert!(reply.location().starts_with("/account/login"), "the right code is void too");
        assert!(browser.cookies.get(COOKIE).is_none_or(|token| token.is_empty()));

        // Asking anew waits longer and longer.
        let mut waited = false;
        for _ in 0..6 {
            browser.get("/account/login").await;
            let reply = browser.post("/account/login", &[("nid", NID), ("mobile", MOBILE)]).await;
            waited |= reply.status == StatusCode::TOO_MANY_REQUESTS;
        }
        assert!(waited);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_ends_after_ten_minutes_and_leaves_nothing() {
    on_both(|at| async move {
        let mut browser = at.browser();
        let page = ask(&mut browser, "").await;
        let right = code(&at).await;
        at.pass(10 * MINUTE);
        let reply = browser.post(&page, &[("code", &right)]).await;
        assert!(reply.location().starts_with("/account/login"), "{}", reply.text);
        let job = accounts::CodesJob::new(at.site.clone());
        record::jobs::Job::run(&job, "").await.expect("runs");
        let left = at.test.db.query("SELECT 1 AS one FROM login_codes", vec![]).await.expect("rows").len();
        assert_eq!(left, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_opens_what_a_window_recorded_only_with_its_mobile_or_after_the_card_was_seen() {
    on_both(|at| async move {
        let mut browser = at.browser();
        open(&at, &mut browser).await;
        let login = Credentials {
            national_id: NationalId::parse(NID, Date::MAX).expect("a number"),
            mobile: Mobile::parse(MOBILE).expect("a mobile"),
        };
        let account = accounts::find_by_national_id(&at.site, &login.national_id).await.expect("reads").remove(0);
        let known = |at: &TestSite| {
            let (db, keyring, site) = (at.test.db.clone(), at.site.record.keyring().clone(), at.site.clone());
            let id = account.id;
            async move {
                let account = accounts::read(&site, id).await.expect("reads").expect("an account");
                accounts::persons(&mut db.reader(), &keyring, &account).await.expect("reads").len()
            }
        };
        assert_eq!(known(&at).await, 0);

        let clerk = at.person("clerk", Role::Clerk, "01-D01", None).await;
        let assignment = at.give(clerk, Role::Clerk, "01-D02", None).await;
        let seen = async |mobile: &str, assignment: Option<uuid::Uuid>| {
            let applicant = Applicant {
                kind: PersonKind::Person,
                name: "منى عبد الرحمن علي".into(),
                identity: Some(Identity { kind: IdentityKind::NationalId, number: NID.into() }),
                mobile: Some(mobile.into()),
                email: None,
                address: None,
            };
            let (record, ids, now) = (at.site.record.clone(), at.site.ids.clone(), at.site.clock.now());
            let vouched = assignment.is_some();
            at.site
                .db
                .write(move |tx| {
                    let (record, ids, applicant) = (record.clone(), ids.clone(), applicant.clone());
                    Box::pin(async move {
                        let found = citizens::intake(tx, &record, "01", &applicant, None, ids.next(), vouched).await?;
                        let Some(part) = found.part else { return Ok(false) };
                        let command = record::Command {
                            id: ids.next(),
                            tenant: "01".into(),
                            actor: None,
                            assignment,
                            on_behalf: None,
                            occurred_at: now,
                        };
                        record.append_all(tx, &command, &[part]).await?;
                        Ok::<_, citizens::CitizenError>(true)
                    })
                })
                .await
                .expect("recorded")
        };
        assert!(seen(MOBILE, None).await, "somebody new is recorded from home");
        assert_eq!(known(&at).await, 0, "what was typed at home proves nothing");
        assert!(!seen("01112345678", None).await, "and changes nothing that is known");
        assert!(seen("01112345678", Some(assignment)).await);
        assert_eq!(known(&at).await, 0, "the window knows another mobile");
        assert!(seen(MOBILE, Some(assignment)).await);
        assert_eq!(known(&at).await, 1, "the window recorded this mobile");
        assert!(seen("01112345678", Some(assignment)).await);
        assert_eq!(known(&at).await, 0);

        let mut staff = at.browser();
        staff.login("clerk").await;
        let viewer = at.viewer(&staff).await;
        let window = at.site.units.now().unit("01-D01").expect("a unit").place();
        let window = crate::Place { department: Some(crate::place::WINDOW.into()), ..window };
        accounts::confirm(&at.site, &viewer, window.clone(), at.site.ids.next(), account.id).await.expect("confirmed");
        assert_eq!(known(&at).await, 1, "a window has seen the card");
        accounts::confirm(&at.site, &viewer, window, at.site.ids.next(), account.id)
            .await
            .expect("is confirmed already");
    })
    .await;
}
