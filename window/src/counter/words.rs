//! Words of the counter (كلمات الشباك): states, departments, and why something is refused.

use catalogue::model::StepKind;
use catalogue::{Catalogue, Service};
use foundation::dates;
use foundation::web::messages::ToArg;
use foundation::web::{Ctx, DeadlineView, PageError, TrackState, TrackStep, TrackView};
use jiff::civil::Date;
use registry::units::Tree;

use crate::Office;
use crate::requests::act::ActError;
use crate::requests::events::{Missing, Status};
use crate::requests::rules::{Arg, Moment, Refusal, journey};
use crate::requests::state::{Mark, State};

/// A state in a word, with the class of its tag.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tag {
    pub class: &'static str,
    pub label: String,
}

pub(crate) fn status(c: &Ctx, word: &str) -> Tag {
    let class = match word {
        "in_progress" => "info",
        "waiting_completion" | "waiting_payment" => "warn",
        "issued" | "closed" => "ok",
        "refused" => "err",
        _ => "",
    };
    Tag { class, label: c.t(&format!("counter-status-{}", word.replace('_', "-"))) }
}

/// Whether a paper holds, by the word of its standing.
pub(crate) fn standing(c: &Ctx, word: &str) -> Tag {
    Tag { class: if word == "valid" { "ok" } else { "err" }, label: c.t(&format!("counter-standing-{word}")) }
}

pub(crate) fn department(c: &Ctx, catalogue: &Catalogue, code: &str) -> String {
    catalogue.department(code).map_or_else(|| code.to_owned(), |department| department.name(c.lang).to_owned())
}

pub(crate) fn document(c: &Ctx, catalogue: &Catalogue, code: &str) -> String {
    catalogue.document(code).map_or_else(|| code.to_owned(), |document| document.name(c.lang).to_owned())
}

pub(crate) fn missing(c: &Ctx, missing: &Missing, catalogue: &Catalogue, service: &Service) -> String {
    match missing {
        Missing::Item { code } => {
            let item = service.completion_items.iter().find(|item| item.code == *code);
            item.map_or_else(|| code.clone(), |item| item.text(c.lang).to_owned())
        }
        Missing::Document { doc } => document(c, catalogue, doc),
        Missing::Field { field } => {
            service.field(field).map_or_else(|| field.clone(), |field| field.label(c.lang).to_owned())
        }
        Missing::Text { text } => text.clone(),
    }
}

/// What a refusal says.
pub(crate) fn refusal(c: &Ctx, catalogue: &Catalogue, refusal: &Refusal) -> String {
    let args: Vec<(&'static str, Box<dyn ToArg>)> =
        refusal.args().into_iter().map(|(name, arg)| (name, said(c, catalogue, arg))).collect();
    let args: Vec<(&str, &dyn ToArg)> = args.iter().map(|(name, arg)| (*name, &**arg)).collect();
    c.ta(refusal.key(), &args)
}

fn said(c: &Ctx, catalogue: &Catalogue, arg: Arg) -> Box<dyn ToArg> {
    match arg {
        Arg::Number(number) => Box::new(number),
        Arg::Date(day) => Box::new(c.date(day)),
        Arg::Money(amount) => Box::new(c.money(amount)),
        Arg::Word(word) => Box::new(word.to_owned()),
        Arg::Staff(_) => Box::new(String::new()),
        Arg::Codes(codes) => {
            let name = |code: &String| match catalogue.document(code) {
                Some(document) => document.name(c.lang).to_owned(),
                None => department(c, catalogue, code),
            };
            Box::new(codes.iter().map(name).collect::<Vec<_>>().join(c.comma()))
        }
        Arg::Service(code) => {
            Box::new(catalogue.service(&code).map_or(code.clone(), |service| service.name_ar.clone()))
        }
        Arg::Text(text) => Box::new(text),
    }
}

/// What the form says when an act did not come about; what no form can say is a page of its own.
///
/// # Errors
/// Everything that the form cannot mend.
pub(crate) fn told(c: &Ctx, office: &Office, error: ActError) -> Result<String, PageError> {
    let catalogue = office.catalogue();
    match error {
        ActError::Refused(refused) if refused.is_conflict() => {
            Err(PageError::Conflict(refusal(c, catalogue, &refused)))
        }
        ActError::Refused(refused) => Ok(refusal(c, catalogue, &refused)),
        ActError::Changed { since } => Err(PageError::Conflict(changed(c, &since))),
        ActError::Applicant(refused) => Ok(c.t(refused.message())),
        ActError::NoMandate => Ok(c.t("mandates-acting-over")),
        ActError::UnknownFile => Ok(c.t("counter-file-unknown")),
        ActError::Book(crate::numbers::BookError::Full { .. }) => Ok(c.t("counter-book-full")),
        error => Err(error.into()),
    }
}

/// What happened since the page was opened, in the words of the desks.
fn changed(c: &Ctx, since: &[Mark]) -> String {
    let what = since.iter().map(|mark| {
        let kind = mark.kind.strip_prefix("request.").unwrap_or(&mark.kind);
        format!("{} ({})", c.t(&format!("desk-mark-{kind}")), c.instant(mark.at))
    });
    let what: Vec<String> = what.collect();
    if what.is_empty() { c.t("refusal-changed") } else { c.t1("counter-changed", "what", what.join(c.comma())) }
}

/// A deadline on the calendar of a unit.
pub(crate) fn deadline(c: &Ctx, tree: &Tree, unit: &str, due: Date, now: foundation::clock::Micros) -> DeadlineView {
    let days_left = tree.calendar(unit).map_or(0, |calendar| calendar.remaining(now, due));
    DeadlineView { date: c.date(due), iso: dates::iso(due), days_left, ..DeadlineView::default() }
}

/// The journey with its departments.
pub(crate) fn track(c: &Ctx, office: &Office, tree: &Tree, state: &State, service: &Service) -> TrackView {
    let steps = journey(state, service).lines.into_iter().map(|line| {
        let mut place = department(c, office.catalogue(), &line.department);
        if let Some(unit) = line.unit.as_deref().filter(|unit| *unit != state.file.unit) {
            place = format!("{place}{}{}", c.comma(), tree.name_in(c.lang, unit));
        }
        let day = line.to.or(line.due).or(line.from);
        let late = line.due.is_some_and(|due| due < crate::requests::rules::day(office.clock.now()));
        TrackStep {
            state: match line.moment {
                Moment::Done => TrackState::Done,
                Moment::Now => TrackState::Now,
                Moment::Next => TrackState::Next,
                Moment::Ended => TrackState::Skipped,
            },
            title: line.label(c.lang).to_owned(),
            place,
            date: day.map(|day| c.date(day)).unwrap_or_default(),
            iso: day.map(dates::iso).unwrap_or_default(),
            note: match (line.halted, late) {
                (Some(reason), _) => c.t(&format!("counter-halted-{}", reason.word())),
                (None, true) => c.t("counter-late"),
                (None, false) => String::new(),
            },
        }
    });
    TrackView { steps: steps.collect() }
}

/// Status of the service's steps at the window, for the case page.
pub(crate) fn is_over(state: &State) -> bool {
    state.course.status.is_final() || state.course.status == Status::Closed
}

pub(crate) const fn is_pay(kind: Option<StepKind>) -> bool {
    matches!(kind, Some(StepKind::Pay))
}
