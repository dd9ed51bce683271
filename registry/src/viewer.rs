//! Who looks at a page or gives a command, and what they may do where.

use std::sync::Arc;

use foundation::clock::Micros;
use uuid::Uuid;

use crate::accounts::Holder;
use crate::place::{Place, Scope, UnitPath};
use crate::rights::{Right, Role};
use crate::staff::Key;

/// A role held at a place (التكليف), in force when the viewer was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Its id, written into every event acted under it.
    pub id: Uuid,
    /// The role.
    pub role: Role,
    /// Tenant of the unit.
    pub tenant: String,
    /// Code of the unit.
    pub unit: String,
    /// Path of the unit in the tree.
    pub path: UnitPath,
    /// The only department, for roles held in one.
    pub department: Option<String>,
}

impl Assignment {
    /// The part of the tree in which this assignment gives the right, if it does.
    pub fn scope(&self, right: Right) -> Option<Scope> {
        self.role.has(right).then(|| Scope {
            tenant: self.tenant.clone(),
            path: self.path.clone(),
            department: self.department.clone(),
            reach: right.reach(),
        })
    }

    /// Whether the assignment gives the right at the place.
    pub fn gives(&self, right: Right, place: &Place) -> bool {
        self.scope(right).is_some_and(|scope| scope.covers(place))
    }

    /// The assignment's own place.
    pub fn place(&self) -> Place {
        Place { path: self.path.clone(), department: self.department.clone() }
    }
}

/// Somebody who works here, signed in (المستخدم).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Id of the staff member.
    pub id: Uuid,
    /// Login name.
    pub login: String,
    /// Arabic name.
    pub name: String,
    /// Whether the first password is still to be changed; until then nothing else opens.
    pub must_change_password: bool,
    /// Digest of the session's token; the token itself is only in the browser.
    pub session: Vec<u8>,
    /// Digest of the secret that the browser's forms prove; bound to the session at login.
    pub form_secret: Vec<u8>,
}

/// Who acts: a member of staff with assignments, the holder of a citizen's account, or an anonymous
/// visitor (الزائر).
///
/// Cheap to clone. Taken by handlers as an extractor; see [`crate::routes`].
#[derive(Debug, Clone)]
pub struct Viewer {
    person: Option<Arc<Person>>,
    holder: Option<Arc<Holder>>,
    assignments: Arc<[Assignment]>,
    /// The key that a program came with in the person's place.
    key: Option<Arc<Key>>,
    at: Micros,
}

impl Viewer {
    /// A visitor without login.
    pub fn anonymous(at: Micros) -> Self {
        Self { person: None, holder: None, assignments: Arc::from([]), key: None, at }
    }

    /// A signed-in person with the assignments in force.
    pub fn signed_in(person: Person, assignments: Vec<Assignment>, at: Micros) -> Self {
        Self { person: Some(Arc::new(person)), assignments: assignments.into(), ..Self::anonymous(at) }
    }

    /// A program that acts as a member of staff.
    pub(crate) fn with_key(person: Person, key: Key, assignments: Vec<Assignment>, at: Micros) -> Self {
        Self { key: Some(Arc::new(key)), ..Self::signed_in(person, assignments, at) }
    }

    /// The key of a program, if it is one.
    pub fn key(&self) -> Option<&Key> {
        self.key.as_deref()
    }

    /// The holder of an account.
    pub fn holder_of(holder: Holder, at: Micros) -> Self {
        Self { holder: Some(Arc::new(holder)), ..Self::anonymous(at) }
    }

    /// The same viewer at another moment (a cached session used again).
    #[must_use]
    pub fn at_moment(mut self, at: Micros) -> Self {
        self.at = at;
        self
    }

    /// The signed-in person.
    pub fn person(&self) -> Option<&Person> {
        self.person.as_deref()
    }

    /// The holder of an account, signed in.
    pub fn holder(&self) -> Option<&Holder> {
        self.holder.as_deref()
    }

    /// Id of the account signed in.
    pub fn account(&self) -> Option<Uuid> {
        self.holder.as_ref().map(|holder| holder.account.id)
    }

    /// Who acts in the record: a member of staff or an account.
    pub fn actor(&self) -> Option<Uuid> {
        self.staff().or_else(|| self.account())
    }

    /// Digest of the secret that the forms of this session prove.
    pub(crate) fn form_secret(&self) -> Option<&[u8]> {
        let staff = self.person.as_ref().map(|person| person.form_secret.as_slice());
        staff.or_else(|| self.holder.as_ref().map(|holder| holder.form_secret.as_slice()))
    }

    /// Id of the signed-in person.
    pub fn staff(&self) -> Option<Uuid> {
        self.person.as_ref().map(|person| person.id)
    }

    /// When the request came in.
    pub fn at(&self) -> Micros {
        self.at
    }

    /// Assignments in force.
    pub fn assignments(&self) -> &[Assignment] {
        &self.assignments
    }

    /// The assignment that gives the right at the place: the one to act under.
    pub fn grant(&self, right: Right, place: &Place) -> Option<&Assignment> {
        self.assignments.iter().find(|held| held.gives(right, place))
    }

    /// All assignments that give the right at the place.
    pub fn grants<'a>(&'a self, right: Right, place: &'a Place) -> impl Iterator<Item = &'a Assignment> {
        self.assignments.iter().filter(move |held| held.gives(right, place))
    }

    /// Whether the viewer has the right anywhere: whether a page of that right opens at all.
    pub fn has_anywhere(&self, right: Right) -> bool {
        self.assignments.iter().any(|held| held.role.has(right))
    }

    /// The parts of the tree in which the viewer has the right, for lists; without repetition.
    pub fn scope(&self, right: Right) -> Vec<Scope> {
        let mut scopes: Vec<Scope> = Vec::new();
        for scope in self.assignments.iter().filter_map(|held| held.scope(right)) {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
        scopes
    }

    /// The assignments that give the right anywhere (a clerk's windows, an officer's inboxes).
    pub fn holding(&self, right: Right) -> impl Iterator<Item = &Assignment> {
        self.assignments.iter().filter(move |held| held.role.has(right))
    }
}
