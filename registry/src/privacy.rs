//! Personal values and the one function that opens them (الفصل بين طالب الخدمة ومقدمها).
//!
//! A [`Private`] value has no `Display`, `Serialize` or `Deref` and prints `***` in `Debug`, so a page
//! cannot leak it by accident. [`Private::show`] asks the field matrix role × step × field and gives a
//! [`Shown`], which templates can print: the value, or a label in its place.

use std::fmt;

use jiff::civil::Date;

use crate::place::Place;
use crate::rights::{Right, Role};
use crate::viewer::Viewer;

/// Kind of step at which a case stands when it is looked at (المرحلة).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// At the window, before the first department.
    Intake,
    /// Completeness check.
    Check,
    /// Review, opinion of an outside body, sitting of a committee.
    Review,
    /// Inspection on the spot.
    Inspect,
    /// Assessment of a fee.
    AssessFee,
    /// Waiting for payment.
    Pay,
    /// Approval.
    Approve,
    /// Issue of the paper.
    Issue,
    /// Hand-over at the window.
    HandOver,
    /// Closed: handed over, refused, withdrawn, voided.
    Closed,
}

impl From<catalogue::model::StepKind> for Step {
    fn from(kind: catalogue::model::StepKind) -> Self {
        use catalogue::model::StepKind;
        match kind {
            StepKind::Check => Step::Check,
            StepKind::Review => Step::Review,
            StepKind::Inspect => Step::Inspect,
            StepKind::AssessFee => Step::AssessFee,
            StepKind::Pay => Step::Pay,
            StepKind::Approve => Step::Approve,
            StepKind::Issue => Step::Issue,
            StepKind::Handover => Step::HandOver,
        }
    }
}

/// Class of a personal value (نوع البيان الشخصي).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldClass {
    /// Name of a person or company.
    Name,
    /// National id, passport, commercial register or tax number.
    Identity,
    /// Mobile, e-mail, address of residence.
    Contact,
    /// A paper that identifies a person.
    IdentityPaper,
    /// What an applicant writes to whoever plans a visit; the page asks for no name in it.
    VisitNote,
}

impl FieldClass {
    /// Every class that tells who a person is.
    pub const ALL: [FieldClass; 4] =
        [FieldClass::Name, FieldClass::Identity, FieldClass::Contact, FieldClass::IdentityPaper];
}

/// A personal value's class, and what to print where it stays closed (the case code for a name).
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// Class of the value.
    pub class: FieldClass,
    /// What a closed value prints.
    pub mask: &'a str,
}

impl<'a> Field<'a> {
    /// A name, for which the case code stands until the decision.
    pub fn name(case_code: &'a str) -> Self {
        Self { class: FieldClass::Name, mask: case_code }
    }

    /// Another value, for which a word stands.
    pub fn of(class: FieldClass, mask: &'a str) -> Self {
        Self { class, mask }
    }
}

/// The case in which a value is looked at, and the capacity in which the viewer looks.
#[derive(Debug, Clone)]
pub struct Case {
    /// Where the viewer looks from: the holder of the step, or the centre for the window.
    pub place: Place,
    /// The right under which the page is shown. Only roles that give it count, so that somebody who
    /// is a clerk and a reviewer is blind on the reviewer's page.
    pub under: Right,
    /// Where the case stands.
    pub step: Step,
    /// Whether the decision has been taken.
    pub decided: bool,
    /// Day of the appointed visit, if this is an inspection.
    pub visit: Option<Date>,
    /// Today in Cairo.
    pub today: Date,
}

/// When a cell of the matrix is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At any time.
    Always,
    /// From the decision on.
    AfterDecision,
    /// On the day of the appointed visit.
    OnVisitDay,
}

impl When {
    fn is_now(self, case: &Case) -> bool {
        match self {
            When::Always => true,
            When::AfterDecision => case.decided,
            When::OnVisitDay => case.visit == Some(case.today),
        }
    }
}

/// Steps of a row: all of them, or a list.
type Steps = Option<&'static [Step]>;

/// A row of the field matrix: this role, at these steps, sees these classes, then.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    /// Who looks.
    pub role: Role,
    /// At which steps; `None` is every step.
    pub steps: Steps,
    /// What.
    pub fields: &'static [FieldClass],
    /// When.
    pub when: When,
}

const fn cell(role: Role, steps: Steps, fields: &'static [FieldClass], when: When) -> Cell {
    Cell { role, steps, fields, when }
}

/// The field matrix role × step × field as shipped. What no row opens stays closed.
pub const MATRIX: &[Cell] = {
    use FieldClass::*;
    use Role::*;
    use When::*;
    const VISIT: Steps = Some(&[Step::Inspect]);
    const ISSUE: Steps = Some(&[Step::Issue, Step::HandOver]);
    &[
        cell(Clerk, None, &[Name, Identity, Contact, IdentityPaper], Always),
        cell(Cashier, None, &[Name, Identity, Contact], Always),
        cell(Reviewer, None, &[Name], AfterDecision),
        cell(Decider, None, &[Name], AfterDecision),
        // Whoever issues a paper reads on it what the holder's papers say.
        cell(Reviewer, ISSUE, &[Name, Identity], AfterDecision),
        cell(Decider, ISSUE, &[Name, Identity], AfterDecision),
        cell(CommitteeSecretary, None, &[Name], AfterDecision),
        cell(BodyOfficer, None, &[Name], AfterDecision),
        cell(UnitHead, None, &[Name], AfterDecision),
        cell(CentreManager, None, &[Name], AfterDecision),
        cell(Inspector, Some(&[Step::Inspect]), &[Name], OnVisitDay),
        cell(Reviewer, VISIT, &[VisitNote], Always),
        cell(Decider, VISIT, &[VisitNote], Always),
        cell(Inspector, VISIT, &[VisitNote], Always),
        cell(BodyOfficer, VISIT, &[VisitNote], Always),
        cell(TitleChecker, None, &[Name, Identity, IdentityPaper], Always),
    ]
};

/// Whether the matrix opens this class to this role in this case.
pub fn opens(role: Role, class: FieldClass, case: &Case) -> bool {
    MATRIX.iter().any(|row| {
        row.role == role
            && row.steps.is_none_or(|steps| steps.contains(&case.step))
            && row.fields.contains(&class)
            && row.when.is_now(case)
    })
}

/// Whether the viewer may see values of this class in this case: [`Private::show`] without a value,
/// for files and links to them.
pub fn may_see(viewer: &Viewer, class: FieldClass, case: &Case) -> bool {
    viewer.grants(case.under, &case.place).any(|held| opens(held.role, class, case))
}

/// A personal value that nothing prints (بيان شخصي).
#[derive(Clone, PartialEq, Eq)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// Closes a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// Opens the value if the field matrix lets this viewer see it in this case.
    pub fn show(self, viewer: &Viewer, field: &Field<'_>, case: &Case) -> Shown<T> {
        if may_see(viewer, field.class, case) { Shown::Open(self.0) } else { Shown::Masked(field.mask.to_owned()) }
    }

    /// Changes what is inside without opening it.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Private<U> {
        Private(change(self.0))
    }

    /// For a paper made out to the applicant (slip, licence, letter): the paper is theirs, and whoever
    /// may open the paper's file is decided by the file's own right. Never for a page.
    pub fn onto_paper(&self) -> &T {
        &self.0
    }

    /// For encryption and digests.
    pub(crate) fn inside(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("***")
    }
}

/// A personal value as a viewer gets it: open, or a label in its place (القيمة المعروضة).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown<T> {
    /// The value.
    Open(T),
    /// What stands in its place.
    Masked(String),
}

impl<T> Shown<T> {
    /// The value, if open.
    pub fn open(&self) -> Option<&T> {
        match self {
            Shown::Open(value) => Some(value),
            Shown::Masked(_) => None,
        }
    }

    /// Whether the viewer sees only the label.
    pub fn is_masked(&self) -> bool {
        matches!(self, Shown::Masked(_))
    }
}

impl<T: fmt::Display> fmt::Display for Shown<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shown::Open(value) => value.fmt(out),
            Shown::Masked(label) => label.fmt(out),
        }
    }
}
