//! The tree of units as the rules see it.

use std::sync::Arc;

use catalogue::Catalogue;
use catalogue::model::DepartmentKind;
use foundation::calendar::WorkCalendar;
use registry::units::Tree;

use crate::requests::events::Holder;
use crate::requests::rules::{Seat, World};

/// Desks and calendars of one moment.
#[derive(Clone)]
pub struct TreeWorld {
    tree: Arc<Tree>,
    catalogue: Arc<Catalogue>,
}

impl TreeWorld {
    /// The world of a tree and a guide.
    #[must_use]
    pub const fn new(tree: Arc<Tree>, catalogue: Arc<Catalogue>) -> Self {
        Self { tree, catalogue }
    }

    /// The tree.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }
}

impl World for TreeWorld {
    fn seat(&self, _: &str, unit: &str, department: &str) -> Option<Seat> {
        let department = self.catalogue.department(department)?;
        let place = self.tree.holder(unit, department)?;
        let holder = Holder {
            tenant: place.tenant().to_owned(),
            unit: place.path.unit().to_owned(),
            department: department.code.clone(),
        };
        Some(Seat { holder, committee: department.kind == DepartmentKind::Committee })
    }

    fn calendar(&self, unit: &str) -> Option<&WorkCalendar> {
        self.tree.calendar(unit).map(AsRef::as_ref)
    }
}
