//! Backups: made while a server works, verified, restored; and what was erased stays erased.

use std::path::{Path, PathBuf};

use foundation::clock::{Clock as _, SystemClock};
use foundation::files::{FileKey, Files};
use foundation::params;
use record::Keyring;
use serde_json::Value;
use uuid::Uuid;

use crate::home::Home;

const NAME: &str = "منى عبد الفتاح السيد";

fn add(home: &Home, login: &str) {
    home.run(["user", "add", login, "--name", NAME]).ends(0);
}

async fn logins(home: &Home) -> Vec<String> {
    let rows = home.db().query("SELECT login FROM staff ORDER BY login", params![]).await.expect("read");
    rows.iter().map(|row| row.get("login").expect("a login")).collect()
}

/// The name and folder of a new backup.
fn create(home: &Home) -> (String, PathBuf) {
    let made = home.run(["backup", "create", "--json"]).ends(0).json();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    (text(&made["manifest"]["name"]), PathBuf::from(text(&made["folder"])))
}

fn kept_head(home: &Home, name: &str) -> PathBuf {
    let path = home.path().join(name);
    std::fs::write(&path, home.run(["record", "head"]).ends(0).out).expect("kept");
    path
}

fn verify_against(home: &Home, head: &Path) -> crate::home::Ran {
    home.run(["record".as_ref(), "verify".as_ref(), "--head".as_ref(), head.as_os_str()])
}

/// A stored file that a request names, under a key of its own: the request and the file's place.
async fn upload(home: &Home) -> (Uuid, PathBuf) {
    let files = Files::local(&home.data().join("files")).expect("the store");
    let (request, hash) = upload_to(home, &files).await;
    (request, Path::new("files").join(&hash[..2]).join(&hash[2..4]).join(&hash))
}

/// The same in another store; gives the file's hash.
pub async fn upload_to(home: &Home, files: &Files) -> (Uuid, String) {
    let keyring = Keyring::load(&home.data().join("keys")).expect("the keys");
    let request = Uuid::from_u128(rand::random());
    let stored = files.put(&FileKey::new([7; 32]), b"a scan".to_vec()).await.expect("stored");
    let (hash, now) = (stored.hash.clone(), SystemClock.now());
    let db = home.db();
    let written = db.write(move |tx| {
        let (keyring, hash) = (keyring.clone(), hash.clone());
        Box::pin(async move {
            keyring.new_subject(tx, "01", request, now).await?;
            tx.execute(
                "INSERT INTO uploads (tenant, unit, request, hash, media, size, uploaded_by, uploaded_at, kept) \
                 VALUES ('01', '01-D16', $1, $2, 'image/png', 6, NULL, $3, 1)",
                params![request, hash, now],
            )
            .await?;
            Ok::<_, record::RecordError>(())
        })
    });
    written.await.expect("written");
    (request, stored.hash)
}

async fn erase(home: &Home, subject: Uuid) {
    let keyring = Keyring::load(&home.data().join("keys")).expect("the keys");
    let now = SystemClock.now();
    let db = home.db();
    let erased = db.write(move |tx| {
        let keyring = keyring.clone();
        Box::pin(async move { keyring.erase(tx, "01", subject, now).await })
    });
    assert!(erased.await.expect("erased"));
}

async fn has_key(home: &Home, subject: Uuid) -> bool {
    let row = home
        .db()
        .query_one("SELECT wrapped FROM subject_keys WHERE tenant = '01' AND subject = $1", params![subject])
        .await;
    row.expect("its row").get::<Option<Vec<u8>>>("wrapped").expect("its key").is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_made_beside_a_server_verified_and_restored() {
    for home in [Home::sqlite(), Home::postgres().await] {
        add(&home, "before");
        let (subject, file) = upload(&home).await;
        let server = home.serve();
        let (name, folder) = create(&home);
        assert!(folder.join(&file).is_file(), "the upload is inside");
        assert!(!folder.join("keys").exists(), "keys stay outside");
        let listed = home.run(["backup", "list", "--json"]).ends(0).json();
        assert_eq!((&listed[0]["name"], &listed[0]["verified_at"]), (&Value::from(name.clone()), &Value::Null));
        home.run(["backup", "verify", &name]).ends(0);
        assert!(home.run(["backup", "list", "--json"]).ends(0).json()[0]["verified_at"].is_i64());

        // The head as the backup has it: on PostgreSQL the sealer may have moved on since.
        let early = home.path().join("early.json");
        let manifest = std::fs::read_to_string(folder.join("manifest.json")).expect("the manifest");
        let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
        std::fs::write(&early, manifest["head"].to_string()).expect("kept");
        add(&home, "after");
        erase(&home, subject).await;
        let late = kept_head(&home, "late.json");
        // A running server is not pulled from under its citizens.
        let refused = home.run(["backup", "restore", &name, "--yes"]).ends(3);
        assert!(refused.err.contains("stop"), "{}", refused.err);
        drop(server);
        assert!(home.run(["backup", "restore", &name]).ends(3).err.contains("--yes"));

        let restored = home.run(["backup", "restore", &name, "--yes", "--json"]).ends(0).json();
        assert_eq!((restored["epoch"].as_i64(), restored["erased_again"].as_i64()), (Some(2), Some(1)), "{restored}");
        assert_eq!(logins(&home).await, ["before"]);
        assert!(!has_key(&home, subject).await, "what was erased stays erased");
        assert!(home.data().join(&file).is_file());

        home.run(["record", "verify"]).ends(0);
        // A head from before the backup still stands in the record; one from after tells of the restore.
        verify_against(&home, &early).ends(0);
        let told = verify_against(&home, &late).ends(1);
        assert!(told.out.contains("restored"), "{}", told.out);
        home.run(["record", "rebuild", "--check"]).ends(0);

        // Life goes on in the new epoch, and the next backup links what it has in common.
        add(&home, "later");
        home.run(["record", "verify"]).ends(0);
        let (second, _) = create(&home);
        home.run(["backup", "verify", &second]).ends(0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_backup_is_found_and_not_restored() {
    let home = Home::sqlite();
    let (_, file) = upload(&home).await;
    let (name, folder) = create(&home);
    let spoil = |path: &Path| {
        let mut bytes = std::fs::read(path).expect("read");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(path, bytes).expect("written");
    };
    spoil(&folder.join(&file));
    let ran = home.run(["backup", "verify", &name]).ends(1);
    assert!(ran.out.contains("was changed"), "{}", ran.out);
    spoil(&folder.join(&file));
    home.run(["backup", "verify", &name]).ends(0);
    spoil(&folder.join("database.sqlite"));
    let ran = home.run(["backup", "verify", &name]).ends(1);
    assert!(ran.out.contains("database.sqlite"), "{}", ran.out);
    assert!(home.run(["backup", "list"]).ends(0).out.contains("never"), "the mark is taken away");
    let refused = home.run(["backup", "restore", &name, "--yes"]).ends(3);
    assert!(refused.err.contains("not whole"), "{}", refused.err);
    home.run(["record", "verify"]).ends(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_machine_comes_back_from_keys_and_backup() {
    let home = Home::sqlite();
    add(&home, "mona");
    let (name, _) = create(&home);
    std::fs::remove_file(home.data().join("shubbak.db")).expect("lost");
    std::fs::remove_dir_all(home.data().join("files")).expect("lost");
    let restored = home.run(["backup", "restore", &name, "--yes"]).ends(0);
    // Nobody can say what was erased meanwhile.
    assert!(restored.out.contains("WARNING"), "{}", restored.out);
    assert_eq!(logins(&home).await, ["mona"]);
    home.run(["record", "verify"]).ends(0);
}

#[test]
fn another_nodes_keys_do_not_open_a_backup() {
    let home = Home::sqlite();
    let (name, _) = create(&home);
    let other = Home::empty();
    other.run(["init"]).ends(0);
    crate::home::copy(&home.data().join("backups"), &other.data().join("backups"));
    let ran = other.run(["backup", "verify", &name]).ends(1);
    assert!(ran.out.contains("node.key"), "{}", ran.out);
    assert!(home.run(["backup", "verify", "nothing"]).ends(3).err.contains("backup list"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_scratch_database_is_left_behind() {
    let home = Home::postgres().await;
    let (name, folder) = create(&home);
    let left = || async {
        let sql = "SELECT datname FROM pg_database WHERE starts_with(datname, 'shubbak_scratch_')";
        home.db().query(sql, params![]).await.expect("asked").len()
    };
    let server = home.serve();
    home.run(["backup", "verify", &name]).ends(0);
    assert_eq!(left().await, 0);
    // A dump that is whole and no dump: the tool fails after the database was made.
    let dump = folder.join("database.dump");
    std::fs::write(&dump, "no dump").expect("written");
    let manifest = folder.join("manifest.json");
    let text = std::fs::read_to_string(&manifest).expect("the manifest");
    let mut told: Value = serde_json::from_str(&text).expect("JSON");
    told["database"]["bytes"] = 7.into();
    told["database"]["sha256"] = hash("no dump").into();
    std::fs::write(&manifest, told.to_string()).expect("written");
    assert!(home.run(["backup", "verify", &name]).ends(3).err.contains("pg_restore"));
    assert_eq!(left().await, 0);
    drop(server);
}

fn hash(text: &str) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
