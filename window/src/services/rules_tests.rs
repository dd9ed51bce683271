use catalogue::Catalogue;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::services::check;

const TODAY: Date = Date::constant(2026, 11, 22);

fn service(code: &str) -> std::sync::Arc<Service> {
    Catalogue::embedded().unwrap().service(code).unwrap().clone()
}

fn new(figure: &str, value: i64, from: Date, to: Option<Date>) -> NewFigure {
    NewFigure { figure: figure.into(), value: value.into(), decision: "12".into(), decided_on: TODAY, from, to }
}

fn held(entry: i64, set: FigureSet) -> Figure {
    let FigureSet { figure, value, decision, decided_on, from, to, .. } = set;
    Figure { entry, figure, value: value.parse().unwrap(), decision, decided_on, from, to }
}

#[test]
fn a_text_is_published_once_and_not_for_yesterday() {
    let catalogue = Catalogue::embedded().unwrap();
    let shipped = check(&catalogue, &catalogue.entry("SHP-01").unwrap().text).unwrap();
    let changed = check(&catalogue, &shipped.text().replace("version = 1\n", "version = 2\n")).unwrap();
    let first = decide_publication(&[], &shipped, date(2020, 1, 1), TODAY).unwrap();
    assert_eq!((first.version, first.from), (1, date(2020, 1, 1)));
    let one = Published { version: 1, hash: first.hash, from: first.from };
    assert_eq!(decide_publication(std::slice::from_ref(&one), &shipped, TODAY, TODAY), Err(Refusal::NothingChanged));
    assert_eq!(
        decide_publication(std::slice::from_ref(&one), &changed, date(2026, 11, 21), TODAY),
        Err(Refusal::FromPast)
    );
    let next = decide_publication(std::slice::from_ref(&one), &changed, date(2026, 12, 1), TODAY).unwrap();
    let two = Published { version: next.version, hash: next.hash, from: next.from };
    let both = [one, two];
    assert_eq!(
        decide_publication(&both, &shipped, date(2026, 12, 5), TODAY),
        Err(Refusal::PublishedBefore { version: 1 })
    );
    let third = check(&catalogue, &shipped.text().replace("version = 1\n", "version = 3\n")).unwrap();
    let early = decide_publication(&both, &third, TODAY, TODAY);
    assert_eq!(early, Err(Refusal::BeforeLast { from: date(2026, 12, 1) }));
    assert_eq!(decide_publication(&both, &third, date(2026, 12, 1), TODAY).unwrap().version, 3);
}

#[test]
fn a_figure_is_one_of_the_service_and_inside_its_range() {
    let shop = service("SHP-01");
    let ask = |figure: &str, value: i64| decide_figure(&shop, &[], &new(figure, value, TODAY, None), TODAY);
    assert_eq!(ask("licence.city_district.1", 1200).unwrap().value, "1200");
    assert_eq!(ask("licence.nothing", 1200), Err(Refusal::NoFigure));
    assert_eq!(ask("nothing.amount", 1200), Err(Refusal::NoFigure));
    // Law 154 of 2019 lets the licence cost between 1,000 and 100,000 pounds.
    assert!(matches!(ask("licence.city_district.1", 999), Err(Refusal::OutOfRange(_))));
    assert!(matches!(ask("licence.city_district.1", 100_001), Err(Refusal::OutOfRange(_))));
    assert_eq!(ask("licence.city_district.1", -1), Err(Refusal::BadValue));
    let reduction = "licence.reduction.higher_committee_1_2025.city_district";
    assert!(matches!(ask(reduction, 51), Err(Refusal::OutOfRange(_))));
    assert_eq!(ask(reduction, 40).unwrap().value, "40");
}

#[test]
fn every_figure_of_every_service_has_a_range_that_holds_its_own_value() {
    for service in Catalogue::embedded().unwrap().services() {
        for slot in slots(service) {
            let range = range(service, &slot.code).unwrap_or_else(|| panic!("{}: {}", service.code, slot.code));
            if let Some(value) = slot.value {
                assert!(range.contains(value), "{}: {} = {value} outside {range:?}", service.code, slot.code);
            }
        }
    }
}

#[test]
fn a_decision_is_needed_and_does_not_reach_back() {
    let shop = service("SHP-01");
    let ask = |change: &dyn Fn(&mut NewFigure)| {
        let mut asked = new("inspection.band.1", 600, TODAY, None);
        change(&mut asked);
        decide_figure(&shop, &[], &asked, TODAY).map(drop)
    };
    assert_eq!(ask(&|_| ()), Ok(()));
    assert_eq!(ask(&|new| new.decision = " ".into()), Err(Refusal::NoDecision));
    assert_eq!(ask(&|new| new.decided_on = date(2026, 11, 23)), Err(Refusal::DecisionAhead));
    assert_eq!(ask(&|new| new.from = date(2026, 11, 21)), Err(Refusal::BeforeDecision));
    assert_eq!(ask(&|new| new.to = Some(date(2026, 11, 21))), Err(Refusal::EndsBeforeItBegins));
}

#[test]
fn a_withdrawn_figure_ends_yesterday_or_never_was() {
    let figure = |from, to| {
        vec![Figure {
            from,
            to,
            ..held(
                3,
                FigureSet {
                    service: "SHP-01".into(),
                    figure: "inspection.band.1".into(),
                    value: "600".into(),
                    decision: "12".into(),
                    decided_on: from,
                    from,
                    to,
                },
            )
        }]
    };
    let ask = |book: &[Figure]| decide_withdrawal("SHP-01", book, 3, TODAY).map(|event| event.until);
    assert_eq!(ask(&figure(date(2026, 11, 1), None)), Ok(Some(date(2026, 11, 21))));
    assert_eq!(ask(&figure(TODAY, None)), Ok(None));
    assert_eq!(ask(&figure(date(2026, 11, 1), Some(date(2026, 11, 20)))), Err(Refusal::Ended));
    assert_eq!(ask(&[]), Err(Refusal::NoEntry));
}

/// Days after today.
fn day(n: u16) -> Date {
    TODAY.checked_add(jiff::Span::new().days(i64::from(n))).unwrap()
}

proptest! {
    /// Whatever is asked for in whatever order: on no day two values of one figure hold.
    #[test]
    fn periods_of_one_figure_never_meet(
        steps in proptest::collection::vec((0_u16..400, proptest::option::of(0_u16..60), any::<bool>(), 0_u16..300, 0_u8..4), 1..40),
    ) {
        let shop = service("SHP-01");
        let codes = ["inspection.band.1", "inspection.band.2"];
        let mut book: Vec<Figure> = Vec::new();
        for (entry, (from, length, first, today, what)) in (1_i64..).zip(steps) {
            let today = day(today);
            if what == 0 && let Some(some) = book.first().map(|held| held.entry) {
                if let Ok(event) = decide_withdrawal("SHP-01", &book, some, today) {
                    match event.until {
                        Some(until) => book.iter_mut().filter(|held| held.entry == some).for_each(|held| held.to = Some(until)),
                        None => book.retain(|held| held.entry != some),
                    }
                    prop_assert!(book.iter().all(|held| held.entry != some || !held.holds(today)));
                }
                continue;
            }
            let code = codes[usize::from(first)];
            let asked = new(code, 700, day(from), length.map(|length| day(from + length)));
            if let Ok(set) = decide_figure(&shop, &book, &asked, today) {
                book.push(held(entry, set));
            }
        }
        for code in codes {
            for n in 0..520 {
                let holding = book.iter().filter(|held| held.figure == code && held.holds(day(n))).count();
                prop_assert!(holding <= 1, "{holding} values of {code} on {}", day(n));
            }
        }
    }
}
