//! Every SQL statement of the outbox.

use foundation::clock::Micros;
use foundation::db::{DbError, Query, Row, Tx};
use foundation::params;
use foundation::web::messages::Lang;
use uuid::Uuid;

use super::rules::{ATTEMPTS, Why};
use super::{Channel, Content, Outgoing, Owner, State};
use crate::{Cipher, Keyring, RecordError};

/// How long the row of a message is kept after it is over: so long its id is known.
pub const KEPT: i64 = 14 * Micros::DAY;
/// The states of what is still to be sent, as the partial index has them.
const OPEN: &str = "state IN ('waiting', 'sending')";

fn field(id: Uuid) -> String {
    format!("outbox {id}")
}

pub(super) async fn put(tx: &mut Tx, keyring: &Keyring, message: &Outgoing, now: Micros) -> Result<bool, RecordError> {
    let (tenant, id) = (message.tenant.as_str(), message.id);
    let (key, wrapped) = match message.owner {
        Owner::Message => {
            let (key, wrapped) = keyring.fresh(tenant, id)?;
            (key, Some(wrapped))
        }
        Owner::Subject(subject) => match keyring.open(tx, tenant, subject).await? {
            Some(key) => (key, None),
            None => return Ok(false),
        },
    };
    let content = key.encrypt(&field(id), &serde_json::to_string(&message.content)?);
    let subject = match message.owner {
        Owner::Subject(subject) => Some(subject),
        Owner::Message => None,
    };
    let sql = "INSERT INTO outbox (tenant, id, channel, template, lang, wrapped, content, urgent, state, due_at, \
               expires_at, attempts, made_at, changed_at, subject) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10, 0, $11, $11, $12) \
               ON CONFLICT (tenant, id) DO NOTHING";
    let made = tx
        .execute(
            sql,
            params![
                tenant,
                id,
                message.content.channel().code(),
                message.template.as_str(),
                message.lang.tag(),
                wrapped,
                content,
                i64::from(message.urgent),
                message.not_before,
                message.expires_at,
                now,
                subject
            ],
        )
        .await?;
    Ok(made == 1)
}

/// A message that this process is to send.
#[derive(Clone)]
pub(super) struct Claimed {
    pub(super) tenant: String,
    pub(super) id: Uuid,
    pub(super) template: String,
    pub(super) lang: Lang,
    pub(super) urgent: bool,
    pub(super) attempts: i64,
    pub(super) expires_at: Micros,
    /// None: its key is gone, or it is no content.
    pub(super) content: Option<Content>,
}

/// Which messages of a channel may go now.
#[derive(Clone, Copy)]
pub(super) struct Turn {
    pub(super) channel: Channel,
    pub(super) now: Micros,
    /// Only urgent ones: the hours are quiet.
    pub(super) urgent_only: bool,
}

/// Whether anything is to be done: a read first, so that an idle post writes nothing.
pub(super) async fn is_due(q: &mut impl Query, turn: Turn) -> Result<bool, DbError> {
    let sql = format!(
        "SELECT 1 AS one FROM outbox WHERE channel = $1 AND {OPEN} AND \
         ((due_at <= $2 AND urgent >= $3) OR (state = 'waiting' AND expires_at <= $2)) LIMIT 1"
    );
    let least = i64::from(turn.urgent_only);
    Ok(q.query_opt(&sql, params![turn.channel.code(), turn.now, least]).await?.is_some())
}

/// Ends what is past its time, then takes at most `most` of what is due, urgent ones first, until `lease`.
pub(super) async fn claim(
    tx: &mut Tx,
    keyring: &Keyring,
    turn: Turn,
    lease: Micros,
    most: i64,
    keep_text: bool,
) -> Result<Vec<Claimed>, RecordError> {
    let wipe = wiping(keep_text);
    let expire = format!(
        "UPDATE outbox SET state = 'expired', changed_at = $2{wipe} WHERE channel = $1 AND {OPEN} \
         AND expires_at <= $2 AND (state = 'waiting' OR due_at <= $2)"
    );
    tx.execute(&expire, params![turn.channel.code(), turn.now]).await?;
    // The outer conditions are checked again by PostgreSQL when two posts meet at one row.
    let sql = format!(
        "UPDATE outbox SET state = 'sending', due_at = $4, attempts = attempts + 1, changed_at = $2 \
         WHERE due_at <= $2 AND {OPEN} AND (tenant, id) IN (SELECT tenant, id FROM outbox WHERE channel = $1 AND {OPEN} \
         AND due_at <= $2 AND expires_at > $2 AND urgent >= $3 ORDER BY urgent DESC, due_at, id LIMIT {most}) \
         RETURNING tenant, id, template, lang, wrapped, content, urgent, attempts, expires_at"
    );
    let least = i64::from(turn.urgent_only);
    let rows = tx.query(&sql, params![turn.channel.code(), turn.now, least, lease]).await?;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in &rows {
        let (tenant, id): (String, Uuid) = (row.get("tenant")?, row.get("id")?);
        let content = open(tx, keyring, &tenant, id, row).await?;
        claimed.push(Claimed {
            content,
            template: row.get("template")?,
            lang: lang(row)?,
            urgent: row.get::<i64>("urgent")? == 1,
            attempts: row.get("attempts")?,
            expires_at: row.get("expires_at")?,
            tenant,
            id,
        });
    }
    Ok(claimed)
}

fn wiping(keep_text: bool) -> &'static str {
    if keep_text { "" } else { ", content = NULL, wrapped = NULL" }
}

fn lang(row: &Row) -> Result<Lang, DbError> {
    Ok(if row.get::<String>("lang")? == Lang::En.tag() { Lang::En } else { Lang::Ar })
}

/// Recipient and text of a row; none if they are gone, or somebody changed them.
async fn open(
    q: &mut impl Query,
    keyring: &Keyring,
    tenant: &str,
    id: Uuid,
    row: &Row,
) -> Result<Option<Content>, RecordError> {
    let (cipher, wrapped): (Option<Cipher>, Option<Vec<u8>>) = (row.get("content")?, row.get("wrapped")?);
    let Some(cipher) = cipher else { return Ok(None) };
    let key = match wrapped {
        Some(wrapped) => keyring.open_wrapped(tenant, id, Some(wrapped)).ok().flatten(),
        None => keyring.open(q, tenant, cipher.subject).await?,
    };
    let text = key.and_then(|key| key.decrypt(&field(id), &cipher).ok());
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// What became of an attempt.
#[derive(Clone)]
pub(super) enum Verdict {
    Sent(Option<String>),
    Delivered,
    Again { at: Micros, why: Why },
    Failed(Why),
    Off,
}

/// Notes it, unless the lease was over and somebody else has the message, or a report was faster.
pub(super) async fn settle(
    tx: &mut Tx,
    message: &Claimed,
    verdict: &Verdict,
    now: Micros,
    keep_text: bool,
) -> Result<bool, DbError> {
    let wipe = wiping(keep_text);
    let (tenant, id, attempts) = (message.tenant.as_str(), message.id, message.attempts);
    let mine = "WHERE tenant = $1 AND id = $2 AND state = 'sending' AND attempts = $3";
    let changed = match verdict {
        Verdict::Sent(provider) => {
            let sql =
                format!("UPDATE outbox SET state = 'sent', provider = $5, error = NULL, changed_at = $4{wipe} {mine}");
            tx.execute(&sql, params![tenant, id, attempts, now, provider.as_deref()]).await?
        }
        Verdict::Delivered => {
            let sql = format!("UPDATE outbox SET state = 'delivered', error = NULL, changed_at = $4{wipe} {mine}");
            tx.execute(&sql, params![tenant, id, attempts, now]).await?
        }
        Verdict::Again { at, why } => {
            let sql = format!("UPDATE outbox SET state = 'waiting', due_at = $5, error = $6, changed_at = $4 {mine}");
            tx.execute(&sql, params![tenant, id, attempts, now, *at, why.as_str()]).await?
        }
        // The text is kept until its time is over: somebody may mend the cause and try again.
        Verdict::Failed(why) => {
            let sql = format!("UPDATE outbox SET state = 'failed', error = $5, changed_at = $4 {mine}");
            tx.execute(&sql, params![tenant, id, attempts, now, why.as_str()]).await?
        }
        Verdict::Off => {
            let sql = format!("UPDATE outbox SET state = 'off', changed_at = $4{wipe} {mine}");
            tx.execute(&sql, params![tenant, id, attempts, now]).await?
        }
    };
    Ok(changed == 1)
}

/// By what a provider names a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// Our own id, which was sent along.
    Message(Uuid),
    /// The id that the provider gave.
    Provider(String),
}

/// تقرير التسليم: what a provider reports of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The phone has it.
    Delivered,
    /// It never will.
    Failed(Why),
}

/// What a report did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noted {
    /// It moved the message.
    Moved,
    /// The message is there and stands as it stood.
    Known,
    /// Nobody knows such a message.
    Unknown,
}

/// Notes a report. Doubled ones change nothing; that it arrived outdoes every other, in any order.
pub(super) async fn report(
    tx: &mut Tx,
    of: &Of,
    arrival: &Arrival,
    now: Micros,
    keep_text: bool,
) -> Result<Noted, DbError> {
    let (column, value): (&str, foundation::db::Value) = match of {
        Of::Message(id) => ("id", (*id).into()),
        Of::Provider(id) => ("provider", id.as_str().into()),
    };
    let wipe = wiping(keep_text);
    let changed = match arrival {
        Arrival::Delivered => {
            let sql = format!(
                "UPDATE outbox SET state = 'delivered', error = NULL, changed_at = $2{wipe} \
                 WHERE channel = 'sms' AND {column} = $1 AND state <> 'delivered'"
            );
            tx.execute(&sql, vec![value.clone(), now.into()]).await?
        }
        Arrival::Failed(why) => {
            let sql = format!(
                "UPDATE outbox SET state = 'failed', error = $3, changed_at = $2 \
                 WHERE channel = 'sms' AND {column} = $1 AND state IN ('sent', 'sending')"
            );
            tx.execute(&sql, vec![value.clone(), now.into(), why.as_str().into()]).await?
        }
    };
    if changed > 0 {
        return Ok(Noted::Moved);
    }
    let sql = format!("SELECT 1 AS one FROM outbox WHERE channel = 'sms' AND {column} = $1 LIMIT 1");
    Ok(if tx.query_opt(&sql, vec![value]).await?.is_some() { Noted::Known } else { Noted::Unknown })
}

/// Puts a failed message back, with all its attempts; false if it did not fail, or its time is over.
pub async fn retry(tx: &mut Tx, tenant: &str, id: Uuid, now: Micros) -> Result<bool, DbError> {
    let sql = "UPDATE outbox SET state = 'waiting', due_at = $3, attempts = 0, changed_at = $3 \
               WHERE tenant = $1 AND id = $2 AND state = 'failed' AND content IS NOT NULL AND expires_at > $3";
    Ok(tx.execute(sql, params![tenant, id, now]).await? == 1)
}

/// Removes what has been over for [`KEPT`], and the texts of what can no longer be sent; gives how
/// many rows went.
pub(super) async fn sweep(tx: &mut Tx, now: Micros, keep_text: bool) -> Result<u64, DbError> {
    if !keep_text {
        let sql = "UPDATE outbox SET content = NULL, wrapped = NULL \
                   WHERE state = 'failed' AND expires_at <= $1 AND content IS NOT NULL";
        tx.execute(sql, params![now]).await?;
    }
    let sql = "DELETE FROM outbox WHERE state IN ('sent', 'delivered', 'failed', 'expired', 'off') AND changed_at < $1";
    tx.execute(sql, params![now.minus(KEPT)]).await
}

/// How many messages of a channel stand where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Channel.
    pub channel: Channel,
    /// State.
    pub state: State,
    /// How many.
    pub count: i64,
}

/// Messages by channel and state.
pub async fn counts(q: &mut impl Query) -> Result<Vec<Count>, DbError> {
    let sql = "SELECT channel, state, COUNT(*) AS n FROM outbox GROUP BY channel, state ORDER BY channel, state";
    let mut counts = Vec::new();
    for row in q.query(sql, params![]).await? {
        let (channel, state): (String, String) = (row.get("channel")?, row.get("state")?);
        if let (Some(channel), Some(state)) = (Channel::from_code(&channel), State::from_code(&state)) {
            counts.push(Count { channel, state, count: row.get("n")? });
        }
    }
    Ok(counts)
}

/// How the queue of a channel stands: for figures and probes, over what waits and the day's failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Channel.
    pub channel: Channel,
    /// What waits or is being sent.
    pub waiting: i64,
    /// Since when the oldest of these is there.
    pub oldest: Option<Micros>,
    /// What failed within the last 24 hours.
    pub failed: i64,
}

/// The queue of each channel.
pub async fn standing(q: &mut impl Query, now: Micros) -> Result<Vec<Standing>, DbError> {
    let mut all = Vec::new();
    for channel in Channel::ALL {
        let sql = format!(
            "SELECT COUNT(*) AS n, MIN(made_at) AS oldest, \
             (SELECT COUNT(*) FROM outbox WHERE state = 'failed' AND channel = $1 AND changed_at > $2) AS failed \
             FROM outbox WHERE channel = $1 AND {OPEN}"
        );
        let row = q.query_one(&sql, params![channel.code(), now.minus(Micros::DAY)]).await?;
        all.push(Standing { channel, waiting: row.get("n")?, oldest: row.get("oldest")?, failed: row.get("failed")? });
    }
    Ok(all)
}

/// A message as the operator's list shows it: no recipient, no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Tenant.
    pub tenant: String,
    /// Id.
    pub id: Uuid,
    /// Channel.
    pub channel: Channel,
    /// What kind of message it is.
    pub template: String,
    /// Language of its text.
    pub lang: Lang,
    /// Where it stands.
    pub state: State,
    /// Ignores quiet hours.
    pub urgent: bool,
    /// Attempts so far.
    pub attempts: i64,
    /// When it was put in.
    pub made_at: Micros,
    /// When it last moved.
    pub changed_at: Micros,
    /// Next attempt of one that waits.
    pub due_at: Micros,
    /// When it is worthless.
    pub expires_at: Micros,
    /// Why it did not go.
    pub error: Option<String>,
    /// Whether its text is still there.
    pub has_text: bool,
}

const LISTED: &str = "tenant, id, channel, template, lang, state, urgent, attempts, made_at, changed_at, due_at, \
                      expires_at, error, wrapped, content";

fn listed(row: &Row) -> Result<Option<Listed>, DbError> {
    let (channel, state): (String, String) = (row.get("channel")?, row.get("state")?);
    let Some((channel, state)) = Channel::from_code(&channel).zip(State::from_code(&state)) else { return Ok(None) };
    Ok(Some(Listed {
        tenant: row.get("tenant")?,
        id: row.get("id")?,
        channel,
        template: row.get("template")?,
        lang: lang(row)?,
        state,
        urgent: row.get::<i64>("urgent")? == 1,
        attempts: row.get("attempts")?,
        made_at: row.get("made_at")?,
        changed_at: row.get("changed_at")?,
        due_at: row.get("due_at")?,
        expires_at: row.get("expires_at")?,
        error: row.get("error")?,
        has_text: row.get::<Option<Vec<u8>>>("content")?.is_some(),
    }))
}

/// The last messages of a state, newest change first, at most `most`.
pub async fn list(q: &mut impl Query, state: State, most: i64) -> Result<Vec<Listed>, DbError> {
    let sql = format!("SELECT {LISTED} FROM outbox WHERE state = $1 ORDER BY changed_at DESC, id DESC LIMIT {most}");
    let rows = q.query(&sql, params![state.code()]).await?;
    Ok(rows.iter().map(listed).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// A message with recipient and text: for its own recipient, and for the page of a demonstration.
#[derive(Clone)]
pub struct Opened {
    /// The message.
    pub listed: Listed,
    /// Recipient and text, where they can be read.
    pub content: Option<Content>,
}

/// The last messages of all states with their texts, newest first, at most `most`: for a demonstration.
pub async fn opened(q: &mut impl Query, keyring: &Keyring, most: i64) -> Result<Vec<Opened>, RecordError> {
    let sql = format!("SELECT {LISTED} FROM outbox ORDER BY made_at DESC, id DESC LIMIT {most}");
    let mut all = Vec::new();
    for row in q.query(&sql, params![]).await? {
        let Some(listed) = listed(&row)? else { continue };
        let content = open(q, keyring, &listed.tenant, listed.id, &row).await?;
        all.push(Opened { listed, content });
    }
    Ok(all)
}

/// The last messages to one of these people (tenant and subject), newest first, at most `most`; the texts
/// of those that still wait or failed.
pub async fn own(
    q: &mut impl Query,
    keyring: &Keyring,
    people: &[(String, Uuid)],
    most: usize,
) -> Result<Vec<Opened>, RecordError> {
    let mut all = Vec::new();
    for (tenant, subject) in people {
        let sql = format!(
            "SELECT {LISTED} FROM outbox WHERE tenant = $1 AND subject = $2 ORDER BY made_at DESC, id DESC LIMIT {most}"
        );
        for row in q.query(&sql, params![tenant, *subject]).await? {
            let Some(listed) = listed(&row)? else { continue };
            let content = open(q, keyring, tenant, listed.id, &row).await?;
            all.push(Opened { listed, content });
        }
    }
    all.sort_by_key(|message| std::cmp::Reverse((message.listed.made_at, message.listed.id)));
    all.truncate(most);
    Ok(all)
}

impl Claimed {
    /// Whether no attempt is left after this one.
    pub(super) const fn is_last(&self) -> bool {
        self.attempts >= ATTEMPTS
    }
}
