//! The life of a licence over HTTP, on both engines: renewed, moved, replaced, suspended, ended; freezes;
//! what the public register tells.

use axum::http::StatusCode;
use axum::http::header;
use foundation::testing::engines;
use jiff::ToSpan as _;
use jiff::civil::Date;
use record::jobs::Job as _;
use registry::testing::Browser;
use registry::{Role, Viewer};
use serde_json::json;
use uuid::Uuid;
use window::licences::jobs::WatchJob;
use window::requests::act::{self, ActError, Intake};
use window::requests::rules::{Refusal, day};
use window::requests::state::{IssuedPaper, Standing};

use crate::common::http::errors;
use crate::common::{Bureau, NID, PERSON, TENANT, UNIT};

/// Another person.
const OTHER: (&str, &str) = ("29102020112346", "خوفو خفرع قظضغ");

/// A kiosk: its licence lasts a year.
fn kiosk(b: &Bureau, case: &str, number: &str) -> Intake {
    let mut form = b.form(
        "SHP-19",
        json!({
            "kiosk_case": case, "kiosk_goods": "جرائد ومجلات", "premises_address": "ميدان التحرير أمام المتحف",
            "premises_location": ["31.235700", "30.044400"], "priority_category": ["none"],
            "kiosk_area_m2": "4", "road_class": "paved_first",
        }),
    );
    if !number.is_empty() {
        form.answers.insert("licence_number".into(), number.into());
    }
    form
}

fn other(mut form: Intake) -> Intake {
    form.applicant.person.name = OTHER.1.into();
    form.applicant.person.identity.as_mut().expect("a number").number = OTHER.0.into();
    form
}

struct Office {
    b: Bureau,
    clerk: Viewer,
}

impl Office {
    async fn open(test: foundation::testing::TestDb) -> Self {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        Self { b, clerk }
    }

    async fn register(&mut self, form: Intake) -> Result<Uuid, ActError> {
        self.clerk = self.b.clerk().await;
        let request = form.request;
        act::register(&self.b.office, &self.clerk, form).await.map(|_| request)
    }

    /// The whole way; gives the paper.
    async fn licence(&mut self, form: Intake) -> IssuedPaper {
        let request = self.register(form).await.unwrap_or_else(|error| panic!("{error:?}"));
        let state = self.b.until_the_end(request).await;
        state.course.issued.last().unwrap_or_else(|| panic!("no paper: {:?}", state.course.status)).clone()
    }

    async fn refused(&mut self, form: Intake) -> Refusal {
        match self.register(form).await {
            Err(ActError::Refused(refusal)) => refusal,
            outcome => panic!("let through: {outcome:?}"),
        }
    }

    async fn paper(&self, number: &str) -> IssuedPaper {
        let found = window::requests::queries::paper_by_number(&mut self.b.office.db.reader(), number).await;
        found.expect("reads").expect("the paper").paper
    }

    fn today(&self) -> Date {
        day(self.b.office.clock.now())
    }

    fn go_to(&mut self, to: Date) {
        self.b.next_day();
        self.b.town.clock.set(foundation::dates::instant(to, jiff::civil::time(10, 0, 0, 0)));
    }

    async fn verdict(&self, paper: &IssuedPaper) -> String {
        let mut who = Browser::on(self.b.router(Bureau::tables()));
        let page = who.get(&format!("/V/{}", paper.token)).await;
        assert_eq!(page.status, StatusCode::OK);
        page.text
    }

    /// What the status list says of a paper.
    async fn listed(&self, paper: &IssuedPaper) -> documents::sign::Status {
        let index = u32::try_from(paper.status_index.expect("a place")).expect("fits");
        let (list, now) = (documents::sign::StatusList::of_index(index), self.b.office.clock.now());
        let office = &self.b.office;
        let mut reader = office.db.reader();
        let signed = window::papers::status_list(&mut reader, office.issuers(), "http://x", TENANT, list, now);
        let signed = signed.await.expect("a list");
        let keys = office.issuers().list(0);
        documents::sign::StatusList::decode(&signed, &keys).expect("reads").get(index).expect("a place in it")
    }

    async fn sound(&self) {
        let check = self.b.office.record.rebuild_check().await.expect("runs");
        assert!(check.sound(), "{}: {check:?}", self.b.name());
    }
}

fn shop(b: &Bureau) -> Intake {
    let mut form = b.shop();
    form.answers.insert("premises_location".into(), json!(["31.250000", "30.050000"]));
    form.answers.insert("activity_code".into(), json!("1201"));
    form
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_is_renewed_and_the_old_one_says_so() {
    for test in engines().await {
        let mut office = Office::open(test).await;
        let form = kiosk(&office.b, "new", "");
        let old = office.licence(form).await;
        let expires = old.expires.expect("a year");

        // Reminded sixty days before; the job runs twice, the record says it once.
        office.go_to(expires.checked_sub(60.days()).expect("a day"));
        let job = WatchJob::new(office.b.office.clone());
        assert_eq!(job.watch().await.expect("runs"), 1);
        assert_eq!(job.watch().await.expect("runs"), 0);
        job.run("").await.expect("runs");
        assert_eq!(office.paper(&old.number).await.reminders, [30, 7]);

        // It stands on the clerk's list, with the way to renew it; the form opens with what is known.
        let login = "renewals";
        office.b.town.person(login, Role::Clerk, UNIT, None).await;
        let mut clerk = Browser::on(office.b.router(Bureau::tables()));
        clerk.login(login).await;
        let list = clerk.get("/counter/renewals").await;
        let way = format!("/counter/new?service=SHP-19&#38;parent={}", old.number);
        assert!(list.text.contains(&way), "{}", list.text);
        let form = clerk.get(&way.replace("&#38;", "&")).await;
        assert!(
            form.text.contains("ميدان التحرير أمام المتحف") && form.text.contains("30.044400, 31.235700"),
            "{}",
            form.text
        );

        // Not by anybody else, and not twice at once.
        let form = other(kiosk(&office.b, "renew", &old.number));
        assert_eq!(office.refused(form).await, Refusal::ParentNotHolder);
        let form = kiosk(&office.b, "renew", &old.number);
        let renewal = office.register(form).await.expect("is registered");
        let form = kiosk(&office.b, "renew", &old.number);
        assert!(matches!(office.refused(form).await, Refusal::ParentBusy { .. }));
        let form = kiosk(&office.b, "move", &old.number);
        assert!(matches!(office.refused(form).await, Refusal::ParentBusy { .. }));

        let state = office.b.until_the_end(renewal).await;
        let new = state.course.issued[0].clone();
        // The new term begins where the old one ends.
        assert_eq!(new.expires, expires.checked_add(1.year()).ok(), "{}", office.b.name());
        assert_eq!((new.issue(), state.file.parent.as_ref().map(|parent| parent.issue)), (2, Some(1)));
        let old = office.paper(&old.number).await;
        assert_eq!(old.standing, Standing::Superseded);
        assert_eq!(office.listed(&old).await, documents::sign::Status::Superseded);
        assert_eq!(office.listed(&new).await, documents::sign::Status::Valid);
        let told = office.verdict(&old).await;
        let number = foundation::numbers::Number::parse(&new.number).expect("a number").grouped();
        assert!(told.contains("حل محله محرر أحدث") && told.contains(&number), "{told}");
        // It is over: nothing can be done to it any more.
        let form = kiosk(&office.b, "renew", &old.number);
        assert_eq!(office.refused(form).await, Refusal::ParentSuperseded { by: new.number.clone() });

        // What is printed says what it replaces; both pages show the chain.
        let clerk_pdf = clerk.get(&format!("/papers/{}.pdf", new.number)).await;
        let text = foundation::testing::pdf_text(&clerk_pdf.bytes);
        assert!(text.contains("تجديد للترخيص"), "{text}");
        let case = clerk.get(&format!("/counter/requests/{renewal}")).await;
        assert!(case.text.contains("تجديد للترخيص رقم") && case.text.contains("سلسلة الترخيص"), "{}", case.text);
        office.sound().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_is_transferred_replaced_suspended_and_ended() {
    for test in engines().await {
        let mut office = Office::open(test).await;
        let form = kiosk(&office.b, "new", "");
        let first = office.licence(form).await;

        // To another: in the new holder's name, to the same last day.
        let transfer =
            |office: &Office, number: &str| {
                office.b.form("SHP-07", json!({
                "licence_number": number, "activity_code": "1001", "premises_address": "ميدان التحرير أمام المتحف",
                "shop_area_m2": "6",
                "assignor_name": "x", "handles_food": false,
            }))
            };
        let form = transfer(&office, &first.number);
        assert_eq!(office.refused(form).await, Refusal::ParentSameHolder);
        let form = other(transfer(&office, &first.number));
        let second = office.licence(form).await;
        assert_eq!(second.expires, first.expires, "a transfer hands on the term, and no more");
        assert_eq!(office.paper(&first.number).await.standing, Standing::Superseded);

        // Lost: the new paper says what the lost one said, and is of its kind.
        let lost = |office: &Office, number: &str, kind: &str| {
            let answers =
                json!({ "licence_number": number, "copy_kind": kind, "copies_count": 1, "loss_report_number": "77" });
            other(office.b.form("SHP-12", answers))
        };
        let form = lost(&office, &second.number, "lost");
        let third = office.licence(form).await;
        assert_eq!((third.kind.as_str(), third.expires, third.issue()), ("licence", first.expires, 3));
        assert_eq!(third.values.get("premises_address"), second.values.get("premises_address"));
        // A certified copy is about the paper and does nothing to it.
        let form = lost(&office, &third.number, "certified");
        office.licence(form).await;
        assert_eq!(office.paper(&third.number).await.standing, Standing::Valid);

        // Suspended for three days by a decision; meanwhile nothing but giving up; then it holds again by itself.
        office.b.town.person("head", Role::UnitHead, UNIT, None).await;
        let mut head = Browser::on(office.b.router(Bureau::tables()));
        head.login("head").await;
        let path = format!("/desk/papers/{}/suspend", third.number);
        let form = head.get(&path).await;
        assert_eq!(form.status, StatusCode::OK, "{}", form.text);
        let until = office.today().checked_add(3.days()).expect("a day");
        let parts = |day: Date| [day.day().to_string(), day.month().to_string(), day.year().to_string()];
        let (on, to) = (parts(office.today()), parts(until));
        let fields = [
            ("paper-decision", "12"),
            ("paper-reason", "مخالفة"),
            ("paper-date.day", &on[0]),
            ("paper-date.month", &on[1]),
            ("paper-date.year", &on[2]),
            ("paper-until.day", &to[0]),
            ("paper-until.month", &to[1]),
            ("paper-until.year", &to[2]),
        ];
        let done = head.post(&path, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
        assert_eq!(office.listed(&third).await, documents::sign::Status::Suspended);
        let form = lost(&office, &third.number, "lost");
        assert_eq!(office.refused(form).await, Refusal::ParentStands { standing: Standing::Suspended });
        let job = WatchJob::new(office.b.office.clone());
        assert_eq!(job.watch().await.expect("runs"), 0, "its last day has not passed");
        office.go_to(until.tomorrow().expect("a day"));
        assert_eq!(job.watch().await.expect("runs"), 1);
        let third = office.paper(&third.number).await;
        assert_eq!((third.standing, third.rulings.len()), (Standing::Valid, 2));

        // Given up: a certificate comes out, and the licence is revoked in the same append.
        let form = other(office.b.form(
            "SHP-11",
            json!({
                "licence_number": third.number, "closure_request_kind": "cancel", "premises_address": "ميدان التحرير",
                "stop_date": office.today().to_string(), "certificate_purpose": "tax",
            }),
        ));
        let certificate = office.licence(form).await;
        assert_eq!(certificate.kind, "certificate");
        let third = office.paper(&third.number).await;
        assert_eq!(third.standing, Standing::Revoked);
        assert_eq!(office.listed(&third).await, documents::sign::Status::Revoked);
        office.sound().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_issue_at_once_never_both_replace() {
    for test in engines().await {
        let mut office = Office::open(test).await;
        let form = kiosk(&office.b, "new", "");
        let old = office.licence(form).await;
        let form = kiosk(&office.b, "renew", &old.number);
        let command = form.command;
        // Two windows, the same paper, the same moment: one is registered.
        let twin = Intake { command: office.b.office.ids.next(), request: office.b.office.ids.next(), ..form.clone() };
        let (clerk, house) = (office.clerk.clone(), office.b.office.clone());
        let (one, two) = tokio::join!(act::register(&house, &clerk, form.clone()), act::register(&house, &clerk, twin));
        let registered = [&one, &two].into_iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(registered, 1, "{one:?} {two:?}");
        // The form of the one sent again is the same request.
        if one.is_ok() {
            let again = Intake { command, ..form };
            let again = act::register(&house, &clerk, again).await.expect("answered from the record");
            assert_eq!(Some(again.request), one.ok().map(|answer| answer.request));
        }
        office.sound().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_freeze_refuses_inside_and_lets_through_outside() {
    for test in engines().await {
        let mut office = Office::open(test).await;
        office.b.town.person("head", Role::UnitHead, UNIT, None).await;
        let mut head = Browser::on(office.b.router(Bureau::tables()));
        head.login("head").await;
        let form = head.get("/desk/freezes/new").await;
        assert_eq!(form.status, StatusCode::OK, "{}", form.text);
        let freeze = form.hidden("freeze").expect("an id");
        let today = office.today();
        let last = today.checked_add(5.months()).expect("a day");
        let parts = |day: Date| [day.day().to_string(), day.month().to_string(), day.year().to_string()];
        let (on, to) = (parts(today), parts(last));
        let fields = |area: &'static str| {
            vec![
                ("freeze", freeze.clone()),
                ("decision", "44".into()),
                ("reason", "مخطط تفصيلي".into()),
                ("unit", UNIT.into()),
                ("groups", "shops".into()),
                ("treatment", "refuse".into()),
                ("place", "ميدان التحرير".into()),
                ("area", area.into()),
                ("dated.day", on[0].clone()),
                ("dated.month", on[1].clone()),
                ("dated.year", on[2].clone()),
                ("from.day", on[0].clone()),
                ("from.month", on[1].clone()),
                ("from.year", on[2].clone()),
                ("to.day", to[0].clone()),
                ("to.month", to[1].clone()),
                ("to.year", to[2].clone()),
            ]
        };
        let send = |fields: Vec<(&'static str, String)>| fields;
        let crossing = send(fields("30.04, 31.23\n30.05, 31.24\n30.05, 31.23\n30.04, 31.24"));
        let crossing: Vec<(&str, &str)> = crossing.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = head.post("/desk/freezes/new", &crossing).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("يتقاطعان") && refused.text.contains("مخطط تفصيلي"), "{}", refused.text);
        let sound = send(fields("30.04, 31.23\n30.04, 31.24\n30.05, 31.24\n30.05, 31.23"));
        let sound: Vec<(&str, &str)> = sound.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let done = head.post("/desk/freezes/new", &sound).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));

        // The kiosk stands inside, the shop outside.
        let form = kiosk(&office.b, "new", "");
        let refusal = office.refused(form).await;
        assert!(matches!(&refusal, Refusal::Frozen { decision, .. } if decision == "44"), "{refusal:?}");
        let form = shop(&office.b);
        office.register(form).await.expect("outside the area");

        // The citizen reads it on the service's page, the clerk at the form.
        let mut who = Browser::on(office.b.router(Bureau::tables()));
        let page = who.get(&format!("/services/SHP-16?unit={UNIT}")).await;
        assert!(page.text.contains("موقوف بالقرار رقم 44"), "{}", page.text);
        office.b.town.person("frozen", Role::Clerk, UNIT, None).await;
        let mut clerk = Browser::on(office.b.router(Bureau::tables()));
        clerk.login("frozen").await;
        let form = clerk.get("/counter/new?service=SHP-16").await;
        assert!(form.text.contains("موقوف بالقرار رقم 44"), "{}", form.text);

        // Lifted by a decision of its own: from then on it keeps nobody out.
        let path = format!("/desk/freezes/{freeze}/lift");
        let form = head.get(&path).await;
        assert_eq!(form.status, StatusCode::OK);
        let fields = [
            ("freeze", freeze.as_str()),
            ("decision", "45"),
            ("dated.day", &on[0]),
            ("dated.month", &on[1]),
            ("dated.year", &on[2]),
        ];
        let done = head.post(&path, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
        let form = kiosk(&office.b, "new", "");
        office.register(form).await.expect("the freeze is lifted");
        office.sound().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_tells_no_person() {
    for test in engines().await {
        let mut office = Office::open(test).await;
        let form = kiosk(&office.b, "new", "");
        let kiosk = office.licence(form).await;
        let form = shop(&office.b);
        let shop = office.licence(form).await;
        let router = office.b.router(Bureau::tables());
        let number =
            |paper: &IssuedPaper| foundation::numbers::Number::parse(&paper.number).expect("a number").grouped();
        let mut all = String::new();
        let mut ask = async |path: &str| {
            let mut who = Browser::on(router.clone());
            office.b.town.pass(foundation::clock::Micros::SECOND * 10);
            let page = who.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
            all.push_str(&page.text);
            page
        };
        let finds = |page: &registry::testing::Reply, papers: [bool; 2]| {
            let found = [&kiosk, &shop].map(|paper| page.text.contains(&number(paper)));
            assert_eq!(found, papers, "{}", page.text);
        };
        for (path, papers) in [
            ("/licences", [true, true]),
            ("/licences?q=%D8%A7%D9%84%D8%AA%D8%AD%D8%B1%D9%8A%D8%B1", [true, false]),
            ("/licences?q=%D8%AA%D8%AD%D8%B1", [true, false]),
            ("/licences?q=15+%D8%B4%D8%A8%D8%B1%D8%A7", [false, true]),
            ("/licences?group=shops&year=2026&standing=valid&gov=01", [true, true]),
            ("/licences?standing=revoked", [false, false]),
            ("/licences?activity=1201", [false, true]),
            ("/licences?gov=21", [false, false]),
            (&format!("/centres/{UNIT}/licences"), [true, true]),
            (&format!("/centres/{UNIT}/licences?q=%D8%B4%D8%A8%D8%B1%D8%A7"), [false, true]),
            ("/centres/01-D02/licences", [false, false]),
            (&format!("/licences?q={}", kiosk.number), [true, false]),
        ] {
            let page = ask(path).await;
            finds(&page, papers);
        }
        let csv = ask("/licences/export.csv").await;
        assert!(csv.text.contains(&number(&kiosk)) && csv.text.contains("رقم الترخيص"), "{}", csv.text);
        assert!(csv.headers[header::CONTENT_TYPE].to_str().expect("text").starts_with("text/csv"));
        let points = ask("/licences/points.json").await;
        assert!(points.text.contains("31.2357") && points.text.contains("31.25"), "{}", points.text);
        ask("/licences/governorates.json").await;
        // Whatever tells who somebody is occurs nowhere.
        let secrets = PERSON.split(' ').chain([NID, "01012345678", "رمسيس", "مقهى النيل"]);
        for secret in secrets {
            assert!(!all.contains(secret), "the register says «{secret}»");
        }
        let mut who = Browser::on(router.clone());
        let wrong = who.get("/licences?year=1066").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
