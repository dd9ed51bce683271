//! Units (الوحدات): the tree ministry › governorate › local unit with outside bodies, departments,
//! committees, centres and their windows, working hours and holidays.
//!
//! Everything is an event of a stream `unit` or `calendar`; the tables are small and read into
//! memory as one [`Tree`], so that pages and time limits ask no database for names and calendars.
//!
//! Verbs: [`seed`] the tree from the catalogue; [`change`] a unit; [`change_calendar`];
//! [`change_vans`].

mod cache;
mod calendar;
mod commands;
pub mod events;
mod rules;
mod seed;
mod store;
/// What stores of the other slices share.
pub(crate) mod store_tools {
    pub(crate) use super::rules::decide_calendar;
    pub(crate) use super::store::{count_change, date, draft, known, tagged};
}
mod grown;
mod tree;
mod vans;

pub use cache::Units;
pub use commands::{ChangeError, UnitWrite, change, change_calendar, change_vans};
pub use events::{CentreKind, HoursKind, UnitKind};
pub use grown::{NewUnit, decide_new};
pub use rules::{CalendarChange, Refusal, UnitChange};
pub use seed::{SeedError, Seeding, seed};
pub use store::{UnitSlice, stops};
pub use tree::{Centre, CentreWindow, Holiday, Hours, Member, Tree, Unit};
pub use vans::{VanChange, VanStop, is_working};

use record::Stream;
use uuid::Uuid;

/// Namespace of the ids of units and calendars, so that a code has one stream for ever.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f1d_7c52_1f1b_5b0e_9c57_5d2f_0a3e_8c41);

/// The stream of a unit.
pub fn unit_stream(unit: &str) -> Stream {
    Stream::new("unit", name_id("unit", unit))
}

/// The stream of a unit's own hours and holidays.
pub fn calendar_stream(unit: &str) -> Stream {
    Stream::new("calendar", name_id("calendar", unit))
}

/// The fixed centre of a unit.
pub fn fixed_centre(unit: &str) -> Uuid {
    name_id("centre", unit)
}

pub(crate) fn name_id(kind: &str, name: &str) -> Uuid {
    use sha2::{Digest as _, Sha256};
    let hash = Sha256::new_with_prefix(NAMESPACE.as_bytes())
        .chain_update(kind)
        .chain_update("/")
        .chain_update(name)
        .finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    // Version 8 of RFC 9562: made by a rule of our own.
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
