//! التوكيلات في الحساب: for whom the holder acts, who acts for them, and what they decide on it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::web::{Answer, Crumb, Ctx, Flash, FormData, FormErrors, Html, PageError, see_other};
use jiff::civil::Date;
use registry::accounts::{self, Account};
use registry::mandates::{self, Act, By, Mandate, MandateError, Refusal, Standing, State, Write};
use registry::{Viewer, mandates::TENANT};
use uuid::Uuid;

use super::mandate_words as words;
use crate::Office;
use crate::counter::words::Tag;
use crate::requests::rules;
use crate::uploads;

pub(super) const HERE: &str = "/account/mandates";

/// A mandate in a list.
struct Line {
    name: String,
    capacity: String,
    days: String,
    scope: String,
    state: Tag,
    /// Label and address of what can be done with it.
    acts: Vec<(String, String)>,
    scan: String,
}

#[derive(Template)]
#[template(path = "online/mandates.html")]
struct MandatesPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    confirmed: bool,
    /// For whom the holder acts.
    own: Vec<Line>,
    /// Who acts for the holder, or for companies that they represent.
    given: Vec<Line>,
}

#[derive(Template)]
#[template(path = "online/mandate.html")]
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

fn holder(viewer: &Viewer) -> Result<&Account, PageError> {
    viewer.holder().map(|holder| &holder.account).ok_or(PageError::SignIn)
}

fn fail(error: record::RecordError) -> PageError {
    PageError::from_error(&error)
}

/// The word of an act in addresses and keys of messages.
const ACTS: [(&str, Act); 3] = [("accept", Act::Confirm), ("refuse", Act::Refuse), ("end", Act::End)];

/// What a side may do with a mandate.
fn acts(c: &Ctx, mandate: &Mandate, is_own: bool, today: Date) -> Vec<(String, String)> {
    if !words::is_open(mandate, today) {
        return Vec::new();
    }
    let words: &[&str] = match (is_own, mandate.state) {
        (true, _) | (false, State::Confirmed) => &["end"],
        (false, _) => &["accept", "refuse"],
    };
    words.iter().map(|word| (c.t(&format!("mandates-{word}")), format!("{HERE}/{}/{word}", mandate.id))).collect()
}

fn scan(mandate: &Mandate) -> String {
    mandate.scan.as_ref().map(|_| format!("{HERE}/{}/scan", mandate.id)).unwrap_or_default()
}

fn line(c: &Ctx, office: &Office, mandate: &Mandate, name: String, is_own: bool, today: Date) -> Line {
    Line {
        capacity: words::capacity(c, mandate),
        days: words::days(c, mandate),
        scope: words::scope(c, office, mandate),
        state: words::standing(c, mandate, today),
        acts: acts(c, mandate, is_own, today),
        scan: scan(mandate),
        name,
    }
}

/// The mandates of both sides.
pub(super) async fn show(office: Office, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let account = holder(&viewer)?;
    let today = rules::day(office.clock.now());
    let (mut reader, keyring) = (office.db.reader(), office.record.keyring());
    let own = mandates::of_grantee(&mut reader, keyring, account.id).await.map_err(fail)?;
    let own = own.iter().map(|one| line(&c, &office, one, one.principal.name.clone(), true, today)).collect();
    let mut given = Vec::new();
    for one in mandates::towards(&mut reader, keyring, account, today).await.map_err(fail)? {
        // What its grantee ended before it was accepted concerns nobody else.
        if one.terms.standing(one.state, today) == Standing::Ended && one.settled_by.is_none() {
            continue;
        }
        let agent = accounts::read(&office, one.terms.grantee).await.map_err(fail)?;
        let agent = agent.map(|agent| agent.name).unwrap_or_default();
        let name = c.ta("mandates-acts-for", &[("agent", &agent), ("principal", &one.principal.name)]);
        given.push(line(&c, &office, &one, name, false, today));
    }
    let page = MandatesPage {
        crumbs: vec![Crumb::new("/account", c.t("account-title")), Crumb::here(c.t("mandates-title"))],
        confirmed: account.confirmed,
        own,
        given,
        c,
    };
    Ok(Html(page).into_response())
}

/// A mandate of the viewer's, and whether they are the one who acts; another's is not there.
async fn of_viewer(office: &Office, viewer: &Viewer, id: Uuid) -> Result<(Mandate, bool), PageError> {
    let account = holder(viewer)?;
    let today = rules::day(office.clock.now());
    let found = mandates::read(office, id).await.map_err(fail)?.ok_or(PageError::NotFound)?;
    if found.terms.grantee == account.id {
        return Ok((found, true));
    }
    let given = mandates::towards(&mut office.db.reader(), office.record.keyring(), account, today).await;
    let is_given = given.map_err(fail)?.iter().any(|one| one.id == id);
    if is_given { Ok((found, false)) } else { Err(PageError::NotFound) }
}

async fn page(
    office: &Office,
    c: Ctx,
    mandate: &Mandate,
    word: &str,
    is_own: bool,
    data: &FormData,
    errors: FormErrors,
) -> Result<ActPage, PageError> {
    let agent = accounts::read(office, mandate.terms.grantee).await.map_err(fail)?;
    let agent = agent.filter(|_| !is_own);
    Ok(ActPage {
        crumbs: vec![
            Crumb::new("/account", c.t("account-title")),
            Crumb::new(HERE, c.t("mandates-title")),
            Crumb::here(c.t(&format!("mandates-{word}"))),
        ],
        title: c.t(&format!("mandates-{word}-title")),
        effect: c.t(&format!("mandates-{word}-effect")),
        answers: words::answers(&c, office, mandate, agent.as_ref()),
        scan: scan(mandate),
        action: format!("{HERE}/{}/{word}", mandate.id),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        button: c.t(&format!("mandates-{word}")),
        danger: word != "accept",
        c: c.failed(errors.any()),
        errors,
    })
}

/// Asks before a mandate is accepted, refused or ended.
pub(super) async fn act_form(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((id, word)): Path<(Uuid, String)>,
) -> Result<Response, PageError> {
    let (mandate, is_own) = of_viewer(&office, &viewer, id).await?;
    let (word, _) = ACTS.iter().find(|(known, _)| *known == word).ok_or(PageError::NotFound)?;
    let page = page(&office, c, &mandate, word, is_own, &FormData::default(), FormErrors::new()).await?;
    Ok(Html(page).into_response())
}

/// Accepts, refuses or ends a mandate.
pub(super) async fn act(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((id, word)): Path<(Uuid, String)>,
    data: FormData,
) -> Result<Response, PageError> {
    let (mandate, is_own) = of_viewer(&office, &viewer, id).await?;
    let (word, what) = ACTS.iter().find(|(known, _)| *known == word).ok_or(PageError::NotFound)?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let by = if is_own { By::Grantee } else { By::Principal };
    match mandates::settle(&office, &viewer, Write { mandate: id, command }, *what, by).await {
        Ok(()) => {
            let flash = Flash::ok(c.t(&format!("mandates-{word}-done")));
            Ok(see_other(HERE).with_flash(flash).into_response())
        }
        Err(MandateError::Refused(refusal)) if refusal != Refusal::NoMandate => {
            let mut errors = FormErrors::new();
            errors.add("", c.t(refusal.message()));
            Ok(Html(page(&office, c, &mandate, word, is_own, &data, errors).await?).unprocessable())
        }
        Err(error) => Err(error.into()),
    }
}

/// The scan of the document, for both sides.
pub(super) async fn file(office: Office, viewer: Viewer, Path(id): Path<Uuid>) -> Result<Response, PageError> {
    let (mandate, _) = of_viewer(&office, &viewer, id).await?;
    fetch(&office, &mandate).await
}

/// The scan of a mandate as a file.
pub(crate) async fn fetch(office: &Office, mandate: &Mandate) -> Result<Response, PageError> {
    let scan = mandate.scan.as_ref().ok_or(PageError::NotFound)?;
    let found = uploads::fetch(office, TENANT, mandate.id, &scan.hash).await?;
    let (media, bytes) = found.ok_or(PageError::NotFound)?;
    Ok(uploads::download(&format!("mandate-{}", mandate.document.dated), media, bytes).into_response())
}
