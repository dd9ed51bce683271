//! Sessions (جلسات الدخول).

use axum::http::HeaderMap;
use foundation::db::DbError;

use crate::site::Site;
use crate::viewer::Viewer;

/// Sessions read within the last second.
#[derive(Debug, Default)]
pub struct Sessions {}

/// The viewer of a request.
pub async fn viewer(site: &Site, _headers: &HeaderMap) -> Result<Viewer, DbError> {
    Ok(Viewer::anonymous(site.clock.now()))
}

/// Escapes a path for a query.
pub(crate) fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
