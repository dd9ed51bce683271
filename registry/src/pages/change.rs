//! What all forms of a unit share: the change is carried out and leads back with a word, or the form
//! comes back with what is wrong with it.

use axum::response::{IntoResponse as _, Response};
use foundation::web::{Ctx, Flash, FormData, FormErrors, PageError, see_other};

use super::parts;
use crate::site::Site;
use crate::units::{self, CalendarChange, ChangeError, Refusal, UnitChange, UnitWrite, VanChange};
use crate::viewer::Viewer;

/// What a form wants.
pub(super) enum Change {
    /// Of the unit: windows, committees, a new van.
    Unit(UnitChange),
    /// Of its vans.
    Vans(VanChange),
    /// Of its hours and holidays.
    Calendar(CalendarChange),
}

/// A form of a unit on its way in.
pub(super) struct Form<'a> {
    pub site: &'a Site,
    pub viewer: &'a Viewer,
    pub c: &'a Ctx,
    pub unit: &'a str,
    /// The unit's page that it leads back to.
    pub page: &'static str,
    pub data: &'a FormData,
}

impl Form<'_> {
    /// Carries the change out. `None` leaves in the errors what is wrong with what was typed; what the
    /// form cannot mend is a page of its own.
    pub(super) async fn carry_out(
        &self,
        change: Change,
        done: String,
        errors: &mut FormErrors,
    ) -> Result<Option<Response>, PageError> {
        let write = UnitWrite { unit: self.unit.to_owned(), command: parts::command(self.data)?, version: None };
        let switch =
            matches!(change, Change::Unit(UnitChange::SetWindowOpen { .. }) | Change::Vans(VanChange::SetOpen { .. }));
        let result = match change {
            Change::Unit(change) => units::change(self.site, self.viewer, write, change).await,
            Change::Vans(change) => units::change_vans(self.site, self.viewer, write, change).await,
            Change::Calendar(change) => units::change_calendar(self.site, self.viewer, write, change).await,
        };
        let back = || see_other(at(self.unit, self.page)).with_flash(Flash::ok(done)).into_response();
        match result {
            Ok(_) => Ok(Some(back())),
            // Two people pressed the same switch: it is as both wished.
            Err(ChangeError::Refused(Refusal::Unchanged)) if switch => Ok(Some(back())),
            Err(ChangeError::Refused(refusal)) if is_gone(refusal) => Err(PageError::NotFound),
            Err(ChangeError::Refused(refusal)) => {
                errors.add(field(refusal), self.c.t(refusal.message()));
                Ok(None)
            }
            Err(ChangeError::Access(refused)) => Err(refused.into()),
            Err(ChangeError::Record(error)) => Err(super::record_error(error)),
        }
    }
}

/// A page of a unit.
pub(super) fn at(unit: &str, page: &str) -> String {
    format!("/admin/units/{unit}/{page}")
}

/// Whether what the form is about is not there.
fn is_gone(refusal: Refusal) -> bool {
    use Refusal::{NoHoliday, NoHours, NoMember, NoStop, NoUnit, NoWindow};
    matches!(refusal, NoUnit | NoWindow | NoHours | NoHoliday | NoMember | NoStop)
}

/// The field that a refusal is about; empty for the form as a whole.
fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::WindowNumber => "number",
        Refusal::Name => "name",
        Refusal::HoursOrder => "closes",
        Refusal::DaysOrder | Refusal::HoursOverlap => "last_day",
        Refusal::HolidayKnown | Refusal::HolidayFar | Refusal::StopDay => "day",
        Refusal::StopPlace => "place",
        Refusal::StopTwice => "opens",
        Refusal::NoDecision => "decision",
        Refusal::DecisionDate => "decided_on",
        _ => "",
    }
}
