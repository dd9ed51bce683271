//! One typed value from what was typed (قراءة القيم): any digits, tolerant of spaces, never guessing.

use foundation::arabic::digits;
use foundation::geo::{Ring, RingError};
use foundation::lang::Lang;
use foundation::money::Piastres;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{Answer, Point};
use crate::model::{Field, FieldType};
use crate::words::{Said, unit_word};

/// Longest text where the field sets no other limit.
const TEXT: usize = 2000;

/// Points of a shape, at most.
const POINTS: usize = 2000;

/// Reads one value; `Err` is a message for the field.
pub(super) fn read(field: &Field, typed: &str, today: Date) -> Result<Answer, Said> {
    let text = tidy(typed);
    match field.kind {
        FieldType::YesNo => yes_no(&text),
        FieldType::Integer => integer(field, &text),
        FieldType::Number | FieldType::AreaM2 | FieldType::LengthM => number(field, &text),
        FieldType::Money => money(field, &text),
        FieldType::Date => date(&text, today),
        FieldType::Choice => choice(field, &text).map(Answer::Text),
        FieldType::Text | FieldType::Address => words(field, typed),
        FieldType::ServiceNumber => words(field, &digits::to_ascii(&text)),
        FieldType::Email => email(&text),
        FieldType::Mobile => super::identity::mobile(&text),
        FieldType::NationalId => super::identity::national_id(&text, today),
        FieldType::Point => point(&text).map(Answer::Point),
        FieldType::Line => shape(&text, 2).map(Answer::Shape),
        FieldType::Polygon => area(&text).map(Answer::Shape),
        FieldType::MultiChoice | FieldType::File | FieldType::RepeatedGroup => Err(Said::of("field-misplaced")),
    }
}

/// Reads what was picked; an unknown choice is refused.
pub(super) fn choice(field: &Field, text: &str) -> Result<String, Said> {
    let known = field.choices_ref.is_some() || field.choices.iter().any(|choice| choice.value == text);
    if known && text.len() <= 64 { Ok(text.to_owned()) } else { Err(Said::of("field-choose")) }
}

/// Trimmed, without the invisible marks that come along with copied text.
fn tidy(typed: &str) -> String {
    let hidden =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    typed.chars().filter(|c| !hidden(*c)).collect::<String>().trim().to_owned()
}

fn words(field: &Field, typed: &str) -> Result<Answer, Said> {
    let text = tidy(typed).replace("\r\n", "\n");
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Said::of("field-text-signs"));
    }
    let most = field.max.and_then(|max| usize::try_from(max).ok()).unwrap_or(TEXT);
    match text.chars().count() {
        count if count > most => Err(Said::with("field-text-most", &[("n", &most)])),
        _ => Ok(Answer::Text(text)),
    }
}

fn yes_no(text: &str) -> Result<Answer, Said> {
    match text {
        "yes" | "true" | "1" | "on" | "نعم" => Ok(Answer::YesNo(true)),
        "no" | "false" | "0" | "لا" => Ok(Answer::YesNo(false)),
        _ => Err(Said::of("field-yes-or-no")),
    }
}

fn integer(field: &Field, text: &str) -> Result<Answer, Said> {
    let value = digits::parse_int(text).ok_or_else(|| Said::of("field-integer-wrong"))?;
    within(field, value.into())?;
    Ok(Answer::Integer(value))
}

fn number(field: &Field, text: &str) -> Result<Answer, Said> {
    let value = decimal(text).ok_or_else(|| Said::of("field-number-wrong"))?;
    within(field, value)?;
    Ok(Answer::Number(value.normalize()))
}

/// A decimal in any digits; a comma only groups thousands.
fn decimal(text: &str) -> Option<Decimal> {
    let ascii = digits::to_ascii(text).replace(['٫'], ".").replace(['٬', ',', ' ', '\u{a0}'], "");
    let plain = ascii.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    if !plain || ascii.len() > 20 { None } else { ascii.parse().ok() }
}

fn money(field: &Field, text: &str) -> Result<Answer, Said> {
    let amount = Piastres::parse(text).map_err(|_| Said::of("field-money-wrong"))?;
    within(field, Decimal::new(amount.0, 2))?;
    if amount.0 < 0 {
        return Err(Said::of("field-negative"));
    }
    Ok(Answer::Money(amount))
}

fn within(field: &Field, value: Decimal) -> Result<(), Said> {
    let limit = |key: &str, value: Decimal| {
        let say = |lang| {
            let unit = field.unit.as_deref().map(|unit| unit_word(lang, unit)).unwrap_or_default();
            let text = Said::with(key, &[("n", &value.normalize().to_string()), ("unit", &unit)]);
            text.text(lang).trim_end().to_owned()
        };
        Said { ar: say(Lang::Ar), en: say(Lang::En) }
    };
    if let Some(min) = field.min.filter(|min| value < *min) {
        return Err(limit("field-least", min));
    }
    if let Some(max) = field.max.filter(|max| value > *max) {
        return Err(limit("field-most", max));
    }
    Ok(())
}

/// `2026-11-22`, or day first: `22/11/2026`.
fn date(text: &str, today: Date) -> Result<Answer, Said> {
    let ascii = digits::to_ascii(text);
    let parts: Vec<&str> = ascii.split(['-', '/', '.']).map(str::trim).collect();
    let wrong = || Said::of("field-date-wrong");
    let [a, b, c] = parts.as_slice() else { return Err(wrong()) };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    let parsed = match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
        _ => None,
    };
    let date = parsed.ok_or_else(wrong)?;
    let years = i32::from(date.year()) - i32::from(today.year());
    if (-200..=100).contains(&years) { Ok(Answer::Date(date)) } else { Err(wrong()) }
}

fn email(text: &str) -> Result<Answer, Said> {
    email_address(text).map(Answer::Text).ok_or_else(|| Said::of("field-email-wrong"))
}

/// An e-mail address as it is kept; `None` if it is none.
#[must_use]
pub fn email_address(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let valid = lower.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
    });
    let plain = lower.len() <= 254 && !lower.chars().any(|c| c.is_whitespace() || c.is_control());
    (valid && plain).then_some(lower)
}

/// `30.0444, 31.2357`: latitude first, as telephones show it.
fn point(text: &str) -> Result<Point, Said> {
    let wrong = || Said::of("field-point-wrong");
    let ascii = digits::to_ascii(text).replace('٫', ".").replace('،', ",");
    let mut parts = ascii.split([',', ' ', '\t']).filter(|part| !part.is_empty());
    let (Some(lat), Some(lon), None) = (parts.next(), parts.next(), parts.next()) else { return Err(wrong()) };
    match (lat.parse::<Decimal>(), lon.parse::<Decimal>()) {
        (Ok(lat), Ok(lon)) => in_egypt(Point { lon: lon.round_dp(6), lat: lat.round_dp(6) }),
        _ => Err(wrong()),
    }
}

/// Points parted by lines or semicolons, each latitude first.
fn shape(text: &str, least: usize) -> Result<Vec<Point>, Said> {
    let parts = text.split([';', '\n', '؛']).map(str::trim).filter(|part| !part.is_empty());
    let points = parts.map(point).collect::<Result<Vec<_>, _>>()?;
    match points.len() {
        count if count < least => Err(Said::with("field-shape-least", &[("n", &least)])),
        count if count > POINTS => Err(Said::of("field-shape-most")),
        _ => Ok(points),
    }
}

/// The corners of an area whose edge does not cross itself.
fn area(text: &str) -> Result<Vec<Point>, Said> {
    let points = shape(text, 3)?;
    let micro = |degrees: Decimal| (degrees * Decimal::from(1_000_000)).round().to_i64().unwrap_or_default();
    match Ring::new(points.iter().map(|point| [micro(point.lon), micro(point.lat)]).collect()) {
        Ok(_) => Ok(points),
        Err(RingError::Crossing(one, other)) => {
            Err(Said::with("field-shape-crosses", &[("one", &one), ("other", &other)]))
        }
        Err(RingError::Twice(n)) => Err(Said::with("field-shape-twice", &[("n", &n)])),
        Err(RingError::TooMany) => Err(Said::of("field-shape-most")),
        Err(_) => Err(Said::of("field-shape-flat")),
    }
}

fn in_egypt(point: Point) -> Result<Point, Said> {
    let lon = (Decimal::new(245, 1)..=Decimal::new(375, 1)).contains(&point.lon);
    let lat = (Decimal::new(215, 1)..=Decimal::new(320, 1)).contains(&point.lat);
    if lon && lat { Ok(point) } else { Err(Said::of("field-place-abroad")) }
}
