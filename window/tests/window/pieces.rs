//! A large file in pieces, over HTTP on both engines: cut, gone on with, too large, somebody else's.

use axum::http::{Method, StatusCode};
use foundation::testing::engines;
use registry::testing::{Browser, Reply};
use serde_json::Value;
use uuid::Uuid;

use crate::common::Bureau;
use crate::common::http::pdf;
use crate::online::{MOBILE, NID, begin, citizen};

const DOC: &str = "national_id";

/// Sends a piece as the browser's module does.
async fn piece(
    who: &mut Browser,
    at: &str,
    upload: Uuid,
    doc: &str,
    (starts, of): (usize, usize),
    text: &str,
) -> Reply {
    let edge = "----edge";
    let mut body = String::new();
    let fields = [
        ("upload", upload.to_string()),
        ("doc", doc.to_owned()),
        ("of", of.to_string()),
        ("at", starts.to_string()),
        ("csrf", who.token.clone()),
    ];
    for (name, value) in fields {
        body.push_str(&format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    body.push_str(&format!(
        "--{edge}\r\nContent-Disposition: form-data; name=\"piece\"; filename=\"piece\"\r\nContent-Type: application/octet-stream\r\n\r\n{text}\r\n--{edge}--\r\n"
    ));
    let kind = format!("multipart/form-data; boundary={edge}");
    who.send(Method::POST, at, Some(body), &[("content-type", &kind)]).await
}

fn have(reply: &Reply) -> Option<u64> {
    serde_json::from_str::<Value>(&reply.text).ok()?.get("have")?.as_u64()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_comes_in_pieces_and_goes_on_after_a_cut() {
    for test in engines().await {
        let b = Bureau::open(test).await;
        let mut who = citizen(&b, NID, MOBILE).await;
        let path = begin(&mut who).await;
        let (at, papers) = (format!("{path}/pieces"), format!("{path}/papers"));
        let page = who.get(&papers).await;
        let doc = page.text.split("name=\"file.").nth(1).and_then(|rest| rest.split('"').next()).expect("a document");
        let doc = doc.to_owned();
        let file = pdf();
        let (first, second) = file.split_at(file.len() / 2);
        let upload = Uuid::from_u128(7);
        let there = who.get(&format!("{at}/{upload}")).await;
        assert_eq!((there.status, have(&there)), (StatusCode::OK, Some(0)));
        let reply = piece(&mut who, &at, upload, &doc, (0, file.len()), first).await;
        assert_eq!((reply.status, have(&reply)), (StatusCode::OK, Some(first.len() as u64)), "{}", reply.text);
        // Cut: the browser does not know that the piece came, and sends it again; it is told where to go on.
        let reply = piece(&mut who, &at, upload, &doc, (0, file.len()), first).await;
        assert_eq!((reply.status, have(&reply)), (StatusCode::CONFLICT, Some(first.len() as u64)));
        let there = who.get(&format!("{at}/{upload}")).await;
        assert_eq!(have(&there), Some(first.len() as u64));
        assert!(!who.get(&papers).await.text.contains(&format!("value=\"{doc}|")), "half a file is no file");
        let reply = piece(&mut who, &at, upload, &doc, (first.len(), file.len()), second).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        assert!(reply.text.contains("\"done\":true"));
        assert!(who.get(&papers).await.text.contains(&format!("value=\"{doc}|")), "the file is there");
        assert_eq!(have(&who.get(&format!("{at}/{upload}")).await), Some(0), "its pieces are gone");

        // What is too large, too long, of no document, or no paper at all.
        let upload = Uuid::from_u128(8);
        let reply = piece(&mut who, &at, upload, &doc, (0, 3_000_000_000), "x").await;
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(reply.text.contains("error"), "{}", reply.text);
        assert_eq!(piece(&mut who, &at, upload, &doc, (0, 2), "xxx").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(piece(&mut who, &at, upload, DOC, (0, 1), "x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let reply = piece(&mut who, &at, upload, &doc, (0, 5), "virus").await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.text);
        assert_eq!(have(&who.get(&format!("{at}/{upload}")).await), Some(0), "it begins anew");

        // Somebody else's application.
        let mut other = citizen(&b, "29001010101235", "01098765433").await;
        assert_eq!(other.get(&format!("{at}/{upload}")).await.status, StatusCode::GONE);
        assert_eq!(piece(&mut other, &at, upload, &doc, (0, 2), "xx").await.status, StatusCode::GONE);

        // What never came to its end goes after a day.
        let reply = piece(&mut who, &at, upload, &doc, (0, 9), "x").await;
        assert_eq!(have(&reply), Some(1), "{}", reply.text);
        b.town.pass(foundation::clock::Micros::DAY + 1);
        window::online::ApplicationsJob::new(b.office.clone()).run_now().await.expect("runs");
        let left = b.office.db.query("SELECT 1 AS one FROM upload_pieces", Vec::new()).await.expect("reads");
        assert!(left.is_empty());
    }
}
