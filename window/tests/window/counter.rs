//! The clerk's and the cashier's pages over HTTP, on the embedded database.

use std::sync::Arc;

use crate::common::http::errors;
use crate::common::{Bureau, NID, PERSON, UNIT};
use catalogue::model::StepKind;
use foundation::clock::Micros;
use foundation::testing::sqlite;
use http::StatusCode;
use registry::Role;
use registry::testing::{Browser, Reply};
use uuid::Uuid;
use window::counter;
use window::requests::act;
use window::requests::events::{Missing, Status};
use window::requests::rules::{Command, day};

async fn bureau() -> Bureau {
    let b = Bureau::open(sqlite().await).await;
    for (login, role, unit) in [
        ("clerk", Role::Clerk, UNIT),
        ("second", Role::Clerk, UNIT),
        ("cashier", Role::Cashier, UNIT),
        ("sibling", Role::Clerk, "01-D08"),
        ("manager", Role::CentreManager, UNIT),
    ] {
        b.town.person(login, role, unit, None).await;
    }
    b.town.person("reviewer", Role::Reviewer, UNIT, Some("LIC")).await;
    b
}

async fn signed_in(b: &Bureau, login: &str) -> Browser {
    let mut browser = Browser::on(b.router(vec![registry::pages::routes(), counter::routes()]));
    browser.login(login).await;
    browser
}

/// What a clerk types for a shop, with all papers.
fn shop() -> Vec<(&'static str, &'static str)> {
    let mut fields = vec![
        ("service", "SHP-01"),
        ("applicant.kind", "person"),
        ("applicant.nid", NID),
        ("applicant.full_name", PERSON),
        ("applicant.mobile_number", "٠١٠١٢٣٤٥٦٧٨"),
        ("unit", UNIT),
        ("a.shop_trade_name", "مقهى النيل"),
        ("a.activity_code", "5610"),
        ("a.activity_details", "مشروبات"),
        ("a.premises_address", "15 شارع شبرا"),
        ("a.premises_location", "30.0444, 31.2357"),
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
    let papers = [
        "NID",
        "OWN_OR_LEASE",
        "RENTVAL",
        "SURVEY_MAP",
        "SKETCH",
        "TAXCARD",
        "COMREG",
        "SOCINS",
        "TANZIM",
        "BLD_LICENCE",
    ];
    fields.extend(papers.map(|paper| ("papers", paper)));
    fields
}

/// Opens the form and sends it; gives the answer and the pairs as sent.
async fn take_in(
    who: &mut Browser,
    fields: &[(&'static str, &'static str)],
    button: &str,
) -> (Reply, Vec<(String, String)>) {
    let page = who.get("/counter/new?service=SHP-01").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let mut sent: Vec<(String, String)> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    for name in ["command", "request"] {
        sent.push((name.to_owned(), page.hidden(name).expect("a hidden field")));
    }
    sent.push(("do".to_owned(), button.to_owned()));
    (again(who, &sent).await, sent)
}

async fn again(who: &mut Browser, sent: &[(String, String)]) -> Reply {
    let pairs: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    who.post("/counter/new", &pairs).await
}

fn id_of(reply: &Reply) -> Uuid {
    let at = reply.location();
    let id = at.trim_start_matches("/counter/done/").split('?').next().unwrap_or_default();
    id.parse().unwrap_or_else(|_| panic!("not registered: {} {at}\n{}", reply.status, errors(reply)))
}

async fn registered(who: &mut Browser) -> Uuid {
    id_of(&take_in(who, &shop(), "register").await.0)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_screen_takes_a_request_in_and_prints_it() {
    let mut b = bureau().await;
    let mut clerk = signed_in(&b, "clerk").await;
    let desk = clerk.get("/counter").await;
    assert_eq!(desk.status, StatusCode::OK);
    assert!(desk.text.contains("data-key=\"F2\"") && desk.text.contains("لم تقيد طلبًا اليوم"));

    let (reply, sent) = take_in(&mut clerk, &shop(), "register").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
    let id = id_of(&reply);
    let repeated = again(&mut clerk, &sent).await;
    assert_eq!(repeated.location(), reply.location(), "the same form is one request");
    let state = b.state(id).await;
    assert!(state.course.step(1).is_some_and(|step| step.is_over()), "the clerk's check is done with the registration");
    assert_eq!(state.file.answers.get("shop_area_m2"), Some(&serde_json::json!("45.5")), "any digits");

    let done = clerk.get(reply.location()).await;
    assert_eq!(done.status, StatusCode::OK);
    let pin = act::slip_pin(b.office.record.keyring(), id);
    assert!(done.text.contains(&pin) && done.text.contains("<svg") && done.text.contains("data-print-on-load"));
    for file in ["slip-a5.pdf", "slip-80.pdf", "slip-80.pdf?copy=yes", "print-out.pdf"] {
        let pdf = clerk.get(&format!("/requests/{id}/{file}")).await;
        assert_eq!(pdf.status, StatusCode::OK, "{file}");
        assert!(pdf.text.starts_with("%PDF"), "{file}");
    }
    let last = clerk.get("/counter/last-slip").await;
    assert_eq!(last.location(), format!("/requests/{id}/slip-80.pdf?copy=yes"));
    let desk = clerk.get("/counter").await;
    assert_eq!(desk.text.matches(&format!("/counter/requests/{id}\"")).count(), 1, "one request only");
    let case = clerk.get(&format!("/counter/requests/{id}")).await;
    assert!(case.text.contains(PERSON) && case.text.contains("مقهى النيل"), "{}", case.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_twice_and_what_was_typed_stays() {
    let b = bureau().await;
    let mut clerk = signed_in(&b, "clerk").await;
    let (empty, _) = take_in(&mut clerk, &[("service", "SHP-01")], "register").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("data-summary") && empty.text.contains("خطأ:"));
    for control in ["#f-applicant-nid", "#f-applicant-full_name", "#f-a-shop_trade_name"] {
        assert!(empty.text.contains(&format!("href=\"{control}\"")), "{control}");
        assert!(empty.text.contains(&format!("id=\"{}\"", control.trim_start_matches('#'))), "{control} is a control");
    }

    let mut fields = shop();
    fields.retain(|(name, _)| *name != "applicant.nid" && *name != "a.shop_area_m2");
    fields.extend([("applicant.nid", "29013010112345"), ("a.shop_area_m2", "كثير")]);
    let (wrong, _) = take_in(&mut clerk, &fields, "register").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("تاريخ الميلاد في الرقم القومي غير صحيح"));
    assert!(
        wrong.text.contains("value=\"29013010112345\"") && wrong.text.contains("value=\"كثير\""),
        "typed values are kept"
    );
    assert!(wrong.text.contains("value=\"مقهى النيل\""));

    let (checked, _) = take_in(&mut clerk, &[("service", "SHP-01"), ("applicant.nid", NID)], "check").await;
    assert_eq!(checked.status, StatusCode::OK, "what is not typed yet is not wrong yet: {}", errors(&checked));
    assert!(checked.text.contains("القاهرة"), "the number says where they were born");

    let nowhere = clerk.get("/counter/new?service=XYZ-99").await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found = clerk.get("/counter/new?service=shp1").await;
    assert!(found.text.contains("name=\"applicant.nid\""), "a code is read however it is typed");
    let other = {
        let mut fields = shop();
        fields.retain(|(name, _)| *name != "unit");
        fields.push(("unit", "21-D01"));
        take_in(&mut clerk, &fields, "register").await.0
    };
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "a unit of another governorate");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_is_chosen_for_the_session() {
    let mut b = bureau().await;
    let mut clerk = signed_in(&b, "clerk").await;
    let desk = clerk.get("/counter").await;
    let tree = b.office.units.now();
    let centre = tree.centres(UNIT).first().expect("a centre").clone();
    let window = centre.windows.iter().find(|window| window.is_open).expect("an open window");
    let value = format!("{}.{}", centre.id, window.number);
    assert!(desk.text.contains(&format!("value=\"{value}\"")));
    let chosen = clerk.post("/counter/window", &[("window", &value)]).await;
    assert_eq!(chosen.location(), "/counter");
    let id = registered(&mut clerk).await;
    let taken = b.state(id).await.file.taken_in;
    assert!(taken.centre == Some(centre.id) && taken.window.is_some());
    let elsewhere = tree.centres("01-D08").first().expect("a centre").clone();
    let other = format!("{}.1", elsewhere.id);
    assert_eq!(clerk.post("/counter/window", &[("window", &other)]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(clerk.post("/counter/window", &[("window", "x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_comes_by_its_agent() {
    let mut b = bureau().await;
    let mut clerk = signed_in(&b, "clerk").await;
    let mut fields = shop();
    fields.retain(|(name, _)| !matches!(*name, "applicant.kind" | "applicant.nid"));
    fields.extend([("applicant.kind", "company"), ("applicant.by_agent", "yes")]);
    let (missing, _) = take_in(&mut clerk, &fields, "register").await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    for name in ["applicant-number_kind", "agent-nid", "agent-full_name"] {
        assert!(missing.text.contains(&format!("href=\"#f-{name}\"")), "{name}: {}", errors(&missing));
    }
    assert!(missing.text.contains("<details open>"), "what is wrong stands open");
    fields.extend([
        ("applicant.number_kind", "commercial_register"),
        ("applicant.number", "١٢٣٤٥"),
        ("agent.nid", NID),
        ("agent.full_name", "وكيل الشركة"),
    ]);
    let (reply, _) = take_in(&mut clerk, &fields, "register").await;
    let id = id_of(&reply);
    let state = b.state(id).await;
    assert!(state.file.applicant.agent.is_some());
    assert!(state.file.pending().any(|paper| paper.doc == "POA"), "an agent brings a power of attorney");
    let case = clerk.get(&format!("/counter/requests/{id}")).await;
    assert!(case.text.contains("وكيل الشركة") && case.text.contains("السجل التجاري"));
    let form = clerk.get(&format!("/counter/requests/{id}/check")).await;
    let seen = form.hidden("seen").expect("a version");
    let later = clerk.post(&format!("/counter/requests/{id}/check"), &[("seen", &seen), ("outcome", "later")]).await;
    assert_eq!(later.status, StatusCode::SEE_OTHER, "{}", errors(&later));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_person_is_filled_in_and_earlier_requests_are_shown() {
    let b = bureau().await;
    let mut clerk = signed_in(&b, "clerk").await;
    let id = registered(&mut clerk).await;
    let (checked, _) = take_in(&mut clerk, &[("service", "SHP-01"), ("applicant.nid", NID)], "check").await;
    assert!(checked.text.contains(PERSON) && checked.text.contains("01012345678"), "name and mobile are filled");
    assert_eq!(checked.status, StatusCode::OK, "what was filled is not missing: {}", errors(&checked));
    assert!(
        checked.text.contains(&format!("/counter/requests/{id}")) && checked.text.contains("له طلب قائم بالخدمة نفسها")
    );
    let (differs, _) = take_in(
        &mut clerk,
        &[("service", "SHP-01"), ("applicant.nid", NID), ("applicant.full_name", "اسم آخر")],
        "check",
    )
    .await;
    assert!(differs.text.contains("الاسم المسجل لدينا"));
    let known = clerk.post("/counter/person", &[("number", NID)]).await;
    assert!(known.text.contains("01012345678"), "{}", known.text);
    let (side, _) = take_in(&mut clerk, &shop(), "side").await;
    assert!(side.text.contains("500.00") && !side.text.contains("<html"), "{}", side.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_parked_and_returned_to() {
    let mut b = bureau().await;
    let mut clerk = signed_in(&b, "clerk").await;
    let (parked, sent) = take_in(&mut clerk, &shop(), "park").await;
    assert_eq!(parked.location(), "/counter", "{}", errors(&parked));
    let request = sent.iter().find(|(name, _)| name == "request").map(|(_, id)| id.clone()).expect("an id");
    let desk = clerk.get("/counter").await;
    assert!(desk.text.contains(&format!("/counter/new?draft={request}")));
    let draft = clerk.get(&format!("/counter/new?draft={request}")).await;
    assert!(draft.text.contains("value=\"مقهى النيل\"") && draft.text.contains(PERSON));
    let mut second = signed_in(&b, "second").await;
    assert_eq!(
        second.get(&format!("/counter/new?draft={request}")).await.status,
        StatusCode::NOT_FOUND,
        "another clerk's"
    );

    let mut fields: Vec<(String, String)> = sent.into_iter().filter(|(name, _)| name != "do").collect();
    fields.extend([("parked".to_owned(), "yes".to_owned()), ("do".to_owned(), "register".to_owned())]);
    let id = id_of(&again(&mut clerk, &fields).await);
    assert_eq!(id.to_string(), request);
    assert!(!clerk.get("/counter").await.text.contains("?draft="), "the draft ends with the registration");
    assert_eq!(b.state(id).await.course.status, Status::InProgress);

    let (_, sent) = take_in(&mut clerk, &shop(), "park").await;
    let request = sent.iter().find(|(name, _)| name == "request").map(|(_, id)| id.clone()).expect("an id");
    clerk.get("/counter").await;
    clerk.post(&format!("/counter/drafts/{request}/discard"), &[]).await;
    assert!(!clerk.get("/counter").await.text.contains("?draft="));
}

#[tokio::test(flavor = "multi_thread")]
async fn others_are_refused() {
    let b = bureau().await;
    let mut clerk = signed_in(&b, "clerk").await;
    let id = registered(&mut clerk).await;
    let mut sibling = signed_in(&b, "sibling").await;
    let mut reviewer = signed_in(&b, "reviewer").await;
    let mut cashier = signed_in(&b, "cashier").await;
    for path in ["", "/void", "/withdraw"] {
        let at = format!("/counter/requests/{id}{path}");
        assert_eq!(sibling.get(&at).await.status, StatusCode::FORBIDDEN, "{at}");
        assert_eq!(reviewer.get(&at).await.status, StatusCode::FORBIDDEN, "{at}");
    }
    for path in ["slip-a5.pdf", "slip-80.pdf", "print-out.pdf"] {
        let at = format!("/requests/{id}/{path}");
        for who in [&mut sibling, &mut reviewer] {
            assert_eq!(who.get(&at).await.status, StatusCode::FORBIDDEN, "{at}");
        }
    }
    assert_eq!(reviewer.get("/counter").await.status, StatusCode::FORBIDDEN);
    assert_eq!(cashier.get("/counter/new").await.status, StatusCode::FORBIDDEN);
    assert_eq!(clerk.get("/counter/pay").await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        cashier.get(&format!("/requests/{id}/slip-80.pdf")).await.status,
        StatusCode::FORBIDDEN,
        "the PIN is not for the till"
    );
    sibling.get("/counter").await;
    let voided = sibling.post(&format!("/counter/requests/{id}/void"), &[("reason", "خطأ")]).await;
    assert_eq!(voided.status, StatusCode::FORBIDDEN);
    assert_eq!(clerk.get(&format!("/counter/requests/{}", Uuid::from_u128(7))).await.status, StatusCode::NOT_FOUND);
    let mut nobody = clerk.clone();
    nobody.cookies.clear();
    assert!(nobody.get("/counter").await.location().starts_with("/login"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_voided_within_its_minutes_and_by_the_manager_later() {
    let mut b = bureau().await;
    let mut clerk = signed_in(&b, "clerk").await;
    let first = registered(&mut clerk).await;
    // Complete papers are checked at once, which is work of another department already: without them.
    let mut fields = shop();
    fields.retain(|(name, value)| !(*name == "papers" && *value == "TAXCARD"));
    let (reply, _) = take_in(&mut clerk, &fields, "register").await;
    let pending = id_of(&reply);
    assert_eq!(b.state(pending).await.file.pending().count(), 1);
    let form = clerk.get(&format!("/counter/requests/{pending}/void")).await;
    let seen = form.hidden("seen").expect("the version");
    let nothing = clerk.post(&format!("/counter/requests/{pending}/void"), &[("seen", &seen)]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "without a reason");
    let voided =
        clerk.post(&format!("/counter/requests/{pending}/void"), &[("seen", &seen), ("reason", "خدمة أخرى")]).await;
    assert_eq!(voided.status, StatusCode::SEE_OTHER, "{}", errors(&voided));
    assert_eq!(b.state(pending).await.course.status, Status::Voided);

    b.town.pass(16 * Micros::MINUTE);
    clerk.get("/counter").await;
    let late = clerk.post(&format!("/counter/requests/{first}/void"), &[("reason", "خدمة أخرى")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut manager = signed_in(&b, "manager").await;
    manager.get("/me").await;
    let form = manager.get(&format!("/counter/requests/{first}/void")).await;
    assert_eq!(form.status, StatusCode::OK);
    let voided = manager.post(&format!("/counter/requests/{first}/void"), &[("reason", "طلب مكرر")]).await;
    assert_eq!(voided.status, StatusCode::SEE_OTHER, "{}", errors(&voided));
    let file = manager.get(voided.location()).await;
    assert!(file.status == StatusCode::OK && file.text.contains("ملغى القيد"), "the manager sees what became of it");
    assert!(!file.text.contains(PERSON), "before a decision the manager does not see who it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_found_by_what_somebody_holds() {
    let mut b = bureau().await;
    let mut clerk = signed_in(&b, "clerk").await;
    let id = registered(&mut clerk).await;
    let state = b.state(id).await;
    let to = format!("/counter/requests/{id}");
    let arabic: String =
        state.file.number.chars().map(|d| char::from_u32(0x660 + d.to_digit(10).unwrap_or(0)).unwrap_or(d)).collect();
    let link = format!("HTTPS://X.EG/T/{}", state.file.slip.token);
    for typed in [state.file.number.clone(), arabic, link] {
        let found = clerk.get(&format!("/counter/search?q={}", escape(&typed))).await;
        assert_eq!(found.location(), to, "{typed}");
    }
    let scanned = clerk.get(&format!("/scan?scan=T%2F{}", state.file.slip.token)).await;
    assert_eq!(scanned.location(), to);
    for typed in [NID, "نفرتاري الفيروز", "نفرتارى"] {
        let found = clerk.get(&format!("/counter/search?q={}", escape(typed))).await;
        assert!(found.text.contains(&to), "{typed}");
    }
    let mut wrong: Vec<char> = state.file.number.chars().collect();
    if let Some(last) = wrong.last_mut() {
        *last = if *last == '0' { '1' } else { '0' };
    }
    let wrong: String = wrong.into_iter().collect();
    let found = clerk.get(&format!("/counter/search?q={wrong}")).await;
    assert_eq!(found.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(found.text.contains(&format!("q={}", state.file.number)), "the right number is offered");
    let mut sibling = signed_in(&b, "sibling").await;
    let other = sibling.get(&format!("/counter/search?q={}", state.file.number)).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "another unit's");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_missing_papers_and_hand_over() {
    let mut b = bureau().await;
    let mut clerk = signed_in(&b, "clerk").await;
    let id = registered(&mut clerk).await;
    b.forward(id).await.expect("reviewed");
    let state = b.state(id).await;
    let mut cashier = signed_in(&b, "cashier").await;
    let page = cashier.get(&format!("/counter/pay?q={}", state.file.number)).await;
    assert!(page.text.contains("500.00") && page.text.contains("رسم معاينة"), "{}", page.text);
    let (step, seen) = (page.hidden("step").expect("a step"), page.hidden("seen").expect("a version"));
    let request = id.to_string();
    let pay = |amount: &'static str, command: String| {
        vec![
            ("request", request.clone()),
            ("step", step.clone()),
            ("seen", seen.clone()),
            ("amount", amount.to_owned()),
            ("slip", "77".to_owned()),
            ("command", command),
        ]
    };
    let command = page.hidden("command").expect("a command");
    let sent = |fields: &[(&'static str, String)]| fields.iter().map(|(n, v)| (*n, v.clone())).collect::<Vec<_>>();
    for wrong in ["", "كثير", "400"] {
        let fields = sent(&pay(wrong, command.clone()));
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let reply = cashier.post("/counter/pay", &pairs).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let fields = sent(&pay("٥٠٠", command.clone()));
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let reply = cashier.post("/counter/pay", &pairs).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
    let repeated = cashier.post("/counter/pay", &pairs).await;
    assert_eq!(repeated.location(), reply.location(), "paid once");
    let state = b.state(id).await;
    assert_eq!(state.course.payments.len(), 1);
    let receipt = state.course.payments.first().expect("a payment").receipt.clone();
    let pdf = cashier.get(&format!("/receipts/{receipt}.pdf")).await;
    assert!(pdf.status == StatusCode::OK && pdf.text.starts_with("%PDF"));
    let roll = cashier.get(&format!("/receipts/{receipt}-80.pdf")).await;
    assert!(roll.status == StatusCode::OK && roll.text.starts_with("%PDF"), "the same on a roll");

    // A department asks for something; the clerk takes it in.
    let (step, _) = state.course.open_steps().next().expect("something is open");
    let (officer, _) = b.next(&state, step).await;
    let until = day(b.office.clock.now()).checked_add(jiff::ToSpan::days(20)).expect("a day");
    let ask = Command::AskCompletion {
        step,
        items: vec![Missing::Text { text: "أصل العقد".into() }],
        note: String::new(),
        until,
    };
    let asked = b.act(id, state.version, ask);
    act::act(&b.office, &officer, asked).await.expect("asked");
    let form = clerk.get(&format!("/counter/requests/{id}/supply")).await;
    assert!(form.text.contains("أصل العقد"), "{}", form.text);
    let (step, seen) = (form.hidden("step").expect("a step"), form.hidden("seen").expect("a version"));
    let nothing = clerk.post(&format!("/counter/requests/{id}/supply"), &[("step", &step), ("seen", &seen)]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let came = [("step", step.as_str()), ("seen", seen.as_str()), ("text.0", "قدم أصل العقد")];
    let supplied = clerk.post(&format!("/counter/requests/{id}/supply"), &came).await;
    assert_eq!(supplied.status, StatusCode::SEE_OTHER, "{}", errors(&supplied));

    loop {
        let state = b.state(id).await;
        let (_, open) = state.course.open_steps().next().expect("the hand-over comes last");
        if open.kind == Some(StepKind::Handover) {
            break;
        }
        b.forward(id).await.expect("an officer goes on");
    }
    let state = b.state(id).await;
    let paper = state.course.issued.first().expect("a licence").number.clone();
    let pdf = clerk.get(&format!("/papers/{paper}.pdf")).await;
    assert!(pdf.status == StatusCode::OK && pdf.text.starts_with("%PDF"), "{}", pdf.text);
    assert!(clerk.get("/counter").await.text.contains(&format!("/counter/requests/{id}/hand-over")));
    let form = clerk.get(&format!("/counter/requests/{id}/hand-over")).await;
    let seen = form.hidden("seen").expect("a version");
    let nobody =
        clerk.post(&format!("/counter/requests/{id}/hand-over"), &[("seen", &seen), ("to", "applicant")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY, "identity was not looked at");
    let handed = [("seen", seen.as_str()), ("to", "applicant"), ("checked", "NID"), ("matched", "yes")];
    let reply = clerk.post(&format!("/counter/requests/{id}/hand-over"), &handed).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", errors(&reply));
    assert_eq!(b.state(id).await.course.status, Status::Closed);
}

fn escape(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Every service of the guide has a form that opens and a side that can be reckoned.
#[tokio::test(flavor = "multi_thread")]
async fn every_service_has_its_form() {
    let b = Arc::new(bureau().await);
    let mut clerk = signed_in(&b, "clerk").await;
    let codes: Vec<String> = b.office.catalogue().services().map(|service| service.code.clone()).collect();
    for code in codes {
        let page = clerk.get(&format!("/counter/new?service={code}")).await;
        assert_eq!(page.status, StatusCode::OK, "{code}");
        assert!(page.text.contains("data-intake") && !page.text.contains("counter-"), "{code}");
    }
}
