//! window: the one-stop window (الشباك الواحد), from a request at the counter to a paper that anyone can verify.

pub mod api;
pub mod counter;
pub mod desk;
mod law;
pub mod licences;
pub mod notices;
pub mod numbers;
mod objections;
pub mod office;
pub mod online;
pub mod papers;
pub mod public;
pub mod queue;
pub mod requests;
pub mod services;
pub mod uploads;

pub use office::{Meter, Office, OfficeParts};

use std::sync::Arc;

use record::follow::Follower;
use record::{Keyring, Slice};
use registry::{Right, RouteTable, Viewer};

/// The route tables of the window's rooms.
#[must_use]
pub fn route_tables() -> Vec<RouteTable> {
    let desk = public::Desk::default();
    vec![
        public::routes_at(&desk),
        api::routes(&desk),
        queue::public_routes(),
        online::routes(),
        counter::routes(),
        queue::routes(),
        desk::routes(),
        services::routes(),
        licences::routes(),
        notices::routes(),
    ]
}

/// The window's slices of the record.
#[must_use]
pub fn slices(keyring: &Keyring) -> Vec<Arc<dyn Slice>> {
    vec![
        Arc::new(requests::store::Requests),
        Arc::new(services::ServiceSlice),
        Arc::new(online::Applications),
        Arc::new(queue::QueueSlice::new(keyring.clone())),
    ]
}

/// The window's reactions to events; what `silence` covers is told to nobody.
#[must_use]
pub fn followers(office: &Office, silence: &notices::Silence) -> Vec<Arc<dyn Follower>> {
    use notices::follow::NoticeFollower;
    use requests::follow::{CalendarFollower, ErasureFollower};
    let record = &office.record;
    vec![
        Arc::new(CalendarFollower::new(record.clone())),
        Arc::new(ErasureFollower::new(record.clone())),
        Arc::new(NoticeFollower::new(office.clone(), silence.clone())),
    ]
}

/// Whether requests were registered for a unit: such a unit is not taken out of the tree.
pub fn unit_in_use<'a>(
    tx: &'a mut foundation::db::Tx,
    unit: &'a str,
) -> record::BoxFuture<'a, Result<bool, foundation::db::DbError>> {
    Box::pin(requests::queries::has_requests(tx, unit))
}

/// Where somebody's work begins after the login.
#[must_use]
pub fn home(viewer: &Viewer) -> &'static str {
    let works = |rights: &[Right]| rights.iter().any(|right| viewer.has_anywhere(*right));
    if works(&[Right::TakeRequests, Right::CollectPayments]) {
        "/counter"
    } else if works(desk::INBOX) {
        "/desk"
    } else if works(&[Right::ManagePeople]) {
        "/admin/people"
    } else if works(&[Right::EditCatalogue]) {
        "/admin/services"
    } else if works(&[Right::ManageWindows]) {
        "/admin/units"
    } else {
        "/me"
    }
}
