//! What a backup says of itself, and how its pieces reach the disk.

use std::fs::File;
use std::io::{Read, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use foundation::clock::Micros;
use record::Head;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Name of the manifest in a backup's folder; a folder without one is no backup.
pub const FILE: &str = "manifest.json";
/// Name of the mark of the last verification.
const VERIFIED: &str = "verified.json";
/// The shape of a backup that this program writes and reads.
const FORMAT: u32 = 1;

/// بيان النسخة: what is inside a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Shape of the backup.
    pub format: u32,
    /// Its name, which is its folder's.
    pub name: String,
    /// When the copy of the database was begun.
    pub made_at: Micros,
    /// Version of the program that made it.
    pub program: String,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// Migrations applied in it.
    pub schema: Vec<String>,
    /// Head of its record.
    pub head: Head,
    /// Public half of the node key that goes with it, hexadecimal.
    pub node_key: String,
    /// Whether it is fiction.
    pub demonstration: bool,
    /// The database.
    pub database: Piece,
    /// Rows of every table.
    pub tables: Vec<Counted>,
    /// Uploads and papers.
    pub files: Pile,
}

/// One file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Its name in the folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// A table and how much it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Its name.
    pub name: String,
    /// `record`, `projection`, `rollup`, `working`; `undeclared` if no slice knows it.
    pub class: String,
    /// Its rows.
    pub rows: i64,
}

/// The files of the store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pile {
    /// How many.
    pub count: u64,
    /// Their bytes together.
    pub bytes: u64,
    /// SHA-256 over their hashes in order, each on a line: which files there are.
    pub sha256: String,
}

/// تاريخ آخر تحقق: that a backup was restored into a scratch place and found whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// When.
    pub verified_at: Micros,
    /// Version of the program that did it.
    pub program: String,
}

impl Manifest {
    /// The format that this program writes.
    pub const FORMAT: u32 = FORMAT;

    /// Reads the manifest of a backup.
    pub fn read(folder: &Path) -> Result<Manifest> {
        let path = folder.join(FILE);
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let manifest: Manifest =
            serde_json::from_str(&text).with_context(|| format!("{} does not read", path.display()))?;
        if manifest.format != FORMAT {
            bail!("{} has format {}, this program knows {FORMAT}", path.display(), manifest.format);
        }
        Ok(manifest)
    }

    /// Writes it into the backup's folder, durably.
    pub fn write(&self, folder: &Path) -> Result<()> {
        write_durably(&folder.join(FILE), &serde_json::to_vec_pretty(self)?)
    }
}

impl Verified {
    /// The mark of a backup, if it was ever verified.
    pub fn read(folder: &Path) -> Result<Option<Verified>> {
        let path = folder.join(VERIFIED);
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                Ok(Some(serde_json::from_str(&text).with_context(|| format!("{} does not read", path.display()))?))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Marks a backup; the mark replaces the one before in one step.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let fresh = folder.join(".verified.json");
        write_durably(&fresh, &serde_json::to_vec_pretty(self)?)?;
        std::fs::rename(&fresh, folder.join(VERIFIED))?;
        sync_folder(folder)
    }

    /// Takes a mark away: the backup no longer is what was verified.
    pub fn remove(folder: &Path) -> Result<()> {
        match std::fs::remove_file(folder.join(VERIFIED)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

impl Piece {
    /// Measures a file of a backup's folder, after its bytes have reached the disk.
    pub fn of(folder: &Path, name: &str) -> Result<Piece> {
        let path = folder.join(name);
        let mut file = File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
        file.sync_all().with_context(|| format!("cannot finish {}", path.display()))?;
        let (bytes, sha256) = digest(&mut file).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Piece { name: name.to_owned(), bytes, sha256 })
    }
}

/// Length and SHA-256 of what can be read.
fn digest(from: &mut impl Read) -> Result<(u64, String)> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = from.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else {
            return Ok((bytes, crate::commands::keys::hex(&hash.finalize())));
        };
        hash.update(part);
        bytes += read as u64;
    }
}

/// SHA-256 of a file in a folder or store copy.
pub fn hash_of(path: &Path) -> Result<(u64, String)> {
    let mut file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    digest(&mut file).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a new file and waits until the disk has it.
pub fn write_durably(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || -> std::io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// Waits until the disk knows the names in a folder.
pub fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .with_context(|| format!("cannot finish {}", folder.display()))
}
