//! Who may give a command (من يملك الإجراء): for each command the rights that allow it, each with
//! its place. Any one of them is enough; the first that the viewer holds is the one acted under.

use foundation::db::Tx;
use registry::place::WINDOW;
use registry::units::Tree;
use registry::{Place, Right, Viewer, access};
use uuid::Uuid;

use super::{Act, ActError};
use crate::Office;
use crate::requests::events::{Holder, StepKind, StepNo};
use crate::requests::queries;
use crate::requests::rules::Command;
use crate::requests::state::{State, StepState};

/// A right at a place.
pub(super) type Claim = (Right, Place);

/// What the viewer must hold one of.
pub(super) fn wanted(state: &State, what: &Command, tree: &Tree) -> Vec<Claim> {
    let at = Where { state, tree };
    match what {
        // Registration has its own way.
        Command::Register(_)
        | Command::Redate
        | Command::PassLimit { .. }
        | Command::EndSuspension { .. }
        | Command::RemindExpiry { .. } => Vec::new(),
        Command::Accept { step, .. } | Command::Refuse { step, .. } => at.decide(*step),
        Command::AskCompletion { step, .. }
        | Command::AskConsult { step, .. }
        | Command::AskRework { step, .. }
        | Command::FillIn { step, .. }
        | Command::Take { step, consult: 0 } => at.work(*step),
        Command::Take { consult, .. } => at.answer(*consult),
        Command::AnswerConsult { consult, .. } => at.answer(*consult),
        Command::RecallConsult { consult } => {
            state.course.consult(*consult).map(|consult| at.work(consult.step)).unwrap_or_default()
        }
        Command::AnswerCompletion { step, .. } => [at.windows(Right::TakeRequests), at.work(*step)].concat(),
        Command::Extend { step, .. } => at.held(*step, &[Right::ExtendLimits]),
        Command::ScheduleVisit { step, .. } => at.held(*step, &[Right::PlanInspections, Right::AnswerForBody]),
        Command::ReportVisit { step, .. } => at.held(*step, &[Right::Inspect, Right::AnswerForBody]),
        Command::WishVisit { .. } | Command::Object { .. } => at.windows(Right::TakeRequests),
        Command::DecideObjection { .. } => at.whole_unit(Right::DecideObjections),
        Command::HoldSitting { step, .. } => at.held(*step, &[Right::HoldSittings]),
        Command::AssessFees { step, .. } => {
            at.held(*step, &[Right::AssessFees, Right::HoldSittings, Right::AnswerForBody])
        }
        Command::Collect { step, .. } => at.window_of_step(*step, Right::CollectPayments),
        Command::Issue { step } => {
            let kind = state.course.step(*step).and_then(|step| step.kind);
            if kind == Some(StepKind::Handover) {
                at.window_of_step(*step, Right::HandOver)
            } else {
                at.held(*step, &[Right::IssuePapers, Right::AnswerForBody])
            }
        }
        Command::HandOver { .. } => at.windows(Right::HandOver),
        Command::Withdraw { .. } => at.windows(Right::TakeRequests),
        Command::Void { .. } => [at.windows(Right::VoidRequests), at.windows(Right::TakeRequests)].concat(),
        Command::RulePaper { .. } => at.whole_unit(Right::RevokePapers),
        Command::Attach { step, .. } | Command::AddNote { step, .. } => match step {
            Some(step) => [at.work(*step), at.held(*step, &[Right::PlanInspections])].concat(),
            None => at.windows(Right::TakeRequests),
        },
        Command::Reassign { step, consult, .. } => at.reassign(*step, *consult),
    }
}

/// Whether the viewer holds what a command asks for, so that a page offers it; the command asks again
/// inside its transaction.
#[must_use]
pub fn may(viewer: &Viewer, tree: &Tree, state: &State, what: &Command) -> bool {
    wanted(state, what, tree).iter().any(|(right, place)| viewer.grant(*right, place).is_some())
}

/// Whether the machine itself may do it.
pub(super) const fn is_of_machine(what: &Command) -> bool {
    matches!(
        what,
        Command::Redate | Command::PassLimit { .. } | Command::EndSuspension { .. } | Command::RemindExpiry { .. }
    )
}

/// Whether the viewer may take over from clerks and officers here.
pub(super) fn by_manager(viewer: &Viewer, state: &State, what: &Command, tree: &Tree) -> bool {
    let at = Where { state, tree };
    let claims = match what {
        Command::Void { .. } => at.windows(Right::VoidRequests),
        Command::AnswerConsult { consult, .. } | Command::RecallConsult { consult } => at.reassign(0, *consult),
        Command::Take { step, consult } | Command::Reassign { step, consult, .. } => at.reassign(*step, *consult),
        what => what.step().map(|step| at.reassign(step, 0)).unwrap_or_default(),
    };
    claims.iter().any(|(right, place)| viewer.grant(*right, place).is_some())
}

/// Confirms, inside the transaction, the first right that the viewer holds.
pub(super) async fn confirm(tx: &mut Tx, viewer: &Viewer, wanted: &[Claim]) -> Result<Uuid, ActError> {
    if viewer.person().is_none() {
        return Err(ActError::SignIn);
    }
    let held = wanted.iter().find(|(right, place)| viewer.grant(*right, place).is_some());
    let (right, place) = held.ok_or(ActError::Forbidden)?;
    Ok(access::confirm(tx, viewer, *right, place).await?)
}

/// The window of a unit's centre.
pub(super) fn window(tree: &Tree, unit: &str) -> Option<Place> {
    Some(Place::department(tree.path(unit)?, WINDOW))
}

/// Whether somebody at home may give a command at all, on a request of theirs.
pub(super) const fn is_of_applicant(what: &Command) -> bool {
    matches!(
        what,
        Command::AnswerCompletion { .. }
            | Command::Withdraw { .. }
            | Command::Attach { step: None, .. }
            | Command::WishVisit { .. }
            | Command::Object { .. }
    )
}

/// Confirms, inside the transaction, that the request is the account holder's own, or that of somebody in whose
/// place they act at this moment, and the command an applicant's. Gives the person acted for.
pub(super) async fn confirm_holder(
    tx: &mut Tx,
    viewer: &Viewer,
    office: &Office,
    act: &Act,
    state: &State,
) -> Result<Option<Uuid>, ActError> {
    registry::accounts::confirm_signed_in(tx, viewer).await?;
    if !is_of_applicant(&act.what) {
        return Err(ActError::Forbidden);
    }
    match queries::tie_of_holder(tx, viewer, office.record.keyring(), &act.tenant, state).await? {
        Some(queries::Tie::Own) => Ok(None),
        Some(queries::Tie::Mandate(_)) => Ok(Some(state.file.applicant.subject)),
        None => Err(ActError::NotFound),
    }
}

/// Where a holder sits.
pub(super) fn desk(tree: &Tree, holder: &Holder) -> Option<Place> {
    Some(Place::department(tree.path(&holder.unit)?, holder.department.clone()))
}

struct Where<'a> {
    state: &'a State,
    tree: &'a Tree,
}

impl Where<'_> {
    fn at(&self, step: StepNo) -> Option<(&StepState, Place)> {
        let stands = self.state.course.step(step)?;
        Some((stands, desk(self.tree, stands.holder.as_ref()?)?))
    }

    /// These rights at the desk of a step.
    fn held(&self, step: StepNo, rights: &[Right]) -> Vec<Claim> {
        let Some((_, place)) = self.at(step) else { return Vec::new() };
        rights.iter().map(|right| (*right, place.clone())).collect()
    }

    /// Day-to-day work on a step.
    fn work(&self, step: StepNo) -> Vec<Claim> {
        let Some((stands, place)) = self.at(step) else { return Vec::new() };
        let kind = stands.kind.unwrap_or(StepKind::Review);
        let rights: &[Right] = match kind {
            StepKind::Check if is_window(&place) => &[Right::TakeRequests, Right::ReviewSteps],
            StepKind::Inspect => &[Right::ReviewSteps, Right::Inspect, Right::AnswerForBody],
            StepKind::AssessFee => &[Right::AssessFees, Right::HoldSittings, Right::AnswerForBody],
            StepKind::Pay => return self.window_of_step(step, Right::CollectPayments),
            StepKind::Approve => {
                &[Right::DecideSteps, Right::Approve, Right::ReviewSteps, Right::HoldSittings, Right::AnswerForBody]
            }
            StepKind::Issue => &[Right::IssuePapers, Right::AnswerForBody],
            StepKind::Handover => return self.window_of_step(step, Right::HandOver),
            StepKind::Check | StepKind::Review => {
                &[Right::ReviewSteps, Right::DecideSteps, Right::HoldSittings, Right::AnswerForBody]
            }
        };
        rights.iter().map(|right| (*right, place.clone())).collect()
    }

    /// Words on which a step or the request ends. An approval is decided by who decides.
    fn decide(&self, step: StepNo) -> Vec<Claim> {
        let Some((stands, place)) = self.at(step) else { return Vec::new() };
        if stands.kind == Some(StepKind::Approve) {
            let rights = [Right::DecideSteps, Right::Approve, Right::AnswerForBody];
            return rights.map(|right| (right, place.clone())).to_vec();
        }
        self.work(step)
    }

    /// The department that was asked.
    fn answer(&self, consult: u16) -> Vec<Claim> {
        let asked = self.state.course.consult(consult);
        let Some(place) = asked.and_then(|consult| desk(self.tree, &consult.holder)) else { return Vec::new() };
        let rights =
            [Right::ReviewSteps, Right::DecideSteps, Right::HoldSittings, Right::AnswerForBody, Right::AssessFees];
        rights.map(|right| (right, place.clone())).to_vec()
    }

    /// A right at the window of the unit that holds a step.
    fn window_of_step(&self, step: StepNo, right: Right) -> Vec<Claim> {
        let holder = self.state.course.step(step).and_then(|step| step.holder.as_ref());
        let unit = holder.map_or(&self.state.file.unit, |holder| &holder.unit);
        // A step of the governorate's revenue office is still paid where the applicant stands.
        [unit, &self.state.file.unit, &self.state.file.taken_in.unit]
            .into_iter()
            .filter_map(|unit| Some((right, window(self.tree, unit)?)))
            .collect()
    }

    /// A right at the windows that serve the applicant: the competent unit's, and where it was taken in.
    fn windows(&self, right: Right) -> Vec<Claim> {
        let file = &self.state.file;
        [&file.unit, &file.taken_in.unit]
            .into_iter()
            .filter_map(|unit| Some((right, window(self.tree, unit)?)))
            .collect()
    }

    fn whole_unit(&self, right: Right) -> Vec<Claim> {
        let path = self.tree.path(&self.state.file.unit);
        path.map(|path| (right, Place::unit(path))).into_iter().collect()
    }

    fn reassign(&self, step: StepNo, consult: u16) -> Vec<Claim> {
        let course = &self.state.course;
        let holder = match consult {
            0 => course.step(step).and_then(|step| step.holder.as_ref()),
            _ => course.consult(consult).map(|consult| &consult.holder),
        };
        let Some(place) = holder.and_then(|holder| desk(self.tree, holder)) else { return Vec::new() };
        vec![(Right::Reassign, place)]
    }
}

fn is_window(place: &Place) -> bool {
    place.department.as_deref() == Some(WINDOW)
}
