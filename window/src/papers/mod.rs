//! المحررات الصادرة: what is signed on an issued paper, and whether it still holds.
//!
//! A paper's claims are signed by its governorate's issuing key ([`Issuers`]); what it says of the
//! person, and the signed bytes, lie encrypted in the event that issued it ([`Content`]). Its place
//! in the governorate's status lists is drawn at random ([`index`]); [`status_list`] makes a list
//! from the table of papers.

mod claims;
mod content;
mod index;
mod keys;
mod status;

pub use claims::{Receipt, Signed, claims, paper_type, place, receipt_claims};
pub use content::{Content, Holder};
pub use index::draw as draw_index;
pub use keys::{Issuers, IssuersError};
pub use status::{StatusListError, newest_list, status_list};
