//! Is this form our own? Origin, fetch metadata and the token of the session.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use futures::StreamExt;
use futures::stream;

/// Name of the hidden field that carries the token; it is the first field of each form.
pub const CSRF_FIELD: &str = "csrf";
/// Header in which scripts send the token.
pub const CSRF_HEADER: &str = "x-csrf-token";

/// Largest form without files.
const FORM_BYTES: usize = 2 << 20;
/// How far into a multipart body the token must have come.
const PEEK_BYTES: usize = 64 << 10;

/// Why a form is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreign {
    /// It comes from another site, or without the session's token.
    NotOurs,
    /// It is larger than any of our forms.
    TooLarge,
}

/// Whether the method changes something.
pub(super) fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether the browser says that the request comes from our own pages.
///
/// Browsers send `Sec-Fetch-Site` or `Origin` with every form; a client that sends neither is no
/// browser and holds no cookie that another site could borrow.
pub(super) fn same_origin(headers: &HeaderMap, public_origin: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(ORIGIN.as_str()) else { return true };
    let host = text(HOST.as_str()).unwrap_or_default();
    origin.eq_ignore_ascii_case(public_origin)
        || origin.split_once("://").is_some_and(|(_, rest)| !host.is_empty() && rest.eq_ignore_ascii_case(host))
}

/// Checks the token in header or body, and gives the request back with its body untouched.
pub(super) async fn with_token(request: Request, expected: &str) -> Result<Request, Foreign> {
    let given = request.headers().get(CSRF_HEADER).and_then(|value| value.to_str().ok());
    if given.is_some_and(|given| same(given, expected)) {
        return Ok(request);
    }
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let multipart = kind.starts_with("multipart/form-data");
    let form = kind.starts_with("application/x-www-form-urlencoded");
    let (parts, body) = request.into_parts();
    if multipart {
        let (start, body) = peek(body).await?;
        return match in_multipart(&start).is_some_and(|token| same(&token, expected)) {
            true => Ok(Request::from_parts(parts, body)),
            false => Err(Foreign::NotOurs),
        };
    }
    if !form {
        return Err(Foreign::NotOurs);
    }
    let bytes = to_bytes(body, FORM_BYTES).await.map_err(|_| Foreign::TooLarge)?;
    match in_form(&bytes).is_some_and(|token| same(token, expected)) {
        true => Ok(Request::from_parts(parts, Body::from(bytes))),
        false => Err(Foreign::NotOurs),
    }
}

/// Reads the beginning of a body and puts it back before the rest, so that uploads keep streaming.
async fn peek(body: Body) -> Result<(Vec<u8>, Body), Foreign> {
    let mut rest = body.into_data_stream();
    let mut taken: Vec<Result<Bytes, axum::Error>> = Vec::new();
    let mut start = Vec::new();
    while start.len() < PEEK_BYTES && in_multipart(&start).is_none() {
        match rest.next().await {
            Some(Ok(chunk)) => {
                start.extend_from_slice(&chunk);
                taken.push(Ok(chunk));
            }
            Some(Err(_)) => return Err(Foreign::NotOurs),
            None => break,
        }
    }
    Ok((start, Body::from_stream(stream::iter(taken).chain(rest))))
}

/// The token in an urlencoded form. Tokens are base64url, so nothing in them is escaped.
fn in_form(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()?.split('&').find_map(|pair| pair.strip_prefix("csrf="))
}

/// The token in the beginning of a multipart body, once its part has come in whole.
fn in_multipart(start: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(start);
    let (_, part) = text.split_once("name=\"csrf\"")?;
    let (_, value) = part.split_once("\r\n\r\n")?;
    let (value, _) = value.split_once("\r\n")?;
    Some(value.to_owned())
}

/// Comparison in a time that does not depend on where the texts differ.
fn same(given: &str, expected: &str) -> bool {
    !expected.is_empty()
        && given.len() == expected.len()
        && given.bytes().zip(expected.bytes()).fold(0, |diff, (a, b)| diff | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().expect("a header value"));
        }
        headers
    }

    #[test]
    fn forms_of_other_sites_are_told_apart() {
        let ours = "https://shubbak.example";
        assert!(same_origin(&headers(&[]), ours));
        assert!(same_origin(&headers(&[("origin", ours)]), ours));
        assert!(same_origin(&headers(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]), ours));
        assert!(same_origin(&headers(&[("sec-fetch-site", "same-origin")]), ours));
        assert!(!same_origin(&headers(&[("origin", "https://evil.example"), ("host", "shubbak.example")]), ours));
        assert!(!same_origin(&headers(&[("origin", "null"), ("host", "shubbak.example")]), ours));
        assert!(!same_origin(&headers(&[("sec-fetch-site", "cross-site")]), ours));
        assert!(!same_origin(&headers(&[("sec-fetch-site", "same-site"), ("origin", ours)]), ours));
    }

    #[tokio::test]
    async fn the_token_is_found_and_the_body_kept() {
        let send = |kind: &'static str, body: &'static str| {
            Request::builder().header("content-type", kind).body(Body::from(body)).expect("a request")
        };
        let form = "application/x-www-form-urlencoded";
        let kept = with_token(send(form, "csrf=abc&x=1"), "abc").await.expect("our own form");
        assert_eq!(to_bytes(kept.into_body(), 100).await.expect("a body"), "csrf=abc&x=1");
        for body in ["x=1", "csrf=abd", "csrf=", "", "xcsrf=abc"] {
            assert_eq!(with_token(send(form, body), "abc").await.err(), Some(Foreign::NotOurs), "{body}");
        }
        assert_eq!(with_token(send(form, "csrf="), "").await.err(), Some(Foreign::NotOurs));
        assert_eq!(with_token(send("application/json", "{}"), "abc").await.err(), Some(Foreign::NotOurs));
        let parts = "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--b--\r\n";
        let kind = "multipart/form-data; boundary=b";
        let kept = with_token(send(kind, parts), "abc").await.expect("our own form");
        assert_eq!(to_bytes(kept.into_body(), 1000).await.expect("a body"), parts);
        assert_eq!(with_token(send(kind, parts), "abd").await.err(), Some(Foreign::NotOurs));
    }
}
