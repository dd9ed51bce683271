//! ملف الطلب على مكتب الموظف: papers at one side, what may be done at the other.
//!
//! [`who`] is whose it is and what they told, [`said`] what the desks said and asked, [`times`] where it
//! stands and who held it how long.

mod said;
mod times;
mod who;

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use catalogue::model::StepKind;
use foundation::web::{Answer, Crumb, Ctx, DeadlineView, FormData, FormErrors, Html, PageError, TrackView};
use record::views::ViewLog;
use registry::staff::queries as staff;
use registry::{Right, Role, Viewer};
use uuid::Uuid;

use super::fees::FeeView;
use super::files;
use super::forms::{self, People, Refilled, Section};
use super::open::{self, Opened};
use super::parts::{self, Asked};
use super::trail::{self, Change};
use crate::Office;
use crate::law::{self, LawView};
use crate::requests::rules::Command;
use crate::requests::state::Phase;

use said::{CompletionLine, VisitLine, completions, report, visits};
pub(super) use said::{OpinionLine, opinions};
use times::{HeldLine, held, track};
use who::answers_of;
pub(super) use who::head;

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
    /// What comes after this step.
    next: String,
    taken: String,
    desks: Vec<(String, String, bool)>,
    head: Vec<Answer>,
    /// What the request is to do to an earlier paper.
    about: String,
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
    /// Days that suit the applicant for the visit, and what they wrote to it.
    wished: Vec<String>,
    wish_note: String,
}

struct IssuedLine {
    number: String,
    href: String,
    ruling: String,
    class: &'static str,
    standing: String,
    days: String,
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
    let c = c.dense();
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
    let here = opened.declared().map(|step| step.label(c.lang).to_owned()).unwrap_or_default();
    let desks = opened.desks(viewer);
    let desks = if desks.len() < 2 { Vec::new() } else { desks };
    Ok(FilePage {
        crumbs: vec![Crumb::new("/desk", c.t("desk-inbox-title")), Crumb::here(c.reference_inline(&state.file.number))],
        service: opened.service.name(c.lang).to_owned(),
        status: status(&c, state.course.status.word()),
        place: holder.map(|holder| parts::holder(&c, office, tree, holder)).unwrap_or_default(),
        due: due.unwrap_or_default(),
        question: consult.map(|asked| asked.question.clone()).unwrap_or_default(),
        halted: pause
            .map(|pause| {
                let why = c.t(&format!("desk-halted-{}", pause.reason.word()));
                c.ta("desk-halted-since", &[("why", &why), ("date", &c.date(pause.from))])
            })
            .unwrap_or_default(),
        next: times::next(&c, office, opened).unwrap_or_default(),
        taken: taken(&c, viewer, opened),
        desks: desks
            .into_iter()
            .map(|(step, asked)| {
                let label = opened.declared_at(step).map(|step| step.label(c.lang).to_owned()).unwrap_or_default();
                let label = if asked > 0 { c.t1("desk-question-at", "step", label) } else { label };
                let query = if asked > 0 { format!("consult={asked}") } else { format!("step={step}") };
                let current = (step, asked) == (opened.step, opened.consult);
                (format!("/desk/requests/{}?{query}", opened.case.id), label, current)
            })
            .collect(),
        head: head(office, viewer, &c, opened, &looked).await?,
        about: state
            .file
            .parent
            .as_ref()
            .map(|parent| crate::licences::chain::about(&c, parent, &c.reference_inline(&parent.number)))
            .unwrap_or_default(),
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
        wished: said::wished(&c, opened),
        wish_note: said::wish_note(office, viewer, &c, opened, &looked).await?,
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
