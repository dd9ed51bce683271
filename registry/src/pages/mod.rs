//! Pages of the registry.

pub mod errors;
