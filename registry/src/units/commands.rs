//! Carrying changes of units and calendars out.

use foundation::db::DbError;
use record::{Command, Event, RecordError};
use uuid::Uuid;

use super::rules::{self, CalendarChange, Refusal, UnitChange};
use super::store;
use super::vans::{self, VanChange};
use crate::access::{self, Refused};
use crate::place::Place;
use crate::rights::Right;
use crate::site::Site;
use crate::viewer::Viewer;

/// Why a change did not come about.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The viewer may not.
    #[error(transparent)]
    Access(#[from] Refused),
    /// The record: a conflict, a repetition, a fault.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<DbError> for ChangeError {
    fn from(error: DbError) -> Self {
        Self::Record(error.into())
    }
}

/// A change on its way in: who, where, under which command id.
#[derive(Debug, Clone)]
pub struct UnitWrite {
    /// The unit.
    pub unit: String,
    /// Id of the command, from the form.
    pub command: Uuid,
    /// Version of the stream that the form showed; `None` takes the one known now.
    pub version: Option<i64>,
}

/// Changes a unit: windows, committees, departments, vans.
pub async fn change(
    site: &Site,
    viewer: &Viewer,
    write: UnitWrite,
    change: UnitChange,
) -> Result<Vec<Event>, ChangeError> {
    let tree = site.units.now();
    let unit = tree.unit(&write.unit).ok_or(Refusal::NoUnit)?;
    let known = |code: &str| {
        site.catalogue
            .department(code)
            .is_some_and(|department| department.kind != catalogue::model::DepartmentKind::External)
    };
    let events = match rules::decide_unit(&tree, &write.unit, &change, site.ids.next(), known) {
        Ok(events) => events,
        Err(refusal) => return again(site, &unit.tenant, write.command, refusal).await,
    };
    let drafts = events.iter().map(store::draft).collect::<Result<Vec<_>, _>>()?;
    let expected = write.version.unwrap_or(unit.version);
    let stream = super::unit_stream(&write.unit);
    record_it(site, viewer, Right::ManageWindows, unit.place(), write.command, stream, expected, drafts).await
}

/// Changes the vans of a unit: whether they work, and where they stand when.
pub async fn change_vans(
    site: &Site,
    viewer: &Viewer,
    write: UnitWrite,
    change: VanChange,
) -> Result<Vec<Event>, ChangeError> {
    let tree = site.units.now();
    let unit = tree.unit(&write.unit).ok_or(Refusal::NoUnit)?;
    let today = crate::days::today(viewer.at());
    let planned = store::stops(&mut site.db.reader(), &write.unit, today).await?;
    let events = match vans::decide(&tree, &write.unit, &planned, &change, site.ids.next(), today) {
        Ok(events) => events,
        Err(refusal) => return again(site, &unit.tenant, write.command, refusal).await,
    };
    let drafts = events.iter().map(store::draft).collect::<Result<Vec<_>, _>>()?;
    let expected = write.version.unwrap_or(unit.version);
    let stream = super::unit_stream(&write.unit);
    record_it(site, viewer, Right::ManageWindows, unit.place(), write.command, stream, expected, drafts).await
}

/// Changes hours or holidays of a unit.
pub async fn change_calendar(
    site: &Site,
    viewer: &Viewer,
    write: UnitWrite,
    change: CalendarChange,
) -> Result<Vec<Event>, ChangeError> {
    let tree = site.units.now();
    let unit = tree.unit(&write.unit).ok_or(Refusal::NoUnit)?;
    let today = crate::days::today(viewer.at());
    let events = match rules::decide_calendar(&tree, &write.unit, &change, site.ids.next(), today) {
        Ok(events) => events,
        Err(refusal) => return again(site, &unit.tenant, write.command, refusal).await,
    };
    let drafts = events.iter().map(store::draft).collect::<Result<Vec<_>, _>>()?;
    let right = match change {
        CalendarChange::SetHours { .. } | CalendarChange::WithdrawHours { .. } => Right::ManageHours,
        CalendarChange::DeclareHoliday { .. } | CalendarChange::CancelHoliday { .. } => Right::ManageHolidays,
    };
    let expected = write.version.unwrap_or_else(|| tree.calendar_version(&write.unit));
    let stream = super::calendar_stream(&write.unit);
    record_it(site, viewer, right, unit.place(), write.command, stream, expected, drafts).await
}

/// What the rules refuse because it is done already: a form sent twice is answered from the record.
async fn again(site: &Site, tenant: &str, command: Uuid, refusal: Refusal) -> Result<Vec<Event>, ChangeError> {
    let before = site.record.repeated(&mut site.db.reader(), tenant, command).await?;
    if before.is_empty() { Err(refusal.into()) } else { Ok(before) }
}

#[expect(clippy::too_many_arguments, reason = "one private step of two commands that differ in all of them")]
async fn record_it(
    site: &Site,
    viewer: &Viewer,
    right: Right,
    place: Place,
    command: Uuid,
    stream: record::Stream,
    expected: i64,
    drafts: Vec<record::Draft>,
) -> Result<Vec<Event>, ChangeError> {
    let (record, viewer, at) = (site.record.clone(), viewer.clone(), viewer.at());
    let outcome = site
        .db
        .write(move |tx| {
            let (record, viewer, place) = (record.clone(), viewer.clone(), place.clone());
            let (stream, drafts) = (stream.clone(), drafts.clone());
            Box::pin(async move {
                let assignment = access::confirm(tx, &viewer, right, &place).await?;
                let command = Command {
                    id: command,
                    tenant: place.tenant().to_owned(),
                    actor: viewer.staff(),
                    assignment: Some(assignment),
                    on_behalf: None,
                    occurred_at: at,
                };
                let events = record.append(tx, &command, stream, expected, &drafts).await?;
                store::count_change(tx).await?;
                Ok::<_, ChangeError>(events)
            })
        })
        .await;
    match outcome {
        Ok(events) => {
            site.units.reload(&site.db).await?;
            Ok(events)
        }
        // The same form again: the same answer.
        Err(ChangeError::Record(RecordError::Repeated(events))) => Ok(events),
        Err(error) => {
            if matches!(error, ChangeError::Record(RecordError::Conflict { .. })) {
                site.units.reload(&site.db).await?;
            }
            Err(error)
        }
    }
}
