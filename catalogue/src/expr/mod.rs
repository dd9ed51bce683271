//! Conditions and formulas (الشروط والمعادلات): a subset of CEL over the answers of a form.
//!
//! The text is parsed by the `cel` crate; the tree, the type checker and the evaluator are
//! ours, because CEL's floats are wrong for money. Numbers are exact decimals, of one type.
//! A name is a field id, `applicant.kind` and its sisters, or `figure.NAME` of a fee part.
//!
//! A field that was not asked or not answered makes a comparison false and a yes-or-no
//! false; arithmetic on it has no value. `docs/adding-a-service.md` shows the language.

mod eval;
mod explain;
mod json;
mod parse;
mod scope;
mod search;
mod types;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

pub use eval::{EvalError, Facts, Value};
pub use scope::{Scope, Type};

/// Expression (تعبير): parsed, and checked against the names it may use.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    text: String,
    node: Node,
    kind: Type,
}

/// Why an expression is refused when a service file is read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each is documented by its message")]
pub enum ExprError {
    #[error("صياغة غير مفهومة (syntax): {0}")]
    Syntax(String),
    #[error("«{0}» خارج ما تسمح به التعبيرات (not in the language)")]
    Unsupported(String),
    #[error("«{0}» ليس بيانًا في هذه الخدمة (unknown field)")]
    UnknownName(String),
    #[error("«{value}» ليس من اختيارات «{name}» (unknown choice)")]
    UnknownChoice { name: String, value: String },
    #[error("«{0}» رقم أطول من خمسة عشر خانة (a number of more than 15 digits)")]
    LongNumber(String),
    #[error("نوع غير مناسب في «{at}»: المتوقع {expected} والموجود {found} (type mismatch)")]
    Type { at: String, expected: String, found: String },
}

impl Program {
    /// Parses and checks an expression.
    pub fn compile(text: &str, scope: &Scope) -> Result<Self, ExprError> {
        let node = parse::parse(text)?;
        let kind = types::check(&node, scope)?;
        Ok(Self { text: text.to_owned(), node, kind })
    }

    /// The expression as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The type of its result.
    pub fn kind(&self) -> &Type {
        &self.kind
    }

    /// The names it reads, sorted.
    pub fn names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        self.node.visit(&mut |node| {
            if let Node::Name(name) = node {
                names.insert(name.clone());
            }
        });
        names
    }

    /// Whether a condition holds; unanswered is false.
    pub fn holds(&self, facts: &dyn Facts) -> Result<bool, EvalError> {
        eval::truth(&self.node, facts)
    }

    /// The number that a formula gives; `None` when an answer it needs is missing.
    pub fn number(&self, facts: &dyn Facts) -> Result<Option<Decimal>, EvalError> {
        match eval::value(&self.node, facts)? {
            Value::Number(number) => Ok(Some(number)),
            Value::Missing => Ok(None),
            other => Err(EvalError::NotANumber(other.to_string())),
        }
    }

    /// Its value, whatever the type.
    pub fn value(&self, facts: &dyn Facts) -> Result<Value, EvalError> {
        eval::value(&self.node, facts)
    }

    /// Names among those it reads that have no value.
    pub fn missing(&self, facts: &dyn Facts) -> Vec<String> {
        self.names().into_iter().filter(|name| facts.fact(name) == Value::Missing).collect()
    }

    /// Each step of an evaluation as a line of Arabic text; the last line is the result.
    pub fn explain(&self, facts: &dyn Facts, label: &dyn Fn(&str) -> String) -> Vec<String> {
        explain::explain(&self.node, facts, label)
    }

    /// The checked tree, for the browser's evaluator.
    pub fn to_json(&self) -> serde_json::Value {
        json::to_json(&self.node)
    }

    /// Whether some answers make the condition true; `None` when that could not be settled.
    pub fn satisfiable(&self, scope: &Scope) -> Option<bool> {
        search::satisfiable(self, scope)
    }
}

/// Tree of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Bool(bool),
    Number(Decimal),
    Text(String),
    List(Vec<Node>),
    Name(String),
    Not(Box<Node>),
    Negate(Box<Node>),
    Binary(Op, Box<Node>, Box<Node>),
    If(Box<Node>, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

impl Node {
    fn visit(&self, see: &mut impl FnMut(&Node)) {
        see(self);
        match self {
            Self::List(nodes) | Self::Call(_, nodes) => nodes.iter().for_each(|n| n.visit(see)),
            Self::Not(node) | Self::Negate(node) => node.visit(see),
            Self::Binary(_, a, b) => {
                a.visit(see);
                b.visit(see);
            }
            Self::If(a, b, c) => {
                a.visit(see);
                b.visit(see);
                c.visit(see);
            }
            Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Name(_) => {}
        }
    }
}

/// Operators of two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Op {
    /// As written in a service file.
    fn sign(self) -> &'static str {
        match self {
            Self::And => "&&",
            Self::Or => "||",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }

    fn is_arithmetic(self) -> bool {
        matches!(self, Self::Add | Self::Subtract | Self::Multiply | Self::Divide)
    }

    fn is_logic(self) -> bool {
        matches!(self, Self::And | Self::Or)
    }
}

/// Functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    /// How many: choices picked, rows of a group, letters of a text.
    Size,
    /// Kept for CEL's sake: all our numbers are decimals already.
    Double,
    Min,
    Max,
}

impl Function {
    fn name(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Double => "double",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

#[cfg(test)]
mod tests;
