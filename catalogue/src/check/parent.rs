//! The relation to an earlier paper: services, field and acts that it names.

use super::{Checker, Fault};
use crate::model::{Act, FieldType, FilledBy, OutputKind};
use crate::source_text::At;

pub(super) fn check(checker: &mut Checker) {
    let service = checker.service;
    let Some(parent) = &service.parent else { return };
    let at = |key: &'static str| [At::Key("parent"), At::Key(key)];
    if service.output.kind == OutputKind::None {
        checker.find(Fault::Parent, &[At::Key("parent")], "خدمة لها ترخيص أصل تنتهي بمحرر (needs an output paper)");
    }
    if parent.services.is_empty() {
        checker.find(Fault::Parent, &at("services"), "لا خدمة في الترخيص الأصل (no services)");
    }
    for (n, code) in parent.services.iter().enumerate() {
        let at = [At::Key("parent"), At::Key("services"), At::Index(n)];
        // The file itself may be new: it is no entry of the catalogue yet.
        let named = if *code == service.code { Some(service) } else { checker.catalogue.service(code).map(|s| &**s) };
        match named {
            None => checker.find(Fault::Parent, &at, format!("خدمة غير معروفة (unknown service) «{code}»")),
            Some(named) if named.output.kind == OutputKind::None => {
                checker.find(Fault::Parent, &at, format!("خدمة لا تنتهي بمحرر (issues no paper) «{code}»"));
            }
            Some(_) => {}
        }
    }
    checker.unique_of("parent", "services", parent.services.iter().map(String::as_str));
    let takes = service.fields.iter().find(|field| field.id == parent.field).is_some_and(|field| {
        matches!(field.kind, FieldType::ServiceNumber | FieldType::Text)
            && !field.personal
            && field.filled_by == FilledBy::Applicant
    });
    if !takes {
        let message = format!("رقم الترخيص الأصل في بيان نصي يملؤه مقدم الطلب (no such field) «{}»", parent.field);
        checker.find(Fault::Parent, &at("field"), message);
    }
    for (n, act) in parent.acts.iter().enumerate() {
        let at = |key| [At::Key("parent"), At::Key("acts"), At::Index(n), At::Key(key)];
        if let Some(until) = &act.until {
            let date = service.fields.iter().any(|field| field.id == *until && field.kind == FieldType::Date);
            if !date || act.act != Act::Suspend {
                let message = format!("نهاية الإيقاف من بيان تاريخ (until needs a date field) «{until}»");
                checker.find(Fault::Parent, &at("until"), message);
            }
        }
        if act.when.is_none() && n + 1 < parent.acts.len() {
            checker.find(Fault::Parent, &at("act"), "أثر بلا شرط يحجب ما بعده (hides those after it)");
        }
    }
}
