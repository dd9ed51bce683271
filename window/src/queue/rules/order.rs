//! Whose turn it is (ترتيب الدور).
//!
//! A ticket stands at the moment it was taken, less the head start of its priority: a rank that it has
//! from the first minute and that never changes. The lowest rank is next. So
//!
//! * who has the same priority is served in the order of arrival;
//! * a priority goes before those who came up to its head start earlier, and not before those who have
//!   waited longer than that;
//! * nobody starves: whoever comes later than the longest head start after me is behind me, whatever
//!   their priority. The wait ages the ticket without anything being counted anew.

use foundation::clock::Micros;
use uuid::Uuid;

use super::settings::Settings;

/// The rank of a ticket taken at `at` with these priorities: the longest head start counts, they do not add up.
#[must_use]
pub fn rank(settings: &Settings, at: Micros, priorities: &[&str]) -> Micros {
    let minutes = priorities.iter().map(|code| settings.head_start(code)).max().unwrap_or(0);
    at.minus(minutes.saturating_mul(Micros::MINUTE))
}

/// The priority that counts among several: that with the longest head start.
#[must_use]
pub fn strongest<'a>(settings: &Settings, priorities: &[&'a str]) -> &'a str {
    let mut best: (&str, i64) = ("", 0);
    for code in priorities {
        let minutes = settings.head_start(code);
        if minutes > best.1 {
            best = (code, minutes);
        }
    }
    best.0
}

/// By what tickets are ordered; the index of the table has the same columns in the same order.
pub type Turn = (Micros, Micros, Uuid);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::queue::rules::settings::{MOST_AHEAD, PRIORITIES, Priority};

    fn settings(minutes: &[i64]) -> Settings {
        let one = |((code, _), minutes): (&(&str, i64), &i64)| Priority { code: (*code).into(), minutes: *minutes };
        Settings { priorities: PRIORITIES.iter().zip(minutes).map(one).collect(), ..Settings::default() }
    }

    /// Arrivals with gaps in seconds, each with a priority by its place in the list; 4 is none.
    fn hall() -> impl Strategy<Value = (Vec<i64>, Vec<(i64, usize)>)> {
        (prop::collection::vec(0..=MOST_AHEAD, 4), prop::collection::vec((0..900_i64, 0..5_usize), 1..80))
    }

    fn tickets(settings: &Settings, arrivals: &[(i64, usize)]) -> Vec<(Turn, usize)> {
        let mut at = Micros(0);
        let mut all = Vec::new();
        for (n, (gap, which)) in arrivals.iter().enumerate() {
            at = at.plus_seconds(*gap);
            let code = PRIORITIES.get(*which).map_or("", |(code, _)| code);
            all.push(((rank(settings, at, &[code]), at, Uuid::from_u128(n as u128)), *which));
        }
        all
    }

    proptest! {
        #[test]
        fn within_a_priority_first_come_is_first_served((minutes, arrivals) in hall()) {
            let settings = settings(&minutes);
            let mut all = tickets(&settings, &arrivals);
            all.sort();
            for which in 0..5 {
                let same: Vec<Uuid> = all.iter().filter(|(_, w)| *w == which).map(|((_, _, id), _)| *id).collect();
                prop_assert!(same.is_sorted());
            }
        }

        #[test]
        fn nobody_is_overtaken_by_who_came_later_than_the_longest_head_start((minutes, arrivals) in hall()) {
            let settings = settings(&minutes);
            let longest = minutes.iter().max().copied().unwrap_or(0) * Micros::MINUTE;
            let all = tickets(&settings, &arrivals);
            for (mine, _) in &all {
                for (theirs, _) in &all {
                    if theirs.1.since(mine.1) > longest {
                        prop_assert!(mine < theirs, "{theirs:?} came too late to go before {mine:?}");
                    }
                }
            }
        }

        /// However many with priority keep coming, the wait is bounded by who came within the head start.
        #[test]
        fn a_flood_of_priorities_does_not_starve_anybody(gap in 1..120_i64, minutes in 1..=MOST_AHEAD) {
            let settings = settings(&[minutes, minutes, minutes, minutes]);
            let mine: Turn = (rank(&settings, Micros(0), &[]), Micros(0), Uuid::nil());
            let before = (1..10_000_i64)
                .map(|n| Micros(0).plus_seconds(n * gap))
                .filter(|at| (rank(&settings, *at, &["disabled"]), *at, Uuid::max()) < mine)
                .count() as i64;
            prop_assert!(before <= minutes * 60 / gap);
        }

        #[test]
        fn a_head_start_counts_and_no_more_than_that(wait in 0..7_200_i64, minutes in 0..=MOST_AHEAD) {
            let settings = settings(&[minutes; 4]);
            let first: Turn = (rank(&settings, Micros(0), &[""]), Micros(0), Uuid::nil());
            let later = Micros(0).plus_seconds(wait);
            let second: Turn = (rank(&settings, later, &["elderly"]), later, Uuid::max());
            prop_assert_eq!(second < first, wait < minutes * 60);
        }

        #[test]
        fn priorities_do_not_add_up(at in 0..1_000_000_i64, minutes in prop::collection::vec(0..=MOST_AHEAD, 4)) {
            let settings = settings(&minutes);
            let all: Vec<&str> = PRIORITIES.iter().map(|(code, _)| *code).collect();
            let strongest = strongest(&settings, &all);
            prop_assert_eq!(rank(&settings, Micros(at), &all), rank(&settings, Micros(at), &[strongest]));
        }
    }
}
