//! A fee part as it stands in a file: flat keys, of which each type takes its own.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::Source;
use super::fee::{Band, Beneficiary, Due, FeePart, FeeRule, Reduction, Rounding};
use crate::decimal;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartOnFile {
    code: String,
    label_ar: String,
    label_en: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, with = "decimal::optional")]
    amount_egp: Option<Decimal>,
    unit: Option<String>,
    quantity: Option<String>,
    #[serde(default, with = "decimal::optional")]
    rate_egp: Option<Decimal>,
    of: Option<String>,
    #[serde(default, with = "decimal::optional")]
    percent: Option<Decimal>,
    by: Option<String>,
    #[serde(default)]
    bands: Vec<Band>,
    variant_by: Option<String>,
    #[serde(default)]
    variants: BTreeMap<String, Vec<Band>>,
    #[serde(default, with = "decimal::optional")]
    default_egp: Option<Decimal>,
    formula: Option<String>,
    #[serde(default, with = "decimal::map")]
    figures: BTreeMap<String, Decimal>,
    #[serde(default, with = "decimal::optional")]
    min_egp: Option<Decimal>,
    #[serde(default, with = "decimal::optional")]
    max_egp: Option<Decimal>,
    when: Option<String>,
    due: Due,
    pay_step: Option<String>,
    collected_by: Option<String>,
    beneficiary: Beneficiary,
    #[serde(default)]
    rounding: Rounding,
    #[serde(default)]
    refundable: bool,
    #[serde(default)]
    is_maximum: bool,
    #[serde(default)]
    reductions: Vec<Reduction>,
    #[serde(default, with = "decimal::optional")]
    treasury_share_percent: Option<Decimal>,
    note_ar: Option<String>,
    editor_note: Option<String>,
    source: Option<Source>,
    limit_source: Option<Source>,
}

impl TryFrom<PartOnFile> for FeePart {
    type Error = String;

    fn try_from(part: PartOnFile) -> Result<Self, String> {
        let PartOnFile { code, kind, .. } = &part;
        let lacks = |key: &str| format!("بند الرسم «{code}» من النوع {kind} ينقصه {key} (missing key)");
        let rule = match kind.as_str() {
            "fixed" => FeeRule::Fixed { amount_egp: part.amount_egp.ok_or_else(|| lacks("amount_egp"))? },
            "per_unit" => FeeRule::PerUnit {
                unit: part.unit.clone().ok_or_else(|| lacks("unit"))?,
                quantity: part.quantity.clone().ok_or_else(|| lacks("quantity"))?,
                rate_egp: part.rate_egp.ok_or_else(|| lacks("rate_egp"))?,
            },
            "percent" => FeeRule::Percent {
                of: part.of.clone().ok_or_else(|| lacks("of"))?,
                percent: part.percent.ok_or_else(|| lacks("percent"))?,
            },
            "bands" => FeeRule::Bands {
                by: part.by.clone().ok_or_else(|| lacks("by"))?,
                bands: part.bands.clone(),
                variant_by: part.variant_by.clone(),
                variants: part.variants.clone(),
            },
            "assessed" => FeeRule::Assessed { default_egp: part.default_egp },
            "formula" => FeeRule::Formula { formula: part.formula.clone().ok_or_else(|| lacks("formula"))? },
            other => return Err(format!("«{other}» ليس نوع رسم (unknown fee type)")),
        };
        Ok(Self {
            code: part.code,
            label_ar: part.label_ar,
            label_en: part.label_en,
            rule,
            figures: part.figures,
            min_egp: part.min_egp,
            max_egp: part.max_egp,
            when: part.when,
            due: part.due,
            pay_step: part.pay_step,
            collected_by: part.collected_by,
            beneficiary: part.beneficiary,
            rounding: part.rounding,
            refundable: part.refundable,
            is_maximum: part.is_maximum,
            reductions: part.reductions,
            treasury_share_percent: part.treasury_share_percent,
            note_ar: part.note_ar,
            editor_note: part.editor_note,
            source: part.source,
            limit_source: part.limit_source,
        })
    }
}
