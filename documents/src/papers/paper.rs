//! The papers that are issued (المحررات الصادرة): permits, licences, certificates, approvals.

use serde::Serialize;

use super::{Head, Row, Value};

/// Who signs (صاحب التوقيع).
#[derive(Clone, Debug, Serialize)]
pub struct Signatory {
    /// Office: «رئيس الحي».
    pub title: String,
    /// Name; empty leaves a line to sign on.
    pub name: String,
}

/// An issued paper (محرر صادر).
#[derive(Clone, Debug, Default, Serialize)]
pub struct Paper {
    /// The issuing unit.
    pub head: Head,
    /// «رخصة محل عام»
    pub title: String,
    /// A line under the title: the service or a variant; may be empty.
    pub subtitle: String,
    /// The paper's number.
    pub number: String,
    /// The number of the request that it came from.
    pub request: String,
    /// Text of the QR: [`crate::sign::paper_link`].
    pub link: String,
    /// Opening sentence; a certificate says here what it certifies. May be empty.
    pub statement: String,
    /// Holder's name.
    pub holder: String,
    /// Holder's id, masked as on all papers.
    pub holder_id: String,
    /// The place.
    pub place: String,
    /// The printed fields of the service.
    pub rows: Vec<Row>,
    /// Conditions under which it holds.
    pub conditions: Vec<String>,
    /// Legal basis in one line.
    pub legal: String,
    /// Date of issue.
    pub issued: String,
    /// Last day of validity; empty = without end.
    pub expires: String,
    /// A rule about its validity, e.g. when works must begin. May be empty.
    pub validity_rule: String,
    /// Who signs, one to three.
    pub signatories: Vec<Signatory>,
    /// The address of the verify page, without the scheme.
    pub verify_at: String,
}

/// A link with a really signed paper behind `#`; the key is that of the published vectors.
pub(super) fn sample_link(kind: crate::sign::PaperType) -> String {
    use crate::sign::{Claims, Figure, FigureKind, Token, paper_link, sign};
    let claims = Claims {
        issuer: "01".into(),
        issued: 1_795_305_600,
        expires: None,
        kind,
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
    };
    let key = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
    let signed = sign(&claims, &key).map(|paper| paper.bytes).unwrap_or_default();
    paper_link("https://shubbak.gov.eg", Token(*b"foobafooba"), &signed)
}

impl Paper {
    /// A shop licence (رخصة محل عام) as it may look on an ordinary day.
    pub fn sample_shop() -> Self {
        Self {
            head: super::Slip::sample().head,
            title: "رخصة محل عام".into(),
            subtitle: "نشاط ذو مخاطر كبيرة".into(),
            number: "201307260000871".into(),
            request: "101307260001234".into(),
            link: sample_link(crate::sign::PaperType::Licence),
            statement: String::new(),
            holder: "أحمد محمود عبد الرحمن السيد".into(),
            holder_id: "2******…0067".into(),
            place: "7 شارع مكرم عبيد، المنطقة السادسة، مدينة نصر، القاهرة".into(),
            rows: vec![
                Row::text("الاسم التجاري", "مطعم البيت الشرقي"),
                Row::text("النشاط", "مطعم مأكولات شرقية (مع التقديم داخل المحل)"),
                Row {
                    label: "المساحة طبقًا للمعاينة".into(), value: Value::Measure("42.50".into(), "م²".into())
                },
                Row::text("الدور", "الأرضي"),
                Row::text("المدير المسئول", "محمود أحمد محمود"),
                Row::text("مواعيد العمل", "من 7 صباحًا إلى 12 مساءً"),
            ],
            conditions: vec![
                "لا يجوز مزاولة نشاط آخر أو إضافة نشاط إلا بعد موافقة المركز المختص.".into(),
                "الالتزام بالاشتراطات العامة والخاصة للنشاط وباشتراطات الحماية المدنية.".into(),
                "وضع لوحة في مكان ظاهر تبين الاسم التجاري ورقم الرخصة.".into(),
                "إخطار المركز المختص بأي تغيير في بيانات الرخصة خلال ثلاثين يومًا.".into(),
            ],
            legal: "صدرت طبقًا لأحكام قانون المحال العامة رقم 154 لسنة 2019 ولائحته التنفيذية".into(),
            issued: "20 ديسمبر 2026".into(),
            expires: String::new(),
            validity_rule: String::new(),
            signatories: vec![
                Signatory {
                    title: "مدير المركز التكنولوجي".into(), name: "م. هالة إبراهيم".into()
                },
                Signatory { title: "رئيس الحي".into(), name: "لواء/ خالد عبد العزيز".into() },
            ],
            verify_at: "shubbak.gov.eg/verify".into(),
        }
    }

    /// A building permit (رخصة بناء) with long texts and a table of engineers.
    pub fn sample_permit() -> Self {
        let measure = |label: &str, value: &str, unit: &str| Row {
            label: label.into(),
            value: Value::Measure(value.into(), unit.into()),
        };
        Self {
            title: "رخصة بناء".into(),
            subtitle: "ترخيص أعمال بناء جديد".into(),
            number: "201307260000872".into(),
            link: sample_link(crate::sign::PaperType::BuildingPermit),
            holder: "ورثة المرحوم الحاج عبد الفتاح عبد المقصود عبد الجواد الشرقاوي وشركاهم".into(),
            place: "قطعة رقم 18 بلوك 44، تقسيم شركة مدينة نصر للإسكان والتعمير، شارع مصطفى النحاس، المنطقة الثامنة، حي شرق مدينة نصر، محافظة القاهرة".into(),
            rows: vec![
                measure("مساحة قطعة الأرض", "450.00", "م²"),
                measure("عرض الشارع أمام القطعة", "16.00", "م"),
                Row::text("استخدام المبنى", "سكني"),
                Row::ltr("عدد الأدوار (شاملًا الأرضي)", "6"),
                Row::ltr("عدد أدوار البدروم", "1"),
                measure("مسطح الدور الأرضي", "270.00", "م²"),
                measure("إجمالي مسطحات المباني", "1,620.00", "م²"),
                measure("ارتفاع المبنى عن منسوب الرصيف", "19.00", "م"),
                Row::ltr("عدد الوحدات", "12"),
                Row::ltr("أماكن إيواء السيارات", "12"),
                measure("قيمة الأعمال طبقًا للمقايسة", "9,720,000.00", "جنيه"),
                Row::ltr("رقم وثيقة التأمين", "CAR-2026-008812"),
                Row {
                    label: "المهندسون القائمون على العمل".into(),
                    value: Value::Table {
                        heads: vec!["الاسم".into(), "الصفة".into(), "رقم القيد".into()],
                        rows: vec![
                            vec!["م. طارق حسين فهمي".into(), "المصمم المعماري".into(), "4/18823".into()],
                            vec!["م. نرمين عادل يوسف".into(), "المصمم الإنشائي".into(), "3/20114".into()],
                            vec!["م. شريف كمال الدين".into(), "المشرف على التنفيذ".into(), "4/15502".into()],
                        ],
                    },
                },
            ],
            conditions: vec![
                "تنفيذ الأعمال طبقًا للرسومات المعتمدة المرفقة بالترخيص وتحت إشراف المهندس المشرف.".into(),
                "وضع لافتة في موقع العمل تبين رقم الترخيص وتاريخه وعدد الأدوار واسم المالك والمهندس المشرف والمقاول.".into(),
                "إخطار الجهة المختصة كتابة قبل بدء الأعمال بأسبوعين على الأقل.".into(),
                "عدم استخدام المبنى قبل الحصول على شهادة صلاحية للإشغال.".into(),
            ],
            legal: "صدرت طبقًا لأحكام قانون البناء رقم 119 لسنة 2008 ولائحته التنفيذية".into(),
            expires: "19 ديسمبر 2029".into(),
            validity_rule: "يسقط الترخيص إذا مضت سنة دون بدء الأعمال المرخص بها، وأعمال الحفر وحدها لا تعد بدءًا.".into(),
            signatories: vec![
                Signatory { title: "مهندس التنظيم".into(), name: String::new() },
                Signatory { title: "مدير الإدارة الهندسية".into(), name: "م. سامح عبد الحميد".into() },
                Signatory { title: "رئيس الحي".into(), name: "لواء/ خالد عبد العزيز".into() },
            ],
            ..Self::sample_shop()
        }
    }

    /// A certificate (شهادة) with a sentence that certifies.
    pub fn sample_certificate() -> Self {
        Self {
            title: "بيان صلاحية الموقع للبناء".into(),
            subtitle: String::new(),
            number: "201307260000873".into(),
            link: sample_link(crate::sign::PaperType::Certificate),
            statement: "تشهد الإدارة الهندسية بأن الموقع المبين أدناه صالح للبناء من الناحية التخطيطية بالاشتراطات الآتية، وقد حُرر هذا البيان بناءً على طلب صاحب الشأن دون أدنى مسئولية على الوحدة تجاه حقوق الغير.".into(),
            rows: vec![
                Row::text("الاشتراطات البنائية", "سكني – أرضي وخمسة أدوار متكررة"),
                Row { label: "أقصى ارتفاع".into(), value: Value::Measure("19.00".into(), "م".into()) },
                Row { label: "رقم الطلب".into(), value: Value::Number("101307260001234".into()) },
                Row { label: "حدود الموقع".into(), value: Value::Lines(vec![
                    "بحري: شارع مصطفى النحاس بعرض 16 مترًا".into(),
                    "قبلي: قطعة رقم 19".into(),
                    "شرقي: ممر مشاة بعرض 4 أمتار".into(),
                    "غربي: قطعة رقم 16".into(),
                ]) },
                Row::text("الردود", ""),
            ],
            conditions: Vec::new(),
            legal: "صدر طبقًا لأحكام قانون البناء رقم 119 لسنة 2008".into(),
            expires: "19 ديسمبر 2027".into(),
            signatories: vec![Signatory { title: "مدير الإدارة الهندسية".into(), name: "م. سامح عبد الحميد".into() }],
            ..Self::sample_shop()
        }
    }
}
