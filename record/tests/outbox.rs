//! The outbox: nothing is lost, nothing goes after its time, in quiet hours or too often.

mod common;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use common::{NOW, TENANT, World};
use foundation::clock::Micros;
use foundation::params;
use foundation::testing::engines;
use foundation::web::messages::Lang;
use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use record::outbox::{
    self, ATTEMPTS, Arrival, Call, Channel, CloudEvent, Content, KEPT, Message, Of, Outcome, Outgoing, Owner, Post,
    PostParts, Quiet, Settings, State, Transport, Why,
};
use record::{BoxFuture, RecordError};
use uuid::Uuid;

/// A provider that answers as it is told, and otherwise takes everything.
#[derive(Default)]
struct Provider {
    answers: Mutex<VecDeque<Outcome>>,
    always: Mutex<Option<Outcome>>,
    seen: Mutex<Vec<Message>>,
    hangs: AtomicBool,
}

impl Transport for Provider {
    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            self.seen.lock().push(message.clone());
            if self.hangs.load(Ordering::SeqCst) {
                std::future::pending::<()>().await;
            }
            if message.template == "breaks" {
                panic!("a transport that breaks");
            }
            let told = self.answers.lock().pop_front().or_else(|| self.always.lock().clone());
            told.unwrap_or_else(|| Outcome::Sent(Some(format!("p-{}", message.id))))
        })
    }
}

impl Provider {
    fn times(&self) -> usize {
        self.seen.lock().len()
    }
}

struct Office {
    world: World,
    sms: Arc<Provider>,
    email: Arc<Provider>,
    post: Post,
}

impl Office {
    fn new(world: World, settings: Settings) -> Self {
        let (sms, email) = (Arc::new(Provider::default()), Arc::new(Provider::default()));
        let parts = PostParts {
            db: world.db.clone(),
            keyring: world.record.keyring().clone(),
            clock: world.clock.clone(),
            ids: world.ids.clone(),
            transports: vec![(Channel::Sms, sms.clone()), (Channel::Email, email.clone())],
            settings,
        };
        Self { post: Post::new(parts), world, sms, email }
    }

    fn sms(&self, urgent: bool, minutes: i64) -> Outgoing {
        let now = self.world.record.clock().now();
        Outgoing {
            id: self.world.ids.next(),
            tenant: TENANT.into(),
            content: Content::Sms { to: "+201001234567".into(), text: "رمز الدخول 482913".into() },
            owner: Owner::Message,
            template: "test".into(),
            lang: Lang::Ar,
            not_before: now,
            expires_at: now.plus_minutes(minutes),
            urgent,
        }
    }

    async fn put(&self, message: &Outgoing) -> bool {
        let (message, now) = (message.clone(), self.world.record.clock().now());
        let keyring = self.world.record.keyring().clone();
        self.world
            .db
            .write(move |tx| {
                let (keyring, message) = (keyring.clone(), message.clone());
                Box::pin(async move { outbox::put(tx, &keyring, &message, now).await })
            })
            .await
            .expect("it is put")
    }

    async fn state(&self, id: Uuid) -> (State, i64, Option<String>) {
        let sql = "SELECT state, attempts, error FROM outbox WHERE id = $1";
        let row = self.world.db.query_one(sql, params![id]).await.expect("it is there");
        let state: String = row.get("state").expect("text");
        (State::from_code(&state).expect("a state"), row.get("attempts").expect("n"), row.get("error").expect("text"))
    }

    async fn retry(&self, id: Uuid) -> bool {
        let now = self.world.record.clock().now();
        let again = self.world.db.write(move |tx| Box::pin(async move { outbox::retry(tx, TENANT, id, now).await }));
        again.await.expect("runs")
    }
}

fn daytime() -> Settings {
    Settings { quiet: Quiet::NONE, ..Settings::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_goes_once_hides_its_text_and_forgets_it() {
    for test in engines().await {
        let b = Office::new(World::new(&test).await, daytime());
        let message = b.sms(false, 60);
        assert!(b.put(&message).await && !b.put(&message).await, "the same id twice is one message");
        let raw = b.world.db.query_one("SELECT content, wrapped FROM outbox", params![]).await.expect("a row");
        let content: Vec<u8> = raw.get("content").expect("bytes");
        for clear in ["482913", "1001234567"] {
            assert!(!content.windows(clear.len()).any(|w| w == clear.as_bytes()), "{} {clear}", test.name());
        }
        assert_eq!(b.post.deliver_due(Channel::Sms).await.expect("runs"), 1);
        assert_eq!(b.post.deliver_due(Channel::Sms).await.expect("runs"), 0);
        assert_eq!((b.sms.times(), b.state(message.id).await.0), (1, State::Sent));
        assert_eq!(b.sms.seen.lock()[0].content, message.content);
        let gone = "SELECT COUNT(*) AS n FROM outbox WHERE content IS NOT NULL OR wrapped IS NOT NULL";
        assert_eq!(b.world.count(gone).await, 0, "text and key go with the sending");
        // Reports: doubled, in the wrong order, of nobody.
        let of = Of::Provider(format!("p-{}", message.id));
        assert!(b.post.report(of.clone(), Arrival::Failed(Why::new("lost"))).await.expect("runs"));
        assert_eq!(b.state(message.id).await.0, State::Failed);
        for arrival in [Arrival::Delivered, Arrival::Delivered, Arrival::Failed(Why::new("late"))] {
            assert!(b.post.report(of.clone(), arrival).await.expect("runs"));
            assert_eq!(b.state(message.id).await.0, State::Delivered, "{}", test.name());
        }
        assert!(!b.post.report(Of::Message(Uuid::nil()), Arrival::Delivered).await.expect("runs"));
        // Long after, the row goes; until then the id is known.
        assert!(!b.put(&message).await);
        b.world.clock.set(NOW.plus(KEPT + Micros::HOUR));
        assert_eq!(b.post.sweeping().run_now().await.expect("runs"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_may_be_faster_than_the_note_of_the_sending() {
    for test in engines().await {
        let b = Office::new(World::new(&test).await, daytime());
        let message = b.sms(false, 60);
        b.put(&message).await;
        let of = Of::Provider(format!("p-{}", message.id));
        assert!(!b.post.report(of, Arrival::Delivered).await.expect("nobody knows it yet"));
        b.post.deliver_due(Channel::Sms).await.expect("runs");
        assert_eq!(b.state(message.id).await.0, State::Delivered, "{}", test.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_end_it_failures_return_and_are_bounded_and_bad_ones_stop_nobody() {
    for test in engines().await {
        let b = Office::new(World::new(&test).await, daytime());
        let refused = b.sms(false, 60 * 24 * 3);
        b.put(&refused).await;
        b.sms.answers.lock().push_back(Outcome::Refused(Why::numbered("the provider refused", 550)));
        b.post.deliver_due(Channel::Sms).await.expect("runs");
        assert_eq!(b.state(refused.id).await, (State::Failed, 1, Some("the provider refused 550".into())));
        assert!(b.retry(refused.id).await && !b.retry(refused.id).await, "once by hand");
        b.post.deliver_due(Channel::Sms).await.expect("runs");
        assert_eq!(b.state(refused.id).await.0, State::Sent);

        // Tried until it is given up, with growing pauses.
        *b.sms.always.lock() = Some(Outcome::Later(Why::new("down")));
        let stubborn = b.sms(false, 60 * 24 * 3);
        b.put(&stubborn).await;
        let before = b.sms.times();
        for minutes in 0..60 * 30 {
            b.world.clock.set(NOW.plus_minutes(minutes));
            b.post.deliver_due(Channel::Sms).await.expect("runs");
        }
        assert_eq!(b.state(stubborn.id).await, (State::Failed, ATTEMPTS, Some("down".into())));
        assert_eq!(b.sms.times() - before, usize::try_from(ATTEMPTS).expect("few"));
        *b.sms.always.lock() = None;

        // One that breaks the transport, one whose text was changed, and a good one.
        let breaks = Outgoing { template: "breaks".into(), ..b.sms(false, 60) };
        let (spoilt, good) = (b.sms(false, 60), b.sms(false, 60));
        for message in [&breaks, &spoilt, &good] {
            b.put(message).await;
        }
        b.world.tamper("UPDATE outbox SET content = $1 WHERE id = $2", params![vec![7_u8; 80], spoilt.id]).await;
        b.post.deliver_due(Channel::Sms).await.expect("runs");
        assert_eq!(b.state(good.id).await.0, State::Sent, "{}", test.name());
        assert_eq!(b.state(spoilt.id).await.0, State::Failed);
        assert_eq!(b.state(breaks.id).await.0, State::Waiting);
        // A channel without a transport says so and keeps nothing.
        let call = Call {
            id: b.world.ids.next(),
            tenant: TENANT.into(),
            owner: Owner::Message,
            url: "https://a.example/".into(),
            secret: "whsec_".into(),
        };
        let event = CloudEvent {
            id: "1".into(),
            source: "https://s.example".into(),
            kind: "k".into(),
            subject: None,
            time: NOW,
            data: serde_json::Value::Null,
        };
        let call = Outgoing::webhook(call, &event, b.world.record.clock().now()).expect("JSON");
        b.put(&call).await;
        b.post.deliver_due(Channel::Webhook).await.expect("runs");
        assert_eq!(b.state(call.id).await.0, State::Off);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_subject_gets_nothing() {
    for test in engines().await {
        let b = Office::new(World::new(&test).await, daytime());
        let (subject, keyring) = (b.world.ids.next(), b.world.record.keyring().clone());
        let of_subject = Outgoing { owner: Owner::Subject(subject), ..b.sms(false, 60) };
        assert!(!b.put(&of_subject).await, "no key, no message");
        let keys = keyring.clone();
        b.world
            .db
            .write(move |tx| {
                let keys = keys.clone();
                Box::pin(async move { keys.new_subject(tx, TENANT, subject, NOW).await.map(drop) })
            })
            .await
            .expect("a key");
        assert!(b.put(&of_subject).await);
        b.world
            .db
            .write(move |tx| {
                let keyring = keyring.clone();
                Box::pin(async move { Ok::<_, RecordError>(keyring.erase(tx, TENANT, subject, NOW).await?) })
            })
            .await
            .expect("erased");
        b.post.deliver_due(Channel::Sms).await.expect("runs");
        assert_eq!((b.sms.times(), b.state(of_subject.id).await.0), (0, State::Failed), "{}", test.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_hangs_blocks_no_other_and_its_rate_is_bounded() {
    for test in engines().await {
        let b = Office::new(World::new(&test).await, Settings { per_second: 3, ..daytime() });
        b.sms.hangs.store(true, Ordering::SeqCst);
        let stuck = b.sms(false, 60);
        b.put(&stuck).await;
        for _ in 0..5 {
            let content = Content::Email { to: "a@b.example".into(), subject: "s".into(), text: "t".into() };
            b.put(&Outgoing { content, ..b.sms(false, 60) }).await;
        }
        // The program stops in the midst of the sending.
        let post = b.post.clone();
        let hanging = tokio::spawn(async move { post.deliver_due(Channel::Sms).await.map(drop) });
        while b.sms.times() == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(b.post.deliver_due(Channel::Email).await.expect("runs"), 3, "{}", test.name());
        assert_eq!(b.post.deliver_due(Channel::Email).await.expect("runs"), 2);
        hanging.abort();
        let _aborted = hanging.await;
        assert_eq!(b.state(stuck.id).await.0, State::Sending);
        b.sms.hangs.store(false, Ordering::SeqCst);
        assert_eq!(b.post.deliver_due(Channel::Sms).await.expect("runs"), 0, "its lease runs");
        b.world.clock.set(NOW.plus_minutes(6));
        assert_eq!(b.post.deliver_due(Channel::Sms).await.expect("runs"), 1);
        let seen = b.sms.seen.lock();
        assert_eq!((seen[0].id, seen[1].id, seen[1].attempt), (stuck.id, stuck.id, 2), "the same id, at least once");
    }
}

/// What is wrong with what a provider saw of these messages.
fn wrongs(seen: &[Message], put: &BTreeMap<Uuid, Outgoing>, quiet: Quiet) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    let mut times: BTreeMap<Uuid, i64> = BTreeMap::new();
    for message in seen {
        let of = &put[&message.id];
        *times.entry(message.id).or_default() += 1;
        if message.now >= of.expires_at {
            wrong.push("sent after its time");
        }
        if message.now < of.not_before {
            wrong.push("sent before its time");
        }
        if quiet.holds(message.now) && !of.urgent {
            wrong.push("sent in quiet hours");
        }
    }
    if times.values().any(|times| *times > ATTEMPTS) {
        wrong.push("tried too often");
    }
    wrong.sort_unstable();
    wrong.dedup();
    wrong
}

/// Two days with messages put at any time and a provider in any mood; with a fault planted after each
/// look, and then the provider is down.
async fn two_days(b: &Office, seed: u64, fault: Option<&'static str>) -> BTreeMap<Uuid, Outgoing> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut put = BTreeMap::new();
    for step in 0..150 {
        let now = NOW.plus_minutes(step * 20);
        b.world.clock.set(now);
        if step < 100 && rng.random_bool(0.5) {
            let message = Outgoing {
                not_before: now.plus_minutes(rng.random_range(0..90)),
                expires_at: now.plus_minutes(rng.random_range(5..1_500)),
                urgent: rng.random_bool(0.3),
                ..b.sms(false, 1)
            };
            b.put(&message).await;
            put.insert(message.id, message);
        }
        for _ in 0..4 {
            b.sms.answers.lock().push_back(match rng.random_range(0..6) {
                _ if fault.is_some() => Outcome::Later(Why::new("down")),
                0 => Outcome::Sent(None),
                1 => Outcome::Refused(Why::new("no such number")),
                2 => Outcome::Delivered,
                _ => Outcome::Later(Why::new("down")),
            });
        }
        b.post.deliver_due(Channel::Sms).await.expect("runs");
        b.sms.answers.lock().clear();
        if let Some(fault) = fault {
            b.world.tamper(fault, params![]).await;
        }
    }
    b.world.clock.set(NOW.plus_days(5));
    b.post.deliver_due(Channel::Sms).await.expect("runs");
    put
}

#[tokio::test(flavor = "multi_thread")]
async fn in_any_history_nothing_is_lost_late_loud_or_endless() {
    for seed in 0..4 {
        for test in engines().await {
            let b = Office::new(World::new(&test).await, Settings::default());
            let put = two_days(&b, seed, None).await;
            let name = format!("{} {seed}", test.name());
            assert_eq!(wrongs(&b.sms.seen.lock(), &put, Quiet::USUAL), Vec::<&str>::new(), "{name}");
            // Every message ended, and those that ended well were taken by the provider.
            let counts = outbox::counts(&mut b.world.db.reader()).await.expect("reads");
            assert!(counts.iter().all(|count| count.state.is_over()), "{name}: {counts:?}");
            assert_eq!(counts.iter().map(|count| count.count).sum::<i64>(), put.len() as i64, "{name}");
            let seen: Vec<Uuid> = b.sms.seen.lock().iter().map(|message| message.id).collect();
            for id in put.keys() {
                let (state, attempts, _) = b.state(*id).await;
                assert_eq!(seen.iter().filter(|of| *of == id).count() as i64, attempts, "{name}: {state:?}");
                assert!(state == State::Expired || attempts > 0, "{name}: {state:?} without an attempt");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checks_find_planted_faults() {
    let faults = [
        ("UPDATE outbox SET expires_at = expires_at + 86400000000 WHERE state = 'waiting'", "sent after its time"),
        ("UPDATE outbox SET urgent = 1 WHERE state = 'waiting'", "sent in quiet hours"),
        ("UPDATE outbox SET attempts = 0, due_at = 0 WHERE state = 'waiting'", "tried too often"),
        ("UPDATE outbox SET due_at = 0 WHERE state = 'waiting'", "sent before its time"),
    ];
    let test = engines().await.remove(0);
    let world = World::new(&test).await;
    let b = Office::new(world, Settings::default());
    for (seed, (fault, found)) in (10..).zip(faults) {
        b.world.tamper("DELETE FROM outbox", params![]).await;
        b.sms.seen.lock().clear();
        let put = two_days(&b, seed, Some(fault)).await;
        let wrong = wrongs(&b.sms.seen.lock(), &put, Quiet::USUAL);
        assert!(wrong.contains(&found), "{fault} was not found: {wrong:?}");
        b.email.seen.lock().clear();
    }
}
