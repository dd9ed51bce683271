//! حجز موعد: service → day → hour → mobile, at most one question a step but the last.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::clock::Micros;
use foundation::dates;
use foundation::identity::Mobile;
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Choice, ClientIp, Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError, see_other};
use http::StatusCode;
use jiff::civil::Date;
use registry::units::Centre;

use super::{BOOK, LOOK, centre, told};
use crate::Office;
use crate::public::Asked;
use crate::queue::act::{self, QueueError, Wish};
use crate::queue::rules::{Refusal, slots};
use crate::queue::{name_of, queries};

/// Free hours that are offered when the wanted one is full.
const NEAR: usize = 4;

/// A day on which one may come.
struct Day {
    iso: String,
    label: String,
    free: String,
    full: bool,
}

#[derive(Template)]
#[template(path = "queue/book.html")]
struct BookPage {
    c: Ctx,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    at: String,
    unit: String,
    name: String,
    /// The centre takes appointments.
    open: bool,
    choose: FieldView,
    service: String,
    service_name: String,
    days: Vec<Day>,
    day: String,
    day_words: String,
    fields: Vec<FieldView>,
    /// Free hours near one that filled meanwhile.
    near: Vec<String>,
}

/// The free slots of a service: by day, with places left.
pub(super) struct Free(Vec<(Date, Vec<(i64, i64)>)>);

impl Free {
    /// The free slots of a line in a centre.
    pub async fn of(
        office: &Office,
        unit: &str,
        (tenant, centre): (&str, uuid::Uuid),
        (hall, line, capacity): (&queries::Hall, &str, i64),
        now: Micros,
    ) -> Result<Self, PageError> {
        let tree = office.units.now();
        let booking = &hall.settings.appointments;
        let Some(calendar) = tree.calendar(unit) else { return Ok(Self(Vec::new())) };
        let days = slots::days(calendar, booking, now);
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(Self(Vec::new())) };
        let taken = queries::taken(&mut office.db.reader(), tenant, centre, line, (*first, *last)).await?;
        let free = |day: Date| -> Vec<(i64, i64)> {
            let slots = slots::of_day(calendar, booking, day, now).into_iter();
            let left = slots.map(|minute| {
                let gone = taken.get(&(day, minute)).copied().unwrap_or(0);
                (minute, (capacity - gone).max(0))
            });
            left.filter(|(_, left)| *left > 0).collect()
        };
        Ok(Self(days.iter().map(|day| (*day, free(*day))).collect()))
    }

    /// The free minutes of a day.
    pub fn on(&self, day: Date) -> Vec<i64> {
        let found = self.0.iter().find(|(one, _)| *one == day);
        found.map(|(_, slots)| slots.iter().map(|(minute, _)| *minute).collect()).unwrap_or_default()
    }

    fn days(&self, c: &Ctx) -> Vec<Day> {
        let day = |(day, slots): &(Date, Vec<(i64, i64)>)| Day {
            iso: dates::iso(*day),
            label: c.weekday(*day),
            free: c.t1("queue-free", "n", slots.iter().map(|(_, left)| left).sum::<i64>()),
            full: slots.is_empty(),
        };
        self.0.iter().map(day).collect()
    }
}

/// Hours to choose from.
pub(super) fn hours(c: &Ctx, minutes: &[i64]) -> FieldView {
    let choice = |minute: &i64| Choice::new(minute.to_string(), c.style().time(slots::time_of(*minute)));
    FieldView::select("minute", c.t("queue-book-hour"), minutes.iter().map(choice).collect()).required()
}

pub(super) async fn show(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path(named): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    office.limits.take("queue-look", client, LOOK)?;
    let centre = centre(&office, &named)?;
    Ok(Html(page(&office, c, &centre, &asked, (FormErrors::new(), Vec::new())).await?).into_response())
}

async fn page(
    office: &Office,
    c: Ctx,
    centre: &Arc<Centre>,
    asked: &FormData,
    (mut errors, near): (FormErrors, Vec<String>),
) -> Result<BookPage, PageError> {
    let tenant = act::tenant_of(office, centre).ok_or(PageError::NotFound)?;
    let now = office.clock.now();
    let hall = queries::hall(&mut office.db.reader(), &tenant, centre.id).await;
    let hall = hall.map_err(|error| PageError::from_error(&error))?;
    let guide = office.guide_today();
    let mut services: Vec<(String, String)> =
        guide.services().map(|service| (service.name(c.lang).to_owned(), service.code.clone())).collect();
    services.sort();
    let choices = services.into_iter().map(|(name, code)| Choice::new(code, name)).collect();
    let known = office.service(asked.get("service"), dates::day_of(now));
    if asked.opt("service").is_some() && known.is_none() {
        errors.add("service", c.t("queue-book-service-unknown"));
    }
    let choose = FieldView::select("service", c.t("queue-book-service"), choices).required().filled(asked, &errors);
    let mut day = dates::parse_iso(asked.get("day"));
    let mut days = Vec::new();
    let mut fields = Vec::new();
    if let Some(service) = &known {
        let (line, capacity) = hall.settings.line(&service.code);
        let free = Free::of(office, &centre.unit, (&tenant, centre.id), (&hall, line, capacity), now).await?;
        days = free.days(&c);
        if let Some(wanted) = day {
            let minutes = free.on(wanted);
            if minutes.is_empty() {
                if !errors.any() {
                    errors.add("", c.t("queue-book-day-gone"));
                }
                day = None;
            } else {
                let mobile = FieldView::new(FieldKind::Mobile, "mobile", c.t("queue-book-mobile"))
                    .hint(c.t("queue-book-mobile-hint"))
                    .required()
                    .width(Width::W14)
                    .autocomplete("tel");
                fields = vec![hours(&c, &minutes).filled(asked, &errors), mobile.filled(asked, &errors)];
            }
        }
    }
    let at = name_of(centre);
    Ok(BookPage {
        crumbs: vec![
            Crumb::new("/", c.t("common-home")),
            Crumb::new("/centres", c.t("common-centres")),
            Crumb::new(format!("/centres/{}", centre.unit), office.units.now().centre_name(c.lang, centre)),
            Crumb::here(c.t("queue-book-title")),
        ],
        at,
        unit: centre.unit.clone(),
        name: office.units.now().centre_name(c.lang, centre),
        open: hall.settings.appointments.open,
        choose,
        service: known.as_ref().map(|service| service.code.clone()).unwrap_or_default(),
        service_name: known.map(|service| service.name(c.lang).to_owned()).unwrap_or_default(),
        days,
        day: day.map(dates::iso).unwrap_or_default(),
        day_words: day.map(|day| c.weekday(day)).unwrap_or_default(),
        fields,
        near,
        c: c.failed(errors.any()),
        errors,
    })
}

/// Books.
pub(super) async fn send(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path(named): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    let centre = centre(&office, &named)?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let mut errors = FormErrors::new();
    let service = office.service(data.get("service"), dates::day_of(office.clock.now()));
    if service.is_none() {
        errors.add("service", c.t("queue-book-service-unknown"));
    }
    let day = dates::parse_iso(data.get("day"));
    let minute = data.get("minute").parse::<i64>().ok();
    if day.is_none() || minute.is_none() {
        errors.add("minute", c.t("queue-book-hour-missing"));
    }
    let mobile = Mobile::parse(data.get("mobile"));
    if mobile.is_err() {
        errors.add("mobile", c.t("queue-book-mobile-wrong"));
    }
    let (mut near, mut status) = (Vec::new(), StatusCode::UNPROCESSABLE_ENTITY);
    if let (Some(service), Some(day), Some(minute), Ok(mobile)) = (&service, day, minute, mobile) {
        office.limits.take("queue-book", client, BOOK)?;
        let wish = Wish { command, centre: centre.clone(), service: service.code.clone(), day, minute, mobile };
        match act::book(&office, wish).await {
            Ok(booking) => return Ok(see_other(format!("/B/{}?new=yes", booking.token)).into_response()),
            Err(error) => {
                let field = match &error {
                    QueueError::Refused(Refusal::Full | Refusal::NoSlot) => "minute",
                    QueueError::Refused(Refusal::Once | Refusal::TooMany | Refusal::Blocked { .. }) => "mobile",
                    _ => "",
                };
                if matches!(error, QueueError::Refused(Refusal::Full)) {
                    status = StatusCode::CONFLICT;
                    near = nearby(&office, &c, &centre, &service.code, (day, minute)).await?;
                }
                errors.add(field, told(&c, error)?);
            }
        }
    }
    Ok(Html(page(&office, c, &centre, &data, (errors, near)).await?).status(status))
}

/// The free hours of the day that are nearest to a full one.
async fn nearby(
    office: &Office,
    c: &Ctx,
    centre: &Centre,
    service: &str,
    (day, minute): (Date, i64),
) -> Result<Vec<String>, PageError> {
    let tenant = act::tenant_of(office, centre).ok_or(PageError::NotFound)?;
    let hall = queries::hall(&mut office.db.reader(), &tenant, centre.id).await;
    let hall = hall.map_err(|error| PageError::from_error(&error))?;
    let (line, capacity) = hall.settings.line(service);
    let place = (tenant.as_str(), centre.id);
    let free = Free::of(office, &centre.unit, place, (&hall, line, capacity), office.clock.now()).await?;
    let near = slots::near(&free.on(day), minute, NEAR);
    Ok(near.into_iter().map(|minute| c.style().time(slots::time_of(minute))).collect())
}
