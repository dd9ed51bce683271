//! Fields of the form and of the inspector's report.

use super::{Checker, Fault, Types};
use crate::model::{Field, FieldType};
use crate::source_text::At;

pub(super) fn check(checker: &mut Checker, types: &Types) {
    let service = checker.service;
    for (list, fields) in [("fields", &service.fields), ("inspection_report", &service.inspection_report)] {
        checker.unique(list, "id", fields.iter().map(|field| field.id.as_str()));
        for (n, field) in fields.iter().enumerate() {
            let at = [At::Key(list), At::Index(n)];
            one(checker, field, &at, types);
            for (m, cell) in field.fields.iter().enumerate() {
                let at = [At::Key(list), At::Index(n), At::Key("fields"), At::Index(m)];
                one(checker, cell, &at, types);
            }
        }
    }
}

fn one(checker: &mut Checker, field: &Field, at: &[At], types: &Types) {
    let key = |name: &'static str| [at, &[At::Key(name)]].concat();
    checker.arabic(&field.label_ar, &key("label_ar"));
    for (n, choice) in field.choices.iter().enumerate() {
        checker.arabic(&choice.ar, &[at, &[At::Key("choices"), At::Index(n)]].concat());
    }
    if let Some((kind, code)) = types.get(field.id.as_str())
        && *kind != field.kind
    {
        let message = format!("نوع «{}» يخالف نوعه في {code} (one id, two types)", field.id);
        checker.find(Fault::FieldTypeDiffers, &key("type"), message);
    }
    for message in shape(field) {
        checker.find(Fault::FieldShape, &key("id"), format!("«{}»: {message}", field.id));
    }
}

fn shape(field: &Field) -> Vec<&'static str> {
    let mut faults = Vec::new();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if field.id.is_empty() || !field.id.chars().all(plain) {
        faults.push("المعرّف حروف لاتينية صغيرة وأرقام وشرطات سفلية (bad id)");
    }
    let chooses = matches!(field.kind, FieldType::Choice | FieldType::MultiChoice);
    match field.choices_ref.as_deref() {
        Some("shop_activities") if chooses => {}
        Some(_) => faults.push("قائمة الاختيارات غير معروفة (unknown choices_ref)"),
        None if chooses && field.choices.is_empty() => faults.push("بلا اختيارات (no choices)"),
        None => {}
    }
    let mut values: Vec<_> = field.choices.iter().map(|choice| &choice.value).collect();
    values.sort();
    if values.windows(2).any(|pair| pair.first() == pair.get(1)) {
        faults.push("اختيار مكرر (duplicate choice)");
    }
    if (field.kind == FieldType::RepeatedGroup) == field.fields.is_empty() {
        faults.push("المجموعة المتكررة وحدها لها أعمدة (columns belong to a repeated group)");
    }
    if let (Some(min), Some(max)) = (field.min, field.max)
        && min > max
    {
        faults.push("الحد الأدنى أكبر من الأقصى (min above max)");
    }
    let personal = matches!(field.kind, FieldType::NationalId | FieldType::Mobile | FieldType::Email);
    if personal && !field.personal {
        faults.push("بيان شخصي لم يوسم personal (not marked personal)");
    }
    faults
}
