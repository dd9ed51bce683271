//! تقدير الرسوم: each line with the rule behind it, amounts that an officer sets within a range.

use std::collections::BTreeMap;

use catalogue::answers::{Context, Sheet, is_asked, validate};
use catalogue::model::{FeePart, FeeRule, Field, FieldType, Service};
use foundation::money::Piastres;
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Choice, Ctx, FieldView, FormData, FormErrors, Lang};
use rust_decimal::Decimal;
use serde_json::Value;

use super::forms::Action;
use super::open::Opened;
use super::{fieldset, parts};
use crate::Office;
use crate::requests::events::{Answers, FeeLine, Sitting};
use crate::requests::rules::{Command, Fees, Known, day};

/// Lines and their sum.
pub(super) struct FeeView {
    pub lines: Vec<(String, String, String)>,
    pub total: String,
}

fn view(c: &Ctx, service: &Service, lines: &[FeeLine]) -> FeeView {
    let total: Piastres = lines.iter().map(|line| line.amount).sum();
    FeeView {
        lines: lines
            .iter()
            .map(|line| {
                let label = service.charge_label(c.lang, &line.part, &line.label);
                (label, line.rule.clone(), c.money(line.amount))
            })
            .collect(),
        total: c.money(total),
    }
}

/// What was charged so far.
pub(super) fn charged(c: &Ctx, opened: &Opened) -> Option<FeeView> {
    let lines = &opened.state().course.charges;
    (!lines.is_empty()).then(|| view(c, &opened.service, lines))
}

/// Parts that an officer assesses, of payments after this step.
fn assessed(opened: &Opened) -> impl Iterator<Item = &FeePart> {
    let later = |part: &&FeePart| {
        let pay = part.pay_step.as_deref().and_then(|id| opened.service.steps.iter().position(|step| step.id == id));
        pay.is_some_and(|at| at + 1 > usize::from(opened.step))
    };
    opened.service.fee.parts.iter().filter(|part| matches!(part.rule, FeeRule::Assessed { .. })).filter(later).filter(
        |part| {
            let known = Known::of(opened.state(), &opened.service);
            part.when.as_deref().is_none_or(|when| known.holds(when, &part.code).unwrap_or(true))
        },
    )
}

fn name(part: &FeePart) -> String {
    Action::Assess.field(&format!("part.{}", part.code))
}

/// What is set already, and what is typed in any digits.
fn amounts(c: &Ctx, opened: &Opened, data: &FormData, errors: &mut FormErrors) -> BTreeMap<String, Piastres> {
    let mut amounts = opened.state().course.assessed.clone();
    for part in assessed(opened) {
        let typed = data.get(&name(part));
        if typed.is_empty() {
            continue;
        }
        match Piastres::parse(typed) {
            Ok(amount) if within(part, amount) => {
                amounts.insert(part.code.clone(), amount);
            }
            Ok(_) => errors.add(name(part), c.t1("desk-amount-range", "range", range(c, part))),
            Err(_) => errors.add(name(part), c.t("desk-amount-wrong")),
        }
    }
    amounts
}

fn pounds(amount: Piastres) -> Decimal {
    Decimal::new(amount.0, 2)
}

fn within(part: &FeePart, amount: Piastres) -> bool {
    let egp = pounds(amount);
    part.min_egp.is_none_or(|min| egp >= min) && part.max_egp.is_none_or(|max| egp <= max)
}

fn range(c: &Ctx, part: &FeePart) -> String {
    let words = |amount: Decimal| amount.normalize().to_string();
    match (part.min_egp, part.max_egp) {
        (Some(min), Some(max)) => c.ta("desk-range", &[("min", &words(min)), ("max", &words(max))]),
        (Some(min), None) => c.t1("desk-range-from", "min", words(min)),
        (None, Some(max)) => c.t1("desk-range-to", "max", words(max)),
        (None, None) => String::new(),
    }
}

/// The lines as they come out today with these amounts, and the parts that cannot be reckoned.
fn reckoned(office: &Office, opened: &Opened, answers: &Answers, amounts: &BTreeMap<String, Piastres>) -> Fees {
    let known = Known::of(opened.state(), &opened.service).with_answers(answers);
    let figures = office.figures(&opened.state().file.tenant);
    let mut fees = Fees::reckon(&known, &figures, amounts, day(office.clock.now()));
    fees.lines.retain(|line| line.pay > opened.step);
    fees.unknown.retain(|(_, pay)| *pay > opened.step);
    fees
}

/// The reckoning, for the page beside the form.
pub(super) fn today(c: &Ctx, office: &Office, opened: &Opened, data: &FormData) -> FeeView {
    let amounts = amounts(c, opened, data, &mut FormErrors::new());
    let mut answers = opened.state().file.answers.clone();
    answers.extend(office_answers(c.lang, opened, data, &mut FormErrors::new()));
    view(c, &opened.service, &reckoned(office, opened, &answers, &amounts).lines)
}

/// Fields of the form that the department fills in, as far as they are asked.
fn office_fields(opened: &Opened) -> Vec<&Field> {
    let known = Known::of(opened.state(), &opened.service);
    let case = known.case();
    Sheet::Office.fields(&opened.service).filter(|field| is_asked(&opened.service, field, &case)).collect()
}

/// What stands in them, as it would be typed.
fn typed_before(opened: &Opened) -> FormData {
    let answers = &opened.state().file.answers;
    let known = office_fields(opened).into_iter().filter_map(|field| Some((field, answers.get(&field.id)?)));
    FormData::from_pairs(known.flat_map(|(field, value)| as_typed(field, value)))
}

fn as_typed(field: &Field, value: &Value) -> Vec<(String, String)> {
    match (field.kind, value) {
        (FieldType::Money, value) => {
            value.as_i64().map(|amount| (field.id.clone(), Piastres(amount).plain())).into_iter().collect()
        }
        (FieldType::YesNo, Value::Bool(yes)) => vec![(field.id.clone(), if *yes { "yes" } else { "no" }.to_owned())],
        (FieldType::Date, Value::String(day)) => {
            let parts = ["year", "month", "day"].into_iter().zip(day.split('-'));
            parts.map(|(part, number)| (format!("{}.{part}", field.id), number.to_owned())).collect()
        }
        (_, Value::Array(items)) => {
            items.iter().filter_map(|item| Some((field.id.clone(), item.as_str()?.to_owned()))).collect()
        }
        (_, Value::String(text)) => vec![(field.id.clone(), text.clone())],
        (_, value) => vec![(field.id.clone(), value.to_string())],
    }
}

/// The office's answers as typed; only what changes.
pub(super) fn office_answers(lang: Lang, opened: &Opened, data: &FormData, errors: &mut FormErrors) -> Answers {
    let fields = office_fields(opened);
    let known = Known::of(opened.state(), &opened.service);
    let known = known.case();
    let context = Context { applicant: known.applicant, known: known.answers, today: opened.today };
    let raw = fieldset::raw(fields, data);
    match validate(&opened.service, Sheet::Office, &raw, &context) {
        Ok(read) => match read.answers.to_json() {
            Value::Object(mut answers) => {
                answers.retain(|id, value| opened.state().file.answers.get(id) != Some(value));
                answers
            }
            _ => Answers::new(),
        },
        Err(faults) => {
            for fault in faults {
                errors.add(fault.field, fault.said.text(lang));
            }
            Answers::new()
        }
    }
}

/// The form: amounts, the sitting of a pricing committee, a note.
pub(super) fn fields(c: &Ctx, office: &Office, opened: &Opened) -> Vec<FieldView> {
    let action = Action::Assess;
    let mut fields =
        fieldset::views(c, office.catalogue(), office_fields(opened), &typed_before(opened), &FormErrors::new());
    let amounts: Vec<FieldView> = assessed(opened)
        .map(|part| {
            let usual = match part.rule {
                FeeRule::Assessed { default_egp } => default_egp,
                _ => None,
            };
            let set = opened.state().course.assessed.get(&part.code).map(|amount| amount.plain());
            let mut field = FieldView::new(FieldKind::Money, name(part), part.label(c.lang)).required();
            field.value = set.or_else(|| usual.map(|egp| egp.normalize().to_string())).unwrap_or_default();
            let range = range(c, part);
            if range.is_empty() { field } else { field.hint(range) }
        })
        .collect();
    fields.extend(amounts);
    if opened.is_committee(office) {
        fields.extend(sitting(c, action.code(), office, opened));
    }
    fields.push(FieldView::textarea(action.field("note"), c.t("desk-f-note")).max_length(2_000));
    fields
}

/// Number, day and members of a sitting.
pub(super) fn sitting(c: &Ctx, prefix: &str, office: &Office, opened: &Opened) -> Vec<FieldView> {
    let Some(holder) = opened.holder() else { return Vec::new() };
    let members = opened.tree.members(&holder.unit, &holder.department);
    let members: Vec<Choice> = members
        .map(|member| {
            let choice = Choice::new(member.id.to_string(), &member.name);
            if member.capacity.is_empty() { choice } else { choice.hint(&member.capacity) }
        })
        .collect();
    let today = day(office.clock.now());
    vec![
        FieldView::text(format!("{prefix}-sitting"), c.t("desk-f-sitting")).width(Width::W10).max_length(60).required(),
        parts::with_date(FieldView::new(FieldKind::Date, format!("{prefix}-date"), c.t("desk-f-sitting-date")), today)
            .required(),
        FieldView::checkboxes(format!("{prefix}-members"), c.t("desk-f-members"), members)
            .hint(c.t("desk-f-members-hint"))
            .required(),
    ]
}

/// The sitting as typed.
pub(super) fn read_sitting(c: &Ctx, prefix: &str, data: &FormData, errors: &mut FormErrors) -> Option<Sitting> {
    let date = parts::required_date(c, data, &format!("{prefix}-date"), errors);
    let members = data.all(&format!("{prefix}-members")).into_iter().filter_map(|id| id.parse().ok()).collect();
    Some(Sitting { number: data.get(&format!("{prefix}-sitting")).to_owned(), date: date?, members })
}

/// The command.
pub(super) fn read(
    c: &Ctx,
    office: &Office,
    opened: &Opened,
    data: &FormData,
    errors: &mut FormErrors,
) -> Option<Command> {
    let action = Action::Assess;
    for part in assessed(opened).filter(|part| data.get(&name(part)).is_empty()) {
        errors.add(name(part), c.t1("desk-amount-missing", "label", part.label(c.lang).to_owned()));
    }
    office_answers(c.lang, opened, data, errors);
    let amounts = amounts(c, opened, data, errors);
    let sitting = if opened.is_committee(office) { read_sitting(c, action.code(), data, errors) } else { None };
    let set =
        amounts.into_iter().filter(|(code, amount)| opened.state().course.assessed.get(code) != Some(amount)).collect();
    let note = data.get(&action.field("note")).to_owned();
    (!errors.any()).then_some(Command::AssessFees { step: opened.step, assessed: set, sitting, note })
}
