//! مخزن الملفات: encrypted files, addressed by the SHA-256 of their stored bytes.
//!
//! A file is encrypted with a key of its case before it leaves memory, so that deleting one key
//! erases its files from every copy and backup. [`Files::put`] answers only when the bytes are
//! durable. Two puts of the same file under the same key give one object. The store is a local
//! folder, or an S3-compatible service ([`S3`]).

mod s3;

use std::fmt;
use std::path::Path as FilePath;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use futures::TryStreamExt as _;
use hmac::{Hmac, Mac as _};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _, PutMode, PutOptions};
use sha2::{Digest as _, Sha256};

pub use self::s3::S3;

/// Stands before the nonce, so that a later format can be told from this one.
const FORMAT: u8 = 1;
const NONCE: usize = 24;

/// Why a file cannot be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The folder or service cannot be reached, or is full.
    #[error("the file store failed: {0}")]
    Store(object_store::Error),
    /// The service does not let this key do this.
    #[error("the file store refuses this key: its name or secret is wrong, or it may not read and write in the bucket")]
    Denied,
    /// The bucket is not there.
    #[error("the file store has no such bucket: make it first")]
    NoBucket,
    /// The address of the store makes no sense.
    #[error("the address of the file store: {0}")]
    Address(String),
    /// The stored bytes are not those of the hash, or the key is not theirs.
    #[error("file {0} was changed, or its key is not this one")]
    Damaged(String),
    /// Not 64 hexadecimal digits.
    #[error("this is not the hash of a file")]
    Hash,
}

impl From<object_store::Error> for FilesError {
    fn from(error: object_store::Error) -> Self {
        match &error {
            object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => Self::Denied,
            // Where it lists, the library does not tell them from other failures.
            error if says(error, "403 Forbidden") || says(error, "401 Unauthorized") => Self::Denied,
            error if no_bucket(error) => Self::NoBucket,
            _ => Self::Store(error),
        }
    }
}

/// Whether it is the bucket that is not there: a missing file is told by the same status.
fn no_bucket(error: &object_store::Error) -> bool {
    says(error, "NoSuchBucket")
}

/// Whether the error or one below it says so.
fn says(error: &object_store::Error, words: &str) -> bool {
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = source {
        if error.to_string().contains(words) {
            return true;
        }
        source = error.source();
    }
    false
}

/// مفتاح ملفات: the key of a case's files.
#[derive(Clone)]
pub struct FileKey([u8; 32]);

impl FileKey {
    /// A key from its bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey")
    }
}

/// A file in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// SHA-256 of the stored bytes, hexadecimal: its address.
    pub hash: String,
    /// Bytes before encryption.
    pub size: u64,
}

/// The store. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    put: PutMode,
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Files({})", self.store)
    }
}

impl Files {
    /// Opens the store in a folder, which is made if missing.
    ///
    /// # Errors
    /// [`FilesError::Store`] if the folder cannot be made or used.
    pub fn local(folder: &FilePath) -> Result<Self, FilesError> {
        std::fs::create_dir_all(folder)
            .map_err(|error| FilesError::Address(format!("{}: {error}", folder.display())))?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self { store: Arc::new(store), put: PutMode::Create })
    }

    /// Encrypts and stores a file; answers when it is durable.
    ///
    /// # Errors
    /// [`FilesError::Store`].
    pub async fn put(&self, key: &FileKey, plain: Vec<u8>) -> Result<Stored, FilesError> {
        let size = plain.len() as u64;
        let bytes = seal(key, &plain)?;
        drop(plain);
        let hash = hex(&Sha256::digest(&bytes));
        let options = PutOptions { mode: self.put.clone(), ..PutOptions::default() };
        match self.store.put_opts(&address(&hash)?, bytes.into(), options).await {
            // The same file under the same key: it is there.
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(Stored { hash, size }),
            Err(error) => Err(error.into()),
        }
    }

    /// Reads and decrypts a file; none if it is not there.
    ///
    /// # Errors
    /// [`FilesError::Damaged`] if its bytes or the key do not fit, [`FilesError::Store`].
    pub async fn get(&self, key: &FileKey, hash: &str) -> Result<Option<Vec<u8>>, FilesError> {
        let found = match self.store.get(&address(hash)?).await {
            Ok(found) => found,
            Err(error) => return gone(error, None),
        };
        let bytes = found.bytes().await?;
        let damaged = || FilesError::Damaged(hash.to_owned());
        if hex(&Sha256::digest(&bytes)) != hash {
            return Err(damaged());
        }
        unseal(key, &bytes).map(Some).ok_or_else(damaged)
    }

    /// Whether a file is there.
    ///
    /// # Errors
    /// [`FilesError::Store`].
    pub async fn has(&self, hash: &str) -> Result<bool, FilesError> {
        match self.store.head(&address(hash)?).await {
            Ok(_) => Ok(true),
            Err(error) => gone(error, false),
        }
    }

    /// Removes a file; one that is not there is no error.
    ///
    /// # Errors
    /// [`FilesError::Store`].
    pub async fn remove(&self, hash: &str) -> Result<(), FilesError> {
        match self.store.delete(&address(hash)?).await {
            Ok(()) => Ok(()),
            Err(error) => gone(error, ()),
        }
    }

    /// The stored bytes as they lie there, for backups; none if the file is missing.
    ///
    /// # Errors
    /// [`FilesError::Damaged`] if they are not those of the hash, [`FilesError::Store`].
    pub async fn stored_bytes(&self, hash: &str) -> Result<Option<Vec<u8>>, FilesError> {
        match self.store.get(&address(hash)?).await {
            Ok(found) => {
                let bytes = found.bytes().await?;
                if hex(&Sha256::digest(&bytes)) == hash {
                    Ok(Some(bytes.to_vec()))
                } else {
                    Err(FilesError::Damaged(hash.to_owned()))
                }
            }
            Err(error) => gone(error, None),
        }
    }

    /// Puts stored bytes back from a backup; gives their hash.
    ///
    /// # Errors
    /// [`FilesError::Store`].
    pub async fn restore(&self, bytes: Vec<u8>) -> Result<String, FilesError> {
        let hash = hex(&Sha256::digest(&bytes));
        self.store.put(&address(&hash)?, bytes.into()).await?;
        Ok(hash)
    }

    /// Hashes of all files in the store.
    ///
    /// # Errors
    /// [`FilesError::Store`].
    pub async fn all(&self) -> Result<Vec<String>, FilesError> {
        let found = self.store.list(None);
        let hashes = found.try_filter_map(|meta| async move {
            Ok(meta.location.filename().filter(|name| is_hash(name)).map(str::to_owned))
        });
        Ok(hashes.try_collect().await?)
    }

    /// Lists, writes and removes a small file: for the start and `/readyz`.
    ///
    /// # Errors
    /// What the store says.
    pub async fn probe(&self) -> Result<(), FilesError> {
        let probe = Path::from("probe");
        self.store.list(Some(&probe)).try_next().await?;
        self.store.put(&probe, vec![1].into()).await?;
        self.store.delete(&probe).await?;
        Ok(())
    }
}

/// A missing file is an answer; a missing bucket is a failure.
fn gone<T>(error: object_store::Error, answer: T) -> Result<T, FilesError> {
    match error {
        object_store::Error::NotFound { .. } if !no_bucket(&error) => Ok(answer),
        error => Err(error.into()),
    }
}

/// `ab/cd/abcd…`: few entries in each folder.
fn address(hash: &str) -> Result<Path, FilesError> {
    let (Some(first), Some(second)) = (hash.get(..2), hash.get(2..4)) else {
        return Err(FilesError::Hash);
    };
    if is_hash(hash) { Ok(Path::from(format!("{first}/{second}/{hash}"))) } else { Err(FilesError::Hash) }
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _never = write!(text, "{byte:02x}");
        text
    })
}

/// Format byte, nonce, ciphertext with its tag. The nonce is a keyed digest of the file (RFC 5297's
/// manner): no randomness is needed, and the same file under the same key has the same address.
fn seal(key: &FileKey, plain: &[u8]) -> Result<Vec<u8>, FilesError> {
    let nonce = nonce(key, plain);
    let payload = Payload { msg: plain, aad: &[FORMAT] };
    let ct = XChaCha20Poly1305::new(&key.0.into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| FilesError::Address("a file that is too long to encrypt".into()))?;
    let mut bytes = Vec::with_capacity(1 + NONCE + ct.len());
    bytes.push(FORMAT);
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&ct);
    Ok(bytes)
}

fn unseal(key: &FileKey, bytes: &[u8]) -> Option<Vec<u8>> {
    let (&FORMAT, rest) = bytes.split_first()? else { return None };
    let (nonce, ct) = rest.split_first_chunk::<NONCE>()?;
    let payload = Payload { msg: ct, aad: &[FORMAT] };
    XChaCha20Poly1305::new(&key.0.into()).decrypt(&XNonce::from(*nonce), payload).ok()
}

fn nonce(key: &FileKey, plain: &[u8]) -> [u8; NONCE] {
    let mut nonce = [0; NONCE];
    // A key of its own, so that the cipher's key serves the cipher alone. HMAC takes any length.
    let nonce_key = Sha256::new_with_prefix(b"shubbak file nonce 1").chain_update(key.0).finalize();
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&nonce_key) {
        mac.update(plain);
        nonce.iter_mut().zip(mac.finalize().into_bytes()).for_each(|(to, from)| *to = from);
    }
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> FileKey {
        FileKey::new([byte; 32])
    }

    #[tokio::test]
    async fn a_file_comes_back_only_with_its_key() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::local(folder.path()).expect("a store");
        let stored = files.put(&key(1), b"a scan".to_vec()).await.expect("stored");
        assert_eq!(stored.size, 6);
        assert_eq!(files.put(&key(1), b"a scan".to_vec()).await.expect("again"), stored);
        assert_ne!(files.put(&key(2), b"a scan".to_vec()).await.expect("other key").hash, stored.hash);
        assert_eq!(files.get(&key(1), &stored.hash).await.expect("read"), Some(b"a scan".to_vec()));
        assert!(matches!(files.get(&key(2), &stored.hash).await, Err(FilesError::Damaged(_))));
        assert_eq!(files.all().await.expect("listed").len(), 2);

        let on_disk = folder.path().join(&stored.hash[..2]).join(&stored.hash[2..4]).join(&stored.hash);
        let mut bytes = std::fs::read(&on_disk).expect("the object");
        assert!(!bytes.windows(6).any(|w| w == b"a scan"));
        bytes[30] ^= 1;
        std::fs::write(&on_disk, bytes).expect("tampered");
        assert!(matches!(files.get(&key(1), &stored.hash).await, Err(FilesError::Damaged(_))));

        files.remove(&stored.hash).await.expect("removed");
        files.remove(&stored.hash).await.expect("twice is no error");
        assert_eq!(files.get(&key(1), &stored.hash).await.expect("read"), None);
        assert!(!files.has(&stored.hash).await.expect("asked"));
    }

    #[tokio::test]
    async fn no_path_leaves_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::local(folder.path()).expect("a store");
        let odd = "../../etc/passwd".repeat(4);
        for hash in ["", "a", "../../etc/passwd", &odd, "é".repeat(32).as_str(), &"A".repeat(64)] {
            assert!(matches!(files.get(&key(1), hash).await, Err(FilesError::Hash)), "{hash}");
        }
    }
}
