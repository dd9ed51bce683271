//! The transports against providers that misbehave, on both engines.

mod gateway;
mod mail;
mod smpp;
mod webhook;

use std::sync::Arc;

use foundation::clock::{FixedClock, Micros};
use foundation::db::Db;
use foundation::ids::Ids;
use foundation::params;
use foundation::testing::TestDb;
use foundation::web::messages::Lang;
use record::outbox::{self, Channel, Content, Message, Outgoing, Owner, Post, PostParts, Quiet, Settings, Transport};
use record::{Keyring, RecordError};
use uuid::Uuid;

pub(super) const NOW: Micros = Micros(1_795_253_400_000_000);
pub(super) const TEXT: &str =
    "قُيد طلبك 101301260001237 وموعده 25 نوفمبر 2026. تابعه: https://shubbak.gov.eg/T/ABCDEFGHIJKLMNOP";

/// An outbox with one transport.
pub(super) struct Ground {
    pub(super) post: Post,
    pub(super) clock: Arc<FixedClock>,
    pub(super) db: Db,
    keyring: Keyring,
    _test: TestDb,
}

impl Ground {
    pub(super) fn new(test: TestDb, channel: Channel, transport: Arc<dyn Transport>) -> Self {
        let (clock, keyring, db) = (FixedClock::shared(NOW), Keyring::seeded(1), test.db.clone());
        let post = Post::new(PostParts {
            db: db.clone(),
            keyring: keyring.clone(),
            clock: clock.clone(),
            ids: Arc::new(Ids::seeded(1, clock.clone())),
            transports: vec![(channel, transport)],
            settings: Settings { quiet: Quiet::NONE, ..Settings::default() },
        });
        Self { post, clock, db, keyring, _test: test }
    }

    /// Puts a message and looks into the box until it is over, hours passing; gives its last state.
    pub(super) async fn through(&self, id: u128, content: Content) -> String {
        self.put(id, content.clone()).await;
        for step in 0..30 {
            self.clock.set(NOW.plus_minutes(step * 60));
            self.post.deliver_due(content.channel()).await.expect("runs");
            let state = self.state(id).await;
            if !["waiting", "sending"].contains(&state.as_str()) {
                return state;
            }
        }
        self.state(id).await
    }

    pub(super) async fn put(&self, id: u128, content: Content) {
        self.clock.set(NOW);
        let keyring = self.keyring.clone();
        let message = Outgoing {
            id: Uuid::from_u128(id),
            tenant: "01".into(),
            content,
            owner: Owner::Message,
            template: "test".into(),
            lang: Lang::Ar,
            not_before: NOW,
            expires_at: NOW.plus_days(3),
            urgent: false,
        };
        let put = self.db.write(move |tx| {
            let (keyring, message) = (keyring.clone(), message.clone());
            Box::pin(async move { outbox::put(tx, &keyring, &message, NOW).await })
        });
        assert!(put.await.expect("is put"));
    }

    pub(super) async fn state(&self, id: u128) -> String {
        self.column(id, "state").await.unwrap_or_default()
    }

    pub(super) async fn error(&self, id: u128) -> String {
        self.column(id, "error").await.unwrap_or_default()
    }

    async fn column(&self, id: u128, column: &str) -> Option<String> {
        let sql = format!("SELECT {column} AS it FROM outbox WHERE id = $1");
        let row = self.db.query_one(&sql, params![Uuid::from_u128(id)]).await;
        row.map_err(RecordError::from).expect("a row").get("it").expect("text")
    }
}

/// A message as a transport gets it.
pub(super) fn message(id: u128, content: Content) -> Message {
    Message {
        id: Uuid::from_u128(id),
        tenant: "01".into(),
        template: "test".into(),
        lang: Lang::Ar,
        attempt: 1,
        now: NOW,
        expires_at: NOW.plus_minutes(10),
        content,
    }
}

pub(super) fn sms(text: &str) -> Content {
    Content::Sms { to: "+201001234567".into(), text: text.into() }
}
