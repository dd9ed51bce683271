//! دليل الخدمات: the groups, and the search in the words that people use.

use askama::Template;
use axum::response::{IntoResponse, Response};
use catalogue::Catalogue;
use catalogue::model::{FeeRule, Service};
use foundation::web::{ClientIp, Crumb, Ctx, Html, PageError};
use rust_decimal::Decimal;

use super::desk::{Asked, SEARCH};
use super::words::pounds;
use crate::office::Office;

/// Services shown at once for a query; the others open below them.
const FIRST: usize = 15;
/// A service in a list.
#[derive(Debug)]
pub(super) struct ServiceLine {
    pub code: String,
    pub name: String,
    pub group: String,
    pub days: String,
    pub fee: String,
}

/// A group with its services.
#[derive(Debug)]
pub(super) struct GroupList {
    pub code: String,
    pub name: String,
    pub services: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "public/guide.html")]
pub(super) struct GuidePage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub title: String,
    pub q: String,
    pub searched: bool,
    /// «بحثنا عن …»: what was meant by the keys.
    pub meant: Option<String>,
    pub hits: Vec<ServiceLine>,
    pub more: Vec<ServiceLine>,
    pub group: Option<String>,
    pub groups: Vec<GroupList>,
}

pub(super) async fn show(c: Ctx, office: Office, client: ClientIp, Asked(asked): Asked) -> Result<Response, PageError> {
    let catalogue = office.guide_today();
    let catalogue = &*catalogue;
    let q = asked.get("q").to_owned();
    let group = asked.opt("group").map(str::to_owned);
    let mut crumbs = vec![Crumb::new("/", c.t("common-home"))];
    if q.is_empty() {
        let chosen = match group.as_deref() {
            Some(code) => Some(catalogue.group(code).ok_or(PageError::NotFound)?),
            None => None,
        };
        if let Some(group) = chosen {
            crumbs.push(Crumb::new("/services", c.t("common-services")));
            crumbs.push(Crumb::here(group.name(c.lang)));
        } else {
            crumbs.push(Crumb::here(c.t("common-services")));
        }
        let title = chosen.map_or_else(|| c.t("common-services"), |group| group.name(c.lang).to_owned());
        let groups = lists(&c, catalogue, group.as_deref());
        let page = GuidePage {
            crumbs,
            title,
            q,
            searched: false,
            meant: None,
            hits: Vec::new(),
            more: Vec::new(),
            group,
            groups,
            c,
        };
        return Ok(Html(page).into_response());
    }
    office.limits.take("guide", client, SEARCH)?;
    let found = catalogue.find(&q);
    let mut hits: Vec<ServiceLine> = found
        .hits
        .iter()
        .filter_map(|hit| catalogue.service(&hit.code))
        .map(|service| line(&c, catalogue, service))
        .collect();
    crumbs.push(Crumb::new("/services", c.t("common-services")));
    crumbs.push(Crumb::here(c.t("public-search-here")));
    let title = c.t1("public-search-title", "q", &q);
    // Nobody is left at an empty list: all groups stand below it.
    let groups = if hits.is_empty() { lists(&c, catalogue, None) } else { Vec::new() };
    let more = hits.split_off(hits.len().min(FIRST));
    let page = GuidePage { crumbs, title, q, searched: true, meant: found.meant, hits, more, group: None, groups, c };
    Ok(Html(page).into_response())
}

fn lists(c: &Ctx, catalogue: &Catalogue, only: Option<&str>) -> Vec<GroupList> {
    let groups = catalogue.registers().groups.iter().filter(|group| only.is_none_or(|only| only == group.code));
    groups
        .map(|group| GroupList {
            code: group.code.clone(),
            name: group.name(c.lang).to_owned(),
            services: catalogue.in_group(&group.code).map(|s| (s.code.clone(), s.name(c.lang).to_owned())).collect(),
        })
        .filter(|list| !list.services.is_empty())
        .collect()
}

fn line(c: &Ctx, catalogue: &Catalogue, service: &Service) -> ServiceLine {
    ServiceLine {
        code: service.code.clone(),
        name: service.name(c.lang).to_owned(),
        group: catalogue.group(&service.group).map(|group| group.name(c.lang).to_owned()).unwrap_or_default(),
        days: c.t1("common-working-days", "n", service.time_limit.working_days),
        fee: fee(c, service),
    }
}

/// The fee in one phrase: nothing, a fixed sum, or «من …».
pub(crate) fn fee(c: &Ctx, service: &Service) -> String {
    let parts = &service.fee.parts;
    if parts.is_empty() {
        return c.t("public-fee-none");
    }
    let fixed = parts.iter().map(|part| match &part.rule {
        FeeRule::Fixed { amount_egp } if part.when.is_none() => Some(*amount_egp),
        _ => None,
    });
    if let Some(amounts) = fixed.collect::<Option<Vec<Decimal>>>() {
        return pounds(c, amounts.into_iter().sum());
    }
    let least: Decimal = parts
        .iter()
        .filter(|part| part.when.is_none())
        .filter_map(|part| match &part.rule {
            FeeRule::Fixed { amount_egp } => Some(*amount_egp),
            _ => part.min_egp,
        })
        .sum();
    if least.is_zero() { c.t("public-fee-varies") } else { c.t1("public-fee-from", "least", pounds(c, least)) }
}
