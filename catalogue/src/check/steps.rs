//! Steps: known departments, an order that works, none out of reach.

use super::{Checker, Fault};
use crate::expr::{Program, Scope};
use crate::model::{FieldType, OutputKind, StageStart, StepKind};
use crate::source_text::At;

pub(super) fn check(checker: &mut Checker) {
    let service = checker.service;
    checker.unique("steps", "id", service.steps.iter().map(|step| step.id.as_str()));
    let scope = Scope::of(service);
    for (n, step) in service.steps.iter().enumerate() {
        let at = |key: &'static str| [At::Key("steps"), At::Index(n), At::Key(key)];
        checker.arabic(&step.label_ar, &at("label_ar"));
        if checker.catalogue.department(&step.department).is_none() {
            let message = format!("إدارة غير معروفة (unknown department) «{}»", step.department);
            checker.find(Fault::UnknownDepartment, &at("department"), message);
        }
        let never = step.when.as_deref().and_then(|when| Program::compile(when, &scope).ok());
        if never.is_some_and(|when| when.satisfiable(&scope) == Some(false)) {
            let message = format!("المرحلة «{}» لا تفتح أبدًا: شرطها لا يتحقق (unreachable step)", step.id);
            checker.find(Fault::UnreachableStep, &at("when"), message);
        }
    }
    order(checker);
    groups(checker);
    ends(checker);
    limit(checker);
    stages(checker);
}

/// A path starts with the completeness check, and nothing follows the hand-over.
fn order(checker: &mut Checker) {
    let service = checker.service;
    if service.steps.first().is_none_or(|step| step.kind != StepKind::Check) {
        checker.find(Fault::StepOrder, &[At::Key("steps")], "أول مرحلة هي مراجعة الاكتمال (first step must be a check)");
    }
    let last = service.steps.iter().position(|step| step.kind == StepKind::Handover);
    if let Some(last) = last {
        for (n, step) in service.steps.iter().enumerate().skip(last + 1) {
            let message = format!("المرحلة «{}» بعد التسليم (unreachable step after hand-over)", step.id);
            checker.find(Fault::UnreachableStep, &[At::Key("steps"), At::Index(n)], message);
        }
    }
}

/// A letter joins neighbours only, at least two.
fn groups(checker: &mut Checker) {
    let service = checker.service;
    let letters: Vec<_> = service.steps.iter().map(|step| step.parallel.as_deref()).collect();
    for (n, letter) in letters.iter().enumerate() {
        let Some(letter) = letter else { continue };
        let at = [At::Key("steps"), At::Index(n), At::Key("parallel")];
        let before = n.checked_sub(1).and_then(|n| letters.get(n)).copied().flatten();
        let after = letters.get(n + 1).copied().flatten();
        if before != Some(letter) && after != Some(letter) {
            checker.find(Fault::StepOrder, &at, format!("«{letter}» على مرحلة واحدة (a parallel group of one)"));
        } else if before != Some(letter) && letters.iter().take(n).any(|other| *other == Some(letter)) {
            checker.find(Fault::StepOrder, &at, format!("«{letter}» على مراحل غير متجاورة (split parallel group)"));
        }
    }
}

/// An inspected service has a report and a visit; a paper is issued and handed over.
fn ends(checker: &mut Checker) {
    let service = checker.service;
    let has = |kind: StepKind| service.steps.iter().any(|step| step.kind == kind);
    if has(StepKind::Inspect) == service.inspection_report.is_empty() {
        let message = "المعاينة وتقريرها متلازمان (an inspect step needs a report, and a report a step)";
        checker.find(Fault::InspectionMissing, &[At::Key("steps")], message);
    }
    let paper = service.output.kind != OutputKind::None;
    if paper != has(StepKind::Issue) {
        let message = "المستند يصدر في مرحلة إصدار، ولا مرحلة إصدار بلا مستند (issue step and output differ)";
        checker.find(Fault::StepOrder, &[At::Key("output"), At::Key("kind")], message);
    }
    if !has(StepKind::Handover) {
        checker.find(Fault::StepOrder, &[At::Key("steps")], "لا مرحلة تسليم (no hand-over)");
    }
}

/// Steps that everyone goes through fit into the promised time.
fn limit(checker: &mut Checker) {
    let service = checker.service;
    let mut days = 0;
    let mut open: (Option<&str>, u32) = (None, 0);
    for step in service.steps.iter().filter(|step| step.when.is_none()) {
        let letter = step.parallel.as_deref();
        if letter.is_some() && letter == open.0 {
            open.1 = open.1.max(step.working_days);
        } else {
            days += open.1;
            open = (letter, step.working_days);
        }
    }
    days += open.1;
    let promised = service.time_limit.working_days;
    if days > promised {
        let message = format!("مجموع أيام المراحل {days} والمدة المقررة {promised} (steps exceed the time limit)");
        checker.find(Fault::TimeLimit, &[At::Key("time_limit"), At::Key("working_days")], message);
    }
}

/// Clocks of the law start at something that this service has.
fn stages(checker: &mut Checker) {
    let service = checker.service;
    for (n, stage) in service.time_limit.stages.iter().enumerate() {
        let at = |key: &'static str| [At::Key("time_limit"), At::Key("stages"), At::Index(n), At::Key(key)];
        match (&stage.step, &stage.starts) {
            (Some(step), _) if service.step(step).is_none() => {
                let message = format!("مرحلة غير معروفة (unknown step) «{step}»");
                checker.find(Fault::TimeLimit, &at("step"), message);
            }
            (None, StageStart::SentToAgency) => {
                let message = "المهلة تبدأ بوصول الطلب إلى مرحلة لم تُذكر (sent_to_agency needs a step)";
                checker.find(Fault::TimeLimit, &at("starts"), message);
            }
            (_, StageStart::Field(id)) if service.field(id).is_none_or(|field| field.kind != FieldType::Date) => {
                let message = format!("بدء المهلة «{id}» ليس حدثًا معروفًا ولا حقل تاريخ (unknown start)");
                checker.find(Fault::TimeLimit, &at("starts"), message);
            }
            _ => {}
        }
    }
}
