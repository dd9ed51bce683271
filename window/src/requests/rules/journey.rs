//! Where a request stands (تتبع الطلب): what a citizen sees, without a single personal value.

use catalogue::model::{Service, StepKind};
use foundation::lang::Lang;
use foundation::money::Piastres;
use jiff::civil::Date;

use super::conditions::Known;
use super::plan::Plan;
use crate::requests::events::*;
use crate::requests::state::{Phase, State, StepState};

/// مسار الطلب
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// Status.
    pub status: Status,
    /// Day 0.
    pub received_on: Date,
    /// Steps done, present and to come.
    pub lines: Vec<JourneyLine>,
    /// What the applicant has to bring, and until when.
    pub missing: Vec<(Missing, Date)>,
    /// Documents that were to come later.
    pub pending: Vec<String>,
    /// What has to be paid now.
    pub to_pay: Piastres,
    /// Last day of the whole request; none while it waits for the applicant, or has ended.
    pub expected: Option<Date>,
    /// Day of the end, once there is one.
    pub ended_on: Option<Date>,
    /// Day on which paper or result was handed over.
    pub handed_over: Option<Date>,
    /// The newest objection, if there was one.
    pub objection: Option<ObjectionLine>,
}

/// موقف التظلم
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectionLine {
    /// Day on which it was filed.
    pub filed_on: Date,
    /// What became of it and when; none while it is looked at.
    pub ruling: Option<(bool, Date)>,
}

/// One step of the journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JourneyLine {
    /// The step.
    pub step: StepNo,
    /// Kind.
    pub kind: StepKind,
    /// What is done there.
    pub label_ar: String,
    /// The same in English.
    pub label_en: String,
    /// Department, by code.
    pub department: String,
    /// Its unit, once the step was reached.
    pub unit: Option<String>,
    /// Past, present, future.
    pub moment: Moment,
    /// Day of arrival.
    pub from: Option<Date>,
    /// Day of departure.
    pub to: Option<Date>,
    /// Last day while it is there.
    pub due: Option<Date>,
    /// Why it stands still.
    pub halted: Option<PauseReason>,
    /// Day of a visit that is planned.
    pub visit: Option<Date>,
    /// Its hour in words.
    pub hour: String,
    /// Working days that the holder had it, all runs together.
    pub worked: u16,
}

/// Place of a step in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// Done.
    Done,
    /// On the desk.
    Now,
    /// To come, or to come again.
    Next,
    /// The request ended here, or while it was here.
    Ended,
}

impl JourneyLine {
    /// What is done there, in a language.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        lang.pick(&self.label_ar, &self.label_en)
    }
}

/// The journey of a request.
#[must_use]
pub fn journey(state: &State, service: &Service) -> Journey {
    let course = &state.course;
    let is_final = course.status.is_final();
    let known = Known::of(state, service);
    let lines = Plan(service).steps().filter_map(|(no, step)| {
        let stands = course.step(no);
        let comes = || {
            // A step whose condition cannot be judged yet is announced.
            step.when.as_deref().is_none_or(|when| known.holds(when, &step.id).unwrap_or(true))
        };
        let moment = match stands.map(|stands| stands.phase) {
            Some(Phase::Done) => Moment::Done,
            Some(Phase::Open | Phase::Halted) => Moment::Now,
            Some(Phase::Waiting) => Moment::Next,
            Some(Phase::Ended) => Moment::Ended,
            Some(Phase::Skipped) => return None,
            None if is_final || !comes() => return None,
            None => Moment::Next,
        };
        let clock = stands.and_then(|stands| stands.clock.as_ref());
        let now = clock.filter(|_| moment == Moment::Now);
        let waits = stands.is_some_and(|stands| stands.phase == Phase::Halted);
        Some(JourneyLine {
            step: no,
            kind: step.kind,
            label_ar: step.label_ar.clone(),
            label_en: step.label(Lang::En).to_owned(),
            department: step.department.clone(),
            unit: stands.and_then(|stands| Some(stands.holder.as_ref()?.unit.clone())),
            moment,
            from: clock.map(|clock| clock.opened_on),
            to: stands.filter(|_| moment != Moment::Now).and_then(StepState::last).map(|run| run.closed_on),
            due: now.filter(|_| !waits).map(|clock| clock.due),
            halted: now.filter(|_| waits).and_then(|clock| clock.pauses.last()).map(|pause| pause.reason),
            visit: course.next_visit(no).filter(|_| moment == Moment::Now).map(|visit| visit.date),
            hour: course.next_visit(no).map(|visit| visit.hour.clone()).unwrap_or_default(),
            worked: stands.map_or(0, |stands| stands.runs.iter().fold(0, |sum, run| sum.saturating_add(run.worked))),
        })
    });
    let lines: Vec<JourneyLine> = lines.collect();
    let asked = course.completions.iter().filter(|asked| !is_final && asked.is_open());
    let to_pay = lines.iter().filter(|line| line.kind == StepKind::Pay && line.moment == Moment::Now);
    Journey {
        status: course.status,
        received_on: course.total.received_on,
        missing: asked.flat_map(|asked| asked.missing().map(|item| (item.clone(), asked.until))).collect(),
        pending: state.file.pending().filter(|_| !is_final).map(|paper| paper.doc.clone()).collect(),
        to_pay: to_pay.flat_map(|line| course.owed(line.step)).map(|line| line.amount).sum(),
        lines,
        expected: course.expected(),
        ended_on: course.ending.as_ref().map(|ending| ending.on),
        handed_over: course.handed_over.as_ref().map(|done| done.on),
        objection: course.objections.last().map(|objection| ObjectionLine {
            filed_on: objection.on,
            ruling: objection.ruling.as_ref().map(|ruling| (ruling.upheld, ruling.on)),
        }),
    }
}
