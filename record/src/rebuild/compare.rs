//! Comparing one table of two databases, page by page in the order of its key.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::fmt;

use foundation::db::{Db, DbError, Query, Row, Value};

use super::{ENOUGH, PAGE, shown};
use crate::append::places;
use crate::{RecordError, Table};

/// What is different about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The record makes this row; the live table lacks it.
    Missing,
    /// The live table holds a row that the record does not make.
    Extra,
    /// These columns differ.
    Columns(Vec<String>),
}

/// A row of a projection that is not what the record makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: &'static str,
    /// The row's key, its columns parted by `/`.
    pub key: String,
    /// What is different.
    pub what: What,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { table, key, what } = self;
        match what {
            What::Missing => write!(f, "{table} {key}: the row is missing"),
            What::Extra => write!(f, "{table} {key}: the record knows no such row"),
            What::Columns(columns) => write!(f, "{table} {key}: {} differs from the record", columns.join(", ")),
        }
    }
}

/// Reads a table in pages by its key.
pub(super) struct Pages {
    table: &'static str,
    key: &'static [&'static str],
    after: Option<Vec<Value>>,
}

impl Pages {
    pub(super) fn new(table: &Table) -> Self {
        Pages { table: table.name, key: table.key, after: None }
    }

    pub(super) async fn next(&mut self, q: &mut impl Query) -> Result<Vec<Row>, DbError> {
        let key = self.key.join(", ");
        let after =
            self.after.as_ref().map_or(String::new(), |_| format!("WHERE ({key}) > {}", places(1, self.key.len())));
        let sql = format!("SELECT * FROM {} {after} ORDER BY {key} LIMIT {PAGE}", self.table);
        let rows = q.query(&sql, self.after.clone().unwrap_or_default()).await?;
        if let Some(last) = rows.last() {
            self.after = Some(key_of(last, self.key));
        }
        Ok(rows)
    }
}

/// One side of the comparison, as a queue that fills itself.
struct Side {
    pages: Pages,
    rows: VecDeque<Row>,
    read: i64,
}

impl Side {
    fn new(table: &Table) -> Self {
        Side { pages: Pages::new(table), rows: VecDeque::new(), read: 0 }
    }

    async fn fill(&mut self, q: &mut impl Query) -> Result<(), DbError> {
        if self.rows.is_empty() {
            self.rows = self.pages.next(q).await?.into();
            self.read += self.rows.len() as i64;
        }
        Ok(())
    }
}

/// Compares a table; gives back how many live rows it saw.
pub(super) async fn table(
    live: &mut impl Query,
    scratch: &Db,
    table: &'static Table,
    differences: &mut Vec<Difference>,
) -> Result<i64, RecordError> {
    let mut scratch = scratch.reader();
    let (mut here, mut there) = (Side::new(table), Side::new(table));
    while differences.len() < ENOUGH {
        here.fill(live).await?;
        there.fill(&mut scratch).await?;
        let order = match (here.rows.front(), there.rows.front()) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => by_key(&key_of(a, table.key), &key_of(b, table.key)),
        };
        let (row, what) = match order {
            Ordering::Less => (here.rows.pop_front(), What::Extra),
            Ordering::Greater => (there.rows.pop_front(), What::Missing),
            Ordering::Equal => {
                let (Some(a), Some(b)) = (here.rows.pop_front(), there.rows.pop_front()) else { break };
                let columns = differing(&a, &b);
                if columns.is_empty() {
                    continue;
                }
                (Some(a), What::Columns(columns))
            }
        };
        if let Some(row) = row {
            let key: Vec<String> = key_of(&row, table.key).iter().map(shown).collect();
            differences.push(Difference { table: table.name, key: key.join("/"), what });
        }
    }
    Ok(here.read)
}

fn key_of(row: &Row, key: &[&str]) -> Vec<Value> {
    key.iter().map(|name| cell(row, name).cloned().unwrap_or(Value::Null)).collect()
}

fn cell<'a>(row: &'a Row, name: &str) -> Option<&'a Value> {
    row.names().iter().position(|n| n == name).and_then(|at| row.values().get(at))
}

fn differing(a: &Row, b: &Row) -> Vec<String> {
    a.names().iter().filter(|name| !same(cell(a, name), cell(b, name))).cloned().collect()
}

/// Equal across engines: an id is a UUID on one and 16 bytes on the other.
fn same(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => order(a, b) == Ordering::Equal,
        _ => false,
    }
}

fn by_key(a: &[Value], b: &[Value]) -> Ordering {
    a.iter().zip(b).map(|(a, b)| order(a, b)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
}

/// The order in which both engines give rows: integers by value, texts and bytes by their bytes.
fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.as_bytes().cmp(b.as_bytes()),
        _ => match (bytes(a), bytes(b)) {
            (Some(a), Some(b)) => a.cmp(b),
            _ => rank(a).cmp(&rank(b)),
        },
    }
}

fn bytes(value: &Value) -> Option<&[u8]> {
    match value {
        Value::Bytes(v) => Some(v),
        Value::Uuid(v) => Some(v.as_bytes()),
        _ => None,
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Int(_) => 1,
        Value::Text(_) => 2,
        Value::Bytes(_) | Value::Uuid(_) => 3,
    }
}
