//! Rows of halls, tickets and appointments: `apply`, and every statement of the slice that writes.

use foundation::dates;
use foundation::db::{DbError, Query as _, Row, Tx};
use foundation::params;
use jiff::civil::Date;
use record::{BoxFuture, Event, Keyring, RecordError, Slice, SubjectKey, Table};
use uuid::Uuid;

use super::events::{BOOKING, BookingEvent, HALL, HallEvent, Made, Source, TICKET, Taken, TicketEvent};
use super::rules::booking::{self, Booking};
use super::rules::ticket::{self, Ticket};

/// Field under which a mobile is encrypted.
pub const MOBILE: &str = "booking-mobile";
/// Domain of the digests of mobiles.
pub const MOBILE_DOMAIN: &str = "booking-mobile";
/// Domain of the digests of kiosks' secrets.
pub const KIOSK_DOMAIN: &str = "queue-kiosk";

/// The slice of the queue. It holds the keyring to find the bookings of one mobile by a digest that no event keeps.
#[derive(Debug, Clone)]
pub struct QueueSlice {
    keyring: Keyring,
}

impl QueueSlice {
    /// The slice on a node with these keys.
    #[must_use]
    pub const fn new(keyring: Keyring) -> Self {
        Self { keyring }
    }
}

impl Slice for QueueSlice {
    fn name(&self) -> &'static str {
        "queue"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &[TICKET, HALL, BOOKING]
    }

    fn tables(&self) -> &'static [Table] {
        const TABLES: &[Table] = &[
            Table::projection("queue_tickets", &["tenant", "id"]),
            Table::projection("queue_halls", &["tenant", "centre"]),
            Table::projection("queue_kiosks", &["tenant", "id"]),
            Table::projection("queue_windows", &["tenant", "centre", "desk"]),
            Table::projection("bookings", &["tenant", "id"]),
            Table::working("queue_serials", &["tenant", "centre", "day", "class"]),
            Table::working("booking_slots", &["tenant", "centre", "line", "day", "minute"]),
        ];
        TABLES
    }

    fn needs(&self) -> &'static [&'static str] {
        &["subject_keys"]
    }

    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(async move {
            match &*event.stream.kind {
                TICKET => apply_ticket(tx, event).await,
                HALL => apply_hall(tx, event).await,
                _ => self.apply_booking(tx, event).await,
            }
        })
    }

    /// Places taken must be those that open and used bookings hold, and no number may lie beyond its counter.
    fn counters_check<'a>(&'a self, tx: &'a mut Tx) -> BoxFuture<'a, Result<Vec<String>, RecordError>> {
        Box::pin(async move {
            let sql = "SELECT s.centre, s.line, s.day, s.minute, s.taken, CAST(COUNT(b.id) AS BIGINT) AS held \
                 FROM booking_slots s LEFT JOIN bookings b ON b.tenant = s.tenant AND b.centre = s.centre \
                 AND b.line = s.line AND b.day = s.day AND b.minute = s.minute AND b.state <> 'cancelled' \
                 GROUP BY s.tenant, s.centre, s.line, s.day, s.minute, s.taken HAVING COUNT(b.id) <> s.taken LIMIT 100";
            let mut wrong = Vec::new();
            for row in tx.query(sql, params![]).await? {
                let (centre, line, day): (Uuid, String, String) =
                    (row.get("centre")?, row.get("line")?, row.get("day")?);
                let (minute, taken, held): (i64, i64, i64) = (row.get("minute")?, row.get("taken")?, row.get("held")?);
                wrong.push(format!("booking_slots {centre} {line} {day} {minute}: {taken} taken, {held} booked"));
            }
            Ok(wrong)
        })
    }
}

const TICKET_COLUMNS: &str = "id, centre, unit, day, class, number, token, priority, rank, state, desk, calls, picked, taken_at, \
     called_at, began_at, ended_at, booking, version";

/// The columns that a ticket is read from, for queries.
pub(super) const fn ticket_columns() -> &'static str {
    TICKET_COLUMNS
}

pub(super) fn ticket_of(row: &Row) -> Result<Ticket, DbError> {
    let state: String = row.get("state")?;
    Ok(Ticket {
        id: row.get("id")?,
        taken: Taken {
            centre: row.get("centre")?,
            unit: row.get("unit")?,
            day: day_of(row, "day")?,
            class: row.get("class")?,
            number: row.get("number")?,
            token: row.get("token")?,
            priority: row.get("priority")?,
            rank: row.get("rank")?,
            // Only the record keeps it.
            source: Source::Kiosk,
            booking: row.get("booking")?,
        },
        state: ticket::State::from_word(&state).ok_or_else(|| DbError::Shape(format!("a ticket is {state}")))?,
        desk: row.get("desk")?,
        calls: row.get("calls")?,
        picked: row.get("picked")?,
        taken_at: row.get("taken_at")?,
        called_at: row.get("called_at")?,
        began_at: row.get("began_at")?,
        ended_at: row.get("ended_at")?,
        version: row.get("version")?,
    })
}

fn day_of(row: &Row, column: &str) -> Result<Date, DbError> {
    let text: String = row.get(column)?;
    dates::parse_iso(&text).ok_or_else(|| DbError::Shape(format!("{text} is no day")))
}

async fn apply_ticket(tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
    let (tenant, id, at) = (event.tenant.as_str(), event.stream.id, event.occurred_at);
    let happened = TicketEvent::read(event)?;
    if let TicketEvent::TicketTaken(taken) = &happened {
        let new = Ticket::new(id, taken.clone(), at);
        tx.execute(
            "INSERT INTO queue_tickets (tenant, id, centre, unit, day, class, number, token, priority, rank, state, desk, \
             calls, picked, taken_at, called_at, began_at, ended_at, booking, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, 0, 0, $12, NULL, NULL, NULL, $13, 1)",
            params![
                tenant, id, taken.centre, taken.unit.as_str(), dates::iso(taken.day), taken.class.as_str(),
                taken.number.as_str(), taken.token.as_str(), taken.priority.as_str(), taken.rank, new.state.word(),
                new.taken_at, taken.booking
            ],
        )
        .await?;
        return Ok(());
    }
    let sql = format!("SELECT {TICKET_COLUMNS} FROM queue_tickets WHERE tenant = $1 AND id = $2");
    let row = tx.query_opt(&sql, params![tenant, id]).await?;
    let before = row.as_ref().map(ticket_of).transpose()?.filter(|ticket| ticket.version == event.version - 1);
    let before =
        before.ok_or_else(|| RecordError::Apply("an event does not follow on the row of its ticket".into()))?;
    let now = before.after(&happened, at);
    tx.execute(
        "UPDATE queue_tickets SET class = $3, state = $4, desk = $5, calls = $6, called_at = $7, began_at = $8, \
         ended_at = $9, version = $10, picked = $11 WHERE tenant = $1 AND id = $2",
        params![
            tenant,
            id,
            now.taken.class.as_str(),
            now.state.word(),
            now.desk,
            now.calls,
            now.called_at,
            now.began_at,
            now.ended_at,
            now.version,
            i64::from(now.picked)
        ],
    )
    .await?;
    Ok(())
}

async fn apply_hall(tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
    let (tenant, centre, at) = (event.tenant.as_str(), event.stream.id, event.occurred_at);
    let mut settings: Option<Vec<u8>> = None;
    match HallEvent::read(event)? {
        HallEvent::HallSet(set) => settings = Some(record::canonical::to_bytes(&serde_json::to_value(set)?)?),
        HallEvent::KioskEnrolled { kiosk, name, digest } => {
            tx.execute(
                "INSERT INTO queue_kiosks (tenant, id, centre, name, digest, enrolled_at, withdrawn) \
                 VALUES ($1, $2, $3, $4, $5, $6, 0)",
                params![tenant, kiosk, centre, name, digest, at],
            )
            .await?;
        }
        HallEvent::KioskWithdrawn { kiosk } => {
            tx.execute(
                "UPDATE queue_kiosks SET withdrawn = 1 WHERE tenant = $1 AND id = $2 AND centre = $3",
                params![tenant, kiosk, centre],
            )
            .await?;
        }
        HallEvent::WindowOpened { desk, lanes } => {
            tx.execute(
                "INSERT INTO queue_windows (tenant, centre, desk, day, lanes, is_open) VALUES ($1, $2, $3, $4, $5, 1) \
                 ON CONFLICT (tenant, centre, desk) DO UPDATE SET day = excluded.day, lanes = excluded.lanes, is_open = 1",
                params![tenant, centre, desk, dates::iso(dates::day_of(at)), lanes],
            )
            .await?;
        }
        HallEvent::WindowClosed { desk } => {
            tx.execute(
                "UPDATE queue_windows SET is_open = 0 WHERE tenant = $1 AND centre = $2 AND desk = $3",
                params![tenant, centre, desk],
            )
            .await?;
        }
    }
    tx.execute(
        "INSERT INTO queue_halls (tenant, centre, settings, version) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (tenant, centre) DO UPDATE SET settings = COALESCE(excluded.settings, queue_halls.settings), \
         version = excluded.version",
        params![tenant, centre, settings, event.version],
    )
    .await?;
    Ok(())
}

const BOOKING_COLUMNS: &str = "tenant, id, centre, unit, service, line, day, minute, length, number, token, state, \
     reminded, booked_at, version, CASE WHEN mobile IS NULL THEN 0 ELSE 1 END AS has_mobile";

/// The columns that a booking is read from, for queries.
pub(super) const fn booking_columns() -> &'static str {
    BOOKING_COLUMNS
}

pub(super) fn booking_of(row: &Row) -> Result<Booking, DbError> {
    let state: String = row.get("state")?;
    Ok(Booking {
        id: row.get("id")?,
        tenant: row.get("tenant")?,
        centre: row.get("centre")?,
        unit: row.get("unit")?,
        service: row.get("service")?,
        line: row.get("line")?,
        day: day_of(row, "day")?,
        minute: row.get("minute")?,
        length: row.get("length")?,
        number: row.get("number")?,
        token: row.get("token")?,
        state: booking::State::from_word(&state).ok_or_else(|| DbError::Shape(format!("a booking is {state}")))?,
        has_mobile: row.get::<i64>("has_mobile")? != 0,
        reminded: row.get("reminded")?,
        booked_at: row.get("booked_at")?,
        version: row.get("version")?,
    })
}

impl QueueSlice {
    async fn apply_booking(&self, tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
        let (tenant, id) = (event.tenant.as_str(), event.stream.id);
        let happened = BookingEvent::read(event)?;
        if let BookingEvent::BookingMade(made) = &happened {
            return self.insert(tx, event, made).await;
        }
        let sql = format!("SELECT {BOOKING_COLUMNS} FROM bookings WHERE tenant = $1 AND id = $2");
        let row = tx.query_opt(&sql, params![tenant, id]).await?;
        let before = row.as_ref().map(booking_of).transpose()?.filter(|one| one.version == event.version - 1);
        let before =
            before.ok_or_else(|| RecordError::Apply("an event does not follow on the row of its booking".into()))?;
        let now = before.after(&happened);
        let gone = if now.has_mobile { "" } else { ", mobile = NULL, digest = NULL" };
        let sql = format!(
            "UPDATE bookings SET day = $3, minute = $4, at = $5, number = $6, state = $7, reminded = $8, version = $9{gone} \
             WHERE tenant = $1 AND id = $2"
        );
        let params = params![
            tenant,
            id,
            dates::iso(now.day),
            now.minute,
            now.at(),
            now.number.as_str(),
            now.state.word(),
            now.reminded,
            now.version
        ];
        tx.execute(&sql, params).await?;
        Ok(())
    }

    async fn insert(&self, tx: &mut Tx, event: &Event, made: &Made) -> Result<(), RecordError> {
        let (tenant, id) = (event.tenant.as_str(), event.stream.id);
        // Without a key (it was forgotten since) the row is made as forgetting leaves it.
        let known = tx.learnt::<SubjectKey>().filter(|key| key.is_of(tenant, id)).cloned();
        let key = match known {
            Some(key) => Some(key),
            None => self.keyring.open(tx, tenant, id).await?,
        };
        let mobile = key.as_ref().map(|key| key.decrypt(MOBILE, &made.mobile)).transpose()?;
        let digest = mobile.map(|mobile| self.keyring.digest(MOBILE_DOMAIN, &mobile).to_vec());
        let new = Booking::new(id, tenant, made, event.occurred_at);
        tx.execute(
            "INSERT INTO bookings (tenant, id, centre, unit, service, line, day, minute, length, at, number, token, mobile, \
             digest, state, reminded, booked_at, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, $16, 1)",
            params![
                tenant, id, made.centre, made.unit.as_str(), made.service.as_str(), made.line.as_str(),
                dates::iso(made.day), made.minute, made.length, new.at(), made.number.as_str(), made.token.as_str(),
                key.as_ref().map(|_| &made.mobile), digest, new.state.word(), new.booked_at
            ],
        )
        .await?;
        Ok(())
    }
}

/// Draws the next number of a class on a day. The counter's row stays locked until the transaction ends.
pub(super) async fn draw(tx: &mut Tx, tenant: &str, centre: Uuid, day: Date, class: &str) -> Result<i64, DbError> {
    let sql = "INSERT INTO queue_serials (tenant, centre, day, class, last) VALUES ($1, $2, $3, $4, 1) \
         ON CONFLICT (tenant, centre, day, class) DO UPDATE SET last = queue_serials.last + 1 RETURNING last";
    tx.query_one(sql, params![tenant, centre, dates::iso(day), class]).await?.get("last")
}

/// Takes a place in a slot; false if it is full. One statement, and a CHECK behind it: whoever comes at once waits
/// for the row and then sees how many there are.
pub(super) async fn occupy(tx: &mut Tx, slot: &Slot<'_>, capacity: i64) -> Result<bool, DbError> {
    if capacity < 1 {
        return Ok(false);
    }
    let sql = "INSERT INTO booking_slots (tenant, centre, line, day, minute, taken, capacity) \
         VALUES ($1, $2, $3, $4, $5, 1, $6) ON CONFLICT (tenant, centre, line, day, minute) DO UPDATE \
         SET taken = booking_slots.taken + 1, capacity = excluded.capacity \
         WHERE booking_slots.taken < excluded.capacity RETURNING taken";
    let params = params![slot.tenant, slot.centre, slot.line, dates::iso(slot.day), slot.minute, capacity];
    Ok(tx.query_opt(sql, params).await?.is_some())
}

/// Gives a place back.
pub(super) async fn vacate(tx: &mut Tx, slot: &Slot<'_>) -> Result<(), DbError> {
    let sql = "UPDATE booking_slots SET taken = taken - 1 \
         WHERE tenant = $1 AND centre = $2 AND line = $3 AND day = $4 AND minute = $5";
    let params = params![slot.tenant, slot.centre, slot.line, dates::iso(slot.day), slot.minute];
    tx.execute(sql, params).await?;
    Ok(())
}

/// Which slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot<'a> {
    pub tenant: &'a str,
    pub centre: Uuid,
    pub line: &'a str,
    pub day: Date,
    pub minute: i64,
}

impl<'a> Slot<'a> {
    pub fn of(booking: &'a Booking) -> Self {
        Self {
            tenant: &booking.tenant,
            centre: booking.centre,
            line: &booking.line,
            day: booking.day,
            minute: booking.minute,
        }
    }
}
