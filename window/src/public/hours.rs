//! مواعيد الشباك: open now or not, the hours of the day, and the holidays to come.

use foundation::calendar::WorkCalendar;
use foundation::clock::Micros;
use foundation::dates;
use foundation::web::{Ctx, DeadlineView};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use registry::units::Tree;

/// Holidays are announced this many days ahead.
const AHEAD: i64 = 90;

/// Hours of a unit's windows.
#[derive(Debug, Default)]
pub(super) struct HoursView {
    pub is_open: bool,
    /// «مفتوح الآن حتى 2:30 م»، «مغلق الآن، يفتح الأحد 22 نوفمبر 2026 الساعة 8:30 ص».
    pub now: String,
    /// «من الأحد إلى الخميس».
    pub week: String,
    pub span: String,
    pub evening: String,
    pub holidays: Vec<HolidayLine>,
}

/// A day on which nobody works.
#[derive(Debug, Default)]
pub(super) struct HolidayLine {
    pub date: String,
    pub iso: String,
    pub name: String,
    pub is_certain: bool,
}

/// The hours of a unit at this moment.
pub(super) fn of(c: &Ctx, tree: &Tree, unit: &str, now: Micros) -> HoursView {
    let fallback = WorkCalendar::default();
    let calendar = tree.calendar(unit).map_or(&fallback, |calendar| calendar);
    let today = dates::day_of(now);
    let hours = calendar.hours_on(today);
    let span = |span: foundation::calendar::Span| {
        let [from, to] = [span.opens, span.closes].map(|at| time(c, at));
        c.ta("public-hours-span", &[("from", &from), ("to", &to)])
    };
    let last = today.checked_add(AHEAD.days()).unwrap_or(Date::MAX);
    let holidays = tree.holidays(unit).into_iter().filter(|holiday| today <= holiday.day && holiday.day <= last);
    HoursView {
        is_open: calendar.is_open(now),
        now: now_words(c, calendar, now),
        week: week(c, calendar),
        span: span(hours.window),
        evening: hours.evening.map(span).unwrap_or_default(),
        holidays: holidays
            .map(|holiday| HolidayLine {
                date: c.weekday(holiday.day),
                iso: dates::iso(holiday.day),
                name: holiday.name_in(c.lang).to_owned(),
                is_certain: holiday.confirmed,
            })
            .collect(),
    }
}

fn now_words(c: &Ctx, calendar: &WorkCalendar, now: Micros) -> String {
    let local = dates::local(now);
    let hours = calendar.hours_on(local.date());
    if calendar.is_open(now) {
        let closes = match hours.evening {
            Some(evening) if evening.contains(local.time()) => evening.closes,
            _ => hours.window.closes,
        };
        return c.t1("public-open-until", "time", time(c, closes));
    }
    let next = calendar.next_opening(now);
    let at = dates::local(next);
    let time = time(c, at.time());
    if at.date() == local.date() {
        c.t1("public-opens-today", "time", time)
    } else {
        let day = c.weekday(at.date());
        c.ta("public-opens-on", &[("day", &day), ("time", &time)])
    }
}

/// An hour that no line breaks apart.
fn time(c: &Ctx, at: jiff::civil::Time) -> String {
    c.style().time(at).replace(' ', "\u{A0}")
}

/// The working days of a week, from Sunday on.
fn week(c: &Ctx, calendar: &WorkCalendar) -> String {
    let days: Vec<Weekday> =
        Weekday::Sunday.cycle_forward().take(7).filter(|day| !calendar.weekend.contains(*day)).collect();
    let together = days.windows(2).all(|pair| matches!(pair, [one, next] if one.next() == *next));
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if together && first != last => {
            let [from, to] = [first, last].map(|day| c.style().weekday(*day));
            c.ta("public-week", &[("from", &from), ("to", &to)])
        }
        _ => days.iter().map(|day| c.style().weekday(*day)).collect::<Vec<_>>().join(c.comma()),
    }
}

/// A last day with the working days that remain.
pub(super) fn deadline(c: &Ctx, calendar: Option<&WorkCalendar>, due: Date, now: Micros, paused: bool) -> DeadlineView {
    let fallback = WorkCalendar::default();
    let calendar = calendar.unwrap_or(&fallback);
    DeadlineView {
        date: c.date(due),
        iso: dates::iso(due),
        days_left: calendar.remaining(now, due),
        paused,
        ..DeadlineView::default()
    }
}
