//! Why a command did not come about.

use foundation::db::DbError;
use foundation::web::PageError;
use record::{KeyError, RecordError};
use registry::access::Refused;
use registry::citizens::CitizenError;

use crate::numbers::BookError;
use crate::requests::rules::Refusal;
use crate::requests::state::Mark;

/// Why a command did not come about (سبب عدم التنفيذ).
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// No such request, or not in this governorate.
    #[error("no such request")]
    NotFound,
    /// Nobody is signed in, or the session ended meanwhile.
    #[error("not signed in")]
    SignIn,
    /// The viewer has no right to this at this place.
    #[error("no right to this")]
    Forbidden,
    /// The rules refuse it: [`Refusal::key`] and [`Refusal::args`] say why.
    #[error(transparent)]
    Refused(Refusal),
    /// Somebody acted meanwhile in a way that matters.
    #[error("the request has changed meanwhile")]
    Changed {
        /// What happened since, oldest first.
        since: Vec<Mark>,
    },
    /// A file was named that was not uploaded for this request.
    #[error("a file that was not uploaded for this request")]
    UnknownFile,
    /// The applicant's data were erased.
    #[error("the applicant was erased")]
    Erased,
    /// The mandate was ended, its days are over, or the service is outside it.
    #[error("the mandate does not cover this")]
    NoMandate,
    /// No such service, or not in this version.
    #[error("the service is not known here")]
    NoService,
    /// No such unit.
    #[error("no such unit: {0}")]
    NoUnit(String),
    /// The applicant's data are refused.
    #[error(transparent)]
    Applicant(registry::citizens::Refusal),
    /// No number could be drawn.
    #[error(transparent)]
    Book(#[from] BookError),
    /// This node does not issue for the governorate.
    #[error("this node has no issuing key of governorate {0}")]
    NoIssuingKey(String),
    /// The paper could not be signed.
    #[error(transparent)]
    Sign(#[from] documents::sign::SignError),
    /// The record failed.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl ActError {
    /// Whether somebody else was faster in the same moment, so that deciding anew gives an answer.
    pub(super) const fn was_outrun(&self) -> bool {
        matches!(
            self,
            Self::Record(RecordError::Conflict { .. } | RecordError::Db(DbError::Unique(_)))
                | Self::Book(BookError::Db(DbError::Unique(_)))
        )
    }
}

impl From<Refusal> for ActError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Changed { since } => Self::Changed { since },
            Refusal::NotFound => Self::NotFound,
            refusal => Self::Refused(refusal),
        }
    }
}

impl From<DbError> for ActError {
    fn from(error: DbError) -> Self {
        Self::Record(error.into())
    }
}

impl From<KeyError> for ActError {
    fn from(error: KeyError) -> Self {
        Self::Record(error.into())
    }
}

impl From<Refused> for ActError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotSignedIn | Refused::Ended => Self::SignIn,
            Refused::NoRight => Self::Forbidden,
            Refused::Db(error) => error.into(),
        }
    }
}

impl From<CitizenError> for ActError {
    fn from(error: CitizenError) -> Self {
        match error {
            CitizenError::Refused(registry::citizens::Refusal::Erased) => Self::Erased,
            CitizenError::Refused(refusal) => Self::Applicant(refusal),
            CitizenError::Access(refused) => refused.into(),
            CitizenError::Record(error) => error.into(),
        }
    }
}

/// For handlers that have no page of their own for it; forms show refusals at their fields.
impl From<ActError> for PageError {
    fn from(error: ActError) -> Self {
        match error {
            ActError::NotFound | ActError::NoService | ActError::NoUnit(_) => Self::NotFound,
            ActError::SignIn => Self::SignIn,
            ActError::Forbidden => Self::forbidden(),
            ActError::Erased => Self::Gone(None),
            ActError::Record(RecordError::Db(error)) | ActError::Book(BookError::Db(error)) => error.into(),
            error => Self::from_error(&error),
        }
    }
}
