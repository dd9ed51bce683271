//! Sample answers (بيانات للتجربة) under which a text is explained before it is published.

use std::fmt::Write as _;
use std::sync::Arc;

use catalogue::Service;
use catalogue::explain::{Request, explain};
use catalogue::model::{FieldType, Need};
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::Office;

/// A plausible answer to each question that must be answered, one a line: `plot_area_m2=100`.
pub(super) fn defaults(service: &Service) -> String {
    let mut lines = String::new();
    for field in service.fields.iter().filter(|field| field.required != Need::Optional) {
        let value = match field.kind {
            kind if kind.is_numeric() => {
                let hundred = Decimal::ONE_HUNDRED;
                let value = field.max.map_or(hundred, |max| hundred.min(max));
                field.min.map_or(value, |min| value.max(min)).normalize().to_string()
            }
            FieldType::Choice => match field.choices.first() {
                Some(choice) => choice.value.clone(),
                None => continue,
            },
            FieldType::YesNo => "no".to_owned(),
            _ => continue,
        };
        let _ = writeln!(lines, "{}={value}", field.id);
    }
    lines
}

/// The pairs of the lines; a line without a sign is an error and is given back.
pub(super) fn pairs(lines: &str) -> Result<Vec<(String, String)>, String> {
    let pair = |line: &str| {
        let (name, value) = line.split_once('=').ok_or_else(|| line.to_owned())?;
        Ok((name.trim().to_owned(), value.trim().to_owned()))
    };
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(pair).collect()
}

/// Fees, steps and dates of a service with these answers; those it does not ask are left out when
/// `lenient` (the text before the change).
pub(super) fn told(
    office: &Office,
    service: &Service,
    sets: &[(String, String)],
    day: Date,
    lenient: bool,
) -> Result<String, String> {
    let asked = |name: &str| name.starts_with("applicant.") || service.field(name).is_some();
    let sets: Vec<_> = sets.iter().filter(|(name, _)| !lenient || asked(name)).cloned().collect();
    let calendar = office.units.now().calendar(registry::place::NATIONAL).map(Arc::clone);
    let add = |day: Date, n: u32| match &calendar {
        Some(calendar) => calendar.nth_working_day(day, n, &[]),
        None => day.saturating_add(jiff::Span::new().days(i64::from(n))),
    };
    let request = Request { service, sets: &sets, figures: &[], day, add_working_days: &add };
    let report = explain(office.catalogue(), &request).map_err(|error| error.to_string())?;
    // The second line names version and hash, which always differ.
    Ok(report.lines().enumerate().filter(|(n, _)| *n != 1).fold(String::new(), |mut text, (_, line)| {
        text.push_str(line);
        text.push('\n');
        text
    }))
}
