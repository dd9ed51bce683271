//! The queue at the window (طابور الشباك): all who wait, calling, and giving tickets out at the entrance.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use foundation::arabic::digits;
use foundation::dates;
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Choice, Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use registry::Viewer;

use super::panel::{self, Panel, TicketLine};
use super::{priority_name, told};
use crate::Office;
use crate::counter::seat::{self, Seat};
use crate::queue::act::{self, At, Do, Giver, QueueError, Take};
use crate::queue::rules::settings::{APPOINTMENT, BY_APPOINTMENT, CLASSES, PRIORITIES};
use crate::queue::rules::ticket::{State, Wanted};
use crate::queue::rules::{Refusal, slots};
use crate::queue::{name_of, queries};

#[derive(Template)]
#[template(path = "queue/desk.html")]
struct DeskPage {
    c: Ctx,
    errors: FormErrors,
    at: String,
    panel: Option<Panel>,
    waiting: Vec<TicketLine>,
    bookings: Vec<BookingLine>,
    pick: Vec<FieldView>,
    change: Vec<FieldView>,
    give: Vec<FieldView>,
    hall: String,
    kiosk: String,
}

struct BookingLine {
    number: String,
    time: String,
    service: String,
}

/// Which form of the page came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Pick,
    Move,
    Give,
    None,
}

fn seated(office: &Office, viewer: &Viewer, headers: &HeaderMap) -> Result<(Seat, bool, At), PageError> {
    let tree = office.units.now();
    let seat = seat::seat(&tree, viewer, headers).ok_or_else(PageError::forbidden)?;
    let (chosen, at) = panel::at(viewer, &seat).ok_or_else(PageError::forbidden)?;
    Ok((seat, chosen, at))
}

pub(super) async fn show(office: Office, viewer: Viewer, headers: HeaderMap, c: Ctx) -> Result<Response, PageError> {
    let (data, errors) = (FormData::default(), FormErrors::new());
    Ok(Html(page(&office, &viewer, &headers, c, (Form::None, &data, errors)).await?).into_response())
}

async fn page(
    office: &Office,
    viewer: &Viewer,
    headers: &HeaderMap,
    c: Ctx,
    (form, data, errors): (Form, &FormData, FormErrors),
) -> Result<DeskPage, PageError> {
    let (seat, _, at) = seated(office, viewer, headers)?;
    let now = office.clock.now();
    let today = dates::day_of(now);
    let reader = &mut office.db.reader();
    let all = queries::day(reader, &at.tenant, at.centre.id, today).await?;
    let bookings = queries::bookings(reader, &at.tenant, at.centre.id, today).await?;
    let listed = all.iter().filter(|ticket| ticket.state == State::Waiting);
    let late = all.iter().filter(|ticket| ticket.state == State::Missed);
    let waiting: Vec<TicketLine> = listed.chain(late).map(|ticket| TicketLine::of(&c, ticket, now)).collect();
    let (empty, none) = (FormData::default(), FormErrors::new());
    let filled = |field: FieldView, own: Form| {
        if form == own { field.filled(data, &errors) } else { field.filled(&empty, &none) }
    };
    let tickets = waiting.iter().map(|line| Choice::new(line.id.clone(), format!("{} {}", line.number, line.class)));
    let classes = || CLASSES.iter().map(|class| Choice::new(class.letter, c.t(class.name))).collect::<Vec<_>>();
    let mut priorities = vec![Choice::new("none", c.t("queue-priority-none"))];
    let ours = PRIORITIES.iter().filter(|(code, _)| *code != APPOINTMENT);
    priorities.extend(ours.map(|(code, _)| Choice::new(*code, priority_name(&c, code))));
    let pick = vec![
        filled(FieldView::select("ticket", c.t("queue-ticket"), tickets.collect()).required(), Form::Pick),
        filled(
            FieldView::text("reason", c.t("queue-pick-reason"))
                .hint(c.t("queue-pick-reason-hint"))
                .required()
                .max_length(200),
            Form::Pick,
        ),
    ];
    let change = vec![
        filled(FieldView::select("class", c.t("queue-move-to"), classes()).required(), Form::Move),
        filled(FieldView::text("why", c.t("queue-move-reason")).max_length(200), Form::Move),
    ];
    let give = vec![
        filled(FieldView::select("kind", c.t("queue-class"), classes()), Form::Give),
        filled(FieldView::select("priority", c.t("queue-priority"), priorities), Form::Give),
        filled(
            FieldView::new(FieldKind::Code, "booking", c.t("queue-booking-number"))
                .hint(c.t("queue-booking-number-desk"))
                .width(Width::W10)
                .max_length(12),
            Form::Give,
        ),
    ];
    let name = name_of(&at.centre);
    Ok(DeskPage {
        at: seat.words(&c, &office.units.now()),
        panel: Panel::of(office, viewer, &seat, &c).await?,
        waiting,
        bookings: bookings
            .into_iter()
            .filter(|one| one.state == crate::queue::rules::booking::State::Booked)
            .map(|one| BookingLine {
                time: c.style().time(slots::time_of(one.minute)),
                service: office.service_name(&one.service, c.lang),
                number: one.number,
            })
            .collect(),
        pick,
        change,
        give,
        hall: format!("/hall/{name}"),
        kiosk: format!("/kiosk/{name}"),
        c: c.failed(errors.any()).dense(),
        errors,
    })
}

/// Calls, begins, ends, moves on; the button says which.
pub(super) async fn act(
    office: Office,
    viewer: Viewer,
    headers: HeaderMap,
    c: Ctx,
    data: FormData,
) -> Result<Response, PageError> {
    let (_, chosen, at) = seated(&office, &viewer, &headers)?;
    let mut errors = FormErrors::new();
    let (what, form) = match data.get("do") {
        "next" => (Do::Advance, Form::None),
        "recall" => (Do::Own(Wanted::Recall), Form::None),
        "begin" | "intake" => (Do::Own(Wanted::Begin), Form::None),
        "end" => (Do::Own(Wanted::End), Form::None),
        "miss" => (Do::Own(Wanted::Miss), Form::None),
        "open" => (Do::Open, Form::None),
        "close" => (Do::Close, Form::None),
        "move" => {
            let class = data.required("class", &mut errors, || c.t("queue-refused-class"));
            (Do::Own(Wanted::Move { class, reason: data.get("why").to_owned() }), Form::Move)
        }
        "pick" => {
            let ticket = data.uuid("ticket");
            if ticket.is_none() {
                errors.add("ticket", c.t("queue-pick-missing"));
            }
            let reason = data.required("reason", &mut errors, || c.t("queue-refused-reason"));
            (Do::Pick { ticket: ticket.unwrap_or_default(), reason }, Form::Pick)
        }
        _ => return Err(PageError::BadRequest(None)),
    };
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    if !chosen && !errors.any() {
        let flash = Flash::warn(c.t("counter-window-missing"));
        return Ok(see_other("/counter").with_flash(flash).into_response());
    }
    if !errors.any() {
        match act::carry_out(&office, &viewer, &at, command, what).await {
            Ok(own) => {
                let to = if data.get("do") == "intake" { "/counter/new" } else { "/counter" };
                let text = match (&own, data.get("do")) {
                    (Some(own), "next" | "pick" | "recall") if own.state == State::Called => {
                        Some(c.ta("queue-called", &[("number", &own.taken.number), ("n", &at.desk)]))
                    }
                    (None, "next") => Some(c.t("queue-refused-nobody")),
                    _ => None,
                };
                let back = see_other(to);
                return Ok(match text {
                    Some(text) => back.with_flash(Flash::ok(text)).into_response(),
                    None => back.into_response(),
                });
            }
            // Nobody waits: that is news, no mistake.
            Err(QueueError::Refused(Refusal::Nobody)) => {
                let flash = Flash::info(c.t("queue-refused-nobody"));
                return Ok(see_other("/counter").with_flash(flash).into_response());
            }
            Err(QueueError::Refused(refusal)) if form == Form::None => {
                return Err(PageError::Conflict(c.t(refusal.key())));
            }
            Err(error) => {
                let field = match (&error, form) {
                    (QueueError::Refused(Refusal::NoReason), _) => "reason",
                    (QueueError::Refused(Refusal::NoClass), Form::Move) => "class",
                    _ => "",
                };
                errors.add(field, told(&c, error)?);
            }
        }
    }
    Ok(Html(page(&office, &viewer, &headers, c, (form, &data, errors)).await?).unprocessable())
}

/// Gives a ticket out at the window or the entrance.
pub(super) async fn give(
    office: Office,
    viewer: Viewer,
    headers: HeaderMap,
    c: Ctx,
    data: FormData,
) -> Result<Response, PageError> {
    let (_, _, at) = seated(&office, &viewer, &headers)?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let mut errors = FormErrors::new();
    let number = digits::identifier(data.get("booking"));
    let mut booking = None;
    if !number.is_empty() {
        let today = dates::day_of(office.clock.now());
        booking = queries::booking_by_number(&mut office.db.reader(), &at.tenant, at.centre.id, today, &number).await?;
        if booking.is_none() {
            errors.add("booking", c.t("queue-booking-unknown"));
        }
    }
    let class = match booking {
        Some(_) => BY_APPOINTMENT.to_owned(),
        None if number.is_empty() => data.required("kind", &mut errors, || c.t("queue-refused-class")),
        None => String::new(),
    };
    if !errors.any() {
        let priority = if data.get("priority") == "none" { "" } else { data.get("priority") };
        let take = Take {
            command,
            centre: at.centre.clone(),
            class,
            priority: priority.to_owned(),
            booking,
            by: Giver::Clerk(viewer.clone()),
        };
        match act::take(&office, take).await {
            Ok(ticket) => {
                let path = format!("/kiosk/{}/ticket/{}", name_of(&at.centre), ticket.taken.token);
                return Ok(see_other(path).into_response());
            }
            Err(error @ QueueError::Refused(Refusal::Early | Refusal::Over)) => {
                errors.add("booking", told(&c, error)?);
            }
            Err(error) => errors.add("kind", told(&c, error)?),
        }
    }
    Ok(Html(page(&office, &viewer, &headers, c, (Form::Give, &data, errors)).await?).unprocessable())
}
