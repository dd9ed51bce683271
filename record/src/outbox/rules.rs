//! When a message may go, and when it is tried again. Pure.

use std::fmt;

use foundation::clock::Micros;
use foundation::dates;

/// How often a message is tried before it is given up.
pub const ATTEMPTS: i64 = 8;
/// The pause after the first failure; each further one is three times as long.
const FIRST_PAUSE: i64 = Micros::MINUTE;
/// The same for urgent messages, which live some minutes only.
const FIRST_URGENT: i64 = 15 * Micros::SECOND;
/// The longest pause.
const LONGEST_PAUSE: i64 = 6 * Micros::HOUR;

/// ساعات الهدوء: hours of the Cairo day in which nobody is disturbed, as minutes from midnight;
/// `from` is quiet, `to` is not. Equal ends mean none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// First quiet minute.
    pub from: i64,
    /// First minute after them.
    pub to: i64,
}

impl Quiet {
    /// 22:00 to 08:00.
    pub const USUAL: Self = Self { from: 22 * 60, to: 8 * 60 };
    /// No quiet hours.
    pub const NONE: Self = Self { from: 0, to: 0 };

    /// Reads `22:00-08:00`, or nothing at all for no quiet hours.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Self::NONE);
        }
        let minute = |text: &str| {
            let (hours, minutes) = text.trim().split_once(':')?;
            let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
            ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
        };
        let (from, to) = text.split_once('-')?;
        Some(Self { from: minute(from)?, to: minute(to)? })
    }

    /// Whether a moment lies in them.
    pub fn holds(self, at: Micros) -> bool {
        let time = dates::local(at).time();
        let minute = i64::from(time.hour()) * 60 + i64::from(time.minute());
        if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

/// How long to wait after the `attempt`th failure (from 1): growing, bounded, and up to a quarter
/// shorter or longer as `random` says, so that what failed together does not return together.
pub fn pause(attempt: i64, urgent: bool, random: u64) -> i64 {
    let first = if urgent { FIRST_URGENT } else { FIRST_PAUSE };
    let exponent = u32::try_from(attempt.clamp(1, 12) - 1).unwrap_or(0);
    let pause = first.saturating_mul(3_i64.saturating_pow(exponent)).min(LONGEST_PAUSE);
    // 0 to 1,000 thousandths of half the pause.
    let share = i64::try_from(random % 1_001).unwrap_or(0);
    pause - pause / 4 + pause / 2 / 1_000 * share
}

/// سبب التعذر: why a message was not sent: words of the program and a number of the other side,
/// never words of the other side, which may repeat whom it was for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why(String);

impl Why {
    /// A reason in a few words.
    pub fn new(words: &'static str) -> Self {
        Self(words.to_owned())
    }

    /// With the number that the other side gave.
    pub fn numbered(words: &'static str, number: u32) -> Self {
        Self(format!("{words} {number}"))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use foundation::dates::instant;
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    #[test]
    fn quiet_hours_span_midnight() {
        let quiet = Quiet::parse("22:00-08:00").expect("reads");
        assert_eq!(quiet, Quiet::USUAL);
        let at = |hour, minute| instant(date(2026, 11, 5), time(hour, minute, 0, 0));
        for (hour, minute, is) in [(21, 59, false), (22, 0, true), (0, 0, true), (7, 59, true), (8, 0, false)] {
            assert_eq!(quiet.holds(at(hour, minute)), is, "{hour}:{minute}");
        }
        assert!(!Quiet::parse("").expect("none").holds(at(3, 0)));
        assert!(Quiet::parse("13:00-14:00").expect("reads").holds(at(13, 30)));
        for bad in ["22-8", "24:00-08:00", "22:00", "22:00-08:60", "x"] {
            assert_eq!(Quiet::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn pauses_grow_and_are_bounded(attempt in 1..40_i64, urgent: bool, random: u64, other: u64) {
            let here = pause(attempt, urgent, random);
            prop_assert!(here > 0 && here <= LONGEST_PAUSE + LONGEST_PAUSE / 4);
            // Thrice as long with a quarter of play: always longer until the longest is reached.
            let next = pause(attempt + 1, urgent, other);
            prop_assert!(next > here || next >= LONGEST_PAUSE - LONGEST_PAUSE / 4);
            prop_assert!(urgent || here >= pause(attempt, true, random));
        }
    }
}
