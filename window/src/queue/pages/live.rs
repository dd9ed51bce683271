//! الانتظار الآن: how full a hall is, for everybody.

use std::collections::HashMap;

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::dates;
use foundation::web::{ClientIp, Ctx, PageError};
use http::{HeaderValue, header};
use registry::units::Centre;
use serde_json::json;
use uuid::Uuid;

use super::{LOOK, centre, is_open};
use crate::Office;
use crate::queue::rules::settings::{TILL, WINDOW};
use crate::queue::rules::wait::Live;
use crate::queue::{act, queries};

/// A hall in words.
#[derive(Debug, Clone, Default)]
pub(crate) struct LiveView {
    /// Whether it serves now.
    pub open: bool,
    /// «ينتظر 5 أشخاص، والانتظار نحو 12 دقيقة».
    pub words: String,
    /// When that was: «الساعة 10:42».
    pub at: String,
}

/// The hall of a centre.
pub(crate) async fn of_centre(office: &Office, c: &Ctx, centre: &Centre) -> Result<LiveView, PageError> {
    let now = office.clock.now();
    let tenant = act::tenant_of(office, centre).ok_or(PageError::NotFound)?;
    let halls = queries::live(&mut office.db.reader(), &tenant, Some(centre.id), now).await?;
    let live = queries::together(&halls, centre.id);
    Ok(view(office, c, centre, live))
}

/// The halls of a governorate by centre.
pub(crate) async fn of_governorate(office: &Office, tenant: &str) -> Result<HashMap<Uuid, Live>, PageError> {
    let halls = queries::live(&mut office.db.reader(), tenant, None, office.clock.now()).await?;
    let centres: Vec<Uuid> = halls.keys().map(|(centre, _)| *centre).collect();
    Ok(centres.into_iter().map(|centre| (centre, queries::together(&halls, centre))).collect())
}

fn view(office: &Office, c: &Ctx, centre: &Centre, live: Live) -> LiveView {
    let open = is_open(office, centre, live.windows);
    let now = dates::local(office.clock.now()).time();
    LiveView { open, words: words(c, open, live), at: c.style().time(now).replace(' ', "\u{A0}") }
}

/// How long one waits, in words.
pub(crate) fn words(c: &Ctx, open: bool, live: Live) -> String {
    if !open {
        return c.t("queue-live-closed");
    }
    if live.waiting == 0 {
        return c.t("queue-live-empty");
    }
    let waiting = c.t1("queue-live-waiting", "n", live.waiting);
    let minutes = c.t1("queue-live-minutes", "n", live.minutes());
    c.ta("queue-live", &[("waiting", &waiting), ("minutes", &minutes)])
}

/// The same for programs: figures and their moment, RFC 3339.
pub(super) async fn json(office: Office, client: ClientIp, Path(named): Path<String>) -> Result<Response, PageError> {
    office.limits.take("queue-look", client, LOOK)?;
    let centre = centre(&office, &named)?;
    let now = office.clock.now();
    let tenant = act::tenant_of(&office, &centre).ok_or(PageError::NotFound)?;
    let halls = queries::live(&mut office.db.reader(), &tenant, Some(centre.id), now).await?;
    let live = queries::together(&halls, centre.id);
    let lane = |name: &'static str| {
        let lane = halls.get(&(centre.id, name)).copied().unwrap_or_default();
        json!({ "waiting": lane.waiting, "minutes": lane.minutes(), "windows": lane.windows })
    };
    let body = json!({
        "centre": centre.unit, "open": is_open(&office, &centre, live.windows), "waiting": live.waiting,
        "minutes": live.minutes(), "windows": lane(WINDOW), "tills": lane(TILL), "at": now.to_string(),
    });
    let mut response = Json(body).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=15"));
    Ok(response)
}
