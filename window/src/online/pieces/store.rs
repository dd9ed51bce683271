//! Rows of pieces: every SQL statement about them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use foundation::clock::Micros;
use foundation::db::{DbError, Query, Tx};
use foundation::params;
use record::{Cipher, RecordError};
use registry::{Viewer, accounts};
use uuid::Uuid;

use crate::Office;
use crate::online::store::SaveError;

/// How long the pieces of a file wait for the rest.
const PATIENCE: i64 = Micros::DAY;
/// Most bytes that wait in pieces for one application.
const PENDING: i64 = 60_000_000;
const FIELD: &str = "piece";

/// Which file of which application.
#[derive(Debug, Clone)]
pub(super) struct Upload {
    pub tenant: String,
    pub application: Uuid,
    /// Drawn by the browser, once for each file.
    pub upload: Uuid,
}

/// What became of a piece.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// It is there: so many bytes now.
    Here(i64),
    /// It begins elsewhere than the last one ended: so many bytes are there.
    Elsewhere(i64),
    /// Too much waits already.
    Full,
}

/// How many bytes of a file are there.
pub(super) async fn have(q: &mut impl Query, of: &Upload) -> Result<i64, DbError> {
    let sql = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) AS have FROM upload_pieces \
               WHERE tenant = $1 AND application = $2 AND upload = $3";
    let row = q.query_opt(sql, params![of.tenant.as_str(), of.application, of.upload]).await?;
    row.map_or(Ok(0), |row| row.get("have"))
}

/// Adds a piece that begins where the last one ended.
pub(super) async fn put(
    office: &Office,
    viewer: &Viewer,
    of: &Upload,
    starts: i64,
    bytes: Vec<u8>,
) -> Result<Put, SaveError> {
    let (keyring, viewer, now) = (office.record.keyring().clone(), viewer.clone(), office.clock.now());
    let (of, size, text) = (of.clone(), i64::try_from(bytes.len()).unwrap_or(i64::MAX), STANDARD.encode(bytes));
    office
        .db
        .write(move |tx| {
            let (keyring, viewer, of, text) = (keyring.clone(), viewer.clone(), of.clone(), text.clone());
            Box::pin(async move {
                let account = accounts::confirm_signed_in(tx, &viewer).await?;
                let own = "SELECT 1 AS one FROM applications WHERE tenant = $1 AND id = $2 AND account = $3 AND expires_at > $4";
                let own = tx.query_opt(own, params![of.tenant.as_str(), of.application, account, now]).await?;
                if own.is_none() {
                    return Err(SaveError::Gone);
                }
                let there = have(tx, &of).await?;
                if there != starts {
                    return Ok(Put::Elsewhere(there));
                }
                let waits = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) AS waits FROM upload_pieces WHERE tenant = $1 AND application = $2";
                let waits = tx.query_opt(waits, params![of.tenant.as_str(), of.application]).await?;
                let waits: i64 = waits.map_or(Ok(0), |row| row.get("waits"))?;
                if waits.saturating_add(size) > PENDING {
                    return Ok(Put::Full);
                }
                let key = keyring.open(tx, &of.tenant, of.application).await?.ok_or(SaveError::Gone)?;
                tx.execute(
                    "INSERT INTO upload_pieces (tenant, application, upload, starts, size, saved_at, content) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    params![
                        of.tenant.as_str(), of.application, of.upload, starts, size, now, key.encrypt(FIELD, &text)
                    ],
                )
                .await?;
                Ok(Put::Here(starts.saturating_add(size)))
            })
        })
        .await
}

/// The file, put together.
pub(super) async fn whole(office: &Office, of: &Upload) -> Result<Vec<u8>, RecordError> {
    let mut q = office.db.reader();
    let Some(key) = office.record.keyring().open(&mut q, &of.tenant, of.application).await? else {
        return Ok(Vec::new());
    };
    let sql =
        "SELECT content FROM upload_pieces WHERE tenant = $1 AND application = $2 AND upload = $3 ORDER BY starts";
    let mut bytes = Vec::new();
    for row in q.query(sql, params![of.tenant.as_str(), of.application, of.upload]).await? {
        let text = key.decrypt(FIELD, &row.get::<Cipher>("content")?)?;
        let piece = STANDARD.decode(text);
        bytes.extend(piece.map_err(|error| RecordError::Broken(format!("a piece of a file: {error}")))?);
    }
    Ok(bytes)
}

/// Removes the pieces of a file.
pub(super) async fn forget(office: &Office, of: &Upload) -> Result<(), DbError> {
    let of = of.clone();
    office
        .db
        .write(move |tx| {
            let of = of.clone();
            Box::pin(async move {
                let sql = "DELETE FROM upload_pieces WHERE tenant = $1 AND application = $2 AND upload = $3";
                tx.execute(sql, params![of.tenant.as_str(), of.application, of.upload]).await?;
                Ok(())
            })
        })
        .await
}

/// Removes pieces whose rest has not come within a day.
pub(in crate::online) async fn sweep(tx: &mut Tx, now: Micros) -> Result<(), DbError> {
    tx.execute("DELETE FROM upload_pieces WHERE saved_at < $1", params![now.minus(PATIENCE)]).await?;
    Ok(())
}
