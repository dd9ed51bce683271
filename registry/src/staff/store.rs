//! Rows of staff: `apply`, and the statements of the commands.

use foundation::clock::Micros;
use foundation::db::{DbError, Query, Tx};
use foundation::params;
use record::{BoxFuture, Event, RecordError, Slice, Table};
use uuid::Uuid;

use super::events::StaffEvent;
use super::keys::{self, Key};
use super::rules::{Held, Person};
use crate::place::{Place, UnitPath};
use crate::rights::Role;
use crate::units::Tree;
use crate::units::store_tools::{date, known, tagged};
use crate::viewer::Viewer;

/// The slice of staff, their roles and their sessions.
#[derive(Debug, Clone, Copy, Default)]
pub struct StaffSlice;

impl Slice for StaffSlice {
    fn name(&self) -> &'static str {
        "staff"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &["staff"]
    }

    fn tables(&self) -> &'static [Table] {
        const TABLES: &[Table] = &[
            Table::projection("staff", &["staff"]),
            Table::projection("assignments", &["assignment"]),
            Table::projection("staff_keys", &["key_id"]),
            Table::working("staff_key_uses", &["key_id"]),
            Table::working("staff_secrets", &["staff"]),
            Table::working("sessions", &["token"]),
            Table::working("login_failures", &["kind", "subject"]),
            Table::working("kept_forms", &["tenant", "id"]),
        ];
        TABLES
    }

    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(apply(tx, event))
    }
}

async fn apply(tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
    let staff = event.stream.id;
    match tagged::<StaffEvent>(event)? {
        StaffEvent::StaffAdded { login, name, unit, path } => {
            let search = search_key(&name);
            tx.execute(
                "INSERT INTO staff (staff, tenant, unit, path, login, name, search, disabled, version) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
                params![staff, event.tenant.as_str(), unit, path, login, name, search, event.version],
            )
            .await?;
            return Ok(());
        }
        StaffEvent::RoleGranted { assignment, role, unit, path, department, first_day, last_day } => {
            let tenant = UnitPath::stored(&path).tenant().to_owned();
            tx.execute(
                "INSERT INTO assignments (assignment, staff, tenant, unit, path, role, department, first_day, last_day, revoked) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)",
                params![
                    assignment, staff, tenant, unit, path, role.code(), department, first_day.to_string(),
                    last_day.map(|day| day.to_string())
                ],
            )
            .await?;
        }
        StaffEvent::RoleRevoked { assignment, .. } => {
            tx.execute(
                "UPDATE assignments SET revoked = 1 WHERE assignment = $1 AND staff = $2",
                params![assignment, staff],
            )
            .await?;
        }
        StaffEvent::StaffRemoved { .. } => {
            tx.execute("DELETE FROM assignments WHERE staff = $1", params![staff]).await?;
            tx.execute("DELETE FROM staff_keys WHERE staff = $1", params![staff]).await?;
            tx.execute("DELETE FROM staff WHERE staff = $1", params![staff]).await?;
            return Ok(());
        }
        StaffEvent::StaffDisabled { .. } => set_disabled(tx, staff, true).await?,
        StaffEvent::StaffEnabled {} => set_disabled(tx, staff, false).await?,
        StaffEvent::PasswordReset {} | StaffEvent::PasswordChanged {} => {}
        StaffEvent::KeyGiven { key, label, digest, scopes, per_minute, last_day } => {
            tx.execute(
                "INSERT INTO staff_keys (key_id, staff, label, digest, scopes, per_minute, given_at, last_day, revoked) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
                params![
                    key,
                    staff,
                    label,
                    digest,
                    keys::words(&scopes),
                    i64::from(per_minute),
                    event.occurred_at,
                    last_day.to_string()
                ],
            )
            .await?;
        }
        StaffEvent::KeyRevoked { key, .. } => {
            tx.execute("UPDATE staff_keys SET revoked = 1 WHERE key_id = $1 AND staff = $2", params![key, staff])
                .await?;
        }
    }
    tx.execute("UPDATE staff SET version = $2 WHERE staff = $1", params![staff, event.version]).await?;
    Ok(())
}

async fn set_disabled(tx: &mut Tx, staff: Uuid, disabled: bool) -> Result<(), DbError> {
    tx.execute("UPDATE staff SET disabled = $2 WHERE staff = $1", params![staff, disabled]).await?;
    Ok(())
}

/// The folded form under which a name is searched.
pub(super) fn search_key(name: &str) -> String {
    foundation::arabic::fold::name(name)
}

/// A person as the rules see them, with tenant and version of the stream.
pub(super) async fn person(
    q: &mut impl Query,
    staff: Uuid,
    today: &str,
) -> Result<Option<(Person, String, i64)>, DbError> {
    let sql = "SELECT s.tenant, s.path AS home, s.disabled, s.version, \
                      a.assignment, a.role, a.path, a.department, a.first_day, a.last_day \
               FROM staff s LEFT JOIN assignments a \
                 ON a.staff = s.staff AND a.revoked = 0 AND (a.last_day IS NULL OR a.last_day >= $2) \
               WHERE s.staff = $1 ORDER BY a.assignment";
    let rows = q.query(sql, params![staff, today]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let mut person = Person {
        id: staff,
        home: UnitPath::stored(&first.get::<String>("home")?),
        disabled: first.get("disabled")?,
        held: Vec::new(),
    };
    for row in &rows {
        let Some(id) = row.get::<Option<Uuid>>("assignment")? else { continue };
        person.held.push(Held {
            id,
            role: known(Role::from_code(&row.get::<String>("role")?))?,
            place: Place { path: UnitPath::stored(&row.get::<String>("path")?), department: row.get("department")? },
            first_day: known(date(row.get("first_day")?)?)?,
            last_day: date(row.get("last_day")?)?,
        });
    }
    Ok(Some((person, first.get("tenant")?, first.get("version")?)))
}

/// Sets a password; on `must_change` nothing else opens until the person has chosen their own.
pub(crate) async fn set_password(
    tx: &mut Tx,
    staff: Uuid,
    hash: &str,
    must_change: bool,
    at: foundation::clock::Micros,
) -> Result<(), DbError> {
    tx.execute(
        "INSERT INTO staff_secrets (staff, password, must_change, changed_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (staff) DO UPDATE SET password = excluded.password, must_change = excluded.must_change, changed_at = excluded.changed_at",
        params![staff, hash, must_change, at],
    )
    .await?;
    Ok(())
}

/// Ends the sessions of a person, except one.
pub(crate) async fn end_sessions(
    tx: &mut Tx,
    staff: Uuid,
    except: Option<&[u8]>,
    at: foundation::clock::Micros,
) -> Result<u64, DbError> {
    let keep = except.unwrap_or_default();
    tx.execute(
        "UPDATE sessions SET ended_at = $2 WHERE staff = $1 AND ended_at IS NULL AND token <> $3",
        params![staff, at, keep],
    )
    .await
}

/// Who acts with a key of this digest, with the assignments of today, and when it was last used.
pub(super) async fn of_key(
    q: &mut impl Query,
    digest: &str,
    now: Micros,
    today: &str,
    tree: &Tree,
) -> Result<Option<(Viewer, Option<Micros>)>, DbError> {
    let sql = "SELECT k.key_id, k.scopes, k.per_minute, u.used_at, p.staff, p.login, p.name, \
                      a.assignment, a.role, a.tenant, a.unit, a.department \
               FROM staff_keys k JOIN staff p ON p.staff = k.staff AND p.disabled = 0 \
               LEFT JOIN staff_key_uses u ON u.key_id = k.key_id \
               LEFT JOIN assignments a ON a.staff = k.staff AND a.revoked = 0 AND a.first_day <= $2 \
                 AND (a.last_day IS NULL OR a.last_day >= $2) \
               WHERE k.digest = $1 AND k.revoked = 0 AND k.last_day >= $2 ORDER BY a.assignment";
    let rows = q.query(sql, params![digest, today]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let person = crate::viewer::Person {
        id: first.get("staff")?,
        login: first.get("login")?,
        name: first.get("name")?,
        // A password opens pages, and no page is opened by a key.
        must_change_password: false,
        session: Vec::new(),
        form_secret: Vec::new(),
    };
    let key = Key {
        id: first.get("key_id")?,
        scopes: keys::scopes(&first.get::<String>("scopes")?),
        per_minute: u32::try_from(first.get::<i64>("per_minute")?).unwrap_or(1),
    };
    let mut assignments = Vec::new();
    for row in &rows {
        assignments.extend(crate::sessions::assignment(row, tree)?);
    }
    Ok(Some((Viewer::with_key(person, key, assignments, now), first.get("used_at")?)))
}

/// A key of an account: whether it was revoked.
pub(super) async fn key(q: &mut impl Query, staff: Uuid, key: Uuid) -> Result<Option<bool>, DbError> {
    let sql = "SELECT revoked FROM staff_keys WHERE staff = $1 AND key_id = $2";
    q.query_opt(sql, params![staff, key]).await?.map(|row| row.get("revoked")).transpose()
}
