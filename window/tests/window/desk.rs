//! Officers, inspectors, heads and outside bodies over HTTP, on the embedded database.

use std::collections::HashMap;

use crate::common::http::{errors, multipart, option_of};
use crate::common::{Bureau, NID, PERSON, UNIT};
use axum::http::StatusCode;
use catalogue::model::{Field, FieldType, FilledBy, Need, StepKind};
use foundation::testing::sqlite;
use registry::Role;
use registry::testing::{Browser, Reply};
use registry::units::{self, UnitChange, UnitWrite};
use serde_json::json;
use uuid::Uuid;
use window::desk;
use window::requests::act::{self, Intake};
use window::requests::events::{Holder, Status, StepNo};
use window::requests::rules::Command;
use window::requests::state::State;

/// Whatever tells who the applicant is.
const PLANTED: [&str; 5] = [PERSON, NID, "01012345678", "رمسيس حتشبسوت قظضغ", "28501010112345"];

/// The desks of a town and the people at them, each with a browser.
struct Town {
    b: Bureau,
    browsers: HashMap<String, Browser>,
}

impl Town {
    async fn open() -> Self {
        Self { b: Bureau::open(sqlite().await).await, browsers: HashMap::new() }
    }

    /// Somebody with a role at a desk, signed in; the same one each time.
    async fn at(&mut self, role: Role, unit: &str, department: Option<&str>) -> &mut Browser {
        let login = format!("{role:?}.{unit}.{}", department.unwrap_or("all")).to_lowercase().replace('_', "");
        if !self.browsers.contains_key(&login) {
            self.b.town.person(&login, role, unit, department).await;
            let browser = self.sign_in(&login).await;
            self.browsers.insert(login.clone(), browser);
        }
        self.browsers.get_mut(&login).expect("just made")
    }

    async fn sign_in(&self, login: &str) -> Browser {
        let mut browser = Browser::on(self.b.router(vec![registry::pages::routes(), desk::routes()]));
        let reply = browser.login(login).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{login} does not get in");
        browser
    }

    async fn of(&mut self, holder: &Holder, kind: StepKind) -> &mut Browser {
        let (unit, department) = (holder.unit.clone(), holder.department.clone());
        if unit.contains("-B") {
            return self.at(Role::BodyOfficer, &unit, Some(&department)).await;
        }
        match kind {
            StepKind::Check if department == "TECH" => self.at(Role::Clerk, &unit, None).await,
            StepKind::Approve if department == "HEAD" => self.at(Role::UnitHead, &unit, None).await,
            StepKind::Approve => self.at(Role::Decider, &unit, Some(&department)).await,
            StepKind::Inspect => self.at(Role::Inspector, &unit, Some(&department)).await,
            _ => self.at(Role::Reviewer, &unit, Some(&department)).await,
        }
    }

    async fn register(&mut self, form: Intake) -> Uuid {
        let clerk = self.b.clerk().await;
        let id = form.request;
        act::register(&self.b.office, &clerk, form).await.expect("registered");
        id
    }

    /// One step through its desk's own pages; steps of the counter are done by its commands.
    async fn step(&mut self, id: Uuid) -> State {
        let state = self.b.state(id).await;
        let (no, stands) =
            state.course.open_steps().next().map(|(no, step)| (no, step.clone())).expect("something is open");
        let (holder, kind) = (stands.holder.expect("a desk"), stands.kind.expect("a kind"));
        if matches!(kind, StepKind::Pay | StepKind::Handover) {
            self.b.forward(id).await.expect("the counter does its part");
            return self.b.state(id).await;
        }
        let decided = state.course.decided;
        let service = self.b.office.version(&state.file.service).expect("a service");
        let office: Vec<Field> =
            service.fields.iter().filter(|field| field.filled_by == FilledBy::Office).cloned().collect();
        let office = report(&office);
        if kind == StepKind::Inspect {
            self.inspect(id, &state, no, &holder).await;
        } else {
            let who = self.of(&holder, kind).await;
            let inbox = who.get("/desk").await;
            let is_clerk = kind == StepKind::Check;
            assert!(inbox.text.contains(&id.to_string()), "{no} is not in the inbox of {holder:?}");
            let page = who.get(&format!("/desk/requests/{id}?step={no}")).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text);
            if !decided && !is_clerk {
                blind(&page, &format!("step {no} {kind:?}"));
                blind(&inbox, "inbox");
            }
            let (action, fields): (&str, Vec<(&str, &str)>) = match kind {
                StepKind::AssessFee => {
                    ("assess", office.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect())
                }
                StepKind::Issue => ("issue", Vec::new()),
                _ => ("accept", vec![("accept-opinion", "favourable"), ("accept-note", "لا مانع")]),
            };
            if kind == StepKind::Issue {
                assert!(page.text.contains(PERSON), "whoever issues reads the name");
                let pdf = who.get(&format!("/desk/requests/{id}/preview")).await;
                assert_eq!(pdf.status, StatusCode::OK, "{}", pdf.text);
                assert!(pdf.text.starts_with("%PDF"));
            }
            let done = send(who, &page, id, action, no, &fields).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{no} {kind:?}: {}", errors(&done));
        }
        let after = self.b.state(id).await;
        assert!(after.course.step(no).is_some_and(|step| step.is_over()), "{no} {kind:?} is not over");
        after
    }

    async fn inspect(&mut self, id: Uuid, state: &State, no: StepNo, holder: &Holder) {
        let service = self.b.office.version(&state.file.service).expect("a service");
        self.of(holder, StepKind::Inspect).await;
        let planner = self.at(Role::Reviewer, &holder.unit, Some(&holder.department)).await;
        let page = planner.get(&format!("/desk/requests/{id}?step={no}")).await;
        blind(&page, "the planner's page");
        let chosen = option_of(&page, "schedule-inspector").expect("an inspector to choose");
        let today = [("schedule-date.day", "22"), ("schedule-date.month", "11"), ("schedule-date.year", "2026")];
        let mut fields = today.to_vec();
        fields.extend([("schedule-hour", "11"), ("schedule-inspector", chosen.as_str())]);
        let done = send(planner, &page, id, "schedule", no, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
        let blind_still = planner.get(&format!("/desk/requests/{id}?step={no}")).await;
        blind(&blind_still, "the planner's page on the day");

        let who = self.of(holder, StepKind::Inspect).await;
        let list = who.get("/desk/visits").await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.text);
        assert!(list.text.contains(&id.to_string()) && list.text.contains("class=\"field\""), "{}", list.text);
        let path = format!("/desk/visits/{id}/{no}");
        let form = who.get(&path).await;
        assert_eq!(form.status, StatusCode::OK, "{}", form.text);
        assert!(form.text.contains(PERSON), "the name is open on the day of the visit");
        assert!(!form.text.contains(NID) && !form.text.contains("01012345678"));

        let empty = who.post(&path, &[("version", "1")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.text.contains("data-summary") && empty.text.contains("#f-visit-recommendation"));

        let mut sent = report(&service.inspection_report);
        let hidden = |name: &str| form.hidden(name).expect("hidden");
        sent.extend([
            ("csrf".into(), hidden("csrf")),
            ("command".into(), hidden("command")),
            ("version".into(), hidden("version")),
            ("visit-recommendation".into(), "accept".into()),
            ("visit-date.day".into(), "22".into()),
            ("visit-date.month".into(), "11".into()),
            ("visit-date.year".into(), "2026".into()),
        ]);
        let files: Vec<&str> = service
            .inspection_report
            .iter()
            .filter(|field| field.kind == FieldType::File)
            .map(|field| field.id.as_str())
            .collect();
        let done = multipart(who, &path, &sent, &files).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
    }

    async fn life(&mut self, id: Uuid) -> State {
        loop {
            let state = self.step(id).await;
            if state.course.open_steps().next().is_none() {
                return state;
            }
        }
    }
}

/// Nothing of the person is on the page.
fn blind(page: &Reply, at: &str) {
    for word in PLANTED {
        assert!(!page.text.contains(word), "{word} on {at}");
    }
    for word in PERSON.split(' ') {
        assert!(!page.text.contains(word), "{word} on {at}");
    }
}

/// Sends one of the forms of a file's page as the page gave it.
async fn send(who: &mut Browser, page: &Reply, id: Uuid, action: &str, step: StepNo, fields: &[(&str, &str)]) -> Reply {
    let version = page.hidden("version").unwrap_or_default();
    let step = step.to_string();
    let mut all = vec![("version", version.as_str()), ("step", step.as_str())];
    all.extend_from_slice(fields);
    who.post(&format!("/desk/requests/{id}/{action}"), &all).await
}

/// A filled-in report.
fn report(fields: &[Field]) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for field in fields.iter().filter(|field| field.required != Need::Optional || field.filled_by == FilledBy::Office) {
        let mut add = |name: &str, value: &str| pairs.push((format!("{}{name}", field.id), value.to_owned()));
        match field.kind {
            FieldType::Point => {
                add(".lat", "30.0444");
                add(".lng", "٣١٫٢٣٥٧");
            }
            FieldType::Choice if field.choices_ref.is_some() => add("", "5610"),
            FieldType::Choice | FieldType::MultiChoice => add("", &field.choices[0].value),
            FieldType::YesNo => add("", "yes"),
            FieldType::Integer => add("", "2"),
            FieldType::Number | FieldType::AreaM2 | FieldType::LengthM | FieldType::Money => add("", "٤٤٫٥"),
            FieldType::Text => add("", "لا ملاحظات"),
            _ => {}
        }
    }
    pairs
}

fn building(b: &Bureau) -> Intake {
    b.form(
        "BLD-02",
        json!({
            "plot_area_m2": "200", "ground_area_m2": "120", "built_area_total_m2": "480", "building_height_m": "15",
            "street_width_m": "12", "works_value_egp": 50_000_000,
        }),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_works_for_several_bodies_finds_every_file_in_one_list() {
    let mut town = Town::open().await;
    let form = town.b.shop();
    let id = town.register(form).await;
    let holder = loop {
        let state = town.b.state(id).await;
        let holders = state.course.open_steps().filter_map(|(_, step)| step.holder.clone());
        if let Some(holder) = holders.into_iter().find(|holder| holder.unit.contains("-B")) {
            break holder;
        }
        town.step(id).await;
    };
    let tree = town.b.office.units.now();
    let bodies: Vec<_> = tree.units().iter().filter(|unit| unit.code.starts_with("01-B")).cloned().collect();
    let [first, others @ ..] = bodies.as_slice() else { panic!("no bodies") };
    assert!(first.code < holder.unit, "the file lies with a later body than the first");
    let department = |unit: &registry::units::Unit| unit.departments.first().cloned().expect("a department");
    let staff = town.b.town.person("several", Role::BodyOfficer, &first.code, Some(&department(first))).await;
    for body in others {
        town.b.town.give(staff, Role::BodyOfficer, &body.code, Some(&department(body))).await;
    }
    let mut who = town.sign_in("several").await;
    let own = format!("/desk?desk={}:{}", holder.unit, holder.department);
    for address in ["/desk", "/desk?service=SHP-01", "/desk?desk=all&kind=review", own.as_str()] {
        let page = who.get(address).await;
        assert!(page.text.contains(&id.to_string()), "{address} lacks the file: {}", page.text);
    }
    // Several bodies may have it at once: as many rows as the tab counts.
    let all = who.get("/desk").await;
    let rows = all.text.matches(&format!("href=\"/desk/requests/{id}?")).count();
    assert!(rows > 0 && all.text.contains(&format!("<bdi class=\"quiet\">({rows})</bdi>")), "{}", all.text);
    let other = who.get(&format!("/desk?desk={}:{}", first.code, department(first))).await;
    assert!(!other.text.contains(&id.to_string()), "another body's desk has it too");
    assert!(!who.get("/desk?service=BLD-01").await.text.contains(&id.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_licence_goes_from_desk_to_desk_and_nobody_sees_the_person() {
    let mut town = Town::open().await;
    let id = {
        let form = town.b.shop();
        town.register(form).await
    };
    let state = town.life(id).await;
    assert_eq!(state.course.status, Status::Closed);
    let number = state.course.issued[0].number.clone();

    // The head suspends, restores and revokes it.
    let head = town.at(Role::UnitHead, UNIT, None).await;
    let path = format!("/desk/papers/{number}");
    assert!(head.get(&path).await.text.contains("سارٍ"));
    for (ruling, word) in [("suspend", "موقوف"), ("restore", "سارٍ"), ("revoke", "ملغى")] {
        let page = head.get(&format!("{path}/{ruling}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let empty = head.post(&format!("{path}/{ruling}"), &[]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [
            ("paper-decision", "17"),
            ("paper-reason", "مخالفة شروط الترخيص"),
            ("paper-date.day", "٢٢"),
            ("paper-date.month", "11"),
            ("paper-date.year", "2026"),
        ];
        let done = head.post(&format!("{path}/{ruling}"), &fields).await;
        assert_eq!(done.location(), path, "{}", errors(&done));
        assert!(head.get(&path).await.text.contains(word));
    }
    let again = head
        .post(
            &format!("{path}/restore"),
            &[
                ("paper-decision", "18"),
                ("paper-reason", "س"),
                ("paper-date.day", "22"),
                ("paper-date.month", "11"),
                ("paper-date.year", "2026"),
            ],
        )
        .await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "what is revoked stays revoked");
    let reviewer = town.at(Role::Reviewer, UNIT, Some("LIC")).await;
    assert_eq!(reviewer.get(&path).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_building_permit_goes_from_desk_to_desk() {
    let mut town = Town::open().await;
    let id = {
        let form = building(&town.b);
        town.register(form).await
    };
    let state = town.life(id).await;
    assert_eq!(state.course.status, Status::Closed);
    assert_eq!(state.course.issued.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_officers_never_both_win_and_the_same_form_twice_is_one_act() {
    let mut town = Town::open().await;
    let id = {
        let form = town.b.shop();
        town.register(form).await
    };
    town.step(id).await;
    town.b.town.person("second", Role::Reviewer, UNIT, Some("LIC")).await;
    let mut second = town.sign_in("second").await;
    let first = town.at(Role::Reviewer, UNIT, Some("LIC")).await;
    let path = format!("/desk/requests/{id}");
    let seen = first.get(&path).await;
    let theirs = second.get(&path).await;
    let command = seen.hidden("command").expect("a command");
    let fields = [("command", command.as_str()), ("accept-opinion", "favourable")];
    let done = send(first, &seen, id, "accept", 2, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
    let repeated = send(first, &seen, id, "accept", 2, &fields).await;
    assert_eq!(repeated.status, StatusCode::SEE_OTHER, "{}", errors(&repeated));

    let late = send(
        &mut second,
        &theirs,
        id,
        "accept",
        2,
        &[("accept-opinion", "favourable"), ("accept-note", "ملاحظة الثاني")],
    )
    .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("ما استجد بعد أن فتحت الصفحة") && late.text.contains("أُنجزت المرحلة"), "{}", late.text);
    assert!(late.text.contains("ملاحظة الثاني"), "what was typed stays");
    let state = town.b.state(id).await;
    assert_eq!(state.course.step(2).map(|step| step.runs.len()), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_stays_closed_to_siblings_other_governorates_and_other_departments() {
    let mut town = Town::open().await;
    town.b = Bureau::open_in(sqlite().await, &["01", "21"]).await;
    let id = {
        let form = town.b.shop();
        town.register(form).await
    };
    town.step(id).await;
    let path = format!("/desk/requests/{id}");
    for (role, unit, department) in [
        (Role::Reviewer, "01-D08", Some("LIC")),
        (Role::UnitHead, "01-D08", None),
        (Role::Reviewer, UNIT, Some("SURV")),
        (Role::Supervisor, UNIT, None),
        (Role::Reviewer, "21-C01", Some("LIC")),
        (Role::UnitHead, "21-C01", None),
    ] {
        let who = town.at(role, unit, department).await;
        assert_eq!(who.get(&path).await.status, StatusCode::FORBIDDEN, "{role:?} {unit} {department:?}");
        for action in ["accept", "refuse", "note", "issue"] {
            let reply = who.post(&format!("{path}/{action}"), &[("version", "2"), ("step", "2")]).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{role:?} {unit} {action}");
        }
    }
    // Somebody of the department who may not decide is offered nothing and gets nothing.
    let who = town.at(Role::TitleChecker, UNIT, Some("LIC")).await;
    let page = who.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("id=\"do-accept\"") && page.text.contains(PERSON), "sees the person, does nothing");
    assert_eq!(
        who.post(&format!("{path}/accept"), &[("version", "2"), ("step", "2")]).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_its_inspector_may_not_open_hides_no_other() {
    let mut town = Town::open().await;
    let id = {
        let form = town.b.shop();
        town.register(form).await
    };
    let step = loop {
        let state = town.b.state(id).await;
        let open = state.course.open_steps().next().map(|(no, step)| (no, step.kind)).expect("a step");
        if open.1 == Some(StepKind::Inspect) {
            break open.0;
        }
        town.b.forward(id).await.expect("goes on");
    };
    // Planned for somebody of another department: of ours no longer, say.
    let login = "moved";
    let inspector = town.b.town.person(login, Role::Inspector, UNIT, Some("SURV")).await;
    let state = town.b.state(id).await;
    let holder = state.course.step(step).and_then(|step| step.holder.clone()).expect("a desk");
    let planner = town.b.at_desk(&holder, StepKind::Inspect).await;
    let date = window::requests::rules::day(town.b.office.clock.now());
    let visit = Command::ScheduleVisit { step, date, hour: "11".into(), inspector };
    act::act(&town.b.office, &planner, town.b.act(id, state.version, visit)).await.expect("is planned");
    let list = town.sign_in(login).await.get("/desk/visits").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    let number = foundation::numbers::Number::parse(&state.file.number).expect("a number").grouped();
    assert!(!list.text.contains(&number));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_says_what_is_wrong_and_does_what_it_says() {
    let mut town = Town::open().await;
    let id = {
        let form = town.b.shop();
        town.register(form).await
    };
    town.step(id).await;
    let path = format!("/desk/requests/{id}");
    let who = town.at(Role::Reviewer, UNIT, Some("LIC")).await;
    let page = who.get(&path).await;
    for (action, control) in [
        ("completion", "#f-completion-date"),
        ("consult", "#f-consult-department"),
        ("rework", "#f-rework-to"),
        ("refuse", "#f-refuse-reasons"),
        ("note", "#f-note-text"),
        ("attach", "#f-attach-files"),
    ] {
        let reply = send(who, &page, id, action, 2, &[]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{action}");
        assert!(reply.text.contains(&format!("href=\"{control}\"")), "{action}: {}", errors(&reply));
        assert!(reply.text.contains("خطأ:"));
    }
    let done = send(who, &page, id, "take", 2, &[]).await;
    assert_eq!(done.location(), format!("{path}?step=2"), "{}", errors(&done));
    assert!(who.get("/desk?tab=mine").await.text.contains(&id.to_string()));

    // A question goes to the engineers, who answer it.
    let page = who.get(&path).await;
    let asked = [
        ("consult-department", "ENG"),
        ("consult-question", "هل المبنى سليم؟"),
        ("consult-days", "٣"),
        ("consult-halts", "yes"),
    ];
    let done = send(who, &page, id, "consult", 2, &asked).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
    let page = who.get(&path).await;
    assert!(page.text.contains("المدة موقوفة في انتظار رد إدارة أخرى") && !page.text.contains("id=\"do-accept\""));
    let engineer = town.at(Role::Reviewer, UNIT, Some("ENG")).await;
    let inbox = engineer.get("/desk?tab=asked").await;
    assert!(inbox.text.contains("سؤال من إدارة أخرى") && inbox.text.contains("consult=1"), "{}", inbox.text);
    let question = engineer.get(&format!("{path}?consult=1")).await;
    assert!(question.text.contains("هل المبنى سليم؟"));
    blind(&question, "the engineer's page");
    let fields = vec![
        ("csrf".to_owned(), question.hidden("csrf").expect("token")),
        ("command".to_owned(), question.hidden("command").expect("command")),
        ("version".to_owned(), question.hidden("version").expect("version")),
        ("consult".to_owned(), "1".to_owned()),
        ("answer-opinion".to_owned(), "favourable".to_owned()),
        ("answer-answer".to_owned(), "المبنى سليم".to_owned()),
    ];
    let done = multipart(engineer, &format!("{path}/answer"), &fields, &["answer-files"]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));

    // The answer with its file lies in the file; then something is missing.
    let who = town.at(Role::Reviewer, UNIT, Some("LIC")).await;
    let page = who.get(&path).await;
    assert!(page.text.contains("المبنى سليم"));
    let (_, rest) = page.text.split_once(&format!("{path}/files/")).expect("a file to open");
    let hash = rest.split(['?', '"']).next().unwrap_or_default();
    let file = who.get(&format!("{path}/files/{hash}")).await;
    assert_eq!(file.status, StatusCode::OK);
    let disposition = file.headers.get("content-disposition").and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert!(disposition.starts_with("attachment"), "{disposition}");
    assert_eq!(who.get(&format!("{path}/files/{}", "0".repeat(64))).await.status, StatusCode::NOT_FOUND);
    let asked = [
        ("completion-items", "X_TAXCARD"),
        ("completion-docs", "SKETCH"),
        ("completion-text", "صورة للواجهة"),
        ("completion-date.day", "10"),
        ("completion-date.month", "12"),
        ("completion-date.year", "2026"),
    ];
    let done = send(who, &page, id, "completion", 2, &asked).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
    assert!(who.get("/desk?tab=halted").await.text.contains(&id.to_string()));
    let state = town.b.state(id).await;
    assert_eq!(state.course.completions[0].items.len(), 3);
    assert_eq!(state.course.status, Status::WaitingCompletion);
    let who = town.at(Role::Reviewer, UNIT, Some("LIC")).await;
    let page = who.get(&path).await;
    let refused =
        send(who, &page, id, "refuse", 2, &[("refuse-reasons", "R_FIRE"), ("refuse-text", "لا تتوافر الاشتراطات")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "the applicant has time");
    assert!(refused.text.contains("مهلة") && refused.text.contains("لا تتوافر الاشتراطات"));

    // The head extends and gives the step to another.
    let head = town.at(Role::UnitHead, UNIT, None).await;
    let page = head.get(&format!("{path}?step=2")).await;
    let fields = [
        ("extend-days", "5"),
        ("extend-reason", "حجم العمل"),
        ("extend-decision", "33"),
        ("extend-date.day", "22"),
        ("extend-date.month", "11"),
        ("extend-date.year", "2026"),
    ];
    let done = send(head, &page, id, "extend", 2, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
    let done = send(head, &page, id, "reassign", 2, &[("reassign-reason", "إجازة")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
    assert_eq!(town.b.state(id).await.course.taken_by(2, 0), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_committee_resolves_in_a_sitting_of_three() {
    let mut town = Town::open().await;
    let supervisor = town.b.officer(Role::Supervisor, "01-G00", None).await;
    let id = {
        let form = town.b.form("BLD-12", json!({}));
        town.register(form).await
    };
    let (no, holder) = loop {
        let state = town.b.state(id).await;
        let (no, step) = state.course.open_steps().next().map(|(no, step)| (no, step.clone())).expect("open");
        let holder = step.holder.expect("a desk");
        if holder.department == "C_DEMO" {
            break (no, holder);
        }
        town.step(id).await;
    };
    let path = format!("/desk/sittings/{id}/{no}");
    let who = town.at(Role::CommitteeSecretary, &holder.unit, Some("C_DEMO")).await;
    let docket = who.get("/desk/sittings").await;
    assert!(docket.text.contains(&path) && docket.text.contains("أقل من ثلاثة"), "{}", docket.text);
    assert!(!who.get(&path).await.text.contains("name=\"sitting-result\""), "nobody sits yet");
    for name in ["عضو أول", "عضو ثان", "عضو ثالث"] {
        let write = UnitWrite { unit: holder.unit.clone(), command: town.b.office.ids.next(), version: None };
        let member =
            UnitChange::NameMember { department: "C_DEMO".into(), name: name.into(), capacity: "مهندس".into() };
        units::change(town.b.office.site(), &supervisor, write, member).await.expect("named");
        town.b.office.units.reload(&town.b.office.db).await.expect("read");
    }
    let members: Vec<String> =
        town.b.office.units.now().members(&holder.unit, "C_DEMO").map(|member| member.id.to_string()).collect();
    let who = town.at(Role::CommitteeSecretary, &holder.unit, Some("C_DEMO")).await;
    let page = who.get(&path).await;
    blind(&page, "the minutes");
    let version = page.hidden("version").expect("a version");
    let base = [
        ("version", version.as_str()),
        ("sitting-sitting", "4"),
        ("sitting-decision", "12"),
        ("sitting-date.day", "22"),
        ("sitting-date.month", "11"),
        ("sitting-date.year", "2026"),
    ];
    let mut few = base.to_vec();
    few.extend([("sitting-result", "accept"), ("sitting-members", members[0].as_str())]);
    let refused = who.post(&path, &few).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("الحد الأدنى") && refused.text.contains("href=\"#f-sitting-members\""),
        "{}",
        errors(&refused)
    );
    let mut all = base.to_vec();
    all.extend(members.iter().map(|member| ("sitting-members", member.as_str())));
    let mut postponed = all.clone();
    postponed.extend([("sitting-result", "postpone"), ("sitting-reason", "لاستكمال الرسومات")]);
    assert_eq!(who.post(&path, &postponed).await.status, StatusCode::SEE_OTHER);
    all.push(("sitting-result", "accept"));
    let stale = who.post(&path, &all).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "the postponement came between: {}", errors(&stale));
    let version = who.get(&path).await.hidden("version").expect("a version");
    all[0] = ("version", version.as_str());
    let done = who.post(&path, &all).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", errors(&done));
    let state = town.b.state(id).await;
    assert!(state.course.step(no).is_some_and(|step| step.is_over()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_form_leaves_to_the_department_is_filled_in_with_the_fees() {
    let mut town = Town::open().await;
    let id = {
        let form = town.b.form("CER-01", json!({"copies_count": 1}));
        town.register(form).await
    };
    let state = loop {
        let state = town.step(id).await;
        if !state.course.charges.is_empty() && state.file.answers.contains_key("amount_due_egp") {
            break state;
        }
    };
    assert_eq!(state.file.answers.get("amount_due_egp"), Some(&json!(4450)), "any digits, in piastres");
    assert!(state.course.trail.iter().any(|mark| mark.kind == "request.office-filled"));
    assert!(state.course.charges.iter().any(|line| line.amount.0 == 4450), "{:?}", state.course.charges);
}
