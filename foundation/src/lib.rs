//! الأساس: what every room of the house stands on: time, identifiers, money, numbers, Arabic text, dates,
//! working days, identity, the database, files and pages.

pub mod arabic;
pub mod calendar;
pub mod clock;
pub mod dates;
pub mod db;
pub mod files;
pub mod geo;
pub mod governorates;
pub mod identity;
pub mod ids;
pub mod lang;
pub mod money;
pub mod numbers;
#[cfg(feature = "testing")]
pub mod testing;
pub mod web;
