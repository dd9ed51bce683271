//! A service's own fields as controls of a form, and what was typed into them.

use catalogue::Catalogue;
use catalogue::answers::Raw;
use catalogue::model::{Field, FieldType, Need};
use foundation::dates;
use foundation::web::forms::FieldKind;
use foundation::web::{Choice, Ctx, FieldView, FormData, FormErrors};

/// Rows of a repeated group that stand empty at first.
const ROWS: usize = 2;
/// Rows of a repeated group, at most.
const MOST_ROWS: usize = 200;
/// Choices that are all shown at once.
const VISIBLE: usize = 8;

/// The controls of these fields with what was typed and what is wrong.
pub(super) fn views<'f>(
    c: &'f Ctx,
    catalogue: &Catalogue,
    fields: impl IntoIterator<Item = &'f Field>,
    data: &FormData,
    errors: &FormErrors,
) -> Vec<FieldView> {
    fields.into_iter().map(|field| view(c, catalogue, field, &field.id, data).filled(data, errors)).collect()
}

fn view(c: &Ctx, catalogue: &Catalogue, field: &Field, name: &str, data: &FormData) -> FieldView {
    if field.kind == FieldType::RepeatedGroup {
        let typed = rows(data, name).into_iter().max().map_or(0, |last| last + 1);
        let most = field.max.and_then(|max| usize::try_from(max).ok()).unwrap_or(MOST_ROWS);
        let count = typed.max(ROWS).min(most.max(1));
        let cells = |row: usize| {
            field.fields.iter().map(move |cell| view(c, catalogue, cell, &format!("{name}.{row}.{}", cell.id), data))
        };
        return dressed(
            FieldView::group(name, field.label(c.lang), (0..count).map(|row| cells(row).collect()).collect()),
            field,
        );
    }
    let kind = match field.kind {
        FieldType::Text if field.max.is_some_and(|max| max > 200.into()) => FieldKind::Textarea,
        FieldType::Text | FieldType::Address => FieldKind::Text,
        FieldType::Number | FieldType::Integer => FieldKind::Number,
        FieldType::Choice if field.choices_ref.is_none() && field.choices.len() <= VISIBLE => FieldKind::Radios,
        FieldType::Choice => FieldKind::Select,
        FieldType::MultiChoice => FieldKind::Checkboxes,
        FieldType::Date => FieldKind::Date,
        FieldType::Money => FieldKind::Money,
        FieldType::AreaM2 => FieldKind::Area,
        FieldType::LengthM => FieldKind::Length,
        FieldType::NationalId => FieldKind::NationalId,
        FieldType::Mobile => FieldKind::Mobile,
        FieldType::Email => FieldKind::Email,
        FieldType::YesNo => FieldKind::YesNo,
        FieldType::Point => FieldKind::Point,
        FieldType::Polygon | FieldType::Line => FieldKind::Textarea,
        FieldType::File => FieldKind::File,
        FieldType::RepeatedGroup => FieldKind::Group,
        FieldType::ServiceNumber => FieldKind::Code,
    };
    let mut made = FieldView::new(kind, name, field.label(c.lang));
    made.multiple = field.kind == FieldType::File;
    made.choices = match &field.choices_ref {
        Some(_) => {
            catalogue.registers().activities.iter().map(|one| Choice::new(&one.code, one.name(c.lang))).collect()
        }
        None => field.choices.iter().map(|one| Choice::new(&one.value, one.text(c.lang))).collect(),
    };
    dressed(made, field)
}

fn dressed(mut made: FieldView, field: &Field) -> FieldView {
    made.required = field.required != Need::Optional;
    made.hint.clone_from(&field.hint_ar);
    made
}

/// What was typed, as the catalogue reads it. Files go in as the hashes that they were kept under.
pub(super) fn raw<'f>(fields: impl IntoIterator<Item = &'f Field>, data: &FormData) -> Raw {
    let mut raw = Raw::new();
    for field in fields {
        put(&mut raw, field, &field.id, data);
    }
    raw
}

fn put(raw: &mut Raw, field: &Field, name: &str, data: &FormData) {
    match field.kind {
        FieldType::RepeatedGroup => {
            for row in rows(data, name) {
                for cell in &field.fields {
                    put(raw, cell, &format!("{name}.{row}.{}", cell.id), data);
                }
            }
        }
        FieldType::Date => {
            if let Some(boxes) = data.date_parts(name) {
                let [day, month, year] = boxes;
                let read = dates::parse_boxes(day, month, year).ok().flatten();
                raw.insert(name.to_owned(), vec![read.map_or_else(|| boxes.join("/"), dates::iso)]);
            }
        }
        FieldType::Point => {
            if let Some([lat, lng]) = data.point_parts(name) {
                raw.insert(format!("{name}.lat"), vec![lat.to_owned()]);
                raw.insert(format!("{name}.lon"), vec![lng.to_owned()]);
            }
        }
        FieldType::File => {}
        _ => {
            let typed: Vec<String> = data.all(name).into_iter().map(str::to_owned).collect();
            if !typed.is_empty() {
                raw.insert(name.to_owned(), typed);
            }
        }
    }
}

/// Numbers of the rows of a group into which something was typed.
fn rows(data: &FormData, name: &str) -> std::collections::BTreeSet<usize> {
    let prefix = format!("{name}.");
    data.pairs()
        .filter(|(_, value)| !value.is_empty())
        .filter_map(|(full, _)| full.strip_prefix(&prefix)?.split('.').next()?.parse().ok())
        .filter(|row| *row < MOST_ROWS)
        .collect()
}
