//! Taking a ticket (أخذ تذكرة), and giving it up.

use std::sync::Arc;

use foundation::dates;
use foundation::db::Tx;
use record::{Event, Part, Stream};
use registry::units::Centre;
use registry::{Right, Viewer, access};
use uuid::Uuid;

use super::{QueueError, attempts, envelope, tenant_of, windows_of};
use crate::Office;
use crate::queue::events::{BOOKING, BookingEvent, Source, TICKET, Taken, TicketEvent};
use crate::queue::rules::booking::Booking;
use crate::queue::rules::ticket::{self, Ticket, Wanted};
use crate::queue::rules::{Refusal, order, settings};
use crate::queue::{queries, store};

/// Who gives a ticket out.
#[derive(Debug, Clone)]
pub enum Giver {
    /// A touch screen, by the digest of its secret.
    Kiosk(String),
    /// A clerk.
    Clerk(Viewer),
}

/// A visitor who wants a ticket.
#[derive(Debug, Clone)]
pub struct Take {
    /// Id of the form: pressed twice is one ticket.
    pub command: Uuid,
    /// Centre.
    pub centre: Arc<Centre>,
    /// Letter of the class.
    pub class: String,
    /// Code of the priority; empty without one.
    pub priority: String,
    /// The appointment that they come for.
    pub booking: Option<Booking>,
    /// Who gives it out.
    pub by: Giver,
}

struct Job {
    office: Office,
    take: Take,
    tenant: String,
    id: Uuid,
    token: String,
}

/// Gives a ticket out.
///
/// # Errors
/// [`QueueError`]; [`Refusal::Closed`] from a touch screen while nobody serves.
pub async fn take(office: &Office, take: Take) -> Result<Ticket, QueueError> {
    let tenant = tenant_of(office, &take.centre).ok_or(QueueError::NotFound)?;
    let (id, token, command) = (office.ids.next(), office.ids.token(), take.command);
    let job = Job { office: office.clone(), take, tenant: tenant.clone(), id, token };
    let events =
        attempts(office, (&tenant, command), job, |tx, job| Box::pin(async move { job.attempt(tx).await })).await?;
    let taken = events.iter().find(|event| event.stream.kind == TICKET).ok_or(QueueError::NotFound)?;
    queries::ticket(&mut office.db.reader(), &tenant, taken.stream.id).await?.ok_or(QueueError::NotFound)
}

impl Job {
    async fn attempt(&self, tx: &mut Tx) -> Result<Vec<Event>, QueueError> {
        let (office, take) = (&self.office, &self.take);
        let now = office.clock.now();
        let today = dates::day_of(now);
        let centre = &take.centre;
        let (viewer, assignment, source) = match &take.by {
            Giver::Kiosk(digest) => {
                if !queries::is_kiosk(tx, centre.id, digest).await? {
                    return Err(Refusal::NoKiosk.into());
                }
                if !office.units.now().calendar(&centre.unit).is_some_and(|calendar| calendar.is_open(now))
                    && queries::windows(tx, &self.tenant, centre.id, today).await?.is_empty()
                {
                    return Err(Refusal::Closed.into());
                }
                (None, None, Source::Kiosk)
            }
            Giver::Clerk(viewer) => {
                let place = windows_of(office, centre).ok_or(QueueError::NotFound)?;
                let held = access::confirm(tx, viewer, Right::ServeQueue, &place).await?;
                (Some(viewer), Some(held), Source::Clerk)
            }
        };
        let class = settings::class(&take.class).ok_or(Refusal::NoClass)?;
        let hall = queries::hall(tx, &self.tenant, centre.id).await?;
        let mut priorities = vec![take.priority.as_str()];
        if let Some(booking) = &take.booking {
            if booking.centre != centre.id {
                return Err(QueueError::NotFound);
            }
            booking.arrive(now)?;
            priorities.push(settings::APPOINTMENT);
        } else if take.priority == settings::APPOINTMENT {
            return Err(Refusal::NoClass.into());
        }
        let serial = store::draw(tx, &self.tenant, centre.id, today, class.letter).await?;
        let taken = Taken {
            centre: centre.id,
            unit: centre.unit.clone(),
            day: today,
            class: class.letter.to_owned(),
            number: ticket::number(class.letter, serial),
            token: self.token.clone(),
            priority: order::strongest(&hall.settings, &priorities).to_owned(),
            rank: order::rank(&hall.settings, now, &priorities),
            source,
            booking: take.booking.as_ref().map(|booking| booking.id),
        };
        let mut parts = vec![Part {
            stream: Stream::new(TICKET, self.id),
            expected: 0,
            drafts: vec![TicketEvent::TicketTaken(taken).draft()?],
        }];
        if let Some(booking) = &take.booking {
            parts.push(Part {
                stream: Stream::new(BOOKING, booking.id),
                expected: booking.version,
                drafts: vec![BookingEvent::BookingArrived { ticket: self.id }.draft()?],
            });
        }
        let command = envelope(take.command, &self.tenant, viewer, assignment, now);
        Ok(office.record.append_all(tx, &command, &parts).await?)
    }
}

struct Give {
    office: Office,
    command: Uuid,
    token: String,
}

/// Gives a ticket up: whoever holds its code may.
///
/// # Errors
/// [`QueueError::NotFound`], [`Refusal::State`].
pub async fn cancel_ticket(office: &Office, command: Uuid, token: &str) -> Result<(), QueueError> {
    let found = queries::by_token(&mut office.db.reader(), token).await?;
    let (tenant, _) = found.ok_or(QueueError::NotFound)?;
    let job = Give { office: office.clone(), command, token: token.to_owned() };
    attempts(office, (&tenant, command), job, |tx, job| {
        Box::pin(async move {
            let now = job.office.clock.now();
            let found = queries::by_token(tx, &job.token).await?;
            let (tenant, held) = found.ok_or(QueueError::NotFound)?;
            let event = ticket::decide(&held, &Wanted::Cancel, now)?;
            let envelope = envelope(job.command, &tenant, None, None, now);
            let stream = Stream::new(TICKET, held.id);
            Ok(job.office.record.append(tx, &envelope, stream, held.version, &[event.draft()?]).await?)
        })
    })
    .await
    .map(drop)
}
