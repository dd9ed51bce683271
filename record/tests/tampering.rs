//! Whatever is done behind the record's back is found and named.

mod common;

use common::{NOW, World};
use foundation::params;
use foundation::testing::engines;
use record::rebuild::What;
use record::verify::Finding;
use record::{Event, Head};
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

#[tokio::test(flavor = "multi_thread")]
async fn a_row_slipped_in_beside_the_sealer() {
    let test = foundation::testing::sqlite().await;
    let world = World::new(&test).await;
    let events = world.ten().await;
    let sql = "INSERT INTO events (tenant, stream_kind, stream_id, version, id, kind, command, ordinal, occurred_at, recorded_at, node, epoch, data, digest) \
               VALUES ('01', 'note', $1, 3, $2, 'NoteWritten', $2, 0, $3, $3, 'test', 1, $4, $4)";
    let id = world.ids.next();
    world.tamper(sql, params![events[0].stream.id, id, NOW, b"{}".as_slice()]).await;
    let findings = world.verify(None).await;
    let stream = events[0].stream.clone();
    assert_eq!(
        findings,
        [
            Finding::Changed { number: None, id, stream: stream.clone(), version: 3 },
            Finding::Unsealed { id, stream, version: 3 },
        ]
    );
}

fn changed(event: &Event, number: i64) -> Finding {
    Finding::Changed { number: Some(number), id: event.id, stream: event.stream.clone(), version: event.version }
}
