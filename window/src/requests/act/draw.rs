//! What a command needs to be drawn for it: numbers, codes, the paper itself.

use foundation::clock::Micros;
use foundation::db::Tx;
use foundation::money::Piastres;
use foundation::numbers::Kind;
use record::SubjectKey;
use registry::citizens;

use super::facts::Ground;
use super::{ActError, personal};
use crate::Office;
use crate::numbers;
use crate::papers::{self, Content, Holder, Signed};
use crate::requests::events::{Act, Answers, StepNo};
use crate::requests::rules::{Command, DrawnPaper, DrawnReceipt, day, last_day, paper_kind, printed_values};
use crate::requests::state::{File, State};

/// What is to be drawn.
pub(super) enum Wanted<'a> {
    /// A receipt with its number.
    Receipt {
        /// The payment step.
        step: StepNo,
        /// What is taken.
        amount: Piastres,
        /// The slip in hand.
        slip: &'a str,
    },
    /// A paper with its number.
    Paper(StepNo),
}

pub(super) fn wanted(what: &Command) -> Option<Wanted<'_>> {
    match what {
        Command::Collect { step, amount, slip } => {
            Some(Wanted::Receipt { step: *step, amount: *amount, slip: slip.trim() })
        }
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

/// Whether the request is for a duplicate of a paper of this system.
fn is_duplicate(file: &File) -> bool {
    file.parent.as_ref().is_some_and(|parent| parent.act == Some(Act::Duplicate))
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

/// Draws and signs a receipt: number, code, who paid what for which request.
///
/// A receipt is no licence and is not revoked by list: it draws no place there. What it costs beside the
/// number is the payer's row and key, which its content is encrypted under.
pub(super) async fn receipt(
    tx: &mut Tx,
    office: &Office,
    state: &State,
    ground: &Ground,
    (step, amount, slip): (StepNo, Piastres, &str),
) -> Result<(String, DrawnReceipt), ActError> {
    let file = &state.file;
    let key = office.issuers().key(&file.tenant).ok_or_else(|| ActError::NoIssuingKey(file.tenant.clone()))?;
    let (payer, subject_key) = payer(tx, office, file).await?;
    let unit = desk_unit(state, step);
    // The book last: its row is locked until the transaction ends.
    let number = number(tx, &file.tenant, unit, Kind::Receipt, ground.now).await?;
    let claims = papers::receipt_claims(
        &ground.service,
        &payer,
        &papers::Receipt {
            tenant: &file.tenant,
            unit,
            number: &number,
            request: &file.number,
            amount,
            slip,
            at: ground.now,
        },
    );
    let signed = documents::sign::sign(&claims, key)?;
    let content = Content { holder: payer, ..Content::default() }.with_signed(&signed.bytes);
    let personal = content.encrypt(&subject_key, &number)?;
    Ok((number, DrawnReceipt { token: office.ids.token(), personal }))
}

/// Whom a paper names, with the key under which it does.
async fn payer(tx: &mut Tx, office: &Office, file: &File) -> Result<(Holder, SubjectKey), ActError> {
    let subject = file.applicant.subject;
    let found = citizens::find_with_key(tx, &office.record, &file.tenant, subject).await?;
    let (citizen, key) = found.filter(|(citizen, _)| !citizen.erased).ok_or(ActError::Erased)?;
    let holder = Holder {
        name: citizen.name.onto_paper().clone(),
        identity: citizen.identity.as_ref().map(|identity| identity.onto_paper().clone()),
        national_id: citizen.identity_kind == Some(citizens::IdentityKind::NationalId),
    };
    Ok((holder, key))
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
    let (holder, subject_key) = payer(tx, office, file).await?;
    let status_index = papers::draw_index(tx, &office.ids, &file.tenant).await?;

    // A duplicate says what its original said, and is of its kind.
    let original = ground.parent.as_ref().filter(|_| is_duplicate(file));
    let mut values = printed_values(state, service);
    let personal = personal::open_answers(&subject_key, &file.personal)?;
    let printed = &service.output.printed_fields;
    let (mut kind, mut said) = (paper_kind(service).unwrap_or_default(), service.clone());
    let mut copied = Content::default();
    if let Some(original) = original {
        kind = &original.paper.kind;
        said = office.version(original.printed_as()).ok_or(ActError::NoService)?;
        values.extend(original.paper.values.clone());
        copied = Content::decrypt(&subject_key, &original.paper.number, &original.paper.personal)?;
    }
    let service = &said;
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
            kind,
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
        place: if copied.place.is_empty() { papers::place(service, &values, answers) } else { copied.place },
        values: of_person.map(|(id, value)| (id.clone(), value.clone())).chain(copied.values).collect(),
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
