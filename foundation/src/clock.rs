//! Time as the platform keeps it: whole microseconds UTC, read from an injected clock.
//!
//! Nothing but [`SystemClock`] asks the machine for the time, so every rule can be tested on
//! any day. What the people of the platform call a day is made of a [`Micros`] in
//! [`crate::dates`].

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// لحظة زمنية: an instant, in microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Micros(pub i64);

impl Micros {
    /// One second in microseconds.
    pub const SECOND: i64 = 1_000_000;
    /// One minute in microseconds.
    pub const MINUTE: i64 = 60 * Self::SECOND;
    /// One hour in microseconds.
    pub const HOUR: i64 = 60 * Self::MINUTE;
    /// Twenty-four hours in microseconds; a Cairo day is not always this long.
    pub const DAY: i64 = 24 * Self::HOUR;

    /// The instant `micros` later (earlier if negative); stops at the ends of `i64`.
    #[must_use]
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// The instant `micros` earlier; stops at the ends of `i64`.
    #[must_use]
    pub const fn minus(self, micros: i64) -> Self {
        Self(self.0.saturating_sub(micros))
    }

    /// The instant `seconds` later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus(seconds.saturating_mul(Self::SECOND))
    }

    /// The instant `minutes` later.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus(minutes.saturating_mul(Self::MINUTE))
    }

    /// The instant `hours` later.
    #[must_use]
    pub const fn plus_hours(self, hours: i64) -> Self {
        self.plus(hours.saturating_mul(Self::HOUR))
    }

    /// The instant `days` × 24 hours later; for calendar days use [`crate::calendar`].
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus(days.saturating_mul(Self::DAY))
    }

    /// Microseconds from `earlier` to here; negative if `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Whole seconds since the epoch, rounded down (for cookies and CWT claims).
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(Self::SECOND)
    }

    /// The instant of a whole number of seconds since the epoch.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(Self::SECOND))
    }

    /// Whole milliseconds since the epoch, rounded down.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// The same instant for jiff; instants outside its range (years −9999 to 9999) become
    /// the nearest end of it.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
    }
}

impl From<Timestamp> for Micros {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_microsecond())
    }
}

impl From<Micros> for Timestamp {
    fn from(micros: Micros) -> Self {
        micros.timestamp()
    }
}

/// RFC 3339 in UTC, for logs and machine formats; pages use [`crate::dates`].
impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}", self.timestamp())
    }
}

impl fmt::Debug for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// ساعة النظام: where the present comes from.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Micros;
}

/// A clock handed to everything that needs the present.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's own clock: the only reader of system time in the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl SystemClock {
    /// The machine's clock, ready to be handed on.
    #[must_use]
    pub fn shared() -> SharedClock {
        Arc::new(Self)
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system clock")]
    fn now(&self) -> Micros {
        Timestamp::now().into()
    }
}

/// A clock that stands still until it is told to move: for tests and for demo data.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that shows `now`.
    #[must_use]
    pub const fn new(now: Micros) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// The same, in the shape that lets a test keep a handle and give one away.
    #[must_use]
    pub fn shared(now: Micros) -> Arc<Self> {
        Arc::new(Self::new(now))
    }

    /// Puts the clock at `now`, also backwards.
    pub fn set(&self, now: Micros) {
        self.0.store(now.0, Ordering::SeqCst);
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Micros {
        Micros(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_and_shows() {
        let t = Micros(1_795_253_400_000_000);
        assert_eq!(Micros::from(t.timestamp()), t);
        assert_eq!(t.to_string(), "2026-11-21T09:30:00.000000Z");
        assert_eq!(serde_json::to_string(&t).ok().as_deref(), Some("1795253400000000"));
        assert_eq!(Micros(-1).seconds(), -1);
        assert_eq!(Micros(i64::MAX).timestamp(), Timestamp::MAX);
    }

    #[test]
    fn fixed_clock_moves_only_when_told() {
        let clock = FixedClock::shared(Micros(5));
        let shared: SharedClock = clock.clone();
        clock.advance(Duration::from_secs(1));
        assert_eq!(shared.now(), Micros(1_000_005));
        clock.set(Micros(1));
        assert_eq!(shared.now(), Micros(1));
    }
}
