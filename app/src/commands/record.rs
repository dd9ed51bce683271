//! `record head | verify | rebuild | refused`.

use anyhow::{Context as _, Result, bail};
use foundation::clock::Micros;
use foundation::db::Db;
use record::{Head, verify};
use serde::Serialize;
use uuid::Uuid;

use crate::backup::when;
use crate::cli::RecordCommand;
use crate::config::Config;
use crate::node::Node;
use crate::output::{Done, Output, columns};

/// What `record verify` answers.
#[derive(Serialize)]
struct Verified {
    sound: bool,
    findings: Vec<String>,
}

/// What `record rebuild --check` answers.
#[derive(Serialize)]
struct Compared {
    sound: bool,
    events: i64,
    tables: i64,
    rows: i64,
    differences: Vec<String>,
}

/// What `record refused` answers: ids, streams and kinds, never data.
#[derive(Serialize)]
struct Refused {
    id: Uuid,
    tenant: String,
    stream: String,
    version: i64,
    kind: String,
    recorded_at: Micros,
}

/// Runs on an open node.
pub async fn run(command: &RecordCommand, node: &Node, config: &Config, out: &Output) -> Result<Done> {
    match command {
        RecordCommand::Head => {
            let head = Head::read(&mut node.db.reader()).await?;
            // The head is a file for machines in either form.
            out.answer(&head, |head| serde_json::to_string(head).into_iter().collect())?;
            Ok(Done::Well)
        }
        RecordCommand::Verify { head } => {
            let kept = match head {
                Some(path) => {
                    let text =
                        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
                    Some(
                        serde_json::from_str::<Head>(&text)
                            .with_context(|| format!("{} holds no head", path.display()))?,
                    )
                }
                None => None,
            };
            let report = verify::verify(&node.db, kept).await?;
            let answer = Verified {
                sound: report.findings.is_empty(),
                findings: report.findings.iter().map(ToString::to_string).collect(),
            };
            out.answer(&answer, |a| {
                let verdict = if a.sound { "The record holds." } else { "The record does NOT hold:" };
                std::iter::once(verdict.to_owned()).chain(a.findings.iter().map(|f| format!("  {f}"))).collect()
            })?;
            Ok(Done::when(answer.sound))
        }
        RecordCommand::Rebuild { check: true } => {
            let checked = node.record.rebuild_check().await?;
            let differences =
                checked.differences.iter().map(ToString::to_string).chain(checked.counters.clone()).collect();
            let answer = Compared {
                sound: checked.sound(),
                events: checked.events,
                tables: checked.tables,
                rows: checked.rows,
                differences,
            };
            out.answer(&answer, |a| {
                let counted = format!("{} events replayed, {} rows of {} tables compared.", a.events, a.rows, a.tables);
                let verdict =
                    if a.sound { "The tables say what the record says." } else { "The tables differ from the record:" };
                [counted, verdict.to_owned()]
                    .into_iter()
                    .chain(a.differences.iter().map(|d| format!("  {d}")))
                    .collect()
            })?;
            Ok(Done::when(answer.sound))
        }
        RecordCommand::Rebuild { check: false } => {
            let events = node.record.rebuild().await?;
            out.answer(&events, |n| vec![format!("The tables were rebuilt from {n} events.")])?;
            Ok(Done::Well)
        }
        RecordCommand::Refused { remove: None } => refused(node, out).await,
        RecordCommand::Refused { remove: Some(id) } => {
            let db = match config.owner_database() {
                // Through the one writer there is.
                Some(url) if !url.starts_with("sqlite:") => Db::open(&url, 1).context("the owner's database")?,
                _ => node.db.clone(),
            };
            if !node.record.remove_refused(&db, *id).await? {
                bail!("{id} is no event that the sealer refuses; `shubbak record refused` lists them");
            }
            tracing::warn!(%id, "a refused event was deleted");
            out.answer(id, |id| vec![format!("Event {id} was deleted. Its stream goes on.")])?;
            Ok(Done::Well)
        }
    }
}

async fn refused(node: &Node, out: &Output) -> Result<Done> {
    let found = node.record.unsealed(&mut node.db.reader()).await?.refused;
    let refused: Vec<_> = found
        .into_iter()
        .map(|event| Refused {
            id: event.id,
            tenant: event.tenant,
            stream: event.stream.to_string(),
            version: event.version,
            kind: event.kind,
            recorded_at: event.recorded_at,
        })
        .collect();
    out.answer(&refused, |refused| {
        let row = |r: &Refused| {
            let version = format!("version {}", r.version);
            vec![r.id.to_string(), r.tenant.clone(), r.stream.clone(), version, r.kind.clone(), when(r.recorded_at)]
        };
        let mut lines = columns(&refused.iter().map(row).collect::<Vec<_>>());
        lines.push(match refused.len() {
            0 => "Nothing unsealed was written beside the record.".to_owned(),
            n => format!(
                "{n} refused: somebody wrote to the table. Find out who; then `shubbak record refused --remove EVENT`."
            ),
        });
        lines
    })?;
    Ok(Done::when(refused.is_empty()))
}
