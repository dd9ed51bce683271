//! `init`: a new node, ready to serve.

use anyhow::Result;
use foundation::clock::SystemClock;
use serde::Serialize;

use crate::config::Config;
use crate::node;
use crate::output::{Done, Output};

#[derive(Serialize)]
struct Prepared {
    folder: String,
    database: &'static str,
    begun: bool,
}

/// Prepares the node and says what to do next.
pub async fn run(config: &Config, out: &Output) -> Result<Done> {
    let begun = node::init(config, SystemClock::shared()).await?;
    let database = if config.database().starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" };
    out.answer(&Prepared { folder: config.folder().display().to_string(), database, begun }, |p| {
        let state = if p.begun { "A new node was prepared" } else { "The node was prepared before" };
        vec![
            format!("{state} in {} on {}.", p.folder, p.database),
            "Next: shubbak user add NAME --name «الاسم» --role supervisor --unit 00".into(),
            "Then: shubbak serve".into(),
            "Keep the folder of keys safe and apart: without it no personal value can be read.".into(),
        ]
    })?;
    Ok(Done::Well)
}

/// Prepares a node before serving and says so only when there was something to do.
pub async fn prepare(config: &Config, out: &Output) -> Result<()> {
    if node::init(config, SystemClock::shared()).await? {
        out.say("A new node was prepared. Next: shubbak user add NAME --name «الاسم»");
    }
    Ok(())
}
