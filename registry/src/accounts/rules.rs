//! What an account's values must look like, and what may happen to it. Pure.

use foundation::identity::{Mobile, NationalId};
use record::SubjectKey;

use super::events::{AccountEvent, Values};

/// What the holder tells of themselves (بيانات الحساب).
#[derive(Clone, PartialEq, Eq)]
pub struct Details {
    /// Name as on the card: at least two words.
    pub name: String,
    /// E-mail.
    pub email: Option<String>,
    /// Language of messages: `ar` or `en`.
    pub language: String,
}

impl std::fmt::Debug for Details {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Details(***)")
    }
}

/// Why a command about an account is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fewer than two words, or too long.
    #[error("not a whole name")]
    Name,
    /// There is no such account, or it is closed.
    #[error("no such account")]
    NoAccount,
    /// Another account of the same national id was confirmed already.
    #[error("another account of this national id is confirmed")]
    ConfirmedElsewhere,
}

impl Refusal {
    /// Key of its words in the message files.
    pub fn message(self) -> &'static str {
        match self {
            Self::Name => "account-refused-name",
            Self::NoAccount => "account-refused-none",
            Self::ConfirmedElsewhere => "account-refused-confirmed-elsewhere",
        }
    }
}

/// Names of the fields under which values are encrypted.
pub(super) const NAME: &str = "account name";
pub(super) const NATIONAL_ID: &str = "account national id";
pub(super) const MOBILE: &str = "account mobile";
pub(super) const EMAIL: &str = "account e-mail";

/// What signs in: a national id with a mobile.
#[derive(Clone)]
pub struct Credentials {
    /// Fourteen digits.
    pub national_id: NationalId,
    /// Eleven digits.
    pub mobile: Mobile,
}

impl Credentials {
    /// The text whose keyed digest finds the account.
    pub(super) fn lookup(&self) -> String {
        format!("{}/{}", self.national_id.as_str(), self.mobile.as_str())
    }
}

/// A name as it is kept: two words at least, single spaces.
pub(super) fn name(typed: &str) -> Result<String, Refusal> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let name = words.join(" ");
    if words.len() < 2 || name.chars().count() > 200 { Err(Refusal::Name) } else { Ok(name) }
}

fn values(key: &SubjectKey, login: &Credentials, details: &Details) -> Result<Values, Refusal> {
    let email = details.email.as_deref().map(str::trim).filter(|email| !email.is_empty());
    Ok(Values {
        name: key.encrypt(NAME, &name(&details.name)?),
        national_id: key.encrypt(NATIONAL_ID, login.national_id.as_str()),
        mobile: key.encrypt(MOBILE, login.mobile.as_str()),
        email: email.map(|email| key.encrypt(EMAIL, email)),
        language: if details.language == "en" { "en" } else { "ar" }.to_owned(),
    })
}

/// Opens an account.
pub(super) fn open(key: &SubjectKey, login: &Credentials, details: &Details) -> Result<AccountEvent, Refusal> {
    Ok(AccountEvent::AccountOpened(values(key, login, details)?))
}

/// Changes what the holder told; none if nothing is new.
pub(super) fn change(
    key: &SubjectKey,
    old: &Values,
    login: &Credentials,
    details: &Details,
) -> Result<Option<AccountEvent>, Refusal> {
    let new = values(key, login, details)?;
    Ok((new != *old).then_some(AccountEvent::AccountChanged(new)))
}

/// Confirms an account, unless it is confirmed already; of one person only one is.
pub(super) fn confirm(confirmed: bool, another: bool) -> Result<Option<AccountEvent>, Refusal> {
    match (confirmed, another) {
        (true, _) => Ok(None),
        (false, true) => Err(Refusal::ConfirmedElsewhere),
        (false, false) => Ok(Some(AccountEvent::AccountConfirmed {})),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_two_words() {
        assert_eq!(name("  منى   علي "), Ok("منى علي".to_owned()));
        assert_eq!(name("منى"), Err(Refusal::Name));
        assert_eq!(name(&"ا ".repeat(300)), Err(Refusal::Name));
    }

    #[test]
    fn of_one_person_one_account_is_confirmed() {
        assert_eq!(confirm(true, false), Ok(None));
        assert_eq!(confirm(false, true), Err(Refusal::ConfirmedElsewhere));
        assert_eq!(confirm(false, false), Ok(Some(AccountEvent::AccountConfirmed {})));
    }
}
