//! Taking a batch back: whole, and only while nobody has used what it brought.

use std::collections::BTreeMap;

use foundation::db::{DbError, Tx};
use foundation::web::PageError;
use record::{BoxFuture, Command, RecordError};
use uuid::Uuid;

use super::commands::{confirm, parts, stream};
use super::events::ImportEvent;
use super::store::{self, StoredItem};
use super::{Piece, What, word};
use crate::access::Refused;
use crate::place::Place;
use crate::rights::Right;
use crate::site::Site;
use crate::staff::By;
use crate::staff::events::StaffEvent;
use crate::units::events::UnitEvent;
use crate::units::store_tools::{count_change, decide_calendar, draft};
use crate::units::{CalendarChange, Refusal, Tree, calendar_stream, unit_stream};

/// Asks the rooms above whether a unit has something that the registry does not know: requests.
pub type InUse = for<'a> fn(&'a mut Tx, &'a str) -> BoxFuture<'a, Result<bool, DbError>>;

/// سبب بقاء: what stands in the way of taking a batch back.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Kept {
    /// Login name, unit, or unit and day.
    pub label: String,
    /// Why, in Arabic.
    pub reason: String,
    /// Key of the reason in the message files, for pages of another language.
    #[serde(skip)]
    pub key: &'static str,
}

/// What was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Undone {
    /// People, units or holidays.
    pub items: usize,
    /// What somebody had taken back by hand before.
    pub gone: usize,
}

/// Why a batch is not taken back.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is no such batch, or the viewer may not see it.
    #[error("no such batch")]
    NoBatch,
    /// It was taken back already.
    #[error("the batch was taken back already")]
    Already,
    /// A reason is missing.
    #[error("a reason is missing")]
    NoReason,
    /// Something of it has been used since.
    #[error("{} of what the batch brought cannot be taken back", .0.len())]
    Used(Vec<Kept>),
    /// The viewer may not.
    #[error(transparent)]
    Access(#[from] Refused),
    /// The record: a conflict, a fault.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<DbError> for UndoError {
    fn from(error: DbError) -> Self {
        Self::Record(error.into())
    }
}

impl From<UndoError> for PageError {
    fn from(error: UndoError) -> Self {
        match error {
            UndoError::NoBatch => PageError::NotFound,
            UndoError::Access(refused) => refused.into(),
            UndoError::Record(error) => crate::pages::record_error(error),
            error => PageError::internal(error),
        }
    }
}

/// Takes a batch back.
///
/// # Errors
/// [`UndoError`]; nothing was written then.
pub async fn undo(
    site: &Site,
    by: &By,
    number: i64,
    reason: &str,
    command: Uuid,
    in_use: InUse,
) -> Result<Undone, UndoError> {
    let reason = reason.trim().to_owned();
    if !(3..=500).contains(&reason.chars().count()) {
        return Err(UndoError::NoReason);
    }
    site.units.reload(&site.db).await?;
    let (by, record, tree, at) = (by.clone(), site.record.clone(), site.units.now(), site.clock.now());
    let outcome = site
        .db
        .write(move |tx| {
            let (by, record, tree, reason) = (by.clone(), record.clone(), tree.clone(), reason.clone());
            Box::pin(async move {
                let batch = store::one(tx, number).await?.ok_or(UndoError::NoBatch)?;
                if batch.undone_at.is_some() {
                    // The same form again is answered as the first time.
                    return match record.repeated(tx, &batch.tenant, command).await?.is_empty() {
                        true => Err(UndoError::Already),
                        false => Ok(Undone { items: 0, gone: 0 }),
                    };
                }
                let items = store::items(tx, number).await?;
                let mut back = Back::of(&tree, &by, number, &reason, at);
                // Units of a batch come parents first: those below are taken back before them.
                for item in items.iter().rev() {
                    match batch.content {
                        What::People => back.person(tx, item).await?,
                        What::Units => back.unit(tx, item, in_use).await?,
                        What::Holidays => back.holiday(item)?,
                    }
                }
                if !back.kept.is_empty() {
                    return Err(UndoError::Used(back.kept));
                }
                confirm(tx, &by, &back.under).await?;
                let mut envelope = Command {
                    id: command,
                    tenant: batch.tenant.clone(),
                    actor: by.staff(),
                    assignment: back.under.first().copied(),
                    on_behalf: None,
                    occurred_at: at,
                };
                let event = ImportEvent::ImportUndone { number, reason: reason.clone() };
                record.append(tx, &envelope, stream(number), batch.version, &[draft(&event)?]).await?;
                for (at, (tenant, parts)) in parts(&back.pieces).into_iter().enumerate() {
                    envelope.id = crate::units::name_id("import-part", &format!("{command}/{at}"));
                    envelope.tenant = tenant;
                    record.append_all(tx, &envelope, &parts).await?;
                }
                for piece in back.pieces.iter().filter(|_| batch.content == What::People) {
                    store::forget_password(tx, piece.id).await?;
                }
                if batch.content != What::People {
                    count_change(tx).await?;
                }
                Ok::<_, UndoError>(Undone { items: back.pieces.len(), gone: back.gone })
            })
        })
        .await;
    site.sessions.forget_all();
    site.units.reload(&site.db).await?;
    outcome
}

/// What taking back comes to.
struct Back<'a> {
    tree: &'a Tree,
    by: &'a By,
    number: i64,
    reason: &'a str,
    at: foundation::clock::Micros,
    pieces: Vec<Piece>,
    kept: Vec<Kept>,
    under: Vec<Uuid>,
    gone: usize,
    versions: BTreeMap<String, i64>,
}

impl<'a> Back<'a> {
    fn of(tree: &'a Tree, by: &'a By, number: i64, reason: &'a str, at: foundation::clock::Micros) -> Self {
        let (pieces, kept, under) = (Vec::new(), Vec::new(), Vec::new());
        Back { tree, by, number, reason, at, pieces, kept, under, gone: 0, versions: BTreeMap::new() }
    }

    fn keep(&mut self, item: &StoredItem, key: &'static str) {
        self.kept.push(Kept { label: item.label.clone(), reason: word(key, &[]), key });
    }

    /// Whether who acts may take back what lies at a place.
    fn may(&mut self, item: &StoredItem, right: Right, place: &Place) -> bool {
        let By::Viewer(viewer) = self.by else { return true };
        match viewer.grant(right, place) {
            Some(held) => {
                if !self.under.contains(&held.id) {
                    self.under.push(held.id);
                }
                true
            }
            None => {
                self.keep(item, "registry-refused-above-or-outside");
                false
            }
        }
    }

    async fn person(&mut self, tx: &mut Tx, item: &StoredItem) -> Result<(), UndoError> {
        let Some(person) = crate::staff::queries::one(tx, item.id).await? else {
            self.gone += 1;
            return Ok(());
        };
        let home = Place::unit(crate::UnitPath::stored(&person.path));
        if !self.may(item, Right::ManagePeople, &home) {
            return Ok(());
        }
        if store::signed_in(tx, item.id).await? {
            self.keep(item, "imports-kept-signed-in");
        } else if person.version != item.version {
            self.keep(item, "imports-kept-changed");
        } else {
            let event = StaffEvent::StaffRemoved { reason: self.reason.to_owned() };
            self.piece(item, crate::staff::stream(item.id), item.version, vec![draft(&event)?]);
        }
        Ok(())
    }

    async fn unit(&mut self, tx: &mut Tx, item: &StoredItem, in_use: InUse) -> Result<(), UndoError> {
        let code = item.label.as_str();
        let Some(unit) = self.tree.unit(code).cloned() else {
            self.gone += 1;
            return Ok(());
        };
        if !self.may(item, Right::ManageUnits, &unit.place()) {
            return Ok(());
        }
        let below = self.tree.children(code);
        let with_batch = |other: &str| self.pieces.iter().any(|piece| piece.label == other);
        if in_use(tx, code).await? {
            self.keep(item, "imports-kept-requests");
        } else if store::has_people(tx, code).await? {
            self.keep(item, "imports-kept-people");
        } else if unit.version != item.version || self.tree.calendar_version(code) > 0 {
            self.keep(item, "imports-kept-changed");
        } else if below.iter().any(|other| !with_batch(&other.code)) {
            self.keep(item, "imports-kept-below");
        } else {
            let event = UnitEvent::UnitRemoved { unit: code.to_owned(), reason: self.reason.to_owned() };
            self.piece(item, unit_stream(code), item.version, vec![draft(&event)?]);
        }
        Ok(())
    }

    fn holiday(&mut self, item: &StoredItem) -> Result<(), UndoError> {
        let code = item.label.split_whitespace().next().unwrap_or_default().to_owned();
        let Some(unit) = self.tree.unit(&code).cloned() else {
            self.gone += 1;
            return Ok(());
        };
        if !self.may(item, Right::ManageHolidays, &unit.place()) {
            return Ok(());
        }
        let decision = word("imports-undo-decision", &[("number", &self.number)]);
        let change = CalendarChange::CancelHoliday { holiday: item.id, decision };
        let today = crate::days::today(self.at);
        match decide_calendar(self.tree, &code, &change, item.id, today) {
            Err(Refusal::NoHoliday) => self.gone += 1,
            Err(refusal) => self.keep(item, refusal.message()),
            Ok(events) => {
                let drafts = events.iter().map(draft).collect::<Result<Vec<_>, _>>()?;
                let known = self.tree.calendar_version(&code);
                let expected = self.versions.get(&code).copied().unwrap_or(known);
                self.versions.insert(code.clone(), expected + drafts.len() as i64);
                self.piece(item, calendar_stream(&code), expected, drafts);
            }
        }
        Ok(())
    }

    fn piece(&mut self, item: &StoredItem, stream: record::Stream, expected: i64, drafts: Vec<record::Draft>) {
        self.pieces.push(Piece {
            tenant: item.tenant.clone(),
            stream,
            expected,
            drafts,
            id: item.id,
            label: item.label.clone(),
        });
    }
}
