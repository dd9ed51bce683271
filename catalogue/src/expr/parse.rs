//! From CEL's tree to ours; what our subset lacks is refused by name.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators as cel_op};
use cel::parser::Parser;
use rust_decimal::Decimal;

use super::{ExprError, Function, Node, Op};
use crate::decimal;

/// Depth that the parser and the walks over a tree may reach.
const DEPTH: u16 = 64;

pub(super) fn parse(text: &str) -> Result<Node, ExprError> {
    let tree = Parser::new()
        .max_recursion_depth(DEPTH)
        .parse(text)
        .map_err(|errors| ExprError::Syntax(first_line(&errors.to_string())))?;
    convert(&tree, usize::from(DEPTH) * 2)
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().replace("ERROR: <input>:", "")
}

fn convert(tree: &IdedExpr, depth: usize) -> Result<Node, ExprError> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(ExprError::Syntax("تعبير متداخل أكثر مما ينبغي (nested too deeply)".into()));
    };
    match &tree.expr {
        Expr::Literal(literal) => convert_literal(literal),
        Expr::Ident(name) => Ok(Node::Name(name.clone())),
        Expr::Select(select) if !select.test => match &select.operand.expr {
            Expr::Ident(owner) => Ok(Node::Name(format!("{owner}.{}", select.field))),
            _ => Err(ExprError::Unsupported(format!(".{}", select.field))),
        },
        Expr::List(list) if list.optional_indices.is_empty() => {
            let items = list.elements.iter().map(|item| convert(item, depth));
            Ok(Node::List(items.collect::<Result<_, _>>()?))
        }
        Expr::Call(call) => convert_call(call, depth),
        other => Err(ExprError::Unsupported(kind_of(other).into())),
    }
}

fn convert_literal(literal: &LiteralValue) -> Result<Node, ExprError> {
    match literal {
        LiteralValue::Boolean(value) => Ok(Node::Bool(*value.inner())),
        LiteralValue::Int(value) => Ok(Node::Number((*value.inner()).into())),
        LiteralValue::UInt(value) => Ok(Node::Number((*value.inner()).into())),
        LiteralValue::Double(value) => exact(*value.inner()),
        LiteralValue::String(value) => Ok(Node::Text(value.inner().to_owned())),
        LiteralValue::Bytes(_) => Err(ExprError::Unsupported("b\"\"".into())),
        LiteralValue::Null => Err(ExprError::Unsupported("null".into())),
    }
}

/// A literal with a point passes through a float, which is exact up to fifteen digits.
fn exact(value: f64) -> Result<Node, ExprError> {
    let long = || ExprError::LongNumber(value.to_string());
    let number: Decimal = decimal::from_float(value).ok_or_else(long)?;
    let digits = number.normalize().mantissa().unsigned_abs().to_string().len();
    if digits > 15 { Err(long()) } else { Ok(Node::Number(number)) }
}

fn convert_call(call: &CallExpr, depth: usize) -> Result<Node, ExprError> {
    let unsupported = || ExprError::Unsupported(call.func_name.clone());
    if call.target.is_some() {
        return Err(unsupported());
    }
    let mut args = call.args.iter().map(|arg| convert(arg, depth)).collect::<Result<Vec<_>, _>>()?.into_iter();
    let node = match (call.func_name.as_str(), args.len()) {
        (cel_op::CONDITIONAL, 3) => match (args.next(), args.next(), args.next()) {
            (Some(a), Some(b), Some(c)) => Node::If(a.into(), b.into(), c.into()),
            _ => return Err(unsupported()),
        },
        (cel_op::LOGICAL_NOT, 1) => Node::Not(args.next().ok_or_else(unsupported)?.into()),
        (cel_op::NEGATE, 1) => Node::Negate(args.next().ok_or_else(unsupported)?.into()),
        ("size" | "double", 1) | ("min" | "max", 2..) => {
            let function = match call.func_name.as_str() {
                "size" => Function::Size,
                "double" => Function::Double,
                "min" => Function::Min,
                _ => Function::Max,
            };
            Node::Call(function, args.collect())
        }
        (name, 2) => {
            let op = operator(name).ok_or_else(unsupported)?;
            match (args.next(), args.next()) {
                (Some(a), Some(b)) => Node::Binary(op, a.into(), b.into()),
                _ => return Err(unsupported()),
            }
        }
        _ => return Err(unsupported()),
    };
    Ok(node)
}

fn operator(name: &str) -> Option<Op> {
    Some(match name {
        cel_op::LOGICAL_AND => Op::And,
        cel_op::LOGICAL_OR => Op::Or,
        cel_op::EQUALS => Op::Equal,
        cel_op::NOT_EQUALS => Op::NotEqual,
        cel_op::LESS => Op::Less,
        cel_op::LESS_EQUALS => Op::LessEqual,
        cel_op::GREATER => Op::Greater,
        cel_op::GREATER_EQUALS => Op::GreaterEqual,
        cel_op::IN => Op::In,
        cel_op::ADD => Op::Add,
        cel_op::SUBSTRACT => Op::Subtract,
        cel_op::MULTIPLY => Op::Multiply,
        cel_op::DIVIDE => Op::Divide,
        _ => return None,
    })
}

fn kind_of(expr: &Expr) -> &'static str {
    match expr {
        Expr::Comprehension(_) => "all / exists / map / filter",
        Expr::Map(_) => "{ }",
        Expr::Struct(_) => "struct",
        Expr::Select(_) => "has",
        Expr::List(_) => "[?]",
        _ => "؟",
    }
}
