//! When one can come (مواعيد متاحة): slots of the working hours.

use foundation::calendar::{Span, WorkCalendar};
use foundation::clock::Micros;
use foundation::dates;
use jiff::ToSpan as _;
use jiff::civil::{Date, Time, time};

use super::settings::Appointments;

/// The days on which one may book: working days from today on, as many days ahead as the centre allows.
#[must_use]
pub fn days(calendar: &WorkCalendar, booking: &Appointments, now: Micros) -> Vec<Date> {
    let today = dates::day_of(now);
    let last = today.checked_add(booking.ahead.clamp(0, 90).days()).unwrap_or(today);
    let mut days = Vec::new();
    let mut day = today;
    while day <= last {
        if calendar.is_working_day(day) && !of_day(calendar, booking, day, now).is_empty() {
            days.push(day);
        }
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    days
}

/// The slots of a day that have not begun, as minutes after midnight; none on a day off, in the past or too far
/// ahead. A slot ends before the windows close.
#[must_use]
pub fn of_day(calendar: &WorkCalendar, booking: &Appointments, day: Date, now: Micros) -> Vec<i64> {
    let today = dates::day_of(now);
    let last = today.checked_add(booking.ahead.clamp(0, 90).days()).unwrap_or(today);
    if !booking.open || booking.length < 1 || day < today || day > last || !calendar.is_working_day(day) {
        return Vec::new();
    }
    let hours = calendar.hours_on(day);
    let mut slots = Vec::new();
    for span in [Some(hours.window), hours.evening].into_iter().flatten() {
        let (from, to) = bounds(span);
        let mut minute = from;
        while minute + booking.length <= to {
            if instant(day, minute) > now {
                slots.push(minute);
            }
            minute += booking.length;
        }
    }
    slots.sort_unstable();
    slots.dedup();
    slots
}

fn bounds(span: Span) -> (i64, i64) {
    let minutes = |at: Time| i64::from(at.hour()) * 60 + i64::from(at.minute());
    (minutes(span.opens), minutes(span.closes))
}

/// The time of a minute after midnight.
#[must_use]
pub fn time_of(minute: i64) -> Time {
    let minute = minute.clamp(0, 24 * 60 - 1);
    let hour = i8::try_from(minute / 60).unwrap_or(0);
    time(hour, i8::try_from(minute % 60).unwrap_or(0), 0, 0)
}

/// The moment of a slot.
#[must_use]
pub fn instant(day: Date, minute: i64) -> Micros {
    dates::instant(day, time_of(minute))
}

/// The free slots nearest to one that is full.
#[must_use]
pub fn near(free: &[i64], wanted: i64, most: usize) -> Vec<i64> {
    let mut near = free.to_vec();
    near.sort_by_key(|minute| ((minute - wanted).abs(), *minute));
    near.truncate(most);
    near.sort_unstable();
    near
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::queue::rules::settings::Settings;

    fn booking(length: i64, ahead: i64) -> Appointments {
        Appointments { length, ahead, ..Settings::default().appointments }
    }

    #[test]
    fn a_sunday_morning() {
        let calendar = WorkCalendar::default();
        let sunday = date(2026, 11, 22);
        let now = instant(sunday, 13 * 60 + 5);
        assert_eq!(
            of_day(&calendar, &booking(20, 14), sunday, now),
            [13 * 60 + 10, 13 * 60 + 30, 13 * 60 + 50, 14 * 60 + 10]
        );
        assert!(of_day(&calendar, &booking(20, 14), date(2026, 11, 21), now).is_empty(), "yesterday");
        assert!(of_day(&calendar, &booking(20, 14), date(2026, 11, 27), now).is_empty(), "a Friday");
        assert!(of_day(&calendar, &booking(20, 3), date(2026, 11, 26), now).is_empty(), "too far ahead");
        let holiday = calendar.with_holidays([date(2026, 11, 23)]);
        assert!(of_day(&holiday, &booking(20, 14), date(2026, 11, 23), now).is_empty());
        assert_eq!(days(&holiday, &booking(20, 3), now), [sunday, date(2026, 11, 24), date(2026, 11, 25)]);
    }

    #[test]
    fn near_ones_are_told_in_their_order() {
        assert_eq!(near(&[540, 560, 600, 720], 580, 2), [560, 600]);
        assert!(near(&[], 580, 2).is_empty());
    }

    proptest! {
        #[test]
        fn slots_lie_in_the_hours_and_do_not_overlap(length in 1..300_i64, ahead in 0..90_i64, hour in 0..24_i64, day in 0..120_i32) {
            let calendar = WorkCalendar::default();
            let today = date(2026, 11, 22);
            let now = instant(today, hour * 60);
            let day = today.saturating_add(i64::from(day).days());
            let booking = booking(length, ahead);
            let slots = of_day(&calendar, &booking, day, now);
            for pair in slots.windows(2) {
                prop_assert!(matches!(pair, [one, next] if next - one >= length));
            }
            for minute in &slots {
                prop_assert!(calendar.is_open(instant(day, *minute)));
                prop_assert!(instant(day, *minute) > now);
                prop_assert!(minute + length <= 14 * 60 + 30);
            }
        }
    }
}
