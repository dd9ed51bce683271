//! حد التكرار: how often one address may do one thing (token bucket, in memory, bounded).

use std::collections::HashMap;
use std::net::IpAddr;

use parking_lot::Mutex;
use uuid::Uuid;

use super::PageError;
use super::client::ClientIp;
use crate::clock::{Micros, SharedClock};

/// معدل مسموح: `burst` at once, then one every `every_seconds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many at once.
    pub burst: u32,
    /// Seconds until one more is allowed.
    pub every_seconds: u32,
}

impl Rate {
    /// `burst` at once, then one every `every_seconds` (at least 1).
    #[must_use]
    pub const fn new(burst: u32, every_seconds: u32) -> Self {
        Self { burst, every_seconds: if every_seconds == 0 { 1 } else { every_seconds } }
    }
}

/// دلاء الحدود: one per process.
pub struct RateLimits {
    clock: SharedClock,
    capacity: usize,
    /// When the bucket will be full again.
    buckets: Mutex<HashMap<(&'static str, Who), Micros>>,
}

/// Whose bucket it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    /// A network.
    Network(IpAddr),
    /// A key of a program.
    Key(Uuid),
}

impl std::fmt::Debug for RateLimits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RateLimits").field("capacity", &self.capacity).finish_non_exhaustive()
    }
}

impl RateLimits {
    /// Buckets for at most `capacity` (thing, address) pairs.
    #[must_use]
    pub fn new(clock: SharedClock, capacity: usize) -> Self {
        Self { clock, capacity: capacity.max(1), buckets: Mutex::new(HashMap::new()) }
    }

    /// Takes one token of `thing` for `client`, or says when to come back (429).
    ///
    /// # Errors
    /// [`PageError::TooMany`] when the bucket is empty.
    pub fn take(&self, thing: &'static str, client: ClientIp, rate: Rate) -> Result<(), PageError> {
        let step = i64::from(rate.every_seconds) * Micros::SECOND;
        self.draw((thing, Who::Network(network(client.0))), rate.burst, step)
    }

    /// Takes one of the `per_minute` tokens of a key, wherever it is used from.
    ///
    /// # Errors
    /// [`PageError::TooMany`] when the bucket is empty.
    pub fn take_of_key(&self, thing: &'static str, key: Uuid, per_minute: u32) -> Result<(), PageError> {
        let per_minute = per_minute.max(1);
        self.draw((thing, Who::Key(key)), per_minute, Micros::MINUTE / i64::from(per_minute))
    }

    fn draw(&self, key: (&'static str, Who), burst: u32, step: i64) -> Result<(), PageError> {
        let now = self.clock.now();
        let mut buckets = self.buckets.lock();
        if buckets.len() >= self.capacity && !buckets.contains_key(&key) {
            buckets.retain(|_, full| *full > now);
            // Still full: forget the bucket that is nearest to full, it gives away least.
            if buckets.len() >= self.capacity
                && let Some(least) = buckets.iter().min_by_key(|(_, full)| **full).map(|(k, _)| *k)
            {
                buckets.remove(&least);
            }
        }
        let full = buckets.get(&key).copied().unwrap_or(now).max(now);
        let after = full.plus(step);
        let room = step.saturating_mul(i64::from(burst));
        let over = after.since(now) - room;
        if over > 0 {
            let seconds = u64::try_from(over / Micros::SECOND + 1).unwrap_or(1);
            return Err(PageError::TooMany { seconds });
        }
        buckets.insert(key, after);
        Ok(())
    }
}

/// IPv6 clients own at least a /64; one of its addresses stands for all.
fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) >> 64 << 64).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::FixedClock;

    fn ip(text: &str) -> ClientIp {
        ClientIp(text.parse().unwrap())
    }

    #[test]
    fn a_burst_then_one_at_a_time() {
        let clock = Arc::new(FixedClock::new(Micros(0)));
        let limits = RateLimits::new(clock.clone(), 10);
        let rate = Rate::new(3, 10);
        for _ in 0..3 {
            limits.take("track", ip("1.1.1.1"), rate).unwrap();
        }
        let refused = limits.take("track", ip("1.1.1.1"), rate);
        assert!(matches!(refused, Err(PageError::TooMany { seconds: 11 })), "{refused:?}");
        limits.take("track", ip("1.1.1.2"), rate).unwrap();
        limits.take("login", ip("1.1.1.1"), rate).unwrap();
        clock.advance(std::time::Duration::from_secs(10));
        limits.take("track", ip("1.1.1.1"), rate).unwrap();
        assert!(limits.take("track", ip("1.1.1.1"), rate).is_err());
    }

    #[test]
    fn memory_is_bounded_and_ipv6_neighbours_share() {
        let limits = RateLimits::new(Arc::new(FixedClock::new(Micros(0))), 5);
        for n in 0..100_u8 {
            let _ = limits.take("x", ClientIp(IpAddr::from([10, 0, 0, n])), Rate::new(1, 60));
        }
        assert!(limits.buckets.lock().len() <= 5);
        limits.take("y", ip("2001:db8::1"), Rate::new(1, 60)).unwrap();
        assert!(limits.take("y", ip("2001:db8::2"), Rate::new(1, 60)).is_err());
    }
}
