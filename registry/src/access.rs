//! The check inside each write (إعادة التحقق عند الكتابة): session, account and assignment, in one
//! statement of the same transaction, so that who was disabled writes nothing from that moment.

use foundation::db::{DbError, Query, Tx};
use foundation::params;
use foundation::web::PageError;
use uuid::Uuid;

use crate::days;
use crate::place::Place;
use crate::rights::Right;
use crate::sessions::{ABSOLUTE, IDLE};
use crate::viewer::Viewer;

/// Why somebody may not write.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Nobody is signed in.
    #[error("not signed in")]
    NotSignedIn,
    /// The viewer has no such right at the place.
    #[error("no such right at the place")]
    NoRight,
    /// Session, account or assignment ended meanwhile.
    #[error("the session or the assignment has ended")]
    Ended,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<Refused> for PageError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotSignedIn | Refused::Ended => PageError::SignIn,
            Refused::NoRight => PageError::forbidden(),
            Refused::Db(error) => error.into(),
        }
    }
}

/// The assignment under which the viewer may use the right at the place, confirmed at this moment.
pub async fn confirm(tx: &mut Tx, viewer: &Viewer, right: Right, place: &Place) -> Result<Uuid, Refused> {
    let held = viewer.grant(right, place).ok_or(match viewer.person() {
        Some(_) => Refused::NoRight,
        None => Refused::NotSignedIn,
    })?;
    confirm_assignment(tx, viewer, held.id).await
}

/// Confirms one of the viewer's assignments.
pub async fn confirm_assignment(tx: &mut Tx, viewer: &Viewer, assignment: Uuid) -> Result<Uuid, Refused> {
    let person = viewer.person().ok_or(Refused::NotSignedIn)?;
    if let Some(key) = viewer.key() {
        return confirm_key(tx, key.id, viewer, assignment).await;
    }
    let sql = "SELECT 1 AS yes FROM sessions s \
               JOIN staff p ON p.staff = s.staff AND p.disabled = 0 \
               JOIN staff_secrets x ON x.staff = s.staff AND x.must_change = 0 \
               JOIN assignments a ON a.staff = s.staff AND a.revoked = 0 \
               WHERE s.token = $1 AND s.ended_at IS NULL AND s.started_at > $2 AND s.seen_at > $3 \
                 AND a.assignment = $4 AND a.first_day <= $5 AND (a.last_day IS NULL OR a.last_day >= $5)";
    let at = viewer.at();
    let today = days::today(at).to_string();
    let params = params![person.session.as_slice(), at.minus(ABSOLUTE), at.minus(IDLE), assignment, today];
    tx.query_opt(sql, params).await?.map(|_| assignment).ok_or(Refused::Ended)
}

/// The same for a program: its key, the account and the assignment are in force at this moment.
async fn confirm_key(tx: &mut Tx, key: Uuid, viewer: &Viewer, assignment: Uuid) -> Result<Uuid, Refused> {
    let sql = "SELECT 1 AS yes FROM staff_keys k JOIN staff p ON p.staff = k.staff AND p.disabled = 0 \
               JOIN assignments a ON a.staff = k.staff AND a.revoked = 0 \
               WHERE k.key_id = $1 AND k.revoked = 0 AND k.last_day >= $3 \
                 AND a.assignment = $2 AND a.first_day <= $3 AND (a.last_day IS NULL OR a.last_day >= $3)";
    let today = days::today(viewer.at()).to_string();
    tx.query_opt(sql, params![key, assignment, today]).await?.map(|_| assignment).ok_or(Refused::Ended)
}

/// Confirms the session and the account, for what concerns only oneself.
pub async fn confirm_signed_in(tx: &mut Tx, viewer: &Viewer) -> Result<Uuid, Refused> {
    let person = viewer.person().ok_or(Refused::NotSignedIn)?;
    let sql = "SELECT 1 AS yes FROM sessions s JOIN staff p ON p.staff = s.staff AND p.disabled = 0 \
               WHERE s.token = $1 AND s.ended_at IS NULL AND s.started_at > $2 AND s.seen_at > $3";
    let at = viewer.at();
    let params = params![person.session.as_slice(), at.minus(ABSOLUTE), at.minus(IDLE)];
    tx.query_opt(sql, params).await?.map(|_| person.id).ok_or(Refused::Ended)
}
