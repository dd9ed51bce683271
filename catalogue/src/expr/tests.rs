//! The vectors shared with the browser, and properties of the evaluator.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Vectors {
    names: BTreeMap<String, serde_json::Value>,
    vectors: Vec<Vector>,
    refused: Vec<Refused>,
}

#[derive(Deserialize)]
struct Vector {
    expr: String,
    #[serde(default)]
    values: BTreeMap<String, serde_json::Value>,
    expected: serde_json::Value,
    #[serde(default)]
    tree: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Refused {
    expr: String,
    why: String,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../vectors/expr.json")).expect("vectors are JSON")
}

fn scope(names: &BTreeMap<String, serde_json::Value>) -> Scope {
    let mut scope = Scope::default();
    for (name, kind) in names {
        let list =
            || kind["of"].as_array().into_iter().flatten().filter_map(|v| v.as_str()).map(str::to_owned).collect();
        let kind = match kind["type"].as_str() {
            Some("number") => Type::Number,
            Some("bool") => Type::Bool,
            Some("text") => Type::Text,
            Some("date") => Type::Date,
            Some("choice") => Type::Choice(list()),
            Some("choices") => Type::Choices(list()),
            Some("rows") => Type::Rows,
            other => panic!("unknown type {other:?}"),
        };
        scope.add(name, kind);
    }
    scope
}

fn value_of(json: &serde_json::Value, kind: Option<&Type>) -> Value {
    match (json, kind) {
        (serde_json::Value::Bool(truth), _) => Value::Bool(*truth),
        (serde_json::Value::Array(items), _) => {
            Value::List(items.iter().filter_map(|v| v.as_str()).map(str::to_owned).collect())
        }
        (serde_json::Value::Number(n), _) => Value::Rows(n.as_u64().unwrap_or(0) as usize),
        (serde_json::Value::String(text), Some(Type::Number)) => Value::Number(text.parse().unwrap()),
        (serde_json::Value::String(text), Some(Type::Date)) => Value::Date(text.parse().unwrap()),
        (serde_json::Value::String(text), _) => Value::Text(text.clone()),
        _ => Value::Missing,
    }
}

fn outcome(result: Result<Value, EvalError>) -> serde_json::Value {
    match result {
        Ok(Value::Missing) => serde_json::Value::Null,
        Ok(Value::Bool(truth)) => truth.into(),
        Ok(Value::Number(number)) => number.normalize().to_string().into(),
        Ok(Value::Text(text)) => text.into(),
        Ok(other) => panic!("no vector gives {other:?}"),
        Err(EvalError::DivisionByZero(_)) => serde_json::json!({ "error": "division_by_zero" }),
        Err(EvalError::Overflow(_)) => serde_json::json!({ "error": "overflow" }),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn vectors_hold() {
    let vectors = vectors();
    let scope = scope(&vectors.names);
    for vector in &vectors.vectors {
        let program = Program::compile(&vector.expr, &scope).unwrap_or_else(|error| panic!("{}: {error}", vector.expr));
        let facts = |name: &str| vector.values.get(name).map_or(Value::Missing, |v| value_of(v, scope.get(name)));
        assert_eq!(outcome(program.value(&facts)), vector.expected, "{}", vector.expr);
        if let Some(tree) = &vector.tree {
            assert_eq!(&program.to_json(), tree, "{}", vector.expr);
        }
        program.explain(&facts, &|name: &str| name.to_owned());
    }
    for refused in &vectors.refused {
        let error = Program::compile(&refused.expr, &scope).expect_err(&refused.expr);
        let why = match error {
            ExprError::Syntax(_) => "syntax",
            ExprError::Unsupported(_) => "unsupported",
            ExprError::UnknownName(_) => "unknown_name",
            ExprError::UnknownChoice { .. } => "unknown_choice",
            ExprError::LongNumber(_) => "long_number",
            ExprError::Type { .. } => "type",
        };
        assert_eq!(why, refused.why, "{}", refused.expr);
    }
}

#[test]
fn a_condition_that_can_never_hold_is_found() {
    let vectors = vectors();
    let scope = scope(&vectors.names);
    let ask = |text: &str| Program::compile(text, &scope).unwrap().satisfiable(&scope);
    assert_eq!(ask("road == 'paved' && road == 'dirt'"), Some(false));
    assert_eq!(ask("area_m2 > 10 && area_m2 < 5"), Some(false));
    assert_eq!(ask("area_m2 > 10 && road == 'paved'"), Some(true));
    assert_eq!(ask("!corner"), Some(true));
}

#[test]
fn an_explanation_shows_every_step() {
    let vectors = vectors();
    let scope = scope(&vectors.names);
    let program = Program::compile("area_m2 * (road == 'paved' ? 60 : 10)", &scope).unwrap();
    let facts = |name: &str| match name {
        "area_m2" => Value::Number(Decimal::new(125, 1)),
        "road" => Value::Text("paved".into()),
        _ => Value::Missing,
    };
    let label = |name: &str| match name {
        "area_m2" => "المساحة".to_owned(),
        "road" => "الطريق".to_owned(),
        "paved" => "مرصوف".to_owned(),
        other => other.to_owned(),
    };
    let lines = program.explain(&facts, &label);
    assert_eq!(lines, ["الطريق (مرصوف) هو «مرصوف» ← نعم", "المساحة (12.5) × 60 = 750"]);
}

proptest! {
    /// No text makes the compiler panic, and what it takes it can also write and take again.
    #[test]
    fn any_text_is_taken_or_refused(text in "[a-z0-9 ()+*/<>=!&|?:,.'\\[\\]-]{0,60}") {
        let mut scope = Scope::default();
        scope.add("a", Type::Number);
        scope.add("b", Type::Bool);
        if let Ok(program) = Program::compile(&text, &scope) {
            let again = explain::source(&program.node);
            let other = Program::compile(&again, &scope).expect("its own source compiles");
            prop_assert_eq!(program.to_json(), other.to_json());
            let facts = |_: &str| Value::Missing;
            let _ = program.value(&facts);
        }
    }

    /// Sums and products of two-digit decimals are exact.
    #[test]
    fn money_is_exact(a in 0_i64..1_000_000_000, b in 0_i64..1_000_000) {
        let mut scope = Scope::default();
        scope.add("a", Type::Number);
        scope.add("b", Type::Number);
        let facts = |name: &str| Value::Number(Decimal::new(if name == "a" { a } else { b }, 2));
        let program = Program::compile("a * b + a", &scope).unwrap();
        let expected = Decimal::from_i128_with_scale(i128::from(a) * i128::from(b) + i128::from(a) * 100, 4);
        prop_assert_eq!(program.number(&facts).unwrap(), Some(expected));
    }
}
