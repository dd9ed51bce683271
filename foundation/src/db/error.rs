//! What can go wrong with a database, in the few kinds that callers tell apart.

use thiserror::Error;

/// A failure of the database or of a statement.
#[derive(Clone, Debug, Error)]
pub enum DbError {
    /// A uniqueness constraint refused the row. Holds the engine's name for it: on PostgreSQL the
    /// constraint, on SQLite `table.column, …`.
    #[error("uniqueness refused: {0}")]
    Unique(String),
    /// Another constraint (foreign key, check, not null) refused the row.
    #[error("constraint refused: {0}")]
    Constraint(String),
    /// Two writers met; the command ran again as often as allowed and still met others.
    #[error("the database is busy with other writers")]
    Busy,
    /// No space is left on the disk: nothing was written.
    #[error("no space is left for the database")]
    Full,
    /// The database cannot be reached or opened.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The file is not a sound database.
    #[error("the database file is damaged: {0}")]
    Damaged(String),
    /// The stored schema is newer than this program, or differs from it.
    #[error("schema: {0}")]
    Schema(String),
    /// The database role may not do this.
    #[error("the database refuses this to the role: {0}")]
    Denied(String),
    /// A row had another shape than the code expects.
    #[error("unexpected shape: {0}")]
    Shape(String),
    /// Any other refusal of the engine.
    #[error("statement failed: {0}")]
    Statement(String),
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let rusqlite::Error::SqliteFailure(failure, ref message) = error else {
            return DbError::Statement(error.to_string());
        };
        let text = message.clone().unwrap_or_else(|| failure.to_string());
        match failure.code {
            Code::ConstraintViolation => match failure.extended_code {
                rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
                    DbError::Unique(text.trim_start_matches("UNIQUE constraint failed: ").to_owned())
                }
                _ => DbError::Constraint(text),
            },
            Code::DatabaseBusy | Code::DatabaseLocked => DbError::Busy,
            Code::DiskFull => DbError::Full,
            Code::CannotOpen | Code::ReadOnly | Code::PermissionDenied | Code::SystemIoFailure => {
                DbError::Unreachable(text)
            }
            Code::DatabaseCorrupt | Code::NotADatabase => DbError::Damaged(text),
            _ => DbError::Statement(text),
        }
    }
}

impl From<tokio_postgres::Error> for DbError {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState as State;
        let Some(db) = error.as_db_error() else {
            return if error.is_closed() {
                DbError::Unreachable(error.to_string())
            } else {
                DbError::Statement(chain(&error))
            };
        };
        let state = db.code();
        match *state {
            State::UNIQUE_VIOLATION => DbError::Unique(db.constraint().unwrap_or(db.message()).to_owned()),
            State::FOREIGN_KEY_VIOLATION | State::CHECK_VIOLATION | State::NOT_NULL_VIOLATION => {
                DbError::Constraint(db.message().to_owned())
            }
            State::T_R_SERIALIZATION_FAILURE | State::T_R_DEADLOCK_DETECTED | State::LOCK_NOT_AVAILABLE => {
                DbError::Busy
            }
            State::DISK_FULL => DbError::Full,
            State::INSUFFICIENT_PRIVILEGE => DbError::Denied(db.message().to_owned()),
            State::ADMIN_SHUTDOWN | State::CANNOT_CONNECT_NOW | State::TOO_MANY_CONNECTIONS => {
                DbError::Unreachable(db.message().to_owned())
            }
            _ => DbError::Statement(format!("{}: {}", state.code(), db.message())),
        }
    }
}

impl From<deadpool_postgres::PoolError> for DbError {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            deadpool_postgres::PoolError::Backend(inner) => match DbError::from(inner) {
                DbError::Statement(text) => DbError::Unreachable(text),
                other => other,
            },
            other => DbError::Unreachable(other.to_string()),
        }
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}
