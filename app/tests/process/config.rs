//! Configuration: which layer wins, and what is refused.

use crate::home::{Home, finish};

#[test]
fn flags_win_over_environment_over_file_over_defaults() {
    let home = Home::empty();
    std::fs::write(home.path().join("shubbak.toml"), "[log]\nformat = \"json\"\n[server]\nlisten = \"127.0.0.1:1\"\n")
        .expect("written");
    let mut program = home.program();
    program.env("SHUBBAK_SERVER__LISTEN", "127.0.0.1:2").args(["config", "show", "--json", "--data", "elsewhere"]);
    let lines = finish(&mut program).ends(0).json();
    let value = |key: &str| {
        let line = lines.as_array().into_iter().flatten().find(|line| line[0] == key).expect("the key is shown");
        (line[1].as_str().unwrap_or_default().to_owned(), line[2].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(value("data.folder"), ("elsewhere".into(), "flag".into()));
    assert_eq!(value("server.listen"), ("127.0.0.1:2".into(), "environment SHUBBAK_SERVER__LISTEN".into()));
    assert_eq!(value("log.format"), ("json".into(), "file shubbak.toml".into()));
    assert_eq!(value("site.demo").1, "default");
}

#[test]
fn unknown_keys_are_refused_with_the_nearest_wherever_they_stand() {
    let home = Home::empty();
    let file = home.path().join("other.toml");
    std::fs::write(&file, "[server]\nlisen = \"127.0.0.1:1\"\n").expect("written");
    let ran = home.run(["config".as_ref(), "check".as_ref(), "--config".as_ref(), file.as_os_str()]).ends(3);
    assert!(ran.err.contains("server.lisen") && ran.err.contains("server.listen"), "{}", ran.err);
    let ran = finish(home.program().env("SHUBBAK_DATABASE__UR", "x").args(["config", "check"])).ends(3);
    assert!(ran.err.contains("database.url"), "{}", ran.err);
}

#[test]
fn secrets_are_never_shown() {
    let home = Home::empty();
    let mut program = home.program();
    program.env("SHUBBAK_DATABASE__URL", "postgres://app:hidden@db/shubbak").args(["config", "show"]);
    let ran = finish(&mut program).ends(0);
    assert!(ran.out.contains("database.url") && !ran.text().contains("hidden"), "{}", ran.out);
}

#[test]
fn the_example_file_is_a_configuration() {
    let home = Home::empty();
    let example = home.run(["config", "example"]).ends(0).out;
    std::fs::write(home.path().join("shubbak.toml"), example).expect("written");
    home.run(["config", "check"]).ends(0);
    assert_eq!(home.run(["no-such-command"]).code, Some(2));
}
