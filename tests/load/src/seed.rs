//! Stored cases in great number, quickly and soundly.
//!
//! One case of each unit goes through the real commands. The others are its events with a number, a
//! code and an id of their own, appended in batches through the record and applied by its slice: what
//! comes out is verified and compared like any record.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use foundation::numbers::Kind;
use futures::future::try_join_all;
use record::{Command as Envelope, Draft, Part, Stream};
use registry::Viewer;
use registry::citizens::{Applicant, Identity, IdentityKind, PersonKind};
use serde_json::{Value, json};
use uuid::Uuid;
use window::numbers;
use window::requests::act::{self, Act, Intake, Who};
use window::requests::events::{Channel, Opinion, Paper, PaperState, Receiver, STREAM, TakenIn};
use window::requests::rules::Command;

use crate::cases::{PAPERS, SERVICE, national_id};
use crate::office::{Opened, TENANT, UNITS, unit};

/// Cases that wait at the desk of each unit; all others are closed.
pub const OPEN: usize = 500;
/// Cases of one append: two events each, of which an append takes 1,000.
const BATCH: usize = 250;

/// What was stored.
#[derive(Default)]
pub struct Stored {
    /// Cases in all.
    pub cases: usize,
    /// Ids of some of them, with their unit.
    pub some: Vec<(usize, Uuid)>,
}

/// Statements and write transactions of one case's way, without what reading it costs.
pub struct Cost {
    /// Write transactions.
    pub transactions: u64,
    /// Statements in them.
    pub statements: u64,
    /// Statements of each act, in order.
    pub acts: Vec<(&'static str, u64)>,
}

struct Template {
    unit: String,
    actor: Option<Uuid>,
    events: Vec<Draft>,
}

/// Batches at once, of different units: one is prepared while the database writes another.
const AT_ONCE: usize = 3;

/// Stores cases until there are `wanted`, or the time is over.
pub async fn store(node: &Opened, stored: &mut Stored, wanted: usize, time: Duration) -> Result<()> {
    let start = Instant::now();
    let mut templates = Vec::new();
    for at in 0..UNITS {
        templates.push(Arc::new(template(node, at).await?));
    }
    stored.cases += UNITS;
    let numbered: Vec<(usize, Arc<Template>)> = templates.into_iter().enumerate().collect();
    while stored.cases < wanted && start.elapsed() < time {
        for group in numbered.chunks(AT_ONCE) {
            let open = stored.cases < OPEN * UNITS;
            let batches = group.iter().map(|(at, template)| {
                let many = BATCH.min(wanted.saturating_sub(stored.cases));
                stored.cases += many;
                async move { anyhow::Ok((*at, batch(node, template.clone(), many, open).await?)) }
            });
            for (at, ids) in try_join_all(batches.collect::<Vec<_>>()).await? {
                stored.some.extend(ids.into_iter().step_by(50).map(|id| (at, id)));
            }
        }
    }
    Ok(())
}

/// What a case costs to write, counted by the program's own meter.
pub async fn cost(node: &Opened) -> Result<Cost> {
    let meter = || (node.office.meter().transactions(), node.office.meter().statements());
    let mut viewers = Vec::new();
    for who in ["clerk", "cashier", "officer", "decider"] {
        viewers.push(node.viewer(who, 0).await?);
    }
    let [clerk, cashier, officer, decider] = viewers.as_slice() else { anyhow::bail!("four people") };
    let before = meter();
    let form = form(node, 0, 9_999);
    let request = form.request;
    act::register(&node.office, clerk, form).await.context("a registration")?;
    let accept = |step| Command::Accept {
        step,
        opinion: Opinion::Favourable,
        note: String::new(),
        checklist: Vec::new(),
        decision: None,
        papers_later: false,
    };
    let way: [(&'static str, &Viewer, Command); 5] = [
        (
            "payment",
            cashier,
            Command::Collect { step: 2, amount: foundation::money::Piastres(5_000), slip: "1".into() },
        ),
        ("review", officer, accept(3)),
        ("review", officer, accept(4)),
        ("issue", decider, Command::Issue { step: 5 }),
        ("hand-over", clerk, Command::HandOver { to: Receiver::Applicant, checked: "NID".into() }),
    ];
    let mut acts = vec![("registration", meter().1 - before.1)];
    for (name, viewer, what) in way {
        let so_far = meter().1;
        act::act(&node.office, viewer, wanted(node, request, what)).await.context(name)?;
        acts.push((name, meter().1 - so_far));
    }
    let after = meter();
    Ok(Cost { transactions: after.0 - before.0, statements: after.1 - before.1, acts })
}

fn wanted(node: &Opened, request: Uuid, what: Command) -> Act {
    Act {
        tenant: TENANT.into(),
        request,
        command: node.office.ids.next(),
        seen: None,
        what,
        personal: None,
        known: None,
    }
}

/// Registers a case and withdraws it; its two events are the pattern of the unit's others.
async fn template(node: &Opened, at: usize) -> Result<Template> {
    let clerk = node.viewer("clerk", at).await?;
    let form = form(node, at, at);
    let (request, unit) = (form.request, form.unit.clone());
    act::register(&node.office, &clerk, form).await.with_context(|| format!("a case of {unit}"))?;
    let withdraw = Command::Withdraw { reason: "تغيرت رغبة مقدم الطلب".into() };
    act::act(&node.office, &clerk, wanted(node, request, withdraw)).await.context("a withdrawal")?;
    let stream = Stream::new(STREAM, request);
    let events = node.office.record.events(&mut node.office.db.reader(), TENANT, &stream).await?;
    let drafts: Result<Vec<Draft>, serde_json::Error> = events
        .iter()
        .map(|event| Ok(Draft { kind: event.kind.clone(), data: serde_json::from_slice(&event.data)? }))
        .collect();
    Ok(Template { unit, actor: clerk.staff(), events: drafts? })
}

/// Appends copies of a template in one transaction.
async fn batch(node: &Opened, template: Arc<Template>, many: usize, open: bool) -> Result<Vec<Uuid>> {
    let office = node.office.clone();
    let appended = node.office.db.write(move |tx| {
        let (office, template) = (office.clone(), template.clone());
        Box::pin(async move {
            let now = office.clock.now();
            let envelope = Envelope {
                id: office.ids.next(),
                tenant: TENANT.into(),
                actor: template.actor,
                assignment: None,
                on_behalf: None,
                occurred_at: now,
            };
            let (mut parts, mut ids) = (Vec::with_capacity(many), Vec::with_capacity(many));
            for _ in 0..many {
                let number = numbers::allot(tx, TENANT, &template.unit, Kind::Request, now).await?;
                let mut drafts = template.events.clone();
                if open {
                    drafts.truncate(1);
                }
                if let Some(first) = drafts.first_mut() {
                    first.data["number"] = number.to_string().into();
                    first.data["slip"]["token"] = office.ids.token().into();
                }
                let id = office.ids.next();
                parts.push(Part { stream: Stream::new(STREAM, id), expected: 0, drafts });
                ids.push(id);
            }
            office.record.append_all(tx, &envelope, &parts).await?;
            Ok::<_, anyhow::Error>(ids)
        })
    });
    appended.await
}

/// The form of the workload, filled in.
fn form(node: &Opened, at: usize, person: usize) -> Intake {
    let answers: [(&str, Value); 7] = [
        ("change_kind", json!("number")),
        ("property_address", json!("15 شارع الجيش")),
        ("old_number", json!("15")),
        ("new_number", json!("17")),
        ("location_point", json!(["31.2357", "30.0444"])),
        ("addressed_to", json!("إدارة الكهرباء")),
        ("copies_count", json!(1)),
    ];
    Intake {
        command: node.office.ids.next(),
        request: node.office.ids.next(),
        service: SERVICE.into(),
        unit: unit(at),
        taken_in: TakenIn {
            unit: unit(at),
            centre: None,
            window: None,
            channel: Channel::Window,
            account: None,
            mandate: None,
        },
        applicant: Who {
            person: Applicant {
                kind: PersonKind::Person,
                name: "أحمد محمد عبد الله حسن".into(),
                identity: Some(Identity { kind: IdentityKind::NationalId, number: national_id(person) }),
                mobile: Some("01012345678".into()),
                email: None,
                address: None,
            },
            chosen: None,
        },
        agent: None,
        foreign: false,
        sex: None,
        parent: None,
        answers: answers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        papers: PAPERS
            .map(|doc| Paper { doc: doc.into(), state: PaperState::Presented, until: None, files: Vec::new() })
            .to_vec(),
        parked: false,
        checked: true,
    }
}
