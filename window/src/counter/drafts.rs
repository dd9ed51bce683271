//! Parked forms on the desk (الطلبات المركونة): thrown away here, opened by the intake form.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::web::{Ctx, Flash, PageError, see_other};
use registry::Viewer;
use uuid::Uuid;

use super::open;
use crate::Office;
use crate::requests::drafts;

/// Throws one of the viewer's own drafts away.
pub(super) async fn discard(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    for tenant in open::tenants(&viewer) {
        drafts::discard(&office, &viewer, &tenant, id).await.map_err(|error| PageError::from_error(&error))?;
    }
    Ok(see_other("/counter").with_flash(Flash::ok(c.t("counter-discarded"))).into_response())
}
