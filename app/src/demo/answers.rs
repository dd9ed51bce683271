//! Plausible answers to any form, by the type of each field.

use catalogue::answers::{Answers, Applicant, Context, FieldError, Raw, Sheet, validate};
use catalogue::model::{Field, FieldType, Need, Service};
use foundation::numbers::{Kind, Number};
use jiff::ToSpan as _;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::people::UNIT;

/// Shops, works and goods of the demonstration.
const TEXTS: &[&str] =
    &["بقالة النور", "مخبز السلام", "مكتبة الأمل", "صيدلية الشفاء", "مطعم الواحة", "ورشة الإخلاص", "مغسلة الياسمين"];
const STREETS: &[&str] =
    &["شارع عباس العقاد", "شارع مكرم عبيد", "شارع مصطفى النحاس", "شارع الطيران", "شارع حسن المأمون"];

/// A form filled in; `scan` is the stored file named where one is asked for, `seed` varies it. What is wrong with it comes back if the service's own
/// checks refuse every variant.
pub fn fill(
    service: &Service,
    sheet: Sheet,
    applicant: &Applicant,
    known: &Answers,
    today: Date,
    scan: &str,
    seed: usize,
) -> Result<Answers, Vec<FieldError>> {
    let context = Context { applicant, known, today };
    let mut refused = Vec::new();
    for variant in 0..4 {
        let mut raw = Raw::new();
        for field in sheet.fields(service) {
            put(&mut raw, field, &field.id, today, scan, seed + variant);
        }
        match validate(service, sheet, &raw, &context) {
            Ok(validated) => return Ok(validated.answers),
            Err(errors) => refused = errors,
        }
    }
    Err(refused)
}

fn put(raw: &mut Raw, field: &Field, name: &str, today: Date, scan: &str, seed: usize) {
    let value = match field.kind {
        FieldType::Text if field.personal => "سعاد إبراهيم محمود علي".to_owned(),
        FieldType::Text => short(pick(TEXTS, seed), field),
        FieldType::Address => format!("{} {}، شرق مدينة نصر", 3 + seed % 60, pick(STREETS, seed)),
        FieldType::Integer => whole(field, seed).to_string(),
        FieldType::Number | FieldType::AreaM2 | FieldType::LengthM => whole(field, seed * 7).to_string(),
        FieldType::Money => (whole(field, seed) * 100).max(500).to_string(),
        FieldType::Choice if field.choices_ref.is_some() => "1001".to_owned(),
        FieldType::Choice | FieldType::MultiChoice => {
            field.choices.get(seed % field.choices.len().clamp(1, 2)).map(|c| c.value.clone()).unwrap_or_default()
        }
        FieldType::Date => day(field, today).to_string(),
        FieldType::NationalId => "29001010100013".to_owned(),
        FieldType::Mobile => format!("010000{:05}", seed % 100_000),
        FieldType::Email => "demo@example.com".to_owned(),
        FieldType::YesNo => if seed.is_multiple_of(3) { "yes" } else { "no" }.to_owned(),
        FieldType::Point => format!("30.05{:02}, 31.36{:02}", seed % 90, seed % 80),
        FieldType::Line => "30.0560 31.3650\n30.0565 31.3660".to_owned(),
        FieldType::Polygon => "30.0560 31.3650\n30.0560 31.3655\n30.0564 31.3655\n30.0564 31.3650".to_owned(),
        FieldType::ServiceNumber => Number::new(Kind::Paper, UNIT, 25, 1).map(|n| n.to_string()).unwrap_or_default(),
        FieldType::File => scan.to_owned(),
        FieldType::RepeatedGroup => {
            if field.required != Need::Optional {
                for inner in &field.fields {
                    put(raw, inner, &format!("{name}.0.{}", inner.id), today, scan, seed);
                }
            }
            return;
        }
    };
    raw.insert(name.to_owned(), vec![value]);
}

fn pick(list: &'static [&'static str], seed: usize) -> &'static str {
    list.get(seed % list.len()).copied().unwrap_or_default()
}

fn short(text: &str, field: &Field) -> String {
    let most = field.max.and_then(|m| m.to_usize()).unwrap_or(usize::MAX);
    text.chars().take(most).collect()
}

/// A whole number inside the field's range, of a usual size where the range is wide.
fn whole(field: &Field, seed: usize) -> i64 {
    let least = field.min.unwrap_or(Decimal::ONE).ceil().to_i64().unwrap_or(1);
    let most = field.max.unwrap_or(Decimal::new(400, 0)).floor().to_i64().unwrap_or(400);
    let usual = match field.kind {
        FieldType::AreaM2 => 60 + (seed as i64 % 180),
        FieldType::Integer => 2 + (seed as i64 % 3),
        _ => 4 + (seed as i64 % 12),
    };
    usual.clamp(least, most.max(least))
}

/// Ends lie ahead, beginnings behind.
fn day(field: &Field, today: Date) -> Date {
    let ahead = ["end", "expir", "until", "_to", "planned", "event", "wanted", "requested"]
        .iter()
        .any(|word| field.id.contains(word));
    let near = ["start", "begin", "event"].iter().any(|word| field.id.contains(word)) && !field.id.contains("contract");
    match (ahead, near) {
        (true, true) => today.saturating_add(20.days()),
        (true, false) => today.saturating_add(400.days()),
        (false, true) => today.saturating_add(10.days()),
        (false, false) => today.saturating_sub(120.days()),
    }
}
