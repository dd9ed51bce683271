//! Background work on appointments (أعمال المواعيد): reminders, missed ones, mobiles to forget.

use foundation::clock::Micros;
use foundation::db::{Query as _, Tx};
use foundation::identity::Mobile;
use foundation::params;
use record::follow::derived_id;
use record::jobs::Job;
use record::outbox::{self, Owner};
use record::{BoxFuture, RecordError};
use uuid::Uuid;

use super::act::{self, QueueError};
use super::events::Reminder;
use super::rules::booking::{Booking, KEPT_DAYS, WINDOW};
use super::store::{booking_columns, booking_of};
use crate::Office;
use crate::notices::{self, About, Envelope, Recipient};

const JOB: &str = "queue.bookings";
/// Bookings of one look.
const BATCH: i64 = 200;

/// Looks at appointments each hour: reminds of those to come, records missed ones, and erases mobiles after their
/// time. Each is one transaction of its own under a command that follows from the booking, so that a job that runs
/// again records it once.
pub struct BookingsJob(Office);

/// What one look found (حصيلة الجولة).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Reminders recorded.
    pub reminded: u64,
    /// Appointments to which nobody came.
    pub missed: u64,
    /// Mobiles erased.
    pub forgotten: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Task {
    Remind,
    Miss,
    Forget,
}

impl BookingsJob {
    /// The job of this office.
    #[must_use]
    pub const fn new(office: Office) -> Self {
        Self(office)
    }

    /// One look at everything that is due.
    ///
    /// # Errors
    /// [`QueueError`] of the last booking that failed; it keeps none of the others from theirs.
    pub async fn round(&self) -> Result<Round, QueueError> {
        let now = self.0.clock.now();
        let forget = now.minus(KEPT_DAYS * Micros::DAY);
        let missed = self.each(Task::Miss, &["booked"], Micros(i64::MIN), now.minus(WINDOW)).await?;
        let reminded = self.each(Task::Remind, &["booked"], now, now.plus(24 * Micros::HOUR)).await?;
        let over = ["arrived", "missed", "cancelled"];
        let forgotten = self.each(Task::Forget, &over, Micros(i64::MIN), forget).await?;
        Ok(Round { missed, reminded, forgotten })
    }

    /// The bookings of these states between two moments, one after the other.
    async fn each(&self, task: Task, states: &[&str], from: Micros, to: Micros) -> Result<u64, QueueError> {
        let (mut count, mut failed) = (0, None);
        for state in states {
            let (mut at, mut tenant, mut id) = (from, String::new(), Uuid::nil());
            loop {
                let live = if task == Task::Forget { "AND mobile IS NOT NULL" } else { "" };
                let sql = format!(
                    "SELECT at, {} FROM bookings WHERE state = $1 AND at <= $2 AND (at, tenant, id) > ($3, $4, $5) {live} \
                     ORDER BY at, tenant, id LIMIT $6",
                    booking_columns()
                );
                let params = params![*state, to, at, tenant.as_str(), id, BATCH];
                let rows = self.0.db.query(&sql, params).await?;
                let Some(last) = rows.last() else { break };
                (at, tenant, id) = (last.get("at")?, last.get("tenant")?, last.get("id")?);
                for row in &rows {
                    match self.one(task, booking_of(row)?).await {
                        Ok(done) => count += u64::from(done),
                        Err(error) => failed = Some(error),
                    }
                }
            }
        }
        failed.map_or(Ok(count), Err)
    }

    async fn one(&self, task: Task, booking: Booking) -> Result<bool, QueueError> {
        let now = self.0.clock.now();
        let reminder = booking.reminder(now);
        let due = match task {
            Task::Remind => reminder.is_some(),
            Task::Miss => booking.is_missed(now),
            Task::Forget => booking.has_mobile,
        };
        if !due {
            return Ok(false);
        }
        let office = self.0.clone();
        let done = self.0.db.write(move |tx| {
            let (office, booking) = (office.clone(), booking.clone());
            Box::pin(async move {
                match (task, reminder) {
                    (Task::Remind, Some(reminder)) => remind(tx, &office, &booking, reminder).await,
                    (Task::Remind, None) => Ok(()),
                    (Task::Miss, _) => act::miss(tx, &office, &booking).await,
                    (Task::Forget, _) => act::forget(tx, &office, &booking).await,
                }
            })
        });
        match done.await {
            Ok(()) => Ok(true),
            // Somebody was faster: its holder, the hall, another node.
            Err(QueueError::Record(RecordError::Repeated(_) | RecordError::Conflict { .. })) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Reminds the holder of an appointment: the message goes into the outbox in the transaction that records it, under the
/// booking's own key, and is worthless once the hour has come.
pub(super) async fn remind(
    tx: &mut Tx,
    office: &Office,
    booking: &Booking,
    reminder: Reminder,
) -> Result<(), QueueError> {
    act::reminded(tx, office, booking, reminder).await?;
    let Some(mobile) = mobile(tx, office, booking).await? else { return Ok(()) };
    let Ok(mobile) = Mobile::parse(&mobile) else { return Ok(()) };
    let now = office.clock.now();
    let seed =
        derived_id("booking-reminder", &format!("{reminder:?}/{}/{}/{}", booking.id, booking.day, booking.minute));
    let mut envelope = Envelope::new(&booking.tenant, seed, now);
    // Two hours before a morning's appointment is still a quiet hour of some.
    envelope.urgent = reminder == Reminder::TwoHours;
    let tree = office.units.now();
    let place = tree.centre(booking.centre).map(|centre| centre.name.clone()).unwrap_or_default();
    let about = About { link: format!("{}/B/{}", office.settings.public_url, booking.token), ..About::default() };
    let to = Recipient::mobile(Owner::Subject(booking.id), &mobile);
    for message in notices::appointment_reminder(&envelope, &to, booking.at(), &place, &about) {
        outbox::put(tx, office.record.keyring(), &message, now).await?;
    }
    Ok(())
}

/// The mobile of a booking, for its reminder; `None` once it is forgotten.
///
/// # Errors
/// The database's own, or a key that does not fit.
pub async fn mobile(tx: &mut Tx, office: &Office, booking: &Booking) -> Result<Option<String>, QueueError> {
    let sql = "SELECT mobile FROM bookings WHERE tenant = $1 AND id = $2";
    let row = tx.query_opt(sql, params![booking.tenant.as_str(), booking.id]).await?;
    let cipher: Option<record::Cipher> = row.map(|row| row.get("mobile")).transpose()?.flatten();
    let key = office.record.keyring().open(tx, &booking.tenant, booking.id).await?;
    let (Some(cipher), Some(key)) = (cipher, key) else { return Ok(None) };
    Ok(Some(key.decrypt(super::store::MOBILE, &cipher)?))
}

impl Job for BookingsJob {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn run<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { self.round().await.map(drop).map_err(|error| error.to_string()) })
    }

    fn is_hourly(&self) -> bool {
        true
    }
}
