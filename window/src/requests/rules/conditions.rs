//! What conditions and fees may read (المعلوم من الطلب): the form, the newest report, the applicant.

use std::cell::OnceCell;

use catalogue::answers::{self, Case};
use catalogue::model::Service;
use foundation::dates;
use jiff::civil::Date;
use serde_json::Value;

use super::refusal::Refusal;
use crate::requests::events::{Answers, Applicant};
use crate::requests::state::State;

/// Everything that lies open in a request. Personal values are encrypted and count as unanswered.
pub struct Known<'a> {
    service: &'a Service,
    applicant: answers::Applicant,
    answers: &'a Answers,
    report: Option<&'a Answers>,
    typed: OnceCell<answers::Answers>,
}

impl<'a> Known<'a> {
    /// What the applicant tells at registration.
    #[must_use]
    pub fn told(service: &'a Service, applicant: &Applicant, answers: &'a Answers) -> Self {
        let sex = match applicant.sex.as_deref() {
            Some("male") => Some("male"),
            Some("female") => Some("female"),
            _ => None,
        };
        let applicant = answers::Applicant {
            kind: applicant.kind,
            by_agent: applicant.agent.is_some(),
            is_foreign: applicant.foreign,
            sex,
        };
        Self { service, applicant, answers, report: None, typed: OnceCell::new() }
    }

    /// What the request knows.
    #[must_use]
    pub fn of(state: &'a State, service: &'a Service) -> Self {
        let told = Self::told(service, &state.file.applicant, &state.file.answers);
        Self { report: Some(&state.course.report), ..told }
    }

    /// The same with corrected answers.
    #[must_use]
    pub fn with_answers(self, answers: &'a Answers) -> Self {
        Self { answers, typed: OnceCell::new(), ..self }
    }

    /// The same with a newer report.
    #[must_use]
    pub fn with_report(self, report: &'a Answers) -> Self {
        Self { report: Some(report), typed: OnceCell::new(), ..self }
    }

    /// As the catalogue reads it: form and report together, the report wins.
    #[must_use]
    pub fn case(&self) -> Case<'_> {
        let answers = self.typed.get_or_init(|| {
            let json = |open: &Answers| Value::Object(open.clone());
            let form = &self.service.fields;
            let mut all = answers::Answers::from_json(form, &json(self.answers));
            if let Some(report) = self.report {
                let form = &self.service.inspection_report;
                all.merge(&answers::Answers::from_json(form, &json(report)));
            }
            all
        });
        Case { applicant: &self.applicant, answers }
    }

    /// Whether a condition holds; what is not answered makes it false.
    ///
    /// # Errors
    /// [`Refusal::Condition`] if the expression is none, or cannot be computed.
    pub fn holds(&self, when: &str, at: &str) -> Result<bool, Refusal> {
        catalogue::plan::service_holds(self.service, when, &self.case())
            .map_err(|_| Refusal::Condition { at: at.to_owned() })
    }

    /// The day that a field of the form tells, if it tells one openly.
    pub(super) fn day(&self, field: &str) -> Option<Date> {
        dates::parse_iso(self.answers.get(field)?.as_str()?)
    }

    /// The service.
    pub(super) const fn service(&self) -> &'a Service {
        self.service
    }
}
