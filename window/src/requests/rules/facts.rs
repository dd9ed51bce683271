//! What the node knows besides the state (الوقائع): time, service, desks, calendars, what was drawn.

use std::collections::BTreeMap;

use catalogue::fees::{FeeError, LocalFigure, Question};
use catalogue::model::{Service, StepKind};
use foundation::calendar::WorkCalendar;
use foundation::clock::Micros;
use foundation::money::Piastres;
use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;

use super::conditions::Known;
use super::lineage::ParentFacts;
use super::plan::Plan;
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
    /// The paper that the request is about, as it is now; for a registration and for an issue.
    pub parent: Option<&'a ParentFacts>,
    /// A licensing freeze that stands against a registration.
    pub freeze: Option<&'a Frozen>,
    /// Code and content of a receipt; its number is [`Self::number`].
    pub receipt: Option<&'a DrawnReceipt>,
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
    /// Whether a part waits for what only an inspection can tell.
    pub by_inspection: bool,
}

impl Fees {
    /// Fees by the rules in force on a day: for each payment step all its lines, or the part that cannot
    /// be computed yet. `assessed` are the officer's amounts; a request remembers them in its course.
    #[must_use]
    pub fn reckon(
        known: &Known<'_>,
        figures: &[LocalFigure],
        assessed: &BTreeMap<String, Piastres>,
        day: Date,
    ) -> Self {
        let service = known.service();
        let question = Question { service, case: known.case(), figures, assessed, day, estimate: false };
        let mut fees = Self::default();
        for (pay, step) in Plan(service).steps().filter(|(_, step)| step.kind == StepKind::Pay) {
            match catalogue::fees::compute(&question, Some(&step.id)) {
                Ok(bill) => fees.lines.extend(bill.lines.into_iter().map(|line| FeeLine {
                    part: line.code,
                    label: line.label_ar,
                    beneficiary: line.beneficiary.into(),
                    rule: line.rule_ar,
                    amount: line.amount,
                    refundable: line.refundable,
                    pay,
                })),
                Err(error) => {
                    fees.unknown.push((part(&error).to_owned(), pay));
                    // An officer's amount aside, is something missing that the form does not ask?
                    let guess = Question { estimate: true, ..question };
                    fees.by_inspection |= match catalogue::fees::compute(&guess, Some(&step.id)) {
                        Ok(_) => false,
                        Err(FeeError::Missing { fields, .. }) => {
                            let of_report = |id: &String| service.inspection_report.iter().any(|field| field.id == *id);
                            fields.iter().any(of_report)
                        }
                        Err(_) => service.inspects(),
                    };
                }
            }
        }
        fees
    }
}

/// The part that could not be reckoned.
fn part(error: &FeeError) -> &str {
    match error {
        FeeError::Missing { part, .. }
        | FeeError::NotAssessed { part, .. }
        | FeeError::OutOfRange { part, .. }
        | FeeError::NoBand { part, .. }
        | FeeError::Negative { part, .. }
        | FeeError::Overflow { part, .. }
        | FeeError::Expression { part, .. }
        | FeeError::BadRule { part, .. } => part,
    }
}

/// وقف ترخيص يمنع القيد
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// Number of the decision.
    pub decision: String,
    /// Its day.
    pub dated: Date,
    /// Last day of the freeze.
    pub until: Date,
}

/// A receipt before the money is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnReceipt {
    /// Random part of its QR.
    pub token: String,
    /// The payer and the signed bytes, encrypted.
    pub personal: Value,
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
