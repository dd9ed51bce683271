//! سجل الوصول: one line a request, without personal data: no address, query, path value or name.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use http::{Method, StatusCode};

/// Answers of one class of status since the start, for the figures of those who run the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// First digit of the status.
    pub class: u16,
    /// Answers.
    pub count: i64,
    /// Time spent on them, in milliseconds.
    pub milliseconds: i64,
}

static COUNTS: [AtomicI64; 6] = [const { AtomicI64::new(0) }; 6];
static MICROS: [AtomicI64; 6] = [const { AtomicI64::new(0) }; 6];

/// Upper bounds of the times that are counted, in milliseconds.
pub const BOUNDS: [i64; 11] = [5, 10, 25, 50, 100, 150, 250, 500, 1_000, 2_500, 5_000];

static BELOW: [AtomicI64; BOUNDS.len()] = [const { AtomicI64::new(0) }; BOUNDS.len()];

/// How many answers since the start took no longer than each of [`BOUNDS`].
pub fn within() -> Vec<(i64, i64)> {
    BOUNDS.into_iter().zip(&BELOW).map(|(bound, count)| (bound, count.load(Ordering::Relaxed))).collect()
}

/// What was answered since the start, by class of status.
pub fn counted() -> Vec<Counted> {
    let classes = COUNTS.iter().zip(&MICROS).zip(0..).skip(1);
    classes
        .map(|((count, micros), class)| Counted {
            class,
            count: count.load(Ordering::Relaxed),
            milliseconds: micros.load(Ordering::Relaxed) / 1_000,
        })
        .collect()
}

/// Writes the line. `route` is the pattern (`/requests/{id}`), never the path itself.
pub(super) fn write(method: &Method, route: &str, status: StatusCode, took: Duration, id: &str) {
    let class = usize::from(status.as_u16() / 100);
    if let (Some(count), Some(micros)) = (COUNTS.get(class), MICROS.get(class)) {
        count.fetch_add(1, Ordering::Relaxed);
        micros.fetch_add(i64::try_from(took.as_micros()).unwrap_or_default(), Ordering::Relaxed);
    }
    for (bound, count) in BOUNDS.iter().zip(&BELOW) {
        if took.as_micros() <= u128::from(bound.unsigned_abs()) * 1_000 {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }
    let ms = took.as_micros() as f64 / 1000.0;
    tracing::info!(target: "access", %method, route, status = status.as_u16(), ms, id);
}
