//! Every SQL statement about sessions.

use foundation::clock::Micros;
use foundation::db::{Db, DbError, Query, Row, Tx};
use foundation::params;
use uuid::Uuid;

use super::{ABSOLUTE, IDLE};
use crate::rights::Role;
use crate::units::Tree;
use crate::units::store_tools::known;
use crate::viewer::{Assignment, Person, Viewer};

/// A session found.
pub(super) struct Found {
    pub viewer: Viewer,
    pub seen_at: Micros,
}

/// The person of a session with the assignments of today, in one statement.
pub(super) async fn read(
    q: &mut impl Query,
    token: &[u8; 32],
    now: Micros,
    today: &str,
    tree: &Tree,
) -> Result<Option<Found>, DbError> {
    let sql = "SELECT s.staff, s.form_secret, s.seen_at, p.login, p.name, x.must_change, a.assignment, a.role, a.tenant, a.unit, a.department \
               FROM sessions s \
               JOIN staff p ON p.staff = s.staff AND p.disabled = 0 \
               JOIN staff_secrets x ON x.staff = s.staff \
               LEFT JOIN assignments a ON a.staff = s.staff AND a.revoked = 0 AND a.first_day <= $4 \
                 AND (a.last_day IS NULL OR a.last_day >= $4) \
               WHERE s.token = $1 AND s.ended_at IS NULL AND s.started_at > $2 AND s.seen_at > $3 \
               ORDER BY a.assignment";
    let rows = q.query(sql, params![token.as_slice(), now.minus(ABSOLUTE), now.minus(IDLE), today]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let person = Person {
        id: first.get("staff")?,
        login: first.get("login")?,
        name: first.get("name")?,
        must_change_password: first.get("must_change")?,
        session: token.to_vec(),
        form_secret: first.get("form_secret")?,
    };
    let mut assignments = Vec::new();
    for row in &rows {
        assignments.extend(assignment(row, tree)?);
    }
    Ok(Some(Found { viewer: Viewer::signed_in(person, assignments, now), seen_at: first.get("seen_at")? }))
}

/// The assignment of a row, if there is one: the tree says where a unit lies today, and an assignment to
/// a unit that is gone gives nothing.
pub(crate) fn assignment(row: &Row, tree: &Tree) -> Result<Option<Assignment>, DbError> {
    let Some(id) = row.get::<Option<Uuid>>("assignment")? else { return Ok(None) };
    let unit: String = row.get("unit")?;
    let Some(path) = tree.path(&unit) else { return Ok(None) };
    let role = known(Role::from_code(&row.get::<String>("role")?))?;
    Ok(Some(Assignment { id, role, tenant: row.get("tenant")?, unit, path, department: row.get("department")? }))
}

/// Writes down the last use of a session.
pub(super) async fn seen(db: &Db, token: [u8; 32], now: Micros) -> Result<(), DbError> {
    db.write(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE sessions SET seen_at = $2 WHERE token = $1 AND seen_at < $2 AND ended_at IS NULL";
            tx.execute(sql, params![token.as_slice(), now]).await.map(drop)
        })
    })
    .await
}

/// A session to open.
#[derive(Clone)]
pub(super) struct NewSession {
    pub token: [u8; 32],
    pub staff: Uuid,
    /// The hash that the password was checked against.
    pub password: String,
    pub form_secret: Vec<u8>,
    pub at: Micros,
    pub address: String,
    pub agent: String,
}

/// Opens a session, unless the account was closed or the password changed while it was checked.
pub(super) async fn open(tx: &mut Tx, new: &NewSession) -> Result<bool, DbError> {
    let sql = "INSERT INTO sessions (token, staff, form_secret, started_at, seen_at, ended_at, address, agent) \
               SELECT $1, p.staff, $3, $4, $4, NULL, $5, $6 FROM staff p JOIN staff_secrets x ON x.staff = p.staff \
               WHERE p.staff = $2 AND p.disabled = 0 AND x.password = $7";
    let params = params![
        new.token.as_slice(),
        new.staff,
        new.form_secret.as_slice(),
        new.at,
        new.address.as_str(),
        new.agent.as_str(),
        new.password.as_str()
    ];
    let opened = tx.execute(sql, params).await? == 1;
    // Own logins are listed for three months.
    tx.execute(
        "DELETE FROM sessions WHERE staff = $1 AND started_at < $2",
        params![new.staff, new.at.minus(90 * Micros::DAY)],
    )
    .await?;
    Ok(opened)
}

/// Ends one session.
pub(super) async fn end(tx: &mut Tx, token: &[u8], now: Micros) -> Result<(), DbError> {
    tx.execute("UPDATE sessions SET ended_at = $2 WHERE token = $1 AND ended_at IS NULL", params![token, now])
        .await
        .map(drop)
}

/// A login of one's own (جلسة دخول).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// When.
    pub started_at: Micros,
    /// Last request.
    pub seen_at: Micros,
    /// Whether it can still be used.
    pub open: bool,
    /// Whether it is the one that asks.
    pub this: bool,
    /// Address of the client.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// The last fifty logins of the viewer, newest first.
pub async fn own(q: &mut impl Query, viewer: &Viewer) -> Result<Vec<OwnSession>, DbError> {
    let Some(person) = viewer.person() else { return Ok(Vec::new()) };
    let now = viewer.at();
    let sql = "SELECT token, started_at, seen_at, ended_at, address, agent FROM sessions WHERE staff = $1 ORDER BY started_at DESC LIMIT 50";
    let rows = q.query(sql, params![person.id]).await?;
    rows.iter().map(|row| OwnSession::of(row, &person.session, now)).collect()
}

impl OwnSession {
    /// A row of a table of sessions; `this` is the digest of the token that asks.
    pub(crate) fn of(row: &Row, this: &[u8], now: Micros) -> Result<Self, DbError> {
        let (started_at, seen_at): (Micros, Micros) = (row.get("started_at")?, row.get("seen_at")?);
        let ended: Option<i64> = row.get("ended_at")?;
        Ok(Self {
            started_at,
            seen_at,
            open: ended.is_none() && now.since(started_at) < ABSOLUTE && now.since(seen_at) < IDLE,
            this: row.get::<Vec<u8>>("token")? == this,
            address: row.get("address")?,
            agent: row.get("agent")?,
        })
    }
}
