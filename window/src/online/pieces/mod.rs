//! قطع الملفات: a large file comes into an application piece by piece, so that a line that is cut loses one
//! piece at most. The browser's module is `assets/js/upload.js`; without it the form sends files whole.
//!
//! ```text
//! GET  …/pieces/{upload}   -> {"have": bytes}
//! POST …/pieces            upload, doc, of (bytes of the whole), at (where the piece begins), the file `piece`
//!                          -> {"have": bytes}, and once all of it is there {"have": …, "done": true}
//!                          409 {"have": …}: it begins elsewhere; 413, 422 {"error": words}
//! ```

mod store;

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use foundation::web::{Ctx, FormData, PageError};
use http::StatusCode;
use registry::Viewer;
use serde_json::{Value, json};
use uuid::Uuid;

use self::store::{Put, Upload};
use super::open::{self, Found, Opened};
use super::papers;
use super::store::SaveError;
use crate::Office;
use crate::counter::intake::files;
use crate::requests::events::FileRef;
use crate::uploads;

pub(super) use self::store::sweep;

/// Most bytes of a piece.
const PIECE: u64 = 2_000_000;
/// How often a file is put to an application that another device saves at the same moment.
const TRIES: usize = 4;

/// How much of a file is there.
pub(super) async fn have(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((id, upload)): Path<(Uuid, Uuid)>,
) -> Result<Response, PageError> {
    let Found::Here(opened) = open::open(&office, &viewer, &c, id).await? else { return Ok(gone(&c)) };
    let of = Upload { tenant: opened.application.tenant.clone(), application: id, upload };
    let have = store::have(&mut office.db.reader(), &of).await?;
    Ok(told(StatusCode::OK, json!({ "have": have })))
}

/// Takes a piece; the last one makes the file.
pub(super) async fn put(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let Found::Here(opened) = open::open(&office, &viewer, &c, id).await? else { return Ok(gone(&c)) };
    let wrong = |status: StatusCode, key: &str| Ok(told(status, json!({ "error": c.t(key) })));
    let number = |name: &str| data.get(name).parse::<i64>().ok().filter(|number| *number >= 0);
    let doc = data.get("doc").to_owned();
    let part = data.files("piece").next().map(|part| (part.path().to_owned(), part.size));
    let (Some(upload), Some(whole), Some(starts), Some((path, size))) =
        (data.uuid("upload"), number("of"), number("at"), part)
    else {
        return wrong(StatusCode::UNPROCESSABLE_ENTITY, "online-piece-wrong");
    };
    if !papers::codes(&opened.service).contains(&doc) || size == 0 || size > PIECE {
        return wrong(StatusCode::UNPROCESSABLE_ENTITY, "online-piece-wrong");
    }
    let ends = starts.saturating_add(i64::try_from(size).unwrap_or(i64::MAX));
    if usize::try_from(whole).map_or(true, |whole| whole > uploads::MOST_BYTES) {
        return wrong(StatusCode::PAYLOAD_TOO_LARGE, "counter-upload-too-large");
    }
    if ends > whole {
        return wrong(StatusCode::UNPROCESSABLE_ENTITY, "online-piece-wrong");
    }
    let of = Upload { tenant: opened.application.tenant.clone(), application: id, upload };
    let bytes = tokio::fs::read(&path).await.map_err(PageError::internal)?;
    match store::put(&office, &viewer, &of, starts, bytes).await {
        Ok(Put::Here(have)) if have < whole => Ok(told(StatusCode::OK, json!({ "have": have }))),
        Ok(Put::Here(have)) => {
            let made = finish(&office, &viewer, &c, &of, *opened, &doc).await?;
            store::forget(&office, &of).await?;
            Ok(match made {
                Ok(()) => told(StatusCode::OK, json!({ "have": have, "done": true })),
                Err(words) => told(StatusCode::UNPROCESSABLE_ENTITY, json!({ "error": words })),
            })
        }
        Ok(Put::Elsewhere(have)) => Ok(told(StatusCode::CONFLICT, json!({ "have": have }))),
        Ok(Put::Full) => wrong(StatusCode::UNPROCESSABLE_ENTITY, "online-piece-full"),
        Err(error) => Err(open::save_error(&c, error)),
    }
}

/// Judges and keeps the whole file, and puts it to the application; or says in words why not.
async fn finish(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    of: &Upload,
    mut opened: Opened,
    doc: &str,
) -> Result<Result<(), String>, PageError> {
    let bytes = store::whole(office, of).await.map_err(|error| PageError::from_error(&error))?;
    let (tenant, unit) = (opened.application.tenant.clone(), opened.application.unit.clone());
    let file = match uploads::upload(office, &tenant, &unit, of.application, viewer.staff(), bytes).await {
        Ok(file) => file,
        Err(error) => return Ok(Err(files::refused(c, error)?)),
    };
    for _ in 0..TRIES {
        if !add(&mut opened, doc, &file) {
            return Ok(Err(c.t1("online-too-many-files", "n", papers::MOST_FILES)));
        }
        match open::save(office, viewer, &opened).await {
            Ok(_) => return Ok(Ok(())),
            // What another device has saved stays: the file is put to that.
            Err(SaveError::Elsewhere) => match open::open(office, viewer, c, of.application).await? {
                Found::Here(again) => opened = *again,
                Found::Gone(_) => return Ok(Err(c.t("online-gone"))),
            },
            Err(error) => return Err(open::save_error(c, error)),
        }
    }
    Err(PageError::Conflict(c.t("online-elsewhere")))
}

/// Puts a file to a document; false if it has too many.
fn add(opened: &mut Opened, doc: &str, file: &FileRef) -> bool {
    let mut have = files::had(&opened.data, doc);
    if !have.contains(file) {
        have.push(file.clone());
    }
    opened.data.set(&files::stored(doc), &files::written(&have));
    have.len() <= papers::MOST_FILES
}

fn gone(c: &Ctx) -> Response {
    told(StatusCode::GONE, json!({ "error": c.t("online-gone") }))
}

fn told(status: StatusCode, body: Value) -> Response {
    (status, Json(body)).into_response()
}
