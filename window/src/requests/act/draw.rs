//! What a command needs to be drawn for it: numbers, codes, the paper itself.

use foundation::clock::Micros;
use foundation::db::Tx;
use foundation::numbers::Kind;
use registry::citizens;

use super::facts::Ground;
use super::{ActError, personal};
use crate::Office;
use crate::numbers;
use crate::papers::{self, Content, Holder, Signed};
use crate::requests::events::{Answers, StepNo};
use crate::requests::rules::{Command, DrawnPaper, day, last_day, paper_kind, printed_values};
use crate::requests::state::State;

/// What is to be drawn.
pub(super) enum Wanted {
    /// The number of a receipt.
    Receipt(StepNo),
    /// A paper with its number.
    Paper(StepNo),
}

pub(super) const fn wanted(what: &Command) -> Option<Wanted> {
    match what {
        Command::Collect { step, .. } => Some(Wanted::Receipt(*step)),
        Command::Issue { step } => Some(Wanted::Paper(*step)),
        _ => None,
    }
}

/// The unit on whose desk a step lies: its books are used.
pub(super) fn desk_unit(state: &State, step: StepNo) -> &str {
    let holder = state.course.step(step).and_then(|step| step.holder.as_ref());
    holder.map_or(&state.file.unit, |holder| &holder.unit)
}

pub(super) fn sample(unit: &str, kind: Kind, now: Micros) -> Result<String, ActError> {
    Ok(numbers::sample(unit, kind, now)?.to_string())
}

pub(super) async fn number(tx: &mut Tx, tenant: &str, unit: &str, kind: Kind, now: Micros) -> Result<String, ActError> {
    Ok(numbers::allot(tx, tenant, unit, kind, now).await?.to_string())
}

/// A paper that is not yet one, to try the decision with.
pub(super) fn sample_paper(state: &State, ground: &Ground, step: StepNo) -> Result<DrawnPaper, ActError> {
    Ok(DrawnPaper {
        number: sample(desk_unit(state, step), Kind::Paper, ground.now)?,
        token: String::new(),
        status_index: 0,
        values: Answers::new(),
        personal: serde_json::Value::Null,
        expires: last_day(&ground.service, state, day(ground.now)),
    })
}

/// Draws and signs a paper: number, code, place in the status list, values, the person.
pub(super) async fn paper(
    tx: &mut Tx,
    office: &Office,
    state: &State,
    ground: &Ground,
    step: StepNo,
) -> Result<DrawnPaper, ActError> {
    let file = &state.file;
    let service = &ground.service;
    let key = office.issuers().key(&file.tenant).ok_or_else(|| ActError::NoIssuingKey(file.tenant.clone()))?;
    let subject = file.applicant.subject;
    let citizen = citizens::find(tx, &office.record, &file.tenant, subject).await?;
    let citizen = citizen.filter(|citizen| !citizen.erased).ok_or(ActError::Erased)?;
    let subject_key = office.record.keyring().open(tx, &file.tenant, subject).await?.ok_or(ActError::Erased)?;
    let status_index = papers::draw_index(tx, &office.ids, &file.tenant).await?;

    let values = printed_values(state, service);
    let personal = personal::open_answers(&subject_key, &file.personal)?;
    let printed = &service.output.printed_fields;
    let holder = Holder {
        name: citizen.name.onto_paper().clone(),
        identity: citizen.identity.as_ref().map(|identity| identity.onto_paper().clone()),
        national_id: citizen.identity_kind == Some(citizens::IdentityKind::NationalId),
    };
    let expires = last_day(service, state, day(ground.now));
    let unit = desk_unit(state, step);
    // The book last: its row is locked until the transaction ends.
    let number = number(tx, &file.tenant, unit, Kind::Paper, ground.now).await?;
    let answers = [&state.course.report, &file.answers];
    let claims = papers::claims(
        service,
        &holder,
        &Signed {
            tenant: &file.tenant,
            unit,
            number: &number,
            kind: paper_kind(service).unwrap_or_default(),
            status_index,
            at: ground.now,
            expires,
            values: &values,
            answers,
        },
    );
    let signed = documents::sign::sign(&claims, key)?;
    let of_person = personal.onto_paper().iter().filter(|(id, _)| printed.contains(id));
    let content = Content {
        holder,
        place: papers::place(service, &values, answers),
        values: of_person.map(|(id, value)| (id.clone(), value.clone())).collect(),
        signed: String::new(),
    }
    .with_signed(&signed.bytes);
    Ok(DrawnPaper {
        personal: content.encrypt(&subject_key, &number)?,
        token: office.ids.token(),
        number,
        status_index,
        values,
        expires,
    })
}
