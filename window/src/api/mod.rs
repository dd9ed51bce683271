//! واجهة البرامج: the interface for programs under `/api/v1`, described by `/api/openapi.json`.
//!
//! One table ([`operations`]) makes both the routes and the document, so that neither says what the other
//! does not. What everybody may read needs no key. Whoever works through it comes with a key of an account
//! ([`registry::staff::keys`]): its rights are the account's, at the account's places, and each act is
//! decided by the same code as the form of the page. No cookie opens anything here. What goes wrong is told
//! as RFC 9457 writes it, in the language that was asked for.

mod document;
mod follow;
mod guide;
mod model;
mod page;
mod parts;
mod shape;
mod work;

use axum::Extension;
use axum::handler::Handler as _;
use registry::routes::Listed;
use registry::staff::KeyScope;
use registry::{Need, Right, Route, RouteTable};
use serde_json::Value;

use self::shape::{Parts, Shape};
use crate::desk::INBOX;
use crate::public::Desk;

/// A parameter of an operation.
struct Param {
    name: &'static str,
    /// `path`, `query` or `header`.
    place: &'static str,
    example: &'static str,
}

const fn param(place: &'static str, name: &'static str, example: &'static str) -> Param {
    Param { name, place, example }
}

/// A shape without its type.
#[derive(Clone, Copy)]
struct Described {
    schema: fn(&mut Parts) -> Value,
    example: fn() -> Value,
}

fn described<T: Shape>() -> Described {
    Described { schema: T::schema, example: T::example }
}

/// An operation (عملية): a route with everything that the document says of it.
struct Operation {
    id: &'static str,
    /// Key of its words: `api-op-…`.
    words: &'static str,
    tag: &'static str,
    params: Vec<Param>,
    body: Option<Described>,
    /// Status of the answer, and its shape.
    answer: (u16, Described),
    /// Statuses of what may go wrong.
    problems: &'static [u16],
    route: Listed,
}

/// The routes of the interface with what the document says of each.
fn operations(desk: &Desk) -> Vec<(Operation, Route)> {
    use model::{
        ActAsked, Acted, CaseView, Guide, Inbox, Journey, Registered, RequestAsked, Service, ServiceList, TrackAsked,
        UnitList, Verdict, VerifyAsked,
    };
    let at = || Extension(desk.clone());
    let open = Need::Public;
    let read = Need::Right(Right::ReadCases);
    let mut all = Vec::new();
    let mut add = |id: &'static str,
                   words: &'static str,
                   tag: &'static str,
                   params: Vec<Param>,
                   body: Option<Described>,
                   answer: (u16, Described),
                   problems: &'static [u16],
                   route: Route| {
        let operation = Operation { id, words, tag, params, body, answer, problems, route: route.listed() };
        all.push((operation, route));
    };
    add(
        "listServices",
        "services",
        "guide",
        vec![param("query", "q", "shop"), param("query", "group", "shops")],
        None,
        (200, described::<ServiceList>()),
        &[429],
        Route::get("/api/v1/guide", open, "/api/v1/guide?q=shop", guide::list).for_programs(None),
    );
    add(
        "readGuide",
        "guide",
        "guide",
        vec![],
        None,
        (200, described::<Guide>()),
        &[429],
        Route::get("/api/v1/guide/all", open, "/api/v1/guide/all", guide::whole).for_programs(None),
    );
    add(
        "readService",
        "service",
        "guide",
        vec![param("path", "code", "SHP-01")],
        None,
        (200, described::<Service>()),
        &[404],
        Route::get("/api/v1/guide/{code}", open, "/api/v1/guide/SHP-01", guide::one).for_programs(None),
    );
    add(
        "listUnits",
        "units",
        "guide",
        vec![param("query", "governorate", "01")],
        None,
        (200, described::<UnitList>()),
        &[],
        Route::get("/api/v1/units", open, "/api/v1/units?governorate=01", guide::units).for_programs(None),
    );
    add(
        "trackByPin",
        "track-pin",
        "track",
        vec![],
        Some(described::<TrackAsked>()),
        (200, described::<Journey>()),
        &[415, 422, 429],
        Route::post("/api/v1/track", open, "/api/v1/track", follow::by_pin.layer(at())).for_programs(None),
    );
    add(
        "trackByCode",
        "track-code",
        "track",
        vec![param("path", "token", "ABCDEFGH23456789")],
        None,
        (200, described::<Journey>()),
        &[404, 429],
        Route::get("/api/v1/track/{token}", open, "/api/v1/track/{slip}", follow::by_token).for_programs(None),
    );
    add(
        "verifyByNumber",
        "verify-number",
        "verify",
        vec![param("path", "number", "201072600000019")],
        None,
        (200, described::<Verdict>()),
        &[404, 422, 429],
        Route::get("/api/v1/verify/{number}", open, "/api/v1/verify/{paper}", follow::by_number.layer(at()))
            .for_programs(None),
    );
    add(
        "verifyByCode",
        "verify-code",
        "verify",
        vec![],
        Some(described::<VerifyAsked>()),
        (200, described::<Verdict>()),
        &[404, 415, 422, 429],
        Route::post("/api/v1/verify", open, "/api/v1/verify", follow::by_code.layer(at())).for_programs(None),
    );
    add(
        "listInbox",
        "inbox",
        "work",
        vec![param("query", "service", "SHP-01"), param("query", "halted", "false"), param("query", "after", "")],
        None,
        (200, described::<Inbox>()),
        &[401, 403, 429],
        Route::get("/api/v1/inbox", Need::AnyOf(INBOX), "/api/v1/inbox", work::list)
            .for_programs(Some(KeyScope::Inbox)),
    );
    add(
        "readRequest",
        "request",
        "work",
        vec![param("path", "id", "00000000-0000-4000-8000-000000000001")],
        None,
        (200, described::<CaseView>()),
        &[401, 403, 429],
        Route::get("/api/v1/requests/{id}", read, "/api/v1/requests/{request}", work::one)
            .for_programs(Some(KeyScope::Inbox)),
    );
    add(
        "submitRequest",
        "submit",
        "work",
        vec![param("header", "Idempotency-Key", "order-2026-000417")],
        Some(described::<RequestAsked>()),
        (201, described::<Registered>()),
        &[400, 401, 403, 404, 409, 415, 422, 429],
        Route::post("/api/v1/requests", Need::Right(Right::TakeRequests), "/api/v1/requests", work::submit)
            .for_programs(Some(KeyScope::Submit)),
    );
    add(
        "actOnRequest",
        "act",
        "work",
        vec![
            param("path", "id", "00000000-0000-4000-8000-000000000001"),
            param("header", "Idempotency-Key", "note-2026-000417"),
        ],
        Some(described::<ActAsked>()),
        (200, described::<Acted>()),
        &[400, 401, 403, 404, 409, 415, 422, 429],
        Route::post("/api/v1/requests/{id}/acts", read, "/api/v1/requests/{request}/acts", work::perform)
            .for_programs(Some(KeyScope::Act)),
    );
    all
}

/// The routes, the document and the page about both. `desk` is what they share with the public pages.
pub(crate) fn routes(desk: &Desk) -> RouteTable {
    let mut routes: Vec<Route> = operations(desk).into_iter().map(|(_, route)| route).collect();
    routes.push(Route::get("/api/openapi.json", Need::Public, "/api/openapi.json", document::show).for_programs(None));
    routes.push(Route::get("/api", Need::Public, "/api", page::show));
    RouteTable { slice: "api", routes, nav: Vec::new() }
}
