//! موعدك: an appointment's own page, by its code; given up or moved by whoever holds it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use documents::qr::Qr;
use documents::sign;
use foundation::dates;
use foundation::web::{Answer, ClientIp, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use http::StatusCode;
use registry::units::Centre;

use super::book::{Free, hours};
use super::{CHANGE, LOOK, private, token, told};
use crate::Office;
use crate::public::Asked;
use crate::queue::act::{self, QueueError};
use crate::queue::queries;
use crate::queue::rules::booking::{Booking, State};
use crate::queue::rules::{Refusal, slots};

#[derive(Template)]
#[template(path = "queue/booking.html")]
struct BookingPage {
    c: Ctx,
    code: String,
    new: bool,
    number: String,
    state: String,
    tag: &'static str,
    answers: Vec<Answer>,
    open: bool,
    qr: String,
    service: String,
    unit: String,
}

#[derive(Template)]
#[template(path = "queue/booking_cancel.html")]
struct CancelPage {
    c: Ctx,
    action: String,
    back: String,
    when: String,
}

#[derive(Template)]
#[template(path = "queue/booking_move.html")]
struct MovePage {
    c: Ctx,
    errors: FormErrors,
    code: String,
    when: String,
    days: Vec<(String, String)>,
    day: String,
    day_words: String,
    hours: Option<FieldView>,
}

async fn find(office: &Office, code: &str) -> Result<(Booking, std::sync::Arc<Centre>), PageError> {
    let booking = queries::booking(&mut office.db.reader(), &token(code)?).await?.ok_or(PageError::NotFound)?;
    let centre = office.units.now().centre(booking.centre).cloned().ok_or(PageError::NotFound)?;
    Ok((booking, centre))
}

fn when(c: &Ctx, booking: &Booking) -> String {
    let day = c.weekday(booking.day);
    let time = c.style().time(slots::time_of(booking.minute));
    c.ta("queue-when", &[("day", &day), ("time", &time)])
}

pub(super) async fn show(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path(code): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    office.limits.take("queue-look", client, LOOK)?;
    let (booking, centre) = find(&office, &code).await?;
    let (state, tag) = match booking.state {
        State::Booked => ("queue-booking-booked", "ok"),
        State::Arrived => ("queue-booking-arrived", ""),
        State::Missed => ("queue-booking-missed", "warn"),
        State::Cancelled => ("queue-booking-cancelled", ""),
    };
    let link = booking.token.parse().map_err(|_| PageError::internal("a booking with a damaged code"))?;
    let qr = Qr::new(&sign::booking_link(&office.settings.public_url, link));
    let qr = qr.map_err(|error| PageError::from_error(&error))?;
    let page = BookingPage {
        new: asked.get("new") == "yes",
        number: booking.number.clone(),
        state: c.t(state),
        tag,
        answers: vec![
            Answer::text(c.t("queue-book-service"), office.service_name(&booking.service, c.lang)),
            Answer::text(c.t("queue-book-when"), when(&c, &booking)),
            Answer::text(c.t("queue-book-centre"), office.units.now().centre_name(c.lang, &centre)),
        ],
        open: booking.open(office.clock.now()).is_ok(),
        qr: qr.svg(4, &c.t("queue-booking-qr")),
        service: booking.service.clone(),
        unit: centre.unit.clone(),
        code: booking.token,
        c: c.clone(),
    };
    Ok(private(Html(page).into_response()))
}

pub(super) async fn cancel_form(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    office.limits.take("queue-look", client, LOOK)?;
    let (booking, _) = find(&office, &code).await?;
    let page = CancelPage {
        when: when(&c, &booking),
        action: format!("/B/{}/cancel", booking.token),
        back: format!("/B/{}", booking.token),
        c: c.clone(),
    };
    Ok(private(Html(page).into_response()))
}

pub(super) async fn cancel(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path(code): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    office.limits.take("queue-change", client, CHANGE)?;
    let code = token(&code)?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let flash = match act::cancel_booking(&office, command, &code).await {
        Ok(()) => Flash::ok(c.t("queue-booking-given-up")),
        Err(error) => Flash::warn(told(&c, error)?),
    };
    Ok(see_other(format!("/B/{code}")).with_flash(flash).into_response())
}

pub(super) async fn move_form(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path(code): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    office.limits.take("queue-look", client, LOOK)?;
    let page = move_page(&office, c, &code, &asked, FormErrors::new()).await?;
    Ok(private(Html(page).into_response()))
}

async fn move_page(
    office: &Office,
    c: Ctx,
    code: &str,
    asked: &FormData,
    errors: FormErrors,
) -> Result<MovePage, PageError> {
    let (booking, centre) = find(office, code).await?;
    let now = office.clock.now();
    let hall = queries::hall(&mut office.db.reader(), &booking.tenant, booking.centre).await;
    let hall = hall.map_err(|error| PageError::from_error(&error))?;
    let own = hall.settings.appointments.lines.iter().find(|line| line.service == booking.line);
    let capacity = own.map_or(hall.settings.appointments.capacity, |line| line.capacity);
    let place = (booking.tenant.as_str(), booking.centre);
    let free = Free::of(office, &centre.unit, place, (&hall, &booking.line, capacity), now).await?;
    let tree = office.units.now();
    let days = tree
        .calendar(&centre.unit)
        .map(|calendar| slots::days(calendar, &hall.settings.appointments, now))
        .unwrap_or_default();
    let day = dates::parse_iso(asked.get("day")).filter(|day| !free.on(*day).is_empty());
    Ok(MovePage {
        when: when(&c, &booking),
        days: days
            .into_iter()
            .filter(|day| !free.on(*day).is_empty())
            .map(|day| (dates::iso(day), c.weekday(day)))
            .collect(),
        hours: day.map(|day| hours(&c, &free.on(day)).filled(asked, &errors)),
        day: day.map(dates::iso).unwrap_or_default(),
        day_words: day.map(|day| c.weekday(day)).unwrap_or_default(),
        code: booking.token,
        c: c.failed(errors.any()),
        errors,
    })
}

pub(super) async fn move_to(
    office: Office,
    client: ClientIp,
    c: Ctx,
    Path(code): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    office.limits.take("queue-change", client, CHANGE)?;
    let code = token(&code)?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let mut errors = FormErrors::new();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match (dates::parse_iso(data.get("day")), data.get("minute").parse::<i64>().ok()) {
        (Some(day), Some(minute)) => match act::move_booking(&office, command, &code, day, minute).await {
            Ok(()) => {
                let flash = Flash::ok(c.t("queue-booking-moved"));
                return Ok(see_other(format!("/B/{code}")).with_flash(flash).into_response());
            }
            Err(error) => {
                if matches!(error, QueueError::Refused(Refusal::Full)) {
                    status = StatusCode::CONFLICT;
                }
                errors.add("minute", told(&c, error)?);
            }
        },
        _ => errors.add("minute", c.t("queue-book-hour-missing")),
    }
    Ok(private(Html(move_page(&office, c, &code, &data, errors).await?).status(status)))
}
