//! إضافة توكيل: in short steps; what was told on one goes along to the next in the form itself, and is recorded
//! with the last.

use std::collections::BTreeSet;

use askama::Template;
use axum::response::{IntoResponse, Response};
use catalogue::model::ApplicantKind;
use foundation::dates;
use foundation::identity::{CommercialRegister, Mobile, NationalId, TaxNumber};
use foundation::web::forms::FieldKind;
use foundation::web::{Choice, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use jiff::civil::Date;
use registry::Viewer;
use registry::mandates::{self, Capacity, Document, MandateError, Order, Principal, Scan, Scope, TENANT, Write};
use serde_json::json;
use uuid::Uuid;

use super::mandates::HERE;
use crate::Office;
use crate::counter::intake::files;
use crate::requests::events::FileRef;
use crate::requests::rules;
use crate::uploads;

const SCAN: &str = "scan";
/// The fields of each step.
const STEPS: [&[&str]; 4] = [
    &["capacity", "kind"],
    &["name", "nid", "number", "tax", "mobile"],
    &["document", "office", "dated", "from", "to"],
    &["scope", "groups", "service.1", "service.2", "service.3", "file.scan", "have.scan"],
];
/// What every step carries and none asks.
const OWN: [&str; 5] = ["csrf", "command", "mandate", "step", "do"];

#[derive(Template)]
#[template(path = "online/declare.html")]
struct DeclarePage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    /// From 1.
    step: usize,
    /// «خطوة 1 من 4»
    place: String,
    title: String,
    fields: Vec<FieldView>,
    /// What other steps told.
    along: Vec<(String, String)>,
    /// The file that is there already, as the form keeps it.
    have: String,
    mandate: String,
    command: String,
    last: bool,
}

fn is_company(data: &FormData) -> bool {
    data.get("kind") == ApplicantKind::Company.code()
}

fn fields(office: &Office, c: &Ctx, data: &FormData, errors: &FormErrors, step: usize) -> Vec<FieldView> {
    let list = match step {
        1 => whose(c),
        2 => who(c, is_company(data)),
        3 => document(c, is_company(data)),
        _ => scope(office, c, data),
    };
    list.into_iter().map(|field| field.filled(data, errors)).collect()
}

fn whose(c: &Ctx) -> Vec<FieldView> {
    let capacities = Capacity::ALL.map(|one| {
        let key = format!("mandates-capacity-{}", one.code().replace('_', "-"));
        Choice::new(one.code(), c.t(&key))
    });
    let kinds = [ApplicantKind::Person, ApplicantKind::Company];
    let kinds = kinds.map(|kind| Choice::new(kind.code(), kind.label(c.lang)));
    vec![
        FieldView::radios("kind", c.t("mandates-kind"), kinds.to_vec()).required(),
        FieldView::radios("capacity", c.t("mandates-capacity"), capacities.to_vec()).required(),
    ]
}

fn who(c: &Ctx, company: bool) -> Vec<FieldView> {
    let mobile = FieldView::new(FieldKind::Mobile, "mobile", c.t("account-mobile")).required();
    if company {
        return vec![
            FieldView::text("name", c.t("mandates-company-name")).required().max_length(200),
            FieldView::new(FieldKind::Code, "number", c.t("mandates-register")).required(),
            FieldView::new(FieldKind::Code, "tax", c.t("mandates-tax")).required().hint(c.t("mandates-tax-hint")),
            mobile,
        ];
    }
    vec![
        FieldView::text("name", c.t("account-name")).required().max_length(200),
        FieldView::new(FieldKind::NationalId, "nid", c.t("account-nid")).required(),
        mobile,
    ]
}

fn document(c: &Ctx, company: bool) -> Vec<FieldView> {
    let hint = if company { "mandates-document-company-hint" } else { "mandates-document-hint" };
    let day = |name: &str, label: &str| FieldView::new(FieldKind::Date, name, c.t(label));
    vec![
        FieldView::text("document", c.t("mandates-document")).required().max_length(200).hint(c.t(hint)),
        FieldView::text("office", c.t("mandates-office")).required().max_length(200).hint(c.t("mandates-office-hint")),
        day("dated", "mandates-dated").required(),
        day("from", "mandates-from").required(),
        day("to", "mandates-to").hint(c.t("mandates-to-hint")),
    ]
}

fn scope(office: &Office, c: &Ctx, data: &FormData) -> Vec<FieldView> {
    let guide = office.guide_today();
    let scopes = ["all", "groups", "services"];
    let scopes = scopes.map(|one| Choice::new(one, c.t(&format!("mandates-scope-{one}"))));
    let when = |value: &str| json!({ "op": "==", "args": [{ "name": "scope" }, { "text": value }] }).to_string();
    let groups = guide.registers().groups.iter().filter(|group| guide.in_group(&group.code).next().is_some());
    let groups: Vec<Choice> = groups.map(|group| Choice::new(group.code.clone(), group.name(c.lang))).collect();
    let mut services: Vec<(String, String)> =
        guide.services().map(|service| (service.name(c.lang).to_owned(), service.code.clone())).collect();
    services.sort();
    let services: Vec<Choice> = services.into_iter().map(|(name, code)| Choice::new(code, name)).collect();
    let mut list = vec![
        FieldView::radios("scope", c.t("mandates-scope"), scopes.to_vec()).required(),
        FieldView::checkboxes("groups", c.t("mandates-groups"), groups).when(when("groups")),
    ];
    for n in 1..=3_u8 {
        let label = c.t1("mandates-service-n", "n", n);
        list.push(FieldView::select(format!("service.{n}"), label, services.clone()).when(when("services")));
    }
    let mut scan = FieldView::new(FieldKind::File, files::control(SCAN), c.t("mandates-scan"));
    let have = !files::had(data, SCAN).is_empty();
    scan.hint = Some(c.t(if have { "mandates-scan-there" } else { "mandates-scan-hint" }));
    scan.required = !have;
    list.push(scan);
    list
}

fn of_step(step: usize, name: &str) -> bool {
    let names = STEPS.get(step - 1).copied().unwrap_or_default();
    names.iter().any(|known| name == *known || name.strip_prefix(known).is_some_and(|rest| rest.starts_with('.')))
}

fn page(office: &Office, c: Ctx, data: &FormData, errors: FormErrors, step: usize) -> DeclarePage {
    let known = |name: &str| (1..=STEPS.len()).any(|other| other != step && of_step(other, name));
    let along = data.pairs().filter(|(name, _)| known(name) && !OWN.contains(name));
    let along = along.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let fresh = || office.ids.next();
    DeclarePage {
        crumbs: vec![
            Crumb::new("/account", c.t("account-title")),
            Crumb::new(HERE, c.t("mandates-title")),
            Crumb::here(c.t("mandates-add")),
        ],
        step,
        place: c.ta("mandates-step", &[("n", &step), ("of", &STEPS.len())]),
        title: c.t(&format!("mandates-step-{step}")),
        fields: fields(office, &c, data, &errors, step),
        along,
        have: if step == STEPS.len() { data.get(&files::stored(SCAN)).to_owned() } else { String::new() },
        mandate: data.uuid("mandate").unwrap_or_else(fresh).to_string(),
        command: data.command().unwrap_or_else(fresh).to_string(),
        last: step == STEPS.len(),
        c: c.failed(errors.any()),
        errors,
    }
}

/// The first step.
pub(super) async fn form(office: Office, c: Ctx) -> Result<Response, PageError> {
    Ok(Html(page(&office, c, &FormData::default(), FormErrors::new(), 1)).into_response())
}

fn day(c: &Ctx, data: &FormData, name: &str, needed: bool, errors: &mut FormErrors) -> Option<Date> {
    let [day, month, year] = data.date_parts(name).unwrap_or_default();
    match dates::parse_boxes(day, month, year) {
        Ok(None) if needed => errors.add(name, c.t("mandates-date-missing")),
        Ok(day) => return day,
        Err(_) => errors.add(name, c.t("mandates-date-wrong")),
    }
    None
}

fn principal(c: &Ctx, data: &FormData, today: Date, errors: &mut FormErrors) -> Principal {
    let name = data.required("name", errors, || c.t("mandates-refused-name"));
    let mobile = Mobile::parse(data.get("mobile")).map(|mobile| mobile.as_str().to_owned());
    let mobile = mobile.unwrap_or_else(|_| {
        let key = if data.get("mobile").is_empty() { "account-mobile-missing" } else { "common-mobile-hint" };
        errors.add("mobile", c.t(key));
        String::new()
    });
    if is_company(data) {
        let number = CommercialRegister::parse(data.get("number")).map(|number| number.as_str().to_owned());
        let tax = TaxNumber::parse(data.get("tax")).map(|tax| tax.as_str().to_owned());
        if number.is_err() {
            errors.add("number", c.t("mandates-register-wrong"));
        }
        if tax.is_err() {
            errors.add("tax", c.t("mandates-tax-wrong"));
        }
        let number = number.unwrap_or_default();
        return Principal { kind: ApplicantKind::Company, name, number, tax: tax.ok(), mobile };
    }
    let number = NationalId::parse(data.get("nid"), today).map(|number| number.as_str().to_owned());
    if number.is_err() {
        let key = if data.get("nid").is_empty() { "account-nid-missing" } else { "common-nid-wrong" };
        errors.add("nid", c.t(key));
    }
    Principal { kind: ApplicantKind::Person, name, number: number.unwrap_or_default(), tax: None, mobile }
}

/// The services that are chosen; those of a group as they are today.
fn chosen(office: &Office, c: &Ctx, data: &FormData, errors: &mut FormErrors) -> Scope {
    let guide = office.guide_today();
    match data.get("scope") {
        "all" => Scope::All,
        "groups" => {
            let groups: Vec<String> = data.all("groups").into_iter().map(str::to_owned).collect();
            let groups: Vec<String> = groups.into_iter().filter(|code| guide.in_group(code).next().is_some()).collect();
            let of_groups = groups.iter().flat_map(|code| guide.in_group(code)).map(|service| service.code.clone());
            let services: Vec<String> = of_groups.collect();
            if services.is_empty() {
                errors.add("groups", c.t("mandates-refused-no-scope"));
            }
            Scope::Only { groups, services }
        }
        "services" => {
            let typed = (1..=3).map(|n| data.get(&format!("service.{n}")).to_owned());
            let services: BTreeSet<String> = typed.filter(|code| guide.service(code).is_some()).collect();
            if services.is_empty() {
                errors.add("service.1", c.t("mandates-refused-no-scope"));
            }
            Scope::Only { groups: Vec::new(), services: services.into_iter().collect() }
        }
        _ => {
            errors.add("scope", c.t("mandates-scope-missing"));
            Scope::All
        }
    }
}

/// Reads the steps up to this one; what is wrong goes to the errors. The last step makes an order.
fn read(office: &Office, c: &Ctx, data: &FormData, step: usize, errors: &mut FormErrors) -> Option<Order> {
    let today = rules::day(office.clock.now());
    let capacity = Capacity::from_code(data.get("capacity"));
    if capacity.is_none() {
        errors.add("capacity", c.t("mandates-capacity-missing"));
    }
    if ![ApplicantKind::Person, ApplicantKind::Company].iter().any(|kind| kind.code() == data.get("kind")) {
        errors.add("kind", c.t("mandates-kind-missing"));
    }
    if step < 2 {
        return None;
    }
    let principal = principal(c, data, today, errors);
    if step < 3 {
        return None;
    }
    let number = data.required("document", errors, || c.t("mandates-refused-no-document"));
    let issuer = data.required("office", errors, || c.t("mandates-refused-no-office"));
    let dated = day(c, data, "dated", true, errors);
    let from = day(c, data, "from", true, errors);
    let to = day(c, data, "to", false, errors);
    if step < 4 {
        return None;
    }
    let scope = chosen(office, c, data, errors);
    let scan = files::had(data, SCAN).pop();
    if scan.is_none() && errors.of(&files::control(SCAN)).is_none() {
        errors.add(files::control(SCAN), c.t("mandates-scan-missing"));
    }
    let scan = scan.map(|file| Scan { hash: file.hash, media: file.media, size: file.size });
    Some(Order {
        principal,
        capacity: capacity?,
        document: Document { number, office: issuer, dated: dated? },
        from: from?,
        to,
        scope,
        scan,
    })
}

/// The step to which the first error belongs.
fn step_of(errors: &FormErrors, step: usize) -> usize {
    let first = errors.iter().filter_map(|(name, _)| (1..=STEPS.len()).find(|step| of_step(*step, name))).min();
    first.unwrap_or(step)
}

fn keep<'a>(
    tx: &'a mut foundation::db::Tx,
    mandate: Uuid,
    scan: &'a Scan,
) -> record::BoxFuture<'a, Result<bool, foundation::db::DbError>> {
    Box::pin(async move {
        let file = FileRef { hash: scan.hash.clone(), media: scan.media.clone(), size: scan.size };
        uploads::kept(tx, TENANT, mandate, &[file]).await
    })
}

/// Takes a step; with the last one the mandate is declared.
pub(super) async fn take(office: Office, viewer: Viewer, c: Ctx, mut data: FormData) -> Result<Response, PageError> {
    let step: usize = data.get("step").parse().ok().filter(|step| (1..=STEPS.len()).contains(step)).unwrap_or(1);
    let mandate = data.uuid("mandate").ok_or(PageError::BadRequest(None))?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    if data.get("do") == "back" {
        return Ok(Html(page(&office, c, &data, FormErrors::new(), (step - 1).max(1))).into_response());
    }
    let mut errors = FormErrors::new();
    if step == STEPS.len() {
        let place = (TENANT, TENANT, mandate);
        files::take(&office, &viewer, &c, place, &mut data, &[SCAN.to_owned()], &mut errors).await?;
    }
    let order = read(&office, &c, &data, step, &mut errors);
    if errors.any() {
        let step = step_of(&errors, step);
        return Ok(Html(page(&office, c, &data, errors, step)).unprocessable());
    }
    let Some(order) = order else {
        return Ok(Html(page(&office, c, &data, FormErrors::new(), step + 1)).into_response());
    };
    match mandates::declare(&office, &viewer, Write { mandate, command }, order, keep).await {
        Ok(()) => {
            let flash = Flash::ok(c.t("mandates-declared"));
            Ok(see_other(HERE).with_flash(flash).into_response())
        }
        Err(MandateError::Refused(refusal)) => {
            errors.add(refusal.field(), c.t(refusal.message()));
            let step = step_of(&errors, step);
            Ok(Html(page(&office, c, &data, errors, step)).unprocessable())
        }
        Err(error) => Err(error.into()),
    }
}
