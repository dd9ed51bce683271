//! توكيلات في الشباك: the window sees the original and says whether what was declared is so. Each look is noted.

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::web::{Answer, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use record::views::View;
use registry::accounts::{self, Account};
use registry::mandates::{self, Act, By, Mandate, MandateError, Refusal, State, TENANT, Write};
use registry::{Right, Viewer};
use uuid::Uuid;

use super::accounts::{HERE as ACCOUNTS, number_field, of_number, seat, state, window};
use super::open::Views;
use super::words::Tag;
use crate::Office;
use crate::online::{fetch_scan, mandate_words as words};
use crate::requests::rules;

const HERE: &str = "/counter/mandates";
const ACTS: [(&str, Act); 3] = [("confirm", Act::Confirm), ("refuse", Act::Refuse), ("end", Act::End)];

/// A mandate of somebody who stands at the window.
struct Line {
    agent: String,
    principal: String,
    capacity: String,
    days: String,
    state: Tag,
    acts: Vec<(String, String)>,
}

/// An account that must be confirmed first.
struct First {
    name: String,
    mobile: String,
    state: Tag,
    href: String,
}

#[derive(Template)]
#[template(path = "counter/mandates.html")]
struct MandatesPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    field: FieldView,
    asked: bool,
    first: Vec<First>,
    found: Vec<Line>,
}

#[derive(Template)]
#[template(path = "counter/mandate.html")]
struct ActPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    title: String,
    effect: String,
    answers: Vec<Answer>,
    scan: String,
    action: String,
    command: String,
    button: String,
    danger: bool,
}

fn note(office: &Office, viewer: &Viewer, views: &Views, mandate: Uuid, purpose: &'static str) {
    if let (Some(Extension(log)), Some(staff)) = (views, viewer.staff()) {
        log.note(View {
            tenant: TENANT.to_owned(),
            at: office.clock.now(),
            viewer: staff,
            assignment: viewer.holding(Right::TakeRequests).next().map(|held| held.id),
            stream: mandates::stream(mandate),
            purpose,
        });
    }
}

fn fail(error: record::RecordError) -> PageError {
    PageError::from_error(&error)
}

fn crumbs(c: &Ctx, here: Option<String>) -> Vec<Crumb> {
    let title = c.t("mandates-window");
    let mut crumbs = vec![Crumb::new("/counter", c.t("counter-nav-desk"))];
    match here {
        None => crumbs.push(Crumb::here(title)),
        Some(here) => crumbs.extend([Crumb::new(HERE, title), Crumb::here(here)]),
    }
    crumbs
}

fn page(c: Ctx, typed: &str, asked: bool, errors: FormErrors, first: Vec<First>, found: Vec<Line>) -> Response {
    let wrong = errors.any();
    let c = c.dense().failed(wrong);
    let page = Html(MandatesPage {
        crumbs: crumbs(&c, None),
        field: number_field(c.t("mandates-agent-nid"), typed, &errors),
        asked: asked && !wrong,
        first,
        found,
        errors,
        c,
    });
    if wrong { page.unprocessable() } else { page.into_response() }
}

/// The empty page.
pub(super) async fn show(viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    seat(&viewer)?;
    Ok(page(c, "", false, FormErrors::new(), Vec::new(), Vec::new()))
}

/// The mandates of somebody by their national id, which is sent in the form and stands in no address.
pub(super) async fn look_up(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    data: FormData,
) -> Result<Response, PageError> {
    seat(&viewer)?;
    let typed = data.get("nid").to_owned();
    let mut errors = FormErrors::new();
    let (mut first, mut found) = (Vec::new(), Vec::new());
    for account in of_number(&office, &c, &typed, &mut errors).await? {
        let declared = mandates::of_account(&office, account.id).await.map_err(fail)?;
        if declared.is_empty() {
            continue;
        }
        if !account.confirmed {
            first.push(unconfirmed(&c, &account));
        }
        for mandate in declared {
            note(&office, &viewer, &views, mandate.id, "mandate");
            found.push(line(&office, &c, &account, &mandate));
        }
    }
    Ok(page(c, &typed, true, errors, first, found))
}

fn unconfirmed(c: &Ctx, account: &Account) -> First {
    First {
        name: account.name.clone(),
        mobile: account.login.mobile.mask(),
        state: state(c, account),
        href: format!("{ACCOUNTS}/{}/confirm", account.id),
    }
}

fn line(office: &Office, c: &Ctx, account: &Account, mandate: &Mandate) -> Line {
    let today = rules::day(office.clock.now());
    let acts: &[&str] = match mandate.state {
        _ if !words::is_open(mandate, today) => &[],
        State::Declared => &["confirm", "refuse"],
        State::Confirmed | State::Refused | State::Ended => &["end"],
    };
    let act = |word: &&str| (c.t(&format!("mandates-window-{word}")), format!("{HERE}/{}/{word}", mandate.id));
    Line {
        agent: account.name.clone(),
        principal: mandate.principal.name.clone(),
        capacity: words::capacity(c, mandate),
        days: words::days(c, mandate),
        state: words::standing(c, mandate, today),
        acts: acts.iter().map(act).collect(),
    }
}

async fn read(office: &Office, id: Uuid) -> Result<Mandate, PageError> {
    mandates::read(office, id).await.map_err(fail)?.ok_or(PageError::NotFound)
}

async fn act_page(
    office: &Office,
    c: Ctx,
    mandate: &Mandate,
    word: &str,
    data: &FormData,
    errors: FormErrors,
) -> Result<ActPage, PageError> {
    let agent = accounts::read(office, mandate.terms.grantee).await.map_err(fail)?;
    let title = c.t(&format!("mandates-window-{word}-title"));
    Ok(ActPage {
        crumbs: crumbs(&c, Some(title.clone())),
        title,
        effect: c.t(&format!("mandates-window-{word}-effect")),
        answers: words::answers(&c, office, mandate, agent.as_ref()),
        scan: mandate.scan.as_ref().map(|_| format!("{HERE}/{}/scan", mandate.id)).unwrap_or_default(),
        action: format!("{HERE}/{}/{word}", mandate.id),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        button: c.t(&format!("mandates-window-{word}")),
        danger: word != "confirm",
        c: c.dense().failed(errors.any()),
        errors,
    })
}

/// Asks before a mandate is confirmed, refused or ended.
pub(super) async fn act_form(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path((id, word)): Path<(Uuid, String)>,
) -> Result<Response, PageError> {
    seat(&viewer)?;
    let (word, _) = ACTS.iter().find(|(known, _)| *known == word).ok_or(PageError::NotFound)?;
    let mandate = read(&office, id).await?;
    note(&office, &viewer, &views, id, "mandate");
    let page = act_page(&office, c, &mandate, word, &FormData::default(), FormErrors::new()).await?;
    Ok(Html(page).into_response())
}

/// Confirms, refuses or ends a mandate.
pub(super) async fn act(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path((id, word)): Path<(Uuid, String)>,
    data: FormData,
) -> Result<Response, PageError> {
    let place = window(seat(&viewer)?);
    let (word, what) = ACTS.iter().find(|(known, _)| *known == word).ok_or(PageError::NotFound)?;
    let mandate = read(&office, id).await?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    note(&office, &viewer, &views, id, "mandate");
    match mandates::settle(&office, &viewer, Write { mandate: id, command }, *what, By::Window(place)).await {
        Ok(()) => {
            let flash = Flash::ok(c.t(&format!("mandates-window-{word}-done")));
            Ok(see_other(HERE).with_flash(flash).into_response())
        }
        Err(MandateError::Refused(refusal)) if refusal != Refusal::NoMandate => {
            let mut errors = FormErrors::new();
            errors.add("", c.t(refusal.message()));
            Ok(Html(act_page(&office, c, &mandate, word, &data, errors).await?).unprocessable())
        }
        Err(error) => Err(error.into()),
    }
}

/// The scan of the document.
pub(super) async fn file(
    office: Office,
    viewer: Viewer,
    views: Views,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    seat(&viewer)?;
    let mandate = read(&office, id).await?;
    note(&office, &viewer, &views, id, "mandate-scan");
    fetch_scan(&office, &mandate).await
}
