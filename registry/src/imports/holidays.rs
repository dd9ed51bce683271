//! Rows of holidays: a row a day of a unit and of everything below it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{ImportError, Names, Piece, Plan, Sheet};
use crate::place::UnitPath;
use crate::rights::Right;
use crate::staff::By;
use crate::units::store_tools::{decide_calendar, draft};
use crate::units::{CalendarChange, Refusal, calendar_stream};

pub(super) fn plan(sheet: &Sheet<'_>, plan: &mut Plan) -> Result<(), ImportError> {
    let names = Names::of(sheet.tree);
    // What the file has declared so far: versions of calendars, and days with the place where they hold.
    let mut versions: BTreeMap<String, i64> = BTreeMap::new();
    let mut days: BTreeMap<Date, Vec<UnitPath>> = BTreeMap::new();
    for row in &sheet.table.rows {
        let unit = match names.find(sheet.tree, sheet.columns.get(row, "unit")) {
            Ok(unit) => unit,
            Err(key) => {
                plan.refuse(row.line, "unit", key);
                continue;
            }
        };
        let under = match sheet.by {
            By::Machine => None,
            By::Viewer(viewer) => match viewer.grant(Right::ManageHolidays, &unit.place()) {
                Some(held) => Some(held.id),
                None => {
                    plan.refuse(row.line, "unit", "registry-refused-above-or-outside");
                    continue;
                }
            },
        };
        let (day, decided_on) = (sheet.date(row, "day", plan), sheet.date(row, "decided_on", plan));
        let (Ok(day), Ok(decided_on)) = (day, decided_on) else { continue };
        let (Some(day), Some(decided_on)) = (day, decided_on) else {
            plan.refuse(row.line, if day.is_none() { "day" } else { "decided_on" }, "registry-date-missing");
            continue;
        };
        let change = CalendarChange::DeclareHoliday {
            day,
            name: sheet.columns.get(row, "name").to_owned(),
            decision: sheet.columns.get(row, "decision").to_owned(),
            decided_on,
        };
        let id = sheet.id(&format!("holiday/{}/{day}", unit.code));
        let twice = days.get(&day).is_some_and(|paths| paths.iter().any(|path| path.contains(&unit.path)));
        let decided = match twice {
            true => Err(Refusal::HolidayKnown),
            false => decide_calendar(sheet.tree, &unit.code, &change, id, sheet.today()),
        };
        match decided {
            Err(refusal) => plan.refuse(row.line, field(refusal), refusal.message()),
            Ok(events) => {
                plan.acts_under(under);
                let expected =
                    versions.entry(unit.code.clone()).or_insert_with(|| sheet.tree.calendar_version(&unit.code));
                let piece = Piece {
                    tenant: unit.tenant.clone(),
                    stream: calendar_stream(&unit.code),
                    expected: *expected,
                    drafts: events.iter().map(draft).collect::<Result<_, _>>()?,
                    id,
                    label: format!("{} {day}", unit.code),
                };
                *expected += piece.drafts.len() as i64;
                plan.pieces.push(piece);
                days.entry(day).or_default().push(unit.path.clone());
            }
        }
    }
    Ok(())
}

fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::HolidayKnown | Refusal::HolidayFar => "day",
        Refusal::Name => "name",
        Refusal::NoDecision => "decision",
        Refusal::DecisionDate => "decided_on",
        _ => "",
    }
}
