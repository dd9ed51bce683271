//! Clocks (المدد): working days of whoever holds a step, pauses taken out.

use catalogue::model::DayKind;
use foundation::calendar::{self, WorkCalendar};
use foundation::clock::Micros;
use foundation::dates;
use jiff::civil::Date;

use super::facts::Facts;
use super::refusal::Refusal;
use crate::requests::events::{Deadline, LegalLimit};
use crate::requests::state::{Pause, StepClock};

/// Working days of a unit.
pub(super) fn calendar<'a>(facts: &'a Facts<'_>, unit: &str) -> Result<&'a WorkCalendar, Refusal> {
    facts.world.calendar(unit).ok_or(Refusal::NotProvided { what: "calendar" })
}

/// The day in Cairo.
#[must_use]
pub fn day(at: Micros) -> Date {
    dates::day_of(at)
}

/// The day after.
pub(super) fn next(date: Date) -> Date {
    date.tomorrow().unwrap_or(Date::MAX)
}

/// Pauses as the calendar takes them; one that still runs counts as ended today.
fn ended(pauses: &[Pause], today: Date) -> Vec<calendar::Pause> {
    let end = |pause: &Pause| pause.to.unwrap_or(today);
    pauses.iter().map(|pause| calendar::Pause { began: pause.from, ended: end(pause) }).collect()
}

/// The `days`th working day after day 0, and when its back office closes. A day of receipt that was made
/// a holiday later lies outside working days like any other: day 0 is the next working day.
///
/// A limit that had run to its last day when it stopped ends on the first working day that counts
/// again: whoever was in time when the clock stopped is not late the moment it runs on.
pub(super) fn deadline(calendar: &WorkCalendar, from: Date, days: u16, pauses: &[Pause], today: Date) -> Deadline {
    let pauses = ended(pauses, today);
    let received = calendar.working_day_from(from);
    let mut due = calendar.nth_working_day(received, days.into(), &pauses);
    for pause in &pauses {
        if pause.began <= due && due < pause.ended {
            due = calendar.nth_working_day(pause.ended, 1, &pauses);
        }
    }
    Deadline { due, due_at: calendar.closing(due) }
}

/// Working days held and working days stood still, from day 0 to a day.
pub(super) fn spent(calendar: &WorkCalendar, from: Date, until: Date, pauses: &[Pause]) -> (u16, u16) {
    let all = calendar.working_days_between(calendar.working_day_from(from), until).max(0);
    let held = calendar.used(dates::start_of_day(from), until, &ended(pauses, until));
    let held = i64::from(held).min(all);
    let short = |days: i64| u16::try_from(days).unwrap_or(u16::MAX);
    (short(held), short(all - held))
}

/// Working days that a desk has had a step until a day, and those that its clock stood still.
#[must_use]
pub fn so_far(calendar: &WorkCalendar, clock: &StepClock, today: Date) -> (u16, u16) {
    spent(calendar, clock.opened_on, today, &clock.pauses)
}

/// Last day of a limit of the law, from its day 0.
pub(super) fn statutory(calendar: &WorkCalendar, law: &LegalLimit, pauses: &[Pause], today: Date) -> Deadline {
    let LegalLimit { from, days, .. } = *law;
    let pauses = if law.pauses { pauses } else { &[] };
    match law.day_kind {
        DayKind::Working => deadline(calendar, from, days, pauses, today),
        DayKind::Calendar => {
            let pauses = ended(pauses, today);
            let due = calendar.statutory_due(dates::start_of_day(from), days.into(), &pauses);
            Deadline { due: due.day, due_at: due.at }
        }
    }
}
