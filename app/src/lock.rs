//! Who works on a data folder. Every command that opens a node holds the folder's lock together
//! with the others; a restore, which puts another database in its place, holds it alone.
//!
//! The lock belongs to the process: it ends with it, however it ends.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context as _, Result, bail};

/// Name of the lock file in the data folder.
const FILE: &str = "lock";

/// A held lock; it ends when this is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Works here beside others.
    pub fn together(folder: &Path) -> Result<Lock> {
        let file = open(folder)?;
        match file.try_lock_shared() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => {
                bail!("a backup is being restored in {}; try again when that is done", folder.display())
            }
            Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", folder.display())),
        }
    }

    /// Works here alone.
    pub fn alone(folder: &Path) -> Result<Lock> {
        let file = open(folder)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => {
                bail!("a server or another command works on {}; stop it first", folder.display())
            }
            Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", folder.display())),
        }
    }
}

fn open(folder: &Path) -> Result<File> {
    let path = folder.join(FILE);
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    file.with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::Lock;

    #[test]
    fn many_together_or_one_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Lock::together(folder.path()).expect("first");
        let second = Lock::together(folder.path()).expect("beside it");
        assert!(Lock::alone(folder.path()).is_err());
        drop((first, second));
        let alone = Lock::alone(folder.path()).expect("alone");
        assert!(Lock::together(folder.path()).is_err());
        drop(alone);
        Lock::together(folder.path()).expect("again");
    }
}
