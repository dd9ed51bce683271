//! `backup create`: everything into a folder that gets its name only when all of it is on the disk.

use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use foundation::clock::{Clock as _, Micros, SystemClock};
use record::Keyring;
use serde::Serialize;

use super::manifest::{Manifest, Piece, sync_folder};
use super::{database, erasures, existing, files, folders, owner, size};
use crate::commands::keys::hex;
use crate::config::Config;
use crate::demo;
use crate::node::{open_files, slices};
use crate::output::{Done, Output};

#[derive(Serialize)]
struct Made {
    folder: String,
    manifest: Manifest,
    /// Files of the store that are not what their names say: left out.
    damaged: Vec<String>,
}

/// Makes a backup while the node works.
pub async fn run(config: &Config, out: &Output) -> Result<Done> {
    let made = create(config, SystemClock.now()).await?;
    out.answer(&made, |made| {
        let m = &made.manifest;
        let mut lines = vec![
            format!("Backup {} was made in {}.", m.name, made.folder),
            format!(
                "  {} events, {} rows in {} tables, {} files, {}",
                m.head.number,
                m.tables.iter().map(|t| t.rows).sum::<i64>(),
                m.tables.len(),
                m.files.count,
                size(m.database.bytes + m.files.bytes)
            ),
        ];
        lines.extend(
            made.damaged.iter().map(|hash| format!("  LEFT OUT, for its bytes were changed in the store: {hash}")),
        );
        lines.push(format!(
            "The key files in {} are NOT inside. Keep them apart: without them it cannot be read.",
            config.keys().display()
        ));
        lines.push(format!("Next: shubbak backup verify {}", m.name));
        lines
    })?;
    Ok(Done::when(made.damaged.is_empty()))
}

async fn create(config: &Config, now: Micros) -> Result<Made> {
    let db = existing(config, &owner(config))?;
    let keyring = Keyring::load(&config.keys()).context("the node's keys")?;
    let slices = slices(&keyring);
    let backups = config.backups();
    private(&backups)?;
    let name = free_name(&backups, now);
    // Nothing under this name counts as a backup; it goes away if anything fails.
    let building = tempfile::Builder::new().prefix(".building-").tempdir_in(&backups)?;
    let folder = building.path();

    let (copy, contents) = database::copy(&db, folder, &slices).await?;
    let piece = Piece::of(folder, copy)?;
    let earlier = folders(&backups)?.pop();
    let copied = files::copy(&open_files(config)?, folder, earlier.as_deref()).await?;
    erasures::write(folder, &erasures::known_to(&db).await?)?;
    let manifest = Manifest {
        format: Manifest::FORMAT,
        name: name.clone(),
        made_at: now,
        program: env!("CARGO_PKG_VERSION").into(),
        engine: database::engine(&db.url()).into(),
        schema: contents.schema,
        head: contents.head,
        node_key: hex(&keyring.node_public()),
        demonstration: config.folder().join(demo::MARK).exists(),
        database: piece,
        tables: contents.tables,
        files: copied.pile,
    };
    manifest.write(folder)?;
    sync_folder(folder)?;
    let target = backups.join(&name);
    std::fs::rename(building.keep(), &target).with_context(|| format!("cannot name {}", target.display()))?;
    sync_folder(&backups)?;
    Ok(Made { folder: target.display().to_string(), manifest, damaged: copied.damaged })
}

/// The moment in UTC, so that names sort by time; a second one within the second gets a number.
fn free_name(backups: &Path, now: Micros) -> String {
    let utc = jiff::tz::TimeZone::UTC.to_datetime(now.timestamp());
    let base = format!(
        "{:04}{:02}{:02}-{:02}{:02}{:02}",
        utc.year(),
        utc.month(),
        utc.day(),
        utc.hour(),
        utc.minute(),
        utc.second()
    );
    let taken = |name: &str| backups.join(name).exists();
    if !taken(&base) {
        return base;
    }
    let mut numbered = (2..).map(|n: u32| format!("{base}-{n}"));
    numbered.find(|name| !taken(name)).unwrap_or(base)
}

fn private(folder: &Path) -> Result<()> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.with_context(|| format!("cannot make {}", folder.display()))
}
