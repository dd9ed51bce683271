//! What the desk's pages share: what is asked in the address, names, deadlines, a page that is one form.

use askama::Template;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use catalogue::model::DayKind;
use foundation::web::{Answer, Crumb, Ctx, DeadlineView, FieldView, FormData, FormErrors, PageError};
use foundation::{clock::Micros, dates};
use jiff::civil::Date;
use registry::units::Tree;
use uuid::Uuid;

use super::trail::Change;
use crate::Office;
use crate::law;
use crate::requests::events::Holder;
use crate::requests::queries::Line;

/// What stands in the address after `?`.
pub(super) struct Asked(pub FormData);

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map(|Query(pairs)| pairs);
        Ok(Self(FormData::from_pairs(pairs.unwrap_or_default())))
    }
}

/// A page that is one form: a sitting, a visit, a ruling on a paper.
#[derive(Template)]
#[template(path = "desk/form.html")]
pub(super) struct FormPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub title: String,
    /// What is known of the case.
    pub facts: Vec<Answer>,
    /// What happens; stands in a warning if not empty.
    pub effect: String,
    /// Why the form cannot be filled in, in place of the form.
    pub blocked: String,
    pub changes: Vec<Change>,
    pub errors: FormErrors,
    pub action: String,
    pub command: String,
    pub version: i64,
    pub multipart: bool,
    /// Files that were kept already, so that nobody sends them twice.
    pub kept: Vec<String>,
    pub fields: Vec<FieldView>,
    pub button: String,
    pub danger: bool,
    pub back: String,
}

/// Arabic name of a department; its code if the guide no longer knows it.
pub(super) fn department(c: &Ctx, office: &Office, code: &str) -> String {
    office.catalogue().department(code).map_or_else(|| code.to_owned(), |found| found.name(c.lang).to_owned())
}

/// «الإدارة الهندسية، حي شبرا».
pub(super) fn holder(c: &Ctx, office: &Office, tree: &Tree, holder: &Holder) -> String {
    let unit = tree.name_in(c.lang, &holder.unit);
    let department = department(c, office, &holder.department);
    // The unit of an outside body bears its department's name.
    if unit.contains(department.as_str()) { unit.to_owned() } else { format!("{department}{}{unit}", c.comma()) }
}

/// A last day with the working days that its holder has left.
pub(super) fn deadline(c: &Ctx, tree: &Tree, unit: &str, due: Option<Date>, now: Micros, paused: bool) -> DeadlineView {
    let Some(due) = due else { return DeadlineView { paused, ..DeadlineView::default() } };
    let days_left = tree.calendar(unit).map_or(0, |calendar| calendar.remaining(now, due));
    DeadlineView { date: c.date(due), iso: dates::iso(due), days_left, paused, ..DeadlineView::default() }
}

/// The last day of the law under which a desk stands, as its row tells it: in days of the calendar.
pub(super) fn law_deadline(c: &Ctx, tree: &Tree, line: &Line, now: Micros) -> Option<DeadlineView> {
    let calendar = tree.calendar(&line.holder.unit).map(AsRef::as_ref);
    Some(law::deadline(c, calendar, DayKind::Calendar, line.law_due?, now))
}

/// The command id of a form; a form of ours always has one.
pub(super) fn command(data: &FormData) -> Result<Uuid, PageError> {
    data.command().ok_or(PageError::BadRequest(None))
}

/// The version that a form showed.
pub(super) fn version(data: &FormData) -> Option<i64> {
    data.get("version").parse().ok()
}

/// A date in three boxes; what is wrong with it goes to the form's errors.
pub(super) fn date(c: &Ctx, data: &FormData, name: &str, errors: &mut FormErrors) -> Option<Date> {
    let [day, month, year] = data.date_parts(name)?;
    dates::parse_boxes(day, month, year).unwrap_or_else(|_| {
        errors.add(name, c.t("desk-date-wrong"));
        None
    })
}

/// The same, and it must be there.
pub(crate) fn required_date(c: &Ctx, data: &FormData, name: &str, errors: &mut FormErrors) -> Option<Date> {
    let date = date(c, data, name, errors);
    if date.is_none() && errors.of(name).is_none() {
        errors.add(name, c.t("desk-date-missing"));
    }
    date
}

/// Fills the three boxes of a date field.
pub(super) fn with_date(field: FieldView, day: Date) -> FieldView {
    field.part("day", day.day().to_string()).part("month", day.month().to_string()).part("year", day.year().to_string())
}

/// A whole number in any digits.
pub(super) fn number(text: &str) -> Option<u16> {
    foundation::arabic::digits::to_ascii(text).trim().parse().ok()
}
