//! Arabic text as people type it and as the platform prints it: digits, search keys, plural
//! forms, keyboard slips, order and numbers in words.

pub mod digits;
