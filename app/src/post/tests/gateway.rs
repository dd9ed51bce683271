//! A provider of text messages over HTTP: late, wrong, doubled.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use foundation::testing::engines;
use parking_lot::Mutex;
use record::outbox::{Channel, Outcome, Transport as _, Why};
use tokio::net::TcpListener;
use tower::ServiceExt as _;
use uuid::Uuid;

use super::super::callbacks;
use super::super::gateway::Gateway;
use super::super::settings::HttpSms;
use super::{Ground, NOW, TEXT, message, sms};
use crate::config::Config;

#[derive(Clone, Copy)]
enum Mood {
    Fine,
    Answers(u16),
    /// Takes the message and answers when nobody waits any more.
    LateAfterTaking,
    /// 200, and a body that says no.
    NoConsent,
}

#[derive(Clone, Default)]
struct Provider {
    moods: Arc<Mutex<Vec<Mood>>>,
    taken: Arc<Mutex<Vec<(String, String)>>>,
}

impl Provider {
    async fn start(&self, moods: &[Mood]) -> HttpSms {
        *self.moods.lock() = moods.iter().rev().copied().collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
        let address = listener.local_addr().expect("an address");
        let app = Router::new().fallback(any(take)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        HttpSms {
            url: format!("http://{address}/send?user=u"),
            method: "POST".into(),
            body: r#"{"to":"{to}","text":"{text}","ref":"{id}","from":"{from}"}"#.into(),
            authorization: "Bearer secret".into(),
            from: "SHUBBAK".into(),
            answer_id: "/id".into(),
            answer_ok: "ok".into(),
        }
    }
}

async fn take(
    State(provider): State<Provider>,
    method: Method,
    headers: HeaderMap,
    uri: axum::http::Uri,
    body: String,
) -> Response {
    if method == Method::POST && headers.get("authorization").is_none_or(|value| value != "Bearer secret") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let mood = provider.moods.lock().pop().unwrap_or(Mood::Fine);
    if let Mood::Answers(status) = mood {
        return StatusCode::from_u16(status).expect("a status").into_response();
    }
    let count = {
        let mut taken = provider.taken.lock();
        taken.push((uri.to_string(), body));
        taken.len()
    };
    match mood {
        Mood::LateAfterTaking => tokio::time::sleep(Duration::from_secs(4)).await,
        Mood::NoConsent => return r#"{"error":"no credit"}"#.into_response(),
        _ => {}
    }
    format!(r#"{{"ok":true,"id":"p{count}"}}"#).into_response()
}

fn configured() -> Config {
    let secret = "0123456789abcdefABCDEFGHIJ";
    let environment = [("SHUBBAK_SMS__CALLBACK_SECRET".to_owned(), secret.to_owned())];
    Config::load(None, environment.into_iter(), &[]).expect("a configuration")
}

async fn call(router: &Router, path: &str, body: &str) -> u16 {
    let request = Request::post(path).body(Body::from(body.to_owned())).expect("a request");
    router.clone().oneshot(request).await.expect("an answer").status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_goes_through_a_bad_day_and_reports_come_doubled() {
    for test in engines().await {
        let provider = Provider::default();
        let moods = [Mood::Answers(500), Mood::Answers(429), Mood::NoConsent, Mood::LateAfterTaking];
        let settings = provider.start(&moods).await;
        let ground = Ground::new(test, Channel::Sms, Arc::new(Gateway::new(settings).expect("a gateway")));
        assert_eq!(ground.through(1, sms(TEXT)).await, "sent");
        let taken = provider.taken.lock().clone();
        // Refused consent, timeout after success, and the one that was answered: always the same reference.
        assert_eq!(taken.len(), 3);
        let id = Uuid::from_u128(1).to_string();
        for (_, body) in &taken {
            let json: serde_json::Value = serde_json::from_str(body).expect("JSON");
            assert_eq!((json["to"].as_str(), json["ref"].as_str()), (Some("201001234567"), Some(id.as_str())));
            assert_eq!((json["text"].as_str(), json["from"].as_str()), (Some(TEXT), Some("SHUBBAK")));
        }
        let desk = callbacks(&ground.post, &configured());
        let path = "/callbacks/sms/0123456789abcdefABCDEFGHIJ";
        assert_eq!(
            call(&desk, "/callbacks/sms/0123456789abcdefABCDEFGHIj", r#"{"id":"p3","status":"delivered"}"#).await,
            404
        );
        assert_eq!(call(&desk, path, "status=delivered").await, 400);
        assert_eq!(call(&desk, path, r#"{"id":"p3","status":"sending"}"#).await, 204);
        assert_eq!(ground.state(1).await, "sent");
        assert_eq!(call(&desk, path, r#"{"id":"p9","status":"delivered"}"#).await, 404, "nobody's");
        for _ in 0..2 {
            assert_eq!(call(&desk, path, "id=p3&status=DELIVRD").await, 204);
            assert_eq!(ground.state(1).await, "delivered");
        }
        assert_eq!(call(&desk, path, r#"{"id":"p3","status":"failed"}"#).await, 204);
        assert_eq!(ground.state(1).await, "delivered", "it arrived, whatever comes late");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_by_our_own_id_saves_a_second_sending() {
    for test in engines().await {
        let provider = Provider::default();
        let settings = provider.start(&[Mood::LateAfterTaking]).await;
        let ground = Ground::new(test, Channel::Sms, Arc::new(Gateway::new(settings).expect("a gateway")));
        ground.put(1, sms(TEXT)).await;
        ground.post.deliver_due(Channel::Sms).await.expect("runs");
        assert_eq!(ground.state(1).await, "waiting", "nobody answered in time");
        let desk = callbacks(&ground.post, &configured());
        let body = format!(r#"{{"id":"{}","status":"delivered"}}"#, Uuid::from_u128(1));
        assert_eq!(call(&desk, "/callbacks/sms/0123456789abcdefABCDEFGHIJ", &body).await, 204);
        ground.clock.set(NOW.plus_days(1));
        ground.post.deliver_due(Channel::Sms).await.expect("runs");
        assert_eq!((ground.state(1).await.as_str(), provider.taken.lock().len()), ("delivered", 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_forms_and_addresses() {
    let provider = Provider::default();
    let settings = provider.start(&[Mood::Answers(422)]).await;
    let gateway = Gateway::new(settings.clone()).expect("a gateway");
    let outcome = gateway.deliver(&message(1, sms("x"))).await;
    assert_eq!(outcome, Outcome::Refused(Why::numbered("the gateway refused", 422)));
    // A form, and a GET with everything in the address: nothing of the text escapes its place.
    let form = HttpSms { body: "m={local}&t={text}".into(), ..settings.clone() };
    let tricky = "أ&to=9 {to} ؟";
    let outcome = Gateway::new(form).expect("a gateway").deliver(&message(2, sms(tricky))).await;
    assert_eq!(outcome, Outcome::Sent(Some("p1".into())));
    let get = HttpSms { method: "GET".into(), url: format!("{}&to={{to}}&t={{text}}", settings.url), ..settings };
    Gateway::new(get).expect("a gateway").deliver(&message(3, sms(tricky))).await;
    let taken = provider.taken.lock().clone();
    let read = |form: &str| -> Vec<(String, String)> { form_urlencoded::parse(form.as_bytes()).into_owned().collect() };
    assert_eq!(read(&taken[0].1), [("m".into(), "01001234567".into()), ("t".into(), tricky.to_owned())]);
    let query = taken[1].0.split_once('?').expect("a query").1.to_owned();
    assert_eq!(read(&query).last(), Some(&("t".to_owned(), tricky.to_owned())));
}
