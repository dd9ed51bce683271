//! The one movable holiday that can be computed; the Hijri ones follow the moon and a decision.

use jiff::civil::{Date, Weekday};

/// عيد القيامة المجيد: Coptic Easter by the Julian reckoning (Meeus), in Gregorian days; right
/// from 1900 to 2099, `None` outside, where the calendars lie another number of days apart.
#[must_use]
pub fn coptic_easter(year: i16) -> Option<Date> {
    if !(1900..2100).contains(&year) {
        return None;
    }
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    let julian = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    julian.checked_add(jiff::Span::new().days(13)).ok()
}

/// شم النسيم: the Monday after Coptic Easter.
#[must_use]
pub fn sham_el_nessim(year: i16) -> Option<Date> {
    let monday = coptic_easter(year)?.tomorrow().ok()?;
    (monday.weekday() == Weekday::Monday).then_some(monday)
}
