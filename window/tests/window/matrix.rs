//! The permission matrix, generated from the route tables: route × role × {own unit, sibling unit,
//! other governorate, anonymous, disabled}.
//!
//! Whoever has the right at the very place gets an answer, whoever has it elsewhere or not at all gets
//! 403 or 404. Faults planted beside the house prove that the matrix bites.

use crate::common::{Bureau, UNIT};
use axum::Router;
use axum::http::{Method, StatusCode};
use catalogue::model::StepKind;
use foundation::testing::sqlite;
use foundation::web::PageError;
use registry::rights::Seat;
use registry::routes::{Listed, Need, list};
use registry::testing::Browser;
use registry::{Door, NavLink, Right, Role, Route, RouteTable, Viewer};
use serde_json::json;
use uuid::Uuid;
use window::requests::act::register;
use window::requests::events::StepNo;
use window::requests::rules::day;
use window::services::{Publication, publish_file};

/// Above the unit, beside it, and in another governorate.
const ABOVE: &str = "01-G00";
const SIBLING: &str = "01-D02";
const ELSEWHERE: &str = "21-M01";

/// A case with the step that lies on somebody's desk.
#[derive(Clone, Copy)]
struct At {
    request: Uuid,
    step: StepNo,
}

/// Names of the things in the examples' addresses: each role gets a case that lies at its own desk.
struct Things {
    fresh: At,
    shop: At,
    body: At,
    danger: At,
    approval: At,
    paper: String,
    receipt: String,
    slip: String,
    token: String,
    staff: Uuid,
}

impl Things {
    fn case(&self, role: Role) -> At {
        match role {
            Role::Clerk => self.fresh,
            Role::CommitteeSecretary => self.danger,
            Role::UnitHead => self.approval,
            Role::BodyOfficer => self.body,
            _ => self.shop,
        }
    }

    /// The example with its placeholders filled in, and whether all of them name something real.
    fn address(&self, example: &str, role: Role, unit: &str) -> (String, bool) {
        let At { request, step } = self.case(role);
        let known = [
            ("{request}", request.to_string()),
            ("/V/{paper}", format!("/V/{}", self.token)),
            ("/v/{paper}", format!("/v/{}", self.token)),
            ("{paper}", self.paper.clone()),
            ("{receipt}", self.receipt.clone()),
            ("{slip}", self.slip.clone()),
            ("{staff}", self.staff.to_string()),
            ("{unit}", unit.to_owned()),
            ("{step}", step.to_string()),
        ];
        let mut address = known.iter().fold(example.to_owned(), |text, (name, value)| text.replace(name, value));
        let real = !address.contains('{');
        while let (Some(from), Some(to)) = (address.find('{'), address.find('}')) {
            address.replace_range(from..=to, &Uuid::from_u128(1).to_string());
        }
        (address, real)
    }
}

/// Whether the route is about one thing of the case's unit, so that its place is asked for.
fn of_a_place(route: &Listed) -> bool {
    route.need != Need::Public
        && ["{request}", "{paper}", "{receipt}", "{staff}", "{unit}"].iter().any(|name| route.example.contains(name))
}

/// Where a role sits in a unit; none if it sits only at the ministry.
fn seat(role: Role, unit: &str) -> Option<(String, Option<&'static str>)> {
    let body = |unit: &str| format!("{}-B504", unit.get(..2).unwrap_or("01"));
    match role.seat() {
        Seat::Ministry => None,
        Seat::Body => Some((body(unit), Some("CIVDEF"))),
        Seat::Department if role == Role::CommitteeSecretary => Some((unit.to_owned(), Some("C_DANGER"))),
        Seat::Department => Some((unit.to_owned(), Some("LIC"))),
        Seat::Centre | Seat::Unit | Seat::AnyUnit => Some((unit.to_owned(), None)),
    }
}

/// What is open to everybody: the citizens' pages and the login. What is open to whoever signed in: their
/// own account, and the scanner's field. Nothing else may stand in a table without a right.
fn may_be_open(slice: &str, route: &Listed) -> bool {
    match route.need {
        // The demonstration's own messages are for everybody; elsewhere there is no such page.
        Need::Public => {
            slice == "public"
                || ["/login", "/demo/outbox", "/language/{lang}", "/api"].contains(&route.path)
                || is_citizens_login(route.path)
        }
        Need::Account => slice == "online" || route.path.starts_with("/account/"),
        Need::SignedIn => ["/me", "/scan", "/logout"].contains(&route.path) || route.path.starts_with("/me/"),
        Need::Right(_) | Need::AnyOf([_, ..]) => true,
        Need::AnyOf([]) => false,
    }
}

/// Where a citizen proves a mobile, opens an account, or takes one of the demonstration's.
fn is_citizens_login(path: &str) -> bool {
    ["/account/login", "/account/open", "/account/demo"].iter().any(|open| path.starts_with(open))
}

/// A role holds a right for the route and yet not for this case: who, where (a page or any method), why.
const NOT_THIS_CASE: &[(&[Role], &str, &str)] = {
    use Role::*;
    let everybody: &[Role] = &Role::ALL;
    &[
        (&[Clerk], "GET /counter/requests/{id}/supply", "nothing was asked for"),
        (everybody, "/desk/requests/{id}/answer", "no question was put"),
        (everybody, "/desk/requests/{id}/preview", "the case lies at no desk that issues"),
        (&[BodyOfficer], "/desk/visits/{request}/{step}", "the body's step is no visit"),
        (&[CommitteeSecretary], "/desk/requests/{id}/accept", "a committee decides in a sitting"),
        (&[CommitteeSecretary], "/desk/requests/{id}/refuse", "a committee decides in a sitting"),
        (&[Supervisor], "/admin/services/{code}/figures", "a district sets no governorate's figures"),
        (&[Supervisor], "/admin/services/{code}/figures/{tenant}", "a district sets no governorate's figures"),
    ]
};

/// The house with a case for every role.
struct Ground {
    bureau: Bureau,
    things: Things,
    people: usize,
}

impl Ground {
    async fn lay() -> Self {
        let mut bureau = Bureau::open_in(sqlite().await, &["01", "21"]).await;
        let clerk = bureau.clerk().await;
        let form = bureau.shop();
        let ended = form.request;
        register(&bureau.office, &clerk, form).await.expect("registered");
        let ended = bureau.until_the_end(ended).await;
        let shop = Self::bring(&mut bureau, "SHP-01", StepKind::Inspect, "LIC").await;
        let civil = bureau.state(shop.request).await;
        let body = civil
            .course
            .open_steps()
            .find(|(_, step)| step.holder.as_ref().is_some_and(|holder| holder.department == "CIVDEF"));
        let body = At { request: shop.request, step: body.expect("the body has it too").0 };
        let danger = Self::bring(&mut bureau, "BLD-09", StepKind::Approve, "C_DANGER").await;
        let approval = Self::bring(&mut bureau, "SHP-01", StepKind::Approve, "HEAD").await;
        let staff = bureau.town.person("somebody", Role::Clerk, UNIT, None).await;
        let paper = ended.course.issued.first().expect("a paper");
        // Some of its papers are to come, so that the window still checks.
        let mut form = bureau.shop();
        form.papers.truncate(1);
        let fresh = At { request: form.request, step: 1 };
        register(&bureau.office, &clerk, form).await.expect("registered");
        let text = bureau.office.catalogue().entry("SHP-01").expect("shipped").text.to_string();
        let from = day(bureau.office.clock.now());
        let command = bureau.office.ids.next();
        let publication = Publication { command, text, from, code: Some("SHP-01".into()) };
        publish_file(&bureau.office, &registry::staff::By::Machine, publication).await.expect("published");
        let things = Things {
            fresh,
            shop,
            body,
            danger,
            approval,
            paper: paper.number.clone(),
            token: paper.token.clone(),
            receipt: ended.course.payments.first().expect("a receipt").receipt.clone(),
            slip: ended.file.slip.token.clone(),
            staff,
        };
        Self { bureau, things, people: 0 }
    }

    /// A case that lies at a desk.
    async fn bring(bureau: &mut Bureau, service: &str, kind: StepKind, department: &str) -> At {
        let clerk = bureau.clerk().await;
        let form = if service == "SHP-01" { bureau.shop() } else { bureau.form(service, json!({})) };
        let request = form.request;
        register(&bureau.office, &clerk, form).await.expect("registered");
        loop {
            let state = bureau.state(request).await;
            let here = state.course.open_steps().find(|(_, step)| {
                step.kind == Some(kind) && step.holder.as_ref().is_some_and(|holder| holder.department == department)
            });
            if let Some((step, _)) = here {
                return At { request, step };
            }
            bureau.forward(request).await.expect("goes on");
        }
    }

    async fn sign_in(&mut self, router: &Router, role: Role, unit: &str, department: Option<&str>) -> Browser {
        self.people += 1;
        // The limits of an address fill up again.
        self.bureau.town.pass(registry::testing::MINUTE);
        let login = format!("{}.{}", role.code().replace('_', ""), self.people);
        self.bureau.town.person(&login, role, unit, department).await;
        let mut browser = Browser::on(router.clone());
        browser.login(&login).await;
        browser
    }

    /// Everything that is wrong with these routes of the tables, one line each; and how much was asked.
    async fn faults(&mut self, tables: impl Fn() -> Vec<RouteTable>, path: &str) -> (usize, Vec<String>) {
        let router = self.bureau.router(tables());
        let all = tables();
        let mut wrong = Vec::new();
        for table in &all {
            for route in list(std::slice::from_ref(table)) {
                let people = route.door == Door::Page;
                if people && route.path.starts_with(path) && !may_be_open(table.slice, &route) {
                    wrong.push(format!("open to everybody: {} {}", route.method, route.path));
                }
            }
        }
        // What programs open has a test of its own: no cookie of a browser means anything there.
        let people =
            |route: &Listed| route.door == Door::Page && route.path.starts_with(path) && route.path != "/demo/outbox";
        let routes: Vec<Listed> = list(&all).into_iter().filter(people).collect();
        let links = all.iter().flat_map(|table| &table.nav).filter(|link| link.href.starts_with(path));
        wrong.extend(links.flat_map(|link| leads_nowhere(link, &routes)));

        let mut asked = 0;
        let mut anonymous = Browser::on(router.clone());
        anonymous.get("/login").await;
        for route in &routes {
            let (address, real) = self.things.address(route.example, Role::Clerk, UNIT);
            let status = ask(&mut anonymous, route, &address).await;
            asked += 1;
            let fine = match route.need {
                Need::Public => !real || is_answer(status),
                _ => matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN),
            };
            if !fine {
                wrong.push(format!("anonymous {} {}: {status}", route.method, route.path));
            }
        }
        for role in Role::ALL {
            for (place, unit) in [("own", UNIT), ("above", ABOVE), ("sibling", SIBLING), ("elsewhere", ELSEWHERE)] {
                // From the governorate down reach only those who follow, grant and audit.
                if place == "above" && role.seat() != Seat::AnyUnit {
                    continue;
                }
                let Some((unit, department)) = seat(role, unit).or((place == "own").then(|| ("00".to_owned(), None)))
                else {
                    continue;
                };
                // A body serves its whole governorate, so it has no sibling.
                if place == "sibling" && role.seat() == Seat::Body {
                    continue;
                }
                let mut browser = self.sign_in(&router, role, &unit, department).await;
                for route in routes.iter().filter(|route| route.path != "/logout" && !route.path.starts_with("/me/")) {
                    let (address, real) = self.things.address(route.example, role, UNIT);
                    let status = ask(&mut browser, route, &address).await;
                    asked += 1;
                    if let Some(fault) = judge(route, role, place, real, status) {
                        wrong.push(format!(
                            "{} {place} {} {}: {status} {fault}",
                            role.code(),
                            route.method,
                            route.path
                        ));
                    }
                }
            }
        }
        // Disabled from this moment: every page sends to the login again.
        self.people += 1;
        let login = format!("gone.{}", self.people);
        let gone = self.bureau.town.person(&login, Role::Clerk, UNIT, None).await;
        let mut browser = Browser::on(router);
        browser.login(&login).await;
        let (site, by) = (&self.bureau.town.site, registry::staff::By::Machine);
        registry::staff::disable(site, &by, site.ids.next(), gone, "انتهى التكليف").await.expect("disabled");
        self.bureau.town.pass(2 * registry::testing::SECOND);
        for route in routes.iter().filter(|route| route.need != Need::Public) {
            let (address, _) = self.things.address(route.example, Role::Clerk, UNIT);
            let status = ask(&mut browser, route, &address).await;
            asked += 1;
            if !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
                wrong.push(format!("disabled {} {}: {status}", route.method, route.path));
            }
        }
        (asked, wrong)
    }
}

/// A link of the navigation shows to nobody to whom its page does not open.
fn leads_nowhere(link: &NavLink, routes: &[Listed]) -> Vec<String> {
    let page = routes.iter().find(|route| route.method == Method::GET && route.path == link.href);
    let Some(page) = page else { return vec![format!("the navigation leads to no page: {}", link.href)] };
    let shown = Role::ALL.into_iter().filter(|role| link.need.met_by_role(*role) && !page.need.met_by_role(*role));
    shown.map(|role| format!("the navigation shows {} to {}", link.href, role.code())).collect()
}

/// A page, a form that was taken, or a form that says what is wrong.
fn is_answer(status: StatusCode) -> bool {
    status.is_success()
        || status.is_redirection()
        || matches!(status, StatusCode::BAD_REQUEST | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY)
}

/// What is wrong with an answer, if anything is.
fn judge(route: &Listed, role: Role, place: &str, real: bool, status: StatusCode) -> Option<&'static str> {
    let closed = matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
    if !route.need.met_by_role(role) {
        return (status != StatusCode::FORBIDDEN).then_some("without the right");
    }
    if ["sibling", "elsewhere"].contains(&place) && of_a_place(route) {
        return (!closed).then_some("at another place");
    }
    let at = format!("{} {}", route.method, route.path);
    let here = |place: &str| place == route.path || place == at;
    let excused = NOT_THIS_CASE.iter().any(|(who, place, _)| who.contains(&role) && here(place));
    match (excused && place != "above", real) {
        (true, _) => (!closed).then_some("is excused and needs no excuse"),
        (_, true) => (!is_answer(status)).then_some("with the right and at the place"),
        // What the example names is not there; the right is.
        (_, false) => (!is_answer(status) && status != StatusCode::NOT_FOUND).then_some("with the right"),
    }
}

async fn ask(browser: &mut Browser, route: &Listed, address: &str) -> StatusCode {
    // A form of a version that never was: whatever it asks for, nothing comes about.
    let stale = [("seen", "0"), ("version", "0")];
    let reply =
        if route.method == Method::GET { browser.get(address).await } else { browser.post(address, &stale).await };
    assert!(!reply.status.is_server_error(), "{} {address} answers {}", route.method, reply.status);
    if reply.status == StatusCode::SEE_OTHER
        && ["/login", "/account/login?"].iter().any(|login| reply.location().starts_with(login))
    {
        return StatusCode::UNAUTHORIZED;
    }
    reply.status
}

#[tokio::test]
async fn nobody_opens_what_is_not_theirs_and_everybody_what_is() {
    let mut ground = Ground::lay().await;
    assert!(list(&Bureau::tables()).len() > 80, "the tables are all here");
    let (asked, wrong) = ground.faults(Bureau::tables, "/").await;
    assert!(wrong.is_empty(), "{} of {asked} answers are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The house with one more table.
fn beside(routes: Vec<Route>, nav: Vec<NavLink>) -> Vec<RouteTable> {
    let mut tables = Bureau::tables();
    tables.push(RouteTable { slice: "planted", routes, nav });
    tables
}

/// Faults as somebody could make them; the matrix names each.
#[tokio::test]
async fn planted_faults_are_found() {
    let mut ground = Ground::lay().await;
    let read = Need::Right(Right::ReadCases);

    // A page without a right, and one for whoever signed in.
    let (_, wrong) = ground
        .faults(
            || beside(vec![Route::get("/planted", Need::Public, "/planted", || async { "" })], Vec::new()),
            "/planted",
        )
        .await;
    assert_eq!(wrong, ["open to everybody: GET /planted"]);
    let weak = || {
        let route = Route::get("/planted/{id}", Need::SignedIn, "/planted/{request}", || async { "" });
        beside(vec![route], Vec::new())
    };
    let (_, wrong) = ground.faults(weak, "/planted").await;
    assert!(wrong.contains(&"open to everybody: GET /planted/{id}".to_owned()), "{wrong:?}");
    assert!(wrong.iter().any(|line| line.starts_with("auditor sibling GET /planted/{id}: 200")), "{wrong:?}");

    // The table was weakened, its handler still asks for what it used to: the two contradict each other.
    let approver = |viewer: Viewer| async move {
        if viewer.has_anywhere(Right::Approve) { Ok("") } else { Err(PageError::forbidden()) }
    };
    let weakened = move || beside(vec![Route::post("/planted", read, "/planted", approver)], Vec::new());
    let (_, wrong) = ground.faults(weakened, "/planted").await;
    assert!(wrong.contains(&"reviewer own POST /planted: 403 Forbidden with the right and at the place".to_owned()));
    assert!(wrong.iter().all(|line| !line.starts_with("unit_head")), "{wrong:?}");

    // A handler that forgets the place: whoever may read some case reads this one.
    let forgetful =
        move || beside(vec![Route::get("/planted/{id}", read, "/planted/{request}", || async { "" })], Vec::new());
    let (_, wrong) = ground.faults(forgetful, "/planted").await;
    for who in ["clerk sibling", "reviewer elsewhere", "body_officer elsewhere", "unit_head sibling"] {
        let line = format!("{who} GET /planted/{{id}}: 200 OK at another place");
        assert!(wrong.contains(&line), "{line}: {wrong:?}");
    }
    assert!(wrong.iter().all(|line| !line.contains(" own ")), "at the own place it is right: {wrong:?}");

    // A link that shows more than its page opens, and one that leads nowhere.
    let nav = |href| NavLink { href, label: "common-home", need: read, key: None };
    let linked = move || {
        let page = Route::get("/planted", Need::Right(Right::Approve), "/planted", || async { "" });
        beside(vec![page], vec![nav("/planted"), nav("/planted/nothing")])
    };
    let (_, wrong) = ground.faults(linked, "/planted").await;
    assert!(wrong.contains(&"the navigation shows /planted to clerk".to_owned()), "{wrong:?}");
    assert!(wrong.contains(&"the navigation leads to no page: /planted/nothing".to_owned()), "{wrong:?}");
    assert!(wrong.iter().all(|line| !line.contains("unit_head")), "{wrong:?}");
}
