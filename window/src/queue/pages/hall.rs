//! شاشة الصالة: who is called where, to be read from six metres; and the screen over one window.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::dates;
use foundation::web::{ClientIp, Ctx, Html, PageError};

use super::{LOOK, again, centre, private};
use crate::Office;
use crate::queue::rules::ticket::{State, Ticket};
use crate::queue::{act, queries};

/// Calls that the hall's screen shows.
const SHOWN: usize = 6;

struct Call {
    number: String,
    desk: i64,
    /// Called, and nobody came yet.
    calling: bool,
}

#[derive(Template)]
#[template(path = "queue/hall.html")]
struct HallPage {
    c: Ctx,
    name: String,
    /// The last call; empty before the first.
    last: Option<Call>,
    before: Vec<Call>,
    /// The last call in words, for who hears the page.
    said: String,
    waiting: String,
    /// The one window that the screen hangs over.
    desk: Option<i64>,
    time: String,
}

pub(super) async fn show(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path(named): Path<String>,
) -> Result<Response, PageError> {
    page(office, client, c, &named, None).await
}

pub(super) async fn window(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path((named, desk)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let desk = desk.parse().map_err(|_| PageError::NotFound)?;
    page(office, client, c, &named, Some(desk)).await
}

async fn page(office: Office, client: ClientIp, c: Ctx, named: &str, desk: Option<i64>) -> Result<Response, PageError> {
    office.limits.take("queue-look", client, LOOK)?;
    let centre = centre(&office, named)?;
    if desk.is_some_and(|desk| centre.windows.iter().all(|window| window.number != desk)) {
        return Err(PageError::NotFound);
    }
    let tenant = act::tenant_of(&office, &centre).ok_or(PageError::NotFound)?;
    let now = office.clock.now();
    let all = queries::day(&mut office.db.reader(), &tenant, centre.id, dates::day_of(now)).await?;
    let mut called: Vec<&Ticket> = all
        .iter()
        .filter(|ticket| match desk {
            Some(desk) => ticket.desk == Some(desk) && matches!(ticket.state, State::Called | State::Serving),
            None => {
                ticket.called_at.is_some() && matches!(ticket.state, State::Called | State::Serving | State::Served)
            }
        })
        .collect();
    called.sort_by_key(|ticket| std::cmp::Reverse(ticket.called_at));
    let waiting = all.iter().filter(|ticket| ticket.state == State::Waiting).count();
    let mut calls = called.into_iter().take(SHOWN).filter_map(|ticket| {
        Some(Call { number: ticket.taken.number.clone(), desk: ticket.desk?, calling: ticket.state == State::Called })
    });
    let last = calls.next();
    let calling = last.as_ref().filter(|call| call.calling);
    let said = calling.map(|call| c.ta("queue-hall-call", &[("number", &call.number), ("n", &call.desk)]));
    let page = HallPage {
        name: office.units.now().centre_name(c.lang, &centre),
        said: said.unwrap_or_default(),
        last,
        before: calls.collect(),
        waiting: c.t1("queue-live-waiting", "n", waiting),
        desk,
        time: c.style().time(dates::local(now).time()).replace(' ', "\u{A0}"),
        c: c.clone(),
    };
    // The module looks each few seconds; this is for screens without scripts.
    let address = desk.map_or_else(|| format!("/hall/{named}"), |desk| format!("/hall/{named}/{desk}"));
    Ok(again(private(Html(page).into_response()), 20, &address))
}
