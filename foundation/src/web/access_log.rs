//! سجل الوصول: one line a request, without personal data: no address, query, path value or name.

use std::time::Duration;

use http::{Method, StatusCode};

/// Writes the line. `route` is the pattern (`/requests/{id}`), never the path itself.
pub(super) fn write(method: &Method, route: &str, status: StatusCode, took: Duration, id: &str) {
    let ms = took.as_micros() as f64 / 1000.0;
    tracing::info!(target: "access", %method, route, status = status.as_u16(), ms, id);
}
