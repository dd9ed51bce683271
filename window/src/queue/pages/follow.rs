//! تابع دورك: a ticket's own page for a phone, by its code. It tells a turn, no person.

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use documents::papers::Ticket as Paper;
use documents::{Document, Options, sign};
use foundation::dates;
use foundation::web::{ClientIp, Ctx, Flash, FormData, Html, PageError, see_other};
use http::{HeaderValue, header};
use registry::units::Centre;

use super::{CHANGE, LOOK, again, class_name, priority_name, private, token, told};
use crate::Office;
use crate::queue::rules::ticket::{State, Ticket};
use crate::queue::rules::{settings, wait};
use crate::queue::{act, queries};

#[derive(Template)]
#[template(path = "queue/follow.html")]
struct FollowPage {
    c: Ctx,
    number: String,
    centre: String,
    unit: String,
    class: String,
    priority: String,
    /// The state in a word, and the class of its tag.
    state: String,
    tag: &'static str,
    /// «أمامك 3 أشخاص»; empty once called.
    ahead: String,
    wait: String,
    /// The window that called it.
    desk: String,
    at: String,
    waits: bool,
    code: String,
}

/// The text of a ticket's QR.
pub(super) fn link(office: &Office, ticket: &Ticket) -> Result<String, PageError> {
    let token = ticket.taken.token.parse().map_err(|_| PageError::internal("a ticket with a damaged code"))?;
    Ok(sign::ticket_link(&office.settings.public_url, token))
}

async fn find(office: &Office, code: &str) -> Result<(String, Ticket, std::sync::Arc<Centre>), PageError> {
    let found = queries::by_token(&mut office.db.reader(), &token(code)?).await?;
    let (tenant, ticket) = found.ok_or(PageError::NotFound)?;
    let centre = office.units.now().centre(ticket.taken.centre).cloned().ok_or(PageError::NotFound)?;
    Ok((tenant, ticket, centre))
}

/// People before a ticket, and about how many minutes.
async fn before(office: &Office, tenant: &str, ticket: &Ticket) -> Result<(i64, i64), PageError> {
    let reader = &mut office.db.reader();
    let ahead = queries::ahead(reader, tenant, ticket).await?;
    let halls = queries::live(reader, tenant, Some(ticket.taken.centre), office.clock.now()).await?;
    let lane = settings::lane(&ticket.taken.class);
    let live = halls.get(&(ticket.taken.centre, lane)).copied().unwrap_or_default();
    Ok((ahead, wait::minutes(ahead, live.windows, live.pace)))
}

pub(super) async fn show(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    office.limits.take("queue-look", client, LOOK)?;
    let (tenant, ticket, centre) = find(&office, &code).await?;
    let now = office.clock.now();
    // What waited yesterday waits no more.
    let over = ticket.taken.day != dates::day_of(now);
    let waits = ticket.state == State::Waiting && !over;
    let (ahead, minutes) = if waits { before(&office, &tenant, &ticket).await? } else { (0, 0) };
    let (state, tag) = match ticket.state {
        State::Waiting | State::Called if over => ("queue-state-over", ""),
        State::Waiting => ("queue-state-waiting", "info"),
        State::Called => ("queue-state-called", "ok"),
        State::Serving => ("queue-state-serving", "ok"),
        State::Served => ("queue-state-served", ""),
        State::Missed => ("queue-state-missed", "warn"),
        State::Cancelled => ("queue-state-cancelled", ""),
    };
    let desk = ticket.desk.filter(|_| ticket.state == State::Called && !over);
    let page = FollowPage {
        number: ticket.taken.number.clone(),
        centre: office.units.now().centre_name(c.lang, &centre),
        unit: centre.unit.clone(),
        class: class_name(&c, &ticket.taken.class),
        priority: priority_name(&c, &ticket.taken.priority),
        state: c.t(state),
        tag,
        ahead: if waits { c.t1("queue-ahead", "n", ahead) } else { String::new() },
        wait: if waits && ahead > 0 { c.t1("queue-live-minutes", "n", minutes) } else { String::new() },
        desk: desk.map(|desk| c.t1("queue-go-to", "n", desk)).unwrap_or_default(),
        at: c.style().time(dates::local(now).time()),
        waits,
        code: ticket.taken.token,
        c: c.clone(),
    };
    let address = format!("/Q/{}", page.code);
    Ok(again(private(Html(page).into_response()), 30, &address))
}

/// Its holder waits no longer.
pub(super) async fn cancel(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path(code): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    office.limits.take("queue-change", client, CHANGE)?;
    let code = token(&code)?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let flash = match act::cancel_ticket(&office, command, &code).await {
        Ok(()) => Flash::ok(c.t("queue-cancelled")),
        Err(error) => Flash::warn(told(&c, error)?),
    };
    Ok(see_other(format!("/Q/{code}")).with_flash(flash).into_response())
}

/// The ticket as a PDF for a roll of 80 mm.
pub(super) async fn paper(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    office.limits.take("queue-look", client, LOOK)?;
    // What is printed is Arabic.
    let c = &c.in_arabic();
    let (tenant, ticket, centre) = find(&office, &code).await?;
    let (ahead, minutes) = before(&office, &tenant, &ticket).await?;
    let paper = Paper {
        head: crate::counter::head(c, &office.units.now(), &centre.unit),
        ticket: ticket.taken.number.clone(),
        link: link(&office, &ticket)?,
        class: class_name(c, &ticket.taken.class),
        priority: priority_name(c, &ticket.taken.priority),
        taken: c.instant(ticket.taken_at),
        ahead: c.t1("queue-ahead", "n", ahead),
        wait: if ahead > 0 { c.t1("queue-live-minutes", "n", minutes) } else { String::new() },
    };
    let name = ticket.taken.number;
    let options = Options { now: office.clock.now().seconds(), demo: c.site.demo, copy: false };
    let made = tokio::task::spawn_blocking(move || documents::pdf(&Document::Ticket80(paper), &options)).await;
    let bytes = made.map_err(PageError::internal)?.map_err(|error| PageError::from_error(&error))?;
    let mut response = private(Response::new(Body::from(bytes)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("inline; filename=\"{name}.pdf\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}
