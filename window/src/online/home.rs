//! حسابي: what is the holder's own: applications, requests, dues, papers, and who looked.

use askama::Template;
use axum::response::{IntoResponse, Response};
use foundation::money::Piastres;
use foundation::web::{Crumb, Ctx, Html, PageError};
use registry::{Viewer, mandates};
use uuid::Uuid;

use super::apply::kept;
use super::open::path;
use super::store;
use crate::Office;
use crate::counter::words::{self, Tag};
use crate::requests::queries::{self, OwnRequest};
use crate::requests::rules::journey;
use crate::requests::store as rows;

/// An application that is not sent yet.
struct Draft {
    href: String,
    service: String,
    unit: String,
    kept: String,
    /// For whom; empty for oneself.
    whom: String,
}

/// A request.
struct Line {
    href: String,
    number: String,
    service: String,
    unit: String,
    registered: String,
    due: String,
    status: Tag,
    /// For whom; empty for oneself.
    whom: String,
    /// What its applicant has to do now; empty if nothing.
    todo: String,
}

/// Something to pay.
struct Due {
    href: String,
    number: String,
    service: String,
    amount: String,
}

#[derive(Template)]
#[template(path = "online/home.html")]
struct HomePage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    name: String,
    confirmed: bool,
    drafts: Vec<Draft>,
    requests: Vec<Line>,
    dues: Vec<Due>,
    total: String,
    papers: usize,
}

/// Requests whose state is read for what has to be done: the open ones among the newest.
const LOOKED_AT: usize = 30;

async fn own(office: &Office, viewer: &Viewer) -> Result<Vec<OwnRequest>, PageError> {
    let keyring = office.record.keyring();
    let found = queries::of_holder(&mut office.db.reader(), viewer, keyring).await;
    found.map_err(|error| PageError::from_error(&error))
}

/// The holder's own page.
pub(super) async fn show(office: Office, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let account = &viewer.holder().ok_or(PageError::SignIn)?.account;
    let tree = office.units.now();
    let now = office.clock.now();
    let own_mandates = mandates::of_account(&office, account.id).await;
    let own_mandates = own_mandates.map_err(|error| PageError::from_error(&error))?;
    let whom = |mandate: Option<Uuid>| {
        let found = mandate.and_then(|id| own_mandates.iter().find(|one| one.id == id));
        found.map(|one| c.t1("mandates-for", "name", one.principal.name.as_str())).unwrap_or_default()
    };
    let drafts = store::list(&mut office.db.reader(), &viewer, now).await?.into_iter().map(|one| Draft {
        href: path(one.id, ""),
        service: office.service_name(&one.service, c.lang),
        unit: tree.name_in(c.lang, &one.unit).to_owned(),
        kept: kept(&c, &one),
        whom: whom(one.mandate),
    });
    let drafts: Vec<Draft> = drafts.collect();
    let own = own(&office, &viewer).await?;
    let papers = queries::papers_of_holder(&mut office.db.reader(), &own).await;
    let papers = papers.map_err(|error| PageError::from_error(&error))?.len();
    let (mut requests, mut dues, mut total) = (Vec::new(), Vec::new(), Piastres(0));
    for (at, one) in own.iter().enumerate() {
        let href = format!("/account/requests/{}", one.number);
        let service = office.service_name(&one.service, c.lang);
        let mut todo = String::new();
        let waits = matches!(one.status.as_str(), "waiting_completion" | "waiting_payment");
        if at < LOOKED_AT && waits {
            let state = rows::load(&mut office.db.reader(), &one.tenant, one.id).await;
            if let Some(state) = state.map_err(|error| PageError::from_error(&error))?
                && let Some(version) = office.version(&state.file.service)
            {
                let journey = journey(&state, &version);
                if !journey.missing.is_empty() {
                    todo = c.t1("online-todo-missing", "n", journey.missing.len());
                }
                if !journey.to_pay.is_zero() {
                    total = Piastres(total.0.saturating_add(journey.to_pay.0));
                    dues.push(Due {
                        href: href.clone(),
                        number: one.number.clone(),
                        service: service.clone(),
                        amount: c.money(journey.to_pay),
                    });
                }
            }
        }
        let open = !matches!(one.status.as_str(), "closed" | "refused" | "withdrawn" | "voided");
        requests.push(Line {
            number: one.number.clone(),
            unit: tree.name_in(c.lang, &one.unit).to_owned(),
            registered: c.day_of(one.registered_at),
            due: one.due.filter(|_| open).map(|day| c.date(day)).unwrap_or_default(),
            status: words::status(&c, &one.status),
            whom: whom(one.mandate),
            service,
            href,
            todo,
        });
    }
    let page = HomePage {
        crumbs: vec![Crumb::new("/", c.t("common-home")), Crumb::here(c.t("account-title"))],
        name: account.name.clone(),
        confirmed: account.confirmed,
        drafts,
        requests,
        dues,
        total: c.money(total),
        papers,
        c,
    };
    Ok(Html(page).into_response())
}

/// A paper of the holder's.
struct PaperLine {
    number: String,
    service: String,
    href: String,
    request: String,
    standing: Tag,
    issued: String,
    expires: String,
    valid: bool,
}

#[derive(Template)]
#[template(path = "online/own_papers.html")]
struct PapersPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    papers: Vec<PaperLine>,
    given: Vec<(String, String, String)>,
}

/// The holder's papers: what was issued, and what was given.
pub(super) async fn papers(office: Office, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let own = own(&office, &viewer).await?;
    let mut reader = office.db.reader();
    let fail = |error: record::RecordError| PageError::from_error(&error);
    let papers = queries::papers_of_holder(&mut reader, &own).await.map_err(fail)?;
    let given = queries::given_papers(&mut reader, &own).await.map_err(fail)?;
    let papers = papers.into_iter().map(|paper| {
        let request = own.iter().find(|request| request.id == paper.request);
        PaperLine {
            href: format!("/account/papers/{}.pdf", paper.number),
            service: office.service_name(&paper.service, c.lang),
            request: request.map(|request| request.number.clone()).unwrap_or_default(),
            standing: words::standing(&c, &paper.standing),
            issued: paper.issued_on.map(|day| c.date(day)).unwrap_or_default(),
            expires: paper.expires.map(|day| c.date(day)).unwrap_or_default(),
            valid: paper.standing == "valid",
            number: paper.number,
        }
    });
    let page = PapersPage {
        crumbs: vec![Crumb::new("/account", c.t("account-title")), Crumb::here(c.t("online-my-papers"))],
        papers: papers.collect(),
        given: given
            .into_iter()
            .map(|paper| {
                let href = format!("/account/requests/{}/files/{}", paper.number, paper.file.hash);
                (words::document(&c, office.catalogue(), &paper.doc), href, c.day_of(paper.at))
            })
            .collect(),
        c,
    };
    Ok(Html(page).into_response())
}
