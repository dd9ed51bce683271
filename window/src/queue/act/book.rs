//! Appointments (المواعيد): booked, moved, given up; and what the machine records of them.

use std::sync::Arc;

use foundation::clock::Micros;
use foundation::dates;
use foundation::db::Tx;
use foundation::identity::Mobile;
use jiff::civil::Date;
use record::{Draft, Event, Stream};
use registry::units::Centre;
use uuid::Uuid;

use super::{QueueError, attempts, envelope, tenant_of};
use crate::Office;
use crate::queue::events::{BOOKING, BookingEvent, Made, Reminder};
use crate::queue::queries;
use crate::queue::rules::booking::Booking;
use crate::queue::rules::{Refusal, slots};
use crate::queue::store::{self, MOBILE, MOBILE_DOMAIN, Slot};

/// What somebody wants to book (طلب حجز).
#[derive(Debug, Clone)]
pub struct Wish {
    /// Id of the form: sent twice is one booking.
    pub command: Uuid,
    /// Centre.
    pub centre: Arc<Centre>,
    /// Service.
    pub service: String,
    /// Day.
    pub day: Date,
    /// Minute after midnight.
    pub minute: i64,
    /// The holder's mobile.
    pub mobile: Mobile,
}

/// A booking that came about.
pub type Booked = Booking;

struct Job {
    office: Office,
    wish: Wish,
    tenant: String,
    id: Uuid,
    token: String,
}

/// Books an appointment.
///
/// # Errors
/// [`QueueError`]: the slot is full or is none, the mobile may not book now.
pub async fn book(office: &Office, wish: Wish) -> Result<Booked, QueueError> {
    let tenant = tenant_of(office, &wish.centre).ok_or(QueueError::NotFound)?;
    let command = wish.command;
    let job =
        Job { office: office.clone(), wish, tenant: tenant.clone(), id: office.ids.next(), token: office.ids.token() };
    let events =
        attempts(office, (&tenant, command), job, |tx, job| Box::pin(async move { job.attempt(tx).await })).await?;
    let made = events.iter().find(|event| event.stream.kind == BOOKING).ok_or(QueueError::NotFound)?;
    match BookingEvent::read(made)? {
        BookingEvent::BookingMade(data) => Ok(Booking::new(made.stream.id, &tenant, &data, made.occurred_at)),
        _ => Err(QueueError::NotFound),
    }
}

/// Six digits, drawn anew in each attempt: they are unique at a hall on a day.
fn number(office: &Office) -> String {
    format!("{:06}", office.ids.random_below(1_000_000))
}

impl Job {
    async fn attempt(&self, tx: &mut Tx) -> Result<Vec<Event>, QueueError> {
        let (office, wish) = (&self.office, &self.wish);
        let now = office.clock.now();
        let hall = queries::hall(tx, &self.tenant, wish.centre.id).await?;
        if !hall.settings.appointments.open {
            return Err(Refusal::NoBookings.into());
        }
        is_slot(office, &wish.centre.unit, &hall, wish.day, wish.minute, now)?;
        let keyring = office.record.keyring();
        let digest = keyring.digest(MOBILE_DOMAIN, wish.mobile.as_str());
        queries::past(tx, &self.tenant, &digest, now).await?.allows(dates::day_of(now))?;
        let (line, capacity) = hall.settings.line(&wish.service);
        let slot = Slot { tenant: &self.tenant, centre: wish.centre.id, line, day: wish.day, minute: wish.minute };
        if !store::occupy(tx, &slot, capacity).await? {
            return Err(Refusal::Full.into());
        }
        let key = keyring.new_subject(tx, &self.tenant, self.id, now).await?;
        let made = BookingEvent::BookingMade(Made {
            centre: wish.centre.id,
            unit: wish.centre.unit.clone(),
            service: wish.service.clone(),
            line: line.to_owned(),
            day: wish.day,
            minute: wish.minute,
            length: hall.settings.appointments.length,
            number: number(office),
            token: self.token.clone(),
            mobile: key.encrypt(MOBILE, wish.mobile.as_str()),
        });
        let command = envelope(wish.command, &self.tenant, None, None, now);
        Ok(office.record.append(tx, &command, Stream::new(BOOKING, self.id), 0, &[made.draft()?]).await?)
    }
}

fn is_slot(
    office: &Office,
    unit: &str,
    hall: &queries::Hall,
    day: Date,
    minute: i64,
    now: Micros,
) -> Result<(), Refusal> {
    let tree = office.units.now();
    let calendar = tree.calendar(unit).ok_or(Refusal::NoSlot)?;
    let slots = slots::of_day(calendar, &hall.settings.appointments, day, now);
    if slots.contains(&minute) { Ok(()) } else { Err(Refusal::NoSlot) }
}

struct Change {
    office: Office,
    command: Uuid,
    token: String,
    to: Option<(Date, i64)>,
}

/// Moves a booking to another slot: whoever holds its code may. Its place is given back as the new one is taken.
///
/// # Errors
/// [`QueueError`].
pub async fn move_booking(
    office: &Office,
    command: Uuid,
    token: &str,
    day: Date,
    minute: i64,
) -> Result<(), QueueError> {
    change(office, command, token, Some((day, minute))).await
}

/// Gives a booking up.
///
/// # Errors
/// [`QueueError`].
pub async fn cancel_booking(office: &Office, command: Uuid, token: &str) -> Result<(), QueueError> {
    change(office, command, token, None).await
}

async fn change(office: &Office, command: Uuid, token: &str, to: Option<(Date, i64)>) -> Result<(), QueueError> {
    let found = queries::booking(&mut office.db.reader(), token).await?.ok_or(QueueError::NotFound)?;
    let job = Change { office: office.clone(), command, token: token.to_owned(), to };
    let done =
        attempts(office, (&found.tenant, command), job, |tx, job| Box::pin(async move { job.attempt(tx).await }));
    done.await.map(drop)
}

impl Change {
    async fn attempt(&self, tx: &mut Tx) -> Result<Vec<Event>, QueueError> {
        let office = &self.office;
        let now = office.clock.now();
        let held = queries::booking(tx, &self.token).await?.ok_or(QueueError::NotFound)?;
        held.open(now)?;
        let event = match self.to {
            None => BookingEvent::BookingCancelled {},
            Some((day, minute)) if (day, minute) == (held.day, held.minute) => return Err(Refusal::NoSlot.into()),
            Some((day, minute)) => {
                let hall = queries::hall(tx, &held.tenant, held.centre).await?;
                is_slot(office, &held.unit, &hall, day, minute, now)?;
                // The place is one of the line that it was booked in.
                let own = hall.settings.appointments.lines.iter().find(|line| line.service == held.line);
                let capacity = own.map_or(hall.settings.appointments.capacity, |line| line.capacity);
                if !store::occupy(tx, &Slot { day, minute, ..Slot::of(&held) }, capacity).await? {
                    return Err(Refusal::Full.into());
                }
                BookingEvent::BookingMoved { day, minute, number: number(office) }
            }
        };
        store::vacate(tx, &Slot::of(&held)).await?;
        append(tx, office, &held, self.command, &event.draft()?, now).await
    }
}

async fn append(
    tx: &mut Tx,
    office: &Office,
    booking: &Booking,
    command: Uuid,
    draft: &Draft,
    now: Micros,
) -> Result<Vec<Event>, QueueError> {
    let envelope = envelope(command, &booking.tenant, None, None, now);
    let stream = Stream::new(BOOKING, booking.id);
    let drafts = std::slice::from_ref(draft);
    Ok(office.record.append(tx, &envelope, stream, booking.version, drafts).await?)
}

/// The command of what the machine records of a booking: the same each time.
fn by_rule(what: &str, booking: &Booking) -> Uuid {
    record::follow::derived_id("booking", &format!("{what}/{}/{}/{}", booking.id, booking.day, booking.minute))
}

/// Records in this transaction that nobody came.
pub(in crate::queue) async fn miss(tx: &mut Tx, office: &Office, booking: &Booking) -> Result<(), QueueError> {
    let draft = BookingEvent::BookingMissed {}.draft()?;
    append(tx, office, booking, by_rule("missed", booking), &draft, office.clock.now()).await.map(drop)
}

/// Records in this transaction that the holder was reminded.
pub(in crate::queue) async fn reminded(
    tx: &mut Tx,
    office: &Office,
    booking: &Booking,
    reminder: Reminder,
) -> Result<(), QueueError> {
    let draft = BookingEvent::BookingReminded { reminder }.draft()?;
    append(tx, office, booking, by_rule(&format!("{reminder:?}"), booking), &draft, office.clock.now()).await.map(drop)
}

/// Erases the mobile in this transaction: the key first of all.
pub(in crate::queue) async fn forget(tx: &mut Tx, office: &Office, booking: &Booking) -> Result<(), QueueError> {
    let now = office.clock.now();
    let draft = BookingEvent::BookingForgotten {}.draft()?;
    append(tx, office, booking, by_rule("forgotten", booking), &draft, now).await?;
    office.record.keyring().erase(tx, &booking.tenant, booking.id, now).await?;
    Ok(())
}
