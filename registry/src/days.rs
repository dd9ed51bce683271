//! Today in Cairo, as the registry needs it.

use foundation::clock::Micros;
use jiff::civil::Date;

/// The day of an instant in Cairo.
pub fn today(at: Micros) -> Date {
    foundation::dates::day_of(at)
}
