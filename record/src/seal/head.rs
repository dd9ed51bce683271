//! The head of the record: the one line that an auditor keeps elsewhere.

use foundation::db::{Query, Row};
use foundation::params;
use serde::{Deserialize, Serialize};

use crate::RecordError;
use crate::epoch::{self, Epoch};

/// رأس السجل: where the chain ends. Kept outside the machine, it proves later that nothing
/// before it was cut off or rolled back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The node's name.
    pub node: String,
    /// The epoch of the last seal, or the one just opened.
    pub epoch: i64,
    /// The number of the last sealed event; 0 in an empty record.
    pub number: i64,
    /// The chain's hash there, in hexadecimal when written.
    #[serde(with = "hex")]
    pub hash: [u8; 32],
}

impl Head {
    /// The head of a record that has an epoch.
    pub async fn read(q: &mut impl Query) -> Result<Self, RecordError> {
        let head = Self::read_or_zero(q).await?;
        if head.epoch == 0 { Err(RecordError::Broken("the record has not been begun".into())) } else { Ok(head) }
    }

    /// The same, all zero before the first epoch.
    pub(crate) async fn read_or_zero(q: &mut impl Query) -> Result<Self, RecordError> {
        let Some(epoch) = q.query_opt(epoch::LATEST, params![]).await? else {
            return Ok(Head { node: String::new(), epoch: 0, number: 0, hash: [0; 32] });
        };
        let epoch = Epoch::from_row(&epoch)?;
        let seal = q.query_opt("SELECT last, epoch, head FROM seals ORDER BY last DESC LIMIT 1", params![]).await?;
        Self::of(&epoch, seal.as_ref())
    }

    pub(crate) fn of(epoch: &Epoch, seal: Option<&Row>) -> Result<Self, RecordError> {
        let opened =
            Head { node: epoch.node.clone(), epoch: epoch.epoch, number: epoch.after_number, hash: epoch.hash() };
        let Some(row) = seal else { return Ok(opened) };
        if row.get::<i64>("epoch")? < epoch.epoch {
            return Ok(opened);
        }
        Ok(Head { number: row.get("last")?, hash: epoch::fixed(row, "head")?, ..opened })
    }
}

/// Hashes in files are hexadecimal.
mod hex {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(hash: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::super::hex(hash))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(from)?;
        let mut hash = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(D::Error::custom("64 hexadecimal digits are expected"));
        }
        for (at, byte) in hash.iter_mut().enumerate() {
            let pair = text.get(at * 2..at * 2 + 2).unwrap_or_default();
            *byte = u8::from_str_radix(pair, 16).map_err(D::Error::custom)?;
        }
        Ok(hash)
    }
}
