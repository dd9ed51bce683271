//! `doctor`: quiet on a sound node, and on an unsound one it names the thing and what mends it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;

use foundation::params;
use serde_json::Value;

use crate::home::{Home, Ran, finish};

/// The findings about one thing.
fn about<'a>(found: &'a Value, about: &str) -> Vec<&'a Value> {
    found.as_array().into_iter().flatten().filter(|f| f["about"] == about).collect()
}

fn wrong(found: &Value) -> Vec<&str> {
    found
        .as_array()
        .into_iter()
        .flatten()
        .filter(|f| f["state"] == "wrong")
        .filter_map(|f| f["about"].as_str())
        .collect()
}

fn examine(home: &Home, environment: &[(&str, &str)]) -> Ran {
    let mut program = home.program();
    program.env("SHUBBAK_SERVER__PUBLIC_URL", "https://shubbak.example").envs(environment.iter().copied());
    finish(program.args(["doctor", "--json"]))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_node_lacks_nothing_but_a_backup() {
    for home in [Home::sqlite(), Home::postgres().await] {
        let found = examine(&home, &[]).ends(1).json();
        assert_eq!(wrong(&found), ["backups"], "{found:#}");
        // Every table of both engines is declared by a slice.
        assert_eq!(about(&found, "tables")[0]["state"], "good");
        home.run(["backup", "create"]).ends(0);
        let name =
            home.run(["backup", "list", "--json"]).ends(0).json()[0]["name"].as_str().expect("a name").to_owned();
        home.run(["backup", "verify", &name]).ends(0);
        examine(&home, &[]).ends(0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_named_with_what_mends_it() {
    let home = Home::sqlite();
    let keys = home.data().join("keys");
    std::fs::set_permissions(keys.join("wrap.key"), Permissions::from_mode(0o644)).expect("opened");
    let found = examine(&home, &[]).ends(1).json();
    let key = about(&found, "keys")[0];
    assert!(key["what"].as_str().is_some_and(|t| t.contains("644")), "{key}");
    assert!(key["mend"].as_str().is_some_and(|t| t.starts_with("chmod 600")), "{key}");
    std::fs::set_permissions(keys.join("wrap.key"), Permissions::from_mode(0o600)).expect("closed");

    std::fs::set_permissions(home.data(), Permissions::from_mode(0o755)).expect("opened");
    let db = home.db();
    let made = db.write(|tx| Box::pin(async move { tx.execute("CREATE TABLE notes (n INTEGER)", params![]).await }));
    made.await.expect("made");
    let found = examine(
        &home,
        &[("SHUBBAK_SERVER__LISTEN", "0.0.0.0:8080"), ("SHUBBAK_SERVER__PUBLIC_URL", "http://localhost:8080")],
    );
    let found = found.ends(1).json();
    let mut names = wrong(&found);
    names.sort_unstable();
    assert_eq!(names, ["address", "backups", "folders", "listening", "tables"], "{found:#}");
    assert!(about(&found, "tables")[0]["what"].as_str().is_some_and(|t| t.contains("notes")));
}

#[test]
fn a_folder_without_a_node_and_a_damaged_file_are_named() {
    let home = Home::empty();
    let found = examine(&home, &[]).ends(1).json();
    assert!(about(&found, "database")[0]["mend"].as_str().is_some_and(|t| t.contains("shubbak init")), "{found:#}");
    assert!(!home.data().exists(), "doctor makes nothing");

    let home = Home::sqlite();
    std::fs::write(home.data().join("shubbak.db"), vec![0x55; 100_000]).expect("spoilt");
    let found = examine(&home, &[]).ends(1).json();
    assert!(wrong(&found).contains(&"database"), "{found:#}");
}

#[test]
fn people_get_lines() {
    let home = Home::sqlite();
    let ran = home.run(["doctor"]);
    assert!(ran.out.contains("mend:") && ran.out.contains("wrong"), "{}", ran.out);
}
