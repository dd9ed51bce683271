//! الشباك: the pages of the clerk and the cashier, made for the keyboard.
//!
//! [`desk`] begins the day, [`intake`] takes a request in on one screen, [`pay`] collects, [`acts`]
//! hands over, supplies, withdraws and voids, [`search`] finds, [`persons`] corrects and erases, [`accounts`] confirms
//! citizens' accounts, [`mandates`] what they declared of others, [`papers`] prints. Every handler asks
//! again for the very place: the guard of the routes only knows that a right is held somewhere.

mod accounts;
mod acts;
mod case;
mod desk;
mod done;
mod drafts;
mod hand_over;
pub(crate) mod intake;
mod mandates;
mod objection;
mod open;
pub(crate) mod papers;
mod pay;
mod persons;
pub(crate) mod printed;
mod search;
pub(crate) mod seat;
mod store;
pub(crate) mod supply;
pub(crate) mod words;

pub(crate) use printed::head;
use registry::{NavLink, Need, Right, Route, RouteTable};

/// Who works at a window.
const COUNTER: Need = Need::AnyOf(&[Right::TakeRequests, Right::CollectPayments, Right::HandOver]);

/// The routes of the counter.
#[must_use]
pub fn routes() -> RouteTable {
    let take = Need::Right(Right::TakeRequests);
    let pays = Need::Right(Right::CollectPayments);
    let hands = Need::Right(Right::HandOver);
    let find = Need::Right(Right::FindPersons);
    // The till sees what is owed, not the answers; the desk that issued a paper prints it too.
    let prints = Need::AnyOf(&[Right::TakeRequests, Right::HandOver]);
    let papers = Need::AnyOf(&[Right::HandOver, Right::IssuePapers]);
    let correct = Need::Right(Right::CorrectPersons);
    let void = Need::AnyOf(&[Right::TakeRequests, Right::VoidRequests]);
    let file = Need::AnyOf(&case::OPENS);
    RouteTable {
        slice: "counter",
        nav: vec![
            NavLink { href: "/counter", label: "counter-nav-desk", need: COUNTER, key: None },
            NavLink { href: "/counter/new", label: "counter-nav-new", need: take, key: Some("F2") },
            NavLink { href: "/counter/search", label: "counter-nav-search", need: COUNTER, key: Some("F4") },
            NavLink { href: "/counter/pay", label: "counter-nav-pay", need: pays, key: Some("F8") },
            NavLink { href: "/counter/last-slip", label: "counter-nav-last", need: take, key: Some("F9") },
        ],
        routes: vec![
            Route::get("/counter", COUNTER, "/counter", desk::show),
            Route::post("/counter/window", COUNTER, "/counter/window", seat::choose),
            Route::get("/counter/new", take, "/counter/new?service=SHP-01", intake::open),
            Route::post("/counter/new", take, "/counter/new", intake::submit),
            Route::post("/counter/person", find, "/counter/person", intake::known),
            Route::get("/counter/done/{id}", take, "/counter/done/{request}", done::show),
            Route::post("/counter/drafts/{id}/discard", take, "/counter/drafts/{draft}/discard", drafts::discard),
            Route::get("/counter/last-slip", take, "/counter/last-slip", done::last),
            Route::get("/counter/search", COUNTER, "/counter/search?q=", search::show),
            Route::get("/counter/persons/{id}", correct, "/counter/persons/{person}", persons::show),
            Route::get(
                "/counter/persons/{id}/correct",
                correct,
                "/counter/persons/{person}/correct",
                persons::correct_form,
            ),
            Route::post(
                "/counter/persons/{id}/correct",
                correct,
                "/counter/persons/{person}/correct",
                persons::correct,
            ),
            Route::get("/counter/persons/{id}/erase", correct, "/counter/persons/{person}/erase", persons::erase_form),
            Route::post("/counter/persons/{id}/erase", correct, "/counter/persons/{person}/erase", persons::erase),
            Route::get("/counter/accounts", take, "/counter/accounts", accounts::show),
            Route::post("/counter/accounts", take, "/counter/accounts", accounts::look_up),
            Route::get(
                "/counter/accounts/{id}/confirm",
                take,
                "/counter/accounts/{account}/confirm",
                accounts::confirm_form,
            ),
            Route::post(
                "/counter/accounts/{id}/confirm",
                take,
                "/counter/accounts/{account}/confirm",
                accounts::confirm,
            ),
            Route::get("/counter/mandates", take, "/counter/mandates", mandates::show),
            Route::post("/counter/mandates", take, "/counter/mandates", mandates::look_up),
            Route::get("/counter/mandates/{id}/scan", take, "/counter/mandates/{mandate}/scan", mandates::file),
            Route::get("/counter/mandates/{id}/{act}", take, "/counter/mandates/{mandate}/end", mandates::act_form),
            Route::post("/counter/mandates/{id}/{act}", take, "/counter/mandates/{mandate}/end", mandates::act),
            Route::get("/scan", Need::SignedIn, "/scan?scan=", search::scan),
            Route::get("/counter/pay", pays, "/counter/pay", pay::show),
            Route::post("/counter/pay", pays, "/counter/pay", pay::collect),
            Route::get("/counter/requests/{id}", file, "/counter/requests/{request}", case::show),
            Route::get("/counter/requests/{id}/void", void, "/counter/requests/{request}/void", acts::void_form),
            Route::post("/counter/requests/{id}/void", void, "/counter/requests/{request}/void", acts::void),
            Route::get(
                "/counter/requests/{id}/withdraw",
                take,
                "/counter/requests/{request}/withdraw",
                acts::withdraw_form,
            ),
            Route::post(
                "/counter/requests/{id}/withdraw",
                take,
                "/counter/requests/{request}/withdraw",
                acts::withdraw,
            ),
            Route::get(
                "/counter/requests/{id}/objection",
                take,
                "/counter/requests/{refused}/objection",
                objection::show,
            ),
            Route::post(
                "/counter/requests/{id}/objection",
                take,
                "/counter/requests/{refused}/objection",
                objection::file,
            ),
            Route::get("/counter/requests/{id}/check", take, "/counter/requests/{request}/check", acts::check_form),
            Route::post("/counter/requests/{id}/check", take, "/counter/requests/{request}/check", acts::check),
            Route::get("/counter/requests/{id}/supply", take, "/counter/requests/{request}/supply", supply::show),
            Route::post("/counter/requests/{id}/supply", take, "/counter/requests/{request}/supply", supply::take_in),
            Route::get(
                "/counter/requests/{id}/hand-over",
                hands,
                "/counter/requests/{request}/hand-over",
                hand_over::show,
            ),
            Route::post(
                "/counter/requests/{id}/hand-over",
                hands,
                "/counter/requests/{request}/hand-over",
                hand_over::hand_over,
            ),
            Route::get(
                "/counter/requests/{id}/files/{hash}",
                take,
                "/counter/requests/{request}/files/{hash}",
                case::file,
            ),
            Route::get("/requests/{id}/slip-a5.pdf", take, "/requests/{request}/slip-a5.pdf", papers::slip_a5),
            Route::get("/requests/{id}/slip-80.pdf", take, "/requests/{request}/slip-80.pdf", papers::slip_80),
            Route::get("/requests/{id}/print-out.pdf", prints, "/requests/{request}/print-out.pdf", papers::print_out),
            Route::get("/receipts/{file}", COUNTER, "/receipts/{receipt}.pdf", papers::receipt),
            Route::get("/papers/{file}", papers, "/papers/{paper}.pdf", papers::paper),
        ],
    }
}
