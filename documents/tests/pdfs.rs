//! Every paper, looked at from outside: its text, its pages, its QR and its form.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use proptest::prelude::*;

use documents::{
    Document, Fonts, Options, PdfError,
    papers::{Paper, PrintOut, Row, Section, Slip, Value},
    pdf, pdf_with,
};
use foundation::testing::pdf_text;

const NOW: i64 = 1_795_305_600;

fn options() -> Options {
    Options { now: NOW, ..Options::default() }
}

/// Runs a program of the machine on a file and gives what it prints.
fn run(program: &str, args: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(args).arg(file).output();
    let output = output.unwrap_or_else(|error| panic!("{program} is needed here: {error}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn pages_of(bytes: &[u8]) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    fs::write(&file, bytes).unwrap();
    let info = run("pdfinfo", &[], &file);
    let line = info.lines().find(|line| line.starts_with("Pages:")).unwrap();
    line.split_whitespace().last().unwrap().parse().unwrap()
}

/// Texts as they are copied: without vowel signs.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{64b}'..='\u{652}')).collect()
}

#[test]
fn arabic_text_comes_out_in_logical_order() {
    let expected: BTreeMap<&str, &[&str]> = BTreeMap::from([
        (
            "slip80",
            &[
                "إيصال استلام طلب",
                "أحمد محمود عبد الرحمن السيد",
                "1 01 307 26 000123 4",
                "4071",
                "صورة البطاقة الضريبية",
            ][..],
        ),
        ("booklet", &["دليل الخدمات", "محافظة القاهرة", "المحتويات", "رخصة محل بنظام الإخطار", "المراكز ومواعيدها"]),
        ("ticket80", &["A047", "تقديم طلب جديد", "كبار السن", "أمامك 3 أشخاص", "حي شرق مدينة نصر"]),
        (
            "slip_a5",
            &["جمهورية مصر العربية", "الرقم السري للاستعلام", "المستندات المستلمة", "22 نوفمبر", "الساعة 10:45 صباحا"],
        ),
        (
            "print_out",
            &[
                "مستخرج طلب",
                "عقد إيجار موثق",
                "بكالوريوس سياحة وفنادق",
                "الإدارة العامة للحماية المدنية",
                "مستوفى طبقا للمعاينة",
            ],
        ),
        (
            "building_permit",
            &[
                "رخصة بناء",
                "المهندسون القائمون على العمل",
                "CAR-2026-008812",
                "19 ديسمبر 2029",
                "وأعمال الحفر وحدها لا تعد بدءا",
            ],
        ),
        (
            "shop_licence",
            &[
                "رخصة محل عام",
                "محافظة القاهرة",
                "حي شرق مدينة نصر",
                "المركز التكنولوجي لخدمة المواطنين",
                "2 01 307 26 000087 1",
                "مطعم مأكولات شرقية (مع التقديم داخل المحل)",
                "الالتزام بالاشتراطات العامة والخاصة للنشاط",
                "للتحقق من صحة هذه الرخصة",
                "20 ديسمبر 2026",
            ],
        ),
        (
            "certificate",
            &[
                "بيان صلاحية الموقع للبناء",
                "تشهد الإدارة الهندسية بأن الموقع المبين أدناه صالح للبناء",
                "بحري: شارع مصطفى النحاس بعرض 16 مترا",
            ],
        ),
        (
            "receipt",
            &["إيصال سداد", "1,256.90", "ألف ومائتان وستة وخمسون جنيها وتسعون قرشا", "إيصال السداد لا يقوم مقام الرخصة"],
        ),
        (
            "receipt80",
            &["إيصال سداد", "1,256.90", "ألف ومائتان وستة وخمسون جنيها وتسعون قرشا", "إيصال السداد لا يقوم مقام الرخصة"],
        ),
    ]);
    for (name, document) in Document::samples() {
        let text = pdf_text(&pdf(&document, &options()).unwrap());
        for phrase in expected[name] {
            assert!(text.contains(phrase), "«{phrase}» is not in {name}:\n{text}");
        }
        assert!(!text.contains("نسخة"), "{name} bears a mark that it should not");
        let marked = Options { demo: true, copy: true, ..options() };
        let text = pdf_text(&pdf(&document, &marked).unwrap());
        for phrase in expected[name] {
            assert!(text.contains(phrase), "«{phrase}» is broken on a marked {name}:\n{text}");
        }
        assert!(text.contains("نسخة تجريبية"), "{name} does not say that it is a demonstration");
        assert!(text.matches("نسخة").count() >= 2, "{name} does not say that it is a copy");
    }
}

#[test]
fn a_mark_breaks_no_word_of_the_original() {
    for (name, document) in Document::samples() {
        let plain = pdf_text(&pdf(&document, &options()).unwrap());
        for marked in [Options { demo: true, ..options() }, Options { demo: true, copy: true, ..options() }] {
            let text = pdf_text(&pdf(&document, &marked).unwrap());
            // No word is broken by a mark. In what order blocks that stand side by side are read, the reader
            // decides; that phrases hold together, the test above asks.
            let mut words: Vec<&str> = text.split(' ').collect();
            let lost: Vec<&str> = plain
                .split(' ')
                .filter(|word| match words.iter().position(|other| other == word) {
                    Some(at) => {
                        words.swap_remove(at);
                        false
                    }
                    None => true,
                })
                .collect();
            assert!(lost.is_empty(), "{name} lost {lost:?}:\n{text}\n\n{plain}");
        }
    }
}

#[test]
fn words_that_readers_used_to_break_stay_whole() {
    let hard = "الكهرباء والملكية لله، الأرضي الإجمالي الآتية، الجيزة، ري، شيئًا طبقًا مساءً مُؤَقّتًا، رئيس هيئة";
    let paper = Paper { statement: hard.into(), ..Paper::sample_shop() };
    let text = pdf_text(&pdf(&Document::ShopLicence(paper), &options()).unwrap());
    assert!(text.contains(&plain(hard)), "{text}");
}

#[test]
fn the_qr_on_the_page_is_the_link() {
    let folder = tempfile::tempdir().unwrap();
    for (name, document) in Document::samples() {
        let (link, number) = match &document {
            Document::Slip80(slip) | Document::SlipA5(slip) => (slip.link.clone(), Some(&slip.number)),
            Document::PrintOut(out) => (out.link.clone(), None),
            Document::BuildingPermit(paper) | Document::ShopLicence(paper) | Document::Certificate(paper) => {
                (paper.link.clone(), None)
            }
            Document::Receipt(receipt) | Document::Receipt80(receipt) => (receipt.link.clone(), None),
            Document::Ticket80(ticket) => (ticket.link.clone(), None),
            Document::Booklet(booklet) => (booklet.link.clone(), None),
        };
        for (at, options) in [options(), Options { demo: true, copy: true, ..options() }].into_iter().enumerate() {
            let file = folder.path().join(format!("{name}{at}.pdf"));
            fs::write(&file, pdf(&document, &options).unwrap()).unwrap();
            let picture = folder.path().join(format!("{name}{at}"));
            let args = ["-r", "200", "-f", "1", "-l", "1", "-singlefile", "-png"];
            let status = Command::new("pdftoppm").args(args).arg(&file).arg(&picture).status();
            assert!(status.unwrap().success());
            let read = run("zbarimg", &["-q", "--raw"], &picture.with_extension("png"));
            assert!(read.lines().any(|line| line == link), "{name}: read {read:?}, not {link:?}");
            if let Some(number) = number {
                assert!(read.lines().any(|line| line == number), "{name}: bar code not read: {read:?}");
            }
        }
    }
}

#[test]
fn files_are_archival_arabic_and_the_same_every_time() {
    for (name, document) in Document::samples() {
        let bytes = pdf(&document, &options()).unwrap();
        assert_eq!(bytes, pdf(&document, &options()).unwrap(), "{name} is not deterministic");
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("<pdfaid:part>3</pdfaid:part>"), "{name} is no PDF/A-3");
        assert!(text.contains("<pdfaid:conformance>B</pdfaid:conformance>"));
        assert!(text.contains("/Lang(ar-EG)"), "{name} does not state its language");
        assert!(text.contains("/Direction/R2L"), "{name} opens from the wrong side");
        assert!(text.contains("2026-11-22"), "{name} does not carry the given date");
        let signed = !matches!(
            document,
            Document::Slip80(_)
                | Document::SlipA5(_)
                | Document::PrintOut(_)
                | Document::Ticket80(_)
                | Document::Booklet(_)
        );
        assert_eq!(text.contains("signed-paper.cose"), signed, "{name}");
    }
}

#[test]
fn page_counts_stay_as_designed() {
    let pages = Document::samples().map(|(name, document)| (name, pages_of(&pdf(&document, &options()).unwrap())));
    let expected = [
        ("slip80", 1),
        ("slip_a5", 1),
        ("print_out", 2),
        ("building_permit", 1),
        ("shop_licence", 1),
        ("certificate", 1),
        ("receipt", 1),
        ("receipt80", 1),
        ("ticket80", 1),
        ("booklet", 5),
    ];
    assert_eq!(pages, expected);
}

#[test]
fn empty_fields_and_endless_ones_are_printed() {
    for document in [
        Document::Slip80(Slip::default()),
        Document::SlipA5(Slip::default()),
        Document::PrintOut(PrintOut::default()),
        Document::BuildingPermit(Paper::default()),
        Document::ShopLicence(Paper::default()),
        Document::Certificate(Paper::default()),
        Document::Receipt(Default::default()),
        Document::Receipt80(Default::default()),
        Document::Ticket80(Default::default()),
        Document::Booklet(Default::default()),
    ] {
        pdf(&document, &options()).unwrap();
    }
    let long = "عبد المتعال ".repeat(60);
    let word = "ا".repeat(400);
    let rows = (0..300).map(|at| Row::text(format!("بند {at}"), long.as_str())).collect::<Vec<_>>();
    let paper = Paper {
        holder: long.clone(),
        place: word,
        title: long.clone(),
        rows: rows.clone(),
        conditions: vec![long.clone(); 40],
        ..Paper::sample_permit()
    };
    assert!(pages_of(&pdf(&Document::BuildingPermit(paper), &options()).unwrap()) > 10);
    let out = PrintOut {
        sections: vec![Section { title: long, rows }, Section { title: "فارغ".into(), rows: Vec::new() }],
        ..PrintOut::sample()
    };
    assert!(pages_of(&pdf(&Document::PrintOut(out), &options()).unwrap()) > 10);
}

#[test]
fn whatever_people_type_is_printable() {
    let texts = [
        "#set page(width: 1pt) $x$ *bold* \\ `raw` @ref <label> //",
        "王小明 😀 \u{202e}معكوس\u{202c} \u{0}\u{7}\u{1b}",
        "\u{feff}\u{200b}\u{200d}\u{e000}\u{10ffff}",
        "ﷺ ﻻ ٱلله ْ ّ ً",
        "\n\r\t",
    ];
    for text in texts {
        let paper = Paper {
            holder: text.into(),
            rows: vec![
                Row::text(text, text),
                Row::ltr(text, text),
                Row { label: text.into(), value: Value::Lines(vec![text.into(); 2]) },
                Row {
                    label: text.into(),
                    value: Value::Table {
                        heads: vec![text.into()],
                        rows: vec![vec![text.into(), text.into()], vec![]],
                    },
                },
                Row { label: String::new(), value: Value::Table { heads: vec![], rows: vec![] } },
                Row { label: String::new(), value: Value::Lines(vec![]) },
            ],
            ..Paper::sample_shop()
        };
        let result = pdf(&Document::Certificate(paper), &options());
        assert!(result.is_ok(), "{text:?}: {:?}", result.err());
    }
    let typed = Paper { holder: texts[0].into(), ..Paper::sample_shop() };
    let text = pdf_text(&pdf(&Document::ShopLicence(typed), &options()).unwrap());
    assert!(text.contains("set page(width: 1pt)"), "markup is text, not markup: {text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_makes_a_paper(holder in "\\PC{0,60}", place in "[\u{600}-\u{6ff} ]{0,60}", number in any::<String>()) {
        let paper = Paper { holder, place, number, ..Paper::sample_shop() };
        let result = pdf(&Document::ShopLicence(paper), &options());
        prop_assert!(result.is_ok(), "{:?}", result.err());
    }
}

#[test]
fn a_missing_font_is_named() {
    let none: &'static Fonts = Box::leak(Box::new(Fonts::new([])));
    let sample = Document::SlipA5(Slip::sample());
    assert_eq!(pdf_with(&sample, &options(), none), Err(PdfError::MissingFont("Amiri")));
    let broken: &'static Fonts = Box::leak(Box::new(Fonts::new([&b"not a font"[..]])));
    let error = pdf_with(&sample, &options(), broken).unwrap_err();
    assert_eq!(error.to_string(), "the font «Amiri» is missing");
    assert_eq!(pdf(&sample, &Options { now: i64::MAX, ..options() }), Err(PdfError::Time(i64::MAX)));
}
