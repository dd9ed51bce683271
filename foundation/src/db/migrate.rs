//! The schema: numbered files in `migrations/`, one text for both engines.
//!
//! A file is a list of statements parted by lines `--;`. Type tokens stand for the two engines'
//! names: `{id}`, `{int}`, `{text}`, `{bytes}`, and `{strict}` after a table. An applied file is
//! remembered with the hash of its text, so that a file edited afterwards is found.

use sha2::{Digest as _, Sha256};

use super::{Db, DbError, Engine, Query as _, Tx};
use crate::clock::Micros;
use crate::params;

/// One file of `migrations/`.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The file's name without `.sql`.
    pub name: &'static str,
    /// Its text, tokens and all.
    pub text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// All migrations this program knows, in order.
pub fn migrations() -> &'static [Migration] {
    MIGRATIONS
}

/// What [`Db::migrate`] would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// Names of the files already applied.
    pub applied: Vec<String>,
    /// Names of the files still to apply.
    pub pending: Vec<String>,
}

impl Migration {
    fn hash(&self) -> String {
        Sha256::digest(self.text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
    }

    /// The statements in the engine's own types.
    pub fn statements(&self, engine: Engine) -> Vec<String> {
        let [id, int, bytes, strict] = match engine {
            Engine::Sqlite => ["BLOB", "INTEGER", "BLOB", "STRICT"],
            Engine::Postgres => ["UUID", "BIGINT", "BYTEA", ""],
        };
        let text = self
            .text
            .replace("{id}", id)
            .replace("{int}", int)
            .replace("{text}", "TEXT")
            .replace("{bytes}", bytes)
            .replace("{strict}", strict);
        text.split("\n--;")
            .map(|part| part.trim().trim_end_matches(';').to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    }
}

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, applied_at BIGINT NOT NULL)";

impl Db {
    /// Compares the stored schema with this program's. A schema that is newer, or whose files
    /// were edited after they were applied, is refused.
    pub async fn pending(&self) -> Result<Pending, DbError> {
        let stored = match self.query("SELECT name, hash FROM schema_migrations ORDER BY name", params![]).await {
            Ok(rows) => rows,
            Err(DbError::Statement(_)) => Vec::new(),
            Err(error) => return Err(error),
        };
        let mut applied = Vec::new();
        for row in stored {
            let (name, hash): (String, String) = (row.get("name")?, row.get("hash")?);
            match MIGRATIONS.iter().find(|m| m.name == name) {
                None => {
                    return Err(DbError::Schema(format!(
                        "the database knows {name}, this program does not: it is older"
                    )));
                }
                Some(m) if m.hash() != hash => {
                    return Err(DbError::Schema(format!("{name} was changed after it was applied")));
                }
                Some(_) => applied.push(name),
            }
        }
        let pending = MIGRATIONS.iter().map(|m| m.name.to_owned()).filter(|n| !applied.contains(n)).collect();
        Ok(Pending { applied, pending })
    }

    /// Applies what is pending, each file in a transaction of its own; gives back their names.
    pub async fn migrate(&self, now: Micros) -> Result<Vec<String>, DbError> {
        let engine = self.engine();
        let pending = self.pending().await?.pending;
        if pending.is_empty() {
            return Ok(pending);
        }
        self.write(move |tx| Box::pin(async move { tx.execute(LEDGER, params![]).await })).await?;
        for migration in MIGRATIONS.iter().filter(|m| pending.iter().any(|p| p == m.name)) {
            self.write(move |tx| Box::pin(apply(tx, migration, engine, now))).await?;
        }
        Ok(pending)
    }
}

async fn apply(tx: &mut Tx, migration: &'static Migration, engine: Engine, now: Micros) -> Result<(), DbError> {
    for statement in migration.statements(engine) {
        tx.execute(&statement, params![]).await.map_err(|e| DbError::Schema(format!("{}: {e}", migration.name)))?;
    }
    // Another process may have been faster: then its row is there and this one fails and undoes.
    tx.query(
        "INSERT INTO schema_migrations (name, hash, applied_at) VALUES ($1, $2, $3) RETURNING name",
        params![migration.name, migration.hash(), now],
    )
    .await?;
    Ok(())
}
