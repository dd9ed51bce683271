//! What holds of every mandate, whatever is declared and done.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2026, 11, 22);
const ME: Uuid = Uuid::from_u128(1);
const OWN: &str = "29001010112345";

fn day(after: i64) -> Date {
    TODAY.checked_add(after.days()).expect("a day")
}

fn order() -> Order {
    Order {
        principal: Principal {
            kind: ApplicantKind::Person,
            name: "one two".into(),
            number: "28503150102233".into(),
            tax: None,
            mobile: "01198765432".into(),
        },
        capacity: Capacity::Agent,
        document: Document { number: "12/2026".into(), office: "office".into(), dated: day(-10) },
        from: day(-10),
        to: Some(day(10)),
        scope: Scope::All,
        scan: None,
    }
}

fn states() -> impl Strategy<Value = State> {
    prop::sample::select(State::ALL.to_vec())
}

fn parties() -> impl Strategy<Value = Party> {
    prop::sample::select(vec![Party::Grantee, Party::Principal, Party::Window])
}

fn acts() -> impl Strategy<Value = Act> {
    prop::sample::select(vec![Act::Confirm, Act::Refuse, Act::End])
}

fn terms() -> impl Strategy<Value = Terms> {
    let scope = prop::sample::select(vec![
        Scope::All,
        Scope::Only { groups: vec!["shops".into()], services: vec!["SHP-01".into(), "SHP-03".into()] },
        Scope::Only { groups: Vec::new(), services: Vec::new() },
    ]);
    (-30..30_i64, prop::option::of(-30..30_i64), scope, any::<bool>()).prop_map(|(from, to, scope, mine)| Terms {
        grantee: if mine { ME } else { Uuid::from_u128(2) },
        capacity: Capacity::Agent,
        from: day(from),
        to: to.map(day),
        scope,
    })
}

fn after(state: State, event: &MandateEvent) -> State {
    match event {
        MandateEvent::MandateDeclared(_) => state,
        MandateEvent::MandateConfirmed { .. } => State::Confirmed,
        MandateEvent::MandateRefused { .. } => State::Refused,
        MandateEvent::MandateEnded { .. } => State::Ended,
    }
}

#[test]
fn what_is_declared_is_whole() {
    assert_eq!(judge(&order(), OWN, TODAY), Ok(()));
    let wrong = |change: fn(&mut Order)| {
        let mut order = order();
        change(&mut order);
        judge(&order, OWN, TODAY)
    };
    assert_eq!(wrong(|o| o.principal.name = "one".into()), Err(Refusal::Name));
    assert_eq!(wrong(|o| o.principal.kind = ApplicantKind::Company), Err(Refusal::Principal));
    assert_eq!(wrong(|o| o.principal.kind = ApplicantKind::Government), Err(Refusal::Principal));
    assert_eq!(wrong(|o| o.document.number = "  ".into()), Err(Refusal::NoDocument));
    assert_eq!(wrong(|o| o.document.office = String::new()), Err(Refusal::NoOffice));
    assert_eq!(wrong(|o| o.document.dated = day(1)), Err(Refusal::Dated));
    assert_eq!(wrong(|o| o.from = day(-11)), Err(Refusal::From));
    assert_eq!(wrong(|o| o.to = Some(day(-1))), Err(Refusal::To));
    assert_eq!(wrong(|o| o.scope = Scope::Only { groups: Vec::new(), services: Vec::new() }), Err(Refusal::NoScope));
    let company = |o: &mut Order| {
        o.principal.kind = ApplicantKind::Company;
        o.principal.name = "company".into();
        o.principal.tax = Some("123456789".into());
    };
    assert_eq!(wrong(company), Ok(()));
}

proptest! {
    #[test]
    fn nobody_acts_after_the_end_outside_the_scope_or_for_another_account(
        terms in terms(), state in states(), at in -40..40_i64, service in "(SHP-0[1-4]|BLD-02)",
    ) {
        let today = day(at);
        let sends = terms.lets_send(state, ME, &service, today);
        let opens = terms.lets_open(state, ME, &service, today);
        if sends {
            prop_assert_eq!(terms.grantee, ME);
            prop_assert!(terms.from <= today && terms.to.is_none_or(|to| today <= to));
            prop_assert!(terms.scope.covers(&service));
            prop_assert!(matches!(state, State::Declared | State::Confirmed));
        }
        prop_assert!(!opens || (sends && state == State::Confirmed));
    }

    #[test]
    fn nobody_declares_a_mandate_of_themselves(own in "[23][0-9]{13}") {
        let mut order = order();
        order.principal.number = own.clone();
        prop_assert_eq!(judge(&order, &own, TODAY), Err(Refusal::OneSelf));
    }

    #[test]
    fn what_is_settled_stays(
        history in prop::collection::vec((acts(), parties(), any::<bool>(), -20..20_i64), 0..12),
        to in prop::option::of(-5..15_i64),
    ) {
        let to = to.map(day);
        let mut state = State::Declared;
        for (act, by, grantee_confirmed, at) in history {
            let facts = Facts { by, grantee_confirmed, today: day(at) };
            let before = state;
            if let Ok(Some(event)) = settle(state, to, act, facts) {
                state = after(state, &event);
                // Its grantee confirms nothing, and no unknown grantee is confirmed.
                if state == State::Confirmed {
                    prop_assert!(by != Party::Grantee && grantee_confirmed);
                }
                prop_assert!(to.is_none_or(|to| facts.today <= to));
                // A confirmed one is only ever ended; what is over stays over.
                match before {
                    State::Declared => {}
                    State::Confirmed => prop_assert_eq!(state, State::Ended),
                    State::Refused | State::Ended => prop_assert!(false, "{:?} after {:?}", state, before),
                }
            }
        }
    }
}
