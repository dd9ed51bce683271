//! إعداد المواعيد: how many may come in a slot, how long it is, how far ahead; and who comes when.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::arabic::digits;
use foundation::dates;
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use registry::Viewer;

use super::{admin, told};
use crate::Office;
use crate::queue::act::{self, QueueError};
use crate::queue::rules::booking::State;
use crate::queue::rules::settings::{Appointments, Line};
use crate::queue::rules::{Refusal, slots};
use crate::queue::{name_of, queries};

struct BookingLine {
    number: String,
    when: String,
    service: String,
    state: String,
    tag: &'static str,
}

#[derive(Template)]
#[template(path = "queue/appointments.html")]
struct AppointmentsPage {
    c: Ctx,
    errors: FormErrors,
    at: String,
    name: String,
    fields: Vec<FieldView>,
    version: i64,
    bookings: Vec<BookingLine>,
}

pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(named): Path<String>,
) -> Result<Response, PageError> {
    let data = FormData::default();
    Ok(Html(page(&office, &viewer, c, &named, (&data, FormErrors::new())).await?).into_response())
}

async fn page(
    office: &Office,
    viewer: &Viewer,
    c: Ctx,
    named: &str,
    (data, errors): (&FormData, FormErrors),
) -> Result<AppointmentsPage, PageError> {
    let centre = admin::managed(office, viewer, named)?;
    let tenant = act::tenant_of(office, &centre).ok_or(PageError::NotFound)?;
    let reader = &mut office.db.reader();
    let hall = queries::hall(reader, &tenant, centre.id).await.map_err(|error| PageError::from_error(&error))?;
    let today = dates::day_of(office.clock.now());
    let mut bookings = queries::bookings(reader, &tenant, centre.id, today).await?;
    if let Ok(next) = today.tomorrow() {
        bookings.extend(queries::bookings(reader, &tenant, centre.id, next).await?);
    }
    let own = &hall.settings.appointments;
    let number = |name: &str, label: &str, value: i64| {
        FieldView::new(FieldKind::Number, name, c.t(label)).required().width(Width::W6).value(value.to_string())
    };
    let lines: Vec<String> = own.lines.iter().map(|line| format!("{} {}", line.service, line.capacity)).collect();
    let open = FieldView::checkbox("open", c.t("queue-appointments-open"));
    let fields = vec![
        if own.open { open.value("yes") } else { open },
        number("length", "queue-appointments-length", own.length).unit(c.t("queue-minute-unit")),
        number("capacity", "queue-appointments-capacity", own.capacity).hint(c.t("queue-appointments-capacity-hint")),
        number("ahead", "queue-appointments-ahead", own.ahead).unit(c.t("queue-day-unit")),
        FieldView::textarea("lines", c.t("queue-appointments-lines"))
            .hint(c.t("queue-appointments-lines-hint"))
            .value(lines.join("\n"))
            .max_length(2000),
    ];
    let fields = fields.into_iter().map(|field| if errors.any() { field.filled(data, &errors) } else { field });
    Ok(AppointmentsPage {
        at: name_of(&centre),
        name: office.units.now().centre_name(c.lang, &centre),
        fields: fields.collect(),
        version: hall.version,
        bookings: bookings
            .into_iter()
            .map(|one| {
                let (state, tag) = match one.state {
                    State::Booked => ("queue-booking-booked", "info"),
                    State::Arrived => ("queue-booking-arrived", "ok"),
                    State::Missed => ("queue-booking-missed", "warn"),
                    State::Cancelled => ("queue-booking-cancelled", ""),
                };
                let day = c.weekday(one.day);
                let time = c.style().time(slots::time_of(one.minute));
                BookingLine {
                    when: c.ta("queue-when", &[("day", &day), ("time", &time)]),
                    service: office.service_name(&one.service, c.lang),
                    state: c.t(state),
                    tag,
                    number: one.number,
                }
            })
            .collect(),
        c: c.failed(errors.any()).dense(),
        errors,
    })
}

/// Sets them.
pub(super) async fn set(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(named): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    let centre = admin::managed(&office, &viewer, &named)?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let seen = data.get("version").parse().map_err(|_| PageError::BadRequest(None))?;
    let mut errors = FormErrors::new();
    let mut number = |name: &str| {
        let typed = digits::identifier(data.get(name)).parse::<i64>().ok();
        if typed.is_none() {
            errors.add(name, c.t("queue-number-wrong"));
        }
        typed.unwrap_or(0)
    };
    let (length, capacity, ahead) = (number("length"), number("capacity"), number("ahead"));
    let mut lines = Vec::new();
    for typed in data.get("lines").lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (code, places) = typed.rsplit_once(char::is_whitespace).unwrap_or((typed, ""));
        let service = office.service(&code.trim().to_ascii_uppercase(), dates::day_of(office.clock.now()));
        match (service, digits::identifier(places).parse()) {
            (Some(service), Ok(capacity)) => lines.push(Line { service: service.code.clone(), capacity }),
            _ => errors.add("lines", c.t1("queue-appointments-lines-wrong", "line", typed.to_owned())),
        }
    }
    if !errors.any() {
        let tenant = act::tenant_of(&office, &centre).ok_or(PageError::NotFound)?;
        let hall = queries::hall(&mut office.db.reader(), &tenant, centre.id).await;
        let mut settings = hall.map_err(|error| PageError::from_error(&error))?.settings;
        settings.appointments = Appointments { open: data.get("open") == "yes", length, capacity, ahead, lines };
        match act::set_hall(&office, &viewer, &centre, (command, seen), settings).await {
            Ok(()) => {
                let flash = Flash::ok(c.t("queue-appointments-set"));
                let to = format!("/admin/appointments/{}", name_of(&centre));
                return Ok(see_other(to).with_flash(flash).into_response());
            }
            Err(QueueError::Refused(Refusal::Range(field))) => {
                let field = if field == "line-capacity" { "lines" } else { field };
                errors.add(field, c.t("queue-refused-range"));
            }
            Err(error) => errors.add("", told(&c, error)?),
        }
    }
    Ok(Html(page(&office, &viewer, c, &named, (&data, errors)).await?).unprocessable())
}
