//! Fees that add up: amounts, bands, ranges, and a pay step where each part falls due.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Checker, Fault};
use crate::model::{Band, Beneficiary, Due, FeePart, FeeRule, FieldType, Service, StepKind};
use crate::source_text::At;

pub(super) fn check(checker: &mut Checker) {
    let service = checker.service;
    let mut codes = BTreeSet::new();
    for (n, part) in service.fee.parts.iter().enumerate() {
        if !codes.insert(&part.code) {
            fault(checker, n, "code", Fault::Duplicate, format!("«{}» مكرر (duplicate)", part.code));
        }
        checker.arabic(&part.label_ar, &[At::Key("fee"), At::Key("parts"), At::Index(n), At::Key("label_ar")]);
        amounts(checker, n, part);
        bands(checker, n, part);
        range(checker, n, part);
        reductions(checker, n, part);
        collected(checker, n, part);
        if let Beneficiary::Body(code) = &part.beneficiary
            && checker.catalogue.department(code).is_none()
        {
            let message = format!("جهة مستفيدة غير معروفة (unknown beneficiary) «{code}»");
            fault(checker, n, "beneficiary", Fault::UnknownDepartment, message);
        }
    }
    for (n, step) in service.steps.iter().enumerate().filter(|(_, step)| step.kind == StepKind::Pay) {
        if !service.fee.parts.iter().any(|part| part.pay_step.as_deref() == Some(step.id.as_str())) {
            let message = format!("مرحلة السداد «{}» لا تحصّل شيئًا (nothing to collect)", step.id);
            checker.find(Fault::EmptyPayStep, &[At::Key("steps"), At::Index(n)], message);
        }
    }
}

fn fault(checker: &mut Checker, n: usize, key: &str, kind: Fault, message: impl Into<String>) {
    checker.find(kind, &[At::Key("fee"), At::Key("parts"), At::Index(n), At::Key(key)], message);
}

fn amounts(checker: &mut Checker, n: usize, part: &FeePart) {
    let positive = |value: &Decimal| !value.is_zero() && value.is_sign_positive();
    let (key, value) = match &part.rule {
        FeeRule::Fixed { amount_egp } => ("amount_egp", amount_egp),
        FeeRule::PerUnit { rate_egp, .. } => ("rate_egp", rate_egp),
        FeeRule::Percent { percent, .. } => ("percent", percent),
        FeeRule::Bands { .. } | FeeRule::Assessed { .. } | FeeRule::Formula { .. } => ("figures", &Decimal::ONE),
    };
    if !positive(value) || !part.figures.values().all(positive) {
        fault(checker, n, key, Fault::FeeAmount, "مبلغ أو نسبة غير موجبة (amount must be above zero)");
    }
    let percents = [("percent", matches!(part.rule, FeeRule::Percent { .. }).then_some(*value))];
    let shares = [("treasury_share_percent", part.treasury_share_percent)];
    for (key, percent) in percents.into_iter().chain(shares) {
        if percent.is_some_and(|percent| percent > Decimal::ONE_HUNDRED || percent.is_sign_negative()) {
            fault(checker, n, key, Fault::FeeAmount, "نسبة أكبر من مائة (percent above 100)");
        }
    }
}

fn bands(checker: &mut Checker, n: usize, part: &FeePart) {
    let FeeRule::Bands { bands, variant_by, variants, .. } = &part.rule else { return };
    let service = checker.service;
    let table = |name: &str, bands: &[Band]| table_faults(bands).map(|message| format!("{name}: {message}"));
    if let Some(message) = variant_by.is_none().then(|| table("bands", bands)).flatten() {
        fault(checker, n, "bands", Fault::FeeBands, message);
    }
    let Some(field_id) = variant_by else { return };
    for (variant, bands) in variants {
        if let Some(message) = table(variant, bands) {
            fault(checker, n, "variants", Fault::FeeBands, message);
        }
    }
    let Some(field) = service.field(field_id).filter(|field| field.kind == FieldType::Choice) else {
        let message = format!("«{field_id}» ليس بيان اختيار (variant_by needs a choice field)");
        return fault(checker, n, "variant_by", Fault::UnknownField, message);
    };
    let choices: BTreeSet<_> = field.choices.iter().map(|choice| &choice.value).collect();
    for odd in choices.symmetric_difference(&variants.keys().collect()) {
        let message = format!("«{odd}»: جدول لكل اختيار من «{field_id}» ولا جدول لغيره (a table for each choice)");
        let at = [At::Key("fee"), At::Key("parts"), At::Index(n), At::Key("variants"), At::Key(odd)];
        checker.find(Fault::FeeBands, &at, message);
    }
}

/// Bands rise, and only the last one is open.
fn table_faults(bands: &[Band]) -> Option<&'static str> {
    let Some((last, closed)) = bands.split_last() else {
        return Some("جدول بلا شرائح (no bands)");
    };
    if last.up_to.is_some() {
        return Some("آخر شريحة مفتوحة بلا up_to (last band must be open)");
    }
    let ends: Option<Vec<Decimal>> = closed.iter().map(|band| band.up_to).collect();
    let Some(ends) = ends else {
        return Some("شريحة مفتوحة قبل الأخيرة (open band before the last)");
    };
    if !ends.is_sorted_by(|a, b| a < b) || ends.first().is_some_and(|end| end.is_sign_negative()) {
        return Some("حدود الشرائح غير متصاعدة (bands out of order)");
    }
    let negative = bands.iter().any(|band| band.amount_egp.is_sign_negative());
    negative.then_some("مبلغ سالب (negative amount)")
}

fn range(checker: &mut Checker, n: usize, part: &FeePart) {
    if let (Some(min), Some(max)) = (part.min_egp, part.max_egp)
        && min > max
    {
        fault(checker, n, "min_egp", Fault::FeeRange, "الحد الأدنى أكبر من الأقصى (min above max)");
    }
    let FeeRule::Assessed { default_egp } = part.rule else { return };
    match (part.min_egp, part.max_egp) {
        (Some(min), Some(max)) if default_egp.is_none_or(|value| (min..=max).contains(&value)) => {}
        (Some(_), Some(_)) => {
            fault(
                checker,
                n,
                "default_egp",
                Fault::FeeRange,
                "القيمة المقترحة خارج الحدود (default outside its range)",
            );
        }
        _ => fault(checker, n, "type", Fault::FeeRange, "التقدير يحتاج حدًّا أدنى وأقصى (assessed needs min and max)"),
    }
}

fn reductions(checker: &mut Checker, n: usize, part: &FeePart) {
    let variants = match &part.rule {
        FeeRule::Bands { variants, .. } => variants.keys().collect::<BTreeSet<_>>(),
        _ => BTreeSet::new(),
    };
    for reduction in &part.reductions {
        let whole = |rate: &crate::model::ReductionRate| {
            !rate.percent_min.is_sign_negative()
                && rate.percent_min <= rate.percent_max
                && rate.percent_max <= Decimal::ONE_HUNDRED
                && rate.variant.as_ref().is_none_or(|variant| variants.contains(variant))
        };
        if reduction.from > reduction.to || !reduction.rates.iter().all(whole) {
            let message = format!("تخفيض غير سليم (bad reduction) «{}»", reduction.code);
            fault(checker, n, "reductions", Fault::FeeRange, message);
        }
    }
}

/// The pay step exists, and stands where the part is due.
fn collected(checker: &mut Checker, n: usize, part: &FeePart) {
    let service = checker.service;
    let id = match (&part.pay_step, &part.collected_by) {
        (Some(id), None) => id,
        (None, Some(code)) if checker.catalogue.service(code).is_some() => return,
        (None, Some(code)) => {
            let message = format!("خدمة غير معروفة (unknown service) «{code}»");
            return fault(checker, n, "collected_by", Fault::UnknownStep, message);
        }
        _ => {
            let message = "لكل بند pay_step أو collected_by (who collects it?)";
            return fault(checker, n, "code", Fault::UnknownStep, message);
        }
    };
    let step = service.steps.iter().position(|step| step.id == *id && step.kind == StepKind::Pay);
    let Some(step) = step else {
        let message = format!("لا مرحلة سداد باسم «{id}» (unknown pay step)");
        return fault(checker, n, "pay_step", Fault::UnknownStep, message);
    };
    if !in_place(service, part.due, step) {
        let message = format!("«{id}» ليست {} (pay step out of place)", part.due.label_ar());
        fault(checker, n, "due", Fault::DueTooEarly, message);
    }
    let assessed = matches!(part.rule, FeeRule::Assessed { .. });
    if assessed && !service.steps.iter().take(step).any(|step| step.kind == StepKind::AssessFee) {
        let message = format!("لا مرحلة تقدير قبل «{id}» (nobody assesses it before it is due)");
        fault(checker, n, "pay_step", Fault::DueTooEarly, message);
    }
}

fn in_place(service: &Service, due: Due, step: usize) -> bool {
    let before = |kind: StepKind| service.steps.iter().take(step).any(|step| step.kind == kind);
    let after = |kind: StepKind| service.steps.iter().skip(step).any(|step| step.kind == kind);
    match due {
        Due::WithApplication => ![StepKind::Review, StepKind::Inspect, StepKind::Approve].into_iter().any(before),
        Due::BeforeInspection => !before(StepKind::Inspect) && after(StepKind::Inspect),
        Due::AfterInspection => before(StepKind::Inspect),
        Due::BeforeIssue => !before(StepKind::Issue),
        Due::AfterApproval => before(StepKind::Approve),
    }
}
