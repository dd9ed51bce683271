//! المواعيد والمدد: working days of a unit and the time limits counted in them. Pure: holidays
//! and hours are handed in, and so is the present.
//!
//! The rules: days are those of Cairo. The day of receipt is day 0; a request outside working
//! days counts as received on the next one. A limit of *n* working days ends when the back
//! office closes on the *n*th working day of the holder. A pause takes out the days from the
//! day after it begins to the day it ends. Statutory limits count calendar days.

mod feasts;
mod limits;
mod work;

pub use feasts::{coptic_easter, sham_el_nessim};
pub use limits::{Due, Pause};
pub use work::{Hours, HoursRow, Span, Weekend, WorkCalendar};

#[cfg(test)]
mod tests;
