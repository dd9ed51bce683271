//! An application as short steps (خطوات التقديم): what is asked on which page, what is done, and what a new
//! version of the service asks again. Pure.

use std::collections::BTreeSet;

use catalogue::Service;
use catalogue::answers::{
    self, Answers, Applicant, Case, Context, FieldError, Raw, Sheet, is_asked, read_one, validate,
};
use catalogue::model::{Field, FieldType, FilledBy, Need};
use foundation::web::FormData;
use jiff::civil::Date;

use crate::counter::intake::fields::PREFIX;
use crate::counter::intake::files;
use crate::requests::events::FileRef;

/// Most fields of a page.
pub(super) const MOST_FIELDS: usize = 5;
/// Name under which the fields of saved pages stand.
const SEEN: &str = "seen";
/// Name under which stands what a new version of the service asks again.
const AGAIN: &str = "again";
/// Whether the rest of the papers is to come later.
pub(super) const LATER: &str = "later";

/// A page of the form: fields of the service, in their order.
pub(super) type Page<'s> = Vec<&'s Field>;

/// The pages of a service's form. The same for every applicant, so that an address means the same page;
/// which of its fields are asked is another matter. What needs room (rows, shapes) has a page of its own,
/// files stand with the papers.
pub(super) fn pages(service: &Service) -> Vec<Page<'_>> {
    let mut pages: Vec<Page<'_>> = Vec::new();
    let mut open = false;
    for field in service.fields.iter().filter(|field| is_on_form(field)) {
        let alone = needs_room(field);
        match pages.last_mut() {
            Some(page) if open && !alone && page.len() < MOST_FIELDS => page.push(field),
            _ => pages.push(vec![field]),
        }
        open = !alone;
    }
    pages
}

fn is_on_form(field: &Field) -> bool {
    field.filled_by == FilledBy::Applicant && field.kind != FieldType::File
}

fn needs_room(field: &Field) -> bool {
    matches!(field.kind, FieldType::RepeatedGroup | FieldType::Polygon | FieldType::Line | FieldType::Point)
}

/// What stands in an application, read against its service.
pub(super) struct Reading<'a> {
    pub service: &'a Service,
    pub applicant: &'a Applicant,
    pub data: &'a FormData,
    pub today: Date,
}

/// How far a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing of it is asked.
    NotAsked,
    /// Not opened yet.
    New,
    /// Something on it is missing or wrong.
    Open,
    /// Done.
    Done,
}

impl<'a> Reading<'a> {
    /// Everything typed, by the names that the catalogue reads.
    pub(super) fn raw(&self) -> Raw {
        let mut raw = Raw::new();
        for (name, value) in self.data.pairs() {
            let Some(id) = name.strip_prefix(PREFIX) else { continue };
            // The map's own name for a longitude.
            let id = id.strip_suffix(".lng").map_or_else(|| id.to_owned(), |id| format!("{id}.lon"));
            raw.entry(id).or_default().push(value.to_owned());
        }
        for field in &self.service.fields {
            match field.kind {
                FieldType::Date => joined_date(&mut raw, &field.id),
                FieldType::RepeatedGroup => {
                    let dates: Vec<&Field> = field.fields.iter().filter(|cell| cell.kind == FieldType::Date).collect();
                    for cell in dates {
                        let rows: BTreeSet<String> = raw.keys().filter_map(|key| row_of(key, &field.id)).collect();
                        rows.iter().for_each(|row| joined_date(&mut raw, &format!("{}.{row}.{}", field.id, cell.id)));
                    }
                }
                FieldType::File => {
                    let hashes: Vec<String> = self.files(&file_code(field)).into_iter().map(|file| file.hash).collect();
                    if !hashes.is_empty() {
                        raw.insert(field.id.clone(), hashes);
                    }
                }
                _ => {}
            }
        }
        raw
    }

    /// Files stored for a document or a field.
    pub(super) fn files(&self, code: &str) -> Vec<FileRef> {
        files::had(self.data, code)
    }

    /// The answers as far as they can be read.
    pub(super) fn so_far(&self) -> Answers {
        let raw = self.raw();
        let mut answers = Answers::new();
        let fields = self.service.fields.iter().filter(|field| field.filled_by == FilledBy::Applicant);
        for field in fields.filter(|field| field.kind != FieldType::RepeatedGroup) {
            let typed = match field.kind {
                FieldType::Point => point(&raw, &field.id),
                _ => raw.get(&field.id).cloned(),
            };
            if let Some(typed) = typed
                && let Ok(answer) = read_one(field, typed, self.today)
            {
                answers.insert(&field.id, answer);
            }
        }
        answers
    }

    /// The whole form judged.
    ///
    /// # Errors
    /// Everything that is missing or wrong, in the order of the form.
    pub(super) fn judge(&self) -> Result<answers::Validated, Vec<FieldError>> {
        let context = Context { applicant: self.applicant, known: &Answers::new(), today: self.today };
        validate(self.service, Sheet::Intake, &self.raw(), &context)
    }

    /// The fields of a page that are asked of this applicant with these answers.
    pub(super) fn asked<'s>(&self, page: &Page<'s>, answers: &Answers) -> Vec<&'s Field> {
        let case = Case { applicant: self.applicant, answers };
        page.iter().copied().filter(|field| is_asked(self.service, field, &case)).collect()
    }

    /// How far a page is.
    pub(super) fn state(&self, page: &Page<'_>, answers: &Answers, errors: &[FieldError]) -> State {
        let asked = self.asked(page, answers);
        if asked.is_empty() {
            return State::NotAsked;
        }
        let seen: BTreeSet<&str> = self.data.all(SEEN).into_iter().collect();
        let here = |error: &FieldError| asked.iter().any(|field| field.id == head(&error.field));
        let opened = asked.iter().filter(|field| seen.contains(field.id.as_str())).count();
        match (opened, errors.iter().any(here)) {
            (0, _) => State::New,
            (opened, false) if opened == asked.len() => State::Done,
            _ => State::Open,
        }
    }

    /// Documents that this applicant has to give, and those that may be given.
    pub(super) fn documents(&self, answers: &Answers) -> Vec<(&'a str, bool)> {
        let case = Case { applicant: self.applicant, answers };
        let all = self.service.documents.iter().map(|document| {
            let needed = match &document.required {
                Need::Always => true,
                Need::Optional => false,
                Need::When(when) => catalogue::plan::service_holds(self.service, when, &case).unwrap_or(false),
            };
            let listed = needed || document.required == Need::Optional || !self.files(&document.doc).is_empty();
            (document.doc.as_str(), needed, listed)
        });
        all.filter(|(_, _, listed)| *listed).map(|(doc, needed, _)| (doc, needed)).collect()
    }

    /// Fields that take files and are asked.
    pub(super) fn file_fields(&self, answers: &Answers) -> Vec<&'a Field> {
        let case = Case { applicant: self.applicant, answers };
        let fields = self.service.fields.iter().filter(|field| field.kind == FieldType::File);
        let asked = fields.filter(|field| field.filled_by == FilledBy::Applicant);
        asked.filter(|field| is_asked(self.service, field, &case)).collect()
    }

    /// How far the papers are: everything needed is there, or the applicant has said that the rest comes later.
    pub(super) fn papers_state(&self, answers: &Answers) -> State {
        let missing = self.documents(answers).into_iter().any(|(doc, needed)| needed && self.files(doc).is_empty());
        let later = self.data.get(LATER) == "yes";
        let files = self.file_fields(answers);
        let owed =
            files.iter().any(|field| field.required != Need::Optional && self.files(&file_code(field)).is_empty());
        let begun = later || self.service.documents.iter().any(|document| !self.files(&document.doc).is_empty());
        match (missing && !later, owed) {
            (false, false) => State::Done,
            _ if begun => State::Open,
            _ => State::New,
        }
    }
}

/// Code under which the files of a field are stored.
pub(super) fn file_code(field: &Field) -> String {
    format!("field.{}", field.id)
}

fn head(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

fn row_of(key: &str, group: &str) -> Option<String> {
    let row = key.strip_prefix(group)?.strip_prefix('.')?.split('.').next()?;
    row.parse::<u32>().ok().map(|_| row.to_owned())
}

/// Day, month and year of three boxes as one text, as the catalogue reads a date.
fn joined_date(raw: &mut Raw, name: &str) {
    let part = |raw: &mut Raw, suffix: &str| {
        raw.remove(&format!("{name}.{suffix}")).and_then(|mut values| values.pop()).unwrap_or_default()
    };
    let [day, month, year] = ["day", "month", "year"].map(|suffix| part(raw, suffix));
    if !(day.is_empty() && month.is_empty() && year.is_empty()) {
        raw.insert(name.to_owned(), vec![format!("{day}/{month}/{year}")]);
    }
}

fn point(raw: &Raw, id: &str) -> Option<Vec<String>> {
    let first = |name: &str| raw.get(name)?.iter().find(|value| !value.is_empty()).cloned();
    first(id).map(|text| vec![text]).or_else(|| {
        let (lat, lon) = (first(&format!("{id}.lat"))?, first(&format!("{id}.lon"))?);
        Some(vec![format!("{lat} {lon}")])
    })
}

/// Whether a name of the form belongs to a field.
fn is_of(name: &str, field: &str) -> bool {
    let Some(rest) = name.strip_prefix(PREFIX).and_then(|name| name.strip_prefix(field)) else { return false };
    rest.is_empty() || rest.starts_with('.')
}

/// Takes over what was typed on a page: its fields and nothing else; they count as seen.
pub(super) fn take_page(data: &mut FormData, page: &Page<'_>, typed: &FormData) {
    for field in page {
        data.remove(|name| is_of(name, &field.id));
        for (name, value) in typed.pairs().filter(|(name, _)| is_of(name, &field.id)) {
            data.add(name, value);
        }
        let seen: Vec<String> = data.all(SEEN).into_iter().map(str::to_owned).collect();
        if !seen.contains(&field.id) {
            data.add(SEEN, &field.id);
        }
        forget(data, AGAIN, &field.id);
    }
}

fn forget(data: &mut FormData, list: &str, value: &str) {
    let rest: Vec<String> = data.all(list).into_iter().filter(|other| *other != value).map(str::to_owned).collect();
    data.remove(|name| name == list);
    rest.iter().for_each(|value| data.add(list, value));
}

/// What a page of the application still asks again, by field id, since the service has changed.
pub(super) fn again(data: &FormData) -> Vec<&str> {
    data.all(AGAIN)
}

/// Fits an application that was begun under one version of a service to another: what is asked in the same
/// words with the same choices is kept, what has changed is asked again, what is gone is dropped.
pub(super) fn reconcile(old: &Service, new: &Service, data: &mut FormData) {
    let before = |id: &str| old.fields.iter().find(|field| field.id == id && is_applicants(field));
    for field in old.fields.iter().filter(|field| is_applicants(field)) {
        if new.fields.iter().all(|other| other.id != field.id || !is_applicants(other)) {
            drop_field(data, field);
        }
    }
    for field in new.fields.iter().filter(|field| is_applicants(field)) {
        match before(&field.id) {
            Some(same) if is_same_question(same, field) => {}
            found => {
                if found.is_some() {
                    drop_field(data, field);
                }
                if !again(data).contains(&field.id.as_str()) {
                    data.add(AGAIN, &field.id);
                }
            }
        }
    }
    for document in &old.documents {
        if new.documents.iter().all(|other| other.doc != document.doc) {
            data.remove(|name| name == files::stored(&document.doc));
        }
    }
    let is_new = |doc: &str| old.documents.iter().all(|other| other.doc != doc);
    if new.documents.iter().any(|document| document.required != Need::Optional && is_new(&document.doc)) {
        // Who said that the rest comes later did not know of this one.
        data.remove(|name| name == LATER);
    }
}

fn is_applicants(field: &Field) -> bool {
    field.filled_by == FilledBy::Applicant
}

/// The same question, whatever else was mended about it: words, type, choices, columns. Limits are judged
/// anew in any case.
fn is_same_question(old: &Field, new: &Field) -> bool {
    old.kind == new.kind
        && old.label_ar == new.label_ar
        && old.unit == new.unit
        && old.choices == new.choices
        && old.choices_ref == new.choices_ref
        && old.fields.len() == new.fields.len()
        && old.fields.iter().zip(&new.fields).all(|(old, new)| old.id == new.id && is_same_question(old, new))
}

fn drop_field(data: &mut FormData, field: &Field) {
    data.remove(|name| is_of(name, &field.id) || name == files::stored(&file_code(field)));
    forget(data, SEEN, &field.id);
}

#[cfg(test)]
mod tests;
