//! `migrate status | up`.

use anyhow::Result;
use foundation::clock::{Clock as _, SystemClock};
use foundation::db::Db;
use serde::Serialize;

use crate::cli::Migrate;
use crate::config::Config;
use crate::node;
use crate::output::{Done, Output};

#[derive(Serialize)]
struct Status {
    applied: Vec<String>,
    pending: Vec<String>,
}

/// Works as the owner where one is configured.
pub async fn run(command: &Migrate, config: &Config, out: &Output) -> Result<Done> {
    if let Migrate::Up { dry_run: false } = command {
        let (applied, granted) = node::migrate(config, SystemClock.now()).await?;
        out.answer(&applied, |names| {
            let mut lines: Vec<String> = match names.as_slice() {
                [] => vec!["The schema was up to date.".into()],
                names => names.iter().map(|n| format!("applied {n}")).collect(),
            };
            if granted {
                lines.push("The roles of the database were given their rights.".into());
            }
            lines
        })?;
        return Ok(Done::Well);
    }
    let db = Db::open(&config.owner_database().unwrap_or_else(|| config.database()), 2)?;
    let found = db.pending().await?;
    let status = Status { applied: found.applied, pending: found.pending };
    out.answer(&status, |s| {
        let applied = s.applied.iter().map(|n| format!("applied  {n}"));
        applied.chain(s.pending.iter().map(|n| format!("pending  {n}"))).collect()
    })?;
    Ok(Done::when(status.pending.is_empty() || matches!(command, Migrate::Up { .. })))
}
