//! تراخيص يحل تجديدها: what ends soon at the clerk's units, with the way to renew it.

use std::sync::Arc;

use askama::Template;
use axum::extract::Query as Asking;
use axum::response::{IntoResponse, Response};
use catalogue::model::{Act, Service};
use foundation::web::{Choice, Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError, PagerView};
use jiff::ToSpan as _;
use jiff::civil::Date;
use registry::{Right, Viewer};

use super::queries;
use crate::Office;
use crate::requests::rules::day;
use crate::services::guide::Guide;

/// Papers of one page.
const PAGE: i64 = 50;
/// Months that can be chosen, from this one on; papers that ended lately stand before them.
const MONTHS: i64 = 6;
/// Days for which an ended paper is still listed: as long as renewals are usually taken.
const LATE: i64 = 90;

#[derive(Template)]
#[template(path = "licences/renewals.html")]
struct RenewalsPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    fields: Vec<FieldView>,
    lines: Vec<Line>,
    pager: PagerView,
}

struct Line {
    number: String,
    service: String,
    expires: String,
    class: &'static str,
    when: String,
    /// Number of a request under way.
    under_way: String,
    /// Opens the form of the service that renews it.
    renew: String,
}

pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Asking(asked): Asking<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let asked = FormData::from_pairs(asked);
    let c = c.dense().help_page("clerk");
    let tree = office.units.now();
    let today = day(office.clock.now());
    let mut units: Vec<&str> = Vec::new();
    for held in viewer.holding(Right::TakeRequests) {
        if !units.contains(&held.unit.as_str()) {
            units.push(&held.unit);
        }
    }
    let unit = match asked.opt("unit") {
        Some(code) => units.iter().copied().find(|unit| *unit == code).ok_or_else(PageError::forbidden)?,
        None => units.first().copied().ok_or_else(PageError::forbidden)?,
    };
    let tenant = tree.unit(unit).map(|unit| unit.tenant.clone()).ok_or(PageError::NotFound)?;
    let month = asked.opt("month").and_then(|text| format!("{text}-01").parse::<Date>().ok());
    let (from, to) = match month {
        Some(first) => (first, last_of_month(first)),
        None => (back(today, LATE), ahead(today, 60)),
    };
    let guide = office.guide_today();
    let service = asked.opt("service").filter(|code| guide.service(code).is_some());
    let after = asked.opt("after").and_then(|text| text.split_once('_'));
    let mut found =
        queries::due(&mut office.db.reader(), (&tenant, unit), (from, to), service, after, PAGE + 1).await?;
    let more = found.len() > usize::try_from(PAGE).unwrap_or(0);
    if more {
        found.pop();
    }
    let next = found.last().filter(|_| more).and_then(|last| Some(format!("{}_{}", last.expires?, last.number)));
    let address = |after: Option<&str>| {
        let mut pairs: Vec<String> = ["unit", "month", "service"]
            .iter()
            .filter_map(|name| Some(format!("{name}={}", asked.opt(name)?)))
            .collect();
        pairs.extend(after.map(|after| format!("after={after}")));
        format!("/counter/renewals?{}", pairs.join("&"))
    };
    let page = RenewalsPage {
        crumbs: vec![Crumb::new("/counter", c.t("counter-nav-desk")), Crumb::here(c.t("licences-renewals"))],
        fields: fields(&c, &office, &guide, &units, unit, &asked, today),
        pager: PagerView {
            previous: after.map(|_| address(None)),
            next: next.as_deref().map(|next| address(Some(next))),
            page: None,
        },
        lines: found
            .into_iter()
            .map(|due| {
                let last = due.expires.unwrap_or(today);
                let left = i64::from(today.until(last).map(|span| span.get_days()).unwrap_or_default());
                let renews = renewing(&guide, &due.service);
                Line {
                    service: office.service_name(&due.service, c.lang),
                    expires: c.date(last),
                    class: if left < 0 {
                        "err"
                    } else if left <= 7 {
                        "warn"
                    } else {
                        "info"
                    },
                    when: if left < 0 {
                        c.t1("licences-ended-ago", "n", -left)
                    } else {
                        c.t1("licences-ends-in", "n", left)
                    },
                    renew: match (&due.under_way, renews) {
                        (None, Some(service)) => {
                            format!("/counter/new?service={}&parent={}", service.code, due.number)
                        }
                        _ => String::new(),
                    },
                    under_way: due.under_way.unwrap_or_default(),
                    number: due.number,
                }
            })
            .collect(),
        c,
    };
    Ok(Html(page).into_response())
}

fn fields(
    c: &Ctx,
    office: &Office,
    guide: &Guide,
    units: &[&str],
    unit: &str,
    asked: &FormData,
    today: Date,
) -> Vec<FieldView> {
    let tree = office.units.now();
    let names = units.iter().map(|code| Choice::new(*code, tree.name_in(c.lang, code))).collect();
    let month = |n: i64| {
        let first = today.first_of_month().checked_add(n.months()).unwrap_or(today);
        let label = foundation::dates::format(first, c.digits);
        let label = label.split_once(' ').map_or(label.clone(), |(_, month)| month.to_owned());
        Choice::new(format!("{:04}-{:02}", first.year(), first.month()), label)
    };
    let months = (-3..=MONTHS).map(month).collect();
    let renewable = guide.services().filter(|service| service.output.renewable);
    let services = renewable.map(|service| Choice::new(service.code.clone(), service.name(c.lang))).collect();
    let none = FormErrors::new();
    vec![
        FieldView::select("unit", c.t("counter-unit"), names).required().filled(asked, &none).value(unit),
        FieldView::select("month", c.t("licences-month"), months).hint(c.t("licences-month-hint")).filled(asked, &none),
        FieldView::select("service", c.t("counter-service"), services).filled(asked, &none),
    ]
}

/// The service whose requests renew papers of a service: itself, where it does.
fn renewing(guide: &Guide, code: &str) -> Option<Arc<Service>> {
    let renews = |service: &&Arc<Service>| {
        service.parent.as_ref().is_some_and(|parent| {
            parent.acts.iter().any(|act| act.act == Act::Renew) && parent.services.iter().any(|one| one == code)
        })
    };
    guide.services().filter(renews).max_by_key(|service| service.code == code).cloned()
}

fn last_of_month(first: Date) -> Date {
    first.last_of_month()
}

fn back(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

fn ahead(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}
