//! Rows of the tree: `apply`, and every SQL statement of the slice.

use std::collections::HashMap;
use std::sync::Arc;

use foundation::db::{DbError, Query, Row, Tx};
use foundation::params;
use jiff::civil::Date;
use record::{BoxFuture, Event, RecordError, Slice, Table};

use super::events::{CalendarEvent, CentreKind, HoursKind, NewWindow, UnitEvent, UnitKind};
use super::tree::{Centre, CentreWindow, Holiday, Hours, Member, Parts, Unit};
use super::vans::VanStop;
use crate::freezes;
use crate::place::UnitPath;

/// The slice of units and their calendars.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnitSlice;

impl Slice for UnitSlice {
    fn name(&self) -> &'static str {
        "units"
    }

    fn stream_kinds(&self) -> &'static [&'static str] {
        &["unit", "calendar", freezes::STREAM]
    }

    fn tables(&self) -> &'static [Table] {
        const TABLES: &[Table] = &[
            Table::projection("units", &["unit"]),
            Table::projection("centres", &["centre"]),
            Table::projection("centre_windows", &["centre", "number"]),
            Table::projection("committee_members", &["member"]),
            Table::projection("van_stops", &["stop"]),
            Table::projection("working_hours", &["hours"]),
            Table::projection("holidays", &["holiday"]),
            Table::projection("calendars", &["unit"]),
            Table::projection("freezes", &["id"]),
            Table::working("registry_changes", &["name"]),
        ];
        TABLES
    }

    fn apply<'a>(&'a self, tx: &'a mut Tx, event: &'a Event) -> BoxFuture<'a, Result<(), RecordError>> {
        Box::pin(async move {
            match &*event.stream.kind {
                "unit" => apply_unit(tx, event).await,
                freezes::STREAM => freezes::apply(tx, event).await,
                _ => apply_calendar(tx, event).await,
            }
        })
    }
}

/// Reads an event's data as the variant that its kind names.
pub(crate) fn tagged<T: serde::de::DeserializeOwned>(event: &Event) -> Result<T, RecordError> {
    let data: serde_json::Value = event.data()?;
    Ok(serde_json::from_value(serde_json::json!({ "kind": event.kind, "data": data }))?)
}

/// Makes the draft of an event that is an enum of kinds.
pub(crate) fn draft<T: serde::Serialize>(event: &T) -> Result<record::Draft, RecordError> {
    match serde_json::to_value(event)? {
        serde_json::Value::Object(mut map) => {
            let kind = map.get("kind").and_then(|kind| kind.as_str()).map(str::to_owned);
            let kind = kind.ok_or_else(|| RecordError::Shape("an event without a kind".into()))?;
            Ok(record::Draft { kind, data: map.remove("data").unwrap_or_default() })
        }
        _ => Err(RecordError::Shape("an event that is no object".into())),
    }
}

async fn apply_unit(tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
    let tenant = event.tenant.as_str();
    let change: UnitEvent = tagged(event)?;
    let of = change.unit().to_owned();
    match change {
        UnitEvent::UnitRecorded {
            unit,
            path,
            unit_kind,
            name,
            name_en,
            local,
            lon_e6,
            lat_e6,
            coord_source,
            departments,
        } => {
            tx.execute(
                "INSERT INTO units (unit, tenant, path, kind, name, name_en, local, lon_e6, lat_e6, coord_source, departments, version) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                params![
                    unit, tenant, path, unit_kind.code(), name, name_en, local, lon_e6, lat_e6, coord_source,
                    departments.join(" "), event.version
                ],
            )
            .await?;
            return Ok(());
        }
        UnitEvent::DepartmentOpened { unit, department } => {
            let mut all = departments(tx, &unit).await?;
            if !all.contains(&department) {
                all.push(department);
            }
            set_departments(tx, &unit, &all).await?;
        }
        UnitEvent::DepartmentClosed { unit, department } => {
            let mut all = departments(tx, &unit).await?;
            all.retain(|code| *code != department);
            set_departments(tx, &unit, &all).await?;
        }
        UnitEvent::CentreOpened { centre, unit, centre_kind, name, windows } => {
            tx.execute(
                "INSERT INTO centres (centre, tenant, unit, kind, name) VALUES ($1, $2, $3, $4, $5)",
                params![centre, tenant, unit.as_str(), centre_kind.code(), name],
            )
            .await?;
            add_windows(tx, tenant, &unit, centre, &windows).await?;
        }
        UnitEvent::WindowAdded { centre, unit, number, name } => {
            add_windows(tx, tenant, &unit, centre, &[NewWindow { number, name }]).await?;
        }
        UnitEvent::WindowRenamed { centre, number, name, .. } => {
            tx.execute(
                "UPDATE centre_windows SET name = $3 WHERE centre = $1 AND number = $2",
                params![centre, number, name],
            )
            .await?;
        }
        UnitEvent::WindowOpened { centre, number, .. } => set_open(tx, centre, number, true).await?,
        UnitEvent::WindowClosed { centre, number, .. } => set_open(tx, centre, number, false).await?,
        UnitEvent::VanStopPlanned { stop, centre, unit, day, place, opens_minute, closes_minute } => {
            tx.execute(
                "INSERT INTO van_stops (stop, tenant, unit, centre, day, place, opens_minute, closes_minute) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                params![stop, tenant, unit, centre, day.to_string(), place, opens_minute, closes_minute],
            )
            .await?;
        }
        UnitEvent::VanStopCancelled { stop, .. } => {
            tx.execute("DELETE FROM van_stops WHERE stop = $1", params![stop]).await?;
        }
        UnitEvent::MemberNamed { member, unit, department, name, capacity } => {
            tx.execute(
                "INSERT INTO committee_members (member, tenant, unit, department, name, capacity) VALUES ($1, $2, $3, $4, $5, $6)",
                params![member, tenant, unit, department, name, capacity],
            )
            .await?;
        }
        UnitEvent::UnitRemoved { unit, .. } => {
            for table in ["centre_windows", "centres", "committee_members", "van_stops", "units"] {
                tx.execute(&format!("DELETE FROM {table} WHERE unit = $1"), params![unit.as_str()]).await?;
            }
            return Ok(());
        }
        UnitEvent::MemberReleased { member, .. } => {
            tx.execute("DELETE FROM committee_members WHERE member = $1", params![member]).await?;
        }
    }
    tx.execute("UPDATE units SET version = $2 WHERE unit = $1", params![of, event.version]).await?;
    Ok(())
}

async fn departments(tx: &mut Tx, unit: &str) -> Result<Vec<String>, RecordError> {
    let row = tx.query_one("SELECT departments FROM units WHERE unit = $1", params![unit]).await?;
    Ok(words(&row.get::<String>("departments")?))
}

async fn set_departments(tx: &mut Tx, unit: &str, all: &[String]) -> Result<(), RecordError> {
    tx.execute("UPDATE units SET departments = $2 WHERE unit = $1", params![unit, all.join(" ")]).await?;
    Ok(())
}

async fn add_windows(
    tx: &mut Tx,
    tenant: &str,
    unit: &str,
    centre: uuid::Uuid,
    windows: &[NewWindow],
) -> Result<(), RecordError> {
    if windows.is_empty() {
        return Ok(());
    }
    let mut all = params![tenant, unit, centre];
    let mut rows = Vec::new();
    for window in windows {
        all.extend(params![window.number, window.name.as_str()]);
        rows.push(format!("($3, ${}, $1, $2, ${}, 1)", all.len() - 1, all.len()));
    }
    let sql =
        format!("INSERT INTO centre_windows (centre, number, tenant, unit, name, is_open) VALUES {}", rows.join(", "));
    tx.execute(&sql, all).await?;
    Ok(())
}

async fn set_open(tx: &mut Tx, centre: uuid::Uuid, number: i64, open: bool) -> Result<(), RecordError> {
    tx.execute(
        "UPDATE centre_windows SET is_open = $3 WHERE centre = $1 AND number = $2",
        params![centre, number, open],
    )
    .await?;
    Ok(())
}

async fn apply_calendar(tx: &mut Tx, event: &Event) -> Result<(), RecordError> {
    let tenant = event.tenant.as_str();
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let of = match tagged::<CalendarEvent>(event)? {
        CalendarEvent::HoursSet { hours, unit, hours_kind, name, first_day, last_day, opens_minute, closes_minute } => {
            tx.execute(
                "INSERT INTO working_hours (hours, tenant, unit, kind, name, first_day, last_day, opens_minute, closes_minute) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                params![
                    hours, tenant, unit.as_str(), hours_kind.code(), name, day(first_day), day(last_day), opens_minute, closes_minute
                ],
            )
            .await?;
            unit
        }
        CalendarEvent::HoursWithdrawn { hours, unit } => {
            tx.execute("DELETE FROM working_hours WHERE hours = $1", params![hours]).await?;
            unit
        }
        CalendarEvent::HolidayDeclared { holiday, unit, day: date, name, decision, decided_on, confirmed } => {
            tx.execute(
                "INSERT INTO holidays (holiday, tenant, unit, day, name, decision, decided_on, confirmed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                params![holiday, tenant, unit.as_str(), date.to_string(), name, decision, day(decided_on), confirmed],
            )
            .await?;
            unit
        }
        CalendarEvent::HolidayCancelled { holiday, unit, .. } => {
            tx.execute("DELETE FROM holidays WHERE holiday = $1", params![holiday]).await?;
            unit
        }
    };
    tx.execute(
        "INSERT INTO calendars (unit, tenant, version) VALUES ($1, $2, $3) ON CONFLICT (unit) DO UPDATE SET version = excluded.version",
        params![of, tenant, event.version],
    )
    .await?;
    Ok(())
}

/// Says that the tree changed, in the transaction that changed it.
pub(crate) async fn count_change(tx: &mut Tx) -> Result<(), DbError> {
    tx.execute("UPDATE registry_changes SET version = version + 1 WHERE name = 'units'", params![]).await?;
    Ok(())
}

/// How often the tree has changed.
pub(super) async fn changes(q: &mut impl Query) -> Result<i64, DbError> {
    q.query_one("SELECT version FROM registry_changes WHERE name = 'units'", params![]).await?.get("version")
}

/// Reads the whole tree.
pub(super) async fn load(q: &mut impl Query) -> Result<Parts, DbError> {
    let mut parts = Parts::default();
    let sql = "SELECT unit, tenant, path, kind, name, name_en, local, lon_e6, lat_e6, coord_source, departments, version FROM units";
    // Most units have one of few lists of departments.
    let mut lists: HashMap<String, Arc<[String]>> = HashMap::new();
    for row in q.query(sql, params![]).await? {
        let text: String = row.get("departments")?;
        let departments = lists.entry(text).or_insert_with_key(|text| words(text).into()).clone();
        parts.units.push(unit(&row, departments)?);
    }
    let mut windows: HashMap<uuid::Uuid, Vec<CentreWindow>> = HashMap::new();
    for row in
        q.query("SELECT centre, number, name, is_open FROM centre_windows ORDER BY centre, number", params![]).await?
    {
        let window = CentreWindow { number: row.get("number")?, name: row.get("name")?, is_open: row.get("is_open")? };
        windows.entry(row.get("centre")?).or_default().push(window);
    }
    for row in q.query("SELECT centre, unit, kind, name FROM centres ORDER BY kind, name", params![]).await? {
        let id = row.get("centre")?;
        let kind = known(CentreKind::from_code(&row.get::<String>("kind")?))?;
        let windows = windows.remove(&id).unwrap_or_default();
        parts.centres.push(Centre { id, unit: row.get("unit")?, kind, name: row.get("name")?, windows });
    }
    for row in q
        .query("SELECT member, unit, department, name, capacity FROM committee_members ORDER BY member", params![])
        .await?
    {
        parts.members.push(Member {
            id: row.get("member")?,
            unit: row.get("unit")?,
            department: row.get("department")?,
            name: row.get("name")?,
            capacity: row.get("capacity")?,
        });
    }
    let sql = "SELECT hours, unit, kind, name, first_day, last_day, opens_minute, closes_minute FROM working_hours ORDER BY hours";
    for row in q.query(sql, params![]).await? {
        parts.hours.push(Hours {
            id: row.get("hours")?,
            unit: row.get("unit")?,
            kind: known(HoursKind::from_code(&row.get::<String>("kind")?))?,
            name: row.get("name")?,
            first_day: date(row.get("first_day")?)?,
            last_day: date(row.get("last_day")?)?,
            opens_minute: row.get("opens_minute")?,
            closes_minute: row.get("closes_minute")?,
        });
    }
    for row in q
        .query("SELECT holiday, unit, day, name, decision, decided_on, confirmed FROM holidays ORDER BY day", params![])
        .await?
    {
        parts.holidays.push(Holiday {
            id: row.get("holiday")?,
            unit: row.get("unit")?,
            day: known(date(row.get("day")?)?)?,
            name: row.get("name")?,
            decision: row.get("decision")?,
            decided_on: date(row.get("decided_on")?)?,
            confirmed: row.get("confirmed")?,
        });
    }
    for row in q.query("SELECT unit, version FROM calendars", params![]).await? {
        parts.calendar_versions.insert(row.get("unit")?, row.get("version")?);
    }
    parts.freezes = freezes::load(q).await?;
    Ok(parts)
}

/// Stops of the vans of a unit from a day on, in order.
pub async fn stops(q: &mut impl Query, unit: &str, from: Date) -> Result<Vec<VanStop>, DbError> {
    let sql = "SELECT stop, centre, day, place, opens_minute, closes_minute FROM van_stops \
               WHERE unit = $1 AND day >= $2 ORDER BY day, opens_minute, stop";
    q.query(sql, params![unit, from.to_string()])
        .await?
        .iter()
        .map(|row| {
            Ok(VanStop {
                id: row.get("stop")?,
                centre: row.get("centre")?,
                day: known(date(row.get("day")?)?)?,
                place: row.get("place")?,
                opens_minute: row.get("opens_minute")?,
                closes_minute: row.get("closes_minute")?,
            })
        })
        .collect()
}

fn unit(row: &Row, departments: Arc<[String]>) -> Result<Unit, DbError> {
    let lon: Option<i64> = row.get("lon_e6")?;
    let lat: Option<i64> = row.get("lat_e6")?;
    Ok(Unit {
        code: row.get("unit")?,
        tenant: row.get("tenant")?,
        path: UnitPath::stored(&row.get::<String>("path")?),
        kind: known(UnitKind::from_code(&row.get::<String>("kind")?))?,
        name: row.get("name")?,
        name_en: row.get("name_en")?,
        local: row.get("local")?,
        point_e6: lon.zip(lat),
        coord_source: row.get("coord_source")?,
        departments,
        version: row.get("version")?,
    })
}

fn words(text: &str) -> Vec<String> {
    text.split_ascii_whitespace().map(str::to_owned).collect()
}

pub(crate) fn known<T>(value: Option<T>) -> Result<T, DbError> {
    value.ok_or_else(|| DbError::Shape("a code that no version of the program wrote".into()))
}

pub(crate) fn date(text: Option<String>) -> Result<Option<Date>, DbError> {
    text.map(|text| text.parse().map_err(|_| DbError::Shape("a day that is no ISO date".into()))).transpose()
}
