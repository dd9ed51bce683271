//! `catalogue check | explain | publish`.

use anyhow::{Context as _, Result, bail};
use catalogue::Catalogue;
use foundation::clock::{Clock as _, SystemClock};
use foundation::dates;

use crate::cli;
use crate::config::Config;
use crate::node;
use crate::output::{Done, Output};

/// `check` and `explain` read the shipped files alone; `publish` needs the node.
pub async fn run(command: &cli::Catalogue, config: &Config, out: &Output) -> Result<Done> {
    match command {
        cli::Catalogue::Check { folder } => check(folder.as_deref(), out),
        cli::Catalogue::Explain { service, set, unit, on } => explain(service, set, unit, on.as_deref(), out),
        cli::Catalogue::Publish { file, from } => node::publish(config, file, from, out).await,
    }
}

fn check(folder: Option<&std::path::Path>, out: &Output) -> Result<Done> {
    let findings = match folder {
        Some(folder) => catalogue::check::folder(folder),
        None => catalogue::check::embedded(),
    };
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    out.answer(&lines, |lines| match lines {
        [] => vec!["Every service file is sound.".into()],
        lines => lines.iter().cloned().chain([format!("{} findings.", lines.len())]).collect(),
    })?;
    Ok(Done::when(lines.is_empty()))
}

fn explain(service: &str, set: &[String], unit: &str, on: Option<&str>, out: &Output) -> Result<Done> {
    let catalogue = Catalogue::embedded();
    let service = catalogue.service(service).with_context(|| format!("no service {service}; `shubbak catalogue check` lists the files"))?;
    let mut answers = Vec::new();
    for pair in set {
        let Some((field, value)) = pair.split_once('=') else { bail!("--set takes FIELD=VALUE, not «{pair}»") };
        answers.push((field.to_owned(), value.to_owned()));
    }
    let day = match on {
        Some(text) => text.parse().with_context(|| format!("«{text}» is no day; write YYYY-MM-DD"))?,
        None => dates::cairo_date(SystemClock.now()),
    };
    let calendar = registry::units::shipped_calendar(catalogue, unit).with_context(|| format!("no unit {unit}"))?;
    let text = catalogue::explain::service(catalogue, service, &answers, day, |from, days| calendar.add_working_days(from, days))?;
    out.answer(&text, |text| text.lines().map(str::to_owned).collect())?;
    Ok(Done::Well)
}
