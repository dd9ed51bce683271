//! What people are told of their requests, on both engines: once, whatever is read again.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::common::{Bureau, PERSON, TENANT, accept};
use foundation::clock::Micros;
use foundation::params;
use foundation::testing::{engines, sqlite};
use jiff::ToSpan as _;
use record::follow::Follower;
use record::outbox::{
    self, Channel, Content, Message, Opened, Outcome, Post, PostParts, Quiet, Settings, Transport, Why,
};
use record::{BoxFuture, RecordError};
use registry::Role;
use registry::testing::Browser;
use uuid::Uuid;
use window::notices::follow::NoticeFollower;
use window::notices::{Envelope, Recipient, Silence, WORTH};
use window::requests::act;
use window::requests::events::Missing;
use window::requests::rules::{Command, day};

async fn follow(b: &Bureau, silence: &str) {
    let open = "SELECT COUNT(*) AS n FROM events WHERE number IS NULL";
    while b.office.db.query_one(open, params![]).await.and_then(|row| row.get::<i64>("n")).expect("counts") > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let follower: Arc<dyn Follower> =
        Arc::new(NoticeFollower::new(b.office.clone(), Silence::parse(silence).expect("reads")));
    b.office.record.catch_up(&follower).await.expect("follows");
    let progress = b.office.record.progress(&mut b.office.db.reader()).await.expect("reads");
    let stands = progress.iter().find(|one| one.name == "notices").expect("it has a place");
    assert_eq!((stands.lag, stands.error.as_deref()), (0, None), "{}", b.name());
}

async fn sent(b: &Bureau) -> Vec<Opened> {
    outbox::opened(&mut b.office.db.reader(), b.office.record.keyring(), 500).await.expect("reads")
}

/// How many messages of each kind and channel there are.
async fn told(b: &Bureau) -> BTreeMap<(String, &'static str), usize> {
    let mut told = BTreeMap::new();
    for message in sent(b).await {
        *told.entry((message.listed.template, message.listed.channel.code())).or_default() += 1;
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_tells_its_applicant_and_agent_each_thing_once() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let mut form = b.shop();
        form.applicant.person.email = Some("applicant@example.org".into());
        act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        // Something is missing, then it comes.
        let state = b.state(form.request).await;
        let (reviewer, _) = b.next(&state, 1).await;
        let ask = Command::AskCompletion {
            step: 1,
            items: vec![Missing::Text { text: "صورة أوضح من عقد الإيجار".into() }],
            note: String::new(),
            until: day(b.office.clock.now()).checked_add(20.days()).expect("a day"),
        };
        act::act(&b.office, &reviewer, b.act(form.request, state.version, ask)).await.expect("is asked");
        follow(&b, "").await;
        let all = sent(&b).await;
        let texts: Vec<String> = all
            .iter()
            .map(|one| match one.content.as_ref().expect("opens") {
                Content::Sms { to, text } => {
                    assert_eq!(to, "+201012345678");
                    format!("sms {text}")
                }
                Content::Email { to, subject, text } => {
                    assert_eq!(to, "applicant@example.org");
                    format!("mail {subject} {text}")
                }
                Content::Webhook { .. } => panic!("no webhook"),
            })
            .collect();
        let number = state.file.number.clone();
        assert_eq!(texts.len(), 4, "{}: {texts:#?}", b.name());
        assert!(texts.iter().all(|text| text.contains(&format!("/T/{}", state.file.slip.token))), "{texts:#?}");
        assert!(texts.iter().any(|text| text.starts_with(&format!("sms قُيد طلبك {number} وموعده"))), "{texts:#?}");
        assert!(texts.iter().any(|text| text.starts_with("sms") && text.contains("ينقصه بند واحد حتى")), "{texts:#?}");
        assert!(texts.iter().any(|text| text.starts_with("mail") && text.contains("• صورة أوضح من عقد الإيجار")));
        for text in texts.iter().filter(|text| text.starts_with("sms")) {
            assert!(!text.contains(PERSON) && !text.contains("عقد") && outbox::parts(text).len() <= 2, "{text}");
        }
        // From the beginning again: nothing new.
        let follower: Arc<dyn Follower> = Arc::new(NoticeFollower::new(b.office.clone(), Silence::default()));
        b.office.record.restart_follower(&follower).await.expect("restarts");
        follow(&b, "").await;
        assert_eq!(sent(&b).await.len(), 4, "{}", b.name());
        assert!(b.office.record.rebuild_check().await.expect("runs").sound(), "{}", b.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_way_tells_what_matters_and_no_more() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        // The visit is appointed twice.
        let inspection = loop {
            let state = b.state(form.request).await;
            let open = state.course.open_steps().next().map(|(step, stands)| (step, stands.kind)).expect("open");
            if open.1 == Some(catalogue::model::StepKind::Inspect) {
                break open.0;
            }
            b.forward(form.request).await.expect("goes on");
        };
        for days in [1, 2] {
            let state = b.state(form.request).await;
            let holder = state.course.step(inspection).and_then(|step| step.holder.clone()).expect("a desk");
            let inspector = b.at_desk(&holder, catalogue::model::StepKind::Inspect).await;
            let date = day(b.office.clock.now()).checked_add(days.days()).expect("a day");
            let visit = Command::ScheduleVisit {
                step: inspection,
                date,
                hour: "من 10 إلى 12".into(),
                inspector: inspector.staff().expect("somebody"),
            };
            act::act(&b.office, &inspector, b.act(form.request, state.version, visit)).await.expect("is appointed");
        }
        b.until_the_end(form.request).await;
        follow(&b, "*/fees").await;
        let told = told(&b).await;
        let count = |key: &str| told.get(&(key.to_owned(), "sms")).copied().unwrap_or(0);
        for key in ["registered", "visit", "visit-changed", "issued"] {
            assert_eq!(count(key), 1, "{}: {key} {told:?}", b.name());
        }
        assert_eq!(count("approved") + count("approved-fees"), 1, "{}: {told:?}", b.name());
        assert_eq!((count("fees"), count("refused"), count("voided")), (0, 0, 0), "{told:?}");
        assert!(told.keys().all(|(_, channel)| *channel == "sms"), "no address, no letter: {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn old_news_is_no_news_and_the_erased_are_told_nothing() {
    for test in engines().await {
        let mut b = Bureau::open(test).await;
        let clerk = b.clerk().await;
        let form = b.shop();
        act::register(&b.office, &clerk, form.clone()).await.expect("is registered");
        let late = b.office.clock.now().plus(WORTH);
        b.town.pass(late.since(b.office.clock.now()));
        follow(&b, "").await;
        assert_eq!(sent(&b).await.len(), 0, "{}: a node that was off tells nobody of last week", b.name());
        let clerk = b.clerk().await;
        let state = b.state(form.request).await;
        let act = b.act(form.request, state.version, accept(1));
        let _any = act::act(&b.office, &clerk, act).await;
    }
}

/// A provider that takes nothing.
struct Down;

impl Transport for Down {
    fn deliver<'a>(&'a self, _: &'a Message) -> BoxFuture<'a, Outcome> {
        Box::pin(async { Outcome::Refused(Why::numbered("the provider refused", 550)) })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_sees_states_and_neither_recipient_nor_text() {
    let mut b = Bureau::open(sqlite().await).await;
    let operator = "operator";
    b.town.person(operator, Role::Operator, "00", None).await;
    let mobile = foundation::identity::Mobile::parse("01001234567").expect("a mobile");
    let to = Recipient::mobile(outbox::Owner::Message, &mobile);
    let (now, keyring) = (b.office.clock.now(), b.office.record.keyring().clone());
    let code = window::notices::login_code(&Envelope::new(TENANT, Uuid::from_u128(5), now), &to, "482913", 10);
    b.office
        .db
        .write(move |tx| {
            let (code, keyring) = (code.clone(), keyring.clone());
            Box::pin(async move {
                for message in &code {
                    outbox::put(tx, &keyring, message, now).await?;
                }
                Ok::<_, RecordError>(())
            })
        })
        .await
        .expect("is put");
    let post = Post::new(PostParts {
        db: b.office.db.clone(),
        keyring: b.office.record.keyring().clone(),
        clock: b.office.clock.clone(),
        ids: b.office.ids.clone(),
        transports: vec![(Channel::Sms, Arc::new(Down))],
        settings: Settings { quiet: Quiet::NONE, ..Settings::default() },
    });
    post.deliver_due(Channel::Sms).await.expect("runs");

    let mut browser = Browser::on(b.router(Bureau::tables()));
    browser.login(operator).await;
    let page = browser.get("/admin/outbox").await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains("رمز دخول") && page.text.contains("the provider refused 550"), "{}", page.text);
    assert!(!page.text.contains("482913") && !page.text.contains("01001234567") && !page.text.contains("1001234567"));
    let id = page.hidden("id").expect("a button");
    let again = browser.post("/admin/outbox/retry", &[("tenant", TENANT), ("id", &id)]).await;
    assert_eq!((again.status.as_u16(), again.location()), (303, "/admin/outbox"));
    assert!(browser.get("/admin/outbox?state=waiting").await.text.contains("رمز دخول"));
    // Its time is over: no second chance.
    post.deliver_due(Channel::Sms).await.expect("runs");
    b.town.pass(11 * Micros::MINUTE);
    assert!(browser.get("/admin/outbox").await.hidden("id").is_none());
    browser.post("/admin/outbox/retry", &[("tenant", TENANT), ("id", &id)]).await;
    assert!(browser.get("/admin/outbox").await.text.contains("لم يعد إرسال هذه الرسالة ممكنًا"));
    // Outside a demonstration texts are shown to nobody.
    assert_eq!(browser.get("/demo/outbox").await.status, 404);
    // A clerk operates nothing.
    let clerk = b.clerk().await;
    let _ = clerk;
    let mut other = Browser::on(b.router(Bureau::tables()));
    b.town.person("plain", Role::Clerk, crate::common::UNIT, None).await;
    other.login("plain").await;
    assert_eq!(other.get("/admin/outbox").await.status, 403);
}
