//! تقارير التسليم: what a provider of text messages reports, at `/callbacks/sms/{secret}`.
//!
//! It stands outside the pages' shell: a provider has no cookies and no token of a form. Whoever knows the
//! secret in the address is the provider; it is compared without telling by time how much was right.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::StatusCode;
use axum::routing::get;
use record::outbox::{Arrival, Of, Post, Why};
use serde_json::Value;
use uuid::Uuid;

use crate::config::Config;
use crate::health::same;

/// The largest report.
const REPORT: usize = 64 * 1024;

#[derive(Clone)]
struct Desk {
    post: Post,
    secret: String,
    id: String,
    status: String,
    delivered: Vec<String>,
    failed: Vec<String>,
}

/// The route, where the configuration has a secret for it.
pub fn routes(post: &Post, config: &Config) -> Router {
    let secret = config.get("sms.callback_secret");
    if secret.is_empty() {
        return Router::new();
    }
    let words = |name: &str| config.get(name).split(',').map(|word| word.trim().to_lowercase()).collect();
    let desk = Desk {
        post: post.clone(),
        secret: secret.to_owned(),
        id: config.get("sms.callback_id").to_owned(),
        status: config.get("sms.callback_status").to_owned(),
        delivered: words("sms.callback_delivered"),
        failed: words("sms.callback_failed"),
    };
    Router::new()
        .route("/callbacks/sms/{secret}", get(report).post(report))
        .layer(DefaultBodyLimit::max(REPORT))
        .with_state(desk)
}

/// 204 noted, or nothing to note yet; 404 of nobody's message or by nobody we know; 400 no report.
async fn report(
    State(desk): State<Desk>,
    Path(secret): Path<String>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> StatusCode {
    if !same(secret.as_bytes(), desk.secret.as_bytes()) {
        return StatusCode::NOT_FOUND;
    }
    let field = |name: &str| field(name, query.as_deref().unwrap_or_default(), &body);
    let (Some(id), Some(status)) = (field(&desk.id), field(&desk.status)) else { return StatusCode::BAD_REQUEST };
    let status = status.to_lowercase();
    let arrival = if desk.delivered.contains(&status) {
        Arrival::Delivered
    } else if desk.failed.contains(&status) {
        Arrival::Failed(Why::new("the provider could not deliver it"))
    } else {
        return StatusCode::NO_CONTENT;
    };
    // Either id may be named: ours was sent along.
    let of = id.parse::<Uuid>().map_or_else(|_| Of::Provider(id), Of::Message);
    match desk.post.report(of, arrival).await {
        Ok(true) => StatusCode::NO_CONTENT,
        Ok(false) => StatusCode::NOT_FOUND,
        Err(error) => {
            tracing::error!(%error, "a report of delivery could not be noted");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// A field of the report: by JSON pointer in a JSON body, else by name in a form or the address.
fn field(name: &str, query: &str, body: &[u8]) -> Option<String> {
    if let Ok(json) = serde_json::from_slice::<Value>(body) {
        let pointer = if name.starts_with('/') { name.to_owned() } else { format!("/{name}") };
        return match json.pointer(&pointer)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
    }
    let name = name.trim_start_matches('/');
    let in_form =
        |form: &[u8]| form_urlencoded::parse(form).find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    in_form(body).or_else(|| in_form(query.as_bytes()))
}
