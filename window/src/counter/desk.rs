//! The clerk's desk (مكتب الشباك): today's own work, what is parked, what waits.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use foundation::web::{Choice, Ctx, FieldView, FormErrors, Html, PageError};
use registry::{Right, Viewer};

use super::words::{self, Tag};
use super::{seat, store};
use crate::Office;
use crate::queue::pages::Panel;
use crate::requests::drafts;
use crate::requests::{queries, rules};

/// Requests listed on the desk, of each kind.
const LISTED: usize = 12;

/// A list of what waits: its first lines, and how many there are.
struct Waiting {
    lines: Vec<Line>,
    all: usize,
    /// «و3 طلبات أخرى»; empty if all are listed.
    more: String,
}

impl Waiting {
    fn of(c: &Ctx, lines: impl ExactSizeIterator<Item = Line>) -> Self {
        let all = lines.len();
        let more = if all > LISTED { c.t1("counter-and-more", "n", all - LISTED) } else { String::new() };
        Self { all, more, lines: lines.take(LISTED).collect() }
    }
}

struct Line {
    /// What its address ends in.
    at: String,
    number: String,
    service: String,
    note: String,
}

struct Own {
    id: String,
    number: String,
    service: String,
    at: String,
    status: Tag,
}

struct Parked {
    id: String,
    service: String,
    saved: String,
}

#[derive(Template)]
#[template(path = "counter/desk.html")]
struct DeskPage {
    c: Ctx,
    errors: FormErrors,
    at: String,
    window: FieldView,
    chosen: bool,
    takes: bool,
    pays: bool,
    registered: i64,
    voided: i64,
    payments: i64,
    collected: String,
    own: Vec<Own>,
    parked: Vec<Parked>,
    ready: Waiting,
    unpaid: Waiting,
    returned: Waiting,
    panel: Option<Panel>,
}

/// The desk.
pub(super) async fn show(office: Office, viewer: Viewer, headers: HeaderMap, c: Ctx) -> Result<Response, PageError> {
    Ok(page(&office, &viewer, &headers, c, FormErrors::new()).await?.into_response())
}

/// The desk once more, with what is wrong about the chosen window.
pub(super) async fn again(
    office: &Office,
    viewer: &Viewer,
    headers: &HeaderMap,
    c: Ctx,
    errors: FormErrors,
) -> Result<Response, PageError> {
    Ok(page(office, viewer, headers, c, errors).await?.unprocessable())
}

async fn page(
    office: &Office,
    viewer: &Viewer,
    headers: &HeaderMap,
    c: Ctx,
    errors: FormErrors,
) -> Result<Html<DeskPage>, PageError> {
    let tree = office.units.now();
    let seat = seat::seat(&tree, viewer, headers).ok_or_else(PageError::forbidden)?;
    let now = office.clock.now();
    let today = rules::day(now);
    let mut reader = office.db.reader();
    let own = queries::registered(&mut reader, viewer, today).await?;
    let work = queries::day_of_clerk(&mut reader, viewer, today).await?;
    let parked = drafts::list(&mut reader, viewer, now).await?;
    let ready = queries::ready_to_hand_over(&mut reader, viewer, &tree).await?;
    let unpaid = store::waiting(&mut reader, viewer, &tree, Right::CollectPayments, "waiting_payment").await?;
    let returned = store::waiting(&mut reader, viewer, &tree, Right::TakeRequests, "waiting_completion").await?;
    let line = |at: String, number: String, service: &str, due: Option<jiff::civil::Date>| Line {
        at,
        number,
        service: office.service_name(service, c.lang),
        note: due.map(|due| c.date(due)).unwrap_or_default(),
    };
    let by_id = |one: store::Waiting| line(one.id.to_string(), one.number, &one.service, one.due);
    let choices = seat::windows(&tree, viewer).into_iter().map(|(centre, window)| {
        let label = c.ta("counter-window-at", &[("n", &window.number), ("place", &centre.name)]);
        Choice::new(format!("{}.{}", centre.id, window.number), label)
    });
    let mut window = FieldView::select("window", c.t("counter-window"), choices.collect()).required();
    if let (Some(centre), Some(chosen)) = (&seat.centre, &seat.window) {
        window.value = format!("{}.{}", centre.id, chosen.number);
    }
    window.error = errors.of("window").map(str::to_owned);
    let page = DeskPage {
        at: seat.words(&c, &tree),
        chosen: seat.window.is_some() && !errors.any(),
        window,
        takes: viewer.has_anywhere(Right::TakeRequests),
        pays: viewer.has_anywhere(Right::CollectPayments),
        registered: work.registered,
        voided: work.voided,
        payments: work.payments,
        collected: work.collected.number(foundation::arabic::digits::Digits::Latn),
        own: own
            .into_iter()
            .take(LISTED)
            .map(|one| Own {
                id: one.id.to_string(),
                number: one.number,
                service: office.service_name(&one.service, c.lang),
                at: c.instant(one.registered_at),
                status: words::status(&c, &one.status),
            })
            .collect(),
        parked: parked
            .into_iter()
            .map(|one| Parked {
                id: one.id.to_string(),
                service: office.service_name(&one.service, c.lang),
                saved: c.instant(one.saved_at),
            })
            .collect(),
        ready: Waiting::of(
            &c,
            ready.into_iter().map(|one| line(one.id.to_string(), one.number, &one.service, one.due)),
        ),
        unpaid: Waiting::of(
            &c,
            unpaid.into_iter().map(|one| line(one.number.clone(), one.number, &one.service, one.due)),
        ),
        returned: Waiting::of(&c, returned.into_iter().map(by_id)),
        panel: Panel::of(office, viewer, &seat, &c).await?,
        c: c.clone().failed(errors.any()).dense(),
        errors,
    };
    Ok(Html(page))
}
