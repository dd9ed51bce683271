//! Which days a unit works, and which hours of them.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

use crate::clock::Micros;
use crate::dates;

/// العطلة الأسبوعية: the weekdays on which nobody works; never all seven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Weekend(u8);

impl Weekend {
    /// Friday and Saturday, the weekend of the Egyptian state.
    pub const FRIDAY_SATURDAY: Self = Self(0b0011_0000);

    /// The weekend of these days; `None` if they are the whole week.
    #[must_use]
    pub fn new(days: &[Weekday]) -> Option<Self> {
        Self::try_from(days.iter().fold(0, |set, day| set | Self::bit(*day))).ok()
    }

    /// Whether this weekday is free.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & Self::bit(day) != 0
    }

    fn bit(day: Weekday) -> u8 {
        1 << day.to_monday_zero_offset()
    }
}

impl Default for Weekend {
    fn default() -> Self {
        Self::FRIDAY_SATURDAY
    }
}

/// Monday is the lowest bit.
impl TryFrom<u8> for Weekend {
    type Error = &'static str;

    fn try_from(bits: u8) -> Result<Self, Self::Error> {
        if bits < 0b0111_1111 { Ok(Self(bits)) } else { Err("a week needs a working day") }
    }
}

impl From<Weekend> for u8 {
    fn from(weekend: Weekend) -> Self {
        weekend.0
    }
}

/// من–إلى: opening and closing on the Cairo wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First moment.
    pub opens: Time,
    /// End; this moment is outside.
    pub closes: Time,
}

impl Span {
    /// From hour:minute to hour:minute.
    #[must_use]
    pub const fn new(opens: (i8, i8), closes: (i8, i8)) -> Self {
        Self { opens: Time::constant(opens.0, opens.1, 0, 0), closes: Time::constant(closes.0, closes.1, 0, 0) }
    }

    /// Whether the wall clock is inside.
    #[must_use]
    pub fn contains(self, time: Time) -> bool {
        self.opens <= time && time < self.closes
    }
}

/// مواعيد العمل: the hours of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The windows (الشباك).
    pub window: Span,
    /// The departments behind them; limits end at its close.
    pub back_office: Span,
    /// An evening shift of the windows (الفترة المسائية), where there is one.
    pub evening: Option<Span>,
}

impl Hours {
    /// Windows 08:30–14:30, back office 08:00–15:00.
    pub const USUAL: Self =
        Self { window: Span::new((8, 30), (14, 30)), back_office: Span::new((8, 0), (15, 0)), evening: None };
    /// Ramadan: 09:00–14:00.
    pub const RAMADAN: Self =
        Self { window: Span::new((9, 0), (14, 0)), back_office: Span::new((9, 0), (14, 0)), evening: None };
}

impl Default for Hours {
    fn default() -> Self {
        Self::USUAL
    }
}

/// Hours for a range of days, both ends included; Ramadan is such a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursRow {
    /// First day.
    pub from: Date,
    /// Last day; `None` while nothing replaces it.
    pub to: Option<Date>,
    /// The hours on these days.
    pub hours: Hours,
}

/// تقويم العمل: the days and hours of one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkCalendar {
    /// Free weekdays.
    pub weekend: Weekend,
    /// Public and local holidays.
    pub holidays: BTreeSet<Date>,
    /// Hours; where rows overlap the later row counts, where none fits [`Hours::USUAL`] do.
    pub hours: Vec<HoursRow>,
}

impl WorkCalendar {
    /// Friday and Saturday free, usual hours, and these holidays.
    #[must_use]
    pub fn new(holidays: impl IntoIterator<Item = Date>) -> Self {
        Self { holidays: holidays.into_iter().collect(), ..Self::default() }
    }

    /// The same with more holidays (a local holiday, a decision of the cabinet).
    #[must_use]
    pub fn with_holidays(mut self, days: impl IntoIterator<Item = Date>) -> Self {
        self.holidays.extend(days);
        self
    }

    /// The same with hours for a range of days, before which earlier rows give way.
    #[must_use]
    pub fn with_hours(mut self, row: HoursRow) -> Self {
        self.hours.push(row);
        self
    }

    /// يوم عمل: whether the unit works on this day.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        !self.weekend.contains(day.weekday()) && !self.holidays.contains(&day)
    }

    /// This day if the unit works on it, else the next on which it does.
    #[must_use]
    pub fn working_day_from(&self, day: Date) -> Date {
        let mut day = day;
        while !self.is_working_day(day) {
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => return Date::MAX,
            }
        }
        day
    }

    /// The hours of a day, whether or not it is a working day.
    #[must_use]
    pub fn hours_on(&self, day: Date) -> Hours {
        let fits = |row: &&HoursRow| row.from <= day && row.to.is_none_or(|to| day <= to);
        self.hours.iter().rev().find(fits).map_or(Hours::USUAL, |row| row.hours)
    }

    /// The instant at which the back office closes on a day.
    #[must_use]
    pub fn closing(&self, day: Date) -> Micros {
        dates::instant(day, self.hours_on(day).back_office.closes)
    }

    /// Whether a window is open now, the evening shift included.
    #[must_use]
    pub fn is_open(&self, now: Micros) -> bool {
        let local = dates::local(now);
        let hours = self.hours_on(local.date());
        let within = hours.window.contains(local.time()) || hours.evening.is_some_and(|e| e.contains(local.time()));
        within && self.is_working_day(local.date())
    }

    /// When the windows open next; the present if one is open.
    #[must_use]
    pub fn next_opening(&self, now: Micros) -> Micros {
        if self.is_open(now) {
            return now;
        }
        let today = dates::day_of(now);
        let first = |day: Date| {
            let hours = self.hours_on(day);
            let openings = [Some(hours.window.opens), hours.evening.map(|evening| evening.opens)];
            let on_day = |time: Time| dates::instant(day, time);
            openings.into_iter().flatten().map(on_day).filter(|at| *at > now).min()
        };
        let open_today = if self.is_working_day(today) { first(today) } else { None };
        open_today.unwrap_or_else(|| {
            let next = self.working_day_from(today.tomorrow().unwrap_or(Date::MAX));
            first(next).unwrap_or_else(|| dates::start_of_day(next))
        })
    }
}
