//! Everything that is measured on one engine, from an empty folder to a verified record.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::cases::{Bounds, Units};
use crate::http::Connection;
use crate::machine::{keep_to_cores, memory_mb};
use crate::measure::{Run, Target, Times};
use crate::office::Opened;
use crate::postgres::Postgres;
use crate::seed::{self, Cost, Stored};
use crate::server::{Program, Server};

/// How much is measured.
pub struct Plan {
    /// The program.
    pub binary: PathBuf,
    /// Stored cases of the main runs.
    pub stored: usize,
    /// Stored cases of the long list; 0 = not measured.
    pub large: usize,
    /// Longest time for storing those.
    pub large_in: Duration,
    /// Length of each run.
    pub run: Duration,
}

/// List and read beside so many stored cases.
pub struct Stock {
    /// Stored cases.
    pub cases: usize,
    /// List of 25, filtered.
    pub list: Times,
    /// One case.
    pub read: Times,
}

/// Figures of one engine.
pub struct Figures {
    /// `SQLite`, `PostgreSQL 17.2`.
    pub engine: String,
    /// W with one client.
    pub one: Run,
    /// W with sixteen.
    pub sixteen: Run,
    /// Transitions with sixteen.
    pub transitions: Run,
    /// Registering a case with one client.
    pub create: Times,
    /// Writing a case.
    pub cost: Cost,
    /// At the usual stock, and at the large one if it was measured.
    pub stocks: Vec<Stock>,
    /// Most memory of the server until the end of the load, MB.
    pub memory_most: f64,
    /// Memory of the server at rest, after everybody signed in and before any load, MB.
    pub memory_idle: f64,
    /// What of that is its own, and not a page of a file that the system may drop, MB.
    pub memory_own: f64,
    /// From the start of a prepared node to its first page.
    pub first_page: Duration,
    /// What `record verify` says at the end.
    pub verified: String,
    /// Seconds that storing took, for whoever plans the next run.
    pub stored_in: f64,
}

/// Measures the engine.
pub async fn measure(plan: &Plan, folder: &Path, postgres: Option<&Postgres>) -> Result<Figures> {
    let data = folder.join("node");
    std::fs::create_dir_all(&data)?;
    let database = match postgres {
        Some(server) => Some(server.database("shubbak").await?),
        None => None,
    };
    let postmaster = postgres.map(|server| server.pid);
    let engine = postgres.map_or_else(|| "SQLite".to_owned(), Postgres::version);
    let program = Program::new(&plan.binary, &data, database.clone());
    say(&engine, "preparing a node");
    program.run(&["init"])?;

    say(&engine, &format!("storing {} cases", plan.stored));
    keep_to_cores(false, postmaster);
    let (mut stored, before) = (Stored::default(), Instant::now());
    let cost = fill(&data, database.as_deref(), &mut stored, (plan.stored, Duration::MAX), true)
        .await?
        .context("counted the first time")?;
    let stored_in = before.elapsed().as_secs_f64();
    say(&engine, &format!("stored in {stored_in:.0} s"));
    keep_to_cores(true, postmaster);

    let (server, target) = serve(&program, postgres).await?;
    say(&engine, "waiting until the server rests");
    target.rest().await;
    let (memory_idle, memory_own) = (memory_mb(server.pid(), "VmRSS"), memory_mb(server.pid(), "RssAnon"));
    let first_page = server.first_page;
    let half = Bounds { time: plan.run / 2, count: 20_000 };
    let full = Bounds { time: plan.run, count: 200_000 };
    say(&engine, "warming up");
    target.whole(1, Bounds { time: Duration::from_secs(20), count: 1 }).await.context("the first case")?;
    target.whole(4, Bounds { time: Duration::from_secs(3), count: 1_000 }).await?;
    say(&engine, "list and read");
    let mut stocks = vec![stock(&target, &stored, half).await?];
    say(&engine, "W, one client");
    let one = target.whole(1, half).await?;
    say(&engine, "W, sixteen clients");
    let sixteen = target.whole(16, full).await?;
    say(&engine, "transitions");
    let (cases, create) = target.create(((sixteen.rate * 6.0) as usize).clamp(100, 4_000)).await?;
    let transitions = target.transitions(16, cases).await?;
    let memory_most = memory_mb(server.pid(), "VmHWM");
    server.stop().await?;

    if plan.large > plan.stored {
        say(&engine, &format!("storing up to {} cases within {} s", plan.large, plan.large_in.as_secs()));
        keep_to_cores(false, postmaster);
        fill(&data, database.as_deref(), &mut stored, (plan.large, plan.large_in), false).await?;
        keep_to_cores(true, postmaster);
        say(&engine, &format!("{} cases are stored", stored.cases));
        let (server, target) = serve(&program, postgres).await?;
        target.rest().await;
        target.list(Bounds { time: Duration::from_secs(3), count: 200 }).await?;
        stocks.push(stock(&target, &stored, half).await?);
        server.stop().await?;
    }
    say(&engine, "verifying the record");
    keep_to_cores(false, postmaster);
    let verified = program.run(&["record", "verify"])?;
    Ok(Figures {
        engine,
        one,
        sixteen,
        transitions,
        create,
        cost,
        stocks,
        memory_most,
        memory_idle,
        memory_own,
        first_page,
        verified,
        stored_in,
    })
}

/// Stores cases: how many, and how long that may take. The first time people are added as well, and
/// the cost of a case is counted.
async fn fill(
    data: &Path,
    database: Option<&str>,
    stored: &mut Stored,
    (wanted, time): (usize, Duration),
    first: bool,
) -> Result<Option<Cost>> {
    let node = Opened::open(data, database).await?;
    let mut cost = None;
    if first {
        node.add_people().await?;
        cost = Some(seed::cost(&node).await?);
    }
    seed::store(&node, stored, wanted, time).await?;
    if let Some(connection) = database {
        // What autovacuum would do within a minute.
        vacuum(connection).await?;
    }
    Ok(cost)
}

async fn vacuum(url: &str) -> Result<()> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
    let background = tokio::spawn(connection);
    client.batch_execute("VACUUM ANALYZE").await?;
    drop(client);
    background.await??;
    Ok(())
}

async fn serve(program: &Program, postgres: Option<&Postgres>) -> Result<(Server, Target)> {
    let server = program.serve().await?;
    let units = Units::sign_in(&mut Connection::new(server.address)).await?;
    let pids = std::iter::once(server.pid()).chain(postgres.map(|postgres| postgres.pid)).collect();
    let target = Target { address: server.address, units: Arc::new(units), pids };
    Ok((server, target))
}

async fn stock(target: &Target, stored: &Stored, bounds: Bounds) -> Result<Stock> {
    let bounds = Bounds { count: 5_000, ..bounds };
    Ok(Stock { cases: stored.cases, list: target.list(bounds).await?, read: target.read(&stored.some, bounds).await? })
}

fn say(engine: &str, what: &str) {
    eprintln!("{engine}: {what}");
}
