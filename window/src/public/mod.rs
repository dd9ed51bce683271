//! صفحات المواطن: what everybody may open without a login.
//!
//! The service guide, the centre finder, tracking of a request, verification of a paper, and the pages
//! about the platform itself. They show no personal value; [`track`](self) tells stages and dates only,
//! [`verify`](self) a masked holder. Every page works without JavaScript.

mod about;
mod booklet;
mod centres;
pub(crate) mod desk;
mod fees;
pub(crate) mod guide;
mod guide_data;
mod help;
mod home;
mod hours;
pub(crate) mod journey;
pub(crate) mod places;
mod service;
pub(crate) mod service_view;
pub(crate) mod track;
pub(crate) mod verdict;
mod verifier;
pub(crate) mod verify;
pub(crate) mod words;

use axum::Extension;
use axum::handler::Handler as _;
use registry::{Need, Route, RouteTable};

pub(crate) use desk::Asked;
pub(crate) use desk::Desk;
pub use desk::PublishedKeys;

/// The routes of the public pages. They need the office's layer and, to hand out the keys of issuers,
/// that of [`PublishedKeys`].
#[must_use]
pub fn routes() -> RouteTable {
    routes_at(&Desk::default())
}

/// The same with what they share with the interface for programs: wrong PINs are counted once.
pub(crate) fn routes_at(desk: &Desk) -> RouteTable {
    let made = guide_data::Made::default();
    let at = || Extension(desk.clone());
    let made = || Extension(made.clone());
    let open = Need::Public;
    let mut routes = crate::licences::public_routes();
    routes.extend(vec![
        Route::get("/", open, "/", home::show.layer(at())),
        Route::get("/services", open, "/services?q=%D9%85%D8%AD%D9%84", guide::show.layer(at())),
        Route::get("/services/{code}", open, "/services/SHP-01", service::show.layer(at())),
        Route::get("/services/{code}/print", open, "/services/SHP-01/print", service::print.layer(at())),
        Route::get("/guide.json", open, "/guide.json", guide_data::country.layer(made())),
        Route::get("/guide.pdf", open, "/guide.pdf", guide_data::country_booklet.layer(made())),
        Route::get("/guide/{file}", open, "/guide/01.json", guide_data::governorate.layer(made())),
        Route::get("/centres", open, "/centres?gov=01", centres::show.layer(at())),
        Route::get("/centres/{unit}", open, "/centres/01-D01", centres::one.layer(at())),
        Route::get("/track", open, "/track", track::form.layer(at())),
        Route::post("/track", open, "/track", track::find.layer(at())),
        Route::get("/T/{token}", open, "/T/{slip}", track::by_token.layer(at())),
        Route::get("/t/{token}", open, "/t/{slip}", track::by_token.layer(at())),
        Route::get("/verify", open, "/verify", verify::form.layer(at())),
        Route::post("/verify", open, "/verify", verify::find.layer(at())),
        Route::get("/V/{token}", open, "/V/{paper}", verify::by_token.layer(at())),
        Route::get("/v/{token}", open, "/v/{paper}", verify::by_token.layer(at())),
        Route::get("/verifier", open, "/verifier", verifier::show.layer(at())),
        Route::get("/verifier.webmanifest", open, "/verifier.webmanifest", verifier::manifest.layer(at())),
        Route::get("/keys", open, "/keys", verifier::keys.layer(at())),
        Route::get("/status/{governorate}/{list}", open, "/status/01/0", verifier::status.layer(at())),
        Route::get("/about", open, "/about", about::about.layer(at())),
        Route::get("/about/licences", open, "/about/licences", about::licences.layer(at())),
        Route::get("/accessibility", open, "/accessibility", about::accessibility.layer(at())),
        Route::get("/help", open, "/help?q=%D9%82%D9%8A%D8%AF", help::show.layer(at())),
        Route::get("/help/{page}", open, "/help/intake", help::page.layer(at())),
        Route::get("/help/index.json", open, "/help/index.json", help::index.layer(at())),
        Route::get("/help/sw.js", open, "/help/sw.js", help::worker.layer(at())),
        Route::get("/help/pictures/{file}", open, "/help/pictures/intake.webp", help::picture.layer(at())),
        Route::get("/robots.txt", open, "/robots.txt", about::robots.layer(at())),
    ]);
    RouteTable { slice: "public", nav: Vec::new(), routes }
}
