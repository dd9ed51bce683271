//! `record head | verify | rebuild`.

use anyhow::{Context as _, Result};
use record::{Head, verify};
use serde::Serialize;

use crate::cli::RecordCommand;
use crate::node::Node;
use crate::output::{Done, Output};

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

/// Runs on an open node.
pub async fn run(command: &RecordCommand, node: &Node, out: &Output) -> Result<Done> {
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
    }
}
