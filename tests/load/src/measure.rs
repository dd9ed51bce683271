//! The runs: so many clients, so long, and what the server used meanwhile.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use uuid::Uuid;

use crate::cases::{Bounds, Units, next};
use crate::http::Connection;
use crate::machine::processor_ms;

/// What a run gave.
#[derive(Debug, Clone, Copy, Default)]
pub struct Run {
    /// Cases (or transitions) in a second.
    pub rate: f64,
    /// Processor milliseconds of the server and its database for each case.
    pub processor_ms: f64,
    /// Those of the server's process alone.
    pub server_ms: f64,
    /// How many.
    pub count: usize,
}

/// Times of one kind of request, one client.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    /// Half are faster, in milliseconds.
    pub p50: f64,
    /// Ninety-nine of a hundred are faster, in milliseconds.
    pub p99: f64,
}

/// What is measured against: a server, everybody signed in, the processes that count.
#[derive(Clone)]
pub struct Target {
    /// Where it listens.
    pub address: SocketAddr,
    /// Who works there.
    pub units: Arc<Units>,
    /// Processes whose time counts, with everything below them; the server first.
    pub pids: Vec<u32>,
}

impl Target {
    fn used(&self) -> f64 {
        self.pids.iter().map(|pid| processor_ms(*pid)).sum()
    }

    /// Waits until the server rests: its first work after a start is done, and what the sign-ins
    /// needed is given back. At most two minutes.
    pub async fn rest(&self) {
        let start = Instant::now();
        let mut quiet = 0;
        while quiet < 12 && start.elapsed() < Duration::from_secs(120) {
            let before = self.used();
            tokio::time::sleep(Duration::from_secs(1)).await;
            quiet = if self.used() - before < 50.0 { quiet + 1 } else { 0 };
        }
    }

    /// Workload W.
    pub async fn whole(&self, clients: usize, bounds: Bounds) -> Result<Run> {
        self.run(clients, bounds, 1, async |units, connection| {
            let nth = next();
            units.of(nth).whole(connection, nth).await
        })
        .await
    }

    /// Five transitions of each of these cases.
    pub async fn transitions(&self, clients: usize, cases: Vec<(usize, Uuid)>) -> Result<Run> {
        let bounds = Bounds { time: Duration::from_secs(60), count: cases.len() };
        let at = AtomicUsize::new(0);
        let left = Arc::new((cases, at));
        self.run(clients, bounds, 5, async move |units, connection| {
            let taken = left.1.fetch_add(1, Ordering::Relaxed);
            match left.0.get(taken) {
                Some((nth, request)) => units.of(*nth).transitions(connection, *request).await,
                None => Ok(()),
            }
        })
        .await
    }

    /// Registers cases for the run of transitions, one client.
    pub async fn create(&self, many: usize) -> Result<(Vec<(usize, Uuid)>, Times)> {
        let mut connection = Connection::new(self.address);
        let (mut cases, mut times) = (Vec::with_capacity(many), Vec::with_capacity(many));
        for _ in 0..many {
            let (nth, before) = (next(), Instant::now());
            cases.push((nth, self.units.of(nth).create(&mut connection, nth).await?));
            times.push(before.elapsed());
        }
        Ok((cases, Times::of(times)))
    }

    /// Times of the list, one client.
    pub async fn list(&self, bounds: Bounds) -> Result<Times> {
        let mut connection = Connection::new(self.address);
        let mut times = Vec::new();
        let start = Instant::now();
        while bounds.allow(start, times.len()) {
            let before = Instant::now();
            self.units.of(times.len()).list(&mut connection).await?;
            times.push(before.elapsed());
        }
        Ok(Times::of(times))
    }

    /// Times of reading stored cases, one client; neighbours in the list lie far apart.
    pub async fn read(&self, stored: &[(usize, Uuid)], bounds: Bounds) -> Result<Times> {
        let mut connection = Connection::new(self.address);
        let mut times = Vec::new();
        let start = Instant::now();
        while bounds.allow(start, times.len()) {
            let Some((unit, request)) = stored.get(times.len() * 7_919 % stored.len().max(1)) else { break };
            let before = Instant::now();
            self.units.of(*unit).read(&mut connection, *request).await?;
            times.push(before.elapsed());
        }
        Ok(Times::of(times))
    }

    /// Clients that work one after the other's end of a piece, until the bounds are reached; `weight`
    /// is what one piece counts for.
    async fn run<W>(&self, clients: usize, bounds: Bounds, weight: usize, work: W) -> Result<Run>
    where
        W: AsyncFn(&Units, &mut Connection) -> Result<()>,
    {
        let begun = AtomicUsize::new(0);
        let server = self.pids.first().copied().unwrap_or_default();
        let (start, before, before_server) = (Instant::now(), self.used(), processor_ms(server));
        let client = async || {
            let mut connection = Connection::new(self.address);
            while bounds.allow(start, begun.fetch_add(1, Ordering::Relaxed)) {
                work(&self.units, &mut connection).await?;
            }
            anyhow::Ok(())
        };
        futures::future::try_join_all((0..clients).map(|_| client())).await?;
        let took = start.elapsed().as_secs_f64();
        // Every client counted one that it did not begin.
        let count = begun.into_inner() - clients;
        let (used, used_server) = (self.used() - before, processor_ms(server) - before_server);
        let pieces = count.max(1) as f64;
        Ok(Run {
            rate: pieces * weight as f64 / took,
            processor_ms: used / pieces,
            server_ms: used_server / pieces,
            count,
        })
    }
}

impl Times {
    /// Of all the times that were taken.
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |hundredths: usize| {
            let place = (times.len() * hundredths / 100).min(times.len().saturating_sub(1));
            times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
        };
        Self { p50: at(50), p99: at(99) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hundredth_is_the_slowest() {
        let times = Times::of((1..=100).rev().map(Duration::from_millis).collect());
        assert!((times.p50 - 51.0).abs() < 0.01 && (times.p99 - 100.0).abs() < 0.01, "{times:?}");
    }
}
