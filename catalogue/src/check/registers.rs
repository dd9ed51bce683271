//! The registers that all services share.

use std::collections::BTreeSet;

use super::{Fault, Finding, is_arabic};
use crate::load::Catalogue;
use crate::model::{DepartmentKind, Seat};

pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let registers = catalogue.registers();
    let mut findings = Vec::new();
    let mut find = |path: &str, kind: Fault, message: String| {
        findings.push(Finding { path: path.to_owned(), line: 1, kind, message });
    };
    let names: Vec<(&str, &str, &str)> = registers
        .departments
        .iter()
        .map(|d| ("departments.toml", &*d.code, &*d.name_ar))
        .chain(registers.documents.iter().map(|d| ("documents.toml", &*d.code, &*d.name_ar)))
        .chain(registers.laws.iter().map(|l| ("laws.toml", &*l.code, &*l.name_ar)))
        .chain(registers.reasons.iter().map(|r| ("reasons.toml", &*r.code, &*r.name_ar)))
        .chain(registers.groups.iter().map(|g| ("groups.toml", &*g.code, &*g.name_ar)))
        .chain(registers.activities.iter().map(|a| ("activities.toml", &*a.code, &*a.name_ar)))
        .chain(registers.pages.iter().map(|p| ("sources.toml", &*p.code, "ا")))
        .collect();
    let mut seen = BTreeSet::new();
    for (path, code, name_ar) in names {
        if !seen.insert((path, code)) {
            find(path, Fault::Duplicate, format!("«{code}» مكرر (duplicate)"));
        }
        if !is_arabic(name_ar) {
            find(path, Fault::MissingArabic, format!("«{code}» بلا اسم عربي (missing Arabic text)"));
        }
    }
    let mut orders = BTreeSet::new();
    for department in &registers.departments {
        let body = department.seat == Seat::Body;
        let external = department.kind == DepartmentKind::External;
        if body != external || body != department.order.is_some() {
            let message = format!("«{}»: الجهة الخارجية وحدها مقرها body ولها order (seat)", department.code);
            find("departments.toml", Fault::Misplaced, message);
        }
        if department.order.is_some_and(|order| !orders.insert(order)) {
            find("departments.toml", Fault::Duplicate, format!("«{}»: ترتيب مكرر (order)", department.code));
        }
    }
    for reason in &registers.reasons {
        for ground in reason.ground.iter().filter(|ground| catalogue.law(&ground.law).is_none()) {
            let message = format!("«{}»: قانون غير معروف (unknown law) «{}»", reason.code, ground.law);
            find("reasons.toml", Fault::UnknownLaw, message);
        }
    }
    for activity in &registers.activities {
        if !registers.activity_groups.iter().any(|group| group.code == activity.group) {
            let message = format!("«{}»: مجموعة غير معروفة (unknown group)", activity.code);
            find("activities.toml", Fault::UnknownGroup, message);
        }
    }
    for code in catalogue.synonyms().services.keys().filter(|code| catalogue.service(code).is_none()) {
        find("synonyms.toml", Fault::UnknownField, format!("خدمة غير معروفة (unknown service) «{code}»"));
    }
    findings
}
