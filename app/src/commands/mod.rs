//! One file a command.

pub mod api_key;
pub mod bundle;
pub mod catalogue;
pub mod config;
pub mod doctor;
pub mod import;
pub mod init;
pub mod keys;
pub mod man;
pub mod migrate;
pub mod record;
pub mod routes;
pub mod user;
