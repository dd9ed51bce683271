//! معاينة المحرر قبل إصداره: the paper as it will look, marked so that nobody takes it for one.

use axum::body::Body;
use axum::extract::Path;
use axum::response::Response;
use catalogue::model::StepKind;
use documents::papers::{Head, Paper, Row, Signatory, Value};
use documents::{Document, Options};
use foundation::web::{Ctx, PageError};
use foundation::{dates, governorates};
use http::{HeaderValue, header};
use registry::{Field as Masked, FieldClass, Private, Viewer, citizens, privacy};
use uuid::Uuid;

use super::answers;
use super::open::{self, Opened};
use super::parts::{self, Asked};
use crate::Office;
use crate::papers;
use crate::requests::rules::{Command, last_day, paper_kind, printed_values};

/// The preview as PDF.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let c = c.in_arabic();
    let mut opened = open::open(&office, &viewer, id, &asked).await?;
    let course = &opened.state().course;
    let issues = course.open_steps().find(|(_, step)| step.kind == Some(StepKind::Issue)).map(|(no, _)| no);
    opened.step = issues.ok_or(PageError::NotFound)?;
    opened.consult = 0;
    if !opened.may(&viewer, &Command::Issue { step: opened.step }) {
        return Err(PageError::forbidden());
    }
    let holder = holder(&office, &viewer, &c, &opened).await?;
    let document = document(&c, &office, &opened, holder).ok_or(PageError::NotFound)?;
    let options = Options { now: office.clock.now().seconds(), demo: c.site.demo, copy: true };
    let made = tokio::task::spawn_blocking(move || documents::pdf(&document, &options)).await;
    let bytes = made.map_err(PageError::internal)?.map_err(|error| PageError::from_error(&error))?;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"preview.pdf\""));
    Ok(response)
}

/// The holder's name as far as the matrix opens it to who issues.
async fn holder(office: &Office, viewer: &Viewer, c: &Ctx, opened: &Opened) -> Result<String, PageError> {
    let looked = opened.looked(viewer);
    let file = &opened.state().file;
    let code = c.t1("desk-case", "number", file.number.clone());
    if !privacy::may_see(viewer, FieldClass::Name, &looked) {
        return Ok(code);
    }
    let found = citizens::find(&mut office.db.reader(), &office.record, &file.tenant, file.applicant.subject).await;
    let known = found.map_err(open::failed)?.filter(|citizen| !citizen.erased);
    let name = known.map_or_else(|| Private::new(c.t("desk-erased")), |citizen| citizen.name);
    Ok(name.show(viewer, &Masked::name(&code), &looked).to_string())
}

fn document(c: &Ctx, office: &Office, opened: &Opened, holder: String) -> Option<Document> {
    let (state, service) = (opened.state(), &*opened.service);
    let kind = paper_kind(service)?;
    let values = printed_values(state, service);
    let rows = service.output.printed_fields.iter().filter_map(|id| {
        let field = service.field(id)?;
        let shown = answers::shown(c, office.catalogue(), field, values.get(id)?);
        let value = if shown.latin { Value::Ltr(shown.value) } else { Value::Text(shown.value) };
        Some(Row { label: shown.label, value })
    });
    let unit = opened.holder().map_or(state.file.unit.as_str(), |at| at.unit.as_str());
    let governorate = state.file.tenant.parse().ok().and_then(governorates::name).unwrap_or_default();
    let expires = last_day(service, state, opened.today);
    let paper = Paper {
        head: Head {
            governorate: c.t1("desk-governorate", "name", governorate.to_owned()),
            unit: opened.tree.name(unit).to_owned(),
            centre: opened.tree.centres(unit).first().map(|centre| centre.name.clone()).unwrap_or_default(),
        },
        title: service.output.name_ar.clone(),
        subtitle: c.t("desk-preview-mark"),
        number: c.t("desk-preview-number"),
        request: state.file.number.clone(),
        link: c.absolute("/verify"),
        holder,
        place: papers::place(service, &values, [&state.course.report, &state.file.answers]),
        rows: rows.collect(),
        issued: dates::format(opened.today, c.digits),
        expires: expires.map(|day| dates::format(day, c.digits)).unwrap_or_default(),
        validity_rule: service.output.start_rule_ar.clone().unwrap_or_default(),
        signatories: vec![Signatory { title: parts::department(c, office, "HEAD"), name: String::new() }],
        verify_at: c.absolute("/verify"),
        ..Paper::default()
    };
    Some(match (kind, service.group.as_str()) {
        ("licence", "building") => Document::BuildingPermit(paper),
        ("licence", "shops") => Document::ShopLicence(paper),
        _ => Document::Certificate(paper),
    })
}
