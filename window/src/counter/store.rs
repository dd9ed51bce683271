//! The counter's own questions (استعلامات الشباك), beside those of `requests::queries`.

use foundation::dates;
use foundation::db::{DbError, Query};
use foundation::params;
use jiff::civil::Date;
use registry::units::Tree;
use registry::{Right, Viewer};
use uuid::Uuid;

use crate::requests::queries::desks;

/// Whether there is such a request in the governorate.
pub(super) async fn exists(q: &mut impl Query, tenant: &str, id: Uuid) -> Result<bool, DbError> {
    let sql = "SELECT 1 AS one FROM requests WHERE tenant = $1 AND id = $2";
    Ok(q.query_opt(sql, params![tenant, id]).await?.is_some())
}

/// The request behind a receipt.
pub(super) async fn of_receipt(q: &mut impl Query, tenant: &str, receipt: &str) -> Result<Option<Uuid>, DbError> {
    let sql = "SELECT request FROM request_payments WHERE tenant = $1 AND receipt = $2";
    q.query_opt(sql, params![tenant, receipt]).await?.map(|row| row.get("request")).transpose()
}

/// A request in one of the lists of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Waiting {
    pub id: Uuid,
    pub number: String,
    pub service: String,
    pub due: Option<Date>,
}

/// Requests of a status at the units of the viewer's windows, oldest promise first, at most 50 a unit.
pub(super) async fn waiting(
    q: &mut impl Query,
    viewer: &Viewer,
    tree: &Tree,
    right: Right,
    status: &'static str,
) -> Result<Vec<Waiting>, DbError> {
    let mut units: Vec<(String, String)> =
        desks(viewer, tree, right).into_iter().map(|desk| (desk.tenant, desk.unit)).collect();
    units.sort();
    units.dedup();
    let mut rows = Vec::new();
    for (tenant, unit) in units {
        let sql = "SELECT id, number, service, due FROM requests \
                   WHERE tenant = $1 AND unit = $2 AND status = $3 ORDER BY due_at, id LIMIT 50";
        for row in q.query(sql, params![tenant, unit, status]).await? {
            rows.push(Waiting {
                id: row.get("id")?,
                number: row.get("number")?,
                service: row.get("service")?,
                due: dates::parse_iso(&row.get::<String>("due")?),
            });
        }
    }
    Ok(rows)
}
