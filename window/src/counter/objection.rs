//! An objection at the window (تظلم على الشباك), for somebody without an account.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::web::{Crumb, Ctx, FormData, FormErrors, Html, PageError};
use jiff::civil::Date;
use registry::Viewer;
use uuid::Uuid;

use super::acts::done;
use super::open::{self, Opened, Views};
use crate::Office;
use crate::objections::{self, ObjectionForm};

fn page(office: &Office, c: Ctx, opened: &Opened, until: Date, data: &FormData, errors: FormErrors) -> ObjectionForm {
    let back = format!("/counter/requests/{}", opened.case.id);
    let crumbs = vec![
        Crumb::new("/counter", c.t("counter-nav-desk")),
        Crumb::new(back.clone(), c.reference_inline(&opened.state().file.number)),
        Crumb::here(c.t("objections-title")),
    ];
    let form = objections::form(office, c.dense(), (opened.state(), &opened.service), until, data, errors);
    ObjectionForm { crumbs, action: format!("{back}/objection"), back, ..form }
}

fn nothing(c: &Ctx) -> PageError {
    PageError::Conflict(c.t("objections-none-possible"))
}

/// Asks for the objection.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "objection").await?;
    let until = objections::until(&office, opened.state(), &opened.service).ok_or_else(|| nothing(&c))?;
    Ok(Html(page(&office, c, &opened, until, &FormData::default(), FormErrors::new())).into_response())
}

/// Files it for the applicant.
pub(super) async fn file(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    mut data: FormData,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "objection").await?;
    let Some(until) = objections::until(&office, opened.state(), &opened.service) else {
        // The same form sent twice.
        let open = opened.state().course.open_objection().is_some();
        return if open { Ok(done(&c, id, "objections-filed")) } else { Err(nothing(&c)) };
    };
    let mut errors = FormErrors::new();
    if objections::file(&office, &viewer, &c, &opened.case, &mut data, &mut errors).await? {
        return Ok(done(&c, id, "objections-filed"));
    }
    Ok(Html(page(&office, c, &opened, until, &data, errors)).unprocessable())
}
