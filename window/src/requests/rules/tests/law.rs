//! The law's limits by example: what answers them, what silence opens, with days counted by hand.

use catalogue::model::{DayKind, Expiry, Service, StageEnd, StepKind};
use jiff::civil::date;
use serde_json::Value;

use super::super::plan::Plan;
use super::super::*;
use super::desk::*;
use crate::requests::events::*;
use crate::requests::state::{LimitEnd, Phase};

fn registered<'a>(service: &'a Service, when: &str) -> Counter<'a> {
    let mut counter = Counter::new(service);
    counter.on(when).does(Command::Register(Box::new(register(service, 3))));
    counter
}

fn pass(code: &str) -> Command {
    Command::PassLimit { limit: code.into() }
}

fn statutory() -> Command {
    pass(STATUTORY)
}

fn refuse(counter: &Counter<'_>, no: StepNo) -> Command {
    let reasons = counter.service.refusal_reasons.iter().take(1).cloned().collect();
    Command::Refuse { step: no, reasons, text: "لا يستوفي الاشتراطات".into(), decision: None }
}

fn on_desks(counter: &Counter<'_>) -> Vec<StepKind> {
    counter.state().course.open_steps().filter_map(|(_, step)| step.kind).collect()
}

fn no_of(service: &Service, id: &str) -> StepNo {
    Plan(service).steps().find(|(_, step)| step.id == id).expect("a step").0
}

/// BLD-02: thirty days of the calendar from 22 November end on 22 December; fees and issue stay.
#[test]
fn silence_approves_a_building_permit_and_issues_nothing() {
    let service = service("BLD-02");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    let limit = at_desk.state().course.next_limit().expect("a limit").clone();
    assert_eq!((limit.code.as_str(), limit.from, limit.due), (STATUTORY, date(2026, 11, 22), date(2026, 12, 22)));
    assert_eq!((limit.on_expiry, limit.ends), (Expiry::DeemedApproved, StageEnd::Decision));
    assert_eq!((limit.law.as_deref(), limit.articles.as_deref()), (Some("L119-2008"), Some("39-46")));
    assert_eq!(at_desk.state().course.watched(), Some(limit.due_at));

    at_desk.on("2026-12-22T23:00").actor = None;
    assert_eq!(at_desk.refuses(statutory()), Refusal::LimitRuns { due: limit.due });
    at_desk.on("2026-12-23T00:30").does(statutory());
    let course = &at_desk.state().course;
    assert_eq!(course.deemed_approved().map(|limit| limit.due), Some(limit.due));
    assert_eq!(course.watched(), None);
    assert!(course.issued.is_empty(), "the machine issues nothing");
    // What needs no judgment is left: the examination fee first.
    assert_eq!(on_desks(&at_desk), [StepKind::Pay]);
    assert_eq!(at_desk.state().course.step(1).map(|step| step.phase), Some(Phase::Done));
    let run = at_desk.state().course.step(1).and_then(|step| step.last()).expect("a run");
    assert_eq!((run.outcome, run.by), (Outcome::ByLaw, None));
    assert_eq!(at_desk.refuses(statutory()), Refusal::NothingChanged, "once");

    let mut kinds = Vec::new();
    at_desk.actor = Some(staff(1));
    while let Some(no) = at_desk.open() {
        kinds.extend(at_desk.state().course.step(no).and_then(|step| step.kind));
        let next = at_desk.next_at(no);
        at_desk.later(2).does(next);
    }
    let left = [StepKind::Pay, StepKind::AssessFee, StepKind::Pay, StepKind::Issue, StepKind::Handover];
    assert_eq!(kinds, left);
    let course = &at_desk.state().course;
    assert_eq!((course.status, course.issued.len()), (Status::Closed, 1));
    assert_eq!(course.payments.len(), 2, "both fees were paid");
    assert_eq!(at_desk.refold().as_ref(), Some(at_desk.state()));
}

#[test]
fn a_visit_is_kept_where_a_fee_needs_what_it_measures() {
    let service = service("BLD-02");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    at_desk.by_inspection = true;
    at_desk.on("2026-12-23T09:00").does(statutory());
    let pay = at_desk.next_at(2);
    at_desk.does(pay);
    assert_eq!(on_desks(&at_desk), [StepKind::Inspect]);
    let refusal = refuse(&at_desk, 3);
    assert_eq!(at_desk.refuses(refusal), Refusal::ByLaw { due: date(2026, 12, 22) });
    let report = at_desk.next_at(3);
    at_desk.does(report);
    assert_eq!(on_desks(&at_desk), [StepKind::AssessFee]);
    let back = Command::AskRework { step: no_of(&service, "eng-assess-fee"), to: 1, reason: "مراجعة".into() };
    assert_eq!(at_desk.refuses(back), Refusal::ByLaw { due: date(2026, 12, 22) });
}

#[test]
fn what_was_decided_in_time_is_not_touched() {
    let service = service("BLD-02");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    at_desk.until("TECH", StepKind::Issue);
    let clock = at_desk.state().course.limits.first().expect("a limit");
    assert!(matches!(clock.end, Some(LimitEnd::Answered { .. })));
    at_desk.on("2027-03-01T09:00");
    assert_eq!(at_desk.refuses(statutory()), Refusal::NothingChanged);

    let mut refused = registered(&service, "2026-11-22T09:00");
    let command = refuse(&refused, 1);
    refused.does(command);
    refused.on("2027-03-01T09:00");
    assert!(matches!(refused.refuses(statutory()), Refusal::Over { .. }));
}

/// The days of the law run on while the applicant is waited for; the silence does not begin.
#[test]
fn waiting_for_the_applicant_is_no_silence() {
    let service = service("BLD-02");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    at_desk.on("2026-12-01T09:00").does(Command::AskCompletion {
        step: 1,
        items: vec![Missing::Text { text: "صورة أوضح".into() }],
        note: String::new(),
        until: date(2027, 1, 10),
    });
    assert_eq!(at_desk.state().course.watched(), None);
    at_desk.on("2026-12-28T09:00");
    assert_eq!(at_desk.refuses(statutory()), Refusal::Halted { reason: PauseReason::Completion });
    let came = Supplied { item: 0, text: "تم".into(), files: Vec::new() };
    at_desk.does(Command::AnswerCompletion {
        step: 1,
        items: vec![came],
        answers: Answers::new(),
        personal: Value::Null,
    });
    // The 28th is a Monday: the office has the 29th.
    let limit = at_desk.state().course.next_limit().expect("runs").clone();
    assert_eq!((limit.from, limit.due), (date(2026, 11, 22), date(2026, 12, 29)));
    assert_eq!(at_desk.refuses(statutory()), Refusal::LimitRuns { due: date(2026, 12, 29) });
    at_desk.on("2026-12-30T01:00").does(statutory());
    assert!(at_desk.state().course.deemed_approved().is_some());
}

/// SHP-01: sixty days for the decision in principle; after it the inspection fee, then all as before.
#[test]
fn silence_accepts_a_shop_in_principle_only() {
    let service = service("SHP-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    at_desk.on("2026-11-23T09:00").does(accept(1));
    let running: Vec<(&str, jiff::civil::Date)> =
        at_desk.state().course.running_limits().map(|limit| (limit.code.as_str(), limit.due)).collect();
    assert_eq!(running, [(STATUTORY, date(2027, 1, 21)), ("initial_decision", date(2027, 1, 22))]);
    at_desk.on("2027-01-22T09:00").does(statutory());
    assert_eq!(on_desks(&at_desk), [StepKind::Pay]);
    assert!(at_desk.state().course.deemed_approved().is_none());
    assert!(at_desk.state().course.running_limits().next().is_none(), "the stage was answered with it");
    let pay = at_desk.next_at(3);
    at_desk.does(pay);
    assert!(on_desks(&at_desk).contains(&StepKind::Inspect), "conditions are still inspected");
    let no = at_desk.open().expect("a desk");
    let refusal = refuse(&at_desk, no);
    assert_eq!(at_desk.does(refusal).course.status, Status::Refused);

    let mut in_time = registered(&service, "2026-11-22T09:00");
    in_time.does(accept(1));
    let review = in_time.next_at(2);
    in_time.does(review);
    assert!(in_time.state().course.running_limits().next().is_none(), "the reviews were the answer");
}

/// ENV-05: thirty days for the agency's opinion, from the day on which the request reached it.
#[test]
fn the_silence_of_one_desk_approves_one_step() {
    let mut service = service("ENV-05");
    for step in &mut service.steps {
        step.when = None;
    }
    let agency = no_of(&service, "eeaa-review");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    while at_desk.open() != Some(agency) {
        let no = at_desk.open().expect("a desk");
        let next = at_desk.next_at(no);
        at_desk.later(2).does(next);
    }
    let limit = at_desk.state().course.limit("agency_opinion").expect("runs").clone();
    assert_eq!((limit.step, limit.from, limit.due), (Some(agency), date(2026, 11, 22), date(2026, 12, 22)));
    assert_eq!(at_desk.state().course.limit_of(agency).map(|limit| limit.due), Some(limit.due));
    at_desk.on("2026-12-23T09:00").does(pass("agency_opinion"));
    assert!(at_desk.state().course.by_law().is_none(), "the request is not approved by it");
    assert_eq!(on_desks(&at_desk), [StepKind::Approve]);
    let no = at_desk.open().expect("a desk");
    let refusal = refuse(&at_desk, no);
    assert_eq!(at_desk.does(refusal).course.status, Status::Refused);
}

/// SHP-02: ninety days for the visit from the filing; a visit that finds a fault begins ninety days to mend it.
#[test]
fn stages_begin_and_end_with_what_happens() {
    let service = service("SHP-02");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    assert_eq!(at_desk.state().course.limit("inspection").map(|limit| limit.due), Some(date(2027, 2, 20)));
    assert!(at_desk.state().course.limit("acknowledge").is_none(), "the slip is the acknowledgement");
    let no = at_desk.until("LIC", StepKind::Inspect);
    let Command::ReportVisit { date: day, answers, personal, files, .. } = at_desk.next_at(no) else {
        panic!("a visit")
    };
    at_desk.does(Command::ReportVisit {
        step: no,
        date: day,
        answers,
        personal,
        recommendation: Recommendation::Refuse,
        note: "لا طفاية حريق".into(),
        files,
    });
    let course = &at_desk.state().course;
    assert!(course.limit("inspection").is_none(), "the visit answered it");
    let grace = course.limit("grace").expect("runs").clone();
    assert_eq!((grace.on_expiry, grace.from), (Expiry::AdministrativeClosure, day));
    let before = at_desk.state().course.steps.clone();
    at_desk.on("2027-03-15T09:00").does(pass("grace"));
    assert_eq!(at_desk.state().course.steps, before, "closure is for an office to decide");
}

/// SHP-08: the heirs' thirty days run from the day that the form tells, and the filing answers them.
#[test]
fn a_limit_of_the_applicant_is_answered_by_the_filing() {
    let service = service("SHP-08");
    let at_desk = registered(&service, "2026-11-22T09:00");
    let notice = at_desk.state().course.limits.iter().find(|clock| clock.limit.code == "notice").expect("told");
    assert_eq!((notice.limit.from, notice.limit.due), (date(2026, 11, 1), date(2026, 12, 1)));
    assert!(!notice.runs());
    assert_eq!(at_desk.state().course.limit("transfer").map(|limit| limit.due), Some(date(2027, 5, 21)));
}

/// A holiday moves what counts working days, and nothing else.
#[test]
fn a_holiday_moves_working_days_only() {
    let calendar_days = service("BLD-02");
    let mut working_days = calendar_days.clone();
    if let Some(law) = &mut working_days.time_limit.statutory {
        law.day_kind = DayKind::Working;
    }
    let due = |service: &Service| {
        let mut at_desk = registered(service, "2026-11-22T09:00");
        let before = at_desk.state().course.next_limit().expect("a limit").due;
        for calendar in at_desk.town.0.values_mut() {
            calendar.holidays.insert(date(2026, 11, 24));
        }
        at_desk.later(1).does(Command::Redate);
        (before, at_desk.state().course.next_limit().expect("a limit").due)
    };
    assert_eq!(due(&calendar_days), (date(2026, 12, 22), date(2026, 12, 22)));
    // Thirty working days: the holidays of the town are 3 December and 7 January.
    assert_eq!(due(&working_days), (date(2027, 1, 4), date(2027, 1, 5)));
}

#[test]
fn silence_that_refuses_ends_the_request() {
    let mut service = service("BLD-02");
    if let Some(law) = &mut service.time_limit.statutory {
        law.on_expiry = Expiry::DeemedRefused;
    }
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    at_desk.actor = None;
    at_desk.on("2026-12-23T09:00").does(statutory());
    let course = &at_desk.state().course;
    assert_eq!((course.status, course.open_steps().count()), (Status::Refused, 0));
    assert_eq!(course.ending.as_ref().map(|ending| ending.by), Some(None), "no person refused");
    assert_eq!(course.by_law().map(|limit| limit.on_expiry), Some(Expiry::DeemedRefused));
}

/// REC-04: sixty days to pay. The lapse is recorded while the payment is waited for: it speaks of the payer.
#[test]
fn a_lapse_is_recorded_and_left_to_the_office() {
    let mut service = service("REC-04");
    service.application_window = None;
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    let no = at_desk.until("REV", StepKind::Pay);
    let due = at_desk.state().course.next_limit().expect("runs").due;
    assert_eq!(due, date(2027, 1, 21));
    at_desk.on("2027-01-22T09:00").does(statutory());
    assert_eq!(at_desk.state().course.status, Status::WaitingPayment);
    assert_eq!(at_desk.state().course.by_law().map(|limit| limit.on_expiry), Some(Expiry::Lapses));
    assert_eq!(at_desk.open(), Some(no));
}

/// A step that sent another back and waits is over with it; what an issuing desk sent back returns there.
#[test]
fn what_was_sent_back_does_not_come_again() {
    let service = service("BLD-02");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    let legal = at_desk.until("LEG", StepKind::Review);
    at_desk.does(Command::AskRework { step: legal, to: no_of(&service, "plan-review"), reason: "المخطط".into() });
    at_desk.on("2026-12-23T09:00").does(statutory());
    let course = &at_desk.state().course;
    assert_eq!(course.step(legal).map(|step| (step.phase, step.runs.len())), Some((Phase::Done, 1)));
    assert!(course.reworks.is_empty());
    assert_eq!(on_desks(&at_desk), [StepKind::AssessFee]);

    // Sent back by the desk that issues: the law approves the review, and the desk has it again.
    let mut sent = registered(&service, "2026-11-22T09:00");
    let issue = sent.until("TECH", StepKind::Issue);
    sent.does(Command::AskRework { step: issue, to: no_of(&service, "plan-review"), reason: "المخطط".into() });
    assert!(sent.state().course.running_limits().next().is_none(), "the request was decided once, in time");
}
