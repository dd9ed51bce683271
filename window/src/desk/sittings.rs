//! جلسات اللجان: what lies before a committee, and what it resolved.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use catalogue::model::StepKind;
use foundation::web::forms::Width;
use foundation::web::{
    Choice, Crumb, Ctx, DeadlineView, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other,
};
use registry::{Right, Viewer};
use uuid::Uuid;

use super::open::{self, Opened};
use super::parts::{self, FormPage};
use super::trail::Change;
use super::words::{self, Failed};
use super::{act as desk_act, fees, file, forms, read};
use crate::Office;
use crate::requests::act;
use crate::requests::events::{Opinion, Resolution, ServiceRef, Sitting, StepNo};
use crate::requests::queries;
use crate::requests::rules::{Command, QUORUM};

#[derive(Template)]
#[template(path = "desk/sittings.html")]
struct DocketPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    committees: Vec<Docket>,
}

struct Docket {
    name: String,
    members: String,
    few: bool,
    cases: Vec<CaseLine>,
}

struct CaseLine {
    href: String,
    file: String,
    number: String,
    service: String,
    step: String,
    from: String,
    due: DeadlineView,
}

/// A sitting with nothing in it, to ask who may enter one.
pub(super) fn probe(opened: &Opened) -> Command {
    let sitting = Sitting { number: String::new(), date: opened.today, members: Vec::new() };
    let resolution = Resolution::Postpone { reason: String::new() };
    Command::HoldSitting { step: opened.step, sitting, resolution, note: String::new() }
}

/// Cases before the viewer's committees.
pub(super) async fn docket(office: Office, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let c = c.dense();
    let tree = office.units.now();
    let mut committees = Vec::new();
    let mut reader = office.db.reader();
    for desk in queries::desks(&viewer, &tree, Right::HoldSittings) {
        let lines = queries::docket(&mut reader, &desk).await?;
        let members = tree.members(&desk.unit, &desk.department).count();
        let cases = lines.iter().map(|line| {
            let version = ServiceRef { code: line.service.clone(), version: line.service_hash.clone() };
            let service = office.version(&version);
            let assesses = line.kind == StepKind::AssessFee.code();
            let file = format!("/desk/requests/{}?step={}", line.request, line.step);
            CaseLine {
                // A price is fixed on the file's own form, with the sitting in it.
                href: if assesses { file.clone() } else { format!("/desk/sittings/{}/{}", line.request, line.step) },
                file,
                number: c.reference(&line.number),
                service: office.service_name(&line.service, c.lang),
                step: service
                    .as_ref()
                    .and_then(|service| service.step(&line.step_id))
                    .map(|step| step.label(c.lang).to_owned())
                    .unwrap_or_default(),
                from: line.opened_on.map(|day| c.date(day)).unwrap_or_default(),
                due: parts::deadline(&c, &tree, &desk.unit, line.due, office.clock.now(), line.halted),
            }
        });
        committees.push(Docket {
            cases: cases.collect(),
            name: parts::holder(&c, &office, &tree, &desk),
            members: c.t1("desk-members-count", "n", members),
            few: members < QUORUM,
        });
    }
    let page = DocketPage { crumbs: vec![Crumb::here(c.t("desk-sittings-title"))], committees, c };
    Ok(Html(page).into_response())
}

/// The minutes of a case.
pub(super) async fn form(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((id, step)): Path<(Uuid, StepNo)>,
) -> Result<Response, PageError> {
    let opened = at(&office, &viewer, id, step).await?;
    let page = page(&office, &viewer, c, &opened, &FormData::default(), &FormErrors::new(), Vec::new()).await?;
    Ok(Html(page).into_response())
}

async fn at(office: &Office, viewer: &Viewer, id: Uuid, step: StepNo) -> Result<Opened, PageError> {
    let asked = FormData::from_pairs([("step", step.to_string())]);
    let opened = open::open(office, viewer, id, &asked).await?;
    if opened.step != step || !opened.sits(office) {
        return Err(PageError::NotFound);
    }
    if !opened.may(viewer, &probe(&opened)) {
        return Err(PageError::forbidden());
    }
    Ok(opened)
}

async fn page(
    office: &Office,
    viewer: &Viewer,
    c: Ctx,
    opened: &Opened,
    data: &FormData,
    errors: &FormErrors,
    changes: Vec<Change>,
) -> Result<FormPage, PageError> {
    let c = c.dense().failed(errors.any());
    let looked = opened.looked(viewer);
    let number = c.reference_inline(&opened.state().file.number);
    let results = ["accept", "refuse", "postpone"].map(|word| Choice::new(word, c.t(&format!("desk-result-{word}"))));
    let opinions = ["favourable", "conditional"].map(|word| Choice::new(word, c.t(&format!("desk-approval-{word}"))));
    let mut fields = fees::sitting(&c, "sitting", office, opened);
    fields.extend([
        FieldView::radios("sitting-result", c.t("desk-f-result"), results.to_vec()).required(),
        FieldView::text("sitting-decision", c.t("desk-f-committee-decision")).width(Width::W10).max_length(60),
        FieldView::radios("sitting-opinion", c.t("desk-f-accept-how"), opinions.to_vec()).value("favourable"),
        FieldView::textarea("sitting-note", c.t("desk-f-conditions")).max_length(2_000),
        FieldView::checkboxes("sitting-reasons", c.t("desk-f-reasons"), forms::reasons(&c, office, opened))
            .hint(c.t("desk-f-if-refused")),
        FieldView::textarea("sitting-text", c.t("desk-f-refusal-text"))
            .max_length(2_000)
            .hint(c.t("desk-f-if-refused")),
        FieldView::textarea("sitting-reason", c.t("desk-f-postpone")).max_length(500),
    ]);
    let fields = fields.into_iter().map(|field| field.filled(data, errors)).collect();
    let over = opened.stands().is_none_or(|step| !step.is_open());
    let few = opened.holder().is_some_and(|at| opened.tree.members(&at.unit, &at.department).count() < QUORUM);
    let blocked = match (over, few) {
        (true, _) => c.t("desk-sitting-over"),
        (false, true) => c.t("desk-members-few"),
        (false, false) => String::new(),
    };
    let mut facts = file::head(office, viewer, &c, opened, &looked).await?;
    for said in file::opinions(&c, office, opened) {
        facts.push(foundation::web::Answer::text(said.step, format!("{}: {} {}", said.place, said.word, said.text)));
    }
    Ok(FormPage {
        crumbs: vec![Crumb::new("/desk/sittings", c.t("desk-sittings-title")), Crumb::here(number.clone())],
        title: c.t1("desk-sitting-title", "number", number),
        facts,
        effect: String::new(),
        blocked,
        changes,
        errors: errors.clone(),
        action: format!("/desk/sittings/{}/{}", opened.case.id, opened.step),
        command: data.command().map_or_else(|| c.command(), |command| command.to_string()),
        version: opened.state().version,
        multipart: false,
        kept: Vec::new(),
        fields,
        button: c.t("desk-button-sitting"),
        danger: false,
        back: "/desk/sittings".to_owned(),
        c,
    })
}

fn resolution(c: &Ctx, data: &FormData, errors: &mut FormErrors) -> Option<Resolution> {
    let get = |name: &str| data.get(name).to_owned();
    Some(match data.get("sitting-result") {
        "accept" => Resolution::Accept {
            decision: get("sitting-decision"),
            opinion: read::opinion(data.get("sitting-opinion")),
        },
        "refuse" => Resolution::Refuse {
            decision: get("sitting-decision"),
            reasons: data.all("sitting-reasons").into_iter().map(str::to_owned).collect(),
            text: get("sitting-text"),
        },
        "postpone" => Resolution::Postpone { reason: get("sitting-reason") },
        _ => {
            errors.add("sitting-result", c.t("desk-result-missing"));
            return None;
        }
    })
}

/// Enters the minutes.
pub(super) async fn hold(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((id, step)): Path<(Uuid, StepNo)>,
    data: FormData,
) -> Result<Response, PageError> {
    let opened = at(&office, &viewer, id, step).await?;
    let command = parts::command(&data)?;
    let mut errors = FormErrors::new();
    let sitting = fees::read_sitting(&c, "sitting", &data, &mut errors);
    let resolution = resolution(&c, &data, &mut errors);
    if matches!(&resolution, Some(Resolution::Accept { opinion: Opinion::Conditional, .. }))
        && data.get("sitting-note").is_empty()
    {
        errors.add("sitting-note", c.t("desk-conditions-missing"));
    }
    let (Some(sitting), Some(resolution), false) = (sitting, resolution, errors.any()) else {
        let page = page(&office, &viewer, c, &opened, &data, &errors, Vec::new()).await?;
        return Ok(Html(page).unprocessable());
    };
    let what = Command::HoldSitting { step, sitting, resolution, note: data.get("sitting-note").to_owned() };
    let wanted = opened.case.act(command, parts::version(&data), what);
    match act::act(&office, &viewer, wanted).await {
        Ok(_) => {
            let number = c.reference_inline(&opened.state().file.number);
            Ok(see_other("/desk/sittings")
                .with_flash(Flash::ok(c.t1("desk-done-sitting", "number", number)))
                .into_response())
        }
        Err(error) => {
            let failed = words::sort(&c, &office, &opened.service, "sitting", error, &mut errors)?;
            let opened = at(&office, &viewer, id, step).await?;
            let (changes, status) = match &failed {
                Failed::Form => (Vec::new(), StatusCode::UNPROCESSABLE_ENTITY),
                Failed::Moved(since) => {
                    (desk_act::moved(&c, &office, &opened, since, parts::version(&data)), StatusCode::CONFLICT)
                }
            };
            let page = page(&office, &viewer, c, &opened, &data, &errors, changes).await?;
            Ok(Html(page).status(status))
        }
    }
}
