//! صفحات الخطأ: what a handler answers when it cannot do what was asked.
//!
//! A [`PageError`] becomes a bare response that carries what to say; the shell turns it into an
//! page in the language of the request (or JSON) with the reference of the request, the right status and a way on.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

/// سبب تعذر الصفحة. Use `?`: anything that is an error of ours converts with
/// [`PageError::internal`].
#[derive(Debug)]
pub enum PageError {
    /// 400: the request makes no sense (a broken link, a missing parameter).
    BadRequest(Option<String>),
    /// 401: only after signing in; the shell sends a browser to the login page.
    SignIn,
    /// 403: not with these rights.
    Forbidden(Option<String>),
    /// 404.
    NotFound,
    /// 405.
    MethodNotAllowed,
    /// 408 and 504 of ours: it took too long.
    TimedOut,
    /// 409: someone else was faster; says what changed.
    Conflict(String),
    /// 410: it was there and is gone (an expired link).
    Gone(Option<String>),
    /// 413: says the limit in megabytes.
    TooLarge {
        /// The limit, in MB.
        megabytes: u64,
    },
    /// 415: a file or body of a kind we do not take; says which are taken.
    Unsupported(Option<String>),
    /// 422 outside a form (forms answer 422 with their own page).
    Unprocessable(String),
    /// 429: too often; says when to come back.
    TooMany {
        /// Seconds to wait.
        seconds: u64,
    },
    /// 500: our fault; the page says only the reference.
    Internal(String),
    /// Any of these with a message of ours (its key), which the shell says in the language of the page.
    Say(StatusCode, &'static str),
    /// 503: something we need is away for now (database locked, disk full).
    Unavailable(Option<String>),
}

impl PageError {
    /// Our fault, with what happened for the log (never with personal data).
    pub fn internal(what: impl fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }

    /// Our fault, from an error and the chain below it.
    pub fn from_error(error: &(dyn StdError + 'static)) -> Self {
        let mut text = error.to_string();
        let mut next = error.source();
        while let Some(cause) = next {
            let _ = write!(text, ": {cause}");
            next = cause.source();
        }
        Self::Internal(text)
    }

    /// Forbidden, without words of its own.
    #[must_use]
    pub const fn forbidden() -> Self {
        Self::Forbidden(None)
    }

    /// The status of the answer.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TimedOut => StatusCode::GATEWAY_TIMEOUT,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Gone(_) => StatusCode::GONE,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unsupported(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Say(status, _) => *status,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The name of the status in the message files (`error-<name>-title`, `error-<name>-text`).
    #[must_use]
    pub fn name(status: StatusCode) -> &'static str {
        match status.as_u16() {
            400 => "bad-request",
            401 => "sign-in",
            403 => "forbidden",
            404 => "not-found",
            405 => "method",
            408 | 504 => "timed-out",
            409 => "conflict",
            410 => "gone",
            413 => "too-large",
            415 => "unsupported",
            422 => "unprocessable",
            429 => "too-many",
            503 => "unavailable",
            s if s < 500 => "bad-request",
            _ => "internal",
        }
    }

    /// What the page says besides the standing text of its status.
    fn detail(self) -> Detail {
        let status = self.status();
        let mut detail = Detail { status, say: None, key: None, number: None, log: None };
        match self {
            Self::BadRequest(say)
            | Self::Forbidden(say)
            | Self::Gone(say)
            | Self::Unsupported(say)
            | Self::Unavailable(say) => detail.say = say,
            Self::Conflict(say) | Self::Unprocessable(say) => detail.say = Some(say),
            Self::TooLarge { megabytes } => detail.number = i64::try_from(megabytes).ok(),
            Self::TooMany { seconds } => detail.number = i64::try_from(seconds).ok(),
            Self::Say(_, key) => detail.key = Some(key),
            Self::Internal(log) => detail.log = Some(log),
            Self::SignIn | Self::NotFound | Self::MethodNotAllowed | Self::TimedOut => {}
        }
        detail
    }
}

/// What a response without a page carries to the shell.
#[derive(Clone, Debug)]
pub(super) struct Detail {
    pub(super) status: StatusCode,
    /// Words of this case, already in the language of the page.
    pub(super) say: Option<String>,
    /// Key of the words of this case, which the shell says.
    pub(super) key: Option<&'static str>,
    /// The number in the standing text (megabytes, seconds).
    pub(super) number: Option<i64>,
    /// For the log only.
    pub(super) log: Option<String>,
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internal(what) => write!(f, "internal error: {what}"),
            other => write!(f, "{}", Self::name(other.status())),
        }
    }
}

impl StdError for PageError {}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::from_error(&error)
    }
}

impl From<crate::db::DbError> for PageError {
    fn from(error: crate::db::DbError) -> Self {
        use crate::db::DbError;
        match error {
            DbError::Full | DbError::Busy | DbError::Unreachable(_) => {
                tracing::error!(error = %error, "database away");
                let key = match error {
                    DbError::Full => "error-disk-full",
                    DbError::Busy => "error-database-busy",
                    _ => "error-database-away",
                };
                Self::Say(StatusCode::SERVICE_UNAVAILABLE, key)
            }
            other => Self::from_error(&other),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let detail = self.detail();
        let mut response = detail.status.into_response();
        if detail.status == StatusCode::TOO_MANY_REQUESTS
            && let Some(seconds) = detail.number
        {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(detail);
        response
    }
}
