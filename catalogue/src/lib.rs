//! The service guide (دليل الخدمات) as product data, and the pure rules that read it.

mod decimal;
pub mod expr;
pub mod model;

pub use model::Service;
