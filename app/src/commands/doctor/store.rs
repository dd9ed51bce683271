//! What the node keeps: database, schema, record, followers, jobs, files, backups.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use foundation::clock::{Clock as _, Micros, SystemClock};
use foundation::db::{Db, DbError, Engine};
use foundation::ids::Ids;
use foundation::params;
use record::{Head, Keyring, Record, RecordError, Setup, jobs, tables};

use super::{Findings, roles};
use crate::backup::{self, when};
use crate::config::Config;
use crate::node::{open_files, slices};

/// Events older than this that no sealer has taken are a backlog.
const UNSEALED: i64 = Micros::MINUTE;
/// A clock this far behind the record is wrong.
const BEHIND: i64 = 2 * Micros::MINUTE;
/// A follower this far behind is noted while it moves.
const LAG: i64 = 1_000;
/// A verified backup older than this is too old.
const BACKUP_AGE: i64 = 7 * Micros::DAY;

/// Looks at the database and all that depends on it; what cannot be asked is left out.
pub async fn examine(config: &Config, findings: &mut Findings) {
    if let Some(db) = open(config, findings)
        && engine(&db, findings).await
        && schema(&db, findings).await
    {
        // Each part tells its own failure, and the others still speak.
        if let Err(error) = roles::examine(config, &db, findings).await {
            findings.wrong(
                "roles",
                error.to_string(),
                "it cannot be said who may change the record",
                "see the line above",
            );
        }
        let outcome = inside(config, &db, findings).await;
        if let Err(error) = outcome {
            findings.wrong(
                "database",
                error.to_string(),
                "the node cannot work",
                "see the line above; restore a backup if the file is damaged",
            );
        }
    }
    backups(config, findings);
}

fn open(config: &Config, findings: &mut Findings) -> Option<Db> {
    const WHY: &str = "everything is kept in it";
    let url = config.database();
    if let Some(path) = url.strip_prefix("sqlite:")
        && !Path::new(path).exists()
    {
        findings.wrong(
            "database",
            format!("{path} is not there"),
            WHY,
            "shubbak init, or shubbak backup restore NAME --yes",
        );
        return None;
    }
    match Db::open(&url, 2) {
        Ok(db) => Some(db),
        Err(error) => {
            findings.wrong(
                "database",
                error.to_string(),
                WHY,
                "check database.url (shubbak config show); restore a backup if the file is damaged",
            );
            None
        }
    }
}

/// Whether the engine answers and is fit; SQLite's file is read from end to end.
async fn engine(db: &Db, findings: &mut Findings) -> bool {
    let asked = match db.engine() {
        Engine::Sqlite => sqlite(db, findings).await,
        Engine::Postgres => postgres(db, findings).await,
    };
    asked.unwrap_or_else(|error| {
        findings.wrong(
            "database",
            error.to_string(),
            "everything is kept in it",
            "start the database server, or restore a backup",
        );
        false
    })
}

async fn sqlite(db: &Db, findings: &mut Findings) -> Result<bool, DbError> {
    let rows = db.query("PRAGMA integrity_check(20)", params![]).await?;
    let said = rows.iter().map(|row| row.get("integrity_check")).collect::<Result<Vec<String>, _>>()?;
    if said == ["ok"] {
        findings.good("database", "SQLite; its file is sound from end to end");
        return Ok(true);
    }
    findings.wrong(
        "database",
        format!("the file is damaged: {}", said.join("; ")),
        "rows are lost or will be",
        "stop the server; shubbak backup restore NAME --yes; check the disk",
    );
    Ok(false)
}

async fn postgres(db: &Db, findings: &mut Findings) -> Result<bool, DbError> {
    let sql = "SELECT CAST(current_setting('server_version_num') AS BIGINT) AS version, datcollate AS collation, datctype AS ctype, \
         pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()";
    let row = db.query_one(sql, params![]).await?;
    let (version, encoding): (i64, String) = (row.get("version")?, row.get("encoding")?);
    let (collation, ctype): (String, String) = (row.get("collation")?, row.get("ctype")?);
    let fit = |locale: &str| matches!(locale, "C.UTF-8" | "C.utf8" | "C");
    if version < 150_000 {
        findings.wrong(
            "database",
            format!("PostgreSQL {}", version / 10_000),
            "statements of this program need PostgreSQL 15",
            "upgrade the server",
        );
        return Ok(true);
    }
    if encoding != "UTF8" || !fit(&collation) || !fit(&ctype) {
        findings.wrong(
            "database",
            format!("PostgreSQL with encoding {encoding}, locale {collation} / {ctype}"),
            "indexes sort otherwise than the program expects, and break when the system's locale changes",
            "make the database anew: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8', then shubbak backup restore",
        );
        return Ok(true);
    }
    findings.good("database", format!("PostgreSQL {}.{}, locale {collation}", version / 10_000, version % 10_000));
    Ok(true)
}

async fn schema(db: &Db, findings: &mut Findings) -> bool {
    match db.pending().await {
        Ok(found) if found.pending.is_empty() => {
            findings.good("schema", format!("{} migrations applied, none pending", found.applied.len()));
            true
        }
        Ok(found) => {
            findings.wrong(
                "schema",
                format!("pending: {}", found.pending.join(", ")),
                "the server does not start on an older schema",
                "shubbak backup create, then shubbak migrate up",
            );
            false
        }
        Err(error) => {
            findings.wrong(
                "schema",
                error.to_string(),
                "this program does not understand the database",
                "run the program version that wrote it, or a newer one",
            );
            false
        }
    }
}

async fn inside(config: &Config, db: &Db, findings: &mut Findings) -> Result<(), RecordError> {
    let Ok(keyring) = Keyring::load(&config.keys()) else { return Ok(()) };
    let slices = slices(&keyring);
    let undeclared = tables::undeclared(db, &slices).await?;
    match undeclared.as_slice() {
        [] => findings.good("tables", "every table is one of this program's"),
        lines => findings.wrong(
            "tables",
            lines.join("; "),
            "such a table is neither checked nor rebuilt",
            "remove what somebody added by hand",
        ),
    }
    let clock = Arc::new(SystemClock);
    let Ok(head) = Head::read(&mut db.reader()).await else {
        findings.wrong("record", "it has not been begun", "a node without a record cannot work", "shubbak init");
        return Ok(());
    };
    let node = head.node.clone();
    let setup = Setup { clock: clock.clone(), ids: Arc::new(Ids::new(clock)), keyring, node, slices };
    match Record::open(db, setup).await {
        Ok(record) => {
            refused(&record, db, findings).await?;
            sealing(&record, db, &head, findings).await?;
            time(db, findings).await?;
            followers(&record, db, findings).await?;
        }
        Err(error) => findings.wrong(
            "record",
            error.to_string(),
            "nothing can be recorded",
            "put the right node.key back, or restore a backup, which opens a new epoch",
        ),
    }
    failed_jobs(db, findings).await?;
    files(config, db, findings).await
}

/// Events that somebody wrote to the table without the node's keys.
async fn refused(record: &Record, db: &Db, findings: &mut Findings) -> Result<(), RecordError> {
    let refused = record.unsealed(&mut db.reader()).await?.refused;
    if let Some(first) = refused.first() {
        findings.wrong(
            "record",
            format!(
                "{} events were written beside the record and are refused by the sealer; the first: {} ({} version {})",
                refused.len(),
                first.id,
                first.stream,
                first.version
            ),
            "somebody can write to the database; the streams of these events stand still until they are removed",
            "change the passwords of the database; shubbak record refused, then shubbak record refused --remove EVENT",
        );
    }
    Ok(())
}

async fn sealing(record: &Record, db: &Db, head: &Head, findings: &mut Findings) -> Result<(), RecordError> {
    let before = SystemClock.now().minus(UNSEALED);
    let sql = "SELECT COUNT(*) AS n FROM events WHERE number IS NULL AND recorded_at < $1";
    let late: i64 = db.query_one(sql, params![before]).await?.get("n")?;
    // A refused event has its own line.
    let waiting = late.min(record.unsealed(&mut db.reader()).await?.waiting as i64);
    if waiting > 0 {
        findings.wrong(
            "record",
            format!("{waiting} events have waited more than a minute to be sealed"),
            "unsealed numbers and papers are not shown, and what is not sealed can be changed unseen",
            "a running server seals: shubbak serve; its log says what stops the sealer",
        );
    } else {
        findings.good(
            "record",
            format!("head: epoch {}, number {} (keep it elsewhere: shubbak record head)", head.epoch, head.number),
        );
    }
    Ok(())
}

/// A clock behind the record makes times that run backwards.
async fn time(db: &Db, findings: &mut Findings) -> Result<(), DbError> {
    let last = db
        .query_opt("SELECT recorded_at FROM events WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1", params![])
        .await?;
    let Some(last) = last.map(|row| row.get::<Micros>("recorded_at")).transpose()? else { return Ok(()) };
    if SystemClock.now().plus(BEHIND) < last {
        findings.wrong(
            "clock",
            format!("it stands before the last event, which was recorded at {}", when(last)),
            "deadlines and the order of events would be wrong",
            "set the clock: timedatectl set-ntp true",
        );
    }
    Ok(())
}

async fn followers(record: &Record, db: &Db, findings: &mut Findings) -> Result<(), RecordError> {
    let progress = record.progress(&mut db.reader()).await?;
    let mut well = true;
    for follower in progress.iter().filter(|f| f.error.is_some()) {
        well = false;
        findings.wrong(
            "followers",
            format!(
                "{} stands at {} of {}: {}",
                follower.name,
                follower.position,
                follower.position + follower.lag,
                follower.error.as_deref().unwrap_or_default()
            ),
            "what follows the record (reactions, rollups) is late",
            "it tries again by itself; the server's log says more",
        );
    }
    for follower in progress.iter().filter(|f| f.error.is_none() && f.lag > LAG) {
        well = false;
        findings.note(
            "followers",
            format!("{} is {} events behind", follower.name, follower.lag),
            "pages fed by it are late",
            "it moves while a server runs: shubbak serve",
        );
    }
    if well {
        findings.good("followers", format!("{} followers, none stands still", progress.len()));
    }
    Ok(())
}

async fn failed_jobs(db: &Db, findings: &mut Findings) -> Result<(), DbError> {
    let failed = jobs::failed(&mut db.reader()).await?;
    if failed.is_empty() {
        findings.good("jobs", "none was given up");
    }
    for job in failed.iter().take(5) {
        findings.wrong(
            "jobs",
            format!("{} was given up at {}: {}", job.kind, when(job.failed_at), job.error),
            "its work was not done",
            "mend the cause; the next one of its kind is planned at the next start",
        );
    }
    Ok(())
}

async fn files(config: &Config, db: &Db, findings: &mut Findings) -> Result<(), RecordError> {
    let rows = db.query("SELECT DISTINCT hash, kept FROM uploads", params![]).await?;
    let (mut named, mut kept) = (BTreeSet::new(), BTreeSet::new());
    for row in &rows {
        let hash: String = row.get("hash")?;
        if row.get("kept")? {
            kept.insert(hash.clone());
        }
        named.insert(hash);
    }
    let there = match open_files(config) {
        Ok(files) => files.all().await.map_err(|error| error.to_string()),
        Err(error) => Err(format!("{error:#}")),
    };
    let there: BTreeSet<String> = match there {
        Ok(there) => there.into_iter().collect(),
        Err(error) => {
            findings.wrong("files", error, "uploads and papers are kept there", "check files.url and its permissions, on S3 files.endpoint, files.access_key and files.secret_key as well");
            return Ok(());
        }
    };
    let missing = kept.difference(&there).count();
    if missing > 0 {
        findings.wrong(
            "files",
            format!("{missing} files that requests name are not there"),
            "papers of citizens are lost",
            "put them back from a backup: shubbak backup list",
        );
    }
    let orphans = there.difference(&named).count();
    if orphans > 0 {
        findings.note(
            "files",
            format!("{orphans} files that no request names"),
            "they take room; a restore or a broken-off upload leaves them",
            "nothing breaks; they may be removed by hand",
        );
    }
    if missing + orphans == 0 {
        findings.good("files", format!("{} files, each named and there", there.len()));
    }
    Ok(())
}

fn backups(config: &Config, findings: &mut Findings) {
    const WHY: &str = "a disk or a mistake takes everything since the last backup, and one never verified may be none";
    let found = match backup::all(&config.backups()) {
        Ok(found) => found,
        Err(error) => return findings.wrong("backups", format!("{error:#}"), WHY, "shubbak backup create"),
    };
    let now = SystemClock.now();
    let newest = found.iter().filter(|b| b.verified_at.is_some()).max_by_key(|b| b.made_at);
    let (what, mend) = match (newest, found.last()) {
        (Some(backup), _) if now.since(backup.made_at) <= BACKUP_AGE => {
            return findings
                .good("backups", format!("the newest verified one is {} of {}", backup.name, when(backup.made_at)));
        }
        (Some(backup), _) => (
            format!("the newest verified one is of {}", when(backup.made_at)),
            "shubbak backup create, then shubbak backup verify NAME".into(),
        ),
        (None, Some(last)) => ("none was ever verified".into(), format!("shubbak backup verify {}", last.name)),
        (None, None) => ("there is none".into(), "shubbak backup create, then shubbak backup verify NAME".to_owned()),
    };
    if config.demo() {
        findings.note("backups", what, WHY, mend);
    } else {
        findings.wrong("backups", what, WHY, mend);
    }
}
