//! The walk along the chain: seal by seal, event by event.

use std::borrow::Cow;
use std::collections::VecDeque;

use foundation::db::{DbError, Query as _, Row, Tx};
use foundation::params;

use super::{ENOUGH, Finding, PAGE, Report, epoch_at, fixed};
use crate::epoch::{Epoch, verifies};
use crate::event::{COLUMNS, Event};
use crate::seal::{Seal, link};
use crate::{Head, RecordError, Stream};

/// Where the walk stands.
pub(super) struct Walk<'a> {
    epochs: &'a [Epoch],
    kept: Option<&'a Head>,
    findings: Vec<Finding>,
    /// The epoch of the last seal.
    epoch: i64,
    /// The last number and its hash; the hash is unknown after a hole.
    number: i64,
    hash: Option<[u8; 32]>,
    /// What the chain says at the kept head's number.
    at_kept: Option<[u8; 32]>,
    events: i64,
    seals: i64,
    page: VecDeque<Row>,
    read_to: i64,
}

impl<'a> Walk<'a> {
    pub(super) fn new(epochs: &'a [Epoch], kept: Option<&'a Head>, findings: Vec<Finding>) -> Self {
        Walk {
            epochs,
            kept,
            findings,
            epoch: 0,
            number: 0,
            hash: Some([0; 32]),
            at_kept: None,
            events: 0,
            seals: 0,
            page: VecDeque::new(),
            read_to: 0,
        }
    }

    fn found(&mut self, finding: Finding) {
        if self.findings.len() < ENOUGH {
            self.findings.push(finding);
        }
    }

    /// Walks the events of one seal and checks the seal itself.
    pub(super) async fn seal(&mut self, tx: &mut Tx, row: &Row) -> Result<(), RecordError> {
        let seal = Seal {
            epoch: row.get("epoch")?,
            first: row.get("first")?,
            last: row.get("last")?,
            head: fixed(row, "head")?,
            at: row.get("at")?,
            fence: row.get("fence")?,
        };
        self.seals += 1;
        if seal.epoch > self.epoch {
            self.open_to(seal.epoch);
        }
        match epoch_at(self.epochs, seal.epoch) {
            Some(epoch) if verifies(&epoch.public_key, &seal.message(&epoch.node), &fixed(row, "signature")?) => {}
            _ => self.found(Finding::SealSignature { last: seal.last }),
        }
        if seal.first != self.number + 1 {
            self.found(Finding::SealMissing { first: self.number + 1, last: seal.first - 1 });
        }
        while let Some(row) = self.next_event(tx, seal.last).await? {
            self.event(&row, seal.epoch)?;
        }
        if self.number < seal.last {
            self.found(Finding::Missing { first: self.number + 1, last: seal.last });
            self.number = seal.last;
        } else if self.hash != Some(seal.head) {
            self.found(Finding::SealHead { last: seal.last });
        }
        // The seal is signed: from here on the chain is known again.
        self.hash = Some(seal.head);
        self.note_kept(seal.head);
        Ok(())
    }

    /// Enters the epochs up to this one, checking that each begins where the chain ended.
    fn open_to(&mut self, epoch: i64) {
        for next in self.epochs.iter().filter(|e| e.epoch > self.epoch && e.epoch <= epoch) {
            if next.after_number != self.number || self.hash.is_some_and(|hash| hash != next.after_head) {
                self.findings.push(Finding::EpochLink { epoch: next.epoch });
            }
            let hash = next.hash();
            self.hash = Some(hash);
            // A head read just after the epoch was opened bears the epoch's own hash.
            if self.kept.is_some_and(|kept| kept.epoch == next.epoch && kept.number == next.after_number) {
                self.at_kept = Some(hash);
            }
        }
        self.epoch = epoch;
    }

    fn note_kept(&mut self, hash: [u8; 32]) {
        if self.kept.is_some_and(|kept| kept.number == self.number && kept.epoch == self.epoch) {
            self.at_kept = Some(hash);
        }
    }

    /// The next event up to this number.
    async fn next_event(&mut self, tx: &mut Tx, last: i64) -> Result<Option<Row>, RecordError> {
        if self.page.is_empty() {
            let sql = format!(
                "SELECT {COLUMNS}, digest, number, chain FROM events WHERE number > $1 ORDER BY number LIMIT $2"
            );
            self.page = tx.query(&sql, params![self.read_to, PAGE]).await?.into();
            if let Some(row) = self.page.back() {
                self.read_to = row.get("number")?;
            }
        }
        match self.page.front() {
            Some(row) if row.get::<i64>("number")? <= last => Ok(self.page.pop_front()),
            _ => Ok(None),
        }
    }

    fn event(&mut self, row: &Row, epoch: i64) -> Result<(), RecordError> {
        let event = Event::from_row(row)?;
        let number: i64 = row.get("number")?;
        let stored: Vec<u8> = row.get("digest")?;
        let chain: [u8; 32] = fixed(row, "chain")?;
        self.events += 1;
        if number != self.number + 1 {
            self.found(Finding::Missing { first: self.number + 1, last: number - 1 });
            self.hash = None;
        }
        if stored != event.digest() {
            self.found(Finding::Changed {
                number: Some(number),
                id: event.id,
                stream: event.stream.clone(),
                version: event.version,
            });
        }
        if self.hash.is_some_and(|hash| link(&hash, number, &stored) != chain) {
            self.found(Finding::ChainBroken { number, id: event.id, stream: event.stream.clone() });
        }
        if event.epoch > epoch {
            self.found(Finding::EventEpoch { number, id: event.id });
        }
        self.number = number;
        self.hash = Some(chain);
        self.note_kept(chain);
        Ok(())
    }

    /// Events that bear numbers beyond the last seal.
    pub(super) async fn beyond_seals(&mut self, tx: &mut Tx) -> Result<(), RecordError> {
        let sealed_to = self.number;
        while let Some(row) = self.next_event(tx, i64::MAX).await? {
            self.event(&row, i64::MAX)?;
        }
        if self.number > sealed_to {
            self.found(Finding::SealMissing { first: sealed_to + 1, last: self.number });
        }
        Ok(())
    }

    /// Enters epochs without seals, then holds the kept head against what was walked.
    pub(super) async fn finish(mut self, tx: &mut Tx) -> Result<Report, RecordError> {
        self.open_to(self.epochs.last().map_or(0, |e| e.epoch));
        if let Some(kept) = self.kept
            && let Some(finding) = self.against(kept)
        {
            self.findings.push(finding);
        }
        Ok(Report {
            events: self.events,
            seals: self.seals,
            epochs: self.epochs.len() as i64,
            head: Head::read_or_zero(tx).await?,
            findings: self.findings,
        })
    }

    fn against(&self, kept: &Head) -> Option<Finding> {
        if self.at_kept == Some(kept.hash) {
            return None;
        }
        let last = self.epochs.last()?;
        if self.epochs.iter().all(|e| e.node != kept.node) {
            return Some(Finding::OtherNode { kept: kept.clone() });
        }
        let restored = self.epochs.iter().find(|e| e.epoch > kept.epoch && e.after_number < kept.number);
        if let Some(epoch) = restored {
            return Some(Finding::Forked { kept: kept.clone(), restored_in: Some(epoch.epoch) });
        }
        if kept.number > self.number || kept.epoch > last.epoch {
            return Some(Finding::Cut { kept: kept.clone(), ends: self.number });
        }
        Some(Finding::Forked { kept: kept.clone(), restored_in: None })
    }
}

/// A row's stream and version.
pub(super) fn stream_of(row: &Row) -> Result<(Stream, i64), DbError> {
    Ok((Stream { kind: Cow::Owned(row.get("stream_kind")?), id: row.get("stream_id")? }, row.get("version")?))
}
