//! الصفحة الأولى.

use askama::Template;
use axum::response::{IntoResponse, Response};
use catalogue::Catalogue;
use foundation::web::{Ctx, Html, PageError};
use registry::place::NATIONAL;

use super::hours::{self, HoursView};
use crate::office::Office;
use crate::services::guide::COMMON;

#[derive(Template)]
#[template(path = "public/home.html")]
pub(super) struct HomePage {
    pub c: Ctx,
    pub common: Vec<(String, String)>,
    pub groups: Vec<(String, String, usize)>,
    pub count: usize,
    pub hours: HoursView,
}

pub(super) async fn show(c: Ctx, office: Office) -> Result<Response, PageError> {
    let guide = office.guide_today();
    let common = COMMON.iter().filter_map(|code| guide.service(code));
    let common = common.map(|service| (service.code.clone(), service.name(c.lang).to_owned())).collect();
    let groups = groups(&c, &guide);
    let hours = hours::of(&c, &office.units.now(), NATIONAL, office.clock.now());
    Ok(Html(HomePage { count: guide.services().count(), common, groups, hours, c }).into_response())
}

/// Code, name and number of services of each group that has any, in the guide's order.
pub(super) fn groups(c: &Ctx, catalogue: &Catalogue) -> Vec<(String, String, usize)> {
    let groups = catalogue.registers().groups.iter();
    groups
        .map(|group| (group.code.clone(), group.name(c.lang).to_owned(), catalogue.in_group(&group.code).count()))
        .filter(|(_, _, count)| *count > 0)
        .collect()
}
