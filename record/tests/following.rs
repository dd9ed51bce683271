//! Followers, jobs, views and declared tables.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use common::{NOW, TENANT, World, note};
use foundation::clock::Micros;
use foundation::db::Tx;
use foundation::params;
use foundation::testing::engines;
use record::follow::{Follower, Step};
use record::jobs::{self, Job, Runner};
use record::views::{DigestJob, View, ViewLog};
use record::{BoxFuture, Event, Part, Record, RecordError, Stream};

/// Answers each note's first version with a second one; refuses while it is told to.
struct Answer {
    record: Record,
    refuse: AtomicBool,
}

impl Follower for Answer {
    fn name(&self) -> &'static str {
        "answer"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["NoteWritten"]
    }

    fn handle<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(async move {
            if event.version > 1 {
                return Ok(());
            }
            if self.refuse.load(Ordering::SeqCst) && event.data.windows(3).any(|w| w == b"bad") {
                return Err(RecordError::Apply("cannot answer this".into()));
            }
            let part = Part { stream: event.stream.clone(), expected: 1, drafts: vec![note("answered")] };
            self.record.react(tx, self.name(), event, &[part]).await?;
            Ok(())
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_reacts_once_stops_and_goes_on() {
    for test in engines().await {
        let world = World::new(&test).await;
        for words in ["good", "bad", "good"] {
            world.write(world.ids.next(), 0, words).await;
        }
        let answer = Arc::new(Answer { record: world.record.clone(), refuse: AtomicBool::new(true) });
        let follower: Arc<dyn Follower> = answer.clone();
        assert_eq!(world.record.catch_up(&follower).await.expect("runs"), Step::Waiting, "{}", test.name());
        let progress = world.record.progress(&mut world.db.reader()).await.expect("reads").remove(0);
        assert_eq!((progress.position, progress.error.as_deref()), (1, Some("cannot answer this")), "{}", test.name());
        assert_eq!(world.record.catch_up(&follower).await.expect("runs"), Step::Waiting);

        answer.refuse.store(false, Ordering::SeqCst);
        world.clock.set(NOW.plus_hours(1));
        loop {
            world.record.catch_up(&follower).await.expect("runs");
            let progress = world.record.progress(&mut world.db.reader()).await.expect("reads").remove(0);
            if progress.position == 6 {
                assert_eq!((progress.lag, progress.attempts, progress.error), (0, 0, None));
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(world.count("SELECT COUNT(*) AS n FROM notes WHERE words = 'answered'").await, 3);
        // From the beginning again, its reactions are in the record already.
        world.record.restart_follower(&follower).await.expect("restarts");
        assert_eq!(world.record.progress(&mut world.db.reader()).await.expect("reads")[0].position, 0);
        assert_eq!(world.record.catch_up(&follower).await.expect("runs"), Step::Idle);
        assert_eq!(world.count("SELECT COUNT(*) AS n FROM events").await, 6, "{}", test.name());
        assert_eq!(world.verify(None).await, [], "{}", test.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn running_followers_wake_on_seals() {
    for test in engines().await {
        let world = World::new(&test).await;
        let follower: Arc<dyn Follower> =
            Arc::new(Answer { record: world.record.clone(), refuse: AtomicBool::new(false) });
        let _following = world.record.start_followers(&[follower]);
        for _ in 0..5 {
            world.write(world.ids.next(), 0, "good").await;
        }
        let mut rounds = 0;
        while world.count("SELECT COUNT(*) AS n FROM notes WHERE words = 'answered'").await < 5 {
            rounds += 1;
            assert!(rounds < 200, "{}", test.name());
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
    }
}

/// Fails as often as it is told to.
struct Stubborn {
    fails: AtomicI64,
    ran: AtomicI64,
}

impl Job for Stubborn {
    fn kind(&self) -> &'static str {
        "stubborn"
    }

    fn run<'a>(&'a self, data: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            assert_eq!(data, "data");
            self.ran.fetch_add(1, Ordering::SeqCst);
            if self.fails.fetch_sub(1, Ordering::SeqCst) > 0 { Err("not yet".into()) } else { Ok(()) }
        })
    }

    fn attempts(&self) -> i64 {
        3
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_run_when_due_retry_and_are_given_up() {
    for test in engines().await {
        let world = World::new(&test).await;
        let job = Arc::new(Stubborn { fails: AtomicI64::new(1), ran: AtomicI64::new(0) });
        let runner = Runner::new(&world.db, world.setup.clock.clone(), vec![job.clone()]);
        let enqueue = |id| {
            let db = world.db.clone();
            async move {
                db.write(move |tx| {
                    Box::pin(async move { jobs::enqueue(tx, id, "stubborn", "data", NOW.plus_seconds(10), NOW).await })
                })
                .await
                .expect("is enqueued")
            }
        };
        let id = world.ids.next();
        enqueue(id).await;
        enqueue(id).await;
        assert_eq!(runner.run_due().await.expect("runs"), 0, "not due yet");
        world.clock.set(NOW.plus_seconds(10));
        assert_eq!(runner.run_due().await.expect("runs"), 1);
        assert_eq!(runner.run_due().await.expect("runs"), 0, "it waits after its failure");
        world.clock.set(NOW.plus_minutes(1));
        assert_eq!(runner.run_due().await.expect("runs"), 1);
        assert_eq!(world.count("SELECT COUNT(*) AS n FROM jobs").await, 0, "done is done");

        job.fails.store(i64::MAX, Ordering::SeqCst);
        enqueue(world.ids.next()).await;
        for minutes in 2..10 {
            world.clock.set(NOW.plus_minutes(minutes));
            runner.run_due().await.expect("runs");
        }
        assert_eq!(job.ran.load(Ordering::SeqCst), 5, "{}: three attempts for the second job", test.name());
        let failed = jobs::failed(&mut world.db.reader()).await.expect("reads");
        assert_eq!((failed.len(), failed[0].error.as_str()), (1, "not yet"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn views_are_digested_and_guarded() {
    for test in engines().await {
        let world = World::new(&test).await;
        let log = ViewLog::new(&world.record);
        DigestJob::plan(&world.db, NOW).await.expect("is planned");
        DigestJob::plan(&world.db, NOW).await.expect("once");
        for seconds in 0..300 {
            log.note(View {
                tenant: TENANT.into(),
                at: NOW.plus_seconds(seconds),
                viewer: world.ids.next(),
                assignment: None,
                stream: Stream::new("note", world.ids.next()),
                purpose: "file",
            });
        }
        log.flush().await.expect("is written");
        assert_eq!(world.count("SELECT COUNT(*) AS n FROM views").await, 300);
        let runner = Runner::new(&world.db, world.setup.clock.clone(), vec![Arc::new(DigestJob::new(&world.record))]);
        assert_eq!(runner.run_due().await.expect("runs"), 0);
        world.clock.set(NOW.plus_hours(2));
        assert!(runner.run_due().await.expect("runs") >= 1);
        assert_eq!(
            world.count("SELECT COUNT(*) AS n FROM events WHERE kind = 'ViewsDigested'").await,
            1,
            "{}",
            test.name()
        );
        assert_eq!(world.count("SELECT COUNT(*) AS n FROM jobs").await, 1, "the next hour is planned");
        assert!(world.rebuild_check().await.sound());

        world.tamper("DELETE FROM views WHERE at = $1", params![NOW.plus(7 * Micros::SECOND)]).await;
        let checked = world.rebuild_check().await;
        assert_eq!(checked.counters.len(), 1, "{}: {checked:?}", test.name());
        assert!(checked.counters[0].starts_with("views 01/"), "{checked:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_the_record_is_declared() {
    for test in engines().await {
        let world = World::new(&test).await;
        let lines = record::tables::undeclared(&world.db, world.record.slices()).await.expect("reads");
        for own in record::tables::OWN {
            assert!(!lines.iter().any(|l| l.starts_with(&format!("{} ", own.name))), "{}: {lines:?}", test.name());
        }
        world.tamper("CREATE TABLE stray (id BIGINT)", params![]).await;
        let lines = record::tables::undeclared(&world.db, &[]).await.expect("reads");
        assert!(
            lines.contains(&"stray is not declared".to_owned()) && lines.contains(&"notes is not declared".to_owned())
        );
        for name in record::tables::WITHOUT_TENANT {
            let sql = format!("SELECT tenant FROM {name} LIMIT 1");
            assert!(world.db.query(&sql, params![]).await.is_err(), "{name} has a tenant");
        }
    }
}
