//! من بيتك: what a citizen does with an account: apply in short steps, follow, answer, download.
//!
//! [`steps`] says what is asked on which page and what a new version of a service asks again; [`store`]
//! keeps what was typed until it is sent; [`apply`] and its pages ask it; [`home`] lists what is the
//! holder's own; [`request`] is one request, with what its applicant may do; [`mandates`] and [`declare`] say who acts
//! for whom. Nothing here opens without
//! the account whose it is: another's address answers as if nothing were there.

mod apply;
mod begin;
mod check;
mod controls;
mod declare;
mod home;
pub(crate) mod mandate_words;
mod mandates;
mod objection;
mod open;
mod papers;
mod pieces;
mod request;
mod steps;
mod store;
mod supply;
pub(crate) mod visit;

use registry::{Need, Route, RouteTable};

pub(crate) use self::mandates::fetch as fetch_scan;
pub(crate) use self::store::registered;
pub use self::store::{Applications, ApplicationsJob, Begin, SaveError, begin};

/// The routes of citizens with an account.
#[must_use]
pub fn routes() -> RouteTable {
    let own = Need::Account;
    RouteTable {
        slice: "online",
        nav: Vec::new(),
        routes: vec![
            Route::get("/account", own, "/account", home::show),
            Route::get("/account/papers", own, "/account/papers", home::papers),
            Route::get("/account/papers/{file}", own, "/account/papers/{own_paper}.pdf", request::paper),
            Route::get("/account/mandates", own, "/account/mandates", mandates::show),
            Route::get("/account/mandates/new", own, "/account/mandates/new", declare::form),
            Route::post("/account/mandates/new", own, "/account/mandates/new", declare::take),
            Route::get("/account/mandates/{id}/scan", own, "/account/mandates/{mandate}/scan", mandates::file),
            Route::get("/account/mandates/{id}/{act}", own, "/account/mandates/{mandate}/end", mandates::act_form),
            Route::post("/account/mandates/{id}/{act}", own, "/account/mandates/{mandate}/end", mandates::act),
            Route::get("/apply/{service}", own, "/apply/SHP-03?gov=01", begin::show),
            Route::post("/apply/{service}", own, "/apply/SHP-03", begin::begin),
            Route::get("/account/applications/{id}", own, "/account/applications/{application}", apply::tasks),
            Route::get(
                "/account/applications/{id}/form/{page}",
                own,
                "/account/applications/{application}/form/1",
                apply::page,
            ),
            Route::post(
                "/account/applications/{id}/form/{page}",
                own,
                "/account/applications/{application}/form/1",
                apply::save,
            ),
            Route::get(
                "/account/applications/{id}/papers",
                own,
                "/account/applications/{application}/papers",
                papers::show,
            ),
            Route::post(
                "/account/applications/{id}/papers",
                own,
                "/account/applications/{application}/papers",
                papers::save,
            ),
            Route::get(
                "/account/applications/{id}/pieces/{upload}",
                own,
                "/account/applications/{application}/pieces/00000000-0000-7000-8000-000000000001",
                pieces::have,
            ),
            Route::post(
                "/account/applications/{id}/pieces",
                own,
                "/account/applications/{application}/pieces",
                pieces::put,
            ),
            Route::get(
                "/account/applications/{id}/check",
                own,
                "/account/applications/{application}/check",
                check::show,
            ),
            Route::post(
                "/account/applications/{id}/check",
                own,
                "/account/applications/{application}/check",
                check::send,
            ),
            Route::get(
                "/account/applications/{id}/discard",
                own,
                "/account/applications/{application}/discard",
                apply::discard_form,
            ),
            Route::post(
                "/account/applications/{id}/discard",
                own,
                "/account/applications/{application}/discard",
                apply::discard,
            ),
            Route::get("/account/requests/{number}", own, "/account/requests/{own_request}", request::show),
            Route::get(
                "/account/requests/{number}/slip.pdf",
                own,
                "/account/requests/{own_request}/slip.pdf",
                request::slip,
            ),
            Route::get(
                "/account/requests/{number}/files/{hash}",
                own,
                "/account/requests/{own_request}/files/{own_file}",
                request::file,
            ),
            Route::get("/account/requests/{number}/supply", own, "/account/requests/{own_open}/supply", supply::show),
            Route::post(
                "/account/requests/{number}/supply",
                own,
                "/account/requests/{own_open}/supply",
                supply::take_in,
            ),
            Route::get("/account/requests/{number}/visit", own, "/account/requests/{own_open}/visit", visit::show),
            Route::post("/account/requests/{number}/visit", own, "/account/requests/{own_open}/visit", visit::wish),
            Route::get(
                "/account/requests/{number}/objection",
                own,
                "/account/requests/{own_request}/objection",
                objection::show,
            ),
            Route::post(
                "/account/requests/{number}/objection",
                own,
                "/account/requests/{own_request}/objection",
                objection::file,
            ),
            Route::get(
                "/account/requests/{number}/withdraw",
                own,
                "/account/requests/{own_request}/withdraw",
                request::withdraw_form,
            ),
            Route::post(
                "/account/requests/{number}/withdraw",
                own,
                "/account/requests/{own_request}/withdraw",
                request::withdraw,
            ),
        ],
    }
}
