//! Measures the one-stop window under load on both engines and writes `docs/benchmarks.md`; with `--citizens` the
//! public pages, into `docs/benchmarks-public.md`.
//!
//! `load target/release/shubbak` prepares nodes of its own in a temporary folder, serves them on
//! 127.0.0.1, stops by itself, and ends nothing that it did not start.

mod cases;
mod citizens;
mod engine;
mod http;
mod machine;
mod measure;
mod office;
mod papers;
mod postgres;
mod report;
mod seed;
mod server;
mod session;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::Parser;

use engine::{Plan, measure};
use postgres::Postgres;
use report::Common;

/// Measures a build of shubbak.
#[derive(Parser)]
struct Arguments {
    /// The program to measure.
    binary: PathBuf,
    /// Cases stored before the runs.
    #[arg(long, default_value_t = 100_000)]
    stored: usize,
    /// Cases stored before list and read are measured again; 0 leaves it out.
    #[arg(long, default_value_t = 1_000_000)]
    large: usize,
    /// Most seconds that storing those may take on each engine; the page tells how many there were.
    #[arg(long, default_value_t = 3_600)]
    large_seconds: u64,
    /// Seconds of the longest run.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// Engines to measure.
    #[arg(long, value_delimiter = ',', default_values_t = ["sqlite".to_owned(), "postgres".to_owned()])]
    engines: Vec<String>,
    /// Where the page is written; it is printed too.
    #[arg(long)]
    page: Option<PathBuf>,
    /// Measures the public pages alone.
    #[arg(long)]
    citizens: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let described = machine::description();
    machine::keep_to_cores(true, None);
    let file = |usual: &str| arguments.page.clone().unwrap_or_else(|| usual.into());
    if arguments.citizens {
        return citizens_alone(&arguments.binary, &file("docs/benchmarks-public.md"), &described);
    }
    let page = file("docs/benchmarks.md");
    let (licences, verifications) = (papers::licences_a_second()?, papers::verifications_a_second()?);
    let binary = std::fs::canonicalize(&arguments.binary).with_context(|| arguments.binary.display().to_string())?;
    let profile = profile(&binary);
    let mut common = Common {
        profile: profile.into(),
        command: format!(
            "load {profile}/shubbak --stored {} --large {} --large-seconds {} --seconds {}",
            arguments.stored, arguments.large, arguments.large_seconds, arguments.seconds
        ),
        binary: std::fs::metadata(&binary)?.len(),
        licences,
        verifications,
        machine: described,
        load_after: String::new(),
        large: arguments.large,
    };
    let plan = Plan {
        binary,
        stored: arguments.stored,
        large: arguments.large,
        large_in: Duration::from_secs(arguments.large_seconds),
        run: Duration::from_secs(arguments.seconds.clamp(2, 600)),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut figures = Vec::new();
    for engine in &arguments.engines {
        figures.push(runtime.block_on(one(&plan, engine)).with_context(|| format!("measuring {engine}"))?);
        // After each engine, so that what is there survives a failure of the next.
        common.load_after = machine::load();
        let text = report::page(&common, &figures);
        std::fs::write(&page, text).with_context(|| format!("cannot write {}", page.display()))?;
    }
    println!("{}", report::page(&common, &figures));
    Ok(())
}

/// The profile that a program was built with, by its folder.
fn profile(binary: &Path) -> &'static str {
    if binary.components().any(|part| part.as_os_str() == "release") { "release" } else { "dev" }
}

fn citizens_alone(binary: &Path, page: &Path, machine: &[(&'static str, String)]) -> Result<()> {
    let binary = std::fs::canonicalize(binary).with_context(|| binary.display().to_string())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let figures = runtime.block_on(citizens::measure(&binary))?;
    let text = citizens::page(&figures, machine, profile(&binary));
    std::fs::write(page, &text).with_context(|| format!("cannot write {}", page.display()))?;
    println!("{text}");
    Ok(())
}

async fn one(plan: &Plan, engine: &str) -> Result<engine::Figures> {
    let folder = tempfile::Builder::new().prefix("shubbak-load-").tempdir()?;
    let postgres = match engine {
        "postgres" => Some(Postgres::start(folder.path())?),
        "sqlite" => None,
        other => bail!("there is no engine {other}; engines: sqlite, postgres"),
    };
    measure(plan, folder.path(), postgres.as_ref()).await
}
