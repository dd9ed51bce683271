//! تابع طلبك: by the number and PIN of the slip, or by its QR.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use foundation::arabic::digits;
use foundation::dates;
use foundation::numbers::{Kind, Number, NumberError};
use foundation::web::forms::{FieldKind, Width};
use foundation::web::{ClientIp, Crumb, Ctx, FieldView, FormData, FormErrors, Html, PageError, see_other};
use http::{HeaderValue, StatusCode, header};
use registry::units::Tree;

use super::desk::{Asked, Desk, OPEN, TRACK};
use super::journey::{self, Around, JourneyView};
use crate::office::Office;
use crate::requests::queries::{self, Found};

/// Numbers proposed for a mistyped one.
const PROPOSED: usize = 4;

#[derive(Template)]
#[template(path = "public/track.html")]
pub(super) struct TrackPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub errors: FormErrors,
    pub number: FieldView,
    pub pin: FieldView,
    /// «هل تقصد …»: plain and grouped.
    pub proposed: Vec<(String, String)>,
    /// A code was opened that leads nowhere.
    pub lost: bool,
}

#[derive(Template)]
#[template(path = "public/journey.html")]
pub(super) struct JourneyPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub j: JourneyView,
}

fn page(c: Ctx, data: &FormData, errors: FormErrors, proposed: Vec<(String, String)>) -> TrackPage {
    let number =
        FieldView::new(FieldKind::Code, "number", c.t("public-track-number")).hint(c.t("public-track-number-hint"));
    let pin = FieldView::new(FieldKind::Code, "pin", c.t("public-track-pin")).hint(c.t("public-track-pin-hint"));
    let failed = errors.any();
    TrackPage {
        crumbs: vec![Crumb::new("/", c.t("common-home")), Crumb::here(c.t("common-track"))],
        number: number.width(Width::Normal).required().max_length(40).filled(data, &errors),
        pin: pin.width(Width::W6).required().max_length(12).filled(data, &errors),
        errors,
        proposed,
        lost: false,
        c: c.failed(failed),
    }
}

pub(super) async fn form(c: Ctx, Asked(asked): Asked) -> Response {
    let kept = FormData::from_pairs([("number", asked.get("number"))]);
    private(Html(page(c, &kept, FormErrors::new(), Vec::new())).into_response())
}

pub(super) async fn find(
    c: Ctx,
    office: Office,
    desk: Desk,
    client: ClientIp,
    mut data: FormData,
) -> Result<Response, PageError> {
    office.limits.take("track", client, TRACK)?;
    // «هل تقصد» was answered with one of the proposed numbers.
    if let Some(meant) = data.opt("use").map(str::to_owned) {
        data.set("number", &meant);
    }
    let mut errors = FormErrors::new();
    let mut proposed = Vec::new();
    let now = office.clock.now();
    let number = match Number::parse(data.get("number")) {
        Ok(number) if number.kind() == Kind::Request => Some(number),
        Ok(number) => {
            errors.add("number", c.t1("public-track-other-kind", "kind", number.kind().name_in(c.lang)));
            None
        }
        Err(error) => {
            if let NumberError::Check { help } = &error {
                let year = dates::day_of(now).year();
                let numbers = help.iter().map(|correction| correction.number).filter(|n| n.kind() == Kind::Request);
                proposed = propose(numbers, &office.units.now(), year);
            }
            errors.add("number", wrong_number(&c, &error));
            None
        }
    };
    let pin = digits::identifier(data.get("pin"));
    if pin.is_empty() {
        errors.add("pin", c.t("public-track-pin-missing"));
    } else if pin.len() != 4 || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        errors.add("pin", c.t("public-track-pin-wrong"));
    }
    if let Some(number) = number.filter(|_| !errors.any()) {
        let number = number.to_string();
        if let Some(found) = guessed(&office, &desk, &number, &pin).await? {
            return Ok(private(see_other(format!("/T/{}", found.state.file.slip.token)).into_response()));
        }
        // One answer for an unknown number and for a wrong PIN: numbers cannot be sounded out.
        errors.add("number", c.t("public-track-not-found"));
        data.set("pin", "");
    }
    Ok(private(Html(page(c, &data, errors, proposed)).unprocessable()))
}

/// The request of a number and its PIN. Wrong PINs make a number wait, whoever asks and by which way.
///
/// # Errors
/// [`PageError::TooMany`] while the number waits.
pub(crate) async fn guessed(office: &Office, desk: &Desk, number: &str, pin: &str) -> Result<Option<Found>, PageError> {
    let now = office.clock.now();
    if let Some(seconds) = desk.guesses().wait(number, now) {
        return Err(PageError::TooMany { seconds });
    }
    // Counted before it is looked at, so that guesses sent at once count too.
    desk.guesses().wrong(number, now);
    let found = queries::tracked_by_pin(&mut office.db.reader(), office.record.keyring(), number, pin).await;
    let found = found.map_err(|error| PageError::from_error(&error))?;
    if found.is_some() {
        desk.guesses().right(number);
    }
    Ok(found)
}

/// Numbers that can be requests here: a unit of the tree, a year that has come.
pub(super) fn propose(numbers: impl Iterator<Item = Number>, tree: &Tree, year: i16) -> Vec<(String, String)> {
    let fits = |number: &Number| number.year() <= year && number.year() >= 2020 && tree.unit(&number.unit()).is_some();
    let mut seen = Vec::new();
    for number in numbers.filter(fits) {
        let line = (number.to_string(), number.grouped());
        if !seen.contains(&line) {
            seen.push(line);
        }
    }
    seen.truncate(PROPOSED);
    seen
}

/// What is wrong with a typed number, and what to do.
pub(crate) fn wrong_number(c: &Ctx, error: &NumberError) -> String {
    match error {
        NumberError::Empty => c.t("public-number-missing"),
        NumberError::Characters => c.t("public-number-characters"),
        NumberError::Length { found } => c.t1("public-number-length", "n", *found),
        NumberError::Check { .. } => c.t("public-number-check"),
        NumberError::Kind | NumberError::Governorate | NumberError::Unit | NumberError::Serial => {
            c.t("public-number-impossible")
        }
    }
}

pub(super) async fn by_token(
    c: Ctx,
    office: Office,
    client: ClientIp,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    office.limits.take("open", client, OPEN)?;
    let found = queries::tracked(&mut office.db.reader(), &token).await;
    match found.map_err(|error| PageError::from_error(&error))? {
        Some(found) => Ok(private(Html(journey_page(c, &office, &found)?).into_response())),
        None => {
            let lost = TrackPage { lost: true, ..page(c, &FormData::default(), FormErrors::new(), Vec::new()) };
            Ok(private(Html(lost).status(StatusCode::NOT_FOUND)))
        }
    }
}

fn journey_page(c: Ctx, office: &Office, found: &Found) -> Result<JourneyPage, PageError> {
    let file = &found.state.file;
    let service =
        office.version(&file.service).or_else(|| office.service(&file.service.code, dates::day_of(file.registered_at)));
    let service = service.ok_or_else(|| PageError::internal("a request of a service that is not known"))?;
    let tree = office.units.now();
    let around =
        Around { c: &c, catalogue: office.catalogue(), service: &service, tree: &tree, now: office.clock.now() };
    let j = journey::view(&found.state, &around);
    let crumbs = vec![
        Crumb::new("/", c.t("common-home")),
        Crumb::new("/track", c.t("common-track")),
        Crumb::here(c.t("public-track-here")),
    ];
    Ok(JourneyPage { crumbs, j, c })
}

/// Kept by no browser and no search engine.
pub(crate) fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
}
