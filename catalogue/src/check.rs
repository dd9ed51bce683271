//! What is wrong with a catalogue (فحص الدليل): each finding with its file and line.
//!
//! `shubbak catalogue check` prints these and CI runs it; a service with a finding is not
//! published.

mod expressions;
mod fees;
mod fields;
mod parent;
mod references;
mod registers;
mod steps;

use std::collections::BTreeMap;
use std::fmt;

use crate::load::{Catalogue, Entry};
use crate::model::{FieldType, Service};
use crate::source_text::{At, Located};

/// Finding (ملاحظة).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Below the catalogue's folder.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// What sort of fault.
    pub kind: Fault,
    /// Arabic, with the English term in brackets.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Sorts of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each says its fault in its name")]
pub enum Fault {
    MissingArabic,
    Duplicate,
    Misplaced,
    UnknownGroup,
    UnknownDepartment,
    UnknownDocument,
    UnknownField,
    UnknownReason,
    UnknownLaw,
    UnknownPage,
    UnknownStep,
    UnreachableStep,
    StepOrder,
    InspectionMissing,
    EmptyPayStep,
    DueTooEarly,
    FeeAmount,
    FeeRange,
    FeeBands,
    TimeLimit,
    FieldShape,
    FieldTypeDiffers,
    BadExpression,
    NotYetKnown,
    Parent,
}

/// Everything wrong with the catalogue, in the order of files and lines.
pub fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut findings = registers::check(catalogue);
    let types = field_types(catalogue);
    for entry in catalogue.entries() {
        findings.extend(check_with(catalogue, entry, &types));
    }
    findings.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    findings
}

/// Everything wrong with one service; `entry` need not be in the catalogue yet.
pub fn check_entry(catalogue: &Catalogue, entry: &Entry) -> Vec<Finding> {
    check_with(catalogue, entry, &field_types(catalogue))
}

/// Type of each field id, from the first service that has it.
type Types<'a> = BTreeMap<&'a str, (FieldType, &'a str)>;

fn field_types(catalogue: &Catalogue) -> Types<'_> {
    let mut types = Types::new();
    for service in catalogue.services() {
        for field in service.fields.iter().chain(&service.inspection_report) {
            for field in std::iter::once(field).chain(&field.fields) {
                types.entry(field.id.as_str()).or_insert((field.kind, service.code.as_str()));
            }
        }
    }
    types
}

fn check_with(catalogue: &Catalogue, entry: &Entry, types: &Types) -> Vec<Finding> {
    let mut checker = Checker {
        catalogue,
        service: &entry.service,
        path: &entry.path,
        located: Located::new(&entry.text),
        findings: Vec::new(),
    };
    references::check(&mut checker);
    parent::check(&mut checker);
    fields::check(&mut checker, types);
    steps::check(&mut checker);
    fees::check(&mut checker);
    expressions::check(&mut checker);
    checker.findings.sort_by_key(|finding| finding.line);
    checker.findings
}

struct Checker<'a> {
    catalogue: &'a Catalogue,
    service: &'a Service,
    path: &'a str,
    located: Option<Located<'a>>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn find(&mut self, kind: Fault, at: &[At], message: impl Into<String>) {
        let line = self.located.as_ref().map_or(1, |located| located.line(at));
        self.findings.push(Finding { path: self.path.to_owned(), line, kind, message: message.into() });
    }

    /// A text that citizens or officers read must be there, and in Arabic.
    fn arabic(&mut self, text: &str, at: &[At]) {
        if !is_arabic(text) {
            self.find(Fault::MissingArabic, at, "نص عربي ناقص (missing Arabic text)");
        }
    }

    fn unique<'t>(&mut self, list: &str, key: &str, values: impl Iterator<Item = &'t str>) {
        let mut seen = std::collections::BTreeSet::new();
        for (n, value) in values.enumerate() {
            if !seen.insert(value) {
                let at = [At::Key(list), At::Index(n), At::Key(key)];
                self.find(Fault::Duplicate, &at, format!("«{value}» مكرر (duplicate)"));
            }
        }
    }

    /// The same for a list of texts below a key.
    fn unique_of<'t>(&mut self, key: &str, list: &str, values: impl Iterator<Item = &'t str>) {
        let mut seen = std::collections::BTreeSet::new();
        for (n, value) in values.enumerate() {
            if !seen.insert(value) {
                let at = [At::Key(key), At::Key(list), At::Index(n)];
                self.find(Fault::Duplicate, &at, format!("«{value}» مكرر (duplicate)"));
            }
        }
    }
}

fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| ('\u{621}'..='\u{64a}').contains(&c))
}

#[cfg(test)]
mod tests;
