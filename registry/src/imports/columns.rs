//! Which column of a file is what: by its heading in Arabic or English, or as a mapping file says.

use std::collections::BTreeMap;

use foundation::arabic::fold;
use serde::Deserialize;

use super::What;
use super::table::{REASONS, Row, Table};

/// A column that an import knows.
#[derive(Debug)]
pub struct Column {
    /// Its name in a mapping file.
    pub name: &'static str,
    /// Its usual heading.
    pub heading: &'static str,
    /// Other headings that mean it.
    also: &'static [&'static str],
    /// Whether a file without it (and without a default for it) is refused.
    pub needed: bool,
}

const fn column(name: &'static str, heading: &'static str, needed: bool, also: &'static [&'static str]) -> Column {
    Column { name, heading, also, needed }
}

const PEOPLE: &[Column] = &[
    column("login", "اسم الدخول", true, &["اسم المستخدم", "المستخدم", "username", "user"]),
    column("name", "الاسم", true, &["الاسم بالكامل", "اسم الموظف", "الموظف", "full name"]),
    column("unit", "الوحدة", true, &["كود الوحدة", "رمز الوحدة", "الحي", "المدينة", "المركز", "جهة العمل"]),
    column("role", "الدور", false, &["الوظيفة", "المسمى الوظيفي"]),
    column("department", "الإدارة", false, &["القسم", "اللجنة", "رمز الإدارة"]),
    column("first_day", "من تاريخ", false, &["تاريخ البداية", "أول يوم", "from"]),
    column("last_day", "إلى تاريخ", false, &["تاريخ النهاية", "آخر يوم", "to"]),
];

const UNITS: &[Column] = &[
    column("unit", "رمز الوحدة", true, &["كود الوحدة", "الرمز", "الكود", "code"]),
    column("name", "الاسم", true, &["اسم الوحدة", "الوحدة"]),
    column("kind", "النوع", true, &["نوع الوحدة"]),
    column("parent", "تتبع", true, &["الوحدة الأم", "رمز الوحدة الأم", "تابعة إلى", "المركز"]),
    column("name_en", "الاسم بالإنجليزية", false, &["الاسم الإنجليزي", "english name"]),
    column("departments", "الإدارات", false, &["رموز الإدارات"]),
    column("centre", "مركز تكنولوجي", false, &["به مركز تكنولوجي"]),
    column("latitude", "خط العرض", false, &["lat"]),
    column("longitude", "خط الطول", false, &["lon", "lng"]),
];

const HOLIDAYS: &[Column] = &[
    column("unit", "الوحدة", true, &["رمز الوحدة", "كود الوحدة"]),
    column("day", "التاريخ", true, &["اليوم", "تاريخ العطلة", "تاريخ الإجازة", "date"]),
    column("name", "المناسبة", true, &["الاسم", "العطلة", "الإجازة", "اسم العطلة"]),
    column("decision", "رقم القرار", true, &["القرار"]),
    column("decided_on", "تاريخ القرار", true, &["تاريخ صدور القرار"]),
];

/// The columns of an import.
pub fn columns(what: What) -> &'static [Column] {
    match what {
        What::People => PEOPLE,
        What::Units => UNITS,
        What::Holidays => HOLIDAYS,
    }
}

/// A mapping file: `[columns] login = "heading in the file"`, `[defaults] unit = "01-D16"`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// Headings by name of the column.
    pub columns: BTreeMap<String, String>,
    /// Values for cells that are empty or columns that are not there.
    pub defaults: BTreeMap<String, String>,
}

/// Why the headings of a file do not serve.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHeadings {
    /// Columns that must be there.
    #[error("the file lacks {}", .0.join("، "))]
    Missing(Vec<String>),
    /// The mapping names a column that the import does not know.
    #[error("there is no column {0}")]
    NoColumn(String),
    /// The mapping names a heading that the file does not have.
    #[error("the file has no heading {0}")]
    NoHeading(String),
    /// Two headings mean the same column.
    #[error("two headings mean {0}")]
    Twice(String),
}

impl BadHeadings {
    /// Key of its words in the message files, and what it is about.
    pub fn message(&self) -> (&'static str, String) {
        match self {
            Self::Missing(columns) => ("imports-columns-missing", columns.join("، ")),
            Self::NoColumn(name) => ("imports-columns-unknown", name.clone()),
            Self::NoHeading(name) => ("imports-columns-no-heading", name.clone()),
            Self::Twice(name) => ("imports-columns-twice", name.clone()),
        }
    }
}

/// Where each column of a file is.
#[derive(Debug)]
pub struct Columns {
    at: BTreeMap<&'static str, usize>,
    defaults: BTreeMap<&'static str, String>,
    /// Headings that nothing is read from.
    pub unused: Vec<String>,
}

fn folded(heading: &str) -> String {
    fold::fold(&heading.replace(['_', '-', '*', ':'], " ")).split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Columns {
    /// Finds the columns of a table.
    ///
    /// # Errors
    /// [`BadHeadings`].
    pub fn of(what: What, table: &Table, mapping: &Mapping) -> Result<Columns, BadHeadings> {
        let known = columns(what);
        let by_name = |name: &String| {
            known.iter().find(|column| column.name == name).ok_or_else(|| BadHeadings::NoColumn(name.clone()))
        };
        let mut found = Columns { at: BTreeMap::new(), defaults: BTreeMap::new(), unused: Vec::new() };
        for (name, value) in &mapping.defaults {
            found.defaults.insert(by_name(name)?.name, value.trim().to_owned());
        }
        let mut mapped = BTreeMap::new();
        for (name, heading) in &mapping.columns {
            let column = by_name(name)?;
            let at = table.headings.iter().position(|one| folded(one) == folded(heading));
            mapped.insert(at.ok_or_else(|| BadHeadings::NoHeading(heading.clone()))?, column);
        }
        for (at, heading) in table.headings.iter().enumerate() {
            let typed = folded(heading);
            let means = |column: &&Column| {
                let mut words = [column.name, column.heading].into_iter().chain(column.also.iter().copied());
                !mapping.columns.contains_key(column.name) && words.any(|word| folded(word) == typed)
            };
            match mapped.get(&at).copied().or_else(|| known.iter().find(means)) {
                Some(column) => {
                    if found.at.insert(column.name, at).is_some() {
                        return Err(BadHeadings::Twice(column.heading.to_owned()));
                    }
                }
                None if typed.is_empty() || heading.trim() == REASONS => {}
                None => found.unused.push(heading.clone()),
            }
        }
        let missing = |column: &&Column| {
            column.needed && !found.at.contains_key(column.name) && !found.defaults.contains_key(column.name)
        };
        let missing: Vec<String> = known.iter().filter(missing).map(|column| column.heading.to_owned()).collect();
        if missing.is_empty() { Ok(found) } else { Err(BadHeadings::Missing(missing)) }
    }

    /// The cell of a row, or the default; empty if there is neither.
    pub fn get<'a>(&'a self, row: &'a Row, name: &str) -> &'a str {
        let cell = self.at.get(name).and_then(|at| row.cells.get(*at)).map_or("", |cell| cell.trim());
        if cell.is_empty() { self.defaults.get(name).map_or("", String::as_str) } else { cell }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(headings: &str) -> Table {
        Table::read(format!("{headings}\n1,2,3,4,5,6\n").as_bytes()).expect("a table")
    }

    #[test]
    fn arabic_and_english_headings_are_understood_however_they_are_written() {
        for headings in
            ["إسم الدخول,الأسم,الوحده,الدور", "login,NAME,unit,role", "اسم_المستخدم,اسم الموظف,كود الوحدة,الوظيفة"]
        {
            let table = table(headings);
            let columns = Columns::of(What::People, &table, &Mapping::default()).expect(headings);
            let row = &table.rows[0];
            assert_eq!(["login", "name", "unit", "role"].map(|name| columns.get(row, name)), ["1", "2", "3", "4"]);
            assert_eq!(columns.get(row, "department"), "");
        }
    }

    #[test]
    fn a_mapping_names_headings_and_fills_in() {
        let table = table("x,الاسم,ملاحظات");
        let missing = Columns::of(What::People, &table, &Mapping::default());
        assert!(matches!(missing, Err(BadHeadings::Missing(all)) if all == ["اسم الدخول", "الوحدة"]));
        let pair = |a: &str, b: &str| BTreeMap::from([(a.to_owned(), b.to_owned())]);
        let mapping = Mapping { columns: pair("login", "X"), defaults: pair("unit", "01-D16") };
        let columns = Columns::of(What::People, &table, &mapping).expect("it serves");
        assert_eq!(["login", "name", "unit"].map(|name| columns.get(&table.rows[0], name)), ["1", "2", "01-D16"]);
        assert_eq!(columns.unused, ["ملاحظات"]);
        for (columns, defaults) in [(pair("king", "x"), pair("unit", "1")), (pair("login", "y"), pair("unit", "1"))] {
            assert!(Columns::of(What::People, &table, &Mapping { columns, defaults }).is_err());
        }
    }
}
