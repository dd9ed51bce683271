//! Passwords: argon2id, and how long one costs whoever guesses.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use foundation::ids::Ids;
use foundation::web::PageError;
use tokio::sync::Semaphore;

/// What a hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// 19 MiB, two passes (OWASP's first choice for argon2id).
    Usual,
    /// As cheap as the algorithm allows, for tests.
    Tests,
}

/// Makes and checks password hashes, a few at a time so that logins cannot take all memory.
#[derive(Clone)]
pub struct Passwords(Arc<Inner>);

struct Inner {
    cost: Cost,
    gate: Semaphore,
    /// Stands in for the hash of an unknown user, so that both cost the same time.
    stranger: String,
    ids: Arc<Ids>,
}

/// A password that cannot be hashed or checked: a defect, never a wrong password.
#[derive(Debug, thiserror::Error)]
#[error("a password could not be hashed")]
pub struct HashError;

impl From<HashError> for PageError {
    fn from(error: HashError) -> Self {
        PageError::internal(error)
    }
}

impl Passwords {
    /// Hashing at a cost.
    pub fn new(cost: Cost, ids: Arc<Ids>) -> Self {
        let stranger = hash(cost, "nobody's password", &ids.random_bytes::<16>()).unwrap_or_default();
        Self(Arc::new(Inner { cost, gate: Semaphore::new(4), stranger, ids }))
    }

    /// The PHC string of a password.
    pub async fn hash(&self, password: &str) -> Result<String, HashError> {
        let _turn = self.0.gate.acquire().await.map_err(|_| HashError)?;
        let (cost, salt, password) = (self.0.cost, self.0.ids.random_bytes::<16>(), password.to_owned());
        tokio::task::spawn_blocking(move || hash(cost, &password, &salt)).await.map_err(|_| HashError)?
    }

    /// Whether the password is the one of `stored`; `None` (no such user) takes as long and is wrong.
    pub async fn check(&self, password: &str, stored: Option<String>) -> Result<bool, HashError> {
        let _turn = self.0.gate.acquire().await.map_err(|_| HashError)?;
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.0.stranger.clone());
        let password = password.to_owned();
        let same = tokio::task::spawn_blocking(move || {
            let parsed = PasswordHash::new(&stored).map_err(|_| HashError)?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
        })
        .await
        .map_err(|_| HashError)??;
        Ok(same && known)
    }
}

fn hash(cost: Cost, password: &str, salt: &[u8; 16]) -> Result<String, HashError> {
    let params = match cost {
        Cost::Usual => Params::new(19 * 1024, 2, 1, None),
        Cost::Tests => Params::new(Params::MIN_M_COST, 1, 1, None),
    };
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.map_err(|_| HashError)?);
    argon.hash_password_with_salt(password.as_bytes(), salt).map(|hash| hash.to_string()).map_err(|_| HashError)
}

/// A first password to read out: `k7m2-9xqp-3tvd-w8fh`, 80 bits, no letters that look alike.
pub fn one_time(ids: &Ids) -> String {
    const LETTERS: [char; 32] = [
        'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y',
        'z', '2', '3', '4', '5', '6', '7', '8', '9', '0',
    ];
    let bytes = ids.random_bytes::<16>();
    let letters: Vec<char> = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32)).copied()).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Whether a password is too easy: under ten letters, made of the login name, or among those that
/// everybody tries first. No rules about kinds of letters: they make passwords worse.
pub fn weak(password: &str, login: &str) -> bool {
    const COMMON: [&str; 14] = [
        "1234567890",
        "0123456789",
        "12345678910",
        "123456789a",
        "password",
        "qwertyuiop",
        "1q2w3e4r5t",
        "aaaaaaaaaa",
        "0000000000",
        "1111111111",
        "admin",
        "shubbak",
        "egypt",
        "مصر",
    ];
    let length = password.chars().count();
    let folded = password.to_lowercase();
    let mut kinds: Vec<char> = folded.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    let trimmed: String =
        folded.trim_matches(|letter: char| letter.is_numeric() || letter.is_ascii_punctuation()).to_owned();
    !(10..=128).contains(&length)
        || kinds.len() < 5
        || COMMON.contains(&folded.as_str())
        || COMMON.contains(&trimmed.as_str())
        || (login.len() >= 3 && trimmed == login)
}
