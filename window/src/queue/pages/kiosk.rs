//! شاشة التذاكر: the hall's touch screen. It belongs to the hall by a secret in a cookie, which the centre's manager
//! put there by enrolling the device itself: there is no link to pass on. A clerk who is signed in may use it too.

use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use foundation::arabic::digits;
use foundation::dates;
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{ClientIp, Ctx, FieldView, FormData, FormErrors, Html, PageError, csrf, see_other};
use http::{HeaderValue, header};
use registry::units::Centre;
use registry::{Right, Viewer, sessions};

use super::{LOOK, TAKE, again, centre, class_name, is_open, priority_name, private, token, told};
use crate::Office;
use crate::public::Asked;
use crate::queue::act::{self, Giver, QueueError, Take};
use crate::queue::rules::settings::{APPOINTMENT, BY_APPOINTMENT, CLASSES, PRIORITIES};
use crate::queue::rules::{Refusal, settings, wait};
use crate::queue::{name_of, queries};

/// Cookie with the device's secret.
const COOKIE: &str = "shubbak-kiosk";
/// The device keeps it for a year.
const YEAR: i64 = 365 * 24 * 3600;
/// What the address says for who comes by appointment.
const BOOKED: &str = "booking";
/// Seconds after which the screen is ready for the next visitor, and while somebody still reads a question.
const BACK: u32 = 20;
const READS: u32 = 120;

struct Button {
    value: &'static str,
    label: String,
    icon: &'static str,
    note: String,
}

/// What the screen asks.
#[derive(PartialEq, Eq)]
enum Step {
    /// No device of this hall.
    Unknown,
    Closed,
    Class,
    Priority,
    Booking,
}

#[derive(Template)]
#[template(path = "queue/kiosk.html")]
struct KioskPage {
    c: Ctx,
    errors: FormErrors,
    step: Step,
    name: String,
    at: String,
    unit: String,
    class: String,
    class_name: String,
    buttons: Vec<Button>,
    booking: FieldView,
    enrol: Option<FieldView>,
}

#[derive(Template)]
#[template(path = "queue/ticket.html")]
struct TicketPage {
    c: Ctx,
    name: String,
    number: String,
    class: String,
    priority: String,
    taken: String,
    ahead: String,
    wait: String,
    qr: String,
    link: String,
    print: bool,
    /// Where the screen goes next.
    home: String,
}

/// Who stands at the screen.
fn giver(office: &Office, viewer: &Viewer, headers: &HeaderMap, centre: &Centre) -> Option<Giver> {
    let place = act::windows_of(office, centre)?;
    if viewer.grant(Right::ServeQueue, &place).is_some() {
        return Some(Giver::Clerk(viewer.clone()));
    }
    let secret = csrf::cookie(headers, COOKIE).filter(|secret| secret.len() <= 64)?;
    Some(Giver::Kiosk(act::digest(office, secret)))
}

/// The same, if the device is really one of the hall's.
async fn known(
    office: &Office,
    viewer: &Viewer,
    headers: &HeaderMap,
    centre: &Centre,
) -> Result<Option<Giver>, PageError> {
    Ok(match giver(office, viewer, headers, centre) {
        Some(Giver::Kiosk(digest)) if !queries::is_kiosk(&mut office.db.reader(), centre.id, &digest).await? => None,
        giver => giver,
    })
}

fn manages(office: &Office, viewer: &Viewer, centre: &Centre) -> bool {
    let tree = office.units.now();
    tree.unit(&centre.unit).is_some_and(|unit| viewer.grant(Right::ManageQueue, &unit.place()).is_some())
}

async fn page(
    office: &Office,
    viewer: &Viewer,
    headers: &HeaderMap,
    c: Ctx,
    centre: &Centre,
    (data, errors): (&FormData, FormErrors),
) -> Result<KioskPage, PageError> {
    let giver = known(office, viewer, headers, centre).await?;
    let tenant = act::tenant_of(office, centre).ok_or(PageError::NotFound)?;
    let now = office.clock.now();
    let halls = queries::live(&mut office.db.reader(), &tenant, Some(centre.id), now).await?;
    let open = is_open(office, centre, queries::together(&halls, centre.id).windows);
    let class = data.get("class").to_owned();
    let step = match (&giver, class.as_str()) {
        (None, _) => Step::Unknown,
        (Some(Giver::Kiosk(_)), _) if !open => Step::Closed,
        (_, BOOKED) => Step::Booking,
        (_, letter) if settings::class(letter).is_some() => Step::Priority,
        _ => Step::Class,
    };
    let buttons = match step {
        Step::Class => {
            let button = |class: &settings::Class| {
                let live = halls.get(&(centre.id, class.lane)).copied().unwrap_or_default();
                Button {
                    value: class.letter,
                    label: c.t(class.name),
                    icon: class.icon,
                    note: c.t1("queue-live-minutes", "n", live.minutes()),
                }
            };
            CLASSES.iter().map(button).collect()
        }
        Step::Priority => {
            let ours = PRIORITIES.iter().filter(|(code, _)| *code != APPOINTMENT);
            let button = |value: &'static str| Button {
                value,
                label: priority_name(&c, value),
                icon: "user",
                note: String::new(),
            };
            ours.map(|(code, _)| button(code)).collect()
        }
        _ => Vec::new(),
    };
    let booking = FieldView::new(FieldKind::Code, "booking", c.t("queue-booking-number"))
        .hint(c.t("queue-booking-number-hint"))
        .required()
        .width(Width::W10)
        .max_length(12)
        .filled(data, &errors);
    let enrol = (giver.is_none() && manages(office, viewer, centre)).then(|| {
        FieldView::text("name", c.t("queue-kiosk-name"))
            .hint(c.t("queue-kiosk-name-hint"))
            .required()
            .max_length(60)
            .filled(data, &errors)
    });
    Ok(KioskPage {
        name: office.units.now().centre_name(c.lang, centre),
        at: name_of(centre),
        unit: centre.unit.clone(),
        class_name: if step == Step::Priority { class_name(&c, &class) } else { String::new() },
        class,
        buttons,
        booking,
        enrol,
        step,
        c: c.failed(errors.any()).outdoors(),
        errors,
    })
}

pub(super) async fn show(
    office: Office,
    viewer: Viewer,
    headers: HeaderMap,
    c: Ctx,
    Path(named): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let centre = centre(&office, &named)?;
    let page = page(&office, &viewer, &headers, c, &centre, (&asked, FormErrors::new())).await?;
    let home = format!("/kiosk/{}", name_of(&centre));
    Ok(again(private(Html(page).into_response()), READS, &home))
}

/// A visitor pressed: one ticket, however often.
pub(super) async fn take(
    office: Office,
    viewer: Viewer,
    headers: HeaderMap,
    client: ClientIp,
    c: Ctx,
    Path(named): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    office.limits.take("queue-take", client, TAKE)?;
    let centre = centre(&office, &named)?;
    let home = format!("/kiosk/{}", name_of(&centre));
    // The device may have been taken away meanwhile: its screen says so.
    let Some(by) = known(&office, &viewer, &headers, &centre).await? else {
        return Ok(see_other(home).into_response());
    };
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let mut errors = FormErrors::new();
    let (mut class, mut booking) = (data.get("class").to_owned(), None);
    if class == BOOKED {
        let number = digits::identifier(data.get("booking"));
        let tenant = act::tenant_of(&office, &centre).ok_or(PageError::NotFound)?;
        let today = dates::day_of(office.clock.now());
        let reader = &mut office.db.reader();
        booking = queries::booking_by_number(reader, &tenant, centre.id, today, &number).await?;
        if booking.is_none() {
            errors.add("booking", c.t("queue-booking-unknown"));
        }
        class = BY_APPOINTMENT.to_owned();
    }
    if !errors.any() {
        let priority = data.get("priority").to_owned();
        let take = Take { command, centre: centre.clone(), class, priority, booking, by };
        match act::take(&office, take).await {
            Ok(ticket) => {
                return Ok(see_other(format!("{home}/ticket/{}?print=yes", ticket.taken.token)).into_response());
            }
            Err(QueueError::Refused(Refusal::Closed | Refusal::NoKiosk)) => {
                return Ok(see_other(home).into_response());
            }
            Err(error) => {
                let field = if data.get("class") == BOOKED { "booking" } else { "" };
                errors.add(field, told(&c, error)?);
            }
        }
    }
    let page = page(&office, &viewer, &headers, c, &centre, (&data, errors)).await?;
    Ok(private(Html(page).unprocessable()))
}

/// The ticket as it is printed; the screen goes back by itself.
pub(super) async fn ticket(
    office: Office,
    viewer: Viewer,
    client: ClientIp,
    c: Ctx,
    Path((named, code)): Path<(String, String)>,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    office.limits.take("queue-look", client, LOOK)?;
    centre(&office, &named)?;
    let code = token(&code)?;
    let reader = &mut office.db.reader();
    let (tenant, ticket) = queries::by_token(reader, &code).await?.ok_or(PageError::NotFound)?;
    let centre = office.units.now().centre(ticket.taken.centre).cloned().ok_or(PageError::NotFound)?;
    let ahead = queries::ahead(reader, &tenant, &ticket).await?;
    let halls = queries::live(reader, &tenant, Some(centre.id), office.clock.now()).await?;
    let live = halls.get(&(centre.id, settings::lane(&ticket.taken.class))).copied().unwrap_or_default();
    let link = super::follow::link(&office, &ticket)?;
    let qr = documents::qr::Qr::new(&link).map_err(|error| PageError::from_error(&error))?;
    let home = match viewer.person() {
        Some(_) => "/counter/queue".to_owned(),
        None => format!("/kiosk/{}", name_of(&centre)),
    };
    let page = TicketPage {
        name: office.units.now().centre_name(c.lang, &centre),
        home: home.clone(),
        number: ticket.taken.number.clone(),
        class: class_name(&c, &ticket.taken.class),
        priority: priority_name(&c, &ticket.taken.priority),
        taken: c.instant(ticket.taken_at),
        ahead: c.t1("queue-ahead", "n", ahead),
        wait: c.t1("queue-live-minutes", "n", wait::minutes(ahead, live.windows, live.pace)),
        qr: qr.svg(4, &c.t("queue-ticket-qr")),
        link: format!("/Q/{code}"),
        print: asked.get("print") == "yes",
        c: c.clone().outdoors(),
    };
    Ok(again(private(Html(page).into_response()), BACK, &home))
}

/// Makes this very device a touch screen of the hall, and signs the manager out of it.
pub(super) async fn enrol(
    office: Office,
    viewer: Viewer,
    headers: HeaderMap,
    c: Ctx,
    Path(named): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    let centre = centre(&office, &named)?;
    if !manages(&office, &viewer, &centre) {
        return Err(PageError::forbidden());
    }
    let mut errors = FormErrors::new();
    let name = data.required("name", &mut errors, || c.t("queue-kiosk-name-missing"));
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    if errors.any() {
        let page = page(&office, &viewer, &headers, c, &centre, (&data, errors)).await?;
        return Ok(Html(page).unprocessable());
    }
    let secret = act::enrol(&office, &viewer, &centre, command, &name).await?;
    sessions::logout(&office, &viewer).await?;
    let mut response = see_other(format!("/kiosk/{}", name_of(&centre))).into_response();
    let secure = if office.settings.secure() { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={secret}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}");
    let cookie = HeaderValue::from_str(&cookie).map_err(PageError::internal)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response.headers_mut().append(header::SET_COOKIE, sessions::forget_cookie());
    Ok(response)
}
