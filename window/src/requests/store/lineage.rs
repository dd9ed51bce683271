//! The paper that a request is about, read as it is now.

use catalogue::model::Act;
use foundation::db::Query;
use foundation::params;
use record::RecordError;
use uuid::Uuid;

use super::state_of;
use crate::requests::rules::ParentFacts;
use crate::requests::state::State;

/// A paper with the request it came out of, for what somebody wants to do to it.
#[derive(Debug, Clone)]
pub(crate) struct Parent {
    pub facts: ParentFacts,
    pub state: State,
}

/// The paper with a number in a governorate; requests about it that are under way, but for one's own.
///
/// # Errors
/// The database's own, or a row that is no state.
pub(crate) async fn parent(
    q: &mut impl Query,
    tenant: &str,
    number: &str,
    own: Uuid,
) -> Result<Option<Parent>, RecordError> {
    let sql = "SELECT r.id, r.version, r.file, r.course FROM papers p \
               JOIN requests r ON r.tenant = p.tenant AND r.id = p.request WHERE p.tenant = $1 AND p.number = $2";
    let Some(row) = q.query_opt(sql, params![tenant, number]).await? else { return Ok(None) };
    let (request, state): (Uuid, State) = (row.get("id")?, state_of(&row)?);
    let sql = "SELECT id, number, parent_act FROM requests WHERE tenant = $1 AND parent = $2 AND parent_open = 1";
    let mut living = Vec::new();
    for row in q.query(sql, params![tenant, number]).await? {
        let act: Option<String> = row.get("parent_act")?;
        let act = act.as_deref().and_then(Act::from_code);
        if row.get::<Uuid>("id")? != own {
            living.extend(act.map(|act| row.get("number").map(|number: String| (number, act))).transpose()?);
        }
    }
    Ok(ParentFacts::of(request, &state, number, living).map(|facts| Parent { facts, state }))
}
