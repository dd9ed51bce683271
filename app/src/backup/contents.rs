//! What a database holds, counted on one snapshot.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;
use foundation::db::{Db, DbError, Query as _, Tx};
use foundation::params;
use record::{Class, Head, Slice, tables};

use super::manifest::Counted;

/// Schema, head and rows of one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Migrations applied.
    pub schema: Vec<String>,
    /// Head of the record.
    pub head: Head,
    /// Rows of every table.
    pub tables: Vec<Counted>,
}

/// The tables of a database with their classes, to be counted on a snapshot.
#[derive(Clone)]
pub struct Tables(Arc<BTreeMap<String, &'static str>>);

impl Tables {
    /// The tables that the database holds, declared or not.
    pub async fn of(db: &Db, slices: &[Arc<dyn Slice>]) -> Result<Tables> {
        let declared: BTreeMap<&str, Class> = tables::declared(slices).map(|t| (t.name, t.class)).collect();
        let stored = tables::stored(db).await?;
        let classes = stored.into_iter().map(|name| {
            let class = declared.get(name.as_str()).map_or("undeclared", |class| word(*class));
            (name, class)
        });
        Ok(Tables(Arc::new(classes.collect())))
    }
}

/// Counts on the transaction's snapshot.
pub async fn count(tx: &mut Tx, tables: &Tables) -> Result<Contents> {
    let schema = tx.query("SELECT name FROM schema_migrations ORDER BY name", params![]).await?;
    let schema = schema.iter().map(|row| row.get("name")).collect::<Result<_, _>>()?;
    let head = Head::read(tx).await?;
    let mut counted = Vec::new();
    for (name, class) in tables.0.iter() {
        // The name is the database's own, quoted as both engines do.
        let row = tx.query_one(&format!("SELECT COUNT(*) AS n FROM \"{name}\""), params![]).await?;
        counted.push(Counted { name: name.clone(), class: (*class).to_owned(), rows: row.get("n")? });
    }
    Ok(Contents { schema, head, tables: counted })
}

/// Counts a whole database.
pub async fn read(db: &Db, slices: &[Arc<dyn Slice>]) -> Result<Contents> {
    let tables = Tables::of(db, slices).await?;
    db.read(move |tx| {
        let tables = tables.clone();
        Box::pin(async move { count(tx, &tables).await })
    })
    .await
}

/// Rows of every table, and nothing of the record: for a database whose record may not read.
pub async fn rows(db: &Db, slices: &[Arc<dyn Slice>]) -> Result<Vec<Counted>> {
    let tables = Tables::of(db, slices).await?;
    let mut counted = Vec::new();
    for (name, class) in tables.0.iter() {
        let sql = format!("SELECT COUNT(*) AS n FROM \"{name}\"");
        // The application's role may not look into each.
        let rows = match db.query_one(&sql, params![]).await {
            Ok(row) => row.get("n")?,
            Err(DbError::Denied(_)) => -1,
            Err(error) => return Err(error.into()),
        };
        counted.push(Counted { name: name.clone(), class: (*class).to_owned(), rows });
    }
    Ok(counted)
}

fn word(class: Class) -> &'static str {
    match class {
        Class::Record => "record",
        Class::Projection => "projection",
        Class::Rollup => "rollup",
        Class::Working => "working",
    }
}
