//! What the node knows besides the state (الوقائع): time, service, desks, calendars, what was drawn.

use catalogue::model::Service;
use foundation::calendar::WorkCalendar;
use foundation::clock::Micros;
use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;

use crate::requests::events::{Answers, FeeLine, Holder, Slip, StepNo};

/// Facts of one command.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// When it happens.
    pub now: Micros,
    /// Who acts; nobody for the citizen over the web and for the system.
    pub actor: Option<Uuid>,
    /// Whether the actor acts as somebody who may take over from clerks and officers.
    pub by_manager: bool,
    /// Version that the form showed.
    pub expected: Option<i64>,
    /// The service, in the version of the request.
    pub service: &'a Service,
    /// Desks and calendars.
    pub world: &'a dyn World,
    /// Fees as they are today with all that is known; none if the caller did not compute them.
    pub fees: Option<&'a Fees>,
    /// Number of the request or receipt, drawn in the same transaction.
    pub number: Option<&'a str>,
    /// Token and PIN digest of a new slip.
    pub slip: Option<&'a Slip>,
    /// Number and content of a paper to be issued.
    pub paper: Option<&'a DrawnPaper>,
}

/// The tree of units, as far as a request asks for it.
pub trait World {
    /// The desk of a department, for requests for which `unit` of `tenant` is competent.
    fn seat(&self, tenant: &str, unit: &str, department: &str) -> Option<Seat>;
    /// Working days and hours of a unit.
    fn calendar(&self, unit: &str) -> Option<&WorkCalendar>;
}

/// A desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Whose it is.
    pub holder: Holder,
    /// Whether a committee sits there, which decides in sittings.
    pub committee: bool,
}

/// Fees by the catalogue, as of today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fees {
    /// Lines that could be computed; none of them zero.
    pub lines: Vec<FeeLine>,
    /// Parts that could not, with the payment step that collects them.
    pub unknown: Vec<(String, StepNo)>,
}

/// A paper before it is issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnPaper {
    /// 15 digits, kind 2.
    pub number: String,
    /// Random part of its QR.
    pub token: String,
    /// Place in the status list.
    pub status_index: i64,
    /// What stands on it, without the person: see [`super::printed_values`].
    pub values: Answers,
    /// The person and the signed bytes, encrypted.
    pub personal: Value,
    /// Last day of validity: see [`super::last_day`].
    pub expires: Option<Date>,
}
