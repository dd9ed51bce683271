//! Rows of units: a row a unit that joins the tree; a parent may stand in an earlier row.

use std::collections::BTreeMap;

use catalogue::model::DepartmentKind;
use foundation::arabic::{digits, fold};

use super::{ImportError, Names, Piece, Plan, Row, Sheet, Unfit};
use crate::rights::Right;
use crate::staff::By;
use crate::units::store_tools::draft;
use crate::units::{NewUnit, Refusal, Unit, UnitKind, decide_new, unit_stream};

/// Words for kinds, as lists write them.
const KINDS: &[(&str, UnitKind)] = &[
    ("مركز", UnitKind::Markaz),
    ("مركز ومدينة", UnitKind::Markaz),
    ("مدينة", UnitKind::City),
    ("حي", UnitKind::District),
    ("مدينة جديدة", UnitKind::NewCity),
    ("قرية", UnitKind::Village),
    ("وحدة محلية قروية", UnitKind::Village),
];

pub(super) async fn plan(sheet: &Sheet<'_>, plan: &mut Plan) -> Result<(), ImportError> {
    let names = Names::of(sheet.tree);
    let mut fresh: BTreeMap<String, Unit> = BTreeMap::new();
    for row in &sheet.table.rows {
        let Ok(new) = read(sheet, row, plan) else { continue };
        let above = match fresh.get(&new.parent) {
            Some(unit) => unit.clone(),
            None => match names.find(sheet.tree, &new.parent) {
                Ok(unit) => unit.clone(),
                Err(key) => {
                    plan.refuse(row.line, "parent", key);
                    continue;
                }
            },
        };
        let under = match sheet.by {
            By::Machine => None,
            By::Viewer(viewer) => match viewer.grant(Right::ManageUnits, &above.place()) {
                Some(held) => Some(held.id),
                None => {
                    plan.refuse(row.line, "parent", "registry-refused-above-or-outside");
                    continue;
                }
            },
        };
        let known = |code: &str| {
            let department = sheet.site.catalogue.department(code);
            department.is_some_and(|department| department.kind != DepartmentKind::External)
        };
        let decided = match fresh.contains_key(&new.code) {
            true => Err(Refusal::UnitKnown),
            false => decide_new(sheet.tree, &new, &above, known),
        };
        match decided {
            Err(refusal) => plan.refuse(row.line, field(refusal), refusal.message()),
            Ok((unit, events)) => {
                plan.acts_under(under);
                let stream = unit_stream(&unit.code);
                // A unit that was taken back before has a stream already.
                let before = sheet.site.record.events(&mut sheet.site.db.reader(), &unit.tenant, &stream).await?;
                plan.pieces.push(Piece {
                    tenant: unit.tenant.clone(),
                    id: stream.id,
                    stream,
                    expected: before.last().map_or(0, |event| event.version),
                    drafts: events.iter().map(draft).collect::<Result<_, _>>()?,
                    label: unit.code.clone(),
                });
                fresh.insert(unit.code.clone(), unit);
            }
        }
    }
    Ok(())
}

fn field(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::UnitCode | Refusal::UnitKnown => "unit",
        Refusal::UnitParent => "parent",
        Refusal::NoDepartment => "departments",
        Refusal::Name => "name",
        _ => "",
    }
}

fn read(sheet: &Sheet<'_>, row: &Row, plan: &mut Plan) -> Result<NewUnit, Unfit> {
    let get = |name: &str| sheet.columns.get(row, name);
    let code = |cell: &str| digits::to_ascii(cell.trim()).to_ascii_uppercase();
    let typed = fold::fold(get("kind"));
    let by_word = KINDS.iter().find(|(word, _)| fold::fold(word) == typed).map(|(_, kind)| *kind);
    let Some(kind) = by_word.or_else(|| UnitKind::from_code(&get("kind").trim().to_ascii_lowercase())) else {
        plan.refuse(row.line, "kind", "imports-refused-unit-kind");
        return Err(Unfit);
    };
    let centre = match fold::fold(get("centre")).as_str() {
        "" => kind != UnitKind::Village,
        word if ["نعم", "yes", "1", "true"].iter().any(|yes| fold::fold(yes) == word) => true,
        word if ["لا", "no", "0", "false"].iter().any(|no| fold::fold(no) == word) => false,
        _ => {
            plan.refuse(row.line, "centre", "imports-refused-yes-no");
            return Err(Unfit);
        }
    };
    let point_e6 = match (get("longitude"), get("latitude")) {
        ("", "") => None,
        (lon, lat) => match degrees(lon, 24.0..37.0).zip(degrees(lat, 21.0..32.0)) {
            Some(point) => Some(point),
            None => {
                plan.refuse(row.line, "latitude", "imports-refused-point");
                return Err(Unfit);
            }
        },
    };
    let departments = get("departments").split([' ', ',', '،', '؛', ';']).filter(|code| !code.is_empty());
    Ok(NewUnit {
        code: code(get("unit")),
        kind,
        name: get("name").to_owned(),
        name_en: get("name_en").to_owned(),
        parent: code(get("parent")),
        point_e6,
        departments: departments.map(str::to_ascii_uppercase).collect(),
        centre,
    })
}

/// Millionths of a degree, if they lie within Egypt.
fn degrees(cell: &str, within: std::ops::Range<f64>) -> Option<i64> {
    let number: f64 = digits::to_ascii(cell).replace('٫', ".").trim().parse().ok()?;
    within.contains(&number).then_some((number * 1e6).round() as i64)
}
