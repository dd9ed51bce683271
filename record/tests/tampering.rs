//! Whatever is done behind the record's back is found and named.

mod common;

use common::{NOW, TENANT, World, note};
use foundation::params;
use foundation::testing::engines;
use record::rebuild::What;
use record::verify::Finding;
use record::{Command, Event, Head, Record, RecordError, Stream};
use sha2::{Digest as _, Sha256};

#[tokio::test(flavor = "multi_thread")]
async fn an_untouched_record_is_sound() {
    for test in engines().await {
        let world = World::new(&test).await;
        let empty = world.record.head().await.expect("a head");
        let written = world.ten().await;
        let head = world.record.head().await.expect("a head");
        assert_eq!((head.number, head.epoch), (10, 1), "{}", test.name());
        for kept in [None, Some(empty), Some(head.clone())] {
            assert_eq!(world.verify(kept).await, [], "{}", test.name());
        }
        let report = record::verify::verify(&world.db, None).await.expect("runs");
        assert_eq!((report.events, report.epochs, report.head), (10, 1, head.clone()));
        let checked = world.rebuild_check().await;
        assert!(checked.sound(), "{checked:?}");
        assert_eq!((checked.events, checked.rows), (10, 5));
        assert_eq!(written.len(), 10);
        let text = serde_json::to_string(&head).expect("is JSON");
        assert_eq!(serde_json::from_str::<Head>(&text).expect("reads"), head);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_byte_changed() {
    for test in engines().await {
        let world = World::new(&test).await;
        let events = world.ten().await;
        world
            .tamper("UPDATE events SET data = $1 WHERE number = 3", params![b"{\"words\":\"fyrst\"}".as_slice()])
            .await;
        assert_eq!(world.verify(None).await, [changed(&events[2], 3)], "{}", test.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_column_changed() {
    let test = foundation::testing::sqlite().await;
    let world = World::new(&test).await;
    let events = world.ten().await;
    for column in ["occurred_at", "recorded_at", "ordinal"] {
        let up = format!("UPDATE events SET {column} = {column} + 1 WHERE number = 3").leak();
        let down = format!("UPDATE events SET {column} = {column} - 1 WHERE number = 3").leak();
        world.tamper(up, params![]).await;
        assert_eq!(world.verify(None).await, [changed(&events[2], 3)], "{column}");
        world.tamper(down, params![]).await;
    }
    world.tamper("UPDATE events SET actor = id WHERE number = 3", params![]).await;
    assert_eq!(world.verify(None).await, [changed(&events[2], 3)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn event_and_digest_changed_together() {
    for test in engines().await {
        let world = World::new(&test).await;
        let mut event = world.ten().await[2].clone();
        event.data = b"{\"words\":\"forged\"}".to_vec();
        let sql = "UPDATE events SET data = $1, digest = $2 WHERE number = 3";
        world.tamper(sql, params![event.data.as_slice(), event.digest()]).await;
        let broken = Finding::ChainBroken { number: 3, id: event.id, stream: event.stream.clone() };
        assert_eq!(world.verify(None).await, [broken], "{}", test.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_forged_without_the_key() {
    for test in engines().await {
        let world = World::new(&test).await;
        let mut event = world.ten().await[9].clone();
        event.data = b"{\"words\":\"forged\"}".to_vec();
        let row = world.db.query_one("SELECT chain FROM events WHERE number = 9", params![]).await.expect("a row");
        let mut hash = Sha256::new_with_prefix([1]);
        hash.update(row.get::<Vec<u8>>("chain").expect("bytes"));
        hash.update(10i64.to_be_bytes());
        hash.update(event.digest());
        let chain: [u8; 32] = hash.finalize().into();
        let sql = "UPDATE events SET data = $1, digest = $2, chain = $3 WHERE number = 10";
        world.tamper(sql, params![event.data.as_slice(), event.digest(), chain]).await;
        assert_eq!(world.verify(None).await, [Finding::SealHead { last: 10 }], "{}", test.name());
        world.tamper("UPDATE seals SET head = $1 WHERE last = 10", params![chain]).await;
        assert_eq!(world.verify(None).await, [Finding::SealSignature { last: 10 }], "{}", test.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_deleted() {
    for test in engines().await {
        let world = World::new(&test).await;
        let events = world.ten().await;
        world.tamper("DELETE FROM events WHERE number = 3", params![]).await;
        let hole = Finding::StreamHole { stream: events[2].stream.clone(), version: 1 };
        assert_eq!(world.verify(None).await, [Finding::Missing { first: 3, last: 3 }, hole], "{}", test.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tail_cut_and_the_database_rolled_back() {
    for test in engines().await {
        let world = World::new(&test).await;
        world.ten().await;
        let head = world.record.head().await.expect("a head");
        // Only events: their seals stay and tell.
        world.tamper("DELETE FROM events WHERE number > 8", params![]).await;
        assert!(world.verify(None).await.contains(&Finding::Missing { first: 9, last: 9 }), "{}", test.name());
        // Events, seals and rows: the record is whole again and older. Only the kept head tells.
        world.tamper("DELETE FROM seals WHERE last > 8", params![]).await;
        assert_eq!(world.verify(None).await, [], "{}", test.name());
        assert_eq!(
            world.verify(Some(head.clone())).await,
            [Finding::Cut { kept: head.clone(), ends: 8 }],
            "{}",
            test.name()
        );
        // Another history up to the same number does not hide it.
        let id = world.ids.next();
        world.write(id, 0, "other").await;
        world.write(id, 1, "history").await;
        let forked = Finding::Forked { kept: head, restored_in: None };
        assert_eq!(world.verify(world.kept(&forked)).await, [forked], "{}", test.name());
    }
}

impl World {
    fn kept(&self, finding: &Finding) -> Option<Head> {
        if let Finding::Forked { kept, .. } = finding { Some(kept.clone()) } else { None }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_copy_of_the_file_in_its_place() {
    let test = foundation::testing::sqlite().await;
    let world = World::new(&test).await;
    world.ten().await;
    let copy = test.folder().join("copy.db");
    world.db.copy_to(copy.clone()).await.expect("copied");
    let id = world.ids.next();
    world.write(id, 0, "after the copy").await;
    let head = world.record.head().await.expect("a head");

    let old = foundation::db::Db::open(&format!("sqlite:{}", copy.display()), 1).expect("opens");
    let findings = record::verify::verify(&old, Some(head.clone())).await.expect("runs").findings;
    assert_eq!(findings, [Finding::Cut { kept: head.clone(), ends: 10 }]);

    // Restored as it should be, it opens a new epoch; the head still tells what was lost.
    let epoch = record::open_epoch(&old, &world.setup, "restore").await.expect("opens");
    assert_eq!((epoch.epoch, epoch.after_number), (2, 10));
    let restored = World::again(&old).await;
    let fresh = restored.record.head().await.expect("a head");
    assert_eq!(restored.verify(Some(fresh)).await, []);
    restored.write(id, 0, "after the restore").await;
    assert_eq!(restored.verify(None).await, []);
    let lost = Finding::Forked { kept: head.clone(), restored_in: Some(2) };
    assert_eq!(restored.verify(Some(head)).await, [lost]);
}

#[tokio::test(flavor = "multi_thread")]
async fn epochs_are_signed_and_linked() {
    for test in engines().await {
        let world = World::new(&test).await;
        world.ten().await;
        world.tamper("UPDATE epochs SET reason = 'other'", params![]).await;
        let findings = world.verify(None).await;
        assert!(findings.contains(&Finding::EpochSignature { epoch: 1 }), "{}", test.name());
        world.tamper("DELETE FROM epochs", params![]).await;
        assert!(world.verify(None).await.contains(&Finding::EpochMissing { epoch: 1 }), "{}", test.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_projection_edited() {
    for test in engines().await {
        let world = World::new(&test).await;
        let events = world.ten().await;
        let key = |at: usize| format!("01/{}", events[at].stream.id);
        world.tamper("UPDATE notes SET words = 'better' WHERE id = $1", params![events[0].stream.id]).await;
        world.tamper("DELETE FROM notes WHERE id = $1", params![events[2].stream.id]).await;
        let sql = "INSERT INTO notes (tenant, id, version, words) VALUES ('00', $1, 1, 'made up')";
        world.tamper(sql, params![world.ids.next()]).await;

        let checked = world.rebuild_check().await;
        let found = |key: &str| checked.differences.iter().find(|d| d.key == key).map(|d| d.what.clone());
        assert_eq!(found(&key(0)), Some(What::Columns(vec!["words".into()])), "{}", test.name());
        assert_eq!(found(&key(2)), Some(What::Missing), "{}", test.name());
        assert_eq!(checked.differences.len(), 3, "{checked:?}");
        assert!(checked.differences.iter().any(|d| d.what == What::Extra && d.key.starts_with("00/")), "{checked:?}");
        assert!(checked.differences.iter().all(|d| d.table == "notes"));
        assert_eq!(world.verify(None).await, [], "the record itself is whole");

        assert_eq!(world.record.rebuild().await.expect("rebuilds"), 10);
        assert!(world.rebuild_check().await.sound(), "{}", test.name());
    }
}

/// A row as somebody plants it who can write to the table and knows every public format, but has
/// no key: its digest is right, its code is made up or another event's.
async fn plant(world: &World, event: &Event, mac: Option<Vec<u8>>) {
    let sql = "INSERT INTO events (tenant, stream_kind, stream_id, version, id, kind, command, ordinal, occurred_at, recorded_at, node, epoch, data, digest, mac) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, $12, $13, $14)";
    let params = params![
        event.tenant.as_str(),
        &*event.stream.kind,
        event.stream.id,
        event.version,
        event.id,
        event.kind.as_str(),
        event.command,
        event.occurred_at,
        event.recorded_at,
        event.node.as_str(),
        event.epoch,
        event.data.as_slice(),
        event.digest(),
        mac
    ];
    world.tamper(sql, params).await;
}

fn forged(world: &World, stream: &Stream, version: i64) -> Event {
    Event {
        id: world.ids.next(),
        tenant: TENANT.into(),
        stream: stream.clone(),
        version,
        kind: "NoteWritten".into(),
        command: world.ids.next(),
        ordinal: 0,
        occurred_at: NOW,
        recorded_at: NOW,
        actor: None,
        assignment: None,
        on_behalf: None,
        node: "test".into(),
        epoch: 1,
        data: b"{\"words\":\"planted\"}".to_vec(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_planted_before_the_seal_is_refused_and_others_go_on() {
    for test in engines().await {
        let world = World::new(&test).await;
        let events = world.ten().await;
        let stream = &events[0].stream;
        let copied: Vec<u8> = {
            let row = world.db.query_one("SELECT mac FROM events WHERE number = 1", params![]).await.expect("a row");
            row.get("mac").expect("its code")
        };
        // Without a code, with one made up, with another event's; on a known stream and on new ones.
        let planted = [
            forged(&world, stream, 3),
            forged(&world, &Stream::new("note", world.ids.next()), 1),
            forged(&world, &Stream::new("note", world.ids.next()), 1),
        ];
        plant(&world, &planted[0], None).await;
        plant(&world, &planted[1], Some(vec![7; 16])).await;
        plant(&world, &planted[2], Some(copied)).await;

        // Others are sealed, without a gap; on the planted row's stream nothing can be added.
        let other = world.ids.next();
        world.write(other, 0, "goes on").await;
        world.write(events[2].stream.id, 2, "goes on").await;
        assert_eq!(world.record.head().await.expect("a head").number, 12, "{}", test.name());
        let refusal = world.append(&world.command(), stream.id, 2, vec![note("genuine")]).await;
        assert!(matches!(refusal, Err(RecordError::Conflict { current: 3 })), "{}: {refusal:?}", test.name());

        // It is told of, and neither read, nor replayed.
        let unsealed = world.record.unsealed(&mut world.db.reader()).await.expect("reads");
        assert_eq!((unsealed.waiting, unsealed.refused.as_slice()), (0, planted.as_slice()), "{}", test.name());
        let read = world.record.events(&mut world.db.reader(), TENANT, stream).await.expect("reads");
        assert_eq!(read, events[..2], "{}", test.name());
        assert!(world.rebuild_check().await.sound(), "{}", test.name());
        let found = world.verify(None).await;
        let unsealed = planted.each_ref().map(|event| Finding::Unsealed {
            id: event.id,
            stream: event.stream.clone(),
            version: event.version,
        });
        assert_eq!(found, unsealed, "{}", test.name());

        // Removed, its stream goes on. What is sealed or vouched for is not removed so.
        for event in &planted {
            assert!(world.record.remove_refused(&world.db, event.id).await.expect("removes"), "{}", test.name());
        }
        assert!(!world.record.remove_refused(&world.db, events[0].id).await.expect("asked"), "{}", test.name());
        world.write(stream.id, 2, "genuine").await;
        assert_eq!(world.record.head().await.expect("a head").number, 13);
        assert_eq!(world.verify(None).await, [], "{}", test.name());
        assert!(world.rebuild_check().await.sound(), "{}", test.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_planted_rows_than_a_batch_holds_stop_nobody() {
    for test in engines().await {
        let world = World::new(&test).await;
        world.ten().await;
        for _ in 0..1_100 {
            plant(&world, &forged(&world, &Stream::new("note", world.ids.next()), 1), None).await;
        }
        let id = world.ids.next();
        for version in 0..3 {
            world.write(id, version, "goes on").await;
        }
        assert_eq!(world.record.head().await.expect("a head").number, 13, "{}", test.name());
    }
}

/// Only PostgreSQL has a moment between commit and seal.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_changed_before_its_seal_is_refused_with_all_that_follow_it() {
    let test = foundation::testing::postgres().await;
    let world = World::new(&test).await;
    world.ten().await;
    let setup = world.setup.clone();
    let (db, clock) = (world.db.clone(), world.clock.clone());
    drop(world);
    // The lease of the sealer that went with it runs out.
    clock.advance(std::time::Duration::from_secs(60));
    // No sealer is at work here.
    let record = Record::open(&db, setup.clone()).await.expect("the record opens");
    let (stream, other) = (Stream::new("note", setup.ids.next()), Stream::new("note", setup.ids.next()));
    let append = |stream: &Stream, expected: i64| {
        let (record, stream) = (record.clone(), stream.clone());
        let command = Command {
            id: setup.ids.next(),
            tenant: TENANT.into(),
            actor: None,
            assignment: None,
            on_behalf: None,
            occurred_at: NOW,
        };
        let written = db.write(move |tx| {
            let (record, command, stream) = (record.clone(), command.clone(), stream.clone());
            Box::pin(async move { record.append(tx, &command, stream, expected, &[note("genuine")]).await })
        });
        async move { written.await.expect("written").remove(0) }
    };
    let first = append(&stream, 0).await;
    let second = append(&stream, 1).await;
    let elsewhere = append(&other, 0).await;
    let mut forged = first.clone();
    forged.data = b"{\"words\":\"changed\"}".to_vec();
    let (data, digest, id) = (forged.data.clone(), forged.digest(), first.id);
    let changed = db.write(move |tx| {
        let params = params![data.as_slice(), digest, id];
        Box::pin(async move { tx.execute("UPDATE events SET data = $1, digest = $2 WHERE id = $3", params).await })
    });
    changed.await.expect("changed");

    let _sealing = record.start_sealer();
    record.wait_sealed(&[elsewhere.id]).await.expect("others go on");
    assert_eq!(record.head().await.expect("a head").number, 11);
    let unsealed = record.unsealed(&mut db.reader()).await.expect("reads");
    assert_eq!((unsealed.waiting, unsealed.refused.len()), (1, 1), "what follows waits: {}", second.id);
    assert_eq!(unsealed.refused[0].id, first.id);
}

fn changed(event: &Event, number: i64) -> Finding {
    Finding::Changed { number: Some(number), id: event.id, stream: event.stream.clone(), version: event.version }
}
