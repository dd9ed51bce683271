//! window: the one-stop window (الشباك الواحد), from a request at the counter to a paper that anyone can verify.

pub mod numbers;
pub mod office;
pub mod papers;
pub mod public;
pub mod requests;
pub mod uploads;

pub use office::{Meter, Office, OfficeParts};
