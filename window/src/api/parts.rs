//! What the handlers share: bodies in, answers out, words for what is wrong.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use foundation::web::{Ctx, FormData, FormErrors, PageError, problem};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::model::Coded;

/// A JSON body.
pub(super) struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let media = kind.split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/json") {
            return Err(PageError::Say(StatusCode::UNSUPPORTED_MEDIA_TYPE, "api-json-only"));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| PageError::TooLarge { megabytes: 2 })?;
        // What serde says names the place in the body, and may repeat a value of it: it is for the caller alone.
        serde_json::from_slice(&bytes).map(Self).map_err(|error| PageError::Unprocessable(error.to_string()))
    }
}

/// An answer in the language that was asked for.
pub(super) fn answer<T: Serialize>(c: &Ctx, status: StatusCode, body: &T) -> Result<Response, PageError> {
    let text = serde_json::to_vec(body).map_err(|error| PageError::from_error(&error))?;
    let mut response = (status, text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(c.lang.tag()));
    headers.append(header::VARY, HeaderValue::from_static("accept-language"));
    Ok(response)
}

/// The same for what is about somebody: nobody keeps it.
pub(super) fn private<T: Serialize>(c: &Ctx, status: StatusCode, body: &T) -> Result<Response, PageError> {
    Ok(crate::public::track::private(answer(c, status, body)?))
}

/// The same for what everybody may keep: with an ETag, and nothing but 304 to who has it already.
pub(super) fn kept<T: Serialize>(c: &Ctx, asked: &HeaderMap, body: &T) -> Result<Response, PageError> {
    let text = serde_json::to_vec(body).map_err(|error| PageError::from_error(&error))?;
    let hash: String = Sha256::digest(&text).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    // Weak: compression changes the bytes, not what they say.
    let tag = format!("W/\"{hash}\"");
    let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    let is_known = known
        .split(',')
        .any(|one| matches!(one.trim(), "*") || one.trim().trim_start_matches("W/") == tag.trim_start_matches("W/"));
    let mut response =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { answer(c, StatusCode::OK, body)? };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    Ok(response)
}

/// What is wrong at the fields of a body, under the names that `name` gives them.
pub(super) fn wrong(c: &Ctx, status: StatusCode, errors: &FormErrors, name: impl Fn(&str) -> String) -> Response {
    let list: Vec<(String, &str)> = errors.iter().map(|(field, text)| (name(field), text)).collect();
    let list: Vec<(&str, &str)> = list.iter().map(|(field, text)| (field.as_str(), *text)).collect();
    let detail = list.first().map(|(_, text)| (*text).to_owned()).unwrap_or_default();
    problem(c, status, &detail, &list)
}

/// A code with its name.
pub(super) fn coded(code: &str, name: impl Into<String>) -> Coded {
    Coded { code: code.to_owned(), name: name.into() }
}

/// The command behind an `Idempotency-Key`: the same key of the same account is the same command, for
/// ever. Without a key a call is not repeated.
///
/// # Errors
/// 400 if the key is missing or longer than 100 characters.
pub(super) fn command(headers: &HeaderMap, account: Option<Uuid>) -> Result<Uuid, PageError> {
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::trim).unwrap_or_default();
    if key.is_empty() || key.len() > 100 {
        return Err(PageError::Say(StatusCode::BAD_REQUEST, "api-key-of-call-missing"));
    }
    let account = account.unwrap_or_default();
    Ok(record::follow::derived_id("api-command", &format!("{account}/{key}")))
}

/// The values of an object as a form carries them, under names that begin with `prefix`.
pub(super) fn fill(data: &mut FormData, prefix: &str, values: &Map<String, Value>) {
    for (name, value) in values {
        put(data, &format!("{prefix}{name}"), value);
    }
}

fn put(data: &mut FormData, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Bool(truth) => data.add(name, if *truth { "yes" } else { "no" }),
        Value::Number(number) => data.add(name, &number.to_string()),
        Value::String(text) => data.add(name, text),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                match item {
                    Value::Object(row) => fill(data, &format!("{name}.{at}."), row),
                    item => put(data, name, item),
                }
            }
        }
        Value::Object(parts) => fill(data, &format!("{name}."), parts),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_carried_as_a_form_does() {
        let values = json!({ "a": "x", "n": 3, "y": true, "none": null, "many": ["p", "q"], "rows": [{ "c": "1" }, { "c": "2" }] });
        let mut data = FormData::default();
        fill(&mut data, "a.", values.as_object().unwrap());
        assert_eq!((data.get("a.a"), data.get("a.n"), data.get("a.y")), ("x", "3", "yes"));
        assert_eq!(data.all("a.many"), ["p", "q"]);
        assert_eq!(data.rows("a.rows").len(), 2);
        assert!(!data.has("a.none"));
    }

    #[test]
    fn a_command_follows_from_account_and_key() {
        let mut headers = HeaderMap::new();
        assert!(command(&headers, None).is_err());
        headers.insert("idempotency-key", HeaderValue::from_static("one"));
        let [a, b] = [1, 2].map(|n| Some(Uuid::from_u128(n)));
        assert_eq!(command(&headers, a).unwrap(), command(&headers, a).unwrap());
        assert_ne!(command(&headers, a).unwrap(), command(&headers, b).unwrap());
    }
}
