//! The roles of a PostgreSQL server: an owner who migrates, an application that appends to the
//! record and never changes it, a sealer that sets the columns of the seal and nothing else.
//!
//! `migrations/grants.txt` says who may do what, one table a line. On SQLite there are no roles.

use std::collections::{BTreeMap, BTreeSet};

use super::{Db, DbError, Engine, Query as _, Tx};
use crate::params;

const GRANTS: &str = include_str!("../../../migrations/grants.txt");

/// Begins a power that makes the list of single rights idle.
const EVERYTHING: &str = "everything";

/// What a role may do with a table: `SELECT`, `INSERT`, or `UPDATE(column)`.
pub type Rights = BTreeSet<String>;

/// One line of the grants: what the application and the sealer may do with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableGrant {
    /// The table.
    pub table: &'static str,
    /// What the application may do.
    pub application: Rights,
    /// What the sealer may do.
    pub sealer: Rights,
}

/// Everything that is granted, a line a table.
pub fn grants() -> Vec<TableGrant> {
    let lines = GRANTS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut cells = line.split('|').map(str::trim);
            let table = cells.next().unwrap_or_default();
            let mut rights = || cells.next().unwrap_or_default().split_whitespace().flat_map(one_by_one).collect();
            TableGrant { table, application: rights(), sealer: rights() }
        })
        .collect()
}

/// `UPDATE(number,chain)` is a right for each of the columns.
fn one_by_one(right: &str) -> Vec<String> {
    match right.trim_end_matches(')').split_once('(') {
        Some((right, columns)) => columns.split(',').map(|column| format!("{right}({column})")).collect(),
        None => vec![right.to_owned()],
    }
}

/// The roles of one installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles {
    /// The role of `database.url`.
    pub application: String,
    /// The role that seals; the application's own where there is no other.
    pub sealer: String,
}

/// What a role may do beyond its part, and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Powers {
    /// The role.
    pub role: String,
    /// Whether it owns the tables: then it may do everything, as in an installation of one role.
    pub owner: bool,
    /// What it may do beyond its part, in words.
    pub beyond: Vec<String>,
    /// Rights of its part that it lacks, in words.
    pub lacks: Vec<String>,
}

impl Roles {
    /// What the grants give each of the roles, by table. One role that is both has both.
    fn wanted(&self) -> BTreeMap<&str, BTreeMap<&'static str, Rights>> {
        let mut wanted: BTreeMap<&str, BTreeMap<&'static str, Rights>> = BTreeMap::new();
        for grant in grants() {
            for (role, rights) in [(&self.application, grant.application), (&self.sealer, grant.sealer)] {
                wanted.entry(role).or_default().entry(grant.table).or_default().extend(rights);
            }
        }
        wanted
    }
}

/// The role that an address names.
pub fn role_of(url: &str) -> Result<String, DbError> {
    let config: tokio_postgres::Config =
        url.parse().map_err(|error: tokio_postgres::Error| DbError::Unreachable(error.to_string()))?;
    config.get_user().map(str::to_owned).ok_or_else(|| DbError::Unreachable("the address names no role".into()))
}

const STORED: &str = "SELECT c.relname AS name, pg_get_userbyid(c.relowner) AS owner FROM pg_class c \
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY c.relname";
const ON_TABLES: &str = "SELECT c.relname AS name, r.right_to AS right_to FROM pg_class c \
     JOIN pg_namespace n ON n.oid = c.relnamespace \
     CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) AS r (right_to) \
     WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND has_table_privilege(CAST($1 AS name), c.oid, r.right_to)";
const ON_COLUMNS: &str = "SELECT c.relname AS name, r.right_to || '(' || a.attname || ')' AS right_to FROM pg_class c \
     JOIN pg_namespace n ON n.oid = c.relnamespace \
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
     CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE')) AS r (right_to) \
     WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') \
     AND has_column_privilege(CAST($1 AS name), c.oid, a.attnum, r.right_to) \
     AND NOT has_table_privilege(CAST($1 AS name), c.oid, r.right_to)";
const ATTRIBUTES: &str = "SELECT r.rolsuper AS super, r.rolcreaterole AS createrole, r.rolcreatedb AS createdb, \
     r.rolreplication AS replication, r.rolbypassrls AS bypassrls, \
     has_schema_privilege(r.oid, current_schema(), 'CREATE') AS tables \
     FROM pg_roles r WHERE r.rolname = CAST($1 AS name)";

impl Db {
    /// The role of this connection; none on SQLite.
    pub async fn role(&self) -> Result<Option<String>, DbError> {
        if self.engine() == Engine::Sqlite {
            return Ok(None);
        }
        Ok(Some(self.query_one("SELECT CAST(current_user AS TEXT) AS role", params![]).await?.get("role")?))
    }

    /// Gives the roles what the grants say, and nothing else, as the owner of the tables; says
    /// whether anything had to change. A role that owns the tables needs no grants.
    pub async fn grant(&self, roles: &Roles) -> Result<bool, DbError> {
        if self.engine() == Engine::Sqlite {
            return Ok(false);
        }
        let as_wanted =
            self.powers(roles).await?.iter().all(|p| p.owner || (p.beyond.is_empty() && p.lacks.is_empty()));
        if as_wanted {
            return Ok(false);
        }
        let roles = roles.clone();
        self.write(move |tx| {
            let roles = roles.clone();
            Box::pin(async move { give(tx, &roles).await })
        })
        .await?;
        Ok(true)
    }

    /// What the roles may do, held against the grants. Any role may ask. Empty on SQLite.
    pub async fn powers(&self, roles: &Roles) -> Result<Vec<Powers>, DbError> {
        let mut found = Vec::new();
        if self.engine() == Engine::Sqlite {
            return Ok(found);
        }
        let stored = stored(&mut self.reader()).await?;
        for (role, wanted) in roles.wanted() {
            let owner = stored.values().any(|owner| owner == role);
            let (mut beyond, mut lacks) = (self.attributes(role, &stored).await?, Vec::new());
            let everything = beyond.iter().any(|power| power.starts_with(EVERYTHING));
            if !owner && !everything {
                let held = self.held(role).await?;
                let nothing = Rights::new();
                for table in stored.keys() {
                    let held = held.get(table).unwrap_or(&nothing);
                    let wanted = wanted.get(table.as_str()).unwrap_or(&nothing);
                    beyond.extend(held.difference(wanted).map(|right| format!("{right} on {table}")));
                    lacks.extend(wanted.difference(held).map(|right| format!("{right} on {table}")));
                }
            }
            found.push(Powers { role: role.to_owned(), owner, beyond, lacks });
        }
        Ok(found)
    }

    /// The rights that a role holds in effect, however it came by them.
    async fn held(&self, role: &str) -> Result<BTreeMap<String, Rights>, DbError> {
        let mut held: BTreeMap<String, Rights> = BTreeMap::new();
        for sql in [ON_TABLES, ON_COLUMNS] {
            for row in self.query(sql, params![role]).await? {
                held.entry(row.get("name")?).or_default().insert(row.get("right_to")?);
            }
        }
        Ok(held)
    }

    /// Powers of the role itself, beyond any table.
    async fn attributes(&self, role: &str, stored: &BTreeMap<String, String>) -> Result<Vec<String>, DbError> {
        let row = self.query_opt(ATTRIBUTES, params![role]).await?;
        let row = row.ok_or_else(|| DbError::Unreachable(format!("there is no role {role} on the server")))?;
        let mut beyond = Vec::new();
        if row.get("super")? {
            beyond.push(format!("{EVERYTHING}: it is a superuser"));
        }
        let owns = stored.values().any(|owner| owner == role);
        for (column, words, of_owner) in [
            ("createrole", "making roles", false),
            ("createdb", "making databases", true),
            ("replication", "copying the whole server", false),
            ("bypassrls", "passing by row security", false),
            ("tables", "making tables", true),
        ] {
            if row.get(column)? && !(of_owner && owns) {
                beyond.push(words.to_owned());
            }
        }
        for owner in stored.values().collect::<BTreeSet<_>>().into_iter().filter(|owner| *owner != role) {
            let sql = "SELECT pg_has_role(CAST($1 AS name), CAST($2 AS name), 'MEMBER') AS member";
            if self.query_one(sql, params![role, owner]).await?.get("member")? {
                beyond.push(format!("{EVERYTHING} that the owner {owner} may: it is a member of that role"));
            }
        }
        Ok(beyond)
    }
}

/// The tables of the schema with their owners.
async fn stored(q: &mut impl super::Query) -> Result<BTreeMap<String, String>, DbError> {
    let rows = q.query(STORED, params![]).await?;
    rows.iter().map(|row| Ok((row.get("name")?, row.get("owner")?))).collect()
}

/// In one transaction, so that a working server never finds a right missing.
async fn give(tx: &mut Tx, roles: &Roles) -> Result<(), DbError> {
    let stored = stored(tx).await?;
    let schema: String = tx.query_one("SELECT CAST(current_schema() AS TEXT) AS name", params![]).await?.get("name")?;
    for (role, wanted) in roles.wanted() {
        if stored.values().any(|owner| owner == role) {
            continue;
        }
        tx.execute(&format!("GRANT USAGE ON SCHEMA {} TO {}", quoted(&schema), quoted(role)), params![]).await?;
        for table in stored.keys() {
            let (table, rights) = (quoted(table), wanted.get(table.as_str()));
            tx.execute(&format!("REVOKE ALL ON {table} FROM PUBLIC, {}", quoted(role)), params![]).await?;
            let rights: Vec<String> = rights.into_iter().flatten().cloned().collect();
            if !rights.is_empty() {
                let sql = format!("GRANT {} ON {table} TO {}", rights.join(", "), quoted(role));
                tx.execute(&sql, params![]).await?;
            }
        }
    }
    Ok(())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_is_appended_to_and_sealed_by_others() {
        let events = grants().into_iter().find(|grant| grant.table == "events").expect("a line");
        assert_eq!(events.application.iter().collect::<Vec<_>>(), ["INSERT", "SELECT"]);
        assert_eq!(events.sealer.iter().collect::<Vec<_>>(), ["SELECT", "UPDATE(chain)", "UPDATE(number)"]);
        let known = ["SELECT", "INSERT", "UPDATE", "DELETE", "UPDATE(number)", "UPDATE(chain)"];
        let mut tables = BTreeSet::new();
        for grant in grants() {
            assert!(tables.insert(grant.table), "{} has two lines", grant.table);
            let rights: Vec<_> = grant.application.iter().chain(&grant.sealer).collect();
            assert!(rights.iter().all(|right| known.contains(&right.as_str())), "{}: {rights:?}", grant.table);
            assert!(grant.application.contains("SELECT"), "{}", grant.table);
        }
    }

    #[test]
    fn the_role_stands_in_the_address() {
        assert_eq!(role_of("postgres://app:secret@db/shubbak").expect("a role"), "app");
        assert_eq!(role_of("postgres://owner@%2Ftmp%2Fpg/db").expect("a role"), "owner");
        assert!(role_of("sqlite:x").is_err());
    }
}
