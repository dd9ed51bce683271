//! `catalogue check | explain | publish`.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use catalogue::check::{Finding, check as examine};
use catalogue::explain::{Request, explain as report};
use catalogue::fees::LocalFigure;
use catalogue::{Catalogue, Service};
use foundation::calendar::WorkCalendar;
use foundation::clock::{Clock as _, SystemClock};
use foundation::dates;
use jiff::civil::Date;
use registry::Settings;
use registry::staff::By;
use serde::Serialize;
use window::services::{self, GuideError, Publication};

use crate::cli;
use crate::config::Config;
use crate::node::{Node, Opening};
use crate::output::{Done, Output};

/// `check` reads files alone; `explain` asks the node where there is one; `publish` needs it.
pub async fn run(command: &cli::Catalogue, config: &Config, out: &Output) -> Result<Done> {
    match command {
        cli::Catalogue::Check { folder } => check(folder.as_deref(), out),
        cli::Catalogue::Explain { service, set, folder, unit, on } => {
            let day = day(on.as_deref())?;
            let (catalogue, facts) = match folder {
                Some(folder) => {
                    let catalogue = Catalogue::from_dir(folder).map(Arc::new)?;
                    let facts = of_files(&catalogue, service)?;
                    (catalogue, facts)
                }
                None if has_node(config) => of_node(config, service, unit, day).await?,
                None => {
                    let catalogue = Catalogue::embedded()?;
                    let facts = of_files(&catalogue, service)?;
                    (catalogue, facts)
                }
            };
            explain(&catalogue, &facts, &sets(set)?, day, out)
        }
        cli::Catalogue::Publish { file, from } => publish(config, file, day(Some(from))?, out).await,
    }
}

#[derive(Serialize)]
struct Checked {
    services: usize,
    findings: Vec<Fault>,
}

#[derive(Serialize)]
struct Fault {
    file: String,
    line: usize,
    message: String,
}

impl From<&Finding> for Fault {
    fn from(finding: &Finding) -> Self {
        Fault { file: finding.path.clone(), line: finding.line, message: finding.message.clone() }
    }
}

fn check(folder: Option<&Path>, out: &Output) -> Result<Done> {
    let read = match folder {
        Some(folder) => Catalogue::from_dir(folder).map(Arc::new),
        None => Catalogue::embedded(),
    };
    let checked = match read {
        Ok(catalogue) => Checked {
            services: catalogue.services().count(),
            findings: examine(&catalogue).iter().map(Fault::from).collect(),
        },
        // A file that does not read at all hides whatever is wrong with the others.
        Err(error) => Checked {
            services: 0,
            findings: vec![Fault { file: error.path, line: error.line, message: error.message }],
        },
    };
    out.answer(&checked, |c| lines(&c.findings, &format!("All {} services are sound.", c.services)))?;
    Ok(Done::when(checked.findings.is_empty()))
}

fn lines(findings: &[Fault], sound: &str) -> Vec<String> {
    if findings.is_empty() {
        return vec![sound.to_owned()];
    }
    let each = findings.iter().map(|f| format!("{}:{}: {}", f.file, f.line, f.message));
    let count = if findings.len() == 1 { "1 finding.".to_owned() } else { format!("{} findings.", findings.len()) };
    each.chain([count]).collect()
}

/// What an explanation is reckoned with.
struct Facts {
    service: Arc<Service>,
    figures: Arc<[LocalFigure]>,
    calendar: WorkCalendar,
}

fn explain(catalogue: &Catalogue, facts: &Facts, sets: &[(String, String)], day: Date, out: &Output) -> Result<Done> {
    let request = Request {
        service: &facts.service,
        sets,
        figures: &facts.figures,
        day,
        add_working_days: &|from, days| facts.calendar.nth_working_day(from, days, &[]),
    };
    let text = report(catalogue, &request)?;
    out.answer(&text, |text| text.lines().map(str::to_owned).collect())?;
    Ok(Done::Well)
}

fn has_node(config: &Config) -> bool {
    let file = config.database().strip_prefix("sqlite:").map(|path| Path::new(path).exists());
    config.keys().join("node.key").exists() && file.unwrap_or(true)
}

/// The version, figures and calendar in force on the node.
async fn of_node(config: &Config, code: &str, unit: &str, day: Date) -> Result<(Arc<Catalogue>, Facts)> {
    let node = open(config).await?;
    let tree = node.site.units.now();
    let calendar =
        tree.calendar(unit).with_context(|| format!("there is no unit {unit}; codes look like 01-D16, 01-G00"))?;
    let facts = Facts {
        service: node.office.service(code, day).with_context(|| unknown(code))?,
        figures: node.office.figures(unit.get(..2).unwrap_or_default()),
        calendar: WorkCalendar::clone(calendar),
    };
    Ok((node.office.catalogue().clone(), facts))
}

/// A service file and the public holidays.
fn of_files(catalogue: &Catalogue, code: &str) -> Result<Facts> {
    let holidays = catalogue::holidays()?;
    Ok(Facts {
        service: catalogue.service(code).with_context(|| unknown(code))?.clone(),
        figures: Arc::from([]),
        calendar: WorkCalendar::new(holidays.iter().map(|holiday| holiday.date)),
    })
}

fn unknown(code: &str) -> String {
    format!("there is no service {code}; codes look like BLD-02, SHP-01")
}

fn sets(pairs: &[String]) -> Result<Vec<(String, String)>> {
    let split = |pair: &String| match pair.split_once('=') {
        Some((field, value)) => Ok((field.to_owned(), value.to_owned())),
        None => bail!("--set takes FIELD=VALUE, not «{pair}»"),
    };
    pairs.iter().map(split).collect()
}

fn day(text: Option<&str>) -> Result<Date> {
    match text {
        Some(text) => dates::parse_iso(text).with_context(|| format!("«{text}» is no day; write YYYY-MM-DD")),
        None => Ok(dates::day_of(SystemClock.now())),
    }
}

#[derive(Serialize)]
struct Published {
    code: String,
    version: u32,
    from: Date,
    hash: String,
}

async fn publish(config: &Config, file: &Path, from: Date, out: &Output) -> Result<Done> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let node = open(config).await?;
    let publication = Publication { command: node.site.ids.next(), text, from, code: None };
    let now = match services::publish_file(&node.office, &By::Machine, publication).await {
        Ok(now) => now,
        Err(GuideError::Unsound(findings)) => {
            let name = file.display().to_string();
            let faults: Vec<_> = findings.iter().map(|f| Fault { file: name.clone(), ..Fault::from(f) }).collect();
            out.answer(&faults, |faults| lines(faults, ""))?;
            return Ok(Done::No);
        }
        Err(error) => return Err(error).context("nothing was published"),
    };
    let answer = Published { code: now.code, version: now.version, from: now.from, hash: now.hash };
    out.answer(&answer, |p| {
        vec![format!("{} version {} is in force from {}; its text is {}.", p.code, p.version, p.from, p.hash)]
    })?;
    node.seal().await?;
    Ok(Done::Well)
}

async fn open(config: &Config) -> Result<Node> {
    let node = Node::open(config, Opening::usual(config, Settings::new(config.public_url()))).await?;
    services::load(&node.office).await?;
    Ok(node)
}
