//! The evaluator: exact, total on missing answers, and bounded.

use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Function, Node, Op};

/// Value (قيمة).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Not asked, or not answered.
    Missing,
    /// Yes or no.
    Bool(bool),
    /// Exact.
    Number(Decimal),
    /// Text, or one choice.
    Text(String),
    /// A day.
    Date(Date),
    /// Choices picked.
    List(Vec<String>),
    /// Rows of a group.
    Rows(usize),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("غير مُجاب"),
            Self::Bool(true) => f.write_str("نعم"),
            Self::Bool(false) => f.write_str("لا"),
            Self::Number(number) => write!(f, "{}", number.normalize()),
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => write!(f, "{date}"),
            Self::List(items) => f.write_str(&items.join("، ")),
            Self::Rows(count) => write!(f, "{count}"),
        }
    }
}

/// Where an expression finds its answers.
pub trait Facts {
    /// The value of a name; [`Value::Missing`] when there is none.
    fn fact(&self, name: &str) -> Value;
}

impl<F: Fn(&str) -> Value> Facts for F {
    fn fact(&self, name: &str) -> Value {
        self(name)
    }
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each is documented by its message")]
pub enum EvalError {
    #[error("ناتج «{0}» أكبر مما يمكن حسابه (overflow)")]
    Overflow(String),
    #[error("قسمة على صفر في «{0}» (division by zero)")]
    DivisionByZero(String),
    #[error("«{0}» ليس رقمًا (not a number)")]
    NotANumber(String),
    #[error("«{0}» من نوع لا يناسب موضعه (wrong type)")]
    WrongType(String),
}

/// Truth of a condition; missing is false.
pub(super) fn truth(node: &Node, facts: &dyn Facts) -> Result<bool, EvalError> {
    match value(node, facts)? {
        Value::Bool(truth) => Ok(truth),
        Value::Missing => Ok(false),
        _ => Err(EvalError::WrongType(super::explain::source(node))),
    }
}

pub(super) fn value(node: &Node, facts: &dyn Facts) -> Result<Value, EvalError> {
    Ok(match node {
        Node::Bool(truth) => Value::Bool(*truth),
        Node::Number(number) => Value::Number(*number),
        Node::Text(text) => Value::Text(text.clone()),
        Node::Name(name) => facts.fact(name),
        Node::List(items) => {
            let mut list = Vec::with_capacity(items.len());
            for item in items {
                if let Value::Text(text) = value(item, facts)? {
                    list.push(text);
                }
            }
            Value::List(list)
        }
        Node::Not(inner) => Value::Bool(!truth(inner, facts)?),
        Node::Negate(inner) => match value(inner, facts)? {
            Value::Number(number) => Value::Number(-number),
            Value::Missing => Value::Missing,
            _ => return Err(EvalError::WrongType(super::explain::source(node))),
        },
        Node::If(condition, yes, no) => value(if truth(condition, facts)? { yes } else { no }, facts)?,
        Node::Binary(Op::And, a, b) => Value::Bool(truth(a, facts)? && truth(b, facts)?),
        Node::Binary(Op::Or, a, b) => Value::Bool(truth(a, facts)? || truth(b, facts)?),
        Node::Binary(op, a, b) => {
            let (left, right) = (value(a, facts)?, value(b, facts)?);
            if op.is_arithmetic() {
                arithmetic(*op, &left, &right, node)?
            } else {
                Value::Bool(compare(*op, &left, &right))
            }
        }
        Node::Call(function, args) => call(*function, args, facts, node)?,
    })
}

fn arithmetic(op: Op, left: &Value, right: &Value, node: &Node) -> Result<Value, EvalError> {
    let source = || super::explain::source(node);
    let (a, b) = match (left, right) {
        (Value::Missing, _) | (_, Value::Missing) => return Ok(Value::Missing),
        (Value::Number(a), Value::Number(b)) => (*a, *b),
        _ => return Err(EvalError::WrongType(source())),
    };
    let result = match op {
        Op::Add => a.checked_add(b),
        Op::Subtract => a.checked_sub(b),
        Op::Multiply => a.checked_mul(b),
        _ if b.is_zero() => return Err(EvalError::DivisionByZero(source())),
        _ => a.checked_div(b),
    };
    result.map(Value::Number).ok_or_else(|| EvalError::Overflow(source()))
}

fn compare(op: Op, left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Missing, _) | (_, Value::Missing) => false,
        (Value::Text(text), Value::List(list)) => op == Op::In && list.contains(text),
        (Value::Number(a), Value::Number(b)) => ordered(op, a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => ordered(op, a.cmp(b)),
        (Value::Bool(a), Value::Bool(b)) => ordered(op, a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => match op {
            Op::Equal => a == b,
            Op::NotEqual => a != b,
            _ => false,
        },
        _ => false,
    }
}

fn ordered(op: Op, order: std::cmp::Ordering) -> bool {
    match op {
        Op::Equal => order.is_eq(),
        Op::NotEqual => order.is_ne(),
        Op::Less => order.is_lt(),
        Op::LessEqual => order.is_le(),
        Op::Greater => order.is_gt(),
        Op::GreaterEqual => order.is_ge(),
        _ => false,
    }
}

fn call(function: Function, args: &[Node], facts: &dyn Facts, node: &Node) -> Result<Value, EvalError> {
    let wrong = || EvalError::WrongType(super::explain::source(node));
    let mut best: Option<Decimal> = None;
    for arg in args {
        let number = match (function, value(arg, facts)?) {
            (_, Value::Missing) => return Ok(Value::Missing),
            (Function::Size, Value::List(list)) => Decimal::from(list.len()),
            (Function::Size, Value::Rows(count)) => Decimal::from(count),
            (Function::Size, Value::Text(text)) => Decimal::from(text.chars().count()),
            (Function::Size, _) => return Err(wrong()),
            (_, Value::Number(number)) => number,
            _ => return Err(wrong()),
        };
        best = Some(match (function, best) {
            (Function::Min, Some(other)) => other.min(number),
            (Function::Max, Some(other)) => other.max(number),
            _ => number,
        });
    }
    best.map(Value::Number).ok_or_else(wrong)
}
