//! Starting, stopping, and being killed.

use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use foundation::clock::{Clock as _, SystemClock};
use foundation::{dates, params};
use uuid::Uuid;

use crate::browser::{Browser, Page};
use crate::home::{Home, Server};

/// A supervisor with a password of her own, signed in.
pub fn supervisor(home: &Home, server: &Server) -> Browser {
    let added = home
        .run(["user", "add", "mona", "--name", "منى عبد الفتاح السيد", "--unit", "01-G00", "--json"])
        .ends(0)
        .json();
    let mut browser = server.browser();
    browser.first_login("mona", added["password"].as_str().expect("a password"));
    browser
}

/// Declares a holiday of a unit on the nth day from today, as a supervisor does.
pub fn declare(browser: &mut Browser, unit: &str, n: i64, name: &str) -> std::io::Result<Page> {
    let today = dates::day_of(SystemClock.now());
    let day = today.saturating_add(jiff::Span::new().days(n));
    let [d, m, y] = [day.day().to_string(), day.month().to_string(), day.year().to_string()];
    let [td, tm, ty] = [today.day().to_string(), today.month().to_string(), today.year().to_string()];
    let decided = [("decided_on.day", td.as_str()), ("decided_on.month", &tm), ("decided_on.year", &ty)];
    let fields =
        [("day.day", d.as_str()), ("day.month", &m), ("day.year", &y), ("name", name), ("decision", "12/2026")];
    browser.try_post(&format!("/admin/units/{unit}/holidays"), &[fields.as_slice(), &decided].concat())
}

#[test]
fn a_second_start_shows_its_first_page_soon() {
    let home = Home::sqlite();
    drop(home.serve());
    let server = home.serve();
    assert_eq!(server.browser().get("/healthz").status, 200);
    println!("the second start was ready after {:?}", server.took);
}

#[test]
fn a_request_on_its_way_is_answered_before_the_end() {
    let home = Home::sqlite();
    let server = home.serve();
    let mut browser = server.browser();
    browser.get("/login");
    let body = browser.form(&[("login", "nobody"), ("password", "not this one")]);
    let whole = browser.request("POST", "/login", Some(&body));
    let (first, rest) = whole.split_at(whole.len() - 10);
    let mut stream = browser.connect().expect("a connection");
    stream.write_all(first.as_bytes()).expect("sent");
    std::thread::sleep(Duration::from_millis(300));
    server.signal("TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert!(server.browser().try_get("/healthz").is_err(), "nobody new is let in");
    stream.write_all(rest.as_bytes()).expect("sent");
    let page = browser.answer(stream).expect("an answer");
    assert_eq!(page.status, 422, "{}", page.text);
    assert_eq!(server.end(), Some(0));
}

/// A clerk with a password of her own, signed in.
pub fn clerk(home: &Home, server: &Server) -> Browser {
    let added = home.run([
        "user",
        "add",
        "clerk",
        "--name",
        "منى عبد الفتاح السيد",
        "--role",
        "clerk",
        "--unit",
        "01-D16",
        "--json",
    ]);
    let mut browser = server.browser();
    browser.first_login("clerk", added.ends(0).json()["password"].as_str().expect("a password"));
    browser
}

/// What a clerk types for a shop, with all papers.
const SHOP: &[(&str, &str)] = &[
    ("service", "SHP-01"),
    ("applicant.kind", "person"),
    ("applicant.nid", "29001010112345"),
    ("applicant.full_name", "هدى سمير عبد الله"),
    ("applicant.mobile_number", "01012345678"),
    ("unit", "01-D16"),
    ("a.shop_trade_name", "مقهى النيل"),
    ("a.activity_code", "5610"),
    ("a.activity_details", "مشروبات"),
    ("a.premises_address", "15 شارع شبرا"),
    ("a.premises_location", "30.0444, 31.2357"),
    ("a.fee_zone", "city_district"),
    ("a.premises_tenure", "own"),
    ("a.building_licence_status", "licensed"),
    ("a.floor_level", "ground"),
    ("a.shop_area_m2", "45.5"),
    ("a.units_count", "1"),
    ("a.workers_count", "3"),
    ("a.has_motors", "no"),
    ("a.handles_food", "no"),
    ("a.hazardous_materials", "no"),
    ("a.hours_class", "retail"),
    ("do", "register"),
];
const PAPERS: [&str; 10] =
    ["NID", "OWN_OR_LEASE", "RENTVAL", "SURVEY_MAP", "SKETCH", "TAXCARD", "COMREG", "SOCINS", "TANZIM", "BLD_LICENCE"];

/// The fields of the form for a shop.
pub fn shop(request: &str) -> Vec<(&str, &str)> {
    let mut fields = vec![("request", request)];
    fields.extend(SHOP);
    fields.extend(PAPERS.map(|paper| ("papers", paper)));
    fields
}

/// Registers a request at the window; gives its id if that was acknowledged.
pub fn register(browser: &mut Browser) -> Result<Uuid, String> {
    let request = Uuid::from_u128(rand::random());
    let id = request.to_string();
    let page = browser.try_post("/counter/new", &shop(&id)).map_err(|error| error.to_string())?;
    let told = page.location.contains(&id);
    if page.status == 303 && told { Ok(request) } else { Err(format!("{} {}", page.status, page.text)) }
}

/// `kill -9` while eight windows take requests in: what was acknowledged is there afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    for home in [Home::sqlite(), Home::postgres().await] {
        let server = home.serve();
        let mut browser = clerk(&home, &server);
        let page = browser.get("/counter/new?service=SHP-01");
        assert_eq!(page.status, 200, "{} {}", page.location, page.text);

        let acknowledged = Arc::new(Mutex::new(Vec::new()));
        let windows: Vec<_> = (0..8)
            .map(|_| {
                let (mut browser, acknowledged) = (browser.clone(), acknowledged.clone());
                std::thread::spawn(move || -> Result<(), String> {
                    for _ in 0..25 {
                        let request = register(&mut browser)?;
                        acknowledged.lock().expect("the list").push(request);
                    }
                    Ok(())
                })
            })
            .collect();
        while acknowledged.lock().expect("the list").len() < 60 && windows.iter().any(|w| !w.is_finished()) {
            std::thread::sleep(Duration::from_millis(5));
        }
        server.signal("KILL");
        let refused: Vec<_> = windows.into_iter().filter_map(|w| w.join().expect("a window").err()).collect();
        assert_eq!(server.end(), None);
        let acknowledged = acknowledged.lock().expect("the list").clone();
        assert!(
            (60..200).contains(&acknowledged.len()),
            "killed in the middle, after {}: {refused:?}",
            acknowledged.len()
        );

        let again = home.serve();
        let rows = home.db().query("SELECT id FROM requests", params![]).await.expect("read");
        let stored: Vec<Uuid> = rows.iter().map(|row| row.get("id").expect("an id")).collect();
        let lost: Vec<_> = acknowledged.iter().filter(|request| !stored.contains(request)).collect();
        assert!(lost.is_empty(), "lost: {lost:?}");
        println!("{} acknowledged, {} stored", acknowledged.len(), stored.len());
        home.run(["record", "verify"]).ends(0);
        home.run(["record", "rebuild", "--check"]).ends(0);
        drop(again);
    }
}
