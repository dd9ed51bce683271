//! The files of a backup: uploads and papers as they lie in the store, encrypted and named by
//! the hash of their bytes, so that every copy can be checked by itself.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use foundation::files::{Files, FilesError};
use sha2::{Digest as _, Sha256};

use super::manifest::{Pile, hash_of, sync_folder, write_durably};

/// Where the files lie in a backup.
pub const FOLDER: &str = "files";

/// What copying found.
#[derive(Default)]
pub struct Copied {
    /// What is in the backup now.
    pub pile: Pile,
    /// Files of the store whose bytes are not those of their names; they are left out.
    pub damaged: Vec<String>,
}

/// Copies every file of the store. One that an earlier backup holds is linked, not copied again.
pub async fn copy(files: &Files, folder: &Path, earlier: Option<&Path>) -> Result<Copied> {
    let mut hashes = files.all().await?;
    hashes.sort_unstable();
    hashes.dedup();
    let mut copied = Copied::default();
    let mut there = Vec::with_capacity(hashes.len());
    let target = folder.join(FOLDER);
    std::fs::create_dir_all(&target)?;
    for hash in hashes {
        let to = path(&target, &hash).context("the store gave a hash that is none")?;
        let parent = to.parent().context("a file without a folder")?;
        std::fs::create_dir_all(parent)?;
        let linked = earlier.and_then(|backup| link(backup, &hash, &to));
        let bytes = match linked {
            Some(bytes) => bytes,
            None => match files.stored_bytes(&hash).await {
                Ok(Some(bytes)) => {
                    write_durably(&to, &bytes)?;
                    bytes.len() as u64
                }
                // Swept while the backup ran: nothing names it.
                Ok(None) => continue,
                Err(FilesError::Damaged(_)) => {
                    copied.damaged.push(hash);
                    continue;
                }
                Err(error) => return Err(error.into()),
            },
        };
        sync_folder(parent)?;
        copied.pile.bytes += bytes;
        there.push(hash);
    }
    copied.pile.count = there.len() as u64;
    copied.pile.sha256 = list_hash(&there);
    Ok(copied)
}

/// Links a file of an earlier backup, if it is there and still whole; gives its length.
fn link(backup: &Path, hash: &str, to: &Path) -> Option<u64> {
    let from = path(&backup.join(FOLDER), hash)?;
    let (bytes, found) = hash_of(&from).ok()?;
    (found == hash && std::fs::hard_link(&from, to).is_ok()).then_some(bytes)
}

/// What a backup's files are now, and those that are not what their names say.
pub fn measure(backup: &Path) -> Result<(Pile, Vec<String>, Vec<String>)> {
    let mut hashes = listed(&backup.join(FOLDER))?;
    hashes.sort_unstable();
    let (mut pile, mut damaged) = (Pile::default(), Vec::new());
    for hash in &hashes {
        let from = path(&backup.join(FOLDER), hash).context("a name that is no hash")?;
        let (bytes, found) = hash_of(&from)?;
        pile.bytes += bytes;
        if found != *hash {
            damaged.push(hash.clone());
        }
    }
    pile.count = hashes.len() as u64;
    pile.sha256 = list_hash(&hashes);
    Ok((pile, damaged, hashes))
}

/// Puts every file of a backup into a store.
pub async fn put_back(backup: &Path, files: &Files) -> Result<u64> {
    let mut count = 0;
    for hash in listed(&backup.join(FOLDER))? {
        let from = path(&backup.join(FOLDER), &hash).context("a name that is no hash")?;
        let bytes = std::fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        let put = files.restore(bytes).await?;
        anyhow::ensure!(put == hash, "{} of the backup is damaged", from.display());
        count += 1;
    }
    Ok(count)
}

fn listed(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
    }
    Ok(found)
}

/// `ab/cd/abcd…`, as in the store.
fn path(folder: &Path, hash: &str) -> Option<PathBuf> {
    Some(folder.join(hash.get(..2)?).join(hash.get(2..4)?).join(hash))
}

fn list_hash(hashes: &[String]) -> String {
    let mut all = Sha256::new();
    for hash in hashes {
        all.update(hash);
        all.update(b"\n");
    }
    crate::commands::keys::hex(&all.finalize())
}
