//! Mobile centres (المراكز المتنقلة): put into service, sent to a place on a day, stopped. The rules are
//! pure; what is planned lies in a table and not in the tree, for it grows with the days.

use jiff::civil::Date;
use uuid::Uuid;

use super::events::{CentreKind, UnitEvent};
use super::rules::{Refusal, days_between, name};
use super::tree::{Centre, Tree};

/// How far ahead a stop is planned.
const DAYS_AHEAD: i32 = 180;

/// A stop of a van (وقفة مركز متنقل).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VanStop {
    /// Its id.
    pub id: Uuid,
    /// The van.
    pub centre: Uuid,
    /// The day.
    pub day: Date,
    /// Where it stands, in words.
    pub place: String,
    /// Minutes after midnight.
    pub opens_minute: i64,
    /// Minutes after midnight.
    pub closes_minute: i64,
}

/// A change of the vans of a unit (تعديل في المراكز المتنقلة).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VanChange {
    /// Let all windows of a van work, or none.
    SetOpen {
        /// The van.
        centre: Uuid,
        /// Whether it works.
        open: bool,
    },
    /// Send it to a place on a day.
    PlanStop {
        /// The van.
        centre: Uuid,
        /// The day.
        day: Date,
        /// Where.
        place: String,
        /// Minutes after midnight.
        opens_minute: i64,
        /// Minutes after midnight.
        closes_minute: i64,
    },
    /// Take a stop back.
    CancelStop {
        /// Its id.
        stop: Uuid,
    },
}

/// Whether a van works: one of its windows does.
pub fn is_working(van: &Centre) -> bool {
    van.windows.iter().any(|window| window.is_open)
}

/// Decides a change of the vans of a unit. `stops` are those of the unit from today on; `fresh` is the
/// id of a new one.
pub(super) fn decide(
    tree: &Tree,
    unit: &str,
    stops: &[VanStop],
    change: &VanChange,
    fresh: Uuid,
    today: Date,
) -> Result<Vec<UnitEvent>, Refusal> {
    tree.unit(unit).ok_or(Refusal::NoUnit)?;
    let van = |id: Uuid| {
        let centre = tree.centre(id).filter(|centre| centre.unit == unit && centre.kind == CentreKind::Mobile);
        centre.ok_or(Refusal::NoWindow)
    };
    let unit = unit.to_owned();
    match change {
        VanChange::SetOpen { centre, open } => {
            let windows = van(*centre)?.windows.iter().filter(|window| window.is_open != *open);
            let (centre, open) = (*centre, *open);
            let events: Vec<UnitEvent> = windows
                .map(|window| {
                    let (unit, number) = (unit.clone(), window.number);
                    if open {
                        UnitEvent::WindowOpened { centre, unit, number }
                    } else {
                        UnitEvent::WindowClosed { centre, unit, number }
                    }
                })
                .collect();
            if events.is_empty() { Err(Refusal::Unchanged) } else { Ok(events) }
        }
        VanChange::PlanStop { centre, day, place, opens_minute, closes_minute } => {
            van(*centre)?;
            if !(0..=DAYS_AHEAD).contains(&days_between(today, *day)) {
                return Err(Refusal::StopDay);
            }
            let place = name(place).map_err(|_| Refusal::StopPlace)?;
            if *opens_minute < 0 || *closes_minute > 24 * 60 || closes_minute - opens_minute < 60 {
                return Err(Refusal::HoursOrder);
            }
            let meets = |stop: &&VanStop| {
                stop.centre == *centre
                    && stop.day == *day
                    && *opens_minute < stop.closes_minute
                    && stop.opens_minute < *closes_minute
            };
            if stops.iter().any(|stop| meets(&stop)) {
                return Err(Refusal::StopTwice);
            }
            Ok(vec![UnitEvent::VanStopPlanned {
                stop: fresh,
                centre: *centre,
                unit,
                day: *day,
                place,
                opens_minute: *opens_minute,
                closes_minute: *closes_minute,
            }])
        }
        VanChange::CancelStop { stop } => {
            let known = stops.iter().any(|one| one.id == *stop);
            if known { Ok(vec![UnitEvent::VanStopCancelled { stop: *stop, unit }]) } else { Err(Refusal::NoStop) }
        }
    }
}
