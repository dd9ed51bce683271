//! The demonstration of a whole country: every unit of 27 governorates, a year of traffic with its seasons.
//!
//! In one town of each governorate a dozen cases go their way by hand, through the same commands as the small
//! demonstration. The others are copies of those ([`window::requests::copies`]): each with its unit, applicant,
//! days, numbers, codes and signed papers, appended and applied event by event in the order of their days.

mod seasons;
mod staff;

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use foundation::clock::{Clock as _, FixedClock, Micros};
use foundation::dates;
use foundation::db::Tx;
use jiff::ToSpan as _;
use jiff::civil::Date;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use record::{Command, Part, Stream};
use registry::citizens::{self, Applicant, Identity, IdentityKind, PersonKind};
use uuid::Uuid;
use window::Office;
use window::requests::copies::{Copy, Pattern, Person, Workdays};
use window::requests::events::STREAM;

use self::seasons::Seasons;
use self::staff::Staff;
use super::cases::{NAMES, Play, Plot, Town, Twist};
use super::people;
use crate::node::Node;
use crate::output::Output;

/// How long ago the country's people begin.
pub const STORY: i64 = 400 * Micros::DAY;
/// How many days ago the patterns begin: the services that are shipped are in force by then, and time enough is left
/// for each to come to its end.
const PATTERNS: i64 = 100;
/// Days of traffic.
const YEAR: i64 = 365;
/// People who ask, in each governorate.
const PEOPLE: usize = 60;
/// Cases that are let lie: one in this many stops before its end and becomes late.
const LET_LIE: u32 = 120;
/// Events of one transaction.
const BATCH: usize = 500;

/// What most people come for, and what becomes of it.
const PLOTS: &[Plot] = &[
    Plot("SHP-01", 0, 0, Twist::None),
    Plot("SHP-02", 0, 0, Twist::None),
    Plot("CER-01", 0, 0, Twist::None),
    Plot("CER-03", 0, 0, Twist::None),
    Plot("CER-04", 0, 0, Twist::None),
    Plot("CER-07", 0, 0, Twist::None),
    Plot("CER-10", 0, 0, Twist::None),
    Plot("UTL-01", 0, 0, Twist::None),
    Plot("UTL-02", 0, 0, Twist::Withdrawn),
    Plot("BLD-02", 0, 0, Twist::None),
    Plot("BLD-12", 0, 0, Twist::None),
    Plot("OCC-01", 0, 0, Twist::None),
    Plot("ADV-01", 0, 0, Twist::None),
    Plot("SHP-01", 0, 0, Twist::Refused),
];

/// One governorate.
struct Governorate {
    tenant: String,
    /// Units with a centre; the first is where the patterns were made.
    units: Vec<String>,
    patterns: Vec<Pattern>,
    people: Vec<Arc<Person>>,
}

/// Something that happens to a copy.
#[derive(Clone, Copy)]
struct Due {
    at: Micros,
    governorate: usize,
    case: usize,
    nth: usize,
}

/// Everything that the country is made of.
struct World {
    governorates: Vec<Governorate>,
    staff: Staff,
    workdays: Workdays,
    cases: Vec<Vec<Case>>,
}

/// A copy on its way.
struct Case {
    pattern: usize,
    copy: Copy,
}

/// Loads the country.
pub async fn add_all(node: &Node, clock: Arc<FixedClock>, now: Micros, wanted: usize, out: &Output) -> Result<()> {
    let began = Instant::now();
    let opened = clock.now();
    let first = dates::day_of(now).saturating_sub(PATTERNS.days());
    let mut governorates = Vec::new();
    for tenant in catalogue::governorates()?.into_iter().map(|one| one.code) {
        governorates.push(governorate(node, &clock, tenant, opened, first).await?);
    }
    clock.set(opened);
    let staff = Staff::add(node, &governorates.iter().flat_map(|one| &one.units).collect::<Vec<_>>()).await?;
    let patterns: usize = governorates.iter().map(|one| one.patterns.len()).sum();
    out.say(&format!(
        "  {patterns} patterns in {} governorates, {} people at {} centres ({} s)",
        governorates.len(),
        staff.count(),
        staff.units(),
        began.elapsed().as_secs()
    ));

    let tree = node.site.units.now();
    let calendar = tree.calendar("00").context("the country has a calendar")?.clone();
    let today = dates::day_of(now);
    let workdays =
        Workdays::of(&calendar, dates::day_of(opened).saturating_sub(60.days()), today.saturating_add(700.days()));
    let start = today.saturating_sub(YEAR.days());
    let seasons = Seasons::of(&tree, start, today);
    let mut random = StdRng::seed_from_u64(2_026);
    let (cases, mut due) = plan(&governorates, &seasons, wanted, now, &workdays, &mut random);
    due.sort_by_key(|one| one.at);
    out.say(&format!("  {} requests and {} events to write …", cases.iter().map(Vec::len).sum::<usize>(), due.len()));
    let (world, writing) = (Arc::new(World { governorates, staff, workdays, cases }), Instant::now());
    let written = write(node, &clock, world, due, out).await?;
    let seconds = writing.elapsed().as_secs_f64();
    out.say(&format!("  {written} events in {seconds:.0} s, {:.0} a second", written as f64 / seconds));
    Ok(())
}

/// People and patterns of one governorate.
async fn governorate(
    node: &Node,
    clock: &Arc<FixedClock>,
    tenant: String,
    opened: Micros,
    first: Date,
) -> Result<Governorate> {
    clock.set(opened);
    let tree = node.site.units.now();
    let mut units: Vec<String> = tree
        .units()
        .iter()
        .filter(|unit| {
            unit.tenant == tenant && unit.code != format!("{tenant}-G00") && !tree.centres(&unit.code).is_empty()
        })
        .map(|unit| unit.code.clone())
        .collect();
    // The accounts of the login page stand in Cairo's.
    let home = Town::home();
    units.sort_by_key(|unit| *unit != home.unit);
    let Some(unit) = units.first().cloned() else { bail!("governorate {tenant} has no centre") };
    let suffix = if tenant == home.tenant { String::new() } else { format!(".{tenant}") };
    let town = Town { tenant: tenant.clone(), unit, suffix };
    if !town.suffix.is_empty() {
        people::add_town(node, &town).await?;
    }
    let mut play = Play::new(node, town, clock.clone()).await?;
    let mut patterns = Vec::new();
    for (_, request) in play.patterns(PLOTS, first).await? {
        let pattern = Pattern::read(&node.office, &tenant, request).await.context("a pattern")?;
        // Committees sit in the town alone, and a case that came to no end shows nothing.
        let ends = ["request.handed-over", "request.withdrawn", "request.refused"];
        let over = pattern.kinds().last().is_some_and(|kind| ends.contains(&kind));
        if over && !pattern.kinds().any(|kind| kind == "request.sitting-held") {
            patterns.push(pattern);
        }
    }
    if patterns.is_empty() {
        bail!("no case of governorate {tenant} came to an end");
    }
    clock.set(opened);
    let people = applicants(node, &tenant).await?;
    Ok(Governorate { tenant, units, patterns, people })
}

/// People who ask: named at random, with numbers that belong to nobody.
async fn applicants(node: &Node, tenant: &str) -> Result<Vec<Arc<Person>>> {
    let mut people = Vec::new();
    for at in 0..PEOPLE {
        let name = |nth: usize, shift: usize| {
            let words: Vec<&str> =
                NAMES.get((at * shift + nth) % NAMES.len()).map_or("", |name| *name).split(' ').collect();
            words.get(if nth == 0 { 0 } else { words.len().saturating_sub(1) }).copied().unwrap_or_default()
        };
        let applicant = Applicant {
            kind: PersonKind::Person,
            name: format!("{} {} {} {}", name(0, 1), name(0, 3), name(1, 7), name(2, 1)),
            // Serial 0000 is given to nobody.
            identity: Some(Identity {
                kind: IdentityKind::NationalId,
                number: format!("2{:02}{:02}{:02}{tenant}0000{}", 60 + at % 40, 2 + at % 11, 1 + at % 28, at % 10),
            }),
            mobile: Some(format!("0100001{at:04}")),
            email: None,
            address: None,
        };
        let (office, fresh) = (node.office.clone(), node.site.ids.next());
        let (of, at) = (tenant.to_owned(), node.record.clock().now());
        let subject = node
            .db
            .write(move |tx| {
                let (office, applicant, tenant) = (office.clone(), applicant.clone(), of.clone());
                Box::pin(async move {
                    let found = citizens::intake(tx, &office.record, &tenant, &applicant, None, fresh, true).await?;
                    let command = envelope(office.ids.next(), &tenant, None, at);
                    office.record.append_all(tx, &command, &found.part.into_iter().collect::<Vec<_>>()).await?;
                    Ok::<_, anyhow::Error>(found.person)
                })
            })
            .await?;
        people.extend(Person::read(&node.office, tenant, subject).await?.map(Arc::new));
    }
    Ok(people)
}

fn envelope(id: Uuid, tenant: &str, actor: Option<Uuid>, at: Micros) -> Command {
    Command { id, tenant: tenant.to_owned(), actor, assignment: None, on_behalf: None, occurred_at: at }
}

/// Which case begins where and when, and every event of it until now.
fn plan(
    governorates: &[Governorate],
    seasons: &Seasons,
    wanted: usize,
    now: Micros,
    workdays: &Workdays,
    random: &mut StdRng,
) -> (Vec<Vec<Case>>, Vec<Due>) {
    let mut cases: Vec<Vec<Case>> = governorates.iter().map(|_| Vec::new()).collect();
    let mut due = Vec::new();
    // Governorates by the number of their centres; within one, the towns that come first are the larger ones.
    let weights: Vec<usize> = governorates.iter().map(|one| one.units.len()).collect();
    let all: usize = weights.iter().sum();
    for _ in 0..wanted {
        let mut ticket = random.random_range(0..all.max(1));
        let mut at = 0;
        while let Some(weight) = weights.get(at).filter(|weight| ticket >= **weight) {
            ticket -= weight;
            at += 1;
        }
        let (Some(governorate), Some(list)) = (governorates.get(at), cases.get_mut(at)) else { continue };
        let spread = random.random_range(0.0_f64..1.0).powf(1.6);
        let unit = governorate.units.get((spread * governorate.units.len() as f64) as usize);
        // Of two, the shorter way: most people come for a certificate, few for a building.
        let draw = |random: &mut StdRng| random.random_range(0..governorate.patterns.len());
        let two = [draw(random), draw(random)];
        let short = |at: &usize| governorate.patterns.get(*at).map_or(0, Pattern::len);
        let Some(pattern) = two.into_iter().min_by_key(short) else { continue };
        let person = governorate.people.get(random.random_range(0..governorate.people.len().max(1)));
        let (Some(unit), Some(person), Some(shown)) = (unit, person, governorate.patterns.get(pattern)) else {
            continue;
        };
        let (begins, minutes) = seasons.draw(random);
        let request = uuid::Builder::from_random_bytes(random.random()).into_uuid();
        let (unit, person) = (unit.clone(), person.clone());
        let copy = Copy { request, unit, begins, person, minutes: i64::from(minutes), number: OnceLock::new() };
        let lies = random.random_ratio(1, LET_LIE).then(|| random.random_range(1..shown.len().max(2)));
        for nth in 0..lies.unwrap_or(shown.len()) {
            let Some(at_time) = shown.at(nth, &copy, workdays).filter(|event| *event <= now) else { break };
            due.push(Due { at: at_time, governorate: at, case: list.len(), nth });
        }
        list.push(Case { pattern, copy });
    }
    (cases, due)
}

/// Appends everything in the order in which it happened.
async fn write(node: &Node, clock: &Arc<FixedClock>, world: Arc<World>, due: Vec<Due>, out: &Output) -> Result<usize> {
    let (mut written, all, mut told) = (0, due.len(), Instant::now());
    for batch in due.chunks(BATCH) {
        if let Some(last) = batch.last() {
            clock.set(last.at);
        }
        let (office, world, batch) = (node.office.clone(), world.clone(), Arc::<[Due]>::from(batch));
        written += batch.len();
        let append = node.db.write(move |tx| {
            let (office, world, batch) = (office.clone(), world.clone(), batch.clone());
            Box::pin(async move {
                for due in batch.iter() {
                    world.append(tx, &office, due).await?;
                }
                Ok::<_, anyhow::Error>(())
            })
        });
        append.await?;
        if told.elapsed().as_secs() >= 20 {
            out.say(&format!("  {written} of {all} events …"));
            told = Instant::now();
        }
    }
    Ok(written)
}

impl World {
    async fn append(&self, tx: &mut Tx, office: &Office, due: &Due) -> Result<()> {
        let governorate = self.governorates.get(due.governorate).context("a governorate")?;
        let case = self.cases.get(due.governorate).and_then(|list| list.get(due.case)).context("a case")?;
        let pattern = governorate.patterns.get(case.pattern).context("a pattern")?;
        let unit = self.staff.of(&case.copy.unit);
        let draft = pattern.draft(tx, office, &case.copy, due.nth, &self.workdays, unit).await?;
        let actor = pattern.actor(due.nth).map(|actor| unit.get(&actor).copied().unwrap_or(actor));
        let command = envelope(office.ids.next(), &governorate.tenant, actor, due.at);
        let stream = Stream::new(STREAM, case.copy.request);
        office
            .record
            .append_all(tx, &command, &[Part { stream, expected: due.nth as i64, drafts: vec![draft] }])
            .await?;
        Ok(())
    }
}
