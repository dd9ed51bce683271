//! Who may give which role to whom, where. Pure.

use jiff::civil::Date;
use uuid::Uuid;

use super::events::StaffEvent;
use super::keys::{FASTEST, NewKey};
use crate::place::{Place, UnitPath};
use crate::rights::{Right, Role, Seat};
use crate::units::{Tree, Unit, UnitKind};
use crate::viewer::Assignment;

/// A member of staff as the rules see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Id.
    pub id: Uuid,
    /// Path of the unit to which the person belongs.
    pub home: UnitPath,
    /// Whether the account is closed.
    pub disabled: bool,
    /// Assignments that are not revoked and not over.
    pub held: Vec<Held>,
}

/// An assignment of a [`Person`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its id.
    pub id: Uuid,
    /// The role.
    pub role: Role,
    /// Where.
    pub place: Place,
    /// First day.
    pub first_day: Date,
    /// Last day.
    pub last_day: Option<Date>,
}

/// Who gives the command.
#[derive(Debug, Clone, Copy)]
pub enum Actor<'a> {
    /// The node's owner, from the command line.
    Machine,
    /// A member of staff with the assignments in force.
    Staff {
        /// Who.
        id: Uuid,
        /// In what capacities.
        held: &'a [Assignment],
    },
}

/// Why a command is refused; each has its words in the message files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No assignment of the actor covers the place with a sufficient rank.
    #[error("above or outside the granter")]
    AboveOrOutside,
    /// Nobody changes their own roles or account.
    #[error("one's own account")]
    OwnAccount,
    /// The role is not held at such a place.
    #[error("the role is not held at such a place")]
    WrongPlace,
    /// The role is held in a department, and none of the unit was named.
    #[error("a department of the unit is needed")]
    NeedsDepartment,
    /// There is no such unit.
    #[error("no such unit")]
    NoUnit,
    /// There is no such person.
    #[error("no such person")]
    NoPerson,
    /// The person holds this role there on some of these days.
    #[error("the role is held already")]
    HeldAlready,
    /// There is no such assignment in force.
    #[error("no such assignment")]
    NoAssignment,
    /// The account has no such key.
    #[error("no such key")]
    NoKey,
    /// The last day is before the first, or past.
    #[error("days out of order")]
    DaysOrder,
    /// The account is closed, or open, already.
    #[error("nothing changes")]
    Unchanged,
    /// The account is closed.
    #[error("the account is closed")]
    Disabled,
    /// The login name is taken.
    #[error("the login name is taken")]
    LoginTaken,
    /// The login name has other letters than allowed, or is too short.
    #[error("not a login name")]
    LoginForm,
    /// The name is missing or too short for a name of a person.
    #[error("not a name")]
    NameForm,
    /// A reason is missing.
    #[error("a reason is missing")]
    NoReason,
    /// The old password is wrong.
    #[error("the old password is wrong")]
    OldPassword,
    /// The new password is too easy to guess.
    #[error("the new password is weak")]
    WeakPassword,
}

impl Refusal {
    /// Key of its words in the message files.
    pub fn message(self) -> &'static str {
        match self {
            Self::AboveOrOutside => "registry-refused-above-or-outside",
            Self::OwnAccount => "registry-refused-own-account",
            Self::WrongPlace => "registry-refused-wrong-place",
            Self::NeedsDepartment => "registry-refused-needs-department",
            Self::NoUnit => "registry-refused-no-unit",
            Self::NoPerson => "registry-refused-no-person",
            Self::HeldAlready => "registry-refused-held-already",
            Self::NoAssignment => "registry-refused-no-assignment",
            Self::NoKey => "registry-refused-no-key",
            Self::DaysOrder => "registry-refused-days-order",
            Self::Unchanged => "registry-refused-unchanged",
            Self::Disabled => "registry-refused-disabled",
            Self::LoginTaken => "registry-refused-login-taken",
            Self::LoginForm => "registry-refused-login-form",
            Self::NameForm => "registry-refused-name-form",
            Self::NoReason => "registry-refused-no-reason",
            Self::OldPassword => "registry-refused-old-password",
            Self::WeakPassword => "registry-refused-weak-password",
        }
    }

    /// The field of the form at which it is said; empty for the form as a whole.
    pub fn field(self) -> &'static str {
        match self {
            Self::WrongPlace | Self::NoUnit => "unit",
            Self::NeedsDepartment => "department",
            Self::HeldAlready => "role",
            Self::DaysOrder => "last_day",
            Self::LoginTaken | Self::LoginForm => "login",
            Self::NameForm => "name",
            Self::NoReason => "reason",
            Self::OldPassword => "old",
            Self::WeakPassword => "new",
            _ => "",
        }
    }
}

/// Whether an assignment lets its holder give `role` at `place`.
pub fn lets_grant(held: &Assignment, role: Role, place: &Place) -> bool {
    held.gives(Right::GrantRoles, place)
        && held.role.may_grant().is_some_and(|rank| role.rank() <= rank)
        && (!role.from_above_only() || held.path.is_above(&place.path))
}

/// Whether an assignment lets its holder close, open or re-key the account of a person: it must
/// cover the person's home and everything the person is, or a reset password would lend a higher
/// role to whoever reset it.
pub fn lets_manage(held: &Assignment, person: &Person) -> bool {
    held.gives(Right::ManagePeople, &Place::unit(person.home.clone()))
        && person.held.iter().all(|one| lets_grant(held, one.role, &one.place))
}

fn first(
    actor: Actor<'_>,
    person: Option<Uuid>,
    lets: impl Fn(&Assignment) -> bool,
) -> Result<Option<Assignment>, Refusal> {
    match actor {
        Actor::Machine => Ok(None),
        Actor::Staff { id, .. } if person == Some(id) => Err(Refusal::OwnAccount),
        Actor::Staff { held, .. } => {
            held.iter().find(|held| lets(held)).cloned().map(Some).ok_or(Refusal::AboveOrOutside)
        }
    }
}

/// The assignment under which the actor manages a person; `None` for the machine.
pub fn manager(actor: Actor<'_>, person: &Person) -> Result<Option<Assignment>, Refusal> {
    first(actor, Some(person.id), |held| lets_manage(held, person))
}

/// Whether the role is held at such a place.
pub fn fits(tree: &Tree, role: Role, unit: &Unit, department: Option<&str>) -> Result<(), Refusal> {
    use UnitKind::{Body, Ministry};
    let good = match role.seat() {
        Seat::Centre => !tree.centres(&unit.code).is_empty(),
        Seat::Department => !matches!(unit.kind, Ministry | Body),
        Seat::Body => unit.kind == Body,
        Seat::Unit => !matches!(unit.kind, Ministry | Body),
        Seat::AnyUnit => unit.kind != Body,
        Seat::Ministry => unit.kind == Ministry,
    };
    if !good {
        return Err(Refusal::WrongPlace);
    }
    match (role.seat(), department) {
        (Seat::Department | Seat::Body, Some(code)) if unit.has_department(code) => Ok(()),
        (Seat::Department | Seat::Body, _) => Err(Refusal::NeedsDepartment),
        (_, None) => Ok(()),
        (_, Some(_)) => Err(Refusal::WrongPlace),
    }
}

/// A role asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The role.
    pub role: Role,
    /// The unit.
    pub unit: String,
    /// The department.
    pub department: Option<String>,
    /// First day.
    pub first_day: Date,
    /// Last day.
    pub last_day: Option<Date>,
}

/// Decides about a new person: the assignment acted under and the event.
pub fn decide_add(
    actor: Actor<'_>,
    tree: &Tree,
    login: &str,
    name: &str,
    unit: &str,
) -> Result<(Option<Assignment>, StaffEvent), Refusal> {
    let unit = tree.unit(unit).ok_or(Refusal::NoUnit)?;
    let under = first(actor, None, |held| held.gives(Right::ManagePeople, &unit.place()))?;
    let login = login_name(login)?;
    let name = person_name(name)?;
    Ok((under, StaffEvent::StaffAdded { login, name, unit: unit.code.clone(), path: unit.path.to_string() }))
}

/// Decides about a role.
pub fn decide_grant(
    actor: Actor<'_>,
    tree: &Tree,
    person: &Person,
    asked: &Asked,
    fresh: Uuid,
    today: Date,
) -> Result<(Option<Assignment>, StaffEvent), Refusal> {
    let unit = tree.unit(&asked.unit).ok_or(Refusal::NoUnit)?;
    let place = Place { path: unit.path.clone(), department: asked.department.clone() };
    // The right comes first: who may not is told nothing about the rest.
    let under = first(actor, Some(person.id), |held| lets_grant(held, asked.role, &place))?;
    if person.disabled {
        return Err(Refusal::Disabled);
    }
    fits(tree, asked.role, unit, asked.department.as_deref())?;
    if asked.last_day.is_some_and(|last| last < asked.first_day || last < today) {
        return Err(Refusal::DaysOrder);
    }
    let meets = |held: &Held| {
        held.role == asked.role
            && held.place == place
            && held.last_day.is_none_or(|last| asked.first_day <= last)
            && asked.last_day.is_none_or(|last| held.first_day <= last)
    };
    if person.held.iter().any(meets) {
        return Err(Refusal::HeldAlready);
    }
    let event = StaffEvent::RoleGranted {
        assignment: fresh,
        role: asked.role,
        unit: unit.code.clone(),
        path: unit.path.to_string(),
        department: asked.department.clone(),
        first_day: asked.first_day,
        last_day: asked.last_day,
    };
    Ok((under, event))
}

/// Decides about withdrawing a role: who may give it may take it.
pub fn decide_revoke(
    actor: Actor<'_>,
    person: &Person,
    assignment: Uuid,
    reason: &str,
) -> Result<(Option<Assignment>, StaffEvent), Refusal> {
    let one = person.held.iter().find(|held| held.id == assignment).ok_or(Refusal::NoAssignment)?;
    let under = first(actor, Some(person.id), |held| lets_grant(held, one.role, &one.place))?;
    Ok((under, StaffEvent::RoleRevoked { assignment, reason: given(reason)? }))
}

/// Decides about closing an account.
pub fn decide_disable(
    actor: Actor<'_>,
    person: &Person,
    reason: &str,
) -> Result<(Option<Assignment>, StaffEvent), Refusal> {
    let under = manager(actor, person)?;
    if person.disabled {
        return Err(Refusal::Unchanged);
    }
    Ok((under, StaffEvent::StaffDisabled { reason: given(reason)? }))
}

/// Decides about opening a closed account.
pub fn decide_enable(actor: Actor<'_>, person: &Person) -> Result<(Option<Assignment>, StaffEvent), Refusal> {
    let under = manager(actor, person)?;
    if person.disabled { Ok((under, StaffEvent::StaffEnabled {})) } else { Err(Refusal::Unchanged) }
}

/// Decides about a new first password.
pub fn decide_reset(actor: Actor<'_>, person: &Person) -> Result<(Option<Assignment>, StaffEvent), Refusal> {
    let under = manager(actor, person)?;
    if person.disabled { Err(Refusal::Disabled) } else { Ok((under, StaffEvent::PasswordReset {})) }
}

/// Decides about a key for a program: its account is open and below the one who gives it.
pub fn decide_key(
    actor: Actor<'_>,
    person: &Person,
    new: &NewKey,
    (key, digest): (Uuid, &str),
    today: Date,
) -> Result<(Option<Assignment>, StaffEvent), Refusal> {
    let under = manager(actor, person)?;
    if person.disabled {
        return Err(Refusal::Disabled);
    }
    let label = new.label.split_whitespace().collect::<Vec<_>>().join(" ");
    if label.is_empty() || label.chars().count() > 80 {
        return Err(Refusal::NameForm);
    }
    if new.last_day < today {
        return Err(Refusal::DaysOrder);
    }
    let mut scopes = new.scopes.clone();
    scopes.sort();
    scopes.dedup();
    let (per_minute, last_day) = (new.per_minute.clamp(1, FASTEST), new.last_day);
    Ok((under, StaffEvent::KeyGiven { key, label, digest: digest.to_owned(), scopes, per_minute, last_day }))
}

/// Decides about revoking a key.
pub fn decide_key_revoked(
    actor: Actor<'_>,
    person: &Person,
    key: Uuid,
    reason: &str,
) -> Result<(Option<Assignment>, StaffEvent), Refusal> {
    let under = manager(actor, person)?;
    Ok((under, StaffEvent::KeyRevoked { key, reason: given(reason)? }))
}

/// A login name as stored: lower-case Latin letters, digits, `.`, `-`, `_`; 3 to 40 of them.
pub fn login_name(text: &str) -> Result<String, Refusal> {
    let login = text.trim().to_ascii_lowercase();
    let good = (3..=40).contains(&login.len())
        && login
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'_'));
    if good { Ok(login) } else { Err(Refusal::LoginForm) }
}

fn person_name(text: &str) -> Result<String, Refusal> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = words.join(" ");
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    if words.len() < 2 || letters < 5 || name.chars().count() > 120 { Err(Refusal::NameForm) } else { Ok(name) }
}

fn given(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.chars().count() < 3 || reason.chars().count() > 500 {
        Err(Refusal::NoReason)
    } else {
        Ok(reason.to_owned())
    }
}
