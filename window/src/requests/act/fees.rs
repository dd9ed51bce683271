//! Fees as the catalogue computes them today, for the rules.

use std::collections::BTreeMap;

use catalogue::answers::{self, Case};
use catalogue::fees::{FeeError, LocalFigure, Question, compute};
use catalogue::model::{Service, StepKind};
use foundation::clock::Micros;
use foundation::money::Piastres;
use serde_json::Value;

use crate::Office;
use crate::requests::events::{Answers, Applicant, FeeLine, StepNo};
use crate::requests::rules::{Command, Fees, day};
use crate::requests::state::State;

/// Fees for a command on a request; none where the command cannot come to a payment.
pub(super) fn of(office: &Office, service: &Service, state: &State, what: &Command, now: Micros) -> Option<Fees> {
    let harmless = matches!(
        what,
        Command::Take { .. }
            | Command::Reassign { .. }
            | Command::AddNote { .. }
            | Command::Attach { .. }
            | Command::AskCompletion { .. }
            | Command::AskConsult { .. }
            | Command::AnswerConsult { .. }
            | Command::RecallConsult { .. }
            | Command::Extend { .. }
            | Command::Redate
            | Command::ScheduleVisit { .. }
            | Command::RulePaper { .. }
            | Command::Withdraw { .. }
            | Command::Void { .. }
    );
    if harmless {
        return None;
    }
    let (mut answers, mut report) = (state.file.answers.clone(), state.course.report.clone());
    let mut assessed = BTreeMap::new();
    match what {
        Command::AnswerCompletion { answers: corrected, .. } => answers.extend(corrected.clone()),
        Command::ReportVisit { answers: found, .. } => report.extend(found.clone()),
        Command::AssessFees { inputs, .. } => assessed = amounts(inputs),
        _ => {}
    }
    let figures = office.figures(&state.file.tenant);
    let told = Told { applicant: &state.file.applicant, answers: &answers, report: &report };
    computed(service, &told, &assessed, &figures, now)
}

/// Fees at registration.
pub(super) fn at_intake(
    office: &Office,
    service: &Service,
    tenant: &str,
    applicant: &Applicant,
    answers: &Answers,
    now: Micros,
) -> Option<Fees> {
    let told = Told { applicant, answers, report: &Answers::new() };
    computed(service, &told, &BTreeMap::new(), &office.figures(tenant), now)
}

struct Told<'a> {
    applicant: &'a Applicant,
    answers: &'a Answers,
    report: &'a Answers,
}

fn computed(
    service: &Service,
    told: &Told<'_>,
    assessed: &BTreeMap<String, Piastres>,
    figures: &[LocalFigure],
    now: Micros,
) -> Option<Fees> {
    if !service.steps.iter().any(|step| step.kind == StepKind::Pay) {
        return None;
    }
    let fields = || service.fields.iter();
    let mut answers = answers::Answers::from_json(fields(), &Value::Object(told.answers.clone()));
    let report = Value::Object(told.report.clone());
    answers.merge(&answers::Answers::from_json(fields().chain(&service.inspection_report), &report));
    let applicant = answers::Applicant {
        kind: told.applicant.kind,
        by_agent: told.applicant.agent.is_some(),
        is_foreign: told.applicant.foreign,
        sex: match told.applicant.sex.as_deref() {
            Some("male") => Some("male"),
            Some("female") => Some("female"),
            _ => None,
        },
    };
    let case = Case { applicant: &applicant, answers: &answers };
    let mut fees = Fees::default();
    // Parts that cannot be computed yet are set aside one by one; the rest still counts.
    let mut rest: Option<Service> = None;
    loop {
        let asked = rest.as_ref().unwrap_or(service);
        let question = Question { service: asked, case, figures, assessed, estimate: false, day: day(now) };
        match compute(&question, None) {
            Ok(bill) => {
                fees.lines = bill.lines.iter().filter_map(|line| {
                    Some(FeeLine {
                        part: line.code.clone(),
                        label: line.label_ar.clone(),
                        beneficiary: line.beneficiary.clone().into(),
                        rule: line.rule_ar.clone(),
                        amount: line.amount,
                        pay: step_no(service, line.pay_step.as_deref()?)?,
                    })
                }).collect();
                return Some(fees);
            }
            Err(error) => {
                let code = part_of(&error).to_owned();
                let part = asked.fee.parts.iter().find(|part| part.code == code)?;
                if let Some(pay) = part.pay_step.as_deref().and_then(|id| step_no(service, id)) {
                    fees.unknown.push((code.clone(), pay));
                }
                let mut smaller = asked.clone();
                smaller.fee.parts.retain(|part| part.code != code);
                rest = Some(smaller);
            }
        }
    }
}

fn step_no(service: &Service, id: &str) -> Option<StepNo> {
    let at = service.steps.iter().position(|step| step.id == id)?;
    StepNo::try_from(at + 1).ok()
}

fn part_of(error: &FeeError) -> &str {
    match error {
        FeeError::Missing { part, .. }
        | FeeError::NotAssessed { part, .. }
        | FeeError::OutOfRange { part, .. }
        | FeeError::NoBand { part, .. }
        | FeeError::Negative { part, .. }
        | FeeError::Overflow { part, .. }
        | FeeError::Expression { part, .. }
        | FeeError::BadRule { part, .. } => part,
    }
}

/// What an officer assessed: piastres as whole numbers, or pounds as text.
fn amounts(inputs: &Answers) -> BTreeMap<String, Piastres> {
    let amount = |value: &Value| match value {
        Value::Number(number) => number.as_i64().map(Piastres),
        Value::String(text) => Piastres::parse(text).ok(),
        _ => None,
    };
    inputs.iter().filter_map(|(part, value)| Some((part.clone(), amount(value)?))).collect()
}
