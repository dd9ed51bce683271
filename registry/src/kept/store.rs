//! Every SQL statement about kept forms.

use foundation::clock::Micros;
use foundation::db::{DbError, Query, Tx};
use foundation::params;
use record::{Cipher, Keyring, RecordError};
use uuid::Uuid;

use super::Kept;

/// How long a form is kept.
pub(super) const KEPT: i64 = Micros::DAY;
/// Forms kept for one person at once; the oldest go first.
const MOST: i64 = 20;
const FIELD: &str = "kept form";

/// Whose browser it is, as the session behind the forms' secret says: the person and their tenant.
/// None for an account that is closed and a secret that is older than a browser keeps it.
pub(super) async fn owner(q: &mut impl Query, secret: &[u8], now: Micros) -> Result<Option<(Uuid, String)>, DbError> {
    let sql = "SELECT s.staff, p.tenant FROM sessions s JOIN staff p ON p.staff = s.staff AND p.disabled = 0 \
               WHERE s.form_secret = $1 AND s.started_at > $2";
    let row = q.query_opt(sql, params![secret, now.minus(7 * Micros::DAY)]).await?;
    row.map(|row| Ok((row.get("staff")?, row.get("tenant")?))).transpose()
}

/// Keeps a form under a new id.
pub(super) async fn keep(
    tx: &mut Tx,
    keyring: &Keyring,
    owner: &(Uuid, String),
    id: Uuid,
    text: &str,
    now: Micros,
) -> Result<(), RecordError> {
    let (staff, tenant) = owner;
    let key = keyring.new_subject(tx, tenant, id, now).await?;
    tx.execute(
        "INSERT INTO kept_forms (tenant, id, staff, kept_at, expires_at, content) VALUES ($1, $2, $3, $4, $5, $6)",
        params![tenant, id, *staff, now, now.plus(KEPT), key.encrypt(FIELD, text)],
    )
    .await?;
    let sql = "DELETE FROM kept_forms WHERE staff = $1 AND kept_at <= \
               (SELECT kept_at FROM kept_forms WHERE staff = $1 ORDER BY kept_at DESC LIMIT 1 OFFSET $2) \
               RETURNING tenant, id";
    let over = tx.query(sql, params![*staff, MOST]).await?;
    forget(tx, keyring, &over, now).await
}

/// One of a person's own kept forms.
pub(super) async fn open(
    q: &mut impl Query,
    keyring: &Keyring,
    staff: Uuid,
    id: Uuid,
    now: Micros,
) -> Result<Option<Kept>, RecordError> {
    let sql = "SELECT tenant, content FROM kept_forms WHERE id = $1 AND staff = $2 AND expires_at > $3";
    let Some(row) = q.query_opt(sql, params![id, staff, now]).await? else { return Ok(None) };
    let Some(key) = keyring.open(q, &row.get::<String>("tenant")?, id).await? else { return Ok(None) };
    let text = key.decrypt(FIELD, &row.get::<Cipher>("content")?)?;
    Ok(Some(serde_json::from_str(&text)?))
}

/// All of a person's own kept forms, newest first.
pub(super) async fn list(
    q: &mut impl Query,
    keyring: &Keyring,
    staff: Uuid,
    now: Micros,
) -> Result<Vec<(Uuid, Micros, Kept)>, RecordError> {
    let sql = "SELECT id, kept_at FROM kept_forms WHERE staff = $1 AND expires_at > $2 ORDER BY kept_at DESC";
    let mut found = Vec::new();
    for row in q.query(sql, params![staff, now]).await? {
        let id = row.get("id")?;
        if let Some(kept) = open(q, keyring, staff, id, now).await? {
            found.push((id, row.get("kept_at")?, kept));
        }
    }
    Ok(found)
}

/// Forgets one of a person's own kept forms.
pub(super) async fn discard(
    tx: &mut Tx,
    keyring: &Keyring,
    staff: Uuid,
    id: Uuid,
    now: Micros,
) -> Result<(), RecordError> {
    let sql = "DELETE FROM kept_forms WHERE id = $1 AND staff = $2 RETURNING tenant, id";
    let over = tx.query(sql, params![id, staff]).await?;
    forget(tx, keyring, &over, now).await
}

/// Removes what is over; gives how many.
pub(super) async fn sweep(tx: &mut Tx, keyring: &Keyring, now: Micros) -> Result<u64, RecordError> {
    let over = tx.query("DELETE FROM kept_forms WHERE expires_at <= $1 RETURNING tenant, id", params![now]).await?;
    forget(tx, keyring, &over, now).await?;
    Ok(over.len() as u64)
}

async fn forget(tx: &mut Tx, keyring: &Keyring, rows: &[foundation::db::Row], now: Micros) -> Result<(), RecordError> {
    for row in rows {
        keyring.erase(tx, &row.get::<String>("tenant")?, row.get("id")?, now).await?;
    }
    Ok(())
}
