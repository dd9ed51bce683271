//! What a service does with given answers (شرح الخدمة): fees with the rule behind each line,
//! steps and dates, as plain Arabic text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use foundation::arabic::digits::Digits;
use foundation::arabic::plural::{WORKING_DAYS, plural};
use jiff::civil::Date;

use crate::answers::{Answers, Applicant, Case, read_one};
use crate::fees::{self, LocalFigure, Question};
use crate::load::Catalogue;
use crate::model::{ApplicantKind, Beneficiary, FieldType, Service, Source, StepKind};
use crate::plan;

/// What to explain.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The service.
    pub service: &'a Service,
    /// `plot_area_m2=120`, `applicant.kind=company`; as typed.
    pub sets: &'a [(String, String)],
    /// Local figures of one governorate.
    pub figures: &'a [LocalFigure],
    /// Day of registration.
    pub day: Date,
    /// The day on which the n-th working day after a day ends.
    pub add_working_days: &'a dyn Fn(Date, u32) -> Date,
}

/// Why nothing can be explained.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExplainError {
    /// No field of that name.
    #[error("«{field}» ليس من بيانات {code} (unknown field); البيانات: {known}")]
    UnknownField {
        /// As given.
        field: String,
        /// Code of the service.
        code: String,
        /// Ids that resemble it, or all.
        known: String,
    },
    /// The value does not fit.
    #[error("{field}: {message}")]
    BadValue {
        /// Field id.
        field: String,
        /// What to do.
        message: String,
    },
    /// The service file is at fault.
    #[error(transparent)]
    Plan(#[from] plan::PlanError),
}

/// The report.
///
/// # Errors
/// When a set names no field or does not fit it.
pub fn explain(catalogue: &Catalogue, request: &Request) -> Result<String, ExplainError> {
    let service = request.service;
    let (applicant, answers) = given(request)?;
    let case = Case { applicant: &applicant, answers: &answers };
    let mut text = String::new();
    let source = label(service.source("name"));
    line(&mut text, &format!("{} — {} ({source})", service.code, service.name_ar));
    line(&mut text, &format!("الإصدار {} من {}؛ البصمة {}", service.version, service.from, short(&service.hash)));
    if !answers.is_empty() {
        line(&mut text, "\nالبيانات");
        for (id, answer) in answers.iter() {
            let field = service.field(id);
            let name = field.map_or(id, |field| field.label_ar.as_str());
            line(&mut text, &format!("  {name} ({id}) = {}", answer.value()));
        }
    }
    write_fees(&mut text, catalogue, request, case);
    write_steps(&mut text, catalogue, request, case)?;
    Ok(text)
}

fn given(request: &Request) -> Result<(Applicant, Answers), ExplainError> {
    let service = request.service;
    let mut applicant = Applicant::default();
    let mut answers = Answers::new();
    for (name, typed) in request.sets {
        let bad = |message: &str| ExplainError::BadValue { field: name.clone(), message: message.to_owned() };
        match name.as_str() {
            "applicant.kind" => {
                let kind = ApplicantKind::ALL.into_iter().find(|kind| kind.code() == typed);
                applicant.kind =
                    kind.ok_or_else(|| bad("person أو company أو government أو association أو owners_union"))?;
            }
            "applicant.by_agent" => applicant.by_agent = typed == "true",
            "applicant.is_foreign" => applicant.is_foreign = typed == "true",
            "applicant.sex" => {
                applicant.sex = match typed.as_str() {
                    "male" => Some("male"),
                    "female" => Some("female"),
                    _ => return Err(bad("male أو female")),
                };
            }
            _ => {
                let field = service.field(name).ok_or_else(|| unknown(service, name))?;
                let values = match field.kind {
                    FieldType::MultiChoice | FieldType::File => typed.split(',').map(str::to_owned).collect(),
                    _ => vec![typed.clone()],
                };
                let answer = read_one(field, values, request.day).map_err(|message| bad(&message))?;
                answers.insert(name, answer);
            }
        }
    }
    Ok((applicant, answers))
}

fn unknown(service: &Service, name: &str) -> ExplainError {
    let ids = || service.fields.iter().chain(&service.inspection_report).map(|field| field.id.as_str());
    let near: Vec<&str> = ids().filter(|id| id.contains(name) || name.contains(id)).collect();
    let known = if near.is_empty() { ids().collect::<Vec<_>>().join("، ") } else { near.join("، ") };
    ExplainError::UnknownField { field: name.to_owned(), code: service.code.clone(), known }
}

fn write_fees(text: &mut String, catalogue: &Catalogue, request: &Request, case: Case) {
    let service = request.service;
    line(text, &format!("\nالرسوم (يحددها: {})", service.fee.set_by_ar()));
    if service.fee.parts.is_empty() {
        line(text, "  لا رسوم");
    }
    let assessed = BTreeMap::new();
    let question =
        Question { service, case, figures: request.figures, assessed: &assessed, estimate: true, day: request.day };
    let mut total = foundation::money::Piastres(0);
    let mut open = false;
    for part in &service.fee.parts {
        let bill = match fees::compute_part(&question, part) {
            Ok(bill) => bill,
            Err(error) => {
                open = true;
                line(text, &format!("  {} [{}]: {error}", part.label_ar, part.code));
                continue;
            }
        };
        if bill.lines.is_empty() {
            line(text, &format!("  {} [{}]: لا ينطبق", part.label_ar, part.code));
        }
        for fee in &bill.lines {
            let to = beneficiary(catalogue, &fee.beneficiary);
            let source = label(&fee.source);
            let amount = fee.amount.format(Digits::Latn);
            line(text, &format!("  {} [{}]: {amount} → {to} ({source})", fee.label_ar, fee.code));
            line(text, &format!("      القاعدة: {}", fee.rule_ar));
            if fee.steps.len() > 1 {
                fee.steps.iter().for_each(|step| line(text, &format!("        {step}")));
            }
            let step = fee.pay_step.as_deref().unwrap_or("خدمة لاحقة");
            line(text, &format!("      يستحق {} في {step}", fee.due.label_ar()));
        }
        for reduction in &bill.open_reductions {
            let (min, max) = (reduction.percent_min.normalize(), reduction.percent_max.normalize());
            let figure = &reduction.figure;
            line(text, &format!("      تخفيض لم تحدد نسبته: {min}–{max}٪، {} [{figure}]", reduction.decision_ar));
        }
        total = total.0.checked_add(bill.total.0).map_or(total, foundation::money::Piastres);
    }
    if !service.fee.parts.is_empty() {
        let so_far = if open { " (عدا ما لم يُحسب)" } else { "" };
        line(text, &format!("  الإجمالي: {}{so_far}", total.format(Digits::Latn)));
    }
}

fn write_steps(text: &mut String, catalogue: &Catalogue, request: &Request, case: Case) -> Result<(), ExplainError> {
    let service = request.service;
    let plan = plan::plan(service, &case)?;
    line(text, &format!("\nالمراحل (تسجيل الطلب {})", request.day));
    let mut days = 0;
    let mut number = 0;
    for stage in &plan.stages {
        days += stage.days();
        let due = (request.add_working_days)(request.day, days);
        for planned in &stage.steps {
            let step = &planned.step;
            let holder =
                catalogue.department(&step.department).map_or(step.department.as_str(), |d| d.name_ar.as_str());
            let beside = if stage.taken().count() > 1 { " ∥" } else { "" };
            let row = format!("{} [{}]: {holder}، {}", step.label_ar, step.id, working_days(step.working_days));
            if planned.taken {
                number += 1;
                line(text, &format!("  {number}.{beside} {row}، حتى {due}"));
            } else {
                let when = step.when.as_deref().unwrap_or_default();
                line(text, &format!("  -  {row}: لا تفتح ({when})"));
            }
        }
    }
    line(text, "\nالمدد");
    line(text, &format!("  أطول مسار: {}", working_days(plan.critical_days)));
    let promised = (request.add_working_days)(request.day, plan.limit_days);
    line(text, &format!("  المدة المقررة: {}، حتى {promised}", working_days(plan.limit_days)));
    if let Some(limit) = &service.time_limit.statutory {
        line(text, &format!("  المدة القانونية: {} يومًا؛ {}", limit.days, limit.on_expiry.label_ar()));
    }
    let visits = service.steps.iter().filter(|step| step.kind == StepKind::Inspect).count();
    if visits > 0 {
        line(text, &format!("  معاينات: {visits}، وبيانات التقرير: {}", service.inspection_report.len()));
    }
    Ok(())
}

fn beneficiary(catalogue: &Catalogue, to: &Beneficiary) -> String {
    let body = || {
        let code = String::from(to.clone());
        catalogue.department(&code).map_or(code.clone(), |department| department.name_ar.clone())
    };
    to.label_ar().map_or_else(body, str::to_owned)
}

fn working_days(count: u32) -> String {
    if count == 0 { "في اليوم نفسه".into() } else { plural(count.into(), &WORKING_DAYS, Digits::Latn) }
}

fn line(text: &mut String, row: &str) {
    let _ = writeln!(text, "{row}");
}

fn label(source: &Source) -> String {
    match source {
        Source::Page(Some(code)) | Source::Law(Some(code)) => format!("{}: {code}", source.label_ar()),
        _ => source.label_ar().to_owned(),
    }
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(code: &str, sets: &[(&str, &str)]) -> Result<String, ExplainError> {
        let catalogue = Catalogue::embedded().unwrap();
        let sets: Vec<_> = sets.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let request = Request {
            service: catalogue.service(code).unwrap(),
            sets: &sets,
            figures: &[],
            day: Date::constant(2026, 11, 22),
            add_working_days: &|day, n| day.saturating_add(jiff::Span::new().days(n)),
        };
        explain(&catalogue, &request)
    }

    #[test]
    fn a_report_tells_fees_steps_and_dates() {
        let report = ask("BLD-29", &[("plot_area_m2", "١٢٠")]).unwrap();
        assert!(report.contains("120 م² × 3 جنيه، بحد أدنى 500 جنيه"), "{report}");
        assert!(report.contains("500.00 جنيه"), "{report}");
        assert!(report.contains("حتى 2026-11-29"), "{report}");
    }

    #[test]
    fn what_cannot_be_set_is_told() {
        assert!(matches!(ask("BLD-29", &[("plot", "1")]), Err(ExplainError::UnknownField { .. })));
        assert!(matches!(ask("BLD-29", &[("plot_area_m2", "كثير")]), Err(ExplainError::BadValue { .. })));
    }

    #[test]
    fn every_service_can_be_explained() {
        let catalogue = Catalogue::embedded().unwrap();
        for service in catalogue.services() {
            let report = ask(&service.code, &[]).unwrap_or_else(|error| panic!("{}: {error}", service.code));
            assert!(report.contains("المراحل"));
        }
    }
}
