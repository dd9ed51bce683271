//! The random place of a paper in its governorate's status lists.

use documents::sign::ENTRIES_PER_LIST;
use foundation::db::{DbError, Query as _, Tx, Value};
use foundation::ids::Ids;
use foundation::params;

/// Places drawn at once; a list in which fewer than [`ROOM`] of them are free counts as full.
const DRAWN: usize = 16;
const ROOM: usize = 4;

/// Draws a free place: in the newest list, or in the next one when that is well filled. The table's
/// uniqueness settles it if another transaction draws the same one meanwhile.
///
/// # Errors
/// The database's own.
pub async fn draw(tx: &mut Tx, ids: &Ids, tenant: &str) -> Result<i64, DbError> {
    let size = i64::from(ENTRIES_PER_LIST);
    let drawn: Vec<i64> = (0..DRAWN).map(|_| entry(ids)).collect();
    let places: Vec<String> = (3..DRAWN + 3).map(|at| format!("(CAST(${at} AS BIGINT))")).collect();
    let mut params = params![tenant, size];
    params.extend(drawn.iter().map(|entry| Value::Int(*entry)));
    // The newest list, and which of the drawn places are taken in it: one look into the index for each.
    let sql = format!(
        "SELECT m.list, p.status_index FROM (SELECT COALESCE(MAX(status_index), 0) / $2 AS list FROM papers WHERE tenant = $1) m \
         CROSS JOIN (VALUES {}) d LEFT JOIN papers p ON p.tenant = $1 AND p.status_index = m.list * $2 + d.column1",
        places.join(", ")
    );
    let (mut list, mut taken) = (0, Vec::new());
    for row in tx.query(&sql, params).await? {
        list = row.get("list")?;
        taken.extend(row.get::<Option<i64>>("status_index")?);
    }
    let drawn = drawn.into_iter().map(|entry| list * size + entry);
    let mut free = drawn.filter(|index| !taken.contains(index));
    match free.next() {
        Some(index) if free.count() + 1 >= ROOM => Ok(index),
        _ => Ok((list + 1) * size + entry(ids)),
    }
}

fn entry(ids: &Ids) -> i64 {
    i64::try_from(ids.random_below(u64::from(ENTRIES_PER_LIST))).unwrap_or(0)
}
