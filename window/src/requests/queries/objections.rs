//! Objections that wait for the head of a unit.

use foundation::clock::Micros;
use foundation::dates;
use foundation::db::{DbError, Query, Value};
use foundation::params;
use jiff::civil::Date;
use record::RecordError;
use registry::units::Tree;
use registry::{Place, Right, Viewer};
use uuid::Uuid;

use super::{Case, Seen};
use crate::requests::store;

/// Most rows of the list.
const MOST: usize = 200;

/// An objection that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionRow {
    /// The request.
    pub request: Uuid,
    /// Competent unit.
    pub unit: String,
    /// Number of the request.
    pub number: String,
    /// Code of the service.
    pub service: String,
    /// When it was filed.
    pub filed_at: Micros,
    /// Day.
    pub filed_on: Date,
}

/// Objections that the viewer may decide, in their units and those below, the oldest first: at most 200.
///
/// # Errors
/// The database's own.
pub async fn objections(q: &mut impl Query, viewer: &Viewer, tree: &Tree) -> Result<Vec<ObjectionRow>, DbError> {
    let mut units: Vec<&str> = Vec::new();
    for held in viewer.holding(Right::DecideObjections) {
        let below = tree.below(&held.path);
        units.extend(tree.unit(&held.unit).into_iter().chain(below).map(|unit| unit.code.as_str()));
    }
    units.sort_unstable();
    units.dedup();
    let mut found = Vec::new();
    for some in units.chunks(64) {
        let places: Vec<String> = (1..=some.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT request, unit, number, service, filed_at, filed_on FROM objections \
             WHERE ruling IS NULL AND unit IN ({}) ORDER BY filed_at, request LIMIT {MOST}",
            places.join(", ")
        );
        let params: Vec<Value> = some.iter().map(|unit| Value::from(*unit)).collect();
        for row in q.query(&sql, params).await? {
            found.push(ObjectionRow {
                request: row.get("request")?,
                unit: row.get("unit")?,
                number: row.get("number")?,
                service: row.get("service")?,
                filed_at: row.get("filed_at")?,
                filed_on: dates::parse_iso(&row.get::<String>("filed_on")?).unwrap_or_default(),
            });
        }
    }
    found.sort_by_key(|row: &ObjectionRow| (row.filed_at, row.request));
    found.truncate(MOST);
    Ok(found)
}

/// A request with an objection that the viewer may decide, or has decided.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn objected(
    q: &mut impl Query,
    viewer: &Viewer,
    tree: &Tree,
    request: Uuid,
) -> Result<Option<Case>, RecordError> {
    let mut tenants: Vec<&str> = viewer.holding(Right::DecideObjections).map(|held| held.tenant.as_str()).collect();
    tenants.sort_unstable();
    tenants.dedup();
    for tenant in tenants {
        let sql = "SELECT 1 AS one FROM objections WHERE tenant = $1 AND request = $2 LIMIT 1";
        if q.query_opt(sql, params![tenant, request]).await?.is_none() {
            continue;
        }
        let Some(state) = store::load(q, tenant, request).await? else { continue };
        let place = tree.path(&state.file.unit).map(Place::unit);
        let Some(place) = place.filter(|place| viewer.grant(Right::DecideObjections, place).is_some()) else {
            continue;
        };
        let seen = Seen { place, under: Right::DecideObjections };
        return Ok(Some(Case { tenant: tenant.to_owned(), id: request, state, seen }));
    }
    Ok(None)
}
