//! Reading a sheet: CSV in UTF-8 with `,`, `;` or tabs, or a spreadsheet; headings in the first row.
//!
//! Writing it again with the reasons for refusal beside each row, so that it can be mended and sent anew.

use std::io::Cursor;

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};
use jiff::ToSpan as _;
use jiff::civil::date;

/// Largest file.
pub const BYTES: usize = 8 * 1024 * 1024;
/// Most rows.
pub const ROWS: usize = 20_000;
/// Heading of the column of reasons in the file of errors; on reading it is passed over.
pub const REASONS: &str = "سبب الرفض";
/// Begins a CSV file by which spreadsheet programs know UTF-8.
const BOM: &str = "\u{feff}";

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Over [`BYTES`] or [`ROWS`].
    #[error("the file is too large")]
    TooLarge,
    /// A CSV file in another encoding.
    #[error("the file is not UTF-8")]
    NotUtf8,
    /// Neither CSV nor a spreadsheet.
    #[error("the file is no table: {0}")]
    NoTable(String),
    /// Headings and nothing below them, or not even those.
    #[error("the file has no rows")]
    Empty,
}

impl Unreadable {
    /// Key of its words in the message files.
    pub fn message(&self) -> &'static str {
        match self {
            Self::TooLarge => "imports-file-too-large",
            Self::NotUtf8 => "imports-file-not-utf8",
            Self::NoTable(_) => "imports-file-no-table",
            Self::Empty => "imports-file-empty",
        }
    }
}

/// جدول: what a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The first row.
    pub headings: Vec<String>,
    /// The others, empty ones left out.
    pub rows: Vec<Row>,
    separator: u8,
}

/// صف: one row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line, as an editor or a spreadsheet counts it: the headings are 1.
    pub line: usize,
    /// Its cells as text.
    pub cells: Vec<String>,
}

impl Table {
    /// Reads a file by its bytes; its name does not matter.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
        if bytes.len() > BYTES {
            return Err(Unreadable::TooLarge);
        }
        // A spreadsheet is a ZIP archive or, of before 2007, a compound file.
        let spreadsheet = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
        let (all, separator) = if spreadsheet { (sheet(bytes)?, b',') } else { csv(bytes)? };
        let mut all = all.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        let headings = all.next().ok_or(Unreadable::Empty)?.cells;
        let rows: Vec<Row> = all.take(ROWS + 1).collect();
        match rows.len() {
            0 => Err(Unreadable::Empty),
            n if n > ROWS => Err(Unreadable::TooLarge),
            _ => Ok(Table { headings, rows, separator }),
        }
    }

    /// The same table as CSV with a last column: why a row was refused, empty where it was not.
    pub fn with_reasons(&self, reason: impl Fn(usize) -> String) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new().delimiter(self.separator).flexible(true).from_writer(Vec::new());
        let old = self.headings.iter().position(|heading| heading.trim() == REASONS);
        let kept = |cells: &[String]| -> Vec<String> {
            let others = cells.iter().enumerate().filter(|(at, _)| Some(*at) != old);
            let mut cells: Vec<String> = others.map(|(_, cell)| safe(cell)).collect();
            cells.resize(self.headings.len() - usize::from(old.is_some()), String::new());
            cells
        };
        let mut lines = vec![kept(&self.headings)];
        lines.extend(self.rows.iter().map(|row| kept(&row.cells)));
        let reasons = std::iter::once(REASONS.to_owned()).chain(self.rows.iter().map(|row| reason(row.line)));
        for (mut line, reason) in lines.into_iter().zip(reasons) {
            line.push(reason);
            // A writer into memory fails for no reason of its own.
            let _written = writer.write_record(&line);
        }
        let mut bytes = BOM.as_bytes().to_vec();
        bytes.extend(writer.into_inner().unwrap_or_default());
        bytes
    }
}

/// A cell that a spreadsheet program takes for text and never for a formula.
pub(super) fn safe(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

fn csv(bytes: &[u8]) -> Result<(Vec<Row>, u8), Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::NotUtf8)?;
    let text = text.strip_prefix(BOM).unwrap_or(text);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    let separator = [b';', b'\t'].into_iter().filter(|s| count(*s) > count(b',')).max_by_key(|s| count(*s));
    let separator = separator.unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| Unreadable::NoTable(error.to_string()))? {
        // The place before empty lines is told: those are counted on to the row.
        let (line, byte) = record.position().map_or((0, 0), |at| (at.line(), at.byte()));
        let rest = usize::try_from(byte).ok().and_then(|byte| text.get(byte..)).unwrap_or_default();
        let empty = rest.bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| *byte == b'\n');
        let line = line + empty.count() as u64;
        let cells = record.iter().map(str::to_owned).collect();
        rows.push(Row { line: usize::try_from(line).unwrap_or(usize::MAX), cells });
        if rows.len() > ROWS + 1 {
            return Err(Unreadable::TooLarge);
        }
    }
    Ok((rows, separator))
}

fn sheet(bytes: &[u8]) -> Result<Vec<Row>, Unreadable> {
    let no = |error: calamine::Error| Unreadable::NoTable(error.to_string());
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(no)?;
    let range = book.worksheet_range_at(0).ok_or(Unreadable::Empty)?.map_err(no)?;
    let first = range.start().map_or(0, |(row, _)| row as usize) + 1;
    let rows = range.rows().take(ROWS + 2);
    Ok(rows.zip(first..).map(|(cells, line)| Row { line, cells: cells.iter().map(text).collect() }).collect())
}

/// A cell as somebody would have typed it: whole numbers without a point, dates as ISO days.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) => text.trim().to_owned(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Data::Float(number) => number.to_string(),
        Data::Bool(yes) => if *yes { "نعم" } else { "لا" }.to_owned(),
        // Day 0 of a spreadsheet is 30 December 1899.
        Data::DateTime(when) => {
            let day = date(1899, 12, 30).checked_add((when.as_f64().floor() as i64).days());
            day.map(|day| day.to_string()).unwrap_or_default()
        }
        Data::DateTimeIso(text) => text.get(..10).unwrap_or(text).to_owned(),
        Data::DurationIso(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(table: &Table) -> Vec<Vec<&str>> {
        table.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
    }

    #[test]
    fn csv_is_read_with_or_without_bom_by_either_separator() {
        for text in ["اسم,وحدة\nأ ب,01-D16\n\n\"ج, د\",21-G00\n", "\u{feff}اسم;وحدة\r\nأ ب; 01-D16\r\n\r\nج, د;21-G00"]
        {
            let table = Table::read(text.as_bytes()).expect("a table");
            assert_eq!(table.headings, ["اسم", "وحدة"]);
            assert_eq!(cells(&table), [vec!["أ ب", "01-D16"], vec!["ج, د", "21-G00"]]);
            assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
        }
    }

    #[test]
    fn what_is_no_table_is_told_apart() {
        assert_eq!(Table::read(&[0xd8, 0x27, 0xff, b'\n']), Err(Unreadable::NotUtf8));
        assert_eq!(Table::read(b"a,b\n"), Err(Unreadable::Empty));
        assert_eq!(Table::read(b" \n"), Err(Unreadable::Empty));
        assert!(matches!(Table::read(b"PK\x03\x04 no archive"), Err(Unreadable::NoTable(_))));
        let long = "a\n".repeat(ROWS + 2);
        assert_eq!(Table::read(long.as_bytes()), Err(Unreadable::TooLarge));
    }

    proptest! {
        /// The file of errors reads as the table that it was made of, formulas made harmless.
        #[test]
        fn the_file_of_errors_has_the_shape_of_the_input(
            rows in prop::collection::vec(prop::collection::vec("[a-zأ-ي0-9 ;,\"']{1,8}", 3), 1..6),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["x", "y", "z"]).expect("written");
            for row in &rows {
                writer.write_record(row).expect("written");
            }
            let Ok(table) = Table::read(&writer.into_inner().expect("bytes")) else { return Ok(()) };
            let again = Table::read(&table.with_reasons(|line| format!("سطر {line}"))).expect("a table");
            prop_assert_eq!(&again.headings[..3], &table.headings[..]);
            prop_assert_eq!(again.headings.last().map(String::as_str), Some(REASONS));
            for (row, before) in again.rows.iter().zip(&table.rows) {
                prop_assert_eq!(&row.cells[..3], &before.cells[..]);
                prop_assert_eq!(row.cells[3].clone(), format!("سطر {}", before.line));
            }
            let third = Table::read(&again.with_reasons(|_| String::new())).expect("a table");
            prop_assert_eq!(third.headings, again.headings, "reasons do not pile up");
        }
    }

    #[test]
    fn a_spreadsheet_is_read_with_its_dates() {
        let table = Table::read(include_bytes!("../tests/staff.xlsx")).expect("a table");
        assert_eq!(table.headings, ["اسم الدخول", "الاسم", "الوحدة", "الدور", "من تاريخ"]);
        assert_eq!(cells(&table)[0], ["xl.one", "سعاد إبراهيم محمود", "01-D01", "موظف الشباك", "2026-12-01"]);
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn a_formula_becomes_text() {
        assert_eq!([safe("=1+1"), safe("-5"), safe("منى"), safe("@x")], ["'=1+1", "-5", "منى", "'@x"]);
    }
}
