//! Scans on the intake form (مرفقات الطلب): stored at once, so that a form shown again keeps them.

use std::path::PathBuf;

use foundation::web::{Ctx, FormData, FormErrors, PageError};
use registry::Viewer;
use uuid::Uuid;

use crate::Office;
use crate::requests::events::FileRef;
use crate::uploads::{self, UploadError};

/// Names of the controls of a document's scans, and of those that are stored already.
pub(crate) fn control(code: &str) -> String {
    format!("file.{code}")
}

pub(crate) fn stored(code: &str) -> String {
    format!("have.{code}")
}

/// Stores what was sent and gives everything that is there for a code.
pub(crate) async fn take(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    place: (&str, &str, Uuid),
    data: &mut FormData,
    codes: &[String],
    errors: &mut FormErrors,
) -> Result<(), PageError> {
    for code in codes {
        let sent: Vec<(PathBuf, u64)> = data
            .files(&control(code))
            .filter(|file| file.size > 0)
            .map(|file| (file.path().to_owned(), file.size))
            .collect();
        let mut have = had(data, code);
        for (path, _) in sent {
            let bytes = tokio::fs::read(&path).await.map_err(PageError::internal)?;
            let (tenant, unit, request) = place;
            match uploads::upload(office, tenant, unit, request, viewer.staff(), bytes).await {
                Ok(file) if have.contains(&file) => {}
                Ok(file) => have.push(file),
                Err(error) => errors.add(control(code), refused(c, error)?),
            }
        }
        if !have.is_empty() {
            data.set(&stored(code), &written(&have));
        }
    }
    Ok(())
}

/// Why a file is not taken, in words.
pub(crate) fn refused(c: &Ctx, error: UploadError) -> Result<String, PageError> {
    match error.key() {
        Some(key) => Ok(c.t(&format!("counter-{key}"))),
        None => Err(error.into()),
    }
}

/// What is stored for a code, as the form's hidden field tells; whether it is true is asked when it
/// is used.
pub(crate) fn had(data: &FormData, code: &str) -> Vec<FileRef> {
    data.get(&stored(code)).split(' ').filter_map(read).collect()
}

/// Files as one value.
pub(crate) fn written(files: &[FileRef]) -> String {
    files.iter().map(write).collect::<Vec<_>>().join(" ")
}

fn write(file: &FileRef) -> String {
    format!("{}|{}|{}", file.hash, file.media, file.size)
}

fn read(text: &str) -> Option<FileRef> {
    let mut parts = text.split('|');
    let (hash, media, size) = (parts.next()?, parts.next()?, parts.next()?.parse().ok()?);
    let plain = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain.then(|| FileRef { hash: hash.to_owned(), media: media.to_owned(), size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_comes_back() {
        let file = FileRef { hash: "ab".repeat(32), media: "image/png".into(), size: 12 };
        assert_eq!(read(&write(&file)), Some(file));
        for wrong in ["", "x|y|1", "|||", "zz|image/png|1"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
