//! Workload W over HTTP: create a case with its fields and three documents, five transitions, read, list.
//!
//! The service is a shipped one, CER-04 (certificate of a changed building number): five fields that
//! are always asked, two that follow from an answer, three documents; then payment, two reviews, issue
//! of a signed certificate, hand-over, each by the one whose part it is.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use foundation::clock::SystemClock;
use foundation::ids::Ids;
use uuid::Uuid;

use crate::http::{Connection, Reply, form};
use crate::office::{PASSWORD, UNITS, login, unit};
use crate::session::Session;

/// The service.
pub const SERVICE: &str = "CER-04";
/// Its three documents.
pub const PAPERS: [&str; 3] = ["NID", "OWN_OR_LEASE", "ADDRESS_PROOF"];
/// Its fee for one copy.
const FEE: &str = "50";

/// The people of a unit, signed in.
pub struct Unit {
    code: String,
    clerk: Session,
    cashier: Session,
    officer: Session,
    decider: Session,
}

/// All units with their people.
pub struct Units(Vec<Unit>);

impl Units {
    /// Signs everybody in.
    pub async fn sign_in(connection: &mut Connection) -> Result<Self> {
        let mut units = Vec::new();
        for at in 0..UNITS {
            units.push(Unit {
                code: unit(at),
                clerk: Session::open(connection, &login("clerk", at), PASSWORD).await?,
                cashier: Session::open(connection, &login("cashier", at), PASSWORD).await?,
                officer: Session::open(connection, &login("officer", at), PASSWORD).await?,
                decider: Session::open(connection, &login("decider", at), PASSWORD).await?,
            });
        }
        Ok(Self(units))
    }

    /// The unit of the nth case.
    pub fn of(&self, at: usize) -> &Unit {
        &self.0[at % self.0.len()]
    }
}

impl Unit {
    /// Registers a case; gives its id.
    pub async fn create(&self, connection: &mut Connection, nth: usize) -> Result<Uuid> {
        let (command, request, nid) = (fresh().to_string(), fresh(), national_id(nth));
        let id = request.to_string();
        let mut fields = vec![
            ("csrf", self.clerk.token.as_str()),
            ("command", &command),
            ("request", &id),
            ("service", SERVICE),
            ("unit", &self.code),
            ("applicant.kind", "person"),
            ("applicant.nid", &nid),
            ("applicant.full_name", "سعاد إبراهيم محمود علي"),
            ("applicant.mobile_number", "01012345678"),
            ("a.change_kind", "number"),
            ("a.property_address", "15 شارع الجيش"),
            ("a.old_number", "15"),
            ("a.new_number", "17"),
            ("a.location_point", "30.0444, 31.2357"),
            ("a.addressed_to", "إدارة الكهرباء"),
            ("a.copies_count", "1"),
        ];
        fields.extend(PAPERS.map(|paper| ("papers", paper)));
        fields.push(("do", "register"));
        let reply = connection.post("/counter/new", &self.clerk.cookie, &form(fields)).await?;
        went("create", &reply, 303)?;
        Ok(request)
    }

    /// The five transitions.
    pub async fn transitions(&self, connection: &mut Connection, request: Uuid) -> Result<()> {
        let (id, desk) = (request.to_string(), format!("/desk/requests/{request}"));
        let pay = [("request", id.as_str()), ("step", "2"), ("seen", "1"), ("amount", FEE), ("slip", "77")];
        send(connection, &self.cashier, "/counter/pay", &pay).await?;
        for (step, version) in [("3", "2"), ("4", "3")] {
            let fields = [
                ("step", step),
                ("version", version),
                ("consult", "0"),
                ("accept-opinion", "favourable"),
                ("accept-note", ""),
            ];
            send(connection, &self.officer, &format!("{desk}/accept"), &fields).await?;
        }
        let issue = [("step", "5"), ("version", "4"), ("consult", "0")];
        send(connection, &self.decider, &format!("{desk}/issue"), &issue).await?;
        let hand = [("seen", "5"), ("to", "applicant"), ("checked", "NID"), ("matched", "yes")];
        send(connection, &self.clerk, &format!("/counter/requests/{id}/hand-over"), &hand).await
    }

    /// Reads a case.
    pub async fn read(&self, connection: &mut Connection, request: Uuid) -> Result<()> {
        let reply = connection.get(&format!("/counter/requests/{request}"), &self.clerk.cookie).await?;
        went("read", &reply, 200)
    }

    /// Lists 25 of the stored cases, filtered by service, most urgent first.
    pub async fn list(&self, connection: &mut Connection) -> Result<()> {
        let reply = connection.get(&format!("/desk?tab=all&service={SERVICE}"), &self.clerk.cookie).await?;
        went("list", &reply, 200)?;
        match reply.text.matches("/desk/requests/").count() {
            25 => Ok(()),
            other => bail!("the list shows {other} cases in place of 25"),
        }
    }

    /// The whole of W.
    pub async fn whole(&self, connection: &mut Connection, nth: usize) -> Result<()> {
        let request = self.create(connection, nth).await?;
        self.transitions(connection, request).await?;
        self.read(connection, request).await?;
        self.list(connection).await
    }
}

async fn send(connection: &mut Connection, who: &Session, path: &str, fields: &[(&str, &str)]) -> Result<()> {
    let command = fresh().to_string();
    let head = [("csrf", who.token.as_str()), ("command", command.as_str())];
    let body = form(head.into_iter().chain(fields.iter().copied()));
    let reply = connection.post(path, &who.cookie, &body).await?;
    went(path, &reply, 303)
}

fn went(what: &str, reply: &Reply, status: u16) -> Result<()> {
    if reply.status != status {
        bail!("{what}: {} {} {}", reply.status, reply.location, reply.wrong());
    }
    Ok(())
}

/// The national id of the nth person, who does not exist: no two within three million are alike.
pub fn national_id(nth: usize) -> String {
    let (rest, serial) = (nth / 9_000, 1_000 + nth % 9_000);
    let (year, month, day) = (50 + rest / 336 % 50, rest / 28 % 12 + 1, rest % 28 + 1);
    format!("2{year:02}{month:02}{day:02}01{serial:04}0")
}

/// Counts cases across all runs of this process, so that every person is new.
static NTH: AtomicUsize = AtomicUsize::new(20_000);

/// An id for a form or a request, as the server's own forms carry them.
fn fresh() -> Uuid {
    static IDS: OnceLock<Ids> = OnceLock::new();
    IDS.get_or_init(|| Ids::new(SystemClock::shared())).next()
}

/// The next case.
pub fn next() -> usize {
    NTH.fetch_add(1, Ordering::Relaxed)
}

/// Bounds of a run.
#[derive(Clone, Copy)]
pub struct Bounds {
    /// At most so long.
    pub time: Duration,
    /// At most so many.
    pub count: usize,
}

impl Bounds {
    /// Whether one more may begin.
    pub fn allow(&self, since: Instant, done: usize) -> bool {
        since.elapsed() < self.time && done < self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_many_and_well_formed() {
        let all: std::collections::BTreeSet<String> = (0..100_000).map(national_id).collect();
        assert_eq!(all.len(), 100_000);
        assert!(all.iter().all(|id| id.len() == 14 && id.bytes().all(|byte| byte.is_ascii_digit())));
    }
}
