//! Recording, correcting and erasing applicants.

use foundation::clock::Micros;
use foundation::db::{DbError, Tx};
use foundation::web::PageError;
use record::{Command, Part, Record, RecordError, SubjectKey};
use uuid::Uuid;

use super::events::PersonEvent;
use super::rules::{self, Applicant, Correction, Refusal};
use super::{store, stream};
use crate::access::{self, Refused};
use crate::place::Place;
use crate::rights::Right;
use crate::site::Site;
use crate::units::store_tools::draft;
use crate::viewer::Viewer;

/// Why a command about an applicant did not come about.
#[derive(Debug, thiserror::Error)]
pub enum CitizenError {
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The viewer may not.
    #[error(transparent)]
    Access(#[from] Refused),
    /// The record: a conflict, a fault.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<DbError> for CitizenError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unique(name) if name.contains("identity") => Self::Refused(Refusal::IdentityTaken),
            error => Self::Record(error.into()),
        }
    }
}

impl From<CitizenError> for PageError {
    fn from(error: CitizenError) -> Self {
        match error {
            CitizenError::Access(refused) => refused.into(),
            CitizenError::Record(error) => crate::pages::record_error(error),
            CitizenError::Refused(Refusal::NoPerson) => PageError::NotFound,
            CitizenError::Refused(Refusal::Erased) => PageError::Gone(None),
            CitizenError::Refused(refusal) => PageError::internal(refusal),
        }
    }
}

/// The applicant of a request being taken in.
#[derive(Debug, Clone)]
pub struct Intake {
    /// Id of the applicant within the tenant.
    pub person: Uuid,
    /// The key of their values.
    pub key: SubjectKey,
    /// What to append beside the request's events; `None` if nothing is new.
    pub part: Option<Part>,
}

/// Finds the applicant by number, or by the id that the clerk chose, or takes a new one; gives what
/// the request's own append has to carry. `fresh` becomes the id of a new applicant. Only who was seen at
/// a window (`vouched`) changes what is known: from home anybody could type anybody's number.
pub async fn intake(
    tx: &mut Tx,
    record: &Record,
    tenant: &str,
    applicant: &Applicant,
    chosen: Option<Uuid>,
    fresh: Uuid,
    vouched: bool,
) -> Result<Intake, CitizenError> {
    let known = match (&applicant.identity, chosen) {
        (Some(identity), _) => store::stored_by_identity(tx, record.keyring(), tenant, identity).await?,
        (None, Some(person)) => store::stored(tx, tenant, person).await?,
        (None, None) => None,
    };
    let Some((row, old)) = known.and_then(|row| row.values().map(|values| (row, values))) else {
        let key = record.keyring().new_subject(tx, tenant, fresh, record.clock().now()).await?;
        let event = PersonEvent::PersonRecorded(rules::encrypt(&key, applicant)?);
        let part = Part { stream: stream(fresh), expected: 0, drafts: vec![draft(&event)?] };
        return Ok(Intake { person: fresh, key, part: Some(part) });
    };
    let key = record.keyring().open(tx, tenant, row.id).await?.ok_or(Refusal::Erased)?;
    let new = rules::merged(&old, rules::encrypt(&key, applicant)?);
    let part = if new == old || !vouched {
        None
    } else {
        Some(Part {
            stream: stream(row.id),
            expected: row.version,
            drafts: vec![draft(&PersonEvent::PersonCorrected(new))?],
        })
    };
    Ok(Intake { person: row.id, key, part })
}

/// Corrects an applicant's values. `seen` is the version that the form showed: what somebody else
/// has changed since is a conflict.
pub async fn correct(
    site: &Site,
    viewer: &Viewer,
    place: Place,
    command: Uuid,
    person: Uuid,
    seen: i64,
    correction: Correction,
) -> Result<(), CitizenError> {
    let (record, viewer, at) = (site.record.clone(), viewer.clone(), viewer.at());
    let outcome = site
        .db
        .write(move |tx| {
            let (record, viewer, place) = (record.clone(), viewer.clone(), place.clone());
            let correction = correction.clone();
            Box::pin(async move {
                let assignment = access::confirm(tx, &viewer, Right::CorrectPersons, &place).await?;
                let tenant = place.tenant();
                let row = store::stored(tx, tenant, person).await?.ok_or(Refusal::NoPerson)?;
                let old = row.values().ok_or(Refusal::Erased)?;
                let key = record.keyring().open(tx, tenant, person).await?.ok_or(Refusal::Erased)?;
                let Some((values, reason)) = rules::amended(&key, &old, &correction)? else { return Ok(()) };
                let command = Command {
                    id: command,
                    tenant: tenant.to_owned(),
                    actor: viewer.staff(),
                    assignment: Some(assignment),
                    on_behalf: None,
                    occurred_at: at,
                };
                let event = PersonEvent::PersonAmended { values, reason };
                record.append(tx, &command, stream(person), seen, &[draft(&event)?]).await?;
                Ok::<_, CitizenError>(())
            })
        })
        .await;
    answered(outcome)
}

/// An erasure on its way in.
#[derive(Debug, Clone)]
pub struct Erasure {
    /// Who wants it; none is the node's owner at the command line.
    pub viewer: Option<Viewer>,
    /// Where: its tenant is the person's.
    pub place: Place,
    /// Id of the command.
    pub command: Uuid,
    /// The person.
    pub person: Uuid,
    /// On what ground.
    pub ground: String,
}

/// Erases an applicant's data: the event, the rows and the key, in one transaction.
pub async fn erase(site: &Site, erasure: Erasure) -> Result<(), CitizenError> {
    let (record, at) = (site.record.clone(), site.clock.now());
    let outcome = site
        .db
        .write(move |tx| {
            let (record, erasure) = (record.clone(), erasure.clone());
            Box::pin(async move { erase_in(tx, &record, &erasure, at).await })
        })
        .await;
    answered(outcome)
}

/// The same inside a transaction that has asked more than the registry can know.
pub async fn erase_in(tx: &mut Tx, record: &Record, erasure: &Erasure, at: Micros) -> Result<(), CitizenError> {
    let ground = rules::ground(&erasure.ground)?;
    let (place, person) = (&erasure.place, erasure.person);
    let assignment = match &erasure.viewer {
        Some(viewer) => Some(access::confirm(tx, viewer, Right::CorrectPersons, place).await?),
        None => None,
    };
    let tenant = place.tenant();
    let row = store::stored(tx, tenant, person).await?.ok_or(Refusal::NoPerson)?;
    if row.erased {
        return Ok(());
    }
    let command = Command {
        id: erasure.command,
        tenant: tenant.to_owned(),
        actor: erasure.viewer.as_ref().and_then(Viewer::staff),
        assignment,
        on_behalf: None,
        occurred_at: at,
    };
    let event = PersonEvent::PersonErased { ground };
    record.append(tx, &command, stream(person), row.version, &[draft(&event)?]).await?;
    record.keyring().erase(tx, tenant, person, at).await?;
    Ok(())
}

/// A repeated form has the same answer.
fn answered(outcome: Result<(), CitizenError>) -> Result<(), CitizenError> {
    match outcome {
        Err(CitizenError::Record(RecordError::Repeated(_))) => Ok(()),
        other => other,
    }
}
