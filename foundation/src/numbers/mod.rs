//! الأرقام المرجعية: the fifteen digits under which a request, a paper, a receipt or a letter is
//! known for ever: `kind(1) governorate(2) unit(3) year(2) serial(6) check(1)`.
//!
//! Digits only, so that a number can be said on the telephone and typed under any keyboard
//! layout. The format and its test vectors are published in `docs/numbers.md`.

mod damm;
mod help;
mod number;
mod unit;

pub use damm::{check_digit, is_valid};
pub use help::{Correction, Slip, corrections};
pub use number::{Kind, Number, NumberError};
pub use unit::{unit_code, unit_digits};

#[cfg(test)]
mod tests;
