//! Where the clerk sits (مكان الموظف): unit, centre and the window chosen for this session.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use foundation::web::{Ctx, Flash, FormData, FormErrors, PageError, csrf, see_other};
use registry::place::WINDOW;
use registry::units::{Centre, CentreKind, CentreWindow, Tree};
use registry::{Place, Right, Viewer};
use uuid::Uuid;

use super::desk;
use crate::Office;
use crate::requests::events::{Channel, TakenIn};

/// Cookie with the window of the session: `centre.number`, nothing secret.
const COOKIE: &str = "shubbak-window";
/// Rights that are used at a window.
const RIGHTS: [Right; 3] = [Right::TakeRequests, Right::CollectPayments, Right::HandOver];

/// A place at a window.
pub(crate) struct Seat {
    pub unit: String,
    pub tenant: String,
    pub place: Place,
    pub centre: Option<Arc<Centre>>,
    pub window: Option<CentreWindow>,
}

impl Seat {
    fn of(tree: &Tree, unit: &str, centre: Option<Arc<Centre>>, window: Option<CentreWindow>) -> Option<Self> {
        let unit = tree.unit(unit)?;
        let place = Place::department(unit.path.clone(), WINDOW);
        Some(Self { unit: unit.code.clone(), tenant: unit.tenant.clone(), place, centre, window })
    }

    /// As a request remembers it.
    pub fn taken_in(&self) -> TakenIn {
        let mobile = self.centre.as_ref().is_some_and(|centre| centre.kind == CentreKind::Mobile);
        TakenIn {
            unit: self.unit.clone(),
            centre: self.centre.as_ref().map(|centre| centre.id),
            window: self
                .centre
                .as_ref()
                .zip(self.window.as_ref())
                .map(|(centre, window)| window_id(centre.id, window.number)),
            account: None,
            mandate: None,
            channel: if mobile { Channel::Mobile } else { Channel::Window },
        }
    }

    /// «شباك 3، المركز التكنولوجي بحي شرق».
    pub fn words(&self, c: &Ctx, tree: &Tree) -> String {
        let place = self
            .centre
            .as_ref()
            .map_or_else(|| tree.name_in(c.lang, &self.unit).to_owned(), |centre| tree.centre_name(c.lang, centre));
        match &self.window {
            Some(window) => c.ta("counter-window-at", &[("n", &window.number), ("place", &place)]),
            None => place,
        }
    }
}

/// Id under which events name a window: windows are numbered within their centre.
pub(super) fn window_id(centre: Uuid, number: i64) -> Uuid {
    record::follow::derived_id("window", &format!("{centre}/{number}"))
}

/// Number of the window that took a request in.
pub(super) fn window_number(tree: &Tree, taken: &TakenIn) -> Option<i64> {
    let (centre, window) = (taken.centre?, taken.window?);
    let windows = &tree.centre(centre)?.windows;
    windows.iter().map(|one| one.number).find(|number| window_id(centre, *number) == window)
}

fn works_at(viewer: &Viewer, place: &Place) -> bool {
    RIGHTS.iter().any(|right| viewer.grant(*right, place).is_some())
}

/// The units at whose windows the viewer works, in the order of the assignments.
fn units(viewer: &Viewer) -> Vec<&str> {
    let mut units = Vec::new();
    for right in RIGHTS {
        for held in viewer.holding(right) {
            if !units.contains(&held.unit.as_str()) {
                units.push(held.unit.as_str());
            }
        }
    }
    units
}

/// Every open window at which the viewer may sit.
pub(super) fn windows(tree: &Tree, viewer: &Viewer) -> Vec<(Arc<Centre>, CentreWindow)> {
    let centres = units(viewer).into_iter().flat_map(|unit| tree.centres(unit).to_vec());
    centres
        .flat_map(|centre| {
            let open = centre.windows.iter().filter(|window| window.is_open).cloned().collect::<Vec<_>>();
            open.into_iter().map(move |window| (centre.clone(), window))
        })
        .collect()
}

/// The seat of this session: the chosen window, or the first unit's centre.
pub(crate) fn seat(tree: &Tree, viewer: &Viewer, headers: &HeaderMap) -> Option<Seat> {
    let chosen = csrf::cookie(headers, COOKIE).and_then(|text| read(tree, text)).and_then(|(centre, window)| {
        let unit = centre.unit.clone();
        Seat::of(tree, &unit, Some(centre), Some(window))
    });
    chosen.filter(|seat| works_at(viewer, &seat.place)).or_else(|| {
        let unit = *units(viewer).first()?;
        Seat::of(tree, unit, tree.centres(unit).first().cloned(), None)
    })
}

/// The seat, if the viewer has the right there.
pub(super) fn required(office: &Office, viewer: &Viewer, headers: &HeaderMap, right: Right) -> Result<Seat, PageError> {
    let tree = office.units.now();
    let seat = seat(&tree, viewer, headers).ok_or_else(PageError::forbidden)?;
    if viewer.grant(right, &seat.place).is_some() {
        return Ok(seat);
    }
    // Sitting where another right is held: the first place of this one serves.
    let held = viewer.holding(right).next().ok_or_else(PageError::forbidden)?;
    let seat = Seat::of(&tree, &held.unit, tree.centres(&held.unit).first().cloned(), None);
    let seat = seat.filter(|seat| viewer.grant(right, &seat.place).is_some());
    seat.ok_or_else(PageError::forbidden)
}

fn read(tree: &Tree, text: &str) -> Option<(Arc<Centre>, CentreWindow)> {
    let (centre, number) = text.split_once('.')?;
    let centre = tree.centre(centre.parse().ok()?)?.clone();
    let number: i64 = number.parse().ok()?;
    let window = centre.windows.iter().find(|window| window.number == number && window.is_open)?.clone();
    Some((centre, window))
}

/// Chooses the window of this session.
pub(super) async fn choose(
    office: Office,
    viewer: Viewer,
    headers: HeaderMap,
    c: Ctx,
    data: FormData,
) -> Result<Response, PageError> {
    let tree = office.units.now();
    let Some((centre, window)) = read(&tree, data.get("window")) else {
        let mut errors = FormErrors::new();
        errors.add("window", c.t("counter-window-missing"));
        return desk::again(&office, &viewer, &headers, c, errors).await;
    };
    let seat = Seat::of(&tree, &centre.unit.clone(), Some(centre), Some(window)).ok_or(PageError::NotFound)?;
    if !works_at(&viewer, &seat.place) {
        return Err(PageError::forbidden());
    }
    let flash = Flash::ok(c.t1("counter-window-chosen", "window", seat.words(&c, &tree)));
    let mut response = see_other("/counter").with_flash(flash).into_response();
    let secure = if office.settings.secure() { "; Secure" } else { "" };
    // Both parts come out of the tree: digits, dashes and letters only.
    let number = seat.window.as_ref().map_or(0, |window| window.number);
    let centre = seat.centre.as_ref().map(|centre| centre.id).unwrap_or_default();
    let cookie = format!("{COOKIE}={centre}.{number}; Path=/; HttpOnly; SameSite=Lax{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
