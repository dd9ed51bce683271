//! The service guide (دليل الخدمات) as product data, and the pure rules that read it.
//!
//! A service is one TOML file. [`Catalogue`] reads them all; [`answers`] types a submitted
//! form; [`plan`] lays out the steps and [`fees`] reckons what is owed, both from the same
//! [`expr`]essions; [`check`] tells an editor what is wrong, with file and line, and
//! [`explain`] what a service does with given answers; [`search`] finds a service in the
//! words that people use. Nothing here reads a clock or a database.

pub mod answers;
pub mod check;
mod day;
mod decimal;
pub mod explain;
pub mod expr;
pub mod fees;
mod load;
pub mod model;
pub mod plan;
mod programs;
pub mod search;
mod source_text;
pub mod words;

pub use load::{Catalogue, Entry, Registers, governorates, holidays, outlines, units};
pub use model::Service;
pub use source_text::FileError;
