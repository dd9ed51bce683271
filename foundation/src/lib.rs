//! foundation

pub mod arabic;
pub mod clock;
pub mod db;
pub mod ids;
pub mod money;
pub mod web;
#[cfg(feature = "testing")]
pub mod testing;
