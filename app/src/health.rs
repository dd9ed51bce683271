//! Probes and figures for those who run it: `/healthz`, `/readyz`, `/metrics`.
//!
//! They stand outside the pages' shell: no cookies, no log line for each probe.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use foundation::params;

use crate::config::Config;
use crate::node::Node;

#[derive(Clone)]
struct Probe {
    node: Arc<Node>,
    token: Arc<str>,
}

/// The three routes.
pub fn routes(node: Arc<Node>, config: &Config) -> Router {
    let probe = Probe { node, token: config.get("metrics.token").into() };
    Router::new()
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(probe)
}

/// Database, migrations and disk; each failure on a line of its own.
async fn ready(State(probe): State<Probe>) -> Response {
    let mut wrong = Vec::new();
    match probe.node.db.pending().await {
        Ok(found) if found.pending.is_empty() => {}
        Ok(_) => wrong.push("migrations are pending".to_owned()),
        Err(error) => wrong.push(format!("database: {error}")),
    }
    if let Err(error) = probe.node.office.files().probe().await {
        wrong.push(format!("files: {error}"));
    }
    match wrong.as_slice() {
        [] => "ready\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, wrong.join("\n") + "\n").into_response(),
    }
}

/// Prometheus text. Open to this machine, to others with the token only.
async fn metrics(
    State(probe): State<Probe>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    if !allowed(&probe.token, from, &headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match figures(&probe.node).await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "metrics");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn allowed(token: &str, from: SocketAddr, headers: &HeaderMap) -> bool {
    if token.is_empty() {
        return from.ip().is_loopback();
    }
    let given =
        headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    given.is_some_and(|given| same(given.as_bytes(), token.as_bytes()))
}

/// Compares without telling by its time how much was right.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |seen, (x, y)| seen | (x ^ y)) == 0
}

async fn figures(node: &Node) -> Result<String, record::RecordError> {
    let mut text = String::new();
    let mut put = |name: &str, help: &str, kind: &str, rows: &[(String, i64)]| {
        let _infallible = writeln!(text, "# HELP shubbak_{name} {help}\n# TYPE shubbak_{name} {kind}");
        for (labels, value) in rows {
            let _infallible = writeln!(text, "shubbak_{name}{labels} {value}");
        }
    };
    let now = node.record.clock().now();
    let head = record::Head::read(&mut node.db.reader()).await?;
    put("events_sealed_total", "Events sealed into the record.", "counter", &[(String::new(), head.number)]);
    let refused = node.record.unsealed(&mut node.db.reader()).await?.refused.len();
    let refused = [(String::new(), refused as i64)];
    put("events_refused", "Events written beside the record, which the sealer refuses.", "gauge", &refused);
    let open = node.db.query_one(
        "SELECT COUNT(*) AS open, CAST(COALESCE(SUM(CASE WHEN due_at < $1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS late \
         FROM request_steps WHERE state = 'open'",
        params![now],
    );
    let open = open.await?;
    put("steps_open", "Steps that lie on a desk.", "gauge", &[(String::new(), open.get("open")?)]);
    put("steps_late", "Open steps past their day.", "gauge", &[(String::new(), open.get("late")?)]);
    let followers = node.record.progress(&mut node.db.reader()).await?;
    let lag: Vec<_> = followers.iter().map(|f| (format!("{{follower=\"{}\"}}", f.name), f.lag)).collect();
    put("follower_lag_events", "Sealed events that a follower has not read.", "gauge", &lag);
    let failed = record::jobs::failed(&mut node.db.reader()).await?;
    put("jobs_failed", "Jobs that gave up.", "gauge", &[(String::new(), failed.len() as i64)]);
    let queues = record::outbox::standing(&mut node.db.reader(), now).await?;
    let of = |value: fn(&record::outbox::Standing, foundation::clock::Micros) -> i64| -> Vec<_> {
        queues.iter().map(|q| (format!("{{channel=\"{}\"}}", q.channel.code()), value(q, now))).collect()
    };
    put("outbox_waiting", "Messages that are still to be sent.", "gauge", &of(|q, _| q.waiting));
    let oldest = of(|q, now| q.oldest.map_or(0, |at| now.since(at) / 1_000_000));
    put("outbox_oldest_seconds", "Age of the oldest message that is still to be sent.", "gauge", &oldest);
    put("outbox_failed", "Messages that failed within the last day.", "gauge", &of(|q, _| q.failed));
    let pages = foundation::web::access_log::counted();
    let requests: Vec<_> = pages.iter().map(|p| (format!("{{class=\"{}xx\"}}", p.class), p.count)).collect();
    put("http_requests_total", "Answers by class of status.", "counter", &requests);
    let spent: Vec<_> = pages.iter().map(|p| (format!("{{class=\"{}xx\"}}", p.class), p.milliseconds)).collect();
    put("http_request_milliseconds_total", "Time spent on answers.", "counter", &spent);
    Ok(text)
}
