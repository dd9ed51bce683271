//! Rows of freezes: `apply`, and every SQL statement of theirs.

use foundation::db::{DbError, Query, Tx};
use foundation::geo::Ring;
use foundation::params;
use record::{Event, RecordError};

use super::events::{FreezeEvent, Treatment};
use super::rules::Freeze;
use crate::units::store_tools::{date, known, tagged};

pub(crate) async fn apply(tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
    match tagged::<FreezeEvent>(event)? {
        FreezeEvent::FreezeOrdered {
            unit,
            decision,
            dated,
            from,
            to,
            services,
            groups,
            ring,
            place,
            reason,
            treatment,
        } => {
            tx.execute(
                "INSERT INTO freezes (id, tenant, unit, decision, dated, first_day, last_day, services, service_groups, ring, place, reason, treatment, version) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                params![
                    event.stream.id,
                    event.tenant.as_str(),
                    unit,
                    decision,
                    dated.to_string(),
                    from.to_string(),
                    to.to_string(),
                    services.join(" "),
                    groups.join(" "),
                    serde_json::to_string(&ring)?,
                    place,
                    reason,
                    treatment.code(),
                    event.version
                ],
            )
            .await?;
        }
        FreezeEvent::FreezeLifted { decision, on, .. } => {
            tx.execute(
                "UPDATE freezes SET lifted_on = $2, lifted_by = $3, version = $4 WHERE id = $1",
                params![event.stream.id, on.to_string(), decision, event.version],
            )
            .await?;
        }
    }
    Ok(())
}

/// All freezes, newest first.
pub(crate) async fn load(q: &mut impl Query) -> Result<Vec<Freeze>, DbError> {
    let sql = "SELECT id, tenant, unit, decision, dated, first_day, last_day, services, service_groups, ring, place, reason, treatment, \
               lifted_on, lifted_by, version FROM freezes ORDER BY first_day DESC, id";
    let words = |text: String| text.split_ascii_whitespace().map(str::to_owned).collect();
    q.query(sql, params![])
        .await?
        .iter()
        .map(|row| {
            let corners: Vec<[i64; 2]> = known(serde_json::from_str(&row.get::<String>("ring")?).ok())?;
            let lifted: Option<String> = row.get("lifted_by")?;
            Ok(Freeze {
                id: row.get("id")?,
                tenant: row.get("tenant")?,
                unit: row.get("unit")?,
                decision: row.get("decision")?,
                dated: known(date(row.get("dated")?)?)?,
                from: known(date(row.get("first_day")?)?)?,
                to: known(date(row.get("last_day")?)?)?,
                services: words(row.get("services")?),
                groups: words(row.get("service_groups")?),
                ring: if corners.is_empty() { None } else { Some(known(Ring::new(corners).ok())?) },
                place: row.get("place")?,
                reason: row.get("reason")?,
                treatment: known(Treatment::from_code(&row.get::<String>("treatment")?))?,
                lifted: date(row.get("lifted_on")?)?.zip(lifted),
                version: row.get("version")?,
            })
        })
        .collect()
}
