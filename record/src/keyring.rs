//! حلقة المفاتيح: the node's keys, each a file that only its owner may read, and the subjects'
//! keys, wrapped by one of them.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::{fmt, fs, io};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use ed25519_dalek::{Signer as _, SigningKey};
use foundation::clock::Micros;
use foundation::db::{DbError, Query, Tx, Value};
use foundation::params;
use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{CryptoRng, RngCore, SeedableRng as _};
use uuid::Uuid;

use crate::RecordError;
use crate::personal::{SubjectKey, mac};

const WRAP: &str = "wrap";
const INDEX: &str = "index";
const NODE: &str = "node";

/// What can be wrong with a key.
#[derive(Clone, Debug, thiserror::Error)]
pub enum KeyError {
    /// The key file cannot be read or written.
    #[error("key file {path}: {why}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        why: String,
    },
    /// Others than the owner may read the key file.
    #[error("key file {path} has mode {mode:03o}; it must be 600, readable by its owner only")]
    Open {
        /// The file.
        path: String,
        /// Its permission bits.
        mode: u32,
    },
    /// The file holds no key of this kind.
    #[error("key file {0} does not hold such a key")]
    Malformed(String),
    /// The key does not open this value: it was changed, moved, or belongs to another node.
    #[error("the key does not open this value")]
    Unfit,
    /// The subject was erased; a new key for it would undo that.
    #[error("the subject was erased")]
    Erased,
}

/// The node's keys. Cheap to clone.
#[derive(Clone)]
pub struct Keyring(Arc<Keys>);

struct Keys {
    wrap: [u8; 32],
    index: [u8; 32],
    node: SigningKey,
    rng: Mutex<StdRng>,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring")
    }
}

impl Keyring {
    /// Makes `wrap.key`, `index.key` and `node.key` in `dir`, which is made if missing. An
    /// existing key is never overwritten: losing one loses every personal value.
    pub fn create(dir: &Path, rng: &mut impl CryptoRng) -> Result<Self, KeyError> {
        make_dir(dir)?;
        for label in [WRAP, INDEX, NODE] {
            let mut key = [0; 32];
            rng.fill_bytes(&mut key);
            write_key(dir, label, &key)?;
        }
        Self::load(dir)
    }

    /// Reads the key files; refuses any that others may read.
    pub fn load(dir: &Path) -> Result<Self, KeyError> {
        let [wrap, index, node] = [read_key(dir, WRAP)?, read_key(dir, INDEX)?, read_key(dir, NODE)?];
        Ok(Self::of(wrap, index, node, StdRng::from_os_rng()))
    }

    /// Keys that repeat with the seed: for tests only.
    pub fn seeded(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut key = || {
            let mut key = [0; 32];
            rng.fill_bytes(&mut key);
            key
        };
        let [wrap, index, node] = [key(), key(), key()];
        Self::of(wrap, index, node, rng)
    }

    #[cfg(test)]
    pub(crate) fn with_index(index: [u8; 32]) -> Self {
        Self::of([0; 32], index, [0; 32], StdRng::seed_from_u64(0))
    }

    fn of(wrap: [u8; 32], index: [u8; 32], node: [u8; 32], rng: StdRng) -> Self {
        Keyring(Arc::new(Keys { wrap, index, node: SigningKey::from_bytes(&node), rng: Mutex::new(rng) }))
    }

    /// The public half of the node's signing key.
    pub fn node_public(&self) -> [u8; 32] {
        self.0.node.verifying_key().to_bytes()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.node.sign(message).to_bytes()
    }

    /// What an event carries until it is sealed, to show that a process with the node's keys wrote
    /// it: nobody who can merely write to the table can make it.
    pub(crate) fn vouch(&self, digest: &[u8; 32]) -> [u8; 16] {
        short(mac(&self.0.index, &[b"shubbak append 1", digest]))
    }

    /// Whether a process of this node wrote the event of this digest.
    pub(crate) fn vouches(&self, digest: &[u8; 32], mac: Option<&[u8]>) -> bool {
        let right = self.vouch(digest);
        mac.is_some_and(|mac| {
            mac.len() == right.len() && mac.iter().zip(right).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
        })
    }

    /// A keyed digest for exact lookups without clear text; `domain` parts kinds of value
    /// (`national-id`, `mobile`), so that equal texts of different kinds do not meet.
    pub fn digest(&self, domain: &str, text: &str) -> [u8; 16] {
        short(mac(&self.0.index, &[b"shubbak index 1", domain.as_bytes(), text.as_bytes()]))
    }

    /// What is stored so that a folded token is found whole, by its first letters, or with one
    /// letter missing, added, changed or two neighbours swapped.
    pub fn search_tokens(&self, domain: &str, token: &str) -> Vec<[u8; 16]> {
        let mut digests = self.near_tokens(domain, token);
        if token.chars().count() >= PREFIX {
            digests.push(self.prefix_token(domain, token));
        }
        digests
    }

    /// What to look for when a typed token may hold one mistake: any of these.
    pub fn near_tokens(&self, domain: &str, token: &str) -> Vec<[u8; 16]> {
        let letters: Vec<char> = token.chars().collect();
        let mut spellings = vec![token.to_owned()];
        // Shorter tokens with a letter left out would match nearly everything.
        if letters.len() > PREFIX {
            for left_out in 0..letters.len() {
                spellings.push(letters.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, c)| *c).collect());
            }
        }
        spellings.sort();
        spellings.dedup();
        spellings.iter().map(|s| self.digest(&format!("{domain}~"), s)).collect()
    }

    /// What to look for when the typed token may be only a beginning: its first three letters.
    pub fn prefix_token(&self, domain: &str, token: &str) -> [u8; 16] {
        let prefix: String = token.chars().take(PREFIX).collect();
        self.digest(&format!("{domain}^"), &prefix)
    }

    /// Gives a subject a key, or its key if it has one. An erased subject gets none again.
    pub async fn new_subject(
        &self,
        tx: &mut Tx,
        tenant: &str,
        subject: Uuid,
        now: Micros,
    ) -> Result<SubjectKey, RecordError> {
        let (key, wrapped) = self.fresh(tenant, subject)?;
        let made = tx
            .execute(
                "INSERT INTO subject_keys (tenant, subject, wrapped, made_at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (tenant, subject) DO NOTHING",
                params![tenant, subject, wrapped, now],
            )
            .await?;
        if made == 1 {
            tx.learn(key.clone());
            return Ok(key);
        }
        Ok(self.open(tx, tenant, subject).await?.ok_or(KeyError::Erased)?)
    }

    /// A key that stands in no table yet, and what to store of it: for a thing that keeps its own key
    /// in its own row ([`Self::open_wrapped`]) and so takes it along when it goes.
    pub(crate) fn fresh(&self, tenant: &str, subject: Uuid) -> Result<(SubjectKey, Vec<u8>), KeyError> {
        let mut bytes = [0; 56];
        self.0.rng.lock().fill_bytes(&mut bytes);
        let mut key = [0; 32];
        let mut nonce = [0; 24];
        key.iter_mut().chain(&mut nonce).zip(bytes).for_each(|(to, from)| *to = from);
        let context = context(tenant, subject);
        let ct = XChaCha20Poly1305::new(&self.0.wrap.into())
            .encrypt(&XNonce::from(nonce), Payload { msg: &key, aad: &context })
            .map_err(|_| KeyError::Unfit)?;
        Ok((SubjectKey::new(tenant, subject, key), [nonce.as_slice(), &ct].concat()))
    }

    /// A subject's key; `None` if it never had one or was erased.
    pub async fn open(
        &self,
        q: &mut impl Query,
        tenant: &str,
        subject: Uuid,
    ) -> Result<Option<SubjectKey>, RecordError> {
        Ok(self.open_many(q, tenant, &[subject]).await?.remove(&subject))
    }

    /// The keys of several subjects in one statement; the erased are missing.
    pub async fn open_many(
        &self,
        q: &mut impl Query,
        tenant: &str,
        subjects: &[Uuid],
    ) -> Result<HashMap<Uuid, SubjectKey>, RecordError> {
        let mut open = HashMap::with_capacity(subjects.len());
        for some in subjects.chunks(256) {
            // Few lengths of the list, so that few statements are prepared.
            let length = some.len().next_power_of_two();
            let places: Vec<String> = (2..length + 2).map(|n| format!("${n}")).collect();
            let mut params = params![tenant];
            params.extend(some.iter().map(Value::from));
            params.resize(length + 1, Value::Null);
            let sql = format!(
                "SELECT subject, wrapped FROM subject_keys WHERE tenant = $1 AND subject IN ({})",
                places.join(", ")
            );
            for row in q.query(&sql, params).await? {
                let subject: Uuid = row.get("subject")?;
                if let Some(wrapped) = row.get::<Option<Vec<u8>>>("wrapped")? {
                    open.insert(subject, self.unwrap(tenant, subject, &wrapped)?);
                }
            }
        }
        Ok(open)
    }

    /// The key from the column `wrapped` of `subject_keys`, read beside the subject's own row; `None` if
    /// there is none or it was erased.
    pub fn open_wrapped(
        &self,
        tenant: &str,
        subject: Uuid,
        wrapped: Option<Vec<u8>>,
    ) -> Result<Option<SubjectKey>, RecordError> {
        Ok(wrapped.map(|wrapped| self.unwrap(tenant, subject, &wrapped)).transpose()?)
    }

    fn unwrap(&self, tenant: &str, subject: Uuid, wrapped: &[u8]) -> Result<SubjectKey, KeyError> {
        let (nonce, ct) = wrapped.split_first_chunk::<24>().ok_or(KeyError::Unfit)?;
        let context = context(tenant, subject);
        let key = XChaCha20Poly1305::new(&self.0.wrap.into())
            .decrypt(&XNonce::from(*nonce), Payload { msg: ct, aad: &context })
            .map_err(|_| KeyError::Unfit)?;
        Ok(SubjectKey::new(tenant, subject, key.try_into().map_err(|_| KeyError::Unfit)?))
    }

    /// محو: deletes a subject's key, so that none of its values can ever be read again. The empty
    /// row stays, so that the subject is not given a new key by mistake.
    pub async fn erase(&self, tx: &mut Tx, tenant: &str, subject: Uuid, now: Micros) -> Result<bool, DbError> {
        let erased = tx
            .execute(
                "UPDATE subject_keys SET wrapped = NULL, erased_at = $3 WHERE tenant = $1 AND subject = $2 AND wrapped IS NOT NULL",
                params![tenant, subject, now],
            )
            .await?;
        Ok(erased == 1)
    }
}

/// The first 16 bytes.
fn short(full: [u8; 32]) -> [u8; 16] {
    let mut short = [0; 16];
    short.iter_mut().zip(full).for_each(|(to, from)| *to = from);
    short
}

/// The length of the beginnings under which tokens are stored.
const PREFIX: usize = 3;

fn context(tenant: &str, subject: Uuid) -> Vec<u8> {
    [b"shubbak subject key 1\n".as_slice(), subject.as_bytes(), tenant.as_bytes()].concat()
}

fn file_error(path: &Path, error: &io::Error) -> KeyError {
    KeyError::File { path: path.display().to_string(), why: error.to_string() }
}

fn make_dir(dir: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|e| file_error(dir, &e))
}

/// Writes `LABEL.key` (mode 600), which must not exist yet: one line `LABEL 1 BASE64URL`.
pub fn write_key(dir: &Path, label: &str, key: &[u8; 32]) -> Result<(), KeyError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let path = dir.join(format!("{label}.key"));
    let write = || -> io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        writeln!(file, "{label} 1 {}", BASE64.encode(key))?;
        file.sync_all()
    };
    write().map_err(|e| file_error(&path, &e))
}

/// Reads what [`write_key`] wrote; refuses a file that others may read.
pub fn read_key(dir: &Path, label: &str) -> Result<[u8; 32], KeyError> {
    use std::os::unix::fs::PermissionsExt as _;
    let path = dir.join(format!("{label}.key"));
    let mut text = String::new();
    let mut file = fs::File::open(&path).map_err(|e| file_error(&path, &e))?;
    let mode = file.metadata().map_err(|e| file_error(&path, &e))?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyError::Open { path: path.display().to_string(), mode });
    }
    file.read_to_string(&mut text).map_err(|e| file_error(&path, &e))?;
    text.strip_prefix(label)
        .and_then(|rest| BASE64.decode(rest.strip_prefix(" 1 ")?.trim_end()).ok()?.try_into().ok())
        .ok_or_else(|| KeyError::Malformed(path.display().to_string()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn files_are_private_made_once_and_read_back() {
        let home = tempfile::tempdir().expect("a folder");
        let dir = home.path().join("keys");
        let made = Keyring::create(&dir, &mut StdRng::seed_from_u64(1)).expect("made");
        let read = Keyring::load(&dir).expect("read");
        assert_eq!(made.node_public(), read.node_public());
        assert_eq!(made.digest("d", "t"), read.digest("d", "t"));
        assert!(matches!(Keyring::create(&dir, &mut StdRng::seed_from_u64(2)), Err(KeyError::File { .. })));

        let wrap = dir.join("wrap.key");
        assert_eq!(fs::metadata(&wrap).expect("there").permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&wrap, fs::Permissions::from_mode(0o640)).expect("changed");
        assert!(matches!(Keyring::load(&dir), Err(KeyError::Open { mode: 0o640, .. })));
        fs::set_permissions(&wrap, fs::Permissions::from_mode(0o600)).expect("changed");
        fs::copy(dir.join("index.key"), &wrap).expect("copied");
        assert!(matches!(Keyring::load(&dir), Err(KeyError::Malformed(_))));
    }

    #[test]
    fn digests_part_domains_and_keys() {
        let keys = Keyring::seeded(1);
        assert_ne!(keys.digest("a", "bc"), keys.digest("ab", "c"));
        assert_ne!(keys.digest("a", "b"), Keyring::seeded(2).digest("a", "b"));
    }

    #[test]
    fn one_mistake_still_meets_and_two_do_not() {
        let keys = Keyring::seeded(1);
        let meets = |stored: &str, typed: &str| {
            let stored = keys.search_tokens("name", stored);
            keys.near_tokens("name", typed).iter().any(|d| stored.contains(d))
        };
        for typed in ["محمود", "محمد", "محموود", "محمىد", "مخمود", "محومد"] {
            assert!(meets("محمود", typed), "{typed}");
        }
        assert!(!meets("محمود", "ابراهيم"));
        assert!(!meets("علي", "عل"));
        assert!(keys.search_tokens("name", "محمود").contains(&keys.prefix_token("name", "محم")));
    }
}
