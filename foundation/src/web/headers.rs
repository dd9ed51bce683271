//! ترويسات الأمان: the same on every answer.

use http::{HeaderMap, HeaderValue, header};

/// Content security policy of every page.
pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// ما تفتحه الصفحة من الجهاز: put on a response (`(Extension(Opens::camera()), Html(page))`) by a page that scans
/// codes or asks for the place; all other pages open nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opens {
    /// The page scans with the camera.
    pub camera: bool,
    /// The page asks where the device is.
    pub geolocation: bool,
}

impl Opens {
    /// Only the camera.
    #[must_use]
    pub const fn camera() -> Self {
        Self { camera: true, geolocation: false }
    }

    /// Only the place.
    #[must_use]
    pub const fn geolocation() -> Self {
        Self { camera: false, geolocation: true }
    }

    const fn policy(self) -> &'static str {
        match (self.camera, self.geolocation) {
            (false, false) => "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            (true, false) => "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
            (false, true) => "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
            (true, true) => "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
        }
    }
}

/// Adds the headers. `personal` = someone is signed in: nothing is kept anywhere.
pub(super) fn add(headers: &mut HeaderMap, opens: Opens, personal: bool, secure: bool) {
    let mut set = |name: &'static str, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set("content-security-policy", CSP);
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "same-origin");
    set("permissions-policy", opens.policy());
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    if secure {
        set("strict-transport-security", "max-age=31536000");
    }
    let kept = headers.get(header::CACHE_CONTROL).and_then(|v| v.to_str().ok());
    if kept.is_some_and(|v| v.contains("immutable")) {
        return;
    }
    if personal {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    } else if kept.is_none() {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_signed_in_are_kept_nowhere() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
        add(&mut headers, Opens::default(), true, false);
        assert_eq!(headers["cache-control"], "no-store");
        assert!(headers.get("strict-transport-security").is_none());
        assert!(!CSP.contains("unsafe") && !CSP.contains("  "));
    }

    #[test]
    fn a_page_opens_only_what_it_asks_for() {
        let mut headers = HeaderMap::new();
        add(&mut headers, Opens::camera(), false, true);
        let policy = headers["permissions-policy"].to_str().unwrap();
        assert!(policy.contains("camera=(self)") && policy.contains("geolocation=()"));
    }
}
