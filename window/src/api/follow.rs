//! Following a request and verifying a paper, for everybody: the same words as on the pages.

use axum::extract::Path;
use axum::response::Response;
use foundation::arabic::digits;
use foundation::dates;
use foundation::numbers::{Kind, Number};
use foundation::web::{ClientIp, Ctx, FormErrors, PageError, TrackState};
use http::StatusCode;

use super::model::{Journey, JourneyStep, PaperLine, TrackAsked, Verdict, VerifiedPaper, VerifyAsked};
use super::parts::{Body, coded, private, wrong};
use crate::office::Office;
use crate::public::Desk;
use crate::public::desk::{OPEN, TRACK, VERIFY};
use crate::public::journey::{self, Around};
use crate::public::places;
use crate::public::track::{guessed, wrong_number};
use crate::public::verdict::{Word, mask};
use crate::public::verify::judged;
use crate::requests::queries::{self, Found};

/// A request by its number and the PIN of its slip.
pub(super) async fn by_pin(
    c: Ctx,
    office: Office,
    desk: Desk,
    client: ClientIp,
    Body(asked): Body<TrackAsked>,
) -> Result<Response, PageError> {
    office.limits.take("track", client, TRACK)?;
    let mut errors = FormErrors::new();
    let number = match Number::parse(&asked.number) {
        Ok(number) if number.kind() == Kind::Request => Some(number),
        Ok(number) => {
            errors.add("number", c.t1("public-track-other-kind", "kind", number.kind().name_in(c.lang)));
            None
        }
        Err(error) => {
            errors.add("number", wrong_number(&c, &error));
            None
        }
    };
    let pin = digits::identifier(&asked.pin);
    if pin.len() != 4 || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        errors.add("pin", c.t("public-track-pin-wrong"));
    }
    if let Some(number) = number.filter(|_| !errors.any()) {
        if let Some(found) = guessed(&office, &desk, &number.to_string(), &pin).await? {
            return told(&c, &office, &found);
        }
        // One answer for an unknown number and for a wrong PIN: numbers cannot be sounded out.
        errors.add("number", c.t("public-track-not-found"));
    }
    Ok(wrong(&c, StatusCode::UNPROCESSABLE_ENTITY, &errors, str::to_owned))
}

/// A request by the code of its slip's QR.
pub(super) async fn by_token(
    c: Ctx,
    office: Office,
    client: ClientIp,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    office.limits.take("open", client, OPEN)?;
    let found = queries::tracked(&mut office.db.reader(), &token).await;
    let found = found.map_err(|error| PageError::from_error(&error))?.ok_or(PageError::NotFound)?;
    told(&c, &office, &found)
}

fn told(c: &Ctx, office: &Office, found: &Found) -> Result<Response, PageError> {
    let (file, course) = (&found.state.file, &found.state.course);
    let service =
        office.version(&file.service).or_else(|| office.service(&file.service.code, dates::day_of(file.registered_at)));
    let service = service.ok_or_else(|| PageError::internal("a request of a service that is not known"))?;
    let tree = office.units.now();
    let around = Around { c, catalogue: office.catalogue(), service: &service, tree: &tree, now: office.clock.now() };
    let view = journey::view(&found.state, &around);
    let state = |state: TrackState| match state {
        TrackState::Done => "done",
        TrackState::Now => "now",
        TrackState::Next => "next",
        TrackState::Skipped => "skipped",
    };
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let body = Journey {
        number: file.number.clone(),
        service: coded(&view.service_code, view.service),
        unit: coded(&view.unit_code, view.unit),
        received: dates::day_of(file.registered_at),
        status: course.status.word().to_owned(),
        status_text: view.status,
        next: view.next,
        expected: view.expected.map(|due| due.iso),
        missing: view.missing,
        to_pay: some(view.to_pay),
        steps: view
            .track
            .steps
            .into_iter()
            .map(|step| JourneyStep {
                state: state(step.state).to_owned(),
                title: step.title,
                place: step.place,
                day: some(step.iso),
                note: step.note,
            })
            .collect(),
        papers: view
            .papers
            .into_iter()
            .map(|paper| PaperLine {
                name: paper.name,
                number: paper.number,
                standing: paper.standing,
                until: paper.until,
            })
            .collect(),
    };
    private(c, StatusCode::OK, &body)
}

/// A paper by its number: neither holder nor place.
pub(super) async fn by_number(
    c: Ctx,
    office: Office,
    desk: Desk,
    client: ClientIp,
    Path(number): Path<String>,
) -> Result<Response, PageError> {
    office.limits.take("verify", client, VERIFY)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(PageError::NotFound);
    }
    judge(&c, &office, &desk, &number, "number").await
}

/// A paper by what its QR says, or by its number.
pub(super) async fn by_code(
    c: Ctx,
    office: Office,
    desk: Desk,
    client: ClientIp,
    Body(asked): Body<VerifyAsked>,
) -> Result<Response, PageError> {
    office.limits.take("verify", client, VERIFY)?;
    judge(&c, &office, &desk, &asked.code, "code").await
}

async fn judge(c: &Ctx, office: &Office, desk: &Desk, typed: &str, field: &str) -> Result<Response, PageError> {
    let (word, shown) = match judged(c, office, desk, typed).await? {
        Ok(worth) => worth,
        Err(text) => {
            let mut errors = FormErrors::new();
            errors.add(field, text);
            return Ok(wrong(c, StatusCode::UNPROCESSABLE_ENTITY, &errors, str::to_owned));
        }
    };
    let tree = office.units.now();
    let paper = shown.map(|shown| VerifiedPaper {
        number: shown.number,
        kind: shown.kind,
        service: shown.service,
        unit: coded(&shown.unit, tree.unit(&shown.unit).map(|unit| places::title(c, unit)).unwrap_or_default()),
        governorate: shown.tenant,
        issued: shown.issued,
        expires: shown.expires,
        holder: shown.holder.as_deref().map(mask),
        last_four: shown.last_four.map(|digits| format!("{digits:04}")),
        replaced_by: Some(shown.replaced_by).filter(|number| !number.is_empty()),
    });
    let body = Verdict {
        verdict: word.name().to_owned(),
        text: c.t(&format!("public-verdict-{}", word.name())),
        as_of: office.clock.now().to_string(),
        paper,
    };
    let status = if word == Word::Unknown { StatusCode::NOT_FOUND } else { StatusCode::OK };
    private(c, status, &body)
}
