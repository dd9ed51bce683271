//! The nouns that everyone shares: units, hours and holidays, staff, rights, citizens.
//!
//! * [`rights`]: role × right in one table; [`place`] and [`viewer`]: who acts where.
//! * [`privacy`]: personal values that open only through the field matrix.
//! * [`routes`]: the only way to mount a page; it authenticates, asks for the right, guards forms.
//! * [`freezes`]: dated decisions that stop licensing somewhere for a while.
//! * [`units`], [`staff`], [`sessions`], [`citizens`], [`accounts`]: slices, each with its events, rules and store.
//! * [`mandates`]: who acts for whom, within which days and services.
//! * [`imports`]: people, units and holidays from files, each file one batch that can be taken back.
//! * [`kept`]: what was typed into a form when the session ended comes back after the login.
//! * [`pages`]: administration for the system supervisor, login, one's own profile.

pub mod access;
pub mod accounts;
pub mod citizens;
mod days;
pub mod freezes;
pub mod imports;
pub mod kept;
pub mod mandates;
pub mod pages;
pub mod place;
pub mod privacy;
pub mod rights;
pub mod routes;
pub mod sessions;
pub mod site;
pub mod staff;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod units;
pub mod viewer;

pub use place::{Place, Scope, UnitPath};
pub use privacy::{Case, Field, FieldClass, Private, Shown, Step};
pub use rights::{Right, Role};
pub use routes::{Door, NavLink, Need, Route, RouteTable};
pub use site::{DemoAccount, DemoCitizen, Settings, Site, SiteParts};
pub use viewer::{Assignment, Person, Viewer};
