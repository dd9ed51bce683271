//! A small slice with one table, on a fresh database of each engine.
#![expect(dead_code, reason = "each test file uses its own part of this")]

use std::sync::Arc;

use foundation::clock::{FixedClock, Micros, SharedClock};
use foundation::db::{Db, Migration, Tx, Value};
use foundation::ids::Ids;
use foundation::params;
use foundation::testing::TestDb;
use record::seal::Sealing;
use record::{BoxFuture, Cipher, Command, Draft, Event, Keyring, Record, RecordError, Setup, Slice, Stream, Table};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub const NOW: Micros = Micros(1_795_253_400_000_000);
pub const TENANT: &str = "01";

const NOTES: Migration = Migration {
    name: "notes",
    text: "CREATE TABLE notes (tenant {text} NOT NULL, id {id} NOT NULL, version {int} NOT NULL, words {text} NOT NULL, \
           person {bytes}, token {bytes}, PRIMARY KEY (tenant, id)) {strict}",
};

#[derive(Serialize, Deserialize)]
pub struct Written {
    pub words: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<Cipher>,
}

/// Notes: each stream is one; its row holds what was written last.
pub struct Notes(pub Keyring);

impl Slice for Notes {
    fn name(&self) -> &'static str {
        "notes"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &["note"]
    }

    fn tables(&self) -> &'static [Table] {
        const TABLES: &[Table] = &[Table::projection("notes", &["tenant", "id"])];
        TABLES
    }

    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(async move {
            if event.kind == "NoteErased" {
                let sql = "UPDATE notes SET person = NULL, token = NULL, version = $3 WHERE tenant = $1 AND id = $2";
                tx.execute(sql, params![event.tenant.as_str(), event.stream.id, event.version]).await?;
                return Ok(());
            }
            let written: Written = event.data()?;
            let mut token = None;
            if let Some(cipher) = &written.person
                && let Some(key) = self.0.open(tx, &event.tenant, cipher.subject).await?
            {
                token = Some(self.0.digest("person", &key.decrypt("person", cipher)?));
            }
            tx.execute(
                "INSERT INTO notes (tenant, id, version, words, person, token) VALUES ($1, $2, $3, $4, $5, $6) \
                 ON CONFLICT (tenant, id) DO UPDATE SET version = excluded.version, words = excluded.words",
                params![event.tenant.as_str(), event.stream.id, event.version, written.words, written.person, token],
            )
            .await?;
            Ok(())
        })
    }
}

pub struct World {
    pub record: Record,
    pub db: Db,
    pub clock: Arc<FixedClock>,
    pub ids: Arc<Ids>,
    pub setup: Setup,
    _sealing: Sealing,
}

pub async fn add_notes(db: &Db) {
    let statements = NOTES.statements(db.engine());
    db.write(move |tx| {
        let statements = statements.clone();
        Box::pin(async move {
            for sql in &statements {
                tx.execute(sql, params![]).await?;
            }
            Ok::<_, RecordError>(())
        })
    })
    .await
    .expect("the table of notes is made");
}

impl World {
    pub async fn new(test: &TestDb) -> World {
        add_notes(&test.db).await;
        Self::again(&test.db).await
    }

    /// Opens the record of a database that has the table already.
    pub async fn again(db: &Db) -> World {
        let clock = FixedClock::shared(NOW);
        let shared: SharedClock = clock.clone();
        let ids = Arc::new(Ids::new(shared.clone()));
        let keyring = Keyring::seeded(1);
        let setup = Setup {
            clock: shared,
            ids: ids.clone(),
            keyring: keyring.clone(),
            node: "test".into(),
            slices: vec![Arc::new(Notes(keyring)), Arc::new(record::views::ViewsSlice)],
        };
        let record = Record::open(db, setup.clone()).await.expect("the record opens");
        let sealing = record.start_sealer();
        World { record, db: db.clone(), clock, ids, setup, _sealing: sealing }
    }

    pub fn command(&self) -> Command {
        Command {
            id: self.ids.next(),
            tenant: TENANT.into(),
            actor: None,
            assignment: None,
            on_behalf: None,
            occurred_at: NOW,
        }
    }

    pub async fn append(
        &self,
        command: &Command,
        id: Uuid,
        expected: i64,
        drafts: Vec<Draft>,
    ) -> Result<Vec<Event>, RecordError> {
        let (record, command) = (self.record.clone(), command.clone());
        self.db
            .write(move |tx| {
                let (record, command, drafts) = (record.clone(), command.clone(), drafts.clone());
                Box::pin(async move { record.append(tx, &command, Stream::new("note", id), expected, &drafts).await })
            })
            .await
    }

    /// Appends one note and waits for its seal.
    pub async fn write(&self, id: Uuid, expected: i64, words: &str) -> Event {
        let events = self.append(&self.command(), id, expected, vec![note(words)]).await.expect("the note is written");
        self.record.wait_sealed(&[events[0].id]).await.expect("and sealed");
        events[0].clone()
    }

    /// Ten notes in five streams.
    pub async fn ten(&self) -> Vec<Event> {
        let mut events = Vec::new();
        for _ in 0..5 {
            let id = self.ids.next();
            events.push(self.write(id, 0, "first").await);
            events.push(self.write(id, 1, "second").await);
        }
        events
    }

    /// What someone with the database's password may do.
    pub async fn tamper(&self, sql: &'static str, params: Vec<Value>) -> u64 {
        self.db
            .write(move |tx| {
                let params = params.clone();
                Box::pin(async move { tx.execute(sql, params).await.map_err(RecordError::from) })
            })
            .await
            .expect("tampering works")
    }

    pub async fn verify(&self, head: Option<record::Head>) -> Vec<record::verify::Finding> {
        record::verify::verify(&self.db, head).await.expect("verify runs").findings
    }

    pub async fn count(&self, sql: &str) -> i64 {
        self.db.query_one(sql, params![]).await.expect("counts").get("n").expect("n")
    }

    pub async fn rebuild_check(&self) -> record::rebuild::Checked {
        let folder = tempfile::tempdir().expect("a folder");
        let scratch = Db::open(&format!("sqlite:{}", folder.path().join("scratch.db").display()), 1).expect("opens");
        scratch.migrate(NOW).await.expect("migrates");
        add_notes(&scratch).await;
        self.record.rebuild_check_in(&scratch).await.expect("the trial rebuild runs")
    }
}

pub fn note(words: &str) -> Draft {
    Draft::of("NoteWritten", &Written { words: words.into(), person: None }).expect("is JSON")
}
