//! النسخ الاحتياطية: backups, made without stopping and worth something only once verified.
//!
//! ```text
//! BACKUPS/20261122-101500/
//!   manifest.json     what is inside: head of the record, schema, rows of each table, hashes
//!   database.sqlite   (SQLite) or database.dump (PostgreSQL, custom format)
//!   files/ab/cd/abcd… uploads and papers as they lie in the store: encrypted, named by their hash
//!   erased.jsonl      whose keys had been deleted when it was made
//!   verified.json     written by `backup verify`
//! ```
//!
//! The database is copied first and the files afterwards: a file is there before its row, so a
//! row never lacks its file. The node's key files are not inside: whoever finds a backup must not
//! be able to read it.

mod contents;
mod create;
mod database;
mod erasures;
mod files;
mod manifest;
mod postgres;
mod restore;
mod verify;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use foundation::clock::Micros;
use foundation::dates;
use foundation::db::Db;
use serde::Serialize;

pub use self::contents::rows as counted;
pub use self::database::engine;
pub use self::manifest::{Manifest, Verified};
use crate::cli;
use crate::config::Config;
use crate::output::{Done, Output, columns};

/// `backup create | list | verify | restore`.
pub async fn run(command: &cli::Backup, config: &Config, out: &Output) -> Result<Done> {
    match command {
        cli::Backup::Create => create::run(config, out).await,
        cli::Backup::List => list(config, out),
        cli::Backup::Verify { name } => verify::run(config, &find(config, name)?, out).await,
        cli::Backup::Restore { name, yes } => restore::run(config, &find(config, name)?, *yes, out).await,
    }
}

/// A backup as `backup list` and `doctor` see it.
#[derive(Serialize)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub made_at: Micros,
    /// When it was last verified.
    pub verified_at: Option<Micros>,
    /// The engine it came from.
    pub engine: String,
    /// Sealed events in it.
    pub events: i64,
    /// Files in it.
    pub files: u64,
    /// Bytes of database and files.
    pub bytes: u64,
}

/// All finished backups, oldest first. A folder that holds none gives none.
pub fn all(folder: &Path) -> Result<Vec<Listed>> {
    let mut found = Vec::new();
    for path in folders(folder)? {
        let manifest = Manifest::read(&path)?;
        found.push(Listed {
            verified_at: Verified::read(&path)?.map(|v| v.verified_at),
            name: manifest.name,
            made_at: manifest.made_at,
            engine: manifest.engine,
            events: manifest.head.number,
            files: manifest.files.count,
            bytes: manifest.database.bytes + manifest.files.bytes,
        });
    }
    Ok(found)
}

/// Folders of finished backups, by name. What begins with a dot was never finished.
fn folders(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.display())),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.join(manifest::FILE).is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn list(config: &Config, out: &Output) -> Result<Done> {
    let found = all(&config.backups())?;
    out.answer(&found, |found| {
        if found.is_empty() {
            return vec![format!("No backup lies in {}. Next: shubbak backup create", config.backups().display())];
        }
        let titles = ["name", "made (Cairo)", "verified", "engine", "events", "files", "size"].map(str::to_owned);
        let rows = found.iter().map(|b| {
            let verified = b.verified_at.map_or_else(|| "never".into(), when);
            vec![
                b.name.clone(),
                when(b.made_at),
                verified,
                b.engine.clone(),
                b.events.to_string(),
                b.files.to_string(),
                size(b.bytes),
            ]
        });
        columns(&std::iter::once(titles.to_vec()).chain(rows).collect::<Vec<_>>())
    })?;
    Ok(Done::Well)
}

/// The folder of a backup, by name or path.
fn find(config: &Config, name: &str) -> Result<PathBuf> {
    let places = [config.backups().join(name), PathBuf::from(name)];
    match places.into_iter().find(|place| place.join(manifest::FILE).is_file()) {
        Some(place) => Ok(place),
        None => bail!("no backup {name} in {}; `shubbak backup list` names them", config.backups().display()),
    }
}

/// The node's database, which must be there.
pub fn existing(config: &Config, url: &str) -> Result<Db> {
    if let Some(path) = url.strip_prefix("sqlite:")
        && !Path::new(path).exists()
    {
        bail!("there is no database in {}; `shubbak init` prepares one", config.folder().display());
    }
    Db::open(url, 4).context("the database")
}

/// The address that may see and make everything: the owner's, where one is configured.
fn owner(config: &Config) -> String {
    config.owner_database().unwrap_or_else(|| config.database())
}

/// An instant for people, on the wall clock of Cairo.
pub fn when(at: Micros) -> String {
    let local = dates::local(at);
    format!("{} {:02}:{:02}", dates::iso(local.date()), local.hour(), local.minute())
}

/// Bytes for people.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut scaled = bytes.saturating_mul(10);
    let mut unit = 0;
    while scaled >= 10_240 && unit + 1 < UNITS.len() {
        scaled /= 1_024;
        unit += 1;
    }
    let name = UNITS.get(unit).copied().unwrap_or_default();
    if unit == 0 { format!("{bytes} {name}") } else { format!("{}.{} {name}", scaled / 10, scaled % 10) }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_told_in_the_unit_that_fits() {
        assert_eq!([0, 1_023, 1_024, 1_536, 5 << 30].map(size), ["0 B", "1023 B", "1.0 KiB", "1.5 KiB", "5.0 GiB"]);
    }
}
