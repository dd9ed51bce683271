//! Pages of the registry: login, one's own profile, and administration for the system supervisor.

mod accounts;
mod calendar;
mod change;
mod citizen;
mod imports;
mod language;
mod login;
mod own;
mod parts;
mod people;
mod units;
mod vans;

use axum::http::StatusCode;
use foundation::web::PageError;
use record::RecordError;

use crate::rights::Right;
use crate::routes::{NavLink, Need, Route, RouteTable};

/// What a failure of the record is on a page.
pub(crate) fn record_error(error: RecordError) -> PageError {
    match error {
        RecordError::Conflict { .. } => PageError::Say(StatusCode::CONFLICT, "registry-conflict"),
        RecordError::Db(error) => error.into(),
        error => PageError::from_error(&error),
    }
}

/// Who may open the tree of units.
const TREE: Need = Need::AnyOf(&[Right::ViewPeople, Right::ManageWindows, Right::ManageHours, Right::ManageHolidays]);

/// The routes of the registry.
pub fn routes() -> RouteTable {
    use Need::{Account, Public, SignedIn};
    let see = Need::Right(Right::ViewPeople);
    let manage = Need::Right(Right::ManagePeople);
    let grant = Need::Right(Right::GrantRoles);
    let windows = Need::Right(Right::ManageWindows);
    let hours = Need::Right(Right::ManageHours);
    let holidays = Need::Right(Right::ManageHolidays);
    let files = Need::AnyOf(&[Right::ManagePeople, Right::ManageUnits]);
    RouteTable {
        slice: "registry",
        routes: vec![
            Route::get("/language/{lang}", Public, "/language/ar?back=/services", language::switch),
            Route::get("/login", Public, "/login?next=/me", login::form),
            Route::post("/login", Public, "/login", login::enter),
            Route::post("/logout", SignedIn, "/logout", login::leave),
            Route::get("/account/login", Public, "/account/login?next=/account", citizen::form),
            Route::post("/account/login", Public, "/account/login", citizen::ask),
            Route::get("/account/login/{code}", Public, "/account/login/{code}", citizen::code_form),
            Route::post("/account/login/{code}", Public, "/account/login/{code}", citizen::give),
            Route::get("/account/open/{code}", Public, "/account/open/{code}", citizen::open_form),
            Route::post("/account/open/{code}", Public, "/account/open/{code}", citizen::open),
            Route::post("/account/demo", Public, "/account/demo", citizen::demo),
            Route::post("/account/logout", Account, "/account/logout", citizen::leave),
            Route::post("/account/logout-everywhere", Account, "/account/logout-everywhere", citizen::leave_everywhere),
            Route::get("/account/settings", Account, "/account/settings", citizen::settings),
            Route::post("/account/settings", Account, "/account/settings", citizen::change),
            Route::get("/me", SignedIn, "/me", own::profile),
            Route::post("/me/logout-everywhere", SignedIn, "/me/logout-everywhere", own::logout_everywhere),
            Route::get("/me/password", SignedIn, "/me/password", own::password_form),
            Route::post("/me/password", SignedIn, "/me/password", own::change_password),
            Route::get("/admin/people", see, "/admin/people?q=", people::list),
            Route::get("/admin/people/new", manage, "/admin/people/new", people::new_form),
            Route::post("/admin/people/new", manage, "/admin/people/new", people::add),
            Route::get("/admin/people/{id}", see, "/admin/people/{staff}", people::one),
            Route::get("/admin/people/{id}/grant", grant, "/admin/people/{staff}/grant", people::grant_form),
            Route::post("/admin/people/{id}/grant", grant, "/admin/people/{staff}/grant?unit={unit}", people::grant),
            Route::get(
                "/admin/people/{id}/revoke/{assignment}",
                grant,
                "/admin/people/{staff}/revoke/{assignment}",
                accounts::revoke_form,
            ),
            Route::post(
                "/admin/people/{id}/revoke/{assignment}",
                grant,
                "/admin/people/{staff}/revoke/{assignment}",
                accounts::revoke,
            ),
            Route::get("/admin/people/{id}/disable", manage, "/admin/people/{staff}/disable", accounts::disable_form),
            Route::post("/admin/people/{id}/disable", manage, "/admin/people/{staff}/disable", accounts::disable),
            Route::post("/admin/people/{id}/enable", manage, "/admin/people/{staff}/enable", accounts::enable),
            Route::get("/admin/people/{id}/reset", manage, "/admin/people/{staff}/reset", accounts::reset_form),
            Route::post("/admin/people/{id}/reset", manage, "/admin/people/{staff}/reset", accounts::reset),
            Route::get("/admin/imports", files, "/admin/imports", imports::show),
            Route::post("/admin/imports", files, "/admin/imports", imports::trial),
            Route::post("/admin/imports/take", files, "/admin/imports/take", imports::take),
            Route::get("/admin/imports/{number}/undo", files, "/admin/imports/{batch}/undo", imports::undo_form),
            Route::post("/admin/imports/{number}/undo", files, "/admin/imports/{batch}/undo", imports::undo),
            Route::get("/admin/units", TREE, "/admin/units", units::top),
            Route::get("/admin/units/{unit}", TREE, "/admin/units/{unit}", units::one),
            Route::get("/admin/units/{unit}/windows", windows, "/admin/units/{unit}/windows", units::windows),
            Route::post("/admin/units/{unit}/windows", windows, "/admin/units/{unit}/windows", units::change_windows),
            Route::get("/admin/units/{unit}/vans", windows, "/admin/units/{unit}/vans", vans::show),
            Route::post("/admin/units/{unit}/vans", windows, "/admin/units/{unit}/vans", vans::change),
            Route::get("/admin/units/{unit}/committees", windows, "/admin/units/{unit}/committees", units::committees),
            Route::post(
                "/admin/units/{unit}/committees",
                windows,
                "/admin/units/{unit}/committees",
                units::change_committees,
            ),
            Route::get("/admin/units/{unit}/hours", hours, "/admin/units/{unit}/hours", calendar::hours),
            Route::post("/admin/units/{unit}/hours", hours, "/admin/units/{unit}/hours", calendar::set_hours),
            Route::get(
                "/admin/units/{unit}/hours/{id}/withdraw",
                hours,
                "/admin/units/{unit}/hours/{hours}/withdraw",
                calendar::withdraw_form,
            ),
            Route::post(
                "/admin/units/{unit}/hours/{id}/withdraw",
                hours,
                "/admin/units/{unit}/hours/{hours}/withdraw",
                calendar::withdraw,
            ),
            Route::get("/admin/units/{unit}/holidays", holidays, "/admin/units/{unit}/holidays", calendar::holidays),
            Route::post("/admin/units/{unit}/holidays", holidays, "/admin/units/{unit}/holidays", calendar::declare),
            Route::get(
                "/admin/units/{unit}/holidays/{id}/cancel",
                holidays,
                "/admin/units/{unit}/holidays/{holiday}/cancel",
                calendar::cancel_form,
            ),
            Route::post(
                "/admin/units/{unit}/holidays/{id}/cancel",
                holidays,
                "/admin/units/{unit}/holidays/{holiday}/cancel",
                calendar::cancel,
            ),
        ],
        nav: vec![
            NavLink { href: "/admin/people", label: "registry-nav-people", need: see, key: None },
            NavLink { href: "/admin/units", label: "registry-nav-units", need: TREE, key: None },
            NavLink { href: "/admin/imports", label: "imports-nav", need: files, key: None },
        ],
    }
}
