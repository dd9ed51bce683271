//! Real databases for tests: every storage test runs on both engines.
//!
//! ```ignore
//! for test in foundation::testing::engines().await {
//!     let db = test.db.clone();
//!     // …
//! }
//! ```

mod postgres;

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::clock::Micros;
use crate::db::{Db, Engine, Roles};

/// A fresh, migrated database that goes away with this value.
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// What it was opened with, to open it a second time.
    pub url: String,
    folder: TempDir,
}

impl TestDb {
    /// A private folder for key files, uploads and copies; it goes away with the database.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The engine's name, for messages of failed assertions.
    pub fn name(&self) -> &'static str {
        match self.db.engine() {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }

    /// The database as the application and the sealer of an installation have it: on PostgreSQL
    /// each under a role of its own with the rights of the grants, on SQLite the same twice.
    pub async fn as_installed(&self) -> Installed {
        match self.db.engine() {
            Engine::Sqlite => Installed { application: self.db.clone(), sealer: self.db.clone() },
            Engine::Postgres => {
                self.db.grant(&roles()).await.expect("the rights are granted");
                let open = |role| Db::open(&postgres::as_role(&self.url, role), 24).expect("the test database opens");
                Installed { application: open(postgres::APPLICATION), sealer: open(postgres::SEALER) }
            }
        }
    }

    /// Every place where the engine keeps bytes: to search them for what must not be there.
    pub fn places(&self) -> Vec<PathBuf> {
        match self.db.engine() {
            Engine::Sqlite => vec![self.folder.path().to_owned()],
            Engine::Postgres => vec![self.folder.path().to_owned(), postgres::data_folder()],
        }
    }
}

/// A database as the roles of an installation see it.
pub struct Installed {
    /// Under the application's role.
    pub application: Db,
    /// Under the sealer's.
    pub sealer: Db,
}

/// The roles of [`TestDb::as_installed`] and [`addresses`].
pub fn roles() -> Roles {
    Roles { application: postgres::APPLICATION.into(), sealer: postgres::SEALER.into() }
}

/// Addresses of a new, empty PostgreSQL database for its owner, the application and the sealer,
/// none of them a superuser.
pub async fn addresses() -> [String; 3] {
    postgres::fresh_with_roles().await
}

/// A migrated SQLite database in a folder of its own.
pub async fn sqlite() -> TestDb {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("shubbak.db").display());
    ready(url, folder).await
}

/// A migrated database of its own on the test server, which starts when first asked for.
pub async fn postgres() -> TestDb {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = postgres::fresh_database().await;
    ready(url, folder).await
}

/// One database on each engine.
pub async fn engines() -> Vec<TestDb> {
    vec![sqlite().await, postgres().await]
}

async fn ready(url: String, folder: TempDir) -> TestDb {
    let db = Db::open(&url, 24).expect("the test database opens");
    db.migrate(Micros(0)).await.expect("the migrations apply");
    TestDb { db, url, folder }
}

/// Text of a PDF in reading order, as `pdftotext` of the machine copies it: without its marks of
/// direction, white space as single spaces.
pub fn pdf_text(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, bytes).expect("the paper is written");
    let output = Command::new("pdftotext").arg(&file).arg("-").output();
    let output = output.unwrap_or_else(|error| panic!("pdftotext is needed here: {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    // Between its marks pdftotext writes what it takes for left-to-right, which includes the
    // space that follows a number in Arabic: there it stands before the number.
    let mut kept = String::new();
    for (at, part) in text.split('\u{202a}').enumerate() {
        let (run, rest) = part.split_once('\u{202c}').unwrap_or(("", part));
        if at > 0 && run.starts_with(' ') {
            kept.extend([run.trim_start(), " "]);
        } else {
            kept.push_str(run);
        }
        kept.push_str(rest);
    }
    kept.retain(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'));
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
