use jiff::civil::{Date, Weekday, date, time};
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::clock::Micros;
use crate::dates::{day_of, end_of_day, instant};

fn at(day: Date, hour: i8, minute: i8) -> Micros {
    instant(day, time(hour, minute, 0, 0))
}

/// Autumn 2026: 6 October moved to Thursday the 8th.
fn autumn() -> WorkCalendar {
    WorkCalendar::new([date(2026, 10, 8)])
}

#[test]
fn sham_el_nessim_of_the_published_tables() {
    for day in [date(2024, 5, 6), date(2025, 4, 21), date(2026, 4, 13), date(2027, 5, 3)] {
        assert_eq!(sham_el_nessim(day.year()), Some(day));
    }
    assert_eq!(coptic_easter(2100), None);
    assert!((1900..2100).all(|year| coptic_easter(year).is_some_and(|d| d.weekday() == Weekday::Sunday)));
}

#[test]
fn weekends() {
    let usual = Weekend::default();
    assert!(usual.contains(Weekday::Friday) && usual.contains(Weekday::Saturday));
    assert!(!usual.contains(Weekday::Sunday) && !usual.contains(Weekday::Thursday));
    assert_eq!(Weekend::new(&[Weekday::Friday, Weekday::Saturday]), Some(usual));
    assert_eq!(Weekend::new(&Weekday::Sunday.cycle_forward().take(7).collect::<Vec<_>>()), None);
    assert!(serde_json::from_str::<Weekend>("255").is_err());
}

#[test]
fn receipt_outside_working_days_counts_on_the_next_one() {
    let calendar = autumn();
    let sunday = date(2026, 10, 11);
    assert_eq!(calendar.received_day(at(date(2026, 10, 7), 23, 59)), date(2026, 10, 7));
    assert_eq!(calendar.received_day(at(date(2026, 10, 8), 10, 0)), sunday, "holiday");
    assert_eq!(calendar.received_day(at(date(2026, 10, 9), 10, 0)), sunday, "Friday");
    assert_eq!(calendar.received_day(at(sunday, 0, 0)), sunday);
}

#[test]
fn due_is_the_close_of_the_nth_working_day() {
    let calendar = autumn();
    let received = at(date(2026, 10, 6), 10, 30);
    let due = calendar.due(received, 3, &[]);
    // Wednesday 7, then holiday, Friday, Saturday; Sunday 11, Monday 12.
    assert_eq!(due, Due { day: date(2026, 10, 12), at: at(date(2026, 10, 12), 15, 0) });
    assert!(!due.is_late(due.at) && due.is_late(due.at.plus(1)));
    assert_eq!(calendar.due(received, 0, &[]).day, date(2026, 10, 6));
    assert_eq!(calendar.remaining(received, due.day), 3);
    assert_eq!(calendar.remaining(at(date(2026, 10, 14), 9, 0), due.day), -2);
}

#[test]
fn ramadan_closes_earlier() {
    let ramadan = HoursRow { from: date(2027, 2, 8), to: Some(date(2027, 3, 8)), hours: Hours::RAMADAN };
    let calendar = WorkCalendar::default().with_hours(ramadan);
    assert_eq!(calendar.closing(date(2027, 3, 8)), at(date(2027, 3, 8), 14, 0));
    assert_eq!(calendar.closing(date(2027, 3, 9)), at(date(2027, 3, 9), 15, 0));
    assert!(!calendar.is_open(at(date(2027, 3, 8), 8, 45)));
    assert!(calendar.is_open(at(date(2027, 3, 9), 8, 45)));
    assert_eq!(calendar.next_opening(at(date(2027, 3, 4), 15, 0)), at(date(2027, 3, 7), 9, 0));
    assert_eq!(calendar.next_opening(at(date(2027, 3, 8), 6, 0)), at(date(2027, 3, 8), 9, 0));
}

#[test]
fn evening_shift() {
    let hours = Hours { evening: Some(Span::new((17, 0), (20, 0))), ..Hours::USUAL };
    let row = HoursRow { from: date(2026, 1, 1), to: None, hours };
    let calendar = WorkCalendar::default().with_hours(row);
    let day = date(2026, 10, 12);
    assert!(!calendar.is_open(at(day, 16, 0)) && calendar.is_open(at(day, 17, 0)) && !calendar.is_open(at(day, 20, 0)));
    assert_eq!(calendar.next_opening(at(day, 16, 0)), at(day, 17, 0));
}

#[test]
fn a_pause_excludes_from_the_day_after_it_begins_to_the_day_it_ends() {
    let calendar = autumn();
    let received = at(date(2026, 10, 11), 9, 0);
    assert_eq!(calendar.due(received, 5, &[]).day, date(2026, 10, 18));
    // Asked on Tuesday, answered on Thursday: Wednesday and Thursday do not count.
    let pause = Pause::between(at(date(2026, 10, 13), 12, 0), at(date(2026, 10, 15), 9, 0));
    assert_eq!(calendar.due(received, 5, &[pause]).day, date(2026, 10, 20));
    assert_eq!(calendar.used(received, date(2026, 10, 18), &[pause]), 3);
    // Begun and ended on one day, it excludes nothing.
    let short = Pause::between(at(date(2026, 10, 13), 9, 0), at(date(2026, 10, 13), 14, 0));
    assert_eq!(calendar.due(received, 5, &[short]).day, date(2026, 10, 18));
}

#[test]
fn statutory_limits_count_calendar_days() {
    let calendar = autumn();
    // Received on a Friday: day 0 is Sunday 11 October.
    let due = calendar.statutory_due(at(date(2026, 10, 9), 9, 0), 30, &[]);
    assert_eq!(due, Due { day: date(2026, 11, 10), at: end_of_day(date(2026, 11, 10)) });
    let pause = Pause { began: date(2026, 10, 12), ended: date(2026, 10, 17) };
    assert_eq!(calendar.statutory_due(at(date(2026, 10, 11), 9, 0), 30, &[pause]).day, date(2026, 11, 15));
}

fn day() -> impl Strategy<Value = Date> {
    (2024_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

fn moment() -> impl Strategy<Value = Micros> {
    (day(), 0_i8..24, 0_i8..60).prop_map(|(d, h, m)| at(d, h, m))
}

fn calendar() -> impl Strategy<Value = WorkCalendar> {
    (vec(day(), 0..200), 0_u8..127).prop_map(|(holidays, weekend)| WorkCalendar {
        weekend: Weekend::try_from(weekend).unwrap_or_default(),
        ..WorkCalendar::new(holidays)
    })
}

fn pauses() -> impl Strategy<Value = Vec<Pause>> {
    vec((day(), 0_i64..40), 0..4).prop_map(|pauses| {
        let pause =
            |(began, days): (Date, i64)| Pause { began, ended: began.saturating_add(jiff::Span::new().days(days)) };
        pauses.into_iter().map(pause).collect()
    })
}

/// The last day of a limit as somebody finds it with a finger on a wall calendar.
fn by_finger(c: &WorkCalendar, received: Date, n: u32, pauses: &[Pause]) -> Date {
    let free = |day: Date| c.weekend.contains(day.weekday()) || c.holidays.contains(&day);
    let mut day = received;
    while free(day) {
        day = day.tomorrow().unwrap();
    }
    let mut left = n;
    while left > 0 {
        day = day.tomorrow().unwrap();
        // Of a pause the first day counts and the last does not.
        let stands = pauses.iter().any(|pause| pause.began < day && day <= pause.ended);
        left -= u32::from(!free(day) && !stands);
    }
    day
}

proptest! {
    #[test]
    fn due_is_found_by_finger(c in calendar(), t in moment(), n in 0_u32..90, p in pauses()) {
        prop_assert_eq!(c.due(t, n, &p).day, by_finger(&c, day_of(t), n, &p));
    }

    #[test]
    fn due_lands_on_a_working_day_outside_pauses(c in calendar(), t in moment(), n in 1_u32..90, p in pauses()) {
        let due = c.due(t, n, &p);
        prop_assert!(c.is_working_day(due.day));
        prop_assert!(!p.iter().any(|pause| pause.covers(due.day)));
        prop_assert_eq!(day_of(due.at), due.day);
        prop_assert!(due.at > t);
    }

    #[test]
    fn due_and_used_are_inverse(c in calendar(), t in moment(), n in 1_u32..90, p in pauses()) {
        let due = c.due(t, n, &p);
        prop_assert_eq!(c.used(t, due.day, &p), n);
        prop_assert_eq!(c.used(t, due.day.yesterday().unwrap_or(due.day), &p), n - 1);
        prop_assert_eq!(c.remaining(at(c.received_day(t), 9, 0), c.due(t, n, &[]).day), i64::from(n));
    }

    #[test]
    fn due_is_monotone(c in calendar(), t in moment(), later in 0_i64..90, n in 0_u32..60, more in 0_u32..30, p in pauses()) {
        prop_assert!(c.due(t, n, &p) <= c.due(t, n + more, &p));
        prop_assert!(c.due(t, n, &[]) <= c.due(t.plus_days(later), n, &[]));
        prop_assert!(c.statutory_due(t, n, &p) <= c.statutory_due(t, n + more, &p));
    }

    #[test]
    fn pauses_and_holidays_never_shorten(c in calendar(), t in moment(), n in 0_u32..60, p in pauses(), extra in vec(day(), 0..20)) {
        let due = c.due(t, n, &[]);
        prop_assert!(c.due(t, n, &p) >= due);
        prop_assert!(c.statutory_due(t, n, &p) >= c.statutory_due(t, n, &[]));
        let holidays = c.clone().with_holidays(extra);
        prop_assert!(holidays.due(t, n, &[]) >= due);
    }

    #[test]
    fn a_pause_gives_back_exactly_its_working_days(c in calendar(), t in moment(), n in 1_u32..60, offset in 0_i64..20, length in 0_i64..20) {
        let began = c.received_day(t).saturating_add(jiff::Span::new().days(offset));
        let pause = Pause { began, ended: began.saturating_add(jiff::Span::new().days(length)) };
        if pause.began >= c.due(t, n, &[]).day {
            return Ok(());
        }
        let given = u32::try_from(c.working_days_between(pause.began, pause.ended)).unwrap_or(0);
        prop_assert_eq!(c.due(t, n, &[pause]), c.due(t, n + given, &[]));
    }

    #[test]
    fn between_is_antisymmetric_and_adds_up(c in calendar(), a in day(), b in day(), d in day()) {
        prop_assert_eq!(c.working_days_between(a, b), -c.working_days_between(b, a));
        prop_assert_eq!(c.working_days_between(a, b) + c.working_days_between(b, d), c.working_days_between(a, d));
    }

    #[test]
    fn statutory_without_pauses_is_plain_addition(c in calendar(), t in moment(), n in 0_u32..400) {
        let due = c.statutory_due(t, n, &[]);
        prop_assert_eq!(due.day, c.received_day(t).saturating_add(jiff::Span::new().days(i64::from(n))));
    }

    #[test]
    fn a_unit_is_open_at_its_next_opening(c in calendar(), t in moment()) {
        let opening = c.next_opening(t);
        prop_assert!(opening >= t && c.is_open(opening));
    }

    #[test]
    fn a_calendar_survives_its_json(c in calendar()) {
        let text = serde_json::to_string(&c).unwrap();
        prop_assert_eq!(serde_json::from_str::<WorkCalendar>(&text).unwrap(), c);
    }
}
