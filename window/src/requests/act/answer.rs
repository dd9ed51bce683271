//! The answer to a command, made of its events alone: so a repeated form gets the same one.

use record::Event;
use uuid::Uuid;

use super::ActError;
use crate::Office;
use crate::requests::events::{RequestEvent, STREAM, Status};

/// جواب الإجراء
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Governorate of the request.
    pub tenant: String,
    /// The request.
    pub request: Uuid,
    /// Version of the request after the command.
    pub version: i64,
    /// Kind of the event.
    pub kind: String,
    /// Status after it.
    pub status: Status,
    /// Number of the request, if this registered it.
    pub number: Option<String>,
    /// Code of the slip's QR, if this registered it.
    pub slip: Option<String>,
    /// The paper that this issued.
    pub paper: Option<IssuedNumber>,
    /// The receipt of a payment.
    pub receipt: Option<String>,
}

/// Number and code of an issued paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedNumber {
    /// 15 digits.
    pub number: String,
    /// Random part of its QR.
    pub token: String,
}

/// The events if they are of this request and by this actor; none otherwise, so that a command id of
/// somebody else answers nothing.
pub(super) fn of_stream(events: Vec<Event>, request: Uuid, actor: Option<Uuid>) -> Option<Vec<Event>> {
    let own = |event: &Event| event.actor == actor;
    let ours = events.iter().any(|event| is_of(event, request));
    (ours && events.iter().all(own)).then_some(events)
}

fn is_of(event: &Event, request: Uuid) -> bool {
    event.stream.kind == STREAM && event.stream.id == request
}

/// Waits for the seal and reads the answer from the events.
pub(super) async fn sealed(office: &Office, tenant: &str, request: Uuid, events: &[Event]) -> Result<Answer, ActError> {
    let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
    office.record.wait_sealed(&ids).await?;
    let last = events.iter().rfind(|event| is_of(event, request)).ok_or(ActError::NotFound)?;
    let happened = RequestEvent::read(&last.kind, &last.data);
    let happened = happened.map_err(|error| record::RecordError::Shape(error.to_string()))?;
    let mut answer = Answer {
        tenant: tenant.to_owned(),
        request,
        version: last.version,
        kind: last.kind.clone(),
        status: happened.effect().status,
        number: None,
        slip: None,
        paper: None,
        receipt: None,
    };
    match happened {
        RequestEvent::Registered(data) => {
            answer.number = Some(data.number);
            answer.slip = Some(data.slip.token);
        }
        RequestEvent::Issued(data) => answer.paper = Some(IssuedNumber { number: data.number, token: data.token }),
        RequestEvent::PaymentCollected(data) => answer.receipt = Some(data.receipt),
        _ => {}
    }
    Ok(answer)
}
