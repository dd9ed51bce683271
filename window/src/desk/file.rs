//! ملف الطلب على مكتب الموظف: papers at one side, what may be done at the other.

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use catalogue::model::StepKind;
use foundation::dates;
use foundation::web::{
    Answer, Crumb, Ctx, DeadlineView, FormData, FormErrors, Html, PageError, TrackState, TrackStep, TrackView,
};
use record::views::ViewLog;
use registry::staff::queries as staff;
use registry::{Case as Looked, Field as Masked, FieldClass, Private, Right, Role, Viewer, citizens, privacy};
use serde_json::Value;
use uuid::Uuid;

use super::fees::FeeView;
use super::forms::{self, People, Refilled, Section};
use super::open::{self, Opened};
use super::parts::{self, Asked};
use super::trail::{self, Change};
use super::{answers, files};
use crate::Office;
use crate::law::{self, LawView};
use crate::requests::act::open_answers;
use crate::requests::events::{Missing, Outcome, Recommendation};
use crate::requests::rules::{Command, Moment, journey};
use crate::requests::state::{Phase, Run};

#[derive(Template)]
#[template(path = "desk/file.html")]
struct FilePage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    number: String,
    service: String,
    status: (&'static str, String),
    /// The step, or the question, that is looked at.
    here: String,
    place: String,
    due: DeadlineView,
    question: String,
    halted: String,
    taken: String,
    desks: Vec<(String, String, bool)>,
    head: Vec<Answer>,
    answers: Vec<Answer>,
    any_masked: bool,
    papers: Vec<files::PaperLine>,
    track: TrackView,
    opinions: Vec<OpinionLine>,
    visits: Vec<VisitLine>,
    report: Vec<Answer>,
    asked: Vec<CompletionLine>,
    charges: Option<FeeView>,
    /// Fees as they come out today, at an assessment.
    reckoning: Option<FeeView>,
    issued: Vec<IssuedLine>,
    held: Vec<HeldLine>,
    law: LawView,
    notes: Vec<(String, String)>,
    history: Vec<Change>,
    changes: Vec<Change>,
    errors: FormErrors,
    sections: Vec<Section>,
    links: Vec<(String, String)>,
    advice: String,
}

/// What a department or committee said.
#[derive(Debug, Default)]
pub(super) struct OpinionLine {
    pub step: String,
    pub place: String,
    pub class: &'static str,
    pub word: String,
    pub text: String,
    pub decision: String,
    pub points: Vec<String>,
    pub on: String,
}

struct VisitLine {
    date: String,
    hour: String,
    class: &'static str,
    word: String,
    note: String,
    files: Vec<(String, String)>,
}

struct CompletionLine {
    title: String,
    open: bool,
    note: String,
    items: Vec<(String, bool, String)>,
}

struct IssuedLine {
    number: String,
    href: String,
    ruling: String,
    class: &'static str,
    standing: String,
    days: String,
}

struct HeldLine {
    step: String,
    place: String,
    from: String,
    to: String,
    worked: u16,
    paused: u16,
}

/// The file.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(id): Path<Uuid>,
    log: Option<Extension<ViewLog>>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let opened = open::open(&office, &viewer, id, &asked).await?;
    open::note(log, &office, &viewer, &opened, "desk-file");
    let page = page(&office, &viewer, c, &opened, None, Vec::new()).await?;
    Ok(Html(page).into_response())
}

/// The file with a form that was refused, or for which the world has moved.
pub(super) async fn again(
    office: &Office,
    viewer: &Viewer,
    c: Ctx,
    opened: Opened,
    again: &Refilled<'_>,
    changes: Vec<Change>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let page = page(office, viewer, c.failed(again.errors.any()), &opened, Some(again), changes).await?;
    Ok(Html(page).status(status))
}

async fn page(
    office: &Office,
    viewer: &Viewer,
    c: Ctx,
    opened: &Opened,
    again: Option<&Refilled<'_>>,
    changes: Vec<Change>,
) -> Result<FilePage, PageError> {
    let c = c.dense().help_page("desk");
    let looked = opened.looked(viewer);
    let people = people(office, viewer, opened).await?;
    let sections = forms::sections(&c, office, viewer, opened, &people, again);
    let (state, tree) = (opened.state(), &opened.tree);
    let now = office.clock.now();
    let stands = opened.stands();
    let consult = state.course.consult(opened.consult);
    let clock = consult.map(|asked| &asked.clock).or_else(|| stands.and_then(|step| step.clock.as_ref()));
    let holder = opened.holder();
    let halted = consult.is_none() && stands.is_some_and(|step| step.phase == Phase::Halted);
    let live = stands.is_some_and(|step| step.is_open()) || consult.is_some_and(|asked| asked.is_open());
    let due = clock
        .filter(|_| live)
        .zip(holder)
        .map(|(clock, holder)| parts::deadline(&c, tree, &holder.unit, Some(clock.due), now, halted));
    let pause = clock.and_then(|clock| clock.pauses.last()).filter(|_| halted);
    let (answers, any_masked) = answers_of(office, viewer, &c, opened, &looked).await?;
    let number = c.reference(&state.file.number);
    let here = opened.declared().map(|step| step.label_ar.clone()).unwrap_or_default();
    let desks = opened.desks(viewer);
    let desks = if desks.len() < 2 { Vec::new() } else { desks };
    Ok(FilePage {
        crumbs: vec![Crumb::new("/desk", c.t("desk-inbox-title")), Crumb::here(c.reference_inline(&state.file.number))],
        service: opened.service.name_ar.clone(),
        status: status(&c, state.course.status.word()),
        place: holder.map(|holder| parts::holder(office, tree, holder)).unwrap_or_default(),
        due: due.unwrap_or_default(),
        question: consult.map(|asked| asked.question.clone()).unwrap_or_default(),
        halted: pause.map(|pause| c.t(&format!("desk-halted-{}", pause.reason.word()))).unwrap_or_default(),
        taken: taken(&c, viewer, opened),
        desks: desks
            .into_iter()
            .map(|(step, asked)| {
                let label = opened.declared_at(step).map(|step| step.label_ar.clone()).unwrap_or_default();
                let label = if asked > 0 { c.t1("desk-question-at", "step", label) } else { label };
                let query = if asked > 0 { format!("consult={asked}") } else { format!("step={step}") };
                let current = (step, asked) == (opened.step, opened.consult);
                (format!("/desk/requests/{}?{query}", opened.case.id), label, current)
            })
            .collect(),
        head: head(office, viewer, &c, opened, &looked).await?,
        answers,
        any_masked,
        papers: files::papers(&c, office, viewer, opened, &looked),
        track: track(&c, office, opened),
        opinions: opinions(&c, office, opened),
        visits: visits(&c, opened),
        report: report(&c, office, opened),
        asked: completions(&c, office, viewer, opened, &looked),
        charges: super::fees::charged(&c, opened),
        reckoning: sections.iter().any(|section| section.id == "do-assess").then(|| {
            let typed = again.map_or_else(FormData::default, |again| again.data.clone());
            super::fees::today(&c, office, opened, &typed)
        }),
        issued: issued(&c, viewer, opened),
        held: held(&c, office, opened),
        law: law::view(&c, office.catalogue(), &state.course, tree.calendar(&state.file.unit).map(AsRef::as_ref), now),
        notes: state.course.notes.iter().map(|note| (note.text.clone(), c.instant(note.at))).collect(),
        history: trail::changes(&c, office, tree, state, state.course.trail.iter().rev()),
        changes,
        errors: again.map(|again| again.errors.clone()).unwrap_or_default(),
        links: links(&c, office, viewer, opened),
        advice: advice(&c, office, viewer, opened, &sections),
        sections,
        number,
        here,
        c,
    })
}

/// Class and word of a status.
pub(super) fn status(c: &Ctx, word: &str) -> (&'static str, String) {
    let class = match word {
        "issued" | "closed" => "ok",
        "waiting_completion" | "waiting_payment" => "warn",
        "refused" | "withdrawn" | "voided" => "err",
        _ => "info",
    };
    (class, c.t(&format!("desk-status-{}", word.replace('_', "-"))))
}

fn taken(c: &Ctx, viewer: &Viewer, opened: &Opened) -> String {
    match opened.state().course.taken_by(opened.step, opened.consult) {
        None => String::new(),
        by if by == viewer.staff() => c.t("desk-taken-mine"),
        Some(_) => c.t("desk-taken-other"),
    }
}

/// Who may be given the step or the visit.
async fn people(office: &Office, viewer: &Viewer, opened: &Opened) -> Result<People, PageError> {
    let mut people = People::default();
    let Some(holder) = opened.holder() else { return Ok(people) };
    let mut reader = office.db.reader();
    let mut list = async |role: Role| -> Result<Vec<(Uuid, String)>, PageError> {
        let department = (role != Role::BodyOfficer).then_some(holder.department.as_str());
        let found = staff::holders(&mut reader, &holder.unit, department, role, opened.today).await?;
        Ok(found.into_iter().map(|(staff, _, name)| (staff, name)).collect())
    };
    if opened.kind() == Some(StepKind::Inspect) && forms::Action::Schedule.is_offered(office, viewer, opened) {
        people.inspectors = list(Role::Inspector).await?;
        if people.inspectors.is_empty() {
            people.inspectors = list(Role::BodyOfficer).await?;
        }
    }
    if forms::Action::Reassign.is_offered(office, viewer, opened) {
        for role in [Role::Reviewer, Role::Decider, Role::Inspector, Role::CommitteeSecretary, Role::BodyOfficer] {
            for one in list(role).await? {
                if !people.officers.contains(&one) {
                    people.officers.push(one);
                }
            }
        }
    }
    Ok(people)
}

/// Case, place, days; the applicant's name where the matrix opens it.
pub(super) async fn head(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    opened: &Opened,
    looked: &Looked,
) -> Result<Vec<Answer>, PageError> {
    let file = &opened.state().file;
    let name = if privacy::may_see(viewer, FieldClass::Name, looked) {
        let found = citizens::find(&mut office.db.reader(), &office.record, &file.tenant, file.applicant.subject).await;
        found.map_err(open::failed)?.map(|citizen| citizen.name)
    } else {
        None
    };
    let code = c.t1("desk-case", "number", c.reference_inline(&file.number));
    let shown = name.unwrap_or_else(|| Private::new(code.clone())).show(viewer, &Masked::name(&code), looked);
    let total = &opened.state().course.total;
    let mut lines = vec![
        Answer::text(c.t("desk-applicant"), format!("{shown} ({})", file.applicant.kind.label_ar())),
        Answer::text(c.t("desk-unit"), opened.tree.name(&file.unit)),
        Answer::text(c.t("desk-received"), c.date(total.received_on)),
    ];
    if let Some(due) = opened.state().course.expected() {
        let days = opened.tree.calendar(&file.unit).map_or(0, |calendar| calendar.remaining(office.clock.now(), due));
        let left = if days < 0 { c.t1("common-days-late", "n", -days) } else { c.t1("common-days-left", "n", days) };
        lines.push(Answer::text(c.t("desk-total-due"), format!("{} ({left})", c.date(due))));
    }
    Ok(lines)
}

/// The form's answers; personal ones only where the matrix opens them, and decrypted only then.
async fn answers_of(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    opened: &Opened,
    looked: &Looked,
) -> Result<(Vec<Answer>, bool), PageError> {
    let file = &opened.state().file;
    let catalogue = office.catalogue();
    let opens = FieldClass::ALL.into_iter().any(|class| privacy::may_see(viewer, class, looked));
    let personal = if opens && !file.personal.is_null() {
        let key = office.record.keyring().open(&mut office.db.reader(), &file.tenant, file.applicant.subject).await;
        match key.map_err(|error| PageError::from_error(&error))? {
            Some(key) => Some(open_answers(&key, &file.personal).map_err(open::failed)?),
            None => None,
        }
    } else {
        None
    };
    let mut any_masked = false;
    let lines = opened.service.fields.iter().filter_map(|field| {
        if !answers::is_personal(field) {
            return Some(answers::shown(c, catalogue, field, file.answers.get(&field.id)?));
        }
        if file.personal.is_null() {
            return None;
        }
        let classes = answers::classes(field);
        let last = classes.iter().next_back().map_or(FieldClass::IdentityPaper, |no| answers::class_of(*no));
        let hidden = classes.iter().any(|no| !privacy::may_see(viewer, answers::class_of(*no), looked));
        let mask = c.t("desk-masked");
        let value = personal.clone().filter(|_| !hidden)?.map(|all| all.get(&field.id).cloned().unwrap_or(Value::Null));
        match value.show(viewer, &Masked::of(last, &mask), looked) {
            registry::Shown::Open(Value::Null) => None,
            registry::Shown::Open(value) => Some(answers::shown(c, catalogue, field, &value)),
            registry::Shown::Masked(mask) => Some(Answer::text(&field.label_ar, mask)),
        }
    });
    let mut lines: Vec<Answer> = lines.collect();
    if !file.personal.is_null() {
        let hidden = opened.service.fields.iter().filter(|field| answers::is_personal(field)).filter(|field| {
            answers::classes(field).iter().any(|no| !privacy::may_see(viewer, answers::class_of(*no), looked))
        });
        for field in hidden {
            any_masked = true;
            lines.push(Answer::text(&field.label_ar, c.t("desk-masked")));
        }
    }
    Ok((lines, any_masked))
}

fn track(c: &Ctx, office: &Office, opened: &Opened) -> TrackView {
    let lines = journey(opened.state(), &opened.service).lines;
    let steps = lines.into_iter().map(|line| {
        let (state, day) = match line.moment {
            Moment::Done => (TrackState::Done, line.to),
            Moment::Now => (TrackState::Now, line.due),
            Moment::Next => (TrackState::Next, None),
            Moment::Ended => (TrackState::Skipped, line.to),
        };
        let department = parts::department(office, &line.department);
        let place = match line.unit.as_deref().map(|unit| opened.tree.name(unit)) {
            Some(unit) if !unit.contains(department.as_str()) => format!("{department}، {unit}"),
            _ => department,
        };
        let date = match (line.moment, day) {
            (_, None) => String::new(),
            (Moment::Now, Some(day)) => c.t1("desk-until", "date", c.date(day)),
            (_, Some(day)) => c.date(day),
        };
        let note = match (line.halted, line.visit) {
            (Some(reason), _) => c.t(&format!("desk-halted-{}", reason.word())),
            (None, Some(day)) => c.t1("desk-visit-on", "date", c.date(day)),
            (None, None) => String::new(),
        };
        TrackStep { state, title: line.label, place, date, iso: day.map(dates::iso).unwrap_or_default(), note }
    });
    TrackView { steps: steps.collect() }
}

/// What the departments, committees and bodies said, in the order of the steps.
pub(super) fn opinions(c: &Ctx, office: &Office, opened: &Opened) -> Vec<OpinionLine> {
    let course = &opened.state().course;
    let mut lines = Vec::new();
    for (no, step) in &course.steps {
        let label = opened.declared_at(*no).map(|step| step.label_ar.clone()).unwrap_or_default();
        let place = step.holder.as_ref().map(|holder| parts::holder(office, &opened.tree, holder)).unwrap_or_default();
        for run in step.runs.iter().filter(|run| says(run)) {
            let (class, word) = outcome(c, run);
            lines.push(OpinionLine {
                step: label.clone(),
                place: place.clone(),
                class,
                word,
                text: run.note.clone(),
                decision: decision(c, run),
                points: points(office, opened, run),
                on: c.date(run.closed_on),
            });
        }
    }
    for asked in course.consults.iter().filter(|asked| asked.outcome == Some(Outcome::Answered)) {
        let opinion = asked.opinion.unwrap_or_default();
        lines.push(OpinionLine {
            step: c.t1("desk-answer-to", "question", asked.question.clone()),
            place: parts::holder(office, &opened.tree, &asked.holder),
            class: forms::opinion_class(opinion),
            word: c.t(&format!("desk-opinion-{}", forms::opinion_word(opinion))),
            text: asked.answer.clone(),
            on: asked.closed_at.map(|at| c.day_of(at)).unwrap_or_default(),
            ..OpinionLine::default()
        });
    }
    lines
}

fn says(run: &Run) -> bool {
    !matches!(
        run.outcome,
        Outcome::Collected
            | Outcome::HandedOver
            | Outcome::Issued
            | Outcome::Dropped
            | Outcome::Reported
            | Outcome::Recalled
            | Outcome::ByLaw
    )
}

fn outcome(c: &Ctx, run: &Run) -> (&'static str, String) {
    match (run.outcome, run.opinion) {
        (Outcome::Accepted, Some(opinion)) => {
            (forms::opinion_class(opinion), c.t(&format!("desk-opinion-{}", forms::opinion_word(opinion))))
        }
        (Outcome::Refused, _) => ("err", c.t("desk-outcome-refused")),
        (Outcome::SentBack, _) => ("warn", c.t("desk-outcome-sent-back")),
        (Outcome::Assessed, _) => ("ok", c.t("desk-outcome-assessed")),
        _ => ("ok", c.t("desk-outcome-accepted")),
    }
}

fn decision(c: &Ctx, run: &Run) -> String {
    if let Some(sitting) = &run.sitting {
        return c.ta("desk-sitting-of", &[("number", &sitting.number), ("date", &c.date(sitting.date))]);
    }
    let made = run.decision.as_ref();
    made.map(|made| c.ta("desk-decision-of", &[("number", &made.number), ("date", &c.date(made.date))]))
        .unwrap_or_default()
}

/// Points of the checklist in words.
fn points(office: &Office, opened: &Opened, run: &Run) -> Vec<String> {
    run.checklist
        .iter()
        .filter_map(|point| {
            if let Some(doc) = point.strip_prefix("doc:") {
                return Some(forms::document(office, doc));
            }
            let at: usize = point.strip_prefix("condition:")?.parse().ok()?;
            opened.service.conditions.get(at).map(|condition| condition.ar.clone())
        })
        .collect()
}

fn visits(c: &Ctx, opened: &Opened) -> Vec<VisitLine> {
    let visits = opened.state().course.visits.iter();
    visits
        .map(|visit| {
            let (class, word) = match visit.report {
                None => ("info", c.t("desk-visit-planned")),
                Some(Recommendation::Accept) => ("ok", c.t("desk-recommend-accept")),
                Some(Recommendation::Refuse) => ("err", c.t("desk-recommend-refuse")),
                Some(Recommendation::Again) => ("warn", c.t("desk-recommend-again")),
            };
            let link = |at: usize, hash: &str| (files::href(opened, hash), c.t1("desk-photo-n", "n", at + 1));
            VisitLine {
                date: c.date(visit.date),
                hour: visit.hour.clone(),
                class,
                word,
                note: visit.note.clone(),
                files: visit.files.iter().enumerate().map(|(at, file)| link(at, &file.hash)).collect(),
            }
        })
        .collect()
}

fn report(c: &Ctx, office: &Office, opened: &Opened) -> Vec<Answer> {
    let found = &opened.state().course.report;
    let fields = opened.service.inspection_report.iter().filter(|field| !answers::is_personal(field));
    fields.filter_map(|field| Some(answers::shown(c, office.catalogue(), field, found.get(&field.id)?))).collect()
}

fn completions(c: &Ctx, office: &Office, viewer: &Viewer, opened: &Opened, looked: &Looked) -> Vec<CompletionLine> {
    let identity = privacy::may_see(viewer, FieldClass::IdentityPaper, looked);
    let asked = opened.state().course.completions.iter().rev();
    asked
        .map(|asked| CompletionLine {
            title: c.ta("desk-asked-on", &[("date", &c.date(asked.asked_on)), ("until", &c.date(asked.until))]),
            open: asked.is_open(),
            note: asked.note.clone(),
            items: asked
                .items
                .iter()
                .map(|item| {
                    // What the applicant wrote may name somebody: it opens with the person's papers.
                    let text = item.supplied.as_ref().filter(|_| identity).map(|came| came.text.clone());
                    (missing(office, opened, &item.asked), item.supplied.is_some(), text.unwrap_or_default())
                })
                .collect(),
        })
        .collect()
}

/// What was asked, in words.
fn missing(office: &Office, opened: &Opened, asked: &Missing) -> String {
    match asked {
        Missing::Item { code } => {
            let item = opened.service.completion_items.iter().find(|item| item.code == *code);
            item.map_or_else(|| code.clone(), |item| item.ar.clone())
        }
        Missing::Document { doc } => forms::document(office, doc),
        Missing::Field { field } => {
            opened.service.field(field).map_or_else(|| field.clone(), |field| field.label_ar.clone())
        }
        Missing::Text { text } => text.clone(),
    }
}

fn issued(c: &Ctx, viewer: &Viewer, opened: &Opened) -> Vec<IssuedLine> {
    let place = opened.tree.path(&opened.state().file.unit).map(registry::Place::unit);
    let rules = place.is_some_and(|place| viewer.grant(Right::RevokePapers, &place).is_some());
    let prints = viewer.has_anywhere(Right::IssuePapers);
    let papers = opened.state().course.issued.iter();
    papers
        .map(|paper| IssuedLine {
            number: c.reference(&paper.number),
            href: if prints { format!("/papers/{}.pdf", paper.number) } else { String::new() },
            ruling: if rules { format!("/desk/papers/{}", paper.number) } else { String::new() },
            class: forms::standing_class(paper.standing),
            standing: c.t(&format!("desk-standing-{}", paper.standing.word())),
            days: {
                let until = paper.expires.map_or_else(|| c.t("desk-no-end"), |day| c.date(day));
                c.ta("desk-issued-line", &[("on", &c.date(paper.issued_on)), ("until", &until)])
            },
        })
        .collect()
}

fn held(c: &Ctx, office: &Office, opened: &Opened) -> Vec<HeldLine> {
    let mut lines = Vec::new();
    for (no, step) in &opened.state().course.steps {
        let label = opened.declared_at(*no).map(|step| step.label_ar.clone()).unwrap_or_default();
        let place = step.holder.as_ref().map(|holder| parts::holder(office, &opened.tree, holder)).unwrap_or_default();
        for run in &step.runs {
            lines.push(HeldLine {
                step: label.clone(),
                place: place.clone(),
                from: c.day_of(run.opened_at),
                to: c.date(run.closed_on),
                worked: run.worked,
                paused: run.paused,
            });
        }
        if let Some(clock) = step.clock.as_ref().filter(|_| step.is_open()) {
            lines.push(HeldLine {
                step: label,
                place,
                from: c.date(clock.opened_on),
                to: c.t("desk-still-there"),
                worked: 0,
                paused: 0,
            });
        }
    }
    lines
}

/// Pages on which this step is worked: the visit, the sitting, the preview.
fn links(c: &Ctx, office: &Office, viewer: &Viewer, opened: &Opened) -> Vec<(String, String)> {
    let mut links = Vec::new();
    let (id, step) = (opened.case.id, opened.step);
    let runs = opened.consult == 0 && opened.stands().is_some_and(|step| step.phase == Phase::Open);
    if runs && opened.kind() == Some(StepKind::Inspect) && opened.may(viewer, &super::visits::probe(opened)) {
        links.push((format!("/desk/visits/{id}/{step}"), c.t("desk-go-report")));
    }
    if runs && opened.sits(office) && opened.may(viewer, &super::sittings::probe(opened)) {
        links.push((format!("/desk/sittings/{id}/{step}"), c.t("desk-go-sitting")));
    }
    if runs && opened.kind() == Some(StepKind::Issue) && opened.may(viewer, &Command::Issue { step }) {
        links.push((format!("/desk/requests/{id}/preview"), c.t("desk-go-preview")));
    }
    links
}

/// Why there is nothing to do here, if so.
fn advice(c: &Ctx, office: &Office, viewer: &Viewer, opened: &Opened, sections: &[Section]) -> String {
    let course = &opened.state().course;
    if course.status.is_final() {
        return c.t("desk-advice-over");
    }
    let works = sections.iter().any(|section| !matches!(section.id.as_str(), "do-note" | "do-attach"));
    if works || !links(c, office, viewer, opened).is_empty() {
        return String::new();
    }
    let open = opened.stands().is_some_and(|step| step.is_open());
    match opened.kind() {
        Some(StepKind::Pay) if open => c.t("desk-advice-pay"),
        Some(StepKind::Handover) if open => c.t("desk-advice-handover"),
        _ if !open => c.t("desk-advice-elsewhere"),
        _ => c.t("desk-advice-role"),
    }
}
