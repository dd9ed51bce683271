//! `support-bundle` says much about the node and nothing about anybody.

use std::io::Read as _;

use flate2::read::GzDecoder;

use crate::home::Home;

const NAME: &str = "منى عبد الفتاح السيد";
const PLANTED: [&str; 7] = [
    "hunter2-and-a-half-hunter",
    "secret-of-the-bucket",
    NAME,
    "29001011234567",
    "01012345678",
    "K7MQ2XQPTVDW8FHA",
    "mona.fattah@example.com",
];

fn unpacked(path: &std::path::Path) -> Vec<(String, String)> {
    let file = std::fs::File::open(path).expect("the bundle");
    let mut archive = tar::Archive::new(GzDecoder::new(file));
    let entries = archive.entries().expect("entries");
    let read = entries.map(|entry| {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a name").file_name().expect("a name").to_string_lossy().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        (name, text)
    });
    read.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_tells_the_node_and_nobody() {
    for home in [Home::sqlite(), Home::postgres().await] {
        home.run(["user", "add", "mona", "--name", NAME]).ends(0);
        home.run(["backup", "create"]).ends(0);
        let log = home.path().join("shubbak.log");
        let lines: String =
            PLANTED.iter().map(|planted| format!("WARN request failed: value \"{planted}\"\n")).collect();
        std::fs::write(&log, format!("INFO serving at port 8080\n{lines}")).expect("a log");
        let bundle = home.path().join("bundle.tar.gz");
        let run = |output: &std::path::Path| {
            let mut program = home.program();
            program
                .env("SHUBBAK_METRICS__TOKEN", PLANTED[0])
                .env("SHUBBAK_FILES__ACCESS_KEY", "the-name-of-the-key")
                .env("SHUBBAK_FILES__SECRET_KEY", PLANTED[1])
                .env("SHUBBAK_LOG__FILE", &log)
                .args(["support-bundle", "--json", "-o"])
                .arg(output);
            crate::home::finish(&mut program)
        };
        let made = run(&bundle).ends(0).json();
        assert_eq!(made["contents"].as_array().map(Vec::len), Some(9), "{made}");
        let parts = unpacked(&bundle);
        let part = |name: &str| parts.iter().find(|part| part.0 == name).map(|part| part.1.as_str()).expect(name);
        for (name, text) in &parts {
            for planted in PLANTED.iter().chain(["the-name-of-the-key", "عبد الفتاح"].iter()) {
                assert_eq!(text.matches(planted).count(), 0, "{planted} in {name}:\n{text}");
            }
        }
        assert!(part("about.json").contains(env!("CARGO_PKG_VERSION")));
        assert!(part("configuration.txt").contains("metrics.token = ••••••"), "{}", part("configuration.txt"));
        assert!(part("tables.json").contains("\"staff\"") && part("migrations.json").contains("0095_imports"));
        assert!(part("metrics.txt").contains("shubbak_events_sealed_total "), "{}", part("metrics.txt"));
        assert!(part("record-head.json").contains("number") && part("backups.json").contains("made_at"));
        assert!(part("doctor.json").contains("\"about\": \"disk\""));
        assert!(part("log.txt").contains("serving at port 8080"), "{}", part("log.txt"));
        // Never over another file.
        assert!(run(&bundle).ends(3).err.contains("cannot write"));
    }
}

#[test]
fn a_bundle_is_made_of_a_broken_node_too() {
    let home = Home::sqlite();
    std::fs::remove_file(home.data().join("shubbak.db")).expect("lost");
    let bundle = home.path().join("bundle.tar.gz");
    home.run(["support-bundle".as_ref(), "-o".as_ref(), bundle.as_os_str()]).ends(0);
    let parts = unpacked(&bundle);
    assert!(parts.iter().any(|part| part.0 == "database.txt" && part.1.contains("not available")));
    assert!(parts.iter().any(|part| part.0 == "doctor.json" && part.1.contains("is not there")));
}

#[test]
fn every_command_has_a_manual_page() {
    let home = Home::empty();
    let folder = home.path().join("man");
    home.run(["man".as_ref(), folder.as_os_str()]).ends(0);
    for page in ["shubbak.1", "shubbak-import-people.1", "shubbak-backup-restore.1", "shubbak-support-bundle.1"] {
        let text = std::fs::read_to_string(folder.join(page)).expect(page);
        assert!(text.contains(".TH") && text.contains("Exit codes"), "{text}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(home.run(["completions", shell]).ends(0).out.contains("import"));
    }
}
