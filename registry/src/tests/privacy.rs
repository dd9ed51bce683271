//! The field matrix against the words of the issue.

use foundation::clock::Micros;
use jiff::civil::date;
use uuid::Uuid;

use crate::place::{Place, UnitPath};
use crate::privacy::{Case, Field, FieldClass, Private, Shown, Step, opens};
use crate::rights::{Right, Role};
use crate::viewer::{Assignment, Person, Viewer};

const STEPS: [Step; 10] = [
    Step::Intake,
    Step::Check,
    Step::Review,
    Step::Inspect,
    Step::AssessFee,
    Step::Pay,
    Step::Approve,
    Step::Issue,
    Step::HandOver,
    Step::Closed,
];

fn path() -> UnitPath {
    UnitPath::stored("00/01-G00/01-D01")
}

fn case(step: Step, decided: bool) -> Case {
    let today = date(2026, 11, 22);
    Case { place: Place::department(path(), "ENG"), under: Right::ReadCases, step, decided, visit: None, today }
}

fn viewer(roles: &[Role]) -> Viewer {
    let person = Person {
        id: Uuid::from_u128(1),
        login: "x".into(),
        name: "x".into(),
        must_change_password: false,
        session: vec![1],
        form_secret: vec![2],
    };
    let held = roles
        .iter()
        .enumerate()
        .map(|(at, role)| Assignment {
            id: Uuid::from_u128(at as u128 + 10),
            role: *role,
            tenant: "01".into(),
            unit: "01-D01".into(),
            path: path(),
            department: None,
        })
        .collect();
    Viewer::signed_in(person, held, Micros(0))
}

#[test]
fn clerk_and_cashier_see_the_person() {
    for step in STEPS {
        for class in [FieldClass::Name, FieldClass::Identity, FieldClass::Contact] {
            assert!(opens(Role::Clerk, class, &case(step, false)) && opens(Role::Cashier, class, &case(step, false)));
        }
        assert!(opens(Role::Clerk, FieldClass::IdentityPaper, &case(step, false)));
        assert!(!opens(Role::Cashier, FieldClass::IdentityPaper, &case(step, true)));
    }
}

#[test]
fn who_reviews_or_decides_is_blind_until_the_decision() {
    for role in [
        Role::Reviewer,
        Role::Decider,
        Role::UnitHead,
        Role::CommitteeSecretary,
        Role::BodyOfficer,
        Role::CentreManager,
    ] {
        for step in STEPS {
            for class in FieldClass::ALL {
                assert!(!opens(role, class, &case(step, false)), "{role:?} {step:?} {class:?}");
            }
            assert!(opens(role, FieldClass::Name, &case(step, true)));
            assert!(!opens(role, FieldClass::IdentityPaper, &case(step, true)));
            assert!(!opens(role, FieldClass::Contact, &case(step, true)));
        }
    }
}

#[test]
fn the_inspector_sees_the_name_on_the_day_of_the_visit_only() {
    let on = |day| Case { visit: Some(day), ..case(Step::Inspect, false) };
    assert!(opens(Role::Inspector, FieldClass::Name, &on(date(2026, 11, 22))));
    assert!(!opens(Role::Inspector, FieldClass::Name, &on(date(2026, 11, 23))));
    assert!(!opens(Role::Inspector, FieldClass::Name, &on(date(2026, 11, 21))));
    assert!(!opens(Role::Inspector, FieldClass::Name, &case(Step::Inspect, false)));
    let later = Case { step: Step::Approve, ..on(date(2026, 11, 22)) };
    assert!(!opens(Role::Inspector, FieldClass::Name, &later));
    for class in [FieldClass::Identity, FieldClass::Contact, FieldClass::IdentityPaper] {
        assert!(!opens(Role::Inspector, class, &on(date(2026, 11, 22))));
    }
}

#[test]
fn who_supervises_or_audits_sees_nobody() {
    for role in [Role::Supervisor, Role::Auditor, Role::FollowUp, Role::CatalogueEditor, Role::Operator] {
        for step in STEPS {
            assert!(FieldClass::ALL.into_iter().all(|class| !opens(role, class, &case(step, true))));
        }
    }
}

#[test]
fn a_value_opens_only_in_the_capacity_of_the_page() {
    let name = || Private::new("منى علي".to_owned());
    let field = Field::name("1 01 301 26 000123 7");
    let both = viewer(&[Role::Clerk, Role::Reviewer]);
    let shown = |under| name().show(&both, &field, &Case { under, ..case(Step::Review, false) });
    assert_eq!(shown(Right::TakeRequests), Shown::Open("منى علي".into()), "at the window");
    assert_eq!(shown(Right::ReviewSteps).to_string(), "1 01 301 26 000123 7", "at the reviewer's desk");
    let elsewhere = Case {
        place: Place::unit(UnitPath::stored("00/01-G00/01-D02")),
        under: Right::TakeRequests,
        ..case(Step::Intake, false)
    };
    assert!(name().show(&both, &field, &elsewhere).is_masked());
    assert!(name().show(&Viewer::anonymous(Micros(0)), &field, &case(Step::Closed, true)).is_masked());
    assert_eq!(format!("{:?}", name()), "***");
}
