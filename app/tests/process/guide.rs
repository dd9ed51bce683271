//! The commands of the guide, run as they stand in its chapters, one after the other on one node.

use std::process::Command;

use crate::home::{Home, finish};

/// Blocks of commands that cannot run here: what their fence says after `skip=`, why, and how many there are.
const SKIPPED: &[(&str, &str, usize)] = &[
    ("folder", "names a folder of the real machine; the test has one of its own", 1),
    ("serves", "serves until it is stopped, which lifecycle.rs does", 1),
    ("demo", "loads a month of cases into a folder of the real machine, which the browser's tests do", 1),
    ("postgres", "names a database server; roles.rs and storage.rs do the same on one of their own", 1),
    ("s3", "names a storage service; storage.rs does the same on one of its own", 1),
    ("other-machine", "carries files to another machine or a medium", 2),
    ("server", "asks a server that runs", 1),
];

#[test]
fn the_commands_of_the_guide_do_what_it_says() {
    let home = Home::empty();
    let tools = home.path().join("tools");
    std::fs::create_dir(&tools).expect("a folder");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_shubbak"), tools.join("shubbak")).expect("a link");
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap_or_default());
    let (mut ran, mut skipped) = (0, Vec::new());
    for chapter in manual::chapters() {
        for block in chapter.blocks.iter().filter(|block| block.info.starts_with("sh")) {
            let at = format!("{}.md, line {}", chapter.slug, block.line);
            let mut words = block.info.split_whitespace().skip(1);
            match (words.next(), words.next()) {
                (Some("run"), exit) => {
                    let code = exit.map_or(Some(0), |exit| exit.strip_prefix("exit=")?.parse().ok());
                    let mut bash = Command::new("bash");
                    for (name, value) in home.program().get_envs() {
                        match value {
                            Some(value) => bash.env(name, value),
                            None => bash.env_remove(name),
                        };
                    }
                    bash.env("PATH", &path).current_dir(home.path()).args(["-euo", "pipefail", "-c", block.text]);
                    let done = finish(&mut bash);
                    assert_eq!(done.code, code, "{at}\n{}\n{}\n{}", block.text, done.out, done.err);
                    ran += 1;
                }
                (Some(skip), None) if skip.starts_with("skip=") => skipped.push(skip.trim_start_matches("skip=")),
                _ => panic!("{at}: «{}» says neither run nor skip", block.info),
            }
        }
    }
    assert!(ran >= 17, "only {ran} blocks ran");
    for (reason, why, count) in SKIPPED {
        assert_eq!(skipped.iter().filter(|one| *one == reason).count(), *count, "{reason}: {why}");
    }
    assert!(skipped.iter().all(|one| SKIPPED.iter().any(|(reason, ..)| one == reason)), "{skipped:?}");
}
