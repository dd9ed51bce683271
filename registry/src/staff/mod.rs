//! Staff (العاملون): people who work here and the roles that they hold at places, for a time.
//!
//! A person may hold several assignments: role × unit (× department) × from–to. Nobody grants above
//! or outside themselves, nobody grants to themselves, and who is disabled writes nothing from that
//! moment on ([`crate::access::confirm`] asks inside each write). Password hashes stay out of the
//! record, which keeps everything for ever.
//!
//! Verbs: [`add`], [`grant`], [`revoke`], [`disable`], [`enable`], [`reset_password`],
//! [`change_own_password`], [`give_key`], [`revoke_key`]; reads in [`queries`].

mod commands;
pub mod events;
pub mod keys;
mod passwords;
pub mod queries;
pub mod rules;
mod store;

pub use commands::{
    Added, By, Grant, NewPerson, OneTime, StaffError, add, change_own_password, disable, enable, give_key, grant,
    reset_password, revoke, revoke_key,
};
pub use keys::{Key, KeyScope, ListedKey, NewKey};
pub use passwords::{Cost, HashError, Passwords, one_time, weak};
pub use rules::Refusal;
pub use store::StaffSlice;
pub(crate) use store::{end_sessions, set_password};

use record::Stream;
use uuid::Uuid;

/// The stream of a member of staff.
pub fn stream(staff: Uuid) -> Stream {
    Stream::new("staff", staff)
}
