//! The guide and the units, for everybody.

use axum::extract::Path;
use axum::response::Response;
use catalogue::Catalogue;
use catalogue::model::{Channel, Field, FilledBy, Need};
use foundation::dates;
use foundation::web::{ClientIp, Ctx, PageError};
use http::HeaderMap;
use serde_json::{Map, Value, json};

use super::model::{
    CentreLine, Coded, ConditionLine, DocumentLine, FieldLine, Guide, Service, ServiceLine, ServiceList, StepLine,
    UnitLine, UnitList,
};
use super::parts::{coded, kept};
use crate::office::Office;
use crate::public::desk::{Asked, SEARCH};
use crate::public::guide::fee;
use crate::public::places;
use crate::public::service_view::ServiceView;
use crate::public::words::Words;

fn group(c: &Ctx, catalogue: &Catalogue, code: &str) -> Coded {
    coded(code, catalogue.group(code).map(|group| group.name(c.lang).to_owned()).unwrap_or_default())
}

fn line(c: &Ctx, catalogue: &Catalogue, service: &catalogue::Service) -> ServiceLine {
    ServiceLine {
        code: service.code.clone(),
        name: service.name(c.lang).to_owned(),
        group: group(c, catalogue, &service.group),
        version: service.version,
        online: service.channels.contains(&Channel::Online),
        working_days: service.time_limit.working_days,
        fee: fee(c, service),
    }
}

/// Services in force: all, those of a group, or those found by words, best first.
pub(super) async fn list(
    c: Ctx,
    office: Office,
    client: ClientIp,
    headers: HeaderMap,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let catalogue = office.guide_today();
    let of_group = |service: &catalogue::Service| asked.opt("group").is_none_or(|group| group == service.group);
    let services = match asked.opt("q") {
        Some(q) => {
            office.limits.take("search", client, SEARCH)?;
            let hits = catalogue.find(q).hits;
            let found = hits.iter().filter_map(|hit| catalogue.service(&hit.code));
            found.filter(|service| of_group(service)).map(|service| line(&c, &catalogue, service)).collect()
        }
        None => {
            let all = catalogue.services().filter(|service| of_group(service));
            all.map(|service| line(&c, &catalogue, service)).collect()
        }
    };
    kept(&c, &headers, &ServiceList { day: dates::day_of(office.clock.now()), services })
}

/// The whole guide.
pub(super) async fn whole(c: Ctx, office: Office, client: ClientIp, headers: HeaderMap) -> Result<Response, PageError> {
    office.limits.take("search", client, SEARCH)?;
    let catalogue = office.guide_today();
    let services = catalogue.services().map(|service| card(&c, &catalogue, service)).collect();
    kept(&c, &headers, &Guide { day: dates::day_of(office.clock.now()), services })
}

/// One service.
pub(super) async fn one(
    c: Ctx,
    office: Office,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let catalogue = office.guide_today();
    let service = catalogue.service(&code.to_ascii_uppercase()).ok_or(PageError::NotFound)?;
    kept(&c, &headers, &card(&c, &catalogue, service))
}

fn need(words: &Words<'_>, need: &Need) -> (String, String) {
    match need {
        Need::Always => ("always".to_owned(), String::new()),
        Need::Optional => ("optional".to_owned(), String::new()),
        Need::When(when) => ("when".to_owned(), words.when(when)),
    }
}

fn field(c: &Ctx, words: &Words<'_>, field: &Field) -> FieldLine {
    let (required, when) = need(words, &field.required);
    FieldLine {
        id: field.id.clone(),
        kind: word(&field.kind),
        label: field.label(c.lang).to_owned(),
        required,
        when,
        personal: field.personal,
        choices: field.choices.iter().map(|one| coded(&one.value, c.lang.pick(&one.ar, &one.en))).collect(),
        fields: field.fields.iter().map(|below| cell(c, below)).collect(),
    }
}

/// A question of a repeated group's row.
fn cell(c: &Ctx, field: &Field) -> Map<String, Value> {
    let cell = json!({
        "id": field.id,
        "kind": word(&field.kind),
        "label": field.label(c.lang),
        "personal": field.personal,
        "required": matches!(field.required, Need::Always),
    });
    cell.as_object().cloned().unwrap_or_default()
}

/// The word under which a value is written.
pub(super) fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn card(c: &Ctx, catalogue: &Catalogue, service: &catalogue::Service) -> Service {
    let words = Words::new(c, service);
    let view = ServiceView::of(c, catalogue, service);
    let when = |text: &Option<String>| text.as_deref().map(|text| words.when(text)).unwrap_or_default();
    let name_of = |code: &str| catalogue.department(code).map(|one| one.name(c.lang).to_owned()).unwrap_or_default();
    Service {
        code: service.code.clone(),
        version: service.version,
        from: service.from,
        hash: service.hash.clone(),
        name: service.name(c.lang).to_owned(),
        group: group(c, catalogue, &service.group),
        applicants: service.applicants.iter().map(|kind| coded(kind.code(), kind.label(c.lang))).collect(),
        channels: service.channels.iter().map(word).collect(),
        notes: view.notes,
        documents: service
            .documents
            .iter()
            .map(|document| {
                let (required, when) = need(&words, &document.required);
                let name = catalogue.document(&document.doc).map(|kind| kind.name(c.lang).to_owned());
                DocumentLine {
                    code: document.doc.clone(),
                    name: name.unwrap_or_default(),
                    copies: document.copies,
                    required,
                    when,
                }
            })
            .collect(),
        conditions: service
            .conditions
            .iter()
            .map(|condition| ConditionLine { text: condition.text(c.lang).to_owned(), when: when(&condition.when) })
            .collect(),
        fields: service
            .fields
            .iter()
            .filter(|field| field.filled_by == FilledBy::Applicant)
            .map(|one| field(c, &words, one))
            .collect(),
        fee: fee(c, service),
        working_days: service.time_limit.working_days,
        law_days: view.law_days,
        silence: view.silence,
        steps: service
            .steps
            .iter()
            .map(|step| StepLine {
                id: step.id.clone(),
                kind: step.kind.code().to_owned(),
                label: step.label(c.lang).to_owned(),
                department: coded(&step.department, name_of(&step.department)),
                working_days: step.working_days,
                when: when(&step.when),
            })
            .collect(),
        refusal_reasons: service
            .refusal_reasons
            .iter()
            .filter_map(|code| catalogue.reason(code).map(|reason| coded(code, reason.name(c.lang))))
            .collect(),
        output: service.output.name(c.lang).to_owned(),
        laws: view.laws,
    }
}

/// Units of the tree, or of one governorate.
pub(super) async fn units(
    c: Ctx,
    office: Office,
    headers: HeaderMap,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let tree = office.units.now();
    let wanted = asked.opt("governorate");
    let units = tree
        .units()
        .iter()
        .filter(|unit| wanted.is_none_or(|tenant| tenant == unit.tenant))
        .map(|unit| UnitLine {
            code: unit.code.clone(),
            name: places::title(&c, unit),
            kind: word(&unit.kind),
            governorate: unit.tenant.clone(),
            centres: tree
                .centres(&unit.code)
                .iter()
                .map(|centre| CentreLine { name: tree.centre_name(c.lang, centre), kind: word(&centre.kind) })
                .collect(),
        })
        .collect();
    kept(&c, &headers, &UnitList { units })
}
