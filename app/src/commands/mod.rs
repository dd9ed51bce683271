//! One file a command.

pub mod catalogue;
pub mod config;
pub mod doctor;
pub mod init;
pub mod keys;
pub mod migrate;
pub mod record;
pub mod routes;
pub mod user;
