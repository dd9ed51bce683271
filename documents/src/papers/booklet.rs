//! The guide of services as a booklet (كتيب دليل الخدمات): every service of a governorate, for print.

use serde::Serialize;

use super::Head;

/// One service (خدمة) of the booklet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BookletService {
    /// `SHP-01`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// «خلال 30 يوم عمل»
    pub within: String,
    /// What silence means once the days have passed; empty where the law says nothing.
    pub silence: String,
    /// Ways to apply, in words.
    pub channels: String,
    /// Papers to bring: name, and what to know of it.
    pub documents: Vec<[String; 2]>,
    /// Conditions.
    pub conditions: Vec<String>,
    /// Fees: what for, and how much; a line without an amount is the title of those under it.
    pub fees: Vec<[String; 2]>,
    /// Steps in order: what is done, and where.
    pub steps: Vec<[String; 2]>,
}

/// A group of services (مجال).
#[derive(Clone, Debug, Default, Serialize)]
pub struct BookletGroup {
    /// Its name.
    pub title: String,
    /// Its services.
    pub services: Vec<BookletService>,
}

/// دليل الخدمات مطبوعًا
#[derive(Clone, Debug, Default, Serialize)]
pub struct Booklet {
    /// Whose guide it is.
    pub head: Head,
    /// What the edition is called: the day, and a digest that changes with the texts and the figures.
    pub edition: String,
    /// The day it was made, in words.
    pub day: String,
    /// Address of the guide on the web, in the QR; empty prints none.
    pub link: String,
    /// Services by group.
    pub groups: Vec<BookletGroup>,
    /// Centres: name, days, hours.
    pub centres: Vec<[String; 3]>,
}

impl Booklet {
    /// A booklet of two services.
    pub fn sample() -> Self {
        let pair = |one: &str, other: &str| [one.to_owned(), other.to_owned()];
        let shop = BookletService {
            code: "SHP-01".into(),
            name: "رخصة محل بنظام الإخطار".into(),
            within: "خلال 10 أيام عمل".into(),
            silence: "انقضاء المدة دون رد يعد موافقة".into(),
            channels: "في المركز التكنولوجي، على الموقع".into(),
            documents: vec![
                pair("صورة بطاقة الرقم القومي", "الأصل للاطلاع"),
                pair("سند حيازة المحل", "عقد إيجار أو ملكية"),
            ],
            conditions: vec!["أن يكون المحل في مكان مرخص".into()],
            fees: vec![pair("رسم المعاينة", "500 جنيه"), pair("رسم الترخيص", "بحسب المساحة والنشاط")],
            steps: vec![pair("مراجعة المستندات", "المركز التكنولوجي"), pair("معاينة المكان", "إدارة رخص المحال")],
        };
        let site = BookletService {
            code: "BLD-01".into(),
            name: "بيان صلاحية الموقع للبناء".into(),
            within: "خلال 7 أيام عمل".into(),
            ..shop.clone()
        };
        Self {
            head: Head { governorate: "محافظة القاهرة".into(), ..Head::default() },
            edition: "2026-11-22 / 4f8a2c61".into(),
            day: "22 نوفمبر 2026".into(),
            link: "https://shubbak.gov.eg/services".into(),
            groups: vec![
                BookletGroup { title: "تراخيص المحال العامة".into(), services: vec![shop] },
                BookletGroup { title: "تراخيص البناء والتخطيط".into(), services: vec![site] },
            ],
            centres: vec![["حي شرق مدينة نصر".into(), "الأحد إلى الخميس".into(), "9:00 ص – 2:00 م".into()]],
        }
    }
}
