//! Rows of versions and figures: `apply`, and every SQL statement of the slice.

use std::collections::HashMap;

use foundation::clock::Micros;
use foundation::db::{DbError, Query, Row, Tx};
use foundation::params;
use jiff::civil::Date;
use record::{BoxFuture, Event, RecordError, Slice, Table};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::events::{FIGURES, GuideEvent, SERVICE};
use super::rules::{Figure, Published};

/// Tables of this slice that are national.
pub const WITHOUT_TENANT: &[&str] = &["service_versions"];

/// The slice of published services and local figures.
#[derive(Debug, Clone, Copy, Default)]
pub struct ServiceSlice;

impl Slice for ServiceSlice {
    fn name(&self) -> &'static str {
        "services"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &[SERVICE, FIGURES]
    }

    fn tables(&self) -> &'static [Table] {
        const TABLES: &[Table] = &[
            Table::projection("service_versions", &["code", "version"]),
            Table::projection("local_figures", &["tenant", "service", "entry"]),
            Table::projection("figure_books", &["tenant", "service"]),
        ];
        TABLES
    }

    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(apply(tx, event))
    }
}

async fn apply(tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
    let tenant = event.tenant.as_str();
    let service = match GuideEvent::read(event)? {
        GuideEvent::Published(now) => {
            tx.execute(
                "INSERT INTO service_versions (code, version, hash, published_from, published_at, published_by, text) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                params![
                    now.code,
                    now.version,
                    now.hash,
                    now.from.to_string(),
                    event.occurred_at,
                    event.actor,
                    now.text
                ],
            )
            .await?;
            return Ok(());
        }
        GuideEvent::Set(now) => {
            tx.execute(
                "INSERT INTO local_figures (tenant, service, entry, figure, value, decision, decided_on, first_day, last_day, \
                 withdrawn, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11)",
                params![
                    tenant, &now.service, event.version, now.figure, now.value, now.decision, now.decided_on.to_string(),
                    now.from.to_string(), now.to.map(|day| day.to_string()), event.occurred_at, event.actor
                ],
            )
            .await?;
            now.service
        }
        GuideEvent::Withdrawn(now) => {
            let key = params![tenant, &now.service, now.entry];
            match now.until {
                Some(until) => {
                    let sql = "UPDATE local_figures SET last_day = $4, withdrawn = 1 WHERE tenant = $1 AND service = $2 AND entry = $3";
                    let mut all = key;
                    all.extend(params![until.to_string()]);
                    tx.execute(sql, all).await?;
                }
                // It never held: only the record remembers it.
                None => {
                    tx.execute("DELETE FROM local_figures WHERE tenant = $1 AND service = $2 AND entry = $3", key)
                        .await?;
                }
            }
            now.service
        }
    };
    tx.execute(
        "INSERT INTO figure_books (tenant, service, version) VALUES ($1, $2, $3) \
         ON CONFLICT (tenant, service) DO UPDATE SET version = excluded.version",
        params![tenant, service, event.version],
    )
    .await?;
    Ok(())
}

/// A published version without its text (إصدار منشور).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Code of the service.
    pub code: String,
    /// Its number.
    pub version: u32,
    /// Hash of its text.
    pub hash: String,
    /// First day in force.
    pub from: Date,
    /// When it was published.
    pub at: Micros,
    /// Who published it; none for the program's own files and the command line.
    pub by: Option<Uuid>,
}

const HEAD: &str = "code, version, hash, published_from, published_at, published_by";

fn version(row: &Row) -> Result<Version, DbError> {
    Ok(Version {
        code: row.get("code")?,
        version: number(row.get("version")?)?,
        hash: row.get("hash")?,
        from: day(&row.get::<String>("published_from")?)?,
        at: row.get("published_at")?,
        by: row.get("published_by")?,
    })
}

impl From<&Version> for Published {
    fn from(version: &Version) -> Self {
        Self { version: version.version, hash: version.hash.clone(), from: version.from }
    }
}

/// Every published version, by code and in order.
pub(super) async fn versions(q: &mut impl Query) -> Result<Vec<Version>, DbError> {
    let sql = format!("SELECT {HEAD} FROM service_versions ORDER BY code, version");
    q.query(&sql, params![]).await?.iter().map(version).collect()
}

/// The versions of one service, in order.
pub(super) async fn versions_of(q: &mut impl Query, code: &str) -> Result<Vec<Version>, DbError> {
    let sql = format!("SELECT {HEAD} FROM service_versions WHERE code = $1 ORDER BY version");
    q.query(&sql, params![code]).await?.iter().map(version).collect()
}

/// The text of a version.
pub(super) async fn text(q: &mut impl Query, code: &str, version: u32) -> Result<Option<String>, DbError> {
    let sql = "SELECT text FROM service_versions WHERE code = $1 AND version = $2";
    q.query_opt(sql, params![code, version]).await?.map(|row| row.get("text")).transpose()
}

/// How many publications and changes of figures there were: whoever sees another number reads again.
pub(super) async fn changes(q: &mut impl Query) -> Result<i64, DbError> {
    let sql = "SELECT CAST((SELECT COUNT(*) FROM service_versions) AS BIGINT) + \
               CAST((SELECT COALESCE(SUM(version), 0) FROM figure_books) AS BIGINT) AS changes";
    q.query_one(sql, params![]).await?.get("changes")
}

/// A service's figures in a governorate, with the version of their stream.
pub(super) async fn book(q: &mut impl Query, tenant: &str, service: &str) -> Result<(i64, Vec<Figure>), DbError> {
    let sql = "SELECT version FROM figure_books WHERE tenant = $1 AND service = $2";
    let Some(row) = q.query_opt(sql, params![tenant, service]).await? else { return Ok((0, Vec::new())) };
    let sql = "SELECT entry, figure, value, decision, decided_on, first_day, last_day FROM local_figures \
               WHERE tenant = $1 AND service = $2 ORDER BY figure, first_day, entry";
    let rows = q.query(sql, params![tenant, service]).await?;
    Ok((row.get("version")?, rows.iter().map(figure).collect::<Result<_, _>>()?))
}

/// All figures by governorate and service; a governorate whose figures were all withdrawn is there, empty.
pub(super) async fn all_figures(q: &mut impl Query) -> Result<HashMap<String, Vec<(String, Figure)>>, DbError> {
    let mut all: HashMap<String, Vec<(String, Figure)>> = HashMap::new();
    for row in q.query("SELECT DISTINCT tenant FROM figure_books", params![]).await? {
        all.entry(row.get("tenant")?).or_default();
    }
    let sql = "SELECT tenant, service, entry, figure, value, decision, decided_on, first_day, last_day FROM local_figures \
               ORDER BY tenant, service, entry";
    for row in q.query(sql, params![]).await? {
        all.entry(row.get("tenant")?).or_default().push((row.get("service")?, figure(&row)?));
    }
    Ok(all)
}

fn figure(row: &Row) -> Result<Figure, DbError> {
    let value: String = row.get("value")?;
    let last: Option<String> = row.get("last_day")?;
    Ok(Figure {
        entry: row.get("entry")?,
        figure: row.get("figure")?,
        value: value.parse::<Decimal>().map_err(|_| DbError::Shape(format!("«{value}» is no decimal")))?,
        decision: row.get("decision")?,
        decided_on: day(&row.get::<String>("decided_on")?)?,
        from: day(&row.get::<String>("first_day")?)?,
        to: last.as_deref().map(day).transpose()?,
    })
}

fn day(text: &str) -> Result<Date, DbError> {
    foundation::dates::parse_iso(text).ok_or_else(|| DbError::Shape(format!("«{text}» is no day")))
}

fn number(version: i64) -> Result<u32, DbError> {
    u32::try_from(version).map_err(|_| DbError::Shape(format!("{version} is no version")))
}
