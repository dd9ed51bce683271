//! `backup verify`: a backup is worth something once it has been brought back and found whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result};
use foundation::clock::{Clock as _, SystemClock};
use foundation::db::{Db, DbError};
use foundation::params;
use record::Keyring;
use serde::Serialize;

use super::database::Scratch;
use super::manifest::{Counted, Manifest, Verified, hash_of};
use super::{contents, files, owner};
use crate::commands::keys::hex;
use crate::config::Config;
use crate::node::slices;
use crate::output::{Done, Output};

#[derive(Serialize)]
struct Answer {
    name: String,
    sound: bool,
    events: i64,
    findings: Vec<String>,
}

/// Brings a backup back into a scratch place and compares everything; marks it when it is whole.
pub async fn run(config: &Config, folder: &Path, out: &Output) -> Result<Done> {
    let manifest = Manifest::read(folder)?;
    let findings = examine(config, folder, &manifest).await?;
    if findings.is_empty() {
        let mark = Verified { verified_at: SystemClock.now(), program: env!("CARGO_PKG_VERSION").into() };
        mark.write(folder)?;
    } else {
        Verified::remove(folder)?;
    }
    let answer = Answer { name: manifest.name, sound: findings.is_empty(), events: manifest.head.number, findings };
    out.answer(&answer, |a| {
        if a.sound {
            return vec![format!(
                "Backup {} is whole: it was brought back, {} events and every file hold.",
                a.name, a.events
            )];
        }
        let verdict = format!("Backup {} is NOT whole; keep another, and make a new one:", a.name);
        std::iter::once(verdict).chain(a.findings.iter().map(|f| format!("  {f}"))).collect()
    })?;
    Ok(Done::when(answer.sound))
}

/// Everything that is wrong with a backup, one line each.
pub async fn examine(config: &Config, folder: &Path, manifest: &Manifest) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let file = folder.join(&manifest.database.name);
    let (bytes, sha256) = hash_of(&file)?;
    if (bytes, &sha256) != (manifest.database.bytes, &manifest.database.sha256) {
        findings.push(format!("{} is not the file that was written: its hash differs", manifest.database.name));
        // A changed file is not fed to a database engine.
        return Ok(findings);
    }
    let (pile, damaged, hashes) = files::measure(folder)?;
    if (pile.count, &pile.sha256) != (manifest.files.count, &manifest.files.sha256) {
        findings.push(format!(
            "{} files were written, {} are there, or others than those",
            manifest.files.count, pile.count
        ));
    }
    findings.extend(damaged.iter().map(|hash| format!("file {hash} was changed")));

    let scratch = Scratch::load(folder, manifest, &owner(config), parent(folder)?, SystemClock.now()).await?;
    let found = tokio::select! {
        found = inside(config, manifest, &scratch.db, &hashes) => found,
        // Whoever ends the command leaves no scratch database behind.
        () = crate::serve::stop_signal() => Err(anyhow::anyhow!("the verification was broken off")),
    };
    // The reason comes before a scratch place that does not go.
    match (found, scratch.clear().await) {
        (Ok(found), Ok(())) => findings.extend(found),
        (Err(error), _) | (Ok(_), Err(error)) => return Err(error),
    }
    Ok(findings)
}

async fn inside(config: &Config, manifest: &Manifest, db: &Db, hashes: &[String]) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let keyring = Keyring::load(&config.keys()).context("the node's keys")?;
    if let Err(DbError::Schema(text)) = db.pending().await {
        findings.push(format!("schema: {text}"));
        return Ok(findings);
    }
    let contents = contents::read(db, &slices(&keyring)).await?;
    if contents.schema != manifest.schema {
        findings.push("its migrations are not those of the manifest".into());
    }
    if contents.head != manifest.head {
        findings.push("the head of its record is not that of the manifest".into());
    }
    findings.extend(compare(&manifest.tables, &contents.tables));
    let report = record::verify::verify(db, Some(manifest.head.clone())).await?;
    // What waited for the sealer when the copy was made is part of it and no fault.
    let faults = report.findings.iter().filter(|f| !matches!(f, record::verify::Finding::Unsealed { .. }));
    findings.extend(faults.map(|f| format!("record: {f}")));
    findings.extend(keys(&keyring, manifest, db).await?);
    findings.extend(missing(db, hashes).await?);
    Ok(findings)
}

fn compare(written: &[Counted], found: &[Counted]) -> Vec<String> {
    let rows = |list: &[Counted]| list.iter().map(|t| (t.name.clone(), t.rows)).collect::<BTreeMap<_, _>>();
    let (written, found) = (rows(written), rows(found));
    let names: BTreeSet<&String> = written.keys().chain(found.keys()).collect();
    let told = |rows: Option<&i64>| rows.map_or_else(|| "no such table".to_owned(), |n| format!("{n} rows"));
    let differs = names.into_iter().filter(|name| written.get(*name) != found.get(*name));
    differs
        .map(|name| {
            format!("table {name}: {} were written, {} are there", told(written.get(name)), told(found.get(name)))
        })
        .collect()
}

/// Whether the key files of this node open the backup: without them it is noise.
async fn keys(keyring: &Keyring, manifest: &Manifest, db: &Db) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    if hex(&keyring.node_public()) != manifest.node_key {
        findings.push("node.key here is not the one that this backup goes with".into());
    }
    let sql = "SELECT tenant, subject FROM subject_keys WHERE wrapped IS NOT NULL LIMIT 1";
    if let Some(row) = db.query_opt(sql, params![]).await? {
        let tenant: String = row.get("tenant")?;
        if keyring.open(&mut db.reader(), &tenant, row.get("subject")?).await.is_err() {
            findings.push("wrap.key here does not open the personal values of this backup".into());
        }
    }
    Ok(findings)
}

/// Files that an event names and the backup lacks.
async fn missing(db: &Db, hashes: &[String]) -> Result<Vec<String>, DbError> {
    let there: BTreeSet<&str> = hashes.iter().map(String::as_str).collect();
    let rows = db.query("SELECT DISTINCT hash FROM uploads WHERE kept = 1 ORDER BY hash", params![]).await?;
    let named = rows.iter().map(|row| row.get::<String>("hash")).collect::<Result<Vec<_>, _>>()?;
    let lacks = named.into_iter().filter(|hash| !there.contains(hash.as_str()));
    Ok(lacks.map(|hash| format!("file {hash} is named by a request and not there")).collect())
}

fn parent(folder: &Path) -> Result<&Path> {
    folder
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .or(Some(Path::new(".")))
        .context("a backup without a folder around it")
}
