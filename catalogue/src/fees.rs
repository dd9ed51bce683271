//! Fees (الرسوم): what a case owes, line by line, each with the rule behind it.
//!
//! A line is computed in exact pounds, held between its floor and ceiling, reduced where a
//! decision says so, and only then rounded to piastres. Nothing here reads a clock: the day
//! and the figures in force on it are given.

mod compute;
mod figures;

use std::collections::BTreeMap;

use foundation::money::Piastres;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::answers::Case;
use crate::expr::EvalError;
use crate::model::{Beneficiary, Due, Service, Source};

pub use compute::{compute, compute_in, compute_part};
pub use figures::{Slot, in_force, localised, slots};

/// Local figure (فئة محلية): a governorate's own value for one number of a fee rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalFigure {
    /// Code of the service.
    pub service: String,
    /// Code of the figure, as [`slots`] lists them: `licence.rate`, `occupancy.paved_first`.
    pub figure: String,
    /// Pounds, or per cent where the slot says so.
    pub value: Decimal,
    /// Number and date of the decision.
    pub decision_ar: String,
    /// First day in force.
    pub from: Date,
    /// Last day in force, if it ends.
    pub to: Option<Date>,
}

impl LocalFigure {
    fn in_force(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// What to compute.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// Under which text.
    pub service: &'a Service,
    /// For whom, and with which answers: the form, the office's fields and the report together.
    pub case: Case<'a>,
    /// Local figures of the unit's governorate; those of other services or days are passed over.
    pub figures: &'a [LocalFigure],
    /// Amounts that an officer assessed or lowered, by part code.
    pub assessed: &'a BTreeMap<String, Piastres>,
    /// An estimate for the guide: proposed values stand in for an officer's assessment.
    pub estimate: bool,
    /// Day of assessment.
    pub day: Date,
}

/// Bill (مطالبة): lines and their sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// In the order of the service file; parts that come to nothing are left out.
    pub lines: Vec<FeeLine>,
    /// Sum of the lines.
    pub total: Piastres,
    /// Reductions that a decision allows but whose percentage nobody has fixed here.
    pub open_reductions: Vec<OpenReduction>,
}

/// Line of a bill (بند).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeLine {
    /// Code of the part; `code.treasury` for the treasury's share of it.
    pub code: String,
    /// Arabic name.
    pub label_ar: String,
    /// The same in English.
    pub label_en: String,
    /// Who gets it.
    pub beneficiary: Beneficiary,
    /// Amount.
    pub amount: Piastres,
    /// The rule in one Arabic sentence with the figures used.
    pub rule_ar: String,
    /// Each step of the reckoning, in Arabic.
    pub steps: Vec<String>,
    /// Goes back to the payer.
    pub refundable: bool,
    /// When it falls due.
    pub due: Due,
    /// The step that collects it; `None` when another service does.
    pub pay_step: Option<String>,
    /// Where the rule comes from.
    pub source: Source,
}

/// A reduction waiting for a local decision on its percentage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenReduction {
    /// Part it would lower.
    pub part: String,
    /// The figure that would fix it.
    pub figure: String,
    /// The decision that allows it.
    pub decision_ar: String,
    /// Least percentage.
    pub percent_min: Decimal,
    /// Greatest percentage.
    pub percent_max: Decimal,
}

/// Why a fee cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeeError {
    /// Answers are missing.
    #[error("لا يمكن حساب «{label_ar}» قبل استيفاء: {}", fields.join("، "))]
    Missing {
        /// Part code.
        part: String,
        /// Its name.
        label_ar: String,
        /// Ids of the fields not answered.
        fields: Vec<String>,
    },
    /// An officer must set the amount.
    #[error("«{label_ar}» يقدره المختص من {min} إلى {max} جنيه")]
    NotAssessed {
        /// Part code.
        part: String,
        /// Its name.
        label_ar: String,
        /// Least amount in pounds.
        min: Decimal,
        /// Greatest amount in pounds.
        max: Decimal,
    },
    /// The amount set lies outside its range.
    #[error("قيمة «{label_ar}» خارج الحدود: من {min} إلى {max} جنيه")]
    OutOfRange {
        /// Part code.
        part: String,
        /// Its name.
        label_ar: String,
        /// Least amount in pounds.
        min: Decimal,
        /// Greatest amount in pounds.
        max: Decimal,
    },
    /// The table has no row for the answer.
    #[error("لا توجد شريحة في «{label_ar}» للقيمة «{value}»")]
    NoBand {
        /// Part code.
        part: String,
        /// Its name.
        label_ar: String,
        /// The answer.
        value: String,
    },
    /// The rule gave less than nothing.
    #[error("حساب «{label_ar}» أعطى قيمة سالبة")]
    Negative {
        /// Part code.
        part: String,
        /// Its name.
        label_ar: String,
    },
    /// The amount is beyond what can be counted.
    #[error("قيمة «{label_ar}» أكبر مما يمكن حسابه")]
    Overflow {
        /// Part code.
        part: String,
        /// Its name.
        label_ar: String,
    },
    /// The expression failed.
    #[error("تعذر حساب «{label_ar}»: {error}")]
    Expression {
        /// Part code.
        part: String,
        /// Its name.
        label_ar: String,
        /// What went wrong in it.
        error: EvalError,
    },
    /// The service file is at fault: `catalogue check` finds these.
    #[error("قاعدة «{label_ar}» غير سليمة في ملف الخدمة: {error}")]
    BadRule {
        /// Part code.
        part: String,
        /// Its name.
        label_ar: String,
        /// What is wrong.
        error: String,
    },
}

impl FeeError {
    /// The case lacks something that a person can still supply.
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Missing { .. } | Self::NotAssessed { .. })
    }
}

#[cfg(test)]
mod tests;
