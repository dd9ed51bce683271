//! A file's text with the line of each key (نص الملف وسطوره), so that every finding can point at one.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Why a file could not be read (خطأ في ملف), with file and line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// Path as given, usually below the catalogue's folder.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// Arabic, with the English term where it helps an editor.
    pub message: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

impl std::error::Error for FileError {}

impl FileError {
    /// From the TOML reader's error.
    pub(crate) fn from_toml(path: &str, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        Self { path: path.to_owned(), line, message: arabic(error.message()) }
    }
}

/// Line of a byte offset, from 1.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// The reader's commonest complaints, said in Arabic; the English stays in brackets.
fn arabic(message: &str) -> String {
    let said = if message.starts_with("unknown field") {
        "مفتاح غير معروف"
    } else if message.starts_with("missing field") {
        "مفتاح ناقص"
    } else if message.starts_with("unknown variant") {
        "قيمة ليست من القيم المسموح بها"
    } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
        "قيمة من نوع غير مناسب"
    } else if message.starts_with("duplicate key") {
        "مفتاح مكرر"
    } else if message.bytes().any(|byte| !byte.is_ascii()) {
        return message.to_owned();
    } else {
        "صياغة TOML غير سليمة"
    };
    format!("{said} ({message})")
}

/// One step of a path into a file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum At<'a> {
    Key(&'a str),
    Index(usize),
}

/// A parsed text that knows where its keys stand.
pub(crate) struct Located<'t> {
    text: &'t str,
    table: Spanned<DeTable<'t>>,
}

impl<'t> Located<'t> {
    /// `None` when the text is no TOML; its reader says so better.
    pub(crate) fn new(text: &'t str) -> Option<Self> {
        let table = DeTable::parse(text).ok()?;
        Some(Self { text, table })
    }

    /// Line of the deepest part of the path that exists.
    pub(crate) fn line(&self, path: &[At]) -> usize {
        let mut line = 1;
        let mut value: Option<&DeValue> = None;
        for at in path {
            let found = match (at, value) {
                (At::Key(key), None) => self.table.get_ref().get_key_value(*key),
                (At::Key(key), Some(DeValue::Table(table))) => table.get_key_value(*key),
                (At::Index(index), Some(DeValue::Array(array))) => {
                    let Some(item) = array.get(*index) else { break };
                    line = line_at(self.text, item.span().start);
                    value = Some(item.get_ref());
                    continue;
                }
                _ => None,
            };
            let Some((key, item)) = found else { break };
            line = line_at(self.text, key.span().start);
            value = Some(item.get_ref());
        }
        line
    }
}
