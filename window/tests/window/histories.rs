//! Random histories on both engines: at every moment the tables hold what the events so far add up to.

use catalogue::model::StepKind;
use foundation::clock::Micros;
use foundation::testing::engines;
use jiff::ToSpan as _;
use record::Stream;
use registry::{Role, Viewer};
use uuid::Uuid;
use window::requests::act::{self, ActError};
use window::requests::events::{Answers, Decision, Missing, Opinion, RequestEvent, STREAM, Status, StepNo, Supplied};
use window::requests::rules::{Command, day};
use window::requests::state::{Meta, State, fold};

use crate::common::{Bureau, TENANT, UNIT};

/// A row of dice that falls the same way each time.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % (most + 1)
    }
}

/// Something that somebody may want at this moment, sensible or not, and who that is.
async fn whim(b: &mut Bureau, state: &State, dice: &mut Dice) -> (Viewer, Command) {
    let open: Vec<StepNo> = state.course.open_steps().map(|(no, _)| no).collect();
    let pick = usize::try_from(dice.up_to(6)).expect("small") % open.len().max(1);
    let Some(step) = open.get(pick).copied() else {
        let note = Command::AddNote { step: None, text: "بعد الانتهاء".into() };
        return (b.clerk().await, note);
    };
    let stands = state.course.step(step).expect("reached").clone();
    let (holder, kind) = (stands.holder.expect("a desk"), stands.kind.expect("a kind"));
    let today = day(b.office.clock.now());
    let text = || "بيان".to_owned();
    let officer = b.at_desk(&holder, kind).await;
    match dice.up_to(11) {
        0 => {
            let items = vec![Missing::Text { text: text() }, Missing::Document { doc: "NID".into() }];
            let until = today.saturating_add(10.days());
            (officer, Command::AskCompletion { step, items, note: text(), until })
        }
        1 | 2 => {
            let items =
                vec![Supplied { item: u16::try_from(dice.up_to(1)).expect("small"), text: text(), files: Vec::new() }];
            let answer =
                Command::AnswerCompletion { step, items, answers: Answers::new(), personal: serde_json::Value::Null };
            (b.clerk().await, answer)
        }
        3 => {
            let halts = dice.up_to(1) == 0;
            (officer, Command::AskConsult { step, department: "LEG".into(), question: text(), days: 3, halts })
        }
        4 => {
            let consult = state.course.consults.iter().find(|asked| asked.is_open()).map_or(1, |asked| asked.no);
            let lawyer = b.officer(Role::Reviewer, UNIT, Some("LEG")).await;
            let (opinion, answer) = (Opinion::Favourable, text());
            (lawyer, Command::AnswerConsult { consult, opinion, answer, files: Vec::new() })
        }
        5 => {
            let head = b.officer(Role::UnitHead, UNIT, None).await;
            let decision = Decision { number: "9".into(), date: today };
            (head, Command::Extend { step, days: 3, reason: text(), decision })
        }
        6 => (officer, Command::AskRework { step, to: u16::try_from(dice.up_to(4)).expect("small"), reason: text() }),
        7 => (officer, Command::Take { step, consult: 0 }),
        8 => (officer, Command::AddNote { step: Some(step), text: text() }),
        9 if kind == StepKind::Inspect => {
            let inspector = officer.staff().expect("signed in");
            (officer, Command::ScheduleVisit { step, date: today, hour: "11".into(), inspector })
        }
        _ => b.next(state, step).await,
    }
}

/// The request as its events alone tell it.
async fn told(b: &Bureau, request: Uuid) -> State {
    let stream = Stream::new(STREAM, request);
    let events = b.office.record.events(&mut b.office.db.reader(), TENANT, &stream).await.expect("reads");
    let read: Vec<(Meta, RequestEvent)> = events
        .iter()
        .map(|event| {
            let meta = Meta { version: event.version, at: event.occurred_at, actor: event.actor };
            (meta, RequestEvent::read(&event.kind, &event.data).expect("reads"))
        })
        .collect();
    fold(read.iter().map(|(meta, event)| (*meta, event))).expect("folds").expect("registered")
}

#[tokio::test(flavor = "multi_thread")]
async fn after_every_act_the_tables_are_what_the_events_add_up_to() {
    for seed in [1, 20_261_122] {
        let mut kinds: Vec<Vec<String>> = Vec::new();
        for test in engines().await {
            let mut b = Bureau::open(test).await;
            let mut dice = Dice(seed);
            let clerk = b.clerk().await;
            let form = b.shop();
            let request = form.request;
            act::register(&b.office, &clerk, form).await.expect("registered");
            let mut done = 0;
            for _ in 0..60 {
                b.town.pass(i64::try_from(dice.up_to(20)).expect("small") * Micros::SECOND);
                let state = b.state(request).await;
                if state.course.status == Status::Closed {
                    break;
                }
                let (viewer, command) = whim(&mut b, &state, &mut dice).await;
                let act = b.act(request, state.version, command.clone());
                match act::act(&b.office, &viewer, act).await {
                    Ok(_) => done += 1,
                    Err(ActError::Refused(_) | ActError::Forbidden) => {
                        assert_eq!(b.state(request).await, state, "{}: a refusal changes nothing", b.name());
                        continue;
                    }
                    Err(error) => panic!("{}: {command:?}: {error:?}", b.name()),
                }
                let live = b.state(request).await;
                assert_eq!(live, told(&b, request).await, "{}: after {command:?}", b.name());
                if done % 4 == 0 || live.course.status == Status::Closed {
                    let checked = b.office.record.rebuild_check().await.expect("runs");
                    assert!(checked.sound(), "{}: after {command:?}: {checked:?}", b.name());
                }
            }
            assert!(done >= 15, "{}: only {done} acts came about", b.name());
            let state = b.state(request).await;
            kinds.push(state.course.trail.iter().map(|mark| mark.kind.clone()).collect());
        }
        assert_eq!(kinds.first(), kinds.last(), "both engines lived the same life");
    }
}
