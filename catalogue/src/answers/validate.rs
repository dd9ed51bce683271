//! From a submitted form to answers (فحص الاستمارة): every field typed, every demand met.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Answer, Answers, Applicant, Case, identity, values};
use crate::model::{Field, FieldType, FilledBy, Level, Need, Service};
use crate::words::Said;

/// What a form posted: values by name. A cell of a repeated group is `group.0.field`; a point may
/// come as `field.lat` and `field.lon`.
pub type Raw = BTreeMap<String, Vec<String>>;

/// Rows of a repeated group, at most.
const ROWS: usize = 200;

/// Which form of a service was submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// What the applicant answers.
    Intake,
    /// What the window or the department fills in.
    Office,
    /// What the inspector reports.
    Inspection,
}

impl Sheet {
    /// Its fields.
    pub fn fields(self, service: &Service) -> impl Iterator<Item = &Field> {
        let list = match self {
            Self::Intake | Self::Office => &service.fields,
            Self::Inspection => &service.inspection_report,
        };
        list.iter().filter(move |field| match self {
            Self::Intake => field.filled_by == FilledBy::Applicant,
            Self::Office => field.filled_by == FilledBy::Office,
            Self::Inspection => true,
        })
    }
}

/// What a form is read against.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Who asks.
    pub applicant: &'a Applicant,
    /// Answers given on earlier sheets.
    pub known: &'a Answers,
    /// Today in Cairo.
    pub today: Date,
}

/// A message for one field (رسالة عند الحقل).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the input: a field id, `group.0.field`, or empty for the form as a whole.
    pub field: String,
    /// What to do about it.
    pub said: Said,
}

/// A form that may be taken.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Validated {
    /// Of this sheet alone.
    pub answers: Answers,
    /// Shown to the clerk; they never refuse.
    pub warnings: Vec<FieldError>,
}

/// Reads a submitted sheet. Fields whose condition is false are not asked, and what was typed
/// into them is left out.
///
/// # Errors
/// All messages at once, in the order of the form.
pub fn validate(service: &Service, sheet: Sheet, raw: &Raw, context: &Context) -> Result<Validated, Vec<FieldError>> {
    let fields: Vec<&Field> = sheet.fields(service).collect();
    let mut reading = Reading { raw, today: context.today, errors: Vec::new(), warnings: Vec::new() };
    let mut answers = Answers::new();
    for field in &fields {
        if let Some(answer) = reading.field(field, &field.id) {
            answers.insert(&field.id, answer);
        }
    }
    let asked = settle(service, &fields, &mut answers, context);
    let mut errors = reading.errors;
    // A fault in a field that is not asked is no fault.
    errors.retain(|error| asked.contains(error.field.split('.').next().unwrap_or_default()));
    for field in &fields {
        let faulty = errors.iter().any(|error| error.field.split('.').next() == Some(field.id.as_str()));
        let demanded = field.required != Need::Optional && asked.contains(field.id.as_str());
        if demanded && !faulty && answers.get(&field.id).is_none() {
            errors.push(FieldError { field: field.id.clone(), said: required(field) });
        }
    }
    let mut warnings = reading.warnings;
    if sheet != Sheet::Inspection {
        let mut all = context.known.clone();
        all.merge(&answers);
        let case = Case { applicant: context.applicant, answers: &all };
        run_checks(service, &case, &mut errors, &mut warnings);
    }
    errors.sort_by_key(|error| {
        let id = error.field.split('.').next().unwrap_or_default();
        fields.iter().position(|field| field.id == id).unwrap_or(usize::MAX)
    });
    if errors.is_empty() { Ok(Validated { answers, warnings }) } else { Err(errors) }
}

/// Reads the answer to one field alone; for a repeated group use [`validate`].
///
/// # Errors
/// The message for the field.
pub fn read_one(field: &Field, typed: Vec<String>, today: Date) -> Result<Answer, Said> {
    let raw = Raw::from([(field.id.clone(), typed)]);
    let mut reading = Reading { raw: &raw, today, errors: Vec::new(), warnings: Vec::new() };
    let answer = reading.field(field, &field.id);
    let message = reading.errors.pop().map(|error| error.said);
    answer.ok_or_else(|| message.unwrap_or_else(|| required(field)))
}

/// Whether a field is asked, given the answers so far.
pub fn is_asked(service: &Service, field: &Field, case: &Case) -> bool {
    match &field.required {
        Need::Always | Need::Optional => true,
        Need::When(when) => holds(service, when, case),
    }
}

/// Drops answers to fields that are not asked, until nothing changes; returns what is asked.
fn settle<'f>(service: &Service, fields: &[&'f Field], answers: &mut Answers, context: &Context) -> BTreeSet<&'f str> {
    loop {
        let mut all = context.known.clone();
        all.merge(answers);
        let case = Case { applicant: context.applicant, answers: &all };
        let asked: BTreeSet<_> =
            fields.iter().filter(|field| is_asked(service, field, &case)).map(|field| field.id.as_str()).collect();
        let dropped = fields.iter().filter(|field| !asked.contains(field.id.as_str()));
        let dropped = dropped.filter(|field| answers.remove(&field.id).is_some()).count();
        if dropped == 0 {
            return asked;
        }
    }
}

fn holds(service: &Service, text: &str, case: &Case) -> bool {
    service.program(text).is_ok_and(|program| program.holds(case).unwrap_or(false))
}

fn run_checks(service: &Service, case: &Case, errors: &mut Vec<FieldError>, warnings: &mut Vec<FieldError>) {
    let applies = |when: &Option<String>| when.as_deref().is_none_or(|text| holds(service, text, case));
    let conditions = service.conditions.iter().filter(|condition| applies(&condition.when));
    let conditions = conditions.filter_map(|c| Some((c.check.as_deref()?, Level::Warning, (&c.ar, &c.en))));
    let checks = service.checks.iter().map(|check| (check.expr.as_str(), check.level, (&check.ar, &check.en)));
    for (text, level, (ar, en)) in conditions.chain(checks) {
        let Ok(program) = service.program(text) else { continue };
        // What is not answered yet is not judged yet.
        if !program.missing(case).is_empty() || program.holds(case).unwrap_or(false) {
            continue;
        }
        let field = program.names().into_iter().find(|name| service.field(name).is_some()).unwrap_or_default();
        let said = FieldError { field, said: Said { ar: ar.clone(), en: en.clone() } };
        match level {
            Level::Error => errors.push(said),
            Level::Warning => warnings.push(said),
        }
    }
}

fn required(field: &Field) -> Said {
    match field.kind {
        FieldType::Choice | FieldType::MultiChoice => Said::of("field-choose"),
        FieldType::YesNo => Said::of("field-yes-or-no"),
        FieldType::Point | FieldType::Line | FieldType::Polygon => Said::of("field-place-missing"),
        FieldType::File => Said::of("field-file-missing"),
        FieldType::RepeatedGroup => Said::of("field-row-missing"),
        _ => Said {
            ar: Said::with("field-missing", &[("label", &field.label_ar)]).ar,
            en: Said::with("field-missing", &[("label", &field.label_en)]).en,
        },
    }
}

struct Reading<'a> {
    raw: &'a Raw,
    today: Date,
    errors: Vec<FieldError>,
    warnings: Vec<FieldError>,
}

impl Reading<'_> {
    fn field(&mut self, field: &Field, name: &str) -> Option<Answer> {
        match field.kind {
            FieldType::RepeatedGroup => self.rows(field, name),
            FieldType::MultiChoice | FieldType::File => self.list(field, name),
            _ => {
                let typed = self.typed(field, name)?;
                match values::read(field, &typed, self.today) {
                    Ok(Answer::Text(text)) if text.is_empty() => None,
                    Ok(answer) => {
                        if field.kind == FieldType::NationalId
                            && let Some(doubt) = identity::doubt(&typed, self.today)
                        {
                            self.warnings.push(FieldError { field: name.to_owned(), said: doubt });
                        }
                        Some(answer)
                    }
                    Err(message) => self.fault(name, message),
                }
            }
        }
    }

    /// The first value that is not blank; two inputs of a point are joined.
    fn typed(&self, field: &Field, name: &str) -> Option<String> {
        let first = |name: &str| {
            let values = self.raw.get(name)?;
            values.iter().find(|value| !value.trim().is_empty()).cloned()
        };
        let pair = || {
            let lat = first(&format!("{name}.lat"));
            let lon = first(&format!("{name}.lon"));
            (lat.is_some() || lon.is_some()).then(|| format!("{} {}", lat.unwrap_or_default(), lon.unwrap_or_default()))
        };
        first(name).or_else(|| (field.kind == FieldType::Point).then(pair).flatten())
    }

    fn list(&mut self, field: &Field, name: &str) -> Option<Answer> {
        let typed = self.raw.get(name)?;
        let mut list: Vec<String> = Vec::new();
        for value in typed.iter().map(|value| value.trim()).filter(|value| !value.is_empty()) {
            let read = match field.kind {
                FieldType::File if value.len() <= 128 => Ok(value.to_owned()),
                FieldType::File => Err(Said::of("field-file-unknown")),
                _ => values::choice(field, value),
            };
            match read {
                Ok(value) if list.contains(&value) => {}
                Ok(value) => list.push(value),
                Err(message) => return self.fault(name, message),
            }
        }
        (!list.is_empty()).then_some(Answer::List(list))
    }

    fn rows(&mut self, field: &Field, name: &str) -> Option<Answer> {
        let prefix = format!("{name}.");
        let numbers: BTreeSet<usize> = self
            .raw
            .range(prefix.clone()..)
            .take_while(|(key, _)| key.starts_with(&prefix))
            .filter(|(_, values)| values.iter().any(|value| !value.trim().is_empty()))
            .filter_map(|(key, _)| key.strip_prefix(&prefix)?.split('.').next()?.parse().ok())
            .collect();
        if numbers.len() > ROWS {
            return self.fault(name, Said::with("field-rows-most", &[("n", &ROWS)]));
        }
        let mut rows = Vec::with_capacity(numbers.len());
        for number in numbers {
            let mut row = Answers::new();
            for cell in &field.fields {
                let cell_name = format!("{name}.{number}.{}", cell.id);
                let before = self.errors.len();
                match self.field(cell, &cell_name) {
                    Some(answer) => row.insert(&cell.id, answer),
                    None if cell.required == Need::Always && self.errors.len() == before => {
                        self.errors.push(FieldError { field: cell_name, said: required(cell) });
                    }
                    None => {}
                }
            }
            rows.push(row);
        }
        (!rows.is_empty()).then_some(Answer::Rows(rows))
    }

    fn fault(&mut self, name: &str, said: Said) -> Option<Answer> {
        self.errors.push(FieldError { field: name.to_owned(), said });
        None
    }
}
