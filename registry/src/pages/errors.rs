//! Answers that refuse.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use foundation::db::DbError;

use crate::viewer::Viewer;

/// A refusal before any handler ran.
pub(crate) fn refused(status: StatusCode, _viewer: &Viewer) -> Response {
    status.into_response()
}

/// The database does not answer.
pub(crate) fn unavailable(_error: &DbError) -> Response {
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
