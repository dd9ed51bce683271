//! Declaring and settling mandates.

use catalogue::model::ApplicantKind;
use foundation::db::{DbError, Query, Tx};
use foundation::web::PageError;
use jiff::civil::Date;
use record::{BoxFuture, Command, Keyring, RecordError};
use uuid::Uuid;

use super::events::{Capacity, MandateEvent, Party, Scan, Scope};
use super::rules::{self, Act, Facts, Order, Refusal, Standing};
use super::store::{self, Mandate};
use super::{TENANT, stream};
use crate::access::{self, Refused};
use crate::accounts::{self, Account};
use crate::days;
use crate::place::Place;
use crate::rights::Right;
use crate::site::Site;
use crate::units::store_tools::draft;
use crate::viewer::Viewer;

/// Why a command about a mandate did not come about.
#[derive(Debug, thiserror::Error)]
pub enum MandateError {
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

impl From<DbError> for MandateError {
    fn from(error: DbError) -> Self {
        Self::Record(error.into())
    }
}

impl From<MandateError> for PageError {
    fn from(error: MandateError) -> Self {
        match error {
            MandateError::Access(refused) => refused.into(),
            MandateError::Record(error) => crate::pages::record_error(error),
            MandateError::Refused(Refusal::NoMandate) => PageError::NotFound,
            MandateError::Refused(refusal) => PageError::internal(refusal),
        }
    }
}

/// A form on its way in.
#[derive(Debug, Clone, Copy)]
pub struct Write {
    /// The mandate; the form of a new one draws it.
    pub mandate: Uuid,
    /// Id of the form: the same form twice is one command.
    pub command: Uuid,
}

/// Tells the room above, in the transaction of the declaration, that a scan is named now. False if it was not
/// uploaded for this mandate.
pub type KeepScan = for<'a> fn(&'a mut Tx, Uuid, &'a Scan) -> BoxFuture<'a, Result<bool, DbError>>;

fn envelope(id: Uuid, viewer: &Viewer, assignment: Option<Uuid>) -> Command {
    let (actor, occurred_at) = (viewer.actor(), viewer.at());
    Command { id, tenant: TENANT.to_owned(), actor, assignment, on_behalf: None, occurred_at }
}

/// Declares a mandate of the viewer's own account. Repeating the form changes nothing.
///
/// # Errors
/// [`MandateError`].
pub async fn declare(
    site: &Site,
    viewer: &Viewer,
    write: Write,
    order: Order,
    keep: KeepScan,
) -> Result<(), MandateError> {
    let (record, viewer) = (site.record.clone(), viewer.clone());
    let outcome = site
        .db
        .write(move |tx| {
            let (record, viewer, order) = (record.clone(), viewer.clone(), order.clone());
            Box::pin(async move {
                let account = accounts::confirm_signed_in(tx, &viewer).await?;
                let own = viewer.holder().map(|holder| holder.account.login.national_id.as_str().to_owned());
                let key = record.keyring().new_subject(tx, TENANT, write.mandate, viewer.at()).await?;
                let today = days::today(viewer.at());
                let event = rules::declare(&key, account, own.as_deref().unwrap_or_default(), &order, today)?;
                if let Some(scan) = &order.scan
                    && !keep(tx, write.mandate, scan).await?
                {
                    return Err(Refusal::NoScan.into());
                }
                let command = envelope(write.command, &viewer, None);
                record.append(tx, &command, stream(write.mandate), 0, &[draft(&event)?]).await?;
                Ok::<_, MandateError>(())
            })
        })
        .await;
    answered(outcome)
}

/// In whose place a mandate is settled.
#[derive(Debug, Clone)]
pub enum By {
    /// The account that acts.
    Grantee,
    /// The principal, or a confirmed representative of the company.
    Principal,
    /// A window that saw the original.
    Window(Place),
}

/// Confirms, refuses or ends a mandate. Repeating the form changes nothing.
///
/// # Errors
/// [`MandateError`]; [`Refusal::NoMandate`] if it is none of the viewer's.
pub async fn settle(site: &Site, viewer: &Viewer, write: Write, act: Act, by: By) -> Result<(), MandateError> {
    let (record, viewer) = (site.record.clone(), viewer.clone());
    let outcome = site
        .db
        .write(move |tx| {
            let (record, viewer, by) = (record.clone(), viewer.clone(), by.clone());
            Box::pin(async move {
                let (keyring, today) = (record.keyring(), days::today(viewer.at()));
                let found = store::by_id(tx, keyring, write.mandate).await?.ok_or(Refusal::NoMandate)?;
                let (party, assignment) = match &by {
                    By::Window(place) => {
                        (Party::Window, Some(access::confirm(tx, &viewer, Right::TakeRequests, place).await?))
                    }
                    By::Grantee => {
                        let account = accounts::confirm_signed_in(tx, &viewer).await?;
                        if account != found.terms.grantee {
                            return Err(Refusal::NoMandate.into());
                        }
                        (Party::Grantee, None)
                    }
                    By::Principal => {
                        let account = accounts::confirm_signed_in(tx, &viewer).await?;
                        // As it stands now: what the session knows of it may be a second old.
                        let account = accounts::of_id(tx, keyring, account).await?.ok_or(Refusal::NoMandate)?;
                        if !stands_for(tx, keyring, &account, &found, today).await? {
                            return Err(Refusal::NoMandate.into());
                        }
                        if !account.confirmed {
                            return Err(Refusal::Unconfirmed.into());
                        }
                        (Party::Principal, None)
                    }
                };
                let grantee = accounts::of_id(tx, keyring, found.terms.grantee).await?;
                let grantee_confirmed = grantee.is_some_and(|account| account.confirmed);
                let facts = Facts { by: party, grantee_confirmed, today };
                let Some(event) = rules::settle(found.state, found.terms.to, act, facts)? else { return Ok(()) };
                let command = envelope(write.command, &viewer, assignment);
                record.append(tx, &command, stream(write.mandate), found.version, &[draft(&event)?]).await?;
                Ok::<_, MandateError>(())
            })
        })
        .await;
    answered(outcome)
}

/// Whether an account is the principal of a mandate, or represents the company that is: by a confirmed mandate
/// of a legal representative for everything, and not the one in question.
async fn stands_for(
    q: &mut impl Query,
    keyring: &Keyring,
    account: &Account,
    mandate: &Mandate,
    today: Date,
) -> Result<bool, RecordError> {
    if mandate.terms.grantee == account.id {
        return Ok(false);
    }
    let principal = &mandate.principal;
    if principal.kind == ApplicantKind::Person {
        return Ok(principal.number == account.login.national_id.as_str());
    }
    Ok(represented(q, keyring, account.id, today)
        .await?
        .iter()
        .any(|own| own.id != mandate.id && own.principal.lookup() == principal.lookup()))
}

/// The mandates by which an account represents companies.
async fn represented(
    q: &mut impl Query,
    keyring: &Keyring,
    account: Uuid,
    today: Date,
) -> Result<Vec<Mandate>, RecordError> {
    let mut own = store::of_grantee(q, keyring, account).await?;
    own.retain(|mandate| {
        mandate.terms.capacity == Capacity::LegalRepresentative
            && mandate.terms.scope == Scope::All
            && mandate.principal.kind == ApplicantKind::Company
            && mandate.terms.standing(mandate.state, today) == Standing::Confirmed
    });
    Ok(own)
}

/// The mandates given by an account's holder, or by companies that it represents; for an account that no window
/// has confirmed none, since anybody could have typed the number.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn towards(
    q: &mut impl Query,
    keyring: &Keyring,
    account: &Account,
    today: Date,
) -> Result<Vec<Mandate>, RecordError> {
    if !account.confirmed {
        return Ok(Vec::new());
    }
    let lookup = format!("person:{}", account.login.national_id.as_str());
    let mut found = store::of_principal(q, keyring, &lookup).await?;
    for own in represented(q, keyring, account.id, today).await? {
        found.extend(store::of_principal(q, keyring, &own.principal.lookup()).await?);
    }
    found.retain(|mandate| mandate.terms.grantee != account.id);
    found.sort_by_key(|mandate| (std::cmp::Reverse(mandate.declared_at), mandate.id));
    found.dedup_by_key(|mandate| mandate.id);
    Ok(found)
}

/// A mandate by its id: for the window that sees the original.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn read(site: &Site, mandate: Uuid) -> Result<Option<Mandate>, RecordError> {
    store::by_id(&mut site.db.reader(), site.record.keyring(), mandate).await
}

/// The mandates under which an account acts, newest first.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn of_account(site: &Site, account: Uuid) -> Result<Vec<Mandate>, RecordError> {
    store::of_grantee(&mut site.db.reader(), site.record.keyring(), account).await
}

/// Records a confirmed mandate without form and window: for the people of a demonstration alone. Repeating it
/// changes nothing.
///
/// # Errors
/// [`MandateError`].
pub async fn stand_for_demo(site: &Site, write: Write, grantee: &Account, order: Order) -> Result<(), MandateError> {
    let (record, grantee, at) = (site.record.clone(), grantee.clone(), site.clock.now());
    let outcome = site
        .db
        .write(move |tx| {
            let (record, grantee, order) = (record.clone(), grantee.clone(), order.clone());
            Box::pin(async move {
                let key = record.keyring().new_subject(tx, TENANT, write.mandate, at).await?;
                let own = grantee.login.national_id.as_str();
                let told = rules::declare(&key, grantee.id, own, &order, days::today(at))?;
                let seen = MandateEvent::MandateConfirmed { by: Party::Window };
                let viewer = Viewer::anonymous(at);
                let command = envelope(write.command, &viewer, None);
                let drafts = [draft(&told)?, draft(&seen)?];
                record.append(tx, &command, stream(write.mandate), 0, &drafts).await?;
                Ok::<_, MandateError>(())
            })
        })
        .await;
    answered(outcome)
}

/// A repeated form has the same answer.
fn answered(outcome: Result<(), MandateError>) -> Result<(), MandateError> {
    match outcome {
        Err(MandateError::Record(RecordError::Repeated(_))) => Ok(()),
        other => other,
    }
}
