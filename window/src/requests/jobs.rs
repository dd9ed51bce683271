//! Background work on requests (أعمال الخلفية): the law's days that pass while nobody acts.

use foundation::clock::Micros;
use foundation::params;
use record::BoxFuture;
use record::follow::derived_id;
use record::jobs::Job;
use uuid::Uuid;

use super::act::{Act, ActError, act_as_system};
use super::events::LegalLimit;
use super::rules::{Command, Refusal};
use super::store;
use crate::Office;

const JOB: &str = "requests.limits";
/// Requests of one look.
const BATCH: i64 = 100;

/// Records that limits of the law passed (انقضاء المدد القانونية); looks each hour.
///
/// A limit ends with a day in Cairo, so nothing waits longer than an hour of the night. The command of
/// each passing follows from the request and the limit: two nodes, or a job that runs again, record it
/// once.
pub struct LimitsJob(Office);

impl LimitsJob {
    /// The job of this office.
    #[must_use]
    pub const fn new(office: Office) -> Self {
        Self(office)
    }

    /// Records every limit whose day has passed; gives how many.
    ///
    /// # Errors
    /// [`ActError`] of the last request that failed; it keeps none of the others from theirs.
    pub async fn pass(&self) -> Result<u64, ActError> {
        let office = &self.0;
        let now = office.clock.now();
        let (mut passed, mut failed) = (0, None);
        let (mut at, mut tenant, mut id) = (Micros(i64::MIN), String::new(), Uuid::nil());
        loop {
            let sql = "SELECT law_due_at, tenant, id FROM requests WHERE law_due_at IS NOT NULL AND law_due_at < $1 \
                       AND (law_due_at, tenant, id) > ($2, $3, $4) ORDER BY law_due_at, tenant, id LIMIT $5";
            let rows = office.db.query(sql, params![now, at, tenant.as_str(), id, BATCH]).await?;
            let Some(last) = rows.last() else { break };
            (at, tenant, id) = (last.get("law_due_at")?, last.get("tenant")?, last.get("id")?);
            for row in &rows {
                match self.pass_of(&row.get::<String>("tenant")?, row.get("id")?, now).await {
                    Ok(count) => passed += count,
                    Err(error) => failed = Some(error),
                }
            }
        }
        failed.map_or(Ok(passed), Err)
    }

    /// The limits of one request, earliest first: what one passes may answer the next.
    async fn pass_of(&self, tenant: &str, request: Uuid, now: Micros) -> Result<u64, ActError> {
        let mut count = 0;
        loop {
            let state = store::load(&mut self.0.db.reader(), tenant, request).await?.ok_or(ActError::NotFound)?;
            let course = &state.course;
            let due = course.running_limits().filter(|limit| limit.due_at < now && course.holds_limit(limit).is_none());
            let Some(limit) = due.min_by_key(|limit| limit.due_at) else { return Ok(count) };
            match act_as_system(&self.0, passing(tenant, request, limit)).await {
                Ok(_) => count += 1,
                // Somebody was faster: an officer who decided, the applicant, another node.
                Err(ActError::Refused(
                    Refusal::NothingChanged | Refusal::Over { .. } | Refusal::LimitRuns { .. } | Refusal::Halted { .. },
                )) => return Ok(count),
                Err(error) => return Err(error),
            }
        }
    }
}

fn passing(tenant: &str, request: Uuid, limit: &LegalLimit) -> Act {
    Act {
        tenant: tenant.to_owned(),
        request,
        command: derived_id(JOB, &format!("{request}/{}/{}", limit.code, limit.due)),
        seen: None,
        what: Command::PassLimit { limit: limit.code.clone() },
        personal: None,
        known: None,
    }
}

impl Job for LimitsJob {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn run<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { self.pass().await.map(|_| ()).map_err(|error| error.to_string()) })
    }

    fn is_hourly(&self) -> bool {
        true
    }
}
