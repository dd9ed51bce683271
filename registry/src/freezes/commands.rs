//! Ordering and lifting freezes.

use foundation::db::DbError;
use jiff::civil::Date;
use record::{Command, Event, RecordError, Stream};
use uuid::Uuid;

use super::events::FreezeEvent;
use super::rules::{self, FreezeRefusal, Order};
use crate::access::{self, Refused};
use crate::place::Place;
use crate::rights::Right;
use crate::site::Site;
use crate::units::store_tools::{count_change, draft};
use crate::viewer::Viewer;

/// Why a freeze did not come about.
#[derive(Debug, thiserror::Error)]
pub enum FreezeError {
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] FreezeRefusal),
    /// The viewer may not.
    #[error(transparent)]
    Access(#[from] Refused),
    /// The record: a conflict, a repetition, a fault.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<DbError> for FreezeError {
    fn from(error: DbError) -> Self {
        Self::Record(error.into())
    }
}

/// A form on its way in.
#[derive(Debug, Clone, Copy)]
pub struct FreezeWrite {
    /// Id of the freeze; the form of a new one draws it.
    pub freeze: Uuid,
    /// Id of the command.
    pub command: Uuid,
}

/// Orders a freeze in a unit and all below it.
///
/// # Errors
/// [`FreezeError`].
pub async fn order(
    site: &Site,
    viewer: &Viewer,
    write: FreezeWrite,
    unit: &str,
    order: Order,
) -> Result<(), FreezeError> {
    let place = site.units.now().unit(unit).map(|unit| unit.place()).ok_or(FreezeRefusal::NoUnit)?;
    let event = rules::decide(unit, &order, crate::days::today(viewer.at()))?;
    append(site, viewer, write, place, 0, event).await
}

/// Lifts a freeze before its day, by a decision of its own.
///
/// # Errors
/// [`FreezeError`].
pub async fn lift(
    site: &Site,
    viewer: &Viewer,
    write: FreezeWrite,
    decision: &str,
    dated: Date,
) -> Result<(), FreezeError> {
    let tree = site.units.now();
    let freeze = tree.freeze(write.freeze).ok_or(FreezeRefusal::Over)?;
    let place = tree.unit(&freeze.unit).map(|unit| unit.place()).ok_or(FreezeRefusal::NoUnit)?;
    let event = match rules::decide_lift(freeze, decision, dated, crate::days::today(viewer.at())) {
        Ok(event) => event,
        // Refused because it is done already: a form sent twice is answered from the record.
        Err(refusal) => {
            let before = site.record.repeated(&mut site.db.reader(), place.tenant(), write.command).await?;
            return if before.is_empty() { Err(refusal.into()) } else { Ok(()) };
        }
    };
    append(site, viewer, write, place, freeze.version, event).await
}

async fn append(
    site: &Site,
    viewer: &Viewer,
    write: FreezeWrite,
    place: Place,
    expected: i64,
    event: FreezeEvent,
) -> Result<(), FreezeError> {
    let drafts = vec![draft(&event)?];
    let (record, by) = (site.record.clone(), viewer.clone());
    let outcome: Result<Vec<Event>, FreezeError> = site
        .db
        .write(move |tx| {
            let (record, viewer, place, drafts) = (record.clone(), by.clone(), place.clone(), drafts.clone());
            Box::pin(async move {
                let assignment = access::confirm(tx, &viewer, Right::FreezeLicensing, &place).await?;
                let command = Command {
                    id: write.command,
                    tenant: place.tenant().to_owned(),
                    actor: viewer.staff(),
                    assignment: Some(assignment),
                    on_behalf: None,
                    occurred_at: viewer.at(),
                };
                let stream = Stream::new(super::STREAM, write.freeze);
                let events = record.append(tx, &command, stream, expected, &drafts).await?;
                count_change(tx).await?;
                Ok(events)
            })
        })
        .await;
    match outcome {
        Ok(_) => Ok(site.units.reload(&site.db).await?),
        // The same form again: the same answer.
        Err(FreezeError::Record(RecordError::Repeated(_))) => Ok(()),
        Err(error) => Err(error),
    }
}
