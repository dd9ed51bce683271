//! Finding anything (البحث): by number, scanned code, national id, name. Each viewer sees their part only.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use documents::sign::Link;
use foundation::arabic::digits;
use foundation::identity::{Mobile, NationalId};
use foundation::numbers::{Kind, Number, NumberError};
use foundation::web::{Crumb, Ctx, FieldView, FormErrors, Html, PageError, see_other};
use registry::citizens::{self, Citizen, Identity, IdentityKind};
use registry::{Right, Viewer};
use serde::Deserialize;

use super::open::{self, Person, Views, tenants};
use super::words::{self, Tag};
use super::{printed, store};
use crate::Office;
use crate::requests::queries::{self, Case};
use crate::requests::rules;

/// Persons listed for a name.
const MOST: usize = 10;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

/// What the scanner's address says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Scanned {
    #[serde(default)]
    scan: String,
}

/// A request in a person's list.
pub(super) struct RequestLine {
    pub id: String,
    pub number: String,
    pub service: String,
    pub status: Tag,
    pub date: String,
}

/// Requests of a person as lines.
pub(super) fn lines(c: &Ctx, office: &Office, requests: Vec<queries::OfSubject>) -> Vec<RequestLine> {
    let line = |one: queries::OfSubject| RequestLine {
        id: one.id.to_string(),
        number: one.number,
        service: office.service_name(&one.service, c.lang),
        status: words::status(c, &one.status),
        date: one.registered_on.map(|day| c.date(day)).unwrap_or_default(),
    };
    requests.into_iter().map(line).collect()
}

struct Found {
    person: Person,
    /// The person's own page; empty for whom it does not open.
    more: String,
    /// Where the person's accounts are confirmed; empty for whom that does not open.
    accounts: String,
    requests: Vec<RequestLine>,
}

#[derive(Template)]
#[template(path = "counter/search.html")]
struct SearchPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    field: FieldView,
    asked: bool,
    meant: bool,
    helped: Vec<String>,
    found: Vec<Found>,
}

/// The page; a number or a code opens its request at once.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let typed = asked.q.trim();
    if let Some(case) = by_typed(&office, &viewer, typed).await? {
        return Ok(see_other(format!("/counter/requests/{}", case.id)).into_response());
    }
    let mut errors = FormErrors::new();
    let mut found = Vec::new();
    let mut meant = false;
    let plain = digits::identifier(typed);
    let is_number = plain.len() >= 10 && plain.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && plain.len() != 14 && Mobile::parse(typed).is_err() {
        errors.add("q", number_words(&c, &plain));
    } else if !typed.is_empty() {
        (found, meant) = people(&office, &viewer, &views, &c, typed).await?;
    }
    let c = c.dense().failed(errors.any());
    let mut field = FieldView::text("q", c.t("counter-search"))
        .required()
        .hint(c.t("counter-search-hint"))
        .value(typed)
        .autofocus();
    field.error = errors.of("q").map(str::to_owned);
    let wrong = errors.any();
    let page = Html(SearchPage {
        crumbs: vec![Crumb::new("/counter", c.t("counter-nav-desk")), Crumb::here(c.t("counter-nav-search"))],
        field,
        asked: !typed.is_empty(),
        meant,
        helped: help(typed),
        found,
        errors,
        c,
    });
    Ok(if wrong { page.unprocessable() } else { page.into_response() })
}

/// A scanned number or code opens what it is of, for whoever may open it.
pub(super) async fn scan(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Query(scanned): Query<Scanned>,
) -> Result<Response, PageError> {
    if let Some(case) = by_typed(&office, &viewer, &scanned.scan).await? {
        // Windows have their own page; officers look at the file on their desk.
        let windows = printed::windows(&office.units.now(), &case.state);
        let rights = [Right::TakeRequests, Right::CollectPayments, Right::HandOver];
        let counter = windows.iter().any(|window| rights.iter().any(|right| viewer.grant(*right, window).is_some()));
        let at = if counter { "/counter/requests" } else { "/desk/requests" };
        return Ok(see_other(format!("{at}/{}", case.id)).into_response());
    }
    let mut errors = FormErrors::new();
    errors.add("q", c.t("counter-scan-unknown"));
    let c = c.dense().failed(true);
    let mut field = FieldView::text("q", c.t("counter-search"))
        .required()
        .hint(c.t("counter-search-hint"))
        .value(scanned.scan.clone())
        .autofocus();
    field.error = errors.of("q").map(str::to_owned);
    let page = SearchPage {
        crumbs: vec![Crumb::here(c.t("counter-nav-search"))],
        field,
        asked: false,
        meant: false,
        helped: help(&scanned.scan),
        found: Vec::new(),
        errors,
        c,
    };
    Ok(Html(page).unprocessable())
}

/// The request of a number (of a request, paper or receipt) or of a scanned code, if the viewer may
/// open it.
pub(super) async fn by_typed(office: &Office, viewer: &Viewer, typed: &str) -> Result<Option<Case>, PageError> {
    let tree = office.units.now();
    let failed = |error: record::RecordError| PageError::from_error(&error);
    let mut reader = office.db.reader();
    if let Ok(number) = Number::parse(typed) {
        let plain = number.to_string();
        let tenant = number.tenant();
        let id = match plain.as_bytes().first().and_then(|digit| Kind::from_digit(digit.wrapping_sub(b'0'))) {
            Some(Kind::Request) => {
                return queries::case_by_number(&mut reader, viewer, &tree, &plain).await.map_err(failed);
            }
            Some(Kind::Paper) => {
                let found = queries::paper_by_number(&mut reader, &plain).await.map_err(failed)?;
                found.map(|found| found.request.id)
            }
            Some(Kind::Receipt) => store::of_receipt(&mut reader, &tenant, &plain).await?,
            _ => None,
        };
        return match id {
            Some(id) => queries::case(&mut reader, viewer, &tree, &tenant, id).await.map_err(failed),
            None => Ok(None),
        };
    }
    // A scanner on the Arabic layout types Arabic letters.
    let link = typed.parse::<Link>().or_else(|_| foundation::arabic::keyboard::to_latin(typed).parse());
    let link = link.or_else(|_| format!("https://x/{typed}").parse::<Link>());
    let found = match link {
        Ok(Link::Slip { token }) => queries::tracked(&mut reader, &token.to_string()).await.map_err(failed)?,
        Ok(Link::Paper { token, .. }) => {
            let found = queries::paper_by_token(&mut reader, &token.to_string()).await.map_err(failed)?;
            found.map(|found| found.request)
        }
        Err(_) => None,
    };
    match found {
        Some(found) => queries::case(&mut reader, viewer, &tree, &found.tenant, found.id).await.map_err(failed),
        None => Ok(None),
    }
}

/// Numbers that may be meant by a mistyped one, likeliest first.
pub(super) fn help(typed: &str) -> Vec<String> {
    match Number::parse(typed) {
        Err(NumberError::Check { help }) => {
            let requests = help.into_iter().map(|one| one.number.to_string()).filter(|number| number.starts_with('1'));
            requests.take(3).collect()
        }
        _ => Vec::new(),
    }
}

fn number_words(c: &Ctx, plain: &str) -> String {
    match Number::parse(plain) {
        Ok(_) => c.t("counter-number-unknown"),
        Err(NumberError::Length { found }) => c.t1("counter-number-length", "n", found),
        Err(NumberError::Check { .. }) => c.t("counter-number-check"),
        Err(_) => c.t("counter-number-none"),
    }
}

/// What a person is looked up by.
enum Sought {
    Identity(Identity),
    Mobile(Mobile),
    Name,
}

fn sought(typed: &str, today: jiff::civil::Date) -> Sought {
    if let Ok(id) = NationalId::parse(typed, today) {
        return Sought::Identity(Identity { kind: IdentityKind::NationalId, number: id.as_str().to_owned() });
    }
    Mobile::parse(typed).map_or(Sought::Name, Sought::Mobile)
}

/// Persons by national id, mobile or name, with their requests. Who was shown is noted.
async fn people(
    office: &Office,
    viewer: &Viewer,
    views: &Views,
    c: &Ctx,
    typed: &str,
) -> Result<(Vec<Found>, bool), PageError> {
    let sought = sought(typed, rules::day(office.clock.now()));
    let failed = |error: record::RecordError| PageError::from_error(&error);
    let mut found = Vec::new();
    let mut meant = false;
    for tenant in tenants(viewer) {
        let Some(held) = viewer.holding(Right::FindPersons).find(|held| held.tenant == tenant) else { continue };
        let place = registry::Place::department(held.path.clone(), registry::place::WINDOW);
        let glance = open::at_intake(office, &place, Right::FindPersons);
        let mut reader = office.db.reader();
        let record = &office.record;
        let citizens: Vec<Citizen> = match &sought {
            Sought::Identity(identity) => {
                let one = citizens::find_by_identity(&mut reader, record, &tenant, identity).await.map_err(failed)?;
                one.into_iter().collect()
            }
            Sought::Mobile(mobile) => {
                citizens::find_by_mobile(&mut reader, record, &tenant, mobile, MOST).await.map_err(failed)?
            }
            Sought::Name => {
                let hits = citizens::search_names(&mut reader, record, &tenant, typed, MOST).await.map_err(failed)?;
                meant |= hits.iter().any(|hit| hit.other_layout);
                hits.into_iter().map(|hit| hit.citizen).collect()
            }
        };
        for citizen in citizens {
            open::note_person(office, viewer, views, held, &citizen, "search");
            let list = queries::of_subject(&mut reader, viewer, &tenant, citizen.id).await?;
            let more = if held.role.has(Right::CorrectPersons) {
                format!("/counter/persons/{}", citizen.id)
            } else {
                String::new()
            };
            let requests = lines(c, office, list.into_iter().take(MOST).collect());
            let takes = viewer.holding(Right::TakeRequests).any(|held| held.tenant == tenant);
            let accounts = if takes && citizen.identity_kind == Some(IdentityKind::NationalId) && !citizen.erased {
                format!("{}?person={}", super::accounts::HERE, citizen.id)
            } else {
                String::new()
            };
            found.push(Found { requests, more, accounts, person: open::shown(c, viewer, citizen, &glance, "") });
        }
    }
    Ok((found, meant))
}
