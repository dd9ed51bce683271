//! طابور الشباك والمواعيد: tickets, whose turn it is, who is called where, and appointments.
//!
//! A visitor takes a ticket at the hall's kiosk or from a clerk, follows it by its code without a name
//! ([`pages`]), is called to a window, served, and gone. Each ticket is a small stream of its own: many a
//! minute are taken in one hall, and one stream for a hall and day would make them all wait for each other.
//! The order is a number that a ticket has from its first minute ([`rules::order`]), so it is a column, the
//! next ticket is one index read, and two windows that call at once meet at the ticket's version.
//!
//! [`events`] is what the record keeps: waiting and serving times too. [`rules`] are pure: order, turns,
//! waiting times, slots. [`act`] carries commands out, [`store`] writes rows, [`queries`] read them,
//! [`jobs`] look each hour for appointments to remind of, missed ones, and mobiles to forget.

pub mod act;
pub mod events;
pub mod jobs;
pub mod pages;
pub mod queries;
pub mod rules;
pub mod store;

pub use pages::{public_routes, routes};
pub use store::QueueSlice;

use std::sync::Arc;

use registry::units::{Centre, CentreKind, Tree};

/// The centre that an address names: by its own id, or the fixed one of a unit by the unit's code.
#[must_use]
pub fn centre_of(tree: &Tree, named: &str) -> Option<Arc<Centre>> {
    if let Ok(id) = named.parse() {
        return tree.centre(id).cloned();
    }
    tree.centres(named).iter().find(|centre| centre.kind == CentreKind::Fixed).cloned()
}

/// How addresses name a centre: a fixed one by its unit.
#[must_use]
pub fn name_of(centre: &Centre) -> String {
    match centre.kind {
        CentreKind::Fixed => centre.unit.clone(),
        CentreKind::Mobile => centre.id.to_string(),
    }
}
