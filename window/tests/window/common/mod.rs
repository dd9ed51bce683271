//! An office in Cairo with officers at every desk, on a database of either engine.

pub mod http;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use catalogue::model::{Channel, Need, StepKind};
use ed25519_dalek::SigningKey;
use foundation::testing::TestDb;
use foundation::web::{ShellSettings, SiteInfo, serve_pages};
use record::Keyring;
use record::seal::Sealing;
use record::views::ViewsSlice;
use registry::citizens::{self, Identity, IdentityKind, PersonKind};
use registry::sessions::{Attempt, COOKIE, Outcome};
use registry::testing::{PASSWORD, TestSite, site_with};
use registry::{Role, RouteTable, Viewer};
use serde_json::{Value, json};
use uuid::Uuid;
use window::queue::QueueSlice;
use window::requests::act::{self, Act, ActError, Answer, Intake, Who};
use window::requests::events::{
    Answers, Holder, Opinion, Paper, PaperState, Receiver, Recommendation, StepNo, TakenIn,
};
use window::requests::queries;
use window::requests::rules::{Command, day};
use window::requests::state::State;
use window::requests::store::Requests;
use window::services::ServiceSlice;
use window::{Office, OfficeParts, papers::Issuers, public::PublishedKeys};

pub const TENANT: &str = "01";
pub const UNIT: &str = "01-D07";
/// A name that no other file of the machine holds.
pub const PERSON: &str = "نفرتاري سنوسرت الفيروز قظضغ";
pub const NID: &str = "29001010112345";

pub struct Bureau {
    pub town: TestSite,
    pub office: Office,
    officers: HashMap<(String, String, Role), Viewer>,
    _sealing: Sealing,
}

impl Bureau {
    pub async fn open(test: TestDb) -> Self {
        Self::open_in(test, &[TENANT]).await
    }

    /// The same where the tree has these governorates.
    pub async fn open_in(test: TestDb, governorates: &[&str]) -> Self {
        let slices: Vec<Arc<dyn record::Slice>> = vec![
            Arc::new(Requests),
            Arc::new(ServiceSlice),
            Arc::new(ViewsSlice),
            Arc::new(window::online::Applications),
            // The keys of the test's site.
            Arc::new(QueueSlice::new(Keyring::seeded(7))),
        ];
        let town = site_with(test, slices, governorates).await;
        let sealing = town.site.record.start_sealer();
        let issuers = Issuers::of([(TENANT.to_owned(), [7; 32])]);
        let office = Office::new(OfficeParts { site: town.site.clone(), issuers });
        Self { town, office, officers: HashMap::new(), _sealing: sealing }
    }

    pub fn name(&self) -> &'static str {
        self.town.test.name()
    }

    /// Every page of the registry and the window.
    pub fn tables() -> Vec<RouteTable> {
        let mut tables = vec![registry::pages::routes()];
        tables.extend(window::route_tables());
        tables
    }

    /// These pages as `app` serves them, the issuers' keys published.
    pub fn router(&self, tables: Vec<RouteTable>) -> Router {
        let root = SigningKey::from_bytes(&[9; 32]);
        let signed = self.office.issuers().list(0).sign(&root).expect("the root signs");
        let keys = PublishedKeys::read(signed, &root.verifying_key()).expect("its own list");
        let pages = registry::routes::mount(tables, self.office.site().clone());
        let pages = pages.layer(self.office.layer()).layer(keys.layer());
        let info = SiteInfo { public_url: self.office.settings.public_url.clone(), ..SiteInfo::default() };
        serve_pages(pages, ShellSettings::new(info))
    }

    /// Somebody with a role at a place, signed in; the same one each time.
    pub async fn officer(&mut self, role: Role, unit: &str, department: Option<&str>) -> Viewer {
        let key = (unit.to_owned(), department.unwrap_or_default().to_owned(), role);
        if let Some(viewer) = self.officers.get(&key) {
            return viewer.clone().at_moment(self.office.clock.now());
        }
        let viewer = self.another(role, unit, department).await;
        self.officers.insert(key, viewer.clone());
        viewer
    }

    /// Days have passed: whoever was signed in signs in anew.
    pub fn next_day(&mut self) {
        self.officers.clear();
    }

    /// Somebody new.
    pub async fn another(&self, role: Role, unit: &str, department: Option<&str>) -> Viewer {
        let login = format!("u{}", self.office.ids.next().simple());
        let login = login.get(..30).expect("long enough").to_owned();
        self.town.person(&login, role, unit, department).await;
        self.sign_in(&login).await
    }

    pub async fn sign_in(&self, login: &str) -> Viewer {
        let address = std::net::IpAddr::from([127, 0, 0, 1]);
        let attempt = Attempt { login: login.into(), password: PASSWORD.into(), address, agent: "test".into() };
        let Outcome::In(login) = registry::sessions::login(&self.office, attempt).await.expect("answers") else {
            panic!("not signed in");
        };
        let mut headers = HeaderMap::new();
        let cookie = HeaderValue::from_str(&format!("{COOKIE}={}", login.token)).expect("a header");
        headers.insert(header::COOKIE, cookie);
        registry::sessions::viewer(&self.office, &headers, self.office.clock.now()).await.expect("reads")
    }

    pub async fn clerk(&mut self) -> Viewer {
        self.officer(Role::Clerk, UNIT, None).await
    }

    /// A filled-in form of a service; every document presented.
    pub fn form(&self, service: &str, answers: Value) -> Intake {
        let service = self.office.service(service, day(self.office.clock.now())).expect("a service");
        let needed = service.documents.iter().filter(|doc| doc.required != Need::Optional);
        let Value::Object(answers) = answers else { panic!("an object") };
        Intake {
            command: self.office.ids.next(),
            request: self.office.ids.next(),
            service: service.code.clone(),
            unit: UNIT.into(),
            taken_in: TakenIn {
                unit: UNIT.into(),
                centre: None,
                window: None,
                channel: Channel::Window,
                account: None,
                mandate: None,
            },
            applicant: Who {
                person: citizens::Applicant {
                    kind: PersonKind::Person,
                    name: PERSON.into(),
                    identity: Some(Identity { kind: IdentityKind::NationalId, number: NID.into() }),
                    mobile: Some("01012345678".into()),
                    email: None,
                    address: None,
                },
                chosen: None,
            },
            agent: None,
            foreign: false,
            sex: Some("female".into()),
            parent: None,
            answers,
            papers: needed
                .map(|doc| Paper { doc: doc.doc.clone(), state: PaperState::Presented, until: None, files: Vec::new() })
                .collect(),
            parked: false,
            checked: false,
        }
    }

    /// A shop of higher risk.
    pub fn shop(&self) -> Intake {
        self.form(
            "SHP-01",
            json!({
                "shop_trade_name": "مقهى النيل", "activity_code": "5610", "activity_details": "مشروبات",
                "premises_address": "15 شارع شبرا", "fee_zone": "city_district", "premises_tenure": "own",
                "building_licence_status": "licensed", "floor_level": "ground", "shop_area_m2": "45.5",
                "units_count": 1, "workers_count": 3, "has_motors": false, "handles_food": false,
                "hazardous_materials": false, "hours_class": "retail",
                "manager": [{"manager_name": "رمسيس حتشبسوت قظضغ", "manager_national_id": "28501010112345"}],
            }),
        )
    }

    pub async fn state(&mut self, request: Uuid) -> State {
        let clerk = self.clerk().await;
        let tree = self.office.units.now();
        let case = queries::case(&mut self.office.db.reader(), &clerk, &tree, TENANT, request).await.expect("reads");
        case.expect("the clerk sees it").state
    }

    pub fn act(&self, request: Uuid, seen: i64, what: Command) -> Act {
        Act {
            tenant: TENANT.into(),
            request,
            command: self.office.ids.next(),
            seen: Some(seen),
            what,
            personal: None,
            known: None,
        }
    }

    /// What an officer of good will does at a step, and who that is.
    pub async fn next(&mut self, state: &State, step: StepNo) -> (Viewer, Command) {
        let stands = state.course.step(step).expect("reached").clone();
        let holder = stands.holder.expect("a desk");
        let kind = stands.kind.expect("a kind");
        let today = day(self.office.clock.now());
        let command = match kind {
            StepKind::Inspect => Command::ReportVisit {
                step,
                date: today,
                answers: self.measured(state),
                personal: Value::Null,
                recommendation: Recommendation::Accept,
                note: String::new(),
                files: Vec::new(),
            },
            StepKind::AssessFee => {
                Command::AssessFees { step, assessed: Default::default(), sitting: None, note: String::new() }
            }
            StepKind::Pay => {
                let mut owed: i64 = state.course.owed(step).map(|line| line.amount.0).sum();
                if owed == 0 {
                    let fees = act::fees_today(&self.office, state).expect("fees");
                    owed = fees.lines.iter().filter(|line| line.pay == step).map(|line| line.amount.0).sum();
                }
                Command::Collect { step, amount: foundation::money::Piastres(owed), slip: "77".into() }
            }
            StepKind::Issue => Command::Issue { step },
            StepKind::Handover => Command::HandOver { to: Receiver::Applicant, checked: "NID".into() },
            _ => accept(step),
        };
        (self.at_desk(&holder, kind).await, command)
    }

    /// What an inspector measures, where the report asks for it.
    fn measured(&self, state: &State) -> Answers {
        let service = self.office.version(&state.file.service).expect("a service");
        let asked = service.inspection_report.iter().find(|field| field.id == "measured_area_m2");
        asked.map(|field| (field.id.clone(), json!("44.25"))).into_iter().collect()
    }

    pub async fn at_desk(&mut self, holder: &Holder, kind: StepKind) -> Viewer {
        let (unit, department) = (holder.unit.clone(), Some(holder.department.as_str()));
        if unit.contains("-B") {
            return self.officer(Role::BodyOfficer, &unit, department).await;
        }
        match kind {
            StepKind::Pay => self.officer(Role::Cashier, UNIT, None).await,
            StepKind::Handover => self.clerk().await,
            StepKind::Check if holder.department == "TECH" => self.clerk().await,
            StepKind::Approve if holder.department == "HEAD" => self.officer(Role::UnitHead, &unit, None).await,
            StepKind::Approve => self.officer(Role::Decider, &unit, department).await,
            StepKind::Inspect => self.officer(Role::Inspector, &unit, department).await,
            _ => self.officer(Role::Reviewer, &unit, department).await,
        }
    }

    /// One step forward: the first open step is done.
    pub async fn forward(&mut self, request: Uuid) -> Result<Answer, ActError> {
        let state = self.state(request).await;
        let (step, _) = state.course.open_steps().next().expect("something is open");
        let (viewer, command) = self.next(&state, step).await;
        let act = self.act(request, state.version, command);
        act::act(&self.office, &viewer, act).await
    }

    /// The whole way to the hand-over.
    pub async fn until_the_end(&mut self, request: Uuid) -> State {
        loop {
            let state = self.state(request).await;
            if state.course.open_steps().next().is_none() {
                return state;
            }
            let done = self.forward(request).await;
            if let Err(error) = done {
                panic!("{}: {error:?} at {:?}", self.name(), state.course.open_steps().next());
            }
        }
    }
}

pub fn accept(step: StepNo) -> Command {
    Command::Accept {
        step,
        opinion: Opinion::Favourable,
        note: String::new(),
        checklist: Vec::new(),
        decision: None,
        papers_later: false,
    }
}
