//! Rows of requests (جداول الطلبات): `apply`, and every statement that writes.
//!
//! A row says exactly what the state says after the event: rows are made of the folded state, never
//! of a rule. An event costs two statements: the request's row, and one upsert of the desks that it
//! touched. Payments, papers and codes cost one more each when there are any.

mod lineage;
pub(crate) mod register;
mod rows;
mod touched;

use foundation::db::{DbError, Query, Row, Tx};
use foundation::params;
use record::{BoxFuture, Event, RecordError, Slice, Table};
use uuid::Uuid;

use super::events::{RequestEvent, STREAM, Status};
use super::state::{Course, File, Meta, State};
pub(crate) use lineage::{Parent, parent};

/// The slice of requests.
#[derive(Debug, Clone, Copy, Default)]
pub struct Requests;

impl Slice for Requests {
    fn name(&self) -> &'static str {
        "requests"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &[STREAM]
    }

    fn tables(&self) -> &'static [Table] {
        const TABLES: &[Table] = &[
            Table::projection("requests", &["tenant", "id"]),
            Table::projection("request_steps", &["tenant", "request", "step", "consult"]),
            Table::projection("request_payments", &["tenant", "receipt"]),
            Table::projection("objections", &["tenant", "request", "objection"]),
            Table::projection("papers", &["tenant", "number"]),
            Table::projection("tokens", &["token"]),
            Table::projection("licences", &["number"]),
            Table::projection("licence_words", &["number", "word"]),
            Table::working("books", &["tenant", "unit", "kind", "year"]),
            Table::working("drafts", &["tenant", "id"]),
            Table::working("uploads", &["tenant", "request", "hash"]),
        ];
        TABLES
    }

    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(apply(tx, event))
    }

    fn counters_check<'a>(&'a self, tx: &'a mut Tx) -> BoxFuture<'a, Result<Vec<String>, RecordError>> {
        Box::pin(crate::numbers::check(tx))
    }
}

async fn apply(tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
    let broken = |error: String| RecordError::Apply(error);
    let happened = RequestEvent::read(&event.kind, &event.data).map_err(|e| broken(e.to_string()))?;
    let key = Key { tenant: &event.tenant, id: event.stream.id };
    let before = match handed_over(tx, key, event.version - 1) {
        Some(state) => Some(state),
        None if event.version == 1 => None,
        None => load(tx, key.tenant, key.id).await?,
    };
    if before.as_ref().map_or(0, |state| state.version) != event.version - 1 {
        return Err(broken(format!("event {} does not follow on the row of its request", event.version)));
    }
    let after = State::after(before, meta(event), &happened).map_err(|e| broken(e.to_string()))?;
    rows::write(tx, key, &happened, &after).await
}

/// What the fold needs to know of an event.
pub fn meta(event: &Event) -> Meta {
    Meta { version: event.version, at: event.occurred_at, actor: event.actor }
}

/// Which request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key<'a> {
    pub tenant: &'a str,
    pub id: Uuid,
}

/// A request as the writing path read it in the same transaction, so that `apply` need not read it
/// again. Only the live path learns one: a rebuild reads its own rows.
pub(super) struct Loaded {
    pub tenant: String,
    pub id: Uuid,
    pub state: State,
}

fn handed_over(tx: &Tx, key: Key<'_>, version: i64) -> Option<State> {
    let loaded = tx.learnt::<Loaded>()?;
    let same = loaded.tenant == key.tenant && loaded.id == key.id && loaded.state.version == version;
    same.then(|| loaded.state.clone())
}

/// The state of a request as its row tells it; one statement. Pages ask [`super::queries`], which
/// asks who looks.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn load(q: &mut impl Query, tenant: &str, id: Uuid) -> Result<Option<State>, RecordError> {
    let sql = "SELECT version, file, course FROM requests WHERE tenant = $1 AND id = $2";
    q.query_opt(sql, params![tenant, id]).await?.as_ref().map(state_of).transpose()
}

/// Whether a request is under way of which the person is the applicant or the agent.
pub(super) async fn is_under_way(q: &mut impl Query, tenant: &str, person: Uuid) -> Result<bool, DbError> {
    let over: Vec<String> = Status::ALL
        .into_iter()
        .filter(|status| status.is_final())
        .map(|status| format!("'{}'", status.word()))
        .collect();
    let over = over.join(", ");
    let sql = format!(
        "SELECT 1 AS one FROM requests WHERE tenant = $1 AND subject = $2 AND status NOT IN ({over}) \
         UNION ALL SELECT 1 AS one FROM requests WHERE tenant = $1 AND agent = $2 AND status NOT IN ({over}) LIMIT 1"
    );
    Ok(q.query_opt(&sql, params![tenant, person]).await?.is_some())
}

/// A state from the columns `version`, `file` and `course`.
pub(super) fn state_of(row: &Row) -> Result<State, RecordError> {
    let file: File = serde_json::from_slice(&row.get::<Vec<u8>>("file")?)?;
    let course: Course = serde_json::from_slice(&row.get::<Vec<u8>>("course")?)?;
    Ok(State { version: row.get("version")?, file, course })
}
