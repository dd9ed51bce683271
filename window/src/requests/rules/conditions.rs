//! Conditions of the service over what is known (الشروط): the form, the newest report, the applicant.

use catalogue::expr::{Facts, Program, Scope, Value};
use catalogue::model::{FieldType, Service};
use rust_decimal::Decimal;

use super::refusal::Refusal;
use crate::requests::events::{Answers, Applicant};
use crate::requests::state::State;

/// Values that a condition or a fee may read. Personal ones are encrypted and count as unanswered.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    service: &'a Service,
    applicant: &'a Applicant,
    answers: &'a Answers,
    report: Option<&'a Answers>,
}

impl<'a> Known<'a> {
    /// What the applicant tells at registration.
    #[must_use]
    pub const fn told(service: &'a Service, applicant: &'a Applicant, answers: &'a Answers) -> Self {
        Self { service, applicant, answers, report: None }
    }

    /// What the request knows.
    #[must_use]
    pub const fn of(state: &'a State, service: &'a Service) -> Self {
        Self {
            service,
            applicant: &state.file.applicant,
            answers: &state.file.answers,
            report: Some(&state.course.report),
        }
    }

    /// The same with corrected answers.
    #[must_use]
    pub const fn with_answers(self, answers: &'a Answers) -> Self {
        Self { answers, ..self }
    }

    /// The same with a newer report.
    #[must_use]
    pub const fn with_report(self, report: &'a Answers) -> Self {
        Self { report: Some(report), ..self }
    }

    /// Whether a condition holds; what is not answered makes it false.
    ///
    /// # Errors
    /// [`Refusal::Condition`] if the expression is none, or cannot be computed.
    pub fn holds(&self, when: &str, at: &str) -> Result<bool, Refusal> {
        let broken = || Refusal::Condition { at: at.to_owned() };
        let program =
            Program::compile(when, &Scope::of(self.service)).map_err(|_| broken())?;
        program.holds(self).map_err(|_| broken())
    }

    fn field(&self, name: &str) -> Value {
        let report = self.report.and_then(|report| report.get(name));
        let Some(value) = report.or_else(|| self.answers.get(name)) else {
            return Value::Missing;
        };
        match self.service.field(name) {
            Some(field) => typed(field.kind, value).unwrap_or(Value::Missing),
            None => Value::Missing,
        }
    }
}

impl Facts for Known<'_> {
    fn fact(&self, name: &str) -> Value {
        match name {
            "applicant.kind" => Value::Text(self.applicant.kind.code().to_owned()),
            "applicant.by_agent" => Value::Bool(self.applicant.agent.is_some()),
            "applicant.is_foreign" => Value::Bool(self.applicant.foreign),
            "applicant.sex" => {
                self.applicant.sex.as_ref().map_or(Value::Missing, |sex| Value::Text(sex.clone()))
            }
            name => self.field(name),
        }
    }
}

/// An answer as the record keeps it, as a value of its field's type.
fn typed(kind: FieldType, value: &serde_json::Value) -> Option<Value> {
    use serde_json::Value as Json;
    Some(match (kind, value) {
        (_, Json::Bool(truth)) => Value::Bool(*truth),
        (FieldType::RepeatedGroup | FieldType::File, Json::Array(rows)) => Value::Rows(rows.len()),
        (_, Json::Array(items)) => {
            Value::List(items.iter().filter_map(Json::as_str).map(str::to_owned).collect())
        }
        (kind, Json::Number(number)) if kind.is_numeric() => {
            Value::Number(Decimal::from(number.as_i64()?))
        }
        (kind, Json::String(text)) if kind.is_numeric() => Value::Number(text.parse().ok()?),
        (FieldType::Date, Json::String(text)) => Value::Date(text.parse().ok()?),
        (_, Json::String(text)) if !text.is_empty() => Value::Text(text.clone()),
        _ => return None,
    })
}
