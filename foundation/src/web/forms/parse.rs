//! Reads a form's body: urlencoded at once, multipart part by part into temporary files.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use http::header::CONTENT_TYPE;
use tokio::io::AsyncWriteExt as _;

use super::data::{FILE_LIMIT, FilePart, FormData};
use crate::web::csrf::{self, Checked};
use crate::web::{PageError, RequestInfo};

/// The largest urlencoded body, and the largest text part of a multipart one.
pub(in crate::web) const TEXT_LIMIT: usize = 1024 * 1024;
/// The largest multipart body: five full files and a form.
const BODY_LIMIT: u64 = 5 * FILE_LIMIT + TEXT_LIMIT as u64;
/// More fields than any form of ours has.
const FIELD_LIMIT: usize = 4_000;

/// Whether a content type is that of a plain form.
pub(in crate::web) fn is_urlencoded(content_type: &str) -> bool {
    content_type.split(';').next().is_some_and(|t| t.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

pub(in crate::web) fn content_type(headers: &http::HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("")
}

impl<S: Send + Sync> FromRequest<S> for FormData {
    type Rejection = PageError;

    async fn from_request(request: Request, _: &S) -> Result<Self, PageError> {
        let (parts, body) = request.into_parts();
        let kind = content_type(&parts.headers).to_owned();
        let data = if is_urlencoded(&kind) {
            urlencoded(body).await?
        } else if kind.starts_with("multipart/form-data") {
            multipart(&kind, body).await?
        } else {
            return Err(PageError::Unsupported(None));
        };
        let info = parts
            .extensions
            .get::<RequestInfo>()
            .ok_or_else(|| PageError::internal("web::serve_pages is missing around this router"))?;
        let checked = parts.extensions.get::<Checked>().is_some();
        if checked || info.secret().accepts(data.get(csrf::FIELD)) { Ok(data) } else { Err(PageError::forbidden()) }
    }
}

async fn urlencoded(body: Body) -> Result<FormData, PageError> {
    let bytes = to_bytes(body, TEXT_LIMIT).await.map_err(|_| PageError::TooLarge { megabytes: 1 })?;
    let mut data = FormData::default();
    for (name, value) in form_urlencoded::parse(&bytes).take(FIELD_LIMIT) {
        data.push(name.into_owned(), &value);
    }
    Ok(data)
}

async fn multipart(kind: &str, body: Body) -> Result<FormData, PageError> {
    let boundary = multer::parse_boundary(kind).map_err(|_| PageError::BadRequest(None))?;
    let limits = multer::SizeLimit::new().whole_stream(BODY_LIMIT);
    let constraints = multer::Constraints::new().size_limit(limits);
    let mut reader = multer::Multipart::with_constraints(body.into_data_stream(), boundary, constraints);
    let mut data = FormData::default();
    let mut too_large = false;
    let mut count = 0_usize;
    while let Some(mut field) = reader.next_field().await.map_err(broken)? {
        count += 1;
        if count > FIELD_LIMIT {
            return Err(PageError::TooLarge { megabytes: 1 });
        }
        let Some(name) = field.name().map(str::to_owned) else { continue };
        let Some(file_name) = field.file_name().map(base_name) else {
            let mut text = Vec::new();
            while let Some(chunk) = field.chunk().await.map_err(broken)? {
                if text.len() + chunk.len() > TEXT_LIMIT {
                    return Err(PageError::TooLarge { megabytes: 1 });
                }
                text.extend_from_slice(&chunk);
            }
            data.push(name, &String::from_utf8_lossy(&text));
            continue;
        };
        let content_type = field.content_type().map(ToString::to_string).unwrap_or_default();
        let (file, path) = tempfile::NamedTempFile::new().map_err(|e| storage(&e))?.into_parts();
        let mut file = tokio::fs::File::from_std(file);
        let mut size = 0_u64;
        // A file over the limit is read to its end (up to the limit of the body) and dropped, so
        // that the browser shows our answer and not a broken connection.
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            size += chunk.len() as u64;
            if size > FILE_LIMIT {
                too_large = true;
            } else {
                file.write_all(&chunk).await.map_err(|e| storage(&e))?;
            }
        }
        file.flush().await.map_err(|e| storage(&e))?;
        // A file field left alone is sent as an empty file without a name.
        if size > 0 && !too_large {
            let path = Arc::new(path);
            data.files.push(FilePart { field: name, file_name, content_type, size, path });
        }
    }
    if too_large {
        return Err(PageError::TooLarge { megabytes: FILE_LIMIT / (1024 * 1024) });
    }
    Ok(data)
}

fn storage(error: &std::io::Error) -> PageError {
    tracing::error!(%error, "upload could not be written");
    PageError::Unavailable(None)
}

fn broken(error: multer::Error) -> PageError {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => {
            PageError::TooLarge { megabytes: FILE_LIMIT / (1024 * 1024) }
        }
        _ => PageError::BadRequest(None),
    }
}

/// The name without folders of either kind of system, cut to a length that fits everywhere.
fn base_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or("");
    base.chars().filter(|c| !c.is_control()).take(120).collect()
}
