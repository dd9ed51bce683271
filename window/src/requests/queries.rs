//! What pages ask of requests (الاستعلامات).
//!
//! Every question carries the scope of the one who asks: a [`Viewer`](registry::Viewer) with the
//! tree, or something secret that the citizen holds (a code of 80 bits, a PIN). No question takes a
//! bare id. Lists are paged by the place of the last row, never by counting.

mod case;
mod day;
mod desks;
mod find;
mod inbox;
mod objections;
mod own;

pub use case::{Case, Seen, case, case_by_number, sees};
pub use day::{
    Collected, DayWork, DueVisit, Registered, collected, day_of_clerk, ready_to_hand_over, registered, visits,
};
pub use desks::{desks, place_of};
pub use find::{
    Found, OfSubject, PaperFound, of_subject, paper_by_number, paper_by_token, papers_of_subject, tracked,
    tracked_by_pin,
};
pub use inbox::{Counts, Deemed, Due, InboxFilter, Line, Marks, Moves, counts, deemed, docket, inbox};
pub use objections::{ObjectionRow, objected, objections};
pub use own::{
    GivenPaper, OwnCase, OwnPaper, OwnRequest, Seat, Tie, View, given_papers, of_holder, opens_to_holder, own,
    papers_of_holder, tie_of_holder, viewed,
};

use foundation::clock::Micros;
use foundation::db::{DbError, Query};
use foundation::params;
use uuid::Uuid;

/// Whether a unit has requests, of whatever state. Asked by the machine, about no person.
///
/// # Errors
/// The database's own.
pub async fn has_requests(q: &mut impl Query, unit: &str) -> Result<bool, DbError> {
    let sql = "SELECT 1 AS one FROM requests WHERE unit = $1 LIMIT 1";
    Ok(q.query_opt(sql, params![unit]).await?.is_some())
}

/// The place of a row in a list ordered by due time: where the next page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Due time of the last row.
    pub due_at: Micros,
    /// Request of the last row.
    pub request: Uuid,
    /// Step of the last row, consults after their step.
    pub step: i64,
    /// Consult of the last row.
    pub consult: i64,
}

impl Cursor {
    /// For the address of the next page.
    #[must_use]
    pub fn encode(&self) -> String {
        format!("{}-{}-{}-{}", self.due_at.0, self.request.simple(), self.step, self.consult)
    }

    /// Reads what [`Self::encode`] wrote; none for anything else.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let mut parts = text.rsplitn(4, '-');
        let consult = parts.next()?.parse().ok()?;
        let step = parts.next()?.parse().ok()?;
        let request = Uuid::try_parse(parts.next()?).ok()?;
        let due_at = Micros(parts.next()?.parse().ok()?);
        Some(Self { due_at, request, step, consult })
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn cursors_come_back(due: i64, request: u128, step in 0..999_i64, consult in 0..99_i64) {
            let cursor = Cursor { due_at: Micros(due), request: Uuid::from_u128(request), step, consult };
            proptest::prop_assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }

        #[test]
        fn any_text_is_read_without_fear(text in ".{0,60}") {
            let _ = Cursor::decode(&text);
        }
    }
}
