//! When the inspector may come (موعد المعاينة): the appointed visit, and the days that suit the applicant.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::dates;
use foundation::web::{Choice, Crumb, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use jiff::ToSpan as _;
use jiff::civil::Date;
use registry::Viewer;

use super::request::{Mine, mine};
use crate::Office;
use crate::counter::words;
use crate::requests::act::{self, TreeWorld};
use crate::requests::events::{Part, StepNo, WishedDay};
use crate::requests::rules::{self, Command, WISHES, World as _};

/// How far ahead days are offered.
const AHEAD: i64 = 45;

#[derive(Template)]
#[template(path = "online/visit.html")]
struct VisitPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    number: String,
    service: String,
    /// The appointed visit, if there is one.
    appointed: String,
    action: String,
    back: String,
    command: String,
    seen: i64,
    step: StepNo,
    days: Vec<[FieldView; 2]>,
    note: FieldView,
}

/// «الأحد 29 نوفمبر 2026، صباحًا».
pub(crate) fn wished(c: &Ctx, day: &WishedDay) -> String {
    c.list([c.weekday(day.date), c.t(&format!("objections-part-{}", day.part.word()))])
}

/// Day and hour of a visit.
pub(crate) fn appointed(c: &Ctx, date: Date, hour: &str) -> String {
    if hour.is_empty() { c.weekday(date) } else { c.list([c.weekday(date), hour.to_owned()]) }
}

/// Working days of whoever inspects.
fn working_days(office: &Office, mine: &Mine, step: StepNo, today: Date) -> Vec<Date> {
    let state = mine.state();
    let world = TreeWorld::new(office.units.now(), office.catalogue().clone());
    let holder = state.course.step(step).and_then(|step| step.holder.as_ref()).map(|holder| holder.unit.clone());
    let declared = usize::from(step).checked_sub(1).and_then(|at| mine.service.steps.get(at));
    let seat = || Some(world.seat(&state.file.tenant, &state.file.unit, &declared?.department)?.holder.unit);
    let Some(unit) = holder.or_else(seat) else { return Vec::new() };
    let Some(calendar) = world.calendar(&unit) else { return Vec::new() };
    let days = (1..=AHEAD).filter_map(|ahead| today.checked_add(ahead.days()).ok());
    days.filter(|day| calendar.is_working_day(*day)).collect()
}

fn page(office: &Office, c: Ctx, mine: &Mine, step: StepNo, data: &FormData, errors: FormErrors) -> VisitPage {
    let c = c.failed(errors.any());
    let state = mine.state();
    let today = rules::day(office.clock.now());
    let offered: Vec<Choice> = working_days(office, mine, step, today)
        .into_iter()
        .map(|day| Choice::new(dates::iso(day), c.weekday(day)))
        .collect();
    let parts = Part::ALL.map(|part| Choice::new(part.word(), c.t(&format!("objections-part-{}", part.word()))));
    let rows = (1..=WISHES).map(|n| {
        let day = FieldView::select(format!("day{n}"), c.t1("objections-visit-day", "n", n), offered.clone());
        let day = day.required_if(n == 1).filled(data, &errors);
        let part = FieldView::select(format!("part{n}"), c.t1("objections-visit-part", "n", n), parts.to_vec());
        [day, part.value("morning").filled(data, &errors)]
    });
    let visit = state.course.next_visit(step);
    let mut note = FieldView::textarea("note", c.t("objections-visit-note"))
        .hint(c.t("objections-visit-note-hint"))
        .max_length(500)
        .filled(data, &errors);
    note.rows = 3;
    VisitPage {
        crumbs: vec![
            Crumb::new("/account", c.t("account-title")),
            Crumb::new(mine.path(""), c.reference_inline(&state.file.number)),
            Crumb::here(c.t("objections-visit-title")),
        ],
        number: state.file.number.clone(),
        service: mine.service.name(c.lang).to_owned(),
        appointed: visit.map(|visit| appointed(&c, visit.date, &visit.hour)).unwrap_or_default(),
        action: mine.path("visit"),
        back: mine.path(""),
        command: data.command().map_or_else(|| c.command(), |id| id.to_string()),
        seen: state.version,
        step,
        days: rows.collect(),
        note,
        errors,
        c,
    }
}

fn nothing(c: &Ctx, mine: &Mine) -> Response {
    see_other(mine.path("")).with_flash(Flash::info(c.t("objections-visit-none"))).into_response()
}

/// Asks which days suit.
pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<String>,
) -> Result<Response, PageError> {
    let mine = mine(&office, &viewer, &number).await?;
    let today = rules::day(office.clock.now());
    let Some(step) = rules::may_wish(mine.state(), &mine.service, today) else { return Ok(nothing(&c, &mine)) };
    Ok(Html(page(&office, c, &mine, step, &FormData::default(), FormErrors::new())).into_response())
}

/// Takes the days in.
pub(super) async fn wish(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(number): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    let mine = mine(&office, &viewer, &number).await?;
    let today = rules::day(office.clock.now());
    let open = rules::may_wish(mine.state(), &mine.service, today);
    // The same form sent again may find nothing to wish any more: the act answers it.
    let Some(step) = data.get("step").parse().ok().or(open) else { return Ok(nothing(&c, &mine)) };
    let mut errors = FormErrors::new();
    let mut days = Vec::new();
    for n in 1..=WISHES {
        let typed = data.get(&format!("day{n}"));
        if typed.is_empty() {
            continue;
        }
        let part = Part::ALL.into_iter().find(|part| part.word() == data.get(&format!("part{n}")));
        match dates::parse_iso(typed) {
            Some(date) => days.push(WishedDay { date, part: part.unwrap_or(Part::Morning) }),
            None => errors.add(format!("day{n}"), c.t("objections-visit-day-wrong")),
        }
    }
    if days.is_empty() && !errors.any() {
        errors.add("day1", c.t("objections-visit-day-missing"));
    }
    if !errors.any() {
        let what = Command::WishVisit { step, days, personal: serde_json::Value::Null };
        let mut wanted = mine.act(&data, what)?;
        let note = act::words(data.get("note"));
        wanted.personal = (!note.is_empty()).then_some(note);
        match act::act(&office, &viewer, wanted).await {
            Ok(_) => {
                let flash = Flash::ok(c.t("objections-visit-done"));
                return Ok(see_other(mine.path("")).with_flash(flash).into_response());
            }
            Err(error) => errors.add("", words::told(&c, &office, error)?),
        }
    }
    Ok(Html(page(&office, c, &mine, step, &data, errors)).unprocessable())
}
