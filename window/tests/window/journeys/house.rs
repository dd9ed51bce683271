//! The desks of a town, the people at them with their browsers, and a citizen outside.

use std::collections::{BTreeMap, HashMap};

use axum::Router;
use axum::http::StatusCode;
use catalogue::model::StepKind;
use foundation::clock::Micros;
use foundation::dates;
use foundation::money::Piastres;
use foundation::numbers::Number;
use foundation::testing::{TestDb, pdf_text};
use jiff::civil::Date;
use registry::Role;
use registry::testing::{Browser, Reply};
use registry::units::{self, UnitChange, UnitWrite};
use uuid::Uuid;
use window::papers::Content;
use window::requests::events::{Holder, StepNo};
use window::requests::state::{IssuedPaper, Phase, State};

use crate::common::http::{errors, multipart};
use crate::common::{Bureau, NID, PERSON, TENANT, UNIT};

/// What a service's journey is made of, as people type it.
#[derive(Default, Clone)]
pub struct Journey {
    pub service: &'static str,
    /// The applicant's answers, by field.
    pub answers: Vec<(&'static str, &'static str)>,
    /// Fields that are answered with a scan.
    pub scans: Vec<&'static str>,
    /// Papers on the clerk's table.
    pub papers: Vec<&'static str>,
    /// The inspector's report.
    pub report: Vec<(&'static str, &'static str)>,
    /// Fields of the report that take photos.
    pub photos: Vec<&'static str>,
    /// What the office fills in with the fees.
    pub office: Vec<(&'static str, &'static str)>,
    /// Bills by payment step: label and pounds of each line.
    pub bills: Vec<(&'static str, Vec<(&'static str, i64)>)>,
    /// Whatever of the form tells who somebody is.
    pub secrets: Vec<&'static str>,
}

/// A request with what its slip says.
pub struct Case {
    pub id: Uuid,
    pub number: String,
    pub pin: String,
    pub token: String,
    /// Who did which step: id of the step, unit, department, role; in the order of doing.
    pub done: Vec<String>,
}

/// An office with its people.
pub struct House {
    pub b: Bureau,
    router: Router,
    people: HashMap<String, (Browser, Date)>,
}

impl House {
    pub async fn open(test: TestDb) -> Self {
        let b = Bureau::open(test).await;
        let router = b.router(Bureau::tables());
        Self { b, router, people: HashMap::new() }
    }

    /// Somebody with a role at a desk; the same one each time, signed in anew every morning.
    pub async fn at(&mut self, role: Role, unit: &str, department: Option<&str>) -> &mut Browser {
        let login = format!("{}.{unit}.{}", role.code(), department.unwrap_or("all")).to_lowercase().replace('_', "");
        let today = self.today();
        let known = self.people.get(&login).map(|(_, day)| *day);
        if known.is_none() {
            self.b.town.person(&login, role, unit, department).await;
        }
        if known != Some(today) {
            self.b.town.pass(Micros::SECOND);
            let mut browser = Browser::on(self.router.clone());
            let reply = browser.login(&login).await;
            assert_eq!(reply.status, StatusCode::SEE_OTHER, "{login} does not get in");
            self.people.insert(login.clone(), (browser, today));
        }
        &mut self.people.get_mut(&login).expect("just made").0
    }

    pub async fn clerk(&mut self) -> &mut Browser {
        self.at(Role::Clerk, UNIT, None).await
    }

    /// A citizen's telephone: no login. A few seconds pass, so that the limits of an address never bite.
    pub fn citizen(&self) -> Browser {
        self.b.town.pass(5 * Micros::SECOND);
        Browser::on(self.router.clone())
    }

    pub fn today(&self) -> Date {
        dates::day_of(self.b.office.clock.now())
    }

    /// Ten in the morning of a day to come.
    pub fn go_to(&self, day: Date) {
        let then = dates::instant(day, jiff::civil::time(10, 0, 0, 0));
        assert!(then > self.b.office.clock.now(), "{day} is not to come");
        self.b.town.clock.set(then);
    }

    /// The next day on which the district works.
    pub fn next_working_day(&self) -> Date {
        let tree = self.b.office.units.now();
        let calendar = tree.calendar(UNIT).expect("a calendar");
        calendar.working_day_from(self.today().tomorrow().expect("a day"))
    }

    /// Three people who sit on a committee.
    pub async fn seat_committee(&mut self, unit: &str, committee: &str) -> Vec<String> {
        let supervisor = self.b.officer(Role::Supervisor, "01-G00", None).await;
        for name in ["عضو أول", "عضو ثان", "عضو ثالث"] {
            let write = UnitWrite { unit: unit.into(), command: self.b.office.ids.next(), version: None };
            let member =
                UnitChange::NameMember {
                    department: committee.into(), name: name.into(), capacity: "مهندس".into()
                };
            units::change(self.b.office.site(), &supervisor, write, member).await.expect("named");
            self.b.office.units.reload(&self.b.office.db).await.expect("read");
        }
        self.b.office.units.now().members(unit, committee).map(|member| member.id.to_string()).collect()
    }

    /// Opens the form of a service, types it and sends it.
    pub async fn send_in(&mut self, journey: &Journey) -> Reply {
        let clerk = self.clerk().await;
        let form = clerk.get(&format!("/counter/new?service={}", journey.service)).await;
        assert_eq!(form.status, StatusCode::OK, "{}", form.text);
        let mut sent: Vec<(String, String)> = Vec::new();
        for (name, value) in [
            ("service", journey.service),
            ("applicant.kind", "person"),
            ("applicant.nid", NID),
            ("applicant.full_name", PERSON),
            ("applicant.mobile_number", "٠١٠١٢٣٤٥٦٧٨"),
            ("unit", UNIT),
            ("do", "register"),
        ] {
            sent.push((name.into(), value.into()));
        }
        sent.extend(journey.answers.iter().map(|(id, value)| (format!("a.{id}"), (*value).to_owned())));
        sent.extend(journey.papers.iter().map(|paper| ("papers".to_owned(), (*paper).to_owned())));
        for name in ["csrf", "command", "request"] {
            sent.push((name.into(), form.hidden(name).expect("a hidden field")));
        }
        let scans: Vec<String> = journey.scans.iter().map(|field| format!("file.field.{field}")).collect();
        let scans: Vec<&str> = scans.iter().map(String::as_str).collect();
        multipart(clerk, "/counter/new", &sent, &scans).await
    }

    /// The same, and it is registered: everything is on the clerk's table.
    pub async fn register(&mut self, journey: &Journey) -> Case {
        let reply = self.send_in(journey).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}: {}", journey.service, errors(&reply));
        let at = reply.location().to_owned();
        let id = at.trim_start_matches("/counter/done/").split('?').next().unwrap_or_default();
        let id: Uuid = id.parse().unwrap_or_else(|_| panic!("not registered: {at}"));
        let clerk = self.clerk().await;
        let slip = clerk.get(&at).await;
        let (_, rest) = slip.text.rsplit_once("<p class=\"big\">").expect("a PIN");
        let (_, rest) = rest.split_once("<bdi class=\"code\">").expect("a PIN");
        let pin: String = rest.chars().take_while(|digit| *digit != '<').collect();
        assert_eq!(pin.len(), 4, "«{pin}» is no PIN");
        let pdf = clerk.get(&format!("/requests/{id}/slip-80.pdf")).await;
        assert_eq!(pdf.status, StatusCode::OK);
        let state = self.b.state(id).await;
        let printed = pdf_text(&pdf.bytes);
        assert!(printed.contains(&pin), "the slip bears the PIN: {printed}");
        Case { id, number: state.file.number.clone(), pin, token: state.file.slip.token.clone(), done: Vec::new() }
    }

    /// What the citizen sees with number and PIN: no name, no officer; gives the page.
    pub async fn track(&mut self, case: &Case, words: &[&str]) -> Reply {
        let mut who = self.citizen();
        who.get("/track").await;
        let grouped = Number::parse(&case.number).expect("a number").grouped();
        let found = who.post("/track", &[("number", &grouped), ("pin", &case.pin)]).await;
        assert_eq!(found.location(), format!("/T/{}", case.token), "{}", errors(&found));
        let page = who.get(found.location()).await;
        assert_eq!(page.status, StatusCode::OK);
        for word in [grouped.as_str()].iter().chain(words) {
            assert!(page.text.contains(word), "tracking does not say «{word}»: {}", page.text);
        }
        for word in PERSON.split(' ').chain([NID, "01012345678", "منى عبد الرحمن علي"]) {
            assert!(!page.text.contains(word), "tracking says «{word}»");
        }
        page
    }

    /// The paper as it is printed, verified in both ways and looked at.
    pub async fn verify(&mut self, state: &State, printed: &[&str]) -> IssuedPaper {
        let paper = state.course.issued.last().expect("a paper").clone();
        let clerk = self.clerk().await;
        let pdf = clerk.get(&format!("/papers/{}.pdf", paper.number)).await;
        assert_eq!(pdf.status, StatusCode::OK, "{}", pdf.text);
        let text = pdf_text(&pdf.bytes);
        for word in printed.iter().chain(&[PERSON]) {
            assert!(text.contains(word), "the paper does not say «{word}»: {text}");
        }
        let mut who = self.citizen();
        let page = who.get(&format!("/V/{}", paper.token)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("المحرر صحيح وسارٍ") && page.text.contains("نفرتاري س•••"), "{}", page.text);
        who.get("/verify").await;
        let page = who.post("/verify", &[("paper", &paper.number)]).await;
        assert!(page.text.contains("المحرر صحيح وسارٍ"), "{}", page.text);
        assert!(!page.text.contains("نفرتاري"), "by number nobody learns whose it is");
        paper
    }

    /// What stands on a paper of the person, opened with the holder's key.
    pub async fn content(&self, state: &State, paper: &IssuedPaper) -> Content {
        let keyring = self.b.office.record.keyring();
        let key = keyring.open(&mut self.b.office.db.reader(), TENANT, state.file.applicant.subject).await;
        let key = key.expect("reads").expect("a key");
        Content::decrypt(&key, &paper.number, &paper.personal).expect("opens")
    }

    /// The record replayed gives the tables as they are: at the end of every journey.
    pub async fn sound(&self) {
        let checked = self.b.office.record.rebuild_check().await.expect("runs");
        assert!(checked.sound(), "{}: {checked:?}", self.b.name());
    }
}

/// Who does good work at a desk: role, unit, department of the login.
pub fn hand(holder: &Holder, kind: StepKind, sits: bool) -> (Role, String, Option<String>) {
    let department = Some(holder.department.clone());
    let unit = holder.unit.clone();
    match kind {
        _ if unit.contains("-B") => (Role::BodyOfficer, unit, department),
        _ if sits => (Role::CommitteeSecretary, unit, department),
        StepKind::Pay => (Role::Cashier, UNIT.into(), None),
        StepKind::Handover => (Role::Clerk, UNIT.into(), None),
        StepKind::Check if holder.department == "TECH" => (Role::Clerk, unit, None),
        StepKind::Approve if holder.department == "HEAD" => (Role::UnitHead, unit, None),
        StepKind::Approve => (Role::Decider, unit, department),
        StepKind::Inspect => (Role::Inspector, unit, department),
        _ => (Role::Reviewer, unit, department),
    }
}

/// Nothing on a page tells who the applicant is.
pub fn blind(page: &Reply, journey: &Journey, at: &str) {
    let words = PERSON.split(' ').chain([NID, "01012345678", "٠١٠١٢٣٤٥٦٧٨"]).chain(journey.secrets.iter().copied());
    for word in words {
        assert!(!page.text.contains(word), "«{word}» on {at}");
    }
}

/// What was charged: part and pounds of each line, in order.
pub fn charged(state: &State) -> Vec<(&str, i64)> {
    state.course.charges.iter().map(|line| (line.part.as_str(), pounds(line.amount))).collect()
}

/// All money taken, in pounds.
pub fn paid(state: &State) -> i64 {
    pounds(state.course.payments.iter().map(|payment| payment.amount).sum())
}

/// Every amount of these journeys is in whole pounds.
fn pounds(amount: Piastres) -> i64 {
    assert_eq!(amount.0 % 100, 0, "{amount:?}");
    amount.0 / 100
}

/// The steps that did not apply.
pub fn skipped(b: &Bureau, state: &State) -> Vec<String> {
    let service = b.office.version(&state.file.service).expect("a service");
    let steps: BTreeMap<StepNo, &str> = (1..).zip(service.steps.iter().map(|step| step.id.as_str())).collect();
    let skipped = state.course.steps.iter().filter(|(_, step)| step.phase == Phase::Skipped);
    skipped.filter_map(|(no, _)| steps.get(no).map(|id| (*id).to_owned())).collect()
}
