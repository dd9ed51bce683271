//! What can happen to a member of staff. Kinds are never edited; the stream's id is the person's.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys::KeyScope;
use crate::rights::Role;

/// An event of a stream `staff`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum StaffEvent {
    /// The person works here and has an account.
    StaffAdded {
        /// Login name, folded.
        login: String,
        /// Arabic name.
        name: String,
        /// The unit to which the person belongs.
        unit: String,
        /// Path of that unit.
        path: String,
    },
    /// A role at a place.
    RoleGranted {
        /// Id of the assignment.
        assignment: Uuid,
        /// The role.
        role: Role,
        /// The unit.
        unit: String,
        /// Path of the unit.
        path: String,
        /// The department, for roles held in one.
        department: Option<String>,
        /// First day.
        first_day: Date,
        /// Last day; none until revoked.
        last_day: Option<Date>,
    },
    /// A role withdrawn before its last day.
    RoleRevoked {
        /// Id of the assignment.
        assignment: Uuid,
        /// Why.
        reason: String,
    },
    /// The account is closed; the person writes nothing from now on.
    StaffDisabled {
        /// Why.
        reason: String,
    },
    /// The account is open again.
    StaffEnabled {},
    /// An account that nobody has ever used was taken back, with the import that brought it.
    StaffRemoved {
        /// Why.
        reason: String,
    },
    /// A new first password was given out.
    PasswordReset {},
    /// The person chose a new password.
    PasswordChanged {},
    /// A program may act as this account.
    KeyGiven {
        /// Id of the key.
        key: Uuid,
        /// The system that got it.
        label: String,
        /// SHA-256 of the key, hexadecimal; the key itself is kept nowhere.
        digest: String,
        /// What it opens.
        scopes: Vec<KeyScope>,
        /// Requests a minute.
        per_minute: u32,
        /// Last day.
        last_day: Date,
    },
    /// A key is good for nothing any more.
    KeyRevoked {
        /// Id of the key.
        key: Uuid,
        /// Why.
        reason: String,
    },
}
