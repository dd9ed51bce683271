//! Imports (الاستيراد من ملفات): people with their roles, new units and holidays, from a sheet.
//!
//! A file is tried first ([`plan`]): every row is decided by the rules that a form would meet, and what
//! is wrong is told by line, column and reason. Only a file without a fault is taken over ([`carry_out`]),
//! whole and in one transaction, by the events of the slices it concerns. It is one batch with a number
//! on the record, and can be taken back whole ([`undo`]) while nobody has used what it brought.

mod columns;
mod commands;
mod events;
mod holidays;
mod people;
mod store;
mod table;
mod undo;
mod units;

pub use columns::{BadHeadings, Column, Columns, Mapping, columns};
pub use commands::{Account, Done, ImportError, Prepared, Source, carried_out, carry_out, prepare};
pub use events::What;
pub use store::{Batch, ImportSlice, list, one};
pub use table::{BYTES, REASONS, Row, Table, Unreadable};
pub use undo::{InUse, Kept, UndoError, Undone, undo};

use std::collections::BTreeMap;

use foundation::dates;
use foundation::web::messages::{self, Digits, Lang};
use jiff::civil::Date;
use record::{Draft, RecordError, Stream};
use uuid::Uuid;

use crate::site::Site;
use crate::staff::By;
use crate::units::{Tree, Unit};

/// عيب في صف: what is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Wrong {
    /// Line of the file.
    pub line: usize,
    /// Usual heading of the column; empty for the row as a whole.
    pub column: &'static str,
    /// Why, in Arabic.
    pub reason: String,
    /// Key of the reason in the message files, for pages of another language.
    #[serde(skip)]
    pub key: &'static str,
}

/// نتيجة التجربة: what taking a file over would do.
#[derive(Debug)]
pub struct Plan {
    /// What it brings.
    pub what: What,
    /// Rows of the file.
    pub rows: usize,
    /// What is wrong, by line. Nothing is taken over while there is something.
    pub wrong: Vec<Wrong>,
    /// Headings that nothing is read from.
    pub unused: Vec<String>,
    pieces: Vec<Piece>,
    people: Vec<NewAccount>,
    under: Vec<Uuid>,
}

impl Plan {
    fn new(what: What, table: &Table, columns: &mut Columns) -> Plan {
        let unused = std::mem::take(&mut columns.unused);
        let (pieces, people, under) = (Vec::new(), Vec::new(), Vec::new());
        Plan { what, rows: table.rows.len(), wrong: Vec::new(), unused, pieces, people, under }
    }

    /// People, units or holidays that it brings.
    pub fn items(&self) -> usize {
        self.pieces.len()
    }

    /// Roles that it gives.
    pub fn roles(&self) -> usize {
        if self.what == What::People { self.pieces.iter().map(|piece| piece.drafts.len() - 1).sum() } else { 0 }
    }

    /// What is wrong with a line, in one text.
    pub fn reasons(&self, line: usize) -> String {
        let of_line = self.wrong.iter().filter(|wrong| wrong.line == line);
        let told = of_line.map(|wrong| match wrong.column {
            "" => wrong.reason.clone(),
            column => format!("{column}: {}", wrong.reason),
        });
        told.collect::<Vec<_>>().join("؛ ")
    }

    fn refuse(&mut self, line: usize, column: &'static str, key: &'static str) {
        let heading = columns(self.what).iter().find(|one| one.name == column).map_or("", |one| one.heading);
        self.wrong.push(Wrong { line, column: heading, reason: word(key, &[]), key });
    }

    /// Remembers the assignment under which something is done.
    fn acts_under(&mut self, assignment: Option<Uuid>) {
        if let Some(id) = assignment.filter(|id| !self.under.contains(id)) {
            self.under.push(id);
        }
    }
}

/// What one item writes.
#[derive(Debug, Clone)]
struct Piece {
    tenant: String,
    stream: Stream,
    expected: i64,
    drafts: Vec<Draft>,
    id: Uuid,
    label: String,
}

/// An account that gets a first password.
#[derive(Debug, Clone)]
struct NewAccount {
    staff: Uuid,
    login: String,
    name: String,
    unit: String,
}

/// Decides every row of a table; writes nothing. `command` comes from the form or the command line: ids
/// of what is new follow from it, so that a repeated import is known.
///
/// # Errors
/// [`BadHeadings`] as [`ImportError::Headings`], or the database's own.
pub async fn plan(
    site: &Site,
    by: &By,
    what: What,
    table: &Table,
    mapping: &Mapping,
    command: Uuid,
) -> Result<Plan, ImportError> {
    let mut columns = Columns::of(what, table, mapping)?;
    let mut plan = Plan::new(what, table, &mut columns);
    let sheet = Sheet { site, by, table, columns: &columns, tree: &site.units.now(), command };
    match what {
        What::People => people::plan(&sheet, &mut plan).await?,
        What::Units => units::plan(&sheet, &mut plan).await?,
        What::Holidays => holidays::plan(&sheet, &mut plan)?,
    }
    plan.wrong.sort_by_key(|wrong| wrong.line);
    Ok(plan)
}

/// A table on its way through the rules.
struct Sheet<'a> {
    site: &'a Site,
    by: &'a By,
    table: &'a Table,
    columns: &'a Columns,
    tree: &'a Tree,
    command: Uuid,
}

impl Sheet<'_> {
    fn today(&self) -> Date {
        crate::days::today(self.site.clock.now())
    }

    /// An id that follows from the import and a name in it.
    fn id(&self, name: &str) -> Uuid {
        crate::units::name_id("import", &format!("{}/{name}", self.command))
    }

    /// A date of a cell, if there is one; what is none is refused.
    fn date(&self, row: &Row, column: &'static str, plan: &mut Plan) -> Result<Option<Date>, Unfit> {
        match dates::parse(self.columns.get(row, column)) {
            Ok(day) => Ok(Some(day)),
            Err(dates::DateError::Empty) => Ok(None),
            Err(_) => {
                plan.refuse(row.line, column, "registry-date-wrong");
                Err(Unfit)
            }
        }
    }
}

/// A cell was refused; what is wrong stands in the plan.
#[derive(Debug)]
struct Unfit;

/// Words of the message files.
fn word(key: &str, args: messages::Args<'_>) -> String {
    messages::text(Lang::Ar, Digits::Latn, key, args)
}

/// Units by code, and by a name that only one of them has.
struct Names(BTreeMap<String, Vec<String>>);

impl Names {
    fn of(tree: &Tree) -> Names {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for unit in tree.units() {
            names.entry(foundation::arabic::fold::place(&unit.name)).or_default().push(unit.code.clone());
        }
        Names(names)
    }

    /// The unit that a cell means, or the key of why it means none.
    fn find<'a>(&self, tree: &'a Tree, cell: &str) -> Result<&'a Unit, &'static str> {
        let code = foundation::arabic::digits::to_ascii(cell.trim()).to_ascii_uppercase();
        if let Some(unit) = tree.unit(&code) {
            return Ok(unit);
        }
        match self.0.get(&foundation::arabic::fold::place(cell)).map(Vec::as_slice) {
            Some([one]) => tree.unit(one).map(|unit| &**unit).ok_or("registry-refused-no-unit"),
            Some(_) => Err("imports-refused-many-units"),
            None => Err("registry-refused-no-unit"),
        }
    }
}

impl From<RecordError> for ImportError {
    fn from(error: RecordError) -> Self {
        Self::Record(error)
    }
}
