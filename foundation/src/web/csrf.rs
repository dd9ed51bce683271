//! حماية النماذج: a form is accepted only from a page of ours.
//!
//! Two independent checks for every request that is not GET, HEAD or OPTIONS: where the browser
//! says it comes from (`Sec-Fetch-Site`, `Origin`), and a token in the form that equals the one in
//! a cookie (double submit). The token is masked anew on every page, so that compression does not
//! leak it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use http::header::{COOKIE, HOST, ORIGIN};

use super::random;

/// Name of the hidden field in each form.
pub const FIELD: &str = "csrf";
/// Header for requests of scripts that are not forms.
pub const HEADER: &str = "x-csrf-token";

/// رمز المتصفح: the browser's secret, kept in a cookie of its session.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 16]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A new secret; `None` when the system has no randomness.
    pub(super) fn fresh() -> Option<Self> {
        random::bytes().map(Self)
    }

    pub(super) fn from_cookie(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    pub(super) fn to_cookie(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The token of one page: a random pad and the secret under it.
    pub(super) fn masked(&self) -> String {
        let Some(pad) = random::bytes::<16>() else { return String::new() };
        let hidden = pad.iter().zip(self.0).map(|(p, s)| p ^ s);
        URL_SAFE_NO_PAD.encode(pad.iter().copied().chain(hidden).collect::<Vec<u8>>())
    }

    /// Whether `token` was masked from this secret.
    #[must_use]
    pub fn accepts(&self, token: &str) -> bool {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(token.trim()) else { return false };
        let Some((pad, hidden)) = bytes.split_at_checked(16) else { return false };
        if hidden.len() != 16 {
            return false;
        }
        let different = pad.iter().zip(hidden).zip(self.0).fold(0_u8, |acc, ((p, h), s)| acc | (p ^ h ^ s));
        different == 0
    }
}

/// A token was found in the headers or in an urlencoded body by the shell; [`super::FormData`]
/// looks for one itself otherwise (multipart).
#[derive(Clone, Copy, Debug)]
pub(super) struct Checked;

/// Whether the browser says that a request comes from one of our pages. Clients that say nothing
/// (old browsers, programs) pass here and still need the token.
#[must_use]
pub fn same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    let read = |name| headers.get(name).and_then(|v: &http::HeaderValue| v.to_str().ok());
    if let Some(site) = read(http::HeaderName::from_static("sec-fetch-site"))
        && !matches!(site, "same-origin" | "none")
    {
        return false;
    }
    match read(ORIGIN) {
        None => true,
        Some(origin) if origin.eq_ignore_ascii_case(public_url) => true,
        // Reached under another of our names (address of the machine, test port).
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == read(HOST)
        }
    }
}

/// The value of a cookie.
#[must_use]
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| ((*k).parse().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn a_token_opens_only_its_own_secret_and_differs_on_every_page() {
        let (a, b) = (Secret::fresh().unwrap(), Secret::fresh().unwrap());
        let (one, two) = (a.masked(), a.masked());
        assert_ne!(one, two);
        assert!(a.accepts(&one) && a.accepts(&two));
        assert!(!b.accepts(&one));
        for wrong in ["", "x", "AAAA", &one[1..], &a.to_cookie()] {
            assert!(!a.accepts(wrong), "{wrong}");
        }
        assert_eq!(Secret::from_cookie(&a.to_cookie()), Some(a));
    }

    #[test]
    fn other_sites_are_refused() {
        let ours = "https://shubbak.example";
        assert!(same_origin(&headers(&[]), ours));
        assert!(same_origin(&headers(&[("origin", "https://shubbak.example")]), ours));
        assert!(same_origin(&headers(&[("origin", "http://10.0.0.1:8080"), ("host", "10.0.0.1:8080")]), ours));
        assert!(!same_origin(&headers(&[("origin", "https://evil.example"), ("host", "x")]), ours));
        assert!(!same_origin(&headers(&[("origin", "null")]), ours));
        assert!(!same_origin(&headers(&[("sec-fetch-site", "cross-site")]), ours));
        assert!(!same_origin(&headers(&[("sec-fetch-site", "same-site")]), ours));
    }

    #[test]
    fn cookies_are_found_among_others() {
        let h = headers(&[("cookie", "a=1; bb=2"), ("cookie", "c=3")]);
        assert_eq!(cookie(&h, "bb"), Some("2"));
        assert_eq!(cookie(&h, "c"), Some("3"));
        assert_eq!(cookie(&h, "b"), None);
    }
}
