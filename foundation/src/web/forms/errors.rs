//! أخطاء النموذج: what is wrong, said at the field and in the summary on top.

use super::control_id;

/// أخطاء النموذج, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormErrors(Vec<(String, String)>);

/// سطر في ملخص الأخطاء: a link to the field and the words of its error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryItem {
    /// `#id` of the first control; empty for an error of the whole form.
    pub href: String,
    /// The words.
    pub text: String,
}

impl FormErrors {
    /// No errors yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds an error of the field `name`; the empty name is the whole form.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.0.push((name.into(), text.into()));
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// The first error of a field.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str())
    }

    /// The lines of the summary.
    #[must_use]
    pub fn summary(&self) -> Vec<SummaryItem> {
        self.0
            .iter()
            .map(|(name, text)| SummaryItem {
                href: if name.is_empty() { String::new() } else { format!("#{}", control_id(name)) },
                text: text.clone(),
            })
            .collect()
    }

    /// Field and words of each error.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Takes over the errors of a part of the form.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}
