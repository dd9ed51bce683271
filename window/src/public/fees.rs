//! رسوم الخدمة: the published amounts in words, and the bill for the visitor's own values.

use std::collections::BTreeMap;

use catalogue::Catalogue;
use catalogue::answers::{Answers, Applicant, Case};
use catalogue::fees::{FeeError, LocalFigure, Question, Slot, compute_in, in_force, slots};
use catalogue::model::{ApplicantKind, Band, Beneficiary, FeePart, FeeRule, Field, FieldType, Service};
use foundation::arabic::digits::{self, Digits};
use foundation::money::Piastres;
use foundation::web::forms::FieldKind;
use foundation::web::{Choice, Ctx, FieldView, FormData, FormErrors};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::places;
use super::service::Chosen;
use super::service_view::{department, source};
use super::words::{Words, number_text, pounds};
use crate::office::Office;

/// The calculator's governorate in the address.
pub(super) const GOVERNORATE: &str = "v.gov";
/// Prefix of the calculator's fields in the address.
const PREFIX: &str = "v.";
/// The field of the applicant's kind.
const KIND: &str = "v.applicant";

/// A part of the fee as it is published.
#[derive(Debug, Default)]
pub(super) struct PartView {
    pub label: String,
    pub when: String,
    pub rule: String,
    pub tables: Vec<BandTable>,
    pub limits: String,
    pub due: String,
    pub payee: String,
    pub refundable: bool,
    pub is_maximum: bool,
    pub note: String,
    pub reductions: Vec<String>,
    pub elsewhere: Option<(String, String)>,
    pub source: String,
}

/// Amounts by size, for everybody or for one choice.
#[derive(Debug, Default)]
pub(super) struct BandTable {
    pub title: String,
    pub rows: Vec<(String, String)>,
}

/// الفئات المحلية: what the visitor's governorate has set by decisions of its own.
#[derive(Debug, Default)]
pub(super) struct LocalView {
    /// «القاهرة»; empty unless one was chosen.
    pub governorate: String,
    pub tenant: String,
    pub lines: Vec<LocalLine>,
    /// Governorates with figures of their own, to choose from, while none is chosen.
    pub others: Vec<(String, String)>,
}

/// A figure with its decision.
#[derive(Debug, Default)]
pub(super) struct LocalLine {
    pub label: String,
    pub value: String,
    /// What the published guide says; empty where it leaves the number open.
    pub national: String,
    pub decision: String,
    pub days: String,
}

/// The service with the figures of the visitor's governorate in their places.
pub(super) fn localised(office: &Office, service: &Service, tenant: Option<&str>, day: Date) -> Service {
    let figures = tenant.map(|tenant| office.figures(tenant)).unwrap_or_default();
    catalogue::fees::localised(service, &figures, day)
}

/// The figures that differ where the visitor applies.
pub(super) fn local(c: &Ctx, office: &Office, service: &Service, tenant: Option<&str>, day: Date) -> LocalView {
    let Some(tenant) = tenant else {
        let others = office.governorates_with_figures(service, day).into_iter();
        let others = others.map(|tenant| (tenant.clone(), places::governorate(c.lang, &tenant)));
        return LocalView { others: others.collect(), ..LocalView::default() };
    };
    let figures = office.figures(tenant);
    let amount = |value: Decimal, percent: bool| {
        if percent { c.t1("public-percent", "n", number_text(value)) } else { pounds(c, value) }
    };
    let line = |(slot, figure): (Slot, &LocalFigure)| LocalLine {
        value: amount(figure.value, slot.percent),
        national: slot.value.map(|value| amount(value, slot.percent)).unwrap_or_default(),
        label: slot.label(c.lang).to_owned(),
        decision: figure.decision_ar.clone(),
        days: match figure.to {
            Some(to) => c.ta("public-local-days", &[("from", &c.date(figure.from)), ("to", &c.date(to))]),
            None => c.t1("public-local-since", "from", c.date(figure.from)),
        },
    };
    LocalView {
        governorate: places::governorate(c.lang, tenant),
        tenant: tenant.to_owned(),
        lines: in_force(service, &figures, day).into_iter().map(line).collect(),
        others: Vec::new(),
    }
}

/// All parts of a service's fee.
pub(super) fn parts(c: &Ctx, catalogue: &Catalogue, service: &Service, today: Date) -> Vec<PartView> {
    let words = Words::new(c, service);
    let view = |part: &FeePart| PartView {
        label: part.label(c.lang).to_owned(),
        when: part.when.as_deref().map(|text| words.when(text)).unwrap_or_default(),
        rule: rule(c, service, part, &words),
        tables: tables(c, service, part, &words),
        limits: limits(c, part),
        due: part.due.label(c.lang).to_owned(),
        payee: payee(c, catalogue, &part.beneficiary),
        refundable: part.refundable,
        is_maximum: part.is_maximum,
        note: part.note_ar.clone().unwrap_or_default(),
        reductions: reductions(c, service, part, today),
        elsewhere: part.collected_by.as_deref().map(|code| {
            let name = catalogue.service(code).map_or(code, |other| other.name(c.lang));
            (code.to_owned(), name.to_owned())
        }),
        source: part.source.as_ref().map_or_else(
            || source(c, catalogue, service.source(&format!("fee.{}", part.code))),
            |own| source(c, catalogue, own),
        ),
    };
    service.fee.parts.iter().map(view).collect()
}

fn rule(c: &Ctx, service: &Service, part: &FeePart, words: &Words) -> String {
    match &part.rule {
        FeeRule::Fixed { amount_egp } => pounds(c, *amount_egp),
        FeeRule::PerUnit { unit, quantity, rate_egp } => {
            let (unit, of) = (super::words::unit_word(c, unit), words.formula(part, quantity));
            c.ta("public-fee-per-unit", &[("rate", &pounds(c, *rate_egp)), ("unit", &unit), ("of", &of)])
        }
        FeeRule::Percent { of, percent } => {
            let of = words.formula(part, of);
            c.ta("public-fee-percent", &[("percent", &number_text(*percent)), ("of", &of)])
        }
        FeeRule::Bands { by, variant_by, .. } => {
            let by = words.formula(part, by);
            match variant_by.as_deref().and_then(|id| service.field(id)) {
                Some(field) => c.ta("public-fee-bands-by", &[("by", &by), ("variant", &field.label(c.lang))]),
                None => c.t1("public-fee-bands", "by", by),
            }
        }
        FeeRule::Assessed { default_egp } => match default_egp {
            Some(usual) => c.t1("public-fee-assessed-usual", "usual", pounds(c, *usual)),
            None => c.t("public-fee-assessed"),
        },
        FeeRule::Formula { formula } => c.t1("public-fee-formula", "formula", words.formula(part, formula)),
    }
}

fn tables(c: &Ctx, service: &Service, part: &FeePart, words: &Words) -> Vec<BandTable> {
    let FeeRule::Bands { by, bands, variant_by, variants } = &part.rule else {
        return figures(c, service, part);
    };
    let unit = service.field(by).map(|field| words.unit(field)).unwrap_or_default();
    let rows = |bands: &[Band]| {
        let mut from: Option<Decimal> = None;
        let mut rows = Vec::with_capacity(bands.len());
        for band in bands {
            let range = match (from, band.up_to) {
                (_, Some(to)) if from.is_none() => c.ta("public-band-to", &[("to", &number_text(to)), ("unit", &unit)]),
                (Some(from), Some(to)) => c.ta(
                    "public-band-between",
                    &[("from", &number_text(from)), ("to", &number_text(to)), ("unit", &unit)],
                ),
                (Some(from), None) => c.ta("public-band-from", &[("from", &number_text(from)), ("unit", &unit)]),
                (None, _) => c.t("public-band-all"),
            };
            rows.push((range, pounds(c, band.amount_egp)));
            from = band.up_to;
        }
        rows
    };
    if variants.is_empty() {
        return vec![BandTable { title: part.label(c.lang).to_owned(), rows: rows(bands) }];
    }
    let field = variant_by.as_deref().and_then(|id| service.field(id));
    let title = |value: &str| field.and_then(|field| field.choice(value, c.lang)).unwrap_or(value).to_owned();
    // In the order in which the form offers them.
    let order = |value: &str| {
        field.and_then(|f| f.choices.iter().position(|choice| choice.value == value)).unwrap_or(usize::MAX)
    };
    let mut list: Vec<_> = variants.iter().collect();
    list.sort_by_key(|(value, _)| order(value));
    list.into_iter().map(|(value, bands)| BandTable { title: title(value), rows: rows(bands) }).collect()
}

/// The rates that a formula chooses from.
fn figures(c: &Ctx, service: &Service, part: &FeePart) -> Vec<BandTable> {
    if part.figures.len() < 2 {
        return Vec::new();
    }
    let head = format!("{}.", part.code);
    let rows = slots(service).into_iter().filter_map(|slot| {
        let name = slot.code.strip_prefix(&head)?;
        let value = *part.figures.get(name)?;
        let label = slot
            .label(c.lang)
            .strip_prefix(&format!("{}: ", part.label(c.lang)))
            .unwrap_or(slot.label(c.lang))
            .to_owned();
        Some((label, pounds(c, value)))
    });
    vec![BandTable { title: part.label(c.lang).to_owned(), rows: rows.collect() }]
}

fn limits(c: &Ctx, part: &FeePart) -> String {
    match (part.min_egp, part.max_egp) {
        (Some(min), Some(max)) => c.ta("public-fee-from-to", &[("min", &pounds(c, min)), ("max", &pounds(c, max))]),
        (Some(min), None) => c.t1("public-fee-min", "min", pounds(c, min)),
        (None, Some(max)) => c.t1("public-fee-max", "max", pounds(c, max)),
        (None, None) => String::new(),
    }
}

fn payee(c: &Ctx, catalogue: &Catalogue, beneficiary: &Beneficiary) -> String {
    match beneficiary {
        Beneficiary::LocalUnit => c.t("public-payee-unit"),
        Beneficiary::Governorate => c.t("public-payee-governorate"),
        Beneficiary::Treasury => c.t("public-payee-treasury"),
        Beneficiary::EngineersSyndicate => c.t("public-payee-engineers"),
        Beneficiary::InsurancePool => c.t("public-payee-insurance"),
        Beneficiary::Body(code) => department(c, catalogue, code),
    }
}

/// Reductions that hold or are to come; those that have ended are no news.
fn reductions(c: &Ctx, service: &Service, part: &FeePart, today: Date) -> Vec<String> {
    let variant_by = match &part.rule {
        FeeRule::Bands { variant_by, .. } => variant_by.as_deref(),
        _ => None,
    };
    let field = variant_by.and_then(|id| service.field(id));
    let mut lines = Vec::new();
    for reduction in part.reductions.iter().filter(|reduction| today <= reduction.to) {
        let days = [reduction.from, reduction.to].map(|day| c.date(day));
        for rate in &reduction.rates {
            let [from, to] = &days;
            let (least, most) = (number_text(rate.percent_min), number_text(rate.percent_max));
            let percent = if least == most {
                c.t1("public-percent", "n", least)
            } else {
                c.ta("public-percent-between", &[("min", &least), ("max", &most)])
            };
            let of = rate.variant.as_deref().and_then(|value| field?.choice(value, c.lang)).unwrap_or_default();
            let key = if of.is_empty() { "public-reduction" } else { "public-reduction-of" };
            lines.push(c.ta(
                key,
                &[("percent", &percent), ("of", &of), ("from", from), ("to", to), ("decision", &reduction.decision_ar)],
            ));
        }
    }
    lines
}

/// حاسبة الرسوم: the form and, once it was sent, the bill.
#[derive(Debug, Default)]
pub(super) struct Calculator {
    pub fields: Vec<FieldView>,
    pub errors: FormErrors,
    pub bill: Option<BillView>,
    /// Unit chosen on the page, kept through the form.
    pub unit: String,
}

/// The bill for the values given.
#[derive(Debug, Default)]
pub(super) struct BillView {
    pub lines: Vec<BillLine>,
    pub total: String,
    pub is_whole: bool,
    /// Whose figures were used: a governorate's name, or empty for the published ones.
    pub governorate: String,
}

/// One line of the bill: an amount with its rule, or why there is none yet.
#[derive(Debug, Default)]
pub(super) struct BillLine {
    pub label: String,
    pub amount: String,
    pub rule: String,
    pub steps: Vec<String>,
    pub due: String,
}

/// The calculator for what was asked. `day` is today in Cairo.
pub(super) fn calculator(
    c: &Ctx,
    office: &Office,
    service: &Service,
    asked: &FormData,
    chosen: &Chosen,
    day: Date,
) -> Calculator {
    let words = Words::new(c, service);
    let inputs = inputs(service, &words);
    if inputs.is_empty() {
        return Calculator::default();
    }
    let is_sent = asked.has("calc");
    let mut errors = FormErrors::new();
    let mut answers = serde_json::Map::new();
    for field in inputs.iter().filter_map(|name| service.field(name)) {
        let name = format!("{PREFIX}{}", field.id);
        match read(c, field, asked, &name) {
            Ok(Some(value)) => {
                answers.insert(field.id.clone(), value);
            }
            Ok(None) => {}
            Err(key) if is_sent => errors.add(name, c.t1(key, "label", field.label(c.lang))),
            Err(_) => {}
        }
    }
    let choices = places::choices(c.lang, &office.units.now());
    let governorate = FieldView::select(GOVERNORATE, c.t("public-calc-governorate"), choices)
        .hint(c.t("public-calc-governorate-hint"))
        .value(chosen.tenant.clone().unwrap_or_default());
    let mut fields = vec![governorate];
    if inputs.iter().any(|name| name == "applicant.kind") && service.applicants.len() > 1 {
        let choices = service.applicants.iter().map(|kind| Choice::new(kind.code(), kind.label(c.lang))).collect();
        fields.push(FieldView::select(KIND, c.t("public-fee-applicant"), choices).filled(asked, &errors));
    }
    fields.extend(
        inputs
            .iter()
            .filter_map(|name| service.field(name))
            .map(|field| input(c, &words, field).filled(asked, &errors)),
    );
    let bill = (is_sent && !errors.any()).then(|| {
        let kind = ApplicantKind::ALL.into_iter().find(|kind| kind.code() == asked.get(KIND));
        let kind = kind.or_else(|| service.applicants.first().copied()).unwrap_or(ApplicantKind::Person);
        let applicant = Applicant { kind, ..Applicant::default() };
        let form = service.fields.iter().chain(&service.inspection_report);
        let answers = Answers::from_json(form, &Value::Object(answers));
        let figures = chosen.tenant.as_deref().map(|tenant| office.figures(tenant)).unwrap_or_default();
        let bill = bill(c, service, Case { applicant: &applicant, answers: &answers }, &figures, day);
        BillView {
            governorate: chosen.tenant.as_deref().map(|tenant| places::governorate(c.lang, tenant)).unwrap_or_default(),
            ..bill
        }
    });
    Calculator { fields, errors, bill, unit: chosen.unit().unwrap_or_default().to_owned() }
}

/// Names that the fee's rules read, in the order of the form.
fn inputs(service: &Service, words: &Words) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in &service.fee.parts {
        let mut texts: Vec<&str> = part.when.as_deref().into_iter().collect();
        match &part.rule {
            FeeRule::PerUnit { quantity, .. } => texts.push(quantity),
            FeeRule::Percent { of, .. } => texts.push(of),
            FeeRule::Bands { by, variant_by, .. } => {
                texts.push(by);
                texts.extend(variant_by.as_deref());
            }
            FeeRule::Formula { formula } => texts.push(formula),
            FeeRule::Fixed { .. } | FeeRule::Assessed { .. } => {}
        }
        for name in texts.into_iter().flat_map(|text| words.names(part, text)) {
            if !names.contains(&name) && !name.starts_with("figure.") {
                names.push(name);
            }
        }
    }
    let place = |name: &String| {
        let mut form = service.fields.iter().chain(&service.inspection_report);
        form.position(|field| field.id == *name).unwrap_or(0)
    };
    names.sort_by_key(place);
    names
}

fn input(c: &Ctx, words: &Words, field: &Field) -> FieldView {
    let name = format!("{PREFIX}{}", field.id);
    let choices =
        || field.choices.iter().map(|choice| Choice::new(choice.value.as_str(), choice.text(c.lang))).collect();
    let view = match field.kind {
        FieldType::Choice => FieldView::select(name, field.label(c.lang), choices()),
        FieldType::MultiChoice => FieldView::checkboxes(name, field.label(c.lang), choices()),
        FieldType::YesNo => FieldView::new(FieldKind::YesNo, name, field.label(c.lang)),
        FieldType::Date => FieldView::new(FieldKind::Date, name, field.label(c.lang)),
        FieldType::Money => FieldView::new(FieldKind::Money, name, field.label(c.lang)),
        FieldType::AreaM2 => FieldView::new(FieldKind::Area, name, field.label(c.lang)),
        FieldType::LengthM => FieldView::new(FieldKind::Length, name, field.label(c.lang)),
        FieldType::Number | FieldType::Integer => {
            let unit = words.unit(field);
            let view = FieldView::new(FieldKind::Number, name, field.label(c.lang));
            if unit.is_empty() { view } else { view.unit(unit) }
        }
        _ => FieldView::text(name, field.label(c.lang)),
    };
    let view = match &field.hint_ar {
        Some(hint) => view.hint(hint.as_str()),
        None if field.filled_by == catalogue::model::FilledBy::Office => view.hint(c.t("public-fee-by-office")),
        None => view,
    };
    view.required()
}

/// What was typed, as the catalogue keeps answers; the error is the key of its message.
fn read(c: &Ctx, field: &Field, asked: &FormData, name: &str) -> Result<Option<Value>, &'static str> {
    if field.kind == FieldType::MultiChoice {
        let known = asked.all(name).into_iter().filter(|value| field.choice(value, c.lang).is_some());
        return Ok(Some(json!(known.collect::<Vec<_>>())));
    }
    if field.kind == FieldType::Date {
        let Some([day, month, year]) = asked.date_parts(name) else { return Ok(None) };
        let date = foundation::dates::parse_boxes(day, month, year).map_err(|_| "public-fee-bad-date")?;
        return Ok(date.map(|date| json!(date.to_string())));
    }
    let typed = asked.get(name);
    if typed.is_empty() {
        return Ok(None);
    }
    match field.kind {
        FieldType::YesNo => Ok(Some(json!(typed == "yes"))),
        FieldType::Integer => {
            let number = digits::parse_int(typed).ok_or("public-fee-bad-number")?;
            within(field, Decimal::from(number))?;
            Ok(Some(json!(number)))
        }
        FieldType::Money => {
            let amount = Piastres::parse(typed).map_err(|_| "public-fee-bad-money")?;
            within(field, Decimal::new(amount.0, 2))?;
            Ok(Some(json!(amount.0)))
        }
        kind if kind.is_numeric() => {
            let number = decimal(typed).ok_or("public-fee-bad-number")?;
            within(field, number)?;
            Ok(Some(json!(number.to_string())))
        }
        FieldType::Choice if !field.choices.is_empty() && field.choice(typed, c.lang).is_none() => {
            Err("public-fee-bad-choice")
        }
        _ => Ok(Some(json!(typed))),
    }
}

/// A measure as typed, in any digits.
pub(super) fn decimal(typed: &str) -> Option<Decimal> {
    let plain: String = digits::to_ascii(typed)
        .chars()
        .filter(|c| !c.is_whitespace() && !digits::is_invisible(*c) && !matches!(c, ',' | '٬'))
        .map(|c| if c == '٫' { '.' } else { c })
        .collect();
    let sane = plain.len() <= 20 && plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if sane { plain.parse().ok() } else { None }
}

fn within(field: &Field, number: Decimal) -> Result<(), &'static str> {
    let small = field.min.is_some_and(|min| number < min);
    let large = field.max.is_some_and(|max| number > max);
    if small || large { Err("public-fee-out-of-range") } else { Ok(()) }
}

/// Part by part, so that one that waits for an officer hides no other.
fn bill(c: &Ctx, service: &Service, case: Case<'_>, figures: &[LocalFigure], day: Date) -> BillView {
    let mut view = BillView { is_whole: true, ..BillView::default() };
    let mut total = Piastres(0);
    let assessed = BTreeMap::new();
    let mut alone = service.clone();
    for part in &service.fee.parts {
        alone.fee.parts = vec![part.clone()];
        let question = Question { service: &alone, case, figures, assessed: &assessed, estimate: true, day };
        match compute_in(c.lang, &question, None) {
            Ok(found) => {
                total = total.checked_add(found.total).unwrap_or(total);
                view.lines.extend(found.lines.into_iter().map(|line| BillLine {
                    label: line.label(c.lang).to_owned(),
                    amount: line.amount.number(Digits::Latn),
                    rule: line.rule_ar,
                    // A single step repeats the rule.
                    steps: if line.steps.len() > 1 { line.steps } else { Vec::new() },
                    due: line.due.label(c.lang).to_owned(),
                }));
            }
            Err(error) => {
                view.is_whole = false;
                view.lines.push(BillLine {
                    label: part.label(c.lang).to_owned(),
                    rule: unknown(c, &error),
                    due: part.due.label(c.lang).to_owned(),
                    ..BillLine::default()
                });
            }
        }
    }
    view.total = total.number(Digits::Latn);
    view
}

fn unknown(c: &Ctx, error: &FeeError) -> String {
    match error {
        FeeError::Missing { fields, .. } => c.t1("public-fee-needs", "fields", fields.join(c.comma())),
        FeeError::NotAssessed { min, max, .. } => {
            // Without a ceiling in the file the largest number stands in for it.
            if *max >= Decimal::from(i32::MAX) {
                c.t("public-fee-assessed")
            } else {
                c.ta("public-fee-assessed-within", &[("min", &pounds(c, *min)), ("max", &pounds(c, *max))])
            }
        }
        _ => c.t("public-fee-not-computed"),
    }
}
