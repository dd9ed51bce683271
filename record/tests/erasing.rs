//! Personal values: encrypted everywhere, and gone for good when their key is.

mod common;

use std::fs;
use std::path::Path;

use common::{TENANT, World, Written};
use foundation::params;
use foundation::testing::engines;
use record::{Cipher, Draft, KeyError, RecordError, Stream, SubjectKey};
use serde_json::json;
use uuid::Uuid;

/// A name that no other file of the machine holds.
const PERSON: &str = "نفرتاري بنت الفيروز ZQXJKV";

/// Words that are not personal.
const CONTROL: &str = "about WVQZKX";

async fn key_for(world: &World, subject: Uuid) -> Result<SubjectKey, RecordError> {
    let (keyring, now) = (world.setup.keyring.clone(), common::NOW);
    world
        .db
        .write(move |tx| {
            let keyring = keyring.clone();
            Box::pin(async move { keyring.new_subject(tx, TENANT, subject, now).await })
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_erased() {
    for test in engines().await {
        let world = World::new(&test).await;
        let (subject, other, id) = (world.ids.next(), world.ids.next(), world.ids.next());
        let key = key_for(&world, subject).await.expect("a key");
        let again = key_for(&world, subject).await.expect("the same key");
        assert_eq!(key.encrypt("f", "x"), again.encrypt("f", "x"), "{}", test.name());

        let person = Some(key.encrypt("person", PERSON));
        let draft = Draft::of("NoteWritten", &Written { words: CONTROL.into(), person }).expect("is JSON");
        world.append(&world.command(), id, 0, vec![draft]).await.expect("is written");
        let others = key_for(&world, other).await.expect("a key");
        let person = Some(others.encrypt("person", "someone else"));
        let draft = Draft::of("NoteWritten", &Written { words: CONTROL.into(), person }).expect("is JSON");
        world.append(&world.command(), world.ids.next(), 0, vec![draft]).await.expect("is written");
        let row =
            world.db.query_one("SELECT person, token FROM notes WHERE id = $1", params![id]).await.expect("a row");
        let stored: Cipher = row.get("person").expect("a cipher");
        assert_eq!(key.decrypt("person", &stored).expect("opens"), PERSON);
        assert_eq!(row.get::<Vec<u8>>("token").expect("a token"), world.setup.keyring.digest("person", PERSON));
        assert!(world.rebuild_check().await.sound());

        erase(&world, subject, id).await;
        assert!(world.setup.keyring.open(&mut world.db.reader(), TENANT, subject).await.expect("reads").is_none());
        assert!(world.setup.keyring.open(&mut world.db.reader(), TENANT, other).await.expect("reads").is_some());
        assert!(matches!(key_for(&world, subject).await, Err(RecordError::Key(KeyError::Erased))), "{}", test.name());
        settle(&world).await;
        assert_eq!(world.verify(None).await, [], "{}", test.name());
        let checked = world.rebuild_check().await;
        assert!(checked.sound(), "{}: {checked:?}", test.name());
        let places = test.places();
        assert!(
            places.iter().any(|place| holds(place, CONTROL.as_bytes()).is_some()),
            "{}: the search finds what is there",
            test.name()
        );
        for place in places {
            assert_eq!(holds(&place, PERSON.as_bytes()), None, "{}", test.name());
        }
    }
}

async fn settle(world: &World) {
    while world.count("SELECT COUNT(*) AS n FROM events WHERE number IS NULL").await > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    // What the server still holds in memory would not be found, whatever it is.
    if world.db.path().is_none() {
        world.db.query("CHECKPOINT", Vec::new()).await.expect("a checkpoint");
    }
}

async fn erase(world: &World, subject: Uuid, id: Uuid) {
    let (record, command, now) = (world.record.clone(), world.command(), common::NOW);
    world
        .db
        .write(move |tx| {
            let (record, command) = (record.clone(), command.clone());
            Box::pin(async move {
                assert!(record.keyring().erase(tx, TENANT, subject, now).await?);
                let drafts = [Draft { kind: "NoteErased".into(), data: json!({}) }];
                record.append(tx, &command, Stream::new("note", id), 1, &drafts).await
            })
        })
        .await
        .expect("is erased");
}

/// The first file below that holds these bytes.
fn holds(place: &Path, needle: &[u8]) -> Option<String> {
    if place.is_dir() {
        return fs::read_dir(place).ok()?.flatten().find_map(|entry| holds(&entry.path(), needle));
    }
    let bytes = fs::read(place).ok()?;
    bytes.windows(needle.len()).any(|w| w == needle).then(|| place.display().to_string())
}
