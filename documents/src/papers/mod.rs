//! What stands on each paper (محتوى المحررات): plain inputs, already in the words and formats
//! in which they are printed. Dates, money and masked ids come formatted from the caller,
//! because one function formats each of them for pages and papers alike; only the 15-digit
//! numbers are grouped here.

mod booklet;
mod paper;
mod printout;
mod receipt;
mod slip;
mod ticket;

pub use booklet::{Booklet, BookletGroup, BookletService};
pub use paper::{Paper, Signatory};
pub use printout::{PrintOut, PrintedPaper, PrintedStep, Section};
pub use receipt::Receipt;
pub use slip::{MissingPaper, Slip};
pub use ticket::Ticket;

use serde::Serialize;

/// The head of a paper (رأس المحرر): who issues it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Head {
    /// «محافظة القاهرة»; empty for the ministry.
    pub governorate: String,
    /// «حي شرق مدينة نصر»
    pub unit: String,
    /// «المركز التكنولوجي لخدمة المواطنين …»
    pub centre: String,
}

/// One printed field (بيان): a label and what was recorded under it.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The field's name.
    pub label: String,
    /// Its value.
    pub value: Value,
}

impl Row {
    /// A field with a text.
    pub fn text(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), value: Value::Text(text.into()) }
    }

    /// A field with a code or number that runs from left to right.
    pub fn ltr(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), value: Value::Ltr(text.into()) }
    }
}

/// A printed value (قيمة).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Running text; empty prints a dash.
    Text(String),
    /// A code, phone or bare number: isolated and from left to right.
    Ltr(String),
    /// A 15-digit number, printed in its groups.
    Number(String),
    /// A number with its unit or currency: «1,256.90» «جنيه».
    Measure(String, String),
    /// Several lines.
    Lines(Vec<String>),
    /// A small table, e.g. the engineers of a building.
    Table {
        /// Column heads.
        heads: Vec<String>,
        /// Cells by row.
        rows: Vec<Vec<String>>,
    },
}

/// One line of a fee (بند رسم).
#[derive(Clone, Debug, Serialize)]
pub struct FeeLine {
    /// What for.
    pub label: String,
    /// «1,250.00», without the currency.
    pub amount: String,
}

impl FeeLine {
    /// A line.
    pub fn new(label: impl Into<String>, amount: impl Into<String>) -> Self {
        Self { label: label.into(), amount: amount.into() }
    }
}

/// Groups a 15-digit number as `1 01 301 26 000123 7`; anything else is printed as it came.
pub(crate) fn grouped(number: &str) -> String {
    let digits: String = number.chars().filter(|letter| !letter.is_whitespace()).collect();
    if digits.len() != 15 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut rest = digits.as_str();
    let mut groups = Vec::with_capacity(6);
    for width in [1, 2, 3, 2, 6, 1] {
        if let Some((group, after)) = rest.split_at_checked(width) {
            groups.push(group);
            rest = after;
        }
    }
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_printed_in_groups() {
        assert_eq!(super::grouped("101301260001237"), "1 01 301 26 000123 7");
        assert_eq!(super::grouped("1 01 301 26 0001237"), "1 01 301 26 000123 7");
        assert_eq!(super::grouped("بدون"), "بدون");
    }
}
