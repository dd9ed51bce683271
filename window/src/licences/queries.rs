//! What this room asks of the tables: the public register, and what falls due. Every question is read
//! through an index and paged by the place of the last row.

use foundation::clock::Micros;
use foundation::dates;
use foundation::db::{DbError, Query, Row, Value};
use foundation::params;
use jiff::civil::Date;

use crate::requests::events::Answers;
use crate::requests::queries as requests;
use crate::requests::state::Standing;
use crate::requests::store::register::{asked_words, mark};

/// Standing that the register can be asked for (موقف الترخيص في السجل).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Valid, and not past its end.
    Valid,
    /// Past its end.
    Expired,
    /// As the record says.
    Is(Standing),
}

impl Holds {
    /// Reads the word of an address.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        match word {
            "valid" => Some(Self::Valid),
            "expired" => Some(Self::Expired),
            "suspended" => Some(Self::Is(Standing::Suspended)),
            "revoked" => Some(Self::Is(Standing::Revoked)),
            "superseded" => Some(Self::Is(Standing::Superseded)),
            _ => None,
        }
    }
}

/// What is looked for in the register; everything empty finds all of it.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A unit.
    pub unit: Option<String>,
    /// A governorate.
    pub tenant: Option<String>,
    /// A licence's number.
    pub number: Option<String>,
    /// Words of a place.
    pub words: String,
    /// A group of services.
    pub group: Option<String>,
    /// An activity's code.
    pub activity: Option<String>,
    /// Year of issue.
    pub year: Option<i16>,
    /// Standing.
    pub holds: Option<Holds>,
}

/// Where the next page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// Issue of the last row.
    pub issued_at: Micros,
    /// Its number.
    pub number: String,
}

impl After {
    /// For the address of the next page.
    #[must_use]
    pub fn encode(&self) -> String {
        format!("{}-{}", self.issued_at.0, self.number)
    }

    /// Reads what [`Self::encode`] wrote; none for anything else.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let (at, number) = text.split_once('-')?;
        let plain = number.len() <= 15 && number.bytes().all(|byte| byte.is_ascii_digit());
        plain.then_some(Self { issued_at: Micros(at.parse().ok()?), number: number.to_owned() })
    }
}

/// A licence as everybody may read it (بيانات الترخيص المنشورة).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    /// 15 digits.
    pub number: String,
    /// The unit that issued it.
    pub unit: String,
    /// Code of the service.
    pub service: String,
    /// Code of the activity, or empty.
    pub activity: String,
    /// Its place, or empty.
    pub place: String,
    /// Millionths of a degree, east then north.
    pub point: Option<[i64; 2]>,
    /// When it was issued.
    pub issued_at: Micros,
    /// The day.
    pub issued_on: Option<Date>,
    /// Its last day.
    pub expires: Option<Date>,
    /// Word of the standing.
    pub standing: String,
    /// Number of the paper in its place.
    pub replaced_by: Option<String>,
}

/// Licences that fit, newest first, at most `most`; `located` keeps those with a point.
///
/// # Errors
/// The database's own.
pub async fn licences(
    q: &mut impl Query,
    filter: &Filter,
    after: Option<&After>,
    most: i64,
    located: bool,
    today: Date,
) -> Result<Vec<Public>, DbError> {
    let mut words = words(filter);
    let mut params: Vec<Value> = Vec::new();
    let mut bind = |value: Value| {
        params.push(value);
        format!("${}", params.len())
    };
    let mut conditions = Vec::new();
    // The rarest word leads; every other one is looked up for each row.
    let from = if let Some(first) = (!words.is_empty()).then(|| words.remove(0)) {
        conditions.push(format!("w.word = {}", bind(first.into())));
        if let Some(unit) = &filter.unit {
            conditions.push(format!("w.unit = {}", bind(unit.as_str().into())));
        }
        "licence_words w JOIN licences l ON l.number = w.number"
    } else {
        if let Some(unit) = &filter.unit {
            conditions.push(format!("w.unit = {}", bind(unit.as_str().into())));
        }
        "licences w JOIN licences l ON l.number = w.number"
    };
    for word in words {
        let word = bind(word.into());
        conditions
            .push(format!("EXISTS (SELECT 1 FROM licence_words x WHERE x.number = w.number AND x.word = {word})"));
    }
    if let Some(number) = &filter.number {
        conditions.push(format!("w.number = {}", bind(number.as_str().into())));
    }
    match filter.holds {
        Some(Holds::Valid) => {
            conditions.push(format!("(l.expires IS NULL OR l.expires >= {})", bind(today.to_string().into())));
        }
        Some(Holds::Expired) => conditions.push(format!("l.expires < {}", bind(today.to_string().into()))),
        Some(Holds::Is(_)) | None => {}
    }
    if located {
        conditions.push("l.lon_e6 IS NOT NULL".into());
    }
    if let Some(after) = after {
        let (at, number) = (bind(after.issued_at.into()), bind(after.number.as_str().into()));
        conditions.push(format!("(w.issued_at, w.number) < ({at}, {number})"));
    }
    let whole = if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) };
    let limit = bind(most.into());
    let sql = format!(
        "SELECT l.number, l.unit, l.service, l.activity, l.place, l.lon_e6, l.lat_e6, l.issued_at, l.issued_on, \
         l.expires, l.standing, l.replaced_by FROM {from} {whole} \
         ORDER BY w.issued_at DESC, w.number DESC LIMIT {limit}"
    );
    q.query(&sql, params).await?.iter().map(public).collect()
}

/// The words that a filter asks for, the rarest first.
fn words(filter: &Filter) -> Vec<String> {
    let mut text = asked_words(&filter.words);
    text.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let standing = match filter.holds {
        Some(Holds::Is(standing)) => Some(standing),
        Some(Holds::Valid | Holds::Expired) => Some(Standing::Valid),
        None => None,
    };
    let rare = standing.filter(|standing| *standing != Standing::Valid);
    let usual = standing.filter(|standing| *standing == Standing::Valid);
    let mut words = text;
    words.extend(filter.activity.as_ref().map(|code| mark('a', code)));
    words.extend(rare.map(|standing| mark('s', standing.word())));
    words.extend(filter.year.map(|year| mark('y', &year.to_string())));
    words.extend(filter.group.as_ref().map(|group| mark('g', group)));
    // A unit lies in one governorate.
    words.extend(filter.tenant.as_ref().filter(|_| filter.unit.is_none()).map(|tenant| mark('t', tenant)));
    words.extend(usual.map(|standing| mark('s', standing.word())));
    words
}

fn day(row: &Row, column: &str) -> Result<Option<Date>, DbError> {
    Ok(row.get::<Option<String>>(column)?.and_then(|day| dates::parse_iso(&day)))
}

fn public(row: &Row) -> Result<Public, DbError> {
    let east: Option<i64> = row.get("lon_e6")?;
    let north: Option<i64> = row.get("lat_e6")?;
    Ok(Public {
        number: row.get("number")?,
        unit: row.get("unit")?,
        service: row.get("service")?,
        activity: row.get("activity")?,
        place: row.get("place")?,
        point: east.zip(north).map(|(east, north)| [east, north]),
        issued_at: row.get("issued_at")?,
        issued_on: day(row, "issued_on")?,
        expires: day(row, "expires")?,
        standing: row.get("standing")?,
        replaced_by: row.get("replaced_by")?,
    })
}

/// A paper that falls due (ترخيص يحل تجديده).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// 15 digits.
    pub number: String,
    /// The request that it came out of.
    pub request: uuid::Uuid,
    /// Code of the service.
    pub service: String,
    /// Its last day.
    pub expires: Option<Date>,
    /// Number of the request that renews it, if one is under way.
    pub under_way: Option<String>,
}

/// Valid papers of a unit whose last day lies between two days, the first to end first; after the row with
/// this day and number.
///
/// # Errors
/// The database's own.
pub async fn due(
    q: &mut impl Query,
    (tenant, unit): (&str, &str),
    (from, to): (Date, Date),
    service: Option<&str>,
    after: Option<(&str, &str)>,
    most: i64,
) -> Result<Vec<Due>, DbError> {
    let (after_day, after_number) = after.unwrap_or_default();
    let mut params = params![tenant, unit, from.to_string(), to.to_string(), after_day, after_number, most];
    let mut only = "";
    if let Some(service) = service {
        params.push(service.into());
        only = "AND p.service = $8";
    }
    let sql = format!(
        "SELECT p.number, p.request, p.service, p.expires, (SELECT MAX(r.number) FROM requests r WHERE r.tenant = p.tenant \
         AND r.parent = p.number AND r.parent_open = 1) AS under_way FROM papers p \
         WHERE p.tenant = $1 AND p.unit = $2 AND p.expires >= $3 AND p.expires <= $4 AND (p.expires, p.number) > ($5, $6) \
         AND p.standing = 'valid' {only} ORDER BY p.expires, p.number LIMIT $7"
    );
    q.query(&sql, params)
        .await?
        .iter()
        .map(|row| {
            Ok(Due {
                number: row.get("number")?,
                request: row.get("request")?,
                service: row.get("service")?,
                expires: day(row, "expires")?,
                under_way: row.get("under_way")?,
            })
        })
        .collect()
}

/// Answers of the request that a paper came out of, and of those before it where it says nothing: what a new
/// request about it is offered. Public answers alone.
///
/// # Errors
/// The database's own, or a row that is no state.
pub async fn earlier_answers(q: &mut impl Query, number: &str) -> Result<Answers, record::RecordError> {
    let mut answers = Answers::new();
    let mut at = Some(number.to_owned());
    for _ in 0..8 {
        let Some(number) = at.take() else { break };
        let Some(found) = requests::paper_by_number(q, &number).await? else { break };
        for (field, value) in &found.request.state.file.answers {
            answers.entry(field.clone()).or_insert_with(|| value.clone());
        }
        at = found.paper.replaces.map(|before| before.number);
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_of_pages_come_back(at: i64, number in "[0-9]{15}") {
            let after = After { issued_at: Micros(at.saturating_abs()), number };
            prop_assert_eq!(After::decode(&after.encode()), Some(after));
        }

        #[test]
        fn any_text_is_read_without_fear(text in ".{0,40}") {
            let _ = After::decode(&text);
        }
    }

    #[test]
    fn the_rarest_word_leads() {
        let filter = Filter {
            words: "في شارع الجمهورية".into(),
            year: Some(2026),
            group: Some("shops".into()),
            holds: Some(Holds::Valid),
            ..Filter::default()
        };
        let words = words(&filter);
        assert_eq!(words.first().map(String::as_str), asked_words("الجمهورية").first().map(String::as_str));
        assert_eq!(words.last().map(String::as_str), Some("#svalid"));
    }
}
