//! Pages of the catalogue's editor (محرر دليل الخدمات) and of who sets a governorate's figures.

mod edit;
mod figures;
mod list;
mod origin;
mod parts;
mod sample;
mod service;
#[cfg(test)]
mod tests;
mod texts;

use std::sync::Arc;

use catalogue::Service;
use foundation::dates::day_of;
use foundation::web::{Crumb, Ctx, FormErrors, PageError};
use jiff::civil::Date;
use record::RecordError;
use registry::{NavLink, Need, Place, Right, Route, RouteTable, Viewer};

use super::GuideError;
use super::rules::{Range, Refusal};
use super::store::{self, Version};
use crate::Office;
use crate::requests::events::ServiceRef;

/// The list of services.
const LIST: &str = "/admin/services";
/// In the place of a code: a service that the guide does not have yet.
const NEW: &str = "new";

/// The routes of this slice.
#[must_use]
pub fn routes() -> RouteTable {
    const SEE: Need = Need::AnyOf(&[Right::EditCatalogue, Right::SetLocalFigures]);
    let edit = Need::Right(Right::EditCatalogue);
    let set = Need::Right(Right::SetLocalFigures);
    RouteTable {
        slice: "services",
        routes: vec![
            Route::get("/admin/services", SEE, "/admin/services", list::show),
            Route::get("/admin/services/{code}", SEE, "/admin/services/SHP-01", service::show),
            Route::get("/admin/services/{code}/text", SEE, "/admin/services/SHP-01/text", texts::text),
            Route::get("/admin/services/{code}/diff", SEE, "/admin/services/SHP-01/diff", texts::compare),
            Route::get("/admin/services/{code}/edit", edit, "/admin/services/SHP-01/edit", edit::form),
            Route::post("/admin/services/{code}/check", edit, "/admin/services/SHP-01/check", edit::check),
            Route::post("/admin/services/{code}/publish", edit, "/admin/services/SHP-01/publish", edit::publish),
            Route::get("/admin/services/{code}/figures", set, "/admin/services/SHP-01/figures", figures::places),
            Route::get(
                "/admin/services/{code}/figures/{tenant}",
                set,
                "/admin/services/SHP-01/figures/01",
                figures::show,
            ),
            Route::post(
                "/admin/services/{code}/figures/{tenant}",
                set,
                "/admin/services/SHP-01/figures/01",
                figures::set,
            ),
            Route::get(
                "/admin/services/{code}/figures/{tenant}/{entry}/withdraw",
                set,
                "/admin/services/SHP-01/figures/01/{figure}/withdraw",
                figures::withdraw_form,
            ),
            Route::post(
                "/admin/services/{code}/figures/{tenant}/{entry}/withdraw",
                set,
                "/admin/services/SHP-01/figures/01/{figure}/withdraw",
                figures::withdraw,
            ),
        ],
        nav: vec![NavLink { href: LIST, label: "services-nav", need: SEE, key: None }],
    }
}

/// Today in Cairo.
fn today(office: &Office) -> Date {
    day_of(office.clock.now())
}

/// Whether the viewer may publish.
fn is_editor(viewer: &Viewer) -> bool {
    viewer.grant(Right::EditCatalogue, &Place::national()).is_some()
}

/// The way here; `here` is the page itself below the service.
fn crumbs(c: &Ctx, service: Option<&Service>, here: Option<String>) -> Vec<Crumb> {
    let mut way = vec![Crumb::new(LIST, c.t("services-title"))];
    if let Some(service) = service {
        way.push(match here {
            Some(_) => Crumb::new(format!("{LIST}/{}", service.code), service.name_ar.clone()),
            None => Crumb::here(service.name_ar.clone()),
        });
    }
    way.extend(here.map(Crumb::here));
    way
}

/// A service with its published versions, oldest first.
struct Known {
    /// In force today; the coming one, or the program's own file, where none is.
    service: Arc<Service>,
    versions: Vec<Version>,
}

impl Known {
    /// Reads it; none if neither the guide nor the program has such a service.
    async fn read(office: &Office, code: &str) -> Result<Option<Self>, PageError> {
        let versions = store::versions_of(&mut office.db.reader(), code).await?;
        Ok(Self::of(office, code, versions))
    }

    fn of(office: &Office, code: &str, versions: Vec<Version>) -> Option<Self> {
        let coming = || {
            let last = versions.last()?;
            office.version(&ServiceRef { code: last.code.clone(), version: last.hash.clone() })
        };
        let proposed = || office.catalogue().service(code).cloned();
        let service = office.service(code, today(office)).or_else(coming).or_else(proposed)?;
        Some(Self { service, versions })
    }

    /// The one in force today.
    fn in_force(&self, today: Date) -> Option<&Version> {
        self.versions
            .iter()
            .filter(|version| version.from <= today)
            .max_by_key(|version| (version.from, version.version))
    }

    /// The first that is still to come.
    fn coming(&self, today: Date) -> Option<&Version> {
        self.versions.iter().find(|version| version.from > today)
    }
}

/// Puts a failure on the page: the words of a refusal go to the form, findings are given back, the
/// rest is an error page.
fn outcome<T>(c: &Ctx, errors: &mut FormErrors, result: Result<T, GuideError>) -> Result<Option<T>, PageError> {
    match result {
        Ok(done) => Ok(Some(done)),
        Err(GuideError::Refused(refusal)) => {
            let (field, words) = refused(c, &refusal);
            errors.add(field, words);
            Ok(None)
        }
        Err(GuideError::Unsound(findings)) => {
            for found in findings {
                errors.add("text", finding(c, found.line, &found.message));
            }
            Ok(None)
        }
        Err(GuideError::Unknown) => Err(PageError::NotFound),
        Err(GuideError::Access(refused)) => Err(refused.into()),
        Err(GuideError::Record(RecordError::Conflict { .. })) => Err(PageError::Conflict(c.t("services-conflict"))),
        Err(GuideError::Record(RecordError::Db(error))) => Err(error.into()),
        Err(GuideError::Record(error)) => Err(PageError::from_error(&error)),
    }
}

/// A finding with its line.
fn finding(c: &Ctx, line: usize, message: &str) -> String {
    c.ta("services-finding", &[("line", &line.to_string()), ("message", &message)])
}

/// The field at which a refusal is said, and its words.
fn refused(c: &Ctx, refusal: &Refusal) -> (&'static str, String) {
    match refusal {
        Refusal::NothingChanged => ("text", c.t("services-refused-same")),
        Refusal::PublishedBefore { version } => {
            ("text", c.t1("services-refused-before", "version", version.to_string()))
        }
        Refusal::FromPast => ("from", c.t("services-refused-past")),
        Refusal::BeforeLast { from } => ("from", c.t1("services-refused-early", "day", c.date(from))),
        Refusal::NoFigure => ("figure", c.t("services-refused-figure")),
        Refusal::BadValue => ("value", c.t("services-refused-value")),
        Refusal::OutOfRange(range) => ("value", c.t1("services-refused-range", "range", range_words(c, range))),
        Refusal::NoDecision => ("decision", c.t("services-refused-decision")),
        Refusal::DecisionAhead => ("decided_on", c.t("services-refused-decision-ahead")),
        Refusal::BeforeDecision => ("from", c.t("services-refused-before-decision")),
        Refusal::EndsBeforeItBegins => ("to", c.t("services-refused-ends")),
        Refusal::Overlaps { from, to } => ("from", c.t1("services-refused-overlap", "days", days(c, *from, *to))),
        Refusal::NoEntry => ("", c.t("services-refused-entry")),
        Refusal::Ended => ("", c.t("services-refused-ended")),
    }
}

/// «من 1,000 إلى 100,000».
fn range_words(c: &Ctx, range: &Range) -> String {
    let number = |number: rust_decimal::Decimal| origin::number(number);
    match (range.min, range.max) {
        (Some(min), Some(max)) => c.ta("services-range-both", &[("min", &number(min)), ("max", &number(max))]),
        (Some(min), None) => c.t1("services-range-min", "min", number(min)),
        (None, Some(max)) => c.t1("services-range-max", "max", number(max)),
        (None, None) => c.t("services-range-none"),
    }
}

/// «من 1 ديسمبر 2026» or «من … إلى …».
fn days(c: &Ctx, from: Date, to: Option<Date>) -> String {
    match to {
        Some(to) => c.ta("services-days-both", &[("from", &c.date(from)), ("to", &c.date(to))]),
        None => c.t1("services-days-from", "from", c.date(from)),
    }
}
