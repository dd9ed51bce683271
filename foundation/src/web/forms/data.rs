//! بيانات النموذج: what a form sent, as text, in the order in which it came.

use std::path::Path;
use std::sync::Arc;

use tempfile::TempPath;
use uuid::Uuid;

use super::FormErrors;
use crate::web::csrf;

/// The largest file a form takes, in bytes (20 MB).
pub const FILE_LIMIT: u64 = 20 * 1024 * 1024;

/// ملف مرفوع: an uploaded file, in a temporary place until this value is dropped.
#[derive(Clone, Debug)]
pub struct FilePart {
    /// Field of the form.
    pub field: String,
    /// Name on the sender's device, without folders; never trusted for anything but display.
    pub file_name: String,
    /// What the browser thinks it is; the content decides.
    pub content_type: String,
    /// Size in bytes.
    pub size: u64,
    pub(super) path: Arc<TempPath>,
}

impl FilePart {
    /// Where the bytes are.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// بيانات النموذج المرسلة. Taken by a handler as its last argument: urlencoded and multipart
/// bodies, repeated keys, files. The token is already checked.
#[derive(Clone, Debug, Default)]
pub struct FormData {
    pub(super) pairs: Vec<(String, String)>,
    pub(super) files: Vec<FilePart>,
}

impl FormData {
    /// A form filled by the program: defaults of a new form, or a test.
    pub fn from_pairs<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut data = Self::default();
        for (name, value) in pairs {
            data.push(name.into(), &value.into());
        }
        data
    }

    pub(super) fn push(&mut self, name: String, value: &str) {
        self.pairs.push((name, clean(value)));
    }

    /// Sets the only value of `name`.
    pub fn set(&mut self, name: &str, value: &str) {
        self.pairs.retain(|(n, _)| n != name);
        self.push(name.to_owned(), value);
    }

    /// Adds a value of `name` to those that are there.
    pub fn add(&mut self, name: &str, value: &str) {
        self.push(name.to_owned(), value);
    }

    /// Takes out every value whose name is meant.
    pub fn remove(&mut self, is_meant: impl Fn(&str) -> bool) {
        self.pairs.retain(|(name, _)| !is_meant(name));
    }

    /// The first value of `name`, trimmed; empty if it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// The first value of `name` if it is not empty.
    #[must_use]
    pub fn opt(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|v| !v.is_empty())
    }

    /// Every non-empty value of `name` (checkboxes).
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str()).collect()
    }

    /// Whether `name` was sent at all, even empty (which button was pressed).
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(n, _)| n == name)
    }

    /// Whether nothing was sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty() && self.files.is_empty()
    }

    /// The value of `name`, or an error in the words of `missing`.
    pub fn required(&self, name: &str, errors: &mut FormErrors, missing: impl FnOnce() -> String) -> String {
        let value = self.get(name);
        if value.is_empty() {
            errors.add(name, missing());
        }
        value.to_owned()
    }

    /// A value that must be a UUID (hidden fields).
    #[must_use]
    pub fn uuid(&self, name: &str) -> Option<Uuid> {
        self.get(name).parse().ok()
    }

    /// The command id of the form (hidden field `command`).
    #[must_use]
    pub fn command(&self) -> Option<Uuid> {
        self.uuid("command")
    }

    /// Day, month and year as typed into `name.day`, `name.month`, `name.year`; `None` when all
    /// three are empty.
    #[must_use]
    pub fn date_parts(&self, name: &str) -> Option<[&str; 3]> {
        let parts = ["day", "month", "year"].map(|part| self.get(&format!("{name}.{part}")));
        parts.iter().any(|p| !p.is_empty()).then_some(parts)
    }

    /// Latitude and longitude as typed into `name.lat`, `name.lng`; `None` when both are empty.
    #[must_use]
    pub fn point_parts(&self, name: &str) -> Option<[&str; 2]> {
        let parts = ["lat", "lng"].map(|part| self.get(&format!("{name}.{part}")));
        parts.iter().any(|p| !p.is_empty()).then_some(parts)
    }

    /// The rows of a repeated group (`name.0.field`, `name.1.field`, …), each with the names of its
    /// own fields. Rows where nothing was typed are left out; at most 200 are read.
    #[must_use]
    pub fn rows(&self, name: &str) -> Vec<Self> {
        let mut rows: std::collections::BTreeMap<u32, Self> = std::collections::BTreeMap::new();
        for (full, value) in &self.pairs {
            let Some((index, field)) =
                full.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')).and_then(|rest| rest.split_once('.'))
            else {
                continue;
            };
            let Ok(index) = index.parse::<u32>() else { continue };
            if index < 200 && !value.is_empty() {
                rows.entry(index).or_default().pairs.push((field.to_owned(), value.clone()));
            }
        }
        rows.into_values().collect()
    }

    /// The file of a field, if one was chosen.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&FilePart> {
        self.files.iter().find(|f| f.field == name)
    }

    /// Every file of a field.
    pub fn files<'d>(&'d self, name: &'d str) -> impl Iterator<Item = &'d FilePart> {
        self.files.iter().filter(move |f| f.field == name)
    }

    /// Whether any file was sent.
    #[must_use]
    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// Name and value of everything typed, without the token (drafts keep this).
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().filter(|(n, _)| n != csrf::FIELD).map(|(n, v)| (n.as_str(), v.as_str()))
    }
}

/// A typed value as we keep it: trimmed, lines end in `\n`, no control, bidi or zero-width marks
/// (the joiners that Arabic spelling needs stay).
fn clean(value: &str) -> String {
    let kept: String = value
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || is_invisible(*c)))
        .collect();
    kept.trim().to_owned()
}

/// Marks that steer text and take no room; the joiners U+200C and U+200D are spelling and stay.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_cleaned_and_found() {
        let data = FormData::from_pairs([
            ("name", "  منى\u{200F} علي\0 "),
            ("doc", "a"),
            ("doc", ""),
            ("doc", "b"),
            ("birth.day", "٥"),
            ("note", "one\r\ntwo"),
        ]);
        assert_eq!(data.get("name"), "منى علي");
        assert_eq!(data.all("doc"), ["a", "b"]);
        assert_eq!(data.date_parts("birth"), Some(["٥", "", ""]));
        assert_eq!(data.date_parts("death"), None);
        assert_eq!(data.get("note"), "one\ntwo");
        assert_eq!((data.get("none"), data.has("none")), ("", false));
    }

    #[test]
    fn rows_of_a_group_keep_their_order_and_skip_empty_ones() {
        let data = FormData::from_pairs([
            ("floors.10.area", "90"),
            ("floors.2.area", "80"),
            ("floors.2.use", "سكني"),
            ("floors.3.area", " "),
            ("floors.x.area", "1"),
            ("floors.4000000000.area", "1"),
            ("floors2.1.area", "1"),
        ]);
        let rows = data.rows("floors");
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].get("area"), rows[0].get("use")), ("80", "سكني"));
        assert_eq!(rows[1].get("area"), "90");
    }
}
