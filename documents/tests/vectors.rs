//! The published test vectors: regenerated here and compared with `docs/vectors/`.
//! `SHUBBAK_WRITE_VECTORS=1 cargo test -p documents --test vectors` writes them anew.

use std::{env, fmt::Write as _, fs, path::PathBuf};

use documents::{
    qr::Qr,
    sign::{
        Claims, ENTRIES_PER_LIST, Figure, FigureKind, Key, KeyList, PaperType, Status, StatusList, Token, Verdict,
        encode_digits, key_id, paper_link, sign, slip_link, verify, verify_as,
    },
};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};

const ISSUED: i64 = 1_795_305_600;
const YEAR: i64 = 365 * 86_400;
const PUBLIC_URL: &str = "https://shubbak.gov.eg";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Compares with the published file, or writes it when asked to.
fn published(name: &str, value: &Value) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/vectors").join(name);
    let text = serde_json::to_string_pretty(value).unwrap() + "\n";
    if env::var_os("SHUBBAK_WRITE_VECTORS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap();
    assert_eq!(stored, text, "{name} differs from what the program makes");
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn keys() -> KeyList {
    let entry = |seed: u8, governorate: &str, to| Key {
        public: key(seed).verifying_key(),
        governorate: governorate.into(),
        from: ISSUED - YEAR,
        to,
    };
    KeyList {
        issued: ISSUED,
        expires: Some(ISSUED + YEAR),
        keys: vec![entry(1, "01", None), entry(2, "02", None), entry(3, "01", Some(ISSUED))],
    }
}

fn licence() -> Claims {
    Claims {
        issuer: "01".into(),
        issued: ISSUED,
        expires: Some(ISSUED + YEAR),
        kind: PaperType::Licence,
        service: "SHP-01".into(),
        number: 201_307_260_000_871,
        unit: "01-D07".into(),
        holder: "أحمد محمود عبد الرحمن السيد".into(),
        nid_last4: Some(67),
        place: "7 شارع مكرم عبيد، مدينة نصر، القاهرة".into(),
        figures: vec![Figure { kind: FigureKind::Area, value: 4_250 }],
        status: Some(70_001),
        request: None,
        slip: String::new(),
    }
}

fn vector(name: &str, asked: &Claims, seed: u8) -> Value {
    let paper = sign(asked, &key(seed)).unwrap();
    let token = Token(*b"foobafooba");
    let link = paper_link(PUBLIC_URL, token, &paper.bytes);
    let qr = Qr::new(&link).unwrap();
    json!({
        "name": name,
        "seed": hex(&[seed; 32]),
        "public": hex(key(seed).verifying_key().as_bytes()),
        "kid": hex(&key_id(&key(seed).verifying_key())),
        "asked": asked,
        "signed_claims": paper.claims,
        "type": asked.kind.code(),
        "payload": hex(&paper.claims.to_cbor().unwrap()),
        "cose": hex(&paper.bytes),
        "digits": encode_digits(&paper.bytes),
        "token": token.to_string(),
        "link": link,
        "qr": { "version": qr.version(), "level": format!("{:?}", qr.level()) },
    })
}

#[test]
fn paper_qr() {
    let plain = Claims {
        expires: None,
        kind: PaperType::Certificate,
        service: "REC-02".into(),
        number: 201_307_260_000_873,
        holder: String::new(),
        nid_last4: None,
        place: String::new(),
        figures: Vec::new(),
        status: None,
        ..licence()
    };
    let receipt = Claims {
        expires: None,
        kind: PaperType::Receipt,
        number: 301_307_260_000_459,
        place: String::new(),
        figures: vec![Figure { kind: FigureKind::Amount, value: 125_690 }],
        status: None,
        request: Some(101_307_260_001_234),
        slip: "77/2026".into(),
        ..licence()
    };
    let permit = Claims {
        expires: Some(ISSUED + 3 * YEAR),
        kind: PaperType::BuildingPermit,
        service: "BLD-02".into(),
        number: 201_307_260_000_872,
        holder: "ورثة المرحوم الحاج عبد الفتاح عبد المقصود عبد الجواد الشرقاوي وشركاهم".into(),
        place: "قطعة رقم 18 بلوك 44، تقسيم شركة مدينة نصر للإسكان والتعمير، شارع مصطفى النحاس".into(),
        figures: vec![
            Figure { kind: FigureKind::Area, value: 45_000 },
            Figure { kind: FigureKind::Floors, value: 6 },
            Figure { kind: FigureKind::Height, value: 1_900 },
            Figure { kind: FigureKind::BuiltArea, value: 162_000 },
        ],
        status: Some(ENTRIES_PER_LIST + 5),
        ..licence()
    };
    let whole = sign(&licence(), &key(1)).unwrap().bytes;
    let changed = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    let payload_at = 40;
    let cases: Vec<(&str, Vec<u8>, i64, &str)> = vec![
        ("valid", whole.clone(), ISSUED, "valid"),
        ("last second", whole.clone(), ISSUED + YEAR - 1, "valid"),
        ("expired", whole.clone(), ISSUED + YEAR, "expired"),
        ("not yet", whole.clone(), ISSUED - 1, "not_yet"),
        ("a bit of the payload changed", changed(payload_at), ISSUED, "bad_signature"),
        ("a bit of the signature changed", changed(whole.len() - 1), ISSUED, "bad_signature"),
        ("tag changed", changed(0), ISSUED, "malformed"),
        ("a byte too much", [whole.clone(), vec![0]].concat(), ISSUED, "malformed"),
        ("cut", whole[..whole.len() - 1].to_vec(), ISSUED, "malformed"),
        ("key of another governorate", sign(&licence(), &key(2)).unwrap().bytes, ISSUED, "wrong_issuer"),
        ("key out of use", sign(&licence(), &key(3)).unwrap().bytes, ISSUED, "wrong_issuer"),
        ("unknown key", sign(&licence(), &key(4)).unwrap().bytes, ISSUED, "unknown_key"),
    ];
    let cases = cases.into_iter().map(|(name, bytes, now, expected)| {
        assert_eq!(word(&verify(&bytes, &keys(), now)), expected, "{name}");
        json!({ "name": name, "cose": hex(&bytes), "now": now, "verdict": expected })
    });
    let as_licence = verify_as(PaperType::Licence, &sign(&receipt, &key(1)).unwrap().bytes, &keys(), ISSUED);
    assert_eq!(word(&as_licence), "wrong_type");

    let digits = [1u8, 2, 3, 4, 5, 6, 7, 8, 14, 20].map(|length| {
        let bytes: Vec<u8> = (0..length).map(|at| 255 - at * 12).collect();
        json!({ "bytes": hex(&bytes), "digits": encode_digits(&bytes) })
    });
    published(
        "paper-qr.json",
        &json!({
            "about": "Paper QR of Shubbak: docs/paper-qr.md describes every field. Byte strings are hexadecimal, times are seconds since 1970. The keys are for tests only.",
            "public_url": PUBLIC_URL,
            "papers": [
                vector("shop licence", &licence(), 1),
                vector("certificate without optional fields", &plain, 1),
                vector("payment receipt", &receipt, 1),
                vector("building permit, place shortened", &permit, 1),
            ],
            "verify": cases.collect::<Vec<_>>(),
            "digits": digits,
            "digits_refused": ["12", "256", "72057594037927936", "00a"],
        }),
    );
}

#[test]
fn key_and_status_lists() {
    let root = key(8);
    let mut list = StatusList::new("01", 0, ISSUED);
    list.expires = Some(ISSUED + 86_400);
    let states = [(0, Status::Revoked), (1, Status::Suspended), (2, Status::Superseded), (70_001, Status::Revoked)];
    for (index, status) in states {
        list.set(index, status).unwrap();
    }
    let signed = list.encode(PUBLIC_URL, &key(1)).unwrap();
    let keys_signed = keys().sign(&root).unwrap();
    let keys = keys().keys.into_iter().map(|key| {
        json!({
            "public": hex(key.public.as_bytes()), "kid": hex(&key.id()),
            "governorate": key.governorate, "from": key.from, "to": key.to,
        })
    });
    let states = [0, 1, 2, 3, 70_001].map(|index| json!({ "index": index, "status": list.get(index).unwrap() as u8 }));
    published(
        "lists.json",
        &json!({
            "about": "Signed key list and status list of Shubbak: docs/paper-qr.md. The zlib stream in the status list may differ between compressors; its content may not.",
            "root_public": hex(root.verifying_key().as_bytes()),
            "key_list": { "cose": hex(&keys_signed), "issued": ISSUED, "expires": ISSUED + YEAR, "keys": keys.collect::<Vec<_>>() },
            "status_list": {
                "cose": hex(&signed),
                "uri": StatusList::uri(PUBLIC_URL, "01", 0),
                "issuer": "01", "list": 0, "issued": ISSUED, "expires": ISSUED + 86_400,
                "entries": ENTRIES_PER_LIST,
                "states": states,
            },
        }),
    );
}

#[test]
fn request_slip_qr() {
    let tokens = [*b"foobafooba", [0; 10], [0xff; 10]].map(Token);
    let urls = ["https://shubbak.gov.eg", "http://127.0.0.1:8080/", "https://window.gov.eg/Cairo"];
    let vectors = tokens.iter().flat_map(|token| {
        urls.map(|url| {
            let link = slip_link(url, *token);
            let qr = Qr::new(&link).unwrap();
            json!({
                "public_url": url, "token_bytes": hex(&token.0), "token": token.to_string(),
                "link": link, "qr": { "version": qr.version(), "level": format!("{:?}", qr.level()) },
            })
        })
    });
    published("request-slip-qr.json", &json!({ "slips": vectors.collect::<Vec<_>>() }));
}

fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Valid(_) => "valid",
        Verdict::Expired(_) => "expired",
        Verdict::NotYet(_) => "not_yet",
        Verdict::WrongType(_) => "wrong_type",
        Verdict::WrongIssuer(_) => "wrong_issuer",
        Verdict::BadSignature => "bad_signature",
        Verdict::UnknownKey(_) => "unknown_key",
        Verdict::Malformed => "malformed",
    }
}
