//! What the applicant says: days for a visit, objections.

use catalogue::model::{Service, StepKind};
use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::*;
use super::desk::*;
use crate::requests::events::*;
use crate::requests::state::Phase;

const OFFICER: u128 = 1;
const HEAD: u128 = 77;

fn cipher() -> Value {
    json!({"subject": "s", "nonce": "n", "ciphertext": "c"})
}

fn registered(service: &Service) -> Counter<'_> {
    let mut counter = Counter::new(service);
    counter.does(Command::Register(Box::new(register(service, 3))));
    counter
}

fn refuse(counter: &Counter<'_>, no: StepNo) -> Command {
    let reasons = counter.service.refusal_reasons.iter().take(1).cloned().collect();
    Command::Refuse { step: no, reasons, text: "لا يستوفي الاشتراطات".into(), decision: None }
}

fn object() -> Command {
    Command::Object { personal: cipher(), files: Vec::new() }
}

fn ruling(counter: &Counter<'_>, objection: u16, upheld: bool) -> Command {
    let decision = Decision { number: "5/2026".into(), date: counter.today() };
    Command::DecideObjection {
        objection, upheld, reasons: "ثبت استيفاء الاشتراطات".into(), decision
    }
}

fn to_the_end(counter: &mut Counter<'_>) {
    counter.by_manager = true;
    for _ in 0..100 {
        let Some(no) = counter.open() else { break };
        let command = counter.next_at(no);
        counter.later(3).does(command);
    }
    if !counter.state().course.status.is_final() {
        counter.does(Command::HandOver { to: Receiver::Applicant, checked: "NID".into() });
    }
}

#[test]
fn an_objection_that_is_upheld_brings_the_request_back_where_it_was_refused() {
    let service = service("SHP-01");
    let mut counter = registered(&service);
    let step = counter.until("LIC", StepKind::Inspect);
    let beside: Vec<StepNo> = counter.state().course.open_steps().map(|(no, _)| no).collect();
    let due = counter.state().course.total.due;
    assert_eq!(counter.refuses(object()), Refusal::NotRefused);
    let refusal = refuse(&counter, step);
    counter.does(refusal);
    assert!(counter.state().course.decided);
    let refused_on = counter.today();
    assert_eq!(
        counter.refuses(Command::Object { personal: Value::Null, files: Vec::new() }),
        Refusal::TextMissing { field: "text" }
    );
    counter.later(24 * 8).does(object());
    assert_eq!(counter.state().course.status, Status::Refused, "it stands until it is decided");
    assert_eq!(counter.refuses(object()), Refusal::ObjectionOpen);
    let early = Command::DecideObjection {
        objection: 1,
        upheld: true,
        reasons: "س".into(),
        decision: Decision { number: "1".into(), date: refused_on },
    };
    counter.actor = Some(staff(HEAD));
    assert!(matches!(counter.refuses(early), Refusal::DateOutside { .. }), "no decision before the objection");
    counter.actor = Some(staff(OFFICER));
    let own = ruling(&counter, 1, true);
    assert_eq!(counter.refuses(own), Refusal::ObjectionOwn);
    counter.actor = Some(staff(HEAD));
    let upheld = ruling(&counter, 1, true);
    counter.later(24 * 6).does(Command::AddNote { step: None, text: "بيان".into() });
    let upheld = match upheld {
        Command::DecideObjection { objection, upheld, reasons, .. } => Command::DecideObjection {
            objection,
            upheld,
            reasons,
            decision: Decision { number: "5".into(), date: counter.today() },
        },
        other => other,
    };
    counter.does(upheld);
    let course = &counter.state().course;
    assert_eq!(course.status, Status::InProgress);
    assert!(!course.decided && course.ending.is_none(), "blind again");
    let open: Vec<StepNo> = course.open_steps().map(|(no, _)| no).collect();
    assert_eq!(open, beside, "with what ran beside it");
    let again = course.step(step).expect("there");
    assert_eq!((again.runs.len(), again.phase), (1, Phase::Open));
    assert!(again.clock.as_ref().expect("a clock").opened_on >= counter.today(), "a new clock");
    assert!(course.total.due > due, "the days in between do not count");
    let told = journey(counter.state(), &service).objection.expect("told");
    assert_eq!(told.ruling, Some((true, counter.today())));
    to_the_end(&mut counter);
    assert_eq!(counter.state().course.status, Status::Closed);
    assert!(!counter.state().course.issued.is_empty());
}

#[test]
fn who_waited_for_another_step_waits_again() {
    let service = service("SHP-01");
    let mut counter = registered(&service);
    let approval = counter.until("HEAD", StepKind::Approve);
    let earlier = counter
        .state()
        .course
        .steps
        .iter()
        .rev()
        .find(|(no, step)| **no < approval && step.phase == Phase::Done && step.kind == Some(StepKind::Review));
    let earlier = *earlier.expect("a review").0;
    counter.does(Command::AskRework { step: approval, to: earlier, reason: "راجع".into() });
    let refusal = refuse(&counter, earlier);
    counter.does(refusal);
    counter.does(object());
    counter.actor = Some(staff(HEAD));
    let upheld = ruling(&counter, 1, true);
    counter.does(upheld);
    assert_eq!(counter.state().course.step(approval).map(|step| step.phase), Some(Phase::Waiting));
    assert_eq!(counter.open(), Some(earlier));
    counter.does(accept(earlier));
    assert_eq!(counter.open(), Some(approval));
    to_the_end(&mut counter);
    assert_eq!(counter.state().course.status, Status::Closed);
}

#[test]
fn the_service_gives_the_days_or_the_general_sixty_count() {
    let mut service = service("UTL-01");
    assert_eq!((service.objection().days, service.objection().law.as_str()), (60, "L47-1972"));
    service.objection = Some(catalogue::model::Objection { days: 10, law: "L154-2019".into(), articles: None });
    let mut counter = registered(&service);
    let step = counter.open().expect("a desk");
    let refusal = refuse(&counter, step);
    counter.does(refusal);
    // Ten days after 22 November is 2 December, a Wednesday.
    counter.on("2026-12-02T20:00");
    assert!(counter.try_do(&object()).is_ok());
    let ruled = |upheld, counter: &mut Counter<'_>| {
        counter.actor = Some(staff(HEAD));
        let ruling = ruling(counter, 1, upheld);
        counter.does(ruling);
    };
    ruled(false, &mut counter);
    assert_eq!(counter.state().course.status, Status::Refused);
    assert_eq!(counter.refuses(object()), Refusal::ObjectionHeard, "once for a refusal");

    service.objection = Some(catalogue::model::Objection { days: 11, law: "L154-2019".into(), articles: None });
    let mut counter = registered(&service);
    let refusal = refuse(&counter, step);
    counter.does(refusal);
    // The eleventh is a holiday, then comes a weekend: Sunday the sixth.
    counter.on("2026-12-07T08:00");
    assert_eq!(counter.refuses(object()), Refusal::ObjectionLate { until: date(2026, 12, 6) });
    counter.on("2026-12-06T23:00").does(object());
}

#[test]
fn days_for_a_visit_are_told_and_moved_once() {
    let service = service("SHP-01");
    let mut counter = registered(&service);
    let inspect = service.steps.iter().position(|step| step.kind == StepKind::Inspect && step.department == "LIC");
    let inspect = inspect.expect("an inspection");
    let step = StepNo::try_from(inspect + 1).expect("few");
    let wish = |days: &[&str]| Command::WishVisit {
        step,
        days: days.iter().map(|day| WishedDay { date: day.parse().expect("a day"), part: Part::Morning }).collect(),
        personal: Value::Null,
    };
    // Before the inspection is reached.
    counter.does(wish(&["2026-12-01", "2026-11-30"]));
    let told = counter.state().course.wish(step).expect("told").days.clone();
    assert!(told.is_sorted() && told.len() == 2);
    assert_eq!(counter.refuses(wish(&[])), Refusal::TextMissing { field: "days" });
    assert_eq!(counter.refuses(wish(&["2026-11-27"])), Refusal::NotWorkingDay { date: date(2026, 11, 27) });
    assert!(matches!(counter.refuses(wish(&["2026-11-22"])), Refusal::DateOutside { .. }));
    assert_eq!(counter.refuses(wish(&["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-06"])), Refusal::TooManyDays);
    assert_eq!(
        counter.refuses(Command::WishVisit { step: 1, days: told, personal: Value::Null }),
        Refusal::WrongKind { kind: service.steps[0].kind }
    );
    counter.until("LIC", StepKind::Inspect);
    let day = counter.today().checked_add(7.days()).expect("a day");
    let day = counter.town.calendar(UNIT).expect("a calendar").working_day_from(day);
    counter.does(Command::ScheduleVisit { step, date: day, hour: "10".into(), inspector: staff(9) });
    let later = counter.town.calendar(UNIT).expect("a calendar").working_day_from(day.tomorrow().expect("a day"));
    let later = later.to_string();
    counter.does(wish(&[&later]));
    assert!(matches!(counter.last(), RequestEvent::VisitWished(data) if data.instead_of == Some(day)));
    assert_eq!(counter.refuses(wish(&[&later])), Refusal::WishedAgain);
    assert_eq!(may_wish(counter.state(), &service, counter.today()), None);
    counter.now = foundation::dates::start_of_day(day).plus_hours(9);
    assert_eq!(counter.refuses(wish(&[&later])), Refusal::VisitNear { date: day });
    let again = Command::ReportVisit {
        step,
        date: day,
        answers: report(&service, 1),
        personal: Value::Null,
        recommendation: Recommendation::Again,
        note: "مغلق".into(),
        files: Vec::new(),
    };
    counter.does(again);
    assert!(counter.state().course.wish(step).is_none(), "the next visit is another");
    assert_eq!(may_wish(counter.state(), &service, counter.today()), Some(step));
}

#[test]
fn rows_of_before_read() {
    let service = service("UTL-01");
    let counter = registered(&service);
    let mut stored = serde_json::to_value(counter.state()).expect("a state");
    let course = stored["course"].as_object_mut().expect("an object");
    assert!(!course.contains_key("wishes") && !course.contains_key("objections"), "nothing is kept of nothing");
    let read: crate::requests::state::State = serde_json::from_value(stored).expect("reads");
    assert_eq!(&read, counter.state());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Never after its days, never by who refused, never twice; and what comes back goes on like any other.
    #[test]
    fn objections_keep_their_rules(
        which in 0..4_usize,
        ahead in 0..9_usize,
        wait in 0..90_i64,
        upheld in any::<bool>(),
    ) {
        let service = service(["SHP-01", "BLD-02", "UTL-01", "OCC-01"][which]);
        let mut counter = registered(&service);
        for _ in 0..ahead {
            let Some(no) = counter.open() else { break };
            let command = counter.next_at(no);
            counter.later(2).does(command);
        }
        let open: Vec<StepNo> = counter.state().course.open_steps().map(|(no, _)| no).collect();
        let refused = open.iter().any(|no| {
            let command = refuse(&counter, *no);
            counter.try_do(&command).is_ok()
        });
        prop_assume!(refused);
        let calendar = counter.town.calendar(UNIT).expect("a calendar").clone();
        let ending = counter.state().course.ending.clone().expect("ended");
        let until = objection_until(&service, &calendar, &ending);
        prop_assert!(calendar.is_working_day(until));
        counter.later(24 * wait);
        let in_time = counter.today() <= until;
        prop_assert_eq!(may_object(counter.state(), &service, &calendar, counter.today()).is_some(), in_time);
        prop_assert_eq!(counter.try_do(&object()).is_ok(), in_time);
        prop_assume!(in_time);
        prop_assert_eq!(counter.refuses(object()), Refusal::ObjectionOpen);
        let own = ruling(&counter, 1, upheld);
        prop_assert_eq!(counter.refuses(own), Refusal::ObjectionOwn);
        counter.actor = Some(staff(HEAD));
        let ruled = ruling(&counter, 1, upheld);
        counter.does(ruled.clone());
        prop_assert_eq!(counter.refuses(ruled), Refusal::NoObjection);
        if upheld {
            prop_assert_eq!(counter.state().course.open_steps().count() > 0, true);
            to_the_end(&mut counter);
            prop_assert_eq!(counter.state().course.status, Status::Closed);
        } else {
            prop_assert_eq!(counter.refuses(object()), Refusal::ObjectionHeard);
        }
        let again = counter.refold();
        prop_assert_eq!(again.as_ref(), Some(counter.state()));
    }
}
