//! The database of a backup: copied out without stopping, and brought back into a scratch place.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use foundation::clock::Micros;
use foundation::db::{Db, Engine, Query as _};
use foundation::params;
use record::Slice;

use super::contents::{self, Contents, Tables};
use super::manifest::Manifest;
use super::postgres::{self, Server};

/// Scratch databases are named so, with the moment of their making.
const SCRATCH: &str = "shubbak_scratch_";

/// The engine's name in a manifest.
pub fn engine(url: &str) -> &'static str {
    if url.starts_with("sqlite:") { "sqlite" } else { "postgres" }
}

/// Copies the database into `folder` on one snapshot; gives the copy's name and what it holds.
pub async fn copy(db: &Db, folder: &Path, slices: &[Arc<dyn Slice>]) -> Result<(&'static str, Contents)> {
    match db.engine() {
        Engine::Sqlite => {
            let name = "database.sqlite";
            db.copy_to(folder.join(name)).await.context("the copy of the database")?;
            // Counted in a copy of the copy: opening a database may change its file.
            let scratch = tempfile::tempdir_in(folder)?;
            let opened = open_copy(&folder.join(name), scratch.path())?;
            Ok((name, contents::read(&opened, slices).await?))
        }
        Engine::Postgres => {
            let name = "database.dump";
            let (target, url) = (folder.join(name), db.url());
            let tables = Tables::of(db, slices).await?;
            let contents = db.read(move |tx| {
                let (target, url, tables) = (target.clone(), url.clone(), tables.clone());
                Box::pin(async move {
                    let snapshot: String =
                        tx.query_one("SELECT pg_export_snapshot() AS id", params![]).await?.get("id")?;
                    let contents = contents::count(tx, &tables).await?;
                    postgres::dump(&url, &snapshot, &target).await?;
                    Ok::<_, anyhow::Error>(contents)
                })
            });
            Ok((name, contents.await?))
        }
    }
}

fn open_copy(file: &Path, folder: &Path) -> Result<Db> {
    let copy = folder.join("scratch.db");
    std::fs::copy(file, &copy).with_context(|| format!("cannot copy {} to {}", file.display(), copy.display()))?;
    Ok(Db::open(&format!("sqlite:{}", copy.display()), 2)?)
}

/// A backup's database brought back beside the live one. It goes away unless it is kept.
pub struct Scratch {
    /// The database, open.
    pub db: Db,
    place: Place,
}

enum Place {
    Folder { _folder: tempfile::TempDir },
    Database { server: Server, name: String },
}

impl Scratch {
    /// Brings the database back: SQLite into a folder below `beside`, PostgreSQL into a new
    /// database on the server of `url`.
    pub async fn load(backup: &Path, manifest: &Manifest, url: &str, beside: &Path, now: Micros) -> Result<Scratch> {
        if manifest.engine != engine(url) {
            bail!("the backup comes from {}, the configured database is {}", manifest.engine, engine(url));
        }
        let file = backup.join(&manifest.database.name);
        if manifest.engine == "sqlite" {
            let folder = tempfile::Builder::new().prefix(".scratch-").tempdir_in(beside)?;
            let db = open_copy(&file, folder.path())?;
            return Ok(Scratch { db, place: Place::Folder { _folder: folder } });
        }
        let server = Server::of(url)?;
        server.sweep(SCRATCH, now.minus(Micros::HOUR)).await?;
        let name = format!("{SCRATCH}{}", now.0);
        let made = server.create(&name).await?;
        let place = Place::Database { server, name };
        match Self::fill(&made, &file).await {
            Ok(db) => Ok(Scratch { db, place }),
            Err(error) => {
                place.clear().await?;
                Err(error)
            }
        }
    }

    async fn fill(url: &str, dump: &Path) -> Result<Db> {
        postgres::load(url, dump).await?;
        Ok(Db::open(url, 4)?)
    }

    /// The address under which it can be opened once more.
    pub fn url(&self) -> String {
        self.db.url()
    }

    /// The name of a PostgreSQL scratch database.
    pub fn name(&self) -> Option<&str> {
        match &self.place {
            Place::Folder { .. } => None,
            Place::Database { name, .. } => Some(name),
        }
    }

    /// Removes it.
    pub async fn clear(self) -> Result<()> {
        let Scratch { db, place } = self;
        drop(db);
        place.clear().await
    }
}

impl Place {
    async fn clear(self) -> Result<()> {
        match self {
            Place::Folder { .. } => Ok(()),
            Place::Database { server, name } => server.drop(&name).await,
        }
    }
}
