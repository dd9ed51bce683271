//! What a service does with given answers (شرح الخدمة): fees with the rule behind each line,
//! steps and dates, as plain Arabic text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use foundation::arabic::digits::Digits;
use foundation::arabic::plural::{DAYS, WORKING_DAYS, plural};
use foundation::dates;
use jiff::civil::Date;

use crate::answers::{Answers, Applicant, Case, read_one};
use crate::expr::{Program, Scope};
use crate::fees::{self, LocalFigure, Question};
use crate::load::Catalogue;
use crate::model::{ApplicantKind, Beneficiary, DayKind, FieldType, Service, Source, StepKind};
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
    /// The n-th working day after a day; for 0 the day itself, or the next working day.
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
            let value = answer.value().to_string();
            let choice = field.and_then(|field| field.choice_ar(&value)).map(|choice| format!(" ({choice})"));
            line(&mut text, &format!("  {name} ({id}) = {value}{}", choice.unwrap_or_default()));
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
            "applicant.by_agent" => applicant.by_agent = truth(typed).ok_or_else(|| bad("yes أو no"))?,
            "applicant.is_foreign" => applicant.is_foreign = truth(typed).ok_or_else(|| bad("yes أو no"))?,
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
                let answer = read_one(field, values, request.day).map_err(|said| bad(&said.ar))?;
                answers.insert(name, answer);
            }
        }
    }
    Ok((applicant, answers))
}

fn truth(typed: &str) -> Option<bool> {
    match typed {
        "yes" | "true" | "نعم" => Some(true),
        "no" | "false" | "لا" => Some(false),
        _ => None,
    }
}

/// Names of what a condition reads and nobody has answered: what is not known holds for nothing.
fn unanswered(service: &Service, case: Case, condition: &str) -> String {
    let Ok(program) = Program::compile(condition, &Scope::of(service)) else { return String::new() };
    let names =
        program.names().into_iter().filter(|name| !name.starts_with("applicant.") && case.answers.get(name).is_none());
    let labels: Vec<String> = names
        .map(|name| service.field(&name).map_or_else(|| name.clone(), |field| format!("{} ({name})", field.label_ar)))
        .collect();
    if labels.is_empty() { String::new() } else { format!("؛ لم يُذكر: {}", labels.join("، ")) }
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
            let open = part.when.as_deref().map(|when| unanswered(service, case, when)).unwrap_or_default();
            line(text, &format!("  {} [{}]: لا ينطبق{open}", part.label_ar, part.code));
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
    let date = |day: Date| dates::format_weekday(day, Digits::Latn);
    // What comes on a holiday counts as received on the next working day.
    let received = (request.add_working_days)(request.day, 0);
    let from = if received == request.day {
        String::new()
    } else {
        format!("، ويُحسب واردًا {}", date(received))
    };
    line(text, &format!("\nالمراحل (تسجيل الطلب {}{from})", date(request.day)));
    let mut days = 0;
    let mut number = 0;
    for stage in &plan.stages {
        days += stage.days();
        let due = date((request.add_working_days)(received, days));
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
                line(text, &format!("  -  {row}: لا تفتح، شرطها {when}{}", unanswered(service, case, when)));
            }
        }
    }
    line(text, "\nالمدد");
    line(text, &format!("  أطول مسار: {}", working_days(plan.critical_days)));
    let promised = date((request.add_working_days)(received, plan.limit_days));
    line(text, &format!("  المدة المقررة: {}، حتى {promised}", working_days(plan.limit_days)));
    if let Some(limit) = &service.time_limit.statutory {
        let (days, last) = match limit.day_kind {
            DayKind::Working => (working_days(limit.days), (request.add_working_days)(received, limit.days)),
            DayKind::Calendar => (
                plural(limit.days.into(), &DAYS, Digits::Latn),
                received.saturating_add(jiff::Span::new().days(i64::from(limit.days))),
            ),
        };
        line(text, &format!("  المدة القانونية: {days}، حتى {}؛ {}", date(last), limit.on_expiry.label_ar()));
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
        assert!(report.contains("حتى الأحد 29 نوفمبر 2026"), "{report}");
    }

    #[test]
    fn what_comes_on_a_holiday_counts_from_the_next_working_day() {
        let catalogue = Catalogue::embedded().unwrap();
        let calendar = foundation::calendar::WorkCalendar::default();
        // A Friday.
        let request = Request {
            service: catalogue.service("SHP-01").unwrap(),
            sets: &[],
            figures: &[],
            day: Date::constant(2026, 11, 27),
            add_working_days: &|day, n| calendar.nth_working_day(day, n, &[]),
        };
        let report = explain(&catalogue, &request).unwrap();
        for words in [
            "تسجيل الطلب الجمعة 27 نوفمبر 2026، ويُحسب واردًا الأحد 29 نوفمبر 2026",
            "يوم عمل واحد، حتى الاثنين 30 نوفمبر 2026",
            "المدة القانونية: 60 يومًا، حتى الخميس 28 يناير 2027",
            "لا تفتح، شرطها handles_food؛ لم يُذكر: هل يتداول",
        ] {
            assert!(report.contains(words), "no «{words}»: {report}");
        }
    }

    #[test]
    fn what_hangs_on_an_answer_that_is_missing_says_so() {
        let report = ask("ADV-01", &[]).unwrap();
        assert!(report.contains("لا ينطبق؛ لم يُذكر: "), "{report}");
        let report = ask("SHP-01", &[("fee_zone", "city_district"), ("applicant.by_agent", "yes")]).unwrap();
        assert!(report.contains("(fee_zone) = city_district (مدينة أو حي)"), "{report}");
        assert!(matches!(ask("SHP-01", &[("applicant.by_agent", "maybe")]), Err(ExplainError::BadValue { .. })));
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
