//! The desks that a viewer works at.

use registry::units::Tree;
use registry::{Place, Right, Viewer};

use crate::requests::events::Holder;

/// Desks at which the viewer has a right: the departments of their assignments, each once. A right
/// that reaches below (follow-up) gives the desks of all units below, outside bodies not.
#[must_use]
pub fn desks(viewer: &Viewer, tree: &Tree, right: Right) -> Vec<Holder> {
    let mut desks: Vec<Holder> = Vec::new();
    for scope in viewer.scope(right) {
        let below = tree.below(&scope.path).filter(|_| scope.reach == registry::place::Reach::Below);
        for unit in tree.unit(scope.unit()).into_iter().chain(below) {
            let departments = unit.departments.iter().filter(|code| scope.department.as_ref().is_none_or(|only| only == *code));
            // A department that the tree does not list at the unit may still be named by an assignment.
            let named = scope.department.iter().filter(|only| !unit.has_department(only));
            for department in departments.chain(named) {
                let desk =
                    Holder { tenant: unit.tenant.clone(), unit: unit.code.clone(), department: department.clone() };
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
