//! المرفقات: scans and photos on their way into a request's file.
//!
//! What a file is, its content says, never its name ([`judge`]). Images are decoded within limits
//! and written anew, so that nothing hides in them; a PDF that carries programs or other files is
//! refused with words. What passes is encrypted under a key of the request and stored
//! ([`store`]); files that no event ever names are swept after a day ([`SweepJob`]).

mod download;
mod judge;
mod pdf;
mod store;

use foundation::web::PageError;

pub use download::download;
pub use judge::{Accepted, MOST_BYTES, MOST_PIXELS, Media, judge};
pub use pdf::PdfFault;
pub use store::{SweepJob, fetch, keep, kept, upload};

/// Why a file is not taken (سبب رفض الملف): message key `upload-…` by [`UploadError::key`].
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// More than [`MOST_BYTES`].
    #[error("the file has more than {} MB", MOST_BYTES / 1_000_000)]
    TooLarge,
    /// Neither JPEG, PNG, WebP nor PDF, whatever its name says.
    #[error("the file is neither JPEG, PNG, WebP nor PDF")]
    Kind,
    /// An image that cannot be decoded to its end.
    #[error("the image is damaged")]
    Damaged,
    /// An image of more than [`MOST_PIXELS`], or one that needs too much memory.
    #[error("the image has more than {} million pixels", MOST_PIXELS / 1_000_000)]
    TooManyPixels,
    /// A PDF that we do not take.
    #[error("the PDF is refused: {0}")]
    Pdf(#[from] PdfFault),
    /// The request's files cannot be encrypted any more: its applicant was erased.
    #[error("the request was erased")]
    Erased,
    /// The store failed.
    #[error(transparent)]
    Files(#[from] foundation::files::FilesError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] foundation::db::DbError),
    /// The record or its keys failed.
    #[error(transparent)]
    Record(#[from] record::RecordError),
}

impl UploadError {
    /// Key of the message for a person; none for a fault of ours.
    #[must_use]
    pub const fn key(&self) -> Option<&'static str> {
        Some(match self {
            Self::Empty => "upload-empty",
            Self::TooLarge => "upload-too-large",
            Self::Kind => "upload-kind",
            Self::Damaged => "upload-damaged",
            Self::TooManyPixels => "upload-too-many-pixels",
            Self::Pdf(fault) => fault.key(),
            Self::Erased => "upload-erased",
            Self::Files(_) | Self::Db(_) | Self::Record(_) => return None,
        })
    }

    /// Status of the answer: 413 too large, 415 another kind, 422 damaged or refused, 503 ours.
    #[must_use]
    pub const fn status(&self) -> http::StatusCode {
        match self {
            Self::TooLarge => http::StatusCode::PAYLOAD_TOO_LARGE,
            Self::Kind => http::StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Empty | Self::Damaged | Self::TooManyPixels | Self::Pdf(_) | Self::Erased => {
                http::StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Files(_) | Self::Db(_) | Self::Record(_) => http::StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// A fault of ours as a page: 503 while store or database are away.
impl From<UploadError> for PageError {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::Files(error) => {
                tracing::error!(%error, "the file store");
                PageError::Unavailable(None)
            }
            UploadError::Db(error) => error.into(),
            other => PageError::from_error(&other),
        }
    }
}
