//! What happened to a request, and who did it: by role and department, never by name.

use foundation::web::Ctx;
use registry::units::Tree;

use super::parts;
use crate::Office;
use crate::requests::state::{Mark, State};

/// One thing that happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// What.
    pub what: String,
    /// Who, in which capacity.
    pub who: String,
    /// When.
    pub when: String,
}

/// Lines in words.
pub(super) fn changes<'a>(
    c: &Ctx,
    office: &Office,
    tree: &Tree,
    state: &State,
    marks: impl Iterator<Item = &'a Mark>,
) -> Vec<Change> {
    marks.map(|mark| change(c, office, tree, state, mark)).collect()
}

fn change(c: &Ctx, office: &Office, tree: &Tree, state: &State, mark: &Mark) -> Change {
    let kind = mark.kind.strip_prefix("request.").unwrap_or(&mark.kind);
    let what = c.t(&format!("desk-mark-{kind}"));
    let step = mark.step.and_then(|no| {
        let service = office.version(&state.file.service)?;
        let step = service.steps.get(usize::from(no).checked_sub(1)?)?;
        Some(step.label(c.lang).to_owned())
    });
    let what = match step {
        Some(step) => c.ta("desk-mark-at", &[("what", &what), ("step", &step)]),
        None => what,
    };
    Change { what, who: who(c, office, tree, state, mark, kind), when: c.instant(mark.at) }
}

fn who(c: &Ctx, office: &Office, tree: &Tree, state: &State, mark: &Mark, kind: &str) -> String {
    if mark.by.is_none() {
        return c.t(match kind {
            "redated" => "desk-by-machine",
            "limit-passed" => "desk-by-law",
            _ => "desk-by-applicant",
        });
    }
    let holder = mark.step.and_then(|no| state.course.step(no)?.holder.as_ref());
    let place = holder.map(|holder| parts::holder(c, office, tree, holder));
    match (kind, place) {
        (
            "registered" | "handed-over" | "withdrawn" | "voided" | "completion-answered" | "visit-wished" | "objected",
            _,
        ) => c.t1("desk-by-window", "unit", tree.name_in(c.lang, &state.file.taken_in.unit)),
        ("payment-collected", _) => c.t("desk-by-cashier"),
        ("paper-revoked" | "paper-suspended" | "paper-restored" | "objection-decided", _) => {
            c.t1("desk-by-head", "unit", tree.name_in(c.lang, &state.file.unit))
        }
        ("consult-answered", _) => c.t("desk-by-asked"),
        ("visit-reported", Some(place)) => c.t1("desk-by-inspector", "place", place),
        ("sitting-held", Some(place)) => c.t1("desk-by-secretary", "place", place),
        (_, Some(place)) => c.t1("desk-by-officer", "place", place),
        (_, None) => c.t1("desk-by-window", "unit", tree.name_in(c.lang, &state.file.unit)),
    }
}
