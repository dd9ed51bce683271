//! Loading the tree at `init`: events like any others, a governorate at a time.

use catalogue::model::{self, Department, DepartmentKind, Seat};
use foundation::db::DbError;
use jiff::ToSpan as _;
use jiff::civil::Date;
use record::{Command, Draft, Record, RecordError};

use super::events::{CalendarEvent, CentreKind, HoursKind, NewWindow, UnitEvent, UnitKind};
use super::store;
use crate::place::{NATIONAL, UnitPath};

/// What the tree is made of: the catalogue's registers.
#[derive(Debug, Clone, Copy)]
pub struct Seeding<'a> {
    /// Governorates.
    pub governorates: &'a [model::Governorate],
    /// Headquarters and local units.
    pub units: &'a [model::Unit],
    /// Departments, committees and outside bodies.
    pub departments: &'a [Department],
    /// Holidays of the country.
    pub holidays: &'a [model::Holiday],
    /// Only these governorates, for tests; `None` is all.
    pub only: Option<&'a [&'a str]>,
}

/// Why the tree could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The record failed.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A unit names a governorate that has no headquarters.
    #[error("unit {0} belongs to no governorate with headquarters")]
    Homeless(String),
}

impl From<DbError> for SeedError {
    fn from(error: DbError) -> Self {
        Self::Record(error.into())
    }
}

/// Usual hours (`rules.md` 1.6): back offices and windows, in minutes after midnight.
const BACK_OFFICE: (i64, i64) = (8 * 60, 15 * 60);
const WINDOW: (i64, i64) = (8 * 60 + 30, 14 * 60 + 30);
const RAMADAN: (i64, i64) = (9 * 60, 14 * 60);

/// Windows of a fixed centre when it opens; each centre then arranges its own.
const WINDOWS: [&str; 4] = ["استقبال الطلبات", "استقبال الطلبات", "التحصيل", "التسليم"];

/// What the windows of a new tree are for, in both languages.
pub(super) const PURPOSES: [(&str, &str); 3] =
    [("استقبال الطلبات", "Receiving requests"), ("التحصيل", "Collecting"), ("التسليم", "Hand-over")];

/// Loads the tree into a record that has none. Repeating it changes nothing.
pub async fn seed(record: &Record, what: Seeding<'_>) -> Result<(), SeedError> {
    let ministry = recorded(
        NATIONAL,
        &UnitPath::root(),
        UnitKind::Ministry,
        "وزارة التنمية المحلية",
        "Ministry of Local Development",
        Vec::new(),
    );
    append(record, NATIONAL, vec![vec![store::draft(&ministry)?]], vec![super::unit_stream(NATIONAL)]).await?;
    append(record, NATIONAL, vec![national_calendar(what.holidays)?], vec![super::calendar_stream(NATIONAL)]).await?;
    for governorate in what.governorates {
        if what.only.is_some_and(|only| !only.contains(&governorate.code.as_str())) {
            continue;
        }
        let units: Vec<&model::Unit> = what.units.iter().filter(|unit| unit.governorate == governorate.code).collect();
        let mut streams = Vec::new();
        let mut drafts = Vec::new();
        for (unit, events) in governorate_events(governorate, &units, what.departments)? {
            streams.push(super::unit_stream(&unit));
            drafts.push(events.iter().map(store::draft).collect::<Result<Vec<_>, _>>()?);
        }
        append(record, &governorate.code, drafts, streams).await?;
    }
    Ok(())
}

/// The units of a governorate with their events, parents first.
fn governorate_events(
    governorate: &model::Governorate,
    units: &[&model::Unit],
    departments: &[Department],
) -> Result<Vec<(String, Vec<UnitEvent>)>, SeedError> {
    let codes = |seats: &[Seat]| -> Vec<String> {
        departments
            .iter()
            .filter(|department| department.kind != DepartmentKind::External && seats.contains(&department.seat))
            .map(|department| department.code.clone())
            .collect()
    };
    let head = units.iter().find(|unit| unit.kind == model::UnitKind::Governorate);
    let head = head.ok_or_else(|| SeedError::Homeless(governorate.code.clone()))?;
    let head_path = UnitPath::root().child(&head.code);
    // A headquarters is also the competent unit of what belongs to no local unit.
    let mut all = vec![(head.code.clone(), local_events(head, &head_path, codes(&[Seat::Unit, Seat::Governorate])))];
    let own = codes(&[Seat::Unit]);
    for unit in units.iter().filter(|unit| unit.kind != model::UnitKind::Governorate) {
        all.push((unit.code.clone(), local_events(unit, &path_of(unit, units, &head_path, 0), own.clone())));
    }
    for body in departments.iter().filter(|department| department.seat == Seat::Body) {
        let Some(code) = body.body_unit(&governorate.code) else { continue };
        let path = head_path.child(&code);
        let name = format!("{} – {}", body.name_ar, governorate.name_ar);
        let name_en = format!("{} – {}", body.name_en, governorate.name_en);
        all.push((
            code.clone(),
            vec![recorded(&code, &path, UnitKind::Body, &name, &name_en, vec![body.code.clone()])],
        ));
    }
    all.sort_by_key(|(_, events)| events.first().map(path_text));
    Ok(all)
}

fn path_text(event: &UnitEvent) -> String {
    if let UnitEvent::UnitRecorded { path, .. } = event { path.clone() } else { String::new() }
}

/// Below the markaz or city that the list names; Cairo's zones are no units.
fn path_of(unit: &model::Unit, units: &[&model::Unit], head: &UnitPath, depth: usize) -> UnitPath {
    let parent = unit.parent_ar.as_ref().and_then(|name| {
        units.iter().find(|other| {
            other.name_ar == *name
                && other.code != unit.code
                && matches!(other.kind, model::UnitKind::Markaz | model::UnitKind::City)
        })
    });
    match parent {
        Some(parent) if depth < 4 => path_of(parent, units, head, depth + 1).child(&unit.code),
        _ => head.child(&unit.code),
    }
}

fn local_events(unit: &model::Unit, path: &UnitPath, departments: Vec<String>) -> Vec<UnitEvent> {
    let kind = match unit.kind {
        model::UnitKind::Governorate => UnitKind::Governorate,
        model::UnitKind::Markaz => UnitKind::Markaz,
        model::UnitKind::City => UnitKind::City,
        model::UnitKind::District => UnitKind::District,
        model::UnitKind::NewCity => UnitKind::NewCity,
    };
    let millionths = |degrees: f64| Some((degrees * 1e6).round() as i64);
    let mut events = vec![UnitEvent::UnitRecorded {
        unit: unit.code.clone(),
        path: path.as_str().to_owned(),
        unit_kind: kind,
        name: unit.name_ar.clone(),
        name_en: unit.name_en.clone(),
        local: unit.local,
        lon_e6: millionths(unit.lon),
        lat_e6: millionths(unit.lat),
        coord_source: unit.coord_source.clone(),
        departments,
    }];
    if unit.local {
        let windows = (1..).zip(WINDOWS).map(|(number, name)| NewWindow { number, name: name.to_owned() }).collect();
        events.push(UnitEvent::CentreOpened {
            centre: super::fixed_centre(&unit.code),
            unit: unit.code.clone(),
            centre_kind: CentreKind::Fixed,
            name: centre_name(&unit.name_ar),
            windows,
        });
    }
    events
}

/// What the fixed centre of a unit is called at the start.
pub(super) fn centre_name(unit: &str) -> String {
    format!("المركز التكنولوجي – {unit}")
}

fn recorded(
    code: &str,
    path: &UnitPath,
    kind: UnitKind,
    name: &str,
    name_en: &str,
    departments: Vec<String>,
) -> UnitEvent {
    UnitEvent::UnitRecorded {
        unit: code.to_owned(),
        path: path.as_str().to_owned(),
        unit_kind: kind,
        name: name.to_owned(),
        name_en: name_en.to_owned(),
        local: false,
        lon_e6: None,
        lat_e6: None,
        coord_source: String::new(),
        departments,
    }
}

/// Usual hours, the hours of each Ramadan that ends with a known feast, and the holidays.
fn national_calendar(holidays: &[model::Holiday]) -> Result<Vec<Draft>, RecordError> {
    let hours = |kind: HoursKind, name: &str, days: Option<(Date, Date)>, (opens_minute, closes_minute): (i64, i64)| {
        let id = format!("{}/{name}/{}", kind.code(), days.map(|days| days.0.to_string()).unwrap_or_default());
        CalendarEvent::HoursSet {
            hours: super::name_id("hours", &id),
            unit: NATIONAL.into(),
            hours_kind: kind,
            name: name.to_owned(),
            first_day: days.map(|days| days.0),
            last_day: days.map(|days| days.1),
            opens_minute,
            closes_minute,
        }
    };
    let mut events =
        vec![hours(HoursKind::BackOffice, "", None, BACK_OFFICE), hours(HoursKind::Window, "", None, WINDOW)];
    let mut year = 0;
    for feast in holidays.iter().filter(|holiday| holiday.name_ar.starts_with("عيد الفطر")) {
        if feast.date.year() == year {
            continue;
        }
        year = feast.date.year();
        let ramadan = (feast.date.saturating_sub(30.days()), feast.date.saturating_sub(1.day()));
        let name = format!("رمضان {year}");
        events
            .extend([HoursKind::BackOffice, HoursKind::Window].map(|kind| hours(kind, &name, Some(ramadan), RAMADAN)));
    }
    let mut days = std::collections::BTreeSet::new();
    for holiday in holidays.iter().filter(|holiday| days.insert(holiday.date)) {
        events.push(CalendarEvent::HolidayDeclared {
            holiday: super::name_id("holiday", &holiday.date.to_string()),
            unit: NATIONAL.into(),
            day: holiday.date,
            name: holiday.name_ar.clone(),
            decision: String::new(),
            decided_on: None,
            confirmed: matches!(holiday.status.as_str(), "past" | "fixed" | "computed"),
        });
    }
    events.iter().map(store::draft).collect()
}

async fn append(
    record: &Record,
    tenant: &str,
    drafts: Vec<Vec<Draft>>,
    streams: Vec<record::Stream>,
) -> Result<(), SeedError> {
    let parts: Vec<record::Part> =
        streams.into_iter().zip(drafts).map(|(stream, drafts)| record::Part { stream, expected: 0, drafts }).collect();
    let Some(first) = parts.first() else { return Ok(()) };
    let command = Command {
        // The same tree always comes with the same command, so that a second time is known.
        id: super::name_id("seed", &format!("{tenant}/{}", first.stream)),
        tenant: tenant.to_owned(),
        actor: None,
        assignment: None,
        on_behalf: None,
        occurred_at: record.clock().now(),
    };
    let worker = record.clone();
    let outcome = record
        .db()
        .write(move |tx| {
            let (record, command, parts) = (worker.clone(), command.clone(), parts.clone());
            Box::pin(async move {
                record.append_all(tx, &command, &parts).await?;
                store::count_change(tx).await?;
                Ok::<_, RecordError>(())
            })
        })
        .await;
    match outcome {
        Err(RecordError::Repeated(_)) => Ok(()),
        other => Ok(other?),
    }
}
