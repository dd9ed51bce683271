//! Rows of imports: `apply`, and every statement of the slice.

use foundation::clock::Micros;
use foundation::db::{DbError, Query, Row, Tx};
use foundation::params;
use record::{BoxFuture, Event, RecordError, Slice, Table};
use serde::Serialize;
use uuid::Uuid;

use super::events::{ImportEvent, What};
use crate::units::store_tools::{known, tagged};

/// The slice of imports.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportSlice;

impl Slice for ImportSlice {
    fn name(&self) -> &'static str {
        "imports"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &["import"]
    }

    fn tables(&self) -> &'static [Table] {
        const TABLES: &[Table] =
            &[Table::projection("imports", &["number"]), Table::projection("import_items", &["number", "position"])];
        TABLES
    }

    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(apply(tx, event))
    }
}

async fn apply(tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
    match tagged::<ImportEvent>(event)? {
        ImportEvent::FileImported { number, content, file, sha256, rows, items } => {
            tx.execute(
                "INSERT INTO imports (number, tenant, content, file, sha256, file_rows, items, imported_at, imported_by, undone_at, reason, version) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, '', $10)",
                params![
                    number, event.tenant.as_str(), content.code(), file, sha256, rows, items.len() as i64,
                    event.occurred_at, event.actor, event.version
                ],
            )
            .await?;
            for (position, item) in (1_i64..).zip(items) {
                tx.queue(
                    "INSERT INTO import_items (number, position, tenant, id, label, version) VALUES ($1, $2, $3, $4, $5, $6)",
                    params![number, position, item.tenant, item.id, item.label, item.version],
                )
                .await?;
            }
        }
        ImportEvent::ImportUndone { number, reason } => {
            tx.execute(
                "UPDATE imports SET undone_at = $2, reason = $3, version = $4 WHERE number = $1",
                params![number, event.occurred_at, reason, event.version],
            )
            .await?;
        }
    }
    Ok(())
}

/// دفعة استيراد: one import as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Batch {
    /// Its number.
    pub number: i64,
    /// Its tenant; `00` if it brought something for more than one governorate.
    pub tenant: String,
    /// What it brought.
    pub content: What,
    /// Name of the file.
    pub file: String,
    /// Rows of the file.
    pub rows: i64,
    /// People, units or holidays.
    pub items: i64,
    /// When.
    pub imported_at: Micros,
    /// Who; none from the command line.
    pub imported_by: Option<Uuid>,
    /// When it was taken back.
    pub undone_at: Option<Micros>,
    /// Version of its stream.
    #[serde(skip)]
    pub version: i64,
}

/// What a batch brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredItem {
    pub tenant: String,
    pub id: Uuid,
    pub label: String,
    pub version: i64,
}

const COLUMNS: &str = "number, tenant, content, file, file_rows, items, imported_at, imported_by, undone_at, version";

fn batch(row: &Row) -> Result<Batch, DbError> {
    Ok(Batch {
        number: row.get("number")?,
        tenant: row.get("tenant")?,
        content: known(What::from_code(&row.get::<String>("content")?))?,
        file: row.get("file")?,
        rows: row.get("file_rows")?,
        items: row.get("items")?,
        imported_at: row.get("imported_at")?,
        imported_by: row.get("imported_by")?,
        undone_at: row.get("undone_at")?,
        version: row.get("version")?,
    })
}

/// The newest batches, at most `most`: of one tenant, or all.
pub async fn list(q: &mut impl Query, tenant: Option<&str>, most: u32) -> Result<Vec<Batch>, DbError> {
    let place = if tenant.is_some() { "WHERE tenant = $1" } else { "" };
    let sql = format!("SELECT {COLUMNS} FROM imports {place} ORDER BY number DESC LIMIT {most}");
    let params = tenant.map(|tenant| params![tenant]).unwrap_or_default();
    q.query(&sql, params).await?.iter().map(batch).collect()
}

/// One batch.
pub async fn one(q: &mut impl Query, number: i64) -> Result<Option<Batch>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM imports WHERE number = $1");
    q.query_opt(&sql, params![number]).await?.as_ref().map(batch).transpose()
}

/// What a batch brought, in order.
pub(super) async fn items(q: &mut impl Query, number: i64) -> Result<Vec<StoredItem>, DbError> {
    let sql = "SELECT tenant, id, label, version FROM import_items WHERE number = $1 ORDER BY position";
    q.query(sql, params![number])
        .await?
        .iter()
        .map(|row| {
            Ok(StoredItem {
                tenant: row.get("tenant")?,
                id: row.get("id")?,
                label: row.get("label")?,
                version: row.get("version")?,
            })
        })
        .collect()
}

/// The number that the next batch gets.
pub(super) async fn next_number(q: &mut impl Query) -> Result<i64, DbError> {
    q.query_one("SELECT COALESCE(MAX(number), 0) + 1 AS next FROM imports", params![]).await?.get("next")
}

/// Login names of a list that somebody has.
pub(super) async fn logins(q: &mut impl Query, wanted: &[String]) -> Result<Vec<String>, DbError> {
    let mut found = Vec::new();
    for part in wanted.chunks(500) {
        let places: Vec<String> = (1..=part.len()).map(|at| format!("${at}")).collect();
        let sql = format!("SELECT login FROM staff WHERE login IN ({})", places.join(", "));
        let params = part.iter().map(|login| foundation::db::Value::from(login.as_str())).collect();
        for row in q.query(&sql, params).await? {
            found.push(row.get("login")?);
        }
    }
    Ok(found)
}

/// Whether somebody has ever signed in.
pub(super) async fn signed_in(q: &mut impl Query, staff: Uuid) -> Result<bool, DbError> {
    Ok(q.query_opt("SELECT 1 AS one FROM sessions WHERE staff = $1 LIMIT 1", params![staff]).await?.is_some())
}

/// Whether anybody belongs to a unit or holds a role in it.
pub(super) async fn has_people(q: &mut impl Query, unit: &str) -> Result<bool, DbError> {
    let sql =
        "SELECT 1 AS one FROM staff WHERE unit = $1 UNION ALL SELECT 1 AS one FROM assignments WHERE unit = $1 LIMIT 1";
    Ok(q.query_opt(sql, params![unit]).await?.is_some())
}

/// Forgets the passwords of people who are taken back.
pub(super) async fn forget_password(tx: &mut Tx, staff: Uuid) -> Result<(), DbError> {
    tx.execute("DELETE FROM staff_secrets WHERE staff = $1", params![staff]).await.map(drop)
}
