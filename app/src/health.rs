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
use foundation::clock::Micros;
use foundation::params;
use foundation::web::access_log;

use crate::backup;
use crate::config::Config;
use crate::node::Node;

#[derive(Clone)]
struct Probe {
    node: Arc<Node>,
    config: Arc<Config>,
}

/// The three routes.
pub fn routes(node: Arc<Node>, config: &Config) -> Router {
    let probe = Probe { node, config: Arc::new(config.clone()) };
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
    if !allowed(probe.config.get("metrics.token"), from, &headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match figures(&probe.node, &probe.config).await {
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

/// What the figures are written into.
struct Figures(String);

impl Figures {
    fn put(&mut self, name: &str, help: &str, kind: &str, rows: &[(String, f64)]) {
        let _infallible = writeln!(self.0, "# HELP shubbak_{name} {help}\n# TYPE shubbak_{name} {kind}");
        for (labels, value) in rows {
            let _infallible = writeln!(self.0, "shubbak_{name}{labels} {value}");
        }
    }

    fn gauge(&mut self, name: &str, help: &str, value: i64) {
        self.put(name, help, "gauge", &[(String::new(), value as f64)]);
    }

    fn counter(&mut self, name: &str, help: &str, rows: &[(String, f64)]) {
        self.put(name, help, "counter", rows);
    }
}

/// Every figure as Prometheus reads it.
pub async fn figures(node: &Node, config: &Config) -> Result<String, record::RecordError> {
    let mut figures = Figures(String::new());
    let version = (format!("{{version=\"{}\"}}", env!("CARGO_PKG_VERSION")), 1.0);
    figures.put("build_info", "Version of the program.", "gauge", &[version]);
    record(node, &mut figures).await?;
    work(node, &mut figures).await?;
    http(&mut figures);
    disk(config, &mut figures);
    backups(config, &mut figures);
    Ok(figures.0)
}

async fn record(node: &Node, figures: &mut Figures) -> Result<(), record::RecordError> {
    let head = record::Head::read(&mut node.db.reader()).await?;
    figures.counter("events_sealed_total", "Events sealed into the record.", &[(String::new(), head.number as f64)]);
    let unsealed = node.record.unsealed(&mut node.db.reader()).await?;
    figures.gauge(
        "events_refused",
        "Events written beside the record, which the sealer refuses.",
        unsealed.refused.len() as i64,
    );
    figures.gauge(
        "events_waiting",
        "Events that wait for their seal; at most 1000 are counted.",
        unsealed.waiting as i64,
    );
    let sql = "SELECT MIN(recorded_at) AS oldest FROM events WHERE number IS NULL";
    let oldest: Option<Micros> = node.db.query_one(sql, params![]).await?.get("oldest")?;
    let lag = oldest.map_or(0, |oldest| node.record.clock().now().since(oldest).max(0) / Micros::SECOND);
    figures.gauge("seal_lag_seconds", "Age of the oldest event that is not sealed.", lag);
    let followers = node.record.progress(&mut node.db.reader()).await?;
    let lag: Vec<_> = followers.iter().map(|f| (format!("{{follower=\"{}\"}}", f.name), f.lag as f64)).collect();
    figures.put("follower_lag_events", "Sealed events that a follower has not read.", "gauge", &lag);
    Ok(())
}

async fn work(node: &Node, figures: &mut Figures) -> Result<(), record::RecordError> {
    let now = node.record.clock().now();
    let open = node.db.query_one(
        "SELECT COUNT(*) AS open, CAST(COALESCE(SUM(CASE WHEN due_at < $1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS late, \
                COUNT(DISTINCT CASE WHEN due_at < $1 THEN request END) AS requests \
         FROM request_steps WHERE state = 'open'",
        params![now],
    );
    let open = open.await?;
    figures.gauge("steps_open", "Steps that lie on a desk.", open.get("open")?);
    figures.gauge("steps_late", "Open steps past their day.", open.get("late")?);
    figures.gauge("requests_late", "Requests with a step past its day.", open.get("requests")?);
    let failed = record::jobs::failed(&mut node.db.reader()).await?;
    figures.gauge("jobs_failed", "Jobs that gave up; at most 100 are counted.", failed.len() as i64);
    let queues = record::outbox::standing(&mut node.db.reader(), now).await?;
    let of = |value: fn(&record::outbox::Standing, Micros) -> i64| -> Vec<_> {
        queues.iter().map(|q| (format!("{{channel=\"{}\"}}", q.channel.code()), value(q, now) as f64)).collect()
    };
    figures.put("outbox_waiting", "Messages that are still to be sent.", "gauge", &of(|q, _| q.waiting));
    let oldest = of(|q, now| q.oldest.map_or(0, |at| now.since(at) / 1_000_000));
    figures.put("outbox_oldest_seconds", "Age of the oldest message that is still to be sent.", "gauge", &oldest);
    figures.put("outbox_failed", "Messages that failed within the last day.", "gauge", &of(|q, _| q.failed));
    Ok(())
}

fn http(figures: &mut Figures) {
    let pages = access_log::counted();
    let class = |p: &access_log::Counted| format!("{{class=\"{}xx\"}}", p.class);
    let requests: Vec<_> = pages.iter().map(|p| (class(p), p.count as f64)).collect();
    figures.counter("http_requests_total", "Answers by class of status.", &requests);
    let spent: Vec<_> = pages.iter().map(|p| (class(p), p.milliseconds as f64)).collect();
    figures.counter("http_request_milliseconds_total", "Time spent on answers.", &spent);
    // The buckets first: an answer between the two reads makes the last one larger, never smaller.
    let within = access_log::within();
    let count: i64 = access_log::counted().iter().map(|p| p.count).sum();
    let seconds = pages.iter().map(|p| p.milliseconds).sum::<i64>() as f64 / 1_000.0;
    let buckets = within.into_iter().map(|(bound, n)| ((bound as f64 / 1_000.0).to_string(), n));
    let mut rows: Vec<_> = buckets
        .chain([("+Inf".to_owned(), count)])
        .map(|(bound, n)| (format!("_bucket{{le=\"{bound}\"}}"), n as f64))
        .collect();
    rows.extend([("_sum".to_owned(), seconds), ("_count".to_owned(), count as f64)]);
    figures.put("http_request_seconds", "Time from the request to the answer.", "histogram", &rows);
}

fn disk(config: &Config, figures: &mut Figures) {
    let Ok(stat) = rustix::fs::statvfs(config.folder()) else { return };
    let bytes = |blocks: u64| i64::try_from(blocks.saturating_mul(stat.f_frsize)).unwrap_or(i64::MAX);
    figures.gauge("disk_free_bytes", "Room left below the data folder.", bytes(stat.f_bavail));
    figures.gauge("disk_total_bytes", "Size of the disk of the data folder.", bytes(stat.f_blocks));
}

/// Times of backups; 0 for none, so that their age is as great as an alert needs it.
fn backups(config: &Config, figures: &mut Figures) {
    let found = backup::all(&config.backups()).unwrap_or_else(|error| {
        tracing::warn!(%error, "the backups cannot be read");
        Vec::new()
    });
    let newest = |at: Option<Micros>| at.map_or(0, Micros::seconds);
    let made = newest(found.iter().map(|b| b.made_at).max());
    let verified = newest(found.iter().filter(|b| b.verified_at.is_some()).map(|b| b.made_at).max());
    figures.gauge("backups", "Finished backups in the folder.", found.len() as i64);
    figures.gauge("backup_made_timestamp_seconds", "When the newest backup was made; 0 = never.", made);
    figures.gauge(
        "backup_verified_timestamp_seconds",
        "When the newest backup that was verified was made; 0 = never.",
        verified,
    );
}
