//! Everything that is printed at the window (مطبوعات الشباك), as PDF/A made in-process.
//!
//! A request is read only after its event is sealed, so nothing printed here can be taken back by a
//! crash. Rendering takes milliseconds of processor time and runs where blocking is allowed.

use axum::body::Body;
use axum::extract::{Path, Query};
use axum::response::Response;
use catalogue::Service;
use documents::papers::{Paper, PrintOut, PrintedPaper, PrintedStep, Receipt, Row, Section, Signatory};
use documents::{Document, Options, sign};
use foundation::arabic::digits::Digits;
use foundation::dates;
use foundation::web::{Ctx, PageError};
use http::{HeaderValue, header};
use registry::{Right, Viewer};
use serde::Deserialize;
use uuid::Uuid;

use super::open::{self, Opened, Views};
use super::{printed, store, words};
use crate::Office;
use crate::papers::{Content, Holder};
use crate::requests::act::open_answers;
use crate::requests::events::{PaperState, Replaced};
use crate::requests::queries;
use crate::requests::rules::{Moment, journey};
use crate::requests::state::{IssuedPaper, State};

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    copy: String,
}

/// Renders on a thread that may block; `name` is what the file is called.
async fn pdf(office: &Office, c: &Ctx, document: Document, copy: bool, name: String) -> Result<Response, PageError> {
    let options = Options { now: office.clock.now().seconds(), demo: c.site.demo, copy };
    let made = tokio::task::spawn_blocking(move || documents::pdf(&document, &options)).await;
    let bytes = made.map_err(PageError::internal)?.map_err(|error| PageError::from_error(&error))?;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("inline; filename=\"{name}.pdf\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}

/// Slip on A5.
pub(super) async fn slip_a5(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let c = c.in_arabic();
    slip(&office, &viewer, &views, &c, id, &asked, Document::SlipA5).await
}

/// Slip on a roll of 80 mm.
pub(super) async fn slip_80(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let c = c.in_arabic();
    slip(&office, &viewer, &views, &c, id, &asked, Document::Slip80).await
}

async fn slip(
    office: &Office,
    viewer: &Viewer,
    views: &Views,
    c: &Ctx,
    id: Uuid,
    asked: &Asked,
    on: fn(documents::papers::Slip) -> Document,
) -> Result<Response, PageError> {
    let opened = open::open(office, viewer, views, id, "slip").await?;
    at_window(office, viewer, &opened, &[Right::TakeRequests])?;
    let state = opened.state();
    let holder = printed::citizen(office, &opened.case.tenant, state.file.applicant.subject).await?;
    let slip = printed::slip(c, office, state, id, &opened.service, &holder)?;
    let copy = !asked.copy.is_empty() || printed::is_copy(office, viewer, state);
    pdf(office, c, on(slip), copy, format!("slip-{}", state.file.number)).await
}

/// Whoever may only read a file does not print what opens it to others.
fn at_window(office: &Office, viewer: &Viewer, opened: &Opened, rights: &[Right]) -> Result<(), PageError> {
    let windows = printed::windows(&office.units.now(), opened.state());
    let held = windows.iter().any(|window| rights.iter().any(|right| viewer.grant(*right, window).is_some()));
    if held { Ok(()) } else { Err(PageError::forbidden()) }
}

/// Everything recorded about a request.
pub(super) async fn print_out(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let c = c.in_arabic();
    let opened = open::open(&office, &viewer, &views, id, "print-out").await?;
    at_window(&office, &viewer, &opened, &[Right::TakeRequests, Right::HandOver])?;
    let state = opened.state();
    let tenant = &opened.case.tenant;
    let holder = printed::citizen(&office, tenant, state.file.applicant.subject).await?;
    let key = office.record.keyring().open(&mut office.db.reader(), tenant, state.file.applicant.subject).await;
    let key = key.map_err(|error| PageError::from_error(&error))?.ok_or_else(printed::erased)?;
    let personal = open_answers(&key, &state.file.personal).map_err(|error| PageError::from_error(&error))?;
    let service = &opened.service;
    let mut who = vec![Row::text(c.t("counter-name"), holder.name.onto_paper().clone())];
    if let Some(identity) = &holder.identity {
        who.push(Row::ltr(open::identity_label(&c, holder.identity_kind), identity.onto_paper().clone()));
    }
    if let Some(mobile) = &holder.mobile {
        who.push(Row::ltr(c.t("counter-mobile"), mobile.onto_paper().clone()));
    }
    let answers = service.fields.iter().filter_map(|field| {
        let value = state.file.answers.get(&field.id).or_else(|| personal.onto_paper().get(&field.id))?;
        Some(printed::row(&c, &office, field, value))
    });
    let (fees, total) = printed::fees(&state.course.charges);
    let tree = office.units.now();
    let day = |day: jiff::civil::Date| dates::format(day, c.digits);
    let out = PrintOut {
        head: printed::head(&c, &tree, &state.file.unit),
        number: state.file.number.clone(),
        link: printed::slip_link(&office, state)?,
        service: service.name_ar.clone(),
        state: words::status(&c, state.course.status.word()).label,
        received: dates::format_instant(state.file.registered_at, c.digits),
        due: state.course.expected().map(day).unwrap_or_default(),
        sections: vec![
            Section { title: c.t("counter-applicant"), rows: who },
            Section { title: c.t("counter-request-data"), rows: answers.collect() },
        ],
        papers: state
            .file
            .papers
            .iter()
            .map(|paper| PrintedPaper {
                name: words::document(&c, office.catalogue(), &paper.doc),
                state: c.t(if paper.state == PaperState::Presented {
                    "counter-paper-here"
                } else {
                    "counter-paper-pending"
                }),
                note: paper.until.map(day).unwrap_or_default(),
            })
            .collect(),
        steps: journey(state, service)
            .lines
            .into_iter()
            .map(|line| PrintedStep {
                name: line.label_ar,
                department: words::department(&c, office.catalogue(), &line.department),
                state: c.t(match line.moment {
                    Moment::Done => "common-step-done",
                    Moment::Now => "common-step-now",
                    Moment::Next => "common-step-next",
                    Moment::Ended => "common-step-skipped",
                }),
                from: line.from.map(day).unwrap_or_default(),
                to: line.to.or(line.due).map(day).unwrap_or_default(),
            })
            .collect(),
        fees,
        total,
        printed: c.t1("counter-printed-at", "at", c.instant(office.clock.now())),
    };
    pdf(&office, &c, Document::PrintOut(out), false, format!("request-{}", state.file.number)).await
}

/// A receipt of payment.
pub(super) async fn receipt(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(file): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let c = c.in_arabic();
    let number = file.strip_suffix(".pdf").ok_or(PageError::NotFound)?;
    let (number, roll) = number.strip_suffix("-80").map_or((number, false), |number| (number, true));
    let mut found = None;
    for tenant in open::tenants(&viewer) {
        found = found.or(store::of_receipt(&mut office.db.reader(), &tenant, number).await?);
    }
    let opened = open::open(&office, &viewer, &views, found.ok_or(PageError::NotFound)?, "receipt").await?;
    at_window(&office, &viewer, &opened, &[Right::CollectPayments, Right::TakeRequests])?;
    let state = opened.state();
    let payment = state.course.payments.iter().find(|payment| payment.receipt == number).ok_or(PageError::NotFound)?;
    let (payer, link, verify_at) = match &payment.paper {
        Some(paper) => {
            let subject = state.file.applicant.subject;
            let key = office.record.keyring().open(&mut office.db.reader(), &opened.case.tenant, subject).await;
            let key = key.map_err(|error| PageError::from_error(&error))?.ok_or_else(printed::erased)?;
            let content =
                Content::decrypt(&key, number, &paper.personal).map_err(|error| PageError::from_error(&error))?;
            let token = paper.token.parse().map_err(|_| PageError::internal("a receipt with a damaged code"))?;
            let link = sign::paper_link(&office.settings.public_url, token, &content.signed_bytes());
            (content.holder.name, link, "/verify")
        }
        // A receipt from before receipts were signed opens the request's journey.
        None => {
            let holder = printed::citizen(&office, &opened.case.tenant, state.file.applicant.subject).await?;
            (holder.name.onto_paper().clone(), printed::slip_link(&office, state)?, "/track")
        }
    };
    let tree = office.units.now();
    let (lines, total) = printed::fees(&payment.lines);
    let fresh = payment.by == viewer.staff() && office.clock.now().0 <= payment.at.0 + printed::FRESH;
    let receipt = Receipt {
        head: printed::head(&c, &tree, &state.file.taken_in.unit),
        number: payment.receipt.clone(),
        request: state.file.number.clone(),
        service: opened.service.name_ar.clone(),
        payer,
        lines,
        total,
        total_words: payment.amount.words(),
        method: if payment.slip.is_empty() {
            String::new()
        } else {
            c.t1("counter-by-slip", "slip", payment.slip.clone())
        },
        paid: dates::format_instant(payment.at, c.digits),
        cashier: String::new(),
        link,
        verify_at: printed::without_scheme(&c.absolute(verify_at)),
    };
    let document = if roll { Document::Receipt80(receipt) } else { Document::Receipt(receipt) };
    pdf(&office, &c, document, !asked.copy.is_empty() || !fresh, format!("receipt-{number}")).await
}

/// An issued paper: permit, licence, certificate.
pub(super) async fn paper(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(file): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let c = c.in_arabic();
    let number = file.strip_suffix(".pdf").ok_or(PageError::NotFound)?;
    let found = queries::paper_by_number(&mut office.db.reader(), number)
        .await
        .map_err(|error| PageError::from_error(&error))?;
    let found = found.ok_or(PageError::NotFound)?;
    let opened = open::open(&office, &viewer, &views, found.request.id, "paper").await?;
    let state = opened.state();
    // Windows print it, and the desk that issued it; others who may read the file do not.
    let issued_here = state.course.step(found.paper.step).and_then(|step| step.holder.as_ref());
    let desk = issued_here.and_then(|holder| queries::place_of(&office.units.now(), holder));
    if desk.is_none_or(|desk| viewer.grant(Right::IssuePapers, &desk).is_none()) {
        at_window(&office, &viewer, &opened, &[Right::HandOver])?;
    }
    let copy = !asked.copy.is_empty() || state.course.handed_over.is_some();
    issued(&office, &c, &opened.case.tenant, state, &opened.service, &found.paper, copy).await
}

/// An issued paper for its holder, who has proved whose it is: the original stays what was handed over.
pub(crate) async fn own_paper(
    office: &Office,
    c: &Ctx,
    tenant: &str,
    state: &State,
    service: &Service,
    paper: &IssuedPaper,
) -> Result<Response, PageError> {
    issued(office, &c.in_arabic(), tenant, state, service, paper, state.course.handed_over.is_some()).await
}

/// The slip of a request sent in over the web, for its applicant.
pub(crate) async fn own_slip(
    office: &Office,
    c: &Ctx,
    tenant: &str,
    id: Uuid,
    state: &State,
    service: &Service,
) -> Result<Response, PageError> {
    let c = &c.in_arabic();
    let holder = printed::citizen(office, tenant, state.file.applicant.subject).await?;
    let slip = printed::slip(c, office, state, id, service, &holder)?;
    pdf(office, c, Document::SlipA5(slip), false, format!("slip-{}", state.file.number)).await
}

async fn issued(
    office: &Office,
    c: &Ctx,
    tenant: &str,
    state: &State,
    service: &Service,
    paper: &IssuedPaper,
    copy: bool,
) -> Result<Response, PageError> {
    let key = office.record.keyring().open(&mut office.db.reader(), tenant, state.file.applicant.subject).await;
    let key = key.map_err(|error| PageError::from_error(&error))?.ok_or_else(printed::erased)?;
    let number = &paper.number;
    let content = Content::decrypt(&key, number, &paper.personal).map_err(|error| PageError::from_error(&error))?;
    let document = document(c, office, state, service, paper, &content)?;
    pdf(office, c, document, copy, format!("paper-{number}")).await
}

/// Template and contents of an issued paper.
fn document(
    c: &Ctx,
    office: &Office,
    state: &State,
    service: &Service,
    paper: &IssuedPaper,
    content: &Content,
) -> Result<Document, PageError> {
    let before = paper.replaces.as_ref();
    let original = before.and_then(|before| before.printed_as.as_ref()).and_then(|original| office.version(original));
    let service = original.as_deref().unwrap_or(service);
    let tree = office.units.now();
    let token = paper.token.parse().map_err(|_| PageError::internal("a paper with a damaged code"))?;
    let rows = service.output.printed_fields.iter().filter_map(|id| {
        let field = service.field(id)?;
        let value = content.values.get(id).or_else(|| paper.values.get(id))?;
        Some(printed::row(c, office, field, value))
    });
    let unit = state
        .course
        .step(paper.step)
        .and_then(|step| step.holder.as_ref())
        .map_or(&state.file.unit, |holder| &holder.unit);
    let printed = Paper {
        head: printed::head(c, &tree, unit),
        title: service.output.name_ar.clone(),
        subtitle: if service.name_ar == service.output.name_ar { String::new() } else { service.name_ar.clone() },
        number: paper.number.clone(),
        request: state.file.number.clone(),
        link: sign::paper_link(&office.settings.public_url, token, &content.signed_bytes()),
        statement: before.map(|before| replacement(c, before)).unwrap_or_default(),
        holder: content.holder.name.clone(),
        holder_id: masked(&content.holder),
        place: content.place.clone(),
        rows: rows.collect(),
        conditions: Vec::new(),
        legal: legal(c, office, service),
        issued: dates::format(paper.issued_on, c.digits),
        expires: paper.expires.map(|day| dates::format(day, c.digits)).unwrap_or_default(),
        validity_rule: service
            .output
            .start_rule_ar
            .clone()
            .or_else(|| service.output.effect_ar.clone())
            .unwrap_or_default(),
        signatories: vec![Signatory { title: c.t("counter-signatory"), name: String::new() }],
        verify_at: printed::without_scheme(&c.absolute("/verify")),
    };
    Ok(match (paper.kind.as_str(), service.group.as_str()) {
        ("licence", "building") => Document::BuildingPermit(printed),
        ("licence", "shops") => Document::ShopLicence(printed),
        _ => Document::Certificate(printed),
    })
}

/// «تجديد للترخيص رقم …»: in whose place the paper comes, and which issue it is.
fn replacement(c: &Ctx, before: &Replaced) -> String {
    let key = format!("licences-printed-{}", before.act.code());
    c.ta(&key, &[("number", &c.reference(&before.number)), ("n", &i64::from(before.issue))])
}

/// The first digit and the last four: enough to compare with a card.
fn masked(holder: &Holder) -> String {
    let Some(number) = &holder.identity else { return String::new() };
    let hidden = number.chars().count().saturating_sub(5);
    let head: String = number.chars().take(1).collect();
    let tail: String = number.chars().skip(hidden + 1).collect();
    format!("{head}{}{tail}", "*".repeat(hidden))
}

/// «صدر طبقًا لـ…»: the laws of the service.
fn legal(c: &Ctx, office: &Office, service: &Service) -> String {
    let laws = service.legal_basis.iter().filter_map(|basis| office.catalogue().law(&basis.law));
    let names: Vec<String> = laws.map(|law| law.name_ar.clone()).collect();
    if names.is_empty() { String::new() } else { c.t1("counter-legal", "laws", names.join("، ")) }
}

/// A sum with its digits, as the receipts show it.
pub(super) fn sum(amount: foundation::money::Piastres) -> String {
    amount.number(Digits::Latn)
}
