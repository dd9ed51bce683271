//! The law's days that pass: recorded once, shown to everybody, rebuilt the same, on both engines.

use std::sync::Arc;

use crate::common::{Bureau, NID, UNIT, accept};
use foundation::clock::Micros;
use foundation::params;
use foundation::testing::engines;
use foundation::web::{ShellSettings, SiteInfo, serve_pages};
use http::StatusCode;
use record::jobs::{Job, Runner};
use registry::Role;
use registry::testing::Browser;
use serde_json::json;
use uuid::Uuid;
use window::requests::act;
use window::requests::events::{Missing, Status};
use window::requests::jobs::LimitsJob;
use window::requests::queries::{self, InboxFilter, Marks};
use window::requests::rules::{Command, day};
use window::{counter, desk, public};

const DAY: i64 = 24 * Micros::HOUR;

/// A transfer of a shop's licence: thirty days of the calendar, silence approves.
async fn transfer(b: &mut Bureau) -> (Uuid, String) {
    let clerk = b.clerk().await;
    let form = b.form(
        "SHP-07",
        json!({
            "licence_number": "1234", "activity_code": "5610", "premises_address": "15 شارع شبرا",
            "shop_area_m2": "45.5", "security_activity": false,
        }),
    );
    let id = form.request;
    let answer = act::register(&b.office, &clerk, form).await.expect("is registered");
    (id, answer.slip.expect("a slip"))
}

async fn pass(b: &Bureau) -> u64 {
    LimitsJob::new(b.office.clone()).pass().await.expect("looks")
}

fn pages(b: &Bureau) -> Browser {
    let tables = vec![registry::pages::routes(), public::routes(), counter::routes(), desk::routes()];
    let pages = registry::routes::mount(tables, b.office.site().clone());
    let info = SiteInfo { public_url: b.office.settings.public_url.clone(), ..SiteInfo::default() };
    Browser::on(serve_pages(pages.layer(b.office.layer()), ShellSettings::new(info)))
}

async fn signed_in(b: &Bureau, login: &str, role: Role, department: Option<&str>) -> Browser {
    b.town.person(login, role, UNIT, department).await;
    let mut browser = pages(b);
    assert_eq!(browser.login(login).await.status, StatusCode::SEE_OTHER);
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_approves_once_and_opens_fees_and_issue() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let (id, slip) = transfer(&mut b).await;
        assert_eq!(pass(&b).await, 0, "{}", b.name());
        // The inbox has the law's day before its own eyes.
        let clerk = b.clerk().await;
        let desks = queries::desks(&clerk, &b.office.units.now(), registry::Right::TakeRequests);
        let marks = Marks::at(b.office.clock.now());
        let mut q = b.office.db.reader();
        let page = queries::inbox(&mut q, &desks, &InboxFilter::default(), &marks, None, 25).await.expect("reads");
        let line = page.rows.first().expect("a row");
        assert_eq!(line.law_due, day(b.office.clock.now()).checked_add(jiff::Span::new().days(30)).ok());

        b.town.pass(31 * DAY);
        // As the machine does it: planned for the next hour, run when that has come.
        let job: Arc<dyn Job> = Arc::new(LimitsJob::new(b.office.clone()));
        let runner = Runner::new(&b.office.db, b.office.clock.clone(), vec![job]);
        runner.plan().await.expect("is planned");
        b.town.pass(2 * Micros::HOUR);
        assert_eq!(runner.run_due().await.expect("runs"), 1, "{}", b.name());
        b.town.pass(Micros::HOUR);
        assert_eq!(runner.run_due().await.expect("runs"), 1, "{}: the next hour has its own", b.name());
        assert!(record::jobs::failed(&mut b.office.db.reader()).await.expect("reads").is_empty(), "{}", b.name());
        let state = b.state(id).await;
        assert_eq!(
            state.course.trail.last().map(|mark| (mark.kind.as_str(), mark.by)),
            Some(("request.limit-passed", None))
        );
        let deemed = state.course.deemed_approved().expect("is approved").clone();
        assert_eq!((deemed.law.as_deref(), deemed.articles.as_deref()), (Some("L154-2019"), Some("19")));
        assert!(state.course.issued.is_empty());
        assert_eq!(pass(&b).await, 0, "{}: once", b.name());
        assert_eq!(b.state(id).await.version, state.version);

        // Everybody is told, with the ground.
        let said = "اعتُبر الطلب مقبولًا بقوة القانون";
        let mut citizen = pages(&b);
        let journey = citizen.get(&format!("/T/{slip}")).await;
        assert!(journey.text.contains(said) && journey.text.contains("154 لسنة 2019"), "{}", journey.text);
        assert!(!journey.text.contains(NID));
        let mut head = signed_in(&b, "head.limits", Role::UnitHead, None).await;
        let approvals = head.get("/desk/approvals").await;
        assert!(approvals.text.contains("مقبول بقوة القانون"), "{}", approvals.text);
        let file = head.get(&format!("/desk/requests/{id}")).await;
        assert!(file.text.contains(said) && file.text.contains("بقوة القانون"), "{}", file.text);
        let mut window = signed_in(&b, "clerk.limits", Role::Clerk, None).await;
        assert!(window.get(&format!("/counter/requests/{id}")).await.text.contains(said));

        assert!(b.office.record.rebuild_check().await.expect("runs").sound(), "{}", b.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_passes_while_the_applicant_is_waited_for() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let (id, _) = transfer(&mut b).await;
        let clerk = b.clerk().await;
        let missing = Command::AskCompletion {
            step: 1,
            items: vec![Missing::Document { doc: "NID".into() }],
            note: String::new(),
            until: day(b.office.clock.now().plus_days(60)),
        };
        act::act(&b.office, &clerk, b.act(id, 1, missing)).await.expect("is asked");
        b.town.pass(45 * DAY);
        assert_eq!(pass(&b).await, 0, "{}", b.name());
        let open = "SELECT law_due_at FROM requests WHERE law_due_at IS NOT NULL";
        assert!(b.office.db.query_opt(open, params![]).await.expect("reads").is_none(), "nobody has to look");
        assert_eq!(b.state(id).await.course.status, Status::WaitingCompletion);
        assert!(b.office.record.rebuild_check().await.expect("runs").sound(), "{}", b.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_machines_record_one_passing() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let (id, _) = transfer(&mut b).await;
        let clerk = b.clerk().await;
        act::act(&b.office, &clerk, b.act(id, 1, accept(1))).await.expect("goes on");
        // The examination fee is waited for; then the office is silent.
        let state = b.state(id).await;
        let (cashier, pay) = b.next(&state, 2).await;
        act::act(&b.office, &cashier, b.act(id, state.version, pay)).await.expect("is paid");
        b.town.pass(40 * DAY);
        let (one, two) = tokio::join!(pass(&b), pass(&b));
        assert!(one + two >= 1, "{}", b.name());
        let sql = "SELECT COUNT(*) AS n FROM events WHERE kind = 'request.limit-passed'";
        let count = b.office.db.query_one(sql, params![]).await.expect("counts");
        assert_eq!(count.get::<i64>("n").expect("n"), 1, "{}", b.name());
    }
}
