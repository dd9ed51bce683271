//! حياة الترخيص: what comes of licences after they were issued.
//!
//! [`register`] is the public register, searchable and on a map; [`renewals`] what falls due, for the
//! window; [`freezes`] enters decisions that stop licensing somewhere; [`jobs`] reminds before the end and
//! ends suspensions; [`chain`] tells which papers came before and after. What a request may do to an
//! earlier paper is judged in [`crate::requests::rules`]; this room writes no row of its own.

pub mod chain;
mod freezes;
pub mod jobs;
pub mod queries;
mod register;
mod renewals;

use catalogue::Service;
use foundation::web::Ctx;
use registry::freezes::{Place, Treatment, What};
use registry::{NavLink, Need, Right, Route, RouteTable};

use crate::Office;
use crate::requests::rules;

/// Pages of this room that are open to everybody.
pub(crate) fn public_routes() -> Vec<Route> {
    let open = Need::Public;
    vec![
        Route::get("/licences", open, "/licences?q=%D8%B4%D8%A7%D8%B1%D8%B9", register::show),
        Route::get("/licences/export.csv", open, "/licences/export.csv?group=shops", register::export),
        Route::get("/licences/points.json", open, "/licences/points.json?group=shops", register::points),
        Route::get("/licences/governorates.json", open, "/licences/governorates.json", register::outlines),
        Route::get("/centres/{unit}/licences", open, "/centres/01-D07/licences", register::of_unit),
    ]
}

/// Pages for the staff.
#[must_use]
pub fn routes() -> RouteTable {
    let take = Need::Right(Right::TakeRequests);
    let freeze = Need::Right(Right::FreezeLicensing);
    RouteTable {
        slice: "licences",
        nav: vec![
            NavLink { href: "/counter/renewals", label: "licences-nav-renewals", need: take, key: None },
            NavLink { href: "/desk/freezes", label: "licences-nav-freezes", need: freeze, key: None },
        ],
        routes: vec![
            Route::get("/counter/renewals", take, "/counter/renewals", renewals::show),
            Route::get("/desk/freezes", freeze, "/desk/freezes", freezes::list),
            Route::get("/desk/freezes/new", freeze, "/desk/freezes/new", freezes::form),
            Route::post("/desk/freezes/new", freeze, "/desk/freezes/new", freezes::order),
            Route::get("/desk/freezes/{id}/lift", freeze, "/desk/freezes/{freeze}/lift", freezes::lift_form),
            Route::post("/desk/freezes/{id}/lift", freeze, "/desk/freezes/{freeze}/lift", freezes::lift),
        ],
    }
}

/// Freezes that meet requests of a service at a place, in words (وقف الترخيص في كلمات): each with whether it
/// keeps requests out.
#[must_use]
pub fn frozen(
    c: &Ctx,
    office: &Office,
    service: &Service,
    unit: &str,
    point: Option<foundation::geo::Point>,
    of_earlier: bool,
) -> Vec<String> {
    let tree = office.units.now();
    let Some(path) = tree.path(unit) else { return Vec::new() };
    let what = What { service, of_earlier, day: rules::day(office.clock.now()) };
    let against = registry::freezes::against(tree.freezes(), what, Place { unit: &path, point });
    against
        .into_iter()
        .map(|freeze| {
            let place = tree.name_in(c.lang, &freeze.unit);
            let place = if freeze.place.is_empty() {
                place.to_owned()
            } else {
                format!("{}{}{place}", freeze.place, c.comma())
            };
            let told = c.ta(
                "licences-frozen",
                &[
                    ("decision", &freeze.decision),
                    ("dated", &c.date(freeze.dated)),
                    ("from", &c.date(freeze.from)),
                    ("to", &c.date(freeze.to)),
                    ("place", &place),
                ],
            );
            let then = match (&freeze.ring, point, freeze.treatment) {
                (Some(_), None, _) => {
                    c.t1("licences-frozen-area", "place", tree.name_in(c.lang, &freeze.unit).to_owned())
                }
                (_, _, Treatment::Refuse) => c.t("licences-frozen-refuse"),
                (_, _, Treatment::Tell) => c.t("licences-frozen-tell"),
            };
            format!("{told} {then}")
        })
        .collect()
}
