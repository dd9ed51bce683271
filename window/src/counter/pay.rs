//! Collecting (التحصيل): a number, what is due with the rule behind each line, a slip, a receipt.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use foundation::money::Piastres;
use foundation::web::forms::FieldKind;
use foundation::web::{Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError, see_other};
use registry::{Right, Viewer};
use serde::Deserialize;

use super::acts::act_of;
use super::open::{self, Opened, Person, Views};
use super::{papers, printed, search, words};
use crate::Office;
use crate::requests::act::{self, Answer};
use crate::requests::events::{FeeLine, StepNo};
use crate::requests::rules::Command;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    paid: String,
}

struct Line {
    label: String,
    rule: String,
    amount: String,
}

/// A payment step that waits.
struct Due {
    id: String,
    number: String,
    service: String,
    person: Person,
    step: StepNo,
    label: String,
    seen: i64,
    lines: Vec<Line>,
    total: String,
    fields: Vec<FieldView>,
    command: String,
}

#[derive(Template)]
#[template(path = "counter/pay.html")]
struct PayPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    search: FieldView,
    /// What there is to say instead of a bill.
    said: String,
    helped: Vec<String>,
    due: Option<Due>,
    paid: String,
}

fn page(c: Ctx, typed: &str, errors: FormErrors, said: String, due: Option<Due>, paid: &str) -> PayPage {
    let c = c.dense().failed(errors.any());
    let mut field = FieldView::new(FieldKind::Code, "q", c.t("counter-pay-number")).required().value(typed);
    field.error = errors.of("q").map(str::to_owned);
    let helped = search::help(typed);
    PayPage {
        crumbs: vec![Crumb::new("/counter", c.t("counter-nav-desk")), Crumb::here(c.t("counter-nav-pay"))],
        search: if due.is_none() { field.autofocus() } else { field },
        said,
        helped,
        due,
        paid: paid.to_owned(),
        errors,
        c,
    }
}

/// Finds a request and what it owes now.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let paid: String = asked.paid.chars().filter(char::is_ascii_digit).collect();
    if asked.q.trim().is_empty() {
        return Ok(Html(page(c, "", FormErrors::new(), String::new(), None, &paid)).into_response());
    }
    let Some(opened) = find(&office, &viewer, &views, &asked.q).await? else {
        let mut errors = FormErrors::new();
        errors.add("q", c.t("counter-number-unknown"));
        return Ok(Html(page(c, &asked.q, errors, String::new(), None, "")).unprocessable());
    };
    let (data, errors) = (FormData::default(), FormErrors::new());
    match due(&office, &viewer, &c, &opened, &data, &errors, None).await? {
        Ok(due) => Ok(Html(page(c, &asked.q, errors, String::new(), Some(due), "")).into_response()),
        Err(said) => Ok(Html(page(c, &asked.q, errors, said, None, "")).into_response()),
    }
}

/// A request by what was typed or scanned, if the viewer collects for it.
async fn find(office: &Office, viewer: &Viewer, views: &Views, typed: &str) -> Result<Option<Opened>, PageError> {
    let Some(case) = search::by_typed(office, viewer, typed).await? else { return Ok(None) };
    let opened = open::opened(office, viewer, views, case, "pay")?;
    let windows = printed::windows(&office.units.now(), opened.state());
    let held = windows.iter().any(|window| viewer.grant(Right::CollectPayments, window).is_some());
    Ok(held.then_some(opened))
}

/// Lines of a payment step: what was charged, or what the rules give today.
fn lines(office: &Office, opened: &Opened, step: StepNo) -> Result<Vec<FeeLine>, Vec<String>> {
    let state = opened.state();
    let owed: Vec<FeeLine> = state.course.owed(step).cloned().collect();
    if !owed.is_empty() {
        return Ok(owed);
    }
    let Some(fees) = act::fees_today(office, state) else { return Ok(Vec::new()) };
    let unknown: Vec<String> =
        fees.unknown.iter().filter(|(_, pay)| *pay == step).map(|(part, _)| part.clone()).collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    Ok(fees.lines.into_iter().filter(|line| line.pay == step).collect())
}

/// The bill of the first payment step that waits, or why there is none.
async fn due(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    opened: &Opened,
    data: &FormData,
    errors: &FormErrors,
    command: Option<String>,
) -> Result<Result<Due, String>, PageError> {
    let (state, service) = (opened.state(), &*opened.service);
    let Some((no, _)) = state.course.open_steps().find(|(_, step)| words::is_pay(step.kind)) else {
        return Ok(Err(c.t("counter-nothing-due")));
    };
    let lines = match lines(office, opened, no) {
        Ok(lines) => lines,
        Err(parts) => {
            let names: BTreeMap<&str, &str> =
                service.fee.parts.iter().map(|part| (part.code.as_str(), part.label(c.lang))).collect();
            let parts: Vec<&str> = parts.iter().map(|part| names.get(part.as_str()).copied().unwrap_or(part)).collect();
            return Ok(Err(c.t1("counter-due-unknown", "parts", parts.join(c.comma()))));
        }
    };
    let total: Piastres = lines.iter().map(|line| line.amount).sum();
    let person = open::applicant(office, viewer, c, &opened.case).await?;
    let label =
        usize::from(no).checked_sub(1).and_then(|at| service.steps.get(at)).map(|step| step.label(c.lang).to_owned());
    let fields = vec![
        FieldView::new(FieldKind::Money, "amount", c.t("counter-amount"))
            .required()
            .value(total.plain())
            .filled(data, errors),
        FieldView::new(FieldKind::Code, "slip", c.t("counter-slip-number"))
            .hint(c.t("counter-slip-hint"))
            .max_length(40)
            .filled(data, errors),
    ];
    let mut fields = fields;
    if let Some(first) = fields.first_mut() {
        first.autofocus = !errors.any();
    }
    Ok(Ok(Due {
        id: opened.case.id.to_string(),
        number: state.file.number.clone(),
        service: service.name(c.lang).to_owned(),
        person,
        step: no,
        label: label.unwrap_or_default(),
        seen: state.version,
        lines: lines
            .into_iter()
            .map(|line| Line {
                label: service.charge_label(c.lang, &line.part, &line.label),
                rule: line.rule,
                amount: papers::sum(line.amount),
            })
            .collect(),
        total: papers::sum(total),
        fields,
        command: command.unwrap_or_else(|| c.command()),
    }))
}

/// Takes the money of a step and gives the receipt.
pub(super) async fn collect(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    data: FormData,
) -> Result<Response, PageError> {
    let id = data.uuid("request").ok_or(PageError::BadRequest(None))?;
    let step: StepNo = data.get("step").parse().map_err(|_| PageError::BadRequest(None))?;
    let opened = open::open(&office, &viewer, &views, id, "pay").await?;
    let mut errors = FormErrors::new();
    let typed = data.get("amount");
    match Piastres::parse(typed) {
        Err(_) => {
            errors.add("amount", c.t(if typed.is_empty() { "counter-amount-missing" } else { "counter-amount-wrong" }))
        }
        Ok(amount) => {
            let what = Command::Collect { step, amount, slip: data.get("slip").to_owned() };
            match act::act(&office, &viewer, act_of(&opened, &data, what)?).await {
                Ok(Answer { receipt, .. }) => {
                    let receipt = receipt.unwrap_or_default();
                    return Ok(see_other(format!("/counter/pay?paid={receipt}")).into_response());
                }
                Err(error) => errors.add("amount", words::told(&c, &office, error)?),
            }
        }
    }
    let command = Some(data.get("command").to_owned());
    let number = opened.state().file.number.clone();
    let due = due(&office, &viewer, &c, &opened, &data, &errors, command).await?;
    let (due, said) = match due {
        Ok(due) => (Some(due), String::new()),
        Err(said) => (None, said),
    };
    Ok(Html(page(c, &number, errors, said, due, "")).unprocessable())
}
