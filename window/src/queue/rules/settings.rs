//! How a hall works (إعدادات الصالة): classes, priorities, appointments. What a centre's manager has not
//! set is as here.

use registry::Right;
use serde::{Deserialize, Serialize};

use super::Refusal;

/// Class of service (فئة خدمة): a letter on the ticket, and who serves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// The letter.
    pub letter: &'static str,
    /// Key of its name.
    pub name: &'static str,
    /// Icon of its button.
    pub icon: &'static str,
    /// Kind of desk: `window` or `till`.
    pub lane: &'static str,
    /// The right with which it is served.
    pub right: Right,
}

/// The classes, in the order of the kiosk's buttons.
pub const CLASSES: &[Class] = &[
    Class { letter: "A", name: "queue-class-new", icon: "document", lane: WINDOW, right: Right::TakeRequests },
    Class { letter: "B", name: "queue-class-supply", icon: "upload", lane: WINDOW, right: Right::TakeRequests },
    Class { letter: "C", name: "queue-class-pay", icon: "window", lane: TILL, right: Right::CollectPayments },
    Class { letter: "D", name: "queue-class-receive", icon: "tick", lane: WINDOW, right: Right::HandOver },
    Class { letter: "E", name: "queue-class-ask", icon: "help", lane: WINDOW, right: Right::TakeRequests },
];

/// Windows at which requests are taken and papers handed over.
pub const WINDOW: &str = "window";
/// Windows at which money is taken.
pub const TILL: &str = "till";
/// Class of who comes by appointment.
pub const BY_APPOINTMENT: &str = "A";

/// The class of a letter.
#[must_use]
pub fn class(letter: &str) -> Option<&'static Class> {
    CLASSES.iter().find(|class| class.letter == letter)
}

/// The lane of a letter.
#[must_use]
pub fn lane(letter: &str) -> &'static str {
    class(letter).map_or(WINDOW, |class| class.lane)
}

/// Priority of who comes at the hour of an appointment.
pub const APPOINTMENT: &str = "appointment";

/// Priorities that a visitor can have, with the head start in minutes where a centre sets none.
pub const PRIORITIES: &[(&str, i64)] = &[("disabled", 45), ("elderly", 30), ("pregnant", 30), (APPOINTMENT, 60)];
/// The longest head start: nobody is overtaken by who came later than this after them.
pub const MOST_AHEAD: i64 = 120;

/// Head start of one priority (أسبقية).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Priority {
    /// Its code.
    pub code: String,
    /// Minutes by which it stands before its arrival.
    pub minutes: i64,
}

/// Places of a service of its own (سعة خدمة).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The service.
    pub service: String,
    /// Places in a slot.
    pub capacity: i64,
}

/// Appointments of a centre (إعدادات المواعيد).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointments {
    /// Whether any are taken.
    pub open: bool,
    /// Length of a slot in minutes.
    pub length: i64,
    /// Places in a slot, for all services without a line of their own.
    pub capacity: i64,
    /// How many days ahead.
    pub ahead: i64,
    /// Services with places of their own.
    pub lines: Vec<Line>,
}

/// How a hall works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Head starts.
    pub priorities: Vec<Priority>,
    /// Appointments.
    pub appointments: Appointments,
}

impl Default for Settings {
    fn default() -> Self {
        let one = |(code, minutes): &(&str, i64)| Priority { code: (*code).to_owned(), minutes: *minutes };
        Self {
            priorities: PRIORITIES.iter().map(one).collect(),
            appointments: Appointments { open: true, length: 20, capacity: 2, ahead: 14, lines: Vec::new() },
        }
    }
}

impl Settings {
    /// Head start of a priority in minutes; none for no priority.
    #[must_use]
    pub fn head_start(&self, code: &str) -> i64 {
        let own = self.priorities.iter().find(|one| one.code == code).map(|one| one.minutes);
        own.unwrap_or(0).clamp(0, MOST_AHEAD)
    }

    /// The line in which a service is booked, and its places.
    #[must_use]
    pub fn line(&self, service: &str) -> (&str, i64) {
        let own = self.appointments.lines.iter().find(|line| line.service == service);
        own.map_or(("", self.appointments.capacity), |line| (&line.service, line.capacity))
    }

    /// Refuses what is out of range.
    ///
    /// # Errors
    /// [`Refusal::Range`] with the field.
    pub fn checked(self) -> Result<Self, Refusal> {
        let known = |code: &str| PRIORITIES.iter().any(|(one, _)| *one == code);
        if self.priorities.iter().any(|one| !known(&one.code) || !(0..=MOST_AHEAD).contains(&one.minutes)) {
            return Err(Refusal::Range("priority"));
        }
        let booking = &self.appointments;
        for (field, value, least, most) in [
            ("length", booking.length, 5, 240),
            ("capacity", booking.capacity, 0, 200),
            ("ahead", booking.ahead, 1, 90),
        ] {
            if value < least || value > most {
                return Err(Refusal::Range(field));
            }
        }
        if booking.lines.len() > 50 || booking.lines.iter().any(|line| !(0..=200).contains(&line.capacity)) {
            return Err(Refusal::Range("line-capacity"));
        }
        Ok(self)
    }
}
