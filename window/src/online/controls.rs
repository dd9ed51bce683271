//! Fields of a service as a citizen answers them: dates in three boxes, a point in two, few choices all
//! visible.

use catalogue::answers::{Answers, Applicant};
use catalogue::model::{Field, FieldType, Need};
use foundation::web::FieldView;
use foundation::web::forms::FieldKind;
use serde_json::{Map, Value};

use super::steps::Page;
use crate::counter::intake::fields::{self, Around, PREFIX};

/// Choices that are shown all at once; more of them make a list.
const FEW: usize = 6;

/// The fields of a page that are asked, or may be while it is filled.
pub(super) fn controls(around: &Around<'_>, page: &Page<'_>, asked: &[&Field]) -> Vec<FieldView> {
    let here: Vec<&str> = page.iter().map(|field| field.id.as_str()).collect();
    let mut views = Vec::new();
    for field in page {
        let when = field.required.when().and_then(|when| around.service.program(when).ok());
        // What depends on this very page may become asked while it is filled.
        let may = when.as_ref().is_some_and(|program| program.names().iter().any(|name| here.contains(&name.as_str())));
        let is_asked = asked.iter().any(|other| other.id == field.id);
        if !is_asked && !may {
            continue;
        }
        let mut view = control(around, field);
        view.required = field.required != Need::Optional;
        if may {
            view.when = when.map(|program| program.to_json().to_string());
            if !is_asked {
                let hints = view.hint.into_iter().chain([around.c.t("counter-if-applies")]);
                view.hint = Some(hints.collect::<Vec<_>>().join(". "));
            }
        }
        views.push(view);
    }
    views
}

fn control(around: &Around<'_>, field: &Field) -> FieldView {
    let mut view = fields::control(around, field, &format!("{PREFIX}{}", field.id));
    match field.kind {
        FieldType::Date => {
            view.kind = FieldKind::Date;
            view.hint = field.hint_ar.clone();
        }
        FieldType::Point => {
            view.kind = FieldKind::Point;
            view.map = "point";
            view.hint = field.hint_ar.clone().or_else(|| Some(around.c.t("online-point-hint")));
        }
        FieldType::Polygon => view.map = "polygon",
        FieldType::Choice if field.choices_ref.is_none() && field.choices.len() <= FEW => view.kind = FieldKind::Radios,
        FieldType::Text if field.max.is_some_and(|max| max > 200.into()) => view.kind = FieldKind::Textarea,
        _ => {}
    }
    view.filled(around.data, around.errors)
}

/// What conditions on a page may ask that is not asked on it, as JSON for the script.
pub(super) fn facts(applicant: &Applicant, answers: &Answers, page: &Page<'_>) -> String {
    let mut facts = Map::new();
    facts.insert("applicant.kind".into(), applicant.kind.code().into());
    facts.insert("applicant.by_agent".into(), applicant.by_agent.into());
    facts.insert("applicant.is_foreign".into(), applicant.is_foreign.into());
    if let Some(sex) = applicant.sex {
        facts.insert("applicant.sex".into(), sex.into());
    }
    let elsewhere = answers.iter().filter(|(id, _)| page.iter().all(|field| field.id != *id));
    facts.extend(elsewhere.map(|(id, answer)| (id.to_owned(), answer.to_json())));
    Value::Object(facts).to_string()
}
