//! An appointment's way (مسار الموعد).

use foundation::clock::Micros;
use jiff::ToSpan as _;
use jiff::civil::Date;
use uuid::Uuid;

use super::{Refusal, slots};
use crate::queue::events::{BookingEvent, Made, Reminder};

/// One may come this long before and after the hour.
pub const WINDOW: i64 = 15 * Micros::MINUTE;
/// Open bookings that one mobile may have in a governorate.
pub const MOST_OPEN: usize = 3;
/// So many missed appointments…
pub const MISSED: usize = 3;
/// …within these days…
pub const WITHIN_DAYS: i64 = 60;
/// …close the booking for these days after the last of them.
pub const BLOCKED_DAYS: i64 = 14;
/// The mobile is erased these days after the appointment; until then missed ones are counted.
pub const KEPT_DAYS: i64 = 75;

/// How far an appointment is (حالة الموعد).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To come.
    Booked,
    /// Its holder came.
    Arrived,
    /// Nobody came.
    Missed,
    /// Given up.
    Cancelled,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Booked, Self::Arrived, Self::Missed, Self::Cancelled];

    /// The stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Arrived => "arrived",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Appointment (موعد), without its mobile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Its id.
    pub id: Uuid,
    /// Governorate.
    pub tenant: String,
    /// Centre.
    pub centre: Uuid,
    /// Unit.
    pub unit: String,
    /// Service.
    pub service: String,
    /// Line of slots.
    pub line: String,
    /// Day.
    pub day: Date,
    /// Minute after midnight.
    pub minute: i64,
    /// Minutes.
    pub length: i64,
    /// Number at the hall.
    pub number: String,
    /// Code of its page.
    pub token: String,
    /// How far it is.
    pub state: State,
    /// Whether the mobile is still there.
    pub has_mobile: bool,
    /// 0, 1 (the day before) or 2 (two hours before).
    pub reminded: i64,
    /// When it was booked.
    pub booked_at: Micros,
    /// Version of its stream.
    pub version: i64,
}

impl Booking {
    /// The booking of a first event.
    #[must_use]
    pub fn new(id: Uuid, tenant: &str, made: &Made, at: Micros) -> Self {
        Self {
            id,
            tenant: tenant.to_owned(),
            centre: made.centre,
            unit: made.unit.clone(),
            service: made.service.clone(),
            line: made.line.clone(),
            day: made.day,
            minute: made.minute,
            length: made.length,
            number: made.number.clone(),
            token: made.token.clone(),
            state: State::Booked,
            has_mobile: true,
            reminded: 0,
            booked_at: at,
            version: 1,
        }
    }

    /// The booking after another event.
    #[must_use]
    pub fn after(mut self, event: &BookingEvent) -> Self {
        self.version += 1;
        match event {
            BookingEvent::BookingMade(_) => {}
            BookingEvent::BookingMoved { day, minute, number } => {
                (self.day, self.minute, self.reminded) = (*day, *minute, 0);
                self.number.clone_from(number);
            }
            BookingEvent::BookingCancelled {} => self.state = State::Cancelled,
            BookingEvent::BookingArrived { .. } => self.state = State::Arrived,
            BookingEvent::BookingMissed {} => self.state = State::Missed,
            BookingEvent::BookingReminded { reminder } => {
                let which = if *reminder == Reminder::DayBefore { 1 } else { 2 };
                self.reminded = self.reminded.max(which);
            }
            BookingEvent::BookingForgotten {} => self.has_mobile = false,
        }
        self
    }

    /// The moment of the appointment.
    #[must_use]
    pub fn at(&self) -> Micros {
        slots::instant(self.day, self.minute)
    }

    /// Whether it is to come.
    ///
    /// # Errors
    /// [`Refusal::Over`].
    pub fn open(&self, now: Micros) -> Result<(), Refusal> {
        if self.state == State::Booked && now < self.at().plus(WINDOW) { Ok(()) } else { Err(Refusal::Over) }
    }

    /// Whether who comes now has the priority of an appointment.
    ///
    /// # Errors
    /// [`Refusal::Early`] before its quarter of an hour, [`Refusal::Over`] after it or when it was used.
    pub fn arrive(&self, now: Micros) -> Result<(), Refusal> {
        self.open(now)?;
        if now < self.at().minus(WINDOW) { Err(Refusal::Early) } else { Ok(()) }
    }

    /// The reminder that is due, if one is: two hours before, or from a day before on. Who booked later than that
    /// needs none.
    #[must_use]
    pub fn reminder(&self, now: Micros) -> Option<Reminder> {
        let at = self.at();
        if self.state != State::Booked || now >= at {
            return None;
        }
        let (day, hours) = (at.minus(24 * Micros::HOUR), at.minus(2 * Micros::HOUR));
        if now >= hours {
            return (self.reminded < 2 && self.booked_at < hours).then_some(Reminder::TwoHours);
        }
        (now >= day && self.reminded < 1 && self.booked_at < day).then_some(Reminder::DayBefore)
    }

    /// Whether nobody came: the hour and its quarter are over.
    #[must_use]
    pub fn is_missed(&self, now: Micros) -> bool {
        self.state == State::Booked && now >= self.at().plus(WINDOW)
    }
}

/// What a mobile has booked before (سوابق الحجز).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Open bookings.
    pub open: usize,
    /// Days of missed appointments.
    pub missed: Vec<Date>,
}

impl Past {
    /// Whether it may book one more.
    ///
    /// # Errors
    /// [`Refusal::TooMany`], [`Refusal::Blocked`].
    pub fn allows(&self, today: Date) -> Result<(), Refusal> {
        if self.open >= MOST_OPEN {
            return Err(Refusal::TooMany);
        }
        let from = today.checked_sub(WITHIN_DAYS.days()).unwrap_or(Date::MIN);
        let recent: Vec<Date> = self.missed.iter().copied().filter(|day| *day >= from).collect();
        let last = recent.iter().max().filter(|_| recent.len() >= MISSED);
        match last.and_then(|day| day.checked_add(BLOCKED_DAYS.days()).ok()) {
            Some(until) if today < until => Err(Refusal::Blocked { until }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use foundation::dates;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn booking() -> Booking {
        Booking {
            id: Uuid::nil(),
            tenant: "01".into(),
            centre: Uuid::nil(),
            unit: "01-D07".into(),
            service: "SHP-01".into(),
            line: String::new(),
            day: date(2026, 11, 22),
            minute: 600,
            length: 20,
            number: "123456".into(),
            token: "T".into(),
            state: State::Booked,
            has_mobile: true,
            reminded: 0,
            booked_at: Micros(0),
            version: 1,
        }
    }

    #[test]
    fn one_comes_a_quarter_of_an_hour_around_it() {
        let (booking, minute) = (booking(), Micros::MINUTE);
        let at = booking.at();
        assert_eq!(booking.arrive(at.minus(16 * minute)), Err(Refusal::Early));
        assert_eq!(booking.arrive(at.minus(15 * minute)), Ok(()));
        assert_eq!(booking.arrive(at.plus(14 * minute)), Ok(()));
        assert_eq!(booking.arrive(at.plus(15 * minute)), Err(Refusal::Over));
        assert!(booking.is_missed(at.plus(15 * minute)) && !booking.is_missed(at));
    }

    #[test]
    fn reminders_come_once_each_and_not_to_who_booked_just_now() {
        let mut one = booking();
        let at = one.at();
        assert_eq!(one.reminder(at.minus(25 * Micros::HOUR)), None);
        assert_eq!(one.reminder(at.minus(23 * Micros::HOUR)), Some(Reminder::DayBefore));
        one = one.after(&BookingEvent::BookingReminded { reminder: Reminder::DayBefore });
        assert_eq!(one.reminder(at.minus(22 * Micros::HOUR)), None);
        assert_eq!(one.reminder(at.minus(Micros::HOUR)), Some(Reminder::TwoHours));
        one = one.after(&BookingEvent::BookingReminded { reminder: Reminder::TwoHours });
        assert_eq!(one.reminder(at.minus(Micros::HOUR)), None);
        let late = Booking { booked_at: at.minus(Micros::HOUR), ..booking() };
        assert_eq!(late.reminder(at.minus(Micros::HOUR / 2)), None);
    }

    proptest! {
        #[test]
        fn three_missed_in_sixty_days_close_it_for_a_fortnight(ago in prop::collection::vec(0..120_i64, 0..6)) {
            let today = date(2026, 11, 22);
            let missed: Vec<Date> = ago.iter().map(|days| today.saturating_sub(days.days())).collect();
            let recent: Vec<i64> = ago.iter().copied().filter(|days| *days <= WITHIN_DAYS).collect();
            let blocked = recent.len() >= MISSED && recent.iter().min().is_some_and(|last| *last < BLOCKED_DAYS);
            let answer = Past { open: 0, missed }.allows(today);
            prop_assert_eq!(answer.is_err(), blocked);
            if let Err(Refusal::Blocked { until }) = answer { prop_assert!(until > today); }
        }

        #[test]
        fn nobody_hoards(open in 0..10_usize) {
            let answer = Past { open, missed: Vec::new() }.allows(date(2026, 11, 22));
            prop_assert_eq!(answer.is_err(), open >= MOST_OPEN);
        }
    }

    /// The digest outlives the days in which missed appointments count.
    const _: () = assert!(KEPT_DAYS >= WITHIN_DAYS + BLOCKED_DAYS);

    #[test]
    fn days_are_those_of_cairo() {
        assert_eq!(dates::day_of(booking().at()), date(2026, 11, 22));
    }
}
