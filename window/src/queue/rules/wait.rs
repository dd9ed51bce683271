//! How long it takes (تقدير الانتظار).

use foundation::clock::Micros;

/// What is taken for one visit where nothing was measured yet: eight minutes.
pub const USUAL: i64 = 8 * 60;
/// The usual time counts as much as this many measured visits: one odd visit in the morning says little.
const WEIGHT: i64 = 3;
/// Visits that ended within this time are measured.
pub const RECENT: i64 = 3 * Micros::HOUR;

/// Visits of the last hours (متوسط الخدمة).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// How many ended.
    pub visits: i64,
    /// Seconds at the windows, of all together.
    pub seconds: i64,
}

impl Pace {
    /// Seconds of one visit, as far as known.
    #[must_use]
    pub fn mean(self) -> i64 {
        let (visits, seconds) = (self.visits.max(0), self.seconds.max(0));
        seconds.saturating_add(USUAL * WEIGHT) / visits.saturating_add(WEIGHT)
    }
}

/// Whole minutes until somebody with `ahead` people before them is called, where `windows` call. No window
/// is reckoned as one: somebody has to come and open it.
#[must_use]
pub fn minutes(ahead: i64, windows: i64, pace: Pace) -> i64 {
    let seconds = ahead.max(0).saturating_mul(pace.mean());
    let each = windows.max(1).saturating_mul(60);
    seconds.saturating_add(each - 1) / each
}

/// A hall as everybody may see it (الصالة الآن): figures, no person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Live {
    /// People who wait.
    pub waiting: i64,
    /// Windows that call.
    pub windows: i64,
    /// Visits of the last hours.
    pub pace: Pace,
}

impl Live {
    /// Minutes that somebody who comes now will wait.
    #[must_use]
    pub fn minutes(self) -> i64 {
        minutes(self.waiting, self.windows, self.pace)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn examples() {
        let none = Pace::default();
        assert_eq!(minutes(0, 3, none), 0);
        assert_eq!(minutes(3, 1, none), 24);
        assert_eq!(minutes(3, 2, none), 12);
        assert_eq!(minutes(1, 0, none), 8, "no window is one that somebody must open");
        // Twenty visits of four minutes: the usual eight hardly count.
        assert_eq!(minutes(3, 1, Pace { visits: 20, seconds: 20 * 240 }), 14);
    }

    proptest! {
        #[test]
        fn more_people_wait_longer_and_more_windows_shorter(
            ahead in 0..500_i64, windows in 0..30_i64, visits in 0..500_i64, each in 10..3_600_i64,
        ) {
            let pace = Pace { visits, seconds: visits * each };
            let now = minutes(ahead, windows, pace);
            prop_assert!(now >= 0);
            prop_assert_eq!(now == 0, ahead == 0);
            prop_assert!(minutes(ahead + 1, windows, pace) >= now);
            prop_assert!(minutes(ahead, windows + 1, pace) <= now);
        }

        /// The mean lies between the usual time and what was measured.
        #[test]
        fn the_mean_is_no_invention(visits in 1..500_i64, each in 10..3_600_i64) {
            let mean = Pace { visits, seconds: visits * each }.mean();
            prop_assert!(mean >= each.min(USUAL) - 1 && mean <= each.max(USUAL));
        }

        #[test]
        fn nothing_overflows(ahead: i64, windows: i64, visits: i64, seconds: i64) {
            let pace = Pace { visits, seconds };
            prop_assert!(minutes(ahead, windows, pace) >= 0);
        }
    }
}
