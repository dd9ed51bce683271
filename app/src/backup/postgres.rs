//! PostgreSQL's own tools: `pg_dump` and `pg_restore`, and databases made, renamed and dropped.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use foundation::clock::Micros;
use foundation::db::Db;
use foundation::params;

/// How often dropping a database is tried, half a second apart.
const DROPS: usize = 20;

/// Finds a tool as `pg_config` says, else on the path.
fn tool(name: &str) -> Result<PathBuf> {
    let told = Command::new("pg_config").arg("--bindir").stderr(Stdio::null()).output().ok();
    let told = told.map(|out| PathBuf::from(String::from_utf8_lossy(&out.stdout).trim()).join(name));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = told
        .into_iter()
        .chain(std::env::split_paths(&path).map(|folder| folder.join(name)))
        .find(|tool| tool.is_file());
    found.with_context(|| format!("{name} is not installed; Debian: apt-get install postgresql-client"))
}

/// Writes a dump in custom format of what this snapshot sees.
pub async fn dump(url: &str, snapshot: &str, target: &Path) -> Result<()> {
    let mut command = with_address(tool("pg_dump")?, url);
    command.args(["--format=custom", "--no-owner", "--no-privileges", "--snapshot", snapshot, "--file"]).arg(target);
    run(command).await
}

/// Loads a dump into an empty database. Rights are granted anew: another machine's roles may have
/// other names.
pub async fn load(url: &str, dump: &Path) -> Result<()> {
    let mut command = with_address(tool("pg_restore")?, url);
    command.args(["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]).arg(dump);
    run(command).await
}

/// A password goes through the environment: a command line can be read by every user.
fn with_address(tool: PathBuf, url: &str) -> Command {
    let mut command = Command::new(tool);
    let (address, password) = without_password(url);
    command.arg(format!("--dbname={address}"));
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

async fn run(mut command: Command) -> Result<()> {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let out = tokio::task::spawn_blocking(move || command.stdin(Stdio::null()).output()).await?;
    let out = out.with_context(|| format!("{name} could not be started"))?;
    if !out.status.success() {
        bail!("{name} failed: {}", String::from_utf8_lossy(&out.stderr).trim());
    }
    Ok(())
}

/// The address without its password, and the password.
fn without_password(url: &str) -> (String, Option<String>) {
    let plain = || (url.to_owned(), None);
    let Some((scheme, rest)) = url.split_once("://") else { return plain() };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else { return plain() };
    let Some((name, password)) = user.split_once(':') else { return plain() };
    let rest = rest.strip_prefix(user).unwrap_or(rest);
    (format!("{scheme}://{name}{rest}"), Some(decoded(password)))
}

/// Percent-decoding; what is no escape stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = (*first == b'%').then(|| after.get(..2)).flatten();
        let value = escape.and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        bytes.push(value.unwrap_or(*first));
        rest = if value.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The same server and user, another database.
pub fn with_database(url: &str, name: &str) -> Result<String> {
    let (scheme, rest) = url.split_once("://").context("the address of the database has no scheme")?;
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let options = rest.split_once('?').map(|(_, options)| format!("?{options}")).unwrap_or_default();
    Ok(format!("{scheme}://{authority}/{name}{options}"))
}

/// The database that the address names.
pub fn database_of(url: &str) -> Result<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split('?').next().unwrap_or_default().split_once('/').map(|(_, name)| decoded(name));
    path.filter(|name| !name.is_empty()).context("database.url must name a database: postgres://USER@HOST/DATABASE")
}

/// Commands about whole databases, given from beside them.
pub struct Server {
    db: Db,
    url: String,
}

impl Server {
    /// Speaks to the server of this address through its database `postgres`.
    pub fn of(url: &str) -> Result<Server> {
        let beside = with_database(url, "postgres")?;
        Ok(Server { db: Db::open(&beside, 1).context("the database server")?, url: url.to_owned() })
    }

    /// Makes an empty database; gives its address.
    pub async fn create(&self, name: &str) -> Result<String> {
        let sql = format!("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'", quoted(name));
        self.db.query(&sql, params![]).await.with_context(|| {
            format!("the owner in database.owner_url cannot make the database {name}; it needs the right CREATEDB")
        })?;
        with_database(&self.url, name)
    }

    /// Drops a database and throws out who uses it.
    pub async fn drop(&self, name: &str) -> Result<()> {
        // Without force the server waits some seconds and sends its own cleaners away; an owner who
        // is no superuser may not throw those out by force.
        let gently = format!("DROP DATABASE IF EXISTS {}", quoted(name));
        let mut outcome = Ok(());
        // A cleaner that has just begun, or a connection that is just being closed, is gone in a moment.
        for _ in 0..DROPS {
            if self.db.query(&gently, params![]).await.is_ok() {
                return Ok(());
            }
            outcome = self.db.query(&format!("{gently} WITH (FORCE)"), params![]).await.map(drop);
            if outcome.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        outcome.with_context(|| format!("the scratch database {name} could not be dropped; drop it by hand"))
    }

    /// Drops scratch databases that a command left which was ended in the middle: nobody is connected to them.
    pub async fn sweep(&self, prefix: &str, before: Micros) -> Result<()> {
        let sql = "SELECT datname AS name FROM pg_database d WHERE starts_with(datname, $1) AND pg_get_userbyid(datdba) = current_user \
                   AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname)";
        for row in self.db.query(sql, params![prefix]).await? {
            let name: String = row.get("name")?;
            // One that is being made at this moment has nobody connected to it yet.
            let made = name.strip_prefix(prefix).and_then(|made| made.parse().ok());
            if made.is_none_or(|made: i64| made >= before.0) {
                continue;
            }
            if self.db.query(&format!("DROP DATABASE IF EXISTS {}", quoted(&name)), params![]).await.is_ok() {
                tracing::warn!(%name, "a scratch database was left behind by a command that was ended; it was dropped");
            }
        }
        Ok(())
    }

    /// Gives a database another name. Nobody may be using it.
    pub async fn rename(&self, from: &str, to: &str) -> Result<()> {
        let sql = format!("ALTER DATABASE {} RENAME TO {}", quoted(from), quoted(to));
        self.db
            .query(&sql, params![])
            .await
            .with_context(|| format!("the database {from} could not be renamed to {to}"))?;
        Ok(())
    }

    /// Whether there is such a database.
    pub async fn has(&self, name: &str) -> Result<bool> {
        Ok(self.db.query_opt("SELECT datname FROM pg_database WHERE datname = $1", params![name]).await?.is_some())
    }

    /// How many connections use a database.
    pub async fn users(&self, name: &str) -> Result<i64> {
        let sql = "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = $1";
        Ok(self.db.query_one(sql, params![name]).await?.get("n")?)
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::{database_of, with_database, without_password};

    #[test]
    fn a_password_leaves_the_address() {
        let (address, password) = without_password("postgres://owner:p%40ss@db.example:5432/shubbak?sslmode=prefer");
        assert_eq!(address, "postgres://owner@db.example:5432/shubbak?sslmode=prefer");
        assert_eq!(password.as_deref(), Some("p@ss"));
        for plain in ["postgres://owner@%2Ftmp%2Fpg/db", "postgres://host/db", "nothing"] {
            assert_eq!(without_password(plain), (plain.to_owned(), None));
        }
    }

    #[test]
    fn another_database_on_the_same_server() {
        let url = "postgres://owner@%2Ftmp%2Fpg/shubbak?application_name=x";
        assert_eq!(with_database(url, "other").expect("made"), "postgres://owner@%2Ftmp%2Fpg/other?application_name=x");
        assert_eq!(database_of(url).expect("found"), "shubbak");
        assert!(database_of("postgres://owner@host").is_err());
    }
}
