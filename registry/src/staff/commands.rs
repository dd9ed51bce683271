//! Carrying commands about staff out.

use foundation::clock::Micros;
use foundation::db::{DbError, Tx};
use foundation::web::PageError;
use record::{BoxFuture, Command, RecordError};
use uuid::Uuid;

use super::events::StaffEvent;
use super::keys::NewKey;
use super::passwords::{HashError, one_time, weak};
use super::rules::{self, Actor, Asked, Person, Refusal};
use super::{store, stream};
use crate::access::{self, Refused};
use crate::days;
use crate::rights::Right;
use crate::site::Site;
use crate::units::store_tools::draft;
use crate::viewer::{Assignment, Viewer};

/// Why a command about staff did not come about.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The viewer may not, or no longer.
    #[error(transparent)]
    Access(#[from] Refused),
    /// The old password was guessed too often.
    #[error("too many wrong passwords")]
    Wait {
        /// Seconds to wait.
        seconds: u64,
    },
    /// A password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The record: a conflict, a fault.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<DbError> for StaffError {
    fn from(error: DbError) -> Self {
        Self::Record(error.into())
    }
}

/// Who gives a command.
#[derive(Debug, Clone)]
pub enum By {
    /// The node's owner: `shubbak user`, demo data.
    Machine,
    /// A signed-in member of staff.
    Viewer(Viewer),
}

impl By {
    pub(crate) fn actor(&self) -> Actor<'_> {
        match self {
            By::Viewer(viewer) => match viewer.staff() {
                Some(id) => Actor::Staff { id, held: viewer.assignments() },
                None => Actor::Staff { id: Uuid::nil(), held: &[] },
            },
            By::Machine => Actor::Machine,
        }
    }

    pub(crate) fn staff(&self) -> Option<Uuid> {
        match self {
            By::Machine => None,
            By::Viewer(viewer) => viewer.staff(),
        }
    }
}

/// A password shown once, to the one who hands it over.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTime(pub String);

impl std::fmt::Debug for OneTime {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("OneTime(***)")
    }
}

/// A person to add.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Id of the command, from the form; the person's id follows from it.
    pub command: Uuid,
    /// Login name.
    pub login: String,
    /// Arabic name.
    pub name: String,
    /// The unit to which the person belongs.
    pub unit: String,
    /// A password of the caller's choice, not to be changed at once (demo); otherwise one is made.
    pub password: Option<String>,
}

/// A person added.
#[derive(Debug, Clone)]
pub struct Added {
    /// Id.
    pub staff: Uuid,
    /// First password; `None` if the caller gave one or the command had been carried out before.
    pub password: Option<OneTime>,
}

/// A role to give.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Id of the command, from the form; the assignment's id follows from it.
    pub command: Uuid,
    /// To whom.
    pub staff: Uuid,
    /// What.
    pub asked: Asked,
}

/// Adds a person with a first password that must be changed at once.
pub async fn add(site: &Site, by: &By, new: NewPerson) -> Result<Added, StaffError> {
    let (under, event) = rules::decide_add(by.actor(), &site.units.now(), &new.login, &new.name, &new.unit)?;
    let StaffEvent::StaffAdded { path, .. } = &event else { return Err(Refusal::NoUnit.into()) };
    let place = crate::Place::unit(crate::UnitPath::stored(path));
    // The same form gives the same person.
    let staff = crate::units::name_id("staff", &new.command.to_string());
    let first = new.password.is_none().then(|| one_time(&site.ids));
    let hash = site.sessions.passwords().hash(first.as_deref().or(new.password.as_deref()).unwrap_or_default()).await?;
    let must_change = first.is_some();
    let (by, record, at) = (by.clone(), site.record.clone(), site.clock.now());
    let outcome = site
        .db
        .write(move |tx| {
            let (by, record, under, event, place, hash) =
                (by.clone(), record.clone(), under.clone(), event.clone(), place.clone(), hash.clone());
            Box::pin(async move {
                let assignment = confirm(tx, &by, under.as_ref(), Right::ManagePeople, &place).await?;
                let command = envelope(new.command, place.tenant(), &by, assignment, at);
                record.append(tx, &command, stream(staff), 0, &[draft(&event)?]).await?;
                store::set_password(tx, staff, &hash, must_change, at).await?;
                Ok::<_, StaffError>(())
            })
        })
        .await;
    match outcome {
        Ok(()) => Ok(Added { staff, password: first.map(OneTime) }),
        Err(StaffError::Record(RecordError::Repeated(_))) => Ok(Added { staff, password: None }),
        Err(StaffError::Record(RecordError::Db(DbError::Unique(name)))) if name.contains("login") => {
            Err(Refusal::LoginTaken.into())
        }
        Err(error) => Err(error),
    }
}

/// Gives a role; answers with the id of the assignment.
pub async fn grant(site: &Site, by: &By, grant: Grant) -> Result<Uuid, StaffError> {
    let (tree, today) = (site.units.now(), days::today(site.clock.now()));
    let fresh = crate::units::name_id("assignment", &grant.command.to_string());
    let asked = grant.asked;
    decide(site, by, grant.command, grant.staff, Right::GrantRoles, None, move |actor, person| {
        rules::decide_grant(actor, &tree, person, &asked, fresh, today)
    })
    .await?;
    Ok(fresh)
}

/// Withdraws a role.
pub async fn revoke(
    site: &Site,
    by: &By,
    command: Uuid,
    staff: Uuid,
    assignment: Uuid,
    reason: &str,
) -> Result<(), StaffError> {
    let reason = reason.to_owned();
    decide(site, by, command, staff, Right::GrantRoles, None, move |actor, person| {
        rules::decide_revoke(actor, person, assignment, &reason)
    })
    .await
    .map(drop)
}

/// Closes an account: its sessions end, and it writes nothing from this moment on.
pub async fn disable(site: &Site, by: &By, command: Uuid, staff: Uuid, reason: &str) -> Result<(), StaffError> {
    let reason = reason.to_owned();
    let after: After =
        Box::new(|tx, staff, at| Box::pin(async move { store::end_sessions(tx, staff, None, at).await.map(drop) }));
    decide(site, by, command, staff, Right::ManagePeople, Some(after), move |actor, person| {
        rules::decide_disable(actor, person, &reason)
    })
    .await
    .map(drop)
}

/// Opens a closed account.
pub async fn enable(site: &Site, by: &By, command: Uuid, staff: Uuid) -> Result<(), StaffError> {
    decide(site, by, command, staff, Right::ManagePeople, None, rules::decide_enable).await.map(drop)
}

/// Gives out a new first password; the person's sessions end. A repeated command gives out none:
/// the password was shown, and is not kept.
pub async fn reset_password(site: &Site, by: &By, command: Uuid, staff: Uuid) -> Result<Option<OneTime>, StaffError> {
    let password = one_time(&site.ids);
    let hash = site.sessions.passwords().hash(&password).await?;
    let after: After = Box::new(move |tx, staff, at| {
        let hash = hash.clone();
        Box::pin(async move {
            store::set_password(tx, staff, &hash, true, at).await?;
            store::end_sessions(tx, staff, None, at).await.map(drop)
        })
    });
    let new = decide(site, by, command, staff, Right::ManagePeople, Some(after), rules::decide_reset).await?;
    Ok(new.then_some(OneTime(password)))
}

/// Changes one's own password; all other sessions of the person end.
pub async fn change_own_password(
    site: &Site,
    viewer: &Viewer,
    command: Uuid,
    old: &str,
    new: &str,
) -> Result<(), StaffError> {
    let Some(person) = viewer.person() else { return Err(Refused::NotSignedIn.into()) };
    if let Some(seconds) = crate::sessions::guess(site, &person.login).await? {
        return Err(StaffError::Wait { seconds });
    }
    let stored = super::queries::password(&mut site.db.reader(), person.id).await?;
    if !site.sessions.passwords().check(old, stored).await? {
        return Err(Refusal::OldPassword.into());
    }
    crate::sessions::guessed(site, &person.login).await?;
    if old == new || weak(new, &person.login) {
        return Err(Refusal::WeakPassword.into());
    }
    let hash = site.sessions.passwords().hash(new).await?;
    let (viewer, record, at, staff) = (viewer.clone(), site.record.clone(), site.clock.now(), person.id);
    let today = days::today(at).to_string();
    site.db
        .write(move |tx| {
            let (viewer, record, hash, today) = (viewer.clone(), record.clone(), hash.clone(), today.clone());
            Box::pin(async move {
                access::confirm_signed_in(tx, &viewer).await?;
                let (_, tenant, version) = store::person(tx, staff, &today).await?.ok_or(Refusal::NoPerson)?;
                let command = envelope(command, &tenant, &By::Viewer(viewer.clone()), None, at);
                record.append(tx, &command, stream(staff), version, &[draft(&StaffEvent::PasswordChanged {})?]).await?;
                store::set_password(tx, staff, &hash, false, at).await?;
                let own = viewer.person().map(|person| person.session.as_slice());
                store::end_sessions(tx, staff, own, at).await?;
                Ok::<_, StaffError>(())
            })
        })
        .await
        .or_else(|error| match error {
            StaffError::Record(RecordError::Repeated(_)) => Ok(()),
            error => Err(error),
        })?;
    site.sessions.forget_all();
    Ok(())
}

/// Gives a program a key to act as this account. The key is shown once, to the one who hands it over; a
/// repeated command gives none.
pub async fn give_key(
    site: &Site,
    by: &By,
    command: Uuid,
    staff: Uuid,
    new: NewKey,
) -> Result<Option<(Uuid, OneTime)>, StaffError> {
    let today = days::today(site.clock.now());
    let id = crate::units::name_id("staff-key", &command.to_string());
    let (secret, digest) = super::keys::fresh(&site.ids);
    let given = decide(site, by, command, staff, Right::ManagePeople, None, move |actor, person| {
        rules::decide_key(actor, person, &new, (id, digest.as_str()), today)
    })
    .await?;
    Ok(given.then_some((id, OneTime(secret))))
}

/// Revokes a key: it opens nothing from this moment on.
pub async fn revoke_key(
    site: &Site,
    by: &By,
    command: Uuid,
    staff: Uuid,
    key: Uuid,
    reason: &str,
) -> Result<(), StaffError> {
    match store::key(&mut site.db.reader(), staff, key).await? {
        None => return Err(Refusal::NoKey.into()),
        Some(true) => return Err(Refusal::Unchanged.into()),
        Some(false) => {}
    }
    let reason = reason.to_owned();
    decide(site, by, command, staff, Right::ManagePeople, None, move |actor, person| {
        rules::decide_key_revoked(actor, person, key, &reason)
    })
    .await
    .map(drop)
}

/// What a command does besides its event, in the same transaction.
type After = Box<dyn for<'a> Fn(&'a mut Tx, Uuid, Micros) -> BoxFuture<'a, Result<(), DbError>> + Send + Sync>;

/// Reads the person, decides, checks the actor's session and assignment again, records. False: the
/// command had been carried out before.
async fn decide(
    site: &Site,
    by: &By,
    command: Uuid,
    staff: Uuid,
    right: Right,
    after: Option<After>,
    decide: impl Fn(Actor<'_>, &Person) -> Result<(Option<Assignment>, StaffEvent), Refusal> + Send + Sync + 'static,
) -> Result<bool, StaffError> {
    let (by, record, at) = (by.clone(), site.record.clone(), site.clock.now());
    let today = days::today(at).to_string();
    let shared = std::sync::Arc::new((decide, after));
    let outcome = site
        .db
        .write(move |tx| {
            let (by, record, today, shared) = (by.clone(), record.clone(), today.clone(), shared.clone());
            Box::pin(async move {
                let (decide, after) = &*shared;
                let (person, tenant, version) = store::person(tx, staff, &today).await?.ok_or(Refusal::NoPerson)?;
                // A repeated form is answered before the rules look at what it has changed.
                if !record.repeated(tx, &tenant, command).await?.is_empty() {
                    return Ok(false);
                }
                let (under, event) = decide(by.actor(), &person)?;
                let place = under.as_ref().map(Assignment::place).unwrap_or_else(crate::Place::national);
                let assignment = confirm(tx, &by, under.as_ref(), right, &place).await?;
                let command = envelope(command, &tenant, &by, assignment, at);
                record.append(tx, &command, stream(staff), version, &[draft(&event)?]).await?;
                if let Some(after) = after {
                    after(tx, staff, at).await?;
                }
                Ok::<_, StaffError>(true)
            })
        })
        .await;
    // Whoever was disabled or lost a role must not read on from the cache.
    site.sessions.forget_all();
    outcome
}

async fn confirm(
    tx: &mut Tx,
    by: &By,
    under: Option<&Assignment>,
    right: Right,
    place: &crate::Place,
) -> Result<Option<Uuid>, StaffError> {
    match (by, under) {
        (By::Machine, _) => Ok(None),
        (By::Viewer(viewer), Some(under)) if under.gives(right, place) => {
            Ok(Some(access::confirm_assignment(tx, viewer, under.id).await?))
        }
        (By::Viewer(_), _) => Err(Refused::NoRight.into()),
    }
}

fn envelope(id: Uuid, tenant: &str, by: &By, assignment: Option<Uuid>, at: Micros) -> Command {
    Command { id, tenant: tenant.to_owned(), actor: by.staff(), assignment, on_behalf: None, occurred_at: at }
}

impl From<StaffError> for PageError {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::Access(refused) => refused.into(),
            StaffError::Hash(error) => error.into(),
            StaffError::Wait { seconds } => PageError::TooMany { seconds },
            StaffError::Record(error) => crate::pages::record_error(error),
            StaffError::Refused(Refusal::NoPerson | Refusal::NoAssignment | Refusal::NoKey) => PageError::NotFound,
            StaffError::Refused(Refusal::AboveOrOutside | Refusal::OwnAccount) => PageError::forbidden(),
            StaffError::Refused(refusal) => PageError::internal(refusal),
        }
    }
}
