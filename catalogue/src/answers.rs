//! Answers to a form (إجابات الاستمارة): typed, and written as JSON without floats.
//!
//! Decimals are strings, money is whole piastres, dates are ISO, a point is `[lon, lat]` as
//! strings with six decimals, a repeated group is an array of objects.

mod identity;
mod json;
mod validate;
mod values;

use std::collections::BTreeMap;

use foundation::money::Piastres;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::expr::{Facts, Value};
use crate::model::ApplicantKind;

pub use validate::{Context, FieldError, Raw, Sheet, Validated, is_asked, read_one, validate};
pub use values::email_address;

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// نعم أو لا
    YesNo(bool),
    /// A count.
    Integer(i64),
    /// A measure: number, area or length.
    Number(Decimal),
    /// مبلغ
    Money(Piastres),
    /// Text, choice, address, number of a paper, national id, telephone, e-mail.
    Text(String),
    /// Choices picked, or files given, in order.
    List(Vec<String>),
    /// تاريخ
    Date(Date),
    /// نقطة
    Point(Point),
    /// A line, or the outline of a polygon.
    Shape(Vec<Point>),
    /// Rows of a repeated group.
    Rows(Vec<Answers>),
}

/// Point (نقطة) in degrees, six decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Longitude, east.
    pub lon: Decimal,
    /// Latitude, north.
    pub lat: Decimal,
}

/// Answers by field id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers(BTreeMap<String, Answer>);

impl Answers {
    /// No answers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The answer to a field.
    pub fn get(&self, id: &str) -> Option<&Answer> {
        self.0.get(id)
    }

    /// Answers a field.
    pub fn insert(&mut self, id: impl Into<String>, answer: Answer) {
        self.0.insert(id.into(), answer);
    }

    /// Takes an answer back.
    pub fn remove(&mut self, id: &str) -> Option<Answer> {
        self.0.remove(id)
    }

    /// Adds the answers of another form, such as the inspector's report; they win.
    pub fn merge(&mut self, other: &Self) {
        self.0.extend(other.0.iter().map(|(id, answer)| (id.clone(), answer.clone())));
    }

    /// In the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0.iter().map(|(id, answer)| (id.as_str(), answer))
    }

    /// Whether nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Answer {
    /// As expressions see it; money in pounds.
    pub fn value(&self) -> Value {
        match self {
            Self::YesNo(truth) => Value::Bool(*truth),
            Self::Integer(number) => Value::Number((*number).into()),
            Self::Number(number) => Value::Number(*number),
            Self::Money(Piastres(piastres)) => Value::Number(Decimal::new(*piastres, 2)),
            Self::Text(text) => Value::Text(text.clone()),
            Self::List(items) => Value::List(items.clone()),
            Self::Date(date) => Value::Date(*date),
            Self::Rows(rows) => Value::Rows(rows.len()),
            Self::Point(_) | Self::Shape(_) => Value::Missing,
        }
    }
}

/// What expressions may know of the applicant (مقدم الطلب).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applicant {
    /// Person, company …
    pub kind: ApplicantKind,
    /// An agent stands at the window.
    pub by_agent: bool,
    /// Not an Egyptian.
    pub is_foreign: bool,
    /// `male` or `female`, of persons.
    pub sex: Option<&'static str>,
}

impl Default for Applicant {
    fn default() -> Self {
        Self { kind: ApplicantKind::Person, by_agent: false, is_foreign: false, sex: None }
    }
}

/// An applicant and the answers given so far: what conditions and formulas are read against.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// Who asks.
    pub applicant: &'a Applicant,
    /// What was answered.
    pub answers: &'a Answers,
}

impl Facts for Case<'_> {
    fn fact(&self, name: &str) -> Value {
        match name {
            "applicant.kind" => Value::Text(self.applicant.kind.code().to_owned()),
            "applicant.by_agent" => Value::Bool(self.applicant.by_agent),
            "applicant.is_foreign" => Value::Bool(self.applicant.is_foreign),
            "applicant.sex" => self.applicant.sex.map_or(Value::Missing, |sex| Value::Text(sex.into())),
            field => self.answers.get(field).map_or(Value::Missing, Answer::value),
        }
    }
}

#[cfg(test)]
mod tests;
