//! Sealing one batch: a read, a write of the numbers, a write of the seal.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::Ordering;

use foundation::db::{Query as _, Row, Tx, Value};
use foundation::params;
use uuid::Uuid;

use super::{Seal, Sealer, link};
use crate::append::places;
use crate::event::{COLUMNS, Event};
use crate::{RecordError, Stream};

/// The most events of one batch.
pub(super) const BATCH: usize = 1_024;

/// What a call sealed.
pub(super) struct Sealed {
    pub(super) ids: Vec<Uuid>,
    /// Whether more may be waiting.
    pub(super) full: bool,
}

struct Waiting {
    id: Uuid,
    stream: (String, Stream),
    version: i64,
    digest: [u8; 32],
}

/// What one page of the unsealed gave.
struct Page {
    waiting: Vec<Waiting>,
    /// The number and hash to go on from.
    before: (i64, [u8; 32]),
    full: bool,
}

impl Sealer {
    /// Seals what is visible, unsealed and vouched for, at most [`BATCH`] events.
    pub(super) async fn seal(&self, tx: &mut Tx, fence: i64) -> Result<Sealed, RecordError> {
        let Some(Page { mut waiting, before: (before, previous), full }) = self.next_page(tx).await? else {
            return Ok(Sealed { ids: Vec::new(), full: false });
        };
        rise_by_stream(&mut waiting);

        let mut head = previous;
        let mut params = Vec::with_capacity(waiting.len() * 3);
        for (number, event) in (before + 1..).zip(&waiting) {
            head = link(&head, number, &event.digest);
            params.extend(params![event.id, number, head]);
        }
        self.write_numbers(tx, params, waiting.len()).await?;
        let last = before + waiting.len() as i64;
        let seal = Seal { epoch: self.epoch.epoch, first: before + 1, last, head, at: self.clock.now().0, fence };
        self.write_seal(tx, &seal).await?;
        Ok(Sealed { ids: waiting.into_iter().map(|w| w.id).collect(), full })
    }

    /// The first page of the unsealed that holds something to seal. The stream of an event that
    /// nobody vouches for stands still from there; every other goes on.
    async fn next_page(&self, tx: &mut Tx) -> Result<Option<Page>, RecordError> {
        let sql = format!(
            "SELECT {COLUMNS}, digest, mac, sealed_last, sealed_head, sealed_epoch FROM events LEFT JOIN \
             (SELECT last AS sealed_last, head AS sealed_head, epoch AS sealed_epoch FROM seals ORDER BY last DESC LIMIT 1) s ON 1 = 1 \
             WHERE number IS NULL AND id > $2 ORDER BY id LIMIT $1"
        );
        let (mut after, mut left) = (Uuid::nil(), 0);
        let mut halted: HashMap<(String, Stream), i64> = HashMap::new();
        loop {
            let rows = tx.query(&sql, params![BATCH as i64, after]).await?;
            let full = rows.len() == BATCH;
            let mut waiting = Vec::with_capacity(rows.len());
            for row in &rows {
                let event = Event::from_row(row)?;
                after = event.id;
                let digest = event.digest();
                let stream = (event.tenant.clone(), event.stream.clone());
                let vouched = self.keyring.vouches(&digest, row.get::<Option<Vec<u8>>>("mac")?.as_deref());
                if vouched && row.get::<Vec<u8>>("digest")? == digest {
                    waiting.push(Waiting { id: event.id, stream, version: event.version, digest });
                } else {
                    self.refuse(&event);
                    // A version that no stream has halts none.
                    if event.version < 1 {
                        continue;
                    }
                    let lowest = halted.entry(stream).or_insert(event.version);
                    *lowest = event.version.min(*lowest);
                }
            }
            waiting.retain(|event| halted.get(&event.stream).is_none_or(|lowest| event.version < *lowest));
            if full && !waiting.is_empty() {
                hold_back(tx, &mut waiting).await?;
            }
            left += rows.len() - waiting.len();
            self.left.store(left, Ordering::Relaxed);
            match rows.first() {
                Some(first) if !waiting.is_empty() => {
                    return Ok(Some(Page { waiting, before: self.go_on_from(first)?, full }));
                }
                Some(_) if full => {}
                _ => return Ok(None),
            }
        }
    }

    /// Says once, loudly, that an event is not sealed.
    fn refuse(&self, event: &Event) {
        if self.refused.lock().insert(event.id) {
            tracing::error!(
                id = %event.id,
                stream = %event.stream,
                version = event.version,
                kind = %event.kind,
                "an event that no process of this node wrote is not sealed, and its stream stands still: shubbak record refused"
            );
        }
    }

    /// The number and hash to go on from.
    fn go_on_from(&self, row: &Row) -> Result<(i64, [u8; 32]), RecordError> {
        let last: Option<i64> = row.get("sealed_last")?;
        let epoch: Option<i64> = row.get("sealed_epoch")?;
        match (last, epoch) {
            (Some(last), Some(epoch)) if epoch == self.epoch.epoch => {
                Ok((last, crate::epoch::fixed(row, "sealed_head")?))
            }
            (Some(_), Some(epoch)) if epoch > self.epoch.epoch => Err(RecordError::Broken(format!(
                "epoch {epoch} was opened while this process records in {}: restart it",
                self.epoch.epoch
            ))),
            _ => Ok((self.epoch.after_number, self.epoch_hash)),
        }
    }

    async fn write_numbers(&self, tx: &mut Tx, mut params: Vec<Value>, count: usize) -> Result<(), RecordError> {
        // Few sizes, so that few statements are prepared; rows of NULL meet no event.
        let size = count.next_power_of_two();
        params.resize(size * 3, Value::Null);
        // The first row gives the columns their types on PostgreSQL and meets no event either.
        let sql = format!(
            "UPDATE events SET number = v.column2, chain = v.column3 FROM (VALUES \
             ((SELECT id FROM events WHERE 1 = 0), (SELECT number FROM events WHERE 1 = 0), (SELECT chain FROM events WHERE 1 = 0)), {}) AS v \
             WHERE events.id = v.column1 AND events.number IS NULL",
            places(size, 3)
        );
        let written = tx.execute(&sql, params).await?;
        if written == count as u64 {
            Ok(())
        } else {
            Err(RecordError::Broken(format!("{written} of {count} events took their number")))
        }
    }

    async fn write_seal(&self, tx: &mut Tx, seal: &Seal) -> Result<(), RecordError> {
        let signature = self.keyring.sign(&seal.message(&self.epoch.node));
        tx.queue(
            "INSERT INTO seals (last, first, epoch, head, at, fence, signature) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            params![seal.last, seal.first, seal.epoch, seal.head, seal.at, seal.fence, signature],
        )
        .await?;
        Ok(())
    }
}

/// Puts the versions of each stream in rising order, each stream keeping its places: processes
/// whose clocks differ give ids that do not rise with the versions.
fn rise_by_stream(waiting: &mut [Waiting]) {
    let mut places: HashMap<(String, Stream), Vec<usize>> = HashMap::new();
    for (at, event) in waiting.iter().enumerate() {
        places.entry(event.stream.clone()).or_default().push(at);
    }
    for at in places.values().filter(|at| at.len() > 1) {
        // Selection by swaps: a stream has few events in one batch.
        for (done, &to) in at.iter().enumerate() {
            let least = at.iter().skip(done).copied().min_by_key(|&i| waiting.get(i).map(|w| w.version));
            waiting.swap(to, least.unwrap_or(to));
        }
    }
}

/// When not all that waits fits the batch, streams whose earlier versions lie outside it stay
/// for the next one.
async fn hold_back(tx: &mut Tx, waiting: &mut Vec<Waiting>) -> Result<(), RecordError> {
    let lowest = "SELECT tenant, stream_kind, stream_id, MIN(version) AS lowest FROM events WHERE number IS NULL \
         GROUP BY tenant, stream_kind, stream_id";
    let mut next: HashMap<(String, Stream), i64> = HashMap::new();
    for row in tx.query(lowest, params![]).await? {
        let stream = Stream { kind: Cow::Owned(row.get("stream_kind")?), id: row.get("stream_id")? };
        next.insert((row.get("tenant")?, stream), row.get("lowest")?);
    }
    let mut by_version: Vec<(i64, usize)> = waiting.iter().enumerate().map(|(at, w)| (w.version, at)).collect();
    by_version.sort_unstable();
    let mut keep = vec![false; waiting.len()];
    for (version, at) in by_version {
        let Some(event) = waiting.get(at) else { continue };
        if let Some(due) = next.get_mut(&event.stream)
            && *due == version
            && let Some(slot) = keep.get_mut(at)
        {
            *slot = true;
            *due += 1;
        }
    }
    let mut keep = keep.into_iter();
    waiting.retain(|_| keep.next().unwrap_or(false));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_rise_and_other_streams_keep_their_places() {
        let event = |stream: u128, version| Waiting {
            id: Uuid::nil(),
            stream: ("01".into(), Stream::new("s", Uuid::from_u128(stream))),
            version,
            digest: [0; 32],
        };
        let mut waiting = vec![event(1, 3), event(2, 1), event(1, 2), event(2, 2), event(1, 1)];
        rise_by_stream(&mut waiting);
        let order: Vec<_> = waiting.iter().map(|w| (w.stream.1.id.as_u128(), w.version)).collect();
        assert_eq!(order, [(1, 1), (2, 1), (1, 2), (2, 2), (1, 3)]);
    }
}
