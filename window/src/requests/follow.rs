//! What requests do when something happens elsewhere (المتابعة).
//!
//! * A unit's calendar changed: open requests that stand on it get new last days, each by an event of
//!   its own. The follower only plans the work; [`RedateJob`] does it, and may be broken off.
//! * A person was erased: the keys of their requests' files go too.

use std::collections::{BTreeMap, BTreeSet};

use foundation::clock::Micros;
use foundation::db::{DbError, Query as _, Tx, Value};
use foundation::params;
use record::follow::{Follower, derived_id};
use record::jobs::{self, Job};
use record::{BoxFuture, Event, Record, RecordError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::act::{Act, ActError, act_as_system};
use super::rules::{Command, Refusal};
use crate::Office;

const JOB: &str = "requests.redate";
/// Changes of a unit's calendar recorded within this time are one redating: the holidays of a year are
/// a dozen events, the calendar of `init` some eighty.
const TOGETHER: i64 = 10 * Micros::SECOND;
/// How long after a change a request may still have been registered with the calendar of before: by
/// a process that knows an older tree, or whose clock is ahead.
const STILL_OLD: i64 = Micros::MINUTE;

/// Plans new dates when hours or holidays change.
pub struct CalendarFollower(Record);

impl CalendarFollower {
    /// The follower of this record.
    #[must_use]
    pub const fn new(record: Record) -> Self {
        Self(record)
    }
}

/// What a change of a calendar names.
#[derive(Deserialize)]
struct Changed {
    unit: String,
}

/// Data of the job: the changes of one unit's calendar that were recorded before `until`.
#[derive(Serialize, Deserialize)]
struct Redating {
    unit: String,
    until: i64,
}

impl Redating {
    /// The redating to which a change belongs.
    fn of(unit: String, recorded: Micros) -> Self {
        Self { unit, until: (recorded.0.div_euclid(TOGETHER) + 1) * TOGETHER }
    }

    /// Requests registered from here on got their days from the changed calendar.
    fn before(&self) -> Micros {
        Micros(self.until + STILL_OLD)
    }

    fn id(&self) -> Uuid {
        derived_id(JOB, &format!("{}/{}", self.unit, self.until))
    }
}

impl Follower for CalendarFollower {
    fn name(&self) -> &'static str {
        "requests.calendar"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["HoursSet", "HoursWithdrawn", "HolidayDeclared", "HolidayCancelled"]
    }

    fn handle<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(async move {
            let changed: Changed = event.data()?;
            let redating = Redating::of(changed.unit, event.recorded_at);
            let data = serde_json::to_string(&redating)?;
            let now = self.0.clock().now();
            Ok(jobs::enqueue(tx, redating.id(), JOB, &data, Micros(redating.until), now).await?)
        })
    }
}

/// Gives open requests new last days after changes of the calendar of a unit or one above it.
pub struct RedateJob(Office);

impl RedateJob {
    /// The job of this office.
    #[must_use]
    pub const fn new(office: Office) -> Self {
        Self(office)
    }

    /// Redates what stands on the calendar of the unit or of one below it; gives how many requests
    /// got new days. The command of each follows from the job, so that doing it again does nothing.
    ///
    /// # Errors
    /// [`ActError`] of the first request that fails; the others keep what they got.
    async fn redate(&self, job: &Redating) -> Result<u64, ActError> {
        let office = &self.0;
        // The changes may have been made by another process.
        office.units.reload(&office.db).await?;
        let tree = office.units.now();
        let Some(top) = tree.unit(&job.unit) else { return Ok(0) };
        let mut units: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for unit in std::iter::once(top).chain(tree.below(&top.path)) {
            units.entry(&unit.tenant).or_default().push(&unit.code);
        }
        let mut count = 0;
        for (tenant, units) in units {
            for request in standing_on(office, tenant, &units, job.before()).await? {
                let act = Act {
                    tenant: tenant.to_owned(),
                    request,
                    command: derived_id(JOB, &format!("{}/{request}", job.id())),
                    seen: None,
                    what: Command::Redate,
                    personal: None,
                    known: None,
                };
                match act_as_system(office, act).await {
                    Ok(_) => count += 1,
                    // Nothing to change, or it ended meanwhile.
                    Err(ActError::Refused(Refusal::NothingChanged | Refusal::Over { .. })) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(count)
    }
}

/// Requests registered before a moment that have an open desk at one of the units, or are under way and
/// one of the units is competent for them.
async fn standing_on(office: &Office, tenant: &str, units: &[&str], before: Micros) -> Result<BTreeSet<Uuid>, DbError> {
    let mut standing = BTreeSet::new();
    for some in units.chunks(64) {
        let places: Vec<String> = (3..some.len() + 3).map(|at| format!("${at}")).collect();
        let places = places.join(", ");
        let mut params = params![tenant, before];
        params.extend(some.iter().map(|unit| Value::from(*unit)));
        let sql = format!(
            "SELECT s.request AS id FROM request_steps s \
             JOIN requests r ON r.tenant = s.tenant AND r.id = s.request \
             WHERE s.tenant = $1 AND s.unit IN ({places}) AND s.state IN ('open', 'halted') AND r.registered_at < $2 \
             UNION SELECT id FROM requests WHERE tenant = $1 AND unit IN ({places}) \
             AND status IN ('in_progress', 'waiting_completion', 'waiting_payment') AND registered_at < $2"
        );
        for row in office.db.query(&sql, params).await? {
            standing.insert(row.get("id")?);
        }
    }
    Ok(standing)
}

impl Job for RedateJob {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn run<'a>(&'a self, data: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            let job: Redating = serde_json::from_str(data).map_err(|_| "no redating".to_owned())?;
            self.redate(&job).await.map(|_| ()).map_err(|error| error.to_string())
        })
    }
}

/// Deletes the keys of the files of an erased person's requests.
pub struct ErasureFollower(Record);

impl ErasureFollower {
    /// The follower of this record.
    #[must_use]
    pub const fn new(record: Record) -> Self {
        Self(record)
    }
}

impl Follower for ErasureFollower {
    fn name(&self) -> &'static str {
        "requests.erasure"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["PersonErased"]
    }

    fn handle<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(async move {
            let sql = "SELECT id FROM requests WHERE tenant = $1 AND subject = $2";
            for row in tx.query(sql, params![&event.tenant, event.stream.id]).await? {
                let request: Uuid = row.get("id")?;
                self.0.keyring().erase(tx, &event.tenant, request, self.0.clock().now()).await?;
            }
            Ok(())
        })
    }
}
