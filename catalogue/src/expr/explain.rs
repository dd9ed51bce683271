//! Expressions in words: as written, and step by step with the answers in them.

use super::eval::{self, Facts, Value};
use super::{Function, Node, Op};

/// The expression as an editor would write it.
pub(super) fn source(node: &Node) -> String {
    match node {
        Node::Bool(truth) => truth.to_string(),
        Node::Number(number) => number.normalize().to_string(),
        Node::Text(text) => format!("'{text}'"),
        Node::Name(name) => name.clone(),
        Node::List(items) => format!("[{}]", joined(items)),
        Node::Not(inner) => format!("!{}", wrapped(inner)),
        Node::Negate(inner) => format!("-{}", wrapped(inner)),
        Node::Binary(op, a, b) => format!("{} {} {}", wrapped(a), op.sign(), wrapped(b)),
        Node::If(condition, yes, no) => {
            format!("{} ? {} : {}", wrapped(condition), wrapped(yes), wrapped(no))
        }
        Node::Call(function, args) => format!("{}({})", function.name(), joined(args)),
    }
}

fn joined(items: &[Node]) -> String {
    items.iter().map(source).collect::<Vec<_>>().join(", ")
}

fn wrapped(node: &Node) -> String {
    match node {
        Node::Binary(..) | Node::If(..) => format!("({})", source(node)),
        _ => source(node),
    }
}

/// One line for every comparison, choice and sum that the value rests on.
pub(super) fn explain(node: &Node, facts: &dyn Facts, label: &dyn Fn(&str) -> String) -> Vec<String> {
    let mut lines = Vec::new();
    let result = walk(node, facts, label, &mut lines);
    if lines.is_empty() {
        lines.push(result);
    }
    lines
}

/// Adds the lines below `node` and returns how the line above should call it.
fn walk(node: &Node, facts: &dyn Facts, label: &dyn Fn(&str) -> String, lines: &mut Vec<String>) -> String {
    let outcome = || match eval::value(node, facts) {
        Ok(value) => value.to_string(),
        Err(error) => error.to_string(),
    };
    match node {
        Node::Bool(truth) => Value::Bool(*truth).to_string(),
        Node::Number(number) => number.normalize().to_string(),
        Node::Text(text) => format!("«{}»", label(text)),
        Node::List(items) => items.iter().map(|item| walk(item, facts, label, lines)).collect::<Vec<_>>().join("، "),
        Node::Name(name) => {
            let value = match facts.fact(name) {
                Value::Text(text) => label(&text),
                other => other.to_string(),
            };
            format!("{} ({value})", label(name))
        }
        Node::Not(inner) => {
            let inner = walk(inner, facts, label, lines);
            lines.push(format!("ليس [{inner}] ← {}", outcome()));
            outcome()
        }
        Node::Negate(inner) => format!("−{}", walk(inner, facts, label, lines)),
        Node::If(condition, yes, no) => {
            let test = walk(condition, facts, label, lines);
            let holds = eval::truth(condition, facts).unwrap_or(false);
            if !matches!(**condition, Node::Binary(..) | Node::Not(_)) {
                lines.push(format!("{test}؟ {}", Value::Bool(holds)));
            }
            walk(if holds { yes } else { no }, facts, label, lines)
        }
        Node::Binary(op, a, b) => {
            let left = walk(a, facts, label, lines);
            // What a settled condition never reached is left out.
            if op.is_logic() && eval::truth(a, facts).ok() == Some(*op == Op::Or) {
                return outcome();
            }
            let right = walk(b, facts, label, lines);
            if !op.is_logic() {
                lines.push(format!("{left} {} {right} {} {}", sign_ar(*op), arrow(*op), outcome()));
            }
            outcome()
        }
        Node::Call(Function::Double, args) => args.iter().map(|arg| walk(arg, facts, label, lines)).collect(),
        Node::Call(function, args) => {
            let args: Vec<_> = args.iter().map(|arg| walk(arg, facts, label, lines)).collect();
            lines.push(format!("{} {} = {}", function_ar(*function), args.join("، "), outcome()));
            outcome()
        }
    }
}

fn arrow(op: Op) -> &'static str {
    if op.is_arithmetic() { "=" } else { "←" }
}

fn sign_ar(op: Op) -> &'static str {
    match op {
        Op::And => "و",
        Op::Or => "أو",
        Op::Equal => "هو",
        Op::NotEqual => "ليس",
        Op::Less => "أقل من",
        Op::LessEqual => "لا يزيد على",
        Op::Greater => "أكثر من",
        Op::GreaterEqual => "لا يقل عن",
        Op::In => "من بين",
        Op::Add => "+",
        Op::Subtract => "−",
        Op::Multiply => "×",
        Op::Divide => "÷",
    }
}

fn function_ar(function: Function) -> &'static str {
    match function {
        Function::Size => "عدد",
        Function::Double => "",
        Function::Min => "أقل",
        Function::Max => "أكبر",
    }
}
