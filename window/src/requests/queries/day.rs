//! A day's work: what a clerk registered, a cashier collected, an inspector visits, a window hands over.

use foundation::clock::Micros;
use foundation::dates;
use foundation::db::{DbError, Query, Row};
use foundation::money::Piastres;
use foundation::params;
use jiff::civil::Date;
use registry::units::Tree;
use registry::{Right, Viewer};
use uuid::Uuid;

use super::desks::desks;

/// A request in a list of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Governorate.
    pub tenant: String,
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Competent unit.
    pub unit: String,
    /// Code of the service.
    pub service: String,
    /// Word of the status.
    pub status: String,
    /// Applicant, to be named only through the field matrix.
    pub subject: Uuid,
    /// When it was registered.
    pub registered_at: Micros,
    /// Last day.
    pub due: Option<Date>,
}

const LISTED: &str = "tenant, id, number, unit, service, status, subject, registered_at, due";

fn listed(row: &Row) -> Result<Registered, DbError> {
    Ok(Registered {
        tenant: row.get("tenant")?,
        id: row.get("id")?,
        number: row.get("number")?,
        unit: row.get("unit")?,
        service: row.get("service")?,
        status: row.get("status")?,
        subject: row.get("subject")?,
        registered_at: row.get("registered_at")?,
        due: dates::parse_iso(&row.get::<String>("due")?),
    })
}

/// What the viewer registered on a day, newest first, at most 200.
///
/// # Errors
/// The database's own.
pub async fn registered(q: &mut impl Query, viewer: &Viewer, on: Date) -> Result<Vec<Registered>, DbError> {
    let Some(me) = viewer.staff() else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    for tenant in tenants(viewer, Right::TakeRequests) {
        let sql = format!(
            "SELECT {LISTED} FROM requests WHERE tenant = $1 AND registered_by = $2 AND registered_on = $3 \
             ORDER BY registered_at DESC LIMIT 200"
        );
        for row in q.query(&sql, params![tenant, me, on.to_string()]).await? {
            rows.push(listed(&row)?);
        }
    }
    Ok(rows)
}

/// How much a clerk did on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayWork {
    /// Requests registered.
    pub registered: i64,
    /// Of them voided.
    pub voided: i64,
    /// Payments collected.
    pub payments: i64,
    /// Their sum.
    pub collected: Piastres,
}

/// Counts of the viewer's own day.
///
/// # Errors
/// The database's own.
pub async fn day_of_clerk(q: &mut impl Query, viewer: &Viewer, on: Date) -> Result<DayWork, DbError> {
    let Some(me) = viewer.staff() else { return Ok(DayWork::default()) };
    let mut work = DayWork::default();
    let mut tenants = tenants(viewer, Right::TakeRequests);
    tenants.extend(self::tenants(viewer, Right::CollectPayments));
    tenants.sort();
    tenants.dedup();
    for tenant in tenants {
        let sql = "SELECT r.n AS registered, r.voided, p.n AS payments, p.total FROM \
             (SELECT COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN status = 'voided' THEN 1 ELSE 0 END), 0) AS BIGINT) AS voided \
              FROM requests WHERE tenant = $1 AND registered_by = $2 AND registered_on = $3) r, \
             (SELECT COUNT(*) AS n, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS total \
              FROM request_payments WHERE tenant = $1 AND collected_by = $2 AND collected_on = $3) p";
        let row = q.query_one(sql, params![tenant, me, on.to_string()]).await?;
        work.registered += row.get::<i64>("registered")?;
        work.voided += row.get::<i64>("voided")?;
        work.payments += row.get::<i64>("payments")?;
        work.collected.0 += row.get::<i64>("total")?;
    }
    Ok(work)
}

/// A payment in a cashier's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// Number of the receipt.
    pub receipt: String,
    /// The request.
    pub request: Uuid,
    /// Amount.
    pub amount: Piastres,
    /// Slip in hand.
    pub slip: String,
    /// When.
    pub at: Micros,
}

/// What the viewer collected on a day, newest first, at most 500.
///
/// # Errors
/// The database's own.
pub async fn collected(q: &mut impl Query, viewer: &Viewer, on: Date) -> Result<Vec<Collected>, DbError> {
    let Some(me) = viewer.staff() else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    for tenant in tenants(viewer, Right::CollectPayments) {
        let sql = "SELECT receipt, request, amount, slip, collected_at FROM request_payments \
                   WHERE tenant = $1 AND collected_by = $2 AND collected_on = $3 ORDER BY collected_at DESC LIMIT 500";
        for row in q.query(sql, params![tenant, me, on.to_string()]).await? {
            rows.push(Collected {
                receipt: row.get("receipt")?,
                request: row.get("request")?,
                amount: row.get("amount")?,
                slip: row.get("slip")?,
                at: row.get("collected_at")?,
            });
        }
    }
    Ok(rows)
}

/// A visit that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueVisit {
    /// Governorate.
    pub tenant: String,
    /// The request.
    pub request: Uuid,
    /// Its number.
    pub number: String,
    /// Code of the service.
    pub service: String,
    /// Step, from 1.
    pub step: i64,
    /// Unit whose inspection it is.
    pub unit: String,
    /// Its department.
    pub department: String,
    /// Day.
    pub on: Option<Date>,
    /// Applicant, to be named only through the field matrix: on the day of the visit.
    pub subject: Uuid,
}

/// The viewer's own visits from a day to another, in order of days, at most 200.
///
/// # Errors
/// The database's own.
pub async fn visits(q: &mut impl Query, viewer: &Viewer, from: Date, to: Date) -> Result<Vec<DueVisit>, DbError> {
    let Some(me) = viewer.staff() else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    for tenant in tenants(viewer, Right::Inspect) {
        let sql = "SELECT tenant, request, number, service, step, unit, department, visit_on, subject FROM request_steps \
                   WHERE tenant = $1 AND inspector = $2 AND visit_on >= $3 AND visit_on <= $4 ORDER BY visit_on, number LIMIT 200";
        for row in q.query(sql, params![tenant, me, from.to_string(), to.to_string()]).await? {
            rows.push(DueVisit {
                tenant: row.get("tenant")?,
                request: row.get("request")?,
                number: row.get("number")?,
                service: row.get("service")?,
                step: row.get("step")?,
                unit: row.get("unit")?,
                department: row.get("department")?,
                on: dates::parse_iso(&row.get::<String>("visit_on")?),
                subject: row.get("subject")?,
            });
        }
    }
    Ok(rows)
}

/// What waits for hand-over at the viewer's windows, oldest promise first, at most 200.
///
/// # Errors
/// The database's own.
pub async fn ready_to_hand_over(q: &mut impl Query, viewer: &Viewer, tree: &Tree) -> Result<Vec<Registered>, DbError> {
    let mut rows = Vec::new();
    let mut units: Vec<(String, String)> =
        desks(viewer, tree, Right::HandOver).into_iter().map(|desk| (desk.tenant, desk.unit)).collect();
    units.sort();
    units.dedup();
    for (tenant, unit) in units {
        let sql = format!(
            "SELECT {LISTED} FROM requests WHERE tenant = $1 AND unit = $2 AND status = 'issued' ORDER BY due_at, id LIMIT 200"
        );
        for row in q.query(&sql, params![tenant, unit]).await? {
            rows.push(listed(&row)?);
        }
    }
    Ok(rows)
}

fn tenants(viewer: &Viewer, right: Right) -> Vec<String> {
    let mut tenants: Vec<String> = viewer.holding(right).map(|held| held.tenant.clone()).collect();
    tenants.sort();
    tenants.dedup();
    tenants
}
