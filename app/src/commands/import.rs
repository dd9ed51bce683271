//! `import people | units | holidays FILE`, `import list`, `import undo BATCH`.
//!
//! Exit code 1: the file has rows that are refused, or something of a batch is in use; nothing was written.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use foundation::web::messages::{self, Digits, Lang};
use registry::imports::{self, Account, ImportError, Kept, Mapping, Plan, Source, Table, UndoError, What, Wrong};
use registry::staff::By;
use serde::Serialize;

use crate::backup::when;
use crate::cli::{Import, ImportFile};
use crate::node::Node;
use crate::output::{Done, Output, columns};

/// Faults printed; the file of errors has them all.
const SHOWN: usize = 20;

#[derive(Serialize)]
struct Answer {
    /// Number of the batch; none for a trial and for a file that was refused.
    batch: Option<i64>,
    dry_run: bool,
    content: What,
    rows: usize,
    /// People, units or holidays.
    items: usize,
    roles: usize,
    refused_rows: usize,
    /// The first faults.
    refused: Vec<Wrong>,
    unused_columns: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passwords: Option<PathBuf>,
}

#[derive(Serialize)]
struct Undone {
    batch: i64,
    items: usize,
    gone: usize,
    kept: Vec<Kept>,
}

/// Runs on an open node.
pub async fn run(command: &Import, node: &Node, out: &Output) -> Result<Done> {
    let done = match command {
        Import::People(file) => take(What::People, file, node, out).await?,
        Import::Units(file) => take(What::Units, file, node, out).await?,
        Import::Holidays(file) => take(What::Holidays, file, node, out).await?,
        Import::List => list(node, out).await?,
        Import::Undo { batch, reason, yes } => undo(*batch, reason, *yes, node, out).await?,
    };
    node.seal().await?;
    Ok(done)
}

async fn take(what: What, file: &ImportFile, node: &Node, out: &Output) -> Result<Done> {
    let name = file.file.display().to_string();
    let bytes = std::fs::read(&file.file).with_context(|| format!("cannot read {name}"))?;
    let table = Table::read(&bytes).map_err(|error| anyhow!("{name}: {} ({error})", arabic(error.message(), "")))?;
    let mapping = match &file.map {
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            toml::from_str(&text).with_context(|| format!("{} is no mapping", path.display()))?
        }
        None => Mapping::default(),
    };
    let command = node.site.ids.next();
    let plan =
        imports::plan(&node.site, &By::Machine, what, &table, &mapping, command).await.map_err(|e| told(e, &name))?;
    let errors = beside(file.errors.as_ref(), &file.file, "errors");
    if plan.wrong.is_empty() {
        // What an earlier trial left tells of rows that are mended by now.
        remove_ours(&errors)?;
    } else {
        std::fs::write(&errors, table.with_reasons(|line| plan.reasons(line)))
            .with_context(|| format!("cannot write {}", errors.display()))?;
    }
    let mut answer = Answer::of(&plan, file.dry_run);
    answer.errors = (!plan.wrong.is_empty()).then_some(errors);
    if !plan.wrong.is_empty() || file.dry_run {
        let sound = plan.wrong.is_empty();
        out.answer(&answer, lines)?;
        return Ok(Done::when(sound));
    }
    let passwords = beside(file.passwords.as_ref(), &file.file, "passwords");
    if what == What::People && passwords.exists() {
        bail!("{} is there already; first passwords are never written over others", passwords.display());
    }
    let prepared = imports::prepare(&node.site, plan, command).await.map_err(|e| told(e, &name))?;
    // The passwords are on the disk before anybody has one: they are kept nowhere else.
    if what == What::People {
        write_passwords(&passwords, &prepared.accounts)?;
        answer.passwords = Some(passwords.clone());
    }
    match imports::carry_out(&node.site, &By::Machine, &prepared, &Source::of(&name, &bytes)).await {
        Ok(done) => answer.batch = Some(done.number),
        Err(error) => {
            if what == What::People {
                std::fs::remove_file(&passwords)?;
            }
            return Err(told(error, &name));
        }
    }
    out.answer(&answer, lines)?;
    Ok(Done::Well)
}

impl Answer {
    fn of(plan: &Plan, dry_run: bool) -> Answer {
        let mut refused_rows: Vec<usize> = plan.wrong.iter().map(|wrong| wrong.line).collect();
        refused_rows.dedup();
        Answer {
            batch: None,
            dry_run,
            content: plan.what,
            rows: plan.rows,
            items: plan.items(),
            roles: plan.roles(),
            refused_rows: refused_rows.len(),
            refused: plan.wrong.iter().take(SHOWN).cloned().collect(),
            unused_columns: plan.unused.clone(),
            errors: None,
            passwords: None,
        }
    }
}

fn lines(answer: &Answer) -> Vec<String> {
    let roles = if answer.content == What::People { format!(", {} roles", answer.roles) } else { String::new() };
    let mut lines = vec![format!("{} rows: {} {}{roles}.", answer.rows, answer.items, answer.content.code())];
    if !answer.unused_columns.is_empty() {
        lines.push(format!("Columns that are not used: {}.", answer.unused_columns.join(", ")));
    }
    let rows = answer.refused.iter();
    let rows = rows.map(|wrong| vec![format!("  row {}", wrong.line), wrong.column.to_owned(), wrong.reason.clone()]);
    lines.extend(columns(&rows.collect::<Vec<_>>()));
    if let Some(errors) = &answer.errors {
        lines.push(format!("{} rows are refused; every reason stands in {}.", answer.refused_rows, errors.display()));
        lines.push("Nothing was written. Mend those rows there and import that file.".into());
    } else if answer.dry_run {
        lines.push("Nothing is wrong, and nothing was written. Without --dry-run it is imported.".into());
    }
    if let Some(batch) = answer.batch {
        lines.push(format!("Imported as batch {batch}. To take it back: shubbak import undo {batch} --yes"));
    }
    if let Some(passwords) = &answer.passwords {
        lines.push(format!(
            "First passwords lie in {} (mode 600). Print it, hand them out, delete it; they are kept nowhere else.",
            passwords.display()
        ));
    }
    lines
}

async fn list(node: &Node, out: &Output) -> Result<Done> {
    let found = imports::list(&mut node.db.reader(), None, 1_000).await?;
    out.answer(&found, |found| {
        if found.is_empty() {
            return vec!["Nothing was imported. Next: shubbak import people FILE --dry-run".into()];
        }
        let titles = ["batch", "content", "items", "rows", "imported (Cairo)", "taken back", "file"].map(str::to_owned);
        let rows = found.iter().map(|batch| {
            vec![
                batch.number.to_string(),
                batch.content.code().to_owned(),
                batch.items.to_string(),
                batch.rows.to_string(),
                when(batch.imported_at),
                batch.undone_at.map_or_else(|| "–".to_owned(), when),
                batch.file.clone(),
            ]
        });
        columns(&std::iter::once(titles.to_vec()).chain(rows).collect::<Vec<_>>())
    })?;
    Ok(Done::Well)
}

async fn undo(batch: i64, reason: &str, yes: bool, node: &Node, out: &Output) -> Result<Done> {
    if !yes {
        bail!("this takes back everything that batch {batch} brought; say --yes if that is meant");
    }
    let command = node.site.ids.next();
    let in_use = node.site.settings.unit_in_use;
    let outcome = imports::undo(&node.site, &By::Machine, batch, reason, command, in_use).await;
    let answer = match outcome {
        Ok(done) => Undone { batch, items: done.items, gone: done.gone, kept: Vec::new() },
        Err(UndoError::Used(kept)) => Undone { batch, items: 0, gone: 0, kept },
        Err(UndoError::NoBatch) => bail!("there is no batch {batch}; `shubbak import list` names them"),
        Err(error) => return Err(error.into()),
    };
    out.answer(&answer, |a| {
        if a.kept.is_empty() {
            return vec![format!("Batch {} was taken back: {} items, {} were gone before.", a.batch, a.items, a.gone)];
        }
        let head = format!("Batch {} is NOT taken back; {} of it are in use:", a.batch, a.kept.len());
        let rows = a.kept.iter().take(SHOWN).map(|kept| vec![format!("  {}", kept.label), kept.reason.clone()]);
        std::iter::once(head).chain(columns(&rows.collect::<Vec<_>>())).collect()
    })?;
    Ok(Done::when(answer.kept.is_empty()))
}

/// `staff.csv` → `staff.errors.csv`, unless a flag names another file.
fn beside(named: Option<&PathBuf>, file: &Path, what: &str) -> PathBuf {
    named.cloned().unwrap_or_else(|| file.with_extension(format!("{what}.csv")))
}

/// Removes a file of errors that this program wrote; nothing else.
fn remove_ours(path: &Path) -> Result<()> {
    let Ok(text) = std::fs::read_to_string(path) else { return Ok(()) };
    if text.lines().next().is_some_and(|headings| headings.contains(imports::REASONS)) {
        std::fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

fn write_passwords(path: &Path, accounts: &[Account]) -> Result<()> {
    let mut text = String::from("\u{feff}اسم الدخول,الاسم,الوحدة,كلمة السر الأولى\r\n");
    for account in accounts {
        // Names have no commas or quotes: the rules take letters and spaces between them.
        let name = account.name.replace(['"', ',', '\r', '\n'], " ");
        text.push_str(&format!("{},{name},{},{}\r\n", account.login, account.unit, account.password));
    }
    let file = std::fs::File::options().write(true).create_new(true).mode(0o600).open(path);
    let mut file = file.with_context(|| format!("cannot write {}", path.display()))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .with_context(|| format!("cannot write {}", path.display()))
}

fn told(error: ImportError, name: &str) -> anyhow::Error {
    match error {
        ImportError::Headings(bad) => {
            let (key, what) = bad.message();
            anyhow!("{name}: {} ({bad})", arabic(key, &what))
        }
        error => error.into(),
    }
}

fn arabic(key: &str, what: &str) -> String {
    messages::text(Lang::Ar, Digits::Latn, key, &[("what", &what)])
}
