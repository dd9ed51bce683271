//! Reading staff: lists for supervisors, one person, a password hash for the login.

use foundation::db::{DbError, Query};
use foundation::params;
use jiff::civil::Date;
use uuid::Uuid;

use super::store::search_key;
use crate::place::{Reach, Scope};
use crate::rights::Role;
use crate::units::store_tools::{date, known};

/// A member of staff in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Id.
    pub id: Uuid,
    /// Login name.
    pub login: String,
    /// Arabic name.
    pub name: String,
    /// Code of the unit to which the person belongs.
    pub unit: String,
    /// Path of that unit.
    pub path: String,
    /// Whether the account is closed.
    pub disabled: bool,
    /// Version of the stream.
    pub version: i64,
}

/// An assignment as pages show it, revoked and past ones included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Id.
    pub id: Uuid,
    /// The role.
    pub role: Role,
    /// Code of the unit.
    pub unit: String,
    /// Code of the department.
    pub department: Option<String>,
    /// First day.
    pub first_day: Date,
    /// Last day.
    pub last_day: Option<Date>,
    /// Withdrawn before its last day.
    pub revoked: bool,
}

const COLUMNS: &str = "staff, login, name, unit, path, disabled, version";

fn listed(row: &foundation::db::Row) -> Result<Listed, DbError> {
    Ok(Listed {
        id: row.get("staff")?,
        login: row.get("login")?,
        name: row.get("name")?,
        unit: row.get("unit")?,
        path: row.get("path")?,
        disabled: row.get("disabled")?,
        version: row.get("version")?,
    })
}

/// People who belong to these parts of the tree and whose name or login contains `text`, by name;
/// at most `most`, after `after` (search key and id of the last one shown).
pub async fn list(
    q: &mut impl Query,
    scopes: &[Scope],
    text: &str,
    after: Option<(String, Uuid)>,
    most: u32,
) -> Result<Vec<(Listed, String)>, DbError> {
    if scopes.is_empty() {
        return Ok(Vec::new());
    }
    let mut params = params![format!("%{}%", search_key(text)), format!("%{}%", text.trim().to_ascii_lowercase())];
    let mut place = Vec::new();
    for scope in scopes {
        params.push(scope.path.as_str().into());
        let own = format!("path = ${}", params.len());
        if scope.reach == Reach::Below {
            let (from, to) = scope.path.below();
            params.extend([from.into(), to.into()]);
            place.push(format!("({own} OR (path >= ${} AND path < ${}))", params.len() - 1, params.len()));
        } else {
            place.push(own);
        }
    }
    let mut sql = format!(
        "SELECT {COLUMNS}, search FROM staff WHERE (search LIKE $1 OR login LIKE $2) AND ({})",
        place.join(" OR ")
    );
    if let Some((search, id)) = after {
        params.extend([search.into(), id.into()]);
        sql.push_str(&format!(
            " AND (search > ${0} OR (search = ${0} AND staff > ${1}))",
            params.len() - 1,
            params.len()
        ));
    }
    sql.push_str(&format!(" ORDER BY search, staff LIMIT {most}"));
    q.query(&sql, params).await?.iter().map(|row| Ok((listed(row)?, row.get("search")?))).collect()
}

/// One person.
pub async fn one(q: &mut impl Query, staff: Uuid) -> Result<Option<Listed>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM staff WHERE staff = $1");
    q.query_opt(&sql, params![staff]).await?.as_ref().map(listed).transpose()
}

/// One person by login name (`shubbak user`).
pub async fn by_login(q: &mut impl Query, login: &str) -> Result<Option<Listed>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM staff WHERE login = $1");
    q.query_opt(&sql, params![login.trim().to_ascii_lowercase()]).await?.as_ref().map(listed).transpose()
}

/// Names of people, for pages that show who did what.
pub async fn names(q: &mut impl Query, people: &[Uuid]) -> Result<std::collections::HashMap<Uuid, String>, DbError> {
    if people.is_empty() {
        return Ok(Default::default());
    }
    let places: Vec<String> = (1..=people.len()).map(|at| format!("${at}")).collect();
    let sql = format!("SELECT staff, name FROM staff WHERE staff IN ({})", places.join(", "));
    let rows = q.query(&sql, people.iter().map(foundation::db::Value::from).collect()).await?;
    rows.iter().map(|row| Ok((row.get("staff")?, row.get("name")?))).collect()
}

/// Role, unit and department of assignments, past ones too: for whoever is told who looked, but no name.
pub async fn seats(
    q: &mut impl Query,
    assignments: &[Uuid],
) -> Result<std::collections::HashMap<Uuid, (Role, String, Option<String>)>, DbError> {
    let mut seats = std::collections::HashMap::new();
    for some in assignments.chunks(100) {
        let places: Vec<String> = (1..=some.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT assignment, role, unit, department FROM assignments WHERE assignment IN ({})",
            places.join(", ")
        );
        for row in q.query(&sql, some.iter().map(foundation::db::Value::from).collect()).await? {
            let role = known(Role::from_code(&row.get::<String>("role")?))?;
            seats.insert(row.get("assignment")?, (role, row.get("unit")?, row.get("department")?));
        }
    }
    Ok(seats)
}

/// All assignments of a person, newest first.
pub async fn assignments(q: &mut impl Query, staff: Uuid) -> Result<Vec<Shown>, DbError> {
    let sql = "SELECT assignment, role, unit, department, first_day, last_day, revoked FROM assignments \
               WHERE staff = $1 ORDER BY first_day DESC, assignment";
    let rows = q.query(sql, params![staff]).await?;
    rows.iter()
        .map(|row| {
            Ok(Shown {
                id: row.get("assignment")?,
                role: known(Role::from_code(&row.get::<String>("role")?))?,
                unit: row.get("unit")?,
                department: row.get("department")?,
                first_day: known(date(row.get("first_day")?)?)?,
                last_day: date(row.get("last_day")?)?,
                revoked: row.get("revoked")?,
            })
        })
        .collect()
}

/// Members of staff who hold a role in a department (or unit) on a day, for assigning work.
pub async fn holders(
    q: &mut impl Query,
    unit: &str,
    department: Option<&str>,
    role: Role,
    day: Date,
) -> Result<Vec<(Uuid, Uuid, String)>, DbError> {
    let sql = "SELECT s.staff, a.assignment, s.name FROM assignments a JOIN staff s ON s.staff = a.staff \
               WHERE a.unit = $1 AND a.role = $2 AND ($3 = '' OR a.department = $3) AND a.revoked = 0 AND s.disabled = 0 \
                 AND a.first_day <= $4 AND (a.last_day IS NULL OR a.last_day >= $4) ORDER BY s.search, s.staff";
    let rows = q.query(sql, params![unit, role.code(), department.unwrap_or_default(), day.to_string()]).await?;
    rows.iter().map(|row| Ok((row.get("staff")?, row.get("assignment")?, row.get("name")?))).collect()
}

/// Hash of a person's password.
pub(crate) async fn password(q: &mut impl Query, staff: Uuid) -> Result<Option<String>, DbError> {
    q.query_opt("SELECT password FROM staff_secrets WHERE staff = $1", params![staff])
        .await?
        .map(|row| row.get("password"))
        .transpose()
}

/// Id and password hash of an open account.
pub(crate) async fn account(q: &mut impl Query, login: &str) -> Result<Option<(Uuid, String)>, DbError> {
    let sql = "SELECT s.staff, x.password FROM staff s JOIN staff_secrets x ON x.staff = s.staff WHERE s.login = $1 AND s.disabled = 0";
    q.query_opt(sql, params![login]).await?.map(|row| Ok((row.get("staff")?, row.get("password")?))).transpose()
}
