//! The print-out of a request (مستخرج الطلب): all answers, papers and steps.

use serde::Serialize;

use super::{FeeLine, Head, Row, Value};

/// A titled group of answers (قسم من النموذج).
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// The answers.
    pub rows: Vec<Row>,
}

/// One paper of the request (مستند).
#[derive(Clone, Debug, Serialize)]
pub struct PrintedPaper {
    /// Its name.
    pub name: String,
    /// «مستوفى»، «مطلوب»، «مقبول» …
    pub state: String,
    /// Anything to add.
    pub note: String,
}

/// One step (مرحلة).
#[derive(Clone, Debug, Serialize)]
pub struct PrintedStep {
    /// Its name.
    pub name: String,
    /// The department that holds it.
    pub department: String,
    /// «تمت»، «جارية»، «لم تبدأ» …
    pub state: String,
    /// Date of its beginning.
    pub from: String,
    /// Date of its end, or the date due.
    pub to: String,
}

/// Everything recorded about a request, on paper (مستخرج الطلب).
#[derive(Clone, Debug, Default, Serialize)]
pub struct PrintOut {
    /// The competent unit.
    pub head: Head,
    /// The request's number.
    pub number: String,
    /// Text of the slip's QR; empty prints none.
    pub link: String,
    /// Name of the service.
    pub service: String,
    /// Present state in words.
    pub state: String,
    /// Date of receipt.
    pub received: String,
    /// Expected date.
    pub due: String,
    /// Answers by section, the applicant's first.
    pub sections: Vec<Section>,
    /// Papers.
    pub papers: Vec<PrintedPaper>,
    /// Steps in order.
    pub steps: Vec<PrintedStep>,
    /// Fees.
    pub fees: Vec<FeeLine>,
    /// Their sum; empty without fees.
    pub total: String,
    /// When and at which window this was printed.
    pub printed: String,
}

impl PrintOut {
    /// A print-out that runs over more than one page.
    pub fn sample() -> Self {
        let slip = super::Slip::sample();
        let row = |label: &str, value: &str| Row::text(label, value);
        let mut details = vec![
            row("الاسم التجاري للمحل", "مطعم البيت الشرقي"),
            row("النشاط المطلوب", "مطعم مأكولات شرقية (مع التقديم داخل المحل)"),
            row(
                "عنوان المكان تفصيلا",
                "7 شارع مكرم عبيد، بجوار سيتي ستارز، المنطقة السادسة، مدينة نصر، القاهرة – الدور الأرضي، محل رقم 12",
            ),
            Row { label: "مساحة المحل".into(), value: Value::Measure("42.50".into(), "م²".into()) },
            row("سند حيازة المكان", "عقد إيجار موثق"),
            row("هل توجد آلات بمحركات؟", "نعم"),
            row("ملاحظات", ""),
            Row {
                label: "المدير المسئول".into(),
                value: Value::Table {
                    heads: vec!["الاسم".into(), "المؤهل".into(), "الهاتف".into()],
                    rows: vec![
                        vec!["محمود أحمد محمود".into(), "بكالوريوس سياحة وفنادق".into(), "01001234567".into()],
                        vec!["سارة علي حسن".into(), "دبلوم فني".into(), "".into()],
                    ],
                },
            },
        ];
        details.extend((1..=24).map(|at| row(&format!("اشتراط رقم {at}"), "مستوفى طبقًا للمعاينة")));
        Self {
            head: slip.head,
            number: slip.number,
            link: slip.link,
            service: slip.service,
            state: "قيد المعاينة".into(),
            received: "22 نوفمبر 2026".into(),
            due: "20 ديسمبر 2026".into(),
            sections: vec![
                Section {
                    title: "مقدم الطلب".into(),
                    rows: vec![
                        row("الاسم", "أحمد محمود عبد الرحمن السيد"),
                        Row::ltr("الرقم القومي", "2******…0067"),
                        Row::ltr("الهاتف المحمول", "01001234567"),
                    ],
                },
                Section { title: "بيانات الطلب".into(), rows: details },
            ],
            papers: vec![
                PrintedPaper {
                    name: "صورة بطاقة الرقم القومي".into(),
                    state: "مستوفى".into(),
                    note: "الأصل للاطلاع".into(),
                },
                PrintedPaper {
                    name: "صورة عقد الإيجار الموثق".into(), state: "مستوفى".into(), note: String::new()
                },
                PrintedPaper {
                    name: "صورة البطاقة الضريبية".into(),
                    state: "مطلوب".into(),
                    note: "حتى 6 ديسمبر 2026".into(),
                },
            ],
            steps: vec![
                PrintedStep {
                    name: "مراجعة المستندات".into(),
                    department: "إدارة رخص المحال".into(),
                    state: "تمت".into(),
                    from: "22 نوفمبر 2026".into(),
                    to: "23 نوفمبر 2026".into(),
                },
                PrintedStep {
                    name: "معاينة المكان".into(),
                    department: "إدارة رخص المحال".into(),
                    state: "جارية".into(),
                    from: "23 نوفمبر 2026".into(),
                    to: "30 نوفمبر 2026".into(),
                },
                PrintedStep {
                    name: "رأي الحماية المدنية".into(),
                    department: "الإدارة العامة للحماية المدنية".into(),
                    state: "لم تبدأ".into(),
                    from: String::new(),
                    to: String::new(),
                },
            ],
            fees: slip.fees,
            total: slip.total,
            printed: "طُبع في 24 نوفمبر 2026، الساعة 9:15 صباحًا – شباك 3".into(),
        }
    }
}
