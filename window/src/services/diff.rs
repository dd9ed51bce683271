//! Differences between two texts (الفروق بين نصين), by lines.

use similar::{ChangeTag, TextDiff};

/// Lines shown around a change.
const AROUND: usize = 3;

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    Same,
    Added,
    Removed,
}

/// A line of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DiffLine {
    /// Number in the old text; empty for an added line.
    pub old: String,
    /// Number in the new text; empty for a removed line.
    pub new: String,
    pub became: Became,
    pub text: String,
}

impl DiffLine {
    pub(super) fn is_added(&self) -> bool {
        self.became == Became::Added
    }

    pub(super) fn is_removed(&self) -> bool {
        self.became == Became::Removed
    }
}

/// Changes with the lines around them, one group for each place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Diff {
    pub groups: Vec<Vec<DiffLine>>,
    pub added: usize,
    pub removed: usize,
}

impl Diff {
    /// Whether the texts are the same.
    pub(super) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

/// Compares two texts.
pub(super) fn diff(old: &str, new: &str) -> Diff {
    let compared = TextDiff::from_lines(old, new);
    let number = |at: Option<usize>| at.map(|at| (at + 1).to_string()).unwrap_or_default();
    let mut all = Diff::default();
    for group in compared.grouped_ops(AROUND) {
        let mut lines = Vec::new();
        for change in group.iter().flat_map(|op| compared.iter_changes(op)) {
            let became = match change.tag() {
                ChangeTag::Equal => Became::Same,
                ChangeTag::Insert => Became::Added,
                ChangeTag::Delete => Became::Removed,
            };
            all.added += usize::from(became == Became::Added);
            all.removed += usize::from(became == Became::Removed);
            lines.push(DiffLine {
                old: number(change.old_index()),
                new: number(change.new_index()),
                became,
                text: indented(change.value().trim_end_matches('\n')),
            });
        }
        all.groups.push(lines);
    }
    all
}

/// The line as pages show it: its indentation does not collapse.
fn indented(line: &str) -> String {
    let rest = line.trim_start_matches(' ');
    "\u{a0}".repeat(line.len() - rest.len()) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_is_one_removed_and_one_added() {
        let old: String = (1..=20).map(|n| format!("{n}\n")).collect();
        let new = old.replace("10\n", "ten\n");
        let found = diff(&old, &new);
        assert_eq!((found.groups.len(), found.added, found.removed), (1, 1, 1));
        let lines = &found.groups[0];
        assert_eq!(lines.len(), 8);
        assert_eq!((lines[3].old.as_str(), lines[3].new.as_str(), lines[3].became), ("10", "", Became::Removed));
        assert_eq!((lines[4].new.as_str(), lines[4].text.as_str(), lines[4].became), ("10", "ten", Became::Added));
        assert!(diff(&old, &old).is_empty());
    }
}
