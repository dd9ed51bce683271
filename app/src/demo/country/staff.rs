//! Who works at each centre of the country: one file of people, taken over as a supervisor would.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use registry::staff::queries;
use uuid::Uuid;

use super::super::cases::NAMES;
use super::super::people::{self, PEOPLE, UNIT};
use crate::node::Node;

/// Accounts of a centre, by the login names of the first town's.
const EACH: [&str; 6] = ["clerk", "cashier", "officer", "decider", "inspector", "head"];

/// Who stands in for whom.
pub struct Staff {
    /// By unit: the person of the governorate's town, and the one of the unit.
    by_unit: BTreeMap<String, BTreeMap<Uuid, Uuid>>,
    none: BTreeMap<Uuid, Uuid>,
    count: usize,
}

impl Staff {
    /// Adds everybody by one import.
    pub async fn add(node: &Node, units: &[&String]) -> Result<Staff> {
        let tree = node.site.units.now();
        let mut rows = String::from("login,name,unit,role,department\n");
        let mut towns: BTreeMap<String, String> = BTreeMap::new();
        let mut at = 0;
        for code in units {
            let unit = tree.unit(code).context("a unit")?;
            // The first unit of a governorate is its town, whose people are there.
            if !towns.contains_key(&unit.tenant) {
                towns.insert(unit.tenant.clone(), (*code).clone());
                continue;
            }
            for who in PEOPLE.iter().filter(|who| EACH.contains(&who.login)) {
                at += 1;
                let (login, name) = (login(who.login, code), name(at));
                for (role, place, department) in who.roles.iter().filter(|role| role.1 == UNIT) {
                    let department = department.unwrap_or_default();
                    if department.is_empty() || unit.has_department(department) {
                        rows.push_str(&format!("{login},{name},{code},{},{department}\n", role.code()));
                    }
                    debug_assert_eq!(*place, UNIT);
                }
            }
        }
        let command = record::follow::derived_id("demo-country", "staff");
        people::import(node, command, "العاملون بالمراكز التكنولوجية.csv", &rows).await?;
        let mut staff = Staff { by_unit: BTreeMap::new(), none: BTreeMap::new(), count: at };
        for code in units {
            let unit = tree.unit(code).context("a unit")?;
            if towns.get(&unit.tenant) == Some(code) {
                continue;
            }
            let suffix = if unit.tenant == "01" { String::new() } else { format!(".{}", unit.tenant) };
            let mut same = BTreeMap::new();
            for who in EACH {
                let of_town = person(node, &format!("{who}{suffix}")).await?;
                same.insert(of_town, person(node, &login(who, code)).await?);
            }
            staff.by_unit.insert((*code).clone(), same);
        }
        Ok(staff)
    }

    /// Who stands in for the people of the town in a unit.
    pub fn of(&self, unit: &str) -> &BTreeMap<Uuid, Uuid> {
        self.by_unit.get(unit).unwrap_or(&self.none)
    }

    /// How many were added.
    pub fn count(&self) -> usize {
        self.count
    }

    /// At how many centres.
    pub fn units(&self) -> usize {
        self.by_unit.len()
    }
}

async fn person(node: &Node, login: &str) -> Result<Uuid> {
    let found = queries::by_login(&mut node.db.reader(), login).await?;
    Ok(found.with_context(|| format!("nobody is {login}"))?.id)
}

fn login(who: &str, unit: &str) -> String {
    format!("{who}.{}", unit.to_ascii_lowercase())
}

/// First name of one, the others' of another: fictional like everybody here.
fn name(at: usize) -> String {
    let words =
        |nth: usize| NAMES.get(nth % NAMES.len()).copied().unwrap_or_default().split_once(' ').unwrap_or_default();
    format!("{} {}", words(at).0, words(at / NAMES.len() + at).1)
}
