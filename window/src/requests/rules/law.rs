//! Limits of the law (المدد القانونية): when they run, what answers them, what silence makes of a request.
//!
//! The service file gives the limit of the whole request and the stages that the law times. Each begins
//! with something that happens, is answered by something that is done, and otherwise passes: the machine
//! records that with its legal ground, once. What passing opens is decided here:
//!
//! * **Approval** (`deemed_approved`): what needs the office's judgment is over: checks, reviews, visits,
//!   approvals. What does not is left: fees are assessed and paid, papers that are missing are brought, an
//!   officer issues the paper and answers for its form. The machine never issues. A visit is kept only
//!   where a fee cannot be reckoned without what it measures. Nobody refuses or sends back any more: who
//!   finds a fault revokes the paper by a reasoned decision, as for any other.
//! * **Approval of one step** (a stage that times a step): that step is over, the others go on.
//! * **Acceptance in principle** (`preliminary_acceptance`): the checks and reviews before the first
//!   payment or visit are over; everything after them decides as before.
//! * **Refusal** (`deemed_refused`): the request ends, and the applicant may go where the law sends them.
//! * **Lapse, closure, nothing**: recorded and shown. A lapse is not turned into an end here, because its
//!   clock may run from a notice that the product never saw: the officer refuses with a reason.
//!
//! Calendar days are not stopped by pauses. But silence is the office's: while the applicant has to bring
//! or to pay something nothing is deemed, and a limit that ended meanwhile passes at the end of the first
//! working day after, so that the office had one.

use std::collections::BTreeSet;

use catalogue::model::{DayKind, Expiry, Service, Stage, StageEnd, StageStart, StepKind};
use foundation::calendar::WorkCalendar;
use foundation::dates;
use jiff::civil::Date;

use super::clock;
use super::facts::Facts;
use super::guard::Case;
use super::plan::Plan;
use super::refusal::Refusal;
use super::turn::Turn;
use crate::requests::events::*;
use crate::requests::state::{Course, State};

/// Something that may start a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// What a step asked the applicant for is done.
    Fulfilled(StepNo),
    /// An inspection found something unfulfilled.
    Unfulfilled,
}

/// What a turn knows besides its steps.
pub(super) struct Around<'a> {
    pub facts: &'a Facts<'a>,
    pub unit: &'a str,
    pub today: Date,
    pub before: Option<&'a State>,
    pub opened: &'a [Opening],
    pub signs: &'a [Sign],
    pub status: Status,
}

/// The limit that the law gives the whole request, from its day 0.
pub(super) fn statutory(service: &Service, calendar: &WorkCalendar, received_on: Date) -> Option<Statutory> {
    let law = service.time_limit.statutory.as_ref()?;
    let (code, articles) = ground(service, law.law.as_deref(), law.articles.as_deref());
    let mut law = Statutory {
        days: short(law.days),
        day_kind: law.day_kind,
        pauses: law.pauses,
        on_expiry: law.on_expiry,
        law: code,
        articles,
        due: received_on,
        due_at: dates::end_of_day(received_on),
    };
    let Deadline { due, due_at } = clock::statutory(calendar, &law.limit(received_on), &[], received_on);
    (law.due, law.due_at) = (due, due_at);
    Some(law)
}

/// The law that a limit names, else the first on which the service stands.
fn ground(service: &Service, law: Option<&str>, articles: Option<&str>) -> (Option<String>, Option<String>) {
    match (law, service.legal_basis.first()) {
        (None, Some(basis)) => {
            (Some(basis.law.clone()), articles.map(str::to_owned).or_else(|| basis.articles.clone()))
        }
        (law, _) => (law.map(str::to_owned), articles.map(str::to_owned)),
    }
}

fn short(days: u32) -> u16 {
    u16::try_from(days).unwrap_or(u16::MAX)
}

/// What a turn makes of the limits: some begin, some move, some are answered.
pub(super) fn turns(turn: &Turn<'_>, around: &Around<'_>) -> Result<Vec<LimitTurn>, Refusal> {
    let mut turns = Vec::new();
    if around.before.is_some_and(|state| state.course.status.is_final()) {
        return Ok(turns);
    }
    let mut running: Vec<LegalLimit> = Vec::new();
    if let Some(state) = around.before {
        running.extend(state.course.running_limits().cloned());
    }
    if !around.status.is_final() {
        for stage in &around.facts.service.time_limit.stages {
            if let Some(limit) = started(turn, around, stage)? {
                running.retain(|other| other.code != limit.code);
                running.push(limit.clone());
                turns.push(LimitTurn::Started(limit));
            }
        }
    }
    for limit in running {
        if around.status.is_final() || is_answered(turn, &limit)? {
            turns.push(LimitTurn::Answered { code: limit.code });
        } else if let Some(Deadline { due, due_at }) = resumed(around, &limit)? {
            turns.push(LimitTurn::Moved { code: limit.code, due, due_at });
        }
    }
    Ok(turns)
}

/// A stage's limit, if it begins now.
fn started(turn: &Turn<'_>, around: &Around<'_>, stage: &Stage) -> Result<Option<LegalLimit>, Refusal> {
    let (facts, plan) = (around.facts, Plan(around.facts.service));
    let known = around.before.and_then(|state| state.course.limits.iter().find(|c| c.limit.code == stage.code));
    let step = stage.step.as_deref().and_then(|id| plan.steps().find(|(_, step)| step.id == id)).map(|(no, _)| no);
    let first = known.is_none();
    let calendar = clock::calendar(facts, around.unit)?;
    let begins = match &stage.starts {
        StageStart::Filing => first && around.before.is_none(),
        StageStart::RequestComplete => {
            first && !turn.is_waived(1) && turn.is_over(|no, step| no == 1 && step.kind == StepKind::Check)?
        }
        StageStart::SentToAgency => {
            around.opened.iter().any(|opening| opening.consult == 0 && Some(opening.step) == step)
        }
        StageStart::FulfilmentNotice => {
            let opening: BTreeSet<StepNo> = plan.opening().collect();
            let told = |sign: &Sign| matches!(sign, Sign::Fulfilled(no) if !opening.contains(no));
            around.signs.iter().any(told)
        }
        StageStart::InspectionResult => around.signs.contains(&Sign::Unfulfilled),
        StageStart::Field(_) => first,
    };
    let from = match &stage.starts {
        _ if !begins => None,
        StageStart::Field(id) => turn.known.day(id),
        _ => Some(calendar.received_day(facts.now)),
    };
    let Some(from) = from else { return Ok(None) };
    let (law, articles) = ground(facts.service, stage.law.as_deref(), stage.articles.as_deref());
    let mut limit = LegalLimit {
        code: stage.code.clone(),
        label: stage.ar.clone(),
        step,
        from,
        days: short(stage.days),
        day_kind: stage.day_kind,
        pauses: false,
        on_expiry: stage.on_expiry,
        ends: stage.end(),
        law,
        articles,
        due: from,
        due_at: dates::end_of_day(from),
    };
    let Deadline { due, due_at } = clock::statutory(calendar, &limit, &[], around.today);
    (limit.due, limit.due_at) = (due, due_at);
    Ok(Some(limit))
}

/// Whether what a limit waits for is done.
fn is_answered(turn: &Turn<'_>, limit: &LegalLimit) -> Result<bool, Refusal> {
    if let Some(timed) = limit.step {
        return turn.is_over(|no, _| no == timed);
    }
    match limit.ends {
        StageEnd::Filing => Ok(true),
        StageEnd::Opening => {
            let opening: BTreeSet<StepNo> = turn.plan().opening().collect();
            turn.is_over(|no, _| opening.contains(&no))
        }
        StageEnd::Inspection => turn.is_over(|_, step| step.kind == StepKind::Inspect),
        StageEnd::Payment => turn.is_over(|_, step| step.kind == StepKind::Pay),
        StageEnd::Decision => turn.is_decided(),
    }
}

/// The last day of a limit when the applicant has done their part: see the head of this file.
fn resumed(around: &Around<'_>, limit: &LegalLimit) -> Result<Option<Deadline>, Refusal> {
    let Some(before) = around.before else { return Ok(None) };
    if before.course.status.pause().is_none() || around.status.pause().is_some() {
        return Ok(None);
    }
    let calendar = clock::calendar(around.facts, around.unit)?;
    let new = if limit.pauses {
        clock::statutory(calendar, limit, &before.course.total.pauses, around.today)
    } else if limit.speaks_of_silence() && limit.due <= around.today {
        let due = calendar.nth_working_day(around.today, 1, &[]);
        Deadline { due, due_at: dates::end_of_day(due) }
    } else {
        return Ok(None);
    };
    Ok(Some(new).filter(|new| (new.due, new.due_at) != (limit.due, limit.due_at)))
}

/// Limits that count working days, computed anew; calendar days are what they were.
pub(super) fn redated(case: &Case<'_>) -> Result<Vec<LimitTurn>, Refusal> {
    let calendar = clock::calendar(case.facts, &case.state.file.unit)?;
    let course = &case.state.course;
    let working = course.running_limits().filter(|limit| limit.day_kind == DayKind::Working);
    let moved = working.filter_map(|limit| {
        let Deadline { due, due_at } = clock::statutory(calendar, limit, &course.total.pauses, case.today());
        let moved = (due, due_at) != (limit.due, limit.due_at);
        moved.then(|| LimitTurn::Moved { code: limit.code.clone(), due, due_at })
    });
    Ok(moved.collect())
}

/// Steps that the law took from the office by limits that passed.
pub(super) fn waived(course: &Course, plan: Plan<'_>, facts: &Facts<'_>) -> BTreeSet<StepNo> {
    let passed = course.limits.iter().filter(|clock| clock.passed());
    passed.flat_map(|clock| taken_by(&clock.limit, plan, facts)).collect()
}

/// Steps that the passing of a limit takes from the office.
fn taken_by(limit: &LegalLimit, plan: Plan<'_>, facts: &Facts<'_>) -> BTreeSet<StepNo> {
    let measures = facts.fees.is_some_and(|fees| fees.by_inspection);
    match (limit.on_expiry, limit.step) {
        (Expiry::DeemedApproved, Some(no)) => BTreeSet::from([no]),
        (Expiry::DeemedApproved, None) => {
            let judged = plan.steps().filter(|(_, step)| match step.kind {
                StepKind::Check | StepKind::Review | StepKind::Approve => true,
                StepKind::Inspect => !measures,
                StepKind::AssessFee | StepKind::Pay | StepKind::Issue | StepKind::Handover => false,
            });
            judged.map(|(no, _)| no).collect()
        }
        (Expiry::PreliminaryAcceptance, _) => plan.opening().collect(),
        _ => BTreeSet::new(),
    }
}

/// The law's day passed in silence.
pub(super) fn pass(case: &Case<'_>, code: &str) -> Result<RequestEvent, Refusal> {
    case.going()?;
    let course = &case.state.course;
    let limit = course.limit(code).ok_or(Refusal::NothingChanged)?;
    if case.facts.now <= limit.due_at {
        return Err(Refusal::LimitRuns { due: limit.due });
    }
    if let Some(reason) = course.holds_limit(limit) {
        return Err(Refusal::Halted { reason });
    }
    let mut turn = case.turn();
    turn.waive(&taken_by(limit, case.plan(), case.facts))?;
    match limit.on_expiry {
        Expiry::DeemedRefused => turn.end(Status::Refused)?,
        Expiry::DeemedApproved | Expiry::PreliminaryAcceptance => turn.advance()?,
        Expiry::Lapses | Expiry::AdministrativeClosure | Expiry::None => {}
    }
    let mut effect = turn.finish()?;
    // This one has passed; it is not answered by what its own passing did.
    effect.limits.retain(|turn| !matches!(turn, LimitTurn::Answered { code } if *code == limit.code));
    Ok(RequestEvent::LimitPassed(LimitPassed { limit: limit.clone(), effect }))
}

/// Nobody refuses what the law has approved.
pub(super) fn unspoken(case: &Case<'_>) -> Result<(), Refusal> {
    match case.state.course.deemed_approved() {
        Some(limit) => Err(Refusal::ByLaw { due: limit.due }),
        None => Ok(()),
    }
}

/// A step that the law took does not come again.
pub(super) fn taken(case: &Case<'_>) -> Refusal {
    let passed = case.state.course.limits.iter().filter(|clock| clock.passed());
    let due = passed.map(|clock| clock.limit.due).max().unwrap_or_else(|| case.today());
    Refusal::ByLaw { due }
}
