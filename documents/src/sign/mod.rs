//! Signed papers (توقيع المحررات): what stands in the QR of a licence, permit, certificate or
//! payment receipt, and how anyone verifies it without a network.
//!
//! The wire format is described in `docs/paper-qr.md` for other implementers, with test
//! vectors in `docs/vectors/`. Nothing in this module reads a clock, draws a random number or
//! opens a file: time, random source and keys are passed in.

mod claims;
mod cose;
mod digits;
mod keys;
mod link;
mod paper;
mod status;

pub use claims::{Claims, ClaimsError, Figure, FigureKind, MAX_FIGURES, PaperType};
pub use cose::{KeyId, key_id};
pub use digits::{DigitsError, decode_digits, encode_digits};
pub use keys::{Key, KeyList, KeyListError};
pub use link::{LINK_VERSION, Link, LinkError, Token, TokenError, booking_link, paper_link, slip_link, ticket_link};
pub use paper::{MAX_SIGNED_BYTES, SignError, SignedPaper, Verdict, sign, verify, verify_as};
pub use status::{ENTRIES_PER_LIST, Status, StatusError, StatusList};
