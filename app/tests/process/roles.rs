//! The three roles on PostgreSQL: the server itself refuses what the application must not do.

use foundation::db::{Db, DbError, grants};
use foundation::params;
use serde_json::Value;

use crate::home::{Home, OWNER, SEALER, finish};

const APPLICATION: &str = "SHUBBAK_DATABASE__URL";

fn open(home: &Home, name: &str) -> Db {
    Db::open(home.set(name).expect("an address"), 2).expect("it opens")
}

async fn execute(db: &Db, sql: &'static str) -> Result<u64, DbError> {
    db.write(move |tx| Box::pin(async move { tx.execute(sql, params![]).await })).await
}

fn finding(home: &Home) -> Value {
    let mut program = home.program();
    let ran = finish(program.env("SHUBBAK_SERVER__PUBLIC_URL", "https://shubbak.example").args(["doctor", "--json"]));
    let found = ran.json();
    let roles: Vec<_> = found.as_array().expect("a list").iter().filter(|f| f["about"] == "roles").cloned().collect();
    assert_eq!(roles.len(), 1, "{found:#}");
    roles[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_application_appends_and_the_sealer_seals_and_neither_does_more() {
    let home = Home::postgres().await;
    let (application, sealer) = (open(&home, APPLICATION), open(&home, SEALER));
    for sql in [
        "UPDATE events SET data = data WHERE number = 1",
        "UPDATE events SET number = number WHERE number = 1",
        "UPDATE events SET chain = chain WHERE number = 1",
        "DELETE FROM events WHERE number = 1",
        "TRUNCATE events",
        "DROP TABLE events",
        "ALTER TABLE events DISABLE TRIGGER ALL",
        "UPDATE seals SET head = head",
        "DELETE FROM seals",
        "INSERT INTO seals (last, first, epoch, head, at, fence, signature) VALUES (0, 0, 1, '', 0, 0, '')",
        "DELETE FROM epochs",
        "UPDATE leases SET fence = fence",
        "DELETE FROM views",
        "DELETE FROM subject_keys",
        "DELETE FROM schema_migrations",
        "CREATE TABLE notes (n BIGINT)",
        "SET ROLE shubbak_sealer",
        "SET ROLE shubbak_owner",
    ] {
        let refused = execute(&application, sql).await;
        assert!(matches!(refused, Err(DbError::Denied(_))), "application: {sql}: {refused:?}");
    }
    for sql in [
        "UPDATE events SET data = data WHERE number = 1",
        "UPDATE events SET digest = digest WHERE number = 1",
        "UPDATE events SET recorded_at = recorded_at WHERE number = 1",
        "DELETE FROM events WHERE number = 1",
        "INSERT INTO events SELECT * FROM events WHERE number = 1",
        "TRUNCATE events",
        "UPDATE seals SET head = head",
        "DELETE FROM seals",
        "UPDATE epochs SET reason = reason",
        "SELECT wrapped FROM subject_keys",
        "SELECT login FROM staff",
        "UPDATE staff SET name = name",
        "CREATE TABLE notes (n BIGINT)",
    ] {
        let refused = execute(&sealer, sql).await;
        assert!(matches!(refused, Err(DbError::Denied(_))), "sealer: {sql}: {refused:?}");
    }
    assert_eq!(
        execute(&sealer, "UPDATE events SET number = number, chain = chain WHERE number = 1").await.expect("its work"),
        1
    );
    home.run(["record", "verify"]).ends(0);
    assert_eq!(finding(&home)["state"], "good", "{}", finding(&home));
}

/// A new table without a line in `migrations/grants.txt` fails here.
#[tokio::test(flavor = "multi_thread")]
async fn every_table_has_its_line_of_rights() {
    let home = Home::postgres().await;
    let rows = open(&home, OWNER)
        .query("SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1", params![])
        .await
        .expect("read");
    let stored: Vec<String> = rows.iter().map(|row| row.get("name").expect("a name")).collect();
    let mut granted: Vec<_> = grants().into_iter().map(|grant| grant.table.to_owned()).collect();
    granted.sort_unstable();
    assert_eq!(granted, stored, "migrations/grants.txt on the left, the database on the right");
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_names_too_much_and_too_little_and_migrate_mends_it() {
    let home = Home::postgres().await;
    let owner = open(&home, OWNER);
    execute(&owner, "GRANT UPDATE, DELETE ON events TO shubbak_app").await.expect("granted");
    execute(&owner, "REVOKE INSERT ON drafts FROM shubbak_app").await.expect("revoked");
    let found = finish(home.program().args(["doctor", "--json"])).json();
    let told: Vec<_> = found.as_array().expect("a list").iter().filter(|f| f["about"] == "roles").collect();
    let text = told.iter().map(|f| f["what"].as_str().expect("text")).collect::<Vec<_>>().join("\n");
    assert!(text.contains("DELETE on events") && text.contains("UPDATE on events"), "{text}");
    assert!(text.contains("lacks: INSERT on drafts"), "{text}");
    assert!(told.iter().all(|f| f["state"] == "wrong"), "{told:?}");

    let up = home.run(["migrate", "up"]).ends(0);
    assert!(up.out.contains("rights"), "{}", up.out);
    assert_eq!(finding(&home)["state"], "good");
    assert!(!home.run(["migrate", "up"]).ends(0).out.contains("rights"), "nothing was left to give");
}

#[tokio::test(flavor = "multi_thread")]
async fn pending_migrations_stop_a_server_that_is_not_the_owner() {
    let home = Home::empty_postgres().await;
    let without_owner = |args: &[&str]| finish(home.program().env_remove(OWNER).args(args));
    // A new database: the application may not make tables, and says who may.
    let refused = without_owner(&["init"]).ends(3);
    assert!(refused.err.contains("database.owner_url") || refused.err.contains("permission denied"), "{}", refused.err);
    home.run(["init"]).ends(0);
    without_owner(&["record", "verify"]).ends(0);
    without_owner(&["init"]).ends(0);

    let owner = open(&home, OWNER);
    execute(&owner, "DELETE FROM schema_migrations WHERE name = '0050_services'").await.expect("forgotten");
    let refused = without_owner(&["serve", "--listen", "203.0.113.1:80"]).ends(3);
    assert!(refused.err.contains("0050_services") && refused.err.contains("database.owner_url"), "{}", refused.err);
    let refused = without_owner(&["migrate", "up"]).ends(3);
    assert!(refused.err.contains("refuses this to the role"), "{}", refused.err);
}

/// One role that owns everything: a small installation. It works, and doctor says what is lost.
#[tokio::test(flavor = "multi_thread")]
async fn one_role_is_enough_and_doctor_says_what_is_lost() {
    let home = Home::empty_postgres().await;
    let owner = home.set(OWNER).expect("an address").to_owned();
    let run = |args: &[&str]| {
        let mut program = home.program();
        program.env(APPLICATION, &owner).env_remove(OWNER).env_remove(SEALER);
        finish(program.args(args))
    };
    run(&["init"]).ends(0);
    run(&["user", "add", "mona", "--name", "منى عبد الفتاح السيد"]).ends(0);
    run(&["record", "verify"]).ends(0);
    let found = run(&["doctor", "--json"]).json();
    let roles = found.as_array().expect("a list").iter().find(|f| f["about"] == "roles").expect("told").clone();
    assert_eq!(roles["state"], "note", "{roles}");
    assert!(roles["why"].as_str().is_some_and(|why| why.contains("not prevented")), "{roles}");
}

/// Two roles: the application seals with its own right to the seal's columns.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_sealer_the_application_seals() {
    let home = Home::empty_postgres().await;
    let run = |args: &[&str]| finish(home.program().env_remove(SEALER).args(args));
    run(&["init"]).ends(0);
    run(&["user", "add", "mona", "--name", "منى عبد الفتاح السيد"]).ends(0);
    let found = run(&["doctor", "--json"]).json();
    let roles = found.as_array().expect("a list").iter().find(|f| f["about"] == "roles").expect("told").clone();
    assert_eq!(roles["state"], "note", "{roles}");
    let application = open(&home, APPLICATION);
    let refused = execute(&application, "UPDATE events SET data = data WHERE number = 1").await;
    assert!(matches!(refused, Err(DbError::Denied(_))), "{refused:?}");
}
