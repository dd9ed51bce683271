//! بوابة الرسائل: text messages over a provider's HTTP address. Method, body and answer are templates of
//! the configuration, so that the gateways of Egypt fit without code of their own.

use std::time::Duration;

use anyhow::{Context as _, Result};
use record::BoxFuture;
use record::outbox::{Content, Message, Outcome, Transport, Why};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, StatusCode, redirect};
use serde_json::Value;

use super::settings::HttpSms;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 2 } else { 25 });
/// The most that is read of an answer.
const ANSWER: usize = 64 * 1024;

/// A provider.
pub struct Gateway {
    client: Client,
    settings: HttpSms,
}

impl Gateway {
    /// The provider of the configuration.
    pub fn new(settings: HttpSms) -> Result<Self> {
        super::provider();
        let mut headers = HeaderMap::new();
        if !settings.authorization.is_empty() {
            let mut value = HeaderValue::from_str(&settings.authorization).context("sms.authorization")?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(redirect::Policy::none())
            .default_headers(headers)
            .build()
            .context("sms.url")?;
        Ok(Self { client, settings })
    }

    async fn send(&self, message: &Message, to: &str, text: &str) -> Outcome {
        let settings = &self.settings;
        let is_json = settings.body.trim_start().starts_with(['{', '[']);
        let fill = |template: &str, escape: fn(&str) -> String| {
            let plain = to.trim_start_matches('+');
            // Egypt's numbers as they are dialled at home.
            let local = plain.strip_prefix("20").map_or_else(|| plain.to_owned(), |rest| format!("0{rest}"));
            let id = message.id.to_string();
            let known =
                [("{to}", plain), ("{local}", &local), ("{text}", text), ("{id}", &id), ("{from}", &settings.from)];
            filled(template, &known, escape)
        };
        let url = fill(&settings.url, percent);
        let request = if settings.method == "GET" {
            self.client.get(url)
        } else {
            let (kind, body) = if is_json {
                ("application/json", fill(&settings.body, json))
            } else {
                ("application/x-www-form-urlencoded", fill(&settings.body, percent))
            };
            self.client.post(url).header(CONTENT_TYPE, kind).body(body)
        };
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(error) if error.is_timeout() => return Outcome::Later(Why::new("the gateway did not answer in time")),
            Err(_) => return Outcome::Later(Why::new("the gateway cannot be reached")),
        };
        let status = answer.status();
        if !status.is_success() {
            let number = u32::from(status.as_u16());
            return match status {
                StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
                    Outcome::Refused(Why::numbered("the gateway refused", number))
                }
                _ => Outcome::Later(Why::numbered("the gateway answered", number)),
            };
        }
        let Ok(body) = limited(answer).await else { return Outcome::Later(Why::new("the gateway's answer broke off")) };
        if !settings.answer_ok.is_empty() && !body.contains(&settings.answer_ok) {
            return Outcome::Later(Why::new("the gateway's answer is no consent"));
        }
        Outcome::Sent(provider_id(&body, &settings.answer_id))
    }
}

/// The answer, cut where it is longer than any answer should be.
async fn limited(mut answer: reqwest::Response) -> Result<String, reqwest::Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() >= ANSWER {
            break;
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The provider's id: where the pointer leads in a JSON answer; `body` is the whole answer.
fn provider_id(answer: &str, pointer: &str) -> Option<String> {
    if pointer == "body" {
        return Some(answer.trim().to_owned()).filter(|id| !id.is_empty() && id.len() <= 100);
    }
    let json: Value = serde_json::from_str(answer).ok()?;
    match json.pointer(pointer).filter(|_| !pointer.is_empty())? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Puts values into a template in one pass, so that a brace in a value is not read as a placeholder.
fn filled(template: &str, known: &[(&str, &str)], escape: fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match known.iter().find(|(name, _)| from.starts_with(name)) {
            Some((name, value)) => {
                out.push_str(&escape(value));
                rest = from.get(name.len()..).unwrap_or_default();
            }
            None => {
                out.push('{');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out + rest
}

fn json(value: &str) -> String {
    let quoted = Value::from(value).to_string();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

fn percent(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

impl Transport for Gateway {
    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            match &message.content {
                Content::Sms { to, text } => self.send(message, to, text).await,
                _ => Outcome::Refused(Why::new("no text message")),
            }
        })
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn templates_are_filled_once_and_escaped() {
        let known = [("{to}", "2010"), ("{text}", "«{to}» \"x\"\n")];
        assert_eq!(
            filled(r#"{"m":"{to}","t":"{text}","n":{}}"#, &known, json),
            r#"{"m":"2010","t":"«{to}» \"x\"\n","n":{}}"#
        );
        assert_eq!(filled("to={to}&t={text}", &known, percent), "to=2010&t=%C2%AB%7Bto%7D%C2%BB+%22x%22%0A");
    }

    #[test]
    fn the_providers_id_is_found() {
        let answer = r#"{"data":[{"id":77}],"ref":"a-1"}"#;
        assert_eq!(provider_id(answer, "/data/0/id").as_deref(), Some("77"));
        assert_eq!(provider_id(answer, "/ref").as_deref(), Some("a-1"));
        assert_eq!(provider_id(answer, ""), None);
        assert_eq!(provider_id("OK", "/ref"), None);
        assert_eq!(provider_id(" 991 \n", "body").as_deref(), Some("991"));
    }
}
