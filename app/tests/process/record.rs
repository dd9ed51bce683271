//! The record from the command line: sound when it is, and found out when it is not.

use foundation::params;
use uuid::Uuid;

use crate::home::{Home, copy};

#[tokio::test(flavor = "multi_thread")]
async fn a_new_node_has_a_head_and_holds() {
    for home in [Home::sqlite(), Home::postgres().await] {
        let head = home.run(["record", "head"]).ends(0);
        let head_file = home.path().join("head.json");
        std::fs::write(&head_file, &head.out).expect("kept");
        let parsed = head.json();
        assert_eq!(parsed["epoch"], 1);
        assert!(parsed["number"].as_i64().is_some_and(|n| n > 500), "{parsed}");
        let verified =
            home.run(["record".as_ref(), "verify".as_ref(), "--head".as_ref(), head_file.as_os_str()]).ends(0);
        assert!(verified.out.contains("holds"), "{}", verified.out);
        let rebuilt = home.run(["record", "rebuild", "--check", "--json"]).ends(0).json();
        assert_eq!(rebuilt["differences"].as_array().map(Vec::len), Some(0), "{rebuilt}");
        // A second `init` changes nothing.
        home.run(["init"]).ends(0);
        assert_eq!(home.run(["record", "head"]).ends(0).json(), parsed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_changed_byte_is_found_and_named() {
    for home in [Home::sqlite(), Home::postgres().await] {
        let db = home.db();
        let changed = db.write(|tx| {
            Box::pin(async move {
                let row =
                    foundation::db::Query::query_one(tx, "SELECT id, data FROM events WHERE number = 40", params![])
                        .await?;
                let mut data: Vec<u8> = row.get("data")?;
                if let Some(byte) = data.iter_mut().rev().nth(2) {
                    *byte ^= 1;
                }
                let id: uuid::Uuid = row.get("id")?;
                tx.execute("UPDATE events SET data = $1 WHERE id = $2", params![data, id]).await
            })
        });
        assert_eq!(changed.await.expect("tampered"), 1);
        let ran = home.run(["record", "verify"]).ends(1);
        assert!(ran.out.contains("NOT") && ran.out.contains("40"), "{}", ran.out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_projection_row_is_found_and_named() {
    let home = Home::sqlite();
    let db = home.db();
    let changed = db.write(|tx| {
        Box::pin(async move { tx.execute("UPDATE units SET name = 'x' WHERE unit = '01-D16'", params![]).await })
    });
    assert_eq!(changed.await.expect("tampered"), 1);
    home.run(["record", "verify"]).ends(0);
    let ran = home.run(["record", "rebuild", "--check"]).ends(1);
    assert!(ran.out.contains("units") && ran.out.contains("01-D16"), "{}", ran.out);
    home.run(["record", "rebuild"]).ends(0);
    home.run(["record", "rebuild", "--check"]).ends(0);
}

/// Somebody with a password of the database, and without the node's keys, writes an event.
async fn plant(home: &Home) -> Uuid {
    let id = Uuid::from_u128(rand::random());
    let db = home.db();
    let planted = db.write(move |tx| {
        Box::pin(async move {
            tx.execute(
                "INSERT INTO events (tenant, stream_kind, stream_id, version, id, kind, command, ordinal, occurred_at, recorded_at, node, epoch, data, digest, mac) \
                 SELECT tenant, stream_kind, $1, 1, $1, kind, $1, 0, occurred_at, recorded_at, node, epoch, data, digest, mac FROM events WHERE number = 1",
                params![id],
            )
            .await
        })
    });
    assert_eq!(planted.await.expect("planted"), 1);
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planted_event_is_refused_told_of_and_removed() {
    for home in [Home::sqlite(), Home::postgres().await] {
        let server = home.serve();
        let id = plant(&home).await;
        // Others go on and are sealed.
        let before = home.run(["record", "head"]).ends(0).json()["number"].as_i64().expect("a number");
        home.run(["user", "add", "mona", "--name", "منى عبد الفتاح"]).ends(0);
        assert!(home.run(["record", "head"]).ends(0).json()["number"].as_i64().is_some_and(|n| n > before));
        assert!(server.browser().get("/metrics").text.contains("\nshubbak_events_refused 1\n"));
        // On PostgreSQL the sealer says so; the process that holds its lease may just have ended.
        let told = || server.log().contains(&id.to_string());
        let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while home.set(crate::home::OWNER).is_some() && !told() {
            assert!(std::time::Instant::now() < until, "{}", server.log());
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let listed = home.run(["record", "refused"]).ends(1);
        assert!(listed.out.contains(&id.to_string()), "{}", listed.out);
        let examined = home.run(["doctor"]).ends(1);
        assert!(
            examined.out.contains("beside the record") && examined.out.contains(&id.to_string()),
            "{}",
            examined.out
        );
        assert!(home.run(["record", "verify"]).ends(1).out.contains("is not sealed"));
        home.run(["record", "rebuild", "--check"]).ends(0);

        let other = Uuid::nil().to_string();
        home.run(["record", "refused", "--remove", &other]).ends(3);
        home.run(["record", "refused", "--remove", &id.to_string()]).ends(0);
        home.run(["record", "refused"]).ends(0);
        home.run(["record", "verify"]).ends(0);
        assert!(server.browser().get("/metrics").text.contains("\nshubbak_events_refused 0\n"));
    }
}

#[test]
fn an_older_copy_of_the_database_is_found_with_a_kept_head() {
    let home = Home::sqlite();
    let older = home.path().join("older");
    copy(&home.data(), &older);
    home.run(["user", "add", "mona", "--name", "منى عبد الفتاح"]).ends(0);
    let head = home.path().join("head.json");
    std::fs::write(&head, home.run(["record", "head"]).ends(0).out).expect("kept");
    std::fs::remove_dir_all(home.data()).expect("removed");
    copy(&older, &home.data());
    // By itself the older copy holds; only the kept head tells.
    home.run(["record", "verify"]).ends(0);
    let ran = home.run(["record".as_ref(), "verify".as_ref(), "--head".as_ref(), head.as_os_str()]).ends(1);
    assert!(ran.out.contains("rolled back"), "{}", ran.out);
}
