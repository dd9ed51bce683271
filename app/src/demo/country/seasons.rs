//! When people come: working days of a year, more before the end of the fiscal year and after feasts, fewer in
//! Ramadan and in the summer; more on Sundays than on Thursdays, more in the morning than at noon.

use jiff::civil::{Date, Weekday};
use rand::Rng;
use rand::rngs::StdRng;
use registry::units::{HoursKind, Tree};

/// Minutes after the first hour of a pattern, which is nine o'clock, in which people come.
const MINUTES: u32 = 285;
/// The same in Ramadan, whose days end earlier.
const FASTING: u32 = 240;

/// The year's working days with how busy each is.
pub struct Seasons {
    /// Day, sum of the weights up to and with it, whether it lies in Ramadan.
    days: Vec<(Date, f64, bool)>,
}

impl Seasons {
    /// The seasons between two days, by the calendar of the country.
    pub fn of(tree: &Tree, from: Date, to: Date) -> Seasons {
        let hours = tree.hours(registry::place::NATIONAL, HoursKind::BackOffice);
        let fasting = |day: Date| {
            hours.iter().any(|row| {
                row.first_day.is_some_and(|first| first <= day) && row.last_day.is_some_and(|last| day <= last)
            })
        };
        let Some(calendar) = tree.calendar(registry::place::NATIONAL) else { return Seasons { days: Vec::new() } };
        let mut sum = 0.0;
        let mut closed = 0;
        let mut days = Vec::new();
        for day in from.series(jiff::Span::new().days(1)).take_while(|day| *day <= to) {
            if !calendar.is_working_day(day) {
                closed += 1;
                continue;
            }
            let ramadan = fasting(day);
            sum += weight(day, ramadan, closed);
            closed = 0;
            days.push((day, sum, ramadan));
        }
        Seasons { days }
    }

    /// A day and the minutes after nine on it.
    pub fn draw(&self, random: &mut StdRng) -> (Date, u32) {
        let all = self.days.last().map_or(0.0, |day| day.1);
        let ticket = random.random_range(0.0..all.max(f64::MIN_POSITIVE));
        let at = self.days.partition_point(|day| day.1 <= ticket);
        let Some((day, _, ramadan)) = self.days.get(at).or(self.days.last()) else { return (Date::MIN, 0) };
        let most = if *ramadan { FASTING } else { MINUTES };
        // The earlier of two: mornings are fuller.
        (*day, random.random_range(0..most).min(random.random_range(0..most)))
    }
}

/// How busy a day is; `closed` days off lie before it.
fn weight(day: Date, ramadan: bool, closed: u32) -> f64 {
    let month = match day.month() {
        6 => 1.5,
        7 | 8 => 0.75,
        9 => 1.15,
        12 => 1.1,
        _ => 1.0,
    };
    let weekday = match day.weekday() {
        Weekday::Sunday => 1.25,
        Weekday::Thursday => 0.8,
        _ => 1.0,
    };
    let fasting = if ramadan { 0.55 } else { 1.0 };
    let after_feast = if closed > 3 { 1.5 } else { 1.0 };
    month * weekday * fasting * after_feast
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn june_is_fuller_than_august_and_ramadan_is_calm() {
        // Mondays.
        let [june, august] = [date(2026, 6, 15), date(2026, 8, 17)].map(|day| weight(day, false, 0));
        assert!(june > 1.5 * august);
        assert!(weight(date(2026, 3, 2), true, 0) < 0.6 * weight(date(2026, 3, 2), false, 0));
        assert!(weight(date(2026, 3, 24), false, 5) > weight(date(2026, 3, 24), false, 2));
    }
}
