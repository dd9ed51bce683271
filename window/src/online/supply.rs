//! What was missing comes from home (استيفاء النواقص): files, corrected answers, words.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::web::forms::FieldKind;
use foundation::web::{Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use record::follow::derived_id;
use registry::Viewer;

use super::request::{Mine, mine};
use crate::Office;
use crate::counter::intake::fields::Around;
use crate::counter::intake::files;
use crate::counter::supply::{self, Item};
use crate::counter::words;
use crate::requests::act::{self, split};
use crate::requests::rules::Command;
use crate::requests::state::Completion;

#[derive(Template)]
#[template(path = "online/supply.html")]
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
    step: u16,
    seen: i64,
    items: Vec<Item>,
    /// Documents that were to come later, each with its control.
    pending: Vec<FieldView>,
    stored: Vec<(String, String)>,
}

fn asked(mine: &Mine) -> Option<&Completion> {
    mine.state().course.completions.iter().find(|asked| asked.is_open())
}

/// Documents that were to come later.
fn pending(mine: &Mine) -> Vec<String> {
    mine.state().file.pending().map(|paper| paper.doc.clone()).collect()
}

fn page(office: &Office, c: Ctx, mine: &Mine, data: &FormData, errors: FormErrors) -> SupplyPage {
    let c = c.failed(errors.any());
    let state = mine.state();
    let asked = asked(mine);
    let around = Around { c: &c, catalogue: office.catalogue(), service: &mine.service, data, errors: &errors };
    let items = asked.map(|asked| supply::items_of(&around, asked)).unwrap_or_default();
    let pending = pending(mine);
    let mut codes: Vec<String> = pending.clone();
    codes.extend(asked.map(supply::codes).unwrap_or_default());
    let stored = codes.iter().map(|code| files::stored(code)).filter(|name| !data.get(name).is_empty());
    SupplyPage {
        crumbs: vec![
            Crumb::new("/account", c.t("account-title")),
            Crumb::new(mine.path(""), c.reference_inline(&state.file.number)),
            Crumb::here(c.t("online-supply")),
        ],
        number: state.file.number.clone(),
        service: mine.service.name(c.lang).to_owned(),
        note: asked.map(|asked| asked.note.clone()).unwrap_or_default(),
        until: asked.map(|asked| c.date(asked.until)).unwrap_or_default(),
        action: mine.path("supply"),
        back: mine.path(""),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        step: asked.map_or(0, |asked| asked.step),
        seen: state.version,
        stored: stored.map(|name| (data.get(&name).to_owned(), name)).map(|(value, name)| (name, value)).collect(),
        pending: pending
            .iter()
            .map(|doc| {
                let name = files::control(doc);
                let mut view =
                    FieldView::new(FieldKind::File, name.clone(), words::document(&c, office.catalogue(), doc));
                view.multiple = true;
                view.error = errors.of(&name).map(str::to_owned);
                view
            })
            .collect(),
        items,
        errors,
        c,
    }
}

/// What is missing.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<String>,
) -> Result<Response, PageError> {
    let mine = mine(&office, &viewer, &number).await?;
    if nothing_missing(&mine) {
        let flash = Flash::info(c.t("online-supply-none"));
        return Ok(see_other(mine.path("")).with_flash(flash).into_response());
    }
    Ok(Html(page(&office, c, &mine, &FormData::default(), FormErrors::new())).into_response())
}

fn nothing_missing(mine: &Mine) -> bool {
    let over = mine.state().course.status.is_final();
    over || (asked(mine).is_none() && pending(mine).is_empty())
}

/// Takes in what came.
pub(super) async fn take_in(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<String>,
    mut data: FormData,
) -> Result<Response, PageError> {
    let mine = mine(&office, &viewer, &number).await?;
    let done = |c: &Ctx| see_other(mine.path("")).with_flash(Flash::ok(c.t("online-supplied"))).into_response();
    if nothing_missing(&mine) {
        // Complete already: the same form sent twice, or a window was faster.
        return Ok(done(&c));
    }
    let (asked, pending) = (asked(&mine), pending(&mine));
    let mut errors = FormErrors::new();
    let mut codes = pending.clone();
    codes.extend(asked.map(supply::codes).unwrap_or_default());
    let place = (mine.case.tenant.as_str(), mine.state().file.unit.as_str(), mine.case.id);
    files::take(&office, &viewer, &c, place, &mut data, &codes, &mut errors).await?;
    let corrected = asked.map(|asked| supply::corrected(&office, &c, &mine.service, asked, &data, &mut errors));
    let corrected = corrected.unwrap_or_default();
    let items = asked.map(|asked| supply::items(asked, &data, &corrected)).unwrap_or_default();
    let brought: Vec<&String> = pending.iter().filter(|doc| !files::had(&data, doc).is_empty()).collect();
    if items.is_empty() && brought.is_empty() && !errors.any() {
        errors.add("", c.t("counter-supply-nothing"));
    }
    if errors.any() {
        return Ok(Html(page(&office, c, &mine, &data, errors)).unprocessable());
    }
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let mut acts = Vec::new();
    if let Some(asked) = asked.filter(|_| !items.is_empty()) {
        let (answers, of_person) = split(&mine.service.fields, corrected);
        let what = Command::AnswerCompletion { step: asked.step, items, answers, personal: serde_json::Value::Null };
        let mut act = mine.act(&data, what)?;
        if !of_person.is_empty() {
            act.personal = Some(whole(&office, &mine, of_person).await?);
        }
        acts.push(act);
    }
    for doc in brought {
        let what = Command::Attach { step: None, doc: Some(doc.clone()), files: files::had(&data, doc) };
        let mut act = mine.act(&data, what)?;
        // Each is an act of its own, and the same form sent again the same acts.
        act.command = derived_id("online-supply", &format!("{command}/{doc}"));
        (act.seen, act.known) = (None, None);
        acts.push(act);
    }
    for act in acts {
        if let Err(error) = act::act(&office, &viewer, act).await {
            let mut errors = FormErrors::new();
            errors.add("", words::told(&c, &office, error)?);
            return Ok(Html(page(&office, c, &mine, &data, errors)).unprocessable());
        }
    }
    Ok(done(&c))
}

/// Personal answers are written whole: what is kept, with what was corrected. Nothing of it is shown.
async fn whole(
    office: &Office,
    mine: &Mine,
    corrected: crate::requests::events::Answers,
) -> Result<crate::requests::events::Answers, PageError> {
    let file = &mine.state().file;
    let key = office.record.keyring().open(&mut office.db.reader(), &mine.case.tenant, file.applicant.subject).await;
    let key = key.map_err(|error| PageError::from_error(&error))?.ok_or(PageError::Gone(None))?;
    let old = act::open_answers(&key, &file.personal).map_err(|error| PageError::from_error(&error))?;
    let mut all = old.onto_paper().clone();
    all.extend(corrected);
    Ok(all)
}
