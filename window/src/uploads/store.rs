//! Files under a request's key, and what becomes of those that nobody names.

use foundation::clock::Micros;
use foundation::db::{DbError, Query as _, Tx, Value};
use foundation::files::FileKey;
use foundation::params;
use record::jobs::Job;
use record::{BoxFuture, RecordError, SubjectKey};
use uuid::Uuid;

use super::{Media, UploadError, judge};
use crate::Office;
use crate::requests::events::FileRef;

/// How long a file may wait to be named by an event.
const PATIENCE: i64 = Micros::DAY;
/// Files swept at once.
const BATCH: i64 = 100;
/// Name of the sweeping job.
const JOB: &str = "uploads.sweep";

fn file_key(key: &SubjectKey) -> FileKey {
    FileKey::new(key.derive("files"))
}

/// Judges a file and keeps it: [`judge`] on a thread that may block, then [`keep`].
///
/// # Errors
/// [`UploadError`].
pub async fn upload(
    office: &Office,
    tenant: &str,
    unit: &str,
    request: Uuid,
    by: Option<Uuid>,
    bytes: Vec<u8>,
) -> Result<FileRef, UploadError> {
    let judged = tokio::task::spawn_blocking(move || judge(bytes)).await;
    // A decoder that panics has met a file that no honest scanner makes.
    let accepted = judged.unwrap_or(Err(UploadError::Damaged))?;
    keep(office, tenant, unit, request, by, accepted.media, accepted.bytes).await
}

/// Encrypts and stores bytes of ours or judged ones, under the key of the request that they will
/// belong to; answers when they are durable. Until an event names it, the file may be swept after
/// a day.
///
/// # Errors
/// [`UploadError`].
pub async fn keep(
    office: &Office,
    tenant: &str,
    unit: &str,
    request: Uuid,
    by: Option<Uuid>,
    media: Media,
    bytes: Vec<u8>,
) -> Result<FileRef, UploadError> {
    let now = office.clock.now();
    let (keyring, of) = (office.record.keyring().clone(), tenant.to_owned());
    let key = match keyring.open(&mut office.db.reader(), tenant, request).await? {
        Some(key) => key,
        None => {
            let made = office.db.write(move |tx| {
                let (keyring, tenant) = (keyring.clone(), of.clone());
                Box::pin(async move { keyring.new_subject(tx, &tenant, request, now).await })
            });
            made.await.map_err(|error| match error {
                RecordError::Key(record::KeyError::Erased) => UploadError::Erased,
                error => error.into(),
            })?
        }
    };
    let stored = office.files().put(&file_key(&key), bytes).await?;
    let size = i64::try_from(stored.size).unwrap_or(i64::MAX);
    let file = FileRef { hash: stored.hash, media: media.mime().to_owned(), size };
    let (row, tenant, unit) = (file.clone(), tenant.to_owned(), unit.to_owned());
    office
        .db
        .write(move |tx| {
            let (row, tenant, unit) = (row.clone(), tenant.clone(), unit.clone());
            Box::pin(async move {
                tx.execute(
                    "INSERT INTO uploads (tenant, unit, request, hash, media, size, uploaded_by, uploaded_at, kept) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) \
                     ON CONFLICT (tenant, request, hash) DO UPDATE SET uploaded_at = excluded.uploaded_at",
                    params![tenant, unit, request, row.hash, row.media, row.size, by, now],
                )
                .await?;
                Ok::<_, DbError>(())
            })
        })
        .await?;
    Ok(file)
}

/// Says that an event names these files, in the event's own transaction; one statement. False if
/// one of them was not uploaded for this request, or is told with another type or size.
///
/// # Errors
/// The database's own.
pub async fn kept(tx: &mut Tx, tenant: &str, request: Uuid, files: &[FileRef]) -> Result<bool, DbError> {
    let mut hashes: Vec<&str> = files.iter().map(|file| file.hash.as_str()).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let places: Vec<String> = (3..hashes.len() + 3).map(|at| format!("${at}")).collect();
    let mut params = params![tenant, request];
    params.extend(hashes.iter().map(|hash| Value::from(*hash)));
    let sql = format!(
        "UPDATE uploads SET kept = 1 WHERE tenant = $1 AND request = $2 AND hash IN ({}) RETURNING hash, media, size",
        places.join(", ")
    );
    let mut there = Vec::with_capacity(hashes.len());
    for row in tx.query(&sql, params).await? {
        there.push(FileRef { hash: row.get("hash")?, media: row.get("media")?, size: row.get("size")? });
    }
    Ok(files.iter().all(|file| there.contains(file)))
}

/// Reads a file of a request, decrypted; none if it is not the request's, or its key was deleted.
/// Whether the viewer may open it is asked before ([`crate::requests::queries`]).
///
/// # Errors
/// [`UploadError`].
pub async fn fetch(
    office: &Office,
    tenant: &str,
    request: Uuid,
    hash: &str,
) -> Result<Option<(Media, Vec<u8>)>, UploadError> {
    let mut reader = office.db.reader();
    let sql = "SELECT media FROM uploads WHERE tenant = $1 AND request = $2 AND hash = $3";
    let Some(row) = reader.query_opt(sql, params![tenant, request, hash]).await? else { return Ok(None) };
    let Some(media) = Media::of_mime(&row.get::<String>("media")?) else { return Ok(None) };
    let Some(key) = office.record.keyring().open(&mut reader, tenant, request).await? else { return Ok(None) };
    Ok(office.files().get(&file_key(&key), hash).await?.map(|bytes| (media, bytes)))
}

/// Removes files that no event has named within a day, but for those of an application that is still being
/// filled in; runs each hour.
pub struct SweepJob(Office);

impl SweepJob {
    /// The job of this office.
    #[must_use]
    pub const fn new(office: Office) -> Self {
        Self(office)
    }

    /// Sweeps; gives how many files went.
    ///
    /// # Errors
    /// [`UploadError`].
    pub async fn sweep(&self) -> Result<u64, UploadError> {
        let until = self.0.clock.now().minus(PATIENCE);
        let mut swept = 0;
        loop {
            // The row goes first: a file without a row is never offered, a row without its file might be.
            let rows = self
                .0
                .db
                .write(move |tx| {
                    Box::pin(async move {
                        tx.query(
                            "DELETE FROM uploads WHERE kept = 0 AND uploaded_at < $1 AND hash IN \
                             (SELECT u.hash FROM uploads u WHERE u.kept = 0 AND u.uploaded_at < $1 AND NOT EXISTS \
                             (SELECT 1 FROM applications a WHERE a.tenant = u.tenant AND a.id = u.request) \
                             ORDER BY u.uploaded_at LIMIT $2) \
                             RETURNING hash",
                            params![until, BATCH],
                        )
                        .await
                    })
                })
                .await?;
            if rows.is_empty() {
                return Ok(swept);
            }
            for row in rows {
                self.0.files().remove(&row.get::<String>("hash")?).await?;
                swept += 1;
            }
        }
    }
}

impl Job for SweepJob {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn run<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { self.sweep().await.map(|_| ()).map_err(|error| error.to_string()) })
    }

    fn is_hourly(&self) -> bool {
        true
    }
}
