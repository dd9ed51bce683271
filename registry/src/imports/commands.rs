//! Taking a tried file over: whole, in one transaction.

use std::sync::Arc;

use foundation::db::{DbError, Tx};
use foundation::web::PageError;
use record::{Command, Part, RecordError, Stream};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::events::{ImportEvent, Item};
use super::{BadHeadings, Piece, Plan, What, store};
use crate::access::{self, Refused};
use crate::place::NATIONAL;
use crate::site::Site;
use crate::staff::{By, one_time, set_password};
use crate::units::store_tools::{count_change, draft};

/// Events of one append; the record takes 1,000.
const BATCH: usize = 900;
/// The most of what a batch's own event lists.
const ITEMS: usize = super::table::ROWS;

/// Why an import did not come about.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The headings of the file do not serve.
    #[error(transparent)]
    Headings(#[from] BadHeadings),
    /// The viewer may not, or no longer.
    #[error(transparent)]
    Access(#[from] Refused),
    /// A login name was given to somebody else meanwhile.
    #[error("a login name was taken meanwhile; try the file again")]
    LoginTaken,
    /// The file has rows that are wrong.
    #[error("the file has rows that are refused")]
    HasWrong,
    /// A password could not be hashed.
    #[error(transparent)]
    Hash(#[from] crate::staff::HashError),
    /// The record: a conflict, a fault.
    #[error(transparent)]
    Record(RecordError),
}

impl From<DbError> for ImportError {
    fn from(error: DbError) -> Self {
        Self::Record(error.into())
    }
}

impl From<ImportError> for PageError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Access(refused) => refused.into(),
            ImportError::Hash(error) => error.into(),
            ImportError::Record(error) => crate::pages::record_error(error),
            error => PageError::internal(error),
        }
    }
}

/// Where a batch came from.
#[derive(Debug, Clone)]
pub struct Source {
    /// Name of the file, without its folder.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

impl Source {
    /// A file by its name and bytes.
    pub fn of(path: &str, bytes: &[u8]) -> Source {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path).chars().take(120).collect();
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Source { file, sha256 }
    }
}

/// حساب جديد: an account with its first password, to be handed to its owner and kept nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Login name.
    pub login: String,
    /// Arabic name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// First password.
    pub password: String,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Account({}, ***)", self.login)
    }
}

/// A plan without a fault, with first passwords drawn.
#[derive(Debug)]
pub struct Prepared {
    plan: Arc<Plan>,
    /// Who gets which first password.
    pub accounts: Vec<Account>,
    hashes: Arc<Vec<(Uuid, String)>>,
    command: Uuid,
}

/// What a batch brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Number of the batch.
    pub number: i64,
    /// Whether the same command had been carried out before; its passwords are those of then.
    pub before: bool,
}

/// Draws first passwords; writes nothing.
///
/// # Errors
/// [`ImportError::HasWrong`] for a plan that has something wrong.
pub async fn prepare(site: &Site, plan: Plan, command: Uuid) -> Result<Prepared, ImportError> {
    if !plan.wrong.is_empty() || plan.pieces.len() > ITEMS {
        return Err(ImportError::HasWrong);
    }
    let (mut accounts, mut hashing) = (Vec::new(), Vec::new());
    for new in &plan.people {
        let (login, name, unit) = (new.login.clone(), new.name.clone(), new.unit.clone());
        let account = Account { login, name, unit, password: one_time(&site.ids) };
        let (passwords, password, staff) = (site.sessions.passwords(), account.password.clone(), new.staff);
        hashing.push(async move { passwords.hash(&password).await.map(|hash| (staff, hash)) });
        accounts.push(account);
    }
    let hashes = Arc::new(futures::future::try_join_all(hashing).await?);
    Ok(Prepared { plan: Arc::new(plan), accounts, hashes, command })
}

/// The batch that a command brought before, of whatever tenant; none if it did not.
///
/// # Errors
/// The record's own.
pub async fn carried_out(site: &Site, command: Uuid) -> Result<Option<i64>, ImportError> {
    for tenant in site.units.now().units().iter().filter(|unit| unit.path.units().count() <= 2).map(|unit| &unit.tenant)
    {
        let before = site.record.repeated(&mut site.db.reader(), tenant, command).await?;
        if let Some(event) = before.first().filter(|event| &*event.stream.kind == "import")
            && let ImportEvent::FileImported { number, .. } = crate::units::store_tools::tagged(event)?
        {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

/// Carries a prepared import out.
///
/// # Errors
/// [`ImportError`]; nothing was written then.
pub async fn carry_out(site: &Site, by: &By, prepared: &Prepared, source: &Source) -> Result<Done, ImportError> {
    let command = prepared.command;
    let (plan, hashes) = (prepared.plan.clone(), prepared.hashes.clone());
    let (by, record, source, at) = (by.clone(), site.record.clone(), source.clone(), site.clock.now());
    let tenant = tenant_of(&plan.pieces);
    let outcome = site
        .db
        .write(move |tx| {
            let (plan, hashes, by, record) = (plan.clone(), hashes.clone(), by.clone(), record.clone());
            let (source, tenant) = (source.clone(), tenant.clone());
            Box::pin(async move {
                let before = record.repeated(tx, &tenant, command).await?;
                if let Some(event) = before.first() {
                    let ImportEvent::FileImported { number, .. } = crate::units::store_tools::tagged(event)? else {
                        return Err(RecordError::Repeated(before).into());
                    };
                    return Ok(Done { number, before: true });
                }
                confirm(tx, &by, &plan.under).await?;
                let mut envelope = Command {
                    id: command,
                    tenant: tenant.clone(),
                    actor: by.staff(),
                    assignment: plan.under.first().copied(),
                    on_behalf: None,
                    occurred_at: at,
                };
                let number = store::next_number(tx).await?;
                let items = plan.pieces.iter().map(item).collect();
                let event = ImportEvent::FileImported {
                    number,
                    content: plan.what,
                    file: source.file,
                    sha256: source.sha256,
                    rows: plan.rows as i64,
                    items,
                };
                record.append(tx, &envelope, stream(number), 0, &[draft(&event)?]).await?;
                for (at, (tenant, parts)) in parts(&plan.pieces).into_iter().enumerate() {
                    envelope.id = crate::units::name_id("import-part", &format!("{command}/{at}"));
                    envelope.tenant = tenant;
                    record.append_all(tx, &envelope, &parts).await?;
                }
                for (staff, hash) in hashes.iter() {
                    set_password(tx, *staff, hash, true, envelope.occurred_at).await?;
                }
                if plan.what != What::People {
                    count_change(tx).await?;
                }
                Ok::<_, ImportError>(Done { number, before: false })
            })
        })
        .await;
    match outcome {
        Err(ImportError::Record(RecordError::Db(DbError::Unique(name)))) if name.contains("login") => {
            Err(ImportError::LoginTaken)
        }
        Ok(done) => {
            site.units.reload(&site.db).await?;
            Ok(done)
        }
        Err(error) => Err(error),
    }
}

/// The stream of a batch.
pub(super) fn stream(number: i64) -> Stream {
    Stream::new("import", crate::units::name_id("import-batch", &number.to_string()))
}

/// Asks once more whether who acts still may.
pub(super) async fn confirm(tx: &mut Tx, by: &By, under: &[Uuid]) -> Result<(), Refused> {
    let By::Viewer(viewer) = by else { return Ok(()) };
    if under.is_empty() {
        return Err(Refused::NoRight);
    }
    for assignment in under {
        access::confirm_assignment(tx, viewer, *assignment).await?;
    }
    Ok(())
}

fn item(piece: &Piece) -> Item {
    let version = piece.expected + piece.drafts.len() as i64;
    Item { tenant: piece.tenant.clone(), id: piece.id, label: piece.label.clone(), version }
}

/// The tenant of everything, or the nation's.
fn tenant_of(pieces: &[Piece]) -> String {
    let first = pieces.first().map_or(NATIONAL, |piece| &piece.tenant);
    if pieces.iter().all(|piece| piece.tenant == first) { first.to_owned() } else { NATIONAL.to_owned() }
}

/// Appends of one tenant each, in the order of the file as far as that goes.
pub(super) fn parts(pieces: &[Piece]) -> Vec<(String, Vec<Part>)> {
    let mut tenants: Vec<&str> = Vec::new();
    for piece in pieces {
        if !tenants.contains(&piece.tenant.as_str()) {
            tenants.push(&piece.tenant);
        }
    }
    let mut all = Vec::new();
    for tenant in tenants {
        let (mut parts, mut events) = (Vec::new(), 0);
        for piece in pieces.iter().filter(|piece| piece.tenant == tenant) {
            if events + piece.drafts.len() > BATCH {
                all.push((tenant.to_owned(), std::mem::take(&mut parts)));
                events = 0;
            }
            events += piece.drafts.len();
            let (stream, drafts) = (piece.stream.clone(), piece.drafts.clone());
            parts.push(Part { stream, expected: piece.expected, drafts });
        }
        all.push((tenant.to_owned(), parts));
    }
    all
}
