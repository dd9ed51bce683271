//! What a request may do to an earlier paper, by properties: over every act, standing, day and holder.

use catalogue::model::{Act, Service};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::desk::*;
use crate::requests::events::*;
use crate::requests::rules::lineage::{accept, named};
use crate::requests::rules::*;
use crate::requests::state::{IssuedPaper, Standing, Succession};
use foundation::clock::Micros;

const TODAY: Date = date(2026, 11, 22);
const NUMBER: &str = "201307260000871";

fn paper(standing: Standing, expires: Option<Date>) -> IssuedPaper {
    IssuedPaper {
        number: NUMBER.into(),
        kind: "licence".into(),
        step: 9,
        token: "A".repeat(16),
        status_index: Some(7),
        values: Answers::new(),
        personal: serde_json::Value::Null,
        issued_at: Micros(0),
        issued_on: date(2025, 11, 22),
        expires,
        by: None,
        standing,
        rulings: Vec::new(),
        replaces: None,
        superseded: (standing == Standing::Superseded).then(|| Succession {
            number: "201307260000970".into(),
            request: staff(9),
            act: Act::Renew,
            at: Micros(0),
        }),
        suspended_until: None,
        reminders: Vec::new(),
        published: None,
    }
}

fn facts(service: &str, standing: Standing, expires: Option<Date>) -> ParentFacts {
    ParentFacts {
        request: staff(8),
        service: ServiceRef { code: service.into(), version: "v".into() },
        paper: paper(standing, expires),
        holder: holder(),
        living: Vec::new(),
    }
}

fn holder() -> Uuid {
    staff(500)
}

/// A shop's service for each act, with answers that make it do it.
fn doing(act: Act) -> (Service, Answers) {
    let (code, answers) = match act {
        Act::Renew => ("SHP-10", json!({})),
        Act::Amend => ("SHP-05", json!({})),
        Act::Transfer => ("SHP-07", json!({})),
        Act::Duplicate => ("SHP-12", json!({ "copy_kind": "lost" })),
        Act::Suspend | Act::Cancel => ("SHP-11", json!({ "closure_request_kind": "cancel" })),
    };
    let mut service = service(code);
    if act == Act::Suspend {
        for one in service.parent.iter_mut().flat_map(|parent| &mut parent.acts) {
            one.act = Act::Suspend;
        }
    }
    let serde_json::Value::Object(answers) = answers else { panic!("an object") };
    (service, answers)
}

fn judge(act: Act, facts: &ParentFacts, applicant: Uuid) -> Result<ParentRef, Refusal> {
    let (service, answers) = doing(act);
    let who = Applicant { subject: applicant, kind: service.applicants[0], agent: None, foreign: false, sex: None };
    accept(&Known::told(&service, &who, &answers), facts, applicant, TODAY)
}

/// Who has to ask for an act.
fn asks(act: Act) -> Uuid {
    if act == Act::Transfer { staff(501) } else { holder() }
}

fn acts() -> impl Strategy<Value = Act> {
    prop::sample::select(Act::ALL.to_vec())
}

fn standings() -> impl Strategy<Value = Standing> {
    prop::sample::select(vec![Standing::Valid, Standing::Suspended, Standing::Revoked, Standing::Superseded])
}

proptest! {
    /// Nothing is done to a paper that is ended; a suspended one can only be given up.
    #[test]
    fn an_ended_paper_stays_ended(act in acts(), standing in standings()) {
        let outcome = judge(act, &facts("SHP-01", standing, None), asks(act));
        let allowed = standing == Standing::Valid || (standing == Standing::Suspended && act == Act::Cancel);
        prop_assert_eq!(outcome.is_ok(), allowed, "{:?} {:?}: {:?}", act, standing, outcome);
    }

    /// Until its last day, and as long after it as the service says.
    #[test]
    fn in_time_or_not_at_all(act in acts(), late in -400_i64..400) {
        let expires = TODAY.checked_sub(late.days()).unwrap();
        let (service, _) = doing(act);
        let allowed = late <= i64::from(service.parent.unwrap().late_days);
        let outcome = judge(act, &facts("SHP-03", Standing::Valid, Some(expires)), asks(act));
        prop_assert_eq!(outcome.is_ok(), allowed, "{:?} {} days late: {:?}", act, late, outcome);
    }

    /// The holder asks for everything but a transfer, which another asks for.
    #[test]
    fn the_right_one_asks(act in acts(), other in 1_u128..1_000) {
        let applicant = Uuid::from_u128(other);
        let is_holder = applicant == holder();
        let outcome = judge(act, &facts("SHP-01", Standing::Valid, None), applicant);
        prop_assert_eq!(outcome.is_ok(), is_holder != (act == Act::Transfer));
        let as_holder = judge(act, &facts("SHP-01", Standing::Valid, None), holder());
        prop_assert_eq!(as_holder.is_ok(), act != Act::Transfer);
    }

    /// No paper has two living children of the same act, nor two that would each take its place.
    #[test]
    fn one_at_a_time(act in acts(), other in acts()) {
        let mut facts = facts("SHP-01", Standing::Valid, None);
        facts.living = vec![("101307260000012".into(), other)];
        let meets = act == other || (act.replaces() && other.replaces());
        let outcome = judge(act, &facts, asks(act));
        prop_assert_eq!(outcome.is_err(), meets);
        if meets {
            prop_assert_eq!(outcome, Err(Refusal::ParentBusy { number: "101307260000012".into() }));
        }
    }

    /// A paper takes over no later end than the one it replaces has; a renewal begins where that one ends.
    #[test]
    fn terms_are_handed_on(act in acts(), ends_in in -60_i64..400) {
        let (service, _) = doing(act);
        let expires = TODAY.checked_add(ends_in.days()).unwrap();
        let mut counter = Counter::new(&service);
        let mut register = register(&service, 1);
        register.answers.remove("renewal_term_months");
        counter.does(Command::Register(Box::new(register)));
        let mut state = counter.state().clone();
        let own = last_day(&service, &state, TODAY);
        state.file.parent = Some(ParentRef {
            number: NUMBER.into(),
            request: staff(8),
            service: "SHP-03".into(),
            origin: "SHP-03".into(),
            act: Some(act),
            expires: Some(expires),
            issue: 1,
            until: None,
        });
        let last = last_day(&service, &state, TODAY);
        match act {
            Act::Amend | Act::Transfer | Act::Duplicate => prop_assert!(last.is_some_and(|last| last <= expires)),
            Act::Renew if expires >= TODAY => prop_assert!(last > own && last > Some(expires)),
            Act::Renew | Act::Suspend | Act::Cancel => prop_assert_eq!(last, own),
        }
    }
}

#[test]
fn papers_of_other_services_are_not_meant() {
    let outcome = judge(Act::Renew, &facts("BLD-02", Standing::Valid, None), holder());
    assert_eq!(outcome, Err(Refusal::ParentService { service: "BLD-02".into() }));
    // A chain that began with a kiosk is a kiosk's to the end.
    let mut kiosk = facts("SHP-05", Standing::Valid, None);
    kiosk.paper.replaces = Some(Replaced {
        number: "201307260000970".into(),
        act: Act::Amend,
        issue: 3,
        origin: "SHP-19".into(),
        printed_as: None,
    });
    let accepted = judge(Act::Transfer, &kiosk, asks(Act::Transfer)).expect("a kiosk is transferred");
    assert_eq!((accepted.origin.as_str(), accepted.issue), ("SHP-19", 3));
}

#[test]
fn without_its_condition_a_request_only_refers() {
    let (service, _) = doing(Act::Duplicate);
    let answers = json!({ "copy_kind": "certified" });
    let answers = answers.as_object().expect("an object");
    let who = Applicant { subject: staff(77), kind: service.applicants[0], agent: None, foreign: false, sex: None };
    let known = Known::told(&service, &who, answers);
    let accepted = accept(&known, &facts("SHP-01", Standing::Revoked, None), staff(77), TODAY);
    assert_eq!(accepted.map(|parent| parent.act), Ok(None), "a copy may be asked for of any paper, by anybody");
}

#[test]
fn an_old_number_is_text_and_one_of_ours_is_looked_up() {
    let service = service("SHP-10");
    let named = |typed: &str| {
        let answers = json!({ "licence_number": typed });
        named(&service, answers.as_object().expect("an object"))
    };
    let ours = foundation::numbers::Number::new(foundation::numbers::Kind::Paper, "01-D07", 26, 87);
    let ours = ours.expect("a number");
    assert_eq!(named(&ours.grouped()), Some(ours.to_string()));
    assert_eq!(named(&foundation::arabic::digits::to_arabic(&ours.to_string())), Some(ours.to_string()));
    for old in ["1234 لسنة 2019", "1234", ""] {
        assert_eq!(named(old), None);
    }
}

#[test]
fn a_freeze_keeps_a_request_out() {
    let service = service("BLD-02");
    let mut counter = Counter::new(&service);
    counter.freeze = Some(Frozen { decision: "44".into(), dated: date(2026, 11, 1), until: date(2027, 4, 30) });
    let refusal = counter.refuses(Command::Register(Box::new(register(&service, 1))));
    assert!(matches!(refusal, Refusal::Frozen { .. }), "{refusal:?}");
}

#[test]
fn reminders_come_once_each_and_a_suspension_ends_by_itself() {
    let service = service("OCC-01");
    let mut counter = Counter::new(&service);
    let mut form = register(&service, 1);
    form.answers.insert("occupancy_months".into(), json!(12));
    counter.does(Command::Register(Box::new(form)));
    let issue = counter.until("OCCU", catalogue::model::StepKind::Issue);
    counter.later(1).does(Command::Issue { step: issue });
    let paper = counter.state().course.issued[0].clone();
    let (number, expires) = (paper.number.clone(), paper.expires.expect("a year"));
    assert_eq!(paper.reminders, [60, 30, 7]);
    let remind = Command::RemindExpiry { number: number.clone() };
    counter.actor = None;
    assert_eq!(counter.refuses(remind.clone()), Refusal::NothingChanged, "too early");
    let on = |days: i64| format!("{}T09:00", expires.checked_sub(days.days()).expect("a day"));
    counter.on(&on(60)).does(remind.clone());
    assert_eq!(counter.refuses(remind.clone()), Refusal::NothingChanged, "once");
    // The node slept over the second: the third is told, and the second no more.
    counter.on(&on(5)).does(remind.clone());
    let RequestEvent::ExpiryReminded(told) = counter.last() else { panic!("a reminder") };
    assert_eq!((told.days, told.expires), (7, expires));
    assert_eq!(counter.state().course.issued[0].look_on(), None);

    counter.actor = Some(staff(3));
    let (today, until) = (counter.today(), counter.today().checked_add(2.days()).expect("a day"));
    let decision = Decision { number: "9".into(), date: today };
    counter.does(Command::RulePaper {
        number: number.clone(),
        standing: Standing::Suspended,
        reason: "مخالفة".into(),
        decision: decision.clone(),
        until: Some(until),
    });
    let end = Command::EndSuspension { number: number.clone() };
    counter.actor = None;
    assert_eq!(counter.refuses(end.clone()), Refusal::NothingChanged, "its last day still counts");
    counter.on(&on(2)).does(end.clone());
    let paper = &counter.state().course.issued[0];
    assert_eq!((paper.standing, paper.rulings.len()), (Standing::Valid, 2));
    assert_eq!(paper.rulings[1].decision, decision);
    assert_eq!(counter.refuses(end), Refusal::NothingChanged);
    assert_eq!(counter.refold().as_ref(), Some(counter.state()));
}
