//! Searching applicants by name: digests find candidates, opened names rank them.

use std::collections::BTreeSet;

use foundation::db::Query;
use record::{Record, RecordError};
use uuid::Uuid;

use super::rules::{Match, compare};
use super::store::{self, Citizen, NAME_DOMAIN};

/// Most candidates opened for one search.
const CANDIDATES: usize = 400;
/// Most words of a query that are looked up; the rest only rank.
const WORDS: usize = 4;

/// An applicant found by name.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The applicant.
    pub citizen: Citizen,
    /// How well the name meets the query.
    pub found: Match,
    /// Whether the query made sense only on the other keyboard layout.
    pub other_layout: bool,
}

/// The folded words of a name, in order.
pub(super) fn words(text: &str) -> Vec<String> {
    foundation::arabic::fold::name(text).split_whitespace().map(str::to_owned).collect()
}

/// Applicants of the tenant whose names meet the query: exact before folded before beginnings
/// before one slip of a letter. A query typed on the wrong keyboard layout is folded back.
pub async fn search_names(
    q: &mut impl Query,
    record: &Record,
    tenant: &str,
    query: &str,
    most: usize,
) -> Result<Vec<Hit>, RecordError> {
    let hits = search(q, record, tenant, query, false).await?;
    // Names are Arabic: Latin letters come from a keyboard left on the other layout.
    let hits = if hits.is_empty() && query.contains(|letter: char| letter.is_ascii_alphabetic()) {
        search(q, record, tenant, &foundation::arabic::keyboard::to_arabic(query), true).await?
    } else {
        hits
    };
    Ok(hits.into_iter().take(most).collect())
}

async fn search(
    q: &mut impl Query,
    record: &Record,
    tenant: &str,
    query: &str,
    other_layout: bool,
) -> Result<Vec<Hit>, RecordError> {
    let keys = record.keyring();
    let wanted: Vec<Vec<[u8; 16]>> = words(query)
        .iter()
        .filter(|word| word.chars().count() >= 2)
        .take(WORDS)
        .map(|word| {
            let mut tokens: BTreeSet<[u8; 16]> = keys.near_tokens(NAME_DOMAIN, word).into_iter().collect();
            if word.chars().count() >= 3 {
                tokens.insert(keys.prefix_token(NAME_DOMAIN, word));
            }
            tokens.into_iter().collect()
        })
        .collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = store::by_tokens(q, tenant, &wanted, CANDIDATES).await?;
    let mut hits: Vec<Hit> = store::find_many(q, record, tenant, &ids)
        .await?
        .into_values()
        .filter_map(|citizen| {
            let found = compare(query, citizen.name.inside(), words)?;
            Some(Hit { citizen, found, other_layout })
        })
        .collect();
    hits.sort_by(|a, b| {
        let key = |hit: &Hit| (hit.found, hit.citizen.name.inside().clone(), hit.citizen.id);
        key(a).cmp(&key(b))
    });
    Ok(hits)
}
