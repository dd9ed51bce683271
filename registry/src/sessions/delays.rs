//! Growing delays instead of lockout (تأخير متزايد): per account and per address, stored, bounded.
//!
//! A failure is written down before the password is looked at, so that guesses sent at once count
//! too; a success takes it back. Asking again during a delay does not lengthen it.

use foundation::clock::Micros;
use foundation::db::{DbError, Query, Tx};
use foundation::params;

/// Failures are forgotten after this time without another.
const FORGET: i64 = Micros::HOUR;
/// Longest delay.
const LONGEST: i64 = 5 * Micros::MINUTE;
/// Most rows kept; the oldest go first.
const ROWS: i64 = 50_000;

/// Whom a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Account,
    Address,
}

impl Subject {
    pub(super) fn code(self) -> &'static str {
        match self {
            Subject::Account => "account",
            Subject::Address => "address",
        }
    }

    /// Failures without a delay: whole offices share one address.
    fn free(self) -> i64 {
        match self {
            Subject::Account => 3,
            Subject::Address => 30,
        }
    }
}

/// Microseconds to wait after so many failures of an account: none for three, then 2, 4, 8 …
/// seconds, at most five minutes.
pub fn wait_after(failures: i64) -> i64 {
    wait(Subject::Account, failures)
}

fn wait(subject: Subject, failures: i64) -> i64 {
    let beyond = failures - subject.free();
    if beyond <= 0 {
        return 0;
    }
    let doubled = u32::try_from(beyond).ok().and_then(|beyond| 1_i64.checked_shl(beyond)).filter(|wait| *wait > 0);
    doubled.and_then(|seconds| seconds.checked_mul(Micros::SECOND)).unwrap_or(LONGEST).min(LONGEST)
}

/// Why an attempt is not looked at.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotNow {
    /// So many microseconds are left to wait.
    #[error("too many failures")]
    Wait(i64),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Counts an attempt as failed for now. The row is counted up and locked in one statement, so that
/// of guesses sent at once each sees the one before; a refusal undoes what was counted before it.
pub(super) async fn attempt(tx: &mut Tx, subjects: &[(Subject, [u8; 16])], now: Micros) -> Result<(), NotNow> {
    for (subject, id) in subjects {
        let sql = "INSERT INTO login_failures (kind, subject, failures, last_at, wait_until) VALUES ($1, $2, 1, $3, 0) \
                   ON CONFLICT (kind, subject) DO UPDATE SET last_at = excluded.last_at, \
                   failures = CASE WHEN login_failures.last_at < $4 THEN 1 ELSE login_failures.failures + 1 END \
                   WHERE login_failures.wait_until <= excluded.last_at RETURNING failures";
        let row = tx.query_opt(sql, params![subject.code(), id.as_slice(), now, now.minus(FORGET)]).await?;
        let Some(row) = row else {
            let sql = "SELECT wait_until FROM login_failures WHERE kind = $1 AND subject = $2";
            let until: Micros = tx.query_one(sql, params![subject.code(), id.as_slice()]).await?.get("wait_until")?;
            return Err(NotNow::Wait(until.since(now).max(1)));
        };
        let until = now.plus(wait(*subject, row.get("failures")?));
        let sql = "UPDATE login_failures SET wait_until = $3 WHERE kind = $1 AND subject = $2";
        tx.execute(sql, params![subject.code(), id.as_slice(), until]).await?;
    }
    tx.execute("DELETE FROM login_failures WHERE last_at < $1", params![now.minus(FORGET)]).await?;
    // Names made up by a guesser must not fill the disk.
    let sql = "DELETE FROM login_failures WHERE last_at <= \
               (SELECT last_at FROM login_failures ORDER BY last_at DESC LIMIT 1 OFFSET $1)";
    tx.execute(sql, params![ROWS]).await?;
    Ok(())
}

/// Takes the attempt back after a success: the account starts anew, the address has one failure less.
pub(super) async fn succeeded(tx: &mut Tx, account: &[u8; 16], address: &[u8; 16]) -> Result<(), DbError> {
    tx.execute(
        "DELETE FROM login_failures WHERE (kind = 'account' AND subject = $1) OR (kind = 'address' AND subject = $2 AND failures <= 1)",
        params![account.as_slice(), address.as_slice()],
    )
    .await?;
    tx.execute(
        "UPDATE login_failures SET failures = failures - 1, wait_until = 0 WHERE kind = 'address' AND subject = $1",
        params![address.as_slice()],
    )
    .await?;
    Ok(())
}

/// Forgets the failures of an account.
pub(super) async fn forget(tx: &mut Tx, account: &[u8; 16]) -> Result<(), DbError> {
    let sql = "DELETE FROM login_failures WHERE kind = 'account' AND subject = $1";
    tx.execute(sql, params![account.as_slice()]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn three_are_free_then_it_doubles_up_to_five_minutes() {
        let seconds: Vec<i64> = (0..14).map(|n| wait_after(n) / Micros::SECOND).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    proptest! {
        #[test]
        fn it_never_shrinks_and_never_exceeds_the_longest(failures in 0_i64..10_000) {
            for subject in [Subject::Account, Subject::Address] {
                prop_assert!(wait(subject, failures) <= wait(subject, failures + 1));
                prop_assert!((0..=LONGEST).contains(&wait(subject, failures)));
            }
        }
    }
}
