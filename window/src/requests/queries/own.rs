//! What the holder of an account sees of their own (طلباتي): what was sent in from the account, and what
//! windows recorded of the person, as far as the account opens it.

use foundation::clock::Micros;
use foundation::dates;
use foundation::db::{DbError, Query, Row};
use foundation::params;
use jiff::civil::Date;
use record::{Keyring, RecordError, Stream};
use registry::accounts::{self, Holder};
use registry::{Role, Viewer, mandates, staff};
use uuid::Uuid;

use crate::requests::events::{FileRef, STREAM};
use crate::requests::rules;
use crate::requests::state::State;
use crate::requests::store;

/// Most rows of a list.
const MOST: usize = 200;

/// Somebody known to a governorate.
type Known = (String, Uuid);

/// A request in its applicant's own list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRequest {
    /// Governorate.
    pub tenant: String,
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Code of the service.
    pub service: String,
    /// Word of the status.
    pub status: String,
    /// Competent unit.
    pub unit: String,
    /// When it was registered.
    pub registered_at: Micros,
    /// Last day.
    pub due: Option<Date>,
    /// The mandate through which the holder sees it; none if it is their own.
    pub mandate: Option<Uuid>,
}

/// A paper in its holder's own list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPaper {
    /// Its number.
    pub number: String,
    /// The request behind it.
    pub request: Uuid,
    /// Code of the service.
    pub service: String,
    /// Word of its kind.
    pub kind: String,
    /// Word of its standing.
    pub standing: String,
    /// Day of issue.
    pub issued_on: Option<Date>,
    /// Last day of validity.
    pub expires: Option<Date>,
}

/// Somebody looked at a file: their seat, never their name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The role.
    pub role: Role,
    /// Code of the unit.
    pub unit: String,
    /// Department, for roles held in one.
    pub department: Option<String>,
}

/// A look at one's own file (اطلاع).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// When.
    pub at: Micros,
    /// Whose seat it was; none where it is no longer known.
    pub seat: Option<Seat>,
}

async fn known(q: &mut impl Query, keyring: &Keyring, holder: &Holder) -> Result<Vec<Known>, RecordError> {
    accounts::persons(q, keyring, &holder.account).await
}

/// How a request is the viewer's (صلة صاحب الحساب بالطلب).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// Their own.
    Own,
    /// Their principal's, through this mandate.
    Mandate(Uuid),
}

/// How a request is the viewer's: sent in from their account, of a person that the account opens, or of a
/// principal in whose place they act. What was sent in under a mandate is theirs while they may act under it.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn tie_of_holder(
    q: &mut impl Query,
    viewer: &Viewer,
    keyring: &Keyring,
    tenant: &str,
    state: &State,
) -> Result<Option<Tie>, RecordError> {
    let Some(holder) = viewer.holder() else { return Ok(None) };
    let (file, me, day) = (&state.file, holder.account.id, rules::day(viewer.at()));
    let service = file.service.code.as_str();
    if file.taken_in.account == Some(me) {
        let Some(mandate) = file.taken_in.mandate else { return Ok(Some(Tie::Own)) };
        if mandates::acting(q, keyring, me, mandate, service, day).await?.is_some() {
            return Ok(Some(Tie::Mandate(mandate)));
        }
    }
    // Whoever was an agent by a mandate is one no longer when it is over.
    let agent = file.applicant.agent.filter(|_| file.taken_in.mandate.is_none());
    let subjects = [Some(file.applicant.subject), agent];
    let is_subject =
        |persons: &[Known]| persons.iter().any(|(of, person)| of == tenant && subjects.contains(&Some(*person)));
    if is_subject(&known(q, keyring, holder).await?) {
        return Ok(Some(Tie::Own));
    }
    let openings = mandates::opening(q, keyring, me, day).await?;
    let opens = openings.iter().find(|opening| {
        let mandate = &opening.mandate;
        let is_principal = |(of, person): &Known| of == tenant && *person == file.applicant.subject;
        mandate.terms.lets_open(mandate.state, me, service, day) && opening.persons.iter().any(is_principal)
    });
    Ok(opens.map(|opening| Tie::Mandate(opening.mandate.id)))
}

/// Whether a request is the viewer's in any way: [`tie_of_holder`].
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn opens_to_holder(
    q: &mut impl Query,
    viewer: &Viewer,
    keyring: &Keyring,
    tenant: &str,
    state: &State,
) -> Result<bool, RecordError> {
    Ok(tie_of_holder(q, viewer, keyring, tenant, state).await?.is_some())
}

/// One of the viewer's own requests.
#[derive(Debug, Clone)]
pub struct OwnCase {
    /// Governorate.
    pub tenant: String,
    /// Its id.
    pub id: Uuid,
    /// The request.
    pub state: State,
    /// How it is the viewer's.
    pub tie: Tie,
}

/// One of the viewer's own requests by its number.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn own(
    q: &mut impl Query,
    viewer: &Viewer,
    keyring: &Keyring,
    number: &str,
) -> Result<Option<OwnCase>, RecordError> {
    let Some(tenant) = super::find::tenant_of(number) else { return Ok(None) };
    let sql = "SELECT id, version, file, course FROM requests WHERE tenant = $1 AND number = $2";
    let Some(row) = q.query_opt(sql, params![tenant, number]).await? else { return Ok(None) };
    let (id, state) = (row.get("id")?, store::state_of(&row)?);
    let tie = tie_of_holder(q, viewer, keyring, tenant, &state).await?;
    Ok(tie.map(|tie| OwnCase { tenant: tenant.to_owned(), id, state, tie }))
}

/// Requests of the holder and of those in whose place they act, newest first.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn of_holder(q: &mut impl Query, viewer: &Viewer, keyring: &Keyring) -> Result<Vec<OwnRequest>, RecordError> {
    let Some(holder) = viewer.holder() else { return Ok(Vec::new()) };
    let (me, day) = (holder.account.id, rules::day(viewer.at()));
    const COLUMNS: &str = "tenant, id, number, service, status, unit, registered_at, due, mandate";
    let sql = format!("SELECT {COLUMNS} FROM requests WHERE account = $1 ORDER BY registered_at DESC LIMIT {MOST}");
    let mut found: Vec<OwnRequest> = Vec::new();
    for row in q.query(&sql, params![me]).await? {
        let request = own_request(&row)?;
        let acts = match request.mandate {
            Some(mandate) => mandates::acting(q, keyring, me, mandate, &request.service, day).await?.is_some(),
            None => true,
        };
        if acts {
            found.push(request);
        }
    }
    for (tenant, person) in known(q, keyring, holder).await? {
        for of in ["subject", "agent"] {
            let sql = format!(
                "SELECT {COLUMNS} FROM requests WHERE tenant = $1 AND {of} = $2 ORDER BY registered_at DESC LIMIT {MOST}"
            );
            for row in q.query(&sql, params![&tenant, person]).await? {
                let mut request = own_request(&row)?;
                if of == "agent" && request.mandate.is_some() {
                    continue;
                }
                request.mandate = None;
                if found.iter().all(|other| other.id != request.id) {
                    found.push(request);
                }
            }
        }
    }
    for opening in mandates::opening(q, keyring, me, day).await? {
        let mandate = &opening.mandate;
        for (tenant, person) in &opening.persons {
            let sql = format!(
                "SELECT {COLUMNS} FROM requests WHERE tenant = $1 AND subject = $2 ORDER BY registered_at DESC LIMIT {MOST}"
            );
            for row in q.query(&sql, params![tenant, *person]).await? {
                let request = OwnRequest { mandate: Some(mandate.id), ..own_request(&row)? };
                let opens = mandate.terms.lets_open(mandate.state, me, &request.service, day);
                if opens && found.iter().all(|other| other.id != request.id) {
                    found.push(request);
                }
            }
        }
    }
    found.sort_by_key(|request| std::cmp::Reverse(request.registered_at));
    Ok(found)
}

fn own_request(row: &Row) -> Result<OwnRequest, DbError> {
    Ok(OwnRequest {
        tenant: row.get("tenant")?,
        id: row.get("id")?,
        number: row.get("number")?,
        service: row.get("service")?,
        status: row.get("status")?,
        unit: row.get("unit")?,
        registered_at: row.get("registered_at")?,
        due: dates::parse_iso(&row.get::<String>("due")?),
        mandate: row.get("mandate")?,
    })
}

/// Papers that came of the holder's requests, newest first. Transferred papers belong to the new holder.
///
/// # Errors
/// The database's own, or a value that does not open.
pub async fn papers_of_holder(q: &mut impl Query, requests: &[OwnRequest]) -> Result<Vec<OwnPaper>, RecordError> {
    let mut papers = Vec::new();
    for request in requests {
        let sql = "SELECT number, request, service, kind, standing, issued_on, expires FROM papers \
                   WHERE tenant = $1 AND request = $2 ORDER BY issued_at DESC";
        // Only what has ended well, or is about to, has papers.
        if !matches!(request.status.as_str(), "issued" | "closed") {
            continue;
        }
        for row in q.query(sql, params![request.tenant.as_str(), request.id]).await? {
            papers.push(OwnPaper {
                number: row.get("number")?,
                request: row.get("request")?,
                service: row.get("service")?,
                kind: row.get("kind")?,
                standing: row.get("standing")?,
                issued_on: dates::parse_iso(&row.get::<String>("issued_on")?),
                expires: row.get::<Option<String>>("expires")?.and_then(|day| dates::parse_iso(&day)),
            });
        }
    }
    Ok(papers)
}

/// A file that the holder has given once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenPaper {
    /// Governorate and request in which it lies.
    pub tenant: String,
    /// The request.
    pub request: Uuid,
    /// Number of the request.
    pub number: String,
    /// Code of the document.
    pub doc: String,
    /// The file.
    pub file: FileRef,
    /// When it was given.
    pub at: Micros,
}

/// Files that the holder has given with earlier requests, newest first, by document: what can be given again.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn given_papers(q: &mut impl Query, requests: &[OwnRequest]) -> Result<Vec<GivenPaper>, RecordError> {
    let mut given: Vec<GivenPaper> = Vec::new();
    for request in requests.iter().take(20) {
        let Some(state) = store::load(q, &request.tenant, request.id).await? else { continue };
        for paper in &state.file.papers {
            for file in &paper.files {
                if given.iter().any(|other| other.doc == paper.doc && other.file == *file) {
                    continue;
                }
                given.push(GivenPaper {
                    tenant: request.tenant.clone(),
                    request: request.id,
                    number: request.number.clone(),
                    doc: paper.doc.clone(),
                    file: file.clone(),
                    at: request.registered_at,
                });
            }
        }
    }
    Ok(given)
}

/// Who opened the file of a request, newest first.
///
/// # Errors
/// The database's own.
pub async fn viewed(q: &mut impl Query, tenant: &str, request: Uuid) -> Result<Vec<View>, DbError> {
    let looks = record::views::of_stream(q, tenant, &Stream::new(STREAM, request), 50).await?;
    let mut assignments: Vec<Uuid> = looks.iter().filter_map(|look| look.assignment).collect();
    assignments.sort_unstable();
    assignments.dedup();
    let seats = staff::queries::seats(q, &assignments).await?;
    Ok(looks
        .into_iter()
        .map(|look| View {
            at: look.at,
            seat: look.assignment.and_then(|id| seats.get(&id)).map(|(role, unit, department)| Seat {
                role: *role,
                unit: unit.clone(),
                department: department.clone(),
            }),
        })
        .collect())
}
