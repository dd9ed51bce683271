//! الآن في الصالة: what the centre's manager sees and sets: who waits, how long, windows, touch screens, priorities.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::clock::Micros;
use foundation::dates;
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{Ctx, FieldView, Flash, FormData, FormErrors, Html, PageError, see_other};
use registry::units::Centre;
use registry::{Right, Viewer};

use super::{centre, is_open, minutes, priority_name, told};
use crate::Office;
use crate::queue::act::{self, QueueError};
use crate::queue::rules::Refusal;
use crate::queue::rules::settings::Priority;
use crate::queue::rules::ticket::{State, Ticket};
use crate::queue::{name_of, queries};

/// Rights with which the figures are seen.
pub(super) const SEE: [Right; 2] = [Right::ManageQueue, Right::FollowProgress];
/// Centres of a list.
const LISTED: usize = 60;

struct CentreLine {
    at: String,
    name: String,
    words: String,
}

#[derive(Template)]
#[template(path = "queue/admin_list.html")]
struct ListPage {
    c: Ctx,
    centres: Vec<CentreLine>,
}

struct Hour {
    hour: String,
    taken: i64,
    served: i64,
    wait: String,
    serve: String,
}

struct KioskLine {
    id: String,
    name: String,
    since: String,
}

#[derive(Template)]
#[template(path = "queue/admin.html")]
struct AdminPage {
    c: Ctx,
    errors: FormErrors,
    at: String,
    name: String,
    open: bool,
    manages: bool,
    waiting: usize,
    longest: String,
    windows: String,
    served: usize,
    missed: usize,
    given_up: usize,
    wait: String,
    serve: String,
    out_of_turn: usize,
    hours: Vec<Hour>,
    priorities: Vec<FieldView>,
    version: i64,
    kiosks: Vec<KioskLine>,
}

/// The centres of the viewer's part of the tree; one alone is shown at once.
pub(super) async fn list(office: Office, viewer: Viewer, c: Ctx) -> Result<Response, PageError> {
    let tree = office.units.now();
    let mut centres: Vec<Arc<Centre>> = Vec::new();
    for right in SEE {
        for scope in viewer.scope(right) {
            let units = tree.units().iter().filter(|unit| scope.covers(&unit.place()));
            for centre in units.flat_map(|unit| tree.centres(&unit.code)) {
                if centres.iter().all(|known| known.id != centre.id) {
                    centres.push(centre.clone());
                }
            }
        }
    }
    if let [only] = centres.as_slice() {
        return Ok(see_other(format!("/admin/queue/{}", name_of(only))).into_response());
    }
    centres.truncate(LISTED);
    let mut known = HashMap::new();
    for centre in &centres {
        let Some(tenant) = act::tenant_of(&office, centre) else { continue };
        if let Entry::Vacant(place) = known.entry(tenant) {
            let halls = super::of_governorate(&office, place.key()).await?;
            place.insert(halls);
        }
    }
    let line = |centre: &Arc<Centre>| {
        let live = act::tenant_of(&office, centre).and_then(|tenant| known.get(&tenant)?.get(&centre.id).copied());
        let live = live.unwrap_or_default();
        CentreLine {
            at: name_of(centre),
            name: tree.centre_name(c.lang, centre),
            words: super::live::words(&c, is_open(&office, centre, live.windows), live),
        }
    };
    let centres = centres.iter().map(line).collect();
    Ok(Html(ListPage { centres, c: c.clone().dense() }).into_response())
}

/// The centre, if the viewer may see it: 404 for none, 403 for no right.
fn seen(office: &Office, viewer: &Viewer, named: &str) -> Result<(Arc<Centre>, bool), PageError> {
    let centre = centre(office, named)?;
    let tree = office.units.now();
    let place = tree.unit(&centre.unit).map(|unit| unit.place()).ok_or(PageError::NotFound)?;
    if SEE.iter().all(|right| viewer.grant(*right, &place).is_none()) {
        return Err(PageError::forbidden());
    }
    let manages = viewer.grant(Right::ManageQueue, &place).is_some();
    Ok((centre, manages))
}

/// The centre that the viewer manages.
pub(super) fn managed(office: &Office, viewer: &Viewer, named: &str) -> Result<Arc<Centre>, PageError> {
    let (centre, manages) = seen(office, viewer, named)?;
    if manages { Ok(centre) } else { Err(PageError::forbidden()) }
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
) -> Result<AdminPage, PageError> {
    let (centre, manages) = seen(office, viewer, named)?;
    let tenant = act::tenant_of(office, &centre).ok_or(PageError::NotFound)?;
    let now = office.clock.now();
    let today = dates::day_of(now);
    let reader = &mut office.db.reader();
    let all = queries::day(reader, &tenant, centre.id, today).await?;
    let open = queries::windows(reader, &tenant, centre.id, today).await?;
    let kiosks = queries::kiosks(reader, &tenant, centre.id).await?;
    let hall = queries::hall(reader, &tenant, centre.id).await.map_err(|error| PageError::from_error(&error))?;
    let of = |state: State| all.iter().filter(move |ticket| ticket.state == state);
    let working = centre.windows.iter().filter(|window| window.is_open).count();
    let called: Vec<i64> = all.iter().filter(|one| one.called_at.is_some()).map(|one| one.waited(now)).collect();
    let served: Vec<i64> = all.iter().filter_map(Ticket::served).collect();
    let priorities = hall.settings.priorities.iter().map(|one| {
        FieldView::new(FieldKind::Number, format!("p-{}", one.code), priority_name(&c, &one.code))
            .unit(c.t("queue-minute-unit"))
            .required()
            .width(Width::W6)
            .value(one.minutes.to_string())
    });
    let priorities = priorities.map(|field| if errors.any() { field.filled(data, &errors) } else { field }).collect();
    Ok(AdminPage {
        at: name_of(&centre),
        name: office.units.now().centre_name(c.lang, &centre),
        open: is_open(office, &centre, i64::try_from(open.len()).unwrap_or(0)),
        manages,
        waiting: of(State::Waiting).count(),
        longest: words(&c, of(State::Waiting).map(|one| one.waited(now)).max()),
        windows: format!("{}/{working}", open.len()),
        served: of(State::Served).count(),
        missed: of(State::Missed).count(),
        given_up: of(State::Cancelled).count(),
        wait: words(&c, mean(&called)),
        serve: words(&c, mean(&served)),
        out_of_turn: all.iter().filter(|ticket| ticket.picked).count(),
        hours: by_hour(&c, &all, now),
        priorities,
        version: hall.version,
        kiosks: kiosks
            .into_iter()
            .map(|one| KioskLine { id: one.id.to_string(), name: one.name, since: c.instant(one.enrolled_at) })
            .collect(),
        c: c.failed(errors.any()).dense(),
        errors,
    })
}

fn mean(seconds: &[i64]) -> Option<i64> {
    let count = i64::try_from(seconds.len()).ok().filter(|count| *count > 0)?;
    Some(seconds.iter().sum::<i64>() / count)
}

fn words(c: &Ctx, seconds: Option<i64>) -> String {
    seconds.map(|seconds| c.t1("queue-minutes", "n", minutes(seconds))).unwrap_or_default()
}

/// The day by the hours in which tickets were taken.
fn by_hour(c: &Ctx, all: &[Ticket], now: Micros) -> Vec<Hour> {
    let hour_of = |at: Micros| dates::local(at).hour();
    let mut hours: Vec<i8> = all.iter().map(|ticket| hour_of(ticket.taken_at)).collect();
    hours.sort_unstable();
    hours.dedup();
    let line = |hour: i8| {
        let own: Vec<&Ticket> = all.iter().filter(|ticket| hour_of(ticket.taken_at) == hour).collect();
        let waited: Vec<i64> = own.iter().filter(|one| one.called_at.is_some()).map(|one| one.waited(now)).collect();
        let served: Vec<i64> = own.iter().filter_map(|one| one.served()).collect();
        Hour {
            hour: c.style().time(jiff::civil::time(hour.clamp(0, 23), 0, 0, 0)),
            taken: i64::try_from(own.len()).unwrap_or(0),
            served: i64::try_from(served.len()).unwrap_or(0),
            wait: words(c, mean(&waited)),
            serve: words(c, mean(&served)),
        }
    };
    hours.into_iter().map(line).collect()
}

/// Sets priorities or takes a touch screen away; the button says which.
pub(super) async fn set(
    office: Office,
    viewer: Viewer,
    c: Ctx,
    Path(named): Path<String>,
    data: FormData,
) -> Result<Response, PageError> {
    let centre = managed(&office, &viewer, &named)?;
    let command = data.command().ok_or(PageError::BadRequest(None))?;
    let mut errors = FormErrors::new();
    let (done, word) = match data.get("do") {
        "withdraw" => {
            let kiosk = data.uuid("kiosk").ok_or(PageError::BadRequest(None))?;
            (act::withdraw(&office, &viewer, &centre, command, kiosk).await, "queue-kiosk-withdrawn")
        }
        "priorities" => {
            let tenant = act::tenant_of(&office, &centre).ok_or(PageError::NotFound)?;
            let hall = queries::hall(&mut office.db.reader(), &tenant, centre.id).await;
            let mut settings = hall.map_err(|error| PageError::from_error(&error))?.settings;
            for priority in &mut settings.priorities {
                let name = format!("p-{}", priority.code);
                match foundation::arabic::digits::identifier(data.get(&name)).parse() {
                    Ok(minutes) if (0..=crate::queue::rules::settings::MOST_AHEAD).contains(&minutes) => {
                        *priority = Priority { minutes, ..priority.clone() };
                    }
                    _ => errors.add(name, c.t("queue-priority-wrong")),
                }
            }
            let seen = data.get("version").parse().map_err(|_| PageError::BadRequest(None))?;
            let done = if errors.any() {
                Err(QueueError::Refused(Refusal::Range("priority")))
            } else {
                act::set_hall(&office, &viewer, &centre, (command, seen), settings).await
            };
            (done, "queue-priorities-set")
        }
        _ => return Err(PageError::BadRequest(None)),
    };
    match done {
        Ok(()) => {
            let flash = Flash::ok(c.t(word));
            return Ok(see_other(format!("/admin/queue/{}", name_of(&centre))).with_flash(flash).into_response());
        }
        Err(QueueError::Refused(Refusal::Range(_))) => {}
        Err(error) => errors.add("", told(&c, error)?),
    }
    Ok(Html(page(&office, &viewer, c, &named, (&data, errors)).await?).unprocessable())
}
