//! الردود: pages and redirects.

use askama::Template;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderValue, StatusCode, header};

use super::PageError;
use super::ctx::Flash;

/// صفحة: a template as an answer. `Html(page)` is 200; `Html(page).unprocessable()` is 422.
#[derive(Debug)]
pub struct Html<T>(pub T);

impl<T: Template> Html<T> {
    /// The page with another status.
    pub fn status(self, status: StatusCode) -> Response {
        let mut response = self.into_response();
        if response.status() == StatusCode::OK {
            *response.status_mut() = status;
        }
        response
    }

    /// The page of a refused form.
    pub fn unprocessable(self) -> Response {
        self.status(StatusCode::UNPROCESSABLE_ENTITY)
    }
}

impl<T: Template> IntoResponse for Html<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(text) => axum::response::Html(text).into_response(),
            Err(error) => PageError::from(error).into_response(),
        }
    }
}

/// A flash message on its way to the next page, as the shell finds it on a response.
#[derive(Clone, Debug)]
pub(super) struct NextFlash(pub(super) Flash);

/// إعادة توجيه بعد الحفظ: 303 to the result of a POST.
#[derive(Clone, Debug)]
pub struct Redirect {
    to: String,
    flash: Option<Flash>,
}

/// 303 to `path` (of this site).
pub fn see_other(path: impl Into<String>) -> Redirect {
    Redirect { to: path.into(), flash: None }
}

impl Redirect {
    /// Says `flash` once on the page it leads to.
    #[must_use]
    pub fn with_flash(mut self, flash: Flash) -> Self {
        self.flash = Some(flash);
        self
    }
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        // Never another host: `//evil` and `https://…` given in a parameter go home instead.
        let local = self.to.starts_with('/') && !self.to.starts_with("//") && !self.to.starts_with("/\\");
        let to = if local { self.to.as_str() } else { "/" };
        let Ok(location) = HeaderValue::from_str(to) else {
            return PageError::internal("redirect to a path that is not ASCII").into_response();
        };
        let mut response = StatusCode::SEE_OTHER.into_response();
        response.headers_mut().insert(header::LOCATION, location);
        if let Some(flash) = self.flash {
            response.extensions_mut().insert(NextFlash(flash));
        }
        response
    }
}

impl Flash {
    pub(super) fn to_cookie(&self) -> Option<String> {
        serde_json::to_vec(self).ok().map(|json| URL_SAFE_NO_PAD.encode(json))
    }

    pub(super) fn from_cookie(text: &str) -> Option<Self> {
        let flash: Self = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        // The undo form posts with a token: it may only lead to a page of ours.
        let local = flash.undo.as_deref().is_none_or(|p| p.starts_with('/') && !p.starts_with("//"));
        local.then_some(flash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_stay_on_this_site() {
        let to = |path: &str| see_other(path).into_response().headers()["location"].clone();
        assert_eq!(to("/requests/1?a=b"), "/requests/1?a=b");
        for away in ["//evil.example", "https://evil.example", "/\\evil.example", "", "x"] {
            assert_eq!(to(away), "/", "{away}");
        }
    }

    #[test]
    fn a_flash_survives_its_cookie_and_leads_nowhere_else() {
        let flash = Flash::ok("تم تسجيل الطلب").undo("/requests/1/void");
        assert_eq!(Flash::from_cookie(&flash.to_cookie().unwrap()), Some(flash));
        let away = Flash::ok("x").undo("//evil.example");
        assert_eq!(Flash::from_cookie(&away.to_cookie().unwrap()), None);
    }
}
