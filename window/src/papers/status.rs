//! Status lists made of the table of papers.

use documents::sign::{ENTRIES_PER_LIST, Status, StatusError, StatusList};
use foundation::clock::Micros;
use foundation::db::{DbError, Query};
use foundation::params;

use super::Issuers;

/// How long a verifier without a network goes by a list; after that it says that what it knows is old.
const FRESH: i64 = 3 * 24 * 60 * 60;

/// Why there is no status list.
#[derive(Debug, thiserror::Error)]
pub enum StatusListError {
    /// This node does not issue for the governorate.
    #[error("this node has no issuing key of governorate {0}")]
    NoKey(String),
    /// It could not be written.
    #[error(transparent)]
    Status(#[from] StatusError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A signed status list of a governorate, as of now; valid papers cost nothing in it.
///
/// # Errors
/// [`StatusListError`].
pub async fn status_list(
    q: &mut impl Query,
    issuers: &Issuers,
    public_url: &str,
    tenant: &str,
    list: u32,
    now: Micros,
) -> Result<Vec<u8>, StatusListError> {
    let key = issuers.key(tenant).ok_or_else(|| StatusListError::NoKey(tenant.to_owned()))?;
    let mut statuses = StatusList::new(tenant, list, now.seconds());
    statuses.expires = Some(now.seconds() + FRESH);
    let first = i64::from(list) * i64::from(ENTRIES_PER_LIST);
    let sql = "SELECT status_index, standing FROM papers WHERE tenant = $1 AND status_index >= $2 AND status_index < $3 \
               AND standing <> 'valid'";
    for row in q.query(sql, params![tenant, first, first + i64::from(ENTRIES_PER_LIST)]).await? {
        let index: i64 = row.get("status_index")?;
        let status = match row.get::<String>("standing")?.as_str() {
            "suspended" => Status::Suspended,
            "superseded" => Status::Superseded,
            _ => Status::Revoked,
        };
        if let Ok(index) = u32::try_from(index) {
            statuses.set(index, status)?;
        }
    }
    Ok(statuses.encode(public_url, key)?)
}

/// The newest list of a governorate that has a paper in it; 0 if none has.
///
/// # Errors
/// The database's own.
pub async fn newest_list(q: &mut impl Query, tenant: &str) -> Result<u32, DbError> {
    let sql = "SELECT COALESCE(MAX(status_index), 0) AS last FROM papers WHERE tenant = $1";
    let rows = q.query(sql, params![tenant]).await?;
    let last: i64 = rows.first().map_or(Ok(0), |row| row.get("last"))?;
    Ok(u32::try_from(last / i64::from(ENTRIES_PER_LIST)).unwrap_or(0))
}
