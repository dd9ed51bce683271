//! The database facade, each test on both engines.

use std::sync::Arc;

use foundation::clock::Micros;
use foundation::db::{Db, DbError, Query as _, Tx};
use foundation::params;
use foundation::testing::{TestDb, engines};
use uuid::Uuid;

async fn with_table() -> Vec<TestDb> {
    let tests = engines().await;
    for test in &tests {
        let bytes = if test.name() == "SQLite" { ["BLOB", "BLOB"] } else { ["UUID", "BYTEA"] };
        let sql = format!(
            "CREATE TABLE thing (id {} NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, size BIGINT, body {})",
            bytes[0], bytes[1]
        );
        test.db
            .write(move |tx| {
                let sql = sql.clone();
                Box::pin(async move { tx.execute(&sql, params![]).await })
            })
            .await
            .expect("a table");
    }
    tests
}

async fn put(db: &Db, name: String, size: i64) -> Result<u64, DbError> {
    db.write(move |tx| {
        let name = name.clone();
        Box::pin(async move {
            tx.execute(
                "INSERT INTO thing (id, name, size, body) VALUES ($1, $2, $3, $4)",
                params![Uuid::from_u128(size as u128), name, size, vec![1u8, 2, 3]],
            )
            .await
        })
    })
    .await
}

async fn count(db: &Db) -> i64 {
    db.query_one("SELECT COUNT(*) AS n FROM thing", params![]).await.and_then(|r| r.get("n")).expect("a count")
}

#[tokio::test]
async fn what_is_written_is_read_back() {
    for test in with_table().await {
        put(&test.db, "شُبّاك".into(), i64::MAX).await.expect("written");
        let row = test
            .db
            .query_one("SELECT id, name, size, body, NULL AS empty FROM thing WHERE size = $1", params![i64::MAX])
            .await
            .expect("one row");
        assert_eq!(row.get::<Uuid>("id").expect("id"), Uuid::from_u128(i64::MAX as u128), "{}", test.name());
        assert_eq!(row.get::<String>("name").expect("name"), "شُبّاك");
        assert_eq!(row.get::<Micros>("size").expect("size"), Micros(i64::MAX));
        assert_eq!(row.get::<Vec<u8>>("body").expect("body"), vec![1, 2, 3]);
        assert_eq!(row.get::<Option<String>>("empty").expect("null"), None);
        assert!(matches!(row.get::<i64>("name"), Err(DbError::Shape(_))));
        assert!(matches!(row.get::<i64>("other"), Err(DbError::Shape(_))));
    }
}

#[tokio::test]
async fn a_refused_command_writes_nothing_and_harms_no_other() {
    for test in with_table().await {
        put(&test.db, "first".into(), 1).await.expect("written");
        let db = Arc::new(test.db.clone());
        let tasks: Vec<_> = (0..40)
            .map(|n| {
                let db = db.clone();
                let name = if n % 2 == 0 { "first".to_owned() } else { format!("other {n}") };
                tokio::spawn(async move { put(&db, name, 100 + n).await })
            })
            .collect();
        let mut refused = 0;
        for task in tasks {
            match task.await.expect("no panic") {
                Ok(rows) => assert_eq!(rows, 1),
                Err(DbError::Unique(_)) => refused += 1,
                Err(other) => panic!("{}: {other}", test.name()),
            }
        }
        assert_eq!((refused, count(&test.db).await), (20, 21), "{}", test.name());
    }
}

#[tokio::test]
async fn an_error_after_a_write_undoes_it() {
    for test in with_table().await {
        let outcome: Result<(), DbError> = test
            .db
            .write(|tx| {
                Box::pin(async move {
                    tx.execute("INSERT INTO thing (id, name) VALUES ($1, $2)", params![Uuid::nil(), "gone"]).await?;
                    Err(DbError::Statement("changed my mind".into()))
                })
            })
            .await;
        assert!(outcome.is_err());
        assert_eq!(count(&test.db).await, 0, "{}", test.name());
    }
}

#[tokio::test]
async fn a_panic_in_a_command_is_an_error_of_that_command_alone() {
    for test in with_table().await {
        let outcome: Result<(), DbError> = test
            .db
            .write(|tx: &mut Tx| {
                Box::pin(async move {
                    tx.execute("INSERT INTO thing (id, name) VALUES ($1, $2)", params![Uuid::nil(), "half"]).await?;
                    panic!("a slip in a command");
                })
            })
            .await;
        assert!(outcome.is_err(), "{}", test.name());
        put(&test.db, "after".into(), 2).await.expect("the writer lives on");
        assert_eq!(count(&test.db).await, 1, "{}", test.name());
    }
}

#[tokio::test]
async fn hanging_up_cancels_nothing() {
    for test in with_table().await {
        let db = test.db.clone();
        let mut asked = Box::pin(async move { put(&db, "kept".into(), 7).await });
        // Polled once, so that the command is on its way, then dropped like a client that left.
        assert!(futures::poll!(asked.as_mut()).is_pending() || test.name() == "SQLite");
        drop(asked);
        for _ in 0..200 {
            if count(&test.db).await == 1 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        assert_eq!(count(&test.db).await, 1, "{}", test.name());
    }
}

#[tokio::test]
async fn several_reads_see_one_snapshot() {
    for test in with_table().await {
        put(&test.db, "one".into(), 1).await.expect("written");
        let other = test.db.clone();
        let seen = test
            .db
            .read(move |tx| {
                let other = other.clone();
                Box::pin(async move {
                    let before: i64 = tx.query_one("SELECT COUNT(*) AS n FROM thing", params![]).await?.get("n")?;
                    let write = std::thread::spawn(move || {
                        let runtime =
                            tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
                        // PostgreSQL's commands run on the runtime that opened the pool; SQLite's on the writer.
                        if other.path().is_some() {
                            runtime.block_on(put(&other, "two".into(), 2)).expect("written");
                        }
                    });
                    write.join().expect("written meanwhile");
                    let after: i64 = tx.query_one("SELECT COUNT(*) AS n FROM thing", params![]).await?.get("n")?;
                    Ok::<_, DbError>((before, after))
                })
            })
            .await
            .expect("read");
        assert_eq!(seen, (1, 1), "{}", test.name());
    }
}

#[tokio::test]
async fn a_schema_from_the_future_is_refused() {
    for test in engines().await {
        test.db
            .write(|tx| {
                Box::pin(async move {
                    tx.execute(
                        "INSERT INTO schema_migrations (name, hash, applied_at) VALUES ($1, $2, $3)",
                        params!["9999_future", "x", 0i64],
                    )
                    .await
                })
            })
            .await
            .expect("written");
        assert!(matches!(test.db.pending().await, Err(DbError::Schema(_))), "{}", test.name());
    }
}
