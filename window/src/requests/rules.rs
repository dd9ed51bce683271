//! What may happen to a request, and what follows from it (قواعد سير الطلب). Pure.

mod command;

pub use command::{Command, Register};
