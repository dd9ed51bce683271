//! Setting and withdrawing a governorate's figures.

use foundation::dates::day_of;
use record::{Command, RecordError};
use registry::staff::By;
use registry::{Place, Right, access};
use uuid::Uuid;

use super::events::{FigureSet, FigureWithdrawn, GuideEvent, figures_stream};
use super::rules::{NewFigure, decide_figure, decide_withdrawal};
use super::{GuideError, load, store};
use crate::Office;

/// What is done to the figures of one service in one governorate.
#[derive(Debug, Clone)]
enum Change {
    Set(NewFigure),
    Withdraw(i64),
}

/// Sets a figure by a decision of the governorate.
///
/// # Errors
/// A refusal, a missing right, or a fault of the record.
pub async fn set_figure(
    office: &Office,
    by: &By,
    command: Uuid,
    tenant: &str,
    service: &str,
    new: NewFigure,
) -> Result<FigureSet, GuideError> {
    match change(office, by, command, tenant, service, Change::Set(new)).await? {
        GuideEvent::Set(set) => Ok(set),
        _ => Err(RecordError::Shape("the command was something else".into()).into()),
    }
}

/// Withdraws a figure: it holds until yesterday, or never if it begins today or later.
///
/// # Errors
/// A refusal, a missing right, or a fault of the record.
pub async fn withdraw_figure(
    office: &Office,
    by: &By,
    command: Uuid,
    tenant: &str,
    service: &str,
    entry: i64,
) -> Result<FigureWithdrawn, GuideError> {
    match change(office, by, command, tenant, service, Change::Withdraw(entry)).await? {
        GuideEvent::Withdrawn(withdrawn) => Ok(withdrawn),
        _ => Err(RecordError::Shape("the command was something else".into()).into()),
    }
}

async fn change(
    office: &Office,
    by: &By,
    command: Uuid,
    tenant: &str,
    service: &str,
    change: Change,
) -> Result<GuideEvent, GuideError> {
    let at = office.clock.now();
    let today = day_of(at);
    let day = match &change {
        Change::Set(new) => new.from,
        Change::Withdraw(_) => today,
    };
    let version = office.service(service, day).ok_or(GuideError::Unknown)?;
    let place = governorate(office, tenant).ok_or(GuideError::Unknown)?;
    let (record, by, code) = (office.record.clone(), by.clone(), version.code.clone());
    let outcome = office
        .db
        .write(move |tx| {
            let (record, by, place, version, change) =
                (record.clone(), by.clone(), place.clone(), version.clone(), change.clone());
            let code = code.clone();
            Box::pin(async move {
                let (actor, assignment) = match &by {
                    By::Machine => (None, None),
                    By::Viewer(viewer) => {
                        (viewer.staff(), Some(access::confirm(tx, viewer, Right::SetLocalFigures, &place).await?))
                    }
                };
                let tenant = place.tenant().to_owned();
                let repeated = record.repeated(tx, &tenant, command).await?;
                if !repeated.is_empty() {
                    return Err(RecordError::Repeated(repeated).into());
                }
                let (seen, book) = store::book(tx, &tenant, &code).await?;
                let event = match &change {
                    Change::Set(new) => GuideEvent::Set(decide_figure(&version, &book, new, today)?),
                    Change::Withdraw(entry) => GuideEvent::Withdrawn(decide_withdrawal(&code, &book, *entry, today)?),
                };
                let stream = figures_stream(&tenant, &code);
                let command = Command { id: command, tenant, actor, assignment, on_behalf: None, occurred_at: at };
                record.append(tx, &command, stream, seen, &[event.draft()?]).await?;
                Ok::<_, GuideError>(event)
            })
        })
        .await;
    match outcome {
        Ok(event) => {
            load(office).await?;
            Ok(event)
        }
        // The same form again: the same answer.
        Err(GuideError::Record(RecordError::Repeated(events))) => {
            let first = events.first().ok_or(GuideError::Unknown)?;
            Ok(GuideEvent::read(first)?)
        }
        Err(error) => Err(error),
    }
}

/// The headquarters whose supervisor sets the governorate's figures.
pub(super) fn governorate(office: &Office, tenant: &str) -> Option<Place> {
    let national = tenant == registry::place::NATIONAL;
    office.units.now().governorate(tenant).filter(|_| !national).map(|unit| unit.place())
}
