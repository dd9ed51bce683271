//! Who was erased stays erased, whatever backup is restored.

use std::sync::Arc;

use catalogue::Catalogue;
use foundation::clock::{SharedClock, SystemClock};
use foundation::files::Files;
use foundation::ids::Ids;
use foundation::params;
use foundation::web::RateLimits;
use record::views::ViewsSlice;
use record::{Keyring, Record, Setup, Slice};
use registry::citizens::{self, CitizenSlice, Erasure};
use registry::sessions::Sessions;
use registry::staff::{Cost, StaffSlice};
use registry::units::{UnitSlice, Units};
use registry::{Place, Settings, Site, SiteParts, UnitPath};
use uuid::Uuid;

use crate::home::Home;
use crate::lifecycle::{clerk, register};

/// The applicant of [`register`].
const NAME: &str = "هدى سمير عبد الله";
const GONE: &str = "مُحيت بياناته";

/// Erases a person as the product does: event, rows and key in one transaction.
async fn erase(home: &Home, person: Uuid) {
    let keyring = Keyring::load(&home.data().join("keys")).expect("the keys");
    let clock: SharedClock = Arc::new(SystemClock);
    let ids = Arc::new(Ids::new(clock.clone()));
    let mut slices: Vec<Arc<dyn Slice>> = vec![
        Arc::new(UnitSlice),
        Arc::new(StaffSlice),
        Arc::new(CitizenSlice::new(keyring.clone())),
        Arc::new(ViewsSlice),
    ];
    slices.extend(window::slices(&keyring));
    let db = home.db();
    let setup = Setup { clock: clock.clone(), ids: ids.clone(), keyring, node: "centre".into(), slices };
    let record = Record::open(&db, setup).await.expect("the record");
    let mut seals = record.seals();
    let _sealing = record.start_sealer();
    let site = Site::new(SiteParts {
        db: db.clone(),
        record: record.clone(),
        clock: clock.clone(),
        ids: ids.clone(),
        catalogue: Catalogue::embedded().expect("the catalogue"),
        files: Files::local(&home.data().join("files")).expect("the store"),
        units: Units::open(&db).await.expect("the tree"),
        sessions: Sessions::new(ids.clone(), Cost::Tests),
        limits: RateLimits::new(clock, 10),
        settings: Settings::new("http://127.0.0.1:8080"),
    });
    let erasure = Erasure {
        viewer: None,
        place: Place::unit(UnitPath::stored("01")),
        command: ids.next(),
        person,
        ground: "طلب صاحب الشأن".into(),
    };
    citizens::erase(&site, erasure).await.expect("erased");
    while record.unsealed(&mut db.reader()).await.expect("asked").waiting > 0 {
        seals.changed().await.expect("a sealer");
    }
}

/// Whether rows and key of the person are empty, and how often the record says so.
async fn erased(home: &Home, person: Uuid) -> (bool, i64) {
    let db = home.db();
    let row = db
        .query_one(
            "SELECT p.erased AS erased, p.name AS name, p.identity_digest AS digest, k.wrapped AS wrapped FROM persons p \
             JOIN subject_keys k ON k.tenant = p.tenant AND k.subject = p.person WHERE p.tenant = '01' AND p.person = $1",
            params![person],
        )
        .await
        .expect("the person's row");
    let bytes = |column: &str| row.get::<Option<Vec<u8>>>(column).expect("bytes").is_none();
    let empty = row.get("erased").expect("a flag") && bytes("name") && bytes("digest") && bytes("wrapped");
    let told = db
        .query_one(
            "SELECT COUNT(*) AS n FROM events WHERE stream_kind = 'person' AND stream_id = $1 AND kind = 'PersonErased'",
            params![person],
        )
        .await
        .expect("counted");
    (empty, told.get("n").expect("n"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_erased_after_the_backup_is_erased_again_when_it_is_restored() {
    for home in [Home::sqlite(), Home::postgres().await] {
        let server = home.serve();
        let mut browser = clerk(&home, &server);
        browser.get("/counter/new?service=SHP-01");
        let request = register(&mut browser).expect("registered");
        let path = format!("/counter/requests/{request}");
        assert!(browser.get(&path).text.contains(NAME), "the clerk sees the applicant");
        let row = home.db().query_one("SELECT subject FROM requests WHERE id = $1", params![request]).await;
        let person: Uuid = row.expect("the request").get("subject").expect("its applicant");
        assert_eq!(erased(&home, person).await, (false, 0));
        let name = home.run(["backup", "create", "--json"]).ends(0).json()["manifest"]["name"]
            .as_str()
            .expect("text")
            .to_owned();
        drop(server);

        erase(&home, person).await;
        assert_eq!(erased(&home, person).await, (true, 1));
        let restored = home.run(["backup", "restore", &name, "--yes", "--json"]).ends(0).json();
        assert_eq!(
            (restored["erased_again"].as_i64(), &restored["warning"]),
            (Some(1), &serde_json::Value::Null),
            "{restored}"
        );

        // The restored record tells of the erasure as its own event, and holds.
        assert_eq!(erased(&home, person).await, (true, 1));
        home.run(["record", "verify"]).ends(0);
        home.run(["record", "rebuild", "--check"]).ends(0);
        let server = home.serve();
        let mut browser = crate::browser::Browser::new(&server.address);
        browser.sign_in("clerk");
        let page = browser.get(&path);
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains(GONE) && !page.text.contains(NAME), "{}", page.text);
    }
}

/// Where the database is lost, a newer backup still knows who was erased.
#[tokio::test(flavor = "multi_thread")]
async fn a_newer_backup_knows_who_was_erased() {
    let home = Home::sqlite();
    let server = home.serve();
    let mut browser = clerk(&home, &server);
    browser.get("/counter/new?service=SHP-01");
    let request = register(&mut browser).expect("registered");
    drop(server);
    let row = home.db().query_one("SELECT subject FROM requests WHERE id = $1", params![request]).await;
    let person: Uuid = row.expect("the request").get("subject").expect("its applicant");
    let create = || {
        home.run(["backup", "create", "--json"]).ends(0).json()["manifest"]["name"].as_str().expect("text").to_owned()
    };
    let older = create();
    erase(&home, person).await;
    let newer = create();
    assert_ne!(older, newer);
    for end in ["", "-wal", "-shm"] {
        let _not_there = std::fs::remove_file(home.data().join(format!("shubbak.db{end}")));
    }
    let restored = home.run(["backup", "restore", &older, "--yes", "--json"]).ends(0).json();
    assert_eq!(restored["erased_again"].as_i64(), Some(1), "{restored}");
    assert!(restored["warning"].as_str().is_some_and(|text| text.contains("newest backup")), "{restored}");
    assert_eq!(erased(&home, person).await, (true, 1));
}
