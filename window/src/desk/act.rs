//! The forms of the file's page, carried out.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use foundation::web::{Ctx, Flash, FormData, FormErrors, Lang, PageError, see_other};
use registry::Viewer;
use uuid::Uuid;

use super::forms::{Action, Refilled};
use super::open::{self, Opened};
use super::words::{self, Failed};
use super::{file, parts, read, trail};
use crate::Office;
use crate::requests::act;
use crate::requests::events::FileRef;
use crate::requests::rules::Command;
use crate::uploads;

/// Carries out a form: 303 when done, 422 with words at the fields, 409 with what changed.
pub(super) async fn perform(
    action: Action,
    office: Office,
    viewer: Viewer,
    c: Ctx,
    id: Uuid,
    data: FormData,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, id, &data).await?;
    let command = parts::command(&data)?;
    let mut errors = FormErrors::new();
    let files = if action.has_files() {
        kept(&c, &office, &viewer, &opened, &data, &action.field("files"), &mut errors).await?
    } else {
        Vec::new()
    };
    if action == Action::Assess && data.has("assess-reckon") {
        // Only the sum is wanted: nothing is written.
        let again = Refilled { action, data: &data, errors: &errors };
        return file::again(&office, &viewer, c, opened, &again, Vec::new(), StatusCode::OK).await;
    }
    let Some(what) = read::command(&c, &office, &opened, action, &data, files, &mut errors) else {
        let again = Refilled { action, data: &data, errors: &errors };
        return file::again(&office, &viewer, c, opened, &again, Vec::new(), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match carry_out(&office, &viewer, &opened, action, command, &data, what).await {
        Ok(_) => {
            let number = c.reference_inline(&opened.state().file.number);
            let done = c.t1(&format!("desk-done-{}", action.code()), "number", number);
            let to = if action.leaves() { "/desk".to_owned() } else { here(&opened) };
            Ok(see_other(to).with_flash(Flash::ok(done)).into_response())
        }
        Err(error) => {
            let failed = words::sort(&c, &office, &opened.service, action.code(), error, &mut errors)?;
            // What the page shows is the case as it is now.
            let opened = open::open(&office, &viewer, id, &data).await?;
            let again = Refilled { action, data: &data, errors: &errors };
            let (changes, status) = match &failed {
                Failed::Form => (Vec::new(), StatusCode::UNPROCESSABLE_ENTITY),
                Failed::Moved(since) => {
                    (moved(&c, &office, &opened, since, parts::version(&data)), StatusCode::CONFLICT)
                }
            };
            file::again(&office, &viewer, c, opened, &again, changes, status).await
        }
    }
}

/// What came of a program's act.
pub(crate) enum Told {
    /// Done.
    Done(act::Answer),
    /// Something in the body is wrong.
    Wrong(FormErrors),
    /// The request is no longer as it was seen.
    Moved(FormErrors),
}

/// What a program may do by one call: everything that an officer's forms do without files and without
/// the sums of an assessment.
pub(crate) const BY_PROGRAMS: [&str; 10] =
    ["take", "accept", "answer", "completion", "consult", "recall", "rework", "refuse", "issue", "note"];

/// A program's act, read and decided as the form of the file's page.
///
/// # Errors
/// What is no matter of the body: the case is not the account's, or is not there.
pub(crate) async fn by_program(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    id: Uuid,
    (word, command): (&str, Uuid),
    data: &FormData,
) -> Result<Told, PageError> {
    let opened = open::open(office, viewer, id, data).await?;
    let action = Action::ALL.into_iter().find(|action| action.code() == word && BY_PROGRAMS.contains(&word));
    let action = action.ok_or(PageError::NotFound)?;
    let mut errors = FormErrors::new();
    let Some(what) = read::command(c, office, &opened, action, data, Vec::new(), &mut errors) else {
        return Ok(Told::Wrong(errors));
    };
    match carry_out(office, viewer, &opened, action, command, data, what).await {
        Ok(answer) => Ok(Told::Done(answer)),
        Err(error) => match words::sort(c, office, &opened.service, action.code(), error, &mut errors)? {
            Failed::Form => Ok(Told::Wrong(errors)),
            Failed::Moved(_) => Ok(Told::Moved(errors)),
        },
    }
}

/// The command; what an assessment fills in for the office goes before it, so that the fees are known.
async fn carry_out(
    office: &Office,
    viewer: &Viewer,
    opened: &Opened,
    action: Action,
    command: Uuid,
    data: &FormData,
    what: Command,
) -> Result<act::Answer, act::ActError> {
    let mut wanted = opened.case.act(command, parts::version(data), what);
    if action == Action::Assess {
        let answers = super::fees::office_answers(Lang::Ar, opened, data, &mut FormErrors::new());
        if !answers.is_empty() {
            let before = record::follow::derived_id("desk-fill-in", &command.to_string());
            let filled = opened.case.act(before, wanted.seen, Command::FillIn { step: opened.step, answers });
            wanted.seen = Some(act::act(office, viewer, filled).await?.version);
            wanted.known = None;
        }
    }
    act::act(office, viewer, wanted).await
}

/// What happened since a form was opened.
pub(super) fn moved(
    c: &Ctx,
    office: &Office,
    opened: &Opened,
    since: &[crate::requests::state::Mark],
    seen: Option<i64>,
) -> Vec<trail::Change> {
    let state = opened.state();
    if !since.is_empty() {
        return trail::changes(c, office, &opened.tree, state, since.iter());
    }
    let seen = seen.unwrap_or(i64::MAX);
    trail::changes(c, office, &opened.tree, state, state.course.trail.iter().filter(|mark| mark.version > seen))
}

/// The file's page with the step that was looked at.
pub(super) fn here(opened: &Opened) -> String {
    match opened.consult {
        0 => format!("/desk/requests/{}?step={}", opened.case.id, opened.step),
        no => format!("/desk/requests/{}?consult={no}", opened.case.id),
    }
}

/// Keeps the files of a field under the request.
pub(super) async fn kept(
    c: &Ctx,
    office: &Office,
    viewer: &Viewer,
    opened: &Opened,
    data: &FormData,
    field: &str,
    errors: &mut FormErrors,
) -> Result<Vec<FileRef>, PageError> {
    let mut refs: Vec<FileRef> = Vec::new();
    for part in data.files(field).filter(|part| part.size > 0) {
        let path = part.path().to_owned();
        let read = tokio::task::spawn_blocking(move || std::fs::read(path))
            .await
            .map_err(|error| PageError::from_error(&error))?;
        let bytes = read.map_err(|error| PageError::from_error(&error))?;
        let unit = &opened.state().file.unit;
        match uploads::upload(office, &opened.case.tenant, unit, opened.case.id, viewer.staff(), bytes).await {
            Ok(file) if refs.contains(&file) => {}
            Ok(file) => refs.push(file),
            Err(error) => errors.add(field, words::upload(c, error)?),
        }
    }
    Ok(refs)
}
