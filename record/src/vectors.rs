//! The test vectors of `docs/record.md`: the document holds what the code gives.

use std::borrow::Cow;

use foundation::clock::Micros;
use serde_json::json;
use uuid::Uuid;

use crate::keyring::Keyring;
use crate::personal::SubjectKey;
use crate::seal::{Seal, hex, link};
use crate::{Epoch, Event, Stream, canonical};

const DOCUMENT: &str = include_str!("../../docs/record.md");

fn event() -> Event {
    Event {
        id: Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0001),
        tenant: "01".into(),
        stream: Stream {
            kind: Cow::Borrowed("request"),
            id: Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0002),
        },
        version: 1,
        kind: "RequestReceived".into(),
        command: Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0003),
        ordinal: 0,
        occurred_at: Micros(1_795_253_400_000_000),
        recorded_at: Micros(1_795_253_400_000_001),
        actor: Some(Uuid::from_u128(4)),
        assignment: None,
        on_behalf: None,
        node: "central".into(),
        epoch: 1,
        data: canonical::to_bytes(&json!({"service": "رخصة محل", "fee": 125_000})).expect("is canonical"),
    }
}

/// The names and values that the document lacks.
struct Lacking(String);

impl Lacking {
    fn holds(&mut self, name: &str, value: &str) {
        if !DOCUMENT.contains(&format!("| {name} | `{value}` |")) {
            self.0.push_str(&format!("\n| {name} | `{value}` |"));
        }
    }
}

#[test]
fn the_document_holds_the_vectors() {
    let event = event();
    let mut document = Lacking(String::new());
    document.holds("data", &String::from_utf8_lossy(&event.data));
    document.holds("digest", &hex(&event.digest()));
    document.holds("mac", &hex(&Keyring::with_index([8; 32]).vouch(&event.digest())));

    let key = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let sign = |message: &[u8]| ed25519_dalek::Signer::sign(&key, message).to_bytes();
    let mut epoch = Epoch {
        epoch: 1,
        node: "central".into(),
        public_key: key.verifying_key().to_bytes(),
        opened_at: Micros(1_795_253_000_000_000),
        reason: "init".into(),
        after_number: 0,
        after_head: [0; 32],
        signature: [0; 64],
    };
    epoch.signature = sign(&epoch.hash());
    assert!(epoch.signed());
    document.holds("public key", &hex(&epoch.public_key));
    document.holds("epoch hash", &hex(&epoch.hash()));
    document.holds("epoch signature", &hex(&epoch.signature));

    let head = link(&epoch.hash(), 1, &event.digest());
    document.holds("chain", &hex(&head));
    let seal = Seal { epoch: 1, first: 1, last: 1, head, at: 1_795_253_400_000_002, fence: 0 };
    document.holds("seal message", &hex(&seal.message("central")));
    document.holds("seal signature", &hex(&sign(&seal.message("central"))));

    let cipher = SubjectKey::new("01", Uuid::from_u128(5), [7; 32]).encrypt("name", "منى");
    document.holds("nonce", &hex(&cipher.nonce));
    document.holds("ciphertext", &hex(&cipher.ct));
    document.holds("blind index", &hex(&Keyring::with_index([8; 32]).digest("national-id", "29001011234567")));
    assert!(document.0.is_empty(), "docs/record.md lacks:{}", document.0);
}
