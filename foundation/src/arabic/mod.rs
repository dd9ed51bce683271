//! Arabic text as people type it and as the platform prints it: digits, search keys, plural
//! forms, keyboard slips, order and numbers in words.

pub mod collation;
pub mod digits;
pub mod fold;
pub mod keyboard;
pub mod plural;
pub mod search;
pub mod words;

pub use fold::fold;
pub use search::{Token, search_tokens};
