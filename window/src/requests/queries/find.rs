//! Finding by what somebody holds: a number, a code, a PIN, an applicant.

use foundation::dates;
use foundation::db::{DbError, Query, Row};
use foundation::params;
use jiff::civil::Date;
use record::{Keyring, RecordError};
use registry::{Right, Viewer};
use uuid::Uuid;

use crate::requests::act::pin_digest;
use crate::requests::state::{IssuedPaper, State};
use crate::requests::store;

/// A request that somebody outside may see the journey of: no personal value is shown of it.
#[derive(Debug, Clone)]
pub struct Found {
    /// Governorate.
    pub tenant: String,
    /// Its id.
    pub id: Uuid,
    /// The request; pages make a [`crate::requests::rules::journey`] of it.
    pub state: State,
}

/// The governorate in a number of 15 digits.
pub(super) fn tenant_of(number: &str) -> Option<&str> {
    let digits = number.len() == 15 && number.bytes().all(|byte| byte.is_ascii_digit());
    number.get(1..3).filter(|_| digits)
}

/// The request of a slip's code.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn tracked(q: &mut impl Query, token: &str) -> Result<Option<Found>, RecordError> {
    by_token(q, token, ["request"; 2]).await
}

async fn by_token(q: &mut impl Query, token: &str, kinds: [&str; 2]) -> Result<Option<Found>, RecordError> {
    let Some(token) = foundation::ids::parse_token(token) else { return Ok(None) };
    let sql = "SELECT r.tenant, r.id, r.version, r.file, r.course FROM tokens t \
               JOIN requests r ON r.tenant = t.tenant AND r.id = t.id WHERE t.token = $1 AND t.kind IN ($2, $3)";
    let row = q.query_opt(sql, params![token, kinds[0], kinds[1]]).await?;
    row.as_ref().map(found).transpose()
}

fn found(row: &Row) -> Result<Found, RecordError> {
    Ok(Found { tenant: row.get("tenant")?, id: row.get("id")?, state: store::state_of(row)? })
}

/// The request with this number, if the PIN of its slip is this one. Tries are limited by the page.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn tracked_by_pin(
    q: &mut impl Query,
    keyring: &Keyring,
    number: &str,
    pin: &str,
) -> Result<Option<Found>, RecordError> {
    let Some(tenant) = tenant_of(number) else { return Ok(None) };
    let sql = "SELECT tenant, id, version, file, course FROM requests WHERE tenant = $1 AND number = $2";
    let Some(row) = q.query_opt(sql, params![tenant, number]).await? else { return Ok(None) };
    let found = found(&row)?;
    let right = pin_digest(keyring, found.id, pin) == found.state.file.slip.pin;
    Ok(right.then_some(found))
}

/// An issued paper, as a verifier sees it.
#[derive(Debug, Clone)]
pub struct PaperFound {
    /// The request behind it.
    pub request: Found,
    /// The paper.
    pub paper: IssuedPaper,
}

/// The paper of a QR's code.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn paper_by_token(q: &mut impl Query, token: &str) -> Result<Option<PaperFound>, RecordError> {
    let Some(found) = by_token(q, token, ["paper", "receipt"]).await? else { return Ok(None) };
    let Some(token) = foundation::ids::parse_token(token) else { return Ok(None) };
    Ok(pick(found, |paper| paper.token == token))
}

/// The paper or receipt with a number, for whoever reads it from the paper.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn paper_by_number(q: &mut impl Query, number: &str) -> Result<Option<PaperFound>, RecordError> {
    let Some(tenant) = tenant_of(number) else { return Ok(None) };
    let sql = if number.starts_with('3') {
        "SELECT r.tenant, r.id, r.version, r.file, r.course FROM request_payments p \
         JOIN requests r ON r.tenant = p.tenant AND r.id = p.request WHERE p.tenant = $1 AND p.receipt = $2"
    } else {
        "SELECT r.tenant, r.id, r.version, r.file, r.course FROM papers p \
         JOIN requests r ON r.tenant = p.tenant AND r.id = p.request WHERE p.tenant = $1 AND p.number = $2"
    };
    let Some(row) = q.query_opt(sql, params![tenant, number]).await? else { return Ok(None) };
    Ok(pick(found(&row)?, |paper| paper.number == number))
}

fn pick(request: Found, is: impl Fn(&IssuedPaper) -> bool) -> Option<PaperFound> {
    let paper = request.state.course.signed().find(|paper| is(paper))?.clone();
    Some(PaperFound { request, paper })
}

/// A request in an applicant's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfSubject {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Code of the service.
    pub service: String,
    /// Word of the status.
    pub status: String,
    /// Competent unit.
    pub unit: String,
    /// Day of registration.
    pub registered_on: Option<Date>,
    /// Last day.
    pub due: Option<Date>,
}

/// Requests of an applicant, newest first, at most 100: for somebody who may find persons in the
/// governorate; nobody else gets any.
///
/// # Errors
/// The database's own.
pub async fn of_subject(
    q: &mut impl Query,
    viewer: &Viewer,
    tenant: &str,
    subject: Uuid,
) -> Result<Vec<OfSubject>, DbError> {
    if !finds_persons(viewer, tenant) {
        return Ok(Vec::new());
    }
    let sql = "SELECT id, number, service, status, unit, registered_on, due FROM requests \
               WHERE tenant = $1 AND subject = $2 ORDER BY registered_at DESC LIMIT 100";
    q.query(sql, params![tenant, subject])
        .await?
        .iter()
        .map(|row| {
            Ok(OfSubject {
                id: row.get("id")?,
                number: row.get("number")?,
                service: row.get("service")?,
                status: row.get("status")?,
                unit: row.get("unit")?,
                registered_on: dates::parse_iso(&row.get::<String>("registered_on")?),
                due: dates::parse_iso(&row.get::<String>("due")?),
            })
        })
        .collect()
}

/// A paper in an applicant's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperOfSubject {
    /// Its number.
    pub number: String,
    /// The request behind it.
    pub request: Uuid,
    /// Code of the service.
    pub service: String,
    /// Word of its kind.
    pub kind: String,
    /// Word of its standing.
    pub standing: String,
    /// Day of issue.
    pub issued_on: Option<Date>,
    /// Last day of validity.
    pub expires: Option<Date>,
}

/// Papers of an applicant, newest first, at most 100; under the same condition as [`of_subject`].
///
/// # Errors
/// The database's own.
pub async fn papers_of_subject(
    q: &mut impl Query,
    viewer: &Viewer,
    tenant: &str,
    subject: Uuid,
) -> Result<Vec<PaperOfSubject>, DbError> {
    if !finds_persons(viewer, tenant) {
        return Ok(Vec::new());
    }
    let sql = "SELECT number, request, service, kind, standing, issued_on, expires FROM papers \
               WHERE tenant = $1 AND subject = $2 ORDER BY issued_at DESC LIMIT 100";
    q.query(sql, params![tenant, subject])
        .await?
        .iter()
        .map(|row| {
            Ok(PaperOfSubject {
                number: row.get("number")?,
                request: row.get("request")?,
                service: row.get("service")?,
                kind: row.get("kind")?,
                standing: row.get("standing")?,
                issued_on: dates::parse_iso(&row.get::<String>("issued_on")?),
                expires: row.get::<Option<String>>("expires")?.and_then(|day| dates::parse_iso(&day)),
            })
        })
        .collect()
}

fn finds_persons(viewer: &Viewer, tenant: &str) -> bool {
    viewer.holding(Right::FindPersons).any(|held| held.tenant == tenant)
}
