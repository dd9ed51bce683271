//! Rows of applicants: `apply`, and every SQL statement of the slice.

use std::collections::{BTreeSet, HashMap};

use foundation::arabic::fold;
use foundation::db::{DbError, Query, Row, Tx};
use foundation::identity::Mobile;
use foundation::params;
use record::{BoxFuture, Cipher, Event, Keyring, Record, RecordError, Slice, SubjectKey, Table};
use uuid::Uuid;

use super::events::{IdentityKind, PersonEvent, PersonKind, Values};
use super::rules::{ADDRESS, EMAIL, IDENTITY, Identity, MOBILE, NAME};
use crate::privacy::Private;
use crate::units::store_tools::{known, tagged};

/// Domain of the digests of identifying numbers.
pub(super) const IDENTITY_DOMAIN: &str = "person-identity";
/// Domain of the digests of mobile numbers. They stand among the tokens of names: several people may
/// have one number, and nothing tells the two kinds apart but the key.
const MOBILE_DOMAIN: &str = "person-mobile";
/// Domain of the digests of names' words.
pub(super) const NAME_DOMAIN: &str = "person-name";

/// The slice of applicants. It holds the keyring to derive digests from what it decrypts.
#[derive(Debug, Clone)]
pub struct CitizenSlice {
    keyring: Keyring,
}

impl CitizenSlice {
    /// The slice on a node with these keys.
    pub fn new(keyring: Keyring) -> Self {
        Self { keyring }
    }
}

impl Slice for CitizenSlice {
    fn name(&self) -> &'static str {
        "citizens"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &["person"]
    }

    fn tables(&self) -> &'static [Table] {
        const TABLES: &[Table] = &[
            Table::projection("persons", &["tenant", "person"]),
            Table::projection("person_tokens", &["tenant", "token", "person"]),
        ];
        TABLES
    }

    fn needs(&self) -> &'static [&'static str] {
        &["subject_keys"]
    }

    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(async move {
            match tagged::<PersonEvent>(event)? {
                PersonEvent::PersonRecorded(values) | PersonEvent::PersonCorrected(values) => {
                    self.set(tx, event, &values).await
                }
                PersonEvent::PersonAmended { values, .. } => self.set(tx, event, &values).await,
                PersonEvent::PersonErased { .. } => erase(tx, event).await,
            }
        })
    }
}

impl CitizenSlice {
    async fn set(&self, tx: &mut Tx, event: &Event, values: &Values) -> Result<(), RecordError> {
        let (tenant, person) = (event.tenant.as_str(), event.stream.id);
        // Without a key (the person was erased since) the row is made empty, as erasing leaves it.
        let made = tx.learnt::<SubjectKey>().filter(|key| key.is_of(tenant, person)).cloned();
        let key = match made {
            Some(key) => Some(key),
            None => self.keyring.open(tx, tenant, person).await?,
        };
        let digest = key.as_ref().map(|key| self.identity_digest(key, values)).transpose()?.flatten();
        // Waited for: whose number is taken already is told here, on both engines alike.
        tx.execute(
            "INSERT INTO persons (tenant, person, kind, identity_kind, identity_digest, name, identity, mobile, email, address, erased, version, vouched) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12) \
             ON CONFLICT (tenant, person) DO UPDATE SET kind = excluded.kind, identity_kind = excluded.identity_kind, \
             identity_digest = excluded.identity_digest, name = excluded.name, identity = excluded.identity, \
             mobile = excluded.mobile, email = excluded.email, address = excluded.address, version = excluded.version, \
             vouched = excluded.vouched",
            params![
                tenant, person, values.person_kind.code(), values.identity_kind.map(IdentityKind::code),
                digest.map(|digest| digest.to_vec()), &values.name, values.identity.as_ref(), values.mobile.as_ref(),
                values.email.as_ref(), values.address.as_ref(), event.version, event.assignment.is_some()
            ],
        )
        .await?;
        if event.version > 1 {
            tx.execute("DELETE FROM person_tokens WHERE tenant = $1 AND person = $2", params![tenant, person]).await?;
        }
        let Some(key) = key else { return Ok(()) };
        let name = key.decrypt(NAME, &values.name)?;
        let mut tokens: BTreeSet<[u8; 16]> =
            super::search::words(&name).iter().flat_map(|word| self.keyring.search_tokens(NAME_DOMAIN, word)).collect();
        if let Some(cipher) = &values.mobile
            && let Ok(mobile) = Mobile::parse(&key.decrypt(MOBILE, cipher)?)
        {
            tokens.insert(self.keyring.digest(MOBILE_DOMAIN, mobile.as_str()));
        }
        insert_tokens(tx, tenant, person, tokens).await
    }

    fn identity_digest(&self, key: &SubjectKey, values: &Values) -> Result<Option<[u8; 16]>, RecordError> {
        let (Some(kind), Some(cipher)) = (values.identity_kind, &values.identity) else { return Ok(None) };
        let number = key.decrypt(IDENTITY, cipher)?;
        Ok(Some(self.keyring.digest(IDENTITY_DOMAIN, &Identity { kind, number }.lookup())))
    }
}

async fn insert_tokens(tx: &mut Tx, tenant: &str, person: Uuid, tokens: BTreeSet<[u8; 16]>) -> Result<(), RecordError> {
    if tokens.is_empty() {
        return Ok(());
    }
    // Few lengths of the list, so that few statements are prepared: the last is told again, which changes nothing.
    let length = tokens.len().next_multiple_of(16);
    let mut params = params![tenant, person];
    params.extend(tokens.into_iter().map(foundation::db::Value::from));
    if let Some(last) = params.last().cloned() {
        params.resize(length + 2, last);
    }
    let rows: Vec<String> = (3..length + 3).map(|at| format!("($1, ${at}, $2)")).collect();
    let sql =
        format!("INSERT INTO person_tokens (tenant, token, person) VALUES {} ON CONFLICT DO NOTHING", rows.join(", "));
    Ok(tx.queue(sql, params).await?)
}

async fn erase(tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
    let (tenant, person) = (event.tenant.as_str(), event.stream.id);
    tx.execute("DELETE FROM person_tokens WHERE tenant = $1 AND person = $2", params![tenant, person]).await?;
    tx.execute(
        "UPDATE persons SET identity_kind = NULL, identity_digest = NULL, name = NULL, identity = NULL, mobile = NULL, \
         email = NULL, address = NULL, erased = 1, version = $3 WHERE tenant = $1 AND person = $2",
        params![tenant, person, event.version],
    )
    .await?;
    Ok(())
}

/// An applicant as read: closed values, opened only by [`Private::show`].
#[derive(Debug, Clone)]
pub struct Citizen {
    /// Id within the tenant.
    pub id: Uuid,
    /// Tenant.
    pub tenant: String,
    /// Kind of applicant.
    pub kind: PersonKind,
    /// Kind of identifying number.
    pub identity_kind: Option<IdentityKind>,
    /// Name; empty if erased.
    pub name: Private<String>,
    /// Identifying number.
    pub identity: Option<Private<String>>,
    /// Mobile.
    pub mobile: Option<Private<String>>,
    /// E-mail.
    pub email: Option<Private<String>>,
    /// Address of residence or seat.
    pub address: Option<Private<String>>,
    /// Whether the data were erased.
    pub erased: bool,
    /// Version of the stream.
    pub version: i64,
}

/// A row as stored.
pub(super) struct Stored {
    pub id: Uuid,
    pub kind: PersonKind,
    pub identity_kind: Option<IdentityKind>,
    pub name: Option<Cipher>,
    pub identity: Option<Cipher>,
    pub mobile: Option<Cipher>,
    pub email: Option<Cipher>,
    pub address: Option<Cipher>,
    pub erased: bool,
    pub version: i64,
}

fn person_kind(code: &str) -> Option<PersonKind> {
    PersonKind::ALL.into_iter().find(|kind| kind.code() == code)
}

impl Stored {
    fn of(row: &Row) -> Result<Self, DbError> {
        let identity_kind: Option<String> = row.get("identity_kind")?;
        Ok(Self {
            id: row.get("person")?,
            kind: known(person_kind(&row.get::<String>("kind")?))?,
            identity_kind: identity_kind.map(|code| known(IdentityKind::from_code(&code))).transpose()?,
            name: row.get("name")?,
            identity: row.get("identity")?,
            mobile: row.get("mobile")?,
            email: row.get("email")?,
            address: row.get("address")?,
            erased: row.get("erased")?,
            version: row.get("version")?,
        })
    }

    /// The values as the last event told them; `None` if erased.
    pub(super) fn values(&self) -> Option<Values> {
        Some(Values {
            person_kind: self.kind,
            identity_kind: self.identity_kind,
            name: self.name.clone()?,
            identity: self.identity.clone(),
            mobile: self.mobile.clone(),
            email: self.email.clone(),
            address: self.address.clone(),
        })
    }

    pub(super) fn open(self, tenant: &str, key: Option<&SubjectKey>) -> Result<Citizen, RecordError> {
        let open = |field: &str, cipher: &Option<Cipher>| -> Result<Option<Private<String>>, RecordError> {
            match (key, cipher) {
                (Some(key), Some(cipher)) => Ok(Some(Private::new(key.decrypt(field, cipher)?))),
                _ => Ok(None),
            }
        };
        Ok(Citizen {
            tenant: tenant.to_owned(),
            name: open(NAME, &self.name)?.unwrap_or_else(|| Private::new(String::new())),
            identity: open(IDENTITY, &self.identity)?,
            mobile: open(MOBILE, &self.mobile)?,
            email: open(EMAIL, &self.email)?,
            address: open(ADDRESS, &self.address)?,
            id: self.id,
            kind: self.kind,
            identity_kind: self.identity_kind,
            erased: self.erased || key.is_none(),
            version: self.version,
        })
    }
}

const COLUMNS: &str = "person, kind, identity_kind, name, identity, mobile, email, address, erased, version";

pub(super) async fn stored(q: &mut impl Query, tenant: &str, person: Uuid) -> Result<Option<Stored>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM persons WHERE tenant = $1 AND person = $2");
    q.query_opt(&sql, params![tenant, person]).await?.as_ref().map(Stored::of).transpose()
}

pub(super) async fn stored_by_identity(
    q: &mut impl Query,
    keyring: &Keyring,
    tenant: &str,
    identity: &Identity,
) -> Result<Option<Stored>, DbError> {
    let digest = keyring.digest(IDENTITY_DOMAIN, &identity.lookup());
    let sql = format!("SELECT {COLUMNS} FROM persons WHERE tenant = $1 AND identity_digest = $2");
    q.query_opt(&sql, params![tenant, digest]).await?.as_ref().map(Stored::of).transpose()
}

/// Reads one applicant.
pub async fn find(
    q: &mut impl Query,
    record: &Record,
    tenant: &str,
    person: Uuid,
) -> Result<Option<Citizen>, RecordError> {
    Ok(find_many(q, record, tenant, &[person]).await?.remove(&person))
}

/// Reads one applicant together with the key of their values; the erased have none.
pub async fn find_with_key(
    q: &mut impl Query,
    record: &Record,
    tenant: &str,
    person: Uuid,
) -> Result<Option<(Citizen, SubjectKey)>, RecordError> {
    let sql = "SELECT p.person, p.kind, p.identity_kind, p.name, p.identity, p.mobile, p.email, p.address, p.erased, p.version, \
               k.wrapped FROM persons p LEFT JOIN subject_keys k ON k.tenant = p.tenant AND k.subject = p.person \
               WHERE p.tenant = $1 AND p.person = $2";
    let Some(row) = q.query_opt(sql, params![tenant, person]).await? else { return Ok(None) };
    let Some(key) = record.keyring().open_wrapped(tenant, person, row.get("wrapped")?)? else { return Ok(None) };
    Ok(Some((Stored::of(&row)?.open(tenant, Some(&key))?, key)))
}

/// Reads several applicants in two statements (a list of requests at a window).
pub async fn find_many(
    q: &mut impl Query,
    record: &Record,
    tenant: &str,
    people: &[Uuid],
) -> Result<HashMap<Uuid, Citizen>, RecordError> {
    let mut rows = Vec::with_capacity(people.len());
    for some in people.chunks(256) {
        // Few lengths of the list, so that few statements are prepared.
        let length = some.len().next_power_of_two();
        let places: Vec<String> = (2..length + 2).map(|at| format!("${at}")).collect();
        let mut params = params![tenant];
        params.extend(some.iter().map(foundation::db::Value::from));
        params.resize(length + 1, foundation::db::Value::Null);
        let sql = format!("SELECT {COLUMNS} FROM persons WHERE tenant = $1 AND person IN ({})", places.join(", "));
        for row in q.query(&sql, params).await? {
            rows.push(Stored::of(&row)?);
        }
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let keys = record.keyring().open_many(q, tenant, &ids).await?;
    rows.into_iter()
        .map(|row| {
            Ok((row.id, {
                let key = keys.get(&row.id);
                row.open(tenant, key)?
            }))
        })
        .collect()
}

/// Finds an applicant of the tenant by an identifying number.
pub async fn find_by_identity(
    q: &mut impl Query,
    record: &Record,
    tenant: &str,
    identity: &Identity,
) -> Result<Option<Citizen>, RecordError> {
    let Some(row) = stored_by_identity(q, record.keyring(), tenant, identity).await? else { return Ok(None) };
    let key = record.keyring().open(q, tenant, row.id).await?;
    Ok(Some(row.open(tenant, key.as_ref())?))
}

/// Records of a person in every governorate that an account of theirs opens: all of them once a window
/// has confirmed the account, else those in which a window itself has recorded this mobile.
pub(crate) async fn of_account(
    q: &mut impl Query,
    keyring: &Keyring,
    identity: &Identity,
    mobile: &Mobile,
    confirmed: bool,
) -> Result<Vec<(String, Uuid)>, RecordError> {
    let sql = "SELECT p.tenant, p.person FROM persons p WHERE p.identity_digest = $1 AND ($2 = 1 OR (p.vouched = 1 AND EXISTS \
               (SELECT 1 FROM person_tokens t WHERE t.tenant = p.tenant AND t.token = $3 AND t.person = p.person))) \
               ORDER BY p.tenant";
    let identity = keyring.digest(IDENTITY_DOMAIN, &identity.lookup());
    let mobile = keyring.digest(MOBILE_DOMAIN, mobile.as_str());
    let rows = q.query(sql, params![identity, i64::from(confirmed), mobile]).await?;
    rows.iter().map(|row| Ok((row.get("tenant")?, row.get("person")?))).collect()
}

/// The records of a number in every tenant; with a name only those of that name, however it is spelt.
pub(crate) async fn of_number(
    q: &mut impl Query,
    keyring: &Keyring,
    identity: &Identity,
    named: Option<&str>,
) -> Result<Vec<(String, Uuid)>, RecordError> {
    let digest = keyring.digest(IDENTITY_DOMAIN, &identity.lookup());
    let sql = "SELECT tenant, person, name FROM persons WHERE identity_digest = $1 ORDER BY tenant";
    let mut found = Vec::new();
    for row in q.query(sql, params![digest]).await? {
        let (tenant, person): (String, Uuid) = (row.get("tenant")?, row.get("person")?);
        if let Some(named) = named {
            let (key, name) = (keyring.open(q, &tenant, person).await?, row.get::<Option<Cipher>>("name")?);
            let Some((key, name)) = key.zip(name) else { continue };
            if fold::fold(&key.decrypt(NAME, &name)?) != fold::fold(named) {
                continue;
            }
        }
        found.push((tenant, person));
    }
    Ok(found)
}

/// The records of a number in every tenant that were told with this very mobile, at a window or from home;
/// all of them for an account that a window has confirmed. For what was sent to that mobile, and no more.
pub(crate) async fn reached(
    q: &mut impl Query,
    keyring: &Keyring,
    identity: &Identity,
    mobile: &Mobile,
    confirmed: bool,
) -> Result<Vec<(String, Uuid)>, RecordError> {
    let sql = "SELECT p.tenant, p.person FROM persons p WHERE p.identity_digest = $1 AND ($2 = 1 OR EXISTS \
               (SELECT 1 FROM person_tokens t WHERE t.tenant = p.tenant AND t.token = $3 AND t.person = p.person)) \
               ORDER BY p.tenant";
    let identity = keyring.digest(IDENTITY_DOMAIN, &identity.lookup());
    let mobile = keyring.digest(MOBILE_DOMAIN, mobile.as_str());
    let rows = q.query(sql, params![identity, i64::from(confirmed), mobile]).await?;
    rows.iter().map(|row| Ok((row.get("tenant")?, row.get("person")?))).collect()
}

/// Finds the applicants of the tenant who have this mobile number: a family may share one.
pub async fn find_by_mobile(
    q: &mut impl Query,
    record: &Record,
    tenant: &str,
    mobile: &Mobile,
    most: usize,
) -> Result<Vec<Citizen>, RecordError> {
    let token = record.keyring().digest(MOBILE_DOMAIN, mobile.as_str());
    let ids = by_tokens(q, tenant, &[vec![token]], most).await?;
    let mut found: Vec<Citizen> = find_many(q, record, tenant, &ids).await?.into_values().collect();
    found.sort_by_key(|citizen| citizen.id);
    Ok(found)
}

/// Ids of people of whom every word's group of digests is met.
pub(super) async fn by_tokens(
    q: &mut impl Query,
    tenant: &str,
    words: &[Vec<[u8; 16]>],
    most: usize,
) -> Result<Vec<Uuid>, DbError> {
    let mut params = params![tenant];
    let mut met = Vec::new();
    for tokens in words {
        let places: Vec<String> = tokens
            .iter()
            .map(|token| {
                params.push((*token).into());
                format!("${}", params.len())
            })
            .collect();
        met.push(format!("SELECT person FROM person_tokens WHERE tenant = $1 AND token IN ({})", places.join(", ")));
    }
    let sql = format!("{} LIMIT {most}", met.join(" INTERSECT "));
    q.query(&sql, params).await?.iter().map(|row| row.get("person")).collect()
}
