//! Everything once more before it is sent (مراجعة الطلب), and the sending.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::arabic::digits::Digits;
use foundation::money::Piastres;
use foundation::web::{Answer, Crumb, Ctx, DeadlineView, FieldView, FormData, FormErrors, Html, PageError, see_other};
use registry::Viewer;
use serde_json::Value;
use uuid::Uuid;

use super::apply::{crumbs, named};
use super::open::{self, Found, Opened};
use super::steps::{self, Reading, State};
use crate::Office;
use crate::counter::{printed, words};
use crate::requests::act::{self, Intake, split};
use crate::requests::events::{Applicant, ApplicantKind, Channel, FileRef, Paper, PaperState, TakenIn};
use crate::requests::rules::{Fees, Known};

/// Answers of one page.
struct Section {
    title: String,
    answers: Vec<Answer>,
    href: String,
}

#[derive(Template)]
#[template(path = "online/check.html")]
struct CheckPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    service: String,
    unit: String,
    who: Vec<Answer>,
    sections: Vec<Section>,
    papers: Vec<(String, String)>,
    missing: Vec<String>,
    papers_href: String,
    warnings: Vec<String>,
    /// Label and amount; empty if nothing is paid.
    fees: Vec<(String, String)>,
    total: String,
    /// Parts that an officer assesses later.
    later: Vec<String>,
    promised: Option<DeadlineView>,
    declared: FieldView,
    action: String,
    back: String,
    ready: bool,
    next: String,
}

const DECLARED: &str = "declared";

fn page(office: &Office, c: Ctx, opened: &Opened, data: &FormData, mut errors: FormErrors) -> CheckPage {
    let reading = opened.reading(office);
    let answers = reading.so_far();
    let (wrong, warnings) = match reading.judge() {
        Ok(valid) => {
            (Vec::new(), valid.warnings.into_iter().map(|warning| warning.said.text(c.lang).to_owned()).collect())
        }
        Err(wrong) => (wrong, Vec::new()),
    };
    let pages = steps::pages(&opened.service);
    let json = match answers.to_json() {
        Value::Object(json) => json,
        _ => serde_json::Map::new(),
    };
    let mut next = None;
    let mut sections = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let asked = reading.asked(page, &answers);
        if asked.is_empty() {
            continue;
        }
        let href = opened.path(&format!("form/{}?back=check", at + 1));
        if reading.state(page, &answers, &wrong) != State::Done {
            next = next.or_else(|| Some(opened.path(&format!("form/{}", at + 1))));
        }
        let shown = asked.iter().map(|field| {
            let value = json.get(&field.id).map(|value| printed::text(&c, office, field, value)).unwrap_or_default();
            let value = if value.is_empty() { c.t("online-unanswered") } else { value };
            Answer { latin: field.kind.is_numeric(), ..Answer::text(field.label(c.lang).to_owned(), value) }
        });
        let title = c.ta("online-form-title", &[("n", &(at + 1)), ("of", &pages.len())]);
        sections.push(Section { title, answers: shown.collect(), href });
    }
    if next.is_none() && reading.papers_state(&answers) != State::Done {
        next = Some(opened.path("papers"));
    }
    let documents = reading.documents(&answers);
    let name = |doc: &str| words::document(&c, office.catalogue(), doc);
    let given = documents.iter().filter(|(doc, _)| !reading.files(doc).is_empty());
    let papers = given.map(|(doc, _)| (name(doc), c.t1("counter-files-kept", "n", reading.files(doc).len()))).collect();
    let missing = documents.iter().filter(|(doc, needed)| *needed && reading.files(doc).is_empty());
    let missing = missing.map(|(doc, _)| name(doc)).collect();
    // What judges the whole form belongs to no page.
    for error in wrong.iter().filter(|error| error.field.is_empty()) {
        errors.add("", named(c.lang, &opened.service, error));
    }
    let (fees, total, later) = fees(&c, office, opened, &json);
    let now = office.clock.now();
    let tree = office.units.now();
    let unit = opened.application.unit.clone();
    let promised = tree.calendar(&unit).map(|calendar| {
        let case = catalogue::answers::Case { applicant: &opened.acting.known, answers: &answers };
        let days = crate::counter::intake::days(&opened.service, &case);
        let due = calendar.nth_working_day(calendar.received_day(now), days, &[]);
        words::deadline(&c, &tree, &unit, due, now)
    });
    let person = &opened.acting.applicant.person;
    let number = person.identity.as_ref().map(|identity| identity.number.clone()).unwrap_or_default();
    let label = match (&opened.acting.agent, person.kind) {
        (None, _) | (Some(_), ApplicantKind::Person) => "account-nid",
        (Some(_), _) => "mandates-tax",
    };
    let mut who = vec![
        Answer::text(c.t("counter-name"), person.name.clone()),
        Answer { latin: true, ..Answer::text(c.t(label), number) },
        Answer { latin: true, ..Answer::text(c.t("account-mobile"), person.mobile.clone().unwrap_or_default()) },
    ];
    who.extend(
        opened.acting.agent.as_ref().map(|agent| Answer::text(c.t("mandates-agent"), agent.person.name.clone())),
    );
    let c = c.failed(errors.any());
    CheckPage {
        crumbs: crumbs(&c, opened, c.t("online-check")),
        service: opened.service.name(c.lang).to_owned(),
        unit: tree.name_in(c.lang, &unit).to_owned(),
        who,
        sections,
        papers,
        missing,
        papers_href: opened.path("papers"),
        warnings,
        fees,
        total,
        later,
        promised,
        declared: FieldView::checkbox(DECLARED, c.t("online-declare")).required().filled(data, &errors),
        action: opened.path("check"),
        back: opened.path(""),
        ready: next.is_none(),
        next: next.unwrap_or_default(),
        errors,
        c,
    }
}

/// Lines, sum, and what is assessed later.
fn fees(
    c: &Ctx,
    office: &Office,
    opened: &Opened,
    json: &serde_json::Map<String, Value>,
) -> (Vec<(String, String)>, String, Vec<String>) {
    let (service, told) = (&opened.service, &opened.acting.known);
    let (open, _) = split(&service.fields, json.clone());
    let applicant = Applicant {
        subject: Uuid::nil(),
        kind: told.kind,
        agent: told.by_agent.then(Uuid::nil),
        foreign: told.is_foreign,
        sex: told.sex.map(str::to_owned),
    };
    let known = Known::told(service, &applicant, &open);
    let today = crate::requests::rules::day(office.clock.now());
    let fees = Fees::reckon(&known, &office.figures(&opened.application.tenant), &BTreeMap::new(), today);
    let total: Piastres = fees.lines.iter().map(|line| line.amount).sum();
    let name = |code: &str| {
        let part = service.fee.parts.iter().find(|part| part.code == code);
        part.map_or_else(|| code.to_owned(), |part| part.label(c.lang).to_owned())
    };
    (
        fees.lines
            .iter()
            .map(|line| (service.charge_label(c.lang, &line.part, &line.label), line.amount.number(Digits::Latn)))
            .collect(),
        total.number(Digits::Latn),
        fees.unknown.iter().map(|(part, _)| name(part)).collect(),
    )
}

/// The whole application, to be checked.
pub(super) async fn show(office: Office, viewer: Viewer, c: Ctx, Path(id): Path<Uuid>) -> Result<Response, PageError> {
    match open::open(&office, &viewer, &c, id).await? {
        Found::Here(opened) => {
            Ok(Html(page(&office, c, &opened, &FormData::default(), FormErrors::new())).into_response())
        }
        Found::Gone(answer) => Ok(answer),
    }
}

/// Sends the application: from now on it is a request.
pub(super) async fn send(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let opened = match open::open(&office, &viewer, &c, id).await? {
        Found::Here(opened) => opened,
        Found::Gone(answer) => return Ok(answer),
    };
    let mut errors = FormErrors::new();
    if data.get(DECLARED) != "yes" {
        errors.add(DECLARED, c.t("online-declare-missing"));
    }
    let reading = opened.reading(&office);
    let answers = match reading.judge() {
        Ok(valid) => valid.answers,
        Err(wrong) => {
            for error in wrong.iter().filter(|error| !error.field.is_empty()) {
                errors.add("", named(c.lang, &opened.service, error));
            }
            return Ok(Html(page(&office, c, &opened, &data, errors)).unprocessable());
        }
    };
    if reading.papers_state(&answers) != State::Done {
        errors.add("", c.t("online-papers-open"));
    }
    if errors.any() {
        return Ok(Html(page(&office, c, &opened, &data, errors)).unprocessable());
    }
    let intake = intake(&opened, &viewer, &reading, &answers)?;
    match act::register(&office, &viewer, intake).await {
        Ok(answer) => {
            let number = answer.number.unwrap_or_default();
            Ok(see_other(format!("/account/requests/{number}?sent=yes")).into_response())
        }
        Err(error) => {
            errors.add("", words::told(&c, &office, error)?);
            Ok(Html(page(&office, c, &opened, &data, errors)).unprocessable())
        }
    }
}

/// The application as a registration. Its command is the application's own, so that sending twice is one
/// request.
fn intake(
    opened: &Opened,
    viewer: &Viewer,
    reading: &Reading<'_>,
    answers: &catalogue::answers::Answers,
) -> Result<Intake, PageError> {
    let command = opened.data.uuid("command").ok_or_else(|| PageError::internal("an application without a command"))?;
    let json = match answers.to_json() {
        Value::Object(json) => json,
        _ => serde_json::Map::new(),
    };
    let mut papers = Vec::new();
    for (doc, needed) in reading.documents(answers) {
        let files: Vec<FileRef> = reading.files(doc);
        match (files.is_empty(), needed) {
            (false, _) => {
                papers.push(Paper { doc: doc.to_owned(), state: PaperState::Presented, until: None, files });
            }
            (true, true) => {
                papers.push(Paper { doc: doc.to_owned(), state: PaperState::Pending, until: None, files });
            }
            (true, false) => {}
        }
    }
    let acting = &opened.acting;
    Ok(Intake {
        command,
        request: opened.application.id,
        service: opened.service.code.clone(),
        unit: opened.application.unit.clone(),
        taken_in: TakenIn {
            unit: opened.application.unit.clone(),
            centre: None,
            window: None,
            channel: Channel::Online,
            account: viewer.account(),
            mandate: opened.application.mandate,
        },
        applicant: acting.applicant.clone(),
        agent: acting.agent.clone(),
        foreign: acting.known.is_foreign,
        sex: acting.known.sex.map(str::to_owned),
        parent: None,
        answers: json,
        papers,
        parked: true,
        checked: false,
    })
}
