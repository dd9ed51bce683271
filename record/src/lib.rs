//! السجل: the append-only record of everything that happened.
//!
//! A write decides (pure), [appends](Record::append) its events and applies them to its slice's
//! tables in one transaction. The [sealer](seal) numbers committed events without gaps, chains
//! their hashes and signs each batch with the node's key. [Followers](follow) read sealed events
//! in order. [`verify`](verify::verify) finds what was changed, cut or rolled back, and
//! [`rebuild`] shows that the tables say what the record says.
//!
//! Words: *sealed* means signed into the node's chain; *encrypted* means unreadable without the
//! subject's key ([`personal`]). What leaves the node goes through the [`outbox`]. Formats and test vectors: `docs/record.md`.

mod append;
pub mod canonical;
mod epoch;
mod error;
mod event;
pub mod follow;
pub mod jobs;
mod keyring;
pub mod outbox;
pub mod personal;
pub mod rebuild;
mod record;
pub mod seal;
mod slice;
pub mod tables;
mod upcast;
#[cfg(test)]
mod vectors;
pub mod verify;
pub mod views;

pub use futures::future::BoxFuture;

pub use self::append::Part;
pub use self::epoch::{Epoch, open_epoch};
pub use self::error::RecordError;
pub use self::event::{Command, Draft, Event, Stream};
pub use self::keyring::{KeyError, Keyring, read_key, write_key};
pub use self::personal::{Cipher, SubjectKey};
pub use self::record::{Record, Setup, Unsealed};
pub use self::seal::Head;
pub use self::slice::{Class, Slice, Table};
pub use self::upcast::{Lift, Upcast};
