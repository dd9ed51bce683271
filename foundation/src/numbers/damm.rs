//! The check digit of Damm (H. M. Damm, «Total anti-symmetrische Quasigruppen», Marburg 2004):
//! it finds every single wrong digit and every swap of two neighbours.

/// A totally anti-symmetric quasigroup of order 10 with zeros on its diagonal.
const TABLE: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// The check digit (0 to 9) to put behind these digits (values, not letters); `None` if one is
/// above 9.
#[must_use]
pub fn check_digit(digits: &[u8]) -> Option<u8> {
    digits.iter().try_fold(0_u8, |interim, digit| TABLE.get(usize::from(interim))?.get(usize::from(*digit)).copied())
}

/// Whether the last of these digits is the check digit of the others.
#[must_use]
pub fn is_valid(digits: &[u8]) -> bool {
    !digits.is_empty() && check_digit(digits) == Some(0)
}
