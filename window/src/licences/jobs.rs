//! What the machine does to papers as days pass (أعمال الخلفية على التراخيص).

use foundation::params;
use record::BoxFuture;
use record::follow::derived_id;
use record::jobs::Job;
use uuid::Uuid;

use crate::Office;
use crate::requests::act::{Act, ActError, act_as_system};
use crate::requests::rules::{Command, Refusal, day};
use crate::requests::state::Standing;
use crate::requests::store;

const JOB: &str = "licences.watch";
/// Papers of one look.
const BATCH: i64 = 100;

/// Reminds of papers whose end comes near, and ends suspensions whose last day has passed (التذكير بقرب
/// الانتهاء وانتهاء الإيقاف); looks each hour.
///
/// What is due lies in an indexed column that each event moves on. The command follows from paper, act and
/// day: two nodes, or a job that runs again, record it once. The reminder itself is the event
/// `request.expiry-reminded`; [`crate::notices`] follows it and tells the holder.
pub struct WatchJob(Office);

impl WatchJob {
    /// The job of this office.
    #[must_use]
    pub const fn new(office: Office) -> Self {
        Self(office)
    }

    /// Does everything whose day has come; gives how much.
    ///
    /// # Errors
    /// [`ActError`] of the last paper that failed; it keeps none of the others from theirs.
    pub async fn watch(&self) -> Result<u64, ActError> {
        let office = &self.0;
        let today = day(office.clock.now()).to_string();
        let (mut done, mut failed) = (0, None);
        let (mut at, mut tenant, mut number) = (String::new(), String::new(), String::new());
        loop {
            let sql = "SELECT look_on, tenant, number, request FROM papers WHERE look_on IS NOT NULL AND look_on <= $1 \
                       AND (look_on, tenant, number) > ($2, $3, $4) ORDER BY look_on, tenant, number LIMIT $5";
            let after = params![today.as_str(), at.as_str(), tenant.as_str(), number.as_str(), BATCH];
            let rows = office.db.query(sql, after).await?;
            let Some(last) = rows.last() else { break };
            (at, tenant, number) = (last.get("look_on")?, last.get("tenant")?, last.get("number")?);
            for row in &rows {
                let paper: String = row.get("number")?;
                match self.look(&row.get::<String>("tenant")?, row.get("request")?, &paper).await {
                    Ok(true) => done += 1,
                    Ok(false) => {}
                    Err(error) => failed = Some(error),
                }
            }
        }
        failed.map_or(Ok(done), Err)
    }

    async fn look(&self, tenant: &str, request: Uuid, number: &str) -> Result<bool, ActError> {
        let state = store::load(&mut self.0.db.reader(), tenant, request).await?.ok_or(ActError::NotFound)?;
        let paper = state.course.issued.iter().find(|paper| paper.number == number);
        let Some(due) = paper.and_then(|paper| paper.look_on()) else { return Ok(false) };
        let number = number.to_owned();
        let suspended = paper.is_some_and(|paper| paper.standing == Standing::Suspended);
        let what = if suspended { Command::EndSuspension { number } } else { Command::RemindExpiry { number } };
        let act = Act {
            tenant: tenant.to_owned(),
            request,
            command: derived_id(JOB, &format!("{request}/{due}/{suspended}")),
            seen: None,
            what,
            personal: None,
            known: None,
        };
        match act_as_system(&self.0, act).await {
            Ok(_) => Ok(true),
            // Somebody was faster: an officer's decision, another node.
            Err(ActError::Refused(Refusal::NothingChanged)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl Job for WatchJob {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn run<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { self.watch().await.map(|_| ()).map_err(|error| error.to_string()) })
    }

    fn is_hourly(&self) -> bool {
        true
    }
}
