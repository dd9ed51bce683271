//! What verifying finds, each with its place.

use std::fmt;

use uuid::Uuid;

use crate::{Head, Stream};

/// One thing that is not as it was sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// An event's columns do not give its digest.
    Changed {
        /// Its number; none if it is unsealed.
        number: Option<i64>,
        /// Its id.
        id: Uuid,
        /// Its stream.
        stream: Stream,
        /// Its version.
        version: i64,
    },
    /// An event's digest does not give the chain's hash: event and digest were changed together,
    /// or the event was moved.
    ChainBroken {
        /// Its number.
        number: i64,
        /// Its id.
        id: Uuid,
        /// Its stream.
        stream: Stream,
    },
    /// Numbers that were given are not there: events were deleted.
    Missing {
        /// The first of them.
        first: i64,
        /// The last of them.
        last: i64,
    },
    /// A seal does not go on where the one before it ended.
    SealMissing {
        /// The first number without a seal.
        first: i64,
        /// The last of them.
        last: i64,
    },
    /// A seal's head is not the hash of its last event.
    SealHead {
        /// The seal's last number.
        last: i64,
    },
    /// The node's key did not sign this seal.
    SealSignature {
        /// The seal's last number.
        last: i64,
    },
    /// An epoch's row is not there.
    EpochMissing {
        /// The epoch.
        epoch: i64,
    },
    /// The node's key did not sign this epoch.
    EpochSignature {
        /// The epoch.
        epoch: i64,
    },
    /// An epoch does not begin where the chain before it ended.
    EpochLink {
        /// The epoch.
        epoch: i64,
    },
    /// An event says that it was recorded in a later epoch than the one it is sealed in.
    EventEpoch {
        /// Its number.
        number: i64,
        /// Its id.
        id: Uuid,
    },
    /// A stream lacks a version.
    StreamHole {
        /// The stream.
        stream: Stream,
        /// The version.
        version: i64,
    },
    /// A stream's version was numbered before the one preceding it.
    StreamDisorder {
        /// The stream.
        stream: Stream,
        /// The version.
        version: i64,
    },
    /// An event waits for its seal. After a crash on PostgreSQL it is sealed at the next start;
    /// otherwise someone else wrote it.
    Unsealed {
        /// Its id.
        id: Uuid,
        /// Its stream.
        stream: Stream,
        /// Its version.
        version: i64,
    },
    /// The record ends before the head that was kept: its tail was cut, or an older copy of the
    /// database stands in its place.
    Cut {
        /// The head kept elsewhere.
        kept: Head,
        /// The number at which the record ends now.
        ends: i64,
    },
    /// At the kept head's number stands another history.
    Forked {
        /// The head kept elsewhere.
        kept: Head,
        /// The number of the epoch that a restore opened before the kept head, if that is why.
        restored_in: Option<i64>,
    },
    /// The kept head is another node's.
    OtherNode {
        /// The head kept elsewhere.
        kept: Head,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Changed { number: Some(number), id, stream, version } => {
                write!(f, "event {number} ({id}, {stream} version {version}) was changed after it was recorded")
            }
            Finding::Changed { number: None, id, stream, version } => {
                write!(f, "unsealed event {id} ({stream} version {version}) was changed after it was recorded")
            }
            Finding::ChainBroken { number, id, stream } => {
                write!(f, "event {number} ({id}, {stream}) does not fit the chain")
            }
            Finding::Missing { first, last } if first == last => write!(f, "event {first} was deleted"),
            Finding::Missing { first, last } => write!(f, "events {first} to {last} were deleted"),
            Finding::SealMissing { first, last } => write!(f, "numbers {first} to {last} carry no seal"),
            Finding::SealHead { last } => write!(f, "the seal of number {last} does not end in its last event"),
            Finding::SealSignature { last } => write!(f, "the seal of number {last} was not signed by the node"),
            Finding::EpochMissing { epoch } => write!(f, "epoch {epoch} is missing"),
            Finding::EpochSignature { epoch } => write!(f, "epoch {epoch} was not signed by the node"),
            Finding::EpochLink { epoch } => write!(f, "epoch {epoch} does not begin where the chain before it ended"),
            Finding::EventEpoch { number, id } => {
                write!(f, "event {number} ({id}) is sealed in an earlier epoch than its own")
            }
            Finding::StreamHole { stream, version } => write!(f, "{stream} lacks version {version}"),
            Finding::StreamDisorder { stream, version } => {
                write!(f, "{stream} version {version} was numbered before the one preceding it")
            }
            Finding::Unsealed { id, stream, version } => {
                write!(f, "event {id} ({stream} version {version}) is not sealed")
            }
            Finding::Cut { kept, ends } => write!(
                f,
                "the record ends at number {ends}, the kept head at {} (epoch {}): the tail was cut or the database rolled back",
                kept.number, kept.epoch
            ),
            Finding::Forked { kept, restored_in: Some(epoch) } => write!(
                f,
                "the kept head (epoch {}, number {}) lies beyond the backup from which epoch {epoch} was restored",
                kept.epoch, kept.number
            ),
            Finding::Forked { kept, restored_in: None } => {
                write!(f, "at number {} stands another history than the kept head's", kept.number)
            }
            Finding::OtherNode { kept } => write!(f, "the kept head belongs to node {}", kept.node),
        }
    }
}

/// What verifying saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many sealed events were read.
    pub events: i64,
    /// How many seals.
    pub seals: i64,
    /// How many epochs.
    pub epochs: i64,
    /// The head of the record as it stands.
    pub head: Head,
    /// What is wrong; empty if nothing is.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn sound(&self) -> bool {
        self.findings.is_empty()
    }
}
