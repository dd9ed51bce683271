//! What programs of departments, bodies and partners do: see, send in, act. Rights are those of the key's
//! account, asked for at the very place as on the pages.

use axum::Extension;
use axum::extract::Path;
use axum::response::Response;
use foundation::lang::Lang;
use foundation::web::{Ctx, FormData, FormErrors, PageError};
use http::{HeaderMap, StatusCode};
use record::views::ViewLog;
use registry::Viewer;
use uuid::Uuid;

use super::guide::word;
use super::model::{ActAsked, Acted, CaseStep, CaseView, Inbox, InboxLine, Registered, RequestAsked};
use super::parts::{Body, answer, coded, command, fill, private, wrong};
use crate::counter::intake;
use crate::desk::act::Told;
use crate::desk::{act, inbox, open};
use crate::office::Office;
use crate::public::desk::Asked;
use crate::requests::act::slip_pin;
use crate::requests::queries::{self, Cursor, InboxFilter, Marks, Moves};

/// Rows of a page.
const PAGE: usize = 50;

/// What lies at the desks of the key's account.
pub(super) async fn list(c: Ctx, office: Office, viewer: Viewer, Asked(asked): Asked) -> Result<Response, PageError> {
    let tree = office.units.now();
    let desks = inbox::own_desks(&viewer, &tree);
    let filter = InboxFilter {
        service: asked.opt("service").map(str::to_owned),
        moves: if asked.get("halted") == "true" { Moves::Halted } else { Moves::Running },
        ..InboxFilter::default()
    };
    let after = asked.opt("after").and_then(Cursor::decode);
    let marks = Marks::at(office.clock.now());
    let page = queries::inbox(&mut office.db.reader(), &desks, &filter, &marks, after, PAGE).await?;
    let rows = page.rows.into_iter().map(|line| InboxLine {
        request: line.request,
        number: line.number,
        service: coded(&line.service, office.service_name(&line.service, Lang::Ar)),
        step: line.step,
        consult: line.consult,
        kind: line.kind,
        unit: line.holder.unit,
        department: line.holder.department,
        halted: line.halted,
        opened: line.opened_on,
        due: line.due,
        law_due: line.law_due,
        taken: line.taken_by.is_some(),
    });
    let body = Inbox { rows: rows.collect(), next: page.next.map(|cursor| cursor.encode()) };
    private(&c, StatusCode::OK, &body)
}

/// One request, without a name and without a personal answer.
pub(super) async fn one(
    c: Ctx,
    office: Office,
    viewer: Viewer,
    log: Option<Extension<ViewLog>>,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let case = open::for_program(&office, &viewer, log, id).await?;
    let (file, course) = (&case.state.file, &case.state.course);
    let steps = course.steps.iter().map(|(no, step)| CaseStep {
        step: *no,
        kind: step.kind.map(|kind| kind.code().to_owned()),
        phase: word(&step.phase),
        unit: step.holder.as_ref().map(|holder| holder.unit.clone()),
        department: step.holder.as_ref().map(|holder| holder.department.clone()),
    });
    let body = CaseView {
        id: case.id,
        number: file.number.clone(),
        version: case.state.version,
        service: coded(&file.service.code, office.service_name(&file.service.code, Lang::Ar)),
        unit: file.unit.clone(),
        status: course.status.word().to_owned(),
        answers: file.answers.clone(),
        steps: steps.collect(),
    };
    private(&c, StatusCode::OK, &body)
}

/// Names of the controls of the window's form, and of the fields of the body.
const NAMES: [(&str, &str); 9] = [
    ("applicant.kind", "applicant.kind"),
    ("applicant.nid", "applicant.national_id"),
    ("applicant.number_kind", "applicant.number_kind"),
    ("applicant.number", "applicant.number"),
    ("applicant.full_name", "applicant.name"),
    ("applicant.mobile_number", "applicant.mobile"),
    ("applicant.email_address", "applicant.email"),
    ("applicant.residence", "applicant.address"),
    ("unit", "unit"),
];

/// The field of the body behind a control of the form.
fn name_in_body(control: &str) -> String {
    if let Some(field) = control.strip_prefix("a.") {
        return format!("answers.{field}");
    }
    let known = NAMES.iter().find(|(name, _)| *name == control);
    known.map_or_else(|| control.to_owned(), |(_, field)| (*field).to_owned())
}

/// Registers a request that somebody asked a partner for.
pub(super) async fn submit(
    c: Ctx,
    office: Office,
    viewer: Viewer,
    headers: HeaderMap,
    Body(asked): Body<RequestAsked>,
) -> Result<Response, PageError> {
    let command = command(&headers, viewer.staff())?;
    // The same call is about the same request.
    let request = record::follow::derived_id("api-request", &command.to_string());
    let who = asked.applicant;
    let mut data = FormData::from_pairs([("service", asked.service.as_str())]);
    let typed = [
        ("applicant.kind", Some(who.kind)),
        ("applicant.nid", who.national_id),
        ("applicant.number_kind", who.number_kind),
        ("applicant.number", who.number),
        ("applicant.full_name", Some(who.name)),
        ("applicant.mobile_number", Some(who.mobile)),
        ("applicant.email_address", who.email),
        ("applicant.residence", who.address),
        ("unit", asked.unit),
    ];
    for (name, value) in typed {
        if let Some(value) = value {
            data.add(name, &value);
        }
    }
    if who.foreign == Some(true) {
        data.add("applicant.is_foreign", "yes");
    }
    fill(&mut data, "a.", &asked.answers);
    for document in asked.papers.unwrap_or_default() {
        data.add("papers", &document);
    }
    let mut errors = FormErrors::new();
    let Some(told) = intake::by_program(&office, &viewer, &c, (request, command), data, &mut errors).await? else {
        return Ok(wrong(&c, StatusCode::UNPROCESSABLE_ENTITY, &errors, name_in_body));
    };
    let (Some(number), Some(slip)) = (told.number, told.slip) else {
        return Err(PageError::internal("a registration without a number"));
    };
    let body = Registered {
        id: told.request,
        number,
        track: c.absolute(&format!("/T/{slip}")),
        pin: slip_pin(office.record.keyring(), told.request),
    };
    private(&c, StatusCode::CREATED, &body)
}

/// Acts on a request.
pub(super) async fn perform(
    c: Ctx,
    office: Office,
    viewer: Viewer,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
    Body(asked): Body<ActAsked>,
) -> Result<Response, PageError> {
    let command = command(&headers, viewer.staff())?;
    let prefix = format!("{}-", asked.act);
    let mut data = FormData::from_pairs([("version", asked.seen.to_string())]);
    if let Some(step) = asked.step {
        data.add("step", &step.to_string());
    }
    if let Some(consult) = asked.consult {
        data.add("consult", &consult.to_string());
    }
    let mut fields = asked.fields;
    // Forms have three boxes for a day.
    if let Some(day) = fields.get("date").and_then(|day| day.as_str()).and_then(foundation::dates::parse_iso) {
        fields.insert("date".into(), serde_json::json!({ "day": day.day(), "month": day.month(), "year": day.year() }));
    }
    fill(&mut data, &prefix, &fields);
    let in_body = |control: &str| match control.strip_prefix(&prefix) {
        Some(field) => format!("fields.{field}"),
        None => control.to_owned(),
    };
    match act::by_program(&office, &viewer, &c, id, (asked.act.as_str(), command), &data).await? {
        Told::Done(done) => {
            let body = Acted {
                id,
                version: done.version,
                kind: done.kind,
                status: done.status.word().to_owned(),
                paper: done.paper.map(|paper| paper.number),
            };
            answer(&c, StatusCode::OK, &body).map(crate::public::track::private)
        }
        Told::Wrong(errors) => Ok(wrong(&c, StatusCode::UNPROCESSABLE_ENTITY, &errors, in_body)),
        Told::Moved(errors) => Ok(wrong(&c, StatusCode::CONFLICT, &errors, in_body)),
    }
}
