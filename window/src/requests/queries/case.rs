//! The file of one request (ملف الطلب), for somebody who may open it.

use foundation::db::Query;
use foundation::params;
use record::RecordError;
use registry::place::WINDOW;
use registry::units::Tree;
use registry::{Place, Right, Viewer};
use uuid::Uuid;

use super::desks::place_of;
use crate::requests::act::Act;
use crate::requests::rules::Command;
use crate::requests::state::State;
use crate::requests::store;

/// A request with what lets this viewer open it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Governorate.
    pub tenant: String,
    /// Its id.
    pub id: Uuid,
    /// The request.
    pub state: State,
    /// Where the viewer looks from: the first desk of theirs on the request's way, open ones before
    /// others, or the window.
    pub seen: Seen,
}

impl Case {
    /// A command on it, decided on what was read here.
    #[must_use]
    pub fn act(&self, command: Uuid, seen: Option<i64>, what: Command) -> Act {
        let (tenant, known) = (self.tenant.clone(), Some(self.state.clone()));
        Act { tenant, request: self.id, command, seen, what, personal: None, known }
    }
}

/// Where a viewer looks at a request from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The place.
    pub place: Place,
    /// The right that opens it.
    pub under: Right,
}

/// The request, if it is there and the viewer may open it. The caller notes the view.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn case(
    q: &mut impl Query,
    viewer: &Viewer,
    tree: &Tree,
    tenant: &str,
    id: Uuid,
) -> Result<Option<Case>, RecordError> {
    let state = store::load(q, tenant, id).await?;
    Ok(state.and_then(|state| opened(viewer, tree, tenant, id, state)))
}

/// The same by its number, as typed at the window: one statement.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn case_by_number(
    q: &mut impl Query,
    viewer: &Viewer,
    tree: &Tree,
    number: &str,
) -> Result<Option<Case>, RecordError> {
    let Some(tenant) = super::find::tenant_of(number) else { return Ok(None) };
    let sql = "SELECT id, version, file, course FROM requests WHERE tenant = $1 AND number = $2";
    let Some(row) = q.query_opt(sql, params![tenant, number]).await? else { return Ok(None) };
    Ok(opened(viewer, tree, tenant, row.get("id")?, store::state_of(&row)?))
}

fn opened(viewer: &Viewer, tree: &Tree, tenant: &str, id: Uuid, state: State) -> Option<Case> {
    let seen = sees(viewer, tree, &state)?;
    Some(Case { tenant: tenant.to_owned(), id, state, seen })
}

/// Where the viewer may look at the request from; none if nowhere. Case workers see what came, is or
/// was on their desk; the windows of the competent unit and of the place where it was taken in see
/// it at any time; the head of the competent unit too. Follow-up looks at lists, not into files.
#[must_use]
pub fn sees(viewer: &Viewer, tree: &Tree, state: &State) -> Option<Seen> {
    let course = &state.course;
    let open = course.open_steps().filter_map(|(_, step)| step.holder.as_ref());
    let asked = course.consults.iter().filter(|consult| consult.is_open()).map(|consult| &consult.holder);
    let earlier = course.steps.values().filter_map(|step| step.holder.as_ref());
    let answered = course.consults.iter().map(|consult| &consult.holder);
    let desks = open.chain(asked).chain(earlier).chain(answered).filter_map(|holder| place_of(tree, holder));
    let file = &state.file;
    let windows = [&file.unit, &file.taken_in.unit]
        .into_iter()
        .filter_map(|unit| Some(Place::department(tree.path(unit)?, WINDOW)));
    let whole = tree.path(&file.unit).map(Place::unit);
    let mut places = desks.chain(windows).chain(whole);
    let place = places.find(|place| viewer.grant(Right::ReadCases, place).is_some())?;
    Some(Seen { place, under: Right::ReadCases })
}
