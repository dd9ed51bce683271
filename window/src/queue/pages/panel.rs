//! The window's part of the clerk's desk (طابور الشباك): the ticket at the window, and what one key does next.

use foundation::dates;
use foundation::web::{Ctx, PageError};
use registry::{Right, Viewer};

use super::{class_name, minutes, priority_name};
use crate::Office;
use crate::counter::seat::Seat;
use crate::queue::act::At;
use crate::queue::queries;
use crate::queue::rules::ticket::{self, Advance, State, Ticket};

/// A ticket as a window sees it.
#[derive(Debug, Clone)]
pub(crate) struct TicketLine {
    pub id: String,
    pub number: String,
    pub class: String,
    pub priority: String,
    /// «12 دقيقة».
    pub waited: String,
    /// Address of its own page.
    pub link: String,
    pub missed: bool,
}

impl TicketLine {
    pub fn of(c: &Ctx, ticket: &Ticket, now: foundation::clock::Micros) -> Self {
        Self {
            id: ticket.id.to_string(),
            number: ticket.taken.number.clone(),
            class: class_name(c, &ticket.taken.class),
            priority: priority_name(c, &ticket.taken.priority),
            waited: c.t1("queue-minutes", "n", minutes(ticket.waited(now))),
            link: format!("/Q/{}", ticket.taken.token),
            missed: ticket.state == State::Missed,
        }
    }
}

/// The ticket that a window has.
#[derive(Debug, Clone)]
pub(crate) struct Own {
    pub ticket: TicketLine,
    pub serving: bool,
    /// Called so often.
    pub calls: i64,
}

/// What the panel shows.
#[derive(Debug, Clone)]
pub(crate) struct Panel {
    /// Whether a window was chosen: without one nobody is called.
    pub seated: bool,
    pub open: bool,
    pub own: Option<Own>,
    /// What Alt+N does.
    pub advance: String,
    /// The next in turn.
    pub next: Option<TicketLine>,
    pub waiting: usize,
    pub longest: String,
}

/// Where the viewer of a seat calls tickets to; none without the right there, or without a centre.
pub(crate) fn at(viewer: &Viewer, seat: &Seat) -> Option<(bool, At)> {
    viewer.grant(Right::ServeQueue, &seat.place)?;
    let centre = seat.centre.clone()?;
    let desk = seat.window.as_ref().map(|window| window.number);
    let at = At { tenant: seat.tenant.clone(), place: seat.place.clone(), centre, desk: desk.unwrap_or(0) };
    Some((desk.is_some(), at))
}

impl Panel {
    /// The panel of a seat; none where its viewer serves no queue.
    pub async fn of(office: &Office, viewer: &Viewer, seat: &Seat, c: &Ctx) -> Result<Option<Self>, PageError> {
        let Some((seated, at)) = at(viewer, seat) else { return Ok(None) };
        let now = office.clock.now();
        let today = dates::day_of(now);
        let reader = &mut office.db.reader();
        let all = queries::day(reader, &at.tenant, at.centre.id, today).await?;
        let open = queries::windows(reader, &at.tenant, at.centre.id, today).await?;
        let classes = at.classes(viewer);
        let mine = |ticket: &&Ticket| {
            ticket.state == State::Waiting && classes.iter().any(|class| class.letter == ticket.taken.class)
        };
        let own = all.iter().find(|ticket| {
            seated && ticket.desk == Some(at.desk) && matches!(ticket.state, State::Called | State::Serving)
        });
        let waiting = all.iter().filter(mine).count();
        let longest = all.iter().filter(mine).map(|ticket| ticket.waited(now)).max().unwrap_or(0);
        let key = match ticket::advance(own) {
            Advance::Call => "queue-do-call",
            Advance::Recall => "queue-do-recall",
            Advance::MissAndCall => "queue-do-miss-call",
            Advance::EndAndCall => "queue-do-end-call",
        };
        Ok(Some(Self {
            seated,
            open: open.iter().any(|window| seated && window.desk == at.desk),
            own: own.map(|ticket| Own {
                ticket: TicketLine::of(c, ticket, now),
                serving: ticket.state == State::Serving,
                calls: ticket.calls,
            }),
            advance: c.t(key),
            next: all.iter().find(mine).map(|ticket| TicketLine::of(c, ticket, now)),
            waiting,
            longest: c.t1("queue-minutes", "n", minutes(longest)),
        }))
    }
}
