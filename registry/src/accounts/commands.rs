//! Opening, changing and confirming accounts.

use foundation::db::DbError;
use foundation::identity::NationalId;
use foundation::web::PageError;
use record::{Command, RecordError};
use uuid::Uuid;

use super::rules::{self, Credentials, Details, Refusal};
use super::store::{self, Account};
use super::{TENANT, codes, confirm_signed_in, stream};
use crate::access::{self, Refused};
use crate::place::Place;
use crate::rights::Right;
use crate::site::Site;
use crate::units::store_tools::draft;
use crate::viewer::Viewer;

/// Why a command about an account did not come about.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The viewer may not.
    #[error(transparent)]
    Access(#[from] Refused),
    /// The record: a conflict, a fault.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<DbError> for AccountError {
    fn from(error: DbError) -> Self {
        Self::Record(error.into())
    }
}

impl From<AccountError> for PageError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Access(refused) => refused.into(),
            AccountError::Record(error) => crate::pages::record_error(error),
            AccountError::Refused(Refusal::NoAccount) => PageError::NotFound,
            AccountError::Refused(refusal) => PageError::internal(refusal),
        }
    }
}

/// Opens an account for the person whose code was right; the code is used up with it. Repeating it gives
/// the same account.
///
/// # Errors
/// [`AccountError`]; [`Refusal::NoAccount`] if the code is over.
pub async fn open(site: &Site, code: Uuid, details: Details) -> Result<Uuid, AccountError> {
    let login = codes::typed(site, code, true).await?.ok_or(Refusal::NoAccount)?;
    let (record, account, command) = (site.record.clone(), site.ids.next(), site.ids.next());
    site.db
        .write(move |tx| {
            let (record, login, details) = (record.clone(), login.clone(), details.clone());
            Box::pin(async move {
                let (keyring, now) = (record.keyring(), record.clock().now());
                if let Some(known) = store::by_login(tx, keyring, &login).await? {
                    codes::forget_in(tx, keyring, code, now).await?;
                    return Ok(known.account.id);
                }
                let key = keyring.new_subject(tx, TENANT, account, now).await?;
                let event = rules::open(&key, &login, &details)?;
                let command = envelope(command, Some(account), None, now);
                record.append(tx, &command, stream(account), 0, &[draft(&event)?]).await?;
                codes::forget_in(tx, keyring, code, now).await?;
                Ok::<_, AccountError>(account)
            })
        })
        .await
}

/// Opens an account without a code: for the people of a demonstration alone. Repeating it changes nothing.
///
/// # Errors
/// [`AccountError`].
pub async fn open_for_demo(
    site: &Site,
    account: Uuid,
    login: Credentials,
    details: Details,
) -> Result<(), AccountError> {
    let record = site.record.clone();
    site.db
        .write(move |tx| {
            let (record, login, details) = (record.clone(), login.clone(), details.clone());
            Box::pin(async move {
                let (keyring, now) = (record.keyring(), record.clock().now());
                if store::by_login(tx, keyring, &login).await?.is_some() {
                    return Ok(());
                }
                let key = keyring.new_subject(tx, TENANT, account, now).await?;
                let event = rules::open(&key, &login, &details)?;
                let command = envelope(account, Some(account), None, now);
                record.append(tx, &command, stream(account), 0, &[draft(&event)?]).await?;
                Ok::<_, AccountError>(())
            })
        })
        .await
}

fn envelope(id: Uuid, actor: Option<Uuid>, assignment: Option<Uuid>, at: foundation::clock::Micros) -> Command {
    Command { id, tenant: TENANT.to_owned(), actor, assignment, on_behalf: None, occurred_at: at }
}

/// Changes name, e-mail or language of the holder's own account.
///
/// # Errors
/// [`AccountError`].
pub async fn change(site: &Site, viewer: &Viewer, command: Uuid, details: Details) -> Result<(), AccountError> {
    let (record, viewer, at) = (site.record.clone(), viewer.clone(), site.clock.now());
    let outcome = site
        .db
        .write(move |tx| {
            let (record, viewer, details) = (record.clone(), viewer.clone(), details.clone());
            Box::pin(async move {
                let account = confirm_signed_in(tx, &viewer).await?;
                let found = store::by_id(tx, record.keyring(), account).await?.ok_or(Refusal::NoAccount)?;
                let event = rules::change(&found.key, &found.values, &found.account.login, &details)?;
                let Some(event) = event else { return Ok(()) };
                let command = envelope(command, Some(account), None, at);
                let version = found.account.version;
                record.append(tx, &command, stream(account), version, &[draft(&event)?]).await?;
                Ok::<_, AccountError>(())
            })
        })
        .await;
    site.sessions.forget_all();
    answered(outcome)
}

/// Confirms at a window that the account is the person's: somebody has seen the card.
///
/// # Errors
/// [`AccountError`].
pub async fn confirm(
    site: &Site,
    viewer: &Viewer,
    window: Place,
    command: Uuid,
    account: Uuid,
) -> Result<(), AccountError> {
    let (record, viewer, at) = (site.record.clone(), viewer.clone(), site.clock.now());
    let outcome = site
        .db
        .write(move |tx| {
            let (record, viewer, window) = (record.clone(), viewer.clone(), window.clone());
            Box::pin(async move {
                let assignment = access::confirm(tx, &viewer, Right::TakeRequests, &window).await?;
                let found = store::by_id(tx, record.keyring(), account).await?.ok_or(Refusal::NoAccount)?;
                let another = store::confirmed_elsewhere(tx, record.keyring(), &found.account).await?;
                let Some(event) = rules::confirm(found.account.confirmed, another)? else { return Ok(()) };
                let command = envelope(command, viewer.staff(), Some(assignment), at);
                let version = found.account.version;
                record.append(tx, &command, stream(account), version, &[draft(&event)?]).await?;
                Ok::<_, AccountError>(())
            })
        })
        .await;
    site.sessions.forget_all();
    answered(outcome)
}

/// A repeated form has the same answer.
fn answered(outcome: Result<(), AccountError>) -> Result<(), AccountError> {
    match outcome {
        Err(AccountError::Record(RecordError::Repeated(_))) => Ok(()),
        other => other,
    }
}

/// An account by its id: for the holder's own pages and messages.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn read(site: &Site, account: Uuid) -> Result<Option<Account>, RecordError> {
    Ok(store::by_id(&mut site.db.reader(), site.record.keyring(), account).await?.map(|stored| stored.account))
}

/// The accounts that were opened with a national id, for the window that confirms one of them.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn find_by_national_id(site: &Site, national_id: &NationalId) -> Result<Vec<Account>, RecordError> {
    store::by_national_id(&mut site.db.reader(), site.record.keyring(), national_id).await
}
