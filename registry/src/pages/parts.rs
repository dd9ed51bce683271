//! What the registry's pages share: form and confirmation pages, places, dates.

use askama::Template;
use foundation::clock::Micros;
use foundation::dates;
use foundation::web::{Crumb, Ctx, FieldView, FormData, FormErrors, PageError};
use jiff::civil::Date;
use uuid::Uuid;

use crate::place::Place;
use crate::rights::Right;
use crate::site::Site;
use crate::units::Tree;
use crate::viewer::Viewer;

/// A page that is one form.
#[derive(Template)]
#[template(path = "registry/form.html")]
pub(super) struct FormPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub title: String,
    pub intro: String,
    /// `post`, or `get` for a step that only chooses.
    pub method: &'static str,
    pub action: String,
    pub command: String,
    pub errors: FormErrors,
    pub fields: Vec<FieldView>,
    pub button: String,
    pub back: String,
}

/// A page that asks before something that cannot be taken back.
#[derive(Template)]
#[template(path = "registry/confirm.html")]
pub(super) struct ConfirmPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub title: String,
    pub effect: String,
    pub action: String,
    pub command: String,
    pub errors: FormErrors,
    pub fields: Vec<FieldView>,
    pub button: String,
    pub back: String,
}

/// «حي شبرا» or «الإدارة الهندسية، حي شبرا».
pub(super) fn place_words(c: &Ctx, site: &Site, tree: &Tree, unit: &str, department: Option<&str>) -> String {
    match department {
        Some(code) => format!("{}{}{}", department_name(c, site, code), c.comma(), tree.name_in(c.lang, unit)),
        None => tree.name_in(c.lang, unit).to_owned(),
    }
}

/// Name of a department; its code if the catalogue no longer knows it.
pub(super) fn department_name(c: &Ctx, site: &Site, code: &str) -> String {
    site.catalogue.department(code).map_or_else(|| code.to_owned(), |department| department.name(c.lang).to_owned())
}

/// The command id of a form; a form of ours always has one.
pub(super) fn command(data: &FormData) -> Result<Uuid, PageError> {
    data.command().ok_or(PageError::BadRequest(None))
}

/// The place of a unit, if the viewer has the right there: 404 for no unit, 403 for no right.
pub(super) fn unit_place(site: &Site, viewer: &Viewer, unit: &str, right: Right) -> Result<Place, PageError> {
    let place = site.units.now().unit(unit).map(|unit| unit.place()).ok_or(PageError::NotFound)?;
    may(viewer, right, &place)?;
    Ok(place)
}

/// Refuses who lacks the right at the place.
pub(super) fn may(viewer: &Viewer, right: Right, place: &Place) -> Result<(), PageError> {
    viewer.grant(right, place).map(drop).ok_or_else(PageError::forbidden)
}

/// A date in three boxes; words for what is wrong with it go to the form's errors.
pub(super) fn date(c: &Ctx, data: &FormData, name: &str, errors: &mut FormErrors) -> Option<Date> {
    let [day, month, year] = data.date_parts(name)?;
    match dates::parse_boxes(day, month, year) {
        Ok(date) => date,
        Err(_) => {
            errors.add(name, c.t("registry-date-wrong"));
            None
        }
    }
}

/// The same, and it must be there.
pub(super) fn required_date(c: &Ctx, data: &FormData, name: &str, errors: &mut FormErrors) -> Option<Date> {
    let before = errors.of(name).is_some();
    let date = date(c, data, name, errors);
    if date.is_none() && !before && errors.of(name).is_none() {
        errors.add(name, c.t("registry-date-missing"));
    }
    date
}

/// Fills the three boxes of a date field.
pub(super) fn with_date(field: FieldView, day: Date) -> FieldView {
    field.part("day", day.day().to_string()).part("month", day.month().to_string()).part("year", day.year().to_string())
}

/// A day in words, in Latin digits as tables have them.
pub(super) fn day(c: &Ctx, date: Date) -> String {
    c.table_style().date(date)
}

/// An instant in words.
pub(super) fn instant(c: &Ctx, at: Micros) -> String {
    c.table_style().instant(at)
}

/// Minutes after midnight from `8`, `8:30`, `08.30` in any digits.
pub(super) fn parse_time(text: &str) -> Option<i64> {
    let text = foundation::arabic::digits::to_ascii(text);
    let (hour, minute) = text.trim().split_once([':', '.', '٫']).unwrap_or((text.trim(), "0"));
    let (hour, minute): (i64, i64) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

/// A time of the day; words for what is wrong with it go to the form's errors.
pub(super) fn clock(c: &Ctx, data: &FormData, name: &str, errors: &mut FormErrors) -> Option<i64> {
    let minute = parse_time(data.get(name));
    if minute.is_none() {
        errors.add(name, c.t("registry-hours-time-wrong"));
    }
    minute
}

/// Where a return path may lead: a page of this site, else the front page.
pub(super) fn safe_path(next: &str) -> Option<&str> {
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (plain && next.starts_with('/') && !next.starts_with("//")).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_any_digits() {
        assert_eq!(parse_time("8"), Some(480));
        assert_eq!(parse_time("٠٨:٣٠"), Some(510));
        assert_eq!(parse_time(" 14.30 "), Some(870));
        for wrong in ["", "x", "25", "8:60", "-1", "8:-5", "8:30:00"] {
            assert_eq!(parse_time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_way_back_stays_on_this_site() {
        assert_eq!(safe_path("/admin/people?q=1"), Some("/admin/people?q=1"));
        for away in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "x",
            "/a b",
            "/a\r\nb",
            "/\t/evil",
            "javascript:x",
        ] {
            assert_eq!(safe_path(away), None, "{away}");
        }
    }
}
