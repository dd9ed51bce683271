//! Rows of mandates: `apply`, and the statements of the commands.

use catalogue::model::ApplicantKind;
use foundation::clock::Micros;
use foundation::db::{DbError, Query, Row, Tx};
use foundation::params;
use jiff::civil::Date;
use record::{BoxFuture, Cipher, Event, Keyring, RecordError, Slice, SubjectKey, Table};
use uuid::Uuid;

use super::TENANT;
use super::events::{Capacity, Declared, MandateEvent, Party, Scan, Scope};
use super::rules::{DOCUMENT, Document, MOBILE, NAME, NUMBER, OFFICE, Principal, State, TAX, Terms};
use crate::citizens::{self, Identity, IdentityKind};
use crate::units::store_tools::{date, known, tagged};

/// Domain of the digests of principals.
const DOMAIN: &str = "mandate-principal";
/// Most mandates of a list.
const MOST: usize = 100;

/// The slice of mandates. It holds the keyring to derive digests from what it decrypts.
#[derive(Debug, Clone)]
pub struct MandateSlice {
    keyring: Keyring,
}

impl MandateSlice {
    /// The slice on a node with these keys.
    pub fn new(keyring: Keyring) -> Self {
        Self { keyring }
    }

    async fn declared(&self, tx: &mut Tx, event: &Event, told: &Declared) -> Result<(), RecordError> {
        let mandate = event.stream.id;
        // Without a key nobody is found by the row any more.
        let key = self.keyring.open(tx, TENANT, mandate).await?;
        let digest = match &key {
            Some(key) => Some(digest(&self.keyring, &principal(key, told)?.lookup()).to_vec()),
            None => None,
        };
        let scan = told.scan.as_ref().map(serde_json::to_string).transpose()?;
        tx.execute(
            "INSERT INTO mandates (mandate, grantee, principal_digest, principal_kind, name, number, tax, mobile, capacity, \
             document, office, dated, valid_from, valid_to, scope, scan, state, settled_by, declared_at, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'declared', NULL, $17, $18)",
            params![
                mandate,
                told.grantee,
                digest,
                told.principal_kind.code(),
                &told.name,
                &told.number,
                told.tax.as_ref(),
                &told.mobile,
                told.capacity.code(),
                &told.document,
                &told.office,
                told.dated.to_string(),
                told.from.to_string(),
                told.to.map(|to| to.to_string()),
                serde_json::to_string(&told.scope)?,
                scan,
                event.occurred_at,
                event.version
            ],
        )
        .await?;
        Ok(())
    }
}

fn digest(keyring: &Keyring, lookup: &str) -> [u8; 16] {
    keyring.digest(DOMAIN, lookup)
}

fn principal(key: &SubjectKey, told: &Declared) -> Result<Principal, RecordError> {
    Ok(Principal {
        kind: told.principal_kind,
        name: key.decrypt(NAME, &told.name)?,
        number: key.decrypt(NUMBER, &told.number)?,
        tax: told.tax.as_ref().map(|tax| key.decrypt(TAX, tax)).transpose()?,
        mobile: key.decrypt(MOBILE, &told.mobile)?,
    })
}

const fn word(by: Party) -> &'static str {
    match by {
        Party::Grantee => "grantee",
        Party::Principal => "principal",
        Party::Window => "window",
    }
}

impl Slice for MandateSlice {
    fn name(&self) -> &'static str {
        "mandates"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &["mandate"]
    }

    fn tables(&self) -> &'static [Table] {
        const TABLES: &[Table] = &[Table::projection("mandates", &["mandate"])];
        TABLES
    }

    fn needs(&self) -> &'static [&'static str] {
        &["subject_keys"]
    }

    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(async move {
            let (state, by) = match tagged::<MandateEvent>(event)? {
                MandateEvent::MandateDeclared(told) => return self.declared(tx, event, &told).await,
                MandateEvent::MandateConfirmed { by } => (State::Confirmed, by),
                MandateEvent::MandateRefused { by } => (State::Refused, by),
                MandateEvent::MandateEnded { by } => (State::Ended, by),
            };
            let sql = "UPDATE mandates SET state = $2, settled_by = $3, version = $4 WHERE mandate = $1";
            tx.execute(sql, params![event.stream.id, state.code(), word(by), event.version]).await?;
            Ok(())
        })
    }
}

/// A mandate as its parties and the window see it (توكيل).
#[derive(Debug, Clone)]
pub struct Mandate {
    /// Its id.
    pub id: Uuid,
    /// Who acts, from when to when, in what.
    pub terms: Terms,
    /// What the record says of it.
    pub state: State,
    /// Who settled it last.
    pub settled_by: Option<Party>,
    /// For whom.
    pub principal: Principal,
    /// By what document.
    pub document: Document,
    /// The scan of the document.
    pub scan: Option<Scan>,
    /// When it was declared.
    pub declared_at: Micros,
    /// Version of the stream.
    pub version: i64,
}

const COLUMNS: &str = "mandate, grantee, principal_kind, name, number, tax, mobile, capacity, document, office, dated, \
                       valid_from, valid_to, scope, scan, state, settled_by, declared_at, version";

fn party(text: &str) -> Option<Party> {
    [Party::Grantee, Party::Principal, Party::Window].into_iter().find(|by| word(*by) == text)
}

fn day(row: &Row, column: &str) -> Result<Date, DbError> {
    known(date(row.get(column)?)?)
}

/// A row opened; none if its key was deleted.
async fn opened(q: &mut impl Query, keyring: &Keyring, row: &Row) -> Result<Option<Mandate>, RecordError> {
    let id: Uuid = row.get("mandate")?;
    let Some(key) = keyring.open(q, TENANT, id).await? else { return Ok(None) };
    let cipher = |column: &str| -> Result<Cipher, DbError> { row.get(column) };
    let scan: Option<String> = row.get("scan")?;
    let settled_by: Option<String> = row.get("settled_by")?;
    let kind: String = row.get("principal_kind")?;
    let told = Declared {
        grantee: row.get("grantee")?,
        principal_kind: known(ApplicantKind::ALL.into_iter().find(|one| one.code() == kind))?,
        name: cipher("name")?,
        number: cipher("number")?,
        tax: row.get("tax")?,
        mobile: cipher("mobile")?,
        capacity: known(Capacity::from_code(&row.get::<String>("capacity")?))?,
        document: cipher("document")?,
        office: cipher("office")?,
        dated: day(row, "dated")?,
        from: day(row, "valid_from")?,
        to: date(row.get("valid_to")?)?,
        scope: serde_json::from_str::<Scope>(&row.get::<String>("scope")?)?,
        scan: scan.map(|scan| serde_json::from_str(&scan)).transpose()?,
    };
    Ok(Some(Mandate {
        id,
        principal: principal(&key, &told)?,
        document: Document {
            number: key.decrypt(DOCUMENT, &told.document)?,
            office: key.decrypt(OFFICE, &told.office)?,
            dated: told.dated,
        },
        terms: Terms {
            grantee: told.grantee,
            capacity: told.capacity,
            from: told.from,
            to: told.to,
            scope: told.scope,
        },
        state: known(State::from_code(&row.get::<String>("state")?))?,
        settled_by: settled_by.map(|by| known(party(&by))).transpose()?,
        scan: told.scan,
        declared_at: row.get("declared_at")?,
        version: row.get("version")?,
    }))
}

async fn all(
    q: &mut impl Query,
    keyring: &Keyring,
    sql: &str,
    params: Vec<foundation::db::Value>,
) -> Result<Vec<Mandate>, RecordError> {
    let mut found = Vec::new();
    for row in q.query(sql, params).await? {
        found.extend(opened(q, keyring, &row).await?);
    }
    Ok(found)
}

pub(super) async fn by_id(
    q: &mut impl Query,
    keyring: &Keyring,
    mandate: Uuid,
) -> Result<Option<Mandate>, RecordError> {
    let sql = format!("SELECT {COLUMNS} FROM mandates WHERE mandate = $1");
    match q.query_opt(&sql, params![mandate]).await? {
        Some(row) => opened(q, keyring, &row).await,
        None => Ok(None),
    }
}

/// The mandates under which an account acts or acted, newest first.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn of_grantee(q: &mut impl Query, keyring: &Keyring, account: Uuid) -> Result<Vec<Mandate>, RecordError> {
    let sql =
        format!("SELECT {COLUMNS} FROM mandates WHERE grantee = $1 ORDER BY declared_at DESC, mandate LIMIT {MOST}");
    all(q, keyring, &sql, params![account]).await
}

/// The mandates of a principal, newest first.
pub(super) async fn of_principal(
    q: &mut impl Query,
    keyring: &Keyring,
    lookup: &str,
) -> Result<Vec<Mandate>, RecordError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM mandates WHERE principal_digest = $1 ORDER BY declared_at DESC, mandate LIMIT {MOST}"
    );
    all(q, keyring, &sql, params![digest(keyring, lookup)]).await
}

/// A mandate under which this account may send and follow a request for this service on this day.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn acting(
    q: &mut impl Query,
    keyring: &Keyring,
    account: Uuid,
    mandate: Uuid,
    service: &str,
    day: Date,
) -> Result<Option<Mandate>, RecordError> {
    let found = by_id(q, keyring, mandate).await?;
    Ok(found.filter(|mandate| mandate.terms.lets_send(mandate.state, account, service, day)))
}

/// What a confirmed mandate opens (ما يفتحه التوكيل).
#[derive(Debug, Clone)]
pub struct Opening {
    /// The mandate.
    pub mandate: Mandate,
    /// The principal as the governorates know them: tenant and id of each record.
    pub persons: Vec<(String, Uuid)>,
}

/// The confirmed mandates of an account that are in their days, each with the records that it opens for the
/// services within its scope.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn opening(
    q: &mut impl Query,
    keyring: &Keyring,
    account: Uuid,
    day: Date,
) -> Result<Vec<Opening>, RecordError> {
    let sql = format!("SELECT {COLUMNS} FROM mandates WHERE grantee = $1 AND state = 'confirmed' ORDER BY mandate");
    let mut openings = Vec::new();
    for mandate in all(q, keyring, &sql, params![account]).await? {
        if mandate.terms.standing(mandate.state, day) != super::Standing::Confirmed {
            continue;
        }
        let principal = &mandate.principal;
        let persons = match &principal.tax {
            None => {
                citizens::of_number(q, keyring, &identity(IdentityKind::NationalId, &principal.number), None).await?
            }
            Some(tax) => {
                let by_tax = citizens::of_number(q, keyring, &identity(IdentityKind::TaxNumber, tax), None).await?;
                // Each office of the commercial register counts for itself: the name must be the same too.
                let register = identity(IdentityKind::CommercialRegister, &principal.number);
                let by_register = citizens::of_number(q, keyring, &register, Some(&principal.name)).await?;
                [by_tax, by_register].concat()
            }
        };
        openings.push(Opening { mandate, persons });
    }
    Ok(openings)
}

fn identity(kind: IdentityKind, number: &str) -> Identity {
    Identity { kind, number: number.to_owned() }
}
