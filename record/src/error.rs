//! What a caller of the record may meet.

use foundation::db::DbError;

use crate::canonical::NotCanonical;
use crate::event::Event;
use crate::keyring::KeyError;

/// A refusal or failure of the record. All but [`RecordError::Repeated`] and
/// [`RecordError::Conflict`] are defects or faults of the machine.
#[derive(Clone, Debug, thiserror::Error)]
pub enum RecordError {
    /// The stream went on since the caller read it: HTTP 409 with what changed, never a retry.
    #[error("the stream stands at version {current}")]
    Conflict {
        /// The version that the stream has now.
        current: i64,
    },
    /// This command was carried out before; these are its events, and its answer.
    #[error("the command was carried out before")]
    Repeated(Vec<Event>),
    /// The data of an event cannot be recorded.
    #[error("event data")]
    Data(#[from] NotCanonical),
    /// Stored event data has another shape than its reader expects.
    #[error("event data of another shape: {0}")]
    Shape(String),
    /// No slice is registered for this kind of stream.
    #[error("no slice is registered for streams of kind {0}")]
    UnknownStream(String),
    /// A slice could not apply an event.
    #[error("{0}")]
    Apply(String),
    /// A key is missing or does not fit.
    #[error("keys")]
    Key(#[from] KeyError),
    /// The record's own bookkeeping does not hold together.
    #[error("the record does not hold together: {0}")]
    Broken(String),
    /// The database failed or refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<serde_json::Error> for RecordError {
    fn from(error: serde_json::Error) -> Self {
        // serde_json's message may quote the value; place and kind say enough.
        RecordError::Shape(format!("{:?} error at column {}", error.classify(), error.column()))
    }
}
