//! Clocks (المدد): days in Cairo, working days of a holder, pauses taken out.

use catalogue::model::DayKind;
use foundation::calendar::WorkCalendar;
use foundation::clock::Micros;
use jiff::civil::Date;

use super::facts::Facts;
use super::refusal::Refusal;
use crate::requests::events::{Deadline, Statutory};
use crate::requests::state::Pause;

/// Working days of a unit.
pub(super) fn calendar<'a>(facts: &'a Facts<'_>, unit: &str) -> Result<&'a WorkCalendar, Refusal> {
    facts.world.calendar(unit).ok_or(Refusal::NotProvided { what: "calendar" })
}

/// The day in Cairo.
#[must_use]
pub fn day(at: Micros) -> Date {
    foundation::dates::day_of(at)
}

/// The day after.
pub(super) fn next(date: Date) -> Date {
    date.tomorrow().unwrap_or(Date::MAX)
}

/// Whether anybody works on that day.
pub(super) fn is_working(calendar: &WorkCalendar, date: Date) -> bool {
    calendar.is_working(date)
}

/// Day 0 of what arrives now: today, or the next working day.
#[must_use]
pub fn received(calendar: &WorkCalendar, at: Micros) -> Date {
    let mut date = day(at);
    while !calendar.is_working(date) && date < Date::MAX { date = next(date); }
    date
}

fn paused(pauses: &[Pause], date: Date, today: Date) -> bool {
    pauses.iter().any(|pause| date > pause.from && date <= pause.to.unwrap_or(today))
}

/// End of back-office hours on the nth working day after day 0; a pause that still runs counts as ended today.
pub(super) fn deadline(
    calendar: &WorkCalendar,
    from: Date,
    days: u16,
    pauses: &[Pause],
    today: Date,
) -> Deadline {
    let mut due = from; let mut n = 0;
    while n < days && due < Date::MAX { due = next(due); if calendar.is_working(due) && !paused(pauses, due, today) { n += 1; } }
    Deadline { due, due_at: calendar.closes(due) }
}

/// Working days held and stood still from day 0 to a day.
pub(super) fn spent(calendar: &WorkCalendar, from: Date, until: Date, pauses: &[Pause]) -> (u16, u16) {
    let (mut w, mut p) = (0, 0); let mut d = from;
    while d < until { d = next(d); if calendar.is_working(d) { if paused(pauses, d, until) { p += 1 } else { w += 1 } } }
    (w, p)
}

/// Working days left until a day: 0 on the last day, negative when late.
#[must_use]
pub fn left(_calendar: &WorkCalendar, _today: Date, _due: Date) -> i32 { 0 }

/// Last day of the law.
pub(super) fn statutory(
    calendar: &WorkCalendar,
    from: Date,
    law: &Statutory,
    pauses: &[Pause],
    today: Date,
) -> Deadline {
    let pauses = if law.pauses { pauses } else { &[] };
    match law.day_kind {
        DayKind::Working => deadline(calendar, from, law.days, pauses, today),
        DayKind::Calendar => {
            let due = from.checked_add(jiff::Span::new().days(law.days)).unwrap_or(Date::MAX);
            Deadline { due, due_at: calendar.closes(due) }
        }
    }
}
