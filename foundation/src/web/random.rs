//! Random bytes of the operating system, for tokens and form command ids.

use rand::TryRngCore as _;
use rand::rngs::OsRng;

/// `N` random bytes; `None` when the operating system gives none.
pub(super) fn bytes<const N: usize>() -> Option<[u8; N]> {
    let mut out = [0; N];
    OsRng.try_fill_bytes(&mut out).ok().map(|()| out)
}
