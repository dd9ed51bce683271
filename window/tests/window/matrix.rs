//! The permission matrix, generated from the route tables: route × role × {own unit, sibling unit,
//! other governorate, anonymous, disabled}.

use crate::common::{Bureau, UNIT};
use axum::http::{Method, StatusCode};
use foundation::testing::sqlite;
use foundation::web::{ShellSettings, SiteInfo, serve_pages};
use registry::rights::Seat;
use registry::routes::{Listed, Need};
use registry::testing::Browser;
use registry::{Right, Role, RouteTable};
use uuid::Uuid;
use window::requests::act::register;

/// Another district of the same governorate, and a place in another one.
const SIBLING: &str = "01-D02";
const ELSEWHERE: &str = "21-M01";

fn tables() -> Vec<RouteTable> {
    let mut tables = vec![registry::pages::routes()];
    tables.extend(window::route_tables());
    tables
}

/// Names of the things in the examples' addresses.
struct Things {
    request: Uuid,
    paper: String,
    receipt: String,
    staff: Uuid,
}

impl Things {
    /// The example with its placeholders filled in.
    fn address(&self, example: &str) -> String {
        let known = [
            ("{request}", self.request.to_string()),
            ("{paper}", self.paper.clone()),
            ("{receipt}", self.receipt.clone()),
            ("{staff}", self.staff.to_string()),
            ("{unit}", UNIT.to_owned()),
            ("{step}", "1".to_owned()),
            ("{tenant}", "01".to_owned()),
        ];
        let mut address = known.iter().fold(example.to_owned(), |text, (name, value)| text.replace(name, value));
        while let (Some(from), Some(to)) = (address.find('{'), address.find('}')) {
            address.replace_range(from..=to, &Uuid::from_u128(1).to_string());
        }
        address
    }
}

/// Whether the route is about one thing of the case's unit, so that its place is asked for.
fn of_a_place(route: &Listed) -> bool {
    ["{request}", "{paper}", "{receipt}", "{staff}", "{unit}"].iter().any(|name| route.example.contains(name))
}

fn allowed(need: Need, role: Role) -> bool {
    match need {
        Need::Public | Need::SignedIn => true,
        Need::Right(right) => role.has(right),
        Need::AnyOf(rights) => rights.iter().any(|right: &Right| role.has(*right)),
    }
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

async fn ask(browser: &mut Browser, route: &Listed, address: &str) -> StatusCode {
    let reply = if route.method == Method::GET { browser.get(address).await } else { browser.post(address, &[]).await };
    assert!(!reply.status.is_server_error(), "{} {address} answers {}", route.method, reply.status);
    if reply.status == StatusCode::SEE_OTHER && reply.location().starts_with("/login") {
        return StatusCode::UNAUTHORIZED;
    }
    reply.status
}

#[tokio::test]
async fn nobody_opens_what_is_not_theirs() {
    let mut bureau = Bureau::open_in(sqlite().await, &["01", "21"]).await;
    let clerk = bureau.clerk().await;
    let done = register(&bureau.office, &clerk, bureau.shop()).await.expect("registered");
    let ended = bureau.until_the_end(done.request).await;
    let open = register(&bureau.office, &clerk, bureau.shop()).await.expect("registered");
    let staff = bureau.town.person("somebody", Role::Clerk, UNIT, None).await;
    let things = Things {
        request: open.request,
        paper: ended.course.issued.first().expect("a paper").number.clone(),
        receipt: ended.course.payments.first().expect("a receipt").receipt.clone(),
        staff,
    };
    let info = SiteInfo { public_url: bureau.office.settings.public_url.clone(), ..SiteInfo::default() };
    let pages = registry::routes::mount(tables(), bureau.office.site().clone()).layer(bureau.office.layer());
    let router = serve_pages(pages, ShellSettings::new(info));
    let routes = registry::routes::list(&tables());
    assert!(routes.len() > 80, "the tables are all here: {}", routes.len());

    let mut wrong = Vec::new();
    let mut asked = 0;
    let mut anonymous = Browser::on(router.clone());
    anonymous.get("/login").await;
    for route in routes.iter().filter(|route| route.need != Need::Public) {
        let status = ask(&mut anonymous, route, &things.address(route.example)).await;
        asked += 1;
        if !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            wrong.push(format!("anonymous {} {}: {status}", route.method, route.path));
        }
    }
    for role in Role::ALL {
        for (place, unit) in [("own", UNIT), ("sibling", SIBLING), ("elsewhere", ELSEWHERE)] {
            let Some((unit, department)) = seat(role, unit).or((place == "own").then(|| ("00".to_owned(), None)))
            else {
                continue;
            };
            // A body serves its whole governorate, so it has no sibling.
            if place == "sibling" && role.seat() == Seat::Body {
                continue;
            }
            let login = format!("{}.{place}", role.code().replace('_', ""));
            bureau.town.person(&login, role, &unit, department).await;
            let mut browser = Browser::on(router.clone());
            browser.login(&login).await;
            for route in routes.iter().filter(|route| route.path != "/logout" && !route.path.starts_with("/me/")) {
                let address = things.address(route.example);
                let status = ask(&mut browser, route, &address).await;
                asked += 1;
                let fine = match (allowed(route.need, role), place) {
                    (false, _) => status == StatusCode::FORBIDDEN,
                    (true, "own") => status != StatusCode::UNAUTHORIZED,
                    (true, _) if route.need != Need::SignedIn && route.need != Need::Public && of_a_place(route) => {
                        !status.is_success() && !status.is_redirection() && status != StatusCode::UNAUTHORIZED
                    }
                    (true, _) => status != StatusCode::UNAUTHORIZED,
                };
                if !fine {
                    wrong.push(format!("{} {place} {} {address}: {status}", role.code(), route.method));
                }
            }
        }
    }
    // Disabled from this moment: every page sends to the login again.
    let gone = bureau.town.person("gone", Role::Clerk, UNIT, None).await;
    let mut browser = Browser::on(router);
    browser.login("gone").await;
    let by = registry::staff::By::Machine;
    registry::staff::disable(&bureau.town.site, &by, bureau.town.site.ids.next(), gone, "انتهى التكليف")
        .await
        .expect("disabled");
    bureau.town.pass(2 * registry::testing::SECOND);
    for route in routes.iter().filter(|route| route.need != Need::Public) {
        let status = ask(&mut browser, route, &things.address(route.example)).await;
        asked += 1;
        if !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            wrong.push(format!("disabled {} {}: {status}", route.method, route.path));
        }
    }
    assert!(wrong.is_empty(), "{} of {asked} answers are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
