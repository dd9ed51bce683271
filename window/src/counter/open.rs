//! Opening a request at the counter (فتح الطلب): who may, the person as they may see them, the view noted.

use std::sync::Arc;

use axum::Extension;
use catalogue::Service;
use catalogue::model::StepKind;
use foundation::web::{Ctx, PageError};
use record::Stream;
use record::views::{View, ViewLog};
use registry::citizens::{self, Citizen, IdentityKind};
use registry::privacy::{Case as Glance, Field, FieldClass, Step};
use registry::{Assignment, Right, Viewer};
use uuid::Uuid;

use super::store;
use crate::Office;
use crate::requests::events::STREAM;
use crate::requests::queries::{self, Case};
use crate::requests::rules;
use crate::requests::state::State;

/// The log of views, where `app` lays it around the router.
pub(super) type Views = Option<Extension<ViewLog>>;

/// A request that the viewer may open.
pub(super) struct Opened {
    pub case: Case,
    pub service: Arc<Service>,
}

impl Opened {
    pub fn state(&self) -> &State {
        &self.case.state
    }
}

/// Governorates in which the viewer holds anything.
pub(super) fn tenants(viewer: &Viewer) -> Vec<String> {
    let mut tenants: Vec<String> = viewer.assignments().iter().map(|held| held.tenant.clone()).collect();
    tenants.sort();
    tenants.dedup();
    tenants
}

/// Opens a request by its id: 404 if there is none in the viewer's governorates, 403 if it is none of
/// theirs. `purpose` is noted with the view.
pub(super) async fn open(
    office: &Office,
    viewer: &Viewer,
    views: &Views,
    id: Uuid,
    purpose: &'static str,
) -> Result<Opened, PageError> {
    let tree = office.units.now();
    let mut reader = office.db.reader();
    let mut there = false;
    for tenant in tenants(viewer) {
        let case = queries::case(&mut reader, viewer, &tree, &tenant, id)
            .await
            .map_err(|error| PageError::from_error(&error))?;
        if let Some(case) = case {
            return opened(office, viewer, views, case, purpose);
        }
        there = there || store::exists(&mut reader, &tenant, id).await?;
    }
    Err(if there { PageError::forbidden() } else { PageError::NotFound })
}

/// The same for a request that a query has found.
pub(super) fn opened(
    office: &Office,
    viewer: &Viewer,
    views: &Views,
    case: Case,
    purpose: &'static str,
) -> Result<Opened, PageError> {
    let service = office
        .version(&case.state.file.service)
        .ok_or_else(|| PageError::internal("the service of a request is not known"))?;
    if let (Some(Extension(log)), Some(who)) = (views, viewer.staff()) {
        log.note(View {
            tenant: case.tenant.clone(),
            at: office.clock.now(),
            viewer: who,
            assignment: viewer.grant(case.seen.under, &case.seen.place).map(|held| held.id),
            stream: Stream::new(STREAM, case.id),
            purpose,
        });
    }
    Ok(Opened { case, service })
}

/// Notes that a person's data were shown: each look at a person is a row of its own.
pub(super) fn note_person(
    office: &Office,
    viewer: &Viewer,
    views: &Views,
    held: &Assignment,
    citizen: &Citizen,
    purpose: &'static str,
) {
    if let (Some(Extension(log)), Some(staff)) = (views, viewer.staff()) {
        log.note(View {
            tenant: citizen.tenant.clone(),
            at: office.clock.now(),
            viewer: staff,
            assignment: Some(held.id),
            stream: citizens::stream(citizen.id),
            purpose,
        });
    }
}

/// Where a request stands, for the field matrix.
pub(super) fn glance(office: &Office, case: &Case) -> Glance {
    let course = &case.state.course;
    let open = course.open_steps().next().and_then(|(_, step)| step.kind);
    Glance {
        place: case.seen.place.clone(),
        under: case.seen.under,
        step: match open {
            None => Step::Closed,
            Some(StepKind::Check) => Step::Check,
            Some(StepKind::Review) => Step::Review,
            Some(StepKind::Inspect) => Step::Inspect,
            Some(StepKind::AssessFee) => Step::AssessFee,
            Some(StepKind::Pay) => Step::Pay,
            Some(StepKind::Approve) => Step::Approve,
            Some(StepKind::Issue) => Step::Issue,
            Some(StepKind::Handover) => Step::HandOver,
        },
        decided: course.decided,
        visit: None,
        today: rules::day(office.clock.now()),
    }
}

/// At the window, before there is a request.
pub(super) fn at_intake(office: &Office, place: &registry::Place, under: Right) -> Glance {
    Glance {
        place: place.clone(),
        under,
        step: Step::Intake,
        decided: false,
        visit: None,
        today: rules::day(office.clock.now()),
    }
}

/// A person as this viewer may see them.
#[derive(Debug, Clone, Default)]
pub(super) struct Person {
    pub name: String,
    pub identity: String,
    pub identity_label: String,
    pub mobile: String,
}

/// Shows a person through the field matrix.
pub(super) fn shown(c: &Ctx, viewer: &Viewer, citizen: Citizen, glance: &Glance, code: &str) -> Person {
    if citizen.erased {
        return Person { name: c.t("counter-erased"), ..Person::default() };
    }
    let hidden = c.t("counter-hidden");
    let identity_label = identity_label(c, citizen.identity_kind);
    let show = |value: Option<registry::Private<String>>, class| {
        value.map(|value| value.show(viewer, &Field::of(class, &hidden), glance).to_string()).unwrap_or_default()
    };
    Person {
        name: citizen.name.show(viewer, &Field::name(code), glance).to_string(),
        identity: show(citizen.identity, FieldClass::Identity),
        identity_label,
        mobile: show(citizen.mobile, FieldClass::Contact),
    }
}

pub(super) fn identity_label(c: &Ctx, kind: Option<IdentityKind>) -> String {
    let code = kind.unwrap_or(IdentityKind::NationalId).code().replace('_', "-");
    c.t(&format!("counter-identity-{code}"))
}

/// The applicant of a request.
pub(super) async fn applicant(office: &Office, viewer: &Viewer, c: &Ctx, case: &Case) -> Result<Person, PageError> {
    person(office, viewer, c, case, case.state.file.applicant.subject).await
}

/// The agent of a request, if there is one.
pub(super) async fn agent(office: &Office, viewer: &Viewer, c: &Ctx, case: &Case) -> Result<Option<Person>, PageError> {
    match case.state.file.applicant.agent {
        Some(agent) => person(office, viewer, c, case, agent).await.map(Some),
        None => Ok(None),
    }
}

async fn person(office: &Office, viewer: &Viewer, c: &Ctx, case: &Case, subject: Uuid) -> Result<Person, PageError> {
    let found = citizens::find(&mut office.db.reader(), &office.record, &case.tenant, subject).await;
    let found = found.map_err(|error| PageError::from_error(&error))?;
    let code = case.state.file.number.clone();
    Ok(found.map(|citizen| shown(c, viewer, citizen, &glance(office, case), &code)).unwrap_or_default())
}
