//! The demonstration's clock. On a Friday no visit can be made and nothing falls due, so a demonstration that is
//! loaded on a day off lives on the last working day, and everything in it can be tried.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use foundation::calendar::WorkCalendar;
use foundation::clock::{Clock, Micros, SharedClock, SystemClock};
use foundation::dates;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::config::Config;

/// Beside the mark: by how many days the clock is behind.
const FILE: &str = "demonstration-clock";

#[derive(Debug)]
struct Behind(i64);

impl Clock for Behind {
    fn now(&self) -> Micros {
        SystemClock.now().minus(self.0 * Micros::DAY)
    }
}

/// What tells the time in this data folder: the machine, unless a demonstration there is behind.
pub fn clock(config: &Config) -> SharedClock {
    match behind(config) {
        0 => Arc::new(SystemClock),
        days => Arc::new(Behind(days)),
    }
}

/// Days that the clock is behind.
pub fn behind(config: &Config) -> i64 {
    std::fs::read_to_string(config.folder().join(FILE)).ok().and_then(|days| days.trim().parse().ok()).unwrap_or(0)
}

/// Sets the clock when the demonstration is loaded. Later it only catches up: nothing happens before what has happened.
pub fn set(config: &Config, fresh: bool) -> Result<()> {
    let holidays = catalogue::holidays().context("the holidays")?;
    let calendar = WorkCalendar::new(holidays.iter().map(|holiday| holiday.date));
    let days = days(&calendar, dates::day_of(SystemClock.now()), if fresh { None } else { Some(behind(config)) });
    Ok(std::fs::write(config.folder().join(FILE), format!("{days}\n"))?)
}

fn days(calendar: &WorkCalendar, today: Date, before: Option<i64>) -> i64 {
    let works = |days: &i64| calendar.is_working_day(today.saturating_sub(days.days()));
    match before {
        None => (0..30).find(works).unwrap_or(0),
        Some(days) => [0, days].into_iter().find(works).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_demonstration_begins_on_a_working_day_and_never_goes_back() {
        // 26 November 2026 is a Thursday, here a holiday.
        let calendar = WorkCalendar::new([date(2026, 11, 26)]);
        assert_eq!(days(&calendar, date(2026, 11, 25), None), 0);
        assert_eq!(days(&calendar, date(2026, 11, 26), None), 1);
        assert_eq!(days(&calendar, date(2026, 11, 27), None), 2);
        assert_eq!(days(&calendar, date(2026, 11, 28), Some(3)), 3);
        assert_eq!(days(&calendar, date(2026, 11, 28), Some(1)), 0, "Friday is no better than Saturday");
        assert_eq!(days(&calendar, date(2026, 11, 29), Some(2)), 0, "at work again");
        assert_eq!(days(&calendar, date(2026, 11, 27), Some(0)), 0, "what has begun today does not go back");
    }
}
