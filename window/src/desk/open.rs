//! A case opened at a desk (فتح الملف): what of it this viewer looks at, and from where.

use std::sync::Arc;

use axum::Extension;
use catalogue::model::{DepartmentKind, Service, Step, StepKind};
use foundation::web::{FormData, PageError};
use jiff::civil::Date;
use record::Stream;
use record::views::{View, ViewLog};
use registry::units::Tree;
use registry::{Case as Looked, Place, Right, Step as At, Viewer};
use uuid::Uuid;

use crate::Office;
use crate::requests::act::may;
use crate::requests::events::{Holder, STREAM, StepNo};
use crate::requests::queries::{self, Case};
use crate::requests::rules::{Command, day};
use crate::requests::state::{State, StepState};

/// A case that lies open before somebody.
pub(super) struct Opened {
    pub case: Case,
    pub service: Arc<Service>,
    pub tree: Arc<Tree>,
    pub today: Date,
    /// The step looked at, from 1.
    pub step: StepNo,
    /// The question looked at, or 0.
    pub consult: u16,
}

/// Rights under which somebody works on a step, in the order in which a capacity is chosen.
const CAPACITIES: [Right; 7] = [
    Right::ReviewSteps,
    Right::DecideSteps,
    Right::AnswerForBody,
    Right::HoldSittings,
    Right::AssessFees,
    Right::IssuePapers,
    Right::Approve,
];

/// Opens a case: 403 if it is not the viewer's, whether it is there or not.
pub(super) async fn open(office: &Office, viewer: &Viewer, id: Uuid, asked: &FormData) -> Result<Opened, PageError> {
    let tree = office.units.now();
    let mut tenants: Vec<&str> = viewer.holding(Right::ReadCases).map(|held| held.tenant.as_str()).collect();
    tenants.sort_unstable();
    tenants.dedup();
    let mut reader = office.db.reader();
    let mut found = None;
    for tenant in tenants {
        found = queries::case(&mut reader, viewer, &tree, tenant, id).await.map_err(failed)?;
        if found.is_some() {
            break;
        }
    }
    let case = found.ok_or_else(PageError::forbidden)?;
    let service = office.version(&case.state.file.service).ok_or(PageError::NotFound)?;
    let today = day(office.clock.now());
    let mut opened = Opened { case, service, tree, today, step: 0, consult: 0 };
    opened.choose(viewer, asked);
    Ok(opened)
}

/// A case as a program looks at it; that it did is noted.
///
/// # Errors
/// 403 if it is not the account's, whether it is there or not.
pub(crate) async fn for_program(
    office: &Office,
    viewer: &Viewer,
    log: Option<Extension<ViewLog>>,
    id: Uuid,
) -> Result<Case, PageError> {
    let opened = open(office, viewer, id, &FormData::default()).await?;
    note(log, office, viewer, &opened, "api-case");
    Ok(opened.case)
}

/// A failure of the record on a page.
pub(super) fn failed(error: record::RecordError) -> PageError {
    match error {
        record::RecordError::Db(error) => error.into(),
        error => PageError::from_error(&error),
    }
}

/// Notes that the file was opened.
pub(super) fn note(
    log: Option<Extension<ViewLog>>,
    office: &Office,
    viewer: &Viewer,
    opened: &Opened,
    purpose: &'static str,
) {
    if let (Some(Extension(log)), Some(staff)) = (log, viewer.staff()) {
        log.note(View {
            tenant: opened.case.tenant.clone(),
            at: office.clock.now(),
            viewer: staff,
            assignment: viewer.grant(opened.case.seen.under, &opened.case.seen.place).map(|held| held.id),
            stream: Stream::new(STREAM, opened.case.id),
            purpose,
        });
    }
}

impl Opened {
    pub fn state(&self) -> &State {
        &self.case.state
    }

    /// The step or question that the address names, or the first that the viewer can work on.
    fn choose(&mut self, viewer: &Viewer, asked: &FormData) {
        let course = &self.case.state.course;
        let consult: Option<u16> = asked.get("consult").parse().ok();
        let step: Option<StepNo> = asked.get("step").parse().ok();
        if let Some(found) = consult.filter(|no| *no > 0).and_then(|no| course.consult(no)) {
            (self.step, self.consult) = (found.step, found.no);
            return;
        }
        if let Some(no) = step.filter(|no| course.step(*no).is_some()) {
            self.step = no;
            return;
        }
        let here = |holder: &Holder| self.reads(viewer, holder);
        let mine = course.open_steps().find(|(_, step)| step.holder.as_ref().is_some_and(here));
        if let Some((no, _)) = mine {
            self.step = no;
            return;
        }
        if let Some(asked) = course.consults.iter().find(|asked| asked.is_open() && here(&asked.holder)) {
            (self.step, self.consult) = (asked.step, asked.no);
            return;
        }
        let earlier = course.steps.iter().rev().find(|(_, step)| step.holder.as_ref().is_some_and(here));
        let last = course.steps.iter().rev().find(|(_, step)| step.holder.is_some());
        self.step = earlier.or(last).map_or(1, |(no, _)| *no);
    }

    fn reads(&self, viewer: &Viewer, holder: &Holder) -> bool {
        queries::place_of(&self.tree, holder).is_some_and(|place| viewer.grant(Right::ReadCases, &place).is_some())
    }

    /// Open steps and questions at the viewer's own desks: number, question or 0.
    pub fn desks(&self, viewer: &Viewer) -> Vec<(StepNo, u16)> {
        let course = &self.case.state.course;
        let steps =
            course.open_steps().filter(|(_, step)| step.holder.as_ref().is_some_and(|at| self.reads(viewer, at)));
        let asked = course.consults.iter().filter(|asked| asked.is_open() && self.reads(viewer, &asked.holder));
        steps.map(|(no, _)| (no, 0)).chain(asked.map(|asked| (asked.step, asked.no))).collect()
    }

    /// The step as declared.
    pub fn declared(&self) -> Option<&Step> {
        self.declared_at(self.step)
    }

    /// Any step as declared.
    pub fn declared_at(&self, no: StepNo) -> Option<&Step> {
        self.service.steps.get(usize::from(no).checked_sub(1)?)
    }

    /// The step as it stands.
    pub fn stands(&self) -> Option<&StepState> {
        self.case.state.course.step(self.step)
    }

    /// Kind of the step.
    pub fn kind(&self) -> Option<StepKind> {
        self.declared().map(|step| step.kind)
    }

    /// On whose desk it is.
    pub fn holder(&self) -> Option<&Holder> {
        match self.consult {
            0 => self.stands()?.holder.as_ref(),
            no => self.case.state.course.consult(no).map(|asked| &asked.holder),
        }
    }

    /// Whether a committee sits there.
    pub fn is_committee(&self, office: &Office) -> bool {
        let department = self.holder().and_then(|holder| office.catalogue().department(&holder.department));
        department.is_some_and(|department| department.kind == DepartmentKind::Committee)
    }

    /// Whether the step is decided in a sitting.
    pub fn sits(&self, office: &Office) -> bool {
        let decided = matches!(self.kind(), Some(StepKind::Check | StepKind::Review | StepKind::Approve));
        self.consult == 0 && decided && self.is_committee(office)
    }

    /// Whether the viewer holds what a command asks for.
    pub fn may(&self, viewer: &Viewer, what: &Command) -> bool {
        may(viewer, &self.tree, self.state(), what)
    }

    /// In which capacity, and where, the case is looked at: what the field matrix judges.
    pub fn looked(&self, viewer: &Viewer) -> Looked {
        let course = &self.case.state.course;
        let own = self.holder().filter(|holder| self.reads(viewer, holder));
        let place = own.and_then(|holder| queries::place_of(&self.tree, holder));
        let place = place.unwrap_or_else(|| self.case.seen.place.clone());
        let kind = self.kind();
        let step = match kind {
            _ if course.status.is_final() => At::Closed,
            Some(kind) => at(kind),
            None => At::Review,
        };
        let visit =
            course.next_visit(self.step).filter(|visit| visit.inspector == viewer.staff()).map(|visit| visit.date);
        Looked {
            under: self.capacity(viewer, &place, kind),
            place,
            step,
            decided: course.decided,
            visit,
            today: self.today,
        }
    }

    /// Somebody who is a clerk too is as blind as any reviewer at a reviewer's desk.
    fn capacity(&self, viewer: &Viewer, place: &Place, kind: Option<StepKind>) -> Right {
        let holds = |right: &Right| viewer.grant(*right, place).is_some();
        if kind == Some(StepKind::Inspect) && holds(&Right::Inspect) {
            return Right::Inspect;
        }
        CAPACITIES.into_iter().find(holds).unwrap_or(self.case.seen.under)
    }
}

const fn at(kind: StepKind) -> At {
    match kind {
        StepKind::Check => At::Check,
        StepKind::Review => At::Review,
        StepKind::Inspect => At::Inspect,
        StepKind::AssessFee => At::AssessFee,
        StepKind::Pay => At::Pay,
        StepKind::Approve => At::Approve,
        StepKind::Issue => At::Issue,
        StepKind::Handover => At::HandOver,
    }
}
