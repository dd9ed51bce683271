//! Licensing freezes (وقف الترخيص): by a dated decision no licences of some kinds are given for a while,
//! in a unit with all below it, or in a polygon there.
//!
//! Law 119/2008 lets the governor stop licensing in a town, an area or a street by a reasoned decision,
//! for six months at most. What holds lies in the [`Tree`](crate::units::Tree) with the units, so that
//! taking a request in asks no database.

mod commands;
pub mod events;
mod rules;
mod store;

pub use commands::{FreezeError, FreezeWrite, lift, order};
pub use events::Treatment;
pub use rules::{Freeze, FreezeRefusal, Order, Place, What, against};
pub(crate) use store::{apply, load};

/// Kind of the stream of one freeze.
pub const STREAM: &str = "freeze";
