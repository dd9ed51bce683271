//! التاريخ والوقت: days and hours as Egypt lives them: the Cairo day of an instant, its Arabic
//! wording, and dates as people type them.
//!
//! The zone (with summer time as restored by Law 24/2023) is compiled in from the IANA
//! database, so a machine without zone files counts the same days.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;

use crate::arabic::digits::{self, Digits};
use crate::arabic::fold::letters;
use crate::clock::Micros;
use crate::lang::Lang;

/// توقيت القاهرة: Africa/Cairo.
pub static CAIRO: TimeZone = jiff::tz::get!("Africa/Cairo");

const MONTHS: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How a page writes days and times: its language, and the digits of its prose (English has one set).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Language of the page.
    pub lang: Lang,
    /// Digits of Arabic prose.
    pub digits: Digits,
}

impl Style {
    /// «5 نوفمبر 2026», `5 November 2026`
    #[must_use]
    pub fn date(self, day: Date) -> String {
        match self.lang {
            Lang::Ar => format(day, self.digits),
            Lang::En => format!("{} {} {}", day.day(), self.month(day.month()), day.year()),
        }
    }

    /// «الخميس 5 نوفمبر 2026», `Thursday 5 November 2026`
    #[must_use]
    pub fn weekday_date(self, day: Date) -> String {
        format!("{} {}", self.weekday(day.weekday()), self.date(day))
    }

    /// «10:35 ص», `10:35 am`
    #[must_use]
    pub fn time(self, time: Time) -> String {
        match self.lang {
            Lang::Ar => format_time(time, self.digits),
            Lang::En => {
                let hour = match time.hour() % 12 {
                    0 => 12,
                    hour => hour,
                };
                let half = if time.hour() < 12 { "am" } else { "pm" };
                format!("{hour}:{:02} {half}", time.minute())
            }
        }
    }

    /// «9:30 ص – 2:00 م», `9:30 am – 2:00 pm`; no line breaks an hour apart.
    #[must_use]
    pub fn times(self, opens_minute: i64, closes_minute: i64) -> String {
        let time = |minute: i64| self.time(of_minute(minute)).replace(' ', "\u{A0}");
        format!("{} – {}", time(opens_minute), time(closes_minute))
    }

    /// «5 نوفمبر 2026، 10:35 ص», `5 November 2026, 10:35 am`: an instant, in Cairo.
    #[must_use]
    pub fn instant(self, at: Micros) -> String {
        let local = local(at);
        format!("{}{}{}", self.date(local.date()), self.lang.comma(), self.time(local.time()))
    }

    /// The name of a month, 1 to 12; empty outside.
    #[must_use]
    pub fn month(self, month: i8) -> &'static str {
        match self.lang {
            Lang::Ar => month_name(month),
            Lang::En => {
                let at = usize::try_from(month).ok().and_then(|m| m.checked_sub(1));
                at.and_then(|at| ENGLISH_MONTHS.get(at)).copied().unwrap_or("")
            }
        }
    }

    /// The name of a weekday.
    #[must_use]
    pub const fn weekday(self, weekday: Weekday) -> &'static str {
        match self.lang {
            Lang::Ar => weekday_name(weekday),
            Lang::En => match weekday {
                Weekday::Sunday => "Sunday",
                Weekday::Monday => "Monday",
                Weekday::Tuesday => "Tuesday",
                Weekday::Wednesday => "Wednesday",
                Weekday::Thursday => "Thursday",
                Weekday::Friday => "Friday",
                Weekday::Saturday => "Saturday",
            },
        }
    }
}

/// The time of so many minutes after midnight.
fn of_minute(minute: i64) -> Time {
    let minutes = i8::try_from(minute.rem_euclid(60)).unwrap_or_default();
    let hours = i8::try_from((minute / 60).rem_euclid(24)).unwrap_or_default();
    Time::new(hours, minutes, 0, 0).unwrap_or_default()
}

/// Why a typed date is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing was typed.
    #[error("no date was given")]
    Empty,
    /// Some boxes are filled and others are not.
    #[error("the date is incomplete")]
    Incomplete,
    /// It does not read as day, month and year.
    #[error("this is not a date")]
    NotADate,
    /// The day is not 1 to 31.
    #[error("the day is not between 1 and 31")]
    Day,
    /// The month is not 1 to 12, nor a month's name.
    #[error("the month is not between 1 and 12")]
    Month,
    /// The year is not written in four digits, or not 1800 to 2199.
    #[error("the year is not written in four digits")]
    Year,
    /// The month has no such day (31 April, 29 February).
    #[error("the month has no such day")]
    NoSuchDay,
}

/// The Cairo day on which an instant falls.
#[must_use]
pub fn day_of(at: Micros) -> Date {
    local(at).date()
}

/// The Cairo wall clock at an instant.
#[must_use]
pub fn local(at: Micros) -> DateTime {
    CAIRO.to_datetime(at.timestamp())
}

/// The instant at which a Cairo wall clock shows this; in the hour that summer time skips, the
/// instant that far after it began, in the hour that comes twice, the first time.
#[must_use]
pub fn instant(day: Date, time: Time) -> Micros {
    CAIRO.to_ambiguous_timestamp(day.to_datetime(time)).compatible().map_or(
        // Only the outermost days of year ±9999 have no instant.
        Micros(if day.year() < 0 { i64::MIN } else { i64::MAX }),
        Micros::from,
    )
}

/// The first instant of a Cairo day.
#[must_use]
pub fn start_of_day(day: Date) -> Micros {
    instant(day, Time::midnight())
}

/// The last instant of a Cairo day.
#[must_use]
pub fn end_of_day(day: Date) -> Micros {
    day.tomorrow().map_or(Micros(i64::MAX), |next| start_of_day(next).minus(1))
}

/// The Arabic name of a month, 1 to 12; empty outside.
#[must_use]
pub fn month_name(month: i8) -> &'static str {
    usize::try_from(month).ok().and_then(|m| MONTHS.get(m.checked_sub(1)?)).copied().unwrap_or("")
}

/// The Arabic name of a weekday.
#[must_use]
pub const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Sunday => "الأحد",
        Weekday::Monday => "الاثنين",
        Weekday::Tuesday => "الثلاثاء",
        Weekday::Wednesday => "الأربعاء",
        Weekday::Thursday => "الخميس",
        Weekday::Friday => "الجمعة",
        Weekday::Saturday => "السبت",
    }
}

/// «5 نوفمبر 2026»
#[must_use]
pub fn format(day: Date, digits: Digits) -> String {
    let text = format!("{} {} {}", day.day(), month_name(day.month()), day.year());
    digits::show(&text, digits)
}

/// `5 November 2026`, for English texts.
#[must_use]
pub fn format_english(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// «الخميس 5 نوفمبر 2026»
#[must_use]
pub fn format_weekday(day: Date, digits: Digits) -> String {
    format!("{} {}", weekday_name(day.weekday()), format(day, digits))
}

/// «10:35 ص»
#[must_use]
pub fn format_time(time: Time, digits: Digits) -> String {
    let hour = match time.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    let half = if time.hour() < 12 { "ص" } else { "م" };
    digits::show(&format!("{hour}:{:02} {half}", time.minute()), digits)
}

/// «9:30 ص – 2:00 م»: from one minute after midnight to another; no line breaks an hour apart.
#[must_use]
pub fn format_times(opens_minute: i64, closes_minute: i64, digits: Digits) -> String {
    let time = |minute: i64| format_time(of_minute(minute), digits).replace(' ', "\u{A0}");
    format!("{} – {}", time(opens_minute), time(closes_minute))
}

/// «5 نوفمبر 2026، 10:35 ص»: an instant, in Cairo.
#[must_use]
pub fn format_instant(at: Micros, digits: Digits) -> String {
    let local = local(at);
    format!("{}، {}", format(local.date(), digits), format_time(local.time(), digits))
}

/// `2026-11-05`, the form in the database and in machine formats.
#[must_use]
pub fn iso(day: Date) -> String {
    day.to_string()
}

/// Reads `2026-11-05` and nothing else (rows, exchange, `type="date"` fields).
#[must_use]
pub fn parse_iso(text: &str) -> Option<Date> {
    let shape = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if shape { text.parse().ok() } else { None }
}

/// Reads the three boxes day, month, year, in any digits; the month also by name. `None` if
/// all three are empty.
///
/// # Errors
/// Says which box is wrong; see [`DateError`].
pub fn parse_boxes(day: &str, month: &str, year: &str) -> Result<Option<Date>, DateError> {
    let [day, month, year] = [day, month, year].map(letters);
    match [&day, &month, &year].iter().filter(|part| part.is_empty()).count() {
        0 => assemble(&day, &month, &year).map(Some),
        3 => Ok(None),
        _ => Err(DateError::Incomplete),
    }
}

/// Reads a date typed freely: «5/11/2026», «٥-١١-٢٠٢٦», «5 نوفمبر 2026», «2026-11-05».
///
/// # Errors
/// Says which part is wrong; see [`DateError`].
pub fn parse(text: &str) -> Result<Date, DateError> {
    // A point between digits is kept by the fold (it may be a decimal), here it parts.
    let folded = letters(text).replace('.', " ");
    let parts: Vec<&str> = folded.split_whitespace().filter(|part| weekday(part).is_none()).collect();
    match parts.as_slice() {
        [] => Err(DateError::Empty),
        [year, month, day] if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => assemble(day, month, year),
        [day, month, year] => assemble(day, month, year),
        [_] | [_, _] => Err(DateError::Incomplete),
        _ => Err(DateError::NotADate),
    }
}

fn assemble(day: &str, month: &str, year: &str) -> Result<Date, DateError> {
    let day = number(day).filter(|d| (1..=31).contains(d)).ok_or(DateError::Day)?;
    let month = number(month).or_else(|| named_month(month));
    let month = month.filter(|m| (1..=12).contains(m)).ok_or(DateError::Month)?;
    let year = if year.len() == 4 { number(year) } else { None };
    let year = year.filter(|y| (1800..=2199).contains(y)).ok_or(DateError::Year)?;
    let small = |n: i16| i8::try_from(n).map_err(|_| DateError::NotADate);
    Date::new(year, small(month)?, small(day)?).map_err(|_| DateError::NoSuchDay)
}

fn number(text: &str) -> Option<i16> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// A month by its folded name, with the spellings «يونيه» and «يوليه» that are as common.
fn named_month(folded: &str) -> Option<i16> {
    let canonical = match folded {
        "يونيه" => "يونيو",
        "يوليه" => "يوليو",
        other => other,
    };
    let english = |name: &&str| {
        let name = name.to_ascii_lowercase();
        canonical.len() >= 3 && name.starts_with(canonical)
    };
    let index = MONTHS
        .iter()
        .position(|name| letters(name) == canonical)
        .or_else(|| ENGLISH_MONTHS.iter().position(english))?;
    i16::try_from(index + 1).ok()
}

fn weekday(folded: &str) -> Option<Weekday> {
    Weekday::Sunday.cycle_forward().take(7).find(|day| letters(weekday_name(*day)) == folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    #[test]
    fn words() {
        let day = date(2026, 11, 5);
        assert_eq!(format(day, Digits::Latn), "5 نوفمبر 2026");
        assert_eq!(format_weekday(day, Digits::Arab), "الخميس ٥ نوفمبر ٢٠٢٦");
        assert_eq!(format_time(time(10, 35, 0, 0), Digits::Latn), "10:35 ص");
        assert_eq!(format_time(time(0, 5, 0, 0), Digits::Latn), "12:05 ص");
        assert_eq!(format_time(time(12, 0, 0, 0), Digits::Latn), "12:00 م");
        assert_eq!(format_time(time(15, 7, 0, 0), Digits::Arab), "٣:٠٧ م");
        assert_eq!(format_times(570, 840, Digits::Latn), "9:30\u{A0}ص – 2:00\u{A0}م");
        // 08:35 UTC is 10:35 in the winter of Cairo and 11:35 in its summer.
        let winter = Micros::from_seconds(1_793_867_700);
        assert_eq!(format_instant(winter, Digits::Latn), "5 نوفمبر 2026، 10:35 ص");
    }

    #[test]
    fn english_pages_write_the_same_days_in_english() {
        let style = Style { lang: Lang::En, digits: Digits::Arab };
        assert_eq!(style.date(date(2026, 11, 5)), "5 November 2026");
        assert_eq!(style.weekday_date(date(2026, 11, 5)), "Thursday 5 November 2026");
        assert_eq!(style.times(570, 840), "9:30\u{A0}am – 2:00\u{A0}pm");
        assert_eq!(style.instant(Micros::from_seconds(1_793_867_700)), "5 November 2026, 10:35 am");
        let arabic = Style { lang: Lang::Ar, digits: Digits::Arab };
        assert_eq!(arabic.date(date(2026, 11, 5)), format(date(2026, 11, 5), Digits::Arab));
    }

    #[test]
    fn the_cairo_day_turns_at_cairo_midnight() {
        let midnight = start_of_day(date(2026, 11, 22));
        assert_eq!(midnight.to_string(), "2026-11-21T22:00:00.000000Z");
        assert_eq!(day_of(midnight), date(2026, 11, 22));
        assert_eq!(day_of(midnight.minus(1)), date(2026, 11, 21));
        assert_eq!(start_of_day(date(2026, 7, 1)).to_string(), "2026-06-30T21:00:00.000000Z");
        // Summer time begins at 00:00 on the last Friday of April: that midnight does not exist.
        let skipped = date(2026, 4, 24);
        assert_eq!(day_of(start_of_day(skipped)), skipped);
        assert_eq!(end_of_day(date(2026, 4, 23)).plus(1), start_of_day(skipped));
    }

    #[test]
    fn reads_what_people_type() {
        for text in [
            "5/11/2026",
            "05-11-2026",
            "٥/١١/٢٠٢٦",
            "۵ نوفمبر ۲۰۲۶",
            "الخميس 5 نوفمبر 2026",
            "2026-11-05",
            "5.11.2026",
            " 5 / 11 / 2026\u{200F}",
            "5 November 2026",
            "5 Nov 2026",
        ] {
            assert_eq!(parse(text), Ok(date(2026, 11, 5)), "{text}");
        }
        assert_eq!(parse("1 يوليه 2026"), Ok(date(2026, 7, 1)));
        assert_eq!(parse("1 ابريل 2026"), Ok(date(2026, 4, 1)));
        assert_eq!(parse_boxes("٥", "11", "2026"), Ok(Some(date(2026, 11, 5))));
        assert_eq!(parse_boxes("", " ", ""), Ok(None));
    }

    #[test]
    fn refuses_by_part() {
        for (text, error) in [
            ("", DateError::Empty),
            ("5/11", DateError::Incomplete),
            ("5/11/26", DateError::Year),
            ("32/1/2026", DateError::Day),
            ("1/13/2026", DateError::Month),
            ("1/فلان/2026", DateError::Month),
            ("29/2/2026", DateError::NoSuchDay),
            ("1/1/1492", DateError::Year),
            ("1 2 3 2026", DateError::NotADate),
            ("-5/1/٢٠٢٦ x", DateError::NotADate),
        ] {
            assert_eq!(parse(text), Err(error), "{text}");
        }
        assert_eq!(parse_boxes("5", "", "2026"), Err(DateError::Incomplete));
        assert_eq!(parse_iso("2026-02-30"), None);
        assert_eq!(parse_iso("2026-11-05T00:00"), None);
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (1800_i16..2200, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d))
    }

    proptest! {
        #[test]
        fn every_wording_reads_back(day in any_day()) {
            for digits in [Digits::Latn, Digits::Arab] {
                prop_assert_eq!(parse(&format(day, digits)), Ok(day));
                prop_assert_eq!(parse(&format_weekday(day, digits)), Ok(day));
            }
            prop_assert_eq!(parse_iso(&iso(day)), Some(day));
            prop_assert_eq!(parse(&iso(day)), Ok(day));
        }

        #[test]
        fn days_tile_time(day in any_day()) {
            prop_assert_eq!(day_of(start_of_day(day)), day);
            prop_assert_eq!(day_of(end_of_day(day)), day);
            prop_assert_eq!(day.tomorrow().ok().map(start_of_day), Some(end_of_day(day).plus(1)));
        }

        #[test]
        fn reading_never_panics(text in "[0-9٠-٩/ .نوفمبر-]{0,20}") {
            let _ = parse(&text);
        }
    }
}
