//! A receiver of calls that misbehaves, and addresses that must not be called.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use foundation::testing::engines;
use parking_lot::Mutex;
use record::outbox::{Channel, Content, Outcome, Transport as _};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::super::webhook::{Webhook, is_public, signature};
use super::{Ground, NOW, message};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

#[derive(Clone, Default)]
struct Receiver {
    moods: Arc<Mutex<Vec<u16>>>,
    calls: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    lured: Arc<Mutex<usize>>,
}

impl Receiver {
    /// Answers these statuses, then 204. 0 never answers.
    async fn start(&self, moods: &[u16]) -> String {
        *self.moods.lock() = moods.iter().rev().copied().collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
        let address = listener.local_addr().expect("an address");
        let app =
            Router::new().route("/hook", post(take)).route("/inside", get(lure).post(lure)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        format!("http://{address}/hook")
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: String) -> Response {
    receiver.calls.lock().push((headers, body));
    let mood = receiver.moods.lock().pop().unwrap_or(204);
    match mood {
        0 => {
            tokio::time::sleep(Duration::from_secs(5)).await;
            StatusCode::OK.into_response()
        }
        307 => Redirect::temporary("/inside").into_response(),
        status => StatusCode::from_u16(status).expect("a status").into_response(),
    }
}

async fn lure(State(receiver): State<Receiver>) -> StatusCode {
    *receiver.lured.lock() += 1;
    StatusCode::OK
}

fn call(url: &str, secret: &str) -> Content {
    Content::Webhook { url: url.into(), secret: secret.into(), body: r#"{"specversion":"1.0","id":"1"}"#.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_signed_tried_again_and_follow_nobody() {
    for test in engines().await {
        let receiver = Receiver::default();
        let url = receiver.start(&[503, 0, 307]).await;
        let ground = Ground::new(test, Channel::Webhook, Arc::new(Webhook::new(true).expect("a client")));
        assert_eq!(ground.through(1, call(&url, SECRET)).await, "delivered");
        let calls = receiver.calls.lock().clone();
        assert_eq!((calls.len(), *receiver.lured.lock()), (4, 0), "no redirect is followed");
        for (headers, body) in &calls {
            let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            assert_eq!(text("webhook-id"), Uuid::from_u128(1).to_string());
            let at: i64 = text("webhook-timestamp").parse().expect("a time");
            assert!(at >= NOW.seconds());
            let right = signature(SECRET, text("webhook-id"), at, body).expect("signs");
            assert_eq!(text("webhook-signature"), right);
            assert!(text(header::CONTENT_TYPE.as_str()).starts_with("application/cloudevents+json"));
        }
        let gone = receiver.start(&[410]).await;
        assert_eq!(ground.through(2, call(&gone, SECRET)).await, "failed");
        assert_eq!(ground.error(2).await, "the receiver is gone");
        assert_eq!(ground.through(3, call(&url, "short")).await, "failed", "nothing leaves unsigned");
    }
}

#[test]
fn the_signature_is_that_of_the_standard() {
    // The example of Standard Webhooks 1.0.
    let body = r#"{"test": 2432232314}"#;
    assert_eq!(
        signature(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body).as_deref(),
        Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    );
    assert_eq!(signature("whsec_c2hvcnQ=", "a", 1, ""), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nodes_own_network_is_not_called() {
    let receiver = Receiver::default();
    let url = receiver.start(&[]).await;
    let port = url.trim_end_matches("/hook").rsplit(':').next().expect("a port").to_owned();
    let webhook = Webhook::new(false).expect("a client");
    for there in [
        url.clone(),
        format!("https://127.0.0.1:{port}/hook"),
        format!("https://localhost:{port}/hook"),
        format!("https://[::1]:{port}/hook"),
        format!("https://[::ffff:127.0.0.1]:{port}/hook"),
        format!("https://2130706433:{port}/hook"),
        format!("https://0x7f.1:{port}/hook"),
        format!("https://user:pass@a.example:{port}/hook"),
        "file:///etc/passwd".into(),
        "https://169.254.169.254/latest/meta-data/".into(),
    ] {
        let outcome = webhook.deliver(&message(1, call(&there, SECRET))).await;
        assert!(!matches!(outcome, Outcome::Delivered | Outcome::Sent(_)), "{there}: {outcome:?}");
    }
    assert!(receiver.calls.lock().is_empty());
    let public = |text: &str| is_public(text.parse::<IpAddr>().expect("an address"));
    for inside in [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.1.1",
        "172.16.0.1",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:db8::1",
        "2001::1",
        "3fff::1",
    ] {
        assert!(!public(inside), "{inside}");
    }
    for outside in ["8.8.8.8", "41.32.0.1", "2a00:1450::1", "2001:4860::1", "::ffff:8.8.8.8"] {
        assert!(public(outside), "{outside}");
    }
}
