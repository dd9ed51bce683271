//! The public pages over HTTP, on the embedded database: what a citizen with a browser meets.

use crate::common::{Bureau, NID, PERSON, TENANT, UNIT};
use documents::sign::{KeyList, StatusList, Verdict, encode_digits, verify};
use ed25519_dalek::SigningKey;
use foundation::clock::Micros;
use foundation::numbers::Number;
use foundation::testing::sqlite;
use http::StatusCode;
use registry::Role;
use registry::testing::Browser;
use registry::units::{self, CentreKind, UnitChange, UnitWrite, VanChange};
use window::papers::Content;
use window::public::{self, PublishedKeys};
use window::requests::act;
use window::requests::events::{Decision, Missing, Status};
use window::requests::rules::{Command, day};
use window::requests::state::Standing;

/// The public pages of an office, its issuers' keys published.
fn browser(b: &Bureau) -> Browser {
    Browser::on(b.router(vec![public::routes()]))
}

async fn bureau() -> Bureau {
    Bureau::open(sqlite().await).await
}

/// Lets the limits of one address fill up again.
fn later(b: &Bureau) {
    b.town.pass(10 * Micros::MINUTE);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_opens_and_says_what_it_is() {
    let b = bureau().await;
    let mut who = browser(&b);
    for (path, words) in [
        ("/", "ما الخدمة التي تريدها؟"),
        ("/services", "دليل الخدمات"),
        ("/services?group=shops", "تراخيص المحال العامة"),
        ("/services/SHP-01", "المستندات المطلوبة"),
        ("/services/SHP-01/print", "قائمة المستندات"),
        ("/centres", "أقرب مركز تكنولوجي"),
        ("/centres?gov=01", "مراكز محافظة القاهرة"),
        ("/centres/01-D01", "مواعيد العمل"),
        ("/track", "رقم الطلب"),
        ("/verify", "تحقق من رخصة أو شهادة"),
        ("/about", "ODbL"),
        ("/accessibility", "WCAG 2.2"),
        ("/help", "دليل التشغيل"),
    ] {
        let page = who.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
        assert!(page.text.contains(words), "{path} does not say «{words}»");
        assert!(page.text.contains("lang=\"ar\" dir=\"rtl\""), "{path}");
        assert!(!page.text.contains(" style="), "{path} has inline style");
        assert_eq!(page.text.matches("<h1").count(), 1, "{path} has one heading");
        assert!(!page.text.contains("public-"), "{path} shows the key of a message");
    }
    let robots = who.get("/robots.txt").await;
    assert!(robots.text.contains("Disallow: /T/"));
    let manifest = who.get("/verifier.webmanifest").await;
    let manifest: serde_json::Value = serde_json::from_str(&manifest.text).expect("JSON");
    assert_eq!(manifest.get("start_url").and_then(|v| v.as_str()), Some("/verify"));
    assert_eq!(who.get("/verifier").await.location(), "/verify");
    assert!(who.get("/about/licences").await.text.contains("MIT"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_service_of_the_guide_has_its_card() {
    let b = bureau().await;
    let mut who = browser(&b);
    let mut largest = (0, String::new());
    for service in b.office.catalogue.services() {
        for path in [format!("/services/{}", service.code), format!("/services/{}/print", service.code)] {
            let page = who.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            for document in &service.documents {
                let name = &b.office.catalogue.document(&document.doc).expect("a document").name_ar;
                assert!(page.text.contains(&html(name)), "{path} lacks «{name}»");
            }
            for raw in ["public-", "applicant.", "figure.", "&&", " == ", "{$", "m2_night"] {
                assert!(!page.text.contains(raw), "{path} shows «{raw}»");
            }
            largest = largest.max((page.text.len(), path));
        }
    }
    // Compressed by brotli to about an eighth: far below the budget of a page.
    assert!(largest.0 < 200_000, "{largest:?}");
}

/// As the templates write it.
fn html(text: &str) -> String {
    text.replace('&', "&#38;").replace('"', "&#34;").replace('\'', "&#39;").replace('<', "&#60;").replace('>', "&#62;")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_forgives_and_never_ends_in_nothing() {
    let b = bureau().await;
    let mut who = browser(&b);
    let ask = |q: &str| format!("/services?q={}", escape(q));
    let found = who.get(&ask("رخصه محل")).await;
    let place = |code: &str| found.text.find(&format!("href=\"/services/{code}\"")).unwrap_or(usize::MAX);
    assert!(place("SHP-01") < place("SHP-10") && place("SHP-10") < usize::MAX, "what most people want comes first");
    let keyboard = who.get(&ask("jvodw fkhx")).await;
    assert!(keyboard.text.contains("بحثنا عن") && keyboard.text.contains("ترخيص بناء"));
    let none = who.get(&ask("زرافة بنفسجية")).await;
    assert_eq!(none.status, StatusCode::OK);
    assert!(none.text.contains("لم نجد خدمة") && none.text.contains("/services/BLD-01"), "the groups stand below");
    let hostile = who.get(&ask("<script>alert(1)</script>")).await;
    assert!(!hostile.text.contains("<script>alert"), "what was typed is escaped");
    assert_eq!(who.get(&format!("/services?q={}", "%FF%00".repeat(300))).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fee_is_reckoned_with_the_rule_behind_each_line() {
    let b = bureau().await;
    let mut who = browser(&b);
    let empty = who.get("/services/SHP-01").await;
    assert!(empty.text.contains("احسب الرسوم ببياناتك") && !empty.text.contains("الرسوم المتوقعة"));
    let bill = who.get("/services/SHP-01?calc=yes&v.shop_area_m2=%D9%A4%D9%A5&v.fee_zone=city_district").await;
    assert_eq!(bill.status, StatusCode::OK);
    for words in ["500.00", "2,000.00", "20.00", "2,520.00", "الرسوم المتوقعة"] {
        assert!(bill.text.contains(words), "no «{words}»");
    }
    let half = who.get("/services/SHP-01?calc=yes&v.shop_area_m2=45").await;
    assert!(half.text.contains("أكمل:") && half.text.contains("520.00"), "what is missing hides no other line");
    let bad = who.get("/services/SHP-01?calc=yes&v.shop_area_m2=abc&v.fee_zone=moon").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text.contains("role=\"alert\"") && bad.text.contains("value=\"abc\"") && bad.text.contains("خطأ:"));
    let huge = who.get("/services/SHP-01?calc=yes&v.shop_area_m2=99999999999999999999999999").await;
    assert_eq!(huge.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn centres_are_found_by_name_and_by_place() {
    let b = bureau().await;
    let mut who = browser(&b);
    let named = who.get(&format!("/centres?q={}", escape("حى شبرا"))).await;
    assert!(named.text.contains("/centres/01-D01"), "{}", named.text);
    let slip = who.get(&format!("/centres?q={}", escape("شيرا"))).await;
    assert!(slip.text.contains("/centres/01-D01"));
    let none = who.get(&format!("/centres?q={}", escape("أطلانطس"))).await;
    assert!(none.text.contains("لم نجد مركزًا"));
    // Sunday at ten: open until half past two.
    let open = who.get("/centres/01-D01").await;
    assert!(open.text.contains("مفتوح الآن حتى 2:30\u{A0}م"), "{}", open.text);
    let near = who.get("/centres?at.lat=30.0799&at.lng=31.2446").await;
    assert!(near.text.contains("أقل من كيلومتر") && near.text.contains("/centres/01-D01"), "{}", near.text);
    for point in ["at.lat=51.5&at.lng=0", "at.lat=x&at.lng=31", "at.lat=&at.lng=31", "at.lat=NaN&at.lng=inf"] {
        let page = who.get(&format!("/centres?{point}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{point}");
        assert!(page.text.contains("role=\"alert\""));
    }
    b.town.pass(6 * 60 * Micros::MINUTE);
    let closed = who.get("/centres/01-D01").await;
    assert!(closed.text.contains("مغلق الآن، يفتح الاثنين 23 نوفمبر 2026"), "{}", closed.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_told_with_a_way_on() {
    let b = bureau().await;
    let mut who = browser(&b);
    for path in [
        "/services/XXX-99",
        "/services?group=none",
        "/centres/99-Z99",
        "/centres?gov=77",
        "/nothing",
        "/status/99/0",
        "/status/01/x",
    ] {
        let page = who.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text.contains("href=\"/\"") && page.text.contains("رقم مرجعي"), "{path}");
    }
    assert_eq!(who.get("/services/shp-01").await.location(), "/services/SHP-01");
    assert_eq!(who.get("/centres/01-d01").await.location(), "/centres/01-D01");
    let lost = who.get("/T/AAAAAAAAAAAAAAAA").await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(lost.text.contains("لم نجد طلبًا بهذا الرمز") && lost.text.contains("name=\"pin\""));
    let paper = who.get("/V/AAAAAAAAAAAAAAAA").await;
    assert_eq!(paper.status, StatusCode::NOT_FOUND);
    assert!(paper.text.contains("لا يوجد محرر"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_followed_without_a_personal_word() {
    let mut b = bureau().await;
    let mut who = browser(&b);
    let clerk = b.clerk().await;
    let form = b.shop();
    let answer = act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
    let (number, token) = (answer.number.expect("a number"), answer.slip.expect("a slip"));
    let pin = act::slip_pin(b.office.record.keyring(), form.request);

    // By number and PIN, in the digits of an Arabic keyboard, with spaces.
    who.get("/track").await;
    let grouped = Number::parse(&number).expect("a number").grouped();
    let typed = foundation::arabic::digits::to_arabic(&grouped);
    let found = who.post("/track", &[("number", &typed), ("pin", &foundation::arabic::digits::to_arabic(&pin))]).await;
    assert_eq!(
        (found.status, found.location()),
        (StatusCode::SEE_OTHER, format!("/T/{token}").as_str()),
        "{}",
        found.text
    );

    // By QR, upper and lower case.
    for path in [format!("/T/{token}"), format!("/t/{}", token.to_lowercase())] {
        let page = who.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        for words in
            [grouped.as_str(), "قيد الفحص", "استلام الطلب ومراجعة اكتمال المستندات", "الموعد المتوقع", "متوقعة حتى"]
        {
            assert!(page.text.contains(words), "no «{words}»");
        }
        assert_eq!(page.headers.get("cache-control").map(|v| v.as_bytes()), Some(&b"no-store"[..]));
        silent(&page.text);
    }

    // Something is missing; the page says what and until when.
    let until = day(b.office.clock.now()).saturating_add(jiff::Span::new().days(10));
    let ask = Command::AskCompletion {
        step: 1,
        items: vec![Missing::Document { doc: "TAXCARD".into() }, Missing::Item { code: "X_LEASE_DATE".into() }],
        note: "السيد نفرتاري سنوسرت الفيروز قظضغ".into(),
        until,
    };
    act::act(&b.office, &clerk, b.act(form.request, 1, ask)).await.expect("is asked");
    let page = who.get(&format!("/T/{token}")).await;
    for words in ["مطلوب منك استيفاء", "إثبات تاريخ عقد الإيجار", "المدة موقوفة"]
    {
        assert!(page.text.contains(words), "no «{words}»: {}", page.text);
    }
    silent(&page.text);
}

/// No name, no identity, no officer.
fn silent(page: &str) {
    let staff = "منى عبد الرحمن علي";
    let words = PERSON.split(' ').chain([NID, "01012345678", "قظضغ", staff, "مقهى النيل", "15 شارع شبرا"]);
    for word in words {
        assert!(!page.contains(word), "the page of a journey shows «{word}»");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_way_is_told_at_every_moment() {
    let mut b = bureau().await;
    let mut who = browser(&b);
    let clerk = b.clerk().await;
    let form = b.shop();
    let answer = act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
    let path = format!("/T/{}", answer.slip.expect("a slip"));
    let mut seen = std::collections::BTreeSet::new();
    loop {
        // Long enough for the limit, short enough for the officers' sessions.
        b.town.pass(4 * Micros::SECOND);
        let state = b.state(form.request).await;
        let page = who.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        silent(&page.text);
        seen.insert(state.course.status.word());
        let words = match state.course.status {
            Status::InProgress => "قيد الفحص",
            Status::WaitingPayment => "المبلغ المطلوب سداده",
            Status::Issued => "توجّه إلى المركز لاستلامه",
            Status::Closed => "انتهى وسُلّم",
            other => panic!("{other:?}"),
        };
        assert!(page.text.contains(words), "{:?}: no «{words}»", state.course.status);
        if state.course.open_steps().next().is_none() {
            break;
        }
        b.forward(form.request).await.expect("goes on");
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["closed", "in_progress", "issued", "waiting_payment"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn endings_are_told_with_what_to_do() {
    let mut b = bureau().await;
    let mut who = browser(&b);
    let clerk = b.clerk().await;
    let form = b.shop();
    let answer = act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
    let path = format!("/T/{}", answer.slip.expect("a slip"));
    let void = b.act(form.request, 1, Command::Void { reason: "قُيد لشخص آخر قظضغ".into() });
    act::act(&b.office, &clerk, void).await.expect("is voided");
    let page = who.get(&path).await;
    assert!(page.text.contains("ملغى قيده") && page.text.contains("أُلغي قيد الطلب"), "{}", page.text);
    silent(&page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistyped_number_gets_help_and_guessing_gets_slower() {
    let mut b = bureau().await;
    let mut who = browser(&b);
    let clerk = b.clerk().await;
    let form = b.shop();
    let answer = act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
    let number = answer.number.expect("a number");
    let pin = act::slip_pin(b.office.record.keyring(), form.request);
    who.get("/track").await;

    let empty = who.post("/track", &[("number", ""), ("pin", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("href=\"#f-number\"") && empty.text.contains("href=\"#f-pin\""));

    // Two neighbours swapped: the right one is proposed, and choosing it finds the request.
    let mut swapped: Vec<char> = number.chars().collect();
    let at = (0..14).rev().find(|at| swapped.get(*at) != swapped.get(at + 1)).expect("two digits differ");
    swapped.swap(at, at + 1);
    let swapped: String = swapped.into_iter().collect();
    let help = who.post("/track", &[("number", &swapped), ("pin", &pin)]).await;
    assert_eq!(help.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(help.text.contains("هل تقصد") && help.text.contains(&format!("value=\"{number}\"")), "{}", help.text);
    let chosen = who.post("/track", &[("number", &swapped), ("pin", &pin), ("use", &number)]).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);

    for (typed, words) in [("123", "الرقم كاملًا 15 رقمًا"), ("abc", "أرقام فقط"), ("201307260000871", "رقم")]
    {
        let page = who.post("/track", &[("number", typed), ("pin", "1234")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains(words) && page.text.contains(&format!("value=\"{typed}\"")), "{typed}");
    }

    // A wrong PIN and an unknown number are answered alike.
    let wrong = format!("{:04}", (pin.parse::<u32>().expect("digits") + 1) % 10_000);
    let unknown = Number::new(foundation::numbers::Kind::Request, UNIT, 2026, 99).expect("a number").to_string();
    let mut answers = Vec::new();
    for typed in [&number, &unknown] {
        let page = who.post("/track", &[("number", typed), ("pin", &wrong)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains("لا يوجد طلب بهذا الرقم والرقم السري معًا"));
        answers.push(page.status);
    }
    // After a few the number waits, longer each time, even for the right PIN.
    let mut waited = false;
    for _ in 0..6 {
        let page = who.post("/track", &[("number", &number), ("pin", &wrong)]).await;
        waited |= page.status == StatusCode::TOO_MANY_REQUESTS;
    }
    assert!(waited, "guesses never wait");
    let blocked = who.post("/track", &[("number", &number), ("pin", &pin)]).await;
    assert_eq!(blocked.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(blocked.headers.contains_key("retry-after"));
    later(&b);
    b.town.pass(10 * Micros::MINUTE);
    let free = who.post("/track", &[("number", &number), ("pin", &pin)]).await;
    assert_eq!(free.status, StatusCode::SEE_OTHER, "{}", free.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_is_limited_and_a_form_without_its_token_refused() {
    let b = bureau().await;
    let mut who = browser(&b);
    let mut statuses = Vec::new();
    for _ in 0..210 {
        statuses.push(who.get("/T/AAAAAAAAAAAAAAAA").await.status);
    }
    assert_eq!(statuses.first(), Some(&StatusCode::NOT_FOUND));
    assert_eq!(statuses.last(), Some(&StatusCode::TOO_MANY_REQUESTS));
    later(&b);
    who.token = "forged".into();
    let forged = who.post("/track", &[("number", "1"), ("pin", "1")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_is_verified_in_every_way_and_a_revoked_one_told() {
    let mut b = bureau().await;
    let mut who = browser(&b);
    let clerk = b.clerk().await;
    let form = b.shop();
    act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
    let state = b.until_the_end(form.request).await;
    let paper = state.course.issued.first().expect("a licence").clone();
    let keyring = b.office.record.keyring().clone();
    let key = keyring
        .open(&mut b.office.db.reader(), TENANT, state.file.applicant.subject)
        .await
        .expect("reads")
        .expect("a key");
    let signed = Content::decrypt(&key, &paper.number, &paper.personal).expect("opens").signed_bytes();
    later(&b);

    let page = who.get(&format!("/V/{}", paper.token)).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["المحرر صحيح وسارٍ", "رخصة محل عام", "نفرتاري س•••", "2345", "15 شارع شبرا", "data-verifier"]
    {
        assert!(page.text.contains(words), "no «{words}»: {}", page.text);
    }
    for word in ["سنوسرت", "قظضغ", NID] {
        assert!(!page.text.contains(word), "the page shows «{word}»");
    }
    assert!(page.headers.get("permissions-policy").is_some_and(|v| v.to_str().unwrap_or("").contains("camera=(self)")));
    assert_eq!(who.get(&format!("/v/{}", paper.token.to_lowercase())).await.status, StatusCode::OK);

    // By number: neither holder nor place, because numbers can be counted up.
    who.get("/verify").await;
    let by_number = who.post("/verify", &[("paper", &paper.number)]).await;
    assert!(by_number.text.contains("المحرر صحيح وسارٍ"), "{}", by_number.text);
    for word in ["نفرتاري", "شارع شبرا", "2345"] {
        assert!(!by_number.text.contains(word), "by number the page shows «{word}»");
    }

    // By the pasted text of the QR.
    let link = format!("HTTP://127.0.0.1:8080/V/{}#1{}", paper.token, encode_digits(&signed));
    let pasted = who.post("/verify", &[("paper", &link)]).await;
    assert!(pasted.text.contains("المحرر صحيح وسارٍ") && pasted.text.contains("نفرتاري س•••"), "{}", pasted.text);
    let mut forged = signed.clone();
    if let Some(byte) = forged.last_mut() {
        *byte ^= 1;
    }
    let pasted = who.post("/verify", &[("paper", &format!("1{}", encode_digits(&forged)))]).await;
    assert!(pasted.text.contains("المحرر غير صحيح"), "{}", pasted.text);
    let plain = who.post("/verify", &[("paper", &format!("http://x.eg/v/{}", paper.token.to_lowercase()))]).await;
    assert_eq!(plain.location(), format!("/V/{}", paper.token));
    for typed in ["", "رخصة", "2 01", "https://x.eg/V/AAAAAAAAAAAAAAAA#2123"] {
        assert_eq!(who.post("/verify", &[("paper", typed)]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
    }

    // What a verifier keeps for the days without a network.
    let head = b.officer(Role::UnitHead, UNIT, None).await;
    let decision = Decision { number: "9".into(), date: day(b.office.clock.now()) };
    let ruling = Command::RulePaper {
        number: paper.number.clone(),
        standing: Standing::Revoked,
        reason: "حكم".into(),
        decision,
        until: None,
    };
    let state = b.state(form.request).await;
    act::act(&b.office, &head, b.act(form.request, state.version, ruling)).await.expect("is revoked");
    later(&b);
    let page = who.get(&format!("/V/{}", paper.token)).await;
    assert!(page.text.contains("المحرر ملغى"), "{}", page.text);
    let journey = who.get(&format!("/T/{}", state.file.slip.token)).await;
    assert!(journey.text.contains("ملغى"));
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_for_the_days_without_a_network_are_signed() {
    let b = bureau().await;
    let pages = {
        let root = SigningKey::from_bytes(&[9; 32]);
        let signed = b.office.issuers().list(0).sign(&root).expect("the root signs");
        PublishedKeys::read(signed, &root.verifying_key()).expect("its own list")
    };
    let list = KeyList::verify(&pages.signed(), &SigningKey::from_bytes(&[9; 32]).verifying_key()).expect("the list");
    assert_eq!(&list, pages.list());
    assert!(PublishedKeys::read(pages.signed().to_vec(), &SigningKey::from_bytes(&[8; 32]).verifying_key()).is_err());
    let mut who = browser(&b);
    let keys = who.get("/keys").await;
    assert_eq!(keys.status, StatusCode::OK);
    assert!(keys.headers.get("content-type").is_some_and(|v| v.to_str().unwrap_or("").starts_with("application/cose")));
    let status = who.get("/status/01/0").await;
    assert_eq!(status.headers.get("content-type").map(|v| v.as_bytes()), Some(&b"application/statuslist+cwt"[..]));
    assert_eq!(StatusList::uri("http://127.0.0.1:8080", "01", 0), "http://127.0.0.1:8080/status/01/0");
    assert_eq!(verify(b"nothing", pages.list(), 0), Verdict::Malformed);
    let page = who.get("/verify").await;
    assert!(page.text.contains("data-lists=\"/status/01/0\"") && page.text.contains("rel=\"manifest\""));
}

fn escape(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_finder_says_where_a_van_stands_and_when() {
    for test in foundation::testing::engines().await {
        let mut b = Bureau::open(test).await;
        let supervisor = b.officer(Role::Supervisor, "01-G00", None).await;
        let write = |b: &Bureau| UnitWrite { unit: UNIT.into(), command: b.office.ids.next(), version: None };
        let add = UnitChange::OpenVan { name: "المتنقل رقم 1".into() };
        units::change(&b.office, &supervisor, write(&b), add).await.expect("a van");
        let tree = b.office.units.now();
        let van = tree.centres(UNIT).iter().find(|centre| centre.kind == CentreKind::Mobile).expect("the van").id;
        let mut who = browser(&b);
        let list = who.get("/centres?gov=01").await;
        assert!(list.text.contains("ومركز متنقل"), "the list counts it");
        let page = who.get(&format!("/centres/{UNIT}")).await;
        assert!(page.text.contains("المتنقل رقم 1") && page.text.contains("لم يُعلن بعد مكان وقوفه القادم"));
        let stop = VanChange::PlanStop {
            centre: van,
            day: day(b.office.clock.now()),
            place: "ميدان المحطة".into(),
            opens_minute: 540,
            closes_minute: 780,
        };
        units::change_vans(&b.office, &supervisor, write(&b), stop).await.expect("a stop");
        let page = who.get(&format!("/centres/{UNIT}")).await;
        assert!(page.text.contains("ميدان المحطة") && page.text.contains("9:00\u{A0}ص – 1:00\u{A0}م"), "{}", page.text);
        b.town.pass(24 * 60 * 60 * Micros::SECOND);
        let page = who.get(&format!("/centres/{UNIT}")).await;
        assert!(!page.text.contains("ميدان المحطة"), "what is over is not told");
        let close = VanChange::SetOpen { centre: van, open: false };
        let supervisor = b.officer(Role::Supervisor, "01-G00", None).await;
        let refused = units::change_vans(&b.office, &supervisor, write(&b), close.clone()).await;
        assert!(refused.is_err(), "the session is over by then");
        let supervisor = b.another(Role::Supervisor, "01-G00", None).await;
        units::change_vans(&b.office, &supervisor, write(&b), close).await.expect("stopped");
        assert!(who.get(&format!("/centres/{UNIT}")).await.text.contains("لا يعمل حاليًا"));
    }
}
