use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::arabic::digits;

/// `docs/vectors/numbers.json`, which other programs test against.
#[derive(Deserialize)]
struct Vectors {
    damm: Vec<(String, u8)>,
    valid: Vec<Valid>,
    invalid: Vec<(String, String)>,
    unit_digits: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Valid {
    number: String,
    printed: String,
    typed: Vec<String>,
    kind: u8,
    unit: String,
    year: i16,
    serial: u32,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/vectors/numbers.json"))).unwrap()
}

fn values(text: &str) -> Vec<u8> {
    text.chars().filter_map(digits::value).collect()
}

#[test]
fn published_vectors() {
    let vectors = vectors();
    for (body, check) in &vectors.damm {
        assert_eq!(check_digit(&values(body)), Some(*check), "{body}");
        assert!(is_valid(&values(&format!("{body}{check}"))));
    }
    for vector in &vectors.valid {
        let kind = Kind::from_digit(vector.kind).unwrap();
        let number = Number::new(kind, &vector.unit, vector.year, vector.serial).unwrap();
        assert_eq!(number.to_string(), vector.number);
        assert_eq!(number.grouped(), vector.printed);
        for typed in vector.typed.iter().chain([&vector.number, &vector.printed]) {
            assert_eq!(Number::parse(typed), Ok(number), "{typed}");
        }
    }
    for (typed, reason) in &vectors.invalid {
        let found = match Number::parse(typed) {
            Ok(_) => "valid",
            Err(NumberError::Empty) => "empty",
            Err(NumberError::Characters) => "characters",
            Err(NumberError::Length { .. }) => "length",
            Err(NumberError::Check { .. }) => "check",
            Err(NumberError::Kind) => "kind",
            Err(NumberError::Governorate) => "governorate",
            Err(NumberError::Unit) => "unit",
            Err(NumberError::Serial) => "serial",
        };
        assert_eq!(found, reason, "{typed}");
    }
    for (code, digits) in &vectors.unit_digits {
        let found = unit_digits(code).map(|(governorate, unit)| format!("{governorate:02} {unit:03}"));
        assert_eq!(found.as_deref().unwrap_or("none"), digits, "{code}");
    }
}

#[test]
fn the_table_finds_every_single_error_and_every_swap() {
    // From each interim digit: another digit leads elsewhere, and so does the swapped pair.
    for before in 0..10_u8 {
        let interim = |tail: &[u8]| check_digit(&[&[before][..], tail].concat());
        for a in 0..10 {
            for b in (0..10).filter(|b| *b != a) {
                assert_ne!(interim(&[a]), interim(&[b]));
                assert_ne!(interim(&[a, b]), interim(&[b, a]));
            }
        }
    }
    assert_eq!(check_digit(&[10]), None);
    assert!(!is_valid(&[]));
}

#[test]
fn what_cannot_be_made() {
    assert_eq!(Number::new(Kind::Request, "01-D07", 2026, 0), Err(NumberError::Serial));
    assert_eq!(Number::new(Kind::Request, "01-D07", 2026, 1_000_000), Err(NumberError::Serial));
    assert_eq!(Number::new(Kind::Request, "01-X07", 2026, 1), Err(NumberError::Unit));
    assert_eq!(unit_code(20, 301), Err(NumberError::Governorate));
    assert_eq!(unit_code(1, 300), Err(NumberError::Unit));
    assert_eq!(unit_code(1, 500), Err(NumberError::Unit));
}

fn number() -> impl Strategy<Value = Number> {
    let unit = prop_oneof![
        Just("00".to_owned()),
        (0_usize..27, "G00|[MCDN](0[1-9]|[1-9][0-9])|B(50[1-9]|[6-9][0-9]{2})")
            .prop_map(|(at, local)| format!("{:02}-{local}", crate::governorates::ALL[at].0)),
    ];
    (0_usize..9, unit, 2000_i16..2100, 1_u32..1_000_000)
        .prop_map(|(kind, unit, year, serial)| Number::new(Kind::ALL[kind], &unit, year, serial).unwrap())
}

proptest! {
    #[test]
    fn every_writing_reads_back(number in number(), dashes: bool) {
        let grouped = number.grouped();
        let typed = if dashes { grouped.replace(' ', "-") } else { format!("\u{202B}{grouped}\u{202C}") };
        for text in [number.to_string(), grouped, typed.clone(), digits::to_arabic(&typed)] {
            prop_assert_eq!(Number::parse(&text), Ok(number));
        }
        let (governorate, unit) = unit_digits(&number.unit()).unwrap();
        prop_assert_eq!(unit_code(governorate, unit), Ok(number.unit()));
        let json = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(serde_json::from_str::<Number>(&json).unwrap(), number);
    }

    #[test]
    fn parts_come_back(number in number()) {
        let again = Number::new(number.kind(), &number.unit(), number.year(), number.serial());
        prop_assert_eq!(again, Ok(number));
        prop_assert!(number.unit().starts_with(&number.tenant()));
    }

    #[test]
    fn order_is_that_of_the_digits(a in number(), b in number()) {
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
    }

    #[test]
    fn one_wrong_digit_is_found_and_helped(number in number(), place in 0_usize..15, add in 1_u8..10) {
        let mut typed = values(&number.to_string());
        typed[place] = (typed[place] + add) % 10;
        let text: String = typed.iter().map(|v| char::from(b'0' + v)).collect();
        match Number::parse(&text) {
            Err(NumberError::Check { help }) => {
                let meant = Correction { number, slip: Slip::Digit, place };
                prop_assert!(help.contains(&meant));
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn a_swap_is_found_and_helped_first(number in number(), place in 0_usize..14) {
        let mut typed = values(&number.to_string());
        if typed[place] == typed[place + 1] {
            return Ok(());
        }
        typed.swap(place, place + 1);
        let help = corrections(&typed);
        prop_assert!(!is_valid(&typed));
        let meant = Correction { number, slip: Slip::Swap, place };
        prop_assert!(help.contains(&meant));
        prop_assert!(help.is_sorted_by_key(|c| (c.slip, std::cmp::Reverse(c.place))));
    }

    #[test]
    fn reading_never_panics(text in "[0-9٠-٩ -]{0,20}|\\PC{0,10}") {
        let _ = Number::parse(&text);
    }
}
