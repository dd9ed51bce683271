//! One way for every command (تنفيذ الإجراء): authorise → read → decide → append → apply, in one
//! transaction.
//!
//! [`register`] takes a request in; [`act`] carries out anything else; [`act_as_system`] is for the
//! machine (new dates after a change of the calendar). A form sent twice is answered from the
//! record; two officers who act at once never both win, and the second is told what changed. The
//! answer comes when the events are sealed, so that what it shows can be shown.

mod answer;
mod authority;
mod draw;
mod error;
mod facts;
mod fees;
mod person;
mod personal;
mod register;
mod world;

use std::sync::Arc;

use foundation::clock::Micros;
use foundation::db::Tx;
use parking_lot::Mutex;
use record::{Command as Envelope, Draft, Event, Part, RecordError, Stream};
use registry::Viewer;
use registry::units::Tree;
use serde_json::Value;
use uuid::Uuid;

use self::facts::Ground;
use super::events::{Answers, FileRef, RequestEvent, STREAM};
use super::rules::{self, Command, Refusal};
use super::state::State;
use super::store;
use crate::Office;
use crate::uploads;

pub use self::answer::{Answer, IssuedNumber};
pub use self::authority::may;
pub use self::error::ActError;
pub use self::fees::today as fees_today;
pub use self::person::erase as erase_person;
pub(crate) use self::personal::encrypt_answers;
pub use self::personal::{PersonalAnswers, TEXT, open_answers, open_report, open_words, split, words};
pub(crate) use self::register::pin_digest;
pub use self::register::{Intake, Who, register, slip_pin};
pub use self::world::TreeWorld;

/// A command on a request (إجراء).
#[derive(Debug, Clone)]
pub struct Act {
    /// Governorate of the request.
    pub tenant: String,
    /// The request.
    pub request: Uuid,
    /// Id of the form: the same form twice is one act.
    pub command: Uuid,
    /// Version that the form showed.
    pub seen: Option<i64>,
    /// What is wanted. Leave `personal` in it null: it is filled from `personal` here.
    pub what: Command,
    /// Personal answers in the clear, of a completion or a report: encrypted before they are written.
    pub personal: Option<Answers>,
    /// The request as the page has just read it, so that it is not read again. Nothing is lost by its
    /// age: the record takes events only after the version that was decided on.
    pub known: Option<State>,
}

/// Who acts.
#[derive(Debug, Clone)]
enum By {
    Viewer(Viewer),
    System,
}

/// Carries out a command and answers when its events are sealed.
///
/// # Errors
/// [`ActError`], each with what a page says.
pub async fn act(office: &Office, viewer: &Viewer, act: Act) -> Result<Answer, ActError> {
    run(office, By::Viewer(viewer.clone()), act).await
}

/// Carries out a command of the machine itself, such as new dates.
///
/// # Errors
/// [`ActError`].
pub async fn act_as_system(office: &Office, act: Act) -> Result<Answer, ActError> {
    run(office, By::System, act).await
}

/// How often a command is decided anew after somebody else was faster. The form's own version still
/// counts each time, so what matters to it is refused, not overwritten.
const TRIES: u32 = 5;

async fn run(office: &Office, by: By, mut act: Act) -> Result<Answer, ActError> {
    let (tenant, request) = (act.tenant.clone(), act.request);
    let known = Mutex::new(act.known.take());
    let job = Arc::new(Job { office: office.clone(), by, act, known });
    let events = attempts(office, job, |tx, job| Box::pin(async move { job.attempt(tx).await })).await?;
    answer::sealed(office, &tenant, request, &events).await
}

/// One attempt: the events that it appended.
type Work<J> = for<'a> fn(&'a mut Tx, Arc<J>) -> record::BoxFuture<'a, Result<Vec<Event>, ActError>>;

/// Runs work in write transactions until nobody was faster in the same moment.
async fn attempts<J: Send + Sync + 'static>(
    office: &Office,
    job: Arc<J>,
    work: Work<J>,
) -> Result<Vec<Event>, ActError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let (job, meter) = (job.clone(), office.clone());
        let written = office.db.write(move |tx| {
            let (job, meter) = (job.clone(), meter.clone());
            Box::pin(async move {
                let outcome = work(tx, job).await;
                meter.meter().count(tx.statements());
                outcome
            })
        });
        match written.await {
            Err(ActError::Record(RecordError::Repeated(events))) => return Ok(events),
            Err(error) if error.was_outrun() && tries < TRIES => {}
            outcome => return outcome,
        }
    }
}

struct Job {
    office: Office,
    by: By,
    act: Act,
    /// Taken by the first attempt: whoever was outrun reads again.
    known: Mutex<Option<State>>,
}

impl Job {
    async fn attempt(&self, tx: &mut Tx) -> Result<Vec<Event>, ActError> {
        let act = &self.act;
        let tree = self.office.units.now();
        let known = self.known.lock().take();
        let state = match known {
            Some(state) => state,
            None => store::load(tx, &act.tenant, act.request).await?.ok_or(ActError::NotFound)?,
        };
        let (envelope, by_manager) = self.authorised(tx, &state, &tree).await?;
        match self.decide(tx, &state, tree, envelope.occurred_at, by_manager).await {
            Ok((drafts, others)) => self.append(tx, &envelope, state, drafts, others).await,
            Err(error) => {
                // What is refused now may have been carried out before: the same form sent again.
                let before = self.office.record.repeated(tx, &act.tenant, act.command).await?;
                Err(match answer::of_stream(before, act.request, self.actor()) {
                    Some(events) => RecordError::Repeated(events).into(),
                    None => error,
                })
            }
        }
    }

    fn actor(&self) -> Option<Uuid> {
        match &self.by {
            By::Viewer(viewer) => viewer.actor(),
            By::System => None,
        }
    }

    async fn authorised(&self, tx: &mut Tx, state: &State, tree: &Tree) -> Result<(Envelope, bool), ActError> {
        let mut on_behalf = None;
        let (assignment, by_manager) = match &self.by {
            By::Viewer(viewer) if viewer.holder().is_some() => {
                on_behalf = authority::confirm_holder(tx, viewer, &self.office, &self.act, state).await?;
                (None, false)
            }
            By::Viewer(viewer) => {
                let wanted = authority::wanted(state, &self.act.what, tree);
                let assignment = authority::confirm(tx, viewer, &wanted).await?;
                (Some(assignment), authority::by_manager(viewer, state, &self.act.what, tree))
            }
            By::System if authority::is_of_machine(&self.act.what) => (None, false),
            By::System => return Err(ActError::Forbidden),
        };
        let envelope = Envelope {
            id: self.act.command,
            tenant: self.act.tenant.clone(),
            actor: self.actor(),
            assignment,
            on_behalf,
            occurred_at: self.office.clock.now(),
        };
        Ok((envelope, by_manager))
    }

    /// Decides twice where a number is needed: first with a sample, so that the book is touched only
    /// by what will be written, and last.
    async fn decide(
        &self,
        tx: &mut Tx,
        state: &State,
        tree: Arc<Tree>,
        now: Micros,
        by_manager: bool,
    ) -> Result<(Vec<Draft>, Vec<Part>), ActError> {
        let service = self.office.version(&state.file.service).ok_or(ActError::NoService)?;
        let what = self.prepared(tx, state).await?;
        let parent = match (&what, &state.file.parent) {
            (Command::Issue { .. } | Command::DecideObjection { upheld: true, .. }, Some(parent)) => {
                store::parent(tx, &self.act.tenant, &parent.number, self.act.request).await?
            }
            _ => None,
        };
        let world = TreeWorld::new(tree, self.office.catalogue().clone());
        let ground = Ground {
            now,
            actor: self.actor(),
            by_manager,
            expected: self.act.seen,
            world: world.clone(),
            fees: fees::of(&self.office, &service, state, &what, now),
            service,
            parent: parent.as_ref().map(|parent| parent.facts.clone()),
            freeze: None,
        };
        let events = match draw::wanted(&what) {
            None => rules::decide(Some(state), &what, &ground.facts())?,
            Some(draw::Wanted::Receipt { step, amount, slip }) => {
                let sample = draw::sample(draw::desk_unit(state, step), foundation::numbers::Kind::Receipt, now)?;
                rules::decide(Some(state), &what, &ground.with_number(&sample))?;
                let (number, receipt) = draw::receipt(tx, &self.office, state, &ground, (step, amount, slip)).await?;
                rules::decide(Some(state), &what, &ground.with_receipt(&number, &receipt))?
            }
            Some(draw::Wanted::Paper(step)) => {
                let sample = draw::sample_paper(state, &ground, step)?;
                rules::decide(Some(state), &what, &ground.with_paper(&sample))?;
                let paper = draw::paper(tx, &self.office, state, &ground, step).await?;
                rules::decide(Some(state), &what, &ground.with_paper(&paper))?
            }
        };
        let others = match (parent, events.first()) {
            (Some(parent), Some(RequestEvent::Issued(issued))) => {
                self.followed(state, parent, &issued.number, &ground)?
            }
            _ => Vec::new(),
        };
        Ok((events.iter().map(draft).collect::<Result<_, _>>()?, others))
    }

    /// What becomes of the paper that the request is about: an event of its own request, in the same append.
    fn followed(
        &self,
        state: &State,
        parent: store::Parent,
        number: &str,
        ground: &Ground,
    ) -> Result<Vec<Part>, ActError> {
        let Some(named) = &state.file.parent else { return Ok(Vec::new()) };
        let service = self.office.version(&parent.state.file.service).ok_or(ActError::NoService)?;
        let ground = Ground {
            now: ground.now,
            actor: ground.actor,
            by_manager: false,
            expected: None,
            world: ground.world.clone(),
            fees: None,
            service,
            parent: None,
            freeze: None,
        };
        let child = (state.file.number.as_str(), self.act.request);
        let event = rules::follow_parent(&parent.state, &ground.facts(), named, child, number)?;
        let part = |event| {
            let stream = Stream::new(STREAM, named.request);
            Ok::<_, ActError>(Part { stream, expected: parent.state.version, drafts: vec![draft(&event)?] })
        };
        event.map(part).into_iter().collect()
    }

    /// The command with its files confirmed and its personal answers encrypted.
    async fn prepared(&self, tx: &mut Tx, state: &State) -> Result<Command, ActError> {
        let mut what = self.act.what.clone();
        let files = files_of(&what);
        if !files.is_empty() && !uploads::kept(tx, &self.act.tenant, self.act.request, &files).await? {
            return Err(ActError::UnknownFile);
        }
        if let Some(clear) = &self.act.personal {
            let field = personal::field_of(&what);
            let slot = match &mut what {
                Command::AnswerCompletion { personal, .. }
                | Command::ReportVisit { personal, .. }
                | Command::WishVisit { personal, .. }
                | Command::Object { personal, .. } => personal,
                _ => return Err(Refusal::NotProvided { what: "personal" }.into()),
            };
            let subject = state.file.applicant.subject;
            let key = self.office.record.keyring().open(tx, &self.act.tenant, subject).await?;
            *slot = personal::encrypt(&key.ok_or(ActError::Erased)?, field, clear)?;
        }
        Ok(what)
    }

    async fn append(
        &self,
        tx: &mut Tx,
        envelope: &Envelope,
        state: State,
        drafts: Vec<Draft>,
        others: Vec<Part>,
    ) -> Result<Vec<Event>, ActError> {
        let stream = Stream::new(STREAM, self.act.request);
        let expected = state.version;
        tx.learn(store::Loaded { tenant: self.act.tenant.clone(), id: self.act.request, state });
        let mut parts = vec![Part { stream, expected, drafts }];
        parts.extend(others);
        Ok(self.office.record.append_all(tx, envelope, &parts).await?)
    }
}

/// An event on its way into the record.
fn draft(event: &RequestEvent) -> Result<Draft, ActError> {
    let data: Value = event.data().map_err(RecordError::from)?;
    Ok(Draft { kind: event.kind().to_owned(), data })
}

fn files_of(what: &Command) -> Vec<FileRef> {
    match what {
        Command::AnswerCompletion { items, .. } => items.iter().flat_map(|item| item.files.clone()).collect(),
        Command::AnswerConsult { files, .. }
        | Command::ReportVisit { files, .. }
        | Command::Attach { files, .. }
        | Command::Object { files, .. } => files.clone(),
        _ => Vec::new(),
    }
}
