//! Reading halls, tickets and appointments.

use std::collections::HashMap;

use foundation::clock::Micros;
use foundation::dates;
use foundation::db::{DbError, Query, Row};
use foundation::params;
use jiff::civil::Date;
use record::RecordError;
use uuid::Uuid;

use super::rules::booking::{Booking, Past};
use super::rules::settings::{self, CLASSES, Settings};
use super::rules::ticket::Ticket;
use super::rules::wait::{Live, Pace, RECENT};
use super::store::{booking_columns, booking_of, ticket_columns, ticket_of};

/// A hall as its manager set it (صالة).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hall {
    /// Settings.
    pub settings: Settings,
    /// Version of its stream.
    pub version: i64,
}

/// The hall of a centre; the defaults where nothing was set.
///
/// # Errors
/// The database's own, or settings that are none.
pub async fn hall(q: &mut impl Query, tenant: &str, centre: Uuid) -> Result<Hall, RecordError> {
    let sql = "SELECT settings, version FROM queue_halls WHERE tenant = $1 AND centre = $2";
    let Some(row) = q.query_opt(sql, params![tenant, centre]).await? else { return Ok(Hall::default()) };
    let stored: Option<Vec<u8>> = row.get("settings")?;
    let settings = stored.map(|bytes| serde_json::from_slice(&bytes)).transpose()?.unwrap_or_default();
    Ok(Hall { settings, version: row.get("version")? })
}

/// A touch screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kiosk {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Since when.
    pub enrolled_at: Micros,
}

/// The touch screens of a hall, oldest first.
///
/// # Errors
/// The database's own.
pub async fn kiosks(q: &mut impl Query, tenant: &str, centre: Uuid) -> Result<Vec<Kiosk>, DbError> {
    let sql = "SELECT id, name, enrolled_at FROM queue_kiosks \
               WHERE tenant = $1 AND centre = $2 AND withdrawn = 0 ORDER BY enrolled_at, id";
    let one =
        |row: &Row| Ok(Kiosk { id: row.get("id")?, name: row.get("name")?, enrolled_at: row.get("enrolled_at")? });
    q.query(sql, params![tenant, centre]).await?.iter().map(one).collect()
}

/// Whether the secret of this digest belongs to a touch screen of the hall.
///
/// # Errors
/// The database's own.
pub async fn is_kiosk(q: &mut impl Query, centre: Uuid, digest: &str) -> Result<bool, DbError> {
    let sql = "SELECT 1 AS one FROM queue_kiosks WHERE digest = $1 AND centre = $2 AND withdrawn = 0";
    Ok(q.query_opt(sql, params![digest, centre]).await?.is_some())
}

/// A window that calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenWindow {
    /// Its number.
    pub desk: i64,
    /// Kinds of desk that it serves.
    pub lanes: String,
}

/// The windows that call on a day.
///
/// # Errors
/// The database's own.
pub async fn windows(q: &mut impl Query, tenant: &str, centre: Uuid, day: Date) -> Result<Vec<OpenWindow>, DbError> {
    let sql = "SELECT desk, lanes FROM queue_windows \
               WHERE tenant = $1 AND centre = $2 AND day = $3 AND is_open = 1 ORDER BY desk";
    let one = |row: &Row| Ok(OpenWindow { desk: row.get("desk")?, lanes: row.get("lanes")? });
    q.query(sql, params![tenant, centre, dates::iso(day)]).await?.iter().map(one).collect()
}

/// All tickets of a hall's day, in the order of their turns.
///
/// # Errors
/// The database's own.
pub async fn day(q: &mut impl Query, tenant: &str, centre: Uuid, day: Date) -> Result<Vec<Ticket>, DbError> {
    let sql = format!(
        "SELECT {} FROM queue_tickets WHERE tenant = $1 AND day = $2 AND centre = $3 ORDER BY rank, taken_at, id",
        ticket_columns()
    );
    q.query(&sql, params![tenant, dates::iso(day), centre]).await?.iter().map(ticket_of).collect()
}

/// A list of letters for SQL: letters are the program's own.
fn letters(wanted: &[&str]) -> String {
    let list: Vec<String> = CLASSES
        .iter()
        .filter(|class| wanted.contains(&class.letter))
        .map(|class| format!("'{}'", class.letter))
        .collect();
    if list.is_empty() { "''".to_owned() } else { list.join(", ") }
}

/// The next ticket in turn of these classes.
///
/// # Errors
/// The database's own.
pub async fn next(
    q: &mut impl Query,
    tenant: &str,
    centre: Uuid,
    day: Date,
    classes: &[&str],
) -> Result<Option<Ticket>, DbError> {
    let sql = format!(
        "SELECT {} FROM queue_tickets WHERE tenant = $1 AND day = $2 AND centre = $3 AND state = 'waiting' \
         AND class IN ({}) ORDER BY rank, taken_at, id LIMIT 1",
        ticket_columns(),
        letters(classes)
    );
    q.query_opt(&sql, params![tenant, dates::iso(day), centre]).await?.as_ref().map(ticket_of).transpose()
}

/// The ticket that a window has.
///
/// # Errors
/// The database's own.
pub async fn at_desk(
    q: &mut impl Query,
    tenant: &str,
    centre: Uuid,
    day: Date,
    desk: i64,
) -> Result<Option<Ticket>, DbError> {
    let sql = format!(
        "SELECT {} FROM queue_tickets WHERE tenant = $1 AND centre = $2 AND day = $3 AND desk = $4 \
         AND state IN ('called', 'serving')",
        ticket_columns()
    );
    q.query_opt(&sql, params![tenant, centre, dates::iso(day), desk]).await?.as_ref().map(ticket_of).transpose()
}

/// A ticket by its id.
///
/// # Errors
/// The database's own.
pub async fn ticket(q: &mut impl Query, tenant: &str, id: Uuid) -> Result<Option<Ticket>, DbError> {
    let sql = format!("SELECT {} FROM queue_tickets WHERE tenant = $1 AND id = $2", ticket_columns());
    q.query_opt(&sql, params![tenant, id]).await?.as_ref().map(ticket_of).transpose()
}

/// A ticket by its code, with its tenant.
///
/// # Errors
/// The database's own.
pub async fn by_token(q: &mut impl Query, token: &str) -> Result<Option<(String, Ticket)>, DbError> {
    let sql = format!("SELECT tenant, {} FROM queue_tickets WHERE token = $1", ticket_columns());
    let Some(row) = q.query_opt(&sql, params![token]).await? else { return Ok(None) };
    Ok(Some((row.get("tenant")?, ticket_of(&row)?)))
}

/// How many of a ticket's lane are called before it.
///
/// # Errors
/// The database's own.
pub async fn ahead(q: &mut impl Query, tenant: &str, ticket: &Ticket) -> Result<i64, DbError> {
    let taken = &ticket.taken;
    let lane = settings::lane(&taken.class);
    let classes: Vec<&str> = CLASSES.iter().filter(|class| class.lane == lane).map(|class| class.letter).collect();
    let sql = format!(
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM queue_tickets WHERE tenant = $1 AND day = $2 AND centre = $3 \
         AND state = 'waiting' AND class IN ({}) AND (rank, taken_at, id) < ($4, $5, $6)",
        letters(&classes)
    );
    let params = params![tenant, dates::iso(taken.day), taken.centre, taken.rank, ticket.taken_at, ticket.id];
    q.query_one(&sql, params).await?.get("n")
}

/// The halls of a governorate at this moment, by centre and lane; halls without anything today are missing.
///
/// # Errors
/// The database's own.
pub async fn live(
    q: &mut impl Query,
    tenant: &str,
    centre: Option<Uuid>,
    now: Micros,
) -> Result<HashMap<(Uuid, &'static str), Live>, DbError> {
    let day = dates::iso(dates::day_of(now));
    let mut halls: HashMap<(Uuid, &'static str), Live> = HashMap::new();
    let (own, tail) = match centre {
        Some(_) => ("AND centre = $3", params![tenant, day.as_str(), centre]),
        None => ("", params![tenant, day.as_str()]),
    };
    let since = now.minus(RECENT).0;
    // Only numbers of ours go into the text.
    let sql = format!(
        "SELECT centre, class, CAST(SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END) AS BIGINT) AS waiting, \
         CAST(SUM(CASE WHEN state = 'served' AND ended_at >= {since} THEN 1 ELSE 0 END) AS BIGINT) AS visits, \
         CAST(SUM(CASE WHEN state = 'served' AND ended_at >= {since} \
         THEN (ended_at - COALESCE(began_at, called_at, ended_at)) / 1000000 ELSE 0 END) AS BIGINT) AS seconds \
         FROM queue_tickets WHERE tenant = $1 AND day = $2 {own} GROUP BY centre, class"
    );
    for row in q.query(&sql, tail.clone()).await? {
        let class: String = row.get("class")?;
        let hall = halls.entry((row.get("centre")?, settings::lane(&class))).or_default();
        hall.waiting += row.get::<i64>("waiting")?;
        hall.pace.visits += row.get::<i64>("visits")?;
        hall.pace.seconds += row.get::<i64>("seconds")?;
    }
    let sql = format!("SELECT centre, lanes FROM queue_windows WHERE tenant = $1 AND day = $2 AND is_open = 1 {own}");
    for row in q.query(&sql, tail).await? {
        let (centre, lanes): (Uuid, String) = (row.get("centre")?, row.get("lanes")?);
        for lane in [settings::WINDOW, settings::TILL] {
            if lanes.split(' ').any(|one| one == lane) {
                halls.entry((centre, lane)).or_default().windows += 1;
            }
        }
    }
    Ok(halls)
}

/// A hall's windows and tills together, for who only wants to know how full it is.
#[must_use]
pub fn together(halls: &HashMap<(Uuid, &'static str), Live>, centre: Uuid) -> Live {
    let lanes = [settings::WINDOW, settings::TILL].map(|lane| halls.get(&(centre, lane)).copied().unwrap_or_default());
    lanes.iter().fold(Live::default(), |sum, lane| Live {
        waiting: sum.waiting + lane.waiting,
        windows: sum.windows.max(lane.windows),
        pace: Pace { visits: sum.pace.visits + lane.pace.visits, seconds: sum.pace.seconds + lane.pace.seconds },
    })
}

/// A booking by its code.
///
/// # Errors
/// The database's own.
pub async fn booking(q: &mut impl Query, token: &str) -> Result<Option<Booking>, DbError> {
    let sql = format!("SELECT {} FROM bookings WHERE token = $1", booking_columns());
    q.query_opt(&sql, params![token]).await?.as_ref().map(booking_of).transpose()
}

/// A booking of a hall's day by the number that is said there.
///
/// # Errors
/// The database's own.
pub async fn booking_by_number(
    q: &mut impl Query,
    tenant: &str,
    centre: Uuid,
    day: Date,
    number: &str,
) -> Result<Option<Booking>, DbError> {
    let sql = format!(
        "SELECT {} FROM bookings WHERE tenant = $1 AND centre = $2 AND day = $3 AND number = $4",
        booking_columns()
    );
    q.query_opt(&sql, params![tenant, centre, dates::iso(day), number]).await?.as_ref().map(booking_of).transpose()
}

/// The bookings of a hall's day, in the order of their hours.
///
/// # Errors
/// The database's own.
pub async fn bookings(q: &mut impl Query, tenant: &str, centre: Uuid, day: Date) -> Result<Vec<Booking>, DbError> {
    let sql = format!(
        "SELECT {} FROM bookings WHERE tenant = $1 AND centre = $2 AND day = $3 ORDER BY minute, id",
        booking_columns()
    );
    q.query(&sql, params![tenant, centre, dates::iso(day)]).await?.iter().map(booking_of).collect()
}

/// Places taken in a line's slots from one day to another.
///
/// # Errors
/// The database's own.
pub async fn taken(
    q: &mut impl Query,
    tenant: &str,
    centre: Uuid,
    line: &str,
    (from, to): (Date, Date),
) -> Result<HashMap<(Date, i64), i64>, DbError> {
    let sql = "SELECT day, minute, taken FROM booking_slots \
               WHERE tenant = $1 AND centre = $2 AND line = $3 AND day >= $4 AND day <= $5";
    let mut places = HashMap::new();
    for row in q.query(sql, params![tenant, centre, line, dates::iso(from), dates::iso(to)]).await? {
        let day: String = row.get("day")?;
        if let Some(day) = dates::parse_iso(&day) {
            places.insert((day, row.get("minute")?), row.get("taken")?);
        }
    }
    Ok(places)
}

/// What the mobile of this digest has booked before.
///
/// # Errors
/// The database's own.
pub async fn past(q: &mut impl Query, tenant: &str, digest: &[u8], now: Micros) -> Result<Past, DbError> {
    let sql = "SELECT state, day FROM bookings WHERE tenant = $1 AND digest = $2 AND at > $3 \
               AND state IN ('booked', 'missed')";
    let mut past = Past::default();
    for row in q.query(sql, params![tenant, digest.to_vec(), now.minus(90 * Micros::DAY)]).await? {
        let (state, day): (String, String) = (row.get("state")?, row.get("day")?);
        match (state.as_str(), dates::parse_iso(&day)) {
            ("booked", _) => past.open += 1,
            (_, Some(day)) => past.missed.push(day),
            _ => {}
        }
    }
    Ok(past)
}
