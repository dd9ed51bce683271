//! By example: what the law and the counter expect, with dates counted by hand.
//!
//! 22 November 2026 is a Sunday; in this town 3 December is a holiday.

use catalogue::model::StepKind;
use foundation::money::Piastres;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use super::super::*;
use super::desk::*;
use crate::requests::events::*;
use crate::requests::state::{Phase, Standing};

fn registered<'a>(service: &'a catalogue::model::Service, when: &str) -> Counter<'a> {
    let mut counter = Counter::new(service);
    counter.on(when).does(Command::Register(Box::new(register(service, 3))));
    counter
}

fn due(counter: &Counter<'_>, no: StepNo) -> Date {
    counter.state().course.step(no).and_then(|step| step.clock.as_ref()).expect("a clock").due
}

fn phase(counter: &Counter<'_>, no: StepNo) -> Phase {
    counter.state().course.step(no).expect("reached").phase
}

fn ask(no: StepNo, until: Date) -> Command {
    Command::AskCompletion {
        step: no,
        items: vec![Missing::Text { text: "صورة أوضح".into() }, Missing::Document { doc: "NID".into() }],
        note: String::new(),
        until,
    }
}

fn supply(no: StepNo, items: &[u16]) -> Command {
    let supplied = |item: &u16| Supplied { item: *item, text: "تم".into(), files: Vec::new() };
    Command::AnswerCompletion {
        step: no,
        items: items.iter().map(supplied).collect(),
        answers: Answers::new(),
        personal: Value::Null,
    }
}

fn refuse(counter: &Counter<'_>, no: StepNo) -> Command {
    let reasons = counter.service.refusal_reasons.iter().take(1).cloned().collect();
    Command::Refuse { step: no, reasons, text: "لا يستوفي الاشتراطات".into(), decision: None }
}

/// A holiday proclaimed for the very day of receipt: day 0 is the next working day, for limits of no, of
/// one and of ten days alike, and no day of standing still is made up.
#[test]
fn a_day_of_receipt_that_became_a_holiday_counts_as_the_next_working_day() {
    let service = service("UTL-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    at_desk.proclaim(date(2026, 11, 22));
    at_desk.on("2026-11-22T12:00").does(Command::Redate);
    // Received as of Monday 23; ten days: 24–26, 29, 30, 1, 2, 6, 7, 8.
    assert_eq!((due(&at_desk, 1), at_desk.state().course.total.due), (date(2026, 11, 24), date(2026, 12, 8)));
    at_desk.on("2026-11-24T10:00").does(accept(1));
    let run = at_desk.state().course.step(1).and_then(|step| step.runs.last()).expect("done");
    assert_eq!((run.worked, run.paused), (1, 0));
    // The payment, to be made on the day it came, has until the next working day.
    at_desk.proclaim(date(2026, 11, 24));
    at_desk.on("2026-11-24T12:00").does(Command::Redate);
    assert_eq!(due(&at_desk, 2), date(2026, 11, 25));
}

/// UTL-01: check 1, pay 0, inspect 4, spatial 1, assess 1, head 2, pay 0, issue 1, hand over 0; 10 days.
#[test]
fn waiting_for_the_applicant_costs_no_department_a_day() {
    let service = service("UTL-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    let course = &at_desk.state().course;
    // 23–26, 29, 30, 1, 2, 6, 7: the third is free.
    assert_eq!((course.total.received_on, course.total.due), (date(2026, 11, 22), date(2026, 12, 7)));
    assert_eq!(due(&at_desk, 1), date(2026, 11, 23));

    at_desk.on("2026-11-23T10:00").does(accept(1));
    assert_eq!(at_desk.state().course.status, Status::WaitingPayment);
    assert_eq!(at_desk.state().course.expected(), None);
    at_desk.on("2026-11-25T10:00");
    let pay = at_desk.next_at(2);
    at_desk.does(pay);
    // Two days of waiting, the 24th and 25th, come on top.
    assert_eq!(at_desk.state().course.expected(), Some(date(2026, 12, 9)));
    assert_eq!(due(&at_desk, 3), date(2026, 12, 1));

    at_desk.on("2026-11-26T12:00").does(ask(3, date(2026, 12, 20)));
    assert_eq!(at_desk.state().course.status, Status::WaitingCompletion);
    let halted = at_desk.next_at(3);
    assert_eq!(at_desk.refuses(halted), Refusal::Halted { reason: PauseReason::Completion });
    let too_early = refuse(&at_desk, 3);
    assert_eq!(at_desk.refuses(too_early), Refusal::WaitingForApplicant { until: date(2026, 12, 20) });
    at_desk.on("2026-11-29T12:00").does(supply(3, &[1]));
    assert_eq!(at_desk.state().course.status, Status::WaitingCompletion, "one thing is still missing");
    at_desk.on("2026-12-01T12:00").does(supply(3, &[0]));
    // The 26th was used; 29, 30 and 1 stood still; 2, 6 and 7 are left.
    assert_eq!(due(&at_desk, 3), date(2026, 12, 7));
    assert_eq!(at_desk.state().course.expected(), Some(date(2026, 12, 14)));
    at_desk.on("2026-12-02T12:00");
    let report = at_desk.next_at(3);
    at_desk.does(report);
    let run = at_desk.state().course.step(3).and_then(|step| step.last()).expect("a run");
    assert_eq!((run.worked, run.paused), (2, 3));
}

#[test]
fn a_request_on_a_free_day_is_received_on_the_next_working_day() {
    let service = service("UTL-01");
    let at_desk = registered(&service, "2026-11-27T11:00");
    assert_eq!(at_desk.state().course.total.received_on, date(2026, 11, 29));
    assert_eq!(due(&at_desk, 1), date(2026, 11, 30));
}

/// SHP-01: check, LIC review, pay, then a stage of many, then LIC approve.
#[test]
fn departments_side_by_side_are_waited_for() {
    let service = service("SHP-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    for no in 1..=3 {
        let command = at_desk.next_at(no);
        at_desk.later(2).does(command);
    }
    let open: Vec<StepNo> = at_desk.state().course.open_steps().map(|(no, _)| no).collect();
    assert!(open.len() >= 4, "{open:?}");
    let (last, others) = open.split_last().expect("some");
    for no in others {
        let command = at_desk.next_at(*no);
        at_desk.later(2).does(command);
        assert_eq!(at_desk.last().effect().opened, [], "the stage is not over");
    }
    let command = at_desk.next_at(*last);
    at_desk.later(2).does(command);
    let opened = &at_desk.last().effect().opened;
    assert_eq!(opened.len(), 1);
    assert_eq!((opened[0].kind, opened[0].step), (StepKind::Approve, last + 1));
    // A step that does not apply was skipped, and nobody is told to expect it.
    let skipped = at_desk.state().course.steps.iter().filter(|(_, step)| step.phase == Phase::Skipped);
    let skipped: Vec<StepNo> = skipped.map(|(no, _)| *no).collect();
    let lines = journey(at_desk.state(), &service).lines;
    assert!(lines.iter().all(|line| !skipped.contains(&line.step)));
    assert_eq!(lines.len() + skipped.len(), service.steps.len());
}

#[test]
fn one_department_may_be_refusing_while_others_work() {
    let service = service("SHP-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    for no in 1..=3 {
        let command = at_desk.next_at(no);
        at_desk.later(2).does(command);
    }
    let open: Vec<StepNo> = at_desk.state().course.open_steps().map(|(no, _)| no).collect();
    let seen = at_desk.state().version;
    let command = refuse(&at_desk, open[1]);
    at_desk.later(2).does(command);
    let closed = &at_desk.last().effect().closed;
    assert_eq!(closed.len(), open.len());
    assert_eq!((closed[0].step, closed[0].outcome), (open[1], Outcome::Refused));
    assert!(closed[1..].iter().all(|closing| closing.outcome == Outcome::Dropped));
    assert!(at_desk.state().course.decided, "a reasoned refusal is told to a person");
    // The neighbour, whose page is older, learns it.
    at_desk.expected = Some(seen);
    let late = at_desk.next_at(open[0]);
    assert!(matches!(at_desk.refuses(late), Refusal::Changed { since } if since.len() == 1));
    at_desk.expected = None;
    at_desk.does(Command::HandOver { to: Receiver::Applicant, checked: "NID".into() });
    assert_eq!(at_desk.state().course.status, Status::Refused);
    let again = Command::HandOver { to: Receiver::Applicant, checked: "NID".into() };
    assert_eq!(at_desk.refuses(again), Refusal::AlreadyHandedOver);
    let late = accept(open[0]);
    assert_eq!(at_desk.refuses(late), Refusal::Over { status: Status::Refused });
}

#[test]
fn what_fails_is_done_again_and_comes_back_to_who_sent_it() {
    let service = service("UTL-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    for no in 1..=5 {
        let command = at_desk.next_at(no);
        at_desk.later(2).does(command);
    }
    let back = |to| Command::AskRework { step: 6, to, reason: "المعاينة ناقصة".into() };
    assert_eq!(at_desk.refuses(back(2)), Refusal::NotEarlier { step: 2 }, "money is not taken twice");
    assert_eq!(at_desk.refuses(back(8)), Refusal::NotEarlier { step: 8 });
    at_desk.does(back(3));
    assert_eq!((phase(&at_desk, 3), phase(&at_desk, 6)), (Phase::Open, Phase::Waiting));
    assert_eq!(journey(at_desk.state(), &service).lines[5].moment, Moment::Next);
    let again = at_desk.next_at(3);
    at_desk.later(20).does(again);
    assert_eq!((phase(&at_desk, 3), phase(&at_desk, 6)), (Phase::Done, Phase::Open));
    assert_eq!(at_desk.state().course.step(3).map(|step| step.runs.len()), Some(2));
    at_desk.does(accept(6));
    assert_eq!(phase(&at_desk, 7), Phase::Open);
}

#[test]
fn another_department_answers_beside_the_step() {
    let service = service("UTL-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    let question = |department: &str, halts| Command::AskConsult {
        step: 1,
        department: department.into(),
        question: "هل على العقار نزاع؟".into(),
        days: 2,
        halts,
    };
    assert_eq!(at_desk.refuses(question("NOWHERE", false)), Refusal::NoDepartment { department: "NOWHERE".into() });
    assert_eq!(at_desk.refuses(question("TECH", false)), Refusal::NoDepartment { department: "TECH".into() });
    at_desk.does(question("LEG", false));
    assert_eq!(at_desk.state().course.consults[0].clock.due, date(2026, 11, 24));
    assert_eq!(phase(&at_desk, 1), Phase::Open, "its own clock runs on");
    assert_eq!(at_desk.refuses(accept(1)), Refusal::ConsultOpen { department: "LEG".into() });
    at_desk.does(question("GOV", true));
    assert_eq!(phase(&at_desk, 1), Phase::Halted);
    assert_eq!(at_desk.state().course.status, Status::InProgress, "the citizen's clock runs: nobody waits for him");
    at_desk.on("2026-11-24T10:00");
    let answer = |consult| Command::AnswerConsult {
        consult,
        opinion: Opinion::Favourable,
        answer: "لا".into(),
        files: Vec::new(),
    };
    at_desk.does(answer(1));
    assert_eq!(phase(&at_desk, 1), Phase::Halted);
    at_desk.does(answer(2));
    assert_eq!((phase(&at_desk, 1), due(&at_desk, 1)), (Phase::Open, date(2026, 11, 25)));
    assert_eq!(at_desk.refuses(answer(2)), Refusal::NoConsult);
    at_desk.does(accept(1));
}

#[test]
fn a_committee_decides_in_a_sitting_of_three() {
    let service = service("BLD-09");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    let no = at_desk.until("C_DANGER", StepKind::Approve);
    assert_eq!(at_desk.refuses(accept(no)), Refusal::NeedsSitting);
    let sit =
        |sitting: Sitting, resolution| Command::HoldSitting { step: no, sitting, resolution, note: String::new() };
    let yes = || Resolution::Accept { decision: "5".into(), opinion: Opinion::Favourable };
    let twice = Sitting { members: vec![staff(11), staff(12), staff(11)], ..at_desk.sitting() };
    assert_eq!(at_desk.refuses(sit(twice, yes())), Refusal::NoQuorum { members: 2 });
    let tomorrow = Sitting { date: date(2026, 11, 30), ..at_desk.sitting() };
    assert!(matches!(at_desk.refuses(sit(tomorrow, yes())), Refusal::DateOutside { .. }));
    let today = at_desk.sitting();
    at_desk.does(sit(today.clone(), Resolution::Postpone { reason: "لم يحضر المالك".into() }));
    assert_eq!(phase(&at_desk, no), Phase::Open);
    at_desk.does(sit(today.clone(), yes()));
    let run = at_desk.state().course.step(no).and_then(|step| step.last()).expect("a run");
    assert_eq!(run.sitting, Some(today.clone()));
    assert_eq!(run.decision, Some(Decision { number: "5".into(), date: today.date }));
    let head = at_desk.until("HEAD", StepKind::Approve);
    let own = Command::HoldSitting { step: head, sitting: today, resolution: yes(), note: String::new() };
    assert_eq!(at_desk.refuses(own), Refusal::NoCommittee);
}

#[test]
fn the_window_takes_its_own_mistake_back_for_a_quarter_of_an_hour() {
    let service = service("UTL-01");
    let void = || Command::Void { reason: "قيد مكرر".into() };
    let fresh = || registered(&service, "2026-11-22T09:00");

    let mut at_desk = fresh();
    at_desk.actor = Some(staff(2));
    assert_eq!(at_desk.refuses(void()), Refusal::VoidNotYours);
    at_desk.actor = Some(staff(1));
    at_desk.on("2026-11-22T09:15").does(void());
    assert_eq!(at_desk.state().course.status, Status::Voided);
    assert_eq!(at_desk.refuses(void()), Refusal::Over { status: Status::Voided });

    let mut at_desk = fresh();
    assert_eq!(at_desk.on("2026-11-22T09:16").refuses(void()), Refusal::VoidLate);
    at_desk.by_manager = true;
    at_desk.does(void());

    let mut at_desk = fresh();
    at_desk.does(accept(1));
    assert_eq!(at_desk.refuses(void()), Refusal::VoidWorked);
    let pay = at_desk.next_at(2);
    at_desk.does(pay);
    at_desk.by_manager = true;
    assert_eq!(at_desk.refuses(void()), Refusal::VoidPaid);
}

#[test]
fn the_clerk_checks_at_the_window_when_nothing_is_missing() {
    let service = service("UTL-01");
    let mut at_desk = Counter::new(&service);
    let whole = Register { checked: true, ..register(&service, 3) };
    let mut less = whole.clone();
    less.papers[0].state = PaperState::Pending;
    let doc = less.papers[0].doc.clone();
    let missing = Refusal::PapersPending { docs: vec![doc] };
    assert_eq!(at_desk.refuses(Command::Register(Box::new(less))), missing);
    at_desk.does(Command::Register(Box::new(whole)));
    assert_eq!((phase(&at_desk, 1), phase(&at_desk, 2)), (Phase::Done, Phase::Open));
    let run = at_desk.state().course.step(1).and_then(|step| step.last()).expect("a run");
    assert_eq!((run.by, run.outcome), (Some(staff(1)), Outcome::Accepted));
    assert_eq!(at_desk.state().course.status, Status::WaitingPayment);
    assert_eq!(at_desk.state().course.owed_in_all(), Piastres(10_000));
}

#[test]
fn a_paper_that_is_to_come_is_asked_for_before_the_licence() {
    let service = service("CER-07");
    let mut at_desk = Counter::new(&service);
    let mut less = register(&service, 3);
    let doc = less.papers.remove(0).doc;
    at_desk.does(Command::Register(Box::new(less)));
    let pending: Vec<&str> = at_desk.state().file.pending().map(|paper| paper.doc.as_str()).collect();
    assert_eq!(pending, [doc.as_str()], "what the service demands and nobody brought is listed");
    let missing = Refusal::PapersPending { docs: vec![doc.clone()] };
    assert_eq!(at_desk.refuses(accept(1)), missing);
    let Command::Accept { step, opinion, note, checklist, decision, .. } = accept(1) else { return };
    at_desk.does(Command::Accept { step, opinion, note, checklist, decision, papers_later: true });
    while let Some(no) = at_desk.open() {
        let command = at_desk.next_at(no);
        if matches!(command, Command::Issue { .. }) {
            assert_eq!(at_desk.refuses(command), missing);
            break;
        }
        at_desk.later(2).does(command);
    }
    let file = FileRef { hash: "00".repeat(32), media: "image/webp".into(), size: 1 };
    at_desk.does(Command::Attach { step: None, doc: Some(doc), files: vec![file] });
    let no = at_desk.open().expect("issue");
    let issue = at_desk.next_at(no);
    at_desk.does(issue);
    assert_eq!(at_desk.state().course.issued[0].standing, Standing::Valid);
}

#[test]
fn officers_see_a_case_until_all_have_judged_and_then_the_paper_is_handed_over() {
    let service = service("BLD-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    let head = at_desk.until("HEAD", StepKind::Approve);
    assert!(!at_desk.state().course.decided);
    at_desk.does(accept(head));
    assert!(at_desk.state().course.decided);
    at_desk.until("TECH", StepKind::Issue);
    at_desk.until("TECH", StepKind::Handover);
    assert_eq!(at_desk.state().course.status, Status::Issued);
    assert_eq!(at_desk.refuses(Command::Withdraw { reason: String::new() }), Refusal::TooLateIssued);
    let agent = Command::HandOver { to: Receiver::Agent, checked: "NID".into() };
    assert_eq!(at_desk.refuses(agent), Refusal::NoAgent);
    at_desk.does(Command::HandOver { to: Receiver::Applicant, checked: "NID".into() });
    assert_eq!(at_desk.state().course.status, Status::Closed);
}

/// A service whose last step issues: the paper still waits at the window.
#[test]
fn a_paper_waits_at_the_window_even_if_no_step_says_so() {
    let mut service = service("BLD-01");
    service.steps.retain(|step| step.kind != StepKind::Handover);
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    while let Some(no) = at_desk.open() {
        let command = at_desk.next_at(no);
        at_desk.later(2).does(command);
    }
    assert_eq!(at_desk.state().course.status, Status::Issued);
    at_desk.does(Command::HandOver { to: Receiver::Applicant, checked: "NID".into() });
    assert_eq!(at_desk.state().course.status, Status::Closed);
}

/// Asked on the last day: the step is not late the moment the answer comes.
#[test]
fn a_limit_stopped_on_its_last_day_has_the_next_day_that_counts() {
    let service = service("UTL-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    at_desk.on("2026-11-23T14:00").does(ask(1, date(2026, 12, 20)));
    at_desk.on("2026-12-01T21:00").does(supply(1, &[0, 1]));
    assert_eq!(due(&at_desk, 1), date(2026, 12, 2));
}

#[test]
fn an_extension_needs_a_decision_and_moves_both_clocks() {
    let service = service("UTL-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    let extend = |days, number: &str| Command::Extend {
        step: 1,
        days,
        reason: "كثرة الطلبات".into(),
        decision: Decision { number: number.into(), date: date(2026, 11, 22) },
    };
    assert_eq!(at_desk.refuses(extend(3, " ")), Refusal::TextMissing { field: "decision" });
    assert_eq!(at_desk.refuses(extend(0, "7")), Refusal::DaysOutside { most: 90 });
    at_desk.does(extend(3, "7"));
    assert_eq!(due(&at_desk, 1), date(2026, 11, 26));
    assert_eq!(at_desk.state().course.total.due, date(2026, 12, 10));
}

#[test]
fn a_proclaimed_holiday_moves_the_days() {
    let service = service("UTL-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    assert_eq!(at_desk.refuses(Command::Redate), Refusal::NothingChanged);
    at_desk.town.0.get_mut(UNIT).expect("a calendar").holidays.insert(date(2026, 11, 23));
    at_desk.actor = None;
    at_desk.does(Command::Redate);
    assert_eq!(due(&at_desk, 1), date(2026, 11, 24));
    assert_eq!(at_desk.state().course.total.due, date(2026, 12, 8));
}

#[test]
fn an_officer_who_took_a_step_keeps_it() {
    let service = service("UTL-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    at_desk.actor = Some(staff(4));
    at_desk.does(Command::Take { step: 1, consult: 0 });
    at_desk.actor = Some(staff(5));
    let taken = Refusal::TakenByOther { by: staff(4) };
    assert_eq!(at_desk.refuses(Command::Take { step: 1, consult: 0 }), taken);
    assert_eq!(at_desk.refuses(accept(1)), taken);
    at_desk.by_manager = true;
    at_desk.does(Command::Reassign { step: 1, consult: 0, to: Some(staff(5)), reason: "إجازة".into() });
    at_desk.by_manager = false;
    at_desk.does(accept(1));
}

#[test]
fn the_till_takes_what_is_due_and_not_twice() {
    let service = service("UTL-01");
    let mut at_desk = registered(&service, "2026-11-22T09:00");
    at_desk.does(accept(1));
    let pay = |amount| Command::Collect { step: 2, amount: Piastres(amount), slip: "99".into() };
    let wrong = Refusal::WrongAmount { due: Piastres(10_000), given: Piastres(9_000) };
    assert_eq!(at_desk.refuses(pay(9_000)), wrong);
    at_desk.does(pay(10_000));
    assert_eq!(at_desk.refuses(pay(10_000)), Refusal::NotOpen { step: 2, phase: Phase::Done });
    assert_eq!(at_desk.state().course.payments.len(), 1);
}

#[test]
fn nothing_personal_and_nothing_inexact_lies_open_in_the_record() {
    let service = service("SHP-01");
    let mut at_desk = Counter::new(&service);
    let personal = service.fields.iter().find(|field| super::super::intake::is_personal(field));
    let mut told = register(&service, 3);
    if let Some(field) = personal {
        told.answers.insert(field.id.clone(), json!("منى"));
        let open = Refusal::PersonalInClear { field: field.id.clone() };
        assert_eq!(at_desk.refuses(Command::Register(Box::new(told.clone()))), open);
        told.answers.remove(&field.id);
    }
    told.answers.insert("shop_area_m2".into(), json!(12.5));
    let float = Refusal::NotExact { field: "shop_area_m2".into() };
    assert_eq!(at_desk.refuses(Command::Register(Box::new(told.clone()))), float);
    told.answers.insert("shop_area_m2".into(), json!("12.5"));
    told.answers.insert("no_such_field".into(), json!(1));
    let unknown = Refusal::Unknown { code: "no_such_field".into() };
    assert_eq!(at_desk.refuses(Command::Register(Box::new(told))), unknown);
}

/// REC-01 takes requests in its season only.
#[test]
fn a_service_has_its_season() {
    let mut service = service("REC-01");
    service.application_window = Some(catalogue::model::ApplicationWindow {
        from: date(2025, 11, 5),
        to: date(2026, 5, 5),
        decision_ar: String::new(),
        note_ar: None,
        source: catalogue::model::Source::Default,
    });
    let mut at_desk = Counter::new(&service);
    let register = || Command::Register(Box::new(register(&service, 3)));
    let closed = Refusal::NotAccepting { from: date(2025, 11, 5), to: Some(date(2026, 5, 5)) };
    assert_eq!(at_desk.refuses(register()), closed);
}
