//! Applicants (مقدمو الطلبات): people, companies and bodies, each once per tenant.
//!
//! A person is a stream `person` whose values are encrypted under a key of their own; neither the
//! record nor any table holds clear personal text. A national id or a mobile number is found by its
//! keyed digest, a name by keyed digests of its folded words; what is found is opened in memory and
//! ranked.
//! Erasing deletes the key and empties the rows; record and hashes stay as they are.
//!
//! Verbs: [`intake`] (find or record, inside the transaction of a request), [`find`],
//! [`find_by_identity`], [`find_by_mobile`], [`search_names`], [`correct`], [`erase`].

mod commands;
pub mod events;
mod rules;
mod search;
mod store;

pub use commands::{CitizenError, Erasure, Intake, correct, erase, erase_in, intake};
pub use events::{IdentityKind, PersonKind};
pub use rules::{Applicant, Correction, Identity, Refusal};
pub use search::{Hit, search_names};
pub use store::{Citizen, CitizenSlice, find, find_by_identity, find_by_mobile, find_many, find_with_key};
pub(crate) use store::{of_account, of_number, reached};

use record::Stream;
use uuid::Uuid;

/// The stream of an applicant.
pub fn stream(person: Uuid) -> Stream {
    Stream::new("person", person)
}
