//! A small world for the rules: two calendars, every department, a clock that moves.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalogue::Catalogue;
use catalogue::model::{DepartmentKind, FeeRule, Field, FieldType, Need, Service, StepKind};
use foundation::calendar::WorkCalendar;
use foundation::clock::Micros;
use foundation::dates::day_of;
use foundation::money::Piastres;
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::*;
use crate::requests::events::*;
use crate::requests::state::{Meta, State, fold};

pub const TENANT: &str = "01";
pub const UNIT: &str = "01-D07";

/// Every department of the catalogue has a desk where the catalogue seats it.
pub struct Town(pub BTreeMap<String, WorkCalendar>);

impl World for Town {
    fn seat(&self, tenant: &str, unit: &str, department: &str) -> Option<Seat> {
        let catalogue = catalogue();
        let declared = catalogue.department(department)?;
        let unit = match declared.seat {
            catalogue::model::Seat::Unit => unit.to_owned(),
            catalogue::model::Seat::Governorate => format!("{tenant}-G00"),
            catalogue::model::Seat::Body => format!("{tenant}-B501"),
        };
        let holder = Holder { tenant: tenant.into(), unit, department: department.into() };
        Some(Seat { holder, committee: declared.kind == DepartmentKind::Committee })
    }

    fn calendar(&self, unit: &str) -> Option<&WorkCalendar> {
        self.0.get(unit)
    }
}

pub fn town() -> Town {
    let calendar = |list: &[&str]| WorkCalendar::new(list.iter().filter_map(|day| day.parse().ok()));
    Town(BTreeMap::from([
        (UNIT.into(), calendar(&["2026-12-03", "2027-01-07"])),
        ("01-G00".into(), calendar(&["2026-12-03", "2026-12-20"])),
        ("01-B501".into(), calendar(&[])),
    ]))
}

pub fn catalogue() -> Arc<Catalogue> {
    Catalogue::embedded().expect("the catalogue reads")
}

pub fn service(code: &str) -> Service {
    let catalogue = catalogue();
    Service::clone(catalogue.service(code).expect("a service"))
}

/// A request under way, its whole stream, and the clock on the wall.
pub struct Counter<'a> {
    pub service: &'a Service,
    pub town: Town,
    pub now: Micros,
    pub actor: Option<Uuid>,
    pub by_manager: bool,
    pub expected: Option<i64>,
    pub with_fees: bool,
    /// A fee waits for what an inspection tells.
    pub by_inspection: bool,
    pub parent: Option<ParentFacts>,
    pub freeze: Option<Frozen>,
    pub events: Vec<(Meta, RequestEvent)>,
    /// The state after each of them.
    pub states: Vec<State>,
    pub state: Option<State>,
}

impl<'a> Counter<'a> {
    pub fn new(service: &'a Service) -> Self {
        Self {
            service,
            town: town(),
            now: at("2026-11-22T09:00"),
            actor: Some(staff(1)),
            by_manager: false,
            expected: None,
            with_fees: true,
            by_inspection: false,
            parent: None,
            freeze: None,
            events: Vec::new(),
            states: Vec::new(),
            state: None,
        }
    }

    pub fn try_do(&mut self, command: &Command) -> Result<&State, Refusal> {
        let assessing = matches!(command, Command::AssessFees { .. });
        let fees = Fees { by_inspection: self.by_inspection, ..fees(self.service, assessing) };
        let slip = Slip { token: "A".repeat(16), pin: "digest".into() };
        let count = self.events.len();
        let number = format!("{:015}", 10_000 + count);
        let expires = self.state.as_ref().and_then(|state| last_day(self.service, state, day_of(self.now)));
        let values = self.state.as_ref().map(|state| printed_values(state, self.service));
        let paper = DrawnPaper {
            number: format!("2{count:014}"),
            token: "B".repeat(16),
            status_index: 7,
            values: values.unwrap_or_default(),
            personal: json!({"subject": "s", "nonce": "n", "ciphertext": "c"}),
            expires,
        };
        let receipt = DrawnReceipt {
            token: format!("R{count:015}"),
            personal: json!({"subject": "s", "nonce": "n", "ciphertext": "c"}),
        };
        let facts = Facts {
            now: self.now,
            actor: self.actor,
            by_manager: self.by_manager,
            expected: self.expected,
            service: self.service,
            world: &self.town,
            fees: Some(&fees).filter(|_| self.with_fees || assessing),
            number: Some(&number),
            slip: Some(&slip),
            paper: Some(&paper),
            receipt: Some(&receipt),
            parent: self.parent.as_ref(),
            freeze: self.freeze.as_ref(),
        };
        let made = decide(self.state.as_ref(), command, &facts)?;
        assert_eq!(decide(self.state.as_ref(), command, &facts).as_ref(), Ok(&made), "decide is pure");
        for event in made {
            let version = i64::try_from(self.events.len()).unwrap_or(0) + 1;
            let meta = Meta { version, at: self.now, actor: self.actor };
            let after = State::after(self.state.take(), meta, &event).expect("what was decided folds");
            self.events.push((meta, event));
            self.states.push(after.clone());
            self.state = Some(after);
        }
        Ok(self.state())
    }

    pub fn does(&mut self, command: Command) -> &State {
        if let Err(refusal) = self.try_do(&command) {
            panic!("{command:?}: {refusal:?}");
        }
        self.state()
    }

    pub fn refuses(&mut self, command: Command) -> Refusal {
        match self.try_do(&command) {
            Ok(_) => panic!("{command:?} was let through"),
            Err(refusal) => refusal,
        }
    }

    pub fn state(&self) -> &State {
        self.state.as_ref().expect("registered")
    }

    /// Officers of good will work until a step of this kind is on a desk.
    pub fn until(&mut self, department: &str, kind: StepKind) -> StepNo {
        loop {
            let open: Vec<StepNo> = self.state().course.open_steps().map(|(no, _)| no).collect();
            let step = |no: &&StepNo| &self.service.steps[usize::from(**no) - 1];
            let there = open.iter().find(|no| step(no).kind == kind && step(no).department == department);
            if let Some(no) = there {
                return *no;
            }
            let command = self.next_at(open[0]);
            self.later(2).does(command);
        }
    }

    /// The first step on a desk.
    pub fn open(&self) -> Option<StepNo> {
        self.state().course.open_steps().next().map(|(no, _)| no)
    }

    pub fn last(&self) -> &RequestEvent {
        &self.events.last().expect("an event").1
    }

    pub fn refold(&self) -> Option<State> {
        fold(self.events.iter().map(|(meta, event)| (*meta, event))).expect("the stream folds")
    }

    pub fn later(&mut self, hours: i64) -> &mut Self {
        self.now = self.now.plus_hours(hours);
        self
    }

    pub fn on(&mut self, when: &str) -> &mut Self {
        self.now = at(when);
        self
    }

    /// A holiday for everybody.
    pub fn proclaim(&mut self, free: Date) {
        for calendar in self.town.0.values_mut() {
            calendar.holidays.insert(free);
        }
    }

    pub fn today(&self) -> Date {
        day_of(self.now)
    }

    /// What an officer of good will would do at a step.
    pub fn next_at(&self, no: StepNo) -> Command {
        let step = &self.service.steps[usize::from(no) - 1];
        let committee = self.town.seat(TENANT, UNIT, &step.department).is_some_and(|seat| seat.committee);
        match step.kind {
            StepKind::Check | StepKind::Review | StepKind::Approve if committee => Command::HoldSitting {
                step: no,
                sitting: self.sitting(),
                resolution: Resolution::Accept { decision: "12/2026".into(), opinion: Opinion::Favourable },
                note: String::new(),
            },
            StepKind::Check | StepKind::Review | StepKind::Approve => accept(no),
            StepKind::Inspect => Command::ReportVisit {
                step: no,
                date: self.today(),
                answers: report(self.service, 1),
                personal: Value::Null,
                recommendation: Recommendation::Accept,
                note: String::new(),
                files: Vec::new(),
            },
            StepKind::AssessFee => Command::AssessFees {
                step: no,
                assessed: BTreeMap::new(),
                sitting: committee.then(|| self.sitting()),
                note: String::new(),
            },
            StepKind::Pay => {
                let owed: Piastres = self.state().course.owed(no).map(|line| line.amount).sum();
                let fees = fees(self.service, false);
                let listed = fees.lines.iter().filter(|line| line.pay == no);
                let listed: Piastres = listed.map(|line| line.amount).sum();
                match if owed > Piastres(0) { owed } else { listed } {
                    Piastres(0) => accept(no),
                    amount => Command::Collect { step: no, amount, slip: "77".into() },
                }
            }
            StepKind::Issue if self.service.output.kind == catalogue::model::OutputKind::None => accept(no),
            StepKind::Issue => Command::Issue { step: no },
            StepKind::Handover => Command::HandOver { to: Receiver::Applicant, checked: "NID".into() },
        }
    }

    pub fn sitting(&self) -> Sitting {
        Sitting { number: "3".into(), date: self.today(), members: vec![staff(11), staff(12), staff(13)] }
    }
}

pub fn at(text: &str) -> Micros {
    let time: jiff::civil::DateTime = text.parse().expect("a time");
    foundation::dates::instant(time.date(), time.time())
}

pub const fn staff(no: u128) -> Uuid {
    Uuid::from_u128(no)
}

pub fn accept(step: StepNo) -> Command {
    Command::Accept {
        step,
        opinion: Opinion::Favourable,
        note: String::new(),
        checklist: Vec::new(),
        decision: None,
        papers_later: false,
    }
}

/// A hundred pounds for every part; assessed parts are known to the assessing officer only.
pub fn fees(service: &Service, assessing: bool) -> Fees {
    let mut fees = Fees::default();
    for part in &service.fee.parts {
        let Some(at) = service.steps.iter().position(|step| Some(&step.id) == part.pay_step.as_ref()) else { continue };
        let pay = StepNo::try_from(at + 1).expect("few steps");
        if matches!(part.rule, FeeRule::Assessed { .. }) && !assessing {
            fees.unknown.push((part.code.clone(), pay));
        } else {
            fees.lines.push(FeeLine {
                part: part.code.clone(),
                label: part.label_ar.clone(),
                beneficiary: String::new(),
                rule: String::new(),
                amount: Piastres(10_000),
                refundable: false,
                pay,
            });
        }
    }
    fees
}

/// Some answer to a field, by its type.
pub fn some_answer(field: &Field, pick: usize) -> Option<Value> {
    let choice = |pick: usize| field.choices.get(pick % field.choices.len().max(1)).map(|choice| json!(choice.value));
    Some(match field.kind {
        FieldType::YesNo => json!(pick.is_multiple_of(2)),
        FieldType::Choice => choice(pick)?,
        FieldType::MultiChoice => json!([choice(pick)?]),
        FieldType::Date => json!("2026-11-01"),
        FieldType::Integer => json!(1 + pick % 7),
        FieldType::Money => json!(10_000 * (1 + pick % 400)),
        kind if kind.is_numeric() => json!(format!("{}.50", 1 + pick * 37 % 2_000)),
        FieldType::Text => json!("نص"),
        _ => return None,
    })
}

pub fn answers(fields: &[Field], pick: usize) -> Answers {
    let open = fields.iter().filter(|field| !super::super::intake::is_personal(field));
    open.enumerate()
        .filter_map(|(index, field)| Some((field.id.clone(), some_answer(field, pick.wrapping_add(index * pick))?)))
        .collect()
}

pub fn report(service: &Service, pick: usize) -> Answers {
    answers(&service.inspection_report, pick)
}

/// A registration with every document presented.
pub fn register(service: &Service, pick: usize) -> Register {
    let needed = service.documents.iter().filter(|doc| doc.required != Need::Optional);
    Register {
        tenant: TENANT.into(),
        unit: UNIT.into(),
        taken_in: TakenIn {
            unit: UNIT.into(),
            centre: None,
            window: None,
            channel: service.channels[0],
            account: None,
            mandate: None,
        },
        applicant: Applicant {
            subject: staff(500),
            kind: service.applicants[0],
            agent: None,
            foreign: false,
            sex: None,
        },
        parent: None,
        answers: answers(&service.fields, pick),
        personal: json!({"subject": "s", "nonce": "n", "ciphertext": "c"}),
        papers: needed
            .map(|doc| Paper { doc: doc.doc.clone(), state: PaperState::Presented, until: None, files: Vec::new() })
            .collect(),
        checked: false,
    }
}
