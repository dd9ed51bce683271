//! The page of the intake form (شاشة القيد).

use std::sync::Arc;

use askama::Template;
use catalogue::Service;
use catalogue::answers::Case;
use catalogue::model::{FieldType, FilledBy, Need};
use foundation::web::{Choice, Crumb, Ctx, FieldView, FormData, FormErrors};

use super::super::words;
use super::fields::{self, Around};
use super::side::{Side, SidePart};
use super::{Work, files, read, who};
use crate::Office;
use crate::requests::rules;

/// What was typed, and what is said about it.
pub(super) struct Form<'a> {
    pub data: &'a FormData,
    pub errors: FormErrors,
    pub said: Vec<String>,
    pub side: Side,
}

/// A document of the list.
pub(super) struct PaperLine {
    pub code: String,
    pub id: String,
    pub name: String,
    pub hint: String,
    pub when: String,
    pub ticked: bool,
}

/// Files that are stored for a document or a field.
pub(super) struct Stored {
    pub name: String,
    pub value: String,
    pub label: String,
    pub count: usize,
}

#[derive(Template)]
#[template(path = "counter/new.html")]
pub(super) struct NewPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    service: Arc<Service>,
    request: String,
    command: String,
    parked: bool,
    errors: FormErrors,
    said: Vec<String>,
    who: Vec<FieldView>,
    more: Vec<FieldView>,
    more_open: bool,
    needed: Vec<FieldView>,
    optional: Vec<FieldView>,
    optional_open: bool,
    papers: Vec<PaperLine>,
    other_papers: Vec<PaperLine>,
    paper_error: String,
    uploads: Vec<FieldView>,
    stored: Vec<Stored>,
    uploads_open: bool,
    side: String,
    sex: String,
}

/// The form.
pub(super) fn page(work: &Work<'_>, c: Ctx, form: Form<'_>) -> NewPage {
    let Form { data, errors, said, side } = form;
    let c = c.dense().failed(errors.any());
    let service = &*work.service;
    let today = rules::day(work.office.clock.now());
    let known = who::known(service, data, today);
    let answers = read::so_far(service, data, today);
    let case = Case { applicant: &known, answers: &answers };
    let around = Around { c: &c, catalogue: work.office.catalogue(), service, data, errors: &errors };
    let mut all = fields::fields(&around, &case);
    for list in [&mut all.needed, &mut all.optional] {
        list.retain(|field| field.kind != foundation::web::forms::FieldKind::File);
    }
    let optional_wrong = all.optional.iter().any(|field| field.error.is_some());
    let mut optional = vec![unit_field(work, &c, data, &errors), until_field(&c, data, &errors)];
    let outside = optional.iter().any(|field| field.error.is_some());
    optional.extend(all.optional);
    let (papers, other_papers) = papers(&c, work, data, &case);
    let uploads = uploads(work, &around, &case);
    let uploads_open = uploads.iter().any(|field| field.error.is_some() || field.required);
    NewPage {
        crumbs: vec![
            Crumb::new("/counter", c.t("counter-nav-desk")),
            Crumb::new("/counter/new", c.t("counter-new-title")),
            Crumb::here(service.code.clone()),
        ],
        service: work.service.clone(),
        request: work.request.to_string(),
        command: work.command.to_string(),
        parked: work.parked,
        who: who::main_fields(&c, data, &errors, today),
        more: who::more_fields(&c, service, data, &errors),
        more_open: who::is_unusual(service, data, &errors),
        needed: all.needed,
        optional_open: optional_wrong || outside,
        optional,
        papers,
        other_papers,
        paper_error: errors.of(read::PAPERS).unwrap_or_default().to_owned(),
        stored: stored(&c, work, data),
        uploads,
        uploads_open,
        side: SidePart { c: c.clone(), side }.render().unwrap_or_default(),
        sex: known.sex.unwrap_or_default().to_owned(),
        said,
        errors,
        c,
    }
}

fn unit_field(work: &Work<'_>, c: &Ctx, data: &FormData, errors: &FormErrors) -> FieldView {
    let tree = work.office.units.now();
    let units = tree
        .units()
        .iter()
        .filter(|unit| unit.tenant == work.seat.tenant && unit.has_department(registry::place::WINDOW));
    let choices = units.map(|unit| Choice::new(unit.code.clone(), unit.name_in(c.lang).to_owned())).collect();
    FieldView::select(read::UNIT, c.t("counter-unit"), choices)
        .required()
        .value(work.seat.unit.clone())
        .hint(c.t("counter-unit-hint"))
        .filled(data, errors)
}

fn until_field(c: &Ctx, data: &FormData, errors: &FormErrors) -> FieldView {
    FieldView::text(read::UNTIL, c.t("counter-until"))
        .width(foundation::web::forms::Width::W10)
        .hint(c.t("counter-hint-date"))
        .filled(data, errors)
}

/// The checklist: what the case may need, and what may come besides.
fn papers(c: &Ctx, work: &Work<'_>, data: &FormData, case: &Case<'_>) -> (Vec<PaperLine>, Vec<PaperLine>) {
    let service = &*work.service;
    let ticked = data.all(read::PAPERS);
    let mut lists = (Vec::new(), Vec::new());
    for (at, document) in service.documents.iter().enumerate() {
        let when = document.required.when().and_then(|when| service.program(when).ok());
        let here = ticked.contains(&document.doc.as_str());
        let line = PaperLine {
            code: document.doc.clone(),
            id: if at == 0 { foundation::web::forms::control_id(read::PAPERS) } else { format!("paper-{at}") },
            name: words::document(c, work.office.catalogue(), &document.doc),
            hint: document.hint_ar.clone().unwrap_or_default(),
            when: when.map(|program| program.to_json().to_string()).unwrap_or_default(),
            ticked: here,
        };
        // With scripts the condition hides it; without, a document that is not needed is simply not ticked.
        let listed = document.required != Need::Optional || read::needed(service, &document.required, case);
        if listed { lists.0.push(line) } else { lists.1.push(line) }
    }
    lists
}

fn uploads(work: &Work<'_>, around: &Around<'_>, case: &Case<'_>) -> Vec<FieldView> {
    let service = &*work.service;
    let file = |code: &str, label: String| {
        let name = files::control(code);
        let mut view = FieldView::new(foundation::web::forms::FieldKind::File, name.clone(), label);
        view.multiple = true;
        view.error = around.errors.of(&name).map(str::to_owned);
        view
    };
    let asked =
        service.fields.iter().filter(|field| field.kind == FieldType::File && field.filled_by == FilledBy::Applicant);
    let fields = asked.map(|field| {
        let mut view = file(&read::field_code(field), field.label(around.c.lang).to_owned());
        let there = !files::had(around.data, &read::field_code(field)).is_empty();
        view.required = read::needed(service, &field.required, case) && !there;
        view
    });
    let documents = service
        .documents
        .iter()
        .map(|document| file(&document.doc, words::document(around.c, around.catalogue, &document.doc)));
    fields.chain(documents).collect()
}

fn stored(c: &Ctx, work: &Work<'_>, data: &FormData) -> Vec<Stored> {
    let service = &*work.service;
    let label = |code: &str| match code.strip_prefix("field.").and_then(|id| service.field(id)) {
        Some(field) => field.label(c.lang).to_owned(),
        None => words::document(c, work.office.catalogue(), code),
    };
    let codes = read::file_codes(service);
    let kept = codes.iter().map(|code| (code, files::had(data, code).len())).filter(|(_, count)| *count > 0);
    kept.map(|(code, count)| Stored {
        name: files::stored(code),
        value: data.get(&files::stored(code)).to_owned(),
        label: label(code),
        count,
    })
    .collect()
}

#[derive(Template)]
#[template(path = "counter/choose.html")]
pub(super) struct ChoosePage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    field: FieldView,
    found: Vec<Arc<Service>>,
}

/// The choice of a service by code or words.
pub(super) fn choice(_: &Office, c: Ctx, typed: &str, found: &[Arc<Service>]) -> ChoosePage {
    let mut errors = FormErrors::new();
    if !typed.trim().is_empty() && found.is_empty() {
        errors.add("service", c.t("counter-service-unknown"));
    }
    let c = c.dense().failed(errors.any());
    let mut field =
        FieldView::text("service", c.t("counter-service")).required().hint(c.t("counter-service-hint")).value(typed);
    field.error = errors.of("service").map(str::to_owned);
    ChoosePage {
        crumbs: vec![Crumb::new("/counter", c.t("counter-nav-desk")), Crumb::here(c.t("counter-new-title"))],
        field: if found.is_empty() { field.autofocus() } else { field },
        found: found.to_vec(),
        errors,
        c,
    }
}
