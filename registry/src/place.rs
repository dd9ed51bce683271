//! Places in the one tree ministry › governorate › unit, as paths of unit codes.

use std::fmt;
use std::sync::Arc;

/// Code of the ministry's own unit (الوزارة), the root of the tree, and of the national tenant.
pub const NATIONAL: &str = "00";

/// Department code of the technological centre's window (المركز التكنولوجي، الشباك).
pub const WINDOW: &str = "TECH";

/// Way from the ministry down to a unit (مسار الوحدة): `00/01-G00/01-D07`.
///
/// Codes never contain `/`, so containment is a comparison of text and a prefix range in an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitPath(Arc<str>);

impl UnitPath {
    /// The path of the ministry.
    pub fn root() -> Self {
        Self(NATIONAL.into())
    }

    /// A path as stored in the `path` column of a unit.
    pub fn stored(text: &str) -> Self {
        Self(text.into())
    }

    /// The path of a unit directly below this one.
    pub fn child(&self, unit: &str) -> Self {
        Self(format!("{}/{unit}", self.0).into())
    }

    /// Whether `other` is this unit or lies anywhere below it.
    pub fn contains(&self, other: &UnitPath) -> bool {
        match other.0.strip_prefix(&*self.0) {
            Some(rest) => rest.is_empty() || rest.starts_with('/'),
            None => false,
        }
    }

    /// Whether `other` lies below this unit and is not the unit itself.
    pub fn is_above(&self, other: &UnitPath) -> bool {
        self != other && self.contains(other)
    }

    /// Code of the unit at the end of the path.
    pub fn unit(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The units from the ministry down to this one.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// Tenant (the governorate's two digits) of the unit: `00` for the ministry.
    pub fn tenant(&self) -> &str {
        self.unit().get(..2).unwrap_or(NATIONAL)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Bounds `[from, to)` of the paths strictly below, for a range in an index.
    pub fn below(&self) -> (String, String) {
        // '0' follows '/' in byte order.
        (format!("{}/", self.0), format!("{}0", self.0))
    }
}

impl fmt::Display for UnitPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Where something is done (المكان): a unit, and in it one department or the unit as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The unit.
    pub path: UnitPath,
    /// The department (or committee) in the unit; `None` is the unit as a whole.
    pub department: Option<String>,
}

impl Place {
    /// The unit as a whole.
    pub fn unit(path: UnitPath) -> Self {
        Self { path, department: None }
    }

    /// One department of the unit.
    pub fn department(path: UnitPath, department: impl Into<String>) -> Self {
        Self { path, department: Some(department.into()) }
    }

    /// The ministry as a whole.
    pub fn national() -> Self {
        Self::unit(UnitPath::root())
    }

    /// Tenant of the place's unit.
    pub fn tenant(&self) -> &str {
        self.path.tenant()
    }
}

/// How far down the tree a right reaches from the place where it is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Only in the very unit: work on cases. The governorate's planner does not decide for a district.
    Here,
    /// In the unit and everything below it: administration and oversight.
    Below,
}

/// One part of a list that a viewer may see (نطاق العرض).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Tenant of the unit; `00` with [`Reach::Below`] means every tenant.
    pub tenant: String,
    /// Path of the unit.
    pub path: UnitPath,
    /// The only department, if the assignment names one.
    pub department: Option<String>,
    /// Whether units below are included.
    pub reach: Reach,
}

impl Scope {
    /// Code of the unit where the scope begins.
    pub fn unit(&self) -> &str {
        self.path.unit()
    }

    /// Whether the scope covers the whole country.
    pub fn is_national(&self) -> bool {
        self.reach == Reach::Below && self.path == UnitPath::root() && self.department.is_none()
    }

    /// Whether the place lies inside. A scope of one department does not cover the unit as a whole.
    pub fn covers(&self, place: &Place) -> bool {
        let unit = match self.reach {
            Reach::Here => self.path == place.path,
            Reach::Below => self.path.contains(&place.path),
        };
        unit && (self.department.is_none() || self.department == place.department)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_contains_itself_and_what_is_below_and_no_namesake() {
        let cairo = UnitPath::root().child("01-G00");
        let shubra = cairo.child("01-D01");
        assert!(cairo.contains(&shubra) && cairo.contains(&cairo) && cairo.is_above(&shubra));
        assert!(!shubra.contains(&cairo) && !cairo.is_above(&cairo));
        assert!(!UnitPath::stored("00/01-G0").contains(&cairo));
        assert_eq!(shubra.unit(), "01-D01");
        assert_eq!(shubra.tenant(), "01");
        assert_eq!(UnitPath::root().tenant(), "00");
        let (from, to) = cairo.below();
        assert!(from.as_str() <= shubra.as_str() && shubra.as_str() < to.as_str());
        assert!(UnitPath::stored("00/01-G001").as_str() >= to.as_str());
    }

    #[test]
    fn one_department_is_not_the_whole_unit() {
        let path = UnitPath::root().child("01-G00").child("01-D01");
        let scope = |department: Option<&str>| Scope {
            tenant: "01".into(),
            path: path.clone(),
            department: department.map(Into::into),
            reach: Reach::Here,
        };
        assert!(scope(None).covers(&Place::department(path.clone(), "ENG")));
        assert!(scope(Some("ENG")).covers(&Place::department(path.clone(), "ENG")));
        assert!(!scope(Some("ENG")).covers(&Place::department(path.clone(), "LIC")));
        assert!(!scope(Some("ENG")).covers(&Place::unit(path.clone())));
        assert!(!scope(None).covers(&Place::unit(path.child("01-V01"))));
    }
}
