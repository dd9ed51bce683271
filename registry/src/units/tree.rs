//! The tree in memory: units, centres, windows, hours, holidays, as one unchanging picture.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use catalogue::model::{Department, Seat};
use foundation::calendar::WorkCalendar;
use foundation::lang::Lang;
use jiff::civil::Date;
use uuid::Uuid;

use super::events::{CentreKind, HoursKind, UnitKind};
use crate::freezes::Freeze;
use crate::place::{Place, UnitPath};

/// Unit (وحدة).
#[derive(Debug, Clone)]
pub struct Unit {
    /// `01-D07`.
    pub code: String,
    /// Its tenant.
    pub tenant: String,
    /// Way from the ministry.
    pub path: UnitPath,
    /// Its kind.
    pub kind: UnitKind,
    /// Arabic name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Under Local Development.
    pub local: bool,
    /// Longitude and latitude in millionths of a degree.
    pub point_e6: Option<(i64, i64)>,
    /// `geonames`, `approx` or empty.
    pub coord_source: String,
    /// Codes of its departments and committees.
    pub departments: Arc<[String]>,
    /// Version of its stream.
    pub version: i64,
}

impl Unit {
    /// The unit as a whole.
    pub fn place(&self) -> Place {
        Place::unit(self.path.clone())
    }

    /// Its name in a language; the Arabic one where the tree has no other.
    pub fn name_in(&self, lang: Lang) -> &str {
        lang.pick(&self.name, &self.name_en)
    }

    /// Whether the department works here.
    pub fn has_department(&self, code: &str) -> bool {
        self.departments.iter().any(|department| department == code)
    }
}

/// Centre (مركز تكنولوجي).
#[derive(Debug, Clone)]
pub struct Centre {
    /// Its id.
    pub id: Uuid,
    /// Its unit.
    pub unit: String,
    /// Fixed or mobile.
    pub kind: CentreKind,
    /// Its name.
    pub name: String,
    /// Its windows by number.
    pub windows: Vec<CentreWindow>,
}

/// Window of a centre (شباك).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentreWindow {
    /// Its number.
    pub number: i64,
    /// What it is for.
    pub name: String,
    /// Whether it works.
    pub is_open: bool,
}

impl CentreWindow {
    /// What it is for, in a language: the purposes that a new tree begins with have English names.
    pub fn name_in(&self, lang: Lang) -> &str {
        let english = super::seed::PURPOSES.iter().find(|(arabic, _)| *arabic == self.name);
        lang.pick(&self.name, english.map_or("", |(_, english)| english))
    }
}

/// Member of a committee (عضو لجنة).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Id of the membership.
    pub id: Uuid,
    /// The unit.
    pub unit: String,
    /// The committee.
    pub department: String,
    /// Name.
    pub name: String,
    /// In what capacity.
    pub capacity: String,
}

/// Working hours (مواعيد العمل): the usual ones, or those of some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// Id of the row.
    pub id: Uuid,
    /// The unit that set them.
    pub unit: String,
    /// Whose hours.
    pub kind: HoursKind,
    /// What they are called.
    pub name: String,
    /// First day, of hours for some days.
    pub first_day: Option<Date>,
    /// Last day, of hours for some days.
    pub last_day: Option<Date>,
    /// Minutes after midnight.
    pub opens_minute: i64,
    /// Minutes after midnight.
    pub closes_minute: i64,
}

/// Holiday (عطلة) of a unit and everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// Its id.
    pub id: Uuid,
    /// The unit; `00` is the whole country.
    pub unit: String,
    /// The day.
    pub day: Date,
    /// Its name.
    pub name: String,
    /// Number of the decision.
    pub decision: String,
    /// Day of the decision.
    pub decided_on: Option<Date>,
    /// Whether the date is certain.
    pub confirmed: bool,
}

/// English names of the holidays that the catalogue ships, by day and Arabic name.
static ENGLISH_HOLIDAYS: LazyLock<HashMap<(Date, String), String>> = LazyLock::new(|| {
    let shipped = catalogue::holidays().unwrap_or_default();
    shipped.into_iter().map(|holiday| ((holiday.date, holiday.name_ar), holiday.name_en)).collect()
});

impl Holiday {
    /// Its name in a language; what a unit declared itself is called as it was written.
    pub fn name_in(&self, lang: Lang) -> &str {
        if lang == Lang::Ar {
            return &self.name;
        }
        ENGLISH_HOLIDAYS.get(&(self.day, self.name.clone())).map_or(&self.name, |english| english)
    }
}

/// What the tables hold, before it is put together.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub units: Vec<Unit>,
    pub centres: Vec<Centre>,
    pub members: Vec<Member>,
    pub hours: Vec<Hours>,
    pub holidays: Vec<Holiday>,
    pub calendar_versions: HashMap<String, i64>,
    pub freezes: Vec<Freeze>,
}

/// The whole tree at one moment (شجرة الوحدات).
#[derive(Default)]
pub struct Tree {
    /// By path, so that what lies below a unit follows it.
    units: Vec<Arc<Unit>>,
    by_code: HashMap<String, usize>,
    centres: HashMap<String, Vec<Arc<Centre>>>,
    by_centre: HashMap<Uuid, Arc<Centre>>,
    members: Vec<Member>,
    hours: HashMap<String, Vec<Hours>>,
    holidays: HashMap<String, Vec<Holiday>>,
    calendars: HashMap<String, Arc<WorkCalendar>>,
    calendar_versions: HashMap<String, i64>,
    /// Newest first.
    freezes: Vec<Freeze>,
}

impl Tree {
    pub(super) fn of(mut parts: Parts) -> Self {
        parts.units.sort_by(|a, b| a.path.cmp(&b.path));
        let mut tree = Tree {
            members: parts.members,
            calendar_versions: parts.calendar_versions,
            freezes: parts.freezes,
            ..Tree::default()
        };
        for unit in parts.units {
            tree.by_code.insert(unit.code.clone(), tree.units.len());
            tree.units.push(Arc::new(unit));
        }
        for centre in parts.centres {
            let centre = Arc::new(centre);
            tree.by_centre.insert(centre.id, centre.clone());
            tree.centres.entry(centre.unit.clone()).or_default().push(centre);
        }
        for row in parts.hours {
            tree.hours.entry(row.unit.clone()).or_default().push(row);
        }
        for holiday in parts.holidays {
            tree.holidays.entry(holiday.unit.clone()).or_default().push(holiday);
        }
        // Parents come before children: a unit without rows of its own shares its parent's calendar.
        for at in 0..tree.units.len() {
            let Some(unit) = tree.units.get(at).cloned() else { continue };
            let own = tree.hours.contains_key(&unit.code) || tree.holidays.contains_key(&unit.code);
            let inherited = tree.parent(&unit.code).and_then(|parent| tree.calendars.get(&parent.code)).cloned();
            let calendar = match inherited {
                Some(calendar) if !own => calendar,
                _ => Arc::new(super::calendar::of(&tree, &unit)),
            };
            tree.calendars.insert(unit.code.clone(), calendar);
        }
        tree
    }

    /// Every licensing freeze, newest first, lifted and past ones too.
    pub fn freezes(&self) -> &[Freeze] {
        &self.freezes
    }

    /// A licensing freeze.
    pub fn freeze(&self, id: Uuid) -> Option<&Freeze> {
        self.freezes.iter().find(|freeze| freeze.id == id)
    }

    /// A unit by its code.
    pub fn unit(&self, code: &str) -> Option<&Arc<Unit>> {
        self.by_code.get(code).and_then(|at| self.units.get(*at))
    }

    /// Arabic name of a unit; its code if there is no such unit.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.unit(code).map_or(code, |unit| &unit.name)
    }

    /// Name of a unit in a language; its code if there is no such unit.
    pub fn name_in<'a>(&'a self, lang: Lang, code: &'a str) -> &'a str {
        self.unit(code).map_or(code, |unit| unit.name_in(lang))
    }

    /// Name of a centre in a language. The fixed centre that came with its unit is called after it; other
    /// names are as people wrote them.
    pub fn centre_name(&self, lang: Lang, centre: &Centre) -> String {
        let unit = self.unit(&centre.unit);
        match unit.filter(|unit| lang == Lang::En && centre.name == super::seed::centre_name(&unit.name)) {
            Some(unit) => format!("Technological Centre – {}", unit.name_in(lang)),
            None => centre.name.clone(),
        }
    }

    /// Path of a unit.
    pub fn path(&self, code: &str) -> Option<UnitPath> {
        self.unit(code).map(|unit| unit.path.clone())
    }

    /// All units, parents before children.
    pub fn units(&self) -> &[Arc<Unit>] {
        &self.units
    }

    /// The unit directly above.
    pub fn parent(&self, code: &str) -> Option<&Arc<Unit>> {
        let path = &self.unit(code)?.path;
        let (above, _) = path.as_str().rsplit_once('/')?;
        self.unit(UnitPath::stored(above).unit())
    }

    /// The units directly below, by name as the tables order them.
    pub fn children(&self, code: &str) -> Vec<&Arc<Unit>> {
        let Some(unit) = self.unit(code) else { return Vec::new() };
        self.below(&unit.path)
            .filter(|below| self.parent(&below.code).is_some_and(|parent| parent.code == code))
            .collect()
    }

    /// Everything strictly below a path.
    pub fn below<'a>(&'a self, path: &'a UnitPath) -> impl Iterator<Item = &'a Arc<Unit>> {
        self.units.iter().filter(move |unit| path.is_above(&unit.path))
    }

    /// The units from the ministry down to this one, itself included.
    pub fn way(&self, code: &str) -> Vec<&Arc<Unit>> {
        self.unit(code).map(|unit| unit.path.units().filter_map(|code| self.unit(code)).collect()).unwrap_or_default()
    }

    /// Centres of a unit: the fixed one first.
    pub fn centres(&self, unit: &str) -> &[Arc<Centre>] {
        self.centres.get(unit).map_or(&[], Vec::as_slice)
    }

    /// All centres.
    pub fn all_centres(&self) -> impl Iterator<Item = &Arc<Centre>> {
        self.by_centre.values()
    }

    /// A centre by its id.
    pub fn centre(&self, id: Uuid) -> Option<&Arc<Centre>> {
        self.by_centre.get(&id)
    }

    /// Members of a committee of a unit.
    pub fn members<'a>(&'a self, unit: &'a str, department: &'a str) -> impl Iterator<Item = &'a Member> {
        self.members.iter().filter(move |member| member.unit == unit && member.department == department)
    }

    /// Whether somebody of this membership sits on a committee of the unit.
    pub fn committee_has(&self, unit: &str, member: Uuid) -> bool {
        self.members.iter().any(|one| one.id == member && one.unit == unit)
    }

    /// Hours that the unit itself has set.
    pub fn own_hours(&self, unit: &str) -> &[Hours] {
        self.hours.get(unit).map_or(&[], Vec::as_slice)
    }

    /// Hours of a kind that can hold for the unit, from its own to the ministry's.
    pub fn hours(&self, unit: &str, kind: HoursKind) -> Vec<&Hours> {
        let way = self.way(unit);
        way.iter().rev().flat_map(|above| self.own_hours(&above.code)).filter(|row| row.kind == kind).collect()
    }

    /// Holidays that the unit itself has declared.
    pub fn own_holidays(&self, unit: &str) -> &[Holiday] {
        self.holidays.get(unit).map_or(&[], Vec::as_slice)
    }

    /// Holidays in force for the unit: its own and those of every unit above it, by day.
    pub fn holidays(&self, unit: &str) -> Vec<&Holiday> {
        let mut days: Vec<&Holiday> =
            self.way(unit).into_iter().flat_map(|above| self.own_holidays(&above.code)).collect();
        days.sort_by_key(|holiday| holiday.day);
        days
    }

    /// The calendar of working days of a unit.
    pub fn calendar(&self, unit: &str) -> Option<&Arc<WorkCalendar>> {
        self.calendars.get(unit)
    }

    /// Version of the stream of a unit's own calendar; 0 if it has none.
    pub fn calendar_version(&self, unit: &str) -> i64 {
        self.calendar_versions.get(unit).copied().unwrap_or(0)
    }

    /// Who holds a step of this department for a request of the competent unit.
    pub fn holder(&self, competent: &str, department: &Department) -> Option<Place> {
        let unit = self.unit(competent)?;
        let holder = match department.seat {
            Seat::Unit => unit.clone(),
            Seat::Governorate => self.governorate(&unit.tenant)?.clone(),
            Seat::Body => self.unit(&department.body_unit(&unit.tenant)?)?.clone(),
        };
        Some(Place::department(holder.path.clone(), department.code.clone()))
    }

    /// The headquarters of a governorate (or the ministry, for `00`).
    pub fn governorate(&self, tenant: &str) -> Option<&Arc<Unit>> {
        if tenant == crate::place::NATIONAL { self.unit(tenant) } else { self.unit(&format!("{tenant}-G00")) }
    }
}

#[cfg(test)]
impl Tree {
    /// A tree of paths with kinds and departments; local units have a centre.
    pub(crate) fn for_tests(units: &[(&str, UnitKind, &str)]) -> Self {
        let mut parts = Parts::default();
        for (path, kind, departments) in units {
            let path = UnitPath::stored(path);
            let code = path.unit().to_owned();
            if !matches!(kind, UnitKind::Ministry | UnitKind::Body) {
                let id = super::fixed_centre(&code);
                parts.centres.push(Centre {
                    id,
                    unit: code.clone(),
                    kind: CentreKind::Fixed,
                    name: code.clone(),
                    windows: Vec::new(),
                });
            }
            parts.units.push(Unit {
                tenant: path.tenant().to_owned(),
                kind: *kind,
                name: code.clone(),
                name_en: code.clone(),
                local: true,
                point_e6: None,
                coord_source: String::new(),
                departments: departments.split_ascii_whitespace().map(str::to_owned).collect(),
                version: 1,
                code,
                path,
            });
        }
        Self::of(parts)
    }
}
