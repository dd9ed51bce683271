//! مسار الطلب كما يراه صاحبه: the journey in words, without a personal value or an officer's name.

use catalogue::Catalogue;
use catalogue::model::Service;
use foundation::arabic::digits::Digits;
use foundation::calendar::WorkCalendar;
use foundation::clock::Micros;
use foundation::dates;
use foundation::numbers::Number;
use foundation::web::{Ctx, DeadlineView, TrackState, TrackStep, TrackView};
use jiff::civil::Date;
use registry::units::Tree;

use super::service_view::department;
use super::{hours, places};
use crate::law::{self, LawView};
use crate::requests::events::{Missing, Status};
use crate::requests::rules::{Journey, JourneyLine, Moment, ObjectionLine, journey};
use crate::requests::state::{Standing, State};

/// What the page shows.
#[derive(Debug, Default)]
pub(crate) struct JourneyView {
    pub number: String,
    pub service: String,
    pub service_code: String,
    pub unit: String,
    pub unit_code: String,
    pub received: String,
    pub received_iso: String,
    /// Class of the tag: ok, warn, err, info.
    pub class: &'static str,
    pub status: String,
    /// What happens next, and who does it.
    pub next: String,
    pub expected: Option<DeadlineView>,
    pub paused: bool,
    pub law: LawView,
    pub missing: Vec<String>,
    pub missing_until: String,
    pub pending: Vec<String>,
    pub to_pay: String,
    pub reasons: Vec<String>,
    pub decision: String,
    /// What became of the objection.
    pub objection: String,
    pub papers: Vec<PaperLine>,
    pub track: TrackView,
}

/// A paper that came out of the request.
#[derive(Debug, Default)]
pub(crate) struct PaperLine {
    pub name: String,
    pub number: String,
    pub class: &'static str,
    pub standing: String,
    pub until: String,
}

/// What the page needs to know besides the request.
pub(crate) struct Around<'a> {
    pub c: &'a Ctx,
    pub catalogue: &'a Catalogue,
    pub service: &'a Service,
    pub tree: &'a Tree,
    pub now: Micros,
}

/// The journey of a request in words.
pub(crate) fn view(state: &State, around: &Around<'_>) -> JourneyView {
    let Around { c, catalogue, service, tree, now } = *around;
    let journey = journey(state, service);
    let calendar = tree.calendar(&state.file.unit).map(AsRef::as_ref);
    let unit = tree.unit(&state.file.unit);
    let day = |day: Date| c.date(day);
    let ending = state.course.ending.as_ref();
    let reasons = ending.map(|ending| ending.reasons.as_slice()).unwrap_or_default();
    let decision = ending.and_then(|ending| ending.decision.as_ref());
    JourneyView {
        number: grouped(&state.file.number),
        service: service.name(c.lang).to_owned(),
        service_code: service.code.clone(),
        unit: unit.map_or_else(|| state.file.unit.clone(), |unit| places::title(c, unit)),
        unit_code: state.file.unit.clone(),
        received: day(journey.received_on),
        received_iso: dates::iso(journey.received_on),
        class: class(journey.status),
        status: c.t(&format!("public-status-{}", journey.status.word())),
        next: next(&journey, around),
        expected: journey.expected.map(|due| hours::deadline(c, calendar, due, now, false)),
        paused: journey.status.pause().is_some(),
        law: law::view(c, catalogue, &state.course, calendar, now),
        missing: journey.missing.iter().map(|(missing, _)| words(c, missing, catalogue, service)).collect(),
        missing_until: journey.missing.iter().map(|(_, until)| *until).min().map(day).unwrap_or_default(),
        pending: journey.pending.iter().map(|doc| document(c, catalogue, doc)).collect(),
        to_pay: if journey.to_pay.is_zero() { String::new() } else { journey.to_pay.format(Digits::Latn) },
        reasons: reasons
            .iter()
            .filter_map(|code| catalogue.reason(code))
            .map(|reason| reason.name(c.lang).to_owned())
            .collect(),
        decision: decision
            .map(|decision| {
                c.ta("public-track-decision", &[("number", &decision.number), ("date", &day(decision.date))])
            })
            .unwrap_or_default(),
        objection: journey.objection.map(|line| objected(c, &line)).unwrap_or_default(),
        papers: papers(state, around),
        track: track(&journey, around, calendar),
    }
}

/// Where an objection stands, in a sentence.
fn objected(c: &Ctx, line: &ObjectionLine) -> String {
    match line.ruling {
        None => c.t1("objections-track-open", "date", c.date(line.filed_on)),
        Some((true, on)) => c.t1("objections-track-upheld", "date", c.date(on)),
        Some((false, on)) => c.t1("objections-track-rejected", "date", c.date(on)),
    }
}

fn class(status: Status) -> &'static str {
    match status {
        Status::InProgress => "info",
        Status::WaitingCompletion | Status::WaitingPayment => "warn",
        Status::Issued | Status::Closed => "ok",
        Status::Refused => "err",
        Status::Withdrawn | Status::Voided => "",
    }
}

/// What happens next, in a sentence.
fn next(journey: &Journey, around: &Around<'_>) -> String {
    let c = around.c;
    let day = |day: Option<Date>| day.map(|day| c.date(day)).unwrap_or_default();
    let key = format!("public-next-{}", journey.status.word());
    let mut desks: Vec<String> = Vec::new();
    for line in journey.lines.iter().filter(|line| line.moment == Moment::Now) {
        let name = department(around.c, around.catalogue, &line.department);
        if !desks.contains(&name) {
            desks.push(name);
        }
    }
    let paper = around.service.output.name(c.lang);
    let ended = day(journey.handed_over.or(journey.ended_on));
    c.ta(&key, &[("desk", &desks.join(c.comma())), ("paper", &paper), ("date", &ended)])
}

/// A thing that is missing, by its name.
fn words(c: &Ctx, missing: &Missing, catalogue: &Catalogue, service: &Service) -> String {
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

fn document(c: &Ctx, catalogue: &Catalogue, code: &str) -> String {
    catalogue.document(code).map_or_else(|| code.to_owned(), |kind| kind.name(c.lang).to_owned())
}

/// A number as it is read aloud; unchanged if it is none.
pub(super) fn grouped(number: &str) -> String {
    Number::parse(number).map_or_else(|_| number.to_owned(), Number::grouped)
}

fn papers(state: &State, around: &Around<'_>) -> Vec<PaperLine> {
    let Around { c, service, now, .. } = *around;
    let today = dates::day_of(now);
    let line = |paper: &crate::requests::state::IssuedPaper| {
        let is_over = paper.expires.is_some_and(|last| last < today);
        let (class, key) = match paper.standing {
            Standing::Valid if is_over => ("warn", "public-standing-expired"),
            Standing::Valid => ("ok", "public-standing-valid"),
            Standing::Suspended => ("warn", "public-standing-suspended"),
            Standing::Revoked => ("err", "public-standing-revoked"),
            Standing::Superseded => ("warn", "public-standing-superseded"),
        };
        PaperLine {
            name: service.output.name(c.lang).to_owned(),
            number: grouped(&paper.number),
            class,
            standing: c.t(key),
            until: paper.expires.map_or_else(|| c.t("verifier-no-end"), |last| c.date(last)),
        }
    };
    state.course.issued.iter().map(line).collect()
}

fn track(journey: &Journey, around: &Around<'_>, calendar: Option<&WorkCalendar>) -> TrackView {
    let Around { c, catalogue, tree, .. } = *around;
    let expected = forecast(journey, around, calendar);
    let step = |line: &JourneyLine| {
        let department = department(around.c, catalogue, &line.department);
        let unit = line.unit.as_deref().and_then(|code| tree.unit(code));
        let place = match unit {
            Some(unit) if !unit.name.contains(&department) => {
                format!("{department}{}{}", c.comma(), places::title(c, unit))
            }
            Some(unit) => unit.name_in(c.lang).to_owned(),
            None => department,
        };
        let mut notes = Vec::new();
        let (state, day, key) = match line.moment {
            Moment::Done => (TrackState::Done, line.to, ""),
            Moment::Ended => {
                notes.push(c.t("public-track-ended-here"));
                (TrackState::Done, line.to, "")
            }
            Moment::Now => (TrackState::Now, line.due, "public-track-due"),
            Moment::Next => {
                let day = expected.iter().find(|(no, _)| *no == line.step).map(|(_, day)| *day);
                (TrackState::Next, day, "public-track-forecast")
            }
        };
        if line.moment == Moment::Now {
            if let Some(from) = line.from {
                notes.push(c.t1("public-track-since", "date", c.date(from)));
            }
            if let Some(visit) = line.visit {
                let when = crate::online::visit::appointed(c, visit, &line.hour);
                notes.push(c.t1("public-track-visit", "date", when));
            }
            if let Some(reason) = line.halted {
                notes.push(c.t(&format!("public-halted-{}", reason.word())));
            }
        }
        let date = day.map(|day| c.date(day)).unwrap_or_default();
        TrackStep {
            state,
            title: line.label(c.lang).to_owned(),
            place,
            date: if date.is_empty() || key.is_empty() { date } else { c.t1(key, "date", date) },
            iso: day.map(dates::iso).unwrap_or_default(),
            note: notes.join(" "),
        }
    };
    TrackView { steps: journey.lines.iter().map(step).collect() }
}

/// Days by which the steps to come should be done: each stage takes its working days after the one
/// before, and none is told later than the day promised for the whole.
fn forecast(journey: &Journey, around: &Around<'_>, calendar: Option<&WorkCalendar>) -> Vec<(u16, Date)> {
    let fallback = WorkCalendar::default();
    let calendar = calendar.unwrap_or(&fallback);
    let Some(promised) = journey.expected else { return Vec::new() };
    let today = dates::day_of(around.now);
    let dues = journey.lines.iter().filter(|line| line.moment == Moment::Now).filter_map(|line| line.due);
    let (mut from, mut to) = (today, dues.max().unwrap_or(today).max(today));
    let mut letter: Option<&str> = None;
    let mut days = Vec::new();
    for line in journey.lines.iter().filter(|line| line.moment == Moment::Next) {
        let at = usize::from(line.step).checked_sub(1);
        let Some(step) = at.and_then(|at| around.service.steps.get(at)) else { continue };
        let beside = step.parallel.is_some() && step.parallel.as_deref() == letter;
        letter = step.parallel.as_deref();
        if !beside {
            from = to;
        }
        let done = calendar.nth_working_day(from, step.working_days, &[]);
        to = if beside { to.max(done) } else { done };
        days.push((line.step, done.min(promised.max(today))));
    }
    days
}
