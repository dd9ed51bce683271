//! Demonstration data: fictional people and cases that show every part at work.

mod answers;
mod cases;
mod citizens;
mod clock;
mod country;
mod freezes;
mod people;
mod queue;
mod vans;

pub use clock::clock;

use std::sync::Arc;

use anyhow::{Result, bail};
use foundation::clock::{FixedClock, Micros};
use registry::Settings;
use registry::staff::Cost;

use crate::cli::{Demo, DemoSize, Size};
use crate::config::Config;
use crate::node::{self, Node, Opening};
use crate::output::{Done, Output, columns};

/// The demonstration begins this long ago.
const STORY: i64 = 40 * Micros::DAY;

/// Settings of the pages: in a demonstration the login page offers its accounts.
pub fn settings(config: &Config) -> Settings {
    let mut settings = Settings::new(config.public_url());
    settings.home = window::home;
    settings.unit_in_use = window::unit_in_use;
    if config.demo() {
        settings.demo_accounts = people::accounts();
        settings.demo_citizens = citizens::shown();
    }
    settings
}

/// `demo load | reset`.
pub async fn run(command: &Demo, config: &Config, out: &Output) -> Result<Done> {
    if !config.database().starts_with("sqlite:") {
        bail!("the demonstration lives in the embedded database; this configuration names another");
    }
    let size = match command {
        Demo::Load(size) | Demo::Reset { size, .. } => *size,
    };
    if let Demo::Reset { yes, .. } = command {
        if !yes {
            bail!("this deletes {}; say --yes if that is meant", config.folder().display());
        }
        if config.folder().exists() {
            if !config.folder().join(MARK).exists() {
                bail!("{} holds no demonstration and is left alone", config.folder().display());
            }
            std::fs::remove_dir_all(config.folder())?;
        }
    }
    load(config, size, out).await?;
    Ok(Done::Well)
}

/// Marks a data folder as a demonstration, so that real data and fiction never mix.
pub const MARK: &str = "demonstration";
/// There while the demonstration is being loaded: a load that broke off goes on.
const BEGUN: &str = "demonstration-begun";

async fn load(config: &Config, size: DemoSize, out: &Output) -> Result<()> {
    let mark = config.folder().join(MARK);
    let there = config.folder().join("shubbak.db").exists();
    let begun = config.folder().join(BEGUN);
    if there && !mark.exists() && !begun.exists() {
        bail!("{} holds real data: the demonstration is refused here", config.folder().display());
    }
    if !there {
        out.say("Preparing the demonstration: units, services, people, cases …");
    }
    std::fs::create_dir_all(config.folder())?;
    std::fs::write(&begun, "")?;
    clock::set(config, !there)?;
    let now = clock(config).now();
    let story = if size.size == Size::Country { country::STORY } else { STORY };
    let clock = Arc::new(FixedClock::new(now.minus(story)));
    node::init(config, clock.clone()).await?;
    if !mark.exists() {
        // Passwords that everybody knows need no dear hashes.
        let opening = Opening { settings: settings(config), clock: clock.clone(), cost: Cost::Tests };
        let node = Node::open(config, opening).await?;
        people::add_all(&node).await?;
        people::add_imported(&node).await?;
        if size.size == Size::Country {
            country::add_all(&node, clock.clone(), now, size.requests, out).await?;
            clock.set(now.minus(STORY));
        }
        cases::add_all(&node, clock, now).await?;
        citizens::add_all(&node).await?;
        std::fs::write(&mark, "Fictional people and cases. Nothing here is real.\n")?;
    }
    let behind = clock::behind(config);
    if behind > 0 {
        out.say(&format!("Today is a day off: the demonstration lives {behind} days ago, on a working day."));
    }
    out.say("");
    let rows: Vec<_> = people::PEOPLE
        .iter()
        .map(|p| vec![p.login.to_owned(), people::PASSWORD.to_owned(), p.label.to_owned()])
        .collect();
    columns(&rows).iter().for_each(|line| out.say(&format!("  {line}")));
    out.say("");
    Ok(())
}
