//! إيقاف المحررات وإعادتها وإلغاؤها: what becomes of a paper after it was issued.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Answer, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use registry::{Place, Right, Viewer};

use super::forms;
use super::open;
use super::parts::{self, FormPage};
use super::words;
use crate::Office;
use crate::licences::chain::{self, LinkLine};
use crate::requests::act::{self, Act};
use crate::requests::events::Decision;
use crate::requests::queries::{self, PaperFound};
use crate::requests::rules::Command;
use crate::requests::state::{Ruling, Standing};

#[derive(Template)]
#[template(path = "desk/paper.html")]
struct PaperPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    number: String,
    class: &'static str,
    standing: String,
    facts: Vec<Answer>,
    rulings: Vec<RulingLine>,
    ways: Vec<(String, String, &'static str)>,
    over: bool,
    chain: Vec<LinkLine>,
    children: Vec<(String, String)>,
}

struct RulingLine {
    class: &'static str,
    what: String,
    decision: String,
    reason: String,
    on: String,
}

/// The paper, for whoever may rule on papers of its unit.
async fn found(office: &Office, viewer: &Viewer, number: &str) -> Result<PaperFound, PageError> {
    let number: String = number.chars().filter(char::is_ascii_digit).collect();
    let found = queries::paper_by_number(&mut office.db.reader(), &number).await.map_err(open::failed)?;
    // Whether there is such a paper is nobody else's business.
    let found = found.ok_or_else(PageError::forbidden)?;
    let place = office.units.now().path(&found.request.state.file.unit).map(Place::unit);
    if place.is_none_or(|place| viewer.grant(Right::RevokePapers, &place).is_none()) {
        return Err(PageError::forbidden());
    }
    Ok(found)
}

fn facts(c: &Ctx, office: &Office, found: &PaperFound) -> Vec<Answer> {
    let file = &found.request.state.file;
    let after = found.paper.superseded.as_ref();
    let after = after.map(|after| Answer::latin(c.t("licences-superseded-by"), c.reference(&after.number)));
    let until = found.paper.suspended_until;
    let until = until.map(|until| Answer::text(c.t("licences-suspended-until"), c.date(until)));
    let mut facts = vec![
        Answer::text(c.t("desk-service"), office.service_name(&file.service.code, c.lang)),
        Answer::latin(c.t("desk-request"), c.reference(&file.number)),
        Answer::text(c.t("desk-unit"), office.units.now().name(&file.unit)),
        Answer::text(c.t("desk-issued-on"), c.date(found.paper.issued_on)),
        Answer::text(
            c.t("desk-valid-until"),
            found.paper.expires.map_or_else(|| c.t("desk-no-end"), |day| c.date(day)),
        ),
    ];
    facts.extend(after.into_iter().chain(until));
    facts
}

/// Standing and rulings of a paper.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<String>,
) -> Result<Response, PageError> {
    let found = found(&office, &viewer, &number).await?;
    let c = c.dense();
    let paper = &found.paper;
    let mut q = office.db.reader();
    let links = chain::chain(&mut q, &paper.number).await.map_err(open::failed)?;
    let children = chain::children(&mut q, &found.request.tenant, &paper.number).await?;
    let children = children.into_iter().map(|child| {
        let words = format!("{} {}", office.service_name(&child.service, c.lang), c.reference_inline(&child.number));
        (format!("/desk/requests/{}", child.id), words)
    });
    let ways: &[&str] = match paper.standing {
        Standing::Valid => &["suspend", "revoke"],
        Standing::Suspended => &["restore", "revoke"],
        Standing::Revoked | Standing::Superseded => &[],
    };
    let page = PaperPage {
        crumbs: vec![Crumb::new("/desk", c.t("desk-inbox-title")), Crumb::here(c.reference_inline(&paper.number))],
        number: c.reference(&paper.number),
        class: forms::standing_class(paper.standing),
        standing: c.t(&format!("desk-standing-{}", paper.standing.word())),
        facts: facts(&c, &office, &found),
        rulings: paper
            .rulings
            .iter()
            .rev()
            .map(|ruling| RulingLine {
                class: forms::standing_class(ruling.standing),
                what: c.t(&format!("desk-standing-{}", ruling.standing.word())),
                decision: c.ta(
                    "desk-decision-of",
                    &[("number", &ruling.decision.number), ("date", &c.date(ruling.decision.date))],
                ),
                reason: reason(&c, ruling),
                on: c.instant(ruling.at),
            })
            .collect(),
        ways: ways
            .iter()
            .map(|way| {
                let class = if *way == "revoke" { "danger" } else { "sec" };
                (format!("/desk/papers/{}/{way}", paper.number), c.t(&format!("desk-paper-{way}")), class)
            })
            .collect(),
        over: paper.standing.is_final(),
        chain: chain::lines(&c, &office, &links, &paper.number),
        children: children.collect(),
        c,
    };
    Ok(Html(page).into_response())
}

/// Why a ruling was made: its words, or what the record knows in their place.
fn reason(c: &Ctx, ruling: &Ruling) -> String {
    if let Some(paper) = &ruling.paper {
        return c.t1("licences-by-paper", "number", c.reference_inline(paper));
    }
    let ended = ruling.standing == Standing::Valid && ruling.by.is_none();
    let until = ruling.until.map(|until| c.date(until)).unwrap_or_default();
    match (ruling.reason.as_str(), ended, until.as_str()) {
        ("", true, until) => c.t1("licences-suspension-over", "date", until.to_owned()),
        (words, _, "") => words.to_owned(),
        (words, _, until) => format!("{words} ({} {until})", c.t("licences-suspended-until")),
    }
}

/// What a word of the address means.
fn standing(ruling: &str) -> Result<Standing, PageError> {
    match ruling {
        "suspend" => Ok(Standing::Suspended),
        "restore" => Ok(Standing::Valid),
        "revoke" => Ok(Standing::Revoked),
        _ => Err(PageError::NotFound),
    }
}

/// Asks before a ruling.
pub(super) async fn confirm(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((number, ruling)): Path<(String, String)>,
) -> Result<Response, PageError> {
    standing(&ruling)?;
    let found = found(&office, &viewer, &number).await?;
    Ok(Html(page(&office, c, &found, &ruling, &FormData::default(), &FormErrors::new())).into_response())
}

fn page(office: &Office, c: Ctx, found: &PaperFound, ruling: &str, data: &FormData, errors: &FormErrors) -> FormPage {
    let c = c.dense().failed(errors.any());
    let number = &found.paper.number;
    let fields = [
        FieldView::text("paper-decision", c.t("desk-f-decision")).width(Width::W10).max_length(60).required(),
        FieldView::new(FieldKind::Date, "paper-date", c.t("desk-f-decision-date")).required(),
        FieldView::textarea("paper-reason", c.t("desk-f-reason")).max_length(2_000).required(),
    ];
    let mut fields: Vec<FieldView> = fields.into();
    if ruling == "suspend" {
        let until = FieldView::new(FieldKind::Date, "paper-until", c.t("licences-until"));
        fields.push(until.hint(c.t("licences-until-hint")));
    }
    let back = format!("/desk/papers/{number}");
    FormPage {
        crumbs: vec![
            Crumb::new(back.clone(), c.reference_inline(number)),
            Crumb::here(c.t(&format!("desk-paper-{ruling}"))),
        ],
        title: c.t1(&format!("desk-paper-{ruling}-title"), "number", c.reference_inline(number)),
        facts: facts(&c, office, found),
        effect: c.t(&format!("desk-paper-{ruling}-effect")),
        blocked: String::new(),
        changes: Vec::new(),
        errors: errors.clone(),
        action: format!("/desk/papers/{number}/{ruling}"),
        command: data.command().map_or_else(|| c.command(), |command| command.to_string()),
        version: found.request.state.version,
        multipart: false,
        kept: Vec::new(),
        fields: fields.into_iter().map(|field| field.filled(data, errors)).collect(),
        button: c.t(&format!("desk-paper-{ruling}")),
        danger: ruling == "revoke",
        back,
        c,
    }
}

/// Rules on a paper.
pub(super) async fn rule(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path((number, ruling)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, PageError> {
    let standing = standing(&ruling)?;
    let found = found(&office, &viewer, &number).await?;
    let command = parts::command(&data)?;
    let mut errors = FormErrors::new();
    let date = parts::required_date(&c, &data, "paper-date", &mut errors);
    for (name, key) in [("paper-decision", "desk-decision-number"), ("paper-reason", "desk-reason-missing")] {
        data.required(name, &mut errors, || c.t(key));
    }
    let until = if standing == Standing::Suspended { parts::date(&c, &data, "paper-until", &mut errors) } else { None };
    let (Some(date), false) = (date, errors.any()) else {
        return Ok(Html(page(&office, c, &found, &ruling, &data, &errors)).unprocessable());
    };
    let what = Command::RulePaper {
        number: found.paper.number.clone(),
        standing,
        reason: data.get("paper-reason").to_owned(),
        decision: Decision { number: data.get("paper-decision").to_owned(), date },
        until,
    };
    let wanted = Act {
        tenant: found.request.tenant.clone(),
        request: found.request.id,
        command,
        seen: None,
        what,
        personal: None,
        known: None,
    };
    match act::act(&office, &viewer, wanted).await {
        Ok(_) => {
            let paper = &found.paper.number;
            let done = c.t1(&format!("desk-paper-{ruling}-done"), "number", c.reference_inline(paper));
            Ok(see_other(format!("/desk/papers/{paper}")).with_flash(Flash::ok(done)).into_response())
        }
        Err(error) => {
            let service = office.version(&found.request.state.file.service).ok_or(PageError::NotFound)?;
            let failed = words::sort(&c, &office, &service, "paper", error, &mut errors)?;
            let status = match failed {
                words::Failed::Form => StatusCode::UNPROCESSABLE_ENTITY,
                words::Failed::Moved(_) => StatusCode::CONFLICT,
            };
            Ok(Html(page(&office, c, &found, &ruling, &data, &errors)).status(status))
        }
    }
}
