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
    let newest = "SELECT status_index FROM papers WHERE tenant = $1 ORDER BY status_index DESC LIMIT 1";
    let newest: Option<i64> =
        tx.query_opt(newest, params![tenant]).await?.map(|row| row.get("status_index")).transpose()?;
    let list = newest.unwrap_or(0) / size;
    let drawn: Vec<i64> = (0..DRAWN).map(|_| list * size + entry(ids)).collect();
    let places: Vec<String> = (2..DRAWN + 2).map(|at| format!("${at}")).collect();
    let mut params = params![tenant];
    params.extend(drawn.iter().map(|index| Value::Int(*index)));
    let sql = format!("SELECT status_index FROM papers WHERE tenant = $1 AND status_index IN ({})", places.join(", "));
    let mut taken = Vec::new();
    for row in tx.query(&sql, params).await? {
        taken.push(row.get::<i64>("status_index")?);
    }
    let mut free = drawn.into_iter().filter(|index| !taken.contains(index));
    match free.next() {
        Some(index) if free.count() + 1 >= ROOM => Ok(index),
        _ => Ok((list + 1) * size + entry(ids)),
    }
}

fn entry(ids: &Ids) -> i64 {
    i64::try_from(ids.random_below(u64::from(ENTRIES_PER_LIST))).unwrap_or(0)
}
