//! What commands print: lines for people, JSON for machines.

use std::io::Write as _;

use serde::Serialize;

/// How a command ended, when it did what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Exit code 0.
    Well,
    /// Exit code 1: the answer is no.
    No,
}

impl Done {
    /// `Well` when it holds.
    pub fn when(holds: bool) -> Done {
        if holds { Done::Well } else { Done::No }
    }
}

/// Prints one answer in the form that was asked for.
pub struct Output {
    /// JSON instead of lines.
    pub json: bool,
}

impl Output {
    /// The value as JSON, or its lines.
    pub fn answer<T: Serialize>(&self, value: &T, lines: impl FnOnce(&T) -> Vec<String>) -> anyhow::Result<()> {
        let mut text = Vec::new();
        if self.json {
            serde_json::to_writer_pretty(&mut text, value)?;
            writeln!(text)?;
        } else {
            for line in lines(value) {
                writeln!(text, "{line}")?;
            }
        }
        match std::io::stdout().lock().write_all(&text) {
            // Who reads has read enough: `shubbak config show | head`.
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(error.into()),
            _ => {}
        }
        Ok(())
    }

    /// A word on the way, only for people.
    pub fn say(&self, line: &str) {
        if !self.json {
            let _closed_pipe = writeln!(std::io::stdout().lock(), "{line}");
        }
    }
}

/// Rows as columns wide enough for their longest cell.
pub fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let width = |column: usize| rows.iter().filter_map(|r| r.get(column)).map(|c| c.chars().count()).max().unwrap_or(0);
    rows.iter()
        .map(|row| {
            let cells = row.iter().enumerate().map(|(at, cell)| {
                let pad = if at + 1 < row.len() { width(at).saturating_sub(cell.chars().count()) } else { 0 };
                format!("{cell}{}", " ".repeat(pad))
            });
            cells.collect::<Vec<_>>().join("  ")
        })
        .collect()
}
