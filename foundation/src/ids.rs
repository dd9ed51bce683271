//! Identifiers and random codes, from an injected clock and generator.
//!
//! UUIDs are version 7 (RFC 9562, section 5.7) and strictly rising within the process, also
//! when the clock stands still or steps back, so that keys arrive in index order. They are not
//! secrets; what opens something without a login is a [token](Ids::token).

use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use uuid::Uuid;

use crate::clock::SharedClock;

/// The random bits of a UUIDv7: 12 before the variant, 62 after it.
const TAIL_BITS: u32 = 74;
const TAIL_MASK: u128 = (1 << TAIL_BITS) - 1;

/// مولّد المعرّفات: makes identifiers, tokens and PINs.
pub struct Ids {
    clock: SharedClock,
    state: Mutex<State>,
}

struct State {
    rng: Box<dyn RngCore + Send>,
    millis: u64,
    tail: u128,
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ids")
    }
}

impl Ids {
    /// Identifiers from the operating system's entropy.
    #[must_use]
    pub fn new(clock: SharedClock) -> Self {
        Self::with_rng(clock, StdRng::from_os_rng())
    }

    /// Identifiers that repeat with the seed and the clock: for tests and demo data only.
    #[must_use]
    pub fn seeded(seed: u64, clock: SharedClock) -> Self {
        Self::with_rng(clock, StdRng::seed_from_u64(seed))
    }

    /// Identifiers from a generator of the caller's.
    #[must_use]
    pub fn with_rng(clock: SharedClock, rng: impl RngCore + Send + 'static) -> Self {
        let state = State { rng: Box::new(rng), millis: 0, tail: 0 };
        Self { clock, state: Mutex::new(state) }
    }

    /// The next UUIDv7, greater than every one before it.
    ///
    /// Within one millisecond (and while the clock is behind) the random tail grows by a
    /// random step (RFC 9562, section 6.2, method 2); a full tail borrows a millisecond.
    pub fn next(&self) -> Uuid {
        let now = u64::try_from(self.clock.now().millis()).unwrap_or(0);
        let mut state = self.state.lock();
        if now > state.millis {
            state.millis = now;
            state.tail = fresh_tail(&mut *state.rng);
        } else {
            let step = u128::from(state.rng.next_u32()) + 1;
            let tail = state.tail + step;
            if tail > TAIL_MASK {
                state.millis += 1;
                state.tail = fresh_tail(&mut *state.rng);
            } else {
                state.tail = tail;
            }
        }
        assemble(state.millis, state.tail)
    }

    /// `N` random bytes (nonces, keys, salts).
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.state.lock().rng.fill_bytes(&mut bytes);
        bytes
    }

    /// A uniformly random number below `bound`; 0 if `bound` is 0.
    pub fn random_below(&self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.state.lock().rng.random_range(0..bound) }
    }

    /// رمز التتبع: 80 random bits in 16 letters of base32, for the address inside a QR.
    pub fn token(&self) -> String {
        base32(&self.random_bytes::<10>())
    }

    /// الرقم السري: the four digits printed on a request slip.
    pub fn pin(&self) -> String {
        format!("{:04}", self.random_below(10_000))
    }
}

fn fresh_tail(rng: &mut (dyn RngCore + Send)) -> u128 {
    let random = (u128::from(rng.next_u64()) << 64) | u128::from(rng.next_u64());
    // The top bit stays free so that a burst within one millisecond has room to grow.
    random & (TAIL_MASK >> 1)
}

fn assemble(millis: u64, tail: u128) -> Uuid {
    let time = u128::from(millis & 0xFFFF_FFFF_FFFF) << 80;
    let high = (tail >> 62) << 64;
    let low = tail & ((1 << 62) - 1);
    Uuid::from_u128(time | (0x7 << 76) | high | (0b10 << 62) | low)
}

const ALPHABET: [u8; 32] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Base32 of RFC 4648 without padding, upper case: the densest alphabet that a QR code's
/// alphanumeric mode and a voice on the telephone both carry.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut buffer, mut bits) = (0_u16, 0_u32);
    let push = |value: u16, text: &mut String| {
        if let Some(letter) = ALPHABET.get(usize::from(value & 31)) {
            text.push(char::from(*letter));
        }
    };
    for byte in bytes {
        buffer = (buffer << 8) | u16::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push(buffer >> bits, &mut text);
            buffer &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        push(buffer << (5 - bits), &mut text);
    }
    text
}

/// The bytes of a base32 text of either case; `None` if a letter is foreign to it, the length
/// is impossible, or bits are left over (so each value has one spelling).
#[must_use]
pub fn base32_decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut buffer, mut bits) = (0_u16, 0_u32);
    for letter in text.bytes() {
        let value = match letter.to_ascii_uppercase() {
            upper @ b'A'..=b'Z' => upper - b'A',
            digit @ b'2'..=b'7' => digit - b'2' + 26,
            _ => return None,
        };
        buffer = (buffer << 5) | u16::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(buffer >> bits).ok()?);
            buffer &= (1 << bits) - 1;
        }
    }
    (bits < 5 && buffer == 0).then_some(bytes)
}

/// The canonical spelling of a [token](Ids::token) as it came in an address; `None` if it
/// cannot be one.
#[must_use]
pub fn parse_token(text: &str) -> Option<String> {
    let bytes = base32_decode(text)?;
    (bytes.len() == 10).then(|| base32(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, FixedClock, Micros};
    use proptest::prelude::*;

    #[test]
    fn rises_when_the_clock_stands_or_steps_back() {
        let clock = FixedClock::shared(Micros(1_795_253_400_000_000));
        let ids = Ids::seeded(1, clock.clone());
        let mut last = ids.next();
        for round in 0..10_000 {
            if round % 1_000 == 999 {
                clock.set(clock.now().minus(Micros::HOUR));
            }
            let next = ids.next();
            assert!(next > last, "{next} after {last}");
            assert_eq!(next.get_version_num(), 7);
            assert_eq!(next.get_variant(), uuid::Variant::RFC4122);
            last = next;
        }
        let (seconds, _) = last.get_timestamp().map_or((0, 0), |t| t.to_unix());
        assert_eq!(seconds, 1_795_253_400);
    }

    #[test]
    fn a_full_tail_borrows_a_millisecond() {
        let ids = Ids::seeded(1, FixedClock::shared(Micros(1_000_000)));
        let before = ids.next();
        ids.state.lock().tail = TAIL_MASK;
        let after = ids.next();
        assert!(after > before);
        assert_eq!(ids.state.lock().millis, 1_001);
    }

    #[test]
    fn unique_across_threads() {
        let ids = Ids::new(FixedClock::shared(Micros(1)));
        let all: Vec<Uuid> = std::thread::scope(|scope| {
            let workers: Vec<_> =
                (0..8).map(|_| scope.spawn(|| (0..500).map(|_| ids.next()).collect::<Vec<_>>())).collect();
            workers.into_iter().flat_map(|w| w.join().unwrap_or_default()).collect()
        });
        let set: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!((all.len(), set.len()), (4_000, 4_000));
    }

    #[test]
    fn seeds_repeat_and_codes_have_their_shape() {
        let make = || Ids::seeded(7, FixedClock::shared(Micros(9_000)));
        let (a, b) = (make(), make());
        assert_eq!((a.next(), a.token(), a.pin()), (b.next(), b.token(), b.pin()));
        assert_eq!(a.token().len(), 16);
        assert!((0..100).all(|_| a.pin().len() == 4));
        assert_eq!(a.random_below(0), 0);
    }

    /// RFC 4648, section 10, without the padding.
    #[test]
    fn base32_vectors() {
        for (plain, coded) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), coded);
            assert_eq!(base32_decode(coded).as_deref(), Some(plain.as_bytes()));
        }
        for bad in ["M", "MZX", "M1", "MZ", "م", "MZXW6YT!"] {
            assert_eq!(base32_decode(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn base32_round_trips(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let text = base32(&bytes);
            prop_assert_eq!(base32_decode(&text), Some(bytes.clone()));
            prop_assert_eq!(base32_decode(&text.to_ascii_lowercase()), Some(bytes));
        }

        #[test]
        fn decoding_never_panics_and_is_canonical(text in "[A-Za-z2-7 =]{0,20}") {
            if let Some(bytes) = base32_decode(&text) {
                prop_assert_eq!(base32(&bytes), text.to_ascii_uppercase());
            }
        }
    }
}
