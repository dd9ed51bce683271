//! Short acts on a request at the window: void, withdraw, the completeness check.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::web::{Choice, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use registry::Viewer;
use uuid::Uuid;

use super::open::{self, Opened, Views};
use super::{case, words};
use crate::Office;
use crate::requests::act::{self, Act};
use crate::requests::events::{Missing, Opinion};
use crate::requests::rules::Command;

/// A page that asks for a few words before an act.
#[derive(Template)]
#[template(path = "counter/act.html")]
pub(super) struct ActPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub errors: FormErrors,
    pub title: String,
    pub number: String,
    pub service: String,
    pub effect: String,
    pub action: String,
    pub command: String,
    pub seen: i64,
    pub intro: Vec<String>,
    pub fields: Vec<FieldView>,
    pub button: String,
    pub danger: bool,
    pub back: String,
}

/// What the pages of the acts have in common.
pub(super) struct About<'a> {
    pub opened: &'a Opened,
    pub word: &'static str,
    pub danger: bool,
}

impl About<'_> {
    /// The empty form.
    pub fn ask(&self, c: Ctx, fields: Vec<FieldView>, intro: Vec<String>) -> Response {
        let command = c.command();
        Html(self.page(c, FormErrors::new(), command, fields, intro)).into_response()
    }

    /// The form shown again with what is wrong; it keeps its command.
    pub fn again(
        &self,
        c: Ctx,
        data: &FormData,
        errors: FormErrors,
        fields: Vec<FieldView>,
        intro: Vec<String>,
    ) -> Response {
        Html(self.page(c, errors, data.get("command").to_owned(), fields, intro)).unprocessable()
    }

    /// Carries the act out and goes back to the file; `None` leaves the refusal in the errors.
    pub async fn carry_out(
        &self,
        office: &Office,
        viewer: &Viewer,
        c: &Ctx,
        data: &FormData,
        what: Command,
        errors: &mut FormErrors,
    ) -> Result<Option<Response>, PageError> {
        match act::act(office, viewer, act_of(self.opened, data, what)?).await {
            Ok(_) => Ok(Some(done(c, self.opened.case.id, &format!("counter-{}-done", self.word)))),
            Err(error) => {
                errors.add("", words::told(c, office, error)?);
                Ok(None)
            }
        }
    }

    fn page(&self, c: Ctx, errors: FormErrors, command: String, fields: Vec<FieldView>, intro: Vec<String>) -> ActPage {
        let state = self.opened.state();
        let id = self.opened.case.id;
        let back = format!("/counter/requests/{id}");
        let title = c.t(&format!("counter-{}-title", self.word));
        ActPage {
            crumbs: vec![
                Crumb::new("/counter", c.t("counter-nav-desk")),
                Crumb::new(back.clone(), c.reference_inline(&state.file.number)),
                Crumb::here(title.clone()),
            ],
            number: state.file.number.clone(),
            service: self.opened.service.name(c.lang).to_owned(),
            effect: c.t(&format!("counter-{}-effect", self.word)),
            action: format!("{back}/{}", self.word),
            button: c.t(&format!("counter-{}-button", self.word)),
            command,
            seen: state.version,
            danger: self.danger,
            title,
            intro,
            fields,
            back,
            c: c.dense().failed(errors.any()),
            errors,
        }
    }
}

/// The act of a form.
pub(super) fn act_of(opened: &Opened, data: &FormData, what: Command) -> Result<Act, PageError> {
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    Ok(opened.case.act(command, data.get("seen").parse().ok(), what))
}

/// Back to the file after an act.
pub(super) fn done(c: &Ctx, id: Uuid, key: &str) -> Response {
    see_other(format!("/counter/requests/{id}")).with_flash(Flash::ok(c.t(key))).into_response()
}

fn reason(c: &Ctx, data: &FormData, errors: &FormErrors, required: bool) -> Vec<FieldView> {
    let mut field =
        FieldView::textarea("reason", c.t("counter-reason")).required_if(required).max_length(500).filled(data, errors);
    field.rows = 3;
    vec![field.autofocus()]
}

const fn voiding(opened: &Opened) -> About<'_> {
    About { opened, word: "void", danger: true }
}

const fn withdrawing(opened: &Opened) -> About<'_> {
    About { opened, word: "withdraw", danger: true }
}

const fn checking(opened: &Opened) -> About<'_> {
    About { opened, word: "check", danger: false }
}

/// Asks why a request is voided.
pub(super) async fn void_form(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "void").await?;
    let fields = reason(&c, &FormData::default(), &FormErrors::new(), true);
    Ok(voiding(&opened).ask(c, fields, Vec::new()))
}

/// Voids a request: the clerk within the first minutes, the manager later.
pub(super) async fn void(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "void").await?;
    let mut errors = FormErrors::new();
    let reason_given = data.required("reason", &mut errors, || c.t("counter-reason-missing"));
    if !errors.any() {
        let what = Command::Void { reason: reason_given };
        if let Some(done) = voiding(&opened).carry_out(&office, &viewer, &c, &data, what, &mut errors).await? {
            return Ok(done);
        }
    }
    let fields = reason(&c, &data, &errors, true);
    Ok(voiding(&opened).again(c, &data, errors, fields, Vec::new()))
}

/// Asks why a request is withdrawn.
pub(super) async fn withdraw_form(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "withdraw").await?;
    let fields = reason(&c, &FormData::default(), &FormErrors::new(), false);
    Ok(withdrawing(&opened).ask(c, fields, Vec::new()))
}

/// Withdraws a request for its applicant.
pub(super) async fn withdraw(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "withdraw").await?;
    let mut errors = FormErrors::new();
    let what = Command::Withdraw { reason: data.get("reason").to_owned() };
    if let Some(done) = withdrawing(&opened).carry_out(&office, &viewer, &c, &data, what, &mut errors).await? {
        return Ok(done);
    }
    let fields = reason(&c, &data, &errors, false);
    Ok(withdrawing(&opened).again(c, &data, errors, fields, Vec::new()))
}

fn check_fields(c: &Ctx, office: &Office, opened: &Opened, data: &FormData, errors: &FormErrors) -> Vec<FieldView> {
    let pending: Vec<Choice> = opened
        .state()
        .file
        .pending()
        .map(|paper| Choice::new(paper.doc.clone(), words::document(c, office.catalogue(), &paper.doc)))
        .collect();
    let mut choices = vec![Choice::new("accept", c.t("counter-check-accept"))];
    if !pending.is_empty() {
        choices = vec![
            Choice::new("later", c.t("counter-check-later")),
            Choice::new("ask", c.t("counter-check-ask")).hint(c.t("counter-check-ask-hint")),
        ];
    }
    let mut fields =
        vec![FieldView::radios("outcome", c.t("counter-check-outcome"), choices).required().filled(data, errors)];
    if !pending.is_empty() {
        fields.push(
            FieldView::text("until", c.t("counter-check-until")).hint(c.t("counter-hint-date")).filled(data, errors),
        );
    }
    let mut note = FieldView::textarea("note", c.t("counter-note")).max_length(500).filled(data, errors);
    note.rows = 2;
    fields.push(note);
    fields
}

/// The completeness check at the window.
pub(super) async fn check_form(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "check").await?;
    case::window_check(&opened).ok_or(PageError::NotFound)?;
    let fields = check_fields(&c, &office, &opened, &FormData::default(), &FormErrors::new());
    let intro =
        opened.state().file.pending().map(|paper| words::document(&c, office.catalogue(), &paper.doc)).collect();
    Ok(checking(&opened).ask(c, fields, intro))
}

/// Goes on, with papers to come or without, or asks the applicant for them.
pub(super) async fn check(
    office: Office,
    viewer: Viewer,
    views: Views,
    c: Ctx,
    Path(id): Path<Uuid>,
    data: FormData,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, &views, id, "check").await?;
    let mut errors = FormErrors::new();
    // The step may be done already: then this is the same form sent twice, and the act answers it.
    let step = case::window_check(&opened).unwrap_or(1);
    let note = data.get("note").to_owned();
    let accept = |papers_later| Command::Accept {
        step,
        opinion: Opinion::Favourable,
        note: note.clone(),
        checklist: Vec::new(),
        decision: None,
        papers_later,
    };
    let what = match data.get("outcome") {
        "accept" => Some(accept(false)),
        "later" => Some(accept(true)),
        "ask" => match foundation::dates::parse(data.get("until")) {
            Ok(until) => {
                let pending = opened.state().file.pending();
                let items = pending.map(|paper| Missing::Document { doc: paper.doc.clone() }).collect();
                Some(Command::AskCompletion { step, items, note: note.clone(), until })
            }
            Err(_) => {
                errors.add("until", c.t("counter-date-wrong"));
                None
            }
        },
        _ => {
            errors.add("outcome", c.t("counter-check-missing"));
            None
        }
    };
    if let Some(what) = what
        && let Some(done) = checking(&opened).carry_out(&office, &viewer, &c, &data, what, &mut errors).await?
    {
        return Ok(done);
    }
    let fields = check_fields(&c, &office, &opened, &data, &errors);
    Ok(checking(&opened).again(c, &data, errors, fields, Vec::new()))
}
