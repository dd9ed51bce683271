//! `backup restore`: a backup becomes the node's database again.
//!
//! Everything is prepared beside the live database: brought back, brought up to date, a new epoch
//! opened, later erasures carried out again. Only then, with the folder's lock held alone, are
//! the live database and files renamed and the prepared ones put in their place. Nothing that was
//! there is deleted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use foundation::clock::{Clock as _, Micros, SystemClock};
use foundation::db::Engine;
use foundation::files::Files;
use foundation::ids::Ids;
use record::{Head, Keyring, Setup};
use registry::Settings;
use serde::Serialize;

use super::database::Scratch;
use super::erasures::{self, Erased};
use super::manifest::{Manifest, sync_folder};
use super::postgres::{Server, database_of};
use super::{existing, files, folders, owner, verify, when};
use crate::config::Config;
use crate::lock::Lock;
use crate::node::{Node, Opening, grant, open_files};
use crate::output::{Done, Output};

#[derive(Serialize)]
struct Restored {
    name: String,
    made_at: Micros,
    set_aside: String,
    epoch: i64,
    head: Head,
    erased_again: u64,
    files: u64,
    warning: Option<String>,
}

/// Restores a backup.
pub async fn run(config: &Config, folder: &Path, yes: bool, out: &Output) -> Result<Done> {
    let manifest = Manifest::read(folder)?;
    if !yes {
        bail!(
            "this puts the state of {} (Cairo) in the place of what is there; what was written since goes aside. Say --yes if that is meant",
            when(manifest.made_at)
        );
    }
    let restored = restore(config, folder, &manifest, out).await?;
    out.answer(&restored, |r| {
        let mut lines = vec![
            format!("Backup {} of {} (Cairo) is in place, with {} files.", r.name, when(r.made_at), r.files),
            format!("What was there lies in {}; delete it when you no longer need it.", r.set_aside),
            format!("A new epoch was opened: {}. Heads kept from before tell what came after the backup.", r.epoch),
        ];
        if r.erased_again > 0 {
            lines.push(format!("{} erasures made after the backup were carried out again.", r.erased_again));
        }
        lines.extend(r.warning.clone());
        lines.push(
            "Next: shubbak record verify, shubbak doctor, then shubbak serve; keep a new head: shubbak record head"
                .into(),
        );
        lines
    })?;
    Ok(Done::Well)
}

async fn restore(config: &Config, folder: &Path, manifest: &Manifest, out: &Output) -> Result<Restored> {
    let data = config.folder();
    if !config.keys().join("node.key").exists() {
        bail!("the key files are not in {}; put them back first, no backup holds them", config.keys().display());
    }
    if manifest.demonstration != data.join(crate::demo::MARK).exists() {
        bail!("a demonstration and real data never mix: the backup is one and {} the other", data.display());
    }
    drop(Lock::alone(&data)?);
    nobody_else(config).await?;
    out.say("Examining the backup …");
    let findings = verify::examine(config, folder, manifest).await?;
    if !findings.is_empty() {
        bail!("the backup is not whole: {}", findings.join("; "));
    }
    let now = SystemClock.now();
    let (erased, warning) = later_erasures(config, manifest).await?;
    let scratch = Scratch::load(folder, manifest, &owner(config), &data, now).await?;
    let prepared = prepare(config, &scratch, &erased).await;
    let (epoch, head, erased_again) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            scratch.clear().await?;
            return Err(error);
        }
    };
    let (fresh, files) = prepare_files(config, folder).await?;

    let alone = Lock::alone(&data)?;
    let aside = data.join(format!("aside-{}", now.0));
    std::fs::create_dir(&aside)?;
    if let Some(fresh) = fresh {
        exchange_files(&data.join("files"), fresh, &aside)?;
    }
    let set_aside = exchange_database(config, scratch, &aside, now).await?;
    drop(alone);
    Ok(Restored {
        name: manifest.name.clone(),
        made_at: manifest.made_at,
        set_aside,
        epoch,
        head,
        erased_again,
        files,
        warning,
    })
}

/// On PostgreSQL a server may run on another machine, which no lock file tells.
async fn nobody_else(config: &Config) -> Result<()> {
    let url = owner(config);
    if url.starts_with("sqlite:") {
        return Ok(());
    }
    let (server, name) = (Server::of(&url)?, database_of(&url)?);
    if server.has(&name).await? && !unused(&server, &name).await? {
        bail!("somebody is connected to the database {name}; stop every server first");
    }
    Ok(())
}

/// Everybody erased since the backup, as far as it can be known, and a warning where it cannot.
async fn later_erasures(config: &Config, manifest: &Manifest) -> Result<(BTreeSet<Erased>, Option<String>)> {
    let mut erased = BTreeSet::new();
    for newer in folders(&config.backups())? {
        if Manifest::read(&newer)?.made_at > manifest.made_at {
            erased.extend(erasures::read(&newer)?);
        }
    }
    let live = match existing(config, &owner(config)) {
        Ok(db) => erasures::known_to(&db).await.map_err(anyhow::Error::from),
        Err(error) => Err(error),
    };
    match live {
        Ok(live) => {
            erased.extend(live);
            closed(&owner(config)).await?;
            Ok((erased, None))
        }
        Err(error) => Ok((
            erased,
            Some(format!(
                "WARNING: the database that was there cannot be read ({error:#}): erasures made after the newest backup must be carried out again by hand."
            )),
        )),
    }
}

/// Waits until SQLite has folded its log into the file, which the last to close it does: who still
/// has it open would write into the wrong database after the exchange.
async fn closed(url: &str) -> Result<()> {
    let Some(path) = url.strip_prefix("sqlite:") else { return Ok(()) };
    let log = PathBuf::from(format!("{path}-wal"));
    for _ in 0..50 {
        if !log.exists() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    bail!("another program has {path} open; close it first")
}

/// Migrations, the new epoch, the erasures: all before the database is put in place.
async fn prepare(config: &Config, scratch: &Scratch, erased: &BTreeSet<Erased>) -> Result<(i64, Head, u64)> {
    let db = &scratch.db;
    db.migrate(SystemClock.now()).await.context("the schema")?;
    grant(config, db).await?;
    let clock = Arc::new(SystemClock);
    let node = Head::read(&mut db.reader()).await?.node;
    let keyring = Keyring::load(&config.keys()).context("the node's keys")?;
    let setup = Setup { clock: clock.clone(), ids: Arc::new(Ids::new(clock)), keyring, node, slices: Vec::new() };
    let epoch = record::open_epoch(db, &setup, "restore").await?.epoch;

    let opening = Opening::usual(config, Settings::new(config.public_url()));
    // As the owner, who alone is known here to reach the prepared database.
    let alone = config.with("database.url", &scratch.url()).with("database.sealer_url", "");
    let node = Node::open(&alone, opening).await?;
    let count = erasures::again(&node, erased).await?;
    node.seal().await?;
    Ok((epoch, node.record.head().await?, count))
}

/// Brings the files back: into a fresh folder beside the live one, which they will replace, or
/// into the remote store, which may keep what it has.
async fn prepare_files(config: &Config, folder: &Path) -> Result<(Option<tempfile::TempDir>, u64)> {
    if !config.get("files.url").is_empty() {
        return Ok((None, files::put_back(folder, &open_files(config)?).await?));
    }
    let fresh = tempfile::Builder::new().prefix(".files-").tempdir_in(config.folder())?;
    let count = files::put_back(folder, &Files::local(fresh.path())?).await?;
    Ok((Some(fresh), count))
}

fn exchange_files(live: &Path, fresh: tempfile::TempDir, aside: &Path) -> Result<()> {
    if live.exists() {
        std::fs::rename(live, aside.join("files")).context("the files could not be set aside")?;
    }
    std::fs::rename(fresh.keep(), live).context("the restored files could not be put in place")
}

async fn exchange_database(config: &Config, scratch: Scratch, aside: &Path, now: Micros) -> Result<String> {
    let url = owner(config);
    match scratch.db.engine() {
        Engine::Sqlite => {
            let live = PathBuf::from(url.strip_prefix("sqlite:").unwrap_or(&url));
            let parent = live.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            // One file without a log beside it, whatever the scratch database still has open.
            let ready = parent.join(format!(".restored-{}.db", now.0));
            scratch.db.copy_to(ready.clone()).await?;
            std::fs::File::open(&ready)?.sync_all()?;
            for end in ["", "-wal", "-shm"] {
                let from = PathBuf::from(format!("{}{end}", live.display()));
                if from.exists() {
                    let name = from.file_name().context("the database has no name")?;
                    std::fs::rename(&from, aside.join(name)).context("the database could not be set aside")?;
                }
            }
            std::fs::rename(&ready, &live).context("the restored database could not be put in place")?;
            sync_folder(parent)?;
            scratch.clear().await?;
            Ok(aside.display().to_string())
        }
        Engine::Postgres => {
            let (server, live) = (Server::of(&url)?, database_of(&url)?);
            let name = scratch.name().context("a scratch database without a name")?.to_owned();
            drop(scratch);
            if !unused(&server, &name).await? {
                bail!("the prepared database {name} is still in use; rename it by hand when it is free");
            }
            let kept = format!("{live}_aside_{}", now.0);
            if server.has(&live).await? {
                server.rename(&live, &kept).await?;
            }
            server.rename(&name, &live).await?;
            Ok(format!("the database {kept} and {}", aside.display()))
        }
    }
}

/// Whether nobody uses a database; connections of a process that has just ended may linger.
async fn unused(server: &Server, name: &str) -> Result<bool> {
    for _ in 0..50 {
        if server.users(name).await? == 0 {
            return Ok(true);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(false)
}
