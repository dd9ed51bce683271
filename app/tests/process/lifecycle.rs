//! Starting, stopping, and being killed.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use foundation::clock::{Clock as _, SystemClock};
use foundation::{dates, params};

use crate::browser::{Browser, Page};
use crate::home::{Home, Server};

/// A supervisor with a password of her own, signed in.
pub fn supervisor(home: &Home, server: &Server) -> Browser {
    let added = home.run(["user", "add", "mona", "--name", "منى عبد الفتاح السيد", "--unit", "01-G00", "--json"]).ends(0).json();
    let mut browser = server.browser();
    browser.first_login("mona", added["password"].as_str().expect("a password"));
    browser
}

/// Declares a holiday of the governorate on the nth day from today, as a supervisor does.
pub fn declare(browser: &mut Browser, n: i64, name: &str) -> std::io::Result<Page> {
    let today = dates::day_of(SystemClock.now());
    let day = today.saturating_add(jiff::Span::new().days(n));
    let [d, m, y] = [day.day().to_string(), day.month().to_string(), day.year().to_string()];
    let [td, tm, ty] = [today.day().to_string(), today.month().to_string(), today.year().to_string()];
    let decided = [("decided_on.day", td.as_str()), ("decided_on.month", &tm), ("decided_on.year", &ty)];
    let fields = [("day.day", d.as_str()), ("day.month", &m), ("day.year", &y), ("name", name), ("decision", "12/2026")];
    browser.try_post(HOLIDAYS, &[fields.as_slice(), &decided].concat())
}

/// The page of the governorate's holidays.
pub const HOLIDAYS: &str = "/admin/units/01-G00/holidays";

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

/// `kill -9` while eight clients write: whatever was acknowledged is there afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    for home in [Home::sqlite(), Home::postgres().await] {
        let server = home.serve();
        let browser = supervisor(&home, &server);
        let acknowledged = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..8)
            .map(|writer: i64| {
                let (mut browser, acknowledged, stop) = (browser.clone(), acknowledged.clone(), stop.clone());
                std::thread::spawn(move || {
                    for n in 0..25 {
                        if stop.load(Ordering::Relaxed) {
                            return;
                        }
                        let name = format!("عطلة {writer}-{n}");
                        if declare(&mut browser, writer * 25 + n + 1, &name).is_ok_and(|page| page.status == 303) {
                            acknowledged.lock().expect("the list").push(name);
                        }
                    }
                })
            })
            .collect();
        while acknowledged.lock().expect("the list").len() < 60 {
            std::thread::sleep(Duration::from_millis(5));
            assert!(writers.iter().any(|w| !w.is_finished()), "writes are acknowledged: {}", server.log());
        }
        server.signal("KILL");
        stop.store(true, Ordering::Relaxed);
        writers.into_iter().for_each(|writer| writer.join().expect("a writer"));
        assert_eq!(server.end(), None);

        let acknowledged = acknowledged.lock().expect("the list").clone();
        assert!(acknowledged.len() < 200, "it was killed in the middle");
        let again = home.serve();
        let rows = home.db().query("SELECT name FROM holidays WHERE unit = '01-G00'", params![]).await.expect("read");
        let stored: Vec<String> = rows.iter().map(|row| row.get("name").expect("a name")).collect();
        let lost: Vec<_> = acknowledged.iter().filter(|name| !stored.contains(name)).collect();
        assert!(lost.is_empty(), "lost: {lost:?}");
        println!("{} acknowledged, {} stored", acknowledged.len(), stored.len());
        home.run(["record", "verify"]).ends(0);
        home.run(["record", "rebuild", "--check"]).ends(0);
        drop(again);
    }
}
