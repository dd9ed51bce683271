//! Pure rules of the queue (قواعد الطابور): no clock, no database, no randomness.

pub mod booking;
pub mod order;
pub mod settings;
pub mod slots;
pub mod ticket;
pub mod wait;

/// Why something does not come about (سبب الرفض); `key` names its text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The state of the ticket does not allow it.
    #[error("the ticket is in another state")]
    State,
    /// Before its turn, and no reason was given.
    #[error("out of turn without a reason")]
    NoReason,
    /// Nobody waits for this window.
    #[error("nobody waits")]
    Nobody,
    /// The window still has a ticket.
    #[error("the window has a ticket")]
    Busy,
    /// The hall is closed.
    #[error("the hall is closed")]
    Closed,
    /// The device is none of the hall's.
    #[error("no kiosk of this hall")]
    NoKiosk,
    /// No such class of service.
    #[error("no such class")]
    NoClass,
    /// The slot has no place left.
    #[error("the slot is full")]
    Full,
    /// No such slot: past, a day off, outside the hours, too far ahead.
    #[error("no such slot")]
    NoSlot,
    /// The centre takes no appointments.
    #[error("no appointments here")]
    NoBookings,
    /// The mobile has an open booking of this service here.
    #[error("one open booking a service")]
    Once,
    /// The mobile has as many open bookings as it may have.
    #[error("too many open bookings")]
    TooMany,
    /// Appointments were missed: none for some days.
    #[error("blocked after missed appointments")]
    Blocked {
        /// First day on which it may book again.
        until: jiff::civil::Date,
    },
    /// The appointment is over, given up or used.
    #[error("the booking is over")]
    Over,
    /// Too early to arrive.
    #[error("too early")]
    Early,
    /// Somebody set it after the form was opened.
    #[error("set meanwhile")]
    Changed,
    /// A setting out of its range.
    #[error("{0} is out of its range")]
    Range(&'static str),
}

impl Refusal {
    /// Key of its text.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::State => "queue-refused-state",
            Self::NoReason => "queue-refused-reason",
            Self::Nobody => "queue-refused-nobody",
            Self::Busy => "queue-refused-busy",
            Self::Closed => "queue-refused-closed",
            Self::NoKiosk => "queue-refused-kiosk",
            Self::NoClass => "queue-refused-class",
            Self::Full => "queue-refused-full",
            Self::NoSlot => "queue-refused-slot",
            Self::NoBookings => "queue-refused-bookings",
            Self::Once => "queue-refused-once",
            Self::TooMany => "queue-refused-many",
            Self::Blocked { .. } => "queue-refused-blocked",
            Self::Over => "queue-refused-over",
            Self::Early => "queue-refused-early",
            Self::Changed => "queue-conflict",
            Self::Range(_) => "queue-refused-range",
        }
    }
}
