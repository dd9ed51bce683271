//! After registration (تم القيد): the number, the PIN, the promise, and everything to print.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use documents::qr::Qr;
use foundation::web::{Ctx, DeadlineView, Html, PageError, see_other};
use registry::{Right, Viewer};
use serde::Deserialize;
use uuid::Uuid;

use super::open::{self, Views};
use super::{printed, words};
use crate::Office;
use crate::requests::act::slip_pin;
use crate::requests::{queries, rules};

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    print: String,
}

#[derive(Template)]
#[template(path = "counter/done.html")]
struct DonePage {
    c: Ctx,
    id: String,
    number: String,
    pin: String,
    service: String,
    applicant: String,
    received: String,
    due: Option<DeadlineView>,
    pending: Vec<String>,
    qr: String,
    track_at: String,
    print: bool,
    pays: bool,
    copy: bool,
    calls: bool,
}

/// The panel after registration.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "slip").await?;
    let state = opened.state();
    let tree = office.units.now();
    let windows = printed::windows(&tree, state);
    if !windows.iter().any(|window| viewer.grant(Right::TakeRequests, window).is_some()) {
        return Err(PageError::forbidden());
    }
    let applicant = open::applicant(&office, &viewer, &c, &opened.case).await?;
    let now = office.clock.now();
    let link = printed::slip_link(&office, state)?;
    let qr = Qr::new(&link).map_err(|error| PageError::from_error(&error))?;
    let unit = state.file.unit.clone();
    let page = DonePage {
        id: id.to_string(),
        number: state.file.number.clone(),
        pin: slip_pin(office.record.keyring(), id),
        service: opened.service.name(c.lang).to_owned(),
        applicant: applicant.name,
        received: c.instant(state.file.registered_at),
        due: state.course.expected().map(|due| words::deadline(&c, &tree, &unit, due, now)),
        pending: state.file.pending().map(|paper| words::document(&c, office.catalogue(), &paper.doc)).collect(),
        qr: qr.svg(4, &c.t("counter-qr")),
        track_at: printed::without_scheme(&c.absolute("/track")),
        print: asked.print == "yes",
        pays: viewer.has_anywhere(Right::CollectPayments),
        copy: printed::is_copy(&office, &viewer, state),
        calls: viewer.has_anywhere(Right::ServeQueue),
        c: c.clone().dense(),
    };
    Ok(Html(page).into_response())
}

/// The slip of the clerk's last request today, as a copy (F9).
pub(super) async fn last(office: Office, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let today = rules::day(office.clock.now());
    let own = queries::registered(&mut office.db.reader(), &viewer, today).await?;
    Ok(match own.first() {
        Some(last) => see_other(format!("/requests/{}/slip-80.pdf?copy=yes", last.id)).into_response(),
        None => {
            let flash = foundation::web::Flash::info(c.t("counter-no-slip-today"));
            see_other("/counter").with_flash(flash).into_response()
        }
    })
}
