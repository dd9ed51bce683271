//! Rows of people: one row a role; rows of one login name are one person.

use std::collections::{BTreeMap, BTreeSet};

use foundation::arabic::fold;

use super::{ImportError, Names, NewAccount, Piece, Plan, Row, Sheet, Unfit, store, word};
use crate::place::UnitPath;
use crate::rights::{Role, Seat};
use crate::staff::events::StaffEvent;
use crate::staff::rules::{self, Asked, Held, Person};
use crate::units::Unit;
use crate::units::store_tools::draft;

pub(super) async fn plan(sheet: &Sheet<'_>, plan: &mut Plan) -> Result<(), ImportError> {
    let names = Names::of(sheet.tree);
    let roles: BTreeMap<String, Role> =
        Role::ALL.into_iter().map(|role| (fold::fold(&word(&role.message(), &[])), role)).collect();
    let mut order: Vec<String> = Vec::new();
    let mut people: BTreeMap<String, (Person, Piece)> = BTreeMap::new();
    // Of a person who was refused once, the other rows are not refused again.
    let mut refused: BTreeSet<String> = BTreeSet::new();
    let wanted: Vec<String> = sheet.table.rows.iter().filter_map(|row| login(sheet, row)).collect();
    let taken: BTreeSet<String> = store::logins(&mut sheet.site.db.reader(), &wanted).await?.into_iter().collect();

    for row in &sheet.table.rows {
        let unit = match names.find(sheet.tree, sheet.columns.get(row, "unit")) {
            Ok(unit) => unit,
            Err(key) => {
                plan.refuse(row.line, "unit", key);
                continue;
            }
        };
        let key = login(sheet, row).unwrap_or_default();
        if !people.contains_key(&key) {
            if refused.contains(&key) {
                continue;
            }
            if taken.contains(&key) {
                plan.refuse(row.line, "login", rules::Refusal::LoginTaken.message());
                refused.insert(key);
                continue;
            }
            let name = sheet.columns.get(row, "name");
            let home = &unit.code;
            match rules::decide_add(sheet.by.actor(), sheet.tree, sheet.columns.get(row, "login"), name, home) {
                Err(refusal) => {
                    plan.refuse(row.line, refusal.field(), refusal.message());
                    // What is no login name is nobody's: each such row is told.
                    refused.extend(Some(key).filter(|key| !key.is_empty()));
                    continue;
                }
                Ok((under, event)) => {
                    let StaffEvent::StaffAdded { login, name, unit, path } = &event else { continue };
                    plan.acts_under(under.map(|held| held.id));
                    let id = sheet.id(&format!("staff/{login}"));
                    let home = UnitPath::stored(path);
                    let piece = Piece {
                        tenant: home.tenant().to_owned(),
                        stream: crate::staff::stream(id),
                        expected: 0,
                        drafts: vec![draft(&event)?],
                        id,
                        label: login.clone(),
                    };
                    plan.people.push(NewAccount {
                        staff: id,
                        login: login.clone(),
                        name: name.clone(),
                        unit: unit.clone(),
                    });
                    order.push(key.clone());
                    people.insert(key.clone(), (Person { id, home, disabled: false, held: Vec::new() }, piece));
                }
            }
        }
        let Some((person, piece)) = people.get_mut(&key) else { continue };
        let account = plan.people.iter().find(|account| account.staff == person.id);
        let name = sheet.columns.get(row, "name").split_whitespace().collect::<Vec<_>>().join(" ");
        if account.is_some_and(|account| !name.is_empty() && account.name != name) {
            plan.refuse(row.line, "name", "imports-refused-other-name");
            continue;
        }
        let Ok(asked) = asked(sheet, row, unit, &roles, plan) else { continue };
        let Some(asked) = asked else { continue };
        let fresh = sheet.id(&format!("assignment/{key}/{}", row.line));
        match rules::decide_grant(sheet.by.actor(), sheet.tree, person, &asked, fresh, sheet.today()) {
            Err(refusal) => plan.refuse(row.line, refusal.field(), refusal.message()),
            Ok((under, event)) => {
                plan.acts_under(under.map(|held| held.id));
                piece.drafts.push(draft(&event)?);
                person.held.push(Held {
                    id: fresh,
                    role: asked.role,
                    place: crate::Place { path: unit.path.clone(), department: asked.department },
                    first_day: asked.first_day,
                    last_day: asked.last_day,
                });
            }
        }
    }
    plan.pieces.extend(order.iter().filter_map(|login| people.remove(login)).map(|(_, piece)| piece));
    Ok(())
}

/// The login name of a row as it is stored; none if it is no login name.
fn login(sheet: &Sheet<'_>, row: &Row) -> Option<String> {
    rules::login_name(sheet.columns.get(row, "login")).ok()
}

/// The role of a row, if it gives one.
fn asked(
    sheet: &Sheet<'_>,
    row: &Row,
    unit: &Unit,
    roles: &BTreeMap<String, Role>,
    plan: &mut Plan,
) -> Result<Option<Asked>, Unfit> {
    let cell = sheet.columns.get(row, "role");
    let typed = sheet.columns.get(row, "department");
    if cell.is_empty() {
        if typed.is_empty() {
            return Ok(None);
        }
        plan.refuse(row.line, "role", "imports-refused-no-role");
        return Err(Unfit);
    }
    let code = cell.trim().to_ascii_lowercase().replace(['-', ' '], "_");
    let Some(role) = Role::from_code(&code).or_else(|| roles.get(&fold::fold(cell)).copied()) else {
        plan.refuse(row.line, "role", "imports-refused-no-role");
        return Err(Unfit);
    };
    let department = match (typed, role.seat(), &*unit.departments) {
        // An outside body is its own department.
        ("", Seat::Body, [only]) => Some(only.clone()),
        ("", ..) => None,
        (typed, ..) => {
            let named = |code: &&String| {
                let department = sheet.site.catalogue.department(code);
                code.eq_ignore_ascii_case(typed)
                    || department.is_some_and(|one| fold::fold(&one.name_ar) == fold::fold(typed))
            };
            let Some(code) = unit.departments.iter().find(named) else {
                plan.refuse(row.line, "department", "registry-refused-no-department");
                return Err(Unfit);
            };
            Some(code.clone())
        }
    };
    let first = sheet.date(row, "first_day", plan);
    let last = sheet.date(row, "last_day", plan);
    let (first_day, last_day) = (first?.unwrap_or_else(|| sheet.today()), last?);
    Ok(Some(Asked { role, unit: unit.code.clone(), department, first_day, last_day }))
}
