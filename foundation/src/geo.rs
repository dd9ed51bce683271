//! المضلع: a ring on the map in whole millionths of a degree, judged exactly.
//!
//! Degrees are taken as a plane: over a district that is off by less than the width of a drawn line. All
//! arithmetic is on whole numbers, so that two nodes never differ about a place on the edge, which
//! counts as inside.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// The most points of a ring, without the repeated last one.
pub const MOST_POINTS: usize = 1_000;

/// Millionths of a degree: east, then north.
pub type Point = [i64; 2];

/// Egypt and a little around it: west, south, east, north.
const EGYPT: [i64; 4] = [24_500_000, 21_500_000, 37_500_000, 32_000_000];

/// Why points are no ring, with the number of the point from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RingError {
    /// Nothing, or something that is no pair of numbers.
    #[error("line {0} is no pair of latitude and longitude")]
    Unreadable(usize),
    /// Fewer than three different points.
    #[error("fewer than three points")]
    TooFew,
    /// More than [`MOST_POINTS`].
    #[error("more than {MOST_POINTS} points")]
    TooMany,
    /// A point abroad.
    #[error("point {0} lies outside Egypt")]
    Outside(usize),
    /// A point twice.
    #[error("point {0} stands twice")]
    Twice(usize),
    /// Two edges meet where they should not.
    #[error("the edges after points {0} and {1} cross")]
    Crossing(usize, usize),
    /// A GeoJSON ring whose last point is not its first.
    #[error("the ring is not closed")]
    Open,
    /// All points on one line.
    #[error("the ring has no area")]
    Flat,
}

/// مضلع مغلق لا يقطع نفسه: corners in order, the first not repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring(Vec<Point>);

impl Ring {
    /// A ring of these corners; a last one that repeats the first is left out.
    ///
    /// # Errors
    /// [`RingError`].
    pub fn new(mut corners: Vec<Point>) -> Result<Self, RingError> {
        if corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        if corners.len() < 3 {
            return Err(RingError::TooFew);
        }
        if corners.len() > MOST_POINTS {
            return Err(RingError::TooMany);
        }
        let [west, south, east, north] = EGYPT;
        let abroad = |[x, y]: &Point| !(west..=east).contains(x) || !(south..=north).contains(y);
        if let Some(at) = corners.iter().position(abroad) {
            return Err(RingError::Outside(at + 1));
        }
        let mut seen = std::collections::BTreeSet::new();
        if let Some(at) = corners.iter().position(|corner| !seen.insert(*corner)) {
            return Err(RingError::Twice(at + 1));
        }
        let ring = Self(corners);
        // A ring that crosses itself may have no area in sum, one on a line has none at all.
        if ring.is_on_a_line() {
            return Err(RingError::Flat);
        }
        ring.crossing()?;
        Ok(ring)
    }

    /// Reads a ring as it is typed, one point a line, latitude first; or a GeoJSON polygon, or the list of
    /// its coordinates, longitude first and closed.
    ///
    /// # Errors
    /// [`RingError`].
    pub fn read(text: &str) -> Result<Self, RingError> {
        let text = text.trim();
        if text.starts_with(['{', '[']) {
            return Self::read_json(text);
        }
        let lines = text.split(['\n', ';', '؛']).map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
        let corners: Result<Vec<Point>, RingError> =
            lines.map(|(at, line)| read_point(line).ok_or(RingError::Unreadable(at + 1))).collect();
        Self::new(corners?)
    }

    fn read_json(text: &str) -> Result<Self, RingError> {
        let value: serde_json::Value = serde_json::from_str(text).map_err(|_| RingError::Unreadable(1))?;
        let value = value.get("geometry").unwrap_or(&value);
        let mut list = value.get("coordinates").unwrap_or(value);
        // A polygon's coordinates are a list of rings; holes are not taken.
        while list.get(0).and_then(|first| first.get(0)).is_some_and(serde_json::Value::is_array) {
            if list.as_array().is_some_and(|rings| rings.len() > 1) {
                return Err(RingError::Unreadable(1));
            }
            list = &list[0];
        }
        let pairs = list.as_array().ok_or(RingError::Unreadable(1))?;
        let corner = |(at, pair): (usize, &serde_json::Value)| {
            let micro = |n: usize| micro_degrees(&pair.get(n)?.to_string());
            micro(0).zip(micro(1)).map(|(x, y)| [x, y]).ok_or(RingError::Unreadable(at + 1))
        };
        let corners = pairs.iter().enumerate().map(corner).collect::<Result<Vec<_>, _>>()?;
        if corners.len() > 1 && corners.first() != corners.last() {
            return Err(RingError::Open);
        }
        Self::new(corners)
    }

    /// Its corners.
    #[must_use]
    pub fn corners(&self) -> &[Point] {
        &self.0
    }

    /// As it is typed: one point a line, latitude first.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(|[x, y]| format!("{}, {}", degrees(*y), degrees(*x))).collect();
        lines.join("\n")
    }

    /// Coordinates for GeoJSON: longitude first, closed.
    #[must_use]
    pub fn coordinates(&self) -> Vec<[f64; 2]> {
        let closed = self.0.iter().chain(self.0.first());
        closed.map(|[x, y]| [to_degrees(*x), to_degrees(*y)]).collect()
    }

    /// Whether a point lies in it or on its edge.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        let mut inside = false;
        for (a, b) in self.edges() {
            if on_edge(a, b, point) {
                return true;
            }
            let [_, y] = point;
            if (a[1] > y) != (b[1] > y) {
                // Left of the edge, going upwards: the edge is crossed by a ray to the east.
                let side = turn(a, b, point);
                if (b[1] > a[1]) == (side > 0) {
                    inside = !inside;
                }
            }
        }
        inside
    }

    fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        let next = self.0.iter().cycle().skip(1);
        self.0.iter().copied().zip(next.copied())
    }

    fn is_on_a_line(&self) -> bool {
        let [first, second, rest @ ..] = self.0.as_slice() else { return true };
        rest.iter().all(|corner| turn(*first, *second, *corner) == 0)
    }

    fn crossing(&self) -> Result<(), RingError> {
        let edges: Vec<(Point, Point)> = self.edges().collect();
        for (i, (a, b)) in edges.iter().enumerate() {
            for (j, (c, d)) in edges.iter().enumerate().skip(i + 1) {
                let meet = if b == c {
                    // Neighbours share a corner, and nothing else.
                    on_edge(*a, *b, *d) || on_edge(*c, *d, *a)
                } else if d == a {
                    on_edge(*a, *b, *c) || on_edge(*c, *d, *b)
                } else {
                    crosses((*a, *b), (*c, *d))
                };
                if meet {
                    return Err(RingError::Crossing(i + 1, j + 1));
                }
            }
        }
        Ok(())
    }
}

/// `30.0444, 31.2357`: latitude first, any digits.
#[must_use]
pub fn read_point(text: &str) -> Option<Point> {
    let plain = crate::arabic::digits::to_ascii(text).replace('٫', ".").replace('،', ",");
    let mut parts = plain.split([',', ' ', '\t']).filter(|part| !part.is_empty());
    let (north, east) = (micro_degrees(parts.next()?)?, micro_degrees(parts.next()?)?);
    parts.next().is_none().then_some([east, north])
}

/// Millionths of a degree of a decimal text, rounded.
#[must_use]
pub fn micro_degrees(text: &str) -> Option<i64> {
    let degrees: Decimal = text.parse().ok()?;
    degrees.checked_mul(Decimal::from(1_000_000))?.round().to_i64()
}

/// `30.044400` of its millionths.
#[must_use]
pub fn degrees(micro: i64) -> String {
    Decimal::new(micro, 6).to_string()
}

/// Degrees for a drawing.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a degree in millionths has nine digits")]
pub fn to_degrees(micro: i64) -> f64 {
    micro as f64 / 1e6
}

/// Which way `c` lies of the line from `a` to `b`: positive to the left.
fn turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point) -> i128 {
    let wide = i128::from;
    (wide(bx) - wide(ax)) * (wide(cy) - wide(ay)) - (wide(by) - wide(ay)) * (wide(cx) - wide(ax))
}

fn on_edge(a: Point, b: Point, p: Point) -> bool {
    let between = |n: usize| {
        let of = |point: Point| point.get(n).copied().unwrap_or_default();
        of(a).min(of(b)) <= of(p) && of(p) <= of(a).max(of(b))
    };
    turn(a, b, p) == 0 && between(0) && between(1)
}

fn crosses((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let apart = |one: i128, other: i128| (one > 0 && other < 0) || (one < 0 && other > 0);
    apart(turn(a, b, c), turn(a, b, d)) && apart(turn(c, d, a), turn(c, d, b))
        || on_edge(a, b, c)
        || on_edge(a, b, d)
        || on_edge(c, d, a)
        || on_edge(c, d, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BASE: Point = [31_000_000, 30_000_000];

    fn at(x: i64, y: i64) -> Point {
        [BASE[0] + x, BASE[1] + y]
    }

    fn square(side: i64) -> Ring {
        Ring::new(vec![at(0, 0), at(side, 0), at(side, side), at(0, side)]).unwrap()
    }

    #[test]
    fn what_is_no_ring_is_told() {
        let ring = |points: &[(i64, i64)]| Ring::new(points.iter().map(|(x, y)| at(*x, *y)).collect());
        assert_eq!(ring(&[(0, 0), (5, 5)]), Err(RingError::TooFew));
        assert_eq!(ring(&[(0, 0), (5, 0), (9, 0)]), Err(RingError::Flat));
        assert_eq!(ring(&[(0, 0), (9, 9), (9, 0), (0, 8)]), Err(RingError::Crossing(1, 3)));
        assert_eq!(ring(&[(0, 0), (9, 0), (9, 9), (9, 0)]), Err(RingError::Twice(4)));
        assert_eq!(ring(&[(0, 0), (9, 0), (3, 0), (3, 9)]), Err(RingError::Crossing(1, 2)));
        assert_eq!(Ring::new(vec![[0, 0], [9, 0], [9, 9]]), Err(RingError::Outside(1)));
        assert_eq!(Ring::read("30, 31\n30.1; شرق"), Err(RingError::Unreadable(2)));
        assert_eq!(Ring::read("[[31,30],[31.1,30],[31.1,30.1]]"), Err(RingError::Open));
        let many = (0..=1_000).map(|n| at(n, n * n)).collect();
        assert_eq!(Ring::new(many), Err(RingError::TooMany));
    }

    #[test]
    fn all_forms_of_writing_are_one_ring() {
        let typed = Ring::read("٣٠٫٠، ٣١٫٠\n30.0, 31.1\n30.1, 31.1\n30.1, 31.0").unwrap();
        let json =
            r#"{"type":"Polygon","coordinates":[[[31.0,30.0],[31.1,30.0],[31.1,30.1],[31.0,30.1],[31.0,30.0]]]}"#;
        assert_eq!(Ring::read(json).unwrap(), typed);
        let feature = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{json}}}"#);
        assert_eq!(Ring::read(&feature).unwrap(), typed);
        assert_eq!(Ring::read(&typed.text()).unwrap(), typed);
        assert_eq!(typed.coordinates().len(), 5);
    }

    proptest! {
        #[test]
        fn a_square_contains_what_lies_in_it(side in 2..100_000_i64, x in -10..100_010_i64, y in -10..100_010_i64) {
            let within = (0..=side).contains(&x) && (0..=side).contains(&y);
            prop_assert_eq!(square(side).contains(at(x, y)), within);
        }

        #[test]
        fn where_a_ring_begins_and_which_way_it_runs_is_the_same(
            points in proptest::collection::vec((0..60_i64, 0..60_i64), 3..9),
            turn in 0..9_usize, x in -1..61_i64, y in -1..61_i64,
        ) {
            let corners: Vec<Point> = points.iter().map(|(x, y)| at(*x, *y)).collect();
            if let Ok(ring) = Ring::new(corners.clone()) {
                let mut turned = corners.clone();
                turned.rotate_left(turn % corners.len());
                let backwards: Vec<Point> = corners.iter().rev().copied().collect();
                for other in [turned, backwards] {
                    let other = Ring::new(other);
                    prop_assert!(other.is_ok());
                    prop_assert_eq!(other.unwrap().contains(at(x, y)), ring.contains(at(x, y)));
                }
                for corner in &corners {
                    prop_assert!(ring.contains(*corner));
                }
            }
        }

        #[test]
        fn any_text_is_read_without_fear(text in ".{0,80}") {
            let _ = Ring::read(&text);
        }
    }
}
