//! Units that join the tree after it was loaded. Pure.

use super::events::{CentreKind, NewWindow, UnitEvent, UnitKind};
use super::rules::{Refusal, name};
use super::tree::{Tree, Unit};

/// A unit to add (وحدة جديدة).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// Its code: `01-D17`.
    pub code: String,
    /// Its kind.
    pub kind: UnitKind,
    /// Arabic name.
    pub name: String,
    /// English name; may be empty.
    pub name_en: String,
    /// Code of the unit directly above.
    pub parent: String,
    /// Longitude and latitude in millionths of a degree.
    pub point_e6: Option<(i64, i64)>,
    /// Codes of its departments; none: those of a sister unit.
    pub departments: Vec<String>,
    /// Whether it has a technological centre.
    pub centre: bool,
}

/// Windows of a new centre.
const WINDOWS: [&str; 2] = ["استقبال الطلبات", "التحصيل والتسليم"];

/// First digits of the numbers that a kind of unit carries.
fn hundred(kind: UnitKind) -> Option<std::ops::RangeInclusive<u16>> {
    match kind {
        UnitKind::Markaz => Some(101..=199),
        UnitKind::City => Some(201..=299),
        UnitKind::District => Some(301..=399),
        UnitKind::NewCity => Some(401..=499),
        UnitKind::Village => Some(501..=999),
        UnitKind::Ministry | UnitKind::Governorate | UnitKind::Body => None,
    }
}

/// Whether a unit of this kind lies directly below one of that kind.
fn lies_below(kind: UnitKind, above: UnitKind) -> bool {
    match above {
        UnitKind::Governorate => kind != UnitKind::Village,
        UnitKind::Markaz => matches!(kind, UnitKind::City | UnitKind::District | UnitKind::Village),
        UnitKind::City => matches!(kind, UnitKind::District | UnitKind::Village),
        _ => false,
    }
}

/// Decides about a new unit; gives it as the tree will show it, with its events. `known` says whether
/// the catalogue has a department of this code that can sit in a local unit; `above` is the parent,
/// which the same file may have brought.
///
/// # Errors
/// [`Refusal`].
pub fn decide_new(
    tree: &Tree,
    new: &NewUnit,
    above: &Unit,
    known: impl Fn(&str) -> bool,
) -> Result<(Unit, Vec<UnitEvent>), Refusal> {
    let digits = foundation::numbers::unit_digits(&new.code).ok_or(Refusal::UnitCode)?;
    if !hundred(new.kind).ok_or(Refusal::UnitCode)?.contains(&digits.1) {
        return Err(Refusal::UnitCode);
    }
    if new.code.get(..2) != Some(above.tenant.as_str()) || !lies_below(new.kind, above.kind) {
        return Err(Refusal::UnitParent);
    }
    // Two codes may be the same number: 01-B01 and 01-B501.
    if tree.units().iter().any(|unit| foundation::numbers::unit_digits(&unit.code) == Some(digits)) {
        return Err(Refusal::UnitKnown);
    }
    let usual = || {
        let sister =
            tree.units().iter().find(|unit| unit.tenant == above.tenant && unit.local && unit.path != above.path);
        sister.map(|unit| unit.departments.to_vec()).unwrap_or_default()
    };
    let departments = if new.departments.is_empty() { usual() } else { new.departments.clone() };
    if departments.iter().any(|code| !known(code)) {
        return Err(Refusal::NoDepartment);
    }
    let unit = Unit {
        code: new.code.clone(),
        tenant: above.tenant.clone(),
        path: above.path.child(&new.code),
        kind: new.kind,
        name: name(&new.name)?,
        name_en: new.name_en.trim().to_owned(),
        local: new.centre,
        point_e6: new.point_e6,
        coord_source: String::new(),
        departments: departments.into(),
        version: 0,
    };
    let mut events = vec![UnitEvent::UnitRecorded {
        unit: unit.code.clone(),
        path: unit.path.as_str().to_owned(),
        unit_kind: unit.kind,
        name: unit.name.clone(),
        name_en: unit.name_en.clone(),
        local: unit.local,
        lon_e6: unit.point_e6.map(|point| point.0),
        lat_e6: unit.point_e6.map(|point| point.1),
        coord_source: String::new(),
        departments: unit.departments.to_vec(),
    }];
    if new.centre {
        let windows = (1..).zip(WINDOWS).map(|(number, name)| NewWindow { number, name: name.to_owned() }).collect();
        events.push(UnitEvent::CentreOpened {
            centre: super::fixed_centre(&unit.code),
            unit: unit.code.clone(),
            centre_kind: CentreKind::Fixed,
            name: format!("المركز التكنولوجي – {}", unit.name),
            windows,
        });
    }
    Ok((unit, events))
}
