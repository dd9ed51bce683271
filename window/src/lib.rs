//! window: the one-stop window (الشباك الواحد), from a request at the counter to a paper that anyone can verify.

pub mod counter;
pub mod numbers;
pub mod office;
pub mod papers;
pub mod public;
pub mod requests;
pub mod uploads;

pub use office::{Meter, Office, OfficeParts};

use registry::RouteTable;

/// The route tables of the window's rooms.
#[must_use]
pub fn route_tables() -> Vec<RouteTable> {
    vec![counter::routes()]
}
