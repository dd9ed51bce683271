//! Pages of the queue: the hall's touch screen and displays, a ticket's own page, appointments, the window's panel,
//! and what the centre's manager sees.

mod admin;
mod appointments;
mod book;
mod booking;
mod desk;
mod follow;
mod hall;
mod kiosk;
mod live;
mod panel;

use std::sync::Arc;

use axum::response::Response;
use foundation::web::{Ctx, PageError, Rate};
use http::{HeaderValue, header};
use registry::units::Centre;
use registry::{NavLink, Need, Right, Route, RouteTable};

use super::act::QueueError;
use super::rules::{Refusal, settings};
use crate::Office;

pub(crate) use live::{LiveView, of_centre, of_governorate, words};
pub(crate) use panel::Panel;

/// How often one address may open codes or screens; a hall's phones share one.
const LOOK: Rate = Rate::new(300, 1);
/// How often one address may book: places are few, and a form that is wrong does not count.
const BOOK: Rate = Rate::new(15, 60);
/// How often one address may move or give up what it holds the code of.
const CHANGE: Rate = Rate::new(60, 5);
/// How often one device may take tickets.
const TAKE: Rate = Rate::new(60, 2);

/// What everybody may open.
#[must_use]
pub fn public_routes() -> RouteTable {
    let open = Need::Public;
    RouteTable {
        slice: "public",
        nav: Vec::new(),
        routes: vec![
            Route::get("/centres/{unit}/queue.json", open, "/centres/01-D01/queue.json", live::json),
            Route::get("/centres/{unit}/appointments", open, "/centres/01-D01/appointments", book::show),
            Route::post("/centres/{unit}/appointments", open, "/centres/01-D01/appointments", book::send),
            Route::get("/B/{token}", open, "/B/{booking}", booking::show),
            Route::get("/b/{token}", open, "/b/{booking}", booking::show),
            Route::get("/B/{token}/cancel", open, "/B/{booking}/cancel", booking::cancel_form),
            Route::post("/B/{token}/cancel", open, "/B/{booking}/cancel", booking::cancel),
            Route::get("/B/{token}/move", open, "/B/{booking}/move", booking::move_form),
            Route::post("/B/{token}/move", open, "/B/{booking}/move", booking::move_to),
            Route::get("/Q/{token}", open, "/Q/{ticket}", follow::show),
            Route::get("/q/{token}", open, "/q/{ticket}", follow::show),
            Route::post("/Q/{token}/cancel", open, "/Q/{ticket}/cancel", follow::cancel),
            Route::get("/Q/{token}/ticket.pdf", open, "/Q/{ticket}/ticket.pdf", follow::paper),
            Route::get("/hall/{centre}", open, "/hall/01-D01", hall::show),
            Route::get("/hall/{centre}/{window}", open, "/hall/01-D01/1", hall::window),
            Route::get("/kiosk/{centre}", open, "/kiosk/01-D01", kiosk::show),
            Route::post("/kiosk/{centre}", open, "/kiosk/01-D01", kiosk::take),
            Route::get("/kiosk/{centre}/ticket/{token}", open, "/kiosk/01-D01/ticket/{ticket}", kiosk::ticket),
        ],
    }
}

/// What the people of a centre open.
#[must_use]
pub fn routes() -> RouteTable {
    let serve = Need::Right(Right::ServeQueue);
    let manage = Need::Right(Right::ManageQueue);
    let see = Need::AnyOf(&admin::SEE);
    RouteTable {
        slice: "queue",
        nav: vec![
            NavLink { href: "/counter/queue", label: "queue-nav", need: serve, key: None },
            NavLink { href: "/admin/queue", label: "queue-admin-nav", need: see, key: None },
        ],
        routes: vec![
            Route::get("/counter/queue", serve, "/counter/queue", desk::show),
            Route::post("/counter/queue", serve, "/counter/queue", desk::act),
            Route::post("/counter/queue/ticket", serve, "/counter/queue/ticket", desk::give),
            Route::get("/admin/queue", see, "/admin/queue", admin::list),
            Route::get("/admin/queue/{unit}", see, "/admin/queue/{unit}", admin::show),
            Route::post("/admin/queue/{unit}", manage, "/admin/queue/{unit}", admin::set),
            Route::get("/admin/appointments/{unit}", manage, "/admin/appointments/{unit}", appointments::show),
            Route::post("/admin/appointments/{unit}", manage, "/admin/appointments/{unit}", appointments::set),
            Route::post("/kiosk/{unit}/enrol", manage, "/kiosk/{unit}/enrol", kiosk::enrol),
        ],
    }
}

/// The centre of an address.
fn centre(office: &Office, named: &str) -> Result<Arc<Centre>, PageError> {
    super::centre_of(&office.units.now(), named).ok_or(PageError::NotFound)
}

/// Whether a hall serves now: in its hours, or because a window calls.
fn is_open(office: &Office, centre: &Centre, windows: i64) -> bool {
    let tree = office.units.now();
    windows > 0 || tree.calendar(&centre.unit).is_some_and(|calendar| calendar.is_open(office.clock.now()))
}

/// Name of a class.
fn class_name(c: &Ctx, letter: &str) -> String {
    settings::class(letter).map_or_else(|| letter.to_owned(), |class| c.t(class.name))
}

/// Name of a priority; empty for none.
fn priority_name(c: &Ctx, code: &str) -> String {
    if code.is_empty() { String::new() } else { c.t(&format!("queue-priority-{code}")) }
}

/// What a refusal says; anything else is a page of its own.
fn told(c: &Ctx, error: QueueError) -> Result<String, PageError> {
    match error {
        QueueError::Refused(Refusal::Blocked { until }) => Ok(c.t1("queue-refused-blocked", "day", c.weekday(until))),
        QueueError::Refused(Refusal::Changed) => Err(PageError::Conflict(c.t("queue-conflict"))),
        QueueError::Refused(refusal) => Ok(c.t(refusal.key())),
        error => Err(error.into()),
    }
}

/// Whole minutes of seconds, halves up.
const fn minutes(seconds: i64) -> i64 {
    (seconds + 30) / 60
}

/// A code of ours in the spelling in which it is stored.
fn token(typed: &str) -> Result<String, PageError> {
    foundation::ids::parse_token(typed).ok_or(PageError::NotFound)
}

/// Kept by no browser and no search engine.
fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
}

/// Opened again by itself after some seconds, with scripts or without: for screens that nobody touches.
fn again(mut response: Response, seconds: u32, address: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("{seconds}; url={address}")) {
        response.headers_mut().insert(header::REFRESH, value);
    }
    response
}
