//! Answers as canonical JSON, and back with the form's types at hand.

use foundation::money::Piastres;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::{Answer, Answers, Point};
use crate::model::{Field, FieldType};

impl Answers {
    /// Canonical JSON: keys in order, no floats.
    pub fn to_json(&self) -> Value {
        let pairs = self.iter().map(|(id, answer)| (id.to_owned(), answer.to_json()));
        Value::Object(pairs.collect::<Map<_, _>>())
    }

    /// Reads what [`Answers::to_json`] wrote. Ids that the form no longer has, and values that
    /// no longer fit their field, are left out.
    pub fn from_json<'f>(fields: impl IntoIterator<Item = &'f Field>, json: &Value) -> Self {
        let mut answers = Self::new();
        for field in fields {
            if let Some(answer) = json.get(&field.id).and_then(|value| Answer::from_json(field, value)) {
                answers.insert(&field.id, answer);
            }
        }
        answers
    }
}

impl Answer {
    /// Canonical JSON of one answer.
    pub fn to_json(&self) -> Value {
        match self {
            Self::YesNo(truth) => json!(truth),
            Self::Integer(number) => json!(number),
            Self::Number(number) => json!(number.normalize().to_string()),
            Self::Money(Piastres(piastres)) => json!(piastres),
            Self::Text(text) => json!(text),
            Self::List(items) => json!(items),
            Self::Date(date) => json!(date.to_string()),
            Self::Point(point) => point.to_json(),
            Self::Shape(points) => points.iter().map(|point| point.to_json()).collect(),
            Self::Rows(rows) => rows.iter().map(Answers::to_json).collect(),
        }
    }

    fn from_json(field: &Field, value: &Value) -> Option<Self> {
        Some(match field.kind {
            FieldType::YesNo => Self::YesNo(value.as_bool()?),
            FieldType::Integer => Self::Integer(value.as_i64()?),
            FieldType::Money => Self::Money(Piastres(value.as_i64()?)),
            FieldType::Number | FieldType::AreaM2 | FieldType::LengthM => Self::Number(value.as_str()?.parse().ok()?),
            FieldType::Date => Self::Date(value.as_str()?.parse().ok()?),
            FieldType::MultiChoice | FieldType::File => Self::List(strings(value)?),
            FieldType::Point => Self::Point(Point::from_json(value)?),
            FieldType::Line | FieldType::Polygon => {
                Self::Shape(value.as_array()?.iter().map(Point::from_json).collect::<Option<_>>()?)
            }
            FieldType::RepeatedGroup => {
                let rows = value.as_array()?.iter();
                Self::Rows(rows.map(|row| Answers::from_json(&field.fields, row)).collect())
            }
            FieldType::Text
            | FieldType::Choice
            | FieldType::NationalId
            | FieldType::Mobile
            | FieldType::Email
            | FieldType::Address
            | FieldType::ServiceNumber => Self::Text(value.as_str()?.to_owned()),
        })
    }
}

fn strings(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

impl Point {
    fn to_json(self) -> Value {
        json!([six(self.lon), six(self.lat)])
    }

    fn from_json(value: &Value) -> Option<Self> {
        let degree = |at: usize| -> Option<Decimal> { value.get(at)?.as_str()?.parse().ok() };
        Some(Self { lon: degree(0)?, lat: degree(1)? })
    }
}

/// Six decimals, always written out.
fn six(degrees: Decimal) -> String {
    let mut degrees = degrees.round_dp(6);
    degrees.rescale(6);
    degrees.to_string()
}
