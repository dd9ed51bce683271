//! Can a condition ever hold? Tries every choice, and numbers around each number it names.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Node, Program, Scope, Type, Value};

/// Combinations tried before giving up.
const LIMIT: usize = 20_000;

pub(super) fn satisfiable(program: &Program, scope: &Scope) -> Option<bool> {
    let mut numbers = vec![Decimal::ZERO];
    program.node.visit(&mut |node| {
        if let Node::Number(number) = node {
            numbers.extend([number - Decimal::ONE, *number, number + Decimal::ONE]);
        }
    });
    let candidates: Vec<(String, Vec<Value>)> = program
        .names()
        .into_iter()
        .map(|name| {
            let values = values(&name, scope, &numbers);
            (name, values)
        })
        .collect();
    let total = candidates.iter().try_fold(1_usize, |n, (_, values)| n.checked_mul(values.len()));
    let complete = total.is_some_and(|total| total <= LIMIT);
    let total = total.unwrap_or(LIMIT).min(LIMIT);
    for turn in 0..total {
        let mut rest = turn;
        let facts: BTreeMap<&str, &Value> = candidates
            .iter()
            .filter_map(|(name, values)| {
                let value = values.get(rest % values.len().max(1));
                rest /= values.len().max(1);
                value.map(|value| (name.as_str(), value))
            })
            .collect();
        let lookup = |name: &str| facts.get(name).map_or(Value::Missing, |v| (*v).clone());
        if program.holds(&lookup).unwrap_or(false) {
            return Some(true);
        }
    }
    // Comparing two unknown numbers is sampled too thinly to say never.
    let settled = complete && candidates.iter().filter(|(_, v)| is_number(v)).count() < 2;
    settled.then_some(false)
}

fn is_number(values: &[Value]) -> bool {
    values.iter().any(|value| matches!(value, Value::Number(_) | Value::Date(_)))
}

fn values(name: &str, scope: &Scope, numbers: &[Decimal]) -> Vec<Value> {
    let mut found = vec![Value::Missing];
    match scope.get(name) {
        Some(Type::Bool) => found.extend([Value::Bool(true), Value::Bool(false)]),
        Some(Type::Choice(values)) => found.extend(values.iter().cloned().map(Value::Text)),
        Some(Type::Choices(values)) => {
            found.extend(values.iter().map(|value| Value::List(vec![value.clone()])));
            found.push(Value::List(values.clone()));
        }
        Some(Type::Number) => {
            let (min, max) = scope.range(name);
            let within = |n: &Decimal| min.is_none_or(|min| *n >= min) && max.is_none_or(|max| *n <= max);
            let all = numbers.iter().copied().chain(min).chain(max);
            found.extend(all.filter(within).map(Value::Number));
        }
        Some(Type::Date) => {
            let days = [Date::constant(2020, 1, 1), Date::constant(2030, 1, 1)];
            found.extend(days.map(Value::Date));
        }
        Some(Type::Text) => found.push(Value::Text("نص".into())),
        Some(Type::Rows) => found.extend([Value::Rows(0), Value::Rows(1), Value::Rows(20)]),
        Some(Type::Place) | None => {}
    }
    found
}
