//! What the desks said and asked: opinions, visits, reports, completions.

use foundation::web::{Answer, Ctx, PageError};
use registry::privacy::Field;
use registry::{Case as Looked, FieldClass, Viewer, privacy};

use crate::Office;
use crate::desk::open::{self, Opened};
use crate::desk::{answers, files, forms, parts};
use crate::requests::act::open_words;
use crate::requests::events::{Missing, Outcome, Recommendation};
use crate::requests::state::Run;

/// What a department or committee said.
#[derive(Debug, Default)]
pub(in crate::desk) struct OpinionLine {
    pub step: String,
    pub place: String,
    pub class: &'static str,
    pub word: String,
    pub text: String,
    pub decision: String,
    pub points: Vec<String>,
    pub on: String,
}

pub(super) struct VisitLine {
    pub date: String,
    pub hour: String,
    pub class: &'static str,
    pub word: String,
    pub note: String,
    pub files: Vec<(String, String)>,
}

pub(super) struct CompletionLine {
    pub title: String,
    pub open: bool,
    pub note: String,
    pub items: Vec<(String, bool, String)>,
}

/// What the departments, committees and bodies said, in the order of the steps.
pub(in crate::desk) fn opinions(c: &Ctx, office: &Office, opened: &Opened) -> Vec<OpinionLine> {
    let course = &opened.state().course;
    let mut lines = Vec::new();
    for (no, step) in &course.steps {
        let label = opened.declared_at(*no).map(|step| step.label(c.lang).to_owned()).unwrap_or_default();
        let place =
            step.holder.as_ref().map(|holder| parts::holder(c, office, &opened.tree, holder)).unwrap_or_default();
        for run in step.runs.iter().filter(|run| says(run)) {
            let (class, word) = outcome(c, run);
            lines.push(OpinionLine {
                step: label.clone(),
                place: place.clone(),
                class,
                word,
                text: run.note.clone(),
                decision: decision(c, run),
                points: points(c, office, opened, run),
                on: c.date(run.closed_on),
            });
        }
    }
    for asked in course.consults.iter().filter(|asked| asked.outcome == Some(Outcome::Answered)) {
        let opinion = asked.opinion.unwrap_or_default();
        lines.push(OpinionLine {
            step: c.t1("desk-answer-to", "question", asked.question.clone()),
            place: parts::holder(c, office, &opened.tree, &asked.holder),
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
fn points(c: &Ctx, office: &Office, opened: &Opened, run: &Run) -> Vec<String> {
    run.checklist
        .iter()
        .filter_map(|point| {
            if let Some(doc) = point.strip_prefix("doc:") {
                return Some(forms::document(c, office, doc));
            }
            let at: usize = point.strip_prefix("condition:")?.parse().ok()?;
            opened.service.conditions.get(at).map(|condition| condition.text(c.lang).to_owned())
        })
        .collect()
}

/// Visits planned and made.
pub(super) fn visits(c: &Ctx, opened: &Opened) -> Vec<VisitLine> {
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

/// Days that the applicant named for the visit that is looked at, which oblige nobody.
pub(super) fn wished(c: &Ctx, opened: &Opened) -> Vec<String> {
    let wish = opened.state().course.wish(opened.step).filter(|_| opened.consult == 0);
    wish.iter().flat_map(|wish| &wish.days).map(|day| crate::online::visit::wished(c, day)).collect()
}

/// What the applicant wrote to it; opened only where the field matrix does.
pub(super) async fn wish_note(
    office: &Office,
    viewer: &Viewer,
    c: &Ctx,
    opened: &Opened,
    looked: &Looked,
) -> Result<String, PageError> {
    let file = &opened.state().file;
    let wish = opened.state().course.wish(opened.step).filter(|wish| opened.consult == 0 && !wish.personal.is_null());
    let Some(wish) = wish else { return Ok(String::new()) };
    let key = office.record.keyring().open(&mut office.db.reader(), &file.tenant, file.applicant.subject).await;
    let Some(key) = key.map_err(open::failed)? else { return Ok(String::new()) };
    let text = open_words(&key, &wish.personal).map_err(open::failed)?;
    let hidden = c.t("counter-hidden");
    Ok(text.show(viewer, &Field::of(FieldClass::VisitNote, &hidden), looked).to_string())
}

/// What the newest report found.
pub(super) fn report(c: &Ctx, office: &Office, opened: &Opened) -> Vec<Answer> {
    let found = &opened.state().course.report;
    let fields = opened.service.inspection_report.iter().filter(|field| !answers::is_personal(field));
    fields.filter_map(|field| Some(answers::shown(c, office.catalogue(), field, found.get(&field.id)?))).collect()
}

/// What the applicant was asked for, newest first.
pub(super) fn completions(
    c: &Ctx,
    office: &Office,
    viewer: &Viewer,
    opened: &Opened,
    looked: &Looked,
) -> Vec<CompletionLine> {
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
                    (missing(c, office, opened, &item.asked), item.supplied.is_some(), text.unwrap_or_default())
                })
                .collect(),
        })
        .collect()
}

/// What was asked, in words.
fn missing(c: &Ctx, office: &Office, opened: &Opened, asked: &Missing) -> String {
    match asked {
        Missing::Item { code } => {
            let item = opened.service.completion_items.iter().find(|item| item.code == *code);
            item.map_or_else(|| code.clone(), |item| item.text(c.lang).to_owned())
        }
        Missing::Document { doc } => forms::document(c, office, doc),
        Missing::Field { field } => {
            opened.service.field(field).map_or_else(|| field.clone(), |field| field.label(c.lang).to_owned())
        }
        Missing::Text { text } => text.clone(),
    }
}
