//! What an expression may name, and the type of each name.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::{ApplicantKind, FeePart, Field, FieldType, Service};

/// Type (نوع القيمة) inside expressions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    Bool,
    /// Exact decimal.
    Number,
    /// Any text.
    Text,
    /// A day.
    Date,
    /// One of these values.
    Choice(Vec<String>),
    /// Any of these values; no values listed means any text.
    Choices(Vec<String>),
    /// Rows of a repeated group, or files: only their `size` can be read.
    Rows,
    /// A place or a shape: nothing can be read from it.
    Place,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::Bool => "نعم أو لا (yes/no)",
            Self::Number => "رقم (number)",
            Self::Text => "نص (text)",
            Self::Date => "تاريخ (date)",
            Self::Choice(_) => "اختيار (choice)",
            Self::Choices(_) => "اختيارات (choices)",
            Self::Rows => "صفوف (rows)",
            Self::Place => "موقع (place)",
        })
    }
}

/// Names in reach of an expression.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scope {
    names: BTreeMap<String, Type>,
    ranges: BTreeMap<String, (Option<rust_decimal::Decimal>, Option<rust_decimal::Decimal>)>,
}

impl Scope {
    /// The form and the inspector's report of a service, and the applicant.
    pub fn of(service: &Service) -> Self {
        let mut scope = Self::applicant();
        for field in service.fields.iter().chain(&service.inspection_report) {
            scope.add_field(field);
        }
        scope
    }

    /// The same with the named figures of a fee part.
    pub fn of_part(service: &Service, part: &FeePart) -> Self {
        Self::of(service).with_figures(part)
    }

    /// Adds the named figures of a fee part.
    pub fn with_figures(mut self, part: &FeePart) -> Self {
        for name in part.figures.keys() {
            self.names.insert(format!("figure.{name}"), Type::Number);
        }
        self
    }

    fn applicant() -> Self {
        let kinds = ApplicantKind::ALL.iter().map(|kind| kind.code().to_owned()).collect();
        let names = [
            ("applicant.kind", Type::Choice(kinds)),
            ("applicant.by_agent", Type::Bool),
            ("applicant.is_foreign", Type::Bool),
            ("applicant.sex", Type::Choice(vec!["male".into(), "female".into()])),
        ];
        Self { names: names.map(|(name, kind)| (name.to_owned(), kind)).into(), ranges: BTreeMap::new() }
    }

    /// Adds a name; for tests and vectors.
    pub fn add(&mut self, name: &str, kind: Type) {
        self.names.insert(name.to_owned(), kind);
    }

    fn add_field(&mut self, field: &Field) {
        let values = || field.choices.iter().map(|choice| choice.value.clone()).collect();
        let kind = match field.kind {
            FieldType::YesNo => Type::Bool,
            FieldType::Date => Type::Date,
            FieldType::Choice if field.choices_ref.is_some() => Type::Text,
            FieldType::Choice => Type::Choice(values()),
            FieldType::MultiChoice => Type::Choices(values()),
            FieldType::RepeatedGroup | FieldType::File => Type::Rows,
            FieldType::Point | FieldType::Polygon | FieldType::Line => Type::Place,
            kind if kind.is_numeric() => Type::Number,
            _ => Type::Text,
        };
        if kind == Type::Number {
            self.ranges.insert(field.id.clone(), (field.min, field.max));
        }
        self.names.insert(field.id.clone(), kind);
    }

    /// Type of a name.
    pub fn get(&self, name: &str) -> Option<&Type> {
        self.names.get(name)
    }

    /// The least and greatest answer that a numeric field takes.
    pub(super) fn range(&self, name: &str) -> (Option<rust_decimal::Decimal>, Option<rust_decimal::Decimal>) {
        self.ranges.get(name).copied().unwrap_or_default()
    }
}
