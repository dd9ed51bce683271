//! What a window does with tickets (إجراءات الشباك): call, call again, serve, end, move on.

use std::sync::Arc;

use foundation::clock::Micros;
use foundation::dates;
use foundation::db::Tx;
use record::{Event, Part, Stream};
use registry::units::Centre;
use registry::{Place, Right, Viewer, access};
use uuid::Uuid;

use super::{QueueError, attempts, envelope};
use crate::Office;
use crate::queue::events::{HALL, HallEvent, TICKET};
use crate::queue::queries;
use crate::queue::rules::Refusal;
use crate::queue::rules::settings::{CLASSES, Class};
use crate::queue::rules::ticket::{self, Advance, Ticket, Wanted};

/// Where somebody sits (شباك الموظف).
#[derive(Debug, Clone)]
pub struct At {
    /// Governorate.
    pub tenant: String,
    /// The place of the rights.
    pub place: Place,
    /// Centre.
    pub centre: Arc<Centre>,
    /// Number of the window.
    pub desk: i64,
}

impl At {
    /// The classes that this viewer serves here.
    #[must_use]
    pub fn classes(&self, viewer: &Viewer) -> Vec<&'static Class> {
        CLASSES.iter().filter(|class| viewer.grant(class.right, &self.place).is_some()).collect()
    }

    fn lanes(&self, viewer: &Viewer) -> String {
        let mut lanes: Vec<&str> = self.classes(viewer).iter().map(|class| class.lane).collect();
        lanes.sort_unstable();
        lanes.dedup();
        lanes.join(" ")
    }
}

/// What is wanted at a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Do {
    /// The one key: whatever comes next.
    Advance,
    /// The window's ticket: call again, begin, end, miss, move.
    Own(Wanted),
    /// Somebody before their turn, for a reason.
    Pick {
        /// The ticket.
        ticket: Uuid,
        /// Why.
        reason: String,
    },
    /// The window calls from now on.
    Open,
    /// The window calls no more.
    Close,
}

struct Job {
    office: Office,
    viewer: Viewer,
    at: At,
    command: Uuid,
    what: Do,
}

/// Carries it out and gives the ticket that the window has then.
///
/// # Errors
/// [`QueueError`].
pub async fn carry_out(
    office: &Office,
    viewer: &Viewer,
    at: &At,
    command: Uuid,
    what: Do,
) -> Result<Option<Ticket>, QueueError> {
    let job = Job { office: office.clone(), viewer: viewer.clone(), at: at.clone(), command, what };
    attempts(office, (&at.tenant, command), job, |tx, job| Box::pin(async move { job.attempt(tx).await })).await?;
    let today = dates::day_of(office.clock.now());
    Ok(queries::at_desk(&mut office.db.reader(), &at.tenant, at.centre.id, today, at.desk).await?)
}

impl Job {
    async fn attempt(&self, tx: &mut Tx) -> Result<Vec<Event>, QueueError> {
        let now = self.office.clock.now();
        let today = dates::day_of(now);
        let at = &self.at;
        let held = access::confirm(tx, &self.viewer, Right::ServeQueue, &at.place).await?;
        let own = queries::at_desk(tx, &at.tenant, at.centre.id, today, at.desk).await?;
        let open = queries::windows(tx, &at.tenant, at.centre.id, today).await?;
        let open = open.iter().any(|window| window.desk == at.desk);
        let mut parts = match &self.what {
            Do::Advance => self.advance(tx, own, now).await?,
            Do::Own(wanted) => vec![part(&own.ok_or(Refusal::State)?, wanted, now)?],
            Do::Pick { ticket, reason } => self.pick(tx, own, *ticket, reason, now).await?,
            Do::Open => Vec::new(),
            Do::Close if own.is_some() => return Err(Refusal::Busy.into()),
            Do::Close => Vec::new(),
        };
        // Whoever calls is open, whether or not they said so.
        let calls = matches!(self.what, Do::Advance | Do::Pick { .. } | Do::Open);
        let turn = match (calls, open) {
            (true, false) => Some(HallEvent::WindowOpened { desk: at.desk, lanes: at.lanes(&self.viewer) }),
            (false, true) if self.what == Do::Close => Some(HallEvent::WindowClosed { desk: at.desk }),
            _ => None,
        };
        if let Some(event) = turn {
            let hall = queries::hall(tx, &at.tenant, at.centre.id).await?;
            let stream = Stream::new(HALL, at.centre.id);
            parts.push(Part { stream, expected: hall.version, drafts: vec![event.draft()?] });
        }
        if parts.is_empty() {
            // Opened or closed already: it is as was wished.
            return Ok(Vec::new());
        }
        let command = envelope(self.command, &at.tenant, Some(&self.viewer), Some(held), now);
        Ok(self.office.record.append_all(tx, &command, &parts).await?)
    }

    async fn advance(&self, tx: &mut Tx, own: Option<Ticket>, now: Micros) -> Result<Vec<Part>, QueueError> {
        let mut parts = Vec::new();
        let ends = match (ticket::advance(own.as_ref()), own) {
            (Advance::Recall, Some(own)) => return Ok(vec![part(&own, &Wanted::Recall, now)?]),
            (Advance::MissAndCall, Some(own)) => Some((own, Wanted::Miss)),
            (Advance::EndAndCall, Some(own)) => Some((own, Wanted::End)),
            _ => None,
        };
        if let Some((own, wanted)) = &ends {
            parts.push(part(own, wanted, now)?);
        }
        let letters: Vec<&str> = self.at.classes(&self.viewer).iter().map(|class| class.letter).collect();
        let today = dates::day_of(now);
        match queries::next(tx, &self.at.tenant, self.at.centre.id, today, &letters).await? {
            Some(next) => parts.push(part(&next, &Wanted::Call { desk: self.at.desk, out_of_turn: None }, now)?),
            None if parts.is_empty() => return Err(Refusal::Nobody.into()),
            None => {}
        }
        Ok(parts)
    }

    async fn pick(
        &self,
        tx: &mut Tx,
        own: Option<Ticket>,
        wanted: Uuid,
        reason: &str,
        now: Micros,
    ) -> Result<Vec<Part>, QueueError> {
        let picked = queries::ticket(tx, &self.at.tenant, wanted).await?.ok_or(QueueError::NotFound)?;
        if picked.taken.centre != self.at.centre.id || !ticket::is_of(&picked, dates::day_of(now)) {
            return Err(QueueError::NotFound);
        }
        if !self.at.classes(&self.viewer).iter().any(|class| class.letter == picked.taken.class) {
            return Err(Refusal::NoClass.into());
        }
        let mut parts = Vec::new();
        match own {
            Some(own) if own.state == ticket::State::Serving => parts.push(part(&own, &Wanted::End, now)?),
            Some(_) => return Err(Refusal::Busy.into()),
            None => {}
        }
        let call = Wanted::Call { desk: self.at.desk, out_of_turn: Some(reason.to_owned()) };
        parts.push(part(&picked, &call, now)?);
        Ok(parts)
    }
}

fn part(ticket: &Ticket, wanted: &Wanted, now: Micros) -> Result<Part, QueueError> {
    let event = ticket::decide(ticket, wanted, now)?;
    Ok(Part { stream: Stream::new(TICKET, ticket.id), expected: ticket.version, drafts: vec![event.draft()?] })
}
