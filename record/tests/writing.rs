//! Appending and sealing, alone and with many writers at once.

mod common;

use std::sync::Arc;

use common::{NOW, TENANT, World, note};
use foundation::params;
use foundation::testing::engines;
use record::{Draft, Part, Record, RecordError, Stream};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_command_enters_once_and_is_answered_again() {
    for test in engines().await {
        let world = World::new(&test).await;
        let (id, command) = (world.ids.next(), world.command());
        let first = world.append(&command, id, 0, vec![note("one"), note("two")]).await.expect("is written");
        assert_eq!(first.iter().map(|e| (e.version, e.ordinal)).collect::<Vec<_>>(), [(1, 0), (2, 1)]);
        // Again on the same stream, and on another one: the same answer.
        for (stream, expected) in [(id, 0), (world.ids.next(), 0), (id, 2)] {
            match world.append(&command, stream, expected, vec![note("one"), note("two"), note("three")]).await {
                Err(RecordError::Repeated(before)) => assert_eq!(before, first, "{}", test.name()),
                other => panic!("{}: {other:?}", test.name()),
            }
        }
        assert_eq!(world.record.repeated(&mut world.db.reader(), TENANT, command.id).await.expect("reads"), first);
        assert_eq!(world.count("SELECT COUNT(*) AS n FROM events").await, 2, "nothing half-written");
        let stream = Stream::new("note", id);
        assert_eq!(world.record.events(&mut world.db.reader(), TENANT, &stream).await.expect("reads"), first);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_version_is_refused_with_the_present_one() {
    for test in engines().await {
        let world = World::new(&test).await;
        let id = world.ids.next();
        for version in 0..3 {
            world.write(id, version, "words").await;
        }
        for drafts in [vec![note("late")], vec![note("late"); 4]] {
            let refusal = world.append(&world.command(), id, 1, drafts).await;
            assert!(matches!(refusal, Err(RecordError::Conflict { current: 3 })), "{}: {refusal:?}", test.name());
        }
        assert_eq!(world.count("SELECT COUNT(*) AS n FROM events").await, 3, "nothing half-written");
        assert_eq!(world.verify(None).await, [], "{}", test.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_streams_in_one_statement() {
    for test in engines().await {
        let world = World::new(&test).await;
        let parts: Arc<[Part]> = (0..3)
            .map(|_| Part {
                stream: Stream::new("note", world.ids.next()),
                expected: 0,
                drafts: vec![note("a"), note("b")],
            })
            .collect();
        let (record, command) = (world.record.clone(), world.command());
        let statements = world
            .db
            .write(move |tx| {
                let (record, command, parts) = (record.clone(), command.clone(), parts.clone());
                Box::pin(async move {
                    let before = tx.statements();
                    let events = record.append_all(tx, &command, &parts).await?;
                    assert_eq!(events.iter().map(|e| e.ordinal).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
                    Ok::<_, RecordError>(tx.statements() - before)
                })
            })
            .await
            .expect("is written");
        assert_eq!(statements, 1 + 6, "one statement, and one of the slice for each event");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_recorded_is_refused() {
    let test = foundation::testing::sqlite().await;
    let world = World::new(&test).await;
    let float = vec![Draft { kind: "NoteWritten".into(), data: json!({"words": 1.5}) }];
    assert!(matches!(world.append(&world.command(), world.ids.next(), 0, float).await, Err(RecordError::Data(_))));
    let many = vec![note("x"); 1_001];
    assert!(matches!(world.append(&world.command(), world.ids.next(), 0, many).await, Err(RecordError::Broken(_))));
    let shape = vec![Draft { kind: "NoteWritten".into(), data: json!({}) }];
    assert!(matches!(world.append(&world.command(), world.ids.next(), 0, shape).await, Err(RecordError::Shape(_))));
    assert_eq!(world.count("SELECT COUNT(*) AS n FROM events").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_writers_on_one_stream() {
    for test in engines().await {
        let world = Arc::new(World::new(&test).await);
        let id = world.ids.next();
        let writers: Vec<_> = (0..64)
            .map(|_| {
                let world = world.clone();
                tokio::spawn(async move {
                    let (mut expected, mut refused) = (0, 0);
                    loop {
                        match world.append(&world.command(), id, expected, vec![note("mine")]).await {
                            Ok(events) => return (events[0].version, refused),
                            Err(RecordError::Conflict { current }) => {
                                assert!(current > expected, "{current} after {expected}");
                                (expected, refused) = (current, refused + 1);
                            }
                            Err(other) => panic!("{other:?}"),
                        }
                    }
                })
            })
            .collect();
        let mut versions = Vec::new();
        let mut refusals = 0;
        for writer in writers {
            let (version, refused) = writer.await.expect("ends");
            versions.push(version);
            refusals += refused;
        }
        versions.sort_unstable();
        assert_eq!(versions, (1..=64).collect::<Vec<i64>>(), "{}: one winner for each version", test.name());
        assert!(refusals >= 63, "{}: {refusals}", test.name());
        settle(&world).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_writers_on_many_streams() {
    for test in engines().await {
        let world = Arc::new(World::new(&test).await);
        let writers: Vec<_> = (0..64)
            .map(|_| {
                let world = world.clone();
                tokio::spawn(async move {
                    let id = world.ids.next();
                    for version in 0..5 {
                        world.write(id, version, "mine").await;
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.expect("ends");
        }
        settle(&world).await;
        assert_eq!(world.record.head().await.expect("a head").number, 320, "{}", test.name());
        assert_eq!(world.count("SELECT CAST(SUM(last - first + 1) AS BIGINT) AS n FROM seals").await, 320);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_one_batch_waits() {
    for test in engines().await {
        let world = World::new(&test).await;
        let streams: Vec<_> = (0..7).map(|_| world.ids.next()).collect();
        let parts: Arc<[Part]> = streams
            .iter()
            .map(|id| Part { stream: Stream::new("note", *id), expected: 0, drafts: vec![note("x"); 142] })
            .collect();
        for round in 0..3 {
            let (record, command) = (world.record.clone(), world.command());
            let parts: Arc<[Part]> = parts.iter().map(|p| Part { expected: round * 142, ..p.clone() }).collect();
            world
                .db
                .write(move |tx| {
                    let (record, command, parts) = (record.clone(), command.clone(), parts.clone());
                    Box::pin(async move { record.append_all(tx, &command, &parts).await })
                })
                .await
                .expect("is written");
        }
        settle(&world).await;
        assert_eq!(world.record.head().await.expect("a head").number, 7 * 142 * 3, "{}", test.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_and_one_lease() {
    let test = foundation::testing::postgres().await;
    let one = World::new(&test).await;
    let id = one.ids.next();
    one.write(id, 0, "the first process seals").await;
    let other = foundation::db::Db::open(&test.url, 4).expect("opens");
    let two = World::again(&other).await;
    // Events of the second process are sealed by the first.
    two.write(id, 1, "of the second").await;
    let fence = |world: &World| {
        let db = world.db.clone();
        async move {
            db.query_one("SELECT fence AS n FROM leases", params![]).await.expect("a lease").get::<i64>("n").expect("n")
        }
    };
    assert_eq!(fence(&one).await, 1);
    // The first is gone; when its lease has run out, the second takes over.
    drop(one);
    two.clock.set(NOW.plus_minutes(1));
    two.write(id, 2, "after the change").await;
    assert_eq!(fence(&two).await, 2);
    assert_eq!(two.verify(None).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wrong_key_or_node_is_refused() {
    let test = foundation::testing::sqlite().await;
    let world = World::new(&test).await;
    let mut setup = world.setup.clone();
    setup.node = "elsewhere".into();
    assert!(matches!(Record::open(&world.db, setup).await, Err(RecordError::Broken(_))));
    let mut setup = world.setup.clone();
    setup.keyring = record::Keyring::seeded(2);
    assert!(matches!(Record::open(&world.db, setup).await, Err(RecordError::Broken(_))));
    let mut setup = world.setup.clone();
    setup.slices.push(setup.slices[0].clone());
    assert!(matches!(Record::open(&world.db, setup).await, Err(RecordError::Broken(_))));
}

/// Waits until all is sealed; then the record must be sound, its numbers without gaps.
async fn settle(world: &World) {
    for _ in 0..200 {
        if world.count("SELECT COUNT(*) AS n FROM events WHERE number IS NULL").await == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(world.verify(None).await, []);
    assert!(world.rebuild_check().await.sound());
}
