//! The queue and appointments over HTTP and by commands, on both engines.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use foundation::clock::Micros;
use foundation::dates;
use foundation::identity::Mobile;
use foundation::testing::{engines, sqlite};
use http::StatusCode;
use jiff::civil::{Date, date};
use registry::place::WINDOW;
use registry::testing::{Browser, Reply};
use registry::units::Centre;
use registry::{Place, Role, Viewer};
use window::queue::act::{self, At, Do, Giver, QueueError, Take, Wish};
use window::queue::centre_of;
use window::queue::jobs::BookingsJob;
use window::queue::queries;
use window::queue::rules::Refusal;
use window::queue::rules::ticket::{State, Ticket, Wanted};

use crate::common::{Bureau, TENANT, UNIT};

const MINUTE: i64 = Micros::MINUTE;
/// The test's day.
const SUNDAY: Date = date(2026, 11, 22);

fn centre(b: &Bureau) -> Arc<Centre> {
    centre_of(&b.office.units.now(), UNIT).expect("a centre")
}

fn at(b: &Bureau, desk: i64) -> At {
    let tree = b.office.units.now();
    let place = Place::department(tree.path(UNIT).expect("a unit"), WINDOW);
    At { tenant: TENANT.into(), place, centre: centre(b), desk }
}

async fn give(b: &Bureau, clerk: &Viewer, class: &str, priority: &str) -> Ticket {
    let take = Take {
        command: b.office.ids.next(),
        centre: centre(b),
        class: class.into(),
        priority: priority.into(),
        booking: None,
        by: Giver::Clerk(clerk.clone()),
    };
    act::take(&b.office, take).await.expect("a ticket")
}

async fn press(b: &Bureau, who: &Viewer, desk: i64, what: Do) -> Result<Option<String>, QueueError> {
    let own = act::carry_out(&b.office, who, &at(b, desk), b.office.ids.next(), what).await?;
    Ok(own.map(|ticket| ticket.taken.number))
}

fn wish(b: &Bureau, mobile: &str, minute: i64) -> Wish {
    Wish {
        command: b.office.ids.next(),
        centre: centre(b),
        service: "SHP-01".into(),
        day: date(2026, 11, 23),
        minute,
        mobile: Mobile::parse(mobile).expect("a mobile"),
    }
}

async fn sound(b: &Bureau) {
    let check = b.office.record.rebuild_check().await.expect("runs");
    assert!(check.sound(), "{}: {check:?}", b.name());
}

async fn signed_in(b: &Bureau, router: &Router, login: &str, role: Role) -> Browser {
    b.town.person(login, role, UNIT, None).await;
    let mut browser = Browser::on(router.clone());
    browser.login(login).await;
    browser
}

/// A device of the hall, enrolled by the manager on the device itself.
async fn kiosk(b: &Bureau, router: &Router) -> Browser {
    let mut device = signed_in(b, router, "manager", Role::CentreManager).await;
    let page = device.get(&format!("/kiosk/{UNIT}")).await;
    assert!(page.text.contains("سجّل هذا الجهاز"), "{}", page.text);
    let refused = device.post(&format!("/kiosk/{UNIT}/enrol"), &[("name", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = device.post(&format!("/kiosk/{UNIT}/enrol"), &[("name", "شاشة المدخل")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    // The manager is signed out of it.
    assert_ne!(device.get("/me").await.status, StatusCode::OK);
    device
}

fn number(page: &Reply) -> String {
    let (_, rest) = page.text.split_once("code callno\">").expect("a number");
    rest.split('<').next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_touch_screen_to_the_window_and_out() {
    for test in engines().await {
        let b = Bureau::open(test).await;
        let router = b.router(Bureau::tables());
        let mut device = kiosk(&b, &router).await;
        let page = device.get(&format!("/kiosk/{UNIT}")).await;
        assert!(page.text.contains("تقديم طلب جديد"), "{}", page.text);
        let page = device.get(&format!("/kiosk/{UNIT}?class=A")).await;
        let command = page.hidden("command").expect("a command");
        // Pressed twice: one ticket.
        let form = [("class", "A"), ("priority", "elderly"), ("command", command.as_str())];
        let first = device.post(&format!("/kiosk/{UNIT}"), &form).await;
        let second = device.post(&format!("/kiosk/{UNIT}"), &form).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
        assert_eq!(first.location(), second.location());
        let ticket = device.get(first.location()).await;
        assert_eq!(number(&ticket), "A001");
        assert!(ticket.text.contains("سن 60 فأكثر") && ticket.text.contains("data-print-on-load"));
        let (_, token) = first.location().split_once("/ticket/").expect("a code");
        let token = token.split('?').next().expect("a code");
        let mut phone = Browser::on(router.clone());
        let follow = phone.get(&format!("/Q/{token}")).await;
        assert!(follow.text.contains("دورك التالي"), "{}", follow.text);
        let pdf = phone.get(&format!("/Q/{token}/ticket.pdf")).await;
        assert!(pdf.bytes.starts_with(b"%PDF"), "{}", pdf.text);

        let mut clerk = signed_in(&b, &router, "clerk", Role::Clerk).await;
        // Without a window nobody is called.
        let lost = clerk.post("/counter/queue", &[("do", "next")]).await;
        assert_eq!((lost.status, lost.location()), (StatusCode::SEE_OTHER, "/counter"));
        let seat = format!("{}.2", centre(&b).id);
        clerk.post("/counter/window", &[("window", &seat)]).await;
        let desk = clerk.get("/counter").await;
        assert!(desk.text.contains("نادِ التالي") && desk.text.contains("Alt+N"), "{}", desk.text);
        let called = clerk.post("/counter/queue", &[("do", "next")]).await;
        assert_eq!(called.location(), "/counter", "{}", called.text);
        let desk = clerk.get("/counter").await;
        assert!(desk.text.contains("A001") && desk.text.contains("نادِ مرة أخرى"), "{}", desk.text);
        let hall = phone.get(&format!("/hall/{UNIT}")).await;
        assert!(hall.text.contains("الرقم A001، شباك 2"), "{}", hall.text);
        let screen = phone.get(&format!("/hall/{UNIT}/2")).await;
        assert!(screen.text.contains("A001"));
        assert!(!phone.get(&format!("/hall/{UNIT}/1")).await.text.contains("A001"));
        assert!(phone.get(&format!("/Q/{token}")).await.text.contains("توجّه الآن إلى شباك 2"));
        let intake = clerk.post("/counter/queue", &[("do", "intake")]).await;
        assert_eq!(intake.location(), "/counter/new");
        b.town.pass(7 * MINUTE);
        let ended = clerk.post("/counter/queue", &[("do", "end")]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text);
        assert!(phone.get(&format!("/Q/{token}")).await.text.contains("انتهت خدمتك"));
        let nobody = clerk.post("/counter/queue", &[("do", "next")]).await;
        assert_eq!(nobody.status, StatusCode::SEE_OTHER);
        // What was ended is not ended again.
        assert_eq!(clerk.post("/counter/queue", &[("do", "end")]).await.status, StatusCode::CONFLICT);

        let json = phone.get(&format!("/centres/{UNIT}/queue.json")).await;
        assert!(json.text.contains("\"open\":true") && json.text.contains("\"waiting\":0"), "{}", json.text);
        let page = phone.get(&format!("/centres/{UNIT}")).await;
        assert!(page.text.contains("لا أحد ينتظر الآن"), "{}", page.text);
        let mut boss = Browser::on(router.clone());
        boss.login("manager").await;
        let now = boss.get(&format!("/admin/queue/{UNIT}")).await;
        assert!(now.text.contains("7 دقائق") && now.text.contains("شاشة المدخل"), "{}", now.text);
        sound(&b).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_take_no_tickets_and_closed_halls_give_none() {
    let b = Bureau::open(sqlite().await).await;
    let router = b.router(Bureau::tables());
    let mut outside = Browser::on(router.clone());
    outside.cookies.insert("shubbak-kiosk".into(), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into());
    outside.get("/login").await;
    let page = outside.get(&format!("/kiosk/{UNIT}")).await;
    assert!(page.text.contains("ليس شاشة تذاكر"), "{}", page.text);
    let refused = outside.post(&format!("/kiosk/{UNIT}"), &[("class", "A"), ("priority", "")]).await;
    assert_eq!(refused.location(), format!("/kiosk/{UNIT}"));
    let mut device = kiosk(&b, &router).await;
    // Its secret is good in its own hall alone.
    assert!(device.get("/kiosk/01-D02").await.text.contains("ليس شاشة تذاكر"));
    for address in
        ["/kiosk/99-X00", "/hall/99-X00", "/hall/01-D07/99", "/hall/01-D07/x", "/Q/AAAAAAAAAAAAAAAA", "/B/nothing"]
    {
        assert_eq!(outside.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    // A made-up class, and a priority that only the hour of an appointment gives.
    for form in [[("class", "Z"), ("priority", "")], [("class", "A"), ("priority", "appointment")]] {
        device.get(&format!("/kiosk/{UNIT}?class=A")).await;
        let answer = device.post(&format!("/kiosk/{UNIT}"), &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}: {}", answer.text);
    }
    // After hours it says so; while a window calls it gives tickets all the same.
    b.town.pass(6 * Micros::HOUR);
    let page = device.get(&format!("/kiosk/{UNIT}")).await;
    assert!(page.text.contains("المركز مغلق الآن"), "{}", page.text);
    let shut = device.post(&format!("/kiosk/{UNIT}"), &[("class", "A"), ("priority", "")]).await;
    assert_eq!(shut.location(), format!("/kiosk/{UNIT}"));
    let clerk = b.another(Role::Clerk, UNIT, None).await;
    press(&b, &clerk, 1, Do::Open).await.expect("opened");
    device.get(&format!("/kiosk/{UNIT}?class=A")).await;
    let open = device.post(&format!("/kiosk/{UNIT}"), &[("class", "A"), ("priority", "")]).await;
    assert!(open.location().contains("/ticket/"), "{}", open.text);
    // Taken away by the manager, it gives none.
    let mut boss = Browser::on(router);
    boss.login("manager").await;
    let page = boss.get(&format!("/admin/queue/{UNIT}")).await;
    let id = page.hidden("kiosk").expect("a device");
    let gone = boss.post(&format!("/admin/queue/{UNIT}"), &[("do", "withdraw"), ("kiosk", &id)]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text);
    assert!(device.get(&format!("/kiosk/{UNIT}")).await.text.contains("ليس شاشة تذاكر"));
    sound(&b).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_is_fair_and_out_of_turn_needs_a_reason() {
    for test in engines().await {
        let b = Bureau::open(test).await;
        let clerk = b.another(Role::Clerk, UNIT, None).await;
        let cashier = b.another(Role::Cashier, UNIT, None).await;
        let first = give(&b, &clerk, "A", "").await;
        b.town.pass(20 * MINUTE);
        give(&b, &clerk, "D", "").await;
        give(&b, &clerk, "C", "").await;
        b.town.pass(15 * MINUTE);
        give(&b, &clerk, "E", "elderly").await;
        // Thirty minutes ahead: before D001, not before A001, who has waited 35.
        let order = queries::day(&mut b.office.db.reader(), TENANT, centre(&b).id, SUNDAY).await.expect("reads");
        let numbers: Vec<&str> = order.iter().map(|ticket| ticket.taken.number.as_str()).collect();
        assert_eq!(numbers, ["A001", "E001", "D001", "C001"]);
        assert_eq!(press(&b, &cashier, 5, Do::Advance).await.expect("called").as_deref(), Some("C001"));
        assert_eq!(press(&b, &clerk, 1, Do::Advance).await.expect("called").as_deref(), Some("A001"));
        // Nobody came, twice: absent; the next one is called.
        assert_eq!(press(&b, &clerk, 1, Do::Advance).await.expect("recalled").as_deref(), Some("A001"));
        assert_eq!(press(&b, &clerk, 1, Do::Advance).await.expect("called").as_deref(), Some("E001"));
        let last = order.get(2).expect("D001").id;
        let pick = |ticket, reason: &str| Do::Pick { ticket, reason: reason.into() };
        let busy = press(&b, &clerk, 1, pick(last, "عاد")).await;
        assert!(matches!(busy, Err(QueueError::Refused(Refusal::Busy))), "{busy:?}");
        press(&b, &clerk, 1, Do::Own(Wanted::Begin)).await.expect("begins");
        let silent = press(&b, &clerk, 1, pick(first.id, "  ")).await;
        assert!(matches!(silent, Err(QueueError::Refused(Refusal::NoReason))), "{silent:?}");
        // Who was absent comes after all.
        let back = press(&b, &clerk, 1, pick(first.id, "عاد بعد النداء")).await.expect("called");
        assert_eq!(back.as_deref(), Some("A001"));
        let late = queries::ticket(&mut b.office.db.reader(), TENANT, first.id).await.expect("reads").expect("there");
        assert!(late.picked && late.state == State::Called);
        // A ticket of the till is none of the clerk's; one that was moved there is.
        let moved = Do::Own(Wanted::Move { class: "C".into(), reason: "سداد أولًا".into() });
        press(&b, &clerk, 1, moved).await.expect("moved");
        press(&b, &cashier, 5, Do::Own(Wanted::End)).await.expect("ended");
        assert_eq!(press(&b, &cashier, 5, Do::Advance).await.expect("called").as_deref(), Some("A001"));
        sound(&b).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn windows_that_call_at_once_never_get_the_same_ticket() {
    for test in engines().await {
        let b = Arc::new(Bureau::open(test).await);
        let clerk = b.another(Role::Clerk, UNIT, None).await;
        for _ in 0..12 {
            give(&b, &clerk, "A", "").await;
        }
        let mut numbers = Vec::new();
        for _ in 0..2 {
            let calls = (1..=6_i64).map(|desk| {
                let (b, clerk) = (b.clone(), clerk.clone());
                tokio::spawn(async move { press(&b, &clerk, desk, Do::Advance).await })
            });
            let calls: Vec<_> = calls.collect();
            for call in calls {
                numbers.push(call.await.expect("no panic").expect("called").expect("a ticket"));
            }
            for desk in 1..=6 {
                press(&b, &clerk, desk, Do::Own(Wanted::Begin)).await.expect("begins");
            }
        }
        let different: BTreeSet<&String> = numbers.iter().collect();
        assert_eq!(different.len(), 12, "{}: {numbers:?}", b.name());
        // Twice at one window in one moment: it has one ticket.
        give(&b, &clerk, "A", "").await;
        give(&b, &clerk, "A", "").await;
        let twice = [0, 1].map(|_| {
            let (b, clerk) = (b.clone(), clerk.clone());
            tokio::spawn(async move { press(&b, &clerk, 7, Do::Advance).await })
        });
        for one in twice {
            one.await.expect("no panic").expect("called");
        }
        let waiting = queries::day(&mut b.office.db.reader(), TENANT, centre(&b).id, SUNDAY).await.expect("reads");
        assert_eq!(waiting.iter().filter(|ticket| ticket.state == State::Waiting).count(), 1, "{}", b.name());
        sound(&b).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_drawn_without_a_gap_however_many_press_at_once() {
    for test in engines().await {
        let b = Arc::new(Bureau::open(test).await);
        let clerk = b.another(Role::Clerk, UNIT, None).await;
        let tasks: Vec<_> = (0..40)
            .map(|_| {
                let (b, clerk) = (b.clone(), clerk.clone());
                tokio::spawn(async move { give(&b, &clerk, "A", "").await.taken.number })
            })
            .collect();
        let mut numbers = BTreeSet::new();
        for task in tasks {
            numbers.insert(task.await.expect("a ticket"));
        }
        let expected: BTreeSet<String> = (1..=40).map(|n| format!("A{n:03}")).collect();
        assert_eq!(numbers, expected, "{}", b.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_want_five_places_and_five_get_them() {
    for test in engines().await {
        let b = Arc::new(Bureau::open(test).await);
        let manager = b.another(Role::CentreManager, UNIT, None).await;
        let hall = queries::hall(&mut b.office.db.reader(), TENANT, centre(&b).id).await.expect("reads");
        let mut settings = hall.settings;
        settings.appointments.capacity = 5;
        let command = b.office.ids.next();
        act::set_hall(&b.office, &manager, &centre(&b), (command, hall.version), settings).await.expect("set");
        let tasks: Vec<_> = (0..100)
            .map(|n| {
                let b = b.clone();
                tokio::spawn(async move {
                    let wish = wish(&b, &format!("010{n:08}"), 600 + 10);
                    act::book(&b.office, wish).await
                })
            })
            .collect();
        let (mut booked, mut full) = (0, 0);
        for task in tasks {
            match task.await.expect("no panic") {
                Ok(_) => booked += 1,
                Err(QueueError::Refused(Refusal::Full)) => full += 1,
                Err(error) => panic!("{}: {error:?}", b.name()),
            }
        }
        assert_eq!((booked, full), (5, 95), "{}", b.name());
        sound(&b).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_over_http_with_all_that_goes_wrong() {
    for test in engines().await {
        let b = Bureau::open(test).await;
        let router = b.router(Bureau::tables());
        let mut who = Browser::on(router.clone());
        let home = format!("/centres/{UNIT}/appointments");
        assert!(who.get(&home).await.text.contains("احجز موعدًا"));
        let days = who.get(&format!("{home}?service=SHP-01")).await;
        assert!(days.text.contains("day=2026-11-23"), "{}", days.text);
        assert!(!days.text.contains("day=2026-11-27"), "no Fridays");
        for wrong in ["2026-11-21", "2026-11-27", "2027-11-23", "x"] {
            let page = who.get(&format!("{home}?service=SHP-01&day={wrong}")).await;
            assert!(!page.text.contains("name=\"mobile\""), "{wrong}");
        }
        let day = format!("{home}?service=SHP-01&day=2026-11-23");
        let page = who.get(&day).await;
        assert!(page.text.contains("value=\"610\""), "{}", page.text);
        let form = |minute: &'static str, mobile: &'static str| {
            [("service", "SHP-01"), ("day", "2026-11-23"), ("minute", minute), ("mobile", mobile)]
        };
        let refused = who.post(&home, &form("610", "123")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("<title>خطأ") && refused.text.contains("value=\"123\""), "{}", refused.text);
        assert_eq!(who.post(&home, &form("611", "01000000001")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        who.get(&day).await;
        let made = who.post(&home, &form("610", "٠١٠٠٠٠٠٠٠٠١")).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
        let address = made.location().split('?').next().expect("an address").to_owned();
        let page = who.get(made.location()).await;
        assert!(page.text.contains("حُجز موعدك") && page.text.contains("23 نوفمبر 2026"), "{}", page.text);
        assert!(!page.text.contains("01000000001"), "the mobile is on no page");
        // Once a service and centre; and when the slot has filled, the nearest are offered.
        assert_eq!(who.post(&home, &form("630", "01000000001")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(who.post(&home, &form("610", "01000000002")).await.status, StatusCode::SEE_OTHER);
        let full = who.post(&home, &form("610", "01000000003")).await;
        assert_eq!(full.status, StatusCode::CONFLICT, "{}", full.text);
        assert!(full.text.contains("أقرب المواعيد المتاحة"), "{}", full.text);
        // Moved, its place is free again.
        who.get(&format!("{address}/move?day=2026-11-24")).await;
        let moved = who.post(&format!("{address}/move"), &[("day", "2026-11-24"), ("minute", "610")]).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.text);
        assert!(who.get(&address).await.text.contains("24 نوفمبر"));
        assert_eq!(who.post(&home, &form("610", "01000000003")).await.status, StatusCode::SEE_OTHER);
        // Given up, twice; then it can be booked again.
        who.get(&format!("{address}/cancel")).await;
        for _ in 0..2 {
            let gone = who.post(&format!("{address}/cancel"), &[]).await;
            assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text);
        }
        assert!(who.get(&address).await.text.contains("ملغى"));
        assert_eq!(who.post(&home, &form("650", "01000000001")).await.status, StatusCode::SEE_OTHER);
        // Closed by the manager: no bookings.
        let mut boss = signed_in(&b, &router, "manager", Role::CentreManager).await;
        let page = boss.get(&format!("/admin/appointments/{UNIT}")).await;
        let version = page.hidden("version").expect("a version");
        let set = |length: &'static str, lines: &'static str| {
            vec![("length", length), ("capacity", "1"), ("ahead", "7"), ("lines", lines)]
        };
        for (length, lines) in [("1", ""), ("x", ""), ("20", "NOPE-99 3"), ("20", "BLD-02")] {
            let mut form = set(length, lines);
            form.push(("version", &version));
            let refused = boss.post(&format!("/admin/appointments/{UNIT}"), &form).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{length} {lines}");
        }
        let mut good = set("30", "BLD-02 3");
        good.push(("version", &version));
        let done = boss.post(&format!("/admin/appointments/{UNIT}"), &good).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        assert_eq!(boss.post(&format!("/admin/appointments/{UNIT}"), &good).await.status, StatusCode::CONFLICT);
        assert!(who.get(&home).await.text.contains("لا يستقبل حجز المواعيد"));
        assert_eq!(who.post(&home, &form("690", "01000000009")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        sound(&b).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_at_the_hour_goes_first_and_who_does_not_is_noted() {
    for test in engines().await {
        let b = Bureau::open(test).await;
        let booked = act::book(&b.office, wish(&b, "01000000001", 610)).await.expect("booked");
        let missed = act::book(&b.office, wish(&b, "01000000002", 610)).await.expect("booked");
        let job = BookingsJob::new(b.office.clone());
        assert_eq!(job.round().await.expect("runs"), Default::default(), "it was booked just now");
        b.town.pass(Micros::HOUR);
        assert_eq!(job.round().await.expect("runs").reminded, 2, "the day before");
        assert_eq!(job.round().await.expect("runs").reminded, 0, "once");
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM outbox WHERE template = 'appointment'";
        let row = b.office.db.query_one(sql, Vec::new()).await.expect("reads");
        assert_eq!(row.get::<i64>("n").expect("a number"), 2, "{}: each is in the outbox", b.name());
        // Monday, twenty minutes before, then ten.
        b.town.pass(booked.at().minus(20 * MINUTE).since(b.office.clock.now()));
        let clerk = b.another(Role::Clerk, UNIT, None).await;
        give(&b, &clerk, "A", "").await;
        let take = |booking| Take {
            command: b.office.ids.next(),
            centre: centre(&b),
            class: "A".into(),
            priority: String::new(),
            booking: Some(booking),
            by: Giver::Clerk(clerk.clone()),
        };
        let monday = date(2026, 11, 23);
        let reader = &mut b.office.db.reader();
        let now = queries::booking(reader, &booked.token).await.expect("reads").expect("there");
        let early = act::take(&b.office, take(now.clone())).await;
        assert!(matches!(early, Err(QueueError::Refused(Refusal::Early))), "{early:?}");
        b.town.pass(10 * MINUTE);
        let ticket = act::take(&b.office, take(now.clone())).await.expect("a ticket");
        assert_eq!(ticket.taken.priority, "appointment");
        let again = act::take(&b.office, take(now)).await;
        assert!(again.is_err(), "one ticket an appointment");
        let order = queries::day(reader, TENANT, centre(&b).id, monday).await.expect("reads");
        assert_eq!(order.first().map(|first| first.id), Some(ticket.id));
        b.town.pass(Micros::HOUR);
        assert_eq!(job.round().await.expect("runs").missed, 1);
        let over = queries::booking(reader, &missed.token).await.expect("reads").expect("there");
        assert_eq!(over.state, window::queue::rules::booking::State::Missed);
        // After its time the mobile is erased for good.
        b.town.pass(80 * Micros::DAY);
        assert_eq!(job.round().await.expect("runs").forgotten, 2);
        assert_eq!(job.round().await.expect("runs").forgotten, 0);
        let key = b.office.record.keyring().open(reader, TENANT, booked.id).await.expect("reads");
        assert!(key.is_none(), "{}: no key opens it", b.name());
        sound(&b).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_missed_appointments_close_the_booking_for_a_fortnight() {
    let b = Bureau::open(sqlite().await).await;
    let job = BookingsJob::new(b.office.clone());
    for (n, service) in ["SHP-01", "SHP-02", "BLD-02"].into_iter().enumerate() {
        let minute = 610 + 20 * i64::try_from(n).expect("small");
        let wish = Wish { service: service.into(), ..wish(&b, "01000000001", minute) };
        act::book(&b.office, wish).await.expect("booked");
    }
    let fourth = Wish { service: "CER-01".into(), ..wish(&b, "01000000001", 710) };
    let many = act::book(&b.office, fourth).await;
    assert!(matches!(many, Err(QueueError::Refused(Refusal::TooMany))), "{many:?}");
    b.town.pass(2 * Micros::DAY);
    assert_eq!(job.round().await.expect("runs").missed, 3);
    let today = dates::day_of(b.office.clock.now());
    let again = |day: Date, mobile: &str| Wish { day, ..wish(&b, mobile, 610) };
    let day = today.tomorrow().expect("a day");
    let blocked = act::book(&b.office, again(day, "01000000001")).await;
    assert!(matches!(blocked, Err(QueueError::Refused(Refusal::Blocked { .. }))), "{blocked:?}");
    act::book(&b.office, again(day, "01000000002")).await.expect("others book");
    b.town.pass(14 * Micros::DAY);
    let day = dates::day_of(b.office.clock.now());
    let day = b.office.units.now().calendar(UNIT).expect("a calendar").working_day_from(day.tomorrow().expect("a day"));
    act::book(&b.office, again(day, "01000000001")).await.expect("may book again");
    sound(&b).await;
}

/// No clear mobile lies in any table.
#[tokio::test(flavor = "multi_thread")]
async fn the_mobile_lies_nowhere_in_the_clear() {
    let b = Bureau::open(sqlite().await).await;
    act::book(&b.office, wish(&b, "01098765432", 610)).await.expect("booked");
    let mut found = Vec::new();
    let files = b.town.test.places().into_iter().filter_map(|place| std::fs::read_dir(place).ok()).flatten();
    for file in files.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()) {
        let bytes = std::fs::read(&file).expect("reads");
        if bytes.windows(11).any(|window| window == b"01098765432") {
            found.push(file);
        }
    }
    assert!(found.is_empty(), "{found:?}");
}
