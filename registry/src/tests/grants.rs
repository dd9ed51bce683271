//! Nobody grants above or outside themselves: a property over random trees of roles and places.

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use crate::place::{Place, UnitPath};
use crate::rights::{Right, Role};
use crate::staff::Refusal;
use crate::staff::rules::{Actor, Asked, Held, Person, decide_disable, decide_grant, decide_reset, decide_revoke};
use crate::units::{Tree, UnitKind};
use crate::viewer::Assignment;

/// A tree of a ministry, two governorates and three local units.
fn tree() -> Tree {
    Tree::for_tests(&[
        ("00", UnitKind::Ministry, ""),
        ("00/01-G00", UnitKind::Governorate, "ENG C_HOUS"),
        ("00/01-G00/01-D01", UnitKind::District, "ENG LIC"),
        ("00/01-G00/01-D02", UnitKind::District, "ENG LIC"),
        ("00/01-G00/01-B501", UnitKind::Body, "POLICE"),
        ("00/21-G00", UnitKind::Governorate, "ENG"),
        ("00/21-G00/21-M01", UnitKind::Markaz, "ENG"),
    ])
}

const PATHS: [&str; 7] =
    ["00", "00/01-G00", "00/01-G00/01-D01", "00/01-G00/01-D02", "00/01-G00/01-B501", "00/21-G00", "00/21-G00/21-M01"];

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(Role::ALL.to_vec())
}

fn path() -> impl Strategy<Value = UnitPath> {
    prop::sample::select(PATHS.to_vec()).prop_map(UnitPath::stored)
}

fn department() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop::sample::select(vec![
        "ENG".to_owned(),
        "LIC".to_owned(),
        "POLICE".to_owned(),
        "NONE".to_owned(),
    ]))
}

prop_compose! {
    fn assignment()(id: u128, role in role(), path in path(), department in department()) -> Assignment {
        Assignment {
            id: Uuid::from_u128(id),
            role,
            tenant: path.tenant().to_owned(),
            unit: path.unit().to_owned(),
            path,
            department,
        }
    }
}

prop_compose! {
    fn held()(id: u128, role in role(), path in path(), department in department()) -> Held {
        Held { id: Uuid::from_u128(id), role, place: Place { path, department }, first_day: date(2026, 1, 1), last_day: None }
    }
}

prop_compose! {
    fn person()(home in path(), held in prop::collection::vec(held(), 0..3), disabled: bool) -> Person {
        Person { id: Uuid::from_u128(1), home, disabled, held }
    }
}

fn actor(mine: &[Assignment]) -> Actor<'_> {
    Actor::Staff { id: Uuid::from_u128(2), held: mine }
}

/// What the issue demands, written apart from the rules: some assignment of a granting role whose
/// place contains the target's, whose department (if any) is the target's, and whose rank suffices.
fn sound(mine: &[Assignment], role: Role, place: &Place) -> bool {
    mine.iter().any(|one| {
        let inside =
            place.path.as_str() == one.path.as_str() || place.path.as_str().starts_with(&format!("{}/", one.path));
        let above = one.path.as_str().len() < place.path.as_str().len();
        let department = one.department.is_none() || one.department == place.department;
        one.role == Role::Supervisor && inside && department && role.rank() <= 4 && (role != Role::Auditor || above)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_grant_never_reaches_above_or_outside(
        mine in prop::collection::vec(assignment(), 0..4),
        person in person(),
        role in role(),
        unit in path(),
        department in department(),
    ) {
        let asked = Asked {
            role, unit: unit.unit().to_owned(), department: department.clone(), first_day: date(2026, 11, 22), last_day: None,
        };
        let decided = decide_grant(actor(&mine), &tree(), &person, &asked, Uuid::from_u128(9), date(2026, 11, 22));
        let place = Place { path: unit, department };
        match decided {
            Ok((under, _)) => {
                prop_assert!(sound(&mine, role, &place));
                let under = under.expect("staff act under an assignment");
                prop_assert!(mine.contains(&under) && under.role.has(Right::GrantRoles));
            }
            Err(Refusal::AboveOrOutside) => prop_assert!(!sound(&mine, role, &place)),
            Err(_) => prop_assert!(sound(&mine, role, &place), "who may not is told nothing else"),
        }
    }

    #[test]
    fn an_account_is_managed_only_by_who_could_have_given_all_it_holds(
        mine in prop::collection::vec(assignment(), 0..4),
        person in person(),
    ) {
        let may = decide_reset(actor(&mine), &Person { disabled: false, ..person.clone() }).is_ok();
        if may {
            prop_assert!(sound(&mine, Role::Clerk, &Place::unit(person.home.clone())));
            prop_assert!(person.held.iter().all(|held| sound(&mine, held.role, &held.place)));
        }
        let closes = decide_disable(actor(&mine), &Person { disabled: false, ..person }, "نقل").is_ok();
        prop_assert_eq!(may, closes);
    }

    #[test]
    fn who_takes_a_role_could_have_given_it(mine in prop::collection::vec(assignment(), 0..4), person in person()) {
        for held in &person.held {
            if decide_revoke(actor(&mine), &person, held.id, "انتهاء الندب").is_ok() {
                prop_assert!(sound(&mine, held.role, &held.place));
            }
        }
    }

    #[test]
    fn nobody_changes_their_own_account(mine in prop::collection::vec(assignment(), 1..4), person in person(), role in role()) {
        let me = Actor::Staff { id: person.id, held: &mine };
        let asked = Asked { role, unit: "01-D01".into(), department: None, first_day: date(2026, 11, 22), last_day: None };
        prop_assert_eq!(
            decide_grant(me, &tree(), &person, &asked, Uuid::from_u128(9), date(2026, 11, 22)).err(),
            Some(Refusal::OwnAccount)
        );
        prop_assert_eq!(decide_disable(me, &person, "سبب").err(), Some(Refusal::OwnAccount));
        prop_assert_eq!(decide_reset(me, &person).err(), Some(Refusal::OwnAccount));
    }
}

#[test]
fn a_supervisor_of_a_district_gives_its_roles_and_no_others() {
    let path = UnitPath::stored("00/01-G00/01-D01");
    let mine = [Assignment {
        id: Uuid::from_u128(5),
        role: Role::Supervisor,
        tenant: "01".into(),
        unit: "01-D01".into(),
        path: path.clone(),
        department: None,
    }];
    let person = Person { id: Uuid::from_u128(1), home: path, disabled: false, held: Vec::new() };
    let ask = |role, unit: &str, department: Option<&str>| {
        let asked = Asked {
            role,
            unit: unit.into(),
            department: department.map(Into::into),
            first_day: date(2026, 11, 22),
            last_day: None,
        };
        decide_grant(actor(&mine), &tree(), &person, &asked, Uuid::from_u128(9), date(2026, 11, 22)).map(drop).err()
    };
    assert_eq!(ask(Role::Reviewer, "01-D01", Some("ENG")), None);
    assert_eq!(ask(Role::Reviewer, "01-D01", None), Some(Refusal::NeedsDepartment));
    assert_eq!(ask(Role::Reviewer, "01-D01", Some("POLICE")), Some(Refusal::NeedsDepartment));
    assert_eq!(ask(Role::UnitHead, "01-D01", None), None);
    assert_eq!(ask(Role::BodyOfficer, "01-D01", Some("ENG")), Some(Refusal::WrongPlace));
    assert_eq!(ask(Role::Supervisor, "01-D01", None), None);
    assert_eq!(ask(Role::Auditor, "01-D01", None), Some(Refusal::AboveOrOutside), "an auditor is given from above");
    assert_eq!(ask(Role::Operator, "01-D01", None), Some(Refusal::AboveOrOutside));
    assert_eq!(ask(Role::UnitHead, "01-D02", None), Some(Refusal::AboveOrOutside));
    assert_eq!(ask(Role::UnitHead, "01-G00", None), Some(Refusal::AboveOrOutside));
    assert_eq!(ask(Role::UnitHead, "21-M01", None), Some(Refusal::AboveOrOutside));
}
