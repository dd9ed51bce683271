//! Random acts on real services: whatever people try, the rules keep their promises.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use catalogue::model::{FilledBy, Service, StepKind};
use jiff::civil::{Date, Weekday};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use super::super::plan::Plan;
use super::super::*;
use super::desk::*;
use crate::requests::events::*;
use crate::requests::state::{Pause, Phase, Standing, State};

static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
    // The clock of these tests stands outside the season of reconciliation.
    let open = |code| {
        let mut service = service(code);
        service.application_window = None;
        service
    };
    let codes = [
        "BLD-01", "BLD-02", "BLD-09", "BLD-12", "BLD-24", "BLD-25", "SHP-01", "SHP-02", "UTL-01", "CMP-01", "LND-01",
        "REC-01", "CER-01",
    ];
    codes.map(open).into()
});

/// One attempt: what, where, how, and how many hours after the one before.
type Try = (u8, u8, u8, u8);

fn attempt(counter: &Counter<'_>, (what, place, how, _): Try) -> Command {
    let course = &counter.state().course;
    let open: Vec<StepNo> = course.open_steps().map(|(no, _)| no).collect();
    let steps = counter.service.steps.len();
    let step = match open.get(usize::from(place) % (open.len() + 1)) {
        Some(no) => *no,
        None => StepNo::try_from(usize::from(how) % (steps + 2)).unwrap_or(0),
    };
    let today = counter.today();
    let day_off = |days: i64| today.saturating_add(jiff::Span::new().days(days));
    let decision = Decision { number: format!("{how}/2026"), date: day_off(-i64::from(how % 3)) };
    let text = if how % 16 == 0 { String::new() } else { "بيان".to_owned() };
    let consult = course.consults.iter().rfind(|consult| consult.is_open()).map_or(1, |consult| consult.no);
    let opinion = [Opinion::Favourable, Opinion::Conditional, Opinion::Unfavourable][usize::from(how) % 3];
    let file = FileRef { hash: "ab".repeat(32), media: "image/webp".into(), size: 9 };
    let reasons = counter.service.refusal_reasons.first().cloned().into_iter().collect();
    if course.status == Status::Refused && what % 3 != 0 {
        let cipher = json!({"subject": "s", "nonce": "n", "ciphertext": "c"});
        return match course.open_objection() {
            Some(open) => {
                Command::DecideObjection { objection: open.no, upheld: how % 2 == 0, reasons: text, decision }
            }
            None => Command::Object { personal: if text.is_empty() { Value::Null } else { cipher }, files: Vec::new() },
        };
    }
    match what % 36 {
        34 => {
            let inspect = counter.service.steps.iter().position(|step| step.kind == StepKind::Inspect);
            let step = inspect.and_then(|at| StepNo::try_from(at + 1).ok()).unwrap_or(step);
            let part = Part::ALL[usize::from(how) % 2];
            let days =
                (0..1 + i64::from(how % 4)).map(|n| WishedDay { date: day_off(n * 2 + i64::from(how % 5)), part });
            Command::WishVisit { step, days: days.collect(), personal: Value::Null }
        }
        0..=6 => counter.next_at(step.clamp(1, StepNo::try_from(steps).unwrap_or(1))),
        7 => Command::Accept {
            step,
            opinion,
            note: text,
            checklist: vec!["exits".into()],
            decision: Some(decision),
            papers_later: how % 2 == 0,
        },
        8 | 9 => Command::AskCompletion {
            step,
            items: vec![Missing::Text { text }, Missing::Document { doc: counter.service.documents[0].doc.clone() }],
            note: String::new(),
            until: day_off(i64::from(how % 20)),
        },
        10 | 11 => Command::AnswerCompletion {
            step,
            items: (0..1 + u16::from(how % 2))
                .map(|item| Supplied { item, text: "تم".into(), files: vec![file.clone()] })
                .collect(),
            answers: if how % 4 == 0 { answers(&counter.service.fields, usize::from(how)) } else { Answers::new() },
            personal: Value::Null,
        },
        12 if how % 2 == 1 => {
            let office = counter.service.fields.iter().filter(|field| field.filled_by == FilledBy::Office);
            let office: Vec<_> = office.cloned().collect();
            Command::FillIn { step, answers: answers(&office, usize::from(how)) }
        }
        12 => Command::AskConsult {
            step,
            department: ["LEG", "GOV", "POLICE", "NOWHERE"][usize::from(how) % 4].into(),
            question: text,
            days: u16::from(how % 9),
            halts: how % 2 == 0,
        },
        13 => Command::AnswerConsult { consult, opinion, answer: text, files: vec![file] },
        14 => Command::RecallConsult { consult },
        15 => Command::Extend { step, days: u16::from(how % 12), reason: text, decision },
        16 => Command::Redate,
        17 => {
            Command::ScheduleVisit { step, date: day_off(i64::from(how % 6)), hour: "10".into(), inspector: staff(9) }
        }
        18 => Command::ReportVisit {
            step,
            date: today,
            answers: report(counter.service, usize::from(how)),
            personal: Value::Null,
            recommendation: [Recommendation::Accept, Recommendation::Refuse, Recommendation::Again]
                [usize::from(how) % 3],
            note: text,
            files: vec![file],
        },
        19 => Command::HoldSitting {
            step,
            sitting: counter.sitting(),
            resolution: match how % 3 {
                0 => Resolution::Refuse { decision: text.clone(), reasons, text },
                1 => Resolution::Postpone { reason: text },
                _ => Resolution::Accept { decision: text, opinion },
            },
            note: "ملاحظة".into(),
        },
        20 | 21 => Command::AskRework { step, to: StepNo::from(how % 8), reason: text },
        22 if how % 4 == 0 => Command::Refuse { step, reasons, text, decision: Some(decision) },
        23 if how % 8 == 0 => Command::Withdraw { reason: text },
        24 if how % 4 == 0 => Command::Void { reason: text },
        25 => Command::Issue { step },
        26 => Command::HandOver { to: Receiver::Applicant, checked: "NID".into() },
        27 => Command::RulePaper {
            number: course.issued.first().map_or_else(String::new, |paper| paper.number.clone()),
            standing: [Standing::Valid, Standing::Suspended, Standing::Revoked][usize::from(how) % 3],
            reason: text,
            decision,
            until: None,
        },
        28 => Command::Attach {
            step: Some(step).filter(|_| how % 2 == 0),
            doc: counter.service.documents.first().map(|doc| doc.doc.clone()).filter(|_| how % 3 == 0),
            files: vec![file],
        },
        29 => Command::Take { step, consult: u16::from(how % 2) * consult },
        30 => Command::Reassign { step, consult: 0, to: Some(staff(u128::from(how % 3))), reason: text },
        31..=33 => Command::PassLimit {
            limit: course.next_limit().map_or_else(|| STATUTORY.to_owned(), |limit| limit.code.clone()),
        },
        _ => Command::AddNote { step: Some(step).filter(|_| how % 2 == 0), text },
    }
}

/// A limit on the wall calendar of a unit, walked day by day: days off do not count, nor do those of a
/// pause after its first.
struct Walk<'a> {
    holidays: &'a BTreeSet<Date>,
    pauses: &'a [Pause],
}

impl Walk<'_> {
    fn works(&self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Friday | Weekday::Saturday) && !self.holidays.contains(&date)
    }

    fn next(&self, date: Date) -> Date {
        let stands =
            |date: Date| self.pauses.iter().any(|pause| pause.from < date && pause.to.is_some_and(|to| date <= to));
        let mut date = date.tomorrow().expect("days follow");
        while !self.works(date) || stands(date) {
            date = date.tomorrow().expect("days follow");
        }
        date
    }

    /// The last of its days. The day of receipt is day 0, or the next working day where it is none.
    fn counted(&self, from: Date, days: u16) -> Date {
        let mut date = from;
        while !self.works(date) {
            date = date.tomorrow().expect("days follow");
        }
        (0..days).fold(date, |date, _| self.next(date))
    }

    /// The last day it has: one that stood still on its last day gets the first that counts again.
    fn due(&self, from: Date, days: u16) -> Date {
        let mut date = self.counted(from, days);
        while self.pauses.iter().any(|pause| pause.from <= date && pause.to.is_some_and(|to| date < to)) {
            date = self.next(date);
        }
        date
    }
}

fn walk<'a>(counter: &'a Counter<'_>, unit: &str, pauses: &'a [Pause]) -> Walk<'a> {
    Walk { holidays: &counter.town.calendar(unit).expect("a calendar").holidays, pauses }
}

/// Whether a refusal falls with the event.
fn falls(event: &RequestEvent) -> bool {
    matches!(event, RequestEvent::ObjectionDecided(data) if data.upheld)
}

/// Promises about a state.
fn check_state(counter: &Counter<'_>) {
    let state = counter.state();
    let course = &state.course;
    if course.status.is_final() {
        assert_eq!(course.open_steps().count(), 0, "an ended request lies on no desk");
        assert!(course.consults.iter().all(|consult| !consult.is_open()), "nor does a question");
        assert!(course.completions.iter().all(|asked| !asked.is_open()));
    } else if course.status != Status::Issued {
        assert!(course.open_steps().count() > 0, "somebody has it: {:?}", course.status);
    }
    for (no, step) in &course.steps {
        if let (Phase::Open, Some(run), Some(holder)) = (step.phase, &step.clock, &step.holder) {
            let due = walk(counter, &holder.unit, &run.pauses).due(run.opened_on, run.days);
            assert_eq!(run.due, due, "step {no} keeps its days: {run:?}");
            assert!(run.pauses.iter().all(|pause| pause.to.is_some()));
        }
        if step.phase == Phase::Halted {
            assert!(step.clock.iter().all(|run| run.pauses.last().is_some_and(|pause| pause.to.is_none())));
        }
        let reworks = counter
            .events
            .iter()
            .filter(|(_, event)| matches!(event, RequestEvent::ReworkAsked(data) if data.to == *no));
        let outcomes = step.runs.iter().filter(|run| run.outcome != Outcome::SentBack);
        let reopened = counter.events.iter().filter(|(_, event)| falls(event));
        assert!(outcomes.count() <= 1 + reworks.count() + reopened.count(), "step {no} has one outcome a run");
    }
    if course.status == Status::InProgress {
        let total = &course.total;
        let due = walk(counter, UNIT, &total.pauses).due(total.received_on, total.days);
        assert_eq!(total.due, due, "the whole request keeps its days: {total:?}");
    }
    for payment in &course.payments {
        let lines = payment.lines.iter().map(|line| line.amount).sum();
        assert_eq!(payment.amount, lines);
    }
    let mut receipts: Vec<&str> = course.payments.iter().map(|payment| payment.receipt.as_str()).collect();
    receipts.dedup();
    assert_eq!(receipts.len(), course.payments.len());
    if !course.issued.is_empty() && course.status == Status::Issued {
        assert_eq!(course.owed_in_all().0, 0, "no paper for unpaid fees");
    }
}

/// Promises about a step from one state to the next.
fn check_turn(counter: &Counter<'_>, before: Option<&State>) {
    let event = counter.last();
    let effect = event.effect();
    let after = counter.state();
    let stages = Plan(counter.service).stages();
    for opening in effect.opened.iter().filter(|opening| opening.consult == 0) {
        let again = before.is_some_and(|state| {
            state.course.step(opening.step).is_some_and(|step| step.phase != Phase::Skipped || !step.runs.is_empty())
        });
        let corrected = matches!(event, RequestEvent::CompletionAnswered(_));
        if !again && !corrected {
            for stage in stages.iter().take_while(|stage| !stage.contains(&opening.step)) {
                for no in stage {
                    assert!(after.course.step(*no).is_some_and(|step| step.is_over()), "stages join");
                }
            }
        }
    }
    if let (RequestEvent::Extended(data), Some(before)) = (event, before) {
        let old = before.course.step(data.step).and_then(|step| step.clock.as_ref()).expect("open");
        let new = after.course.step(data.step).and_then(|step| step.clock.as_ref()).expect("open");
        // A limit that was given a day back for its last one has that day already; one more day is it.
        let holder = after.course.step(data.step).and_then(|step| step.holder.as_ref()).expect("a desk");
        let given_back = walk(counter, &holder.unit, &old.pauses).counted(old.opened_on, old.days) < old.due;
        assert!(new.due > old.due || (data.days == 1 && given_back && new.due == old.due), "{old:?} {new:?}");
        let (was, is) = (&before.course.total, &after.course.total);
        let given_back = walk(counter, UNIT, &was.pauses).counted(was.received_on, was.days) < was.due;
        assert!(is.due > was.due || (data.days == 1 && given_back && is.due == was.due), "{was:?} {is:?}");
    }
    if let (RequestEvent::LimitPassed(data), Some(before)) = (event, before) {
        let limit = &data.limit;
        assert!(before.course.limit(&limit.code) == Some(limit) && counter.now > limit.due_at);
        assert!(!limit.speaks_of_silence() || before.course.status.pause().is_none(), "the applicant was waited for");
        assert_eq!(before.course.issued, after.course.issued, "the machine issues nothing");
        assert_eq!(before.course.payments, after.course.payments, "and takes no money");
        assert!(after.course.limit(&limit.code).is_none(), "a limit passes once");
    }
    if after.course.deemed_approved().is_some() {
        let judged = after.course.open_steps().filter_map(|(_, step)| step.kind);
        let judged = judged.filter(|kind| matches!(kind, StepKind::Check | StepKind::Review | StepKind::Approve));
        assert_eq!(judged.count(), 0, "what the law approved is not judged");
        assert_ne!(after.course.status, Status::Refused);
    }
    for limit in after.course.running_limits() {
        assert!(!after.course.status.is_final(), "no limit outlives the request");
        assert!(limit.due >= limit.from);
    }
    if let Some(before) = before {
        let was = before.course.status;
        let end = |status: Status| status.is_final();
        assert!(!end(was) || falls(event) || after.course.status == was, "an end is an end");
        if end(was) {
            assert!(matches!(
                event,
                RequestEvent::NoteAdded(_)
                    | RequestEvent::Objected(_)
                    | RequestEvent::ObjectionDecided(_)
                    | RequestEvent::HandedOver(_)
                    | RequestEvent::PaperRevoked(_)
                    | RequestEvent::PaperSuspended(_)
                    | RequestEvent::PaperRestored(_)
            ));
        }
        assert!(!before.course.decided || falls(event) || after.course.decided);
        let open = |state: &State| state.course.objections.iter().filter(|objection| objection.is_open()).count();
        assert!(open(after) <= 1 && (open(after) == 0 || after.course.status == Status::Refused), "one at a time");
        if let RequestEvent::ObjectionDecided(data) = event {
            let judged = before.course.open_objection().expect("one was open");
            assert!(judged.against.by.is_none() || judged.against.by != counter.actor, "never by who refused");
            assert_eq!(data.upheld, !after.course.status.is_final());
            let ended = after.course.steps.values().filter(|step| step.phase == Phase::Ended).count();
            assert!(!data.upheld || ended == 0, "everything that the refusal took goes on");
        }
        assert!(event.touches_file() || before.file == after.file, "the file is left alone");
    }
    // What the record keeps reads back, and holds no float.
    let data = event.data().expect("events serialise");
    assert!(!has_float(&data));
    let bytes = serde_json::to_vec(&data).expect("bytes");
    assert_eq!(&RequestEvent::read(event.kind(), &bytes).expect("reads"), event);
    let stored = serde_json::to_vec(after).expect("state");
    assert_eq!(&serde_json::from_slice::<State>(&stored).expect("state reads"), after);
}

fn has_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(items) => items.iter().any(has_float),
        Value::Object(members) => members.values().any(has_float),
        _ => false,
    }
}

/// People of good will bring any request to its end.
fn bring_to_an_end(counter: &mut Counter<'_>) {
    counter.by_manager = true;
    counter.expected = None;
    counter.with_fees = true;
    for _ in 0..200 {
        let course = &counter.state().course;
        if course.status.is_final() {
            return;
        }
        let pending: Option<String> = counter.state().file.pending().next().map(|paper| paper.doc.clone());
        let command = if let Some(doc) = pending {
            let file = FileRef { hash: "cd".repeat(32), media: "application/pdf".into(), size: 1 };
            Command::Attach { step: None, doc: Some(doc), files: vec![file] }
        } else if let Some(consult) = course.consults.iter().find(|consult| consult.is_open()) {
            Command::RecallConsult { consult: consult.no }
        } else if let Some(asked) = course.completions.iter().find(|asked| asked.is_open()) {
            let items = (0..).zip(&asked.items).filter(|(_, item)| item.supplied.is_none());
            let items = items.map(|(item, _)| Supplied { item, text: "تم".into(), files: Vec::new() });
            Command::AnswerCompletion {
                step: asked.step,
                items: items.collect(),
                answers: Answers::new(),
                personal: Value::Null,
            }
        } else if let Some((no, _)) = course.open_steps().next() {
            counter.next_at(no)
        } else {
            Command::HandOver { to: Receiver::Applicant, checked: "NID".into() }
        };
        let before = counter.state().clone();
        counter.later(5).does(command);
        check_turn(counter, Some(&before));
        check_state(counter);
    }
    panic!("no end: {:?}", counter.state().course.status);
}

/// Every prefix of a life, read back from what the record keeps, gives the state as it was then.
fn retold(counter: &Counter<'_>) {
    let mut told: Option<State> = None;
    for ((meta, event), kept) in counter.events.iter().zip(&counter.states) {
        let bytes = serde_json::to_vec(&event.data().expect("events serialise")).expect("bytes");
        let read = RequestEvent::read(event.kind(), &bytes).expect("reads");
        told = Some(State::after(told, *meta, &read).expect("folds"));
        assert_eq!(told.as_ref(), Some(kept), "after event {} of {}", meta.version, counter.events.len());
    }
}

fn a_life(service: &Service, pick: usize, checked: bool, tries: &[Try]) -> Vec<&'static str> {
    let mut counter = Counter::new(service);
    counter.with_fees = !pick.is_multiple_of(3);
    counter.does(Command::Register(Box::new(register(service, pick))));
    check_turn(&counter, None);
    check_state(&counter);
    if checked {
        // The same at the window, where the first step is a check by the window.
        let mut other = Counter::new(service);
        let at_window = Register { checked, ..register(service, pick) };
        if other.try_do(&Command::Register(Box::new(at_window))).is_ok() {
            counter = other;
            check_state(&counter);
        }
    }
    for one in tries {
        counter.later(i64::from(one.3 % 40));
        counter.actor = Some(staff(u128::from(one.2 % 3)));
        counter.by_manager = one.1 % 4 == 0;
        let command = attempt(&counter, *one);
        if matches!(command, Command::PassLimit { .. }) {
            // Months go by in silence, sometimes.
            counter.later(24 * i64::from(one.2));
        }
        if command == Command::Redate {
            // A holiday is proclaimed.
            let free = counter.today().saturating_add(jiff::Span::new().days(i64::from(one.2 % 20)));
            counter.proclaim(free);
        }
        let before = counter.state().clone();
        match counter.try_do(&command) {
            Ok(_) => {
                check_turn(&counter, Some(&before));
                check_state(&counter);
            }
            Err(refusal) => {
                assert_eq!(counter.state(), &before, "a refusal changes nothing");
                assert!(refusal.key().starts_with("refusal-"));
                let _ = refusal.args();
            }
        }
        let _ = journey(counter.state(), service);
    }
    bring_to_an_end(&mut counter);
    if let Some(paper) = counter.state().course.issued.first().map(|paper| paper.number.clone()) {
        let mut rule = |standing| {
            let decision = Decision { number: "9".into(), date: counter.today() };
            let command =
                Command::RulePaper {
                    number: paper.clone(), standing, reason: "بيان".into(), decision, until: None
                };
            counter.try_do(&command).map(|state| state.course.issued[0].standing)
        };
        if rule(Standing::Suspended) == Ok(Standing::Suspended) {
            assert_eq!(rule(Standing::Valid), Ok(Standing::Valid));
            assert_eq!(rule(Standing::Revoked), Ok(Standing::Revoked));
            let final_word = Refusal::PaperStands { standing: Standing::Revoked };
            assert_eq!(rule(Standing::Valid), Err(final_word));
        }
    }
    let folded = counter.refold().expect("registered");
    assert_eq!(&folded, counter.state(), "the events tell everything");
    retold(&counter);
    let again: BTreeMap<StepNo, usize> = folded.course.steps.iter().map(|(no, step)| (*no, step.runs.len())).collect();
    assert!(again.values().all(|runs| *runs < 200));
    counter.events.iter().map(|(_, event)| event.kind()).collect()
}

/// The random lives are worth something only if everything happens in some of them.
#[test]
fn everything_happens_in_some_life() {
    let config = ProptestConfig { cases: 1, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let tries = prop::collection::vec(any::<Try>(), 0..60);
    for _ in 0..250 {
        let life = (0..13_usize, 0..64_usize, any::<bool>(), &tries).new_tree(&mut runner).expect("a life");
        let (which, pick, checked, tries) = life.current();
        for kind in a_life(&SERVICES[which], pick, checked, &tries) {
            *seen.entry(kind).or_default() += 1;
        }
    }
    // What needs two requests, or the machine's own word about a term, happens in `lineage`.
    let elsewhere = ["request.paper-superseded", "request.expiry-reminded"];
    for kind in RequestEvent::KINDS.iter().filter(|kind| !elsewhere.contains(kind)) {
        assert!(seen.contains_key(kind), "{kind} never happened");
    }
}

/// All of them, not only those above: people of good will bring every service to its end.
#[test]
fn every_service_of_the_catalogue_has_an_end() {
    for service in catalogue().services() {
        let mut service = Service::clone(service);
        service.application_window = None;
        for pick in [0, 1, 7] {
            let mut counter = Counter::new(&service);
            counter.does(Command::Register(Box::new(register(&service, pick))));
            check_turn(&counter, None);
            bring_to_an_end(&mut counter);
            assert_eq!(counter.state().course.status, Status::Closed, "{}", service.code);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    /// Any sequence of acts, sensible or not, on any of the services.
    #[test]
    fn a_request_lives_by_the_rules(
        which in 0..13_usize,
        pick in 0..64_usize,
        checked in any::<bool>(),
        tries in prop::collection::vec(any::<Try>(), 0..60),
    ) {
        let _ = a_life(&SERVICES[which], pick, checked, &tries);
    }

    /// Of two officers who saw the same version of a step, the second never wins.
    #[test]
    fn the_second_of_two_sees_what_changed(which in 0..13_usize, pick in 0..64_usize, ahead in 0..12_usize) {
        let service = &SERVICES[which];
        let mut counter = Counter::new(service);
        counter.does(Command::Register(Box::new(register(service, pick))));
        for _ in 0..ahead {
            let Some((no, _)) = counter.state().course.open_steps().next() else { break };
            let command = counter.next_at(no);
            counter.later(3).does(command);
        }
        let open: Vec<StepNo> = counter.state().course.open_steps().map(|(no, _)| no).collect();
        if let Some(no) = open.first() {
            let seen = counter.state().version;
            let command = counter.next_at(*no);
            counter.expected = Some(seen);
            counter.does(command.clone());
            let refusal = counter.refuses(command);
            prop_assert!(matches!(&refusal, Refusal::Changed { since } if since.len() == 1), "{refusal:?}");
            // A colleague beside, at another step of the same stage, is not disturbed.
            if let Some(other) = open.get(1).filter(|_| !counter.state().course.status.is_final()) {
                let beside = counter.next_at(*other);
                prop_assert!(counter.try_do(&beside).is_ok());
            }
        }
    }

    /// Every kind of step is reached by somebody; declared order is kept.
    #[test]
    fn without_incident_steps_come_as_declared(which in 0..13_usize, pick in 0..64_usize) {
        let service = &SERVICES[which];
        let mut counter = Counter::new(service);
        counter.does(Command::Register(Box::new(register(service, pick))));
        bring_to_an_end(&mut counter);
        let opened: Vec<StepNo> = counter
            .events
            .iter()
            .flat_map(|(_, event)| event.effect().opened.iter().map(|opening| opening.step))
            .collect();
        prop_assert!(opened.is_sorted(), "{opened:?}");
        for (no, step) in Plan(service).steps().filter(|(_, step)| step.when.is_none() && step.kind != StepKind::Pay) {
            prop_assert!(opened.contains(&no), "{} was passed over", step.id);
        }
        prop_assert_eq!(counter.state().course.status, Status::Closed);
    }
}
