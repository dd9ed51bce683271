//! دليل الخدمات المنشور: which text of each service is in force, and each governorate's own figures.
//!
//! A version is published with its exact text and a first day, in the national tenant; a request
//! keeps the version of its registration for ever. The program's own files are published once, at
//! `init`; what a newer program brings is proposed to the catalogue's editor and never published by
//! itself. A governorate sets a figure by a dated decision for a period of days; a fee takes the
//! figures in force on the day of its assessment.
//!
//! Verbs: [`publish_shipped`], [`publish_file`], [`proposals`]; [`set_figure`],
//! [`withdraw_figure`]; [`load`] at start and [`watch`] while serving.

mod check;
mod diff;
pub mod events;
mod figures;
mod follow;
pub mod guide;
mod pages;
mod publish;
pub mod rules;
mod store;

pub use check::{Checked, check};
pub use figures::{set_figure, withdraw_figure};
pub use follow::{Watching, load, watch};
pub use pages::routes;
pub use publish::{Proposal, Publication, proposals, publish_file, publish_shipped};
pub use store::{ServiceSlice, Version, WITHOUT_TENANT};

use catalogue::check::Finding;
use foundation::db::DbError;
use record::RecordError;
use registry::access::Refused;

use rules::Refusal;

/// Why nothing was published, set or withdrawn.
#[derive(Debug, thiserror::Error)]
pub enum GuideError {
    /// The text has faults, each with its line.
    #[error("{} findings in the text", .0.len())]
    Unsound(Vec<Finding>),
    /// The rules refuse it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such service, governorate or figure.
    #[error("no such service, governorate or figure")]
    Unknown,
    /// The viewer may not.
    #[error(transparent)]
    Access(#[from] Refused),
    /// The record: a conflict, a fault.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<DbError> for GuideError {
    fn from(error: DbError) -> Self {
        Self::Record(error.into())
    }
}
