//! Facts of one command, gathered.

use std::sync::Arc;

use catalogue::model::Service;
use foundation::clock::Micros;
use uuid::Uuid;

use super::TreeWorld;
use crate::requests::events::Slip;
use crate::requests::rules::{DrawnPaper, DrawnReceipt, Facts, Fees, Frozen, ParentFacts};

/// What a decision stands on, without what is drawn for it.
pub(super) struct Ground {
    pub now: Micros,
    pub actor: Option<Uuid>,
    pub by_manager: bool,
    pub expected: Option<i64>,
    pub service: Arc<Service>,
    pub world: TreeWorld,
    pub fees: Option<Fees>,
    /// The paper that the request is about.
    pub parent: Option<ParentFacts>,
    /// A freeze that stands against it.
    pub freeze: Option<Frozen>,
}

impl Ground {
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            now: self.now,
            actor: self.actor,
            by_manager: self.by_manager,
            expected: self.expected,
            service: &self.service,
            world: &self.world,
            fees: self.fees.as_ref(),
            number: None,
            slip: None,
            paper: None,
            receipt: None,
            parent: self.parent.as_ref(),
            freeze: self.freeze.as_ref(),
        }
    }

    pub fn with_number<'a>(&'a self, number: &'a str) -> Facts<'a> {
        Facts { number: Some(number), ..self.facts() }
    }

    pub fn with_receipt<'a>(&'a self, number: &'a str, receipt: &'a DrawnReceipt) -> Facts<'a> {
        Facts { receipt: Some(receipt), ..self.with_number(number) }
    }

    pub fn with_paper<'a>(&'a self, paper: &'a DrawnPaper) -> Facts<'a> {
        Facts { paper: Some(paper), ..self.facts() }
    }

    pub fn with_slip<'a>(&'a self, number: &'a str, slip: &'a Slip) -> Facts<'a> {
        Facts { slip: Some(slip), ..self.with_number(number) }
    }
}
