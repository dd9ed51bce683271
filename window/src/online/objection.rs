//! An objection from home (تظلم من البيت).

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::web::{Crumb, Ctx, Flash, FormData, FormErrors, Html, PageError, see_other};
use jiff::civil::Date;
use registry::Viewer;

use super::request::{Mine, mine};
use crate::Office;
use crate::objections::{self, ObjectionForm};
use crate::requests::queries::{Case, Seen};
use registry::{Place, Right};

fn page(office: &Office, c: Ctx, mine: &Mine, until: Date, data: &FormData, errors: FormErrors) -> ObjectionForm {
    let crumbs = vec![
        Crumb::new("/account", c.t("account-title")),
        Crumb::new(mine.path(""), c.reference_inline(&mine.state().file.number)),
        Crumb::here(c.t("objections-title")),
    ];
    let form = objections::form(office, c, (mine.state(), &mine.service), until, data, errors);
    ObjectionForm { crumbs, action: mine.path("objection"), back: mine.path(""), ..form }
}

/// Back to the request where nothing can be objected to.
fn nothing(c: &Ctx, mine: &Mine) -> Response {
    see_other(mine.path("")).with_flash(Flash::info(c.t("objections-none-possible"))).into_response()
}

/// Asks for the objection.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<String>,
) -> Result<Response, PageError> {
    let mine = mine(&office, &viewer, &number).await?;
    let Some(until) = objections::until(&office, mine.state(), &mine.service) else { return Ok(nothing(&c, &mine)) };
    Ok(Html(page(&office, c, &mine, until, &FormData::default(), FormErrors::new())).into_response())
}

/// Files it.
pub(super) async fn file(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<String>,
    mut data: FormData,
) -> Result<Response, PageError> {
    let mine = mine(&office, &viewer, &number).await?;
    let filed = || see_other(mine.path("")).with_flash(Flash::ok(c.t("objections-filed"))).into_response();
    let Some(until) = objections::until(&office, mine.state(), &mine.service) else {
        // The same form sent twice.
        let open = mine.state().course.open_objection().is_some();
        return Ok(if open { filed() } else { nothing(&c, &mine) });
    };
    let path = office.units.now().path(&mine.state().file.unit).ok_or(PageError::NotFound)?;
    let case = Case {
        tenant: mine.case.tenant.clone(),
        id: mine.case.id,
        state: mine.state().clone(),
        seen: Seen { place: Place::unit(path), under: Right::ReadCases },
    };
    let mut errors = FormErrors::new();
    if objections::file(&office, &viewer, &c, &case, &mut data, &mut errors).await? {
        return Ok(filed());
    }
    Ok(Html(page(&office, c, &mine, until, &data, errors)).unprocessable())
}
