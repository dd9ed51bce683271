//! Which tables there are, and what each one is.

use std::collections::BTreeSet;
use std::sync::Arc;

use foundation::db::{Db, DbError, Engine};
use foundation::params;

use crate::{Class, Slice, Table};

/// The record's own tables, and the schema's ledger.
pub const OWN: &[Table] = &[
    Table { name: "events", class: Class::Record, key: &["tenant", "stream_kind", "stream_id", "version"] },
    Table { name: "seals", class: Class::Record, key: &["last"] },
    Table { name: "epochs", class: Class::Record, key: &["epoch"] },
    Table::working("leases", &["name"]),
    Table::working("followers", &["name"]),
    Table::working("subject_keys", &["tenant", "subject"]),
    Table::working("jobs", &["id"]),
    Table::working("outbox", &["tenant", "id"]),
    Table::working("views", &["tenant", "at", "id"]),
    Table::working("schema_migrations", &["name"]),
];

/// The record's tables that concern the node and no tenant.
pub const WITHOUT_TENANT: &[&str] = &["seals", "epochs", "leases", "followers", "jobs", "schema_migrations"];

/// All declared tables.
pub fn declared(slices: &[Arc<dyn Slice>]) -> impl Iterator<Item = &'static Table> {
    OWN.iter().chain(slices.iter().flat_map(|slice| slice.tables()))
}

/// The names of all tables that the database holds.
pub async fn stored(db: &Db) -> Result<BTreeSet<String>, DbError> {
    let sql = match db.engine() {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        Engine::Postgres => "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
    };
    db.query(sql, params![]).await?.iter().map(|row| row.get("name")).collect()
}

/// Tables of the migrated database that nobody declared, declared ones that are not there, and
/// those declared twice: one line each. Empty when all is in order.
pub async fn undeclared(db: &Db, slices: &[Arc<dyn Slice>]) -> Result<Vec<String>, DbError> {
    let stored = stored(db).await?;
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for table in declared(slices) {
        if !seen.insert(table.name.to_owned()) {
            lines.push(format!("{} is declared twice", table.name));
        }
        if !stored.contains(table.name) {
            lines.push(format!("{} is declared and not in the database", table.name));
        }
    }
    lines.extend(stored.difference(&seen).map(|name| format!("{name} is not declared")));
    Ok(lines)
}
