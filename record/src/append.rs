//! Appending: one statement writes the events, then the slices apply them.

use std::collections::BTreeMap;

use foundation::db::{Query as _, Tx, Value};
use foundation::params;

use crate::event::COLUMNS;
use crate::{Command, Draft, Event, Record, RecordError, Stream, canonical};

/// The most events of one append: their parameters must fit one statement on either engine.
const MOST: usize = 1_000;

/// What a command adds to one stream.
#[derive(Clone, Debug)]
pub struct Part {
    /// The stream.
    pub stream: Stream,
    /// The version that the decision saw; 0 for a new stream.
    pub expected: i64,
    /// What happened, in order.
    pub drafts: Vec<Draft>,
}

impl Record {
    /// Appends a command's events to a stream that stands at `expected` (0: a new one) and
    /// applies them. A command appends once; for several streams use [`Self::append_all`].
    ///
    /// [`RecordError::Repeated`] and [`RecordError::Conflict`] leave the transaction usable for
    /// reading, but it must be given up: the caller returns the error from its write.
    pub async fn append(
        &self,
        tx: &mut Tx,
        command: &Command,
        stream: Stream,
        expected: i64,
        drafts: &[Draft],
    ) -> Result<Vec<Event>, RecordError> {
        self.append_all(tx, command, &[Part { stream, expected, drafts: drafts.to_vec() }]).await
    }

    /// Appends a command's events to several streams at once, in one statement.
    pub async fn append_all(&self, tx: &mut Tx, command: &Command, parts: &[Part]) -> Result<Vec<Event>, RecordError> {
        let events = self.events_of(command, parts)?;
        if events.is_empty() {
            return Ok(events);
        }
        let mut params = Vec::with_capacity(events.len() * 18);
        for event in &events {
            let digest = event.digest();
            params.extend(event.values());
            params.push(Value::from(digest));
            params.push(Value::from(self.keyring().vouch(&digest)));
        }
        // DO NOTHING instead of an error: on PostgreSQL an error would end the transaction.
        let sql = format!(
            "INSERT INTO events ({COLUMNS}, digest, mac) VALUES {} ON CONFLICT DO NOTHING",
            places(events.len(), 18)
        );
        let written = tx.execute(&sql, params).await?;
        if written != events.len() as u64 {
            return Err(self.refused(tx, command, parts, &events).await?);
        }
        tx.mark();
        for event in &events {
            self.slice(&event.stream.kind)?.apply(tx, event).await?;
        }
        Ok(events)
    }

    fn events_of(&self, command: &Command, parts: &[Part]) -> Result<Vec<Event>, RecordError> {
        let setup = &self.0.setup;
        let recorded_at = setup.clock.now();
        let mut events: Vec<Event> = Vec::new();
        for part in parts {
            self.slice(&part.stream.kind)?;
            for (version, draft) in (part.expected + 1..).zip(&part.drafts) {
                events.push(Event {
                    id: setup.ids.next(),
                    tenant: command.tenant.clone(),
                    stream: part.stream.clone(),
                    version,
                    kind: draft.kind.clone(),
                    command: command.id,
                    ordinal: events.len() as i64,
                    occurred_at: command.occurred_at,
                    recorded_at,
                    actor: command.actor,
                    assignment: command.assignment,
                    on_behalf: command.on_behalf,
                    node: setup.node.clone(),
                    epoch: self.0.epoch.epoch,
                    data: canonical::to_bytes(&draft.data)?,
                });
            }
        }
        if events.len() > MOST {
            return Err(RecordError::Broken(format!("{} events in one append; at most {MOST}", events.len())));
        }
        Ok(events)
    }

    /// Why not all rows went in: the command was there before, or a stream had gone on.
    async fn refused(
        &self,
        tx: &mut Tx,
        command: &Command,
        parts: &[Part],
        ours: &[Event],
    ) -> Result<RecordError, RecordError> {
        let mut before = self.repeated(tx, &command.tenant, command.id).await?;
        before.retain(|event| ours.iter().all(|own| own.id != event.id));
        if !before.is_empty() {
            return Ok(RecordError::Repeated(before));
        }
        let mut current = 0;
        let streams: BTreeMap<&Stream, i64> = parts.iter().map(|p| (&p.stream, p.expected)).collect();
        for (stream, expected) in streams {
            let sql = "SELECT id, version FROM events WHERE tenant = $1 AND stream_kind = $2 AND stream_id = $3 AND version > $4 ORDER BY version";
            for row in tx.query(sql, params![command.tenant.as_str(), &*stream.kind, stream.id, expected]).await? {
                let id: uuid::Uuid = row.get("id")?;
                if ours.iter().all(|own| own.id != id) {
                    current = row.get("version")?;
                }
            }
        }
        Ok(RecordError::Conflict { current })
    }
}

/// `($1, $2), ($3, $4)` for `rows` × `columns`.
pub(crate) fn places(rows: usize, columns: usize) -> String {
    let row = |at: usize| {
        let cells: Vec<String> = (1..=columns).map(|c| format!("${}", at * columns + c)).collect();
        format!("({})", cells.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
