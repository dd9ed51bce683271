//! What was missing comes in (استيفاء النواقص): papers, corrected answers, words.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use catalogue::Service;
use catalogue::answers::{Answer, read_one};
use foundation::web::forms::FieldKind;
use foundation::web::{Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError};
use registry::privacy::FieldClass;
use registry::{Right, Viewer};
use uuid::Uuid;

use super::acts::{act_of, done};
use super::intake::fields::{self, Around, PREFIX};
use super::intake::files;
use super::open::{self, Opened, Views};
use super::{printed, words};
use crate::Office;
use crate::requests::act::{self, open_answers, split};
use crate::requests::events::{Answers, Missing, StepNo, Supplied};
use crate::requests::rules::{self, Command};
use crate::requests::state::Completion;

/// Something that is missing, with the controls that answer it.
pub(crate) struct Item {
    pub title: String,
    pub fields: Vec<FieldView>,
}

struct Stored {
    name: String,
    value: String,
}

#[derive(Template)]
#[template(path = "counter/supply.html")]
struct SupplyPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    number: String,
    service: String,
    note: String,
    until: String,
    action: String,
    back: String,
    command: String,
    step: StepNo,
    seen: i64,
    items: Vec<Item>,
    stored: Vec<Stored>,
}

/// The first request for completion that is open.
fn asked<'a>(opened: &'a Opened, data: &FormData) -> Option<&'a Completion> {
    let course = &opened.state().course;
    match data.get("step").parse::<StepNo>() {
        Ok(step) => course.open_completion(step),
        Err(_) => course.completions.iter().find(|asked| asked.is_open()),
    }
}

fn code(index: usize) -> String {
    format!("item.{index}")
}

/// Codes of the files of everything asked.
pub(crate) fn codes(asked: &Completion) -> Vec<String> {
    (0..asked.items.len()).map(code).collect()
}

/// What is still missing, with its controls.
pub(crate) fn items_of(around: &Around<'_>, asked: &Completion) -> Vec<Item> {
    let Around { c, catalogue, service, data, errors } = *around;
    let open = asked.items.iter().enumerate().filter(|(_, item)| item.supplied.is_none());
    open.map(|(index, item)| {
        let mut fields = Vec::new();
        if let Missing::Field { field } = &item.asked
            && let Some(field) = service.field(field)
        {
            let mut view = fields::control(around, field, &format!("{PREFIX}{}", field.id));
            view.required = false;
            fields.push(view);
        }
        let text = FieldView::text(format!("text.{index}"), c.t("counter-supply-text")).max_length(500);
        fields.push(text.filled(data, errors));
        let name = files::control(&code(index));
        let mut file = FieldView::new(FieldKind::File, name.clone(), c.t("counter-supply-file"));
        file.error = errors.of(&name).map(str::to_owned);
        file.multiple = true;
        fields.push(file);
        Item { title: words::missing(around.c, &item.asked, catalogue, service), fields }
    })
    .collect()
}

fn page(
    office: &Office,
    c: Ctx,
    opened: &Opened,
    asked: &Completion,
    data: &FormData,
    errors: FormErrors,
    command: String,
) -> SupplyPage {
    let (state, service) = (opened.state(), &*opened.service);
    let c = c.dense().failed(errors.any());
    let around = Around { c: &c, catalogue: office.catalogue(), service, data, errors: &errors };
    let items = items_of(&around, asked);
    let kept = codes(asked).iter().map(|code| files::stored(code)).collect::<Vec<_>>();
    let kept = kept.into_iter().filter(|name| !data.get(name).is_empty());
    let stored = kept.map(|name| Stored { value: data.get(&name).to_owned(), name }).collect();
    let back = format!("/counter/requests/{}", opened.case.id);
    SupplyPage {
        crumbs: vec![
            Crumb::new("/counter", c.t("counter-nav-desk")),
            Crumb::new(back.clone(), c.reference_inline(&state.file.number)),
            Crumb::here(c.t("counter-supply-title")),
        ],
        number: state.file.number.clone(),
        service: service.name(c.lang).to_owned(),
        note: asked.note.clone(),
        until: c.date(asked.until),
        action: format!("{back}/supply"),
        step: asked.step,
        seen: state.version,
        back,
        command,
        items,
        stored,
        errors,
        c,
    }
}

/// What is missing.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "supply").await?;
    at_window(&office, &viewer, &opened)?;
    let data = FormData::default();
    let asked = asked(&opened, &data).ok_or(PageError::NotFound)?;
    let command = c.command();
    Ok(Html(page(&office, c, &opened, asked, &data, FormErrors::new(), command)).into_response())
}

/// Takes in what came; the clock runs again when nothing is missing any more.
pub(super) async fn take_in(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    mut data: FormData,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "supply").await?;
    at_window(&office, &viewer, &opened)?;
    let Some(asked) = asked(&opened, &data) else {
        // Complete already: the same form sent twice, or somebody else was faster.
        return Ok(done(&c, id, "counter-supply-done"));
    };
    let mut errors = FormErrors::new();
    let codes = codes(asked);
    let place = (opened.case.tenant.as_str(), opened.state().file.unit.as_str(), id);
    files::take(&office, &viewer, &c, place, &mut data, &codes, &mut errors).await?;
    let corrected = corrected(&office, &c, &opened.service, asked, &data, &mut errors);
    let items = items(asked, &data, &corrected);
    if items.is_empty() && !errors.any() {
        let first = asked.items.iter().position(|item| item.supplied.is_none()).unwrap_or(0);
        errors.add(format!("text.{first}"), c.t("counter-supply-nothing"));
    }
    if !errors.any() {
        let (answers, of_person) = split(&opened.service.fields, corrected);
        let personal =
            if of_person.is_empty() { None } else { Some(whole(&office, &viewer, &opened, of_person).await?) };
        let what = Command::AnswerCompletion { step: asked.step, items, answers, personal: serde_json::Value::Null };
        let mut act = act_of(&opened, &data, what)?;
        act.personal = personal;
        match act::act(&office, &viewer, act).await {
            Ok(_) => return Ok(done(&c, id, "counter-supply-done")),
            Err(error) => errors.add("", words::told(&c, &office, error)?),
        }
    }
    let command = data.get("command").to_owned();
    Ok(Html(page(&office, c, &opened, asked, &data, errors, command)).unprocessable())
}

/// Fields that were asked for and typed.
pub(crate) fn corrected(
    office: &Office,
    c: &Ctx,
    service: &Service,
    asked: &Completion,
    data: &FormData,
    errors: &mut FormErrors,
) -> Answers {
    let raw = fields::raw(data);
    let today = rules::day(office.clock.now());
    let mut answers = Answers::new();
    for item in asked.items.iter().filter(|item| item.supplied.is_none()) {
        let Missing::Field { field } = &item.asked else { continue };
        let Some(field) = service.field(field) else { continue };
        let Some(typed) = raw.get(&field.id).filter(|typed| typed.iter().any(|text| !text.is_empty())) else {
            continue;
        };
        match read_one(field, typed.clone(), today) {
            Ok(answer) => {
                answers.insert(field.id.clone(), Answer::to_json(&answer));
            }
            Err(said) => errors.add(format!("{PREFIX}{}", field.id), said.text(c.lang)),
        }
    }
    answers
}

/// What came of what was asked.
pub(crate) fn items(asked: &Completion, data: &FormData, corrected: &Answers) -> Vec<Supplied> {
    let open = asked.items.iter().enumerate().filter(|(_, item)| item.supplied.is_none());
    open.filter_map(|(index, item)| {
        let text = data.get(&format!("text.{index}")).to_owned();
        let files = files::had(data, &code(index));
        let answered = matches!(&item.asked, Missing::Field { field } if corrected.contains_key(field));
        let came = answered || !text.is_empty() || !files.is_empty();
        came.then(|| Supplied { item: u16::try_from(index).unwrap_or(u16::MAX), text, files })
    })
    .collect()
}

/// Personal answers are written whole: what is kept, with what was corrected.
async fn whole(office: &Office, viewer: &Viewer, opened: &Opened, corrected: Answers) -> Result<Answers, PageError> {
    let state = opened.state();
    let key =
        office.record.keyring().open(&mut office.db.reader(), &opened.case.tenant, state.file.applicant.subject).await;
    let key = key.map_err(|error| PageError::from_error(&error))?.ok_or(PageError::Gone(None))?;
    let old = open_answers(&key, &state.file.personal).map_err(|error| PageError::from_error(&error))?;
    let glance = open::glance(office, &opened.case);
    let old = old.show(viewer, &registry::Field::of(FieldClass::Contact, ""), &glance);
    let mut all = old.open().cloned().ok_or_else(PageError::forbidden)?;
    all.extend(corrected);
    Ok(all)
}

fn at_window(office: &Office, viewer: &Viewer, opened: &Opened) -> Result<(), PageError> {
    let windows = printed::windows(&office.units.now(), opened.state());
    let held = windows.iter().any(|window| viewer.grant(Right::TakeRequests, window).is_some());
    if held { Ok(()) } else { Err(PageError::forbidden()) }
}
