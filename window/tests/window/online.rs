//! Applying from home, over HTTP on both engines: steps, drafts, papers, sending, answering, taking back,
//! and what nobody else gets to see.

use axum::http::StatusCode;
use foundation::clock::Micros;
use foundation::testing::engines;
use record::outbox::{self, Content};
use registry::testing::{Browser, Reply};
use registry::{Role, accounts};
use serde_json::json;
use window::online::ApplicationsJob;
use window::requests::act;
use window::requests::events::{Missing, Status};
use window::requests::rules::{Command, day};
use window::requests::state::State;
use window::uploads::SweepJob;

use crate::common::http::{errors, multipart};
use crate::common::{Bureau, TENANT, UNIT};

pub(crate) const NID: &str = "28503150102233";
pub(crate) const MOBILE: &str = "01198765432";
const NAME: &str = "نفرتاري سنوسرت الفيروز قظضغ";

async fn house(test: foundation::testing::TestDb) -> Bureau {
    Bureau::open(test).await
}

pub(crate) fn browser(b: &Bureau) -> Browser {
    Browser::on(b.router(Bureau::tables()))
}

/// Somebody with an account, signed in by the code of the message.
pub(crate) async fn citizen(b: &Bureau, nid: &str, mobile: &str) -> Browser {
    let mut who = browser(b);
    who.get("/account/login").await;
    let reply = who.post("/account/login", &[("nid", nid), ("mobile", mobile), ("next", "/account")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
    let page = reply.location().to_owned();
    let id = page.split(['/', '?']).nth(3).expect("the id of the code");
    let id = record::follow::derived_id("login-code", id);
    let messages = outbox::opened(&mut b.office.db.reader(), b.office.record.keyring(), 50).await.expect("reads");
    let message = messages.into_iter().find(|message| message.listed.id == id).and_then(|message| message.content);
    let Some(Content::Sms { text, .. }) = message else { panic!("a message") };
    let code: String = text.chars().filter(char::is_ascii_digit).collect();
    let reply = who.post(&page, &[("code", &code)]).await;
    let next = reply.location().to_owned();
    if next.starts_with("/account/open/") {
        let reply = who.post(&next, &[("name", NAME), ("language", "ar")]).await;
        assert_eq!(reply.location(), "/account", "{}", errors(&reply));
    }
    assert_eq!(who.get("/account").await.status, StatusCode::OK);
    who
}

/// What somebody types for a shop, wherever it is asked.
const SHOP: &[(&str, &str)] = &[
    ("a.shop_trade_name", "مقهى النيل"),
    ("a.activity_code", "5610"),
    ("a.activity_details", "مشروبات"),
    ("a.premises_address", "15 شارع شبرا"),
    ("a.premises_location.lat", "٣٠٫٠٤٤٤"),
    ("a.premises_location.lng", "31.2357"),
    ("a.fee_zone", "city_district"),
    ("a.premises_tenure", "own"),
    ("a.building_licence_status", "licensed"),
    ("a.floor_level", "ground"),
    ("a.shop_area_m2", "٤٥٫٥"),
    ("a.units_count", "1"),
    ("a.workers_count", "3"),
    ("a.has_motors", "no"),
    ("a.handles_food", "no"),
    ("a.hazardous_materials", "no"),
    ("a.hours_class", "retail"),
];

/// Begins an application for a shop; gives its path.
pub(crate) async fn begin(who: &mut Browser) -> String {
    let page = who.get("/apply/SHP-01?gov=01").await;
    assert_eq!(page.status, StatusCode::OK, "{}", errors(&page));
    let command = page.hidden("command").expect("a command");
    let reply = who.post("/apply/SHP-01", &[("command", &command), ("gov", "01"), ("unit", UNIT)]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
    let path = reply.location().to_owned();
    // Pressed twice, it is one application.
    who.get("/apply/SHP-01?gov=01").await;
    let again = who.post("/apply/SHP-01", &[("command", &command), ("gov", "01"), ("unit", UNIT)]).await;
    assert_eq!(again.location(), path);
    path
}

/// Sends one page of the form with what is typed for it.
async fn page(who: &mut Browser, at: &str, typed: &[(&str, &str)]) -> Reply {
    let shown = who.get(at).await;
    assert_eq!(shown.status, StatusCode::OK, "{at}");
    let seen = shown.hidden("seen").expect("a version");
    let mut fields = vec![("seen", seen.as_str())];
    fields.extend(typed.iter().filter(|(name, _)| shown.text.contains(&format!("name=\"{name}\""))).copied());
    who.post(at, &fields).await
}

/// The whole form, from the list of tasks to the papers; gives how many pages it had.
pub(crate) async fn fill(who: &mut Browser, path: &str) -> usize {
    let mut at = format!("{path}/form/1");
    let mut pages = 0;
    while at.contains("/form/") {
        let reply = page(who, &at, SHOP).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{at}: {}", errors(&reply));
        at = reply.location().to_owned();
        pages += 1;
        assert!(pages < 20, "the pages come to an end");
    }
    assert_eq!(at, format!("{path}/papers"));
    pages
}

pub(crate) const PAPERS: [&str; 10] =
    ["NID", "OWN_OR_LEASE", "RENTVAL", "SURVEY_MAP", "SKETCH", "TAXCARD", "COMREG", "SOCINS", "TANZIM", "BLD_LICENCE"];

/// Gives papers and goes on.
pub(crate) async fn papers(who: &mut Browser, path: &str, given: &[&str], later: bool) -> Reply {
    let shown = who.get(&format!("{path}/papers")).await;
    let token = shown.hidden("csrf").expect("a token");
    let mut fields = vec![("csrf".to_owned(), token), ("do".to_owned(), "next".to_owned())];
    if later {
        fields.push(("later".into(), "yes".into()));
    }
    let names: Vec<String> = given.iter().map(|doc| format!("file.{doc}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    multipart(who, &format!("{path}/papers"), &fields, &names).await
}

/// Checks and sends; gives the number.
pub(crate) async fn send(who: &mut Browser, path: &str) -> String {
    let check = who.get(&format!("{path}/check")).await;
    assert!(check.text.contains("name=\"declared\""), "ready: {}", errors(&check));
    let refused = who.post(&format!("{path}/check"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing declared");
    let reply = who.post(&format!("{path}/check"), &[("declared", "yes")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
    let to = reply.location().to_owned();
    let number = to.strip_prefix("/account/requests/").and_then(|rest| rest.strip_suffix("?sent=yes"));
    number.unwrap_or_else(|| panic!("{to}")).to_owned()
}

pub(crate) async fn state(b: &Bureau, number: &str) -> (uuid::Uuid, State) {
    let row = b.office.db.query("SELECT id FROM requests WHERE number = $1", vec![number.into()]).await.expect("reads");
    let id = row[0].get("id").expect("an id");
    let state = window::requests::store::load(&mut b.office.db.reader(), TENANT, id).await.expect("reads");
    (id, state.expect("a request"))
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_applies_from_home_answers_and_takes_the_licence_home() {
    for test in engines().await {
        let mut b = house(test).await;
        let anonymous = browser(&b).get("/apply/SHP-01").await;
        assert_eq!(anonymous.location(), "/account/login?next=/apply/SHP-01", "first the login, then back");
        let mut who = citizen(&b, NID, MOBILE).await;
        let path = begin(&mut who).await;

        // What is wrong is told on its own page, and kept.
        let reply = page(&mut who, &format!("{path}/form/1"), &[("a.shop_trade_name", "مقهى النيل")]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.text.contains("value=\"مقهى النيل\"") && reply.text.contains("خطأ:"));
        let tasks = who.get(&path).await;
        assert!(tasks.text.contains("لم يكتمل"), "half a page is told as such");

        let pages = fill(&mut who, &path).await;
        assert!((4..12).contains(&pages), "{pages}");
        let reply = papers(&mut who, &path, &PAPERS[..4], false).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.location());
        assert!(errors(&reply).contains("البطاقة الضريبية"), "{}", errors(&reply));
        // What was given stays although others are missing, also over a day.
        b.town.pass(2 * Micros::DAY);
        SweepJob::new(b.office.clone()).sweep().await.expect("sweeps");
        let mut who = citizen(&b, NID, MOBILE).await;
        let reply = papers(&mut who, &path, &PAPERS[4..9], true).await;
        assert_eq!(reply.location(), format!("{path}/check"), "{}", errors(&reply));
        let number = send(&mut who, &path).await;

        // The back button, and the same form once more: one request.
        let back = who.get(&format!("{path}/check")).await;
        assert_eq!(back.location(), format!("/account/requests/{number}"));
        let twice = who.post(&format!("{path}/check"), &[("declared", "yes")]).await;
        assert_eq!(twice.location(), format!("/account/requests/{number}"));
        let rows = b.office.db.query("SELECT 1 AS one FROM requests", vec![]).await.expect("reads");
        assert_eq!(rows.len(), 1);
        let (id, registered) = state(&b, &number).await;
        assert_eq!(registered.file.registered_by, None);
        assert_eq!(registered.file.papers.iter().filter(|paper| !paper.files.is_empty()).count(), 9);
        assert_eq!(registered.file.pending().count(), 1, "the tenth comes later");
        assert_eq!(registered.file.answers["premises_location"], json!(["31.235700", "30.044400"]));

        // A paper that was to come later.
        let supply = format!("/account/requests/{number}/supply");
        let shown = who.get(&supply).await;
        let fields: Vec<(String, String)> = ["csrf", "command", "seen", "step"]
            .iter()
            .map(|name| ((*name).to_owned(), shown.hidden(name).unwrap_or_default()))
            .collect();
        let reply = multipart(&mut who, &supply, &fields, &["file.BLD_LICENCE"]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
        assert_eq!(state(&b, &number).await.1.file.pending().count(), 0);

        // The department asks for something; the answer comes from home.
        b.forward(id).await.expect("the window has checked");
        let reviewer = b.officer(Role::Reviewer, UNIT, Some("LIC")).await;
        let (_, now) = state(&b, &number).await;
        let (step, _) = now.course.open_steps().next().expect("a desk");
        let until = day(b.office.clock.now()).checked_add(jiff::Span::new().days(7)).expect("a day");
        let items = vec![Missing::Text { text: "وضح مساحة المخزن".into() }];
        let ask = Command::AskCompletion { step, items, note: "للمراجعة".into(), until };
        act::act(&b.office, &reviewer, b.act(id, now.version, ask)).await.expect("asked");
        let home = who.get("/account").await;
        assert!(home.text.contains("مطلوب منك مستند أو بيان واحد"), "told on the first page");
        let shown = who.get(&supply).await;
        assert!(shown.text.contains("وضح مساحة المخزن"));
        let command = shown.hidden("command").expect("a command");
        let empty = who.post(&supply, &[("command", &command)]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let step = step.to_string();
        let answer = [("command", command.as_str()), ("step", step.as_str()), ("text.0", "المخزن 12 مترًا")];
        assert_eq!(who.post(&supply, &answer).await.status, StatusCode::SEE_OTHER);
        let (_, now) = state(&b, &number).await;
        assert!(now.course.completions.iter().all(|asked| !asked.is_open()));
        assert_eq!(now.course.status, Status::InProgress);

        // To the licence, which its holder takes home.
        let ended = b.until_the_end(id).await;
        let paper = ended.course.issued.last().expect("a licence").number.clone();
        let home = who.get("/account/papers").await;
        assert!(home.text.contains(&format!("/account/papers/{paper}.pdf")));
        let pdf = who.get(&format!("/account/papers/{paper}.pdf")).await;
        assert_eq!((pdf.status, pdf.headers["content-type"].to_str().ok()), (StatusCode::OK, Some("application/pdf")));
        let slip = who.get(&format!("/account/requests/{number}/slip.pdf")).await;
        assert_eq!(slip.status, StatusCode::OK);
        let shown = who.get(&format!("/account/requests/{number}")).await;
        assert!(shown.text.contains("من فتح ملفك"));

        // What was given once is offered again.
        let path = begin(&mut who).await;
        fill(&mut who, &path).await;
        let shown = who.get(&format!("{path}/papers")).await;
        let (_, rest) = shown.text.split_once("name=\"given.NID\" value=\"").expect("offered again");
        let given = rest.split('"').next().unwrap_or_default().to_owned();
        let token = shown.hidden("csrf").expect("a token");
        let fields = [
            ("csrf", token.as_str()),
            ("do", "next"),
            ("later", "yes"),
            ("given.NID", given.as_str()),
            ("given.TAXCARD", "01/00000000-0000-7000-8000-000000000000/00"),
        ];
        let fields: Vec<(String, String)> = fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let reply = multipart(&mut who, &format!("{path}/papers"), &fields, &[]).await;
        assert_eq!(reply.location(), format!("{path}/check"), "{}", errors(&reply));
        let number = send(&mut who, &path).await;
        let (_, again) = state(&b, &number).await;
        let here: Vec<&str> =
            again.file.papers.iter().filter(|p| !p.files.is_empty()).map(|p| p.doc.as_str()).collect();
        assert_eq!(here, ["NID"], "the one that was ticked, and no forged one");

        // Taken back.
        let shown = who.get(&format!("/account/requests/{number}/withdraw")).await;
        let command = shown.hidden("command").expect("a command");
        let reply = who
            .post(&format!("/account/requests/{number}/withdraw"), &[("command", &command), ("reason", "عدلت")])
            .await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
        assert_eq!(state(&b, &number).await.1.course.status, Status::Withdrawn);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_what_is_anothers() {
    for test in engines().await {
        let b = house(test).await;
        let mut who = citizen(&b, NID, MOBILE).await;
        let path = begin(&mut who).await;
        fill(&mut who, &path).await;
        papers(&mut who, &path, &PAPERS, false).await;
        let sent = begin(&mut who).await;
        fill(&mut who, &sent).await;
        papers(&mut who, &sent, &PAPERS, false).await;
        let number = send(&mut who, &sent).await;
        let (id, state) = state(&b, &number).await;
        let file = state.file.papers[0].files[0].hash.clone();

        // The same national id with another mobile is another account.
        for (nid, mobile) in [("27001011401234", "01011112222"), (NID, "01011113333")] {
            let mut other = citizen(&b, nid, mobile).await;
            for below in ["", "/form/1", "/papers", "/check", "/discard"] {
                let reply = other.get(&format!("{path}{below}")).await;
                assert_eq!(reply.status, StatusCode::GONE, "{below}");
                assert!(!reply.text.contains("مقهى"));
            }
            for below in ["", "/slip.pdf", "/supply", "/withdraw", &format!("/files/{file}")] {
                let reply = other.get(&format!("/account/requests/{number}{below}")).await;
                assert_eq!(reply.status, StatusCode::NOT_FOUND, "{below}");
            }
            for (to, fields) in [
                (format!("{path}/form/1"), vec![("seen", "1"), ("a.shop_trade_name", "غيري")]),
                (format!("{path}/check"), vec![("declared", "yes")]),
                (format!("{path}/discard"), vec![]),
                (
                    format!("/account/requests/{number}/withdraw"),
                    vec![("command", "0190a5b0-0000-7000-8000-000000000001"), ("reason", "x")],
                ),
            ] {
                let reply = other.post(&to, &fields).await;
                assert!(!reply.status.is_success(), "{to}: {}", reply.status);
            }
            let home = other.get("/account").await;
            assert!(!home.text.contains(&number));
        }
        assert_eq!(who.get(&format!("{path}/check")).await.status, StatusCode::OK, "still there and unchanged");
        assert_ne!(self::state(&b, &number).await.1.course.status, Status::Withdrawn);

        // An account is no officer, and an officer no account.
        assert_eq!(who.get(&format!("/counter/requests/{id}")).await.status, StatusCode::FORBIDDEN);
        b.town.person("clerk", Role::Clerk, UNIT, None).await;
        let mut clerk = browser(&b);
        clerk.login("clerk").await;
        assert_eq!(clerk.get("/account").await.status, StatusCode::FORBIDDEN);
        assert_eq!(clerk.get(&format!("/account/requests/{number}")).await.status, StatusCode::FORBIDDEN);

        // Once a window has confirmed it, the second account of the same person sees the request.
        let nid = foundation::identity::NationalId::parse(NID, jiff::civil::Date::MAX).expect("a number");
        let second = accounts::find_by_national_id(&b.office, &nid).await;
        let second = second.expect("reads").into_iter().find(|one| one.login.mobile.as_str() == "01011113333");
        let viewer = b.sign_in("clerk").await;
        let place = registry::Place::department(b.office.units.now().path(UNIT).expect("a unit"), "TECH");
        let command = b.office.ids.next();
        let account = second.expect("an account").id;
        accounts::confirm(&b.office, &viewer, place, command, account).await.expect("confirmed");
        let mut other = citizen(&b, NID, "01011113333").await;
        assert_eq!(other.get(&format!("/account/requests/{number}")).await.status, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_devices_do_not_overwrite_each_other_and_drafts_end() {
    for test in engines().await {
        let b = house(test).await;
        let mut phone = citizen(&b, NID, MOBILE).await;
        let path = begin(&mut phone).await;
        let mut desk = citizen(&b, NID, MOBILE).await;
        let form = format!("{path}/form/1");
        let there = phone.get(&form).await.hidden("seen").expect("a version");
        let reply = page(&mut desk, &form, SHOP).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));

        let stale = [("seen", there.as_str()), ("a.shop_trade_name", "مطعم الهدى")];
        let reply = phone.post(&form, &stale).await;
        assert_eq!(reply.status, StatusCode::CONFLICT);
        assert!(reply.text.contains("مطعم الهدى") && reply.text.contains("مقهى النيل"), "both are shown");
        let seen = reply.hidden("seen").expect("a version");
        let mut mine: Vec<(&str, &str)> = SHOP.to_vec();
        mine[0] = ("a.shop_trade_name", "مطعم الهدى");
        mine.push(("seen", &seen));
        let reply = phone.post(&form, &mine).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
        assert!(desk.get(&form).await.text.contains("مطعم الهدى"));

        // A session that ended keeps what is typed.
        let seen = desk.get(&form).await.hidden("seen").expect("a version");
        b.town.pass(40 * Micros::MINUTE);
        let mut late: Vec<(&str, &str)> = SHOP.to_vec();
        late[0] = ("a.shop_trade_name", "فرن السلام");
        late.push(("seen", &seen));
        let reply = desk.post(&form, &late).await;
        assert!(reply.location().starts_with("/account/login?next="), "{}", reply.location());

        b.town.pass(31 * Micros::DAY);
        assert_eq!(ApplicationsJob::new(b.office.clone()).run_now().await.expect("runs"), 1);
        let mut who = citizen(&b, NID, MOBILE).await;
        let gone = who.get(&path).await;
        assert_eq!(gone.status, StatusCode::GONE);
        assert!(gone.text.contains("ابدأ طلبًا جديدًا"));
        SweepJob::new(b.office.clone()).sweep().await.expect("sweeps");
    }
}
