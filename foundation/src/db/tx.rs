//! A transaction (or a reader's snapshot) on either engine, spoken to in one SQL text.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use futures::FutureExt as _;
use rusqlite::types::ValueRef;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use super::{DbError, Row, Value};

/// Reading in SQL: transactions and plain readers alike, so that a store's query serves both.
pub trait Query: Send {
    /// All rows of the answer.
    fn query(&mut self, sql: &str, params: Vec<Value>) -> impl Future<Output = Result<Vec<Row>, DbError>> + Send;

    /// The first row, if there is one.
    fn query_opt(
        &mut self,
        sql: &str,
        params: Vec<Value>,
    ) -> impl Future<Output = Result<Option<Row>, DbError>> + Send {
        async move { Ok(self.query(sql, params).await?.into_iter().next()) }
    }

    /// The first row; no row is a defect of the statement.
    fn query_one(&mut self, sql: &str, params: Vec<Value>) -> impl Future<Output = Result<Row, DbError>> + Send {
        async move { self.query_opt(sql, params).await?.ok_or_else(|| DbError::Shape("one row expected, none came".into())) }
    }
}

/// An open transaction. It is handed to the closure of [`super::Db::write`] and ends with it.
pub struct Tx {
    pub(super) conn: Conn,
    pub(super) marked: bool,
    pub(super) conflict: bool,
    pub(super) statements: u64,
    /// What goes to a PostgreSQL server with the next statement, in one flight.
    ahead: Vec<Ahead>,
    /// What was learnt in this transaction.
    learnt: HashMap<TypeId, Box<dyn Any + Send>>,
}

pub(super) enum Conn {
    Sqlite(rusqlite::Connection),
    Postgres(deadpool_postgres::Object),
    /// Taken out; a transaction never stays in this state while it is used.
    Gone,
}

/// What waits for the next flight.
enum Ahead {
    /// The beginning of the transaction.
    Begin(&'static str),
    /// A write whose answer nobody waits for.
    Write { sql: String, params: Vec<Value> },
}

/// The most writes of one flight.
const FLIGHT: usize = 24;

impl Tx {
    pub(super) fn new(conn: Conn) -> Self {
        Tx { conn, marked: false, conflict: false, statements: 0, ahead: Vec::new(), learnt: HashMap::new() }
    }

    /// Begins a transaction: on PostgreSQL together with its first statement.
    pub(super) fn begin(&mut self, sql: &'static str) {
        self.ahead.push(Ahead::Begin(sql));
    }

    /// Whether anything went to the server since [`Self::begin`].
    pub(super) fn has_begun(&self) -> bool {
        !matches!(self.ahead.first(), Some(Ahead::Begin(_)))
    }

    /// Says that this transaction appended to the record, so that the before-commit hook (the
    /// sealer on SQLite) and the after-commit hook (waking it on PostgreSQL) run.
    pub fn mark(&mut self) {
        self.marked = true;
    }

    /// Keeps a value for the rest of this transaction, one of each type, so that what was read or made in
    /// it need not be read again.
    pub fn learn<T: Any + Send>(&mut self, value: T) {
        self.learnt.insert(TypeId::of::<T>(), Box::new(value));
    }

    /// What [`Self::learn`] kept last.
    pub fn learnt<T: Any>(&self) -> Option<&T> {
        self.learnt.get(&TypeId::of::<T>())?.downcast_ref()
    }

    /// Begins a command anew: nothing counted, nothing learnt.
    pub(super) fn start(&mut self) {
        self.statements = 0;
        self.learnt.clear();
    }

    /// How many statements ran so far in this transaction, without BEGIN, COMMIT and SAVEPOINT.
    pub fn statements(&self) -> u64 {
        self.statements
    }

    /// Runs a statement that changes rows; gives back how many.
    pub async fn execute(&mut self, sql: &str, params: Vec<Value>) -> Result<u64, DbError> {
        self.statements += 1;
        let ahead = std::mem::take(&mut self.ahead);
        let outcome = match &mut self.conn {
            Conn::Sqlite(conn) => sqlite_execute(conn, sql, &params),
            Conn::Postgres(client) => postgres_execute(client, ahead, sql, &params).await,
            Conn::Gone => Err(gone()),
        };
        self.note(outcome)
    }

    /// Runs a statement that changes its rows or fails, so that nobody need ask how many: an insert,
    /// an upsert, an update of a row that was read here. A PostgreSQL server gets it together with
    /// the next statement or the commit, which fails if it does.
    pub async fn queue(&mut self, sql: impl Into<String>, params: Vec<Value>) -> Result<(), DbError> {
        let sql = sql.into();
        if !matches!(self.conn, Conn::Postgres(_)) {
            return self.execute(&sql, params).await.map(drop);
        }
        self.statements += 1;
        self.ahead.push(Ahead::Write { sql, params });
        if self.ahead.len() < FLIGHT { Ok(()) } else { self.fly("").await }
    }

    /// Sends what waits, and `sql` (text without parameters, such as COMMIT) behind it.
    pub(super) async fn fly(&mut self, sql: &str) -> Result<(), DbError> {
        let ahead = std::mem::take(&mut self.ahead);
        let outcome = match &mut self.conn {
            Conn::Postgres(client) => postgres_batch(client, ahead, sql).await,
            _ => self.batch(sql).await,
        };
        self.note(outcome)
    }

    /// Runs text without parameters, several statements if need be: BEGIN, SAVEPOINT, PRAGMA.
    pub(super) async fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        let outcome = match &mut self.conn {
            Conn::Sqlite(conn) => conn.execute_batch(sql).map_err(DbError::from),
            Conn::Postgres(client) => client.batch_execute(sql).await.map_err(DbError::from),
            Conn::Gone => Err(gone()),
        };
        self.note(outcome)
    }

    /// Ends a transaction that only read: its answer tells nothing, so nobody waits for it.
    pub(super) fn end_reading(&mut self) {
        if let Conn::Postgres(client) = &self.conn {
            // The first poll sends it, and a connection answers in order.
            let _sent = client.batch_execute("COMMIT").now_or_never();
        }
    }

    fn note<T>(&mut self, outcome: Result<T, DbError>) -> Result<T, DbError> {
        if matches!(outcome, Err(DbError::Busy)) {
            self.conflict = true;
        }
        outcome
    }
}

fn gone() -> DbError {
    DbError::Unreachable("the connection is gone".into())
}

impl Query for Tx {
    async fn query(&mut self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        self.statements += 1;
        let ahead = std::mem::take(&mut self.ahead);
        let outcome = match &mut self.conn {
            Conn::Sqlite(conn) => sqlite_query(conn, sql, &params),
            Conn::Postgres(client) => postgres_query(client, ahead, sql, &params).await,
            Conn::Gone => Err(gone()),
        };
        self.note(outcome)
    }
}

/// The statement with its values bound. `$1` would be a name to SQLite, found by a search; `?1` is a place.
fn bound<'c>(
    conn: &'c rusqlite::Connection,
    sql: &str,
    params: &[Value],
) -> Result<rusqlite::CachedStatement<'c>, DbError> {
    let mut statement = conn.prepare_cached(&sql.replace('$', "?"))?;
    if statement.parameter_count() != params.len() {
        let places = statement.parameter_count();
        return Err(DbError::Statement(format!("{} values for {places} places", params.len())));
    }
    for (at, value) in (1..).zip(params) {
        statement.raw_bind_parameter(at, SqliteValue(value))?;
    }
    Ok(statement)
}

struct SqliteValue<'a>(&'a Value);

impl rusqlite::ToSql for SqliteValue<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::ToSqlOutput::Borrowed;
        Ok(Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(v) => ValueRef::Integer(*v),
            Value::Text(v) => ValueRef::Text(v.as_bytes()),
            Value::Bytes(v) => ValueRef::Blob(v),
            Value::Uuid(v) => ValueRef::Blob(v.as_bytes()),
        }))
    }
}

pub(super) fn sqlite_query(conn: &rusqlite::Connection, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
    let mut statement = bound(conn, sql, params)?;
    let names: Arc<[String]> = statement.column_names().map(str::to_owned).collect();
    let mut rows = Vec::new();
    let mut cursor = statement.raw_query();
    while let Some(row) = cursor.next()? {
        let mut values = Vec::with_capacity(names.len());
        for at in 0..names.len() {
            values.push(match row.get_ref(at)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(v) => Value::Int(v),
                ValueRef::Text(v) => Value::Text(String::from_utf8_lossy(v).into_owned()),
                ValueRef::Blob(v) => Value::Bytes(v.to_vec()),
                ValueRef::Real(_) => return Err(DbError::Shape("a floating-point number".into())),
            });
        }
        rows.push(Row { names: names.clone(), values });
    }
    Ok(rows)
}

fn sqlite_execute(conn: &rusqlite::Connection, sql: &str, params: &[Value]) -> Result<u64, DbError> {
    let mut statement = bound(conn, sql, params)?;
    Ok(statement.raw_execute()? as u64)
}

async fn postgres_query(
    client: &deadpool_postgres::Object,
    ahead: Vec<Ahead>,
    sql: &str,
    params: &[Value],
) -> Result<Vec<Row>, DbError> {
    let statement = client.prepare_cached(sql).await?;
    let values = borrowed(params);
    let rows = flight(client, ahead, client.query(&statement, &values)).await?;
    let names: Arc<[String]> = statement.columns().iter().map(|c| c.name().to_owned()).collect();
    rows.iter()
        .map(|row| {
            let values = (0..names.len()).map(|at| postgres_value(row, at)).collect::<Result<_, _>>()?;
            Ok(Row { names: names.clone(), values })
        })
        .collect()
}

async fn postgres_execute(
    client: &deadpool_postgres::Object,
    ahead: Vec<Ahead>,
    sql: &str,
    params: &[Value],
) -> Result<u64, DbError> {
    let statement = client.prepare_cached(sql).await?;
    let values = borrowed(params);
    flight(client, ahead, client.execute(&statement, &values)).await
}

async fn postgres_batch(client: &deadpool_postgres::Object, ahead: Vec<Ahead>, sql: &str) -> Result<(), DbError> {
    flight(client, ahead, client.batch_execute(sql)).await
}

fn borrowed(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as _).collect()
}

/// Sends what waits and `last` behind it, without waiting in between: the server answers in order.
/// The first failure is the one that counts; what follows it fails because of it.
async fn flight<T>(
    client: &deadpool_postgres::Object,
    ahead: Vec<Ahead>,
    last: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, DbError> {
    if ahead.is_empty() {
        return Ok(last.await?);
    }
    let mut ready = Vec::with_capacity(ahead.len());
    for one in &ahead {
        ready.push(match one {
            Ahead::Begin(sql) => Ready::Begin(sql),
            Ahead::Write { sql, params } => Ready::Write(client.prepare_cached(sql).await?, borrowed(params)),
        });
    }
    let sent = ready.iter().map(async |one| match one {
        Ready::Begin(sql) => client.batch_execute(sql).await,
        Ready::Write(statement, values) => client.execute(statement, values).await.map(drop),
    });
    // Both poll their parts in order, and the first poll of each sends it.
    let (before, last) = futures::future::join(futures::future::join_all(sent), last).await;
    before.into_iter().collect::<Result<Vec<()>, _>>()?;
    Ok(last?)
}

/// What waited, prepared.
enum Ready<'a> {
    Begin(&'static str),
    Write(tokio_postgres::Statement, Vec<&'a (dyn ToSql + Sync)>),
}

fn postgres_value(row: &tokio_postgres::Row, at: usize) -> Result<Value, DbError> {
    fn cell<'a, T: tokio_postgres::types::FromSql<'a>>(
        row: &'a tokio_postgres::Row,
        at: usize,
    ) -> Result<Option<T>, DbError> {
        row.try_get::<_, Option<T>>(at).map_err(DbError::from)
    }
    let column = row.columns().get(at).ok_or_else(|| DbError::Shape("no such column".into()))?;
    Ok(match *column.type_() {
        Type::INT8 => cell::<i64>(row, at)?.into(),
        Type::INT4 => cell::<i32>(row, at)?.into(),
        Type::INT2 => cell::<i16>(row, at)?.map(i64::from).into(),
        Type::BOOL => cell::<bool>(row, at)?.into(),
        Type::TEXT | Type::VARCHAR | Type::NAME => cell::<String>(row, at)?.into(),
        Type::BYTEA => cell::<Vec<u8>>(row, at)?.into(),
        Type::UUID => cell::<Uuid>(row, at)?.into(),
        ref other => return Err(DbError::Shape(format!("column {} is {other}: cast it", column.name()))),
    })
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(v) => match *ty {
                Type::INT4 => i32::try_from(*v)?.to_sql(ty, out),
                Type::INT2 => i16::try_from(*v)?.to_sql(ty, out),
                Type::BOOL => (*v != 0).to_sql(ty, out),
                _ => v.to_sql(ty, out),
            },
            Value::Text(v) => v.to_sql(ty, out),
            Value::Bytes(v) => v.to_sql(ty, out),
            Value::Uuid(v) if *ty == Type::BYTEA => v.as_bytes().as_slice().to_sql(ty, out),
            Value::Uuid(v) => v.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Drop for Tx {
    fn drop(&mut self) {
        // A PostgreSQL connection that goes back to the pool with its transaction still open
        // would hand half-done work to the next caller: it is closed instead.
        if let Conn::Postgres(client) = std::mem::replace(&mut self.conn, Conn::Gone) {
            drop(deadpool_postgres::Object::take(client));
        }
    }
}
