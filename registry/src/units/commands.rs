//! Carrying changes of units and calendars out.

use foundation::db::DbError;
use record::{Command, Event, RecordError, Stream};
use serde::Serialize;
use uuid::Uuid;

use super::rules::{self, CalendarChange, Refusal, UnitChange};
use super::store;
use super::tree::Tree;
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
    let known = |code: &str| {
        site.catalogue
            .department(code)
            .is_some_and(|department| department.kind != catalogue::model::DepartmentKind::External)
    };
    let decided = rules::decide_unit(&tree, &write.unit, &change, site.ids.next(), known);
    carry_out(site, viewer, &write, Target::unit(&tree, &write)?, decided).await
}

/// Changes the vans of a unit: whether they work, and where they stand when.
pub async fn change_vans(
    site: &Site,
    viewer: &Viewer,
    write: UnitWrite,
    change: VanChange,
) -> Result<Vec<Event>, ChangeError> {
    let tree = site.units.now();
    let today = crate::days::today(viewer.at());
    let planned = store::stops(&mut site.db.reader(), &write.unit, today).await?;
    let decided = vans::decide(&tree, &write.unit, &planned, &change, site.ids.next(), today);
    carry_out(site, viewer, &write, Target::unit(&tree, &write)?, decided).await
}

/// Changes hours or holidays of a unit.
pub async fn change_calendar(
    site: &Site,
    viewer: &Viewer,
    write: UnitWrite,
    change: CalendarChange,
) -> Result<Vec<Event>, ChangeError> {
    let tree = site.units.now();
    let today = crate::days::today(viewer.at());
    let right = match change {
        CalendarChange::SetHours { .. } | CalendarChange::WithdrawHours { .. } => Right::ManageHours,
        CalendarChange::DeclareHoliday { .. } | CalendarChange::CancelHoliday { .. } => Right::ManageHolidays,
    };
    let target = Target {
        place: tree.unit(&write.unit).ok_or(Refusal::NoUnit)?.place(),
        right,
        stream: super::calendar_stream(&write.unit),
        expected: write.version.unwrap_or_else(|| tree.calendar_version(&write.unit)),
    };
    let decided = rules::decide_calendar(&tree, &write.unit, &change, site.ids.next(), today);
    carry_out(site, viewer, &write, target, decided).await
}

/// Where a change goes, and the right that it needs there.
#[derive(Clone)]
struct Target {
    place: Place,
    right: Right,
    stream: Stream,
    expected: i64,
}

impl Target {
    fn unit(tree: &Tree, write: &UnitWrite) -> Result<Self, Refusal> {
        let unit = tree.unit(&write.unit).ok_or(Refusal::NoUnit)?;
        Ok(Self {
            place: unit.place(),
            right: Right::ManageWindows,
            stream: super::unit_stream(&write.unit),
            expected: write.version.unwrap_or(unit.version),
        })
    }
}

async fn carry_out<E: Serialize>(
    site: &Site,
    viewer: &Viewer,
    write: &UnitWrite,
    target: Target,
    decided: Result<Vec<E>, Refusal>,
) -> Result<Vec<Event>, ChangeError> {
    let id = write.command;
    let events = match decided {
        Ok(events) => events,
        // Refused because it is done already: a form sent twice is answered from the record.
        Err(refusal) => {
            let before = site.record.repeated(&mut site.db.reader(), target.place.tenant(), id).await?;
            return if before.is_empty() { Err(refusal.into()) } else { Ok(before) };
        }
    };
    let drafts = events.iter().map(store::draft).collect::<Result<Vec<_>, _>>()?;
    let (record, viewer, at) = (site.record.clone(), viewer.clone(), viewer.at());
    let outcome = site
        .db
        .write(move |tx| {
            let (record, viewer, target, drafts) = (record.clone(), viewer.clone(), target.clone(), drafts.clone());
            Box::pin(async move {
                let assignment = access::confirm(tx, &viewer, target.right, &target.place).await?;
                let command = Command {
                    id,
                    tenant: target.place.tenant().to_owned(),
                    actor: viewer.staff(),
                    assignment: Some(assignment),
                    on_behalf: None,
                    occurred_at: at,
                };
                let events = record.append(tx, &command, target.stream, target.expected, &drafts).await?;
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
