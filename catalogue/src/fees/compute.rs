//! The reckoning itself.

use std::cell::RefCell;
use std::sync::Arc;

use foundation::arabic::digits::{Digits, grouped};
use foundation::lang::Lang;
use foundation::money::Piastres;
use rust_decimal::{Decimal, RoundingStrategy};

use super::figures::{InForce, band_name, figure_label, reduction_name};
use super::{Bill, FeeError, FeeLine, OpenReduction, Question};
use crate::expr::{EvalError, Facts, Program, Value};
use crate::model::{Band, Beneficiary, FeePart, FeeRule, Rounding};
use crate::words::unit_word;

/// Computes the parts that a pay step collects, or all parts of the service when no step is named.
///
/// # Errors
/// [`FeeError`] of the first part that cannot be computed; nothing is half-computed.
pub fn compute(question: &Question, pay_step: Option<&str>) -> Result<Bill, FeeError> {
    compute_in(Lang::Ar, question, pay_step)
}

/// The same with the sentences of a page: what each line rests on (`rule_ar`) and the names of what is
/// missing are in the given language. What is recorded is always [`compute`]d, in Arabic.
///
/// # Errors
/// As [`compute`].
pub fn compute_in(lang: Lang, question: &Question, pay_step: Option<&str>) -> Result<Bill, FeeError> {
    let mut bill = Bill { lines: Vec::new(), total: Piastres(0), open_reductions: Vec::new() };
    for part in &question.service.fee.parts {
        if pay_step.is_none() || part.pay_step.as_deref() == pay_step {
            Reckoning::new(lang, question, part).run(&mut bill)?;
        }
    }
    let total = bill.lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(line.amount.0));
    bill.total =
        Piastres(total.ok_or_else(|| FeeError::Overflow { part: "total".into(), label_ar: "الإجمالي".into() })?);
    Ok(bill)
}

/// Computes one part alone, for a report that goes on where another part cannot be computed yet.
///
/// # Errors
/// As [`compute`].
pub fn compute_part(question: &Question, part: &FeePart) -> Result<Bill, FeeError> {
    let mut bill = Bill { lines: Vec::new(), total: Piastres(0), open_reductions: Vec::new() };
    Reckoning::new(Lang::Ar, question, part).run(&mut bill)?;
    bill.total = bill.lines.iter().map(|line| line.amount).sum();
    Ok(bill)
}

struct Reckoning<'a> {
    /// Language of the sentences.
    lang: Lang,
    question: &'a Question<'a>,
    part: &'a FeePart,
    in_force: InForce<'a, 'a>,
    /// Local decisions that this line rests on.
    decisions: RefCell<Vec<String>>,
}

/// A result in pounds with the sentence and steps behind it.
struct Reckoned {
    egp: Decimal,
    rule: String,
    steps: Vec<String>,
    variant: Option<String>,
}

impl<'a> Reckoning<'a> {
    fn new(lang: Lang, question: &'a Question<'a>, part: &'a FeePart) -> Self {
        let service = &question.service.code;
        let in_force = InForce { figures: question.figures, service, part: &part.code, day: question.day };
        Self { lang, question, part, in_force, decisions: RefCell::default() }
    }

    fn run(&self, bill: &mut Bill) -> Result<(), FeeError> {
        if let Some(when) = &self.part.when {
            let program = self.compile(when)?;
            if !program.holds(self).map_err(|error| self.expression(error))? {
                return Ok(());
            }
        }
        let mut reckoned = self.reckon()?;
        self.bound(&mut reckoned);
        self.reduce(&mut reckoned, bill)?;
        self.lower(&mut reckoned)?;
        if reckoned.egp.is_sign_negative() && !reckoned.egp.is_zero() {
            let (part, label_ar) = self.name();
            return Err(FeeError::Negative { part, label_ar });
        }
        let amount = self.round(reckoned.egp)?;
        if amount.0 != 0 {
            self.push(amount, reckoned, bill)?;
        }
        Ok(())
    }

    fn reckon(&self) -> Result<Reckoned, FeeError> {
        match &self.part.rule {
            FeeRule::Fixed { amount_egp } => {
                let egp = self.figure("amount", *amount_egp);
                Ok(self.plain(
                    egp,
                    self.say(format!("مبلغ ثابت: {}", pounds(egp)), format!("Fixed amount: {}", self.pounds(egp))),
                ))
            }
            FeeRule::PerUnit { unit, quantity, rate_egp } => {
                let (count, steps) = self.number(quantity)?;
                let rate = self.figure("rate", *rate_egp);
                let egp = count.checked_mul(rate).ok_or_else(|| self.overflow())?;
                let count = count.normalize();
                let rule = self.say(
                    format!("{count} {} × {}", unit_ar(unit), pounds(rate)),
                    format!("{count} {} × {}", unit_word(Lang::En, unit), self.pounds(rate)),
                );
                Ok(Reckoned { egp, rule, steps, variant: None })
            }
            FeeRule::Percent { of, percent } => {
                let (base, steps) = self.number(of)?;
                let percent = self.figure("percent", *percent);
                let egp = base.checked_mul(percent).and_then(|n| n.checked_div(Decimal::ONE_HUNDRED));
                let rule = self.share(percent, base);
                Ok(Reckoned { egp: egp.ok_or_else(|| self.overflow())?, rule, steps, variant: None })
            }
            FeeRule::Bands { by, bands, variant_by, variants } => self.band(by, bands, variant_by.as_deref(), variants),
            FeeRule::Assessed { default_egp } => self.assessed(*default_egp),
            FeeRule::Formula { formula } => {
                let (egp, steps) = self.number(formula)?;
                let rule = steps.last().cloned().unwrap_or_else(|| self.pounds(egp));
                Ok(Reckoned { egp, rule, steps, variant: None })
            }
        }
    }

    fn band(
        &self,
        by: &str,
        bands: &[Band],
        variant_by: Option<&str>,
        variants: &std::collections::BTreeMap<String, Vec<Band>>,
    ) -> Result<Reckoned, FeeError> {
        let (value, steps) = self.number(by)?;
        let variant = match variant_by.map(|field| self.fact(field)) {
            None => None,
            Some(Value::Text(variant)) => Some(variant),
            Some(_) => return Err(self.missing(vec![variant_by.unwrap_or_default().to_owned()])),
        };
        let bands = match &variant {
            None => bands,
            Some(variant) => variants.get(variant).ok_or_else(|| self.no_band(variant.clone()))?,
        };
        let found = bands.iter().enumerate().find(|(_, band)| band.up_to.is_none_or(|up_to| value <= up_to));
        let (n, band) = found.ok_or_else(|| self.no_band(value.to_string()))?;
        let egp = self.figure(&band_name(variant.as_deref(), n), band.amount_egp);
        let kind = variant.as_deref().map(|variant| format!("{}{}", self.lang.comma(), self.label(variant)));
        let kind = kind.unwrap_or_default();
        let range = match band.up_to.map(|up_to| up_to.normalize()) {
            Some(up_to) => self.say(format!("حتى {up_to}"), format!("up to {up_to}")),
            None => self.say("الأخيرة".into(), "the last".into()),
        };
        let (label, value, amount) = (self.label(by), value.normalize(), self.pounds(egp));
        let rule = self.say(
            format!("{label} ({value}): الشريحة {range}{kind} = {amount}"),
            format!("{label} ({value}): band {range}{kind} = {amount}"),
        );
        Ok(Reckoned { egp, rule, steps, variant })
    }

    fn assessed(&self, default: Option<Decimal>) -> Result<Reckoned, FeeError> {
        let (min, max) = self.range();
        let (part, label_ar) = self.name();
        let Some(Piastres(set)) = self.question.assessed.get(&self.part.code) else {
            // The proposed value serves an estimate; a bill needs an officer's hand. A governorate may
            // propose where the file does not.
            let usual = default.or_else(|| self.in_force.local("default").map(|local| local.value));
            let Some(usual) = usual.filter(|_| self.question.estimate) else {
                return Err(FeeError::NotAssessed { part, label_ar, min, max });
            };
            let egp = self.figure("default", usual);
            return Ok(self.plain(
                egp,
                self.say(
                    format!("قيمة مقترحة يقرها المختص: {}", pounds(egp)),
                    format!("Proposed value, confirmed by the officer: {}", self.pounds(egp)),
                ),
            ));
        };
        let egp = Decimal::new(*set, 2);
        if egp < min || egp > max {
            return Err(FeeError::OutOfRange { part, label_ar, min, max });
        }
        Ok(self.plain(
            egp,
            self.say(
                format!("تقدير المختص بين {} و{}", pounds(min), pounds(max)),
                format!("Assessed by the officer between {} and {}", self.pounds(min), self.pounds(max)),
            ),
        ))
    }

    fn range(&self) -> (Decimal, Decimal) {
        let min = self.figure("min", self.part.min_egp.unwrap_or_default());
        let max = self.figure("max", self.part.max_egp.unwrap_or(Decimal::from(i32::MAX)));
        (min, max)
    }

    /// Holds the result between its floor and ceiling.
    fn bound(&self, reckoned: &mut Reckoned) {
        if let Some(min) = self.part.min_egp.map(|min| self.figure("min", min))
            && reckoned.egp < min
        {
            reckoned.egp = min;
            reckoned
                .rule
                .push_str(&self.say(format!("، بحد أدنى {}", pounds(min)), format!(", at least {}", self.pounds(min))));
        }
        if let Some(max) = self.part.max_egp.map(|max| self.figure("max", max))
            && reckoned.egp > max
        {
            reckoned.egp = max;
            reckoned
                .rule
                .push_str(&self.say(format!("، بحد أقصى {}", pounds(max)), format!(", at most {}", self.pounds(max))));
        }
    }

    /// Applies reductions of the day whose percentage is fixed, and lists the others.
    fn reduce(&self, reckoned: &mut Reckoned, bill: &mut Bill) -> Result<(), FeeError> {
        let day = self.question.day;
        for reduction in self.part.reductions.iter().filter(|r| r.from <= day && day <= r.to) {
            let fits = |variant: &Option<String>| variant.is_none() || *variant == reckoned.variant;
            let Some(rate) = reduction.rates.iter().find(|rate| fits(&rate.variant)) else { continue };
            let name = reduction_name(&reduction.code, rate.variant.as_deref());
            let fixed = (rate.percent_min == rate.percent_max).then_some((rate.percent_min, &reduction.decision_ar));
            let local = self.in_force.local(&name).map(|figure| (figure.value, &figure.decision_ar));
            let Some((percent, decision_ar)) = local.or(fixed) else {
                bill.open_reductions.push(OpenReduction {
                    part: self.part.code.clone(),
                    figure: format!("{}.{name}", self.part.code),
                    decision_ar: reduction.decision_ar.clone(),
                    percent_min: rate.percent_min,
                    percent_max: rate.percent_max,
                });
                continue;
            };
            let percent = percent.clamp(rate.percent_min, rate.percent_max);
            let kept = (Decimal::ONE_HUNDRED - percent).checked_div(Decimal::ONE_HUNDRED);
            let egp = kept.and_then(|kept| reckoned.egp.checked_mul(kept));
            reckoned.egp = egp.ok_or_else(|| self.overflow())?;
            let percent = percent.normalize();
            reckoned.rule.push_str(&self.say(
                format!("، بتخفيض {percent}٪ ({decision_ar})"),
                format!(", reduced by {percent}% ({decision_ar})"),
            ));
        }
        Ok(())
    }

    /// Where the rule gives a ceiling, the officer may have set less.
    fn lower(&self, reckoned: &mut Reckoned) -> Result<(), FeeError> {
        if !self.part.is_maximum {
            return Ok(());
        }
        let Some(Piastres(set)) = self.question.assessed.get(&self.part.code) else { return Ok(()) };
        let egp = Decimal::new(*set, 2);
        if egp.is_sign_negative() || egp > reckoned.egp {
            let (part, label_ar) = self.name();
            return Err(FeeError::OutOfRange { part, label_ar, min: Decimal::ZERO, max: reckoned.egp });
        }
        let most = reckoned.egp;
        reckoned.rule = self.say(
            format!("تقدير المختص بما لا يجاوز {}", pounds(most)),
            format!("Assessed by the officer, at most {}", self.pounds(most)),
        );
        reckoned.egp = egp;
        Ok(())
    }

    fn round(&self, egp: Decimal) -> Result<Piastres, FeeError> {
        let half_up = RoundingStrategy::MidpointAwayFromZero;
        let rounded = match self.part.rounding {
            Rounding::HalfUpPiastre => egp.round_dp_with_strategy(2, half_up),
            Rounding::HalfUpPound => egp.round_dp_with_strategy(0, half_up),
            Rounding::UpPound => egp.ceil(),
            Rounding::DownPound => egp.floor(),
        };
        let piastres = rounded.checked_mul(Decimal::ONE_HUNDRED).and_then(|n| i64::try_from(n).ok());
        piastres.map(Piastres).ok_or_else(|| self.overflow())
    }

    /// Adds the line, or two where the treasury has its share.
    fn push(&self, amount: Piastres, reckoned: Reckoned, bill: &mut Bill) -> Result<(), FeeError> {
        let part = self.part;
        let mut rule_ar = reckoned.rule;
        for decision in self.decisions.borrow().iter() {
            rule_ar.push_str(&format!("{}{decision}", self.lang.semicolon()));
        }
        let service = self.question.service;
        let source = part.source.clone().unwrap_or_else(|| service.source(&format!("fee.{}", part.code)).clone());
        let line = FeeLine {
            code: part.code.clone(),
            label_ar: part.label_ar.clone(),
            label_en: part.label_en.clone(),
            beneficiary: part.beneficiary.clone(),
            amount,
            rule_ar,
            steps: reckoned.steps,
            refundable: part.refundable,
            due: part.due,
            pay_step: part.pay_step.clone(),
            source,
        };
        let Some(percent) = part.treasury_share_percent else {
            bill.lines.push(line);
            return Ok(());
        };
        let share = Decimal::from(amount.0).checked_mul(percent).and_then(|n| n.checked_div(Decimal::ONE_HUNDRED));
        let share = share.and_then(|n| i64::try_from(n.floor()).ok()).ok_or_else(|| self.overflow())?;
        let treasury = FeeLine {
            code: format!("{}.treasury", part.code),
            label_ar: format!("{} (حصة الخزانة العامة)", part.label_ar),
            label_en: format!("{} (treasury share)", part.label_en),
            beneficiary: Beneficiary::Treasury,
            amount: Piastres(share),
            rule_ar: self.share(percent, Decimal::new(amount.0, 2)),
            steps: Vec::new(),
            ..line.clone()
        };
        let rest = amount.0.checked_sub(share).ok_or_else(|| self.overflow())?;
        bill.lines.push(FeeLine { amount: Piastres(rest), ..line });
        bill.lines.push(treasury);
        Ok(())
    }

    /// A number of the rule: the local figure if there is one.
    fn figure(&self, name: &str, value: Decimal) -> Decimal {
        let Some(local) = self.in_force.local(name) else { return value };
        let mut decisions = self.decisions.borrow_mut();
        if !decisions.contains(&local.decision_ar) {
            decisions.push(local.decision_ar.clone());
        }
        local.value
    }

    fn number(&self, text: &str) -> Result<(Decimal, Vec<String>), FeeError> {
        let program = self.compile(text)?;
        match program.number(self).map_err(|error| self.expression(error))? {
            // The account of the steps is Arabic.
            Some(number) if self.lang != Lang::Ar => Ok((number, Vec::new())),
            Some(number) => Ok((number, program.explain(self, &|name| self.label(name)))),
            None => Err(self.missing(program.missing(self))),
        }
    }

    fn compile(&self, text: &str) -> Result<Arc<Program>, FeeError> {
        self.question.service.part_program(self.part, text).map_err(|error| {
            let (part, label_ar) = self.name();
            FeeError::BadRule { part, label_ar, error: error.to_string() }
        })
    }

    /// The name of a field, choice or figure.
    fn label(&self, name: &str) -> String {
        let service = self.question.service;
        if let Some(figure) = name.strip_prefix("figure.") {
            return figure_label(self.lang, service, self.part, figure);
        }
        if let Some(field) = service.field(name) {
            return field.label(self.lang).to_owned();
        }
        let fields = service.fields.iter().chain(&service.inspection_report);
        fields.filter_map(|field| field.choice(name, self.lang)).next().unwrap_or(name).to_owned()
    }

    /// The sentence of the language.
    fn say(&self, arabic: String, english: String) -> String {
        match self.lang {
            Lang::Ar => arabic,
            Lang::En => english,
        }
    }

    /// An amount in the language.
    fn pounds(&self, egp: Decimal) -> String {
        match self.lang {
            Lang::Ar => pounds(egp),
            Lang::En => format!("EGP {}", amount(egp)),
        }
    }

    /// So many per cent of an amount.
    fn share(&self, percent: Decimal, of: Decimal) -> String {
        let percent = percent.normalize();
        self.say(format!("{percent}٪ من {}", pounds(of)), format!("{percent}% of {}", self.pounds(of)))
    }

    fn plain(&self, egp: Decimal, rule: String) -> Reckoned {
        Reckoned { egp, rule, steps: Vec::new(), variant: None }
    }

    fn name(&self) -> (String, String) {
        (self.part.code.clone(), self.part.label_ar.clone())
    }

    fn overflow(&self) -> FeeError {
        let (part, label_ar) = self.name();
        FeeError::Overflow { part, label_ar }
    }

    fn missing(&self, fields: Vec<String>) -> FeeError {
        let (part, label_ar) = self.name();
        FeeError::Missing { part, label_ar, fields: fields.iter().map(|field| self.label(field)).collect() }
    }

    fn no_band(&self, value: String) -> FeeError {
        let (part, label_ar) = self.name();
        FeeError::NoBand { part, label_ar, value }
    }

    fn expression(&self, error: EvalError) -> FeeError {
        let (part, label_ar) = self.name();
        match error {
            EvalError::Overflow(_) => FeeError::Overflow { part, label_ar },
            error => FeeError::Expression { part, label_ar, error },
        }
    }
}

impl Facts for Reckoning<'_> {
    fn fact(&self, name: &str) -> Value {
        match name.strip_prefix("figure.") {
            Some(figure) => match self.part.figures.get(figure) {
                Some(value) => Value::Number(self.figure(figure, *value)),
                None => Value::Missing,
            },
            None => self.question.case.fact(name),
        }
    }
}

fn pounds(egp: Decimal) -> String {
    format!("{} جنيه", amount(egp))
}

/// A number of pounds with its thousands parted.
fn amount(egp: Decimal) -> String {
    let plain = egp.round_dp(4).normalize().to_string();
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole: i64| grouped(whole, Digits::Latn));
    match rest {
        Some(rest) => format!("{whole}.{rest}"),
        None => whole,
    }
}

/// Arabic name of a unit of measure.
fn unit_ar(unit: &str) -> &str {
    match unit {
        "m2" => "م²",
        "m" => "م",
        "m3" => "م³",
        "copy" => "نسخة",
        "sheet" => "لوحة",
        "lift" => "مصعد",
        "load" => "نقلة",
        "feddan" => "فدان",
        "m2_night" => "م² لليلة",
        "month" => "شهر",
        "day" => "يوم",
        "year" => "سنة",
        "percent" => "٪",
        "EGP" => "ج.م",
        other => other,
    }
}
