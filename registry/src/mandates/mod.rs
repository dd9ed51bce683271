//! Mandates (التوكيلات والتمثيل): who may act for whom, from when to when, in which services.
//!
//! A mandate is a stream `mandate` of the national tenant: its grantee is an account, its principal a person
//! or a company, told under a key of the mandate's own. The grantee declares it; it is confirmed by the
//! principal's own confirmed account, by a confirmed representative of the same company, or by a window that saw
//! the original. A declared mandate lets its grantee send requests, whose papers the department checks; only a
//! confirmed one opens what is recorded of the principal. Nothing of it is ever edited: another document is
//! another mandate.
//!
//! Verbs: [`declare`], [`settle`], [`acting`], [`opening`].

mod commands;
pub mod events;
mod rules;
mod store;

pub use commands::{By, KeepScan, MandateError, Write, declare, of_account, read, settle, stand_for_demo, towards};
pub use events::{Capacity, Party, Scan, Scope};
pub use rules::{Act, Document, Order, Principal, Refusal, Standing, State, Terms};
pub use store::{Mandate, MandateSlice, Opening, acting, of_grantee, opening};

use record::Stream;
use uuid::Uuid;

/// The tenant of every mandate.
pub const TENANT: &str = crate::place::NATIONAL;

/// The stream of a mandate.
pub fn stream(mandate: Uuid) -> Stream {
    Stream::new("mandate", mandate)
}
