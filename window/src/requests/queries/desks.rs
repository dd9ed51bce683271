//! The desks that a viewer works at.

use registry::place::{Reach, WINDOW};
use registry::rights::Seat;
use registry::units::Tree;
use registry::{Place, Right, Viewer};

use crate::requests::events::Holder;

/// Desks at which the viewer has a right: the departments of their assignments, each once. Whoever
/// works at a centre (clerk, cashier, manager) has its window; a cashier also whatever department of
/// the unit awaits a payment. A right that reaches below (follow-up) gives the desks of all units below.
#[must_use]
pub fn desks(viewer: &Viewer, tree: &Tree, right: Right) -> Vec<Holder> {
    let mut desks: Vec<Holder> = Vec::new();
    for held in viewer.holding(right) {
        let below = tree.below(&held.path).filter(|_| right.reach() == Reach::Below);
        let at_window =
            held.role.seat() == Seat::Centre && right.reach() == Reach::Here && right != Right::CollectPayments;
        for unit in tree.unit(&held.unit).into_iter().chain(below) {
            let only = if at_window { Some(WINDOW) } else { held.department.as_deref() };
            let departments: Vec<&str> = match only {
                Some(only) => vec![only],
                None => unit.departments.iter().map(String::as_str).collect(),
            };
            for department in departments {
                let (tenant, unit) = (unit.tenant.clone(), unit.code.clone());
                let desk = Holder { tenant, unit, department: department.to_owned() };
                if !desks.contains(&desk) {
                    desks.push(desk);
                }
            }
        }
    }
    desks
}

/// Where a desk stands in the tree.
#[must_use]
pub fn place_of(tree: &Tree, holder: &Holder) -> Option<Place> {
    Some(Place::department(tree.path(&holder.unit)?, holder.department.clone()))
}
