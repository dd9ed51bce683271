//! Values that cross the border to a database: five shapes, the same on both engines.

use std::sync::Arc;

use uuid::Uuid;

use super::DbError;
use crate::clock::Micros;
use crate::money::Piastres;

/// One value bound to a statement or read from a row.
///
/// Booleans are integers 0 and 1, times are microseconds UTC, money is piastres and dates are
/// ISO text, so that both engines hold the very same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// `{int}` in migrations.
    Int(i64),
    /// `{text}` in migrations.
    Text(String),
    /// `{bytes}` in migrations.
    Bytes(Vec<u8>),
    /// `{id}` in migrations: UUID on PostgreSQL, 16 bytes on SQLite.
    Uuid(Uuid),
}

macro_rules! into_value {
    ($($from:ty => |$v:ident| $to:expr),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from($v: $from) -> Self { $to }
        }
    )*};
}

into_value! {
    i64 => |v| Value::Int(v),
    i32 => |v| Value::Int(v.into()),
    u32 => |v| Value::Int(v.into()),
    u16 => |v| Value::Int(v.into()),
    u8 => |v| Value::Int(v.into()),
    bool => |v| Value::Int(v.into()),
    &str => |v| Value::Text(v.to_owned()),
    &String => |v| Value::Text(v.clone()),
    String => |v| Value::Text(v),
    Vec<u8> => |v| Value::Bytes(v),
    &[u8] => |v| Value::Bytes(v.to_vec()),
    Uuid => |v| Value::Uuid(v),
    &Uuid => |v| Value::Uuid(*v),
    Micros => |v| Value::Int(v.0),
    Piastres => |v| Value::Int(v.0),
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(v: [u8; N]) -> Self {
        Value::Bytes(v.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Value::Null, Into::into)
    }
}

/// Builds the parameter list of a statement: `params![tenant, unit, due]` binds `$1`, `$2`, `$3`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { ::std::vec![$($crate::db::Value::from($value)),*] };
}

/// What a column may be read as.
pub trait FromValue: Sized {
    /// The value as `Self`, or `None` when it has another shape.
    fn from_value(value: &Value) -> Option<Self>;
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Int(v) = value { Some(*v) } else { None }
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value).map(|v| v != 0)
    }
}

impl FromValue for Micros {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value).map(Micros)
    }
}

impl FromValue for Piastres {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value).map(Piastres)
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Text(v) = value { Some(v.clone()) } else { None }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Bytes(v) = value { Some(v.clone()) } else { None }
    }
}

impl FromValue for Uuid {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Uuid(v) => Some(*v),
            Value::Bytes(v) => Uuid::from_slice(v).ok(),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

/// One row of an answer, its columns found by name.
#[derive(Clone, Debug)]
pub struct Row {
    pub(super) names: Arc<[String]>,
    pub(super) values: Vec<Value>,
}

impl Row {
    /// The column `name` as `T`. A missing column or another shape is [`DbError::Shape`]: a
    /// defect of the statement, never of the data entered.
    pub fn get<T: FromValue>(&self, name: &str) -> Result<T, DbError> {
        let value = self
            .names
            .iter()
            .position(|n| n == name)
            .and_then(|at| self.values.get(at))
            .ok_or_else(|| DbError::Shape(format!("no column {name}")))?;
        T::from_value(value).ok_or_else(|| DbError::Shape(format!("column {name} holds {}", shape(value))))
    }

    /// The names of the columns, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The values of the columns, in order.
    pub fn values(&self) -> &[Value] {
        &self.values
    }
}

fn shape(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL",
        Value::Int(_) => "an integer",
        Value::Text(_) => "text",
        Value::Bytes(_) => "bytes",
        Value::Uuid(_) => "an id",
    }
}
