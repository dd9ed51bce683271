//! Files on their way out: always as attachments, never shown by the browser as a page of ours.

use axum::body::Body;
use http::{HeaderValue, Response, header};

use super::Media;

/// The answer with a file: an attachment with a name of ours, its type not to be guessed, and not
/// to be kept by anyone between. `name` is what the file is called without its ending: letters,
/// digits and dashes; anything else becomes a dash.
#[must_use]
pub fn download(name: &str, media: Media, bytes: Vec<u8>) -> Response<Body> {
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let length = bytes.len();
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    let disposition = format!("attachment; filename=\"{name}.{}\"", media.ending());
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.mime()));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let sandbox = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(header::CONTENT_SECURITY_POLICY, sandbox);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn always_an_attachment_whatever_the_name() {
        let response = download("رقم\"\r\nX: y", Media::Pdf, b"%PDF".to_vec());
        let header = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        assert_eq!(header(header::CONTENT_DISPOSITION), "attachment; filename=\"------X--y.pdf\"");
        assert_eq!(header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(header(header::CONTENT_TYPE), "application/pdf");
    }
}
