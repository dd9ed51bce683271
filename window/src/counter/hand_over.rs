//! Hand-over (التسليم): the paper, or word of a refusal, after somebody's identity was looked at.

use axum::extract::Path;
use axum::response::Response;
use foundation::web::{Choice, Ctx, FieldView, FormData, FormErrors, PageError};
use registry::{Right, Viewer};
use uuid::Uuid;

use super::acts::About;
use super::open::{self, Opened, Views};
use super::printed;
use crate::Office;
use crate::requests::events::Receiver;
use crate::requests::rules::Command;

/// Papers by which somebody proves who they are at the window.
const CHECKED: [(&str, &str); 3] =
    [("NID", "counter-checked-nid"), ("PASSPORT", "counter-checked-passport"), ("POA", "counter-checked-poa")];

async fn fields(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    opened: &Opened,
    data: &FormData,
    errors: &FormErrors,
) -> Result<(Vec<FieldView>, Vec<String>), PageError> {
    let person = open::applicant(office, viewer, c, &opened.case).await?;
    let agent = open::agent(office, viewer, c, &opened.case).await?;
    let mut to = vec![Choice::new("applicant", c.t1("counter-to-applicant", "name", person.name.clone()))];
    to.extend(agent.as_ref().map(|agent| Choice::new("agent", c.t1("counter-to-agent", "name", agent.name.clone()))));
    let only = to.len() == 1;
    let checked = CHECKED.iter().filter(|(code, _)| *code != "POA" || agent.is_some());
    let checked: Vec<Choice> = checked.map(|(code, label)| Choice::new(*code, c.t(label))).collect();
    let fields = vec![
        FieldView::radios("to", c.t("counter-to"), to)
            .required()
            .value(if only { "applicant" } else { "" })
            .filled(data, errors),
        FieldView::radios("checked", c.t("counter-checked"), checked).required().filled(data, errors),
        FieldView::checkbox("matched", c.t("counter-matched")).required().filled(data, errors),
    ];
    let mut intro = vec![format!("{}: {}", person.identity_label, person.identity)];
    intro.extend(agent.map(|agent| format!("{} ({}): {}", agent.identity_label, c.t("counter-agent"), agent.identity)));
    intro.extend(
        opened
            .state()
            .course
            .issued
            .iter()
            .map(|paper| c.t1("counter-hand-paper", "number", c.reference_inline(&paper.number))),
    );
    Ok((fields, intro))
}

/// Asks whose identity was looked at.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "hand-over").await?;
    at_window(&office, &viewer, &opened)?;
    let (data, errors) = (FormData::default(), FormErrors::new());
    let (fields, intro) = fields(&office, &viewer, &c, &opened, &data, &errors).await?;
    Ok(handing(&opened).ask(c, fields, intro))
}

/// Hands over.
pub(super) async fn hand_over(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "hand-over").await?;
    at_window(&office, &viewer, &opened)?;
    let mut errors = FormErrors::new();
    let to = match data.get("to") {
        "applicant" => Some(Receiver::Applicant),
        "agent" => Some(Receiver::Agent),
        _ => {
            errors.add("to", c.t("counter-to-missing"));
            None
        }
    };
    let checked = data.get("checked").to_owned();
    if CHECKED.iter().all(|(code, _)| *code != checked) {
        errors.add("checked", c.t("counter-checked-missing"));
    }
    if data.get("matched") != "yes" {
        errors.add("matched", c.t("counter-matched-missing"));
    }
    if let Some(to) = to.filter(|_| !errors.any()) {
        let what = Command::HandOver { to, checked };
        if let Some(done) = handing(&opened).carry_out(&office, &viewer, &c, &data, what, &mut errors).await? {
            return Ok(done);
        }
    }
    let (fields, intro) = fields(&office, &viewer, &c, &opened, &data, &errors).await?;
    Ok(handing(&opened).again(c, &data, errors, fields, intro))
}

const fn handing(opened: &Opened) -> About<'_> {
    About { opened, word: "hand-over", danger: false }
}

fn at_window(office: &Office, viewer: &Viewer, opened: &Opened) -> Result<(), PageError> {
    let windows = printed::windows(&office.units.now(), opened.state());
    let held = windows.iter().any(|window| viewer.grant(Right::HandOver, window).is_some());
    if held { Ok(()) } else { Err(PageError::forbidden()) }
}
