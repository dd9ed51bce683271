//! الهوية: national ids, mobile numbers and the papers of those who have none, read from what
//! people type.
//!
//! All of these are personal: `Debug` shows the mask, there is no `Display`, and the text comes
//! out through `as_str` alone.

mod contact;
mod national_id;

pub use contact::{CommercialRegister, IdentityError, Mobile, Passport, TaxNumber};
pub use national_id::{NationalId, NationalIdError, Sex};
