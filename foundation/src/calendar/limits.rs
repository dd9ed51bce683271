//! Time limits: when something is due, and how many days are left.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::WorkCalendar;
use crate::clock::Micros;
use crate::dates;

/// إيقاف المدة: the clock stood still from the day after it began to the day it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The Cairo day on which it began; this day still counts.
    pub began: Date,
    /// The Cairo day on which it ended; this day does not count.
    pub ended: Date,
}

impl Pause {
    /// Between two instants; for a pause that still runs, `to` is the present.
    #[must_use]
    pub fn between(from: Micros, to: Micros) -> Self {
        Self { began: dates::day_of(from), ended: dates::day_of(to) }
    }

    /// Whether it takes this day out.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.began < day && day <= self.ended
    }
}

/// الموعد النهائي: the day on which something is due, and the instant after which it is late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Due {
    /// The day, as pages print it.
    pub day: Date,
    /// The last instant in time.
    pub at: Micros,
}

impl Due {
    /// Whether the present is past it.
    #[must_use]
    pub fn is_late(&self, now: Micros) -> bool {
        now > self.at
    }
}

impl WorkCalendar {
    /// يوم الاستلام: the working day as which a receipt at this instant counts (day 0).
    #[must_use]
    pub fn received_day(&self, at: Micros) -> Date {
        self.working_day_from(dates::day_of(at))
    }

    /// The `n`th working day after `day`, leaving out paused days; for 0, `day` itself or the
    /// next working day.
    #[must_use]
    pub fn nth_working_day(&self, day: Date, n: u32, pauses: &[Pause]) -> Date {
        if n == 0 {
            return self.working_day_from(day);
        }
        nth_day(day, n, |day| self.counts(day, pauses))
    }

    /// The limit of `n` working days from a receipt at `received`: the close of the back office
    /// on the `n`th working day.
    #[must_use]
    pub fn due(&self, received: Micros, n: u32, pauses: &[Pause]) -> Due {
        let day = self.nth_working_day(self.received_day(received), n, pauses);
        Due { day, at: self.closing(day) }
    }

    /// The statutory limit (مدة قانونية) of `n` calendar days from a receipt at `received`: the
    /// end of the `n`th day, whatever day it is. Such limits ignore pauses unless the service
    /// says otherwise: then hand them in.
    #[must_use]
    pub fn statutory_due(&self, received: Micros, n: u32, pauses: &[Pause]) -> Due {
        let start = self.received_day(received);
        let day = if n == 0 { start } else { nth_day(start, n, |day| !pauses.iter().any(|p| p.covers(day))) };
        Due { day, at: dates::end_of_day(day) }
    }

    /// Working days after `from` up to and including `to`; negative if `to` is the earlier.
    #[must_use]
    pub fn working_days_between(&self, from: Date, to: Date) -> i64 {
        self.counted_between(from, to, &[])
    }

    /// Working days of a limit used up by the end of `today`, paused days left out.
    #[must_use]
    pub fn used(&self, received: Micros, today: Date, pauses: &[Pause]) -> u32 {
        let days = self.counted_between(self.received_day(received), today, pauses).max(0);
        u32::try_from(days).unwrap_or(u32::MAX)
    }

    /// الأيام المتبقية: working days left after today until a due day, that day included: 0 on
    /// the day itself, negative when late.
    #[must_use]
    pub fn remaining(&self, now: Micros, due: Date) -> i64 {
        self.working_days_between(dates::day_of(now), due)
    }

    fn counts(&self, day: Date, pauses: &[Pause]) -> bool {
        self.is_working_day(day) && !pauses.iter().any(|pause| pause.covers(day))
    }

    fn counted_between(&self, from: Date, to: Date, pauses: &[Pause]) -> i64 {
        let (low, high, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let days = low.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day <= high);
        let counted = days.filter(|day| self.counts(*day, pauses)).count();
        sign * i64::try_from(counted).unwrap_or(i64::MAX)
    }
}

/// The `n`th day after `day` that counts; the end of time if there are not so many.
fn nth_day(day: Date, n: u32, counts: impl Fn(Date) -> bool) -> Date {
    let mut day = day;
    let mut left = n;
    while left > 0 {
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => return Date::MAX,
        }
        if counts(day) {
            left -= 1;
        }
    }
    day
}
