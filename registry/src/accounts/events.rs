//! What can happen to an account. Kinds are never edited; the stream's id is the account's.

use record::Cipher;
use serde::{Deserialize, Serialize};

/// All values of an account at one moment, encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values {
    /// Name as on the card.
    pub name: Cipher,
    /// National id.
    pub national_id: Cipher,
    /// Mobile, eleven digits.
    pub mobile: Cipher,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Cipher>,
    /// Language of messages: `ar` or `en`.
    pub language: String,
}

/// An event of a stream `account`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum AccountEvent {
    /// Somebody proved a mobile and opened an account.
    AccountOpened(Values),
    /// The holder changed name, e-mail or language; all values as they are now.
    AccountChanged(Values),
    /// A window saw the holder's card: the account is the person's.
    AccountConfirmed {},
    /// Closed: nobody signs in any more, and the values are erased.
    AccountClosed {
        /// Why, in a word of the code.
        why: String,
    },
}
