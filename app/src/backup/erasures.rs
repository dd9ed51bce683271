//! Erasures outlive backups: a person erased after a backup was made is in it, key and all. So
//! each backup lists whose keys had been deleted by then, and a restore deletes again what was
//! deleted since: as the database set aside says, and as newer backups say.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result};
use foundation::db::{Db, DbError};
use foundation::params;
use registry::citizens::{self, CitizenError, Erasure};
use registry::{Place, UnitPath};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::manifest::write_durably;
use crate::node::Node;

/// Name of the list in a backup.
const FILE: &str = "erased.jsonl";
/// Ground of an erasure that is carried out again.
const GROUND: &str = "إعادة محو سبق تنفيذه قبل استرجاع نسخة احتياطية";

/// Somebody (or a draft, or a request) whose key was deleted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Erased {
    tenant: String,
    subject: Uuid,
}

/// Everybody erased in a database.
pub async fn known_to(db: &Db) -> Result<BTreeSet<Erased>, DbError> {
    let rows = db.query("SELECT tenant, subject FROM subject_keys WHERE wrapped IS NULL", params![]).await?;
    rows.iter().map(|row| Ok(Erased { tenant: row.get("tenant")?, subject: row.get("subject")? })).collect()
}

/// Writes the list of a backup.
pub fn write(folder: &Path, erased: &BTreeSet<Erased>) -> Result<()> {
    let mut lines = Vec::new();
    for one in erased {
        serde_json::to_writer(&mut lines, one)?;
        lines.push(b'\n');
    }
    write_durably(&folder.join(FILE), &lines)
}

/// The list of a backup.
pub fn read(folder: &Path) -> Result<BTreeSet<Erased>> {
    let path = folder.join(FILE);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("{} does not read", path.display())))
        .collect()
}

/// Carries out again what the node's database does not know of; gives how many keys it deleted.
pub async fn again(node: &Node, erased: &BTreeSet<Erased>) -> Result<u64> {
    let known = known_to(&node.db).await?;
    let mut count = 0;
    for one in erased.difference(&known) {
        let erasure = Erasure {
            viewer: None,
            place: Place::unit(UnitPath::stored(&one.tenant)),
            command: node.site.ids.next(),
            person: one.subject,
            ground: GROUND.to_owned(),
        };
        match citizens::erase(&node.site, erasure).await {
            Ok(()) => count += 1,
            // A draft or a request's files: a key and nothing more.
            Err(CitizenError::Refused(citizens::Refusal::NoPerson)) => count += u64::from(delete_key(node, one).await?),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(count)
}

async fn delete_key(node: &Node, one: &Erased) -> Result<bool> {
    let (keyring, now, one) = (node.record.keyring().clone(), node.record.clock().now(), one.clone());
    let erased = node.db.write(move |tx| {
        let (keyring, one) = (keyring.clone(), one.clone());
        Box::pin(async move { keyring.erase(tx, &one.tenant, one.subject, now).await })
    });
    Ok(erased.await?)
}
