//! A full disk, a locked database: nothing acknowledged is lost, and the message says what is wrong.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use foundation::db::DbError;
use foundation::params;

use crate::home::{Home, Server, finish};
use crate::lifecycle::{declare, supervisor};

const UNIT: &str = "01-G00";
const HOLIDAYS: &str = "/admin/units/01-G00/holidays";

/// Runs the program's words in a shell of its own that has a small disk mounted over the data
/// folder; root mounts it, others in a user namespace. `None` where neither is allowed.
fn on_a_small_disk(home: &Home, size: &str) -> Option<Command> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n");
    let namespace: &[&str] = if root { &["-m"] } else { &["-r", "-m"] };
    let small = home.path().join("small");
    let script = "mount -t tmpfs -o size=$0 tmpfs \"$1\" && cp -a \"$2\"/. \"$1\" && shift 2 && exec \"$@\"";
    let program = home.program();
    std::fs::create_dir_all(&small).expect("a place for the disk");
    let wrapped = |words: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(namespace).args(["sh", "-c", script, size]).arg(&small).arg(home.data()).args(words);
        for (name, value) in program.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.current_dir(home.path()).env("SHUBBAK_DATA__FOLDER", &small);
        command
    };
    wrapped(&["true"]).status().is_ok_and(|status| status.success()).then(|| wrapped(&[env!("CARGO_BIN_EXE_shubbak")]))
}

/// Says what did not run, past the harness, which keeps back what passing tests print. Where
/// everything must run, in continuous integration and in the long tests, it is a failure.
fn left_out(what: &str) {
    let line = format!("NOT RUN: {what}\n");
    std::io::stderr().write_all(line.as_bytes()).expect("the terminal");
    let everything = ["CI", "SHUBBAK_FULL"].iter().any(|name| std::env::var_os(name).is_some());
    assert!(!everything, "{line}");
}

/// Folds SQLite's log into its file, which the last to close it does.
fn fold_log(home: &Home) {
    drop(home.db());
    let log = home.data().join("shubbak.db-wal");
    for _ in 0..100 {
        if !log.exists() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("somebody else has the database open");
}

fn kilobytes(folder: &Path) -> u64 {
    let out = Command::new("du").arg("-sk").arg(folder).output().expect("du");
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    text.split_whitespace().next().and_then(|n| n.parse().ok()).expect("a size")
}

#[test]
fn a_full_disk_loses_nothing_acknowledged_and_is_named() {
    let home = Home::sqlite();
    let first = home
        .run(["user", "add", "mona", "--name", "منى عبد الفتاح السيد", "--unit", "01-G00", "--json"])
        .ends(0)
        .json();
    fold_log(&home);
    // Room for the log of some writes, not of all.
    let Some(program) = on_a_small_disk(&home, &format!("{}k", kilobytes(&home.data()) + 3 * 1024)) else {
        return left_out("a_full_disk_loses_nothing_acknowledged_and_is_named: no small disk can be mounted here");
    };
    let server = Server::start(&home, program);
    let mut browser = server.browser();
    browser.first_login("mona", first["password"].as_str().expect("a password"));
    let long = "ي".repeat(110);
    let mut acknowledged = Vec::new();
    let mut refused = None;
    for n in 1..700 {
        let name = format!("{long} {n}");
        let page = declare(&mut browser, UNIT, n, &name).expect("an answer");
        match page.status {
            303 => acknowledged.push(name),
            // A public holiday already.
            422 => {}
            _ => {
                refused = Some(page);
                break;
            }
        }
    }
    let refused = refused.expect("the disk is full at last");
    println!("{} acknowledged before the disk was full", acknowledged.len());
    assert!(refused.status >= 500, "{} {}", refused.status, refused.text);
    assert!(server.log().contains("no space") || refused.text.contains("القرص"), "{}\n{}", refused.text, server.log());
    let ready = browser.get("/readyz");
    println!("readyz: {} {}", ready.status, ready.text);
    // Reading goes on, and what was acknowledged is there.
    let shown = browser.get(HOLIDAYS);
    assert_eq!(shown.status, 200);
    let last = acknowledged.last().expect("some were acknowledged");
    assert!(shown.text.contains(last.as_str()), "the last acknowledged one is shown");
    assert_eq!(acknowledged.iter().filter(|name| shown.text.contains(name.as_str())).count(), acknowledged.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_is_named_within_the_timeout() {
    let home = Home::sqlite();
    let server = home.serve();
    let mut browser = supervisor(&home, &server);
    let db = home.db();
    // This process holds the writer's lock for longer than the server waits.
    let holding = tokio::spawn(async move {
        db.write(|tx| {
            Box::pin(async move {
                tx.execute("UPDATE leases SET fence = fence", params![]).await?;
                std::thread::sleep(Duration::from_secs(25));
                Ok::<_, DbError>(())
            })
        })
        .await
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    let began = Instant::now();
    let page = tokio::task::spawn_blocking(move || {
        let page = declare(&mut browser, UNIT, 9, "عطلة محلية").expect("an answer");
        (page, browser)
    });
    let add = finish(home.program().args(["user", "add", "late", "--name", "منى عبد الفتاح"]));
    let (page, mut browser) = page.await.expect("an answer");
    assert!(began.elapsed() < Duration::from_secs(22), "answered within the timeout: {:?}", began.elapsed());
    assert_eq!(page.status, 503, "{}", page.text);
    assert_eq!(add.code, Some(3), "{}", add.text());
    assert!(add.err.contains("busy"), "{}", add.err);
    // Reading goes on meanwhile, and writing afterwards.
    assert_eq!(browser.get(HOLIDAYS).status, 200);
    holding.await.expect("held").expect("let go");
    let page = declare(&mut browser, UNIT, 9, "عطلة محلية").expect("an answer");
    assert_eq!(page.status, 303, "{}", page.text);
}

#[test]
fn a_missing_database_server_is_named() {
    let home = Home::sqlite();
    let mut program = home.program();
    program.env("SHUBBAK_DATABASE__URL", "postgres://app:hidden@127.0.0.1:1/shubbak").args(["record", "head"]);
    let ran = finish(&mut program).ends(3);
    assert!(ran.err.contains("database") && !ran.err.contains("hidden"), "{}", ran.err);
}

#[test]
fn a_missing_font_is_named() {
    let error = documents::Fonts::new([]).check().expect_err("no font is there").to_string();
    assert!(error.contains("Amiri") || error.contains("Cairo"), "{error}");
    documents::Fonts::embedded().check().expect("the program carries its fonts");
}
