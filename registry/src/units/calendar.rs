//! The working days and hours of a unit, put together from its own rows and those above it.

use std::collections::BTreeSet;

use foundation::calendar::{Hours as DayHours, HoursRow, Span, WorkCalendar};
use jiff::civil::{Date, Time};

use super::events::HoursKind;
use super::tree::{Hours, Tree, Unit};

/// The calendar of a unit: holidays of the whole way down to it; for each day the hours that the
/// nearest unit has set for some days (Ramadan), else the nearest usual ones.
pub(super) fn of(tree: &Tree, unit: &Unit) -> WorkCalendar {
    let calendar = WorkCalendar::new(tree.holidays(&unit.code).iter().map(|holiday| holiday.day));
    let (window, back_office) =
        (tree.hours(&unit.code, HoursKind::Window), tree.hours(&unit.code, HoursKind::BackOffice));
    // Hours can change only where some row begins or has ended.
    let mut changes: BTreeSet<Date> = BTreeSet::from([Date::MIN]);
    for row in window.iter().chain(&back_office) {
        changes.extend(row.first_day);
        changes.extend(row.last_day.and_then(|last| last.tomorrow().ok()));
    }
    let ends = changes.iter().skip(1).map(|day| day.yesterday().ok()).chain([None]);
    changes.iter().zip(ends).fold(calendar, |calendar, (from, to)| {
        let hours = DayHours {
            window: span(&window, *from).unwrap_or(DayHours::USUAL.window),
            back_office: span(&back_office, *from).unwrap_or(DayHours::USUAL.back_office),
            evening: None,
        };
        calendar.with_hours(HoursRow { from: *from, to, hours })
    })
}

/// The hours of a day among rows ordered from the nearest unit to the farthest.
fn span(rows: &[&Hours], day: Date) -> Option<Span> {
    let covers =
        |row: &&&Hours| row.first_day.is_some_and(|first| first <= day) && row.last_day.is_some_and(|last| day <= last);
    let row = rows.iter().find(covers).or_else(|| rows.iter().find(|row| row.first_day.is_none()))?;
    Some(Span { opens: clock(row.opens_minute), closes: clock(row.closes_minute) })
}

/// Midnight at the end of a day is its last minute.
fn clock(minute: i64) -> Time {
    let minute = minute.clamp(0, 24 * 60 - 1);
    let part = |value: i64| i8::try_from(value).unwrap_or(0);
    Time::new(part(minute / 60), part(minute % 60), 0, 0).unwrap_or_default()
}
