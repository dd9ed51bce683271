//! البريد: sends what is due. Each channel has a task of its own, so that one that is down or slow
//! holds up no other; within a channel messages go side by side, so that a bad one holds up nobody.

use std::collections::VecDeque;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use foundation::clock::{Micros, SharedClock};
use foundation::db::Db;
use foundation::ids::Ids;
use foundation::web::messages::Lang;
use futures::{FutureExt as _, StreamExt as _};
use parking_lot::Mutex;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::rules::{ATTEMPTS, Quiet, Why, pause};
use super::store::{self, Arrival, Claimed, Noted, Of, Turn, Verdict};
use super::{Channel, Content};
use crate::jobs::Job;
use crate::{BoxFuture, Keyring, RecordError};

/// How long one attempt may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long nobody else takes a message that is being sent.
const LEASE: i64 = 5 * Micros::MINUTE;
/// How often the box is looked into.
const LOOK: Duration = Duration::from_secs(1);
/// How many messages of a channel are on their way at once.
const ABREAST: usize = 8;
/// Reports kept that came before the provider's id was noted.
const EARLY: usize = 1_000;

/// A message as a transport gets it.
#[derive(Clone)]
pub struct Message {
    /// Its id, which goes to the provider: a second sending after a crash is known by it.
    pub id: Uuid,
    /// Governorate.
    pub tenant: String,
    /// What kind of message it is.
    pub template: String,
    /// Language of its text.
    pub lang: Lang,
    /// Which attempt this is, from 1.
    pub attempt: i64,
    /// The time of this attempt.
    pub now: Micros,
    /// When it is worthless.
    pub expires_at: Micros,
    /// Recipient and text.
    pub content: Content,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({}, {:?}, attempt {})", self.id, self.content, self.attempt)
    }
}

/// What a transport says of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The provider has it, under this id if it gave one; it may report what becomes of it.
    Sent(Option<String>),
    /// It arrived.
    Delivered,
    /// Not now.
    Later(Why),
    /// Never: the recipient or the message is refused.
    Refused(Why),
    /// The channel is not configured.
    Off,
}

/// وسيلة نقل: a way to bring messages of one channel out of the node.
pub trait Transport: Send + Sync {
    /// Tries once. It is broken off after a minute, or at the end of the message's life.
    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Outcome>;
}

/// How the post works.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Hours in which people get urgent messages only.
    pub quiet: Quiet,
    /// The most messages of one channel in a second.
    pub per_second: i64,
    /// Keeps texts after the sending, as long as the row: for a demonstration alone.
    pub keep_text: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { quiet: Quiet::USUAL, per_second: 10, keep_text: false }
    }
}

/// What a post is made of.
pub struct PostParts {
    /// The database.
    pub db: Db,
    /// Opens recipients and texts.
    pub keyring: Keyring,
    /// What tells the time.
    pub clock: SharedClock,
    /// Randomness for the pauses.
    pub ids: Arc<Ids>,
    /// A transport for each channel; one without is off.
    pub transports: Vec<(Channel, Arc<dyn Transport>)>,
    /// How it works.
    pub settings: Settings,
}

struct Inner {
    parts: PostParts,
    early: Mutex<VecDeque<(Of, Arrival)>>,
}

/// البريد: delivers what lies in the outbox. Cheap to clone.
#[derive(Clone)]
pub struct Post(Arc<Inner>);

/// A running post; dropping it stops it. What was on its way goes again when its lease is over.
#[derive(Debug)]
pub struct Running(Vec<JoinHandle<()>>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

impl Post {
    /// Puts the parts together; once.
    pub fn new(parts: PostParts) -> Self {
        Self(Arc::new(Inner { parts, early: Mutex::default() }))
    }

    /// Starts a task for each channel.
    pub fn start(&self) -> Running {
        let run = |channel: Channel| {
            let post = self.clone();
            tokio::spawn(async move {
                loop {
                    if let Err(error) = post.deliver_due(channel).await {
                        tracing::error!(channel = channel.code(), %error, "the outbox could not be delivered");
                    }
                    tokio::time::sleep(LOOK).await;
                }
            })
        };
        Running(Channel::ALL.into_iter().map(run).collect())
    }

    /// One look at a channel: sends at most [`Settings::per_second`] messages and gives back how many
    /// it tried.
    pub async fn deliver_due(&self, channel: Channel) -> Result<u64, RecordError> {
        let PostParts { db, clock, settings, .. } = &self.0.parts;
        let now = clock.now();
        let turn = Turn { channel, now, urgent_only: channel.reaches_people() && settings.quiet.holds(now) };
        if !store::is_due(&mut db.reader(), turn).await? {
            return Ok(0);
        }
        let (keyring, most, keep) = (self.0.parts.keyring.clone(), settings.per_second.max(1), settings.keep_text);
        let claimed = db
            .write(move |tx| {
                let keyring = keyring.clone();
                Box::pin(async move { store::claim(tx, &keyring, turn, now.plus(LEASE), most, keep).await })
            })
            .await?;
        let count = claimed.len() as u64;
        let done =
            futures::stream::iter(claimed).map(|message| self.attempt(channel, message)).buffer_unordered(ABREAST);
        let outcomes: Vec<Result<(), RecordError>> = done.collect().await;
        outcomes.into_iter().collect::<Result<(), _>>()?;
        Ok(count)
    }

    async fn attempt(&self, channel: Channel, claimed: Claimed) -> Result<(), RecordError> {
        let parts = &self.0.parts;
        let outcome = self.try_once(channel, &claimed).await;
        let now = parts.clock.now();
        let verdict = match outcome {
            Outcome::Sent(provider) => Verdict::Sent(provider),
            Outcome::Delivered => Verdict::Delivered,
            Outcome::Off => Verdict::Off,
            Outcome::Refused(why) => Verdict::Failed(why),
            Outcome::Later(why) if claimed.is_last() => Verdict::Failed(why),
            Outcome::Later(why) => {
                let random = u64::from_le_bytes(parts.ids.random_bytes());
                Verdict::Again { at: now.plus(pause(claimed.attempts, claimed.urgent, random)), why }
            }
        };
        if let Verdict::Again { why, .. } | Verdict::Failed(why) = &verdict {
            let (id, attempts) = (claimed.id, claimed.attempts);
            tracing::warn!(channel = channel.code(), %id, attempts, %why, "a message was not sent");
        }
        let keep = parts.settings.keep_text;
        let provider = if let Verdict::Sent(provider) = &verdict { provider.clone() } else { None };
        parts
            .db
            .write(move |tx| {
                let (claimed, verdict) = (claimed.clone(), verdict.clone());
                Box::pin(async move { store::settle(tx, &claimed, &verdict, now, keep).await })
            })
            .await?;
        match provider {
            Some(provider) => self.early_reports(Of::Provider(provider)).await,
            None => Ok(()),
        }
    }

    async fn try_once(&self, channel: Channel, claimed: &Claimed) -> Outcome {
        let parts = &self.0.parts;
        let Some(content) = claimed.content.clone() else {
            return Outcome::Refused(Why::new("recipient and text cannot be read any more"));
        };
        // Its last attempt never ended: the program stopped in the midst of it each time.
        if claimed.attempts > ATTEMPTS {
            return Outcome::Refused(Why::new("every attempt broke off"));
        }
        let Some((_, transport)) = parts.transports.iter().find(|(of, _)| *of == channel) else { return Outcome::Off };
        let now = parts.clock.now();
        if now >= claimed.expires_at {
            return Outcome::Later(Why::new("its time was over before its turn came"));
        }
        let message = Message {
            id: claimed.id,
            tenant: claimed.tenant.clone(),
            template: claimed.template.clone(),
            lang: claimed.lang,
            attempt: claimed.attempts,
            now,
            expires_at: claimed.expires_at,
            content,
        };
        let left = u64::try_from(claimed.expires_at.since(now)).map_or(Duration::ZERO, Duration::from_micros);
        let sending = AssertUnwindSafe(transport.deliver(&message)).catch_unwind();
        match tokio::time::timeout(PATIENCE.min(left), sending).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_panic)) => Outcome::Later(Why::new("the transport broke")),
            Err(_) => Outcome::Later(Why::new("no answer in time")),
        }
    }

    /// Notes what a provider reports of a text message; false if nobody knows such a message. One that
    /// comes before the provider's id was noted is kept until it is.
    pub async fn report(&self, of: Of, arrival: Arrival) -> Result<bool, RecordError> {
        // Kept before it is looked for: the provider's id may be noted between the two.
        let by_provider = matches!(of, Of::Provider(_));
        if by_provider {
            let mut early = self.0.early.lock();
            if early.len() >= EARLY {
                early.pop_front();
            }
            early.push_back((of.clone(), arrival.clone()));
        }
        let noted = self.note(of.clone(), arrival).await?;
        if by_provider && noted != Noted::Unknown {
            self.0.early.lock().retain(|(whose, _)| *whose != of);
        }
        Ok(noted != Noted::Unknown)
    }

    async fn early_reports(&self, of: Of) -> Result<(), RecordError> {
        let arrivals: Vec<Arrival> = {
            let mut early = self.0.early.lock();
            let (mine, others) = std::mem::take(&mut *early).into_iter().partition(|(whose, _)| *whose == of);
            *early = others;
            let mine: VecDeque<(Of, Arrival)> = mine;
            mine.into_iter().map(|(_, arrival)| arrival).collect()
        };
        for arrival in arrivals {
            self.note(of.clone(), arrival).await?;
        }
        Ok(())
    }

    async fn note(&self, of: Of, arrival: Arrival) -> Result<Noted, RecordError> {
        let PostParts { db, clock, settings, .. } = &self.0.parts;
        let (now, keep) = (clock.now(), settings.keep_text);
        Ok(db
            .write(move |tx| {
                let (of, arrival) = (of.clone(), arrival.clone());
                Box::pin(async move { store::report(tx, &of, &arrival, now, keep).await })
            })
            .await?)
    }

    /// The job that removes what has long been over.
    pub fn sweeping(&self) -> SweepJob {
        SweepJob(self.clone())
    }
}

/// Removes messages that have been over for [`super::KEPT`], and texts that can no longer be sent; each hour.
pub struct SweepJob(Post);

impl SweepJob {
    /// Does it now; gives how many rows went.
    pub async fn run_now(&self) -> Result<u64, RecordError> {
        let PostParts { db, clock, settings, .. } = &self.0.0.parts;
        let (now, keep) = (clock.now(), settings.keep_text);
        Ok(db.write(move |tx| Box::pin(async move { store::sweep(tx, now, keep).await })).await?)
    }
}

impl Job for SweepJob {
    fn kind(&self) -> &'static str {
        "outbox.sweep"
    }

    fn run<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { self.run_now().await.map(|_| ()).map_err(|error| error.to_string()) })
    }

    fn is_hourly(&self) -> bool {
        true
    }
}
