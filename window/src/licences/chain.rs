//! سلسلة الترخيص: the papers that came before a paper and after it, and the requests about it.

use foundation::db::{DbError, Query};
use foundation::params;
use foundation::web::Ctx;
use record::RecordError;
use uuid::Uuid;

use crate::Office;
use crate::requests::events::ParentRef;
use crate::requests::queries;
use crate::requests::state::IssuedPaper;

/// Links of a chain that are followed in each direction.
const MOST: usize = 12;

/// A paper of a chain.
#[derive(Debug, Clone)]
pub struct Link {
    /// The request that it came out of.
    pub request: Uuid,
    /// Code of the service.
    pub service: String,
    /// The paper.
    pub paper: IssuedPaper,
}

/// A request about a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Code of the service.
    pub service: String,
    /// Word of its status.
    pub status: String,
}

/// The chain that a paper belongs to, oldest first, the paper itself among them.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn chain(q: &mut impl Query, number: &str) -> Result<Vec<Link>, RecordError> {
    let mut links = Vec::new();
    let mut at = Some(number.to_owned());
    while let Some(number) = at.take().filter(|_| links.len() < MOST) {
        let Some(found) = queries::paper_by_number(q, &number).await? else { break };
        at = found.paper.replaces.as_ref().map(|before| before.number.clone());
        links.push(link(found));
    }
    links.reverse();
    let mut at = links.last().and_then(|link: &Link| link.paper.superseded.clone()).map(|after| after.number);
    while let Some(number) = at.take().filter(|_| links.len() < 2 * MOST) {
        let Some(found) = queries::paper_by_number(q, &number).await? else { break };
        at = found.paper.superseded.as_ref().map(|after| after.number.clone());
        links.push(link(found));
    }
    Ok(links)
}

fn link(found: queries::PaperFound) -> Link {
    Link { request: found.request.id, service: found.request.state.file.service.code, paper: found.paper }
}

/// Requests about a paper, newest first: for whoever may read the paper's own request.
///
/// # Errors
/// The database's own.
pub async fn children(q: &mut impl Query, tenant: &str, number: &str) -> Result<Vec<Child>, DbError> {
    let sql = "SELECT id, number, service, status FROM requests WHERE tenant = $1 AND parent = $2 \
               ORDER BY registered_at DESC LIMIT 20";
    let rows = q.query(sql, params![tenant, number]).await?;
    rows.iter()
        .map(|row| {
            let (id, number) = (row.get("id")?, row.get("number")?);
            Ok(Child { id, number, service: row.get("service")?, status: row.get("status")? })
        })
        .collect()
}

/// A paper of a chain as a page shows it.
#[derive(Debug, Clone)]
pub struct LinkLine {
    /// 15 digits.
    pub number: String,
    /// Which issue, and of which service.
    pub what: String,
    /// Class of the standing's tag.
    pub class: &'static str,
    /// The standing in a word.
    pub standing: String,
    /// From when to when.
    pub term: String,
    /// Whether it is the one that the page is about.
    pub here: bool,
}

/// The chain for a page; empty where nothing came before or after.
#[must_use]
pub fn lines(c: &Ctx, office: &Office, links: &[Link], here: &str) -> Vec<LinkLine> {
    if links.len() < 2 {
        return Vec::new();
    }
    let line = |link: &Link| {
        let paper = &link.paper;
        let issued = c.date(paper.issued_on);
        LinkLine {
            number: paper.number.clone(),
            what: c.ta(
                "licences-issue-of",
                &[("n", &i64::from(paper.issue())), ("service", &office.service_name(&link.service, c.lang))],
            ),
            class: crate::desk::standing_class(paper.standing),
            standing: c.t(&format!("desk-standing-{}", paper.standing.word())),
            term: match paper.expires {
                Some(last) => c.ta("licences-from-to", &[("from", &issued), ("to", &c.date(last))]),
                None => c.t1("licences-from", "from", issued),
            },
            here: paper.number == here,
        }
    };
    links.iter().map(line).collect()
}

/// «تجديد الترخيص رقم …»: what a request is to do to its parent, in words; `number` as the page shows it.
#[must_use]
pub fn about(c: &Ctx, parent: &ParentRef, number: &str) -> String {
    let act = parent.act.map_or("refer", |act| act.code());
    c.t1(&format!("licences-about-{act}"), "number", number)
}
