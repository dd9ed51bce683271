//! A person at the window over HTTP: found by mobile, corrected, erased; each look noted. On both engines.

use std::sync::Arc;

use crate::common::{Bureau, PERSON, TENANT, UNIT};
use axum::Extension;
use ed25519_dalek::SigningKey;
use foundation::testing::engines;
use foundation::web::{ShellSettings, SiteInfo, serve_pages};
use http::StatusCode;
use record::follow::Follower;
use record::views::ViewLog;
use registry::Role;
use registry::testing::Browser;
use uuid::Uuid;
use window::public::PublishedKeys;
use window::requests::act;
use window::requests::follow::ErasureFollower;

struct Town {
    b: Bureau,
    views: ViewLog,
    router: axum::Router,
}

impl Town {
    async fn open(test: foundation::testing::TestDb) -> Self {
        let b = Bureau::open_in(test, &["01", "21"]).await;
        for (login, role, unit) in [
            ("clerk", Role::Clerk, UNIT),
            ("sibling", Role::Clerk, "01-D02"),
            ("cashier", Role::Cashier, UNIT),
            ("giza", Role::Clerk, "21-M01"),
        ] {
            b.town.person(login, role, unit, None).await;
        }
        let views = ViewLog::new(&b.office.record);
        let mut tables = vec![registry::pages::routes()];
        tables.extend(window::route_tables());
        let pages = registry::routes::mount(tables, b.office.site().clone()).layer(b.office.layer());
        let info = SiteInfo { public_url: b.office.settings.public_url.clone(), ..SiteInfo::default() };
        let root = SigningKey::from_bytes(&[9; 32]);
        let signed = b.office.issuers().list(0).sign(&root).expect("the root signs");
        let keys = PublishedKeys::read(signed, &root.verifying_key()).expect("its own list");
        let pages = pages.layer(Extension(views.clone())).layer(keys.layer());
        let router = serve_pages(pages, ShellSettings::new(info));
        Self { b, views, router }
    }

    async fn browser(&self, login: &str) -> Browser {
        let mut browser = Browser::on(self.router.clone());
        browser.login(login).await;
        browser
    }

    /// How often somebody looked at the person, by what for.
    async fn looks(&self, person: Uuid, purpose: &str) -> usize {
        self.views.flush().await.expect("written");
        let rows = self.b.office.db.query("SELECT stream_id, purpose FROM views", vec![]).await.expect("rows");
        let is = |row: &&foundation::db::Row| {
            row.get::<Uuid>("stream_id").is_ok_and(|id| id == person)
                && row.get::<String>("purpose").is_ok_and(|word| word == purpose)
        };
        rows.iter().filter(is).count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mobile_finds_a_person_with_their_requests_and_the_look_is_noted() {
    for engine in engines().await {
        let mut town = Town::open(engine).await;
        let clerk = town.b.clerk().await;
        let form = town.b.shop();
        act::register(&town.b.office, &clerk, form.clone()).await.expect("is registered");
        let person = town.b.state(form.request).await.file.applicant.subject;
        let mut clerk = town.browser("clerk").await;
        for (times, typed) in [
            "01012345678",
            "%D9%A0%D9%A1%D9%A0%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6%D9%A7%D9%A8",
            "%2B201012345678",
            "00201012345678",
            "010-1234-5678",
        ]
        .into_iter()
        .enumerate()
        {
            let page = clerk.get(&format!("/counter/search?q={typed}")).await;
            assert_eq!(page.status, StatusCode::OK, "{typed}");
            assert!(
                page.text.contains(PERSON) && page.text.contains(&format!("/counter/requests/{}", form.request)),
                "{typed}"
            );
            assert!(page.text.contains(&format!("/counter/persons/{person}")), "the way to the person's page");
            assert_eq!(town.looks(person, "search").await, times + 1);
        }
        assert!(clerk.get("/counter/search?q=01112345678").await.text.contains("لم نجد شيئًا"));
        assert_eq!(
            clerk.get("/counter/search?q=0101234567").await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "a digit is missing"
        );
        let mut giza = town.browser("giza").await;
        assert!(!giza.get("/counter/search?q=01012345678").await.text.contains(PERSON), "another governorate");
        let mut cashier = town.browser("cashier").await;
        let page = cashier.get("/counter/search?q=01012345678").await;
        assert!(page.text.contains(PERSON) && !page.text.contains("/counter/persons/"), "who finds does not correct");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_corrected_for_a_reason() {
    for engine in engines().await {
        let mut town = Town::open(engine).await;
        let clerk = town.b.clerk().await;
        let form = town.b.shop();
        act::register(&town.b.office, &clerk, form.clone()).await.expect("is registered");
        let person = town.b.state(form.request).await.file.applicant.subject;
        let (at, mut clerk) = (format!("/counter/persons/{person}"), town.browser("clerk").await);
        let page = clerk.get(&at).await;
        assert!(page.status == StatusCode::OK && page.text.contains(PERSON) && page.text.contains("01012345678"));
        assert_eq!(town.looks(person, "person").await, 1);

        let path = format!("{at}/correct");
        let page = clerk.get(&path).await;
        assert!(page.text.contains(&format!("value=\"{PERSON}\"")), "as it is now");
        let seen = page.hidden("seen").expect("a version");
        let wrong = clerk
            .post(
                &path,
                &[
                    ("seen", &seen),
                    ("name", ""),
                    ("mobile", "123"),
                    ("email", "x@y"),
                    ("address", "9 شارع"),
                    ("reason", ""),
                ],
            )
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [
            "اكتب الاسم كما في البطاقة",
            "اكتب بريدًا إلكترونيًا صحيحًا",
            "اكتب السبب",
            "value=\"123\"",
            "value=\"9 شارع\"",
        ] {
            assert!(wrong.text.contains(part), "{part}");
        }
        let command = town.b.office.ids.next().to_string();
        let right = [
            ("command", command.as_str()),
            ("seen", seen.as_str()),
            ("name", "نفرتاري سنوسرت المصححة قظضغ"),
            ("mobile", "٠١١١٢٣٤٥٦٧٨"),
            ("email", ""),
            ("address", "9 شارع الهرم"),
            ("reason", "خطأ في كتابة الاسم قظضغ"),
        ];
        for _ in 0..2 {
            let done = clerk.post(&path, &right).await;
            assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, at.as_str()), "{}", done.text);
        }
        let page = clerk.get(&at).await;
        assert!(
            page.text.contains("المصححة") && page.text.contains("01112345678") && page.text.contains("9 شارع الهرم")
        );
        assert!(clerk.get("/counter/search?q=01112345678").await.text.contains("المصححة"));
        assert!(!clerk.get("/counter/search?q=01012345678").await.text.contains("المصححة"));
        assert!(clerk.get(&format!("/counter/requests/{}", form.request)).await.text.contains("المصححة"));
        // What somebody else has changed since is not overwritten.
        let late = clerk
            .post(
                &path,
                &[("seen", &seen), ("name", "اسم آخر تمامًا"), ("mobile", "01012345678"), ("reason", "سبب آخر")],
            )
            .await;
        assert_eq!(late.status, StatusCode::CONFLICT);

        for (login, expected) in
            [("giza", StatusCode::NOT_FOUND), ("cashier", StatusCode::FORBIDDEN), ("sibling", StatusCode::OK)]
        {
            let mut other = town.browser(login).await;
            for page in ["", "/correct", "/erase"] {
                assert_eq!(other.get(&format!("{at}{page}")).await.status, expected, "{login} {page}");
            }
        }
        let checked = town.b.office.record.rebuild_check().await.expect("runs");
        assert!(checked.sound(), "{}: {checked:?}", town.b.name());
        for row in town.b.office.db.query("SELECT data FROM events", vec![]).await.expect("rows") {
            let data: Vec<u8> = row.get("data").expect("bytes");
            assert!(
                !data.windows("خطأ في كتابة".len()).any(|part| part == "خطأ في كتابة".as_bytes()),
                "the reason is encrypted"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_erased_when_nothing_of_theirs_is_under_way_and_pages_say_so() {
    for engine in engines().await {
        let mut town = Town::open(engine).await;
        let clerk = town.b.clerk().await;
        let form = town.b.shop();
        act::register(&town.b.office, &clerk, form.clone()).await.expect("is registered");
        let person = town.b.state(form.request).await.file.applicant.subject;
        let (at, mut clerk) = (format!("/counter/persons/{person}"), town.browser("clerk").await);
        let path = format!("{at}/erase");
        let asked = clerk.get(&path).await;
        for part in ["ما الذي سيحدث", PERSON, "لا رجوع في ذلك", "يبقى طلب واحد له"] {
            assert!(asked.text.contains(part), "{part}");
        }
        let none = clerk.post(&path, &[]).await;
        assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.text.contains("اختر سبب المحو"));
        let open = clerk.post(&path, &[("ground", "asked")]).await;
        assert!(
            open.status == StatusCode::UNPROCESSABLE_ENTITY && open.text.contains("له طلب لم ينتهِ بعد"),
            "{}",
            open.text
        );

        let state = town.b.until_the_end(form.request).await;
        assert!(clerk.get("/me").await.status == StatusCode::OK);
        let command = town.b.office.ids.next().to_string();
        for _ in 0..2 {
            let done = clerk.post(&path, &[("command", &command), ("ground", "asked")]).await;
            assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, at.as_str()), "{}", done.text);
        }
        for _ in 0..200 {
            let waiting = town.b.office.db.query("SELECT id FROM events WHERE number IS NULL LIMIT 1", vec![]).await;
            if waiting.expect("rows").is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let follower: Arc<dyn Follower> = Arc::new(ErasureFollower::new(town.b.office.record.clone()));
        town.b.office.record.catch_up(&follower).await.expect("follows");

        let mut reviewer = {
            town.b.town.person("reviewer", Role::Reviewer, UNIT, Some("LIC")).await;
            town.browser("reviewer").await
        };
        let request = form.request;
        for page in [at.clone(), format!("/counter/requests/{request}")] {
            let reply = clerk.get(&page).await;
            assert_eq!(reply.status, StatusCode::OK, "{page}");
            assert!(reply.text.contains("مُحيت بيانات") && !reply.text.contains("نفرتاري"), "{page}: {}", reply.text);
        }
        let desk = reviewer.get(&format!("/desk/requests/{request}")).await;
        assert!(!desk.text.contains("نفرتاري"));
        assert!(desk.status != StatusCode::OK || desk.text.contains("مُحيت بياناته"), "{}", desk.text);
        for q in ["01012345678", "29001010112345", "%D9%86%D9%81%D8%B1%D8%AA%D8%A7%D8%B1%D9%8A"] {
            let page = clerk.get(&format!("/counter/search?q={q}")).await;
            assert!(page.text.contains("لم نجد شيئًا") && !page.text.contains("نفرتاري سنوسرت"), "{q}");
        }
        let paper = state.course.issued.first().expect("a paper");
        let receipt = &state.course.payments.first().expect("a receipt").receipt;
        for page in [
            format!("/papers/{}.pdf", paper.number),
            format!("/receipts/{receipt}.pdf"),
            format!("/requests/{request}/slip-a5.pdf"),
            format!("/requests/{request}/print-out.pdf"),
            format!("{at}/correct"),
            path.clone(),
        ] {
            let reply = clerk.get(&page).await;
            assert_eq!(reply.status, StatusCode::GONE, "{page}");
            assert!(reply.text.contains("مُحيت بيانات"), "{page}");
        }
        // Outside nothing was ever said of the person, and nothing is now.
        let track = clerk.get(&format!("/T/{}", state.file.slip.token)).await;
        assert!(track.status == StatusCode::OK && !track.text.contains("نفرتاري"));
        let verified = clerk.get(&format!("/V/{}", paper.token)).await;
        assert!(verified.status == StatusCode::OK && !verified.text.contains("نفرتاري"));
        assert_eq!(town.b.state(request).await.file.number.get(1..3), Some(TENANT));
    }
}
