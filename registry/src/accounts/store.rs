//! Rows of accounts: `apply`, and the statements of the commands.

use foundation::db::{DbError, Query, Row, Tx};
use foundation::identity::{Mobile, NationalId};
use foundation::params;
use jiff::civil::Date;
use record::{BoxFuture, Cipher, Event, Keyring, RecordError, Slice, SubjectKey, Table};
use uuid::Uuid;

use super::TENANT;
use super::events::{AccountEvent, Values};
use super::rules::{Credentials, EMAIL, MOBILE, NAME, NATIONAL_ID};
use crate::citizens::{self, Identity, IdentityKind};
use crate::units::store_tools::tagged;

/// Domain of the digests of national ids with mobiles.
const LOGIN_DOMAIN: &str = "account-login";
/// Domain of the digests of national ids.
const IDENTITY_DOMAIN: &str = "account-identity";

/// The digest under which an account is found at the login.
pub(super) fn login_digest(keyring: &Keyring, login: &Credentials) -> [u8; 16] {
    keyring.digest(LOGIN_DOMAIN, &login.lookup())
}

fn identity_digest(keyring: &Keyring, national_id: &NationalId) -> [u8; 16] {
    keyring.digest(IDENTITY_DOMAIN, national_id.as_str())
}

/// The slice of accounts. It holds the keyring to derive digests from what it decrypts.
#[derive(Debug, Clone)]
pub struct AccountSlice {
    keyring: Keyring,
}

impl AccountSlice {
    /// The slice on a node with these keys.
    pub fn new(keyring: Keyring) -> Self {
        Self { keyring }
    }
}

impl Slice for AccountSlice {
    fn name(&self) -> &'static str {
        "accounts"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &["account"]
    }

    fn tables(&self) -> &'static [Table] {
        const TABLES: &[Table] = &[
            Table::projection("accounts", &["account"]),
            Table::working("account_sessions", &["token"]),
            Table::working("login_codes", &["id"]),
        ];
        TABLES
    }

    fn needs(&self) -> &'static [&'static str] {
        &["subject_keys"]
    }

    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(async move {
            let account = event.stream.id;
            match tagged::<AccountEvent>(event)? {
                AccountEvent::AccountOpened(values) | AccountEvent::AccountChanged(values) => {
                    return self.set(tx, event, &values).await;
                }
                AccountEvent::AccountConfirmed {} => {
                    tx.execute("UPDATE accounts SET confirmed = 1 WHERE account = $1", params![account]).await?;
                }
                AccountEvent::AccountClosed { .. } => {
                    tx.execute(
                        "UPDATE accounts SET closed = 1, identity_digest = NULL, login_digest = NULL, name = NULL, \
                         national_id = NULL, mobile = NULL, email = NULL WHERE account = $1",
                        params![account],
                    )
                    .await?;
                }
            }
            let sql = "UPDATE accounts SET version = $2 WHERE account = $1";
            tx.execute(sql, params![account, event.version]).await?;
            Ok(())
        })
    }
}

impl AccountSlice {
    async fn set(&self, tx: &mut Tx, event: &Event, values: &Values) -> Result<(), RecordError> {
        let account = event.stream.id;
        // Without a key (the account was closed since) nobody is found by the row any more.
        let key = self.keyring.open(tx, TENANT, account).await?;
        let login = key.as_ref().map(|key| opened(key, values)).transpose()?.flatten();
        let digests = login
            .as_ref()
            .map(|login| (identity_digest(&self.keyring, &login.national_id), login_digest(&self.keyring, login)));
        let (identity, login) = digests.map(|(identity, login)| (identity.to_vec(), login.to_vec())).unzip();
        tx.execute(
            "INSERT INTO accounts (account, identity_digest, login_digest, name, national_id, mobile, email, language, confirmed, closed, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9) \
             ON CONFLICT (account) DO UPDATE SET identity_digest = excluded.identity_digest, \
             login_digest = excluded.login_digest, name = excluded.name, national_id = excluded.national_id, \
             mobile = excluded.mobile, email = excluded.email, language = excluded.language, version = excluded.version",
            params![
                account, identity, login, &values.name, &values.national_id, &values.mobile, values.email.as_ref(),
                values.language.as_str(), event.version
            ],
        )
        .await?;
        Ok(())
    }
}

fn opened(key: &SubjectKey, values: &Values) -> Result<Option<Credentials>, RecordError> {
    let national_id = NationalId::parse(&key.decrypt(NATIONAL_ID, &values.national_id)?, Date::MAX).ok();
    let mobile = Mobile::parse(&key.decrypt(MOBILE, &values.mobile)?).ok();
    Ok(national_id.zip(mobile).map(|(national_id, mobile)| Credentials { national_id, mobile }))
}

/// An account as its holder sees it. No `Debug` of the values: they are the holder's own.
#[derive(Clone)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// What signs in.
    pub login: Credentials,
    /// E-mail.
    pub email: Option<String>,
    /// Language of messages.
    pub language: String,
    /// Whether a window has seen the holder's card.
    pub confirmed: bool,
    /// Version of the stream.
    pub version: i64,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Account({})", self.id)
    }
}

impl Account {
    /// The holder's number, as windows record it.
    pub fn identity(&self) -> Identity {
        Identity { kind: IdentityKind::NationalId, number: self.login.national_id.as_str().to_owned() }
    }
}

const COLUMNS: &str = "account, name, national_id, mobile, email, language, confirmed, version";

fn values(row: &Row) -> Result<Option<Values>, DbError> {
    let (name, national_id, mobile): (Option<Cipher>, Option<Cipher>, Option<Cipher>) =
        (row.get("name")?, row.get("national_id")?, row.get("mobile")?);
    let (Some(name), Some(national_id), Some(mobile)) = (name, national_id, mobile) else { return Ok(None) };
    Ok(Some(Values { name, national_id, mobile, email: row.get("email")?, language: row.get("language")? }))
}

/// An account with its stored values and key; none if it is closed.
pub(super) struct Stored {
    pub account: Account,
    pub values: Values,
    pub key: SubjectKey,
}

async fn stored(q: &mut impl Query, keyring: &Keyring, row: &Row) -> Result<Option<Stored>, RecordError> {
    let id: Uuid = row.get("account")?;
    let Some(values) = values(row)? else { return Ok(None) };
    let Some(key) = keyring.open(q, TENANT, id).await? else { return Ok(None) };
    let Some(login) = opened(&key, &values)? else { return Ok(None) };
    let account = Account {
        id,
        name: key.decrypt(NAME, &values.name)?,
        login,
        email: values.email.as_ref().map(|email| key.decrypt(EMAIL, email)).transpose()?,
        language: values.language.clone(),
        confirmed: row.get("confirmed")?,
        version: row.get("version")?,
    };
    Ok(Some(Stored { account, values, key }))
}

pub(super) async fn by_id(q: &mut impl Query, keyring: &Keyring, account: Uuid) -> Result<Option<Stored>, RecordError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE account = $1 AND closed = 0");
    match q.query_opt(&sql, params![account]).await? {
        Some(row) => stored(q, keyring, &row).await,
        None => Ok(None),
    }
}

pub(super) async fn by_login(
    q: &mut impl Query,
    keyring: &Keyring,
    login: &Credentials,
) -> Result<Option<Stored>, RecordError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE login_digest = $1 AND closed = 0");
    match q.query_opt(&sql, params![login_digest(keyring, login)]).await? {
        Some(row) => stored(q, keyring, &row).await,
        None => Ok(None),
    }
}

/// Every account of a national id: several people cannot have one, but anybody can type one.
pub(super) async fn by_national_id(
    q: &mut impl Query,
    keyring: &Keyring,
    national_id: &NationalId,
) -> Result<Vec<Account>, RecordError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE identity_digest = $1 AND closed = 0 ORDER BY account");
    let mut found = Vec::new();
    for row in q.query(&sql, params![identity_digest(keyring, national_id)]).await? {
        found.extend(stored(q, keyring, &row).await?.map(|stored| stored.account));
    }
    Ok(found)
}

/// Whether another account of the same person was confirmed.
pub(super) async fn confirmed_elsewhere(
    q: &mut impl Query,
    keyring: &Keyring,
    account: &Account,
) -> Result<bool, DbError> {
    let sql =
        "SELECT 1 AS one FROM accounts WHERE identity_digest = $1 AND account <> $2 AND confirmed = 1 AND closed = 0";
    let digest = identity_digest(keyring, &account.login.national_id);
    Ok(q.query_opt(sql, params![digest, account.id]).await?.is_some())
}

/// The holder as the governorates know them: tenant and id of each person record that the account
/// opens. An account that no window has confirmed opens those whose mobile a window recorded.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn persons(
    q: &mut impl Query,
    keyring: &Keyring,
    account: &Account,
) -> Result<Vec<(String, Uuid)>, RecordError> {
    citizens::of_account(q, keyring, &account.identity(), &account.login.mobile, account.confirmed).await
}

/// The person records whose messages went to the account's own mobile, which it has proved; all of the
/// person's for a confirmed account.
///
/// # Errors
/// The database's own.
pub async fn reached(
    q: &mut impl Query,
    keyring: &Keyring,
    account: &Account,
) -> Result<Vec<(String, Uuid)>, RecordError> {
    citizens::reached(q, keyring, &account.identity(), &account.login.mobile, account.confirmed).await
}

/// An account by its id, inside a transaction.
pub(crate) async fn of_id(
    q: &mut impl Query,
    keyring: &Keyring,
    account: Uuid,
) -> Result<Option<Account>, RecordError> {
    Ok(by_id(q, keyring, account).await?.map(|stored| stored.account))
}
