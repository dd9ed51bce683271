//! Citizens' accounts (حساب المواطن): who asks from home, follows and answers without a window.
//!
//! An account is a stream `account` of the national tenant, because its holder moves between
//! governorates; its values are encrypted under a key of its own. One signs in with national id and
//! mobile and a code that is sent to it. That proves the mobile, not the person: what windows have
//! recorded of a person opens only where a window has recorded this very mobile, or has seen the
//! holder's card and confirmed the account ([`confirm`]). An account sees what was sent in from it in any case.
//!
//! Verbs: [`ask_code`], [`give_code`], [`open`], [`confirm`], [`change`], [`logout`], [`confirm_signed_in`].

mod codes;
mod commands;
pub mod events;
mod job;
mod message;
mod rules;
mod sessions;
mod store;

pub use codes::{Asked, Checked, ask as ask_code, give as give_code, typed as code_typed};
pub use commands::{AccountError, change, confirm, find_by_national_id, open, open_for_demo, read};
pub use job::CodesJob;
pub use rules::{Credentials, Details, Refusal};
pub use sessions::{Holder, confirm_signed_in, enter, logout, logout_everywhere, own};
pub(crate) use sessions::{owner, seen, viewer};
pub(crate) use store::of_id;
pub use store::{Account, AccountSlice, persons, reached};

use record::Stream;
use uuid::Uuid;

/// The tenant of every account.
pub const TENANT: &str = crate::place::NATIONAL;

/// The stream of an account.
pub fn stream(account: Uuid) -> Stream {
    Stream::new("account", account)
}
