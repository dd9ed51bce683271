//! The type checker: every name known, every choice spelt as declared, every operator fed rightly.

use super::scope::{Scope, Type};
use super::{ExprError, Function, Node, Op, explain};

pub(super) fn check(node: &Node, scope: &Scope) -> Result<Type, ExprError> {
    match node {
        Node::Bool(_) => Ok(Type::Bool),
        Node::Number(_) => Ok(Type::Number),
        Node::Text(_) => Ok(Type::Text),
        Node::List(items) => {
            for item in items {
                expect(item, scope, &Type::Text)?;
            }
            Ok(Type::Choices(texts(items)))
        }
        Node::Name(name) => scope.get(name).cloned().ok_or_else(|| ExprError::UnknownName(name.clone())),
        Node::Not(inner) => expect(inner, scope, &Type::Bool),
        Node::Negate(inner) => expect(inner, scope, &Type::Number),
        Node::Binary(op, a, b) => check_binary(*op, a, b, scope),
        Node::If(condition, yes, no) => {
            expect(condition, scope, &Type::Bool)?;
            let kind = check(yes, scope)?;
            let other = check(no, scope)?;
            if same(&kind, &other) { Ok(kind) } else { Err(mismatch(no, &kind, &other)) }
        }
        Node::Call(function, args) => check_call(*function, args, scope),
    }
}

fn check_binary(op: Op, a: &Node, b: &Node, scope: &Scope) -> Result<Type, ExprError> {
    match op {
        Op::And | Op::Or => {
            expect(a, scope, &Type::Bool)?;
            expect(b, scope, &Type::Bool)
        }
        Op::Add | Op::Subtract | Op::Multiply | Op::Divide => {
            expect(a, scope, &Type::Number)?;
            expect(b, scope, &Type::Number)
        }
        Op::Equal | Op::NotEqual => {
            let (left, right) = (check(a, scope)?, check(b, scope)?);
            if matches!(left, Type::Choices(_) | Type::Rows | Type::Place) || !same(&left, &right) {
                return Err(mismatch(b, &left, &right));
            }
            known_choice(a, &left, b)?;
            known_choice(b, &right, a)?;
            Ok(Type::Bool)
        }
        Op::Less | Op::LessEqual | Op::Greater | Op::GreaterEqual => {
            let left = check(a, scope)?;
            if !matches!(left, Type::Number | Type::Date) {
                return Err(mismatch(a, &Type::Number, &left));
            }
            let right = check(b, scope)?;
            if left == right { Ok(Type::Bool) } else { Err(mismatch(b, &left, &right)) }
        }
        Op::In => {
            let (needle, hay) = (check(a, scope)?, check(b, scope)?);
            let Type::Choices(values) = &hay else {
                return Err(mismatch(b, &Type::Choices(vec![]), &hay));
            };
            if !matches!(needle, Type::Text | Type::Choice(_)) {
                return Err(mismatch(a, &Type::Text, &needle));
            }
            match (a, b) {
                (_, Node::List(items)) => {
                    items.iter().try_for_each(|item| known_choice(a, &needle, item))?;
                }
                (Node::Text(value), Node::Name(name)) if !values.contains(value) => {
                    return Err(ExprError::UnknownChoice { name: name.clone(), value: value.clone() });
                }
                _ => {}
            }
            Ok(Type::Bool)
        }
    }
}

fn check_call(function: Function, args: &[Node], scope: &Scope) -> Result<Type, ExprError> {
    for arg in args {
        match function {
            Function::Size => {
                let kind = check(arg, scope)?;
                if !matches!(kind, Type::Choices(_) | Type::Rows | Type::Text) {
                    return Err(mismatch(arg, &Type::Choices(vec![]), &kind));
                }
            }
            Function::Double | Function::Min | Function::Max => {
                expect(arg, scope, &Type::Number)?;
            }
        }
    }
    Ok(Type::Number)
}

fn expect(node: &Node, scope: &Scope, wanted: &Type) -> Result<Type, ExprError> {
    let found = check(node, scope)?;
    if same(wanted, &found) { Ok(found) } else { Err(mismatch(node, wanted, &found)) }
}

/// Types that compare with each other: a choice is a text.
fn same(a: &Type, b: &Type) -> bool {
    let is_text = |kind: &Type| matches!(kind, Type::Text | Type::Choice(_));
    a == b || is_text(a) && is_text(b)
}

/// A literal next to a choice must be one of its values.
fn known_choice(choice: &Node, kind: &Type, literal: &Node) -> Result<(), ExprError> {
    match (choice, kind, literal) {
        (Node::Name(name), Type::Choice(values), Node::Text(value)) if !values.contains(value) => {
            Err(ExprError::UnknownChoice { name: name.clone(), value: value.clone() })
        }
        _ => Ok(()),
    }
}

fn texts(items: &[Node]) -> Vec<String> {
    let text = |item: &Node| match item {
        Node::Text(text) => Some(text.clone()),
        _ => None,
    };
    items.iter().filter_map(text).collect()
}

fn mismatch(at: &Node, expected: &Type, found: &Type) -> ExprError {
    ExprError::Type { at: explain::source(at), expected: expected.to_string(), found: found.to_string() }
}
