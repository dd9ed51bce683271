//! Epochs: each beginning of a node. A restore opens a new one that links to the head it found,
//! so that numbers given after the backup are never mistaken for those given before the restore.

use ed25519_dalek::{Signature, VerifyingKey};
use foundation::clock::Micros;
use foundation::db::{Db, DbError, Query, Row, Tx};
use foundation::params;
use sha2::{Digest as _, Sha256};

use crate::{Keyring, RecordError, Setup};

/// عهد: a stretch of a node's life without a restore or a change of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Epoch {
    /// Its number, from 1.
    pub epoch: i64,
    /// The node's name.
    pub node: String,
    /// The node's public key: it signs the seals of this epoch.
    pub public_key: [u8; 32],
    /// When it was opened.
    pub opened_at: Micros,
    /// Why: `init`, `restore`, `key`.
    pub reason: String,
    /// The last event number before it.
    pub after_number: i64,
    /// The chain's hash there; zeros at the very beginning.
    pub after_head: [u8; 32],
    /// The node's signature over all of this.
    pub signature: [u8; 64],
}

const DOMAIN: &[u8] = b"shubbak epoch 1\n";

impl Epoch {
    /// What is signed and what the epoch's chain begins with.
    pub(crate) fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new_with_prefix(DOMAIN);
        hash.update(self.epoch.to_be_bytes());
        for text in [&self.node, &self.reason] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        hash.update(self.public_key);
        hash.update(self.opened_at.0.to_be_bytes());
        hash.update(self.after_number.to_be_bytes());
        hash.update(self.after_head);
        hash.finalize().into()
    }

    pub(crate) fn signed(&self) -> bool {
        verifies(&self.public_key, &self.hash(), &self.signature)
    }

    pub(crate) fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Epoch {
            epoch: row.get("epoch")?,
            node: row.get("node")?,
            public_key: fixed(row, "public_key")?,
            opened_at: row.get("opened_at")?,
            reason: row.get("reason")?,
            after_number: row.get("after_number")?,
            after_head: fixed(row, "after_head")?,
            signature: fixed(row, "signature")?,
        })
    }
}

/// Bytes of a known length. Another length is tampering as well: it reads as a wrong value.
pub(crate) fn fixed<const N: usize>(row: &Row, column: &str) -> Result<[u8; N], DbError> {
    Ok(row.get::<Vec<u8>>(column)?.try_into().unwrap_or([0; N]))
}

pub(crate) fn verifies(public_key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(public_key)
        .is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok())
}

pub(crate) const LATEST: &str = "SELECT * FROM epochs ORDER BY epoch DESC LIMIT 1";

/// The node's epoch; opens the first one of a new record.
pub(crate) async fn current(db: &Db, setup: &Setup) -> Result<Epoch, RecordError> {
    let found = match db.query_opt(LATEST, params![]).await? {
        Some(row) => Epoch::from_row(&row)?,
        None => open_epoch(db, setup, "init").await?,
    };
    if found.public_key != setup.keyring.node_public() {
        return Err(RecordError::Broken(
            "the record was begun with another node key: restore node.key, or open a new epoch".into(),
        ));
    }
    if found.node != setup.node {
        return Err(RecordError::Broken(format!("the record belongs to node {}, this is {}", found.node, setup.node)));
    }
    Ok(found)
}

/// Opens a new epoch after the last seal: after a restore (`reason` = `restore`), or with a new
/// node key (`key`). No process may be recording meanwhile; each must be started afterwards.
pub async fn open_epoch(db: &Db, setup: &Setup, reason: &str) -> Result<Epoch, RecordError> {
    let (setup, reason) = (setup.clone(), reason.to_owned());
    db.write(move |tx| {
        let (keyring, node, reason, now) =
            (setup.keyring.clone(), setup.node.clone(), reason.clone(), setup.clock.now());
        Box::pin(async move { insert(tx, &keyring, node, reason, now).await })
    })
    .await
}

async fn insert(
    tx: &mut Tx,
    keyring: &Keyring,
    node: String,
    reason: String,
    now: Micros,
) -> Result<Epoch, RecordError> {
    let head = crate::Head::read_or_zero(tx).await?;
    let mut epoch = Epoch {
        epoch: head.epoch + 1,
        node,
        public_key: keyring.node_public(),
        opened_at: now,
        reason,
        after_number: head.number,
        after_head: head.hash,
        signature: [0; 64],
    };
    epoch.signature = keyring.sign(&epoch.hash());
    let written = tx
        .execute(
            "INSERT INTO epochs (epoch, node, public_key, opened_at, reason, after_number, after_head, signature) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
            params![
                epoch.epoch,
                epoch.node.as_str(),
                epoch.public_key,
                epoch.opened_at,
                epoch.reason.as_str(),
                epoch.after_number,
                epoch.after_head,
                epoch.signature,
            ],
        )
        .await?;
    if written == 1 {
        return Ok(epoch);
    }
    // Another process was faster.
    Ok(Epoch::from_row(&tx.query_one(LATEST, params![]).await?)?)
}
