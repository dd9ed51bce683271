//! What may change in a unit and in its calendar. Pure.

use jiff::civil::Date;
use uuid::Uuid;

use super::events::{CalendarEvent, CentreKind, HoursKind, NewWindow, UnitEvent};
use super::tree::Tree;

/// A change of a unit (تعديل في الوحدة).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitChange {
    /// Open a department or committee.
    OpenDepartment {
        /// Its code in the catalogue.
        department: String,
    },
    /// Close a department or committee.
    CloseDepartment {
        /// Its code.
        department: String,
    },
    /// Put a van into service (مركز متنقل).
    OpenVan {
        /// Its name.
        name: String,
    },
    /// Set up a window.
    AddWindow {
        /// The centre.
        centre: Uuid,
        /// Its number.
        number: i64,
        /// What it is for.
        name: String,
    },
    /// Give a window another name.
    RenameWindow {
        /// The centre.
        centre: Uuid,
        /// Its number.
        number: i64,
        /// What it is for.
        name: String,
    },
    /// Open or close a window.
    SetWindowOpen {
        /// The centre.
        centre: Uuid,
        /// Its number.
        number: i64,
        /// Whether it works.
        open: bool,
    },
    /// Name a member of a committee.
    NameMember {
        /// The committee.
        department: String,
        /// Name.
        name: String,
        /// In what capacity.
        capacity: String,
    },
    /// Release a member of a committee.
    ReleaseMember {
        /// Id of the membership.
        member: Uuid,
    },
}

/// A change of hours or holidays (تعديل المواعيد أو العطلات).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarChange {
    /// Set hours: the usual ones (no days), or those of some days such as Ramadan.
    SetHours {
        /// Whose hours.
        kind: HoursKind,
        /// What they are called; empty for the usual ones.
        name: String,
        /// First and last day, for hours of some days.
        days: Option<(Date, Date)>,
        /// Minutes after midnight.
        opens_minute: i64,
        /// Minutes after midnight.
        closes_minute: i64,
    },
    /// Withdraw hours.
    WithdrawHours {
        /// Id of the row.
        hours: Uuid,
    },
    /// Declare a holiday.
    DeclareHoliday {
        /// The day.
        day: Date,
        /// Its name.
        name: String,
        /// Number of the decision.
        decision: String,
        /// Day of the decision.
        decided_on: Date,
    },
    /// Cancel a holiday.
    CancelHoliday {
        /// Its id.
        holiday: Uuid,
        /// Number of the decision.
        decision: String,
    },
}

/// Why a change is refused; each has its words in the message files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such unit.
    #[error("no such unit")]
    NoUnit,
    /// The unit has no such department.
    #[error("no such department in the unit")]
    NoDepartment,
    /// The department works there already.
    #[error("the department is open already")]
    DepartmentOpen,
    /// Steps never go to bodies' departments through a local unit.
    #[error("the unit is an outside body")]
    OutsideBody,
    /// There is no such centre or window.
    #[error("no such centre or window")]
    NoWindow,
    /// The number is taken or not between 1 and 99.
    #[error("the window's number is taken or out of range")]
    WindowNumber,
    /// The window is in that state already.
    #[error("nothing changes")]
    Unchanged,
    /// A name is missing or too long.
    #[error("a name is missing or too long")]
    Name,
    /// A stop lies in the past or too far ahead.
    #[error("the day of the stop lies too far away")]
    StopDay,
    /// The place of a stop is missing or too long.
    #[error("the place of the stop is missing")]
    StopPlace,
    /// The van stands elsewhere at that time.
    #[error("the van stands elsewhere at that time")]
    StopTwice,
    /// There is no such stop to come.
    #[error("no such stop")]
    NoStop,
    /// There is no such member.
    #[error("no such member")]
    NoMember,
    /// The hours end before they begin, or are no hours of a day.
    #[error("hours out of order")]
    HoursOrder,
    /// The last day is before the first, or they are more than a year apart.
    #[error("days out of order")]
    DaysOrder,
    /// Other hours of the same kind hold on some of these days.
    #[error("the days overlap with other hours")]
    HoursOverlap,
    /// There are no such hours.
    #[error("no such hours")]
    NoHours,
    /// The day is a holiday already.
    #[error("the day is a holiday already")]
    HolidayKnown,
    /// There is no such holiday of this unit.
    #[error("no such holiday")]
    NoHoliday,
    /// The day lies too far back or ahead.
    #[error("the day lies too far away")]
    HolidayFar,
    /// A decision's number is missing.
    #[error("the number of the decision is missing")]
    NoDecision,
    /// The decision is dated in the future.
    #[error("the decision is dated in the future")]
    DecisionDate,
    /// The code is none that numbers can carry, or not of the kind and governorate.
    #[error("not a code of such a unit")]
    UnitCode,
    /// There is a unit of this code.
    #[error("there is such a unit")]
    UnitKnown,
    /// A unit of this kind does not lie below that one.
    #[error("no such unit lies below that one")]
    UnitParent,
}

impl Refusal {
    /// Key of its words in the message files.
    pub fn message(self) -> &'static str {
        match self {
            Self::NoUnit => "registry-refused-no-unit",
            Self::NoDepartment => "registry-refused-no-department",
            Self::DepartmentOpen => "registry-refused-department-open",
            Self::OutsideBody => "registry-refused-outside-body",
            Self::NoWindow => "registry-refused-no-window",
            Self::WindowNumber => "registry-refused-window-number",
            Self::Unchanged => "registry-refused-unchanged",
            Self::Name => "registry-refused-name",
            Self::StopDay => "registry-refused-stop-day",
            Self::StopPlace => "registry-refused-stop-place",
            Self::StopTwice => "registry-refused-stop-twice",
            Self::NoStop => "registry-refused-no-stop",
            Self::NoMember => "registry-refused-no-member",
            Self::HoursOrder => "registry-refused-hours-order",
            Self::DaysOrder => "registry-refused-days-order",
            Self::HoursOverlap => "registry-refused-hours-overlap",
            Self::NoHours => "registry-refused-no-hours",
            Self::HolidayKnown => "registry-refused-holiday-known",
            Self::NoHoliday => "registry-refused-no-holiday",
            Self::HolidayFar => "registry-refused-holiday-far",
            Self::NoDecision => "registry-refused-no-decision",
            Self::DecisionDate => "registry-refused-decision-date",
            Self::UnitCode => "imports-refused-unit-code",
            Self::UnitKnown => "imports-refused-unit-known",
            Self::UnitParent => "imports-refused-unit-parent",
        }
    }
}

/// How far back a holiday may still be declared: deadlines of open steps are counted again.
const DAYS_BACK: i32 = 31;
/// How far ahead.
const DAYS_AHEAD: i32 = 800;
/// Longest name.
const NAME: usize = 120;

pub(super) fn name(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > NAME { Err(Refusal::Name) } else { Ok(text.to_owned()) }
}

/// Decides a change of a unit. `fresh` is an id for what is new; `known` says whether the
/// catalogue has a department of this code that can sit in a local unit.
pub fn decide_unit(
    tree: &Tree,
    unit: &str,
    change: &UnitChange,
    fresh: Uuid,
    known: impl Fn(&str) -> bool,
) -> Result<Vec<UnitEvent>, Refusal> {
    let state = tree.unit(unit).ok_or(Refusal::NoUnit)?;
    let window = |centre: &Uuid, number: i64| {
        let centre = tree.centre(*centre).filter(|centre| centre.unit == unit)?;
        centre.windows.iter().find(|window| window.number == number)
    };
    let unit = unit.to_owned();
    let event = match change {
        UnitChange::OpenDepartment { department } => {
            if state.kind == super::UnitKind::Body {
                return Err(Refusal::OutsideBody);
            }
            if !known(department) {
                return Err(Refusal::NoDepartment);
            }
            if state.has_department(department) {
                return Err(Refusal::DepartmentOpen);
            }
            UnitEvent::DepartmentOpened { unit, department: department.clone() }
        }
        UnitChange::CloseDepartment { department } => {
            if !state.has_department(department) {
                return Err(Refusal::NoDepartment);
            }
            UnitEvent::DepartmentClosed { unit, department: department.clone() }
        }
        UnitChange::OpenVan { name: van } => UnitEvent::CentreOpened {
            centre: fresh,
            unit,
            centre_kind: CentreKind::Mobile,
            name: name(van)?,
            windows: vec![NewWindow { number: 1, name: String::new() }],
        },
        UnitChange::AddWindow { centre, number, name } => {
            let at = tree.centre(*centre).filter(|centre| centre.unit == unit).ok_or(Refusal::NoWindow)?;
            if !(1..=99).contains(number) || at.windows.iter().any(|window| window.number == *number) {
                return Err(Refusal::WindowNumber);
            }
            if name.chars().count() > NAME {
                return Err(Refusal::Name);
            }
            UnitEvent::WindowAdded { centre: *centre, unit, number: *number, name: name.trim().to_owned() }
        }
        UnitChange::RenameWindow { centre, number, name: new } => {
            let now = window(centre, *number).ok_or(Refusal::NoWindow)?;
            let name = name(new)?;
            if now.name == name {
                return Err(Refusal::Unchanged);
            }
            UnitEvent::WindowRenamed { centre: *centre, unit, number: *number, name }
        }
        UnitChange::SetWindowOpen { centre, number, open } => {
            let now = window(centre, *number).ok_or(Refusal::NoWindow)?;
            match (now.is_open, *open) {
                (false, true) => UnitEvent::WindowOpened { centre: *centre, unit, number: *number },
                (true, false) => UnitEvent::WindowClosed { centre: *centre, unit, number: *number },
                _ => return Err(Refusal::Unchanged),
            }
        }
        UnitChange::NameMember { department, name: member, capacity } => {
            if !state.has_department(department) {
                return Err(Refusal::NoDepartment);
            }
            UnitEvent::MemberNamed {
                member: fresh,
                unit,
                department: department.clone(),
                name: name(member)?,
                capacity: name(capacity)?,
            }
        }
        UnitChange::ReleaseMember { member } => {
            if !tree.committee_has(&unit, *member) {
                return Err(Refusal::NoMember);
            }
            UnitEvent::MemberReleased { member: *member, unit }
        }
    };
    Ok(vec![event])
}

/// Decides a change of a unit's own calendar.
pub fn decide_calendar(
    tree: &Tree,
    unit: &str,
    change: &CalendarChange,
    fresh: Uuid,
    today: Date,
) -> Result<Vec<CalendarEvent>, Refusal> {
    tree.unit(unit).ok_or(Refusal::NoUnit)?;
    let own = tree.own_hours(unit);
    let unit = unit.to_owned();
    match change {
        CalendarChange::SetHours { kind, name: called, days, opens_minute, closes_minute } => {
            // Limits end with the hours: a day must have some.
            if *opens_minute < 0 || *closes_minute > 24 * 60 || closes_minute - opens_minute < 60 {
                return Err(Refusal::HoursOrder);
            }
            let mut events = Vec::new();
            let name = match days {
                None => {
                    // The usual hours are one row: the new one takes the place of the old one.
                    for old in own.iter().filter(|row| row.kind == *kind && row.first_day.is_none()) {
                        if (old.opens_minute, old.closes_minute) == (*opens_minute, *closes_minute) {
                            return Err(Refusal::Unchanged);
                        }
                        events.push(CalendarEvent::HoursWithdrawn { hours: old.id, unit: unit.clone() });
                    }
                    String::new()
                }
                Some((first, last)) => {
                    if last < first || days_between(*first, *last) > 366 {
                        return Err(Refusal::DaysOrder);
                    }
                    let overlaps = |row: &super::tree::Hours| match (row.first_day, row.last_day) {
                        (Some(other), Some(end)) => row.kind == *kind && other <= *last && *first <= end,
                        _ => false,
                    };
                    if own.iter().any(overlaps) {
                        return Err(Refusal::HoursOverlap);
                    }
                    name(called)?
                }
            };
            events.push(CalendarEvent::HoursSet {
                hours: fresh,
                unit,
                hours_kind: *kind,
                name,
                first_day: days.map(|days| days.0),
                last_day: days.map(|days| days.1),
                opens_minute: *opens_minute,
                closes_minute: *closes_minute,
            });
            Ok(events)
        }
        CalendarChange::WithdrawHours { hours } => {
            let row = own.iter().find(|row| row.id == *hours).ok_or(Refusal::NoHours)?;
            // The ministry's usual hours are everybody's last resort.
            if unit == crate::place::NATIONAL && row.first_day.is_none() {
                return Err(Refusal::NoHours);
            }
            Ok(vec![CalendarEvent::HoursWithdrawn { hours: *hours, unit }])
        }
        CalendarChange::DeclareHoliday { day, name: called, decision, decided_on } => {
            if tree.holidays(&unit).iter().any(|holiday| holiday.day == *day) {
                return Err(Refusal::HolidayKnown);
            }
            if !(-DAYS_BACK..=DAYS_AHEAD).contains(&days_between(today, *day)) {
                return Err(Refusal::HolidayFar);
            }
            if *decided_on > today {
                return Err(Refusal::DecisionDate);
            }
            let decision = decision_number(decision)?;
            let (day, name, decided_on) = (*day, name(called)?, Some(*decided_on));
            Ok(vec![CalendarEvent::HolidayDeclared {
                holiday: fresh,
                unit,
                day,
                name,
                decision,
                decided_on,
                confirmed: true,
            }])
        }
        CalendarChange::CancelHoliday { holiday, decision } => {
            let row = tree.own_holidays(&unit).iter().find(|row| row.id == *holiday).ok_or(Refusal::NoHoliday)?;
            if days_between(today, row.day) < -DAYS_BACK {
                return Err(Refusal::HolidayFar);
            }
            Ok(vec![CalendarEvent::HolidayCancelled { holiday: *holiday, unit, decision: decision_number(decision)? }])
        }
    }
}

fn decision_number(text: &str) -> Result<String, Refusal> {
    name(text).map_err(|_| Refusal::NoDecision)
}

/// Days from one to the other; negative if the other is earlier.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}
