//! The halls of the demonstration (الطابور والمواعيد): people who wait, are served or have gone, and appointments to come.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use foundation::clock::{FixedClock, Micros};
use foundation::dates;
use foundation::identity::Mobile;
use jiff::ToSpan as _;
use record::follow::derived_id;
use registry::place::WINDOW;
use registry::{Place, Viewer};
use window::queue::act::{self, At, Do, Giver, Take, Wish};
use window::queue::centre_of;
use window::queue::queries;
use window::queue::rules::slots;
use window::queue::rules::ticket::{State, Wanted};

use crate::node::Node;

/// How long the story of a hall is.
const STORY: i64 = 100 * Micros::MINUTE;
/// Who comes, in order: class and priority.
const VISITORS: &[(&str, &str)] = &[
    ("A", ""),
    ("D", ""),
    ("A", "elderly"),
    ("C", ""),
    ("E", ""),
    ("A", ""),
    ("B", "disabled"),
    ("A", ""),
    ("C", ""),
    ("D", "pregnant"),
    ("A", ""),
    ("E", ""),
    ("A", ""),
    ("B", ""),
];
/// Services that are booked, with the mobile of who comes.
const BOOKED: &[(&str, &str)] = &[("SHP-01", "01000000101"), ("BLD-02", "01000000102"), ("CER-01", "01000000103")];

/// When the story begins: of one day, and after all that has happened.
pub fn begins(happened: Micros, until: Micros) -> Micros {
    until.minus(STORY).max(dates::start_of_day(dates::day_of(until))).max(happened).min(until)
}

/// Fills the hall of a unit from one moment to another. Who presses at the windows is `clerk`, who has just signed in.
pub async fn add_all(
    node: &Node,
    clock: &Arc<FixedClock>,
    unit: &str,
    clerk: &Viewer,
    (start, until): (Micros, Micros),
) -> Result<()> {
    let tree = node.site.units.now();
    let centre = centre_of(&tree, unit).context("a centre")?;
    let tenant = tree.unit(unit).context("a unit")?.tenant.clone();
    let place = Place::department(tree.path(unit).context("a path")?, WINDOW);
    let today = dates::day_of(until);
    let step = until.since(start) / i64::try_from(VISITORS.len() + 1)?;
    let id = |what: &str, nth: usize| derived_id("demo-queue", &format!("{unit} {what} {nth} {today}"));
    for (nth, (class, priority)) in VISITORS.iter().enumerate() {
        clock.set(start.plus(step * i64::try_from(nth)?));
        let viewer = clerk.clone();
        let take = Take {
            command: id("ticket", nth),
            centre: centre.clone(),
            class: (*class).into(),
            priority: (*priority).into(),
            booking: None,
            by: Giver::Clerk(viewer.clone()),
        };
        act::take(&node.office, take).await.with_context(|| format!("visitor {nth}"))?;
        let desk = if nth.is_multiple_of(2) { 1 } else { 2 };
        let at = At { tenant: tenant.clone(), place: place.clone(), centre: centre.clone(), desk };
        let own = queries::at_desk(&mut node.office.db.reader(), &tenant, centre.id, today, desk).await?;
        let last = nth + 1 == VISITORS.len() - 1;
        let what = match own {
            Some(own) if own.state == State::Called && nth != 8 => Do::Own(Wanted::Begin),
            Some(_) if last => Do::Own(Wanted::End),
            _ if last => continue,
            _ => Do::Advance,
        };
        // The first press finds nobody yet whom this window serves.
        if let Err(error) = act::carry_out(&node.office, &viewer, &at, id("press", nth), what).await {
            tracing::debug!(%error, nth, "nobody was called");
        }
    }
    clock.set(until);
    let tomorrow = today.checked_add(1.day())?;
    let day = tree.calendar(unit).context("a calendar")?.working_day_from(tomorrow);
    let hall = queries::hall(&mut node.office.db.reader(), &tenant, centre.id).await?;
    let free = tree.calendar(unit).map(|calendar| slots::of_day(calendar, &hall.settings.appointments, day, until));
    for (nth, ((service, mobile), minute)) in BOOKED.iter().zip(free.unwrap_or_default()).enumerate() {
        let wish = Wish {
            command: id("booking", nth),
            centre: centre.clone(),
            service: (*service).into(),
            day,
            minute,
            mobile: Mobile::parse(mobile).context("a mobile")?,
        };
        act::book(&node.office, wish).await.with_context(|| format!("appointment for {service}"))?;
    }
    Ok(())
}
