//! الصفحة الأولى.

use askama::Template;
use axum::response::{IntoResponse, Response};
use foundation::web::{Ctx, Html, PageError};
use registry::place::NATIONAL;

use super::hours::{self, HoursView};
use crate::office::Office;

/// Services that are asked for most, by code.
pub(super) const COMMON: [&str; 6] = ["SHP-01", "SHP-02", "BLD-01", "BLD-02", "REC-01", "UTL-02"];

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
    let catalogue = office.catalogue();
    let common = COMMON.iter().filter_map(|code| catalogue.service(code));
    let common = common.map(|service| (service.code.clone(), service.name_ar.clone())).collect();
    let groups = groups(&office);
    let hours = hours::of(&c, &office.units.now(), NATIONAL, office.clock.now());
    Ok(Html(HomePage { count: catalogue.services().count(), common, groups, hours, c }).into_response())
}

/// Code, name and number of services of each group that has any, in the guide's order.
pub(super) fn groups(office: &Office) -> Vec<(String, String, usize)> {
    let catalogue = office.catalogue();
    let groups = catalogue.registers().groups.iter();
    groups
        .map(|group| (group.code.clone(), group.name_ar.clone(), catalogue.in_group(&group.code).count()))
        .filter(|(_, _, count)| *count > 0)
        .collect()
}
