//! The real program, run as people run it: commands, servers, signals, broken disks.
//!
//! Each test has a data folder of its own, copied from one that `init` prepared once.

mod backups;
mod browser;
mod catalogue;
mod config;
mod crates;
mod doctor;
mod erasures;
mod faults;
mod guide;
mod home;
mod imports;
mod lifecycle;
mod metrics;
mod record;
mod roles;
mod storage;
mod support;
mod users;
