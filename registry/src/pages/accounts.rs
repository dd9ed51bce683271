//! Accounts of people: withdrawing a role, closing, opening, a new first password.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use foundation::web::{Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use uuid::Uuid;

use super::parts::{self, ConfirmPage};
use super::people::{PEOPLE, crumbs, person};
use crate::place::Place;
use crate::rights::Right;
use crate::site::Site;
use crate::staff::{self, By, OneTime, Refusal, StaffError, queries};
use crate::viewer::Viewer;

#[derive(Template)]
#[template(path = "registry/first-password.html")]
struct FirstPasswordPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    id: Uuid,
    name: String,
    login: String,
    password: Option<String>,
}

/// The password is shown in the answer itself, once: a redirect would have to keep it somewhere.
pub(super) async fn first_password(
    site: &Site,
    c: Ctx,
    id: Uuid,
    password: Option<OneTime>,
) -> Result<Response, PageError> {
    let person = queries::one(&mut site.db.reader(), id).await?.ok_or(PageError::NotFound)?;
    let crumbs = crumbs(&c, &person, Some(c.t("registry-first-password-title")));
    let password = password.map(|OneTime(text)| text);
    Ok(Html(FirstPasswordPage { c: c.dense(), crumbs, id, name: person.name, login: person.login, password })
        .into_response())
}

/// Refusals about what was typed are said at the field; the others are pages of their own.
pub(super) fn said_in_form(refusal: Refusal) -> bool {
    !matches!(refusal, Refusal::AboveOrOutside | Refusal::OwnAccount | Refusal::NoPerson | Refusal::NoAssignment)
}

fn reason(c: &Ctx, data: &FormData, errors: &FormErrors) -> FieldView {
    FieldView::textarea("reason", c.t("registry-reason"))
        .required()
        .hint(c.t("registry-reason-hint"))
        .filled(data, errors)
}

/// A question about a person: title, effect and button are message keys.
struct Question {
    path: String,
    title: &'static str,
    effect: String,
    button: &'static str,
    reason: bool,
}

fn ask(c: Ctx, person: &queries::Listed, question: Question, data: &FormData, errors: FormErrors) -> ConfirmPage {
    let title = c.ta(question.title, &[("name", &person.name)]);
    ConfirmPage {
        crumbs: crumbs(&c, person, Some(title.clone())),
        title,
        effect: question.effect,
        action: question.path,
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        fields: if question.reason { vec![reason(&c, data, &errors)] } else { Vec::new() },
        button: c.t(question.button),
        back: format!("{PEOPLE}/{}", person.id),
        c: c.failed(errors.any()).dense(),
        errors,
    }
}

/// Goes back to the person with a word, or says at the form what is wrong.
fn done(
    c: &Ctx,
    person: &queries::Listed,
    key: &str,
    outcome: Result<(), StaffError>,
) -> Result<Result<Response, FormErrors>, PageError> {
    match outcome {
        Ok(()) => {
            let flash = Flash::ok(c.ta(key, &[("name", &person.name)]));
            Ok(Ok(see_other(format!("{PEOPLE}/{}", person.id)).with_flash(flash).into_response()))
        }
        Err(StaffError::Refused(refusal)) if said_in_form(refusal) => {
            let mut errors = FormErrors::new();
            errors.add(refusal.field(), c.t(refusal.message()));
            Ok(Err(errors))
        }
        Err(error) => Err(error.into()),
    }
}

async fn revoke_question(
    site: &Site,
    viewer: &Viewer,
    c: &Ctx,
    id: Uuid,
    assignment: Uuid,
) -> Result<(queries::Listed, Question), PageError> {
    let person = person(site, viewer, id, Right::ViewPeople).await?;
    let held = queries::assignments(&mut site.db.reader(), id).await?;
    let held = held.into_iter().find(|held| held.id == assignment && !held.revoked).ok_or(PageError::NotFound)?;
    let tree = site.units.now();
    let path = tree.path(&held.unit).ok_or(PageError::NotFound)?;
    let place = Place { path, department: held.department.clone() };
    if !viewer.assignments().iter().any(|mine| staff::rules::lets_grant(mine, held.role, &place)) {
        return Err(PageError::forbidden());
    }
    let words = parts::place_words(c, site, &tree, &held.unit, held.department.as_deref());
    let effect = c.ta("registry-revoke-effect", &[("role", &c.t(&held.role.message())), ("place", &words)]);
    let path = format!("{PEOPLE}/{id}/revoke/{assignment}");
    Ok((
        person,
        Question { path, title: "registry-revoke-title", effect, button: "registry-revoke-submit", reason: true },
    ))
}

/// Asks before a role is withdrawn.
pub(super) async fn revoke_form(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path((id, assignment)): Path<(Uuid, Uuid)>,
) -> Result<Response, PageError> {
    let (person, question) = revoke_question(&site, &viewer, &c, id, assignment).await?;
    Ok(Html(ask(c, &person, question, &FormData::default(), FormErrors::new())).into_response())
}

/// Withdraws a role.
pub(super) async fn revoke(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path((id, assignment)): Path<(Uuid, Uuid)>,
    data: FormData,
) -> Result<Response, PageError> {
    let person = person(&site, &viewer, id, Right::ViewPeople).await?;
    let by = By::Viewer(viewer.clone());
    let outcome = staff::revoke(&site, &by, parts::command(&data)?, id, assignment, data.get("reason")).await;
    match done(&c, &person, "registry-revoked", outcome)? {
        Ok(response) => Ok(response),
        Err(errors) => {
            let (person, question) = revoke_question(&site, &viewer, &c, id, assignment).await?;
            Ok(Html(ask(c, &person, question, &data, errors)).unprocessable())
        }
    }
}

fn disable_question(c: &Ctx, id: Uuid) -> Question {
    Question {
        path: format!("{PEOPLE}/{id}/disable"),
        title: "registry-disable-title",
        effect: c.t("registry-disable-effect"),
        button: "registry-disable-submit",
        reason: true,
    }
}

/// Asks before an account is closed.
pub(super) async fn disable_form(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let person = person(&site, &viewer, id, Right::ManagePeople).await?;
    let question = disable_question(&c, id);
    Ok(Html(ask(c, &person, question, &FormData::default(), FormErrors::new())).into_response())
}

/// Closes an account.
pub(super) async fn disable(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let person = person(&site, &viewer, id, Right::ManagePeople).await?;
    let outcome = staff::disable(&site, &By::Viewer(viewer), parts::command(&data)?, id, data.get("reason")).await;
    match done(&c, &person, "registry-disabled", outcome)? {
        Ok(response) => Ok(response),
        Err(errors) => {
            let question = disable_question(&c, id);
            Ok(Html(ask(c, &person, question, &data, errors)).unprocessable())
        }
    }
}

/// Opens a closed account.
pub(super) async fn enable(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let person = person(&site, &viewer, id, Right::ManagePeople).await?;
    match staff::enable(&site, &By::Viewer(viewer), parts::command(&data)?, id).await {
        Ok(()) | Err(StaffError::Refused(Refusal::Unchanged)) => {
            let flash = Flash::ok(c.ta("registry-enabled", &[("name", &person.name)]));
            Ok(see_other(format!("{PEOPLE}/{id}")).with_flash(flash).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Asks before a password is reset.
pub(super) async fn reset_form(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let person = person(&site, &viewer, id, Right::ManagePeople).await?;
    let question = Question {
        path: format!("{PEOPLE}/{id}/reset"),
        title: "registry-reset-title",
        effect: c.t("registry-reset-effect"),
        button: "registry-reset-submit",
        reason: false,
    };
    Ok(Html(ask(c, &person, question, &FormData::default(), FormErrors::new())).into_response())
}

/// Gives out a new first password.
pub(super) async fn reset(
    State(site): State<Site>,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let person = person(&site, &viewer, id, Right::ManagePeople).await?;
    match staff::reset_password(&site, &By::Viewer(viewer), parts::command(&data)?, id).await {
        Ok(password) => first_password(&site, c, id, password).await,
        Err(StaffError::Refused(Refusal::Disabled)) => {
            let flash = Flash::warn(c.t(Refusal::Disabled.message()));
            Ok(see_other(format!("{PEOPLE}/{}", person.id)).with_flash(flash).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
