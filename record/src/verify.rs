//! Verifying: everything in the record is read again and held against its hashes and signatures.
//!
//! Found and named are: a changed event, a deleted one, a broken chain, a seal or epoch that its
//! key did not sign, numbers without seal, streams with holes or out of order, events that wait
//! unsealed, and, against a [`Head`] kept elsewhere, a cut tail, a rolled-back database and a
//! second history.

mod finding;
mod walk;

use std::time::Duration;

use foundation::db::{Db, Engine, Query as _, Tx};
use foundation::params;
use uuid::Uuid;

pub use self::finding::{Finding, Report};
use self::walk::Walk;
use crate::epoch::{Epoch, fixed};
use crate::event::Event;
use crate::{Head, RecordError};

/// How many rows are read at once.
const PAGE: i64 = 1_000;
/// How many findings are kept; a record in ruins needs no longer list.
const ENOUGH: usize = 1_000;

/// How long a running sealer is given to seal what the snapshot saw unsealed.
const GRACE: Duration = Duration::from_secs(5);

/// Checks the whole record on one snapshot, and against a head kept elsewhere if there is one.
/// On PostgreSQL it may run beside a working server.
pub async fn verify(db: &Db, kept: Option<Head>) -> Result<Report, RecordError> {
    let mut report: Report = db
        .read(move |tx| {
            let kept = kept.clone();
            Box::pin(async move { on_snapshot(tx, kept.as_ref()).await })
        })
        .await?;
    if db.engine() == Engine::Postgres {
        forget_sealed(db, &mut report).await?;
    }
    Ok(report)
}

/// Strikes out events that were merely on their way to the sealer.
async fn forget_sealed(db: &Db, report: &mut Report) -> Result<(), RecordError> {
    for _ in 0..10 {
        let waiting =
            report.findings.iter().filter_map(|f| if let Finding::Unsealed { id, .. } = f { Some(*id) } else { None });
        let waiting: Vec<Uuid> = waiting.collect();
        if waiting.is_empty() {
            break;
        }
        tokio::time::sleep(GRACE / 10).await;
        let still = crate::seal::unsealed(db, &waiting).await?;
        report.findings.retain(|f| if let Finding::Unsealed { id, .. } = f { still.contains(id) } else { true });
    }
    Ok(())
}

async fn on_snapshot(tx: &mut Tx, kept: Option<&Head>) -> Result<Report, RecordError> {
    let mut findings = Vec::new();
    let epochs = epochs(tx, &mut findings).await?;
    let mut walk = Walk::new(&epochs, kept, findings);
    let mut last = 0;
    loop {
        let seals = tx.query("SELECT * FROM seals WHERE last > $1 ORDER BY last LIMIT $2", params![last, PAGE]).await?;
        for row in &seals {
            last = row.get("last")?;
            walk.seal(tx, row).await?;
        }
        if seals.len() < PAGE as usize {
            break;
        }
    }
    walk.beyond_seals(tx).await?;
    let mut report = walk.finish(tx).await?;
    unsealed(tx, &mut report).await?;
    streams(tx, &mut report.findings).await?;
    report.findings.truncate(ENOUGH);
    Ok(report)
}

/// Reads the epochs and checks what they say of themselves; their links are checked on the walk.
async fn epochs(tx: &mut Tx, findings: &mut Vec<Finding>) -> Result<Vec<Epoch>, RecordError> {
    let mut epochs: Vec<Epoch> = Vec::new();
    for row in tx.query("SELECT * FROM epochs ORDER BY epoch", params![]).await? {
        let epoch = Epoch::from_row(&row)?;
        if !epoch.signed() {
            findings.push(Finding::EpochSignature { epoch: epoch.epoch });
        }
        if epoch.epoch != epochs.len() as i64 + 1 {
            findings.push(Finding::EpochMissing { epoch: epochs.len() as i64 + 1 });
        }
        epochs.push(epoch);
    }
    if epochs.is_empty() {
        findings.push(Finding::EpochMissing { epoch: 1 });
    }
    Ok(epochs)
}

async fn unsealed(tx: &mut Tx, report: &mut Report) -> Result<(), RecordError> {
    let columns = crate::event::COLUMNS;
    let sql = format!("SELECT {columns}, digest FROM events WHERE number IS NULL ORDER BY id LIMIT {ENOUGH}");
    for row in tx.query(&sql, params![]).await? {
        let event = Event::from_row(&row)?;
        if row.get::<Vec<u8>>("digest")? != event.digest() {
            report.findings.push(Finding::Changed {
                number: None,
                id: event.id,
                stream: event.stream.clone(),
                version: event.version,
            });
        }
        report.findings.push(Finding::Unsealed { id: event.id, stream: event.stream, version: event.version });
    }
    Ok(())
}

/// Streams must have every version from 1, numbered in order.
async fn streams(tx: &mut Tx, findings: &mut Vec<Finding>) -> Result<(), RecordError> {
    let holes = format!(
        "SELECT e.tenant, e.stream_kind, e.stream_id, e.version FROM events e WHERE e.version > 1 AND NOT EXISTS \
         (SELECT 1 FROM events b WHERE b.tenant = e.tenant AND b.stream_kind = e.stream_kind AND b.stream_id = e.stream_id \
         AND b.version = e.version - 1) LIMIT {ENOUGH}"
    );
    for row in tx.query(&holes, params![]).await? {
        let (stream, version) = walk::stream_of(&row)?;
        findings.push(Finding::StreamHole { stream, version: version - 1 });
    }
    let disorder = format!(
        "SELECT b.tenant, b.stream_kind, b.stream_id, b.version FROM events a JOIN events b ON b.tenant = a.tenant \
         AND b.stream_kind = a.stream_kind AND b.stream_id = a.stream_id AND b.version = a.version + 1 \
         WHERE b.number < a.number LIMIT {ENOUGH}"
    );
    for row in tx.query(&disorder, params![]).await? {
        let (stream, version) = walk::stream_of(&row)?;
        findings.push(Finding::StreamDisorder { stream, version });
    }
    Ok(())
}

/// The epoch of a number, if the list holds it.
fn epoch_at(epochs: &[Epoch], epoch: i64) -> Option<&Epoch> {
    epochs.iter().find(|e| e.epoch == epoch)
}
