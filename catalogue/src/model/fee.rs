//! Fees as declared (الرسوم كما تُعلن).

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Source;
use crate::decimal;

/// Fee of a service (رسوم الخدمة): the sum of its parts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// Who fixes the amounts: `governorate`, `committee`, `law`, `published`, `register` or a decree.
    pub set_by: String,
    #[serde(default)]
    pub parts: Vec<FeePart>,
}

/// Fee part (بند رسم). The floor and ceiling bind the result before rounding.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "super::fee_file::PartOnFile")]
pub struct FeePart {
    /// Unique within the service.
    pub code: String,
    pub label_ar: String,
    pub label_en: String,
    pub rule: FeeRule,
    /// Named numbers that the formula reads as `figure.NAME`; a governorate may set its own.
    pub figures: BTreeMap<String, Decimal>,
    pub min_egp: Option<Decimal>,
    pub max_egp: Option<Decimal>,
    /// Charged only when true.
    pub when: Option<String>,
    pub due: Due,
    /// Id of the `pay` step that collects it; absent when another service collects it.
    pub pay_step: Option<String>,
    /// Code of the service that collects it later.
    pub collected_by: Option<String>,
    pub beneficiary: Beneficiary,
    pub rounding: Rounding,
    /// A deposit that goes back to the payer.
    pub refundable: bool,
    /// The computed amount is a ceiling; the officer may set less.
    pub is_maximum: bool,
    pub reductions: Vec<Reduction>,
    /// Share of the part that goes to the treasury.
    pub treasury_share_percent: Option<Decimal>,
    pub note_ar: Option<String>,
    /// A remark for the catalogue's editor.
    pub editor_note: Option<String>,
    pub source: Option<Source>,
    /// Where the floor and ceiling come from.
    pub limit_source: Option<Source>,
}

/// Rule of a fee part (قاعدة الحساب).
#[derive(Debug, Clone, PartialEq)]
pub enum FeeRule {
    /// مبلغ ثابت
    Fixed { amount_egp: Decimal },
    /// فئة × كمية
    PerUnit { unit: String, quantity: String, rate_egp: Decimal },
    /// نسبة من قيمة
    Percent { of: String, percent: Decimal },
    /// شرائح: the first band whose `up_to` is not less than the value of `by`.
    Bands {
        by: String,
        /// One table for all …
        bands: Vec<Band>,
        /// … or a table per value of this choice field.
        variant_by: Option<String>,
        variants: BTreeMap<String, Vec<Band>>,
    },
    /// يقدره المختص within the part's floor and ceiling.
    Assessed { default_egp: Option<Decimal> },
    /// معادلة
    Formula { formula: String },
}

/// Band (شريحة); the last one has no `up_to`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    #[serde(default, with = "decimal::optional")]
    pub up_to: Option<Decimal>,
    #[serde(with = "decimal")]
    pub amount_egp: Decimal,
    #[serde(default)]
    pub source: Option<Source>,
}

/// When a part falls due (موعد الاستحقاق).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    WithApplication,
    BeforeInspection,
    AfterInspection,
    /// Once the departments have finished, before the approval or the paper.
    BeforeIssue,
    AfterApproval,
}

impl Due {
    pub fn label_ar(self) -> &'static str {
        match self {
            Self::WithApplication => "مع تقديم الطلب",
            Self::BeforeInspection => "قبل المعاينة",
            Self::AfterInspection => "بعد المعاينة",
            Self::BeforeIssue => "بعد المراجعة وقبل الإصدار",
            Self::AfterApproval => "بعد الموافقة",
        }
    }
}

/// Beneficiary (الجهة المستفيدة): a word below, or the code of a department or body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Beneficiary {
    /// الوحدة المحلية
    LocalUnit,
    /// المحافظة
    Governorate,
    /// الخزانة العامة
    Treasury,
    /// نقابة المهندسين
    EngineersSyndicate,
    /// صندوق التأمين
    InsurancePool,
    /// A department or outside body by its code.
    Body(String),
}

impl Beneficiary {
    /// The Arabic name; a body's is in the register of departments.
    pub fn label_ar(&self) -> Option<&'static str> {
        Some(match self {
            Self::LocalUnit => "الوحدة المحلية",
            Self::Governorate => "المحافظة",
            Self::Treasury => "الخزانة العامة",
            Self::EngineersSyndicate => "نقابة المهندسين",
            Self::InsurancePool => "صندوق التأمين",
            Self::Body(_) => return None,
        })
    }
}

impl From<String> for Beneficiary {
    fn from(text: String) -> Self {
        match text.as_str() {
            "local_unit" => Self::LocalUnit,
            "governorate" => Self::Governorate,
            "treasury" => Self::Treasury,
            "engineers_syndicate" => Self::EngineersSyndicate,
            "insurance_pool" => Self::InsurancePool,
            _ => Self::Body(text),
        }
    }
}

impl From<Beneficiary> for String {
    fn from(beneficiary: Beneficiary) -> Self {
        match beneficiary {
            Beneficiary::LocalUnit => "local_unit".into(),
            Beneficiary::Governorate => "governorate".into(),
            Beneficiary::Treasury => "treasury".into(),
            Beneficiary::EngineersSyndicate => "engineers_syndicate".into(),
            Beneficiary::InsurancePool => "insurance_pool".into(),
            Beneficiary::Body(code) => code,
        }
    }
}

/// Rounding (التقريب) of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Half up to the piastre.
    #[default]
    HalfUpPiastre,
    /// Half up to the pound.
    HalfUpPound,
    /// Up to the next pound.
    UpPound,
    /// Down to the pound.
    DownPound,
}

/// Reduction (تخفيض) by a dated decision. A range binds nobody until a governorate's
/// figure fixes the percentage; until then it is listed and not applied.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reduction {
    pub code: String,
    pub decision_ar: String,
    #[serde(with = "crate::day")]
    pub from: Date,
    /// Last day.
    #[serde(with = "crate::day")]
    pub to: Date,
    pub rates: Vec<ReductionRate>,
    #[serde(default)]
    pub note_ar: Option<String>,
}

/// The range of a reduction, for all or for one value of the part's `variant_by`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReductionRate {
    #[serde(default)]
    pub variant: Option<String>,
    #[serde(with = "decimal")]
    pub percent_min: Decimal,
    #[serde(with = "decimal")]
    pub percent_max: Decimal,
}

impl Fee {
    /// Who fixes the amounts, in Arabic.
    pub fn set_by_ar(&self) -> &str {
        match self.set_by.as_str() {
            "governorate" => "المحافظة",
            "committee" => "اللجنة المختصة",
            "law" => "القانون",
            "published" => "قرار منشور",
            "register" => "سجل الوحدة المحلية",
            "PM decree 200/2026" => "قرار رئيس مجلس الوزراء 200 لسنة 2026",
            other => other,
        }
    }
}
