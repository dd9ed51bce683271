//! Fields of a service as controls of the one-screen form (حقول الاستمارة), and back as the catalogue
//! reads them. Dates, points and addresses are one box each here: a clerk types faster than they tab.

use catalogue::Catalogue;
use catalogue::Service;
use catalogue::answers::{Case, Raw, is_asked};
use catalogue::model::{Field, FieldType, FilledBy, Need};
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Choice, Ctx, FieldView, FormData, FormErrors};

/// Before the id of every field of the service, so that none collides with the form's own.
pub(crate) const PREFIX: &str = "a.";
/// Choices that are shown as radios; more of them make a list, which takes one line. Text is one line
/// too, so that Enter goes on from it.
const FEW: usize = 2;

/// The fields of a form: those that must be answered, and those that may.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub needed: Vec<FieldView>,
    pub optional: Vec<FieldView>,
}

/// What a field needs to be shown.
pub(crate) struct Around<'a> {
    pub c: &'a Ctx,
    pub catalogue: &'a Catalogue,
    pub service: &'a Service,
    pub data: &'a FormData,
    pub errors: &'a FormErrors,
}

/// All fields that the applicant answers.
pub(super) fn fields(around: &Around<'_>, case: &Case<'_>) -> Fields {
    let mut fields = Fields::default();
    let asked = around.service.fields.iter().filter(|field| field.filled_by == FilledBy::Applicant);
    for field in asked {
        let mut view = control(around, field, &format!("{PREFIX}{}", field.id));
        view.required = field.required != Need::Optional;
        if let Some(when) = field.required.when() {
            view.when = around.service.program(when).ok().map(|program| program.to_json().to_string());
            // Without scripts it stands there although it may not be asked.
            if !is_asked(around.service, field, case) {
                let hints = view.hint.into_iter().chain([around.c.t("counter-if-applies")]);
                view.hint = Some(hints.collect::<Vec<_>>().join(". "));
            }
        }
        if field.required == Need::Optional {
            fields.optional.push(view);
        } else {
            fields.needed.push(view);
        }
    }
    fields
}

/// One field as a control under a name, with what was typed into it.
pub(crate) fn control(around: &Around<'_>, field: &Field, name: &str) -> FieldView {
    let (data, errors) = (around.data, around.errors);
    if field.kind == FieldType::RepeatedGroup {
        return group(around, field, name);
    }
    let mut view = FieldView::new(kind(field), name, field.label(around.c.lang).to_owned());
    view.required = field.required == Need::Always;
    // What to answer, and how it is written.
    let hints = field.hint_ar.iter().cloned().chain(hint(around.c, field.kind)).collect::<Vec<_>>();
    view.hint = (!hints.is_empty()).then(|| hints.join(". "));
    view.choices = choices(around.c, around.catalogue, field);
    view.width = width(field.kind, view.width);
    view.multiple = field.kind == FieldType::File;
    view.rows = 3;
    if view.kind == FieldKind::Number {
        view.unit = field.unit.as_deref().map(|unit| unit_word(around.c, unit));
    }
    view.filled(data, errors)
}

/// At least one row, and one more than was typed, so that rows can be added without scripts.
fn group(around: &Around<'_>, field: &Field, name: &str) -> FieldView {
    let typed = around.data.rows(name).len();
    let rows = (0..=typed.min(19)).map(|row| {
        field
            .fields
            .iter()
            .map(|cell| {
                let mut cell = control(around, cell, &format!("{name}.{row}.{}", cell.id));
                cell.required = cell.required && row < typed;
                cell
            })
            .collect()
    });
    let mut view = FieldView::group(name, field.label(around.c.lang).to_owned(), rows.collect());
    view.hint = field.hint_ar.clone();
    view.error = around.errors.of(name).map(str::to_owned);
    view
}

fn kind(field: &Field) -> FieldKind {
    match field.kind {
        FieldType::Text | FieldType::Address | FieldType::Date | FieldType::Point => FieldKind::Text,
        FieldType::Line | FieldType::Polygon => FieldKind::Textarea,
        FieldType::Number | FieldType::Integer => FieldKind::Number,
        FieldType::Choice if field.choices_ref.is_none() && field.choices.len() <= FEW => FieldKind::Radios,
        FieldType::Choice => FieldKind::Select,
        FieldType::MultiChoice => FieldKind::Checkboxes,
        FieldType::Money => FieldKind::Money,
        FieldType::AreaM2 => FieldKind::Area,
        FieldType::LengthM => FieldKind::Length,
        FieldType::NationalId => FieldKind::NationalId,
        FieldType::Mobile => FieldKind::Mobile,
        FieldType::Email => FieldKind::Email,
        FieldType::YesNo => FieldKind::YesNo,
        FieldType::File => FieldKind::File,
        FieldType::ServiceNumber => FieldKind::Code,
        FieldType::RepeatedGroup => FieldKind::Group,
    }
}

fn width(kind: FieldType, usual: Width) -> Width {
    match kind {
        FieldType::Date => Width::W10,
        FieldType::Point => Width::W14,
        FieldType::Address | FieldType::Text => Width::Full,
        _ => usual,
    }
}

fn hint(c: &Ctx, kind: FieldType) -> Option<String> {
    let key = match kind {
        FieldType::Date => "counter-hint-date",
        FieldType::Point => "counter-hint-point",
        FieldType::Line | FieldType::Polygon => "counter-hint-shape",
        FieldType::File => "common-file-hint",
        _ => return None,
    };
    Some(c.t(key))
}

fn choices(c: &Ctx, catalogue: &Catalogue, field: &Field) -> Vec<Choice> {
    if field.choices_ref.is_some() {
        let activities = &catalogue.registers().activities;
        return activities
            .iter()
            .map(|activity| Choice::new(activity.code.clone(), activity.name(c.lang).to_owned()))
            .collect();
    }
    field.choices.iter().map(|choice| Choice::new(choice.value.clone(), choice.text(c.lang).to_owned())).collect()
}

/// The word of a unit of measure; the code itself where there is none.
pub(crate) fn unit_word(c: &Ctx, unit: &str) -> String {
    catalogue::words::unit_word(c.lang, unit)
}

/// What was typed into the fields of the service, by the catalogue's names.
pub(crate) fn raw(data: &FormData) -> Raw {
    let mut raw = Raw::new();
    for (name, value) in data.pairs() {
        if let Some(id) = name.strip_prefix(PREFIX) {
            raw.entry(id.to_owned()).or_default().push(value.to_owned());
        }
    }
    raw
}
