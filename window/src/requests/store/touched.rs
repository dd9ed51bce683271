//! Which desks an event touched.

use std::collections::BTreeSet;

use crate::requests::events::{RequestEvent, StepNo};

/// Steps (consult 0) and questions whose rows an event changes, in order.
pub(super) fn touched(event: &RequestEvent) -> BTreeSet<(StepNo, u16)> {
    let effect = event.effect();
    let mut desks = BTreeSet::new();
    desks.extend(effect.opened.iter().map(|opening| (opening.step, opening.consult)));
    desks.extend(effect.closed.iter().map(|closing| (closing.step, closing.consult)));
    desks.extend(effect.halted.iter().map(|halt| (halt.step, 0)));
    desks.extend(effect.resumed.iter().chain(&effect.redated).map(|redate| (redate.step, redate.consult)));
    match event {
        RequestEvent::Registered(data) => desks.extend(data.at_window.iter().map(|opening| (opening.step, 0))),
        RequestEvent::Taken(data) => desks.extend([(data.step, data.consult)]),
        RequestEvent::Reassigned(data) => desks.extend([(data.step, data.consult)]),
        RequestEvent::VisitScheduled(data) => desks.extend([(data.step, 0)]),
        RequestEvent::VisitReported(data) => desks.extend([(data.step, 0)]),
        _ => {}
    }
    desks
}
