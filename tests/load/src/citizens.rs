//! Figures of the public pages (المواطنون): the home page, the guide's search, and two thousand citizens at once
//! on slow lines. Each client comes from a loopback address of its own, as the limits for one address ask.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use futures::future::try_join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;

use crate::http::Connection;
use crate::machine::{keep_to_cores, memory_mb};
use crate::measure::Times;
use crate::server::Program;

/// Citizens on slow lines.
const CITIZENS: u32 = 2_000;
/// Milliseconds to the server and back, and bytes a second: 400 kbit/s.
const DELAY: Duration = Duration::from_millis(400);
const RATE: usize = 50_000;
/// What they open, one page after the other.
const PAGES: [&str; 3] = ["/", "/services?q=%D9%85%D8%AD%D9%84", "/services/SHP-01"];
/// What people type: words, a wrong letter, the other layout of the keyboard, Latin.
const SEARCHES: [&str; 12] =
    ["محل", "رخصة بناء", "رخصه بناء", "عداد", "كشك", "اشغال", "lpg", "هدم", "اعلان", "مصعد", "تصالح", "SHP-01"];

/// Of the pages of citizens.
pub struct Figures {
    /// Home pages a second, server on one core.
    pub home: f64,
    /// Searches one after the other.
    pub search: Times,
    /// How long a slow citizen takes for the three pages.
    pub slow: Times,
    /// Slow citizens who did not get all of their pages.
    pub failed: usize,
    /// Most memory of the server meanwhile, MB.
    pub memory: f64,
}

/// Measures on a node of its own, on the embedded database.
pub async fn measure(binary: &Path) -> Result<Figures> {
    let folder = tempfile::Builder::new().prefix("shubbak-citizens-").tempdir()?;
    let data = folder.path().join("node");
    std::fs::create_dir_all(&data)?;
    let program = Program::new(binary, &data, None);
    program.run(&["init"])?;
    let server = program.serve().await?;
    let address = server.address;
    home(address, Duration::from_secs(2)).await?;
    let rate = home(address, Duration::from_secs(8)).await?;
    searches(address, 200).await?;
    let search = searches(address, 4_000).await?;
    // Two thousand wait more than they work: they and the server have both cores.
    keep_to_cores(false, Some(server.pid()));
    let (slow, failed) = crowd(address).await?;
    let memory = memory_mb(server.pid(), "VmHWM");
    server.stop().await?;
    Ok(Figures { home: rate, search, slow, failed, memory })
}

/// A loopback address for the nth client.
fn source(nth: u32) -> IpAddr {
    let [_, b, c, d] = (nth + 256).to_be_bytes();
    IpAddr::V4(Ipv4Addr::new(127, 1 + b, c, d))
}

/// Home pages a second over 32 connections that stay open.
async fn home(address: SocketAddr, time: Duration) -> Result<f64> {
    let (count, start) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let clients = (0..32).map(|nth| {
        let count = count.clone();
        tokio::spawn(async move {
            let mut connection = Connection::from(address, source(nth));
            while start.elapsed() < time {
                let page = connection.get("/", "").await?;
                ensure!(page.status == 200, "the home page answers {}", page.status);
                count.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.context("a client ended")??;
    }
    Ok(count.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64())
}

async fn searches(address: SocketAddr, count: u32) -> Result<Times> {
    let mut times = Vec::new();
    let mut connections: Vec<Connection> =
        (0..200).map(|nth| Connection::from(address, source(10_000 + nth))).collect();
    let paths = SEARCHES.map(|words| format!("/services?{}", crate::http::form([("q", words)])));
    for (nth, path) in (0..count).zip(paths.iter().cycle()) {
        let at = nth as usize % connections.len();
        let connection = connections.get_mut(at).context("a connection")?;
        let before = Instant::now();
        let page = connection.get(path, "").await?;
        times.push(before.elapsed());
        ensure!(page.status == 200, "a search answers {}", page.status);
    }
    Ok(Times::of(times))
}

/// All slow citizens at once: how long each took, and how many failed.
async fn crowd(address: SocketAddr) -> Result<(Times, usize)> {
    let citizens = (0..CITIZENS).map(|nth| tokio::spawn(citizen(address, nth)));
    let ended = try_join_all(citizens.collect::<Vec<_>>()).await?;
    let failed = ended.iter().filter(|one| one.is_err()).count();
    if let Some(Err(error)) = ended.iter().find(|one| one.is_err()) {
        eprintln!("a citizen: {error:#}");
    }
    Ok((Times::of(ended.into_iter().flatten().collect()), failed))
}

/// Opens the pages over a line with a delay and a low rate; all begin within two seconds.
async fn citizen(address: SocketAddr, nth: u32) -> Result<Duration> {
    tokio::time::sleep(Duration::from_millis(u64::from(nth) % 2_000)).await;
    let start = Instant::now();
    for page in PAGES {
        let socket = TcpSocket::new_v4()?;
        // What the line has not carried yet waits at the server, as it would.
        socket.set_recv_buffer_size(8 * 1024)?;
        socket.bind(SocketAddr::new(source(20_000 + nth), 0))?;
        tokio::time::sleep(DELAY).await;
        let mut stream = socket.connect(address).await?;
        tokio::time::sleep(DELAY).await;
        let asked =
            format!("GET {page} HTTP/1.1\r\nhost: {address}\r\naccept-encoding: gzip\r\nconnection: close\r\n\r\n");
        stream.write_all(asked.as_bytes()).await?;
        let (mut got, mut part) = (Vec::new(), [0; RATE / 10]);
        loop {
            let read = stream.read(&mut part).await?;
            if read == 0 {
                break;
            }
            got.extend_from_slice(part.get(..read).unwrap_or_default());
            tokio::time::sleep(Duration::from_micros((read * 1_000_000 / RATE) as u64)).await;
        }
        let whole = got.starts_with(b"HTTP/1.1 200") && got.len() > 2_000;
        ensure!(whole, "{page}: {}", String::from_utf8_lossy(got.get(..60.min(got.len())).unwrap_or_default()));
    }
    Ok(start.elapsed())
}

/// The page of the figures.
pub fn page(figures: &Figures, machine: &[(&'static str, String)], profile: &str) -> String {
    let met = |good: bool| if good { "" } else { " (missed)" };
    let mut text = format!(
        "# Figures of the public pages\n\nWritten by `make bench` (`load {profile}/shubbak --citizens`); do not edit by hand. \
         Embedded database, every client from a loopback address of its own; home and search with the server on one core, \
         the slow citizens with both cores for server and clients.\n\n| | |\n|---|---|\n"
    );
    for (name, value) in machine {
        text.push_str(&format!("| {name} | {value} |\n"));
    }
    text.push_str("\n| | aim | measured | profile |\n|---|---|---|---|\n");
    let home = figures.home;
    text.push_str(&format!(
        "| Home pages a second, 32 connections | at least 5000 | {home:.0}{} | {profile} |\n",
        met(home >= 5_000.0)
    ));
    let Times { p50, p99 } = figures.search;
    text.push_str(&format!("| Search of the guide, p50 ms | | {p50:.2} | {profile} |\n"));
    text.push_str(&format!(
        "| Search of the guide, p99 ms | at most 20 | {p99:.2}{} | {profile} |\n",
        met(p99 <= 20.0)
    ));
    let (failed, slow) = (figures.failed, figures.slow);
    text.push_str(&format!(
        "| {CITIZENS} citizens at once, 400 ms and 400 kbit/s, three pages each: without all of them | 0 | {failed}{} | {profile} |\n",
        met(failed == 0)
    ));
    text.push_str(&format!(
        "| Seconds each took for the three pages, p50 and p99 (2.4 are delay) | | {:.1} and {:.1} | {profile} |\n",
        slow.p50 / 1_000.0,
        slow.p99 / 1_000.0
    ));
    text.push_str(&format!("| Most memory of the server, MB | | {:.0} | {profile} |\n", figures.memory));
    text
}
