//! Days in TOML (تواريخ): written bare, `2026-11-22`.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error as _};

/// Reads a bare TOML date.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let written = toml::value::Datetime::deserialize(deserializer)?;
    let day = written.date.filter(|_| written.time.is_none() && written.offset.is_none());
    let date = day.and_then(|day| {
        let year = i16::try_from(day.year).ok()?;
        Date::new(year, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?).ok()
    });
    date.ok_or_else(|| D::Error::custom("المتوقع تاريخ مثل 2026-11-22 (a day)"))
}
