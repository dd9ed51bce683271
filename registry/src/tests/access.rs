//! Who was disabled writes nothing from that moment, though their session was read a moment ago.

use axum::http::StatusCode;

use super::on_both;
use crate::access::{self, Refused};
use crate::place::Place;
use crate::rights::{Right, Role};
use crate::sessions;
use crate::staff::{self, By};
use crate::testing::{PASSWORD, TestSite};
use crate::viewer::Viewer;

async fn viewer_of(at: &TestSite, browser: &crate::testing::Browser) -> Viewer {
    let cookie = format!("{}={}", sessions::COOKIE, browser.cookies[sessions::COOKIE]);
    let mut headers = axum::http::HeaderMap::new();
    headers.insert("cookie", cookie.parse().expect("a header"));
    sessions::viewer(&at.site, &headers, at.site.clock.now()).await.expect("a viewer")
}

async fn confirm(at: &TestSite, viewer: &Viewer, right: Right, place: Place) -> Result<u64, Refused> {
    let viewer = viewer.clone();
    at.test
        .db
        .write(move |tx| {
            let (viewer, place) = (viewer.clone(), place.clone());
            Box::pin(async move {
                let before = tx.statements();
                access::confirm(tx, &viewer, right, &place).await?;
                Ok::<_, Refused>(tx.statements() - before)
            })
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_write_asks_again_in_one_statement() {
    on_both(|at| async move {
        let staff = at.person("mona", Role::Clerk, "01-D01", None).await;
        let mut browser = at.browser();
        browser.login("mona").await;
        let viewer = viewer_of(&at, &browser).await;
        let own = Place::unit(at.site.units.now().path("01-D01").expect("the unit"));
        let sibling = Place::unit(at.site.units.now().path("01-D02").expect("the unit"));
        assert_eq!(confirm(&at, &viewer, Right::TakeRequests, own.clone()).await.expect("confirmed"), 1);
        assert!(matches!(confirm(&at, &viewer, Right::TakeRequests, sibling).await, Err(Refused::NoRight)));
        assert!(matches!(confirm(&at, &viewer, Right::Approve, own.clone()).await, Err(Refused::NoRight)));
        let nobody = Viewer::anonymous(at.site.clock.now());
        assert!(matches!(confirm(&at, &nobody, Right::TakeRequests, own.clone()).await, Err(Refused::NotSignedIn)));

        // The viewer was read before; the clock has not moved since.
        staff::disable(&at.site, &By::Machine, at.site.ids.next(), staff, "نقل إلى وحدة أخرى").await.expect("disabled");
        assert!(matches!(confirm(&at, &viewer, Right::TakeRequests, own.clone()).await, Err(Refused::Ended)));
        assert_eq!(browser.get("/me").await.status, StatusCode::SEE_OTHER);
        let reply = browser.post("/login", &[("login", "mona"), ("password", PASSWORD)]).await;
        assert_ne!(reply.status, StatusCode::SEE_OTHER, "a closed account does not sign in");

        staff::enable(&at.site, &By::Machine, at.site.ids.next(), staff).await.expect("enabled");
        assert!(
            matches!(confirm(&at, &viewer, Right::TakeRequests, own).await, Err(Refused::Ended)),
            "the old session stays ended"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_role_and_a_passed_day_end_the_right() {
    on_both(|at| async move {
        let staff = at.person("mona", Role::Clerk, "01-D01", None).await;
        let second = at.give(staff, Role::Cashier, "01-D01", None).await;
        let mut browser = at.browser();
        browser.login("mona").await;
        let viewer = viewer_of(&at, &browser).await;
        let own = Place::unit(at.site.units.now().path("01-D01").expect("the unit"));
        confirm(&at, &viewer, Right::CollectPayments, own.clone()).await.expect("confirmed");
        staff::revoke(&at.site, &By::Machine, at.site.ids.next(), staff, second, "انتهاء التكليف")
            .await
            .expect("withdrawn");
        assert!(matches!(confirm(&at, &viewer, Right::CollectPayments, own.clone()).await, Err(Refused::Ended)));
        confirm(&at, &viewer, Right::TakeRequests, own).await.expect("the other role stays");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_command_does_one_thing() {
    on_both(|at| async move {
        let command = at.site.ids.next();
        let new = staff::NewPerson {
            command,
            login: "salma".into(),
            name: "سلمى حسن إبراهيم".into(),
            unit: "01-D01".into(),
            password: None,
        };
        let first = staff::add(&at.site, &By::Machine, new.clone()).await.expect("added");
        let again = staff::add(&at.site, &By::Machine, new).await.expect("answered");
        assert_eq!(first.staff, again.staff);
        assert!(first.password.is_some() && again.password.is_none(), "a password is shown once");
        let rows = at.test.db.query("SELECT staff FROM staff WHERE login = 'salma'", vec![]).await.expect("rows");
        assert_eq!(rows.len(), 1);
        let taken = staff::NewPerson {
            command: at.site.ids.next(),
            login: "SALMA".into(),
            name: "سلمى عادل فؤاد".into(),
            unit: "01-D02".into(),
            password: None,
        };
        let refused = staff::add(&at.site, &By::Machine, taken).await.expect_err("taken");
        assert!(matches!(refused, staff::StaffError::Refused(staff::Refusal::LoginTaken)), "{refused:?}");
    })
    .await;
}
