//! What the record keeps of halls, tickets and appointments. Kinds are never edited.

use foundation::clock::Micros;
use jiff::civil::Date;
use record::{Cipher, Draft, Event, RecordError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::rules::settings::Settings;

/// Kind of the streams of tickets.
pub const TICKET: &str = "ticket";
/// Kind of the streams of halls: one a centre, its id the centre's.
pub const HALL: &str = "hall";
/// Kind of the streams of appointments.
pub const BOOKING: &str = "booking";

/// Where a ticket came from (مصدر التذكرة).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The touch screen in the hall.
    Kiosk,
    /// A clerk at the entrance or a window.
    Clerk,
}

/// An event of a ticket (حدث تذكرة).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum TicketEvent {
    /// A visitor took it.
    TicketTaken(Taken),
    /// It was called to a window.
    TicketCalled {
        /// Number of the window.
        desk: i64,
        /// Seconds since it was taken.
        waited: i64,
        /// Why before its turn; `None` in its turn.
        out_of_turn: Option<String>,
    },
    /// Nobody came; it was called again.
    TicketRecalled {},
    /// Its holder came to the window.
    ServingBegan {
        /// Seconds since it was taken.
        waited: i64,
    },
    /// Its holder was served.
    ServingEnded {
        /// Seconds at the window.
        served: i64,
    },
    /// It was called and nobody came.
    TicketMissed {},
    /// Its holder gave it up.
    TicketCancelled {},
    /// It waits for another kind of window.
    TicketMoved {
        /// Class that it has now; its number stays.
        class: String,
        /// Why.
        reason: String,
    },
}

/// How a ticket begins (أخذ تذكرة).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Centre.
    pub centre: Uuid,
    /// Its unit.
    pub unit: String,
    /// Day in Cairo; numbers begin again each day.
    pub day: Date,
    /// Class of service: its letter.
    pub class: String,
    /// `A047`.
    pub number: String,
    /// Code by which a phone follows it.
    pub token: String,
    /// Code of its priority; empty without one.
    pub priority: String,
    /// Where it stands: when it was taken, less the head start.
    pub rank: Micros,
    /// Where it came from.
    pub source: Source,
    /// The appointment that it belongs to.
    pub booking: Option<Uuid>,
}

/// An event of a hall (حدث صالة).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum HallEvent {
    /// The manager set how the hall works; all settings as they are now.
    HallSet(Settings),
    /// A touch screen belongs to the hall.
    KioskEnrolled {
        /// Its id.
        kiosk: Uuid,
        /// What it is called.
        name: String,
        /// Keyed digest of the secret that the device keeps.
        digest: String,
    },
    /// A touch screen belongs to it no more.
    KioskWithdrawn {
        /// Its id.
        kiosk: Uuid,
    },
    /// A window calls from now on.
    WindowOpened {
        /// Its number.
        desk: i64,
        /// Kinds of desk that whoever sits there may serve.
        lanes: String,
    },
    /// A window calls no more.
    WindowClosed {
        /// Its number.
        desk: i64,
    },
}

/// Which reminder (تذكير).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reminder {
    /// The day before.
    DayBefore,
    /// Two hours before.
    TwoHours,
}

/// An event of an appointment (حدث موعد).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum BookingEvent {
    /// Somebody booked it.
    BookingMade(Made),
    /// Its holder moved it.
    BookingMoved {
        /// New day.
        day: Date,
        /// New minute after midnight.
        minute: i64,
        /// Its number on that day.
        number: String,
    },
    /// It was given up.
    BookingCancelled {},
    /// Its holder came and has a ticket.
    BookingArrived {
        /// The ticket.
        ticket: Uuid,
    },
    /// Nobody came.
    BookingMissed {},
    /// Its holder was reminded.
    BookingReminded {
        /// Of which.
        reminder: Reminder,
    },
    /// The mobile was erased.
    BookingForgotten {},
}

/// How an appointment begins (حجز موعد).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Centre.
    pub centre: Uuid,
    /// Its unit.
    pub unit: String,
    /// Service.
    pub service: String,
    /// The line of slots that it takes a place in: a service's own, or empty for all others.
    pub line: String,
    /// Day.
    pub day: Date,
    /// Minute after midnight.
    pub minute: i64,
    /// Length of the slot in minutes.
    pub length: i64,
    /// Six digits to say at the hall.
    pub number: String,
    /// Code of its page.
    pub token: String,
    /// The holder's mobile, under a key of the booking's own.
    pub mobile: Cipher,
}

macro_rules! recorded {
    ($($event:ty),*) => {$(
        impl $event {
            /// Reads an event of the record.
            ///
            /// # Errors
            /// When kind or data are not of this stream.
            pub fn read(event: &Event) -> Result<Self, RecordError> {
                read(event)
            }

            /// As it goes into the record.
            ///
            /// # Errors
            /// When the data is no JSON, which these are.
            pub fn draft(&self) -> Result<Draft, RecordError> {
                draft(self)
            }
        }
    )*};
}
recorded!(TicketEvent, HallEvent, BookingEvent);

fn read<T: DeserializeOwned>(event: &Event) -> Result<T, RecordError> {
    let data: serde_json::Value = serde_json::from_slice(&event.data)?;
    Ok(serde_json::from_value(json!({ "kind": event.kind, "data": data }))?)
}

fn draft(event: &impl Serialize) -> Result<Draft, RecordError> {
    let value = serde_json::to_value(event)?;
    let kind = value.get("kind").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let data = value.get("data").cloned().unwrap_or_else(|| json!({}));
    Ok(Draft { kind, data })
}
