//! `support-bundle`: what somebody who helps from afar needs to know, and nothing about a person.
//!
//! Counts and states, never rows. Every text goes through [`Scrub`] besides, which takes out the secrets
//! of the configuration and everything that has the shape of a name, an id, a telephone or a code: a
//! library's error may quote what it choked on.

mod scrub;

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use foundation::clock::{Clock as _, SystemClock};
use foundation::dates;
use foundation::db::{Db, Engine, migrations};
use foundation::params;
use record::{Head, Keyring};
use registry::Settings;
use serde::Serialize;

use self::scrub::Scrub;
use super::doctor;
use crate::backup;
use crate::config::Config;
use crate::health;
use crate::node::{Node, Opening, slices};
use crate::output::{Done, Output};

/// Last lines of the log that go in.
const LOG_LINES: usize = 2_000;
/// Bytes of the log's end that are looked at.
const LOG_BYTES: u64 = 2 << 20;

#[derive(Serialize)]
struct About {
    program: &'static str,
    newest_migration: &'static str,
    system: String,
    made_at: String,
    engine: &'static str,
    demonstration: bool,
}

#[derive(Serialize)]
struct Made {
    file: PathBuf,
    /// What is inside, with the bytes of each.
    contents: Vec<(String, usize)>,
}

/// Writes the archive.
pub async fn run(config: &Config, output: Option<&Path>, out: &Output) -> Result<Done> {
    let now = SystemClock.now();
    let local = dates::local(now);
    let stamp = format!("{}-{:02}{:02}{:02}", dates::iso(local.date()), local.hour(), local.minute(), local.second());
    let file = output.map_or_else(|| PathBuf::from(format!("shubbak-support-{stamp}.tar.gz")), Path::to_owned);
    let scrub = Scrub::of(config);
    let mut contents = Vec::new();
    for (name, part) in collect(config, &stamp).await {
        let text = match part {
            Part::Counted(text) => scrub.secrets(&text),
            Part::Told(text) => scrub.text(&text),
        };
        contents.push((name.to_owned(), text));
    }
    write(&file, &format!("shubbak-support-{stamp}"), &contents, now.seconds())?;
    let contents = contents.into_iter().map(|(name, text)| (name, text.len())).collect();
    out.answer(&Made { file, contents }, |made| {
        let inside = made.contents.iter().map(|(name, bytes)| format!("  {name} ({bytes} bytes)"));
        let head = format!("{} was written. It holds no personal data and no secrets:", made.file.display());
        std::iter::once(head).chain(inside).collect()
    })?;
    Ok(Done::Well)
}

/// A text that goes in.
enum Part {
    /// Made here, of numbers, codes and the configuration with its secrets masked.
    Counted(String),
    /// With words of libraries, databases and of the log in it.
    Told(String),
}

/// Every part; one that cannot be made says why in its place.
async fn collect(config: &Config, stamp: &str) -> Vec<(&'static str, Part)> {
    let about = About {
        program: env!("CARGO_PKG_VERSION"),
        newest_migration: migrations().last().map_or("none", |m| m.name),
        system: system(),
        made_at: stamp.to_owned(),
        engine: backup::engine(&config.database()),
        demonstration: config.demo(),
    };
    let lines = config.lines().into_iter().map(|(key, value, origin)| format!("{key} = {value}    [{origin}]\n"));
    let mut parts = vec![
        ("about.json", Part::Counted(json(&about))),
        ("configuration.txt", Part::Counted(lines.collect())),
        ("doctor.json", Part::Told(json(&doctor::examine(config).await))),
    ];
    let db = backup::existing(config, &config.database());
    let or_why = |text: Result<String>| match text {
        Ok(text) => Part::Counted(text),
        Err(error) => Part::Told(format!("not available: {error:#}\n")),
    };
    match &db {
        Ok(db) => {
            parts.push(("migrations.json", or_why(applied(db).await)));
            parts.push(("tables.json", or_why(tables(config, db).await)));
            parts.push(("record-head.json", or_why(head(db).await)));
        }
        Err(error) => parts.push(("database.txt", Part::Told(format!("not available: {error:#}\n")))),
    }
    parts.push(("metrics.txt", or_why(metrics(config).await)));
    parts.push(("backups.json", or_why(backup::all(&config.backups()).map(|found| json(&found)))));
    parts.push(("log.txt", Part::Told(log(config).unwrap_or_else(|error| format!("not available: {error:#}\n")))));
    parts
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn system() -> String {
    let name = rustix::system::uname();
    let text = |part: &std::ffi::CStr| part.to_string_lossy().into_owned();
    // Not the machine's own name.
    format!("{} {} {}", text(name.sysname()), text(name.release()), text(name.machine()))
}

async fn applied(db: &Db) -> Result<String> {
    let found = db.pending().await?;
    Ok(json(&serde_json::json!({ "applied": found.applied, "pending": found.pending })))
}

async fn head(db: &Db) -> Result<String> {
    Ok(json(&Head::read(&mut db.reader()).await?))
}

async fn tables(config: &Config, db: &Db) -> Result<String> {
    let keyring = Keyring::load(&config.keys()).context("the node's keys")?;
    let counted = backup::counted(db, &slices(&keyring)).await?;
    let bytes = match db.engine() {
        Engine::Sqlite => {
            let page: i64 = db.query_one("PRAGMA page_size", params![]).await?.get("page_size")?;
            let pages: i64 = db.query_one("PRAGMA page_count", params![]).await?.get("page_count")?;
            serde_json::json!({ "database": page * pages })
        }
        Engine::Postgres => {
            let sql = "SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class \
                       WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname";
            let mut sizes = serde_json::Map::new();
            for row in db.query(sql, params![]).await? {
                sizes.insert(row.get("name")?, row.get::<i64>("bytes")?.into());
            }
            sizes.into()
        }
    };
    Ok(json(&serde_json::json!({ "rows": counted, "bytes": bytes })))
}

async fn metrics(config: &Config) -> Result<String> {
    let node = Node::open(config, Opening::usual(config, Settings::new(config.public_url()))).await?;
    Ok(health::figures(&node, config).await?)
}

/// The end of the log's file, where one is configured.
fn log(config: &Config) -> Result<String> {
    use std::io::{Read as _, Seek as _, SeekFrom};
    let path = config.get("log.file");
    if path.is_empty() {
        return Ok("no log.file is configured; on a system with systemd: journalctl -u shubbak\n".into());
    }
    let mut file = std::fs::File::open(path).with_context(|| format!("cannot read {path}"))?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LOG_BYTES)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    Ok(lines.iter().skip(lines.len().saturating_sub(LOG_LINES)).map(|line| format!("{line}\n")).collect())
}

fn write(file: &Path, folder: &str, contents: &[(String, String)], made_at: i64) -> Result<()> {
    let open = std::fs::File::options().write(true).create_new(true).mode(0o600).open(file);
    let target = open.with_context(|| format!("cannot write {}", file.display()))?;
    let mut archive = tar::Builder::new(GzEncoder::new(target, Compression::default()));
    for (name, text) in contents {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(u64::try_from(made_at).unwrap_or_default());
        archive.append_data(&mut header, format!("{folder}/{name}"), text.as_bytes())?;
    }
    let mut target = archive.into_inner()?.finish()?;
    target.flush()?;
    target.sync_all().with_context(|| format!("cannot finish {}", file.display()))
}
