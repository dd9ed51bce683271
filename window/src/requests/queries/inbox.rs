//! The inbox of a desk (صندوق الوارد): index first, by remaining time.

use foundation::clock::Micros;
use foundation::dates;
use foundation::db::{DbError, Query, Row, Value};
use foundation::params;
use jiff::ToSpan as _;
use jiff::civil::Date;
use registry::units::Tree;
use registry::{Right, Viewer};
use uuid::Uuid;

use super::desks::desks;
use super::{Cursor, Page};
use crate::requests::events::Holder;
use crate::requests::rules::day;

/// Whether the clock of a desk runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Moves {
    /// On the desk, the clock runs.
    #[default]
    Running,
    /// On the desk, the clock stands still.
    Halted,
}

impl Moves {
    const fn word(self) -> &'static str {
        match self {
            Self::Running => "open",
            Self::Halted => "halted",
        }
    }
}

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Due {
    /// Too late already.
    Late,
    /// By the end of today, and not late.
    Today,
    /// Within seven days, and not late.
    Week,
}

/// Moments against which due times are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Now.
    pub now: Micros,
    /// End of today in Cairo.
    pub today: Micros,
    /// End of the day in seven days.
    pub week: Micros,
}

impl Marks {
    /// The marks at a moment.
    #[must_use]
    pub fn at(now: Micros) -> Self {
        let today = day(now);
        let week = today.checked_add(7.days()).unwrap_or(today);
        Self { now, today: dates::end_of_day(today), week: dates::end_of_day(week) }
    }

    /// `[from, to)` of due times.
    const fn range(&self, due: Due) -> (Option<Micros>, Micros) {
        match due {
            Due::Late => (None, self.now),
            Due::Today => (Some(self.now), self.today.plus(1)),
            Due::Week => (Some(self.now), self.week.plus(1)),
        }
    }
}

/// Which rows of an inbox.
#[derive(Debug, Clone, Default)]
pub struct InboxFilter {
    /// Running or standing still.
    pub moves: Moves,
    /// Code of a service.
    pub service: Option<String>,
    /// Kind of step, by its code.
    pub kind: Option<String>,
    /// When due.
    pub due: Option<Due>,
    /// Taken by this officer.
    pub taken_by: Option<Uuid>,
    /// Taken by nobody.
    pub free: bool,
    /// Only questions of other departments.
    pub asked: bool,
}

/// A row of an inbox: a step, or a question to the department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whose desk.
    pub holder: Holder,
    /// The request.
    pub request: Uuid,
    /// Its number.
    pub number: String,
    /// Code of the service.
    pub service: String,
    /// Hash of its version.
    pub service_hash: String,
    /// Applicant, to be named only through the field matrix.
    pub subject: Uuid,
    /// Step, from 1.
    pub step: i64,
    /// Question, or 0.
    pub consult: i64,
    /// Id of the step in the service.
    pub step_id: String,
    /// Kind of the step.
    pub kind: String,
    /// Whether the clock stands still.
    pub halted: bool,
    /// Day of arrival.
    pub opened_on: Option<Date>,
    /// Last day.
    pub due: Option<Date>,
    /// Closing hour of the last day, or the end of the law's day where that comes earlier.
    pub due_at: Micros,
    /// Last day of the law, if one runs.
    pub law_due: Option<Date>,
    /// What the law made of silence, if it did: a word of the catalogue.
    pub by_law: Option<String>,
    /// Who has it.
    pub taken_by: Option<Uuid>,
    /// Day of the appointed visit.
    pub visit_on: Option<Date>,
}

const COLUMNS: &str = "tenant, unit, department, request, number, service, service_hash, subject, step, consult, step_id, kind, \
                       state, opened_on, due, due_at, taken_by, visit_on, law_due, by_law";

fn line(row: &Row) -> Result<Line, DbError> {
    Ok(Line {
        holder: Holder { tenant: row.get("tenant")?, unit: row.get("unit")?, department: row.get("department")? },
        request: row.get("request")?,
        number: row.get("number")?,
        service: row.get("service")?,
        service_hash: row.get("service_hash")?,
        subject: row.get("subject")?,
        step: row.get("step")?,
        consult: row.get("consult")?,
        step_id: row.get("step_id")?,
        kind: row.get("kind")?,
        halted: row.get::<String>("state")? == Moves::Halted.word(),
        opened_on: dates::parse_iso(&row.get::<String>("opened_on")?),
        due: dates::parse_iso(&row.get::<String>("due")?),
        due_at: row.get("due_at")?,
        law_due: row.get::<Option<String>>("law_due")?.and_then(|day| dates::parse_iso(&day)),
        by_law: row.get("by_law")?,
        taken_by: row.get("taken_by")?,
        visit_on: row.get::<Option<String>>("visit_on")?.and_then(|day| dates::parse_iso(&day)),
    })
}

/// A page of the inbox of these desks, most urgent first. The index gives the order within a unit:
/// whoever works in several has them read one after the other.
///
/// # Errors
/// The database's own.
pub async fn inbox(
    q: &mut impl Query,
    desks: &[Holder],
    filter: &InboxFilter,
    marks: &Marks,
    after: Option<Cursor>,
    most: usize,
) -> Result<Page<Line>, DbError> {
    let mut rows = Vec::new();
    for unit in by_unit(desks) {
        rows.extend(of_unit(q, &unit, filter, marks, after, most).await?);
    }
    rows.sort_by_key(|l| (l.due_at, l.request, l.step, l.consult));
    let more = rows.len() > most;
    rows.truncate(most);
    let last = rows.last().filter(|_| more);
    let next = last.map(|l| Cursor { due_at: l.due_at, request: l.request, step: l.step, consult: l.consult });
    Ok(Page { rows, next })
}

/// One row more than asked for, if there is one.
async fn of_unit(
    q: &mut impl Query,
    desks: &[&Holder],
    filter: &InboxFilter,
    marks: &Marks,
    after: Option<Cursor>,
    most: usize,
) -> Result<Vec<Line>, DbError> {
    let Some(mut query) = Where::desks(desks, filter.moves) else { return Ok(Vec::new()) };
    query.filter(filter, marks);
    if let Some(after) = after {
        let (due, request) = (query.bind(after.due_at), query.bind(after.request));
        let (step, consult) = (query.bind(after.step), query.bind(after.consult));
        query.sql.push_str(&format!(" AND (due_at, request, step, consult) > ({due}, {request}, {step}, {consult})"));
    }
    let limit = query.bind(i64::try_from(most.saturating_add(1)).unwrap_or(i64::MAX));
    let sql = format!(
        "SELECT {COLUMNS} FROM request_steps WHERE {} ORDER BY due_at, request, step, consult LIMIT {limit}",
        query.sql
    );
    q.query(&sql, query.params).await?.iter().map(line).collect()
}

/// Desks of each unit together.
fn by_unit(desks: &[Holder]) -> Vec<Vec<&Holder>> {
    let mut units: Vec<Vec<&Holder>> = Vec::new();
    for desk in desks {
        match units.iter_mut().find(|unit| unit.first().is_some_and(|first| first.unit == desk.unit)) {
            Some(unit) => unit.push(desk),
            None => units.push(vec![desk]),
        }
    }
    units
}

/// A request on which the law spoke in the office's place, and that is still open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deemed {
    /// Its id.
    pub request: Uuid,
    /// Its number.
    pub number: String,
    /// Code of the service.
    pub service: String,
    /// What the law made of silence: a word of the catalogue.
    pub by_law: String,
    /// Its status.
    pub status: String,
}

/// Open requests of the units whose head the viewer is, on which the law spoke: at most 100.
///
/// # Errors
/// The database's own.
pub async fn deemed(q: &mut impl Query, viewer: &Viewer, tree: &Tree) -> Result<Vec<Deemed>, DbError> {
    let mut units: Vec<(String, String)> =
        desks(viewer, tree, Right::Approve).into_iter().map(|desk| (desk.tenant, desk.unit)).collect();
    units.sort();
    units.dedup();
    let mut found = Vec::new();
    for (tenant, unit) in units {
        let sql = "SELECT id, number, service, by_law, status FROM requests WHERE tenant = $1 AND unit = $2 \
                   AND by_law IS NOT NULL AND status IN ('in_progress', 'waiting_completion', 'waiting_payment', 'issued') \
                   ORDER BY id LIMIT 100";
        for row in q.query(sql, params![tenant, unit]).await? {
            found.push(Deemed {
                request: row.get("id")?,
                number: row.get("number")?,
                service: row.get("service")?,
                by_law: row.get("by_law")?,
                status: row.get("status")?,
            });
        }
    }
    Ok(found)
}

/// What lies before a committee (جدول أعمال اللجنة), oldest arrival first: at most 200 cases.
///
/// # Errors
/// The database's own.
pub async fn docket(q: &mut impl Query, committee: &Holder) -> Result<Vec<Line>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM request_steps WHERE tenant = $1 AND unit = $2 AND department = $3 AND state = 'open' \
         AND consult = 0 ORDER BY opened_at, request LIMIT 200"
    );
    let params = params![&committee.tenant, &committee.unit, &committee.department];
    q.query(&sql, params).await?.iter().map(line).collect()
}

/// Counts of an inbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Clocks that run.
    pub running: i64,
    /// Too late.
    pub late: i64,
    /// Due today and not late.
    pub today: i64,
    /// Due within seven days and not late.
    pub week: i64,
    /// Clocks that stand still.
    pub halted: i64,
    /// Taken by the one who asks, running or not.
    pub mine: i64,
    /// Questions of other departments.
    pub asked: i64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.running += other.running;
        self.late += other.late;
        self.today += other.today;
        self.week += other.week;
        self.halted += other.halted;
        self.mine += other.mine;
        self.asked += other.asked;
    }
}

/// Counts over the index, in one statement for each unit.
///
/// # Errors
/// The database's own.
pub async fn counts(q: &mut impl Query, desks: &[Holder], me: Option<Uuid>, marks: &Marks) -> Result<Counts, DbError> {
    let mut all = Counts::default();
    for unit in by_unit(desks) {
        all += counts_of_unit(q, &unit, me, marks).await?;
    }
    Ok(all)
}

async fn counts_of_unit(
    q: &mut impl Query,
    desks: &[&Holder],
    me: Option<Uuid>,
    marks: &Marks,
) -> Result<Counts, DbError> {
    let (Some(mut open), Some(halted)) = (Where::desks(desks, Moves::Running), Where::desks(desks, Moves::Halted))
    else {
        return Ok(Counts::default());
    };
    let (now, today, week) = (open.bind(marks.now), open.bind(marks.today), open.bind(marks.week));
    let me = open.bind(me.unwrap_or_default());
    // Both conditions bind the same desks at the same places.
    let sql = format!(
        "SELECT o.running, o.late, o.today, o.week, o.mine, o.asked, h.halted, h.mine AS halted_mine FROM \
         (SELECT COUNT(*) AS running, \
          CAST(COALESCE(SUM(CASE WHEN due_at < {now} THEN 1 ELSE 0 END), 0) AS BIGINT) AS late, \
          CAST(COALESCE(SUM(CASE WHEN due_at >= {now} AND due_at <= {today} THEN 1 ELSE 0 END), 0) AS BIGINT) AS today, \
          CAST(COALESCE(SUM(CASE WHEN due_at >= {now} AND due_at <= {week} THEN 1 ELSE 0 END), 0) AS BIGINT) AS week, \
          CAST(COALESCE(SUM(CASE WHEN taken_by = {me} THEN 1 ELSE 0 END), 0) AS BIGINT) AS mine, \
          CAST(COALESCE(SUM(CASE WHEN consult > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS asked \
          FROM request_steps WHERE {}) o, \
         (SELECT COUNT(*) AS halted, \
          CAST(COALESCE(SUM(CASE WHEN taken_by = {me} THEN 1 ELSE 0 END), 0) AS BIGINT) AS mine \
          FROM request_steps WHERE {}) h",
        open.sql, halted.sql
    );
    let row = q.query_one(&sql, open.params).await?;
    Ok(Counts {
        running: row.get("running")?,
        late: row.get("late")?,
        today: row.get("today")?,
        week: row.get("week")?,
        halted: row.get("halted")?,
        asked: row.get("asked")?,
        mine: row.get::<i64>("mine")? + row.get::<i64>("halted_mine")?,
    })
}

/// A condition under construction.
struct Where {
    sql: String,
    params: Vec<Value>,
}

impl Where {
    /// Desks of one unit; none if there is no desk.
    fn desks(desks: &[&Holder], moves: Moves) -> Option<Self> {
        let first = desks.first()?;
        let mut query = Self { sql: String::new(), params: Vec::new() };
        let (tenant, unit) = (query.bind(&first.tenant), query.bind(&first.unit));
        let departments: Vec<String> = desks.iter().map(|desk| query.bind(&desk.department)).collect();
        // One department is an equation, so that the index gives the order too.
        let departments = match departments.as_slice() {
            [only] => format!("department = {only}"),
            many => format!("department IN ({})", many.join(", ")),
        };
        query.sql = format!("tenant = {tenant} AND unit = {unit} AND {departments} AND state = '{}'", moves.word());
        Some(query)
    }

    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("${}", self.params.len())
    }

    fn filter(&mut self, filter: &InboxFilter, marks: &Marks) {
        if let Some(service) = &filter.service {
            let service = self.bind(service);
            self.sql.push_str(&format!(" AND service = {service}"));
        }
        if let Some(kind) = &filter.kind {
            let kind = self.bind(kind);
            self.sql.push_str(&format!(" AND kind = {kind}"));
        }
        if let Some(due) = filter.due {
            let (from, to) = marks.range(due);
            if let Some(from) = from {
                let from = self.bind(from);
                self.sql.push_str(&format!(" AND due_at >= {from}"));
            }
            let to = self.bind(to);
            self.sql.push_str(&format!(" AND due_at < {to}"));
        }
        if let Some(by) = filter.taken_by {
            let by = self.bind(by);
            self.sql.push_str(&format!(" AND taken_by = {by}"));
        } else if filter.free {
            self.sql.push_str(" AND taken_by IS NULL");
        }
        if filter.asked {
            self.sql.push_str(" AND consult > 0");
        }
    }
}
