//! From what was typed to a registration (قراءة الاستمارة).

use catalogue::Service;
use catalogue::answers::{Answers, Case, Context, Raw, Sheet, read_one, validate};
use catalogue::model::{Field, FieldType, FilledBy, Need, StepKind};
use foundation::dates;
use foundation::web::{Ctx, FormData, FormErrors, Lang};
use jiff::civil::Date;
use registry::place::WINDOW;

use super::super::words;
use super::fields::{self, PREFIX};
use super::{Work, files, who};
use crate::requests::act::Intake;
use crate::requests::events::{FileRef, Paper, PaperState};
use crate::requests::rules;

/// Name of the ticked documents.
pub(super) const PAPERS: &str = "papers";
/// Day until which what is missing is to come.
pub(super) const UNTIL: &str = "pending_until";
/// Competent unit.
pub(super) const UNIT: &str = "unit";

/// What was read.
pub(super) struct Read {
    /// None if something is wrong; the errors say what.
    pub intake: Option<Intake>,
    /// Warnings of the service, which refuse nothing.
    pub said: Vec<String>,
    /// Files that answer fields.
    pub answer_files: Vec<FileRef>,
}

/// Reads the whole form.
pub(super) fn read(work: &Work<'_>, c: &Ctx, data: &FormData, errors: &mut FormErrors) -> Read {
    let service = &*work.service;
    let today = rules::day(work.office.clock.now());
    let people = who::read(c, service, data, today, errors);
    let mut said = Vec::new();
    let raw = with_files(service, data);
    let context = Context { applicant: &people.known, known: &Answers::new(), today };
    let answers = match validate(service, Sheet::Intake, &raw, &context) {
        Ok(valid) => {
            said.extend(valid.warnings.into_iter().map(|warning| warning.said.text(c.lang).to_owned()));
            valid.answers
        }
        Err(found) => {
            for error in found {
                let field = if error.field.is_empty() { String::new() } else { control_name(service, &error.field) };
                errors.add(field, named(c.lang, service, &error.field, error.said.text(c.lang).to_owned()));
            }
            Answers::new()
        }
    };
    let papers = papers(work, c, data, &Case { applicant: &people.known, answers: &answers }, today, errors);
    let unit = unit(work, data);
    if unit.is_none() {
        errors.add(UNIT, c.t("counter-unit-wrong"));
    }
    let complete = papers.iter().all(|paper| paper.state == PaperState::Presented);
    let answers = match answers.to_json() {
        serde_json::Value::Object(answers) => answers,
        _ => serde_json::Map::new(),
    };
    let intake = unit.map(|unit| Intake {
        command: work.command,
        request: work.request,
        service: service.code.clone(),
        unit,
        taken_in: work.seat.taken_in(),
        applicant: people.applicant,
        agent: people.agent,
        foreign: people.foreign,
        sex: people.sex,
        parent: None,
        answers,
        papers,
        parked: work.parked,
        checked: complete && first_is_window(service),
    });
    let answer_files = file_fields(service).flat_map(|field| files::had(data, &field_code(field))).collect();
    Read { intake, said, answer_files }
}

/// Whether the first step is the window's own completeness check, which intake may make at once.
fn first_is_window(service: &Service) -> bool {
    service
        .steps
        .first()
        .is_some_and(|step| step.kind == StepKind::Check && step.department == WINDOW && step.when.is_none())
}

/// The control that a message belongs to; files have controls of another name.
fn control_name(service: &Service, field: &str) -> String {
    match service.field(field) {
        Some(found) if found.kind == FieldType::File => files::control(&field_code(found)),
        _ => format!("{PREFIX}{field}"),
    }
}

/// The message with the field it is about, so that no two links of the summary say the same.
fn named(lang: Lang, service: &Service, field: &str, message: String) -> String {
    let mut parts = field.split('.');
    let group = parts.next().and_then(|id| service.field(id));
    let cell = parts.nth(1).and_then(|id| group?.fields.iter().find(|cell| cell.id == id));
    match cell.or(group) {
        Some(field) if !message.contains(field.label(lang)) => format!("{}: {message}", field.label(lang)),
        _ => message,
    }
}

/// Code under which the files of a field are stored.
pub(super) fn field_code(field: &Field) -> String {
    format!("field.{}", field.id)
}

fn file_fields(service: &Service) -> impl Iterator<Item = &Field> {
    service.fields.iter().filter(|field| field.kind == FieldType::File && field.filled_by == FilledBy::Applicant)
}

/// Everything on the form that takes files.
pub(super) fn file_codes(service: &Service) -> Vec<String> {
    let documents = service.documents.iter().map(|document| document.doc.clone());
    documents.chain(file_fields(service).map(field_code)).collect()
}

/// What was typed, with the stored files as answers of their fields.
pub(super) fn with_files(service: &Service, data: &FormData) -> Raw {
    let mut raw = fields::raw(data);
    for field in file_fields(service) {
        let hashes: Vec<String> = files::had(data, &field_code(field)).into_iter().map(|file| file.hash).collect();
        if !hashes.is_empty() {
            raw.insert(field.id.clone(), hashes);
        }
    }
    raw
}

/// The answers as far as they can be read, for conditions and fees while the form is being filled.
pub(super) fn so_far(service: &Service, data: &FormData, today: Date) -> Answers {
    let raw = with_files(service, data);
    let mut answers = Answers::new();
    let asked = service
        .fields
        .iter()
        .filter(|field| field.filled_by == FilledBy::Applicant && field.kind != FieldType::RepeatedGroup);
    for field in asked {
        if let Some(typed) = raw.get(&field.id)
            && let Ok(answer) = read_one(field, typed.clone(), today)
        {
            answers.insert(&field.id, answer);
        }
    }
    answers
}

/// The competent unit: one of the governorate's, the clerk's own if none was chosen.
pub(super) fn unit(work: &Work<'_>, data: &FormData) -> Option<String> {
    let tree = work.office.units.now();
    let code = data.opt(UNIT).unwrap_or(&work.seat.unit);
    let unit = tree.unit(code)?;
    (unit.tenant == work.seat.tenant && unit.has_department(WINDOW)).then(|| unit.code.clone())
}

/// Documents that this case needs, with those that may come besides.
pub(super) fn needed(service: &Service, need: &Need, case: &Case<'_>) -> bool {
    match need {
        Need::Always => true,
        Need::Optional => false,
        Need::When(when) => catalogue::plan::service_holds(service, when, case).unwrap_or(false),
    }
}

fn papers(
    work: &Work<'_>,
    c: &Ctx,
    data: &FormData,
    case: &Case<'_>,
    today: Date,
    errors: &mut FormErrors,
) -> Vec<Paper> {
    let service = &*work.service;
    let ticked = data.all(PAPERS);
    let until = pending_until(c, data, today, errors);
    let mut papers = Vec::new();
    for document in &service.documents {
        let files = files::had(data, &document.doc);
        let is_here = ticked.contains(&document.doc.as_str()) || !files.is_empty();
        let needed = needed(service, &document.required, case);
        // What no condition asks for any more counts only if it was handed in knowingly.
        if is_here {
            papers.push(Paper { doc: document.doc.clone(), state: PaperState::Presented, until: None, files });
        } else if needed {
            papers.push(Paper { doc: document.doc.clone(), state: PaperState::Pending, until, files });
        }
    }
    if let Some(unknown) = ticked.iter().find(|code| service.documents.iter().all(|document| document.doc != **code)) {
        errors.add(PAPERS, c.t1("counter-paper-unknown", "code", words::document(c, work.office.catalogue(), unknown)));
    }
    papers
}

fn pending_until(c: &Ctx, data: &FormData, today: Date, errors: &mut FormErrors) -> Option<Date> {
    let typed = data.opt(UNTIL)?;
    match dates::parse(typed) {
        Ok(day) if day > today => Some(day),
        Ok(_) => {
            errors.add(UNTIL, c.t("counter-until-past"));
            None
        }
        Err(_) => {
            errors.add(UNTIL, c.t("counter-date-wrong"));
            None
        }
    }
}
