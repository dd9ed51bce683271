//! Events and what surrounds them on their way into the record.

use std::borrow::Cow;
use std::fmt;

use foundation::clock::Micros;
use foundation::db::{DbError, Row, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::RecordError;

/// مجرى: the small stream of events that an event belongs to (one request, one unit, one person).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stream {
    /// What it is a stream of: `request`, `unit`, `person`, `staff`, `service`, `calendar` …
    pub kind: Cow<'static, str>,
    /// Which one.
    pub id: Uuid,
}

impl Stream {
    /// The stream of a thing of this kind.
    pub const fn new(kind: &'static str, id: Uuid) -> Self {
        Stream { kind: Cow::Borrowed(kind), id }
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

/// أمر: the envelope of one write. Its id comes from the form, so that a repeated submit is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The idempotency key, once per tenant.
    pub id: Uuid,
    /// The tenant whose record it enters: a governorate's code, or `00`.
    pub tenant: String,
    /// The member of staff who acts; none for the public and for the machine.
    pub actor: Option<Uuid>,
    /// The assignment (role at a place) acted under.
    pub assignment: Option<Uuid>,
    /// The person acted for.
    pub on_behalf: Option<Uuid>,
    /// When it happened, which on a van is before it is recorded.
    pub occurred_at: Micros,
}

/// An event that a decision wishes to record.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its kind: a past tense in the words of the slice, such as `RequestReceived`.
    pub kind: String,
    /// Its data, without floats.
    pub data: serde_json::Value,
}

impl Draft {
    /// A draft of any serialisable data; data that is no JSON is an error.
    pub fn of(kind: &str, data: &impl Serialize) -> Result<Self, RecordError> {
        Ok(Draft { kind: kind.to_owned(), data: serde_json::to_value(data)? })
    }
}

/// حدث: one thing that happened, as it stands in the record for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// UUIDv7, made by the node that recorded it.
    pub id: Uuid,
    /// The tenant it belongs to.
    pub tenant: String,
    /// Its stream.
    pub stream: Stream,
    /// Its place in the stream, from 1.
    pub version: i64,
    /// What kind of thing happened.
    pub kind: String,
    /// The command that caused it.
    pub command: Uuid,
    /// Its place among the command's events, from 0.
    pub ordinal: i64,
    /// When it happened.
    pub occurred_at: Micros,
    /// When it was recorded.
    pub recorded_at: Micros,
    /// Who acted.
    pub actor: Option<Uuid>,
    /// The assignment acted under.
    pub assignment: Option<Uuid>,
    /// Who was acted for.
    pub on_behalf: Option<Uuid>,
    /// The node that recorded it.
    pub node: String,
    /// The node's epoch when it was recorded; it is sealed in this one or a later one.
    pub epoch: i64,
    /// RFC 8785 JSON without floats: the very bytes that are hashed.
    pub data: Vec<u8>,
}

/// The columns of an event, in the order of the digest.
pub(crate) const COLUMNS: &str = "id, tenant, stream_kind, stream_id, version, kind, command, ordinal, \
     occurred_at, recorded_at, actor, assignment, on_behalf, node, epoch, data";

/// Begins every digest, so that bytes hashed for an event are never bytes hashed for a seal.
const DIGEST_DOMAIN: &[u8] = b"shubbak event 1\n";

impl Event {
    /// The data as a type of the slice.
    pub fn data<T: DeserializeOwned>(&self) -> Result<T, RecordError> {
        Ok(serde_json::from_slice(&self.data)?)
    }

    /// The values of the columns, in the order of [`COLUMNS`].
    pub(crate) fn values(&self) -> Vec<Value> {
        foundation::params![
            self.id,
            self.tenant.as_str(),
            &*self.stream.kind,
            self.stream.id,
            self.version,
            self.kind.as_str(),
            self.command,
            self.ordinal,
            self.occurred_at,
            self.recorded_at,
            self.actor,
            self.assignment,
            self.on_behalf,
            self.node.as_str(),
            self.epoch,
            self.data.as_slice(),
        ]
    }

    /// SHA-256 over all columns in one unambiguous form: for each a byte 0 (NULL) or 1, then the
    /// length (8 bytes, big-endian) and the bytes; integers as 8 bytes big-endian.
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new_with_prefix(DIGEST_DOMAIN);
        for value in self.values() {
            match value {
                Value::Null => hash.update([0]),
                Value::Int(v) => column(&mut hash, &v.to_be_bytes()),
                Value::Text(v) => column(&mut hash, v.as_bytes()),
                Value::Bytes(v) => column(&mut hash, &v),
                Value::Uuid(v) => column(&mut hash, v.as_bytes()),
            }
        }
        hash.finalize().into()
    }

    pub(crate) fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Event {
            id: row.get("id")?,
            tenant: row.get("tenant")?,
            stream: Stream { kind: Cow::Owned(row.get("stream_kind")?), id: row.get("stream_id")? },
            version: row.get("version")?,
            kind: row.get("kind")?,
            command: row.get("command")?,
            ordinal: row.get("ordinal")?,
            occurred_at: row.get("occurred_at")?,
            recorded_at: row.get("recorded_at")?,
            actor: row.get("actor")?,
            assignment: row.get("assignment")?,
            on_behalf: row.get("on_behalf")?,
            node: row.get("node")?,
            epoch: row.get("epoch")?,
            data: row.get("data")?,
        })
    }
}

fn column(hash: &mut Sha256, bytes: &[u8]) {
    hash.update([1]);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}
