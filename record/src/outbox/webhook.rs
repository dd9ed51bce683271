//! نداء إلى نظام آخر: how an event is told to another system.

use foundation::clock::Micros;
use foundation::web::messages::Lang;
use serde::Serialize;
use uuid::Uuid;

use super::{Content, Outgoing, Owner};

/// حدث للأنظمة الأخرى: an event as CloudEvents 1.0 writes it in JSON (structured mode). No personal data
/// belongs into it but what the receiver is entitled to.
#[derive(Clone, Debug)]
pub struct CloudEvent {
    /// Unique with `source`.
    pub id: String,
    /// Where it comes from: an address of this node.
    pub source: String,
    /// What happened: `eg.shubbak.request.registered`.
    pub kind: String,
    /// What it is about: a number.
    pub subject: Option<String>,
    /// When it happened.
    pub time: Micros,
    /// Its data.
    pub data: serde_json::Value,
}

#[derive(Serialize)]
struct Written<'a> {
    specversion: &'static str,
    id: &'a str,
    source: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    time: String,
    datacontenttype: &'static str,
    data: &'a serde_json::Value,
}

impl CloudEvent {
    /// The body of the call: `application/cloudevents+json`.
    pub fn body(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Written {
            specversion: "1.0",
            id: &self.id,
            source: &self.source,
            kind: &self.kind,
            subject: self.subject.as_deref(),
            time: self.time.to_string(),
            datacontenttype: "application/json",
            data: &self.data,
        })
    }
}

/// A call to be made.
#[derive(Clone, Debug)]
pub struct Call {
    /// Of the call: derive it from event and receiver, so that an event is told once.
    pub id: Uuid,
    /// Governorate.
    pub tenant: String,
    /// Whose secret and address these are; they lie encrypted under this key.
    pub owner: Owner,
    /// `https://…`
    pub url: String,
    /// `whsec_` and the base64 of 24 to 64 bytes (Standard Webhooks).
    pub secret: String,
}

impl Outgoing {
    /// A signed call that tells an event to another system. It is tried for a day.
    pub fn webhook(call: Call, event: &CloudEvent, now: Micros) -> Result<Self, serde_json::Error> {
        Ok(Self {
            id: call.id,
            tenant: call.tenant,
            content: Content::Webhook { url: call.url, secret: call.secret, body: event.body()? },
            owner: call.owner,
            template: event.kind.clone(),
            lang: Lang::Ar,
            not_before: now,
            expires_at: now.plus_days(1),
            urgent: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_a_cloud_event() {
        let event = CloudEvent {
            id: "1".into(),
            source: "https://shubbak.example".into(),
            kind: "eg.shubbak.request.registered".into(),
            subject: None,
            time: Micros(1_795_253_400_000_000),
            data: serde_json::json!({"status": "in_progress"}),
        };
        assert_eq!(
            event.body().expect("JSON"),
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"https://shubbak.example\",\
             \"type\":\"eg.shubbak.request.registered\",\"time\":\"2026-11-21T09:30:00.000000Z\",\
             \"datacontenttype\":\"application/json\",\"data\":{\"status\":\"in_progress\"}}"
        );
    }
}
