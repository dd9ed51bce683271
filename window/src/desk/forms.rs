//! What may be done to a case here and now (الإجراءات المتاحة): one form each.

use catalogue::model::{FilledBy, OutputKind, StepKind};
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Choice, Ctx, FieldView, FormData, FormErrors, Lang};
use jiff::ToSpan as _;
use registry::Viewer;
use uuid::Uuid;

use super::open::Opened;
use super::parts;
use crate::Office;
use crate::requests::events::{Decision, Opinion, Outcome};
use crate::requests::rules::{Command, Known};
use crate::requests::state::{Phase, Standing};

/// What an officer can do with a form of the file's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Take,
    Accept,
    Assess,
    Issue,
    Answer,
    Schedule,
    Completion,
    Consult,
    Recall,
    Rework,
    Refuse,
    Extend,
    Reassign,
    Note,
    Attach,
}

impl Action {
    /// In the order of the page.
    pub const ALL: [Self; 15] = [
        Self::Take,
        Self::Accept,
        Self::Assess,
        Self::Issue,
        Self::Answer,
        Self::Schedule,
        Self::Completion,
        Self::Consult,
        Self::Recall,
        Self::Rework,
        Self::Refuse,
        Self::Extend,
        Self::Reassign,
        Self::Note,
        Self::Attach,
    ];

    /// Its word in addresses, names of fields and message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Accept => "accept",
            Self::Assess => "assess",
            Self::Issue => "issue",
            Self::Answer => "answer",
            Self::Schedule => "schedule",
            Self::Completion => "completion",
            Self::Consult => "consult",
            Self::Recall => "recall",
            Self::Rework => "rework",
            Self::Refuse => "refuse",
            Self::Extend => "extend",
            Self::Reassign => "reassign",
            Self::Note => "note",
            Self::Attach => "attach",
        }
    }

    /// Whether it carries files.
    pub const fn has_files(self) -> bool {
        matches!(self, Self::Attach | Self::Answer)
    }

    /// Whether the case leaves the desk with it.
    pub const fn leaves(self) -> bool {
        matches!(
            self,
            Self::Accept | Self::Assess | Self::Issue | Self::Answer | Self::Refuse | Self::Rework | Self::Completion
        )
    }

    /// Name of a field of its form.
    pub fn field(self, name: &str) -> String {
        format!("{}-{name}", self.code())
    }

    /// The command with nothing in it, to ask who may give it.
    fn probe(self, opened: &Opened) -> Command {
        let (step, consult) = (opened.step, opened.consult);
        let decision = Decision { number: String::new(), date: opened.today };
        match self {
            Self::Take => Command::Take { step, consult },
            Self::Accept => Command::Accept {
                step,
                opinion: Opinion::Favourable,
                note: String::new(),
                checklist: Vec::new(),
                decision: None,
                papers_later: false,
            },
            Self::Assess => {
                Command::AssessFees { step, assessed: Default::default(), sitting: None, note: String::new() }
            }
            Self::Issue => Command::Issue { step },
            Self::Answer => Command::AnswerConsult {
                consult,
                opinion: Opinion::Favourable,
                answer: String::new(),
                files: Vec::new(),
            },
            Self::Schedule => {
                Command::ScheduleVisit { step, date: opened.today, hour: String::new(), inspector: Uuid::nil() }
            }
            Self::Completion => {
                Command::AskCompletion { step, items: Vec::new(), note: String::new(), until: opened.today }
            }
            Self::Consult => {
                Command::AskConsult { step, department: String::new(), question: String::new(), days: 1, halts: false }
            }
            Self::Recall => {
                let open = opened.state().course.open_consults(step).next();
                Command::RecallConsult { consult: open.map_or(0, |asked| asked.no) }
            }
            Self::Rework => Command::AskRework { step, to: 0, reason: String::new() },
            Self::Refuse => Command::Refuse { step, reasons: Vec::new(), text: String::new(), decision: None },
            Self::Extend => Command::Extend { step, days: 1, reason: String::new(), decision },
            Self::Reassign => Command::Reassign { step, consult, to: None, reason: String::new() },
            Self::Note => Command::AddNote { step: Some(step), text: String::new() },
            Self::Attach => Command::Attach { step: Some(step), doc: None, files: Vec::new() },
        }
    }

    /// Whether the viewer may do it, and the case allows it here and now.
    pub fn is_offered(self, office: &Office, viewer: &Viewer, opened: &Opened) -> bool {
        self.fits(office, viewer, opened) && opened.may(viewer, &self.probe(opened))
    }

    fn fits(self, office: &Office, viewer: &Viewer, opened: &Opened) -> bool {
        let course = &opened.state().course;
        if course.status.is_final() {
            return false;
        }
        let (Some(kind), Some(stands)) = (opened.kind(), opened.stands()) else { return false };
        let asked = opened.consult > 0;
        let question_open = course.consult(opened.consult).is_some_and(|asked| asked.is_open());
        let on_desk = if asked { question_open } else { stands.is_open() };
        let runs = !asked && stands.phase == Phase::Open;
        let judged = matches!(
            kind,
            StepKind::Check | StepKind::Review | StepKind::Inspect | StepKind::AssessFee | StepKind::Approve
        );
        let sits = opened.sits(office);
        let has_paper = opened.service.output.kind != OutputKind::None;
        match self {
            Self::Take => on_desk && course.taken_by(opened.step, opened.consult) != viewer.staff(),
            Self::Accept => {
                let decided = matches!(kind, StepKind::Check | StepKind::Review | StepKind::Approve);
                runs && !sits && (decided || (kind == StepKind::Issue && !has_paper))
            }
            Self::Assess => runs && kind == StepKind::AssessFee,
            Self::Issue => runs && kind == StepKind::Issue && has_paper,
            Self::Answer => asked && question_open,
            Self::Schedule => !asked && stands.is_open() && kind == StepKind::Inspect,
            Self::Completion | Self::Consult => runs && judged,
            Self::Recall => !asked && course.open_consults(opened.step).next().is_some(),
            Self::Rework => runs && (judged || kind == StepKind::Issue) && !earlier(Lang::Ar, opened).is_empty(),
            Self::Refuse => {
                let decided =
                    matches!(kind, StepKind::Check | StepKind::Review | StepKind::Inspect | StepKind::Approve);
                !asked && stands.is_open() && decided && !sits && course.deemed_approved().is_none()
            }
            Self::Extend => !asked && stands.is_open(),
            Self::Reassign => on_desk,
            Self::Note | Self::Attach => !asked,
        }
    }
}

/// Steps to which the case can be sent back.
fn earlier(lang: Lang, opened: &Opened) -> Vec<Choice> {
    let course = &opened.state().course;
    (1..opened.step)
        .filter(|no| course.step(*no).map(|step| step.phase) == Some(Phase::Done))
        // What the law took from the office does not come again.
        .filter(|no| course.step(*no).and_then(|step| step.last()).map(|run| run.outcome) != Some(Outcome::ByLaw))
        .filter_map(|no| {
            let step = opened.declared_at(no)?;
            let judged = !matches!(step.kind, StepKind::Pay | StepKind::Issue | StepKind::Handover);
            judged.then(|| Choice::new(no.to_string(), step.label(lang)))
        })
        .collect()
}

/// One form of the file's page.
pub(super) struct Section {
    pub id: String,
    pub title: String,
    pub intro: String,
    pub action: String,
    pub command: String,
    pub version: i64,
    pub step: u16,
    pub consult: u16,
    pub fields: Vec<FieldView>,
    pub button: String,
    pub is_open: bool,
    pub danger: bool,
    pub multipart: bool,
}

/// A form that was refused, to be shown again as it was filled in.
pub(super) struct Refilled<'a> {
    pub action: Action,
    pub data: &'a FormData,
    pub errors: &'a FormErrors,
}

/// People to whom something can be given.
#[derive(Default)]
pub(super) struct People {
    pub inspectors: Vec<(Uuid, String)>,
    pub officers: Vec<(Uuid, String)>,
}

/// The forms that are offered.
pub(super) fn sections(
    c: &Ctx,
    office: &Office,
    viewer: &Viewer,
    opened: &Opened,
    people: &People,
    again: Option<&Refilled<'_>>,
) -> Vec<Section> {
    let offered = Action::ALL.into_iter().filter(|action| {
        action.is_offered(office, viewer, opened) || again.is_some_and(|again| again.action == *action)
    });
    let mut main = None;
    offered
        .map(|action| {
            // The step's own form stands open; the others open when asked for.
            let own =
                matches!(action, Action::Accept | Action::Assess | Action::Issue | Action::Answer | Action::Schedule);
            let first = own && *main.get_or_insert(action) == action;
            section(c, office, opened, people, action, first, again.filter(|again| again.action == action))
        })
        .collect()
}

fn section(
    c: &Ctx,
    office: &Office,
    opened: &Opened,
    people: &People,
    action: Action,
    first: bool,
    again: Option<&Refilled<'_>>,
) -> Section {
    let code = action.code();
    let mut fields = fields(c, office, opened, people, action);
    if let Some(again) = again {
        fields = fields.into_iter().map(|field| field.filled(again.data, again.errors)).collect();
    }
    let kept = again.and_then(|again| again.data.command()).map(|command| command.to_string());
    Section {
        id: format!("do-{code}"),
        title: c.t(&format!("desk-do-{code}")),
        intro: c.t(&format!("desk-why-{code}")),
        action: format!("/desk/requests/{}/{code}", opened.case.id),
        command: kept.unwrap_or_else(|| c.command()),
        version: opened.state().version,
        step: opened.step,
        consult: opened.consult,
        fields,
        button: c.t(&format!("desk-button-{code}")),
        is_open: first || again.is_some(),
        danger: action == Action::Refuse,
        multipart: action.has_files(),
    }
}

fn fields(c: &Ctx, office: &Office, opened: &Opened, people: &People, action: Action) -> Vec<FieldView> {
    let name = |name: &str| action.field(name);
    let area = |field: &str, key: &str| FieldView::textarea(name(field), c.t(key)).max_length(2_000);
    let line = |field: &str, key: &str| FieldView::text(name(field), c.t(key)).max_length(120);
    match action {
        Action::Take | Action::Issue => Vec::new(),
        Action::Accept => accept(c, office, opened),
        Action::Assess => super::fees::fields(c, office, opened),
        Action::Answer => vec![opinion(c, action), area("answer", "desk-f-answer").required(), files(c, action)],
        Action::Schedule => {
            let planned = opened.state().course.next_visit(opened.step);
            let day =
                planned.map_or_else(|| opened.today.checked_add(1.days()).unwrap_or(opened.today), |visit| visit.date);
            let hour = planned.map_or_else(|| c.t("desk-hour-usual"), |visit| visit.hour.clone());
            let chosen =
                planned.and_then(|visit| visit.inspector).or_else(|| people.inspectors.first().map(|one| one.0));
            let choices = choices(&people.inspectors);
            vec![
                parts::with_date(FieldView::new(FieldKind::Date, name("date"), c.t("desk-f-visit-date")), day)
                    .required(),
                line("hour", "desk-f-hour").value(hour).width(Width::W14).required(),
                FieldView::select(name("inspector"), c.t("desk-f-inspector"), choices)
                    .value(chosen.map(|one| one.to_string()).unwrap_or_default())
                    .required(),
            ]
        }
        Action::Completion => completion(c, office, opened),
        Action::Consult => vec![
            FieldView::select(name("department"), c.t("desk-f-department"), departments(c, office, opened)).required(),
            area("question", "desk-f-question").required(),
            FieldView::new(FieldKind::Number, name("days"), c.t("desk-f-days")).value("5").width(Width::W4).required(),
            FieldView::checkbox(name("halts"), c.t("desk-f-halts")),
        ],
        Action::Recall => {
            let open = opened.state().course.open_consults(opened.step);
            let open: Vec<Choice> = open
                .map(|asked| Choice::new(asked.no.to_string(), parts::holder(c, office, &opened.tree, &asked.holder)))
                .collect();
            let first = open.first().map(|choice| choice.value.clone()).unwrap_or_default();
            vec![FieldView::radios(name("question"), c.t("desk-f-recall"), open).value(first).required()]
        }
        Action::Rework => vec![
            FieldView::radios(name("to"), c.t("desk-f-to-step"), earlier(c.lang, opened)).required(),
            area("reason", "desk-f-reason").required(),
        ],
        Action::Refuse => {
            let mut fields = vec![
                FieldView::checkboxes(name("reasons"), c.t("desk-f-reasons"), reasons(c, office, opened)).required(),
                area("text", "desk-f-refusal-text").required(),
            ];
            fields.extend(decision(c, action, false));
            fields
        }
        Action::Extend => {
            let mut fields = vec![
                FieldView::new(FieldKind::Number, name("days"), c.t("desk-f-more-days")).width(Width::W4).required(),
                area("reason", "desk-f-reason").required(),
            ];
            fields.extend(decision(c, action, true));
            fields
        }
        Action::Reassign => {
            let mut to = vec![Choice::new("", c.t("desk-to-department"))];
            to.extend(choices(&people.officers));
            vec![FieldView::radios(name("to"), c.t("desk-f-to"), to), area("reason", "desk-f-reason").required()]
        }
        Action::Note => vec![area("text", "desk-f-note").required()],
        Action::Attach => {
            let pending =
                opened.state().file.papers.iter().filter(|paper| {
                    office.catalogue().document(&paper.doc).is_some_and(|kind| !kind.identifies_person)
                });
            let docs = pending.map(|paper| Choice::new(&paper.doc, document(c, office, &paper.doc))).collect();
            vec![files(c, action).required(), FieldView::select(name("doc"), c.t("desk-f-doc"), docs)]
        }
    }
}

fn choices(people: &[(Uuid, String)]) -> Vec<Choice> {
    people.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect()
}

/// Name of a document.
pub(super) fn document(c: &Ctx, office: &Office, code: &str) -> String {
    office.catalogue().document(code).map_or_else(|| code.to_owned(), |kind| kind.name(c.lang).to_owned())
}

fn opinion(c: &Ctx, action: Action) -> FieldView {
    let choices = ["favourable", "conditional", "unfavourable"]
        .map(|word| Choice::new(word, c.t(&format!("desk-opinion-{word}"))));
    FieldView::radios(action.field("opinion"), c.t("desk-f-opinion"), choices.to_vec()).value("favourable").required()
}

fn files(c: &Ctx, action: Action) -> FieldView {
    let mut field =
        FieldView::new(FieldKind::File, action.field("files"), c.t("desk-f-files")).hint(c.t("common-file-hint"));
    field.multiple = true;
    field
}

fn decision(c: &Ctx, action: Action, required: bool) -> Vec<FieldView> {
    vec![
        FieldView::text(action.field("decision"), c.t("desk-f-decision"))
            .width(Width::W10)
            .max_length(60)
            .required_if(required),
        FieldView::new(FieldKind::Date, action.field("date"), c.t("desk-f-decision-date")).required_if(required),
    ]
}

/// Points that an officer ticks: documents at a completeness check, conditions of the service later.
pub(super) fn checklist(c: &Ctx, office: &Office, opened: &Opened) -> Vec<Choice> {
    if opened.kind() == Some(StepKind::Check) {
        let papers = opened.state().file.papers.iter();
        return papers
            .map(|paper| Choice::new(format!("doc:{}", paper.doc), document(c, office, &paper.doc)))
            .collect();
    }
    let known = Known::of(opened.state(), &opened.service);
    let conditions = opened.service.conditions.iter().enumerate();
    let applies = conditions.filter(|(_, condition)| {
        condition.when.as_deref().is_none_or(|when| known.holds(when, "condition").unwrap_or(true))
    });
    applies.map(|(at, condition)| Choice::new(format!("condition:{at}"), condition.text(c.lang))).collect()
}

fn accept(c: &Ctx, office: &Office, opened: &Opened) -> Vec<FieldView> {
    let action = Action::Accept;
    let mut fields = Vec::new();
    let points = checklist(c, office, opened);
    let approves = opened.kind() == Some(StepKind::Approve);
    if !points.is_empty() && opened.kind() != Some(StepKind::Issue) && !approves {
        fields.push(FieldView::checkboxes(action.field("checklist"), c.t("desk-f-checklist"), points));
    }
    if opened.kind() == Some(StepKind::Review) {
        fields.push(opinion(c, action));
    } else if approves {
        let choices =
            ["favourable", "conditional"].map(|word| Choice::new(word, c.t(&format!("desk-approval-{word}"))));
        let field = FieldView::radios(action.field("opinion"), c.t("desk-f-decide"), choices.to_vec());
        fields.push(field.value("favourable").required());
    }
    fields.push(FieldView::textarea(action.field("note"), c.t("desk-f-opinion-note")).max_length(2_000));
    if approves {
        fields.extend(decision(c, action, false));
    }
    if opened.kind() == Some(StepKind::Check) && opened.state().file.pending().next().is_some() {
        fields.push(FieldView::checkbox(action.field("papers_later"), c.t("desk-f-papers-later")));
    }
    fields
}

fn completion(c: &Ctx, office: &Office, opened: &Opened) -> Vec<FieldView> {
    let action = Action::Completion;
    let service = &opened.service;
    let known = Known::of(opened.state(), service);
    let applies = |when: Option<&str>| when.is_none_or(|when| known.holds(when, "completion").unwrap_or(true));
    let items = service.completion_items.iter().filter(|item| applies(item.when.as_deref()));
    let items: Vec<Choice> = items.map(|item| Choice::new(&item.code, item.text(c.lang))).collect();
    let mut docs: Vec<Choice> = Vec::new();
    let asked = service.documents.iter().filter(|doc| applies(doc.required.when())).map(|doc| &doc.doc);
    for code in asked.chain(opened.state().file.papers.iter().map(|paper| &paper.doc)) {
        if !docs.iter().any(|choice| choice.value == *code) {
            docs.push(Choice::new(code, document(c, office, code)));
        }
    }
    let fields = service.fields.iter().filter(|field| field.filled_by == FilledBy::Applicant);
    let fields: Vec<Choice> = fields.map(|field| Choice::new(&field.id, field.label(c.lang))).collect();
    let until = opened.today.checked_add(14.days()).unwrap_or(opened.today);
    vec![
        FieldView::checkboxes(action.field("items"), c.t("desk-f-items"), items),
        FieldView::checkboxes(action.field("docs"), c.t("desk-f-docs"), docs),
        FieldView::checkboxes(action.field("fields"), c.t("desk-f-fields"), fields),
        FieldView::textarea(action.field("text"), c.t("desk-f-other")).max_length(500),
        FieldView::textarea(action.field("note"), c.t("desk-f-to-applicant")).max_length(2_000),
        parts::with_date(FieldView::new(FieldKind::Date, action.field("date"), c.t("desk-f-until")), until).required(),
    ]
}

/// Reasons of the service's list.
pub(super) fn reasons(c: &Ctx, office: &Office, opened: &Opened) -> Vec<Choice> {
    let list = opened.service.refusal_reasons.iter();
    list.map(|code| Choice::new(code, reason(c, office, code))).collect()
}

/// A reason in words.
pub(super) fn reason(c: &Ctx, office: &Office, code: &str) -> String {
    office.catalogue().reason(code).map_or_else(|| code.to_owned(), |reason| reason.name(c.lang).to_owned())
}

/// Departments of the service first, then the others that have a desk for the competent unit.
fn departments(c: &Ctx, office: &Office, opened: &Opened) -> Vec<Choice> {
    let own = opened.holder().map(|holder| holder.department.as_str());
    let unit = &opened.state().file.unit;
    let all = office.catalogue().registers().departments.iter();
    let mut all: Vec<_> = all
        .filter(|department| Some(department.code.as_str()) != own && opened.tree.holder(unit, department).is_some())
        .collect();
    all.sort_by_key(|department| !opened.service.steps.iter().any(|step| step.department == department.code));
    all.into_iter().map(|department| Choice::new(&department.code, department.name(c.lang))).collect()
}

/// The word of an opinion, for messages and classes.
pub(super) const fn opinion_word(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Favourable => "favourable",
        Opinion::Conditional => "conditional",
        Opinion::Unfavourable => "unfavourable",
    }
}

/// Class of a tag for an opinion.
pub(super) const fn opinion_class(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Favourable => "ok",
        Opinion::Conditional => "warn",
        Opinion::Unfavourable => "err",
    }
}

/// Class of a tag for a paper's standing.
pub(crate) const fn standing_class(standing: Standing) -> &'static str {
    match standing {
        Standing::Valid => "ok",
        Standing::Suspended | Standing::Superseded => "warn",
        Standing::Revoked => "err",
    }
}
