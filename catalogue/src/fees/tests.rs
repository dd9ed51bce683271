//! Fees of real services, and what holds for every service and every answer.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::Catalogue;
use crate::answers::{Answer, Answers, Applicant};
use crate::model::{FeePart, FeeRule, FieldType, Rounding};

const DAY: Date = Date::constant(2026, 11, 22);

fn answers(pairs: &[(&str, Answer)]) -> Answers {
    let mut answers = Answers::new();
    for (id, answer) in pairs {
        answers.insert(*id, answer.clone());
    }
    answers
}

fn number(text: &str) -> Answer {
    Answer::Number(text.parse().unwrap())
}

fn bill(code: &str, given: &Answers, figures: &[LocalFigure], step: Option<&str>) -> Result<Bill, FeeError> {
    let catalogue = Catalogue::embedded().unwrap();
    let service = catalogue.service(code).unwrap();
    let case = Case { applicant: &Applicant::default(), answers: given };
    let question = Question { service, case, figures, assessed: &BTreeMap::new(), estimate: false, day: DAY };
    compute(&question, step)
}

fn local(service: &str, figure: &str, value: &str) -> LocalFigure {
    LocalFigure {
        service: service.into(),
        figure: figure.into(),
        value: value.parse().unwrap(),
        decision_ar: "قرار محافظ 12 لسنة 2026".into(),
        from: Date::constant(2026, 1, 1),
        to: None,
    }
}

#[test]
fn a_new_building_pays_by_area_and_by_value() {
    let given =
        answers(&[("built_area_total_m2", number("480.5")), ("works_value_egp", Answer::Money(Piastres(123_456_789)))]);
    let bill = bill("BLD-02", &given, &[], Some("rev-pay")).unwrap();
    let lines: Vec<_> = bill.lines.iter().map(|line| (line.code.as_str(), line.amount.0)).collect();
    // 480.5 m² × 10; 0.2 % of 1,234,567.89 = 2,469.13578 → 2,469.14
    assert_eq!(lines, [("licence", 480_500), ("works_share", 246_914)]);
    assert_eq!(bill.total, Piastres(727_414));
}

#[test]
fn a_shop_pays_by_the_band_of_its_zone() {
    let given = answers(&[("shop_area_m2", number("15")), ("fee_zone", Answer::Text("city_district".into()))]);
    let bill = bill("SHP-01", &given, &[], Some("tech-pay")).unwrap();
    assert_eq!(bill.total, Piastres(50_000));
    assert!(bill.lines[0].rule_ar.contains("15"), "{}", bill.lines[0].rule_ar);
}

#[test]
fn the_edge_of_a_band_belongs_to_it() {
    let area = |area: &str| {
        let given = answers(&[("advert_area_m2", number(area)), ("site_owner", Answer::Text("private".into()))]);
        bill("ADV-03", &given, &[], Some("rev-pay")).unwrap().total
    };
    assert_eq!(area("2"), Piastres(30_000));
    assert_eq!(area("2.01"), Piastres(100_000));
    assert_eq!(area("6.5"), Piastres(300_000));
}

#[test]
fn a_guide_reads_every_local_figure_in_its_place() {
    for service in Catalogue::embedded().unwrap().services() {
        for slot in slots(service) {
            // Within the range of any percentage that a decision leaves open.
            let figure = local(&service.code, &slot.code, "50");
            let here = localised(service, std::slice::from_ref(&figure), DAY);
            let read = slots(&here).into_iter().find(|other| other.code == slot.code).unwrap();
            assert_eq!(read.value, Some(figure.value), "{} {}", service.code, slot.code);
            assert_eq!(in_force(service, std::slice::from_ref(&figure), DAY).len(), 1);
            let other = LocalFigure { service: "XXX-01".into(), ..figure };
            assert_eq!(localised(service, &[other], DAY), **service);
        }
    }
}

#[test]
fn a_governorate_may_propose_what_the_file_leaves_open() {
    let catalogue = Catalogue::embedded().unwrap();
    let open = |part: &&crate::model::FeePart| matches!(part.rule, FeeRule::Assessed { default_egp: None });
    let service = catalogue.services().find(|service| service.fee.parts.iter().any(|part| open(&part))).unwrap();
    let declared = service.fee.parts.iter().find(open).unwrap();
    let part = &crate::model::FeePart { when: None, ..declared.clone() };
    let figure = local(&service.code, &format!("{}.default", part.code), "5000");
    let (applicant, given) = (Applicant::default(), Answers::new());
    let question = Question {
        service,
        case: Case { applicant: &applicant, answers: &given },
        figures: &[figure],
        assessed: &BTreeMap::new(),
        estimate: true,
        day: DAY,
    };
    let bill = compute_part(&question, part).unwrap();
    assert!(bill.lines[0].rule_ar.contains("5,000") && bill.lines[0].rule_ar.contains("قرار محافظ 12"), "{bill:?}");
}

#[test]
fn a_reduction_that_its_decision_fixes_needs_no_other() {
    let catalogue = Catalogue::embedded().unwrap();
    let service = catalogue.service("SHP-03").unwrap();
    let given = answers(&[("shop_area_m2", number("15")), ("fee_zone", Answer::Text("capital_new_city".into()))]);
    let (applicant, assessed) = (Applicant::default(), BTreeMap::new());
    let on = |day| {
        let case = Case { applicant: &applicant, answers: &given };
        let question = Question { service, case, figures: &[], assessed: &assessed, estimate: false, day };
        let part = service.fee.parts.iter().find(|part| !part.reductions.is_empty()).unwrap();
        compute_part(&question, part).unwrap()
    };
    let (during, after) = (on(Date::constant(2026, 6, 14)), on(Date::constant(2026, 6, 15)));
    assert_eq!(during.total.0 * 2, after.total.0, "{during:?}");
    assert!(during.open_reductions.is_empty() && during.lines[0].rule_ar.contains("تخفيض 50٪"));
}

#[test]
fn a_local_figure_replaces_the_shipped_one_and_is_named() {
    let given = answers(&[
        ("occupancy_area_m2", number("12")),
        ("occupancy_months", Answer::Integer(6)),
        ("road_class", Answer::Text("paved_first".into())),
    ]);
    let shipped = bill("OCC-01", &given, &[], Some("rev-pay")).unwrap();
    assert_eq!(shipped.lines[0].amount, Piastres(324_000));
    let figures = [local("OCC-01", "occupancy.paved_first", "50"), local("OCC-02", "occupancy.paved_first", "99")];
    let changed = bill("OCC-01", &given, &figures, Some("rev-pay")).unwrap();
    assert_eq!(changed.lines[0].amount, Piastres(360_000));
    assert!(changed.lines[0].rule_ar.contains("قرار محافظ 12"), "{}", changed.lines[0].rule_ar);
    let past = [LocalFigure { to: Some(Date::constant(2026, 6, 1)), ..figures[0].clone() }];
    assert_eq!(bill("OCC-01", &given, &past, Some("rev-pay")).unwrap(), shipped);
}

#[test]
fn a_floor_and_the_share_of_the_treasury_are_kept() {
    let given = answers(&[
        ("advert_area_m2", number("1")),
        ("advert_faces", Answer::Integer(1)),
        ("term_months", Answer::Integer(1)),
        ("site_owner", Answer::Text("local_unit".into())),
    ]);
    let bill = bill("ADV-01", &given, &[], Some("rev-pay")).unwrap();
    let lines: Vec<_> = bill.lines.iter().map(|line| (line.code.as_str(), line.amount.0)).collect();
    assert_eq!(lines, [("licence", 50_000), ("exploitation", 24_000), ("exploitation.treasury", 6000)]);
}

#[test]
fn a_reduction_within_a_range_waits_for_a_local_percentage() {
    let catalogue = Catalogue::embedded().unwrap();
    let service = catalogue.service("SHP-01").unwrap();
    let given = answers(&[("shop_area_m2", number("40")), ("fee_zone", Answer::Text("premium".into()))]);
    let case = Case { applicant: &Applicant::default(), answers: &given };
    let none = BTreeMap::new();
    let figures = [local("SHP-01", "licence.reduction.higher_committee_1_2025.premium", "60")];
    let ask = |figures: &[LocalFigure]| {
        let day = Date::constant(2026, 2, 1);
        let question = Question { service, case, figures, assessed: &none, estimate: false, day };
        compute(&question, Some("rev-pay")).unwrap()
    };
    let open = ask(&[]);
    assert_eq!(open.open_reductions.len(), 1);
    assert_eq!(open.lines[0].amount, Piastres(1_000_000));
    assert_eq!(ask(&figures).lines[0].amount, Piastres(400_000));
}

#[test]
fn an_assessed_fee_needs_an_officer_within_the_range() {
    let catalogue = Catalogue::embedded().unwrap();
    let service = catalogue.service("OCC-12").unwrap();
    let given = Answers::new();
    let case = Case { applicant: &Applicant::default(), answers: &given };
    let ask = |piastres: Option<i64>, estimate: bool| {
        let assessed = piastres.map(|amount| ("issue".to_owned(), Piastres(amount))).into_iter().collect();
        compute(&Question { service, case, figures: &[], assessed: &assessed, estimate, day: DAY }, None)
    };
    assert!(matches!(ask(None, false), Err(FeeError::NotAssessed { .. })));
    assert_eq!(ask(None, true).unwrap().total, Piastres(100_000));
    assert_eq!(ask(Some(150_000), false).unwrap().total, Piastres(150_000));
    assert!(matches!(ask(Some(200_001), false), Err(FeeError::OutOfRange { .. })));
}

#[test]
fn what_is_missing_is_named_in_arabic() {
    let error = bill("BLD-02", &Answers::new(), &[], Some("rev-pay")).unwrap_err();
    assert!(error.is_pending());
    assert!(error.to_string().contains("لا يمكن حساب"), "{error}");
}

/// Answers of any size to every field of a service.
fn filled(service: &Service, seed: u64) -> Answers {
    let mut given = Answers::new();
    for (n, field) in service.fields.iter().chain(&service.inspection_report).enumerate() {
        let turn = seed.rotate_left(n as u32 * 7).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 3;
        let range = || {
            let min = field.min.unwrap_or_default();
            let max = field.max.unwrap_or(1_000_000.into()).min(10_000_000.into());
            min + (max - min) * Decimal::new((turn % 1001) as i64, 3)
        };
        let answer = match field.kind {
            FieldType::YesNo => Answer::YesNo(turn.is_multiple_of(2)),
            FieldType::Integer => Answer::Integer(i64::try_from(range().trunc()).unwrap_or(1)),
            FieldType::Money => Answer::Money(Piastres((turn % 100_000_000) as i64)),
            kind if kind.is_numeric() => Answer::Number(range().round_dp(3)),
            FieldType::Choice if !field.choices.is_empty() => {
                Answer::Text(field.choices[turn as usize % field.choices.len()].value.clone())
            }
            FieldType::MultiChoice if !field.choices.is_empty() => {
                Answer::List(vec![field.choices[turn as usize % field.choices.len()].value.clone()])
            }
            _ => continue,
        };
        given.insert(&field.id, answer);
    }
    given
}

/// Pounds as a fraction of whole numbers, so that nothing is rounded on the way.
#[derive(Clone, Copy)]
struct Pounds {
    over: i128,
    under: i128,
}

/// Ten-thousandths: no tariff and no answer has more places.
const UNIT: i128 = 10_000;

fn whole(number: Decimal) -> i128 {
    let scaled = number * Decimal::from(UNIT as i64);
    assert!(scaled.fract().is_zero(), "{number} has more than four places");
    i128::try_from(scaled).unwrap()
}

fn measured(given: &Answers, field: &str) -> Option<i128> {
    match given.get(field)? {
        Answer::Number(number) => Some(whole(*number)),
        Answer::Integer(number) => Some(i128::from(*number) * UNIT),
        Answer::Money(Piastres(amount)) => Some(i128::from(*amount) * UNIT / 100),
        _ => None,
    }
}

/// A part by the arithmetic of a schoolbook: whole numbers, one division at the end. None for rules that
/// are written as formulas, which the evaluator's own vectors test.
fn by_hand(part: &FeePart, given: &Answers) -> Option<i64> {
    let pounds = |amount: Decimal| Pounds { over: whole(amount), under: UNIT };
    let mut due = match &part.rule {
        FeeRule::Fixed { amount_egp } => pounds(*amount_egp),
        FeeRule::PerUnit { quantity, rate_egp, .. } => {
            Pounds { over: measured(given, quantity)? * whole(*rate_egp), under: UNIT * UNIT }
        }
        FeeRule::Percent { of, percent } => {
            Pounds { over: measured(given, of)? * whole(*percent), under: UNIT * UNIT * 100 }
        }
        FeeRule::Bands { by, bands, variant_by, variants } => {
            let bands = match variant_by {
                None => bands,
                Some(field) => match given.get(field)? {
                    Answer::Text(variant) => variants.get(variant)?,
                    _ => return None,
                },
            };
            let value = measured(given, by)?;
            let passed = bands.iter().filter(|band| band.up_to.is_some_and(|up_to| value > whole(up_to))).count();
            pounds(bands.get(passed)?.amount_egp)
        }
        FeeRule::Assessed { .. } | FeeRule::Formula { .. } => return None,
    };
    let less = |a: Pounds, b: Pounds| a.over * b.under < b.over * a.under;
    if let Some(floor) = part.min_egp.map(pounds).filter(|floor| less(due, *floor)) {
        due = floor;
    }
    if let Some(ceiling) = part.max_egp.map(pounds).filter(|ceiling| less(*ceiling, due)) {
        due = ceiling;
    }
    let half_up = |over: i128, under: i128| (2 * over + under).div_euclid(2 * under);
    let piastres = match part.rounding {
        Rounding::HalfUpPiastre => half_up(due.over * 100, due.under),
        Rounding::HalfUpPound => half_up(due.over, due.under) * 100,
        Rounding::UpPound => -(-due.over).div_euclid(due.under) * 100,
        Rounding::DownPound => due.over.div_euclid(due.under) * 100,
    };
    i64::try_from(piastres).ok()
}

/// Parts of every declared type but formulas and assessed ones agree with the schoolbook.
#[test]
fn fees_agree_with_whole_numbers() {
    let catalogue = Catalogue::embedded().unwrap();
    let mut compared: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..40_u64 {
        let seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        for service in catalogue.services() {
            let given = filled(service, seed);
            let case = Case { applicant: &Applicant::default(), answers: &given };
            let assessed = BTreeMap::new();
            let question = Question { service, case, figures: &[], assessed: &assessed, estimate: false, day: DAY };
            for part in service.fee.parts.iter().filter(|part| part.when.is_none()) {
                let Some(expected) = by_hand(part, &given) else { continue };
                let bill = compute_part(&question, part).unwrap();
                assert_eq!(bill.total, Piastres(expected), "{} {}: {given:?}", service.code, part.code);
                let lines: i64 = bill.lines.iter().map(|line| line.amount.0).sum();
                assert_eq!(lines, expected, "{} {}: the shares are the whole", service.code, part.code);
                *compared.entry(rule_name(&part.rule)).or_default() += 1;
            }
        }
    }
    for rule in ["fixed", "per unit", "percent", "bands"] {
        assert!(compared.get(rule).is_some_and(|count| *count >= 100), "{rule} was hardly compared: {compared:?}");
    }
}

fn rule_name(rule: &FeeRule) -> &'static str {
    match rule {
        FeeRule::Fixed { .. } => "fixed",
        FeeRule::PerUnit { .. } => "per unit",
        FeeRule::Percent { .. } => "percent",
        FeeRule::Bands { .. } => "bands",
        FeeRule::Assessed { .. } => "assessed",
        FeeRule::Formula { .. } => "formula",
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any answers to any service: a sum that adds up, parts that sum to the whole, floors and
    /// ceilings kept, or a typed refusal; never a panic.
    #[test]
    fn every_bill_adds_up(seed in any::<u64>()) {
        let catalogue = Catalogue::embedded().unwrap();
        for service in catalogue.services() {
            let given = filled(service, seed);
            let case = Case { applicant: &Applicant::default(), answers: &given };
            let assessed = BTreeMap::new();
            let question = Question { service, case, figures: &[], assessed: &assessed, estimate: true, day: DAY };
            let Ok(all) = compute(&question, None) else { continue };
            prop_assert_eq!(all.total.0, all.lines.iter().map(|line| line.amount.0).sum::<i64>());
            prop_assert!(all.lines.iter().all(|line| line.amount.0 > 0));
            for part in &service.fee.parts {
                let lines = all.lines.iter().filter(|line| line.code.split('.').next() == Some(&part.code));
                let sum: i64 = lines.map(|line| line.amount.0).sum();
                let piastres = |egp: Decimal| i64::try_from(egp * Decimal::ONE_HUNDRED).unwrap();
                prop_assert!(part.max_egp.is_none_or(|max| sum <= piastres(max)));
                prop_assert!(sum == 0 || part.min_egp.is_none_or(|min| sum >= piastres(min)));
            }
            let steps = service.steps.iter().filter(|step| step.kind == crate::model::StepKind::Pay);
            let collected: i64 = steps.map(|step| compute(&question, Some(&step.id)).unwrap().total.0).sum();
            let elsewhere: i64 =
                all.lines.iter().filter(|line| line.pay_step.is_none()).map(|line| line.amount.0).sum();
            prop_assert_eq!(collected + elsewhere, all.total.0);
        }
    }

    /// A larger area never costs less.
    #[test]
    fn fees_rise_with_the_area(a in 1_i64..400_000, b in 1_i64..400_000) {
        let area = |area: i64| {
            let given = answers(&[
                ("plot_area_m2", Answer::Number(Decimal::new(area, 2))),
                ("shop_area_m2", Answer::Number(Decimal::new(area, 2))),
                ("fee_zone", Answer::Text("city_district".into())),
            ]);
            [bill("BLD-29", &given, &[], None), bill("SHP-01", &given, &[], Some("rev-pay"))]
        };
        let (small, large) = (area(a.min(b)), area(a.max(b)));
        for (small, large) in small.into_iter().zip(large) {
            if let (Ok(small), Ok(large)) = (small, large) {
                prop_assert!(small.total <= large.total);
            }
        }
    }

    /// Amounts beyond what can be counted are refused, not wrapped.
    #[test]
    fn huge_answers_are_refused(mantissa in any::<i64>()) {
        let huge = Decimal::from(mantissa.unsigned_abs()) * Decimal::from(1_000_000_000_u64);
        let given = answers(&[("built_area_total_m2", Answer::Number(huge)), ("works_value_egp", Answer::Money(Piastres(i64::MAX)))]);
        if let Err(error) = bill("BLD-02", &given, &[], Some("rev-pay")) {
            let overflow = matches!(error, FeeError::Overflow { .. });
            prop_assert!(overflow, "{}", error);
        }
    }
}

#[test]
fn every_number_of_a_tariff_can_be_set_locally() {
    let catalogue = Catalogue::embedded().unwrap();
    for service in catalogue.services() {
        let slots = slots(service);
        let mut codes: Vec<_> = slots.iter().map(|slot| slot.code.clone()).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), slots.len(), "{}", service.code);
        for part in &service.fee.parts {
            let formula = matches!(part.rule, FeeRule::Formula { .. });
            assert!(formula || codes.iter().any(|code| code.starts_with(&format!("{}.", part.code))));
        }
    }
}
