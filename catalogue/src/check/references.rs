//! Names that point elsewhere, and the texts of the service itself.

use super::{Checker, Fault};
use crate::model::Source;
use crate::source_text::At;

pub(super) fn check(checker: &mut Checker) {
    place(checker);
    texts(checker);
    let service = checker.service;
    for (n, basis) in service.legal_basis.iter().enumerate() {
        law(checker, &basis.law, &[At::Key("legal_basis"), At::Index(n), At::Key("law")]);
    }
    if let Some(code) = service.time_limit.statutory.as_ref().and_then(|limit| limit.law.as_deref()) {
        law(checker, code, &[At::Key("time_limit"), At::Key("statutory"), At::Key("law")]);
    }
    if let Some(objection) = &service.objection {
        law(checker, &objection.law, &[At::Key("objection"), At::Key("law")]);
    }
    for (n, stage) in service.time_limit.stages.iter().enumerate() {
        if let Some(code) = &stage.law {
            law(checker, code, &[At::Key("time_limit"), At::Key("stages"), At::Index(n), At::Key("law")]);
        }
    }
    for (n, document) in service.documents.iter().enumerate() {
        if checker.catalogue.document(&document.doc).is_none() {
            let at = [At::Key("documents"), At::Index(n), At::Key("doc")];
            checker.find(Fault::UnknownDocument, &at, format!("مستند غير معروف (unknown document) «{}»", document.doc));
        }
    }
    checker.unique("documents", "doc", service.documents.iter().map(|document| document.doc.as_str()));
    for (n, reason) in service.refusal_reasons.iter().enumerate() {
        if checker.catalogue.reason(reason).is_none() {
            let at = [At::Key("refusal_reasons"), At::Index(n)];
            checker.find(Fault::UnknownReason, &at, format!("سبب رفض غير معروف (unknown reason) «{reason}»"));
        }
    }
    checker.unique("completion_items", "code", service.completion_items.iter().map(|item| item.code.as_str()));
    printed(checker);
    sources(checker);
}

/// The file lies where its code and group say.
fn place(checker: &mut Checker) {
    let service = checker.service;
    if checker.catalogue.group(&service.group).is_none() {
        checker.find(
            Fault::UnknownGroup,
            &[At::Key("group")],
            format!("مجموعة غير معروفة (unknown group) «{}»", service.group),
        );
    }
    let code = service.code.as_bytes();
    let shaped = code.len() == 6
        && code.iter().take(3).all(u8::is_ascii_uppercase)
        && code.get(3) == Some(&b'-')
        && code.iter().skip(4).all(u8::is_ascii_digit);
    let home = format!("services/{}/{}.toml", service.group, service.code);
    if !shaped || checker.path != home {
        checker.find(
            Fault::Misplaced,
            &[At::Key("code")],
            format!("الكود ثلاثة أحرف وشرطة ورقمان، ومكان الملف {home} (code and path do not match)"),
        );
    }
}

fn texts(checker: &mut Checker) {
    let service = checker.service;
    checker.arabic(&service.name_ar, &[At::Key("name_ar")]);
    checker.arabic(&service.notes_ar, &[At::Key("notes_ar")]);
    for (n, condition) in service.conditions.iter().enumerate() {
        checker.arabic(&condition.ar, &[At::Key("conditions"), At::Index(n), At::Key("ar")]);
    }
    for (n, check) in service.checks.iter().enumerate() {
        checker.arabic(&check.ar, &[At::Key("checks"), At::Index(n), At::Key("ar")]);
    }
    for (n, item) in service.completion_items.iter().enumerate() {
        checker.arabic(&item.ar, &[At::Key("completion_items"), At::Index(n), At::Key("ar")]);
    }
    for (n, stage) in service.time_limit.stages.iter().enumerate() {
        checker.arabic(&stage.ar, &[At::Key("time_limit"), At::Key("stages"), At::Index(n), At::Key("ar")]);
    }
    checker.arabic(&service.output.name_ar, &[At::Key("output"), At::Key("name_ar")]);
}

fn law(checker: &mut Checker, code: &str, at: &[At]) {
    if checker.catalogue.law(code).is_none() {
        checker.find(Fault::UnknownLaw, at, format!("قانون غير معروف (unknown law) «{code}»"));
    }
}

fn printed(checker: &mut Checker) {
    let service = checker.service;
    for (n, id) in service.output.printed_fields.iter().enumerate() {
        if service.field(id).is_none() {
            let at = [At::Key("output"), At::Key("printed_fields"), At::Index(n)];
            checker.find(Fault::UnknownField, &at, format!("بيان مطبوع غير معروف (unknown field) «{id}»"));
        }
    }
    if let Some(term) = &service.output.validity_from
        && !service.field(&term.field).is_some_and(|field| field.kind.is_numeric())
    {
        let at = [At::Key("output"), At::Key("validity_from")];
        checker.find(Fault::UnknownField, &at, format!("مدة من بيان غير رقمي أو غير معروف «{}»", term.field));
    }
}

/// Every source names a page that is listed, and a part that exists.
fn sources(checker: &mut Checker) {
    const PARTS: [&str; 18] = [
        "name",
        "notes_ar",
        "fields",
        "inspection_report",
        "documents",
        "conditions",
        "checks",
        "legal_basis",
        "fee",
        "time_limit",
        "steps",
        "refusal_reasons",
        "completion_items",
        "output",
        "channels",
        "applicants",
        "application_window",
        "parent",
    ];
    let service = checker.service;
    for (key, source) in &service.sources {
        let at = [At::Key("sources"), At::Key(key)];
        if !PARTS.contains(&key.split('.').next().unwrap_or(key)) {
            checker.find(Fault::UnknownField, &at, format!("لا جزء بهذا الاسم (no such part) «{key}»"));
        }
        page(checker, source, &at);
    }
    for (n, part) in service.fee.parts.iter().enumerate() {
        for (key, source) in [("source", &part.source), ("limit_source", &part.limit_source)] {
            if let Some(source) = source {
                page(checker, source, &[At::Key("fee"), At::Key("parts"), At::Index(n), At::Key(key)]);
            }
        }
    }
    for (n, code) in service.refs.iter().enumerate() {
        page(checker, &Source::Page(Some(code.clone())), &[At::Key("refs"), At::Index(n)]);
    }
}

fn page(checker: &mut Checker, source: &Source, at: &[At]) {
    if let Source::Page(Some(code)) = source
        && checker.catalogue.page(code).is_none()
    {
        checker.find(Fault::UnknownPage, at, format!("صفحة غير معروفة (unknown page) «{code}»"));
    }
}
