//! What must never pass and what always must, on both sides of a signature.

use documents::sign::*;
use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};

const DAY: i64 = 86_400;
const ISSUED: i64 = 1_762_300_800;

fn issuer_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn keys() -> KeyList {
    let key = |seed: u8, governorate: &str, from, to| Key {
        public: SigningKey::from_bytes(&[seed; 32]).verifying_key(),
        governorate: governorate.into(),
        from,
        to,
    };
    KeyList {
        issued: ISSUED,
        expires: Some(ISSUED + 30 * DAY),
        keys: vec![key(1, "01", 0, None), key(2, "02", 0, None), key(3, "01", 0, Some(ISSUED))],
    }
}

fn claims(kind: PaperType) -> Claims {
    Claims {
        issuer: "01".into(),
        issued: ISSUED,
        expires: Some(ISSUED + 365 * DAY),
        kind,
        service: "SHP-01".into(),
        number: 201_307_260_001_234,
        unit: "01-D07".into(),
        holder: "أحمد محمود عبد الرحمن السيد".into(),
        nid_last4: Some(67),
        place: "٧ شارع مكرم عبيد، مدينة نصر، القاهرة".into(),
        figures: vec![Figure { kind: FigureKind::Area, value: 4_250 }],
        status: Some(70_001),
        request: None,
        slip: String::new(),
    }
}

fn any_claims() -> impl Strategy<Value = Claims> {
    let kinds = prop::sample::select(PaperType::ALL.to_vec());
    let figures = prop::collection::btree_map(0..FigureKind::ALL.len(), any::<i64>(), 0..=4);
    (
        (kinds, 0..i64::MAX / 2, prop::option::of(1..i64::MAX / 2), 0..1_000_000_000_000_000u64),
        ("\\PC{0,80}", prop::option::of(0..10_000u16), "[ء-ي ]{0,120}", figures),
        ("[0-3][0-9]", "[0-9]{2}-[GMCDN][0-9]{2}", "[A-Z]{3}-[0-9]{2}", any::<Option<u32>>()),
        (prop::option::of(0..1_000_000_000_000_000u64), "[0-9A-Z/-]{0,40}"),
    )
        .prop_map(|((kind, issued, after, number), (holder, nid, place, figures), rest, (request, slip))| Claims {
            issuer: rest.0,
            issued,
            expires: after.map(|after| issued.saturating_add(after)),
            kind,
            service: rest.2,
            number,
            unit: rest.1,
            holder,
            nid_last4: nid,
            place,
            figures: figures.into_iter().map(|(kind, value)| Figure { kind: FigureKind::ALL[kind], value }).collect(),
            status: rest.3,
            request,
            slip,
        })
}

proptest! {
    #[test]
    fn claims_come_back(claims in any_claims()) {
        let bytes = claims.to_cbor().unwrap();
        prop_assert_eq!(Claims::from_cbor(&bytes).unwrap(), claims);
    }

    #[test]
    fn a_signed_paper_fits_and_verifies(mut claims in any_claims()) {
        claims.issuer = "01".into();
        let paper = sign(&claims, &issuer_key()).unwrap();
        prop_assert!(paper.bytes.len() <= MAX_SIGNED_BYTES);
        let link = paper_link("https://shubbak.gov.eg", Token([9; 10]), &paper.bytes);
        let Link::Paper { signed: Some(signed), .. } = link.parse().unwrap() else { panic!() };
        let verdict = verify(&signed, &keys(), claims.issued);
        prop_assert_eq!(verdict, Verdict::Valid(paper.claims.clone()));
        let whole = |kept: &str, full: &str| match kept.strip_suffix('…') {
            Some(start) if kept != full => full.starts_with(start) && start.chars().count() <= full.chars().count(),
            _ => kept == full,
        };
        prop_assert!(whole(&paper.claims.place, &claims.place));
        prop_assert!(whole(&paper.claims.holder, &claims.holder));
        prop_assert!(whole(&paper.claims.slip, &claims.slip));
        if paper.claims.holder != claims.holder {
            prop_assert!(paper.claims.place.chars().count() <= 17);
        }
    }

    #[test]
    fn any_flipped_bit_fails(bit in 0usize..(200 * 8)) {
        let paper = sign(&claims(PaperType::Licence), &issuer_key()).unwrap();
        let mut bytes = paper.bytes;
        let bit = bit % (bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        let verdict = verify(&bytes, &keys(), ISSUED);
        prop_assert!(
            matches!(verdict, Verdict::BadSignature | Verdict::Malformed | Verdict::UnknownKey(_)),
            "{:?}", verdict
        );
    }

    #[test]
    fn any_changed_digit_fails(at in 0usize..2000, by in 1u8..10) {
        let paper = sign(&claims(PaperType::Licence), &issuer_key()).unwrap();
        let mut digits = encode_digits(&paper.bytes).into_bytes();
        let at = at % digits.len();
        digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
        if let Ok(bytes) = decode_digits(std::str::from_utf8(&digits).unwrap()) {
            let verdict = verify(&bytes, &keys(), ISSUED);
            prop_assert!(!matches!(verdict, Verdict::Valid(_)));
        }
    }

    #[test]
    fn random_bytes_are_read_without_fear(bytes in prop::collection::vec(any::<u8>(), 0..320)) {
        prop_assert!(!matches!(verify(&bytes, &keys(), ISSUED), Verdict::Valid(_)));
        let _ = Claims::from_cbor(&bytes);
        let _ = StatusList::decode(&bytes, &keys());
    }

    #[test]
    fn no_type_passes_for_another(one in 0usize..7, other in 0usize..7) {
        let (one, other) = (PaperType::ALL[one], PaperType::ALL[other]);
        let paper = sign(&claims(one), &issuer_key()).unwrap();
        let verdict = verify_as(other, &paper.bytes, &keys(), ISSUED);
        if one == other {
            prop_assert_eq!(verdict, Verdict::Valid(claims(one)));
        } else {
            prop_assert_eq!(verdict, Verdict::WrongType(claims(one)));
        }
    }

    #[test]
    fn status_lists_keep_every_entry(changes in prop::collection::vec((0..ENTRIES_PER_LIST, 0u8..4), 0..60)) {
        let states = [Status::Valid, Status::Revoked, Status::Suspended, Status::Superseded];
        let mut list = StatusList::new("01", 3, ISSUED);
        let first = 3 * ENTRIES_PER_LIST;
        let mut expected = std::collections::BTreeMap::new();
        for (entry, state) in changes {
            list.set(first + entry, states[usize::from(state)]).unwrap();
            expected.insert(first + entry, states[usize::from(state)]);
        }
        let bytes = list.encode("https://shubbak.gov.eg", &issuer_key()).unwrap();
        let read = StatusList::decode(&bytes, &keys()).unwrap();
        for (index, state) in expected {
            prop_assert_eq!(read.get(index), Some(state));
        }
        prop_assert_eq!(read, list);
    }
}

#[test]
fn time_decides_between_not_yet_valid_and_expired() {
    let claims = claims(PaperType::Licence);
    let paper = sign(&claims, &issuer_key()).unwrap();
    let at = |now| verify(&paper.bytes, &keys(), now);
    let end = claims.expires.unwrap();
    assert_eq!(at(ISSUED - 1), Verdict::NotYet(claims.clone()));
    assert_eq!(at(ISSUED), Verdict::Valid(claims.clone()));
    assert_eq!(at(end - 1), Verdict::Valid(claims.clone()));
    assert_eq!(at(end), Verdict::Expired(claims));
}

#[test]
fn only_a_key_of_the_issuer_in_its_time_counts() {
    let claims = claims(PaperType::Licence);
    let by = |seed: u8| sign(&claims, &SigningKey::from_bytes(&[seed; 32])).unwrap().bytes;
    assert_eq!(verify(&by(2), &keys(), ISSUED), Verdict::WrongIssuer(claims.clone()));
    assert_eq!(verify(&by(3), &keys(), ISSUED), Verdict::WrongIssuer(claims.clone()));
    let stranger = SigningKey::from_bytes(&[4; 32]);
    let unknown = Verdict::UnknownKey(key_id(&stranger.verifying_key()));
    assert_eq!(verify(&by(4), &keys(), ISSUED), unknown);
}

#[test]
fn long_texts_are_shortened_place_first_and_never_below_sixteen_characters() {
    let mut long = claims(PaperType::BuildingPermit);
    long.place = "شارع الجمهورية ".repeat(12);
    let paper = sign(&long, &issuer_key()).unwrap();
    assert_eq!(paper.claims.holder, long.holder);
    assert!(paper.claims.place.ends_with('…'));
    assert!(paper.bytes.len() > MAX_SIGNED_BYTES - 8, "{} bytes", paper.bytes.len());
    long.holder = "شركة المقاولات الهندسية ".repeat(12);
    let paper = sign(&long, &issuer_key()).unwrap();
    assert!(paper.claims.place.chars().count() >= 15);
    assert!(paper.claims.holder.ends_with('…'));
    long.holder = "𓀀".repeat(40);
    long.place = "𓀀".repeat(40);
    long.figures = FigureKind::ALL.into_iter().take(MAX_FIGURES).map(|kind| Figure { kind, value: i64::MIN }).collect();
    assert!(matches!(sign(&long, &issuer_key()), Err(SignError::TooLong(_))));
}

#[test]
fn impossible_claims_are_refused() {
    let refused = |change: fn(&mut Claims)| {
        let mut claims = claims(PaperType::Licence);
        change(&mut claims);
        sign(&claims, &issuer_key()).unwrap_err()
    };
    let value = |name| SignError::Claims(ClaimsError::Value(name));
    assert_eq!(refused(|c| c.issuer = "1".into()), value("issuer"));
    assert_eq!(refused(|c| c.expires = Some(c.issued)), value("expires"));
    assert_eq!(refused(|c| c.number = 1_000_000_000_000_000), value("number"));
    assert_eq!(refused(|c| c.nid_last4 = Some(10_000)), value("nid_last4"));
    assert_eq!(refused(|c| c.figures.extend(c.figures.clone())), value("figures"));
}

#[test]
fn key_list_counts_only_under_the_trusted_root() {
    let root = SigningKey::from_bytes(&[8; 32]);
    let bytes = keys().sign(&root).unwrap();
    assert_eq!(KeyList::verify(&bytes, &root.verifying_key()).unwrap(), keys());
    let other = SigningKey::from_bytes(&[9; 32]).verifying_key();
    assert_eq!(KeyList::verify(&bytes, &other), Err(KeyListError::NotByRoot));
    for at in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[at] ^= 4;
        assert!(KeyList::verify(&bytes, &root.verifying_key()).is_err(), "byte {at}");
    }
}

#[test]
fn lists_and_papers_never_pass_for_one_another() {
    let mut keys = keys();
    let root = issuer_key(); // even where one key signs everything
    keys.keys.truncate(1);
    let paper = sign(&claims(PaperType::Licence), &root).unwrap().bytes;
    let list = keys.sign(&root).unwrap();
    let status = StatusList::new("01", 0, ISSUED).encode("https://x.eg", &root).unwrap();
    assert_eq!(verify(&list, &keys, ISSUED), Verdict::Malformed);
    assert_eq!(verify(&status, &keys, ISSUED), Verdict::Malformed);
    assert_eq!(KeyList::verify(&paper, &root.verifying_key()), Err(KeyListError::Malformed));
    assert_eq!(KeyList::verify(&status, &root.verifying_key()), Err(KeyListError::Malformed));
    assert_eq!(StatusList::decode(&paper, &keys), Err(StatusError::Malformed));
    assert_eq!(StatusList::decode(&list, &keys), Err(StatusError::Malformed));
}

#[test]
fn status_list_of_another_governorate_is_refused() {
    let foreign = StatusList::new("01", 0, ISSUED);
    let by_second = foreign.encode("https://x.eg", &SigningKey::from_bytes(&[2; 32])).unwrap();
    assert_eq!(StatusList::decode(&by_second, &keys()), Err(StatusError::BadSignature));
}

#[test]
fn status_indexes_are_drawn_within_their_list_and_never_twice() {
    let mut rng = StdRng::seed_from_u64(5);
    let mut taken = std::collections::BTreeSet::new();
    for _ in 0..500 {
        let index = StatusList::draw(2, &mut rng, |index| taken.contains(&index)).unwrap();
        assert_eq!(StatusList::of_index(index), 2);
        assert!(taken.insert(index));
    }
    assert_eq!(StatusList::draw(2, &mut rng, |_| true), None);
    assert_eq!(StatusList::new("01", 0, ISSUED).get(ENTRIES_PER_LIST), None);
}
