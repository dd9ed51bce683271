//! Confirming a citizen's account at the window (تأكيد حساب مواطن): whose card was seen opens to the account
//! what windows have recorded of the person. Each look at an account is noted.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use foundation::identity::NationalId;
use foundation::web::forms::FieldKind;
use foundation::web::{Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use record::views::View;
use registry::accounts::{self, Account, AccountError};
use registry::citizens::{self, IdentityKind};
use registry::place::WINDOW;
use registry::privacy::{Field, FieldClass};
use registry::{Assignment, Place, Right, Viewer};
use serde::Deserialize;
use uuid::Uuid;

use super::open::{self, Views};
use super::words::Tag;
use crate::Office;
use crate::requests::rules;

pub(super) const HERE: &str = "/counter/accounts";
const NID: &str = "nid";

/// An account in the list.
struct Line {
    name: String,
    mobile: String,
    state: Tag,
    /// Where it is confirmed; empty if it is.
    confirm: String,
}

#[derive(Template)]
#[template(path = "counter/accounts.html")]
struct AccountsPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    field: FieldView,
    asked: bool,
    found: Vec<Line>,
}

#[derive(Template)]
#[template(path = "counter/account.html")]
struct ConfirmPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    name: String,
    national_id: String,
    mobile: String,
    action: String,
    command: String,
}

/// What the address says: a person of the governorate whose accounts are asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    person: String,
}

/// The assignment under which the viewer takes requests in.
pub(super) fn seat(viewer: &Viewer) -> Result<&Assignment, PageError> {
    viewer.holding(Right::TakeRequests).next().ok_or_else(PageError::forbidden)
}

/// The window of that assignment.
pub(super) fn window(held: &Assignment) -> Place {
    Place::department(held.path.clone(), WINDOW)
}

/// Notes a look at an account.
pub(super) fn note(office: &Office, viewer: &Viewer, views: &Views, account: Uuid, purpose: &'static str) {
    if let (Some(Extension(log)), Some(staff)) = (views, viewer.staff()) {
        log.note(View {
            tenant: accounts::TENANT.to_owned(),
            at: office.clock.now(),
            viewer: staff,
            assignment: viewer.holding(Right::TakeRequests).next().map(|held| held.id),
            stream: accounts::stream(account),
            purpose,
        });
    }
}

fn crumbs(c: &Ctx, here: Option<&str>) -> Vec<Crumb> {
    let title = c.t("mandates-accounts");
    let mut crumbs = vec![Crumb::new("/counter", c.t("counter-nav-desk"))];
    match here {
        None => crumbs.push(Crumb::here(title)),
        Some(here) => crumbs.extend([Crumb::new(HERE, title), Crumb::here(c.t(here))]),
    }
    crumbs
}

pub(super) fn state(c: &Ctx, account: &Account) -> Tag {
    if account.confirmed {
        Tag { class: "ok", label: c.t("account-confirmed") }
    } else {
        Tag { class: "warn", label: c.t("account-unconfirmed") }
    }
}

/// The accounts of a number as typed; what is wrong with it goes to the errors.
pub(super) async fn of_number(
    office: &Office,
    c: &Ctx,
    typed: &str,
    errors: &mut FormErrors,
) -> Result<Vec<Account>, PageError> {
    let Ok(number) = NationalId::parse(typed, rules::day(office.clock.now())) else {
        let key = if typed.trim().is_empty() { "account-nid-missing" } else { "common-nid-wrong" };
        errors.add(NID, c.t(key));
        return Ok(Vec::new());
    };
    accounts::find_by_national_id(office, &number).await.map_err(|error| PageError::from_error(&error))
}

/// The box for a national id.
pub(super) fn number_field(label: String, typed: &str, errors: &FormErrors) -> FieldView {
    let mut field = FieldView::new(FieldKind::NationalId, NID, label).required().value(typed).autofocus();
    field.error = errors.of(NID).map(str::to_owned);
    field
}

async fn page(
    office: &Office,
    viewer: &Viewer,
    views: &Views,
    c: Ctx,
    typed: Option<&str>,
) -> Result<Response, PageError> {
    let mut errors = FormErrors::new();
    let found = match typed {
        Some(typed) => of_number(office, &c, typed, &mut errors).await?,
        None => Vec::new(),
    };
    for account in &found {
        note(office, viewer, views, account.id, "account");
    }
    let c = c.dense().failed(errors.any());
    let wrong = errors.any();
    let page = Html(AccountsPage {
        crumbs: crumbs(&c, None),
        field: number_field(c.t("account-nid"), typed.unwrap_or_default(), &errors),
        asked: typed.is_some() && !wrong,
        found: found
            .into_iter()
            .map(|account| Line {
                mobile: account.login.mobile.mask(),
                state: state(&c, &account),
                confirm: if account.confirmed { String::new() } else { format!("{HERE}/{}/confirm", account.id) },
                name: account.name,
            })
            .collect(),
        errors,
        c,
    });
    Ok(if wrong { page.unprocessable() } else { page.into_response() })
}

/// The page, empty or with the accounts of a person whom the governorate knows.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let number = match asked.person.parse() {
        Ok(person) => number_of(&office, &viewer, &views, person).await?,
        Err(_) => None,
    };
    page(&office, &viewer, &views, c, number.as_deref()).await
}

/// The national id of a person of the viewer's governorates, as far as the viewer may see it.
async fn number_of(office: &Office, viewer: &Viewer, views: &Views, id: Uuid) -> Result<Option<String>, PageError> {
    for tenant in open::tenants(viewer) {
        let Some(held) = viewer.holding(Right::TakeRequests).find(|held| held.tenant == tenant) else { continue };
        let found = citizens::find(&mut office.db.reader(), &office.record, &tenant, id).await;
        let Some(citizen) = found.map_err(|error| PageError::from_error(&error))? else { continue };
        open::note_person(office, viewer, views, held, &citizen, "account");
        if citizen.identity_kind != Some(IdentityKind::NationalId) {
            return Ok(None);
        }
        let glance = open::at_intake(office, &window(held), Right::TakeRequests);
        let shown = citizen.identity.map(|number| number.show(viewer, &Field::of(FieldClass::Identity, ""), &glance));
        return Ok(shown.and_then(|number| number.open().cloned()));
    }
    Ok(None)
}

/// Looks a number up. It is sent in the form, so that it stands in no address.
pub(super) async fn look_up(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    data: FormData,
) -> Result<Response, PageError> {
    page(&office, &viewer, &views, c, Some(data.get(NID))).await
}

fn confirm_page(c: Ctx, account: Account, data: &FormData, errors: FormErrors) -> ConfirmPage {
    ConfirmPage {
        crumbs: crumbs(&c, Some("mandates-account-confirm")),
        national_id: account.login.national_id.as_str().to_owned(),
        mobile: account.login.mobile.mask(),
        action: format!("{HERE}/{}/confirm", account.id),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        name: account.name,
        c: c.dense().failed(errors.any()),
        errors,
    }
}

async fn read(office: &Office, id: Uuid) -> Result<Account, PageError> {
    let found = accounts::read(office, id).await.map_err(|error| PageError::from_error(&error))?;
    found.ok_or(PageError::NotFound)
}

/// Asks whether the card was seen.
pub(super) async fn confirm_form(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    seat(&viewer)?;
    let account = read(&office, id).await?;
    note(&office, &viewer, &views, id, "confirm-account");
    if account.confirmed {
        return Ok(see_other(HERE).with_flash(Flash::info(c.t("mandates-account-confirmed-already"))).into_response());
    }
    Ok(Html(confirm_page(c, account, &FormData::default(), FormErrors::new())).into_response())
}

/// Confirms the account.
pub(super) async fn confirm(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let account = read(&office, id).await?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    note(&office, &viewer, &views, id, "confirm-account");
    let place = window(seat(&viewer)?);
    match accounts::confirm(&office, &viewer, place, command, id).await {
        Ok(()) => {
            let flash = Flash::ok(c.t1("mandates-account-confirm-done", "name", account.name.as_str()));
            Ok(see_other(HERE).with_flash(flash).into_response())
        }
        Err(AccountError::Refused(refusal)) => {
            let mut errors = FormErrors::new();
            errors.add("", c.t(refusal.message()));
            Ok(Html(confirm_page(c, account, &data, errors)).unprocessable())
        }
        Err(error) => Err(error.into()),
    }
}
