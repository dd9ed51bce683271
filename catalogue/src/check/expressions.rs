//! Every expression compiles, gives the right type, and reads only what is known by then.

use super::{Checker, Fault};
use crate::expr::{ExprError, Program, Scope, Type};
use crate::model::{FeeRule, Field, FilledBy, Need, Service, StepKind};
use crate::source_text::At;

pub(super) fn check(checker: &mut Checker) {
    let service = checker.service;
    let scope = Scope::of(service);
    let mut reader = Reader { checker, scope: &scope };
    for (list, fields) in [("fields", &service.fields), ("inspection_report", &service.inspection_report)] {
        for (n, field) in fields.iter().enumerate() {
            let at = [At::Key(list), At::Index(n), At::Key("required")];
            let program = reader.need(&field.required, &at);
            if list == "fields" {
                reader.known(program.as_ref(), &at, Known::Form);
            }
        }
    }
    for (n, document) in service.documents.iter().enumerate() {
        let at = [At::Key("documents"), At::Index(n), At::Key("required")];
        let program = reader.need(&document.required, &at);
        reader.known(program.as_ref(), &at, Known::Form);
    }
    for (n, condition) in service.conditions.iter().enumerate() {
        for (key, text) in [("when", &condition.when), ("check", &condition.check)] {
            reader.condition(text.as_deref(), &[At::Key("conditions"), At::Index(n), At::Key(key)]);
        }
    }
    for (n, check) in service.checks.iter().enumerate() {
        reader.condition(Some(&check.expr), &[At::Key("checks"), At::Index(n), At::Key("expr")]);
    }
    for (n, item) in service.completion_items.iter().enumerate() {
        reader.condition(item.when.as_deref(), &[At::Key("completion_items"), At::Index(n), At::Key("when")]);
    }
    for (n, variant) in service.time_limit.variants.iter().enumerate() {
        let at = [At::Key("time_limit"), At::Key("variants"), At::Index(n), At::Key("when")];
        let program = reader.condition(Some(&variant.when), &at);
        reader.known(program.as_ref(), &at, Known::Form);
    }
    for (n, act) in service.parent.iter().flat_map(|parent| &parent.acts).enumerate() {
        let at = [At::Key("parent"), At::Key("acts"), At::Index(n), At::Key("when")];
        let program = reader.condition(act.when.as_deref(), &at);
        reader.known(program.as_ref(), &at, Known::Form);
    }
    for (n, step) in service.steps.iter().enumerate() {
        let at = [At::Key("steps"), At::Index(n), At::Key("when")];
        let program = reader.condition(step.when.as_deref(), &at);
        reader.known(program.as_ref(), &at, Known::before(service, n));
    }
    fees(&mut reader, service);
}

fn fees(reader: &mut Reader, service: &Service) {
    for (n, part) in service.fee.parts.iter().enumerate() {
        let scope = Scope::of_part(service, part);
        let mut reader = Reader { checker: reader.checker, scope: &scope };
        let due = service.steps.iter().position(|step| Some(&step.id) == part.pay_step.as_ref());
        let known = due.map_or(Known::All, |due| Known::before(service, due));
        let at = |key| [At::Key("fee"), At::Key("parts"), At::Index(n), At::Key(key)];
        let when = reader.condition(part.when.as_deref(), &at("when"));
        reader.known(when.as_ref(), &at("when"), known);
        let (key, text) = match &part.rule {
            FeeRule::PerUnit { quantity, .. } => ("quantity", quantity),
            FeeRule::Percent { of, .. } => ("of", of),
            FeeRule::Bands { by, .. } => ("by", by),
            FeeRule::Formula { formula } => ("formula", formula),
            FeeRule::Fixed { .. } | FeeRule::Assessed { .. } => continue,
        };
        let program = reader.compile(text, &at(key), &Type::Number);
        reader.known(program.as_ref(), &at(key), known);
        if let Some(program) = program {
            for name in part.figures.keys().filter(|name| !program.names().contains(&format!("figure.{name}"))) {
                let message = format!("الفئة «{name}» لا تستعملها المعادلة (unused figure)");
                reader.checker.find(Fault::FeeAmount, &at("figures"), message);
            }
        }
    }
}

/// What has been answered when an expression is read.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    /// The applicant's form only.
    Form,
    /// The office's fields too.
    Office,
    /// Everything.
    All,
}

impl Known {
    /// Known when step `n` opens: the report once an inspection is over, the office's fields
    /// once someone has had the file.
    fn before(service: &Service, n: usize) -> Self {
        let before = || service.steps.iter().take(n);
        if before().any(|step| step.kind == StepKind::Inspect) {
            Self::All
        } else if before().any(|step| step.kind != StepKind::Pay) {
            Self::Office
        } else {
            Self::Form
        }
    }
}

struct Reader<'r, 'a> {
    checker: &'r mut Checker<'a>,
    scope: &'r Scope,
}

impl Reader<'_, '_> {
    fn need(&mut self, need: &Need, at: &[At]) -> Option<Program> {
        self.condition(need.when(), at)
    }

    fn condition(&mut self, text: Option<&str>, at: &[At]) -> Option<Program> {
        self.compile(text?, at, &Type::Bool)
    }

    fn compile(&mut self, text: &str, at: &[At], wanted: &Type) -> Option<Program> {
        match Program::compile(text, self.scope) {
            Ok(program) if program.kind() == wanted => Some(program),
            Ok(program) => {
                let message = format!("«{text}» يعطي {} والمتوقع {wanted} (wrong type)", program.kind());
                self.checker.find(Fault::BadExpression, at, message);
                None
            }
            Err(error) => {
                let kind = match error {
                    ExprError::UnknownName(_) => Fault::UnknownField,
                    _ => Fault::BadExpression,
                };
                self.checker.find(kind, at, error.to_string());
                None
            }
        }
    }

    /// Finds names that nobody has answered by then.
    fn known(&mut self, program: Option<&Program>, at: &[At], known: Known) {
        let Some(program) = program else { return };
        let service = self.checker.service;
        let in_form = |name: &str| service.fields.iter().find(|field| field.id == name);
        for name in program.names() {
            let open = match in_form(&name) {
                Some(field) => known == Known::Form && by_office(field),
                None => known != Known::All && service.field(&name).is_some(),
            };
            if open {
                let message = format!("«{name}» لم يُعرف بعد عند هذه النقطة (not yet known)");
                self.checker.find(Fault::NotYetKnown, at, message);
            }
        }
    }
}

fn by_office(field: &Field) -> bool {
    field.filled_by == FilledBy::Office
}
