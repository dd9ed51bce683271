//! What can happen to a unit and to its calendar. Kinds are never edited.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Kind of unit (نوع الوحدة).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// وزارة
    Ministry,
    /// محافظة
    Governorate,
    /// مركز ومدينة
    Markaz,
    /// مدينة
    City,
    /// حي
    District,
    /// مدينة جديدة
    NewCity,
    /// قرية
    Village,
    /// جهة خارجية
    Body,
}

/// Kind of centre (نوع المركز التكنولوجي).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CentreKind {
    /// ثابت
    Fixed,
    /// متنقل
    Mobile,
}

/// Whose hours (نوع المواعيد).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursKind {
    /// Back offices: limits end with them (مواعيد الإدارات).
    BackOffice,
    /// Windows (مواعيد الشباك).
    Window,
}

macro_rules! codes {
    ($kind:ty { $($variant:ident => $code:literal),* $(,)? }) => {
        impl $kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stored code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The kind with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

codes!(UnitKind {
    Ministry => "ministry", Governorate => "governorate", Markaz => "markaz", City => "city",
    District => "district", NewCity => "new_city", Village => "village", Body => "body",
});
codes!(CentreKind { Fixed => "fixed", Mobile => "mobile" });
codes!(HoursKind { BackOffice => "back_office", Window => "window" });

/// An event of a stream `unit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum UnitEvent {
    /// The unit exists.
    UnitRecorded {
        /// Its code.
        unit: String,
        /// Path of the tree down to it.
        path: String,
        /// Its kind.
        unit_kind: UnitKind,
        /// Arabic name.
        name: String,
        /// English name.
        name_en: String,
        /// Under Local Development.
        local: bool,
        /// Longitude in millionths of a degree.
        lon_e6: Option<i64>,
        /// Latitude in millionths of a degree.
        lat_e6: Option<i64>,
        /// `geonames`, `approx` or empty.
        coord_source: String,
        /// Codes of its departments and committees.
        departments: Vec<String>,
    },
    /// A department or committee works in the unit from now on.
    DepartmentOpened {
        /// The unit.
        unit: String,
        /// Code of the department.
        department: String,
    },
    /// A department or committee no longer works in the unit.
    DepartmentClosed {
        /// The unit.
        unit: String,
        /// Code of the department.
        department: String,
    },
    /// A centre of the unit opened.
    CentreOpened {
        /// Its id.
        centre: Uuid,
        /// The unit.
        unit: String,
        /// Its kind.
        centre_kind: CentreKind,
        /// Its name.
        name: String,
        /// Its windows, all open.
        windows: Vec<NewWindow>,
    },
    /// A window was set up, open.
    WindowAdded {
        /// The centre.
        centre: Uuid,
        /// The unit.
        unit: String,
        /// Its number, unique in the centre.
        number: i64,
        /// What it is for.
        name: String,
    },
    /// A window has another name.
    WindowRenamed {
        /// The centre.
        centre: Uuid,
        /// The unit.
        unit: String,
        /// Its number.
        number: i64,
        /// What it is for.
        name: String,
    },
    /// A window works.
    WindowOpened {
        /// The centre.
        centre: Uuid,
        /// The unit.
        unit: String,
        /// Its number.
        number: i64,
    },
    /// A window does not work.
    WindowClosed {
        /// The centre.
        centre: Uuid,
        /// The unit.
        unit: String,
        /// Its number.
        number: i64,
    },
    /// A person sits on a committee.
    MemberNamed {
        /// Id of the membership.
        member: Uuid,
        /// The unit.
        unit: String,
        /// The committee.
        department: String,
        /// Name of the member.
        name: String,
        /// In what capacity.
        capacity: String,
    },
    /// A van stands at a place on a day.
    VanStopPlanned {
        /// Id of the stop.
        stop: Uuid,
        /// The van.
        centre: Uuid,
        /// The unit.
        unit: String,
        /// The day.
        day: Date,
        /// Where, in words.
        place: String,
        /// Minutes after midnight.
        opens_minute: i64,
        /// Minutes after midnight.
        closes_minute: i64,
    },
    /// A planned stop does not take place.
    VanStopCancelled {
        /// Id of the stop.
        stop: Uuid,
        /// The unit.
        unit: String,
    },
    /// A unit that nothing stands on was taken back, with the import that brought it.
    UnitRemoved {
        /// Its code.
        unit: String,
        /// Why.
        reason: String,
    },
    /// A person no longer sits on a committee.
    MemberReleased {
        /// Id of the membership.
        member: Uuid,
        /// The unit.
        unit: String,
    },
}

impl UnitEvent {
    /// The unit whose stream it belongs to.
    pub fn unit(&self) -> &str {
        match self {
            Self::UnitRecorded { unit, .. }
            | Self::DepartmentOpened { unit, .. }
            | Self::DepartmentClosed { unit, .. }
            | Self::CentreOpened { unit, .. }
            | Self::WindowAdded { unit, .. }
            | Self::WindowRenamed { unit, .. }
            | Self::WindowOpened { unit, .. }
            | Self::WindowClosed { unit, .. }
            | Self::VanStopPlanned { unit, .. }
            | Self::VanStopCancelled { unit, .. }
            | Self::MemberNamed { unit, .. }
            | Self::UnitRemoved { unit, .. }
            | Self::MemberReleased { unit, .. } => unit,
        }
    }
}

/// A window of a new centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewWindow {
    /// Its number.
    pub number: i64,
    /// What it is for.
    pub name: String,
}

/// An event of a stream `calendar`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum CalendarEvent {
    /// Hours of the unit, and of those below it without their own.
    HoursSet {
        /// Id of the row.
        hours: Uuid,
        /// The unit.
        unit: String,
        /// Whose hours.
        hours_kind: HoursKind,
        /// What they are called (رمضان); empty for the usual ones.
        name: String,
        /// First day; none for the usual hours.
        first_day: Option<Date>,
        /// Last day; none for the usual hours.
        last_day: Option<Date>,
        /// Minutes after midnight.
        opens_minute: i64,
        /// Minutes after midnight.
        closes_minute: i64,
    },
    /// A row of hours no longer holds.
    HoursWithdrawn {
        /// Id of the row.
        hours: Uuid,
        /// The unit.
        unit: String,
    },
    /// A holiday of the unit and of everything below it.
    HolidayDeclared {
        /// Id of the holiday.
        holiday: Uuid,
        /// The unit; `00` is the whole country.
        unit: String,
        /// The day.
        day: Date,
        /// Its name.
        name: String,
        /// Number of the decision; empty for what the shipped table only expects.
        decision: String,
        /// Day of the decision.
        decided_on: Option<Date>,
        /// Whether the date is certain.
        confirmed: bool,
    },
    /// A holiday does not take place.
    HolidayCancelled {
        /// Id of the holiday.
        holiday: Uuid,
        /// The unit.
        unit: String,
        /// Number of the decision.
        decision: String,
    },
}

impl CalendarEvent {
    /// The unit whose calendar it changes.
    pub fn unit(&self) -> &str {
        match self {
            Self::HoursSet { unit, .. }
            | Self::HoursWithdrawn { unit, .. }
            | Self::HolidayDeclared { unit, .. }
            | Self::HolidayCancelled { unit, .. } => unit,
        }
    }
}
