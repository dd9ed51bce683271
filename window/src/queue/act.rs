//! Commands of the queue (إجراءات الطابور): read → decide → append → apply, in one transaction each.
//!
//! Two windows that call at once meet at the version of the ticket: one wins, the other decides anew and
//! calls the next. A form sent twice is answered from the record.

mod book;
mod desk;
mod hall;
mod take;

use std::sync::Arc;

use foundation::clock::Micros;
use foundation::db::{DbError, Tx};
use foundation::web::PageError;
use record::{BoxFuture, Command, Event, KeyError, RecordError};
use registry::access::Refused;
use registry::place::WINDOW;
use registry::units::Centre;
use registry::{Place, Viewer};
use uuid::Uuid;

use super::rules::Refusal;
use crate::Office;

pub use self::book::{Booked, Wish, book, cancel_booking, move_booking};
pub(super) use self::book::{forget, miss, reminded};
pub use self::desk::{At, Do, carry_out};
pub(super) use self::hall::digest;
pub use self::hall::{enrol, set_hall, withdraw};
pub use self::take::{Giver, Take, cancel_ticket, take};

/// Why a command did not come about (سبب عدم التنفيذ).
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// No such ticket, booking or centre.
    #[error("not there")]
    NotFound,
    /// The viewer may not.
    #[error(transparent)]
    Access(#[from] Refused),
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The record failed.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<DbError> for QueueError {
    fn from(error: DbError) -> Self {
        match error {
            // PostgreSQL names the index, SQLite its columns.
            DbError::Unique(name) if name.contains("bookings_once") || name.contains("bookings.digest") => {
                Self::Refused(Refusal::Once)
            }
            error => Self::Record(error.into()),
        }
    }
}

impl From<KeyError> for QueueError {
    fn from(error: KeyError) -> Self {
        Self::Record(error.into())
    }
}

/// For handlers that have no page of their own for it; forms show refusals.
impl From<QueueError> for PageError {
    fn from(error: QueueError) -> Self {
        match error {
            QueueError::NotFound => Self::NotFound,
            QueueError::Access(refused) => refused.into(),
            QueueError::Record(RecordError::Db(error)) => error.into(),
            error => Self::from_error(&error),
        }
    }
}

/// How often a command is decided anew after somebody else was faster. As many windows as a hall has may call in
/// one moment.
const TRIES: u32 = 40;

type Work<J> = for<'a> fn(&'a mut Tx, Arc<J>) -> BoxFuture<'a, Result<Vec<Event>, QueueError>>;

/// Runs work until nobody was faster, and answers when its events are sealed. What is refused now may have been
/// carried out before: the same form sent again is answered from the record.
async fn attempts<J: Send + Sync + 'static>(
    office: &Office,
    (tenant, command): (&str, Uuid),
    job: J,
    work: Work<J>,
) -> Result<Vec<Event>, QueueError> {
    let job = Arc::new(job);
    let mut tries = 0;
    let events = loop {
        tries += 1;
        let ours = job.clone();
        let outcome = office.db.write(move |tx| {
            let ours = ours.clone();
            Box::pin(async move { work(tx, ours).await })
        });
        match outcome.await.map_err(once) {
            Ok(events) => break events,
            Err(QueueError::Record(RecordError::Repeated(events))) => break events,
            Err(QueueError::Record(RecordError::Conflict { .. } | RecordError::Db(DbError::Unique(_))))
                if tries < TRIES => {}
            Err(QueueError::Refused(refusal)) => {
                let before = office.record.repeated(&mut office.db.reader(), tenant, command).await?;
                if before.is_empty() {
                    return Err(refusal.into());
                }
                break before;
            }
            Err(error) => return Err(error),
        }
    };
    let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    office.record.wait_sealed(&ids).await?;
    Ok(events)
}

/// A uniqueness that `apply` met says what the constraint is for.
fn once(error: QueueError) -> QueueError {
    match error {
        QueueError::Record(RecordError::Db(error)) => error.into(),
        error => error,
    }
}

/// The windows of a centre, as a place of rights.
pub(super) fn windows_of(office: &Office, centre: &Centre) -> Option<Place> {
    Some(Place::department(office.units.now().path(&centre.unit)?, WINDOW))
}

/// Governorate of a centre.
pub(super) fn tenant_of(office: &Office, centre: &Centre) -> Option<String> {
    office.units.now().unit(&centre.unit).map(|unit| unit.tenant.clone())
}

/// The envelope of a command of a member of staff under an assignment, of a device or the public, or of the machine.
fn envelope(id: Uuid, tenant: &str, viewer: Option<&Viewer>, assignment: Option<Uuid>, now: Micros) -> Command {
    Command {
        id,
        tenant: tenant.to_owned(),
        actor: viewer.and_then(Viewer::staff),
        assignment,
        on_behalf: None,
        occurred_at: now,
    }
}
