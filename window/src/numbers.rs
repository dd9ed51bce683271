//! دفاتر الأرقام: the books from which numbers of requests, papers and receipts are drawn.
//!
//! A book is one row: unit, kind, year → last serial. Drawing is one statement; because the row
//! goes back with its transaction, no number is lost to a failed write and none is given twice. A
//! number is *used* by the event that carries it, and *voided* by an event on the same stream;
//! [`check`] compares the books with what was recorded.

use std::collections::BTreeMap;

use foundation::clock::Micros;
use foundation::db::{DbError, Query as _, Tx};
use foundation::numbers::{Kind, Number};
use foundation::params;
use record::RecordError;

/// Why no number is drawn.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// All serials of the year are used.
    #[error("the book of {unit} for {year} is full")]
    Full {
        /// The unit.
        unit: String,
        /// The year.
        year: i16,
    },
    /// The unit has no place in numbers.
    #[error("unit {0} has no digits in numbers")]
    Unit(String),
    /// The book was opened already: a start value would leave a gap or repeat numbers.
    #[error("the book of {unit} for {year} is in use")]
    InUse {
        /// The unit.
        unit: String,
        /// The year.
        year: i16,
    },
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Draws the next number of a book, in the year of `at` in Cairo. Last and briefly: the row stays
/// locked until the transaction ends.
///
/// # Errors
/// [`BookError::Full`], [`BookError::Unit`].
pub async fn allot(tx: &mut Tx, tenant: &str, unit: &str, kind: Kind, at: Micros) -> Result<Number, BookError> {
    let year = year(at);
    // Refused before a serial is spent on it.
    sample(unit, kind, at)?;
    let row = tx
        .query_one(
            "INSERT INTO books (tenant, unit, kind, year, first, last) VALUES ($1, $2, $3, $4, 1, 1) \
             ON CONFLICT (tenant, unit, kind, year) DO UPDATE SET last = books.last + 1 RETURNING last",
            params![tenant, unit, kind.digit(), i64::from(year)],
        )
        .await?;
    let serial: i64 = row.get("last")?;
    let serial = u32::try_from(serial).unwrap_or(u32::MAX);
    Number::new(kind, unit, year, serial).map_err(|_| BookError::Full { unit: unit.to_owned(), year })
}

/// A number as it would be drawn, for a decision that is tried before the book is touched.
pub fn sample(unit: &str, kind: Kind, at: Micros) -> Result<Number, BookError> {
    Number::new(kind, unit, year(at), 1).map_err(|_| BookError::Unit(unit.to_owned()))
}

/// Opens a book in mid-year: the paper book ended with `last_on_paper`, the next number follows it.
///
/// # Errors
/// [`BookError::InUse`] if a number was drawn from it.
pub async fn start(
    tx: &mut Tx,
    tenant: &str,
    unit: &str,
    kind: Kind,
    year: i16,
    last_on_paper: u32,
) -> Result<(), BookError> {
    if last_on_paper >= Number::LAST_SERIAL {
        return Err(BookError::Full { unit: unit.to_owned(), year });
    }
    let opened = tx
        .execute(
            "INSERT INTO books (tenant, unit, kind, year, first, last) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (tenant, unit, kind, year) DO UPDATE SET first = excluded.first, last = excluded.last \
             WHERE books.last < books.first",
            params![tenant, unit, kind.digit(), i64::from(year), last_on_paper + 1, last_on_paper],
        )
        .await?;
    if opened == 1 { Ok(()) } else { Err(BookError::InUse { unit: unit.to_owned(), year }) }
}

fn year(at: Micros) -> i16 {
    crate::requests::rules::day(at).year()
}

/// Kinds whose numbers requests use, with the table and column where they stand.
const USED: [(Kind, &str, &str); 3] = [
    (Kind::Request, "requests", "number"),
    (Kind::Paper, "papers", "number"),
    (Kind::Receipt, "request_payments", "receipt"),
];

/// Digits before the serial: kind, governorate, unit, year.
const HEAD: usize = 8;

/// What was recorded of one book.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Found {
    count: i64,
    least: i64,
    most: i64,
}

/// Compares the books with the numbers that were recorded: every serial from the first to the last
/// stands exactly once (used; voided ones stand in their request's own status). One line for each
/// book that is wrong.
pub(crate) async fn check(tx: &mut Tx) -> Result<Vec<String>, RecordError> {
    let mut lines = Vec::new();
    for (kind, table, column) in USED {
        let mut found = found(tx, table, column).await?;
        let sql = "SELECT tenant, unit, year, first, last FROM books WHERE kind = $1 ORDER BY tenant, unit, year";
        for row in tx.query(sql, params![kind.digit()]).await? {
            let (tenant, unit): (String, String) = (row.get("tenant")?, row.get("unit")?);
            let (year, first, last): (i64, i64, i64) = (row.get("year")?, row.get("first")?, row.get("last")?);
            let name = format!("books {tenant}/{unit}/{}/{year}", kind.digit());
            let Some(head) = head(kind, &unit, year) else {
                lines.push(format!("{name}: the unit has no digits in numbers"));
                continue;
            };
            let used = found.remove(&head).unwrap_or_default();
            if last < first && used.count == 0 {
                continue;
            }
            if used != (Found { count: last - first + 1, least: first, most: last }) {
                let gaps = gaps(tx, table, column, &head, first, last).await?;
                lines.push(format!(
                    "{name}: the book runs from {first} to {last}, recorded are {} from {} to {}{gaps}",
                    used.count, used.least, used.most
                ));
            }
        }
        lines.extend(found.into_keys().map(|head| format!("books: numbers {head}… are recorded and have no book")));
    }
    Ok(lines)
}

async fn found(tx: &mut Tx, table: &str, column: &str) -> Result<BTreeMap<String, Found>, DbError> {
    let sql = format!(
        "SELECT substr({column}, 1, 8) AS head, COUNT(DISTINCT {column}) AS n, \
         MIN(substr({column}, 9, 6)) AS least, MAX(substr({column}, 9, 6)) AS most FROM {table} GROUP BY substr({column}, 1, 8)"
    );
    let mut found = BTreeMap::new();
    for row in tx.query(&sql, params![]).await? {
        let serial = |name: &str| row.get::<String>(name).map(|text| text.parse().unwrap_or(0));
        found.insert(row.get("head")?, Found { count: row.get("n")?, least: serial("least")?, most: serial("most")? });
    }
    Ok(found)
}

/// The first serials that are missing, in words.
async fn gaps(tx: &mut Tx, table: &str, column: &str, head: &str, first: i64, last: i64) -> Result<String, DbError> {
    let sql = format!("SELECT substr({column}, 9, 6) AS serial FROM {table} WHERE substr({column}, 1, 8) = $1");
    let mut there = std::collections::BTreeSet::new();
    for row in tx.query(&sql, params![head]).await? {
        there.insert(row.get::<String>("serial")?.parse().unwrap_or(0_i64));
    }
    let missing: Vec<String> =
        (first..=last).filter(|serial| !there.contains(serial)).take(5).map(|s| s.to_string()).collect();
    Ok(if missing.is_empty() { String::new() } else { format!(", missing: {}", missing.join(" ")) })
}

fn head(kind: Kind, unit: &str, year: i64) -> Option<String> {
    Number::new(kind, unit, i16::try_from(year).ok()?, 1).ok()?.to_string().get(..HEAD).map(str::to_owned)
}
